//! A new habit: a note from the owner's template, with what is known of it.
//!
//! Always true here: the file is new, no other habit has its name, and every value in it is one that can be read.

use crate::features::add::{file_stem, free_path, is_name};
use crate::features::habit_ticks::query;
use crate::features::standing::Situation;
use crate::features::templates::{filled, with_keys};
use crate::note::change::{Change, FileChange, KeyValue, Refusal, Wish};
use crate::note::link_write::link_to;
use crate::people::book::ContactId;
use crate::people::decode_habit::{is_grace, parse_schedule};
use crate::people::field::Field;
use crate::text::fold::fold;
use crate::text::typed::one_line;

/// What is known of a new habit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewHabit {
    /// What it is called; never empty in a habit that is made.
    pub name: String,
    /// When, as it is to be written: `weekdays`; the template's where it is not said.
    pub schedule: Option<String>,
    /// The routine or the habit that it is stacked on.
    pub after: Option<String>,
    /// The partners.
    pub with: Vec<ContactId>,
    /// The query whose contact ticks it.
    pub done_by: Option<String>,
    /// What is enough on a hard day.
    pub recovery: Option<String>,
    /// What is forgiven: `1 per week`.
    pub grace: Option<String>,
    /// Whether the partners are told of each week.
    pub weekly_report: bool,
}

/// Without a template of the vault: the keys that are known, and a heading for the log.
const TEMPLATE: &str = "---\nhabit:\nschedule: daily\n---\n\n## Log\n";

/// The text and the place of the note of a new habit. `template` is the text of the vault's own, where it has one.
pub fn new_habit(
    situation: &Situation<'_>,
    habit: &NewHabit,
    template: Option<&str>,
) -> Result<Change, Refusal> {
    let name = one_line(&habit.name);
    check(situation, habit, &name)?;
    let folder = &situation.vocabulary.folders.habits;
    let path = free_path(situation.book.paths().iter(), folder, &file_stem(&name, "habit"))
        .ok_or_else(|| {
            refusal(
                "the folder of habits in ties.toml is not one inside the vault",
                "mend `habits`",
            )
        })?;
    let template = template.filter(|text| !text.trim().is_empty()).unwrap_or(TEMPLATE);
    let wishes = wishes(situation, habit, &name);
    let mut text = with_keys("habit.md", &filled(template, &name, situation.day), &wishes)?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let file = FileChange::Create { path, text };
    Ok(Change { title: format!("add the habit {name}"), files: vec![file] })
}

fn check(situation: &Situation<'_>, habit: &NewHabit, name: &str) -> Result<(), Refusal> {
    if !is_name(name) {
        let hint = "say what it is: `ties habit add \"Walk 20 minutes\"`";
        return Err(refusal("a habit needs a name with a letter", hint));
    }
    let known = situation.book.habits().find(|known| fold(&known.name) == fold(name));
    if let Some(known) = known {
        let reason = format!("there is a habit {} already: {}", known.name, known.path);
        return Err(refusal(&reason, "give the new one another name"));
    }
    if let Some(schedule) = habit.schedule.as_deref().filter(|text| parse_schedule(text).is_none())
    {
        let hint = "write `daily`, `weekdays`, `mon wed fri`, `3 per week` or `monthly`";
        return Err(refusal(&format!("`{schedule}` is not a schedule"), hint));
    }
    if let Some(grace) = habit.grace.as_deref().filter(|text| !is_grace(text)) {
        let hint = "write `1 per week` or `2 per month`";
        return Err(refusal(&format!("`{grace}` is not a grace"), hint));
    }
    if let Some(done_by) = &habit.done_by
        && let Err(trouble) = query(situation, done_by)
    {
        let reason = format!("`{done_by}` is not a query: {}", trouble.message);
        let hint = trouble.hint.unwrap_or_else(|| "write `contact circle:inner`".to_owned());
        return Err(refusal(&reason, &hint));
    }
    if habit.weekly_report && habit.with.is_empty() {
        return Err(refusal("there is nobody to tell of the week", "name a partner: `--with WHO`"));
    }
    Ok(())
}

fn wishes(situation: &Situation<'_>, habit: &NewHabit, name: &str) -> Vec<Wish> {
    let set = |field, value| Wish::SetKey { keys: situation.vocabulary.spellings(field), value };
    let text = |field, text: &str| set(field, KeyValue::Text(one_line(text)));
    let link = |id: &ContactId| {
        let book = situation.book;
        let path = book.paths().get(book.note_of(*id));
        path.map(|path| link_to(path, &book.brief(*id).name))
    };
    let with = habit.with.iter().filter_map(link).collect::<Vec<_>>();
    let mut wishes = vec![text(Field::Habit, name)];
    wishes.extend(habit.schedule.as_deref().map(|schedule| text(Field::Schedule, schedule)));
    wishes.extend(habit.after.as_deref().map(|after| text(Field::After, after)));
    wishes.extend((!with.is_empty()).then(|| set(Field::With, KeyValue::List(with))));
    wishes.extend(habit.done_by.as_deref().map(|query| text(Field::DoneBy, query)));
    wishes.extend(habit.recovery.as_deref().map(|recovery| text(Field::Recovery, recovery)));
    wishes.extend(habit.grace.as_deref().map(|grace| text(Field::Grace, grace)));
    wishes.extend(habit.weekly_report.then(|| text(Field::Report, "weekly")));
    wishes
}

