//! A small vault whose agenda is answered: what is written into the notes, and that it is written once.

use crate::features::agenda::compose::{compose, compose_after};
use crate::features::agenda::file;
use crate::features::agenda::record::{Outcome, Record};
use crate::features::agenda::render::render;
use crate::features::agenda::stay::Followed;
use crate::features::agenda_text::render_plain;
use crate::features::answering::plan::{Plan, plan};
use crate::features::answering::step::SettingWish;
use crate::features::sample::{book, day};
use crate::features::settings::Settings;
use crate::features::standing::Situation;
use crate::note::change::{Change, FileChange, Refusal};
use crate::note::rewrite::rewrite;
use crate::people::vocabulary::Vocabulary;
use crate::text::diff::unified;
use crate::text::phrase::forbidden_in;
use expect_test::{Expect, expect};
use std::fmt::Write;

const VAULT: &[(&str, &str)] = &[
    ("habits/walk.md", "---\nhabit: Walk\n---\n## Log\n- 2026-11-20\n"),
    (
        "people/ana.md",
        "---\nname: Ana\n---\n## Log\n- 2026-10-12 call: a job\n  - [ ] Send her the article 📅 2026-10-20\n",
    ),
    ("people/bo.md", "---\nname: Bo\n---\n\n- [ ] Lend the book\n"),
    (
        "people/cy.md",
        "---\nname: Cy\nfollow_up: 2026-11-20   # firm\nnext: Ask about the move\n---\n\n## Log\n\n* 2026-09-05 met: tired\n",
    ),
    ("people/di.md", "---\nname: Di\ncadence: monthly\n---\n## Log\n- 2026-09-05 met: tired\n"),
    ("people/eva.md", "---\nname: Eva\nbirthday: 1996-11-21\n---\nA friend.\n"),
    ("people/fay.md", "---\nname: Fay\n---\n## Log\n- 2026-11-19 plan: tea\n"),
];

/// Notes and an agenda, as a person, editors and `ties` change them.
#[derive(Clone)]
struct World {
    notes: Vec<(String, String)>,
    agenda: String,
    today: &'static str,
}

impl World {
    /// The village on a day, with its agenda written.
    fn new(today: &'static str) -> World {
        World::of(VAULT, today)
    }

    /// Any vault on a day, with its agenda written.
    fn of(notes: &[(&str, &str)], today: &'static str) -> World {
        let notes = notes.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        let mut world = World { notes: notes.collect(), agenda: String::new(), today };
        world.morning(&[]);
        world
    }

    fn note(&self, path: &str) -> &str {
        &self.notes.iter().find(|(other, _)| other == path).unwrap().1
    }

    /// What stands under `## Notes`.
    fn kept(&self) -> &str {
        self.agenda.split_once("\n## Notes\n").unwrap().1
    }

    fn plan(&self, copies: &[&str]) -> Plan {
        self.plan_after(copies, &[])
    }

    fn plan_after(&self, copies: &[&str], made: &[Record]) -> Plan {
        let notes = self.borrowed();
        let (book, settings, vocabulary) =
            (book(&notes), Settings::default(), Vocabulary::default());
        let situation = Situation::new(&book, day(self.today), &settings, &vocabulary);
        let copies = copies.iter().map(|copy| file::read(copy).unwrap()).collect::<Vec<_>>();
        plan(&situation, &file::read(&self.agenda).unwrap(), &copies, made)
    }

    fn borrowed(&self) -> Vec<(&str, &str)> {
        self.notes.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
    }

    /// All of the change, or nothing.
    fn make(&mut self, change: &Change) -> Result<(), Refusal> {
        let mut notes = self.notes.clone();
        for file in &change.files {
            let FileChange::Edit { path, wishes } = file else { panic!("only edits") };
            let note = notes.iter_mut().find(|(other, _)| other == path.as_str()).unwrap();
            note.1 = rewrite(&note.1, wishes)?;
        }
        self.notes = notes;
        Ok(())
    }

    /// Follows the answers and writes the agenda of today. What was followed and what was not, in words.
    fn morning(&mut self, copies: &[&str]) -> Vec<String> {
        let mut followed = Followed { is_tried: true, ..Followed::default() };
        let mut told = Vec::new();
        for _ in 0..3 {
            let plan = self.plan_after(copies, &followed.records);
            let goes_on = plan.steps.iter().any(|step| step.takes_back.is_some());
            for step in plan.steps {
                let made = step.change.iter().try_for_each(|change| self.make(change));
                if let Err(refusal) = made {
                    told.push(format!("{}: {}", step.told, refusal.reason));
                    continue;
                }
                told.push(step.told);
                followed.records.retain(|of| !of.is_about(&step.record.id, step.record.day));
                followed.records.push(step.record);
            }
            let troubles = plan.troubles.iter();
            told.extend(troubles.map(|of| format!("{}: {}", of.line, of.refusal.reason)));
            followed.copies = plan.copies;
            if !goes_on {
                break;
            }
        }
        self.compose(&followed);
        told
    }

    fn compose(&mut self, followed: &Followed) {
        let notes = self.borrowed();
        let (settings, vocabulary) = (Settings::default(), Vocabulary::default());
        let existing = Some(self.agenda.as_str());
        let agenda = compose_after(
            &book(&notes),
            day(self.today),
            &settings,
            &vocabulary,
            existing,
            followed,
        );
        self.agenda = render(&agenda.unwrap());
    }

    /// Types: the line about `who` gets another box, and more words.
    fn answer(&mut self, who: &str, status: char, at_end: &str, below: &str) {
        self.agenda = answered(&self.agenda, who, status, at_end, below);
    }

    fn changes_since(&self, before: &World) -> String {
        let pairs = before.notes.iter().zip(&self.notes);
        let diff = pairs.map(|((path, old), (_, new))| unified(path, Some(old), new));
        // An expectation cannot hold a line of one space, which is what a blank line is in a diff.
        let diff = diff.collect::<String>();
        diff.lines().map(|line| format!("{}\n", line.trim_end())).collect()
    }

    /// The agenda without front matter, headings and blank lines.
    fn lines(&self) -> String {
        let body = self.agenda.splitn(3, "---\n").nth(2).unwrap();
        let told = body.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
        told.map(|line| format!("{line}\n")).collect()
    }
}

fn answered(agenda: &str, who: &str, status: char, at_end: &str, below: &str) -> String {
    let mut text = String::new();
    for line in agenda.split_inclusive('\n') {
        let ours = line.get(5..).and_then(|rest| rest.trim_end().rsplit_once(" ^"));
        if let Some((rest, id)) = ours.filter(|_| line.starts_with("- [") && line.contains(who)) {
            let space = if at_end.is_empty() { "" } else { " " };
            text.push_str(&format!("- [{status}]{rest}{space}{at_end} ^{id}\n"));
            text.extend(below.lines().map(|line| format!("    {line}\n")));
        } else {
            text.push_str(line);
        }
    }
    text
}

/// What one answer to the line about `who` on the agenda of 21 November 2026 changes; answering is followed once, and
/// taking the change back exactly leaves the line open for good.
fn check(who: &str, status: char, at_end: &str, below: &str, expected: &Expect) {
    let before = World::new("2026-11-21");
    let mut world = before.clone();
    world.answer(who, status, at_end, below);
    assert_ne!(world.agenda, before.agenda, "nobody is called {who}");
    let told = world.morning(&[]);
    let told = if told.is_empty() { "nothing".to_owned() } else { told.join("\n") };
    expected.assert_eq(&format!("{told}\n{}", world.changes_since(&before)));
    assert_eq!(forbidden_in(&world.agenda), Vec::<&str>::new());
    check_once(&world);
    // Undone, as `ties undo` does it.
    let mut undone = World { notes: before.notes.clone(), ..world.clone() };
    assert_eq!(undone.plan(&[]).steps, Vec::new(), "{}", undone.agenda);
    undone.morning(&[]);
    check_once(&undone);
    let boxes = |world: &World| {
        let lines = world.lines();
        lines.lines().filter(|line| line.starts_with("- [ ]")).count()
    };
    assert!(boxes(&undone) >= boxes(&world), "{}", undone.agenda);
    assert_eq!(undone.notes, before.notes);
}

/// Nothing is left to follow, and the file is as it would be written.
fn check_once(world: &World) {
    let mut again = world.clone();
    assert_eq!(again.plan(&[]).steps, Vec::new(), "{}", world.agenda);
    again.morning(&[]);
    assert_eq!(again.notes, world.notes);
    assert_eq!(again.agenda, world.agenda);
}

