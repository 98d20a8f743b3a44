//! Triage: people of whom nothing was decided yet, what is known of each, and what a decision writes.
//!
//! Always true here: a decision is one key in the note of one person. Whoever was decided on elsewhere meanwhile is left
//! as they are.

use crate::features::agenda::wording::{entry, excerpt, plain};
use crate::features::standing::Situation;
use crate::features::undecided::is_undecided;
use crate::note::change::{Change, FileChange, KeyValue, Wish};
use crate::note::path::NotePath;
use crate::people::book::{Book, ContactId, Role, Touch};
use crate::people::brief::Brief;
use crate::people::contact::{Contact, Labelled, Status};
use crate::people::field::Field;
use crate::people::kind::Meaning;
use crate::people::vocabulary::Vocabulary;
use crate::text::diagnostic::Code;
use crate::text::fold::fold;
use crate::text::phrase;

/// What can be decided on somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// `circle: NAME`, as the settings spell it.
    Circle(String),
    /// `status: later`
    Later,
    /// `status: reference`
    Reference,
    /// `status: archived`
    Archive,
}

impl Choice {
    /// The word for it.
    pub fn word(&self) -> &str {
        match self {
            Choice::Circle(name) => name,
            Choice::Later => "later",
            Choice::Reference => "reference",
            Choice::Archive => "archive",
        }
    }

    /// The choice that `word` means, folded; `archived` is `archive`.
    pub fn of_word(word: &str, vocabulary: &Vocabulary) -> Option<Choice> {
        let folded = fold(word.trim());
        let word = if folded == "archived" { "archive" } else { folded.as_str() };
        choices(vocabulary).into_iter().find(|choice| fold(choice.word()) == word)
    }

    fn wish(&self, vocabulary: &Vocabulary) -> Wish {
        let (field, value) = match self {
            Choice::Circle(name) => (Field::Circle, name.as_str()),
            Choice::Later => (Field::Status, "later"),
            Choice::Reference => (Field::Status, "reference"),
            Choice::Archive => (Field::Status, "archived"),
        };
        let keys = vocabulary.spellings(field);
        Wish::SetKey { keys, value: KeyValue::Text(value.to_owned()) }
    }

    /// Whether the note of `brief` says it already.
    fn is_said_by(&self, brief: &Brief) -> bool {
        match self {
            Choice::Circle(name) => {
                brief.circle.as_ref() == Some(name) && brief.status == Status::Active
            }
            Choice::Later => brief.status == Status::Later,
            Choice::Reference => brief.status == Status::Reference,
            Choice::Archive => brief.status == Status::Archived,
        }
    }
}

/// Everything that can be decided: the circles of the settings, then the rest. A circle that is called like one of the
/// rest is that.
pub fn choices(vocabulary: &Vocabulary) -> Vec<Choice> {
    let rest = [Choice::Later, Choice::Reference, Choice::Archive];
    let is_rest = |name: &str| rest.iter().any(|choice| choice.word() == fold(name));
    let circles = vocabulary.circles.iter().filter(|circle| !is_rest(&circle.name));
    circles.map(|circle| Choice::Circle(circle.name.clone())).chain(rest.clone()).collect()
}

/// What helps to decide on somebody, in a line or two: the last entry, then groups and where they are from.
pub fn about(situation: &Situation, id: ContactId) -> Vec<String> {
    let contact = situation.book.contact(id);
    let from = background(contact);
    let odd = oddities(situation, id);
    let lines = [last_entry(situation, id, contact), from.join(" · "), odd];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

fn last_entry(situation: &Situation, id: ContactId, contact: &Contact) -> String {
    let happened = |touch: &Touch| touch.meaning != Meaning::Plan;
    let mut took_part =
        situation.past_touches(id).filter(|touch| happened(touch) && touch.role != Role::Mention);
    if let Some(touch) = took_part.next() {
        let (_, interaction) = situation.book.interaction(&touch);
        let told = entry(touch.day, interaction.kind.as_deref(), &interaction.text, situation.day);
        return format!("Last: {told}");
    }
    let mentioned = || situation.past_touches(id).find(happened);
    match (contact.last_contact, mentioned()) {
        (Some(date), _) => format!("Last: {}", phrase::loose(date, situation.day)),
        (None, Some(touch)) => {
            format!("Spoken of {}", phrase::on_day(touch.day, situation.day))
        }
        (None, None) => "No entry yet".to_owned(),
    }
}

/// Groups, work, place, how the two met; where none of them is known, whatever else is.
fn background(contact: &Contact) -> Vec<String> {
    let first = |values: &[Labelled]| values.first().map(|value| plain(&value.value));
    let groups = contact.groups.iter().map(|group| plain(group)).collect::<Vec<_>>().join(", ");
    let work = [first(&contact.title), first(&contact.organization)];
    let work = work.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let place = first(&contact.location);
    let met = contact.met.first().map(|met| format!("met {}", excerpt(met)));
    let known = [Some(groups), Some(work), place, met].into_iter().flatten();
    let known = known.filter(|text| !text.is_empty()).collect::<Vec<_>>();
    if !known.is_empty() {
        return known;
    }
    let purpose = contact.purpose.first().or(contact.interests.first());
    let purpose = purpose.map(|text| excerpt(text));
    let address = first(&contact.email).or_else(|| first(&contact.phone));
    purpose.or(address).into_iter().filter(|text| !text.is_empty()).collect()
}

/// A circle, rhythm or status that is written and could not be read: a decision takes the place of a circle or status.
fn oddities(situation: &Situation, id: ContactId) -> String {
    let note = situation.book.note(situation.book.note_of(id));
    let codes = [Code::UnknownCircle, Code::UnknownCadence, Code::UnknownStatus];
    let found = note.findings.iter().filter(|finding| codes.contains(&finding.code));
    found.map(|finding| plain(&finding.message)).collect::<Vec<_>>().join("; ")
}

/// What was decided on one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The note.
    pub path: NotePath,
    /// What.
    pub choice: Choice,
    /// The line of the checklist that says so, from 1.
    pub line: Option<usize>,
}

