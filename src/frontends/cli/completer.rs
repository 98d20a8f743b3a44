//! What may stand next on a command line, while somebody types it in a shell.
//!
//! What an argument takes is told by its value name (`WHO`, `CIRCLE`), so a new command completes by naming its
//! arguments. Invariant: nothing is written and nothing is said; whatever goes wrong, there is just nothing to offer.

use crate::app::people_names::{everybody, groups, habits, promised};
use crate::app::session::{Session, Wanted};
use crate::effects::environment::Environment;
use crate::features::name_completion::{
    Called, Candidate, Growth, complete_name, complete_names, fitted,
};
use crate::features::setting_rows::ROWS;
use crate::features::settings::Settings;
use crate::frontends::cli::help::command;
use crate::frontends::cli::shells::{Offer, Shell};
use crate::note::toml::key_text;
use crate::text::fold::fold;
use crate::text::visible::visible_line;
use clap::{Arg, Command, ValueHint};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// The answer to the script of a shell that is called `shell` and ran `arguments`; empty where there is nothing to say.
pub fn complete(shell: &str, arguments: &[OsString], environment: &Environment) -> String {
    let asked = arguments.iter().skip_while(|argument| *argument != "--").skip(1);
    let asked = asked.map(|argument| argument.to_string_lossy().into_owned()).collect::<Vec<_>>();
    let Some(shell) = Shell::named(shell) else { return String::new() };
    let Some(asked) = shell.asked(&asked) else { return String::new() };
    let offers = offers(&asked.words, environment, shell.growth());
    shell.reply(&asked, &offers)
}

fn offers(words: &[String], environment: &Environment, growth: Growth) -> Vec<Offer> {
    let vault = Arc::new(Vault {
        environment: environment.clone(),
        named: named_vault(words),
        words: words.len(),
        growth,
        session: OnceLock::new(),
    });
    let last = words.len().saturating_sub(1);
    let words = words.iter().map(OsString::from).collect();
    let folder = Some(environment.current_folder());
    let candidates =
        clap_complete::engine::complete(&mut completing(command(), &vault), words, last, folder);
    candidates.unwrap_or_default().iter().filter_map(offer).collect()
}

/// What could act on a terminal is not offered at all: it could not be typed either.
fn offer(candidate: &CompletionCandidate) -> Option<Offer> {
    let value = candidate.get_value().to_str()?;
    let about = candidate.get_help().map(ToString::to_string);
    let first_line = |about: String| about.lines().next().map(str::to_owned);
    let about = about.and_then(first_line).map(|about| visible_line(&about).into_owned());
    let value = (visible_line(value) == value).then(|| value.to_owned())?;
    Some(Offer { value, about: about.filter(|about| !about.is_empty()) })
}

/// What `--vault` says on the line that is typed.
fn named_vault(words: &[String]) -> Option<PathBuf> {
    let follows = words.windows(2).find_map(|pair| match pair {
        [flag, value] if flag == "--vault" => Some(value.as_str()),
        _ => None,
    });
    let joined = words.iter().find_map(|word| word.strip_prefix("--vault="));
    follows.or(joined).map(PathBuf::from)
}

/// The vault that the command would work on, opened when a word needs it.
struct Vault {
    environment: Environment,
    named: Option<PathBuf>,
    // How many words are typed, the one to complete included.
    words: usize,
    growth: Growth,
    session: OnceLock<Option<Session>>,
}

impl Vault {
    fn session(&self) -> Option<&Session> {
        let wanted = Wanted { vault: self.named.as_deref().map(Path::new), ..Wanted::default() };
        let open = || Session::look(&self.environment, &wanted).ok();
        self.session.get_or_init(open).as_ref()
    }
}

/// What an argument takes.
#[derive(Clone, Copy)]
enum Values {
    Person,
    People,
    Promised,
    Circle,
    Group,
    Kind,
    KindAndColon,
    EventKind,
    Day,
    DayToCome,
    Rhythm,
    Habit,
    Schedule,
    Setting,
    Query,
}

fn completing(command: Command, vault: &Arc<Vault>) -> Command {
    let name = command.get_name().to_owned();
    let with_values = |argument: Arg| completing_argument(&name, argument, vault);
    command.mut_args(with_values).mut_subcommands(|below| completing(below, vault))
}

fn completing_argument(command: &str, argument: Arg, vault: &Arc<Vault>) -> Arg {
    let value_name = argument.get_value_names().and_then(|names| names.first());
    let value_name = value_name.map(ToString::to_string).unwrap_or_default();
    let values = match (command, value_name.as_str(), argument.get_long()) {
        (_, "DIR" | "FOLDER", _) => return argument.value_hint(ValueHint::DirPath),
        (_, "FILE", _) => return argument.value_hint(ValueHint::FilePath),
        ("log" | "brief", "WHO", _) => Values::People,
        ("log", "TEXT", None) => Values::KindAndColon,
        // `ties done`: whoever has an open promise.
        (_, "WHO|WORDS", _) => Values::Promised,
        (_, "WHO" | "OTHER", _) => Values::Person,
        (_, "CIRCLE", _) => Values::Circle,
        (_, "GROUP", _) => Values::Group,
        ("event", "KIND", _) => Values::EventKind,
        (_, "KIND", _) => Values::Kind,
        ("log" | "event" | "gift" | "done" | "skip", "WHEN", Some("on")) | ("stats", "WHEN", _) => {
            Values::Day
        }
        (_, "WHEN", _) => Values::DayToCome,
        (_, "RHYTHM", _) => Values::Rhythm,
        (_, "HABIT", _) => Values::Habit,
        (_, "SCHEDULE", _) => Values::Schedule,
        (_, "SETTING", _) => Values::Setting,
        (_, "QUERY", _) => Values::Query,
        _ => return argument,
    };
    let vault = Arc::clone(vault);
    let candidates = move |typed: &OsStr| {
        typed.to_str().map(|typed| candidates(values, typed, &vault)).unwrap_or_default()
    };
    argument.add(ArgValueCompleter::new(candidates))
}

