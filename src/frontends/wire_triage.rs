//! The JSON shape of the people of whom nothing was decided. Within a version fields are only added.

use crate::features::listing::listed;
use crate::features::standing::Situation;
use crate::features::triage::{Choice, about, choices};
use crate::people::book::ContactId;
use serde::Serialize;

/// The answer of `ties triage --list`.
#[derive(Debug, Serialize)]
pub struct WireTriage {
    people: Vec<WireUndecided>,
    /// How many wait in all, those beyond the limit included.
    total: usize,
    /// The words that a checklist takes as an answer.
    choices: Vec<String>,
}

#[derive(Debug, Serialize)]
struct WireUndecided {
    name: String,
    path: String,
    groups: Vec<String>,
    /// ISO; what the log and the journal show, else what the note claims.
    last_contact: Option<String>,
    /// What helps to decide, plain text, a line each.
    about: Vec<String>,
}

impl WireTriage {
    /// The shape of `people`, of `total` who wait.
    pub fn new(situation: &Situation<'_>, people: &[ContactId], total: usize) -> WireTriage {
        let words = choices(situation.vocabulary);
        WireTriage {
            people: people.iter().map(|id| undecided(situation, *id)).collect(),
            total,
            choices: words.iter().map(Choice::word).map(str::to_owned).collect(),
        }
    }
}

fn undecided(situation: &Situation<'_>, id: ContactId) -> WireUndecided {
    let contact = situation.book.contact(id);
    let last = listed(situation.book, id, situation.day).last_contact;
    WireUndecided {
        name: contact.name.clone(),
        path: contact.path.to_string(),
        groups: contact.groups.clone(),
        last_contact: last.map(|date| date.to_string()),
        about: about(situation, id),
    }
}
