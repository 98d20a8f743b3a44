//! The table of known front matter keys (section 3 of the format): one row a key.

use serde::{Deserialize, Serialize};

/// What the value of a key looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueKind {
    /// One text.
    Text,
    /// Texts; one may stand alone.
    Texts,
    /// Texts with an optional label in parentheses at the end.
    Labelled,
    /// A whole date.
    Day,
    /// A date, perhaps partial or estimated.
    Date,
    /// `true` or `false`.
    Flag,
    /// A length of time.
    Period,
    /// A rhythm.
    Cadence,
    /// A rhythm as a number of days.
    Days,
    /// Links to people.
    Links,
    /// A map or list of relations.
    Relations,
    /// `true`, or texts.
    Privacy,
}

macro_rules! fields {
    ($($name:ident $key:literal [$($synonym:literal)*] $kind:ident $doc:literal;)*) => {
        /// A known key.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Field {
            $(#[doc = $doc] $name,)*
        }

        /// Every known key, in the order of the documentation.
        pub const FIELDS: &[Field] = &[$(Field::$name,)*];

        impl Field {
            /// The key that `ties` writes.
            pub fn key(self) -> &'static str {
                match self { $(Field::$name => $key,)* }
            }

            /// Other spellings that are read.
            pub fn synonyms(self) -> &'static [&'static str] {
                match self { $(Field::$name => &[$($synonym),*],)* }
            }

            /// What its value looks like.
            pub fn kind(self) -> ValueKind {
                match self { $(Field::$name => ValueKind::$kind,)* }
            }

            /// What it means, in one line.
            pub fn doc(self) -> &'static str {
                match self { $(Field::$name => $doc,)* }
            }
        }
    };
}

fields! {
    Name "name" [] Text "The person's name; without it the first heading, else the file name";
    Aliases "aliases" ["alias" "nickname" "nicknames"] Texts "Other names";
    Circle "circle" ["tier" "prm-tier"] Text "A circle of the settings";
    Category "category" [] Text "A circle, where it names one; otherwise the owner's own key";
    Groups "groups" ["group"] Texts "Groups";
    Tags "tags" ["tag"] Texts "Tags";
    Status "status" [] Text "active, later (no rhythm, only follow_up), reference (searchable only) or archived";
    Archived "archived" [] Flag "The same as status: archived";
    Cadence "cadence" ["frequency" "contact_frequency" "prm-cadence"] Cadence "The person's own rhythm";
    Interval "HOWDY_INTERVAL" [] Days "A rhythm as a number of days";
    LastContact "last_contact" ["last-contact" "last_contacted" "last_seen" "prm-last-contacted" "lastContact"] Date "A floor for the newest contact, for people with no log";
    Created "created" [] Date "When the note was made; the clock of a person never spoken with starts there";
    FollowUp "follow_up" ["next_followup" "follow-up"] Day "A day for one definite next step";
    Next "next" ["next_action"] Text "The next step, perhaps after a date";
    QuietUntil "quiet_until" ["snooze" "snooze_until" "prm-snooze-until"] Day "Suggest nothing before this day";
    Paused "paused" ["prm-paused"] Flag "Suggest nothing for now";
    Channel "channel" ["preferred_channel"] Texts "How they like to be reached";
    Purpose "purpose" ["why"] Texts "What the friendship is for";
    Interests "interests" [] Texts "What they care about";
    Met "met" ["how_we_met"] Texts "How the two met; starts no clock";
    Goal "goal" [] Texts "What the owner hopes for";
    How "how" [] Texts "What a good contact looks like";
    Birthday "birthday" ["bday" "birth" "born" "birthdate" "prm-birthday"] Date "Birthday, perhaps without a year";
    Anniversary "anniversary" [] Date "Anniversary, perhaps without a year";
    Died "died" ["deceased"] Date "When they died, or true";
    Remember "remember" [] Flag "Whether remembrance of somebody who died is wanted";
    OccasionLead "occasion_lead" [] Period "How long before an occasion it is worth knowing of it";
    Relations "relations" ["relationships"] Relations "Ties as a map, or a list of one-key maps";
    Email "email" ["emails" "e-mail"] Labelled "E-mail addresses";
    Phone "phone" ["phones" "mobile" "telephone"] Labelled "Phone numbers, always quoted";
    Address "address" ["addresses"] Labelled "Postal addresses";
    Url "url" ["urls" "website"] Labelled "Web addresses; never fetched";
    Organization "organization" ["organisation" "company" "org"] Labelled "Where they work";
    Title "title" ["role"] Labelled "What they do there";
    Location "location" ["city" "prm-location"] Labelled "Where they live";
    Timezone "timezone" [] Text "Their time zone";
    Pets "pets" ["pet"] Texts "Pets";
    Food "food" [] Texts "What they eat and do not eat";
    Pronouns "pronouns" [] Texts "Pronouns";
    Private "private" [] Privacy "true, or the keys and headings that never leave the vault";
    Uid "uid" [] Text "The vCard UID";
    Type "type" [] Text "person marks a contact in an adopted vault";
    Habit "habit" [] Text "The habit's name; marks a habit";
    Schedule "schedule" [] Text "daily, weekdays, mon wed fri, 3 per week, monthly";
    After "after" [] Text "The routine that a habit is stacked on";
    With "with" [] Links "Accountability partners of a habit";
    Recovery "recovery" [] Text "What is enough on a hard day";
    Grace "grace" [] Text "Misses that are forgiven: 1 per week";
    DoneBy "done_by" [] Text "A query whose log entries tick a habit";
    Report "report" [] Text "weekly: tell the partners of the progress";
    Date "date" [] Date "The day of a journal note";
    People "people" ["attendees"] Links "Who was there, in a journal note";
    Contact "contact" [] Flag "false: nothing in this journal note counts as contact";
    Ties "ties" [] Text "Marks a file that ties wrote itself";
}
