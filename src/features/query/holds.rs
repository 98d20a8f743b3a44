//! Whether a query holds for a note, and how well: the reference that every faster way must agree with.
//!
//! Always true here: the answer does not depend on the order of the parts. The rank of a text is its tier, that of
//! "all" the sum, that of "any" the best, and facts do not count.

use crate::features::due::reason;
use crate::features::kinship::generic;
use crate::features::promises::{OpenPromises, PromiseView, open};
use crate::features::query::days::{Window, Yearly};
use crate::features::query::facts;
use crate::features::query::field::{QueryField, State};
use crate::features::query::meaning::{Fact, Meaning, Target, Test};
use crate::features::query::source::TextSource;
use crate::features::query::subject::{Subject, SubjectKind};
use crate::features::query::value::number;
use crate::features::standing::{AnchorSource, Situation, Standing, Stop};
use crate::people::book::ContactId;
use crate::people::cadence::Cadence;
use crate::text::day::Day;
use crate::text::fold::fold;
use crate::text::partial_date::{LooseDate, PartialDate};
use crate::text::term::{TextTerm, Tier};
use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

/// How well a note fits, 0 the best: the sum of the tiers of what was found.
pub type Rank = u32;

/// Everything that is needed to ask notes.
pub struct Asking<'a, 's> {
    situation: &'a Situation<'a>,
    source: &'s dyn TextSource,
    // Made when the first question about promises is asked.
    promises: OnceCell<Promises<'a>>,
}

type Promises<'a> = HashMap<ContactId, Vec<PromiseView<'a>>>;

impl<'a, 's> Asking<'a, 's> {
    /// Asks the notes of `situation`, whose text is in `source`.
    pub fn new(situation: &'a Situation<'a>, source: &'s dyn TextSource) -> Asking<'a, 's> {
        Asking { situation, source, promises: OnceCell::new() }
    }

    /// How well `meaning` holds for `subject`; `None` where it does not.
    pub fn rank(&self, meaning: &Meaning, subject: &Subject<'a>) -> Option<Rank> {
        let asked = Asked { asking: self, subject, standing: OnceCell::new() };
        asked.rank(meaning)
    }

    fn promises_of(&self, id: ContactId) -> &[PromiseView<'a>] {
        let promises = self.promises.get_or_init(|| {
            let OpenPromises { mine, theirs, later } =
                open(self.situation.book, self.situation.day);
            let mut by_person = Promises::new();
            for view in mine.into_iter().chain(theirs).chain(later) {
                for person in view.of.people {
                    by_person.entry(*person).or_default().push(view.clone());
                }
            }
            by_person
        });
        promises.get(&id).map_or(&[], Vec::as_slice)
    }
}

/// One note that is asked.
struct Asked<'a, 'b> {
    asking: &'b Asking<'a, 'b>,
    subject: &'b Subject<'a>,
    standing: OnceCell<Standing>,
}

