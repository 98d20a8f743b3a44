//! The one sink of everything that is shown: data to standard output, talk to standard error; on a screen, long data
//! to a pager, and the talk after it.
//!
//! Invariant: nothing acts on the terminal but the styles of `line`; a closed pipe ends the output, not the command.

use crate::effects::environment::Environment;
use crate::effects::pager;
use crate::effects::terminal::{Terminal, read_line};
use crate::features::settings::ColorWish;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::text::columns::width;
use crate::text::visible::visible;
use std::io::{self, BufWriter, Write};

/// Where output goes.
pub struct Output {
    data: Stream,
    talk: Stream,
    /// What the streams are.
    pub terminal: Terminal,
    quiet: bool,
    pager: Option<Pager>,
}

/// What shows long data page by page.
#[derive(Debug, Clone)]
pub struct Pager {
    /// The command.
    pub command: String,
    /// Where it runs.
    pub environment: Environment,
}

struct Stream {
    sink: Box<dyn Write>,
    colored: bool,
    ended: Option<io::Error>,
    // What waits until it is known how long the data is.
    held: Option<Vec<u8>>,
}

impl Output {
    /// The streams of this process.
    pub fn of_process(terminal: Terminal, color: ColorWish) -> Output {
        let mut output = Output {
            data: Stream::new(Box::new(BufWriter::new(io::stdout()))),
            talk: Stream::new(Box::new(io::stderr())),
            terminal,
            quiet: false,
            pager: None,
        };
        output.set_color(color);
        output
    }

    /// Output into these sinks, for tests: no terminal, no colours.
    pub fn into_sinks(data: Box<dyn Write>, talk: Box<dyn Write>) -> Output {
        let terminal = Terminal::none();
        let (data, talk) = (Stream::new(data), Stream::new(talk));
        Output { data, talk, terminal, quiet: false, pager: None }
    }

    /// Changes when output has colours.
    pub fn set_color(&mut self, color: ColorWish) {
        let colored = |is_screen: bool| match color {
            ColorWish::Always => true,
            ColorWish::Never => false,
            ColorWish::Auto => is_screen && self.terminal.capable,
        };
        (self.data.colored, self.talk.colored) =
            (colored(self.terminal.output), colored(self.terminal.talk));
    }

    /// Whether talk is left out but for failures and questions.
    pub fn set_quiet(&mut self, quiet: bool) {
        self.quiet = quiet;
    }

    /// Whether talk is left out.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// What shows long data, where something does.
    pub fn set_pager(&mut self, pager: Option<Pager>) {
        self.pager = pager;
    }

    /// From now on data may be long: on a screen it waits until all of it is there, and so does the talk after it.
    pub fn expect_much(&mut self) {
        if self.terminal.output && self.terminal.capable {
            self.data.held = Some(Vec::new());
        }
    }

    /// Shows what waits: what fits the screen as it is, more in the pager.
    fn settle(&mut self) {
        let Some(waiting) = self.data.held.replace(Vec::new()).filter(|held| !held.is_empty())
        else {
            return;
        };
        let is_long = rows(&waiting, self.terminal.width) >= self.terminal.rows;
        let pager = self.pager.as_ref().filter(|_| is_long);
        let shown = pager.map(|pager| pager::show(&pager.command, &waiting, &pager.environment));
        if !matches!(shown, Some(Ok(()))) {
            self.data.write(&waiting);
            self.data.flush();
        }
        let talk = self.talk.held.take().unwrap_or_default();
        self.talk.write(&talk);
        if let (Some(Err(error)), Some(pager)) = (shown, &self.pager) {
            let command = pager.command.clone();
            self.notice(&format!("the pager `{command}` cannot be run: {error}"));
        }
    }

    /// Whether a screen that is not one of the streams shows colours.
    pub fn shows_color(&self) -> bool {
        self.data.colored || self.talk.colored
    }

    /// Whether no more data can be written: mostly because its reader, `head` perhaps, has seen enough.
    pub fn is_over(&self) -> bool {
        self.data.ended.is_some()
    }

    /// A line of data.
    pub fn data(&mut self, line: &Line) {
        self.data.line(line);
    }

    /// Data of several lines, as they are.
    pub fn data_text(&mut self, text: &str) {
        self.data.text(&visible(text));
    }

    /// A file for other programs: byte for byte, or as far as a screen can show it safely.
    pub fn file(&mut self, text: &str) {
        if self.terminal.output {
            self.data.text(&visible(&text.replace("\r\n", "\n")));
        } else {
            self.data.text(text);
        }
    }

    /// A record of data for other programs: ended by a NUL, and then as it is where no screen shows it; or a line.
    pub fn record(&mut self, text: &str, nul: bool) {
        if nul && !self.terminal.output {
            self.data.text(text);
        } else {
            self.data.text(&visible(text));
        }
        self.data.text(if nul { "\0" } else { "\n" });
    }

    /// A page of text as data: its first line and those that are one of `headings` stand out.
    pub fn page(&mut self, text: &str, headings: &[&str]) {
        for (at, line) in text.lines().enumerate() {
            let is_heading = at == 0 || headings.contains(&line);
            let label = if is_heading { Label::Heading } else { Label::Plain };
            self.data.line(&Line::new().label(label, line));
        }
    }

    /// A unified diff, as data.
    pub fn diff(&mut self, diff: &str) {
        for line in diff.lines() {
            let label = match line.as_bytes().first() {
                Some(b'+') => Label::Added,
                Some(b'-') => Label::Removed,
                Some(b'@') => Label::Quiet,
                _ => Label::Plain,
            };
            self.data.line(&Line::new().label(label, line));
        }
    }

