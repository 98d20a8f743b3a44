//! Those close to somebody who died: a gentle line after a week, a month, and at the first anniversary.

use crate::features::kinship::{is_any, said};
use crate::features::standing::Situation;
use crate::people::book::ContactId;
use crate::text::day::Day;

/// Ties close enough that a death is felt, genderless.
pub const CLOSE: &[&str] =
    &["partner", "parent", "child", "sibling", "grandparent", "grandchild", "friend"];

/// Somebody who lost a person close to them not long ago.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mourning {
    /// Who mourns.
    pub who: ContactId,
    /// Who died.
    pub died: ContactId,
    /// What the one who died was to them: `father`.
    pub tie: Option<String>,
    /// How long ago.
    pub since: Since,
    /// The day from which it is worth a word.
    pub opened: Day,
}

/// How long ago somebody died.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Since {
    /// A week.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Since {
    /// As it is said: `a week`.
    pub fn words(self) -> &'static str {
        match self {
            Since::Week => "a week",
            Since::Month => "a month",
            Since::Year => "a year",
        }
    }

    fn after(self, death: Day) -> Day {
        match self {
            Since::Week => death.plus_days(7),
            Since::Month => death.plus_months(1),
            Since::Year => death.plus_months(12),
        }
    }

    /// How many days the line stays: an anniversary like every other, the others like a trigger.
    fn stays(self) -> i64 {
        match self {
            Since::Week | Since::Month => 13,
            Since::Year => 3,
        }
    }
}

/// Those who may want a word on the day of `situation`, in the order of the notes of those who died. Contact since the line opened
/// settles it; a date of death that is partial or estimated opens none; nor is the owner told to write to themselves.
/// None on days away: a line like this asks for a word, which an occasion does not.
pub fn mourning(situation: &Situation) -> Vec<Mourning> {
    if situation.settings.is_away(situation.day) {
        return Vec::new();
    }
    let (book, vocabulary) = (situation.book, situation.vocabulary);
    let mut lines = Vec::new();
    for (died, figures) in book.in_figures() {
        let death = figures.death().filter(|date| !date.estimated);
        let death =
            death.and_then(|date| date.earliest().filter(|day| date.latest() == Some(*day)));
        let Some((since, opened)) = death.and_then(|death| open_on(death, situation.day)) else {
            continue;
        };
        for tie in book.ties(died) {
            let line = Mourning {
                who: tie.other,
                died,
                tie: said(book, tie.other, died, vocabulary, situation.day),
                since,
                opened,
            };
            if is_close(situation, &line) && !is_settled(situation, &line) {
                lines.push(line);
            }
        }
    }
    lines.dedup();
    lines
}

fn open_on(death: Day, day: Day) -> Option<(Since, Day)> {
    [Since::Week, Since::Month, Since::Year].into_iter().find_map(|since| {
        let opened = since.after(death);
        (0..=since.stays()).contains(&opened.days_until(day)).then_some((since, opened))
    })
}

fn is_close(situation: &Situation, line: &Mourning) -> bool {
    let Situation { book, vocabulary, day, .. } = *situation;
    let mourner = book.brief(line.who);
    book.me() != Some(line.who)
        && mourner.is_present()
        && is_any(book, line.who, line.died, CLOSE, vocabulary, day)
}

fn is_settled(situation: &Situation, line: &Mourning) -> bool {
    situation.standing(line.who).contact_day().is_some_and(|contact| contact >= line.opened)
}

#[cfg(test)]
mod tests {
    use crate::features::mourning::mourning;
    use crate::features::sample::{book, day};
    use crate::features::settings::Settings;
    use crate::features::standing::Situation;
    use crate::people::vocabulary::Vocabulary;
    use crate::text::day_range::DayRange;

    fn check(log: &str, on: &str, expected: &str) {
        check_with(&Settings::default(), log, on, expected);
    }

    fn check_with(settings: &Settings, log: &str, on: &str, expected: &str) {
        let mae = format!("---\nname: Mãe\nfather: \"[[Avô]]\"\n---\n## Log\n{log}");
        let book = book(&[
            ("people/avo.md", "---\nname: Avô\ndied: 2026-02-11\nneighbour: \"[[Zé]]\"\n---\n"),
            ("people/mae.md", &mae),
            ("people/me.md", "---\nname: Inês\ngrandfather: \"[[Avô]]\"\n---\n"),
            ("people/ze.md", "---\nname: Zé\n---\n"),
        ]);
        let vocabulary = Vocabulary::default();
        let lines = mourning(&Situation::new(&book, day(on), settings, &vocabulary));
        let line = |line: &crate::features::mourning::Mourning| {
            let tie = line.tie.clone().unwrap_or_default();
            format!("{}: {tie}, {}", book.contact(line.who).name, line.since.words())
        };
        assert_eq!(lines.iter().map(line).collect::<Vec<_>>().join("; "), expected, "on {on}");
    }

    #[test]
    fn those_close_get_a_line_after_a_week_a_month_and_a_year() {
        check("", "2026-02-17", "");
        check("", "2026-02-18", "Mãe: father, a week");
        check("", "2026-03-03", "Mãe: father, a week");
        check("", "2026-03-04", "");
        check("", "2026-03-11", "Mãe: father, a month");
        check("", "2027-02-11", "Mãe: father, a year");
        check("", "2027-02-15", "");
        check("", "2028-02-11", "");
    }

    #[test]
    fn contact_since_the_line_opened_settles_it() {
        check("- 2026-02-12 visit: the funeral\n", "2026-02-18", "Mãe: father, a week");
        check("- 2026-02-18 call: quiet\n", "2026-02-19", "");
        check("- 2026-02-18 call: quiet\n", "2026-03-11", "Mãe: father, a month");
    }

    #[test]
    fn days_away_have_none() {
        let away = vec![DayRange::parse("2026-02-18..2026-02-19").unwrap()];
        let settings = Settings { away, ..Settings::default() };
        check_with(&settings, "", "2026-02-18", "");
        check_with(&settings, "", "2026-02-20", "Mãe: father, a week");
    }
}
