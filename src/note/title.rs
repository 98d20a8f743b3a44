//! The title of a note, its first heading of level 1, given another text.
//!
//! Invariant: what comes back has been read again, and only the title says something else.

use crate::note::change::Refusal;
use crate::note::document::Document;
use crate::note::layout::line_end_near;
use crate::text::edit::{Edit, apply};

/// `text`, whose reading is `document`, with the title `before` as `after`; as it is where the title is another.
pub fn retitled(
    text: &str,
    document: &Document<'_>,
    before: &str,
    after: &str,
) -> Result<String, Refusal> {
    let title = document.markdown.title().filter(|title| title.text == before);
    let Some(title) = title.filter(|_| before != after) else { return Ok(text.to_owned()) };
    let edit = Edit::replace(title.content, after);
    let retitled = apply(text, &[edit]).map_err(|_| not_safe())?;
    let read = Document::read(&retitled);
    let (old, new) = (&document.markdown, &read.markdown);
    let same = (old.headings.len(), old.items.len(), old.paragraphs.len(), &old.hidden.len())
        == (new.headings.len(), new.items.len(), new.paragraphs.len(), &new.hidden.len());
    let is_said = new.title().is_some_and(|title| title.text == after);
    let is_line = line_end_near(&retitled, retitled.len()) == line_end_near(text, text.len());
    if same && is_said && is_line { Ok(retitled) } else { Err(not_safe()) }
}

fn not_safe() -> Refusal {
    Refusal {
        reason: "its title cannot be changed safely".to_owned(),
        hint: Some("change the first heading in your editor".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use crate::note::document::Document;
    use crate::note::title::retitled;

    fn check(text: &str, after: &str, expected: Option<&str>) {
        let retitled = retitled(text, &Document::read(text), "Ana Lima", after);
        assert_eq!(retitled.ok().as_deref(), expected, "{text}");
    }

    #[test]
    fn only_the_title_changes() {
        check("# Ana Lima\n# Ana Lima\n", "Ana Sousa", Some("# Ana Sousa\n# Ana Lima\n"));
        check("## Log\n# *Ana* Lima #\nx", "Ana Sousa", Some("## Log\n# Ana Sousa #\nx"));
        check("Ana Lima\r\n====\r\n", "Ana Sousa", Some("Ana Sousa\r\n====\r\n"));
        check("# Ana\n", "Ana Sousa", Some("# Ana\n"));
    }

    #[test]
    fn a_text_that_would_be_read_as_something_else_is_refused() {
        check("# Ana Lima\n", "*Ana*", None);
        check("# Ana Lima\n", "`Ana`", None);
        check("# Ana Lima\n", "Ana\nLima", None);
    }
}
