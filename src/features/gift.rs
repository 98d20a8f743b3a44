//! Writing down a gift: an idea, what was given, what was got.
//!
//! Always true here: the line is read back by the rules of the vault before it is wanted. An idea that is given is an
//! idea no more: its line goes in the same change, so that one `ties undo` brings it back.

use crate::features::gifts::is_same;
use crate::note::change::{Change, FileChange, Refusal, Wish};
use crate::note::document::Document;
use crate::note::layout::line_end;
use crate::people::body::Body;
use crate::people::contact::Contact;
use crate::people::gift::{Gift, GiftKind};
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::fold::fold;
use crate::text::partial_date::{LooseDate, PartialDate};
use crate::text::span::Span;
use crate::text::typed::one_line;

/// A gift that is to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGift {
    /// Which way it goes.
    pub kind: GiftKind,
    /// What; the occasion may stand in parentheses at its end.
    pub what: String,
    /// When, perhaps partial; today where it is left out. An idea has none.
    pub date: Option<LooseDate>,
    /// What for.
    pub occasion: Option<String>,
}

/// What writing a gift down comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GiftWritten {
    /// Something is to be written.
    New {
        /// What.
        change: Change,
        /// How it will be read.
        read: Gift,
        /// What becomes of the idea that says the same, where there is one.
        idea: Option<IdeaEnd>,
    },
    /// The same is there already, on this line of the note.
    There {
        /// The line, from 1.
        line: u32,
    },
}

/// What becomes of an idea that is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdeaEnd {
    /// Its line is taken out.
    Gone,
    /// It stays, since more is written under it; its line, from 1.
    Stays {
        /// The line.
        line: u32,
    },
}

/// Writes `gift` into the note of `contact`, whose text is `note` (without it no idea is taken out). `today` is the
/// day on which it is written.
pub fn gift(
    contact: &Contact,
    note: Option<&str>,
    vocabulary: &Vocabulary,
    today: Day,
    gift: &NewGift,
) -> Result<GiftWritten, Refusal> {
    let mut gift = plain(gift);
    check(&gift, today)?;
    let date = match gift.kind {
        GiftKind::Idea => None,
        GiftKind::Gave | GiftKind::Got => gift.date.or(Some(whole(today))),
    };
    let mut read = read_as_meant(&gift, date, vocabulary)?;
    let idea = idea_of(contact, &read, today);
    // What it was an idea for it is given for, where nothing else is said.
    let occasion = idea.and_then(|idea| idea.occasion.clone()).filter(|_| read.occasion.is_none());
    if occasion.is_some() {
        gift.occasion = occasion;
        read = read_as_meant(&gift, date, vocabulary)?;
    }
    let line = line(&gift, date);
    if let Some(there) = contact.gifts.iter().find(|there| is_there(there, &read)) {
        return Ok(GiftWritten::There { line: there.line });
    }
    let headings = vocabulary.gift_headings.clone();
    let lines = vec![line];
    let mut wishes = vec![match date.map(|date| date.date) {
        Some(PartialDate::Full(date)) => {
            Wish::InsertEntry { headings: headings.clone(), date, lines }
        }
        _ => Wish::AppendItem { headings: Some(headings.clone()), lines },
    }];
    let idea = idea.map(|idea| end_of_idea(idea, note));
    let end = idea.as_ref().map(|(end, _)| *end);
    if let Some((IdeaEnd::Gone, lines)) = idea {
        wishes.push(Wish::RemoveEntry { headings, date: None, lines });
    }
    let title = format!("gift {}: {} {}", contact.name, read.kind.word(), read.what);
    let files = vec![FileChange::Edit { path: contact.path.clone(), wishes }];
    Ok(GiftWritten::New { change: Change { title, files }, read, idea: end })
}

/// The same on one line, without a full stop at the end, which a reader drops.
fn plain(gift: &NewGift) -> NewGift {
    let what = one_line(&gift.what).trim_end_matches(['.', ' ']).to_owned();
    let occasion = gift.occasion.as_deref().map(one_line);
    NewGift { kind: gift.kind, what, date: gift.date, occasion }
}

fn whole(day: Day) -> LooseDate {
    LooseDate { date: PartialDate::Full(day), estimated: false }
}

