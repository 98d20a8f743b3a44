//! Who is suggested on a day, from the text of notes.

use crate::support::book;
use expect_test::{Expect, expect};
use std::fmt::Write;
use ties::features::due::{Due, Suggestion, due, due_in};
use ties::features::settings::Settings;
use ties::features::standing::{Situation, Standing, standing};
use ties::people::book::Book;
use ties::people::vocabulary::Vocabulary;
use ties::text::day::Day;
use ties::text::day_range::DayRange;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// The suggestions of a day, one line each.
fn check(vault: &str, on: &str, settings: &Settings, expected: &Expect) {
    let book = book(vault);
    let due = due(&book, day(on), settings, &Vocabulary::default());
    expected.assert_eq(&tell_due(&book, &due));
}

fn tell_due(book: &Book, due: &Due) -> String {
    let mut told = String::new();
    for (list, suggestions) in
        [("step", &due.follow_ups), ("today", &due.today), ("waiting", &due.waiting)]
    {
        for suggestion in suggestions {
            let _ = writeln!(told, "{list}: {}", tell(book, suggestion));
        }
    }
    for question in &due.plans {
        let people = question.people.iter().map(|id| book.contact(*id).name.as_str());
        let people = people.collect::<Vec<_>>().join(", ");
        let (path, entry) = book.interaction(&question.plan);
        let _ = writeln!(told, "plan: {people}: {} ({path}:{})", entry.text, entry.line);
    }
    if due.away {
        told.push_str("away\n");
    }
    told
}

fn tell(book: &Book, suggestion: &Suggestion) -> String {
    let name = &book.contact(suggestion.id).name;
    format!("{name}, {:?} since {}, {:.2}", suggestion.reason, suggestion.due, suggestion.weight)
}

/// Where the person of `people/ana.md` stands.
fn check_standing(vault: &str, on: &str, settings: &Settings, expected: &Expect) {
    let book = book(vault);
    let id = book.linked("people/ana").unwrap();
    let standing = standing(&book, id, day(on), settings, &Vocabulary::default());
    expected.assert_eq(&tell_standing(&standing));
}

fn tell_standing(standing: &Standing) -> String {
    let mut told = String::new();
    if let Some((cadence, source)) = standing.cadence {
        let _ = writeln!(told, "{cadence}, {source:?}");
    }
    if let Some(anchor) = standing.anchor {
        let source = format!("{:?}", anchor.source);
        let source = source.split([' ', '(']).next().unwrap_or("");
        let _ = writeln!(told, "anchor {} {source}", anchor.day);
    }
    if let Some(due) = standing.due {
        let _ =
            writeln!(told, "due {} = {} {:+} {:+}", due.day, due.base, due.shift, due.away_days);
    }
    let _ = writeln!(told, "elapsed {:?}, weight {:.2}", standing.elapsed, standing.weight);
    if let Some(stop) = standing.stop {
        let _ = writeln!(told, "stop {stop:?}");
    }
    if let Some(step) = standing.follow_up {
        let _ = writeln!(told, "step {} {:?}", step.day, step.state);
    }
    if let Some(day) = standing.new_connection {
        let _ = writeln!(told, "new connection {day}");
    }
    told
}

fn usual() -> Settings {
    Settings::default()
}

fn note(keys: &str, log: &str) -> String {
    format!("=== people/ana.md\n---\nname: Ana\n{keys}\n---\n## Log\n{log}\n")
}

#[test]
fn nobody_is_suggested_who_did_not_opt_in() {
    let vault = "
=== people/ana.md
---
name: Ana
---
## Log
- 2020-01-01 met: long ago
=== people/bo.md
# Bo
=== people/cy.md
---
name: Cy
circle: reference
---
=== people/di.md
---
name: Di
cadence: never
circle: inner
---
=== people/me.md
---
name: Me
cadence: daily
follow_up: 2026-01-01
---
";
    check(vault, "2026-11-21", &usual(), &expect![[""]]);
}

