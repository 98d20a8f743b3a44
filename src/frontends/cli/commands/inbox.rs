//! `ties inbox`

use crate::app::session::Session;
use crate::effects::signals::end;
use crate::features::capture::doubt::Given;
use crate::features::capture::names::NameTable;
use crate::features::capture::plan::{Planned, plan};
use crate::features::capture::told::{name, told};
use crate::features::capture::words::words;
use crate::features::inbox::{Proposal, Proposed, Sorting, add, done, words_of};
use crate::features::inbox_lines::{InboxLine, LineKind, inbox_lines};
use crate::features::steps::told_steps;
use crate::frontends::cli::carry_out::carry_out;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::read;
use crate::frontends::cli::sorting::{Answer, Decision, Shown, walk};
use crate::frontends::wire::json;
use crate::frontends::wire_inbox::WireInbox;
use crate::note::change::{Change, FileChange, Wish};
use crate::note::path::NotePath;
use crate::people::book::{Book, Found};
use crate::text::phrase;
use clap::{Args, Subcommand};

/// Sort what was only written down
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties inbox                                       line by line, one key each
  ties inbox add coffee with Ana, she has a new job
  ties inbox --list                                what is proposed for each line
  ties inbox --yes                                 write what is certain, keep the rest

A line leaves inbox.md in the same change that writes it into a note; `ties undo` brings it back. Recordings wait to be
listened to, `meant:` and `#reply` lines for the review of the week.")]
pub struct InboxArguments {
    #[command(subcommand)]
    command: Option<InboxCommand>,
    /// Only show the lines and what is proposed
    #[arg(long)]
    list: bool,
    /// The same as JSON
    #[arg(long, conflicts_with = "yes")]
    json: bool,
    /// Write what is certain without asking, and keep the rest
    #[arg(long, short, conflicts_with = "list")]
    yes: bool,
    /// Show what `--yes` would write, and write nothing
    #[arg(long, conflicts_with_all = ["list", "json"])]
    dry_run: bool,
}

#[derive(Debug, Subcommand)]
enum InboxCommand {
    /// Write a line down, to sort it later
    Add {
        /// What
        #[arg(value_name = "TEXT", required = true)]
        text: Vec<String>,
    },
}

/// Sorts the inbox.
pub fn run(
    arguments: &InboxArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let inbox = Inbox::of(session)?;
    if let Some(InboxCommand::Add { text }) = &arguments.command {
        if arguments.json || arguments.list || arguments.yes {
            return Err(Failure::usage("`add` writes a line down; it lists and sorts nothing")
                .hint("`ties inbox add TEXT`"));
        }
        let change = add(&inbox.path, inbox.text.as_deref(), &text.join(" "), session.today)?;
        carry_out(session, &change, arguments.dry_run, "Written down", output)?;
        return Ok(Exit::Done);
    }
    let text = inbox.text.as_deref().unwrap_or("");
    let lines = inbox_lines(text);
    let reading = read(session, output);
    let proposed = proposed(session, &reading.book, text, &lines);
    if arguments.json {
        let shape = WireInbox::new(&reading.book, inbox.path.as_str(), &proposed, session.today);
        output.data_text(&json(shape));
    } else if lines.is_empty() {
        output.talk(&Line::of("The inbox is empty."));
    } else if arguments.yes || arguments.dry_run {
        return write_certain(proposed, arguments.dry_run, &inbox.path, session, output);
    } else if !arguments.list && output.terminal.can_ask() && output.terminal.output {
        return ask(&reading.book, text, &lines, &inbox.path, session, output);
    } else {
        show(&reading.book, &proposed, session, output);
    }
    Ok(Exit::Done)
}

/// The file of the inbox.
struct Inbox {
    path: NotePath,
    /// `None` where it is not there.
    text: Option<String>,
}

impl Inbox {
    fn of(session: &Session) -> Result<Inbox, Failure> {
        let name = session.vocabulary.folders.inbox.as_str();
        let path = NotePath::new(name)
            .ok_or_else(|| Failure::usage(format!("`{name}` cannot be an inbox")))?;
        // A link to another file of the vault is read, and written, where it leads.
        let path = session.place(&path)?;
        let text = session.text(path.as_str());
        Ok(Inbox { path, text })
    }
}

