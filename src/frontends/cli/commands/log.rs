//! `ties log`

use crate::app::session::Session;
use crate::features::capture::doubt::Given;
use crate::features::capture::grammar::sentence;
use crate::features::draft::Start;
use crate::features::log::{Entry, Logged, ReadBack, check_kind, log};
use crate::features::spoken::as_sentence;
use crate::features::steps::told_steps;
use crate::frontends::cli::capturing::{Wanted, capture, offer_next, say_staying};
use crate::frontends::cli::carry_out::carry_out;
use crate::frontends::cli::drafts::{Meeting, write_entry, write_meeting};
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::given::{day_to_come, past_day};
use crate::frontends::cli::line::Line;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::read;
use crate::frontends::cli::who::several;
use crate::frontends::cli::world::World;
use crate::people::book::{Book, ContactId, Found};
use crate::people::kind::Meaning;
use crate::text::day::Day;
use crate::text::phrase;
use clap::Args;

/// Write down what happened with somebody
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties log ana call: new job at the ceramics school
  ties log ana,joao coffee in Alfama --on yesterday
  ties log ana --kind call new job --next \"Ask how it is\" --in 3w
  ties log ana plan: lunch --on fri
  ties log \"coffee with Ana and João yesterday, talked about Porto; send her the article by fri\"
  ties log -e ana

A sentence in quotes is taken apart: who was there, when, what kind of contact, promises after `;`, `next: …`. It is
shown first and written when you say so, or with `--yes`. docs/capture.md tells what is read and what is never guessed.
WHO TEXT that says contact on another day is read as a sentence too (`ties log ana called yesterday`); `ana call: …` never is.

