//! The facts of every note, kept between two commands so that an unchanged note is never read again.
//!
//! Everything here is derived: the folder can be deleted at any time, and whatever is odd in it is set aside and made
//! anew. Two files hold the facts: `facts`, which is replaced as a whole and read by every command, and `notes-…`,
//! to which notes and their gists are appended and from which only what is asked for is read.

pub mod known;
pub mod pile;
pub mod piece;
pub mod shelf;
pub mod texts;
pub mod store;
pub mod gather;
pub mod renewed;
pub mod cache;
pub mod refresh;
pub mod on_disk;
