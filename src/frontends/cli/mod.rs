//! The command line.

pub mod exit;
pub mod failure;
pub mod line;
pub mod output;
pub mod snippet;
pub mod progress;
pub mod world;
pub mod commands;
pub mod arguments;
pub mod help;
pub mod run;
