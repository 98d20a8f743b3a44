//! Kinds of log entries: what counts as contact and what does not.

use crate::text::fold::fold;
use serde::{Deserialize, Serialize};

/// What an entry of some kind means for the clock of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Meaning {
    /// The two were in touch.
    Contact,
    /// A note about the person, or something heard: never contact.
    Note,
    /// Tried without an answer: never contact.
    Tried,
    /// A plan: never contact; the morning after, the agenda asks.
    Plan,
}

/// A kind of log entry with the words that mean it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// The name that is written.
    pub name: String,
    /// Other words for it.
    pub synonyms: Vec<String>,
    /// What it means.
    pub meaning: Meaning,
}

const DEFAULTS: &[(&str, &[&str], Meaning)] = &[
    ("call", &["called", "phone", "phoned", "rang", "spoke"], Meaning::Contact),
    (
        "met",
        &[
            "meet",
            "meeting",
            "coffee",
            "lunch",
            "dinner",
            "breakfast",
            "tea",
            "walk",
            "drinks",
            "saw",
            "1:1",
            "in-person",
            "hangout",
        ],
        Meaning::Contact,
    ),
    (
        "message",
        &[
            "messaged",
            "text",
            "texted",
            "signal",
            "whatsapp",
            "telegram",
            "sms",
            "dm",
            "chat",
            "slack",
            "matrix",
            "wechat",
            "line",
            "imessage",
            "messenger",
            "discord",
            "threema",
        ],
        Meaning::Contact,
    ),
    ("mail", &["email", "e-mail", "emailed", "mailed", "wrote"], Meaning::Contact),
    ("letter", &["postcard", "card"], Meaning::Contact),
    (
        "video",
        &["zoom", "facetime", "meet-up-online", "videocall", "video-call", "skype", "jitsi"],
        Meaning::Contact,
    ),
    ("gift", &["gave", "present"], Meaning::Contact),
    ("visit", &["visited", "stayed"], Meaning::Contact),
    ("intro", &["introduced", "introduction"], Meaning::Contact),
    ("event", &["party", "wedding", "conference", "concert"], Meaning::Contact),
    ("note", &["noted", "notes", "remember"], Meaning::Note),
    ("heard", &["news", "hear"], Meaning::Note),
    ("tried", &["missed", "no-answer", "voicemail"], Meaning::Tried),
    ("plan", &["planned", "plans"], Meaning::Plan),
];

/// The kinds of a vault without settings (section 3 of the format).
pub fn default_kinds() -> Vec<Kind> {
    DEFAULTS
        .iter()
        .map(|(name, synonyms, meaning)| Kind {
            name: (*name).to_owned(),
            synonyms: synonyms.iter().map(|word| (*word).to_owned()).collect(),
            meaning: *meaning,
        })
        .collect()
}

impl Kind {
    /// Whether `word` is its name or one of its synonyms, folded.
    pub fn is_named(&self, word: &str) -> bool {
        let word = fold(word);
        fold(&self.name) == word || self.synonyms.iter().any(|synonym| fold(synonym) == word)
    }
}
