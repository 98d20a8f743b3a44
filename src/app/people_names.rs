//! Who there is to be named, for completions in a shell: names, aliases, paths and groups.
//!
//! Invariant: no note, setting or state is written, nothing is printed, and nothing is settled, since this runs while
//! somebody types. The cache is brought up to date, so that only the first of many keys waits.

use crate::app::refresh::refresh;
use crate::app::session::Session;
use crate::features::name_completion::Called;
use crate::people::book::Book;
use std::collections::BTreeSet;

/// Everybody with a note, in path order.
pub fn everybody(session: &Session) -> Vec<Called> {
    called(&refresh(session, &|_| ()).book)
}

/// Everybody with an open promise, theirs or the owner's, in path order.
pub fn promised(session: &Session) -> Vec<Called> {
    let book = refresh(session, &|_| ()).book;
    let open = book.promises().filter(|of| of.brief.status.is_open());
    let people = open.flat_map(|of| of.people.to_vec()).collect::<BTreeSet<_>>();
    let all = called(&book).into_iter().zip(book.everyone());
    all.filter(|(_, (id, _))| people.contains(id)).map(|(called, _)| called).collect()
}

fn called(book: &Book) -> Vec<Called> {
    let called = book.everyone().map(|(id, brief)| Called {
        name: brief.name.clone(),
        aliases: Vec::new(),
        identity: book.identity(id).into_owned(),
    });
    let mut everybody = called.collect::<Vec<_>>();
    for (note, name) in book.outline().names().written_with_notes() {
        let id = book.contact_of(note);
        if let Some(called) = id.and_then(|id| everybody.get_mut(id.number()))
            && called.name != name
        {
            called.aliases.push(name.to_owned());
        }
    }
    everybody
}

/// The groups that people are in, by name.
pub fn groups(session: &Session) -> Vec<String> {
    let book = refresh(session, &|_| ()).book;
    let groups = book.contacts().flat_map(|(_, contact)| contact.groups.clone());
    groups.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The names of the habits, by name.
pub fn habits(session: &Session) -> Vec<String> {
    let book = refresh(session, &|_| ()).book;
    let habits = book.habits().map(|habit| habit.name.clone());
    habits.collect::<BTreeSet<_>>().into_iter().collect()
}
