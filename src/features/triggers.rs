//! Triggers: what events in somebody's life suggest (section 5 of the format), and thanks for an introduction.
//!
//! A trigger is a suggestion: `quiet_until`, `paused`, `later`, `reference`, `archived`, `died` and the
//! rest after a `tried` entry silence it; a rhythm of `never` or `on-event` does not.

use crate::features::settings::Trigger;
use crate::features::standing::Situation;
use crate::people::book::{Book, ContactId};
use crate::people::event::Event;
use crate::people::figures::Figures;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::fold::fold;
use crate::text::period::Period;
use std::collections::{BTreeMap, HashMap};

/// Days that a trigger is open, its first one included.
const OPEN_DAYS: i64 = 14;

/// Something in somebody's life that is worth a word now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// To whom.
    pub who: ContactId,
    /// Why.
    pub reason: OpeningReason,
    /// The first day on which it is open.
    pub opened: Day,
}

/// Why something is worth a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpeningReason {
    /// An event, some time ago.
    Event {
        /// What kind, `new-job`.
        kind: String,
        /// When it was.
        day: Day,
        /// More about it; may be empty.
        text: String,
        /// What to do, as the settings say it.
        suggestion: String,
        /// Whether it is a hard one, which wants gentle words.
        gentle: bool,
    },
    /// They introduced this person.
    Introduced(ContactId),
}

/// What is open on the day of `situation`, in the order of the notes. Contact on or after the day on which it opened
/// settles it; contact between the event and that day does not: a word on the wedding day is no word after it.
pub fn open(situation: &Situation) -> Vec<Opening> {
    let mut openings = after_events(situation);
    openings.extend(introductions(situation));
    openings.retain(|opening| {
        !situation.answered.contains(&opening.who) && situation.standing(opening.who).stop.is_none()
    });
    openings.sort_by_key(|opening| opening.who);
    openings
}

fn in_touch_since(situation: &Situation, id: ContactId, since: Day) -> bool {
    situation.standing(id).contact_day().is_some_and(|contact| contact >= since)
}

fn is_open(opened: Day, day: Day) -> bool {
    (0..OPEN_DAYS).contains(&opened.days_until(day))
}

fn after_events(situation: &Situation) -> Vec<Opening> {
    let triggers =
        situation.settings.triggers.iter().map(|trigger| (fold(&trigger.event), trigger));
    let triggers = triggers.collect::<HashMap<_, _>>();
    // Of one kind of event only the newest line: two weeks and two months may both be open.
    let mut openings: BTreeMap<(ContactId, String), Opening> = BTreeMap::new();
    for (who, event) in events_that_may_open(situation) {
        let kind = fold(&event.kind);
        let found =
            triggers.get(&kind).and_then(|trigger| opening(who, event, trigger, situation.day));
        let Some(opening) = found else { continue };
        if in_touch_since(situation, who, opening.opened) {
            continue;
        }
        let newest = openings.entry((who, kind)).or_insert_with(|| opening.clone());
        if newest.opened < opening.opened {
            *newest = opening;
        }
    }
    openings.into_values().collect()
}

/// No event before this day opens anything now.
fn oldest(situation: &Situation) -> Day {
    let delays = situation.settings.triggers.iter().flat_map(|trigger| &trigger.after);
    // Months are longer than on average here and there: a margin costs nothing, a missed event would.
    let longest = delays.map(|delay| (delay.days() * 1.1).ceil() as i64).max().unwrap_or(0);
    situation.day.plus_days(-longest - OPEN_DAYS)
}

/// Events of everyone who had one that may open something now, with those on other days: of their own notes, then of
/// journals that link them.
fn events_that_may_open<'a>(
    situation: &Situation<'a>,
) -> impl Iterator<Item = (ContactId, &'a Event)> {
    let (book, oldest, day) = (situation.book, oldest(situation), situation.day);
    let mut delays: Vec<Period> = Vec::new();
    for delay in situation.settings.triggers.iter().flat_map(|trigger| &trigger.after) {
        if !delays.contains(delay) {
            delays.push(*delay);
        }
    }
    let may_open = move |event: &Day| {
        (oldest..=day).contains(event)
            && delays.iter().any(|delay| is_open(delay.after(*event), day))
    };
    let recent = book.in_figures().filter(move |(id, figures)| {
        figures.may_have_event_within(oldest, day)
            && book.brief(*id).event_days.iter().any(&may_open)
    });
    let own =
        recent.flat_map(|(id, _)| book.contact(id).events.iter().map(move |event| (id, event)));
    let journals = book.journals_with_events().flat_map(|journal| &journal.events);
    let linked = journals.flat_map(|(event, links)| {
        let people = links.iter().filter_map(|link| book.linked(&link.target.note));
        people.map(move |id| (id, event))
    });
    own.chain(linked)
}

