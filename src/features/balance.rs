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
    /// The two beside each other.
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
        self.is_quiet |= band == Band::Quiet;
        self.people.push((id, contacts));
    }

    fn share(self, book: &Book) -> Share {
        let contacts = self.people.iter().map(|(_, contacts)| contacts).sum();
        let band = match Band::of(contacts, self.wanted) {
            _ if contacts == 0 && self.is_quiet => Band::Quiet,
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

#[cfg(test)]
mod tests {
    use crate::features::balance::{Balance, Band, Person, balance};
    use crate::features::balance_text::sentences;
    use crate::features::sample::{book, day};
    use crate::features::settings::Settings;
    use crate::people::vocabulary::Vocabulary;
    use crate::text::day_range::DayRange;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn of(notes: &[(&str, &str)], span: &str, today: &str, settings: &Settings) -> Balance {
        let span = DayRange::parse(span).unwrap();
        balance(&book(notes), span, day(today), settings, &Vocabulary::default())
    }

    fn names(people: &[Person]) -> String {
        people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    fn shown(balance: &Balance) -> String {
        let shares = balance.circles.iter().chain(&balance.groups).map(|share| {
            let name = share.name.as_deref().unwrap_or("no circle");
            let (met, people, band) = (share.met, share.people, share.band.words());
            format!("{name}: {met} of {people}, {} of {:.1}, {band}", share.contacts, share.wanted)
        });
        let kinds = balance.kinds.iter();
        let kinds =
            kinds.map(|kind| format!("{} {}", kind.name.as_deref().unwrap_or("-"), kind.times));
        let kinds = kinds.collect::<Vec<_>>().join(", ");
        let lists = [&balance.quiet, &balance.often, &balance.new].map(|people| names(people));
        let [quiet, often, new] = lists;
        let lists = format!("quiet: {quiet} · often: {often} · new: {new} · kinds: {kinds}");
        let lines = shares.chain([lists]).chain(sentences(balance));
        lines.map(|line| line + "\n").collect()
    }

    fn check(notes: &[(&str, &str)], span: &str, today: &str, expected: &Expect) {
        expected.assert_eq(&shown(&of(notes, span, today, &Settings::default())));
    }

    const ANA: (&str, &str) = (
        "people/ana.md",
        "---\nname: Ana\ncircle: Inner\ngroups: [choir]\ncreated: 2026-01-01\n---\n## Log\n- 2026-11-18 call: twice\n\
         - 2026-11-18 message\n- 2026-11-08 met [[Bo]]: lunch\n- 2026-10-28 call\n- 2026-10-10 call\n- 2026-08-01 call\n\
         - [x] Send her the article ✅ 2026-10-12\n- [ ] Lend her the drill\n",
    );
    const BO: (&str, &str) = (
        "people/bo.md",
        "---\nname: Bo\ncircle: growth\ngroups: [Choir]\ncreated: 2026-01-01\nquiet_until: 2026-02-01\n---\n",
    );
    const CY: (&str, &str) =
        ("people/cy.md", "---\nname: Cy\ncircle: mentor\nlast_contact: 2026-03-01\n---\n");
    const DEE: (&str, &str) = (
        "people/dee.md",
        "---\nname: Dee\n---\n## Log\n- 2026-11-01 coffee\n- 2026-10-20\n- 2026-10-11 coffee\n- 2026-10-02 coffee\n",
    );

    #[test]
    fn a_quarter_is_told_in_bands_and_plain_sentences() {
        check(
            &[ANA, BO, CY, DEE],
            "2026-10-01..2026-12-31",
            "2026-11-21",
            &expect![[r#"
                inner: 1 of 1, 4 of 5.0, about as you wanted
                growth: 1 of 1, 1 of 2.5, less than you wanted
                mentor: 0 of 1, 0 of 0.9, quiet
                no circle: 1 of 1, 4 of 0.0, nothing was asked for
                choir: 2 of 2, 5 of 7.4, about as you wanted
                quiet: Cy · often: Dee · new: Dee · kinds: met 4, call 3, message 1, - 1
                From 1 October to 21 November you were in touch with three people, on eight different days.
                Inner had about as much contact as you wanted.
                Growth had less than you wanted.
                Mentor was quiet.
                Nothing is written down with Cy, whose rhythm came round.
                You were often in touch with Dee, who has no rhythm and needs none.
                It was mostly face to face, then by telephone.
                Dee is new to these notes.
                You kept one promise; one waits to be kept.
            "#]],
        );
    }

    #[test]
    fn a_span_without_contact_says_so() {
        check(
            &[CY],
            "2026-10-01..2026-12-31",
            "2026-11-21",
            &expect![[r#"
                mentor: 0 of 1, 0 of 0.9, quiet
                quiet: Cy · often:  · new:  · kinds: 
                No contact is written down from 1 October to 21 November.
                Mentor was quiet.
                It was quiet with Cy, whose rhythm came round.
            "#]],
        );
        check(
            &[],
            "2026-10-01..2026-12-31",
            "2026-11-21",
            &expect![[r#"
            quiet:  · often:  · new:  · kinds: 
            No contact is written down from 1 October to 21 November.
        "#]],
        );
        check(
            &[ANA],
            "2027-01-01..2027-03-31",
            "2026-11-21",
            &expect![[r#"
                inner: 0 of 1, 0 of 0.1, quiet
                choir: 0 of 1, 0 of 0.1, quiet
                quiet: Ana · often:  · new:  · kinds: 
                No contact is written down on 1 January.
                Inner was quiet.
                It was quiet with Ana, whose rhythm came round.
            "#]],
        );
    }

    #[test]
    fn nothing_is_asked_for_while_people_rest_or_the_owner_is_away() {
        let resting = |key: &str| {
            let text = format!("---\nname: Ana\ncadence: weekly\n{key}\n---\n- 2026-01-01 call\n");
            let settings = Settings {
                away: vec![DayRange::parse("2026-10-08..2026-10-21").unwrap()],
                ..Settings::default()
            };
            let span = "2026-10-01..2026-10-28";
            let balance = of(&[("people/ana.md", &text)], span, "2026-11-21", &settings);
            balance.people.iter().map(|share| share.wanted).sum::<f64>()
        };
        let near = |left: f64, right: f64| (left - right).abs() < 1e-9;
        assert!(near(resting(""), 2.0));
        assert!(near(resting("quiet_until: 2026-10-22"), 1.0));
        assert!(near(resting("created: 2026-10-22"), 1.0));
        for key in ["paused: true", "status: later", "status: archived", "died: 2026-01-01"] {
            assert!(near(resting(key), 0.0), "{key}");
        }
    }

    #[test]
    fn the_owner_is_in_no_balance() {
        let me = ("people/me.md", "---\nname: Me\ncadence: weekly\n---\n- 2026-10-02 call\n");
        let me = of(&[me], "2026-10-01..2026-12-31", "2026-11-21", &Settings::default());
        assert_eq!((me.people.len(), me.met, me.days), (0, 0, 0));
    }

    proptest! {
        #[test]
        fn more_contact_never_gives_a_band_of_less(had in 0usize..50, more in 0usize..50, wanted in 0.0f64..60.0) {
            let order = |band: Band| match band {
                Band::NotAsked | Band::Quiet => 0,
                Band::Less => 1,
                Band::AsWanted => 2,
                Band::More => 3,
            };
            prop_assert!(order(Band::of(had, wanted)) <= order(Band::of(had + more, wanted)));
        }
    }
}
