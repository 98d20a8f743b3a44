//! Habits that contact ticks: `done_by: contact circle:inner`.
//!
//! Always true here: nothing is written; a day on which somebody of the query was in touch is a tick of that day, with
//! the words by whom. A query that cannot be understood ticks nothing.

use crate::features::query::holds::Asking;
use crate::features::query::meaning::Query;
use crate::features::query::source::TextSource;
use crate::features::query::subject::{Subject, SubjectKind};
use crate::features::query::trouble::Trouble;
use crate::features::query::understand::understand;
use crate::features::standing::Situation;
use crate::note::document::Document;
use crate::note::path::NotePath;
use crate::people::book::{ContactId, Touch};
use crate::people::field::Field;
use crate::people::habit::{Habit, HabitEntry};
use crate::text::day::Day;
use crate::text::diagnostic::{Code, Finding};
use crate::text::phrase;
use crate::text::span::Span;
use crate::text::term::{TextTerm, Tier};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// `habit` with the ticks that follow from contact. Such a tick stands on no line of the note (its line is 0).
pub fn with_contact<'a>(situation: &Situation<'_>, habit: &'a Habit) -> Cow<'a, Habit> {
    let Some(done_by) = habit.done_by.as_deref() else { return Cow::Borrowed(habit) };
    let Ok(query) = query(situation, done_by) else { return Cow::Borrowed(habit) };
    let days = contact_days(situation, &query);
    let mut habit = habit.clone();
    let done = habit.entries.iter().filter(|entry| !entry.excused).map(|entry| entry.day);
    let done = done.collect::<BTreeSet<_>>();
    // A habit that says when it began was none before.
    let has_begun = |day: &Day| habit.created.is_none_or(|created| created <= *day);
    let days = days.into_iter().filter(|(day, _)| !done.contains(day) && has_begun(day));
    let days = days.collect::<Vec<_>>();
    habit.entries.extend(days.into_iter().map(|(day, people)| tick(situation, day, &people)));
    Cow::Owned(habit)
}

/// Whom `done_by` means; the word `contact` in front is understood.
pub fn query(situation: &Situation<'_>, done_by: &str) -> Result<Query, Trouble> {
    let text = done_by.trim();
    let people = text.strip_prefix("contact").map(|rest| rest.strip_prefix(':').unwrap_or(rest));
    let people = people.filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    understand(people.unwrap_or(text).trim(), situation, &situation.settings.views)
}

/// Where a `done_by` of the habits cannot be understood; `text` gives the text of a note, for the place in it.
pub fn findings(
    situation: &Situation<'_>,
    text: &dyn Fn(&NotePath) -> Option<String>,
) -> Vec<(NotePath, Finding)> {
    let finding = |habit: &Habit| {
        let done_by = habit.done_by.as_deref()?;
        let trouble = query(situation, done_by).err()?;
        let span = text(&habit.path).and_then(|text| place(&text, situation)).unwrap_or_default();
        let message = format!("`{done_by}` is not a query: {}", trouble.message);
        let help = trouble.hint.unwrap_or_else(|| "write `contact circle:inner`".to_owned());
        Some((habit.path.clone(), Finding::new(Code::BadDoneBy, span, message).help(help)))
    };
    situation.book.habits().filter_map(finding).collect()
}

/// Where the value of `done_by` stands.
fn place(text: &str, situation: &Situation<'_>) -> Option<Span> {
    let front_matter = Document::read(text).front_matter?;
    let is_done_by = |key: &str| situation.vocabulary.field(key) == Some(Field::DoneBy);
    front_matter.entries.iter().find(|entry| is_done_by(&entry.key)).map(|entry| entry.value.span)
}

/// The days of contact with those whom `query` finds, and with whom.
fn contact_days(situation: &Situation<'_>, query: &Query) -> BTreeMap<Day, Vec<ContactId>> {
    let book = situation.book;
    let names = Names(situation);
    let asking = Asking::new(situation, &names);
    let mut days: BTreeMap<Day, Vec<ContactId>> = BTreeMap::new();
    for (id, figures) in book.in_figures().filter(|(id, _)| book.me() != Some(*id)) {
        let note = book.note_of(id);
        let Some(path) = book.paths().get(note) else { continue };
        let subject = Subject { note, path, kind: SubjectKind::Person(id) };
        if !figures.is_present() || asking.rank(&query.meaning, &subject).is_none() {
            continue;
        }
        for touch in situation.past_touches(id).filter(Touch::counts) {
            let people = days.entry(touch.day).or_default();
            if people.last() != Some(&id) {
                people.push(id);
            }
        }
    }
    days
}

