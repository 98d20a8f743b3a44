//! How two people are connected: the shortest chain, and the chain in sentences.

pub mod chain;
pub mod search;
pub mod told;
