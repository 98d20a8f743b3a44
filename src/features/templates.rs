//! The templates of a new vault, and notes made from them. `{{name}}`, `{{habit}}`, `{{title}}` and `{{date}}` are
//! filled in.
//!
//! Always true here: a note that is made reads as what it is, whatever the template says.

use crate::note::change::{KeyValue, Refusal, Wish};
use crate::note::rewrite::rewrite;
use crate::text::day::Day;
use crate::text::typed::one_line;

/// File name and text of each template, relative to the folder of templates.
pub const TEMPLATES: &[(&str, &str)] = &[
    ("contact.md", include_str!("../../example-vault/templates/contact.md")),
    ("habit.md", include_str!("../../example-vault/templates/habit.md")),
    ("meeting.md", include_str!("../../example-vault/templates/meeting.md")),
];

/// The template with its places filled in; in the front matter nothing that could end a quoted value.
pub fn filled(template: &str, name: &str, today: Day) -> String {
    let harmless = name.replace('"', "'").replace('\\', "/");
    let body = template.get(4..).and_then(|rest| rest.find("\n---")).map_or(0, |end| end + 4);
    let body = if template.starts_with("---") { body } else { 0 };
    let (head, rest) = template.split_at_checked(body).unwrap_or(("", template));
    fill(head, &harmless, today) + &fill(rest, name, today)
}

/// The text with its places filled in; what is filled in holds no places.
fn fill(text: &str, name: &str, today: Day) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.push_str(before);
        let place = after.split_once("}}").and_then(|(place, after)| match place {
            "name" | "title" | "habit" => Some((name.to_owned(), after)),
            "date" => Some((today.to_string(), after)),
            _ => None,
        });
        let (value, after) = place.unwrap_or(("{{".to_owned(), after));
        filled.push_str(&value);
        rest = after;
    }
    filled + rest
}

/// The filled template `file` with these keys; a refusal says that it is about the template.
pub fn with_keys(file: &str, text: &str, wishes: &[Wish]) -> Result<String, Refusal> {
    rewrite(text, wishes).map_err(|refusal| Refusal {
        reason: format!("in the template `{file}`: {}", refusal.reason),
        hint: refusal.hint.or_else(|| Some("mend it in the folder of templates".to_owned())),
    })
}

/// A meeting note of `day`: the template with its places filled in, and the people who were there, as links, in
/// `attendees`. An empty template is as none.
pub fn meeting(
    template: Option<&str>,
    title: &str,
    day: Day,
    attendees: &[String],
) -> Result<String, Refusal> {
    const PLAIN: &str = "---\ndate:\nattendees: []\n---\n\n# {{title}}\n";
    let title = named(title)?;
    let text = filled(used(template, PLAIN), &title, day);
    let set = |key: &str, value| Wish::SetKey { keys: vec![key.to_owned()], value };
    let people = ["attendees", "people"].map(str::to_owned).to_vec();
    let mut wishes = vec![set("date", KeyValue::Date(day))];
    if !attendees.is_empty() {
        let value = KeyValue::List(attendees.to_vec());
        wishes.push(Wish::SetKey { keys: people, value });
    }
    with_keys("meeting.md", &text, &wishes).map(with_line_end)
}

fn used<'a>(template: Option<&'a str>, plain: &'a str) -> &'a str {
    template.filter(|text| !text.trim().is_empty()).unwrap_or(plain)
}

fn named(name: &str) -> Result<String, Refusal> {
    let name = one_line(name);
    match name.chars().any(char::is_alphanumeric) {
        true => Ok(name),
        false => Err(Refusal {
            reason: "a title needs a letter".to_owned(),
            hint: Some("say what it is called".to_owned()),
        }),
    }
}

fn with_line_end(mut text: String) -> String {
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::features::sample::day;
    use crate::features::templates::{TEMPLATES, meeting};
    use crate::note::path::NotePath;
    use crate::people::decode::decode;
    use crate::people::note::Kind;
    use crate::people::vocabulary::Vocabulary;
    use expect_test::expect;

    fn template(name: &str) -> Option<&'static str> {
        TEMPLATES.iter().find(|(file, _)| *file == name).map(|(_, text)| *text)
    }

    #[test]
    fn a_meeting_note_reads_as_one() {
        let links = ["[[people/ana|Ana \"A\" Lima]]".to_owned()];
        let text =
            meeting(template("meeting.md"), "Choir \"committee\"", day("2026-11-21"), &links);
        let text = text.unwrap();
        expect![[r#"
            ---
            date: "2026-11-21"
            attendees: ["[[people/ana|Ana \"A\" Lima]]"]
            ---

            # Choir "committee"

            ## Said

            ## Promised
        "#]]
        .assert_eq(&text);
        let path = NotePath::new("journal/2026-11-21-choir.md").unwrap();
        let Kind::Journal(journal) = decode(&path, &text, &Vocabulary::default()).kind else {
            panic!()
        };
        assert_eq!((journal.day, journal.lines.len()), (day("2026-11-21"), 1));
        for empty in [None, Some(" \n")] {
            assert!(meeting(empty, "x", day("2026-11-21"), &links).unwrap().contains("# x\n"));
        }
        assert!(meeting(None, " - ", day("2026-11-21"), &[]).is_err());
    }

    #[test]
    fn a_title_is_no_template_and_a_broken_template_is_named() {
        let made = |template, title| meeting(Some(template), title, day("2026-11-21"), &[]);
        let text =
            made("---\ndate:\n---\n# {{title}} {{date}} {{other}}\n", "the {{date}} {{name}}");
        assert!(text.unwrap().ends_with("# the {{date}} {{name}} 2026-11-21 {{other}}\n"));
        let refusal = made("---\ndate: \"x\n---\n", "a").unwrap_err();
        assert!(refusal.reason.starts_with("in the template `meeting.md`: "), "{refusal:?}");
    }
}
