//! A vault on disk as the library sees it on one given day: no binary, no home, no configuration of the user's.

use std::path::Path;
use ties::app::findings::{Located, findings};
use ties::app::refresh::{Reading, refresh};
use ties::app::session::{Session, Wanted};
use ties::effects::environment::Environment;
use ties::text::diagnostic::Finding;
use ties::text::line_index::LineIndex;
use ties::text::span::Span;
use ties::text::visible::visible;

/// A vault that was read.
pub(crate) struct Library {
    pub(crate) session: Session,
    pub(crate) reading: Reading,
}

/// A finding and how it is shown on one line.
pub(crate) struct Found {
    pub(crate) path: String,
    pub(crate) finding: Finding,
    /// `people/ada.md:3:10: warning[unknown-cadence]: … (help)`; about a whole file, without line and column.
    pub(crate) line: String,
}

/// Reads the vault at `root` as on `today`.
pub(crate) fn read(root: &Path, today: &str) -> Library {
    let nowhere = root.join("nowhere").display().to_string();
    let environment = Environment::of(&[("HOME", &nowhere)], root);
    let wanted = Wanted { vault: Some(root), today: Some(today), color: None };
    let session = Session::open(&environment, &wanted).unwrap();
    let reading = refresh(&session, &|_| ());
    Library { session, reading }
}

impl Library {
    /// Everything that was noticed: settings first, then by path and place.
    pub(crate) fn findings(&self) -> Vec<Found> {
        findings(&self.session, &self.reading).into_iter().map(found).collect()
    }
}

fn found(located: Located<'_>) -> Found {
    let Located { path, text, finding } = located;
    let place = match (finding.span, text) {
        (span, Some(text)) if span != Span::at(0) => {
            let at = LineIndex::new(text).line_column(text, span.start);
            format!("{path}:{}:{}", at.line, at.column)
        }
        _ => path.clone(),
    };
    let (severity, code) = (finding.code.severity().word(), finding.code.word());
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!(" ({help})"));
    let line = format!("{place}: {severity}[{code}]: {}{help}", finding.message);
    Found { path, finding, line: visible(&line).into_owned() }
}
