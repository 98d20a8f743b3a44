//! Everything that is worth a place in the calendar, as items.

use crate::features::calendar::events::events;
use crate::features::calendar::item::Item;
use crate::features::calendar::occasions::yearly;
use crate::features::calendar::reviews::reviews;
use crate::features::calendar::tasks::{next_steps, promises};
use crate::features::calendar::uid::Uids;
use crate::features::standing::Situation;
use crate::people::book::ContactId;
use std::collections::HashSet;

/// The items of the calendar on the day of `situation`; of `wanted` people alone, where they are given, and then
/// without what is about nobody: reviews, and promises of the inbox.
pub fn items(situation: &Situation, wanted: Option<&HashSet<ContactId>>) -> Vec<Item> {
    let takes = |id: ContactId| wanted.is_none_or(|wanted| wanted.contains(&id));
    let mut uids = Uids::default();
    let mut items = yearly(situation, &takes, &mut uids);
    items.extend(events(situation, &takes, &mut uids));
    items.extend(next_steps(situation, &takes, &mut uids));
    items.extend(promises(situation, &takes, wanted.is_none(), &mut uids));
    if wanted.is_none() {
        items.extend(reviews(&situation.settings.calendar, &mut uids));
    }
    items
}
