//! `ties review`

use crate::support::program::TestVault;
use crate::support::screen::{Screen, is_here};
use expect_test::{Expect, expect};

const PEOPLE: &str = "\
=== people/ana.md
---
name: Ana
circle: inner
---
## Log
- 2026-10-12 call: a job
  - [ ] Send her the article 📅 2026-10-20
=== people/bo.md
---
name: Bo
cadence: monthly
---
## Log
- 2026-10-30 call
- 2026-08-14 call
- 2026-05-29 met
- 2026-03-13 call
- 2025-12-26 met
=== people/cy.md
---
name: Cy
circle: growth
---
## Log
- 2026-09-05 met: tired
";

/// A Sunday.
fn vault() -> TestVault {
    TestVault::of(PEOPLE).with("TIES_TODAY", "2026-11-22")
}

const WEEK: &str = "reviews/2026-W47.md";

/// Ticks the first line that holds `about`.
fn tick(vault: &TestVault, file: &str, about: &str) {
    let text = vault.read(file);
    let line = text.lines().find(|line| line.starts_with("- [ ]") && line.contains(about));
    let line = line.unwrap_or_else(|| panic!("nothing is about {about}:\n{text}"));
    vault.write(file, text.replacen(line, &line.replacen("[ ]", "[x]", 1), 1));
}

fn check(vault: &TestVault, arguments: &str, expected: &Expect) {
    expected.assert_eq(&vault.ties(arguments).shown());
}

fn notes(vault: &TestVault) -> String {
    ["ana", "bo", "cy"].map(|name| vault.read(&format!("people/{name}.md"))).concat()
}

#[test]
fn a_review_is_written_and_says_where() {
    let vault = vault();
    let before = notes(&vault);
    check(&vault, "review weekly", &expect![[""]]);
    let text = vault.read(WEEK);
    check(&vault, "review weekly", &expect![[""]]);
    check(&vault, "review --apply", &expect![[""]]);
    assert_eq!((vault.read(WEEK), notes(&vault)), (text, before));
}

#[test]
fn a_tick_is_followed_once_and_what_is_undone_stays_undone() {
    let vault = vault();
    vault.ties("review weekly");
    let before = notes(&vault);
    tick(&vault, WEEK, "|Cy]");
    check(&vault, "review --dry-run", &expect![[""]]);
    assert_eq!(notes(&vault), before);
    check(&vault, "review --apply", &expect![[""]]);
    let after = notes(&vault);
    check(&vault, "review --apply", &expect![[""]]);
    assert_eq!(notes(&vault), after);
    check(&vault, "undo", &expect![[""]]);
    assert_eq!(notes(&vault), before);
    vault.ties("review weekly");
    assert_eq!(notes(&vault), before);
    assert!(vault.read(WEEK).contains("- [ ] [[people/cy|Cy]]"), "{}", vault.read(WEEK));
}

#[test]
fn a_box_that_is_emptied_takes_its_change_back() {
    let vault = vault();
    vault.ties("review weekly");
    let before = notes(&vault);
    tick(&vault, WEEK, "the article");
    vault.ties("review --apply");
    assert_ne!(notes(&vault), before);
    vault.write(WEEK, vault.read(WEEK).replace("- [x]", "- [ ]"));
    check(&vault, "review --apply", &expect![[""]]);
    assert_eq!(notes(&vault), before);
    check(&vault, "review --apply", &expect![[""]]);
}

#[test]
fn what_only_shows_writes_nothing() {
    let vault = vault();
    let run = vault.ties("review --stdout");
    assert!(run.out.starts_with("---\nties: review\ndate: 2026-11-22\n"), "{}", run.out);
    let run = vault.ties("review monthly --json");
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(json["name"], "2026-11");
    assert_eq!(json["state"], "missing");
    let lines = json["sections"].as_array().unwrap().iter().flat_map(|section| {
        section["lines"].as_array().unwrap().iter().map(|line| line["asks"].as_str().unwrap())
    });
    assert_eq!(lines.collect::<Vec<_>>(), ["promise", "word", "cadence"]);
    let run = vault.ties("review weekly --on 2027-01-02");
    assert!(run.out.contains("# Week 53, 28 December 2026 to 3 January 2027\n"), "{}", run.out);
    let run = vault.ties("review quarterly --stdout");
    assert!(run.out.contains("\n## Where time went\nFrom 1 October"), "{}", run.out);
    let dry = vault.ties("review weekly --dry-run");
    assert!(dry.out.contains("+++ b/reviews/2026-W47.md"), "{}", dry.out);
    assert!(!vault.root().join("reviews").exists());
}

