//! The manual pages, made from the same arguments as `--help`: `ties.1`, and one page for each command.
//!
//! Invariant: the same program makes the same bytes; no date and no name of a machine is in a page.

use crate::frontends::cli::commands::man::Page;
use crate::frontends::cli::help::{GROUPS, command};
use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

/// All pages, that of `ties` itself first.
pub fn pages() -> Vec<Page> {
    // What stands around the list of commands in `--help` has sections of its own here.
    let mut root = command().after_help("").before_help("");
    root.build();
    let mut pages = Vec::new();
    gather(&root, &mut pages);
    pages
}

fn gather(command: &Command, pages: &mut Vec<Page>) {
    let is_root = pages.is_empty();
    let man = Man::new(command.clone());
    let name = man.get_filename();
    // A page that cannot be written into memory is none; the tests know that all are there.
    let text = page(&man, command, is_root).unwrap_or_default();
    pages.push(Page { name, text });
    let below = command.get_subcommands().filter(|below| !below.is_hide_set());
    below.filter(|below| below.get_name() != "help").for_each(|below| gather(below, pages));
}

fn page(man: &Man, command: &Command, is_root: bool) -> std::io::Result<String> {
    let mut bytes = title(man).into_bytes();
    man.render_name_section(&mut bytes)?;
    man.render_synopsis_section(&mut bytes)?;
    man.render_description_section(&mut bytes)?;
    if is_root {
        bytes.extend(commands(command).render().into_bytes());
    } else if command.has_subcommands() {
        man.render_subcommands_section(&mut bytes)?;
    }
    man.render_options_section(&mut bytes)?;
    if let Some(after) = command.get_after_help().filter(|_| !is_root) {
        bytes.extend(after_help(&after.to_string()).render().into_bytes());
    }
    bytes.extend(ending(is_root).render().into_bytes());
    Ok(once(&String::from_utf8_lossy(&bytes)))
}

/// The head of a page. Without a date, so that a page changes only when the program does.
fn title(man: &Man) -> String {
    let name = man.get_filename().trim_end_matches(".1").to_uppercase();
    format!(".TH \"{name}\" \"1\" \"\" \"ties {}\" \"ties\"\n", env!("CARGO_PKG_VERSION"))
}

/// Every part of a page brings the definition that apostrophes need; one is enough.
fn once(text: &str) -> String {
    let mut definitions = 0;
    let mut kept = String::new();
    for line in text.lines() {
        if line.starts_with(".ie \\n(.g") || line.starts_with(".el .ds Aq") {
            definitions += 1;
            if definitions > 2 {
                continue;
            }
        }
        kept.push_str(line.trim_end());
        kept.push('\n');
    }
    kept
}

/// The commands in the order in which people meet them.
fn commands(command: &Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    for (title, names) in GROUPS {
        roff.control("SS", [*title]);
        for below in names.iter().filter_map(|name| command.find_subcommand(name)) {
            let about = below.get_about().map(ToString::to_string).unwrap_or_default();
            entry(&mut roff, [bold(format!("ties-{}", below.get_name())), roman("(1)")], &about);
        }
    }
    roff
}

fn entry(roff: &mut Roff, head: impl Into<Vec<Inline>>, text: &str) {
    roff.control("TP", []).text(head).text([roman(text)]);
}

/// Examples keep their lines, what is said below them is filled.
fn after_help(text: &str) -> Roff {
    let mut roff = Roff::new();
    let mut parts = text.split("\n\n");
    let examples = parts.next().unwrap_or_default();
    let (head, examples) = examples.split_once('\n').unwrap_or((examples, ""));
    roff.control("SH", [head.trim_end_matches(':').to_uppercase().as_str()]);
    verbatim(&mut roff, examples);
    for (at, part) in parts.enumerate() {
        if at == 0 {
            roff.control("SH", ["NOTES"]);
        } else {
            roff.control("PP", []);
        }
        match part.starts_with("  ") || part.contains("\n  ") {
            true => verbatim(&mut roff, part),
            false => {
                roff.text([roman(part)]);
            }
        }
    }
    roff
}

