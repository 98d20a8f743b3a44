//! The agenda from a small invented vault: how it reads, and that nothing which a person typed is ever lost.

use crate::features::agenda::compose::compose;
use crate::features::agenda::file::NotOurs;
use crate::features::agenda::render::{NOTES, render};
use crate::features::agenda::view::Agenda;
use crate::features::sample::{book, day};
use crate::features::settings::Settings;
use crate::people::vocabulary::Vocabulary;
use crate::text::day_range::DayRange;
use crate::text::phrase::forbidden_in;
use expect_test::{Expect, expect};
use proptest::prelude::*;

const VAULT: &[(&str, &str)] = &[
    (
        "habits/walk.md",
        "---\nhabit: Walk 20 minutes\nafter: lunch\n---\n## Log\n- 2026-11-20\n- 2026-11-19\n- 2026-11-18\n- 2026-11-16\n\
         - 2026-11-15\n- 2026-11-14\n",
    ),
    (
        "habits/read.md",
        "---\nhabit: Read\nrecovery: One page is enough\n---\n## Log\n- 2026-11-18\n",
    ),
    (
        "people/ana-lima.md",
        "---\nname: Ana Lima\n---\n## Log\n- 2026-10-12 call: New job at the school.\n  \
         - [ ] Send her the kiln article 📅 2026-10-20\n- [ ] Find the recipe for [[Rita Lima]] 📅 2026-11-30\n",
    ),
    ("people/eva.md", "---\nname: Eva\nbirthday: 1986-11-28\n---\n"),
    (
        "people/joao-faria.md",
        "---\nname: João Faria\ncircle: growth\nchannel: message\npurpose: accountability partner\n\
         next: Ask whether the defence has a date\n---\n## Log\n- 2026-09-05 met: his thesis, tired but happy\n",
    ),
    ("people/mae.md", "---\nname: Mãe\ncircle: inner\n---\n## Log\n- 2026-11-21 call: quinces\n"),
    ("people/me.md", "---\nname: Inês\nmother: \"[[Mãe]]\"\nsister: \"[[Rita Lima]]\"\n---\n"),
    (
        "people/rita-lima.md",
        "---\nname: Rita Lima\nbirthday: 1996-11-21\nhow: Call her; she likes calls\n---\n\
         ## Gifts\n- idea: ceramics course\n- 2025-11-21 gave: a cookbook\n",
    ),
];

fn agenda(notes: &[(&str, &str)], on: &str, settings: &Settings, existing: Option<&str>) -> Agenda {
    compose(&book(notes), day(on), settings, &Vocabulary::default(), existing).unwrap()
}

/// The agenda of [`VAULT`] on a day, over the file `existing`.
fn written(on: &str, existing: Option<&str>) -> String {
    render(&agenda(VAULT, on, &Settings::default(), existing))
}

/// Without the line of marks, which says nothing to a reader.
fn without_marks(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with("marks: "));
    lines.map(|line| format!("{line}\n")).collect()
}

fn check(notes: &[(&str, &str)], on: &str, settings: &Settings, expected: &Expect) {
    let text = render(&agenda(notes, on, settings, None));
    assert_eq!(forbidden_in(&text), Vec::<&str>::new());
    expected.assert_eq(&without_marks(&text));
}

