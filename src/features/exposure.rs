//! What the names of files and the settings of git tell of how open a vault lies.

use crate::features::secret_words::{
    EXPORT_EXTENSIONS, EXPORT_NAMES, LOOSE_EXTENSIONS, PUBLIC_HOSTS,
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
    let named = loose && EXPORT_NAMES.iter().any(|start| file.starts_with(start));
    if !(EXPORT_EXTENSIONS.contains(&extension) || named || loose && !kept) {
        return None;
    }
    let message = "a file that looks like an export lies in the vault, with all that is in it";
    let finding = Finding::new(Code::ExportFile, Span::at(0), message);
    Some(finding.help("delete it once it is imported, or keep it outside of the vault"))
}

/// The findings in the settings of git: remotes at hosts where a repository is easily public, and passwords in addresses.
pub fn remotes(settings: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (mut remote, mut at) = (None, 0);
    for line in settings.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let said = line.trim();
        if said.starts_with('[') {
            let name = said.strip_prefix("[remote").map(|rest| rest.trim_matches([' ', '"', ']']));
            remote = name.map(str::to_owned);
            continue;
        }
        let Some((name, (key, address))) = remote.as_ref().zip(said.split_once('=')) else {
            continue;
        };
        if !matches!(key.trim().to_lowercase().as_str(), "url" | "pushurl") {
            continue;
        }
        let address = address.trim().trim_matches('"');
        let offset = line.find(address).filter(|_| !address.is_empty()).unwrap_or(0);
        findings.extend(of_address(name, address, start + offset));
    }
    findings
}

fn of_address(remote: &str, address: &str, at: usize) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (user, host) = parts(address);
    if let Some((_, password)) =
        user.and_then(|user| user.split_once(':')).filter(|(_, password)| !password.is_empty())
        && let Some(offset) = address.find(password)
    {
        let span = Span::new(at + offset, at + offset + password.len());
        let message = format!("the address of the remote `{remote}` holds a password or a token");
        findings.push(
            Finding::new(Code::Password, span, message)
                .help("use a credential helper or an SSH key instead"),
        );
    }
    let host = host.to_lowercase();
    let known = PUBLIC_HOSTS.iter().any(|known| {
        host == *known || host.strip_suffix(known).is_some_and(|rest| rest.ends_with('.'))
    });
    if known && let Some(offset) = address.to_lowercase().find(&host) {
        let span = Span::new(at + offset, at + offset + host.len());
        let message = format!(
            "the remote `{remote}` is at {host}, where a repository is public by one click"
        );
        let help = "see that the repository is private, or keep it on a machine of your own; `git remote remove` takes it away";
        findings.push(Finding::new(Code::PublicRemote, span, message).help(help));
    }
    findings
}

/// What stands before the `@`, and the host: of `https://user:password@host:port/path`, `git@host:path`, `host:path`.
fn parts(address: &str) -> (Option<&str>, &str) {
    let (rest, ends): (_, &[char]) = match address.split_once("://") {
        Some((_, rest)) => (rest, &['/', ':']),
        None => (address, &[':', '/']),
    };
    let authority = rest.split('/').next().unwrap_or(rest);
    match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host.split(ends).next().unwrap_or(host)),
        None => (None, rest.split(ends).next().unwrap_or(rest)),
    }
}

#[cfg(test)]
mod tests {
    use crate::features::exposure::{export_file, remotes};

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
        ] {
            assert!(export_file(name, "attachments").is_some(), "{name}");
        }
        for name in [
            "people/ana.md",
            "attachments/photo.jpg",
            "attachments/recipes.csv",
            "attachments/x/map.zip",
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
}
