//! Asking a vault a query: what it means there, and the notes that it finds, as values.

use crate::app::refresh::Reading;
use crate::app::search as index;
use crate::app::session::Session;
use crate::effects::facts::texts::Texts;
use crate::effects::index::document::Progress;
use crate::effects::index::search::Notice;
use crate::features::query::meaning::Query;
use crate::features::query::search::{Hit, Hits, search};
use crate::features::query::snippet::{Snippet, Wanted};
use crate::features::query::source::LookedUp;
use crate::features::query::trouble::Trouble;
use crate::features::query::understand::{View, understand};
use crate::features::standing::Situation;

/// The vault as it was read, on the day of the session.
pub fn situation<'a>(session: &'a Session, reading: &'a Reading) -> Situation<'a> {
    Situation::new(&reading.book, session.today, session.settings(), &session.vocabulary)
}

/// What `text` means in the vault.
pub fn query(session: &Session, situation: &Situation<'_>, text: &str) -> Result<Query, Trouble> {
    understand(text, situation, views(session))
}

/// The saved queries.
pub fn views(session: &Session) -> &[View] {
    &session.settings().views
}

/// The notes that `query` finds, and what the person should know of the index that was asked for words. `progress` is
/// told of every note that the index takes in.
pub fn hits<'a>(
    session: &Session,
    reading: &Reading,
    situation: &'a Situation<'a>,
    query: &Query,
    progress: &Progress<'_>,
) -> (Hits<'a>, Vec<Notice>) {
    let mut looked_up = LookedUp::default();
    let mut notices = Vec::new();
    // A query without words needs no index.
    if !query.terms().is_empty() {
        notices = index::search(session, reading, progress, |index| {
            for term in query.terms() {
                looked_up.insert(term.clone(), index.answer(term).into_iter().collect());
            }
            index.notices().to_vec()
        });
    }
    (search(situation, query, &looked_up), notices)
}

/// The lines that show best why notes were found, for many notes one after the other.
#[derive(Debug)]
pub struct Lines<'a> {
    texts: Texts<'a>,
    wanted: Wanted<'a>,
}

impl<'a> Lines<'a> {
    /// The lines for `query` in the vault as it was read.
    pub fn of(reading: &'a Reading, query: &'a Query) -> Lines<'a> {
        Lines { texts: reading.texts(), wanted: Wanted::of(query.wanted_terms()) }
    }

    /// The line of one note; `None` where the text has nothing of what was looked for, or has changed since.
    pub fn line(&mut self, hit: &Hit<'_>) -> Option<Snippet> {
        if self.wanted.is_nothing() {
            return None;
        }
        self.wanted.snippet(self.texts.text(hit.subject.note)?)
    }
}