fn refusal(reason: &str, hint: &str) -> Refusal {
    Refusal { reason: reason.to_owned(), hint: Some(hint.to_owned()) }
}

#[cfg(test)]
mod tests {
    use crate::features::new_habit::{NewHabit, new_habit};
    use crate::features::sample::{book, day, refused, written};
    use crate::features::settings::Settings;
    use crate::features::standing::Situation;
    use crate::features::templates::TEMPLATES;
    use crate::people::book::Found;
    use crate::people::vocabulary::Vocabulary;
    use expect_test::{Expect, expect};

    const NOTES: &[(&str, &str)] = &[
        ("habits/Read.md", "---\nhabit: Réad\n---\n"),
        ("people/ana-lima.md", "---\nname: Ana Lima\n---\n"),
    ];

    fn check(habit: &NewHabit, with: &str, template: Option<&str>, expected: &Expect) {
        let (book, settings, vocabulary) =
            (book(NOTES), Settings::default(), Vocabulary::default());
        let situation = Situation::new(&book, day("2026-11-21"), &settings, &vocabulary);
        let with = match book.find(with) {
            Found::One(id) if !with.is_empty() => vec![id],
            _ => Vec::new(),
        };
        let habit = NewHabit { with, ..habit.clone() };
        let shown = match new_habit(&situation, &habit, template) {
            Ok(change) => format!("{}\n{}", change.title, written(NOTES, &change)),
            Err(refusal) => refused(&refusal),
        };
        expected.assert_eq(&shown);
    }

    fn named(name: &str) -> NewHabit {
        NewHabit { name: name.to_owned(), ..NewHabit::default() }
    }

    #[test]
    fn a_name_is_enough() {
        check(
            &named("Walk: \"20\" minutes"),
            "",
            None,
            &expect![[r#"
            add the habit Walk: "20" minutes
            === habits/walk-20-minutes.md
            ---
            habit: "Walk: \"20\" minutes"
            schedule: daily
            ---

            ## Log
        "#]],
        );
    }

    #[test]
    fn what_is_known_goes_into_the_template_of_the_vault() {
        let full = NewHabit {
            schedule: Some("mon wed fri".to_owned()),
            after: Some("lunch".to_owned()),
            done_by: Some("contact circle:inner".to_owned()),
            recovery: Some("Five minutes is enough".to_owned()),
            grace: Some("1 per week".to_owned()),
            weekly_report: true,
            ..named("Walk 20 minutes")
        };
        let template =
            TEMPLATES.iter().find(|(name, _)| *name == "habit.md").map(|(_, text)| *text);
        check(
            &full,
            "ana",
            template,
            &expect![[r#"
            add the habit Walk 20 minutes
            === habits/walk-20-minutes.md
            ---
            habit: "Walk 20 minutes"
            schedule: mon wed fri
            after: lunch
            recovery: Five minutes is enough
            with: ["[[people/ana-lima|Ana Lima]]"]
            done_by: contact circle:inner
            grace: 1 per week
            report: weekly
            ---

            ## Log
        "#]],
        );
    }

    #[test]
    fn that_nothing_is_forgiven_may_be_said() {
        check(
            &NewHabit { grace: Some("None".to_owned()), ..named("Walk") },
            "",
            None,
            &expect![[r#"
                add the habit Walk
                === habits/walk.md
                ---
                habit: Walk
                schedule: daily
                grace: None
                ---

                ## Log
            "#]],
        );
    }

    #[test]
    fn what_cannot_be_read_is_not_written() {
        let check = |habit: NewHabit, expected: Expect| check(&habit, "", None, &expected);
        let some = |text: &str| Some(text.to_owned());
        check(
            named("…"),
            expect![[r#"
            refused: a habit needs a name with a letter (say what it is: `ties habit add "Walk 20 minutes"`)
        "#]],
        );
        check(
            named("READ"),
            expect![[r#"
            refused: there is a habit Réad already: habits/Read.md (give the new one another name)
        "#]],
        );
        check(
            NewHabit { schedule: some("often"), ..named("Walk") },
            expect![[r#"
            refused: `often` is not a schedule (write `daily`, `weekdays`, `mon wed fri`, `3 per week` or `monthly`)
        "#]],
        );
        check(
            NewHabit { grace: some("much"), ..named("Walk") },
            expect![[r#"
            refused: `much` is not a grace (write `1 per week` or `2 per month`)
        "#]],
        );
        check(
            NewHabit { done_by: some("contact circel:inner"), ..named("Walk") },
            expect![[r#"
                refused: `contact circel:inner` is not a query: there is no field `circel` (did you mean `circle:`? Or to look for text with a colon, put it in quotes)
            "#]],
        );
        check(
            NewHabit { weekly_report: true, ..named("Walk") },
            expect![[r#"
            refused: there is nobody to tell of the week (name a partner: `--with WHO`)
        "#]],
        );
    }
}
