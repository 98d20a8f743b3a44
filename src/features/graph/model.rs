//! What is in a picture: people, the ties between them, and who lives together.
//!
//! Always true here: nobody whose note is private as a whole is in it, and no tie, circle, group or household that a note
//! calls private, unless that is asked for; and nobody whom the picture leaves out is spoken of in it.

use crate::features::household::is_of_one_roof;
use crate::features::kinship::{generic, nearest};
use crate::features::privacy::{is_whole, keeps};
use crate::features::relatives::family::Family;
use crate::features::relatives::infer::relatives;
use crate::features::relatives::words::{Group, Words};
use crate::features::standing::Situation;
use crate::people::book::{Book, ContactId, Tie};
use crate::people::contact::{Privacy, Status};
use crate::people::field::Field;
use crate::text::fold::fold;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};

/// What tells people apart by colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorBy {
    /// The circle.
    #[default]
    Circle,
    /// The largest of their groups.
    Group,
}

/// What is wanted of a picture.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Who; `None` for everybody who is not archived.
    pub people: Option<Vec<ContactId>>,
    /// At most so many, the best connected.
    pub limit: usize,
    /// With ties that no note writes and that follow.
    pub inferred: bool,
    /// With what notes call private.
    pub private: bool,
    /// With the owner, where anybody is tied to them.
    pub owner: bool,
    /// What tells people apart.
    pub by: ColorBy,
}

/// A picture before anybody stands anywhere.
#[derive(Debug, Clone, Default)]
pub struct Picture {
    /// In path order.
    pub people: Vec<Person>,
    /// In the order of `people`.
    pub ties: Vec<Line>,
    /// Places in `people`, two or more each.
    pub households: Vec<Vec<usize>>,
    /// What each colour stands for.
    pub colors: Vec<String>,
    /// Who is not in it because of a private note.
    pub private: usize,
    /// Of how many who are in it something is not, because their note calls it private.
    pub partly: usize,
    /// Who is not in it because there are so many.
    pub beyond: usize,
    /// Lines that are not in it because there are so many.
    pub lines_beyond: usize,
}

/// Somebody in it.
#[derive(Debug, Clone)]
pub struct Person {
    /// Who.
    pub id: ContactId,
    /// Their name.
    pub name: String,
    /// Their note, without `.md`.
    pub identity: String,
    /// The place of their colour in [`Picture::colors`].
    pub color: Option<usize>,
    /// Circle and groups, and what they are to the owner.
    pub about: Vec<String>,
    /// Whether it is the owner.
    pub me: bool,
    /// Whether they have died.
    pub died: bool,
    /// How many lines end at them.
    pub degree: usize,
}

/// A line between two people.
#[derive(Debug, Clone)]
pub struct Line {
    /// Place in [`Picture::people`].
    pub from: usize,
    /// Place in [`Picture::people`].
    pub to: usize,
    /// What the one at the end is to the one at the start.
    pub word: String,
    /// What it is about.
    pub group: Group,
    /// Whether it is over.
    pub over: bool,
    /// Whether no note writes it.
    pub inferred: bool,
    /// Whether it is another thing seen from the other side.
    pub directed: bool,
    /// All ties between the two, as sentences.
    pub told: Vec<String>,
}

/// More lines than this are in no picture.
const LINES: usize = 5_000;
/// More colours than this cannot be told apart.
pub const COLORS: usize = 7;

/// The picture that is wanted.
pub fn picture(situation: &Situation, wish: &Wish) -> Picture {
    let mut drawing =
        Drawing { situation, family: Family::default(), untold_deaths: Vec::new(), wish };
    drawing.family = drawing.open_family();
    drawing.untold_deaths = drawing.untold_deaths();
    let (chosen, private, beyond) = drawing.chosen();
    let place = chosen.iter().enumerate().map(|(at, id)| (*id, at)).collect::<HashMap<_, _>>();
    let (ties, lines_beyond) = drawing.ties(&chosen, &place);
    let mut degrees = vec![0; chosen.len()];
    for line in &ties {
        for end in [line.from, line.to] {
            degrees.get_mut(end).into_iter().for_each(|degree| *degree += 1);
        }
    }
    let (colors, of_person) = drawing.colors(&chosen);
    let people = chosen.iter().zip(degrees).zip(of_person);
    let people = people.map(|((id, degree), color)| drawing.person(*id, degree, color));
    let people = people.collect();
    let households = drawing.households(&chosen, &place);
    let partly = chosen.iter().filter(|id| drawing.is_partly_kept(**id)).count();
    Picture { people, ties, households, colors, private, partly, beyond, lines_beyond }
}

