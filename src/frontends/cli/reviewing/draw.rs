//! A walk through a review as the lines of a screen.
//!
//! Invariant: never more lines than the screen has rows, and none wider than it has columns.

use crate::frontends::cli::deciding::draw::{in_rows, key};
use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::reviewing::choices::{choices, words};
use crate::frontends::cli::reviewing::state::{Question, State};
use crate::text::columns::{width, wrap};

/// The lines of `state`.
pub fn lines(state: &State<'_>, columns: usize, rows: usize) -> Vec<Line> {
    // What is being typed is seen on the smallest screen.
    let mut keys = in_rows(keys(state), columns);
    if let Some(typing) = &state.typing {
        let typed = Line::new().label(Label::Quiet, "› ").plain(tail(typing, columns)).plain("_");
        keys.splice(..0, [typed, Line::new()]);
    }
    let mut lines = vec![head(state), Line::new()];
    lines
        .extend(wrap(&state.told, columns).iter().map(|line| Line::new().label(Label::Help, line)));
    if !state.told.is_empty() {
        lines.push(Line::new());
    }
    match state.question() {
        Some(question) => lines.extend(asked(question, columns)),
        None => lines.push(Line::of("That was the last line.")),
    }
    // On a small screen the keys matter more than what is told.
    lines.truncate(rows.saturating_sub(keys.len()).max(1));
    if lines.len() + keys.len() < rows {
        lines.push(Line::new());
    }
    lines.extend(keys);
    lines.truncate(rows);
    lines.into_iter().map(|line| line.cut(columns)).collect()
}

fn head(state: &State<'_>) -> Line {
    let (all, answered) = (state.questions.len(), state.answered());
    let place = if state.question().is_some() {
        format!("{} of {all} · ", state.at + 1)
    } else {
        String::new()
    };
    let answers = if answered == 1 { "answer" } else { "answers" };
    let heading = state.question().map(|of| of.heading.as_str()).filter(|of| !of.is_empty());
    let heading = heading.map(|of| format!(" · {of}")).unwrap_or_default();
    Line::new().label(Label::Quiet, format!("{place}{answered} {answers}{heading}"))
}

fn asked(question: &Question, columns: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for line in wrap(&question.text, columns) {
        lines.push(Line::new().label(Label::Heading, line));
    }
    if question.status != ' ' {
        lines.push(Line::new().label(Label::Help, format!("→ {}", answer(question))));
    }
    if !question.context.is_empty() || !question.typed.is_empty() {
        lines.push(Line::new());
    }
    for line in question.context.iter().chain(&question.typed) {
        lines.extend(wrap(line, columns).iter().map(Line::of));
    }
    lines
}

fn answer(question: &Question) -> String {
    let known = choices(question.letter).iter().find(|choice| choice.status == question.status);
    known.map_or_else(|| format!("[{}]", question.status), |choice| choice.words.to_owned())
}

fn keys(state: &State<'_>) -> Vec<Line> {
    if state.typing.is_some() {
        return vec![key("Enter", "write it down"), key("Esc", "no")];
    }
    let Some(question) = state.question() else {
        return vec![key("Enter", "end"), key("u", "back")];
    };
    let choices = choices(question.letter).iter();
    let mut keys = choices.map(|choice| key(&choice.key.to_string(), choice.words));
    let typed = words(question.letter).map(|words| key("t", &format!("type {words}")));
    let open = (question.status != ' ').then(|| key("Space", "open again"));
    let walk = [key("s Enter", "leave it"), key("u", "back"), key("q", "put it down")];
    let mut all = keys.by_ref().collect::<Vec<_>>();
    all.extend(typed);
    all.extend(open);
    all.extend(walk);
    all
}

