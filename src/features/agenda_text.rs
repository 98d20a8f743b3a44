//! The agenda for a screen: what `agenda.md` says, without boxes, ids and brackets, wrapped.

use crate::features::agenda::render::later;
use crate::features::agenda::view::{Agenda, Item};
use crate::note::link_write::without_links;
use crate::text::columns::wrap;
use crate::text::phrase;

/// The headings below the day, in their order.
pub const HEADINGS: [&str; 7] =
    ["Today", "Welcome back", "Promises", "Reach out", "Habits", "Coming up", "Done"];

/// The agenda in lines of at most `columns`, each with its line end.
pub fn render_plain(agenda: &Agenda, columns: usize) -> String {
    let columns = columns.clamp(20, 100);
    let mut text = format!("{}\n", phrase::title(agenda.day));
    if let Some(empty) = &agenda.empty {
        text.push('\n');
        paragraph(&mut text, empty, "", columns);
    }
    let waiting = (agenda.promises_waiting > 0 && agenda.re_entry.is_none()).then(|| {
        let waits = if agenda.promises_waiting == 1 { "waits" } else { "wait" };
        format!("{} more {waits} in your notes", phrase::number(agenda.promises_waiting))
    });
    let [today, welcome, promises, reach_out, habits, coming_up, of_done] = HEADINGS;
    let of_today = agenda.today.iter().filter(|item| item.is_open());
    section(&mut text, today, of_today.map(|item| of_item(item, columns)));
    if let Some(re_entry) = &agenda.re_entry {
        let mut words = String::new();
        paragraph(&mut words, &re_entry.words, "  ", columns);
        let items = agenda.reach_out.iter().chain(&agenda.promises);
        let items = items.chain([&re_entry.start_afresh]).filter(|item| item.is_open());
        let items = items.map(|item| of_item(item, columns));
        section(&mut text, welcome, std::iter::once(words).chain(items));
    }
    let none = Vec::new();
    let (of_promises, of_people) = match agenda.re_entry {
        Some(_) => (&none, &none),
        None => (&agenda.promises, &agenda.reach_out),
    };
    let sections = [
        (promises, of_promises, waiting),
        (reach_out, of_people, None),
        (habits, &agenda.habits, None),
        (coming_up, &agenda.coming_up, later(agenda.coming_up_later)),
    ];
    for (heading, items, end) in sections {
        let open = items.iter().filter(|item| item.is_open());
        let lines = open.map(|item| of_item(item, columns)).chain(end.map(|end| {
            let mut text = String::new();
            paragraph(&mut text, &end, "  ", columns);
            text
        }));
        section(&mut text, heading, lines);
    }
    let answered = agenda.items().filter(|item| item.is_done()).map(|item| &item.text);
    let done = answered.chain(&agenda.done).map(|line| {
        let mut text = String::new();
        paragraph(&mut text, line, "  ", columns);
        text
    });
    section(&mut text, of_done, done);
    text
}

fn section(text: &mut String, heading: &str, lines: impl Iterator<Item = String>) {
    let lines = lines.collect::<String>();
    if !lines.is_empty() {
        text.push_str(&format!("\n{heading}\n{lines}"));
    }
}

fn of_item(item: &Item, columns: usize) -> String {
    let mut text = String::new();
    paragraph(&mut text, &item.text, "  ", columns);
    item.context.iter().for_each(|line| paragraph(&mut text, line, "    ", columns));
    text
}

/// A line of Markdown as wrapped text; what follows the first line stands two columns further in.
fn paragraph(text: &mut String, line: &str, indent: &str, columns: usize) {
    let room = columns.saturating_sub(indent.len() + 2);
    for (at, line) in wrap(&without_links(line), room).iter().enumerate() {
        let further = if at == 0 { "" } else { "  " };
        text.push_str(&format!("{indent}{further}{line}\n"));
    }
}

#[cfg(test)]
mod tests {
    use crate::features::agenda::compose::compose;
    use crate::features::agenda::render::render;
    use crate::features::agenda_text::render_plain;
    use crate::features::sample::{book, day};
    use crate::features::settings::Settings;
    use crate::people::vocabulary::Vocabulary;
    use crate::text::columns::width;
    use expect_test::{Expect, expect};

