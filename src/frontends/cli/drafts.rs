//! An entry or a meeting note that is written in the editor.

use crate::app::session::Session;
use crate::app::write::{preview, write};
use crate::features::capture::plan::{Planned, plan};
use crate::features::capture::told::told;
use crate::features::draft::{Start, draft, read as read_draft, without_told};
use crate::features::steps::told_steps;
use crate::features::templates::meeting;
use crate::frontends::cli::carry_out::{carry_out, say};
use crate::frontends::cli::drafting::{Draft, Trouble};
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::Line;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::read;
use crate::frontends::cli::world::World;
use crate::note::change::{Change, FileChange, Refusal};
use crate::note::document::Document;
use crate::note::link_write::link_to;
use crate::note::path::NotePath;
use crate::people::book::{Book, ContactId};
use crate::people::decode::decode;
use crate::people::note::Kind;
use crate::text::day::Day;
use crate::text::fold::slug;

/// Writes an entry in the editor, with `start` as what is known of it.
pub fn write_entry(
    start: &Start,
    dry_run: bool,
    world: &World,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let name = format!("log-{}", slug(&start.with));
    let draft = Draft::new(session, name.trim_end_matches('-'), draft(start));
    let mut take = |text: &str, output: &mut Output| {
        let reading = read(session, output);
        let book = &reading.book;
        let captured =
            read_draft(book, &session.vocabulary, session.today, text).map_err(Trouble::Text)?;
        let planned = plan(book, &session.vocabulary, session.today, &captured);
        let done = told(book, &captured, session.today);
        match planned.map_err(|refusal| Trouble::Text(lines(refusal)))? {
            Planned::There { line } => {
                output.talk(&Line::of(format!("Nothing to write: line {line} says so already.")));
            }
            Planned::New { change, .. } => {
                let head = done.first().map_or("Written", String::as_str);
                settle(session, &change, dry_run, head, output)?;
                // The text needs no telling: whoever typed it knows it.
                let more = done.iter().skip(1).filter(|line| !line.starts_with(' '));
                let steps = told_steps(book, &session.vocabulary, &change, session.today);
                more.chain(&steps).for_each(|line| output.talk(&Line::of(line)));
            }
        }
        Ok(())
    };
    ended(draft.write(world, session, output, &mut take)?, output)
}

/// A meeting to make a note of.
#[derive(Debug, Clone)]
pub struct Meeting<'a> {
    /// Its title.
    pub title: &'a str,
    /// When it is or was.
    pub day: Day,
    /// Who is there.
    pub people: Vec<ContactId>,
    /// Whether what goes into the note is written in the editor first.
    pub edit: bool,
    /// Whether the note is only shown.
    pub dry_run: bool,
}

/// Makes a meeting note.
pub fn write_meeting(
    wanted: &Meeting<'_>,
    book: &Book,
    world: &World,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let Meeting { title, day, ref people, edit, dry_run } = *wanted;
    let folders = &session.vocabulary.folders;
    let template = session.text(&format!("{}/meeting.md", folders.templates));
    let links = people.iter().map(|id| {
        let contact = book.contact(*id);
        link_to(&contact.path, &contact.name)
    });
    let text = meeting(template.as_deref(), title, day, &links.collect::<Vec<_>>())?;
    let path = meeting_path(session, book, title, day)?;
    let create = |text: &str| Change {
        title: format!("meeting {title}"),
        files: vec![FileChange::Create { path: path.clone(), text: text.to_owned() }],
    };
    if !edit {
        carry_out(session, &create(&text), dry_run, "Meeting note made", output)?;
        return Ok(Exit::Done);
    }
    let draft = Draft::new(session, &format!("meeting-{}", slug(title)), text);
    let mut take = |text: &str, output: &mut Output| {
        let text = without_told(text);
        let troubles = meeting_troubles(session, book, &path, text);
        if !troubles.is_empty() {
            return Err(Trouble::Text(troubles));
        }
        settle(session, &create(text), dry_run, "Meeting note made", output)
    };
    ended(draft.write(world, session, output, &mut take)?, output)
}

/// A change that is refused for what it says is a matter of the text; what the disk says is not.
fn settle(
    session: &Session,
    change: &Change,
    dry_run: bool,
    done: &str,
    output: &mut Output,
) -> Result<(), Trouble> {
    if let Err(error) = preview(session, change) {
        let mut lines = vec![error.to_string()];
        lines.extend(error.hint().map(str::to_owned));
        return Err(Trouble::Text(lines));
    }
    if dry_run {
        carry_out(session, change, true, done, output).map_err(Trouble::World)?;
        return Ok(());
    }
    let committed = write(session, change).map_err(|error| Trouble::World(error.into()))?;
    say(&committed, done, "`ties undo` takes it back.", output);
    Ok(())
}

fn lines(refusal: Refusal) -> Vec<String> {
    std::iter::once(refusal.reason).chain(refusal.hint).collect()
}

fn ended(taken: Option<()>, output: &mut Output) -> Result<Exit, Failure> {
    if taken.is_none() {
        output.talk(&Line::of("Nothing was typed, so nothing was written."));
        return Ok(Exit::No);
    }
    Ok(Exit::Done)
}

/// What keeps a text from being read as the note of a meeting.
fn meeting_troubles(session: &Session, book: &Book, path: &NotePath, text: &str) -> Vec<String> {
    if text.starts_with("<!--") && Document::read(text).front_matter.is_none() {
        let first = "the first line of the note is `---`; put the comment below the second `---`";
        return vec![first.to_owned()];
    }
    let note = decode(path, text, &session.vocabulary);
    let mut troubles =
        note.findings.iter().map(|finding| finding.message.clone()).collect::<Vec<_>>();
    let Kind::Journal(journal) = &note.kind else {
        troubles.push(
            "it would not be read as a note of the journal; `date:` gives its day".to_owned(),
        );
        return troubles;
    };
    let links = journal.lines.iter().flat_map(|line| &line.with);
    let unknown = links.filter(|link| book.linked(&link.target.note).is_none());
    troubles.extend(unknown.map(|link| format!("nobody here is called `{}`", link.target.note)));
    troubles
}

/// `journal/2026-11-21-choir-committee.md`, with a number behind it where that is taken.
fn meeting_path(
    session: &Session,
    book: &Book,
    title: &str,
    day: Day,
) -> Result<NotePath, Failure> {
    let folder = session.vocabulary.folders.journal.first().map_or("", String::as_str);
    let folder = folder.trim_end_matches('/').trim_start_matches("./");
    let folder = if matches!(folder, "" | ".") { String::new() } else { format!("{folder}/") };
    let slug = slug(title);
    let stem = if slug.is_empty() { format!("{day}") } else { format!("{day}-{slug}") };
    let paths = (1..=book.paths().len() + 1).map(|number| match number {
        1 => format!("{folder}{stem}.md"),
        _ => format!("{folder}{stem}-{number}.md"),
    });
    let is_taken = |path: &str| book.paths().iter().any(|there| there.as_str() == path);
    let mut free = paths.filter(|path| !is_taken(path)).filter_map(|path| NotePath::new(&path));
    free.next().ok_or_else(|| {
        Failure::usage("the journal folder in ties.toml is not one inside the vault")
            .hint("mend `folders.journal`")
    })
}
