//! The places of keys and values in YAML text (granit-parser).
//!
//! Granit goes before every other reader: it answers in linear time on hostile text, counts the depth and reports
//! anchors, aliases and tags, which nothing after it ever sees.

use crate::note::yaml::{Node, Pair, Style, Trouble, Value, is_null_word};
use crate::text::span::Span;
use granit_parser::{
    ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, StructureStyle, options,
};

/// How deep front matter may be nested.
pub const DEPTH_LIMIT: usize = 64;

/// The pairs of the map in `source`, with places in `source`; none where it holds nothing but comments. A key that
/// is there twice comes twice.
pub fn pairs(source: &str) -> Result<Vec<Pair>, Trouble> {
    let mut tree = Tree { source, open: Vec::new(), root: Vec::new() };
    for step in Parser::new_from_str_with_options(source, reading()) {
        let (event, span) = step.map_err(|error| trouble(&error))?;
        let place = span.byte_range().map(Span::from).ok_or(Trouble::NotYaml)?;
        if event.tag().is_some() {
            let tag = span.tag_span().and_then(|tag| tag.byte_range());
            return Err(Trouble::Anchor(tag.map_or(place, Span::from)));
        }
        tree.take(event, place)?;
    }
    Ok(tree.root)
}

/// Where the comments of `source` stand, from `#` to the end of the line; `None` where it is not YAML.
pub fn comments(source: &str) -> Option<Vec<Span>> {
    let with_comments = options! { max_buffered_comment_events: source.len() };
    let mut found = Vec::new();
    for step in Parser::new_from_str_with_options(source, with_comments) {
        if let (Event::Comment(..), span) = step.ok()? {
            found.push(Span::from(span.byte_range()?));
        }
    }
    Some(found)
}

fn reading() -> Options {
    options! {
        emit_comments: false,
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        disallow_directives: true,
        flow_nesting_limit: DEPTH_LIMIT,
        block_nesting_limit: DEPTH_LIMIT
    }
}

fn trouble(error: &ScanError) -> Trouble {
    match error.kind() {
        ErrorKind::RecursionLimitExceeded => Trouble::TooDeep,
        _ => Trouble::NotYaml,
    }
}

/// A tree in the making.
struct Tree<'a> {
    source: &'a str,
    // Invariant: never longer than the depth limit, so that whoever walks or drops the result may recurse.
    open: Vec<Open>,
    root: Vec<Pair>,
}

/// A collection whose end has not come yet.
struct Open {
    start: usize,
    // The end of the last child, or the start: where the search for the next dash begins.
    reached: usize,
    flow: bool,
    kind: Kind,
}

enum Kind {
    List(Vec<Node>),
    Map { pairs: Vec<Pair>, key: Option<(String, Span)> },
}

