//! Logs: dated entries under `## Log`, as different people write them.

use crate::generator::prose;
use crate::generator::random::Random;
use crate::generator::register::Register;
use ties::text::day::Day;

/// Kind words and how often they come, of a hundred.
const KINDS: &[(usize, &str)] = &[
    (24, "call"),
    (14, "met"),
    (18, "message"),
    (8, "mail"),
    (3, "letter"),
    (5, "video"),
    (5, "visit"),
    (5, "coffee"),
    (3, "lunch"),
    (3, "walk"),
    (2, "signal"),
    (3, "note"),
    (3, "heard"),
    (2, "tried"),
    (2, "gift"),
];

const EVENTS: &[&str] = &[
    "new-job",
    "new-baby",
    "move",
    "wedding",
    "graduation",
    "exam",
    "trip",
    "illness",
    "recovered",
];

/// How the owner of a log writes it.
#[derive(Debug, Clone, Copy)]
struct Style {
    marker: char,
    newest_first: bool,
    form: Form,
}

#[derive(Debug, Clone, Copy)]
enum Form {
    /// `- 2026-10-12 call: text`
    Plain,
    /// `- [2026-10-12]: text`
    Bracketed,
    /// `- 2026-10-12 — text`
    Dashed,
    /// `- 2026-10-12 · call · text`
    Dotted,
    /// `### 2026-10-12 call` with the text below
    Headed,
}

/// A log of about `length` bytes that the note of `of` holds, newest entry on or before `newest`; the first entries
/// may go back to 1990 and stop there.
pub(crate) fn section(
    random: &mut Random,
    register: &Register,
    of: usize,
    newest: Day,
    length: usize,
) -> String {
    let style = style(random);
    let typical = random.within(4, 120);
    // Who has much to tell tells it at length: a long log has longer entries, not thousands of them.
    let wordy = length > 6_000;
    let mut day = newest;
    let mut entries = Vec::new();
    let mut written = 0;
    while written < length && day.year() > 1990 {
        let entry = entry(random, register, of, style, day, wordy);
        written += entry.len();
        entries.push(entry);
        day = day.plus_days(-(random.within(1, typical * 2) as i64));
    }
    if !style.newest_first {
        entries.reverse();
    }
    format!("## {}\n{}", heading(random), entries.concat())
}

fn heading(random: &mut Random) -> &'static str {
    match random.below(20) {
        0 => "Interactions",
        1 => "Conversations",
        _ => "Log",
    }
}

fn style(random: &mut Random) -> Style {
    let marker = if random.chance(12.0) { '*' } else { '-' };
    let newest_first = random.chance(85.0);
    let form = match random.below(25) {
        0 => Form::Bracketed,
        1 => Form::Dashed,
        2 => Form::Dotted,
        3 => Form::Headed,
        _ => Form::Plain,
    };
    Style { marker, newest_first, form }
}

fn entry(
    random: &mut Random,
    register: &Register,
    of: usize,
    style: Style,
    day: Day,
    wordy: bool,
) -> String {
    let kind = kind(random);
    let with = company(random, register, of, kind);
    let text = text(random, register, of, wordy);
    let Style { marker, .. } = style;
    let line = match style.form {
        Form::Bracketed => format!("{marker} [{day}]: {text}\n"),
        Form::Dashed => format!("{marker} {day} — {text}\n"),
        Form::Dotted => format!("{marker} {day} · {kind} · {text}\n"),
        Form::Headed => return format!("\n### {day} {kind}{with}\n\n{text}\n"),
        Form::Plain if random.chance(6.0) => format!("{marker} {day} {text}\n"),
        Form::Plain => format!("{marker} {day} {kind}{with}: {text}\n"),
    };
    line + &below(random, style, day)
}

fn kind(random: &mut Random) -> &'static str {
    let mut at = random.below(100);
    for (weight, kind) in KINDS {
        match at.checked_sub(*weight) {
            Some(rest) => at = rest,
            None => return kind,
        }
    }
    "call"
}

/// Links in the head: those who were there too.
fn company(random: &mut Random, register: &Register, of: usize, kind: &str) -> String {
    let together = matches!(kind, "met" | "visit" | "coffee" | "lunch" | "walk");
    let count = match random.below(10) {
        0..=1 if together => 1,
        2 if together => 2,
        0 => 1,
        _ => 0,
    };
    let links = (0..count).map(|_| {
        let other = register.acquaintance(random, of);
        format!(" {}", register.link(random, other))
    });
    links.collect()
}

fn text(random: &mut Random, register: &Register, of: usize, wordy: bool) -> String {
    let mut text = prose::clause(random);
    let more = if wordy { random.within(2, 12) } else { usize::from(random.chance(30.0)) };
    for _ in 0..more {
        text = format!("{text}. {}", prose::capital(&prose::clause(random)));
    }
    if random.chance(12.0) {
        let other = register.acquaintance(random, of);
        text = format!("{text}, with regards from {}", register.link(random, other));
    }
    if random.chance(2.0) {
        text = format!("{text} #event/{}", random.pick(EVENTS));
    } else if random.chance(4.0) {
        text = format!("{text} #{}", prose::interest(random).replace(' ', "-"));
    }
    text
}

/// What is written below an entry: promises and afterthoughts.
fn below(random: &mut Random, style: Style, day: Day) -> String {
    let marker = style.marker;
    match random.below(100) {
        0..=4 => format!("  {marker} [x] {} ✅ {}\n", prose::deed(random), day.plus_days(9)),
        5..=6 => format!("  {marker} [ ] {} 📅 {}\n", prose::deed(random), day.plus_days(21)),
        7 => format!("  {marker} [ ] waiting: the address of {}\n", prose::topic(random)),
        8..=12 => format!("  {marker} {}\n", prose::clause(random)),
        _ => String::new(),
    }
}
