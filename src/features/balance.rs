//! Where contact went in a span of days, beside where it was wanted: over circles, groups and people.
//!
//! Always true here: a person on a day counts once, however often the two were in touch on it; what lies after today
//! has not happened. Nobody is ranked: people stand in the order of their circles and notes, and how much is said in
//! bands, never in scores.

use crate::features::settings::Settings;
use crate::features::standing::{Situation, Standing};
use crate::people::book::{Book, ContactId, Touch};
use crate::people::brief::Brief;
use crate::people::promise::PromiseStatus;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::day_range::DayRange;
use crate::text::fold::fold;
use crate::text::partial_date::LooseDate;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How much contact there was beside how much was wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Some was wanted, and there was none.
    Quiet,
    /// Less than two thirds, and at least one contact less.
    Less,
    /// Near enough.
    AsWanted,
    /// More than half as much again, and at least one contact more.
    More,
    /// Nothing was asked for: no rhythm, or one so long that it did not come round.
    NotAsked,
}

impl Band {
    /// The band of `had` contacts where `wanted` were wanted; a length of a rhythm may want a part of one.
    pub fn of(had: usize, wanted: f64) -> Band {
        let had_exactly = had as f64;
        match had {
            _ if wanted <= 0.0 => Band::NotAsked,
            0 if wanted < ONE => Band::NotAsked,
            0 => Band::Quiet,
            _ if had_exactly < wanted * 2.0 / 3.0 && wanted - had_exactly >= ONE => Band::Less,
            _ if had_exactly > wanted * 1.5 && had_exactly - wanted >= 1.0 => Band::More,
            _ => Band::AsWanted,
        }
    }

    /// As it is said: `about as you wanted`.
    pub fn words(self) -> &'static str {
        match self {
            Band::Quiet => "quiet",
            Band::Less => "less than you wanted",
            Band::AsWanted => "about as you wanted",
            Band::More => "more than you asked for",
            Band::NotAsked => "nothing was asked for",
        }
    }
}

/// A quarterly rhythm in a quarter of 90 days is one contact.
const ONE: f64 = 0.9;

/// Somebody, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: ContactId,
    /// What they are called.
    pub name: String,
}

/// The part of some people in the contact of the span.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// The circle or the group; `None` for those without a circle.
    pub name: Option<String>,
    /// How many belong to it and had contact or a rhythm.
    pub people: usize,
    /// How many of them had contact.
    pub met: usize,
    /// Contacts: a person on a day.
    pub contacts: usize,
    /// How many the rhythms asked for in these days.
    pub wanted: f64,
    /// The two beside each other, of those with a rhythm: much contact with one does not make up for another.
    pub band: Band,
    /// The one or two with whom more than half of it was, where there are at least four people and contacts.
    pub mostly: Vec<Person>,
}

/// The part of one person.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonShare {
    /// Who.
    pub person: Person,
    /// Days of contact.
    pub contacts: usize,
    /// How many the rhythm asked for.
    pub wanted: f64,
    /// The two beside each other.
    pub band: Band,
    /// The place of the circle in [`Balance::circles`].
    pub circle: usize,
}

/// How often one kind of contact was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindShare {
    /// Its name, `call`; `None` where none was written.
    pub name: Option<String>,
    /// How many entries, each once, whoever was there.
    pub times: usize,
}

/// A week of the span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Its Monday, which may lie before the span.
    pub monday: Day,
    /// Contacts: a person on a day.
    pub contacts: usize,
}

/// Promises in the span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kept {
    /// The owner's that were kept: on a day of the span, or where the day is not known, promised in it.
    pub mine: usize,
    /// Those of others that were kept.
    pub theirs: usize,
    /// The owner's that were made up to its end and wait now.
    pub waiting: usize,
}

/// Where contact went.
#[derive(Debug, Clone, PartialEq)]
pub struct Balance {
    /// The days, up to today.
    pub span: DayRange,
    /// The day on which this is said.
    pub today: Day,
    /// Days on which there was any contact.
    pub days: usize,
    /// Contacts: a person on a day.
    pub contacts: usize,
    /// How many people had contact.
    pub met: usize,
    /// In the order of the settings, those without a circle last; only those with a rhythm or contact in them.
    pub circles: Vec<Share>,
    /// By name; the same.
    pub groups: Vec<Share>,
    /// Everybody with contact or a rhythm that asked for some, in the order of the circles, then of the notes.
    pub people: Vec<PersonShare>,
    /// The kinds of contact, the most frequent first; of equals by name.
    pub kinds: Vec<KindShare>,
    /// Each week of the span.
    pub weeks: Vec<Week>,
    /// Those whose time came and with whom no contact is written down in the span.
    pub quiet: Vec<Person>,
    /// Those with much contact and no rhythm.
    pub often: Vec<Person>,
    /// Those with whom it began in the span.
    pub new: Vec<Person>,
    /// Promises.
    pub kept: Kept,
}

