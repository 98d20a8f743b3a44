//! A sentence of the command line: shown as it was understood, settled where it is not certain, written when that is
//! wanted.

use crate::app::session::Session;
use crate::features::capture::doubt::{Doubt, Given, key};
use crate::features::capture::names::NameTable;
use crate::features::capture::plan::{Planned, next_step, plan};
use crate::features::capture::sentence::{Captured, understand};
use crate::features::capture::told::{described, doubt, hint, told};
use crate::features::capture::words::words;
use crate::features::log::ReadBack;
use crate::features::next_said::{NextSaid, next_said};
use crate::features::steps::{in_words, open_step, told_steps};
use crate::frontends::cli::carry_out::carry_out;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::Line;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::who::{choose, several};
use crate::frontends::wire::json;
use crate::frontends::wire_capture::WireCaptured;
use crate::people::book::{Book, ContactId};
use crate::people::kind::Meaning;
use crate::text::day::Day;
use crate::text::shell::quoted;
use crate::text::when::{Direction, parse};

/// What is to be done with a sentence.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The sentence.
    pub sentence: String,
    /// What is said besides it.
    pub given: Given,
    /// Write it without a question.
    pub yes: bool,
    /// Show what would be written.
    pub dry_run: bool,
    /// Show what was understood, for a program.
    pub json: bool,
}

/// Takes a sentence in. Where it is not certain a person is asked; a program is told what to type.
pub fn capture(
    wanted: &Wanted,
    session: &Session,
    book: &Book,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let Wanted { sentence, given, .. } = wanted;
    if wanted.json {
        let captured = read(session, book, sentence, given);
        output.data_text(&json(WireCaptured::new(book, &captured, session.today)));
        return Ok(Exit::Done);
    }
    let captured = settled(session, book, sentence, given.clone(), output)?;
    for line in told(book, &captured, session.today) {
        output.data(&Line::of(line));
    }
    for of in &captured.doubts {
        let hint = hint(book, of).map_or_else(String::new, |hint| format!("; {hint}"));
        output.notice(&format!("{}{hint}", doubt(book, of)));
    }
    write(wanted, &captured, session, book, output)
}

fn read(session: &Session, book: &Book, sentence: &str, given: &Given) -> Captured {
    let words = words(sentence);
    let names = NameTable::new(book, words.iter());
    understand(sentence, &names, &session.vocabulary, session.today, given)
}

/// The sentence once nothing stops it any more.
fn settled(
    session: &Session,
    book: &Book,
    sentence: &str,
    mut given: Given,
    output: &mut Output,
) -> Result<Captured, Failure> {
    loop {
        let captured = read(session, book, sentence, &given);
        let Some(first) = captured.stopping().next() else { return Ok(captured) };
        if !output.terminal.can_ask() {
            return Err(unsettled(book, &captured));
        }
        if matches!(first, Doubt::Nobody { .. }) {
            let is_unknown = |of: &&Doubt| matches!(of, Doubt::Unknown { .. });
            for of in captured.doubts.iter().filter(is_unknown) {
                output.notice(&doubt(book, of));
            }
        }
        ask(session, book, first, &mut given, output)?;
    }
}

fn unsettled(book: &Book, captured: &Captured) -> Failure {
    let mut stopping = captured.stopping();
    let first = stopping.next();
    let message = first.map_or_else(String::new, |of| doubt(book, of));
    let mut failure = Failure::usage(message);
    for of in stopping {
        failure = failure.hint(doubt(book, of));
    }
    let is_told = |of: &&Doubt| of.stops() || matches!(of, Doubt::Unknown { .. });
    for of in captured.doubts.iter().filter(|of| matches!(of, Doubt::Unknown { .. })) {
        failure = failure.hint(doubt(book, of));
    }
    for hint in captured.doubts.iter().filter(is_told).filter_map(|of| hint(book, of)) {
        if !failure.hints.contains(&hint) {
            failure = failure.hint(hint);
        }
    }
    failure.hint("nothing was written")
}

