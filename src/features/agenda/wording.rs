//! Texts from notes made fit for one line of the agenda, and links to people.
//!
//! Always true here: what comes out is one line without control characters that opens no code, comment, HTML, embed
//! or task field, and ends in no block id: nothing that a note says can change what the agenda is to a reader.

use crate::note::link::links;
use crate::note::link_write::link_to;
use crate::people::book::{Book, ContactId};
use crate::people::contact::Contact;
use crate::text::day::Day;
use crate::text::phrase;
use crate::text::visible::acts;

/// About how many characters of a note are shown.
const EXCERPT: usize = 100;

/// What ends the question whether a plan happened.
pub const QUESTION: &str = "Did it happen?";

/// The line that lets everybody start afresh.
pub const START_AFRESH: &str = "Let the rest start afresh from today";

/// Whether a line asks whether a plan happened.
pub fn asks(text: &str) -> bool {
    text.ends_with(QUESTION)
}

/// What stands behind the people of a plan on its day.
pub const PLANNED_TODAY: &str = ", planned for today";

/// Whether `yes` and `no` answer a line: a plan, on its day or afterwards.
pub fn takes_yes(text: &str) -> bool {
    asks(text) || text.contains(PLANNED_TODAY)
}

/// A link to a person: `[[people/ana-lima|Ana Lima]]`.
pub fn link(contact: &Contact) -> String {
    link_to(&contact.path, &inert(&contact.name))
}

/// The same, of the one with this number; their note need not be read for it.
pub fn link_of(book: &Book, id: ContactId) -> String {
    link_to(&book.paths()[book.note_of(id)], &inert(&book.brief(id).name))
}

/// Links to people: `[[people/ana|Ana]] and [[people/bo|Bo]]`.
pub fn links_to(people: &[ContactId], book: &Book) -> String {
    phrase::list(&people.iter().map(|id| link_of(book, *id)).collect::<Vec<_>>())
}

/// Text of a note on one line, shortened at a word; links as the text that they show.
pub fn excerpt(text: &str) -> String {
    shortened(&plain(text))
}

/// [`excerpt`] with a full stop at its end, where it has no end of its own.
pub fn sentence(text: &str) -> String {
    let mut sentence = excerpt(text);
    if sentence.ends_with(|last: char| last.is_alphanumeric() || "\"'”’)»".contains(last)) {
        sentence.push('.');
    }
    sentence
}

/// Text of a note on one line, whole; links as the text that they show.
pub fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    for link in links(text) {
        shown.push_str(text.get(at..link.span.start).unwrap_or(""));
        let target = link.target;
        shown.push_str(&target.display.unwrap_or_else(|| last_part(&target.note).to_owned()));
        at = link.span.end;
    }
    shown.push_str(text.get(at..).unwrap_or(""));
    inert(&shown)
}

/// Text of a note on one line, whole; links to people of `book` stay links, others are the text that they show.
pub fn linked(text: &str, book: &Book) -> String {
    let mut pieces = Vec::new();
    let mut at = 0;
    for found in links(text).filter(|found| !found.embed) {
        if let Some(id) = book.linked(&found.target.note) {
            let before = text.get(at..found.span.start).unwrap_or("");
            pieces.push(plain(before));
            pieces.push(space(before.ends_with(char::is_whitespace)));
            pieces.push(link_of(book, id));
            at = found.span.end;
            pieces.push(space(text.get(at..).is_some_and(|rest| rest.starts_with(' '))));
        }
    }
    pieces.push(plain(text.get(at..).unwrap_or("")));
    one_spaced(&pieces.concat())
}

fn space(wanted: bool) -> String {
    if wanted { " ".to_owned() } else { String::new() }
}

fn last_part(note: &str) -> &str {
    note.rsplit('/').next().unwrap_or(note)
}

/// `text` cut at a word after about a hundred characters, with `…`.
fn shortened(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().nth(EXCERPT) else { return text.to_owned() };
    let (kept, rest) = text.split_at(cut);
    let whole_word = rest.starts_with(' ');
    // Scripts without spaces are cut where the length ends.
    let end = kept.rfind(' ').filter(|end| !whole_word && *end > cut / 2).unwrap_or(cut);
    let kept = text.get(..end).unwrap_or(kept).trim_end_matches([' ', ',', ';', ':', '.', '-']);
    format!("{kept}…")
}

