//! A terminal with a program in it, run by tmux: what a person would see, and keys that they would press.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// How long a screen may take to show something; only a test that fails waits so long.
const PATIENCE: Duration = Duration::from_secs(20);

/// A terminal. Its tmux server is its own and ends with it.
pub(crate) struct Screen {
    folder: tempfile::TempDir,
}

/// Whether `program` can be run here; where it cannot, says that a test is skipped.
#[expect(clippy::print_stderr, reason = "a test that is skipped must say so")]
pub(crate) fn is_here(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let here = std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
    if !here {
        eprintln!("skipped: there is no {program} here");
    }
    here
}

impl Screen {
    /// A terminal of so many columns and rows in which `command` runs.
    pub(crate) fn open(command: &Command, columns: u16, rows: u16) -> Screen {
        let screen = Screen { folder: tempfile::tempdir().unwrap() };
        let settings = "set -g remain-on-exit on\nset -g status off\nset -s escape-time 0\n\
                        set -g default-terminal screen-256color\n";
        std::fs::write(screen.folder.path().join("tmux.conf"), settings).unwrap();
        let mut tmux = screen.tmux();
        tmux.args(["new-session", "-d", "-x", &columns.to_string(), "-y", &rows.to_string()]);
        if let Some(folder) = command.get_current_dir() {
            tmux.arg("-c").arg(folder);
        }
        tmux.args(["env", "-i", "TERM=screen-256color"]);
        for (name, value) in command.get_envs() {
            let Some(value) = value else { continue };
            tmux.arg(format!("{}={}", name.to_string_lossy(), value.to_string_lossy()));
        }
        tmux.arg(command.get_program()).args(command.get_args());
        check(&tmux.output().unwrap());
        screen
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("socket")
    }

    fn tmux(&self) -> Command {
        let mut tmux = Command::new("tmux");
        tmux.env_remove("TMUX").env("LC_ALL", "C.UTF-8");
        tmux.arg("-u").arg("-f").arg(self.folder.path().join("tmux.conf"));
        tmux.arg("-S").arg(self.socket());
        tmux
    }

    /// Presses keys as tmux names them: `Enter`, `Escape`, `C-n`, `Down`.
    pub(crate) fn press(&self, keys: &[&str]) {
        check(&self.tmux().arg("send-keys").args(keys).output().unwrap());
    }

    /// Types text.
    pub(crate) fn type_text(&self, text: &str) {
        check(&self.tmux().args(["send-keys", "-l", "--", text]).output().unwrap());
    }

    /// Pastes text as a terminal does that knows of pasting (bracketed paste).
    pub(crate) fn paste(&self, text: &str) {
        check(&self.tmux().args(["set-buffer", "--", text]).output().unwrap());
        check(&self.tmux().args(["paste-buffer", "-p"]).output().unwrap());
    }

    /// Makes the terminal another size.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        let (columns, rows) = (columns.to_string(), rows.to_string());
        check(&self.tmux().args(["resize-window", "-x", &columns, "-y", &rows]).output().unwrap());
    }

    /// What is on the screen, without spaces at the ends of lines.
    pub(crate) fn shown(&self) -> String {
        let output = self.tmux().args(["capture-pane", "-p"]).output().unwrap();
        check(&output);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
    }

    /// Waits until the screen is so; what is on it then.
    pub(crate) fn wait(&self, what: &str, ready: impl Fn(&str) -> bool) -> String {
        let start = Instant::now();
        loop {
            let shown = self.shown();
            if ready(&shown) {
                return shown;
            }
            assert!(start.elapsed() < PATIENCE, "waiting for {what}, there is:\n{shown}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits until `text` is on the screen.
    pub(crate) fn wait_for(&self, text: &str) -> String {
        self.wait(text, |shown| shown.contains(text))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.tmux().arg("kill-server").output();
    }
}

fn check(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// `PATH` with the folder of the program under test first.
pub(crate) fn path_with_ties() -> String {
    let ties = Path::new(env!("CARGO_BIN_EXE_ties")).parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    format!("{}:{path}", ties.display())
}
