//! The text of `agenda.md` (section 5 of the format): line feeds only, one at the end.
//!
//! The front matter carries `marks`, six characters for each line that `ties` wrote and behind them its id, so that what
//! the person typed is known from the file alone.

use crate::features::agenda::ids;
use crate::features::agenda::view::{Agenda, Item};
use crate::note::link_write::without_links;
use crate::text::fingerprint::{base36, hash};
use crate::text::phrase;
use std::collections::HashSet;

/// The heading under which everything is the person's.
pub const NOTES: &str = "## Notes";

/// The headings of the sections that are written anew.
pub const SECTIONS: [&str; 7] = [
    "## Today",
    "## Welcome back",
    "## Promises",
    "## Reach out",
    "## Habits",
    "## Coming up",
    "## Done",
];

/// The whole file.
pub fn render(agenda: &Agenda) -> String {
    let body = body(agenda);
    let mut lines =
        vec!["---".to_owned(), "ties: agenda".to_owned(), format!("date: {}", agenda.day)];
    // Ours come last: what follows them could be read as more of them.
    lines.extend(agenda.front_matter.iter().cloned());
    if !agenda.records.is_empty() {
        let records = agenda.records.iter().map(ToString::to_string).collect::<Vec<_>>();
        lines.push(format!("answers: {}", records.join(" ")));
    }
    let marks = marks(agenda);
    if !marks.is_empty() {
        lines.push(format!("marks: {}", marks.join(" ")));
    }
    lines.push("---".to_owned());
    lines.extend(body);
    lines.push(NOTES.to_owned());
    lines.extend(agenda.notes.iter().cloned());
    lines.join("\n") + "\n"
}

/// The lines between the front matter and the notes.
pub fn body(agenda: &Agenda) -> Vec<String> {
    written(agenda, &item)
}

/// The same as `ties` writes them: no line is answered, nothing is typed at any.
pub fn ours(agenda: &Agenda) -> Vec<String> {
    written(agenda, &own_lines)
}

fn written(agenda: &Agenda, item: &dyn Fn(&Item) -> Vec<String>) -> Vec<String> {
    let items = |items: &[Item]| items.iter().flat_map(item).collect::<Vec<_>>();
    let mut lines = vec![format!("# {}", phrase::title(agenda.day)), String::new()];
    if let Some(empty) = &agenda.empty {
        lines.extend([empty.clone(), String::new()]);
    }
    let (mut promises, mut reach_out) = (items(&agenda.promises), items(&agenda.reach_out));
    promises.extend(waiting(agenda.promises_waiting).filter(|_| agenda.re_entry.is_none()));
    let mut coming_up = items(&agenda.coming_up);
    coming_up.extend(later(agenda.coming_up_later).map(|later| format!("- {later}")));
    let mut welcome = Vec::new();
    if let Some(re_entry) = &agenda.re_entry {
        welcome.extend([re_entry.words.clone(), String::new()]);
        welcome.append(&mut reach_out);
        welcome.append(&mut promises);
        welcome.extend(item(&re_entry.start_afresh));
    }
    let sections = [
        items(&agenda.today),
        welcome,
        promises,
        reach_out,
        items(&agenda.habits),
        coming_up,
        agenda.done.iter().map(|done| format!("- {done}")).collect(),
    ];
    for (heading, section) in SECTIONS.iter().zip(sections).filter(|(_, of)| !of.is_empty()) {
        lines.push((*heading).to_owned());
        lines.extend(section);
        lines.push(String::new());
    }
    lines
}

/// The lines of an item, with what was answered and typed.
pub fn item(item: &Item) -> Vec<String> {
    let marker = if item.task { format!("- [{}]", item.status) } else { "-".to_owned() };
    let typed = if item.at_end.is_empty() { String::new() } else { format!(" {}", item.at_end) };
    let head = format!("{marker} {}{typed} ^{}", item.text, item.id);
    let mut lines = own_lines(item);
    lines.splice(..1, [head]);
    lines.extend(item.below.iter().cloned());
    lines
}

/// The lines of an item as `ties` writes them.
pub fn own_lines(item: &Item) -> Vec<String> {
    let marker = if item.task { "- [ ]" } else { "-" };
    let head = format!("{marker} {} ^{}", item.text, item.id);
    let context = item.context.iter().map(|line| format!("  > {line}"));
    std::iter::once(head).chain(context).collect()
}

fn waiting(count: usize) -> Option<String> {
    let waits = if count == 1 { "waits" } else { "wait" };
    (count > 0).then(|| format!("- {} more {waits} in your notes", phrase::number(count)))
}

/// What stands below the days ahead where there are more of them.
pub fn later(count: usize) -> Option<String> {
    (count > 0).then(|| format!("{} more a little later", phrase::number(count)))
}

/// The mark of a line that `ties` writes. What editors and plugins change in every line does not count: white space
/// around it, the sign of a list item, an id at its end, and of a link anything but what it shows.
pub fn mark(line: &str) -> String {
    let line = match ids::around(line.trim()) {
        (before, Some(_), "") => before,
        _ => line.trim(),
    };
    let item = ["* ", "+ "].iter().find_map(|sign| line.strip_prefix(sign));
    let item = item.map(|rest| format!("- {rest}"));
    base36(hash(&[&without_links(item.as_deref().unwrap_or(line))]), MARK)
}

/// A mark has so many characters.
pub const MARK: usize = 6;

/// The marks of the lines that are not known by themselves, each once, in order; behind that of a line with an id the
/// id, for a line that loses it.
fn marks(agenda: &Agenda) -> Vec<String> {
    marks_of(&ours(agenda))
}

/// The marks of those of `lines` that are not known by themselves, each once, in order.
pub fn marks_of(lines: &[String]) -> Vec<String> {
    let mut seen = HashSet::new();
    let lines = lines.iter().filter(|line| !is_known(line));
    let marked = |line: &String| format!("{}{}", mark(line), ids::around(line).1.unwrap_or(""));
    lines.map(marked).filter(|mark| seen.insert(mark.clone())).collect()
}

/// Whether a line is blank, the title of some day, or a heading of a section: nothing that a person would miss.
pub fn is_known(line: &str) -> bool {
    let line = line.trim_end();
    line.trim().is_empty() || SECTIONS.contains(&line) || is_title(line)
}

fn is_title(line: &str) -> bool {
    line.strip_prefix("# ").is_some_and(|title| phrase::day_of_title(title).is_some())
}
