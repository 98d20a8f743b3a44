//! Who there is to be named, for completions in a shell: names, aliases, paths and groups.
//!
//! Invariant: nothing is written, nothing is printed, and nothing is settled, since this runs while somebody types.

use crate::app::refresh::refresh;
use crate::app::session::Session;
use crate::features::name_completion::Called;
use std::collections::BTreeSet;

/// Everybody with a note, in path order.
pub fn everybody(session: &Session) -> Vec<Called> {
    let reading = refresh(session, &|_| ());
    let called = reading.book.contacts().map(|(_, contact)| Called {
        name: contact.name.clone(),
        aliases: contact.aliases.clone(),
        identity: contact.path.without_extension().to_owned(),
    });
    called.collect()
}

/// The groups that people are in, by name.
pub fn groups(session: &Session) -> Vec<String> {
    let reading = refresh(session, &|_| ());
    let groups = reading.book.contacts().flat_map(|(_, contact)| contact.groups.clone());
    groups.collect::<BTreeSet<_>>().into_iter().collect()
}