The kind may be the flag or the first word with a colon. Contact settles a next step whose day has come.
Lines of the text stay lines of one entry; what would be a heading or a list of its own goes on one line.")]
pub struct LogArguments {
    /// Who: a name, the start of one, or several with commas; or a whole sentence
    #[arg(value_name = "WHO", required_unless_present_any = ["edit", "meeting"])]
    who: Option<String>,
    /// What happened; may be left out
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// When: yesterday, last fri, 3 nov, 2026-11-03; today where it is left out
    #[arg(long, value_name = "WHEN")]
    on: Option<String>,
    /// What kind of entry: call, met, message, note, tried, plan and others
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// The next step; empty to have none
    #[arg(long, value_name = "TEXT")]
    next: Option<String>,
    /// There is no next step
    #[arg(long, conflicts_with_all = ["next", "follow_up"])]
    no_next: bool,
    /// When the next step is due: 2w, fri, 2026-12-05
    #[arg(long = "in", value_name = "WHEN")]
    follow_up: Option<String>,
    /// Who was there besides; or which of several a sentence means
    #[arg(long, value_name = "WHO")]
    with: Vec<String>,
    /// Write it down in your editor
    #[arg(long, short)]
    edit: bool,
    /// Make a meeting note of this title in the journal
    #[arg(long, value_name = "TITLE", conflicts_with_all = ["kind", "next", "follow_up", "no_next", "json"])]
    meeting: Option<String>,
    /// Write a sentence down without asking
    #[arg(long, short)]
    yes: bool,
    /// Show what a sentence was understood as, and write nothing
    #[arg(long, conflicts_with_all = ["yes", "dry_run", "edit"])]
    json: bool,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Writes an entry down.
pub fn run(arguments: &LogArguments, world: &World, output: &mut Output) -> Result<Exit, Failure> {
    let session = world.open(output)?;
    let reading = read(&session, output);
    let book = &reading.book;
    let who = arguments.who.as_deref().unwrap_or("");
    if let Some(title) = &arguments.meeting {
        return log_meeting(arguments, title, world, &session, book, output);
    }
    if let Some(kind) = arguments.kind.as_deref().filter(|kind| !kind.trim().is_empty()) {
        check_kind(kind, &session.vocabulary)?;
    }
    if arguments.edit {
        let start = start(arguments, who, &session, book, output)?;
        return write_entry(&start, arguments.dry_run, world, &session, output);
    }
    let given = given(arguments, &session, book, output)?;
    match spoken(arguments, who, &session, book, &given) {
        Some((sentence, given)) => {
            let LogArguments { yes, dry_run, json, .. } = *arguments;
            capture(&Wanted { sentence, given, yes, dry_run, json }, &session, book, output)
        }
        None => log_who(arguments, who, &given, &session, book, output),
    }
}

/// The sentence that the arguments are, where they are one, with what is given for it.
fn spoken(
    arguments: &LogArguments,
    who: &str,
    session: &Session,
    book: &Book,
    given: &Given,
) -> Option<(String, Given)> {
    let (vocabulary, text) = (&session.vocabulary, &arguments.text);
    let sentence = sentence(book, vocabulary, who, text);
    sentence
        .map(|sentence| (sentence, given.clone()))
        .or_else(|| as_sentence(book, vocabulary, session.today, who, &text.join(" "), given))
}

/// What the editor opens with.
fn start(
    arguments: &LogArguments,
    who: &str,
    session: &Session,
    book: &Book,
    output: &mut Output,
) -> Result<Start, Failure> {
    let text = arguments.text.join(" ");
    let day = day(arguments, session, &text)?;
    let with = names(arguments, who, book, output)?;
    let follow_up = follow_up(arguments, session)?.map(|day| day.to_string());
    let next = if arguments.no_next { Some("none".to_owned()) } else { arguments.next.clone() };
    let next = next.map(|next| if next.trim().is_empty() { "none".to_owned() } else { next });
    let next = next.into_iter().chain(follow_up).collect::<Vec<_>>().join(" ");
    Ok(Start { with, day, kind: arguments.kind.clone().unwrap_or_default(), next, text })
}

fn log_who(
    arguments: &LogArguments,
    who: &str,
    given: &Given,
    session: &Session,
    book: &Book,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let entry = entry(arguments, session)?;
    let mut who = several(book, who, output)?;
    who.extend(&given.with);
    if arguments.json {
        return Err(Failure::usage("`--json` shows what a sentence was understood as")
            .hint("`ties log \"coffee with Ana\" --json`"));
    }
    match log(book, &session.vocabulary, session.today, &who, &entry)? {
        Logged::There { line } => {
            let path = who.first().map_or("", |id| book.contact(*id).path.as_str());
            output.talk(&Line::of(format!("Nothing to write: {path}:{line} says so already.")));
        }
        Logged::New { change, read } => {
            let done = done(book, &read, entry.day, session.today);
            let written = carry_out(session, &change, arguments.dry_run, &done, output)?;
            let is_asked = written && entry.next.is_none() && entry.follow_up.is_none();
            if written || arguments.dry_run {
                let steps = told_steps(book, &session.vocabulary, &change, session.today);
                say_more(&entry, &read, &steps, output);
            }
            if is_asked {
                offer_next(session, book, &read, output)?;
            } else if entry.next.is_none() && entry.follow_up.is_none() && arguments.dry_run {
                say_staying(session, book, &read, output);
            }
        }
    }
    Ok(Exit::Done)
}

fn log_meeting(
    arguments: &LogArguments,
    title: &str,
    world: &World,
    session: &Session,
    book: &Book,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let on = arguments.on.as_deref();
    // A meeting may be prepared.
    let day = on.map(|on| day_to_come(on, session.today)).transpose()?.unwrap_or(session.today);
    if !arguments.text.is_empty() {
        let words = arguments.text.join(" ");
        return Err(Failure::usage(format!("a meeting note takes no text here: `{words}`"))
            .hint("`-e` opens the note to write it; names of several go together: `ana,joao`"));
    }
    let mut people = Vec::new();
    for who in arguments.who.iter().chain(&arguments.with) {
        let named = several(book, who, output)?;
        people.extend(named.into_iter().filter(|id| !people.contains(id)).collect::<Vec<_>>());
    }
    let LogArguments { edit, dry_run, .. } = *arguments;
    write_meeting(&Meeting { title, day, people, edit, dry_run }, book, world, session, output)
}

/// Who is known to have been there, as an editor shows it: names, or places where a name is not enough.
fn names(
    arguments: &LogArguments,
    who: &str,
    book: &Book,
    output: &mut Output,
) -> Result<String, Failure> {
    let mut people = Vec::new();
    for who in Some(who)
        .filter(|who| !who.is_empty())
        .into_iter()
        .chain(arguments.with.iter().map(String::as_str))
    {
        people.extend(several(book, who, output)?);
    }
    let name = |id: &ContactId| {
        let name = &book.brief(*id).name;
        let is_clear = !name.contains(',') && book.find(name) == Found::One(*id);
        if is_clear { name.clone() } else { book.identity(*id).into_owned() }
    };
    Ok(people.iter().map(name).collect::<Vec<_>>().join(", "))
}

fn entry(arguments: &LogArguments, session: &Session) -> Result<Entry, Failure> {
    let text = arguments.text.join(" ");
    Ok(Entry {
        day: day(arguments, session, &text)?,
        kind: arguments.kind.clone(),
        text,
        below: Vec::new(),
        next: next(arguments),
        follow_up: follow_up(arguments, session)?,
    })
}

fn next(arguments: &LogArguments) -> Option<String> {
    if arguments.no_next { Some(String::new()) } else { arguments.next.clone() }
}

fn follow_up(arguments: &LogArguments, session: &Session) -> Result<Option<Day>, Failure> {
    arguments.follow_up.as_deref().map(|when| day_to_come(when, session.today)).transpose()
}

/// What the flags say besides a sentence.
fn given(
    arguments: &LogArguments,
    session: &Session,
    book: &Book,
    output: &mut Output,
) -> Result<Given, Failure> {
    let mut with = Vec::new();
    for who in &arguments.with {
        with.extend(several(book, who, output)?);
    }
    let kind = arguments.kind.as_deref();
    let day = arguments.on.is_some().then(|| day(arguments, session, "")).transpose()?;
    Ok(Given {
        with,
        was_there: kind.and_then(|kind| session.vocabulary.kind(kind)).is_some(),
        day,
        kind: arguments.kind.clone(),
        next: next(arguments),
        follow_up: follow_up(arguments, session)?,
        ..Given::default()
    })
}

/// `fri` is the last Friday, but of a plan the next one.
fn day(arguments: &LogArguments, session: &Session, text: &str) -> Result<Day, Failure> {
    let Some(on) = arguments.on.as_deref() else { return Ok(session.today) };
    let word = arguments.kind.as_deref().or_else(|| text.split_once(':').map(|(word, _)| word));
    let kind = word.and_then(|word| session.vocabulary.kind(word.trim()));
    match kind.is_some_and(|kind| kind.meaning == Meaning::Plan) {
        true => day_to_come(on, session.today),
        false => past_day(on, session.today),
    }
}

fn done(book: &Book, read: &ReadBack, day: Day, today: Day) -> String {
    let names = read.with.iter().map(|id| book.contact(*id).name.as_str()).collect::<Vec<_>>();
    let kind = read.kind.as_ref().map_or_else(String::new, |kind| format!(" ({kind})"));
    let (names, when) = (phrase::list(&names), phrase::on_day(day, today));
    match read.meaning {
        Meaning::Contact => format!("Contact with {names} {when}{kind}"),
        Meaning::Plan => format!("Plan with {names} for {}", phrase::day(day, today)),
        Meaning::Tried => format!("Tried {names} {when}{kind}"),
        Meaning::Note => format!("Note about {names} {when}{kind}"),
    }
}

/// What the person may not expect: that it is no contact though no kind was typed, and what became of next steps.
fn say_more(entry: &Entry, read: &ReadBack, steps: &[String], output: &mut Output) {
    let kind = read.kind.as_deref().unwrap_or("");
    let typed = entry.kind.is_some() || entry.text.split_once(':').is_some();
    if read.meaning != Meaning::Contact && !typed {
        output.notice(&format!(
            "an entry that begins like this is read as `{kind}`, which is not contact; with `--kind met` it would be"
        ));
    }
    steps.iter().for_each(|line| output.talk(&Line::of(line)));
}
