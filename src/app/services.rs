//! Services of a vault: what would be written, what is there, and putting the one in the place of the other.
//!
//! Invariant: only what `ties` wrote itself and nobody changed since is replaced or removed.

use crate::app::session::Session;
use crate::effects::environment::Environment;
use crate::effects::plain_file::{remove, replace, text_of};
use crate::effects::service::{Ran, crontab, folder, program, run, set_crontab, user_number};
use crate::features::service::cron;
use crate::features::service::launchd;
use crate::features::service::plan::{HANDED_ON, Kind, Part, Plan};
use crate::features::service::seal::is_untouched;
use crate::features::service::systemd;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// How a part of a service stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is not there.
    Missing,
    /// It is there as it would be written now.
    Current,
    /// It is there as it was written once.
    Older,
    /// A person changed it, or wrote it.
    Changed,
}

/// One part with where it belongs.
#[derive(Debug, Clone)]
pub struct Place {
    /// The file, or `crontab`.
    pub name: String,
    /// The text that it would have.
    pub text: String,
    /// The text that is there.
    pub before: Option<String>,
    /// How the two compare.
    pub standing: Standing,
    file: Option<PathBuf>,
}

/// Why nothing was done.
#[derive(Debug)]
pub enum ServiceError {
    /// It cannot be written down: why.
    Unfit(String),
    /// A person changed it.
    Changed(String),
    /// The world refused: what was to be done, and why it was not.
    World(String, io::Error),
}

impl fmt::Display for ServiceError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ServiceError::Unfit(why) => formatter.write_str(why),
            ServiceError::Changed(name) => {
                write!(formatter, "{name} is not as `ties` wrote it, so it is left as it is")
            }
            ServiceError::World(what, _) => formatter.write_str(what),
        }
    }
}

/// The service of a vault, of one kind.
#[derive(Debug)]
pub struct Service<'a> {
    kind: Kind,
    plan: Plan,
    environment: &'a Environment,
}

