//! Settings in layers: default, the user's configuration, the vault, the environment, flags; each setting remembers
//! where it comes from. A layer that cannot be read is a finding, and the layers below it count.

use crate::effects::environment::Environment;
use crate::effects::places::Places;
use crate::effects::vault::locate::SETTINGS_FILE;
use crate::effects::vault::open::{Opened, open, unreadable};
use crate::features::read_settings::{Reading, read_settings};
use crate::features::setting_rows::Scope;
use crate::features::settings::{ColorWish, FORMAT, Settings};
use crate::text::diagnostic::{Code, Finding};
use crate::text::line_index::LineIndex;
use crate::text::span::Span;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Settings of more than this are not read, in bytes.
const SETTINGS_LIMIT: usize = 1024 * 1024;

/// Where a setting comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said anything.
    Default,
    /// A settings file.
    File {
        /// Its name as it is shown.
        name: String,
        /// The line of the value, from 1.
        line: u32,
    },
    /// A variable of the environment.
    Environment(&'static str),
    /// A flag of the command line.
    Flag(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Default => formatter.write_str("default"),
            Origin::File { name, line } => write!(formatter, "{name}:{line}"),
            Origin::Environment(name) | Origin::Flag(name) => formatter.write_str(name),
        }
    }
}

/// One settings file, read.
#[derive(Debug, Clone)]
pub struct SettingsFile {
    /// Its name as it is shown: `ties.toml`, or the whole path of the user's own.
    pub name: String,
    /// Its text; empty where it could not be read.
    pub text: String,
    /// What was noticed in it.
    pub findings: Vec<Finding>,
}

/// The settings of one run.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// What counts.
    pub settings: Settings,
    /// The files that were read, the user's first.
    pub files: Vec<SettingsFile>,
    origins: BTreeMap<String, Origin>,
}

impl Config {
    /// The defaults and the user's own configuration, which may well not be there.
    pub fn of_user(places: Option<&Places>) -> Config {
        let mut config = Config::default();
        if let Some(file) = places.map(Places::config_file) {
            let name = file.display().to_string();
            // People keep their configuration elsewhere and link to it.
            config.add_file(name, file.canonicalize().as_deref().unwrap_or(&file), Scope::User);
        }
        config
    }

