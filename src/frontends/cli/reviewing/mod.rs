//! A walk through the lines of a review on the screen of the terminal: one key answers, and is written down at once.

pub mod choices;
pub mod state;
pub mod draw;
pub mod walk;
