//! The person's files: where the vault is, what lies in it, and the one way in which it is changed.
//!
//! `commit` and `undo` are the only writers; how a write survives a crash, a full disk and a person who saves at the
//! same moment is told in `apply` and `settle`.

pub mod locate;
pub mod ground;
pub mod ignore;
pub mod conflict_copy;
pub mod open;
pub mod stamp;
pub mod walk;
#[cfg(target_os = "linux")]
pub mod glance;
pub mod scan;
pub mod exposure;
pub mod commit_error;
pub mod moment;
pub mod folder;
pub mod place;
pub mod exchange;
pub mod temporary;
pub mod record;
pub mod journal;
pub mod apply;
pub mod settle;
pub mod recover;
pub mod transaction;
pub mod commit;
pub mod undo;
pub mod trial;
pub mod trial_rules;
pub mod trial_faults;
pub mod trial_moves;
