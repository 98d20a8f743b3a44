//! The words that a vault uses: keys, headings, kinds, circles, relations and folders, built from settings.
//!
//! Invariant: everything that decoding depends on besides the bytes of a note is in here, so [`Vocabulary::fingerprint`]
//! says whether two readings of the same bytes are the same.

use crate::note::path::NotePath;
use crate::people::circle::{Circle, default_circles};
use crate::people::field::{FIELDS, Field};
use crate::people::kind::{Kind, default_kinds};
use crate::people::relation::{RelationKind, default_relations};
use crate::text::fingerprint::hash;
use crate::text::fold::fold;
use crate::text::lexicon::Lexicon;
use crate::text::suggest::Slips;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Where the kinds of notes live, relative to the root of the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// Folders of contacts; `.` means the whole vault, then only notes marked as people count.
    pub people: Vec<String>,
    /// Folder of habits.
    pub habits: String,
    /// Folders of dated notes.
    pub journal: Vec<String>,
    /// Folder of generated reviews.
    pub reviews: String,
    /// Folder of templates.
    pub templates: String,
    /// Folder of proposals by a program.
    pub drafts: String,
    /// Folder of attachments.
    pub attachments: String,
    /// The inbox file.
    pub inbox: String,
    /// The agenda file.
    pub agenda: String,
}

impl Default for Folders {
    fn default() -> Folders {
        Folders {
            people: vec!["people".to_owned()],
            habits: "habits".to_owned(),
            journal: vec!["journal".to_owned()],
            reviews: "reviews".to_owned(),
            templates: "templates".to_owned(),
            drafts: "drafts".to_owned(),
            attachments: "attachments".to_owned(),
            inbox: "inbox.md".to_owned(),
            agenda: "agenda.md".to_owned(),
        }
    }
}

/// What a file is, judged by its place alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// A contact.
    People,
    /// A contact where the note says so (`type: person`, tag `person`): the people folder is the whole vault.
    PeopleIfMarked,
    /// A habit.
    Habits,
    /// A dated note, where its name or `date:` gives a day.
    Journal,
    /// The inbox.
    Inbox,
    /// Written by `ties` or only material: agenda, reviews, templates, drafts, attachments.
    Ours,
    /// Anything else.
    Elsewhere,
}

/// The words of one vault.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    /// Where notes live.
    pub folders: Folders,
    /// `type:` values and tags that mark a person in an adopted vault, folded.
    pub person_marks: Vec<String>,
    /// The circles.
    pub circles: Vec<Circle>,
    /// The kinds of log entries.
    pub kinds: Vec<Kind>,
    /// Headings of the log, the one that is written first.
    pub log_headings: Vec<String>,
    /// Headings of events.
    pub event_headings: Vec<String>,
    /// Headings of gifts.
    pub gift_headings: Vec<String>,
    /// Headings in journal notes under which every line with a linked head is contact.
    pub contact_headings: Vec<String>,
    /// Every link in a journal note counts as contact (`journal.count = "links"`).
    pub every_link_counts: bool,
    /// The kinds of ties.
    pub relations: Vec<RelationKind>,
    // Derived from the above; folded word to what it means.
    keys: Lexicon<Field>,
    own_keys: Vec<(Field, String)>,
    kind_words: Lexicon<usize>,
    circle_words: Lexicon<usize>,
    relation_words: Lexicon<usize>,
    // Made when the first word is not known.
    key_slips: OnceLock<Slips>,
    kind_slips: OnceLock<Slips>,
}

