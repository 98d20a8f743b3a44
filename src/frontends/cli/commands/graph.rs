//! `ties graph`

use crate::app::asking;
use crate::app::drawing::{destination, put};
use crate::app::refresh::Reading;
use crate::app::session::Session;
use crate::features::graph::dot::dot;
use crate::features::graph::layout::layout;
use crate::features::graph::legend::heading;
use crate::features::graph::mermaid::mermaid;
use crate::features::graph::model::{ColorBy, Picture, Wish, picture};
use crate::features::graph::ours::is_ours;
use crate::features::graph::svg::svg;
use crate::features::query::subject::SubjectKind;
use crate::features::standing::Situation;
use crate::frontends::cli::asked::{Shown, found};
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::cli::world::World;
use crate::frontends::wire::json;
use crate::frontends::wire_graph::WireGraph;
use crate::people::book::ContactId;
use crate::text::phrase;
use crate::text::seal::sealed;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Draw people and their ties
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties graph --to ~/people.svg
  ties graph near:ana/2 --inferred --to ana.svg
  ties graph group:choir --by group --no-me --to choir.svg
  ties graph circle:inner,growth > inner.mmd
  ties graph --format dot | sfdp -Goverlap=prism -Tsvg > people.svg

Nobody whose note is `private: true` is drawn, and no tie that a note calls private.
docs/relations.md tells how to read a picture.")]
pub struct GraphArguments {
    /// Whom to draw; without it everybody who is not archived
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// The form; without it as FILE ends, else svg into a file and mermaid onto the screen
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Into this file, where it is new or is as ties drew it; `-` is the screen
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// With family that follows and no note writes, as dashed lines
    #[arg(long)]
    inferred: bool,
    /// What the colours tell
    #[arg(long, value_enum, default_value_t = By::Circle)]
    by: By,
    /// Without yourself
    #[arg(long)]
    no_me: bool,
    /// With what notes call private
    #[arg(long)]
    private: bool,
    /// At most so many people, the best connected, from 1 to 1000
    #[arg(long, value_name = "N", default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..=1000))]
    limit: u32,
    /// Tell what would be drawn, and write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A picture that stands alone
    Svg,
    /// Text for Mermaid
    Mermaid,
    /// Text for Graphviz
    Dot,
    /// People, ties and places for other programs
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    Circle,
    Group,
}

/// Draws.
pub fn run(
    arguments: &GraphArguments,
    world: &World,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let format = arguments.format()?;
    let session = world.open(output)?;
    let reading = read(&session, output);
    let situation = asking::situation(&session, &reading);
    let people = arguments.people(&session, &reading, &situation, output)?;
    let picture = picture(&situation, &arguments.wish(people));
    if picture.people.is_empty() {
        output.talk(&Line::of("Nobody fits, so nothing is drawn."));
        tell_left_out(arguments, &picture, output);
        return Ok(Exit::No);
    }
    let text = drawn(&picture, format);
    if let Some(file) = arguments.file() {
        let file = world.environment.current_folder().join(file);
        let destination = destination(&session, &file, &text, is_ours)?;
        if !arguments.dry_run {
            put(&destination, &text)?;
        }
        tell_written(arguments, &picture, destination.is_same, output);
    } else if arguments.dry_run {
        output.talk(&Line::of(format!("Would draw {}.", heading(&picture))));
    } else {
        output.file(&text);
    }
    tell_left_out(arguments, &picture, output);
    Ok(ended(&reading, output))
}

impl GraphArguments {
    /// Where it goes; `None` for the screen.
    fn file(&self) -> Option<&PathBuf> {
        self.to.as_ref().filter(|file| file.as_os_str() != "-")
    }

    fn format(&self) -> Result<Format, Failure> {
        let Some(file) = self.file() else { return Ok(self.format.unwrap_or(Format::Mermaid)) };
        let ending = file.extension().unwrap_or_default().to_ascii_lowercase();
        let by_ending = match ending.to_str().unwrap_or_default() {
            "svg" => Some(Format::Svg),
            "mmd" | "mermaid" => Some(Format::Mermaid),
            "dot" | "gv" => Some(Format::Dot),
            "json" => Some(Format::Json),
            "png" | "pdf" | "jpg" | "jpeg" | "webp" => {
                return Err(Failure::usage("`ties` draws svg, mermaid, dot and json only")
                    .hint("draw an svg: browsers print it as a pdf and save it as a picture"));
            }
            _ => None,
        };
        Ok(self.format.or(by_ending).unwrap_or(Format::Svg))
    }

    /// The people that the query finds; `None` without one.
    fn people(
        &self,
        session: &Session,
        reading: &Reading,
        situation: &Situation<'_>,
        output: &mut Output,
    ) -> Result<Option<Vec<ContactId>>, Failure> {
        if self.query.is_empty() {
            return Ok(None);
        }
        let query = Shown::default().query(&self.query, session, situation)?.of_people();
        let found = found(session, reading, situation, &query, output);
        let people = found.hits.iter().filter_map(|hit| match hit.subject.kind {
            SubjectKind::Person(id) => Some(id),
            _ => None,
        });
        Ok(Some(people.collect()))
    }

    fn wish(&self, people: Option<Vec<ContactId>>) -> Wish {
        Wish {
            people,
            limit: self.limit as usize,
            inferred: self.inferred,
            private: self.private,
            owner: !self.no_me,
            by: match self.by {
                By::Circle => ColorBy::Circle,
                By::Group => ColorBy::Group,
            },
        }
    }
}

fn drawn(picture: &Picture, format: Format) -> String {
    match format {
        Format::Svg => svg(picture, &layout(picture)),
        Format::Mermaid => mermaid(picture),
        Format::Dot => dot(picture),
        Format::Json => sealed(&json(WireGraph::new(picture, &layout(picture)))),
    }
}

fn tell_written(arguments: &GraphArguments, picture: &Picture, is_same: bool, output: &mut Output) {
    let file = arguments.to.as_ref().map(|file| file.display().to_string()).unwrap_or_default();
    let heading = heading(picture);
    let line = match (is_same, arguments.dry_run) {
        (true, _) => {
            Line::new().label(Label::Place, file).plain(format!(" is as it should be: {heading}."))
        }
        (false, true) => {
            Line::of(format!("Would draw {heading} into ")).label(Label::Place, file).plain(".")
        }
        (false, false) => {
            Line::of(format!("Drew {heading} into ")).label(Label::Place, file).plain(".")
        }
    };
    output.talk(&line);
}

/// Who and what is not in the picture, and how it would be.
fn tell_left_out(arguments: &GraphArguments, picture: &Picture, output: &mut Output) {
    if picture.beyond > 0 {
        let shown = picture.people.len();
        output.notice(&format!(
            "these are the {shown} best connected; {} more are not drawn; a query narrows it: \
             `ties graph circle:inner`",
            picture.beyond
        ));
    }
    if picture.lines_beyond > 0 {
        output.notice(&format!("{} more ties are not drawn", picture.lines_beyond));
    }
    if picture.private > 0 {
        let are = if picture.private == 1 { "is" } else { "are" };
        let people = phrase::count(picture.private, "person", "people");
        let people = phrase::capital(&people);
        output.notice(&format!(
            "{people} with a private note {are} not drawn; `--private` would draw them"
        ));
    }
    if picture.partly > 0 {
        let people = phrase::count(picture.partly, "person", "people");
        output.notice(&format!(
            "of {people} something that the note calls private is not drawn; `--private` would draw it"
        ));
    }
    if arguments.private && arguments.file().is_some() {
        output.notice("what notes call private is in this file");
    }
}