/// Somebody on whom something else was decided meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The line of the checklist, from 1.
    pub line: Option<usize>,
    /// Who, and what: `Ana Lima has the circle growth by now`.
    pub words: String,
}

/// What `decisions` come to: the change, `None` where the notes say all of it already, and who is left as they are.
pub fn decide(
    book: &Book,
    vocabulary: &Vocabulary,
    decisions: &[Decision],
) -> (Option<Change>, Vec<Left>) {
    let (mut files, mut left, mut names) = (Vec::new(), Vec::new(), Vec::new());
    for decision in decisions {
        let number = book.paths().binary_search(&decision.path).ok();
        let Some(id) = number.and_then(|number| book.contact_of(number)) else {
            let words = format!("{} is no person of this vault by now", decision.path);
            left.push(Left { line: decision.line, words });
            continue;
        };
        let brief = book.brief(id);
        if is_undecided(brief) {
            let wishes = vec![decision.choice.wish(vocabulary)];
            files.push(FileChange::Edit { path: decision.path.clone(), wishes });
            names.push(format!("{}: {}", brief.name, decision.choice.word()));
        } else if !decision.choice.is_said_by(brief) {
            left.push(Left { line: decision.line, words: by_now(brief) });
        }
    }
    let title = match names.as_slice() {
        [one] => format!("triage {one}"),
        all => format!("triage {} people", all.len()),
    };
    ((!files.is_empty()).then_some(Change { title, files }), left)
}

fn by_now(brief: &Brief) -> String {
    let what = match (brief.status, &brief.circle) {
        _ if brief.died.is_some() => "has died".to_owned(),
        (Status::Later, _) => "has `status: later` by now".to_owned(),
        (Status::Reference, _) => "has `status: reference` by now".to_owned(),
        (Status::Archived, _) => "is archived by now".to_owned(),
        (Status::Active, Some(circle)) => format!("has the circle `{circle}` by now"),
        (Status::Active, None) => "has a rhythm by now".to_owned(),
    };
    format!("{} {what}", brief.name)
}

#[cfg(test)]
mod tests {
    use crate::features::sample::{book, day, written};
    use crate::features::settings::Settings;
    use crate::features::standing::Situation;
    use crate::features::triage::{Choice, Decision, about, choices, decide};
    use crate::features::undecided::undecided;
    use crate::note::path::NotePath;
    use crate::people::vocabulary::{Vocabulary, Words};
    use expect_test::{Expect, expect};

    const VAULT: &[(&str, &str)] = &[
        ("people/ana.md", "---\nname: Ana\ncircle: inner\n---\n"),
        (
            "people/bo.md",
            "---\nname: Bo\ngroups: [work, choir]\norganization: Kiln & Co\ntitle: Potter\nlocation: Porto\n---\n\
             ## Log\n- 2026-10-12 call: the new kiln, [[Cy]] was there\n- 2026-11-30 plan: tea\n",
        ),
        ("people/cy.md", "---\nname: Cy\nemail: cy@example.org\n---\n"),
        ("people/di.md", "---\nname: Di\nlast_contact: ~2025-06\nmet: 2019, at a fair\n---\n"),
        ("people/ed.md", "---\nname: Ed\nstatus: later\n---\n"),
        ("people/flo.md", "---\nname: Flo\ncadence: never\n---\n"),
        ("people/gil.md", "---\nname: Gil\ndied: 2020\n---\n"),
        ("people/hal.md", "---\nname: Hal\ncircle: book club # on Tuesdays\n---\n"),
        ("people/me.md", "---\nname: Me\n---\n"),
    ];

