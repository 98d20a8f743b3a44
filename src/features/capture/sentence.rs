//! A whole sentence, understood.

use crate::features::capture::doubt::{Doubt, Given, Meant};
use crate::features::capture::head::{Head, Reader, Role};
use crate::features::capture::kind::kind_of;
use crate::features::capture::names::NameTable;
use crate::features::capture::promise::{Part, begins_clearly, part};
use crate::features::capture::speech::{ALSO_VERBS, is_past};
use crate::features::capture::words::{Break, Word, words};
use crate::people::book::ContactId;
use crate::people::kind::Meaning;
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::span::Span;
use crate::text::typed::one_line;
use std::ops::Range;

/// A promise in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapturedPromise {
    /// In whose note it goes; `None` where that is not certain.
    pub with: Option<ContactId>,
    /// What.
    pub text: String,
    /// Whether it is theirs to keep.
    pub is_theirs: bool,
    /// By when.
    pub due: Option<Day>,
}

/// What a sentence says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captured {
    /// Who was there, or whom a note is about; the first one gets the entry.
    pub people: Vec<ContactId>,
    /// Who else is spoken of.
    pub spoken_of: Vec<ContactId>,
    /// When.
    pub day: Day,
    /// Whether the day was said; else it is today.
    pub is_day_said: bool,
    /// The word for the kind of entry; `None` for contact that has no word.
    pub kind: Option<String>,
    /// What the kind means.
    pub meaning: Meaning,
    /// What was said or done: every word that was not understood is in here.
    pub text: String,
    /// Items of lists below it, as they were typed.
    pub below: Vec<String>,
    /// What was promised.
    pub promises: Vec<CapturedPromise>,
    /// The next step; empty where it was said that there is none, `None` where nothing was said.
    pub next: Option<String>,
    /// The day of the next step.
    pub follow_up: Option<Day>,
    /// What is not certain.
    pub doubts: Vec<Doubt>,
}

impl Captured {
    /// The doubts before which nothing may be written.
    pub fn stopping(&self) -> impl Iterator<Item = &Doubt> {
        self.doubts.iter().filter(|doubt| doubt.stops())
    }
}

/// What `text` says to somebody who writes it on the day `today`. `names` was made with its [`words`].
pub fn understand(
    text: &str,
    names: &NameTable<'_>,
    vocabulary: &Vocabulary,
    today: Day,
    given: &Given,
) -> Captured {
    let text = one_line(text);
    let words = words(&text);
    let reader = Reader { text: &text, words: &words, names, vocabulary, today, given };
    let parts = parts(&words);
    let first = parts.first().cloned().unwrap_or(0..0);
    let head = reader.head(first.clone());
    Sentence { reader, parts, head }.captured()
}

/// Where the sentence comes apart.
fn parts(words: &[Word]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, word) in words.iter().enumerate() {
        let end = words.len();
        let is_end = match word.end {
            Break::Sentence => true,
            Break::Comma | Break::Colon => {
                let stop = (at + 1..end)
                    .find(|next| words.get(*next).is_some_and(|word| word.end == Break::Sentence));
                begins_clearly(words, at + 1, stop.map_or(end, |stop| stop + 1))
            }
            Break::None => false,
        };
        if is_end || at + 1 == end {
            parts.push(start..at + 1);
            start = at + 1;
        }
    }
    parts
}

struct Sentence<'a> {
    reader: Reader<'a>,
    parts: Vec<Range<usize>>,
    head: Head,
}

