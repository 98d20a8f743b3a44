//! What a YAML value means: every scalar keeps its source text, nothing is turned into a number or a truth value.

use crate::text::span::Span;

/// How a scalar was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names of the YAML specification, section 7.3 and 8.1")]
pub enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
}

/// A value with the place where it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// From its first to its last byte, in the coordinates of the whole file: quotes, brackets, the first dash of a
    /// block list and the `|` of a block scalar included, the last line end excluded; for an absent value the empty
    /// span after the colon or dash.
    pub span: Span,
}

/// A YAML value; maps keep their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// Text as the YAML rules unfold it; a plain scalar keeps its source text (`+351…`, `017`, `no`).
    Scalar(String, Style),
    /// A block or flow sequence.
    List(Vec<Node>),
    /// A block or flow mapping; keys are scalars as text.
    Map(Vec<(String, Node)>),
}

impl Node {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text, _) => Some(text),
            _ => None,
        }
    }

    /// Whether both say the same, wherever they stand and however they are quoted.
    pub fn says_the_same(&self, other: &Node) -> bool {
        match (&self.value, &other.value) {
            (Value::Null, Value::Null) => true,
            (Value::Scalar(one, _), Value::Scalar(two, _)) => one == two,
            (Value::List(one), Value::List(two)) => {
                one.len() == two.len()
                    && one.iter().zip(two).all(|(one, two)| one.says_the_same(two))
            }
            (Value::Map(one), Value::Map(two)) => {
                one.len() == two.len()
                    && one
                        .iter()
                        .zip(two)
                        .all(|(one, two)| one.0 == two.0 && one.1.says_the_same(&two.1))
            }
            _ => false,
        }
    }
}

/// A key of a map with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The key as text.
    pub key: String,
    /// Where the key stands (quotes included).
    pub key_span: Span,
    /// Its value.
    pub value: Node,
}

/// Why a text could not be read as a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// An anchor, alias or tag.
    Anchor(Span),
    /// Nested too deep.
    TooDeep,
    /// Not YAML, not a map, a key that is not text, or text that the two readers understand differently.
    NotYaml,
}

/// Whether a plain scalar means that there is no value (YAML 1.2, section 10.2.1.1).
pub fn is_null_word(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

#[cfg(test)]
mod tests {
    use crate::note::yaml::{Node, Style, Value};
    use crate::text::span::Span;

    fn node(value: Value) -> Node {
        Node { value, span: Span::at(0) }
    }

    fn scalar(text: &str, style: Style) -> Node {
        node(Value::Scalar(text.to_owned(), style))
    }

    #[test]
    fn places_and_quotes_do_not_change_what_a_value_says() {
        let one = node(Value::List(vec![scalar("a", Style::Plain), node(Value::Null)]));
        let two = Node {
            span: Span::new(3, 9),
            ..node(Value::List(vec![scalar("a", Style::SingleQuoted), node(Value::Null)]))
        };
        assert!(one.says_the_same(&two));
        assert!(!one.says_the_same(&node(Value::List(vec![scalar("a", Style::Plain)]))));
        assert!(!scalar("", Style::DoubleQuoted).says_the_same(&node(Value::Null)));
    }
}