fn check(gift: &NewGift, today: Day) -> Result<(), Refusal> {
    if gift.what.is_empty() {
        let hint = "say what: `ties gift ana idea climbing shoes`";
        return Err(refusal("no gift is named", hint));
    }
    if gift.occasion.as_deref() == Some("") {
        return Err(refusal("`--for` names no occasion", "say which: `--for Christmas`"));
    }
    match (gift.kind, gift.date) {
        (GiftKind::Idea, Some(_)) => {
            Err(refusal("an idea has no day yet", "say what it is for: `--for birthday`"))
        }
        (_, Some(date)) if date.year().is_none() => {
            Err(refusal("a gift has a year", "write 2025-12-24, 2025-12 or 2025"))
        }
        (_, Some(date)) if date.earliest().is_some_and(|first| first > today) => {
            let reason = format!("{date} is still to come");
            Err(refusal(&reason, "write it as an idea: `ties gift ana idea …`"))
        }
        _ => Ok(()),
    }
}

/// `2025-12-24 gave: Douro red (Christmas)`
fn line(gift: &NewGift, date: Option<LooseDate>) -> String {
    let date = date.map_or_else(String::new, |date| format!("{date} "));
    let occasion = gift.occasion.as_ref().map_or_else(String::new, |text| format!(" ({text})"));
    format!("{date}{}: {}{occasion}", gift.kind.word(), gift.what)
}

/// The one gift that the line is, where it is nothing else.
fn read_back(line: &str, vocabulary: &Vocabulary) -> Option<Gift> {
    let heading = vocabulary.gift_headings.first()?;
    let note = format!("## {heading}\n- {line}\n");
    let body = Body::of_contact(&Document::read(&note), vocabulary, &mut Vec::new());
    let is_alone = body.log.is_empty() && body.events.is_empty() && body.promises.is_empty();
    match body.gifts.as_slice() {
        [gift] if is_alone => Some(gift.clone()),
        _ => None,
    }
}

/// The gift as its line is read, where that is what was meant.
fn read_as_meant(
    gift: &NewGift,
    date: Option<LooseDate>,
    vocabulary: &Vocabulary,
) -> Result<Gift, Refusal> {
    let read = read_back(&line(gift, date), vocabulary);
    read.filter(|read| is_meant(read, gift, date)).ok_or_else(|| not_read(gift))
}

fn is_meant(read: &Gift, gift: &NewGift, date: Option<LooseDate>) -> bool {
    let said = match &gift.occasion {
        Some(_) => read.what == gift.what && read.occasion == gift.occasion,
        // What was typed in parentheses may be the occasion.
        None => gift.what.starts_with(&read.what),
    };
    said && read.kind == gift.kind && read.date == date
}

fn not_read(gift: &NewGift) -> Refusal {
    match (&gift.occasion, gift.kind) {
        (Some(occasion), GiftKind::Idea) => refusal(
            &format!("an idea is not read as one for `{occasion}`"),
            "name birthday, Christmas, wedding or the like, or write it into the text",
        ),
        _ => refusal(
            "the gift would not be read back as it is meant",
            "write it into the note with `ties edit`",
        ),
    }
}

fn is_there(there: &Gift, read: &Gift) -> bool {
    there.kind == read.kind
        && there.date == read.date
        && there.occasion == read.occasion
        // A gift may be nothing but a sign: 🎁.
        && (there.what == read.what || is_same(&there.what, &read.what))
}

/// The idea that is given hereby: it says the same, is for nothing else, and is not from after the day of the gift. An
/// idea without a day is one of these months.
fn idea_of<'a>(contact: &'a Contact, given: &Gift, today: Day) -> Option<&'a Gift> {
    let last = given.date.and_then(LooseDate::latest).filter(|_| given.kind == GiftKind::Gave)?;
    let is_before = |idea: &Gift| match idea.date.and_then(LooseDate::earliest) {
        Some(first) => first <= last,
        None => last.days_until(today) <= LATELY,
    };
    let is_for_it = |idea: &Gift| {
        let occasions = idea.occasion.as_ref().zip(given.occasion.as_ref());
        occasions.is_none_or(|(one, other)| fold(one) == fold(other))
    };
    let ideas = contact.gifts.iter().filter(|gift| gift.kind == GiftKind::Idea);
    let mut ideas = ideas.filter(|idea| is_same(&idea.what, &given.what));
    ideas.find(|idea| is_for_it(idea) && is_before(idea))
}

/// A gift of so many days ago may be what an idea without a day became.
const LATELY: i64 = 90;

/// What becomes of an idea that is given, and its line without marker.
fn end_of_idea(idea: &Gift, note: Option<&str>) -> (IdeaEnd, Vec<String>) {
    let lines = note.map(|note| lines_of(note, idea.line)).unwrap_or_default();
    let end = match lines.len() {
        1 => IdeaEnd::Gone,
        _ => IdeaEnd::Stays { line: idea.line },
    };
    (end, lines)
}

