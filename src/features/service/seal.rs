//! A mark at the end of a text by which `ties` knows what it wrote itself: such a text may be replaced and removed, and
//! one that a person has changed since may not.

use crate::text::fingerprint::content_mark;

const WORD: &str = "ties service ";

/// `text` with its seal as a last line, as a comment between `open` and `close`.
pub fn sealed(text: &str, open: &str, close: &str) -> String {
    format!("{text}{open}{WORD}{}{close}\n", content_mark(text.as_bytes()))
}

/// Whether `text` is as it was sealed.
pub fn is_untouched(text: &str) -> bool {
    let Some(lines) = text.strip_suffix('\n') else { return false };
    let start = lines.rfind('\n').map_or(0, |at| at + 1);
    let (sealed, seal) = lines.split_at(start);
    seal.contains(&format!("{WORD}{}", content_mark(sealed.as_bytes())))
}

#[cfg(test)]
mod tests {
    use crate::features::service::seal::{is_untouched, sealed};

    #[test]
    fn a_change_breaks_the_seal() {
        let text = sealed("a\nb\n", "# ", "");
        assert!(is_untouched(&text), "{text}");
        assert!(!is_untouched(&text.replace('b', "c")));
        assert!(!is_untouched(&format!("{text}x\n")));
        assert!(!is_untouched("a\n"));
        assert!(!is_untouched(""));
    }
}