impl Tree<'_> {
    fn take(&mut self, event: Event<'_>, place: Span) -> Result<(), Trouble> {
        match event {
            Event::Scalar(text, style, ..) => self.scalar(text.into_owned(), style, place),
            Event::SequenceStart(style, ..) => self.begin(style, Kind::List(Vec::new()), place),
            Event::MappingStart(style, ..) => {
                self.begin(style, Kind::Map { pairs: Vec::new(), key: None }, place)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(place),
            Event::Alias(..) | Event::UnresolvedAlias(..) | Event::Anchor(..) => {
                Err(Trouble::Anchor(place))
            }
            // A second document, or `---` with something after it.
            Event::DocumentStart(true, _) => Err(Trouble::NotYaml),
            _ => Ok(()),
        }
    }

    fn scalar(&mut self, text: String, style: ScalarStyle, place: Span) -> Result<(), Trouble> {
        if let Some(Open { kind: Kind::Map { key: key @ None, .. }, .. }) = self.open.last_mut() {
            let is_text = !place.is_empty() && !is_block(style);
            *key = Some(is_text.then_some((text, place)).ok_or(Trouble::NotYaml)?);
            return Ok(());
        }
        let node = match style {
            ScalarStyle::Plain if place.is_empty() => {
                Node { value: Value::Null, span: Span::at(self.slot()?) }
            }
            ScalarStyle::Plain if is_null_word(&text) => Node { value: Value::Null, span: place },
            _ if is_block(style) => self.block_scalar(text, style, place)?,
            _ => Node { value: Value::Scalar(text, named(style)), span: place },
        };
        self.attach(node)
    }

    /// Granit gives only the lines of a block scalar; its header and trailing blank lines are settled here.
    fn block_scalar(&self, text: String, style: ScalarStyle, place: Span) -> Result<Node, Trouble> {
        let start = skip_trivia(self.source, self.slot()?);
        let header = self.source.get(start..).unwrap_or("");
        let indicator = header.strip_prefix(['|', '>']).ok_or(Trouble::NotYaml)?;
        let extras = indicator.len()
            - indicator
                .trim_start_matches(|sign: char| matches!(sign, '+' | '-' | '0'..='9'))
                .len();
        let keeps = indicator.get(..extras).is_some_and(|extras| extras.contains('+'));
        let lines = last_line_cut(place.of(self.source), keeps);
        let end = if lines.is_empty() { start + 1 + extras } else { place.start + lines.len() };
        Ok(Node { value: Value::Scalar(text, named(style)), span: Span::new(start, end) })
    }

    fn begin(&mut self, style: StructureStyle, kind: Kind, place: Span) -> Result<(), Trouble> {
        if self.open.len() == DEPTH_LIMIT {
            return Err(Trouble::TooDeep);
        }
        let is_key =
            matches!(self.open.last(), Some(Open { kind: Kind::Map { key: None, .. }, .. }));
        let is_root_list = self.open.is_empty() && matches!(kind, Kind::List(_));
        if is_key || is_root_list {
            return Err(Trouble::NotYaml);
        }
        let flow = style == StructureStyle::Flow;
        let start = match kind {
            Kind::List(_) if !flow => self.dash(self.slot()?)?,
            _ => place.start,
        };
        self.open.push(Open { start, reached: start, flow, kind });
        Ok(())
    }

    fn end(&mut self, place: Span) -> Result<(), Trouble> {
        let closed = self.open.pop().ok_or(Trouble::NotYaml)?;
        let end = if closed.flow { place.end.max(closed.reached) } else { closed.reached };
        let value = match closed.kind {
            Kind::List(items) => Value::List(items),
            Kind::Map { pairs, .. } if self.open.is_empty() => {
                self.root = pairs;
                return Ok(());
            }
            Kind::Map { pairs, .. } => {
                Value::Map(pairs.into_iter().map(|pair| (pair.key, pair.value)).collect())
            }
        };
        self.attach(Node { value, span: Span::new(closed.start, end) })
    }

    fn attach(&mut self, value: Node) -> Result<(), Trouble> {
        // A scalar or list as the root is no map of keys.
        let parent = self.open.last_mut().ok_or(Trouble::NotYaml)?;
        parent.reached = value.span.end;
        match &mut parent.kind {
            Kind::List(items) => items.push(value),
            Kind::Map { pairs, key } => {
                let (key, key_span) = key.take().ok_or(Trouble::NotYaml)?;
                pairs.push(Pair { key, key_span, value });
            }
        }
        Ok(())
    }

    /// The place right after the colon or dash that the next value belongs to.
    fn slot(&self) -> Result<usize, Trouble> {
        match self.open.last() {
            Some(Open { kind: Kind::Map { key: Some((_, key)), .. }, .. }) => {
                Ok(after_colon(self.source, key.end).unwrap_or(key.end))
            }
            Some(list) if !list.flow => Ok(self.dash(list.reached)? + 1),
            Some(list) => Ok(list.reached),
            None => Ok(0),
        }
    }

    fn dash(&self, from: usize) -> Result<usize, Trouble> {
        let at = skip_trivia(self.source, from);
        (self.source.as_bytes().get(at) == Some(&b'-')).then_some(at).ok_or(Trouble::NotYaml)
    }
}

/// The place after the colon that follows a key which ends at `key_end`, on the same line.
fn after_colon(source: &str, key_end: usize) -> Option<usize> {
    let rest = source.get(key_end..)?;
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    rest.get(blanks..)?.starts_with(':').then_some(key_end + blanks + 1)
}

/// The first place from `at` on that is neither white space nor comment.
fn skip_trivia(source: &str, mut at: usize) -> usize {
    while let Some(rest) = source.get(at..) {
        let trimmed = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        at += rest.len() - trimmed.len();
        if !trimmed.starts_with('#') {
            return at;
        }
        at += trimmed.find(['\n', '\r']).unwrap_or(trimmed.len());
    }
    at
}

/// The lines of a block scalar without the last line end, and without trailing blank lines unless it keeps them.
fn last_line_cut(lines: &str, keeps: bool) -> &str {
    if !keeps {
        return lines.trim_end_matches([' ', '\t', '\n', '\r']);
    }
    // What follows the last line end is the indentation of what comes next.
    let lines = lines.trim_end_matches([' ', '\t']);
    let lines = lines.strip_suffix('\n').unwrap_or(lines);
    lines.strip_suffix('\r').unwrap_or(lines)
}

fn is_block(style: ScalarStyle) -> bool {
    matches!(style, ScalarStyle::Literal | ScalarStyle::Folded)
}

fn named(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::SingleQuoted,
        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}
