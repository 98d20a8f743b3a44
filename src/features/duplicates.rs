//! Notes that could be about one person, each pair with what speaks for it.
//!
//! Always true here: nothing is decided and nothing is compared all with all. Two people of whom one is tied to the
//! other (a sister, a partner) are two, and so are two of whom one note says `not_same_as`.

use crate::features::nicknames::long_forms;
use crate::features::told_apart::tells_apart;
use crate::people::book::{Book, ContactId};
use crate::people::brief::Brief;
use crate::people::contact::Labelled;
use crate::people::note::Kind;
use crate::people::reach::{Reach, ReachKind, phone_key};
use crate::text::fold::fold;
use crate::text::suggest::slips_between;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hasher};

/// Two notes that could be about one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The one of whom more is told.
    pub one: ContactId,
    /// The other.
    pub other: ContactId,
    /// What speaks for it, the strongest first; never empty.
    pub reasons: Vec<Reason>,
}

/// Why two notes could be about one person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The same e-mail address.
    Email(String),
    /// The same phone number, however it is written.
    Phone(String),
    /// The same name, but for case and accents; perhaps an alias.
    Name(String),
    /// A short form of a first name: the short one and the long one.
    ShortForm(String, String),
    /// The same first and last name, with others between them in one note.
    FirstAndLast(String),
    /// One slip apart, with a circle or an organization in common.
    Slip(String),
}

impl Reason {
    /// The word for programs.
    pub fn word(&self) -> &'static str {
        match self {
            Reason::Email(_) => "email",
            Reason::Phone(_) => "phone",
            Reason::Name(_) => "name",
            Reason::ShortForm(..) => "short-form",
            Reason::FirstAndLast(_) => "first-and-last-name",
            Reason::Slip(_) => "slip",
        }
    }

    /// In words.
    pub fn told(&self) -> String {
        match self {
            Reason::Email(email) => format!("the same e-mail address, {email}"),
            Reason::Phone(phone) => format!("the same phone number, {phone}"),
            Reason::Name(name) => format!("the same name, {name}"),
            Reason::ShortForm(short, long) => format!("{short} is short for {long}"),
            Reason::FirstAndLast(name) => format!("the same first and last name, {name}"),
            Reason::Slip(common) => format!("names one slip apart, both of {common}"),
        }
    }
}

/// The pairs, those with the strongest reason first, then in path order. The owner is left out.
pub fn duplicates(book: &Book) -> Vec<Pair> {
    let mut found = Found { book, pairs: BTreeMap::new(), two: HashMap::new() };
    let (people, reached) = (people(book), reached(book));
    found.same(reached.iter().map(|one| (one.id, one.emails.as_slice())), Reason::Email);
    found.same(reached.iter().map(|one| (one.id, one.phones.as_slice())), Reason::Phone);
    found.same(people.iter().map(|one| (one.id, one.full_names.as_slice())), Reason::Name);
    found.short_aliases(&people);
    found.short_forms(&people);
    found.slips(&people);
    found.finish()
}

/// What is compared of a person.
struct Person {
    id: ContactId,
    /// Name and aliases, folded and as written.
    names: Vec<(String, String)>,
    /// The same without aliases of one word: many are called Rita.
    full_names: Vec<(String, String)>,
}

/// By what a person can be reached.
struct Reached {
    id: ContactId,
    /// Addresses, folded and as written.
    emails: Vec<(String, String)>,
    /// Numbers, their last digits and as written.
    phones: Vec<(String, String)>,
}

impl Reached {
    fn of(book: &Book, id: ContactId) -> Reached {
        book.with_note(book.note_of(id), |note| {
            let Kind::Contact(contact) = &note.kind else {
                return Reached { id, emails: Vec::new(), phones: Vec::new() };
            };
            let phones = contact.phone.iter();
            let phones = phones.filter_map(|one| Some((phone_key(&one.value)?, one.value.clone())));
            Reached { id, emails: folded(&contact.email), phones: phones.collect() }
        })
    }
}

/// Values, folded and as written.
fn folded(list: &[Labelled]) -> Vec<(String, String)> {
    list.iter().map(|one| (fold(&one.value), one.value.clone())).collect()
}

fn people(book: &Book) -> Vec<Person> {
    let others = book.everyone().filter(|(id, _)| book.me() != Some(*id));
    let person = |(id, brief): (ContactId, &Brief)| {
        let names = std::iter::once(brief.name.as_str()).chain(brief.labels.aliases());
        let names = names.map(|name| (fold(name), name.to_owned())).collect::<Vec<_>>();
        let is_full =
            |(at, (folded, _)): &(usize, &(String, String))| *at == 0 || folded.contains(' ');
        let full_names = names.iter().enumerate().filter(is_full).map(|(_, name)| name.clone());
        let full_names = full_names.collect();
        Person { id, names, full_names }
    };
    others.map(person).collect()
}