fn candidates(values: Values, typed: &str, vault: &Vault) -> Vec<CompletionCandidate> {
    match values {
        Values::Person => people(everybody, complete_name, typed, vault),
        Values::People => people(everybody, complete_names, typed, vault),
        Values::Promised => people(promised, complete_name, typed, vault),
        Values::Circle => starting(circles(vault), typed),
        Values::Group => starting(vault.session().map(groups).unwrap_or_default(), typed),
        Values::Kind => starting(kinds(vault), typed),
        Values::EventKind => starting(event_kinds(vault), typed),
        // Only right after the name: everywhere else it is a word like any other.
        Values::KindAndColon if vault.words != 4 => Vec::new(),
        Values::KindAndColon => {
            starting(kinds(vault).into_iter().map(|kind| format!("{kind}:")), typed)
        }
        Values::Day => starting(DAYS.iter().map(ToString::to_string), typed),
        Values::DayToCome => starting(DAYS_TO_COME.iter().map(ToString::to_string), typed),
        Values::Rhythm => starting(RHYTHMS.iter().map(ToString::to_string), typed),
        Values::Habit => starting(vault.session().map(habits).unwrap_or_default(), typed),
        Values::Schedule => starting(SCHEDULES.iter().map(ToString::to_string), typed),
        Values::Setting => starting(settings(vault), typed),
        Values::Query => query(typed, vault),
    }
}

const DAYS: &[&str] = &[
    "today",
    "yesterday",
    "last mon",
    "last tue",
    "last wed",
    "last thu",
    "last fri",
    "last sat",
    "last sun",
];

const DAYS_TO_COME: &[&str] = &[
    "today",
    "tomorrow",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "1w",
    "2w",
    "1mo",
    "3mo",
    "next week",
    "next month",
];

const RHYTHMS: &[&str] = &[
    "weekly",
    "biweekly",
    "monthly",
    "bimonthly",
    "quarterly",
    "seasonal",
    "semiannually",
    "yearly",
    "never",
    "on-event",
];

const SCHEDULES: &[&str] =
    &["daily", "weekdays", "weekends", "mon wed fri", "3 per week", "weekly", "monthly"];

fn people(
    who: impl Fn(&Session) -> Vec<Called>,
    complete: impl Fn(&[Called], &str) -> Vec<Candidate>,
    typed: &str,
    vault: &Vault,
) -> Vec<CompletionCandidate> {
    let people = vault.session().map(who).unwrap_or_default();
    let fitted = fitted(complete(&people, typed), typed, vault.growth);
    let candidate = |(value, about): (String, Option<String>)| {
        CompletionCandidate::new(value).help(about.map(Into::into))
    };
    fitted.into_iter().map(candidate).collect()
}

/// Words that start as `typed` does, folded.
fn starting(words: impl IntoIterator<Item = String>, typed: &str) -> Vec<CompletionCandidate> {
    let start = fold(typed);
    let words = words.into_iter().filter(|word| fold(word).starts_with(&start));
    words.map(CompletionCandidate::new).collect()
}

fn circles(vault: &Vault) -> Vec<String> {
    let session = vault.session();
    let circles = session.map(|session| session.vocabulary.circles.as_slice()).unwrap_or_default();
    circles.iter().map(|circle| circle.name.clone()).collect()
}

fn kinds(vault: &Vault) -> Vec<String> {
    let session = vault.session();
    let kinds = session.map(|session| session.vocabulary.kinds.as_slice()).unwrap_or_default();
    kinds.iter().map(|kind| kind.name.clone()).collect()
}

/// The kinds of events that bring suggestions.
fn event_kinds(vault: &Vault) -> Vec<String> {
    let session = vault.session();
    let triggers = session.map(|session| session.settings().triggers.as_slice());
    triggers.unwrap_or_default().iter().map(|trigger| trigger.event.clone()).collect()
}

/// The names of all settings, those with a name of the person's choice as often as it is there.
fn settings(vault: &Vault) -> Vec<String> {
    let defaults = Settings::default();
    let settings = vault.session().map_or(&defaults, |session| session.settings());
    let names = ROWS.iter().flat_map(|row| {
        if !row.is_open() {
            return vec![row.name.to_owned()];
        }
        let named = row.show(settings).into_iter();
        named.map(|(name, _)| row.name.replace('*', &key_text(&name))).collect()
    });
    names.collect()
}

/// The words of the query language: the fields with their colon, and behind a colon what the field takes.
fn query(typed: &str, vault: &Vault) -> Vec<CompletionCandidate> {
    let Some((field, value)) = typed.split_once(':') else { return Vec::new() };
    let values = match field.trim_start_matches('-') {
        "circle" => starting(circles(vault), value),
        "group" => starting(vault.session().map(groups).unwrap_or_default(), value),
        "with" | "name" | "near" => people(everybody, complete_name, value, vault),
        _ => Vec::new(),
    };
    let before = format!("{field}:");
    values.into_iter().map(|value| value.add_prefix(before.clone())).collect()
}
