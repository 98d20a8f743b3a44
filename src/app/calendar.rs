//! The calendar of a vault, put into a file or a folder of files for other programs.
//!
//! Invariant: only what `ties` wrote itself is replaced or removed, and nothing lies among the people.

use crate::app::session::Session;
use crate::effects::plain_file::{
    names_in, real_place, remove, replace, replace_quickly, text_up_to,
};
use crate::features::calendar::compose::items;
use crate::features::calendar::item::Item;
use crate::features::calendar::ours::{is_ours, is_same, summary};
use crate::features::calendar::render::{calendar, single};
use crate::features::calendar::uid::{file_name, is_file_name};
use crate::features::standing::Situation;
use crate::people::book::ContactId;
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A larger calendar is none of ours, in bytes.
const LIMIT: u64 = 64 * 1024 * 1024;
/// A larger item is none of ours, in bytes.
const ITEM_LIMIT: u64 = 64 * 1024;
/// Stands for the text of a file that is none of ours.
const UNREAD: &str = "not ours";

/// A calendar, ready to be written.
#[derive(Debug)]
pub struct Calendar<'a> {
    situation: &'a Situation<'a>,
    items: Vec<Item>,
}

/// Why nothing was written.
#[derive(Debug)]
pub enum CalendarError {
    /// The place is none for a calendar: why.
    Unfit(String),
    /// Somebody else's file is there.
    Foreign(PathBuf),
    /// The world refused: what was to be done, and why it was not.
    World(String, io::Error),
}

impl fmt::Display for CalendarError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CalendarError::Unfit(why) => formatter.write_str(why),
            CalendarError::Foreign(file) => {
                let file = file.display();
                write!(formatter, "{file} is no calendar that `ties` wrote, so it is left as it is")
            }
            CalendarError::World(what, _) => formatter.write_str(what),
        }
    }
}

/// One file with what is to become of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The file.
    pub file: PathBuf,
    /// What is seen of its item; of a whole calendar its name.
    pub summary: String,
    /// What is there.
    pub before: Option<String>,
    /// What is to be there; `None` where it is to go.
    pub after: Option<String>,
}

/// What is to become of the files of a calendar.
#[derive(Debug, Default)]
pub struct Plan {
    /// Files that change.
    pub steps: Vec<Step>,
    /// How many stay as they are.
    pub kept: usize,
    /// Files with the name of an item that another program has written since: they are left alone.
    pub foreign: Vec<PathBuf>,
    whole: bool,
}

impl<'a> Calendar<'a> {
    /// The calendar of `wanted` people, or of everybody.
    pub fn new(situation: &'a Situation<'a>, wanted: Option<&HashSet<ContactId>>) -> Calendar<'a> {
        Calendar { situation, items: items(situation, wanted) }
    }

    /// How many items it has.
    pub fn count(&self) -> usize {
        self.items.len()
    }

    /// The whole of it as one text.
    pub fn text(&self) -> String {
        calendar(&self.items, &self.situation.settings.calendar.name, self.situation.day)
    }

    /// What is to become of `file`, which is to hold all of it.
    pub fn into_file(&self, session: &Session, file: &Path) -> Result<Plan, CalendarError> {
        let file = place(session, file)?;
        let before = read(&file, LIMIT)?;
        if before.as_deref().is_some_and(|before| !before.is_empty() && !is_ours(before)) {
            return Err(CalendarError::Foreign(file));
        }
        let after = self.text();
        if before.as_deref().is_some_and(|before| is_same(before, &after)) {
            return Ok(Plan { kept: 1, whole: true, ..Plan::default() });
        }
        let summary = self.situation.settings.calendar.name.clone();
        let step = Step { file, summary, before, after: Some(after) };
        Ok(Plan { steps: vec![step], whole: true, ..Plan::default() })
    }

    /// What is to become of the files of `folder`, which is to hold one for each item. Items that went away stay where
    /// `removes` says that notes may be missing.
    pub fn into_folder(
        &self,
        session: &Session,
        folder: &Path,
        removes: bool,
    ) -> Result<Plan, CalendarError> {
        let folder = place(session, &folder.join("item.ics"))?;
        let folder = folder.parent().unwrap_or(&folder);
        let names = names_in(folder).map_err(world("read", folder))?;
        let mut old = BTreeMap::new();
        for name in names.into_iter().filter(|name| is_file_name(name)) {
            let text = match read(&folder.join(&name), ITEM_LIMIT) {
                Err(CalendarError::Foreign(_)) => UNREAD.to_owned(),
                text => text?.unwrap_or_default(),
            };
            old.insert(name, text);
        }
        let mut plan = Plan::default();
        for item in &self.items {
            let name = file_name(&item.uid);
            let before = old.remove(&name);
            plan.put(folder.join(name), before, single(item, self.situation.day));
        }
        for (name, before) in old.into_iter().filter(|_| removes) {
            plan.remove(folder.join(name), before);
        }
        Ok(plan)
    }
}

impl Plan {
    fn put(&mut self, file: PathBuf, before: Option<String>, after: String) {
        match &before {
            Some(text) if is_same(text, &after) => self.kept += 1,
            // An empty one is what a power cut leaves of ours.
            Some(text) if !text.is_empty() && !is_ours(text) => self.foreign.push(file),
            _ => {
                let summary = summary(&after);
                self.steps.push(Step { file, summary, before, after: Some(after) });
            }
        }
    }

    fn remove(&mut self, file: PathBuf, before: String) {
        if is_ours(&before) {
            let summary = summary(&before);
            self.steps.push(Step { file, summary, before: Some(before), after: None });
        }
    }

    /// How many files are new, change, and go.
    pub fn counts(&self) -> (usize, usize, usize) {
        let count =
            |wanted: fn(&Step) -> bool| self.steps.iter().filter(|step| wanted(step)).count();
        (
            count(|step| step.before.is_none() && step.after.is_some()),
            count(|step| step.before.is_some() && step.after.is_some()),
            count(|step| step.after.is_none()),
        )
    }

    /// Does it.
    pub fn carry_out(&self) -> Result<(), CalendarError> {
        for step in &self.steps {
            match &step.after {
                Some(text) if self.whole => replace(&step.file, text),
                Some(text) => replace_quickly(&step.file, text),
                None => remove(&step.file),
            }
            .map_err(world("write", &step.file))?;
        }
        Ok(())
    }
}

/// Where a calendar really lies; an error where none may lie.
fn place(session: &Session, file: &Path) -> Result<PathBuf, CalendarError> {
    let real = real_place(file).map_err(world("write", file))?;
    let Ok(inside) = real.strip_prefix(&session.root) else { return Ok(real) };
    let shown = inside.display();
    let people = session.vocabulary.folders.people.iter().filter(|folder| *folder != ".");
    if people.into_iter().any(|folder| inside.starts_with(folder)) {
        let why = format!("{shown} lies among the people, where only notes belong");
        return Err(CalendarError::Unfit(why));
    }
    if inside.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md")) {
        return Err(CalendarError::Unfit(format!("{shown} has the name of a note")));
    }
    Ok(real)
}

fn read(file: &Path, limit: u64) -> Result<Option<String>, CalendarError> {
    match text_up_to(file, limit) {
        // Larger than any of ours, or no text: a stranger's.
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            Err(CalendarError::Foreign(file.to_owned()))
        }
        text => text.map_err(world("read", file)),
    }
}

fn world(what: &'static str, file: &Path) -> impl FnOnce(io::Error) -> CalendarError {
    let what = format!("cannot {what} {}", file.display());
    move |error| CalendarError::World(what, error)
}
