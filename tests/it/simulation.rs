//! Years of a town of three hundred people, day by day, with an owner who takes some lines up, leaves others, and is
//! gone for a month: what must hold on every single day, and how long anybody waits.
//!
//! All numbers are drawn from fixed seeds. `TIES_SIMULATION_DAYS=1826` plays the whole five years (17 seconds); the
//! suite plays as many as a few seconds hold.
//!
//! The bounds, with the usual limits and one quiet day a week: of 113 people with a rhythm, of whom up to 68 are due at
//! once after a month in which nothing was taken up, nobody who is due waits longer than [`LONGEST_WAIT`] days for a
//! turn (measured: 60); the number of people suggested in a week varies by at most [`MOST_VARIATION`] of its mean
//! (measured: 0.12), weeks around the two absences left out.

use crate::support::town::{Person, Town, pick};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use ties::features::agenda::compose::compose;
use ties::features::agenda::render::render;
use ties::features::agenda::view::Item;
use ties::features::due::{Due, Reason, due_in};
use ties::features::household::households;
use ties::features::mourning::mourning;
use ties::features::occasions::{self, OccasionKind};
use ties::features::reentry::NAMES;
use ties::features::settings::Settings;
use ties::features::standing::Situation;
use ties::features::triggers;
use ties::features::trips::visits;
use ties::features::why::why;
use ties::features::why_text::render_why;
use ties::people::book::{Book, ContactId};
use ties::people::cadence::Cadence;
use ties::text::day::Day;
use ties::text::day_range::DayRange;
use ties::text::phrase::forbidden_in;

const LONGEST_WAIT: i64 = 75;
const MOST_VARIATION: f64 = 0.35;

const START: (i32, u32, u32) = (2026, 1, 5);
/// Announced in the settings, and not.
const AWAY: (i64, i64) = (200, 213);
const GONE: (i64, i64) = (330, 360);
/// Who gets a child, whose grandchild it is not; who dies; who was close to them.
const MOTHER: usize = 17;
const BIRTH: i64 = 120;
const DIES: usize = 3;
const DEATH: i64 = 150;
const CLOSE: usize = 20;

fn start() -> Day {
    Day::new(START.0, START.1, START.2).unwrap()
}

fn town() -> Town {
    let away = vec![DayRange::new(start().plus_days(AWAY.0), start().plus_days(AWAY.1)).unwrap()];
    let mut settings = Settings { away, ..Settings::default() };
    settings.agenda.quiet_days = vec![start().plus_days(6).weekday()];
    let trips = (0..10).map(|half| {
        let from = start().plus_days(70 + 180 * half);
        format!("- {from}..{} trip: Porto\n", from.plus_days(4))
    });
    let mut town = Town::new(start(), settings, &trips.collect::<String>());
    // A weekly and a monthly person live together, and two yearly ones.
    town.edit(17, |person| person.keys.push("household: \"[[P002]]\"".to_owned()));
    town.edit(80, |person| person.keys.push("household: \"[[P081]]\"".to_owned()));
    town.edit(CLOSE, |person| person.keys.push(format!("friend: \"[[P{DIES:03}]]\"")));
    town
}

/// What is remembered from day to day.
#[derive(Default)]
struct Seen {
    /// Since when somebody who is due has not been shown.
    waits_since: HashMap<usize, Day>,
    waits: Vec<i64>,
    /// Who was suggested in each week, and on how many of its days.
    weeks: BTreeMap<Day, BTreeSet<usize>>,
    /// Longer rhythms with contact in each week.
    long_contacts: BTreeMap<Day, BTreeSet<ContactId>>,
    birthdays: usize,
    shown: usize,
    taken: usize,
    visits: usize,
    most_due: usize,
}

#[test]
fn years_with_three_hundred_people() {
    let days = std::env::var("TIES_SIMULATION_DAYS").ok().and_then(|days| days.parse().ok());
    let days: i64 = days.unwrap_or(400);
    let (mut town, mut seen) = (town(), Seen::default());
    for number in 0..days {
        live(&mut town, &mut seen, number);
    }
    told(&seen, days);
}

