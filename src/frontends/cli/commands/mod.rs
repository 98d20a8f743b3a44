//! The commands, one file each: the arguments, whose doc comments are the help, and `run`.

pub mod init;
pub mod config;
pub mod check;
pub mod list;
