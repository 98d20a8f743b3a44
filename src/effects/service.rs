//! What runs programs on this machine: systemd's user manager, launchd and cron, asked through their own tools.
//!
//! Invariant: only tools of the system are run, found on the `PATH` of the person, with arguments of ours; nothing of a
//! vault decides what runs.

use crate::effects::environment::Environment;
use crate::features::service::plan::Kind;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a tool gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// Whether it ended well.
    pub done: bool,
    /// What it wrote.
    pub out: String,
    /// What it said.
    pub err: String,
}

/// What this machine has; `None` where it has none of them.
pub fn kind_here(environment: &Environment) -> Option<Kind> {
    if cfg!(target_os = "macos") {
        return Some(Kind::Launchd);
    }
    // The folder is there exactly while systemd runs the machine, as sd_booted(3) says.
    if Path::new("/run/systemd/system").is_dir() && on_path("systemctl", environment).is_some() {
        return Some(Kind::Systemd);
    }
    on_path("crontab", environment).map(|_| Kind::Cron)
}

/// The path of the running program: as the `PATH` of the person has it, where that is the same file, since a package
/// manager may keep every release in a folder of its own.
pub fn program(environment: &Environment) -> io::Result<PathBuf> {
    let running = std::env::current_exe()?;
    let found = on_path("ties", environment);
    let same = |found: &PathBuf| found.canonicalize().ok() == running.canonicalize().ok();
    Ok(found.filter(same).unwrap_or(running))
}

/// The first absolute folder of `PATH` that holds a file of that name, with it.
fn on_path(name: &str, environment: &Environment) -> Option<PathBuf> {
    let folders = std::env::split_paths(environment.path("PATH")?);
    let mut files = folders.filter(|folder| folder.is_absolute()).map(|folder| folder.join(name));
    files.find(|file| file.is_file())
}

/// Where the files of a service of that kind live; `None` where no home is named, or the kind has no files.
pub fn folder(kind: Kind, environment: &Environment) -> Option<PathBuf> {
    let home = environment.absolute_path("HOME");
    match kind {
        Kind::Systemd => {
            let config = environment.absolute_path("XDG_CONFIG_HOME").map(Path::to_owned);
            let config = config.or_else(|| home.map(|home| home.join(".config")));
            config.map(|config| config.join("systemd/user"))
        }
        Kind::Launchd => home.map(|home| home.join("Library/LaunchAgents")),
        Kind::Cron => None,
    }
}

/// Runs a tool of the system with `input` on its standard input. An error where it cannot be run at all.
pub fn run(
    tool: &str,
    arguments: &[&str],
    input: &str,
    environment: &Environment,
) -> io::Result<Ran> {
    let missing = || io::Error::new(io::ErrorKind::NotFound, format!("there is no `{tool}` here"));
    let program = on_path(tool, environment).ok_or_else(missing)?;
    let mut child = Command::new(program)
        .args(arguments)
        // Its words are read: in one language.
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // A tool that reads nothing ends well all the same.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output()?;
    Ok(Ran {
        done: output.status.success(),
        out: String::from_utf8(output.stdout)
            .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8"))?,
        err: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
    })
}

/// The crontab of the person; empty where there is none. Whatever else goes wrong is an error: what cannot be read must
/// not be written.
pub fn crontab(environment: &Environment) -> io::Result<String> {
    let ran = run("crontab", &["-l"], "", environment)?;
    match ran.done {
        true => Ok(ran.out),
        false if ran.err.to_lowercase().contains("no crontab") => Ok(String::new()),
        false => Err(io::Error::other(ran.err)),
    }
}

/// Makes `text` the crontab of the person, where it still is `before`.
pub fn set_crontab(before: &str, text: &str, environment: &Environment) -> io::Result<()> {
    if crontab(environment)? != before {
        return Err(io::Error::other("it changed in the same moment"));
    }
    let ran = run("crontab", &["-"], text, environment)?;
    if ran.done { Ok(()) } else { Err(io::Error::other(ran.err)) }
}

/// The number of the person, by which launchd calls their session.
#[cfg(unix)]
pub fn user_number() -> u32 {
    rustix::process::getuid().as_raw()
}
