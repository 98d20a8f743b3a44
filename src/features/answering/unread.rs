//! What was typed or ticked on a line and looks like an answer, but is none that can be followed: the person is told.

use crate::features::agenda::answer::Answer;
use crate::features::agenda::record::Outcome;
use crate::features::agenda::said::first_word;
use crate::features::answering::step::refusal;
use crate::note::change::Refusal;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::when::{Direction, impossible_prefix, parse_prefix};

/// Words that answer where they stand alone or as they should.
const WORDS: [&str; 10] =
    ["later", "skip", "excused", "done", "tried", "archive", "next", "rest", "yes", "no"];

/// Why what stands at a line that is not followed is no answer; `None` where it does not look like one.
pub fn unread(answer: &Answer, vocabulary: &Vocabulary) -> Option<Refusal> {
    let is_followed =
        answer.record.as_ref().is_some_and(|record| record.outcome != Outcome::Withdrawn);
    if is_followed || answer.outcome().is_some() {
        return None;
    }
    answer.said.text.iter().find_map(|text| {
        let (word, rest) = first_word(text);
        let is_word = WORDS.contains(&word.to_lowercase().as_str());
        let ends = rest.is_empty() || rest.starts_with([',', ':', '.', '!', ';']);
        if is_word && (ends || takes_a_time(word) && is_time(rest, answer.day)) {
            let reason = format!("`{text}` is not understood");
            return Some(refusal(
                &reason,
                "write `later 2w`, `next fri: …`, `skip`, or what happened below a tick",
            ));
        }
        let is_kind = vocabulary.kind(word).is_some() && rest.starts_with(':');
        let reason = format!("`{text}` stands at a line that is not ticked");
        is_kind.then(|| refusal(&reason, "tick it too, `[x]`, and it is written down"))
    })
}

fn takes_a_time(word: &str) -> bool {
    ["later", "next", "rest"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether `rest`, behind a word that takes a time, begins with one or with what comes before one.
fn is_time(rest: &str, day: Day) -> bool {
    let rest = rest.trim();
    let (word, _) = first_word(rest);
    let is_until = ["until", "till"].iter().any(|known| word.eq_ignore_ascii_case(known));
    // `next fri`, `next week`: the word itself belongs to the time.
    let with_next = format!("next {rest}");
    let reads = |text: &str| parse_prefix(text, day, Direction::Future).is_some();
    is_until || reads(rest) || reads(&with_next) || impossible_prefix(rest).is_some()
}

/// Why an answer that says two things, or nothing that is known, is left alone.
pub fn unclear(answer: &Answer) -> Refusal {
    let status = answer.line.status;
    if answer.boxes_differ() {
        return refusal(
            "it stands there with two different boxes, and has `[?]` until you decide",
            "`[x]` is done, `[>]` later, `[-]` not this time, `[/]` tried",
        );
    }
    if !" xX>-/✓✔".contains(status) {
        let reason = format!("the sign `{status}` in its box is not understood");
        return refusal(&reason, "`[x]` is done, `[>]` later, `[-]` not this time, `[/]` tried");
    }
    refusal(
        "what is typed there says two things, or a time that cannot be read",
        "leave one of them, such as `later 2w`",
    )
}
