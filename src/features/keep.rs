//! Keeping a promise: finding the one that is meant, and ticking its task where it stands.

use crate::features::promises::matching;
use crate::note::change::{Change, FileChange, Refusal, Wish};
use crate::people::book::{Book, PromiseRef};
use crate::text::day::Day;
use crate::text::diagnostic::Code;

/// The open promises that `query` means: `people/ana-lima.md:14` the one on that line, else as [`matching`] finds
/// them, by people or by words.
pub fn meant<'a>(book: &'a Book, query: &str) -> Vec<PromiseRef<'a>> {
    let open = book.promises().filter(|found| found.promise.status.is_open());
    let there = open.filter(|found| place(found) == query.trim()).collect::<Vec<_>>();
    if there.is_empty() {
        matching(book, query).into_iter().map(|view| view.of).collect()
    } else {
        there
    }
}

/// Where a promise stands: `people/ana-lima.md:14`.
pub fn place(found: &PromiseRef<'_>) -> String {
    format!("{}:{}", found.path, found.promise.line)
}

/// Ticks the task of a promise on `today`. A recurring one is refused: only the program that repeats it knows what
/// comes next.
pub fn keep(found: &PromiseRef<'_>, today: Day) -> Result<Change, Refusal> {
    let promise = found.promise;
    if promise.recurring {
        let code = Code::RecurringTask.word();
        let reason = format!("{code}: it repeats (🔁), so a tick here would lose the next one");
        let hint = "tick it where it repeats, in Obsidian Tasks, or in your editor".to_owned();
        return Err(Refusal { reason, hint: Some(hint) });
    }
    let wish = Wish::SetTask {
        line: promise.source_line.clone(),
        ordinal: promise.ordinal,
        status: 'x',
        field: promise.uses_task_fields.then(|| format!("✅ {today}")),
    };
    let file = FileChange::Edit { path: found.path.clone(), wishes: vec![wish] };
    Ok(Change { title: format!("keep a promise: {}", promise.text), files: vec![file] })
}
