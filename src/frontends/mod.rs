//! L6: how people and programs reach `ties`.

pub mod wire;
pub mod wire_status;
pub mod wire_gifts;
pub mod wire_person;
pub mod wire_brief;
pub mod wire_promises;
pub mod wire_due;
pub mod wire_habits;
pub mod wire_stats;
pub mod wire_agenda;
pub mod wire_search;
pub mod wire_index;
pub mod wire_triage;
pub mod wire_review;
pub mod wire_duplicates;
pub mod wire_relations;
pub mod wire_graph;
pub mod wire_capture;
pub mod wire_inbox;
pub mod cli;
