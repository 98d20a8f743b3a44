//! What the keys of the second note give to the first: lists are united, missing keys are copied as they stand, and of two
//! different values the first note's stays while the other is set aside.
//!
//! Always true here: every line of the second note's keys is in the first note, is set aside, or says what is there.

use crate::note::change::{KeyValue, Refusal, Wish};
use crate::note::document::Document;
use crate::note::front_matter::Entry;
use crate::note::layout::line_end_near;
use crate::note::rewrite::rewrite;
use crate::note::yaml::{Node, Value};
use crate::people::field::{Field, ValueKind};
use crate::people::value;
use crate::people::vocabulary::Vocabulary;
use crate::text::edit::{Edit, apply};
use crate::text::fold::fold;
use crate::text::partial_date::LooseDate;
use crate::text::span::Span;

/// The first note with what it takes over, and what is set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headed {
    /// The text of the first note.
    pub text: String,
    /// Lines of keys that stand in no key of it, with `\n` at their ends.
    pub aside: String,
    /// For each key of which both say something else: the key, what stays and what is set aside.
    pub conflicts: Vec<Conflict>,
}

/// Two notes that say something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Of which key.
    pub key: String,
    /// What stays; empty where the first note says nothing, which stays so.
    pub stays: String,
    /// What is set aside.
    pub aside: String,
}

/// The keys of `other` taken into `own`. `names` are what both are called, the first one's first.
pub fn united(
    own: &str,
    other: &str,
    names: (&str, &str),
    vocabulary: &Vocabulary,
) -> Result<Headed, Refusal> {
    let (own_document, other_document) = (Document::read(own), Document::read(other));
    let mut taking = Taking {
        own: &own_document,
        other,
        vocabulary,
        wishes: Vec::new(),
        copied: String::new(),
        aside: String::new(),
        conflicts: Vec::new(),
    };
    if names.0 != names.1 {
        taking.add(vocabulary.spellings(Field::Aliases), names.1);
    }
    if let Some(front_matter) = &other_document.front_matter {
        front_matter.entries.iter().for_each(|entry| taking.take(entry));
        taking.rest(&front_matter.entries, front_matter.content);
    }
    let Taking { wishes, copied, aside, conflicts, .. } = taking;
    let text = rewrite(&with_lines(own, &copied)?, &wishes)?;
    Ok(Headed { text, aside, conflicts })
}

struct Taking<'a> {
    own: &'a Document<'a>,
    other: &'a str,
    vocabulary: &'a Vocabulary,
    wishes: Vec<Wish>,
    copied: String,
    aside: String,
    conflicts: Vec<Conflict>,
}

/// What a key is about, whatever its spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
enum About {
    Field(Field),
    Tie(String),
    Other(String),
}

/// Keys whose absence says something itself: who is not put away must not be put away by a merge.
const SILENCING: &[Field] = &[Field::Status, Field::Archived, Field::Paused, Field::QuietUntil];

