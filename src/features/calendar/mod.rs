//! The calendar: what is worth a place in the calendar of a phone, as iCalendar text (RFC 5545).

pub mod text;
pub mod uid;
pub mod item;
pub mod render;
pub mod ours;
pub mod words;
pub mod occasions;
pub mod events;
pub mod tasks;
pub mod reviews;
pub mod compose;
