//! The front matter of a note as keys of the domain: each key known, related, or the owner's own.

use crate::note::document::Document;
use crate::note::front_matter::Entry;
use crate::note::link;
use crate::note::yaml::{Node, Value};
use crate::people::contact::{NamedTie, Relation};
use crate::people::field::{Field, ValueKind};
use crate::people::link_ref::LinkRef;
use crate::people::tie_time::{TieTime, is_now};
use crate::people::value;
use crate::people::vocabulary::Vocabulary;
use crate::text::diagnostic::{Code, Finding};
use crate::text::edit::Edit;
use crate::text::partial_date::LooseDate;
use crate::text::span::Span;
use crate::text::suggest::within;

/// The keys of one note, by what they mean.
#[derive(Debug, Default)]
pub struct Header<'a> {
    known: Vec<(Field, &'a Entry)>,
    // The fields in `known`, one bit each.
    fields: u128,
    related: Vec<(&'a str, &'a Entry)>,
    // Those of the owner's own keys that are a kind of tie and link nobody.
    named: Vec<(&'a str, &'a Entry)>,
    /// Keys without a meaning here, in file order.
    pub other: Vec<&'a Entry>,
}

impl<'a> Header<'a> {
    /// Sorts the keys of `document`. Keys of habits and journals are the owner's own in the note of a person.
    pub fn read(
        document: &'a Document<'_>,
        vocabulary: &'a Vocabulary,
        findings: &mut Vec<Finding>,
    ) -> Header<'a> {
        let entries = document.front_matter.as_ref().map(|front_matter| &front_matter.entries);
        let entries = entries.map_or(&[][..], Vec::as_slice);
        let mut header = Header { known: Vec::with_capacity(entries.len()), ..Header::default() };
        for entry in entries {
            header.take(entry, vocabulary, findings);
        }
        header
    }

    fn take(&mut self, entry: &'a Entry, vocabulary: &'a Vocabulary, findings: &mut Vec<Finding>) {
        let relation = vocabulary.relation(&entry.key);
        match (vocabulary.field(&entry.key), relation) {
            (Some(field), None) => self.take_known(field, entry, findings),
            // `report:` is a relation where it links somebody, a setting of a habit elsewhere.
            (Some(field), Some(_)) if !has_link(&entry.value) => {
                self.take_known(field, entry, findings);
            }
            (_, Some(relation)) if has_link(&entry.value) => {
                self.related.push((&relation.name, entry));
            }
            (None, Some(relation)) => {
                self.named.push((&relation.name, entry));
                self.other.push(entry);
            }
            _ => {
                findings.extend(misspelt(entry, vocabulary));
                self.other.push(entry);
            }
        }
    }

    fn take_known(&mut self, field: Field, entry: &'a Entry, findings: &mut Vec<Finding>) {
        let holds_several =
            matches!(field.kind(), ValueKind::Texts | ValueKind::Labelled | ValueKind::Links);
        match self.entry(field).filter(|_| !holds_several) {
            Some(first) => {
                let message = format!("`{}` says the same as `{}`", entry.key, first.key);
                findings.push(
                    Finding::new(Code::SameKeyTwice, entry.key_span, message)
                        .help("keep one of the two"),
                );
            }
            None => {
                self.fields |= bit(field);
                self.known.push((field, entry));
            }
        }
    }

    /// Whether a key says something that only the note of a person says.
    pub fn is_about_somebody(&self) -> bool {
        let of_any_file = |field: &Field| {
            matches!(field, Field::Tags | Field::Title | Field::Created | Field::Date | Field::Url)
        };
        !self.related.is_empty() || self.known.iter().any(|(field, _)| !of_any_file(field))
    }

    /// The entry of `field`; the first one where its values may be spread over several keys (`phone`, `mobile`).
    pub fn entry(&self, field: Field) -> Option<&'a Entry> {
        let known = if self.has(field) { self.known.as_slice() } else { &[] };
        known.iter().find(|(known, _)| *known == field).map(|(_, entry)| *entry)
    }

    /// Whether there is any entry of `field`; most notes have few of the many fields that are asked for.
    fn has(&self, field: Field) -> bool {
        self.fields & bit(field) != 0
    }

    /// All entries of `field`, in file order.
    pub fn entries(&self, field: Field) -> impl Iterator<Item = &'a Entry> {
        let known = if self.has(field) { self.known.as_slice() } else { &[] };
        known.iter().filter(move |(known, _)| *known == field).map(|(_, entry)| *entry)
    }

    /// The values of `field`, of all its keys together.
    pub fn list<T>(
        &self,
        field: Field,
        read: fn(&Entry, &mut Vec<Finding>) -> Vec<T>,
        findings: &mut Vec<Finding>,
    ) -> Vec<T> {
        if !self.has(field) {
            return Vec::new();
        }
        let mut entries = self.entries(field);
        let mut values = entries.next().map_or_else(Vec::new, |entry| read(entry, findings));
        entries.for_each(|entry| values.extend(read(entry, findings)));
        values
    }

    /// The value of `field`, read by one of the functions of [`value`].
    pub fn get<T: Default>(
        &self,
        field: Field,
        read: fn(&Entry, &mut Vec<Finding>) -> T,
        findings: &mut Vec<Finding>,
    ) -> T {
        self.entry(field).map_or_else(T::default, |entry| read(entry, findings))
    }

    /// The links of `field`.
    pub fn links(&self, field: Field) -> Vec<LinkRef> {
        self.entries(field).flat_map(|entry| links_of(&entry.value)).collect()
    }

    /// The ties that the keys say: flat keys first, then those of a `relations` map or list.
    pub fn relations(&self, vocabulary: &Vocabulary, findings: &mut Vec<Finding>) -> Vec<Relation> {
        let mut relations = Vec::new();
        findings.extend(self.named.iter().filter_map(|(kind, entry)| no_link(kind, entry)));
        for (kind, entry) in &self.related {
            relations.extend(tied(kind, &entry.value, findings));
        }
        if let Some(entry) = self.entry(Field::Relations) {
            for pairs in maps(&entry.value) {
                relations.extend(tied_in_map(pairs, vocabulary, findings));
            }
            relations.extend(tied_in_texts(&entry.value, vocabulary, findings));
        }
        relations
    }

    /// Those whom a key of a kind of tie names without a link.
    pub fn named_ties(&self) -> Vec<NamedTie> {
        let mut named = Vec::new();
        // What somebody knows may be a language.
        let named_keys =
            self.related.iter().chain(&self.named).filter(|(kind, _)| *kind != "knows");
        for (kind, entry) in named_keys {
            for (text, span) in texts(&entry.value) {
                let has_link = has_link_in(text);
                let name = text.split('(').next().unwrap_or_default().trim();
                if !has_link && is_name(name) {
                    let (kind, name) = ((*kind).to_owned(), name.to_owned());
                    named.push(NamedTie { kind, name, span });
                }
            }
        }
        named
    }
}

