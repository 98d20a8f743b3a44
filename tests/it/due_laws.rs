//! Laws of suggestions, held against simulated years. All numbers are drawn from fixed seeds.

use proptest::prelude::*;
use std::collections::BTreeSet;
use ties::features::due::{Due, Reason, due};
use ties::features::household::households;
use ties::features::settings::Settings;
use ties::features::standing::Situation;
use ties::note::path::NotePath;
use ties::people::book::{Book, ContactId};
use ties::people::decode::decode;
use ties::people::note::Note;
use ties::people::vocabulary::Vocabulary;
use ties::text::day::Day;
use ties::text::day_range::DayRange;
use ties::text::fingerprint::hash;

/// People whose notes grow as the owner writes to them.
struct Village {
    texts: Vec<(NotePath, String)>,
    notes: Vec<Note>,
    vocabulary: Vocabulary,
    settings: Settings,
}

impl Village {
    fn new(heads: Vec<String>, settings: Settings) -> Village {
        let vocabulary = Vocabulary::default();
        let texts = heads.into_iter().enumerate().map(|(number, head)| {
            let path = NotePath::new(&format!("people/p{number:03}.md")).unwrap();
            (path, format!("---\n{head}\n---\n## Log\n"))
        });
        let texts = texts.collect::<Vec<_>>();
        let notes = texts.iter().map(|(path, text)| decode(path, text, &vocabulary)).collect();
        Village { texts, notes, vocabulary, settings }
    }

    fn book(&self) -> Book {
        Book::new(self.notes.clone(), &self.vocabulary, None)
    }

    fn due(&self, day: Day) -> (Book, Due) {
        let book = self.book();
        let due = due(&book, day, &self.settings, &self.vocabulary);
        (book, due)
    }

    /// Writes a contact into the log of `id`.
    fn meet(&mut self, book: &Book, id: ContactId, day: Day) {
        let at = self.texts.iter().position(|(path, _)| *path == book.contact(id).path).unwrap();
        let (path, text) = &mut self.texts[at];
        text.push_str(&format!("- {day} call: x\n"));
        self.notes[at] = decode(path, text, &self.vocabulary);
    }
}

fn pick(parts: &[&str], count: u64) -> u64 {
    hash(parts) % count
}

const RHYTHMS: &[&str] = &[
    "cadence: weekly",
    "cadence: daily",
    "cadence: 2-3 weeks",
    "cadence: monthly",
    "cadence: quarterly",
    "cadence: seasonal",
    "cadence: yearly",
    "circle: inner",
    "circle: growth",
    "circle: extended",
    "cadence: never",
    "status: later",
    "paused: true\ncadence: weekly",
    "groups: [choir]",
];

/// Of every six people two live together, and of every twelve three.
fn mixed(people: usize, start: Day) -> Vec<String> {
    let head = |number: usize| {
        let home = match number % 12 {
            1 | 7 | 8 => format!("\nhousehold: \"[[p{:03}]]\"", number - 1),
            _ => String::new(),
        };
        let number = number.to_string();
        let rhythm = RHYTHMS[pick(&[&number, "rhythm"], RHYTHMS.len() as u64) as usize];
        let rhythm = format!("{rhythm}{home}");
        let back = pick(&[&number, "last"], 120) as i64;
        let last = start.plus_days(-back);
        let step = start.plus_days(pick(&[&number, "step"], 700) as i64);
        match pick(&[&number, "kind"], 8) {
            0 => format!("{rhythm}\ncreated: {last}"),
            1 => rhythm,
            2 => format!("{rhythm}\nlast_contact: {last}\nfollow_up: {step}"),
            _ => format!("{rhythm}\nlast_contact: {last}"),
        }
    };
    (0..people).map(head).collect()
}

