//! A plain-text memory for people who care about people.
//!
//! The order of the modules is the architecture: each uses only what is declared above it (`docs/architecture.md`).

pub mod text;
pub mod note;
pub mod people;
pub mod features;
pub mod effects;
pub mod app;
pub mod frontends;
