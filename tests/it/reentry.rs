//! Back after an absence: when a morning is a return, what it asks for, and how it ends.

use crate::support::files;
use expect_test::{Expect, expect};
use ties::features::agenda::compose::compose;
use ties::features::agenda::render::render;
use ties::features::agenda_text::render_plain;
use ties::features::read_settings::read_settings;
use ties::features::reentry::absence;
use ties::features::rest::start_afresh;
use ties::features::setting_rows::Scope;
use ties::features::settings::Settings;
use ties::features::standing::Situation;
use ties::people::book::Book;
use ties::people::decode::decode;
use ties::people::vocabulary::Vocabulary;
use ties::text::day::Day;
use ties::text::phrase::forbidden_in;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn settings(text: &str) -> Settings {
    let mut settings = Settings::default();
    assert_eq!(read_settings(&mut settings, text, Scope::Vault).findings, []);
    settings
}

fn book(notes: &str) -> Book {
    let vocabulary = Vocabulary::default();
    let read = files(notes).into_iter().map(|(path, text)| decode(&path, &text, &vocabulary));
    Book::new(read.collect(), &vocabulary, Some("people/me"))
}

/// Six people who were met on the same day, and promises.
fn village(last: &str) -> String {
    let names = ["Ana", "Bo", "Cy", "Di", "Ed", "Flo"];
    let rhythms = ["weekly", "weekly", "2-3 weeks", "monthly", "quarterly", "yearly"];
    let people = names.iter().zip(rhythms).map(|(name, rhythm)| {
        format!("=== people/{}.md\n---\nname: {name}\ncadence: {rhythm}\n---\n## Log\n- {last} call: hello\n", name.to_lowercase())
    });
    people.collect::<String>()
        + "=== inbox.md\n- [ ] Send [[Ana]] the map 📅 2026-03-01\n- [ ] Lend [[Bo]] the saw 📅 2026-11-15\n- [ ] Ask [[Cy]]\n"
}

fn agenda(notes: &str, on: &str, settings: &Settings, existing: Option<&str>) -> String {
    let agenda = compose(&book(notes), day(on), settings, &Vocabulary::default(), existing);
    let text = render(&agenda.unwrap());
    assert_eq!(forbidden_in(&text), Vec::<&str>::new());
    text
}

fn shown(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with("marks: "));
    lines.map(|line| format!("{line}\n")).collect()
}

fn check(notes: &str, on: &str, given: &str, expected: &Expect) {
    expected.assert_eq(&shown(&agenda(notes, on, &settings(given), None)));
}

fn is_return(notes: &str, on: &str, given: &str) -> bool {
    let (book, settings, vocabulary) = (book(notes), settings(given), Vocabulary::default());
    let situation = Situation::new(&book, day(on), &settings, &vocabulary);
    absence(&situation).is_some()
}

