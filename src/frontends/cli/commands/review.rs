//! `ties review`

use crate::app::answering::Answered;
use crate::app::refresh::Reading;
use crate::app::reviewing::{
    Gave, Given, ReviewFile, Shown, State, composed, file_of, follow, give, marked, next,
    open_files, previews, put_down, target, writing,
};
use crate::app::session::Session;
use crate::app::write::{WriteError, diff, permitted, preview};
use crate::effects::signals::end;
use crate::features::agenda::record::Outcome;
use crate::features::agenda::record::without_marker;
use crate::features::agenda::said::sign_of;
use crate::features::agenda::stay::Followed;
use crate::features::agenda::view::Item;
use crate::features::answering::step::Trouble;
use crate::features::review::compose::counts;
use crate::features::review::ids::letter;
use crate::features::review::render::render;
use crate::features::review::view::Review;
use crate::features::review_period::{Period, ReviewKind};
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::given::day_to_come;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::cli::reviewing::state::{Answer, Question, State as Walk, Written};
use crate::frontends::cli::reviewing::walk::walk;
use crate::frontends::wire::json;
use crate::frontends::wire_review::WireReview;
use crate::note::link_write::without_links;
use crate::text::phrase;
use clap::{Args, ValueEnum};
use std::mem::ManuallyDrop;

/// Look at a week, a month or a quarter: a checklist to tick, or one key each
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties review              the one that it is time for, or the one that is open
  ties review monthly
  ties review weekly --file        only write the checklist; tick it in any editor or on a phone
  ties review --apply              only read back what you ticked
  ties review quarterly --on 2026-09-30 --stdout

A review is a file in reviews/ with a box for each line. A ticked line does what it says, once,
as a change of its own that `ties undo` takes back; a line that you leave changes nothing, and
is not carried over. On a terminal it is asked line by line; q puts it down, and the same
command goes on. The last line says that the review is done: then its file is not touched
again, unless you empty the box of that line.")]
pub struct ReviewArguments {
    /// Which; without it the one that is open or due
    #[arg(value_enum, value_name = "WHICH")]
    kind: Option<Kind>,
    /// The review that another day is in, as it looks now; writes nothing
    #[arg(long, value_name = "WHEN")]
    on: Option<String>,
    /// As the text of its file; writes nothing
    #[arg(long)]
    stdout: bool,
    /// As JSON; writes nothing
    #[arg(long, conflicts_with = "stdout")]
    json: bool,
    /// Only write the file, and ask nothing
    #[arg(long = "file", conflicts_with_all = ["on", "stdout", "json"])]
    only_file: bool,
    /// Read back what was ticked and typed in the open reviews, and show only what came of it
    #[arg(long, conflicts_with_all = ["kind", "on", "stdout", "json", "only_file"])]
    apply: bool,
    /// Show what would be written as a diff, and write nothing
    #[arg(long, conflicts_with_all = ["on", "stdout", "json"])]
    dry_run: bool,
}

/// How much a review looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// A week
    Weekly,
    /// A month
    Monthly,
    /// A quarter of a year
    Quarterly,
}

impl Kind {
    fn of(self) -> ReviewKind {
        match self {
            Kind::Weekly => ReviewKind::Weekly,
            Kind::Monthly => ReviewKind::Monthly,
            Kind::Quarterly => ReviewKind::Quarterly,
        }
    }
}

/// Shows, writes, asks or reads back a review.
pub fn run(
    arguments: &ReviewArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let period = period(arguments, session)?;
    if arguments.on.is_some() || arguments.stdout || arguments.json {
        return show(arguments, session, period, output);
    }
    permitted(session)?;
    let reading = read(session, output);
    if arguments.dry_run {
        return show_writing(arguments, session, &reading, period, output);
    }
    let (answered, reading) = read_back(session, reading, output)?;
    if arguments.apply {
        if !answered {
            output.talk(&Line::of("Nothing new is ticked or typed in a review."));
        }
        return Ok(ended(&reading, output));
    }
    write_and_ask(arguments, session, &reading, period, output)
}

fn period(arguments: &ReviewArguments, session: &Session) -> Result<Period, Failure> {
    let on = arguments.on.as_deref().map(|on| day_to_come(on, session.today)).transpose()?;
    Ok(match (arguments.kind, on) {
        (kind, Some(on)) => Period::of(kind.unwrap_or(Kind::Weekly).of(), on),
        (Some(kind), None) => target(session, kind.of()),
        (None, None) => next(session),
    })
}

fn file(session: &Session, period: Period) -> Result<ReviewFile, Failure> {
    let no_place = || Failure::usage("the folder of reviews in the settings names no place");
    file_of(session, period).ok_or_else(no_place)
}

