//! Everybody, or those of a circle or group: a plain list by name.

use crate::note::path::NotePath;
use crate::people::book::{Book, ContactId};
use crate::people::brief::Brief;
use crate::text::day::Day;
use crate::text::fold::fold;
use crate::text::partial_date::{LooseDate, PartialDate};

/// Whom to list; what is `None` takes everybody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter<'a> {
    /// The name of a circle, compared folded.
    pub circle: Option<&'a str>,
    /// The name of a group, compared folded.
    pub group: Option<&'a str>,
}

/// One person of a list.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    /// Who.
    pub id: ContactId,
    /// The note.
    pub path: &'a NotePath,
    /// The person in short.
    pub brief: &'a Brief,
    /// The newest contact on or before the day, in a log or a journal, or as the note claims where that is newer.
    pub last_contact: Option<LooseDate>,
}

/// The people of `book` on `day`, by folded name, then by path; the owner is left out.
pub fn listing<'a>(book: &'a Book, day: Day, filter: Filter<'_>) -> Vec<Listed<'a>> {
    let people = book.people().filter(|id| book.me() != Some(*id));
    let wanted = people.filter(|id| filter.takes(book, *id));
    let mut listed = wanted.map(|id| listed(book, id, day)).collect::<Vec<_>>();
    listed.sort_by_cached_key(|listed| (fold(&listed.brief.name), listed.path));
    listed
}

/// One person as a list shows them on `day`.
pub fn listed(book: &Book, id: ContactId, day: Day) -> Listed<'_> {
    let (path, brief) = (&book.paths()[book.note_of(id)], book.brief(id));
    Listed { id, path, brief, last_contact: last_contact(book, id, day) }
}

impl Filter<'_> {
    /// Whether somebody is wanted.
    pub fn takes(&self, book: &Book, id: ContactId) -> bool {
        let same = |one: &str, other: &str| fold(one) == fold(other);
        let circle = book.brief(id).circle.as_deref();
        let in_circle = |name: &str| circle.is_some_and(|circle| same(circle, name));
        let in_group = |name: &str| book.brief(id).labels.groups().any(|group| same(group, name));
        self.circle.is_none_or(in_circle) && self.group.is_none_or(in_group)
    }
}

fn last_contact(book: &Book, id: ContactId, day: Day) -> Option<LooseDate> {
    let touched = book.newest_contact(id, day).map(|touch| touch.day);
    let claimed =
        book.brief(id).last_contact.filter(|date| date.earliest().is_some_and(|from| from <= day));
    match (touched, claimed) {
        (Some(touched), Some(claimed)) if claimed.earliest() > Some(touched) => Some(claimed),
        (Some(touched), _) => {
            Some(LooseDate { date: PartialDate::Full(touched), estimated: false })
        }
        (None, claimed) => claimed,
    }
}
