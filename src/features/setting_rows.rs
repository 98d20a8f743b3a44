//! The table of settings: one row each, from which come reading, findings, `ties config`, the commented file of
//! `ties init` and the documentation.

use crate::features::review_time::{ReviewTime, clock_time, shown_time};
use crate::features::setting_value::{
    day, day_ranges, flag, is_inside, number, optional_text, short_weekdays, shown_list, text,
    texts, time_of_day, weekdays,
};
use crate::features::setting_words::{
    add_kind_words, added_kind_words, circle, is_word, not_contact, relation, set_not_contact,
    spelled, trigger,
};
use crate::features::settings::{ColorWish, Settings};
use crate::note::toml::{Value, quoted};
use crate::people::cadence::Cadence;
use crate::people::field::FIELDS;
use crate::people::relation::{RelationKind, default_relations};
use crate::text::elapsed;
use crate::text::period::Period;

/// Where a setting may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// In a vault, or in the user's configuration for all vaults.
    Vault,
    /// Only in the user's configuration: it runs something, leads out of the vault, or is about this machine.
    User,
}

/// Why a value cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It is not what the setting expects.
    Unfit,
    /// It is a path that leaves the vault.
    Outside,
    /// The name in the place of the `*` is not known.
    UnknownName,
    /// The name in the place of the `*` is more than a word.
    NotAWord,
}

/// One setting, or (with `*` for a name of the person's choice) one for each name.
pub struct Row {
    /// Its name with dots: `agenda.limit`, `circles.*.cadence`.
    pub name: &'static str,
    /// What its value must be, after "must be".
    pub expected: &'static str,
    /// What it does, in one line, without a full stop.
    pub doc: &'static str,
    /// A line as it may stand in a vault, where the default shows nothing; `name = value` below the table's header.
    pub example: &'static str,
    /// Where it may stand.
    pub scope: Scope,
    read: fn(&mut Settings, &str, &Value) -> Result<(), Refused>,
    show: fn(&Settings) -> Vec<(String, String)>,
}

impl Row {
    /// Takes a value over into `settings`; `name` is what stands in the place of the `*`. What is refused changes
    /// nothing.
    pub fn read(&self, settings: &mut Settings, name: &str, value: &Value) -> Result<(), Refused> {
        (self.read)(settings, name, value)
    }

    /// The values as TOML text, each with the name in the place of the `*`; none where nothing is set.
    pub fn show(&self, settings: &Settings) -> Vec<(String, String)> {
        (self.show)(settings)
    }

    /// The parts of its name.
    pub fn parts(&self) -> impl Iterator<Item = &'static str> {
        self.name.split('.')
    }

    /// The name of its table with dots; empty at the top.
    pub fn table(&self) -> &'static str {
        self.name.rsplit_once('.').map_or("", |(table, _)| table)
    }

    /// Whether a name of the person's choice is part of it.
    pub fn is_open(&self) -> bool {
        self.parts().any(|part| part == "*")
    }
}

fn fits(value: Option<()>) -> Result<(), Refused> {
    value.ok_or(Refused::Unfit)
}

fn plain(shown: impl std::fmt::Display) -> Vec<(String, String)> {
    vec![(String::new(), shown.to_string())]
}

fn optional(shown: Option<impl std::fmt::Display>) -> Vec<(String, String)> {
    shown.map(plain).unwrap_or_default()
}

fn folder(target: &mut String, value: &Value) -> Result<(), Refused> {
    let path = text(value).filter(|path| !path.is_empty()).ok_or(Refused::Unfit)?;
    if !is_inside(&path) {
        return Err(Refused::Outside);
    }
    path.trim_end_matches('/').clone_into(target);
    Ok(())
}

