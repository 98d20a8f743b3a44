//! Finding the vault: the flag, then upwards from the current folder, then the environment, then the user's
//! configuration.

use std::fmt;
use std::path::{Path, PathBuf};

/// The file that marks the root of a vault.
pub const SETTINGS_FILE: &str = "ties.toml";

/// Where a vault may be named, the strongest first.
#[derive(Debug, Clone, Copy, Default)]
pub struct Named<'a> {
    /// `--vault`.
    pub flag: Option<&'a Path>,
    /// The folder to look upwards from.
    pub current_folder: Option<&'a Path>,
    /// `TIES_VAULT`.
    pub environment: Option<&'a Path>,
    /// `vault` in the user's configuration.
    pub config: Option<&'a Path>,
}

/// Why no vault was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocateError {
    /// A folder was named, by this name (`--vault`), and is no vault.
    NotAVault {
        /// Who named it.
        named_by: &'static str,
        /// The folder.
        folder: PathBuf,
    },
    /// Nothing names a vault, and no folder around the current one is one.
    Nowhere,
}

impl fmt::Display for LocateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LocateError::NotAVault { named_by, folder } if !folder.is_dir() => {
                write!(formatter, "there is no folder {} (from {named_by})", folder.display())
            }
            LocateError::NotAVault { named_by, folder } => write!(
                formatter,
                "{} (from {named_by}) is not a vault: it holds no {SETTINGS_FILE}",
                folder.display()
            ),
            LocateError::Nowhere => {
                write!(
                    formatter,
                    "no vault here: no folder around this one holds a {SETTINGS_FILE}"
                )
            }
        }
    }
}

impl std::error::Error for LocateError {}

impl LocateError {
    /// What to type next.
    pub fn hints(&self) -> Vec<String> {
        match self {
            LocateError::NotAVault { folder, .. } if folder.is_dir() => {
                vec![format!("`ties init {}` makes it one", folder.display())]
            }
            LocateError::NotAVault { folder, .. } => {
                vec![format!("`ties init {}` makes a vault there", folder.display())]
            }
            LocateError::Nowhere => vec![
                "`ties init` makes a vault in this folder, `ties init DIR` in another".to_owned(),
                "`--vault DIR`, TIES_VAULT or `vault = \"DIR\"` in your own configuration name one"
                    .to_owned(),
            ],
        }
    }
}

/// The root of the vault, canonical.
pub fn locate(named: &Named<'_>) -> Result<PathBuf, LocateError> {
    if let Some(folder) = named.flag {
        return vault_at(folder, "--vault");
    }
    if let Some(root) = named.current_folder.and_then(around) {
        return Ok(root);
    }
    if let Some(folder) = named.environment {
        return vault_at(folder, "TIES_VAULT");
    }
    named.config.map_or(Err(LocateError::Nowhere), |folder| vault_at(folder, "your configuration"))
}

/// The vault that `folder` lies in, canonical.
pub fn around(folder: &Path) -> Option<PathBuf> {
    let folder = folder.canonicalize().ok()?;
    folder.ancestors().find(|folder| is_vault(folder)).map(Path::to_owned)
}

fn vault_at(folder: &Path, named_by: &'static str) -> Result<PathBuf, LocateError> {
    let root = folder.canonicalize().ok().filter(|folder| is_vault(folder));
    root.ok_or_else(|| LocateError::NotAVault { named_by, folder: folder.to_owned() })
}

fn is_vault(folder: &Path) -> bool {
    folder.join(SETTINGS_FILE).is_file()
}

#[cfg(test)]
mod tests {
    use crate::effects::vault::locate::{LocateError, Named, locate};
    use std::fs;
    use std::path::Path;

    #[test]
    fn the_flag_wins_then_the_folders_around_then_the_environment_then_the_configuration() {
        let world = tempfile::tempdir().unwrap();
        let root = world.path().canonicalize().unwrap();
        for vault in ["flag", "here", "environment", "config"] {
            fs::create_dir_all(root.join(vault).join("people/family")).unwrap();
            fs::write(root.join(vault).join("ties.toml"), "").unwrap();
        }
        let [flag, deep] = [root.join("flag"), root.join("here/people/family")];
        let [environment, config] = [root.join("environment"), root.join("config")];
        let mut named = Named {
            flag: Some(&flag),
            current_folder: Some(&deep),
            environment: Some(&environment),
            config: Some(&config),
        };
        assert_eq!(locate(&named), Ok(flag.clone()));
        named.flag = None;
        assert_eq!(locate(&named), Ok(root.join("here")));
        named.current_folder = Some(&root);
        assert_eq!(locate(&named), Ok(environment.clone()));
        named.environment = None;
        assert_eq!(locate(&named), Ok(config.clone()));
        named.config = None;
        assert_eq!(locate(&named), Err(LocateError::Nowhere));
    }

    #[test]
    fn a_named_folder_that_is_no_vault_is_never_passed_over() {
        let world = tempfile::tempdir().unwrap();
        fs::create_dir(world.path().join("ties.toml")).unwrap();
        let named = Named { flag: Some(world.path()), ..Named::default() };
        let error = locate(&named).unwrap_err();
        assert!(error.to_string().contains("(from --vault) is not a vault"), "{error}");
        assert!(error.hints()[0].starts_with("`ties init"), "{:?}", error.hints());
        let nowhere = Named { environment: Some(Path::new("/no/such")), ..Named::default() };
        let error = locate(&nowhere).unwrap_err();
        assert_eq!(error.to_string(), "there is no folder /no/such (from TIES_VAULT)");
    }
}
