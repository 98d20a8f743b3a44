//! The tables of `docs/query-language.md`, made from the tables of the language.

use crate::features::query::field::{QUERY_FIELDS, Reads, SORTS, STATES};
use std::fmt::Write;

/// The tables, as Markdown.
pub fn reference() -> String {
    let mut page =
        String::from("## Every field\n\n| field | what | values | example |\n|---|---|---|---|\n");
    for field in QUERY_FIELDS {
        let names = std::iter::once(field.word()).chain(field.synonyms().iter().copied());
        let names = names.map(|name| format!("`{name}:`")).collect::<Vec<_>>().join(" ");
        let (doc, values, example) = (field.doc(), values(field.reads()), field.example());
        let _ = writeln!(page, "| {names} | {doc} | {values} | `{example}` |");
    }
    page.push_str("\n## `is:`\n\n| | |\n|---|---|\n");
    for state in STATES {
        let words = state.words().iter().map(|word| format!("`is:{word}`")).collect::<Vec<_>>();
        let _ = writeln!(page, "| {} | {} |", words.join(" "), state.doc());
    }
    page.push_str("\n## `sort:`\n\n");
    let sorts = SORTS.iter().map(|(word, _)| format!("`{word}`")).collect::<Vec<_>>();
    let _ = writeln!(page, "{}.", sorts.join(", "));
    page
}

fn values(reads: Reads) -> &'static str {
    match reads {
        Reads::Words => "words, `word*`, `/pattern/`",
        Reads::Whole => "the whole value, `start*`, `/pattern/`",
        Reads::Part => "a piece of it, `start*`, `/pattern/`",
        Reads::Circle => "a circle, `/pattern/`",
        Reads::Status => "a status",
        Reads::Cadence => "a rhythm; `>`, `<`, `..`",
        Reads::Past => "days; a length of time is \"ago\"",
        Reads::Ahead => "days; a length of time is \"from now\"",
        Reads::Yearly => "days that come round, or years",
        Reads::WordsOrPast => {
            "words, or days with `..`, `>`, `<`, or both in parentheses; a length of time is \"ago\""
        }
        Reads::WordsOrAhead | Reads::WordsOrComing => {
            "words, or days with `..`, `>`, `<`, or both in parentheses; a length of time is \"from now\""
        }
        Reads::Kind => "a kind of entry or a word for it, `/pattern/`",
        Reads::Person | Reads::View => "a name",
        Reads::Near => "a name, `name/2`",
        Reads::Flag => "`true`, `false`",
        Reads::Is => "see below",
        Reads::Has => "a field, `promise`, `waiting`",
        Reads::Sort => "see below; several with commas, `-` turns one round",
        Reads::Limit => "a number, `all`",
    }
}
