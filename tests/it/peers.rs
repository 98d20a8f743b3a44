//! What went wrong in other programs of this kind, as their users told it: a small vault each, and what `ties` says.

use crate::support::{book, files};
use expect_test::{Expect, expect};
use std::fmt::Write;
use ties::features::agenda::compose::compose;
use ties::features::agenda::render::render;
use ties::features::due::due;
use ties::features::settings::Settings;
use ties::features::standing::standing;
use ties::people::vocabulary::Vocabulary;
use ties::text::day::Day;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// `agenda.md` of a day over the file that is there.
fn page(vault: &str, on: Day, existing: Option<&str>) -> String {
    let agenda =
        compose(&book(vault), on, &Settings::default(), &Vocabulary::default(), existing).unwrap();
    render(&agenda)
}

/// The lines of the agenda that `ties` wrote, without its front matter, title and empty lines.
fn check(vault: &str, on: &str, expected: &Expect) {
    let page = page(vault, day(on), None);
    let lines = page.lines().skip_while(|line| !line.starts_with("# ")).skip(1);
    let lines = lines.filter(|line| !line.is_empty() && *line != "## Notes");
    expected.assert_eq(&lines.map(|line| format!("{line}\n")).collect::<String>());
}

/// What the clock of `people/ana` counts from.
fn check_clock(log: &str, elsewhere: &str, expected: &str) {
    let vault = format!(
        "=== people/ana.md\n---\nname: Ana\ncadence: monthly\n---\n## Log\n{log}\n- 2026-10-01 call: x\n{elsewhere}"
    );
    let book = book(&vault);
    let id = book.linked("people/ana").unwrap();
    let standing =
        standing(&book, id, day("2026-11-21"), &Settings::default(), &Vocabulary::default());
    assert_eq!(standing.anchor.unwrap().day.to_string(), expected, "{vault}");
}

const ANA: &str = "
=== people/ana.md
---
name: Ana
circle: inner
cadence: weekly
birthday: 1996-11-21
follow_up: 2026-11-20
next: Ask how the move went
aliases: [Aninha, ANA]
---
## Log
- 2026-11-20 plan: tea
- 2026-10-30 heard: moves #event/move
- 2026-10-12 call: boxes everywhere
=== journal/2026-11-20.md
- [[Ana]] and [[Aninha]] and [[ana]]: what a week
";

#[test]
fn the_same_reminder_every_hour() {
    let morning = page(ANA, day("2026-11-21"), None);
    let mut now = morning.clone();
    for _ in 0..24 {
        now = page(ANA, day("2026-11-21"), Some(&now));
        assert_eq!(now, morning);
    }
}

