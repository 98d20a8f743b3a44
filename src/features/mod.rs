//! L3: what the product does: pure functions of a book, a day and settings. No disk, no clock.

pub mod settings;
pub mod kinship;
pub mod occasions;
pub mod mourning;
pub mod triggers;
pub mod plans;
pub mod gifts;
pub mod habits;

#[cfg(test)]
pub mod sample;
