//! The figures of a digest: what of one person is a day, a number or a yes, in as many bytes for everybody.
//!
//! Always true here: they follow from the digest and the path of its note alone. A pass over everyone for one day reads
//! them where they lie and unpacks the digests of those whom it stops at.

use crate::note::path::NotePath;
use crate::people::brief::Brief;
use crate::people::bytes::Bytes;
use crate::people::cadence::Cadence;
use crate::people::contact::Status;
use crate::people::packed::Packed;
use crate::text::day::Day;
use crate::text::fold::nfc;
use crate::text::partial_date::LooseDate;
use crate::text::period::{Period, Unit};
use serde::{Deserialize, Serialize};
use std::borrow::{Borrow, Cow};
use std::collections::HashMap;

/// One person in figures. Each means what the field of [`Brief`] with its name does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures([u32; COUNT]);

/// How many numbers they are.
const COUNT: usize = 17;

// The places of the numbers.
const MARKS: usize = 0;
// From 1; 0 where there is no circle.
const CIRCLE: usize = 1;
const CADENCE: usize = 2;
const CADENCE_END: usize = 3;
const CADENCE_LINE: usize = 4;
const LAST_CONTACT: usize = 5;
const CREATED: usize = 6;
const FOLLOW_UP: usize = 7;
const QUIET_UNTIL: usize = 8;
const BIRTHDAY: usize = 9;
const ANNIVERSARY: usize = 10;
const DEATH: usize = 11;
const OCCASION_LEAD: usize = 12;
const FIRST_ENTRY: usize = 13;
const FIRST_EVENT: usize = 14;
const LAST_EVENT: usize = 15;
const EVENT_WEEKS: usize = 16;

// The bits of the marks; the lowest two are the status.
const PAUSED: u32 = 1 << 2;
const DIED: u32 = 1 << 3;
const REMEMBER: u32 = 1 << 4;
const EVENTS: u32 = 1 << 5;
const GIFTS: u32 = 1 << 6;
const LOCATION: u32 = 1 << 7;
const PLAIN_PATH: u32 = 1 << 8;

#[expect(missing_docs, reason = "they are those of `Brief`, where they are explained")]
impl Figures {
    pub fn status(self) -> Status {
        match self.0[MARKS] & 3 {
            0 => Status::Active,
            1 => Status::Later,
            2 => Status::Reference,
            _ => Status::Archived,
        }
    }

    pub fn is_paused(self) -> bool {
        self.is(PAUSED)
    }

    pub fn has_died(self) -> bool {
        self.is(DIED)
    }

    pub fn is_remembered(self) -> bool {
        self.is(REMEMBER)
    }

    pub fn has_events(self) -> bool {
        self.is(EVENTS)
    }

    pub fn has_gifts(self) -> bool {
        self.is(GIFTS)
    }

    pub fn has_location(self) -> bool {
        self.is(LOCATION)
    }

    /// Whether the identity is the path without its ending as it is written.
    pub fn has_plain_path(self) -> bool {
        self.is(PLAIN_PATH)
    }

    /// Whether the person is alive and not put away.
    pub fn is_present(self) -> bool {
        !self.has_died() && self.status() != Status::Archived
    }

    pub fn has_circle(self) -> bool {
        self.0[CIRCLE] != 0
    }

    pub fn cadence(self) -> Option<Cadence> {
        cadence([self.0[CADENCE], self.0[CADENCE_END]])
    }

    pub fn cadence_line(self) -> u32 {
        self.0[CADENCE_LINE]
    }

    pub fn last_contact(self) -> Option<LooseDate> {
        LooseDate::from_stored(self.0[LAST_CONTACT])
    }

    pub fn created(self) -> Option<Day> {
        Day::from_stored(self.0[CREATED])
    }

    pub fn follow_up(self) -> Option<Day> {
        Day::from_stored(self.0[FOLLOW_UP])
    }

    pub fn quiet_until(self) -> Option<Day> {
        Day::from_stored(self.0[QUIET_UNTIL])
    }

    pub fn birthday(self) -> Option<LooseDate> {
        LooseDate::from_stored(self.0[BIRTHDAY])
    }

    pub fn anniversary(self) -> Option<LooseDate> {
        LooseDate::from_stored(self.0[ANNIVERSARY])
    }

