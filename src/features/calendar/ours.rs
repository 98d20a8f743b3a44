//! Knowing again what `ties` wrote.

use crate::features::calendar::render::PRODID;

/// Whether `ties` wrote a calendar. One that another program wrote anew from ours names that program, and is not.
pub fn is_ours(text: &str) -> bool {
    let mut lines = text.lines();
    lines.next() == Some("BEGIN:VCALENDAR")
        && lines.any(|line| line.strip_prefix("PRODID:") == Some(PRODID))
}

/// Whether two calendars say the same, whenever they were written. Line ends do not count.
pub fn is_same(one: &str, other: &str) -> bool {
    told(one).eq(told(other))
}

/// A calendar without the stamps of when it was written, with plain line ends.
pub fn unstamped(text: &str) -> String {
    told(text).flat_map(|line| [line, "\n"]).collect()
}

fn told(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with("DTSTAMP:"))
}

/// What is seen of the first item, for a word about it.
pub fn summary(text: &str) -> String {
    let mut lines = text.lines().skip_while(|line| !line.starts_with("SUMMARY:"));
    let first = lines.next().and_then(|line| line.strip_prefix("SUMMARY:")).unwrap_or("");
    let rest = lines.map_while(|line| line.strip_prefix(' '));
    let folded = std::iter::once(first).chain(rest).collect::<String>();
    folded.replace("\\n", " ").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
}

#[cfg(test)]
mod tests {
    use crate::features::calendar::ours::{is_ours, is_same, summary};

    #[test]
    fn ours_is_known_by_the_line_that_says_so() {
        let ours = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//ties//ties//EN\r\n";
        assert!(is_ours(ours));
        assert!(is_ours(&ours.replace('\r', "")));
        assert!(!is_ours(&ours.replace("ties//EN", "other//EN")));
        assert!(!is_ours(&format!("x{ours}")));
        assert!(!is_ours(""));
    }

    #[test]
    fn the_stamp_does_not_count() {
        assert!(is_same("A\r\nDTSTAMP:1\r\nB\r\n", "A\nDTSTAMP:2\nB\n"));
        assert!(!is_same("A\r\nB\r\n", "A\r\nC\r\n"));
    }

    #[test]
    fn a_summary_is_read_from_its_lines() {
        assert_eq!(summary("X\r\nSUMMARY:a\\, b\r\n  c\r\nY:1\r\n"), "a, b c");
        assert_eq!(summary("X"), "");
    }
}