impl<'a> Asked<'a, '_> {
    fn rank(&self, meaning: &Meaning) -> Option<Rank> {
        match meaning {
            Meaning::All(parts) => parts
                .iter()
                .try_fold(0, |sum: Rank, part| Some(sum.saturating_add(self.rank(part)?))),
            Meaning::Any(parts) => parts.iter().filter_map(|part| self.rank(part)).min(),
            Meaning::Text { term, holds } => self.text(term, *holds),
            Meaning::Fact { fact, holds } => (self.fact(fact)? == *holds).then_some(0),
        }
    }

    fn text(&self, term: &TextTerm, holds: bool) -> Option<Rank> {
        let tier = self.asking.source.tier(self.subject, term);
        if holds { tier.map(rank_of) } else { tier.is_none().then_some(0) }
    }

    /// Whether a fact holds; `None` where the note is of a kind that it is not about.
    fn fact(&self, fact: &Fact) -> Option<bool> {
        let mut holds = false;
        for test in &fact.tests {
            holds |= self.test(&fact.target, test)?;
        }
        Some(holds)
    }

    fn test(&self, target: &Target, test: &Test) -> Option<bool> {
        match target {
            Target::Field(QueryField::Is) => self.is(test),
            Target::Field(field) if is_of_every_note(*field) => {
                Some(self.words(&self.texts(*field), test))
            }
            Target::Field(QueryField::Date) => self.dated(test),
            Target::Field(QueryField::With) if self.subject.person().is_none() => self.with(test),
            Target::Field(field) => match (self.subject.kind, self.subject.person()) {
                (SubjectKind::Habit, _) if is_of_habits(*field) => {
                    Some(self.words(&self.texts(*field), test))
                }
                (_, Some(id)) => Some(self.of_person(id, *field, test)),
                _ => None,
            },
            Target::Tie(kind) => self.subject.person().map(|id| self.tied(id, Some(kind), test)),
            Target::Own(key) => {
                let contact = self.situation().book.contact(self.subject.person()?);
                Some(self.words(&facts::own(contact, key), test))
            }
        }
    }

    fn situation(&self) -> &'a Situation<'a> {
        self.asking.situation
    }

    fn texts(&self, field: QueryField) -> Vec<std::borrow::Cow<'a, str>> {
        facts::texts(self.situation().book, self.subject, field)
    }

    fn standing(&self, id: ContactId) -> &Standing {
        self.standing.get_or_init(|| self.situation().standing(id))
    }

    fn words(&self, values: &[impl AsRef<str>], test: &Test) -> bool {
        let mut values = values.iter().map(AsRef::as_ref);
        match test {
            Test::Any => values.next().is_some(),
            Test::Nothing => values.next().is_none(),
            Test::Words(terms) => values.any(|value| has_words(value, terms)),
            Test::Whole { text, start } => values.any(|value| is_whole(value, text, *start)),
            Test::Part(text) => values.any(|value| fold(value).contains(text)),
            Test::Digits(digits) => values.any(|value| has_digits(value, digits)),
            Test::Like(pattern) => values.any(|value| pattern.is_in(value)),
            Test::Compares { numbers, days } => values.any(|value| {
                let by_number = numbers.is_some_and(|(from, to)| {
                    number(value).is_some_and(|number| from.is_below(number) && to.is_above(number))
                });
                by_number
                    || days
                        .is_some_and(|window| date_of(value).is_some_and(|date| lies(date, window)))
            }),
            _ => false,
        }
    }

    fn is(&self, test: &Test) -> Option<bool> {
        let Test::State(state) = test else { return Some(false) };
        match state {
            State::Person => Some(self.subject.contact().is_some()),
            State::Journal => Some(matches!(self.subject.kind, SubjectKind::Journal)),
            State::Habit => Some(matches!(self.subject.kind, SubjectKind::Habit)),
            State::Note => Some(matches!(self.subject.kind, SubjectKind::Note)),
            State::Me => Some(matches!(self.subject.kind, SubjectKind::Me(_))),
            _ => self.subject.person().map(|id| self.is_so(id, *state)),
        }
    }

    fn is_so(&self, id: ContactId, state: State) -> bool {
        let book = self.situation().book;
        match state {
            State::Due => reason(self.situation(), self.standing(id)).is_some(),
            State::Quiet => {
                matches!(self.standing(id).stop, Some(Stop::QuietUntil(_) | Stop::TriedUntil(_)))
            }
            State::Paused => facts::flag(book, id, QueryField::Paused),
            State::Archived => facts::flag(book, id, QueryField::Archived),
            State::Dead => facts::death(book, id).is_some(),
            State::New => self.is_new(id),
            State::Private => facts::is_private(book, id),
            _ => false,
        }
    }

    fn is_new(&self, id: ContactId) -> bool {
        let book = self.situation().book;
        let first = facts::first_entry(book, id).or_else(|| facts::created(book, id));
        let age = first.map(|first| first.days_until(self.situation().day));
        age.is_some_and(|days| (0..=NEW_DAYS).contains(&days))
    }

    fn dated(&self, test: &Test) -> Option<bool> {
        match self.subject.kind {
            SubjectKind::Journal => {
                let journal = self.subject.journal(self.situation().book);
                Some(on_day(journal.map(|journal| journal.day), test))
            }
            // A key `date` in the note of a person is the owner's own.
            SubjectKind::Person(id) => {
                let contact = self.situation().book.contact(id);
                let dates = facts::own(contact, QueryField::Date.word());
                Some(on_date(dates.first().and_then(|date| date_of(date)), !dates.is_empty(), test))
            }
            _ => None,
        }
    }

    /// Of a journal note whom it tells of; of a habit its partners.
    fn with(&self, test: &Test) -> Option<bool> {
        if !matches!(self.subject.kind, SubjectKind::Journal | SubjectKind::Habit) {
            return None;
        }
        let book = self.situation().book;
        let anybody = |_| true;
        Some(match test {
            Test::Any => facts::is_with(book, self.subject, &anybody),
            Test::Nothing => !facts::is_with(book, self.subject, &anybody),
            Test::People { named, .. } => {
                facts::is_with(book, self.subject, &|id| named.contains(&id))
            }
            _ => false,
        })
    }

    fn of_person(&self, id: ContactId, field: QueryField, test: &Test) -> bool {
        let book = self.situation().book;
        match field {
            QueryField::Status => match test {
                Test::Status(wanted) => facts::status(book, id) == *wanted,
                test => matches!(test, Test::Any),
            },
            QueryField::Circle => {
                self.words(&facts::circle(book, id).into_iter().collect::<Vec<_>>(), test)
            }
            QueryField::Cadence => self.cadence(id, test),
            QueryField::Last => on_day(self.last(id), test),
            QueryField::Created => on_day(facts::created(book, id), test),
            QueryField::FollowUp => on_day(facts::follow_up(book, id), test),
            QueryField::QuietUntil => on_day(facts::quiet_until(book, id), test),
            QueryField::Due => on_day(self.standing(id).due.map(|due| due.day), test),
            QueryField::Died => {
                let death = facts::death(book, id);
                on_date(death.flatten(), death.is_some(), test)
            }
            QueryField::Birthday | QueryField::Anniversary => self.yearly(id, field, test),
            QueryField::Paused | QueryField::Remember | QueryField::Archived => {
                flag(facts::flag(book, id, field), test)
            }
            QueryField::With => self.companion(id, test),
            QueryField::Near | QueryField::Relations => self.tied(id, None, test),
            QueryField::Kind => self.kind(id, test),
            QueryField::Said => self.said(id, test),
            QueryField::Promise => self.promise(id, test),
            QueryField::Has => self.owes(id, test),
            QueryField::Event => self.event(id, test),
            _ => self.words(&self.texts(field), test),
        }
    }

    fn cadence(&self, id: ContactId, test: &Test) -> bool {
        let cadence = self.standing(id).cadence.map(|(cadence, _)| cadence);
        match test {
            Test::Any => cadence.is_some(),
            Test::Nothing => cadence.is_none(),
            Test::Cadence(wanted) => cadence == Some(*wanted),
            Test::CadenceDays(from, to) => cadence
                .and_then(Cadence::typical_days)
                .is_some_and(|days| from.is_below(days) && to.is_above(days)),
            _ => false,
        }
    }

    /// The newest contact: what the log and the journal show, or what the note claims where that is newer.
    fn last(&self, id: ContactId) -> Option<Day> {
        let anchor = self.standing(id).anchor;
        anchor.filter(|anchor| anchor.source != AnchorSource::Created).map(|anchor| anchor.day)
    }

    fn yearly(&self, id: ContactId, field: QueryField, test: &Test) -> bool {
        let book = self.situation().book;
        let date = facts::yearly(book, id, field);
        let leap = self.situation().settings.leap_day_in_march;
        match test {
            Test::Any => date.is_some(),
            Test::Nothing => date.is_none(),
            Test::Yearly(Yearly::Began(window)) => date.is_some_and(|date| lies(date, *window)),
            Test::Yearly(Yearly::OfTheYear(from, to)) => {
                date.and_then(LooseDate::month_day).is_some_and(|day| is_between(day, *from, *to))
            }
            Test::Yearly(Yearly::ComingRound(from, to)) => {
                let day = date.and_then(|date| date.next_on_or_after(*from, leap));
                facts::comes_round(book, id) && day.is_some_and(|day| day <= *to)
            }
            _ => false,
        }
    }

    fn companion(&self, id: ContactId, test: &Test) -> bool {
        let situation = self.situation();
        let anybody = || {
            let companions =
                facts::companions(situation.book, &BTreeSet::from([id]), situation.day);
            companions.iter().any(|other| situation.book.me() != Some(*other))
        };
        match test {
            Test::Any => anybody(),
            Test::Nothing => !anybody(),
            Test::People { found, .. } => found.contains(&id),
            _ => false,
        }
    }

    /// Whether there is a tie, of a kind where one is given, to one of the people; for `near:` whether it leads here.
    fn tied(&self, id: ContactId, kind: Option<&str>, test: &Test) -> bool {
        let situation = self.situation();
        let is_kind = |told: &str| {
            kind.is_none_or(|kind| told == kind || generic(told, situation.vocabulary) == kind)
        };
        let mut ties = situation.book.ties(id).filter(|tie| is_kind(&tie.kind));
        match test {
            Test::Any => ties.next().is_some(),
            Test::Nothing => ties.next().is_none(),
            Test::People { found, steps: 1.., .. } => found.contains(&id),
            Test::People { named, .. } => ties.any(|tie| named.contains(&tie.other)),
            _ => false,
        }
    }

    fn kind(&self, id: ContactId, test: &Test) -> bool {
        let entries = facts::entries(self.situation().book, id, self.situation().day);
        let mut kinds = entries.filter_map(|entry| entry.kind.as_deref());
        match test {
            Test::Any => kinds.next().is_some(),
            Test::Nothing => kinds.next().is_none(),
            Test::Kind(wanted) => kinds.any(|kind| kind == wanted),
            Test::Like(pattern) => kinds.any(|kind| pattern.is_in(kind)),
            _ => false,
        }
    }

    fn said(&self, id: ContactId, test: &Test) -> bool {
        let situation = self.situation();
        let mut taken = facts::taken(situation.book, id, situation.day);
        match test {
            Test::Any => taken.next().is_some(),
            Test::Nothing => taken.next().is_none(),
            other => taken.any(|touch| {
                let text = || &situation.book.interaction(&touch).1.text;
                self.fits(other, &|window| window.holds(touch.day), &|test| {
                    self.words(&[text()], test)
                })
            }),
        }
    }

    fn promise(&self, id: ContactId, test: &Test) -> bool {
        let mut promises = self.asking.promises_of(id).iter();
        match test {
            Test::Any => promises.next().is_some(),
            Test::Nothing => promises.next().is_none(),
            other => promises.any(|view| {
                let day = |window: Window| facts::day_of(view).is_some_and(|day| window.holds(day));
                self.fits(other, &day, &|test| self.words(&[&view.of.promise().text], test))
            }),
        }
    }

    /// Whether one thing with a day and words is what `test` asks for.
    fn fits(
        &self,
        test: &Test,
        day: &dyn Fn(Window) -> bool,
        words: &dyn Fn(&Test) -> bool,
    ) -> bool {
        match test {
            Test::Any => true,
            Test::Within(window) => day(*window),
            // Days are at hand; words may have to be read.
            Test::Together(tests) => {
                let (days, others): (Vec<_>, Vec<_>) =
                    tests.iter().partition(|test| matches!(test, Test::Within(_)));
                days.into_iter().chain(others).all(|test| self.fits(test, day, words))
            }
            other => words(other),
        }
    }

    fn owes(&self, id: ContactId, test: &Test) -> bool {
        let Test::Owed { theirs } = test else { return false };
        self.asking.promises_of(id).iter().any(|view| view.of.brief.theirs == *theirs)
    }

    fn event(&self, id: ContactId, test: &Test) -> bool {
        let mut events = self.situation().book.contact(id).events.iter();
        match test {
            Test::Any => events.next().is_some(),
            Test::Nothing => events.next().is_none(),
            other => events.any(|event| {
                let words = |test: &Test| self.words(&[facts::event_text(event)], test);
                self.fits(other, &|window| lies(event.date, window), &words)
            }),
        }
    }
}