struct Drawing<'a> {
    situation: &'a Situation<'a>,
    // As it follows from what may be told: what follows from a private tie would tell of it, and so would a word.
    family: Family,
    // In order.
    untold_deaths: Vec<ContactId>,
    wish: &'a Wish,
}

impl Drawing<'_> {
    fn book(&self) -> &Book {
        self.situation.book
    }

    fn open_family(&self) -> Family {
        let Situation { book, vocabulary, day, .. } = *self.situation;
        Family::of_ties(book, vocabulary, day, |id| self.told_ties(id).collect())
    }

    fn untold_deaths(&self) -> Vec<ContactId> {
        let dead = self.book().everyone().filter(|(_, brief)| brief.died.is_some());
        dead.map(|(id, _)| id).filter(|id| !self.may_tell(*id, Field::Died)).collect()
    }

    /// The ties of somebody that the picture may tell: of those that two notes state the side that is open.
    fn told_ties(&self, id: ContactId) -> impl Iterator<Item = Tie> {
        let ties = self.book().told_ties(id, move |who, kind| !self.calls_private(who, kind));
        let is_open = move |id: ContactId| {
            self.wish.private || !is_whole(self.book(), id, self.situation.vocabulary)
        };
        ties.filter(move |tie| is_open(id) && is_open(tie.other))
    }

    /// Who is in the picture in path order, and how many are not: for a private note, and because there are too many.
    fn chosen(&self) -> (Vec<ContactId>, usize, usize) {
        let book = self.book();
        let mut wanted = match &self.wish.people {
            Some(people) => people.clone(),
            None => {
                let here = book.everyone().filter(|(_, brief)| brief.status != Status::Archived);
                here.map(|(id, _)| id).collect()
            }
        };
        wanted.sort_unstable();
        wanted.dedup();
        if let Some(me) = book.me() {
            let is_tied = |wanted: &[ContactId]| {
                wanted.iter().any(|id| self.told_ties(*id).any(|tie| tie.other == me))
            };
            match self.wish.owner && is_tied(&wanted) {
                true if wanted.binary_search(&me).is_err() => wanted.push(me),
                true => {}
                false => wanted.retain(|id| *id != me),
            }
            wanted.sort_unstable();
        }
        let all = wanted.len();
        wanted.retain(|id| self.wish.private || !is_whole(book, *id, self.situation.vocabulary));
        let private = all - wanted.len();
        let beyond = wanted.len().saturating_sub(self.wish.limit);
        if beyond > 0 {
            wanted = self.best_connected(&wanted);
        }
        (wanted, private, beyond)
    }

    /// Those with the most ties, and of the others those who are tied to somebody who is drawn already.
    fn best_connected(&self, wanted: &[ContactId]) -> Vec<ContactId> {
        let book = self.book();
        let mut is_open = vec![false; book.people().len()];
        let set = |is_open: &mut Vec<bool>, id: ContactId, to: bool| {
            is_open.get_mut(id.number()).is_some_and(|open| std::mem::replace(open, to))
        };
        for id in wanted {
            set(&mut is_open, *id, true);
        }
        let is_wanted = is_open.clone();
        let is_wanted = |id: ContactId| is_wanted.get(id.number()) == Some(&true);
        let others =
            |id: ContactId| self.told_ties(id).map(|tie| tie.other).filter(|id| is_wanted(*id));
        let key = |id: ContactId| {
            let is_me = book.me() == Some(id);
            (is_me, others(id).count(), book.touches(id).len(), Reverse(id))
        };
        let mut starts = wanted.iter().map(|id| key(*id)).collect::<Vec<_>>();
        let keys = starts.iter().map(|key| (key.3.0, *key)).collect::<HashMap<_, _>>();
        starts.sort_unstable();
        let (mut best, mut edge) = (Vec::new(), BinaryHeap::new());
        while best.len() < self.wish.limit {
            let Some((.., Reverse(id))) = edge.pop().or_else(|| starts.pop()) else { break };
            if set(&mut is_open, id, false) {
                best.push(id);
                edge.extend(others(id).filter_map(|other| keys.get(&other).copied()));
            }
        }
        best.sort_unstable();
        best
    }

    fn ties(&self, chosen: &[ContactId], place: &HashMap<ContactId, usize>) -> (Vec<Line>, usize) {
        let mut between: BTreeMap<(usize, usize), Vec<Tie>> = BTreeMap::new();
        let mut beyond = 0;
        for (at, id) in chosen.iter().enumerate() {
            for tie in self.told_ties(*id) {
                let Some(other) = place.get(&tie.other).filter(|other| **other > at) else {
                    continue;
                };
                if between.len() >= LINES && !between.contains_key(&(at, *other)) {
                    beyond += 1;
                    continue;
                }
                between.entry((at, *other)).or_default().push(tie);
            }
        }
        let pairs = between.keys().copied().collect::<Vec<_>>();
        let mut lines =
            between.into_iter().filter_map(|(ends, ties)| self.line(chosen, ends, ties)).collect();
        if self.wish.inferred {
            self.infer(chosen, place, &pairs, &mut lines);
        }
        (lines, beyond)
    }

    fn words(&self) -> Words<'_> {
        let Situation { book, vocabulary, day, .. } = *self.situation;
        let untold_deaths = self.untold_deaths.as_slice();
        Words { book, vocabulary, family: &self.family, day, untold_deaths }
    }

    /// The line for all ties between two, seen from the first: it is drawn as the nearest of those that hold.
    fn line(&self, chosen: &[ContactId], ends: (usize, usize), mut ties: Vec<Tie>) -> Option<Line> {
        let words = self.words();
        let day = self.situation.day;
        ties.sort_by_key(|tie| (tie.is_over(day), tie.time.is_ahead(day), words.group(tie)));
        let first = ties.first()?;
        let kind = self.situation.vocabulary.relation(&first.kind);
        let directed = kind.is_some_and(|kind| kind.parent != kind.inverse);
        let group = words.group(first);
        // As it is written, but that an introduction goes from who introduced.
        let is_from_first = match generic(&first.kind, self.situation.vocabulary) {
            "introduced" | "connected" => true,
            "introduced-by" | "met-through" => false,
            _ => first.stated || !directed,
        };
        let (from, to) = if is_from_first { ends } else { (ends.1, ends.0) };
        let (start, end) = (*chosen.get(from)?, *chosen.get(to)?);
        let over = first.is_over(day);
        let from_start = || self.told_ties(start).filter(|tie| tie.other == end);
        let seen = from_start().find(|tie| words.group(tie) == group && tie.is_over(day) == over);
        let word = words.label(&seen.unwrap_or_else(|| first.clone()));
        let told = from_start().map(|tie| words.sentence(start, &tie)).collect();
        Some(Line { from, to, word, group, over, inferred: false, directed, told })
    }

    fn infer(
        &self,
        chosen: &[ContactId],
        place: &HashMap<ContactId, usize>,
        written: &[(usize, usize)],
        lines: &mut Vec<Line>,
    ) {
        let words = self.words();
        for (at, id) in chosen.iter().enumerate() {
            for relative in relatives(&self.family, *id).people {
                let Some(other) = place.get(&relative.other).filter(|other| **other > at) else {
                    continue;
                };
                let known = written.binary_search(&(at, *other)).is_ok();
                let is_shown = place.contains_key(&relative.via);
                if known || !is_shown || lines.len() >= LINES {
                    continue;
                }
                lines.push(Line {
                    from: at,
                    to: *other,
                    word: words.relative(&relative).to_owned(),
                    group: Group::Family,
                    over: false,
                    inferred: true,
                    directed: false,
                    told: vec![words.follows(*id, &relative)],
                });
            }
        }
    }

    /// Whether the note of `id` calls a kind of tie, or all its ties, private.
    fn calls_private(&self, id: ContactId, kind: &str) -> bool {
        let vocabulary = self.situation.vocabulary;
        let Privacy::Parts(parts) = &self.book().brief(id).privacy else { return false };
        if self.wish.private {
            return false;
        }
        let is_kind = |part: &String| {
            vocabulary
                .relation(part)
                .is_some_and(|known| known.name == kind || known.name == generic(kind, vocabulary))
        };
        keeps(self.book(), id, Field::Relations, vocabulary) || parts.iter().any(is_kind)
    }

    /// Whether a note calls something private that would be in the picture.
    fn is_partly_kept(&self, id: ContactId) -> bool {
        let (book, brief) = (self.book(), self.book().brief(id));
        let says = |field: Field| match field {
            Field::Circle => brief.circle.is_some(),
            Field::Groups => brief.labels.groups().next().is_some(),
            Field::Address => brief.home.is_some(),
            _ => brief.died.is_some(),
        };
        let fields = [Field::Circle, Field::Groups, Field::Address, Field::Died];
        let mut kept = fields.into_iter().filter(|field| !self.may_tell(id, *field));
        let mut ties = book.ties(id).filter(|tie| tie.stated);
        kept.any(says) || ties.any(|tie| self.calls_private(id, &tie.kind))
    }

    fn may_tell(&self, id: ContactId, field: Field) -> bool {
        self.wish.private || !keeps(self.book(), id, field, self.situation.vocabulary)
    }

    fn circle(&self, id: ContactId) -> Option<&str> {
        let circle = self.book().brief(id).circle.as_deref();
        circle.filter(|_| self.may_tell(id, Field::Circle))
    }

    fn groups(&self, id: ContactId) -> Vec<&str> {
        let groups = self.book().brief(id).labels.groups().collect();
        if self.may_tell(id, Field::Groups) { groups } else { Vec::new() }
    }

    /// What the colours stand for, and the colour of each.
    fn colors(&self, chosen: &[ContactId]) -> (Vec<String>, Vec<Option<usize>>) {
        let kinds: Vec<String> = match self.wish.by {
            ColorBy::Circle => {
                let circles = self.situation.vocabulary.circles.iter();
                let is_used = |name: &str| chosen.iter().any(|id| self.circle(*id) == Some(name));
                circles.map(|circle| circle.name.clone()).filter(|name| is_used(name)).collect()
            }
            ColorBy::Group => self.largest_groups(chosen),
        };
        let kinds = kinds.into_iter().take(COLORS).collect::<Vec<_>>();
        let color = |id: &ContactId| match self.wish.by {
            ColorBy::Circle => {
                kinds.iter().position(|kind| self.circle(*id) == Some(kind.as_str()))
            }
            ColorBy::Group => {
                let groups = self.groups(*id);
                kinds.iter().position(|kind| groups.iter().any(|of| fold(of) == fold(kind)))
            }
        };
        let of_person = chosen.iter().map(color).collect();
        (kinds, of_person)
    }

    fn largest_groups(&self, chosen: &[ContactId]) -> Vec<String> {
        let mut groups: BTreeMap<String, (usize, String)> = BTreeMap::new();
        for name in chosen.iter().flat_map(|id| self.groups(*id)) {
            groups.entry(fold(name)).or_insert_with(|| (0, name.to_owned())).0 += 1;
        }
        let mut groups = groups.into_values().collect::<Vec<_>>();
        groups.sort_by_key(|(count, _)| Reverse(*count));
        groups.into_iter().map(|(_, name)| name).collect()
    }

    fn person(&self, id: ContactId, degree: usize, color: Option<usize>) -> Person {
        let book = self.book();
        let brief = book.brief(id);
        let me = book.me() == Some(id);
        let tie = if me { Some("you".to_owned()) } else { self.to_owner(id) };
        let circle = self.circle(id).map(str::to_owned);
        let groups = self.groups(id).join(", ");
        let groups = (!groups.is_empty()).then_some(groups);
        let has_died = self.words().has_died(id);
        let died = has_died.then(|| "died".to_owned());
        Person {
            id,
            name: brief.name.clone(),
            identity: book.identity(id).into_owned(),
            color,
            about: [tie, circle, groups, died].into_iter().flatten().collect(),
            me,
            died: has_died,
            degree,
        }
    }

    /// What somebody is to the owner, where the owner is in the picture: `your sister`.
    fn to_owner(&self, id: ContactId) -> Option<String> {
        let Situation { book, vocabulary, day, .. } = *self.situation;
        let me = book.me().filter(|_| self.wish.owner)?;
        let ties = self.told_ties(me).filter(|tie| tie.other == id);
        nearest(ties, vocabulary, day).map(|word| format!("your {word}"))
    }

    fn households(
        &self,
        chosen: &[ContactId],
        place: &HashMap<ContactId, usize>,
    ) -> Vec<Vec<usize>> {
        let mut known = vec![false; chosen.len()];
        let mut households = Vec::new();
        for start in 0..chosen.len() {
            let (mut household, mut open) = (Vec::new(), vec![start]);
            while let Some(at) = open.pop() {
                let Some(known) = known.get_mut(at) else { continue };
                if std::mem::replace(known, true) {
                    continue;
                }
                household.push(at);
                let others = chosen.get(at).into_iter().flat_map(|id| self.lives_with(*id));
                open.extend(others.filter_map(|other| place.get(&other).copied()));
            }
            household.sort_unstable();
            if household.len() > 1 {
                households.push(household);
            }
        }
        households
    }
    /// Those with whom somebody lives, as far as both notes let it be told.
    fn lives_with(&self, id: ContactId) -> impl Iterator<Item = ContactId> {
        let may_tell = move |other: ContactId| self.may_tell(other, Field::Address);
        let ties = self.told_ties(id).filter(move |tie| {
            may_tell(id) && may_tell(tie.other) && is_of_one_roof(self.situation, id, tie)
        });
        ties.map(|tie| tie.other)
    }
}