/// Where contact went in `span`, seen from `today`; a span that has not begun holds its first day alone.
pub fn balance(
    book: &Book,
    span: DayRange,
    today: Day,
    settings: &Settings,
    vocabulary: &Vocabulary,
) -> Balance {
    let span = DayRange { to: span.to.min(today).max(span.from), ..span };
    let situation = Situation::new(book, span.to, settings, vocabulary);
    let mut gathered = Gathered::new(&situation, span);
    for (id, brief) in book.everyone().filter(|(id, _)| book.me() != Some(*id)) {
        gathered.look_at(id, brief);
    }
    gathered.into_balance(today)
}

/// Who had at least so many contacts in so many days is met often.
const OFTEN: (usize, i64) = (3, 30);

struct Gathered<'a> {
    situation: &'a Situation<'a>,
    span: DayRange,
    // As the circles of the settings, then those that no setting knows, then nobody's.
    circles: Vec<Sum>,
    circle_places: HashMap<&'a str, usize>,
    groups: BTreeMap<String, Sum>,
    people: Vec<(PersonShare, bool)>,
    entries: BTreeMap<u32, BTreeSet<u32>>,
    days: BTreeSet<Day>,
    weeks: BTreeMap<Day, usize>,
    new: Vec<ContactId>,
}

/// What a circle or a group adds up to.
#[derive(Debug, Default)]
struct Sum {
    name: String,
    wanted: f64,
    // Contacts of those with a rhythm, and of each no more than was wanted.
    tracked: usize,
    fitting: usize,
    // Whether anybody's rhythm came round without contact.
    is_quiet: bool,
    // The contacts of each.
    people: Vec<(ContactId, usize)>,
}

