//! A derivation in words: the verdict first, then one line a step.
//!
//! Always true here: every entry is named by file and line, and the words are calm.

use crate::features::due::Reason;
use crate::features::occasions::{Occasion, OccasionKind};
use crate::features::rhythm::{DueDay, Start};
use crate::features::standing::{AnchorSource, CadenceSource, FollowUp, FollowUpState, Stop};
use crate::features::triggers::{Opening, OpeningReason};
use crate::features::why::{Line, NotCounted, Place, Verdict, Why};
use crate::note::link_write::without_links;
use crate::people::book::{Book, Touch};
use crate::people::cadence::Cadence;
use crate::people::contact::Contact;
use crate::text::day::Day;
use crate::text::phrase;

/// The derivation as text: a few lines, each with its line end. `book` is the one that it was made from.
pub fn render_why(book: &Book, why: &Why) -> String {
    let told = Told { book, why, contact: book.contact(why.id) };
    let steps = [
        ("Rhythm", Some(told.rhythm())),
        ("Newest contact", Some(told.newest())),
        ("New", why.standing.new_connection.map(|_| told.new_connection())),
        ("Due", why.standing.due.map(|due| told.due(due))),
        ("Next step", why.standing.follow_up.map(|step| told.follow_up(step))),
        ("Turn", why.place.map(|place| told.turn(place))),
        ("Together", told.together()),
        ("Limits", why.place.map(|_| told.limits())),
        ("Rest", told.rest_beside_the_verdict()),
    ];
    let steps = steps.into_iter().filter_map(|(label, step)| Some(format!("{label}: {}\n", step?)));
    let not_counted =
        why.not_counted.iter().map(|(touch, reason)| told.not_counted(touch, *reason));
    let mut lines = steps.collect::<Vec<_>>();
    lines.splice(2..2, not_counted);
    lines.extend(why.lines.iter().map(|line| format!("On the agenda: {}\n", told.line(line))));
    format!(
        "{} ({})\n{}\n\n{}",
        told.contact.name,
        told.contact.path,
        told.verdict(),
        lines.concat()
    )
}

/// Longer texts of entries are cut.
const ENTRY_CHARACTERS: usize = 80;

struct Told<'a> {
    book: &'a Book,
    why: &'a Why,
    contact: &'a Contact,
}