fn verbatim(roff: &mut Roff, lines: &str) {
    roff.control("nf", []);
    for line in lines.lines() {
        roff.text([roman(line.strip_prefix("  ").unwrap_or(line))]);
    }
    roff.control("fi", []);
}

/// Variable, meaning.
const ENVIRONMENT: &[(&str, &str)] = &[
    ("TIES_VAULT", "The vault, where none is around the current folder and --vault names none."),
    ("TIES_PAGER, PAGER", "The program that shows long output on a terminal page by page."),
    ("VISUAL, EDITOR", "The editor that opens a note."),
    ("NO_COLOR", "Where it is set, output has no colours."),
];

/// File, what it is.
const FILES: &[(&str, &str)] = &[
    ("ties.toml", "The settings of a vault, at its root."),
    (
        "$XDG_CONFIG_HOME/ties/config.toml",
        "Your own settings for all vaults, and those that a vault cannot set.",
    ),
    ("$XDG_STATE_HOME/ties", "What undo needs; never a note."),
    ("$XDG_CACHE_HOME/ties", "What can be deleted at any time."),
];

/// Code, meaning.
const EXIT_STATUS: &[(&str, &str)] = &[
    ("0", "Done."),
    ("1", "The answer is no, or nothing was found."),
    ("2", "Wrong usage, or a name that means several people."),
    ("3", "Done in part: a note could not be read, or a write was skipped."),
    ("4", "The world refused: a full disk, no permission."),
    ("70", "Our fault."),
];

fn ending(is_root: bool) -> Roff {
    let mut roff = Roff::new();
    if !is_root {
        roff.control("SH", ["SEE ALSO"]).text([bold("ties"), roman("(1)")]);
        return roff;
    }
    for (title, rows) in [("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)] {
        roff.control("SH", [title]);
        rows.iter().for_each(|(name, text)| entry(&mut roff, [italic(*name)], text));
    }
    roff.control("SH", ["EXIT STATUS"]);
    EXIT_STATUS.iter().for_each(|(code, text)| entry(&mut roff, [bold(*code)], text));
    roff
}

#[cfg(test)]
mod tests {
    use crate::frontends::cli::help::command;
    use crate::frontends::cli::manual::pages;
    use expect_test::expect;

    #[test]
    fn every_command_has_a_page() {
        let pages = pages();
        let names = pages.iter().map(|page| page.name.as_str()).collect::<Vec<_>>();
        assert_eq!(names.first(), Some(&"ties.1"));
        for command in command().get_subcommands() {
            let name = format!("ties-{}.1", command.get_name());
            assert!(names.contains(&name.as_str()), "{name}");
        }
        for page in &pages {
            assert!(page.text.contains(".SH SYNOPSIS"), "{}", page.name);
            assert!(!page.text.contains("\u{1b}"), "{}", page.name);
            assert!(page.text.matches(".ds Aq").count() <= 2, "{}", page.name);
        }
    }

    #[test]
    fn examples_keep_their_lines() {
        let pages = pages();
        let page = pages.iter().find(|page| page.name == "ties-agenda.1").unwrap();
        let from = page.text.find(".SH EXAMPLES").unwrap();
        expect![[r#"
            .SH EXAMPLES
            .nf
            ties agenda
            ties agenda \-\-on fri             as that day looks now; writes nothing
            ties agenda \-\-stdout             as Markdown; writes nothing
            ties agenda \-\-apply              only read back what you ticked and typed in agenda.md
            ties agenda \-\-apply \-\-dry\-run    what that would write into the notes, as a diff
            .fi
            .SH NOTES
            What you tick or type in agenda.md is read back first: `[x]` writes a log entry (with what you typed below, perhaps `call: she is well`), ticks a promise or a habit; `later 2w`, `skip`, `tried`, `archive`, `next fri: ask about the move` and `rest 3w` do what they say. Each is a change of its own, which `ties undo` takes back.
            .PP
            `ties` alone does the same.
            .SH "SEE ALSO"
            \fBties\fR(1)
        "#]]
        .assert_eq(&page.text[from..]);
    }
}