impl<'a> Gathered<'a> {
    fn new(situation: &'a Situation<'a>, span: DayRange) -> Gathered<'a> {
        let circles = situation.vocabulary.circles.iter();
        let sum = |name: &str| Sum { name: name.to_owned(), ..Sum::default() };
        let mut circles = circles.map(|circle| sum(&circle.name)).collect::<Vec<_>>();
        circles.push(sum(""));
        let mondays = std::iter::successors(Some(span.from.monday()), |day| {
            Some(day.plus_days(7)).filter(|next| *next <= span.to && next > day)
        });
        Gathered {
            situation,
            span,
            circles,
            circle_places: HashMap::new(),
            groups: BTreeMap::new(),
            people: Vec::new(),
            entries: BTreeMap::new(),
            days: BTreeSet::new(),
            weeks: mondays.map(|monday| (monday, 0)).collect(),
            new: Vec::new(),
        }
    }

    fn look_at(&mut self, id: ContactId, brief: &'a Brief) {
        let contacts = self.contacts(id);
        let standing = self.situation.standing(id);
        let wanted = self.wanted(id, brief, &standing);
        if began(self.situation.book, id, brief).is_some_and(|day| self.span.contains(day)) {
            self.new.push(id);
        }
        if contacts == 0 && wanted <= 0.0 {
            return;
        }
        // The rhythm came round in the span, or had before.
        let is_due = standing.due.is_some_and(|due| due.day <= self.span.to);
        let band = match Band::of(contacts, wanted) {
            _ if contacts == 0 && is_due => Band::Quiet,
            Band::Quiet => Band::NotAsked,
            band => band,
        };
        let circle = self.circle(brief);
        if let Some(sum) = self.circles.get_mut(circle) {
            sum.add(id, contacts, wanted, band);
        }
        let groups = brief.labels.groups().map(|group| (fold(group), group));
        for (folded, group) in groups.collect::<BTreeMap<_, _>>() {
            let sum = || Sum { name: group.to_owned(), ..Sum::default() };
            let sum = self.groups.entry(folded).or_insert_with(sum);
            sum.add(id, contacts, wanted, band);
        }
        let person = Person { id, name: brief.name.clone() };
        let share = PersonShare { person, contacts, wanted, band, circle };
        self.people.push((share, standing.due.is_some()));
    }

    /// How many days of contact there were; remembers days, weeks and entries.
    fn contacts(&mut self, id: ContactId) -> usize {
        let (from, to) = (self.span.from, self.span.to);
        let touches = self.situation.book.touches(id);
        let touches = touches.skip_while(|touch| touch.day > to);
        let touches = touches.take_while(|touch| touch.day >= from);
        let (mut contacts, mut newest) = (0, None);
        for touch in touches.filter(Touch::counts) {
            self.entries.entry(touch.note).or_default().insert(touch.entry);
            if newest != Some(touch.day) {
                newest = Some(touch.day);
                contacts += 1;
                self.days.insert(touch.day);
                *self.weeks.entry(touch.day.monday()).or_default() += 1;
            }
        }
        contacts
    }

    /// How many contacts the rhythm asked for: the days on which its clock ran, by its length. The clock of somebody
    /// new runs from the beginning, nobody's while the owner is away, before a fresh start or while the person rests.
    fn wanted(&self, id: ContactId, brief: &Brief, standing: &Standing) -> f64 {
        let rests = standing.stop.is_some_and(|stop| stop.ends().is_none());
        let days = standing.cadence.and_then(|(cadence, _)| cadence.typical_days());
        let Some(length) = days.filter(|_| !rests) else { return 0.0 };
        let began = began(self.situation.book, id, brief);
        let starts = [began, brief.quiet_until, self.situation.settings.fresh_start];
        let first = starts.into_iter().flatten().fold(self.span.from, Day::max);
        let before = first.plus_days(-1);
        let away = self.situation.calendar.away.between(before, self.span.to);
        let running = before.days_until(self.span.to) - away;
        running.max(0) as f64 / length.max(1.0)
    }

    fn circle(&mut self, brief: &'a Brief) -> usize {
        let Some(written) = brief.circle.as_deref() else { return self.circles.len() - 1 };
        if let Some(place) = self.circle_places.get(written) {
            return *place;
        }
        let circles = &self.situation.vocabulary.circles;
        let folded = fold(written);
        let place = circles.iter().position(|circle| fold(&circle.name) == folded);
        // A circle that no setting knows has no rhythm; those in it stand with those who have none.
        let place = place.unwrap_or(self.circles.len() - 1);
        self.circle_places.insert(written, place);
        place
    }

    fn into_balance(mut self, today: Day) -> Balance {
        let book = self.situation.book;
        self.people.sort_by_key(|(share, _)| (share.circle, share.person.id));
        let kept = kept(book, self.span);
        let kinds = kinds(book, &self.entries);
        let often = OFTEN.0.max((self.span.days() / OFTEN.1).unsigned_abs() as usize);
        let with = |is_one: &dyn Fn(&PersonShare, bool) -> bool| {
            let people = self.people.iter().filter(|(share, tracked)| is_one(share, *tracked));
            people.map(|(share, _)| share.person.clone()).collect::<Vec<_>>()
        };
        let quiet = with(&|share, _| share.band == Band::Quiet);
        let often = with(&|share, tracked| !tracked && share.contacts >= often);
        let met = self.people.iter().filter(|(share, _)| share.contacts > 0).count();
        let contacts = self.people.iter().map(|(share, _)| share.contacts).sum();
        let (circles, places) = circle_shares(book, self.circles);
        let in_place = |(share, _): (PersonShare, bool)| PersonShare {
            circle: places.get(share.circle).copied().unwrap_or(0),
            ..share
        };
        Balance {
            span: self.span,
            today,
            days: self.days.len(),
            contacts,
            met,
            circles,
            groups: self.groups.into_values().map(|sum| sum.share(book)).collect(),
            people: self.people.into_iter().map(in_place).collect(),
            kinds,
            weeks: weeks(self.weeks),
            quiet,
            often,
            new: self.new.into_iter().map(|id| person(book, id)).collect(),
            kept,
        }
    }
}

/// The circles that have anybody, and for each circle its place among them.
fn circle_shares(book: &Book, sums: Vec<Sum>) -> (Vec<Share>, Vec<usize>) {
    let (mut shares, mut places) = (Vec::new(), Vec::new());
    for sum in sums {
        places.push(shares.len());
        if !sum.people.is_empty() {
            shares.push(sum.share(book));
        }
    }
    (shares, places)
}