fn folders(target: &mut Vec<String>, value: &Value) -> Result<(), Refused> {
    let paths = texts(value).ok_or(Refused::Unfit)?;
    if !paths.iter().all(|path| is_inside(path)) {
        return Err(Refused::Outside);
    }
    *target = paths.iter().map(|path| path.trim_end_matches('/').to_owned()).collect();
    Ok(())
}

fn headings(target: &mut Vec<String>, value: &Value) -> Result<(), Refused> {
    *target = texts(value).filter(|headings| !headings.is_empty()).ok_or(Refused::Unfit)?;
    Ok(())
}

fn limit(target: &mut usize, value: &Value, most: u32) -> Result<(), Refused> {
    *target = number(value, 0..=most)
        .and_then(|number| usize::try_from(number).ok())
        .ok_or(Refused::Unfit)?;
    Ok(())
}

/// Kinds of ties that are not as they are without settings.
fn changed_relations(
    settings: &Settings,
    show: impl Fn(&RelationKind) -> String,
) -> Vec<(String, String)> {
    let defaults = default_relations();
    let changed = settings.words.relations.iter().filter(|kind| !defaults.contains(kind));
    changed.map(|kind| (kind.name.clone(), show(kind))).collect()
}

/// What `read` makes of a text; `never` is no value.
fn or_never<T>(value: &Value, read: fn(&str) -> Option<T>) -> Option<Option<T>> {
    match text(value)?.as_str() {
        "never" => Some(None),
        text => read(text).map(Some),
    }
}

fn shown_or_never(shown: Option<impl std::fmt::Display>) -> Vec<(String, String)> {
    plain(quoted(&shown.map_or("never".to_owned(), |shown| shown.to_string())))
}

const A_LIST: &str = "a list of texts";
const A_DAY_OF_A_MONTH: &str =
    "first or last, a day of the week and a time, \"last saturday 10:00\", or \"never\"";
const A_FOLDER: &str = "a folder inside the vault, relative to its root";

