//! `ties gift`

use crate::app::asking;
use crate::app::session::Session;
use crate::features::gift::{GiftWritten, IdeaEnd, NewGift, gift};
use crate::features::gifts::{Alike, alike};
use crate::features::page_layout::table;
use crate::features::page_words::PageWords;
use crate::frontends::cli::carry_out::carry_out;
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::given::past_date;
use crate::frontends::cli::line::Line;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::reading::{ended, read};
use crate::frontends::cli::who::one;
use crate::frontends::wire::json;
use crate::frontends::wire_gifts::WireGifts;
use crate::people::contact::Contact;
use crate::people::gift::{Gift, GiftKind};
use clap::{Args, ValueEnum};

/// Write down a gift or an idea for one, or show them
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties gift ana idea climbing shoes, size 38 --for birthday
  ties gift ana gave Douro red --for Christmas --on 2025-12-24
  ties gift ana got the grey cardigan
  ties gift ana            ideas, and what was given and got

What was given before, to them or to somebody who lives with them, is said. An idea that is given is an idea no more:
its line goes, and `ties undo` brings it back.")]
pub struct GiftArguments {
    /// Whose: a name, or the start of one
    #[arg(value_name = "WHO")]
    who: String,
    /// An idea, or a gift that went one way or the other; without it, all are shown
    #[arg(value_name = "WAY")]
    way: Option<Way>,
    /// What; the occasion may stand in parentheses at its end
    #[arg(value_name = "TEXT", requires = "way")]
    text: Vec<String>,
    /// When it was: yesterday, 2025-12-24, or as far as you know; today where it is left out
    #[arg(long, value_name = "WHEN", requires = "way")]
    on: Option<String>,
    /// What it is for: birthday, Christmas
    #[arg(long = "for", value_name = "OCCASION", requires = "way")]
    occasion: Option<String>,
    /// Show what would be written, and write nothing
    #[arg(long, requires = "way")]
    dry_run: bool,
    /// All of them, as JSON
    #[arg(long, conflicts_with = "way")]
    json: bool,
}

/// Which way a gift goes.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Way {
    /// An idea for later
    Idea,
    /// You gave it
    Gave,
    /// You got it
    Got,
}

/// Writes a gift down, or shows those that are.
pub fn run(
    arguments: &GiftArguments,
    session: &Session,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let today = session.today;
    let on = arguments.on.as_deref().map(|on| past_date(on, today)).transpose()?;
    let reading = read(session, output);
    let who = one(&reading.book, &arguments.who, output)?;
    let contact = reading.book.contact(who);
    let words = PageWords { book: &reading.book, who, today };
    let Some(way) = arguments.way else {
        let exit = show(contact, &words, arguments.json, output);
        return Ok(ended(&reading, output).max(exit));
    };
    let new = NewGift {
        kind: match way {
            Way::Idea => GiftKind::Idea,
            Way::Gave => GiftKind::Gave,
            Way::Got => GiftKind::Got,
        },
        what: arguments.text.join(" "),
        date: on,
        occasion: arguments.occasion.clone(),
    };
    let note = reading.text(contact.path.as_str());
    match gift(contact, note.as_deref(), &session.vocabulary, today, &new)? {
        GiftWritten::There { line } => {
            let place = format!("{}:{line}", contact.path);
            output.talk(&Line::of(format!("Nothing to write: {place} says so already.")));
        }
        GiftWritten::New { change, read, idea } => {
            let done = done(&contact.name, &read, idea);
            carry_out(session, &change, arguments.dry_run, &done, output)?;
            if let Some(IdeaEnd::Stays { line }) = idea {
                output.notice(&format!("the idea on line {line} stays, for there is more to it"));
            }
            let situation = asking::situation(session, &reading);
            let alike = alike(&situation, who, read.kind, &read.what);
            let is_idea = |of: &Alike<'_>| of.is_same && of.gift.kind == GiftKind::Idea;
            for of in alike.iter().filter(|of| idea.is_none() || !is_idea(of)).take(ALIKE) {
                output.notice(&before(&words, of));
            }
        }
    }
    Ok(Exit::Done)
}

/// More gifts that are alike than this tell nothing new.
const ALIKE: usize = 3;

fn done(name: &str, gift: &Gift, idea: Option<IdeaEnd>) -> String {
    let what = &gift.what;
    let occasion = gift.occasion.as_ref().map(|of| format!(" ({of})")).unwrap_or_default();
    let idea = if idea == Some(IdeaEnd::Gone) { ", which was an idea" } else { "" };
    match gift.kind {
        GiftKind::Idea => format!("An idea for {name}: {what}{occasion}"),
        GiftKind::Gave => format!("Given to {name}: {what}{occasion}{idea}"),
        GiftKind::Got => format!("Got from {name}: {what}{occasion}"),
    }
}

/// What was there before: `you gave Ana Lima the same: Douro red (Christmas, 24 December 2025)`.
fn before(words: &PageWords<'_>, of: &Alike<'_>) -> String {
    let name = |id| words.book.brief(id).name.as_str();
    let (_, told) = words.gift(of.gift);
    let same = if of.is_same { "the same" } else { "something like it" };
    let whom = match of.who == words.who {
        true => name(of.who).to_owned(),
        false => format!("{}, who lives with {},", name(of.who), name(words.who)),
    };
    match of.gift.kind {
        GiftKind::Gave => format!("you gave {whom} {same} before: {told}"),
        GiftKind::Got => format!("you got {same} from {whom}: {told}"),
        GiftKind::Idea => format!("an idea for {whom} is {same}: {told}"),
    }
}

/// Ideas first, then the newest.
fn show(contact: &Contact, words: &PageWords<'_>, as_json: bool, output: &mut Output) -> Exit {
    let gifts = words.gifts();
    if as_json {
        output.data_text(&json(WireGifts::new(contact, &gifts)));
        return Exit::Done;
    }
    if gifts.is_empty() {
        output.talk(&Line::of(format!("No gift is written down for {}.", contact.name)));
        return Exit::No;
    }
    let rows = gifts.iter().map(|gift| words.gift(gift)).collect::<Vec<_>>();
    let columns = output.terminal.width;
    output.page(&format!("{}\n{}", contact.name, table(&rows, columns)), &[]);
    Exit::Done
}
