//! Links as they are written into notes (by path, so that a namesake never takes one over), and as text without them.

use crate::note::link::{Target, links};
use crate::note::path::NotePath;
use std::fmt::Write;

/// A link to the note at `path` that shows `shown`: `[[people/ana-lima|Ana Lima]]`. What would end the link or start
/// something else (`]]`, `|`, a backtick) is left out of what is shown; where nothing is left, only the path is. A
/// path that holds such signs (`C# club.md`) is linked as `[shown](people/C%23%20club.md)`.
pub fn link_to(path: &NotePath, shown: &str) -> String {
    let shown = harmless(shown);
    let place = path.without_extension();
    if place.contains(ends_wikilink) {
        let shown = if shown.is_empty() { harmless(path.stem()) } else { shown };
        return format!("[{shown}]({})", percent_encoded(path.as_str()));
    }
    if shown.is_empty() { format!("[[{place}]]") } else { format!("[[{place}|{shown}]]") }
}

/// `text` with every link as the text that it shows: `Rita` of `[[people/rita-lima|Rita]]`, `rita-lima` without that.
pub fn without_links(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    for link in links(text) {
        shown.push_str(text.get(at..link.span.start).unwrap_or(""));
        shown.push_str(shown_part(&link.target));
        at = link.span.end;
    }
    shown.push_str(text.get(at..).unwrap_or(""));
    shown
}

fn shown_part(target: &Target) -> &str {
    let place = [Some(&target.note), target.heading.as_ref(), target.block.as_ref()];
    let place =
        place.into_iter().flatten().find(|part| !part.is_empty()).map_or("", String::as_str);
    target.display.as_deref().unwrap_or_else(|| place.rsplit('/').next().unwrap_or(place))
}

/// Whether a place that holds this cannot stand in a wikilink.
pub fn ends_wikilink(character: char) -> bool {
    matches!(character, '[' | ']' | '|' | '#' | '^' | '\\' | '`' | '%' | '<' | '>')
}

/// One line without the signs that mean something in or around a link.
fn harmless(text: &str) -> String {
    let kept = text.chars().map(|character| match character {
        '[' => '(',
        ']' => ')',
        '|' | '\\' | '`' | '<' | '>' => ' ',
        control if control.is_control() => ' ',
        other => other,
    });
    let kept = kept.collect::<String>().replace("%%", " ");
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn percent_encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for character in path.chars() {
        if character.is_alphanumeric() || "-_./~".contains(character) {
            encoded.push(character);
        } else {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use crate::note::link::{Target, links};
    use crate::note::link_write::{link_to, without_links};
    use crate::note::path::NotePath;
    use proptest::prelude::*;

    fn check(path: &str, shown: &str, expected: &str) {
        assert_eq!(link_to(&NotePath::new(path).unwrap(), shown), expected);
    }

    #[test]
    fn a_link_names_the_path_and_shows_the_name() {
        check("people/joao-faria.md", "João Faria", "[[people/joao-faria|João Faria]]");
        check("people/x.md", "Bo [[the]] | `Great`", "[[people/x|Bo ((the)) Great]]");
        check("people/x.md", "C# ^ club", "[[people/x|C# ^ club]]");
        check("people/x.md", " ||", "[[people/x]]");
        check("people/C# club.md", "C# club", "[C# club](people/C%23%20club.md)");
    }

    #[test]
    fn links_are_shown_as_their_text() {
        let text =
            "with [[people/rita-lima|Rita]], [[people/bo]] and [Ana](people/ana.md), see [[#Log]]";
        assert_eq!(without_links(text), "with Rita, bo and Ana, see Log");
    }

    proptest! {
        #[test]
        fn every_link_is_read_back_as_its_path(stem in "[a-zé#^|\\[\\]`%&( )'*_-]{1,12}", shown in "\\PC{0,16}") {
            let path = NotePath::new(&format!("people/{stem}x.md")).unwrap();
            let line = format!("before {} after", link_to(&path, &shown));
            let found = links(&line).map(|link| link.target).collect::<Vec<Target>>();
            prop_assert_eq!(found.len(), 1, "{}", line);
            prop_assert_eq!(&found[0].note, path.without_extension(), "{}", line);
        }
    }
}
