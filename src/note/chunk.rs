//! Front matter cut into its keys by the look of its lines alone, for a block that YAML cannot read as a whole.

use crate::note::conflict::is_marker;
use crate::note::key_line::{KeyLine, key_line};
use crate::note::line::{Line, lines};
use crate::text::span::Span;

/// The lines from one key to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Its whole lines, line ends included; the comments and blank lines after them as well.
    pub span: Span,
    /// The same without comments and blank lines at the end.
    pub core: Span,
    /// Its first line, in the coordinates of the file; `None` for lines that belong to no key.
    pub head: Option<KeyLine>,
}

/// The keys in the part `content` of `text`, in order. Every line that is not blank, comment or conflict marker is in
/// the core of one of them.
pub fn chunks(text: &str, content: Span) -> Vec<Chunk> {
    let mut found: Vec<Chunk> = Vec::new();
    let mut is_cut = true;
    for line in lines(text, content) {
        if is_marker(line.content.of(text)) {
            is_cut = true;
            continue;
        }
        let head = head(text, line);
        let is_idle = line.is_blank(text) || line.is_comment(text);
        match found.last_mut() {
            Some(chunk) if head.is_none() && !is_cut && (is_idle || chunk.goes_on(text, line)) => {
                chunk.take(line, is_idle);
            }
            _ if is_idle => {}
            _ => {
                found.push(Chunk { span: line.span, core: line.span, head });
                is_cut = false;
            }
        }
    }
    found
}

impl Chunk {
    /// Whether a line that is no key may belong to this one: at the margin stand only the items of a list, and what
    /// is between brackets or quotes.
    fn goes_on(&self, text: &str, line: Line) -> bool {
        let content = line.content.of(text);
        let is_item = content == "-" || content.starts_with("- ");
        let value = self.head.as_ref().map_or("", |head| head.rest.of(text));
        let is_wrapped = is_open(value) || content.starts_with([']', '}', ',']);
        self.head.is_none() || is_item || is_wrapped || content.starts_with([' ', '\t'])
    }

    fn take(&mut self, line: Line, is_idle: bool) {
        self.span.end = line.span.end;
        if !is_idle {
            self.core.end = line.span.end;
        }
    }
}

/// Whether a value begins with a bracket or quote that is not closed on its line.
fn is_open(value: &str) -> bool {
    let closing = match value.chars().next() {
        Some('[') => ']',
        Some('{') => '}',
        Some(quote @ ('"' | '\'')) => quote,
        _ => return false,
    };
    !value.chars().skip(1).any(|sign| sign == closing)
}

fn head(text: &str, line: Line) -> Option<KeyLine> {
    let head = key_line(line.content.of(text))?;
    let (key_span, rest) =
        (head.key_span.shifted(line.span.start), head.rest.shifted(line.span.start));
    Some(KeyLine { key_span, rest, ..head })
}

#[cfg(test)]
mod tests {
    use crate::note::chunk::chunks;
    use crate::text::span::Span;

    #[test]
    fn each_key_takes_the_lines_up_to_the_next() {
        let text = "# x\nprose\nmore\na: 1\n  more: 2\n\n# c\nb:\n- x\nc:d\ne: [\nf,\n]\n<<<<<<< HEAD\nc: 1\n=======\n  - d\n";
        let cores = chunks(text, Span::new(0, text.len()))
            .iter()
            .map(|chunk| (chunk.head.as_ref().map(|head| head.key.clone()), chunk.core.of(text)))
            .collect::<Vec<_>>();
        let key = |key: &str| Some(key.to_owned());
        assert_eq!(
            cores,
            [
                (None, "prose\nmore\n"),
                (key("a"), "a: 1\n  more: 2\n"),
                (key("b"), "b:\n- x\n"),
                (None, "c:d\n"),
                (key("e"), "e: [\nf,\n]\n"),
                (key("c"), "c: 1\n"),
                (None, "  - d\n"),
            ]
        );
    }
}
