//! `ties review`

use crate::support::program::TestVault;
use crate::support::screen::{Screen, is_here};
use expect_test::{Expect, expect};
use std::time::Duration;

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
    assert!(line.is_some(), "nothing is about {about}:\n{text}");
    let line = line.unwrap_or_default();
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
    check(
        &vault,
        "review weekly",
        &expect![[r#"
        -- talk
        Week 47, 16 to 22 November 2026: reviews/2026-W47.md. Three lines wait.
        exit 0
    "#]],
    );
    let text = vault.read(WEEK);
    check(
        &vault,
        "review weekly",
        &expect![[r#"
        -- talk
        Week 47, 16 to 22 November 2026: reviews/2026-W47.md. Three lines wait.
        exit 0
    "#]],
    );
    check(
        &vault,
        "review --apply",
        &expect![[r#"
        -- talk
        Nothing new is ticked or typed in a review.
        exit 0
    "#]],
    );
    assert_eq!((vault.read(WEEK), notes(&vault)), (text, before));
}

#[test]
fn a_tick_is_followed_once_and_what_is_undone_stays_undone() {
    let vault = vault();
    vault.ties("review weekly");
    let before = notes(&vault);
    tick(&vault, WEEK, "|Cy]");
    check(
        &vault,
        "review --dry-run",
        &expect![[r#"
            -- out
            --- a/people/cy.md
            +++ b/people/cy.md
            @@ -1,6 +1,7 @@
             ---
             name: Cy
             circle: growth
            +follow_up: 2026-11-24
             ---
             ## Log
             - 2026-09-05 met: tired
            --- a/reviews/2026-W47.md
            +++ b/reviews/2026-W47.md
            @@ -1,6 +1,7 @@
             ---
             ties: review
             date: 2026-11-22
            +answers: 2026-11-22/vw8muok45/done/-
             marks: x0j2ab k5v96x vfyn2p 1wqr77 tsfeqfvw8muok45 o72hwh jzgnqk 8gt2izvwjq94gdd p1w50x mxbrau ch17qe 0zqtr1vpl7tztdg auteb1vdlo30stg
             ---
             # Week 47, 16 to 22 November 2026
            exit 0
        "#]],
    );
    assert_eq!(notes(&vault), before);
    check(
        &vault,
        "review --apply",
        &expect![[r#"
        -- talk
        Read back: a word to Cy on Tuesday. `ties undo` takes it back.
        exit 0
    "#]],
    );
    let after = notes(&vault);
    check(
        &vault,
        "review --apply",
        &expect![[r#"
        -- talk
        Nothing new is ticked or typed in a review.
        exit 0
    "#]],
    );
    assert_eq!(notes(&vault), after);
    check(
        &vault,
        "undo",
        &expect![[r#"
        -- out
        --- a/people/cy.md
        +++ b/people/cy.md
        @@ -1,7 +1,6 @@
         ---
         name: Cy
         circle: growth
        -follow_up: 2026-11-24
         ---
         ## Log
         - 2026-09-05 met: tired
        -- talk
        Undone (a word to Cy on Tuesday (review of 2026-11-22, vw8muok45)): people/cy.md. `ties undo 4` brings it back.
        exit 0
    "#]],
    );
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
    check(
        &vault,
        "review --apply",
        &expect![[r#"
        -- talk
        Read back: taken back: Send her the article · Ana, promised in October. `ties undo` takes it back.
        exit 0
    "#]],
    );
    assert_eq!(notes(&vault), before);
    check(
        &vault,
        "review --apply",
        &expect![[r#"
        -- talk
        Nothing new is ticked or typed in a review.
        exit 0
    "#]],
    );
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
    check(
        &vault,
        "review weekly",
        &expect![[r#"
        -- talk
        error: reviews/2026-W47.md is there, and ties did not write it; it is left as it is
        hint: `ties review weekly --stdout` shows the review
        exit 1
    "#]],
    );
    check(
        &vault,
        "review --apply",
        &expect![[r#"
        -- talk
        Nothing new is ticked or typed in a review.
        exit 0
    "#]],
    );
    assert_eq!(vault.read(WEEK), "# Week 47\n\n- [x] my own [[Ana]]\n");
}

#[test]
fn a_review_that_is_done_is_not_touched_again() {
    let vault = vault();
    vault.ties("review weekly");
    tick(&vault, WEEK, "That was the review");
    check(
        &vault,
        "review --apply",
        &expect![[r#"
            -- talk
            The review of Week 47, 16 to 22 November 2026 is done; an empty box at its last line opens it again.
            exit 0
        "#]],
    );
    tick(&vault, WEEK, "|Cy]");
    let (text, before) = (vault.read(WEEK), notes(&vault));
    check(
        &vault,
        "review weekly",
        &expect![[r#"
        -- talk
        The review of Week 47, 16 to 22 November 2026 is done: reviews/2026-W47.md.
        exit 0
    "#]],
    );
    check(
        &vault,
        "review --apply",
        &expect![[r#"
        -- talk
        Nothing new is ticked or typed in a review.
        exit 0
    "#]],
    );
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
    expect![[r#"
        -- talk
        Read back: kept: Send her the article. `ties undo` takes it back.
        Week 47, 16 to 22 November 2026: reviews/2026-W47.md. Two lines wait.
        exit 0
    "#]]
    .assert_eq(&vault.run(["--today", "2026-11-22", "review", "weekly"]).shown());
    let line = |text: &str| {
        let ours = text
            .lines()
            .filter(|line| !line.starts_with("answers:") && !line.starts_with("marks:"));
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
    check(
        &vault,
        "review --apply",
        &expect![[r#"
        -- talk
        note: left as it is: Zed · growth: a word on Tuesday: nobody here is Zed, or several are (write it down with `ties log` or `ties done`)
        exit 0
    "#]],
    );
    assert!(!vault.read(WEEK).contains("answers:"));
}

/// The screen once `text` is on it and nothing more is drawn.
fn drawn(screen: &Screen, text: &str) -> String {
    loop {
        let shown = screen.wait_for(text);
        std::thread::sleep(Duration::from_millis(50));
        if screen.shown() == shown {
            return shown;
        }
    }
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
    expect![[r#"
        1 of 4 · 0 answers · A word this week

        Cy · growth: a word on Tuesday

        Last: 5 September, met: tired.
        Next: ask what they are working on. Why: every 2-4 weeks.

        y yes   n not this time   t type a day, what to say, or `call: …` if it is done
        s Enter leave it   u back   q put it down















    "#]]
    .assert_eq(&drawn(&screen, "put it down"));
    screen.press(&["y"]);
    expect![[r#"
        2 of 4 · 1 answer · A word this week

        A word to Cy on Tuesday.

        Ana · inner: a word tomorrow

        Last: 12 October, call: a job.
        Next: send her the article. Why: every 1-2 weeks.

        y yes   n not this time   t type a day, what to say, or `call: …` if it is done
        s Enter leave it   u back   q put it down













    "#]]
    .assert_eq(&drawn(&screen, "2 of "));
    screen.press(&["t"]);
    screen.wait_for("Esc");
    screen.press(&["call: well", "Enter"]);
    screen.wait_for("3 of ");
    screen.press(&["q"]);
    let shown = drawn(&screen, "goes on");
    assert!(shown.contains("Two changes made; `ties undo` takes back the last one.\n"), "{shown}");
    assert!(shown.contains("One line waits; `ties review` goes on.\n"), "{shown}");
    expect![[r#"
        ---
        name: Ana
        circle: inner
        ---
        ## Log
        - 2026-11-22 call: well
        - 2026-10-12 call: a job
          - [ ] Send her the article 📅 2026-10-20
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
        ---
        name: Cy
        circle: growth
        follow_up: 2026-11-24
        ---
        ## Log
        - 2026-09-05 met: tired
    "#]]
    .assert_eq(&notes(&vault));
    let screen = Screen::open(&command, 80, 24);
    screen.wait_for("3 of ");
    screen.press(&["u", "Space"]);
    screen.wait_for("Taken back");
    screen.press(&["q"]);
    screen.wait_for("goes on");
    assert!(!notes(&vault).contains("call: well"));
}

#[test]
fn words_that_say_nothing_are_taken_away_again() {
    if !is_here("tmux") {
        return;
    }
    let vault = vault();
    let mut command = vault.command();
    command.args(["review", "monthly"]);
    let screen = Screen::open(&command, 80, 24);
    screen.wait_for("Open loops");
    screen.press(&["s"]);
    screen.wait_for("Quiet for a while");
    screen.press(&["s"]);
    screen.wait_for("Rhythms");
    let before = vault.read("reviews/2026-11.md");
    screen.press(&["t"]);
    screen.wait_for("Esc");
    screen.type_text("now and then");
    screen.press(&["Enter"]);
    screen.wait_for("not a rhythm");
    assert_eq!(vault.read("reviews/2026-11.md"), before);
    // They are still there to be changed.
    screen.wait_for("› now and then_");
    screen.press(&["C-u"]);
    screen.type_text("2 months");
    screen.press(&["Enter"]);
    screen.wait_for("Bo: 2 months.");
    screen.press(&["y"]);
    screen.wait_for("That was the last line");
    screen.press(&["Enter"]);
    screen.wait_for("made");
    assert!(vault.read("people/bo.md").contains("cadence: 2 months\n"));
    assert!(vault.read("reviews/2026-11.md").contains("\nfinished: 2026-11-22\n"));
}

#[test]
fn what_is_pasted_answers_nobody() {
    if !is_here("tmux") {
        return;
    }
    let vault = vault();
    let mut command = vault.command();
    command.args(["review", "weekly"]);
    let screen = Screen::open(&command, 80, 24);
    screen.wait_for("put it down");
    let before = notes(&vault);
    screen.paste("yes\ny\nq\n");
    screen.wait_for("left out");
    assert_eq!(notes(&vault), before);
    screen.press(&["t"]);
    screen.wait_for("Esc");
    screen.paste("line one\nline two\nyy\n");
    screen.wait_for("› line one line two yy");
    assert_eq!(notes(&vault), before);
    screen.press(&["Enter"]);
    screen.wait_for("2 of ");
    screen.press(&["u"]);
    screen.wait_for("1 of ");
    screen.press(&["t"]);
    screen.wait_for("Esc");
    screen.type_text("ask about bread");
    screen.press(&["Enter"]);
    screen.wait_for("2 of ");
    screen.press(&["s"]);
    screen.wait_for("3 of ");
    // A promise takes no words: none of their letters answers anything.
    screen.type_text("tell him y l g");
    screen.wait_for("No words are taken here.");
    std::thread::sleep(Duration::from_millis(700));
    screen.press(&["q"]);
    screen.wait_for("goes on");
    let after = notes(&vault);
    assert!(after.contains("next: ask about bread\n") && !after.contains("line one"), "{after}");
    let changed =
        after.replace("next: ask about bread\n", "").replace("follow_up: 2026-11-24\n", "");
    assert_eq!(changed, before);
}

#[test]
fn a_dry_run_shows_each_file_once_as_it_would_be() {
    let vault = vault();
    vault.ties("review weekly --file");
    tick(&vault, WEEK, "her the article");
    tick(&vault, WEEK, "a word tomorrow");
    let dry = vault.ties("review --apply --dry-run");
    assert_eq!(dry.out.matches("+++ b/people/ana.md").count(), 1, "{}", dry.out);
    let before = vault.read("people/ana.md");
    let marks = vault.read(WEEK);
    vault.ties("review --apply");
    let shown = |before: &str, after: &str| {
        let is_new = |line: &&str| !before.lines().any(|other| other == *line);
        after.lines().filter(is_new).all(|line| dry.out.contains(&format!("+{line}\n")))
    };
    assert!(shown(&before, &vault.read("people/ana.md")), "{}", dry.out);
    assert!(shown(&marks, &vault.read(WEEK)), "{}", dry.out);
}

#[test]
fn a_line_that_is_left_is_told_once_and_the_end_can_be_taken_back() {
    let vault = vault();
    vault.ties("review weekly --file");
    let left = vault.read(WEEK).replace("- [ ] That was", "- [x] That was");
    vault.write(WEEK, &left);
    check(
        &vault,
        "review --apply",
        &expect![[r#"
        -- talk
        The review of Week 47, 16 to 22 November 2026 is done; an empty box at its last line opens it again.
        exit 0
    "#]],
    );
    check(
        &vault,
        "review weekly --file",
        &expect![[r#"
        -- talk
        The review of Week 47, 16 to 22 November 2026 is done: reviews/2026-W47.md.
        exit 0
    "#]],
    );
    let opened = vault.read(WEEK).replace("- [x] That was", "- [ ] That was");
    vault.write(WEEK, &opened);
    check(
        &vault,
        "review --apply",
        &expect![[r#"
            -- talk
            Read back: taken back: That was the review of this week.
            exit 0
        "#]],
    );
    check(
        &vault,
        "review --apply",
        &expect![[r#"
        -- talk
        Nothing new is ticked or typed in a review.
        exit 0
    "#]],
    );
    vault.ties("review monthly --file");
    let month = "reviews/2026-11.md";
    let left = vault
        .read(month)
        .replace("- [ ] [[people/bo|Bo]]: monthly", "- [-] [[people/bo|Bo]]: monthly");
    vault.write(month, &left);
    check(
        &vault,
        "review --apply",
        &expect![[r#"
        -- talk
        Read back: left as it is: Bo: monthly → quarterly (about every 11 weeks so far).
        exit 0
    "#]],
    );
    check(
        &vault,
        "review --apply",
        &expect![[r#"
        -- talk
        Nothing new is ticked or typed in a review.
        exit 0
    "#]],
    );
    let opened = vault.read(month).replace("- [-] ", "- [ ] ");
    vault.write(month, &opened);
    check(
        &vault,
        "review --apply",
        &expect![[r#"
        -- talk
        Read back: taken back: Bo: monthly → quarterly (about every 11 weeks so far).
        exit 0
    "#]],
    );
}

#[test]
fn a_line_that_is_alone_in_the_inbox_can_be_answered_and_the_review_ends() {
    let inbox = "=== inbox.md\n- meant: call [[people/ana|Ana]]\n";
    let vault = TestVault::of(&format!("{PEOPLE}{inbox}")).with("TIES_TODAY", "2026-11-22");
    vault.ties("review weekly --file");
    tick(&vault, WEEK, "call [[");
    tick(&vault, WEEK, "That was the review");
    let told = vault.ties("review --apply").shown();
    assert_eq!(vault.read("inbox.md"), "# Inbox\n", "{told}");
    assert!(vault.read("people/ana.md").contains("\n- 2026-11-22"), "{told}");
    assert!(vault.read(WEEK).contains("\nfinished: 2026-11-22\n"), "{told}");
}

#[test]
fn an_answer_that_is_given_again_stands_and_the_end_can_be_opened() {
    if !is_here("tmux") {
        return;
    }
    let bo =
        "=== people/bo.md\n---\nname: Bo\ncadence: monthly\n---\n## Log\n- 2026-08-01 call: hi\n";
    let vault = TestVault::of(bo).with("TIES_TODAY", "2026-11-22");
    let mut command = vault.command();
    command.args(["review", "weekly"]);
    let screen = Screen::open(&command, 80, 24);
    screen.wait_for("1 of 2 · 0 answers");
    for _ in 0..2 {
        screen.press(&["y"]);
        screen.wait_for("2 of 2 · 1 answer");
        screen.press(&["u"]);
        screen.wait_for("1 of 2 · 1 answer");
    }
    screen.press(&["y"]);
    screen.wait_for("2 of 2 · 1 answer");
    screen.press(&["y"]);
    screen.wait_for("That was the last line");
    assert!(vault.read(WEEK).contains("\nfinished: 2026-11-22\n"));
    screen.press(&["u"]);
    screen.wait_for("2 of 2");
    screen.press(&["Space"]);
    for _ in 0..100 {
        if !vault.read(WEEK).contains("finished:") {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(vault.read(WEEK), "a review that is open again");
}