/// Every setting there is, in the order of the documentation.
pub const ROWS: &[Row] = &[
    Row {
        name: "format",
        expected: "a whole number",
        doc: "The version of the vault format",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| {
            settings.format = number(value, 1..=u32::MAX).ok_or(Refused::Unfit)?;
            Ok(())
        },
        show: |settings| plain(settings.format),
    },
    Row {
        name: "me",
        expected: "the name or path of a note",
        doc: "Your own note, so that the agenda can say \"your mother\"",
        example: "me = \"people/me\"",
        scope: Scope::Vault,
        read: |settings, _, value| {
            let name = optional_text(value).ok_or(Refused::Unfit)?;
            settings.me = name.map(|name| name.trim_matches(['[', ']']).to_owned());
            Ok(())
        },
        show: |settings| optional(settings.me.as_deref().map(quoted)),
    },
    Row {
        name: "fresh_start",
        expected: "a date, \"2026-03-01\"",
        doc: "Older silences do not count: everyone is spread over one rhythm from this day on",
        example: "fresh_start = \"2026-03-01\"",
        scope: Scope::Vault,
        read: |settings, _, value| {
            settings.fresh_start = Some(day(value).ok_or(Refused::Unfit)?);
            Ok(())
        },
        show: |settings| optional(settings.fresh_start.map(|day| quoted(&day.to_string()))),
    },
    Row {
        name: "away",
        expected: "a list of days and ranges of days, \"2026-12-20..2027-01-05\"",
        doc: "Days on which only occasions show and all clocks stand still",
        example: "away = [\"2026-12-20..2027-01-05\"]",
        scope: Scope::Vault,
        read: |settings, _, value| {
            settings.away = day_ranges(value).ok_or(Refused::Unfit)?;
            Ok(())
        },
        show: |settings| {
            let ranges = settings.away.iter().map(ToString::to_string).collect::<Vec<_>>();
            plain(shown_list(&ranges))
        },
    },
    Row {
        name: "ignore",
        expected: "a list of patterns",
        doc: "Files and folders that are not read, as in .tiesignore",
        example: "ignore = [\"old/\", \"*-scratch.md\"]",
        scope: Scope::Vault,
        read: |settings, _, value| fits(texts(value).map(|patterns| settings.ignore = patterns)),
        show: |settings| plain(shown_list(&settings.ignore)),
    },
    Row {
        name: "day_starts_at",
        expected: "a time before noon, \"04:00\"",
        doc: "When a day begins; before that it is still yesterday",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| {
            fits(time_of_day(value).map(|minutes| settings.day_starts_at = minutes))
        },
        show: |settings| {
            let minutes = settings.day_starts_at;
            plain(quoted(&format!("{:02}:{:02}", minutes / 60, minutes % 60)))
        },
    },
    Row {
        name: "leap_day",
        expected: "\"02-28\" or \"03-01\"",
        doc: "When 29 February is kept in other years",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| {
            settings.leap_day_in_march = match text(value).as_deref() {
                Some("02-28") => false,
                Some("03-01") => true,
                _ => return Err(Refused::Unfit),
            };
            Ok(())
        },
        show: |settings| plain(quoted(if settings.leap_day_in_march { "03-01" } else { "02-28" })),
    },
    Row {
        name: "person_marks",
        expected: A_LIST,
        doc: "With `people = [\".\"]`: the `type:` values and tags that make a note a contact",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| headings(&mut settings.words.person_marks, value),
        show: |settings| plain(shown_list(&settings.words.person_marks)),
    },
    Row {
        name: "folders.people",
        expected: "a list of folders inside the vault",
        doc: "Where contacts live; \".\" adopts a whole vault, then only marked notes are contacts",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| folders(&mut settings.words.folders.people, value),
        show: |settings| plain(shown_list(&settings.words.folders.people)),
    },
    Row {
        name: "folders.journal",
        expected: "a list of folders inside the vault",
        doc: "Where dated notes live",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| folders(&mut settings.words.folders.journal, value),
        show: |settings| plain(shown_list(&settings.words.folders.journal)),
    },
    Row {
        name: "folders.habits",
        expected: A_FOLDER,
        doc: "Where habits live",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| folder(&mut settings.words.folders.habits, value),
        show: |settings| plain(quoted(&settings.words.folders.habits)),
    },
    Row {
        name: "folders.reviews",
        expected: A_FOLDER,
        doc: "Where reviews are written",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| folder(&mut settings.words.folders.reviews, value),
        show: |settings| plain(quoted(&settings.words.folders.reviews)),
    },
    Row {
        name: "folders.templates",
        expected: A_FOLDER,
        doc: "Where templates live",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| folder(&mut settings.words.folders.templates, value),
        show: |settings| plain(quoted(&settings.words.folders.templates)),
    },
    Row {
        name: "folders.drafts",
        expected: A_FOLDER,
        doc: "Where programs leave proposals for you to accept",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| folder(&mut settings.words.folders.drafts, value),
        show: |settings| plain(quoted(&settings.words.folders.drafts)),
    },
    Row {
        name: "folders.attachments",
        expected: A_FOLDER,
        doc: "Where files that are not notes live",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| folder(&mut settings.words.folders.attachments, value),
        show: |settings| plain(quoted(&settings.words.folders.attachments)),
    },
    Row {
        name: "folders.inbox",
        expected: "a file inside the vault, relative to its root",
        doc: "The file of quick capture",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| folder(&mut settings.words.folders.inbox, value),
        show: |settings| plain(quoted(&settings.words.folders.inbox)),
    },
    Row {
        name: "folders.agenda",
        expected: "a file inside the vault, relative to its root",
        doc: "The file of the agenda",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| folder(&mut settings.words.folders.agenda, value),
        show: |settings| plain(quoted(&settings.words.folders.agenda)),
    },
    Row {
        name: "agenda.limit",
        expected: "a whole number from 0 to 100",
        doc: "People suggested a day, at most",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| limit(&mut settings.agenda.limit, value, 100),
        show: |settings| plain(settings.agenda.limit),
    },
    Row {
        name: "agenda.weekly_limit",
        expected: "a whole number from 0 to 700",
        doc: "Different people a week, at most, of those with a rhythm longer than a week",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| limit(&mut settings.agenda.weekly_limit, value, 700),
        show: |settings| plain(settings.agenda.weekly_limit),
    },
    Row {
        name: "agenda.quiet_days",
        expected: "a list of days of the week, [\"sat\", \"sun\"]",
        doc: "Days of the week on which no rhythm suggests anybody; whatever has a day of its own still shows",
        example: "quiet_days = [\"sun\"]",
        scope: Scope::Vault,
        read: |settings, _, value| {
            fits(weekdays(value).map(|days| settings.agenda.quiet_days = days))
        },
        show: |settings| plain(shown_list(&short_weekdays(&settings.agenda.quiet_days))),
    },
    Row {
        name: "agenda.households",
        expected: "true or false",
        doc: "Whether people who live together and are due on one day are one suggestion",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| {
            fits(flag(value).map(|wanted| settings.agenda.households = wanted))
        },
        show: |settings| plain(settings.agenda.households),
    },
    Row {
        name: "agenda.promises",
        expected: "a whole number from 0 to 100",
        doc: "Promises shown a day, at most",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| limit(&mut settings.agenda.promises, value, 100),
        show: |settings| plain(settings.agenda.promises),
    },
    Row {
        name: "agenda.ahead_days",
        expected: "a whole number from 0 to 366",
        doc: "How many days \"Coming up\" looks ahead",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| {
            fits(number(value, 0..=366).map(|days| settings.agenda.ahead_days = days))
        },
        show: |settings| plain(settings.agenda.ahead_days),
    },
    Row {
        name: "agenda.new_connections",
        expected: "true or false",
        doc: "Whether somebody new gets one suggestion two weeks after their first entry",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| {
            fits(flag(value).map(|wanted| settings.agenda.new_connections = wanted))
        },
        show: |settings| plain(settings.agenda.new_connections),
    },
    Row {
        name: "agenda.settle",
        expected: "a length of time up to a day, \"2min\", \"30s\" or \"1h\"",
        doc: "How long the agenda must have rested before `ties watch` writes it",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| {
            let seconds = text(value).as_deref().and_then(elapsed::parse);
            settings.agenda.settle =
                seconds.filter(|seconds| *seconds <= 86_400).ok_or(Refused::Unfit)?;
            Ok(())
        },
        show: |settings| plain(quoted(&elapsed::short(settings.agenda.settle))),
    },
    Row {
        name: "calendar.name",
        expected: "text",
        doc: "What the calendar of `ties export ics` is called",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| {
            settings.calendar.name = optional_text(value).flatten().ok_or(Refused::Unfit)?;
            Ok(())
        },
        show: |settings| plain(quoted(&settings.calendar.name)),
    },
    Row {
        name: "calendar.remind_at",
        expected: "a time, \"09:00\", or \"never\"",
        doc: "When the calendar reminds of what is on a day, and of an occasion ahead",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| {
            settings.calendar.remind_at = or_never(value, clock_time).ok_or(Refused::Unfit)?;
            Ok(())
        },
        show: |settings| shown_or_never(settings.calendar.remind_at.map(shown_time)),
    },
    Row {
        name: "calendar.weekly_review",
        expected: "a day of the week and a time, \"sunday 18:00\", or \"never\"",
        doc: "When the calendar keeps a quarter of an hour free for the week",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| {
            settings.calendar.weekly_review =
                or_never(value, ReviewTime::parse_weekly).ok_or(Refused::Unfit)?;
            Ok(())
        },
        show: |settings| shown_or_never(settings.calendar.weekly_review),
    },
    Row {
        name: "calendar.monthly_review",
        expected: A_DAY_OF_A_MONTH,
        doc: "When the calendar keeps half an hour free for the month",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| {
            settings.calendar.monthly_review =
                or_never(value, ReviewTime::parse).ok_or(Refused::Unfit)?;
            Ok(())
        },
        show: |settings| shown_or_never(settings.calendar.monthly_review),
    },
    Row {
        name: "calendar.quarterly_review",
        expected: A_DAY_OF_A_MONTH,
        doc: "When the calendar keeps time free for the quarter: in its first month, or in its last",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| {
            settings.calendar.quarterly_review =
                or_never(value, ReviewTime::parse).ok_or(Refused::Unfit)?;
            Ok(())
        },
        show: |settings| shown_or_never(settings.calendar.quarterly_review),
    },
    Row {
        name: "journal.count",
        expected: "\"heads\" or \"links\"",
        doc: "What is contact in a journal note: linked heads of lines, or every link",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| {
            settings.words.every_link_counts = match text(value).as_deref() {
                Some("heads") => false,
                Some("links") => true,
                _ => return Err(Refused::Unfit),
            };
            Ok(())
        },
        show: |settings| {
            plain(quoted(if settings.words.every_link_counts { "links" } else { "heads" }))
        },
    },
    Row {
        name: "journal.contact_headings",
        expected: A_LIST,
        doc: "Headings in journal notes under which every line with a linked head is contact",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| {
            fits(texts(value).map(|list| settings.words.contact_headings = list))
        },
        show: |settings| plain(shown_list(&settings.words.contact_headings)),
    },
    Row {
        name: "log.headings",
        expected: "a list of headings, at least one",
        doc: "Headings of the log; the first one is written in a note that has none",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| headings(&mut settings.words.log_headings, value),
        show: |settings| plain(shown_list(&settings.words.log_headings)),
    },
    Row {
        name: "log.event_headings",
        expected: "a list of headings, at least one",
        doc: "Headings of events; the first one is written",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| headings(&mut settings.words.event_headings, value),
        show: |settings| plain(shown_list(&settings.words.event_headings)),
    },
    Row {
        name: "log.gift_headings",
        expected: "a list of headings, at least one",
        doc: "Headings of gifts; the first one is written",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| headings(&mut settings.words.gift_headings, value),
        show: |settings| plain(shown_list(&settings.words.gift_headings)),
    },
    Row {
        name: "log.ask_next",
        expected: "true or false",
        doc: "Whether `ties log` on a terminal asks for the next step",
        example: "",
        scope: Scope::Vault,
        read: |settings, _, value| fits(flag(value).map(|wanted| settings.ask_next = wanted)),
        show: |settings| plain(settings.ask_next),
    },
    Row {
        name: "log.not_contact",
        expected: "a list of kinds of entries, each one word of letters",
        doc: "Kinds of entries that are no contact, besides note, heard, tried and plan",
        example: "not_contact = [\"dream\"]",
        scope: Scope::Vault,
        read: |settings, _, value| {
            let names = texts(value).filter(|names| names.iter().all(|name| is_word(name)));
            fits(names.map(|names| set_not_contact(&mut settings.words.kinds, &names)))
        },
        show: |settings| plain(shown_list(&not_contact(&settings.words.kinds))),
    },
    Row {
        name: "log.kinds.*",
        expected: "a list of words of letters, none of them the name of another kind",
        doc: "More words for a kind of entry; a new kind is contact",
        example: "met = [\"Kaffee\", \"Spaziergang\"]",
        scope: Scope::Vault,
        read: |settings, name, value| {
            if !is_word(name) {
                return Err(Refused::NotAWord);
            }
            let words = texts(value).filter(|words| words.iter().all(|word| is_word(word)));
            fits(words.and_then(|words| add_kind_words(&mut settings.words.kinds, name, words)))
        },
        show: |settings| {
            let added = added_kind_words(&settings.words.kinds);
            added.into_iter().map(|(name, words)| (name, shown_list(&words))).collect()
        },
    },
    Row {
        name: "fields.*",
        expected: "a list of keys",
        doc: "More keys for a known front matter key, so that existing notes work as they are",
        example: "last_contact = [\"Last Spoke\"]",
        scope: Scope::Vault,
        read: |settings, name, value| {
            let field =
                FIELDS.iter().find(|field| field.key() == name).ok_or(Refused::UnknownName)?;
            let keys = texts(value).ok_or(Refused::Unfit)?;
            settings.words.fields.retain(|(known, _)| known != field);
            settings.words.fields.push((*field, keys));
            Ok(())
        },
        show: |settings| {
            let fields = settings.words.fields.iter();
            fields.map(|(field, keys)| (field.key().to_owned(), shown_list(keys))).collect()
        },
    },
    Row {
        name: "circles.*.cadence",
        expected: "a rhythm, such as \"2-3 weeks\", \"monthly\" or \"never\"",
        doc: "How often it would be good to hear from people of the circle",
        example: "",
        scope: Scope::Vault,
        read: |settings, name, value| {
            let cadence = text(value).and_then(|text| Cadence::parse(&text));
            let cadence = cadence.ok_or(Refused::Unfit)?;
            fits(
                circle(&mut settings.words.circles, name)
                    .map(|circle| circle.cadence = Some(cadence)),
            )
        },
        show: |settings| {
            let circles = settings.words.circles.iter();
            let shown = |cadence: Cadence| {
                let shown = cadence.to_string();
                quoted(
                    shown
                        .strip_prefix("every ")
                        .filter(|rest| Cadence::parse(rest).is_some())
                        .unwrap_or(&shown),
                )
            };
            circles
                .filter_map(|circle| Some((circle.name.clone(), shown(circle.cadence?))))
                .collect()
        },
    },
    Row {
        name: "circles.*.how",
        expected: "text",
        doc: "A hint for the next step with people of the circle",
        example: "",
        scope: Scope::Vault,
        read: |settings, name, value| {
            let how = optional_text(value).ok_or(Refused::Unfit)?;
            fits(circle(&mut settings.words.circles, name).map(|circle| circle.how = how))
        },
        show: |settings| {
            let circles = settings.words.circles.iter();
            circles
                .filter_map(|circle| Some((circle.name.clone(), quoted(circle.how.as_ref()?))))
                .collect()
        },
    },
    Row {
        name: "circles.*.occasion_lead",
        expected: "a length of time, \"2w\"",
        doc: "How long before an occasion of theirs it is worth knowing of it",
        example: "",
        scope: Scope::Vault,
        read: |settings, name, value| {
            let period = text(value).and_then(|text| Period::parse(&text)).ok_or(Refused::Unfit)?;
            fits(
                circle(&mut settings.words.circles, name)
                    .map(|circle| circle.occasion_lead = Some(period)),
            )
        },
        show: |settings| {
            let circles = settings.words.circles.iter();
            let shown = |period: Period| quoted(&period.to_string());
            circles
                .filter_map(|circle| Some((circle.name.clone(), shown(circle.occasion_lead?))))
                .collect()
        },
    },
    Row {
        name: "relations.*.inverse",
        expected: "the name of a relation",
        doc: "What the other one is then; without it the relation is its own inverse",
        example: "inverse = \"protege\"",
        scope: Scope::Vault,
        read: |settings, name, value| {
            let inverse = text(value).map(|text| spelled(&text)).filter(|text| !text.is_empty());
            let inverse = inverse.ok_or(Refused::Unfit)?;
            fits(relation(&mut settings.words.relations, name).map(|kind| kind.inverse = inverse))
        },
        show: |settings| changed_relations(settings, |kind| quoted(&kind.inverse)),
    },
    Row {
        name: "relations.*.parent",
        expected: "the name of a relation",
        doc: "The relation that it is a case of, as sister is of sibling",
        example: "parent = \"sibling\"",
        scope: Scope::Vault,
        read: |settings, name, value| {
            let parent = text(value).map(|text| spelled(&text)).filter(|text| !text.is_empty());
            let parent = parent.ok_or(Refused::Unfit)?;
            fits(relation(&mut settings.words.relations, name).map(|kind| kind.parent = parent))
        },
        show: |settings| changed_relations(settings, |kind| quoted(&kind.parent)),
    },
    Row {
        name: "relations.*.synonyms",
        expected: A_LIST,
        doc: "Other words for it",
        example: "synonyms = [\"patrons\"]",
        scope: Scope::Vault,
        read: |settings, name, value| {
            let words = texts(value).ok_or(Refused::Unfit)?;
            fits(relation(&mut settings.words.relations, name).map(|kind| kind.synonyms = words))
        },
        show: |settings| changed_relations(settings, |kind| shown_list(&kind.synonyms)),
    },
    Row {
        name: "triggers.*.after",
        expected: "a list of lengths of time, [\"2w\", \"2mo\"]",
        doc: "How long after such an event to suggest something; an empty list suggests nothing",
        example: "",
        scope: Scope::Vault,
        read: |settings, name, value| {
            let periods = texts(value)
                .and_then(|texts| texts.iter().map(|text| Period::parse(text)).collect());
            let after = periods.ok_or(Refused::Unfit)?;
            fits(trigger(&mut settings.triggers, name).map(|trigger| trigger.after = after))
        },
        show: |settings| {
            let shown = |after: &[Period]| {
                shown_list(&after.iter().map(ToString::to_string).collect::<Vec<_>>())
            };
            settings
                .triggers
                .iter()
                .map(|trigger| (trigger.event.clone(), shown(&trigger.after)))
                .collect()
        },
    },
    Row {
        name: "triggers.*.suggestion",
        expected: "text",
        doc: "What to suggest then",
        example: "",
        scope: Scope::Vault,
        read: |settings, name, value| {
            let words = optional_text(value).flatten().ok_or(Refused::Unfit)?;
            fits(trigger(&mut settings.triggers, name).map(|trigger| trigger.suggestion = words))
        },
        show: |settings| {
            let triggers = settings.triggers.iter();
            triggers.map(|trigger| (trigger.event.clone(), quoted(&trigger.suggestion))).collect()
        },
    },
    Row {
        name: "triggers.*.gentle",
        expected: "true or false",
        doc: "Whether it is a hard one, which wants gentle words",
        example: "",
        scope: Scope::Vault,
        read: |settings, name, value| {
            let gentle = flag(value).ok_or(Refused::Unfit)?;
            fits(trigger(&mut settings.triggers, name).map(|trigger| trigger.gentle = gentle))
        },
        show: |settings| {
            let triggers = settings.triggers.iter();
            triggers.map(|trigger| (trigger.event.clone(), trigger.gentle.to_string())).collect()
        },
    },
    Row {
        name: "views.*",
        expected: "a query, such as \"circle:inner\"",
        doc: "A query under a name of your own; `view:NAME` in any query is that query",
        example: "close = \"circle:inner\"",
        scope: Scope::Vault,
        read: |settings, name, value| {
            let query = optional_text(value).flatten().ok_or(Refused::Unfit)?;
            settings.views.retain(|(known, _)| known != name);
            settings.views.push((name.to_owned(), query));
            Ok(())
        },
        show: |settings| {
            let views = settings.views.iter();
            views.map(|(name, query)| (name.clone(), quoted(query))).collect()
        },
    },
    Row {
        name: "vault",
        expected: "a folder",
        doc: "The vault that is used where no other is named or around; a path may start with ~",
        example: "vault = \"~/people\"",
        scope: Scope::User,
        read: |settings, _, value| {
            fits(optional_text(value).map(|path| settings.user.vault = path))
        },
        show: |settings| optional(settings.user.vault.as_deref().map(quoted)),
    },
    Row {
        name: "editor",
        expected: "a command",
        doc: "The command that opens a note; without it what VISUAL or EDITOR say",
        example: "editor = \"code --wait\"",
        scope: Scope::User,
        read: |settings, _, value| {
            fits(optional_text(value).map(|command| settings.user.editor = command))
        },
        show: |settings| optional(settings.user.editor.as_deref().map(quoted)),
    },
    Row {
        name: "pager",
        expected: "a command, or an empty text for none",
        doc: "The command that shows long output on a terminal; without it what PAGER says, or less",
        example: "pager = \"less -FRX\"",
        scope: Scope::User,
        read: |settings, _, value| {
            fits(text(value).map(|command| settings.user.pager = Some(command)))
        },
        show: |settings| optional(settings.user.pager.as_deref().map(quoted)),
    },
    Row {
        name: "color",
        expected: "\"auto\", \"always\" or \"never\"",
        doc: "When output has colours",
        example: "",
        scope: Scope::User,
        read: |settings, _, value| {
            settings.user.color = match text(value).as_deref() {
                Some("auto") => ColorWish::Auto,
                Some("always") => ColorWish::Always,
                Some("never") => ColorWish::Never,
                _ => return Err(Refused::Unfit),
            };
            Ok(())
        },
        show: |settings| {
            plain(quoted(match settings.user.color {
                ColorWish::Auto => "auto",
                ColorWish::Always => "always",
                ColorWish::Never => "never",
            }))
        },
    },
];