impl Told<'_> {
    fn date(&self, day: Day) -> String {
        phrase::date(day, self.why.day)
    }

    fn verdict(&self) -> String {
        let (day, verdict) = (phrase::title(self.why.day), self.why.verdict);
        let expected = match (verdict, self.why.expected.map(|day| self.date(day))) {
            (Verdict::Suggested(_) | Verdict::Asked(_), _) => String::new(),
            (Verdict::Waits | Verdict::QuietDay, Some(day)) => {
                format!(" The turn comes on {day} if nothing changes.")
            }
            (Verdict::Waits | Verdict::QuietDay, None) => {
                " No turn comes within twenty days if nothing changes.".to_owned()
            }
            (_, Some(day)) => format!(" Can be suggested from {day} on."),
            (_, None) => String::new(),
        };
        let words = match (verdict, self.why.standing.new_connection) {
            (Verdict::Waits, Some(_)) => {
                "a new connection, and it is the turn of others".to_owned()
            }
            _ => verdict_words(verdict, |day| self.date(day)),
        };
        format!("{day}: {words}.{expected}")
    }

    fn rhythm(&self) -> String {
        match self.why.standing.cadence {
            Some((cadence, CadenceSource::Note { line })) => {
                format!("{cadence}, from the note ({})", place(self.contact, line))
            }
            Some((cadence, CadenceSource::Circle)) => {
                format!(
                    "{cadence}, from the circle {}",
                    self.contact.circle.as_deref().unwrap_or("")
                )
            }
            None => "none, in the note or from a circle".to_owned(),
        }
    }

    fn newest(&self) -> String {
        match self.why.standing.anchor.map(|anchor| (anchor.source, anchor.day)) {
            Some((AnchorSource::Contact(touch), _)) => self.entry(&touch),
            Some((AnchorSource::LastContact { .. }, day)) => {
                let line = place(self.contact, self.contact.last_contact_line);
                let written =
                    self.contact.last_contact.map_or_else(String::new, |date| date.to_string());
                format!("{}, by `last_contact: {written}` ({line})", self.date(day))
            }
            Some((AnchorSource::Tick, day)) => format!("{}, ticked in the agenda", self.date(day)),
            Some((AnchorSource::Created, day)) => {
                format!("none; the note was made on {}", self.date(day))
            }
            None => "none".to_owned(),
        }
    }

    fn not_counted(&self, touch: &Touch, reason: NotCounted) -> String {
        let reason = match reason {
            NotCounted::Mention => "they are only spoken of",
            NotCounted::Note => "it is a note",
            NotCounted::Tried => "there was no answer",
            NotCounted::Plan => "it is a plan",
            NotCounted::Ahead => "it lies ahead",
        };
        format!("Not counted, {reason}: {}\n", self.entry(touch))
    }

    /// `12 October, call: New job (people/ana.md:21)`
    fn entry(&self, touch: &Touch) -> String {
        let (path, entry) = self.book.interaction(touch);
        let mut told = self.date(touch.day);
        if let Some(kind) = &entry.kind {
            told = told + ", " + kind;
        }
        if !entry.text.is_empty() {
            told = told + ": " + &shortened(&without_links(&entry.text));
        }
        format!("{told} ({path}:{})", entry.line)
    }

    fn due(&self, due: DueDay) -> String {
        let day = self.date(due.day);
        let from = match (due.start, self.why.standing.cadence) {
            (Start::Nothing, _) => return "any day, for there is nothing to count from".to_owned(),
            (Start::FreshStart(start), _) => {
                format!(
                    "everyone is spread over one rhythm from the fresh start on {}",
                    self.date(start)
                )
            }
            (Start::Anchor(_), Some((Cadence::Every(_), _))) => {
                let moved = match due.shift {
                    0 => String::new(),
                    shift if shift < 0 => format!(", {} earlier to spread people", days(shift)),
                    shift => format!(", {} later to spread people", days(shift)),
                };
                format!("{} by the calendar{moved}", self.date(due.base))
            }
            (Start::Anchor(_), _) => {
                let last = due.base.plus_days(due.shifts.1);
                format!(
                    "a day from {} to {}, to spread people",
                    self.date(due.base),
                    self.date(last)
                )
            }
        };
        match due.away_days {
            0 => format!("{day} ({from})"),
            away => format!("{day} ({from}; {} away were added)", days(away)),
        }
    }

    fn follow_up(&self, step: FollowUp) -> String {
        let state = match step.state {
            FollowUpState::Ahead => "ahead".to_owned(),
            FollowUpState::Due => "its day has come".to_owned(),
            FollowUpState::Settled => "settled by contact since".to_owned(),
            FollowUpState::Silenced => "silent".to_owned(),
            FollowUpState::TriedUntil(day) => {
                format!("there was no answer, so it rests until {}", self.date(day))
            }
        };
        let next = self
            .contact
            .next
            .as_deref()
            .map_or_else(String::new, |next| format!(": {}", shortened(next)));
        format!("{}, {state}{next}", self.date(step.day))
    }

    /// The numbers of the draw are in the JSON.
    fn turn(&self, place: Place) -> String {
        let room = match place.shown {
            0 => "nobody has a place".to_owned(),
            1 => "one has a place".to_owned(),
            shown => format!("{shown} have a place"),
        };
        if place.of == 1 {
            return format!("nobody else is due, and {room}");
        }
        let rank = phrase::ordinal(u32::try_from(place.rank).unwrap_or(u32::MAX));
        let chance = match (self.why.standing.elapsed, self.why.standing.cadence) {
            (Some(elapsed), Some((cadence, _))) => {
                let length = cadence.typical_days().unwrap_or(1.0).round();
                format!(" (here {} of about {length})", days(elapsed))
            }
            _ => String::new(),
        };
        format!(
            "drawn {rank} of the {} who are due, and {room}. Each draw holds for two days; the longer since the last contact, measured by the rhythm, the better the chance{chance}",
            place.of
        )
    }

    fn new_connection(&self) -> String {
        let switch = "`new_connections` under `[agenda]` in ties.toml";
        format!(
            "nothing in the note asks for it, but somebody new comes up once, two weeks after the first entry ({switch})"
        )
    }

    /// Those of the same household in the same suggestion.
    fn together(&self) -> Option<String> {
        let names = self.why.together.iter().map(|id| self.book.brief(*id).name.as_str());
        let names = phrase::list(&names.collect::<Vec<_>>());
        let rule = "people who live together are one suggestion and take one place";
        (!names.is_empty()).then(|| format!("with {names}; {rule}"))
    }

    fn line(&self, line: &Line) -> String {
        match line {
            Line::Occasion(occasion) => self.occasion(occasion),
            Line::Mourning(mourning) => {
                let name = &self.book.brief(mourning.died).name;
                let since = mourning.since.words();
                format!("{name}, who was close to them, died {since} ago")
            }
            Line::Opening(opening) => self.opening(opening),
            Line::Trip(trip) => {
                let days = phrase::span(trip.from, trip.to, self.why.day);
                format!("they live where you will be ({}, {days})", shortened(&trip.place))
            }
        }
    }

    fn occasion(&self, occasion: &Occasion) -> String {
        let what = match &occasion.kind {
            OccasionKind::Birthday => "a birthday".to_owned(),
            OccasionKind::Anniversary => "an anniversary".to_owned(),
            OccasionKind::RememberedBirth => "the day of their birth, remembered".to_owned(),
            OccasionKind::RememberedDeath => "the day of their death, remembered".to_owned(),
            OccasionKind::Event { kind, .. } => format!("their {}", kind.replace('-', " ")),
        };
        match occasion.day == self.why.day {
            true => format!("{what} today, whatever the rhythm says"),
            false => {
                let day = phrase::on_day(occasion.day, self.why.day);
                format!("{what} {day}; it stays three days while there is no contact")
            }
        }
    }

    fn opening(&self, opening: &Opening) -> String {
        let opened = self.date(opening.opened);
        match &opening.reason {
            OpeningReason::Introduced(new) => {
                let new = &self.book.brief(*new).name;
                format!("thanks for introducing {new}, for two weeks from {opened}")
            }
            OpeningReason::Event { kind, day, .. } => {
                let (kind, day) = (kind.replace('-', " "), self.date(*day));
                format!("{kind}, {day}; it asks for a word for two weeks from {opened}")
            }
        }
    }

    fn limits(&self) -> String {
        let ((day, week), load) = (self.why.limits, self.why.load);
        format!(
            "{day} people a day ({} had contact); {week} a week with a rhythm longer than a week ({} had contact since Monday)",
            load.contacted_today, load.contacted_this_week
        )
    }

    fn rest_beside_the_verdict(&self) -> Option<String> {
        let stop = self.why.standing.stop?;
        let told = matches!(self.why.verdict, Verdict::Stopped(_));
        (!told).then(|| stop_words(stop, |day| self.date(day)))
    }
}

