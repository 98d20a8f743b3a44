//! What notes say, gathered note by note, while their links are not resolved: whom a link means is known when all names
//! are. A note is looked at once and not held.
//!
//! Always true here: what is gathered is in the order of the notes.

use crate::people::gist::{Gist, NoteKind};
use crate::people::promises::{PromiseRow, Promises};
use crate::people::reach::Reach;
use crate::people::tie_time::TieTime;
use crate::people::touch::{ContactId, Role, Touch};
use crate::people::touches::TouchRow;
use crate::people::words::Words;

/// What some notes say.
#[derive(Debug, Default)]
pub struct Said {
    /// What each note is.
    pub kinds: Vec<(u32, NoteKind)>,
    /// The notes among them in which something was noticed.
    pub noted: Vec<u32>,
    /// The people whom the notes are about.
    pub people: Vec<ContactId>,
    /// The marks of what these can be reached by.
    pub reaches: Vec<(ContactId, Reach)>,
    // The texts of links.
    links: Words,
    touches: Vec<SaidTouch>,
    promises: Vec<SaidPromise>,
    // The links of promises, one after the other.
    promise_links: Vec<u32>,
    kinds_of_ties: Words,
    ties: Vec<SaidTie>,
}

/// The stored touch of whom a link means; in the own log of somebody, of that person.
#[derive(Debug, Clone, Copy)]
struct SaidTouch {
    of: u32,
    touch: [u32; 3],
}

#[derive(Debug)]
struct SaidPromise {
    row: PromiseRow,
    // Whose note it stands in; otherwise it is about those it links.
    own: Option<ContactId>,
    links: u32,
}

#[derive(Debug)]
struct SaidTie {
    own: ContactId,
    kind: u32,
    to: u32,
    time: TieTime,
}

/// For each link whom it means.
#[derive(Debug)]
pub struct Whom(Vec<Option<ContactId>>);

impl Whom {
    fn of(&self, link: u32) -> Option<ContactId> {
        self.0.get(link as usize).copied().flatten()
    }
}

impl Said {
    /// Takes in the next note, by its number; `own` is the person whom it is about.
    pub fn take(&mut self, note: u32, own: Option<ContactId>, gist: &Gist<'_>) {
        self.kinds.push((note, gist.kind));
        self.noted.extend(gist.is_noted.then_some(note));
        if let Some(own) = own {
            self.people.push(own);
            self.reaches.extend(gist.reach.iter().map(|reach| (own, *reach)));
            self.take_ties(own, gist);
        }
        self.take_touches(note, own, gist);
        self.take_promises(note, own, gist);
    }

    fn take_touches(&mut self, note: u32, own: Option<ContactId>, gist: &Gist<'_>) {
        let mut links = gist.entry_links.iter();
        for (entry, gist) in (0u32..).zip(&gist.entries) {
            let (day, meaning) = (gist.day, gist.meaning);
            let touch = |role| Touch { day, role, meaning, note, entry }.stored();
            self.touches.extend(own.map(|own| SaidTouch { of: own.0, touch: touch(Role::Own) }));
            for (role, count) in [(Role::Head, gist.with), (Role::Mention, gist.mentions)] {
                let touch = touch(role);
                for link in links.by_ref().take(count as usize) {
                    self.touches.push(SaidTouch { of: self.links.number(link), touch });
                }
            }
        }
    }

    fn take_promises(&mut self, note: u32, own: Option<ContactId>, gist: &Gist<'_>) {
        let mut links = gist.promise_links.iter();
        for (at, (brief, count)) in (0u32..).zip(&gist.promises) {
            let own_links = links.by_ref().take(*count as usize);
            let row = PromiseRow { note, at, brief: *brief };
            let before = self.promise_links.len();
            if own.is_none() {
                self.promise_links.extend(own_links.map(|link| self.links.number(link)));
            } else {
                own_links.for_each(drop);
            }
            let links = u32::try_from(self.promise_links.len() - before).unwrap_or(u32::MAX);
            self.promises.push(SaidPromise { row, own, links });
        }
    }

    fn take_ties(&mut self, own: ContactId, gist: &Gist<'_>) {
        for (kind, link, time) in &gist.relations {
            let (kind, to) = (self.kinds_of_ties.number(kind), self.links.number(link));
            self.ties.push(SaidTie { own, kind, to, time: *time });
        }
    }

    /// Whom each link means, where `linked` knows it.
    pub fn whom(&self, linked: impl FnMut(&str) -> Option<ContactId>) -> Whom {
        Whom(self.links.iter().map(linked).collect())
    }

    /// The touches that follow, in the order of the notes, of `people` people; they are taken out. One interaction
    /// touches a person once, in its strongest role.
    pub fn take_out_touches(&mut self, whom: &Whom, people: usize) -> Vec<TouchRow> {
        let mut newest = vec![(u32::MAX, u32::MAX); people];
        let touches = std::mem::take(&mut self.touches).into_iter();
        let meant = touches.filter_map(|SaidTouch { of, touch }| {
            let [packed, note, entry] = touch;
            let is_own = Touch::from_stored([packed, note, entry]).role == Role::Own;
            let person = if is_own { ContactId(of) } else { whom.of(of)? };
            let newest = newest.get_mut(person.number())?;
            let is_more = std::mem::replace(newest, (note, entry)) != (note, entry);
            is_more.then_some((person, touch))
        });
        meant.collect()
    }

    /// The promises that follow.
    pub fn promises(&self, whom: &Whom) -> Promises {
        let mut promises = Promises::default();
        let mut links = self.promise_links.iter();
        for SaidPromise { row, own, links: count } in &self.promises {
            let mut about = own.iter().copied().collect::<Vec<_>>();
            about.extend(links.by_ref().take(*count as usize).filter_map(|link| whom.of(*link)));
            about.dedup();
            promises.push(*row, about);
        }
        promises
    }

    /// The ties that follow: what the note of each of `people` people states, the kind, the other, and when.
    pub fn ties<'a>(
        &'a self,
        whom: &'a Whom,
        people: usize,
    ) -> impl Iterator<Item = Vec<(&'a str, ContactId, TieTime)>> {
        let mut ties = self.ties.as_slice();
        (0..).map(ContactId).take(people).map(move |person| {
            let count = ties.iter().take_while(|tie| tie.own == person).count();
            let (own, rest) = ties.split_at(count);
            ties = rest;
            let tie = |tie: &SaidTie| {
                let other = whom.of(tie.to).filter(|other| *other != person)?;
                Some((self.kinds_of_ties.word(tie.kind), other, tie.time))
            };
            own.iter().filter_map(tie).collect()
        })
    }
}
