//! Deciding on one person after another on a terminal, with one key each.
//!
//! `state` and `draw` are pure: keys to answers, answers to lines. `walk` gives them a screen.

pub mod state;
pub mod draw;
pub mod walk;
