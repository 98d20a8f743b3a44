//! A book that reads its notes when they are asked for answers like one that holds them all, and digests only spare
//! work: where they spare none, every answer is the same.

use crate::generator::vault::{Plan, notes as generated, today};
use crate::support::answers::{answers, difference, pages};
use crate::support::scribbled::text;
use proptest::prelude::*;
use std::sync::Arc;
use ties::features::settings::Settings;
use ties::note::path::NotePath;
use ties::people::book::{Book, NoteSource};
use ties::people::briefs::Briefs;
use ties::people::decode::decode;
use ties::people::figures::FigureRows;
use ties::people::gist::NoteKind;
use ties::people::names::NoteNumber;
use ties::people::note::Note;
use ties::people::outline::Outline;
use ties::people::vocabulary::Vocabulary;
use ties::text::day::Day;
use ties::text::period::{Period, Unit};

/// Notes in path order.
#[derive(Debug)]
struct Shelf(Vec<Note>);

impl NoteSource for Shelf {
    fn note(&self, number: NoteNumber, path: &NotePath) -> Note {
        let note = self.0[number].clone();
        assert_eq!(note.path, *path);
        note
    }
}

fn decoded(texts: impl Iterator<Item = (String, String)>) -> Vec<Note> {
    let vocabulary = Vocabulary::default();
    let note =
        |(path, text): (String, String)| decode(&NotePath::new(&path).unwrap(), &text, &vocabulary);
    let mut notes = texts.map(note).collect::<Vec<_>>();
    notes.sort_by(|a, b| a.path.cmp(&b.path));
    notes
}

/// The digests of `outline` with nothing in them that lets a question pass somebody by.
fn sparing_nothing(mut outline: Outline, days: &[Day]) -> Outline {
    let mut briefs = outline.briefs.iter().cloned().collect::<Vec<_>>();
    for brief in &mut briefs {
        brief.event_days =
            days.iter().flat_map(|day| (-60..=1).map(|around| day.plus_days(around))).collect();
    }
    let people = (0..outline.paths.len()).filter(|note| outline.contact_of(*note).is_some());
    let paths = people.map(|note| &outline.paths[note]).collect::<Vec<_>>();
    outline.figures = FigureRows::of(paths.into_iter().zip(&briefs));
    outline.briefs = Briefs::from(briefs);
    for kind in &mut outline.kinds {
        if matches!(kind, NoteKind::Journal { .. }) {
            *kind = NoteKind::Journal { events: true, trips: true };
        }
    }
    outline.noted = (0u32..).take(outline.paths.len()).collect();
    outline
}

fn check(notes: &[Note], days: &[Day], settings: &Settings) {
    let vocabulary = Vocabulary::default();
    let whole = Book::new(notes.to_vec(), &vocabulary, settings.me.as_deref());
    let outline = whole.outline().clone();
    let open = |outline: Outline| Book::open(outline, Arc::new(Shelf(notes.to_vec())));
    for day in days {
        let said = |book: &Book| {
            answers(book, *day, settings, &vocabulary) + &pages(book, *day, settings, &vocabulary)
        };
        let expected = said(&whole);
        for (what, book) in [
            ("read late", open(outline.clone())),
            ("unspared", open(sparing_nothing(outline.clone(), days))),
        ] {
            let difference = difference(&said(&book), &expected);
            assert!(difference.is_none(), "{what}, {day}: {}", difference.unwrap_or_default());
        }
    }
}

/// Settings whose triggers wait longer, or shorter, than usual.
fn settings(delays: &[Period]) -> Settings {
    let me = Some("people/me".to_owned());
    let mut settings = Settings { me, ..Settings::default() };
    for trigger in &mut settings.triggers {
        trigger.after.extend_from_slice(delays);
    }
    settings
}

#[test]
fn a_generated_vault_answers_the_same_when_it_is_read_late() {
    let notes = decoded(generated(Plan { count: 70, seed: 7 }));
    let days = [-400, 0, 40, 300].map(|days| today().plus_days(days));
    check(&notes, &days, &settings(&[]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn digests_only_spare_work(
        seed in any::<u64>(),
        from in 0i64..800,
        count in 1u32..30,
        unit in proptest::sample::select(&[Unit::Day, Unit::Week, Unit::Month, Unit::Year][..]),
    ) {
        let paths = (0..18).map(|number| match number {
            0 => "people/me.md".to_owned(),
            1..15 => format!("people/p{number}.md"),
            _ => format!("journal/2026-11-{number}.md"),
        });
        let texts = paths.zip(0u64..).map(|(path, number)| {
            let text = text(&path, seed.wrapping_add(number));
            (path, text)
        });
        let notes = decoded(texts);
        let start = Day::new(2025, 12, 1).unwrap();
        let days = [from, from + 1, from + 29].map(|days| start.plus_days(days));
        check(&notes, &days, &settings(&[Period { count, unit }]));
    }
}
