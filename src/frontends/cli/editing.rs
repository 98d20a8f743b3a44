//! Opening a note in the person's own editor, and looking at it again afterwards.

use crate::app::findings::findings;
use crate::app::session::Session;
use crate::effects::editor::edit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::Line;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::read;
use crate::frontends::cli::snippet::snippet;
use crate::frontends::cli::world::World;
use crate::note::path::NotePath;

/// Opens `path` in the editor that the person's configuration, `VISUAL` or `EDITOR` name, waits for it, and shows what
/// is odd in the note then.
pub fn open_in_editor(
    world: &World,
    session: &Session,
    path: &NotePath,
    output: &mut Output,
) -> Result<(), Failure> {
    let command = editor_command(world, session)
        .map_err(|failure| failure.hint(format!("the note is {path}")))?;
    let status = edit(command, &session.root.join(path.as_str()))
        .map_err(|error| Failure::refused(format!("cannot run the editor `{command}`"), error))?;
    show_findings(session, path, output);
    if status.success() {
        return Ok(());
    }
    Err(Failure::no(format!("the editor `{command}` ended with {status}")))
}

/// The editor that the person's configuration, `VISUAL` or `EDITOR` name.
pub fn editor_command<'a>(world: &'a World, session: &'a Session) -> Result<&'a str, Failure> {
    let own = session.settings().user.editor.as_deref();
    let named = own.or_else(|| world.environment.text("VISUAL"));
    named.or_else(|| world.environment.text("EDITOR")).ok_or_else(|| {
        Failure::usage("no editor is named")
            .hint("set EDITOR, or `editor` in your own configuration")
    })
}

fn show_findings(session: &Session, path: &NotePath, output: &mut Output) {
    let reading = read(session, output);
    let found = findings(session, &reading);
    let here = found.iter().filter(|located| located.path == path.as_str()).collect::<Vec<_>>();
    for located in &here {
        for line in snippet(&located.path, located.text.as_deref(), &located.finding) {
            output.data(&line);
        }
    }
    if here.is_empty() {
        output.talk(&Line::of(format!("Nothing odd in {path}.")));
    }
}
