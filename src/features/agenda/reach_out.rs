//! "Reach out": whom to be in touch with.
//!
//! One line of context is worth more than ten names: the last time, the next step, and why.

use crate::features::agenda::ids::Ids;
use crate::features::agenda::view::{Item, Source, Why};
use crate::features::agenda::wording::{entry, excerpt, links_to, plain, sentence, step};
use crate::features::due::{Due, Reason, Suggestion};
use crate::features::habit_report::Report;
use crate::features::standing::{Anchor, AnchorSource, Situation};
use crate::features::trips::{Visit, visits};
use crate::people::book::{ContactId, Role, Touch};
use crate::people::contact::Contact;
use crate::people::journal::Trip;
use crate::people::kind::Meaning;
use crate::people::promise::Promise;
use crate::text::day::Day;
use crate::text::phrase;

/// The people to be in touch with: next steps first, then those whose turn it is, then those to see on a trip, then
/// those who are told of the week of a habit (`reports`). `today` is what the day holds already; somebody who has a line there is in none with others here.
pub fn reach_out(
    situation: &Situation,
    due: &Due,
    reports: &[Report],
    today: &[Item],
    ids: &mut Ids,
) -> Vec<Item> {
    let mut calls = Vec::new();
    for suggestion in due.follow_ups.iter().chain(&due.today) {
        add(&mut calls, situation, suggestion);
    }
    for visit in visits(situation) {
        add_visit(&mut calls, situation, &visit);
    }
    for report in reports {
        add_report(&mut calls, situation, report);
    }
    let has_a_line = |id: &ContactId| {
        let identity = situation.book.identity(*id);
        today.iter().any(|item| item.is_word_to(&identity))
    };
    let calls = calls.into_iter().flat_map(|call| call.apart(has_a_line));
    calls.map(|call| item(situation, &call, ids)).collect()
}

/// The lines of these suggestions alone, whatever else the day holds.
pub fn suggested(situation: &Situation, suggestions: &[Suggestion], ids: &mut Ids) -> Vec<Item> {
    let mut calls = Vec::new();
    suggestions.iter().for_each(|suggestion| add(&mut calls, situation, suggestion));
    calls.iter().map(|call| item(situation, call, ids)).collect()
}

/// One line: somebody, or people who live together.
struct Call {
    people: Vec<ContactId>,
    why: Why,
    // Part of the id of the line.
    reason: &'static str,
    // Who, and why in words.
    because: Vec<(ContactId, String)>,
    // To whom something is told, and what.
    tells: Vec<(ContactId, String)>,
}

impl Call {
    /// The line of those without a line elsewhere, and one for each of the others.
    fn apart(self, has_a_line: impl Fn(&ContactId) -> bool) -> Vec<Call> {
        let (others, together): (Vec<_>, Vec<_>) = match self.people.len() {
            1 => (Vec::new(), self.people),
            _ => self.people.into_iter().partition(has_a_line),
        };
        let lines = others.into_iter().map(|other| vec![other]).chain([together]);
        let lines = lines.filter(|people| !people.is_empty());
        let call = |people: Vec<ContactId>| {
            let because = self.because.clone();
            let tells = self.tells.iter().filter(|(id, _)| people.contains(id)).cloned().collect();
            Call { people, because, tells, ..self }
        };
        lines.map(call).collect()
    }
}

fn add(calls: &mut Vec<Call>, situation: &Situation, suggestion: &Suggestion) {
    let because = match suggestion.reason {
        Reason::FollowUp => {
            Some(format!("you chose {} for it", phrase::day(suggestion.due, situation.day)))
        }
        Reason::Rhythm => suggestion.cadence.map(|cadence| cadence.to_string()),
        Reason::NewConnection => Some("you met not long ago".to_owned()),
    };
    // Who comes along stands right behind the one whose turn it is.
    let because = because.map(|because| (suggestion.id, because));
    if let Some(call) = calls.last_mut().filter(|_| suggestion.beside.is_some()) {
        call.people.push(suggestion.id);
        call.because.extend(because);
        return;
    }
    let (why, reason) = match suggestion.reason {
        Reason::FollowUp => (Why::FollowUp, "next step"),
        Reason::Rhythm => (Why::Rhythm, "rhythm"),
        Reason::NewConnection => (Why::NewConnection, "new connection"),
    };
    let (people, because) = (vec![suggestion.id], because.into_iter().collect());
    calls.push(Call { people, why, reason, because, tells: Vec::new() });
}

