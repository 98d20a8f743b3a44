//! "Reach out": whom to be in touch with.
//!
//! One line of context is worth more than ten names: the last time, the next step, and why.

use crate::features::agenda::ids::Ids;
use crate::features::agenda::view::{Item, Source, Why};
use crate::features::agenda::wording::{entry, excerpt, link, plain, sentence, step};
use crate::features::due::{Due, Reason, Suggestion};
use crate::features::standing::{AnchorSource, Situation};
use crate::people::book::{ContactId, Role, Touch};
use crate::people::kind::Meaning;
use crate::people::promise::Promise;
use crate::text::day::Day;
use crate::text::phrase;

/// The people to be in touch with: next steps first, then those whose turn it is.
pub fn reach_out(situation: &Situation, due: &Due, ids: &mut Ids) -> Vec<Item> {
    let all = due.follow_ups.iter().chain(&due.today);
    all.map(|suggestion| person(situation, suggestion, ids)).collect()
}

fn person(situation: &Situation, suggestion: &Suggestion, ids: &mut Ids) -> Item {
    let contact = situation.book.contact(suggestion.id);
    let (why, reason) = match suggestion.reason {
        Reason::FollowUp => (Why::FollowUp, "next step"),
        Reason::Rhythm => (Why::Rhythm, "rhythm"),
        Reason::NewConnection => (Why::NewConnection, "new connection"),
    };
    let about = contact.circle.iter().chain(contact.channels.first()).map(|word| plain(word));
    let about = about.filter(|word| !word.is_empty());
    let head = std::iter::once(link(contact)).chain(about).collect::<Vec<_>>();
    let steps = [next(situation, suggestion.id), because(situation, suggestion)];
    let steps = steps.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let lines = [last(situation, suggestion), news(situation, suggestion), Some(steps)];
    let id = ids.take('r', &[&contact.identity, reason]);
    let source = Source::People { identities: vec![contact.identity.clone()], why };
    let context = lines.into_iter().flatten().filter(|line| !line.is_empty()).collect();
    Item::new(id, source, head.join(" · "), context)
}

/// The last time: the newest contact, else the newest day that the note states, else how the two met.
fn last(situation: &Situation, suggestion: &Suggestion) -> Option<String> {
    let standing = situation.standing(suggestion.id);
    let contact = situation.book.contact(suggestion.id);
    match (standing.anchor.map(|anchor| anchor.source), &suggestion.newest) {
        (Some(AnchorSource::LastContact { .. }), _) => {
            let date = contact.last_contact?;
            Some(format!("Last: {}.", phrase::loose(date, situation.day)))
        }
        (_, Some(touch)) => Some(format!("Last: {}", told(situation, touch))),
        (_, None) => contact.met.first().map(|met| format!("Met: {}", sentence(met))),
    }
}

/// What was heard of them since, in their own note.
fn news(situation: &Situation, suggestion: &Suggestion) -> Option<String> {
    let since = suggestion.newest.map_or(Day::first(), |touch| touch.day);
    let own = situation.past_touches(suggestion.id).take_while(|touch| touch.day > since);
    let mut heard = own.filter(|touch| touch.meaning == Meaning::Note && touch.role == Role::Own);
    heard.next().map(|touch| format!("Heard: {}", told(situation, &touch)))
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

/// The next step: what the note says, else an open promise, else what a good contact looks like, else an interest.
fn next(situation: &Situation, id: ContactId) -> Option<String> {
    let contact = situation.book.contact(id);
    let circle = contact.circle.as_deref().and_then(|name| situation.vocabulary.circle(name));
    let promise = contact.promises.iter().find(|promise| is_mine(promise));
    let interest = || contact.interests.first().map(|interest| format!("ask about {interest}"));
    let text = contact
        .next
        .clone()
        .or_else(|| promise.map(|promise| promise.text.clone()))
        .or_else(|| contact.how.first().cloned())
        .or_else(|| circle.and_then(|circle| circle.how.clone()))
        .or_else(interest)?;
    let text = sentence(&text);
    (!text.is_empty()).then(|| format!("Next: {}", step(&text)))
}

fn is_mine(promise: &Promise) -> bool {
    promise.status.is_open() && !promise.theirs
}

fn because(situation: &Situation, suggestion: &Suggestion) -> Option<String> {
    let contact = situation.book.contact(suggestion.id);
    let purpose = contact.purpose.first().map(|purpose| first_sentence(purpose));
    let purpose = purpose.filter(|purpose| !purpose.is_empty());
    let since = |day: Day| phrase::day(day, situation.day);
    let reason = match suggestion.reason {
        Reason::FollowUp => Some(format!("you chose {} for it", since(suggestion.due))),
        Reason::Rhythm => suggestion.cadence.map(|cadence| cadence.to_string()),
        Reason::NewConnection => Some("you met not long ago".to_owned()),
    };
    let parts = purpose.into_iter().chain(reason).collect::<Vec<_>>();
    (!parts.is_empty()).then(|| format!("Why: {}.", parts.join(", ")))
}

fn first_sentence(text: &str) -> String {
    let shown = excerpt(text);
    let end = shown.find(". ").unwrap_or(shown.len());
    shown.get(..end).unwrap_or("").trim_end_matches('.').to_owned()
}
