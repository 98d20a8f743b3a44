//! L3: what the product does: pure functions of a book, a day and settings. No disk, no clock.

pub mod settings;
pub mod setting_value;
pub mod setting_words;
pub mod setting_rows;
pub mod read_settings;
pub mod settings_text;
pub mod change_setting;
pub mod templates;
pub mod fixes;
pub mod listing;
pub mod away;
pub mod rhythm;
pub mod turns;
pub mod standing;
pub mod plans;
pub mod due;
pub mod capacity;
pub mod promises;
pub mod check;
pub mod kinship;
pub mod occasions;
pub mod mourning;
pub mod triggers;
pub mod gifts;
pub mod habits;

#[cfg(test)]
pub mod sample;
