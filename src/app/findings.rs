//! Everything that was noticed in a vault, in one list.

use crate::app::refresh::Reading;
use crate::app::session::Session;
use crate::effects::vault::locate::SETTINGS_FILE;
use crate::features::capacity::capacity;
use crate::features::check;
use crate::note::path::NotePath;
use crate::text::diagnostic::Finding;
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
    in_notes.sort_by(|a, b| (&a.0, a.1.span, a.1.code).cmp(&(&b.0, b.1.span, b.1.code)));
    let mut texts = HashMap::new();
    found.extend(in_notes.into_iter().map(|(path, finding)| {
        let text = || reading.text(session, &path).map(Arc::from);
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
    let capacity = capacity(&reading.book, session.today, session.settings(), &session.vocabulary);
    found.extend(capacity.finding().map(|finding| Located {
        path: SETTINGS_FILE.to_owned(),
        text: None,
        finding,
    }));
    found
}
