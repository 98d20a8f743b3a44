//! What each step costs for one note, on one thread, beside the bare parsers that others use.

use crate::generator::vault::today;
use crate::measure::{Job, interleaved, timed};
use crate::report::{Promise, Report};
use crate::vaults::{Vault, read_all, walked};
use pulldown_cmark::{Options, Parser};
use std::error::Error;
use std::hint::black_box;
use ties::effects::vault::scan::scan;
use ties::features::agenda::compose::compose;
use ties::features::agenda::render::render;
use ties::features::settings::Settings;
use ties::note::path::NotePath;
use ties::note::{front_matter, markdown};
use ties::people::book::Book;
use ties::people::decode::decode;
use ties::people::vocabulary::Vocabulary;

/// Adds a row for each step.
pub(crate) fn measured(
    vault: &Vault,
    rounds: usize,
    report: &mut Report,
) -> Result<(), Box<dyn Error>> {
    let root = vault.root()?;
    let mut paths = Vec::new();
    walked(&root, &mut paths)?;
    let (vocabulary, settings) = (Vocabulary::default(), Settings::default());
    let files = scan(&root, &[], &|_, text| text).files;
    let bodies = files.iter().map(|(_, text)| body_start(text)).collect::<Vec<_>>();
    let each = |(path, text): &(NotePath, String)| decode(path, text, &vocabulary);
    let notes = files.iter().map(each).collect::<Vec<_>>();
    let book = Book::new(notes.clone(), &vocabulary, None);
    let mut buffer = Vec::new();
    let texts = || files.iter().map(|(_, text)| text.as_str()).zip(bodies.iter().copied());
    let mut jobs: Vec<(&str, Job<'_>)> = vec![
        ("R", Box::new(|| Ok(timed(|| read_all(&paths, &mut buffer)).1))),
        (
            "the bare parsers (serde_yaml, pulldown-cmark)",
            Box::new(|| Ok(timed(|| texts().for_each(|(text, body)| bare(text, body))).1)),
        ),
        (
            "walk, open and read as text, in path order (all threads)",
            Box::new(|| Ok(timed(|| scan(&root, &[], &|_, text| text)).1)),
        ),
        (
            "front matter",
            Box::new(|| Ok(timed(|| each_of(texts(), |text, _| front_matter::read(text))).1)),
        ),
        (
            "front matter without the fast reader",
            Box::new(|| {
                Ok(timed(|| each_of(texts(), |text, _| front_matter::read_thoroughly(text))).1)
            }),
        ),
        ("Markdown", Box::new(|| Ok(timed(|| each_of(texts(), markdown::read)).1))),
        (
            "Markdown without the fast reader",
            Box::new(|| Ok(timed(|| each_of(texts(), markdown::read_thoroughly)).1)),
        ),
        (
            "decode (front matter, Markdown and all that they mean)",
            Box::new(|| {
                Ok(timed(|| files.iter().map(each).for_each(|note| drop(black_box(note)))).1)
            }),
        ),
        (
            "the book of everyone",
            Box::new(|| {
                let notes = notes.clone();
                Ok(timed(|| Book::new(notes, &vocabulary, None)).1)
            }),
        ),
        (
            "the agenda from the book",
            Box::new(|| {
                let agenda = || compose(&book, today(), &settings, &vocabulary, None);
                Ok(timed(|| agenda().map(|agenda| render(&agenda))).1)
            }),
        ),
    ];
    let (names, mut jobs): (Vec<_>, Vec<_>) = jobs.drain(..).unzip();
    let runs = interleaved(&mut jobs, rounds)?;
    let Some(read) = runs.first() else { return Ok(()) };
    report.time(&format!("R, {}", vault.named()), read, Promise::None);
    for (name, runs) in names.iter().zip(&runs).skip(1) {
        report.per_note(name, runs, ("R", read), files.len());
    }
    Ok(())
}

fn each_of<'a, T>(
    texts: impl Iterator<Item = (&'a str, usize)>,
    read: impl Fn(&'a str, usize) -> T,
) {
    texts.for_each(|(text, body)| drop(black_box(read(text, body))));
}

fn body_start(text: &str) -> usize {
    front_matter::read(text).0.map_or(0, |block| block.span.end)
}

/// What a program does that gives front matter and body to the two parsers and looks at nothing.
fn bare(text: &str, body: usize) {
    let block = text.get(..body).unwrap_or("").trim_start_matches('\u{feff}');
    let yaml = block.trim_start_matches("---").trim_end().trim_end_matches("---");
    let _ = black_box(serde_yaml::from_str::<serde_yaml::Value>(yaml));
    let options = Options::ENABLE_TABLES | Options::ENABLE_WIKILINKS;
    let events = Parser::new_ext(text.get(body..).unwrap_or(""), options).into_offset_iter();
    black_box(events.count());
}
