//! What a change makes of the next steps that people have, in words.
//!
//! Always true here: a next step that is there and would not be there any more, or not on its day, is told.

use crate::note::change::{Change, FileChange, KeyValue, Wish};
use crate::people::book::{Book, ContactId};
use crate::people::field::Field;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::phrase;

/// A next step: what, and when.
type Step = (Option<String>, Option<Day>);

/// The next step with somebody as it is now: `Ask about the boat (Thu 17 Dec)`; `None` where there is none.
pub fn open_step(book: &Book, id: ContactId, today: Day) -> Option<String> {
    let contact = book.contact(id);
    in_words(contact.next.as_deref(), contact.follow_up, today)
}

/// A next step as it is told; `None` where it says nothing.
pub fn in_words(text: Option<&str>, day: Option<Day>, today: Day) -> Option<String> {
    match (text.filter(|text| !text.is_empty()), day) {
        (None, None) => None,
        (Some(text), None) => Some(text.to_owned()),
        (None, Some(day)) => Some(format!("on {}", phrase::short(day, today))),
        (Some(text), Some(day)) => Some(format!("{text} ({})", phrase::short(day, today))),
    }
}

/// What becomes of the next steps of everybody whose note `change` writes, a line each; nothing of those that stay.
pub fn told_steps(
    book: &Book,
    vocabulary: &Vocabulary,
    change: &Change,
    today: Day,
) -> Vec<String> {
    let mut told = Vec::new();
    let mut given = Vec::new();
    for file in &change.files {
        let FileChange::Edit { path, wishes } = file else { continue };
        let Some(id) = book.linked(path.without_extension()) else { continue };
        let contact = book.contact(id);
        let before = (contact.next.clone(), contact.follow_up);
        let after = wished(vocabulary, wishes, &before);
        if after.0.is_some() && after.0 != before.0 {
            given.push(contact.name.as_str());
        }
        if after != before {
            told.extend(became(&contact.name, &before, &after, today));
        }
    }
    if given.len() > 1 {
        told.insert(0, format!("The next step is for each of {}", phrase::list(&given)));
    }
    told
}

fn became(name: &str, before: &Step, after: &Step, today: Day) -> Option<String> {
    let old = in_words(before.0.as_deref(), before.1, today)?;
    Some(match after {
        (None, None) => format!("Settled for {name}: {old}"),
        (text, Some(day)) if *text == before.0 => {
            format!("Next for {name} moves to {}: {old}", phrase::short(*day, today))
        }
        _ => format!("In place of the next step with {name}: {old}"),
    })
}

/// The next step after these wishes.
fn wished(vocabulary: &Vocabulary, wishes: &[Wish], before: &Step) -> Step {
    let (next, follow_up) =
        (vocabulary.spellings(Field::Next), vocabulary.spellings(Field::FollowUp));
    let mut step = before.clone();
    for wish in wishes {
        match wish {
            Wish::SetKey { keys, value: KeyValue::Text(text) } if *keys == next => {
                step.0 = Some(text.clone());
            }
            Wish::SetKey { keys, value: KeyValue::Date(day) } if *keys == follow_up => {
                step.1 = Some(*day);
            }
            Wish::RemoveKey { keys } if *keys == next => step.0 = None,
            Wish::RemoveKey { keys } if *keys == follow_up => step.1 = None,
            _ => {}
        }
    }
    step
}

#[cfg(test)]
mod tests {
    use crate::features::log::{Entry, Logged, log};
    use crate::features::sample::{book, day, refused};
    use crate::features::steps::told_steps;
    use crate::people::book::Found;
    use crate::people::vocabulary::Vocabulary;
    use expect_test::{Expect, expect};

    const NOTES: &[(&str, &str)] = &[
        ("people/ana.md", "---\nname: Ana\nfollow_up: 2026-11-20\nnext: Ask how it is\n---\n"),
        ("people/bo.md", "---\nname: Bo\nfollow_up: 2026-12-17\nnext: The boat\n---\n"),
        ("people/cy.md", "---\nname: Cy\nfollow_up: 2026-12-17\n---\n"),
    ];

    /// A call with these people on Saturday, 21 November 2026.
    fn check(who: &[&str], next: Option<&str>, follow_up: Option<&str>, expected: &Expect) {
        let (book, vocabulary, today) = (book(NOTES), Vocabulary::default(), day("2026-11-21"));
        let who = who.iter().map(|name| match book.find(name) {
            Found::One(id) => id,
            other => panic!("{name}: {other:?}"),
        });
        let entry = Entry {
            day: today,
            kind: Some("call".to_owned()),
            text: String::new(),
            below: Vec::new(),
            next: next.map(str::to_owned),
            follow_up: follow_up.map(day),
        };
        let told = match log(&book, &vocabulary, today, &who.collect::<Vec<_>>(), &entry) {
            Ok(Logged::New { change, .. }) => {
                let told = told_steps(&book, &vocabulary, &change, today);
                told.into_iter().map(|line| line + "\n").collect()
            }
            Ok(Logged::There { .. }) => "there\n".to_owned(),
            Err(refusal) => refused(&refusal),
        };
        expected.assert_eq(&told);
    }

    #[test]
    fn a_step_that_is_there_does_not_go_unsaid() {
        check(
            &["ana", "bo", "cy"],
            None,
            None,
            &expect![[r#"
            Settled for Ana: Ask how it is (Fri 20 Nov)
        "#]],
        );
        check(
            &["ana", "bo", "cy"],
            Some("ring"),
            None,
            &expect![[r#"
            The next step is for each of Ana, Bo and Cy
            In place of the next step with Ana: Ask how it is (Fri 20 Nov)
            In place of the next step with Bo: The boat (Thu 17 Dec)
            In place of the next step with Cy: on Thu 17 Dec
        "#]],
        );
        check(
            &["bo"],
            Some("ring"),
            Some("2026-12-01"),
            &expect![[r#"
            In place of the next step with Bo: The boat (Thu 17 Dec)
        "#]],
        );
        check(
            &["bo"],
            None,
            Some("2026-12-01"),
            &expect![[r#"
            Next for Bo moves to Tue 1 Dec: The boat (Thu 17 Dec)
        "#]],
        );
        check(
            &["bo", "cy"],
            Some(""),
            None,
            &expect![[r#"
            Settled for Bo: The boat (Thu 17 Dec)
            Settled for Cy: on Thu 17 Dec
        "#]],
        );
    }
}
