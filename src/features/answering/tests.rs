//! A small vault whose agenda is answered: what is written into the notes, and that it is written once.

use crate::features::agenda::compose::compose_after;
use crate::features::agenda::file;
use crate::features::agenda::render::render;
use crate::features::agenda::stay::Followed;
use crate::features::answering::plan::{Plan, plan};
use crate::features::sample::{book, day};
use crate::features::settings::Settings;
use crate::features::standing::Situation;
use crate::note::change::{Change, FileChange};
use crate::note::rewrite::rewrite;
use crate::people::vocabulary::Vocabulary;
use crate::text::diff::unified;
use crate::text::phrase::forbidden_in;
use expect_test::{Expect, expect};

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
        let notes = VAULT.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        let mut world = World { notes: notes.collect(), agenda: String::new(), today };
        world.morning(&[]);
        world
    }

    fn plan(&self, copies: &[&str]) -> Plan {
        let notes = self.borrowed();
        let (book, settings, vocabulary) =
            (book(&notes), Settings::default(), Vocabulary::default());
        let situation = Situation::new(&book, day(self.today), &settings, &vocabulary);
        let copies = copies.iter().map(|copy| file::read(copy).unwrap()).collect::<Vec<_>>();
        plan(&situation, &file::read(&self.agenda).unwrap(), &copies)
    }

    fn borrowed(&self) -> Vec<(&str, &str)> {
        self.notes.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
    }

    fn make(&mut self, change: &Change) {
        for file in &change.files {
            let FileChange::Edit { path, wishes } = file else { panic!("only edits") };
            let note = self.notes.iter_mut().find(|(other, _)| other == path.as_str()).unwrap();
            note.1 = rewrite(&note.1, wishes).unwrap();
        }
    }

    /// Follows the answers and writes the agenda of today. What was followed and what was not, in words.
    fn morning(&mut self, copies: &[&str]) -> Vec<String> {
        let plan = self.plan(copies);
        let mut told = Vec::new();
        for step in &plan.steps {
            step.change.iter().for_each(|change| self.make(change));
            told.push(step.told.clone());
        }
        told.extend(plan.troubles.iter().map(|of| format!("{}: {}", of.line, of.refusal.reason)));
        let followed = Followed {
            records: plan.steps.into_iter().map(|step| step.record).collect(),
            copies: plan.copies,
        };
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
        pairs.map(|((path, old), (_, new))| unified(path, Some(old), new)).collect()
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
        if line.starts_with("- [") && line.contains(who) {
            let (rest, id) = line[5..].trim_end().rsplit_once(" ^").unwrap();
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
    expected.assert_eq(&format!("{}\n{}", told.join("\n"), world.changes_since(&before)));
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
            in touch with Cy
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
