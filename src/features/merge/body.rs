//! The body of the second note taken into the first: logs entry by entry, other sections below the same heading, and
//! what has no place of its own under a heading that says where it came from.

use crate::features::merge::blocks::{Block, Parts, parts};
use crate::features::merge::log::{Log, end_of, inserted, interleaved, log};
use crate::note::change::Refusal;
use crate::note::document::Document;
use crate::note::layout::{line_end_near, line_start, next_line};
use crate::note::markdown::Item;
use crate::people::body_section::Section;
use crate::people::vocabulary::Vocabulary;
use crate::text::edit::{Edit, apply};
use crate::text::fold::fold;
use crate::text::span::Span;
use std::collections::HashSet;

/// The text of the first note, whose keys are united already, with the body of `other`, a note about `name`. `aside` are
/// lines of keys that found no place.
pub fn joined(
    own: &str,
    other: &str,
    name: &str,
    aside: &str,
    vocabulary: &Vocabulary,
) -> Result<String, Refusal> {
    let (own, other) = (Document::read(own), Document::read(other));
    let mut joining = Joining {
        ending: line_end_near(own.text, 0),
        own_parts: parts(&own, vocabulary),
        own,
        other: &other,
        vocabulary,
        edits: Vec::new(),
        appended: Vec::new(),
        from: Vec::new(),
    };
    let other_parts = parts(&other, vocabulary);
    joining.take_free(&other_parts, name);
    let own_log = joining.own_parts.blocks.iter().find(|own| own.section == Some(Section::Log));
    let own_log = own_log.cloned();
    // A note may have several headings of a log; its entries are one log.
    let is_taken = |block: &&Block| own_log.is_some() && block.section == Some(Section::Log);
    let (logs, others) = other_parts.blocks.iter().partition::<Vec<_>, _>(is_taken);
    if let Some(own) = own_log.as_ref().filter(|_| !logs.is_empty()) {
        joining.take_logs(own, &logs);
    }
    others.into_iter().for_each(|block| joining.take(block));
    joining.finish(name, aside)
}

struct Joining<'a> {
    own: Document<'a>,
    other: &'a Document<'a>,
    own_parts: Parts,
    vocabulary: &'a Vocabulary,
    ending: &'static str,
    edits: Vec<Edit>,
    /// Blocks for the end of the note.
    appended: Vec<String>,
    /// What stands under the heading that says where it came from.
    from: Vec<String>,
}