impl Taking<'_> {
    /// A word that is a tie and something else too is a tie where its value has a link.
    fn about(&self, entry: &Entry) -> About {
        let field = self.vocabulary.field(&entry.key);
        match self.vocabulary.relation(&entry.key) {
            Some(_) if field.is_none() || has_link(&entry.value) => About::Tie(fold(&entry.key)),
            _ => field.map_or_else(|| About::Other(fold(&entry.key)), About::Field),
        }
    }

    fn same_in_own(&self, about: &About) -> Option<&Entry> {
        let front_matter = self.own.front_matter.as_ref()?;
        front_matter.entries.iter().find(|entry| self.about(entry) == *about)
    }

    /// The line of a key in the first note that cannot be read: it stands there all the same.
    fn unread_in_own(&self, entry: &Entry) -> Option<String> {
        let field = |key: &str| self.vocabulary.field(key);
        let same = |key: &str| match (field(key), field(&entry.key)) {
            (None, None) => fold(key) == fold(&entry.key),
            (own, other) => own == other,
        };
        let unread = &self.own.front_matter.as_ref()?.unread;
        let line = unread.iter().find(|unread| unread.key.as_deref().is_some_and(same))?;
        let line = line.span.of(self.own.text).trim();
        Some(line.split_once(':').map_or(line, |(_, value)| value.trim()).to_owned())
    }

    fn take(&mut self, entry: &Entry) {
        let about = self.about(entry);
        let own = self.same_in_own(&about).cloned();
        if let (None, Some(stays)) = (&own, self.unread_in_own(entry)) {
            return self.set_aside(entry, stays);
        }
        match (&about, own) {
            (About::Field(Field::Name), _) => self.keep_comment(entry),
            // An empty key of the person's own is a place that they keep for something.
            (About::Other(_), None) => self.copied += &lines(entry.span.of(self.other)),
            _ if matches!(entry.value.value, Value::Null) => self.keep_comment(entry),
            (About::Field(field), None) if SILENCING.contains(field) => {
                self.conflict(entry, None);
            }
            (_, None) => self.copied += &lines(entry.span.of(self.other)),
            (_, Some(own)) if own.value.says_the_same(&entry.value) => self.keep_comment(entry),
            (_, Some(own)) if matches!(own.value.value, Value::Null) => self.fill(&own, entry),
            (About::Field(Field::LastContact), Some(own)) => self.newer(&own, entry),
            (About::Field(Field::Private), Some(own)) => self.more_private(&own, entry),
            (About::Field(field), Some(own)) => match field.kind() {
                ValueKind::Texts | ValueKind::Labelled | ValueKind::Links => {
                    self.unite(*field, &own, entry);
                }
                _ => self.conflict(entry, Some(&own)),
            },
            (About::Tie(_), Some(own)) => self.unite(Field::Relations, &own, entry),
            (About::Other(_), Some(own)) => match (&own.value.value, &entry.value.value) {
                (Value::List(_), Value::List(_)) => self.unite(Field::Tags, &own, entry),
                _ => self.conflict(entry, Some(&own)),
            },
        }
    }

    /// Both lists as one, where the items can be told; else the second is set aside.
    fn unite(&mut self, field: Field, own: &Entry, entry: &Entry) {
        let (there, new) = (items(&own.value), items(&entry.value));
        let (Some(there), Some(new)) = (there, new) else {
            return self.conflict(entry, Some(own));
        };
        for item in new {
            if !there.iter().any(|known| same_item(field, known, &item)) {
                self.add(vec![own.key.clone()], &item);
            }
        }
        self.keep_comment(entry);
    }

    fn add(&mut self, keys: Vec<String>, item: &str) {
        self.wishes.push(Wish::AddToList { keys, item: item.to_owned() });
    }

    /// A key that the first note has without a value.
    fn fill(&mut self, own: &Entry, entry: &Entry) {
        let keys = vec![own.key.clone()];
        match items(&entry.value) {
            Some(items) => match (items.as_slice(), &entry.value.value) {
                ([one], Value::Scalar(..)) => {
                    let value = KeyValue::Text(one.clone());
                    self.wishes.push(Wish::SetKey { keys, value });
                }
                _ => self.wishes.push(Wish::SetKey { keys, value: KeyValue::List(items) }),
            },
            None => return self.conflict(entry, Some(own)),
        }
        self.keep_comment(entry);
    }

    /// The floor of the newest contact is the newer one of both.
    fn newer(&mut self, own: &Entry, entry: &Entry) {
        let date = |entry: &Entry| {
            let text = value::scalar(&entry.value)?;
            let date = LooseDate::parse(&text).ok()?.0;
            date.latest().map(|day| (day, date, text))
        };
        match (date(own), date(entry)) {
            (Some((known, _, stays)), Some((new, date, text))) if new > known => {
                let whole = !date.estimated && date.earliest() == Some(new);
                let value = if whole { KeyValue::Date(new) } else { KeyValue::Text(text.clone()) };
                self.wishes.push(Wish::SetKey { keys: vec![own.key.clone()], value });
                self.aside += &lines(own.span.of(self.own.text));
                self.conflicts.push(Conflict { key: own.key.clone(), stays: text, aside: stays });
                self.keep_comment(entry);
            }
            _ => self.conflict(entry, Some(own)),
        }
    }

    /// What either note keeps to itself stays so.
    fn more_private(&mut self, own: &Entry, entry: &Entry) {
        let whole = |entry: &Entry| {
            let word = value::scalar(&entry.value).map(|word| fold(&word));
            word.is_some_and(|word| matches!(word.as_str(), "true" | "yes" | "on"))
        };
        let none = |entry: &Entry| {
            let word = value::scalar(&entry.value).map(|word| fold(&word));
            word.is_some_and(|word| matches!(word.as_str(), "false" | "no" | "off"))
        };
        if whole(own) || none(entry) {
            self.conflict(entry, Some(own));
        } else if whole(entry) || none(own) {
            let keys = vec![own.key.clone()];
            let value = match items(&entry.value) {
                Some(items) if !whole(entry) => KeyValue::List(items),
                _ => KeyValue::Flag(true),
            };
            self.wishes.push(Wish::SetKey { keys, value });
            self.aside += &lines(own.span.of(self.own.text));
            let (stays, aside) = (value::flattened(&entry.value), value::flattened(&own.value));
            self.conflicts.push(Conflict { key: own.key.clone(), stays, aside });
            self.keep_comment(entry);
        } else {
            self.unite(Field::Private, own, entry);
        }
    }

    fn conflict(&mut self, entry: &Entry, own: Option<&Entry>) {
        self.set_aside(entry, own.map_or_else(String::new, |own| value::flattened(&own.value)));
    }

    fn set_aside(&mut self, entry: &Entry, stays: String) {
        self.aside += &lines(entry.span.of(self.other));
        let (key, aside) = (entry.key.clone(), value::flattened(&entry.value));
        self.conflicts.push(Conflict { key, stays, aside });
    }

    /// The lines of a key that says nothing new are only kept where a comment stands on them.
    fn keep_comment(&mut self, entry: &Entry) {
        let (source, span) = (self.other, entry.value.span);
        let around = [
            Span::new(entry.span.start, span.start.max(entry.span.start)),
            Span::new(span.end.min(entry.span.end), entry.span.end),
        ];
        let within = matches!(entry.value.value, Value::List(_) | Value::Map(_))
            && span.of(source).lines().any(|line| line.contains(" #"));
        if within || around.iter().any(|part| part.of(source).contains('#')) {
            self.aside += &lines(entry.span.of(source));
        }
    }

    /// Comments between the keys, and lines that cannot be read.
    fn rest(&mut self, entries: &[Entry], content: Span) {
        let mut at = content.start;
        let mut rest = String::new();
        let ends = entries.iter().map(|entry| entry.span).chain([Span::at(content.end)]);
        for span in ends {
            rest += Span::new(at, span.start.max(at)).of(self.other);
            at = span.end.max(at);
        }
        let kept = rest.lines().filter(|line| !line.trim().is_empty());
        self.aside.extend(kept.map(|line| format!("{line}\n")));
    }
}

