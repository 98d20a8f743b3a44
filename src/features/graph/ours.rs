//! Knowing again a picture that `ties` drew.

use crate::features::graph::dot;
use crate::features::graph::mermaid;
use crate::features::graph::svg;

/// What the JSON of a picture says of itself.
pub const JSON_MARK: &str = "\"drawn_by\": \"ties graph\"";

/// Whether `ties` drew it: only such a file is replaced.
pub fn is_ours(text: &str) -> bool {
    let mut lines = text.lines().take(4);
    lines.any(|line| {
        [svg::MARK, mermaid::MARK, dot::MARK].contains(&line) || line.contains(JSON_MARK)
    })
}
