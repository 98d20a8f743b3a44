//! L6: how people and programs reach `ties`.

pub mod wire;
pub mod cli;
