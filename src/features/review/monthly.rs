//! The review of a month: half an hour, at most twelve lines about people, and a short list at its end.

use crate::features::agenda::view::Item;
use crate::features::capacity::{Capacity, capacity};
use crate::features::promises::open;
use crate::features::review::facts::{Whose, facts};
use crate::features::review::ground::Ground;
use crate::features::review::places::to_rest;
use crate::features::review::promises::{promises, replies};
use crate::features::review::rhythms::rhythms;
use crate::features::review::sheet::Sheet;
use crate::features::review::view::Section;
use crate::features::review::words_to::quiet;

/// What stands above everything else.
pub const WORDS: &str =
    "Half an hour. Tick what you want; what you leave stays as it is, and is not carried over.";

/// The short list at the end, as it is when the review is begun: from then on it is the person's.
pub const LIST: [&str; 5] = [
    "A short list for the month, in your own words. It stays here, and is yours.",
    "",
    "- [ ] ",
    "- [ ] ",
    "- [ ] ",
];

const LOOPS: usize = 4;
const QUIET: usize = 3;
const STILL: usize = 2;
const RHYTHMS: usize = 2;
const REST: usize = 1;

/// At most so many lines are about people.
pub const PEOPLE: usize = LOOPS + QUIET + STILL + RHYTHMS + REST;

/// A note in which nothing was written for so many months is worth a look.
const STILL_MONTHS: i32 = 12;

/// The parts of the review of a month.
pub fn sections(sheet: &Sheet) -> Vec<Section> {
    let ground = sheet.ground;
    let section = |heading, words: &str, items: Vec<_>| {
        let words = items.first().map(|_| words.to_owned()).filter(|words| !words.is_empty());
        Section { heading, words: words.into_iter().collect(), items }
    };
    let loops = sheet.fill(&['p', 'r'], LOOPS, |room| loops(ground, room));
    let quiet = sheet.fill(&['w'], QUIET, |room| quiet(ground, room));
    let still = sheet.fill_beside(&[&quiet], &['f'], STILL, |room| {
        facts(ground, Whose::WithRhythm, STILL_MONTHS, room)
    });
    let rhythms = sheet.fill(&['g'], RHYTHMS, |room| rhythms(ground, room));
    let others = [quiet.as_slice(), &still, &rhythms];
    let rest = sheet.fill_beside(&others, &['l'], REST, |room| to_rest(ground, room));
    vec![
        section("Open loops", "", loops),
        section("Quiet for a while", QUIET_WORDS, quiet),
        section("Still so?", FACTS_WORDS, still),
        section("Rhythms", RHYTHM_WORDS, rhythms),
        section("A rest", REST_WORDS, rest),
        Section { words: vec![room(ground)], ..Section::new("Room") },
    ]
}

const QUIET_WORDS: &str = "A tick puts a word onto the agenda of that day; `call: …` below it says that it is done. \
     `[-]`: no message this month.";

const RHYTHM_WORDS: &str = "A tick sets `cadence`; another rhythm typed below it is taken instead.";

const REST_WORDS: &str =
    "A tick writes `status: later`: no rhythm any more. Next steps, promises and birthdays stay.";

/// What a tick at a note that was still does.
pub const FACTS_WORDS: &str = "A tick writes an entry that it is still so, on that day; what you type below it is written instead. Neither is contact.";

fn loops(ground: &Ground, at_most: usize) -> Vec<Item> {
    let open = open(ground.situation.book, ground.situation.day);
    // Half of the room for what the owner has promised, where others wait too.
    let theirs = promises(ground, &open.theirs, at_most / 4);
    let owed = replies(ground, at_most / 4);
    let mine = at_most.saturating_sub(theirs.len() + owed.len());
    let mut all = promises(ground, &open.mine, mine);
    all.extend(owed);
    all.extend(theirs);
    all
}

fn room(ground: &Ground) -> String {
    let situation = &ground.situation;
    let all = capacity(situation.book, situation.day, situation.settings, situation.vocabulary);
    words(&all)
}

/// What the rhythms ask for in a week beside what there is room for.
fn words(capacity: &Capacity) -> String {
    let long = capacity.wished_beyond_a_week > capacity.room_beyond_a_week as f64;
    let (wished, room, limit) = match long {
        true => (capacity.wished_beyond_a_week, capacity.room_beyond_a_week, "agenda.weekly_limit"),
        false => (capacity.wished, capacity.room, "agenda.limit"),
    };
    let asks = format!(
        "{} for about {:.0} {} a week; there is room for {room}",
        match capacity.people {
            1 => "The rhythm of one person asks".to_owned(),
            people => format!("The rhythms of {people} people ask"),
        },
        wished.ceil(),
        if wished <= 1.0 { "contact" } else { "contacts" },
    );
    match (capacity.people, capacity.fits()) {
        (0, _) => "Nobody has a rhythm yet.".to_owned(),
        (_, true) => format!("{asks}. That fits."),
        (_, false) => format!(
            "{asks} (`{limit}`). Longer rhythms, a rest for some, or more room: any of these is fine."
        ),
    }
}
