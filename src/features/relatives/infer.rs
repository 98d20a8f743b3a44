//! Who else is family to somebody: each follows from two ties, of which the first leads to somebody in between.
//!
//! Always true here: of two people whose notes say what they are to each other, nothing is inferred; of others one
//! thing, the nearest. Where something cannot be known (a mother's husband who may be the father) nothing is said.
//! However many ties there are, only so many are followed.

use crate::features::relatives::family::Family;
use crate::features::relatives::kin::Kin;
use crate::people::book::ContactId;
use std::collections::{BTreeMap, HashSet};

/// Somebody who is family, as it follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relative {
    /// Who.
    pub other: ContactId,
    /// What they are to the person.
    pub kin: Kin,
    /// Through whom.
    pub via: ContactId,
    /// What that one is to the person.
    pub first: Kin,
    /// What the relative is to that one.
    pub last: Kin,
}

/// All of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relatives {
    /// The nearest first, then in path order.
    pub people: Vec<Relative>,
    /// Whether there were more ties than are followed, so that somebody may be missing.
    pub cut: bool,
}

/// A rule: what follows from what the one in between is to the person, and what the other is to that one. Of two rules
/// that give the same person the first one holds.
const RULES: &[(Kin, Kin, Kin)] = &[
    (Kin::Sibling, Kin::Parent, Kin::Child),
    (Kin::Grandparent, Kin::Parent, Kin::Parent),
    (Kin::Grandchild, Kin::Child, Kin::Child),
    (Kin::AuntUncle, Kin::Parent, Kin::Sibling),
    (Kin::AuntUncle, Kin::AuntUncle, Kin::Partner),
    (Kin::NieceNephew, Kin::Sibling, Kin::Child),
    (Kin::NieceNephew, Kin::SiblingInLaw, Kin::Child),
    (Kin::Cousin, Kin::AuntUncle, Kin::Child),
    (Kin::Cousin, Kin::Parent, Kin::NieceNephew),
    (Kin::Stepparent, Kin::Parent, Kin::Partner),
    (Kin::Stepchild, Kin::Partner, Kin::Child),
    (Kin::ParentInLaw, Kin::Partner, Kin::Parent),
    (Kin::ChildInLaw, Kin::Child, Kin::Partner),
    (Kin::SiblingInLaw, Kin::Partner, Kin::Sibling),
    (Kin::SiblingInLaw, Kin::Sibling, Kin::Partner),
];

/// So many ties are followed for one person.
const TIES: usize = 100_000;

/// The family of `id` that follows from what is written.
pub fn relatives(family: &Family, id: ContactId) -> Relatives {
    let mut walk = Walk { family, left: TIES };
    let mut found: BTreeMap<ContactId, Relative> = BTreeMap::new();
    for (kin, first, last) in RULES {
        for via in walk.reached(id, *first) {
            for other in walk.reached(via, *last) {
                let fits = other != id && walk.fits(*kin, id, other);
                if fits && !found.contains_key(&other) && !walk.is_written(id, other) {
                    let (kin, first, last) = (*kin, *first, *last);
                    found.insert(other, Relative { other, kin, via, first, last });
                }
            }
        }
    }
    let mut people = found.into_values().collect::<Vec<_>>();
    people.sort_by_key(|relative| (relative.kin, relative.other));
    Relatives { people, cut: walk.left == 0 }
}

struct Walk<'a> {
    family: &'a Family,
    // How many ties may still be followed.
    left: usize,
}

