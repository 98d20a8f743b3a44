//! `ties search`

use crate::app::asking::{self, Lines};
use crate::app::refresh::Reading;
use crate::app::session::Session;
use crate::features::listing::listed;
use crate::features::query::meaning::{Limit, Query};
use crate::features::query::nearest_name::nearest_name;
use crate::features::query::search::{Hit, Hits};
use crate::features::query::snippet::Snippet;
use crate::features::query::subject::SubjectKind;
use crate::features::standing::Situation;
use crate::frontends::cli::asked::{Records, Shown, found};
use crate::frontends::cli::choosing::choose_hit;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::wire::json;
use crate::frontends::wire_search::{WireHits, kind_word};
use crate::text::phrase;
use clap::Args;

/// So many hits are shown on a screen where nobody says how many: the best ones come first, and who looks on says
/// what they mean sooner than they read on. Another program gets all.
const SCREENFUL: usize = 50;

/// Find people and notes by words, names and what the notes say
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties search gacria
  ties search 'climbing circle:inner last:>3mo -group:work'
  ties search '\"ceramics school\" OR birthday:..2w'
  ties search -i kiln      type to filter, Enter prints the path of the note
  ties search near:ana/2 --format '{name}\\t{path}'

A screen shows the best 50, and a word of the others; limit:all shows all. A pipe or a file gets all.
docs/query-language.md tells of every field. Exit code 1 where nothing is found.")]
pub struct SearchArguments {
    /// What to look for; in single quotes, so that the shell leaves it alone
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// Pick one on the screen; prints the path of the note
    #[arg(long, short, conflicts_with_all = ["json", "jsonl", "format"])]
    interactive: bool,
    #[command(flatten)]
    shown: Shown,
}

/// Searches.
pub fn run(
    arguments: &SearchArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let template = arguments.shown.template()?;
    let reading = read(session, output);
    let situation = asking::situation(session, &reading);
    let mut query = arguments.shown.query(&arguments.query, session, &situation)?;
    if let Some(exit) = arguments.shown.explained(&situation, &query, output) {
        return Ok(exit);
    }
    let is_screenful =
        output.terminal.output && !arguments.interactive && arguments.shown.is_for_people();
    let cut_short = is_screenful && query.limit.is_none();
    if cut_short {
        query.limit = Some(Limit::First(SCREENFUL));
    }
    let found = found(session, &reading, &situation, &query, output);
    let records = Records { session, reading: &reading, situation: &situation, query: &query };
    if arguments.interactive && !found.hits.is_empty() {
        let picked = choose_hit(&reading, &situation, &found.hits, output)?;
        output.data(&Line::of(picked.as_str()));
    } else if let Some(template) = template {
        records.write(&template, &found.hits, arguments.shown.null, output);
    } else if arguments.shown.jsonl {
        records.write_lines(&found.hits, output);
    } else if arguments.shown.json {
        let hits = records.wires(&found.hits).collect();
        output.data_text(&json(WireHits {
            query: query.written.clone(),
            total: found.total,
            hits,
        }));
    } else {
        let mut lines = Lines::of(&reading, &query);
        for hit in &found.hits {
            if output.is_over() {
                break;
            }
            show(&situation, hit, lines.line(hit).as_ref(), output);
        }
    }
    let exit = ended(&reading, output);
    let said = said(&found, cut_short, output);
    if said == Some(Exit::No) {
        say_what_is_near(session, &reading, &situation, &query, output);
    }
    Ok(said.unwrap_or(exit))
}

/// A word for the person where nothing was found, or not all of it shown.
fn said(found: &Hits<'_>, cut_short: bool, output: &mut Output) -> Option<Exit> {
    let shown = found.hits.len();
    if shown < found.total && cut_short {
        let more = found.total - shown;
        output.talk(&Line::of(format!("… and {more} more; `limit:all` shows them.")));
    } else if shown < found.total {
        output.talk(&Line::of(format!("The first {shown} of {}.", found.total)));
    }
    if shown > 0 {
        return None;
    }
    output.talk(&Line::of("Nothing was found."));
    Some(Exit::No)
}

/// What somebody may have meant who found nothing: words that begin so, or a name.
fn say_what_is_near(
    session: &Session,
    reading: &Reading,
    situation: &Situation<'_>,
    query: &Query,
    output: &mut Output,
) {
    let wider = beginnings(&query.written).filter(|wider| {
        let wider = asking::query(session, situation, wider);
        wider.is_ok_and(|wider| found(session, reading, situation, &wider, output).total > 0)
    });
    match (wider, nearest_name(situation.book, &query.wanted_terms())) {
        (Some(wider), _) => {
            output.hint(&format!("`{wider}` finds words that only begin so"));
        }
        (None, Some(name)) => output.hint(&format!("the nearest name here is `{name}`")),
        (None, None) => output.hint("--explain tells how the query was understood"),
    }
}

/// The query with its plain words as beginnings (`climb*`); `None` where it has none.
fn beginnings(query: &str) -> Option<String> {
    let is_plain = |word: &str| {
        word.chars().count() > 2
            && word.chars().all(char::is_alphanumeric)
            && !matches!(word, "AND" | "OR" | "NOT")
    };
    if query.contains('"') || !query.split(' ').any(is_plain) {
        return None;
    }
    let words = query.split(' ');
    let words = words.map(|word| if is_plain(word) { format!("{word}*") } else { word.to_owned() });
    Some(words.collect::<Vec<_>>().join(" "))
}

/// `Ana Lima · inner · 12 October`, and below it the line that shows why.
fn show(situation: &Situation<'_>, hit: &Hit<'_>, snippet: Option<&Snippet>, output: &mut Output) {
    let subject = &hit.subject;
    let (book, today) = (situation.book, situation.day);
    let (what, last) = match subject.kind {
        SubjectKind::Person(id) | SubjectKind::Me(id) => {
            let last = listed(book, id, today).last_contact;
            (book.brief(id).circle.clone(), last.map(|date| phrase::loose(date, today)))
        }
        SubjectKind::Journal | SubjectKind::Habit | SubjectKind::Note => {
            (Some(kind_word(subject.kind).to_owned()), None)
        }
    };
    let line = Line::new().label(Label::Name, subject.name(book));
    let parts = [what, last].into_iter().flatten();
    output.data(&parts.fold(line, |line, part| line.label(Label::Quiet, " · ").plain(part)));
    let place = Line::of("  ");
    output.data(&match snippet {
        None => place.label(Label::Place, subject.path.as_str()),
        Some(snippet) => {
            let place = place.label(Label::Place, format!("{}:{}", subject.path, snippet.line));
            highlighted(place.label(Label::Quiet, ": "), snippet)
        }
    });
}

fn highlighted(mut line: Line, snippet: &Snippet) -> Line {
    let mut from = 0;
    for mark in &snippet.marks {
        line = line.plain(snippet.text.get(from..mark.start).unwrap_or(""));
        line = line.label(Label::Match, mark.of(&snippet.text));
        from = mark.end;
    }
    line.plain(snippet.text.get(from..).unwrap_or(""))
}
