//! What was understood of a query, in plain words: a line for each part, those of a group indented below it.

use crate::features::query::days::{Window, Yearly};
use crate::features::query::field::{QueryField, SORTS, SortBy, SortKey, State};
use crate::features::query::meaning::{Bound, Fact, Limit, Meaning, Query, Target, Test};
use crate::features::standing::Situation;
use crate::people::book::{Book, ContactId};
use crate::people::contact::Status;
use crate::text::day::Day;
use crate::text::term::TextTerm;
use std::collections::BTreeSet;

/// The lines that tell what `query` finds in `situation`.
pub fn explain(situation: &Situation<'_>, query: &Query) -> Vec<String> {
    let mut teller = Teller { situation, lines: Vec::new() };
    teller.tell(&query.meaning, 0);
    let order = match query.sort.as_slice() {
        [] => "sorted by how well they fit, people first, the newest contact first".to_owned(),
        keys => {
            format!("sorted by {}", keys.iter().map(sort_words).collect::<Vec<_>>().join(", then "))
        }
    };
    teller.lines.push(order);
    teller.lines.extend(query.limit.map(|limit| match limit {
        Limit::All => "all of them".to_owned(),
        Limit::First(count) => format!("the first {count} of them"),
    }));
    teller.lines
}

fn sort_words(key: &SortKey) -> String {
    let word = SORTS.iter().find(|(_, by)| *by == key.by).map_or("", |(word, _)| word);
    let way = match (key.by, key.reversed) {
        (SortBy::Name, false) => "from A to Z",
        (SortBy::Name, true) => "from Z to A",
        (SortBy::Circle, false) => "in the order of the settings",
        (SortBy::Relevance, false) => "the best first",
        (SortBy::Relevance, true) => "the best last",
        (SortBy::Circle, true) => "in the opposite order of the settings",
        (_, false) => "the earliest first",
        (_, true) => "the latest first",
    };
    format!("{word}, {way}")
}

struct Teller<'a> {
    situation: &'a Situation<'a>,
    lines: Vec<String>,
}

impl Teller<'_> {
    fn say(&mut self, depth: usize, words: &str) {
        self.lines.push(format!("{}{words}", "  ".repeat(depth)));
    }

    fn tell(&mut self, meaning: &Meaning, depth: usize) {
        match meaning {
            Meaning::All(parts) => match told(parts).as_slice() {
                [] => self.say(depth, "every note"),
                [one] => self.tell(one, depth),
                parts => self.tell_group("all of", parts, depth),
            },
            Meaning::Any(parts) => match parts.iter().collect::<Vec<_>>().as_slice() {
                [] => self.say(depth, "no note"),
                [one] => self.tell(one, depth),
                parts => self.tell_group("any of", parts, depth),
            },
            Meaning::Text { term, holds } => self.say(depth, &negated(text_words(term), *holds)),
            Meaning::Fact { fact, holds } => {
                let words = self.fact_words(fact);
                self.say(depth, &negated(words, *holds));
            }
        }
    }

    fn tell_group(&mut self, heading: &str, parts: &[&Meaning], depth: usize) {
        self.say(depth, heading);
        parts.iter().for_each(|part| self.tell(part, depth + 1));
    }

    fn fact_words(&self, fact: &Fact) -> String {
        let tests = fact.tests.iter().map(|test| self.test_words(&fact.target, test));
        tests.collect::<Vec<_>>().join(", or ")
    }

    fn test_words(&self, target: &Target, test: &Test) -> String {
        let name = match target {
            Target::Field(field) => field.word(),
            Target::Tie(kind) => kind,
            Target::Own(key) => key,
        };
        let today = self.situation.day;
        match test {
            Test::Any => format!("`{name}` is there"),
            Test::Nothing => format!("`{name}` is not there"),
            Test::Words(terms) => format!(
                "`{name}` has {}",
                terms.iter().map(term_words).collect::<Vec<_>>().join(" and ")
            ),
            Test::Whole { text, start: false } => format!("`{name}` is `{text}`"),
            Test::Whole { text, start: true } => format!("`{name}` begins with `{text}`"),
            Test::Part(text) => format!("`{name}` has `{text}` in it"),
            Test::Digits(digits) => format!("`{name}` has the digits {digits}"),
            Test::Like(pattern) => format!("`{name}` is like the pattern `{}`", pattern.written()),
            Test::Within(window) => format!("`{name}` is {}", window_words(*window)),
            Test::Together(tests) => {
                let tests = tests.iter().map(|test| self.test_words(target, test));
                format!("in one: {}", tests.collect::<Vec<_>>().join(" and "))
            }
            Test::Yearly(yearly) => format!("`{name}` {}", yearly_words(*yearly, today)),
            Test::Compares { numbers, days } => compares_words(name, *numbers, *days),
            Test::Status(status) => format!("`{name}` is {}", status_word(*status)),
            Test::Cadence(cadence) => format!("`{name}` is {cadence}"),
            Test::CadenceDays(from, to) => {
                format!("`{name}` is {}", bound_words(*from, *to, " days"))
            }
            Test::Kind(kind) => format!("there is a log entry of the kind `{kind}`"),
            Test::Flag(value) => format!("`{name}` is {value}"),
            Test::People { named, steps, .. } => self.people_words(target, name, named, *steps),
            Test::State(state) => state_words(*state),
            Test::Owed { theirs: false } => "there is an open promise of yours to them".to_owned(),
            Test::Owed { theirs: true } => {
                "there is something that you wait for from them".to_owned()
            }
        }
    }

    fn people_words(
        &self,
        target: &Target,
        name: &str,
        named: &BTreeSet<ContactId>,
        steps: u32,
    ) -> String {
        let names = names(self.situation.book, named);
        match target {
            Target::Field(QueryField::Near) => {
                let ties = if steps == 1 { "one tie".to_owned() } else { format!("{steps} ties") };
                format!("at most {ties} away from {names}")
            }
            Target::Field(QueryField::With) => format!("appears together with {names}"),
            Target::Field(_) => format!("has a tie to {names}"),
            _ => format!("`{name}` is {names}"),
        }
    }
}