fn show(
    arguments: &ReviewArguments,
    session: &Session,
    period: Period,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let reading = read(session, output);
    let file = file(session, period)?;
    let review = composed(session, &reading, &file, &Followed::default());
    if arguments.json {
        output.data_text(&json(WireReview::new(&review, &file.path, state(&file))));
    } else {
        output.data_text(&render(&review));
    }
    Ok(ended(&reading, output))
}

fn state(file: &ReviewFile) -> &'static str {
    match file.state {
        State::Missing => "missing",
        State::Open(..) => "open",
        State::Done(..) => "done",
        State::Foreign => "foreign",
    }
}

/// What following the answers, and writing the file anew, would write.
fn show_writing(
    arguments: &ReviewArguments,
    session: &Session,
    reading: &Reading,
    period: Period,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let open = open_files(session, reading);
    let file = file(session, period)?;
    let is_written = !arguments.apply && matches!(file.state, State::Missing | State::Open(..));
    let written_anew = Some(&file.path).filter(|_| is_written);
    let Shown { mut files, troubles, followed } = previews(session, reading, &open, written_anew)?;
    let review = is_written.then(|| composed(session, reading, &file, &followed));
    if let Some(change) = review.and_then(|review| writing(&file, &review)) {
        files.extend(preview(session, &change)?);
    }
    let shown = diff(&files);
    output.diff(&shown);
    tell(&troubles, output);
    if shown.is_empty() && troubles.is_empty() {
        output.talk(&Line::of("Nothing would change."));
    }
    Ok(ended(reading, output))
}

/// Follows what was answered in every open review, and says what came of it. Whether anything did.
fn read_back(
    session: &Session,
    mut reading: ManuallyDrop<Reading>,
    output: &mut Output,
) -> Result<(bool, ManuallyDrop<Reading>), Failure> {
    let mut is_any = false;
    if reading.files.folder_unread {
        // Whom an answer is about may be in the folder that could not be read.
        return Ok((is_any, reading));
    }
    for file in open_files(session, &reading) {
        let (answered, read, file) = follow(session, ManuallyDrop::into_inner(reading), file);
        reading = ManuallyDrop::new(read);
        is_any |= !answered.done.is_empty() || !answered.troubles.is_empty();
        is_any |= !answered.noted.is_empty();
        say(&answered, output);
        if is_ended(&answered) {
            is_any = true;
            output.talk(&Line::of(format!(
                "The review of {} is done; an empty box at its last line opens it again.",
                file.period.title()
            )));
        }
        let change = marked(session, &reading, &file, &answered.followed);
        let written = put_down(session, change);
        if let Some(error) = answered.error {
            return Err(Failure::from(error));
        }
        written?;
    }
    Ok((is_any, reading))
}

/// Whether the line was ticked that ends the review.
fn is_ended(answered: &Answered) -> bool {
    let mut records = answered.followed.records.iter();
    records.any(|of| letter(&of.id) == Some('d') && of.outcome == Outcome::Done)
}

fn say(answered: &Answered, output: &mut Output) {
    let count = answered.done.len();
    for (at, done) in answered.done.iter().enumerate() {
        let line = Line::of("Read back: ").plain(done.clone()).plain(".");
        let back = if at + 1 == count { " `ties undo` takes it back." } else { "" };
        output.talk(&line.label(Label::Quiet, back));
    }
    for noted in &answered.noted {
        output.talk(&Line::of("Read back: ").plain(noted).plain("."));
    }
    for copy in &answered.copies {
        output.notice(&format!("what another program wrote in the same moment is in {copy}"));
    }
    tell(&answered.troubles, output);
}

fn tell(troubles: &[Trouble], output: &mut Output) {
    troubles.iter().for_each(|trouble| output.notice(&words_of(trouble)));
}

fn words_of(trouble: &Trouble) -> String {
    let Trouble { line, refusal } = trouble;
    let hint = refusal.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
    format!("left as it is: {line}: {}{hint}", refusal.reason)
}

fn write_and_ask(
    arguments: &ReviewArguments,
    session: &Session,
    reading: &Reading,
    period: Period,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let file = file(session, period)?;
    match file.state {
        State::Foreign => {
            let why =
                format!("{} is there, and ties did not write it; it is left as it is", file.path);
            return Err(Failure::no(why)
                .hint(format!("`ties review {} --stdout` shows the review", period.kind.word())));
        }
        State::Done(..) => {
            let line = Line::of(format!("The review of {} is done: ", period.title()));
            output.talk(&line.label(Label::Place, file.path.to_string()).plain("."));
            return Ok(ended(reading, output));
        }
        State::Missing | State::Open(..) => {}
    }
    if reading.files.folder_unread {
        // A review without a whole folder of people would say that nobody is quiet.
        output.notice(&format!("a folder could not be read, so {} is left as it is", file.path));
        return Ok(ended(reading, output));
    }
    let review = composed(session, reading, &file, &Followed::default());
    put_down(session, writing(&file, &review))?;
    say_where(&file, &review, output);
    if arguments.only_file || !output.terminal.can_ask() || !output.terminal.output {
        return Ok(ended(reading, output));
    }
    ask(session, &review, &file, output)?;
    Ok(ended(reading, output))
}

