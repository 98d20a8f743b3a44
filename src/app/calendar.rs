//! The calendar of a vault, put into a file or a folder of files for other programs.
//!
//! Invariant: only what `ties` wrote itself is replaced or removed, and nothing lies among the people.

use crate::app::export_file::{ExportError, place, read, world};
use crate::app::session::Session;
use crate::effects::plain_file::{names_in, remove, replace, replace_quickly};
use crate::features::calendar::compose::items;
use crate::features::calendar::item::Item;
use crate::features::calendar::ours::{is_ours, is_same, summary};
use crate::features::calendar::render::{calendar, single};
use crate::features::calendar::uid::{file_name, is_file_name};
use crate::features::standing::Situation;
use crate::people::book::ContactId;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

/// A larger calendar is none of ours, in bytes.
const LIMIT: u64 = 64 * 1024 * 1024;
/// A larger item is none of ours, in bytes.
const ITEM_LIMIT: u64 = 64 * 1024;
/// What a file of ours is.
const KIND: &str = "calendar";
/// Stands for the text of a file that is none of ours.
const UNREAD: &str = "not ours";

/// A calendar, ready to be written.
#[derive(Debug)]
pub struct Calendar<'a> {
    situation: &'a Situation<'a>,
    items: Vec<Item>,
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
    pub fn into_file(&self, session: &Session, file: &Path) -> Result<Plan, ExportError> {
        let file = place(session, file)?;
        let before = read(&file, LIMIT, KIND)?;
        if before.as_deref().is_some_and(|before| !before.is_empty() && !is_ours(before)) {
            return Err(ExportError::Foreign(file, KIND));
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
    ) -> Result<Plan, ExportError> {
        let folder = place(session, &folder.join("item.ics"))?;
        let folder = folder.parent().unwrap_or(&folder);
        let names = names_in(folder).map_err(world("read", folder))?;
        let mut old = BTreeMap::new();
        for name in names.into_iter().filter(|name| is_file_name(name)) {
            let text = match read(&folder.join(&name), ITEM_LIMIT, KIND) {
                Err(ExportError::Foreign(..)) => UNREAD.to_owned(),
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
    pub fn carry_out(&self) -> Result<(), ExportError> {
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
