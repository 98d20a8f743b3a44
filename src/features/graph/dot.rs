//! A picture as the text of a Graphviz graph.

use crate::features::graph::model::{Line, Person, Picture};
use crate::features::graph::palette::{HOME, PEOPLE, PLAIN, of_group};
use crate::text::seal::{OPEN, sealed};
use crate::text::visible::visible_line;
use std::fmt::Write;

/// How the first line of every graph of ours begins.
pub const MARK: &str = "// drawn by `ties graph`, ";
/// What draws it.
const TRY: &str = "try: sfdp -Goverlap=prism -Tsvg";

/// The text of the graph.
pub fn dot(picture: &Picture) -> String {
    let mut text = format!(
        "{MARK}{OPEN}; {TRY}\ngraph ties {{\n  graph [overlap=prism, outputorder=edgesfirst];\n  \
         node [shape=box, style=\"rounded,filled\", fillcolor=white, penwidth=2, fontname=\"sans-serif\"];\n  \
         edge [fontname=\"sans-serif\", fontsize=9];\n"
    );
    for (at, person) in picture.people.iter().enumerate() {
        text.push_str(&node(at, person));
    }
    for (at, household) in picture.households.iter().enumerate() {
        let people = household.iter().map(|at| format!("p{};", at + 1)).collect::<Vec<_>>();
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "  subgraph cluster_{} {{ style=\"rounded,filled\"; color=\"{}\"; {} }}",
            at + 1,
            HOME.light,
            people.join(" ")
        );
    }
    picture.ties.iter().for_each(|tie| text.push_str(&edge(tie)));
    text.push_str("}\n");
    sealed(&text)
}

fn node(at: usize, person: &Person) -> String {
    let color = person.color.and_then(|color| PEOPLE.get(color)).unwrap_or(&PLAIN).light;
    let more = if person.me { ", penwidth=4" } else { "" };
    let (name, about) = (quoted(&person.name), quoted(&person.about.join(", ")));
    format!("  p{} [label={name}, tooltip={about}, color=\"{color}\"{more}];\n", at + 1)
}

fn edge(line: &Line) -> String {
    let style = match (line.over, line.inferred) {
        (true, _) => ", style=dotted",
        (false, true) => ", style=dashed",
        (false, false) => "",
    };
    let direction = if line.directed { ", dir=forward" } else { "" };
    let (word, told) = (quoted(&line.word), quoted(&line.told.join("; ")));
    let color = of_group(line.group).light;
    let (from, to) = (line.from + 1, line.to + 1);
    format!(
        "  p{from} -- p{to} [label={word}, tooltip={told}, color=\"{color}\"{style}{direction}];\n"
    )
}

/// A text in quotes: in a label a backslash begins an escape, and `&` an entity of HTML.
fn quoted(text: &str) -> String {
    let text = visible_line(text).replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;");
    format!("\"{text}\"")
}
