//! Why somebody is suggested or is not, in words; and whether the limits can serve everybody.

use crate::support::book;
use expect_test::{Expect, expect};
use ties::features::capacity::capacity;
use ties::features::settings::Settings;
use ties::features::why::why;
use ties::features::why_text::render_why;
use ties::people::vocabulary::Vocabulary;
use ties::text::day::Day;
use ties::text::day_range::DayRange;
use ties::text::phrase::forbidden_in;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn check_with(vault: &str, who: &str, on: &str, settings: &Settings, expected: &Expect) {
    let book = book(vault);
    let id = book.linked(who).unwrap();
    let why = why(&book, id, day(on), settings, &Vocabulary::default());
    let told = render_why(&book, &why);
    assert_eq!(forbidden_in(&told), Vec::<&str>::new());
    expected.assert_eq(&told);
}

fn check(vault: &str, who: &str, on: &str, expected: &Expect) {
    check_with(vault, who, on, &Settings::default(), expected);
}

const VAULT: &str = "
=== people/ana.md
---
name: Ana Lima
cadence: monthly
---
## Log
- 2026-11-25 plan: tea
- 2026-11-12 heard: she moved
- 2026-11-10 tried: engaged
- 2026-10-12 call: New job at the ceramics school. Talks about moving to Porto, and about the sea there, which is cold
=== people/bo.md
---
name: Bo
circle: inner
quiet_until: 2026-12-01
---
## Log
- 2026-11-03 met [[Ana Lima]]: the river
=== people/cy.md
---
name: Cy
cadence: weekly
follow_up: 2026-11-20
next: Ask how the move went
paused: true
---
=== people/di.md
# Di
=== people/eve.md
---
name: Eve
cadence: yearly
last_contact: 2026-03
---
=== people/finn.md
---
name: Finn
cadence: never
created: 2026-11-01
---
=== people/gus.md
---
name: Gus
archived: true
---
=== people/me.md
# Me
=== journal/2026-11-15.md
- call [[Bo]]: forty jars with [[Ana Lima]]
";

