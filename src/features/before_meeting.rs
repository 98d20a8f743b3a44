//! What is good to know about somebody on the way to the door: what was said last, what is open, who is around them,
//! which days are near.
//!
//! Always true here: everything is from the notes. Nothing is looked up elsewhere and nothing is guessed.

use crate::features::age::age;
use crate::features::household::household;
use crate::features::kinship::{generic, is_any, is_close, nearness};
use crate::features::mourning::CLOSE;
use crate::features::pets::birthday;
use crate::features::relatives::family::gender_of;
use crate::features::relatives::words::gendered;
use crate::features::show::{Told, View, show, told};
use crate::features::standing::Situation;
use crate::note::link_write::without_links;
use crate::people::book::{ContactId, Role, Tie, Touch};
use crate::people::contact::{Contact, Status};
use crate::people::event::Event;
use crate::people::kind::Meaning;
use crate::people::pet::Pet;
use crate::text::day::Day;
use crate::text::partial_date::{LooseDate, PartialDate};
use crate::text::phrase;
use std::collections::HashMap;

/// What is good to know before meeting one person.
#[derive(Debug, Clone)]
pub struct BeforeMeeting<'a> {
    /// Everything that their page tells: who they are, what is open.
    pub view: View<'a>,
    /// The newest contacts, the newest first.
    pub last: Vec<Told<'a>>,
    /// What was written about them since the newest contact and is none: what others told, what was noted, who
    /// mentioned them. The newest first.
    pub since: Vec<Told<'a>>,
    /// Days that are near, in order.
    pub days: Vec<NearDay>,
    /// The people around them, those closest first.
    pub around: Vec<Around>,
    /// Those of them who live in the same household, in path order.
    pub at_home: Vec<ContactId>,
}

/// A day that is near, before or after today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearDay {
    /// When, as far as it is known; never without a year.
    pub date: LooseDate,
    /// What is on it: `39th birthday`, `Linh's 9th birthday`, `wedding: in Porto`.
    pub what: String,
}

/// Somebody around a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// What they are to the person, the nearest first: `daughter`; `husband, colleague`.
    pub word: String,
    /// Who.
    pub who: ContactId,
    /// How old they are, of children where it is known: `9`, `about 7`.
    pub age: Option<String>,
    /// Whether they are family or live together.
    pub is_close: bool,
}

/// Yearly days so long ago are near.
const JUST_PASSED: i64 = 14;
/// Days so far ahead are near, and events so long ago.
const NEAR: i64 = 60;
/// Those of their family and their pets, so far ahead.
const NEAR_OF_FAMILY: i64 = 30;

/// What is good to know before meeting `id` on the day of `situation`, with at most so many contacts, and as many
/// other entries since.
pub fn before_meeting<'a>(
    situation: &Situation<'a>,
    id: ContactId,
    entries: usize,
) -> BeforeMeeting<'a> {
    let book = situation.book;
    let contacts = situation.past_touches(id).filter(Touch::counts);
    let last = contacts.take(entries).map(|touch| told(book, &touch)).collect::<Vec<_>>();
    let view = show(situation, id);
    // What is promised is told as such.
    let is_promise = |told: &Told<'_>| {
        let open = view.mine.iter().chain(&view.theirs);
        open.into_iter().any(|of| of.path == told.path && of.brief.line == told.entry.line)
    };
    let since = since(situation, id).map(|touch| told(book, &touch));
    let since = since.filter(|told| !is_promise(told)).take(entries).collect::<Vec<_>>();
    let around = around(situation, id);
    let shown = || last.iter().chain(&since);
    let is_told = |path: &str, line: u32| {
        shown().any(|told| told.path.as_str() == path && told.entry.line == line)
    };
    BeforeMeeting {
        days: days(situation, id, &around, &is_told),
        at_home: household(situation, id).into_iter().filter(|other| *other != id).collect(),
        around,
        last,
        since,
        view,
    }
}

/// What concerns somebody and is no contact, from the day of the newest contact on.
fn since(situation: &Situation<'_>, id: ContactId) -> impl Iterator<Item = Touch> {
    let newest = situation.book.newest_contact(id, situation.day).map(|touch| touch.day);
    let past = situation.past_touches(id);
    past.take_while(move |touch| newest.is_none_or(|newest| newest <= touch.day))
        .filter(|touch| !touch.counts() && touch.meaning != Meaning::Plan)
        .filter(|touch| !is_unreal(situation, touch))
}

/// Whether an entry names a kind of contact, and its note says that none of it was contact: a dream, a story.
fn is_unreal(situation: &Situation<'_>, touch: &Touch) -> bool {
    let kind = situation.book.interaction(touch).1.kind.as_deref();
    let kind = kind.and_then(|kind| situation.vocabulary.kind(kind));
    touch.role != Role::Own
        && touch.meaning == Meaning::Note
        && kind.is_some_and(|kind| kind.meaning == Meaning::Contact)
}

