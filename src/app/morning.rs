//! The agenda of the day: composed from the notes, written only when its bytes change.

use crate::app::refresh::Reading;
use crate::app::session::Session;
use crate::features::agenda::compose::compose;
use crate::features::agenda::file::NotOurs;
use crate::features::agenda::render::render;
use crate::features::agenda::view::Agenda;
use crate::note::change::{Change, FileChange};
use crate::note::path::NotePath;
use crate::text::day::Day;

/// The agenda of some day, which nothing is written for.
pub fn agenda(session: &Session, reading: &Reading, day: Day) -> Agenda {
    let existing = if day == session.today { reading.agenda.as_deref() } else { None };
    let compose =
        |existing| compose(&reading.book, day, session.settings(), &session.vocabulary, existing);
    // A file that is not ours holds nothing to be kept.
    compose(existing).or_else(|NotOurs| compose(None)).unwrap_or_else(|NotOurs| nothing(day))
}

/// What writing the agenda of today comes to: `None` where the file says it already, an error where the file is not
/// one that `ties` wrote.
pub fn writing(
    session: &Session,
    reading: &Reading,
    agenda: &Agenda,
) -> Result<Option<Change>, NotOurs> {
    let existing = reading.agenda.as_deref();
    crate::features::agenda::file::read(existing.unwrap_or(""))?;
    let text = render(agenda);
    let path = NotePath::new(&session.vocabulary.folders.agenda);
    let path = path.filter(|_| existing != Some(text.as_str()));
    let before = existing.map(str::to_owned);
    Ok(path.map(|path| Change {
        title: format!("write the agenda of {}", agenda.day),
        files: vec![FileChange::Regenerate { path, before, text }],
    }))
}

fn nothing(day: Day) -> Agenda {
    Agenda {
        day,
        today: Vec::new(),
        promises: Vec::new(),
        promises_waiting: 0,
        reach_out: Vec::new(),
        habits: Vec::new(),
        coming_up: Vec::new(),
        done: Vec::new(),
        empty: None,
        records: Vec::new(),
        front_matter: Vec::new(),
        notes: Vec::new(),
    }
}