fn weeks(weeks: BTreeMap<Day, usize>) -> Vec<Week> {
    weeks.into_iter().map(|(monday, contacts)| Week { monday, contacts }).collect()
}

fn person(book: &Book, id: ContactId) -> Person {
    Person { id, name: book.brief(id).name.clone() }
}

/// When it began with somebody: the note was made, or there was contact before that.
fn began(book: &Book, id: ContactId, brief: &Brief) -> Option<Day> {
    let first = book.touches(id).rev().find(Touch::counts).map(|touch| touch.day);
    let stated = brief.last_contact.and_then(LooseDate::earliest);
    [brief.created, first, stated].into_iter().flatten().min()
}

impl Sum {
    fn add(&mut self, id: ContactId, contacts: usize, wanted: f64, band: Band) {
        self.wanted += wanted;
        self.tracked += if wanted > 0.0 { contacts } else { 0 };
        self.fitting += contacts.min(wanted.ceil() as usize);
        self.is_quiet |= band == Band::Quiet;
        self.people.push((id, contacts));
    }

    fn share(self, book: &Book) -> Share {
        let contacts = self.people.iter().map(|(_, contacts)| contacts).sum();
        let band = match Band::of(self.fitting, self.wanted) {
            _ if self.tracked == 0 && self.is_quiet => Band::Quiet,
            Band::AsWanted => Band::of(self.tracked, self.wanted),
            band => band,
        };
        Share {
            people: self.people.len(),
            met: self.people.iter().filter(|(_, contacts)| *contacts > 0).count(),
            contacts,
            wanted: self.wanted,
            band,
            mostly: self.mostly(contacts).into_iter().map(|id| person(book, id)).collect(),
            name: Some(self.name).filter(|name| !name.is_empty()),
        }
    }

    fn mostly(&self, contacts: usize) -> Vec<ContactId> {
        if self.people.len() < MANY || contacts < MANY {
            return Vec::new();
        }
        let mut people = self.people.clone();
        people.sort_by_key(|(id, contacts)| (std::cmp::Reverse(*contacts), *id));
        let is_most = |count: usize| {
            let part = people.iter().take(count).map(|(_, contacts)| contacts).sum::<usize>();
            part * 2 > contacts
        };
        // Two of four are no few.
        let few = [1, 2].into_iter().find(|few| is_most(*few) && few * 3 <= people.len());
        let mut few = people.iter().take(few.unwrap_or(0)).map(|(id, _)| *id).collect::<Vec<_>>();
        few.sort_unstable();
        few
    }
}

/// From so many people and contacts on it is worth saying with whom most of it was.
const MANY: usize = 4;

fn kinds(book: &Book, entries: &BTreeMap<u32, BTreeSet<u32>>) -> Vec<KindShare> {
    let mut times: BTreeMap<Option<String>, usize> = BTreeMap::new();
    for (note, places) in entries {
        book.with_note(*note as usize, |note| {
            for place in places {
                let entry = note.interactions().get(*place as usize);
                let kind = entry.and_then(|entry| entry.kind.as_deref());
                match times.get_mut(&kind.map(str::to_owned)) {
                    Some(times) => *times += 1,
                    None => drop(times.insert(kind.map(str::to_owned), 1)),
                }
            }
        });
    }
    let kinds = times.into_iter().map(|(name, times)| KindShare { name, times });
    let mut kinds = kinds.collect::<Vec<_>>();
    // What nobody named stands last, whatever its number.
    kinds.sort_by_key(|kind| (kind.name.is_none(), std::cmp::Reverse(kind.times)));
    kinds
}

fn kept(book: &Book, span: DayRange) -> Kept {
    let mut kept = Kept::default();
    for of in book.promises() {
        let promise = of.brief;
        let concerns = !of.people.is_empty() || of.in_inbox;
        let day = promise.done.or(promise.promised);
        let in_span = day.is_some_and(|day| span.contains(day));
        match promise.status {
            PromiseStatus::Done if concerns && in_span && promise.theirs => kept.theirs += 1,
            PromiseStatus::Done if concerns && in_span => kept.mine += 1,
            status if status.is_open() && concerns && !promise.theirs => {
                let made = promise.promised.is_none_or(|day| day <= span.to);
                kept.waiting += usize::from(made);
            }
            _ => {}
        }
    }
    kept
}