/// The lines of a source, each with `\n`, blank ones at the end left out.
fn lines(source: &str) -> String {
    let source = source.trim_end_matches(['\n', '\r', ' ', '\t']);
    source.lines().map(|line| format!("{line}\n")).collect()
}

fn has_link(node: &Node) -> bool {
    match &node.value {
        Value::Scalar(text, _) => text.contains("[[") || text.contains("]("),
        Value::List(items) => items.iter().any(has_link),
        Value::Map(_) | Value::Null => false,
    }
}

/// The items of a list of texts, or the one text; `None` for anything that holds more than texts.
fn items(node: &Node) -> Option<Vec<String>> {
    match &node.value {
        Value::Null => Some(Vec::new()),
        Value::Scalar(text, _) if text.contains('\n') => None,
        Value::Scalar(text, _) => Some(vec![text.trim().to_owned()]),
        Value::List(items) => {
            let texts = items.iter().filter(|item| !matches!(item.value, Value::Null));
            texts.map(|item| item.text().map(|text| text.trim().to_owned())).collect()
        }
        Value::Map(_) => None,
    }
}

fn same_item(field: Field, one: &str, other: &str) -> bool {
    let digits =
        |text: &str| text.chars().filter(|sign| !" .-/()".contains(*sign)).collect::<String>();
    match field {
        Field::Email => one.to_lowercase() == other.to_lowercase(),
        Field::Phone => one == other || digits(one) == digits(other) && !one.contains('('),
        _ => one == other,
    }
}

/// The text with more lines at the end of its front matter, which is made where there is none.
fn with_lines(text: &str, copied: &str) -> Result<String, Refusal> {
    if copied.is_empty() {
        return Ok(text.to_owned());
    }
    let document = Document::read(text);
    let ending = line_end_near(text, text.find(['\n', '\r']).map_or(0, |at| at + 1));
    let lines = copied.replace('\n', ending);
    let edit = match &document.front_matter {
        Some(front_matter) => {
            let at = front_matter.content.end;
            Edit::insert(at, lines)
        }
        None => {
            let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
            Edit::insert(start, format!("---{ending}{lines}---{ending}"))
        }
    };
    let with = apply(text, &[edit]).map_err(|_| not_safe())?;
    let read = Document::read(&with);
    let count = |document: &Document<'_>| {
        document.front_matter.as_ref().map_or(0, |front_matter| front_matter.entries.len())
    };
    if count(&read) > count(&document) { Ok(with) } else { Err(not_safe()) }
}