impl<'a> Service<'a> {
    /// The service of the vault of `session`. The morning run is at minute `at` of the day; without it, five minutes
    /// after the day begins.
    pub fn new(
        session: &Session,
        kind: Kind,
        at: Option<u32>,
        environment: &'a Environment,
    ) -> Result<Service<'a>, ServiceError> {
        let program = program(environment);
        let program = program
            .map_err(|why| ServiceError::World("cannot find the program itself".into(), why))?;
        let text = |path: PathBuf| {
            let odd = |path: std::ffi::OsString| {
                ServiceError::Unfit(format!("{} is no UTF-8 text", path.display()))
            };
            path.into_os_string().into_string().map_err(odd)
        };
        let value = |name: &&'static str| Some((*name, environment.text(name)?.to_owned()));
        let at = at.unwrap_or(session.settings().day_starts_at + 5);
        let handed_on = HANDED_ON.iter().filter_map(value).collect();
        let plan = Plan::new(text(program)?, text(session.root.clone())?, handed_on, at);
        Ok(Service { kind, plan: plan.map_err(ServiceError::Unfit)?, environment })
    }

    /// The parts as they would be written, whatever is there.
    pub fn parts(&self) -> Result<Vec<Part>, ServiceError> {
        match self.kind {
            Kind::Systemd => Ok(systemd::units(&self.plan)),
            Kind::Launchd => Ok(launchd::agents(&self.plan)),
            Kind::Cron => {
                let text = cron::block(&self.plan).map_err(ServiceError::Unfit)?;
                Ok(vec![Part { name: "crontab".to_owned(), text }])
            }
        }
    }

    /// The parts with what is there.
    pub fn places(&self) -> Result<Vec<Place>, ServiceError> {
        let parts = self.parts()?;
        if self.kind == Kind::Cron {
            let text = self.crontab()?;
            return Ok(parts.into_iter().map(|part| self.place_in_crontab(part, &text)).collect());
        }
        let folder = folder(self.kind, self.environment);
        let folder = folder.ok_or_else(|| ServiceError::Unfit("no home is named".to_owned()))?;
        parts.into_iter().map(|part| place_in_folder(part, &folder)).collect()
    }

    /// What an install would have the system's own tools do then, as it would be typed.
    pub fn commands(&self) -> Vec<Vec<String>> {
        let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        match self.kind {
            Kind::Systemd => {
                let [watch, timer] = systemd::switched_on(&self.plan);
                vec![
                    words(&["systemctl", "--user", "daemon-reload"]),
                    words(&["systemctl", "--user", "enable", "--now", &watch, &timer]),
                    // An older release may be running.
                    words(&["systemctl", "--user", "try-restart", &watch]),
                ]
            }
            Kind::Launchd => self.launchd_commands("bootstrap"),
            Kind::Cron => Vec::new(),
        }
    }

    /// Writes the parts. What the system's tools say is for [`switch_on`](Service::switch_on).
    pub fn install(&self, places: &[Place]) -> Result<(), ServiceError> {
        refuse_changed(places)?;
        for place in places.iter().filter(|place| place.standing != Standing::Current) {
            let failed = |why| ServiceError::World(format!("cannot write {}", place.name), why);
            match &place.file {
                Some(file) => replace(file, &place.text).map_err(failed)?,
                None => {
                    let before = self.crontab()?;
                    let after = cron::with_block(&before, &self.plan.name, &place.text);
                    set_crontab(&before, &after, self.environment).map_err(failed)?;
                }
            }
        }
        Ok(())
    }

    /// Has the system's tools take notice; what one of them said where it did not do it.
    pub fn switch_on(&self) -> Result<(), String> {
        self.run_all(&self.commands())
    }

    /// Has the system's tools forget the service; what one of them said where it did not do it.
    pub fn switch_off(&self) -> Result<(), String> {
        let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        match self.kind {
            Kind::Systemd => {
                let [watch, timer] = systemd::switched_on(&self.plan);
                self.run_all(&[words(&["systemctl", "--user", "disable", "--now", &watch, &timer])])
            }
            Kind::Launchd => self.run_all(&self.launchd_commands("bootout")),
            Kind::Cron => Ok(()),
        }
    }

    /// Removes the parts that are there.
    pub fn uninstall(&self, places: &[Place]) -> Result<(), ServiceError> {
        refuse_changed(places)?;
        for place in places.iter().filter(|place| place.standing != Standing::Missing) {
            let failed = |why| ServiceError::World(format!("cannot remove {}", place.name), why);
            match &place.file {
                Some(file) => remove(file).map_err(failed)?,
                None => {
                    let before = self.crontab()?;
                    let after = cron::without_block(&before, &self.plan.name);
                    set_crontab(&before, &after, self.environment).map_err(failed)?;
                }
            }
        }
        if self.kind == Kind::Systemd {
            // It is gone either way; a manager that does not run has nothing to forget.
            let _ = self.run(&["systemctl", "--user", "daemon-reload"]);
        }
        Ok(())
    }

    /// What the system says of each part that runs: the name and one word, such as `active`.
    pub fn states(&self) -> Vec<(String, String)> {
        if self.kind != Kind::Systemd {
            return Vec::new();
        }
        let state = |unit: String| {
            let ran = self.run(&["systemctl", "--user", "is-active", &unit]).ok()?;
            let word = ran.out.trim().to_owned();
            (!word.is_empty()).then_some((unit, word))
        };
        systemd::switched_on(&self.plan).into_iter().filter_map(state).collect()
    }

    fn launchd_commands(&self, verb: &str) -> Vec<Vec<String>> {
        let domain = format!("gui/{}", user_number());
        let folder = folder(Kind::Launchd, self.environment).unwrap_or_default();
        let command = |part: Part| {
            let file = folder.join(&part.name).display().to_string();
            let label = format!("{domain}/{}", launchd::label(&part.name));
            let named = if verb == "bootout" { vec![label] } else { vec![domain.clone(), file] };
            ["launchctl".to_owned(), verb.to_owned()].into_iter().chain(named).collect()
        };
        launchd::agents(&self.plan).into_iter().map(command).collect()
    }

    fn run_all(&self, commands: &[Vec<String>]) -> Result<(), String> {
        for command in commands {
            let words = command.iter().map(String::as_str).collect::<Vec<_>>();
            let ran = self.run(&words).map_err(|error| error.to_string())?;
            if !ran.done {
                return Err(format!("`{}` said: {}", command.join(" "), ran.err));
            }
        }
        Ok(())
    }

    fn run(&self, command: &[&str]) -> io::Result<Ran> {
        let (tool, arguments) = command.split_first().unwrap_or((&"", &[]));
        run(tool, arguments, "", self.environment)
    }

    fn crontab(&self) -> Result<String, ServiceError> {
        let failed = |why| ServiceError::World("cannot read your crontab".to_owned(), why);
        crontab(self.environment).map_err(failed)
    }

    fn place_in_crontab(&self, part: Part, crontab: &str) -> Place {
        let place = cron::place(crontab, &self.plan.name);
        let before = place.and_then(|place| crontab.get(place)).map(str::to_owned);
        Place {
            standing: standing(before.as_deref(), &part.text),
            name: part.name,
            text: part.text,
            before,
            file: None,
        }
    }
}

fn place_in_folder(part: Part, folder: &std::path::Path) -> Result<Place, ServiceError> {
    let file = folder.join(&part.name);
    let name = file.display().to_string();
    let before =
        text_of(&file).map_err(|why| ServiceError::World(format!("cannot read {name}"), why))?;
    let standing = standing(before.as_deref(), &part.text);
    Ok(Place { name, text: part.text, before, standing, file: Some(file) })
}

fn standing(before: Option<&str>, text: &str) -> Standing {
    match before {
        None => Standing::Missing,
        Some(before) if before == text => Standing::Current,
        Some(before) if is_untouched(before) => Standing::Older,
        Some(_) => Standing::Changed,
    }
}

fn refuse_changed(places: &[Place]) -> Result<(), ServiceError> {
    let changed = places.iter().find(|place| place.standing == Standing::Changed);
    changed.map_or(Ok(()), |place| Err(ServiceError::Changed(place.name.clone())))
}
