//! All tests of whole features and of the binary, in one binary of their own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;
#[path = "../../benches/generator/mod.rs"]
#[expect(dead_code, reason = "the benches use more of it")]
mod generator;

mod architecture;
mod calm;
mod decode;
mod due;
mod due_laws;
mod simulation;
mod peers;
mod promises;
mod reentry;
mod quiet_agenda;
mod why;
mod obsidian;
mod format_page;
mod command_line;
mod command_reference;
mod command_inbox;
mod command_init;
mod command_config;

mod command_capture;
mod command_check;
mod command_index;
mod command_list;
mod command_search;
mod query_page;
mod command_log;
mod command_people;
mod command_promises;
mod command_habit;
mod command_stats;
#[cfg(unix)]
mod command_tidy;
#[cfg(unix)]
mod command_privacy;
mod command_brief;
mod command_gifts;
mod command_export;
mod command_relations;
mod command_graph;
mod calendar;
mod calendar_readers;
mod command_agenda;
mod command_answers;
mod command_start;
mod command_rest;
mod command_review;
#[cfg(unix)]
mod command_triage;
#[cfg(target_os = "linux")]
mod command_watch;
mod watch_clock;
mod command_status;
mod completions;
mod manual;
#[cfg(unix)]
mod pager;
#[cfg(unix)]
mod picker;
#[cfg(target_os = "linux")]
mod command_service;
mod corpus;
mod settings_page;
#[cfg(unix)]
mod messy;
#[cfg(unix)]
mod world_refuses;
mod village;
mod people_cc0;
mod facts_digests;
#[cfg(unix)]
mod facts_law;
#[cfg(unix)]
mod facts_damage;
#[cfg(unix)]
mod facts_processes;
