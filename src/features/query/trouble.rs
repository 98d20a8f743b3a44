//! Why a query cannot be understood: a value that says where, what and what to type instead.

use crate::text::span::Span;

/// What is wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The text that cannot be understood: the query, or that of a view in it.
    pub text: String,
    /// The view, where it is in one.
    pub view: Option<String>,
    /// The place in the text.
    pub span: Span,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to type instead.
    pub hint: Option<String>,
}

/// [`Trouble`] before it is known in which text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// See [`Trouble`].
    pub span: Span,
    /// See [`Trouble`].
    pub message: String,
    /// See [`Trouble`].
    pub hint: Option<String>,
}

impl Objection {
    /// An objection to what stands at `span`.
    pub fn new(span: Span, message: impl Into<String>) -> Objection {
        Objection { span, message: message.into(), hint: None }
    }

    /// The same with a hint.
    pub fn hint(self, hint: impl Into<String>) -> Objection {
        Objection { hint: Some(hint.into()), ..self }
    }

    /// The same with `did you mean`, where something is near.
    pub fn near(self, near: Option<&str>) -> Objection {
        match near {
            Some(near) => self.hint(format!("did you mean `{near}`?")),
            None => self,
        }
    }

    /// It is about `text`.
    pub fn in_text(self, text: &str) -> Trouble {
        let Objection { span, message, hint } = self;
        Trouble { text: text.to_owned(), view: None, span, message, hint }
    }
}
