//! From the words of a command line to what they mean.
//!
//! Always true here: a line is understood as the whole command line understands it. Most lines need one command of the
//! many, and building the others with their help takes longer than parsing; whatever that one alone does not take (a
//! wish for help, a slip, another name of a command) is left to the whole.

use crate::frontends::cli::arguments::Arguments;
use crate::frontends::cli::commands::add::AddArguments;
use crate::frontends::cli::commands::agenda::AgendaArguments;
use crate::frontends::cli::commands::archive::ArchiveArguments;
use crate::frontends::cli::commands::brief::BriefArguments;
use crate::frontends::cli::commands::check::CheckArguments;
use crate::frontends::cli::commands::completions::CompletionsArguments;
use crate::frontends::cli::commands::config::ConfigArguments;
use crate::frontends::cli::commands::done::DoneArguments;
use crate::frontends::cli::commands::due::DueArguments;
use crate::frontends::cli::commands::duplicates::DuplicatesArguments;
use crate::frontends::cli::commands::edit::EditArguments;
use crate::frontends::cli::commands::event::EventArguments;
use crate::frontends::cli::commands::export::ExportArguments;
use crate::frontends::cli::commands::gift::GiftArguments;
use crate::frontends::cli::commands::graph::GraphArguments;
use crate::frontends::cli::commands::habit::HabitArguments;
use crate::frontends::cli::commands::inbox::InboxArguments;
use crate::frontends::cli::commands::index::IndexArguments;
use crate::frontends::cli::commands::init::InitArguments;
use crate::frontends::cli::commands::list::ListArguments;
use crate::frontends::cli::commands::log::LogArguments;
use crate::frontends::cli::commands::man::ManArguments;
use crate::frontends::cli::commands::merge::MergeArguments;
use crate::frontends::cli::commands::path::PathArguments;
use crate::frontends::cli::commands::promise::PromiseArguments;
use crate::frontends::cli::commands::promises::PromisesArguments;
use crate::frontends::cli::commands::relations::RelationsArguments;
use crate::frontends::cli::commands::rename::RenameArguments;
use crate::frontends::cli::commands::rest::RestArguments;
use crate::frontends::cli::commands::review::ReviewArguments;
use crate::frontends::cli::commands::search::SearchArguments;
use crate::frontends::cli::commands::service::ServiceArguments;
use crate::frontends::cli::commands::show::ShowArguments;
use crate::frontends::cli::commands::snooze::SnoozeArguments;
use crate::frontends::cli::commands::start::StartArguments;
use crate::frontends::cli::commands::stats::StatsArguments;
use crate::frontends::cli::commands::status::StatusArguments;
use crate::frontends::cli::commands::triage::TriageArguments;
use crate::frontends::cli::commands::undo::UndoArguments;
use crate::frontends::cli::commands::watch::WatchArguments;
use crate::frontends::cli::commands::why::WhyArguments;
use crate::frontends::cli::help::command;
use crate::frontends::cli::minus::{first_word, with_queries};
use crate::frontends::cli::world::EveryCommand;
use clap::error::ErrorKind;
use clap::{Args, Command, FromArgMatches};
use std::ffi::{OsStr, OsString};

/// What adds its arguments to a command.
type Augment = fn(Command) -> Command;

/// The commands by their names, as in [`Command`](crate::frontends::cli::arguments::Command).
const COMMANDS: [(&str, Augment); 41] = [
    ("list", ListArguments::augment_args),
    ("why", WhyArguments::augment_args),
    ("undo", UndoArguments::augment_args),
    ("start", StartArguments::augment_args),
    ("snooze", SnoozeArguments::augment_args),
    ("rest", RestArguments::augment_args),
    ("triage", TriageArguments::augment_args),
    ("review", ReviewArguments::augment_args),
    ("show", ShowArguments::augment_args),
    ("brief", BriefArguments::augment_args),
    ("search", SearchArguments::augment_args),
    ("promise", PromiseArguments::augment_args),
    ("inbox", InboxArguments::augment_args),
    ("promises", PromisesArguments::augment_args),
    ("log", LogArguments::augment_args),
    ("edit", EditArguments::augment_args),
    ("habit", HabitArguments::augment_args),
    ("stats", StatsArguments::augment_args),
    ("event", EventArguments::augment_args),
    ("gift", GiftArguments::augment_args),
    ("export", ExportArguments::augment_args),
    ("due", DueArguments::augment_args),
    ("done", DoneArguments::augment_args),
    ("agenda", AgendaArguments::augment_args),
    ("add", AddArguments::augment_args),
    ("archive", ArchiveArguments::augment_args),
    ("duplicates", DuplicatesArguments::augment_args),
    ("merge", MergeArguments::augment_args),
    ("rename", RenameArguments::augment_args),
    ("relations", RelationsArguments::augment_args),
    ("path", PathArguments::augment_args),
    ("graph", GraphArguments::augment_args),
    ("index", IndexArguments::augment_args),
    ("init", InitArguments::augment_args),
    ("check", CheckArguments::augment_args),
    ("config", ConfigArguments::augment_args),
    ("watch", WatchArguments::augment_args),
    ("status", StatusArguments::augment_args),
    ("completions", CompletionsArguments::augment_args),
    ("man", ManArguments::augment_args),
    ("service", ServiceArguments::augment_args),
];

