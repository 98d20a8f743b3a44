//! The agenda of a day: what is on it, its text, and what the person wrote into it.

pub mod ids;
pub mod record;
pub mod view;
pub mod wording;
pub mod render;
pub mod file;
pub mod said;
pub mod line;
pub mod keep;
pub mod about;
pub mod answer;
pub mod written;
pub mod holds;
pub mod today;
pub mod promises;
pub mod reach_out;
pub mod re_entry;
pub mod habits;
pub mod coming_up;
pub mod done;
pub mod quiet;
pub mod stay;
pub mod compose;
pub mod people;

#[cfg(test)]
mod tests;
