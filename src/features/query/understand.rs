//! From what is written in a query to what it means in this vault, on this day.
//!
//! Always true here: a field that nobody knows is never read as text, and a saved view stands for itself in
//! parentheses. Views in views end at a depth and at a number of parts, so that a small text never means a huge query.

use crate::features::query::ast::{Clause, Form, Node, Piece, Value};
use crate::features::query::facts::{folded_key, own_keys};
use crate::features::query::field::{QUERY_FIELDS, QueryField, SORTS, SortKey};
use crate::features::query::meaning::{Fact, Limit, Meaning, Query, Target, Test};
use crate::features::query::parse::parse;
use crate::features::query::trouble::{Objection, Trouble};
use crate::features::query::value::{own_test, test};
use crate::features::standing::Situation;
use crate::text::fold::fold;
use crate::text::span::Span;
use crate::text::suggest::{nearest, within};
use crate::text::term::TextTerm;
use std::collections::BTreeSet;

/// So many views stand at most in each other.
const DEEPEST_VIEW: usize = 8;
/// A query has at most so many parts, those of its views counted where they stand.
const MOST_PARTS: usize = 500;
/// What `has:` knows besides fields.
const OWED: [(&str, bool); 2] = [("promise", false), ("waiting", true)];

/// A saved query: its name and its text.
pub type View = (String, String);

/// What `text` means in `situation`. `views` are the saved queries that it may name.
pub fn understand(text: &str, situation: &Situation<'_>, views: &[View]) -> Result<Query, Trouble> {
    let clause = parse(text).map_err(|objection| objection.in_text(text))?;
    let mut reader = Reader {
        situation,
        views,
        parts: 0,
        own_keys: None,
        own: Answer::default(),
        of_views: Answer::default(),
    };
    let mut inside = Vec::new();
    let meaning = reader.meaning(&clause, true, Place::new(Heard::Query), &mut inside).map_err(
        |refused| match refused {
            Refused::Here(objection) => objection.in_text(text),
            Refused::InView(trouble) => *trouble,
        },
    )?;
    let Reader { own, of_views, .. } = reader;
    let sort = own.sort.or(of_views.sort).unwrap_or_default();
    let limit = own.limit.or(of_views.limit);
    Ok(Query { meaning, sort, limit, written: clause.to_string() })
}

/// What the words after `sort:` mean, as a flag of a command gives them.
pub fn sort_keys(text: &str) -> Result<Vec<SortKey>, Trouble> {
    let key = |part: &str| {
        let span = Span::new(0, text.len());
        sort_key(part.trim(), span).map_err(|objection| objection.in_text(text))
    };
    text.split(',').map(key).collect()
}

/// What is said of the answer.
#[derive(Debug, Clone, Default)]
struct Answer {
    sort: Option<Vec<SortKey>>,
    limit: Option<Limit>,
}

/// Where in a query a clause stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    text: Heard,
    // No alternative beside it.
    alone: bool,
    // Behind a minus in its text.
    negated: bool,
}

impl Place {
    fn new(text: Heard) -> Place {
        Place { text, alone: true, negated: false }
    }
}

/// What becomes of what a text says of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heard {
    /// It is the query itself.
    Query,
    /// It is a view that is all of the query, or must hold with the rest of it: heard where the query says nothing.
    View,
    /// It is a view that is one of several, or behind a minus.
    Not,
}

enum Refused {
    Here(Objection),
    InView(Box<Trouble>),
}

impl From<Objection> for Refused {
    fn from(objection: Objection) -> Refused {
        Refused::Here(objection)
    }
}

struct Reader<'a> {
    situation: &'a Situation<'a>,
    views: &'a [View],
    parts: usize,
    // Looked up when the first unknown field is met.
    own_keys: Option<BTreeSet<String>>,
    own: Answer,
    of_views: Answer,
}

