//! The file of a checklist: written where nothing is lost by it, and read back.
//!
//! Always true here: a file that `ties` did not write is never replaced, and neither is one with answers in it that the
//! notes do not have yet.

use crate::app::session::Session;
use crate::effects::plain_file::replace;
use crate::effects::terminal::read_all;
use crate::effects::vault::open::{Opened, open};
use crate::features::triage::decide;
use crate::features::triage_checklist::{answers, is_checklist};
use crate::frontends::cli::carry_out::carry_out;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::note::change::{Change, FileChange};
use crate::note::path::NotePath;
use crate::people::book::Book;
use crate::people::vocabulary::Place;
use crate::text::diff::unified;
use std::path::{Path, PathBuf};

/// A checklist, as it was named on the command line.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// As it was typed; `-` is a stream of the program.
    pub typed: &'a Path,
    /// The folder that it is relative to.
    pub folder: &'a Path,
}

impl Named<'_> {
    /// Whether it is standard input or output.
    fn is_stream(&self) -> bool {
        self.typed == Path::new("-")
    }

    fn file(&self) -> PathBuf {
        self.folder.join(self.typed)
    }
}

/// The text of a checklist.
pub fn text_of(named: Named<'_>) -> Result<String, Failure> {
    if named.is_stream() {
        let failed = |error| Failure::refused("cannot read standard input", error);
        return read_all().map_err(failed);
    }
    let shown = named.typed.display();
    let failed = |error| Failure::refused(format!("cannot read {shown}"), error);
    let gone = || Failure::new(Exit::Refused, format!("{shown} is gone"));
    existing(named, &named.file().canonicalize().map_err(failed)?)?.ok_or_else(gone)
}

/// `None` where there is no file.
fn existing(named: Named<'_>, file: &Path) -> Result<Option<String>, Failure> {
    match open(file) {
        Opened::Text(text, None) => Ok(Some(text)),
        Opened::Gone => Ok(None),
        Opened::Text(_, Some(finding)) | Opened::Nothing(finding) => {
            let shown = named.typed.display();
            Err(Failure::new(Exit::Refused, format!("{shown}: {}", finding.message)))
        }
    }
}

/// Writes `text` into a file, in the vault as a change that can be taken back. Whether it was written.
pub fn put_down(
    session: &Session,
    book: &Book,
    named: Named<'_>,
    text: &str,
    dry_run: bool,
    output: &mut Output,
) -> Result<bool, Failure> {
    if named.is_stream() {
        output.data_text(text);
        return Ok(false);
    }
    let (file, shown) = (named.file(), named.typed.display().to_string());
    let before = existing(named, &file)?;
    if let Some(before) = &before {
        check_replaceable(session, book, &shown, before)?;
    }
    let Some(path) = place_in_vault(session, &file)? else {
        if dry_run {
            output.diff(&unified(&shown, before.as_deref(), text));
            return Ok(false);
        }
        let failed = |error| Failure::refused(format!("cannot write {shown}"), error);
        replace(&file, text).map_err(failed)?;
        output.talk(&Line::of("Written: ").label(Label::Place, shown).plain("."));
        return Ok(true);
    };
    let title = format!("write {path}");
    let file = match before {
        Some(before) => {
            FileChange::Regenerate { path, before: Some(before), text: text.to_owned() }
        }
        None => FileChange::Create { path, text: text.to_owned() },
    };
    carry_out(session, &Change { title, files: vec![file] }, dry_run, "Written", output)
}

fn check_replaceable(
    session: &Session,
    book: &Book,
    shown: &str,
    before: &str,
) -> Result<(), Failure> {
    if !is_checklist(before) {
        let why = format!("{shown} is there already, and ties did not write it");
        return Err(Failure::no(why).hint("name another file"));
    }
    let answers = answers(before, book, &session.vocabulary);
    let (change, left) = decide(book, &session.vocabulary, &answers.decisions);
    if change.is_some() || !left.is_empty() || !answers.unread.is_empty() {
        let why = format!("{shown} has answers that are not in the notes");
        let take = format!("`ties triage --from {shown}` takes them in");
        return Err(Failure::no(why).hint(take).hint("or name another file"));
    }
    Ok(())
}

/// The place of `file` in the vault, `None` outside of it. A place where it would be read as somebody or something is
/// refused.
fn place_in_vault(session: &Session, file: &Path) -> Result<Option<NotePath>, Failure> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let failed = |error| Failure::refused(format!("cannot write into {}", folder.display()), error);
    let folder = folder.canonicalize().map_err(failed)?;
    let Ok(inside) = folder.strip_prefix(&session.root) else { return Ok(None) };
    let name = file.file_name().ok_or_else(|| Failure::usage("that names no file"))?;
    let path = inside.join(name);
    let path = path.to_str().and_then(NotePath::new);
    let path = path.ok_or_else(|| Failure::usage("a file of this name cannot be in a vault"))?;
    let is_agenda = path.as_str() == session.vocabulary.folders.agenda;
    match session.vocabulary.place(&path) {
        Place::Elsewhere | Place::PeopleIfMarked | Place::Ours if !is_agenda => Ok(Some(path)),
        _ => Err(Failure::no(format!("{path} is a place for other notes"))
            .hint("`--to triage.md` writes beside them")),
    }
}