/// The lines of the item on `line`, without its marker.
fn lines_of(note: &str, line: u32) -> Vec<String> {
    let document = Document::read(note);
    let mut items = document.markdown.items.iter();
    let item = items.find(|item| document.lines.line(item.span.start) == line);
    let Some(item) = item else { return Vec::new() };
    let text = Span::new(item.marker.end, line_end(note, item.span.end)).of(note);
    text.trim().lines().map(|line| line.trim().to_owned()).collect()
}

fn refusal(reason: &str, hint: &str) -> Refusal {
    Refusal { reason: reason.to_owned(), hint: Some(hint.to_owned()) }
}

#[cfg(test)]
mod tests {
    use crate::features::gift::{GiftWritten, NewGift, gift};
    use crate::features::sample::{book, day, refused, written};
    use crate::people::book::Found;
    use crate::people::gift::GiftKind;
    use crate::people::vocabulary::Vocabulary;
    use crate::text::partial_date::LooseDate;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    const ANA: &str = "---\nname: Ana\n---\n\n## Gifts\n* 2025-12-24 gave: Douro red (Christmas)\n* 2024-03-04 gave: a tent\n* Idea: Climbing shoes, size 38.\n* idea: a lamp\n  * the green one\n";
    const NOTES: &[(&str, &str)] =
        &[("people/ana.md", ANA), ("people/bo.md", "---\nname: Bo\n---\nText.\n")];

    fn new(kind: GiftKind, what: &str, date: &str, occasion: &str) -> NewGift {
        let date = LooseDate::parse(date).ok().map(|(date, _)| date);
        let occasion = (!occasion.is_empty()).then(|| occasion.to_owned());
        NewGift { kind, what: what.to_owned(), date, occasion }
    }