/// A longer text is no name.
const LONGEST_NAME: usize = 60;

/// Whether a value may be somebody's name: `2` of `children: 2` is none.
fn is_name(text: &str) -> bool {
    let no_name = ["no", "none", "yes", "true", "false", "null"];
    text.chars().any(char::is_alphabetic)
        && text.chars().count() <= LONGEST_NAME
        && !no_name.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The texts of a value and their places.
fn texts(node: &Node) -> Vec<(&str, Span)> {
    match &node.value {
        Value::Scalar(text, _) => vec![(text.as_str(), node.span)],
        Value::List(items) => items.iter().flat_map(texts).collect(),
        Value::Map(_) | Value::Null => Vec::new(),
    }
}

/// A finding where a kind of tie has a map, in which no link is read.
fn no_link(kind: &str, entry: &Entry) -> Option<Finding> {
    let is_map = !maps(&entry.value).is_empty();
    is_map.then(|| {
        let message = format!("`{}` is a link, not a map, so nobody is tied by it", entry.key);
        Finding::new(Code::WrongShape, entry.key_span, message)
            .help(format!("write `{kind}: \"[[Rita Lima]] (since 2015)\"`"))
    })
}

/// The ties that a list of `relations` tells of in texts: `"sister: [[Rita]]"`.
fn tied_in_texts(
    node: &Node,
    vocabulary: &Vocabulary,
    findings: &mut Vec<Finding>,
) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (text, span) in texts(node) {
        let known =
            text.split_once(':').map(|(kind, rest)| (vocabulary.relation(kind.trim()), rest));
        if let Some((Some(kind), rest)) = known {
            each_link_of(rest, span, &mut |to, after| {
                relations.push(timed(&kind.name, to, after, findings));
            });
        }
    }
    relations
}

