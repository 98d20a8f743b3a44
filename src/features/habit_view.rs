//! What is shown of a habit: how it stands, what became of its days, who is a partner in it.

use crate::features::habit_report::partners;
use crate::features::habit_ticks::{query, with_contact};
use crate::features::habits::{
    History, Standing, Today, history, notes, schedule_words, stacked, standing, streak_words,
};
use crate::features::standing::Situation;
use crate::note::link_write::without_links;
use crate::people::book::{Book, ContactId};
use crate::people::habit::{Grace, Habit, HabitEntry, Schedule};
use crate::text::day::Day;
use crate::text::diagnostic::{Code, Finding};
use crate::text::fold::fold;
use crate::text::phrase;
use crate::text::suggest::nearest;
use std::borrow::Cow;

/// A habit on a day.
#[derive(Debug, Clone)]
pub struct HabitView<'a> {
    /// The note.
    pub habit: &'a Habit,
    /// The same with the ticks that follow from contact.
    pub ticked: Cow<'a, Habit>,
    /// How it stands.
    pub standing: Standing,
    /// What became of its days.
    pub history: History,
    /// Its partners.
    pub partners: Vec<ContactId>,
    /// Why its `done_by` ticks nothing, where it cannot be understood.
    pub trouble: Option<String>,
    /// Why its `schedule` is taken for every day, where it cannot be read.
    pub schedule_trouble: Option<String>,
}

/// Which habit a text means.
#[derive(Debug, Clone, PartialEq)]
pub enum FoundHabit<'a> {
    /// One.
    One(&'a Habit),
    /// Several; the person must choose.
    Several(Vec<&'a Habit>),
    /// None; perhaps a name that is near.
    Nothing(Option<&'a str>),
}

/// The habits of `situation`, each right behind the one that it is stacked on.
pub fn views<'a>(situation: &Situation<'a>) -> Vec<HabitView<'a>> {
    let habits = situation.book.habits().collect::<Vec<_>>();
    stacked(&habits).into_iter().map(|habit| view(situation, habit)).collect()
}

/// `habit` on the day of `situation`.
pub fn view<'a>(situation: &Situation<'_>, habit: &'a Habit) -> HabitView<'a> {
    let ticked = with_contact(situation, habit);
    let trouble = habit.done_by.as_deref().and_then(|of| query(situation, of).err());
    HabitView {
        standing: standing(&ticked, situation.day, situation.settings),
        history: history(&ticked, situation.day, situation.settings),
        partners: partners(situation.book, habit),
        trouble: trouble.map(|trouble| trouble.message),
        schedule_trouble: schedule_trouble(situation.book, habit),
        ticked,
        habit,
    }
}

fn schedule_trouble(book: &Book, habit: &Habit) -> Option<String> {
    let number = book.paths().binary_search(&habit.path).ok()?;
    let unread = |finding: &&Finding| finding.code == Code::UnknownSchedule;
    let finding = book.note(number).findings.iter().find(unread)?;
    Some(format!("{}, so every day is taken", finding.message))
}

/// The habit that `text` means: by its whole name or its path, else by its file name or the starts of words of its
/// name. A file is often called otherwise than what it is about, so its name alone decides nothing.
pub fn find<'a>(book: &'a Book, text: &str) -> FoundHabit<'a> {
    let habits = book.habits().collect::<Vec<_>>();
    let text = text.trim();
    let wanted = fold(text.strip_suffix(".md").unwrap_or(text));
    let is_called = |habit: &&&Habit| {
        [habit.name.as_str(), &habit.identity].iter().any(|name| fold(name) == wanted)
    };
    let words = |text: &str| {
        let words = text.split(|letter: char| !letter.is_alphanumeric()).map(str::to_owned);
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>()
    };
    let typed = words(&wanted);
    let fits = |habit: &&&Habit| {
        let name = words(&fold(&habit.name));
        fold(habit.path.stem()) == wanted
            || !typed.is_empty()
                && typed.iter().all(|typed| name.iter().any(|word| word.starts_with(typed)))
    };
    let called = habits.iter().filter(is_called).copied().collect::<Vec<_>>();
    let found = match called.is_empty() {
        true => habits.iter().filter(fits).copied().collect(),
        false => called,
    };
    match found.as_slice() {
        [] if typed.is_empty() => FoundHabit::Nothing(None),
        [] => FoundHabit::Nothing(nearest(text, habits.iter().map(|habit| habit.name.as_str()))),
        [one] => FoundHabit::One(one),
        _ => FoundHabit::Several(found),
    }
}

