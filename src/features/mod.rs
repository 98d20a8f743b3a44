//! L3: what the product does: pure functions of a book, a day and settings. No disk, no clock.

#[cfg(test)]
pub mod sample;
pub mod settings;
pub mod setting_value;
pub mod setting_words;
pub mod setting_rows;
pub mod read_settings;
pub mod settings_text;
pub mod away;
pub mod rhythm;
pub mod turns;
pub mod standing;
pub mod plans;
pub mod due;
pub mod capacity;
pub mod promises;
pub mod why;
pub mod why_text;
pub mod check;
pub mod kinship;
pub mod occasions;
pub mod mourning;
pub mod triggers;
pub mod planned;
pub mod gifts;
pub mod habits;
pub mod log;
pub mod snooze;
pub mod promise;
pub mod keep;
pub mod add;
pub mod start_date;
pub mod start;
pub mod show;
pub mod show_text;