    /// The day on which they died, where it is known.
    pub fn death(self) -> Option<LooseDate> {
        LooseDate::from_stored(self.0[DEATH])
    }

    pub fn occasion_lead(self) -> Option<Period> {
        period(self.0[OCCASION_LEAD])
    }

    pub fn first_entry(self) -> Option<Day> {
        Day::from_stored(self.0[FIRST_ENTRY])
    }

    /// Whether [`Brief::has_event_within`] may hold: some event is on one of these days or before, some on one of them
    /// or after, and some in a week that shares its mark with one of theirs.
    pub fn may_have_event_within(self, from: Day, to: Day) -> bool {
        let first = Day::from_stored(self.0[FIRST_EVENT]);
        let last = Day::from_stored(self.0[LAST_EVENT]);
        first.is_some_and(|first| first <= to)
            && last.is_some_and(|last| last >= from)
            && self.0[EVENT_WEEKS] & weeks(from, to) != 0
    }

    fn is(self, mark: u32) -> bool {
        self.0[MARKS] & mark != 0
    }

    fn of(brief: &Brief, circle: u32, has_plain_path: bool) -> Figures {
        let [cadence, cadence_end] = cadence_stored(brief.cadence);
        let mut numbers = [0; COUNT];
        numbers[MARKS] = marks(brief, has_plain_path);
        numbers[CIRCLE] = circle;
        numbers[CADENCE] = cadence;
        numbers[CADENCE_END] = cadence_end;
        numbers[CADENCE_LINE] = brief.cadence_line;
        numbers[LAST_CONTACT] = loose_stored(brief.last_contact);
        numbers[CREATED] = day_stored(brief.created);
        numbers[FOLLOW_UP] = day_stored(brief.follow_up);
        numbers[QUIET_UNTIL] = day_stored(brief.quiet_until);
        numbers[BIRTHDAY] = loose_stored(brief.birthday);
        numbers[ANNIVERSARY] = loose_stored(brief.anniversary);
        numbers[DEATH] = loose_stored(brief.died.and_then(|death| death.date));
        numbers[OCCASION_LEAD] = brief.occasion_lead.map_or(0, period_stored);
        numbers[FIRST_ENTRY] = day_stored(brief.first_entry);
        numbers[FIRST_EVENT] = day_stored(brief.event_days.iter().min().copied());
        let event_weeks = brief.event_days.iter().map(|day| weeks(*day, *day));
        numbers[EVENT_WEEKS] = event_weeks.fold(0, |all, week| all | week);
        numbers[LAST_EVENT] = day_stored(brief.event_days.iter().max().copied());
        Figures(numbers)
    }
}

/// The marks of the weeks of these days, both included: a bit for each, which it shares with every 32nd week.
fn weeks(from: Day, to: Day) -> u32 {
    let (first, last) = (from.stored() / 7, to.stored() / 7);
    match last.saturating_sub(first) {
        0..31 => (first..=last).fold(0, |marks, week| marks | 1 << (week % 32)),
        _ => u32::MAX,
    }
}

fn marks(brief: &Brief, has_plain_path: bool) -> u32 {
    let status = match brief.status {
        Status::Active => 0,
        Status::Later => 1,
        Status::Reference => 2,
        Status::Archived => 3,
    };
    let marks = [
        (brief.paused, PAUSED),
        (brief.died.is_some(), DIED),
        (brief.remember, REMEMBER),
        (brief.has_events, EVENTS),
        (brief.has_gifts, GIFTS),
        (!brief.location.is_empty(), LOCATION),
        (has_plain_path, PLAIN_PATH),
    ];
    marks.iter().filter(|(holds, _)| *holds).fold(status, |marks, (_, mark)| marks | mark)
}

fn day_stored(day: Option<Day>) -> u32 {
    day.map_or(0, Day::stored)
}

/// As a [`LooseDate`] is stored; 0 where there is none.
fn loose_stored(date: Option<LooseDate>) -> u32 {
    date.map_or(0, LooseDate::stored)
}

/// From the lowest bit: whether there is one, the unit, and how many.
fn period_stored(period: Period) -> u32 {
    let unit = match period.unit {
        Unit::Day => 0,
        Unit::Week => 1,
        Unit::Month => 2,
        Unit::Year => 3,
    };
    1 | unit << 1 | period.count << 3
}