/// Who was met, or written down, so many days ago is new.
const NEW_DAYS: i64 = 28;

fn rank_of(tier: Tier) -> Rank {
    match tier {
        Tier::ExactName => 0,
        Tier::NamePrefix => 1,
        Tier::Misspelt => 2,
        Tier::Text => 3,
    }
}

/// Fields that notes of every kind have.
fn is_of_every_note(field: QueryField) -> bool {
    matches!(field, QueryField::Name | QueryField::Path)
}

fn is_of_habits(field: QueryField) -> bool {
    matches!(
        field,
        QueryField::After
            | QueryField::Recovery
            | QueryField::Schedule
            | QueryField::Grace
            | QueryField::DoneBy
            | QueryField::Report
    )
}

fn has_words(value: &str, terms: &[TextTerm]) -> bool {
    terms.iter().all(|term| term.tier(&[""; 0], value).is_some())
}

/// Whether `value` is `text`, or begins with it, or is a tag below it.
fn is_whole(value: &str, text: &str, start: bool) -> bool {
    let folded = fold(value);
    let rest = folded.strip_prefix(text);
    rest.is_some_and(|rest| start || rest.is_empty() || rest.starts_with('/'))
}

fn has_digits(value: &str, digits: &str) -> bool {
    value.chars().filter(char::is_ascii_digit).collect::<String>().contains(digits)
}

