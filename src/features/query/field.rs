//! The table of the fields that a query knows: one row each, from which come reading, suggestions, `--explain` and the
//! documentation. Besides these, each kind of tie is a field, and so is each front matter key that a note has.

use crate::people::field::Field as Key;

/// How the values of a field are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// Words that stand in the value, one after the other; `word*` is the start of one.
    Words,
    /// The whole value; `start*` its start.
    Whole,
    /// A piece of the value.
    Part,
    /// The name of a circle.
    Circle,
    /// A status.
    Status,
    /// A rhythm.
    Cadence,
    /// A day in the past; a length of time is "ago".
    Past,
    /// A day ahead; a length of time is "from now".
    Ahead,
    /// A day of every year.
    Yearly,
    /// Words, or a day in the past where it is a range or a comparison.
    WordsOrPast,
    /// Words, or a day ahead where it is a range or a comparison.
    WordsOrAhead,
    /// Words, or a day that comes where it is a range or a comparison.
    WordsOrComing,
    /// A kind of log entry.
    Kind,
    /// A person.
    Person,
    /// A person, perhaps with a number of steps.
    Near,
    /// `true` or `false`.
    Flag,
    /// One of the words of `is:`.
    Is,
    /// The name of a field, or `promise`, `waiting`.
    Has,
    /// What the hits are sorted by.
    Sort,
    /// A number.
    Limit,
    /// The name of a saved query.
    View,
}

macro_rules! query_fields {
    ($($name:ident $word:literal [$($synonym:literal)*] $reads:ident $doc:literal $example:literal;)*) => {
        /// A field of a query.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum QueryField {
            $(#[doc = $doc] $name,)*
        }

        /// Every field, in the order of the documentation.
        pub const QUERY_FIELDS: &[QueryField] = &[$(QueryField::$name,)*];

        impl QueryField {
            /// The name that is documented.
            pub fn word(self) -> &'static str {
                match self { $(QueryField::$name => $word,)* }
            }

            /// Other names.
            pub fn synonyms(self) -> &'static [&'static str] {
                match self { $(QueryField::$name => &[$($synonym),*],)* }
            }

            /// How its values are read.
            pub fn reads(self) -> Reads {
                match self { $(QueryField::$name => Reads::$reads,)* }
            }

            /// What it is, in one line.
            pub fn doc(self) -> &'static str {
                match self { $(QueryField::$name => $doc,)* }
            }

            /// A query with it.
            pub fn example(self) -> &'static str {
                match self { $(QueryField::$name => $example,)* }
            }
        }
    };
}

