//! `docs/commands.md` is what `--help` says; `UPDATE_EXPECT=1` writes it anew.

use expect_test::expect_file;
use std::fmt::Write;
use std::path::Path;
use ties::frontends::cli::help::command;

/// The help of a command and of those below it, a section each.
fn tell(command: &mut clap::Command, name: &str, level: usize, page: &mut String) {
    let help = command.render_long_help().to_string();
    let lines = help.lines().map(|line| format!("{}\n", line.trim_end())).collect::<String>();
    let _ = write!(page, "\n{} `{name}`\n\n```text\n{lines}```\n", "#".repeat(level));
    for below in command
        .get_subcommands_mut()
        .filter(|below| below.get_name() != "help" && !below.is_hide_set())
    {
        let name = format!("{name} {}", below.get_name());
        tell(below, &name, 3, page);
    }
}

#[test]
fn the_reference_is_what_help_says() {
    let mut page = String::from(
        "# Commands\n\nWhat `ties --help` and `ties COMMAND --help` print. This page is generated; a test fails when it \
         is stale.\n",
    );
    let mut command = command().term_width(100);
    command.build();
    tell(&mut command, "ties", 2, &mut page);
    expect_file![Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/commands.md")].assert_eq(&page);
}
