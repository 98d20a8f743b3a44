//! Daily notes, habits and the inbox.

use crate::generator::prose;
use crate::generator::random::Random;
use crate::generator::register::Register;
use ties::text::day::Day;

const LINES: &[&str] =
    &["Rain on the skylight.", "Wrote five lines to nobody.", "The good kind of tired."];

/// A dated note of about `length` bytes: its path and its text.
pub(crate) fn note(
    random: &mut Random,
    register: &Register,
    day: Day,
    length: usize,
) -> (String, String) {
    let near = random.below(register.people.len());
    let meeting = random.chance(20.0);
    let mut text = if meeting { attendees(random, register, near) } else { String::new() };
    text.push_str(&format!("# {} {}\n\n", day.weekday().name(), day.day_of_month()));
    while text.len() < length {
        text.push_str(&block(random, register, near, day));
    }
    let name = if meeting { format!("{day} meeting") } else { day.to_string() };
    (format!("journal/{}/{name}.md", day.year()), text)
}

fn attendees(random: &mut Random, register: &Register, near: usize) -> String {
    let links = (0..random.within(1, 4)).map(|_| {
        let other = register.acquaintance(random, near);
        register.quoted_link(random, other)
    });
    format!("---\npeople: [{}]\ntags: [meeting]\n---\n", links.collect::<Vec<_>>().join(", "))
}

fn block(random: &mut Random, register: &Register, near: usize, day: Day) -> String {
    let other = register.acquaintance(random, near);
    let link = register.link(random, other);
    let clause = prose::clause(random);
    match random.below(8) {
        0 => format!("- coffee {link}: {clause}\n"),
        1 => format!("- call {link}: {clause}\n"),
        2 => format!("- Thought of {link}, who {clause}\n"),
        3 => format!("- [ ] {} for {link} 📅 {}\n", prose::deed(random), day.plus_days(14)),
        4 => format!("- [x] message {link}: {clause}\n"),
        5 => format!("\n{} {link} {clause}.\n\n", prose::capital(prose::topic(random))),
        _ => {
            let length = random.within(120, 500);
            format!("\n{}\n\n", prose::paragraph(random, length, LINES))
        }
    }
}

/// The habits: paths and texts.
pub(crate) fn habits(today: Day) -> Vec<(String, String)> {
    const HABITS: &[(&str, &str, i64)] = &[
        ("Walk 20 minutes", "weekdays", 1),
        ("Write a letter", "monthly", 30),
        ("Practise the viola", "mon wed fri", 2),
        ("A word to somebody close", "3 per week", 3),
        ("Read before sleep", "daily", 1),
    ];
    HABITS.iter().map(|(name, schedule, gap)| habit(name, schedule, *gap, today)).collect()
}

fn habit(name: &str, schedule: &str, gap: i64, today: Day) -> (String, String) {
    let entries =
        (1..200).map(|past| format!("- {}\n", today.plus_days(-past * gap))).collect::<String>();
    let path = format!("habits/{}.md", name.to_lowercase().replace(' ', "-"));
    let head = format!("---\nhabit: {name}\nschedule: {schedule}\ngrace: 1 per week\n---\n");
    (path, format!("{head}\n## Log\n{entries}"))
}

/// The inbox.
pub(crate) fn inbox(random: &mut Random, register: &Register, today: Day) -> (String, String) {
    let tasks = (0..40).map(|at| {
        let other = random.below(register.people.len());
        let link = register.link(random, other);
        format!("- [ ] {} for {link} 📅 {}\n", prose::deed(random), today.plus_days(at))
    });
    ("inbox.md".to_owned(), format!("# Inbox\n\n{}", tasks.collect::<String>()))
}