    fn check(notes: &[(&str, &str)], expected: &Expect) {
        let (book, settings, vocabulary) =
            (book(notes), Settings::default(), Vocabulary::default());
        let situation = Situation::new(&book, day("2026-11-21"), &settings, &vocabulary);
        let mut shown = String::new();
        for id in undecided(&situation) {
            shown += &format!("{}\n", book.brief(id).name);
            about(&situation, id).iter().for_each(|line| shown += &format!("  {line}\n"));
        }
        expected.assert_eq(&shown);
    }

    fn check_decisions(notes: &[(&str, &str)], decisions: &[(&str, Choice)], expected: &Expect) {
        let (book, vocabulary) = (book(notes), Vocabulary::default());
        let decision = |(path, choice): &(&str, Choice)| Decision {
            path: NotePath::new(path).unwrap(),
            choice: choice.clone(),
            line: None,
        };
        let decisions = decisions.iter().map(decision).collect::<Vec<_>>();
        let (change, left) = decide(&book, &vocabulary, &decisions);
        let mut shown = change.map_or_else(String::new, |change| {
            format!("{}\n{}", change.title, written(notes, &change))
        });
        left.iter().for_each(|left| shown += &format!("left: {}\n", left.words));
        expected.assert_eq(&shown);
    }

    #[test]
    fn those_without_circle_and_rhythm_are_told_the_newest_contact_first() {
        check(
            VAULT,
            &expect![[r#"
                Bo
                  Last: 12 October, call: the new kiln, Cy was there
                  work, choir · Potter, Kiln & Co · Porto
                Di
                  Last: around June 2025
                  met 2019, at a fair
                Cy
                  Spoken of on 12 October
                  cy@example.org
                Hal
                  No entry yet
                  'book club' is not a circle
            "#]],
        );
    }

    #[test]
    fn the_circles_of_the_settings_can_be_chosen() {
        let words = choices(&Vocabulary::default());
        let words = words.iter().map(Choice::word).collect::<Vec<_>>().join(" ");
        assert_eq!(words, "inner growth mentor extended later reference archive");
        let mut own = Words::default();
        own.circles.truncate(1);
        own.circles[0].name = "Book Club".to_owned();
        let vocabulary = Vocabulary::new(own);
        let of = |word: &str| Choice::of_word(word, &vocabulary);
        assert_eq!(of(" book club "), Some(Choice::Circle("Book Club".to_owned())));
        assert_eq!(of("Archived"), Some(Choice::Archive));
        assert_eq!((of("inner"), of("")), (None, None));
    }

    #[test]
    fn a_decision_is_one_key() {
        check_decisions(
            VAULT,
            &[
                ("people/bo.md", Choice::Circle("growth".to_owned())),
                ("people/cy.md", Choice::Archive),
                ("people/hal.md", Choice::Circle("inner".to_owned())),
            ],
            &expect![[r#"
                triage 3 people
                === people/bo.md
                ---
                name: Bo
                groups: [work, choir]
                organization: Kiln & Co
                title: Potter
                location: Porto
                circle: growth
                ---
                ## Log
                - 2026-10-12 call: the new kiln, [[Cy]] was there
                - 2026-11-30 plan: tea
                === people/cy.md
                ---
                name: Cy
                email: cy@example.org
                status: archived
                ---
                === people/hal.md
                ---
                name: Hal
                circle: inner # on Tuesdays
                ---
            "#]],
        );
        check_decisions(
            VAULT,
            &[("people/di.md", Choice::Later)],
            &expect![[r#"
                triage Di: later
                === people/di.md
                ---
                name: Di
                last_contact: ~2025-06
                met: 2019, at a fair
                status: later
                ---
            "#]],
        );
    }

    #[test]
    fn who_was_decided_on_meanwhile_is_left() {
        check_decisions(
            VAULT,
            &[
                ("people/ana.md", Choice::Circle("inner".to_owned())),
                ("people/ana.md", Choice::Circle("growth".to_owned())),
                ("people/ed.md", Choice::Later),
                ("people/ed.md", Choice::Reference),
                ("people/flo.md", Choice::Reference),
                ("people/gil.md", Choice::Archive),
                ("people/nobody.md", Choice::Archive),
            ],
            &expect![[r#"
                left: Ana has the circle `inner` by now
                left: Ed has `status: later` by now
                left: Flo has a rhythm by now
                left: Gil has died
                left: people/nobody.md is no person of this vault by now
            "#]],
        );
    }
}