/// Words of such a query are looked for in names alone: the text of every note is not read for a habit.
struct Names<'a>(&'a Situation<'a>);

impl TextSource for Names<'_> {
    fn tier(&self, subject: &Subject<'_>, term: &TextTerm) -> Option<Tier> {
        term.tier(&subject.names(self.0.book), "")
    }
}

/// So many people are named in a tick.
const NAMED: usize = 2;

fn tick(situation: &Situation<'_>, day: Day, people: &[ContactId]) -> HabitEntry {
    let name = |id: &ContactId| situation.book.brief(*id).name.clone();
    let others = people.len().saturating_sub(NAMED);
    let others = (others > 0).then(|| phrase::count(others, "other", "others"));
    let names = people.iter().take(NAMED).map(name).chain(others).collect::<Vec<_>>();
    let text = format!("contact with {}", phrase::list(&names));
    HabitEntry { day, excused: false, text, line: 0, span: Span::at(0) }
}

#[cfg(test)]
mod tests {
    use crate::features::habit_ticks::with_contact;
    use crate::features::sample::{book, day};
    use crate::features::settings::Settings;
    use crate::features::standing::Situation;
    use crate::people::vocabulary::Vocabulary;

    fn check(habit: &str, expected: &[&str]) {
        let book = book(&[
            ("habits/word.md", habit),
            (
                "people/ana.md",
                "---\nname: Ana\ncircle: inner\n---\n## Log\n- 2026-11-20 call\n- 2026-11-18 note: tired\n- 2026-11-10 met [[Bo]]: tea\n- 2026-11-30 plan: tea\n",
            ),
            ("people/bo.md", "---\nname: Bo\ncircle: inner\n---\n## Log\n- 2026-11-20 message\n"),
            ("people/cy.md", "---\nname: Cy\ncircle: growth\n---\n## Log\n- 2026-11-19 call\n"),
            ("people/dee.md", "---\nname: Dee\ncircle: inner\n---\n## Log\n- 2026-11-20 call\n"),
            ("people/me.md", "---\nname: Me\ncircle: inner\n---\n## Log\n- 2026-11-17 call\n"),
        ]);
        let (settings, vocabulary) = (Settings::default(), Vocabulary::default());
        let situation = Situation::new(&book, day("2026-11-21"), &settings, &vocabulary);
        let habit = book.habits().next().unwrap();
        let habit = with_contact(&situation, habit);
        let ticks = habit.entries.iter();
        let ticks = ticks.map(|entry| format!("{} {}", entry.day, entry.text)).collect::<Vec<_>>();
        assert_eq!(ticks, expected);
    }

    #[test]
    fn contact_with_those_of_the_query_is_a_tick_of_its_day() {
        check(
            "---\ndone_by: contact circle:inner\n---\n",
            &[
                "2026-11-10 contact with Ana and Bo",
                "2026-11-20 contact with Ana, Bo and one other",
            ],
        );
        check("---\ndone_by: \"contact: circle:growth\"\n---\n", &["2026-11-19 contact with Cy"]);
        check("---\ndone_by: Cy\n---\n", &["2026-11-19 contact with Cy"]);
        check("---\ndone_by: Cy\ncreated: 2026-11-20\n---\n", &[]);
        check(
            "---\ndone_by: contact\n---\n## Log\n- 2026-11-19\n- 2026-11-20 excused\n",
            &[
                "2026-11-19 ",
                "2026-11-20 excused",
                "2026-11-10 contact with Ana and Bo",
                "2026-11-20 contact with Ana, Bo and one other",
            ],
        );
    }

    #[test]
    fn what_cannot_be_understood_ticks_nothing() {
        check("---\ndone_by: contact circel:inner\n---\n", &[]);
        check("---\nhabit: Walk\n---\n", &[]);
    }
}