fn period(stored: u32) -> Option<Period> {
    let unit = match stored >> 1 & 3 {
        0 => Unit::Day,
        1 => Unit::Week,
        2 => Unit::Month,
        _ => Unit::Year,
    };
    (stored & 1 != 0).then(|| Period::new(stored >> 3, unit))
}

/// A length of time, with its end where it is a window; what is no length of time is an even number.
fn cadence_stored(cadence: Option<Cadence>) -> [u32; 2] {
    match cadence {
        None => [0, 0],
        Some(Cadence::Every(period)) => [period_stored(period), 0],
        Some(Cadence::Window(low, high)) => [period_stored(low), period_stored(high)],
        Some(Cadence::Never) => [2, 0],
        Some(Cadence::Seasonal) => [4, 0],
        Some(Cadence::OnEvent) => [6, 0],
        Some(Cadence::Later) => [8, 0],
    }
}

fn cadence([low, high]: [u32; 2]) -> Option<Cadence> {
    match (period(low), low) {
        (Some(low), _) => {
            Some(period(high).map_or(Cadence::Every(low), |high| Cadence::Window(low, high)))
        }
        (None, 2) => Some(Cadence::Never),
        (None, 4) => Some(Cadence::Seasonal),
        (None, 6) => Some(Cadence::OnEvent),
        (None, 8) => Some(Cadence::Later),
        (None, _) => None,
    }
}

/// The figures of everyone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureRows {
    // Stored apart.
    #[serde(skip)]
    rows: Packed<COUNT>,
    // As the notes spell them, in the order in which they first come up.
    circles: Vec<String>,
}

impl FigureRows {
    /// The figures of people by their paths and digests.
    pub fn of<'a>(people: impl Iterator<Item = (&'a NotePath, impl Borrow<Brief>)>) -> FigureRows {
        let mut circles = Circles::default();
        let rows = people.map(|(path, brief)| {
            let has_plain_path = matches!(nfc(path.without_extension()), Cow::Borrowed(_));
            let brief = brief.borrow();
            Figures::of(brief, circles.number(brief), has_plain_path).0
        });
        FigureRows { rows: Packed::of(rows), circles: circles.names }
    }

    /// Of how many people.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Those of the person in this place; where there is nobody those of nobody.
    pub fn get(&self, place: usize) -> Figures {
        Figures(self.rows.get(place).unwrap_or_default())
    }

    /// Those of everyone.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Figures> + Clone {
        self.rows.all().map(Figures)
    }

    /// The circle that figures speak of, as the note spells it.
    pub fn circle(&self, figures: Figures) -> Option<&str> {
        let number = figures.0[CIRCLE].checked_sub(1)?;
        self.circles.get(number as usize).map(String::as_str)
    }

    /// Puts those of some people in their places, whose paths are what they were.
    pub fn replace<'a>(&mut self, changed: impl Iterator<Item = (usize, &'a Brief)>) {
        let mut circles = Circles::of(std::mem::take(&mut self.circles));
        for (place, brief) in changed {
            let has_plain_path = self.get(place).has_plain_path();
            let figures = Figures::of(brief, circles.number(brief), has_plain_path);
            self.rows.replace(place, figures.0);
        }
        self.circles = circles.names;
        self.number_circles();
    }

    /// Numbers the circles in the order in which they come up, so that what was changed bit by bit is as if it were
    /// made at once.
    fn number_circles(&mut self) {
        let mut numbers = vec![0; self.circles.len() + 1];
        let mut order = Vec::new();
        for circle in self.iter().map(|of| of.0[CIRCLE]).filter(|circle| *circle != 0) {
            if let Some(number) = numbers.get_mut(circle as usize).filter(|number| **number == 0) {
                order.extend(self.circles.get(circle as usize - 1).cloned());
                *number = u32::try_from(order.len()).unwrap_or(u32::MAX);
            }
        }
        if order == self.circles {
            return;
        }
        let numbered = self.iter().map(|Figures(mut numbers_of)| {
            let circle = &mut numbers_of[CIRCLE];
            *circle = numbers.get(*circle as usize).copied().unwrap_or(0);
            numbers_of
        });
        self.rows = Packed::of(numbered.collect::<Vec<_>>());
        self.circles = order;
    }

    /// Whether they can be read as they were stored.
    pub fn is_readable(&self) -> bool {
        self.rows.is_readable()
    }

    /// Whether they are here, or can be brought here now.
    pub fn fetch(&self) -> bool {
        self.rows.fetch()
    }

    /// The rows as bytes.
    pub fn bytes(&self) -> &[u8] {
        self.rows.bytes()
    }

    /// The same with these rows.
    pub fn with_bytes(self, bytes: impl Into<Bytes>) -> FigureRows {
        FigureRows { rows: Packed::from_bytes(bytes), ..self }
    }
}