impl Sentence<'_> {
    fn captured(self) -> Captured {
        let given = self.reader.given;
        let mut doubts = self.head.doubts.clone();
        let mut people = self.head.there.clone();
        people.extend(given.with.iter().filter(|id| !self.head.there.contains(id)));
        let day = given.day.or_else(|| self.day(&mut doubts));
        let is_to_come = day.is_some_and(|day| day > self.reader.today);
        let (mut kind, doubt) = kind_of(&self.reader, &self.head, is_to_come);
        doubts.extend(doubt);
        if kind.meaning == Meaning::Contact && !given.was_there && self.is_between_others() {
            doubts.push(Doubt::WithoutYou);
        }
        let mut spoken_of = self.spoken_of(&people);
        if people.is_empty() && kind.meaning != Meaning::Contact && kind.meaning != Meaning::Plan {
            // A note is about whoever is spoken of first.
            people.extend(spoken_of.first());
            spoken_of.retain(|id| !people.contains(id));
        }
        let is_asked =
            |doubt: &Doubt| matches!(doubt, Doubt::Several { .. } | Doubt::WordOrName { .. });
        if people.is_empty() && !doubts.iter().any(is_asked) {
            doubts.push(Doubt::Nobody { spoken_of: spoken_of.clone() });
        }
        let mut captured = Captured {
            day: day.unwrap_or(self.reader.today),
            is_day_said: day.is_some(),
            text: self.text(kind.meaning == Meaning::Plan && is_to_come),
            kind: kind.word.take(),
            meaning: kind.meaning,
            people,
            spoken_of,
            below: Vec::new(),
            promises: Vec::new(),
            next: given.next.clone(),
            follow_up: given.follow_up,
            doubts,
        };
        self.add_later_parts(&mut captured);
        captured
    }

    /// The one day that is said.
    fn day(&self, doubts: &mut Vec<Doubt>) -> Option<Day> {
        let mut days = self.head.days.iter().map(|(day, _)| *day).collect::<Vec<_>>();
        days.dedup();
        if days.len() > 1 {
            let said = self.head.days.iter();
            let said = said.map(|(_, at)| self.reader.said(at.start, at.len())).collect();
            doubts.push(Doubt::Days { said });
        }
        days.first().copied()
    }

    /// `Ana met João`: whether the owner was there is not said.
    fn is_between_others(&self) -> bool {
        let roles = &self.head.roles;
        let Some(kind) = self.head.kind.and_then(|at| at.checked_sub(self.head.words.start)) else {
            return false;
        };
        let is_verb = self
            .head
            .kind
            .is_some_and(|at| self.reader.words.get(at).is_some_and(|word| is_past(&word.folded)));
        let named = |roles: &[Role]| roles.contains(&Role::There);
        let (before, after) = roles.split_at_checked(kind).unwrap_or((roles, &[]));
        let with_me = self.head.words.clone().any(|at| {
            let word = self.reader.words.get(at).map_or("", |word| word.folded.as_str());
            matches!(word, "i" | "me" | "us" | "we" | "my" | "our")
        });
        is_verb && named(before) && named(after) && !with_me
    }

    fn spoken_of(&self, people: &[ContactId]) -> Vec<ContactId> {
        let rest = self.head.words.end..self.parts.first().map_or(0, |first| first.end);
        let later = self.reader.spoken_of(rest);
        let more = self.parts.iter().skip(1).filter(|part| self.part(part) == Part::Text);
        let more = more.flat_map(|part| self.reader.spoken_of(part.clone()));
        let mut spoken_of = self.head.spoken_of.clone();
        for id in later.into_iter().chain(more) {
            if !spoken_of.contains(&id) {
                spoken_of.push(id);
            }
        }
        spoken_of.retain(|id| !people.contains(id));
        spoken_of
    }

    // Text

    /// From the first word of a part to the first word of the next one.
    fn span(&self, part: &Range<usize>) -> Span {
        let start = if part.start == 0 { 0 } else { self.start_of(part.start) };
        Span::new(start, self.start_of(part.end))
    }

    /// Where a word starts, the signs that open it included.
    fn start_of(&self, at: usize) -> usize {
        let text = self.reader.text;
        let Some(word) = self.reader.words.get(at) else { return text.len() };
        let from = at.checked_sub(1).and_then(|at| self.reader.words.get(at));
        let from = from.map_or(0, |before| before.span.end);
        let between = text.get(from..word.span.start).unwrap_or("");
        let space = between.rfind(char::is_whitespace);
        space.map_or(word.span.start, |space| {
            let after = between.get(space..).and_then(|rest| rest.chars().next());
            from + space + after.map_or(0, char::len_utf8)
        })
    }

    fn part(&self, part: &Range<usize>) -> Part {
        let Reader { text, words, today, .. } = self.reader;
        self::part(text, words, part.clone(), self.span(part), today, part.start == 0)
    }

    /// What was said or done. Of a plan the word for what is planned belongs to the text.
    fn text(&self, with_kind: bool) -> String {
        let mut pieces = vec![self.text_of_head(with_kind)];
        let first = self.parts.first().cloned().unwrap_or(0..0);
        let rest = self.head.words.end..first.end;
        if !rest.is_empty() {
            let end = self.start_of(rest.end);
            let text = self.reader.text.get(self.start_of(rest.start)..end).unwrap_or("");
            pieces.push(text.to_owned());
        }
        let later = self.parts.iter().skip(1).filter(|part| self.part(part) == Part::Text);
        pieces.extend(later.map(|part| self.span(part).of(self.reader.text).to_owned()));
        let pieces = pieces.iter().map(|piece| piece.trim()).filter(|piece| !piece.is_empty());
        let text = pieces.collect::<Vec<_>>().join(" ");
        text.trim().trim_end_matches([';', ',', ':']).trim_end().to_owned()
    }

    /// What of the first clause is no person, day or kind: its end, where the rest is understood, else all of it but
    /// the day and what is understood before a colon or comma.
    fn text_of_head(&self, with_kind: bool) -> String {
        let start = self.head.words.start;
        let roles = &self.head.roles;
        let first = roles.iter().position(|role| *role == Role::Text).unwrap_or(roles.len());
        let mut after = roles.iter().skip(first);
        let is_end = after.all(|role| matches!(role, Role::Text | Role::Date));
        let ends = |at: &usize| {
            let before = at.checked_sub(1).and_then(|at| self.reader.words.get(start + at));
            before.is_none_or(|before| before.end != Break::None)
        };
        let from = if is_end { first } else { (0..=first).rev().find(ends).unwrap_or(0) };
        let text = self.without_days(start + from..self.head.words.end);
        // What only divided the understood words from the rest divides nothing any more.
        let text = text.trim_start_matches([',', ':', ';', ' ']);
        let is_cut = self.head.kind.is_some_and(|at| at < start + from);
        match self.head.kind.filter(|_| with_kind && is_cut && !self.is_plan()) {
            Some(at) if text.is_empty() => self.reader.said(at, 1) + ",",
            Some(at) => format!("{} {text}", self.reader.said(at, 1)),
            None => text.to_owned(),
        }
    }

    fn is_plan(&self) -> bool {
        let word = self.head.kind.and_then(|at| self.reader.words.get(at));
        let kind = word.and_then(|word| self.reader.vocabulary.kind(&word.folded));
        kind.is_some_and(|kind| kind.meaning == Meaning::Plan)
    }

    fn without_days(&self, words: Range<usize>) -> String {
        let mut text = String::new();
        for at in words.clone() {
            let is_date = self.head.roles.get(at - self.head.words.start) == Some(&Role::Date);
            let piece = Span::new(self.start_of(at), self.start_of(at + 1));
            let piece = piece.of(self.reader.text);
            if !is_date {
                text.push_str(piece);
                continue;
            }
            // A sign after the day goes to what stands before it.
            let word = self.reader.words.get(at).map_or(0, |word| word.span.end);
            let signs = self.reader.text.get(word..self.start_of(at + 1)).unwrap_or("");
            let cut = text.trim_end().len();
            if signs.trim() != "" && cut > 0 {
                text.truncate(cut);
                text.push_str(signs);
            }
        }
        text.trim().to_owned()
    }

    // Promises and what comes next

    fn add_later_parts(&self, captured: &mut Captured) {
        for range in self.parts.iter().skip(1) {
            match self.part(range) {
                Part::Text => {}
                Part::NoNext => captured.next = captured.next.take().or(Some(String::new())),
                Part::Next { text, day } => {
                    let is_free = captured.next.as_deref().is_none_or(str::is_empty);
                    if is_free && self.reader.given.next.is_none() {
                        // `next fri:` says only a day.
                        captured.next = Some(text).filter(|text| !text.is_empty() || day.is_none());
                        captured.follow_up = captured.follow_up.or(day);
                    } else {
                        // There is one next step; what else is said of it stays text.
                        self.keep(range, captured);
                    }
                }
                Part::Promise { text, is_theirs, due } => {
                    let with = self.promised_to(range, &text, is_theirs, captured);
                    captured.promises.push(CapturedPromise { with, text, is_theirs, due });
                }
            }
        }
    }

    /// Adds the words of a part to the text.
    fn keep(&self, range: &Range<usize>, captured: &mut Captured) {
        let words = self.span(range).of(self.reader.text).trim();
        let joint = if captured.text.is_empty() { "" } else { "; " };
        let text = format!("{}{joint}{words}", captured.text);
        captured.text = text.trim_end_matches([';', ',', ':', ' ']).to_owned();
    }

    /// Whoever the words name; with `her` or `them`, or where they name nobody, the first of those who were there.
    fn promised_to(
        &self,
        range: &Range<usize>,
        text: &str,
        is_theirs: bool,
        captured: &mut Captured,
    ) -> Option<ContactId> {
        let reader = &self.reader;
        let pronouns = ["her", "him", "them", "he", "she", "they", "he'll", "she'll", "they'll"];
        let mut has_pronoun = false;
        for at in range.clone() {
            let Some(word) = reader.words.get(at) else { continue };
            has_pronoun |= pronouns.contains(&word.folded.as_str());
            let Some(found) = reader.names.at(reader.words, at) else { continue };
            let last = reader.words.get(at + found.count - 1);
            let is_subject = is_theirs && at == range.start;
            let is_name = found.is_sure
                || (word.is_capital && at > range.start)
                || is_subject
                || is_after_verb(reader, at, range);
            if has_pronoun || !is_name || last.is_none_or(|last| last.is_possessive) {
                continue;
            }
            let among = found.people.iter().filter(|id| captured.people.contains(id));
            let among = among.copied().collect::<Vec<_>>();
            if let [one] = among.as_slice() {
                return Some(*one);
            }
            let said = reader.said(at, found.count);
            match reader.given.settle(&word.folded, &found.people) {
                Meant::Person(id) => return Some(id),
                Meant::Nobody => {}
                Meant::Unsure => {
                    captured.doubts.push(Doubt::Several { said, people: found.people });
                    return None;
                }
            }
        }
        if captured.people.len() > 1 {
            captured.doubts.push(Doubt::ForTheFirst { text: text.to_owned() });
        }
        captured.people.first().copied()
    }
}

