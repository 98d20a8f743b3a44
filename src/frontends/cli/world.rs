//! What a command can be given besides its own arguments: the flags that every command has, and the environment.

use crate::app::session::{OpenError, Session, Wanted, today};
use crate::effects::config::Config;
use crate::effects::environment::Environment;
use crate::effects::pager::{USUAL, is_none};
use crate::effects::places::Places;
use crate::effects::vault::locate::LocateError;
use crate::effects::vault::recover::{Ending, Recovered};
use crate::features::settings::ColorWish;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::output::{Output, Pager};
use crate::text::day::Day;
use crate::text::diagnostic::Severity;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Flags of every command.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct EveryCommand {
    /// The vault, where it is not the one around the current folder
    #[arg(long, global = true, value_name = "DIR")]
    pub vault: Option<PathBuf>,
    /// When output has colours
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        hide_possible_values = true,
        help = "When output has colours: auto, always or never"
    )]
    pub color: Option<Color>,
    /// Show long output at once, without a pager
    #[arg(long, global = true)]
    pub no_pager: bool,
    /// Say nothing but what was asked for
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// The day that it is, for tests and demonstrations
    #[arg(long, global = true, hide = true, value_name = "DATE")]
    pub today: Option<String>,
}

/// When output has colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// The flags of every command, and the environment.
#[derive(Debug)]
pub struct World {
    /// The environment.
    pub environment: Environment,
    /// The flags.
    pub flags: EveryCommand,
}

impl World {
    fn wanted(&self) -> Wanted<'_> {
        let color = self.flags.color.map(|color| match color {
            Color::Auto => ColorWish::Auto,
            Color::Always => ColorWish::Always,
            Color::Never => ColorWish::Never,
        });
        Wanted { vault: self.flags.vault.as_deref(), today: self.flags.today.as_deref(), color }
    }

    /// The user's own folders.
    pub fn places(&self) -> Result<Places, Failure> {
        Places::new(&self.environment).ok_or_else(|| OpenError::NoHome.into())
    }

    /// The settings of the vault; where there is none around and none is named, the user's own.
    pub fn config(&self, output: &mut Output) -> Result<Config, Failure> {
        match Session::open(&self.environment, &self.wanted()) {
            Ok(session) => {
                self.set_pager(&session.config, output);
                notice_settings(&session.config, output);
                Ok(session.config)
            }
            Err(OpenError::Locate(LocateError::Nowhere)) => Ok(self.user_config()),
            Err(error) => Err(error.into()),
        }
    }

    /// What holds outside of any vault: the settings of the user, the environment and the flags.
    pub fn user_config(&self) -> Config {
        let config = Config::of_user(Places::new(&self.environment).as_ref());
        let wanted = self.wanted();
        config.with_environment(&self.environment).with_flags(wanted.vault, wanted.color)
    }

    /// The day that it is, outside of any vault.
    pub fn today(&self) -> Result<Day, Failure> {
        let starts_at = self.user_config().settings.day_starts_at;
        Ok(today(&self.environment, self.flags.today.as_deref(), starts_at)?)
    }

    /// The vault, open. Says what the person should know of it.
    pub fn open(&self, output: &mut Output) -> Result<Session, Failure> {
        let session = self.open_for_check(output)?;
        notice_settings(&session.config, output);
        Ok(session)
    }

    /// The vault, open, where there is one; `None` where none is named or found, or `--vault` names a folder that is
    /// none yet.
    pub fn open_where_there_is_one(&self, output: &mut Output) -> Result<Option<Session>, Failure> {
        match Session::open(&self.environment, &self.wanted()) {
            Ok(session) => {
                self.greet(&session, output);
                notice_settings(&session.config, output);
                Ok(Some(session))
            }
            Err(OpenError::Locate(LocateError::Nowhere)) => Ok(None),
            Err(OpenError::Locate(LocateError::NotAVault { .. })) if self.flags.vault.is_some() => {
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The same as [`open`](World::open) for a command that shows the findings of the settings itself.
    pub fn open_for_check(&self, output: &mut Output) -> Result<Session, Failure> {
        let session = Session::open(&self.environment, &self.wanted())?;
        self.greet(&session, output);
        Ok(session)
    }

    fn greet(&self, session: &Session, output: &mut Output) {
        output.set_color(session.settings().user.color);
        self.set_pager(&session.config, output);
        notice_recovery(session, output);
    }

    /// Which command shows long output: `TIES_PAGER`, the user's configuration, `PAGER`, or the usual one.
    fn set_pager(&self, config: &Config, output: &mut Output) {
        let of = |name: &str| self.environment.text(name).map(str::to_owned);
        let named = of("TIES_PAGER").or_else(|| config.settings.user.pager.clone());
        let command = named.or_else(|| of("PAGER")).unwrap_or_else(|| USUAL.to_owned());
        let wanted = !self.flags.no_pager && !is_none(&command);
        output.set_pager(wanted.then(|| Pager { command, environment: self.environment.clone() }));
    }
}

fn notice_settings(config: &Config, output: &mut Output) {
    for file in &config.files {
        let grave = file.findings.iter().find(|finding| finding.code.severity() == Severity::Error);
        if let Some(finding) = grave {
            output.notice(&format!(
                "{}: {}; `ties check` shows the place",
                file.name, finding.message
            ));
        }
    }
}

fn notice_recovery(session: &Session, output: &mut Output) {
    match &session.recovered {
        Ok(recovered) => {
            recovery_words(recovered).iter().for_each(|words| output.notice(words));
        }
        Err(why) => {
            output.notice(&format!("a change that was cut off earlier waits to be settled: {why}"));
        }
    }
}

/// What a recovery did, in words.
pub fn recovery_words(recovered: &Recovered) -> Vec<String> {
    let ending = match &recovered.ending {
        Ending::Nothing => None,
        Ending::Finished(title) => {
            Some(format!("a change that was cut off earlier is finished: {title}"))
        }
        Ending::TakenBack(title) => {
            Some(format!("a change that was cut off earlier is taken back: {title}"))
        }
        Ending::Unreadable(place) => Some(format!(
            "the journal of an earlier change could not be read; it lies in {}",
            place.display()
        )),
    };
    let copies = recovered
        .copies
        .iter()
        .map(|copy| format!("a text that was found nowhere else is kept in {copy}"));
    let untouched = recovered
        .untouched
        .iter()
        .map(|path| format!("{path} has changed since and is left as it is"));
    ending.into_iter().chain(copies).chain(untouched).collect()
}
