//! What the names of files and the settings of git tell of how open a vault lies.

use crate::features::secret_addresses::{addresses, is_secret_user, parts};
use crate::features::secret_keys::keys;
use crate::features::secret_words::{
    EXPORT_EXTENSIONS, EXPORT_NAMES, EXPORT_TEXTS, LOOSE_EXTENSIONS, PUBLIC_HOSTS,
};
use crate::text::diagnostic::{Code, Finding};
use crate::text::fold::fold;
use crate::text::span::Span;

/// A finding where the file `name` (relative to the vault) is what a service or a program gave all of somebody's people
/// or messages in. `attachments` is the folder of the vault for files of all kinds.
pub fn export_file(name: &str, attachments: &str) -> Option<Finding> {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let file = fold(file);
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    let kept = folder == attachments
        || folder.strip_prefix(attachments).is_some_and(|rest| rest.starts_with('/'));
    let loose = LOOSE_EXTENSIONS.contains(&extension);
    let begins = |starts: &[&str]| starts.iter().any(|start| file.starts_with(start));
    let text = matches!(extension, "txt" | "json") && begins(EXPORT_TEXTS);
    let named = loose && begins(EXPORT_NAMES) || text;
    if !(EXPORT_EXTENSIONS.contains(&extension) || named || loose && !kept) {
        return None;
    }
    let message = "a file that looks like an export lies in the vault, with all that is in it";
    let finding = Finding::new(Code::ExportFile, Span::at(0), message);
    Some(finding.help("delete it once it is imported, or keep it outside of the vault"))
}

/// The findings in the settings of git: remotes at hosts where a repository is easily public, and passwords and tokens,
/// in whatever section they stand.
pub fn remotes(settings: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (mut section, mut at) = (Section::default(), 0);
    for line in settings.split_inclusive('\n') {
        let rest = section.enter(line);
        let told = held(line).into_iter().filter(|held| held.is_secret);
        findings.extend(told.map(|held| section.secret(held.span.shifted(at))));
        let setting = line.get(rest..).and_then(setting).filter(|_| section.is_remote);
        let address = setting.filter(|(key, _)| {
            ["url", "pushurl"].iter().any(|wanted| key.eq_ignore_ascii_case(wanted))
        });
        if let Some((_, value)) = address {
            let value = value.shifted(rest);
            let host = parts(value.of(line)).host.shifted(value.start);
            findings.extend(section.public(host.of(line), host.shifted(at)));
        }
        at += line.len();
    }
    findings
}

/// The settings as they may be shown: whoever stands before the `@` of an address is hidden, but for a plain `git`, and
/// so is every query, key and header, told or not. As long as before, byte for byte.
pub fn masked_settings(settings: &str) -> String {
    let mut masked = String::with_capacity(settings.len());
    for line in settings.split_inclusive('\n') {
        let mut at = 0;
        for Held { span, .. } in held(line) {
            let Some(before) = line.get(at..span.start) else { continue };
            masked.push_str(before);
            masked.extend(std::iter::repeat_n('*', span.len()));
            at = span.end;
        }
        masked.push_str(line.get(at..).unwrap_or(""));
    }
    masked
}

/// The section of the settings that a line stands in.
#[derive(Debug, Default)]
struct Section {
    /// How the remote is called, or else the section, without anything secret.
    name: String,
    is_remote: bool,
}

impl Section {
    /// Reads the header at the start of `line`, where one is there, and gives where the rest of the line begins: a
    /// setting may follow on the same line (git-config(1), "Syntax").
    fn enter(&mut self, line: &str) -> usize {
        let end = header_end(line);
        let header = line.get(..end).unwrap_or("").trim_start();
        let Some(header) = header.strip_prefix('[').and_then(|header| header.strip_suffix(']'))
        else {
            return end;
        };
        let ends = |sign: char| sign.is_whitespace() || matches!(sign, '"' | '.');
        let (section, name) = header.split_at(header.find(ends).unwrap_or(header.len()));
        self.is_remote = section.eq_ignore_ascii_case("remote");
        let name = if self.is_remote { name.trim_matches(ends) } else { section };
        self.name = masked_settings(name);
        end
    }

    fn secret(&self, span: Span) -> Finding {
        let what = if self.is_remote { "the address of the remote" } else { "the section" };
        let message = format!("{what} `{}` holds a password or a token", self.name);
        let help = "use a credential helper or an SSH key instead";
        Finding::new(Code::Password, span, message).help(help)
    }

