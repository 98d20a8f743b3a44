//! Habits on a screen: how each stands in words, and its weeks as a calendar of signs.
//!
//! Always true here: every sign is another one, so the calendar reads without colours; nothing is wider than the
//! screen.

use crate::features::habit_calendar::{Calendar, calendar};
use crate::features::habit_view::HabitView;
use crate::features::habits::{Mark, title};
use crate::features::standing::Situation;
use crate::frontends::cli::line::{Label, Line};
use crate::note::link_write::without_links;
use crate::people::habit::Schedule;
use crate::text::columns::{beside, wrap};
use crate::text::day::{Day, WEEKDAYS};
use crate::text::phrase;

/// A mark: its sign, how it looks, and what it means.
const SIGNS: [(Mark, &str, Label, &str); 8] = [
    (Mark::Done, "■", Label::Added, "done"),
    (Mark::Besides, "▪", Label::Added, "done besides"),
    (Mark::Missed, "□", Label::Plain, "not done"),
    (Mark::Forgiven, "◦", Label::Place, "forgiven"),
    (Mark::Excused, "×", Label::Place, "excused"),
    (Mark::Away, "~", Label::Quiet, "away"),
    (Mark::NotPlanned, "·", Label::Quiet, "not planned"),
    (Mark::Open, "○", Label::Warning, "open"),
];

/// The fewest and the most weeks in a list, and on the page of one habit.
const FEWEST: usize = 12;
const IN_LIST: usize = 26;
const ON_PAGE: usize = 53;
/// The columns before the signs: two spaces and the day of the week.
const BEFORE: usize = 6;
/// So many notes of progress stand on a page.
const NOTES: usize = 12;

/// All habits, `columns` wide.
pub fn list(situation: &Situation<'_>, views: &[HabitView<'_>], columns: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut marks = Vec::new();
    for view in views {
        if !lines.is_empty() {
            lines.push(Line::new());
        }
        lines.extend(head(view, columns));
        let names = view.partner_names(situation.book).map(|names| format!("with {names}"));
        let today = std::iter::once(view.today_words(situation));
        let words = today.chain(view.words()).chain(names).collect::<Vec<_>>().join(" · ");
        lines.extend(indented(&words, columns, Label::Plain));
        lines.extend(
            view.standing
                .recovery
                .iter()
                .flat_map(|recovery| indented(&without_links(recovery), columns, Label::Help)),
        );
        lines.extend(schedule_trouble(view, columns));
        lines.extend(view.trouble.iter().flat_map(|trouble| {
            let words = format!("its `done_by` is not understood: {trouble}");
            indented(&words, columns, Label::Warning)
        }));
        let weeks = weeks(view, situation.day, columns, IN_LIST);
        let calendar = calendar(&view.history, situation.day, weeks);
        marks.extend(calendar.marks());
        lines.extend(drawn(view, &calendar, columns));
    }
    lines.extend(legend(marks, columns));
    lines
}

/// One habit with all that is known of it.
pub fn page(situation: &Situation<'_>, view: &HabitView<'_>, columns: usize) -> Vec<Line> {
    let mut lines = head(view, columns);
    let today = std::iter::once(view.today_words(situation));
    let words = today.chain(view.words()).collect::<Vec<_>>().join(" · ");
    lines.extend(indented(&words, columns, Label::Plain));
    lines.extend(
        view.standing
            .recovery
            .iter()
            .flat_map(|recovery| indented(&without_links(recovery), columns, Label::Help)),
    );
    lines.extend(schedule_trouble(view, columns));
    let calendar =
        calendar(&view.history, situation.day, weeks(view, situation.day, columns, ON_PAGE));
    lines.push(Line::new());
    lines.extend(drawn(view, &calendar, columns));
    lines.extend(legend(calendar.marks(), columns));
    let facts = view.facts(situation.book);
    lines.extend((!facts.is_empty()).then(Line::new));
    for (label, value) in facts {
        lines.extend(labelled(label, &value, columns));
    }
    lines.extend(notes(situation, view, columns));
    lines.push(Line::new());
    lines.push(Line::of("  ").label(Label::Place, view.habit.path.as_str()));
    lines
}

fn head(view: &HabitView<'_>, columns: usize) -> Vec<Line> {
    let lines = wrap(&title(view.habit), columns);
    lines.iter().map(|line| Line::new().label(Label::Heading, line)).collect()
}

fn schedule_trouble(view: &HabitView<'_>, columns: usize) -> Vec<Line> {
    let trouble = view.schedule_trouble.iter();
    trouble.flat_map(|trouble| indented(trouble, columns, Label::Warning)).collect()
}

fn indented(words: &str, columns: usize, label: Label) -> Vec<Line> {
    let lines = wrap(words, columns.saturating_sub(2));
    lines.iter().map(|line| Line::of("  ").label(label, line)).collect()
}

