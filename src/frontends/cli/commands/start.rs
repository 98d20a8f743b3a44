//! `ties start`

use crate::app::founding::found;
use crate::app::session::Session;
use crate::app::write::write;
use crate::effects::terminal::read_line;
use crate::effects::vault::locate::SETTINGS_FILE;
use crate::effects::vault::open::{Opened, open};
use crate::features::change_setting::changed;
use crate::features::welcome::{HOW_MANY, QUESTION, Trouble};
use crate::frontends::cli::carry_out::{carry_out, say};
use crate::frontends::cli::commands::agenda::morning;
use crate::frontends::cli::commands::init;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::newcomers::{Newcomer, Newcomers};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::world::World;
use crate::note::change::{Change, FileChange};
use crate::note::path::NotePath;
use crate::text::diff::unified;
use clap::Args;
use std::path::{Path, PathBuf};

/// Begin: a vault, a few people in one line each, and the first agenda
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties start
  ties start --from people.txt --dry-run
  ties start --yes < people.txt

A line is a name and what you know, with semicolons:
  Ana Lima; inner; signal; climbs, moving to Porto; last ~Oct; next: ask about the move
Read are a circle, a channel, a rhythm, `last DATE`, `next: …`, `next WHEN: …`, `birthday DATE`, `met …`, `group …`,
an e-mail address and a phone number; everything else becomes a note. Who is here already is skipped, so a line may be
given again.")]
pub struct StartArguments {
    /// Read the lines from a file; `-` is standard input
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Begins.
pub fn run(
    arguments: &StartArguments,
    world: &World,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let session = match world.open_where_there_is_one(output)? {
        None if !arguments.dry_run => Some(make_vault(arguments, world, output)?),
        session => session,
    };
    let mut newcomers = Newcomers::new(world, session.as_ref(), output)?;
    let typed = arguments.from.is_none() && output.terminal.can_ask();
    let answer = if typed { output.ask(QUESTION) } else { None };
    let answer = answer.unwrap_or_default();
    let trouble = Trouble::of_answer(&answer);
    let skipped = if typed {
        let first = Trouble::line_of_answer(&answer).map(str::to_owned);
        take_typed(arguments, session.as_ref(), &mut newcomers, (trouble, first), output)?;
        0
    } else {
        take_all(arguments, world, session.as_ref(), &mut newcomers, output)?
    };
    if let Some(session) = session.filter(|_| !arguments.dry_run) {
        if trouble == Some(Trouble::Crowded) {
            offer_less(&session, output)?;
        }
        let ended = close(world, &newcomers, trouble, output)?;
        if skipped == 0 {
            return Ok(ended);
        }
    }
    Ok(if skipped == 0 { Exit::Done } else { Exit::Partly })
}

fn make_vault(
    arguments: &StartArguments,
    world: &World,
    output: &mut Output,
) -> Result<Session, Failure> {
    let here = world.environment.current_folder();
    let named = world.flags.vault.as_ref().map(|folder| here.join(folder));
    let folder = named.unwrap_or_else(|| here.to_owned());
    let shown = folder.display();
    if !arguments.yes {
        if !output.terminal.can_ask() {
            return Err(Failure::usage("there is no vault here")
                .hint("`--yes` makes one in this folder")
                .hint("`ties init DIR` makes one elsewhere"));
        }
        if !agreed(&format!("There is no vault here. Make one in {shown}?"), output) {
            return Err(
                Failure::no("nothing was made").hint("`ties init DIR` makes a vault elsewhere")
            );
        }
    }
    let founded = found(&world.places()?, &folder, world.today()?).map_err(init::failure)?;
    let root = founded.root.display().to_string();
    output.talk(&Line::of("A vault is made in ").label(Label::Place, root).plain("."));
    world.open(output)
}

/// Whether the answer is yes; Enter is.
fn agreed(question: &str, output: &mut Output) -> bool {
    answer_to(question, &mut Vec::new(), output)
}

/// The same; lines that are no answer, as when several people are pasted at once, are put by and the question stands.
fn answer_to(question: &str, put_by: &mut Vec<String>, output: &mut Output) -> bool {
    while let Some(answer) = output.ask(&format!("{question} (Enter = yes, n = no) ")) {
        match answer.trim().to_lowercase().as_str() {
            "" | "y" | "yes" => return true,
            "n" | "no" => return false,
            _ => {
                let shown = answer.trim().chars().take(40).collect::<String>();
                output.usage(&format!("Kept for after this one: {shown}\n"));
                put_by.push(answer);
            }
        }
    }
    false
}

// Typed, line by line

fn take_typed(
    arguments: &StartArguments,
    session: Option<&Session>,
    newcomers: &mut Newcomers,
    (trouble, first): (Option<Trouble>, Option<String>),
    output: &mut Output,
) -> Result<(), Failure> {
    output.usage(&format!("\n{HOW_MANY}\n  {}\n\n", Trouble::example(trouble)));
    let mut waiting = first.into_iter().collect::<Vec<_>>();
    loop {
        let line = if waiting.is_empty() { output.ask("> ") } else { Some(waiting.remove(0)) };
        let Some(line) = line.filter(|line| !line.trim().is_empty()) else { return Ok(()) };
        match newcomers.take(&line) {
            Newcomer::Nobody => {}
            Newcomer::Known(words) => output.usage(&format!("{words}\n")),
            Newcomer::Unclear(refusal) => {
                let hint = refusal.hint.map_or_else(String::new, |hint| format!(" ({hint})"));
                output.usage(&format!("Not understood: {}{hint}. Try again.\n", refusal.reason));
            }
            Newcomer::New(file) => {
                output.usage(&shown(&file));
                let wanted = !arguments.dry_run && answer_to("Write it?", &mut waiting, output);
                if !wanted && !arguments.dry_run {
                    output.usage("Not written.\n");
                }
                match session.filter(|_| wanted) {
                    Some(session) => put_down(session, file, newcomers, output)?,
                    None => newcomers.forget(file.path()),
                }
            }
        }
    }
}

fn put_down(
    session: &Session,
    file: FileChange,
    newcomers: &mut Newcomers,
    output: &mut Output,
) -> Result<(), Failure> {
    let path = file.path().clone();
    let change = Change { title: format!("add {}", path.stem()), files: vec![file] };
    let committed = write(session, &change)?;
    say(&committed, "Written", "", output);
    newcomers.written(path);
    Ok(())
}

/// The note as it will be, moved in.
fn shown(file: &FileChange) -> String {
    let text = match file {
        FileChange::Create { text, .. } | FileChange::Regenerate { text, .. } => text.as_str(),
        FileChange::Edit { .. } | FileChange::Move { .. } | FileChange::Remove { .. } => "",
    };
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let lines = lines.map(|line| format!("  | {line}\n")).collect::<String>();
    format!("  {}\n{lines}", file.path())
}

// From a file or a pipe

fn take_all(
    arguments: &StartArguments,
    world: &World,
    session: Option<&Session>,
    newcomers: &mut Newcomers,
    output: &mut Output,
) -> Result<usize, Failure> {
    let mut files = Vec::new();
    let mut skipped = 0;
    for (at, line) in lines(arguments, world)?.iter().enumerate() {
        match newcomers.take(line) {
            Newcomer::Nobody => {}
            Newcomer::Known(words) => output.talk(&Line::of(words)),
            Newcomer::Unclear(refusal) => {
                let hint = refusal.hint.map_or_else(String::new, |hint| format!(" ({hint})"));
                output.notice(&format!("line {}: {}{hint}", at + 1, refusal.reason));
                skipped += 1;
            }
            Newcomer::New(file) => files.push(file),
        }
    }
    let people = if files.len() == 1 { "person" } else { "people" };
    let change = Change { title: format!("start with {} {people}", files.len()), files };
    if arguments.dry_run {
        show_all(&change, output);
    } else if let Some(session) = session.filter(|_| !change.files.is_empty()) {
        check_agreement(arguments, &change, output)?;
        let paths = change.files.iter().map(|file| file.path().clone()).collect::<Vec<NotePath>>();
        carry_out(session, &change, false, "Written", output)?;
        paths.into_iter().for_each(|path| newcomers.written(path));
    }
    Ok(skipped)
}

fn show_all(change: &Change, output: &mut Output) {
    for file in &change.files {
        if let FileChange::Create { path, text } = file {
            output.diff(&unified(path.as_str(), None, text));
        }
    }
    if change.files.is_empty() {
        output.talk(&Line::of("Nothing would change."));
    }
}

fn check_agreement(
    arguments: &StartArguments,
    change: &Change,
    output: &mut Output,
) -> Result<(), Failure> {
    if arguments.yes {
        return Ok(());
    }
    if !output.terminal.can_ask() {
        return Err(Failure::usage("nobody is there to be asked, so nothing was written")
            .hint("`--yes` does not ask, `--dry-run` only shows"));
    }
    change.files.iter().for_each(|file| output.usage(&shown(file)));
    let question = format!("Write {} notes?", change.files.len());
    if agreed(&question, output) { Ok(()) } else { Err(Failure::no("nothing was written")) }
}

fn lines(arguments: &StartArguments, world: &World) -> Result<Vec<String>, Failure> {
    match arguments.from.as_deref().filter(|file| *file != Path::new("-")) {
        Some(file) => lines_of_file(&world.environment.current_folder().join(file)),
        None => {
            let failed = |error| Failure::refused("cannot read standard input", error);
            let mut lines = Vec::new();
            while let Some(line) = read_line().map_err(failed)? {
                lines.push(line);
            }
            Ok(lines)
        }
    }
}

fn lines_of_file(file: &Path) -> Result<Vec<String>, Failure> {
    let failed = |error| Failure::refused(format!("cannot read {}", file.display()), error);
    match open(&file.canonicalize().map_err(failed)?) {
        Opened::Text(text, None) => Ok(text.lines().map(str::to_owned).collect()),
        Opened::Text(_, Some(finding)) | Opened::Nothing(finding) => {
            Err(Failure::new(Exit::Refused, format!("{}: {}", file.display(), finding.message)))
        }
        Opened::Gone => Err(Failure::new(Exit::Refused, format!("{} is gone", file.display()))),
    }
}

// The end

/// Fewer people a day, for somebody who has too much already.
fn offer_less(session: &Session, output: &mut Output) -> Result<(), Failure> {
    const LESS: &str = "2";
    let file = session.config.files.iter().find(|file| file.name == SETTINGS_FILE);
    let before = file.map(|file| file.text.clone());
    let (Some(path), true) = (
        NotePath::new(SETTINGS_FILE),
        session.settings().agenda.limit > 2
            && agreed("Show at most two people a day, not four?", output),
    ) else {
        return Ok(());
    };
    let text = changed(before.as_deref().unwrap_or(""), "agenda.limit", LESS)?;
    let files = vec![FileChange::Regenerate { path, before, text }];
    let change = Change { title: "show at most two people a day".to_owned(), files };
    carry_out(session, &change, false, "Two people a day", output)?;
    Ok(())
}

fn close(
    world: &World,
    newcomers: &Newcomers,
    trouble: Option<Trouble>,
    output: &mut Output,
) -> Result<Exit, Failure> {
    // The settings may have changed.
    let session = world.open(output)?;
    output.usage("\n");
    let ended = morning(&session, output)?;
    output.talk(&Line::new());
    output.talk(&Line::of(Trouble::advice(trouble)));
    let who = newcomers.first_word().unwrap_or_else(|| "WHO".to_owned());
    output.hint(&format!("`ties log {who} call: …` after you spoke, `ties show {who}` before"));
    output.hint("`ties` shows the day; agenda.md is a note like any other");
    output.hint("`ties start` again takes more people");
    Ok(ended)
}