    /// On Saturday, 21 November 2026.
    fn check(who: &str, of: &NewGift, expected: &Expect) {
        let book = book(NOTES);
        let Found::One(id) = book.find(who) else { panic!("{who}") };
        let contact = book.contact(id);
        let text = NOTES.iter().find(|(path, _)| *path == contact.path.as_str()).map(|of| of.1);
        let shown = match gift(contact, text, &Vocabulary::default(), day("2026-11-21"), of) {
            Ok(GiftWritten::New { change, read, idea }) => {
                let occasion = read.occasion.unwrap_or("-".to_owned());
                let told = format!("{} for {occasion}; idea {idea:?}", read.what);
                format!("{}\n{told}\n{}", change.title, written(NOTES, &change))
            }
            Ok(GiftWritten::There { line }) => format!("there on line {line}\n"),
            Err(refusal) => refused(&refusal),
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn a_gift_keeps_the_order_and_style_of_the_note() {
        check(
            "ana",
            &new(GiftKind::Gave, "an atlas.", "2025-03-04", "birthday"),
            &expect![[r#"
                gift Ana: gave an atlas
                an atlas for birthday; idea None
                === people/ana.md
                ---
                name: Ana
                ---

                ## Gifts
                * 2025-12-24 gave: Douro red (Christmas)
                * 2025-03-04 gave: an atlas (birthday)
                * 2024-03-04 gave: a tent
                * Idea: Climbing shoes, size 38.
                * idea: a lamp
                  * the green one
            "#]],
        );
        check(
            "bo",
            &new(GiftKind::Got, "the grey\ncardigan (my birthday)", "", ""),
            &expect![[r#"
                gift Bo: got the grey cardigan
                the grey cardigan for my birthday; idea None
                === people/bo.md
                ---
                name: Bo
                ---
                Text.

                ## Gifts
                - 2026-11-21 got: the grey cardigan (my birthday)
            "#]],
        );
        check(
            "ana",
            &new(GiftKind::Got, "a poem", "2023", ""),
            &expect![[r#"
            gift Ana: got a poem
            a poem for -; idea None
            === people/ana.md
            ---
            name: Ana
            ---

            ## Gifts
            * 2025-12-24 gave: Douro red (Christmas)
            * 2024-03-04 gave: a tent
            * Idea: Climbing shoes, size 38.
            * idea: a lamp
              * the green one
            * 2023 got: a poem
        "#]],
        );
        check(
            "bo",
            &new(GiftKind::Idea, "skates", "", "Christmas"),
            &expect![[r#"
            gift Bo: idea skates
            skates for Christmas; idea None
            === people/bo.md
            ---
            name: Bo
            ---
            Text.

            ## Gifts
            - idea: skates (Christmas)
        "#]],
        );
    }

    #[test]
    fn an_idea_that_is_given_is_taken_out() {
        check(
            "ana",
            &new(GiftKind::Gave, "climbing shoes, size 38", "", ""),
            &expect![[r#"
            gift Ana: gave climbing shoes, size 38
            climbing shoes, size 38 for -; idea Some(Gone)
            === people/ana.md
            ---
            name: Ana
            ---

            ## Gifts
            * 2026-11-21 gave: climbing shoes, size 38
            * 2025-12-24 gave: Douro red (Christmas)
            * 2024-03-04 gave: a tent
            * idea: a lamp
              * the green one
        "#]],
        );
        check(
            "ana",
            &new(GiftKind::Gave, "a lamp", "", ""),
            &expect![[r#"
            gift Ana: gave a lamp
            a lamp for -; idea Some(Stays { line: 9 })
            === people/ana.md
            ---
            name: Ana
            ---

            ## Gifts
            * 2026-11-21 gave: a lamp
            * 2025-12-24 gave: Douro red (Christmas)
            * 2024-03-04 gave: a tent
            * Idea: Climbing shoes, size 38.
            * idea: a lamp
              * the green one
        "#]],
        );
        check(
            "ana",
            &new(GiftKind::Got, "climbing shoes, size 38", "", ""),
            &expect![[r#"
            gift Ana: got climbing shoes, size 38
            climbing shoes, size 38 for -; idea None
            === people/ana.md
            ---
            name: Ana
            ---

            ## Gifts
            * 2026-11-21 got: climbing shoes, size 38
            * 2025-12-24 gave: Douro red (Christmas)
            * 2024-03-04 gave: a tent
            * Idea: Climbing shoes, size 38.
            * idea: a lamp
              * the green one
        "#]],
        );
    }

    #[test]
    fn what_is_there_is_not_written_again() {
        check(
            "ana",
            &new(GiftKind::Gave, "douro red", "2025-12-24", "Christmas"),
            &expect![[r#"
                there on line 6
            "#]],
        );
        check(
            "ana",
            &new(GiftKind::Idea, "climbing shoes size 38", "", ""),
            &expect![[r#"
            there on line 8
        "#]],
        );
    }

    #[test]
    fn an_odd_gift_is_refused_with_a_word() {
        check(
            "bo",
            &new(GiftKind::Idea, " . ", "", ""),
            &expect![[r#"
            refused: no gift is named (say what: `ties gift ana idea climbing shoes`)
        "#]],
        );
        check(
            "bo",
            &new(GiftKind::Idea, "skates", "2026-12-24", ""),
            &expect![[r#"
            refused: an idea has no day yet (say what it is for: `--for birthday`)
        "#]],
        );
        check(
            "bo",
            &new(GiftKind::Idea, "skates", "", "the move"),
            &expect![[r#"
            refused: an idea is not read as one for `the move` (name birthday, Christmas, wedding or the like, or write it into the text)
        "#]],
        );
        check(
            "bo",
            &new(GiftKind::Gave, "skates", "2026-12-24", ""),
            &expect![[r#"
            refused: 2026-12-24 is still to come (write it as an idea: `ties gift ana idea …`)
        "#]],
        );
        check(
            "bo",
            &new(GiftKind::Gave, "skates", "--12-24", ""),
            &expect![[r#"
            refused: a gift has a year (write 2025-12-24, 2025-12 or 2025)
        "#]],
        );
        check(
            "bo",
            &new(GiftKind::Gave, "skates", "", "a) (b"),
            &expect![[r#"
            refused: the gift would not be read back as it is meant (write it into the note with `ties edit`)
        "#]],
        );
    }

    proptest! {
        #[test]
        fn whatever_is_given_is_one_gift_more(text in "([-#>*+=_`~|<\\[\\]x1.() \t]{0,6}[a-z%:]{0,4}[\n\r\u{b}\u{7}]{0,2}){0,6}|\\PC{0,24}", kind in 0usize..3) {
            let kind = [GiftKind::Gave, GiftKind::Got, GiftKind::Idea][kind];
            let before = book(NOTES);
            let Found::One(id) = before.find("ana") else { panic!() };
            let of = new(kind, &text, "", "");
            let written_down = gift(before.contact(id), Some(ANA), &Vocabulary::default(), day("2026-11-21"), &of);
            let Ok(GiftWritten::New { change, read, idea }) = written_down else { return Ok(()) };
            prop_assert_eq!(idea, None);
            let after = written(NOTES, &change);
            let after = after.trim_start_matches("=== people/ana.md\n");
            if after.starts_with("refused") { return Ok(()) }
            let after = book(&[("people/ana.md", after)]);
            let Found::One(id) = after.find("ana") else { panic!() };
            let gifts = &after.contact(id).gifts;
            prop_assert_eq!(gifts.len(), 5);
            let same = gifts.iter().filter(|there| there.kind == read.kind && there.what == read.what && there.occasion == read.occasion);
            prop_assert_eq!(same.count(), 1, "{:?} {:?}", gifts, read);
        }
    }
}