/// `text` on one line with everything taken out that Markdown or a plugin would act on beyond this line.
fn inert(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let seen =
        text.chars().filter(|character| character.is_whitespace() || !is_dropped(*character));
    for character in seen {
        match character {
            _ if character.is_whitespace() => shown.push(' '),
            '`' => shown.push('\''),
            // `%%` is a comment, `$$` a block of mathematics, `[[` a link, `::` a field.
            '%' | '$' | '[' | ']' | ':' if shown.ends_with(character) => {}
            '[' => {
                // `![` is an embed.
                shown.truncate(shown.trim_end_matches('!').len());
                push_single(&mut shown, '[');
            }
            'a'..='z' | 'A'..='Z' | '/' | '!' | '?' if shown.ends_with('<') => {
                shown.pop();
                shown.extend(['‹', character]);
            }
            _ => shown.push(character),
        }
    }
    without_marks(&shown)
}

fn push_single(shown: &mut String, character: char) {
    if !shown.ends_with(character) {
        shown.push(character);
    }
}

fn is_dropped(character: char) -> bool {
    acts(character) || is_task_field(character)
}

/// The signs with which the Tasks plugin begins a field.
fn is_task_field(character: char) -> bool {
    "📅📆🗓⏳⌛🛫✅➕❌🔁🆔⛔🏁".contains(character)
}

/// Words joined by one space, without tags and block ids.
fn without_marks(text: &str) -> String {
    let mut words = text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>();
    while words.last().is_some_and(|word| is_tag(word) || is_block_id(word)) {
        words.pop();
    }
    let words = words.into_iter().filter(|word| !word.starts_with("#event/"));
    let words = words.map(|word| if is_tag(word) { word.trim_start_matches('#') } else { word });
    words.collect::<Vec<_>>().join(" ")
}

