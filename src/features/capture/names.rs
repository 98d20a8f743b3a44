//! Who could be meant by the words of a sentence.
//!
//! Invariant: one walk over all names, whatever the number of words; each word is then looked up.

use crate::features::capture::dates::is_weekday;
use crate::features::capture::speech::{PARTICLES, TITLES, is_small};
use crate::features::capture::words::Word;
use crate::people::book::{Book, ContactId};
use crate::people::names::Resolution;
use crate::text::partial_date::month_of;
use std::collections::{HashMap, HashSet};

/// How well words are somebody's name, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The whole name, or another name of theirs.
    Whole,
    /// The first and the last word of a longer name, or the first word and an initial: `Ana L.`.
    Ends,
    /// The first word of a longer name.
    First,
}

/// A name that begins with one of the words that were asked for.
#[derive(Debug)]
struct Called {
    id: ContactId,
    words: Vec<String>,
    is_name: bool,
}

/// Words that are a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// How many words, at least 1.
    pub count: usize,
    /// Who is called so: one, or several who are called so equally well; never empty.
    pub people: Vec<ContactId>,
    /// Whether it is a link, or more than one word: then it is a name, whatever its letters are.
    pub is_sure: bool,
    /// Whether it is the whole name of somebody, or another name of theirs.
    pub is_whole: bool,
    /// How many words after it are a surname that none of them has: `Sousa` in `Ana Sousa`, where Ana Lima is known.
    pub surname: usize,
}

/// The names that the words of some texts may be.
#[derive(Debug)]
pub struct NameTable<'a> {
    book: &'a Book,
    called: HashMap<String, Vec<Called>>,
}

impl<'a> NameTable<'a> {
    /// The names of `book` that begin with one of `words`; the owner is not among them.
    pub fn new<'w>(book: &'a Book, words: impl Iterator<Item = &'w Word>) -> NameTable<'a> {
        let asked = words.map(|word| word.folded.as_str()).collect::<HashSet<_>>();
        let mut called: HashMap<String, Vec<Called>> = HashMap::new();
        for (note, name, is_name) in book.outline().names().folded_with_notes() {
            let mut words = without_titles(name);
            let Some(first) = words.next().filter(|first| asked.contains(first)) else { continue };
            let Some(id) = book.contact_of(note).filter(|id| book.me() != Some(*id)) else {
                continue;
            };
            let key = first.to_owned();
            let words = std::iter::once(key.clone()).chain(words.map(str::to_owned)).collect();
            called.entry(key).or_default().push(Called { id, words, is_name });
        }
        NameTable { book, called }
    }

    /// The longest name that the words from `at` on begin with; a title before it belongs to it.
    pub fn at(&self, words: &[Word], at: usize) -> Option<Match> {
        let is_title = |word: &&Word| is_title(&word.folded) && word.goes_on();
        let titles = words.get(at..)?.iter().take_while(is_title).count();
        let titled = self.named(words, at + titles).filter(|_| titles > 0);
        let titled =
            titled.map(|found| Match { count: found.count + titles, is_sure: true, ..found });
        titled.or_else(|| self.named(words, at))
    }

    fn named(&self, words: &[Word], at: usize) -> Option<Match> {
        let word = words.get(at)?;
        if let Some(link) = &word.link {
            return self.linked(link);
        }
        let rest = words.get(at..)?;
        let fits = self.called.get(&word.folded)?.iter();
        let fits =
            fits.flat_map(|called| called.fits(rest).map(|(fit, count)| (fit, count, called.id)));
        let fits = fits.collect::<Vec<_>>();
        let count = fits.iter().map(|(_, count, _)| *count).max()?;
        let longest = fits.into_iter().filter(|(_, of, _)| *of == count).collect::<Vec<_>>();
        let is_first = longest.iter().all(|(fit, ..)| *fit == Fit::First);
        let is_whole = longest.iter().any(|(fit, ..)| *fit == Fit::Whole);
        // Of one word nobody has more right to it than the others: there are several Anas.
        let best = longest.iter().map(|(fit, ..)| *fit).min().filter(|_| count > 1);
        let meant = longest.into_iter().filter(|(fit, ..)| best.is_none_or(|best| *fit == best));
        let mut meant = meant.map(|(fit, _, id)| (fit, id)).collect::<Vec<_>>();
        meant.sort_unstable();
        let mut people = Vec::with_capacity(meant.len());
        for (_, id) in meant {
            if !people.contains(&id) {
                people.push(id);
            }
        }
        let surname = if is_first { self.surname(rest) } else { 0 };
        Some(Match { count, people, is_sure: count > 1, is_whole, surname })
    }

    /// How many words after the first of `words` are a surname: each with a capital letter, `de` or `van` before it.
    fn surname(&self, words: &[Word]) -> usize {
        let mut count = 0;
        while words.get(count).is_some_and(Word::goes_on) {
            let rest = words.get(count + 1..).unwrap_or_default();
            let is_particle =
                |word: &&Word| PARTICLES.contains(&word.folded.as_str()) && word.goes_on();
            let particles = rest.iter().take_while(is_particle).count();
            if !rest.get(particles).is_some_and(|word| self.is_surname(word)) {
                break;
            }
            count += particles + 1;
        }
        count
    }

