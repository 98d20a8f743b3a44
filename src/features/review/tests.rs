//! A small vault whose reviews are answered: what is written into the notes, and that it is written once.

use crate::features::agenda::file::NotOurs;
use crate::features::agenda::record::{Outcome, Record};
use crate::features::agenda::stay::Followed;
use crate::features::review::compose::{compose, counts, ground, is_done, read, records};
use crate::features::review::ground::Ground;
use crate::features::review::ids::letter;
use crate::features::review::kept::kept;
use crate::features::review::monthly;
use crate::features::review::page::{self, page};
use crate::features::review::plan::{Plan, plan};
use crate::features::review::render::render;
use crate::features::review::view::Review;
use crate::features::review_period::{KINDS, Period, ReviewKind};
use crate::features::sample::{book, day};
use crate::features::settings::Settings;
use crate::features::standing::Situation;
use crate::note::change::{Change, FileChange, Refusal};
use crate::note::rewrite::rewrite;
use crate::people::vocabulary::Vocabulary;
use crate::text::diff::unified;
use crate::text::phrase::forbidden_in;
use expect_test::{Expect, expect};
use proptest::prelude::*;

const VAULT: &[(&str, &str)] = &[
    (
        "habits/walk.md",
        "---\nhabit: Walk\nschedule: daily\nrecovery: Five minutes are enough\n---\n## Log\n- 2026-11-16 in the rain\n- 2026-11-02\n",
    ),
    (
        "habits/letter.md",
        "---\nhabit: Write a letter\nschedule: weekly\n---\n## Log\n- 2026-11-19\n- 2026-11-10\n",
    ),
    (
        "inbox.md",
        "# Inbox\n\n- Answer [[Bo]]: does a piano mind a crooked floor? #reply\n- meant: call Cy\n- the tile man, red scarf\n- ![[rec.m4a]] after tea\n- [ ] Return the book to [[Ana]]\n",
    ),
    (
        "people/ana.md",
        "---\nname: Ana\ncircle: inner\npurpose: Old friend\nbirthday: 1990-12-01\n---\n## Log\n- 2026-10-12 call: a job\n  - [ ] Send her the article 📅 2026-10-20\n  - [ ] waiting: her photos\n\n## Gifts\n- idea: a kite\n",
    ),
    (
        "people/bo.md",
        "---\nname: Bo\ncadence: monthly # for now\n---\n## Log\n- 2026-10-30 call\n- 2026-08-14 call\n- 2026-05-29 met\n- 2026-03-13 call\n- 2025-12-26 met\n",
    ),
    ("people/cy.md", "---\nname: Cy\ncircle: growth\n---\n## Log\n- 2026-09-05 met: tired\n"),
    (
        "people/di.md",
        "---\nname: Di\ncircle: extended\ntitle: Potter\nlocation: Porto\nphone: \"+351 1\"\n---\n## Log\n- 2024-02-03 met: the fair\n",
    ),
    ("people/eva.md", "---\nname: Eva\n---\n## Log\n- 2026-11-08 met: at the choir\n"),
    (
        "people/fay.md",
        "---\nname: Fay\ncircle: mentor\n---\n## Log\n- 2026-11-20 mail: asked for the recipe #reply\n",
    ),
    (
        "people/gil.md",
        "---\nname: Gil\nemail: gil@example.org\n---\n## Log\n- 2023-05-06 met: long ago\n",
    ),
    (
        "people/hal.md",
        "---\nname: Hal\ncircle: extended\n---\n## Log\n- 2025-01-05 met: by chance\n",
    ),
];

/// Notes and a review, as a person, editors and `ties` change them.
#[derive(Clone)]
struct World {
    notes: Vec<(String, String)>,
    kind: ReviewKind,
    text: String,
    today: String,
}

impl World {
    /// The village with the review of this kind begun.
    fn new(kind: ReviewKind, today: &str) -> World {
        World::of(VAULT, kind, today)
    }

    fn of(notes: &[(&str, &str)], kind: ReviewKind, today: &str) -> World {
        let notes = notes.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        let (text, today) = (String::new(), today.to_owned());
        let mut world = World { notes: notes.collect(), kind, text, today };
        world.evening();
        world
    }

    fn with<Answer>(&self, ask: impl FnOnce(&Ground) -> Answer) -> Answer {
        let notes = self.notes.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let notes = notes.collect::<Vec<_>>();
        let (book, settings, vocabulary) =
            (book(&notes), Settings::default(), Vocabulary::default());
        let situation = Situation::new(&book, day(&self.today), &settings, &vocabulary);
        let inbox = notes.iter().find(|(path, _)| *path == "inbox.md").map_or("", |of| of.1);
        let file = read(&self.text).unwrap();
        let begun = file.day().unwrap_or(day(&self.today));
        let period = Period::of(self.kind, begun);
        ask(&ground(situation, period, &file, inbox))
    }

    fn plan(&self, made: &[Record]) -> Plan {
        self.with(|ground| plan(ground, &read(&self.text).unwrap(), made))
    }

    fn review(&self, followed: &Followed) -> Review {
        self.with(|ground| compose(ground, &read(&self.text).unwrap(), followed))
    }

    /// All of the change, or nothing.
    fn make(&mut self, change: &Change) -> Result<(), Refusal> {
        let mut notes = self.notes.clone();
        for file in &change.files {
            let path = file.path().as_str();
            let note = notes.iter_mut().find(|(other, _)| other == path).unwrap();
            note.1 = match file {
                FileChange::Edit { wishes, .. } => rewrite(&note.1, wishes)?,
                FileChange::Regenerate { text, .. } => text.clone(),
                _ => panic!("only edits"),
            };
        }
        self.notes = notes;
        Ok(())
    }

    /// Follows the answers. What was followed and what was not, in words, with what is remembered.
    fn follow(&mut self) -> (Vec<String>, Followed) {
        let (mut told, mut followed) = (Vec::new(), Followed::default());
        for _ in 0..3 {
            let plan = self.plan(&followed.records);
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
            if !goes_on {
                break;
            }
        }
        (told, followed)
    }

    /// Follows the answers and writes the review anew.
    fn evening(&mut self) -> Vec<String> {
        let (told, followed) = self.follow();
        self.text = render(&self.review(&followed));
        told
    }

    /// Types: the first line that holds `who` gets another box, and more words.
    fn answer(&mut self, who: &str, status: char, at_end: &str, below: &str) {
        let mut text = String::new();
        let mut is_done = false;
        for line in self.text.split_inclusive('\n') {
            let ours = line.get(5..).and_then(|rest| rest.trim_end().rsplit_once(" ^"));
            let is_meant = line.starts_with("- [") && line.contains(who) && !is_done;
            let Some((rest, id)) = ours.filter(|_| is_meant) else {
                text.push_str(line);
                continue;
            };
            let space = if at_end.is_empty() { "" } else { " " };
            text.push_str(&format!("- [{status}]{rest}{space}{at_end} ^{id}\n"));
            text.extend(below.lines().map(|line| format!("    {line}\n")));
            is_done = true;
        }
        assert!(is_done, "nothing is about {who}:\n{}", self.text);
        self.text = text;
    }

    fn changes_since(&self, before: &World) -> String {
        let pairs = before.notes.iter().zip(&self.notes);
        let diff = pairs.map(|((path, old), (_, new))| unified(path, Some(old), new));
        // An expectation cannot hold a line of one space, which is what a blank line is in a diff.
        let diff = diff.collect::<String>();
        diff.lines().map(|line| format!("{}\n", line.trim_end())).collect()
    }

