//! Knowing again a picture that `ties` drew.

use crate::features::graph::dot;
use crate::features::graph::mermaid;
use crate::features::graph::svg;
use crate::text::seal::is_whole;

/// What the JSON of a picture says of itself.
pub const JSON_MARK: &str = "\"drawn_by\": \"ties graph\"";

/// Whether `ties` drew it, perhaps before somebody changed it.
pub fn is_ours(text: &str) -> bool {
    let marks = [svg::MARK, mermaid::MARK, dot::MARK];
    let mut lines = text.lines().take(4);
    let is_marked = |line: &str| marks.iter().any(|mark| line.starts_with(mark));
    lines.any(|line| is_marked(line) || line.contains(JSON_MARK)) && is_whole(text).is_some()
}