fn live(town: &mut Town, seen: &mut Seen, number: i64) {
    let day = start().plus_days(number);
    happens(town, number, day);
    let book = town.book();
    let situation = Situation::new(&book, day, &town.settings, &town.vocabulary);
    let due = due_in(&situation);
    check_suggestions(town, &situation, &due, seen);
    check_occasions(town, &situation, number, seen);
    check_words(town, &book, &due, number);
    remember(seen, &due);
    let away = due.away;
    let deeds = deeds(town, &book, &due, day);
    // Notes change only while nobody holds the book of before.
    drop(book);
    if !away && !(GONE.0..=GONE.1).contains(&number) {
        act(town, deeds, day, seen);
    }
}

/// A birth and a death.
fn happens(town: &mut Town, number: i64, day: Day) {
    if number == BIRTH {
        town.edit(MOTHER, |mother| mother.events.push(format!("- {day} new-baby: a girl")));
        let keys = format!("name: P300\nbirthday: {day}\nmother: \"[[P{MOTHER:03}]]\"");
        let mut baby = Person::new(300, &keys);
        baby.birthday = Some((day.month(), day.day_of_month()));
        town.add(baby);
    }
    if number == DEATH {
        town.edit(DIES, |person| {
            person.set("died", &day.to_string());
            person.is_silent = true;
            person.earliest = None;
        });
    }
}

fn check_suggestions(town: &Town, situation: &Situation, due: &Due, seen: &mut Seen) {
    let (day, limits) = (due.day, &town.settings.agenda);
    let ids =
        |of: &[ties::features::due::Suggestion]| of.iter().map(|of| of.id).collect::<Vec<_>>();
    let (steps, today) = (ids(&due.follow_ups), ids(&due.today));
    let all = [steps.clone(), today.clone()].concat();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{day}: somebody twice");
    assert!(
        households(situation, &all) <= limits.limit.max(households(situation, &steps)),
        "{day}"
    );
    let long = |id: &&ContactId| situation.standing(**id).is_beyond_a_week();
    let contacts = seen.long_contacts.entry(day.monday()).or_default();
    let mut week = contacts.iter().copied().collect::<Vec<_>>();
    let before = households(situation, &week);
    week.extend(today.iter().filter(long));
    assert!(households(situation, &week) <= limits.weekly_limit.max(before), "{day}: the week");
    if due.away || due.quiet {
        assert!(today.is_empty(), "{day}");
    }
    for suggestion in due.today.iter().chain(&due.follow_ups) {
        check_one(&town.people[suggestion.id.number()], suggestion.reason, day);
    }
    let visits = visits(situation);
    assert!(visits.len() <= 3);
    for id in visits.iter().flat_map(|visit| &visit.who) {
        let person = &town.people[id.number()];
        assert!(person.keys.iter().any(|key| key == "cadence: on-event"), "{day}: {person:?}");
    }
    seen.visits += visits.len();
    seen.most_due = seen.most_due.max(due.today.len() + due.waiting.len());
}

/// Nobody who is left in peace, and nobody before the time: by what really happened, not by what the engine says.
fn check_one(person: &Person, reason: Reason, day: Day) {
    assert!(!person.is_silent, "{day}: {person:?}");
    if reason == Reason::FollowUp {
        return;
    }
    assert_eq!(reason, Reason::Rhythm, "{day}: {person:?}");
    let earliest = person.earliest.unwrap_or(i64::MAX);
    let since = person.last.map_or(i64::MAX, |last| last.days_until(day));
    assert!(since >= earliest, "{day}: {person:?} after {since} days");
    assert!(person.quiet_until.is_none_or(|until| until <= day), "{day}: {person:?}");
}

