//! Keys read one by one, where the block as a whole is not YAML: one bad key costs one key.

use crate::note::bare_link::link_list;
use crate::note::chunk::{Chunk, chunks};
use crate::note::mend::explain;
use crate::note::yaml::{Node, Pair, Style, Trouble, Value};
use crate::note::yaml_fast;
use crate::note::yaml_read::read_map;
use crate::text::diagnostic::{Code, Finding};
use crate::text::span::Span;

/// What could be read of a broken block.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rescued {
    /// The keys that could be read, in file order; a key that is there twice comes twice.
    pub pairs: Vec<Pair>,
    /// The lines that could not.
    pub unread: Vec<Unread>,
    /// One finding for each of those.
    pub findings: Vec<Finding>,
}

/// Lines of front matter that do not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The key that they seem to belong to.
    pub key: Option<String>,
    /// The whole lines, line end included; comments and blank lines after them excluded.
    pub span: Span,
}

/// The part `content` of `text`, key by key.
pub fn rescue(text: &str, content: Span) -> Rescued {
    let mut rescued = Rescued::default();
    for chunk in chunks(text, content) {
        match read_chunk(text, chunk.span) {
            Ok(pairs) => rescued.pairs.extend(pairs),
            Err(trouble) => rescued.give_up(text, chunk, trouble),
        }
    }
    rescued
}

fn read_chunk(text: &str, span: Span) -> Result<Vec<Pair>, Trouble> {
    yaml_fast::read(text, span).map_or_else(|| read_map(span.of(text), span.start), Ok)
}

impl Rescued {
    fn give_up(&mut self, text: &str, chunk: Chunk, trouble: Trouble) {
        let finding = explain(text, &chunk, trouble);
        match unquoted_links(text, &chunk, &finding) {
            Some(pair) => self.pairs.push(pair),
            None => {
                let key = chunk.head.map(|head| head.key);
                self.unread.push(Unread { key, span: chunk.core });
            }
        }
        self.findings.push(finding);
    }
}

/// `sister: [[Ana]], [[Bo]]` and `sister: [[Ana]] (half)` mean one thing only, though they are not YAML.
fn unquoted_links(text: &str, chunk: &Chunk, finding: &Finding) -> Option<Pair> {
    let head = chunk.head.as_ref()?;
    let is_one_line = !chunk.core.of(text).trim_end().contains(['\n', '\r']);
    if finding.code != Code::UnquotedLink || finding.fix.is_empty() || !is_one_line {
        return None;
    }
    let scalar = || Value::Scalar(head.rest.of(text).to_owned(), Style::Plain);
    let value =
        link_list(text, head.rest).unwrap_or_else(|| Node { value: scalar(), span: head.rest });
    Some(Pair { key: head.key.clone(), key_span: head.key_span, value })
}
