//! What is to run, for which vault, and when.
//!
//! Invariant: every text in a plan is one line and acts on nothing, so that each format can hold it with its own quotes.

use crate::text::fingerprint::content_mark;
use crate::text::fold::slug;

/// What runs programs on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// systemd, the user's own manager.
    Systemd,
    /// launchd of macOS.
    Launchd,
    /// cron.
    Cron,
}

/// A service of one vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// A name that no other vault has, ASCII letters, digits and `-`: `people-1f2e3d4c`.
    pub name: String,
    /// The whole path of `ties`.
    pub program: String,
    /// The root of the vault.
    pub vault: String,
    /// The variables that say where configuration, state and cache are; never a secret.
    pub environment: Vec<(&'static str, String)>,
    /// When the morning run starts, in minutes after midnight.
    pub at: u32,
}

/// A file that a service consists of; of cron the block in the crontab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The name of the file.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// The only variables that are handed on: they say where things are. Anything else could be a secret.
pub const HANDED_ON: &[&str] =
    &["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "TZ"];

/// The arguments of the two programs after `--vault DIR`: what stays and what runs each morning.
pub const WATCH: &[&str] = &["watch"];
/// See [`WATCH`].
pub const AGENDA: &[&str] = &["agenda"];

impl Plan {
    /// The plan, or why it cannot be written down.
    pub fn new(
        program: String,
        vault: String,
        environment: Vec<(&'static str, String)>,
        at: u32,
    ) -> Result<Plan, String> {
        let texts = environment.iter().map(|(_, value)| value).chain([&program, &vault]);
        if let Some(odd) = texts.into_iter().find(|text| text.chars().any(char::is_control)) {
            return Err(format!("{odd:?} has a character that no service can be told of"));
        }
        let name = name_of(&vault);
        Ok(Plan { name, program, vault, environment, at: at % (24 * 60) })
    }

    /// The hour and the minute of the morning run.
    pub fn time(&self) -> (u32, u32) {
        (self.at / 60, self.at % 60)
    }
}

/// The last folder of the vault, for people, and a mark of its whole path, against two that are called the same.
fn name_of(vault: &str) -> String {
    let folder = vault.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let word =
        slug(folder).chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>();
    let word = word.trim_matches('-').chars().take(40).collect::<String>();
    let word = if word.is_empty() { "vault".to_owned() } else { word };
    let mark = content_mark(vault.as_bytes()).chars().take(8).collect::<String>();
    format!("{word}-{mark}")
}

#[cfg(test)]
mod tests {
    use crate::features::service::plan::Plan;

    #[test]
    fn two_vaults_have_two_names() {
        let name = |vault: &str| Plan::new("/t".into(), vault.into(), vec![], 0).unwrap().name;
        assert_ne!(name("/home/ana/people"), name("/home/bo/people"));
        assert!(name("/home/ana/My People & Co").starts_with("my-people-co-"));
        for odd in ["/", "/王小明", "/%/…", &format!("/{}", "a".repeat(300))] {
            let name = name(odd);
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
            assert!(name.chars().all(plain) && name.len() < 60, "{name}");
        }
    }

    #[test]
    fn what_no_file_can_hold_is_refused() {
        assert!(Plan::new("/t".into(), "/a\nb".into(), vec![], 0).is_err());
        assert!(Plan::new("/t".into(), "/a".into(), vec![("HOME", "\u{1b}".into())], 0).is_err());
    }
}
