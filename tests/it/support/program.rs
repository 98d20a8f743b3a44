//! The binary in a world of its own: its own home, no network, always a given day.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A vault in a folder of its own, with a home beside it.
pub(crate) struct TestVault {
    folder: tempfile::TempDir,
    variables: BTreeMap<String, String>,
}

/// What a run of `ties` gave.
#[derive(Debug)]
pub(crate) struct Run {
    /// The exit code; 255 where a signal ended it.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl TestVault {
    /// A folder that is no vault.
    pub(crate) fn nothing() -> TestVault {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("home")).unwrap();
        std::fs::create_dir_all(folder.path().join("vault")).unwrap();
        TestVault { folder, variables: BTreeMap::new() }
    }

    /// A vault of these files (`=== path` starts each); without settings where none are among them.
    pub(crate) fn of(files: &str) -> TestVault {
        let vault = TestVault::nothing();
        vault.write("ties.toml", "");
        for (path, text) in super::files(files) {
            vault.write(path.as_str(), &text);
        }
        vault
    }

    /// The root of the vault.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join("vault")
    }

    /// Something beside the vault.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    /// Writes a file of the vault.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let file = self.root().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }

    /// Lets nobody but the owner into the vault.
    pub(crate) fn close(&self) {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let owner = std::fs::Permissions::from_mode(0o700);
            std::fs::set_permissions(self.root(), owner).unwrap();
        }
    }

    /// The text of a file of the vault.
    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root().join(path)).unwrap()
    }

    /// The same world with one more variable.
    pub(crate) fn with(mut self, name: &str, value: &str) -> TestVault {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    /// The command `ties`, ready to run in the vault.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ties"));
        let home = self.beside("home");
        command
            .env_clear()
            .env("HOME", &home)
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_STATE_HOME", home.join("state"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("TIES_TODAY", "2026-11-21")
            .envs(&self.variables)
            .current_dir(self.root())
            .stdin(Stdio::null());
        command
    }

    /// Runs `ties` with arguments parted by spaces.
    pub(crate) fn ties(&self, arguments: &str) -> Run {
        self.run(arguments.split(' ').filter(|argument| !argument.is_empty()))
    }

    /// Runs `ties` with these arguments.
    pub(crate) fn run(&self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Run {
        Run::of(&self.command().args(arguments).output().unwrap(), self.folder.path())
    }

    /// Writes the user's own configuration.
    pub(crate) fn configure(&self, text: &str) {
        let folder = self.beside("home/config/ties");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("config.toml"), text).unwrap();
    }
}

impl Run {
    /// With the folder of the test spelled `WORLD`.
    pub(crate) fn of(output: &Output, folder: &Path) -> Run {
        let folder = folder.canonicalize().unwrap().display().to_string();
        let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&folder, "WORLD");
        Run {
            code: output.status.code().unwrap_or(255),
            out: shown(&output.stdout),
            err: shown(&output.stderr),
        }
    }

    /// Code, output and talk as one text.
    pub(crate) fn shown(&self) -> String {
        let part = |title: &str, text: &str| {
            if text.is_empty() { String::new() } else { format!("-- {title}\n{text}") }
        };
        format!("{}{}exit {}\n", part("out", &self.out), part("talk", &self.err), self.code)
    }
}