fn with_sorting<Answer>(
    session: &Session,
    book: &Book,
    lines: &[InboxLine],
    ask: impl FnOnce(&Sorting<'_>) -> Answer,
) -> Answer {
    let words = words_of(lines);
    let names = NameTable::new(book, words.iter());
    let (vocabulary, today) = (&session.vocabulary, session.today);
    ask(&Sorting { book, vocabulary, today, names: &names })
}

fn proposed(
    session: &Session,
    book: &Book,
    text: &str,
    lines: &[InboxLine],
) -> Vec<(InboxLine, Proposed)> {
    with_sorting(session, book, lines, |sorting| {
        let propose = |line: &InboxLine| sorting.propose(text, line, &Given::default());
        lines.iter().map(|line| (line.clone(), propose(line))).collect()
    })
}

// Showing

fn show(book: &Book, lines: &[(InboxLine, Proposed)], session: &Session, output: &mut Output) {
    for (line, proposed) in lines {
        let number = Line::new().label(Label::Quiet, format!("{:>3}  ", line.line));
        output.data(&number.plain(&line.text));
        for told in told_of(book, line, proposed, session) {
            output.data(&Line::of("       ").plain(told));
        }
        for doubt in &proposed.doubts {
            output.data(&Line::of("     ").label(Label::Quiet, format!("? {doubt}")));
        }
    }
    let certain = lines.iter().filter(|(_, proposed)| proposed.is_certain()).count();
    if certain > 0 {
        let lines = phrase::count(certain, "line", "lines");
        output.hint(&format!("`ties inbox --yes` writes {lines} of it"));
    }
}

fn told_of(book: &Book, line: &InboxLine, proposed: &Proposed, session: &Session) -> Vec<String> {
    match &proposed.proposal {
        Proposal::Entry(captured) if captured.people.is_empty() => Vec::new(),
        Proposal::Entry(captured) => {
            let mut lines = told(book, captured, session.today);
            if let Ok(Planned::New { change, .. }) =
                plan(book, &session.vocabulary, session.today, captured)
            {
                lines.extend(told_steps(book, &session.vocabulary, &change, session.today));
            }
            lines
        }
        Proposal::Promise { with, lines } => {
            let text = lines.first().map_or("", String::as_str);
            vec![format!("Promise in the note of {}: {text}", name(book, *with))]
        }
        Proposal::Wait if line.kind == LineKind::ToListen => vec!["To listen to".to_owned()],
        Proposal::Wait => Vec::new(),
    }
}

// Writing

fn write_certain(
    lines: Vec<(InboxLine, Proposed)>,
    dry_run: bool,
    path: &NotePath,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let all = lines.len();
    let certain = lines.into_iter().filter(|(_, proposed)| proposed.is_certain());
    let write = Decision { answer: Some(Answer::Write), ..Decision::default() };
    let decisions = certain.map(|(line, _)| (line, write.clone())).collect::<Vec<_>>();
    let kept = all - decisions.len();
    let exit = sort(decisions, dry_run, path, session, output)?;
    if kept > 0 && !dry_run {
        let lines = phrase::count(kept, "line", "lines");
        output.talk(&Line::of(format!("Kept in the inbox: {lines}.")));
    }
    Ok(exit)
}

/// Makes of each line what was decided, each a change of its own; from the last line to the first, so that those
/// before stay where they are.
fn sort(
    decisions: Vec<(InboxLine, Decision)>,
    dry_run: bool,
    path: &NotePath,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let mut exit = Exit::Done;
    let mut all = Change { title: String::new(), files: Vec::new() };
    for (line, decision) in decisions.into_iter().rev() {
        // Each change is made of the notes as they are then.
        let text = session.text(path.as_str()).unwrap_or_default();
        if !inbox_lines(&text).contains(&line) {
            output.notice(&format!("{path}:{} has changed since; it is left as it is", line.line));
            exit = Exit::Partly;
            continue;
        }
        let reading = read(session, output);
        let change = change(session, &reading.book, path, &text, &line, &decision);
        let change = match change {
            Ok(Some(change)) => change,
            Ok(None) => continue,
            Err(failure) => {
                output.notice(&format!("{path}:{}: {}", line.line, failure.message));
                exit = Exit::Partly;
                continue;
            }
        };
        if dry_run && joined(&mut all, &change) {
            continue;
        }
        let sorted = change.title.replacen("inbox: ", "Sorted as ", 1);
        if let Err(failure) = carry_out(session, &change, dry_run, &sorted, output) {
            output.notice(&format!("{path}:{}: {}", line.line, failure.message));
            exit = Exit::Partly;
            continue;
        }
        let steps = told_steps(&reading.book, &session.vocabulary, &change, session.today);
        steps.iter().for_each(|line| output.talk(&Line::of(line)));
    }
    if !all.files.is_empty() {
        carry_out(session, &all, dry_run, "", output)?;
    }
    Ok(exit)
}

/// Adds `change` to `all`, so that a dry run shows each file once; `false` where the two cannot be one change.
fn joined(all: &mut Change, change: &Change) -> bool {
    let mut files = all.files.clone();
    for new in &change.files {
        match (files.iter_mut().find(|file| file.path() == new.path()), new) {
            (None, new) => files.push(new.clone()),
            (Some(FileChange::Edit { wishes, .. }), FileChange::Edit { wishes: new, .. }) => {
                // An entry that is there by then is not written again.
                let is_there = |wish: &&Wish| {
                    matches!(wish, Wish::InsertEntry { .. }) && wishes.contains(*wish)
                };
                let new = new.iter().filter(|wish| !is_there(wish)).cloned().collect::<Vec<_>>();
                wishes.extend(new);
            }
            _ => return false,
        }
    }
    all.files = files;
    true
}

fn change(
    session: &Session,
    book: &Book,
    path: &NotePath,
    text: &str,
    line: &InboxLine,
    decision: &Decision,
) -> Result<Option<Change>, Failure> {
    if decision.answer == Some(Answer::Done) {
        return Ok(Some(done(path, text, line)?));
    }
    let said = said(line, decision);
    let given = given(book, line, decision).map_err(Failure::usage)?;
    with_sorting(session, book, std::slice::from_ref(&said), |sorting| {
        let proposed = decided(sorting, text, &said, decision, &given);
        Ok(sorting.change(path, text, line, &proposed.proposal)?)
    })
}

/// The line as it was edited: a task stays one, all else is read anew.
fn said(line: &InboxLine, decision: &Decision) -> InboxLine {
    let Some(text) = &decision.text else { return line.clone() };
    let kind = match line.kind {
        LineKind::Promise { .. } => line.kind,
        _ => LineKind::Captured,
    };
    InboxLine { text: text.clone(), kind, ..line.clone() }
}

/// Who was named; a word of the line that could mean them means them.
fn given(book: &Book, line: &InboxLine, decision: &Decision) -> Result<Given, String> {
    let Some(who) = &decision.with else { return Ok(Given::default()) };
    let mut with = Vec::new();
    for name in who.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        match book.find(name) {
            Found::One(id) => with.push(id),
            Found::Several(ids) => {
                let ids = ids.iter().take(6).map(|id| book.identity(*id).into_owned());
                let names = ids.collect::<Vec<_>>().join(", ");
                return Err(format!("`{name}` could mean {names}"));
            }
            Found::Nobody(_) => return Err(format!("nobody here is called `{name}`")),
        }
    }
    // Names that could mean several and none of those who were named are only words.
    let words = words(&line.text);
    let names = NameTable::new(book, words.iter());
    let chosen = (0..words.len()).filter_map(|at| {
        let found = names.at(&words, at).filter(|found| found.people.len() > 1)?;
        let is_named = found.people.iter().any(|id| with.contains(id));
        let word = words.get(at).filter(|_| !is_named)?;
        Some((word.folded.clone(), None))
    });
    Ok(Given { chosen: chosen.collect(), with, was_there: true, ..Given::default() })
}

