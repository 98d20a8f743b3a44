//! L4: the world, one kind of effect a module. Everything that touches the disk, the clock or other processes.

pub mod environment;
pub mod clock;
pub mod places;
pub mod terminal;
pub mod editor;
pub mod state;
pub mod lock;
pub mod vault;
pub mod facts;
pub mod config;
pub mod index;
pub mod watch;
pub mod machine;