fn verdict_words(verdict: Verdict, date: impl Fn(Day) -> String) -> String {
    match verdict {
        Verdict::Suggested(Reason::FollowUp) => {
            "suggested, the day of the next step has come".to_owned()
        }
        Verdict::Suggested(Reason::Rhythm) => "suggested, the rhythm has come round".to_owned(),
        Verdict::Suggested(Reason::NewConnection) => {
            "suggested once, two weeks after the first entry".to_owned()
        }
        Verdict::Asked(plan) => format!("asked whether the plan of {} happened", date(plan.day)),
        Verdict::Waits => "due, and it is the turn of others".to_owned(),
        Verdict::Away => "not suggested, you are away".to_owned(),
        Verdict::QuietDay => "due, and it is a quiet day of the week".to_owned(),
        Verdict::Stopped(stop) => format!("not suggested, {}", stop_words(stop, date)),
        Verdict::NoRhythm => "not suggested, nothing in the note asks for it".to_owned(),
        Verdict::NotYet => "not suggested, the rhythm has not come round yet".to_owned(),
    }
}

fn stop_words(stop: Stop, date: impl Fn(Day) -> String) -> String {
    match stop {
        Stop::Me => "this is you".to_owned(),
        Stop::Archived => "the note is archived".to_owned(),
        Stop::Died => "they have died".to_owned(),
        Stop::Reference => "the note is kept for reference".to_owned(),
        Stop::Later => "the note says later".to_owned(),
        Stop::Paused => "the note is paused".to_owned(),
        Stop::QuietUntil(day) => format!("quiet until {}", date(day)),
        Stop::TriedUntil(day) => format!("there was no answer, so it rests until {}", date(day)),
    }
}

fn place(contact: &Contact, line: u32) -> String {
    match line {
        0 => contact.path.to_string(),
        line => format!("{}:{line}", contact.path),
    }
}

fn days(count: i64) -> String {
    phrase::count(usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX), "day", "days")
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(ENTRY_CHARACTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text).trim_end()),
        None => text.to_owned(),
    }
}
