//! `ties habit`

use crate::app::asking::situation;
use crate::app::session::Session;
use crate::features::habit_view::{FoundHabit, HabitView, find, view, views};
use crate::features::habits::{standing, streak_words};
use crate::features::new_habit::{NewHabit, new_habit};
use crate::features::standing::Situation;
use crate::features::tick::{Tick, Ticked, tick};
use crate::frontends::cli::carry_out::carry_out;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::given::past_day;
use crate::frontends::cli::habit_page::{list, page};
use crate::frontends::cli::line::Line;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::cli::who::one;
use crate::frontends::wire::json;
use crate::frontends::wire_habits::WireHabits;
use crate::people::book::Book;
use crate::people::habit::{Habit, HabitEntry};
use crate::text::phrase;
use crate::text::span::Span;
use clap::{Args, Subcommand};

/// Show habits with their calendars, tick one, or begin one
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  ties habit                              all, with the last weeks of each
  ties habit walk                         one, with its notes and partners
  ties habit done walk
  ties habit done walk in the rain --on yesterday
  ties habit skip walk a headache         excused: it counts neither way
  ties habit add \"Walk 20 minutes\" --schedule weekdays --after lunch --with ana

HABIT is a name, the start of one, or a file name. docs/habits.md tells more; `ties undo` takes a tick back."
)]
pub struct HabitArguments {
    #[command(subcommand)]
    action: Option<Action>,
    /// Only this one, with all that is known of it
    #[arg(value_name = "HABIT")]
    habit: Vec<String>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Action {
    Done(DoneArguments),
    Skip(SkipArguments),
    Add(AddArguments),
}

/// Tick a habit
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties habit done walk
  ties habit done walk in the rain
  ties habit done \"call avó\" --on sun")]
struct DoneArguments {
    #[command(flatten)]
    tick: TickArguments,
}

/// Excuse a habit for a day, which counts neither way
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties habit skip walk
  ties habit skip walk a headache --on yesterday")]
struct SkipArguments {
    #[command(flatten)]
    tick: TickArguments,
}

