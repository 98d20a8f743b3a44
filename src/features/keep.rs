//! Keeping a promise: finding the one that is meant, and ticking its task where it stands.

use crate::note::change::{Change, FileChange, Refusal, Wish};
use crate::people::book::{Book, Found, PromiseRef};
use crate::text::day::Day;
use crate::text::diagnostic::Code;
use crate::text::fold::fold;

/// The open promises that `query` means, in path and line order. `people/ana-lima.md:14` means the promise on that
/// line; a person means theirs; else each word of the query starts a word of the promise, or of a name or the path of
/// the people it is about, whatever case and accents. An empty query means every open promise.
pub fn matching<'a>(book: &'a Book, query: &str) -> Vec<PromiseRef<'a>> {
    let open = || book.promises().filter(|found| found.promise.status.is_open());
    let at_place = open().filter(|found| place(found) == query.trim()).collect::<Vec<_>>();
    if !at_place.is_empty() {
        return at_place;
    }
    if let Found::One(id) = book.find(query) {
        let theirs = open().filter(|found| found.people.contains(&id)).collect::<Vec<_>>();
        if !theirs.is_empty() {
            return theirs;
        }
    }
    let query = fold(query);
    let wanted = words(&query).collect::<Vec<_>>();
    open().filter(|found| says(&described(book, found), &wanted)).collect()
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

fn described(book: &Book, found: &PromiseRef<'_>) -> String {
    let mut text = format!("{} {}", found.promise.text, found.path.without_extension());
    for id in &found.people {
        let contact = book.contact(*id);
        for name in std::iter::once(&contact.name).chain(&contact.aliases) {
            text.push(' ');
            text.push_str(name);
        }
        text.push(' ');
        text.push_str(&contact.identity);
    }
    fold(&text)
}

fn says(described: &str, wanted: &[&str]) -> bool {
    wanted.iter().all(|wanted| words(described).any(|word| word.starts_with(wanted)))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty())
}
