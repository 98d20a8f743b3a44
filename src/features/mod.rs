//! L3: what the product does: pure functions of a book, a day and settings. No disk, no clock.

pub mod settings;
pub mod setting_value;
pub mod setting_words;
pub mod setting_rows;
pub mod read_settings;
pub mod settings_text;