fn add_visit(calls: &mut Vec<Call>, situation: &Situation, visit: &Visit) {
    let because = stay(&visit.trip, situation.day);
    let mut people = visit.who.clone();
    for call in calls.iter_mut() {
        let both = call.people.iter().filter(|id| visit.who.contains(id));
        call.because.extend(both.map(|id| (*id, because.clone())));
        people.retain(|id| !call.people.contains(id));
    }
    if !people.is_empty() {
        let because = people.iter().map(|id| (*id, because.clone())).collect();
        let tells = Vec::new();
        calls.push(Call { people, why: Why::Trip, reason: "trip", because, tells });
    }
}

fn add_report(calls: &mut Vec<Call>, situation: &Situation, report: &Report) {
    let id = report.partner;
    let tells = (id, told_of_week(report, situation.day));
    let because = (id, format!("partner in {}", plain(&report.habit)));
    if let Some(call) = calls.iter_mut().find(|call| call.people.contains(&id)) {
        call.tells.push(tells);
        call.because.push(because);
        return;
    }
    let (people, because, tells) = (vec![id], vec![because], vec![tells]);
    calls.push(Call { people, why: Why::Progress, reason: "progress", because, tells });
}

/// `Send the week's progress: Walk 20 minutes, 4 of 5. Yesterday: in the rain.`
fn told_of_week(report: &Report, today: Day) -> String {
    let (habit, done) = (plain(&report.habit), report.done);
    let done = match (report.of, done) {
        (Some(of), _) => format!("{done} of {of}"),
        (None, 1) => "once".to_owned(),
        (None, 2) => "twice".to_owned(),
        (None, _) => format!("{} times", phrase::number(done)),
    };
    let note = report.note.as_ref().map(|(day, text)| {
        format!(" {}: {}", phrase::capital(&phrase::day(*day, today)), sentence(text))
    });
    format!("Send the week's progress: {habit}, {done}.{}", note.unwrap_or_default())
}

/// `you will be in Porto from 4 to 6 December`
pub fn stay(trip: &Trip, today: Day) -> String {
    let place = excerpt(&trip.place);
    match (trip.from <= today, trip.to == today) {
        (false, _) => {
            format!("you will be in {place} {}", phrase::span(trip.from, trip.to, today))
        }
        (true, true) => format!("you are in {place} today"),
        (true, false) => format!("you are in {place} until {}", phrase::day(trip.to, today)),
    }
}

fn item(situation: &Situation, call: &Call, ids: &mut Ids) -> Item {
    let book = situation.book;
    let circle = shared(situation, call, |contact| contact.circle.as_deref());
    let channel = shared(situation, call, |contact| contact.channels.first().map(String::as_str));
    let about = circle.into_iter().chain(channel).filter(|word| !word.is_empty());
    let head = std::iter::once(links_to(&call.people, book)).chain(about).collect::<Vec<_>>();
    let steps = [next(situation, call), because(situation, call)];
    let steps = steps.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let tells = call.tells.iter().map(|(_, told)| Some(told.clone()));
    let lines = tells.chain([last(situation, call), news(situation, call), Some(steps)]);
    let identities = call.people.iter().map(|id| book.identity(*id).into_owned());
    let identities = identities.collect::<Vec<_>>();
    let id = ids.take('r', &[identities.first().map_or("", String::as_str), call.reason]);
    let source = Source::People { identities, why: call.why };
    let context = lines.flatten().filter(|line| !line.is_empty()).collect();
    Item::new(id, source, head.join(" · "), context)
}

/// What the notes of all of them say alike.
fn shared<'a>(
    situation: &Situation<'a>,
    call: &Call,
    of: impl Fn(&'a Contact) -> Option<&'a str>,
) -> Option<String> {
    let mut said = call.people.iter().map(|id| of(situation.book.contact(*id)));
    let first = said.next().flatten()?;
    said.all(|other| other == Some(first)).then(|| plain(first))
}

/// The last time: the newest contact, else the newest day that a note states, else how they met. Of several people the
/// newest of all, with the name where it was not with all of them.
fn last(situation: &Situation, call: &Call) -> Option<String> {
    let newest = |id: &ContactId| {
        let known = situation.standing(*id).anchor;
        known.filter(|anchor| anchor.source != AnchorSource::Created).map(|anchor| anchor.day)
    };
    let told = |id: &ContactId| last_with(situation, *id);
    let last = call.people.iter().max_by_key(|id| newest(id)).filter(|id| newest(id).is_some());
    let Some(last) = last else {
        return call.people.iter().find_map(told).map(|(label, text)| format!("{label}: {text}"));
    };
    let (label, text) = last_with(situation, *last)?;
    let with_all = call.people.iter().all(|id| is_same_contact(situation, *id, *last));
    match with_all {
        true => Some(format!("{label}: {text}")),
        false => {
            let name = plain(&situation.book.contact(*last).name);
            Some(format!("{label}, with {name}: {text}"))
        }
    }
}

