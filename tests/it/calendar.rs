//! The calendar as values and as text: what goes in, what stays, and what never changes.

use crate::support::{book, files};
use expect_test::{Expect, expect};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashSet};
use ties::features::calendar::compose::items;
use ties::features::calendar::item::{Item, When};
use ties::features::calendar::render::{calendar, single};
use ties::features::read_settings::read_settings;
use ties::features::setting_rows::Scope;
use ties::features::settings::Settings;
use ties::features::standing::Situation;
use ties::people::book::ContactId;
use ties::people::vocabulary::Vocabulary;
use ties::text::day::Day;

const TODAY: &str = "2026-11-21";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn settings(text: &str) -> Settings {
    let mut settings = Settings::default();
    let reading = read_settings(&mut settings, text, Scope::Vault);
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
    settings
}

fn items_of(vault: &str, on: &str, settings: &Settings) -> Vec<Item> {
    let (book, vocabulary) = (book(vault), Vocabulary::new(settings.words.clone()));
    items(&Situation::new(&book, day(on), settings, &vocabulary), None)
}

/// A line for each item but the reviews: when, what, more, when it rings.
fn shown(items: &[Item]) -> String {
    let line = |item: &Item| {
        let when = match item.when {
            When::Day { day, again: None } => day.to_string(),
            When::Day { day, again: Some(again) } => format!("{day} {again:?}"),
            When::Task { due, begun } => format!("{due} {}", if begun { "begun" } else { "to do" }),
            When::Block { .. } => return String::new(),
        };
        let more = item.description.as_ref().map(|more| format!(" ({more})")).unwrap_or_default();
        format!("{when}: {}{more} {:?}\n", item.summary, item.alarms)
    };
    items.iter().map(line).collect()
}

fn check(vault: &str, expected: &Expect) {
    expected.assert_eq(&shown(&items_of(vault, TODAY, &Settings::default())));
}

/// One person with these keys and this body.
fn check_one(front: &str, body: &str, expected: &Expect) {
    check(&format!("=== people/rita.md\n---\nname: Rita Lima\n{front}\n---\n{body}"), expected);
}