    /// The review without front matter.
    fn body(&self) -> &str {
        self.text.splitn(3, "---\n").nth(2).unwrap()
    }
}

fn check_text(kind: ReviewKind, today: &str, expected: &Expect) {
    let world = World::new(kind, today);
    expected.assert_eq(world.body());
    assert_eq!(forbidden_in(&world.text), Vec::<&str>::new());
}

/// What one answer changes; answering is followed once, also where the review was not written after the notes were; and
/// what `ties undo` takes back is not done again.
fn check(kind: ReviewKind, who: &str, status: char, below: &str, expected: &Expect) {
    let before =
        World::new(kind, if kind == ReviewKind::Quarterly { "2026-12-27" } else { "2026-11-22" });
    let mut world = before.clone();
    world.answer(who, status, "", below);
    let crashed = world.clone();
    let told = world.evening();
    let told = if told.is_empty() { "nothing".to_owned() } else { told.join("\n") };
    expected.assert_eq(&format!("{told}\n{}", world.changes_since(&before)));
    assert_eq!(forbidden_in(&world.text), Vec::<&str>::new());
    check_once(&world);
    // The notes were written, and then the machine stopped.
    let mut again = World { notes: world.notes.clone(), ..crashed };
    again.evening();
    assert_eq!(again.notes, world.notes);
    // Undone, as `ties undo` does it.
    let mut undone = World { notes: before.notes.clone(), ..world.clone() };
    assert_eq!(undone.plan(&[]).steps, Vec::new(), "{}", undone.text);
    undone.evening();
    check_once(&undone);
    assert_eq!(undone.notes, before.notes);
}

/// Nothing is left to follow, and the file is as it would be written.
fn check_once(world: &World) {
    let mut again = world.clone();
    assert_eq!(again.plan(&[]).steps, Vec::new(), "{}", world.text);
    again.evening();
    assert_eq!(again.notes, world.notes);
    assert_eq!(again.text, world.text);
}