    /// A finding where `host` is one at which everybody can have a repository.
    fn public(&self, host: &str, span: Span) -> Option<Finding> {
        let (host, name) = (host.to_lowercase(), &self.name);
        let is_known = PUBLIC_HOSTS.iter().any(|known| {
            host.strip_suffix(known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        });
        let message =
            format!("the remote `{name}` is at {host}, where a repository is public by one click");
        let help = "see that the repository is private, or keep it on a machine of your own; `git remote remove` takes it away";
        is_known.then(|| Finding::new(Code::PublicRemote, span, message).help(help))
    }
}

/// Where the header at the start of `line` ends, after its `]`, which may also stand in its quotes; 0 where none is there.
fn header_end(line: &str) -> usize {
    if !line.trim_start().starts_with('[') {
        return 0;
    }
    let mut quoted = false;
    let mut bytes = line.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' if quoted => drop(bytes.next()),
            b'"' => quoted = !quoted,
            b']' if !quoted => return at + 1,
            _ => {}
        }
    }
    0
}

/// The key of a setting, and where its value stands in `text`.
fn setting(text: &str) -> Option<(&str, Span)> {
    let (key, rest) = text.split_once('=')?;
    let value = rest.trim_start_matches([' ', '\t', '"']);
    let start = text.len() - value.len();
    let end = value.find(['"', '\n', '\r']).unwrap_or(value.len());
    let value = value.get(..end).unwrap_or("").trim_end();
    Some((key.trim(), Span::new(start, start + value.len())))
}

/// A part of a line that is not to be shown.
#[derive(Debug, Clone, Copy)]
struct Held {
    span: Span,
    /// Whether it is a password or a token; else it may be.
    is_secret: bool,
}

/// What is not to be shown of a line, in order and apart from each other.
fn held(line: &str) -> Vec<Held> {
    let mut held = authorization(line).into_iter().collect::<Vec<_>>();
    for place in addresses_in(line) {
        let (address, parts) = (place.of(line), parts(place.of(line)));
        let user = parts.user.filter(|user| user.of(address) != "git").map(|span| Held {
            span: span.shifted(place.start),
            is_secret: is_secret_user(span.of(address)),
        });
        let query = parts.query.map(|span| Held {
            span: span.shifted(place.start),
            is_secret: span.of(address).contains('='),
        });
        held.extend([user, query].into_iter().flatten());
    }
    held.extend(keys(line).map(|(span, _)| Held { span, is_secret: true }));
    held.sort_by_key(|held| (held.span.start, std::cmp::Reverse(held.span.end)));
    let mut end = 0;
    held.retain(|held| {
        let apart = held.span.start >= end && !held.span.is_empty();
        end = if apart { held.span.end } else { end };
        apart
    });
    held
}

/// The addresses of a line: the value of a setting, since a password in it may hold anything, and those with a scheme.
fn addresses_in(line: &str) -> Vec<Span> {
    let start = header_end(line);
    let header = line.get(..start).unwrap_or("");
    let value = line.get(start..).and_then(setting).map(|(_, value)| value.shifted(start));
    addresses(header).chain(value).collect()
}

/// `extraheader = AUTHORIZATION: basic …`, with which programs that check out give their token.
fn authorization(line: &str) -> Option<Held> {
    let (key, value) = setting(line)?;
    let is_header = key.to_ascii_lowercase().ends_with("extraheader");
    is_header.then_some(Held { span: value, is_secret: true })
}

#[cfg(test)]
mod tests {
    use crate::features::exposure::{export_file, masked_settings, remotes};

    #[test]
    fn exports_are_told_by_their_names() {
        for name in [
            "contacts.vcf",
            "a/b/Connections.csv",
            "takeout-20261121.zip",
            "calendar.ics",
            "attachments/all.VCF",
            "attachments/Basic_LinkedInDataExport_11-21-2026.zip",
            "attachments/WhatsApp Chat - Ana.zip",
            "WhatsApp Chat with Ana.txt",
            "telegram/result.json",
            "attachments/_chat.txt",
            "vault.tar.gz",
        ] {
            assert!(export_file(name, "attachments").is_some(), "{name}");
        }
        for name in [
            "people/ana.md",
            "attachments/photo.jpg",
            "attachments/recipes.csv",
            "attachments/x/map.zip",
            "attachments/song.tar.gz",
            "results.json",
            "chat.txt",
            "ties.toml",
            "vcf",
        ] {
            assert!(export_file(name, "attachments").is_none(), "{name}");
        }
    }

