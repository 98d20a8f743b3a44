//! The log of the watcher: one line for each thing that happened, with its moment and its level.
//!
//! Always true here: no line says what stands in a note or what a note is called. Logs are kept by the system and read
//! by others; counts say enough.

use crate::app::news::{News, Trouble};
use crate::app::schedule::Reason;
use crate::effects::watch::eyes::Blind;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::world::recovery_words;
use crate::text::elapsed::in_words;
use clap::ValueEnum;
use std::path::Path;
use std::time::Duration;

/// How much something matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Level {
    Error,
    Warn,
    Info,
    Debug,
}

impl Level {
    fn word(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warn => "warn",
            Level::Info => "info",
            Level::Debug => "debug",
        }
    }

    fn label(self) -> Label {
        match self {
            Level::Error => Label::Error,
            Level::Warn => Label::Warning,
            Level::Info | Level::Debug => Label::Quiet,
        }
    }
}

/// What `news` says, and how much it matters.
pub fn words(news: &News) -> (Level, String) {
    match news {
        News::Watching { root, folders, polling } => watching(root, *folders, polling.as_ref()),
        News::Looked { reason: Reason::Start, notes, took, .. } => {
            let notes = counted(*notes, "note");
            (Level::Info, format!("read {notes} in {} ms", took.as_millis()))
        }
        News::Looked { reason, notes, changed, took } => {
            let (why, took) = (because(*reason), took.as_millis());
            let changed = counted(*changed, "change");
            let notes = counted(*notes, "note");
            let words = format!("looked because {why}: {changed}, {notes}, {took} ms");
            (Level::Debug, words)
        }
        News::ClockJumped(by) => {
            (Level::Info, format!("this machine slept, or its clock was set: {}", in_words(*by)))
        }
        News::DayTurned(day) => (Level::Info, format!("it is {day} now")),
        News::SettingsChanged => {
            (Level::Info, "the settings have changed and count now".to_owned())
        }
        News::Recovered(recovered) => (Level::Warn, recovery_words(recovered).join("; ")),
        News::Answered(done) => (Level::Info, format!("read back from the agenda: {done}")),
        News::AgendaWritten(day) => (Level::Info, format!("wrote the agenda of {day}")),
        News::CopyKept(copy) => {
            let words = "what another program wrote in the same moment is kept in";
            (Level::Warn, format!("{words} {copy}"))
        }
        News::AgendaWaits(time) => (Level::Debug, waits(*time)),
        News::Notice(words) => (Level::Warn, words.clone()),
        News::Trouble(trouble) => (level_of(trouble), trouble.to_string()),
        News::VaultBack => (Level::Info, "the vault is there again".to_owned()),
        News::Stopping => (Level::Info, "stopped".to_owned()),
    }
}

/// A line of the log; `stamp` is the moment.
pub fn line(stamp: &str, level: Level, words: &str) -> Line {
    let level_word = format!("{:<5}", level.word());
    Line::new()
        .label(Label::Quiet, stamp)
        .plain(" ")
        .label(level.label(), level_word)
        .plain(" ")
        .plain(words)
}

fn watching(root: &Path, folders: usize, polling: Option<&Blind>) -> (Level, String) {
    let root = root.display();
    match polling {
        None => {
            let folders = counted(folders, "folder");
            (Level::Info, format!("watching {root}: the system tells of changes in {folders}"))
        }
        Some(why) => {
            let level = if *why == Blind::Asked { Level::Info } else { Level::Warn };
            (level, format!("watching {root} by looking every few seconds: {why}"))
        }
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn because(reason: Reason) -> &'static str {
    match reason {
        Reason::Start => "the watch begins",
        Reason::Rung => "something changed",
        Reason::Jump(_) => "the clock jumped",
        Reason::DayTurned => "the day turned",
        Reason::PutOff => "something was left to do",
        Reason::Interval => "it was time",
    }
}

fn waits(time: Duration) -> String {
    let time = in_words(time.max(Duration::from_secs(1)));
    format!("the agenda was changed a moment ago; it is written in {time} if it rests")
}

fn level_of(trouble: &Trouble) -> Level {
    match trouble {
        Trouble::AgendaNotOurs | Trouble::FolderUnread | Trouble::VaultGone(_) => Level::Warn,
        _ => Level::Error,
    }
}

#[cfg(test)]
mod tests {
    use crate::app::news::{News, Trouble};
    use crate::app::schedule::Reason;
    use crate::effects::watch::eyes::Blind;
    use crate::frontends::cli::log::{line, words};
    use crate::text::day::Day;
    use expect_test::{Expect, expect};
    use std::path::PathBuf;
    use std::time::Duration;

    fn check(news: &[News], expected: &Expect) {
        let shown = |news: &News| {
            let (level, words) = words(news);
            line("2026-11-21T07:00:00+01:00", level, &words).render(false) + "\n"
        };
        expected.assert_eq(&news.iter().map(shown).collect::<String>());
    }

    #[test]
    fn every_line_has_its_moment_and_its_level_and_nothing_acts_on_the_terminal() {
        let root = PathBuf::from("/home/me/\u{1b}[2Jvault");
        let day = Day::parse("2026-11-21").unwrap();
        let took = Duration::from_millis(12);
        let looked = |reason| News::Looked { reason, notes: 812, changed: 2, took };
        check(
            &[
                News::Watching { root: root.clone(), folders: 9, polling: None },
                News::Watching {
                    root: root.clone(),
                    folders: 0,
                    polling: Some(Blind::NoWatchLeft),
                },
                looked(Reason::Start),
                looked(Reason::Rung),
                News::AgendaWaits(Duration::from_millis(119_500)),
                News::AgendaWritten(day),
                News::ClockJumped(Duration::from_secs(8 * 3600)),
                News::Trouble(Trouble::VaultGone(root)),
                News::Trouble(Trouble::NotWritten("disk full".to_owned())),
            ],
            &expect![[r#"
                2026-11-21T07:00:00+01:00 info  watching /home/me/\u{1b}[2Jvault: the system tells of changes in 9 folders
                2026-11-21T07:00:00+01:00 warn  watching /home/me/\u{1b}[2Jvault by looking every few seconds: all inotify watches of this user are taken
                2026-11-21T07:00:00+01:00 info  read 812 notes in 12 ms
                2026-11-21T07:00:00+01:00 debug looked because something changed: 2 changes, 812 notes, 12 ms
                2026-11-21T07:00:00+01:00 debug the agenda was changed a moment ago; it is written in 1 minute if it rests
                2026-11-21T07:00:00+01:00 info  wrote the agenda of 2026-11-21
                2026-11-21T07:00:00+01:00 info  this machine slept, or its clock was set: 8 hours
                2026-11-21T07:00:00+01:00 warn  the vault /home/me/\u{1b}[2Jvault is not there; waiting for it
                2026-11-21T07:00:00+01:00 error the agenda waits: disk full
            "#]],
        );
    }
}
