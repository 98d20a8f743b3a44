//! Watching a vault. What the system tells is a wake-up and nothing more: what has changed is found by looking at the
//! files themselves, so an event that was lost, came twice or came too soon cannot make an answer wrong.

pub mod volume;
pub mod relevance;
pub mod bell;
pub mod root_mark;
pub mod eyes;
pub mod seat;
pub mod heartbeat;