    /// A line of talk, after the data that came before it.
    pub fn talk(&mut self, line: &Line) {
        if !self.quiet {
            self.data.flush();
            if self.data.is_holding() {
                self.talk.held.get_or_insert_default();
            }
            self.talk.line(line);
        }
    }

    /// A line of a log, even where talk is left out: what is worth a line was decided before.
    pub fn log(&mut self, line: &Line) {
        self.data.flush();
        self.talk.line(line);
    }

    /// How the command line was not understood, in several lines.
    pub fn usage(&mut self, text: &str) {
        self.talk.text(&visible(text));
    }

    /// Something that the person should know though all went well.
    pub fn notice(&mut self, text: &str) {
        self.talk(&Line::new().label(Label::Warning, "note: ").plain(text));
    }

    /// What to type next.
    pub fn hint(&mut self, text: &str) {
        self.talk(&Line::new().label(Label::Help, "hint: ").plain(text));
    }

    /// A failure with its causes and hints.
    pub fn failure(&mut self, failure: &Failure) {
        self.settle();
        self.data.flush();
        self.talk.line(&Line::new().label(Label::Error, "error: ").plain(&failure.message));
        for line in &failure.place {
            self.talk.line(&Line::of("  ").label(Label::Plain, line));
        }
        for cause in failure.causes() {
            self.talk.line(&Line::new().label(Label::Quiet, "  because ").plain(cause));
        }
        for hint in &failure.hints {
            self.talk.line(&Line::new().label(Label::Help, "hint: ").plain(hint));
        }
    }

    /// Asks a question that `yes` or `no` answers, again where it is none of them: Enter alone answers nothing. At the
    /// end of the input the answer is no.
    pub fn confirm(&mut self, question: &str) -> bool {
        self.settle();
        self.data.flush();
        for _ in 0..3 {
            self.talk.text(&format!("{} (yes/no) ", visible(question)));
            let answer = read_line().ok().flatten();
            match answer.as_deref().map(|answer| answer.trim().to_lowercase()).as_deref() {
                Some("y" | "yes") => return true,
                Some("n" | "no") => return false,
                Some(_) => {}
                None => {
                    self.talk.text("\n");
                    return false;
                }
            }
        }
        false
    }

    /// Asks for a line; `None` at the end of the input. Shown even where talk is left out.
    pub fn ask(&mut self, question: &str) -> Option<String> {
        self.settle();
        self.data.flush();
        self.talk.text(&visible(question));
        let answer = read_line().ok().flatten();
        if answer.is_none() {
            self.talk.text("\n");
        }
        answer
    }

    /// Writes out what waits. Fails where data could not be written, but for a reader that has gone.
    pub fn finish(&mut self) -> Result<(), Failure> {
        self.settle();
        self.data.flush();
        self.talk.flush();
        match self.data.ended.take() {
            Some(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Failure::refused("the output could not be written", error))
            }
            _ => Ok(()),
        }
    }
}

impl Stream {
    fn new(sink: Box<dyn Write>) -> Stream {
        Stream { sink, colored: false, ended: None, held: None }
    }

    fn line(&mut self, line: &Line) {
        let mut text = line.render(self.colored);
        text.push('\n');
        self.text(&text);
    }

    fn text(&mut self, text: &str) {
        match &mut self.held {
            Some(held) => held.extend_from_slice(text.as_bytes()),
            None => self.write(text.as_bytes()),
        }
    }

    fn write(&mut self, bytes: &[u8]) {
        if self.ended.is_none() {
            self.ended = self.sink.write_all(bytes).err();
        }
    }

    fn is_holding(&self) -> bool {
        self.held.as_ref().is_some_and(|held| !held.is_empty())
    }

    fn flush(&mut self) {
        if self.ended.is_none() {
            self.ended = self.sink.flush().err();
        }
    }
}

/// How many rows of a screen of so many columns a text takes; more than any screen has are not counted.
fn rows(text: &[u8], columns: usize) -> usize {
    let text = String::from_utf8_lossy(text);
    let rows = |line: &str| width(&without_styles(line)).div_ceil(columns.max(1)).max(1);
    text.lines().take(1000).map(rows).sum()
}

/// Without the styles of `line`, the only thing in our output that takes no room.
fn without_styles(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or(part, |(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use crate::frontends::cli::line::Line;
    use crate::frontends::cli::output::{Output, rows};
    use std::io::{self, Write};

    struct Broken(io::ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn rows_are_counted_as_a_screen_shows_them() {
        assert_eq!(rows(b"a\n\nb\n", 80), 3);
        assert_eq!(rows("\u{1b}[1mab\u{1b}[0mcd\n".as_bytes(), 4), 1);
        assert_eq!(rows("王小明王\n".as_bytes(), 6), 2);
        assert_eq!(rows(b"", 80), 0);
    }

    #[test]
    fn a_reader_that_has_gone_is_no_failure_and_a_full_disk_is() {
        let finish = |kind: io::ErrorKind| {
            let mut output = Output::into_sinks(Box::new(Broken(kind)), Box::new(io::sink()));
            output.data(&Line::of("x"));
            output.data_text("y\n");
            output.finish()
        };
        assert!(finish(io::ErrorKind::BrokenPipe).is_ok());
        assert!(finish(io::ErrorKind::StorageFull).is_err());
    }
}
