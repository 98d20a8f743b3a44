//! L2: the nouns of the domain, read from notes. No disk, no clock, no rules of behaviour.

pub mod cadence;
pub mod circle;
pub mod kind;
pub mod relation;
pub mod field;
pub mod vocabulary;
pub mod link_ref;
pub mod interaction;
pub mod promise;
pub mod event;
pub mod gift;
pub mod contact;
pub mod habit;
pub mod journal;
pub mod note;
pub mod value;
pub mod header;
pub mod excerpt;
pub mod tasks;
pub mod body;
pub mod decode_contact;
pub mod decode_habit;
pub mod decode_journal;
pub mod decode;
pub mod names;
pub mod book;
