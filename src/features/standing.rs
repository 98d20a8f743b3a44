//! Where one person stands on a day: rhythm, newest contact, due day, weight, what stops suggestions.
//!
//! Always true here: nothing is stored, everything follows from the notes; what lies after the day asked about has
//! not happened yet.

use crate::features::rhythm::{Calendar, DueDay, due_day};
use crate::features::settings::Settings;
use crate::features::turns::Draw;
use crate::people::book::{Book, ContactId, Role, Touch};
use crate::people::cadence::Cadence;
use crate::people::contact::Status;
use crate::people::figures::Figures;
use crate::people::kind::Meaning;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::partial_date::{LooseDate, PartialDate};
use std::collections::{HashMap, HashSet};

/// Where a rhythm comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CadenceSource {
    /// The person's own note, on this line (0 where it is not known).
    Note {
        /// The line of `cadence`, from 1.
        line: u32,
    },
    /// The person's circle.
    Circle,
}

/// What a clock counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// When; never after the day asked about, except for a note `created` later.
    pub day: Day,
    /// What happened then.
    pub source: AnchorSource,
}

/// What an anchor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnchorSource {
    /// The newest contact, in a log or a journal.
    Contact(Touch),
    /// `last_contact` of the note.
    LastContact {
        /// Whether it is a whole date and no estimate.
        exact: bool,
    },
    /// `created` of the note of somebody never spoken with.
    Created,
    /// A tick in the agenda that is in no log yet.
    Tick,
}

/// Why somebody is not suggested; the first that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// It is the owner.
    Me,
    /// `status: archived`
    Archived,
    /// They have died.
    Died,
    /// `status: reference`
    Reference,
    /// `status: later`
    Later,
    /// `paused: true`
    Paused,
    /// `quiet_until`: nothing before this day.
    QuietUntil(Day),
    /// It was tried without an answer; nothing before this day, a week later.
    TriedUntil(Day),
}

impl Stop {
    /// Whether it silences everything, not suggestions alone.
    pub fn is_silence(self) -> bool {
        matches!(self, Stop::Me | Stop::Archived | Stop::Died)
    }

    /// The day on which it ends by itself.
    pub fn ends(self) -> Option<Day> {
        match self {
            Stop::QuietUntil(day) | Stop::TriedUntil(day) => Some(day),
            _ => None,
        }
    }
}

/// What has become of a `follow_up`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FollowUpState {
    /// Its day is still to come.
    Ahead,
    /// Its day has come and there was no contact since.
    Due,
    /// There was contact on its day or later: nothing is left to do.
    Settled,
    /// Its day has come, but somebody who died or was put away is left in peace, and so is the owner.
    Silenced,
    /// It was tried without an answer; it comes back on this day, a week later.
    TriedUntil(Day),
}

/// A definite next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowUp {
    /// `follow_up`
    pub day: Day,
    /// What has become of it.
    pub state: FollowUpState,
}

/// Where a person stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// The rhythm: the note's own, else that of the circle; `None` for somebody without either. It may be one that
    /// time does not drive (`never`).
    pub cadence: Option<(Cadence, CadenceSource)>,
    /// The newest contact in a log or a journal.
    pub newest: Option<Touch>,
    /// The day of a tick in the agenda that is in no log yet.
    pub ticked: Option<Day>,
    /// What the clock counts from.
    pub anchor: Option<Anchor>,
    /// When the rhythm comes round; `None` without a rhythm that time drives. Stops do not move it.
    pub due: Option<DueDay>,
    /// Days since the anchor without days away, at least 0; `None` without an anchor.
    pub elapsed: Option<i64>,
    /// How much a turn weighs: days elapsed by days of the rhythm, at most 2; without an anchor or a rhythm 1.
    pub weight: f64,
    /// What stops suggestions.
    pub stop: Option<Stop>,
    /// The next step, where the note has one.
    pub follow_up: Option<FollowUp>,
    /// For a new connection the day of its one suggestion: two weeks after its first entry. Only where the opt-in
    /// rule would leave the person silent, and only until four weeks after that entry.
    pub new_connection: Option<Day>,
}

impl Standing {
    /// The newest day on which contact is sure: in a log or a journal, by a tick, or by a whole `last_contact`.
    pub fn contact_day(&self) -> Option<Day> {
        let exact = AnchorSource::LastContact { exact: true };
        let stated = self.anchor.filter(|anchor| anchor.source == exact).map(|anchor| anchor.day);
        let newest = self.newest.map(|touch| touch.day);
        newest.into_iter().chain(self.ticked).chain(stated).max()
    }

    /// Whether the rhythm is longer than a week, so that contact counts for the week's limit.
    pub fn is_beyond_a_week(&self) -> bool {
        let days = self.cadence.and_then(|(cadence, _)| cadence.typical_days());
        days.is_some_and(|days| days > 7.0)
    }
}

/// Where `id` stands on `day`.
pub fn standing(
    book: &Book,
    id: ContactId,
    day: Day,
    settings: &Settings,
    vocabulary: &Vocabulary,
) -> Standing {
    Situation::new(book, day, settings, vocabulary).standing(id)
}

