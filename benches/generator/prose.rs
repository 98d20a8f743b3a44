//! Sentences put together by chance: enough like what people write to be read, split and indexed as real notes are.

use crate::generator::random::Random;

const TOPICS: &[&str] = &[
    "the garden",
    "her thesis",
    "the old boat",
    "the move",
    "a leaking roof",
    "the choir",
    "his knee",
    "night shifts",
    "the new kiln",
    "their cat",
    "the allotment",
    "a map of ice-cream shops",
    "the archive",
    "a box of letters",
    "the school play",
    "bread",
    "the exam",
    "a bicycle with one pedal",
    "the quince jam",
    "her mother's stories",
    "the winter tyres",
    "a translation",
    "the lemon trees",
    "the neighbour's trumpet",
    "learning to swim",
    "the bakery",
    "paper from the mill",
    "the harbour",
    "a broken loom",
    "the reading group",
    "the piano tuner",
    "chestnuts",
    "tax forms",
    "the long walk",
    "a slow novel",
    "the reunion",
    "two goats",
    "the library card",
    "the first snow",
];

const DOINGS: &[&str] = &[
    "talked about",
    "laughed about",
    "a long story about",
    "asked me about",
    "worried a little about",
    "proud of",
    "sent a picture of",
    "has given up",
    "has begun with",
    "is still busy with",
    "cannot stop talking about",
    "wants advice about",
    "showed me",
    "finally finished",
    "started again with",
    "is happy with",
    "wrote to me about",
    "made a plan for",
    "found a book on",
    "remembered",
    "is tired of",
    "dreams of",
    "has news of",
    "saved",
];

const PLACES: &[&str] = &[
    "on the roof",
    "at the kitchen table",
    "by the river",
    "on the way home",
    "between two trains",
    "in the rain",
    "in the back room",
    "after the concert",
    "under the plane trees",
    "at the market",
    "on the landline",
    "at noon",
    "over soup",
    "in the workshop",
    "before breakfast",
    "on the stairs",
    "with the window open",
    "until late",
];

const FEELINGS: &[&str] = &[
    "tired but happy",
    "in good spirits",
    "quieter than usual",
    "full of plans",
    "a little homesick",
    "relieved",
    "hopeful",
    "not to be asked before Christmas",
    "glad of the company",
    "cheerful about all of it",
    "in a hurry",
    "the old laugh is back",
    "missing the sea",
    "as always",
    "curious",
    "sure that it will work this time",
];

const DEEDS: &[&str] = &[
    "Send the article on kilns",
    "Bring back the drill",
    "Scan the old photographs",
    "Ask for the recipe",
    "Write about the house",
    "Lend the blue atlas",
    "Return the umbrella",
    "Introduce the two of them",
    "Look up the name of the mill",
    "Print the picture in large",
    "Find a room for the weekend",
    "Water the ferns",
    "Post the letter",
    "Answer the long mail",
    "Copy out the song",
    "Bring endpapers",
    "Order the magnet",
];

const INTERESTS: &[&str] = &[
    "ceramics",
    "climbing",
    "table tennis",
    "old maps",
    "bees",
    "choir",
    "lichens",
    "mending",
    "looms",
    "chess",
    "cycling",
    "rye bread",
    "radio plays",
    "swimming",
    "translation",
    "tiles",
    "photography",
    "sailing",
    "fermenting",
];

/// One of the things that people are interested in.
pub(crate) fn interest(random: &mut Random) -> &'static str {
    random.pick(INTERESTS)
}

/// Something to talk about, `the old boat`.
pub(crate) fn topic(random: &mut Random) -> &'static str {
    random.pick(TOPICS)
}

/// Something to do, `Bring back the drill`.
pub(crate) fn deed(random: &mut Random) -> &'static str {
    random.pick(DEEDS)
}

/// A clause without a full stop, such as stands in a log: `talked about the move, tired but happy`.
pub(crate) fn clause(random: &mut Random) -> String {
    let mut clause = format!("{} {}", random.pick(DOINGS), topic(random));
    if random.chance(35.0) {
        clause = format!("{clause} {}", random.pick(PLACES));
    }
    if random.chance(40.0) {
        clause = format!("{clause}, {}", random.pick(FEELINGS));
    }
    clause
}

/// A few sentences of about `length` bytes, wrapped at about a hundred columns; now and then one of `lines`.
pub(crate) fn paragraph(random: &mut Random, length: usize, lines: &[&str]) -> String {
    let mut paragraph = String::new();
    let mut column = 0;
    while paragraph.len() < length {
        for word in sentence(random, lines).split(' ') {
            let gap = if column == 0 { "" } else { " " };
            let gap = if column > 90 { "\n" } else { gap };
            column = if gap == "\n" { 0 } else { column + gap.len() };
            paragraph.push_str(gap);
            paragraph.push_str(word);
            column += word.len();
        }
    }
    paragraph
}

fn sentence(random: &mut Random, lines: &[&str]) -> String {
    match random.below(10) {
        0 => random.pick(lines).to_owned(),
        1 => format!("Once {}, and never again since.", clause(random)),
        2 => format!("*{}*, they said, and meant it.", clause(random)),
        3 => format!("There is always {} and {}.", topic(random), topic(random)),
        4 => format!(
            "Likes {}, {} and **{}**.",
            interest(random),
            interest(random),
            interest(random)
        ),
        5 => format!("We met {} and {}.", random.pick(PLACES), clause(random)),
        _ => capital(&format!("{}.", clause(random))),
    }
}

/// `text` with its first letter in upper case.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
