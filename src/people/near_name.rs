//! Whom a mistyped first name may mean: names are compared word by word.

use crate::text::fold::fold;
use crate::text::suggest::slips_between;
use std::collections::BTreeSet;

/// Shorter words are near to too many.
const SHORTEST: usize = 3;

/// The one of `names` with the word that is nearest to `word`: one slip away, two where both are longer than five letters,
/// a letter that is held too long counting as one. Where several names have that word, the word. `None` where `word` is
/// several words, or known.
pub fn nearest_by_word<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let folded = fold(word);
    let letters = folded.chars().count();
    if !(SHORTEST..=64).contains(&letters) || folded.contains(' ') {
        return None;
    }
    let mut near: BTreeSet<(usize, &str, &str)> = BTreeSet::new();
    for name in names {
        for part in name.split([' ', '-']).filter(|part| part.len() <= 256) {
            let other = fold(part);
            let length = other.chars().count();
            let allowed = if letters.min(length) > 5 { 2 } else { 1 };
            let slips = slips(&folded, &other);
            if length >= SHORTEST && (1..=allowed).contains(&slips) {
                near.insert((slips, part, name));
            }
        }
    }
    let (slips, part, name) = near.first()?;
    let same = near.iter().filter(|other| (other.0, fold(other.1)) == (*slips, fold(part)));
    Some(if same.count() > 1 { (*part).to_owned() } else { (*name).to_owned() })
}

fn slips(one: &str, other: &str) -> usize {
    let slips = slips_between(one, other);
    if slips > 1 && unheld(one) == unheld(other) { 1 } else { slips }
}

/// Each run of one letter as a single one.
fn unheld(word: &str) -> String {
    let mut letters = word.chars().collect::<Vec<_>>();
    letters.dedup();
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use crate::people::near_name::nearest_by_word;

    #[test]
    fn a_first_name_with_a_slip_is_known_by_its_person() {
        let names = ["Petra van der Berg", "Siobhán O'Brien", "Ana Lima", "Bo Silva", "Bo Costa"];
        for (typed, expected) in [
            ("Petre", Some("Petra van der Berg")),
            ("Siobhann", Some("Siobhán O'Brien")),
            ("Anna", Some("Ana Lima")),
            ("Annna", Some("Ana Lima")),
            ("Costta", Some("Bo Costa")),
            ("Zed", None),
            ("Bob", None),
            ("an", None),
            ("Petre van", None),
        ] {
            assert_eq!(nearest_by_word(typed, names).as_deref(), expected, "{typed}");
        }
        let two = ["Ana Lima", "Ana Costa"];
        assert_eq!(nearest_by_word("Anna", two).as_deref(), Some("Ana"));
    }
}
