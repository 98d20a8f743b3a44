//! The JSON shape of the agenda of a day. Within a version fields are only added.

use crate::features::agenda::view::{Agenda, Item, Source, Why};
use crate::note::link_write::without_links;
use serde::Serialize;

/// The answer of `ties agenda`.
#[derive(Debug, Serialize)]
pub struct WireAgenda {
    /// ISO.
    date: String,
    today: Vec<WireItem>,
    /// Only on the morning after an absence: then the few promises and people of the day belong to it.
    re_entry: Option<WireReEntry>,
    promises: Vec<WireItem>,
    /// How many promises are not shown for now.
    promises_waiting: usize,
    reach_out: Vec<WireItem>,
    habits: Vec<WireItem>,
    coming_up: Vec<WireItem>,
    /// How many more days ahead are not shown yet.
    coming_up_later: usize,
    /// What was done on the day.
    done: Vec<String>,
    /// Why there is nothing to do, where there is nothing to do; on a quiet day of the week that it is one.
    empty: Option<String>,
}

#[derive(Debug, Serialize)]
struct WireReEntry {
    /// A sentence for above the names.
    words: String,
    /// Ticked, it lets everybody else start afresh.
    start_afresh: WireItem,
}

#[derive(Debug, Serialize)]
struct WireItem {
    /// The block id of its line in `agenda.md`, without the `^`.
    id: String,
    /// Plain text.
    text: String,
    /// The same as Markdown.
    markdown: String,
    /// Lines of context, plain text.
    context: Vec<String>,
    /// Whether it can be ticked.
    task: bool,
    /// The character in its box: a space until it is answered.
    status: char,
    /// Why it is there: `occasion`, `rhythm`, `promise`, `habit` and others.
    why: &'static str,
    /// The people that it is about, or the note that it comes from: paths without `.md`.
    about: Vec<String>,
}

impl WireAgenda {
    /// The shape of `agenda`.
    pub fn new(agenda: &Agenda) -> WireAgenda {
        let items = |items: &[Item]| items.iter().map(item).collect();
        WireAgenda {
            date: agenda.day.to_string(),
            today: items(&agenda.today),
            re_entry: agenda.re_entry.as_ref().map(|of| WireReEntry {
                words: of.words.clone(),
                start_afresh: item(&of.start_afresh),
            }),
            promises: items(&agenda.promises),
            promises_waiting: agenda.promises_waiting,
            reach_out: items(&agenda.reach_out),
            habits: items(&agenda.habits),
            coming_up: items(&agenda.coming_up),
            coming_up_later: agenda.coming_up_later,
            done: agenda.done.iter().map(|line| without_links(line)).collect(),
            empty: agenda.empty.as_deref().map(without_links),
        }
    }
}

fn item(item: &Item) -> WireItem {
    let (why, about) = match &item.source {
        Source::People { identities, why } => (word(*why), identities.clone()),
        Source::Promise { path, .. } => ("promise", vec![path.identity()]),
        Source::Habit { path } => ("habit", vec![path.identity()]),
        Source::Away => ("away", Vec::new()),
        Source::StartAfresh => ("start-afresh", Vec::new()),
        Source::Unknown => ("unknown", Vec::new()),
    };
    WireItem {
        id: item.id.clone(),
        text: without_links(&item.text),
        markdown: item.text.clone(),
        context: item.context.iter().map(|line| without_links(line)).collect(),
        task: item.task,
        status: item.status,
        why,
        about,
    }
}

fn word(why: Why) -> &'static str {
    match why {
        Why::Occasion => "occasion",
        Why::Remembrance => "remembrance",
        Why::Mourning => "mourning",
        Why::Trigger => "trigger",
        Why::Introduction => "introduction",
        Why::Plan => "plan",
        Why::PlanQuestion => "plan-question",
        Why::FollowUp => "follow-up",
        Why::Rhythm => "rhythm",
        Why::NewConnection => "new-connection",
        Why::Trip => "trip",
        Why::Progress => "progress",
        Why::Answered => "answered",
    }
}