// People

/// Of these the age is worth knowing.
const CHILDREN: &[&str] = &["child", "stepchild", "grandchild", "niecenephew", "godchild", "ward"];
/// Of these the days are.
const FAMILY: &[&str] = &["partner", "child", "stepchild", "parent", "sibling"];

fn around(situation: &Situation<'_>, id: ContactId) -> Vec<Around> {
    let book = situation.book;
    let is_other = |tie: &Tie| tie.other != id && book.me() != Some(tie.other);
    let ties = book.ties(id).filter(|tie| is_other(tie) && tie.holds(situation.day));
    let mut ties = ties.collect::<Vec<_>>();
    let mut first = HashMap::new();
    for (at, tie) in ties.iter().enumerate() {
        first.entry(tie.other).or_insert(at);
    }
    ties.sort_by_key(|tie| {
        (first.get(&tie.other).copied(), nearness(generic(&tie.kind, situation.vocabulary)))
    });
    let around = ties.chunk_by(|one, other| one.other == other.other);
    let mut around = around.filter_map(|ties| one_around(situation, ties)).collect::<Vec<_>>();
    around.sort_by_key(|(nearness, _)| *nearness);
    around.into_iter().map(|(_, around)| around).collect()
}

/// Somebody to whom all `ties` are, the nearest first; and how near they are.
fn one_around(situation: &Situation<'_>, ties: &[Tie]) -> Option<(usize, Around)> {
    let (book, vocabulary) = (situation.book, situation.vocabulary);
    let who = ties.first()?.other;
    let gender = gender_of(book, who);
    let said = ties.iter().filter_map(|tie| {
        Some((generic(&tie.kind, vocabulary), gendered(&tie.kind, gender, vocabulary)?))
    });
    let (kinds, mut words): (Vec<_>, Vec<_>) = said.unzip();
    words.dedup();
    let nearest = kinds.first()?;
    let other = book.brief(who);
    let is_child = kinds.iter().any(|kind| CHILDREN.contains(kind));
    let birthday = other.birthday.filter(|_| is_child && other.died.is_none());
    let age = birthday.and_then(|born| age(born, situation.day));
    let word = words.join(", ");
    Some((nearness(nearest), Around { word, who, age, is_close: is_close(nearest) }))
}

// Days

fn days(
    situation: &Situation<'_>,
    id: ContactId,
    around: &[Around],
    is_told: &dyn Fn(&str, u32) -> bool,
) -> Vec<NearDay> {
    let contact = situation.book.contact(id);
    let mut days = own_days(situation, contact);
    days.extend(around.iter().filter_map(|of| day_of_family(situation, id, of)));
    days.extend(contact.pets.iter().filter_map(|pet| day_of_pet(situation, &Pet::read(pet))));
    days.extend(events(situation, id, is_told));
    days.extend(plans(situation, id));
    days.sort_by_key(|near| near.date.earliest());
    days.dedup();
    days
}

fn own_days(situation: &Situation<'_>, contact: &Contact) -> Vec<NearDay> {
    let died = contact.died;
    let dates = match (contact.status, died) {
        (Status::Archived, None) => Vec::new(),
        (_, Some(_)) if !contact.remember => Vec::new(),
        (_, Some(death)) => return remembered(situation, contact, death.date),
        _ => vec![(contact.birthday, "birthday"), (contact.anniversary, "anniversary")],
    };
    let near = dates.into_iter().filter_map(|(date, word)| {
        let (day, years) = yearly(situation, date?, NEAR)?;
        Some(on(day, numbered(years, word)))
    });
    near.collect()
}

/// `died on this day in 2024`
fn remembered(
    situation: &Situation<'_>,
    contact: &Contact,
    death: Option<LooseDate>,
) -> Vec<NearDay> {
    let dates = [(contact.birthday, "born"), (death, "died")];
    let near = dates.into_iter().filter_map(|(date, word)| {
        let (day, _) = yearly(situation, date?, NEAR)?;
        let year = date?.year().map(|year| format!(" in {year}")).unwrap_or_default();
        Some(on(day, format!("{word} on this day{year}")))
    });
    near.collect()
}

