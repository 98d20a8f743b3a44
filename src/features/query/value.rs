//! From a written value of a field to what must hold for it.

use crate::features::query::ast::{Comparison, Form, Piece, Value};
use crate::features::query::days::{BadDays, Window, window, yearly};
use crate::features::query::facts::{companions, near};
use crate::features::query::field::{QueryField, Reads, STATES, State};
use crate::features::query::meaning::{Bound, Test};
use crate::features::query::trouble::Objection;
use crate::features::standing::Situation;
use crate::people::book::{ContactId, Found};
use crate::people::cadence::Cadence;
use crate::people::contact::Status;
use crate::text::fold::fold;
use crate::text::pattern::Pattern;
use crate::text::period::Period;
use crate::text::suggest::nearest;
use crate::text::term::TextTerm;
use crate::text::when::Direction;
use std::collections::BTreeSet;

/// The most steps of `near:`.
const FARTHEST: u32 = 9;

/// What `value` of the field called `name`, read as `reads`, asks for.
pub fn test(
    situation: &Situation<'_>,
    reads: Reads,
    name: &str,
    value: &Value,
) -> Result<Test, Objection> {
    let reader = Reader { situation, name, value };
    if let Form::Together(values) = &value.form {
        return reader.together(reads, values);
    }
    if let Some(test) = reader.any_or_none(reads)? {
        return Ok(test);
    }
    match reads {
        Reads::Words => reader.words(),
        Reads::Whole => reader.whole(),
        Reads::Part => reader.part(),
        Reads::Circle => reader.circle(),
        Reads::Status => reader.status(),
        Reads::Cadence => reader.cadence(),
        Reads::Yearly => {
            reader.objecting(yearly(&value.form, name, situation.day)).map(Test::Yearly)
        }
        Reads::WordsOrPast | Reads::WordsOrAhead | Reads::WordsOrComing if !reader.is_ordered() => {
            reader.words()
        }
        Reads::Past | Reads::WordsOrPast => reader.days(Direction::Past),
        Reads::Ahead | Reads::WordsOrAhead => reader.days(Direction::Future),
        Reads::WordsOrComing => reader.coming(),
        Reads::Kind => reader.kind(),
        Reads::Person => reader.person(),
        Reads::Near => reader.near(),
        Reads::Flag => reader.flag(),
        Reads::Is => reader.state(),
        // Read where the query as a whole is known.
        Reads::Has | Reads::Sort | Reads::Limit | Reads::View => {
            Err(reader.object("cannot be asked so"))
        }
    }
}

/// What a value of a front matter key of the owner's own asks for: words, or a number or date.
pub fn own_test(situation: &Situation<'_>, name: &str, value: &Value) -> Result<Test, Objection> {
    let reader = Reader { situation, name, value };
    if let Form::Together(values) = &value.form {
        return reader.together(Reads::Words, values);
    }
    match reader.any_or_none(Reads::Words)? {
        Some(test) => Ok(test),
        None if reader.is_ordered() => reader.compares(),
        None => reader.words(),
    }
}

struct Reader<'a> {
    situation: &'a Situation<'a>,
    name: &'a str,
    value: &'a Value,
}