fn labelled(label: &str, value: &str, columns: usize) -> Vec<Line> {
    let start = Line::of("  ").label(Label::Quiet, label).fill(12);
    let told = beside(value, start.width(), columns);
    let below = told.below.iter().map(Line::of).collect::<Vec<_>>();
    std::iter::once(start.plain(told.first)).chain(below).collect()
}

fn notes(situation: &Situation<'_>, view: &HabitView<'_>, columns: usize) -> Vec<Line> {
    let notes = view.notes();
    if notes.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![Line::new(), Line::new().label(Label::Heading, "Notes")];
    for entry in notes.iter().take(NOTES) {
        let day = phrase::short(entry.day, situation.day);
        let start = Line::of("  ").label(Label::Quiet, day).fill(14);
        let told = beside(&without_links(&entry.text), start.width(), columns);
        lines.push(start.plain(told.first));
        lines.extend(told.below.iter().map(Line::of));
    }
    if notes.len() > NOTES {
        let more = format!("  and {} more in the note", notes.len() - NOTES);
        lines.push(Line::new().label(Label::Quiet, more));
    }
    lines
}

/// How many weeks are shown: those of the habit as far as they fit. Each takes two columns, or one where there is
/// little room.
fn weeks(view: &HabitView<'_>, day: Day, columns: usize, most: usize) -> usize {
    let room = columns.saturating_sub(BEFORE);
    let of_habit = view.history.start.monday().days_until(day) / 7 + 1;
    let of_habit = usize::try_from(of_habit).unwrap_or(0).max(FEWEST);
    let wide = room.div_ceil(2).min(most).min(of_habit);
    if wide >= FEWEST { wide } else { room.clamp(1, FEWEST) }
}

fn drawn(view: &HabitView<'_>, calendar: &Calendar, columns: usize) -> Vec<Line> {
    let wide = calendar.mondays.len() * 2 <= columns.saturating_sub(BEFORE) + 1;
    let gap = if wide { " " } else { "" };
    let mut lines = vec![months(calendar, gap.len() + 1)];
    for (weekday, row) in WEEKDAYS.iter().zip(&calendar.rows) {
        lines.push(signs(weekday.name().get(..3).unwrap_or(""), row, gap));
    }
    let label = match &view.habit.schedule {
        Schedule::TimesPerMonth(_) => "mo",
        _ => "wk",
    };
    let spans = calendar.spans.as_ref().map(|spans| signs(label, spans, gap));
    lines.extend(spans);
    lines
}

fn signs(label: &str, row: &[Option<Mark>], gap: &str) -> Line {
    let start = Line::of("  ").label(Label::Quiet, label).fill(BEFORE);
    row.iter().fold(start, |line, mark| match mark {
        Some(mark) => {
            let (_, sign, label, _) = signed(*mark);
            line.label(label, sign).plain(gap)
        }
        None => line.plain(" ").plain(gap),
    })
}

fn signed(mark: Mark) -> (Mark, &'static str, Label, &'static str) {
    let known = SIGNS.into_iter().find(|(of, ..)| *of == mark);
    known.unwrap_or((mark, " ", Label::Plain, ""))
}

/// The names of the months above the weeks, where there is room for them.
fn months(calendar: &Calendar, step: usize) -> Line {
    let end = BEFORE + calendar.mondays.len() * step;
    let mut line = Line::new();
    for (column, month) in calendar.months() {
        let at = BEFORE + column * step;
        let short = month.get(..3).unwrap_or(month);
        let is_free = line.width() == 0 || line.width() < at;
        if is_free && at + short.len() <= end.max(BEFORE + 3) {
            line = line.fill(at).label(Label::Quiet, short);
        }
    }
    line
}

/// What the signs mean, those that are there.
fn legend(mut marks: Vec<Mark>, columns: usize) -> Vec<Line> {
    marks.sort_unstable();
    marks.dedup();
    // A sign and its words stay together: the space between them is one that does not break.
    let words = marks.into_iter().map(|mark| {
        let (_, sign, _, words) = signed(mark);
        format!("{sign}\u{a0}{}", words.replace(' ', "\u{a0}"))
    });
    let words = words.collect::<Vec<_>>().join("  ");
    if words.is_empty() {
        return Vec::new();
    }
    let lines = wrap_at_spaces(&words, columns.saturating_sub(2));
    let lines = lines.iter().map(|line| Line::of("  ").label(Label::Quiet, line));
    std::iter::once(Line::new()).chain(lines).collect()
}

/// [`wrap`] breaks at every white space, the one that does not break included.
fn wrap_at_spaces(words: &str, columns: usize) -> Vec<String> {
    let joined = words.replace('\u{a0}', "\u{1}");
    wrap(&joined, columns).iter().map(|line| line.replace('\u{1}', " ")).collect()
}