#[derive(Debug, Args)]
struct TickArguments {
    /// A name, the start of one, or a file name
    #[arg(value_name = "HABIT")]
    habit: String,
    /// What is worth keeping of it; may be left out
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// When: yesterday, last fri, 2026-11-03; today where it is left out
    #[arg(long, value_name = "WHEN")]
    on: Option<String>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Begin a habit
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties habit add \"Walk 20 minutes\" --schedule weekdays --after lunch --with ana --report-weekly
  ties habit add \"A word to somebody close\" --schedule \"3 per week\" --done-by \"contact circle:inner\"

The note is made from templates/habit.md.")]
struct AddArguments {
    /// What it is called
    name: String,
    /// When: daily, weekdays, "mon wed fri", "3 per week", monthly
    #[arg(long, value_name = "SCHEDULE")]
    schedule: Option<String>,
    /// The routine, or the habit, that it comes after
    #[arg(long, value_name = "ROUTINE")]
    after: Option<String>,
    /// A partner in it; may be given again
    #[arg(long, value_name = "WHO")]
    with: Vec<String>,
    /// Whose contact ticks it, as a query: "contact circle:inner"
    #[arg(long, value_name = "QUERY")]
    done_by: Option<String>,
    /// What is enough on a hard day
    #[arg(long, value_name = "TEXT")]
    recovery: Option<String>,
    /// What is forgiven: "1 per week"
    #[arg(long, value_name = "TIMES")]
    grace: Option<String>,
    /// Let the agenda say when the partners are to be told of the week
    #[arg(long)]
    report_weekly: bool,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Shows, ticks or begins habits.
pub fn run(
    arguments: &HabitArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    match &arguments.action {
        Some(Action::Done(of)) => write_tick(&of.tick, false, session, output),
        Some(Action::Skip(of)) => write_tick(&of.tick, true, session, output),
        Some(Action::Add(of)) => add(of, session, output),
        None => show(arguments, session, output),
    }
}

/// Whether it only shows what there is.
pub fn tells_much(arguments: &HabitArguments) -> bool {
    arguments.action.is_none()
}

fn show(
    arguments: &HabitArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let reading = read(session, output);
    let situation = situation(session, &reading);
    let columns = output.terminal.limit.unwrap_or(COLUMNS);
    if arguments.habit.is_empty() {
        let views = views(&situation);
        if arguments.json {
            show_json(&situation, &views, output);
        } else if views.is_empty() {
            output.talk(&Line::of("There is no habit yet."));
            output.hint("`ties habit add \"Walk 20 minutes\"` begins one");
        } else {
            list(&situation, &views, columns).iter().for_each(|line| output.data(line));
        }
        return Ok(ended(&reading, output));
    }
    let habit = meant(&reading.book, &arguments.habit.join(" "), output)?;
    let view = view(&situation, habit);
    if arguments.json {
        show_json(&situation, &[view], output);
    } else {
        page(&situation, &view, columns).iter().for_each(|line| output.data(line));
    }
    Ok(ended(&reading, output))
}

/// As wide as a page is where no screen says how wide it is.
const COLUMNS: usize = 80;

fn show_json(situation: &Situation<'_>, views: &[HabitView<'_>], output: &mut Output) {
    output.data_text(&json(WireHabits::new(situation.book, views, situation.day)));
}

fn write_tick(
    arguments: &TickArguments,
    excused: bool,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let today = session.today;
    let on = arguments.on.as_deref().map(|on| past_day(on, today)).transpose()?;
    let of = Tick { day: on.unwrap_or(today), excused, text: arguments.text.join(" ") };
    let reading = read(session, output);
    let habit = meant(&reading.book, &arguments.habit, output)?;
    let situation = situation(session, &reading);
    let before = view(&situation, habit);
    if let Some(by) = before.by_contact(of.day).filter(|_| excused) {
        let done = format!("{} is done {}, by {by}", habit.name, phrase::on_day(of.day, today));
        return Err(Failure::usage(done).hint("a day that is done needs no excuse"));
    }
    if let Some(by) = before.by_contact(of.day).filter(|_| of.text.is_empty()) {
        output.talk(&Line::of(format!("Nothing to write: {by} ticked it already.")));
        return Ok(Exit::Done);
    }
    match tick(habit, &session.vocabulary, today, &of)? {
        Ticked::There { line } => {
            let place = format!("{}:{line}", habit.path);
            output.talk(&Line::of(format!("Nothing to write: {place} says so already.")));
        }
        Ticked::New(change) => {
            let when = phrase::on_day(of.day, today);
            let verb = if excused { "Excused" } else { "Done" };
            let done = format!("{verb} {when}: {}", habit.name);
            if carry_out(session, &change, arguments.dry_run, &done, output)? {
                say_more(&situation, &before, &of, output);
            }
        }
    }
    Ok(Exit::Done)
}

/// How it goes with the tick.
fn say_more(situation: &Situation<'_>, before: &HabitView<'_>, of: &Tick, output: &mut Output) {
    let entry = HabitEntry {
        day: of.day,
        excused: of.excused,
        text: of.text.clone(),
        line: 0,
        span: Span::at(0),
    };
    let mut habit = Habit::clone(&before.ticked);
    habit.entries.push(entry);
    let after = standing(&habit, situation.day, situation.settings);
    let streak = streak_words(&habit, after.streak);
    let words = [after.recently, streak].into_iter().flatten().collect::<Vec<_>>();
    if !words.is_empty() && !of.excused {
        output.talk(&Line::of(format!("{}.", phrase::capital(&words.join(", ")))));
    }
}

fn add(arguments: &AddArguments, session: &Session, output: &mut Output) -> Result<Exit, Failure> {
    let reading = read(session, output);
    let mut with = Vec::new();
    for name in &arguments.with {
        with.push(one(&reading.book, name, output)?);
    }
    let habit = NewHabit {
        name: arguments.name.clone(),
        schedule: arguments.schedule.clone(),
        after: arguments.after.clone(),
        with,
        done_by: arguments.done_by.clone(),
        recovery: arguments.recovery.clone(),
        grace: arguments.grace.clone(),
        weekly_report: arguments.report_weekly,
    };
    let template = session.text(&format!("{}/habit.md", session.vocabulary.folders.templates));
    let change = new_habit(&situation(session, &reading), &habit, template.as_deref())?;
    let done = format!("{} has a note", habit.name);
    carry_out(session, &change, arguments.dry_run, &done, output)?;
    Ok(Exit::Done)
}

/// The habit that `text` means.
fn meant<'a>(book: &'a Book, text: &str, output: &mut Output) -> Result<&'a Habit, Failure> {
    match find(book, text) {
        FoundHabit::One(habit) => Ok(habit),
        FoundHabit::Several(habits) => choose(text, &habits, output),
        FoundHabit::Nothing(near) => {
            let failure = Failure::no(format!("no habit is called `{}`", text.trim()));
            let failure = match near {
                Some(near) => failure.hint(format!("did you mean `{near}`?")),
                None => failure,
            };
            Err(failure.hint("`ties habit` shows all of them"))
        }
    }
}

/// More habits than this are not listed.
const LISTED: usize = 20;

fn choose<'a>(text: &str, habits: &[&'a Habit], output: &mut Output) -> Result<&'a Habit, Failure> {
    let listed = habits.iter().take(LISTED).enumerate();
    let listed = listed.map(|(at, habit)| format!("{}  {}  {}", at + 1, habit.name, habit.path));
    let listed = listed.collect::<Vec<_>>();
    if !output.terminal.can_ask() {
        let failure = Failure::usage(format!("`{text}` could mean {} habits", habits.len()));
        let failure = listed.into_iter().fold(failure, Failure::hint);
        return Err(failure.hint("type more of the name, or the path"));
    }
    let question = format!(
        "`{text}` could mean\n  {}\nWhich one? Its number, or nothing to stop: ",
        listed.join("\n  ")
    );
    let answer = output.ask(&question).and_then(|answer| answer.trim().parse::<usize>().ok());
    let chosen = answer.and_then(|number| habits.get(number.checked_sub(1)?));
    chosen.copied().ok_or_else(|| Failure::usage("nothing was chosen, so nothing was done"))
}
