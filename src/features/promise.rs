//! Making a promise: a task in the note of the person it is made to.

use crate::note::change::{Change, FileChange, Refusal, Wish};
use crate::note::task::{self, DateField, TaskDate, TaskText};
use crate::people::book::{Book, ContactId};
use crate::text::day::Day;
use crate::text::span::Span;
use crate::text::typed::one_line;

/// Headings under which a promise is written; where the note has none of them the first is made.
pub const HEADINGS: [&str; 3] = ["Promises", "Tasks", "To do"];

/// What making a promise comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Promised {
    /// Something is to be written.
    New(Change),
    /// The same promise is open already, on this line of the note.
    There {
        /// The line, from 1.
        line: u32,
    },
}

/// Promises `text` to `who`, to be kept by `due`: `- [ ] text 📅 2026-11-28`. Line ends in `text` become spaces. A due
/// date in `text` counts like `due`; a day before `today`, two different days, a date field that cannot be read and a
/// field that says that it is over (`✅`, `❌`) are refused.
pub fn promise(
    book: &Book,
    today: Day,
    who: ContactId,
    text: &str,
    due: Option<Day>,
) -> Result<Promised, Refusal> {
    let text = one_line(text);
    let read = task::read(&text, Span::new(0, text.len()));
    if read.text.is_empty() {
        return Err(refusal(
            "nothing is promised",
            "say what: `ties promise ana Send the article`",
        ));
    }
    check_fields(&text, &read)?;
    let by = due_day(&read, due)?;
    if by.is_some_and(|by| by < today) {
        return Err(refusal("the day lies in the past", "name today or a day to come"));
    }
    let contact = book.contact(who);
    let wanted = without_waiting(&read.text);
    let same = contact
        .promises
        .iter()
        .find(|there| there.status.is_open() && there.text == wanted && there.due == by);
    if let Some(there) = same {
        return Ok(Promised::There { line: there.line });
    }
    let in_text = read.date(DateField::Due).is_some();
    let field = by.filter(|_| !in_text).map_or_else(String::new, |by| format!(" 📅 {by}"));
    let wish = Wish::AppendItem {
        headings: Some(HEADINGS.map(str::to_owned).to_vec()),
        lines: vec![format!("[ ] {text}{field}")],
    };
    let file = FileChange::Edit { path: contact.path.clone(), wishes: vec![wish] };
    let title = format!("promise {}: {}", contact.name, read.text);
    Ok(Promised::New(Change { title, files: vec![file] }))
}

/// Whether a promise of these words is theirs to keep (`waiting: her photos`), and the day that the words give it.
pub fn said_of(text: &str) -> (bool, Option<Day>) {
    let read = task::read(text, Span::new(0, text.len()));
    let due = read.dates.iter().find(|date| date.field == DateField::Due);
    (without_waiting(&read.text) != read.text, due.map(|date| date.day))
}

/// Fields of a task that the text holds must say something that a new promise can say.
fn check_fields(text: &str, read: &TaskText) -> Result<(), Refusal> {
    if let Some(unread) = read.unreadable.first() {
        let written = unread.of(text).trim();
        let reason = format!("`{written}` is not a date that can be read at the end of a promise");
        return Err(refusal(&reason, "say the day with `--by`: `--by fri`, `--by 2026-12-05`"));
    }
    let over = |date: &&TaskDate| matches!(date.field, DateField::Done | DateField::Cancelled);
    match read.dates.iter().find(over) {
        Some(over) => {
            let reason = format!("`{}` says that it is over already", over.span.of(text).trim());
            Err(refusal(&reason, "leave it out; `ties done` ticks a promise that is kept"))
        }
        None => Ok(()),
    }
}

/// The day by which it is to be kept, of the text or of `due`.
fn due_day(read: &TaskText, due: Option<Day>) -> Result<Option<Day>, Refusal> {
    let in_text = read.dates.iter().filter(|date| date.field == DateField::Due);
    let mut days = in_text.map(|date| date.day).chain(due).collect::<Vec<_>>();
    days.dedup();
    match days.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        [one, other, ..] => {
            let reason = format!("it cannot be due on {one} and on {other}");
            Err(refusal(&reason, "keep one of the two days, in the text or after `--by`"))
        }
    }
}

/// What a promise says where it is theirs to keep (`waiting: her photos`).
fn without_waiting(text: &str) -> &str {
    match text.split_once(':') {
        Some((word, told)) if word.trim().eq_ignore_ascii_case("waiting") => told.trim(),
        _ => text,
    }
}

fn refusal(reason: &str, hint: &str) -> Refusal {
    Refusal { reason: reason.to_owned(), hint: Some(hint.to_owned()) }
}

#[cfg(test)]
mod tests {
    use crate::features::promise::{Promised, promise};
    use crate::features::sample::{book, day, refused, written};
    use crate::people::book::Found;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    const ANA: &str = "---\nname: Ana\n---\n\n## To do\n* [ ] Send the article 📅 2026-12-01\n* [x] Old thing\n\n## Log\n- 2026-10-12 call: x\n";

