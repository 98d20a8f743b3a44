//! What commands that take a query have in common: the words, the flags, and the shapes for other programs.

use crate::app::asking::{self, Lines};
use crate::app::refresh::Reading;
use crate::app::session::Session;
use crate::features::query::explain::explain;
use crate::features::query::field::SortKey;
use crate::features::query::meaning::{Limit, Query};
use crate::features::query::search::{Hit, Hits};
use crate::features::query::trouble::Trouble;
use crate::features::query::understand::sort_keys;
use crate::features::standing::Situation;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::Line;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::progress::Progress;
use crate::frontends::cli::snippet::marked;
use crate::frontends::cli::template::{Template, Told};
use crate::frontends::wire::{json, json_line};
use crate::frontends::wire_search::{WireExplanation, WireHit};
use clap::Args;

/// The notes that `query` finds, with what the person should know of the index told.
pub fn found<'a>(
    session: &Session,
    reading: &Reading,
    situation: &'a Situation<'a>,
    query: &Query,
    output: &mut Output,
) -> Hits<'a> {
    let progress = Progress::new("taking in notes", output.terminal.talk && !output.is_quiet());
    let tell = |count| progress.advance(count);
    let (found, notices) = asking::hits(session, reading, situation, query, &tell);
    drop(progress);
    notices.iter().for_each(|notice| output.notice(&notice.to_string()));
    found
}

/// How an answer is shown.
#[derive(Debug, Default, Args)]
pub struct Shown {
    /// As JSON
    #[arg(long, conflicts_with_all = ["jsonl", "format", "null"])]
    pub json: bool,
    /// As JSON, one line each
    #[arg(long, conflicts_with_all = ["format", "null"])]
    pub jsonl: bool,
    /// One record each, of these fields: '{name}\t{path}'
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// End each record with a NUL; without --format, the paths
    #[arg(short = '0', long)]
    pub null: bool,
    /// Tell what was understood, and look for nothing
    #[arg(long)]
    pub explain: bool,
    /// At most so many; `all` for all of them
    #[arg(long, value_name = "N", value_parser = limit)]
    pub limit: Option<Limit>,
    /// The order: name, last, due, birthday, created, circle or relevance; `-` before it turns it round
    #[arg(long, value_name = "BY", allow_hyphen_values = true)]
    pub sort: Option<String>,
}

impl Shown {
    /// The query that `words` are, with what the flags say of the answer.
    pub fn query(
        &self,
        words: &[String],
        session: &Session,
        situation: &Situation<'_>,
    ) -> Result<Query, Failure> {
        let sort = self.sort.as_deref().map(sort_keys).transpose();
        let sort: Option<Vec<SortKey>> = sort.map_err(|trouble| refused(&trouble))?;
        let query = asking::query(session, situation, words.join(" ").trim_start());
        let mut query = query.map_err(|trouble| refused(&trouble))?;
        query.sort = sort.unwrap_or(query.sort);
        query.limit = self.limit.or(query.limit);
        Ok(query)
    }

    /// Whether lines for people are wanted, and nothing for programs.
    pub fn is_for_people(&self) -> bool {
        !(self.json || self.jsonl || self.null || self.format.is_some())
    }

    /// Tells what was understood, where that is wanted.
    pub fn explained(
        &self,
        situation: &Situation<'_>,
        query: &Query,
        output: &mut Output,
    ) -> Option<Exit> {
        if !self.explain {
            return None;
        }
        let explanation = explain(situation, query);
        let wire = |explanation| WireExplanation { query: query.written.clone(), explanation };
        if self.json {
            output.data_text(&json(wire(explanation)));
        } else if self.jsonl {
            output.data_text(&json_line(wire(explanation)));
        } else {
            explanation.iter().for_each(|line| output.data(&Line::of(line)));
        }
        Some(Exit::Done)
    }

    /// The records that are wanted instead of lines for people.
    pub fn template(&self) -> Result<Option<Template>, Failure> {
        match &self.format {
            Some(format) => Template::parse(format).map(Some),
            None => Ok(self.null.then(Template::of_path)),
        }
    }
}

fn limit(text: &str) -> Result<Limit, String> {
    Limit::parse(text).ok_or_else(|| "a number from 1 on, or `all`".to_owned())
}

/// Writes one record, or one line of JSON, for each hit.
pub struct Records<'a> {
    /// The vault.
    pub session: &'a Session,
    /// What was read of it.
    pub reading: &'a Reading,
    /// Its people.
    pub situation: &'a Situation<'a>,
    /// What was asked.
    pub query: &'a Query,
}

impl Records<'_> {
    /// The records of a format, until nobody reads them any more.
    pub fn write(&self, template: &Template, hits: &[Hit<'_>], nul: bool, output: &mut Output) {
        let mut lines = template.wants_snippet().then(|| Lines::of(self.reading, self.query));
        for hit in hits {
            if output.is_over() {
                return;
            }
            let snippet = lines.as_mut().and_then(|lines| lines.line(hit));
            let (session, situation) = (self.session, self.situation);
            let told = Told { session, situation, hit, snippet: snippet.as_ref() };
            output.record(&template.record(&told), nul);
        }
    }

    /// The shapes of the hits.
    pub fn wires(&self, hits: &[Hit<'_>]) -> impl Iterator<Item = WireHit> {
        let mut lines = Lines::of(self.reading, self.query);
        hits.iter().map(move |hit| WireHit::new(self.situation, hit, lines.line(hit).as_ref()))
    }

    /// One line of JSON for each, until nobody reads them any more.
    pub fn write_lines(&self, hits: &[Hit<'_>], output: &mut Output) {
        for wire in self.wires(hits) {
            if output.is_over() {
                return;
            }
            output.data_text(&json_line(wire));
        }
    }
}

/// Why a query is not understood, with marks under the place.
fn refused(trouble: &Trouble) -> Failure {
    let place = trouble.view.as_ref().map(|view| format!("in the view `{view}`, "));
    let mut failure = Failure::usage(place.unwrap_or_default() + &trouble.message);
    failure.place = marked(&trouble.text, trouble.span);
    match &trouble.hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}