/// A book seen on a day under settings: what every question about people needs, prepared once.
#[derive(Debug, Clone)]
pub struct Situation<'a> {
    /// Everyone.
    pub book: &'a Book,
    /// The day asked about.
    pub day: Day,
    /// What the owner decided.
    pub settings: &'a Settings,
    /// The words, for the circles.
    pub vocabulary: &'a Vocabulary,
    /// The settings' time.
    pub calendar: Calendar,
    /// The lots of the day.
    pub draw: Draw,
    /// Those whom the owner answered on the agenda of the day without being in touch (`later`, `skip`): each takes a
    /// place of the day's limit and is not suggested on it again. Usually nobody.
    pub answered: HashSet<ContactId>,
    /// Contact by ticks that are in no log yet, each on its day; a later day than the one asked about has not come.
    /// Usually none.
    pub ticked: HashMap<ContactId, Day>,
}

/// A person who was tried without an answer rests so long.
const TRIED_DAYS: i64 = 7;
/// Days after the first entry of a new connection on which its suggestion starts and ends.
const NEW_CONNECTION_DAYS: (i64, i64) = (14, 28);

impl<'a> Situation<'a> {
    /// The situation on `day`.
    pub fn new(
        book: &'a Book,
        day: Day,
        settings: &'a Settings,
        vocabulary: &'a Vocabulary,
    ) -> Situation<'a> {
        Situation {
            book,
            day,
            settings,
            vocabulary,
            calendar: Calendar::of(settings),
            draw: Draw::of(day),
            answered: HashSet::new(),
            ticked: HashMap::new(),
        }
    }

    /// The same with what the owner wrote into the agenda and is in no note yet, see the fields.
    pub fn with_answers(
        self,
        answered: HashSet<ContactId>,
        ticked: HashMap<ContactId, Day>,
    ) -> Situation<'a> {
        Situation { answered, ticked, ..self }
    }

    /// Where `id` stands.
    pub fn standing(&self, id: ContactId) -> Standing {
        let contact = self.book.figures(id);
        let cadence = self.cadence(contact);
        let newest = self.book.newest_contact(id, self.day);
        let ticked = self.ticked.get(&id).copied().filter(|ticked| *ticked <= self.day);
        let anchor = self.anchor(contact, newest, ticked);
        let elapsed = anchor.map(|anchor| self.elapsed(anchor.day));
        let mut standing = Standing {
            cadence,
            newest,
            ticked,
            anchor,
            due: self.due(id, cadence, anchor),
            elapsed,
            weight: weight(cadence, elapsed),
            stop: None,
            follow_up: None,
            new_connection: None,
        };
        let tried = self.tried_until(id, standing.contact_day());
        standing.stop = self.stop(id, contact, tried);
        standing.follow_up = self.follow_up(contact, &standing, tried);
        standing.new_connection = self.new_connection(id, contact, &standing);
        standing
    }

    fn cadence(&self, contact: Figures) -> Option<(Cadence, CadenceSource)> {
        let line = contact.cadence_line();
        let own = contact.cadence().map(|own| (own, CadenceSource::Note { line }));
        own.or_else(|| self.circle_cadence(contact).map(|of| (of, CadenceSource::Circle)))
    }

    fn circle_cadence(&self, contact: Figures) -> Option<Cadence> {
        let name = self.book.circle_of(contact)?;
        // The note's circle is spelled as the settings spell it: folding 100,000 names can be spared.
        let exact = self.vocabulary.circles.iter().find(|circle| circle.name == name);
        exact.or_else(|| self.vocabulary.circle(name))?.cadence
    }

    fn anchor(
        &self,
        contact: Figures,
        newest: Option<Touch>,
        ticked: Option<Day>,
    ) -> Option<Anchor> {
        let touch =
            newest.map(|touch| Anchor { day: touch.day, source: AnchorSource::Contact(touch) });
        let tick = ticked.map(|day| Anchor { day, source: AnchorSource::Tick });
        let stated = contact.last_contact().and_then(|date| last_contact(date, self.day));
        let created = || contact.created().map(|day| Anchor { day, source: AnchorSource::Created });
        // Of one day the entry of a log comes first: `max_by_key` takes the last of equals.
        let known = [stated, tick, touch].into_iter().flatten();
        known.max_by_key(|anchor| anchor.day).or_else(created)
    }

    fn elapsed(&self, anchor: Day) -> i64 {
        (anchor.days_until(self.day) - self.calendar.away.between(anchor, self.day)).max(0)
    }

    fn due(
        &self,
        id: ContactId,
        cadence: Option<(Cadence, CadenceSource)>,
        anchor: Option<Anchor>,
    ) -> Option<DueDay> {
        let anchor = anchor.map(|anchor| anchor.day);
        due_day(cadence?.0, anchor, &self.book.identity(id), self.day, &self.calendar)
    }

    fn stop(&self, id: ContactId, contact: Figures, tried: Option<Day>) -> Option<Stop> {
        let quiet = contact.quiet_until().filter(|until| self.day < *until);
        match contact.status() {
            _ if self.book.me() == Some(id) => Some(Stop::Me),
            Status::Archived => Some(Stop::Archived),
            _ if contact.has_died() => Some(Stop::Died),
            Status::Reference => Some(Stop::Reference),
            Status::Later => Some(Stop::Later),
            Status::Active if contact.is_paused() => Some(Stop::Paused),
            Status::Active => quiet.map(Stop::QuietUntil).or(tried.map(Stop::TriedUntil)),
        }
    }

    /// The end of the rest after the newest `tried` entry, where that rest has not ended and no contact came since.
    fn tried_until(&self, id: ContactId, contact_day: Option<Day>) -> Option<Day> {
        let recent = self.past_touches(id).take_while(|touch| self.elapsed(touch.day) < TRIED_DAYS);
        let tried = recent
            .filter(|touch| contact_day.is_none_or(|contact| touch.day > contact))
            .find(|touch| touch.meaning == Meaning::Tried && touch.role != Role::Mention)?;
        Some(self.calendar.away.extend(tried.day, tried.day.plus_days(TRIED_DAYS)))
    }

    fn follow_up(
        &self,
        contact: Figures,
        standing: &Standing,
        tried: Option<Day>,
    ) -> Option<FollowUp> {
        let day = contact.follow_up()?;
        let settled = standing.contact_day().is_some_and(|contact| day <= contact);
        let state = match tried {
            _ if settled => FollowUpState::Settled,
            _ if self.day < day => FollowUpState::Ahead,
            _ if standing.stop.is_some_and(Stop::is_silence) => FollowUpState::Silenced,
            Some(until) => FollowUpState::TriedUntil(until),
            None => FollowUpState::Due,
        };
        Some(FollowUp { day, state })
    }

    fn new_connection(&self, id: ContactId, contact: Figures, standing: &Standing) -> Option<Day> {
        let decided = contact.has_circle()
            || standing.cadence.is_some()
            || contact.follow_up().is_some()
            || standing.stop.is_some()
            || contact.has_events();
        if decided || !self.settings.agenda.new_connections {
            return None;
        }
        let first = self.first_contact(id)?;
        let elapsed = self.elapsed(first);
        let in_time = (NEW_CONNECTION_DAYS.0..=NEW_CONNECTION_DAYS.1).contains(&elapsed);
        let met_again = standing
            .anchor
            .is_some_and(|anchor| anchor.source != AnchorSource::Created && anchor.day > first);
        let silent = in_time && !met_again && !self.has_event(id);
        let day = first.plus_days(NEW_CONNECTION_DAYS.0);
        silent.then(|| self.calendar.away.extend(first, day))
    }

    /// The day of the oldest entry that the person took part in, where it is contact; plans are none. Whoever was noted
    /// down first is no new acquaintance, but somebody of whom a note was made.
    fn first_contact(&self, id: ContactId) -> Option<Day> {
        let mut oldest_first = self.book.touches(id).rev();
        oldest_first
            .find(|touch| touch.role != Role::Mention && touch.meaning != Meaning::Plan)
            .filter(Touch::counts)
            .map(|touch| touch.day)
    }

    fn has_event(&self, id: ContactId) -> bool {
        let mut own = self.past_touches(id).filter(|touch| touch.role != Role::Mention);
        own.any(|touch| !self.book.interaction(&touch).1.events.is_empty())
    }

    /// Whether somebody has had a place on the day already: by contact, by a try without an answer, or by an answer on
    /// the agenda. Ticking never brings a new name.
    pub fn has_had_a_place(&self, id: ContactId, standing: &Standing) -> bool {
        let tried = |touch: Touch| touch.meaning == Meaning::Tried && touch.role != Role::Mention;
        let mut today = self.past_touches(id).take_while(|touch| touch.day == self.day);
        standing.contact_day() == Some(self.day) || self.answered.contains(&id) || today.any(tried)
    }

    /// What concerns a person on or before the day, newest first.
    pub fn past_touches(&self, id: ContactId) -> impl Iterator<Item = Touch> + use<'a> {
        let day = self.day;
        self.book.touches(id).skip_while(move |touch| touch.day > day)
    }
}

/// `last_contact` as an anchor on `day`: the last day that it can mean (`2026-10` its 31st), so that a coarse date
/// never calls for somebody too early; where that lies ahead (this month, this year) the first, so that the clock does
/// not stand still; `None` where all of it lies after `day`, or its year is not known.
fn last_contact(date: LooseDate, day: Day) -> Option<Anchor> {
    if date.earliest()? > day {
        return None;
    }
    let exact = matches!(date.date, PartialDate::Full(_)) && !date.estimated;
    let source = AnchorSource::LastContact { exact };
    let latest = date.latest().filter(|latest| *latest <= day);
    latest.or(date.earliest()).map(|day| Anchor { day, source })
}

fn weight(cadence: Option<(Cadence, CadenceSource)>, elapsed: Option<i64>) -> f64 {
    let typical = cadence.and_then(|(cadence, _)| cadence.typical_days());
    match (elapsed, typical) {
        (Some(elapsed), Some(typical)) => (elapsed as f64 / typical).min(2.0),
        _ => 1.0,
    }
}
