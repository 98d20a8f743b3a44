//! A vault on disk as the library sees it on one given day: no binary, no home, no configuration of the user's.

use ties::app::refresh::{Reading, refresh};
use ties::app::session::Session;
use ties::effects::config::Config;
use ties::features::capacity::capacity;
use ties::features::check::future_findings;
use ties::people::vocabulary::Vocabulary;
use ties::text::day::Day;
use ties::text::diagnostic::Finding;
use ties::text::line_index::LineIndex;
use ties::text::span::Span;
use std::collections::HashMap;
use std::path::Path;

/// A vault that was read.
pub(crate) struct Library {
    pub(crate) session: Session,
    pub(crate) reading: Reading,
}

/// A finding and where it is.
pub(crate) struct Found {
    pub(crate) finding: Finding,
    /// `people/ada.md:3:10: warning[unknown-cadence]: … (help)`; the place of a finding about a whole file is its path.
    pub(crate) line: String,
}

/// Reads the vault at `root` as on `today`.
pub(crate) fn read(root: &Path, today: &str) -> Library {
    let root = root.canonicalize().unwrap();
    let config = Config::default().with_vault(&root);
    let nowhere = root.join("nowhere");
    let session = Session {
        vocabulary: Vocabulary::new(config.settings.words.clone()),
        config,
        today: Day::parse(today).unwrap(),
        state_folder: nowhere.clone(),
        cache_folder: nowhere,
        root,
    };
    let reading = refresh(&session, &|_| ());
    Library { session, reading }
}

impl Library {
    /// Everything that was noticed: settings first, then by path and place.
    pub(crate) fn findings(&self) -> Vec<Found> {
        let (session, reading) = (&self.session, &self.reading);
        let mut found = Vec::new();
        for file in &session.config.files {
            found.extend(file.findings.iter().map(|finding| shown(&file.name, &file.text, finding)));
        }
        let capacity =
            capacity(&reading.book, session.today, session.settings(), &session.vocabulary);
        found.extend(capacity.finding().map(|finding| shown("ties.toml", "", &finding)));
        let texts = reading.scan.files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let texts = texts.collect::<HashMap<_, _>>();
        let mut of_notes = reading.scan.findings.clone();
        let future = future_findings(&reading.book, session.today);
        let in_book = reading.book.findings().iter().chain(&future);
        of_notes.extend(in_book.map(|(path, finding)| (path.to_string(), finding.clone())));
        of_notes.sort_by(|a, b| (&a.0, a.1.span, a.1.code).cmp(&(&b.0, b.1.span, b.1.code)));
        let text = |path: &str| texts.get(path).copied().unwrap_or_default();
        found.extend(of_notes.iter().map(|(path, finding)| shown(path, text(path), finding)));
        found
    }
}

fn shown(path: &str, text: &str, finding: &Finding) -> Found {
    let place = match finding.span {
        whole if whole == Span::at(0) => path.to_owned(),
        span => {
            let at = LineIndex::new(text).line_column(text, span.start);
            format!("{path}:{}:{}", at.line, at.column)
        }
    };
    let (severity, code) = (finding.code.severity().word(), finding.code.word());
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!(" ({help})"));
    let line = format!("{place}: {severity}[{code}]: {}{help}", finding.message);
    Found { finding: finding.clone(), line: ties::text::visible::visible(&line).into_owned() }
}