/// What `event` opens on `day`; of several delays the one that opened last.
fn opening(who: ContactId, event: &Event, trigger: &Trigger, day: Day) -> Option<Opening> {
    let happened = event.day()?;
    let opened = trigger.after.iter().map(|delay| delay.after(happened));
    let opened = opened.filter(|opened| is_open(*opened, day)).max()?;
    let reason = OpeningReason::Event {
        kind: event.kind.clone(),
        day: happened,
        text: event.text.clone(),
        suggestion: trigger.suggestion.clone(),
        gentle: trigger.gentle,
    };
    Some(Opening { who, reason, opened })
}

/// Thanks owed for a new connection. Meeting the introducer on the very day of the first entry is the introduction
/// itself; only a word after it settles.
fn introductions(situation: &Situation) -> Vec<Opening> {
    let (book, day) = (situation.book, situation.day);
    let mut openings = Vec::new();
    for (new, figures) in book.in_figures() {
        // The day costs nothing to ask for, so it is asked for first.
        let since = known_since(figures, day).filter(|since| is_open(*since, day));
        let Some(since) = since.filter(|_| figures.is_present()) else { continue };
        for who in introducers(book, new, situation.vocabulary) {
            if who != new && !in_touch_since(situation, who, since.plus_days(1)) {
                let reason = OpeningReason::Introduced(new);
                openings.push(Opening { who, reason, opened: since });
            }
        }
    }
    openings
}

/// Those who introduced `new`, by the note of either.
fn introducers(book: &Book, new: ContactId, vocabulary: &Vocabulary) -> Vec<ContactId> {
    let introduced = book.ties(new).filter(|tie| {
        vocabulary.relation(&tie.kind).is_some_and(|kind| kind.name == "introduced-by")
    });
    let mut people = introduced.map(|tie| tie.other).collect::<Vec<_>>();
    people.sort();
    people.dedup();
    people
}

/// The day of the oldest entry of a note's own log, plans left out; without any the day on which the note was made.
fn known_since(figures: Figures, day: Day) -> Option<Day> {
    figures.first_entry().filter(|first| *first <= day).or(figures.created())
}

#[cfg(test)]
mod tests {
    use crate::features::sample::{book, day};
    use crate::features::settings::Settings;
    use crate::features::standing::Situation;
    use crate::features::triggers::{Opening, OpeningReason, open};
    use crate::people::vocabulary::Vocabulary;

    fn check_book(notes: &[(&str, &str)], on: &str, expected: &str) {
        let book = book(notes);
        let (settings, vocabulary) = (Settings::default(), Vocabulary::default());
        let openings = open(&Situation::new(&book, day(on), &settings, &vocabulary));
        let line = |opening: &Opening| {
            let name = &book.contact(opening.who).name;
            match &opening.reason {
                OpeningReason::Event { kind, day, .. } => {
                    format!("{name}: {kind} of {day}, open from {}", opening.opened)
                }
                OpeningReason::Introduced(new) => {
                    format!("{name}: introduced {}", book.contact(*new).name)
                }
            }
        };
        assert_eq!(openings.iter().map(line).collect::<Vec<_>>().join("; "), expected, "on {on}");
    }

    /// One person with a new job on 1 November, which opens after two weeks and after two months.
    fn check(front: &str, log: &str, on: &str, expected: &str) {
        let text = format!(
            "---\nname: Eva\n{front}\n---\n## Log\n{log}- 2026-11-01 heard: hired #event/new-job\n"
        );
        check_book(&[("people/eva.md", &text)], on, expected);
    }

    const TWO_WEEKS: &str = "Eva: new-job of 2026-11-01, open from 2026-11-15";

    #[test]
    fn each_delay_opens_for_fourteen_days() {
        check("", "", "2026-11-14", "");
        check("", "", "2026-11-15", TWO_WEEKS);
        check("", "", "2026-11-28", TWO_WEEKS);
        check("", "", "2026-11-29", "");
        check("", "", "2027-01-01", "Eva: new-job of 2026-11-01, open from 2027-01-01");
    }