    fn check(notes: &[(&str, &str)], columns: usize, expected: &Expect) {
        let (settings, vocabulary) = (Settings::default(), Vocabulary::default());
        let agenda = compose(&book(notes), day("2026-11-21"), &settings, &vocabulary, None);
        let shown = render_plain(&agenda.unwrap(), columns);
        assert!(shown.lines().all(|line| width(line) <= columns), "too wide");
        expected.assert_eq(&shown);
    }

    #[test]
    fn a_narrow_screen_is_not_overrun() {
        let notes = [
            (
                "people/joao-faria.md",
                "---\nname: João Faria\ncircle: growth\nchannel: message\nnext: Ask whether the defence has a date\n---\n\n## Log\n- 2026-09-05 met: his thesis, tired but happy\n",
            ),
            ("people/rita-lima.md", "---\nname: Rita Lima\nbirthday: 1996-11-21\n---\n"),
        ];
        check(
            &notes,
            26,
            &expect![[r#"
            Saturday, 21 November 2026

            Today
              Rita Lima turns 30.

            Reach out
              João Faria · growth ·
                message
                Last: 5 September,
                  met: his thesis,
                  tired but happy.
                Next: ask whether
                  the defence has a
                  date. Why: every 2-4
                  weeks.
        "#]],
        );
        check(
            &[],
            26,
            &expect![[r#"
            Saturday, 21 November 2026

            Nobody is in this vault
              yet. `ties add "Ana
              Lima"` makes the first
              note.
        "#]],
        );
    }

    #[test]
    fn what_was_answered_is_done_and_stands_there_once() {
        let notes = [("people/rita.md", "---\nname: Rita\nbirthday: 1996-11-21\n---\n")];
        let (settings, vocabulary) = (Settings::default(), Vocabulary::default());
        let composed = |existing: Option<&str>| {
            compose(&book(&notes), day("2026-11-21"), &settings, &vocabulary, existing).unwrap()
        };
        let ticked = render(&composed(None)).replace("- [ ]", "- [x]");
        let shown = render_plain(&composed(Some(&ticked)), 80);
        let places = shown.match_indices("Rita turns 30.").map(|(at, _)| at).collect::<Vec<_>>();
        assert!(places.len() == 1 && places[0] > shown.find("Done").unwrap(), "{shown}");
    }

    #[test]
    fn a_day_reads_well_without_boxes_and_ids() {
        let notes = [
            (
                "people/ana-lima.md",
                "---\nname: Ana Lima\nbirthday: 1988-11-28\n---\n- [ ] Send [[Ana Lima]] the kiln article about glazes and how they crack when they cool too fast 📅 2026-11-20\n",
            ),
            (
                "people/joao-faria.md",
                "---\nname: João Faria\ncircle: growth\nchannel: message\nnext: Ask whether the defence has a date\n---\n\n## Log\n- 2026-09-05 met: his thesis, tired but happy\n",
            ),
            ("people/rita-lima.md", "---\nname: Rita Lima\nbirthday: 1996-11-21\n---\n"),
        ];
        check(
            &notes,
            60,
            &expect![[r#"
            Saturday, 21 November 2026

            Today
              Rita Lima turns 30.

            Promises
              Send Ana Lima the kiln article about glazes and how they
                crack when they cool too fast, meant for yesterday

            Reach out
              João Faria · growth · message
                Last: 5 September, met: his thesis, tired but happy.
                Next: ask whether the defence has a date. Why: every
                  2-4 weeks.

            Coming up
              Sat 28 Nov: Ana Lima's 38th birthday
        "#]],
        );
    }

    #[test]
    fn a_quiet_day_says_so() {
        check(
            &[],
            80,
            &expect![[r#"
            Saturday, 21 November 2026

            Nobody is in this vault yet. `ties add "Ana Lima"` makes the first note.
        "#]],
        );
    }
}