#[cfg(test)]
mod tests {
    use crate::features::setting_rows::ROWS;
    use crate::features::settings::Settings;
    use crate::note::toml::value;

    #[test]
    fn every_default_reads_back_as_itself() {
        let defaults = Settings::default();
        for row in ROWS {
            for (name, shown) in row.show(&defaults) {
                let mut settings = Settings::default();
                let value = value(&shown).unwrap_or_else(|| panic!("{}: {shown}", row.name));
                assert_eq!(
                    row.read(&mut settings, &name, &value),
                    Ok(()),
                    "{} {name} {shown}",
                    row.name
                );
                assert_eq!(format!("{settings:?}"), format!("{defaults:?}"), "{} {name}", row.name);
            }
        }
    }

    #[test]
    fn every_row_changes_what_it_shows() {
        for row in ROWS {
            let name = if row.name.starts_with("fields") { "met" } else { "brand-new" };
            let candidates = [
                "2",
                "\"2026-03-01\"",
                "[\"2026-12-20..2027-01-05\"]",
                "[\"other\"]",
                "\"other\"",
                "\"05:00\"",
                "\"03-01\"",
                "\"links\"",
                "false",
                "true",
                "\"weekly\"",
                "\"2w\"",
                "\"30s\"",
                "[\"2w\"]",
                "\"never\"",
                "\"sun\"",
            ];
            let changes = candidates.iter().any(|candidate| {
                let mut settings = Settings::default();
                let read = row.read(&mut settings, name, &value(candidate).unwrap());
                let before = row.show(&Settings::default());
                read.is_ok() && row.show(&settings) != before
            });
            assert!(changes, "{}", row.name);
        }
    }

    #[test]
    fn names_and_documentation_are_whole() {
        for row in ROWS {
            assert!(!row.doc.is_empty() && !row.doc.ends_with('.'), "{}", row.name);
            assert!(
                ROWS.iter().filter(|other| other.name == row.name).count() == 1,
                "{}",
                row.name
            );
            let shows = row.show(&Settings::default()).iter().any(|(_, shown)| shown != "[]");
            assert!(shows || !row.example.is_empty(), "{} shows nothing", row.name);
        }
    }
}
