//! A person, as their note tells.

use crate::note::path::NotePath;
use crate::people::cadence::Cadence;
use crate::people::event::Event;
use crate::people::field::Field;
use crate::people::gift::Gift;
use crate::people::interaction::Interaction;
use crate::people::link_ref::LinkRef;
use crate::people::promise::Promise;
use crate::people::tie_time::TieTime;
use crate::text::day::Day;
use crate::text::partial_date::LooseDate;
use crate::text::period::Period;
use crate::text::span::Span;
use serde::{Deserialize, Serialize};

/// How far a person takes part in the reminders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Status {
    /// Takes part.
    #[default]
    Active,
    /// No rhythm, only `follow_up`.
    Later,
    /// Only searchable.
    Reference,
    /// Silent.
    Archived,
}

/// What never leaves the vault.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Privacy {
    /// Nothing is marked.
    #[default]
    Open,
    /// The whole note.
    Whole,
    /// These keys and headings.
    Parts(Vec<String>),
}

/// That somebody has died.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Death {
    /// When, where it is known.
    pub date: Option<LooseDate>,
}

/// A tie to somebody else, as this note says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// The name of the kind, `sister`: what is written, in the singular.
    pub kind: String,
    /// To whom.
    pub to: LinkRef,
    /// When it held.
    pub time: TieTime,
}

/// A value with an optional label, `"+351 910 000 000 (work)"`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Labelled {
    /// The value.
    pub value: String,
    /// What stood in parentheses at its end.
    pub label: Option<String>,
}

/// Somebody whom a key of a tie names without a link: `children: [Linh]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedTie {
    /// The kind: `child`.
    pub kind: String,
    /// The name, as written, without what stands in parentheses.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// A person. Everything that follows from the text is computed elsewhere; here is only what the note says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// The note.
    pub path: NotePath,
    /// What identifies the person: the path without `.md`, composed.
    pub identity: String,
    /// `name`, else the first `# heading`, else the file name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// The circle, as the settings spell it; `None` where it has none or an unknown one.
    pub circle: Option<String>,
    /// Groups.
    pub groups: Vec<String>,
    /// Tags of the front matter and the body, without `#`.
    pub tags: Vec<String>,
    /// How far the person takes part.
    pub status: Status,
    /// What the key `status` says beside `archived: true`: what they are again once they are taken back.
    pub archived_from: Option<Status>,
    /// The note's own rhythm.
    pub cadence: Option<Cadence>,
    /// The line of `cadence`, from 1; 0 where there is none.
    pub cadence_line: u32,
    /// A floor for the newest contact.
    pub last_contact: Option<LooseDate>,
    /// The line of `last_contact`, from 1; 0 where there is none.
    pub last_contact_line: u32,
    /// When the note was made, as it says.
    pub created: Option<Day>,
    /// A day for one definite next step.
    pub follow_up: Option<Day>,
    /// The next step.
    pub next: Option<String>,
    /// Suggest nothing before this day.
    pub quiet_until: Option<Day>,
    /// Suggest nothing for now.
    pub paused: bool,
    /// Preferred channels, the first one first.
    pub channels: Vec<String>,
    /// What the friendship is for.
    pub purpose: Vec<String>,
    /// What they care about.
    pub interests: Vec<String>,
    /// How the two met.
    pub met: Vec<String>,
    /// What the owner hopes for.
    pub goal: Vec<String>,
    /// What a good contact looks like.
    pub how: Vec<String>,
    /// Birthday, perhaps partial.
    pub birthday: Option<LooseDate>,
    /// Anniversary, perhaps partial.
    pub anniversary: Option<LooseDate>,
    /// Whether, and when, they died.
    pub died: Option<Death>,
    /// Whether remembrance is wanted.
    pub remember: bool,
    /// How long before an occasion it is worth knowing of it.
    pub occasion_lead: Option<Period>,
    /// Ties to others, as this note says them (`introduced_by` among them).
    pub relations: Vec<Relation>,
    /// Those whom the keys of ties name without a link.
    pub named_ties: Vec<NamedTie>,
    /// E-mail addresses.
    pub email: Vec<Labelled>,
    /// Phone numbers, as written.
    pub phone: Vec<Labelled>,
    /// Postal addresses.
    pub address: Vec<Labelled>,
    /// Web addresses; never fetched.
    pub url: Vec<Labelled>,
    /// Organizations.
    pub organization: Vec<Labelled>,
    /// Job titles.
    pub title: Vec<Labelled>,
    /// Where they live.
    pub location: Vec<Labelled>,
    /// Time zone name.
    pub timezone: Option<String>,
    /// Pets.
    pub pets: Vec<String>,
    /// What they eat and do not eat.
    pub food: Vec<String>,
    /// Pronouns.
    pub pronouns: Vec<String>,
    /// What never leaves the vault.
    pub privacy: Privacy,
    /// The lines under headings that `privacy` names: the first and the last of each stretch, from 1, in file order.
    pub private_lines: Vec<(u32, u32)>,
    /// The vCard UID.
    pub uid: Option<String>,
    /// Where the dates of the front matter stand, for findings that depend on the day.
    pub date_spans: Vec<(Field, Span)>,
    /// Keys that are not ours, as text, in file order.
    pub other: Vec<(String, String)>,
    /// The log, in file order.
    pub log: Vec<Interaction>,
    /// Tasks in the note, in file order.
    pub promises: Vec<Promise>,
    /// Events, those of `#event/` tags included, in file order.
    pub events: Vec<Event>,
    /// Gifts, in file order.
    pub gifts: Vec<Gift>,
}

impl Contact {
    /// Somebody of whom nothing but the name is known.
    pub fn named(path: NotePath, name: String) -> Contact {
        let identity = path.identity();
        Contact {
            path,
            identity,
            name,
            aliases: Vec::new(),
            circle: None,
            groups: Vec::new(),
            tags: Vec::new(),
            status: Status::default(),
            archived_from: None,
            cadence: None,
            cadence_line: 0,
            last_contact: None,
            last_contact_line: 0,
            created: None,
            follow_up: None,
            next: None,
            quiet_until: None,
            paused: false,
            channels: Vec::new(),
            purpose: Vec::new(),
            interests: Vec::new(),
            met: Vec::new(),
            goal: Vec::new(),
            how: Vec::new(),
            birthday: None,
            anniversary: None,
            died: None,
            remember: false,
            occasion_lead: None,
            relations: Vec::new(),
            named_ties: Vec::new(),
            email: Vec::new(),
            phone: Vec::new(),
            address: Vec::new(),
            url: Vec::new(),
            organization: Vec::new(),
            title: Vec::new(),
            location: Vec::new(),
            timezone: None,
            pets: Vec::new(),
            food: Vec::new(),
            pronouns: Vec::new(),
            privacy: Privacy::default(),
            private_lines: Vec::new(),
            uid: None,
            date_spans: Vec::new(),
            other: Vec::new(),
            log: Vec::new(),
            promises: Vec::new(),
            events: Vec::new(),
            gifts: Vec::new(),
        }
    }

    /// Whether reminders may speak of them: they are alive and not archived.
    pub fn is_present(&self) -> bool {
        self.status != Status::Archived && self.died.is_none()
    }

    /// Whether a line of the note stands under a heading that never leaves the vault.
    pub fn is_private_line(&self, line: u32) -> bool {
        let after = self.private_lines.partition_point(|(first, _)| *first <= line);
        let stretch = after.checked_sub(1).and_then(|at| self.private_lines.get(at));
        stretch.is_some_and(|(_, last)| line <= *last)
    }
}
