//! What a few typed letters mean in a list: which of its items fit, the likeliest first.
//!
//! Invariant: without letters the list stays as it is; of items that fit equally well the order of the list is kept.

use crate::text::fold::fold;
use crate::text::suggest::within;

/// What an item is called, in the form in which it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    names: Vec<String>,
    words: Vec<String>,
    place: String,
}

impl Sought {
    /// An item with these names, the first of which is the one that is shown, and a place, which counts where a `/` is
    /// typed: most places start with the same folder.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>, place: &str) -> Sought {
        let names = names.into_iter().map(fold).collect::<Vec<_>>();
        let parts = names.iter().flat_map(|name| name.split([' ', '-', '_', '/', '.', ',']));
        let words = parts.filter(|word| !word.is_empty()).map(str::to_owned).collect();
        Sought { names, words, place: fold(place) }
    }

    /// How well it fits, the smaller the better; `None` where it does not.
    fn fit(&self, typed: &str, words: &[&str]) -> Option<usize> {
        let starts = |word: &&str| self.words.iter().any(|own| own.starts_with(*word));
        let inside = |word: &&str| {
            self.names.iter().any(|name| name.contains(*word))
                || word.contains('/') && self.place.contains(*word)
        };
        if self.names.iter().any(|name| name == typed) {
            Some(0)
        } else if self.names.iter().any(|name| name.starts_with(typed)) {
            Some(1)
        } else if words.iter().all(starts) {
            Some(2)
        } else {
            words.iter().all(inside).then_some(3)
        }
    }

    /// The same for those who slip: a letter or two more, less, other or swapped, else the letters in order with others
    /// between them.
    fn loose_fit(&self, typed: &str, words: &[&str]) -> Option<usize> {
        let near = |word: &str, slips: usize| {
            let longest = match word.chars().count() {
                0..=3 => 0,
                4..=5 => 1,
                _ => 2,
            };
            let slips = slips.min(longest);
            let own = || self.words.iter().map(String::as_str);
            own().any(|own| own.starts_with(word))
                || slips > 0 && within(word, own(), slips).is_some()
        };
        for slips in [1, 2] {
            if words.iter().all(|word| near(word, slips)) {
                return Some(3 + slips);
            }
        }
        let first = self.names.first()?;
        let mut letters = first.chars();
        let typed = typed.chars().filter(|letter| !letter.is_whitespace());
        let found = typed.into_iter().all(|letter| letters.any(|other| other == letter));
        found.then_some(6)
    }
}

/// The places in `items` of those that fit `typed`, the likeliest first. Slips are forgiven only where nothing fits as
/// it is typed.
pub fn rank(items: &[Sought], typed: &str) -> Vec<usize> {
    let typed = fold(typed);
    let words = typed.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>();
    if words.is_empty() {
        return (0..items.len()).collect();
    }
    let fitting = fits(items, |item| item.fit(&typed, &words));
    if fitting.is_empty() { fits(items, |item| item.loose_fit(&typed, &words)) } else { fitting }
}

fn fits(items: &[Sought], fit: impl Fn(&Sought) -> Option<usize>) -> Vec<usize> {
    let fitting = items.iter().enumerate().filter_map(|(at, item)| Some((fit(item)?, at)));
    let mut fitting = fitting.collect::<Vec<_>>();
    fitting.sort_unstable();
    fitting.into_iter().map(|(_, at)| at).collect()
}

#[cfg(test)]
mod tests {
    use crate::features::ranking::{Sought, rank};

    const NAMES: &[(&str, &str)] = &[
        ("Katherine Lima", "people/katherine"),
        ("Ana Lima", "people/ana-lima"),
        ("José García", "people/jose"),
        ("Lina Anders", "people/lina"),
        ("王小明", "people/wang"),
    ];

    fn check(typed: &str, expected: &[&str]) {
        let items = NAMES.iter().map(|(name, path)| Sought::new([*name], path));
        let ranked = rank(&items.collect::<Vec<_>>(), typed);
        let names = ranked.into_iter().map(|at| NAMES[at].0).collect::<Vec<_>>();
        assert_eq!(names, expected, "{typed}");
    }

    #[test]
    fn what_starts_so_comes_before_what_holds_it() {
        check("ana", &["Ana Lima"]);
        check("an", &["Ana Lima", "Lina Anders"]);
        check("lim", &["Katherine Lima", "Ana Lima"]);
        check("jose ga", &["José García"]);
        check("lima an", &["Ana Lima"]);
        check("小", &["王小明"]);
        check("people/l", &["Lina Anders"]);
        check("people", &[]);
        check("", &["Katherine Lima", "Ana Lima", "José García", "Lina Anders", "王小明"]);
    }

    #[test]
    fn slips_are_forgiven_where_nothing_else_fits() {
        check("gacria", &["José García"]);
        check("kathrin", &["Katherine Lima"]);
        check("ktlm", &["Katherine Lima"]);
        check("zzzz", &[]);
    }
}