#[test]
fn a_week_in_a_quarter_of_an_hour() {
    check_text(
        ReviewKind::Weekly,
        "2026-11-22",
        &expect![[r#"
            # Week 47, 16 to 22 November 2026

            A quarter of an hour. Tick what you want; what you leave stays as it is, and is not carried over.

            ## A word this week
            A tick puts it onto the agenda of that day; `call: …` below it says that it is done. `[-]` is a choice too: no message this time.

            - [ ] [[people/di|Di]] · extended: a word on Wednesday ^vwrf70qmd
              > Last: 3 February 2024, met: the fair.
              > Next: a message with something that made you think of them. Why: every 3-6 months.
            - [ ] [[people/hal|Hal]] · extended: a word tomorrow ^vw1kch0kv
              > Last: 5 January 2025, met: by chance.
              > Next: a message with something that made you think of them. Why: every 3-6 months.
            - [ ] [[people/ana|Ana]] · inner: a word tomorrow ^vwjq94gdd
              > Last: 12 October, call: a job.
              > Next: send her the article. Why: Old friend, every 1-2 weeks.
            - [ ] [[people/eva|Eva]]: a word tomorrow ^vwg4wogr6
              > Last: 8 November, met: at the choir.
              > Why: you met not long ago.
            - [ ] [[people/cy|Cy]] · growth: a word on Tuesday ^vw8muok45
              > Last: 5 September, met: tired.
              > Next: ask what they are working on. Why: every 2-4 weeks.

            ## Promises to keep
            - [ ] Send her the article · [[people/ana|Ana]], promised in October ^vpl7tztdg
            - [ ] Return the book to [[people/ana|Ana]] ^vpeqhi8cm
            - [ ] Theirs: her photos · [[people/ana|Ana]], promised in October ^vpquscs7x

            ## Answers owed, words meant
            - [ ] An answer to: asked for the recipe · [[people/fay|Fay]], Friday ^vr01gcnqg
            - [ ] Answer [[people/bo|Bo]]: does a piano mind a crooked floor? ^vrpsg6q9s
            - [ ] Meant: call Cy · [[people/cy|Cy]] ^vr8qnyl6q

            ## Inbox
            Two lines wait to be sorted; `ties inbox` does it one by one.

            - the tile man, red scarf ^viwairmfk
            - To listen: rec.m4a after tea ^viqmahn6n

            ## Habits of the week
            - Write a letter: 1 of 1 this week ^vn6kpnphp
            - Walk: 1 of 6 this week. Five minutes are enough. ^vnz6yegc5
              > Monday: in the rain
            - [ ] Walk: easier, 4 per week ^vevp5ohl5
            - [ ] Walk: let it rest ^vzz6yegc5

            ## Days ahead
            - Tue 1 Dec: [[people/ana|Ana]]'s 36th birthday ^cow2ecg7r
              > Idea: a kite.

            - [ ] That was the review of this week ^vdlo30stg

            ## Notes
        "#]],
    );
}

#[test]
fn a_month_with_twelve_lines_at_most() {
    check_text(
        ReviewKind::Monthly,
        "2026-11-28",
        &expect![[r#"
            # November 2026

            Half an hour. Tick what you want; what you leave stays as it is, and is not carried over.

            ## Open loops
            - [ ] Send her the article · [[people/ana|Ana]], promised in October ^vpl7tztdg
            - [ ] Return the book to [[people/ana|Ana]] ^vpeqhi8cm
            - [ ] An answer to: asked for the recipe · [[people/fay|Fay]], 20 November ^vr01gcnqg
            - [ ] Theirs: her photos · [[people/ana|Ana]], promised in October ^vpquscs7x

            ## Quiet for a while
            A tick puts a word onto the agenda of that day; `call: …` below it says that it is done. `[-]`: no message this month.

            - [ ] [[people/ana|Ana]] · inner: a word on 17 December ^vwjq94gdd
              > Last: 12 October, call: a job.
              > Next: send her the article. Why: Old friend, every 1-2 weeks.

            ## Still so?
            A tick writes an entry that it is still so, on that day; what you type below it is written instead. Neither is contact.

            - [ ] [[people/di|Di]]: still so? Potter, Porto and phone ^vfrf70qmd
              > Nothing new is written since February 2024.

            ## Rhythms
            A tick sets `cadence`; another rhythm typed below it is taken instead.

            - [ ] [[people/bo|Bo]]: monthly → quarterly (about every 11 weeks so far) ^vgucsvuko

            ## A rest
            A tick writes `status: later`: no rhythm any more. Next steps, promises and birthdays stay.

            - [ ] [[people/hal|Hal]] · extended: active → later (last: 5 January 2025) ^vl1kch0kv

            ## Room
            The rhythms of 6 people ask for about 2 contacts a week; there is room for 12. That fits.

            - [ ] That was the review of this month ^vdh92wvg4

            ## Notes
            A short list for the month, in your own words. It stays here, and is yours.

            - [ ] 
            - [ ] 
            - [ ] 
        "#]],
    );
}

#[test]
fn a_quarter_in_plain_sentences() {
    check_text(
        ReviewKind::Quarterly,
        "2026-12-27",
        &expect![[r#"
            # October to December 2026

            Three quarters of an hour. Tick what you want; what you leave stays as it is, and is not carried over.

            ## Where time went
            From 1 October to 27 December you were in touch with four people, on four different days.
            Mentor had about as much contact as you wanted.
            Inner and people without a circle had less than you wanted.
            Growth and extended were quiet.
            No contact is written down with Cy, Di and Hal, whose rhythms came round.
            Ana, Eva and Fay are new to these notes.

            ## What connects you
            Type it below a line, and tick the line: it goes into the note as `purpose`.

            - [ ] [[people/fay|Fay]] · mentor: what connects you? ^vudss1uop
              > Last: 20 November.
            - [ ] [[people/cy|Cy]] · growth: what connects you? ^vu8muok45
              > Last: 5 September.
            - [ ] [[people/hal|Hal]] · extended: what connects you? ^vu1kch0kv
              > Last: 5 January 2025.
            - [ ] [[people/di|Di]] · extended: what connects you? ^vurf70qmd
              > Last: 3 February 2024.

            ## Without a place
            Type a circle or a rhythm below a line, and tick it.

            - [ ] [[people/eva|Eva]]: which circle or rhythm? ^vkg4wogr6
              > Last: 8 November.

            ## Still so?
            A tick writes an entry that it is still so, on that day; what you type below it is written instead. Neither is contact.

            - [ ] [[people/gil|Gil]]: still so? e-mail ^vfi65p7yl
              > Nothing new is written since May 2023.
            - [ ] [[people/di|Di]]: still so? Potter, Porto and phone ^vfrf70qmd
              > Nothing new is written since February 2024.

            - [ ] That was the review of this quarter ^vdli5jp40

            ## Notes
        "#]],
    );
}

#[test]
fn an_empty_vault_has_little_to_say() {
    let world = World::of(&[], ReviewKind::Weekly, "2026-11-22");
    expect![[r#"
        ---
        ties: review
        date: 2026-11-22
        marks: x0j2ab k5v96x auteb1vdlo30stg
        ---
        # Week 47, 16 to 22 November 2026

        A quarter of an hour. Tick what you want; what you leave stays as it is, and is not carried over.

        - [ ] That was the review of this week ^vdlo30stg

        ## Notes
    "#]].assert_eq(&world.text);
}

#[test]
fn a_review_without_ticks_changes_nothing() {
    for kind in KINDS {
        let world = World::new(kind, "2026-11-22");
        check_once(&world);
        assert_eq!(world.plan(&[]), Plan::default());
    }
}

#[test]
fn a_word_becomes_a_next_step_on_the_day_that_the_line_says() {
    check(
        ReviewKind::Weekly,
        "|Cy]",
        'x',
        "",
        &expect![[r#"
        a word to Cy on Tuesday
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
    "#]],
    );
    check(
        ReviewKind::Weekly,
        "|Cy]",
        'x',
        "fri\nask about the move",
        &expect![[r#"
        a word to Cy on Friday
        --- a/people/cy.md
        +++ b/people/cy.md
        @@ -1,6 +1,8 @@
         ---
         name: Cy
         circle: growth
        +follow_up: 2026-11-27
        +next: ask about the move
         ---
         ## Log
         - 2026-09-05 met: tired
    "#]],
    );
}

#[test]
fn a_word_is_contact_only_where_the_person_says_so() {
    check(
        ReviewKind::Weekly,
        "|Cy]",
        'x',
        "call: rested again",
        &expect![[r#"
        in touch with Cy
        --- a/people/cy.md
        +++ b/people/cy.md
        @@ -3,4 +3,5 @@
         circle: growth
         ---
         ## Log
        +- 2026-11-22 call: rested again
         - 2026-09-05 met: tired
    "#]],
    );
    check(
        ReviewKind::Weekly,
        "|Cy]",
        '/',
        "",
        &expect![[r#"
        tried to reach Cy
        --- a/people/cy.md
        +++ b/people/cy.md
        @@ -3,4 +3,5 @@
         circle: growth
         ---
         ## Log
        +- 2026-11-22 tried
         - 2026-09-05 met: tired
    "#]],
    );
}

#[test]
fn a_word_can_wait() {
    check(
        ReviewKind::Weekly,
        "|Cy]",
        '>',
        "3w",
        &expect![[r#"
        Cy can wait until 13 December
        --- a/people/cy.md
        +++ b/people/cy.md
        @@ -1,6 +1,7 @@
         ---
         name: Cy
         circle: growth
        +quiet_until: 2026-12-13
         ---
         ## Log
         - 2026-09-05 met: tired
    "#]],
    );
    check(
        ReviewKind::Weekly,
        "|Cy]",
        '-',
        "",
        &expect![[r#"
        Cy can wait until 13 December
        --- a/people/cy.md
        +++ b/people/cy.md
        @@ -1,6 +1,7 @@
         ---
         name: Cy
         circle: growth
        +quiet_until: 2026-12-13
         ---
         ## Log
         - 2026-09-05 met: tired
    "#]],
    );
    check(
        ReviewKind::Monthly,
        "|Ana]] · inner",
        '-',
        "",
        &expect![[r#"
        no message to Ana this month
        --- a/people/ana.md
        +++ b/people/ana.md
        @@ -3,6 +3,7 @@
         circle: inner
         purpose: Old friend
         birthday: 1990-12-01
        +quiet_until: 2026-12-01
         ---
         ## Log
         - 2026-10-12 call: a job
    "#]],
    );
}

#[test]
fn promises_are_kept_where_they_stand() {
    check(
        ReviewKind::Weekly,
        "the article",
        'x',
        "",
        &expect![[r#"
        kept: Send her the article
        --- a/people/ana.md
        +++ b/people/ana.md
        @@ -6,7 +6,7 @@
         ---
         ## Log
         - 2026-10-12 call: a job
        -  - [ ] Send her the article 📅 2026-10-20
        +  - [x] Send her the article 📅 2026-10-20 ✅ 2026-11-22
           - [ ] waiting: her photos

         ## Gifts
    "#]],
    );
    check(
        ReviewKind::Weekly,
        "her photos",
        'x',
        "",
        &expect![[r#"
        kept: her photos
        --- a/people/ana.md
        +++ b/people/ana.md
        @@ -7,7 +7,7 @@
         ## Log
         - 2026-10-12 call: a job
           - [ ] Send her the article 📅 2026-10-20
        -  - [ ] waiting: her photos
        +  - [x] waiting: her photos ✅ 2026-11-22

         ## Gifts
         - idea: a kite
    "#]],
    );
    check(
        ReviewKind::Weekly,
        "Return the book",
        '>',
        "",
        &expect![[r#"
        put off: Return the book to Ana
        --- a/inbox.md
        +++ b/inbox.md
        @@ -4,4 +4,4 @@
         - meant: call Cy
         - the tile man, red scarf
         - ![[rec.m4a]] after tea
        -- [ ] Return the book to [[Ana]]
        +- [ ] Return the book to [[Ana]] ⏳ 2026-11-29
    "#]],
    );
}

#[test]
fn an_answer_that_was_owed_is_contact() {
    check(
        ReviewKind::Weekly,
        "the recipe",
        'x',
        "mail: sent it",
        &expect![[r#"
        in touch with Fay
        --- a/people/fay.md
        +++ b/people/fay.md
        @@ -3,4 +3,5 @@
         circle: mentor
         ---
         ## Log
        +- 2026-11-22 mail: sent it
         - 2026-11-20 mail: asked for the recipe #reply
    "#]],
    );
}

#[test]
fn a_line_of_the_inbox_is_done_with_and_its_words_stay() {
    check(
        ReviewKind::Weekly,
        "a piano",
        'x',
        "",
        &expect![[r#"
            in touch with Bo
            --- a/inbox.md
            +++ b/inbox.md
            @@ -1,6 +1,5 @@
             # Inbox

            -- Answer [[Bo]]: does a piano mind a crooked floor? #reply
             - meant: call Cy
             - the tile man, red scarf
             - ![[rec.m4a]] after tea
            --- a/people/bo.md
            +++ b/people/bo.md
            @@ -3,6 +3,7 @@
             cadence: monthly # for now
             ---
             ## Log
            +- 2026-11-22: Answer [[Bo]]: does a piano mind a crooked floor?
             - 2026-10-30 call
             - 2026-08-14 call
             - 2026-05-29 met
        "#]],
    );
    check(
        ReviewKind::Weekly,
        "a piano",
        'x',
        "message: it does not",
        &expect![[r#"
            in touch with Bo
            --- a/inbox.md
            +++ b/inbox.md
            @@ -1,6 +1,5 @@
             # Inbox

            -- Answer [[Bo]]: does a piano mind a crooked floor? #reply
             - meant: call Cy
             - the tile man, red scarf
             - ![[rec.m4a]] after tea
            --- a/people/bo.md
            +++ b/people/bo.md
            @@ -3,6 +3,8 @@
             cadence: monthly # for now
             ---
             ## Log
            +- 2026-11-22 message: it does not
            +  - Answer [[Bo]]: does a piano mind a crooked floor?
             - 2026-10-30 call
             - 2026-08-14 call
             - 2026-05-29 met
        "#]],
    );
    check(
        ReviewKind::Weekly,
        "Meant: call",
        'x',
        "",
        &expect![[r#"
            in touch with Cy
            --- a/inbox.md
            +++ b/inbox.md
            @@ -1,7 +1,6 @@
             # Inbox

             - Answer [[Bo]]: does a piano mind a crooked floor? #reply
            -- meant: call Cy
             - the tile man, red scarf
             - ![[rec.m4a]] after tea
             - [ ] Return the book to [[Ana]]
            --- a/people/cy.md
            +++ b/people/cy.md
            @@ -3,4 +3,5 @@
             circle: growth
             ---
             ## Log
            +- 2026-11-22: call Cy
             - 2026-09-05 met: tired
        "#]],
    );
    check(
        ReviewKind::Weekly,
        "Meant: call",
        '-',
        "",
        &expect![[r#"
            left as it is: Meant: call Cy · Cy
        "#]],
    );
}

#[test]
fn a_habit_is_kept_eased_or_rests() {
    check(
        ReviewKind::Weekly,
        "Walk: easier",
        'x',
        "",
        &expect![[r#"
        Walk: 4 per week
        --- a/habits/walk.md
        +++ b/habits/walk.md
        @@ -1,6 +1,6 @@
         ---
         habit: Walk
        -schedule: daily
        +schedule: 4 per week
         recovery: Five minutes are enough
         ---
         ## Log
    "#]],
    );
    check(
        ReviewKind::Weekly,
        "Walk: let it rest",
        'x',
        "",
        &expect![[r#"
        Walk rests
        --- a/habits/walk.md
        +++ b/habits/walk.md
        @@ -2,6 +2,7 @@
         habit: Walk
         schedule: daily
         recovery: Five minutes are enough
        +paused: true
         ---
         ## Log
         - 2026-11-16 in the rain
    "#]],
    );
}

#[test]
fn a_rhythm_is_the_proposed_or_the_typed_one() {
    check(
        ReviewKind::Monthly,
        "|Bo]]: monthly",
        'x',
        "",
        &expect![[r#"
        Bo: quarterly
        --- a/people/bo.md
        +++ b/people/bo.md
        @@ -1,6 +1,6 @@
         ---
         name: Bo
        -cadence: monthly # for now
        +cadence: quarterly # for now
         ---
         ## Log
         - 2026-10-30 call
    "#]],
    );
    check(
        ReviewKind::Monthly,
        "|Bo]]: monthly",
        'x',
        "2-3 months",
        &expect![[r#"
        Bo: 2-3 months
        --- a/people/bo.md
        +++ b/people/bo.md
        @@ -1,6 +1,6 @@
         ---
         name: Bo
        -cadence: monthly # for now
        +cadence: 2-3 months # for now
         ---
         ## Log
         - 2026-10-30 call
    "#]],
    );
    check(
        ReviewKind::Monthly,
        "|Bo]]: monthly",
        'x',
        "now and then",
        &expect![[r#"
        Bo: monthly → quarterly (about every 11 weeks so far): what is typed there is not a rhythm
    "#]],
    );
    check(
        ReviewKind::Monthly,
        "|Bo]]: monthly",
        '-',
        "",
        &expect![[r#"
        left as it is: Bo: monthly → quarterly (about every 11 weeks so far)
    "#]],
    );
}

#[test]
fn somebody_rests() {
    check(
        ReviewKind::Monthly,
        "active → later",
        'x',
        "",
        &expect![[r#"
            Hal: later
            --- a/people/hal.md
            +++ b/people/hal.md
            @@ -1,6 +1,7 @@
             ---
             name: Hal
             circle: extended
            +status: later
             ---
             ## Log
             - 2025-01-05 met: by chance
        "#]],
    );
}

#[test]
fn facts_that_are_still_so_are_an_entry_and_no_contact() {
    check(
        ReviewKind::Monthly,
        "|Di]]: still so",
        'x',
        "",
        &expect![[r#"
        Di: looked at
        --- a/people/di.md
        +++ b/people/di.md
        @@ -6,4 +6,5 @@
         phone: "+351 1"
         ---
         ## Log
        +- 2026-11-22 note: still so: Potter, Porto and phone
         - 2024-02-03 met: the fair
    "#]],
    );
    check(
        ReviewKind::Quarterly,
        "|Gil]]: still so",
        'x',
        "moved to Braga",
        &expect![[r#"
        Gil: looked at
        --- a/people/gil.md
        +++ b/people/gil.md
        @@ -3,4 +3,5 @@
         email: gil@example.org
         ---
         ## Log
        +- 2026-12-27 note: moved to Braga
         - 2023-05-06 met: long ago
    "#]],
    );
}

#[test]
fn a_purpose_and_a_place_are_what_is_typed() {
    check(
        ReviewKind::Quarterly,
        "|Cy]]",
        'x',
        "Keeps me curious",
        &expect![[r#"
        Cy: Keeps me curious
        --- a/people/cy.md
        +++ b/people/cy.md
        @@ -1,6 +1,7 @@
         ---
         name: Cy
         circle: growth
        +purpose: Keeps me curious
         ---
         ## Log
         - 2026-09-05 met: tired
    "#]],
    );
    check(
        ReviewKind::Quarterly,
        "|Cy]]",
        'x',
        "",
        &expect![[r#"
            Cy · growth: what connects you?: nothing is typed below it
        "#]],
    );
    check(
        ReviewKind::Quarterly,
        "|Eva]]: which",
        'x',
        "Growth",
        &expect![[r#"
        Eva: Growth
        --- a/people/eva.md
        +++ b/people/eva.md
        @@ -1,5 +1,6 @@
         ---
         name: Eva
        +circle: growth
         ---
         ## Log
         - 2026-11-08 met: at the choir
    "#]],
    );
    check(
        ReviewKind::Quarterly,
        "|Eva]]: which",
        'x',
        "2-3 weeks",
        &expect![[r#"
        Eva: 2-3 weeks
        --- a/people/eva.md
        +++ b/people/eva.md
        @@ -1,5 +1,6 @@
         ---
         name: Eva
        +cadence: 2-3 weeks
         ---
         ## Log
         - 2026-11-08 met: at the choir
    "#]],
    );
    check(
        ReviewKind::Quarterly,
        "|Eva]]: which",
        'x',
        "close",
        &expect![[r#"
        Eva: which circle or rhythm?: `close` is neither a circle nor a rhythm
    "#]],
    );
}

#[test]
fn what_says_two_things_is_left() {
    check(
        ReviewKind::Weekly,
        "|Cy]",
        'x',
        "skip",
        &expect![[r#"
        Cy · growth: a word on Tuesday: what is typed there says two things, or a time that cannot be read
    "#]],
    );
    check(
        ReviewKind::Weekly,
        "Walk: easier",
        '>',
        "",
        &expect![[r#"
        Walk: easier, 4 per week: such a line is ticked, or left as it is
    "#]],
    );
}

#[test]
fn a_box_that_is_emptied_is_taken_back() {
    let before = World::new(ReviewKind::Weekly, "2026-11-22");
    let mut world = before.clone();
    world.answer("|Cy]", 'x', "", "ask about the move");
    world.evening();
    assert_ne!(world.notes, before.notes);
    // Some days later it is still open.
    world.today = "2026-11-23".to_owned();
    world.answer("|Cy]", ' ', "", "");
    world.evening();
    expect![[""]].assert_eq(&world.changes_since(&before));
    check_once(&world);
}

#[test]
fn what_was_typed_and_answered_stays_and_nobody_new_comes() {
    let mut world = World::new(ReviewKind::Weekly, "2026-11-22");
    let ids = |world: &World| {
        let review = world.review(&Followed::default());
        let words = review.items().filter(|item| letter(&item.id) == Some('w'));
        words.map(|item| item.id.clone()).collect::<Vec<_>>()
    };
    let before = ids(&world);
    world.answer("|Cy]", 'x', "", "about the move");
    world.answer("|Di]", '-', "", "");
    let own = "a line of my own\n- [ ] and a box of mine\n";
    world.text = world.text.replace("## Days ahead\n", &format!("{own}## Days ahead\n"));
    world.text += "a thought\n";
    world.evening();
    assert_eq!(ids(&world), before);
    let (_, notes) = world.text.split_once("## Notes\n").unwrap();
    expect![[r#"
        a thought

        a line of my own
        - [ ] and a box of mine
    "#]]
    .assert_eq(notes);
    assert!(world.text.contains("    about the move\n"), "{}", world.text);
    world.today = "2026-11-25".to_owned();
    world.evening();
    assert_eq!(ids(&world), before);
    check_once(&world);
}

#[test]
fn the_last_line_ends_it() {
    let mut world = World::new(ReviewKind::Monthly, "2026-11-28");
    assert!(!is_done(&read(&world.text).unwrap()));
    world.answer("That was the review", 'x', "", "");
    assert_eq!(world.evening(), ["the review of November 2026 is done"]);
    assert!(is_done(&read(&world.text).unwrap()));
    assert!(world.text.contains("\nfinished: 2026-11-28\n"));
    check_once(&world);
}

#[test]
fn two_sides_of_a_conflict_are_united() {
    let before = World::new(ReviewKind::Weekly, "2026-11-22");
    let (mut one, mut other) = (before.clone(), before.clone());
    one.answer("|Cy]", 'x', "", "");
    other.answer("the article", 'x', "", "");
    other.text += "a thought\n";
    let (one_text, other_text) = (one.text.clone(), other.text.clone());
    let mut world = before.clone();
    world.text = format!("<<<<<<< ours\n{one_text}=======\n{other_text}>>>>>>> theirs\n");
    assert_eq!(world.evening().len(), 2);
    assert!(
        !world.text.contains("<<<<<<<") && world.text.ends_with("## Notes\na thought\n"),
        "{}",
        world.text
    );
    one.evening();
    other.evening();
    assert_eq!(
        world.notes.iter().find(|of| of.0 == "people/cy.md"),
        one.notes.iter().find(|of| of.0 == "people/cy.md")
    );
    assert_eq!(
        world.notes.iter().find(|of| of.0 == "people/ana.md"),
        other.notes.iter().find(|of| of.0 == "people/ana.md")
    );
    check_once(&world);
}

#[test]
fn a_file_of_somebody_else_is_not_ours() {
    for text in [
        "# Week 46\n",
        "---\nties: agenda\ndate: 2026-11-22\n---\n",
        "---\ndate: 2026-11-22\n---\n",
    ] {
        assert_eq!(read(text), Err(NotOurs), "{text}");
    }
    assert!(read("").unwrap().sides.is_empty());
}

#[test]
fn a_page_is_answered_line_by_line() {
    let mut world = World::new(ReviewKind::Weekly, "2026-11-22");
    let before = world.text.clone();
    let review = world.review(&Followed::default());
    let (open, answered) = counts(&review);
    let cy = review.items().find(|item| item.text.contains("|Cy]")).unwrap();
    let mut page = page(&read(&world.text).unwrap()).unwrap();
    page.set(&cy.id, 'x');
    page.type_below(&cy.id, " call: rested ");
    world.text = page.text();
    let changed = unified("review", Some(&before), &world.text);
    let lines =
        changed.lines().filter(|line| line.starts_with(['+', '-']) && !line.contains("marks:"));
    expect![[r#"
        --- a/review
        +++ b/review
        -- [ ] [[people/cy|Cy]] · growth: a word on Tuesday ^vw8muok45
        +- [x] [[people/cy|Cy]] · growth: a word on Tuesday ^vw8muok45
        +  call: rested"#]]
    .assert_eq(&lines.collect::<Vec<_>>().join("\n"));
    let (_, followed) = world.follow();
    let file = read(&world.text).unwrap();
    let mut page = page::page(&file).unwrap();
    world.with(|ground| {
        let kept = kept(ground, &file, &followed);
        page.answered(&kept, records(&file, &kept, &followed), ground.situation.day);
    });
    world.text = page.text();
    assert_eq!(world.plan(&[]).steps, Vec::new());
    assert_eq!(counts(&world.review(&Followed::default())), (open - 1, answered + 1));
}

/// What is told of one answer and what it writes, line by line, over notes of this kind of review; answering is
/// followed once.
fn answered(
    notes: &[(&str, &str)],
    kind: ReviewKind,
    (who, status, below): (&str, char, &str),
) -> String {
    let today = if kind == ReviewKind::Quarterly { "2026-12-27" } else { "2026-11-21" };
    let before = World::of(notes, kind, today);
    let mut world = before.clone();
    world.answer(who, status, "", below);
    let told = world.evening().join(" / ");
    check_once(&world);
    let changed = world.changes_since(&before);
    let changed = changed.lines().filter(|line| {
        line.starts_with(['+', '-']) && !line.starts_with("+++") && !line.starts_with("---")
    });
    let lines = std::iter::once(told.as_str()).chain(changed);
    lines.map(|line| format!("{line}\n")).collect()
}

fn check_all(
    notes: &[(&str, &str)],
    kind: ReviewKind,
    all: &[(&str, char, &str)],
    expected: &Expect,
) {
    let shown = all.iter().map(|answer| {
        let typed = answer.2.replace('\n', " / ");
        format!("[{}] {typed}: {}", answer.1, answered(notes, kind, *answer))
    });
    expected.assert_eq(&shown.collect::<String>());
}

const BO: &[(&str, &str)] = &[(
    "people/bo.md",
    "---\nname: Bo\ncircle: growth\nnext: ask about the long-promised visit to the kiln in Évora\n---\n## Log\n- 2026-09-05 met\n",
)];

#[test]
fn a_day_to_come_is_for_a_next_step_and_one_that_is_over_for_an_entry() {
    check_all(
        BO,
        ReviewKind::Weekly,
        &[
            ("|Bo]", 'x', "2026-11-30"),
            ("|Bo]", 'x', "2026-11-30 ask about bread"),
            ("|Bo]", 'x', "fri: ask about bread"),
            ("|Bo]", 'x', "2026-11-20 call: well"),
            ("|Bo]", 'x', "yesterday"),
            ("|Bo]", 'x', "yesterday call: well"),
            ("|Bo]", '/', "yesterday"),
            ("|Bo]", 'x', "today ask about bread"),
            ("|Bo]", 'x', "2026-11-03 call: well"),
            ("|Bo]", 'x', "call: 2026-11-30 suits him"),
        ],
        &expect![[r#"
            [x] 2026-11-30: a word to Bo on 30 November
            +follow_up: 2026-11-30
            [x] 2026-11-30 ask about bread: a word to Bo on 30 November, instead of: ask about the long-promised visit to the kiln in Évora
            -next: ask about the long-promised visit to the kiln in Évora
            +next: ask about bread
            +follow_up: 2026-11-30
            [x] fri: ask about bread: a word to Bo on Friday, instead of: ask about the long-promised visit to the kiln in Évora
            -next: ask about the long-promised visit to the kiln in Évora
            +next: ask about bread
            +follow_up: 2026-11-27
            [x] 2026-11-20 call: well: in touch with Bo
            +- 2026-11-20 call: well
            [x] yesterday: in touch with Bo
            +- 2026-11-20
            [x] yesterday call: well: in touch with Bo
            +- 2026-11-20 call: well
            [/] yesterday: tried to reach Bo
            +- 2026-11-20 tried
            [x] today ask about bread: a word to Bo on Thursday, instead of: ask about the long-promised visit to the kiln in Évora
            -next: ask about the long-promised visit to the kiln in Évora
            +next: today ask about bread
            +follow_up: 2026-11-26
            [x] 2026-11-03 call: well: Bo · growth: a word on Thursday: 3 November cannot be written down here
            [x] call: 2026-11-30 suits him: in touch with Bo
            +- 2026-11-21 call: 2026-11-30 suits him
        "#]],
    );
}

#[test]
fn what_is_typed_at_a_word_is_taken_whole_or_not_at_all() {
    check_all(
        BO,
        ReviewKind::Weekly,
        &[
            ("|Bo]", 'x', "ask\n- also say hi"),
            ("|Bo]", 'x', "next: ask\nalso say hi"),
            ("|Bo]", 'x', "next fri: ask\nmon"),
            ("|Bo]", 'x', "fri\nmon"),
            ("|Bo]", 'x', "archive"),
            ("|Bo]", ' ', "call: well"),
            ("|Bo]", ' ', "fri"),
            ("|Bo]", 'x', "31 feb"),
            ("|Bo]", 'x', "ask\n29 feb 2027: then"),
            ("|Bo]", 'x', "2026-02-31 call: well"),
            ("|Bo]", ' ', "later until 31 feb"),
            ("|Bo]", ' ', "31 feb"),
            ("|Bo]", ' ', "next fri ask"),
            ("|Bo]", ' ', "a thought of my own"),
        ],
        &expect![[r#"
            [x] ask / - also say hi: a word to Bo on Thursday, instead of: ask about the long-promised visit to the kiln in Évora
            -next: ask about the long-promised visit to the kiln in Évora
            +next: ask; also say hi
            +follow_up: 2026-11-26
            [x] next: ask / also say hi: a word to Bo on Thursday, instead of: ask about the long-promised visit to the kiln in Évora
            -next: ask about the long-promised visit to the kiln in Évora
            +next: ask; also say hi
            +follow_up: 2026-11-26
            [x] next fri: ask / mon: Bo · growth: a word on Thursday: two days are typed there
            [x] fri / mon: Bo · growth: a word on Thursday: two days are typed there
            [x] archive: Bo · growth: a word on Thursday: a word to somebody who is put away
            [ ] call: well: Bo · growth: a word on Thursday: `call: well` stands at a line that is not ticked
            [ ] fri: Bo · growth: a word on Thursday: `fri` stands at a line that is not ticked
            [x] 31 feb: Bo · growth: a word on Thursday: `31 feb` is not in the calendar
            [x] ask / 29 feb 2027: then: Bo · growth: a word on Thursday: `29 feb 2027` is not in the calendar
            [x] 2026-02-31 call: well: Bo · growth: a word on Thursday: what is typed there says two things, or a time that cannot be read
            [ ] later until 31 feb: Bo · growth: a word on Thursday: what is typed there says two things, or a time that cannot be read
            [ ] 31 feb: Bo · growth: a word on Thursday: `31 feb` stands at a line that is not ticked
            [ ] next fri ask: Bo · growth: a word on Thursday: `next fri ask` is not understood
            [ ] a thought of my own: 
        "#]],
    );
}

#[test]
fn what_is_typed_at_a_ticked_line_is_taken_whole_or_not_at_all() {
    check_all(
        VAULT,
        ReviewKind::Quarterly,
        &[
            ("|Cy]]", 'x', "curious\n- and kind"),
            ("|Cy]]", 'x', "curious\narchive"),
            ("|Eva]]: which", 'x', "growth\n- monthly"),
            ("|Eva]]: which", 'x', "inner\ngrowth"),
            ("|Eva]]: which", 'x', "growth\narchive"),
            ("|Gil]]: still so", 'x', "- [ ] send card"),
            ("|Gil]]: still so", 'x', "moved\n- a new job"),
            ("|Gil]]: still so", 'x', "archive"),
        ],
        &expect![[r#"
            [x] curious / - and kind: Cy: curious; and kind
            +purpose: curious; and kind
            [x] curious / archive: Cy · growth: what connects you?: `archive` says something else than the line asks
            [x] growth / - monthly: Eva: growth, monthly
            +circle: growth
            +cadence: monthly
            [x] inner / growth: Eva: which circle or rhythm?: two circles or two rhythms are typed there
            [x] growth / archive: Eva: which circle or rhythm?: `archive` says something else than the line asks
            [x] - [ ] send card: Gil: looked at
            +- 2026-12-27 note: still so: e-mail
            +  - [ ] send card
            [x] moved / - a new job: Gil: looked at
            +- 2026-12-27 note: moved
            +  - a new job
            [x] archive: Gil: still so? e-mail: `archive` is typed there
        "#]],
    );
    check_all(
        VAULT,
        ReviewKind::Monthly,
        &[
            ("|Bo]]: monthly", 'x', "monthly\n- 2 months"),
            ("|Bo]]: monthly", 'x', "- [ ] 2 months"),
            ("active → later", 'x', "until spring"),
        ],
        &expect![[r#"
            [x] monthly / - 2 months: Bo: monthly → quarterly (about every 11 weeks so far): two rhythms are typed there
            [x] - [ ] 2 months: Bo: 2 months
            -cadence: monthly # for now
            +cadence: 2 months # for now
            [x] until spring: Hal · extended: active → later (last: 5 January 2025): `until spring` is typed there, and the line takes no words
        "#]],
    );
    check_all(
        VAULT,
        ReviewKind::Weekly,
        &[("Walk: easier", 'x', "2 per week"), ("Walk: let it rest", '-', "not now")],
        &expect![[r#"
            [x] 2 per week: Walk: easier, 4 per week: `2 per week` is typed there, and the line takes no words
            [-] not now: left as it is: Walk: let it rest
        "#]],
    );
}

#[test]
fn a_rest_that_is_longer_stays_and_a_next_step_that_goes_is_told() {
    let notes =
        [("people/ana.md", "---\nname: Ana\ncircle: inner\n---\n## Log\n- 2026-09-05 met\n")];
    let before = World::of(&notes, ReviewKind::Monthly, "2026-11-21");
    let mut world = before.clone();
    world.notes[0].1 = world.notes[0].1.replace("circle:", "quiet_until: 2027-06-01\ncircle:");
    world.answer("|Ana]", '-', "", "");
    assert_eq!(world.evening(), ["no message to Ana this month"]);
    assert!(world.notes[0].1.contains("quiet_until: 2027-06-01\n"), "{}", world.notes[0].1);
    check_once(&world);
}

#[test]
fn a_line_of_the_inbox_goes_as_it_stands_into_the_log() {
    let check_typed = |inbox: &str, who: &str, typed: &str, expected: &Expect| {
        let bea = "---\nname: Bea\ncircle: growth\n---\n## Log\n";
        let cy = "---\nname: Cy\n---\n";
        let notes = [
            ("inbox.md", inbox),
            ("people/bea.md", bea),
            ("people/cy.md", cy),
            ("people/cy-l.md", cy),
        ];
        expected.assert_eq(&answered(&notes, ReviewKind::Weekly, (who, 'x', typed)));
    };
    let check = |inbox: &str, who: &str, expected: &Expect| check_typed(inbox, who, "", expected);
    // What was said stands before the words of the line, which go nowhere else.
    check_typed(
        "- 2026-11-18 answer [[Bea]]: dinner? #reply\n  and bread\n  - [ ] bring wine\n",
        "dinner",
        "call: we eat on friday\n- [ ] buy salt",
        &expect![[r#"
            in touch with Bea
            -- 2026-11-18 answer [[Bea]]: dinner? #reply
            -  and bread
            -  - [ ] bring wine
            +# Inbox
            +- 2026-11-21 call: we eat on friday
            +  - [ ] buy salt
            +  - answer [[Bea]]: dinner?
            +    and bread
            +    - [ ] bring wine
        "#]],
    );
    check(
        "- #reply [[Bea]] see [page](https://b.org/p) and ![[pic.png]] `a*b` <https://x.y> %%mine%% ^blk\n  - and [[people/bea#Log|her log]]\n    - deep\n",
        "b.org",
        &expect![[r#"
            in touch with Bea
            -- #reply [[Bea]] see [page](https://b.org/p) and ![[pic.png]] `a*b` <https://x.y> %%mine%% ^blk
            -  - and [[people/bea#Log|her log]]
            -    - deep
            +# Inbox
            +- 2026-11-21: [[Bea]] see [page](https://b.org/p) and ![[pic.png]] `a*b` <https://x.y> %%mine%% ^blk
            +  - and [[people/bea#Log|her log]]
            +    - deep
        "#]],
    );
    check(
        "- 2026-11-18 answer [[Bea]]: dinner? #reply\n",
        "dinner",
        &expect![[r#"
            in touch with Bea
            -- 2026-11-18 answer [[Bea]]: dinner? #reply
            +# Inbox
            +- 2026-11-21: answer [[Bea]]: dinner?
        "#]],
    );
    check(
        "- meant: write to Bea\n  about the boat\n",
        "write to Bea",
        &expect![[r#"
            in touch with Bea
            -- meant: write to Bea
            -  about the boat
            +# Inbox
            +- 2026-11-21: write to Bea
            +  about the boat
        "#]],
    );
    check(
        "- meant: write to Cy\n",
        "write to Cy",
        &expect![[r#"
            done with: write to Cy
            -- meant: write to Cy
            +# Inbox
        "#]],
    );
    check(
        "- #reply\n",
        " reply",
        &expect![[r#"
            done with: #reply
            -- #reply
            +# Inbox
        "#]],
    );
}

#[test]
fn a_review_is_not_ended_over_an_answer_that_was_refused_and_can_be_opened_again() {
    let mut world = World::of(BO, ReviewKind::Weekly, "2026-11-21");
    world.answer("|Bo]", '?', "", "call: well");
    world.answer("That was the review", 'x', "", "");
    expect![[r#"
        Bo · growth: a word on Thursday: the sign `?` in its box is not understood
        the review of Week 47, 16 to 22 November 2026: it stays open, for one answer could not be followed"#]].assert_eq(&world.evening().join("\n"));
    assert!(!is_done(&read(&world.text).unwrap()), "{}", world.text);
    world.answer("|Bo]", ' ', "", "");
    world.evening();
    assert!(is_done(&read(&world.text).unwrap()), "{}", world.text);
    world.answer("That was the review", ' ', "", "");
    assert!(!is_done(&read(&world.text).unwrap()), "{}", world.text);
    world.evening();
    assert!(!world.text.contains("finished:"), "{}", world.text);
    check_once(&world);
    for finished in ["finished:", "finished: no"] {
        let text = world.text.replacen("date:", &format!("{finished}\ndate:"), 1);
        assert!(!is_done(&read(&text).unwrap()), "{finished}");
    }
    let text = world.text.replacen("date:", "finished: \"2026-11-21\" # at last\ndate:", 1);
    assert!(is_done(&read(&text).unwrap()));
}

#[test]
fn a_no_that_is_only_remembered_can_be_taken_back() {
    let mut world = World::new(ReviewKind::Monthly, "2026-11-28");
    let before = world.clone();
    world.answer("active → later", '-', "", "");
    world.evening();
    world.answer("active → later", ' ', "", "");
    let plan = world.plan(&[]);
    let step = plan.steps.first().unwrap();
    assert_eq!((step.takes_back, &step.change), (Some(Outcome::Known), &None));
    world.evening();
    assert_eq!(world.notes, before.notes);
    check_once(&world);
}

#[test]
fn both_answers_about_a_habit_stay_in_their_order() {
    let mut world = World::new(ReviewKind::Weekly, "2026-11-22");
    world.answer("Walk: easier", 'x', "", "");
    world.answer("Walk: let it rest", '-', "", "");
    world.evening();
    let order = |world: &World| world.text.find("easier") < world.text.find("let it rest");
    assert!(order(&world), "{}", world.text);
    check_once(&world);
}

#[test]
fn the_day_of_a_word_is_the_one_that_its_line_says() {
    let mut world = World::new(ReviewKind::Weekly, "2026-11-22");
    // Another name of the note spreads its word to another day.
    for (path, _) in world.notes.iter_mut().filter(|(path, _)| path == "people/hal.md") {
        *path = "people/harald.md".to_owned();
    }
    world.text = world.text.replace("[[people/hal|Hal]]", "[[people/harald|Hal]]");
    world.answer("|Hal]", 'x', "", "");
    assert_eq!(world.evening(), ["a word to Hal tomorrow"]);
}

#[test]
fn the_ids_of_lines_are_remembered_while_a_page_is_answered() {
    let mut world = World::new(ReviewKind::Weekly, "2026-11-22");
    let mut page = page(&read(&world.text).unwrap()).unwrap();
    let cy = world.review(&Followed::default());
    let cy = cy.items().find(|item| item.text.contains("|Cy]")).unwrap().id.clone();
    assert!(page.set(&cy, '-') && !page.set("vw0000000", '-'));
    // A plugin takes the ids away.
    let text = page.text().replace(&format!(" ^{cy}"), "");
    world.text = text;
    assert_eq!(world.evening(), ["Cy can wait until 13 December"]);
}

#[test]
fn words_typed_again_take_the_place_of_one_line_of_words() {
    let world = World::new(ReviewKind::Weekly, "2026-11-22");
    let cy = world.review(&Followed::default());
    let cy = cy.items().find(|item| item.text.contains("|Cy]")).unwrap().id.clone();
    let mut page = page(&read(&world.text).unwrap()).unwrap();
    page.type_below(&cy, "ask about bread");
    page.type_below(&cy, "call: well");
    assert!(page.text().contains("Why: every 2-4 weeks.\n  call: well\n\n"), "{}", page.text());
    let text = page.text().replace("  call: well\n", "  one\n  two\n");
    let mut page = page::page(&read(&text).unwrap()).unwrap();
    page.type_below(&cy, "three");
    assert!(page.text().contains("  one\n  two\n  three\n\n"), "{}", page.text());
}

#[test]
fn only_what_is_missed_for_good_is_missed() {
    let check = |habit: &str, ticks: &str, today: &str, expected: &str| {
        let ticks = ticks.split_whitespace().map(|day| format!("- 2026-11-{day}\n"));
        let text =
            format!("---\nhabit: Choir\n{habit}\n---\n## Log\n{}", ticks.collect::<String>());
        let world = World::of(&[("habits/choir.md", &text)], ReviewKind::Weekly, today);
        let review = world.review(&Followed::default());
        let lines = review.items().filter(|item| item.text.starts_with("Choir"));
        let lines = lines.map(|item| item.text.as_str()).collect::<Vec<_>>().join(" | ");
        assert_eq!(lines, expected, "{text} {today}");
    };
    let missed = "Choir. A small step is enough. | Choir: easier, 2 per month | Choir: let it rest";
    check("schedule: thu", "05 12 19", "2026-11-26", "Choir");
    check("schedule: thu", "05 12 19", "2026-11-27", missed);
    check("schedule: daily", "16 17", "2026-11-18", "Choir: 2 of 2 this week");
    check("schedule: weekly", "02 09", "2026-11-20", "Choir");
    check("schedule: weekly", "02 09", "2026-11-22", "Choir");
    let eased = "Choir. A small step is enough. | Choir: easier, 2 per week | Choir: let it rest";
    check("schedule: 3 per week", "02 03 04 09 10 11", "2026-11-21", eased);
    check("schedule: 3 per week\ngrace: 3 per week", "02 03 04 09 10 11", "2026-11-21", "Choir");
    check("schedule: 7 per week\ngrace: 7 per week", "02 09", "2026-11-22", "Choir");
    check("schedule: daily\ngrace: 7 per week", "02 09", "2026-11-21", "Choir");
}

/// People, habits and promises of many shapes.
fn vault() -> impl Strategy<Value = Vec<(String, String)>> {
    let key = prop_oneof![
        "circle: (inner|growth|mentor|extended|later)",
        "cadence: (weekly|monthly|2-3 weeks|yearly|never)",
        "purpose: a friend",
        "title: Potter",
        "location: Porto",
        "status: (later|reference|archived)",
        "paused: true",
        "follow_up: 2026-1[0-2]-1[0-9]",
        "quiet_until: 2026-1[0-2]-1[0-9]",
        "birthday: 1990-1[12]-2[0-9]",
        "died: 2020",
    ];
    let entry = prop_oneof![
        "- 202[3-6]-0[1-9]-[0-2][1-9] (met|call|note|plan|tried)(: [a-z#\\[\\] ]{0,12})?",
        "- 2026-1[01]-0[1-9] call: (tea|\\[\\[p1\\]\\]|#reply)",
        "  - \\[ \\] (send it|waiting: photos|#reply now)",
    ];
    let keys = proptest::collection::btree_map(0u8..11, key, 0..5);
    let person = (keys, proptest::collection::vec(entry, 0..8));
    proptest::collection::vec(person, 0..24).prop_map(|people| {
        let mut notes = Vec::new();
        for (at, (keys, entries)) in people.into_iter().enumerate() {
            let mut seen = std::collections::HashSet::new();
            let keys = keys.into_values();
            let keys = keys.filter(|key| seen.insert(key.split(':').next().unwrap().to_owned()));
            let keys = keys.map(|key| format!("{key}\n")).collect::<String>();
            let entries = entries.join("\n");
            notes.push((
                format!("people/p{at:02}.md"),
                format!("---\nname: P{at}\n{keys}---\n## Log\n{entries}\n"),
            ));
        }
        notes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_limits_hold_and_an_untouched_review_asks_nothing(
        notes in vault(),
        kind in prop_oneof![Just(ReviewKind::Weekly), Just(ReviewKind::Monthly), Just(ReviewKind::Quarterly)],
        today in "2026-1[0-2]-[0-2][1-9]",
    ) {
        let notes = notes.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>();
        let world = World::of(&notes, kind, &today);
        check_once(&world);
        prop_assert_eq!(world.plan(&[]), Plan::default());
        let review = world.review(&Followed::default());
        let of = |letters: &str| {
            review.items().filter(|item| letter(&item.id).is_some_and(|one| letters.contains(one))).count()
        };
        match kind {
            ReviewKind::Weekly => prop_assert!(of("w") <= 5 && of("p") <= 8 && of("r") <= 5),
            ReviewKind::Monthly => prop_assert!(of("wprfgl") <= monthly::PEOPLE && monthly::PEOPLE <= 12),
            ReviewKind::Quarterly => prop_assert!(of("u") <= 5 && of("k") <= 5 && of("f") <= 6),
        }
        let mut ids = review.items().map(|item| &item.id).collect::<Vec<_>>();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), review.items().count());
    }

    #[test]
    fn a_single_tick_changes_notes_once_and_only_those_that_it_is_about(
        notes in vault(),
        kind in prop_oneof![Just(ReviewKind::Weekly), Just(ReviewKind::Monthly)],
        at in 0usize..20,
        status in prop_oneof![Just('x'), Just('-'), Just('>')],
    ) {
        let notes = notes.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>();
        let before = World::of(&notes, kind, "2026-11-22");
        let mut world = before.clone();
        let review = before.review(&Followed::default());
        let tasks = review.items().filter(|item| item.task).collect::<Vec<_>>();
        let item = tasks[at % tasks.len()];
        let mut page = page(&read(&world.text).unwrap()).unwrap();
        page.set(&item.id, status);
        world.text = page.text();
        world.evening();
        check_once(&world);
        let changed = before.notes.iter().zip(&world.notes).filter(|(one, other)| one != other);
        for ((path, _), _) in changed {
            let name = path.trim_end_matches(".md");
            let named = item.text.contains(name) || path == "inbox.md";
            prop_assert!(named, "{} by {}", path, item.text);
        }
    }

    #[test]
    fn no_line_of_a_person_is_lost(
        kind in prop_oneof![Just(ReviewKind::Weekly), Just(ReviewKind::Monthly), Just(ReviewKind::Quarterly)],
        scribbles in proptest::collection::vec((0usize..90, "( {0,4})(- |- \\[[ x>-]\\] |# |> |```|\\^v|me)[a-z\\[\\]|: ^v0-9é]{0,16}"), 1..6),
    ) {
        let mut world = World::new(kind, "2026-11-22");
        let mut lines = world.text.lines().map(str::to_owned).collect::<Vec<_>>();
        // Before the front matter ends the file would be another one.
        let start = 1 + lines.iter().skip(1).position(|line| line == "---").unwrap();
        for (at, scribble) in &scribbles {
            let at = (start + 1 + at).min(lines.len());
            lines.insert(at, scribble.clone());
        }
        let before = world.notes.clone();
        world.text = lines.join("\n") + "\n";
        world.evening();
        for (_, scribble) in &scribbles {
            let is_kept = world.text.lines().any(|line| line.trim() == scribble.trim());
            prop_assert!(is_kept, "{:?} in\n{}", scribble, world.text);
        }
        prop_assert_eq!(&before, &world.notes);
        check_once(&world);
    }
}
