//! The commands, one file each: the arguments, whose doc comments are the help, and `run`.

pub mod init;
pub mod config;
pub mod check;
pub mod list;
pub mod search;
pub mod agenda;
pub mod log;
pub mod inbox;
pub mod add;
pub mod show;
pub mod edit;
pub mod snooze;
pub mod rest;
pub mod triage;
pub mod review;

pub mod promise;
pub mod done;
pub mod due;
pub mod habit;
pub mod why;
pub mod undo;
pub mod export;
pub mod stats;
pub mod index;
pub mod start;
pub mod watch;
pub mod status;
pub mod completions;
pub mod man;
pub mod service;
