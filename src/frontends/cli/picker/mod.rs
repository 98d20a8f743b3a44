//! Picking one of a list on a terminal: typing filters, arrows move, Enter picks.
//!
//! `keys`, `state` and `draw` are pure: bytes to keys, keys to a state, a state to lines. `pick` gives them a screen.

pub mod keys;
pub mod state;
pub mod draw;
pub mod pick;