    fn check(text: &str, due: Option<&str>, expected: &Expect) {
        let notes = [("people/ana.md", ANA), ("people/bo.md", "# Bo\n")];
        let (who, text) = text.split_once(": ").unwrap();
        let book = book(&notes);
        let Found::One(who) = book.find(who) else { panic!("nobody") };
        let shown = match promise(&book, day("2026-11-21"), who, text, due.map(day)) {
            Ok(Promised::New(change)) => format!("{}\n{}", change.title, written(&notes, &change)),
            Ok(Promised::There { line }) => format!("there on line {line}\n"),
            Err(refusal) => refused(&refusal),
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn a_promise_is_a_task_below_those_that_are_there() {
        check(
            "ana: Lend her  the\nkiln book",
            Some("2026-11-28"),
            &expect![[r#"
            promise Ana: Lend her the kiln book
            === people/ana.md
            ---
            name: Ana
            ---

            ## To do
            * [ ] Send the article 📅 2026-12-01
            * [x] Old thing
            * [ ] Lend her the kiln book 📅 2026-11-28

            ## Log
            - 2026-10-12 call: x
        "#]],
        );
        check(
            "bo: waiting: his photos",
            None,
            &expect![[r#"
            promise Bo: waiting: his photos
            === people/bo.md
            # Bo

            ## Promises
            - [ ] waiting: his photos
        "#]],
        );
    }

    #[test]
    fn a_promise_is_made_once() {
        check(
            "ana: Send the article",
            Some("2026-12-01"),
            &expect![[r#"
            there on line 6
        "#]],
        );
        check(
            "ana: Old thing",
            None,
            &expect![[r#"
            promise Ana: Old thing
            === people/ana.md
            ---
            name: Ana
            ---

            ## To do
            * [ ] Send the article 📅 2026-12-01
            * [x] Old thing
            * [ ] Old thing

            ## Log
            - 2026-10-12 call: x
        "#]],
        );
    }

    #[test]
    fn an_odd_promise_is_refused_with_a_word() {
        check(
            "ana:  ",
            None,
            &expect![[r#"
            refused: nothing is promised (say what: `ties promise ana Send the article`)
        "#]],
        );
        check(
            "ana: x",
            Some("2026-11-20"),
            &expect![[r#"
            refused: the day lies in the past (name today or a day to come)
        "#]],
        );
    }

    #[test]
    fn a_day_in_the_text_counts_and_contradicts_nothing() {
        let due = Some("2026-12-02");
        check(
            "bo: x 📅 2026-12-02",
            due,
            &expect![[r#"
            promise Bo: x
            === people/bo.md
            # Bo

            ## Promises
            - [ ] x 📅 2026-12-02
        "#]],
        );
        check(
            "ana: Send the article 📅 2026-12-01",
            None,
            &expect![[r#"
            there on line 6
        "#]],
        );
        check(
            "ana: x 📅 2026-12-01",
            due,
            &expect![[r#"
            refused: it cannot be due on 2026-12-01 and on 2026-12-02 (keep one of the two days, in the text or after `--by`)
        "#]],
        );
        check(
            "ana: x [due:: 2026-12-01]",
            due,
            &expect![[r#"
            refused: it cannot be due on 2026-12-01 and on 2026-12-02 (keep one of the two days, in the text or after `--by`)
        "#]],
        );
        check(
            "ana: x 📅 2026-12-01 📅 2026-12-03",
            None,
            &expect![[r#"
            refused: it cannot be due on 2026-12-01 and on 2026-12-03 (keep one of the two days, in the text or after `--by`)
        "#]],
        );
        check(
            "ana: x 📅 2026-11-20",
            None,
            &expect![[r#"
            refused: the day lies in the past (name today or a day to come)
        "#]],
        );
        check(
            "ana: x 📅 2026-13-01",
            due,
            &expect![[r#"
            refused: `📅 2026-13-01` is not a date that can be read at the end of a promise (say the day with `--by`: `--by fri`, `--by 2026-12-05`)
        "#]],
        );
        check(
            "ana: x 📅 tomorrow",
            None,
            &expect![[r#"
            refused: `📅 tomorrow` is not a date that can be read at the end of a promise (say the day with `--by`: `--by fri`, `--by 2026-12-05`)
        "#]],
        );
        check(
            "ana: x 📅 2026-12-01 and y",
            None,
            &expect![[r#"
            refused: `📅 2026-12-01` is not a date that can be read at the end of a promise (say the day with `--by`: `--by fri`, `--by 2026-12-05`)
        "#]],
        );
        check(
            "ana: x ✅ 2026-11-20",
            None,
            &expect![[r#"
            refused: `✅ 2026-11-20` says that it is over already (leave it out; `ties done` ticks a promise that is kept)
        "#]],
        );
    }

    proptest! {
        #[test]
        fn whatever_is_promised_is_one_task_more(text in "([-#>*+=_`~|<\\[\\]x1. \t]{0,6}[a-z%:]{0,4}[\n\r\u{b}\u{7}]{0,2}){0,6}|\\PC{0,12}\n\\PC{0,12}") {
            let notes = [("people/ana.md", ANA)];
            let before = book(&notes);
            let Found::One(who) = before.find("ana") else { panic!() };
            let Ok(Promised::New(change)) = promise(&before, day("2026-11-21"), who, &text, None) else { return Ok(()) };
            let after = written(&notes, &change);
            let after = after.trim_start_matches("=== people/ana.md\n");
            if after.starts_with("refused") { prop_assert!(text.contains("%%") || text.contains("<!"), "{}", text); return Ok(()) }
            let after = book(&[("people/ana.md", after)]);
            let Found::One(new) = after.find("ana") else { panic!() };
            let (old, new) = (before.contact(who), after.contact(new));
            let texts = |contact: &crate::people::contact::Contact| contact.promises.iter().map(|one| one.text.clone()).collect::<Vec<_>>();
            prop_assert_eq!(texts(new).len(), 3, "{:?}", texts(new));
            prop_assert_eq!(&texts(new)[..2], &texts(old)[..]);
            prop_assert_eq!(new.log.len(), 1);
        }
    }
}
