//! Ticking a habit, or excusing it: an entry in its own log.
//!
//! Always true here: the same tick is written once, what was written stays, and what is written is read back as what
//! it was meant to be.

use crate::note::change::{Change, FileChange, Refusal, Wish};
use crate::note::document::Document;
use crate::people::decode_habit;
use crate::people::habit::{Habit, HabitEntry};
use crate::people::header::Header;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::fold::fold;
use crate::text::typed::one_line;

/// What is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// The day.
    pub day: Day,
    /// Whether it is excused rather than done.
    pub excused: bool,
    /// What is said about it; may be empty.
    pub text: String,
}

/// What became of a tick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ticked {
    /// The note says so already, on this line.
    There {
        /// From 1.
        line: u32,
    },
    /// It is to be written.
    New(Change),
}

/// The word that an excused entry begins with.
const EXCUSED: &str = "excused";

/// Ticks `habit`. A day that is ticked may get another entry with words of its own, and one that was excused may be
/// done after all; a day that is done is not excused.
pub fn tick(
    habit: &Habit,
    vocabulary: &Vocabulary,
    today: Day,
    tick: &Tick,
) -> Result<Ticked, Refusal> {
    let text = one_line(&tick.text);
    let said = line(tick.day, tick.excused, &text);
    let read = read_back(habit, vocabulary, &said);
    check(habit, today, tick, read.as_ref())?;
    let of_day = habit.entries.iter().filter(|entry| entry.day == tick.day);
    let mut same = of_day.filter(|entry| entry.excused == tick.excused);
    // Signs that mean something in Markdown are no part of what is read.
    let read = if text.is_empty() { "" } else { read.as_ref().map_or(&*text, |read| &read.text) };
    if let Some(there) = same.find(|entry| read.is_empty() || entry.text == read) {
        return Ok(Ticked::There { line: there.line });
    }
    let headings = vocabulary.log_headings.clone();
    let wishes = vec![Wish::InsertEntry { headings, date: tick.day, lines: vec![said] }];
    let verb = if tick.excused { "excuse" } else { "tick" };
    Ok(Ticked::New(Change {
        title: format!("{verb} {} on {}", habit.name, tick.day),
        files: vec![FileChange::Edit { path: habit.path.clone(), wishes }],
    }))
}

/// `2026-11-21 excused: in bed`: the line of an entry, without its marker.
pub fn line(day: Day, excused: bool, text: &str) -> String {
    let words = match (excused, text.is_empty()) {
        (true, true) => EXCUSED.to_owned(),
        (true, false) if fold(text).starts_with(EXCUSED) => text.to_owned(),
        (true, false) => format!("{EXCUSED}: {text}"),
        (false, _) => text.to_owned(),
    };
    format!("{day} {words}").trim_end().to_owned()
}

/// The entry that `line` will be, once it is written and read again.
fn read_back(habit: &Habit, vocabulary: &Vocabulary, line: &str) -> Option<HabitEntry> {
    let heading = vocabulary.log_headings.first().map_or("Log", String::as_str);
    let text = format!("## {heading}\n- {line}\n");
    let document = Document::read(&text);
    let mut findings = Vec::new();
    let header = Header::read(&document, vocabulary, &mut findings);
    let read = decode_habit::habit(&habit.path, &document, &header, vocabulary, &mut findings);
    read.entries.into_iter().next()
}

fn check(habit: &Habit, today: Day, tick: &Tick, read: Option<&HabitEntry>) -> Result<(), Refusal> {
    let name = &habit.name;
    if tick.day > today {
        return refused(format!("{} is still to come", tick.day), "tick it on its day");
    }
    if !tick.excused && read.is_some_and(|read| read.excused) {
        let hint = format!("`ties habit skip` excuses {name}; else begin with another word");
        return refused(format!("words that begin with `{EXCUSED}` would excuse it"), &hint);
    }
    let is_done = habit.entries.iter().any(|entry| entry.day == tick.day && !entry.excused);
    if tick.excused && is_done {
        return refused(format!("{name} is done on {}", tick.day), "`ties undo` takes a tick back");
    }
    Ok(())
}

fn refused<T>(reason: String, hint: &str) -> Result<T, Refusal> {
    Err(Refusal { reason, hint: Some(hint.to_owned()) })
}

#[cfg(test)]
mod tests {
    use crate::features::sample::{book, day, refused, written};
    use crate::features::tick::{Tick, Ticked, tick};
    use crate::people::vocabulary::Vocabulary;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    const WALK: &str =
        "---\nhabit: Walk\n---\n## Log\n- 2026-11-20 in the rain\n- 2026-11-18 excused: ill\n";

    /// `20 text`, `e20 text`: the days of November 2026, one after the other, and the note afterwards.
    fn ticked(note: &str, ticks: &[&str]) -> String {
        let (mut note, mut said) = (note.to_owned(), String::new());
        for ticked in ticks {
            let (on, text) = ticked.split_once(' ').unwrap_or((ticked, ""));
            let of = Tick {
                day: day(&format!("2026-11-{}", on.trim_start_matches('e'))),
                excused: on.starts_with('e'),
                text: text.to_owned(),
            };
            let notes = [("habits/walk.md", note.as_str())];
            let book = book(&notes);
            let habit = book.habits().next().unwrap();
            match tick(habit, &Vocabulary::default(), day("2026-11-21"), &of) {
                Ok(Ticked::There { line }) => said += &format!("there: {line}\n"),
                Ok(Ticked::New(change)) => {
                    let after = written(&notes, &change);
                    note = after.split_once('\n').unwrap().1.to_owned();
                }
                Err(refusal) => said += &self::refused(&refusal),
            }
        }
        said + &note
    }