impl<'a> Reader<'a> {
    fn meaning(
        &mut self,
        clause: &Clause,
        holds: bool,
        place: Place,
        inside: &mut Vec<&'a str>,
    ) -> Result<Meaning, Refused> {
        self.parts += 1;
        if self.parts > MOST_PARTS {
            let message = format!("the query has more than {MOST_PARTS} parts");
            return Err(Objection::new(clause.span, message).into());
        }
        match &clause.node {
            Node::Everything => Ok(everything(holds)),
            // "Not all of them" is "any of them not".
            Node::All(clauses) => {
                let parts = self.parts_of(clauses, holds, place, inside)?;
                Ok(if holds { Meaning::All(parts) } else { Meaning::Any(parts) })
            }
            Node::Any(clauses) => {
                if let Some(clause) = clauses.iter().find(|clause| is_about_the_answer(clause)) {
                    return Err(no_alternative(clause.span).into());
                }
                let place = Place { alone: false, ..place };
                let parts = self.parts_of(clauses, holds, place, inside)?;
                Ok(if holds { Meaning::Any(parts) } else { Meaning::All(parts) })
            }
            Node::Not(clause) => {
                self.meaning(clause, !holds, Place { negated: true, ..place }, inside)
            }
            Node::Text(piece) => Ok(text(piece, holds, clause.span)?),
            Node::Field { name, name_span, values } => {
                self.field(name, *name_span, values, holds, place, inside)
            }
        }
    }

    fn parts_of(
        &mut self,
        clauses: &[Clause],
        holds: bool,
        place: Place,
        inside: &mut Vec<&'a str>,
    ) -> Result<Vec<Meaning>, Refused> {
        clauses.iter().map(|clause| self.meaning(clause, holds, place, inside)).collect()
    }

    fn field(
        &mut self,
        name: &str,
        span: Span,
        values: &[Value],
        holds: bool,
        place: Place,
        inside: &mut Vec<&'a str>,
    ) -> Result<Meaning, Refused> {
        let target = self.target(name, span)?;
        let Target::Field(field) = target else {
            return Ok(self.fact(target, name, values, holds)?);
        };
        match field {
            QueryField::Sort | QueryField::Limit => {
                self.answer(field, span, values, place)?;
                Ok(everything(holds))
            }
            QueryField::View => self.of_views(values, holds, place, inside),
            QueryField::Has => {
                let facts = values.iter().map(|value| self.has(value, holds));
                let facts = facts.collect::<Result<Vec<_>, _>>()?;
                Ok(if holds { Meaning::Any(facts) } else { Meaning::All(facts) })
            }
            _ => Ok(self.fact(target, name, values, holds)?),
        }
    }

    fn fact(
        &mut self,
        target: Target,
        name: &str,
        values: &[Value],
        holds: bool,
    ) -> Result<Meaning, Objection> {
        self.parts += values.len() - 1;
        let one = |value: &Value| match &target {
            Target::Field(field) => test(self.situation, field.reads(), field.word(), value),
            Target::Tie(_) => test(self.situation, QueryField::Relations.reads(), name, value),
            Target::Own(_) => own_test(self.situation, name, value),
        };
        let tests = values.iter().map(one).collect::<Result<Vec<_>, _>>()?;
        Ok(Meaning::Fact { fact: Fact { target, tests }, holds })
    }

    /// What the name of a field means: a field of ours, a front matter key, a kind of tie, a key of the owner's own.
    fn target(&mut self, name: &str, span: Span) -> Result<Target, Objection> {
        let key = folded_key(name);
        let vocabulary = self.situation.vocabulary;
        if let Some(field) = QueryField::named(&key) {
            return Ok(Target::Field(field));
        }
        match vocabulary.field(name).map(|known| (known, QueryField::of_key(known))) {
            Some((_, Some(field))) => return Ok(Target::Field(field)),
            Some((known, None)) => return Ok(Target::Own(known.key().to_owned())),
            None => {}
        }
        if let Some(kind) = vocabulary.relation(name) {
            return Ok(Target::Tie(kind.name.clone()));
        }
        let book = self.situation.book;
        if self.own_keys.get_or_insert_with(|| own_keys(book)).contains(&key) {
            return Ok(Target::Own(key));
        }
        Err(self.unknown(name, span))
    }