/// The limits hold, where a household counts once.
fn check_limits(village: &Village, book: &Book, due: &Due) {
    let Village { settings, vocabulary, .. } = village;
    let situation = Situation::new(book, due.day, settings, vocabulary);
    let (mut steps, mut contacted) = (Vec::new(), Vec::new());
    steps.extend(due.follow_ups.iter().map(|suggestion| suggestion.id));
    for (id, _) in book.everyone() {
        let standing = situation.standing(id);
        let this_week = standing.contact_day().is_some_and(|on| on >= due.day.monday());
        contacted.extend(Some(id).filter(|_| this_week && standing.is_beyond_a_week()));
        steps.extend(Some(id).filter(|_| standing.contact_day() == Some(due.day)));
    }
    let today = due.today.iter().map(|suggestion| suggestion.id).collect::<Vec<_>>();
    let long = today.iter().filter(|id| situation.standing(**id).is_beyond_a_week());
    let count =
        |ids: &[ContactId], more: &[ContactId]| households(&situation, &[ids, more].concat());
    let limits = &settings.agenda;
    assert!(count(&steps, &today) <= limits.limit.max(count(&steps, &[])), "{}", due.day);
    let long = long.copied().collect::<Vec<_>>();
    let most = limits.weekly_limit.max(count(&contacted, &[]));
    assert!(count(&contacted, &long) <= most, "{}: too many in a week", due.day);
}

fn check_day(village: &Village, book: &Book, due: &Due) {
    check_limits(village, book, due);
    let everyone = due.follow_ups.iter().chain(&due.today).chain(&due.waiting);
    let ids = everyone.clone().map(|suggestion| suggestion.id).collect::<BTreeSet<_>>();
    assert_eq!(ids.len(), everyone.clone().count(), "{}: twice on one day", due.day);
    for suggestion in everyone {
        let contact = book.contact(suggestion.id);
        assert!(suggestion.due <= due.day);
        assert!(!contact.paused || suggestion.reason == Reason::FollowUp);
        match suggestion.reason {
            Reason::Rhythm => {
                assert!(suggestion.cadence.is_some_and(|c| c.typical_days().is_some()));
            }
            Reason::FollowUp => assert!(contact.follow_up.is_some()),
            Reason::NewConnection => assert!(contact.circle.is_none() && !contact.log.is_empty()),
        }
    }
}

/// Contact with `met` brings no new name onto the day of `before`.
fn check_after_contact(village: &Village, before: &Due, met: ContactId) {
    let (_, after) = village.due(before.day);
    let known = before.today.iter().map(|suggestion| suggestion.id).collect::<Vec<_>>();
    for suggestion in &after.today {
        assert!(known.contains(&suggestion.id), "{}: a new name", before.day);
        assert!(suggestion.id != met, "{}: suggested after contact", before.day);
    }
}

#[test]
fn the_limits_hold_on_every_day_of_two_years() {
    let start = Day::new(2026, 1, 1).unwrap();
    let away = vec![DayRange::parse("2026-07-20..2026-08-10").unwrap()];
    let mut village = Village::new(mixed(200, start), Settings { away, ..Settings::default() });
    let (mut shown, mut acted) = (0, 0);
    for number in 0..730 {
        let day = start.plus_days(number);
        let (book, due) = village.due(day);
        check_day(&village, &book, &due);
        shown += due.today.len();
        // The owner takes up about half of what is there, and now and then meets somebody by chance.
        let taken = due.follow_ups.iter().chain(&due.today).map(|suggestion| suggestion.id);
        let mut met = taken
            .filter(|id| pick(&[&day.to_string(), &book.contact(*id).identity], 2) == 0)
            .collect::<Vec<_>>();
        met.extend(book.contacts().map(|(id, _)| id).filter(|id| {
            pick(&[&day.to_string(), &book.contact(*id).identity, "chance"], 2_000) == 0
        }));
        acted += met.len();
        for (at, id) in met.into_iter().enumerate() {
            village.meet(&book, id, day);
            if at == 0 {
                check_after_contact(&village, &due, id);
            }
        }
    }
    assert!(
        shown > 1_500 && acted > 700,
        "{shown} shown, {acted} taken up: too quiet to prove anything"
    );
}