impl Walk<'_> {
    /// Those who are `kin` to a person, written or as it follows, each once, the person left out.
    fn reached(&mut self, id: ContactId, kin: Kin) -> Vec<ContactId> {
        let more: &[(Kin, Kin)] = match kin {
            Kin::Sibling => &[(Kin::Parent, Kin::Child)],
            // By blood or as it is written: the partner of one is no way to a cousin.
            Kin::AuntUncle => &[(Kin::Parent, Kin::Sibling)],
            Kin::SiblingInLaw => return self.through(id, Kin::Partner, Kin::Sibling),
            _ => &[],
        };
        let mut people = self.written(id, kin);
        for (first, last) in more {
            people.extend(self.through(id, *first, *last));
        }
        let mut seen = HashSet::from([id]);
        people.retain(|other| seen.insert(*other));
        people
    }

    fn through(&mut self, id: ContactId, first: Kin, last: Kin) -> Vec<ContactId> {
        let mut people = Vec::new();
        for via in self.written(id, first) {
            people.extend(self.reached(via, last));
        }
        let mut seen = HashSet::from([id]);
        people.retain(|other| seen.insert(*other));
        people
    }

    fn written(&mut self, id: ContactId, kin: Kin) -> Vec<ContactId> {
        let looked_at = self.family.count(id);
        if looked_at > self.left {
            self.left = 0;
            return Vec::new();
        }
        self.left -= looked_at;
        self.family.all(id, kin).collect()
    }

    fn is_written(&mut self, id: ContactId, other: ContactId) -> bool {
        // The shorter list says it as well: both sides know of a tie.
        let (one, two) = match self.family.count(id) <= self.family.count(other) {
            true => (id, other),
            false => (other, id),
        };
        let looked_at = self.family.count(one);
        self.left = self.left.saturating_sub(looked_at);
        self.left == 0 || self.family.is_written(one, two)
    }

    /// A parent's partner is a stepparent only where both parents are known: else they may be the other parent.
    fn fits(&self, kin: Kin, id: ContactId, other: ContactId) -> bool {
        let has_two = |of| {
            let mut parents = self.family.all(of, Kin::Parent);
            let first = parents.next();
            parents.any(|other| Some(other) != first)
        };
        match kin {
            Kin::Stepparent => has_two(id),
            Kin::Stepchild => has_two(other),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::features::relatives::family::Family;
    use crate::features::relatives::infer::{Relatives, relatives};
    use crate::features::relatives::kin::Kin;
    use crate::features::sample::{book, day};
    use crate::people::book::{Book, ContactId};
    use crate::people::vocabulary::Vocabulary;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Notes of people called `0`, `1`, …, with the lines of each.
    fn town(lines: &[String]) -> Book {
        let notes = lines.iter().enumerate().map(|(at, lines)| {
            (format!("people/{at:05}.md"), format!("---\nname: P{at}\n{lines}---\n"))
        });
        let notes = notes.collect::<Vec<_>>();
        let notes = notes.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        book(&notes.collect::<Vec<_>>())
    }

    fn family(book: &Book) -> Family {
        Family::of(book, &Vocabulary::default(), day("2026-11-21"))
    }

    fn of(book: &Book, at: usize) -> Relatives {
        let id = book.linked(&format!("P{at}")).unwrap();
        relatives(&family(book), id)
    }

    /// `P1: cousin, P2: aunt or uncle`, of the first.
    fn check(lines: &[&str], expected: &str) {
        let lines = lines.iter().map(|lines| format!("{lines}\n")).collect::<Vec<_>>();
        let book = town(&lines);
        let family = family(&book);
        let told = of(&book, 0).people.into_iter().map(|relative| {
            let word = relative.kin.word(family.gender(relative.other));
            let via = &book.brief(relative.via).name;
            format!("{}: {word} by {via}", book.brief(relative.other).name)
        });
        assert_eq!(told.collect::<Vec<_>>().join(", "), expected, "{lines:?}");
    }

    #[test]
    fn what_follows_from_two_ties_is_said() {
        check(&["mother: \"[[P1]]\"", "", "mother: \"[[P1]]\""], "P2: sibling by P1");
        check(&["mother: \"[[P1]]\"", "sister: \"[[P2]]\"", ""], "P2: aunt by P1");
        check(&["mother: \"[[P1]]\"", "", "son: \"[[P1]]\""], "P2: grandparent by P1");
        check(&["", "father: \"[[P0]]\"", "mother: \"[[P1]]\""], "P2: grandchild by P1");
        check(
            &[
                "mother: \"[[P1]]\"",
                "sister: \"[[P2]]\"",
                "",
                "parent: \"[[P2]]\"\nwife: \"[[P0]]\"",
            ],
            "P2: aunt by P1",
        );
        check(
            &[
                "mother: \"[[P1]]\"",
                "sister: \"[[P2]]\"",
                "husband: \"[[P3]]\"",
                "",
                "parent: \"[[P2]]\"",
            ],
            "P2: aunt by P1, P3: uncle by P2, P4: cousin by P2",
        );
        check(
            &["wife: \"[[P1]]\"", "mother: \"[[P2]]\"\nbrother: \"[[P3]]\"", "", ""],
            "P2: mother-in-law by P1, P3: brother-in-law by P1",
        );
        check(&["daughter: \"[[P1]]\"", "", "wife: \"[[P1]]\""], "P2: child-in-law by P1");
    }

    #[test]
    fn a_partner_of_the_past_brings_no_family() {
        check(&["wife: \"[[P1]] (2010-2015)\"", "mother: \"[[P2]]\"", ""], "");
        check(&["ex: \"[[P1]]\"", "mother: \"[[P2]]\"", ""], "");
        check(
            &["wife: \"[[P1]] (since 2015)\"", "mother: \"[[P2]]\"", ""],
            "P2: mother-in-law by P1",
        );
        // A parent who is no more, or is out of touch, stays a parent.
        check(
            &["mother: \"[[P1]] (until 2015)\"", "mother: \"[[P2]]\"", ""],
            "P2: grandmother by P1",
        );
    }

    #[test]
    fn where_it_cannot_be_known_nothing_is_said() {
        check(&["mother: \"[[P1]]\"", "husband: \"[[P2]]\"", ""], "");
        check(
            &["mother: \"[[P1]]\"\nfather: \"[[P3]]\"", "husband: \"[[P2]]\"", "", ""],
            "P2: stepfather by P1",
        );
        check(&["sister: \"[[P1]]\"", "sister: \"[[P2]]\"", ""], "");
        let twice = "mother: [\"[[P1]]\", \"[[P1]]\"]";
        check(&[twice, "husband: \"[[P2]]\"", ""], "");
    }

    #[test]
    fn what_is_written_is_not_said_again_and_wins() {
        check(&["mother: \"[[P1]]\"\ncousin: \"[[P2]]\"", "", "mother: \"[[P1]]\""], "");
        check(&["mother: \"[[P1]]\"", "", "mother: \"[[P1]]\"\nex: \"[[P0]]\""], "");
        check(
            &["mother: \"[[P1]]\"\nfriend: \"[[P2]]\"", "", "mother: \"[[P1]]\""],
            "P2: sibling by P1",
        );
    }

    #[test]
    fn words_that_disagree_on_a_gender_leave_it_open() {
        check(
            &["mother: \"[[P1]]\"", "sister: \"[[P2]]\"", "", "brother: \"[[P2]]\""],
            "P2: aunt or uncle by P1",
        );
    }

    #[test]
    fn a_family_without_end_is_followed_only_so_far() {
        let hub = "parent: \"[[P0]]\"\n".to_owned();
        let book = town(&vec![hub; 10_000]);
        let one = of(&book, 9_999);
        assert!(one.people.len() == 9_998 || one.cut, "{}", one.people.len());
        let names = (0..400).map(|at| format!("\"[[P{at}]]\"")).collect::<Vec<_>>().join(", ");
        let everybody = format!("parent: [{names}]\n");
        let book = town(&vec![everybody; 400]);
        assert!(of(&book, 7).people.is_empty());
    }

    /// What the notes say: who is a parent, sibling, partner, aunt or uncle of whom, and of whom anything is said.
    struct Said {
        count: usize,
        parent: Vec<Vec<bool>>,
        sibling: Vec<Vec<bool>>,
        partner: Vec<Vec<bool>>,
        aunt: Vec<Vec<bool>>,
        any: Vec<Vec<bool>>,
    }

    impl Said {
        fn of(ties: &[(usize, usize, &str)], count: usize) -> Said {
            let none = vec![vec![false; count]; count];
            let mut said = Said {
                count,
                parent: none.clone(),
                sibling: none.clone(),
                partner: none.clone(),
                aunt: none.clone(),
                any: none,
            };
            for (from, to, kind) in ties.iter().copied().filter(|(from, to, _)| from != to) {
                said.any[from][to] = true;
                said.any[to][from] = true;
                match kind {
                    "mother" | "father" => said.parent[from][to] = true,
                    "daughter" => said.parent[to][from] = true,
                    "sister" => {
                        said.sibling[from][to] = true;
                        said.sibling[to][from] = true;
                    }
                    "wife" => {
                        said.partner[from][to] = true;
                        said.partner[to][from] = true;
                    }
                    "uncle" => said.aunt[from][to] = true,
                    _ => {}
                }
            }
            said
        }

        fn some(&self, holds: impl Fn(usize) -> bool) -> bool {
            (0..self.count).any(holds)
        }

        fn is_sibling(&self, x: usize, y: usize) -> bool {
            x != y && (self.sibling[x][y] || self.some(|p| self.parent[x][p] && self.parent[y][p]))
        }

        fn is_aunt(&self, x: usize, y: usize) -> bool {
            x != y && (self.aunt[x][y] || self.some(|p| self.parent[x][p] && self.is_sibling(p, y)))
        }

        fn parents(&self, x: usize) -> usize {
            self.parent[x].iter().filter(|is| **is).count()
        }

        /// What y is to x, by the definitions alone.
        fn kin(&self, x: usize, y: usize) -> Option<Kin> {
            if x == y || self.any[x][y] {
                return None;
            }
            let brother_in_law = |x: usize, z: usize| {
                x != z && self.some(|m| self.partner[x][m] && self.is_sibling(m, z))
            };
            let rules = [
                (Kin::Sibling, self.is_sibling(x, y)),
                (Kin::Grandparent, self.some(|p| self.parent[x][p] && self.parent[p][y])),
                (Kin::Grandchild, self.some(|c| self.parent[c][x] && self.parent[y][c])),
                (
                    Kin::AuntUncle,
                    self.is_aunt(x, y) || self.some(|a| self.is_aunt(x, a) && self.partner[a][y]),
                ),
                (
                    Kin::NieceNephew,
                    self.some(|s| self.is_sibling(x, s) && self.parent[y][s])
                        || self.some(|s| brother_in_law(x, s) && self.parent[y][s]),
                ),
                (
                    Kin::Cousin,
                    self.some(|a| self.is_aunt(x, a) && self.parent[y][a])
                        || self.some(|p| self.parent[x][p] && self.aunt[y][p]),
                ),
                (
                    Kin::Stepparent,
                    self.parents(x) >= 2 && self.some(|p| self.parent[x][p] && self.partner[p][y]),
                ),
                (
                    Kin::Stepchild,
                    self.parents(y) >= 2 && self.some(|p| self.parent[y][p] && self.partner[p][x]),
                ),
                (Kin::ParentInLaw, self.some(|m| self.partner[x][m] && self.parent[m][y])),
                (Kin::ChildInLaw, self.some(|c| self.parent[c][x] && self.partner[c][y])),
                (
                    Kin::SiblingInLaw,
                    brother_in_law(x, y)
                        || self.some(|s| self.is_sibling(x, s) && self.partner[s][y]),
                ),
            ];
            rules.into_iter().find(|(_, holds)| *holds).map(|(kin, _)| kin)
        }
    }

    fn ties() -> impl Strategy<Value = Vec<(usize, usize, &'static str)>> {
        let kinds = ["mother", "father", "daughter", "sister", "wife", "uncle", "ex", "mother"];
        let kinds = proptest::sample::select(kinds.to_vec());
        proptest::collection::vec((0..9usize, 0..9usize, kinds), 0..24)
    }

    proptest! {
        #[test]
        fn inference_agrees_with_the_definitions(ties in ties()) {
            let mut lines = vec![String::new(); 9];
            for (at, lines) in lines.iter_mut().enumerate() {
                let mut kinds = BTreeSet::new();
                for (_, _, kind) in ties.iter().filter(|(from, _, _)| *from == at) {
                    kinds.insert(*kind);
                }
                for kind in kinds {
                    let to = ties.iter().filter(|(from, _, of)| *from == at && of == &kind);
                    let to = to.map(|(_, to, _)| format!("\"[[P{to}]]\"")).collect::<Vec<_>>();
                    *lines += &format!("{kind}: [{}]\n", to.join(", "));
                }
            }
            let book = town(&lines);
            let (family, said) = (family(&book), Said::of(&ties, 9));
            for x in 0..9 {
                let found = relatives(&family, ContactId(x as u32));
                prop_assert!(!found.cut);
                for y in 0..9 {
                    let of_y = found.people.iter().filter(|of| of.other.number() == y);
                    let of_y = of_y.map(|of| of.kin).collect::<Vec<_>>();
                    let expected = said.kin(x, y).into_iter().collect::<Vec<_>>();
                    prop_assert_eq!(of_y, expected, "{} to {} in {:?}", y, x, &ties);
                }
            }
        }
    }
}