    fn check(address: &str, expected: &[&str]) {
        let settings = format!("[core]\n\turl = x\n[remote \"origin\"]\n\turl = {address}\n");
        let found = remotes(&settings);
        let codes = found.iter().map(|finding| finding.code.word()).collect::<Vec<_>>();
        assert_eq!(codes, expected, "{address}");
        for finding in found {
            assert!(!finding.message.contains("s3cret"), "{}", finding.message);
            assert!(finding.span.end <= settings.len());
        }
    }

    #[test]
    fn public_hosts_are_told_however_the_address_is_written() {
        for address in [
            "https://github.com/a/b.git",
            "git@github.com:a/b.git",
            "ssh://git@GitLab.com:22/a/b",
            "git@ssh.dev.azure.com:v3/a",
            "https://codeberg.org/a/b",
        ] {
            check(address, &["public-remote"]);
        }
        check("https://ana:s3cret@github.com/a/b", &["password", "public-remote"]);
        for address in [
            "/srv/git/vault.git",
            "ana@home.example:vault",
            "https://git.example.org/github.com",
            "ssh://nas/vault",
            "../other",
            "",
        ] {
            check(address, &[]);
        }
    }

    /// What is told of the settings, each with what it points at, and then how they are shown.
    fn check_secrets(settings: &str, expected: &[&str], shown: &str) {
        let found = remotes(settings);
        let told = found.iter().map(|finding| {
            assert!(!finding.message.contains("hunter2"), "{}", finding.message);
            format!("{}: {}", finding.code.word(), finding.span.of(settings))
        });
        assert_eq!(told.collect::<Vec<_>>(), expected, "{settings}");
        assert_eq!(masked_settings(settings), shown);
    }

    #[test]
    fn a_secret_of_an_address_is_told_and_hidden_wherever_it_stands() {
        let token = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";
        let stars = "*".repeat(token.len());
        let origin = |address: &str| format!("[remote \"origin\"]\n\turl = {address}\n");
        check_secrets(
            &origin(&format!("https://{token}@github.com/a/b.git")),
            &[&format!("password: {token}"), "public-remote: github.com"],
            &origin(&format!("https://{stars}@github.com/a/b.git")),
        );
        check_secrets(
            &origin(&format!("https://{token}:x-oauth-basic@github.com/a")),
            &[&format!("password: {token}:x-oauth-basic"), "public-remote: github.com"],
            &origin(&format!("https://{stars}{}@github.com/a", "*".repeat(14))),
        );
        for (address, secret, host) in [
            ("https://token:token@github.com/a/b", "token:token", "github.com"),
            ("https://x:h@github.com/a/b", "x:h", "github.com"),
            ("https://github.com/a/b?access_token=hunter2", "access_token=hunter2", "github.com"),
            ("https://ana:p/w rd@github.com/a", "ana:p/w rd", "github.com"),
        ] {
            let (settings, stars) = (origin(address), "*".repeat(secret.len()));
            let told = [format!("password: {secret}"), format!("public-remote: {host}")];
            let mut told = told.iter().map(String::as_str).collect::<Vec<_>>();
            if address.ends_with(secret) {
                told.sort_unstable();
            }
            check_secrets(&settings, &told, &settings.replace(secret, &stars));
        }
        for (settings, secret) in [
            ("[REMOTE \"up\"]\n\turl=https://ana:hunter2@git.example.org/a\n", "ana:hunter2"),
            ("[remote \"z\"] url = https://ana:hunter2@git.example.org/a\n", "ana:hunter2"),
            ("[url \"https://ana:hunter2@example.org/\"]\n\tinsteadOf = gh:\n", "ana:hunter2"),
            (
                "[http]\n\textraheader = AUTHORIZATION: basic hunter2\n",
                "AUTHORIZATION: basic hunter2",
            ),
            ("[http]\n\tproxy = http://ana:hunter2@proxy:8080\n", "ana:hunter2"),
            (
                "[remote \"origin\"]\n\turl = https://glpat-abcdefghij0123456789@git.example.org/a\n",
                "glpat-abcdefghij0123456789",
            ),
        ] {
            let shown = settings.replace(secret, &"*".repeat(secret.len()));
            check_secrets(settings, &[&format!("password: {secret}")], &shown);
        }
        check_secrets(&origin("ana@nas:vault"), &[], &origin("***@nas:vault"));
        check_secrets(&origin("ssh://git@nas/vault"), &[], &origin("ssh://git@nas/vault"));
        check_secrets("[remote \"x]", &[], "[remote \"x]");
    }
}
