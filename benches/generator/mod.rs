//! Seeded vaults of any size, for benches and trials: the same count and seed give the same bytes everywhere.
//!
//! What is in them is shaped like real vaults: most notes short and a few very long, logs mostly newest first, people
//! who link each other, households, many scripts, some Windows line ends, some notes without front matter, some with
//! keys that are not ours. Everything is valid format and gives no finding on the day [`vault::today`].

pub(crate) mod random;
pub(crate) mod culture;
pub(crate) mod prose;
pub(crate) mod register;
pub(crate) mod log;
pub(crate) mod front_matter;
pub(crate) mod person;
pub(crate) mod journal;
pub(crate) mod vault;