#[test]
fn a_suggestion_is_derived_step_by_step() {
    check(
        VAULT,
        "Ana Lima",
        "2026-12-12",
        &expect![[r#"
            Ana Lima (people/ana.md)
            Saturday, 12 December 2026: suggested, the rhythm has come round.

            Rhythm: every month, from the note (people/ana.md:3)
            Newest contact: 3 November, met: the river (people/bo.md:7)
            Not counted, it is a plan: 25 November, plan: tea (people/ana.md:6)
            Not counted, they are only spoken of: 15 November, call: forty jars with Ana Lima (journal/2026-11-15.md:1)
            Not counted, it is a note: 12 November, heard: she moved (people/ana.md:7)
            Due: 5 December (3 December by the calendar, two days later to spread people)
            Turn: drawn 2nd of the 2 who are due, and 2 have a place. Each draw holds for two days; the longer since the last contact, measured by the rhythm, the better the chance (here 39 days of about 30)
            Limits: 4 people a day (0 had contact); 12 a week with a rhythm longer than a week (0 had contact since Monday)
        "#]],
    );
    check(
        VAULT,
        "Ana Lima",
        "2026-11-21",
        &expect![[r#"
            Ana Lima (people/ana.md)
            Saturday, 21 November 2026: not suggested, the rhythm has not come round yet. Can be suggested from 5 December on.

            Rhythm: every month, from the note (people/ana.md:3)
            Newest contact: 3 November, met: the river (people/bo.md:7)
            Not counted, it is a plan: 25 November, plan: tea (people/ana.md:6)
            Not counted, they are only spoken of: 15 November, call: forty jars with Ana Lima (journal/2026-11-15.md:1)
            Not counted, it is a note: 12 November, heard: she moved (people/ana.md:7)
            Due: 5 December (3 December by the calendar, two days later to spread people)
        "#]],
    );
}

#[test]
fn what_stops_a_suggestion_is_said() {
    check(
        VAULT,
        "Bo",
        "2026-11-21",
        &expect![[r#"
            Bo (people/bo.md)
            Saturday, 21 November 2026: not suggested, quiet until 1 December. Can be suggested from 1 December on.

            Rhythm: every 1-2 weeks, from the circle inner
            Newest contact: 15 November, call: forty jars with Ana Lima (journal/2026-11-15.md:1)
            Due: 22 November (a day from 22 November to 29 November, to spread people)
        "#]],
    );
    check(
        VAULT,
        "Cy",
        "2026-11-21",
        &expect![[r#"
        Cy (people/cy.md)
        Saturday, 21 November 2026: suggested, the day of the next step has come.

        Rhythm: every week, from the note (people/cy.md:3)
        Newest contact: none
        Due: any day, for there is nothing to count from
        Next step: 20 November, its day has come: Ask how the move went
        Rest: the note is paused
    "#]],
    );
    check(
        VAULT,
        "Di",
        "2026-11-21",
        &expect![[r#"
        Di (people/di.md)
        Saturday, 21 November 2026: not suggested, nothing in the note asks for it.

        Rhythm: none, in the note or from a circle
        Newest contact: none
    "#]],
    );
    check(
        VAULT,
        "Eve",
        "2026-11-21",
        &expect![[r#"
            Eve (people/eve.md)
            Saturday, 21 November 2026: not suggested, the rhythm has not come round yet. Can be suggested from 21 April on.

            Rhythm: every year, from the note (people/eve.md:3)
            Newest contact: 31 March, by `last_contact: 2026-03` (people/eve.md:4)
            Due: 21 April (31 March by the calendar, 21 days later to spread people)
        "#]],
    );
    check(
        VAULT,
        "Finn",
        "2026-11-21",
        &expect![[r#"
        Finn (people/finn.md)
        Saturday, 21 November 2026: not suggested, nothing in the note asks for it.

        Rhythm: never, from the note (people/finn.md:3)
        Newest contact: none; the note was made on 1 November
    "#]],
    );
    check(
        VAULT,
        "Gus",
        "2026-11-21",
        &expect![[r#"
        Gus (people/gus.md)
        Saturday, 21 November 2026: not suggested, the note is archived.

        Rhythm: none, in the note or from a circle
        Newest contact: none
    "#]],
    );
    check(
        VAULT,
        "people/me",
        "2026-11-21",
        &expect![[r#"
        Me (people/me.md)
        Saturday, 21 November 2026: not suggested, this is you.

        Rhythm: none, in the note or from a circle
        Newest contact: none
    "#]],
    );
}

#[test]
fn an_absence_and_a_fresh_start_are_said() {
    let settings = Settings {
        fresh_start: Some(day("2026-11-01")),
        away: vec![DayRange::parse("2026-11-19..2026-11-23").unwrap()],
        ..Settings::default()
    };
    check_with(
        VAULT,
        "Eve",
        "2026-11-21",
        &settings,
        &expect![[r#"
            Eve (people/eve.md)
            Saturday, 21 November 2026: not suggested, you are away. Can be suggested from 26 April on.

            Rhythm: every year, from the note (people/eve.md:3)
            Newest contact: 31 March, by `last_contact: 2026-03` (people/eve.md:4)
            Due: 26 April (31 March by the calendar, 21 days later to spread people; five days away were added)
        "#]],
    );
    let old = VAULT.replace("last_contact: 2026-03", "last_contact: 2020");
    check_with(
        &old,
        "Eve",
        "2026-11-24",
        &settings,
        &expect![[r#"
            Eve (people/eve.md)
            Tuesday, 24 November 2026: not suggested, the rhythm has not come round yet. Can be suggested from 4 September 2027 on.

            Rhythm: every year, from the note (people/eve.md:3)
            Newest contact: 31 December 2020, by `last_contact: 2020` (people/eve.md:4)
            Due: 4 September 2027 (everyone is spread over one rhythm from the fresh start on 1 November; five days away were added)
        "#]],
    );
    check_with(
        VAULT,
        "Bo",
        "2026-11-24",
        &settings,
        &expect![[r#"
            Bo (people/bo.md)
            Tuesday, 24 November 2026: not suggested, quiet until 1 December. Can be suggested from 1 December on.

            Rhythm: every 1-2 weeks, from the circle inner
            Newest contact: 15 November, call: forty jars with Ana Lima (journal/2026-11-15.md:1)
            Due: 27 November (a day from 22 November to 29 November, to spread people; five days away were added)
        "#]],
    );
}

fn many(count: usize, keys: &str) -> String {
    let note = |number: usize| format!("=== people/p{number:02}.md\n---\n{keys}\n---\n");
    (0..count).map(note).collect()
}

#[test]
fn who_waits_hears_when_the_turn_comes() {
    let vault = many(9, "cadence: monthly\nlast_contact: 2026-10-01");
    check(
        &vault,
        "p04",
        "2026-11-21",
        &expect![[r#"
            p04 (people/p04.md)
            Saturday, 21 November 2026: due, and it is the turn of others. The turn comes on 25 November if nothing changes.

            Rhythm: every month, from the note (people/p04.md:2)
            Newest contact: 1 October, by `last_contact: 2026-10-01` (people/p04.md:3)
            Due: 2 November (1 November by the calendar, one day later to spread people)
            Turn: drawn 9th of the 9 who are due, and 4 have a place. Each draw holds for two days; the longer since the last contact, measured by the rhythm, the better the chance (here 51 days of about 30)
            Limits: 4 people a day (0 had contact); 12 a week with a rhythm longer than a week (0 had contact since Monday)
        "#]],
    );
    check(
        &vault,
        "p01",
        "2026-11-21",
        &expect![[r#"
            p01 (people/p01.md)
            Saturday, 21 November 2026: suggested, the rhythm has come round.

            Rhythm: every month, from the note (people/p01.md:2)
            Newest contact: 1 October, by `last_contact: 2026-10-01` (people/p01.md:3)
            Due: 30 October (1 November by the calendar, two days earlier to spread people)
            Turn: drawn 2nd of the 9 who are due, and 4 have a place. Each draw holds for two days; the longer since the last contact, measured by the rhythm, the better the chance (here 51 days of about 30)
            Limits: 4 people a day (0 had contact); 12 a week with a rhythm longer than a week (0 had contact since Monday)
        "#]],
    );
    let mut none = Settings::default();
    none.agenda.limit = 0;
    check_with(
        &vault,
        "p01",
        "2026-11-21",
        &none,
        &expect![[r#"
            p01 (people/p01.md)
            Saturday, 21 November 2026: due, and it is the turn of others. No turn comes within twenty days if nothing changes.

            Rhythm: every month, from the note (people/p01.md:2)
            Newest contact: 1 October, by `last_contact: 2026-10-01` (people/p01.md:3)
            Due: 30 October (1 November by the calendar, two days earlier to spread people)
            Turn: drawn 2nd of the 9 who are due, and nobody has a place. Each draw holds for two days; the longer since the last contact, measured by the rhythm, the better the chance (here 51 days of about 30)
            Limits: 0 people a day (0 had contact); 12 a week with a rhythm longer than a week (0 had contact since Monday)
        "#]],
    );
}

#[test]
fn a_plan_and_a_new_connection_are_said() {
    let vault = "=== people/ana.md\n## Log\n- 2026-11-07 met: at a workshop\n\
                 === people/bo.md\n## Log\n- 2026-11-19 plan: tea\n";
    check(
        vault,
        "ana",
        "2026-11-18",
        &expect![[r#"
            ana (people/ana.md)
            Wednesday, 18 November 2026: not suggested, nothing in the note asks for it. Can be suggested from 21 November on.

            Rhythm: none, in the note or from a circle
            Newest contact: 7 November, met: at a workshop (people/ana.md:2)
        "#]],
    );
    check(
        vault,
        "ana",
        "2026-11-21",
        &expect![[r#"
            ana (people/ana.md)
            Saturday, 21 November 2026: suggested once, two weeks after the first entry.

            Rhythm: none, in the note or from a circle
            Newest contact: 7 November, met: at a workshop (people/ana.md:2)
            New: nothing in the note asks for it, but somebody new comes up once, two weeks after the first entry (`new_connections` under `[agenda]` in ties.toml)
            Turn: nobody else is due, and one has a place
            Limits: 4 people a day (0 had contact); 12 a week with a rhythm longer than a week (0 had contact since Monday)
        "#]],
    );
    check(
        vault,
        "bo",
        "2026-11-21",
        &expect![[r#"
        bo (people/bo.md)
        Saturday, 21 November 2026: asked whether the plan of 19 November happened.

        Rhythm: none, in the note or from a circle
        Newest contact: none
        Not counted, it is a plan: 19 November, plan: tea (people/bo.md:2)
    "#]],
    );
}

fn check_capacity(vault: &str, settings: &Settings, expected: &Expect) {
    let capacity = capacity(&book(vault), day("2026-11-21"), settings, &Vocabulary::default());
    let finding = capacity.finding().map_or_else(
        || "fits".to_owned(),
        |finding| format!("{} ({})", finding.message, finding.help.unwrap_or_default()),
    );
    let (wished, long) = (capacity.wished, capacity.wished_beyond_a_week);
    expected.assert_eq(&format!("{} people, {wished:.1}, {long:.1}: {finding}", capacity.people));
}

#[test]
fn rhythms_beyond_the_limits_are_a_finding() {
    let usual = Settings::default();
    check_capacity(VAULT, &usual, &expect!["3 people, 0.9, 0.9: fits"]);
    check_capacity(&many(10, "cadence: weekly"), &usual, &expect!["10 people, 10.0, 0.0: fits"]);
    check_capacity(
        &many(29, "cadence: weekly"),
        &usual,
        &expect![
            "29 people, 29.0, 0.0: the rhythms of 29 people ask for about 29 contacts a week, and `agenda.limit` has room for 28 (lengthen some rhythms, let some people rest, or raise `agenda.limit`)"
        ],
    );
    check_capacity(
        &many(29, "cadence: biweekly"),
        &usual,
        &expect![
            "29 people, 14.5, 14.5: the rhythms of 29 people ask for about 15 contacts a week, and `agenda.weekly_limit` has room for 12 (lengthen some rhythms, let some people rest, or raise `agenda.weekly_limit`)"
        ],
    );
    check_capacity(
        &many(29, "cadence: biweekly\npaused: true"),
        &usual,
        &expect!["0 people, 0.0, 0.0: fits"],
    );
}

const TOWN: &str = "
=== people/ana.md
---
name: Ana
cadence: weekly
birthday: --11-21
household: [[Bo]]
---
=== people/bo.md
---
name: Bo
cadence: weekly
location: Porto
father: [[Old]]
---
=== people/cy.md
---
name: Cy
---
## Log
- 2026-11-01 heard: hired #event/new-job
=== people/di.md
---
name: Di
created: 2026-11-12
introduced_by: [[Cy]]
---
=== people/old.md
---
name: Old
died: 2026-11-12
---
=== journal/2026-11-19.md
- 2026-11-24..2026-12-02 trip: Porto
";

#[test]
fn every_line_of_the_agenda_has_its_reason() {
    let town = TOWN.replace("[[", "\"[[").replace("]]", "]]\"");
    check(
        &town,
        "Ana",
        "2026-11-21",
        &expect![[r#"
        Ana (people/ana.md)
        Saturday, 21 November 2026: suggested, the rhythm has come round.

        Rhythm: every week, from the note (people/ana.md:3)
        Newest contact: none
        Due: any day, for there is nothing to count from
        Turn: drawn 2nd of the 2 who are due, and 2 have a place. Each draw holds for two days; the longer since the last contact, measured by the rhythm, the better the chance
        Together: with Bo; people who live together are one suggestion and take one place
        Limits: 4 people a day (0 had contact); 12 a week with a rhythm longer than a week (0 had contact since Monday)
        On the agenda: a birthday today, whatever the rhythm says
    "#]],
    );
    check(
        &town,
        "Ana",
        "2026-11-23",
        &expect![[r#"
        Ana (people/ana.md)
        Monday, 23 November 2026: suggested, the rhythm has come round.

        Rhythm: every week, from the note (people/ana.md:3)
        Newest contact: none
        Due: any day, for there is nothing to count from
        Turn: drawn 2nd of the 2 who are due, and 2 have a place. Each draw holds for two days; the longer since the last contact, measured by the rhythm, the better the chance
        Together: with Bo; people who live together are one suggestion and take one place
        Limits: 4 people a day (0 had contact); 12 a week with a rhythm longer than a week (0 had contact since Monday)
        On the agenda: a birthday on Saturday; it stays three days while there is no contact
    "#]],
    );
    check(
        &town,
        "Bo",
        "2026-11-21",
        &expect![[r#"
        Bo (people/bo.md)
        Saturday, 21 November 2026: suggested, the rhythm has come round.

        Rhythm: every week, from the note (people/bo.md:3)
        Newest contact: none
        Due: any day, for there is nothing to count from
        Turn: drawn 1st of the 2 who are due, and 2 have a place. Each draw holds for two days; the longer since the last contact, measured by the rhythm, the better the chance
        Together: with Ana; people who live together are one suggestion and take one place
        Limits: 4 people a day (0 had contact); 12 a week with a rhythm longer than a week (0 had contact since Monday)
        On the agenda: Old, who was close to them, died a week ago
        On the agenda: they live where you will be (Porto, from 24 November to 2 December)
    "#]],
    );
    check(
        &town,
        "Cy",
        "2026-11-21",
        &expect![[r#"
        Cy (people/cy.md)
        Saturday, 21 November 2026: not suggested, nothing in the note asks for it.

        Rhythm: none, in the note or from a circle
        Newest contact: none
        Not counted, it is a note: 1 November, heard: hired (people/cy.md:5)
        On the agenda: new job, 1 November; it asks for a word for two weeks from 15 November
        On the agenda: thanks for introducing Di, for two weeks from 12 November
    "#]],
    );
}

#[test]
fn a_quiet_day_of_the_week_is_said() {
    let mut settings = Settings::default();
    settings.agenda.quiet_days = vec![day("2026-11-21").weekday(), day("2026-11-22").weekday()];
    check_with(
        VAULT,
        "Ana Lima",
        "2026-12-12",
        &settings,
        &expect![[r#"
        Ana Lima (people/ana.md)
        Saturday, 12 December 2026: due, and it is a quiet day of the week. The turn comes on 14 December if nothing changes.

        Rhythm: every month, from the note (people/ana.md:3)
        Newest contact: 3 November, met: the river (people/bo.md:7)
        Not counted, it is a plan: 25 November, plan: tea (people/ana.md:6)
        Not counted, they are only spoken of: 15 November, call: forty jars with Ana Lima (journal/2026-11-15.md:1)
        Not counted, it is a note: 12 November, heard: she moved (people/ana.md:7)
        Due: 5 December (3 December by the calendar, two days later to spread people)
        Turn: drawn 2nd of the 2 who are due, and nobody has a place. Each draw holds for two days; the longer since the last contact, measured by the rhythm, the better the chance (here 39 days of about 30)
        Limits: 4 people a day (0 had contact); 12 a week with a rhythm longer than a week (0 had contact since Monday)
    "#]],
    );
    check_with(
        VAULT,
        "Ana Lima",
        "2026-11-21",
        &settings,
        &expect![[r#"
            Ana Lima (people/ana.md)
            Saturday, 21 November 2026: not suggested, the rhythm has not come round yet. Can be suggested from 7 December on.

            Rhythm: every month, from the note (people/ana.md:3)
            Newest contact: 3 November, met: the river (people/bo.md:7)
            Not counted, it is a plan: 25 November, plan: tea (people/ana.md:6)
            Not counted, they are only spoken of: 15 November, call: forty jars with Ana Lima (journal/2026-11-15.md:1)
            Not counted, it is a note: 12 November, heard: she moved (people/ana.md:7)
            Due: 5 December (3 December by the calendar, two days later to spread people)
        "#]],
    );
}
