//! The help of `ties` itself: what is done every day first, then the rest.

use crate::frontends::cli::arguments::Arguments;
use clap::{Command, CommandFactory};
use std::ffi::OsString;

/// The commands in the order in which people meet them. One that a build does not have is left out.
pub const GROUPS: &[(&str, &[&str])] = &[
    ("Every day", &["log", "agenda", "show", "promise", "done", "snooze"]),
    (
        "People",
        &[
            "brief", "inbox", "search", "list", "due", "why", "promises", "habit", "add", "edit",
            "event", "gift", "triage", "rest",
        ],
    ),
    ("A wider look", &["review", "stats", "relations", "path", "graph"]),
    ("Tidying", &["rename", "merge", "duplicates", "archive"]),
    ("The vault", &["start", "init", "check", "config", "undo", "export"]),
    ("The machine", &["status", "watch", "service", "index", "completions", "man"]),
];

const TEMPLATE: &str =
    "{about}\n\nUsage: ties [COMMAND]\n\n{before-help}Options:\n{options}{after-help}";

/// The command line with its help in order.
pub fn command() -> Command {
    let command = Arguments::command().mut_subcommands(with_whole_paragraphs);
    let overview = overview(&command);
    command
        .help_template(TEMPLATE)
        .before_help(overview)
        .after_help("`ties help COMMAND` tells more, with examples.")
}

/// The help after the options with each paragraph on one line, so that it is wrapped once, at the width of the screen.
/// Lines that are moved in, as examples are, stay lines.
fn with_whole_paragraphs(command: Command) -> Command {
    let help = command.get_after_help().map(|help| whole_paragraphs(&help.to_string()));
    let command = command.mut_subcommands(with_whole_paragraphs);
    match help {
        Some(help) => command.after_help(help),
        None => command,
    }
}

fn whole_paragraphs(help: &str) -> String {
    let mut whole = String::with_capacity(help.len());
    let mut before = "";
    for line in help.lines() {
        let goes_on = !before.is_empty() && !before.starts_with(' ') && !line.starts_with(' ');
        if goes_on && !line.is_empty() {
            whole.push(' ');
        } else if !whole.is_empty() {
            whole.push('\n');
        }
        whole += line;
        before = line;
    }
    whole
}

/// `ties help log` as `ties log --help`; other arguments as they are.
pub fn with_help_flag(mut arguments: Vec<OsString>) -> Vec<OsString> {
    if arguments.get(1).is_some_and(|first| first == "help") {
        arguments.remove(1);
        arguments.push("--help".into());
    }
    arguments
}

/// The groups of commands, one line a command.
fn overview(command: &Command) -> String {
    let width =
        command.get_subcommands().map(|command| command.get_name().len()).max().unwrap_or(0);
    let mut overview = String::new();
    for (title, names) in GROUPS {
        let lines = names
            .iter()
            .filter_map(|name| command.find_subcommand(name))
            .map(|command| {
                let about = command.get_about().map(ToString::to_string).unwrap_or_default();
                format!("  {:width$}  {about}\n", command.get_name())
            })
            .collect::<String>();
        if !lines.is_empty() {
            overview += &format!("{title}:\n{lines}\n");
        }
    }
    overview
}

#[cfg(test)]
mod tests {
    use crate::frontends::cli::help::{GROUPS, command};

    #[test]
    fn every_command_is_in_one_group_and_has_examples() {
        command().debug_assert();
        for command in command().get_subcommands() {
            let name = command.get_name();
            let groups = GROUPS.iter().filter(|(_, names)| names.contains(&name)).count();
            assert_eq!(groups, 1, "{name}");
            let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(examples.starts_with("Examples:\n  ties "), "{name}");
        }
    }
}
