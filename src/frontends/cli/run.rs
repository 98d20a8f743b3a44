//! From arguments to an exit code.

use crate::effects::environment::Environment;
use crate::effects::terminal::Terminal;
use crate::features::settings::ColorWish;
use crate::frontends::cli::arguments::Command;
use crate::frontends::cli::commands::add;
use crate::frontends::cli::commands::agenda;
use crate::frontends::cli::commands::archive;
use crate::frontends::cli::commands::brief;
use crate::frontends::cli::commands::check;
use crate::frontends::cli::commands::completions;
use crate::frontends::cli::commands::config;
use crate::frontends::cli::commands::done;
use crate::frontends::cli::commands::due;
use crate::frontends::cli::commands::duplicates;
use crate::frontends::cli::commands::edit;
use crate::frontends::cli::commands::event;
use crate::frontends::cli::commands::export;
use crate::frontends::cli::commands::gift;
use crate::frontends::cli::commands::graph;
use crate::frontends::cli::commands::habit;
use crate::frontends::cli::commands::inbox;
use crate::frontends::cli::commands::index;
use crate::frontends::cli::commands::init;
use crate::frontends::cli::commands::list;
use crate::frontends::cli::commands::log;
use crate::frontends::cli::commands::man;
use crate::frontends::cli::commands::merge;
use crate::frontends::cli::commands::path;
use crate::frontends::cli::commands::promise;
use crate::frontends::cli::commands::promises;
use crate::frontends::cli::commands::relations;
use crate::frontends::cli::commands::rename;
use crate::frontends::cli::commands::rest;
use crate::frontends::cli::commands::review;
use crate::frontends::cli::commands::search;
use crate::frontends::cli::commands::service;
use crate::frontends::cli::commands::show;
use crate::frontends::cli::commands::snooze;
use crate::frontends::cli::commands::start;
use crate::frontends::cli::commands::stats;
use crate::frontends::cli::commands::status;
use crate::frontends::cli::commands::triage;
use crate::frontends::cli::commands::undo;
use crate::frontends::cli::commands::watch;
use crate::frontends::cli::commands::why;
use crate::frontends::cli::completer::complete;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::help::with_help_flag;
use crate::frontends::cli::line::Line;
use crate::frontends::cli::manual::pages;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::parsing::parse;
use crate::frontends::cli::shells::COMPLETE;
use crate::frontends::cli::world::{Color, World};
use crate::frontends::cli::wrong_usage::{explained, named};
use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Mutex;

/// Where the last panic was; a file name and a line of ours, never anything from a note.
static PANICKED_AT: Mutex<Option<String>> = Mutex::new(None);

/// Runs `ties` with `arguments`, the name of the program first.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let environment = Environment::of_process();
    let terminal = Terminal::of_process(&environment);
    let color =
        if environment.text("NO_COLOR").is_some() { ColorWish::Never } else { ColorWish::Auto };
    let mut output = Output::of_process(terminal, color);
    std::panic::set_hook(Box::new(|panic| {
        if let Ok(mut place) = PANICKED_AT.lock() {
            *place = panic.location().map(ToString::to_string);
        }
    }));
    let arguments: Vec<OsString> = arguments.collect();
    if let Some(shell) = environment.text(COMPLETE) {
        // While somebody types, silence is the only answer to any trouble.
        let reply = catch_unwind(|| complete(shell, &arguments, &environment)).unwrap_or_default();
        output.data_text(&reply);
        let _ = output.finish();
        return Exit::Done.into();
    }
    let exit = ended(guarded(|| answer(arguments, environment, &mut output)), &mut output);
    exit.into()
}

/// The outcome of `work`; a panic in it is a failure like any other.
fn guarded(work: impl FnOnce() -> Result<Exit, Failure>) -> Result<Exit, Failure> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let place = PANICKED_AT.lock().ok().and_then(|mut place| place.take());
        let place = place.map(|place| format!(" ({place})")).unwrap_or_default();
        let message = format!(
            "something went wrong inside ties{place}; this is our fault, not that of your notes"
        );
        Err(Failure::new(Exit::Bug, message)
            .hint("no note is left half-written; the next command settles what was under way")
            .hint("please tell us what you typed and the place in parentheses"))
    })
}

fn ended(outcome: Result<Exit, Failure>, output: &mut Output) -> Exit {
    let exit = outcome.unwrap_or_else(|failure| {
        output.failure(&failure);
        failure.exit
    });
    match output.finish() {
        Ok(()) => exit,
        Err(failure) => {
            output.failure(&failure);
            failure.exit.max(exit)
        }
    }
}

fn answer(
    arguments: Vec<OsString>,
    environment: Environment,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let words = with_help_flag(arguments);
    let arguments = match parse(&words) {
        Ok(arguments) => arguments,
        Err(error) => return Ok(refused(error, &words, output)),
    };
    if let Some(color) = arguments.every.color {
        output.set_color(match color {
            Color::Auto => ColorWish::Auto,
            Color::Always => ColorWish::Always,
            Color::Never => ColorWish::Never,
        });
    }
    output.set_quiet(arguments.every.quiet);
    let world = World { environment, flags: arguments.every };
    if arguments.command.as_ref().is_none_or(tells_much) {
        output.expect_much();
    }
    match arguments.command {
        None => alone(&world, output),
        Some(command) => dispatch(&command, &world, output),
    }
}

