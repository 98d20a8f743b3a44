//! "Done": what the day already holds.

use crate::features::agenda::about::id_of_promise;
use crate::features::agenda::wording::{linked, links_to, plain};
use crate::features::habits::{Standing, Today, title};
use crate::features::standing::Situation;
use crate::people::book::{ContactId, Touch};
use crate::people::habit::Habit;
use crate::people::promise::PromiseStatus;
use std::collections::{BTreeMap, HashSet};

/// What the answered lines of the day say already.
#[derive(Debug, Default)]
pub struct Shown {
    /// People, where contact is what they say.
    pub people: HashSet<ContactId>,
    /// The ids of promises.
    pub promises: HashSet<String>,
    /// The identities of habits.
    pub habits: HashSet<String>,
}

/// What was done on the day: people, promises kept, habits ticked; without what is `shown`.
pub fn done(situation: &Situation, standings: &[(&Habit, Standing)], shown: &Shown) -> Vec<String> {
    let mut lines = contacts(situation, shown);
    lines.extend(kept(situation, shown));
    let ticked = standings.iter().filter(|(habit, standing)| {
        standing.today == Today::Done && !shown.habits.contains(&habit.identity)
    });
    lines.extend(ticked.map(|(habit, _)| plain(&title(habit))));
    lines
}

/// Everyone with contact on the day, once; those of one entry together.
fn contacts(situation: &Situation, shown: &Shown) -> Vec<String> {
    let book = situation.book;
    let is_told = |id: &ContactId| book.me() == Some(*id) || shown.people.contains(id);
    let mut kinds = BTreeMap::new();
    let mut people: BTreeMap<(&str, u32), Vec<ContactId>> = BTreeMap::new();
    for id in book.people().filter(|id| !is_told(id)) {
        let mut today = situation.past_touches(id).take_while(|touch| touch.day == situation.day);
        let Some(touch) = today.find(Touch::counts) else { continue };
        let (path, entry) = book.interaction(&touch);
        let place = (path.as_str(), entry.line);
        kinds.insert(place, entry.kind.as_deref());
        people.entry(place).or_default().push(id);
    }
    let line = |(people, kind): (&Vec<ContactId>, &Option<&str>)| {
        format!("{} {}", verb(*kind), links_to(people, book))
    };
    people.values().zip(kinds.values()).map(line).collect()
}

/// What was done, by the kind of the entry; kinds of settings have no verb of their own.
fn verb(kind: Option<&str>) -> &'static str {
    match kind {
        Some("call") => "Called",
        Some("met") => "Met",
        Some("message" | "mail") => "Wrote to",
        Some("letter") => "Wrote a letter to",
        Some("video") => "Spoke by video with",
        Some("visit" | "event") => "Saw",
        _ => "In touch with",
    }
}

fn kept(situation: &Situation, shown: &Shown) -> Vec<String> {
    let kept = situation.book.promises().filter(|of| {
        of.brief.done == Some(situation.day)
            && of.brief.status == PromiseStatus::Done
            && !of.brief.theirs
    });
    let kept = kept.filter(|of| !shown.promises.contains(&id_of_promise(of)));
    kept.map(|of| format!("Kept: {}", linked(&of.promise().text, situation.book))).collect()
}
