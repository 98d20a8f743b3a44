//! A picker as the lines of a screen.
//!
//! Invariant: never more lines than the screen has rows, and none wider than it has columns.

use crate::frontends::cli::line::{Label, Line};
use crate::frontends::cli::picker::state::State;

/// With so many columns the preview stands at the right of the list.
const WIDE: usize = 90;

/// With fewer rows there is no preview below the list.
const TALL: usize = 14;

/// Where things are on a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    columns: usize,
    /// How many items show.
    pub page: usize,
    /// The columns and rows of the preview; none where there is no room.
    pub preview: Option<(usize, usize)>,
    beside: bool,
}

/// The layout of a screen of so many columns and rows.
pub fn layout(columns: usize, rows: usize) -> Layout {
    // The first row is what was typed.
    let below = rows.saturating_sub(1);
    let list = columns * 2 / 5;
    if columns >= WIDE {
        let preview = Some((columns - list - 3, below));
        return Layout { columns, page: below, preview, beside: true };
    }
    if rows >= TALL {
        let page = below / 3;
        let preview = Some((columns, below - page - 1));
        return Layout { columns, page, preview, beside: false };
    }
    Layout { columns, page: below, preview: None, beside: false }
}

/// The lines of `state`, with `preview` as what is told of the item that is meant.
pub fn lines(state: &State, layout: Layout, preview: &str) -> Vec<Line> {
    let mut lines = vec![prompt(state, layout.columns)];
    let items = items(state, layout);
    let Some((columns, rows)) = layout.preview else {
        lines.extend(items);
        return lines;
    };
    let mut told = preview.lines().map(|line| Line::of(line).cut(columns)).take(rows);
    if layout.beside {
        let mut items = items.into_iter();
        let list = layout.columns - columns - 3;
        for _ in 0..layout.page {
            let (item, told) = (items.next().unwrap_or_default(), told.next().unwrap_or_default());
            lines.push(item.fill(list).label(Label::Quiet, " │ ").join(&told));
        }
    } else {
        lines.extend(items.into_iter().chain(std::iter::repeat_with(Line::new)).take(layout.page));
        lines.push(Line::new().label(Label::Quiet, "─".repeat(layout.columns)));
        lines.extend(told);
    }
    lines
}

/// In which column the next letter is typed, from 0.
pub fn cursor(state: &State, layout: Layout) -> usize {
    typed(state, layout.columns).width().min(layout.columns.saturating_sub(1))
}

fn prompt(state: &State, columns: usize) -> Line {
    let typed = typed(state, columns);
    let count = format!("  {} of {}", state.fitting.len(), state.choices.len());
    let help = "  Enter picks, Esc leaves";
    let room = columns.saturating_sub(typed.width());
    let words = if room > count.len() + help.len() { count + help } else { count };
    let shown = if room > words.len() { words } else { String::new() };
    typed.label(Label::Quiet, shown)
}

/// The end of what was typed, where all of it has no room.
fn typed(state: &State, columns: usize) -> Line {
    let mut start = 0;
    let all = state.typed.char_indices().map(|(at, _)| at);
    for at in all {
        if Line::of(state.typed.get(at..).unwrap_or_default()).width() + 3 < columns {
            start = at;
            break;
        }
    }
    Line::new()
        .label(Label::Help, "> ")
        .plain(state.typed.get(start..).unwrap_or_default())
        .cut(columns)
}

