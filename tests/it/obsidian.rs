//! Our reading of Markdown beside Obsidian's own, from captures of its metadata cache.
//!
//! The captures are not part of this repository: `TIES_CAPTURES` names their folder, else a folder beside the
//! project is tried. Without them this test says so and passes; the snapshots in `src/note/markdown.rs` hold the
//! same rules.
#![expect(clippy::unwrap_used, reason = "a capture of another shape must stop the test")]

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;
use ties::note::link::{Target, all_wikilinks};
use ties::note::markdown;
use ties::text::span::Span;

/// Where we differ on purpose: capture, what differs (`+` only Obsidian has it, `-` only we have it), why.
const DIFFERENCES: &[(&str, &str, &str)] = &[
    ("comments_markdown_style", "+ tag 95 #task", COMMENTED),
    ("comments_markdown_style", "+ tag 226 #i-am-parsed-by-obsidian", COMMENTED),
    ("comments_markdown_style", "+ link 384 [[comments_html_style]]", COMMENTED),
    (
        "comments_markdown_style",
        "+ target comments_html_style shown as comments_html_style",
        COMMENTED,
    ),
    (
        "internal_heading_links",
        "+ tag 946 #Escaped",
        "a tag stands after white space; this is the heading in a link whose brackets were escaped",
    ),
];

const COMMENTED: &str = "what is commented out is no fact: a commented link is never contact, a commented tag never a group";

#[test]
fn our_reading_is_that_of_obsidian() {
    let Some(captures) = captures() else {
        eprintln!("skipped: no Obsidian captures (set TIES_CAPTURES to their folder)");
        return;
    };
    let expected = DIFFERENCES
        .iter()
        .map(|(name, what, _)| format!("{name}: {what}"))
        .collect::<BTreeSet<_>>();
    let mut found = BTreeSet::new();
    let mut facts = 0;
    for (name, capture) in &captures {
        let (theirs, ours) = (their_facts(capture), our_facts(capture));
        facts += theirs.len();
        found.extend(theirs.difference(&ours).map(|fact| format!("{name}: + {fact}")));
        found.extend(ours.difference(&theirs).map(|fact| format!("{name}: - {fact}")));
    }
    assert!(facts > 300, "only {facts} facts in {} captures", captures.len());
    assert_eq!(found, expected, "left: what differs; right: what is known to differ");
}

fn captures() -> Option<Vec<(String, Value)>> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/obsidian-captures");
    let folder = std::env::var_os("TIES_CAPTURES").map_or(beside, PathBuf::from);
    let mut captures = Vec::new();
    for entry in std::fs::read_dir(folder).ok()? {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            captures.push((name, serde_json::from_str(&text).unwrap()));
        }
    }
    (!captures.is_empty()).then_some(captures)
}

/// Offsets in captures count UTF-16 units.
struct Utf16<'a>(&'a str);

impl Utf16<'_> {
    fn byte(&self, offset: u64) -> usize {
        let mut units = 0;
        let found = self.0.char_indices().find(|(_, character)| {
            let here = units >= offset;
            units += character.len_utf16() as u64;
            here
        });
        found.map_or(self.0.len(), |(at, _)| at)
    }

    fn span(&self, fact: &Value) -> Span {
        let offset = |end: &str| self.byte(fact["position"][end]["offset"].as_u64().unwrap());
        Span::new(offset("start"), offset("end"))
    }
}

fn list<'a>(cache: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    cache[key].as_array().into_iter().flatten()
}

/// Spaces at the ends are cut: Obsidian lets an indented item start up to two columns before its marker.
fn fact(kind: &str, text: &str, span: Span, about: &str) -> String {
    let source = span.of(text);
    let start = span.start + source.len() - source.trim_start().len();
    format!(
        "{kind} {start}{} {}",
        if about.is_empty() { String::new() } else { format!(" {about}") },
        source.trim()
    )
}

