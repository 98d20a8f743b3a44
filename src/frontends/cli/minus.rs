//! A minus in a query is no flag: `ties search kiln -group:work --json`.
//!
//! Always true here: only the words of a query change, and only by a space before them, which the query does not see.

use clap::{Arg, Command};
use std::ffi::{OsStr, OsString};

/// The commands that take a query, one of a group with the group before it.
const ASKING: [&[&str]; 6] =
    [&["search"], &["list"], &["promises"], &["triage"], &["graph"], &["export", "ics"]];

/// `arguments`, the name of the program first, with each word of a query that begins with a minus marked as a word.
pub fn with_queries(mut arguments: Vec<OsString>, command: &Command) -> Vec<OsString> {
    let Some((at, asking)) = asking(&arguments, command) else { return arguments };
    let known = command.get_arguments().chain(asking.get_arguments()).collect::<Vec<_>>();
    let mut is_value = false;
    for argument in arguments.iter_mut().skip(at + 1).take_while(|argument| *argument != "--") {
        if !std::mem::take(&mut is_value) {
            is_value = takes_value(argument, &known);
            if is_word(argument, &known) {
                let mut word = OsString::from(" ");
                word.push(&argument);
                *argument = word;
            }
        }
    }
    arguments
}

/// The first argument that is neither a flag of every command nor the value of one: the name of a command, mostly.
pub fn first_word<'a>(arguments: &'a [OsString], command: &Command) -> Option<&'a OsStr> {
    let known = command.get_arguments().collect::<Vec<_>>();
    words(arguments, &known).next().map(|(_, word)| word)
}

/// The command that takes a query, and where its name stands.
fn asking<'a>(arguments: &[OsString], command: &'a Command) -> Option<(usize, &'a Command)> {
    let known = command.get_arguments().collect::<Vec<_>>();
    let mut words = words(arguments, &known);
    let (mut at, mut name) = words.next()?;
    let names =
        ASKING.into_iter().find(|names| names.first().is_some_and(|first| name == *first))?;
    let mut asking = command.find_subcommand(name)?;
    for wanted in names.iter().skip(1) {
        (at, name) = words.next()?;
        asking = asking.find_subcommand(wanted).filter(|_| name == *wanted)?;
    }
    Some((at, asking))
}

/// The arguments after the name of the program that are no flags and no values of flags, each with its place.
fn words<'a>(
    arguments: &'a [OsString],
    known: &[&Arg],
) -> impl Iterator<Item = (usize, &'a OsStr)> {
    let mut is_value = true;
    let words = arguments.iter().map(OsString::as_os_str).enumerate();
    words.filter(move |(_, argument)| {
        let skipped = std::mem::replace(&mut is_value, takes_value(argument, known));
        !skipped && !argument.as_encoded_bytes().starts_with(b"-")
    })
}

/// Whether the next argument is the value of this one.
fn takes_value(argument: &OsStr, known: &[&Arg]) -> bool {
    let Some(name) = argument.to_str().and_then(|text| text.strip_prefix("--")) else {
        return false;
    };
    known.iter().any(|of| of.get_long() == Some(name) && of.get_action().takes_values())
}

/// Whether it begins with one minus, and is not made of short flags alone.
fn is_word(argument: &OsStr, known: &[&Arg]) -> bool {
    let Some(rest) = argument.to_str().and_then(|text| text.strip_prefix('-')) else {
        return false;
    };
    let is_flag = |character: char| {
        matches!(character, 'h' | 'V') || known.iter().any(|of| of.get_short() == Some(character))
    };
    !rest.is_empty() && !rest.starts_with('-') && !rest.chars().all(is_flag)
}

#[cfg(test)]
mod tests {
    use crate::frontends::cli::help::command;
    use crate::frontends::cli::minus::with_queries;
    use std::ffi::OsString;

    fn check(typed: &str, expected: &str) {
        let arguments = typed.split('|').map(OsString::from).collect();
        let marked = with_queries(arguments, &command());
        let marked = marked.iter().map(|argument| argument.to_string_lossy()).collect::<Vec<_>>();
        assert_eq!(marked.join("|"), expected);
    }

    #[test]
    fn words_of_a_query_are_marked_and_flags_are_not() {
        check("ties|search|kiln|-group:work|--json", "ties|search|kiln| -group:work|--json");
        check("ties|list|--sort|-last|-x", "ties|list|--sort|-last| -x");
        check("ties|search|-0|-q0|-h|-quiet", "ties|search|-0|-q0|-h| -quiet");
        check("ties|--vault|search|-q|list|-a|--|-b", "ties|--vault|search|-q|list| -a|--|-b");
        check("ties|log|ana|-x", "ties|log|ana|-x");
        check("ties|show|list|-x", "ties|show|list|-x");
        check("ties", "ties");
        check("ties|export|ics|-group:work|--to|-x|-y", "ties|export|ics| -group:work|--to|-x| -y");
        check("ties|export|-q|ics|-a", "ties|export|-q|ics| -a");
        check("ties|export|other|-a", "ties|export|other|-a");
    }
}
