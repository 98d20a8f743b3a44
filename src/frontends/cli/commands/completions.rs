//! `ties completions`

use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::shells::Shell;
use clap::Args;

/// Print what makes a shell complete commands, options and people's names
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties completions bash > ~/.local/share/bash-completion/completions/ties
  ties completions zsh > ~/.zfunc/_ties     with `fpath+=~/.zfunc; autoload -U compinit; compinit` in ~/.zshrc
  ties completions fish > ~/.config/fish/completions/ties.fish
  ties completions elvish > ~/.config/elvish/lib/ties.elv     with `use ties` in ~/.config/elvish/rc.elv
  ties completions nushell > ~/.config/nushell/autoload/ties.nu

Open a new shell afterwards. Names are read from the notes while you type; nothing is written.")]
pub struct CompletionsArguments {
    /// Which shell: bash, zsh, fish, elvish or nushell
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    shell: Shell,
}

/// Prints the script of a shell.
pub fn run(arguments: &CompletionsArguments, output: &mut Output) -> Result<Exit, Failure> {
    output.data_text(arguments.shell.script());
    Ok(Exit::Done)
}
