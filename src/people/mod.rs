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

pub mod names;
pub mod book;
