//! A whole sentence, understood.

use crate::features::capture::doubt::{Doubt, Given, Meant};
use crate::features::capture::head::{Head, Reader, Role};
use crate::features::capture::kind::kind_of;
use crate::features::capture::meant::{is_after_verb, is_written_as_name};
use crate::features::capture::missed::{Missed, missed};
use crate::features::capture::names::NameTable;
use crate::features::capture::promise::{Deed, Part, begins_clearly, deed, part};
use crate::features::capture::speech::{ABOUT, AFTER_PEOPLE, is_done, is_past};
use crate::features::capture::walk::head;
use crate::features::capture::words::{Break, MOST_WORDS, Word, words};
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
    let parts = parts(&text, &words, today);
    let mut first = parts.first().cloned().unwrap_or(0..0);
    if is_cut_short(&words, first.end) {
        // The last word stands for all that is not looked at.
        first.end -= 1;
    }
    let head = head(reader, first);
    Sentence { reader, parts, head }.captured()
}

/// Whether more words follow the last one at `end` than are looked at.
fn is_cut_short(words: &[Word], end: usize) -> bool {
    words.len() >= MOST_WORDS && end == words.len()
}

/// Where the sentence comes apart.
fn parts(text: &str, words: &[Word], today: Day) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, word) in words.iter().enumerate() {
        let end = words.len();
        let is_end = match word.end {
            Break::Sentence => true,
            Break::Comma | Break::Colon => {
                let stop = (at + 1..end)
                    .find(|next| words.get(*next).is_some_and(|word| word.end == Break::Sentence));
                begins_clearly(text, words, at + 1, stop.map_or(end, |stop| stop + 1), today)
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
    fn captured(mut self) -> Captured {
        let given = self.reader.given;
        let mut doubts = self.head.doubts.clone();
        let mut people = self.head.there.clone();
        people.extend(given.with.iter().filter(|id| !self.head.there.contains(id)));
        let day = given.day.or_else(|| self.day(&mut doubts));
        self.keep_other_days(day);
        let is_to_come = day.is_some_and(|day| day > self.reader.today);
        let (mut kind, doubt) =
            kind_of(&self.reader, &self.head, self.missed().as_ref(), is_to_come);
        doubts.extend(doubt);
        if kind.meaning == Meaning::Contact && day.is_none() && self.is_to_do() {
            let head = &self.head.words;
            doubts.push(Doubt::ToDo { said: self.reader.said(head.start, head.len()) });
        }
        if kind.meaning == Meaning::Contact && !given.was_there && self.is_between_others() {
            doubts.push(Doubt::WithoutYou);
        }
        let mut spoken_of = self.spoken_of(&people);
        if people.is_empty() && kind.meaning != Meaning::Contact && kind.meaning != Meaning::Plan {
            // A note is about whoever is spoken of first.
            people.extend(spoken_of.first());
            spoken_of.retain(|id| !people.contains(id));
        }
        let is_asked = |doubt: &Doubt| {
            matches!(
                doubt,
                Doubt::Several { .. } | Doubt::WordOrName { .. } | Doubt::Surname { .. }
            )
        };
        if people.is_empty() && !doubts.iter().any(is_asked) {
            doubts.push(Doubt::Nobody { spoken_of: spoken_of.clone() });
        }
        let mut captured = Captured {
            day: day.unwrap_or(self.reader.today),
            is_day_said: day.is_some(),
            text: self.text(!kind.is_said),
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

    /// What is not the day of the entry is text.
    fn keep_other_days(&mut self, day: Option<Day>) {
        let start = self.head.words.start;
        for (_, at) in self.head.days.iter().filter(|(of, _)| Some(*of) != day) {
            let roles = self.head.roles.get_mut(at.start - start..at.end - start);
            roles.into_iter().flatten().for_each(|role| *role = Role::Text);
        }
    }

    /// Words that say that it did not happen: in the first clause, or where a later one begins.
    fn missed(&self) -> Option<Missed> {
        let is_text = |part: &&Range<usize>| self.part(part) == Part::Text;
        let later = self.parts.iter().skip(1).take_while(is_text).last();
        let first = self.parts.first().map_or(0, |first| first.end);
        let end = later.map_or(first, |later| later.end);
        missed(self.reader.words, self.head.words.clone(), self.head.words.end..end)
    }

    /// `call Ana`, and nothing says that it was done.
    fn is_to_do(&self) -> bool {
        let Reader { words, vocabulary, given, .. } = self.reader;
        let clause = words.get(self.head.words.clone()).unwrap_or_default();
        let is_kind =
            |at: usize| clause.get(at).is_some_and(|word| vocabulary.kind(&word.folded).is_some());
        let second = clause.get(1).map_or("", |word| word.folded.as_str());
        // `phone call`, `visit to Ana`: a noun.
        let is_noun = (is_kind(0) && is_kind(1)) || AFTER_PEOPLE.contains(&second);
        let is_to_do = match deed(clause) {
            Deed::Sure => true,
            Deed::Maybe => !is_noun,
            Deed::No => false,
        };
        let is_log = clause.last().is_some_and(|word| word.end == Break::Colon);
        let is_told = words.iter().any(|word| is_done(&word.folded));
        is_to_do && !is_log && !is_told && !given.was_there && given.kind.is_none()
    }

    /// `Ana met João`, `message from Bo to Ana`: whether the owner was there is not said.
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
        let is_sent = self.is_there_after("from") && self.is_there_after("to");
        ((is_verb && named(before) && named(after)) || is_sent) && !with_me
    }

    fn is_there_after(&self, word: &str) -> bool {
        let mut words = self.head.words.clone().zip(self.head.roles.iter().skip(1));
        words.any(|(at, role)| {
            *role == Role::There && self.reader.words.get(at).is_some_and(|of| of.folded == word)
        })
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
        if is_cut_short(words, part.end) {
            return Part::Text;
        }
        self::part(text, words, part.clone(), self.span(part), today, part.start == 0)
    }

    /// What was said or done. The word for it belongs to the text where the kind does not say it.
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
        match self.head.kind.filter(|_| with_kind && is_cut) {
            Some(at) if text.is_empty() => self.reader.said(at, 1) + ",",
            Some(at) => format!("{} {text}", self.reader.said(at, 1)),
            None => text.to_owned(),
        }
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
                        let is_other =
                            day.is_some() && captured.follow_up.is_some_and(|of| Some(of) != day);
                        let said = if is_other { self.next_as_said(range) } else { text };
                        // `next fri:` says only a day.
                        captured.next = Some(said).filter(|said| !said.is_empty() || day.is_none());
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

    /// A next step with its own day, where another one is given.
    fn next_as_said(&self, range: &Range<usize>) -> String {
        let said = self.span(&(range.start + 1..range.end)).of(self.reader.text);
        said.trim().trim_end_matches([';', ',', '.']).trim_end().to_owned()
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
            let Some(found) = reader.name_at(at) else { continue };
            let count = found.count + found.surname;
            let last = reader.words.get(at + count - 1);
            let is_name = is_written_as_name(reader.words, range.start, at, &found)
                || (is_theirs && at == range.start)
                || is_after_verb(reader.words, range.start, at);
            // `ask about Ana` is to be done by, or with, somebody else.
            let is_about = at > range.start
                && reader.words.get(at - 1).is_some_and(|word| ABOUT.contains(&&*word.folded));
            if has_pronoun || !is_name || is_about || last.is_none_or(|last| last.is_possessive) {
                continue;
            }
            let among = found.people.iter().filter(|id| captured.people.contains(id));
            let among = among.copied().collect::<Vec<_>>();
            let (said, folded) = (reader.said(at, count), reader.folded(at, count));
            let is_other = found.surname > 0;
            let meant = match among.as_slice() {
                [one] if !is_other => Meant::Person(*one),
                _ if is_other => reader.given.settle_surname(&folded, &found.people),
                _ => reader.given.settle(&folded, &found.people),
            };
            match meant {
                Meant::Person(id) => return Some(id),
                Meant::Nobody => {}
                Meant::Unsure => {
                    let people = found.people;
                    captured.doubts.push(match is_other {
                        true => Doubt::Surname { said, people },
                        false => Doubt::Several { said, people },
                    });
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

#[cfg(test)]
mod tests {
    use crate::features::capture::doubt::{Doubt, Given, key};
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
        shown_among(NOTES, text, &|_| Given::default())
    }

    fn shown_among(notes: &[(&str, &str)], text: &str, given: &dyn Fn(&Book) -> Given) -> String {
        let book = book(notes);
        let said = understood(&book, text, &given(&book));
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
                Doubt::Surname { said, people } => format!("surname {said}: {}", names(people)),
                Doubt::ToDo { said } => format!("to do {said}"),
                Doubt::ToCome { said } => format!("to come {said}"),
                Doubt::Nobody { .. } => "nobody".to_owned(),
                Doubt::NoDay { said } => format!("no day {said}"),
                Doubt::Days { said } => format!("days {}", said.join(", ")),
                Doubt::WithoutYou => "without you".to_owned(),
                Doubt::NoKind => "no kind".to_owned(),
                Doubt::Hedged { said } => format!("hedged {said}"),
                Doubt::Birthday { said } => format!("birthday {said}"),
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
                2026-11-16 met [Ana Lima] and friday
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
                "called Ana; Bo will send me the photos; next: ask about the kiln in 2 weeks",
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
                > called Ana; Bo will send me the photos; next: ask about the kiln in 2 weeks
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

    /// People whose names are also words, days or titles.
    const WORDY: &[(&str, &str)] = &[
        ("people/an.md", "---\nname: An Nguyen\n---\n"),
        ("people/art.md", "---\nname: Art Cole\n---\n"),
        ("people/bill.md", "---\nname: Bill Moss\n---\n"),
        ("people/bo.md", "---\nname: Bo Berg\n---\n"),
        ("people/gift.md", "---\nname: Gift Moyo\n---\n"),
        ("people/happy.md", "---\nname: Happy Dube\n---\n"),
        ("people/helena.md", "---\nname: Helena Matos\n---\n"),
        ("people/jan.md", "---\nname: Jan\n---\n"),
        ("people/long.md", "---\nname: Long Tran\n---\n"),
        ("people/sofia.md", "---\nname: Dra. Sofia Reis\n---\n"),
        ("people/sunday.md", "---\nname: Sunday Okoro\n---\n"),
        ("people/van.md", "---\nname: Van Pham\n---\n"),
    ];

    fn check_given(given: &dyn Fn(&Book) -> Given, texts: &[&str], expected: &Expect) {
        let all = texts.iter().map(|text| format!("> {text}\n{}", shown_among(NOTES, text, given)));
        expected.assert_eq(&all.collect::<String>());
    }

    #[test]
    fn a_surname_that_nobody_has_is_somebody_else() {
        check_all(
            &[
                "coffee with Ana Sousa",
                "dinner with João Pereira yesterday",
                "dinner with João da Silva yesterday",
                "dinner with Bo and Ana Sousa",
                "Ana Sousa called",
                "coffee with Rita Sousa",
                "coffee with Ana L. and Bo",
                "coffee with Ana Yesterday",
                "coffee with Ana Bo and João",
                "COFFEE WITH ANA IN PORTO",
                "heard that Ana Sousa moved",
                "coffee with Bo, talked about Ana Sousa",
                "saw Ana Sousa's brother",
                "coffee with João; tell Bo Smith about it",
            ],
            &expect![[r#"
                > coffee with Ana Sousa
                today coffee [] 
                  ? surname Ana Sousa: Ana Lima
                > dinner with João Pereira yesterday
                2026-11-20 dinner [] 
                  ? surname João Pereira: João Faria
                > dinner with João da Silva yesterday
                2026-11-20 dinner [] 
                  ? surname João da Silva: João Faria
                > dinner with Bo and Ana Sousa
                today dinner [Bo Berg] 
                  ? surname Ana Sousa: Ana Lima
                > Ana Sousa called
                today call [] 
                  ? surname Ana Sousa: Ana Lima
                > coffee with Rita Sousa
                today coffee [] 
                  ? surname Rita Sousa: Rita Alves + Rita Barros
                > coffee with Ana L. and Bo
                today coffee [Ana Lima + Bo Berg] 
                > coffee with Ana Yesterday
                2026-11-20 coffee [Ana Lima] 
                > coffee with Ana Bo and João
                today coffee [Ana Lima] Bo and João
                  spoken of Bo Berg + João Faria
                > COFFEE WITH ANA IN PORTO
                today coffee [Ana Lima] IN PORTO
                > heard that Ana Sousa moved
                today heard [] that Ana Sousa moved
                  · unknown Ana Sousa
                  ? nobody
                > coffee with Bo, talked about Ana Sousa
                today coffee [Bo Berg] talked about Ana Sousa
                > saw Ana Sousa's brother
                today met [] Ana Sousa's brother
                  · unknown Ana Sousa
                  ? nobody
                > coffee with João; tell Bo Smith about it
                today coffee [João Faria] 
                  mine [?] tell Bo Smith about it
                  ? surname Bo Smith: Bo Berg
            "#]],
        );
        let ana = |book: &Book| Given {
            with: vec![book.linked("people/ana-lima").unwrap()],
            ..Given::default()
        };
        check_given(
            &ana,
            &["coffee with Ana Sousa", "coffee with João Pereira"],
            &expect![[r#"
            > coffee with Ana Sousa
            today coffee [Ana Lima] Sousa
            > coffee with João Pereira
            today coffee [Ana Lima] with João Pereira
              · unknown João Pereira
        "#]],
        );
    }

    #[test]
    fn a_name_that_means_none_of_several_is_no_unknown_one() {
        let none = |_: &Book| Given { chosen: vec![("rita".to_owned(), None)], ..Given::default() };
        check_given(
            &none,
            &["coffee with Bo and Rita"],
            &expect![[r#"
                > coffee with Bo and Rita
                today coffee [Bo Berg] and Rita
            "#]],
        );
    }

    #[test]
    fn a_word_that_is_a_name_elsewhere_is_a_word() {
        let texts = [
            "long walk with Bo",
            "Long walk with Bo",
            "long, lovely walk with Bo",
            "An evening with Bo",
            "an evening with Bo",
            "happy evening with Bo",
            "Long called",
            "lunch with an old friend and Bo",
            "lunch with happy people and Bo",
            "lunch with happy",
            "saw art in the museum with Bo",
            "called art about the wall",
            "lunch with Sunday",
            "met Dra Helena",
            "met Dr. Helena Matos yesterday",
            "coffee with Sofia",
            "coffee with Jan Smith",
            "coffee with Bo; send an email to the bank",
            "coffee with Bo; find van for the move",
            "coffee with Bo; find art for the wall",
            "coffee with Bo; pay bill tomorrow",
            "coffee with Bo; call helena",
        ];
        let all = texts
            .iter()
            .map(|text| format!("> {text}\n{}", shown_among(WORDY, text, &|_| Given::default())));
        expect![[r#"
            > long walk with Bo
            today walk [Bo Berg] long walk with Bo
              ? name? long: Long Tran
            > Long walk with Bo
            today walk [Bo Berg] Long walk with Bo
              ? name? Long: Long Tran
            > long, lovely walk with Bo
            today note [Bo Berg] long, lovely walk with Bo
              ? name? long: Long Tran
              · no kind
            > An evening with Bo
            today - [Bo Berg] An evening with Bo
              ? name? An: An Nguyen
            > an evening with Bo
            today - [Bo Berg] an evening with Bo
            > happy evening with Bo
            today - [Bo Berg] happy evening with Bo
              ? name? happy: Happy Dube
            > Long called
            today call [Long Tran] 
            > lunch with an old friend and Bo
            today lunch [] with an old friend and Bo
              spoken of Bo Berg
              ? nobody
            > lunch with happy people and Bo
            today lunch [] with happy people and Bo
              spoken of Bo Berg
              ? name? happy: Happy Dube
            > lunch with happy
            today lunch [Happy Dube] 
            > saw art in the museum with Bo
            today met [Bo Berg] saw art in the museum with Bo
              ? name? art: Art Cole
            > called art about the wall
            today call [] art about the wall
              ? name? art: Art Cole
            > lunch with Sunday
            today lunch [Sunday Okoro] 
            > met Dra Helena
            today met [Helena Matos] 
            > met Dr. Helena Matos yesterday
            2026-11-20 met [Helena Matos] 
            > coffee with Sofia
            today coffee [Dra. Sofia Reis] 
            > coffee with Jan Smith
            today coffee [Jan] Smith
            > coffee with Bo; send an email to the bank
            today coffee [Bo Berg] 
              mine [Bo Berg] send an email to the bank
            > coffee with Bo; find van for the move
            today coffee [Bo Berg] 
              mine [Bo Berg] find van for the move
            > coffee with Bo; find art for the wall
            today coffee [Bo Berg] 
              mine [Bo Berg] find art for the wall
            > coffee with Bo; pay bill tomorrow
            today coffee [Bo Berg] 
              mine [Bo Berg] pay bill by 2026-11-22
            > coffee with Bo; call helena
            today coffee [Bo Berg] 
              mine [Helena Matos] call helena
        "#]]
        .assert_eq(&all.collect::<String>());
    }

    #[test]
    fn next_is_a_next_step_only_before_its_colon() {
        check_all(
            &[
                "coffee with Ana, next to the river — lovely place",
                "coffee with Ana. Next month she moves: new flat",
                "coffee with Ana; next time we meet (in Porto) I bring the map",
                "coffee with Bo; next step with Ana: call her",
                "coffee with Bo; next fri at noon: lunch",
                "coffee with Bo; next fri: ask whether he comes on 3 dec",
                "coffee with Bo; next on friday: ask",
                "coffee with Bo; next step: ask on 3 dec",
                "coffee with Bo. She said: next year: Porto",
                "coffee with Bo; send flowers in May",
                "coffee with Bo; make may plans",
                "coffee with Bo; send him the map by fri",
                "coffee with Bo; send him the map by Fri.",
                "coffee with Bo; send him the map by sat",
                "coffee with Bo; send him the map fri",
                "coffee with Bo; send him the sun",
            ],
            &expect![[r#"
                > coffee with Ana, next to the river — lovely place
                today coffee [Ana Lima] next to the river — lovely place
                > coffee with Ana. Next month she moves: new flat
                today coffee [Ana Lima] Next month she moves: new flat
                > coffee with Ana; next time we meet (in Porto) I bring the map
                today coffee [Ana Lima] next time we meet (in Porto) I bring the map
                > coffee with Bo; next step with Ana: call her
                today coffee [Bo Berg] next step with Ana: call her
                  spoken of Ana Lima
                > coffee with Bo; next fri at noon: lunch
                today coffee [Bo Berg] next fri at noon: lunch
                > coffee with Bo; next fri: ask whether he comes on 3 dec
                today coffee [Bo Berg] 
                  next "ask whether he comes on 3 dec" on 2026-11-27
                > coffee with Bo; next on friday: ask
                today coffee [Bo Berg] 
                  next "ask" on 2026-11-27
                > coffee with Bo; next step: ask on 3 dec
                today coffee [Bo Berg] 
                  next "ask" on 2026-12-03
                > coffee with Bo. She said: next year: Porto
                today coffee [Bo Berg] She said: next year: Porto
                > coffee with Bo; send flowers in May
                today coffee [Bo Berg] 
                  mine [Bo Berg] send flowers in May
                > coffee with Bo; make may plans
                today coffee [Bo Berg] 
                  mine [Bo Berg] make may plans
                > coffee with Bo; send him the map by fri
                today coffee [Bo Berg] 
                  mine [Bo Berg] send him the map by 2026-11-27
                > coffee with Bo; send him the map by Fri.
                today coffee [Bo Berg] 
                  mine [Bo Berg] send him the map by 2026-11-27
                > coffee with Bo; send him the map by sat
                today coffee [Bo Berg] 
                  mine [Bo Berg] send him the map by 2026-11-28
                > coffee with Bo; send him the map fri
                today coffee [Bo Berg] 
                  mine [Bo Berg] send him the map by 2026-11-27
                > coffee with Bo; send him the sun
                today coffee [Bo Berg] 
                  mine [Bo Berg] send him the sun
            "#]],
        );
    }

    #[test]
    fn no_word_is_lost_where_something_is_given_besides() {
        let kind = |kind: &'static str| {
            move |_: &Book| Given { kind: Some(kind.to_owned()), ..Given::default() }
        };
        check_given(
            &kind("met"),
            &["coffee with Ana", "met Ana"],
            &expect![[r#"
            > coffee with Ana
            today met [Ana Lima] coffee
            > met Ana
            today met [Ana Lima] 
        "#]],
        );
        check_given(
            &kind("note"),
            &["lunch with Ana", "note: lunch with Ana", "Bo met João yesterday"],
            &expect![[r#"
                > lunch with Ana
                today note [Ana Lima] lunch
                > note: lunch with Ana
                today note [Ana Lima] lunch with Ana
                > Bo met João yesterday
                2026-11-20 note [Bo Berg + João Faria] met
            "#]],
        );
        let on =
            |of: &'static str| move |_: &Book| Given { day: Some(day(of)), ..Given::default() };
        check_given(
            &on("2026-11-16"),
            &["saw Ana on monday and friday"],
            &expect![[r#"
            > saw Ana on monday and friday
            2026-11-16 met [Ana Lima] and friday
        "#]],
        );
        check_given(
            &on("2026-11-03"),
            &["coffee with Ana yesterday", "yesterday coffee with Ana", "met Ana tomorrow"],
            &expect![[r#"
                > coffee with Ana yesterday
                2026-11-03 coffee [Ana Lima] yesterday
                > yesterday coffee with Ana
                2026-11-03 coffee [Ana Lima] yesterday coffee with Ana
                > met Ana tomorrow
                2026-11-03 met [Ana Lima] tomorrow
            "#]],
        );
        let follow_up = |_: &Book| Given { follow_up: Some(day("2026-12-12")), ..Given::default() };
        check_given(
            &follow_up,
            &["coffee with Ana; next fri: ask", "coffee with Ana; next: ask in 2 weeks"],
            &expect![[r#"
                > coffee with Ana; next fri: ask
                today coffee [Ana Lima] 
                  next "fri: ask" on 2026-12-12
                > coffee with Ana; next: ask in 2 weeks
                today coffee [Ana Lima] 
                  next "ask in 2 weeks" on 2026-12-12
            "#]],
        );
    }

    #[test]
    fn what_did_not_happen_is_no_contact() {
        check_all(
            &[
                "coffee with Ana cancelled",
                "lunch with Ana, cancelled",
                "coffee with Ana: cancelled",
                "coffee with Ana, it was called off",
                "coffee with Ana. Fell through.",
                "coffee with Ana, her exam was cancelled",
                "Ana hasn't called",
                "called Bo but no answer",
                "called Bo; he didn't pick up",
                "left Bo a voicemail",
                "Bo didn't pick up",
                "coffee with Ana, Bo in hospital",
                "coffee with Ana, João and Bo in hospital",
                "Ana called about the party tomorrow",
                "talked with Ana about her exam tomorrow",
                "called Ana re tomorrow",
                "coffee with Ana who leaves tomorrow",
                "lunch with Ana about the exam tomorrow",
                "met Ana tomorrow",
                "lunch with Ana tomorrow",
                "message from bo to ana",
                "message from bo to me",
            ],
            &expect![[r#"
                > coffee with Ana cancelled
                today note [Ana Lima] coffee cancelled
                  · hedged cancelled
                > lunch with Ana, cancelled
                today note [Ana Lima] lunch, cancelled
                  · hedged cancelled
                > coffee with Ana: cancelled
                today note [Ana Lima] coffee, cancelled
                  · hedged cancelled
                > coffee with Ana, it was called off
                today note [Ana Lima] coffee, it was called off
                  · hedged called off
                > coffee with Ana. Fell through.
                today note [Ana Lima] coffee, Fell through.
                  · hedged Fell through
                > coffee with Ana, her exam was cancelled
                today coffee [Ana Lima] her exam was cancelled
                > Ana hasn't called
                today note [Ana Lima] hasn't called
                  · no kind
                > called Bo but no answer
                today tried [Bo Berg] called but no answer
                  · hedged no answer
                > called Bo; he didn't pick up
                today tried [Bo Berg] called, he didn't pick up
                  · hedged didn't pick up
                > left Bo a voicemail
                today tried [Bo Berg] left Bo a voicemail
                  · hedged voicemail
                > Bo didn't pick up
                today tried [Bo Berg] didn't pick up
                  · hedged didn't pick up
                > coffee with Ana, Bo in hospital
                today coffee [Ana Lima] Bo in hospital
                  spoken of Bo Berg
                > coffee with Ana, João and Bo in hospital
                today coffee [Ana Lima + João Faria + Bo Berg] in hospital
                > Ana called about the party tomorrow
                today call [Ana Lima] about the party tomorrow
                > talked with Ana about her exam tomorrow
                today - [Ana Lima] talked with Ana about her exam tomorrow
                > called Ana re tomorrow
                today call [Ana Lima] re tomorrow
                > coffee with Ana who leaves tomorrow
                today coffee [Ana Lima] who leaves tomorrow
                > lunch with Ana about the exam tomorrow
                today lunch [Ana Lima] about the exam tomorrow
                  ? to come tomorrow
                > met Ana tomorrow
                today met [Ana Lima] tomorrow
                  ? to come tomorrow
                > lunch with Ana tomorrow
                2026-11-22 plan [Ana Lima] lunch
                > message from bo to ana
                today message [Bo Berg + Ana Lima] message from bo to ana
                  ? without you
                > message from bo to me
                today message [Bo Berg] message from bo to me
            "#]],
        );
    }

    #[test]
    fn what_is_to_be_done_is_not_contact_yet() {
        check_all(
            &[
                "call Bo by thursday",
                "call Bo",
                "call Bo about the boat",
                "book table with Bo",
                "Text conversation with Bo about the move",
                "call Bo yesterday",
                "call Bo: new job",
                "call Bo, he was happy",
                "call with Bo",
                "phone call with Bo",
                "Visit to Ana was lovely",
                "Book club with Ana was lovely",
                "coffee with Bo. Call dropped twice",
                "coffee with Bo. Text was fine",
                "coffee with Bo. Plan went well",
                "coffee with Bo. Book table for friday",
                "coffee with Ana, waiting for the train",
                "coffee with Ana, promise of spring",
                "coffee with Ana, promise to call",
            ],
            &expect![[r#"
                > call Bo by thursday
                today call [Bo Berg] by thursday
                  ? to do call Bo by thursday
                > call Bo
                today call [Bo Berg] 
                  ? to do call Bo
                > call Bo about the boat
                today call [Bo Berg] about the boat
                  ? to do call Bo about the boat
                > book table with Bo
                today - [Bo Berg] book table with Bo
                  ? to do book table with Bo
                > Text conversation with Bo about the move
                today text [Bo Berg] Text conversation with Bo about the move
                  ? to do Text conversation with Bo about the move
                > call Bo yesterday
                2026-11-20 call [Bo Berg] 
                > call Bo: new job
                today call [Bo Berg] new job
                > call Bo, he was happy
                today call [Bo Berg] he was happy
                > call with Bo
                today call [Bo Berg] 
                > phone call with Bo
                today phone [Bo Berg] phone call with Bo
                > Visit to Ana was lovely
                today visit [Ana Lima] Visit to Ana was lovely
                > Book club with Ana was lovely
                today - [Ana Lima] Book club with Ana was lovely
                > coffee with Bo. Call dropped twice
                today coffee [Bo Berg] Call dropped twice
                > coffee with Bo. Text was fine
                today coffee [Bo Berg] Text was fine
                > coffee with Bo. Plan went well
                today coffee [Bo Berg] Plan went well
                > coffee with Bo. Book table for friday
                today coffee [Bo Berg] 
                  mine [Bo Berg] Book table for friday
                > coffee with Ana, waiting for the train
                today coffee [Ana Lima] waiting for the train
                > coffee with Ana, promise of spring
                today coffee [Ana Lima] promise of spring
                > coffee with Ana, promise to call
                today coffee [Ana Lima] 
                  mine [Ana Lima] call
            "#]],
        );
    }

    #[test]
    fn a_day_that_is_not_clear_is_asked() {
        check_all(
            &[
                "coffee with Ana 31 april",
                "30 feb coffee with Ana",
                "coffee with Ana the 3rd",
                "coffee with Ana on the 3rd floor",
                "coffee with Ana on 3.11.",
                "2026-11-03T10:00 coffee with Ana",
                "coffee with Ana about 10 days ago",
                "coffee with Ana last week",
                "coffee with Ana this weekend",
                "2026-11-03: coffee with Ana",
                "Nov 3: coffee with Ana",
                "coffee with Ana, monday she leaves",
                "coffee with Ana, on monday",
                "coffee with Ana, tomorrow she leaves",
                "Bo birthday 12 march",
                "Bo's birthday is on 12 march",
                "Bo's birthday dinner with Ana on 3 nov",
                "Texted João back",
                "wrote a letter to Ana",
                "met for lunch with Ana",
            ],
            &expect![[r#"
                > coffee with Ana 31 april
                today coffee [Ana Lima] 31 april
                  ? no day 31 april
                > 30 feb coffee with Ana
                today coffee [Ana Lima] 30 feb coffee with Ana
                  ? no day 30 feb
                > coffee with Ana the 3rd
                today coffee [Ana Lima] the 3rd
                  ? no day the 3rd
                > coffee with Ana on the 3rd floor
                today coffee [Ana Lima] on the 3rd floor
                > coffee with Ana on 3.11.
                today coffee [Ana Lima] on 3.11.
                  ? no day on 3.11
                > 2026-11-03T10:00 coffee with Ana
                today coffee [Ana Lima] 2026-11-03T10:00 coffee with Ana
                  ? no day 2026-11-03T10:00
                > coffee with Ana about 10 days ago
                today coffee [Ana Lima] about 10 days ago
                  ? no day about 10 days ago
                > coffee with Ana last week
                today coffee [Ana Lima] last week
                  ? no day last week
                > coffee with Ana this weekend
                today coffee [Ana Lima] this weekend
                  ? no day this weekend
                > 2026-11-03: coffee with Ana
                2026-11-03 coffee [Ana Lima] 
                > Nov 3: coffee with Ana
                2026-11-03 coffee [Ana Lima] 
                > coffee with Ana, monday she leaves
                today coffee [Ana Lima] monday she leaves
                > coffee with Ana, on monday
                2026-11-16 coffee [Ana Lima] 
                > coffee with Ana, tomorrow she leaves
                today coffee [Ana Lima] tomorrow she leaves
                > Bo birthday 12 march
                today note [Bo Berg] birthday 12 march
                  · birthday 12 march
                  · no kind
                > Bo's birthday is on 12 march
                today note [Bo Berg] Bo's birthday is on 12 march
                  · birthday on 12 march
                  · no kind
                > Bo's birthday dinner with Ana on 3 nov
                2026-11-03 dinner [Ana Lima] Bo's birthday dinner with Ana
                  spoken of Bo Berg
                > Texted João back
                today message [João Faria] 
                > wrote a letter to Ana
                today letter [Ana Lima] wrote a letter to Ana
                > met for lunch with Ana
                today lunch [Ana Lima] 
            "#]],
        );
    }

    #[test]
    fn the_end_of_a_very_long_line_is_kept() {
        for start in ["coffee with Bo; ", "coffee with Bo "] {
            for end in ["; no next tail", "; next: call tail", "; send him tail", " Ana tail"] {
                let text = format!("{start}{}{end} last", "x ".repeat(1_994));
                let said = understood(&book(NOTES), &text, &Given::default());
                let promised = said.promises.iter().map(|of| of.text.as_str());
                let kept = promised.chain([said.text.as_str()]).collect::<String>();
                assert!(kept.ends_with("tail last"), "{end}: {}", &kept[kept.len() - 40..]);
            }
        }
    }

    #[test]
    fn a_choice_is_known_again() {
        let notes = &[
            ("people/ana-a.md", "---\nname: Ana Lima\n---\n"),
            ("people/ana-b.md", "---\nname: Ana Lima\n---\n"),
            ("people/bo.md", "---\nname: Bo Berg\n---\n"),
        ];
        let texts = [
            "coffee with Bo; send Ana Lima the map",
            "coffee with [[Ana Lima]]",
            "coffee with [[Ana Lima|her]] and Bo",
            "coffee with Bo; send [[Ana Lima]] the map",
            "coffee with Ana",
            "coffee with Ana Sousa",
            "coffee with Bo; send Ana Sousa the map",
        ];
        for text in texts {
            let book = book(notes);
            let said = understood(&book, text, &Given::default());
            let stopping = said.stopping().next().cloned();
            let Some(Doubt::Several { said, people } | Doubt::Surname { said, people }) = stopping
            else {
                panic!("{text}: {stopping:?}");
            };
            let chosen = vec![(key(&said), Some(people[1]))];
            let said = understood(&book, text, &Given { chosen, ..Given::default() });
            assert_eq!(said.stopping().next(), None, "{text}");
            let promised = said.promises.iter().filter_map(|of| of.with);
            let mut meant = said.people.iter().copied().chain(promised);
            assert!(meant.any(|id| id == people[1]), "{text}");
        }
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
