//! The review of a week: a quarter of an hour, a handful of people.

use crate::features::agenda::coming_up::coming_up;
use crate::features::agenda::ids::Ids;
use crate::features::agenda::view::{Item, Source};
use crate::features::agenda::wording::{excerpt, linked};
use crate::features::inbox_lines::{InboxLine, LineKind, inbox_lines};
use crate::features::promises::{OpenPromises, open};
use crate::features::review::ground::Ground;
use crate::features::review::habits;
use crate::features::review::ids::id_of;
use crate::features::review::owing::Owing;
use crate::features::review::promises::{promises, replies};
use crate::features::review::sheet::Sheet;
use crate::features::review::view::Section;
use crate::features::review::words_to::attention;
use crate::text::phrase;
use std::collections::HashSet;

/// What stands above everything else.
pub const WORDS: &str = "A quarter of an hour. Tick what you want; what you leave stays as it is, and is not carried over.";

/// What a tick at the name of somebody does.
pub const WORD_WORDS: &str = "A tick puts it onto the agenda of that day; `call: …` below it says that it is done. \
     `[-]` is a choice too: no message this time.";

const PEOPLE: usize = 5;
const MINE: usize = 5;
const THEIRS: usize = 3;
const REPLIES: usize = 5;
const INBOX: usize = 5;
const AHEAD: usize = 12;

/// The parts of the review of a week.
pub fn sections(sheet: &Sheet) -> Vec<Section> {
    let open = open(sheet.ground.situation.book, sheet.ground.situation.day);
    vec![
        people(sheet),
        promised(sheet, &open),
        owed(sheet),
        inbox(sheet.ground),
        habits_of(sheet),
        ahead(sheet.ground, &open),
    ]
}

fn people(sheet: &Sheet) -> Section {
    let items = sheet.fill(&['w'], PEOPLE, |room| attention(sheet.ground, room));
    let words = items.first().map(|_| WORD_WORDS.to_owned()).into_iter().collect();
    Section { words, items, ..Section::new("A word this week") }
}

fn promised(sheet: &Sheet, open: &OpenPromises) -> Section {
    let items = sheet.fill(&['p'], MINE + THEIRS, |_| {
        let mut items = promises(sheet.ground, &open.mine, MINE);
        items.extend(promises(sheet.ground, &open.theirs, THEIRS));
        items
    });
    let more = open.mine.len().saturating_sub(MINE) + open.theirs.len().saturating_sub(THEIRS);
    let words = more_waits(more, "in your notes").into_iter().collect();
    Section { words, items, ..Section::new("Promises to keep") }
}

fn more_waits(more: usize, place: &str) -> Option<String> {
    let waits = if more == 1 { "waits" } else { "wait" };
    (more > 0).then(|| format!("{} more {waits} {place}.", phrase::capital(&phrase::number(more))))
}

fn owed(sheet: &Sheet) -> Section {
    let items = sheet.fill(&['r'], REPLIES, |room| replies(sheet.ground, room));
    let shown = |owing: &&Owing| items.iter().any(|item| item.id == owing.id);
    let owing = sheet.ground.owing();
    let more = owing.len() - owing.iter().filter(shown).count();
    let words = more_waits(more, "in your notes and the inbox").into_iter().collect();
    Section { words, items, ..Section::new("Answers owed, words meant") }
}

fn inbox(ground: &Ground) -> Section {
    let lines = inbox_lines(ground.inbox);
    let waits = |line: &&InboxLine| matches!(line.kind, LineKind::Captured | LineKind::ToListen);
    let waiting = lines.iter().filter(waits).collect::<Vec<_>>();
    let mut section = Section::new("Inbox");
    if waiting.is_empty() {
        return section;
    }
    let wait = if waiting.len() == 1 { "waits" } else { "wait" };
    let count = phrase::capital(&phrase::count(waiting.len(), "line", "lines"));
    section.words.push(format!("{count} {wait} to be sorted; `ties inbox` does it one by one."));
    let mut seen = HashSet::new();
    let items = waiting.iter().take(INBOX).map(|line| inbox_item(ground, line));
    section.items = items.filter(|item| seen.insert(item.id.clone())).collect();
    section
}

fn inbox_item(ground: &Ground, line: &InboxLine) -> Item {
    let text = excerpt(&line.text);
    let label = if line.kind == LineKind::ToListen { "To listen: " } else { "" };
    let whole = linked(&line.text, ground.situation.book);
    // A link is worth more than a short line.
    let text = if whole.chars().count() <= LONGEST { whole } else { text };
    let id = id_of('i', &[&line.text]);
    Item { task: false, ..Item::new(id, Source::Unknown, format!("{label}{text}"), Vec::new()) }
}

const LONGEST: usize = 160;

fn habits_of(sheet: &Sheet) -> Section {
    let mut items = habits::habits(sheet.ground);
    sheet.with_answered(&['e', 'z'], &mut items);
    let more = habits::more(sheet.ground);
    let stands = if more == 1 { "is" } else { "are" };
    let words = (more > 0).then(|| {
        let count = phrase::capital(&phrase::number(more));
        format!("{count} more {stands} in your notes; `ties habit` shows all of them.")
    });
    Section { words: words.into_iter().collect(), items, ..Section::new("Habits of the week") }
}

fn ahead(ground: &Ground, open: &OpenPromises) -> Section {
    let is_away = ground.situation.settings.is_away(ground.situation.day);
    let open = Some(open).filter(|_| !is_away);
    let (ahead, _) = coming_up(&ground.situation, open, &mut Ids::default());
    let items = ahead.into_iter().take(AHEAD).map(|ahead| ahead.item).collect();
    Section { items, ..Section::new("Days ahead") }
}
