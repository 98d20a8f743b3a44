//! Who is on the agenda of a day and waits to be met, written to or kept a promise to.

use crate::features::agenda::view::{Agenda, Item, Source};
use crate::people::book::{Book, ContactId};

/// Everyone on the lines of `agenda` that wait to be done, each once, in the order of the day: first those who are
/// named, then those to whom something is promised. `book` is the one it was composed from.
pub fn people(agenda: &Agenda, book: &Book) -> Vec<ContactId> {
    let named = agenda.today.iter().chain(&agenda.reach_out).filter(|item| item.is_open());
    let promised = agenda.promises.iter().filter(|item| item.is_open());
    let mut people = Vec::new();
    for id in named.chain(promised).flat_map(|item| about(item, book)) {
        if !people.contains(&id) {
            people.push(id);
        }
    }
    people
}

fn about(item: &Item, book: &Book) -> Vec<ContactId> {
    match &item.source {
        Source::People { identities, .. } => {
            identities.iter().filter_map(|identity| book.linked(identity)).collect()
        }
        Source::Promise { path, source_line, ordinal } => {
            let mut there = book.promises().filter(|of| of.path == path);
            let promise = there.find(|of| {
                let promise = of.promise();
                promise.source_line == *source_line && promise.ordinal == *ordinal
            });
            promise.map(|of| of.people.to_vec()).unwrap_or_default()
        }
        Source::Habit { .. } | Source::Away | Source::StartAfresh | Source::Unknown => Vec::new(),
    }
}
