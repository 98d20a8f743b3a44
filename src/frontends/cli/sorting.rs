//! Sorting the inbox on the screen of a terminal, line by line, one key each.
//!
//! Always true here: nothing is written while the walk lasts; what was answered is given back however it ends.

use crate::effects::screen::Screen;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::output::Output;
use crate::frontends::cli::picker::keys::{Key, take_keys};
use crate::text::columns::wrap;
use std::io;
use std::time::Duration;

/// What is to become of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// What is proposed.
    Write,
    /// A promise.
    Promise,
    /// It stays in the inbox.
    Keep,
    /// It leaves the inbox: there is nothing more to do.
    Done,
}

/// What was said about a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decision {
    /// What it says now, where it was edited.
    pub text: Option<String>,
    /// Who it is about, where that was said: names as typed.
    pub with: Option<String>,
    /// What is to become of it; `None` while nothing is said.
    pub answer: Option<Answer>,
}

/// A line as it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// What it says in the inbox.
    pub text: String,
    /// What would be written.
    pub told: Vec<String>,
    /// What is not certain.
    pub doubts: Vec<String>,
    /// Whether it could be written as proposed.
    pub can_write: bool,
    /// The promise that it could become, in words.
    pub promise: Option<String>,
}

/// What is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Typing {
    Text(String),
    With(String),
}

/// A walk through lines.
#[derive(Debug, Clone)]
pub struct State {
    /// For each line what was said.
    pub decisions: Vec<Decision>,
    /// Which line is asked about; behind the last one none is.
    pub at: usize,
    typing: Option<Typing>,
    message: &'static str,
}

/// Whether a walk goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It goes on.
    Open,
    /// It is put down.
    Over,
}

impl State {
    /// A walk through so many lines.
    pub fn new(lines: usize) -> State {
        State { decisions: vec![Decision::default(); lines], at: 0, typing: None, message: "" }
    }

    /// For how many lines something was said.
    pub fn decided(&self) -> usize {
        self.decisions.iter().filter(|of| of.answer.is_some()).count()
    }

    /// Takes a key; `shown` is the line that is asked about.
    pub fn press(&mut self, key: Key, shown: &Shown) -> Outcome {
        self.message = "";
        if self.typing.is_some() {
            self.type_key(key, shown);
            return Outcome::Open;
        }
        let is_over = self.at >= self.decisions.len();
        match key {
            Key::Leave | Key::Letter('q' | 'Q') => return Outcome::Over,
            Key::Enter if is_over => return Outcome::Over,
            Key::Enter | Key::Letter('w' | 'W') if shown.can_write => self.say(Answer::Write),
            Key::Letter('w' | 'W') => self.message = "say who it is about (o), or edit it (e)",
            Key::Enter | Key::Down => self.at += 1,
            Key::Up | Key::EraseLetter | Key::Letter('u' | 'U') => {
                self.at = self.at.saturating_sub(1);
            }
            _ if is_over => {}
            Key::Letter('p' | 'P') if shown.promise.is_some() => self.say(Answer::Promise),
            Key::Letter('p' | 'P') => self.message = "say first who it is for (o)",
            Key::Letter('k' | 'K') => self.say(Answer::Keep),
            Key::Letter('d' | 'D') => self.say(Answer::Done),
            Key::Letter('e' | 'E') => self.typing = Some(Typing::Text(shown.text.clone())),
            Key::Letter('o' | 'O') => self.typing = Some(Typing::With(String::new())),
            _ => {}
        }
        self.at = self.at.min(self.decisions.len());
        Outcome::Open
    }

    fn say(&mut self, answer: Answer) {
        if let Some(decision) = self.decisions.get_mut(self.at) {
            decision.answer = Some(answer);
            self.at += 1;
        }
    }

    fn type_key(&mut self, key: Key, shown: &Shown) {
        let Some(Typing::Text(typed) | Typing::With(typed)) = &mut self.typing else { return };
        match key {
            Key::Letter(letter) | Key::Pasted(letter) => typed.push(letter),
            Key::EraseLetter => drop(typed.pop()),
            Key::EraseWord => {
                let kept = typed.trim_end().rfind(' ').map_or(0, |at| at + 1);
                typed.truncate(kept);
            }
            Key::EraseAll => typed.clear(),
            Key::Leave => self.typing = None,
            Key::Enter => self.end_typing(&shown.text),
            _ => {}
        }
    }

    fn end_typing(&mut self, before: &str) {
        let filled = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let typing = self.typing.take();
        let Some(decision) = self.decisions.get_mut(self.at) else { return };
        match typing {
            // What is as it was is not edited.
            Some(Typing::Text(text)) if text.trim() == before.trim() => {}
            Some(Typing::Text(text)) => decision.text = filled(text),
            Some(Typing::With(text)) => decision.with = filled(text),
            None => {}
        }
    }
}

