//! The review of a quarter: how the circles are, and whether the notes still say what people are here for.

use crate::features::agenda::wording::plain;
use crate::features::balance::balance;
use crate::features::balance_text::sentences;
use crate::features::review::facts::{Whose, facts};
use crate::features::review::ground::Ground;
use crate::features::review::monthly::FACTS_WORDS;
use crate::features::review::places::{purposes, without_place};
use crate::features::review::sheet::Sheet;
use crate::features::review::view::Section;
use crate::text::day_range::DayRange;

/// What stands above everything else.
pub const WORDS: &str = "Three quarters of an hour. Tick what you want; what you leave stays as it is, and is not carried over.";

const PURPOSES: usize = 5;
const PLACES: usize = 5;
const OLD: usize = 6;

/// Facts older than two years are worth a look.
const OLD_MONTHS: i32 = 24;

/// The parts of the review of a quarter.
pub fn sections(sheet: &Sheet) -> Vec<Section> {
    let ground = sheet.ground;
    let section = |heading, words: &str, items: Vec<_>| {
        let words = items.first().map(|_| words.to_owned()).into_iter().collect();
        Section { heading, words, items }
    };
    vec![
        Section { words: told(ground), ..Section::new("Where time went") },
        section(
            "What connects you",
            "Type it below a line, and tick the line: it goes into the note as `purpose`.",
            sheet.fill(&['u'], PURPOSES, |room| purposes(ground, room)),
        ),
        section(
            "Without a place",
            "Type a circle or a rhythm below a line, and tick it.",
            sheet.fill(&['k'], PLACES, |room| without_place(ground, room)),
        ),
        section(
            "Still so?",
            FACTS_WORDS,
            sheet.fill(&['f'], OLD, |room| facts(ground, Whose::Everybodys, OLD_MONTHS, room)),
        ),
    ]
}

/// Where contact went, in a few plain sentences.
fn told(ground: &Ground) -> Vec<String> {
    let Ground { situation, period, .. } = ground;
    let Some(span) = DayRange::new(period.from, period.to) else { return Vec::new() };
    let (settings, vocabulary) = (situation.settings, situation.vocabulary);
    let balance = balance(situation.book, span, situation.day, settings, vocabulary);
    sentences(&balance).iter().map(|sentence| plain(sentence)).collect()
}