    /// A capital letter, and neither the start of another name nor a day nor a small word; one letter (`Ana V`), `Jr` and
    /// `OK` are none either.
    fn is_surname(&self, word: &Word) -> bool {
        let folded = word.folded.as_str();
        let is_day =
            is_weekday(folded) || matches!(folded, "today" | "yesterday" | "tomorrow" | "tonight");
        word.is_capital
            && word.link.is_none()
            && folded.chars().count() > 1
            && !matches!(folded, "jr" | "sr" | "ok")
            && !self.called.contains_key(folded)
            && !is_day
            && month_of(folded).is_none()
            && !is_small(folded)
            && !folded.contains('\'')
    }

    fn linked(&self, link: &str) -> Option<Match> {
        let people = match self.book.resolve(link) {
            Resolution::Nobody => Vec::new(),
            Resolution::One(note) => vec![note],
            Resolution::Several(notes) => notes,
        };
        let people = people.into_iter().filter_map(|note| self.book.contact_of(note));
        let people = people.collect::<Vec<_>>();
        let found = Match { count: 1, people, is_sure: true, is_whole: true, surname: 0 };
        (!found.people.is_empty()).then_some(found)
    }
}

impl Called {
    /// How `words`, the first of which is the first word of the name, are this name, and how many of them.
    fn fits<'s>(&'s self, words: &[Word]) -> impl Iterator<Item = (Fit, usize)> + 's {
        let goes_on = words.first().is_some_and(Word::goes_on);
        let is_whole = self.words.iter().enumerate().all(|(at, part)| {
            let joined = at == 0 || words.get(at - 1).is_some_and(Word::goes_on);
            joined && words.get(at).is_some_and(|word| word.folded == *part && word.link.is_none())
        });
        let second = words.get(1).filter(|word| goes_on && self.is_name && word.link.is_none());
        let ends = second.is_some_and(|second| {
            let is_last = self.words.len() > 2 && Some(&second.folded) == self.words.last();
            is_last || self.has_initial(second)
        });
        let first = self.words.len() > 1 && self.is_name;
        let whole = is_whole.then_some((Fit::Whole, self.words.len()));
        let ends = ends.then_some((Fit::Ends, 2));
        let first = first.then_some((Fit::First, 1));
        [whole, ends, first].into_iter().flatten()
    }

    fn has_initial(&self, word: &Word) -> bool {
        let mut others = self.words.iter().skip(1);
        word.is_capital
            && word.folded.chars().count() == 1
            && !is_small(&word.folded)
            && others.any(|other| other.starts_with(word.folded.as_str()))
    }
}

fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

/// The words of a folded name without the titles before it, unless it has no other words.
fn without_titles(name: &str) -> impl Iterator<Item = &str> {
    let titles = parts(name).take_while(|word| is_title(word)).count();
    let is_all = parts(name).nth(titles).is_none();
    parts(name).skip(if is_all { 0 } else { titles })
}

/// The words of a folded name, without the signs around them.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    let signs = |c: char| "()[]{}\"'“”‘’.,;:*_".contains(c);
    name.split(' ').map(move |word| word.trim_matches(signs)).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::features::capture::names::NameTable;
    use crate::features::capture::words::words;
    use crate::features::sample::book;

    const NOTES: &[(&str, &str)] = &[
        ("people/ana-lima.md", "---\nname: Ana Lima\naliases: [Aninha, The Potter]\n---\n"),
        ("people/ana-ml.md", "---\nname: Ana Maria Lopes\n---\n"),
        ("people/ana.md", "---\nname: Ana\n---\n"),
        ("people/joao.md", "---\nname: João (Porto) Faria\n---\n"),
        ("people/me.md", "---\nname: Rui Me\n---\n"),
    ];

    fn check(text: &str, expected: &str) {
        let book = book(NOTES);
        let words = words(text);
        let table = NameTable::new(&book, words.iter());
        let found = table.at(&words, 0).map_or_else(String::new, |found| {
            let names = found.people.iter().map(|id| book.brief(*id).name.clone());
            format!("{} {}", found.count, names.collect::<Vec<_>>().join("|"))
        });
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn the_longest_name_counts_and_several_are_several() {
        check("ana lima said", "2 Ana Lima");
        check("ana lopes said", "2 Ana Maria Lopes");
        check("Ana Maria Lopes", "3 Ana Maria Lopes");
        check("Ana, Lima", "1 Ana|Ana Lima|Ana Maria Lopes");
        check("ana's Lima", "1 Ana|Ana Lima|Ana Maria Lopes");
        check("aninha lima", "1 Ana Lima");
        check("the potter", "2 Ana Lima");
        check("the other", "");
        check("joao faria", "2 João (Porto) Faria");
        check("João Porto Faria", "3 João (Porto) Faria");
        check("[[people/ana]] and", "1 Ana");
        check("[[Ana Lima|her]]", "1 Ana Lima");
        check("Rui", "");
        check("Ana L. said", "2 Ana Lima|Ana Maria Lopes");
        check("Dr. Ana Lima", "3 Ana Lima");
        check("Ana Sousa", "1 Ana|Ana Lima|Ana Maria Lopes");
        check("[[nobody]]", "");
    }
}