/// The parts that say something: `sort:` and `limit:` are told at the end.
fn told(parts: &[Meaning]) -> Vec<&Meaning> {
    parts.iter().filter(|part| !matches!(part, Meaning::All(inner) if inner.is_empty())).collect()
}

fn negated(words: String, holds: bool) -> String {
    if holds { words } else { format!("not: {words}") }
}

fn text_words(term: &TextTerm) -> String {
    match term {
        TextTerm::Word(word) => {
            format!("the word `{word}`, in a name (also begun or misspelt) or in the text")
        }
        TextTerm::Phrase(parts) if parts.len() == 1 => {
            format!("exactly {}, in a name or in the text", term_words(term))
        }
        other => format!("{}, in a name or in the text", term_words(other)),
    }
}

fn term_words(term: &TextTerm) -> String {
    match term {
        TextTerm::Word(word) => format!("`{word}`"),
        TextTerm::Prefix(start) => format!("a word that begins with `{start}`"),
        TextTerm::Phrase(parts) => match parts.as_slice() {
            [one] => format!("`{one}`"),
            parts => format!("`{}` in a row", parts.join(" ")),
        },
    }
}

fn day_words(day: Day) -> String {
    format!("{} {} {}", day.day_of_month(), day.month_name(), day.year())
}

fn window_words(window: Window) -> String {
    match (window.from, window.to) {
        (Some(from), Some(to)) if from == to => format!("on {}", day_words(from)),
        (Some(from), Some(to)) => format!("from {} to {}", day_words(from), day_words(to)),
        (Some(from), None) => format!("on or after {}", day_words(from)),
        (None, Some(to)) => format!("on or before {}", day_words(to)),
        (None, None) => "on any day".to_owned(),
    }
}

fn yearly_words(yearly: Yearly, today: Day) -> String {
    match yearly {
        Yearly::ComingRound(from, to) if from == to && from == today => "is today".to_owned(),
        Yearly::ComingRound(from, to) if from == to => {
            format!("comes round on {}", day_words(from))
        }
        Yearly::ComingRound(from, to) => {
            format!("comes round from {} to {}", day_words(from), day_words(to))
        }
        Yearly::OfTheYear(from, to) if from == to => {
            format!("is on {} of any year", month_day(from))
        }
        Yearly::OfTheYear(from, to) => {
            format!("is from {} to {} of any year", month_day(from), month_day(to))
        }
        Yearly::Began(window) => format!("began {}", window_words(window)),
    }
}

fn month_day((month, day): (u32, u32)) -> String {
    // 2024 has a 29 February.
    let name = Day::new(2024, month, 1).map_or("", Day::month_name);
    format!("{day} {name}")
}

fn compares_words(name: &str, numbers: Option<(Bound, Bound)>, days: Option<Window>) -> String {
    let as_number = numbers.map(|(from, to)| format!("as a number {}", bound_words(from, to, "")));
    let as_date = days.map(|window| format!("as a date {}", window_words(window)));
    let ways = as_number.into_iter().chain(as_date).collect::<Vec<_>>();
    format!("`{name}` is {}", ways.join(" or "))
}

fn bound_words(from: Bound, to: Bound, unit: &str) -> String {
    let low = match from {
        Bound::Open => None,
        Bound::Including(number) => Some(format!("at least {}{unit}", rounded(number))),
        Bound::Excluding(number) => Some(format!("more than {}{unit}", rounded(number))),
    };
    let high = match to {
        Bound::Open => None,
        Bound::Including(number) => Some(format!("at most {}{unit}", rounded(number))),
        Bound::Excluding(number) => Some(format!("less than {}{unit}", rounded(number))),
    };
    low.into_iter().chain(high).collect::<Vec<_>>().join(" and ")
}

/// With one digit after the point, where there is any.
fn rounded(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

fn status_word(status: Status) -> &'static str {
    match status {
        Status::Active => "active",
        Status::Later => "later",
        Status::Reference => "reference",
        Status::Archived => "archived",
    }
}

fn state_words(state: State) -> String {
    let word = state.words().first().copied().unwrap_or_default();
    match state {
        State::Person | State::Journal | State::Habit | State::Note => format!("is a {word}"),
        State::Me => "is your own note".to_owned(),
        _ => format!("is {word}"),
    }
}

/// So many names are told.
const NAMES: usize = 5;

fn names(book: &Book, people: &BTreeSet<ContactId>) -> String {
    let mut names =
        people.iter().take(NAMES).map(|id| book.brief(*id).name.clone()).collect::<Vec<_>>();
    if people.len() > NAMES {
        names.push(format!("{} more", people.len() - NAMES));
    }
    names.join(" or ")
}
