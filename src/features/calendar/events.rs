//! What happens in the lives of people, as items of the calendar: the events of their notes that have a whole date.

use crate::features::calendar::item::{Item, When};
use crate::features::calendar::occasions::alarms;
use crate::features::calendar::uid::Uids;
use crate::features::calendar::words;
use crate::features::privacy::{is_whole, links_private};
use crate::features::standing::Situation;
use crate::people::book::ContactId;
use crate::people::contact::Contact;
use crate::people::event::Event;
use crate::text::day::Day;
use std::collections::HashSet;

/// Events of the year before the day of `situation` and of all days after it, in order of notes, then of lines. `takes`
/// says whose. Hard ones are left out: such a day wants no bell.
pub fn events(
    situation: &Situation,
    takes: &dyn Fn(ContactId) -> bool,
    uids: &mut Uids,
) -> Vec<Item> {
    let (book, vocabulary) = (situation.book, situation.vocabulary);
    let from = situation.day.plus_months(-12);
    let mut items = Vec::new();
    for (id, brief) in book.everyone().filter(|(id, brief)| brief.is_present() && takes(*id)) {
        if brief.has_event_within(from, Day::last())
            && book.me() != Some(id)
            && !is_whole(book, id, vocabulary)
        {
            items.extend(events_of(situation, id, from, uids));
        }
    }
    items
}

fn events_of(situation: &Situation, id: ContactId, from: Day, uids: &mut Uids) -> Vec<Item> {
    let contact = situation.book.contact(id);
    let hard = situation.settings.triggers.iter().filter(|trigger| trigger.gentle);
    let hard = hard.map(|trigger| trigger.event.as_str()).collect::<Vec<_>>();
    // A tag on a log entry says what was heard that day; only `## Events` says what will be.
    let tagged = contact.log.iter().filter(|entry| !entry.events.is_empty());
    let tagged = tagged.map(|entry| entry.line).collect::<HashSet<_>>();
    let own = contact.events.iter().filter(|event| {
        !hard.contains(&event.kind.as_str())
            && !tagged.contains(&event.line)
            && !contact.is_private_line(event.line)
    });
    let dated = own.filter_map(|event| Some((event, event.day().filter(|day| *day >= from)?)));
    dated.map(|(event, day)| item(situation, id, contact, event, day, uids)).collect()
}

fn item(
    situation: &Situation,
    id: ContactId,
    contact: &Contact,
    event: &Event,
    day: Day,
    uids: &mut Uids,
) -> Item {
    let is_earlier = |other: &&Event| {
        other.kind == event.kind
            && other.text == event.text
            && other.day().is_some_and(|other| other < day)
    };
    // Counted among all of the note, so that one that is long over takes no name away.
    let ordinal = contact.events.iter().filter(is_earlier).count().to_string();
    let hidden = links_private(situation.book, &event.text, situation.vocabulary);
    let text = if hidden { "" } else { event.text.as_str() };
    let (summary, description) = words::event(&contact.name, &event.kind, text);
    Item {
        uid: uids.take("event", &[&contact.identity, &event.kind, &event.text, &ordinal]),
        summary,
        description,
        category: "Event",
        when: When::Day { day, again: None },
        alarms: alarms(situation, id),
    }
}
