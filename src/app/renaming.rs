//! Changes that reach every note: somebody is called otherwise, or two notes become one.
//!
//! Always true here: a note that cannot be changed (git conflicts, no text, protected) stays as it is and is named; the
//! others are changed all together or not at all. Renaming back right away gives every byte back, since then it is
//! the renaming that is taken back.

use crate::app::new_place::check_is_read;
use crate::app::refresh::Reading;
use crate::app::session::Session;
use crate::app::undoing;
use crate::app::write::{WriteError, possible};
use crate::effects::config::Origin;
use crate::effects::vault::commit_error::CommitError;
use crate::effects::vault::ground::is_taken;
use crate::effects::vault::locate::SETTINGS_FILE;
use crate::effects::vault::place::{mode, resolve};
use crate::effects::vault::walk::links_to;
use crate::features::change_setting::changed;
use crate::features::merge::plan::{Merged, merge as merged};
use crate::features::naming::names_left_behind;
use crate::features::pointing::{Called, destinations};
use crate::features::rename::{Renamed, Wanted, called, rename as renamed};
use crate::note::change::{Change, FileChange, Refusal};
use crate::note::path::NotePath;
use crate::people::book::ContactId;
use crate::people::habit::Habit;
use crate::text::phrase;
use std::collections::BTreeSet;

/// What a change that is to reach every note leaves as it is.
#[derive(Debug, Default)]
pub struct Leftovers {
    /// Notes that would have to change and cannot, and why.
    pub left: Vec<(NotePath, String)>,
    /// Notes that could not be read, so that nobody knows of their links.
    pub unread: Vec<NotePath>,
    /// What the person must change themselves, where a setting outside of the vault speaks of the note.
    pub notices: Vec<String>,
}

/// Why a change that reaches every note cannot be made.
#[derive(Debug)]
pub enum Trouble {
    /// It is refused.
    Refusal(Refusal),
    /// The world or the settings refuse.
    Write(WriteError),
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Trouble {
        Trouble::Refusal(refusal)
    }
}

impl From<WriteError> for Trouble {
    fn from(error: WriteError) -> Trouble {
        Trouble::Write(error)
    }
}

/// All notes of the vault with their texts as they are now, each read when it is its turn; those that cannot be read are
/// told to `unread`.
pub fn texts<'a>(
    session: &'a Session,
    reading: &'a Reading,
    unread: &'a mut Vec<NotePath>,
) -> impl Iterator<Item = (NotePath, String)> + 'a {
    reading.book.paths().iter().filter_map(move |path| {
        let text = session.text(path.as_str());
        if text.is_none() {
            unread.push(path.clone());
        }
        Some((path.clone(), text?))
    })
}

/// The change that gives somebody another name or place, as far as it reaches.
pub fn rename(
    session: &Session,
    reading: &Reading,
    wanted: &Wanted,
) -> Result<(Renamed, Leftovers), Trouble> {
    check_folders(reading)?;
    let path = own_path(reading, wanted);
    let own = own_text(session, &path)?;
    let me = session.settings().me.as_deref();
    let mut leftovers = Leftovers::default();
    let texts = texts(session, reading, &mut leftovers.unread);
    let (names, there) = ((&reading.book, &*session.vocabulary), there(session, &path, &own));
    let mut found = renamed(names, wanted, (&own, &there), texts, me)?;
    if found.paths.1 != path {
        check_is_read(session, &found.paths.1)?;
        leftovers.notices.extend(dangling(session, &path));
    }
    leftovers.notices.extend(queries(session, reading, wanted.who, &found));
    found.change = reached(session, found.change, &path, &mut leftovers)?;
    follow_me(session, found.me.as_deref(), &mut found.change, &mut leftovers)?;
    Ok((found, leftovers))
}

/// What to say of queries that name somebody by what goes away: they are the person's, and are not changed.
fn queries(session: &Session, reading: &Reading, who: ContactId, found: &Renamed) -> Vec<String> {
    let book = &reading.book;
    let aliases = called(book, who).aliases;
    let new = Called { path: found.paths.1.clone(), name: found.names.1.clone(), aliases };
    let views = session.settings().views.iter();
    let views = views.map(|(name, query)| (format!("the view `{name}`"), query.as_str()));
    let habit = |habit: &'_ Habit| Some((habit.path.to_string(), habit.done_by.clone()?));
    let habits = book.habits().filter_map(habit).collect::<Vec<_>>();
    let habits = habits.iter().map(|(path, query)| (format!("`done_by` in {path}"), &**query));
    let told = |(place, query): (String, &str)| {
        let names = names_left_behind(query, book, who, &new).into_iter();
        let names = names.map(|name| format!("`{name}`")).collect::<Vec<_>>();
        let names = (!names.is_empty()).then(|| list_of(&names))?;
        let path = new.path.identity();
        Some(format!("{place} names {} as {names}; write `{path}` there", found.names.0))
    };
    views.chain(habits).filter_map(told).collect()
}

