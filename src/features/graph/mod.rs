//! A picture of people and their ties: what is in it, where everybody stands, and the texts that other programs draw.

pub mod model;
pub mod label;
pub mod stress;
pub mod spread;
pub mod pack;
pub mod layout;
pub mod palette;
pub mod legend;
pub mod svg;
pub mod mermaid;
pub mod dot;
pub mod ours;