    fn unknown(&self, name: &str, span: Span) -> Objection {
        let objection = Objection::new(span, format!("there is no field `{name}`"));
        let fields = QUERY_FIELDS.iter().flat_map(|field| {
            std::iter::once(field.word()).chain(field.synonyms().iter().copied())
        });
        let vocabulary = self.situation.vocabulary;
        let kinds = vocabulary.relations.iter().map(|kind| kind.name.as_str());
        let own = self.own_keys.iter().flatten().map(String::as_str);
        let near = nearest(name, fields.chain(kinds).chain(own));
        let help = match near.or_else(|| vocabulary.key_one_slip_from(name)) {
            Some(near) => format!("did you mean `{near}:`? Or "),
            None => "every front matter key that a note has is a field; ".to_owned(),
        };
        objection.hint(help + "to look for text with a colon, put it in quotes")
    }

    fn has(&mut self, value: &Value, holds: bool) -> Result<Meaning, Objection> {
        self.parts += 1;
        let Form::One(Piece { text, starred: false, .. }) = &value.form else {
            return Err(Objection::new(value.span, "`has:` needs the name of a field")
                .hint("write it like `has:email` or `has:promise`"));
        };
        let word = fold(text);
        let owed = OWED.iter().find(|(known, _)| *known == word);
        let fact = match owed {
            Some((_, theirs)) => {
                let tests = vec![Test::Owed { theirs: *theirs }];
                Fact { target: Target::Field(QueryField::Has), tests }
            }
            None => Fact { target: self.had(text, value.span)?, tests: vec![Test::Any] },
        };
        Ok(Meaning::Fact { fact, holds })
    }

    fn had(&mut self, text: &str, span: Span) -> Result<Target, Objection> {
        match self.target(text, span)? {
            Target::Field(field)
                if field.is_about_the_answer()
                    || matches!(field, QueryField::Is | QueryField::Has) =>
            {
                Err(Objection::new(span, format!("`{text}` is nothing that a note has")))
            }
            target => Ok(target),
        }
    }

    /// `sort:` and `limit:` are about the answer as a whole.
    fn answer(
        &mut self,
        field: QueryField,
        span: Span,
        values: &[Value],
        place: Place,
    ) -> Result<(), Objection> {
        let word = field.word();
        if place.negated {
            return Err(Objection::new(span, format!("`{word}:` is about the whole answer"))
                .hint("write it without a minus"));
        }
        let target = match place.text {
            Heard::Query => &mut self.own,
            Heard::View => &mut self.of_views,
            Heard::Not => &mut Answer::default(),
        };
        let twice = match field {
            QueryField::Sort => {
                let keys = values.iter().map(|value| sort_key(&value.form.to_string(), value.span));
                let keys = keys.collect::<Result<Vec<_>, _>>()?;
                target.sort.replace(keys).is_some()
            }
            _ => target.limit.replace(limit(values)?).is_some(),
        };
        if twice && place.text == Heard::Query {
            return Err(Objection::new(span, format!("`{word}:` is said twice"))
                .hint("keep one of the two"));
        }
        Ok(())
    }

    fn of_views(
        &mut self,
        values: &[Value],
        holds: bool,
        place: Place,
        inside: &mut Vec<&'a str>,
    ) -> Result<Meaning, Refused> {
        let is_heard =
            values.len() == 1 && place.alone && !place.negated && place.text != Heard::Not;
        let place = Place::new(if is_heard { Heard::View } else { Heard::Not });
        let mut parts = Vec::new();
        for value in values {
            parts.push(self.view(value, holds, place, inside)?);
        }
        Ok(if holds { Meaning::Any(parts) } else { Meaning::All(parts) })
    }

    fn view(
        &mut self,
        value: &Value,
        holds: bool,
        place: Place,
        inside: &mut Vec<&'a str>,
    ) -> Result<Meaning, Refused> {
        let (name, text) = self.named_view(value)?;
        if inside.contains(&name) {
            let message = format!("the view `{name}` comes back to itself");
            return Err(Objection::new(value.span, message).into());
        }
        if inside.len() >= DEEPEST_VIEW {
            let message = format!("views stand in each other more than {DEEPEST_VIEW} deep");
            return Err(Objection::new(value.span, message).into());
        }
        inside.push(name);
        let clause = parse(text).map_err(Refused::Here);
        let meaning = clause.and_then(|clause| self.meaning(&clause, holds, place, inside));
        inside.pop();
        meaning.map_err(|refused| match refused {
            Refused::Here(objection) => {
                let view = Some(name.to_owned());
                Refused::InView(Box::new(Trouble { view, ..objection.in_text(text) }))
            }
            deeper @ Refused::InView(_) => deeper,
        })
    }

