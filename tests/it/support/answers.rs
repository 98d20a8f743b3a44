//! Everything that a reading of a vault says, as one text, and the reading from files alone that it is held against.

use std::path::Path;
use ties::effects::facts::refresh::Refreshed;
use ties::effects::vault::scan::{Scan, scan};
use ties::features::agenda::compose::compose;
use ties::features::agenda::render::render;
use ties::features::capacity::capacity;
use ties::features::check;
use ties::features::due::due;
use ties::features::listing::{Filter, listing};
use ties::features::mourning::mourning;
use ties::features::occasions;
use ties::features::promises;
use ties::features::settings::Settings;
use ties::features::show::show;
use ties::features::show_text::render_show;
use ties::features::standing::Situation;
use ties::features::triggers;
use ties::features::why::why;
use ties::people::book::{Book, PromiseRef};
use ties::people::decode::decode;
use ties::people::vocabulary::Vocabulary;
use ties::text::day::Day;
use ties::text::fingerprint::hash;

/// The book of a vault without any facts: every note read, every note decoded.
pub(crate) fn from_files(
    root: &Path,
    settings: &Settings,
    vocabulary: &Vocabulary,
) -> (Book, Scan<String>) {
    let scan = scan(root, &settings.ignore, &|_, text| text);
    let notes = scan.files.iter().map(|(path, text)| decode(path, text, vocabulary)).collect();
    (Book::new(notes, vocabulary, settings.me.as_deref()), scan)
}

/// What a reading found besides the notes.
pub(crate) fn findings(refreshed: &Refreshed) -> String {
    let Refreshed { marks, copies, findings, incomplete, folder_unread, .. } = refreshed;
    format!("{marks:?}\n{copies:?}\n{findings:#?}\n{incomplete} {folder_unread}\n")
}

/// The same, of a scan.
pub(crate) fn findings_of(scan: &Scan<String>) -> String {
    let Scan { files, copies, findings, incomplete, folder_unread } = scan;
    let marks = files.iter().map(|(_, text)| hash(&[text])).collect::<Vec<_>>();
    format!("{marks:?}\n{copies:?}\n{findings:#?}\n{incomplete} {folder_unread}\n")
}

/// Every note in full.
pub(crate) fn notes(book: &Book) -> String {
    (0..book.paths().len()).map(|number| format!("{:#?}\n", book.note(number))).collect()
}

/// What every feature says on `day`; people are called by their paths.
pub(crate) fn answers(
    book: &Book,
    day: Day,
    settings: &Settings,
    vocabulary: &Vocabulary,
) -> String {
    let situation = Situation::new(book, day, settings, vocabulary);
    let agenda = compose(book, day, settings, vocabulary, None).map(|agenda| render(&agenda));
    let list = listing(book, day, Filter::default());
    let list = list.iter().map(|one| format!("{} {:?}\n", one.path, one.last_contact));
    let mut said = vec![agenda.unwrap_or_default()];
    said.extend(list);
    said.push(format!("{:#?}", due(book, day, settings, vocabulary)));
    said.push(format!("{:#?}", occasions::now(&situation)));
    said.push(format!("{:#?}", occasions::ahead(&situation)));
    said.push(format!("{:#?}", triggers::open(&situation)));
    said.push(format!("{:#?}", mourning(&situation)));
    said.push(format!("{:#?}", capacity(book, day, settings, vocabulary)));
    said.push(format!("{:#?}", check::findings(book, day)));
    let promise = |of: &PromiseRef<'_>| {
        format!("{} {} {:?} {:#?}\n", of.path, of.in_inbox, of.people, of.promise())
    };
    said.extend(book.promises().map(|of| promise(&of)));
    let open = promises::open(book, day);
    let lists = [open.mine, open.theirs, open.later];
    said.extend(lists.iter().flatten().map(|one| format!("{:?} {}", one.shows, promise(&one.of))));
    said.join("\n")
}

/// What is shown of each person on `day`.
pub(crate) fn pages(book: &Book, day: Day, settings: &Settings, vocabulary: &Vocabulary) -> String {
    let situation = Situation::new(book, day, settings, vocabulary);
    let page = |id| {
        let touches = book.touches(id).map(|touch| {
            let (path, entry) = book.interaction(&touch);
            format!("{touch:?} {path} {entry:?}\n")
        });
        let why = why(book, id, day, settings, vocabulary);
        let page = render_show(book, &show(&situation, id), 80);
        format!("{page}{why:?}\n{}", touches.collect::<String>())
    };
    book.everyone().map(|(id, _)| page(id)).collect()
}

/// The first line that differs, with those before it.
pub(crate) fn difference(one: &str, other: &str) -> Option<String> {
    if one == other {
        return None;
    }
    let same = one.lines().zip(other.lines()).take_while(|(one, other)| one == other).count();
    let shown = |text: &str| {
        let lines = text.lines().skip(same.saturating_sub(12)).take(16);
        lines.map(|line| format!("    {line}\n")).collect::<String>()
    };
    Some(format!("line {same}:\n{}  and\n{}", shown(one), shown(other)))
}
