//! Writing in the editor before anything is in the vault.
//!
//! Always true here: what was typed is in the vault or in a file that is named; neither a crash of the editor nor a
//! refusal loses it.

use crate::app::session::Session;
use crate::effects::editor::edit;
use crate::effects::plain_file::{remove, replace, text_of};
use crate::features::draft::{with_troubles, without_told};
use crate::frontends::cli::editing::editor_command;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::world::World;
use std::path::PathBuf;

/// A text that is written in the editor.
#[derive(Debug, Clone)]
pub struct Draft {
    file: PathBuf,
    start: String,
}

impl Draft {
    /// The draft of this name, which begins as `start`. `name` is a slug.
    pub fn new(session: &Session, name: &str, start: String) -> Draft {
        let file = session.state.folder().join("drafts").join(format!("{name}.md"));
        Draft { file, start }
    }

    /// Opens the editor until `take` takes what was typed, or nothing more is changed. `take` gives what is wrong as
    /// lines. `None` where nothing was typed.
    pub fn write<Taken>(
        &self,
        world: &World,
        session: &Session,
        output: &mut Output,
        take: &mut dyn FnMut(&str, &mut Output) -> Result<Taken, Trouble>,
    ) -> Result<Option<Taken>, Failure> {
        let command = editor_command(world, session)?.to_owned();
        let mut before = self.begin(output)?;
        loop {
            self.open(&command)?;
            let text = self.text()?.unwrap_or_default();
            if without_told(&text).trim().is_empty() || is_same(&text, &self.start) {
                remove(&self.file).map_err(|error| self.failed("cannot remove", error))?;
                return Ok(None);
            }
            match take(&text, output) {
                Ok(taken) => {
                    remove(&self.file).map_err(|error| self.failed("cannot remove", error))?;
                    return Ok(Some(taken));
                }
                Err(Trouble::World(failure)) => return Err(self.kept(failure)),
                Err(Trouble::Text(troubles)) if is_same(&text, &before) => {
                    let mut failure = Failure::usage("what was typed could not be written");
                    for trouble in troubles {
                        failure = failure.hint(trouble);
                    }
                    return Err(self.kept(failure));
                }
                Err(Trouble::Text(troubles)) => {
                    before = with_troubles(&text, &troubles);
                    replace(&self.file, &before)
                        .map_err(|error| self.failed("cannot write", error))?;
                }
            }
        }
    }

    /// Writes the file, unless one from earlier is there: what was typed then goes on.
    fn begin(&self, output: &mut Output) -> Result<String, Failure> {
        if let Some(earlier) = self.text()?.filter(|text| !text.trim().is_empty()) {
            let line = Line::of("What was typed earlier goes on: ");
            output.talk(&line.label(Label::Place, self.file.display().to_string()));
            return Ok(earlier);
        }
        replace(&self.file, &self.start).map_err(|error| self.failed("cannot write", error))?;
        Ok(self.start.clone())
    }

    fn open(&self, command: &str) -> Result<(), Failure> {
        let ended = edit(command, &self.file);
        let failure = match ended {
            Ok(status) if status.success() => return Ok(()),
            Ok(status) => Failure::no(format!("the editor `{command}` ended with {status}")),
            Err(error) => Failure::refused(format!("cannot run the editor `{command}`"), error),
        };
        let is_untouched = self.text()?.is_none_or(|text| is_same(&text, &self.start));
        if is_untouched {
            remove(&self.file).map_err(|error| self.failed("cannot remove", error))?;
            return Err(failure);
        }
        Err(self.kept(failure))
    }

    fn text(&self) -> Result<Option<String>, Failure> {
        text_of(&self.file).map_err(|error| self.failed("cannot read", error))
    }

    fn kept(&self, failure: Failure) -> Failure {
        let place = self.file.display();
        failure.hint(format!("what you typed is kept in {place}; the same command opens it again"))
    }

    fn failed(&self, what: &str, error: std::io::Error) -> Failure {
        Failure::refused(format!("{what} {}", self.file.display()), error)
    }
}

/// Why what was typed was not taken.
#[derive(Debug)]
pub enum Trouble {
    /// The text must be mended: what is wrong, a line each.
    Text(Vec<String>),
    /// The world refused.
    World(Failure),
}

fn is_same(one: &str, other: &str) -> bool {
    without_told(one).trim_end() == without_told(other).trim_end()
}