query_fields! {
    Name "name" [] Words "The name" "name:lima";
    Alias "alias" ["aliases"] Words "Other names" "alias:aninha";
    Path "path" ["folder" "file"] Part "The path of the note" "path:people/family";
    Is "is" [] Is "What or how somebody is" "is:due";
    Has "has" [] Has "Whether there is any such thing" "has:email";
    Circle "circle" [] Circle "The circle" "circle:inner,growth";
    Group "group" [] Whole "Groups" "group:family";
    Tag "tag" [] Whole "Tags; `tag:work` finds `work/acme` too" "tag:climbing";
    Status "status" [] Status "active, later, reference or archived" "status:later";
    Cadence "cadence" [] Cadence "The rhythm, the person's own or that of the circle" "cadence:>1mo";
    Last "last" ["last_contact"] Past "The newest contact" "last:>3mo";
    Created "created" [] Past "When the note was made, as it says" "created:2026";
    FollowUp "follow_up" ["followup"] Ahead "The day of the next step" "follow_up:..1w";
    QuietUntil "quiet_until" ["quiet"] Ahead "Nothing is suggested before this day" "quiet_until:any";
    Due "due" [] Ahead "The day on which the rhythm comes round" "due:..1w";
    Next "next" [] Words "The next step" "next:ask";
    Birthday "birthday" [] Yearly "Birthday" "birthday:..2w";
    Anniversary "anniversary" [] Yearly "Anniversary" "anniversary:--06-01..--06-30";
    Died "died" ["dead"] Past "When they died" "died:any";
    With "with" ["people"] Person "Who appears with this person in a log or journal; of a habit its partners" "with:ana";
    Near "near" [] Near "Who is at most so many ties away from this person; one where no number is given" "near:ana/2";
    Relations "relations" ["tie" "ties"] Person "Who has a tie of any kind to this person" "relations:ana";
    Kind "kind" [] Kind "Who has a log entry of this kind" "kind:letter";
    Said "said" ["log" "entry"] WordsOrPast "The words of one log entry; or with a range or comparison, its day" "said:kiln";
    Promise "promise" ["promises"] WordsOrAhead "The words of an open promise; or with a range or comparison, its day" "promise:article";
    Event "event" ["events"] WordsOrComing "Kind and words of an event; or with a range or comparison, its day" "event:wedding";
    Gift "gift" ["gifts"] Words "Gifts and ideas for them" "gift:shoes";
    Channel "channel" [] Words "How they like to be reached" "channel:signal";
    Purpose "purpose" [] Words "What the friendship is for" "purpose:any";
    Interests "interests" ["interest"] Words "What they care about" "interests:climb*";
    Met "met" [] Words "How the two met" "met:porto";
    Goal "goal" [] Words "What you hope for" "goal:none";
    How "how" [] Words "What a good contact looks like" "how:walk";
    Email "email" [] Words "E-mail addresses" "email:example.org";
    Phone "phone" [] Words "Phone numbers; three digits and more are found wherever they stand" "phone:910000";
    Address "address" [] Words "Postal addresses" "address:lisboa";
    Url "url" [] Words "Web addresses" "url:any";
    Organization "organization" [] Words "Where they work" "organization:ceramics";
    Title "title" [] Words "What they do there" "title:teacher";
    Location "location" [] Words "Where they live" "location:porto";
    Timezone "timezone" [] Words "Their time zone" "timezone:/^europe/";
    Pets "pets" [] Words "Pets" "pets:dog";
    Food "food" [] Words "What they eat and do not eat" "food:vegan";
    Pronouns "pronouns" [] Words "Pronouns" "pronouns:they";
    OccasionLead "occasion_lead" [] Whole "How long before an occasion it is worth knowing of it" "occasion_lead:any";
    Paused "paused" [] Flag "Whether suggestions are paused" "paused:true";
    Archived "archived" [] Flag "Whether they are archived" "archived:false";
    Remember "remember" [] Flag "Whether remembrance of somebody who died is wanted" "remember:true";
    Private "private" [] Words "What never leaves the vault: `true`, or keys and headings" "private:any";
    Uid "uid" [] Whole "The vCard UID" "uid:none";
    Date "date" [] Past "The day of a journal note" "date:2026-10";
    Schedule "schedule" [] Words "When a habit is wanted" "schedule:weekly";
    After "after" [] Words "The routine that a habit is stacked on" "after:lunch";
    Recovery "recovery" [] Words "What is enough on a hard day" "recovery:any";
    Grace "grace" [] Words "What misses of a habit are forgiven" "grace:week";
    DoneBy "done_by" [] Words "The query that ticks a habit" "done_by:any";
    Report "report" [] Words "When the partners of a habit are told of it" "report:weekly";
    Sort "sort" [] Sort "The order of the answer: name, last, due, birthday, created, circle or relevance" "sort:-last";
    Limit "limit" [] Limit "How many are shown at most" "limit:10";
    View "view" [] View "A query that was saved under `[views]` in ties.toml" "view:close";
}

impl QueryField {
    /// The field of that name, spelled as a key is: folded, `_` for `-`.
    pub fn named(key: &str) -> Option<QueryField> {
        let named = |field: &&QueryField| field.word() == key || field.synonyms().contains(&key);
        QUERY_FIELDS.iter().find(named).copied()
    }