/// `send ana the article`: a small letter is a name right after the verb or after `to`, `with` or `from`.
fn is_after_verb(reader: &Reader<'_>, at: usize, range: &Range<usize>) -> bool {
    let before = at.checked_sub(1).filter(|before| range.contains(before));
    let before = before.and_then(|at| reader.words.get(at)).map_or("", |word| word.folded.as_str());
    let is_verb = |word: &&str| ALSO_VERBS.contains(word) || *word == "me";
    let word = reader.words.get(at).map_or("", |word| word.folded.as_str());
    !is_verb(&word)
        && (before == "to" || before == "with" || (at == range.start + 1 && !before.is_empty()))
}

#[cfg(test)]
mod tests {
    use crate::features::capture::doubt::{Doubt, Given};
    use crate::features::capture::names::NameTable;
    use crate::features::capture::sentence::{Captured, understand};
    use crate::features::capture::words::words;
    use crate::features::sample::{book, day};
    use crate::people::book::Book;
    use crate::people::kind::Meaning;
    use crate::people::vocabulary::Vocabulary;
    use crate::text::fold::fold;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    const NOTES: &[(&str, &str)] = &[
        ("people/ana-lima.md", "---\nname: Ana Lima\naliases: [Aninha]\n---\n"),
        ("people/bo.md", "---\nname: Bo Berg\n---\n"),
        ("people/joao-faria.md", "---\nname: João Faria\n---\n"),
        ("people/may.md", "---\nname: May Chen\n---\n"),
        ("people/rita-a.md", "---\nname: Rita Alves\n---\n"),
        ("people/rita-b.md", "---\nname: Rita Barros\n---\n"),
        ("people/will.md", "---\nname: Will Reed\n---\n"),
    ];

