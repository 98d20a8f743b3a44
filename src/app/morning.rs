//! The agenda of the day: composed from the notes, written only when its bytes change.

use crate::app::refresh::Reading;
use crate::app::session::Session;
use crate::features::agenda::compose::compose_after;
use crate::features::agenda::file::{AgendaFile, NotOurs, read};
use crate::features::agenda::render::render;
use crate::features::agenda::stay::Followed;
use crate::features::agenda::view::Agenda;
use crate::note::change::{Change, FileChange};
use crate::note::path::NotePath;
use crate::text::day::Day;

/// The agenda of some day, as it would be if nothing that is answered in it were followed.
pub fn agenda(session: &Session, reading: &Reading, day: Day) -> Agenda {
    agenda_after(session, reading, day, &Followed::default())
}

/// The agenda of some day, after the answers in it were followed as `followed` says.
pub fn agenda_after(session: &Session, reading: &Reading, day: Day, followed: &Followed) -> Agenda {
    let existing = if day == session.today { reading.agenda.as_deref() } else { None };
    let (settings, vocabulary) = (session.settings(), &session.vocabulary);
    let compose =
        |existing| compose_after(&reading.book, day, settings, vocabulary, existing, followed);
    // A file that is not ours holds nothing to be kept.
    compose(existing).or_else(|NotOurs| compose(None)).unwrap_or_else(|NotOurs| nothing(day))
}

/// The agenda as it stands in its file, and the copies of it that sync tools made; `None` where it is not ours.
pub fn files(session: &Session, reading: &Reading) -> Option<(AgendaFile, Vec<AgendaFile>)> {
    let file = read(reading.agenda.as_deref().unwrap_or("")).ok()?;
    let agenda = &session.vocabulary.folders.agenda;
    let copies = reading.files.copies.iter().filter(|(_, original)| original.as_str() == agenda);
    let copies = copies.filter_map(|(copy, _)| read(&session.text(copy.as_str())?).ok());
    Some((file, copies.collect()))
}

/// What writing the agenda of today comes to: `None` where the file says it already, an error where the file is not
/// one that `ties` wrote.
pub fn writing(
    session: &Session,
    reading: &Reading,
    agenda: &Agenda,
) -> Result<Option<Change>, NotOurs> {
    let existing = reading.agenda.as_deref();
    read(existing.unwrap_or(""))?;
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
        re_entry: None,
        promises: Vec::new(),
        promises_waiting: 0,
        reach_out: Vec::new(),
        habits: Vec::new(),
        coming_up: Vec::new(),
        coming_up_later: 0,
        done: Vec::new(),
        empty: None,
        records: Vec::new(),
        front_matter: Vec::new(),
        notes: Vec::new(),
    }
}