#[test]
fn nothing_is_answered_until_somebody_does() {
    let world = World::new("2026-11-21");
    expect![[r#"
        ## Today
        - [ ] [[people/eva|Eva]] turns 30. ^tiqzagnwa
        - [ ] [[people/fay|Fay]], planned for Thursday: tea. Did it happen? ^tzen50zg7
        ## Promises
        - [ ] Send her the article · [[people/ana|Ana]], promised in October ^pul7tztdg
        - [ ] Lend the book · [[people/bo|Bo]] ^p97yvuqqq
        ## Reach out
        - [ ] [[people/cy|Cy]] ^rynr7t7mb
          > Last: 5 September, met: tired.
          > Next: ask about the move. Why: you chose yesterday for it.
        - [ ] [[people/di|Di]] ^rtll7xj0d
          > Last: 5 September, met: tired.
          > Why: every month.
        ## Habits
        - [ ] Walk · 1 of 1 day ^hbju2pqn5
        ## Notes
    "#]]
    .assert_eq(&world.lines());
    check_once(&world);
}

#[test]
fn a_tick_is_an_entry() {
    check(
        "people/di|",
        'x',
        "",
        "",
        &expect![[r#"
        in touch with Di
        --- a/people/di.md
        +++ b/people/di.md
        @@ -3,4 +3,5 @@
         cadence: monthly
         ---
         ## Log
        +- 2026-11-21
         - 2026-09-05 met: tired
    "#]],
    );
    check(
        "people/di|",
        'X',
        "✅ 2026-11-21",
        "call: she paints again\nand sleeps",
        &expect![[r#"
        in touch with Di
        --- a/people/di.md
        +++ b/people/di.md
        @@ -3,4 +3,6 @@
         cadence: monthly
         ---
         ## Log
        +- 2026-11-21 call: she paints again
        +  and sleeps
         - 2026-09-05 met: tired
    "#]],
    );
    check(
        "people/di|",
        ' ',
        "done",
        "",
        &expect![[r#"
        in touch with Di
        --- a/people/di.md
        +++ b/people/di.md
        @@ -3,4 +3,5 @@
         cadence: monthly
         ---
         ## Log
        +- 2026-11-21
         - 2026-09-05 met: tired
    "#]],
    );
    check(
        "people/cy|",
        'x',
        "",
        "next fri: bring the map",
        &expect![[r#"
            in touch with Cy; the next step instead of: Ask about the move
            --- a/people/cy.md
            +++ b/people/cy.md
            @@ -1,9 +1,10 @@
             ---
             name: Cy
            -follow_up: 2026-11-20   # firm
            -next: Ask about the move
            +follow_up: 2026-11-27   # firm
            +next: bring the map
             ---

             ## Log

            +* 2026-11-21
             * 2026-09-05 met: tired
        "#]],
    );
    check(
        "people/eva|",
        'x',
        "",
        "- call: sang for her",
        &expect![[r#"
        in touch with Eva
        --- a/people/eva.md
        +++ b/people/eva.md
        @@ -3,3 +3,6 @@
         birthday: 1996-11-21
         ---
         A friend.
        +
        +## Log
        +- 2026-11-21 call: sang for her
    "#]],
    );
    check(
        "people/fay|",
        'x',
        "",
        "",
        &expect![[r#"
        in touch with Fay
        --- a/people/fay.md
        +++ b/people/fay.md
        @@ -2,4 +2,5 @@
         name: Fay
         ---
         ## Log
        +- 2026-11-19: tea
         - 2026-11-19 plan: tea
    "#]],
    );
}

#[test]
fn words_and_other_boxes_say_the_rest() {
    check(
        "people/di|",
        '>',
        "",
        "",
        &expect![[r#"
        Di can wait until 21 December
        --- a/people/di.md
        +++ b/people/di.md
        @@ -1,6 +1,7 @@
         ---
         name: Di
         cadence: monthly
        +quiet_until: 2026-12-21
         ---
         ## Log
         - 2026-09-05 met: tired
    "#]],
    );
    check(
        "people/di|",
        ' ',
        "later 2w",
        "",
        &expect![[r#"
        Di can wait until 5 December
        --- a/people/di.md
        +++ b/people/di.md
        @@ -1,6 +1,7 @@
         ---
         name: Di
         cadence: monthly
        +quiet_until: 2026-12-05
         ---
         ## Log
         - 2026-09-05 met: tired
    "#]],
    );
    check(
        "people/cy|",
        '>',
        "fri",
        "",
        &expect![[r#"
            Cy can wait until 27 November
            --- a/people/cy.md
            +++ b/people/cy.md
            @@ -1,7 +1,8 @@
             ---
             name: Cy
            -follow_up: 2026-11-20   # firm
            +follow_up: 2026-11-27   # firm
             next: Ask about the move
            +quiet_until: 2026-11-27
             ---
 
             ## Log
        "#]],
    );
    check(
        "people/di|",
        '-',
        "",
        "",
        &expect![[r#"
        Di can wait until 21 December
        --- a/people/di.md
        +++ b/people/di.md
        @@ -1,6 +1,7 @@
         ---
         name: Di
         cadence: monthly
        +quiet_until: 2026-12-21
         ---
         ## Log
         - 2026-09-05 met: tired
    "#]],
    );
    check(
        "people/di|",
        ' ',
        "",
        "tried: no answer",
        &expect![[r#"
        tried to reach Di
        --- a/people/di.md
        +++ b/people/di.md
        @@ -3,4 +3,5 @@
         cadence: monthly
         ---
         ## Log
        +- 2026-11-21 tried: no answer
         - 2026-09-05 met: tired
    "#]],
    );
    check(
        "people/di|",
        ' ',
        "archive",
        "",
        &expect![[r#"
        put Di away
        --- a/people/di.md
        +++ b/people/di.md
        @@ -1,6 +1,7 @@
         ---
         name: Di
         cadence: monthly
        +status: archived
         ---
         ## Log
         - 2026-09-05 met: tired
    "#]],
    );
    check(
        "people/di|",
        ' ',
        "",
        "next: ask about the loom",
        &expect![[r#"
        the next step with Di
        --- a/people/di.md
        +++ b/people/di.md
        @@ -1,6 +1,7 @@
         ---
         name: Di
         cadence: monthly
        +next: ask about the loom
         ---
         ## Log
         - 2026-09-05 met: tired
    "#]],
    );
    check(
        "people/fay|",
        '-',
        "",
        "",
        &expect![[r#"
        what was planned with Fay did not happen
    "#]],
    );
}

#[test]
fn a_promise_is_ticked_where_it_stands() {
    check(
        "article",
        'x',
        "",
        "",
        &expect![[r#"
        kept: Send her the article
        --- a/people/ana.md
        +++ b/people/ana.md
        @@ -3,4 +3,4 @@
         ---
         ## Log
         - 2026-10-12 call: a job
        -  - [ ] Send her the article 📅 2026-10-20
        +  - [x] Send her the article 📅 2026-10-20 ✅ 2026-11-21
    "#]],
    );
    check(
        "Lend",
        'x',
        "",
        "",
        &expect![[r#"
            kept: Lend the book
            --- a/people/bo.md
            +++ b/people/bo.md
            @@ -2,4 +2,4 @@
             name: Bo
             ---
 
            -- [ ] Lend the book
            +- [x] Lend the book
        "#]],
    );
    check(
        "article",
        '>',
        "",
        "",
        &expect![[r#"
        put off: Send her the article
        --- a/people/ana.md
        +++ b/people/ana.md
        @@ -3,4 +3,4 @@
         ---
         ## Log
         - 2026-10-12 call: a job
        -  - [ ] Send her the article 📅 2026-10-20
        +  - [ ] Send her the article 📅 2026-10-20 ⏳ 2026-11-28
    "#]],
    );
    check(
        "Lend",
        ' ',
        "later fri",
        "",
        &expect![[r#"
            put off: Lend the book
            --- a/people/bo.md
            +++ b/people/bo.md
            @@ -2,4 +2,4 @@
             name: Bo
             ---
 
            -- [ ] Lend the book
            +- [ ] Lend the book ⏳ 2026-11-27
        "#]],
    );
    check(
        "article",
        '-',
        "",
        "",
        &expect![[r#"
        let go: Send her the article
        --- a/people/ana.md
        +++ b/people/ana.md
        @@ -3,4 +3,4 @@
         ---
         ## Log
         - 2026-10-12 call: a job
        -  - [ ] Send her the article 📅 2026-10-20
        +  - [-] Send her the article 📅 2026-10-20
    "#]],
    );
    check(
        "Lend",
        '/',
        "",
        "",
        &expect![[r#"
            in progress: Lend the book
            --- a/people/bo.md
            +++ b/people/bo.md
            @@ -2,4 +2,4 @@
             name: Bo
             ---
 
            -- [ ] Lend the book
            +- [/] Lend the book
        "#]],
    );
}

#[test]
fn a_habit_is_ticked_or_excused() {
    check(
        "Walk",
        'x',
        "",
        "in the rain",
        &expect![[r#"
        done: Walk
        --- a/habits/walk.md
        +++ b/habits/walk.md
        @@ -2,4 +2,5 @@
         habit: Walk
         ---
         ## Log
        +- 2026-11-21 in the rain
         - 2026-11-20
    "#]],
    );
    check(
        "Walk",
        ' ',
        "skip",
        "",
        &expect![[r#"
        excused: Walk
        --- a/habits/walk.md
        +++ b/habits/walk.md
        @@ -2,4 +2,5 @@
         habit: Walk
         ---
         ## Log
        +- 2026-11-21 excused
         - 2026-11-20
    "#]],
    );
}

#[test]
fn what_cannot_be_followed_wholly_is_left_alone() {
    check(
        "people/di|",
        '>',
        "when she is back",
        "",
        &expect![[r#"
        Di: what is typed there says two things, or a time that cannot be read
    "#]],
    );
    check(
        "people/di|",
        'x',
        "skip",
        "",
        &expect![[r#"
        Di: what is typed there says two things, or a time that cannot be read
    "#]],
    );
    check(
        "people/di|",
        ' ',
        "",
        "she may be in Porto",
        &expect![[r#"
            nothing
        "#]],
    );
    check(
        "Walk",
        '>',
        "",
        "",
        &expect![[r#"
        Walk · 1 of 1 day: a habit is ticked or excused, and nothing else
    "#]],
    );
}

#[test]
fn the_tick_of_what_repeats_is_told_and_leaves_nothing_behind() {
    let plants = "---\nname: Ana\n---\n- [ ] Water the plants 🔁 every week 📅 2026-11-20\n";
    let mut world = World::of(&[("people/ana.md", plants)], "2026-11-21");
    world.answer("Water the plants", 'x', "", "");
    let told = world.morning(&[]).join("\n");
    assert!(told.contains("it repeats (🔁)"), "{told}");
    assert!(world.agenda.contains("- [x] Water the plants"), "{}", world.agenda);
    world.today = "2026-11-22";
    world.morning(&[]);
    assert_eq!(world.agenda.matches("Water the plants").count(), 1, "{}", world.agenda);
    // What was said about it is the person's.
    world.answer("Water the plants", 'x', "", "the cactus too");
    world.morning(&[]);
    world.today = "2026-11-23";
    world.morning(&[]);
    assert!(world.agenda.contains("the cactus too"), "{}", world.agenda);
}

/// A line that stands twice, as copied or as git left both sides, with a box of its own each.
#[test]
fn two_different_boxes_for_one_line_are_not_followed_until_somebody_decides() {
    let before = World::new("2026-11-21");
    let line = before.lines();
    let line = line.lines().find(|line| line.contains("people/di|")).unwrap();
    let (ticked, left_out) = (line.replace("[ ]", "[x]"), line.replace("[ ]", "[-]"));
    for twice in [
        format!("<<<<<<< HEAD\n{ticked}\n=======\n{left_out}\n>>>>>>> other"),
        format!("{ticked}\n{left_out}"),
        format!("{left_out}\n{line}\n{ticked}"),
    ] {
        let mut world = before.clone();
        world.agenda = world.agenda.replace(line, &twice);
        let told = world.morning(&[]);
        let why = "Di: it stands there with two different boxes, and has `[?]` until you decide";
        assert_eq!(told, [why], "{twice}");
        assert!(world.agenda.contains(&line.replace("[ ]", "[?]")), "{}", world.agenda);
        for _ in 0..2 {
            let told = world.morning(&[]);
            assert_eq!(told, ["Di: the sign `?` in its box is not understood"], "{twice}");
            assert_eq!(world.notes, before.notes, "{twice}");
        }
        world.answer("people/di|", '-', "", "");
        assert_eq!(world.morning(&[]), ["Di can wait until 21 December"]);
    }
}

/// What `ties` says of the day where Di is the only one on it.
fn day_of_di(status: char, below: &str) -> (World, Vec<String>) {
    let di = VAULT.iter().find(|(path, _)| *path == "people/di.md").unwrap();
    let mut world = World::of(&[*di], "2026-11-21");
    world.answer("people/di|", status, "", below);
    let told = world.morning(&[]);
    (world, told)
}

#[test]
fn what_was_left_as_it_is_waits_and_is_not_done() {
    let (world, told) = day_of_di('x', "");
    assert_eq!(told, ["in touch with Di"]);
    assert!(world.agenda.contains("All done for today."), "{}", world.agenda);
    let (mut world, told) = day_of_di('x', "tried: no answer");
    assert_eq!(told.len(), 1);
    for _ in 0..2 {
        assert!(!world.agenda.contains("All done"), "{}", world.agenda);
        world.morning(&[]);
    }
    let notes = world.borrowed();
    let (book, settings, vocabulary) = (book(&notes), Settings::default(), Vocabulary::default());
    let agenda = compose(&book, day("2026-11-21"), &settings, &vocabulary, Some(&world.agenda));
    let shown = render_plain(&agenda.unwrap(), 80);
    assert!(shown.contains("Reach out\n  Di\n") && !shown.contains("Done"), "{shown}");
}

/// Olu lost her father, Bo leaves today, Noa comes to lunch, Eva's birthday is today; all but Bo have a rhythm.
const DAYS: &[(&str, &str)] = &[
    ("people/bo.md", "---\nname: Bo\n---\n## Events\n- 2026-11-21 trip: Crete\n"),
    ("people/eva.md", "---\nname: Eva\ncadence: monthly\nbirthday: 1996-11-21\n---\n"),
    (
        "people/noa.md",
        "---\nname: Noa\ncadence: monthly\n---\n## Log\n- 2026-11-21 plan: lunch\n- 2026-11-18 call\n",
    ),
    (
        "people/olu.md",
        "---\nname: Olu\ncircle: extended\n---\n## Events\n- 2026-11-18 loss: her father\n\n## Log\n- 2026-10-20 call\n",
    ),
];

#[test]
fn what_a_day_holds_is_left_out_without_a_rest_of_months() {
    let is_asked = |world: &World, who: &str| world.agenda.contains(&format!("people/{who}|"));
    for (status, words) in [('-', ""), (' ', "skip"), ('>', ""), (' ', "later")] {
        let mut world = World::of(DAYS, "2026-11-21");
        for who in ["bo", "eva", "noa", "olu"] {
            assert!(is_asked(&world, who), "{who}: {}", world.agenda);
            world.answer(&format!("people/{who}|"), status, words, "");
        }
        let before = world.clone();
        world.morning(&[]);
        assert_eq!(world.notes, before.notes, "nobody rests: {words}");
        check_once(&world);
        assert!(world.agenda.contains("All done for today."), "{}", world.agenda);
        // An emptied box takes it back, and nothing is said to have stayed.
        let mut emptied = world.clone();
        emptied.answer("people/olu|", ' ', "", "");
        if words.is_empty() {
            let plan = emptied.plan(&[]);
            assert_eq!(plan.steps[0].takes_back, Some(Outcome::Known));
        }
        world.today = "2026-11-22";
        world.morning(&[]);
        let is_later = status == '>' || words == "later";
        assert_eq!(world.agenda.contains("right: "), is_later, "{}", world.agenda);
        // Three weeks after the loss there is a word again.
        world.today = "2026-12-10";
        world.morning(&[]);
        assert!(world.agenda.contains("right: "), "{}", world.agenda);
    }
}

#[test]
fn a_plan_is_answered_by_yes_on_its_day_too() {
    let mut world = World::of(DAYS, "2026-11-21");
    world.answer("people/noa|", ' ', "", "yes, with her sister");
    assert_eq!(world.morning(&[]), ["in touch with Noa"]);
    let noa = world.note("people/noa.md");
    assert!(noa.contains("- 2026-11-21: with her sister\n"), "{noa}");
    let mut world = World::of(DAYS, "2026-11-21");
    world.answer("people/noa|", ' ', "no", "");
    assert_eq!(world.morning(&[]), ["left out this time: Noa, planned for today: lunch"]);
    world.today = "2026-11-22";
    world.morning(&[]);
    assert!(!world.agenda.contains("lunch"), "{}", world.agenda);
}

#[test]
fn a_rest_of_ones_own_is_not_made_shorter_but_by_a_day_that_is_said() {
    let di = VAULT.iter().find(|(path, _)| *path == "people/di.md").unwrap();
    let own = di.1.replace("cadence", "quiet_until: 2027-06-01\ncadence");
    for (status, below, until) in
        [('-', "", "2027-06-01"), ('>', "", "2027-06-01"), ('-', "2w", "2026-12-05")]
    {
        let mut world = World::of(&[*di], "2026-11-21");
        world.notes[0].1.clone_from(&own);
        world.answer("people/di|", status, "", below);
        world.morning(&[]);
        let note = world.note("people/di.md");
        assert!(note.contains(&format!("quiet_until: {until}\n")), "[{status}] {below}: {note}");
        check_once(&world);
    }
}

/// What happens to the notes and the lines of the agenda when `change` happens to a world in which Di's line is
/// ticked and followed.
fn check_after(change: impl Fn(&mut World), expected: &Expect) {
    let mut world = World::new("2026-11-21");
    world.answer("people/di|", 'x', "", "");
    world.morning(&[]);
    let before = world.clone();
    change(&mut world);
    let told = world.morning(&[]);
    let told = if told.is_empty() { "nothing".to_owned() } else { told.join("\n") };
    expected.assert_eq(&format!("{told}\n{}", world.changes_since(&before)));
    check_once(&world);
}

#[test]
fn an_answer_is_taken_back_on_its_day_as_far_as_it_is_as_it_was() {
    check_after(
        |world| world.answer("people/di|", ' ', "", ""),
        &expect![[r#"
        taken back: Di
        --- a/people/di.md
        +++ b/people/di.md
        @@ -3,5 +3,4 @@
         cadence: monthly
         ---
         ## Log
        -- 2026-11-21
         - 2026-09-05 met: tired
    "#]],
    );
    check_after(
        |world| world.answer("people/di|", '-', "", ""),
        &expect![[r#"
        taken back: Di
        Di can wait until 21 December
        --- a/people/di.md
        +++ b/people/di.md
        @@ -1,7 +1,7 @@
         ---
         name: Di
         cadence: monthly
        +quiet_until: 2026-12-21
         ---
         ## Log
        -- 2026-11-21
         - 2026-09-05 met: tired
    "#]],
    );
    check_after(
        |world| {
            world.answer("people/di|", ' ', "", "");
            world.today = "2026-11-22";
        },
        &expect![[r#"
            nothing
        "#]],
    );
    let typed_by_hand = |world: &mut World| {
        let di = world.notes.iter_mut().find(|(path, _)| path == "people/di.md").unwrap();
        di.1 = di.1.replace("- 2026-11-21\n", "- 2026-11-21 call: my own words\n");
        world.answer("people/di|", ' ', "", "");
    };
    let mut world = World::new("2026-11-21");
    world.answer("people/di|", 'x', "", "");
    world.morning(&[]);
    typed_by_hand(&mut world);
    let step = world.plan(&[]).steps.pop().unwrap();
    let FileChange::Edit { wishes, .. } = &step.change.unwrap().files[0] else { panic!() };
    let di = &world.notes.iter().find(|(path, _)| path == "people/di.md").unwrap().1;
    assert_eq!(rewrite(di, wishes).unwrap_err().reason, "the entry is not there as it was written");
}

#[test]
fn what_is_typed_later_is_added_to_what_was_ticked() {
    check_after(
        |world| world.answer("people/di|", 'x', "", "call: she paints"),
        &expect![[r#"
        taken back: Di
        in touch with Di
        --- a/people/di.md
        +++ b/people/di.md
        @@ -3,5 +3,5 @@
         cadence: monthly
         ---
         ## Log
        -- 2026-11-21
        +- 2026-11-21 call: she paints
         - 2026-09-05 met: tired
    "#]],
    );
    check_after(
        |world| world.answer("people/di|", 'x', "", "next: bring the map"),
        &expect![[r#"
            taken back: Di
            in touch with Di
            --- a/people/di.md
            +++ b/people/di.md
            @@ -1,6 +1,7 @@
             ---
             name: Di
             cadence: monthly
            +next: bring the map
             ---
             ## Log
             - 2026-11-21
        "#]],
    );
}

#[test]
fn a_box_that_is_filled_again_is_followed_again() {
    let mut world = World::new("2026-11-21");
    let before = world.clone();
    for (status, entries) in [('x', 1), (' ', 0), ('x', 1), (' ', 0)] {
        world.answer("people/di|", status, "", "");
        world.morning(&[]);
        let di = &world.notes.iter().find(|(path, _)| path == "people/di.md").unwrap().1;
        assert_eq!(di.matches("- 2026-11-21").count(), entries);
        check_once(&world);
    }
    assert_eq!(world.notes, before.notes);
}

/// The agenda of Saturday, on which four lines are answered, is found on Tuesday as `change` left it: what becomes of
/// it does not depend on the change.
fn check_same(change: impl Fn(&str) -> String) {
    let four = |mut world: World| {
        world.answer("people/di|", 'x', "", "call: she paints");
        world.answer("people/eva|", ' ', "later 2w", "");
        world.answer("article", 'x', "", "");
        world.answer("Walk", 'x', "", "");
        world
    };
    let (mut plain, mut changed) = (four(World::new("2026-11-21")), four(World::new("2026-11-21")));
    changed.agenda = change(&changed.agenda);
    for world in [&mut plain, &mut changed] {
        world.today = "2026-11-24";
        world.morning(&[]);
        check_once(world);
    }
    assert_eq!(changed.notes, plain.notes);
}

#[test]
fn editors_phones_and_git_change_nothing_about_an_answer() {
    check_same(|text| text.replace('\n', "\r\n"));
    check_same(|text| format!("\u{feff}{}", text.trim_end()));
    // A phone that moves what is done below the rest, one that deletes a line, one that repeats it.
    let moved = |text: &str| {
        let (done, open): (Vec<&str>, Vec<&str>) =
            text.lines().partition(|line| line.starts_with("- [x]"));
        assert_eq!(done.len(), 3);
        let end = open.iter().position(|line| *line == "## Notes").unwrap();
        [&open[..end], &done, &open[end..]].concat().join("\n")
    };
    check_same(|text| {
        let text = text.replace("    call: she paints\n", "");
        let text = moved(&text);
        text.replace("^rtll7xj0d", "call: she paints ^rtll7xj0d")
    });
    check_same(|text| {
        text.lines()
            .filter(|line| !line.contains("people/cy|"))
            .map(|line| format!("{line}\n"))
            .collect()
    });
    check_same(|text| {
        text.replace("## Habits\n", "- [x] [[people/di|Di]] ^rtll7xj0d\n## Habits\n")
    });
    // A note that was renamed, with its links.
    check_same(|text| text.replace("[[people/di|Di]]", "[[old/di|Di]]"));
    // Both sides of a git conflict, one of them from before the answers.
    let before = World::new("2026-11-21").agenda;
    check_same(|text| format!("<<<<<<< HEAD\n{before}=======\n{text}>>>>>>> phone\n"));
    check_same(|text| format!("<<<<<<< HEAD\n{text}=======\n{before}>>>>>>> phone\n"));
    let line = "- [x] [[people/di|Di]]";
    check_same(|text| {
        let at = text.find(line).unwrap();
        let end = at + text[at..].find('\n').unwrap();
        let open = text[at..end].replace("[x]", "[ ]");
        format!(
            "{}<<<<<<< a\n{open}\n=======\n{}\n>>>>>>> b{}",
            &text[..at],
            &text[at..end],
            &text[end..]
        )
    });
}

#[test]
fn the_same_answers_on_two_machines_are_one() {
    let mut here = World::new("2026-11-21");
    here.answer("people/di|", 'x', "", "call: she paints");
    here.answer("Lend", 'x', "", "");
    let mut there = here.clone();
    here.morning(&[]);
    there.morning(&[]);
    assert_eq!((&here.notes, &here.agenda), (&there.notes, &there.agenda));
    // Different ones, merged: the notes by git, the agenda with a conflict.
    let (mut here, mut there) = (World::new("2026-11-21"), World::new("2026-11-21"));
    here.answer("people/di|", 'x', "", "");
    here.morning(&[]);
    there.answer("Lend", 'x', "", "");
    there.morning(&[]);
    let mut merged = here.clone();
    let lent = there.notes.iter().find(|(path, _)| path == "people/bo.md").unwrap().clone();
    *merged.notes.iter_mut().find(|(path, _)| path == "people/bo.md").unwrap() = lent;
    merged.agenda = format!("<<<<<<< a\n{}=======\n{}>>>>>>> b\n", here.agenda, there.agenda);
    let notes = merged.notes.clone();
    assert_eq!(merged.morning(&[]), Vec::<String>::new());
    assert_eq!(merged.notes, notes);
    for who in ["people/di|", "Lend"] {
        assert!(merged.lines().lines().any(|line| line.starts_with("- [x]") && line.contains(who)));
    }
    check_once(&merged);
}

#[test]
fn an_answer_that_was_taken_back_on_one_machine_stays_so() {
    let mut here = World::new("2026-11-21");
    here.answer("people/di|", 'x', "", "");
    here.morning(&[]);
    let there = here.clone();
    here.answer("people/di|", ' ', "", "");
    here.morning(&[]);
    let mut merged = here.clone();
    merged.agenda = format!("<<<<<<< a\n{}=======\n{}>>>>>>> b\n", there.agenda, here.agenda);
    assert_eq!(merged.morning(&[]), Vec::<String>::new());
    assert_eq!(merged.notes, here.notes);
}

#[test]
fn an_answer_waits_for_a_note_that_is_gone_for_a_moment() {
    let mut world = World::new("2026-11-21");
    world.answer("people/di|", 'x', "", "call: she paints");
    let di = world.notes.iter().position(|(path, _)| path == "people/di.md").unwrap();
    let note = world.notes.remove(di);
    for _ in 0..2 {
        assert_eq!(world.morning(&[]), ["Di: nobody here is Di, or several are"]);
        assert!(world.agenda.contains("- [x] [[people/di|Di]]"), "{}", world.agenda);
    }
    world.notes.insert(di, note);
    assert_eq!(world.morning(&[]), ["in touch with Di"]);
    assert!(world.notes[di].1.contains("- 2026-11-21 call: she paints\n"), "{}", world.notes[di].1);
    check_once(&world);
}

#[test]
fn words_in_the_middle_of_an_answered_line_outlive_the_day() {
    let mut world = World::new("2026-11-21");
    world.agenda = world
        .agenda
        .replace("- [ ] [[people/di|Di]] ^", "- [x] She of the loom, [[people/di|Di]] ^");
    assert_eq!(world.morning(&[]), ["in touch with Di"]);
    for today in ["2026-11-21", "2026-11-22", "2026-12-24"] {
        world.today = today;
        world.morning(&[]);
        let notes = world.agenda.split_once("\n## Notes\n").unwrap().1;
        assert!(notes.contains("She of the loom, "), "{}", world.agenda);
    }
}

#[test]
fn a_copy_of_the_agenda_is_read_once() {
    let mut world = World::new("2026-11-21");
    let copy = answered(&world.agenda, "people/di|", 'x', "", "call: from the phone");
    assert_eq!(world.morning(&[&copy]), ["in touch with Di"]);
    let notes = world.notes.clone();
    // Undone, as `ties undo` does it: the copy is there still.
    let before = World::new("2026-11-21").notes;
    let mut undone = World { notes: before.clone(), ..world.clone() };
    for today in ["2026-11-21", "2026-11-22", "2026-11-23"] {
        (world.today, undone.today) = (today, today);
        assert_eq!(world.morning(&[&copy]), Vec::<String>::new());
        assert_eq!(undone.morning(&[&copy]), Vec::<String>::new());
    }
    assert_eq!((world.notes, undone.notes), (notes, before));
}

#[test]
fn what_was_answered_is_not_asked_again_the_next_day() {
    let mut world = World::new("2026-11-21");
    world.answer("people/fay|", '-', "", "");
    world.morning(&[]);
    world.today = "2026-11-22";
    world.morning(&[]);
    assert!(!world.agenda.contains("Did it happen?"), "{}", world.agenda);
    let mut other = World::new("2026-11-22");
    other.morning(&[]);
    assert!(other.agenda.contains("Did it happen?"));
}

#[test]
fn nobody_takes_the_place_of_somebody_who_was_answered() {
    let many = (0..12).map(|at| {
        // Few enough are due that it is no return after an absence.
        let last = if at < 6 { "2026-08-01" } else { "2026-11-19" };
        let text = format!("---\nname: N{at}\ncadence: monthly\n---\n## Log\n- {last} call\n");
        (format!("people/n{at}.md"), text)
    });
    let mut world = World { notes: many.collect(), agenda: String::new(), today: "2026-11-21" };
    world.morning(&[]);
    let names = |world: &World| {
        let lines = world.lines();
        let links =
            lines.lines().filter(|line| line.starts_with("- [") && line.contains("people/n"));
        links.map(|line| line[5..].split('|').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let first = names(&world);
    assert_eq!(first.len(), 4);
    for (status, name) in ['x', '>', '-', '/'].iter().zip(&first) {
        let who = name.trim_start_matches(" [[").to_owned() + "|";
        world.answer(&who, *status, "", "");
        world.morning(&[]);
        assert_eq!(names(&world), first, "{status} {}", world.agenda);
        check_once(&world);
    }
}

/// Four people after a quiet summer: it is a return.
const RETURN: [(&str, &str); 4] = [
    ("people/al.md", "---\nname: Al\ncircle: inner\n---\n## Log\n- 2026-08-01 call: x\n"),
    ("people/bea.md", "---\nname: Bea\ncircle: inner\n---\n## Log\n- 2026-08-02 call: x\n"),
    ("people/cid.md", "---\nname: Cid\ncircle: inner\n---\n## Log\n- 2026-08-03 call: x\n"),
    (
        "people/dot.md",
        "---\nname: Dot\ncircle: inner\n---\n## Log\n- 2026-08-04 call: x\n  - [ ] Lend the map\n",
    ),
];

/// The agenda without the ids at the ends of its lines, as some plugins leave it.
fn without_ids(agenda: &str) -> String {
    let line = |line: &str| match line.rsplit_once(" ^") {
        Some((before, _)) if line.starts_with("- ") => format!("{before}\n"),
        _ => format!("{line}\n"),
    };
    agenda.lines().map(line).collect()
}

#[test]
fn a_line_of_a_return_without_its_id_is_about_its_person() {
    let mut world = World::of(&RETURN, "2026-11-21");
    assert!(world.agenda.contains("## Welcome back\n"), "{}", world.agenda);
    let name = ["Al", "Bea", "Cid"]
        .into_iter()
        .find(|name| world.agenda.contains(&format!("|{name}]]")))
        .unwrap();
    let path = format!("people/{}.md", name.to_lowercase());
    // As it was written, and by hand; with the marks of our lines, and without.
    world.answer(&format!("|{name}]]"), 'x', "", "call: by the river");
    world.answer("Lend", 'x', "", "");
    for by_hand in [false, true] {
        let mut world = world.clone();
        world.agenda = without_ids(&world.agenda);
        if by_hand {
            let lines = world.agenda.lines().filter(|line| !line.starts_with("marks: "));
            world.agenda = lines.map(|line| format!("{line}\n")).collect();
        }
        assert_eq!(world.plan(&[]).settings, Vec::new());
        world.morning(&[]);
        assert!(
            world.note(&path).contains("- 2026-11-21 call: by the river\n"),
            "{}",
            world.agenda
        );
        assert!(world.note("people/dot.md").contains("- [x] Lend the map"), "{}", world.agenda);
        check_once(&world);
    }
    let mut begun = World::of(&RETURN, "2026-11-21");
    begun.answer("start afresh", 'x', "", "");
    begun.agenda = without_ids(&begun.agenda);
    assert_eq!(begun.plan(&[]).settings.len(), 1);
}

#[test]
fn a_to_do_of_ones_own_is_no_answer() {
    let heading = |agenda: &str| {
        let of = ["## Reach out\n", "## Today\n", "## Promises\n", "## Habits\n"];
        of.into_iter().filter(|heading| agenda.contains(heading)).collect::<Vec<_>>()
    };
    let before = World::new("2026-11-21");
    for heading in heading(&before.agenda) {
        for line in [
            "- [x] Buy a present for [[Di]]",
            "- [-] Bake a cake for [[people/di|Di]]",
            "- [x] Walk the dog of [[Di]]",
            "- [x] Lend the book to [[Di]]",
        ] {
            let mut world = before.clone();
            world.agenda = world.agenda.replace(heading, &format!("{heading}{line}\n"));
            assert_eq!(world.morning(&[]), Vec::<String>::new(), "{heading}{line}");
            assert_eq!(world.notes, before.notes, "{heading}{line}");
            assert!(world.kept().contains(line), "{}", world.agenda);
            check_once(&world);
        }
    }
}

#[test]
fn an_answer_about_a_couple_is_about_both() {
    let notes = [
        ("people/ann.md", "---\nname: Ann\nanniversary: 2016-11-21\npartner: \"[[Bob]]\"\n---\n"),
        ("people/bob.md", "---\nname: Bob\nanniversary: 2016-11-21\npartner: \"[[Ann]]\"\n---\n"),
    ];
    let mut world = World::of(&notes, "2026-11-21");
    world.answer("anniversary of", 'x', "", "call: sang");
    assert_eq!(world.morning(&[]), ["in touch with Ann and Bob"]);
    assert!(world.note("people/ann.md").contains("- 2026-11-21 call [[people/bob|Bob]]: sang\n"));
    check_once(&world);
}

#[test]
fn an_indented_line_of_ours_is_a_line_of_its_own() {
    let mut world = World::new("2026-11-21");
    world.answer("people/cy|", 'x', "", "call: for Cy");
    world.answer("people/di|", 'x', "", "call: for Di");
    // A tab before the line of Di, and before what stands below it.
    let mut indented = String::new();
    let mut is_di = false;
    for line in world.agenda.lines() {
        is_di = line.contains("people/di|") || is_di && line.starts_with(' ');
        indented.push_str(if is_di { "\t" } else { "" });
        indented.push_str(line);
        indented.push('\n');
    }
    assert!(indented.contains("\t- [x] [[people/di|Di]]"), "{indented}");
    for text in [indented.clone(), without_ids(&indented)] {
        let mut world = World { agenda: text, ..world.clone() };
        world.morning(&[]);
        assert!(
            world.note("people/cy.md").contains("* 2026-11-21 call: for Cy\n\n")
                || world.note("people/cy.md").contains("* 2026-11-21 call: for Cy\n*"),
            "{}",
            world.note("people/cy.md")
        );
        assert!(
            world.note("people/di.md").contains("- 2026-11-21 call: for Di\n- "),
            "{}",
            world.note("people/di.md")
        );
        assert_eq!(world.kept(), "", "{}", world.agenda);
        check_once(&world);
    }
    // What follows further to the left belongs to the line before.
    let mut world = World::new("2026-11-21");
    let di = world.agenda.lines().find(|line| line.contains("people/di|")).unwrap().to_owned();
    let indented = format!("  {}\n      call: for Di\n  call: for Cy", di.replace("[ ]", "[x]"));
    world.agenda = world.agenda.replace(&format!("{di}\n"), "");
    world.answer("people/cy|", 'x', "", "PLACE");
    world.agenda = world.agenda.replace("    PLACE", &indented);
    world.morning(&[]);
    assert!(world.note("people/cy.md").contains("* 2026-11-21 call: for Cy\n"), "{}", world.agenda);
    assert!(world.note("people/di.md").contains("- 2026-11-21 call: for Di\n"), "{}", world.agenda);
}

#[test]
fn text_right_under_a_line_is_typed_under_it_without_an_indent() {
    let with = |text: &str| {
        let mut world = World::new("2026-11-21");
        world.answer("people/di|", 'x', "", "PLACE");
        let at = world.agenda.find("    PLACE\n").unwrap();
        let below = world.agenda[at..].lines().skip(1).take_while(|line| line.starts_with("  > "));
        let end = at + "    PLACE\n".len() + below.map(|line| line.len() + 1).sum::<usize>();
        world.agenda.insert_str(end, text);
        world.agenda = world.agenda.replace("    PLACE\n", "");
        world
    };
    let mut world = with("call: she paints\nand sleeps\n");
    assert_eq!(world.morning(&[]), ["in touch with Di"]);
    let written = "- 2026-11-21 call: she paints\n  and sleeps\n";
    assert!(world.note("people/di.md").contains(written), "{}", world.note("people/di.md"));
    assert_eq!(world.kept(), "");
    check_once(&world);
    for other in ["\ncall: apart\n", "1. listed\n", "> quoted\n", "# headed\n", "---\n"] {
        let mut world = with(other);
        world.morning(&[]);
        assert!(world.note("people/di.md").contains("- 2026-11-21\n"), "{other}");
        assert!(world.kept().contains(other.trim()), "{}", world.agenda);
    }
}

#[test]
fn lines_that_lost_their_ids_are_still_the_lines_they_were() {
    for today in ["2026-11-21", "2026-11-22"] {
        let mut world = World::new("2026-11-21");
        let before = world.clone();
        world.agenda = without_ids(&world.agenda);
        world.today = today;
        let mut fresh = World { agenda: before.agenda.clone(), ..world.clone() };
        assert_eq!(world.morning(&[]), Vec::<String>::new());
        fresh.morning(&[]);
        assert_eq!(world.agenda, fresh.agenda);
    }
    let mut world = World::new("2026-11-21");
    world.answer("people/eva|", 'x', "", "call: sang");
    world.answer("people/fay|", '-', "", "");
    world.answer("article", 'x', "", "");
    world.answer("Walk", 'x', "", "");
    let mut plain = world.clone();
    plain.morning(&[]);
    for _ in 0..2 {
        world.agenda = without_ids(&world.agenda);
        world.morning(&[]);
        assert_eq!((&world.notes, &world.agenda), (&plain.notes, &plain.agenda));
    }
    // Two lines about one person, changed and without ids, are two.
    let mut world = World::new("2026-11-21");
    let lines =
        "## Reach out\n- [x] [[people/eva|Eva]] my friend\n- [>] [[people/eva|Eva]] the painter\n";
    world.agenda = world.agenda.replace("## Reach out\n", lines);
    assert_eq!(world.morning(&[]), ["in touch with Eva", "Eva can wait until 5 December"]);
}

/// Answers the line about `who` in a vault, undoes it exactly, and looks at the agenda of that day and of the next:
/// the line is open again, and what was typed is there.
fn check_undone(notes: &[(&str, &str)], who: &str, status: char, below: &str) {
    let before = World::of(notes, "2026-11-21");
    let mut world = before.clone();
    world.answer(who, status, "", below);
    assert_ne!(world.agenda, before.agenda, "nobody is called {who}: {}", before.agenda);
    world.morning(&[]);
    assert_ne!(world.notes, before.notes, "{}", world.agenda);
    check_once(&world);
    world.notes.clone_from(&before.notes);
    assert_eq!(world.morning(&[]), Vec::<String>::new());
    let open = |line: &str| line.starts_with("- [ ]") && line.contains(who);
    assert!(world.lines().lines().any(open), "{}", world.agenda);
    check_once(&world);
    world.today = "2026-11-22";
    world.morning(&[]);
    assert_eq!(world.notes, before.notes);
    for typed in below.lines() {
        assert!(world.agenda.contains(typed), "{typed} is lost: {}", world.agenda);
    }
}

#[test]
fn an_answer_that_was_undone_is_open_again_whatever_else_happened() {
    let ana = |log: &str| format!("---\nname: Ana\nbirthday: 11-21\n---\n## Log\n{log}");
    for log in ["- 2026-11-21 note: likes tea\n", "- 2026-11-21 heard: she moved\n"] {
        let note = ana(log);
        let notes = [("people/ana.md", note.as_str())];
        check_undone(&notes, "people/ana|", 'x', "call: the words");
        check_undone(&notes, "people/ana|", 'x', "");
        check_undone(&notes, "people/ana|", '/', "left a message");
    }
    let journal = [("journal/2026-11-21.md", "- heard [[Ana]]: x\n"), ("people/ana.md", &ana(""))];
    check_undone(&journal, "people/ana|", 'x', "call: the words");
    let fay = "---\nname: Fay\n---\n## Log\n- 2026-11-19 plan: tea\n- 2026-10-01 call: x\n";
    for (status, below) in [('x', "met: the words"), ('x', ""), ('>', "fri")] {
        check_undone(&[("people/fay.md", fay)], "people/fay|", status, below);
    }
    let begun = "---\nname: Bo\n---\n- [/] Lend the book\n";
    for (status, below) in [('x', "to his brother"), ('-', "lost it"), ('>', "fri"), ('>', "")] {
        check_undone(&[("people/bo.md", begun)], "Lend", status, below);
    }
    let ahead =
        "---\nname: Eva\nbirthday: 11-21\nfollow_up: 2026-12-24\nquiet_until: 2026-12-01\n---\n";
    check_undone(&[("people/eva.md", ahead)], "people/eva|", ' ', "later 3w\nshe is away");
    let due = "---\nname: Di\ncadence: monthly\nquiet_until: 2026-11-01\n---\n## Log\n- 2026-09-05 met: tired\n";
    for status in ['>', '-'] {
        check_undone(&[("people/di.md", due)], "people/di|", status, "");
    }
    let di = "---\nname: Di\ncadence: monthly\n---\n## Log\n- 2026-09-05 met: tired\n";
    check_undone(&[("people/di.md", di)], "people/di|", ' ', "next fri: the loom");
    check_undone(&[("people/di.md", di)], "people/di|", ' ', "next: the loom");
}

#[test]
fn an_answer_holds_where_its_entry_was_edited_and_its_words_stay() {
    let mut world = World::new("2026-11-21");
    world.answer("people/di|", 'x', "", "call: she paints agian");
    world.morning(&[]);
    let di = world.notes.iter_mut().find(|(path, _)| path == "people/di.md").unwrap();
    di.1 = di.1.replace("agian", "again");
    world.morning(&[]);
    assert!(world.agenda.contains("- [x] [[people/di|Di]]"), "{}", world.agenda);
    world.today = "2026-11-22";
    world.morning(&[]);
    assert!(world.kept().contains("- [[people/di|Di]], 21 November\n    call: she paints agian"));
}

/// What was typed with an answer that does not take it up is among the notes on the next day, once.
fn check_kept(notes: &[(&str, &str)], who: &str, status: char, below: &str) {
    let mut world = World::of(notes, "2026-11-21");
    world.answer(who, status, "", below);
    world.morning(&[]);
    check_once(&world);
    assert!(world.agenda.contains(below), "{}", world.agenda);
    world.today = "2026-11-22";
    world.morning(&[]);
    let written = world.notes.iter().filter(|(_, text)| text.contains(below)).count();
    assert_eq!(written + world.kept().matches(below).count(), 1, "{}", world.agenda);
}

#[test]
fn words_that_no_note_takes_up_are_kept() {
    for (status, word) in [('x', "WORDS"), ('/', "WORDS"), ('-', "WORDS"), ('x', "next: WORDS")] {
        check_kept(VAULT, "article", status, word);
    }
    let mut world = World::new("2026-11-21");
    world.answer("article", ' ', "", "done\nWORDS");
    world.morning(&[]);
    world.today = "2026-11-22";
    world.morning(&[]);
    assert!(world.kept().contains("WORDS"), "{}", world.agenda);
    // A habit that was ticked in its note already, and one that was excused.
    check_kept(VAULT, "Walk", '-', "migraine");
    check_kept(VAULT, "Walk", 'x', "in the rain");
    let mut world = World::new("2026-11-21");
    world.answer("Walk", 'x', "", "in the rain");
    let walk = world.notes.iter_mut().find(|(path, _)| path == "habits/walk.md").unwrap();
    walk.1 = walk.1.replace("## Log\n", "## Log\n- 2026-11-21\n");
    for today in ["2026-11-21", "2026-11-22"] {
        world.today = today;
        world.morning(&[]);
        assert!(world.agenda.contains("in the rain"), "{}", world.agenda);
        check_once(&world);
    }
}

#[test]
fn tasks_and_lists_stay_what_they_are() {
    check(
        "people/di|",
        'x',
        "",
        "call: saw her 📅 2026-11-30\n- [ ] Send her the book 📅 2026-11-30\n- figs\n    - two\n- figs",
        &expect![[r#"
            in touch with Di
            --- a/people/di.md
            +++ b/people/di.md
            @@ -3,4 +3,9 @@
             cadence: monthly
             ---
             ## Log
            +- 2026-11-21 call: saw her 📅 2026-11-30
            +  - [ ] Send her the book 📅 2026-11-30
            +  - figs
            +      - two
            +  - figs
             - 2026-09-05 met: tired
        "#]],
    );
    check(
        "people/di|",
        'x',
        "",
        "- one\n- two",
        &expect![[r#"
        in touch with Di
        --- a/people/di.md
        +++ b/people/di.md
        @@ -3,4 +3,6 @@
         cadence: monthly
         ---
         ## Log
        +- 2026-11-21: one
        +  - two
         - 2026-09-05 met: tired
    "#]],
    );
    check(
        "people/di|",
        'x',
        "",
        "- [ ] call: as phones go on\n- [ ] later 2w",
        &expect![[r#"
        Di: what is typed there says two things, or a time that cannot be read
    "#]],
    );
    check(
        "people/di|",
        'x',
        "",
        "- [ ] Send her the book",
        &expect![[r#"
        in touch with Di
        --- a/people/di.md
        +++ b/people/di.md
        @@ -3,4 +3,6 @@
         cadence: monthly
         ---
         ## Log
        +- 2026-11-21
        +  - [ ] Send her the book
         - 2026-09-05 met: tired
    "#]],
    );
    check(
        "people/di|",
        'x',
        "",
        "```\n- [ ] code\n```",
        &expect![[r#"
            in touch with Di
            --- a/people/di.md
            +++ b/people/di.md
            @@ -3,4 +3,5 @@
             cadence: monthly
             ---
             ## Log
            +- 2026-11-21: ``` - [ ] code ```
             - 2026-09-05 met: tired
        "#]],
    );
}

#[test]
fn putting_off_with_words_is_done_once() {
    for (status, below) in [(' ', "later\nshe is on holiday"), ('>', "later\nshe is on holiday")] {
        let mut world = World::new("2026-11-21");
        world.answer("people/di|", status, "", below);
        assert_eq!(world.morning(&[]), ["Di can wait until 21 December"]);
        assert_eq!(world.morning(&[]), Vec::<String>::new());
        check_once(&world);
        world.today = "2026-11-22";
        world.morning(&[]);
        assert!(world.kept().contains("she is on holiday"));
    }
}

#[test]
fn a_line_with_a_next_step_stays_for_the_day() {
    let mut world = World::new("2026-11-21");
    let lines = |world: &World| world.lines().matches("- [ ] [[people/cy|").count();
    assert_eq!(lines(&world), 1);
    world.answer("people/cy|", ' ', "", "next fri: bring the map");
    assert_eq!(world.morning(&[]), ["the next step with Cy, instead of: Ask about the move"]);
    assert_eq!(lines(&world), 1, "{}", world.agenda);
    check_once(&world);
    world.answer("people/cy|", 'x', "", "");
    assert_eq!(world.morning(&[]), ["taken back: Cy", "in touch with Cy"]);
    assert!(
        world.note("people/cy.md").contains("follow_up: 2026-11-27"),
        "{}",
        world.note("people/cy.md")
    );
    world.today = "2026-11-22";
    world.morning(&[]);
    assert_eq!(world.kept(), "");
}

#[test]
fn a_question_that_is_put_off_to_a_day_waits_for_it() {
    let mut world = World::new("2026-11-21");
    world.answer("people/fay|", ' ', "later fri", "");
    world.morning(&[]);
    for (today, is_asked) in [("2026-11-22", false), ("2026-11-26", false), ("2026-11-27", true)] {
        world.today = today;
        world.morning(&[]);
        assert_eq!(world.agenda.contains("Did it happen?"), is_asked, "{}", world.agenda);
    }
    // Those who mourn, and not a birthday.
    let notes = [
        ("people/cy.md", "---\nname: Cy\npartner: \"[[Di]]\"\n---\n"),
        ("people/di.md", "---\nname: Di\ndied: 2026-11-14\n---\n"),
        ("people/eva.md", "---\nname: Eva\nbirthday: 11-21\n---\n"),
    ];
    let mut world = World::of(&notes, "2026-11-21");
    assert!(world.agenda.contains("people/cy|"), "{}", world.agenda);
    for who in ["people/cy|", "people/eva|"] {
        world.answer(who, ' ', "later tue", "");
    }
    world.morning(&[]);
    for (today, is_asked) in [("2026-11-22", false), ("2026-11-24", true)] {
        world.today = today;
        world.morning(&[]);
        assert_eq!(world.agenda.contains("people/cy|"), is_asked, "{}", world.agenda);
        assert!(world.agenda.contains("people/eva|"), "{}", world.agenda);
    }
}

#[test]
fn days_away_are_no_words_about_a_line() {
    for (at_end, below) in [("", "call: fine\nrest 3w"), ("rest 3w", "call: fine")] {
        let mut world = World::new("2026-11-21");
        world.answer("people/di|", 'x', at_end, below);
        let plan = world.plan(&[]);
        assert_eq!(
            plan.settings.iter().map(|step| step.told.as_str()).collect::<Vec<_>>(),
            ["away 2026-11-21..2026-12-11"]
        );
        world.morning(&[]);
        let di = world.note("people/di.md").to_owned();
        assert!(di.contains("- 2026-11-21 call: fine\n- 2026-09-05"), "{di}");
        let away = compose_after(
            &book(&world.borrowed()),
            day(world.today),
            &Settings {
                away: plan
                    .settings
                    .iter()
                    .filter_map(|step| match step.wish {
                        SettingWish::Rest(days) => Some(days),
                        SettingWish::StartAfresh(_) => None,
                    })
                    .collect(),
                ..Settings::default()
            },
            &Vocabulary::default(),
            Some(&world.agenda),
            &Followed::default(),
        );
        world.agenda = render(&away.unwrap());
        assert!(!world.agenda.contains("rest 3w"), "{}", world.agenda);
        assert_eq!(world.plan(&[]).steps, Vec::new(), "{}", world.agenda);
    }
    let mut world = World::new("2026-11-21");
    world.agenda += "```\nrest 3w\n```\n";
    assert_eq!(world.plan(&[]).settings, Vec::new());
    // In a copy it is asked for once.
    let world = World::new("2026-11-21");
    let copy = format!("{}rest 3w\n", world.agenda);
    let record = world.plan(&[&copy]).settings[0].record.clone().unwrap();
    let mut known = world.clone();
    known.compose(&Followed {
        records: vec![record],
        copies: vec![day("2026-11-21")],
        ..Followed::default()
    });
    assert_eq!(known.plan(&[&copy]).settings, Vec::new(), "{}", known.agenda);
}

#[test]
fn words_that_change_change_the_entry() {
    let mut world = World::new("2026-11-21");
    for below in ["call: hello", "call: hello there, she moves in May", "coffee: hello", "hello"] {
        world.answer("people/di|", ' ', "", "");
        let lines = world.agenda.lines().filter(|line| !line.contains("hello"));
        world.agenda = lines.map(|line| format!("{line}\n")).collect();
        world.answer("people/di|", 'x', "", below);
        world.morning(&[]);
        let di = world.note("people/di.md");
        assert_eq!(di.matches("2026-11-21").count(), 1, "{di}");
        let told = below.split_once(": ").map_or(below, |(_, told)| told);
        assert!(di.contains(&format!("{told}\n")), "{di}");
        check_once(&world);
    }
}

/// What is told of one answer.
fn told(who: &str, status: char, at_end: &str, below: &str) -> String {
    let mut world = World::new("2026-11-21");
    world.answer(who, status, at_end, below);
    let told = world.morning(&[]).join("\n");
    check_once(&world);
    told
}

#[test]
fn what_looks_like_an_answer_is_one_or_is_told_of() {
    let mut shown = String::new();
    for (who, status, below) in [
        ("people/di|", ' ', "Later."),
        ("people/di|", ' ', "later until friday"),
        ("people/di|", ' ', "later, she is ill"),
        ("people/di|", ' ', "later until 31 feb"),
        ("people/di|", ' ', "later until she is back"),
        ("people/di|", ' ', "later 2w she is ill"),
        ("people/di|", ' ', "later she was glad"),
        ("people/di|", ' ', "next week: the loom"),
        ("people/di|", ' ', "next 31 feb: the loom"),
        ("people/di|", ' ', "next fri ask"),
        ("people/di|", ' ', "next of kin came"),
        ("people/di|", ' ', "rest until 31 feb"),
        ("people/di|", 'x', "later until 31 feb"),
        ("people/di|", 'x', "2026-02-31: tea"),
        ("people/di|", 'x', "next week she paints"),
        ("people/di|", ' ', "call: she paints"),
        ("people/di|", ' ', "yes"),
        ("people/di|", '?', ""),
        ("people/di|", '✓', ""),
        ("people/fay|", ' ', "yes"),
        ("people/fay|", ' ', "yes, scones too"),
        ("people/fay|", ' ', "No."),
        ("people/fay|", ' ', "no idea"),
    ] {
        let _ = writeln!(shown, "[{status}] {below}: {}", told(who, status, "", below));
    }
    expect![[r#"
        [ ] Later.: Di can wait until 21 December
        [ ] later until friday: Di can wait until 27 November
        [ ] later, she is ill: Di: `later, she is ill` is not understood
        [ ] later until 31 feb: Di: what is typed there says two things, or a time that cannot be read
        [ ] later until she is back: Di: `later until she is back` is not understood
        [ ] later 2w she is ill: Di: `later 2w she is ill` is not understood
        [ ] later she was glad: 
        [ ] next week: the loom: the next step with Di
        [ ] next 31 feb: the loom: Di: what is typed there says two things, or a time that cannot be read
        [ ] next fri ask: Di: `next fri ask` is not understood
        [ ] next of kin came: 
        [ ] rest until 31 feb: Di: `rest until 31 feb` is not understood
        [x] later until 31 feb: Di: what is typed there says two things, or a time that cannot be read
        [x] 2026-02-31: tea: Di: what is typed there says two things, or a time that cannot be read
        [x] next week she paints: in touch with Di
        [ ] call: she paints: Di: `call: she paints` stands at a line that is not ticked
        [ ] yes: Di: `yes` is not understood
        [?] : Di: the sign `?` in its box is not understood
        [✓] : in touch with Di
        [ ] yes: in touch with Fay
        [ ] yes, scones too: in touch with Fay
        [ ] No.: what was planned with Fay did not happen
        [ ] no idea: 
    "#]]
    .assert_eq(&shown);
    // However the box was typed.
    for (written, told) in [("- [ x ] [[", 1), ("- [x][[", 1), ("- [] [[", 0), ("-  [x]  [[", 1)] {
        let mut world = World::new("2026-11-21");
        world.agenda = world.agenda.replace("- [ ] [[people/di|", &format!("{written}people/di|"));
        assert_eq!(world.morning(&[]).len(), told, "{written}");
        assert_eq!(world.kept(), "", "{written}");
        check_once(&world);
    }
    // Another box over one that was followed, with words that are no time.
    let mut world = World::new("2026-11-21");
    world.answer("people/di|", 'x', "", "call: she paints");
    world.morning(&[]);
    world.agenda = world.agenda.replace("- [x] [[people/di|", "- [>] [[people/di|");
    assert_eq!(
        world.morning(&[]),
        ["Di: what is typed there says two things, or a time that cannot be read"]
    );
}

mod laws {
    use crate::features::answering::tests::{World, answered, check_once};
    use proptest::prelude::*;

    const WHO: [&str; 7] =
        ["people/di|", "people/cy|", "people/eva|", "people/fay|", "article", "Lend", "Walk"];

    fn answers() -> impl Strategy<Value = Vec<(&'static str, char, &'static str, &'static str)>> {
        let who = prop::sample::select(WHO.to_vec());
        let status = prop::sample::select(vec![' ', 'x', 'X', '>', '-', '/', '?']);
        let at_end = prop::sample::select(vec![
            "",
            "",
            "later",
            "later fri",
            "skip",
            "done",
            "✅ 2026-11-22",
            "soon",
        ]);
        let below = prop::sample::select(vec![
            "",
            "",
            "call: well",
            "- met: tea\n- and cake",
            "next fri: ask",
            "archive",
            "2026-11-22 note",
            "> quoted",
        ]);
        prop::collection::vec((who, status, at_end, below), 1..5)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        /// Whatever is answered, in however many mornings: each time it is followed once, and nothing else is.
        #[test]
        fn answers_are_followed_once(rounds in prop::collection::vec((answers(), 0usize..3), 1..4)) {
            let days = ["2026-11-21", "2026-11-22", "2026-11-24"];
            let mut world = World::new(days[0]);
            let mut at = 0;
            for (answers, later) in rounds {
                let before = world.agenda.clone();
                for (who, status, at_end, below) in answers {
                    world.agenda = answered(&world.agenda, who, status, at_end, below);
                }
                at = (at + later).min(days.len() - 1);
                world.today = days[at];
                let file = world.agenda.clone();
                world.morning(&[]);
                check_once(&world);
                // The same file again, as a sync tool may bring it back: what it says is in the notes already.
                let mut again = world.clone();
                again.agenda = file;
                let notes = again.notes.clone();
                if before == world.agenda {
                    again.morning(&[]);
                    prop_assert_eq!(again.notes, notes);
                }
            }
        }

        /// Without an answer nothing is followed, on whichever day the file is found.
        #[test]
        fn an_untouched_agenda_asks_for_nothing(later in 0usize..3) {
            let mut world = World::new("2026-11-21");
            world.today = ["2026-11-21", "2026-11-22", "2026-12-24"][later];
            prop_assert_eq!(world.plan(&[]).steps.len(), 0);
        }
    }
}