fn list_of(names: &[String]) -> String {
    phrase::list(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The places to which Markdown links of the note at `path` lead and at which there is something.
fn there(session: &Session, path: &NotePath, text: &str) -> BTreeSet<String> {
    let mut places = destinations(path.folder(), text);
    let is_there = |place: &str| is_taken(&session.root, place);
    places.retain(|place| is_there(place) || is_there(&format!("{place}.md")));
    places
}

/// What to say where more people may read the note that stays than the one that goes into it.
fn opened(session: &Session, stays: &NotePath, goes: &NotePath) -> Option<String> {
    let mode = |path: &NotePath| {
        let place = resolve(&session.root, path).ok()?;
        mode(&session.root, path, &place).ok()?
    };
    let (own, other) = (mode(stays)?, mode(goes)?);
    let opened = own & 0o077 & !other != 0;
    opened.then(|| format!("{stays} may be read by more people than {goes} so far; `chmod {other:o} {stays}` keeps it as that was"))
}

/// What to say of the links in the file system that lead to the note at `path`, from where it goes away.
fn dangling(session: &Session, path: &NotePath) -> Option<String> {
    let links = links_to(&session.root, path);
    let words = format!("{} is a link to {path}, where no note is any more", links.join(", "));
    (!links.is_empty()).then_some(words)
}

/// A single note that cannot be read is left and named; in a folder nobody knows how many links there are.
fn check_folders(reading: &Reading) -> Result<(), Refusal> {
    if reading.files.folder_unread {
        return Err(Refusal {
            reason: "a folder could not be read, so links in it would be left behind".to_owned(),
            hint: Some("`ties check` says which; try again when it can be read".to_owned()),
        });
    }
    Ok(())
}

fn own_path(reading: &Reading, wanted: &Wanted) -> NotePath {
    let path = reading.book.paths().get(reading.book.note_of(wanted.who));
    path.cloned().unwrap_or_else(NotePath::of_nothing)
}

/// The text of a note that a change is about.
pub fn own_text(session: &Session, path: &NotePath) -> Result<String, Refusal> {
    session.text(path.as_str()).ok_or_else(|| Refusal {
        reason: format!("{path} cannot be read"),
        hint: Some("`ties check` says why".to_owned()),
    })
}

/// `change` without the notes that only have links in them and cannot be changed; an error where one of the others
/// cannot.
pub fn reached(
    session: &Session,
    change: Change,
    own: &NotePath,
    leftovers: &mut Leftovers,
) -> Result<Change, WriteError> {
    let is_aside =
        |file: &FileChange| matches!(file, FileChange::Edit { .. }) && file.path() != own;
    let (aside, mut files): (Vec<_>, Vec<_>) = change.files.into_iter().partition(is_aside);
    let found = possible(session, Change { title: String::new(), files: aside })?;
    files.extend(found.change.into_iter().flat_map(|change| change.files));
    for (path, error) in found.impossible {
        // A note that is as it is can be left; a disk that fails must not leave half of a change.
        match error {
            CommitError::Refused { .. } | CommitError::Protected { .. } => {
                leftovers.left.push((path, error.to_string()));
            }
            error => return Err(WriteError::Commit(error)),
        }
    }
    Ok(Change { title: change.title, files })
}

/// Lets the setting `me` follow, where it names the note and the vault says it.
pub fn follow_me(
    session: &Session,
    me: Option<&str>,
    change: &mut Change,
    leftovers: &mut Leftovers,
) -> Result<(), Refusal> {
    let Some(me) = me else { return Ok(()) };
    let in_vault =
        matches!(session.config.origin("me"), Origin::File { name, .. } if name == SETTINGS_FILE);
    let file = session.config.files.iter().find(|file| file.name == SETTINGS_FILE);
    match (file.filter(|_| in_vault), NotePath::new(SETTINGS_FILE)) {
        (Some(file), Some(path)) => {
            let (before, text) = (Some(file.text.clone()), changed(&file.text, "me", me)?);
            change.files.push(FileChange::Regenerate { path, before, text });
        }
        _ => leftovers.notices.push(format!("your own configuration must say `me = \"{me}\"` now")),
    }
    Ok(())
}

/// The number of the newest change, where it is the one that gave the note at `path` its place and name and `title` is
/// what it was called: then taking it back is renaming back, to the byte.
pub fn newest_was(session: &Session, title: &str, path: &NotePath) -> Option<u64> {
    let entries = undoing::list(session).ok()?;
    let newest = undoing::newest(&entries).filter(|entry| entry.title == title)?;
    let number = newest.paths.contains(path).then_some(newest.number)?;
    undoing::preview(session, number).is_ok().then_some(number)
}

/// The change that makes one note of two, as far as it reaches. `own` stays, `other` goes.
pub fn merge(
    session: &Session,
    reading: &Reading,
    own: ContactId,
    other: ContactId,
) -> Result<(Merged, Leftovers), Trouble> {
    check_folders(reading)?;
    let (book, me) = (&reading.book, session.settings().me.as_deref());
    let (stays, goes) = (called(book, own).path, called(book, other).path);
    let texts_of_both = (own_text(session, &stays)?, own_text(session, &goes)?);
    let mut leftovers = Leftovers::default();
    let texts = texts(session, reading, &mut leftovers.unread);
    let there = there(session, &goes, &texts_of_both.1);
    let (own, other) = ((own, texts_of_both.0.as_str()), (other, texts_of_both.1.as_str(), &there));
    leftovers.notices.extend(dangling(session, &goes));
    leftovers.notices.extend(opened(session, &stays, &goes));
    let mut merged = merged((book, &session.vocabulary), own, other, texts, me)?;
    merged.change = reached(session, merged.change, &stays, &mut leftovers)?;
    follow_me(session, merged.me.as_deref(), &mut merged.change, &mut leftovers)?;
    Ok((merged, leftovers))
}
