//! Findings: what was noticed in a person's text. A finding never stops anything.

use crate::text::edit::Edit;
use crate::text::span::Span;
use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something could not be read: what it says does not count.
    Error,
    /// Read, but probably not as meant.
    Warning,
}

impl Severity {
    /// The word that is shown.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($name:ident = $word:literal, $severity:ident, $doc:literal;)*) => {
        /// The stable code of a finding. Codes are never renamed or used again; `docs/findings.md` explains each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {
            $(#[doc = $doc] $name,)*
        }

        /// Every code there is.
        pub const CODES: &[Code] = &[$(Code::$name,)*];

        impl Code {
            /// The code as it is shown and documented: `unknown-cadence`.
            pub fn word(self) -> &'static str {
                match self { $(Code::$name => $word,)* }
            }

            /// How much findings of this code matter.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }

            /// What it says, in one line.
            pub fn summary(self) -> &'static str {
                match self { $(Code::$name => $doc,)* }
            }
        }
    };
}

codes! {
    // The file
    Unreadable = "unreadable", Error, "The file could not be opened or read.";
    NotUtf8 = "not-utf8", Error, "The file is not UTF-8 text; the readable part is read.";
    TooLarge = "too-large", Error, "The note is larger than 16 MiB.";
    SpecialFile = "special-file", Error, "A pipe, socket or device where a note would be.";
    LinkOutside = "link-outside", Error, "A symbolic link that leaves the vault or leads nowhere.";
    LinkedFolder = "linked-folder", Warning, "A symbolic link to a folder; folder links are not followed.";
    TooDeep = "too-deep", Error, "Folders nested more than 64 deep.";
    UnusableName = "unusable-name", Error, "A file name that is not UTF-8 or holds control characters.";
    ConflictCopy = "conflict-copy", Warning, "A copy that a sync tool made of a note changed in two places.";
    ConflictMarkers = "conflict-markers", Error, "Git conflict markers in the note.";
    // The front matter
    FrontMatterOpen = "front-matter-open", Error, "The front matter starts with `---` and never ends.";
    FrontMatterTooLarge = "front-matter-too-large", Error, "Front matter of more than 64 KiB.";
    FrontMatterTooDeep = "front-matter-too-deep", Error, "Front matter nested more than 64 deep.";
    NotYaml = "not-yaml", Error, "A key of the front matter that is not YAML.";
    YamlAnchor = "yaml-anchor", Error, "Anchors, aliases and tags are not read in front matter.";
    DuplicateKey = "duplicate-key", Error, "The same key twice.";
    TabIndent = "tab-indent", Error, "A tab where YAML wants spaces.";
    UnquotedHandle = "unquoted-handle", Error, "A value that starts with `@` or a backtick must be quoted.";
    UnquotedLink = "unquoted-link", Warning, "A wikilink in the front matter must be quoted.";
    UnquotedColon = "unquoted-colon", Error, "A value that holds `: ` must be quoted.";
    UnquotedPhone = "unquoted-phone", Warning, "A phone number must be quoted; readers of YAML lose its plus or zeros.";
    MisspeltKey = "misspelt-key", Warning, "A key one slip away from a known key.";
    SameKeyTwice = "same-meaning-twice", Warning, "Two spellings of one key; the first counts.";
    WrongShape = "wrong-shape", Warning, "A value of the wrong kind for its key, such as a map where text belongs.";
    // Values
    UnknownCircle = "unknown-circle", Warning, "A circle that the settings do not know.";
    UnknownCadence = "unknown-cadence", Warning, "A rhythm that cannot be read.";
    UnknownStatus = "unknown-status", Warning, "A status other than active, later, reference or archived.";
    BadDate = "bad-date", Warning, "A date that cannot be read or is not in the calendar.";
    AmbiguousDate = "ambiguous-date", Warning, "A date that does not say which of its numbers is the day; it is never guessed.";
    LooseDate = "loose-date", Warning, "A date that is readable but not ISO.";
    FutureDate = "future-date", Warning, "A date in the future where only the past makes sense.";
    BadPeriod = "bad-period", Warning, "A length of time that cannot be read.";
    BadFlag = "bad-flag", Warning, "A value other than true or false.";
    UnknownRelation = "unknown-relation", Warning, "A relation of a kind that the settings do not know.";
    // Links and names
    BrokenLink = "broken-link", Warning, "A link in a relation or a log head that leads to no note.";
    AmbiguousLink = "ambiguous-link", Warning, "A link that could mean several people.";
    RelatedToSelf = "related-to-self", Warning, "A note that names itself in a relation.";
    // The body
    FutureEntry = "future-entry", Warning, "A log entry in the future that is not a plan.";
    UndatedEntry = "undated-entry", Warning, "A list item under a log heading that does not begin with a date.";
    StrayEntry = "stray-entry", Warning, "What looks like a log entry and does not count: it is no list item, or stands outside of the log.";
    MisspeltKind = "misspelt-kind", Warning, "A kind of log entry one slip away from a known kind.";
    UnknownTaskStatus = "unknown-task-status", Warning, "A task box with a sign that has no meaning here.";
    BadTaskDate = "bad-task-date", Warning, "A date field of a task that cannot be read.";
    RecurringTask = "recurring-task", Warning, "A recurring task is shown and never ticked.";
    UndatedEvent = "undated-event", Warning, "An item under an events heading that does not begin with a date and a kind.";
    UnreadableGift = "unreadable-gift", Warning, "An item under a gifts heading that is neither gave, got nor idea.";
    // Habits
    UnknownSchedule = "unknown-schedule", Warning, "A habit's schedule that cannot be read.";
    BadGrace = "bad-grace", Warning, "A habit's grace that cannot be read.";
    BadDoneBy = "bad-done-by", Warning, "A query in a habit's `done_by` that cannot be understood.";
    // Settings
    SettingsNotToml = "settings-not-toml", Error, "The settings file is not TOML; defaults are used.";
    UnknownSetting = "unknown-setting", Warning, "A setting that does not exist.";
    BadSetting = "bad-setting", Warning, "A setting whose value cannot be used; the default counts.";
    ForbiddenSetting = "forbidden-setting", Error, "A setting that only the user's own configuration may hold.";
    NewerFormat = "newer-format", Error, "The vault is of a newer format; it is read and never written.";
    RhythmsBeyondLimits = "rhythms-beyond-limits", Warning, "The rhythms ask for more people than the limits allow.";
    // Privacy, on request
    Password = "password", Warning, "A password or a PIN in plain text.";
    SecretKey = "secret-key", Warning, "A private key, an API token or the words of a wallet.";
    AccountNumber = "account-number", Warning, "The number of a bank account (IBAN).";
    CardNumber = "card-number", Warning, "The number of a credit or debit card.";
    IdentityNumber = "identity-number", Warning, "The number of a person or of a document in a register.";
    TenderMatter = "tender-matter", Warning, "Health, money or conflict of somebody; only with `--strict`.";
    ReadableByOthers = "readable-by-others", Warning, "Notes that everybody on the computer may read.";
    ExportFile = "export-file", Warning, "A file from a service or a program with all of somebody's people in it.";
    PublicRemote = "public-remote", Warning, "A git remote at a host where a repository is easily public.";
}

/// Something that was noticed in one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What kind of thing.
    pub code: Code,
    /// Where; the empty span at 0 for the file as a whole.
    pub span: Span,
    /// What is wrong, one calm sentence without a full stop.
    pub message: String,
    /// What to do about it, without a full stop.
    pub help: Option<String>,
    /// Edits that mend it without any change of meaning; empty where a person must decide.
    pub fix: Vec<Edit>,
}

impl Finding {
    /// A finding without help or fix.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Finding {
        Finding { code, span, message: message.into(), help: None, fix: Vec::new() }
    }

    /// The same, with help.
    pub fn help(self, help: impl Into<String>) -> Finding {
        Finding { help: Some(help.into()), ..self }
    }

    /// The same, with a safe fix.
    pub fn fix(self, edit: Edit) -> Finding {
        Finding { fix: vec![edit], ..self }
    }
}

#[cfg(test)]
mod tests {
    use crate::text::diagnostic::CODES;

    #[test]
    fn codes_are_distinct_words() {
        let mut words = CODES.iter().map(|code| code.word()).collect::<Vec<_>>();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), CODES.len());
        assert!(words.iter().all(|word| {
            word.chars().all(|letter| letter.is_ascii_lowercase() || "-8".contains(letter))
        }));
    }
}