#[test]
fn a_file_of_somebody_else_is_left_as_it_is() {
    let vault = vault();
    vault.write(WEEK, "# Week 47\n\n- [x] my own [[Ana]]\n");
    check(&vault, "review weekly", &expect![[""]]);
    check(&vault, "review --apply", &expect![[""]]);
    assert_eq!(vault.read(WEEK), "# Week 47\n\n- [x] my own [[Ana]]\n");
}

#[test]
fn a_review_that_is_done_is_not_touched_again() {
    let vault = vault();
    vault.ties("review weekly");
    tick(&vault, WEEK, "That was the review");
    check(&vault, "review --apply", &expect![[""]]);
    tick(&vault, WEEK, "|Cy]");
    let (text, before) = (vault.read(WEEK), notes(&vault));
    check(&vault, "review weekly", &expect![[""]]);
    check(&vault, "review --apply", &expect![[""]]);
    assert_eq!((vault.read(WEEK), notes(&vault)), (text, before));
}

#[test]
fn the_one_that_is_open_or_due_comes_first() {
    let vault = TestVault::of(PEOPLE);
    let next = |today: &str| {
        let run = vault.run(["--today", today, "review", "--stdout"]);
        run.out.lines().find(|line| line.starts_with("# ")).unwrap().to_owned()
    };
    assert_eq!(next("2026-11-18"), "# Week 46, 9 to 15 November 2026");
    assert_eq!(next("2026-11-19"), "# Week 47, 16 to 22 November 2026");
    assert_eq!(next("2026-11-28"), "# November 2026");
    assert_eq!(next("2026-11-29"), "# Week 48, 23 to 29 November 2026");
    assert_eq!(next("2026-12-27"), "# Week 52, 21 to 27 December 2026");
    vault.run(["--today", "2026-11-28", "review", "monthly"]);
    assert_eq!(next("2026-11-29"), "# November 2026");
    vault.run(["--today", "2026-11-29", "review", "weekly"]);
    assert_eq!(next("2026-11-30"), "# Week 48, 23 to 29 November 2026");
}

#[test]
fn an_older_review_is_read_back_and_not_written_anew() {
    let vault = TestVault::of(PEOPLE);
    vault.run(["--today", "2026-11-15", "review", "weekly"]);
    let file = "reviews/2026-W46.md";
    tick(&vault, file, "the article");
    let before = vault.read(file);
    expect![[""]].assert_eq(&vault.run(["--today", "2026-11-22", "review", "weekly"]).shown());
    let line = |text: &str| {
        let ours = text.lines().filter(|line| !line.starts_with("answers:") && !line.starts_with("marks:"));
        ours.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(line(&vault.read(file)), line(&before));
    assert!(vault.read("people/ana.md").contains("[x] Send her the article"));
}

#[test]
fn an_answer_that_cannot_be_followed_says_why() {
    let vault = vault();
    vault.ties("review weekly");
    let text = vault.read(WEEK);
    vault.write(WEEK, text.replacen("- [ ] [[people/cy|Cy]]", "- [x] [[people/zed|Zed]]", 1));
    check(&vault, "review --apply", &expect![[""]]);
    assert!(!vault.read(WEEK).contains("answers:"));
}

#[test]
fn on_a_terminal_one_key_answers_and_it_can_be_put_down() {
    if !is_here("tmux") {
        return;
    }
    let vault = vault();
    let mut command = vault.command();
    command.args(["review", "weekly"]);
    let screen = Screen::open(&command, 80, 24);
    expect![[""]].assert_eq(&screen.wait_for("put it down"));
    screen.press(&["y"]);
    expect![[""]].assert_eq(&screen.wait_for("2 of "));
    screen.press(&["t"]);
    screen.wait_for("Esc");
    screen.press(&["call: well", "Enter"]);
    screen.wait_for("3 of ");
    screen.press(&["q"]);
    expect![[""]].assert_eq(&screen.wait_for("goes on"));
    expect![[""]].assert_eq(&notes(&vault));
    let screen = Screen::open(&command, 80, 24);
    screen.wait_for("3 of ");
    screen.press(&["u", "Space"]);
    screen.wait_for("Taken back");
    screen.press(&["q"]);
    screen.wait_for("goes on");
    assert!(!notes(&vault).contains("call: well"));
}
