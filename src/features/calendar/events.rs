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
use crate::people::note::Kind;
use crate::text::day::Day;
use std::collections::{HashMap, HashSet};

/// Events of the year before the day of `situation` and of all days after it, in order of notes, then of days. `takes`
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
    situation.book.with_note(situation.book.note_of(id), |note| match &note.kind {
        Kind::Contact(contact) => {
            let told = numbered(contact).into_iter().filter(|(event, day, _)| {
                *day >= from && !is_hard(situation, event) && !contact.is_private_line(event.line)
            });
            told.map(|told| item(situation, id, contact, told, uids)).collect()
        }
        _ => Vec::new(),
    })
}

/// An event, its day, and how many with its words are before it.
type Numbered<'a> = (&'a Event, Day, usize);

/// The events under `## Events` that have a whole date, in order of days. All of the note are counted, so that one that
/// is long over takes no name away.
fn numbered<'a>(contact: &'a Contact) -> Vec<Numbered<'a>> {
    // A tag on a log entry says what was heard that day; only `## Events` says what will be.
    let tagged = contact.log.iter().filter(|entry| !entry.events.is_empty());
    let tagged = tagged.map(|entry| entry.line).collect::<HashSet<_>>();
    let own = contact.events.iter().filter(|event| !tagged.contains(&event.line));
    let mut dated = own.filter_map(|event| Some((event, event.day()?))).collect::<Vec<_>>();
    dated.sort_by_key(|(event, day)| (*day, event.line));
    let mut seen = HashMap::<(&str, &str), usize>::new();
    let numbered = |(event, day): (&'a Event, Day)| {
        let count = seen.entry((event.kind.as_str(), event.text.as_str())).or_default();
        (event, day, std::mem::replace(count, *count + 1))
    };
    dated.into_iter().map(numbered).collect()
}

fn is_hard(situation: &Situation, event: &Event) -> bool {
    situation.settings.triggers.iter().any(|trigger| trigger.gentle && trigger.event == event.kind)
}

fn item(
    situation: &Situation,
    id: ContactId,
    contact: &Contact,
    (event, day, number): Numbered<'_>,
    uids: &mut Uids,
) -> Item {
    let hidden = links_private(situation.book, &event.text, situation.vocabulary);
    let text = if hidden { "" } else { event.text.as_str() };
    let (summary, description) = words::event(&contact.name, &event.kind, text);
    let parts = [contact.identity.as_str(), &event.kind, &event.text, &number.to_string()];
    Item {
        uid: uids.take("event", &parts),
        summary,
        description,
        category: "Event",
        when: When::Day { day, again: None },
        alarms: alarms(situation, id),
    }
}