/// `Linh's 9th birthday`; `a year since Maria died`.
fn day_of_family(situation: &Situation<'_>, id: ContactId, of: &Around) -> Option<NearDay> {
    let (book, vocabulary) = (situation.book, situation.vocabulary);
    let other = book.brief(of.who);
    let is = |kinds: &[&str]| is_any(book, id, of.who, kinds, vocabulary, situation.day);
    if let Some(death) = other.died {
        let (day, years) = yearly(situation, death.date.filter(|_| is(CLOSE))?, NEAR_OF_FAMILY)?;
        let long = match years {
            Some(1) => "a year".to_owned(),
            Some(years) => format!("{} years", phrase::number(usize::try_from(years).ok()?)),
            None => return None,
        };
        return Some(on(day, format!("{long} since {} died", other.name)));
    }
    let born = other.birthday.filter(|_| is(FAMILY) && other.is_present())?;
    let (day, years) = yearly(situation, born, NEAR_OF_FAMILY)?;
    Some(on(day, format!("{}'s {}", other.name, numbered(years, "birthday"))))
}

fn day_of_pet(situation: &Situation<'_>, pet: &Pet) -> Option<NearDay> {
    let from = situation.day.plus_days(-JUST_PASSED);
    let (day, years) = birthday(pet, from, situation.settings.leap_day_in_march)?;
    let name = without_links(&pet.name);
    is_near(situation, day, NEAR_OF_FAMILY)
        .then(|| on(day, format!("{name}'s {}", numbered(years, "birthday"))))
}

/// Events of their own note and of journals that link them; those that a shown entry tells are left out.
fn events(
    situation: &Situation<'_>,
    id: ContactId,
    is_told: &dyn Fn(&str, u32) -> bool,
) -> Vec<NearDay> {
    let (book, today) = (situation.book, situation.day);
    let (from, to) = (today.plus_days(-NEAR), today.plus_days(NEAR));
    let contact = book.contact(id);
    let is_within = |event: &&Event| {
        let days = (event.date.earliest(), event.date.latest());
        matches!(days, (Some(first), Some(last)) if first <= to && from <= last)
    };
    let own = contact.events.iter().filter(is_within);
    let own = own.filter(|event| !is_told(contact.path.as_str(), event.line));
    let own = own.map(|event| NearDay { date: event.date, what: told_event(event) });
    let others = book.touches(id).filter(|touch| touch.role != Role::Own);
    let others = others.skip_while(|touch| touch.day > to).take_while(|touch| touch.day >= from);
    let others = others.flat_map(|touch| {
        let (path, entry) = book.interaction(&touch);
        let is_new = !is_told(path.as_str(), entry.line);
        let kinds = entry.events.iter().filter(move |_| is_new);
        kinds.map(move |kind| on(touch.day, with_text(kind, &entry.text)))
    });
    own.chain(others).collect()
}

fn told_event(event: &Event) -> String {
    with_text(&event.kind, &event.text)
}

fn with_text(kind: &str, text: &str) -> String {
    let (kind, text) = (kind.replace('-', " "), without_links(text));
    if text.is_empty() { kind } else { format!("{kind}: {text}") }
}

/// Plans ahead, and those of late after which there was no contact.
fn plans(situation: &Situation<'_>, id: ContactId) -> Vec<NearDay> {
    let (book, today) = (situation.book, situation.day);
    let (from, to) = (today.plus_days(-JUST_PASSED), today.plus_days(NEAR));
    let newest = book.newest_contact(id, today).map(|touch| touch.day);
    let is_open = |day: Day| day >= today || newest.is_none_or(|newest| newest < day);
    let plans = book.touches(id).filter(|touch| {
        let is_plan = touch.meaning == Meaning::Plan && touch.role != Role::Mention;
        is_plan && from <= touch.day && touch.day <= to && is_open(touch.day)
    });
    plans.map(|touch| on(touch.day, with_text("plan", &book.interaction(&touch).1.text))).collect()
}

/// The yearly day of `date` that is near, and how many years it is then; not the day itself on which it began.
fn yearly(situation: &Situation<'_>, date: LooseDate, near: i64) -> Option<(Day, Option<u32>)> {
    let from = situation.day.plus_days(-JUST_PASSED);
    let day = date.next_on_or_after(from, situation.settings.leap_day_in_march)?;
    let years = date.year().map(|year| day.year() - year);
    let has_begun = years.is_none_or(|years| years > 0);
    let years = years.filter(|_| !date.estimated).and_then(|years| u32::try_from(years).ok());
    (has_begun && is_near(situation, day, near)).then_some((day, years))
}

fn is_near(situation: &Situation<'_>, day: Day, near: i64) -> bool {
    (-JUST_PASSED..=near).contains(&situation.day.days_until(day))
}

fn on(day: Day, what: String) -> NearDay {
    NearDay { date: LooseDate { date: PartialDate::Full(day), estimated: false }, what }
}

fn numbered(years: Option<u32>, word: &str) -> String {
    years.map_or(word.to_owned(), |years| format!("{} {word}", phrase::ordinal(years)))
}
