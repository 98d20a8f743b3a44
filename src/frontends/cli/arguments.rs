//! The whole command line as one type.

use crate::frontends::cli::commands::add::AddArguments;
use crate::frontends::cli::commands::agenda::AgendaArguments;
use crate::frontends::cli::commands::archive::ArchiveArguments;
use crate::frontends::cli::commands::brief::BriefArguments;
use crate::frontends::cli::commands::check::CheckArguments;
use crate::frontends::cli::commands::completions::CompletionsArguments;
use crate::frontends::cli::commands::config::ConfigArguments;
use crate::frontends::cli::commands::done::DoneArguments;
use crate::frontends::cli::commands::due::DueArguments;
use crate::frontends::cli::commands::duplicates::DuplicatesArguments;
use crate::frontends::cli::commands::edit::EditArguments;
use crate::frontends::cli::commands::event::EventArguments;
use crate::frontends::cli::commands::export::ExportArguments;
use crate::frontends::cli::commands::gift::GiftArguments;
use crate::frontends::cli::commands::graph::GraphArguments;
use crate::frontends::cli::commands::habit::HabitArguments;
use crate::frontends::cli::commands::inbox::InboxArguments;
use crate::frontends::cli::commands::index::IndexArguments;
use crate::frontends::cli::commands::init::InitArguments;
use crate::frontends::cli::commands::list::ListArguments;
use crate::frontends::cli::commands::log::LogArguments;
use crate::frontends::cli::commands::man::ManArguments;
use crate::frontends::cli::commands::merge::MergeArguments;
use crate::frontends::cli::commands::path::PathArguments;
use crate::frontends::cli::commands::promise::PromiseArguments;
use crate::frontends::cli::commands::promises::PromisesArguments;
use crate::frontends::cli::commands::relations::RelationsArguments;
use crate::frontends::cli::commands::rename::RenameArguments;
use crate::frontends::cli::commands::rest::RestArguments;
use crate::frontends::cli::commands::review::ReviewArguments;
use crate::frontends::cli::commands::search::SearchArguments;
use crate::frontends::cli::commands::service::ServiceArguments;
use crate::frontends::cli::commands::show::ShowArguments;
use crate::frontends::cli::commands::snooze::SnoozeArguments;
use crate::frontends::cli::commands::start::StartArguments;
use crate::frontends::cli::commands::stats::StatsArguments;
use crate::frontends::cli::commands::status::StatusArguments;
use crate::frontends::cli::commands::triage::TriageArguments;
use crate::frontends::cli::commands::undo::UndoArguments;
use crate::frontends::cli::commands::watch::WatchArguments;
use crate::frontends::cli::commands::why::WhyArguments;
use crate::frontends::cli::world::EveryCommand;
use clap::{Parser, Subcommand};

/// A plain-text memory for people who care about people
#[derive(Debug, Parser)]
#[command(name = "ties", version, disable_help_subcommand = true, max_term_width = 100)]
pub struct Arguments {
    /// Flags of every command.
    #[command(flatten)]
    pub every: EveryCommand,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
#[expect(missing_docs, reason = "the help of each is the doc comment of its arguments")]
pub enum Command {
    List(ListArguments),
    Why(WhyArguments),
    Undo(UndoArguments),
    Start(StartArguments),
    Snooze(SnoozeArguments),
    #[command(visible_alias = "away")]
    Rest(RestArguments),
    Triage(TriageArguments),
    Review(ReviewArguments),
    Show(ShowArguments),
    Brief(BriefArguments),
    Search(SearchArguments),
    Promise(PromiseArguments),
    Inbox(InboxArguments),
    Promises(PromisesArguments),
    Log(LogArguments),
    Edit(EditArguments),
    Habit(HabitArguments),
    Stats(StatsArguments),
    Event(EventArguments),
    Gift(GiftArguments),
    Export(ExportArguments),
    Due(DueArguments),
    Done(DoneArguments),
    Agenda(AgendaArguments),
    Add(AddArguments),
    Archive(ArchiveArguments),
    Duplicates(DuplicatesArguments),
    Merge(MergeArguments),
    Rename(RenameArguments),
    Relations(RelationsArguments),
    Path(PathArguments),
    Graph(GraphArguments),
    Index(IndexArguments),
    Init(InitArguments),
    Check(CheckArguments),
    Config(ConfigArguments),
    Watch(WatchArguments),
    Status(StatusArguments),
    Completions(CompletionsArguments),
    Man(ManArguments),
    Service(ServiceArguments),
}
