//! From the answers in an agenda to the changes that follow from them (section 5 of the format).

pub mod step;
pub mod unread;
pub mod due;
pub mod people;
pub mod promise;
pub mod habit;
pub mod restore;
pub mod plan;

#[cfg(test)]
mod tests;
