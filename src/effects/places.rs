//! Where `ties` keeps what is not the person's notes: configuration, state and cache, by the conventions of the
//! system (on Linux the XDG base directory specification).

use crate::effects::environment::Environment;
use crate::text::fingerprint::content_mark;
use std::io;
use std::path::{Path, PathBuf};

/// The folders of one user. Holding them touches no disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    config: PathBuf,
    state: PathBuf,
    cache: PathBuf,
}

impl Places {
    /// The folders that the environment names; `None` where it does not even name a home.
    pub fn new(environment: &Environment) -> Option<Places> {
        if cfg!(windows) {
            let roaming = environment.absolute_path("APPDATA")?;
            let local = environment.absolute_path("LOCALAPPDATA").unwrap_or(roaming);
            return Some(Places {
                config: roaming.join("ties"),
                state: local.join("ties/state"),
                cache: local.join("ties/cache"),
            });
        }
        let home = environment.absolute_path("HOME");
        let place = |variable: &str, below_home: &str| {
            let base = environment.absolute_path(variable).map(Path::to_owned);
            base.or_else(|| home.map(|home| home.join(below_home))).map(|base| base.join("ties"))
        };
        let (config, state, cache) = if cfg!(target_os = "macos") {
            // Application Support has room for both; caches are left out of backups.
            ("Library/Application Support", "Library/Application Support", "Library/Caches")
        } else {
            (".config", ".local/state", ".cache")
        };
        Some(Places {
            config: place("XDG_CONFIG_HOME", config)?,
            state: place("XDG_STATE_HOME", state)?,
            cache: place("XDG_CACHE_HOME", cache)?,
        })
    }

    /// The user's own settings, `config.toml`.
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// Where the state of all vaults is: what `undo` needs, and the locks.
    pub fn state(&self) -> &Path {
        &self.state
    }

    /// Where the caches of all vaults are.
    pub fn cache(&self) -> &Path {
        &self.cache
    }

    /// The state folder of the vault at `root` (canonical): the undo journal and the lock.
    pub fn state_of(&self, root: &Path) -> PathBuf {
        self.state.join("vaults").join(mark_of(root))
    }

    /// The cache folder of the vault at `root` (canonical): may be deleted at any time.
    pub fn cache_of(&self, root: &Path) -> PathBuf {
        self.cache.join("vaults").join(mark_of(root))
    }
}

fn mark_of(root: &Path) -> String {
    content_mark(root.as_os_str().as_encoded_bytes())
}

/// Makes `folder` and those around it; new ones can be entered by their owner only. Fine where it is there.
pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use crate::effects::environment::Environment;
    use crate::effects::places::{Places, make_private_folder};
    use std::path::Path;

    #[cfg(target_os = "linux")]
    #[test]
    fn xdg_folders_win_over_home_and_relative_ones_do_not_count() {
        let variables = [("HOME", "/h"), ("XDG_CONFIG_HOME", "/c"), ("XDG_STATE_HOME", "odd")];
        let places = Places::new(&Environment::of(&variables, Path::new("/"))).unwrap();
        assert_eq!(places.config_file(), Path::new("/c/ties/config.toml"));
        assert!(places.state_of(Path::new("/v")).starts_with("/h/.local/state/ties/vaults"));
        assert!(places.cache_of(Path::new("/v")).starts_with("/h/.cache/ties/vaults"));
        assert_ne!(places.state_of(Path::new("/v")), places.state_of(Path::new("/w")));
    }

    #[test]
    fn without_a_home_there_are_no_places() {
        assert_eq!(Places::new(&Environment::of(&[("HOME", "odd")], Path::new("/"))), None);
    }

    #[cfg(unix)]
    #[test]
    fn new_folders_are_for_their_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b");
        make_private_folder(&deep).unwrap();
        make_private_folder(&deep).unwrap();
        for made in ["a", "a/b"] {
            let mode = folder.path().join(made).metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "{made}");
        }
    }
}