    #[test]
    fn only_contact_since_it_opened_settles_a_delay() {
        check("", "- 2026-11-10 call: congratulated\n", "2026-11-15", TWO_WEEKS);
        check("", "- 2026-11-15 call: asked\n", "2026-11-16", "");
        check("", "- 2026-11-16 note: thought of her\n", "2026-11-16", TWO_WEEKS);
        check(
            "",
            "- 2026-11-15 call: asked\n",
            "2027-01-02",
            "Eva: new-job of 2026-11-01, open from 2027-01-01",
        );
        check("", "- 2026-11-20 call: asked\n", "2026-11-16", TWO_WEEKS);
    }

    #[test]
    fn what_stops_suggestions_stops_triggers() {
        for stop in [
            "paused: true",
            "quiet_until: 2026-12-01",
            "status: later",
            "status: reference",
            "status: archived",
            "died: 2026-11-10",
        ] {
            check(stop, "", "2026-11-16", "");
        }
        check("cadence: never", "", "2026-11-16", TWO_WEEKS);
        check("cadence: on-event", "", "2026-11-16", TWO_WEEKS);
        check("quiet_until: 2026-11-16", "", "2026-11-16", TWO_WEEKS);
    }

    #[test]
    fn of_two_open_delays_the_newer_one_is_shown() {
        let mei = "---\nname: Mei\n---\n## Events\n- 2026-11-13 illness: her wrist\n";
        check_book(
            &[("people/mei.md", mei)],
            "2026-11-21",
            "Mei: illness of 2026-11-13, open from 2026-11-16",
        );
        check_book(
            &[("people/mei.md", mei)],
            "2026-11-28",
            "Mei: illness of 2026-11-13, open from 2026-11-27",
        );
    }

    #[test]
    fn a_journal_tells_of_events_too() {
        let notes = [
            ("journal/2026-11-10.md", "- [[Eva]] and [[Mei]] have moved #event/move\n"),
            ("people/eva.md", "---\nname: Eva\n---\n"),
            ("people/mei.md", "---\nname: Mei\n---\n"),
        ];
        check_book(
            &notes,
            "2026-12-01",
            "Eva: move of 2026-11-10, open from 2026-12-01; Mei: move of 2026-11-10, open from 2026-12-01",
        );
    }

    #[test]
    fn an_introduction_is_worth_thanks() {
        let check = |noa: &str, on: &str, expected: &str| {
            let noa = format!("---\nname: Noa\n---\n## Log\n{noa}");
            let aroha = "---\nname: Aroha\nintroduced_by: \"[[Noa]]\"\n---\n## Log\n\
                - 2026-11-14 call: again\n- 2026-11-07 met [[Noa]]: on our knees\n";
            check_book(&[("people/aroha.md", aroha), ("people/noa.md", &noa)], on, expected);
        };
        check("", "2026-11-06", "");
        check("", "2026-11-07", "Noa: introduced Aroha");
        check("", "2026-11-20", "Noa: introduced Aroha");
        check("", "2026-11-21", "");
        check("- 2026-11-08 message: thanked\n", "2026-11-09", "");
    }

    #[test]
    fn a_note_without_entries_is_new_from_the_day_it_was_made() {
        let noa = ("people/noa.md", "---\nname: Noa\n---\n");
        let aroha = "---\nname: Aroha\ncreated: 2026-11-07\nintroduced_by: \"[[Noa]]\"\n---\n";
        let notes = [("people/aroha.md", aroha), noa];
        check_book(&notes, "2026-11-06", "");
        check_book(&notes, "2026-11-07", "Noa: introduced Aroha");
        check_book(&notes, "2026-11-21", "");
        let planned = format!("{aroha}## Log\n- 2026-11-10 plan: tea\n");
        let notes = [("people/aroha.md", planned.as_str()), noa];
        check_book(&notes, "2026-11-08", "Noa: introduced Aroha");
    }

    #[test]
    fn the_introducers_own_note_may_say_it() {
        let notes = [
            ("people/aroha.md", "---\nname: Aroha\n---\n## Log\n- 2026-11-07 met: on our knees\n"),
            ("people/noa.md", "---\nname: Noa\nintroduced: \"[[Aroha]]\"\n---\n"),
        ];
        check_book(&notes, "2026-11-08", "Noa: introduced Aroha");
    }
}
