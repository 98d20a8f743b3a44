//! A query as it is written: what stands where, before anybody asks what it means.
//!
//! Printing a query and parsing what was printed gives the same query.

use crate::text::span::Span;
use std::fmt::{self, Display};

/// A piece of a query that holds or does not hold for a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// What it is.
    pub node: Node,
    /// Where it stands.
    pub span: Span,
}

/// What a clause is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Nothing was written: every note.
    Everything,
    /// All of these, at least two.
    All(Vec<Clause>),
    /// Any of these, at least two.
    Any(Vec<Clause>),
    /// Not this.
    Not(Box<Clause>),
    /// Text to look for.
    Text(Piece),
    /// A field with one or more values, any of which will do.
    Field {
        /// As it was written.
        name: String,
        /// Where the name stands.
        name_span: Span,
        /// At least one.
        values: Vec<Value>,
    },
}

/// A value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// What it is.
    pub form: Form,
    /// Where it stands.
    pub span: Span,
}

/// What a value looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// `inner`, `"two words"`, `clim*`
    One(Piece),
    /// `a..b`, `a..`, `..b`
    Range(Option<Piece>, Option<Piece>),
    /// `>3mo`
    Compared(Comparison, Piece),
    /// `/regex/`
    Pattern(String),
    /// `(kiln ..2w)`: all of these of one thing; at least one, and none of this form.
    Together(Vec<Value>),
}

/// A text in a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text, without quotes and star.
    pub text: String,
    /// Whether it stood in quotes.
    pub quoted: bool,
    /// Whether a `*` followed: only the start is given. Never for a quoted one.
    pub starred: bool,
}

/// How a value compares with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `<`
    Less,
    /// `<=`
    AtMost,
}

impl Comparison {
    /// The sign.
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::More => ">",
            Comparison::AtLeast => ">=",
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
        }
    }
}

impl Display for Clause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.node {
            Node::Everything => Ok(()),
            Node::All(clauses) => joined(clauses, " ", formatter),
            Node::Any(clauses) => joined(clauses, " OR ", formatter),
            Node::Not(clause) => {
                formatter.write_str("-")?;
                grouped(clause, formatter)
            }
            Node::Text(piece) => piece.fmt(formatter),
            Node::Field { name, values, .. } => {
                write!(formatter, "{name}:")?;
                for (at, value) in values.iter().enumerate() {
                    formatter.write_str(if at > 0 { "," } else { "" })?;
                    value.form.fmt(formatter)?;
                }
                Ok(())
            }
        }
    }
}

fn joined(clauses: &[Clause], between: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (at, clause) in clauses.iter().enumerate() {
        formatter.write_str(if at > 0 { between } else { "" })?;
        grouped(clause, formatter)?;
    }
    Ok(())
}

fn grouped(clause: &Clause, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match clause.node {
        Node::All(_) | Node::Any(_) => write!(formatter, "({clause})"),
        _ => clause.fmt(formatter),
    }
}

impl Display for Form {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |piece: &Option<Piece>| piece.as_ref().map(Piece::to_string).unwrap_or_default();
        match self {
            Form::One(piece) => piece.fmt(formatter),
            Form::Range(from, to) => write!(formatter, "{}..{}", end(from), end(to)),
            Form::Compared(comparison, piece) => write!(formatter, "{}{piece}", comparison.sign()),
            Form::Together(values) => {
                let values = values.iter().map(|value| value.form.to_string());
                write!(formatter, "({})", values.collect::<Vec<_>>().join(" "))
            }
            Form::Pattern(pattern) => write!(formatter, "/{}/", pattern.replace('/', "\\/")),
        }
    }
}

impl Display for Piece {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.quoted {
            let escaped = self.text.replace('\\', "\\\\").replace('"', "\\\"");
            return write!(formatter, "\"{escaped}\"");
        }
        write!(formatter, "{}{}", self.text, if self.starred { "*" } else { "" })
    }
}