/// Those of whom somebody else has an address or a number, with these: only their notes are read.
fn reached(book: &Book) -> Vec<Reached> {
    let all = book.outline().reaches().iter();
    let all = all.filter(|(id, reach)| {
        matches!(reach.kind, ReachKind::Email | ReachKind::Phone) && book.me() != Some(*id)
    });
    let mut all = all.map(|(id, reach)| (reach, id)).collect::<Vec<_>>();
    all.sort_unstable();
    all.dedup();
    let alike = all.chunk_by(|(one, _), (other, _)| one == other).filter(|same| same.len() > 1);
    let ids = alike.flatten().map(|(_, id)| *id).collect::<BTreeSet<_>>();
    ids.into_iter().map(|id| Reached::of(book, id)).collect()
}

struct Found<'b> {
    book: &'b Book,
    pairs: BTreeMap<(ContactId, ContactId), Vec<Reason>>,
    /// Of whom it was asked whether they are two.
    two: HashMap<(ContactId, ContactId), bool>,
}

impl Found<'_> {
    fn add(&mut self, one: ContactId, other: ContactId, reason: Reason) {
        let pair = if one < other { (one, other) } else { (other, one) };
        if one != other {
            self.pairs.entry(pair).or_default().push(reason);
        }
    }

    /// Whether a note says of two people that they are two.
    fn are_two(&mut self, one: ContactId, other: ContactId) -> bool {
        let (pair, book) = ((one.min(other), one.max(other)), self.book);
        let asked = || says_two(book, pair.0, pair.1) || says_two(book, pair.1, pair.0);
        *self.two.entry(pair).or_insert_with(asked)
    }

    /// The first of those known who may be one with `id`; of the first few, since a family shares an address and a
    /// thousand people do not.
    fn first_like<'k, T>(
        &mut self,
        known: &'k [(ContactId, T)],
        id: ContactId,
    ) -> Option<&'k (ContactId, T)> {
        let mut others = known.iter().take(FULL).filter(|(other, _)| *other != id);
        others.find(|(other, _)| !self.are_two(*other, id))
    }

    /// Those who have a key in common: each with the first of them who may be the same, so that many make no more pairs
    /// than they are.
    fn same<'p>(
        &mut self,
        people: impl Iterator<Item = (ContactId, &'p [(String, String)])>,
        reason: fn(String) -> Reason,
    ) {
        let mut known: HashMap<&str, Vec<(ContactId, ())>> = HashMap::new();
        for (id, keys) in people {
            for (key, text) in keys.iter().filter(|(key, _)| !key.is_empty()) {
                let known = known.entry(key).or_default();
                if let Some((other, ())) = self.first_like(known, id) {
                    self.add(*other, id, reason(text.clone()));
                }
                known.push((id, ()));
            }
        }
    }

    /// An alias of one word that is all that somebody else is called.
    fn short_aliases(&mut self, people: &[Person]) {
        let names = people.iter().filter_map(|person| Some((person.names.first()?, person.id)));
        let names = names.map(|((folded, _), id)| (folded.as_str(), id)).collect::<HashMap<_, _>>();
        for person in people {
            for (folded, alias) in
                person.names.iter().skip(1).filter(|(folded, _)| !folded.contains(' '))
            {
                if let Some(other) = names.get(folded.as_str()) {
                    self.add(*other, person.id, Reason::Name(alias.clone()));
                }
            }
        }
    }

    /// By first and last name, with the long forms of a first name.
    fn short_forms(&mut self, people: &[Person]) {
        let mut known: HashMap<(String, String), Vec<(ContactId, String)>> = HashMap::new();
        let mut later = Vec::new();
        for person in people {
            for (name, _) in &person.names {
                let (Some((start, _)), Some((_, last))) =
                    (name.split_once(' '), name.rsplit_once(' '))
                else {
                    continue;
                };
                let key = (start.to_owned(), last.to_owned());
                known.entry(key).or_default().push((person.id, name.clone()));
                later.push((person.id, name, start, last));
            }
        }
        for (id, name, start, last) in later {
            for form in std::iter::once(&start).chain(long_forms(start)) {
                let known = known.get(&((*form).to_owned(), last.to_owned()));
                let Some((other, full)) = known.and_then(|known| self.first_like(known, id)) else {
                    continue;
                };
                let reason = match *form == start {
                    true if full == name || !has_all_words(full, name) => continue,
                    true => Reason::FirstAndLast(format!("{} {}", capital(start), capital(last))),
                    false => Reason::ShortForm(capital(start), capital(form)),
                };
                self.add(*other, id, reason);
            }
        }
    }

    /// Names that are the same without one letter.
    fn slips(&mut self, people: &[Person]) {
        let mut marks = Vec::new();
        for (at, person) in (0u32..).zip(people) {
            let name = person.names.first().map(|(name, _)| name.as_str());
            let is_fit = |name: &&str| name.len() <= 64 && name.chars().count() >= 6;
            marks.extend(name.filter(is_fit).into_iter().flat_map(|name| without_one(name, at)));
        }
        marks.sort_unstable();
        marks.dedup();
        for alike in marks.chunk_by(|(one, _), (other, _)| one == other) {
            let mut alike = alike.iter().filter_map(|(_, at)| people.get(*at as usize)).take(FULL);
            while let Some(one) = alike.next() {
                alike.clone().for_each(|other| self.slip(one, other));
            }
        }
    }

    fn slip(&mut self, one: &Person, other: &Person) {
        let (Some((name, _)), Some((second, _))) = (one.names.first(), other.names.first()) else {
            return;
        };
        // Two names may be alike without each of several letters.
        let pair = (one.id.min(other.id), one.id.max(other.id));
        let known =
            |reasons: &Vec<Reason>| reasons.iter().any(|one| matches!(one, Reason::Slip(_)));
        if slips_between(name, second) != 1 || self.pairs.get(&pair).is_some_and(known) {
            return;
        }
        if let Some(common) = in_common(self.book, one.id, other.id) {
            self.add(one.id, other.id, Reason::Slip(common));
        }
    }

    fn finish(mut self) -> Vec<Pair> {
        let (mut pairs, book) = (Vec::new(), self.book);
        for ((one, other), mut reasons) in std::mem::take(&mut self.pairs) {
            if self.are_two(one, other) {
                continue;
            }
            reasons.sort();
            reasons.dedup_by(|one, other| one.word() == other.word());
            let told = |id: ContactId| book.touches(id).len();
            let (one, other) = if told(other) > told(one) { (other, one) } else { (one, other) };
            pairs.push(Pair { one, other, reasons });
        }
        pairs.sort_by(|a, b| {
            (a.reasons.first(), a.one, a.other).cmp(&(b.reasons.first(), b.one, b.other))
        });
        pairs
    }
}