#[test]
fn a_full_morning() {
    check(
        VAULT,
        "2026-11-21",
        &Settings::default(),
        &expect![[r#"
        ---
        ties: agenda
        date: 2026-11-21
        ---
        # Saturday, 21 November 2026

        ## Today
        - [ ] [[people/rita-lima|Rita Lima]], your sister, turns 30. Call her; she likes calls. ^tyrar2elc
          > Idea: ceramics course. Last year: a cookbook.

        ## Promises
        - [ ] Send her the kiln article · [[people/ana-lima|Ana Lima]], promised in October ^pe2664812

        ## Reach out
        - [ ] [[people/joao-faria|João Faria]] · growth · message ^ra8ykyd38
          > Last: 5 September, met: his thesis, tired but happy.
          > Next: ask whether the defence has a date. Why: accountability partner, every 2-4 weeks.

        ## Habits
        - [ ] Read · 1 of the last 3 days ^hg4yzxz0y
          > One page is enough.
        - [ ] Walk 20 minutes after lunch · 6 of the last 7 days ^hbju2pqn5

        ## Coming up
        - Sat 28 Nov: [[people/eva|Eva]]'s 40th birthday ^ciqzagnwa
        - Mon 30 Nov: Find the recipe for [[people/rita-lima|Rita Lima]] · [[people/ana-lima|Ana Lima]] ^c9h5uj5dq

        ## Done
        - Called [[people/mae|Mãe]]

        ## Notes
    "#]],
    );
}

const TOWN: &[(&str, &str)] = &[
    (
        "people/ana.md",
        "---\nname: Ana\ncircle: inner\nchannel: call\nhousehold: [\"[[Bo]]\", \"[[Cy]]\"]\n---\n## Log\n\
         - 2026-10-12 call: the boiler\n",
    ),
    (
        "people/bo.md",
        "---\nname: Bo\ncircle: inner\nchannel: call\npurpose: he laughs\n---\n## Log\n- 2026-11-01 met: pears\n",
    ),
    ("people/cy.md", "---\nname: Cy\ncadence: weekly\nbirthday: 2010-11-21\n---\n"),
    (
        "people/di.md",
        "---\nname: Di\ncadence: on-event\nlocation: Porto\nnext: Bring back her pot\n---\n",
    ),
    ("people/ed.md", "---\nname: Ed\nlocation: Porto\nfollow_up: 2026-11-20\n---\n"),
    ("journal/2026-11-19.md", "- 2026-11-24..2026-12-02 trip: Porto\n"),
];

#[test]
fn a_household_is_one_line_and_a_trip_suggests_who_lives_there() {
    check(
        TOWN,
        "2026-11-20",
        &Settings::default(),
        &expect![[r#"
        ---
        ties: agenda
        date: 2026-11-20
        ---
        # Friday, 20 November 2026

        ## Reach out
        - [ ] [[people/ed|Ed]] ^rup37dlnv
          > Why: you chose today for it, you will be in Porto from 24 November to 2 December.
        - [ ] [[people/ana|Ana]], [[people/cy|Cy]] and [[people/bo|Bo]] ^r50mpzann
          > Last, with Bo: 1 November, met: pears.
          > Next: a call, a visit, a meal together. Why: he laughs, every 1-2 weeks, every week, they live together.
        - [ ] [[people/di|Di]] ^rvb8f7t2q
          > Next: bring back her pot. Why: you will be in Porto from 24 November to 2 December.

        ## Coming up
        - Sat 21 Nov: [[people/cy|Cy]]'s 16th birthday ^c2a99z24t

        ## Notes
    "#]],
    );
    // Who has a line of the day already is in no other.
    check(
        TOWN,
        "2026-11-21",
        &Settings::default(),
        &expect![[r#"
            ---
            ties: agenda
            date: 2026-11-21
            ---
            # Saturday, 21 November 2026

            ## Today
            - [ ] [[people/cy|Cy]] turns 16. ^t2a99z24t
              > Why: every week.

            ## Reach out
            - [ ] [[people/ed|Ed]] ^rup37dlnv
              > Why: you chose yesterday for it, you will be in Porto from 24 November to 2 December.
            - [ ] [[people/bo|Bo]] and [[people/ana|Ana]] · inner · call ^r1jf78vki
              > Last, with Bo: 1 November, met: pears.
              > Next: a call, a visit, a meal together. Why: he laughs, every 1-2 weeks, they live together.
            - [ ] [[people/di|Di]] ^rvb8f7t2q
              > Next: bring back her pot. Why: you will be in Porto from 24 November to 2 December.

            ## Notes
        "#]],
    );
    check(
        TOWN,
        "2026-12-02",
        &Settings::default(),
        &expect![[r#"
        ---
        ties: agenda
        date: 2026-12-02
        ---
        # Wednesday, 2 December 2026

        ## Reach out
        - [ ] [[people/ed|Ed]] ^rup37dlnv
          > Why: you chose 20 November for it, you are in Porto today.
        - [ ] [[people/ana|Ana]], [[people/cy|Cy]] and [[people/bo|Bo]] ^r50mpzann
          > Last, with Bo: 1 November, met: pears.
          > Next: a call, a visit, a meal together. Why: he laughs, every 1-2 weeks, every week, they live together.
        - [ ] [[people/di|Di]] ^rvb8f7t2q
          > Next: bring back her pot. Why: you are in Porto today.

        ## Notes
    "#]],
    );
}

#[test]
fn a_quiet_day_of_the_week_says_that_it_is_one() {
    let mut settings = Settings::default();
    settings.agenda.quiet_days = vec![day("2026-11-22").weekday()];
    check(
        &TOWN[..2],
        "2026-11-22",
        &settings,
        &expect![[r#"
            ---
            ties: agenda
            date: 2026-11-22
            ---
            # Sunday, 22 November 2026

            Sunday is a quiet day; nobody is suggested.

            ## Coming up
            - Sun 22 Nov: time for the weekly review (ties review weekly) ^cv57kwk69

            ## Notes
        "#]],
    );
    check(
        &TOWN[..3],
        "2026-11-22",
        &settings,
        &expect![[r#"
            ---
            ties: agenda
            date: 2026-11-22
            ---
            # Sunday, 22 November 2026

            Sunday is a quiet day; nobody is suggested.

            ## Today
            - [ ] [[people/cy|Cy]] turned 16 yesterday; a late word is welcome. ^t2a99z24t

            ## Coming up
            - Sun 22 Nov: time for the weekly review (ties review weekly) ^cv57kwk69

            ## Notes
        "#]],
    );
    check(
        &TOWN[5..],
        "2026-11-22",
        &settings,
        &expect![[r#"
        ---
        ties: agenda
        date: 2026-11-22
        ---
        # Sunday, 22 November 2026

        Nobody is in this vault yet. `ties add "Ana Lima"` makes the first note.

        ## Notes
    "#]],
    );
    let away = vec![DayRange::parse("2026-11-22").unwrap()];
    check(
        &TOWN[..2],
        "2026-11-22",
        &Settings { away, ..settings },
        &expect![[r#"
            ---
            ties: agenda
            date: 2026-11-22
            ---
            # Sunday, 22 November 2026

            You are away today; only occasions are shown. Tomorrow is an ordinary day again.

            ## Notes
        "#]],
    );
}

#[test]
fn another_morning() {
    check(
        VAULT,
        "2026-11-24",
        &Settings::default(),
        &expect![[r#"
        ---
        ties: agenda
        date: 2026-11-24
        ---
        # Tuesday, 24 November 2026

        ## Today
        - [ ] [[people/rita-lima|Rita Lima]], your sister, turned 30 on Saturday; a late word is welcome. ^tyrar2elc
          > Idea: ceramics course. Last year: a cookbook.

        ## Promises
        - [ ] Send her the kiln article · [[people/ana-lima|Ana Lima]], promised in October ^pe2664812

        ## Reach out
        - [ ] [[people/joao-faria|João Faria]] · growth · message ^ra8ykyd38
          > Last: 5 September, met: his thesis, tired but happy.
          > Next: ask whether the defence has a date. Why: accountability partner, every 2-4 weeks.

        ## Habits
        - [ ] Read · 1 of the last 6 days ^hg4yzxz0y
          > One page is enough.
        - [ ] Walk 20 minutes after lunch · 3 of the last 7 days ^hbju2pqn5
          > A small step is enough.

        ## Coming up
        - Sat 28 Nov: [[people/eva|Eva]]'s 40th birthday ^ciqzagnwa
        - Mon 30 Nov: Find the recipe for [[people/rita-lima|Rita Lima]] · [[people/ana-lima|Ana Lima]] ^c9h5uj5dq

        ## Notes
    "#]],
    );
}

#[test]
fn an_empty_vault_says_how_to_begin() {
    check(
        &[],
        "2026-11-21",
        &Settings::default(),
        &expect![[r#"
        ---
        ties: agenda
        date: 2026-11-21
        ---
        # Saturday, 21 November 2026

        Nobody is in this vault yet. `ties add "Ana Lima"` makes the first note.

        ## Notes
    "#]],
    );
}

#[test]
fn without_rhythms_it_says_what_asks_for_one() {
    check(
        &[("people/eva.md", "---\nname: Eva\nbirthday: 1986-11-28\n---\n")],
        "2026-11-21",
        &Settings::default(),
        &expect![[r#"
            ---
            ties: agenda
            date: 2026-11-21
            ---
            # Saturday, 21 November 2026

            Nobody here has a rhythm yet. `circle: inner` or `cadence: monthly` in a note is enough, and `ties triage` asks with one key each. Next: [[people/eva|Eva]]'s 40th birthday on 28 November.

            ## Coming up
            - Sat 28 Nov: [[people/eva|Eva]]'s 40th birthday ^ciqzagnwa

            ## Notes
        "#]],
    );
}

const BO: &[(&str, &str)] =
    &[("people/bo.md", "---\nname: Bo\ncadence: weekly\n---\n## Log\n- 2026-11-18 call: hello\n")];

#[test]
fn a_quiet_morning_says_so_and_what_comes_next() {
    check(
        BO,
        "2026-11-21",
        &Settings::default(),
        &expect![[r#"
        ---
        ties: agenda
        date: 2026-11-21
        ---
        # Saturday, 21 November 2026

        Nothing is due today. Next: [[people/bo|Bo]] on Wednesday.

        ## Notes
    "#]],
    );
}

#[test]
fn when_all_is_done_it_says_so() {
    check(
        BO,
        "2026-11-18",
        &Settings::default(),
        &expect![[r#"
        ---
        ties: agenda
        date: 2026-11-18
        ---
        # Wednesday, 18 November 2026

        All done for today. Next: [[people/bo|Bo]] on 25 November.

        ## Done
        - Called [[people/bo|Bo]]

        ## Notes
    "#]],
    );
}

#[test]
fn a_week_that_had_its_people_says_so() {
    let cy = ("people/cy.md", "---\nname: Cy\ncadence: weekly\n---\n");
    let settings = Settings::default();
    let settings = Settings {
        agenda: crate::features::settings::AgendaSettings { limit: 1, ..settings.agenda.clone() },
        ..settings
    };
    check(
        &[BO[0], cy],
        "2026-11-18",
        &settings,
        &expect![[r#"
        ---
        ties: agenda
        date: 2026-11-18
        ---
        # Wednesday, 18 November 2026

        You have been in touch with one person today; the others can wait.

        ## Done
        - Called [[people/bo|Bo]]

        ## Notes
    "#]],
    );
}

#[test]
fn away_only_occasions_show() {
    let settings = Settings {
        away: vec![DayRange::parse("2026-11-20..2026-11-27").unwrap()],
        ..Settings::default()
    };
    check(
        VAULT,
        "2026-11-21",
        &settings,
        &expect![[r#"
        ---
        ties: agenda
        date: 2026-11-21
        ---
        # Saturday, 21 November 2026

        ## Today
        - [ ] [[people/rita-lima|Rita Lima]], your sister, turns 30. Call her; she likes calls. ^tyrar2elc
          > Idea: ceramics course. Last year: a cookbook.

        ## Coming up
        - Sat 28 Nov: [[people/eva|Eva]]'s 40th birthday ^ciqzagnwa

        ## Done
        - Called [[people/mae|Mãe]]

        ## Notes
    "#]],
    );
    check(
        VAULT,
        "2026-11-27",
        &settings,
        &expect![[r#"
            ---
            ties: agenda
            date: 2026-11-27
            ---
            # Friday, 27 November 2026

            You are away today; only occasions are shown. Tomorrow is an ordinary day again.

            ## Coming up
            - Sat 28 Nov: [[people/eva|Eva]]'s 40th birthday ^ciqzagnwa

            ## Notes
        "#]],
    );
}

#[test]
fn somebody_with_an_occasion_has_one_line() {
    let eva = "---\nname: Eva\ncadence: weekly\nbirthday: --11-21\n---\n## Log\n- 2026-10-01 call: her move\n";
    check(
        &[("people/eva.md", eva)],
        "2026-11-21",
        &Settings::default(),
        &expect![[r#"
        ---
        ties: agenda
        date: 2026-11-21
        ---
        # Saturday, 21 November 2026

        ## Today
        - [ ] [[people/eva|Eva]] has a birthday. ^tiqzagnwa
          > Last: 1 October, call: her move.
          > Why: every week.

        ## Notes
    "#]],
    );
}

#[test]
fn whatever_a_note_has_is_the_context() {
    let notes = [
        (
            "people/a.md",
            "---\nname: A\ncadence: weekly\nlast_contact: ~2025-06\nfollow_up: 2026-11-20\ninterests: [looms]\n---\n",
        ),
        (
            "people/b.md",
            "---\nname: B\ncadence: weekly\nmet: 2011, the night train\nhow: Short, with numbers\n---\n",
        ),
        (
            "people/c.md",
            "---\nname: C\ncadence: weekly\npurpose: Keeps me honest. We tell each other\n---\n## Log\n\
             - 2026-11-18 heard: a new dog\n- 2026-11-01 call\n- [ ] waiting: the photos\n- [ ] Send the atlas\n",
        ),
        ("people/d.md", "---\nname: D\ncircle: inner\n---\n"),
        // Without a living thread the day would be a return after an absence.
        ("people/e.md", "---\nname: E\ncadence: weekly\n---\n## Log\n- 2026-11-20 call\n"),
    ];
    check(
        &notes,
        "2026-11-21",
        &Settings::default(),
        &expect![[r#"
            ---
            ties: agenda
            date: 2026-11-21
            ---
            # Saturday, 21 November 2026

            ## Promises
            - [ ] Send the atlas · [[people/c|C]] ^p5hk9mwlp

            ## Reach out
            - [ ] [[people/a|A]] ^rcrp7svep
              > Last: around June 2025.
              > Next: ask about looms. Why: you chose yesterday for it.
            - [ ] [[people/c|C]] ^r9v0mtv2p
              > Last: 1 November, call.
              > Heard: 18 November: a new dog.
              > Next: send the atlas. Why: Keeps me honest, every week.
            - [ ] [[people/b|B]] ^rmdo61n92
              > Met: 2011, the night train.
              > Next: Short, with numbers. Why: every week.
            - [ ] [[people/d|D]] · inner ^r0xdan4ny
              > Next: a call, a visit, a meal together. Why: every 1-2 weeks.

            ## Notes
        "#]],
    );
}

#[test]
fn days_ahead_and_what_is_done() {
    let notes = [
        (
            "journal/2026-11-21.md",
            "- coffee [[Ana]] [[Bo]]: Porto\n- [x] Ask [[Cy]] about the key ✅ 2026-11-21\n",
        ),
        (
            "people/ana.md",
            "---\nname: Ana\nwife: \"[[Bo]]\"\nanniversary: 2014-11-29\nnext: 2026-11-25 Ask about the week\n---\n",
        ),
        (
            "people/bo.md",
            "---\nname: Bo\nanniversary: --11-29\nfollow_up: 2026-12-24\n---\n## Log\n- 2026-11-22 plan: a walk\n",
        ),
        (
            "people/cy.md",
            "---\nname: Cy\ndied: 2020-11-30\nremember: true\nbirthday: --11-22\n---\n",
        ),
        (
            "people/di.md",
            "---\nname: Di\nfollow_up: 2026-11-26\n---\n## Log\n- 2026-11-21 plan\n- 2026-11-19 plan: tea\n\
             ## Events\n- 2026-11-21 wedding: in Porto\n- 2026-11-28 exam\n",
        ),
    ];
    let settings = Settings {
        away: vec![DayRange::parse("2026-12-01..2026-12-03").unwrap()],
        ..Settings::default()
    };
    check(
        &notes,
        "2026-11-21",
        &settings,
        &expect![[r#"
            ---
            ties: agenda
            date: 2026-11-21
            ---
            # Saturday, 21 November 2026

            ## Today
            - [ ] [[people/di|Di]]: wedding today ^t5za3mjbm
              > In Porto.
            - [ ] [[people/di|Di]], planned for today ^toiojgka4
            - [ ] [[people/di|Di]], planned for Thursday: tea. Did it happen? ^t2odrjawc

            ## Coming up
            - Sun 22 Nov: [[people/cy|Cy]] was born on this day ^ctjxf47kh
            - Sun 22 Nov: with [[people/bo|Bo]]: a walk ^ccm3hzf03
            - Wed 25 Nov: [[people/ana|Ana]]: ask about the week ^cupnxtfw3
            - Thu 26 Nov: a word to [[people/di|Di]] ^c64z5mwdn
            - Sat 28 Nov: [[people/di|Di]], exam ^c204kbr1j
            - Sun 29 Nov: the 12th anniversary of [[people/ana|Ana]] and [[people/bo|Bo]] ^cozbt8b4a
            - Mon 30 Nov: [[people/cy|Cy]] died on this day ^caj1dxltt
            - Tue 1 Dec: away until Thu 3 Dec ^clvn8k8ry

            ## Done
            - Met [[people/ana|Ana]] and [[people/bo|Bo]]
            - Kept: Ask [[people/cy|Cy]] about the key

            ## Notes
        "#]],
    );
}

#[test]
fn those_who_mourn_have_one_gentle_line() {
    let notes = [
        ("people/avo.md", "---\nname: Avô\ndied: 2026-11-14\n---\n"),
        (
            "people/mae.md",
            "---\nname: Mãe\nfather: \"[[Avô]]\"\n---\n## Events\n- 2026-11-14 loss: her father\n",
        ),
        (
            "people/mei.md",
            "---\nname: Mei\n---\n## Events\n- 2026-11-13 illness: her wrist\n- 2026-11-07 new-job\n",
        ),
    ];
    check(
        &notes,
        "2026-11-21",
        &Settings::default(),
        &expect![[r#"
            ---
            ties: agenda
            date: 2026-11-21
            ---
            # Saturday, 21 November 2026

            ## Today
            - [ ] [[people/mae|Mãe]]: a week ago their father [[people/avo|Avô]] died. A short word is enough. ^tvzxxu6y4
            - [ ] A word to [[people/mei|Mei]], if it feels right: ask how they are, and whether company is welcome ^tjnjoxros
              > 13 November: her wrist.
              > New job, 7 November
              > Ask how the new job feels.

            ## Notes
        "#]],
    );
}

#[test]
fn a_changed_line_and_what_was_typed_move_to_the_notes() {
    let text = written("2026-11-21", None);
    let text = text
        .replace("- [ ] [[people/joao-faria|João Faria]]", "- [x] [[people/joao-faria|João Faria]]")
        .replace("^pe2664812\n", "^pe2664812\n    posted it\n\n    on Friday\nbread, milk\n")
        .replace("## Notes\n", "## Notes\nmy own line");
    let again = written("2026-11-22", Some(&text));
    let notes = again.split("## Notes").nth(1).unwrap();
    expect![[r#"

        my own line

        - [[people/ana-lima|Ana Lima]], 21 November
            posted it

            on Friday

        bread, milk

        - [x] [[people/joao-faria|João Faria]] · growth · message ^ra8ykyd38
    "#]]
    .assert_eq(notes);
    assert_eq!(written("2026-11-22", Some(&again)), again);
}

#[test]
fn the_order_of_a_day_does_not_change_once_written() {
    let first = written("2026-11-21", None);
    let later: Vec<(&str, &str)> = std::iter::once((
        "people/aaron.md",
        "---\nname: Aaron\nbirthday: --11-21\ncadence: weekly\n---\n- [ ] Bring it back 📅 2026-10-01\n",
    ))
    .chain(VAULT.iter().copied())
    .collect();
    let settings = Settings::default();
    let again = render(&agenda(&later, "2026-11-21", &settings, Some(&first)));
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let kept = lines(&again).into_iter().filter(|line| lines(&first).contains(line));
    assert_eq!(
        without_marks(&kept.collect::<Vec<_>>().join("\n")),
        without_marks(&first),
        "{again}"
    );
    assert!(again.find("Rita Lima]], your sister") < again.find("Aaron]] has"));
    let anew = render(&agenda(&later, "2026-11-21", &settings, None));
    assert!(anew.find("Rita Lima]], your sister") > anew.find("Aaron]] has"));
}

/// `change` of today's file loses nothing of `typed`, and of ours nothing gets into the notes.
#[test]
fn of_many_days_ahead_the_nearest_are_told_of() {
    let note = |number: u32| {
        let day = number % 9 + 22;
        (format!("people/p{number:02}.md"), format!("---\nbirthday: 1990-11-{day:02}\n---\n"))
    };
    let notes = (1..=23).map(note).collect::<Vec<_>>();
    let notes = notes.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let notes = notes.collect::<Vec<_>>();
    let agenda = agenda(&notes, "2026-11-21", &Settings::default(), None);
    assert_eq!((agenda.coming_up.len(), agenda.coming_up_later), (20, 3));
    let text = render(&agenda);
    let end = text.lines().rfind(|line| line.starts_with("- "));
    assert_eq!(end, Some("- three more a little later"));
    let last = agenda.coming_up.last().map(|item| item.text.clone());
    assert_eq!(last.as_deref(), Some("Sun 29 Nov: [[people/p07|p07]]'s 36th birthday"));
    // It is a line of ours: it goes when it does not hold any more.
    let next = agenda_text_after(&notes, "2026-11-24", &text);
    assert!(!next.contains("a little later"), "{next}");
}

fn agenda_text_after(notes: &[(&str, &str)], on: &str, existing: &str) -> String {
    render(&agenda(notes, on, &Settings::default(), Some(existing)))
}

fn check_kept(change: impl Fn(String) -> String, typed: &[&str]) {
    let text = change(written("2026-11-21", None));
    for on in ["2026-11-21", "2026-11-22"] {
        let again = written(on, Some(&text));
        let notes = again.split_once("\n## Notes\n").unwrap().1;
        let kept = notes.split('\n').filter(|line| !line.is_empty()).collect::<Vec<_>>();
        assert_eq!(kept, typed, "{again}");
        assert_eq!(written(on, Some(&again)), again);
    }
}

#[test]
fn other_editors_and_systems_change_nothing() {
    check_kept(|text| text, &[]);
    check_kept(|text| text.replace('\n', "\r\n"), &[]);
    check_kept(|text| format!("\u{feff}{text}"), &[]);
    check_kept(|text| text.trim_end().to_owned(), &[]);
    check_kept(|text| text.lines().map(|line| format!("{line}  \n")).collect(), &[]);
    check_kept(|text| format!("{text}a\r\nb"), &["a", "b"]);
}

#[test]
fn a_rewritten_front_matter_is_read_and_the_persons_keys_are_kept() {
    let obsidian = |text: String| {
        let text =
            text.replace("ties: agenda\n", "cssclasses:\n  - calm # mine\nties: \"agenda\"\n");
        let text = text.replace("date: 2026-11-21\n", "date: '2026-11-21' # today\n");
        let at = text.find("marks: ").unwrap() + 60;
        let at = at + text[at..].find(' ').unwrap();
        format!("{}\n {}", &text[..at], &text[at..])
    };
    check_kept(obsidian, &[]);
    let text = written("2026-11-22", Some(&obsidian(written("2026-11-21", None))));
    let header = without_marks(&text).split("# Sunday").next().unwrap().to_owned();
    expect![[r#"
        ---
        ties: agenda
        date: 2026-11-22
        cssclasses:
          - calm # mine
        # today
        ---
    "#]]
    .assert_eq(&header);
}

#[test]
fn without_marks_equal_lines_are_still_ours() {
    let text = without_marks(&written("2026-11-21", None));
    assert_eq!(written("2026-11-21", Some(&text)), written("2026-11-21", None));
    let next = written("2026-11-22", Some(&text));
    assert!(
        next.split_once("## Notes")
            .unwrap()
            .1
            .contains("[[people/rita-lima|Rita Lima]], your sister, turns 30")
    );
}

#[test]
fn both_sides_of_a_git_conflict_are_kept_once() {
    let ours =
        written("2026-11-21", None).replace("## Notes\n", "typed here\n## Notes\nsame\nmine\n");
    let theirs = written("2026-11-22", None).replace("## Notes\n", "## Notes\nsame\nsame\nyours\n");
    let conflict = format!("<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> phone\n");
    let kept = written("2026-11-22", Some(&conflict));
    let notes = kept.split_once("\n## Notes\n").unwrap().1;
    assert_eq!(notes, "same\nmine\n\ntyped here\nsame\nyours\n");
    check_kept(
        |text| {
            text.replace(
                "## Notes\n",
                "<<<<<<< a\nx\n||||||| b\ny\n=======\nz\n>>>>>>> c\n## Notes\nend\n",
            )
        },
        &["end", "x", "z"],
    );
    check_kept(|text| text.replace("## Notes\n", "## Notes\n<<<<<<< only\n"), &["<<<<<<< only"]);
}

#[test]
fn what_looks_like_ours_under_the_notes_is_the_persons() {
    check_kept(
        |text| text + "## Today\n- [ ] mine\n## Notes\n",
        &["## Today", "- [ ] mine", "## Notes"],
    );
}

#[test]
fn a_file_that_ties_did_not_write_is_not_touched() {
    let check = |existing: &str| {
        let made = compose(
            &book(VAULT),
            day("2026-11-21"),
            &Settings::default(),
            &Vocabulary::default(),
            Some(existing),
        );
        made.map(|agenda| render(&agenda))
    };
    for theirs in [
        "# My agenda\n",
        "---\ntags: [x]\n---\n",
        "---\nties: agenda\n",
        "---\nties: review\n---\n",
        "x",
    ] {
        assert_eq!(check(theirs), Err(NotOurs), "{theirs}");
    }
    for blank in ["", "\u{feff}", " \n\n"] {
        assert_eq!(check(blank), Ok(written("2026-11-21", None)), "{blank:?}");
    }
}

#[test]
fn the_words_of_the_defaults_are_calm() {
    let triggers = crate::features::settings::default_triggers();
    let circles = crate::people::circle::default_circles();
    let texts = triggers.into_iter().map(|trigger| trigger.suggestion);
    for text in texts.chain(circles.into_iter().filter_map(|circle| circle.how)) {
        assert_eq!(forbidden_in(&text), Vec::<&str>::new(), "{text}");
    }
}

/// What a person does to the file: at a place counted from the first line after the front matter.
#[derive(Debug, Clone)]
enum Change {
    Type(usize, String),
    Edit(usize, String),
    Delete(usize),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let odd = [
        "## Today",
        "## Notes",
        "- [x] done",
        "> quoted",
        "```",
        "%%",
        "---",
        "<<<<<<< a",
        "=======",
        ">>>>>>> b",
        "# Saturday, 21 November 2026",
        "",
        "\t",
        "- a ^r55d0w7he",
    ];
    let odd = prop::sample::select(odd.to_vec()).prop_map(str::to_owned);
    let indent = prop::sample::select(vec!["", "  ", "    ", "\t"]);
    let typed =
        (indent, "[ -~é]{0,20}").prop_map(|(indent, text)| format!("{indent}{text} ⟦typed⟧"));
    let line = prop_oneof![4 => typed, 1 => odd];
    let place = 0usize..60;
    prop::collection::vec(
        prop_oneof![
            4 => (place.clone(), line).prop_map(|(at, line)| Change::Type(at, line)),
            2 => (place.clone(), "[a-z]{1,5} ⟦typed⟧").prop_map(|(at, text)| Change::Edit(at, text)),
            1 => place.prop_map(Change::Delete),
        ],
        0..12,
    )
}

/// The file after the changes; every line with `⟦typed⟧` in it has a number of its own, and is the person's.
fn changed(text: &str, changes: &[Change]) -> String {
    let mut lines = text.lines().map(str::to_owned).collect::<Vec<_>>();
    let first = lines.iter().skip(1).position(|line| line == "---").unwrap() + 2;
    for (number, change) in changes.iter().enumerate() {
        let numbered = |line: &str| line.replace("⟦typed⟧", &format!("⟦{number}⟧"));
        let place = |at: usize| (first + at).min(lines.len());
        match change {
            Change::Type(at, line) => lines.insert(place(*at), numbered(line)),
            Change::Edit(at, text) => {
                if let Some(line) = lines
                    .get_mut(first + at)
                    .filter(|line| line.as_str() != NOTES && !line.contains('⟦'))
                {
                    line.push_str(&numbered(text));
                }
            }
            Change::Delete(at) if first + at < lines.len() => {
                lines.remove(first + at);
            }
            Change::Delete(_) => {}
        }
    }
    lines.join("\n")
}

/// The numbers of what was typed, sorted.
fn typed_in(text: &str) -> Vec<usize> {
    let parts = text.split('⟦').skip(1);
    let mut numbers =
        parts.map(|part| part.split('⟧').next().unwrap().parse().unwrap()).collect::<Vec<_>>();
    numbers.sort_unstable();
    numbers
}

proptest! {
    #[test]
    fn nothing_that_was_typed_is_lost(first in changes(), second in changes(), later in prop::bool::ANY) {
        let mut text = written("2026-11-21", None);
        for changes in [first, second] {
            let edited = changed(&text, &changes);
            let on = if later { "2026-11-25" } else { "2026-11-21" };
            let again = written(on, Some(&edited));
            let (above, notes) = again.split_once("\n## Notes\n").unwrap();
            prop_assert_eq!(typed_in(&again), typed_in(&edited), "{}", edited);
            let is_new_day = !text.contains(&format!("date: {on}"));
            prop_assert!(!is_new_day || typed_in(above).is_empty(), "{}\n{}", again, notes);
            // Three lone markers that were moved to the notes one by one may make an empty conflict there.
            let is_conflict = ["<<<<<<<", "=======", ">>>>>>>"].iter().all(|mark| again.contains(mark));
            if !is_conflict {
                prop_assert_eq!(written(on, Some(&again)), again.clone());
            }
            text = again;
        }
    }

    #[test]
    fn nothing_of_ours_ends_among_the_notes(from in 0i64..400, to in 0i64..400, kept in 0usize..8) {
        let first = day("2026-06-01").plus_days(from).to_string();
        let then = day("2026-06-01").plus_days(to).to_string();
        let settings = Settings::default();
        let old = render(&agenda(VAULT, &first, &settings, None));
        let new = agenda(&VAULT[..kept], &then, &settings, Some(&old));
        prop_assert_eq!(new.notes, Vec::<String>::new());
    }

    #[test]
    fn every_day_is_calm_and_its_ids_differ(from in 0i64..1200) {
        let agenda = agenda(VAULT, &day("2026-01-01").plus_days(from).to_string(), &Settings::default(), None);
        prop_assert_eq!(forbidden_in(&render(&agenda)), Vec::<&str>::new());
        let mut ids = agenda.items().map(|item| item.id.as_str()).collect::<Vec<_>>();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), count);
        prop_assert_eq!(agenda.is_empty(), agenda.empty.is_some());
    }

    #[test]
    fn no_file_makes_it_panic(text in "(---\nties: agenda\n)?[ -~\n\r\u{feff}é]{0,200}") {
        let _ = compose(&book(VAULT), day("2026-11-21"), &Settings::default(), &Vocabulary::default(), Some(&text));
    }
}

#[test]
fn habits_stand_in_the_order_of_the_day_and_contact_ticks_them() {
    let ana = "---\nname: Ana\ncircle: inner\n---\n## Log\n- 2026-11-21 call: the sea\n";
    let notes = [
        ("habits/a-stretch.md", "---\nhabit: Stretch\nafter: \"[[habits/walk|the walk]]\"\n---\n"),
        ("habits/read.md", "---\nhabit: Read\n---\n"),
        ("habits/walk.md", "---\nhabit: Walk\nafter: lunch\n---\n"),
        ("habits/word.md", "---\nhabit: A word\ndone_by: contact circle:inner\n---\n"),
        ("people/ana.md", ana),
    ];
    check(
        &notes,
        "2026-11-21",
        &Settings::default(),
        &expect![[r#"
        ---
        ties: agenda
        date: 2026-11-21
        ---
        # Saturday, 21 November 2026

        ## Habits
        - [ ] Read ^hg4yzxz0y
        - [ ] Walk after lunch ^hbju2pqn5
        - [ ] Stretch after the walk ^hi7485e9v

        ## Done
        - Called [[people/ana|Ana]]
        - A word

        ## Notes
    "#]],
    );
}

#[test]
fn a_partner_is_told_of_the_week_in_a_line_of_their_own_or_in_theirs() {
    let walk = "---\nhabit: Walk\nschedule: weekdays\nwith: [\"[[Noa]]\", \"[[Rui]]\"]\nreport: weekly\n---\n\
                ## Log\n- 2026-11-20 in the rain\n- 2026-11-18\n- 2026-11-17\n";
    let notes = [
        ("habits/walk.md", walk),
        (
            "people/noa.md",
            "---\nname: Noa\ncircle: growth\n---\n## Log\n- 2026-11-11 met: chestnuts\n",
        ),
        ("people/rui.md", "---\nname: Rui\ncadence: weekly\n---\n## Log\n- 2026-11-09 met: tea\n"),
    ];
    check(
        &notes,
        "2026-11-21",
        &Settings::default(),
        &expect![[r#"
        ---
        ties: agenda
        date: 2026-11-21
        ---
        # Saturday, 21 November 2026

        ## Reach out
        - [ ] [[people/rui|Rui]] ^r8zhyijfa
          > Send the week's progress: Walk, 3 of 4. Yesterday: in the rain.
          > Last: 9 November, met: tea.
          > Why: every week, partner in Walk.
        - [ ] [[people/noa|Noa]] · growth ^r21dtegfd
          > Send the week's progress: Walk, 3 of 4. Yesterday: in the rain.
          > Last: 11 November, met: chestnuts.
          > Next: ask what they are working on. Why: partner in Walk.

        ## Notes
    "#]],
    );
}