/// After how many days everybody who was due at the start had been suggested, when the owner takes up `taken` a day;
/// `None` where that takes longer than five years.
fn longest_wait(heads: Vec<String>, taken: usize) -> Option<i64> {
    let start = Day::new(2026, 3, 2).unwrap();
    let mut village = Village::new(heads, Settings::default());
    village.settings.agenda.weekly_limit = 28;
    let (_, first) = village.due(start);
    let mut unseen =
        first.today.iter().chain(&first.waiting).map(|s| s.id).collect::<BTreeSet<_>>();
    for number in 0..1_826 {
        let day = start.plus_days(number);
        let (book, due) = village.due(day);
        due.today.iter().for_each(|suggestion| {
            unseen.remove(&suggestion.id);
        });
        if unseen.is_empty() {
            return Some(number);
        }
        let met = due.today.iter().take(taken).map(|suggestion| suggestion.id).collect::<Vec<_>>();
        met.into_iter().for_each(|id| village.meet(&book, id, day));
    }
    None
}

#[test]
fn nobody_waits_for_ever() {
    // 60 people for 4 places a day: fifteen draws of two days would be the least.
    let monthly = vec!["cadence: monthly".to_owned(); 60];
    let mixed = |number: usize| {
        let rhythm = ["weekly", "monthly", "quarterly", "yearly"][number % 4];
        format!("cadence: {rhythm}\nlast_contact: 2024-12-01")
    };
    let mixed = (0..60).map(mixed).collect::<Vec<_>>();
    let waits = [
        longest_wait(monthly.clone(), 0),
        longest_wait(monthly, 2),
        longest_wait(mixed.clone(), 0),
        longest_wait(mixed, 2),
    ];
    // Measured: 166, 28, 166, 50.
    assert!(waits.iter().all(|wait| wait.is_some_and(|wait| wait <= 180)), "{waits:?}");
}

#[test]
fn a_rhythm_that_was_not_taken_up_gives_its_place_after_two_days() {
    let village = Village::new(vec!["cadence: monthly".to_owned(); 40], Settings::default());
    let names = |day: Day| village.due(day).1.today.iter().map(|s| s.id).collect::<BTreeSet<_>>();
    let start = Day::new(2026, 11, 21).unwrap();
    let pairs = (0..20).map(|pair| start.plus_days(2 * pair - start.number() % 2));
    for day in pairs {
        assert_eq!(names(day), names(day.plus_days(1)));
        assert_ne!(names(day), names(day.plus_days(2)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_the_notes_does_not_matter(seed in 0u64..1_000, days in 0i64..700) {
        let start = Day::new(2026, 1, 1).unwrap();
        let mut heads = mixed(40, start.plus_days(-(seed as i64)));
        heads.truncate(30);
        let village = Village::new(heads, Settings::default());
        let day = start.plus_days(days);
        let mut turned = village.notes.clone();
        turned.reverse();
        let turned = Book::new(turned, &village.vocabulary, None);
        let again = due(&turned, day, &village.settings, &village.vocabulary);
        let (book, first) = village.due(day);
        check_day(&village, &book, &first);
        prop_assert_eq!(first, again);
    }

    #[test]
    fn who_is_due_stays_due_until_there_is_contact(seed in 0u64..1_000, days in 0i64..700) {
        let start = Day::new(2026, 1, 1).unwrap();
        let heads = mixed(40, start.plus_days(-(seed as i64))).split_off(20);
        let village = Village::new(heads, Settings::default());
        let all = |day: Day| {
            let due = village.due(day).1;
            let everyone = due.follow_ups.iter().chain(&due.today).chain(&due.waiting);
            everyone.map(|suggestion| suggestion.id).collect::<BTreeSet<_>>()
        };
        let day = start.plus_days(days);
        prop_assert!(all(day).is_subset(&all(day.plus_days(1))));
    }
}
