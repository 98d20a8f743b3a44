//! An agenda without anything to do says why, and what small step would help.

use crate::support::book;
use expect_test::{Expect, expect};
use ties::features::agenda::compose::compose;
use ties::features::settings::{AgendaSettings, Settings};
use ties::people::vocabulary::Vocabulary;
use ties::text::day::Day;
use ties::text::day_range::DayRange;
use ties::text::phrase::forbidden_in;

/// What the agenda of 21 November 2026 says of itself; each person is a name and lines of front matter.
fn check_under(settings: &Settings, people: &[(&str, &str)], expected: &Expect) {
    let notes = people.iter().map(|(name, lines)| match name.contains('/') {
        true => format!("=== {name}\n{lines}"),
        false => format!("=== people/{}.md\n---\nname: {name}\n{lines}---\n", name.to_lowercase()),
    });
    let book = book(&notes.collect::<String>());
    let today = Day::parse("2026-11-21").unwrap();
    let agenda = compose(&book, today, settings, &Vocabulary::default(), None).unwrap();
    let said = agenda.empty.unwrap();
    assert_eq!(forbidden_in(&said), Vec::<&str>::new());
    expected.assert_eq(&said);
}

fn check(people: &[(&str, &str)], expected: &Expect) {
    check_under(&Settings::default(), people, expected);
}

fn limits(limit: usize, weekly_limit: usize) -> Settings {
    let agenda = AgendaSettings { limit, weekly_limit, ..AgendaSettings::default() };
    Settings { agenda, ..Settings::default() }
}

const CONTACT: &str = "cadence: monthly\nlast_contact: 2026-11-10\n";

#[test]
fn an_empty_vault() {
    check(
        &[],
        &expect![[r#"Nobody is in this vault yet. `ties add "Ana Lima"` makes the first note."#]],
    );
    check(
        &[("Me", "")],
        &expect![[r#"Nobody is in this vault yet. `ties add "Ana Lima"` makes the first note."#]],
    );
    let habit = "---\nhabit: Walk\nschedule: mon\n---\n";
    check(&[("habits/walk.md", habit)], &expect!["No habit waits today."]);
}

#[test]
fn nobody_with_a_rhythm() {
    check(
        &[("Ana", ""), ("Bo", "status: later\n")],
        &expect![
            "Nobody here has a rhythm yet. `circle: inner` or `cadence: monthly` in a note is enough, and `ties triage` asks with one key each."
        ],
    );
    check(
        &[("Ana", "status: reference\n"), ("Bo", "status: archived\ncadence: weekly\n")],
        &expect![
            "Nobody here has a rhythm yet. `circle: inner` or `cadence: monthly` in a note is enough."
        ],
    );
    check(
        &[("Ana", "cadence: on-event\n"), ("Bo", "circle: later\n")],
        &expect![
            "Nobody's rhythm follows the calendar; only what happens in a life brings somebody up. `cadence: monthly` in a note does too."
        ],
    );
}

#[test]
fn everybody_put_by() {
    check(
        &[("Ana", "circle: inner\npaused: true\n"), ("Bo", "")],
        &expect![
            "Everyone with a rhythm is paused. Without `paused` in a note, somebody comes up again."
        ],
    );
    check(
        &[
            ("Ana", "circle: inner\nquiet_until: 2026-12-05\n"),
            ("Bo", "cadence: weekly\nquiet_until: 2026-12-01\n"),
        ],
        &expect![
            "Everyone with a rhythm rests for now. `quiet_until` in a note says until when. Next: [[people/bo|Bo]] on 1 December."
        ],
    );
    check(
        &[
            ("Ana", "circle: inner\nquiet_until: 2026-12-05\n"),
            ("Bo", "cadence: weekly\npaused: true\n"),
        ],
        &expect![
            "Everyone with a rhythm rests or is put by. `ties why WHO` says what would bring somebody up. Next: [[people/ana|Ana]] on 5 December."
        ],
    );
}

#[test]
fn days_away() {
    let away =
        |range| Settings { away: vec![DayRange::parse(range).unwrap()], ..Settings::default() };
    let ana = [("Ana", "cadence: weekly\n")];
    check_under(
        &away("2026-11-20..2026-12-11"),
        &ana,
        &expect![
            "You are away until 11 December; only occasions are shown. `ties rest --end` ends it sooner."
        ],
    );
    check_under(
        &away("2026-11-20..2026-11-21"),
        &ana,
        &expect![
            "You are away today; only occasions are shown. Tomorrow is an ordinary day again."
        ],
    );
}

#[test]
fn nobody_due() {
    check(
        &[("Ana", CONTACT)],
        &expect!["Nothing is due today. Next: [[people/ana|Ana]] on 11 December."],
    );
    check(
        &[("Ana", CONTACT), ("Bo", "birthday: 11-28\n")],
        &expect!["Nothing is due today. Next: [[people/bo|Bo]]'s birthday on 28 November."],
    );
    check(
        &[("Ana", "circle: inner\npaused: true\nfollow_up: 2026-11-25\n")],
        &expect![
            "Everyone with a rhythm is paused. Without `paused` in a note, somebody comes up again. Next: [[people/ana|Ana]] on Wednesday."
        ],
    );
    check(
        &[("Ana", "follow_up: 2026-12-25\n")],
        &expect!["Nothing is due today. Next: [[people/ana|Ana]] on 25 December."],
    );
}

#[test]
fn enough_for_now() {
    let done = "cadence: weekly\nlast_contact: 2026-11-21\n";
    let ana = ("Ana", "cadence: weekly\n");
    check(
        &[("Bo", done)],
        &expect!["Nothing is due today. Next: [[people/bo|Bo]] on 28 November."],
    );
    check_under(
        &limits(1, 12),
        &[ana, ("Bo", done)],
        &expect!["You have been in touch with one person today; the others can wait."],
    );
    check_under(
        &limits(0, 12),
        &[ana],
        &expect![
            "Nobody is suggested: `agenda.limit` is 0. `ties config set agenda.limit 4` changes it."
        ],
    );
    check_under(
        &limits(4, 0),
        &[("Ana", "cadence: monthly\n")],
        &expect![
            "Nobody is suggested: `agenda.weekly_limit` is 0. `ties config set agenda.weekly_limit 12` changes it."
        ],
    );
}