fn last_with(situation: &Situation, id: ContactId) -> Option<(&'static str, String)> {
    let standing = situation.standing(id);
    let contact = situation.book.contact(id);
    match (standing.anchor.map(|anchor| anchor.source), &standing.newest) {
        (Some(AnchorSource::LastContact { .. }), _) => {
            let date = contact.last_contact?;
            Some(("Last", format!("{}.", phrase::loose(date, situation.day))))
        }
        (_, Some(touch)) => Some(("Last", told(situation, touch))),
        (_, None) => contact.met.first().map(|met| ("Met", sentence(met))),
    }
}

/// Whether the newest contact of both is one and the same.
fn is_same_contact(situation: &Situation, one: ContactId, other: ContactId) -> bool {
    let entry = |id| match situation.standing(id).anchor {
        Some(Anchor { source: AnchorSource::Contact(touch), .. }) => {
            let (path, entry) = situation.book.interaction(&touch);
            Some((path, entry.line))
        }
        _ => None,
    };
    one == other || entry(one).is_some_and(|first| entry(other) == Some(first))
}

/// What was heard of them since, in their own notes.
fn news(situation: &Situation, call: &Call) -> Option<String> {
    call.people.iter().find_map(|id| {
        let newest = situation.standing(*id).newest;
        let since = newest.map_or(Day::first(), |touch| touch.day);
        let own = situation.past_touches(*id).take_while(|touch| touch.day > since);
        let mut heard =
            own.filter(|touch| touch.meaning == Meaning::Note && touch.role == Role::Own);
        heard.next().map(|touch| format!("Heard: {}", told(situation, &touch)))
    })
}

fn told(situation: &Situation, touch: &Touch) -> String {
    let (_, interaction) = situation.book.interaction(touch);
    let kind = interaction.kind.as_deref().filter(|_| touch.meaning == Meaning::Contact);
    let mut told = entry(touch.day, kind, &interaction.text, situation.day);
    if !told.ends_with(['.', '!', '?', '…']) {
        told.push('.');
    }
    told
}

/// The next step: what the note says, else an open promise, else what a good contact looks like, else an interest. Of
/// several people the first who has one, of each kind before the next kind.
fn next(situation: &Situation, call: &Call) -> Option<String> {
    let contacts =
        call.people.iter().map(|id| situation.book.contact(*id)).collect::<Vec<&Contact>>();
    let first = |of: &dyn Fn(&Contact) -> Option<String>| contacts.iter().find_map(|one| of(one));
    let circle =
        |one: &Contact| one.circle.as_deref().and_then(|name| situation.vocabulary.circle(name));
    let text = first(&|one| one.next.clone())
        .or_else(|| first(&|one| one.promises.iter().find(is_mine).map(|of| of.text.clone())))
        .or_else(|| first(&|one| one.how.first().cloned()))
        .or_else(|| first(&|one| circle(one).and_then(|circle| circle.how.clone())))
        .or_else(|| first(&|one| one.interests.first().map(|of| format!("ask about {of}"))))?;
    let text = sentence(&text);
    (!text.is_empty()).then(|| format!("Next: {}", step(&text)))
}

fn is_mine(promise: &&Promise) -> bool {
    promise.status.is_open() && !promise.theirs
}

fn because(situation: &Situation, call: &Call) -> Option<String> {
    let purposes = call.people.iter().filter_map(|id| situation.book.contact(*id).purpose.first());
    let purpose = purposes.map(|purpose| first_sentence(purpose)).find(|text| !text.is_empty());
    let mut parts = purpose.into_iter().collect::<Vec<_>>();
    for (who, because) in &call.because {
        if call.people.contains(who) && !parts.contains(because) {
            parts.push(because.clone());
        }
    }
    if call.people.len() > 1 {
        parts.push("they live together".to_owned());
    }
    (!parts.is_empty()).then(|| format!("Why: {}.", parts.join(", ")))
}

fn first_sentence(text: &str) -> String {
    let shown = excerpt(text);
    let end = shown.find(". ").unwrap_or(shown.len());
    shown.get(..end).unwrap_or("").trim_end_matches('.').to_owned()
}