fn their_facts(capture: &Value) -> BTreeSet<String> {
    let text = capture["fileContents"].as_str().unwrap();
    let cache = &capture["cachedMetadata"];
    let at = Utf16(text);
    let mut facts = BTreeSet::new();
    for heading in list(cache, "headings") {
        let about = format!("{} <{}>", heading["level"], heading["heading"].as_str().unwrap());
        facts.insert(fact("heading", text, at.span(heading), &about));
    }
    for item in list(cache, "listItems") {
        let parent = item["parent"].as_i64().filter(|line| *line >= 0);
        let task = item["task"].as_str().map(|task| format!("[{task}]"));
        facts.insert(fact("item", text, at.span(item), &format!("{parent:?} {task:?}")));
    }
    for link in list(cache, "links") {
        facts.insert(fact("link", text, at.span(link), ""));
        facts.insert(format!("target {}", their_target(link)));
    }
    for tag in list(cache, "tags") {
        facts.insert(fact("tag", text, at.span(tag), ""));
    }
    for section in list(cache, "sections").filter(|section| section["type"] == "paragraph") {
        facts.insert(fact("paragraph", text, at.span(section), ""));
    }
    for section in list(cache, "sections").filter(|section| section["type"] == "code") {
        facts.insert(fact("code", text, at.span(section), ""));
    }
    if let Some(blocks) = cache["blocks"].as_object() {
        facts.extend(blocks.keys().map(|id| format!("block {id}")));
    }
    for link in list(cache, "frontmatterLinks") {
        facts.insert(format!("value {} {}", link["original"], their_target(link)));
    }
    facts
}

/// `link` and `displayText`; where nothing is shown instead, Obsidian shows the link with ` > ` for `#`.
fn their_target(link: &Value) -> String {
    let (place, shown) = (link["link"].as_str().unwrap(), link["displayText"].as_str().unwrap());
    format!("{place} shown as {shown}")
}

fn our_target(target: &Target, markdown: bool) -> String {
    let fragment = match (&target.heading, &target.block) {
        (_, Some(block)) => format!("#^{block}"),
        (Some(heading), None) => format!("#{heading}"),
        (None, None) => String::new(),
    };
    let place = format!("{}{}{fragment}", target.note, if markdown { ".md" } else { "" });
    let plain = place.trim_start_matches('#').replace('#', " > ");
    format!("{place} shown as {}", target.display.clone().unwrap_or(plain))
}

fn our_facts(capture: &Value) -> BTreeSet<String> {
    let text = capture["fileContents"].as_str().unwrap();
    let end = &capture["cachedMetadata"]["frontmatterPosition"]["end"]["offset"];
    let empty_block = text.starts_with("---\n---\n").then_some(7);
    let body_start =
        end.as_u64().map(|offset| Utf16(text).byte(offset)).or(empty_block).unwrap_or(0);
    let markdown = markdown::read(text, body_start);
    let mut facts = BTreeSet::new();
    for heading in &markdown.headings {
        let about = format!("{} <{}>", heading.level, heading.content.of(text));
        facts.insert(fact("heading", text, heading.span, &about));
    }
    for item in &markdown.items {
        // Obsidian's items end before their children.
        let own = Span::new(item.marker.start, item.content.end);
        let line = |item: usize| text[..markdown.items[item].marker.start].matches('\n').count();
        let parent = item.parent.map(line);
        let task = item.task.map(|task| format!("[{}]", task.status));
        facts.insert(fact("item", text, own, &format!("{parent:?} {task:?}")));
    }
    for link in &markdown.links {
        facts.insert(fact("link", text, link.span, ""));
        let markdown = link.kind == markdown::LinkKind::Markdown;
        facts.insert(format!("target {}", our_target(&link.target, markdown)));
    }
    for (tag, span) in &markdown.tags {
        assert_eq!(span.of(text), format!("#{tag}"));
        facts.insert(fact("tag", text, *span, ""));
    }
    facts.extend(markdown.paragraphs.iter().map(|span| fact("paragraph", text, *span, "")));
    let fenced = markdown.hidden.iter().filter(|span| span.of(text).starts_with("```"));
    facts.extend(fenced.map(|span| fact("code", text, *span, "")));
    facts.extend(markdown.blocks.iter().map(|(id, _)| format!("block {id}")));
    let values = all_wikilinks(&text[..body_start]);
    facts.extend(
        values.iter().map(|(span, target)| {
            format!("value {:?} {}", span.of(text), our_target(target, false))
        }),
    );
    facts
}