/// Circles as they come up.
#[derive(Default)]
struct Circles {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Circles {
    fn of(names: Vec<String>) -> Circles {
        Circles { numbers: names.iter().cloned().zip(1..).collect(), names }
    }

    fn number(&mut self, brief: &Brief) -> u32 {
        let Some(name) = &brief.circle else { return 0 };
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        self.names.push(name.clone());
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.numbers.insert(name.clone(), number);
        number
    }
}

#[cfg(test)]
mod tests {
    use crate::note::path::NotePath;
    use crate::people::brief::Brief;
    use crate::people::cadence::Cadence;
    use crate::people::contact::{Contact, Death, Status};
    use crate::people::figures::FigureRows;
    use crate::text::day::Day;
    use crate::text::partial_date::{LooseDate, PartialDate};
    use crate::text::period::{Period, Unit};
    use proptest::option::of;
    use proptest::prelude::*;
    use proptest::sample::select;

    fn day() -> impl Strategy<Value = Day> {
        (-70_000i64..70_000).prop_map(|days| Day::new(2000, 1, 1).unwrap().plus_days(days))
    }

    fn date() -> impl Strategy<Value = LooseDate> {
        let date = prop_oneof![
            day().prop_map(PartialDate::Full),
            (-9_999i32..=9_999, 1u32..=12)
                .prop_map(|(year, month)| PartialDate::YearMonth(year, month)),
            (-9_999i32..=9_999).prop_map(PartialDate::Year),
            (1u32..=12, 1u32..=31).prop_map(|(month, day)| PartialDate::MonthDay(month, day)),
        ];
        (date, any::<bool>()).prop_map(|(date, estimated)| LooseDate { date, estimated })
    }

    fn period() -> impl Strategy<Value = Period> {
        let unit = select(&[Unit::Day, Unit::Week, Unit::Month, Unit::Year][..]);
        (0u32..=9_999, unit).prop_map(|(count, unit)| Period { count, unit })
    }

    fn cadence() -> impl Strategy<Value = Cadence> {
        let words = [Cadence::Never, Cadence::Seasonal, Cadence::OnEvent, Cadence::Later];
        prop_oneof![
            select(words.to_vec()),
            period().prop_map(Cadence::Every),
            (period(), period()).prop_map(|(low, high)| Cadence::Window(low, high)),
        ]
    }

    prop_compose! {
        fn brief()(
            (circle, cadence, cadence_line) in (of(select(&["", "inner", "growth"][..])), of(cadence()), any::<u32>()),
            status in select(&[Status::Active, Status::Later, Status::Reference, Status::Archived][..]),
            (last_contact, birthday, anniversary, died) in (of(date()), of(date()), of(date()), of(of(date()))),
            (created, follow_up, quiet_until, first_entry) in (of(day()), of(day()), of(day()), of(day())),
            (occasion_lead, event_days) in (of(period()), proptest::collection::vec(day(), 0..4)),
            (paused, remember, has_events, has_gifts, is_housed) in any::<(bool, bool, bool, bool, bool)>(),
        ) -> Brief {
            let path = NotePath::new("people/ana.md").unwrap();
            Brief {
                circle: circle.map(str::to_owned), cadence, cadence_line, status, last_contact, birthday, anniversary,
                died: died.map(|date| Death { date }), created, follow_up, quiet_until, first_entry, occasion_lead,
                event_days, paused, remember, has_events, has_gifts,
                location: is_housed.then(|| "Porto".to_owned()).into_iter().collect(),
                ..Brief::of(&Contact::named(path, "Ana".to_owned()))
            }
        }
    }

