//! `ties watch` as a running process, and its log.

use crate::support::program::TestVault;
use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than anything takes on a machine that is busy with other things.
const LONG: Duration = Duration::from_secs(60);

/// A look that was rung for comes sooner than this.
const QUIET: Duration = Duration::from_millis(600);

/// A watcher that runs; dropping it ends it at once.
pub(crate) struct Watcher {
    child: Child,
    lines: Arc<Mutex<Vec<String>>>,
    reader: Option<thread::JoinHandle<()>>,
}

impl Watcher {
    /// Starts `ties watch` in the vault, and waits until it has looked for the first time.
    pub(crate) fn start(vault: &TestVault, arguments: &str) -> Watcher {
        let mut command = vault.command();
        command.args(["watch", "--log-level", "debug"]);
        command.args(arguments.split(' ').filter(|argument| !argument.is_empty()));
        let watcher = Watcher::run(command);
        watcher.wait_for("info  read ");
        watcher
    }

    /// Runs a command that is a watcher.
    pub(crate) fn run(mut command: Command) -> Watcher {
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let errors = BufReader::new(child.stderr.take().unwrap());
        let lines = Arc::new(Mutex::new(Vec::new()));
        let sink = lines.clone();
        let reader = thread::spawn(move || {
            errors.lines().map_while(Result::ok).for_each(|line| sink.lock().unwrap().push(line));
        });
        Watcher { child, lines, reader: Some(reader) }
    }

    /// The log so far.
    pub(crate) fn log(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }

    /// How many lines of the log hold `text`.
    pub(crate) fn count(&self, text: &str) -> usize {
        self.log().iter().filter(|line| line.contains(text)).count()
    }

    /// Waits until a line of the log holds `text`.
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_for_more(text, 0);
    }

    /// Waits until more than `count` lines of the log hold `text`.
    pub(crate) fn wait_for_more(&self, text: &str, count: usize) {
        let seen = eventually(|| self.count(text) > count);
        assert!(seen, "no `{text}` in:\n{}", self.log().join("\n"));
    }

    /// Waits until `holds`.
    pub(crate) fn wait_until(&self, what: &str, holds: impl FnMut() -> bool) {
        assert!(eventually(holds), "{what}\n{}", self.log().join("\n"));
    }

    /// Waits until it has nothing left to do, so that only what comes now can wake it.
    pub(crate) fn wait_for_quiet(&self) {
        let mut lines = usize::MAX;
        while lines != self.log().len() {
            lines = self.log().len();
            thread::sleep(QUIET);
        }
    }

    /// Its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        let process = Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap();
        kill_process(process, signal).unwrap();
    }

    /// Waits for its end: the exit code, 255 where a signal ended it, and the log.
    pub(crate) fn ended(mut self) -> (i32, Vec<String>) {
        let ended = eventually(|| self.child.try_wait().unwrap().is_some());
        assert!(ended, "it does not end:\n{}", self.log().join("\n"));
        let code = self.child.wait().unwrap().code().unwrap_or(255);
        self.reader.take().unwrap().join().unwrap();
        (code, self.log())
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether `holds` comes true before a long time is over.
fn eventually(mut holds: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while start.elapsed() < LONG {
        if holds() {
            return true;
        }
        thread::sleep(Duration::from_millis(10));
    }
    false
}
