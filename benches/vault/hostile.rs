//! Notes that nobody would write: four times the text must not take much more than four times as long.

use crate::generator::vault::today;
use crate::measure::{Spent, timed};
use crate::report::{Promise, Report};
use std::error::Error;
use std::hint::black_box;
use ties::features::agenda::compose::compose;
use ties::features::check;
use ties::features::settings::Settings;
use ties::note::change::{KeyValue, Wish};
use ties::note::path::NotePath;
use ties::note::rewrite::rewrite;
use ties::people::book::Book;
use ties::people::decode::decode;
use ties::people::vocabulary::Vocabulary;

/// How a note begins, and what is then repeated.
const PATTERNS: &[(&str, &str)] = &[
    ("## Log\n", "- 2026-01-01 call: x\n"),
    ("## Log\n", "- 2026-01-01 x\n  - [ ] y\n"),
    ("## Log\n", "- 2026-01-01 kall: x\n"),
    ("## Log\n", "### 2026-01-01 call\n- x\n"),
    ("## Log\n", "#### a\n- 2026-01-01 x\n"),
    ("## Log\n", "> ### 2026-01-01 call\n\n### 2026-01-01 call\n"),
    ("## Log\n", "-\n"),
    ("## Log\n- 2026-01-01 ", "[[a]] "),
    ("## Log\n- 2026-01-01 ", "#event/x "),
    ("## Log\n- 2026-01-01 ", "a: "),
    ("## Log\n- 2026-01-01 met [[a]] ", "("),
    ("## Gifts\n", "- idea: x\n"),
    ("## Events\n", "- 2026-01-01 x: y\n"),
    ("", "- 2026-01-01 call: x\n\n## a\n"),
    ("", "- 2026-01-01..2026-01-02 trip: x\n"),
    ("", "coffee [[a]]: x\n"),
    ("", "- [ ] y\n"),
    ("", "- [ ] y 📅 2026-01-01 🔁 every week ✅ 2026-01-01\n"),
    ("- [ ] ", " 📅 2026-01-01"),
    ("- [ ] ", "[due:: 2026-01-01] "),
    ("- [ ] ", "a:: "),
    ("", "- "),
    ("", "1. a\n"),
    ("", "- a\n  - b\n    - c\n"),
    ("", "> "),
    ("", "> a\n"),
    ("", "[[a]] "),
    ("", "[[a"),
    ("", "["),
    ("", "\\[[a"),
    ("", "[a]: b\n"),
    ("", "[^a]: b\n"),
    ("", "*a **b "),
    ("", "`a` "),
    ("", "#event/x "),
    ("", "a ^b\n\n"),
    ("", "%%a%% "),
    ("", "%%\na\n%%\n"),
    ("", "<!-- "),
    ("", "<!--a--> "),
    ("", "<a "),
    ("", "<<<<<<< a\n"),
    ("", "a\n=\n"),
    ("", "\r"),
    ("|a|\n|-|\n", "|[[b]]|\n"),
    ("---\n", "a: b\n"),
    ("---\n", "a: b: c\n"),
    ("---\n", "\ta\n"),
    ("---\n", "a:\n "),
    ("---\na:\n", "- x\n"),
    ("---\na: ", "["),
    ("---\na: ", "{a: "),
    ("---\na: \"", "x\\n"),
    ("---\npeople: [", "\"[[a]]\", "),
];

/// Bytes of the short notes; the long ones have four times as many.
const SHORT: usize = 60_000;

/// Shorter times say nothing about growth.
const SPEAKS: f64 = 0.005;

/// Adds a row for the pattern that grows worst.
pub(crate) fn measured(report: &mut Report) -> Result<(), Box<dyn Error>> {
    let vocabulary = Vocabulary::default();
    let mut worst = (0.0, String::new(), Spent::default(), Spent::default());
    for (head, unit) in PATTERNS {
        for path in ["people/a.md", "journal/2026-01-01.md"] {
            let path = NotePath::new(path).ok_or("a path")?;
            let spent = |size| best(&path, &note(head, unit, size), &vocabulary);
            let (short, long) = (spent(SHORT), spent(4 * SHORT));
            let seconds = long.cpu.as_secs_f64();
            let growth = seconds / short.cpu.as_secs_f64();
            if seconds > SPEAKS && growth > worst.0 {
                worst = (growth, format!("{:?} in {path}", format!("{head}{unit}…")), short, long);
            }
        }
    }
    let (_, name, short, long) = worst;
    let name = name.replace('|', "\\|");
    let job =
        format!("four times as much of the worst of {} hostile notes: `{name}`", PATTERNS.len());
    report.times(&job, &[long], ("times", &[short]), Promise::Times(8.0));
    Ok(())
}

fn note(head: &str, unit: &str, size: usize) -> String {
    let end = if head.starts_with("---") { "\n---\n" } else { "" };
    format!("{head}{}{end}", unit.repeat(size / unit.len()))
}

/// The best of three times to read, check and change a note.
fn best(path: &NotePath, text: &str, vocabulary: &Vocabulary) -> Spent {
    let work = || {
        let book = Book::new(vec![decode(path, text, vocabulary)], vocabulary, None);
        black_box(check::findings(&book, today()));
        let agenda = compose(&book, today(), &Settings::default(), vocabulary, None);
        drop(black_box(agenda));
        wishes().into_iter().for_each(|wish| drop(black_box(rewrite(text, &[wish]))));
    };
    (0..3).map(|_| timed(work).1).min().unwrap_or_default()
}

fn wishes() -> [Wish; 2] {
    let entry = format!("{} call: x", today());
    let next = KeyValue::Text("Ask: how was it?".to_owned());
    [
        Wish::InsertEntry { headings: vec!["Log".to_owned()], date: today(), lines: vec![entry] },
        Wish::SetKey { keys: vec!["next".to_owned()], value: next },
    ]
}