    /// The same with the settings of the vault at `root` (canonical) on top.
    pub fn with_vault(mut self, root: &Path) -> Config {
        let file = root.join(SETTINGS_FILE);
        match file.canonicalize() {
            Ok(target) if target.starts_with(root) => {
                self.add_file(SETTINGS_FILE.to_owned(), &target, Scope::Vault);
            }
            Ok(_) => {
                let finding = Finding::new(
                    Code::LinkOutside,
                    Span::at(0),
                    "a link that leaves the vault; the defaults count",
                )
                .help("put the settings themselves here");
                self.add_findings(SETTINGS_FILE.to_owned(), finding);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => self.add_findings(SETTINGS_FILE.to_owned(), unreadable(&error)),
        }
        self
    }

    /// The same with what the environment says on top: `TIES_VAULT`, `NO_COLOR`.
    pub fn with_environment(mut self, environment: &Environment) -> Config {
        if let Some(vault) = environment.path("TIES_VAULT") {
            self.settings.user.vault = Some(vault.display().to_string());
            self.came_from("vault", Origin::Environment("TIES_VAULT"));
        }
        if environment.text("NO_COLOR").is_some() {
            self.settings.user.color = ColorWish::Never;
            self.came_from("color", Origin::Environment("NO_COLOR"));
        }
        self
    }

    /// The same with what the flags say on top.
    pub fn with_flags(mut self, vault: Option<&Path>, color: Option<ColorWish>) -> Config {
        if let Some(vault) = vault {
            self.settings.user.vault = Some(vault.display().to_string());
            self.came_from("vault", Origin::Flag("--vault"));
        }
        if let Some(color) = color {
            self.settings.user.color = color;
            self.came_from("color", Origin::Flag("--color"));
        }
        self
    }

    /// Where the setting of that full name (`circles.inner.cadence`) comes from.
    pub fn origin(&self, name: &str) -> &Origin {
        self.origins.get(name).unwrap_or(&Origin::Default)
    }

    /// Why nothing may be written with these settings: a newer format, or settings that could not be read as a whole,
    /// which may say where things belong.
    pub fn why_not_write(&self) -> Option<&Finding> {
        let grave = |finding: &&Finding| {
            matches!(
                finding.code,
                Code::NewerFormat | Code::SettingsNotToml | Code::Unreadable | Code::LinkOutside
            )
        };
        let newer = self.settings.format > FORMAT;
        let vault = self.files.iter().filter(|file| file.name == SETTINGS_FILE || newer);
        vault.flat_map(|file| &file.findings).find(grave)
    }

    /// The folder that the user's configuration names as the vault; `~` at its start is the home.
    pub fn named_vault(&self, environment: &Environment) -> Option<PathBuf> {
        let named = self.settings.user.vault.as_deref()?;
        match (named.strip_prefix("~"), environment.absolute_path("HOME")) {
            (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with('/') => {
                Some(home.join(rest.trim_start_matches('/')))
            }
            _ => Some(PathBuf::from(named)),
        }
    }

    fn came_from(&mut self, name: &str, origin: Origin) {
        self.origins.insert(name.to_owned(), origin);
    }

    fn add_findings(&mut self, name: String, finding: Finding) {
        self.files.push(SettingsFile { name, text: String::new(), findings: vec![finding] });
    }

    fn add_file(&mut self, name: String, path: &Path, scope: Scope) {
        let (text, odd) = match open(path) {
            Opened::Text(text, odd) => (text, odd),
            Opened::Nothing(finding) => return self.add_findings(name, finding),
            Opened::Gone => return,
        };
        if text.len() > SETTINGS_LIMIT {
            let finding = Finding::new(
                Code::SettingsNotToml,
                Span::at(0),
                "this is larger than 1 MiB, so the defaults count",
            );
            return self.add_findings(name, finding);
        }
        let reading = read_settings(&mut self.settings, &text, scope);
        self.remember(&name, &text, &reading);
        let findings = odd.into_iter().chain(reading.findings).collect();
        self.files.push(SettingsFile { name, text, findings });
    }

    fn remember(&mut self, file: &str, text: &str, reading: &Reading) {
        let lines = LineIndex::new(text);
        for (name, span) in &reading.set {
            self.came_from(
                name,
                Origin::File { name: file.to_owned(), line: lines.line(span.start) },
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::effects::config::Config;
    use crate::effects::environment::Environment;
    use crate::effects::places::Places;
    use std::fs;
    use std::path::{Path, PathBuf};

    struct World {
        folder: tempfile::TempDir,
        root: PathBuf,
        environment: Environment,
    }

    fn world(user: &str, vault: &str) -> World {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap().join("vault");
        fs::create_dir_all(folder.path().join("config/ties")).unwrap();
        fs::create_dir(&root).unwrap();
        fs::write(folder.path().join("config/ties/config.toml"), user).unwrap();
        fs::write(root.join("ties.toml"), vault).unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        let (home, config) = (at("home"), at("config"));
        let variables =
            [("HOME", home.as_str()), ("XDG_CONFIG_HOME", config.as_str()), ("NO_COLOR", "1")];
        let environment = Environment::of(&variables, folder.path());
        World { folder, root, environment }
    }

    fn load(world: &World) -> Config {
        let places = Places::new(&world.environment);
        Config::of_user(places.as_ref())
            .with_vault(&world.root)
            .with_environment(&world.environment)
            .with_flags(Some(Path::new("/v")), None)
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn each_setting_knows_where_it_comes_from() {
        let world = world(
            "vault = \"~/people\"\n[agenda]\nlimit = 2\npromises = 9\n",
            "\n[agenda]\nlimit = 3\n",
        );
        let config = load(&world);
        let user_file = world.folder.path().join("config/ties/config.toml").display().to_string();
        assert_eq!((config.settings.agenda.limit, config.settings.agenda.promises), (3, 9));
        assert_eq!(config.origin("agenda.limit").to_string(), "ties.toml:3");
        assert_eq!(config.origin("agenda.promises").to_string(), format!("{user_file}:4"));
        assert_eq!(config.origin("color").to_string(), "NO_COLOR");
        assert_eq!(config.origin("vault").to_string(), "--vault");
        assert_eq!(config.origin("leap_day").to_string(), "default");
        let own = Config::of_user(Places::new(&world.environment).as_ref());
        assert_eq!(
            own.named_vault(&world.environment),
            Some(world.folder.path().join("home/people"))
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn nothing_is_written_where_the_settings_cannot_be_trusted() {
        let reason = |user: &str, vault: &str| {
            load(&world(user, vault)).why_not_write().map(|finding| finding.code.word())
        };
        assert_eq!(reason("", ""), None);
        assert_eq!(reason("a = = 1", "odd = 1\n[agenda]\nlimit = \"x\""), None);
        assert_eq!(reason("", "format = 2"), Some("newer-format"));
        assert_eq!(reason("", "a = = 1"), Some("settings-not-toml"));
        let outside = world("", "");
        fs::remove_file(outside.root.join("ties.toml")).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", outside.root.join("ties.toml")).unwrap();
        assert_eq!(
            load(&outside).why_not_write().map(|finding| finding.code.word()),
            Some("link-outside")
        );
    }
}
