//! `ties stats`

use crate::support::program::TestVault;
use expect_test::{Expect, expect};

const VAULT: &str = "=== people/ana.md
---
name: Ana
circle: inner
groups: [choir]
created: 2026-01-01
---
## Log
- 2026-11-18 call
- 2026-11-08 met [[Bo]]: lunch
- 2026-10-28 call
- 2026-10-20 call
- 2026-10-10 message
- [x] Send her the article ✅ 2026-10-12
=== people/bo.md
---
name: Bo
circle: growth
private: true
created: 2026-01-01
---
=== people/cy.md
---
name: Cy
circle: mentor
last_contact: 2026-03-01
---
";

fn check(arguments: &[&str], expected: &Expect) {
    expected.assert_eq(&TestVault::of(VAULT).run(arguments).shown());
}

#[test]
fn a_quarter_is_told_in_sentences_bands_and_bars() {
    check(
        &["stats", "--quarter", "2026-q4"],
        &expect![[r#"
            -- out
            From 1 October to 21 November you were in touch with two people, on five
            different days.
            Inner had about as much contact as you wanted.
            Growth had less than you wanted.
            Mentor was quiet.
            No contact is written down with Cy, whose rhythm came round.
            It was mostly by telephone, then by message.
            You kept one promise.

            Circles
              inner   ▰▰▰▱  about as you wanted · one person
              growth  ▰▱▱▱  less than you wanted · one person
              mentor  ▱▱▱▱  quiet · one person

            Groups
              choir  ▰▰▰▱  about as you wanted · one person

            How
              call     ■■■■■■■■■■■■■■■■■■■■■■■■  3
              message  ■■■■■■■■  1
              met      ■■■■■■■■  1

            Week by week
              Oct     Nov
              ··▄▄··▄▄▄▄██··▄▄
            exit 0
        "#]],
    );
}

#[test]
fn days_are_named_in_many_ways() {
    let from = |arguments: &[&str]| {
        let vault = TestVault::of(VAULT);
        let run = vault.run([&["stats", "--json"], arguments].concat());
        let read: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        format!("{}..{}", read["from"].as_str().unwrap(), read["to"].as_str().unwrap())
    };
    assert_eq!(from(&[]), "2026-08-23..2026-11-21");
    assert_eq!(from(&["--year"]), "2026-01-01..2026-11-21");
    assert_eq!(from(&["--year", "2025"]), "2025-01-01..2025-12-31");
    assert_eq!(from(&["--quarter", "Q3"]), "2026-07-01..2026-09-30");
    assert_eq!(from(&["--from", "1 nov", "--to", "yesterday"]), "2026-11-01..2026-11-20");
}

#[test]
fn days_that_cannot_be_are_said_so() {
    check(
        &["stats", "--quarter", "fourth"],
        &expect![[r#"
        -- talk
        error: `fourth` is not a quarter
        hint: write it as 2026-Q4, or Q4 of this year
        exit 2
    "#]],
    );
    check(
        &["stats", "--year", "next"],
        &expect![[r#"
        -- talk
        error: `next` is not a year
        hint: write it as 2026
        exit 2
    "#]],
    );
    check(
        &["stats", "--quarter", "2027-Q1"],
        &expect![[r#"
        -- talk
        error: 2027-01-01 is still to come
        hint: name days that were
        exit 2
    "#]],
    );
    check(
        &["stats", "--from", "2026-11-10", "--to", "2026-11-01"],
        &expect![[r#"
        -- talk
        error: these days end before they begin
        hint: `--from` is the earlier day
        exit 2
    "#]],
    );
    check(
        &["stats", "--from", "2026-11-30"],
        &expect![[r#"
        -- talk
        error: 2026-11-30 is still to come
        hint: name days that were
        exit 2
    "#]],
    );
}

#[test]
fn the_picture_stands_alone_and_takes_the_place_of_its_own_kind_only() {
    let vault = TestVault::of(VAULT);
    let file = vault.beside("2026.svg");
    let name = file.to_str().unwrap();
    assert_eq!(vault.run(["stats", "--svg", name]).code, 0);
    let picture = std::fs::read_to_string(&file).unwrap();
    assert!(picture.starts_with("<svg ") && picture.contains("<title>Ana: "));
    assert!(!picture.contains("Bo:") && !picture.contains("<script") && !picture.contains("href"));
    assert_eq!(vault.run(["stats", "--year", "--svg", name]).code, 0);
    vault.write("notes.svg", "mine");
    let refused = vault.run(["stats", "--svg", "notes.svg"]);
    assert_eq!((refused.code, vault.read("notes.svg").as_str()), (1, "mine"));
    assert_eq!(vault.run(["stats", "--svg", vault.root().to_str().unwrap()]).code, 1);
}

#[test]
fn other_programs_get_bands_as_words() {
    let run = TestVault::of(VAULT).run(["stats", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let bands = read["circles"].as_array().unwrap().iter();
    let bands = bands.map(|circle| format!("{} {}", circle["name"], circle["band"]));
    assert_eq!(
        bands.collect::<Vec<_>>(),
        [r#""inner" "less""#, r#""growth" "less""#, r#""mentor" "quiet""#]
    );
    assert_eq!((&read["quiet"][0]["name"], &read["promises"]["kept"]), (&"Cy".into(), &1.into()));
}

#[test]
fn a_narrow_screen_is_enough() {
    let vault = TestVault::of(VAULT).with("COLUMNS", "40");
    let shown = vault.run(["stats"]).out;
    assert!(shown.lines().all(|line| line.chars().count() <= 40), "{shown}");
}
