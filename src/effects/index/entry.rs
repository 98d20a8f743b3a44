//! A note as the index below takes it in: its number, its names and its text, lent and not copied.

use crate::effects::index::document::Document;
use crate::effects::index::schema::Fields;
use std::iter::Empty;
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Field, Value};

/// A note under its number.
#[derive(Debug)]
pub struct Entry {
    fields: Fields,
    number: u32,
    // A writer keeps room for ten thousand entries.
    document: Box<Document>,
}

impl Entry {
    /// What a search sees of a note, under its number.
    pub fn new(fields: Fields, number: u32, document: Document) -> Entry {
        Entry { fields, number, document: Box::new(document) }
    }
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
