//! A walk through people as the lines of a screen.
//!
//! Invariant: never more lines than the screen has rows, and none wider than it has columns.

use crate::frontends::cli::deciding::state::{Keyed, State};
use crate::frontends::cli::line::{Label, Line};
use crate::text::columns::wrap;

/// Who is asked about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The name.
    pub name: String,
    /// The note.
    pub path: String,
    /// What helps to decide.
    pub about: Vec<String>,
}

/// The lines of `state`, with `asked` as what is known of the one who is asked about.
pub fn lines(state: &State, asked: &Asked, columns: usize, rows: usize) -> Vec<Line> {
    let is_over = state.at >= state.answers.len();
    let keys = if is_over { end_keys(state) } else { keys(state) };
    let keys = keys.into_iter().flat_map(|keys| in_rows(keys, columns)).collect::<Vec<_>>();
    let mut lines = vec![head(state, is_over), Line::new()];
    if is_over {
        lines.push(Line::of("That was everybody."));
    } else {
        lines.extend(person(state, asked, columns));
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

fn head(state: &State, is_over: bool) -> Line {
    let (all, answered) = (state.answers.len(), state.answered());
    let place = if is_over { String::new() } else { format!("{} of {all} · ", state.at + 1) };
    let answers = if answered == 1 { "answer" } else { "answers" };
    Line::new().label(Label::Quiet, format!("{place}{answered} {answers}"))
}

fn person(state: &State, asked: &Asked, columns: usize) -> Vec<Line> {
    let answer = state.answers.get(state.at).and_then(Option::as_ref);
    let name = Line::new().label(Label::Heading, &asked.name);
    let name = match answer {
        Some(choice) => name.label(Label::Help, format!("  → {}", choice.word())),
        None => name,
    };
    let mut lines = vec![name, Line::new().label(Label::Place, &asked.path), Line::new()];
    for about in &asked.about {
        lines.extend(wrap(about, columns).iter().map(Line::of));
    }
    lines
}

fn keys(state: &State) -> Vec<Vec<Line>> {
    let is_circle = |of: &&Keyed| of.number.is_some();
    let (circles, rest): (Vec<_>, Vec<_>) = state.keyed.iter().partition(is_circle);
    let of_choice = |of: &Keyed| {
        let keys = [of.number, of.letter].into_iter().flatten();
        let keys = keys.map(String::from).collect::<Vec<_>>().join(" ");
        key(&keys, of.choice.word())
    };
    let rest = rest.into_iter().filter(|of| of.letter.is_some());
    let walk = vec![key("s Enter", "skip"), key("u", "back"), key("q", "put it down")];
    vec![circles.into_iter().map(of_choice).collect(), rest.map(of_choice).collect(), walk]
}

fn end_keys(state: &State) -> Vec<Vec<Line>> {
    let write = match state.answered() {
        0 => "leave",
        1 => "write it down",
        _ => "write them down",
    };
    vec![vec![key("Enter", write), key("u", "back")]]
}

/// A key and what it does.
pub fn key(keys: &str, word: &str) -> Line {
    Line::new().label(Label::Name, keys).plain(" ").plain(word)
}

/// The pieces side by side, in as many rows as they need.
pub fn in_rows(pieces: Vec<Line>, columns: usize) -> Vec<Line> {
    let mut rows: Vec<Line> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if row.width() + 3 + piece.width() <= columns => {
                *row = std::mem::take(row).plain("   ").join(&piece);
            }
            _ => rows.push(piece),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use crate::features::triage::choices;
    use crate::frontends::cli::deciding::draw::{Asked, lines};
    use crate::frontends::cli::deciding::state::State;
    use crate::frontends::cli::picker::keys::take_keys;
    use crate::people::vocabulary::Vocabulary;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn asked() -> Asked {
        Asked {
            name: "João Faria".to_owned(),
            path: "people/joao-faria.md".to_owned(),
            about: vec![
                "Last: 5 September, met: his thesis, tired but happy".to_owned(),
                "work, choir · Porto \u{1b}[2J".to_owned(),
            ],
        }
    }

    fn state(typed: &str) -> State {
        let mut state = State::new(choices(&Vocabulary::default()), 3);
        for key in take_keys(&mut typed.as_bytes().to_vec(), true) {
            state.press(key);
        }
        state
    }

    fn check(typed: &str, columns: usize, rows: usize, expected: &Expect) {
        let lines = lines(&state(typed), &asked(), columns, rows);
        let shown = lines.iter().map(|line| format!("{}\n", line.render(false)));
        expected.assert_eq(&shown.collect::<String>());
    }

    #[test]
    fn a_person_is_told_with_the_keys_below() {
        check(
            "",
            80,
            24,
            &expect![[r#"
            1 of 3 · 0 answers

            João Faria
            people/joao-faria.md

            Last: 5 September, met: his thesis, tired but happy
            work, choir · Porto \u{1b}[2J

            1 i inner   2 g growth   3 m mentor   4 e extended
            l later   r reference   a archive
            s Enter skip   u back   q put it down
        "#]],
        );
        check(
            "iu",
            44,
            24,
            &expect![[r#"
            1 of 3 · 1 answer

            João Faria  → inner
            people/joao-faria.md

            Last: 5 September, met: his thesis, tired
            but happy
            work, choir · Porto \u{1b}[2J

            1 i inner   2 g growth   3 m mentor
            4 e extended
            l later   r reference   a archive
            s Enter skip   u back   q put it down
        "#]],
        );
    }

    #[test]
    fn a_small_screen_keeps_the_keys() {
        check(
            "",
            44,
            8,
            &expect![[r#"
            1 of 3 · 0 answers

            João Faria
            people/joao-faria.md
            1 i inner   2 g growth   3 m mentor
            4 e extended
            l later   r reference   a archive
            s Enter skip   u back   q put it down
        "#]],
        );
    }

    #[test]
    fn the_end_says_what_is_written() {
        check(
            "igs",
            80,
            24,
            &expect![[r#"
                2 answers

                That was everybody.

                Enter write them down   u back
            "#]],
        );
        check(
            "sss",
            80,
            24,
            &expect![[r#"
            0 answers

            That was everybody.

            Enter leave   u back
        "#]],
        );
    }

    proptest! {
        #[test]
        fn lines_fit_whatever_the_screen(columns in 1usize..130, rows in 1usize..40, typed in "[isgu]{0,9}") {
            let lines = lines(&state(&typed), &asked(), columns, rows);
            prop_assert!(!lines.is_empty() && lines.len() <= rows, "{} lines", lines.len());
            prop_assert!(lines.iter().all(|line| line.width() <= columns), "{lines:?}");
        }
    }
}