fn is_tag(word: &str) -> bool {
    word.strip_prefix('#').is_some_and(|tag| {
        tag.starts_with(char::is_alphanumeric) && !tag.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn is_block_id(word: &str) -> bool {
    word.strip_prefix('^').is_some_and(|id| {
        id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'^'))
    })
}

fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words that begin a step and may be written small in the middle of a line; other first words may be names.
const STEPS: &[&str] = &[
    "Answer",
    "Ask",
    "Be",
    "Book",
    "Bring",
    "Buy",
    "Call",
    "Congratulate",
    "Cook",
    "Copy",
    "Drop",
    "Find",
    "Give",
    "Help",
    "Invite",
    "Leave",
    "Let",
    "Listen",
    "Make",
    "Meet",
    "Offer",
    "Pick",
    "Plan",
    "Print",
    "Read",
    "Remind",
    "Return",
    "Ring",
    "Say",
    "See",
    "Send",
    "Share",
    "Show",
    "Take",
    "Talk",
    "Tell",
    "Thank",
    "Try",
    "Visit",
    "Wish",
    "Write",
];

/// A next step in the middle of a line: `Ask whether …` becomes `ask whether …`.
pub fn step(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or("");
    if STEPS.contains(&first) {
        text.chars().take(1).flat_map(char::to_lowercase).chain(text.chars().skip(1)).collect()
    } else {
        text.to_owned()
    }
}

/// `kind` as a person says it: `new job`.
pub fn event_kind(kind: &str) -> String {
    plain(&kind.replace('-', " "))
}

/// A day that lies behind: a bare `Monday` would read like the one to come.
pub fn past_day(day: Day, today: Day) -> String {
    if day.days_until(today) <= 1 { phrase::day(day, today) } else { phrase::date(day, today) }
}

/// `yesterday: text`, `5 September, met: text`; without text `5 September, met`.
pub fn entry(day: Day, kind: Option<&str>, text: &str, today: Day) -> String {
    let day = past_day(day, today);
    let head = kind.map_or_else(|| day.clone(), |kind| format!("{day}, {}", plain(kind)));
    let text = excerpt(text);
    if text.is_empty() { head } else { format!("{head}: {text}") }
}

#[cfg(test)]
mod tests {
    use crate::features::agenda::wording::{excerpt, linked, plain, sentence, step};
    use crate::features::sample::book;
    use proptest::prelude::*;

    #[test]
    fn nothing_breaks_out_of_the_line() {
        let check = |text: &str, expected: &str| assert_eq!(plain(text), expected, "{text}");
        check("his thesis,\n  tired but happy", "his thesis, tired but happy");
        check("[[people/rita|Rita]] and [[Ana#Log]] and ![[pot.png]]", "Rita and Ana and pot.png");
        check(
            "see [the page](notes/x.md) or [this](https://example.org)",
            "see the page or [this](https://example.org)",
        );
        check("`code` and ```fence", "'code' and '''fence");
        check("50 % of %% hidden %%", "50 % of % hidden %");
        check("<b>bold</b> <3 <!-- x -->", "‹b>bold‹/b> <3 ‹!-- x -->");
        check("end ^soup", "end");
        check("end #figs ^soup", "end");
        check("the #office party #figs #event/move", "the office party");
        check("number #1", "number #1");
        check("[due:: 2026-11-21] 📅 2026-11-20", "[due: 2026-11-21] 2026-11-20");
        check("![x](https://example.org/pixel.png)", "[x](https://example.org/pixel.png)");
        check("a\u{1b}[31m\u{202e}b\u{2028}c", "a[31mb c");
        check("[[unclosed", "[unclosed");
    }

    #[test]
    fn long_texts_are_cut_at_a_word() {
        let long = "word ".repeat(40);
        let shown = excerpt(&long);
        assert!(shown.ends_with("word…") && shown.chars().count() <= 101, "{shown}");
        assert_eq!(excerpt(&"王".repeat(200)).chars().count(), 101);
        assert_eq!(sentence("tired but happy"), "tired but happy.");
        assert_eq!(sentence("really?"), "really?");
        assert_eq!(sentence(""), "");
    }

    #[test]
    fn steps_are_written_small_and_names_are_not() {
        assert_eq!(step("Ask whether"), "ask whether");
        assert_eq!(step("João's thesis"), "João's thesis");
    }

    #[test]
    fn links_to_people_stay_links() {
        let book = book(&[
            ("people/ana.md", "---\nname: Ana (]] Lima\n---\n"),
            ("people/odd #1 [x].md", "---\nname: Odd\n---\n"),
        ]);
        let check =
            |text: &str, expected: &str| assert_eq!(linked(text, &book), expected, "{text}");
        check("Send [[Ana]] the article", "Send [[people/ana|Ana () Lima]] the article");
        check("Hey! [[Ana ]] you", "Hey! [[people/ana|Ana () Lima]] you");
        check("([[ana]]), [[nobody|Nobody]]", "([[people/ana|Ana () Lima]]), Nobody");
        check("[[Odd]]", "[Odd](people/odd%20%231%20%5Bx%5D.md)");
    }

    proptest! {
        #[test]
        fn what_is_shown_is_one_inert_line(text in "(?s).{0,80}") {
            let shown = excerpt(&text);
            let breaks = shown.contains(['\n', '\r', '`', '\u{2028}']);
            prop_assert!(!breaks);
            prop_assert!(!shown.contains("%%") && !shown.contains("[[") && !shown.contains("<!--"));
            prop_assert!(!shown.chars().any(char::is_control));
            prop_assert_eq!(shown.trim(), shown.as_str());
            prop_assert!(!shown.rsplit(' ').next().is_some_and(|last| last.starts_with('^') && last.is_ascii() && last[1..].bytes().all(|byte| byte.is_ascii_alphanumeric())));
            prop_assert_eq!(plain(&plain(&text)), plain(&text));
        }

        #[test]
        fn syntax_never_survives(text in "[\\[\\]!%`<$:#^a |\\\\()\n-]{0,40}") {
            let shown = excerpt(&text);
            prop_assert!(!shown.contains("%%") && !shown.contains("[[") && !shown.contains("![") && !shown.contains('`') && !shown.contains("$$"), "{}", shown);
        }
    }
}