    /// The field for a front matter key; `None` where notes are asked for the key itself.
    pub fn of_key(key: Key) -> Option<QueryField> {
        Some(match key {
            Key::Name | Key::Habit => QueryField::Name,
            Key::Aliases => QueryField::Alias,
            Key::Circle => QueryField::Circle,
            Key::Groups => QueryField::Group,
            Key::Tags => QueryField::Tag,
            Key::Cadence | Key::Interval => QueryField::Cadence,
            Key::LastContact => QueryField::Last,
            Key::People => QueryField::With,
            Key::Category | Key::Type | Key::Contact | Key::Ties => return None,
            other => return QueryField::named(other.key()),
        })
    }

    /// Whether it changes what is shown of the notes that are found, or stands for another query.
    pub fn is_about_the_answer(self) -> bool {
        matches!(self, QueryField::Sort | QueryField::Limit | QueryField::View)
    }
}

macro_rules! states {
    ($($name:ident [$($word:literal)*] $doc:literal;)*) => {
        /// What or how somebody is: `is:due`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum State {
            $(#[doc = $doc] $name,)*
        }

        /// All of them, in the order of the documentation.
        pub const STATES: &[State] = &[$(State::$name,)*];

        impl State {
            /// The words for it, the documented one first.
            pub fn words(self) -> &'static [&'static str] {
                match self { $(State::$name => &[$($word),*],)* }
            }

            /// What it means, in one line.
            pub fn doc(self) -> &'static str {
                match self { $(State::$name => $doc,)* }
            }
        }
    };
}

states! {
    Due ["due"] "Would be good to hear from: the rhythm has come round, or the day of the next step";
    Quiet ["quiet"] "Left in peace until a day: `quiet_until`, or a week after a try without an answer";
    Paused ["paused"] "Suggestions are paused";
    Archived ["archived"] "Archived";
    Dead ["dead" "died"] "Has died";
    New ["new"] "First met, or written down, within the last four weeks";
    Private ["private"] "The whole note never leaves the vault";
    Person ["person" "contact"] "A person";
    Journal ["journal"] "A dated note";
    Habit ["habit"] "A habit";
    Note ["note"] "Any other note";
    Me ["me"] "Your own note";
}

impl State {
    /// The state of that word.
    pub fn named(word: &str) -> Option<State> {
        STATES.iter().find(|state| state.words().contains(&word)).copied()
    }
}

/// What the hits are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum SortBy {
    Name,
    Last,
    Due,
    Birthday,
    Created,
    Circle,
    Relevance,
}

/// All of them with their words.
pub const SORTS: &[(&str, SortBy)] = &[
    ("name", SortBy::Name),
    ("last", SortBy::Last),
    ("due", SortBy::Due),
    ("birthday", SortBy::Birthday),
    ("created", SortBy::Created),
    ("circle", SortBy::Circle),
    ("relevance", SortBy::Relevance),
];

/// One key of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SortKey {
    /// By what.
    pub by: SortBy,
    /// From the end to the start.
    pub reversed: bool,
}

#[cfg(test)]
mod tests {
    use crate::features::query::field::{QUERY_FIELDS, QueryField};
    use crate::people::field::{FIELDS, Field};

    #[test]
    fn every_name_means_one_field() {
        let mut names = QUERY_FIELDS
            .iter()
            .flat_map(|field| {
                std::iter::once(&field.word()).chain(field.synonyms()).copied().collect::<Vec<_>>()
            })
            .collect::<Vec<_>>();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn every_front_matter_key_has_a_field_or_is_asked_for_itself() {
        let without = FIELDS.iter().filter(|key| QueryField::of_key(**key).is_none());
        let without = without.copied().collect::<Vec<_>>();
        assert_eq!(without, [Field::Category, Field::Type, Field::Contact, Field::Ties]);
    }
}
