//! Everything that was noticed in a vault, in one list.

use crate::app::refresh::Reading;
use crate::app::session::Session;
use crate::effects::config::Origin;
use crate::effects::vault::locate::SETTINGS_FILE;
use crate::features::capacity::capacity;
use crate::features::check;
use crate::features::habit_ticks;
use crate::features::standing::Situation;
use crate::note::path::NotePath;
use crate::text::diagnostic::{Code, Finding};
use crate::text::line_index::LineIndex;
use crate::text::span::Span;
use std::collections::HashMap;
use std::sync::Arc;

/// A finding with the file that it is about.
#[derive(Debug, Clone)]
pub struct Located {
    /// The file as it is shown; relative to the vault, but for the user's own configuration.
    pub path: String,
    /// Its text, where it was read.
    pub text: Option<Arc<str>>,
    /// What was noticed.
    pub finding: Finding,
}

/// All findings of the settings, the walk, the notes, their links and the day: settings first, then by path and
/// place.
pub fn findings(session: &Session, reading: &Reading) -> Vec<Located> {
    let mut found = settings_findings(session, reading);
    let of_notes = |(path, finding): &(NotePath, Finding)| (path.to_string(), finding.clone());
    let mut in_notes = reading.files.findings.clone();
    in_notes.extend(check::findings(&reading.book, session.today).iter().map(of_notes));
    let (settings, vocabulary) = (session.settings(), &session.vocabulary);
    let situation = Situation::new(&reading.book, session.today, settings, vocabulary);
    let of_habits = habit_ticks::findings(&situation, &|path| reading.text(path.as_str()));
    in_notes.extend(of_habits.iter().map(of_notes));
    in_notes.sort_by(|a, b| (&a.0, a.1.span, a.1.code).cmp(&(&b.0, b.1.span, b.1.code)));
    let mut texts = HashMap::new();
    found.extend(in_notes.into_iter().map(|(path, finding)| {
        let text = || reading.text(&path).map(Arc::from);
        let text = texts.entry(path.clone()).or_insert_with(text).clone();
        Located { path, text, finding }
    }));
    found
}

fn settings_findings(session: &Session, reading: &Reading) -> Vec<Located> {
    let mut found = Vec::new();
    for file in &session.config.files {
        let text: Arc<str> = Arc::from(file.text.as_str());
        found.extend(file.findings.iter().map(|finding| Located {
            path: file.name.clone(),
            text: Some(Arc::clone(&text)),
            finding: finding.clone(),
        }));
    }
    found.extend(nobody_is_me(session, reading));
    let capacity = capacity(&reading.book, session.today, session.settings(), &session.vocabulary);
    found.extend(capacity.finding().map(|finding| Located {
        path: SETTINGS_FILE.to_owned(),
        text: None,
        finding,
    }));
    found
}

/// A finding where the setting `me` names no note, so that the owner would be spoken of like anybody else.
fn nobody_is_me(session: &Session, reading: &Reading) -> Option<Located> {
    let me = session.settings().me.as_deref()?;
    // A note that could not be read may be the one.
    if reading.book.me().is_some() || reading.files.incomplete {
        return None;
    }
    let Origin::File { name, line } = session.config.origin("me") else { return None };
    let file = session.config.files.iter().find(|file| file.name == *name)?;
    let span = LineIndex::new(&file.text).span_of_line(*line);
    let span = Span::new(span.start, span.start + span.of(&file.text).trim_end().len());
    let message = format!("`me` is to be your own note, and `{me}` names none, or several");
    let finding = Finding::new(Code::BadSetting, span, message)
        .help("write the path of your note: `me = \"people/me\"`");
    Some(Located { path: file.name.clone(), text: Some(Arc::from(file.text.as_str())), finding })
}
