//! Which headings of a person's note make its log, its events and its gifts, and which of them are entries themselves.

use crate::note::document::Document;
use crate::note::entry::{self, EntryHead};
use crate::note::markdown::Heading;
use crate::people::stray_entry::is_whole;
use crate::people::vocabulary::Vocabulary;
use crate::text::span::Span;

/// What a section of a person's note holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Entries of the log.
    Log,
    /// Events.
    Events,
    /// Gifts.
    Gifts,
}

/// What stands under a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Under {
    /// The section, where it is one of those that are read.
    pub section: Option<Section>,
    /// Whether the heading is the section's own, `## Log`.
    pub is_own: bool,
    /// Whether what stands here tells more of an entry that is a heading itself, this one or one above it.
    pub is_told: bool,
}

/// One for each heading of the note.
pub fn sections(document: &Document<'_>, vocabulary: &Vocabulary) -> Vec<Under> {
    let mut walk = Walk { document, vocabulary, current: None, above: Vec::new() };
    document.markdown.headings.iter().map(|heading| walk.under(heading)).collect()
}

/// Whether a heading is an entry: it begins with a whole date.
pub fn is_dated(text: &str, heading: &Heading) -> bool {
    entry::head(text, heading.content).is_some_and(|head| is_whole(&head))
}

/// An entry that is a heading of the log, with all that follows it.
pub struct HeadingEntry {
    /// How it begins.
    pub head: EntryHead,
    /// All that it takes up.
    pub whole: Span,
    /// What stands below it, as far as the next heading.
    pub following: Span,
}

/// The entries that are headings of the log: `### 2026-10-12 call`.
pub fn heading_entries(document: &Document<'_>, sections: &[Under]) -> Vec<HeadingEntry> {
    let headings = &document.markdown.headings;
    let mut found = Vec::new();
    for (at, heading) in headings.iter().enumerate() {
        if heading.nested || !sections.get(at).is_some_and(|under| is_entry_place(*under)) {
            continue;
        }
        let mut after = headings.iter().skip(at + 1);
        let end = after.find(|next| !next.nested);
        let end = end.map_or(document.text.len(), |next| next.span.start);
        if let Some(head) = entry::head(document.text, heading.content) {
            let following = trimmed(Span::new(heading.span.end, end), document.text);
            let whole = Span::new(heading.span.start, following.end.max(heading.span.end));
            found.push(HeadingEntry { head, whole, following });
        }
    }
    found
}

/// The first paragraph of what follows a heading.
pub fn first_paragraph(following: Span, text: &str) -> &str {
    following.of(text).split("\n\n").next().unwrap_or("")
}

/// Whether a heading may be an entry: it stands in the log and is not the log's own.
fn is_entry_place(under: Under) -> bool {
    under.section == Some(Section::Log) && !under.is_own
}

fn trimmed(span: Span, text: &str) -> Span {
    let inner = span.of(text);
    let start = span.start + (inner.len() - inner.trim_start().len());
    Span::new(start, start + inner.trim().len())
}

struct Walk<'a> {
    document: &'a Document<'a>,
    vocabulary: &'a Vocabulary,
    /// The section that goes on, and the level of its own heading.
    current: Option<(Section, u8)>,
    /// The headings of the log above this one, each of a higher level than the one before it: the level, and whether
    /// one of them so far is an entry.
    above: Vec<(u8, bool)>,
}

impl Walk<'_> {
    fn under(&mut self, heading: &Heading) -> Under {
        let own = section_named(&heading.text, self.vocabulary).filter(|_| !heading.nested);
        if let Some(section) = own {
            self.current = Some((section, heading.level));
        } else if !heading.nested && self.ends_section(heading) {
            self.current = None;
        }
        let section = self.current.map(|(section, _)| section);
        let is_own = own.is_some();
        Under { section, is_own, is_told: self.is_told(heading, section, is_own) }
    }

    fn ends_section(&self, heading: &Heading) -> bool {
        let Some((section, level)) = self.current.filter(|(_, level)| heading.level <= *level)
        else {
            return false;
        };
        // `## 2026-11-18 call` right after `## Log` is meant as its entry.
        let entry = section == Section::Log && heading.level == level;
        !(entry && is_dated(self.document.text, heading))
    }

    fn is_told(&mut self, heading: &Heading, section: Option<Section>, is_own: bool) -> bool {
        if heading.nested {
            return false;
        }
        if is_own || section != Some(Section::Log) {
            self.above.clear();
            return false;
        }
        while self.above.pop_if(|(level, _)| *level >= heading.level).is_some() {}
        let is_told = self.above.last().is_some_and(|(_, is_told)| *is_told)
            || is_dated(self.document.text, heading);
        self.above.push((heading.level, is_told));
        is_told
    }
}

fn section_named(heading: &str, vocabulary: &Vocabulary) -> Option<Section> {
    let named = |headings: &[String]| Vocabulary::is_heading(headings, heading);
    if named(&vocabulary.log_headings) {
        Some(Section::Log)
    } else if named(&vocabulary.event_headings) {
        Some(Section::Events)
    } else if named(&vocabulary.gift_headings) {
        Some(Section::Gifts)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::note::document::Document;
    use crate::people::body_section::sections;
    use crate::people::vocabulary::Vocabulary;
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: &Expect) {
        let document = Document::read(text);
        let under = sections(&document, &Vocabulary::default());
        let lines = document.markdown.headings.iter().zip(under).map(|(heading, under)| {
            let own = if under.is_own { " own" } else { "" };
            let told = if under.is_told { " told" } else { "" };
            format!("{}: {:?}{own}{told}\n", heading.text, under.section)
        });
        expected.assert_eq(&lines.collect::<String>());
    }

    #[test]
    fn a_heading_below_a_dated_one_tells_more_of_its_entry() {
        check(
            "# Ana\n## Log\n### 2026-11-18 call\n#### Later\n### Notes\n#### a\n## 2026-11-17 met\n### more\n# End\n",
            &expect![[r#"
                Ana: None
                Log: Some(Log) own
                2026-11-18 call: Some(Log) told
                Later: Some(Log) told
                Notes: Some(Log)
                a: Some(Log)
                2026-11-17 met: Some(Log) told
                more: Some(Log) told
                End: None
            "#]],
        );
        check(
            "## Log\n### 2026-11-18 call\n## Gifts\n### 2026-11-18\n## Log\n#### x\n",
            &expect![[r#"
                Log: Some(Log) own
                2026-11-18 call: Some(Log) told
                Gifts: Some(Gifts) own
                2026-11-18: Some(Gifts)
                Log: Some(Log) own
                x: Some(Log)
            "#]],
        );
    }
}
