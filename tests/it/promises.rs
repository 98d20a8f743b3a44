//! Promises that wait to be kept.

use crate::support::book;
use expect_test::{Expect, expect};
use std::fmt::Write;
use ties::features::open_loops::{Side, Wanted, open_loops};
use ties::features::promises::{PromiseView, matching, open};
use ties::people::book::Book;
use ties::text::day::Day;

const VAULT: &str = "
=== people/ana.md
---
name: Ana Lima
aliases: [Aninhas]
---
## Log
- 2026-11-18 call: the kiln
  - [ ] Send her the kiln article
- 2026-10-12 call: a job
  - [ ] Ask about the school
  - [x] Send the photos
  - [-] Lend her the tent
  - [ ] Bring the book 📅 2026-11-20
  - [ ] waiting: her photos of the tiles 📅 2026-11-21
- [ ] Sometime: the film
- [ ] Water the tree 🔁 every week 📅 2026-11-22
- [>] The slings ⏳ 2026-12-02
- [/] Bind the notebook 🛫 2026-11-08 📅 2026-11-10
=== people/bo.md
---
name: João
archived: true
---
- [ ] A promise to somebody who is put away 📅 2026-11-01
=== people/cy.md
---
name: Cy
died: 2026-01-01
---
- [ ] A promise to the dead 📅 2026-11-01
=== journal/2026-11-10.md
- [ ] Fix the sink 📅 2026-11-11
- [ ] Ask [[Ana Lima]] and [[João]] for stands
- [ ] Something for [[João]] alone
=== inbox.md
- [ ] Return the drill to Tiago 📅 2026-11-19
- [ ] stamps
";

fn tell(book: &Book, view: &PromiseView) -> String {
    let promise = view.of.promise();
    let people = view.of.people.iter().map(|id| book.contact(*id).name.as_str());
    let people = people.collect::<Vec<_>>().join(", ");
    let day = |day: Option<Day>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    format!("{}: {} (due {}, shows {})", people, promise.text, day(promise.due), day(view.shows))
}

fn check(on: &str, expected: &Expect) {
    let book = book(VAULT);
    let open = open(&book, Day::parse(on).unwrap());
    let mut told = String::new();
    for (list, views) in [("mine", &open.mine), ("theirs", &open.theirs), ("later", &open.later)] {
        for view in views {
            let _ = writeln!(told, "{list}: {}", tell(&book, view));
        }
    }
    expected.assert_eq(&told);
}