/// The ties that one map of `relations` tells of. `since` and `until` in it are about those that have no time of their
/// own.
fn tied_in_map(
    pairs: &[(String, Node)],
    vocabulary: &Vocabulary,
    findings: &mut Vec<Finding>,
) -> Vec<Relation> {
    let (mut relations, mut time) = (Vec::new(), TieTime::default());
    for (kind, node) in pairs {
        match (vocabulary.relation(kind), kind.as_str()) {
            (Some(known), _) => relations.extend(tied(&known.name, node, findings)),
            (None, "since") => time.since = date_of(node, findings),
            (None, "until") => {
                time.until = date_of(node, findings);
                findings.extend(backwards(time, node.span));
            }
            (None, _) => findings.push(unknown_relation(kind, node, vocabulary)),
        }
    }
    for relation in relations.iter_mut().filter(|relation| relation.time.is_unsaid()) {
        relation.time = time;
    }
    relations
}

fn date_of(node: &Node, findings: &mut Vec<Finding>) -> Option<LooseDate> {
    let written = value::scalar(node).filter(|written| !is_now(written))?;
    let date = TieTime::date(&written);
    if date.is_none() {
        let message = format!("`{written}` is not a date with a year");
        let help = "dates look like `2026-11-21`, `2026-11` or `2026`; a guess starts with `~`";
        findings.push(Finding::new(Code::BadDate, node.span, message).help(help));
    }
    date
}

fn bit(field: Field) -> u128 {
    1 << (field as u32)
}

/// The pairs of a map, or of each map of a list.
fn maps(node: &Node) -> Vec<&[(String, Node)]> {
    match &node.value {
        Value::Map(pairs) => vec![pairs.as_slice()],
        Value::List(items) => items.iter().flat_map(maps).collect(),
        Value::Scalar(..) | Value::Null => Vec::new(),
    }
}

/// The ties of a kind to those whom a scalar or a list of scalars links.
fn tied(kind: &str, node: &Node, findings: &mut Vec<Finding>) -> Vec<Relation> {
    let mut ties = Vec::new();
    each_link(node, &mut |to, after| ties.push(timed(kind, to, after, findings)));
    ties
}

/// A tie with the time that stands after its link, in parentheses or not.
fn timed(kind: &str, to: LinkRef, after: &str, findings: &mut Vec<Finding>) -> Relation {
    let label = time_label(after);
    let time = TieTime::parse(label).unwrap_or_default();
    if time.is_unsaid() && TieTime::is_meant_by(label) {
        let message = format!("`{label}` is not a time that is read, so the tie holds today");
        let help = "write it like `(since 2015)`, `(until 2019)` or `(2015-2019)`";
        findings.push(Finding::new(Code::BadDate, to.span, message).help(help));
    }
    findings.extend(backwards(time, to.span));
    Relation { kind: kind.to_owned(), to, time }
}

/// What stands between a link and the next one, without the parentheses.
fn time_label(after: &str) -> &str {
    let after = after.trim_start_matches([' ', ',', ';', ':']);
    let after = after.split("[[").next().unwrap_or_default();
    let label = after.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    label.map_or(after, |(label, _)| label).trim_matches([' ', ',', ';'])
}

