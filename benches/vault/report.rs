//! The table, row by row.

use crate::measure::{Spent, median, ratio};
use std::time::Duration;

/// What was measured, and what was promised of it.
#[derive(Debug, Default)]
pub(crate) struct Report {
    rows: Vec<[String; 5]>,
    broken: usize,
}

/// What is promised.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Promise {
    /// Nothing; it is told for comparison.
    None,
    /// At most so many times the unit.
    Times(f64),
    /// At most so long by processor time.
    Time(Duration),
}

impl Report {
    /// A yardstick, or something without one.
    pub(crate) fn time(&mut self, job: &str, runs: &[Spent], promise: Promise) {
        self.push(job, runs, String::new(), promise, 0.0);
    }

    /// A job beside its yardstick, which is called `unit`.
    pub(crate) fn times(
        &mut self,
        job: &str,
        runs: &[Spent],
        (unit, of): (&str, &[Spent]),
        promise: Promise,
    ) {
        let ratio = ratio(runs, of);
        self.push(job, runs, format!("{ratio:.1} {unit}"), promise, ratio);
    }

    /// Something for each of `count` notes.
    pub(crate) fn per_note(
        &mut self,
        job: &str,
        runs: &[Spent],
        (unit, of): (&str, &[Spent]),
        count: usize,
    ) {
        let each = median(runs, |run| run.cpu).as_secs_f64() * 1e6 / count as f64;
        self.times(&format!("{job}: {each:.1} µs a note"), runs, (unit, of), Promise::None);
    }

    fn push(&mut self, job: &str, runs: &[Spent], ratio: String, promise: Promise, value: f64) {
        let (cpu, wall) = (median(runs, |run| run.cpu), median(runs, |run| run.wall));
        let (promised, kept) = match promise {
            Promise::None => (String::new(), true),
            Promise::Times(most) => (format!("≤ {most} times"), value <= most),
            Promise::Time(most) => (format!("≤ {}", shown(most)), cpu <= most),
        };
        let verdict = if kept { "" } else { ", **not kept**" };
        self.broken += usize::from(!kept);
        let row = [job.to_owned(), shown(cpu), shown(wall), ratio, format!("{promised}{verdict}")];
        self.rows.push(row);
    }

    /// How many promises are not kept.
    pub(crate) fn broken(&self) -> usize {
        self.broken
    }

    /// The table as Markdown.
    pub(crate) fn table(&self) -> String {
        let rows = self.rows.iter().map(|row| format!("| {} |\n", row.join(" | ")));
        let head = "| job | processor | wall | ratio | promise |\n|---|---:|---:|---:|---|\n";
        format!("{head}{}", rows.collect::<String>())
    }
}

fn shown(time: Duration) -> String {
    let milliseconds = time.as_secs_f64() * 1e3;
    match milliseconds {
        0.0..10.0 => format!("{milliseconds:.2} ms"),
        10.0..100.0 => format!("{milliseconds:.1} ms"),
        _ => format!("{milliseconds:.0} ms"),
    }
}