/// Every birthday of the living on its day, and none of anybody else; the birth and the death are heard of.
fn check_occasions(town: &Town, situation: &Situation, number: i64, seen: &mut Seen) {
    let day = situation.day;
    let leap = day.month() == 2 && day.day_of_month() == 28 && day.plus_days(1).month() == 3;
    let is_today = |birthday: (u32, u32)| {
        birthday == (day.month(), day.day_of_month()) || leap && birthday == (2, 29)
    };
    let is_kept = |person: &&Person| !person.is_silent && person.birthday.is_some_and(is_today);
    let kept = town
        .people
        .iter()
        .filter(is_kept)
        .filter(|person| number != BIRTH || person.last.is_some());
    let kept = kept.map(|person| person.path.clone()).collect::<BTreeSet<_>>();
    let now = occasions::now(situation);
    let shown = now.iter().filter(|of| of.day == day && of.kind == OccasionKind::Birthday);
    let shown = shown.map(|of| town.people[of.who.number()].path.clone()).collect::<BTreeSet<_>>();
    assert_eq!(shown, kept, "{day}");
    assert!(now.iter().all(|of| !town.people[of.who.number()].is_silent), "{day}");
    seen.birthdays += kept.len();
    let after = |months: i32| start().plus_days(DEATH).plus_months(months);
    if day == start().plus_days(DEATH + 7) || day == after(1) || day == after(12) {
        let mourners = mourning(situation);
        assert_eq!(mourners.len(), 1, "{day}");
        assert_eq!((mourners[0].who.number(), mourners[0].died.number()), (CLOSE, DIES));
    }
    if number == BIRTH + 7 {
        let asked = triggers::open(situation).iter().any(|of| of.who.number() == MOTHER);
        assert!(asked, "{day}: nobody asks after the child");
    }
}

/// Every word of the agenda, and of the reason of somebody, is calm; who is suggested is on the page.
fn check_words(town: &Town, book: &Book, due: &Due, number: i64) {
    let is_full = number % 6 == 0 || !due.follow_ups.is_empty() && number % 3 == 0;
    if is_full {
        let agenda = compose(book, due.day, &town.settings, &town.vocabulary, None).unwrap();
        let page = render(&agenda);
        assert_eq!(forbidden_in(&page), Vec::<&str>::new(), "{page}");
        let of_due = due.today.iter().chain(&due.follow_ups);
        let names = of_due.map(|of| format!("|{}]]", book.brief(of.id).name)).collect::<Vec<_>>();
        match agenda.re_entry {
            None => names.iter().for_each(|name| assert!(page.contains(name), "{name}: {page}")),
            // Back after an absence, and only then, the page names a few of them.
            Some(_) => {
                assert!((GONE.0..=GONE.1 + 1).contains(&number), "{page}");
                let is_named = |item: &&Item| names.iter().any(|name| item.text.contains(name));
                assert!(agenda.reach_out.iter().filter(is_named).count() <= NAMES, "{page}");
            }
        }
        let lines = page.lines().filter(|line| line.starts_with("- [ ]"));
        let unique = lines.clone().collect::<BTreeSet<_>>();
        assert_eq!(unique.len(), lines.count(), "{page}");
    }
    if number % 20 == 0 {
        let people = book.everyone().map(|(id, _)| id).collect::<Vec<_>>();
        let id = people[pick(&[&due.day.to_string()], people.len() as u64) as usize];
        let why = why(book, id, due.day, &town.settings, &town.vocabulary);
        assert_eq!(forbidden_in(&render_why(book, &why)), Vec::<&str>::new());
    }
}

fn remember(seen: &mut Seen, due: &Due) {
    let day = due.day;
    if due.away {
        return;
    }
    let mut still = HashMap::new();
    for suggestion in &due.waiting {
        let id = suggestion.id.number();
        still.insert(id, seen.waits_since.get(&id).copied().unwrap_or(day));
    }
    for suggestion in &due.today {
        let since = seen.waits_since.get(&suggestion.id.number());
        seen.waits.extend(since.map(|since| since.days_until(day)));
    }
    seen.waits_since = still;
    let week = seen.weeks.entry(day.monday()).or_default();
    week.extend(due.today.iter().chain(&due.follow_ups).map(|of| of.id.number()));
    seen.shown += due.today.len();
}

enum Deed {
    Meets(usize),
    PutsOff(usize, Option<i64>),
}

