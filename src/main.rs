//! The `ties` program: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    ties::frontends::cli::run::run(std::env::args_os())
}
