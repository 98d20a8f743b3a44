//! A finding as it is shown: its place, what it is, and the line of the note with a mark under the spot.

use crate::frontends::cli::line::{Label, Line};
use crate::text::diagnostic::{Finding, Severity};
use crate::text::line_index::LineIndex;
use crate::text::span::Span;
use crate::text::visible::visible_line;
use unicode_width::UnicodeWidthStr;

/// Longer source lines are cut around the spot, in columns.
const SOURCE_WIDTH: usize = 96;

/// What stands before the spot of a line that is cut, in columns.
const CONTEXT: usize = 24;

/// The lines that show a finding in the file `name`, whose text is known or not.
pub fn snippet(name: &str, text: Option<&str>, finding: &Finding) -> Vec<Line> {
    let whole_file = finding.span == Span::at(0);
    match text.filter(|text| !whole_file && !text.is_empty()) {
        Some(text) => with_source(name, text, finding),
        None => {
            let help = finding.help.as_ref().map(|help| Line::of("  ").label(Label::Help, help));
            std::iter::once(head(name, finding)).chain(help).collect()
        }
    }
}

/// `text` on one line, cut around `span` where it is long, and below it marks under the span.
pub fn marked(text: &str, span: Span) -> Vec<String> {
    let shown = Source::new(text, span.start, span.len());
    vec![shown.text, format!("{}{}", " ".repeat(shown.before), "^".repeat(shown.marked))]
}

fn head(place: &str, finding: &Finding) -> Line {
    let label = match finding.code.severity() {
        Severity::Error => Label::Error,
        Severity::Warning => Label::Warning,
    };
    let what = format!("{}[{}]", finding.code.severity().word(), finding.code.word());
    Line::new()
        .label(Label::Place, place)
        .plain(": ")
        .label(label, what)
        .plain(": ")
        .plain(&finding.message)
}

fn with_source(name: &str, text: &str, finding: &Finding) -> Vec<Line> {
    let lines = LineIndex::new(text);
    let place = lines.line_column(finding.span.start);
    let line_span = lines.span_of_line(place.line);
    let source = line_span.of(text).trim_end_matches(['\n', '\r']);
    let shown =
        Source::new(source, finding.span.start.saturating_sub(line_span.start), finding.span.len());
    let number = place.line.to_string();
    let margin = " ".repeat(number.len());
    let mark = Line::new().label(Label::Quiet, format!("  {margin} | "));
    let mark = mark.plain(" ".repeat(shown.before)).label(Label::Warning, "^".repeat(shown.marked));
    let mark = match &finding.help {
        Some(help) => mark.plain(" ").label(Label::Help, help),
        None => mark,
    };
    vec![
        head(&format!("{name}:{}:{}", place.line, place.column), finding),
        Line::new().label(Label::Quiet, format!("  {number} | ")).plain(&shown.text),
        mark,
    ]
}

/// One line of the note as it is shown, and where the spot is in it, in columns.
struct Source {
    text: String,
    before: usize,
    marked: usize,
}

impl Source {
    /// `start` and `length` in bytes of `line`; a spot of several lines is marked to the end of the first.
    fn new(line: &str, start: usize, length: usize) -> Source {
        let start = floor(line, start.min(line.len()));
        let end = floor(line, (start + length).min(line.len()));
        let (before, rest) = line.split_at(start);
        let (spot, after) = rest.split_at(end - start);
        let before = shown(before);
        let cut = cut_front(&before);
        let spot = shown(spot);
        let room = SOURCE_WIDTH.saturating_sub(cut.width()).max(CONTEXT);
        let after = shown(after);
        let text = cut_back(&format!("{cut}{spot}{after}"), cut.width() + room);
        let marked = spot.width().clamp(1, room);
        Source { before: cut.width(), marked, text }
    }
}

fn floor(line: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(0)
}

/// As the terminal shows it: a tab is four columns, nothing acts.
fn shown(text: &str) -> String {
    visible_line(&text.replace('\t', "    ")).into_owned()
}

/// The text without its front where that is long. A line may have millions of letters: only the last ones are looked
/// at one by one.
fn cut_front(text: &str) -> String {
    if text.len() <= SOURCE_WIDTH / 2 || text.width() <= SOURCE_WIDTH / 2 {
        return text.to_owned();
    }
    let near = text.len().saturating_sub(1024);
    let mut kept = text.get(floor(text, near)..).unwrap_or("").chars();
    while kept.as_str().width() > CONTEXT {
        kept.next();
    }
    format!("…{}", kept.as_str())
}

