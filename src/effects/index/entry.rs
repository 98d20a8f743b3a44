//! A note as the index below takes it in: its number, its names and its text, lent and not copied.

use crate::effects::index::document::Document;
use crate::effects::index::schema::Fields;
use std::iter::Empty;
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Field, Value};

/// A note under its number.
#[derive(Debug)]
pub struct Entry {
    /// The fields of the index.
    pub fields: Fields,
    /// Its number.
    pub number: u32,
    /// What a search sees of it.
    pub document: Document,
}

/// What stands in one field.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// A number.
    Number(u64),
    /// Words.
    Words(&'a str),
}

/// What stands in each field of a note, one after the other.
#[derive(Debug)]
pub struct Contents<'a> {
    entry: &'a Entry,
    next: usize,
}

impl<'a> Iterator for Contents<'a> {
    type Item = (Field, Content<'a>);

    fn next(&mut self) -> Option<(Field, Content<'a>)> {
        let Entry { fields, number, document } = self.entry;
        let place = self.next;
        self.next += 1;
        match place.checked_sub(2) {
            Some(name) => Some((fields.names, Content::Words(document.names.get(name)?))),
            None if place == 0 => Some((fields.number, Content::Number(u64::from(*number)))),
            None => {
                let text = document.text.as_deref().unwrap_or_default();
                Some((fields.text, Content::Words(text)))
            }
        }
    }
}

impl tantivy::Document for Entry {
    type Value<'a> = Content<'a>;
    type FieldsValuesIter<'a> = Contents<'a>;

    fn iter_fields_and_values(&self) -> Contents<'_> {
        Contents { entry: self, next: 0 }
    }
}

/// No note: for a writer that is only given whole parts. It keeps room for ten thousand of what it could be given.
#[derive(Debug)]
pub struct Nothing;

impl tantivy::Document for Nothing {
    type Value<'a> = Content<'a>;
    type FieldsValuesIter<'a> = Empty<(Field, Content<'a>)>;

    fn iter_fields_and_values(&self) -> Empty<(Field, Content<'_>)> {
        std::iter::empty()
    }
}

impl<'a> Value<'a> for Content<'a> {
    type ArrayIter = Empty<Content<'a>>;
    type ObjectIter = Empty<(&'a str, Content<'a>)>;

    fn as_value(&self) -> ReferenceValue<'a, Content<'a>> {
        ReferenceValue::Leaf(match self {
            Content::Number(number) => ReferenceValueLeaf::U64(*number),
            Content::Words(words) => ReferenceValueLeaf::Str(words),
        })
    }
}
