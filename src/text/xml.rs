//! Text fit to stand in XML.

use crate::text::visible::visible;
use std::fmt::Write;

/// `text` as it stands between tags or in quotes: nothing in it is markup, ends a part of the document, reorders letters
/// or is forbidden in XML 1.0 (2.2). Line feeds stay.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in visible(text).chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {
                // Writing to a string cannot fail.
                let _ = write!(escaped, "\\u{{{:x}}}", u32::from(letter));
            }
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use crate::text::xml::escaped;
    use proptest::prelude::*;

    #[test]
    fn markup_is_text() {
        assert_eq!(escaped("a<b> & \"c\" ']]>"), "a&lt;b&gt; &amp; &quot;c&quot; &#39;]]&gt;");
        assert_eq!(escaped("\u{0}\u{1b}\u{202e}\u{ffff}"), "\\u{0}\\u{1b}\\u{202e}\\u{ffff}");
        assert_eq!(escaped("José 王\n"), "José 王\n");
    }

    proptest! {
        #[test]
        fn only_characters_of_xml_are_left(text in any::<String>()) {
            let is_allowed = |letter: char| match letter {
                '\u{20}'..='\u{7e}' => !matches!(letter, '<' | '>' | '"' | '\''),
                '\t' | '\n' | '\u{a0}'..='\u{fffd}' => true,
                other => other >= '\u{10000}',
            };
            prop_assert!(escaped(&text).chars().all(is_allowed), "{}", escaped(&text));
        }
    }
}
