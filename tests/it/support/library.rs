//! A vault on disk as the library sees it on one given day: no binary, a home of its own.

use std::path::Path;
use ties::app::findings::{Located, findings};
use ties::app::refresh::{Reading, refresh};
use ties::app::session::{Session, Wanted};
use ties::effects::environment::Environment;
use ties::text::line_index::LineIndex;
use ties::text::span::Span;
use ties::text::visible::visible;

/// A vault that was read.
pub(crate) struct Library {
    pub(crate) session: Session,
    pub(crate) reading: Reading,
    // Outside of the vault: a cache has no business in it.
    _home: tempfile::TempDir,
}

/// Reads the vault at `root` as on `today`.
pub(crate) fn read(root: &Path, today: &str) -> Library {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().display().to_string();
    let environment = Environment::of(&[("HOME", &folder), ("TIES_TODAY", today)], root);
    let session = Session::open(&environment, &Wanted::default()).unwrap();
    let reading = refresh(&session, &|_| ());
    Library { session, reading, _home: home }
}

impl Library {
    /// Everything that was noticed, a line each: `people/ada.md:3:10: warning[unknown-cadence]: … (help)`; the place
    /// of a finding about a whole file is its path.
    pub(crate) fn findings(&self) -> Vec<String> {
        let shown = |one: &Located| {
            let place = match one.finding.span {
                whole if whole == Span::at(0) => one.path.clone(),
                span => {
                    let text = one.text.as_deref().unwrap_or_default();
                    let at = LineIndex::new(text).line_column(span.start);
                    format!("{}:{}:{}", one.path, at.line, at.column)
                }
            };
            let (severity, code) = (one.finding.code.severity().word(), one.finding.code.word());
            let help =
                one.finding.help.as_ref().map_or_else(String::new, |help| format!(" ({help})"));
            visible(&format!("{place}: {severity}[{code}]: {}{help}", one.finding.message))
                .into_owned()
        };
        findings(&self.session, &self.reading).iter().map(shown).collect()
    }
}
