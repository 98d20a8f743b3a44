//! How a page about somebody is laid out: two columns, items of a list, long values wrapped.
//!
//! Always true here: no line is wider than the page, but for a word that is alone on it.

use crate::text::columns::{beside, width, wrap};

/// The widest that a column of labels becomes.
const LABEL: usize = 28;

/// Two columns: each row a label and what it says, as the lines it takes.
pub fn rows(rows: &[(String, String)], columns: usize) -> Vec<Vec<String>> {
    let label_width = rows.iter().map(|(label, _)| width(label)).max().unwrap_or(0).min(LABEL);
    let row = |(label, value): &(String, String)| {
        let gap = " ".repeat(label_width.saturating_sub(width(label)));
        let value = beside(value, label_width + 4, columns);
        let first = format!("  {label}{gap}  {}", value.first).trim_end().to_owned();
        std::iter::once(first).chain(value.below).collect()
    };
    rows.iter().map(row).collect()
}

/// [`rows`] as one text.
pub fn table(of: &[(String, String)], columns: usize) -> String {
    rows(of, columns).iter().flatten().map(|line| format!("{line}\n")).collect()
}

/// An item of a list, as the lines it takes; none for a text without a word.
pub fn item(text: &str, columns: usize) -> Vec<String> {
    let lines = wrap(text, columns.saturating_sub(4)).into_iter().enumerate();
    lines.map(|(at, line)| format!("  {} {line}", if at == 0 { '-' } else { ' ' })).collect()
}

/// A line that may be too long, its further lines indented.
pub fn hanging(text: &str, columns: usize) -> Vec<String> {
    let lines = wrap(text, columns.saturating_sub(2)).into_iter().enumerate();
    lines.map(|(at, line)| if at == 0 { line } else { format!("  {line}") }).collect()
}