#[test]
fn a_return_asks_for_three_names_and_one_promise() {
    check(
        &village("2026-08-01"),
        "2026-11-21",
        "",
        &expect![[r#"
        ---
        ties: agenda
        date: 2026-11-21
        ---
        # Saturday, 21 November 2026

        ## Welcome back
        It has been quiet since 1 August. One small step is enough; there is nothing to catch up on.

        - [ ] [[people/ana|Ana]] ^r50mpzann
          > Last: 1 August, call: hello.
          > Why: every week.
        - [ ] [[people/bo|Bo]] ^r1jf78vki
          > Last: 1 August, call: hello.
          > Why: every week.
        - [ ] [[people/di|Di]] ^rtll7xj0d
          > Last: 1 August, call: hello.
          > Why: every month.
        - [ ] Lend [[people/bo|Bo]] the saw, meant for Sunday ^plqa2u044
        - [ ] Let the rest start afresh from today ^azvrw40b7
          > Their rhythms begin anew, spread over the time to come. No contact is written down.

        ## Notes
    "#]],
    );
    let (book, settings) = (book(&village("2026-08-01")), Settings::default());
    let agenda = compose(&book, day("2026-11-21"), &settings, &Vocabulary::default(), None);
    expect![[r#"
        Saturday, 21 November 2026

        Welcome back
          It has been quiet since 1 August. One small step is
            enough; there is nothing to catch up on.
          Ana
            Last: 1 August, call: hello.
            Why: every week.
          Bo
            Last: 1 August, call: hello.
            Why: every week.
          Di
            Last: 1 August, call: hello.
            Why: every month.
          Lend Bo the saw, meant for Sunday
          Let the rest start afresh from today
            Their rhythms begin anew, spread over the time to
              come. No contact is written down.
    "#]]
    .assert_eq(&render_plain(&agenda.unwrap(), 60));
}

/// So many people with each rhythm, all met on 7 November.
fn met_once(rhythms: &[(usize, &str)]) -> String {
    let person = |(number, rhythm)| {
        format!("=== people/p{number}.md\n---\ncadence: {rhythm}\n---\n## Log\n- 2026-11-07 call\n")
    };
    let rhythms = rhythms.iter().flat_map(|(count, rhythm)| std::iter::repeat_n(*rhythm, *count));
    rhythms.enumerate().map(person).collect()
}

#[test]
fn fourteen_quiet_days_are_an_absence() {
    let notes = met_once(&[(4, "weekly"), (5, "yearly")]);
    assert!(!is_return(&notes, "2026-11-20", ""));
    assert!(is_return(&notes, "2026-11-21", ""));
    // One day away is not a day.
    assert!(!is_return(&notes, "2026-11-21", "away = [\"2026-11-10\"]\n"));
    assert!(is_return(&notes, "2026-11-22", "away = [\"2026-11-10\"]\n"));
}

#[test]
fn three_who_wait_are_an_ordinary_day() {
    assert!(!is_return(&met_once(&[(3, "weekly"), (6, "yearly")]), "2026-11-21", ""));
    assert!(!is_return(&met_once(&[(9, "yearly")]), "2027-06-01", ""));
}

#[test]
fn most_rhythms_past_are_an_absence_after_a_week() {
    let weekly = |last: &str, others: usize| {
        let person = |number: usize, last: &str| {
            format!("=== people/p{number}.md\n---\ncadence: weekly\n---\n## Log\n- {last} call\n")
        };
        let old = (0..7).map(|number| person(number, "2026-10-01")).collect::<String>();
        old + &(7..7 + others).map(|number| person(number, last)).collect::<String>()
    };
    // Seven of eleven: more than 60 %; the last contact was nine days ago, within the window of those who had it.
    assert!(!is_return(&weekly("2026-11-15", 4), "2026-11-21", ""));
    assert!(is_return(&weekly("2026-11-14", 1), "2026-11-21", ""));
    assert!(is_return(&weekly("2026-11-14", 4), "2026-11-21", ""));
    assert!(!is_return(&weekly("2026-11-14", 5), "2026-11-21", ""), "seven of twelve");
    assert!(!is_return(&weekly("2026-11-20", 1), "2026-11-21", ""), "contact has resumed");
}

#[test]
fn what_is_no_absence() {
    let old = village("2026-08-01");
    let with = |note: &str| format!("{old}{note}");
    assert!(is_return(&old, "2026-11-21", ""));
    let not = |notes: &str, given: &str| {
        assert!(!is_return(notes, "2026-11-21", given), "{notes}\n{given}");
    };
    // There was never any contact.
    not(&old.replace("- 2026-08-01 call: hello\n", ""), "");
    // The owner was away, and is.
    not(&old, "away = [\"2026-08-05..2026-11-20\"]\n");
    not(&old, "away = [\"2026-11-21..2026-11-25\"]\n");
    // A fresh start not long ago.
    not(&old, "fresh_start = \"2026-11-15\"\n");
    // A contact, a try, a kept promise.
    not(&old.replace("name: Flo\n", "name: Flo\nlast_contact: 2026-11-18\n"), "");
    not(&with("=== journal/2026-11-18.md\n- coffee [[Ana]]: Porto\n"), "");
    not(&with("=== journal/2026-11-18.md\n- tried [[Ana]]: no answer\n"), "");
    not(
        &old.replace(
            "- [ ] Lend [[Bo]] the saw 📅 2026-11-15",
            "- [x] Lend [[Bo]] the saw ✅ 2026-11-18",
        ),
        "",
    );
    // Everybody rests.
    not(&old.replace("---\n## Log", "quiet_until: 2026-12-24\n---\n## Log"), "");
    // Contact with somebody without a rhythm says nothing, nor does a mention or a plan.
    let still = |notes: &str| assert!(is_return(notes, "2026-11-21", ""), "{notes}");
    still(&with("=== people/gil.md\n---\nname: Gil\n---\n## Log\n- 2026-11-18 call: x\n"));
    still(&with("=== journal/2026-11-18.md\n- thought of [[Ana]]\n- plan [[Ana]]: tea\n"));
    still(&with("=== habits/walk.md\n---\nhabit: Walk\n---\n## Log\n- 2026-11-20\n"));
}

#[test]
fn a_tick_during_the_day_brings_no_new_name_and_ends_it_tomorrow() {
    let old = village("2026-08-01");
    let morning = agenda(&old, "2026-11-21", &Settings::default(), None);
    let names = |text: &str| {
        let lines = text.lines().filter(|line| line.contains(" ^r")).map(str::to_owned);
        lines.collect::<Vec<_>>()
    };
    assert_eq!(names(&morning).len(), 3);
    for name in ["Ana", "Bo", "Cy", "Di", "Ed", "Flo"] {
        let after = format!("{old}=== journal/2026-11-21.md\n- call [[{name}]]: hello again\n");
        let noon = agenda(&after, "2026-11-21", &Settings::default(), Some(&morning));
        assert!(noon.contains("## Welcome back\nYou are in touch again."), "{noon}");
        let left = names(&noon);
        assert!(left.iter().all(|line| names(&morning).contains(line)), "{noon}");
        assert!(left.len() == 2 && !left.iter().any(|line| line.contains(name)), "{noon}");
        assert!(!is_return(&after, "2026-11-22", ""));
    }
    let kept = old.replace(
        "- [ ] Lend [[Bo]] the saw 📅 2026-11-15",
        "- [x] Lend [[Bo]] the saw ✅ 2026-11-21",
    );
    let noon = agenda(&kept, "2026-11-21", &Settings::default(), Some(&morning));
    assert!(!noon.contains(" ^p"), "{noon}");
}

#[test]
fn next_steps_come_first_and_an_occasion_stays_where_it_is() {
    let notes = village("2026-08-01")
        + "=== people/gil.md\n---\nname: Gil\nfollow_up: 2026-11-10\nnext: Ask about the boat\n---\n\
           === people/hal.md\n---\nname: Hal\nbirthday: 1990-11-21\n---\n";
    check(
        &notes,
        "2026-11-21",
        "[agenda]\npromises = 0\n",
        &expect![[r#"
        ---
        ties: agenda
        date: 2026-11-21
        ---
        # Saturday, 21 November 2026

        ## Today
        - [ ] [[people/hal|Hal]] turns 36. ^ti37ve6jc

        ## Welcome back
        It has been quiet since 1 August. One small step is enough; there is nothing to catch up on.

        - [ ] [[people/gil|Gil]] ^r165vkf7m
          > Next: ask about the boat. Why: you chose 10 November for it.
        - [ ] [[people/bo|Bo]] ^r1jf78vki
          > Last: 1 August, call: hello.
          > Why: every week.
        - [ ] [[people/di|Di]] ^rtll7xj0d
          > Last: 1 August, call: hello.
          > Why: every month.
        - [ ] Let the rest start afresh from today ^azvrw40b7
          > Their rhythms begin anew, spread over the time to come. No contact is written down.

        ## Notes
    "#]],
    );
}

#[test]
fn starting_afresh_keeps_the_names_of_the_day_and_lets_the_rest_go() {
    let old = village("2026-08-01");
    let morning = agenda(&old, "2026-11-21", &Settings::default(), None);
    let fresh = start_afresh("", day("2026-11-21")).unwrap();
    let noon = agenda(&old, "2026-11-21", &settings(&fresh), Some(&morning));
    expect![[r#"
        ---
        ties: agenda
        date: 2026-11-21
        ---
        # Saturday, 21 November 2026

        ## Welcome back
        A new beginning. One small step is enough; there is nothing to catch up on.

        - [ ] [[people/ana|Ana]] ^r50mpzann
          > Last: 1 August, call: hello.
          > Why: every week.
        - [ ] [[people/bo|Bo]] ^r1jf78vki
          > Last: 1 August, call: hello.
          > Why: every week.
        - [ ] [[people/di|Di]] ^rtll7xj0d
          > Last: 1 August, call: hello.
          > Why: every month.
        - [ ] Lend [[people/bo|Bo]] the saw, meant for Sunday ^plqa2u044
        - [x] Let the rest start afresh from today ^azvrw40b7
          > Their rhythms begin anew, spread over the time to come. No contact is written down.

        ## Notes
    "#]]
    .assert_eq(&shown(&noon));
    // The line may be ticked in the file; written once more all is the same, and who was called stays as answered.
    let ticked = morning.replace("- [ ] Let the rest", "- [x] Let the rest");
    assert_eq!(agenda(&old, "2026-11-21", &settings(&fresh), Some(&ticked)), noon);
    assert_eq!(agenda(&old, "2026-11-21", &settings(&fresh), Some(&noon)), noon);
    let called = noon.lines().find(|line| line.contains(" ^r")).unwrap();
    let name = called.split('|').nth(1).unwrap().split("]]").next().unwrap();
    let after = format!("{old}=== journal/2026-11-21.md\n- call [[{name}]]: hello again\n");
    let evening = agenda(&after, "2026-11-21", &settings(&fresh), Some(&noon));
    assert_eq!(evening.matches(" ^r").count(), 2, "{evening}");
    // A fresh start that no return made names nobody.
    assert!(!agenda(&old, "2026-11-21", &settings(&fresh), None).contains("Welcome back"));
    // The next day is an ordinary one: everybody has a day within one rhythm.
    let tomorrow = agenda(&old, "2026-11-22", &settings(&fresh), Some(&noon));
    assert!(!tomorrow.contains("Welcome back"), "{tomorrow}");
}

#[test]
fn contact_of_yesterday_that_is_written_down_today_changes_nothing_of_the_day() {
    let notes = village("2026-08-01");
    let before = agenda(&notes, "2026-11-21", &settings(""), None);
    let said = "- 2026-08-01 call: hello\n";
    let after = notes.replacen(said, &format!("- 2026-11-20 met: coffee\n{said}"), 1);
    assert!(!is_return(&after, "2026-11-21", ""));
    let now = agenda(&after, "2026-11-21", &settings(""), Some(&before));
    let lines = |text: &str| {
        let open = text.lines().filter(|line| line.starts_with("- [ ]") && !line.contains("Ana]]"));
        open.map(str::to_owned).collect::<Vec<_>>()
    };
    let kept = lines(&now).into_iter().filter(|line| lines(&before).contains(line)).count();
    assert!(now.contains("## Welcome back\nYou are in touch again."), "{now}");
    assert!(kept >= 3, "{before}{now}");
    assert!(!agenda(&after, "2026-11-22", &settings(""), Some(&now)).contains("Welcome back"));
}