fn flag(value: bool, test: &Test) -> bool {
    match test {
        Test::Flag(wanted) => value == *wanted,
        Test::Any => value,
        Test::Nothing => !value,
        _ => false,
    }
}

fn on_day(day: Option<Day>, test: &Test) -> bool {
    let date = day.map(|day| LooseDate { date: PartialDate::Full(day), estimated: false });
    on_date(date, day.is_some(), test)
}

/// `is_there` for what is said without a date.
fn on_date(date: Option<LooseDate>, is_there: bool, test: &Test) -> bool {
    match test {
        Test::Any => is_there,
        Test::Nothing => !is_there,
        Test::Within(window) => date.is_some_and(|date| lies(date, *window)),
        _ => false,
    }
}

/// Whether all days that `date` can mean lie in `window`: what is not sure does not hold.
fn lies(date: LooseDate, window: Window) -> bool {
    match (date.earliest(), date.latest()) {
        (Some(first), Some(last)) => window.holds_all(first, last),
        _ => false,
    }
}

fn date_of(value: &str) -> Option<LooseDate> {
    LooseDate::parse(value).ok().map(|(date, _)| date)
}

/// Whether a yearly day lies between two others, across the turn of the year where the first is later.
fn is_between(day: (u32, u32), from: (u32, u32), to: (u32, u32)) -> bool {
    if from <= to { from <= day && day <= to } else { from <= day || day <= to }
}
