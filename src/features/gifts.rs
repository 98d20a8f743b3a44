//! Gifts around an occasion: ideas, what is given already, and what it was the last time.

use crate::features::occasions::{Occasion, OccasionKind};
use crate::people::book::Book;
use crate::people::gift::{Gift, GiftKind};
use crate::text::day::Day;
use crate::text::fold::fold;
use crate::text::partial_date::LooseDate;

/// Days around an occasion in which a gift that names no occasion belongs to it.
const NEAR: i64 = 14;
/// Days before an occasion in which a gift that names its kind belongs to it.
const EARLY: i64 = 90;

/// What is known about gifts for one occasion.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gifts {
    /// Given for it already.
    pub given: Vec<String>,
    /// Ideas that fit it, in the order of the note; none where something is given already.
    pub ideas: Vec<String>,
    /// What was given the last time, and in which year; of the last three times at most.
    pub before: Option<(i32, Vec<String>)>,
}

/// The gifts of the one whose birthday or anniversary it is; nothing for other occasions.
pub fn gifts(book: &Book, occasion: &Occasion) -> Gifts {
    let own = &book.contact(occasion.who).gifts;
    let word = match occasion.kind {
        OccasionKind::Birthday => "birthday",
        OccasionKind::Anniversary => "anniversary",
        _ => return Gifts::default(),
    };
    let given = given_for(own, word, occasion.day);
    let ideas = own.iter().filter(|gift| gift.kind == GiftKind::Idea && fits(gift, word));
    let ideas = ideas.map(|gift| gift.what.clone()).filter(|_| given.is_empty()).collect();
    let before = (1..=3).find_map(|years| {
        let day = occasion.day.plus_months(-12 * years);
        let given = given_for(own, word, day);
        (!given.is_empty()).then_some((day.year(), given))
    });
    Gifts { given, ideas, before }
}

fn given_for(gifts: &[Gift], word: &str, day: Day) -> Vec<String> {
    let given = gifts.iter().filter(|gift| gift.kind == GiftKind::Gave);
    given.filter(|gift| belongs(gift, word, day)).map(|gift| gift.what.clone()).collect()
}

fn belongs(gift: &Gift, word: &str, day: Day) -> bool {
    let Some(given) = gift.date.and_then(LooseDate::earliest) else { return false };
    let after = day.days_until(given);
    match &gift.occasion {
        Some(_) => fits(gift, word) && (-EARLY..=EARLY).contains(&after),
        None => (-NEAR..=NEAR).contains(&after),
    }
}

/// Whether what the gift is for, where it says so, is this kind of occasion.
fn fits(gift: &Gift, word: &str) -> bool {
    gift.occasion.as_ref().is_none_or(|occasion| fold(occasion).contains(word))
}

#[cfg(test)]
mod tests {
    use crate::features::gifts::gifts;
    use crate::features::occasions::now;
    use crate::features::sample::{book, day};
    use crate::features::settings::Settings;
    use crate::features::standing::Situation;
    use crate::people::vocabulary::Vocabulary;

    /// The gifts for Linh's birthday, 21 November 2026.
    fn check(list: &str, expected: &str) {
        let text = format!("---\nname: Linh\nbirthday: 2017-11-21\n---\n## Gifts\n{list}");
        let book = book(&[("people/linh.md", &text)]);
        let on = day("2026-11-21");
        let (settings, vocabulary) = (Settings::default(), Vocabulary::default());
        let occasions = now(&Situation::new(&book, on, &settings, &vocabulary));
        let gifts = gifts(&book, &occasions[0]);
        let before = gifts.before.map(|(year, what)| format!("{year} {}", what.join(", ")));
        let shown = [gifts.given.join(", "), gifts.ideas.join(", "), before.unwrap_or_default()];
        assert_eq!(shown.join(" | "), expected);
    }

    #[test]
    fn ideas_and_what_it_was_the_last_time() {
        check(
            "- 2025-11-21 gave: a magnifying glass (birthday)\n- 2025-12-25 gave: beetles (Christmas)\n\
            - idea: roller skates\n- idea: candles (Christmas)\n",
            " | roller skates | 2025 a magnifying glass",
        );
        check("- 2024-11-20 gave: a kite\n- 2022-11-21 gave: older\n", " |  | 2024 a kite");
        check("- 2022-11-21 gave: too old\n- 2025-11-21 got: a drawing\n", " |  | ");
    }

    #[test]
    fn what_is_given_already_needs_no_idea() {
        check("- 2026-10-30 gave: skates (her birthday)\n- idea: a magnet\n", "skates |  | ");
    }
}
