//! Kinship that nobody wrote down: what follows from the ties of the notes, marked as such and never written anywhere.

pub mod kin;
pub mod family;
pub mod infer;
pub mod words;