    fn understood(book: &Book, text: &str, given: &Given) -> Captured {
        let words = words(text);
        let names = NameTable::new(book, words.iter());
        understand(text, &names, &Vocabulary::default(), day("2026-11-21"), given)
    }

    /// Everything is said on Saturday, 21 November 2026.
    fn check(text: &str, expected: &Expect) {
        expected.assert_eq(&shown(text));
    }

    fn shown(text: &str) -> String {
        let book = book(NOTES);
        let said = understood(&book, text, &Given::default());
        let names = |ids: &[_]| {
            let names = ids.iter().map(|id| book.brief(*id).name.clone());
            names.collect::<Vec<_>>().join(" + ")
        };
        let day = if said.is_day_said { said.day.to_string() } else { "today".to_owned() };
        let kind = said.kind.as_deref().unwrap_or("-");
        let mut shown = format!("{day} {kind} [{}] {}\n", names(&said.people), said.text);
        for promise in &said.promises {
            let due = promise.due.map_or(String::new(), |due| format!(" by {due}"));
            let whose = if promise.is_theirs { "theirs" } else { "mine" };
            let with = promise.with.map_or("?".to_owned(), |id| names(&[id]));
            shown += &format!("  {whose} [{with}] {}{due}\n", promise.text);
        }
        if let Some(next) = &said.next {
            let day = said.follow_up.map_or(String::new(), |day| format!(" on {day}"));
            shown += &format!("  next {next:?}{day}\n");
        }
        if !said.spoken_of.is_empty() {
            shown += &format!("  spoken of {}\n", names(&said.spoken_of));
        }
        for doubt in &said.doubts {
            let stops = if doubt.stops() { "?" } else { "·" };
            let told = match doubt {
                Doubt::Several { said, people } => format!("several {said}: {}", names(people)),
                Doubt::WordOrName { said, people } => format!("name? {said}: {}", names(people)),
                Doubt::Nobody { .. } => "nobody".to_owned(),
                Doubt::NoDay { said } => format!("no day {said}"),
                Doubt::Days { said } => format!("days {}", said.join(", ")),
                Doubt::WithoutYou => "without you".to_owned(),
                Doubt::NoKind => "no kind".to_owned(),
                Doubt::Hedged { said } => format!("hedged {said}"),
                Doubt::AsWord { said, .. } => format!("as word {said}"),
                Doubt::Unknown { said } => format!("unknown {said}"),
                Doubt::ForTheFirst { text } => format!("for the first: {text}"),
            };
            shown += &format!("  {stops} {told}\n");
        }
        shown
    }

