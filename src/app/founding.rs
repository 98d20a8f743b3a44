//! Making a new vault, or what is missing in one. What is there is never touched.

use crate::effects::config::Config;
use crate::effects::lock::{Lock, LockError, PATIENCE};
use crate::effects::places::Places;
use crate::effects::state::State;
use crate::effects::vault::commit::commit;
use crate::effects::vault::commit_error::CommitError;
use crate::effects::vault::ground::{
    is_taken, make_folder, make_root, of_other_case, vault_around,
};
use crate::effects::vault::locate::SETTINGS_FILE;
use crate::features::change_setting::changed;
use crate::features::settings_text::new_vault;
use crate::features::templates::TEMPLATES;
use crate::note::change::{Change, FileChange, Refusal};
use crate::note::path::NotePath;
use crate::note::toml::quoted;
use crate::people::vocabulary::Folders;
use crate::text::day::Day;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founded {
    /// The root, canonical.
    pub root: PathBuf,
    /// Files and (with `/` at the end) folders that were made, relative to the root.
    pub made: Vec<String>,
}

/// Why no vault was made.
#[derive(Debug)]
pub enum FoundingError {
    /// The folder lies in a vault, whose root this is.
    Inside(PathBuf),
    /// Its settings are there and cannot be trusted: why.
    Settings(String),
    /// A folder could not be made.
    Folder {
        /// Which.
        folder: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another process writes.
    Lock(LockError),
    /// A file could not be made.
    Commit(CommitError),
}

impl fmt::Display for FoundingError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FoundingError::Inside(root) => {
                write!(formatter, "this folder lies in the vault {} already", root.display())
            }
            FoundingError::Settings(why) => {
                write!(formatter, "its {SETTINGS_FILE} is in doubt: {why}")
            }
            FoundingError::Folder { folder, .. } => {
                write!(formatter, "cannot make {}", folder.display())
            }
            FoundingError::Lock(error) => error.fmt(formatter),
            FoundingError::Commit(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for FoundingError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            FoundingError::Folder { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Makes `folder` a vault whose clocks start on `today`: settings, templates, folders.
pub fn found(places: &Places, folder: &Path, today: Day) -> Result<Founded, FoundingError> {
    // Asked before anything is made.
    if let Some(outer) = vault_around(folder)
        && folder.canonicalize().ok().as_ref() != Some(&outer)
    {
        return Err(FoundingError::Inside(outer));
    }
    let failed = |folder: PathBuf| move |source| FoundingError::Folder { folder, source };
    let root = make_root(folder).map_err(failed(folder.to_owned()))?;
    let config = Config::of_user(Some(places)).with_vault(&root);
    if let Some(finding) = config.why_not_write() {
        return Err(FoundingError::Settings(finding.message.clone()));
    }
    let mut folders = config.settings.words.folders;
    let settings = match is_taken(&root, SETTINGS_FILE) {
        true => new_vault(today),
        false => adopting(&root, &mut folders, new_vault(today)),
    };
    let mut made = make_files(places, &root, &folders, settings, today)?;
    for folder in folders.people.iter().chain([&folders.habits]).chain(&folders.journal) {
        if make_folder(&root, folder).map_err(failed(root.join(folder)))? {
            made.push(format!("{folder}/"));
        }
    }
    Ok(Founded { root, made })
}

/// `settings` with the folders that are there in another case (`People`), so that none is made beside them; `folders`
/// become the same.
fn adopting(root: &Path, folders: &mut Folders, mut settings: String) -> String {
    let listed =
        [("folders.people", &mut folders.people), ("folders.journal", &mut folders.journal)];
    for (name, folders) in listed {
        for folder in folders.iter_mut() {
            adopt(root, name, folder, |there| format!("[{}]", quoted(there)), &mut settings);
        }
    }
    let single = [
        ("folders.habits", &mut folders.habits),
        ("folders.templates", &mut folders.templates),
        ("folders.reviews", &mut folders.reviews),
        ("folders.attachments", &mut folders.attachments),
    ];
    for (name, folder) in single {
        adopt(root, name, folder, quoted, &mut settings);
    }
    settings
}

fn adopt(
    root: &Path,
    name: &str,
    folder: &mut String,
    written: impl Fn(&str) -> String,
    settings: &mut String,
) {
    let Some(there) = of_other_case(root, folder) else { return };
    if let Ok(text) = changed(settings, name, &written(&there)) {
        (*folder, *settings) = (there, text);
    }
}

fn make_files(
    places: &Places,
    root: &Path,
    folders: &Folders,
    settings: String,
    today: Day,
) -> Result<Vec<String>, FoundingError> {
    let templates = TEMPLATES
        .iter()
        .map(|(name, text)| (format!("{}/{name}", folders.templates), (*text).to_owned()));
    let settings = (SETTINGS_FILE.to_owned(), settings);
    let files = std::iter::once(settings)
        .chain(templates)
        .filter(|(path, _)| !is_taken(root, path))
        .filter_map(|(path, text)| Some(FileChange::Create { path: NotePath::new(&path)?, text }))
        .collect::<Vec<_>>();
    let made = files.iter().map(|file| file.path().to_string()).collect();
    if files.is_empty() {
        return Ok(made);
    }
    let state = State::open(places.state_of(root));
    let lock = Lock::acquire(&state, PATIENCE).map_err(FoundingError::Lock)?;
    let change = Change { title: "make a vault".to_owned(), files };
    // Nothing that is there is changed, so nothing is planned.
    let plan = |_: &NotePath, _: &str, _: &[_]| {
        Err(Refusal { reason: "a new vault changes no note".to_owned(), hint: None })
    };
    commit(root, &lock, &change, &today.to_string(), &plan).map_err(FoundingError::Commit)?;
    Ok(made)
}