/// What the owner does today: takes about half of the lines up, puts a few off, meets somebody by chance.
fn deeds(town: &Town, book: &Book, due: &Due, day: Day) -> Vec<Deed> {
    let text = day.to_string();
    let shown = due.follow_ups.iter().chain(&due.today);
    let mut deeds = shown
        .filter_map(|of| {
            let number = of.id.number();
            match pick(&[&text, &book.identity(of.id)], 20) {
                0..=10 => Some(Deed::Meets(number)),
                11 => Some(Deed::PutsOff(
                    number,
                    of.cadence.and_then(Cadence::typical_days).map(|days| days as i64),
                )),
                _ => None,
            }
        })
        .collect::<Vec<_>>();
    let chance = (0..town.people.len()).filter(|number| {
        let person = &town.people[*number];
        !person.is_silent && pick(&[&text, &number.to_string(), "chance"], 500) == 0
    });
    // Somebody of the choir is a new connection each time that they come up for the first time: not here.
    let chance = chance.filter(|number| town.people[*number].earliest.is_some());
    deeds.extend(chance.map(Deed::Meets));
    deeds
}

fn act(town: &mut Town, deeds: Vec<Deed>, day: Day, seen: &mut Seen) {
    for deed in deeds {
        match deed {
            Deed::Meets(number) => {
                town.meet(number, day);
                seen.taken += 1;
                if pick(&[&day.to_string(), &number.to_string(), "step"], 12) == 0 {
                    let step = day.plus_days(20).to_string();
                    town.edit(number, |person| person.set("follow_up", &step));
                }
                let book = town.book();
                let situation = Situation::new(&book, day, &town.settings, &town.vocabulary);
                let (id, _) = book.everyone().nth(number).unwrap();
                if situation.standing(id).is_beyond_a_week() {
                    seen.long_contacts.entry(day.monday()).or_default().insert(id);
                }
            }
            Deed::PutsOff(number, days) => {
                let until = day.plus_days(days.unwrap_or(7));
                town.edit(number, |person| {
                    person.set("quiet_until", &until.to_string());
                    person.quiet_until = Some(until);
                });
            }
        }
    }
}

/// The numbers, and the bounds that they keep.
#[expect(clippy::print_stdout, reason = "shown with --nocapture, to see what a change does")]
fn told(seen: &Seen, days: i64) {
    let first_gone = start().plus_days(GONE.0 - 7);
    let back = start().plus_days(GONE.1 + 28);
    let away = (start().plus_days(AWAY.0 - 7), start().plus_days(AWAY.1 + 28));
    let usual = |week: &Day| {
        *week >= start().plus_days(28)
            && !(first_gone..=back).contains(week)
            && !(away.0..=away.1).contains(week)
            && *week < start().plus_days(days - 7)
    };
    let loads = seen.weeks.iter().filter(|(week, _)| usual(week)).map(|(_, of)| of.len() as f64);
    let loads = loads.collect::<Vec<_>>();
    let mean = loads.iter().sum::<f64>() / loads.len() as f64;
    let variance = loads.iter().map(|load| (load - mean).powi(2)).sum::<f64>() / loads.len() as f64;
    let variation = variance.sqrt() / mean;
    let longest = seen.waits.iter().chain(&[0]).max().copied().unwrap_or(0);
    let waiting = seen.waits_since.values().map(|since| since.days_until(start().plus_days(days)));
    let longest = longest.max(waiting.max().unwrap_or(0));
    println!(
        "{days} days: {} shown, {} taken up, {} birthdays, {} on trips; {mean:.1} people a week, variation {variation:.2}; \
         {} waits, the longest of {longest} days; {} due at once at most",
        seen.shown,
        seen.taken,
        seen.birthdays,
        seen.visits,
        seen.waits.len(),
        seen.most_due
    );
    assert!(seen.shown as i64 > days && seen.birthdays as i64 > days / 4 && seen.visits > 0);
    assert!(variation <= MOST_VARIATION, "the weeks are uneven: {variation:.2}");
    assert!(longest <= LONGEST_WAIT, "somebody waited {longest} days");
}
