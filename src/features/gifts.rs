//! Gifts around an occasion (ideas, what is given already, what it was the last time), gifts that are alike, and those
//! of a stretch of time.

use crate::features::household::household;
use crate::features::occasions::{Occasion, OccasionKind, fits};
use crate::features::standing::Situation;
use crate::people::book::{Book, ContactId};
use crate::people::gift::{Gift, GiftKind};
use crate::text::day::Day;
use crate::text::fold::fold;
use crate::text::partial_date::{LooseDate, PartialDate};
use crate::text::tokens::tokens;
use std::cmp::Reverse;
use std::collections::HashSet;

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
    // Most notes tell of none, and need not be read for that.
    if !book.brief(occasion.who).has_gifts {
        return Gifts::default();
    }
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

/// A gift that is like another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alike<'a> {
    /// In whose note it stands.
    pub who: ContactId,
    /// The gift.
    pub gift: &'a Gift,
    /// Whether it is the same, not only like it.
    pub is_same: bool,
}

/// Gifts in the note of `who` that are like `what`, and such as were given to somebody who lives with them. Of
/// something `got` only what came from them before counts; else also what came from them: nobody wants it back. The
/// same first, then the newest.
pub fn alike<'a>(
    situation: &Situation<'a>,
    who: ContactId,
    kind: GiftKind,
    what: &str,
) -> Vec<Alike<'a>> {
    let book = situation.book;
    let counts = |of: ContactId, other: GiftKind| match (of == who, kind) {
        (true, GiftKind::Got) => other == GiftKind::Got,
        (true, _) => true,
        (false, GiftKind::Got) => false,
        (false, _) => other == GiftKind::Gave,
    };
    let household = household(situation, who).into_iter().filter(|id| book.brief(*id).has_gifts);
    let mut alike = Vec::new();
    for id in household {
        let gifts = book.contact(id).gifts.iter().filter(|gift| counts(id, gift.kind));
        alike.extend(gifts.filter_map(|gift| {
            likeness(&gift.what, what).map(|is_same| Alike { who: id, gift, is_same })
        }));
    }
    let newest = |gift: &Gift| Reverse(gift.date.and_then(LooseDate::earliest));
    alike.sort_by_key(|of| (!of.is_same, of.who != who, newest(of.gift)));
    alike
}

/// Words that make no gift another one.
const SMALL: &[&str] = &[
    "a", "an", "the", "of", "for", "with", "and", "in", "to", "her", "his", "their", "my", "some",
];

/// Whether two gifts are the same in other writing; `None` where they are not even alike: most of their words, taken
/// together, are in both.
pub fn likeness(one: &str, other: &str) -> Option<bool> {
    if is_same(one, other) {
        return Some(true);
    }
    let (one, other) = (words(one), words(other));
    let common = one.intersection(&other).count();
    (common > 0 && common * 2 * 5 >= (one.len() + other.len()) * 3).then_some(false)
}

/// Whether two gifts are written alike but for case, accents and signs.
pub fn is_same(one: &str, other: &str) -> bool {
    let spoken = |text: &str| {
        let words = tokens(text).into_iter().map(|token| token.text);
        words.collect::<Vec<_>>()
    };
    let (one, other) = (spoken(one), spoken(other));
    !one.is_empty() && one == other
}

fn words(text: &str) -> HashSet<String> {
    let words = tokens(text).into_iter().map(|token| token.text);
    words.filter(|word| !SMALL.contains(&word.as_str())).collect()
}

/// What was given and got on these days, both included, in the order of days, then of notes: of everyone alive or not.
/// A date that is not whole counts where all of it lies within.
pub fn exchanged(book: &Book, from: Day, to: Day) -> Vec<(ContactId, &Gift)> {
    let people = book.everyone().filter(|(_, brief)| brief.has_gifts).map(|(id, _)| id);
    let all = people.flat_map(|id| book.contact(id).gifts.iter().map(move |gift| (id, gift)));
    let is_within = |gift: &Gift| {
        let days = gift.date.map(|date| (date.earliest(), date.latest()));
        matches!(days, Some((Some(first), Some(last))) if from <= first && last <= to)
    };
    let past = all.filter(|(_, gift)| gift.kind != GiftKind::Idea && is_within(gift));
    let mut past = past.collect::<Vec<_>>();
    past.sort_by_key(|(id, gift)| (gift.date.and_then(LooseDate::earliest), *id));
    past
}

fn given_for(gifts: &[Gift], word: &str, day: Day) -> Vec<String> {
    let given = gifts.iter().filter(|gift| gift.kind == GiftKind::Gave);
    given.filter(|gift| belongs(gift, word, day)).map(|gift| gift.what.clone()).collect()
}

