//! Reviews (section 7 of the format): checklists of a week, a month and a quarter, and what was answered in them.

pub mod ids;
pub mod owing;
pub mod ground;
pub mod view;
pub mod render;
pub mod words_to;
pub mod telling;
pub mod next_step;
pub mod subject;
pub mod kept;
pub mod promises;
pub mod habits;
pub mod rhythms;
pub mod facts;
pub mod places;
pub mod sheet;
pub mod weekly;
pub mod monthly;
pub mod quarterly;
pub mod compose;
pub mod ticked;
pub mod follow;
pub mod plan;
pub mod page;

#[cfg(test)]
mod tests;