    fn named_view(&self, value: &Value) -> Result<(&'a str, &'a str), Objection> {
        let Form::One(piece) = &value.form else {
            return Err(Objection::new(value.span, "`view:` needs the name of a saved query"));
        };
        let wanted = fold(&piece.text);
        let found = self.views.iter().find(|(name, _)| fold(name) == wanted && !piece.starred);
        found.map(|(name, text)| (name.as_str(), text.as_str())).ok_or_else(|| {
            let message = format!("no view is called `{}`", piece.text);
            let objection = Objection::new(value.span, message);
            match within(&piece.text, self.views.iter().map(|(name, _)| name.as_str()), 2) {
                Some(near) => objection.near(Some(near)),
                None => objection.hint(format!(
                    "`[views]` in ties.toml: {} = \"circle:inner last:>1mo\"",
                    piece.text
                )),
            }
        })
    }
}

/// Whether nothing but `sort:` and `limit:` is in it.
fn is_about_the_answer(clause: &Clause) -> bool {
    match &clause.node {
        Node::Field { name, .. } => {
            let field = QueryField::named(&folded_key(name));
            matches!(field, Some(QueryField::Sort | QueryField::Limit))
        }
        Node::All(clauses) => clauses.iter().all(is_about_the_answer),
        _ => false,
    }
}

fn no_alternative(span: Span) -> Objection {
    Objection::new(span, "this is about the whole answer, and no alternative")
        .hint("write it beside the rest, without OR")
}

/// What changes nothing among parts that all must hold; where they are turned round, among alternatives.
fn everything(holds: bool) -> Meaning {
    if holds { Meaning::All(Vec::new()) } else { Meaning::Any(Vec::new()) }
}

fn text(piece: &Piece, holds: bool, span: Span) -> Result<Meaning, Objection> {
    let terms = match piece {
        Piece { text, quoted: true, .. } => TextTerm::of_phrase(text).into_iter().collect(),
        Piece { text, starred: true, .. } => TextTerm::of_prefix(text),
        Piece { text, .. } => TextTerm::of_word(text).into_iter().collect::<Vec<_>>(),
    };
    let mut parts = terms.into_iter().map(|term| Meaning::Text { term, holds }).collect::<Vec<_>>();
    match (parts.pop(), parts.is_empty()) {
        (Some(one), true) => Ok(one),
        (Some(last), false) => {
            parts.push(last);
            Ok(if holds { Meaning::All(parts) } else { Meaning::Any(parts) })
        }
        (None, _) => Err(Objection::new(span, "there is no letter or digit in this to look for")),
    }
}

fn sort_key(written: &str, span: Span) -> Result<SortKey, Objection> {
    let (name, reversed) = written.strip_prefix('-').map_or((written, false), |name| (name, true));
    let name = fold(name);
    let found = SORTS.iter().find(|(word, _)| *word == name);
    found.map(|(_, by)| SortKey { by: *by, reversed }).ok_or_else(|| {
        let words = SORTS.iter().map(|(word, _)| *word);
        let message = format!("nothing can be sorted by `{name}`");
        let objection = Objection::new(span, message);
        match nearest(&name, words.clone()) {
            Some(near) => objection.near(Some(near)),
            None => objection.hint(format!(
                "there are {}; with `-` before it, the other way round",
                words.collect::<Vec<_>>().join(", ")
            )),
        }
    })
}

fn limit(values: &[Value]) -> Result<Limit, Objection> {
    let span = values.first().map_or(Span::at(0), |value| value.span);
    let wrong =
        || Objection::new(span, "a limit is a number from 1 on, or `all`").hint("write `limit:10`");
    match values {
        [Value { form: Form::One(piece), .. }] if !piece.starred => {
            Limit::parse(&piece.text).ok_or_else(wrong)
        }
        _ => Err(wrong()),
    }
}
