//! Whether a note says of somebody that they are somebody else.

use crate::note::link::all_wikilinks;
use crate::people::book::{Book, ContactId};
use crate::people::note::Kind;
use crate::people::reach::{ReachKind, says_not_same};

/// Whether the note of `one` says `not_same_as` of `other`. Its marks are asked first: few notes say so of anybody.
pub fn tells_apart(book: &Book, one: ContactId, other: ContactId) -> bool {
    if !book.outline().reaches().of(one).any(|reach| reach.kind == ReachKind::NotSame) {
        return false;
    }
    let of_key = |(key, value): &(String, String)| {
        let links = all_wikilinks(value).into_iter();
        says_not_same(key)
            && links.map(|(_, target)| target.note).any(|name| book.linked(&name) == Some(other))
    };
    book.with_note(book.note_of(one), |note| match &note.kind {
        Kind::Contact(contact) => contact.other.iter().any(of_key),
        _ => false,
    })
}
