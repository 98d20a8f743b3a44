//! The person's files: where the vault is, and what lies in it.

pub mod locate;
pub mod ignore;
pub mod conflict_copy;
pub mod open;
pub mod scan;
