//! Keeping a promise: finding the one that is meant, and ticking its task where it stands.

use crate::features::promises::matching;
use crate::note::change::{Change, FileChange, Refusal, Wish};
use crate::people::book::{Book, PromiseRef};
use crate::text::day::Day;
use crate::text::diagnostic::Code;

/// The open promises that `query` means: `people/ana-lima.md:14` the one on that line, else as [`matching`] finds
/// them, by people or by words.
pub fn meant<'a>(book: &'a Book, query: &str) -> Vec<PromiseRef<'a>> {
    let open = book.promises().filter(|found| found.brief.status.is_open());
    let there = open.filter(|found| place(found) == query.trim()).collect::<Vec<_>>();
    if there.is_empty() {
        matching(book, query).into_iter().map(|view| view.of).collect()
    } else {
        there
    }
}

/// Where a promise stands: `people/ana-lima.md:14`.
pub fn place(found: &PromiseRef<'_>) -> String {
    format!("{}:{}", found.path, found.brief.line)
}

/// Ticks the task of a promise on `today`. A recurring one is refused: only the program that repeats it knows what
/// comes next.
pub fn keep(found: &PromiseRef<'_>, today: Day) -> Result<Change, Refusal> {
    let promise = found.promise();
    if promise.recurring {
        return Err(recurring());
    }
    let wish = Wish::SetTask {
        line: promise.source_line.clone(),
        ordinal: promise.ordinal,
        status: 'x',
        field: promise.uses_task_fields.then(|| format!("✅ {today}")),
        without: None,
    };
    let file = FileChange::Edit { path: found.path.clone(), wishes: vec![wish] };
    Ok(Change { title: format!("keep a promise: {}", promise.text), files: vec![file] })
}

/// Why a promise that repeats is not ticked.
pub fn recurring() -> Refusal {
    let code = Code::RecurringTask.word();
    let reason = format!("{code}: it repeats (🔁), so a tick here would lose the next one");
    let hint = "tick it where it repeats, in Obsidian Tasks, or in your editor".to_owned();
    Refusal { reason, hint: Some(hint) }
}

#[cfg(test)]
mod tests {
    use crate::features::keep::{keep, meant, place};
    use crate::features::sample::{book, day, refused, written};
    use expect_test::{Expect, expect};
    use std::fmt::Write;

    const NOTES: &[(&str, &str)] = &[
        ("inbox.md", "- [ ] Ask [[Bo]] about the boat\n"),
        (
            "people/ana.md",
            "---\nname: Ana Lima\n---\n- [ ] Send the kiln article 📅 2026-10-20 ^k1\n- [ ] Lend the book\n- [x] Old\n",
        ),
        ("people/bo.md", "---\nname: Bo\n---\n1. [ ] Water the plants 🔁 every week\n"),
    ];

    /// The promises that are meant, and the notes after each is kept.
    fn check(query: &str, expected: &Expect) {
        let book = book(NOTES);
        let mut shown = String::new();
        for found in meant(&book, query) {
            let _ = writeln!(shown, "{}: {}", place(&found), found.promise().text);
            match keep(&found, day("2026-11-21")) {
                Ok(change) => {
                    let _ = writeln!(shown, "{}\n{}", change.title, written(NOTES, &change));
                }
                Err(refusal) => shown.push_str(&refused(&refusal)),
            }
        }
        expected.assert_eq(&shown);
    }

    #[test]
    fn a_promise_is_found_by_person_words_or_place_and_ticked_where_it_stands() {
        check(
            "ana kiln",
            &expect![[r#"
            people/ana.md:4: Send the kiln article
            keep a promise: Send the kiln article
            === people/ana.md
            ---
            name: Ana Lima
            ---
            - [x] Send the kiln article 📅 2026-10-20 ✅ 2026-11-21 ^k1
            - [ ] Lend the book
            - [x] Old

        "#]],
        );
        check(
            "boat",
            &expect![[r#"
            inbox.md:1: Ask [[Bo]] about the boat
            keep a promise: Ask [[Bo]] about the boat
            === inbox.md
            - [x] Ask [[Bo]] about the boat

        "#]],
        );
        check(
            "people/ana.md:5",
            &expect![[r#"
            people/ana.md:5: Lend the book
            keep a promise: Lend the book
            === people/ana.md
            ---
            name: Ana Lima
            ---
            - [ ] Send the kiln article 📅 2026-10-20 ^k1
            - [x] Lend the book ✅ 2026-11-21
            - [x] Old

        "#]],
        );
        check("old", &expect![""]);
    }

    #[test]
    fn a_promise_that_repeats_is_left_to_what_repeats_it() {
        check(
            "plants",
            &expect![[r#"
            people/bo.md:4: Water the plants
            refused: recurring-task: it repeats (🔁), so a tick here would lose the next one (tick it where it repeats, in Obsidian Tasks, or in your editor)
        "#]],
        );
    }
}