#[test]
fn one_person_several_times_on_one_day() {
    check(
        ANA,
        "2026-11-21",
        &expect![[r#"
            ## Today
            - [ ] [[people/ana|Ana]] turns 30. ^tow2ecg7r
              > Move, 30 October: moves.
              > Ask how the new place feels.
              > Last: 12 October, call: boxes everywhere.
              > Heard: 30 October: moves.
              > Next: ask how the move went. Why: you chose yesterday for it.
            - [ ] [[people/ana|Ana]], planned for yesterday: tea. Did it happen? ^t7fumqsb5
        "#]],
    );
}

#[test]
fn the_same_person_every_day() {
    let person = |number: usize| format!("=== people/p{number}.md\n---\ncadence: monthly\n---\n");
    let vault = (0..12).map(person).collect::<String>();
    let (book, settings, vocabulary) = (book(&vault), Settings::default(), Vocabulary::default());
    let mut told = String::new();
    for number in (0..12).step_by(2) {
        let due = due(&book, day("2026-11-22").plus_days(number), &settings, &vocabulary);
        let names = due.today.iter().map(|of| book.brief(of.id).name.as_str());
        let _ = writeln!(told, "{}", names.collect::<Vec<_>>().join(" "));
    }
    expect![[r#"
        p0 p2 p8 p9
        p11 p3 p6 p8
        p5 p6 p7 p8
        p0 p1 p10 p9
        p0 p1 p7 p8
        p11 p2 p6 p8
    "#]]
    .assert_eq(&told);
}

#[test]
fn silence_on_the_birthday() {
    let keys = [
        "paused: true",
        "quiet_until: 2027-06-01",
        "status: later",
        "status: reference",
        "cadence: never",
        "circle: inner\nfollow_up: 2027-01-01",
        "last_contact: 2026-11-20\ncadence: yearly",
        "groups: [choir]",
    ];
    let person = |(number, keys): (usize, &&str)| {
        format!("=== people/p{number}.md\n---\nname: P{number}\nbirthday: --11-21\n{keys}\n---\n")
    };
    let vault = keys.iter().enumerate().map(person).collect::<String>();
    check(
        &vault,
        "2026-11-21",
        &expect![[r#"
        ## Today
        - [ ] [[people/p0|P0]] has a birthday. ^t33e41vfp
        - [ ] [[people/p1|P1]] has a birthday. ^tgx6hn658
        - [ ] [[people/p2|P2]] has a birthday. ^t0dnjrnab
        - [ ] [[people/p3|P3]] has a birthday. ^t4ocs9qyk
        - [ ] [[people/p4|P4]] has a birthday. ^t1ptbcen2
        - [ ] [[people/p5|P5]] has a birthday. ^trrholpk4
          > Next: a call, a visit, a meal together. Why: every 1-2 weeks.
        - [ ] [[people/p6|P6]] has a birthday. ^td21xp202
        - [ ] [[people/p7|P7]] has a birthday. ^twptie6xe
    "#]],
    );
}

#[test]
fn a_run_that_did_not_happen_loses_a_reminder() {
    // Nobody looked between the 15th and the 21st.
    let vault = "
=== people/ana.md
---
name: Ana
birthday: --11-18
---
=== people/bo.md
---
name: Bo
follow_up: 2026-11-16
next: Ask how it went
---
- [ ] Send him the key 📅 2026-11-17
=== people/cy.md
---
name: Cy
---
## Log
- 2026-11-16 plan: soup
- 2026-11-02 heard: a boy #event/new-baby
=== people/di.md
---
name: Di
cadence: weekly
---
## Log
- 2026-11-09 call: x
";
    check(
        vault,
        "2026-11-21",
        &expect![[r#"
        ## Today
        - [ ] [[people/ana|Ana]] had a birthday on Wednesday; a late word is welcome. ^tow2ecg7r
        - [ ] [[people/cy|Cy]]: ask what would help, and how they sleep ^tkcpa0817
          > New baby, 2 November: a boy.
        - [ ] [[people/cy|Cy]], planned for Monday: soup. Did it happen? ^t5if41jee
        ## Promises
        - [ ] Send him the key · [[people/bo|Bo]], meant for Tuesday ^paaom4h88
        ## Reach out
        - [ ] [[people/bo|Bo]] ^rbalfqg8e
          > Next: ask how it went. Why: you chose Monday for it.
        - [ ] [[people/di|Di]] ^rtll7xj0d
          > Last: 9 November, call: x.
          > Why: every week.
    "#]],
    );
}

#[test]
fn a_logged_conversation_does_not_reset_the_clock() {
    for log in [
        "- 2026-11-10 call: x",
        "* 2026-11-10 · slack · hello",
        "- [2026-11-10]: Coffee",
        "- 2026-11-10 — by the river",
        "- 2026-11-10",
    ] {
        check_clock(log, "", "2026-11-10");
    }
    check_clock("", "\n### 2026-11-10 call\nA long one.\n", "2026-11-10");
    for elsewhere in [
        "=== journal/2026-11-10.md\n- coffee [[Ana]]: Porto\n",
        "=== journal/2026-11-10.md\n---\nattendees: [\"[[ana]]\"]\n---\n# Committee\n",
        "=== people/bo.md\n# Bo\n## Log\n- 2026-11-10 met [[people/ana|A.]]: in Sintra\n",
    ] {
        check_clock("", elsewhere, "2026-11-10");
    }
}

#[test]
fn a_conversation_about_somebody_resets_their_clock() {
    for log in [
        "- 2026-11-10 heard: she moved",
        "- 2026-11-10 note: her birthday",
        "- 2026-11-10 tried: no answer",
    ] {
        check_clock(log, "", "2026-10-01");
    }
    for elsewhere in [
        "=== people/bo.md\n# Bo\n## Log\n- 2026-11-10 call: talked of [[Ana]]\n",
        "=== journal/2026-11-10.md\n- Thought of [[Ana]] on the bus\n",
        "=== journal/2026-11-10.md\n- call [[Bo]]: [[Ana]] is well\n=== people/bo.md\n# Bo\n",
        "=== journal/2026-11-10.md\n- [ ] call [[Ana]]\n> call [[Ana]]: x\n\n```\n- call [[Ana]]: x\n```\n",
    ] {
        check_clock("", elsewhere, "2026-10-01");
    }
}

#[test]
fn a_cancelled_plan_counts_as_contact() {
    check_clock("- 2026-11-10 plan: tea", "", "2026-10-01");
    check_clock("- 2026-11-12 heard: cancelled\n- 2026-11-10 plan: tea", "", "2026-10-01");
    check_clock(
        "",
        "=== journal/2026-11-10.md\n- [-] tea with [[Ana]]\n- plan [[Ana]]: tea\n",
        "2026-10-01",
    );
    let vault = "=== people/ana.md\n---\nname: Ana\ncadence: weekly\n---\n## Log\n- 2026-11-20 plan: tea\n- 2026-11-01 call: x\n";
    check(
        vault,
        "2026-11-21",
        &expect![[r#"
        ## Today
        - [ ] [[people/ana|Ana]], planned for yesterday: tea. Did it happen? ^t7fumqsb5
    "#]],
    );
}

#[test]
fn reminders_for_the_dead() {
    let vault = "
=== people/ana.md
---
name: Ana
circle: inner
birthday: --11-21
anniversary: 2000-11-21
died: 2026-05-05
follow_up: 2026-11-20
next: Call
location: Porto
introduced: \"[[Bo]]\"
---
- [ ] Send her the book 📅 2026-11-20
## Log
- 2026-11-20 plan: tea
- 2026-11-07 heard: hired #event/new-job
- 2026-04-01 call: x
## Events
- 2026-11-21 exam: algebra
=== people/bo.md
---
name: Bo
household: \"[[Ana]]\"
cadence: weekly
created: 2026-11-20
---
## Log
- 2026-11-20 call: x
=== journal/2026-11-20.md
- 2026-11-21..2026-11-28 trip: Porto
- plan [[Ana]]: the pier
";
    check(
        &vault.replace('\\', ""),
        "2026-11-21",
        &expect![[r#"
        Nothing is due today. Next: [[people/bo|Bo]] on Friday.
    "#]],
    );
}

/// Forty people of a year or more ago and three friends of every week; the owner takes up whatever is there.
#[test]
fn yearly_people_bury_the_weekly_ones() {
    let head = |number: usize, cadence: &str| {
        format!(
            "=== people/p{number:02}.md\n---\nname: P{number:02}\ncadence: {cadence}\nlast_contact: 2024-01-01\n---\n## Log\n"
        )
    };
    let heads = (0..3).map(|number| head(number, "weekly"));
    let heads = heads.chain((3..43).map(|number| head(number, "yearly")));
    let mut people = files(&heads.collect::<String>());
    let (settings, vocabulary) = (Settings::default(), Vocabulary::default());
    let mut told = String::new();
    let mut met = vec![Vec::new(); 3];
    for number in 0..70 {
        let on = day("2026-11-02").plus_days(number);
        let vault = people.iter().map(|(path, text)| format!("=== {path}\n{text}"));
        let book = book(&vault.collect::<String>());
        for suggestion in due(&book, on, &settings, &vocabulary).today {
            let at = suggestion.id.number();
            let _ = writeln!(people[at].1, "- {on} call: x");
            met.get_mut(at).into_iter().for_each(|days| days.push(on));
        }
    }
    for days in met {
        let gaps = days.windows(2).map(|pair| pair[0].days_until(pair[1]).to_string());
        let _ = writeln!(told, "{} days apart", gaps.collect::<Vec<_>>().join(" "));
    }
    expect![[r#"
        7 7 7 7 7 7 7 7 7 days apart
        7 7 7 7 7 7 7 7 7 days apart
        7 7 7 7 7 7 7 7 7 days apart
    "#]]
    .assert_eq(&told);
}