fn not_safe() -> Refusal {
    Refusal {
        reason: "the keys of the two notes cannot be put together safely".to_owned(),
        hint: Some("`ties check` shows what is odd in them".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use crate::features::merge::header::united;
    use crate::people::vocabulary::Vocabulary;
    use expect_test::{Expect, expect};
    use std::fmt::Write;

    fn check(own: &str, other: &str, expected: &Expect) {
        let headed = united(own, other, ("Ana", "Ana L"), &Vocabulary::default());
        let mut shown = String::new();
        match headed {
            Err(refusal) => shown.push_str(&refusal.reason),
            Ok(headed) => {
                let _ = write!(shown, "{}aside:\n{}", headed.text, headed.aside);
                for conflict in headed.conflicts {
                    let _ = writeln!(
                        shown,
                        "{}: {} stays, not {}",
                        conflict.key, conflict.stays, conflict.aside
                    );
                }
            }
        }
        // Editors and git would change them here.
        let shown = shown.replace('\r', "<CR>").replace('\u{feff}', "<BOM>");
        expected.assert_eq(&shown);
    }

    #[test]
    fn lists_are_united_missing_keys_copied_and_others_set_aside() {
        check(
            "---\nname: Ana\nemail: ana@x.org\ncircle: inner\nsister: \"[[Rita]]\"\nmine: 1\nlast_contact: 2025-01-02\n---\n",
            "---\n# mine\nname: Ana L # short\nemail: [Ana@X.org, \"a@y.org\"]\nphone: \"+351 910\" # at home\ncircle: growth\nsister: [\"[[Rita]]\", \"[[Eva]]\"]\nyours:\n  a: b\nmine: 2\nlast_contact: 2025-03-02\nstatus: archived\naliases: [Nina]\n---\n",
            &expect![[r#"
                ---
                name: Ana
                email: [ana@x.org, a@y.org]
                circle: inner
                sister: ["[[Rita]]", "[[Eva]]"]
                mine: 1
                last_contact: 2025-03-02
                phone: "+351 910" # at home
                yours:
                  a: b
                aliases: [Nina, Ana L]
                ---
                aside:
                name: Ana L # short
                circle: growth
                mine: 2
                last_contact: 2025-01-02
                status: archived
                # mine
                circle: inner stays, not growth
                mine: 1 stays, not 2
                last_contact: 2025-03-02 stays, not 2025-01-02
                status:  stays, not archived
            "#]],
        );
    }

    #[test]
    fn what_is_private_in_one_note_stays_private() {
        check(
            "---\nprivate: [Health]\n---\n",
            "---\nprivate: true\n---\n",
            &expect![[r#"
            ---
            private: true
            aliases: [Ana L]
            ---
            aside:
            private: [Health]
            private: true stays, not Health
        "#]],
        );
        check(
            "---\nprivate: [Health]\n---\n",
            "---\nprivate: phone\n---\n",
            &expect![[r#"
            ---
            private: [Health, phone]
            aliases: [Ana L]
            ---
            aside:
        "#]],
        );
        check(
            "",
            "---\nprivate: true\n---\n",
            &expect![[r#"
                ---
                private: true
                aliases: [Ana L]
                ---
                aside:
            "#]],
        );
    }

    #[test]
    fn line_ends_and_keys_that_cannot_be_read_are_kept() {
        check(
            "\u{feff}---\r\nname: Ana\r\n---\r\nx",
            "---\nnext: a: b\nhow: tea\n---\n",
            &expect![[r#"
                <BOM>---<CR>
                name: Ana<CR>
                how: tea<CR>
                aliases: [Ana L]<CR>
                ---<CR>
                xaside:
                next: a: b
            "#]],
        );
    }

    #[test]
    fn a_key_that_cannot_be_read_is_there_and_a_tie_needs_no_link() {
        check(
            "---\nname: Ana\nnext: 2026-12-01 Ask: the house\nsister: Rita\n---\n",
            "---\nnext: call her\nsister: \"[[Bo]]\"\nallergies:\ncircle:\n---\n",
            &expect![[r#"
                ---
                name: Ana
                next: 2026-12-01 Ask: the house
                sister: [Rita, "[[Bo]]"]
                allergies:
                aliases: [Ana L]
                ---
                aside:
                next: call her
                next: 2026-12-01 Ask: the house stays, not call her
            "#]],
        );
    }
}
