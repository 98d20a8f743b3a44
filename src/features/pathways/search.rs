//! The best chain between two people: as few weak links as can be, then as short as can be, then by the strongest ties.
//!
//! Always true here: no chain leads through the owner, whom everyone is tied to, but where there is none else; the same
//! book gives the same chain; and the work grows with the ties, groups and entries, never with pairs of people.

use crate::features::kinship::generic;
use crate::features::pathways::chain::{Chain, Link, Step, Stop};
use crate::features::relatives::words::Group;
use crate::features::standing::Situation;
use crate::people::book::{ContactId, Role, Tie};
use crate::people::kind::Meaning;
use crate::text::day::Day;
use crate::text::fold::fold;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// The best chain from `from` to `to`; `None` where there is none, or where they are the same.
pub fn chain(situation: &Situation, from: Stop, to: ContactId) -> Option<Chain> {
    let book = situation.book;
    let you = matches!(from, Stop::You) || book.me().is_some_and(|me| from == Stop::Person(me));
    if from == Stop::Person(to) {
        return None;
    }
    let mut web = Web::new(situation, from, to, you);
    web.chain()
        .or_else(|| {
            web.take_in_weak_links();
            web.chain()
        })
        .or_else(|| {
            web.through_owner = true;
            web.chain()
        })
}

/// Fewer weak links, then fewer steps (two for each link, since a group is a stop on the way), then less weight.
type Cost = (u32, u32, u32);

#[derive(Debug, Clone)]
struct Edge {
    to: usize,
    cost: Cost,
    by: By,
}

/// What an edge is, in short.
#[derive(Debug, Clone, Copy)]
enum By {
    Tie {
        nth: usize,
    },
    InTouch,
    /// Into or out of a group or an entry.
    Shared,
}

/// People by their number, then the owner without a note, then groups and entries.
struct Web<'a> {
    situation: &'a Situation<'a>,
    from: usize,
    to: usize,
    people: usize,
    /// Whether it is asked how the owner knows somebody.
    of_you: bool,
    through_owner: bool,
    shared: Vec<Shared>,
    // For each person the places in `shared`.
    shared_by: Vec<Vec<usize>>,
}

/// What several people have in common.
struct Shared {
    what: What,
    members: Vec<usize>,
}

enum What {
    Group(String),
    Together(Day),
    Spoken(Day),
}