/// Whether all words of one of the two names are in the other: `Ana Maria Lima`, `Ana Lima`.
fn has_all_words(one: &str, other: &str) -> bool {
    let within = |few: &str, many: &str| {
        few.split(' ').all(|word| many.split(' ').any(|known| known == word))
    };
    within(one, other) || within(other, one)
}

/// The marks of `name` and of it without each of its letters, each with `at`.
fn without_one(name: &str, at: u32) -> impl Iterator<Item = (u64, u32)> {
    let mark = move |before: &str, after: &str| {
        let mut hasher = DefaultHasher::new();
        hasher.write(before.as_bytes());
        hasher.write(after.as_bytes());
        (hasher.finish(), at)
    };
    let cuts = name.char_indices().map(|(at, sign)| (at, at + sign.len_utf8()));
    let cuts =
        cuts.filter_map(move |(start, end)| Some(mark(name.get(..start)?, name.get(end..)?)));
    std::iter::once(mark(name, "")).chain(cuts)
}

/// The circle or organization that two people have in common.
fn in_common(book: &Book, one: ContactId, other: ContactId) -> Option<String> {
    let circle = |id| book.brief(id).circle.as_deref();
    if let (Some(own), Some(their)) = (circle(one), circle(other))
        && fold(own) == fold(their)
    {
        return Some(own.to_owned());
    }
    let marks = |id| book.outline().reaches().of(id);
    let is_organization = |reach: &Reach| reach.kind == ReachKind::Organization;
    if !marks(one).filter(is_organization).any(|mark| marks(other).any(|known| known == mark)) {
        return None;
    }
    let organizations = |id| {
        book.with_note(book.note_of(id), |note| match &note.kind {
            Kind::Contact(contact) => folded(&contact.organization),
            _ => Vec::new(),
        })
    };
    let others = organizations(other);
    let mut all = organizations(one).into_iter();
    let same = all.find(|(key, _)| others.iter().any(|(known, _)| known == key));
    same.map(|(_, text)| text)
}