#[test]
fn promises_show_from_their_day() {
    check(
        "2026-11-21",
        &expect![[r#"
        mine: Ana Lima: Bind the notebook (due 2026-11-10, shows 2026-11-10)
        mine: : Return the drill to Tiago (due 2026-11-19, shows 2026-11-19)
        mine: Ana Lima: Bring the book (due 2026-11-20, shows 2026-11-20)
        mine: Ana Lima: Ask about the school (due -, shows 2026-10-19)
        mine: Ana Lima, João: Ask [[Ana Lima]] and [[João]] for stands (due -, shows 2026-11-17)
        mine: : stamps (due -, shows -)
        mine: Ana Lima: Sometime: the film (due -, shows -)
        theirs: Ana Lima: her photos of the tiles (due 2026-11-21, shows 2026-11-21)
        later: Ana Lima: Water the tree (due 2026-11-22, shows 2026-11-22)
        later: Ana Lima: Send her the kiln article (due -, shows 2026-11-25)
        later: Ana Lima: The slings (due -, shows 2026-12-02)
    "#]],
    );
    check(
        "2026-12-02",
        &expect![[r#"
        mine: Ana Lima: Bind the notebook (due 2026-11-10, shows 2026-11-10)
        mine: : Return the drill to Tiago (due 2026-11-19, shows 2026-11-19)
        mine: Ana Lima: Bring the book (due 2026-11-20, shows 2026-11-20)
        mine: Ana Lima: Water the tree (due 2026-11-22, shows 2026-11-22)
        mine: Ana Lima: Ask about the school (due -, shows 2026-10-19)
        mine: Ana Lima, João: Ask [[Ana Lima]] and [[João]] for stands (due -, shows 2026-11-17)
        mine: Ana Lima: Send her the kiln article (due -, shows 2026-11-25)
        mine: : stamps (due -, shows -)
        mine: Ana Lima: Sometime: the film (due -, shows -)
        mine: Ana Lima: The slings (due -, shows 2026-12-02)
        theirs: Ana Lima: her photos of the tiles (due 2026-11-21, shows 2026-11-21)
    "#]],
    );
}

fn check_matching(text: &str, expected: &Expect) {
    let book = book(VAULT);
    let told = matching(&book, text).iter().fold(String::new(), |mut told, view| {
        let _ = writeln!(
            told,
            "{}:{} {}",
            view.of.path,
            view.of.promise().line,
            view.of.promise().text
        );
        told
    });
    expected.assert_eq(&told);
}

#[test]
fn a_person_or_words_find_promises() {
    check_matching(
        "joao",
        &expect![[r#"
        people/bo.md:5 A promise to somebody who is put away
        journal/2026-11-10.md:2 Ask [[Ana Lima]] and [[João]] for stands
        journal/2026-11-10.md:3 Something for [[João]] alone
    "#]],
    );
    check_matching(
        "KILN art",
        &expect![[r#"
        people/ana.md:7 Send her the kiln article
    "#]],
    );
    check_matching(
        "lima film",
        &expect![[r#"
        people/ana.md:14 Sometime: the film
    "#]],
    );
    check_matching(
        "drill",
        &expect![[r#"
        inbox.md:1 Return the drill to Tiago
    "#]],
    );
    check_matching(
        "photos",
        &expect![[r#"
        people/ana.md:13 her photos of the tiles
    "#]],
    );
    check_matching("nothing like it", &expect![[""]]);
    check_matching("  ", &expect![[""]]);
    check_matching("—", &expect![[""]]);
}

fn check_loops(wanted: &Wanted, expected: &Expect) {
    let book = book(VAULT);
    let loops = open_loops(&book, Day::parse("2026-11-21").unwrap(), wanted);
    let mut told = String::new();
    for (list, views) in [("mine", &loops.mine), ("theirs", &loops.theirs)] {
        for view in views {
            let _ = writeln!(told, "{list}: {}", tell(&book, view));
        }
    }
    let _ = writeln!(told, "{} rest", loops.resting);
    expected.assert_eq(&told);
}

#[test]
fn open_loops_are_all_that_do_not_rest() {
    check_loops(
        &Wanted::default(),
        &expect![[r#"
        mine: Ana Lima: Bind the notebook (due 2026-11-10, shows 2026-11-10)
        mine: : Return the drill to Tiago (due 2026-11-19, shows 2026-11-19)
        mine: Ana Lima: Bring the book (due 2026-11-20, shows 2026-11-20)
        mine: Ana Lima: Water the tree (due 2026-11-22, shows 2026-11-22)
        mine: Ana Lima: Ask about the school (due -, shows 2026-10-19)
        mine: Ana Lima, João: Ask [[Ana Lima]] and [[João]] for stands (due -, shows 2026-11-17)
        mine: Ana Lima: Send her the kiln article (due -, shows 2026-11-25)
        mine: : stamps (due -, shows -)
        mine: Ana Lima: Sometime: the film (due -, shows -)
        theirs: Ana Lima: her photos of the tiles (due 2026-11-21, shows 2026-11-21)
        1 rest
    "#]],
    );
    check_loops(
        &Wanted { all: true, ..Wanted::default() },
        &expect![[r#"
        mine: João: A promise to somebody who is put away (due 2026-11-01, shows 2026-11-01)
        mine: Cy: A promise to the dead (due 2026-11-01, shows 2026-11-01)
        mine: Ana Lima: Bind the notebook (due 2026-11-10, shows 2026-11-10)
        mine: : Return the drill to Tiago (due 2026-11-19, shows 2026-11-19)
        mine: Ana Lima: Bring the book (due 2026-11-20, shows 2026-11-20)
        mine: Ana Lima: Water the tree (due 2026-11-22, shows 2026-11-22)
        mine: Ana Lima: Ask about the school (due -, shows 2026-10-19)
        mine: Ana Lima, João: Ask [[Ana Lima]] and [[João]] for stands (due -, shows 2026-11-17)
        mine: João: Something for [[João]] alone (due -, shows 2026-11-17)
        mine: Ana Lima: Send her the kiln article (due -, shows 2026-11-25)
        mine: : stamps (due -, shows -)
        mine: Ana Lima: Sometime: the film (due -, shows -)
        mine: Ana Lima: The slings (due -, shows 2026-12-02)
        theirs: Ana Lima: her photos of the tiles (due 2026-11-21, shows 2026-11-21)
        0 rest
    "#]],
    );
}

#[test]
fn open_loops_of_some_people_of_one_side_whose_day_has_come() {
    let joao = Some(book(VAULT).linked("João").into_iter().collect());
    check_loops(
        &Wanted { people: joao.clone(), ..Wanted::default() },
        &expect![[r#"
        mine: Ana Lima, João: Ask [[Ana Lima]] and [[João]] for stands (due -, shows 2026-11-17)
        0 rest
    "#]],
    );
    check_loops(
        &Wanted { people: joao, all: true, ..Wanted::default() },
        &expect![[r#"
        mine: João: A promise to somebody who is put away (due 2026-11-01, shows 2026-11-01)
        mine: Ana Lima, João: Ask [[Ana Lima]] and [[João]] for stands (due -, shows 2026-11-17)
        mine: João: Something for [[João]] alone (due -, shows 2026-11-17)
        0 rest
    "#]],
    );
    check_loops(
        &Wanted { due: true, ..Wanted::default() },
        &expect![[r#"
        mine: Ana Lima: Bind the notebook (due 2026-11-10, shows 2026-11-10)
        mine: : Return the drill to Tiago (due 2026-11-19, shows 2026-11-19)
        mine: Ana Lima: Bring the book (due 2026-11-20, shows 2026-11-20)
        theirs: Ana Lima: her photos of the tiles (due 2026-11-21, shows 2026-11-21)
        0 rest
    "#]],
    );
    check_loops(
        &Wanted { side: Some(Side::Theirs), ..Wanted::default() },
        &expect![[r#"
        theirs: Ana Lima: her photos of the tiles (due 2026-11-21, shows 2026-11-21)
        0 rest
    "#]],
    );
}