/// The lines of the screen: never more than it has rows, none wider than it has columns.
pub fn lines(state: &State, shown: &Shown, columns: usize, rows: usize) -> Vec<Line> {
    let all = state.decisions.len();
    let is_over = state.at >= all;
    let place = if is_over { String::new() } else { format!("{} of {all} · ", state.at + 1) };
    let mut lines =
        vec![Line::new().label(Label::Quiet, format!("{place}{} decided", state.decided()))];
    lines.push(Line::new());
    let keys = if is_over {
        lines.push(Line::of("That was the inbox."));
        key_line(&[("Enter", "write it down"), ("u", "back")])
    } else {
        lines.extend(body(state, shown, columns));
        keys(state, shown)
    };
    let keys = match &state.typing {
        Some(Typing::Text(typed)) => {
            Line::new().label(Label::Name, "It says: ").plain(typed).plain("▏")
        }
        Some(Typing::With(typed)) => {
            Line::new().label(Label::Name, "Who: ").plain(typed).plain("▏")
        }
        None => keys,
    };
    lines.truncate(rows.saturating_sub(2).max(1));
    lines.push(Line::new().label(Label::Help, state.message));
    lines.push(keys);
    lines.truncate(rows);
    lines.into_iter().map(|line| line.cut(columns)).collect()
}

fn body(state: &State, shown: &Shown, columns: usize) -> Vec<Line> {
    let answer = state.decisions.get(state.at).and_then(|decision| decision.answer);
    let answered = match answer {
        Some(Answer::Write) => "  → written as below",
        Some(Answer::Promise) => "  → a promise",
        Some(Answer::Keep) => "  → kept",
        Some(Answer::Done) => "  → taken out",
        None => "",
    };
    let text = wrap(&shown.text, columns).into_iter();
    let mut lines = text.map(|line| Line::new().label(Label::Heading, line)).collect::<Vec<_>>();
    lines.push(Line::new().label(Label::Help, answered));
    for told in &shown.told {
        lines.extend(wrap(told, columns).iter().map(Line::of));
    }
    if let Some(promise) = shown.promise.as_ref().filter(|promise| !shown.told.contains(promise)) {
        lines.extend(wrap(&format!("p: {promise}"), columns).iter().map(Line::of));
    }
    for doubt in &shown.doubts {
        let doubt = wrap(&format!("? {doubt}"), columns);
        lines.extend(doubt.into_iter().map(|line| Line::new().label(Label::Quiet, line)));
    }
    lines
}

fn keys(state: &State, shown: &Shown) -> Line {
    let mut keys = Vec::new();
    if shown.can_write {
        keys.push(("Enter", "write"));
    } else {
        keys.push(("Enter", "skip"));
    }
    keys.push(("e", "edit"));
    keys.push(("o", "who"));
    if shown.promise.is_some() {
        keys.push(("p", "promise"));
    }
    keys.extend([("k", "keep"), ("d", "done")]);
    if state.at > 0 {
        keys.push(("u", "back"));
    }
    keys.push(("q", "stop"));
    key_line(&keys)
}

fn key_line(keys: &[(&str, &str)]) -> Line {
    let mut line = Line::new();
    for (at, (key, word)) in keys.iter().enumerate() {
        line = line.plain(if at == 0 { "" } else { "   " });
        line = line.label(Label::Name, key).plain(" ").plain(word);
    }
    line
}

/// How a walk ended.
#[derive(Debug)]
pub struct Walked {
    /// For each line what was said.
    pub decisions: Vec<Decision>,
    /// Whether the program was asked to end.
    pub is_ending: bool,
    /// Why the terminal could not be read any more.
    pub trouble: Option<io::Error>,
}

/// How often the size of the screen is looked at where no key is pressed.
const GLANCE: Duration = Duration::from_millis(100);

/// How long the rest of a key may take; what comes later is a key of its own.
const REST_OF_KEY: Duration = Duration::from_millis(30);

/// Asks about as many lines as there are; `tell` gives how each is shown after what was said about it.
pub fn walk(
    count: usize,
    tell: &dyn Fn(usize, &Decision) -> Shown,
    output: &Output,
) -> Result<Walked, Failure> {
    let screen = Screen::open().map_err(|_| {
        Failure::usage("there is no terminal to ask on")
            .hint("`ties inbox --list` shows what is proposed, `--yes` writes what is certain")
    })?;
    let mut state = State::new(count);
    let trouble = run(&screen, &mut state, tell, output.shows_color()).err();
    let is_ending = screen.is_ending();
    Ok(Walked { decisions: state.decisions, is_ending, trouble })
}

