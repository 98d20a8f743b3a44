//! L3: what the product does: pure functions of a book, a day and settings. No disk, no clock.

pub mod settings;
pub mod check;
