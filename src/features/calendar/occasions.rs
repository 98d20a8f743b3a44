//! Birthdays, anniversaries and remembrance as items of the calendar.
//!
//! Always true here: which days are kept, and for whom, is what `features/occasions` says; a calendar rule gives the
//! same days for every year. What began counts from the year after, as it does there.

use crate::features::calendar::item::{Item, When, Yearly};
use crate::features::calendar::uid::Uids;
use crate::features::calendar::words::{Whose, occasion as words};
use crate::features::occasions::{Occasion, OccasionKind, ahead};
use crate::features::privacy::keeps;
use crate::features::standing::Situation;
use crate::people::book::ContactId;
use crate::people::brief::Brief;
use crate::people::field::Field;
use crate::text::day::Day;
use crate::text::partial_date::LooseDate;

/// The first year of a day of which nobody knows when it began, or which began earlier: older years are of no use on a
/// phone, and some programs cannot count them.
const FIRST_YEAR: i32 = 2000;

/// What is kept every year, in the order of days from 1 January, then of notes. `takes` says whose.
pub fn yearly(
    situation: &Situation,
    takes: &dyn Fn(ContactId) -> bool,
    uids: &mut Uids,
) -> Vec<Item> {
    // Seen from a year in which everything that notes tell of has begun, each is ahead once.
    let far = Day::last().plus_months(-24);
    let mut settings = situation.settings.clone();
    settings.agenda.ahead_days = 366;
    let far = Situation::new(situation.book, far, &settings, situation.vocabulary);
    let all = ahead(&far);
    all.iter().filter_map(|of| yearly_item(situation, of, takes, uids)).collect()
}

fn yearly_item(
    situation: &Situation,
    of: &Occasion,
    takes: &dyn Fn(ContactId) -> bool,
    uids: &mut Uids,
) -> Option<Item> {
    let (field, category) = match of.kind {
        OccasionKind::Birthday => (Field::Birthday, "Birthday"),
        OccasionKind::Anniversary => (Field::Anniversary, "Anniversary"),
        OccasionKind::RememberedBirth => (Field::Birthday, "Remembrance"),
        OccasionKind::RememberedDeath => (Field::Died, "Remembrance"),
        OccasionKind::Event { .. } => return None,
    };
    let people = [Some(of.who), of.with].into_iter().flatten().filter(|id| takes(*id));
    people.clone().next()?;
    let (whose, date) = told(situation, of, field)?;
    let march = situation.settings.leap_day_in_march;
    let year = date.year().map_or(FIRST_YEAR, |year| FIRST_YEAR.max(year + 1));
    let (summary, description) = words(&of.kind, whose, Some(date));
    Some(Item {
        uid: uids
            .take(&category.to_lowercase(), &[&situation.book.identity(of.who), of.kind.reason()]),
        summary,
        description,
        category,
        when: When::Day { day: date.in_year(year, march)?, again: Some(again(date, march)) },
        alarms: alarms(situation, of.who),
    })
}

fn again(date: LooseDate, leap_day_in_march: bool) -> Yearly {
    match date.month_day() {
        Some((2, 29)) if leap_day_in_march => Yearly::SixtiethDay,
        Some((2, 29)) => Yearly::LastOfFebruary,
        _ => Yearly::SameDay,
    }
}

/// Of whom an occasion may be told, and its date as their notes have it: the one with a year before others.
fn told<'a>(
    situation: &Situation<'a>,
    of: &Occasion,
    field: Field,
) -> Option<(Whose<'a>, LooseDate)> {
    let (book, vocabulary) = (situation.book, situation.vocabulary);
    let name = |id: ContactId| book.brief(id).name.as_str();
    let open = |id: ContactId| !keeps(book, id, field, vocabulary);
    let date = |id: ContactId| date_of(situation, of, book.brief(id)).filter(|_| open(id));
    let with_year = |one: Option<LooseDate>, other: Option<LooseDate>| {
        let dates = [one, other].into_iter().flatten();
        let known = dates.clone().find(|date| date.year().is_some() && !date.estimated);
        known.or_else(|| dates.clone().find(|date| date.year().is_some())).or(dates.clone().next())
    };
    match of.with {
        None => Some((Whose::One(name(of.who)), date(of.who)?)),
        Some(with) if book.me() == Some(with) => {
            let whose = Whose::WithOwner(name(of.who));
            open(of.who).then(|| with_year(date(of.who), date(with)))?.map(|date| (whose, date))
        }
        Some(with) => match (open(of.who), open(with)) {
            (true, true) => {
                let whose = Whose::Two(name(of.who), name(with));
                with_year(date(of.who), date(with)).map(|date| (whose, date))
            }
            (true, false) => Some((Whose::One(name(of.who)), date(of.who)?)),
            (false, true) => Some((Whose::One(name(with)), date(with)?)),
            (false, false) => None,
        },
    }
}

/// The date in a note that gives this occasion.
fn date_of(situation: &Situation, of: &Occasion, brief: &Brief) -> Option<LooseDate> {
    let date = match of.kind {
        OccasionKind::Birthday | OccasionKind::RememberedBirth => brief.birthday,
        OccasionKind::Anniversary => brief.anniversary,
        OccasionKind::RememberedDeath => brief.died.and_then(|death| death.date),
        OccasionKind::Event { .. } => None,
    };
    let march = situation.settings.leap_day_in_march;
    date.filter(|date| date.in_year(of.day.year(), march) == Some(of.day))
}

/// On the day, and as long before it as the person or their circle wants it to be known.
pub fn alarms(situation: &Situation, who: ContactId) -> Vec<i64> {
    let Some(minutes) = situation.settings.calendar.remind_at.map(i64::from) else {
        return Vec::new();
    };
    let (brief, vocabulary) = (situation.book.brief(who), situation.vocabulary);
    let open = |field: Field| !keeps(situation.book, who, field, vocabulary);
    let circle = brief.circle.as_deref().filter(|_| open(Field::Circle));
    let circle = circle.and_then(|name| vocabulary.circle(name));
    let own = brief.occasion_lead.filter(|_| open(Field::OccasionLead));
    let notice = own.or(circle.and_then(|circle| circle.occasion_lead));
    let days = notice.map_or(0, |period| period.days().round() as i64);
    let before = (days > 0).then(|| minutes - days * 1_440);
    before.into_iter().chain([minutes]).collect()
}