/// What `words` mean, the name of the program first; or why they mean nothing, or what clap answers itself.
pub fn parse(words: &[OsString]) -> Result<Arguments, clap::Error> {
    let alone = parse_with(words, with_one_command(words));
    match alone {
        Err(error) if error.kind() != ErrorKind::DisplayVersion => parse_with(words, command()),
        understood => understood,
    }
}

fn parse_with(words: &[OsString], command: Command) -> Result<Arguments, clap::Error> {
    let words = with_queries(words.to_vec(), &command);
    let matches = command.try_get_matches_from(words)?;
    Arguments::from_arg_matches(&matches)
}

/// The command line with only the command that `words` name, and without help.
fn with_one_command(words: &[OsString]) -> Command {
    let root =
        Command::new("ties").version(env!("CARGO_PKG_VERSION")).disable_help_subcommand(true);
    let root = EveryCommand::augment_args(root);
    let name = first_word(words, &root).and_then(OsStr::to_str);
    let known = name.and_then(|name| COMMANDS.iter().find(|(known, _)| *known == name));
    match known {
        Some((name, augment)) => root.subcommand(augment(Command::new(*name))),
        None => root,
    }
}

#[cfg(test)]
mod tests {
    use crate::frontends::cli::help::command;
    use crate::frontends::cli::parsing::{COMMANDS, parse, parse_with, with_one_command};
    use std::ffi::OsString;

    fn words(line: &str) -> Vec<OsString> {
        line.split_whitespace().map(|word| OsString::from(word.trim_matches('"'))).collect()
    }

    /// What `line` means, or what is said to it, asked of the whole command line.
    fn whole(line: &str) -> Result<String, String> {
        let arguments = parse_with(&words(line), command());
        arguments.map(|arguments| format!("{arguments:?}")).map_err(|error| error.to_string())
    }

    fn check(line: &str) {
        let arguments = parse(&words(line)).map(|arguments| format!("{arguments:?}"));
        assert_eq!(arguments.map_err(|error| error.to_string()), whole(line), "{line}");
    }

    /// The same for a line that the command alone must understand.
    fn check_alone(line: &str) {
        check(line);
        let alone = parse_with(&words(line), with_one_command(&words(line)));
        assert_eq!(
            alone.map(|arguments| format!("{arguments:?}")).ok(),
            whole(line).ok(),
            "{line}"
        );
    }

    #[test]
    fn each_command_stands_alone_by_its_own_name() {
        let command = command();
        let names = command.get_subcommands().map(clap::Command::get_name);
        assert_eq!(names.collect::<Vec<_>>(), COMMANDS.map(|(name, _)| name));
        for (name, augment) in COMMANDS {
            let (alone, whole) = (augment(clap::Command::new(name)), command.find_subcommand(name));
            let ids = |command: &clap::Command| {
                command
                    .get_arguments()
                    .map(|argument| argument.get_id().clone())
                    .collect::<Vec<_>>()
            };
            assert_eq!(Some(ids(&alone)), whole.map(ids), "{name}");
        }
    }

    #[test]
    fn every_example_means_the_same_to_one_command_as_to_all() {
        let mut count = 0;
        for command in command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            for line in help.lines().filter_map(|line| line.strip_prefix("  ties ")) {
                let line = line.split("   ").next().unwrap_or_default();
                check_alone(&format!("ties {line}"));
                check_alone(&format!("ties --vault {} -q {line}", command.get_name()));
                count += 1;
            }
        }
        assert!(count > 80, "{count}");
    }

    #[test]
    fn whatever_one_command_does_not_take_is_said_by_the_whole() {
        for line in [
            "ties",
            "ties -q",
            "ties --vault",
            "ties --vault show",
            "ties --version",
            "ties -V",
            "ties --help",
            "ties -h",
            "ties show --help",
            "ties show -h",
            "ties show --version",
            "ties show",
            "ties shwo ana",
            "ties sho",
            "ties show ana --jsn",
            "ties show ana --tody x",
            "ties -x show ana",
            "ties --color red show ana",
            "ties --color always show ana",
            "ties show ana --color=always --vault=show --today 2026-01-01",
            "ties list -group:work --sort -last",
            "ties habit",
            "ties habit dnoe run",
            "ties habit help",
            "ties help show",
            "ties export ics -group:work",
            "ties away until",
            "ties rest -- -x",
            "ties -- show ana",
            "ties 王",
            "ties list show",
            "ties list list",
            "ties index rebuild x",
            "ties completions powershel",
        ] {
            check(line);
        }
    }
}
