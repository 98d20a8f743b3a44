//! L4: the world, one kind of effect a module. Everything that touches the disk, the clock or other processes.

pub mod environment;
pub mod clock;
pub mod boot;
pub mod places;
pub mod terminal;
pub mod signals;
#[cfg(unix)]
pub mod screen;
pub mod editor;
pub mod pager;
pub mod plain_file;
pub mod service;
pub mod state;
pub mod lock;
pub mod vault;
pub mod facts;
pub mod config;
pub mod index;
pub mod watch;
pub mod machine;
