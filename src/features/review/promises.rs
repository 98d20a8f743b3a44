//! Open loops: promises, the owner's and those of others, and words that are owed.

use crate::features::agenda::promises::promise_line;
use crate::features::agenda::view::{Item, Source};
use crate::features::agenda::wording::{linked, links_to};
use crate::features::inbox_lines::LineKind;
use crate::features::promises::PromiseView;
use crate::features::review::ground::Ground;
use crate::features::review::owing::Owing;
use crate::features::review::subject::promise_id;
use crate::note::link::links;
use crate::text::phrase;

/// The lines of promises.
pub fn promises(ground: &Ground, views: &[PromiseView], at_most: usize) -> Vec<Item> {
    views.iter().take(at_most).map(|view| promise(ground, view)).collect()
}

fn promise(ground: &Ground, view: &PromiseView) -> Item {
    let promise = view.of.promise();
    let source = Source::Promise {
        path: view.of.path.clone(),
        source_line: promise.source_line.clone(),
        ordinal: promise.ordinal,
    };
    let line = promise_line(&ground.situation, view);
    let text = if view.of.brief.theirs { format!("Theirs: {line}") } else { line };
    Item::new(promise_id(&view.of), source, text, Vec::new())
}

/// The lines of words that are owed.
pub fn replies(ground: &Ground, at_most: usize) -> Vec<Item> {
    ground.owing().iter().take(at_most).map(|owing| reply(ground, owing)).collect()
}

fn reply(ground: &Ground, owing: &Owing) -> Item {
    let book = ground.situation.book;
    let said = linked(&owing.text, book);
    // Nobody has to guess whom a line is about that names people without a link.
    let mut linked = links(&owing.text).filter(|link| book.linked(&link.target.note).is_some());
    let is_linked = owing.inbox.is_some() && linked.next().is_some();
    let own = if is_linked { String::new() } else { links_to(&owing.people, book) };
    let day = owing.day.map(|day| format!(", {}", phrase::day(day, ground.begun)));
    let about = format!("{own}{}", day.unwrap_or_default());
    let about = if about.is_empty() { about } else { format!(" · {about}") };
    let label = match owing.kind {
        LineKind::Reply if owing.inbox.is_none() => "An answer to: ",
        LineKind::Meant => "Meant: ",
        _ => "",
    };
    // Of a line that is nothing but its tag the tag is shown.
    let said = if said.is_empty() { owing.text.replace('#', "") } else { said };
    Item::new(owing.id.clone(), Source::Unknown, format!("{label}{said}{about}"), Vec::new())
}