/// What settings may say about the words; what they leave out has its default.
#[derive(Debug, Clone)]
pub struct Words {
    /// See [`Vocabulary::folders`].
    pub folders: Folders,
    /// More keys for fields: `last_contact = ["Last Spoke"]`.
    pub fields: Vec<(Field, Vec<String>)>,
    /// See [`Vocabulary::person_marks`].
    pub person_marks: Vec<String>,
    /// See [`Vocabulary::circles`].
    pub circles: Vec<Circle>,
    /// See [`Vocabulary::kinds`].
    pub kinds: Vec<Kind>,
    /// See [`Vocabulary::log_headings`].
    pub log_headings: Vec<String>,
    /// See [`Vocabulary::event_headings`].
    pub event_headings: Vec<String>,
    /// See [`Vocabulary::gift_headings`].
    pub gift_headings: Vec<String>,
    /// See [`Vocabulary::contact_headings`].
    pub contact_headings: Vec<String>,
    /// See [`Vocabulary::every_link_counts`].
    pub every_link_counts: bool,
    /// See [`Vocabulary::relations`].
    pub relations: Vec<RelationKind>,
}

impl Default for Words {
    fn default() -> Words {
        let owned =
            |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        Words {
            folders: Folders::default(),
            fields: Vec::new(),
            person_marks: owned(&["person"]),
            circles: default_circles(),
            kinds: default_kinds(),
            log_headings: owned(&[
                "Log",
                "Interactions",
                "Interaction Log",
                "Meeting history",
                "Conversations",
            ]),
            event_headings: owned(&["Events"]),
            gift_headings: owned(&["Gifts"]),
            contact_headings: owned(&["People", "Contacts", "Contact"]),
            every_link_counts: false,
            relations: default_relations(),
        }
    }
}

impl Default for Vocabulary {
    fn default() -> Vocabulary {
        Vocabulary::new(Words::default())
    }
}

impl Vocabulary {
    /// The vocabulary of `words`.
    pub fn new(words: Words) -> Vocabulary {
        let mut keys = HashMap::new();
        for field in FIELDS {
            for key in std::iter::once(&field.key()).chain(field.synonyms()) {
                keys.insert(fold_key(key), *field);
            }
        }
        let own_keys = words
            .fields
            .iter()
            .flat_map(|(field, own)| own.iter().map(|key| (*field, key.clone())));
        let own_keys = own_keys.collect::<Vec<_>>();
        keys.extend(own_keys.iter().map(|(field, key)| (fold_key(key), *field)));
        let kind_words = numbered(words.kinds.iter().map(|kind| (&kind.name, &kind.synonyms)));
        let relation_words =
            numbered(words.relations.iter().map(|kind| (&kind.name, &kind.synonyms)));
        let none = Vec::new();
        let circle_words = numbered(words.circles.iter().map(|circle| (&circle.name, &none)));
        Vocabulary {
            folders: words.folders,
            person_marks: words.person_marks.iter().map(|mark| fold(mark)).collect(),
            circles: words.circles,
            kinds: words.kinds,
            log_headings: words.log_headings,
            event_headings: words.event_headings,
            gift_headings: words.gift_headings,
            contact_headings: words.contact_headings,
            every_link_counts: words.every_link_counts,
            relations: words.relations,
            keys: keys.into(),
            own_keys,
            kind_words,
            circle_words,
            relation_words,
            key_slips: OnceLock::new(),
            kind_slips: OnceLock::new(),
        }
    }

    /// The field that a key means; case, accents, `-` and spaces for `_` do not count.
    pub fn field(&self, key: &str) -> Option<Field> {
        looked_up(&self.keys, key, b'_', fold_key).copied()
    }

    /// The spellings of `field`: the key that `ties` writes, its synonyms, the keys that settings add.
    pub fn spellings(&self, field: Field) -> Vec<String> {
        let builtin =
            std::iter::once(field.key()).chain(field.synonyms().iter().copied()).map(str::to_owned);
        let own = self.own_keys.iter().filter(|(of, _)| *of == field).map(|(_, key)| key.clone());
        builtin.chain(own).collect()
    }

    /// The known key or kind of tie one slip away from `key`.
    pub fn key_one_slip_from(&self, key: &str) -> Option<&str> {
        let slips = self
            .key_slips
            .get_or_init(|| Slips::new(self.keys.words().chain(self.relation_words.words())));
        slips.one_away(&fold_key(key))
    }