impl Reader<'_> {
    fn object(&self, message: impl std::fmt::Display) -> Objection {
        Objection::new(self.value.span, format!("`{}` {message}", self.name))
    }

    fn objecting<T>(&self, days: Result<T, BadDays>) -> Result<T, Objection> {
        days.map_err(|bad| Objection::new(self.value.span, bad.message).hint(bad.hint))
    }

    /// Words and days of one entry, promise or event. Of other fields each value is a thing of its own.
    fn together(&self, reads: Reads, values: &[Value]) -> Result<Test, Objection> {
        let tests =
            |reads| values.iter().map(move |value| test(self.situation, reads, self.name, value));
        match reads {
            Reads::WordsOrPast | Reads::WordsOrAhead | Reads::WordsOrComing => {
                tests(reads).collect::<Result<Vec<_>, _>>().map(Test::Together)
            }
            _ => Err(self.object("takes no values in parentheses").hint(format!(
                "for any of several write `{0}:one,other`, for all `{0}:one {0}:other`",
                self.name
            ))),
        }
    }

    /// Whether it is a range or a comparison.
    fn is_ordered(&self) -> bool {
        matches!(self.value.form, Form::Range(..) | Form::Compared(..))
    }

    /// `any` and `none`; in quotes they are words like others.
    fn any_or_none(&self, reads: Reads) -> Result<Option<Test>, Objection> {
        let Form::One(Piece { text, quoted: false, starred: false }) = &self.value.form else {
            return Ok(None);
        };
        let test = match fold(text).as_str() {
            "any" => Test::Any,
            "none" => Test::Nothing,
            _ => return Ok(None),
        };
        match reads {
            Reads::Is | Reads::Has | Reads::Sort | Reads::Limit | Reads::View => Err(self
                .object(format!("cannot be `{text}`"))
                .hint("`any` and `none` are for fields, `birthday:none`")),
            _ => Ok(Some(test)),
        }
    }

    /// One text; ranges and comparisons need something that has an order.
    fn one(&self) -> Result<&Piece, Objection> {
        match &self.value.form {
            Form::One(piece) => Ok(piece),
            Form::Pattern(_) | Form::Together(_) => Err(self.object("takes no pattern")),
            Form::Range(..) | Form::Compared(..) => Err(self
                .object("holds text, which has no order")
                .hint("`<`, `>` and `..` are for dates and numbers; a text with such signs stands in quotes")),
        }
    }

    /// One text without a star.
    fn exact(&self) -> Result<&Piece, Objection> {
        let piece = self.one()?;
        if piece.starred {
            Err(self.object("takes no star").hint("write the whole word"))
        } else {
            Ok(piece)
        }
    }

    fn like(&self) -> Option<Result<Test, Objection>> {
        let Form::Pattern(written) = &self.value.form else { return None };
        Some(Pattern::new(written).map(Test::Like).map_err(|reason| {
            Objection::new(self.value.span, format!("this pattern cannot be read: {reason}"))
                .hint("put a text that is no pattern in quotes")
        }))
    }

    fn words(&self) -> Result<Test, Objection> {
        if let Some(like) = self.like() {
            return like;
        }
        let piece = self.one()?;
        if let Some(digits) = self.digits(piece) {
            return Ok(Test::Digits(digits));
        }
        let terms = match piece.starred {
            true => TextTerm::of_prefix(&piece.text),
            false => TextTerm::of_phrase(&piece.text).into_iter().collect(),
        };
        if terms.is_empty() {
            return Err(self.object("needs a letter or digit to look for"));
        }
        Ok(Test::Words(terms))
    }

    /// Of a telephone number the digits alone.
    fn digits(&self, piece: &Piece) -> Option<String> {
        let digits = piece.text.chars().filter(char::is_ascii_digit).collect::<String>();
        let is_number = piece.text.chars().all(|character| !character.is_alphabetic());
        let is_phone = self.name == QueryField::Phone.word();
        (is_phone && is_number && digits.len() >= 3).then_some(digits)
    }

    fn whole(&self) -> Result<Test, Objection> {
        if let Some(like) = self.like() {
            return like;
        }
        let piece = self.one()?;
        let text = fold(piece.text.trim_start_matches('#'));
        if text.is_empty() {
            return Err(self.object("needs a value here"));
        }
        Ok(Test::Whole { text, start: piece.starred })
    }

    fn part(&self) -> Result<Test, Objection> {
        if let Some(like) = self.like() {
            return like;
        }
        let piece = self.one()?;
        let text = fold(&piece.text);
        Ok(if piece.starred { Test::Whole { text, start: true } } else { Test::Part(text) })
    }

    fn circle(&self) -> Result<Test, Objection> {
        let test = self.whole()?;
        let Test::Whole { text, start: false } = &test else { return Ok(test) };
        match self.situation.vocabulary.circle(text) {
            Some(circle) => Ok(Test::Whole { text: fold(&circle.name), start: false }),
            None => {
                let circles = self.situation.vocabulary.circles.iter();
                let names = circles.map(|circle| circle.name.as_str()).collect::<Vec<_>>();
                Err(self.unknown(text, "no circle is called", &names))
            }
        }
    }

    fn unknown(&self, written: &str, what: &str, known: &[&str]) -> Objection {
        let objection = Objection::new(self.value.span, format!("{what} `{written}`"));
        match nearest(written, known.iter().copied()) {
            Some(near) => objection.near(Some(near)),
            None => objection.hint(format!("there are {}", known.join(", "))),
        }
    }

    fn status(&self) -> Result<Test, Objection> {
        let piece = self.exact()?;
        Ok(Test::Status(match fold(&piece.text).as_str() {
            "active" => Status::Active,
            "later" => Status::Later,
            "reference" => Status::Reference,
            "archived" => Status::Archived,
            _ => {
                let known = ["active", "later", "reference", "archived"];
                return Err(self.unknown(&piece.text, "no status is called", &known));
            }
        }))
    }

    fn cadence(&self) -> Result<Test, Objection> {
        let read = |piece: &Piece| Cadence::parse(&piece.text).ok_or_else(|| self.no_rhythm(piece));
        let days = |piece: &Piece| {
            read(piece)?
                .typical_days()
                .ok_or_else(|| self.object("has no length that time drives here"))
        };
        match &self.value.form {
            Form::Compared(comparison, piece) => {
                let (from, to) = bounds(*comparison, days(piece)?);
                Ok(Test::CadenceDays(from, to))
            }
            // `2w..3w` is how a note writes a window.
            Form::Range(Some(from), Some(to)) => {
                let window = Cadence::parse(&format!("{}..{}", from.text, to.text));
                let day = |piece| days(piece).map(Bound::Including);
                window.map_or_else(
                    || Ok(Test::CadenceDays(day(from)?, day(to)?)),
                    |window| Ok(Test::Cadence(window)),
                )
            }
            Form::Range(from, to) => {
                let end = |piece: &Option<Piece>| {
                    piece
                        .as_ref()
                        .map_or(Ok(Bound::Open), |piece| days(piece).map(Bound::Including))
                };
                Ok(Test::CadenceDays(end(from)?, end(to)?))
            }
            Form::One(_) | Form::Pattern(_) | Form::Together(_) => {
                self.one().and_then(read).map(Test::Cadence)
            }
        }
    }

    fn no_rhythm(&self, piece: &Piece) -> Objection {
        let objection =
            Objection::new(self.value.span, format!("`{}` is not a rhythm", piece.text));
        let digits = piece.text.trim_end_matches(['m', 'M']);
        if digits.len() < piece.text.len() && Period::parse(&format!("{digits}mo")).is_some() {
            return objection.hint(format!("`m` could mean minutes or months; write `{digits}mo`"));
        }
        match nearest(&piece.text, Cadence::words()) {
            Some(near) => objection.near(Some(near)),
            None => objection.hint("write it like `monthly`, `>1mo` or `\"2-3 weeks\"`"),
        }
    }

    fn days(&self, direction: Direction) -> Result<Test, Objection> {
        let window = window(&self.value.form, self.name, self.situation.day, direction);
        self.objecting(window).map(Test::Within)
    }

    /// Within two weeks: what has been is not meant.
    fn coming(&self) -> Result<Test, Objection> {
        let window = window(&self.value.form, self.name, self.situation.day, Direction::Future);
        let window = self.objecting(window)?;
        let is_distance = |piece: &Piece| Period::parse(&piece.text).is_some();
        let from = match &self.value.form {
            Form::Range(None, Some(to)) if is_distance(to) => Some(self.situation.day),
            Form::Compared(_, piece) if is_distance(piece) => {
                window.from.or(Some(self.situation.day))
            }
            _ => window.from,
        };
        Ok(Test::Within(Window { from, ..window }))
    }

    fn kind(&self) -> Result<Test, Objection> {
        if let Some(like) = self.like() {
            return like;
        }
        let piece = self.exact()?;
        match self.situation.vocabulary.kind(&piece.text) {
            Some(kind) => Ok(Test::Kind(kind.name.clone())),
            None => {
                let kinds = self.situation.vocabulary.kinds.iter();
                let names = kinds.map(|kind| kind.name.as_str()).collect::<Vec<_>>();
                let near = self.situation.vocabulary.kind_one_slip_from(&piece.text);
                let objection = self.unknown(&piece.text, "no kind of entry is called", &names);
                Err(if near.is_some() { objection.near(near) } else { objection })
            }
        }
    }

    fn person(&self) -> Result<Test, Objection> {
        let piece = self.one()?;
        let named = self.people(&piece.text)?;
        let found = match self.name == QueryField::With.word() {
            true => companions(self.situation.book, &named, self.situation.day),
            false => named.clone(),
        };
        Ok(Test::People { named, found, steps: 0 })
    }

    fn near(&self) -> Result<Test, Objection> {
        let piece = self.exact()?;
        let split = piece.text.rsplit_once('/');
        let steps = split.and_then(|(name, steps)| Some((name, steps.parse::<u32>().ok()?)));
        let (name, steps) = steps.unwrap_or((&piece.text, 1));
        if !(1..=FARTHEST).contains(&steps) {
            return Err(self
                .object(format!("goes from 1 to {FARTHEST} ties"))
                .hint("write it like `near:ana/2`"));
        }
        let named = self.people(name)?;
        let found = near(self.situation.book, &named, steps);
        Ok(Test::People { named, found, steps })
    }

    /// Everybody whom `text` may mean.
    fn people(&self, text: &str) -> Result<BTreeSet<ContactId>, Objection> {
        let book = self.situation.book;
        if let Some(me) = book.me().filter(|_| fold(text) == "me") {
            return Ok(BTreeSet::from([me]));
        }
        match book.find(text) {
            Found::One(id) => Ok(BTreeSet::from([id])),
            Found::Several(ids) => Ok(ids.into_iter().collect()),
            Found::Nobody(near) => {
                let message = format!("nobody here is called `{text}`");
                Err(Objection::new(self.value.span, message).near(near.as_deref()))
            }
        }
    }

    fn flag(&self) -> Result<Test, Objection> {
        let piece = self.exact()?;
        match fold(&piece.text).as_str() {
            "true" | "yes" | "on" => Ok(Test::Flag(true)),
            "false" | "no" | "off" => Ok(Test::Flag(false)),
            _ => Err(self.object("is true or false").hint(format!("write `{}:true`", self.name))),
        }
    }

    fn state(&self) -> Result<Test, Objection> {
        let piece = self.exact()?;
        let word = fold(&piece.text);
        State::named(&word).map(Test::State).ok_or_else(|| {
            let known = STATES.iter().filter_map(|state| state.words().first().copied());
            self.unknown(&piece.text, "`is:` does not know", &known.collect::<Vec<_>>())
        })
    }

    /// Of the owner's own keys nobody knows whether they are numbers or dates: both are tried.
    fn compares(&self) -> Result<Test, Objection> {
        let numbers = self.numbers();
        let days = window(&self.value.form, self.name, self.situation.day, Direction::Past);
        match (numbers, days) {
            (None, Err(_)) => Err(self
                .object("compares numbers and dates")
                .hint(format!("write `{0}:>3` or `{0}:2026-01..2026-06`", self.name))),
            (numbers, days) => Ok(Test::Compares { numbers, days: days.ok() }),
        }
    }

    fn numbers(&self) -> Option<(Bound, Bound)> {
        match &self.value.form {
            Form::Compared(comparison, piece) => Some(bounds(*comparison, number(&piece.text)?)),
            Form::Range(from, to) => {
                let end = |piece: &Option<Piece>| match piece {
                    Some(piece) => number(&piece.text).map(Bound::Including),
                    None => Some(Bound::Open),
                };
                Some((end(from)?, end(to)?))
            }
            Form::One(_) | Form::Pattern(_) | Form::Together(_) => None,
        }
    }
}

/// A number as people write it; no infinity, nothing that is no number.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain =
        text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    if plain { text.parse().ok() } else { None }
}

fn bounds(comparison: Comparison, number: f64) -> (Bound, Bound) {
    match comparison {
        Comparison::More => (Bound::Excluding(number), Bound::Open),
        Comparison::AtLeast => (Bound::Including(number), Bound::Open),
        Comparison::Less => (Bound::Open, Bound::Excluding(number)),
        Comparison::AtMost => (Bound::Open, Bound::Including(number)),
    }
}