/// Asks the person about one thing.
fn ask(
    session: &Session,
    book: &Book,
    of: &Doubt,
    given: &mut Given,
    output: &mut Output,
) -> Result<(), Failure> {
    let stopped = || Failure::usage("it was not said, so nothing was written");
    match of {
        Doubt::Several { said, people } => {
            let id = choose(book, said, people, output)?;
            given.chosen.push((key(said), Some(id)));
        }
        Doubt::WordOrName { said, people } => {
            let id = one_or_none(book, said, people, "a word", output).ok_or_else(stopped)?;
            given.chosen.push((key(said), id));
        }
        Doubt::Surname { said, people } => {
            let none = "somebody who has no note here";
            let id = one_or_none(book, said, people, none, output).ok_or_else(stopped)?;
            given.chosen.push((key(said), id));
        }
        Doubt::NoDay { .. } | Doubt::Days { .. } | Doubt::ToCome { .. } => {
            given.day = Some(asked_day(book, of, session.today, output).ok_or_else(stopped)?);
        }
        Doubt::ToDo { said } => match output.confirm(&format!("Was that done: {said}?")) {
            true => given.was_there = true,
            false => {
                let failure = Failure::usage("what is to be done is no entry; nothing was written");
                return Err(failure.hint("`ties promise WHO TEXT` writes it down"));
            }
        },
        Doubt::WithoutYou => match output.confirm("Were you there?") {
            true => given.was_there = true,
            false => given.kind = Some(note_kind(session).ok_or_else(stopped)?),
        },
        _ => {
            let answer = filled(output.ask("Who was there? ")).ok_or_else(stopped)?;
            given.with.extend(several(book, &answer, output)?);
        }
    }
    Ok(())
}

fn filled(answer: Option<String>) -> Option<String> {
    answer.map(|answer| answer.trim().to_owned()).filter(|answer| !answer.is_empty())
}

/// The day that is typed; what cannot be read is asked again. `None` where nothing was said.
fn asked_day(book: &Book, of: &Doubt, today: Day, output: &mut Output) -> Option<Day> {
    let mut question = format!("{}. Which day? ", doubt(book, of));
    loop {
        let answer = filled(output.ask(&question))?;
        match parse(&answer, today, Direction::Past) {
            Ok(day) => return Some(day),
            Err(error) => question = format!("{error}; {}. Which day? ", error.hint),
        }
    }
}

/// `Will`: `none`, or one of those who are called so. `None` where nothing was said.
fn one_or_none(
    book: &Book,
    said: &str,
    people: &[ContactId],
    none: &str,
    output: &mut Output,
) -> Option<Option<ContactId>> {
    let mut question = format!("`{said}` could be\n  0  {none}\n");
    for (at, id) in people.iter().enumerate() {
        question += &format!("  {}  {}\n", at + 1, described(book, *id));
    }
    question += "Which one? Its number, or nothing to stop: ";
    match filled(output.ask(&question))?.parse::<usize>().ok()? {
        0 => Some(None),
        number => Some(Some(*people.get(number - 1)?)),
    }
}

/// The kind for what the owner only knows of.
fn note_kind(session: &Session) -> Option<String> {
    let kinds = &session.vocabulary.kinds;
    let heard = kinds.iter().find(|kind| kind.name == "heard" && kind.meaning == Meaning::Note);
    let kind = heard.or_else(|| kinds.iter().find(|kind| kind.meaning == Meaning::Note));
    kind.map(|kind| kind.name.clone())
}