    fn check(ticks: &[&str], expected: &Expect) {
        expected.assert_eq(&ticked(WALK, ticks));
    }

    #[test]
    fn a_tick_is_written_once_and_in_its_place() {
        check(
            &["21", "21", "19 by the river", "19", "19 by the river"],
            &expect![[r#"
            there: 5
            there: 7
            there: 7
            ---
            habit: Walk
            ---
            ## Log
            - 2026-11-21
            - 2026-11-20 in the rain
            - 2026-11-19 by the river
            - 2026-11-18 excused: ill
        "#]],
        );
    }

    #[test]
    fn a_tick_follows_the_headings_of_its_log_and_is_read_there() {
        let note = "---\nhabit: Walk\n---\n## Log\n### 2026-11-20\n\nin the rain\n\n### 2026-11-18 excused: ill\n";
        let expected = expect![[r#"
            there: 5
            there: 7
            there: 11
            there: 11
            there: 16
            ---
            habit: Walk
            ---
            ## Log
            ### 2026-11-21

            ### 2026-11-20

            in the rain

            ### 2026-11-19 excused
            ill

            ### 2026-11-18 excused: ill

            ### 2026-11-17 by the river
        "#]];
        expected.assert_eq(&ticked(
            note,
            &[
                "21",
                "21",
                "20 in the rain",
                "e19 ill",
                "e19 ill",
                "e19",
                "17 by the river",
                "17 by the river",
            ],
        ));
    }

    #[test]
    fn words_of_another_moment_are_an_entry_more() {
        check(
            &["20", "20 in the rain", "20 and again at night"],
            &expect![[r#"
            there: 5
            there: 5
            ---
            habit: Walk
            ---
            ## Log
            - 2026-11-20 and again at night
            - 2026-11-20 in the rain
            - 2026-11-18 excused: ill
        "#]],
        );
    }

    #[test]
    fn what_was_excused_may_be_done_after_all_and_not_the_other_way_round() {
        check(
            &["e21 in bed", "e21", "e18 ill", "18", "e20"],
            &expect![[r#"
            there: 5
            there: 7
            refused: Walk is done on 2026-11-20 (`ties undo` takes a tick back)
            ---
            habit: Walk
            ---
            ## Log
            - 2026-11-21 excused: in bed
            - 2026-11-20 in the rain
            - 2026-11-18
            - 2026-11-18 excused: ill
        "#]],
        );
    }

    #[test]
    fn what_would_be_read_otherwise_is_refused() {
        check(
            &["22", "21 Excused myself"],
            &expect![[r#"
            refused: 2026-11-22 is still to come (tick it on its day)
            refused: words that begin with `excused` would excuse it (`ties habit skip` excuses Walk; else begin with another word)
            ---
            habit: Walk
            ---
            ## Log
            - 2026-11-20 in the rain
            - 2026-11-18 excused: ill
        "#]],
        );
    }

    #[test]
    fn signs_of_markdown_in_words_make_no_other_tick() {
        for words in [": z", "- list", "| a", "^id", "# b", "[x] c", "> d"] {
            for mark in ["21", "e21"] {
                let tick = format!("{mark} {words}");
                let once = ticked(WALK, &[&tick]);
                let twice = ticked(WALK, &[&tick, &tick]);
                assert_eq!(twice, format!("there: 5\n{once}"), "{tick}");
            }
        }
        let excused = ticked(WALK, &["21 : excused"]);
        assert!(excused.starts_with("refused: words that begin with `excused`"), "{excused}");
    }

    #[test]
    fn a_note_without_a_log_gets_one() {
        expect![[r#"
            ---
            habit: Walk
            ---
            Out by the gate.

            ## Log
            - 2026-11-21 at last
        "#]]
        .assert_eq(&ticked("---\nhabit: Walk\n---\nOut by the gate.\n", &["21 at last"]));
    }

    proptest! {
        #[test]
        fn what_is_ticked_is_read_back_and_written_once(text in "\\PC{0,20}|[-#>*+=_`~|\\[\\]x1. \n]{0,8}", excused in prop::bool::ANY) {
            let of = Tick { day: day("2026-11-21"), excused, text };
            let notes = [("habits/walk.md", WALK)];
            let before = book(&notes);
            let vocabulary = Vocabulary::default();
            let result = tick(before.habits().next().unwrap(), &vocabulary, day("2026-11-21"), &of);
            let Ok(Ticked::New(change)) = result else { return Ok(()) };
            let after = written(&notes, &change);
            let after = after.split_once('\n').unwrap().1;
            if after.starts_with("refused") { return Ok(()) }
            let after = book(&[("habits/walk.md", after)]);
            let habit = after.habits().next().unwrap();
            prop_assert_eq!(habit.entries.len(), 3);
            prop_assert!(habit.entries.iter().any(|entry| entry.day == of.day && entry.excused == excused));
            for text in [String::new(), of.text.clone()] {
                let again = tick(habit, &vocabulary, day("2026-11-21"), &Tick { text, ..of });
                let is_there = matches!(again, Ok(Ticked::There { .. }));
                prop_assert!(is_there, "{:?}", of.text);
            }
        }
    }
}