fn items(state: &State, layout: Layout) -> Vec<Line> {
    let columns = match layout.preview {
        Some((preview, _)) if layout.beside => layout.columns - preview - 3,
        _ => layout.columns,
    };
    // Whole pages, so that the list does not move under the eyes with every key.
    let page = layout.page.max(1);
    let first = state.at / page * page;
    let shown = state.fitting.iter().enumerate().skip(first).take(layout.page);
    let line = |(at, place): (usize, &usize)| {
        let choice = state.choices.get(*place)?;
        let meant = at == state.at;
        let label = if meant { Label::Heading } else { Label::Plain };
        let line = Line::new().label(Label::Help, if meant { "▌ " } else { "  " });
        let line = line.label(label, &choice.label).plain("  ");
        Some(line.label(Label::Quiet, &choice.place).cut(columns))
    };
    shown.filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use crate::frontends::cli::picker::draw::{cursor, layout, lines};
    use crate::frontends::cli::picker::keys::take_keys;
    use crate::frontends::cli::picker::state::{Choice, Outcome, State};
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn choice(label: &str, place: &str) -> Choice {
        Choice { label: label.to_owned(), place: place.to_owned(), also: Vec::new() }
    }

    fn state() -> State {
        State::new(vec![
            choice("Ana Lima", "people/ana-lima"),
            choice("João Faria", "people/joao-faria"),
            choice("José García", "people/jose-garcia"),
            choice("王小明", "people/wang"),
            choice("Zoe \u{1b}[2J", "people/zoe"),
        ])
    }

    /// Presses the keys that a terminal would send as `bytes`, and shows the screen and what came of it.
    fn check(bytes: &str, columns: usize, rows: usize, expected: &Expect) {
        let (mut state, layout) = (state(), layout(columns, rows));
        let mut outcome = Outcome::Open;
        for key in take_keys(&mut bytes.as_bytes().to_vec(), true) {
            outcome = state.press(key, layout.page);
        }
        let preview =
            state.meant().map(|at| format!("# {}\nlast month\n", state.choices[at].label));
        let shown = lines(&state, layout, &preview.unwrap_or_default());
        let shown =
            shown.iter().map(|line| format!("{}\n", line.render(false))).collect::<String>();
        expected.assert_eq(&format!("{shown}{outcome:?}, cursor {}\n", cursor(&state, layout)));
    }

    #[test]
    fn a_wide_screen_has_the_preview_beside_the_list() {
        check(
            "",
            90,
            6,
            &expect![[r#"
            >   5 of 5  Enter picks, Esc leaves
            ▌ Ana Lima  people/ana-lima          │ # Ana Lima
              João Faria  people/joao-faria      │ last month
              José García  people/jose-garcia    │
              王小明  people/wang                │
              Zoe \u{1b}[2J  people/zoe          │
            Open, cursor 2
        "#]],
        );
        check(
            "jo\u{1b}[B",
            90,
            6,
            &expect![[r#"
            > jo  2 of 5  Enter picks, Esc leaves
              João Faria  people/joao-faria      │ # José García
            ▌ José García  people/jose-garcia    │ last month
                                                 │
                                                 │
                                                 │
            Open, cursor 4
        "#]],
        );
    }

    #[test]
    fn a_tall_screen_has_it_below_and_a_small_one_has_none() {
        check(
            "jo",
            40,
            14,
            &expect![[r#"
            > jo  2 of 5  Enter picks, Esc leaves
            ▌ João Faria  people/joao-faria
              José García  people/jose-garcia


            ────────────────────────────────────────
            # João Faria
            last month
            Open, cursor 4
        "#]],
        );
        check(
            "",
            24,
            5,
            &expect![[r#"
            >   5 of 5
            ▌ Ana Lima  people/ana-…
              João Faria  people/jo…
              José García  people/j…
              王小明  people/wang
            Open, cursor 2
        "#]],
        );
    }

    #[test]
    fn keys_move_pick_and_leave() {
        check(
            "\u{e}\u{e}\u{10}\r",
            40,
            7,
            &expect![[r#"
            >   5 of 5  Enter picks, Esc leaves
              Ana Lima  people/ana-lima
            ▌ João Faria  people/joao-faria
              José García  people/jose-garcia
              王小明  people/wang
              Zoe \u{1b}[2J  people/zoe
            Picked(1), cursor 2
        "#]],
        );
        check(
            "gacria\r",
            40,
            7,
            &expect![[r#"
                > gacria  2 of 5
                ▌ José García  people/jose-garcia
                  João Faria  people/joao-faria
                Picked(2), cursor 8
            "#]],
        );
        check(
            "nobody\r",
            40,
            7,
            &expect![[r#"
            > nobody  0 of 5
            Open, cursor 8
        "#]],
        );
        check(
            "ana\u{17}\u{1b}[6~\u{1b}[B",
            40,
            4,
            &expect![[r#"
            >   5 of 5  Enter picks, Esc leaves
              王小明  people/wang
            ▌ Zoe \u{1b}[2J  people/zoe
            Open, cursor 2
        "#]],
        );
        check(
            "\u{1b}",
            40,
            4,
            &expect![[r#"
            >   5 of 5  Enter picks, Esc leaves
            ▌ Ana Lima  people/ana-lima
              João Faria  people/joao-faria
              José García  people/jose-garcia
            Left, cursor 2
        "#]],
        );
    }

    proptest! {
        #[test]
        fn lines_fit_whatever_the_screen(columns in 1usize..130, rows in 1usize..40, typed in "[a-z王é ]{0,60}", preview in "[a-z\\n王\\t]{0,300}") {
            let (mut state, layout) = (state(), layout(columns, rows));
            for key in take_keys(&mut typed.into_bytes(), true) {
                state.press(key, layout.page);
            }
            let lines = lines(&state, layout, &preview);
            prop_assert!(lines.len() <= rows, "{} lines", lines.len());
            prop_assert!(lines.iter().all(|line| line.width() <= columns), "{lines:?}");
            prop_assert!(cursor(&state, layout) < columns);
        }
    }
}
