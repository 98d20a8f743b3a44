//! The command line.

pub mod exit;
pub mod failure;
pub mod line;
pub mod output;
pub mod snippet;
pub mod progress;
pub mod picker;
pub mod world;
pub mod log;
pub mod reading;
pub mod given;
pub mod choosing;
pub mod who;
pub mod template;
pub mod asked;
pub mod carry_out;
pub mod editing;
pub mod newcomers;
pub mod shells;
pub mod commands;
pub mod arguments;
pub mod help;
pub mod minus;
pub mod completer;
pub mod manual;
pub mod run;
