//! What is said where arguments are not understood: the words of the parser, and what to type instead.

use crate::frontends::cli::help::command;
use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::ffi::OsString;

/// The subcommand that `arguments` name, the name of the program first.
pub fn named(arguments: &[OsString]) -> Option<Command> {
    let command = command();
    let words = arguments.iter().skip(1).filter_map(|argument| argument.to_str());
    words.take(MOST_WORDS).find_map(|word| command.find_subcommand(word).cloned())
}

/// Before the command only a few options can stand.
const MOST_WORDS: usize = 8;

/// `error` without tips that lead to what is not shown anywhere, and a hint where more can be said.
pub fn explained(
    mut error: clap::Error,
    command: Option<&Command>,
) -> (clap::Error, Option<String>) {
    if text(&error, ContextKind::SuggestedArg).is_some_and(|flag| is_hidden(&flag)) {
        error.remove(ContextKind::SuggestedArg);
    }
    let hint = command.and_then(|command| hint(&error, command));
    (error, hint)
}

fn hint(error: &clap::Error, command: &Command) -> Option<String> {
    let name = command.get_name();
    match error.kind() {
        ErrorKind::MissingRequiredArgument if lacks_a_word(error) => example(command),
        ErrorKind::UnknownArgument | ErrorKind::InvalidValue if takes_a_name(command) => {
            let argument = text(error, ContextKind::InvalidArg)?;
            let is_guessed = error.get(ContextKind::SuggestedValue).is_some();
            (!argument.starts_with('-') && !is_guessed).then(|| {
                format!("a name of several words goes in quotes: `ties {name} \"Ana Lima\" …`")
            })
        }
        _ => None,
    }
}

/// Whether what is missing is more than a flag.
fn lacks_a_word(error: &clap::Error) -> bool {
    match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::Strings(missing)) => missing.iter().any(|name| name.starts_with('<')),
        _ => false,
    }
}

fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        _ => None,
    }
}

fn is_hidden(flag: &str) -> bool {
    let command = command();
    let mut arguments = command.get_arguments().filter(|argument| argument.is_hide_set());
    arguments.any(|argument| argument.get_long() == flag.strip_prefix("--"))
}

fn takes_a_name(command: &Command) -> bool {
    let mut names = command.get_positionals().filter_map(|argument| argument.get_value_names());
    names.any(|names| names.iter().any(|name| name == "WHO"))
}

/// The first example of the help.
fn example(command: &Command) -> Option<String> {
    let help = command.get_after_help()?.to_string();
    let example = help.lines().nth(1)?.trim();
    let typed = example.split("   ").next().unwrap_or(example).trim();
    Some(format!("for example `{typed}`"))
}
