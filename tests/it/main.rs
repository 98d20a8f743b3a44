//! All tests of whole features and of the binary, in one binary of their own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

mod architecture;
mod calm;
mod decode;
mod due;
mod due_laws;
mod promises;
mod why;
mod obsidian;
mod format_page;
mod command_line;
mod command_reference;
mod command_init;
mod command_config;
mod command_check;
mod command_index;
mod command_list;
mod command_log;
mod command_people;
mod command_promises;
mod command_agenda;
mod command_start;
mod corpus;
mod settings_page;
#[cfg(unix)]
mod messy;
mod village;
mod people_cc0;
