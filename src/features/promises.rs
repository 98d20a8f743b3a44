//! Promises that wait to be kept, the owner's and those of others.
//!
//! Always true here: a promise is about somebody, or stands in the inbox; other tasks of a journal are the owner's
//! own business. People who died or were put away are not spoken of.

use crate::people::book::{Book, Found, PromiseRef};
use crate::text::day::Day;
use crate::text::fold::fold;
use crate::text::period::{Period, Unit};

/// A promise that is not yet kept.
#[derive(Debug, Clone)]
pub struct PromiseView<'a> {
    /// The promise, its note and the people that it is about.
    pub of: PromiseRef<'a>,
    /// The first day on which it shows; `None` where it always does.
    ///
    /// A promise with a day (`📅`) shows from that day, one without from a week after it was promised, one that says
    /// neither always. It never shows before `⏳` and `🛫`; with one of them and no `📅` it shows from then.
    pub shows: Option<Day>,
}

/// The promises of a book on a day. Each list by the day due (none last), then by the day promised (none last), then
/// in path and line order.
#[derive(Debug, Clone, Default)]
pub struct OpenPromises<'a> {
    /// The owner's that show.
    pub mine: Vec<PromiseView<'a>>,
    /// Those of others that show.
    pub theirs: Vec<PromiseView<'a>>,
    /// Both, where they show later.
    pub later: Vec<PromiseView<'a>>,
}

/// A promise without a day shows so long after it was made.
const UNDATED: Period = Period { count: 1, unit: Unit::Week };

/// The promises that wait to be kept on `day`.
pub fn open(book: &Book, day: Day) -> OpenPromises<'_> {
    let mut open = OpenPromises::default();
    for view in
        in_order(book.promises().filter(|of| of.brief.status.is_open() && is_told(book, of)))
    {
        let list = match view.shows {
            Some(shows) if day < shows => &mut open.later,
            _ if view.of.brief.theirs => &mut open.theirs,
            _ => &mut open.mine,
        };
        list.push(view);
    }
    open
}

/// The promises not yet kept, shown or not, that `text` means: where it names people, what is about them; else, or
/// where nothing is, those with every word of it starting a word of the promise or of a name. The order is that of
/// [`OpenPromises`]; nothing for a text without a letter or digit.
pub fn matching<'a>(book: &'a Book, text: &str) -> Vec<PromiseView<'a>> {
    let open = || book.promises().filter(|of| of.brief.status.is_open());
    let people = match book.find(text) {
        Found::One(id) => vec![id],
        Found::Several(ids) => ids,
        Found::Nobody(_) => Vec::new(),
    };
    let about = in_order(open().filter(|of| of.people.iter().any(|id| people.contains(id))));
    if !about.is_empty() {
        return about;
    }
    let wanted = fold(text);
    let wanted = words(&wanted).collect::<Vec<_>>();
    in_order(open().filter(|of| !wanted.is_empty() && holds(book, of, &wanted)))
}

fn holds(book: &Book, of: &PromiseRef, wanted: &[&str]) -> bool {
    let names = of.people.iter().map(|id| book.brief(*id).name.as_str());
    let said = names.fold(fold(&of.promise().text), |said, name| said + " " + &fold(name));
    wanted.iter().all(|wanted| words(&said).any(|word| word.starts_with(wanted)))
}

fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether a promise is about somebody who is there, or stands in the inbox without naming anybody.
pub fn is_told(book: &Book, of: &PromiseRef) -> bool {
    let nobodys = of.people.is_empty() && of.in_inbox;
    nobodys || of.people.iter().any(|id| book.figures(*id).is_present())
}

/// Promises by the day due (none last), then by the day promised (none last), then in path and line order.
pub fn in_order<'a>(promises: impl Iterator<Item = PromiseRef<'a>>) -> Vec<PromiseView<'a>> {
    let view = |of: PromiseRef<'a>| PromiseView { shows: shows(&of), of };
    let mut views = promises.map(view).collect::<Vec<_>>();
    views.sort_by_cached_key(|view| {
        let promise = view.of.brief;
        let (due, promised) = (promise.due, promise.promised);
        // Notes are in path order.
        (due.is_none(), due, promised.is_none(), promised, view.of.note(), promise.line)
    });
    views
}

fn shows(of: &PromiseRef) -> Option<Day> {
    let promise = of.brief;
    let not_before = promise.scheduled.max(promise.start);
    let undated = || promise.promised.map(|promised| UNDATED.after(promised));
    match (promise.due, not_before) {
        (None, None) => undated(),
        (due, not_before) => due.max(not_before),
    }
}
