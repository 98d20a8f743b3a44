//! `ties config`

use crate::app::write::{permitted, preview, write};
use crate::effects::config::Config;
use crate::effects::vault::locate::SETTINGS_FILE;
use crate::features::change_setting;
use crate::features::change_setting::{changed, path_of};
use crate::features::read_settings::row_of;
use crate::features::setting_rows::{ROWS, Row};
use crate::frontends::cli::exit::Exit;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::world::World;
use crate::frontends::wire::{SettingsList, WireSetting, json};
use crate::note::change::{Change, FileChange, Refusal};
use crate::note::path::NotePath;
use crate::note::toml::{Value, key_text, value};
use clap::{Args, Subcommand};

/// Show and change the settings
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ties config list agenda
  ties config get circles.inner.cadence
  ties config set agenda.limit 3")]
pub struct ConfigArguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show every setting with its value and where it comes from
    List {
        /// Only this setting, or those of this table
        #[arg(value_name = "SETTING")]
        name: Option<String>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Show the value of one setting
    Get {
        /// Its name, such as agenda.limit
        #[arg(value_name = "SETTING")]
        name: String,
    },
    /// Change a setting of the vault; nothing else in the file changes
    Set {
        /// Its name, such as agenda.limit
        #[arg(value_name = "SETTING")]
        name: String,
        /// Its new value, as TOML or as plain text
        value: String,
        /// Show what would change, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
}

/// Shows or changes settings.
pub fn run(
    arguments: &ConfigArguments,
    world: &World,
    output: &mut Output,
) -> Result<Exit, Failure> {
    match &arguments.action {
        Action::List { name, json } => list(name.as_deref(), *json, world, output),
        Action::Get { name } => get(name, world, output),
        Action::Set { name, value, dry_run } => set(name, value, *dry_run, world, output),
    }
}

fn list(
    name: Option<&str>,
    as_json: bool,
    world: &World,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let config = world.config(output)?;
    let mut settings = ROWS.iter().flat_map(|row| shown(row, &config)).collect::<Vec<_>>();
    if let Some(name) = name {
        let table = format!("{name}.");
        settings.retain(|setting| setting.name == name || setting.name.starts_with(&table));
        if settings.is_empty() {
            return Err(unknown(name));
        }
    }
    if as_json {
        output.data_text(&json(SettingsList { settings }));
        return Ok(Exit::Done);
    }
    let width =
        settings.iter().map(|setting| line_of(setting).width()).filter(|width| *width < 60).max();
    for setting in &settings {
        let line = line_of(setting).fill(width.unwrap_or(0));
        output.data(&line.label(Label::Quiet, format!("  # {}", setting.origin)));
    }
    if name.is_none() {
        let places = world.places()?;
        let (state, cache) = (places.state().display(), places.cache().display());
        for place in [
            format!("# your own configuration: {}", places.config_file().display()),
            format!("# what `ties undo` needs, and the lock: {state}"),
            format!("# caches, which may be deleted: {cache}"),
        ] {
            output.data(&Line::new().label(Label::Quiet, place));
        }
    }
    Ok(Exit::Done)
}

fn line_of(setting: &WireSetting) -> Line {
    match &setting.toml {
        Some(value) => Line::new().label(Label::Name, &setting.name).plain(" = ").plain(value),
        None => Line::new().label(Label::Quiet, format!("# {} is not set", setting.name)),
    }
}

/// A row as it counts: one setting, or one for each name that has it.
fn shown(row: &Row, config: &Config) -> Vec<WireSetting> {
    let setting = |name: String, toml: Option<String>| WireSetting {
        origin: config.origin(&name).to_string(),
        name,
        toml,
        doc: row.doc,
    };
    let values = row.show(&config.settings);
    if values.is_empty() {
        return vec![setting(row.name.replace('*', "NAME"), None)];
    }
    let named = |(name, value): (String, String)| {
        setting(row.name.replace('*', &key_text_of(&name)), Some(value))
    };
    values.into_iter().map(named).collect()
}

fn key_text_of(name: &str) -> String {
    if name.is_empty() { String::new() } else { key_text(name) }
}

fn get(name: &str, world: &World, output: &mut Output) -> Result<Exit, Failure> {
    let config = world.config(output)?;
    let path = path_of(name).ok_or_else(|| unknown(name))?;
    let row = row_of(&path).ok_or_else(|| unknown(name))?;
    let settings = shown(row, &config);
    let wanted = settings.iter().find(|setting| path_of(&setting.name).as_ref() == Some(&path));
    match wanted.and_then(|setting| setting.toml.as_deref()) {
        Some(toml) => {
            let text = match value(toml) {
                Some(Value::Text(text)) => text,
                _ => toml.to_owned(),
            };
            output.data(&Line::of(text));
            Ok(Exit::Done)
        }
        None => Err(Failure::no(format!("`{name}` is not set"))),
    }
}

fn unknown(name: &str) -> Failure {
    match path_of(name) {
        Some(path) => refused(change_setting::unknown(&path)),
        None => Failure::usage(format!("`{name}` is no name of a setting")),
    }
}

fn set(
    name: &str,
    value: &str,
    dry_run: bool,
    world: &World,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let session = world.open(output)?;
    permitted(&session)?;
    let file = session.config.files.iter().find(|file| file.name == SETTINGS_FILE);
    let before = file.map(|file| file.text.clone());
    let text = changed(before.as_deref().unwrap_or(""), name, value).map_err(refused)?;
    let path =
        NotePath::new(SETTINGS_FILE).ok_or_else(|| Failure::no("the settings file has no path"))?;
    let title = format!("set {name}");
    let change = Change { title, files: vec![FileChange::Regenerate { path, before, text }] };
    if dry_run {
        let previews = preview(&session, &change)?;
        output.diff(&crate::app::write::diff(&previews));
        return Ok(Exit::Done);
    }
    let committed = write(&session, &change)?;
    let what = if committed.written.is_empty() { "was so already" } else { "is set" };
    output
        .talk(&Line::of("").label(Label::Name, name).plain(format!(" {what} in {SETTINGS_FILE}.")));
    Ok(Exit::Done)
}

fn refused(refusal: Refusal) -> Failure {
    let failure = Failure::usage(refusal.reason);
    match refusal.hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}