impl HabitView<'_> {
    /// What today is to it: `open today`, `done today, by contact with Ana`, `not planned today`.
    pub fn today_words(&self, situation: &Situation<'_>) -> String {
        let day = situation.day;
        match self.standing.today {
            Today::Open => "open today".to_owned(),
            Today::Done => match self.by_contact(day) {
                Some(by) => format!("done today, by {by}"),
                None => "done today".to_owned(),
            },
            Today::Rests if self.habit.paused => "resting".to_owned(),
            Today::Rests if situation.settings.is_away(day) => "resting, you are away".to_owned(),
            Today::Rests if self.history.start > day => {
                format!("begins {}", phrase::on_day(self.history.start, day))
            }
            Today::Rests if self.habit.entries.iter().any(|entry| entry.day == day) => {
                "excused today".to_owned()
            }
            Today::Rests => match &self.habit.schedule {
                Schedule::TimesPerWeek(_) => "done for this week".to_owned(),
                Schedule::TimesPerMonth(_) => "done for this month".to_owned(),
                Schedule::Daily | Schedule::On(_) => "not planned today".to_owned(),
            },
        }
    }

    /// Whose contact ticked it on `day`, where nothing else did.
    pub fn by_contact(&self, day: Day) -> Option<&str> {
        let mut of_day = self.ticked.entries.iter().filter(|entry| entry.day == day);
        of_day.find(|entry| entry.line == 0).map(|entry| entry.text.as_str())
    }

    /// How it goes, in parts: the schedule, what is good of late, and the streak.
    pub fn words(&self) -> Vec<String> {
        let streak = streak_words(self.habit, self.standing.streak);
        let schedule = schedule_words(&self.habit.schedule);
        [Some(schedule), self.standing.recently.clone(), streak].into_iter().flatten().collect()
    }

    /// `Noa and Rui`; `None` without partners.
    pub fn partner_names(&self, book: &Book) -> Option<String> {
        let names = self.partners.iter().map(|id| book.brief(*id).name.as_str());
        let names = names.collect::<Vec<_>>();
        (!names.is_empty()).then(|| phrase::list(&names))
    }

    /// What the note says beside its schedule, as labels and values.
    pub fn facts(&self, book: &Book) -> Vec<(&'static str, String)> {
        let habit = self.habit;
        let partners = self.partner_names(book);
        let weekly = habit.report.as_deref().is_some_and(|report| fold(report) == "weekly");
        let partners = partners.map(|names| match weekly {
            true => format!("{names}, told of each week"),
            false => names,
        });
        let done_by = habit.done_by.as_ref().map(|query| match &self.trouble {
            Some(trouble) => format!("{query} (not understood: {trouble})"),
            None => query.clone(),
        });
        let grace = habit.grace.map(|grace: Grace| {
            let span = if grace.per_month { "month" } else { "week" };
            format!("{} a {span}", phrase::count(grace.count as usize, "miss", "misses"))
        });
        let facts = [
            ("After", habit.after.as_deref().map(without_links)),
            ("With", partners),
            ("Done by", done_by),
            ("Grace", grace),
            ("Hard day", habit.recovery.clone()),
        ];
        facts.into_iter().filter_map(|(label, value)| Some((label, value?))).collect()
    }

    /// The notes of progress, newest first; those that follow from contact among them.
    pub fn notes(&self) -> Vec<&HabitEntry> {
        notes(&self.ticked)
    }
}

#[cfg(test)]
mod tests {
    use crate::features::habit_view::{FoundHabit, find, views};
    use crate::features::sample::{book, day};
    use crate::features::settings::Settings;
    use crate::features::standing::Situation;
    use crate::people::vocabulary::Vocabulary;

    const NOTES: &[(&str, &str)] = &[
        ("habits/a-read.md", "---\nhabit: Réad a page\n---\n"),
        (
            "habits/b-read.md",
            "---\nhabit: Read the news\nschedule: mon\n---\n## Log\n- 2026-11-16\n",
        ),
        (
            "habits/walk.md",
            "---\nhabit: Walk 20 minutes\nschedule: 1 per week\n---\n## Log\n- 2026-11-20\n",
        ),
        ("habits/swim.md", "---\nhabit: Walk the dog\n---\n"),
        ("habits/walk the dog.md", "---\nhabit: Swim\n---\n"),
        ("habits/word.md", "---\nhabit: A word\ndone_by: contact\nwith: \"[[Ana]]\"\n---\n"),
        ("habits/x.md", "---\nhabit: X\ncreated: 2026-11-23\n---\n"),
        ("habits/y.md", "---\nhabit: Y\npaused: true\n---\n"),
        ("habits/z.md", "---\nhabit: Z\n---\n## Log\n- 2026-11-21 excused\n"),
        ("people/ana.md", "---\nname: Ana\n---\n## Log\n- 2026-11-21 call\n"),
    ];

    #[test]
    fn a_habit_is_found_by_its_name_its_file_or_the_starts_of_words() {
        let book = book(NOTES);
        let check = |text: &str, expected: &str| {
            let shown = match find(&book, text) {
                FoundHabit::One(habit) => habit.path.to_string(),
                FoundHabit::Several(habits) => format!("{} of them", habits.len()),
                FoundHabit::Nothing(near) => format!("none, near {near:?}"),
            };
            assert_eq!(shown, expected, "{text}");
        };
        check("walk 20 minutes", "habits/walk.md");
        check("WALK", "2 of them");
        // A file may be called like another habit; a whole name is what is shown everywhere.
        check("swim", "habits/walk the dog.md");
        check("walk the dog", "habits/swim.md");
        check("habits/swim", "habits/swim.md");
        check("habits/walk.md", "habits/walk.md");
        check("min 20", "habits/walk.md");
        check("read", "2 of them");
        check("read pa", "habits/a-read.md");
        check("walkk 20 minutes", "none, near Some(\"Walk 20 minutes\")");
        check("", "none, near None");
    }

    #[test]
    fn today_is_said_in_words() {
        let (book, settings, vocabulary) =
            (book(NOTES), Settings::default(), Vocabulary::default());
        let situation = Situation::new(&book, day("2026-11-21"), &settings, &vocabulary);
        let said = views(&situation)
            .iter()
            .map(|view| format!("{}: {}", view.habit.name, view.today_words(&situation)))
            .collect::<Vec<_>>();
        assert_eq!(
            said,
            [
                "Réad a page: open today",
                "Read the news: not planned today",
                "Walk the dog: open today",
                "Swim: open today",
                "Walk 20 minutes: done for this week",
                "A word: done today, by contact with Ana",
                "X: begins on Monday",
                "Y: resting",
                "Z: excused today",
            ]
        );
    }
}