fn backwards(time: TieTime, span: Span) -> Option<Finding> {
    let (since, until) = time.since.zip(time.until).filter(|_| time.is_backwards())?;
    let message = format!("a tie from {since} to {until} ends before it begins");
    Some(Finding::new(Code::BadDate, span, message).help("write the earlier date first"))
}

/// The links in a scalar or a list of scalars: wikilinks, and Markdown links to a note.
fn links_of(node: &Node) -> Vec<LinkRef> {
    let mut links = Vec::new();
    each_link(node, &mut |link, _| links.push(link));
    links
}

/// Whether there are any [`links_of`] a value.
fn has_link(node: &Node) -> bool {
    match &node.value {
        Value::Scalar(text, _) => has_link_in(text),
        Value::List(items) => items.iter().any(has_link),
        Value::Map(_) | Value::Null => false,
    }
}

fn has_link_in(text: &str) -> bool {
    link::places(text).any(|found| !found.embed)
}

/// Tells of each link, and of the text after it.
fn each_link(node: &Node, tell: &mut dyn FnMut(LinkRef, &str)) {
    match &node.value {
        Value::Scalar(text, _) => each_link_of(text, node.span, tell),
        Value::List(items) => items.iter().for_each(|item| each_link(item, tell)),
        Value::Map(_) | Value::Null => {}
    }
}

fn each_link_of(text: &str, span: Span, tell: &mut dyn FnMut(LinkRef, &str)) {
    for found in link::links(text).filter(|found| !found.embed) {
        let after = text.get(found.span.end..).unwrap_or_default();
        tell(LinkRef { target: found.target, span }, after);
    }
}

fn unknown_relation(kind: &str, node: &Node, vocabulary: &Vocabulary) -> Finding {
    let finding = Finding::new(
        Code::UnknownRelation,
        node.span,
        format!("`{kind}` is not a known kind of tie"),
    );
    match within(kind, vocabulary.relations.iter().map(|relation| relation.name.as_str()), 2) {
        Some(near) => finding.help(format!(
            "did you mean `{near}`? Others can be added under `[relations]` in ties.toml"
        )),
        None => finding.help("add it under `[relations]` in ties.toml"),
    }
}

/// A finding where a key is one slip away from a known one. Nested values cannot be meant for a known key.
fn misspelt(entry: &Entry, vocabulary: &Vocabulary) -> Option<Finding> {
    let nested = match &entry.value.value {
        Value::Map(_) => true,
        Value::List(items) => items.iter().any(|item| matches!(item.value, Value::Map(_))),
        Value::Scalar(..) | Value::Null => false,
    };
    if nested || entry.key.chars().count() < 4 {
        return None;
    }
    let near = vocabulary.key_one_slip_from(&entry.key)?;
    let finding = Finding::new(
        Code::MisspeltKey,
        entry.key_span,
        format!("`{}` is not a key that is read", entry.key),
    );
    Some(finding.help(format!("did you mean `{near}`?")))
}

/// A finding for each phone number that stands unquoted.
pub fn unquoted_phones(entry: &Entry, text: &str) -> Vec<Finding> {
    let nodes = match &entry.value.value {
        Value::List(items) => items.iter().collect(),
        _ => vec![&entry.value],
    };
    let unquoted = nodes.into_iter().filter(|node| value::is_unquoted_phone(node));
    let finding = |node: &Node| {
        let written = node.span.of(text);
        let message =
            format!("`{written}` should be quoted; other programs lose its plus or zeros");
        let quoted = format!("\"{written}\"");
        Finding::new(Code::UnquotedPhone, node.span, message)
            .help(format!("write `{quoted}`"))
            .fix(Edit::replace(node.span, quoted.clone()))
    };
    unquoted.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use crate::note::link;
    use crate::people::header::has_link_in;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_has_a_link_where_one_is_read(text in "(!|!?\\[\\[a]]|\\[\\[|]]|\\[|]\\(|\\)|#|\\||a|https://b|c.md|\\\\| ){0,9}") {
            prop_assert_eq!(has_link_in(&text), link::links(&text).any(|found| !found.embed));
        }
    }
}
