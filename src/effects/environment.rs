//! The environment of the process, read once: variables and the current folder.
//!
//! Invariant: nothing else in `ties` looks at the environment, so a test that makes its own has a whole world.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Variables and the current folder.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    variables: HashMap<OsString, OsString>,
    current_folder: PathBuf,
}

impl Environment {
    /// The environment of this process. Where the current folder cannot be known (it was deleted), it is empty.
    pub fn of_process() -> Environment {
        Environment {
            variables: std::env::vars_os().collect(),
            current_folder: std::env::current_dir().unwrap_or_default(),
        }
    }

    /// An environment of exactly these variables.
    pub fn of(variables: &[(&str, &str)], current_folder: &Path) -> Environment {
        let variables = variables.iter().map(|(name, value)| (name.into(), value.into())).collect();
        Environment { variables, current_folder: current_folder.to_owned() }
    }

    /// The current folder; empty where it cannot be known.
    pub fn current_folder(&self) -> &Path {
        &self.current_folder
    }

    /// The value of a variable as text; a variable that is empty or not UTF-8 counts as not set.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.variables.get(std::ffi::OsStr::new(name))?.to_str().filter(|value| !value.is_empty())
    }

    /// The value of a variable as a path; an empty one counts as not set.
    pub fn path(&self, name: &str) -> Option<&Path> {
        let value =
            self.variables.get(std::ffi::OsStr::new(name)).filter(|value| !value.is_empty());
        value.map(Path::new)
    }

    /// The same, only where the path is absolute, as the XDG base directory specification demands.
    pub fn absolute_path(&self, name: &str) -> Option<&Path> {
        self.path(name).filter(|path| path.is_absolute())
    }
}