/// Whether a command tells what there is, which may be long; those that change things say a line or two.
fn tells_much(command: &Command) -> bool {
    if let Command::Habit(arguments) = command {
        return habit::tells_much(arguments);
    }
    matches!(
        command,
        Command::List(_)
            | Command::Show(_)
            | Command::Brief(_)
            | Command::Promises(_)
            | Command::Agenda(_)
            | Command::Due(_)
            | Command::Stats(_)
            | Command::Why(_)
            | Command::Check(_)
            | Command::Config(_)
            | Command::Undo(_)
            | Command::Triage(_)
            | Command::Relations(_)
            | Command::Path(_)
            | Command::Service(_)
            | Command::Man(_)
            | Command::Duplicates(_)
    )
}

/// `ties` alone: the morning; without a vault, how to begin.
fn alone(world: &World, output: &mut Output) -> Result<Exit, Failure> {
    match world.open_where_there_is_one(output)? {
        Some(session) => agenda::morning(&session, output),
        None => {
            output.talk(&Line::of("There is no vault here."));
            output.hint("`ties start` begins one, with a few people in one line each");
            output.hint(
                "`ties init` makes notes that are there a vault; `ties help` shows every command",
            );
            Ok(Exit::Done)
        }
    }
}

fn dispatch(command: &Command, world: &World, output: &mut Output) -> Result<Exit, Failure> {
    match command {
        Command::Init(arguments) => init::run(arguments, world, output),
        Command::Config(arguments) => config::run(arguments, world, output),
        Command::Completions(arguments) => completions::run(arguments, output),
        Command::Service(arguments) => service::run(arguments, world, output),
        Command::Man(arguments) => man::run(arguments, &pages(), world, output),
        Command::Start(arguments) => start::run(arguments, world, output),
        Command::Add(arguments) => add::run(arguments, world, output),
        Command::Edit(arguments) => edit::run(arguments, world, output),
        Command::Watch(arguments) => watch::run(arguments, world, output),
        Command::Status(arguments) => status::run(arguments, world, output),
        Command::Stats(arguments) => stats::run(arguments, world, output),
        Command::Export(arguments) => export::run(arguments, world, output),
        Command::Graph(arguments) => graph::run(arguments, world, output),
        Command::Check(arguments) => check::run(arguments, &world.open_for_check(output)?, output),
        Command::List(arguments) => list::run(arguments, &world.open(output)?, output),
        Command::Search(arguments) => search::run(arguments, &world.open(output)?, output),
        Command::Agenda(arguments) => agenda::run(arguments, &world.open(output)?, output),
        Command::Log(arguments) => log::run(arguments, world, output),
        Command::Show(arguments) => show::run(arguments, &world.open(output)?, output),
        Command::Brief(arguments) => brief::run(arguments, &world.open(output)?, output),
        Command::Snooze(arguments) => snooze::run(arguments, &world.open(output)?, output),
        Command::Rest(arguments) => rest::run(arguments, &world.open(output)?, output),
        Command::Triage(arguments) => triage::run(arguments, world, output),
        Command::Review(arguments) => review::run(arguments, &world.open(output)?, output),
        Command::Inbox(arguments) => inbox::run(arguments, &world.open(output)?, output),
        Command::Promise(arguments) => promise::run(arguments, &world.open(output)?, output),
        Command::Promises(arguments) => promises::run(arguments, &world.open(output)?, output),
        Command::Event(arguments) => event::run(arguments, &world.open(output)?, output),
        Command::Gift(arguments) => gift::run(arguments, &world.open(output)?, output),
        Command::Done(arguments) => done::run(arguments, &world.open(output)?, output),
        Command::Habit(arguments) => habit::run(arguments, &world.open(output)?, output),
        Command::Due(arguments) => due::run(arguments, &world.open(output)?, output),
        Command::Why(arguments) => why::run(arguments, &world.open(output)?, output),
        Command::Relations(arguments) => relations::run(arguments, &world.open(output)?, output),
        Command::Path(arguments) => path::run(arguments, &world.open(output)?, output),
        Command::Index(arguments) => index::run(arguments, &world.open(output)?, output),
        Command::Archive(arguments) => archive::run(arguments, &world.open(output)?, output),
        Command::Duplicates(arguments) => duplicates::run(arguments, &world.open(output)?, output),
        Command::Merge(arguments) => merge::run(arguments, &world.open(output)?, output),
        Command::Rename(arguments) => rename::run(arguments, &world.open(output)?, output),
        Command::Undo(arguments) => undo::run(arguments, &world.open(output)?, output),
    }
}

/// Help and version are answers; everything else that clap does not take is wrong usage.
fn refused(error: clap::Error, words: &[OsString], output: &mut Output) -> Exit {
    if !error.use_stderr() {
        output.data_text(&error.render().to_string());
        return Exit::Done;
    }
    let (error, hint) = explained(error, named(words).as_ref());
    output.usage(&error.render().to_string());
    hint.iter().for_each(|hint| output.hint(hint));
    Exit::Usage
}

#[cfg(test)]
mod tests {
    use crate::frontends::cli::exit::Exit;
    use crate::frontends::cli::output::Output;
    use crate::frontends::cli::run::{ended, guarded};
    use std::io;

    #[test]
    fn a_panic_is_our_fault_and_says_so_calmly() {
        let outcome = guarded(|| panic!("secret {}", "note text"));
        let failure = outcome.unwrap_err();
        assert!(!failure.message.contains("secret"), "{}", failure.message);
        let mut output = Output::into_sinks(Box::new(io::sink()), Box::new(io::sink()));
        assert_eq!(ended(Err(failure), &mut output).number(), 70);
    }

    #[test]
    fn exit_codes_are_what_the_documentation_says() {
        let page = include_str!("../../../docs/exit-codes.md");
        for exit in [Exit::Done, Exit::No, Exit::Usage, Exit::Partly, Exit::Refused, Exit::Bug] {
            assert!(page.contains(&format!("\n| {} |", exit.number())), "{exit:?}");
        }
    }
}