/// The end of what is typed, where all of it is too wide: letters of some scripts take two columns.
fn tail(typed: &str, columns: usize) -> &str {
    let room = columns.saturating_sub(4);
    let starts = typed.char_indices().map(|(at, _)| at).rev();
    let tails = starts.take(room).filter_map(|at| typed.get(at..));
    tails.take_while(|tail| width(tail) <= room).last().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use crate::frontends::cli::picker::keys::take_keys;
    use crate::frontends::cli::reviewing::draw::lines;
    use crate::frontends::cli::reviewing::state::{Answer, Question, State, Written};
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn shown(typed: &str, columns: usize, rows: usize) -> Vec<String> {
        let question = |letter: char| Question {
            id: format!("v{letter}"),
            letter,
            heading: "A word this week".to_owned(),
            text: "João Faria · growth · message: a word on Tuesday".to_owned(),
            context: vec!["Last: 5 September, met: his thesis \u{1b}[2J".to_owned()],
            typed: Vec::new(),
            status: ' ',
        };
        let mut write = |(_, status, words): Answer<'_>| {
            let told = format!("Done with {}.", words.unwrap_or("it"));
            Written { status, told, is_over: false }
        };
        let mut state = State::new("wpgu".chars().map(question).collect(), &mut write);
        for key in take_keys(&mut typed.as_bytes().to_vec(), true) {
            state.press(key);
        }
        let lines = lines(&state, columns, rows);
        assert!(lines.iter().all(|line| line.width() <= columns), "{lines:?}");
        lines.iter().map(|line| line.render(false)).collect()
    }

    fn check(typed: &str, columns: usize, rows: usize, expected: &Expect) {
        let lines = shown(typed, columns, rows);
        expected.assert_eq(&lines.iter().map(|line| format!("{line}\n")).collect::<String>());
    }

    #[test]
    fn a_line_is_told_with_its_keys_below() {
        check(
            "",
            80,
            24,
            &expect![[r#"
            1 of 4 · 0 answers · A word this week

            João Faria · growth · message: a word on Tuesday

            Last: 5 September, met: his thesis \u{1b}[2J

            y yes   n not this time   t type a day, what to say, or `call: …` if it is done
            s Enter leave it   u back   q put it down
        "#]],
        );
        check(
            "y",
            44,
            24,
            &expect![[r#"
            2 of 4 · 1 answer · A word this week

            Done with it.

            João Faria · growth · message: a word on
            Tuesday

            Last: 5 September, met: his thesis \u{1b}[2J

            y kept   l in a week   g let it go
            s Enter leave it   u back   q put it down
        "#]],
        );
        check(
            "yu",
            80,
            24,
            &expect![[r#"
            1 of 4 · 1 answer · A word this week

            João Faria · growth · message: a word on Tuesday
            → yes

            Last: 5 September, met: his thesis \u{1b}[2J

            y yes   n not this time   t type a day, what to say, or `call: …` if it is done
            Space open again   s Enter leave it   u back   q put it down
        "#]],
        );
        check(
            "ttue",
            80,
            24,
            &expect![[r#"
            1 of 4 · 0 answers · A word this week

            João Faria · growth · message: a word on Tuesday

            Last: 5 September, met: his thesis \u{1b}[2J

            › tue_

            Enter write it down   Esc no
        "#]],
        );
        check(
            "t王王王王王王王王王王ab",
            24,
            8,
            &expect![[r#"
            1 of 4 · 0 answers · A …

            João Faria · growth ·
            message: a word on
            › 王王王王王王王王王ab_

            Enter write it down
            Esc no
        "#]],
        );
        check(
            "pl",
            80,
            24,
            &expect![[r#"
            1 of 4 · 0 answers · A word this week

            `l` is no key here; t comes before words.

            João Faria · growth · message: a word on Tuesday

            Last: 5 September, met: his thesis \u{1b}[2J

            y yes   n not this time   t type a day, what to say, or `call: …` if it is done
            s Enter leave it   u back   q put it down
        "#]],
        );
        check(
            "ssss",
            80,
            24,
            &expect![[r#"
            0 answers

            That was the last line.

            Enter end   u back
        "#]],
        );
    }

    proptest! {
        #[test]
        fn lines_fit_whatever_the_screen(columns in 1usize..130, rows in 1usize..40, typed in "[yntsu \\r]{0,9}") {
            let lines = shown(&typed, columns, rows);
            prop_assert!(!lines.is_empty() && lines.len() <= rows, "{} lines", lines.len());
        }
    }
}