fn write(
    wanted: &Wanted,
    captured: &Captured,
    session: &Session,
    book: &Book,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let (change, read) = match plan(book, &session.vocabulary, session.today, captured)? {
        Planned::New { change, read } => (change, read),
        Planned::There { line } => {
            let path = captured.people.first().map(|id| book.identity(*id).into_owned());
            let place = format!("{}.md:{line}", path.unwrap_or_default());
            output.talk(&Line::of(format!("Nothing to write: {place} says so already.")));
            return Ok(Exit::Done);
        }
    };
    for line in told_steps(book, &session.vocabulary, &change, session.today) {
        output.data(&Line::of(line));
    }
    if wanted.dry_run {
        carry_out(session, &change, true, "", output)?;
        return Ok(Exit::Done);
    }
    if !wanted.yes && !output.terminal.can_ask() {
        output.talk(&Line::of("Nothing is written yet."));
        output.hint("`--yes` writes it as it is told here");
        return Ok(Exit::No);
    }
    if !wanted.yes && !output.confirm("Write it?") {
        output.talk(&Line::of("Nothing was written."));
        let words = quoted(&wanted.sentence).into_owned();
        output.hint(&format!("the words are not kept here: `ties log {words}` says them again"));
        return Ok(Exit::No);
    }
    carry_out(session, &change, false, "Written", output)?;
    if let Some(read) = read.filter(|_| captured.next.is_none() && captured.follow_up.is_none()) {
        offer_next(session, book, &read, output)?;
    }
    Ok(Exit::Done)
}

/// Tells which next steps stay after contact; where a person sits there and wants to be asked, they are asked for one
/// with the first of those who were there.
pub fn offer_next(
    session: &Session,
    book: &Book,
    read: &ReadBack,
    output: &mut Output,
) -> Result<(), Failure> {
    if read.meaning != Meaning::Contact {
        return Ok(());
    }
    let can_ask = output.terminal.can_ask() && output.terminal.output && !output.is_quiet();
    let asked = read.with.first().filter(|_| can_ask && session.settings().ask_next);
    let others = read.with.iter().filter(|id| Some(*id) != asked);
    let stays = others.filter_map(|id| Some((*id, staying(session, book, read, *id)?)));
    stays.for_each(|(id, step)| say_stays(book, id, &step, output));
    match asked {
        Some(id) => {
            ask_next(session, book, *id, staying(session, book, read, *id).as_deref(), output)
        }
        None => Ok(()),
    }
}

/// Tells which next steps stay; nobody is asked.
pub fn say_staying(session: &Session, book: &Book, read: &ReadBack, output: &mut Output) {
    for id in read.with.iter().filter(|_| read.meaning == Meaning::Contact) {
        if let Some(step) = staying(session, book, read, *id) {
            say_stays(book, *id, &step, output);
        }
    }
}

fn say_stays(book: &Book, id: ContactId, step: &str, output: &mut Output) {
    let name = &book.brief(id).name;
    output.talk(&Line::of(format!("Next for {name} stays: {step} (`--next \"\"` clears it)")));
}

/// The next step with somebody, which the entry has not settled.
fn staying(session: &Session, book: &Book, read: &ReadBack, id: ContactId) -> Option<String> {
    open_step(book, id, session.today).filter(|_| !read.settled.contains(&id))
}

fn ask_next(
    session: &Session,
    book: &Book,
    with: ContactId,
    staying: Option<&str>,
    output: &mut Output,
) -> Result<(), Failure> {
    let name = &book.brief(with).name;
    let question = match staying {
        None => format!("A next step with {name}? `call in 2 weeks`, or Enter for none: "),
        Some(step) => format!(
            "Next for {name} stays: {step}. Another one? `call in 2 weeks`, or Enter to keep it: "
        ),
    };
    let Some(answer) = filled(output.ask(&question)) else { return Ok(()) };
    let NextSaid::Step { text, day } = next_said(&answer, session.today) else {
        if staying.is_some() {
            let kept = format!("It stays; `ties edit {}` takes it out.", quoted(name));
            output.talk(&Line::of(kept));
        }
        return Ok(());
    };
    let change = next_step(book, &session.vocabulary, with, &text, day);
    let step = in_words(Some(&text), day, session.today).unwrap_or_default();
    carry_out(session, &change, false, &format!("Next step with {name}, {step}"), output)?;
    if staying.is_some() {
        let told = told_steps(book, &session.vocabulary, &change, session.today);
        told.iter().for_each(|line| output.talk(&Line::of(line)));
    }
    Ok(())
}