impl Joining<'_> {
    fn take_free(&mut self, parts: &Parts, name: &str) {
        let text = self.other.text;
        let said = |parts: &Parts, text: &str| {
            [parts.before_title, parts.free].map(|part| part.of(text).trim().to_owned())
        };
        let known = said(&self.own_parts, self.own.text);
        let title = parts.title.map_or("", |title| title.of(text));
        let says_name = fold(title.trim_matches(['#', ' ', '\r', '\n'])) == fold(name);
        if !title.is_empty() && !says_name {
            let line = title.trim().trim_start_matches('#').trim_start();
            self.from.push(line.to_owned());
        }
        for part in said(parts, text) {
            if !part.is_empty() && !known.contains(&part) {
                self.from.push(part);
            }
        }
    }

    fn take(&mut self, block: &Block) {
        let same = |own: &&Block| match (own.section, block.section) {
            (None, None) => own.heading == block.heading,
            (own, other) => own == other,
        };
        let own = self.own_parts.blocks.iter().find(same).cloned();
        let whole = block.span.of(self.other.text);
        match (own, block.section) {
            (Some(own), Some(_)) => self.take_items(&own, block),
            (Some(own), None) => {
                let (known, new) = (own.body.of(self.own.text), block.body.of(self.other.text));
                if known.trim() != new.trim() {
                    self.append_to(&own, new);
                }
            }
            (None, None) if block.level > 2 => self.from.push(whole.to_owned()),
            (None, _) => self.appended.push(whole.to_owned()),
        }
    }

    fn take_logs(&mut self, own: &Block, blocks: &[&Block]) {
        let known = log(&self.own, own, self.vocabulary);
        let mut new = Log::default();
        for block in blocks {
            let part = log(self.other, block, self.vocabulary);
            new.items.extend(part.items);
            new.headed.extend(part.headed);
            new.rest += &part.rest;
        }
        self.edits.extend(interleaved(&self.own, own, &known, &new, self.ending));
        if !new.rest.trim().is_empty() && new.rest.trim() != known.rest.trim() {
            self.from.push(new.rest);
        }
    }

    /// Items at the end of the section; one that is there already only once.
    fn take_items(&mut self, own: &Block, block: &Block) {
        let known = items(&self.own, own).into_iter().map(|(_, item)| item).collect::<HashSet<_>>();
        let (mut at, mut new) = (block.body.start, String::new());
        for (span, item) in items(self.other, block) {
            if known.contains(&item) {
                new += Span::new(at, span.start.max(at)).of(self.other.text);
                at = span.end.max(at);
            }
        }
        new += Span::new(at, block.body.end).of(self.other.text);
        self.append_to(own, &undented(&new));
    }

    fn append_to(&mut self, own: &Block, new: &str) {
        let new = new.trim_matches(['\n', '\r']).trim_end();
        if new.trim().is_empty() {
            return;
        }
        let is_item = |line: Option<&str>| {
            line.is_some_and(|line| line.starts_with(['-', '*', '+', ' ', '\t']))
        };
        let at = end_of(self.own.text, own.body);
        let last = own.body.of(self.own.text).trim_end().lines().next_back();
        let apart = last.is_some() && !(is_item(last) && is_item(new.lines().next()));
        let lines = self.with_ending(new);
        self.edits.push(inserted(self.own.text, at, &lines, apart, self.ending));
    }

    fn with_ending(&self, text: &str) -> String {
        text.lines().collect::<Vec<_>>().join(self.ending)
    }

    fn finish(mut self, name: &str, aside: &str) -> Result<String, Refusal> {
        if !aside.is_empty() {
            let longest =
                aside.lines().map(|line| line.bytes().take_while(|byte| *byte == b'`').count());
            let fence = "`".repeat(longest.max().unwrap_or(0).max(2) + 1);
            self.from.push(format!("{fence}yaml\n{aside}{fence}"));
        }
        if !self.from.is_empty() {
            let parts = self.from.iter().map(|part| part.trim_matches(['\n', '\r']).trim_end());
            let parts = parts.collect::<Vec<_>>().join("\n\n");
            self.appended.push(format!("## From {name}\n\n{parts}"));
        }
        let mut text = apply(self.own.text, &self.edits).map_err(|_| not_safe())?;
        for block in &self.appended {
            let block = self.with_ending(block.trim_matches(['\n', '\r']).trim_end());
            let open = !text.is_empty() && !text.ends_with(['\n', '\r']);
            let start = if open { self.ending } else { "" };
            let blank = text.lines().next_back().is_some_and(|line| !line.trim().is_empty());
            let blank = if blank { self.ending } else { "" };
            text += &format!("{start}{blank}{block}{}", self.ending);
        }
        Ok(text)
    }
}

/// The top-level items of a block with their whole lines, without white space at the ends.
fn items(document: &Document<'_>, block: &Block) -> Vec<(Span, String)> {
    let own = document.markdown.items.iter().filter(|item| {
        item.parent.is_none() && !item.quoted && block.body.contains(item.marker.start)
    });
    let item = |item: &Item| {
        let start = line_start(document.text, item.marker.start);
        let after_marker = Span::new(item.marker.end, item.span.end).of(document.text);
        let said = after_marker.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        (Span::new(start, next_line(document.text, item.span.end)), said.trim().to_owned())
    };
    own.map(item).collect()
}

/// Without the indent that all lines have.
fn undented(text: &str) -> String {
    let said = text.lines().filter(|line| !line.trim().is_empty());
    let indent =
        said.map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or(0);
    let lines = text.lines().map(|line| line.get(indent..).unwrap_or("").to_owned() + "\n");
    lines.collect()
}

fn not_safe() -> Refusal {
    Refusal {
        reason: "the two notes cannot be put together safely".to_owned(),
        hint: Some("put them together in your editor".to_owned()),
    }
}
