//! Digests: what a question about everyone needs to know of one person or promise, without its whole note.
//!
//! Always true here: a digest follows from its note alone. A pass over ten thousand people reads digests; only those
//! who are shown are read in full.

use crate::note::path::NotePath;
use crate::people::cadence::Cadence;
use crate::people::contact::{Contact, Death, Labelled, Privacy, Status};
use crate::people::event::Event;
use crate::people::interaction::Interaction;
use crate::people::kind::Meaning;
use crate::people::labels::Labels;
use crate::people::promise::{Promise, PromiseStatus};
use crate::text::day::Day;
use crate::text::fingerprint::hash;
use crate::text::fold::fold;
use crate::text::partial_date::LooseDate;
use crate::text::period::Period;
use serde::{Deserialize, Serialize};

/// One person in short. Each field means what the field of [`Contact`] with its name does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of `Contact`, where they are explained")]
pub struct Brief {
    pub name: String,
    pub circle: Option<String>,
    pub status: Status,
    pub cadence: Option<Cadence>,
    pub cadence_line: u32,
    pub last_contact: Option<LooseDate>,
    pub created: Option<Day>,
    pub follow_up: Option<Day>,
    pub next: Option<String>,
    pub quiet_until: Option<Day>,
    pub paused: bool,
    pub birthday: Option<LooseDate>,
    pub anniversary: Option<LooseDate>,
    pub died: Option<Death>,
    pub remember: bool,
    pub occasion_lead: Option<Period>,
    pub privacy: Privacy,
    /// Where they live, without labels.
    pub location: Vec<String>,
    /// The mark of the postal address at which they live: equal for equal addresses, however they are written.
    pub home: Option<u64>,
    /// Whether the note tells of any event.
    pub has_events: bool,
    /// Whether the note tells of any gift.
    pub has_gifts: bool,
    /// The days of the events of the note that have a whole date, in the order of the note.
    pub event_days: Vec<Day>,
    /// The day of the oldest entry of the note's own log that is no plan.
    pub first_entry: Option<Day>,
    /// Other names, groups and tags.
    pub labels: Labels,
    /// How many links stand in the heads of the note's own log.
    pub head_links: u32,
    /// How many ties to others the note tells of.
    pub relations: u32,
    /// The last of the days that should not lie ahead: of the entries that are no plans, and of the dates of the past
    /// (the first day that each of these may mean).
    pub latest: Option<Day>,
}

impl Brief {
    /// The digest of `contact`.
    pub fn of(contact: &Contact) -> Brief {
        let unplanned = |entry: &&Interaction| entry.meaning != Meaning::Plan;
        let head_links = contact.log.iter().map(|entry| entry.with.len()).sum();
        Brief {
            name: contact.name.clone(),
            circle: contact.circle.clone(),
            status: contact.status,
            cadence: contact.cadence,
            cadence_line: contact.cadence_line,
            last_contact: contact.last_contact,
            created: contact.created,
            follow_up: contact.follow_up,
            next: contact.next.clone(),
            quiet_until: contact.quiet_until,
            paused: contact.paused,
            birthday: contact.birthday,
            anniversary: contact.anniversary,
            died: contact.died,
            remember: contact.remember,
            occasion_lead: contact.occasion_lead,
            privacy: contact.privacy.clone(),
            location: contact.location.iter().map(|place| place.value.clone()).collect(),
            home: home(&contact.address),
            has_events: !contact.events.is_empty(),
            has_gifts: !contact.gifts.is_empty(),
            event_days: contact.events.iter().filter_map(Event::day).collect(),
            first_entry: contact.log.iter().filter(unplanned).map(|entry| entry.day).min(),
            labels: Labels::new(&contact.aliases, &contact.groups, &contact.tags),
            head_links: counted(head_links),
            relations: counted(contact.relations.len() + contact.named_ties.len()),
            latest: latest(contact),
        }
    }

    /// All that the person whose note is at `path` is called, as
    /// [`Note::names`](crate::people::note::Note::names) gives it.
    pub fn names<'a>(&'a self, path: &'a NotePath) -> Vec<&'a str> {
        let mut names = vec![self.name.as_str()];
        names.extend(self.labels.aliases());
        if !names.contains(&path.stem()) {
            names.push(path.stem());
        }
        names
    }

    /// Whether an event of the note is on one of these days, both included.
    pub fn has_event_within(&self, from: Day, to: Day) -> bool {
        self.event_days.iter().any(|day| (from..=to).contains(day))
    }

    /// Whether the person is alive and not put away.
    pub fn is_present(&self) -> bool {
        self.died.is_none() && self.status != Status::Archived
    }
}

fn counted(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn latest(contact: &Contact) -> Option<Day> {
    let died = contact.died.and_then(|death| death.date);
    let dates = [contact.last_contact, contact.birthday, contact.anniversary, died];
    let dates = dates.into_iter().flatten().filter_map(LooseDate::earliest);
    let unplanned = contact.log.iter().filter(|entry| entry.meaning != Meaning::Plan);
    dates.chain(contact.created).chain(unplanned.map(|entry| entry.day)).max()
}

/// The mark of the first address that is not one of work.
fn home(addresses: &[Labelled]) -> Option<u64> {
    let is_work = |label: &String| ["work", "office", "business"].contains(&fold(label).as_str());
    let home = addresses.iter().find(|address| !address.label.as_ref().is_some_and(is_work))?;
    let folded = fold(&home.value);
    let words = folded.split(|character: char| !character.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty()).collect::<Vec<_>>();
    (!words.is_empty()).then(|| hash(&words))
}

/// One promise in short. Each field means what the field of [`Promise`] with its name does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of `Promise`, where they are explained")]
pub struct PromiseBrief {
    pub status: PromiseStatus,
    pub theirs: bool,
    pub due: Option<Day>,
    pub scheduled: Option<Day>,
    pub start: Option<Day>,
    pub done: Option<Day>,
    pub promised: Option<Day>,
    pub line: u32,
}

impl PromiseBrief {
    /// The digest of `promise`.
    pub fn of(promise: &Promise) -> PromiseBrief {
        let Promise { status, theirs, due, scheduled, start, done, promised, line, .. } = *promise;
        PromiseBrief { status, theirs, due, scheduled, start, done, promised, line }
    }
}

#[cfg(test)]
mod tests {
    use crate::note::path::NotePath;
    use crate::people::brief::Brief;
    use crate::people::contact::Contact;
    use crate::people::note::{Kind, Note};

    #[test]
    fn a_digest_gives_the_names_of_its_note() {
        for (path, name, aliases) in [
            ("people/ana.md", "Ana", vec!["Aninha", "ana"]),
            ("people/ana.md", "ana", vec![]),
            ("ana-lima.md", "Ana: Lima", vec!["", "3:x"]),
        ] {
            let path = NotePath::new(path).unwrap();
            let mut contact = Contact::named(path.clone(), name.to_owned());
            contact.aliases = aliases.into_iter().map(str::to_owned).collect();
            let brief = Brief::of(&contact);
            let kind = Kind::Contact(Box::new(contact));
            let note = Note { path: path.clone(), kind, findings: Vec::new() };
            assert_eq!(brief.names(&path), note.names());
        }
    }
}