impl<'a> Web<'a> {
    fn new(situation: &'a Situation<'a>, from: Stop, to: ContactId, of_you: bool) -> Web<'a> {
        let people = situation.book.people().len();
        let from = match from {
            Stop::Person(id) => id.number(),
            Stop::You => people,
        };
        Web {
            situation,
            from,
            to: to.number(),
            people,
            of_you,
            through_owner: false,
            shared: Vec::new(),
            shared_by: Vec::new(),
        }
    }

    fn take_in_weak_links(&mut self) {
        self.shared = groups(self.situation);
        self.shared.extend(entries(self.situation));
        self.shared_by = vec![Vec::new(); self.people];
        for (at, shared) in self.shared.iter().enumerate() {
            for member in &shared.members {
                self.shared_by.get_mut(*member).into_iter().for_each(|by| by.push(at));
            }
        }
    }

    fn chain(&self) -> Option<Chain> {
        let count = self.people + 1 + self.shared.len();
        let mut best: Vec<Option<(Cost, usize, By)>> = vec![None; count];
        let mut ways = vec![0u64; count];
        let mut done = vec![false; count];
        let mut heap = BinaryHeap::from([Reverse(((0, 0, 0), self.from))]);
        *ways.get_mut(self.from)? = 1;
        while let Some(Reverse((cost, node))) = heap.pop() {
            if std::mem::replace(done.get_mut(node)?, true) {
                continue;
            }
            if node == self.to {
                return Some(self.told(&best, *ways.get(node)?));
            }
            let own_ways = *ways.get(node)?;
            for edge in self.edges(node) {
                let next = (cost.0 + edge.cost.0, cost.1 + edge.cost.1, cost.2 + edge.cost.2);
                let (known, counted) = (best.get_mut(edge.to)?, ways.get_mut(edge.to)?);
                let before = known.map(|(cost, ..)| cost);
                match before.map(|cost| (cost.0, cost.1)).cmp(&Some((next.0, next.1))) {
                    _ if before.is_none() => *counted = own_ways,
                    std::cmp::Ordering::Greater => *counted = own_ways,
                    std::cmp::Ordering::Equal => *counted = counted.saturating_add(own_ways),
                    std::cmp::Ordering::Less => continue,
                }
                if edge.to != self.from && before.is_none_or(|before| next < before) {
                    *known = Some((next, node, edge.by));
                    heap.push(Reverse((next, edge.to)));
                }
            }
        }
        None
    }

    /// The edges from a node, at most one to each other node.
    fn edges(&self, node: usize) -> Vec<Edge> {
        let mut edges = Vec::new();
        let owner = self.situation.book.me().map(ContactId::number);
        let is_closed = Some(node) == owner && node != self.from && !self.through_owner;
        if node < self.people && !is_closed {
            edges.extend(self.ties(node));
            for at in self.shared_by.get(node).into_iter().flatten() {
                edges.push(Edge { to: self.people + 1 + at, cost: (1, 1, 8), by: By::Shared });
            }
        }
        if self.of_you && node == self.from {
            edges.extend(self.in_touch());
        }
        if let Some(shared) = node.checked_sub(self.people + 1).and_then(|at| self.shared.get(at)) {
            let cost = (0, 1, shared.weight());
            let to = |to: &usize| Edge { to: *to, cost, by: By::Shared };
            edges.extend(shared.members.iter().map(to));
        }
        edges.sort_by_key(|edge| (edge.to, edge.cost));
        edges.dedup_by_key(|edge| edge.to);
        edges
    }

    fn ties(&self, node: usize) -> impl Iterator<Item = Edge> {
        let ties = self.person(node).into_iter().flat_map(|id| self.situation.book.ties(id));
        ties.enumerate().map(|(nth, tie)| {
            let cost = (0, 2, self.weight(&tie));
            Edge { to: tie.other.number(), cost, by: By::Tie { nth } }
        })
    }

    /// Small for ties that say how two people came to know each other, large for what is over.
    fn weight(&self, tie: &Tie) -> u32 {
        let kind = generic(&tie.kind, self.situation.vocabulary);
        match (tie.holds(self.situation.day), Group::of(kind)) {
            (false, _) => 5,
            _ if kind == "knows" => 3,
            (_, Group::Introductions) => 0,
            (_, Group::Family | Group::Home | Group::Friends) => 1,
            (_, Group::Work | Group::Care | Group::Other) => 2,
        }
    }

    /// The owner knows whomever they have been in touch with. That somebody is known directly is no answer to how they
    /// are known.
    fn in_touch(&self) -> impl Iterator<Item = Edge> {
        let book = self.situation.book;
        let known = book.people().filter(move |id| id.number() != self.to);
        let known = known.filter(move |id| {
            book.newest_contact(*id, self.situation.day).is_some() && id.number() != self.from
        });
        known.map(|id| Edge { to: id.number(), cost: (0, 2, 4), by: By::InTouch })
    }

    fn person(&self, node: usize) -> Option<ContactId> {
        let number = u32::try_from(node).ok()?;
        (node < self.people).then_some(ContactId(number))
    }

    fn told(&self, best: &[Option<(Cost, usize, By)>], ways: u64) -> Chain {
        let mut steps = Vec::new();
        let mut node = self.to;
        while let Some(Some((_, before, by))) = best.get(node) {
            let Some(to) = self.person(node) else { break };
            let (mut start, mut shared) = (*before, None);
            if let By::Shared = by {
                shared = before.checked_sub(self.people + 1).and_then(|at| self.shared.get(at));
                start = best.get(*before).copied().flatten().map_or(start, |(_, start, _)| start);
            }
            let from = self.person(start).map_or(Stop::You, Stop::Person);
            if let Some(link) = self.link(start, to, *by, shared) {
                steps.push(Step { from, to, link });
            }
            node = start;
        }
        steps.reverse();
        Chain { steps, others: ways.saturating_sub(1) }
    }

    fn link(&self, from: usize, to: ContactId, by: By, shared: Option<&Shared>) -> Option<Link> {
        let (book, today) = (self.situation.book, self.situation.day);
        match by {
            By::Tie { nth } => book.ties(self.person(from)?).nth(nth).map(Link::Tie),
            By::InTouch => {
                let touches = book.touches(to).filter(|touch| touch.counts() && touch.day <= today);
                let since = touches.clone().next_back().map(|touch| touch.day)?;
                Some(Link::InTouch { since, times: touches.count() })
            }
            By::Shared => shared.map(|shared| match &shared.what {
                What::Group(name) => Link::Group { name: name.clone(), size: shared.members.len() },
                What::Together(day) => Link::Together { day: *day },
                What::Spoken(day) => Link::Spoken { day: *day },
            }),
        }
    }
}

impl Shared {
    /// A small group says more than a large one, and having met more than having been named together.
    fn weight(&self) -> u32 {
        let size = self.members.len().checked_ilog2().unwrap_or(0);
        match self.what {
            What::Together(_) => 1 + size,
            What::Group(_) => 4 + size,
            What::Spoken(_) => 8 + size,
        }
    }
}

/// The groups that two or more people are in, by name.
fn groups(situation: &Situation) -> Vec<Shared> {
    let mut groups: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
    for (id, brief) in situation.book.everyone() {
        for name in brief.labels.groups() {
            let group = groups.entry(fold(name)).or_insert_with(|| (name.to_owned(), Vec::new()));
            if group.1.last() != Some(&id.number()) {
                group.1.push(id.number());
            }
        }
    }
    let groups = groups.into_values().filter(|(_, members)| members.len() > 1);
    groups.map(|(name, members)| Shared { what: What::Group(name), members }).collect()
}

/// The entries that two or more people were at, then those that speak of two or more; the newest first, since of two
/// that are alike the first is told.
fn entries(situation: &Situation) -> Vec<Shared> {
    let mut touches = Vec::new();
    for id in situation.book.people() {
        let past = situation.book.touches(id).filter(|touch| touch.day <= situation.day);
        let past = past.filter(|touch| touch.meaning != Meaning::Plan);
        touches.extend(past.map(|touch| (Reverse(touch.day), touch.place(), id, touch)));
    }
    touches.sort_unstable_by_key(|(day, place, id, _)| (*day, *place, *id));
    let (mut together, mut spoken) = (Vec::new(), Vec::new());
    for entry in touches.chunk_by(|one, other| one.1 == other.1) {
        let Some((Reverse(day), ..)) = entry.first() else { continue };
        let there = entry.iter().filter(|(.., touch)| touch.role != Role::Mention);
        let there = there.map(|(_, _, id, _)| id.number()).collect::<Vec<_>>();
        let all = entry.iter().map(|(_, _, id, _)| id.number()).collect::<Vec<_>>();
        if all.len() > there.len() && all.len() > 1 {
            spoken.push(Shared { what: What::Spoken(*day), members: all });
        }
        if there.len() > 1 {
            together.push(Shared { what: What::Together(*day), members: there });
        }
    }
    together.extend(spoken);
    together
}