#[test]
fn the_text_of_a_whole_calendar_is_as_the_standard_has_it() {
    let vault = "=== people/rita.md
---
name: Rita Lima
birthday: 1996-11-21
occasion_lead: 2w
follow_up: 2026-11-25
next: Ask how the move went; bring figs, bread and the very long list of things that she asked for
---
";
    let settings =
        settings("[calendar]\nname = \"People, mine\"\nmonthly_review = \"first sat 09:30\"");
    let items = items_of(vault, TODAY, &settings);
    let text = calendar(&items, &settings.calendar.name, day(TODAY));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    expect![[r#"
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//ties//ties//EN
        CALSCALE:GREGORIAN
        NAME:People\, mine
        X-WR-CALNAME:People\, mine
        BEGIN:VEVENT
        UID:birthday-eaf87a6941c3b4f829cf1aa6669edce7@ties
        DTSTAMP:20261121T000000Z
        DTSTART;VALUE=DATE:20001121
        DTEND;VALUE=DATE:20001122
        RRULE:FREQ=YEARLY
        TRANSP:TRANSPARENT
        SUMMARY:Rita Lima's birthday
        DESCRIPTION:Born 1996.
        CATEGORIES:Birthday
        BEGIN:VALARM
        ACTION:DISPLAY
        DESCRIPTION:Rita Lima's birthday
        TRIGGER:-P13DT15H
        END:VALARM
        BEGIN:VALARM
        ACTION:DISPLAY
        DESCRIPTION:Rita Lima's birthday
        TRIGGER:PT9H
        END:VALARM
        END:VEVENT
        BEGIN:VTODO
        UID:step-f7c088432ef1f89e007f67dbb7d0314f@ties
        DTSTAMP:20261121T000000Z
        DUE;VALUE=DATE:20261125
        STATUS:NEEDS-ACTION
        SUMMARY:Rita Lima: ask how the move went\; bring figs\, bread and the very 
         long list of things that she asked for
        CATEGORIES:Next step
        BEGIN:VALARM
        ACTION:DISPLAY
        DESCRIPTION:Rita Lima: ask how the move went\; bring figs\, bread and the v
         ery long list of things that she asked for
        TRIGGER;RELATED=END:PT9H
        END:VALARM
        END:VTODO
        BEGIN:VEVENT
        UID:review-57293c0c1376d2ee9482b86513ae3c2b@ties
        DTSTAMP:20261121T000000Z
        DTSTART:20260104T180000
        DURATION:PT15M
        RRULE:FREQ=WEEKLY;BYDAY=SU
        SUMMARY:Weekly review
        DESCRIPTION:A quarter of an hour: who would like a word\, promises\, the in
         box\, the days ahead.
        CATEGORIES:Review
        BEGIN:VALARM
        ACTION:DISPLAY
        DESCRIPTION:Weekly review
        TRIGGER:PT0S
        END:VALARM
        END:VEVENT
        BEGIN:VEVENT
        UID:review-d697b1f2fb2b995549ac4c8c2e661e20@ties
        DTSTAMP:20261121T000000Z
        DTSTART:20260103T093000
        DURATION:PT30M
        RRULE:FREQ=MONTHLY;BYDAY=1SA
        SUMMARY:Monthly review
        DESCRIPTION:Half an hour: open threads first\, then people who have been qu
         iet\, then a short list for the month.
        CATEGORIES:Review
        BEGIN:VALARM
        ACTION:DISPLAY
        DESCRIPTION:Monthly review
        TRIGGER:PT0S
        END:VALARM
        END:VEVENT
        BEGIN:VEVENT
        UID:review-fc2f26205920138ae11cf8e92905abf5@ties
        DTSTAMP:20261121T000000Z
        DTSTART:20260329T100000
        DURATION:PT45M
        RRULE:FREQ=MONTHLY;INTERVAL=3;BYDAY=-1SU
        SUMMARY:Quarterly review
        DESCRIPTION:Three quarters of an hour: how the circles are\, and whether ea
         ch rhythm still fits.
        CATEGORIES:Review
        BEGIN:VALARM
        ACTION:DISPLAY
        DESCRIPTION:Quarterly review
        TRIGGER:PT0S
        END:VALARM
        END:VEVENT
        END:VCALENDAR
    "#]]
    .assert_eq(&text.replace('\r', ""));
    assert!(single(&items[0], day(TODAY)).starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
}

#[test]
fn partial_and_estimated_dates_say_no_more_than_is_known() {
    check_one(
        "birthday: 1996-11-21",
        "",
        &expect![[r#"
        2000-11-21 SameDay: Rita Lima's birthday (Born 1996.) [540]
    "#]],
    );
    check_one(
        "birthday: 2020-03-04",
        "",
        &expect![[r#"
        2021-03-04 SameDay: Rita Lima's birthday (Born 2020.) [540]
    "#]],
    );
    check_one(
        "birthday: --03-04",
        "",
        &expect![[r#"
        2000-03-04 SameDay: Rita Lima's birthday [540]
    "#]],
    );
    check_one(
        "birthday: ~1996-03-04",
        "",
        &expect![[r#"
        2000-03-04 SameDay: Rita Lima's birthday (Born around 1996.) [540]
    "#]],
    );
    check_one(
        "birthday: 1604-03-04",
        "",
        &expect![[r#"
        2000-03-04 SameDay: Rita Lima's birthday [540]
    "#]],
    );
    check_one("birthday: 1996", "", &expect![""]);
    check_one("birthday: 1996-03", "", &expect![""]);
    check_one(
        "birthday: 2026-11-21",
        "",
        &expect![[r#"
        2027-11-21 SameDay: Rita Lima's birthday (Born 2026.) [540]
    "#]],
    );
}

#[test]
fn the_leap_day_follows_the_setting() {
    let vault = "=== people/eva.md\n---\nname: Eva\nbirthday: 1992-02-29\n---\n=== people/ida.md\n---\nname: Ida\nbirthday: 2024-02-29\n---\n";
    check(
        vault,
        &expect![[r#"
        2000-02-29 LastOfFebruary: Eva's birthday (Born 1992.) [540]
        2025-02-28 LastOfFebruary: Ida's birthday (Born 2024.) [540]
    "#]],
    );
    let march = settings("leap_day = \"03-01\"");
    expect![[r#"
        2000-02-29 SixtiethDay: Eva's birthday (Born 1992.) [540]
        2025-03-01 SixtiethDay: Ida's birthday (Born 2024.) [540]
    "#]]
    .assert_eq(&shown(&items_of(vault, TODAY, &march)));
}

#[test]
fn alarms_ring_on_the_day_and_as_early_as_it_is_worth_knowing() {
    check_one(
        "birthday: --03-04\ncircle: inner",
        "",
        &expect![[r#"
        2000-03-04 SameDay: Rita Lima's birthday [-19620, 540]
    "#]],
    );
    check_one(
        "birthday: --03-04\ncircle: inner\noccasion_lead: 1mo",
        "",
        &expect![[r#"
        2000-03-04 SameDay: Rita Lima's birthday [-42660, 540]
    "#]],
    );
    check_one(
        "birthday: --03-04\noccasion_lead: 0d",
        "",
        &expect![[r#"
        2000-03-04 SameDay: Rita Lima's birthday [540]
    "#]],
    );
    let vault = "=== people/eva.md\n---\nname: Eva\nbirthday: --02-28\nfollow_up: 2026-12-01\noccasion_lead: 3d\n---\n";
    let evening = settings("[calendar]\nremind_at = \"18:30\"");
    expect![[r#"
        2000-02-28 SameDay: Eva's birthday [-3210, 1110]
        2026-12-01 to do: A word to Eva [1110]
    "#]]
    .assert_eq(&shown(&items_of(vault, TODAY, &evening)));
    let silent = settings("[calendar]\nremind_at = \"never\"");
    expect![[r#"
        2000-02-28 SameDay: Eva's birthday []
        2026-12-01 to do: A word to Eva []
    "#]]
    .assert_eq(&shown(&items_of(vault, TODAY, &silent)));
    assert!(items_of(vault, TODAY, &silent).iter().all(|item| item.alarms.is_empty()));
}

#[test]
fn the_dead_and_those_put_away_are_silent_but_for_remembrance() {
    let keys = "birthday: 1931-11-23\nanniversary: 1960-05-01\nfollow_up: 2026-12-01";
    let body = "- [ ] visit 📅 2026-12-01\n## Events\n- 2026-12-05 exam: x\n";
    for silence in ["status: archived", "died: 2024-02-11", "deceased: true"] {
        check_one(&format!("{keys}\n{silence}"), body, &expect![""]);
    }
    check_one(
        &format!("{keys}\ndied: 2024-02-11\nremember: true"),
        body,
        &expect![[r#"
        2025-02-11 SameDay: Rita Lima died on this day (Died 2024.) [540]
        2000-11-23 SameDay: Rita Lima was born on this day (Born 1931.) [540]
    "#]],
    );
    check_one(
        &format!("{keys}\ndied: 2024-02-11\nremember: true\nstatus: archived"),
        "",
        &expect![[r#"
            2025-02-11 SameDay: Rita Lima died on this day (Died 2024.) [540]
            2000-11-23 SameDay: Rita Lima was born on this day (Born 1931.) [540]
        "#]],
    );
    check_one(
        "birthday: 1931-11-23\nstatus: reference\nquiet_until: 2027-12-01",
        "",
        &expect![[r#"
        2000-11-23 SameDay: Rita Lima's birthday (Born 1931.) [540]
    "#]],
    );
}

#[test]
fn two_partners_have_one_anniversary_and_the_owner_one_with_theirs() {
    let ana = "=== people/ana.md\n---\nname: Ana\nanniversary: --11-28\nwife: \"[[Bia]]\"\n---\n";
    let bia = "=== people/bia.md\n---\nname: Bia\nanniversary: 2014-11-28\n---\n";
    check(
        &format!("{ana}{bia}"),
        &expect![[r#"
        2015-11-28 SameDay: The anniversary of Ana and Bia (Since 2014.) [540]
    "#]],
    );
    let me = "=== people/me.md\n---\nname: Me\nbirthday: 1990-01-01\nanniversary: 2012-06-01\nhusband: \"[[Rui]]\"\n---\n=== people/rui.md\n---\nname: Rui\n---\n";
    check(
        me,
        &expect![[r#"
        2013-06-01 SameDay: Your anniversary with Rui (Since 2012.) [540]
    "#]],
    );
    let hidden = |who: &str| {
        format!("{ana}{bia}")
            .replace(&format!("name: {who}"), &format!("name: {who}\nprivate: [anniversary]"))
    };
    check(
        &hidden("Ana"),
        &expect![[r#"
        2015-11-28 SameDay: Bia's anniversary (Since 2014.) [540]
    "#]],
    );
    check(
        &hidden("Bia"),
        &expect![[r#"
        2000-11-28 SameDay: Ana's anniversary [540]
    "#]],
    );
    check(&me.replace("name: Rui", "name: Rui\nprivate: true"), &expect![""]);
}

#[test]
fn events_of_a_year_and_all_ahead_are_there_and_hard_ones_are_not() {
    let body = "## Events
- 2025-11-20 move: long over
- 2025-11-21 move: a year ago
- 2026-11-20 new-job: with [[people/rita|her]] team
- 2027-05-01 wedding
- 2027-05 trip: some day
- 2026-12-01 loss: her dog
## Log
- 2026-11-19 heard: of the exam #event/exam
";
    check_one(
        "",
        body,
        &expect![[r#"
            2025-11-21: Rita Lima, move: a year ago [540]
            2026-11-20: Rita Lima, new job: with her team [540]
            2027-05-01: Rita Lima, wedding [540]
        "#]],
    );
}

#[test]
fn next_steps_follow_where_somebody_stands() {
    check_one(
        "follow_up: 2026-11-25",
        "",
        &expect![[r#"
        2026-11-25 to do: A word to Rita Lima [540]
    "#]],
    );
    check_one(
        "next: 2026-11-20 Ask [[people/rita|her]] about it",
        "",
        &expect![[r#"
        2026-11-20 to do: Rita Lima: ask her about it []
    "#]],
    );
    check_one("follow_up: 2026-11-20", "## Log\n- 2026-11-20 call: x\n", &expect![""]);
    check_one(
        "follow_up: 2026-11-18",
        "## Log\n- 2026-11-19 tried: no answer\n",
        &expect![[r#"
        2026-11-26 to do: A word to Rita Lima [540]
    "#]],
    );
    check_one(
        "follow_up: 2026-11-25\nstatus: later\nquiet_until: 2027-01-01",
        "",
        &expect![[r#"
        2026-11-25 to do: A word to Rita Lima [540]
    "#]],
    );
    check_one("next: no day", "", &expect![""]);
    let long = "Ask how it went ".repeat(12);
    check_one(
        &format!("follow_up: 2026-11-25\nnext: {long}"),
        "",
        &expect![[r#"
        2026-11-25 to do: Rita Lima: ask how it went Ask how it went Ask how it went Ask how it went Ask how it went Ask how it went Ask… (Ask how it went Ask how it went Ask how it went Ask how it went Ask how it went Ask how it went Ask how it went Ask how it went Ask how it went Ask how it went Ask how it went Ask how it went) [540]
    "#]],
    );
}

#[test]
fn promises_with_a_day_are_tasks_and_others_are_not() {
    let body = "- [ ] Send her the article 📅 2026-11-30
- [/] Begin the shelf 📅 2026-11-01 ⏳ 2026-12-02
- [ ] Ask [[Rita Lima]] and [[people/bo|Bo]] to tea [due:: 2026-11-24]
- [ ] no day
- [ ] only later ⏳ 2026-12-02
- [x] done 📅 2026-11-30
- [-] put aside 📅 2026-11-30
- [ ] waiting: her photos 📅 2026-11-30
- [ ] 📅 2026-11-30
";
    let vault = format!(
        "=== people/rita.md\n---\nname: Rita Lima\n---\n{body}=== people/bo.md\n---\nname: Bo Berg\n---\n\
         === inbox.md\n- [ ] buy figs 📅 2026-11-29\n- [ ] tell [[bo]] 📅 2026-11-29\n\
         === journal/2026-11-20.md\n- [ ] my own taxes 📅 2026-11-29\n- [ ] call [[Bo|him]] 📅 2026-11-28\n"
    );
    check(
        &vault,
        &expect![[r#"
        2026-11-29 to do: buy figs [540]
        2026-11-29 to do: tell bo [540]
        2026-11-28 to do: call him (Bo Berg) [540]
        2026-11-30 to do: Send her the article (Rita Lima) [540]
        2026-12-02 begun: Begin the shelf (Rita Lima) [540]
        2026-11-24 to do: Ask Rita Lima and Bo to tea [540]
        2026-11-30 to do: A promise to Rita Lima [540]
    "#]],
    );
}

const PRIVATE: &str = "=== people/rafael.md
---
name: Rafael Nunes
private: true
birthday: 1980-01-01
follow_up: 2026-12-01
anniversary: 2010-05-05
---
- [ ] his promise 📅 2026-12-01
## Events
- 2026-12-01 trip: his
=== people/ngozi.md
---
name: Ngozi
private: [bday, next, Between us]
birthday: 1982-04-19
follow_up: 2026-12-01
next: her secret
occasion_lead: 1w
---
- [ ] an open one 📅 2026-12-02
## Between us
- [ ] her secret 📅 2026-12-01
## Events
- 2026-12-03 trip: with [[rafael]], a secret
=== people/yara.md
---
name: Yara
private: [events]
follow_up: 2026-12-04
next: Ask [[Rafael Nunes|about the secret]]
---
## Events
- 2026-12-01 trip: a secret
=== journal/2026-11-20.md
---
private: true
---
- [ ] a secret with [[Ngozi]] 📅 2026-12-01
=== journal/2026-11-19.md
- [ ] a secret with [[Rafael Nunes]] and [[Ngozi]] 📅 2026-12-01
=== inbox.md
- [ ] a secret for [[rafael]] 📅 2026-12-01
";

#[test]
fn what_is_private_never_leaves() {
    check(
        PRIVATE,
        &expect![[r#"
        2026-12-03: Ngozi, trip [-9540, 540]
        2026-12-04 to do: A word to Yara [540]
        2026-12-02 to do: an open one (Ngozi) [540]
    "#]],
    );
    let settings = Settings::default();
    let text = calendar(&items_of(PRIVATE, TODAY, &settings), "x", day(TODAY)).replace("\r\n ", "");
    assert!(!text.contains("secret") && !text.contains("Rafael"), "{text}");
}

#[test]
fn a_query_leaves_out_what_is_about_nobody_in_it() {
    let vault = "=== people/ana.md\n---\nname: Ana\nbirthday: --01-02\n---\n- [ ] hers 📅 2026-12-01\n\
                 === people/bo.md\n---\nname: Bo\nbirthday: --01-03\nfollow_up: 2026-12-01\n---\n## Events\n- 2026-12-01 move\n\
                 === inbox.md\n- [ ] nobody's 📅 2026-12-01\n- [ ] for [[ana]] and [[bo]] 📅 2026-12-02\n";
    let (book, settings, vocabulary) = (book(vault), Settings::default(), Vocabulary::default());
    let situation = Situation::new(&book, day(TODAY), &settings, &vocabulary);
    let ana: HashSet<ContactId> = book.everyone().map(|(id, _)| id).take(1).collect();
    let items = items(&situation, Some(&ana));
    expect![[r#"
        2000-01-02 SameDay: Ana's birthday [540]
        2026-12-02 to do: for ana and bo [540]
        2026-12-01 to do: hers (Ana) [540]
    "#]]
    .assert_eq(&shown(&items));
    assert!(items.iter().all(|item| !matches!(item.when, When::Block { .. })));
}

#[test]
fn reviews_are_when_the_settings_say() {
    let reviews = |text: &str| {
        let items = items_of("", TODAY, &settings(text));
        let line = |item: &Item| match item.when {
            When::Block { first, start, length, again } => {
                format!("{} {first} at {start} for {length}: {again:?}\n", item.summary)
            }
            _ => String::new(),
        };
        items.iter().map(line).collect::<String>()
    };
    expect![[r#"
        Weekly review 2026-01-04 at 1080 for 15: Weekly(Sunday)
        Monthly review 2026-01-31 at 600 for 30: Last(Saturday, Every)
        Quarterly review 2026-03-29 at 600 for 45: Last(Sunday, Third)
    "#]]
    .assert_eq(&reviews(""));
    expect![[r#"
        Weekly review 2026-01-01 at 425 for 15: Weekly(Thursday)
        Monthly review 2026-01-01 at 480 for 30: First(Thursday, Every)
        Quarterly review 2026-01-07 at 540 for 45: First(Wednesday, Third)
    "#]].assert_eq(&reviews(
        "[calendar]\nweekly_review = \"thu 07:05\"\nmonthly_review = \"first thursday 08:00\"\nquarterly_review = \"first wed 09:00\"",
    ));
    expect![""].assert_eq(&reviews(
        "[calendar]\nweekly_review = \"never\"\nmonthly_review = \"never\"\nquarterly_review = \"never\"",
    ));
}

fn by_uid(vault: &str, on: &str, settings: &Settings) -> BTreeMap<String, String> {
    let items = items_of(vault, on, settings);
    let count = items.len();
    let named = items.into_iter().map(|item| (item.uid.clone(), single(&item, day(on))));
    let named = named.collect::<BTreeMap<_, _>>();
    assert_eq!(named.len(), count, "every name is given once");
    named
}

#[test]
fn names_stay_when_everything_else_changes() {
    let vault = "=== people/rita.md
---
name: Rita Lima
birthday: 1996-11-21
follow_up: 2026-11-25
next: Ask
---
- [ ] Send it 📅 2026-11-30
## Events
- 2026-05-01 trip: Porto
- 2027-05-01 trip: Porto
";
    let names = |vault: &str, on: &str| {
        by_uid(vault, on, &Settings::default()).into_keys().collect::<Vec<_>>()
    };
    let before = names(vault, TODAY);
    let changed = vault
        .replace("name: Rita Lima", "name: Rita L.\nuid: urn:uuid:1\ncircle: inner")
        .replace("1996-11-21", "1996-11-22")
        .replace("next: Ask", "next: Ask again")
        .replace("2026-11-25", "2026-11-26")
        .replace("2026-11-30", "2026-12-24")
        .replace("2027-05-01", "2027-06-01");
    assert_eq!(names(&changed, TODAY), before);
    // The first trip leaves, the second keeps its name.
    let later = names(vault, "2027-05-02");
    assert_eq!(later.len(), before.len() - 1);
    assert!(later.iter().all(|name| before.contains(name)));
}

proptest! {
    #[test]
    fn the_same_vault_gives_the_same_bytes_and_the_day_moves_only_stamps_and_past_alarms(
        birthday in "(--)?(19[0-9]{2}-)?(0[1-9]|1[0-2])-[0-2][0-9]",
        next in "\\PC{0,40}",
        text in "\\PC{0,40}",
    ) {
        let next = next.replace('"', "'").replace('\\', "");
        let vault = format!(
            "=== people/a.md\n---\nname: A\nbirthday: {birthday}\nfollow_up: 2027-06-01\nnext: \"{next}\"\n---\n- [ ] {text} 📅 2027-06-01\n"
        );
        prop_assume!(files(&vault).len() == 1);
        let settings = Settings::default();
        let today = by_uid(&vault, TODAY, &settings);
        prop_assert_eq!(&today, &by_uid(&vault, TODAY, &settings));
        let tomorrow = by_uid(&vault, "2026-11-22", &settings);
        let unstamped = |items: &BTreeMap<String, String>| {
            items.values().map(|text| text.replace("DTSTAMP:20261122", "DTSTAMP:20261121")).collect::<Vec<_>>()
        };
        prop_assert_eq!(unstamped(&today), unstamped(&tomorrow));
    }
}