fn run(
    screen: &Screen,
    state: &mut State,
    tell: &dyn Fn(usize, &Decision) -> Shown,
    colored: bool,
) -> io::Result<()> {
    let shown_at = |state: &State| {
        state.decisions.get(state.at).map(|decision| tell(state.at, decision)).unwrap_or_default()
    };
    let (mut bytes, mut size) = (Vec::new(), (0, 0));
    let mut shown = shown_at(state);
    loop {
        let now = screen.size();
        let patience = if bytes.is_empty() { GLANCE } else { REST_OF_KEY };
        let arrived = if size == now { screen.read(patience)? } else { Vec::new() };
        if screen.is_ending() {
            return Ok(());
        }
        let is_all = arrived.is_empty() && size == now;
        bytes.extend(arrived);
        let keys = take_keys(&mut bytes, is_all);
        let changed = !keys.is_empty() || size != now;
        for key in keys {
            if state.press(key, &shown) == Outcome::Over {
                return Ok(());
            }
            shown = shown_at(state);
        }
        if changed {
            let lines = lines(state, &shown, now.0, now.1);
            let lines = lines.iter().map(|line| line.render(colored)).collect::<Vec<_>>();
            screen.show(&lines, 0)?;
            size = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::frontends::cli::picker::keys::take_keys;
    use crate::frontends::cli::sorting::{Answer, Outcome, Shown, State, lines};
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn shown() -> Shown {
        Shown {
            text: "coffee with Rita".to_owned(),
            told: vec!["Contact with nobody yet".to_owned()],
            doubts: vec!["`Rita` could mean two".to_owned()],
            can_write: false,
            promise: Some("Promise in the note of Rita: [ ] coffee".to_owned()),
        }
    }

    fn state(typed: &str, shown: &Shown) -> (State, Outcome) {
        let mut state = State::new(3);
        let mut outcome = Outcome::Open;
        for key in take_keys(&mut typed.as_bytes().to_vec(), true) {
            assert_eq!(outcome, Outcome::Open, "{typed:?}");
            outcome = state.press(key, shown);
        }
        (state, outcome)
    }

    fn check(typed: &str, can_write: bool, expected: &str) {
        let (state, outcome) = state(typed, &Shown { can_write, ..shown() });
        let word = |answer: Option<Answer>| match answer {
            Some(Answer::Write) => "write",
            Some(Answer::Promise) => "promise",
            Some(Answer::Keep) => "keep",
            Some(Answer::Done) => "done",
            None => "-",
        };
        let said = state.decisions.iter().map(|of| {
            let text = of.text.as_ref().map_or(String::new(), |text| format!("({text})"));
            let with = of.with.as_ref().map_or(String::new(), |with| format!("[{with}]"));
            format!("{}{text}{with}", word(of.answer))
        });
        let said = said.collect::<Vec<_>>().join(" ");
        assert_eq!(format!("{said}, at {}, {outcome:?}", state.at), expected, "{typed:?}");
    }

    #[test]
    fn one_key_decides_and_goes_on() {
        check("", true, "- - -, at 0, Open");
        check("\rkd", true, "write keep done, at 3, Open");
        check("\rpw", false, "- promise -, at 2, Open");
        check("dduk", true, "done keep -, at 2, Open");
        check("dq", true, "done - -, at 1, Over");
        check("d\u{1b}", true, "done - -, at 1, Over");
        check("ddd\r", true, "done done done, at 3, Over");
        check("dddkpu", true, "done done done, at 2, Open");
    }

    #[test]
    fn what_is_typed_is_kept_until_enter() {
        check("e and Bo\rw", true, "write(coffee with Rita and Bo) - -, at 1, Open");
        check("e\u{15}x\u{7f}yd q\r", true, "-(yd q) - -, at 0, Open");
        check("orita b\rw", true, "write[rita b] - -, at 1, Open");
        check("e\r", true, "- - -, at 0, Open");
        check("oabc\u{1b}", true, "- - -, at 0, Open");
        check("o\u{1b}[200~rita\rd\u{1b}[201~\r", true, "-[rita d] - -, at 0, Open");
        check("\u{1b}[200~kd\rq\u{1b}[201~", true, "- - -, at 0, Open");
    }

    #[test]
    fn a_line_is_shown_with_its_keys() {
        let check = |typed: &str, expected: &Expect| {
            let (state, _) = state(typed, &shown());
            let lines = lines(&state, &shown(), 80, 12);
            let text = lines.iter().map(|line| format!("{}\n", line.render(false).trim_end()));
            expected.assert_eq(&text.collect::<String>());
        };
        check(
            "k",
            &expect![[r#"
                2 of 3 · 1 decided

                coffee with Rita

                Contact with nobody yet
                p: Promise in the note of Rita: [ ] coffee
                ? `Rita` could mean two

                Enter skip   e edit   o who   p promise   k keep   d done   u back   q stop
            "#]],
        );
        check(
            "ori",
            &expect![[r#"
                1 of 3 · 0 decided

                coffee with Rita

                Contact with nobody yet
                p: Promise in the note of Rita: [ ] coffee
                ? `Rita` could mean two

                Who: ri▏
            "#]],
        );
        check(
            "ddd",
            &expect![[r#"
                3 decided

                That was the inbox.

                Enter write it down   u back
            "#]],
        );
    }

    proptest! {
        #[test]
        fn the_screen_is_never_left(typed in "[\\x00-\\x7f]{0,20}", columns in 1usize..40, rows in 1usize..20) {
            let mut state = State::new(2);
            for key in take_keys(&mut typed.as_bytes().to_vec(), true) {
                state.press(key, &shown());
            }
            let lines = lines(&state, &shown(), columns, rows);
            prop_assert!(lines.len() <= rows);
            prop_assert!(lines.iter().all(|line| line.width() <= columns));
        }
    }
}