#[test]
fn the_notes_own_rhythm_beats_the_circles() {
    check_standing(
        &note("circle: inner\ncadence: monthly", "- 2026-10-12 call: x"),
        "2026-11-21",
        &usual(),
        &expect![[r#"
            every month, Note { line: 4 }
            anchor 2026-10-12 Contact
            due 2026-11-12 = 2026-11-12 +0 +0
            elapsed Some(40), weight 1.31
        "#]],
    );
    check_standing(
        &note("circle: growth", "- 2026-10-12 call: x"),
        "2026-11-21",
        &usual(),
        &expect![[r#"
            every 2-4 weeks, Circle
            anchor 2026-10-12 Contact
            due 2026-11-07 = 2026-10-26 +12 +0
            elapsed Some(40), weight 1.90
        "#]],
    );
}

#[test]
fn only_contact_starts_the_clock() {
    let log = "- 2026-11-20 heard: she moved\n- 2026-11-19 tried: no answer\n- 2026-11-18 plan: tea\n\
               - 2026-12-05 plan: dinner\n- 2026-10-01 call: x";
    check_standing(
        &note("cadence: monthly", log),
        "2026-11-21",
        &usual(),
        &expect![[r#"
        every month, Note { line: 3 }
        anchor 2026-10-01 Contact
        due 2026-11-03 = 2026-11-01 +2 +0
        elapsed Some(51), weight 1.68
        stop TriedUntil(Day(2026-11-26))
    "#]],
    );
    let journal =
        "=== journal/2026-11-10.md\n- coffee [[Ana]]: Porto\n- saw a film about [[Ana]]\n";
    check_standing(
        &(note("cadence: monthly", "- 2026-10-01 call: x") + journal),
        "2026-11-21",
        &usual(),
        &expect![[r#"
            every month, Note { line: 3 }
            anchor 2026-11-10 Contact
            due 2026-12-11 = 2026-12-10 +1 +0
            elapsed Some(11), weight 0.36
        "#]],
    );
}

#[test]
fn last_contact_and_created_are_floors() {
    for (keys, log, expected) in [
        (
            "last_contact: 2026-10-05",
            "",
            expect![[r#"
            every month, Note { line: 3 }
            anchor 2026-10-05 LastContact
            due 2026-11-04 = 2026-11-05 -1 +0
            elapsed Some(47), weight 1.54
        "#]],
        ),
        (
            "last_contact: 2026-10",
            "",
            expect![[r#"
            every month, Note { line: 3 }
            anchor 2026-10-31 LastContact
            due 2026-11-27 = 2026-11-30 -3 +0
            elapsed Some(21), weight 0.69
        "#]],
        ),
        (
            "last_contact: ~2026-11",
            "",
            expect![[r#"
                every month, Note { line: 3 }
                anchor 2026-11-01 LastContact
                due 2026-11-30 = 2026-12-01 -1 +0
                elapsed Some(20), weight 0.66
            "#]],
        ),
        (
            "last_contact: 2027-01-01",
            "",
            expect![[r#"
            every month, Note { line: 3 }
            due 2026-11-21 = 2026-11-21 +0 +0
            elapsed None, weight 1.00
        "#]],
        ),
        (
            "last_contact: 2026-09-01",
            "- 2026-10-12 call: x",
            expect![[r#"
            every month, Note { line: 3 }
            anchor 2026-10-12 Contact
            due 2026-11-12 = 2026-11-12 +0 +0
            elapsed Some(40), weight 1.31
        "#]],
        ),
        (
            "created: 2026-10-20",
            "",
            expect![[r#"
            every month, Note { line: 3 }
            anchor 2026-10-20 Created
            due 2026-11-21 = 2026-11-20 +1 +0
            elapsed Some(32), weight 1.05
        "#]],
        ),
        (
            "created: 2026-10-20\nmet: 2011-09",
            "- 2026-09-12 call: x",
            expect![[r#"
            every month, Note { line: 3 }
            anchor 2026-09-12 Contact
            due 2026-10-11 = 2026-10-12 -1 +0
            elapsed Some(70), weight 2.00
        "#]],
        ),
    ] {
        let keys = format!("cadence: monthly\n{keys}");
        check_standing(&note(&keys, log), "2026-11-21", &usual(), &expected);
    }
}

#[test]
fn stops_stop_suggestions_and_no_next_step() {
    for (keys, expected) in [
        ("quiet_until: 2026-11-22", expect![[""]]),
        (
            "quiet_until: 2026-11-21",
            expect![[r#"
            today: Ana, Rhythm since 2026-10-19, 2.00
        "#]],
        ),
        ("paused: true", expect![[""]]),
        ("status: later", expect![[""]]),
        ("status: reference", expect![[""]]),
        ("status: archived", expect![[""]]),
        ("died: 2026-01-01", expect![[""]]),
    ] {
        let both = format!("cadence: weekly\n{keys}");
        check(&note(&both, "- 2026-10-12 call: x"), "2026-11-21", &usual(), &expected);
        let step = format!("{keys}\nfollow_up: 2026-11-20");
        let silent = keys.contains("archived") || keys.contains("died");
        let told = if silent {
            expect![[""]]
        } else {
            expect!["step: Ana, FollowUp since 2026-11-20, 1.00\n"]
        };
        check(&note(&step, "- 2026-10-12 call: x"), "2026-11-21", &usual(), &told);
    }
}

#[test]
fn a_next_step_is_settled_by_contact_on_its_day_or_later() {
    for (log, expected) in [
        (
            "- 2026-11-19 call: x",
            expect![[r#"
            step: Ana, FollowUp since 2026-11-20, 1.00
        "#]],
        ),
        ("- 2026-11-20 call: x", expect![[""]]),
        (
            "- 2026-11-21 heard: x",
            expect![[r#"
            step: Ana, FollowUp since 2026-11-20, 1.00
        "#]],
        ),
        ("- 2026-11-21 tried: x", expect![[""]]),
    ] {
        let vault = note("follow_up: 2026-11-20\nnext: Ask", log);
        check(&vault, "2026-11-21", &usual(), &expected);
    }
    check(&note("follow_up: 2026-11-22", ""), "2026-11-21", &usual(), &expect![[""]]);
}

#[test]
fn a_try_without_an_answer_rests_a_week_and_keeps_the_clock() {
    let vault = note("cadence: weekly", "- 2026-11-18 tried: engaged\n- 2026-10-12 call: x");
    check_standing(
        &vault,
        "2026-11-24",
        &usual(),
        &expect![[r#"
        every week, Note { line: 3 }
        anchor 2026-10-12 Contact
        due 2026-10-19 = 2026-10-19 +0 +0
        elapsed Some(43), weight 2.00
        stop TriedUntil(Day(2026-11-25))
    "#]],
    );
    check_standing(
        &vault,
        "2026-11-25",
        &usual(),
        &expect![[r#"
        every week, Note { line: 3 }
        anchor 2026-10-12 Contact
        due 2026-10-19 = 2026-10-19 +0 +0
        elapsed Some(44), weight 2.00
    "#]],
    );
}

#[test]
fn a_new_connection_is_suggested_once_after_two_weeks() {
    let vault = note("met: 2026-11-07", "- 2026-11-07 met: at a workshop");
    for (on, expected) in [
        ("2026-11-20", expect![[""]]),
        (
            "2026-11-21",
            expect![[r#"
            today: Ana, NewConnection since 2026-11-21, 1.00
        "#]],
        ),
        (
            "2026-12-05",
            expect![[r#"
            today: Ana, NewConnection since 2026-11-21, 1.00
        "#]],
        ),
        ("2026-12-06", expect![[""]]),
    ] {
        check(&vault, on, &usual(), &expected);
    }
    let again = note("", "- 2026-11-12 message: x\n- 2026-11-07 met: at a workshop");
    check(&again, "2026-11-21", &usual(), &expect![[""]]);
    let noted = note("", "- 2026-11-07 note: friend from school");
    check(&noted, "2026-11-21", &usual(), &expect![[""]]);
    let event = note("", "- 2026-11-07 met: at a workshop #event/new-job");
    check(&event, "2026-11-21", &usual(), &expect![[""]]);
    let mut off = usual();
    off.agenda.new_connections = false;
    check(&vault, "2026-11-21", &off, &expect![[""]]);
}

#[test]
fn a_plan_whose_day_is_over_is_asked_about() {
    let vault = "
=== people/ana.md
---
name: Ana
cadence: weekly
---
## Log
- 2026-11-20 plan [[Bo]]: tea by the river
- 2026-10-12 call: x
=== people/bo.md
# Bo
=== journal/2026-11-18.md
- plan [[Cy]] [[Di]]: dinner
=== journal/2026-11-19.md
- call [[Cy]]: cancelled
=== people/cy.md
# Cy
=== people/di.md
# Di
";
    check(
        vault,
        "2026-11-20",
        &usual(),
        &expect![[r#"
        today: Ana, Rhythm since 2026-10-19, 2.00
        plan: Di: dinner (journal/2026-11-18.md:1)
    "#]],
    );
    check(
        vault,
        "2026-11-21",
        &usual(),
        &expect![[r#"
        plan: Di: dinner (journal/2026-11-18.md:1)
        plan: Ana, Bo: tea by the river (people/ana.md:6)
    "#]],
    );
    check(
        vault,
        "2026-12-04",
        &usual(),
        &expect![[r#"
        today: Cy, NewConnection since 2026-12-03, 1.00
        plan: Ana, Bo: tea by the river (people/ana.md:6)
    "#]],
    );
    check(
        vault,
        "2026-12-05",
        &usual(),
        &expect![[r#"
        today: Ana, Rhythm since 2026-10-19, 2.00
        today: Cy, NewConnection since 2026-12-03, 1.00
    "#]],
    );
}

#[test]
fn days_away_show_nothing_and_stop_the_clocks() {
    let settings =
        Settings { away: vec![DayRange::parse("2026-11-14..2026-11-21").unwrap()], ..usual() };
    let vault = note("cadence: weekly", "- 2026-11-10 call: x");
    check(
        &vault,
        "2026-11-21",
        &settings,
        &expect![[r#"
        away
    "#]],
    );
    check_standing(
        &vault,
        "2026-11-24",
        &settings,
        &expect![[r#"
        every week, Note { line: 3 }
        anchor 2026-11-10 Contact
        due 2026-11-25 = 2026-11-17 +0 +8
        elapsed Some(6), weight 0.86
    "#]],
    );
    check(
        &vault,
        "2026-11-25",
        &settings,
        &expect![[r#"
        today: Ana, Rhythm since 2026-11-25, 1.00
    "#]],
    );
}

#[test]
fn a_fresh_start_spreads_what_was_due_before() {
    let settings = Settings { fresh_start: Some(day("2026-11-01")), ..usual() };
    check_standing(
        &note("cadence: monthly", "- 2020-01-01 call: x"),
        "2026-11-21",
        &settings,
        &expect![[r#"
        every month, Note { line: 3 }
        anchor 2020-01-01 Contact
        due 2026-11-20 = 2026-11-01 +19 +0
        elapsed Some(2516), weight 2.00
    "#]],
    );
    check_standing(
        &note("cadence: monthly", ""),
        "2026-11-21",
        &settings,
        &expect![[r#"
        every month, Note { line: 3 }
        due 2026-11-20 = 2026-11-01 +19 +0
        elapsed None, weight 1.00
    "#]],
    );
    check_standing(
        &note("cadence: monthly", ""),
        "2026-11-21",
        &usual(),
        &expect![[r#"
        every month, Note { line: 3 }
        due 2026-11-21 = 2026-11-21 +0 +0
        elapsed None, weight 1.00
    "#]],
    );
}

const SIX: &str = "
=== people/a.md
---
cadence: weekly
---
## Log
- 2026-11-01 call: x
=== people/b.md
---
cadence: weekly
---
## Log
- 2026-11-01 call: x
=== people/c.md
---
cadence: monthly
---
## Log
- 2026-08-01 call: x
=== people/d.md
---
cadence: monthly
---
## Log
- 2026-08-01 call: x
=== people/e.md
---
cadence: yearly
---
## Log
- 2025-01-01 call: x
=== people/f.md
---
cadence: yearly
---
## Log
- 2025-01-01 call: x
=== people/g.md
# g
";

#[test]
fn each_day_has_a_few_and_contact_never_brings_a_new_name() {
    check(
        SIX,
        "2026-11-21",
        &usual(),
        &expect![[r#"
        today: d, Rhythm since 2026-09-01, 2.00
        today: c, Rhythm since 2026-09-02, 2.00
        today: e, Rhythm since 2026-01-15, 1.89
        today: f, Rhythm since 2026-02-05, 1.89
        waiting: a, Rhythm since 2026-11-08, 2.00
        waiting: b, Rhythm since 2026-11-08, 2.00
    "#]],
    );
    // The one of them who was called is gone, nobody new has come.
    let called = SIX.replace("=== people/e", "- 2026-11-21 call: x\n=== people/e");
    check(
        &called,
        "2026-11-21",
        &usual(),
        &expect![[r#"
            today: c, Rhythm since 2026-09-02, 2.00
            today: e, Rhythm since 2026-01-15, 1.89
            today: f, Rhythm since 2026-02-05, 1.89
            waiting: a, Rhythm since 2026-11-08, 2.00
            waiting: b, Rhythm since 2026-11-08, 2.00
        "#]],
    );
    // Somebody without a rhythm takes a place too.
    let other = format!("{SIX}\n- 2026-11-21 call: x\n").replace("# g", "# g\n## Log");
    check(
        &other,
        "2026-11-21",
        &usual(),
        &expect![[r#"
        today: d, Rhythm since 2026-09-01, 2.00
        today: e, Rhythm since 2026-01-15, 1.89
        today: f, Rhythm since 2026-02-05, 1.89
        waiting: c, Rhythm since 2026-09-02, 2.00
        waiting: a, Rhythm since 2026-11-08, 2.00
        waiting: b, Rhythm since 2026-11-08, 2.00
    "#]],
    );
    // After two days it is the turn of others.
    check(
        SIX,
        "2026-11-23",
        &usual(),
        &expect![[r#"
        today: d, Rhythm since 2026-09-01, 2.00
        today: c, Rhythm since 2026-09-02, 2.00
        today: a, Rhythm since 2026-11-08, 2.00
        today: f, Rhythm since 2026-02-05, 1.89
        waiting: b, Rhythm since 2026-11-08, 2.00
        waiting: e, Rhythm since 2026-01-15, 1.89
    "#]],
    );
}

#[test]
fn the_week_has_a_limit_for_rhythms_longer_than_a_week() {
    let mut settings = usual();
    settings.agenda.weekly_limit = 1;
    settings.agenda.limit = 9;
    check(
        SIX,
        "2026-11-21",
        &settings,
        &expect![[r#"
        today: a, Rhythm since 2026-11-08, 2.00
        today: b, Rhythm since 2026-11-08, 2.00
        today: e, Rhythm since 2026-01-15, 1.89
        waiting: d, Rhythm since 2026-09-01, 2.00
        waiting: c, Rhythm since 2026-09-02, 2.00
        waiting: f, Rhythm since 2026-02-05, 1.89
    "#]],
    );
    let monday =
        SIX.replace("- 2025-01-01 call: x\n=== people/f", "- 2026-11-16 call: x\n=== people/f");
    check(
        &monday,
        "2026-11-21",
        &settings,
        &expect![[r#"
        today: a, Rhythm since 2026-11-08, 2.00
        today: b, Rhythm since 2026-11-08, 2.00
        waiting: d, Rhythm since 2026-09-01, 2.00
        waiting: c, Rhythm since 2026-09-02, 2.00
        waiting: f, Rhythm since 2026-02-05, 1.89
    "#]],
    );
    // A next step takes the one place of the week, unless contact has taken it for the same person.
    let step = SIX.replacen("cadence: monthly", "cadence: monthly\nfollow_up: 2026-11-20", 1);
    check(
        &step,
        "2026-11-21",
        &settings,
        &expect![[r#"
        step: c, FollowUp since 2026-11-20, 2.00
        today: a, Rhythm since 2026-11-08, 2.00
        today: b, Rhythm since 2026-11-08, 2.00
        waiting: d, Rhythm since 2026-09-01, 2.00
        waiting: e, Rhythm since 2026-01-15, 1.89
        waiting: f, Rhythm since 2026-02-05, 1.89
    "#]],
    );
    let both = step.replacen("- 2026-08-01 call: x", "- 2026-11-16 call: x", 1);
    settings.agenda.weekly_limit = 2;
    check(
        &both,
        "2026-11-21",
        &settings,
        &expect![[r#"
        step: c, FollowUp since 2026-11-20, 0.16
        today: a, Rhythm since 2026-11-08, 2.00
        today: b, Rhythm since 2026-11-08, 2.00
        today: e, Rhythm since 2026-01-15, 1.89
        waiting: d, Rhythm since 2026-09-01, 2.00
        waiting: f, Rhythm since 2026-02-05, 1.89
    "#]],
    );
}

/// The suggestions of 21 November where the agenda of that day holds answers and ticks that are in no note yet.
fn check_answers(vault: &str, answered: &[&str], ticked: &[(&str, &str)], expected: &Expect) {
    let (book, settings, vocabulary) = (book(vault), usual(), Vocabulary::default());
    let id = |name: &str| book.linked(name).unwrap();
    let answered = answered.iter().map(|name| id(name)).collect();
    let ticked = ticked.iter().map(|(name, on)| (id(name), day(on))).collect();
    let situation = Situation::new(&book, day("2026-11-21"), &settings, &vocabulary);
    let due = due_in(&situation.with_answers(answered, ticked));
    expected.assert_eq(&tell_due(&book, &due));
}

#[test]
fn an_answer_keeps_its_place_and_brings_nobody_new() {
    check_answers(
        SIX,
        &["c", "g"],
        &[],
        &expect![[r#"
            today: d, Rhythm since 2026-09-01, 2.00
            today: e, Rhythm since 2026-01-15, 1.89
            waiting: a, Rhythm since 2026-11-08, 2.00
            waiting: b, Rhythm since 2026-11-08, 2.00
            waiting: f, Rhythm since 2026-02-05, 1.89
        "#]],
    );
    let step = note("follow_up: 2026-11-20", "");
    check_answers(&step, &["ana"], &[], &expect![[""]]);
}

#[test]
fn a_tick_that_is_in_no_log_yet_is_contact() {
    check_answers(
        SIX,
        &[],
        &[("c", "2026-11-21"), ("d", "2026-11-20"), ("e", "2026-11-22")],
        &expect![[r#"
            today: a, Rhythm since 2026-11-08, 2.00
            today: e, Rhythm since 2026-01-15, 1.89
            today: f, Rhythm since 2026-02-05, 1.89
            waiting: b, Rhythm since 2026-11-08, 2.00
        "#]],
    );
    let step = note("follow_up: 2026-11-20\nlast_contact: 2026-11", "- 2026-10-12 call: x");
    check_answers(&step, &[], &[("ana", "2026-11-20")], &expect![[""]]);
    check_answers(
        &step,
        &[],
        &[("ana", "2026-11-19")],
        &expect![["step: Ana, FollowUp since 2026-11-20, 1.00\n"]],
    );
}

const HOME: &str = "
=== people/ana.md
---
cadence: weekly
address: Rua X 14, Almada
---
## Log
- 2026-11-01 call: x
=== people/bo.md
---
cadence: monthly
husband: \"[[ana]]\"
address: rua x, 14, Almada
---
## Log
- 2026-08-01 call: x
=== people/cy.md
---
cadence: weekly
---
## Log
- 2026-11-01 call: x
";

#[test]
fn people_who_live_together_take_one_place() {
    let home = HOME.replace('\\', "");
    let mut settings = usual();
    settings.agenda.limit = 2;
    check(
        &home,
        "2026-11-21",
        &settings,
        &expect![[r#"
        today: bo, Rhythm since 2026-08-29, 2.00
        today: ana, Rhythm since 2026-11-08, 2.00
        today: cy, Rhythm since 2026-11-08, 2.00
    "#]],
    );
    // Contact with one of them is the place of both, also where the other one's turn stays.
    let called = home.replacen("=== people/bo", "- 2026-11-21 call: x\n=== people/bo", 1);
    check(
        &called,
        "2026-11-21",
        &settings,
        &expect![[r#"
        today: bo, Rhythm since 2026-08-29, 2.00
        today: cy, Rhythm since 2026-11-08, 2.00
    "#]],
    );
    let both = called.replacen("=== people/cy", "- 2026-11-21 call: x\n=== people/cy", 1);
    check(
        &both,
        "2026-11-21",
        &settings,
        &expect![[r#"
        today: cy, Rhythm since 2026-11-08, 2.00
    "#]],
    );
    settings.agenda.households = false;
    check(
        &home,
        "2026-11-21",
        &settings,
        &expect![[r#"
        today: bo, Rhythm since 2026-08-29, 2.00
        today: ana, Rhythm since 2026-11-08, 2.00
        waiting: cy, Rhythm since 2026-11-08, 2.00
    "#]],
    );
}

#[test]
fn on_a_quiet_day_of_the_week_only_what_has_its_day_shows() {
    let mut settings = usual();
    settings.agenda.quiet_days = vec![day("2026-11-21").weekday()];
    let vault = format!("{SIX}\n=== people/h.md\n---\nfollow_up: 2026-11-20\n---\n");
    check(
        &vault,
        "2026-11-21",
        &settings,
        &expect![[r#"
        step: h, FollowUp since 2026-11-20, 1.00
        waiting: d, Rhythm since 2026-09-01, 2.00
        waiting: c, Rhythm since 2026-09-02, 2.00
        waiting: a, Rhythm since 2026-11-08, 2.00
        waiting: b, Rhythm since 2026-11-08, 2.00
        waiting: e, Rhythm since 2026-01-15, 1.89
        waiting: f, Rhythm since 2026-02-05, 1.89
    "#]],
    );
    check(
        &vault,
        "2026-11-22",
        &settings,
        &expect![[r#"
            step: h, FollowUp since 2026-11-20, 1.00
            today: d, Rhythm since 2026-09-01, 2.00
            today: e, Rhythm since 2026-01-15, 1.89
            today: f, Rhythm since 2026-02-05, 1.89
            waiting: c, Rhythm since 2026-09-02, 2.00
            waiting: a, Rhythm since 2026-11-08, 2.00
            waiting: b, Rhythm since 2026-11-08, 2.00
        "#]],
    );
}