fn decided(
    sorting: &Sorting<'_>,
    text: &str,
    line: &InboxLine,
    decision: &Decision,
    given: &Given,
) -> Proposed {
    match decision.answer {
        Some(Answer::Promise) => sorting.as_promise(text, line, given),
        _ => sorting.propose(text, line, given),
    }
}

// On a terminal

fn ask(
    book: &Book,
    text: &str,
    lines: &[InboxLine],
    path: &NotePath,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let tell = |at: usize, decision: &Decision| {
        lines.get(at).map(|line| shown(session, book, text, line, decision)).unwrap_or_default()
    };
    let walked = walk(lines.len(), &tell, output)?;
    let leaves = |decision: &Decision| decision.answer.is_some_and(|answer| answer != Answer::Keep);
    let decisions = lines.iter().cloned().zip(walked.decisions);
    let decisions = decisions.filter(|(_, decision)| leaves(decision)).collect::<Vec<_>>();
    let kept = lines.len() - decisions.len();
    let exit = sort(decisions, false, path, session, output);
    if walked.is_ending {
        end();
    }
    if let Some(error) = walked.trouble {
        return Err(Failure::refused("the terminal could not be read", error));
    }
    let lines = phrase::count(kept, "line", "lines");
    output.talk(&Line::of(match kept {
        0 => "The inbox is sorted.".to_owned(),
        _ => format!("{} in the inbox; `ties inbox` goes on.", phrase::capital(&lines)),
    }));
    exit
}

fn shown(
    session: &Session,
    book: &Book,
    text: &str,
    line: &InboxLine,
    decision: &Decision,
) -> Shown {
    let said = said(line, decision);
    let (given, trouble) = match given(book, &said, decision) {
        Ok(given) => (given, None),
        Err(trouble) => (Given::default(), Some(trouble)),
    };
    with_sorting(session, book, std::slice::from_ref(&said), |sorting| {
        let proposed = sorting.propose(text, &said, &given);
        let promise = sorting.as_promise(text, &said, &given);
        let can_write = match &proposed.proposal {
            Proposal::Entry(captured) => captured.stopping().next().is_none(),
            Proposal::Promise { .. } => true,
            Proposal::Wait => false,
        };
        Shown {
            text: said.text.clone(),
            told: told_of(book, &said, &proposed, session),
            doubts: trouble.into_iter().chain(proposed.doubts).collect(),
            can_write,
            promise: match promise.proposal {
                Proposal::Promise { .. } => told_of(book, &said, &promise, session).pop(),
                _ => None,
            },
        }
    })
}