fn cut_back(text: &str, columns: usize) -> String {
    // No letter is narrower than nothing, and few are; a generous piece is enough to measure.
    let piece = text.get(..floor(text, text.len().min(columns * 8))).unwrap_or(text);
    if piece.len() == text.len() && text.width() <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut width = 0;
    for character in piece.chars() {
        width += unicode_width::UnicodeWidthChar::width(character).unwrap_or(0);
        if width >= columns {
            break;
        }
        kept.push(character);
    }
    kept + "…"
}

#[cfg(test)]
mod tests {
    use crate::frontends::cli::snippet::snippet;
    use crate::text::diagnostic::{Code, Finding};
    use crate::text::span::Span;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn check(text: &str, spot: &str, help: Option<&str>, expected: &Expect) {
        let start = text.find(spot).unwrap();
        let span = Span::new(start, start + spot.len());
        let finding = Finding {
            help: help.map(str::to_owned),
            ..Finding::new(Code::UnknownCadence, span, "not a rhythm")
        };
        let lines = snippet("people/ada.md", Some(text), &finding);
        let shown = lines.iter().map(|line| line.render(false) + "\n").collect::<String>();
        expected.assert_eq(&shown);
    }

    #[test]
    fn the_spot_is_marked_with_the_help_beside_it() {
        check(
            "---\nname: Ada\ncadence: montly\n---\n",
            "montly",
            Some("did you mean `monthly`?"),
            &expect![[r#"
                people/ada.md:3:10: warning[unknown-cadence]: not a rhythm
                  3 | cadence: montly
                    |          ^^^^^^ did you mean `monthly`?
            "#]],
        );
    }

    #[test]
    fn wide_letters_tabs_and_controls_keep_the_columns() {
        check(
            "王小明:\tmontly\u{1b}[31m é\n",
            "montly\u{1b}",
            None,
            &expect![[r#"
            people/ada.md:1:6: warning[unknown-cadence]: not a rhythm
              1 | 王小明:    montly\u{1b}[31m é
                |            ^^^^^^^^^^^^
        "#]],
        );
        check(
            "Jose\u{301}: montly",
            "montly",
            None,
            &expect![[r#"
            people/ada.md:1:8: warning[unknown-cadence]: not a rhythm
              1 | José: montly
                |       ^^^^^^
        "#]],
        );
    }

    #[test]
    fn long_lines_are_cut_around_the_spot() {
        let text = format!("{} montly {}", "before ".repeat(100), "after ".repeat(100));
        check(
            &text,
            "montly",
            Some("help"),
            &expect![[r#"
            people/ada.md:1:702: warning[unknown-cadence]: not a rhythm
              1 | …e before before before  montly after after after after after after after after after after aft…
                |                          ^^^^^^ help
        "#]],
        );
        check(
            &format!("montly {}", "a".repeat(2_000_000)),
            "montly",
            None,
            &expect![[r#"
            people/ada.md:1:1: warning[unknown-cadence]: not a rhythm
              1 | montly aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…
                | ^^^^^^
        "#]],
        );
        check(
            &format!("{}montly", "a".repeat(2_000_000)),
            "montly",
            None,
            &expect![[r#"
            people/ada.md:1:2000001: warning[unknown-cadence]: not a rhythm
              1 | …aaaaaaaaaaaaaaaaaaaaaaaamontly
                |                          ^^^^^^
        "#]],
        );
    }

    #[test]
    fn a_spot_of_several_lines_is_marked_on_the_first() {
        check(
            "a: [x,\n  y]\n",
            "[x,\n  y]",
            None,
            &expect![[r#"
            people/ada.md:1:4: warning[unknown-cadence]: not a rhythm
              1 | a: [x,
                |    ^^^
        "#]],
        );
    }

    #[test]
    fn a_finding_about_the_whole_file_has_no_line() {
        let finding = Finding::new(Code::TooLarge, Span::at(0), "too large").help("move it");
        let lines = snippet("a\u{7}.md", Some("text"), &finding);
        let shown = lines.iter().map(|line| line.render(false)).collect::<Vec<_>>();
        assert_eq!(shown, ["a\\u{7}.md: error[too-large]: too large", "  move it"]);
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "[a\\té王\\n\u{301}]{0,200}", start in 0usize..250, length in 0usize..250) {
            let finding = Finding::new(Code::BadDate, Span::new(start, start + length), "x");
            snippet("x.md", Some(&text), &finding);
        }
    }
}