fn belongs(gift: &Gift, word: &str, day: Day) -> bool {
    let Some(date) = gift.date else { return false };
    let days = (date.earliest(), date.latest());
    let (Some(first), Some(last)) = days else { return false };
    // From the day to the nearest day on which it can have been given.
    let after = day.days_until(day.clamp(first, last));
    match (&gift.occasion, date.date) {
        (Some(_), PartialDate::Year(year)) => fits(gift, word) && year == day.year(),
        (Some(_), _) => fits(gift, word) && (-EARLY..=EARLY).contains(&after),
        // That it was given in a year or a month does not say what for.
        (None, PartialDate::Full(_)) => (-NEAR..=NEAR).contains(&after),
        (None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::features::gifts::{alike, exchanged, gifts, likeness};
    use crate::features::occasions::now;
    use crate::features::sample::{book, day};
    use crate::features::settings::Settings;
    use crate::features::standing::Situation;
    use crate::people::gift::GiftKind;
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
    fn gifts_are_alike_by_their_words() {
        let check = |one, other, expected| {
            assert_eq!(likeness(one, other), expected, "{one} / {other}");
            assert_eq!(likeness(other, one), expected, "{other} / {one}");
        };
        check("Douro red", "douro  RED.", Some(true));
        check("Pão de Ló", "pao de lo", Some(true));
        check("Douro red", "a Douro red 2019", Some(false));
        check("roller skates", "roller skates, size 33", Some(false));
        check("the book", "a book of beetles", Some(false));
        check("climbing shoes", "running shoes", None);
        check("book of beetles", "book of birds", None);
        check("a kite", "", None);
        check("the", "a", None);
        check("", "", None);
        check("🎁", "🎁", None);
    }

    /// What is like a gift to Ana, who lives with Bo.
    fn check_alike(kind: GiftKind, what: &str, expected: &str) {
        let ana = "---\nname: Ana\nhousehold: \"[[Bo]]\"\n---\n## Gifts\n- 2024-12-24 gave: red wine\n\
            - 2025-12-24 gave: red wine from Douro\n- got: a kite\n- idea: Kites\n- 2023 gave: red wine\n";
        let bo =
            "---\nname: Bo\n---\n## Gifts\n- 2025 gave: a kite\n- idea: red wine\n- got: a kite\n";
        let cy = "---\nname: Cy\n---\n## Gifts\n- 2025 gave: a kite\n";
        let book = book(&[("people/ana.md", ana), ("people/bo.md", bo), ("people/cy.md", cy)]);
        let (settings, vocabulary) = (Settings::default(), Vocabulary::default());
        let situation = Situation::new(&book, day("2026-11-21"), &settings, &vocabulary);
        let found = alike(&situation, book.linked("Ana").unwrap(), kind, what);
        let shown = found.iter().map(|of| {
            let (like, name) = (if of.is_same { "=" } else { "~" }, &book.brief(of.who).name);
            format!("{like} {name} {:?} {}", of.gift.kind, of.gift.line)
        });
        assert_eq!(shown.collect::<Vec<_>>().join("; "), expected);
    }

    #[test]
    fn what_was_given_before_is_found_in_the_household() {
        check_alike(GiftKind::Gave, "Red wine", "= Ana Gave 6; = Ana Gave 10; ~ Ana Gave 7");
        check_alike(GiftKind::Gave, "kite", "~ Ana Got 8; ~ Bo Gave 5");
        check_alike(GiftKind::Idea, "a kite", "= Ana Got 8; = Bo Gave 5");
        check_alike(GiftKind::Got, "a kite", "= Ana Got 8");
        check_alike(GiftKind::Gave, "a lamp", "");
    }

    #[test]
    fn gifts_of_a_stretch_of_time_are_in_order() {
        let note = |name: &str, list: &str| format!("---\nname: {name}\n---\n## Gifts\n{list}");
        let ana = note(
            "Ana",
            "- 2026-11 gave: m\n- 2026-11-02 gave: b\n- 2026-12-02 got: c\n- 2026-11-05 idea: no\n- got: x\n- 2026 got: y\n",
        );
        let bo = note("Bo", "- 2026-11-01 got: a\n- 2026-10-31 got: before\n");
        let book = book(&[("people/ana.md", &ana), ("people/bo.md", &bo)]);
        let found = exchanged(&book, day("2026-11-01"), day("2026-11-30"));
        let what = found.iter().map(|(_, gift)| gift.what.as_str()).collect::<Vec<_>>();
        assert_eq!(what, ["m", "a", "b"]);
    }

    #[test]
    fn what_is_given_already_needs_no_idea() {
        check("- 2026-10-30 gave: skates (her birthday)\n- idea: a magnet\n", "skates |  | ");
    }
}
