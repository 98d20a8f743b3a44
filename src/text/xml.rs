//! Text inside of XML and SVG.

/// `text` as XML holds it, between tags or in an attribute in double quotes. What XML cannot hold is left out.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            control if control.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use crate::text::xml::escaped;

    #[test]
    fn nothing_breaks_out() {
        assert_eq!(escaped("a<b>&\"c\"\u{1b}\n'd'"), "a&lt;b&gt;&amp;&quot;c&quot; 'd'");
    }
}
