//! All tests of whole features and of the binary, in one binary of their own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

mod architecture;
mod decode;
mod due;
mod due_laws;
mod promises;
mod why;
mod obsidian;
mod format_page;
mod village;
#[cfg(unix)]
mod findings;
#[cfg(unix)]
mod messy;