fn say_where(file: &ReviewFile, review: &Review, output: &mut Output) {
    let (open, answered) = counts(review);
    let waits = if open == 1 { "waits" } else { "wait" };
    let lines = phrase::capital(&phrase::count(open, "line", "lines"));
    let known = match answered {
        0 => String::new(),
        count => format!(", {} answered", phrase::number(count)),
    };
    let line = Line::of(format!("{}: ", review.period.title()));
    let line = line.label(Label::Place, file.path.to_string());
    output.talk(&line.plain(format!(". {lines} {waits}{known}.")));
}

// On a terminal

fn ask(
    session: &Session,
    review: &Review,
    file: &ReviewFile,
    output: &mut Output,
) -> Result<(), Failure> {
    let mut failure = None;
    let mut done = 0;
    let mut write = |(id, status, words): Answer<'_>| {
        // `later 2w` is no tick.
        let status = words.and_then(|words| sign_of(words, session.today)).unwrap_or(status);
        let given = Given { id: id.to_owned(), status, words: words.map(str::to_owned) };
        match give(session, file.period, &given) {
            Ok(gave) if gave.is_gone => {
                let told = "This line is not in the file any more: nothing is written.".to_owned();
                Written { status: ' ', told, is_over: false }
            }
            Ok(gave) => {
                done += gave.answered.done.len();
                let line = review.items().find(|item| item.id == id);
                let line = line.map_or_else(String::new, |item| without_links(&item.text));
                written(gave, &line, status, &mut failure)
            }
            Err(error) => {
                let told = error.to_string();
                failure = Some(error);
                Written { status: ' ', told, is_over: true }
            }
        }
    };
    let mut state = Walk::new(questions(review), &mut write);
    let walked = walk(&mut state, output)?;
    let open = state.questions.iter().filter(|of| of.status == ' ' && of.letter != 'd').count();
    let is_done = state.questions.iter().any(|of| of.letter == 'd' && of.status == 'x');
    drop(state);
    if walked.is_ending {
        // The screen is given back and the answers are written; now the wish is done.
        end();
    }
    if let Some(error) = failure {
        return Err(Failure::from(error));
    }
    if let Some(error) = walked.trouble {
        return Err(Failure::refused("the terminal could not be read", error));
    }
    say_end(done, open, is_done, output);
    Ok(())
}

/// What came of the answer to `line`: what was done, else why nothing was; of other lines that is said another time.
fn written(gave: Gave, line: &str, status: char, failure: &mut Option<WriteError>) -> Written {
    let Gave { answered, is_followed, .. } = gave;
    let is_over = answered.error.is_some();
    let status = if is_followed { status } else { ' ' };
    let done = answered.done.last().or(answered.noted.last());
    let of_line = answered.troubles.iter().find(|trouble| trouble.line == line);
    let trouble = of_line.or(answered.troubles.last()).filter(|_| !is_followed);
    let told = match (&answered.error, done, trouble) {
        (Some(error), ..) => error.to_string(),
        (None, _, Some(trouble)) => words_of(trouble),
        (None, Some(done), None) => format!("{}.", phrase::capital(done)),
        (None, None, None) => String::new(),
    };
    if answered.error.is_some() {
        *failure = answered.error;
    }
    Written { status, told, is_over }
}

fn questions(review: &Review) -> Vec<Question> {
    let sections = review
        .sections
        .iter()
        .flat_map(|section| section.items.iter().map(move |item| (section.heading, item)));
    let all = sections.chain([("", &review.end)]).filter(|(_, item)| item.task);
    let question = |(heading, item): (&str, &Item)| Question {
        id: item.id.clone(),
        letter: letter(&item.id).unwrap_or(' '),
        heading: heading.to_owned(),
        text: without_links(&item.text),
        context: item.context.iter().map(|line| without_links(line)).collect(),
        typed: item.below.iter().map(|line| without_marker(line.trim()).to_owned()).collect(),
        status: item.status,
    };
    all.map(question).collect()
}

fn say_end(done: usize, open: usize, is_done: bool, output: &mut Output) {
    let changes = match done {
        0 => "Nothing was changed".to_owned(),
        count => format!("{} made", phrase::capital(&phrase::count(count, "change", "changes"))),
    };
    let back = if done > 0 { "; `ties undo` takes back the last one" } else { "" };
    output.talk(&Line::of(format!("{changes}{back}.")));
    if !is_done && open > 0 {
        let waits = if open == 1 { "waits" } else { "wait" };
        let lines = phrase::capital(&phrase::count(open, "line", "lines"));
        output.talk(&Line::of(format!("{lines} {waits}; `ties review` goes on.")));
    }
}