    /// The kind that a word means, folded.
    pub fn kind(&self, word: &str) -> Option<&Kind> {
        looked_up(&self.kind_words, word, b'-', fold_word).and_then(|at| self.kinds.get(*at))
    }

    /// The word for a kind one slip away from `word`.
    pub fn kind_one_slip_from(&self, word: &str) -> Option<&str> {
        let slips = self.kind_slips.get_or_init(|| Slips::new(self.kind_words.words()));
        slips.one_away(&fold_word(word))
    }

    /// The circle of that name, folded.
    pub fn circle(&self, name: &str) -> Option<&Circle> {
        looked_up(&self.circle_words, name, b'-', fold_word).and_then(|at| self.circles.get(*at))
    }

    /// The kind of tie that a word means; case and `_` or a space for `-` do not count.
    pub fn relation(&self, word: &str) -> Option<&RelationKind> {
        looked_up(&self.relation_words, word, b'-', fold_word)
            .and_then(|at| self.relations.get(*at))
    }

    /// Whether `heading` is one of `headings`: folded, a colon at the end does not count.
    pub fn is_heading(headings: &[String], heading: &str) -> bool {
        if !headings.iter().any(|known| may_be_the_same(known, heading)) {
            return false;
        }
        let heading = heading.trim().trim_end_matches(':').trim_end();
        if headings.iter().any(|known| known == heading) {
            return true;
        }
        // Most headings are ASCII with single spaces, and then folding is only a matter of case.
        let plain = heading.is_ascii() && !heading.contains("  ") && !heading.contains('\t');
        let folded = if plain { String::new() } else { fold(heading) };
        headings.iter().any(|known| match plain && known.is_ascii() {
            true => known.eq_ignore_ascii_case(heading),
            false if plain => fold(known) == fold(heading),
            false => fold(known) == folded,
        })
    }

    /// What `path` is, judged by its place alone.
    pub fn place(&self, path: &NotePath) -> Place {
        let folders = &self.folders;
        let ours = [&folders.reviews, &folders.templates, &folders.drafts, &folders.attachments];
        if path.as_str() == folders.agenda || ours.iter().any(|folder| path.is_in(folder)) {
            Place::Ours
        } else if path.as_str() == folders.inbox {
            Place::Inbox
        } else if path.is_in(&folders.habits) {
            Place::Habits
        } else if folders.people.iter().any(|folder| !is_root(folder) && path.is_in(folder)) {
            Place::People
        } else if folders.journal.iter().any(|folder| !is_root(folder) && path.is_in(folder)) {
            Place::Journal
        } else if folders.people.iter().any(|folder| is_root(folder)) {
            Place::PeopleIfMarked
        } else if folders.journal.iter().any(|folder| is_root(folder)) {
            Place::Journal
        } else {
            Place::Elsewhere
        }
    }

    /// A stable mark of everything that decoding depends on.
    pub fn fingerprint(&self) -> u64 {
        // `Debug` of the plain fields is stable within one binary, which is what keys a cache; the maps are derived.
        let plain = format!(
            "{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}",
            self.folders,
            self.person_marks,
            self.circles,
            self.kinds,
            self.log_headings,
            self.event_headings,
            self.gift_headings,
            self.contact_headings,
            self.every_link_counts,
            self.relations,
            self.own_keys
        );
        hash(&[&plain])
    }
}

/// A look at the first letters, which folding leaves as they are but for their case.
fn may_be_the_same(known: &str, heading: &str) -> bool {
    match (known.as_bytes(), heading.as_bytes()) {
        ([known, ..], [first, ..]) if known.is_ascii_alphanumeric() => {
            known.eq_ignore_ascii_case(first) || !first.is_ascii_alphanumeric()
        }
        _ => true,
    }
}

fn is_root(folder: &str) -> bool {
    matches!(folder.trim_end_matches('/'), "." | "")
}

