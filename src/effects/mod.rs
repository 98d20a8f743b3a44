//! L4: the world, one kind of effect a module. Everything that touches the disk, the clock or other processes.

pub mod state;
pub mod lock;
pub mod vault;