    fn paths() -> Vec<NotePath> {
        ["people/ana.md", "people/Joa\u{303}o.md", "people/محمد.md", "people/zoë.md"]
            .map(|path| NotePath::new(path).unwrap())
            .to_vec()
    }

    fn check(rows: &FigureRows, place: usize, brief: &Brief) {
        let figures = rows.get(place);
        assert_eq!(rows.circle(figures), brief.circle.as_deref());
        assert_eq!(figures.has_circle(), brief.circle.is_some());
        assert_eq!(figures.status(), brief.status);
        assert_eq!(figures.cadence(), brief.cadence);
        assert_eq!(figures.cadence_line(), brief.cadence_line);
        assert_eq!(figures.last_contact(), brief.last_contact);
        assert_eq!(figures.created(), brief.created);
        assert_eq!(figures.follow_up(), brief.follow_up);
        assert_eq!(figures.quiet_until(), brief.quiet_until);
        assert_eq!(figures.is_paused(), brief.paused);
        assert_eq!(figures.birthday(), brief.birthday);
        assert_eq!(figures.anniversary(), brief.anniversary);
        let death = figures.has_died().then(|| Death { date: figures.death() });
        assert_eq!(death, brief.died);
        assert_eq!(figures.is_remembered(), brief.remember);
        assert_eq!(figures.is_present(), brief.is_present());
        assert_eq!(figures.occasion_lead(), brief.occasion_lead);
        assert_eq!(figures.first_entry(), brief.first_entry);
        assert_eq!(figures.has_events(), brief.has_events);
        assert_eq!(figures.has_gifts(), brief.has_gifts);
        assert_eq!(figures.has_location(), !brief.location.is_empty());
        let path = &paths()[place];
        assert_eq!(figures.has_plain_path(), path.identity() == path.without_extension());
        for event in &brief.event_days {
            for (from, to) in [(-1, -1), (0, 0), (1, 1), (-1, 5), (-5, -1), (1, 400)] {
                let (from, to) = (brief.event_days[0].plus_days(from), event.plus_days(to));
                let has = brief.has_event_within(from, to);
                assert!(figures.may_have_event_within(from, to) || !has, "{from} {to}");
            }
        }
        if let Some((first, last)) =
            brief.event_days.iter().min().zip(brief.event_days.iter().max())
        {
            assert!(
                !figures.may_have_event_within(Day::first(), first.plus_days(-1))
                    || *first == Day::first()
            );
            assert!(!figures.may_have_event_within(last.plus_days(1), last.plus_days(9)));
        }
    }

    #[test]
    fn a_day_between_two_events_is_passed_by() {
        let day = |text| Day::parse(text).unwrap();
        let path = NotePath::new("people/ana.md").unwrap();
        let mut brief = Brief::of(&Contact::named(path.clone(), "Ana".to_owned()));
        brief.event_days = vec![day("2026-12-05"), day("2019-02-01")];
        let rows = FigureRows::of([(&path, &brief)].into_iter());
        let may = |from, to| rows.get(0).may_have_event_within(day(from), day(to));
        assert!(may("2026-12-01", "2026-12-31") && may("2019-02-01", "2019-02-01"));
        assert!(!may("2026-11-18", "2026-11-21") && !may("2026-12-14", "2026-12-31"));
        assert!(may("2020-01-01", "2020-12-31"), "nothing is known of so many weeks");
    }

    proptest! {
        #[test]
        fn figures_say_what_their_digest_says(
            first in proptest::collection::vec(brief(), 4),
            changes in proptest::collection::vec((0usize..4, brief()), 0..4),
        ) {
            let mut briefs = first;
            let made = |briefs: &[Brief]| FigureRows::of(paths().iter().zip(briefs));
            let mut rows = made(&briefs);
            for (place, brief) in changes {
                rows.replace([(place, &brief)].into_iter());
                briefs[place] = brief;
                let again = FigureRows { rows: Default::default(), ..rows.clone() };
                prop_assert_eq!(&again.with_bytes(rows.bytes().to_vec()), &made(&briefs));
            }
            briefs.iter().enumerate().for_each(|(place, brief)| check(&rows, place, brief));
            prop_assert_eq!(rows.len(), 4);
        }
    }
}