/// More people than this with one beginning are not compared with each other.
const FULL: usize = 16;

/// Whether the note of `one` says that `other` is somebody else.
fn says_two(book: &Book, one: ContactId, other: ContactId) -> bool {
    book.ties(one).any(|tie| tie.other == other) || tells_apart(book, one, other)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use crate::features::duplicates::{Reason, duplicates};
    use crate::features::sample::book;
    use expect_test::{Expect, expect};

    fn check(notes: &[(&str, &str)], expected: &Expect) {
        let book = book(notes);
        let lines = duplicates(&book).into_iter().map(|pair| {
            let told = pair.reasons.iter().map(Reason::told).collect::<Vec<_>>();
            format!(
                "{} + {}: {}\n",
                book.identity(pair.one),
                book.identity(pair.other),
                told.join("; ")
            )
        });
        expected.assert_eq(&lines.collect::<String>());
    }

    #[test]
    fn each_pair_says_why() {
        check(
            &[
                ("people/a.md", "---\nname: João Faria\nemail: joao@x.org\n---\n"),
                (
                    "people/b.md",
                    "---\nname: Joao Faria\nphone: \"+351 910 000 001\"\n---\n## Log\n- 2026-01-01 met\n",
                ),
                (
                    "people/c.md",
                    "---\nname: J\nemail: [\"JOAO@x.org (work)\"]\nphone: \"910 000 001\"\n---\n",
                ),
                ("people/d.md", "---\nname: Robert Smith\ncircle: inner\n---\n"),
                ("people/e.md", "---\nname: Bob Smith\n---\n"),
                ("people/f.md", "---\nname: Robert James Smith\n---\n"),
                ("people/g.md", "---\nname: Robert Smyth\ncircle: inner\n---\n"),
                ("people/h.md", "---\nname: Robert Smits\ncircle: growth\n---\n"),
            ],
            &expect![[r#"
                people/a + people/c: the same e-mail address, JOAO@x.org
                people/b + people/c: the same phone number, 910 000 001
                people/b + people/a: the same name, Joao Faria
                people/d + people/e: Bob is short for Robert
                people/d + people/f: the same first and last name, Robert Smith
                people/d + people/g: names one slip apart, both of inner
            "#]],
        );
    }

    #[test]
    fn people_who_are_tied_or_said_to_be_two_are_two() {
        check(
            &[
                (
                    "people/a.md",
                    "---\nname: Ana Lima\nphone: \"222 333 444\"\nsister: \"[[people/b]]\"\n---\n",
                ),
                ("people/b.md", "---\nname: Rita Lima\nphone: \"222 333 444\"\n---\n"),
                ("people/c.md", "---\nname: Bo Berg\n---\n"),
                ("people/d.md", "---\nname: Bo Berg\nnot_same_as: \"[[people/c]]\"\n---\n"),
                ("people/me.md", "---\nname: bo berg\n---\n"),
                ("people/x.md", "---\nname: Rita Reis\naliases: [Rita]\n---\n"),
                ("people/y.md", "---\nname: Rita Sousa\naliases: [Rita]\n---\n"),
            ],
            &expect![[r#""#]],
        );
    }

    #[test]
    fn who_is_two_with_the_first_may_be_one_with_the_next() {
        let apart = "---\nname: Ana Lima\nnot_same_as: [\"[[people/b]]\", \"[[people/c]]\"]\n---\n";
        let (named, shared) = ("---\nname: Ana Lima\n---\n", "email: home@x.org");
        let tied = format!(
            "---\nname: Bo Berg\n{shared}\npartner: \"[[people/y]]\"\nfriend: \"[[people/z]]\"\n---\n"
        );
        let (wife, again) = (
            format!("---\nname: Eva Berg\n{shared}\n---\n"),
            format!("---\nname: E.\n{shared}\n---\n"),
        );
        check(
            &[
                ("people/a.md", apart),
                ("people/b.md", named),
                ("people/c.md", named),
                ("people/k.md", "---\nname: Robert Smith\nnot_same_as: \"[[people/m]]\"\n---\n"),
                ("people/l.md", "---\nname: Robert A Smith\n---\n"),
                ("people/m.md", "---\nname: Bob Smith\n---\n"),
                ("people/x.md", &tied),
                ("people/y.md", &wife),
                ("people/z.md", &again),
            ],
            &expect![[r#"
                people/y + people/z: the same e-mail address, home@x.org
                people/b + people/c: the same name, Ana Lima
                people/l + people/m: Bob is short for Robert
                people/k + people/l: the same first and last name, Robert Smith
            "#]],
        );
    }
}
