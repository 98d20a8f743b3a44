//! A picture as the text of a Mermaid flowchart, for pages that draw it themselves.

use crate::features::graph::model::{Line, Picture};
use crate::features::graph::palette::{PEOPLE, PLAIN};
use crate::features::relatives::words::former;
use crate::text::seal::{OPEN, sealed};
use crate::text::visible::visible_line;
use std::fmt::Write;

/// How the first line of every chart of ours begins.
pub const MARK: &str = "%% drawn by `ties graph`, ";

/// The text of the chart.
pub fn mermaid(picture: &Picture) -> String {
    let mut text = format!("{MARK}{OPEN}\nflowchart LR\n");
    let mut is_home = vec![false; picture.people.len()];
    for (at, household) in picture.households.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  subgraph home{}[\"live together\"]", at + 1);
        for at in household {
            is_home.get_mut(*at).into_iter().for_each(|is| *is = true);
            text.push_str(&format!("  {}", person(picture, *at)));
        }
        text.push_str("  end\n");
    }
    let others = is_home.iter().enumerate().filter(|(_, is_home)| !**is_home);
    others.for_each(|(at, _)| text.push_str(&person(picture, at)));
    picture.ties.iter().for_each(|tie| text.push_str(&line(tie)));
    for (at, shade) in PEOPLE.iter().chain([&PLAIN]).enumerate() {
        // Bold borders rather than filled boxes: the paper of the page is not known.
        let _ = writeln!(text, "  classDef c{at} stroke:{},stroke-width:3px", shade.light);
    }
    text.push_str("  classDef me stroke-width:5px\n");
    sealed(&text)
}

fn person(picture: &Picture, at: usize) -> String {
    let Some(person) = picture.people.get(at) else { return String::new() };
    let class = match (person.me, person.color) {
        (true, _) => "me".to_owned(),
        (false, color) => format!("c{}", color.unwrap_or(PEOPLE.len())),
    };
    format!("  p{}[\"{}\"]:::{class}\n", at + 1, escaped(&person.name))
}

fn line(line: &Line) -> String {
    let arrow = match (line.over || line.inferred, line.directed) {
        (false, false) => "---",
        (false, true) => "-->",
        (true, false) => "-.-",
        (true, true) => "-.->",
    };
    let word = if line.over { former(&line.word) } else { line.word.clone() };
    format!("  p{} {arrow}|\"{}\"| p{}\n", line.from + 1, escaped(&word), line.to + 1)
}

/// Letters, digits, spaces and signs that mean nothing to Mermaid; everything else in ASCII as its number: `1.` and `-`
/// would begin a list.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in visible_line(text).chars() {
        match letter {
            ' ' | ',' | '\'' => escaped.push(letter),
            sign if sign.is_ascii() && !sign.is_ascii_alphanumeric() => {
                let _ = write!(escaped, "#{};", u32::from(sign));
            }
            other => escaped.push(other),
        }
    }
    // A label without a letter is no label.
    if escaped.trim().is_empty() { "#32;".to_owned() } else { escaped }
}