    fn check_all(texts: &[&str], expected: &Expect) {
        let all = texts.iter().map(|text| format!("> {text}\n{}", shown(text)));
        expected.assert_eq(&all.collect::<String>());
    }

    #[test]
    fn the_sentence_of_the_manual_is_understood() {
        check(
            "coffee with Ana and João yesterday, talked about Porto; send her the kiln article by friday",
            &expect![[r#"
                2026-11-20 coffee [Ana Lima + João Faria] talked about Porto
                  mine [Ana Lima] send her the kiln article by 2026-11-27
                  · for the first: send her the kiln article
            "#]],
        );
    }

    #[test]
    fn contact_is_told_in_many_ways() {
        check_all(
            &[
                "coffee with Ana",
                "called ana about the move",
                "Yesterday I met Bo in Alfama",
                "met up with Ana and Bo on monday at the river: long walk",
                "had a coffee with Ana",
                "had the best coffee ever with Ana this morning",
                "Ana called me two days ago, new job",
                "Ana and João visited last fri",
                "Ana, João and Bo: dinner, too much wine",
                "lunch with Ana, João and Bo yesterday",
                "lunch with Ana, João told me of the defence",
                "lunch with Ana and João told me of the defence",
                "with Ana in Porto on 3 Nov",
                "talked to Bo about boats",
                "got a letter from Ana",
                "wrote to aninha. Loved her answer.",
                "2026-11-03 dinner with João Faria",
                "ran into Bo at the market",
                "[[people/ana-lima|Ana]] called: new job",
                "coffee with Ana and me yesterday",
            ],
            &expect![[r#"
                > coffee with Ana
                today coffee [Ana Lima] 
                > called ana about the move
                today call [Ana Lima] about the move
                > Yesterday I met Bo in Alfama
                2026-11-20 met [Bo Berg] in Alfama
                > met up with Ana and Bo on monday at the river: long walk
                2026-11-16 met [Ana Lima + Bo Berg] met up with Ana and Bo at the river: long walk
                > had a coffee with Ana
                today coffee [Ana Lima] 
                > had the best coffee ever with Ana this morning
                2026-11-21 coffee [Ana Lima] had the best coffee ever with Ana
                > Ana called me two days ago, new job
                2026-11-19 call [Ana Lima] new job
                > Ana and João visited last fri
                2026-11-20 visit [Ana Lima + João Faria] 
                > Ana, João and Bo: dinner, too much wine
                today dinner [Ana Lima + João Faria + Bo Berg] too much wine
                > lunch with Ana, João and Bo yesterday
                2026-11-20 lunch [Ana Lima + João Faria + Bo Berg] 
                > lunch with Ana, João told me of the defence
                today lunch [Ana Lima] João told me of the defence
                  spoken of João Faria
                > lunch with Ana and João told me of the defence
                today lunch [Ana Lima] and João told me of the defence
                  spoken of João Faria
                > with Ana in Porto on 3 Nov
                2026-11-03 - [Ana Lima] in Porto
                > talked to Bo about boats
                today - [Bo Berg] talked to Bo about boats
                > got a letter from Ana
                today letter [Ana Lima] got a letter from Ana
                > wrote to aninha. Loved her answer.
                today mail [Ana Lima] wrote to aninha. Loved her answer.
                > 2026-11-03 dinner with João Faria
                2026-11-03 dinner [João Faria] 
                > ran into Bo at the market
                today - [Bo Berg] ran into Bo at the market
                > [[people/ana-lima|Ana]] called: new job
                today call [Ana Lima] new job
                > coffee with Ana and me yesterday
                2026-11-20 coffee [Ana Lima] 
            "#]],
        );
    }

    #[test]
    fn what_is_not_contact_is_none() {
        check_all(
            &[
                "Ana likes tea",
                "heard that João defended",
                "tried to call Bo",
                "didn't call Ana yesterday",
                "need to call Ana",
                "Ana met João yesterday",
                "lunch with Ana next friday",
                "plan: lunch with Bo on friday",
                "coffee at Ana's",
                "the man from the tile workshop: red scarf",
                "Ana's wedding was lovely",
                "saw Ana's brother",
                "talked about Ana with Bo",
                "",
                "; . ,",
            ],
            &expect![[r#"
                > Ana likes tea
                today note [Ana Lima] likes tea
                  · no kind
                > heard that João defended
                today heard [João Faria] that João defended
                > tried to call Bo
                today tried [Bo Berg] to call Bo
                > didn't call Ana yesterday
                2026-11-20 note [Ana Lima] didn't call Ana
                  · hedged didn't
                > need to call Ana
                today note [Ana Lima] need to call Ana
                  · hedged need
                > Ana met João yesterday
                2026-11-20 met [Ana Lima + João Faria] 
                  ? without you
                > lunch with Ana next friday
                2026-11-27 plan [Ana Lima] lunch
                > plan: lunch with Bo on friday
                2026-11-27 plan [Bo Berg] lunch with Bo
                > coffee at Ana's
                today coffee [] at Ana's
                  spoken of Ana Lima
                  ? nobody
                > the man from the tile workshop: red scarf
                today note [] the man from the tile workshop: red scarf
                  · no kind
                  ? nobody
                > Ana's wedding was lovely
                today note [Ana Lima] Ana's wedding was lovely
                  · no kind
                > saw Ana's brother
                today met [] Ana's brother
                  spoken of Ana Lima
                  ? nobody
                > talked about Ana with Bo
                today note [Ana Lima] talked about Ana with Bo
                  spoken of Bo Berg
                  · no kind
                > 
                today note [] 
                  · no kind
                  ? nobody
                > ; . ,
                today note [] 
                  · no kind
                  ? nobody
            "#]],
        );
    }

    #[test]
    fn nobody_is_picked_silently() {
        check_all(
            &[
                "coffee with Rita",
                "coffee with Rita Alves and Bo",
                "coffee with Ana and Zed Zorn, fine",
                "coffee with Bo; send Rita the article",
                "coffee with Bo, talked about Rita",
                "Will call Ana",
                "Will called",
                "will and Ana came for dinner",
                "coffee with will",
                "coffee with Ana in may, may come to Porto",
                "Bo may move",
                "May and Ana called",
                "coffee with Ana 3/11",
                "coffee with Ana the other day",
                "saw Ana on monday and friday",
            ],
            &expect![[r#"
                > coffee with Rita
                today coffee [] 
                  ? several Rita: Rita Alves + Rita Barros
                > coffee with Rita Alves and Bo
                today coffee [Rita Alves + Bo Berg] 
                > coffee with Ana and Zed Zorn, fine
                today coffee [Ana Lima] and Zed Zorn, fine
                  · unknown Zed Zorn
                > coffee with Bo; send Rita the article
                today coffee [Bo Berg] 
                  mine [?] send Rita the article
                  ? several Rita: Rita Alves + Rita Barros
                > coffee with Bo, talked about Rita
                today coffee [Bo Berg] talked about Rita
                > Will call Ana
                today note [Ana Lima] Will call Ana
                  ? name? Will: Will Reed
                  · hedged Will
                > Will called
                today call [Will Reed] 
                > will and Ana came for dinner
                today note [Will Reed + Ana Lima] came for dinner
                  · no kind
                > coffee with will
                today coffee [Will Reed] 
                > coffee with Ana in may, may come to Porto
                today coffee [Ana Lima] in may, may come to Porto
                  ? no day in may
                > Bo may move
                today note [Bo Berg] may move
                  · as word may
                  · no kind
                > May and Ana called
                today call [May Chen + Ana Lima] 
                > coffee with Ana 3/11
                today coffee [Ana Lima] 3/11
                  ? no day 3/11
                > coffee with Ana the other day
                today coffee [Ana Lima] the other day
                  ? no day the other day
                > saw Ana on monday and friday
                2026-11-16 met [Ana Lima] and
                  ? days on monday, friday
            "#]],
        );
    }

    #[test]
    fn promises_and_next_steps_are_kept_apart() {
        check_all(
            &[
                "coffee with Ana. I'll send her the link tomorrow. She was happy.",
                "coffee with Ana, I'll send her the link",
                "call Ana; Bo will send me the photos; next: ask about the kiln in 2 weeks",
                "coffee with Ana; no next",
                "coffee with Ana, nothing next",
                "coffee with Ana; no next; next: call; next fri: ask",
                "coffee with Ana; send Bo the map by 3 dec; loved it",
                "coffee with Ana; waiting: her photos",
                "coffee with Ana and Bo; ask Bo about the boat",
                "Ana; next fri: ask how it went",
                "coffee with Ana; tell May about it",
            ],
            &expect![[r#"
                > coffee with Ana. I'll send her the link tomorrow. She was happy.
                today coffee [Ana Lima] She was happy.
                  mine [Ana Lima] send her the link by 2026-11-22
                > coffee with Ana, I'll send her the link
                today coffee [Ana Lima] 
                  mine [Ana Lima] send her the link
                > call Ana; Bo will send me the photos; next: ask about the kiln in 2 weeks
                today call [Ana Lima] 
                  theirs [Bo Berg] Bo will send me the photos
                  next "ask about the kiln" on 2026-12-05
                > coffee with Ana; no next
                today coffee [Ana Lima] 
                  next ""
                > coffee with Ana, nothing next
                today coffee [Ana Lima] 
                  next ""
                > coffee with Ana; no next; next: call; next fri: ask
                today coffee [Ana Lima] next fri: ask
                  next "call"
                > coffee with Ana; send Bo the map by 3 dec; loved it
                today coffee [Ana Lima] loved it
                  mine [Bo Berg] send Bo the map by 2026-12-03
                > coffee with Ana; waiting: her photos
                today coffee [Ana Lima] 
                  theirs [Ana Lima] her photos
                > coffee with Ana and Bo; ask Bo about the boat
                today coffee [Ana Lima + Bo Berg] 
                  mine [Bo Berg] ask Bo about the boat
                > Ana; next fri: ask how it went
                today note [Ana Lima] 
                  next "ask how it went" on 2026-11-27
                  · no kind
                > coffee with Ana; tell May about it
                today coffee [Ana Lima] 
                  mine [May Chen] tell May about it
            "#]],
        );
    }

    #[test]
    fn what_is_given_settles_doubts() {
        let book = book(NOTES);
        let id = |name: &str| book.linked(name).unwrap();
        let with = Given { with: vec![id("people/rita-b")], ..Given::default() };
        let said = understood(&book, "coffee with Rita", &with);
        assert_eq!((said.people, said.doubts), (vec![id("people/rita-b")], vec![]));
        let chosen = vec![("rita".to_owned(), Some(id("people/rita-a")))];
        let said = understood(&book, "coffee with Rita", &Given { chosen, ..Given::default() });
        assert_eq!((said.people, said.doubts), (vec![id("people/rita-a")], vec![]));
        let chosen = vec![("will".to_owned(), None)];
        let given = Given { chosen, day: Some(day("2026-11-03")), ..Given::default() };
        let said = understood(&book, "Will call Ana 3/11", &given);
        assert_eq!(said.day, day("2026-11-03"));
        assert_eq!((said.people, said.meaning), (vec![id("people/ana-lima")], Meaning::Note));
        assert_eq!(said.doubts, [Doubt::Hedged { said: "Will".to_owned() }]);
    }

    proptest! {
        #[test]
        fn no_word_is_dropped(
            parts in prop::collection::vec(
                prop_oneof![
                    // Words that mean nothing here: any others may be a kind or a verb.
                    "zq[a-zé]{0,4}",
                    prop::sample::select(vec![
                        "Ana", "Rita", "João Faria", "with", "and", "coffee", "called", "yesterday,", "on monday",
                        "3 nov", ";", ".", ",", ":", "I'll", "send", "her", "by friday", "next:", "no next", "to",
                        "about", "Will", "may", "me", "(", ")", "tomorrow", "Bo's", "heard", "next fri:", "—",
                        "[[Bo Berg]]", "in 2 weeks", "saw", "I", "had a", "the other day", "waiting:", "\n",
                    ]).prop_map(str::to_owned),
                ],
                0..14,
            ),
        ) {
            let text = parts.join(" ");
            let book = book(NOTES);
            let said = understood(&book, &text, &Given::default());
            let mut kept = format!("{} {}", said.text, said.next.clone().unwrap_or_default());
            kept.extend(said.promises.iter().map(|promise| format!(" {}", promise.text)));
            // What is understood is said in another form: people, days, kinds and the small words between them.
            let understood = [
                "ana", "rita", "joao", "faria", "bo", "will", "may", "with", "and", "coffee", "called", "yesterday",
                "on", "monday", "3", "nov", "i'll", "by", "friday", "next", "no", "me", "tomorrow", "fri", "in",
                "2", "weeks", "saw", "i", "had", "a", "heard", "waiting", "bo berg", "to",
            ];
            let kept = words(&kept).into_iter().map(|word| word.folded).collect::<Vec<_>>();
            for word in words(&text) {
                let told = understood.contains(&word.folded.as_str()) || kept.contains(&word.folded);
                prop_assert!(told, "{:?} of {:?} is not in {:?}", word.folded, text, said);
            }
            prop_assert!(said.is_day_said || said.day == day("2026-11-21"));
            let folded = fold(&text);
            for id in said.people.iter().chain(said.promises.iter().filter_map(|of| of.with.as_ref())) {
                let name = fold(&book.brief(*id).name);
                let first = name.split(' ').next().unwrap().to_owned();
                prop_assert!(folded.contains(&first), "{:?} is not named in {:?}", name, text);
            }
        }
    }
}
