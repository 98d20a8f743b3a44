//! `--format '{name}\t{path}'`: one record a hit, of the fields that are named.

use crate::app::session::Session;
use crate::features::listing::listed;
use crate::features::query::search::Hit;
use crate::features::query::snippet::Snippet;
use crate::features::standing::Situation;
use crate::frontends::cli::failure::Failure;
use crate::frontends::wire_search::kind_word;
use crate::people::brief::Brief;
use crate::people::contact::Contact;
use crate::text::suggest::nearest;

/// A format, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Field(&'static str),
}

/// The fields that a format can name.
const FIELDS: &[&str] = &[
    "name",
    "path",
    "file",
    "kind",
    "circle",
    "groups",
    "tags",
    "last",
    "due",
    "birthday",
    "follow_up",
    "next",
    "email",
    "phone",
    "location",
    "line",
    "text",
];

/// What there is to say of a hit.
pub struct Told<'a> {
    /// The vault.
    pub session: &'a Session,
    /// Its people.
    pub situation: &'a Situation<'a>,
    /// The hit.
    pub hit: &'a Hit<'a>,
    /// The line that shows why.
    pub snippet: Option<&'a Snippet>,
}

impl Template {
    /// Reads `{field}`, `{{` and `}}` for the braces themselves, `\t`, `\n` and `\\`.
    pub fn parse(format: &str) -> Result<Template, Failure> {
        Template::of_fields(format, FIELDS)
    }

    /// The same with other fields.
    pub fn of_fields(format: &str, fields: &'static [&'static str]) -> Result<Template, Failure> {
        let mut parts = Vec::new();
        let mut text = String::new();
        let mut rest = format.chars();
        while let Some(character) = rest.next() {
            match character {
                '{' if rest.as_str().starts_with('{') => text.extend(rest.next()),
                '}' if rest.as_str().starts_with('}') => text.extend(rest.next()),
                '{' => {
                    let (name, after) = rest.as_str().split_once('}').ok_or_else(unclosed)?;
                    parts.push(Part::Text(std::mem::take(&mut text)));
                    parts.push(Part::Field(field(name, fields)?));
                    rest = after.chars();
                }
                '\\' => match rest.next() {
                    Some('t') => text.push('\t'),
                    Some('n') => text.push('\n'),
                    Some('\\') | None => text.push('\\'),
                    Some(other) => text.extend(['\\', other]),
                },
                other => text.push(other),
            }
        }
        parts.push(Part::Text(text));
        Ok(Template { parts })
    }

    /// The path alone.
    pub fn of_path() -> Template {
        Template::of_field("path")
    }

    /// One field alone.
    pub fn of_field(field: &'static str) -> Template {
        Template { parts: vec![Part::Field(field)] }
    }

    /// Whether it shows the line that was found.
    pub fn wants_snippet(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Field("line" | "text")))
    }

    /// The record of a hit. No value has a tab or a line end of its own.
    pub fn record(&self, told: &Told<'_>) -> String {
        self.filled(|field| value(field, told))
    }

    /// The record of values, each by the name of its field. No value has a tab or a line end of its own.
    pub fn filled(&self, value: impl Fn(&str) -> String) -> String {
        let mut record = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => record.push_str(text),
                Part::Field(field) => record.push_str(&one_line(&value(field))),
            }
        }
        record
    }
}

fn unclosed() -> Failure {
    Failure::usage("a `{` in the format is not closed").hint("write `{{` for the brace itself")
}

fn field(name: &str, fields: &'static [&'static str]) -> Result<&'static str, Failure> {
    if let Some(known) = fields.iter().find(|known| **known == name) {
        return Ok(known);
    }
    let failure = Failure::usage(format!("the format knows no field `{name}`"));
    let failure = match nearest(name, fields.iter().copied()) {
        Some(near) => failure.hint(format!("did you mean `{{{near}}}`?")),
        None => failure,
    };
    Err(failure.hint(format!("fields are {}", fields.join(", "))))
}

/// A path stays as it is.
fn one_line(value: &str) -> String {
    value.replace(['\n', '\r', '\t'], " ")
}

fn value(field: &str, told: &Told<'_>) -> String {
    let Told { session, situation, hit, snippet } = told;
    let subject = &hit.subject;
    match field {
        "name" => subject.name(situation.book).to_owned(),
        "path" => subject.path.to_string(),
        "file" => session.root.join(subject.path.as_str()).display().to_string(),
        "kind" => kind_word(subject.kind).to_owned(),
        "line" => snippet.map(|snippet| snippet.line.to_string()).unwrap_or_default(),
        "text" => snippet.map(|snippet| snippet.text.clone()).unwrap_or_default(),
        _ => subject
            .contact()
            .map(|id| {
                let standing = situation.standing(id);
                match field {
                    "last" => text(listed(situation.book, id, situation.day).last_contact),
                    "due" => text(standing.due.map(|due| due.day)),
                    _ => of_brief(field, situation.book.brief(id))
                        .unwrap_or_else(|| of_contact(field, situation.book.contact(id))),
                }
            })
            .unwrap_or_default(),
    }
}

/// `None` for a field for which the whole note must be read.
fn of_brief(field: &str, brief: &Brief) -> Option<String> {
    let joined = |labels: Vec<&str>| labels.join(", ");
    Some(match field {
        "circle" => brief.circle.clone().unwrap_or_default(),
        "groups" => joined(brief.labels.groups().collect()),
        "tags" => joined(brief.labels.tags().collect()),
        "birthday" => text(brief.birthday),
        "follow_up" => text(brief.follow_up),
        "next" => brief.next.clone().unwrap_or_default(),
        _ => return None,
    })
}

fn of_contact(field: &str, contact: &Contact) -> String {
    let first = |values: &[crate::people::contact::Labelled]| {
        values.first().map(|value| value.value.clone()).unwrap_or_default()
    };
    match field {
        "email" => first(&contact.email),
        "phone" => first(&contact.phone),
        "location" => first(&contact.location),
        _ => String::new(),
    }
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::frontends::cli::template::{Part, Template};

    fn check(format: &str, expected: &[Part]) {
        let filled = |part: &Part| *part != Part::Text(String::new());
        let parts = Template::parse(format)
            .map(|template| template.parts.into_iter().filter(filled).collect::<Vec<_>>());
        assert_eq!(parts.map_err(|failure| failure.message), Ok(expected.to_vec()), "{format}");
    }

    #[test]
    fn fields_braces_and_escapes_are_read() {
        let text = |text: &str| Part::Text(text.to_owned());
        check(
            r"{name}\t{path}\n",
            &[Part::Field("name"), text("\t"), Part::Field("path"), text("\n")],
        );
        check(r"{{x}} \\ \d \", &[text(r"{x} \ \d \")]);
        check("a } b", &[text("a } b")]);
        check("", &[]);
    }

    #[test]
    fn a_mistake_tells_the_fields() {
        let failure = Template::parse("{nmae}").unwrap_err();
        assert_eq!(failure.message, "the format knows no field `nmae`");
        assert_eq!(failure.hints.first().map(String::as_str), Some("did you mean `{name}`?"));
        assert!(failure.hints.iter().any(|hint| hint.starts_with("fields are name, path")));
        assert!(Template::parse("{name").is_err());
    }
}