fn fold_key(key: &str) -> String {
    fold(key).replace(['-', ' '], "_")
}

fn fold_word(word: &str) -> String {
    fold(word).replace(['_', ' '], "-")
}

/// What `words` hold for `word`, which is folded only where it is not in folded form already: most words are. `joint` is
/// what folding makes of the signs between the parts of a word.
fn looked_up<'a, T>(
    words: &'a Lexicon<T>,
    word: &str,
    joint: u8,
    folded: fn(&str) -> String,
) -> Option<&'a T> {
    let is_folded = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == joint;
    let plain = word.bytes().all(is_folded);
    if plain { words.get(word) } else { words.get(&folded(word)) }
}

/// Each word, folded and with `-` for `_` and spaces, with the number of what it belongs to; the first one wins.
fn numbered<'a>(rows: impl Iterator<Item = (&'a String, &'a Vec<String>)>) -> Lexicon<usize> {
    let mut words = HashMap::new();
    for (at, (name, synonyms)) in rows.enumerate() {
        for word in std::iter::once(name).chain(synonyms) {
            words.entry(fold_word(word)).or_insert(at);
        }
    }
    words.into()
}

#[cfg(test)]
mod tests {
    use crate::note::path::NotePath;
    use crate::people::field::Field;
    use crate::people::vocabulary::{Folders, Place, Vocabulary, Words};

    #[test]
    fn keys_are_known_by_all_their_spellings() {
        let words = Words {
            fields: vec![(Field::LastContact, vec!["Last Spoke".to_owned()])],
            ..Words::default()
        };
        let vocabulary = Vocabulary::new(words);
        for key in
            ["last_contact", "Last-Contact", "lastcontact", "last spoke", "prm-last-contacted"]
        {
            assert_eq!(vocabulary.field(key), Some(Field::LastContact), "{key}");
        }
        assert_eq!(vocabulary.field("cadance"), None);
        assert_eq!(
            vocabulary.spellings(Field::LastContact).last().map(String::as_str),
            Some("Last Spoke")
        );
    }

    #[test]
    fn words_fold() {
        let vocabulary = Vocabulary::default();
        assert_eq!(vocabulary.kind("Coffee").map(|kind| kind.name.as_str()), Some("met"));
        assert_eq!(
            vocabulary.relation("Introduced_By").map(|kind| kind.name.as_str()),
            Some("introduced-by")
        );
        assert_eq!(vocabulary.relation("sisters").map(|kind| kind.name.as_str()), Some("sister"));
        assert_eq!(vocabulary.circle("INNER").map(|circle| circle.name.as_str()), Some("inner"));
        assert!(Vocabulary::is_heading(&vocabulary.log_headings, "LOG:"));
    }

    #[test]
    fn places_follow_the_folders() {
        let place =
            |vocabulary: &Vocabulary, path: &str| vocabulary.place(&NotePath::new(path).unwrap());
        let usual = Vocabulary::default();
        assert_eq!(place(&usual, "people/family/ana.md"), Place::People);
        assert_eq!(place(&usual, "agenda.md"), Place::Ours);
        assert_eq!(place(&usual, "templates/contact.md"), Place::Ours);
        assert_eq!(place(&usual, "notes/x.md"), Place::Elsewhere);
        let adopted = Words {
            folders: Folders { people: vec![".".to_owned()], ..Folders::default() },
            ..Words::default()
        };
        assert_eq!(place(&Vocabulary::new(adopted), "notes/x.md"), Place::PeopleIfMarked);
    }

    #[test]
    fn the_fingerprint_follows_the_words() {
        let other = Words { log_headings: vec!["Letters".to_owned()], ..Words::default() };
        assert_ne!(Vocabulary::default().fingerprint(), Vocabulary::new(other).fingerprint());
        assert_eq!(Vocabulary::default().fingerprint(), Vocabulary::default().fingerprint());
    }
}
