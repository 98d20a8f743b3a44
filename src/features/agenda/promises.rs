//! "Promises": what the owner has still to keep.

use crate::features::agenda::ids::Ids;
use crate::features::agenda::view::{Item, Source};
use crate::features::agenda::wording::{link_of, linked, links_to};
use crate::features::promises::{OpenPromises, PromiseView};
use crate::features::standing::Situation;
use crate::people::book::ContactId;
use crate::people::promise::Promise;
use crate::text::day::Day;
use crate::text::phrase;

/// The promises to keep, due ones first, `at_most` so many a day, and how many more there are.
pub fn promises(
    situation: &Situation,
    open: &OpenPromises,
    at_most: usize,
    ids: &mut Ids,
) -> (Vec<Item>, usize) {
    // One that was kept today has had its place: ticking never brings a new one.
    let kept = situation.book.promises().filter(|of| of.brief.done == Some(situation.day)).count();
    let limit = at_most.saturating_sub(kept);
    let shown = open.mine.iter().take(limit);
    let items = shown.map(|view| promise(situation, view, ids)).collect();
    (items, open.mine.len().saturating_sub(limit))
}

fn promise(situation: &Situation, view: &PromiseView, ids: &mut Ids) -> Item {
    let (promise, path) = (view.of.promise(), view.of.path);
    let ordinal = promise.text_ordinal.to_string();
    let id = ids.take('p', &[&path.identity(), &promise.text, &ordinal]);
    let source = Source::Promise {
        path: path.clone(),
        source_line: promise.source_line.clone(),
        ordinal: promise.ordinal,
    };
    Item::new(id, source, promise_line(situation, view), Vec::new())
}

/// What was promised and to whom, with its day.
pub fn promise_line(situation: &Situation, view: &PromiseView) -> String {
    let day = promise_day(view.of.promise(), situation.day);
    format!("{}{day}", promise_text(situation, view))
}

/// What was promised, and to whom where the text does not link them.
pub fn promise_text(situation: &Situation, view: &PromiseView) -> String {
    let text = linked(&view.of.promise().text, situation.book);
    let linked = |id: &ContactId| text.contains(&link_of(situation.book, *id));
    let others = view.of.people.iter().filter(|id| !linked(id)).copied().collect::<Vec<_>>();
    match (others.is_empty(), text.is_empty()) {
        (true, _) => text,
        (false, true) => links_to(&others, situation.book),
        (false, false) => format!("{text} · {}", links_to(&others, situation.book)),
    }
}

fn promise_day(promise: &Promise, today: Day) -> String {
    match (promise.due, promise.promised) {
        (Some(due), _) if due >= today => format!(", for {}", phrase::day(due, today)),
        (_, Some(promised)) if promised.days_until(today) > 6 => {
            format!(", promised {}", phrase::in_month(promised, today))
        }
        (_, Some(promised)) => format!(", promised {}", phrase::on_day(promised, today)),
        (Some(due), None) => format!(", meant for {}", phrase::day(due, today)),
        (None, None) => String::new(),
    }
}
