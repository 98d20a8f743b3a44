//! L5: effects and features put together once, for every front end.

pub mod session;
pub mod refresh;
pub mod findings;
pub mod write;
pub mod settings_file;
pub mod undoing;
pub mod morning;
pub mod answering;
pub mod reviewing;
pub mod founding;
pub mod search;
pub mod asking;
pub mod calendar;
pub mod picture;
pub mod schedule;
pub mod news;
pub mod rest;
pub mod look;
pub mod sight;
pub mod daemon;
pub mod watching;
pub mod status;
pub mod people_names;
pub mod services;
