//! By what people can be reached, and whom their notes tell apart from them, as marks: who has an address or a number in
//! common with whom is known without reading their notes.
//!
//! Always true here: equal things have equal marks, however they are written. Different things may have equal marks too,
//! so whoever needs to be sure compares the things themselves.

use crate::people::bytes::Bytes;
use crate::people::contact::{Contact, Labelled};
use crate::people::packed::Packed;
use crate::people::touch::ContactId;
use crate::text::fingerprint::hash;
use crate::text::fold::fold;
use serde::{Deserialize, Serialize};

/// What kind of thing a mark is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ReachKind {
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// An organization.
    Organization,
    /// Somebody of whom the note says that they are somebody else.
    NotSame,
}

/// The mark of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reach {
    /// What kind of thing it is.
    pub kind: ReachKind,
    /// Equal for equal things.
    pub mark: u32,
}

/// The marks of `contact`.
pub fn reach(contact: &Contact) -> Vec<Reach> {
    let folded = |kind, list: &[Labelled]| {
        let marks = list.iter().map(move |one| Reach { kind, mark: mark(&fold(&one.value)) });
        marks.collect::<Vec<_>>()
    };
    let phones = contact.phone.iter().filter_map(|one| phone_key(&one.value));
    let phones = phones.map(|key| Reach { kind: ReachKind::Phone, mark: mark(&key) });
    let mut all = folded(ReachKind::Email, &contact.email);
    all.extend(phones);
    all.extend(folded(ReachKind::Organization, &contact.organization));
    let not_same = contact.other.iter().filter(|(key, _)| says_not_same(key));
    all.extend(not_same.map(|(_, value)| Reach { kind: ReachKind::NotSame, mark: mark(value) }));
    all
}

/// The key by which a note says that it is about somebody else than another one.
pub const NOT_SAME_AS: &str = "not_same_as";

/// Whether `key` is [`NOT_SAME_AS`], however it is written.
pub fn says_not_same(key: &str) -> bool {
    fold(key).replace(['-', ' '], "_") == NOT_SAME_AS
}

fn mark(text: &str) -> u32 {
    // The upper half of a hash is as good as the lower one.
    u32::try_from(hash(&[text]) >> 32).unwrap_or(0)
}

/// The last nine digits of a number, which are the same with and without the code of the country; a shorter number as it
/// is. `None` for what is too short to tell people apart.
pub fn phone_key(phone: &str) -> Option<String> {
    let digits = phone
        .chars()
        .filter_map(|sign| sign.to_digit(10))
        .filter_map(|digit| char::from_digit(digit, 10));
    let digits = digits.collect::<String>();
    let cut = digits.len().saturating_sub(9);
    (digits.len() >= 6).then(|| digits.get(cut..).unwrap_or(&digits).to_owned())
}

/// The marks of everyone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reaches {
    // Person, kind and mark, persons ascending.
    rows: Packed<3>,
}

impl Reaches {
    /// The rows as bytes.
    pub fn bytes(&self) -> &[u8] {
        self.rows.bytes()
    }

    /// The marks in [`bytes`](Reaches::bytes).
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Reaches {
        Reaches { rows: Packed::from_bytes(bytes) }
    }

    /// Whether they are of the first `people` people alone, in order, and all can be read.
    pub fn are_within(&self, people: usize) -> bool {
        let mut last = 0;
        self.rows.is_column(0, |person| {
            let before = std::mem::replace(&mut last, person);
            before <= person && (person as usize) < people
        })
    }

    /// Whether all are here, or can be brought here now.
    pub fn fetch(&self) -> bool {
        self.rows.fetch()
    }

    /// All of them, persons ascending.
    pub fn iter(&self) -> impl Iterator<Item = (ContactId, Reach)> {
        self.rows.rows(0, self.rows.len()).map(stored)
    }

    /// Those of one person.
    pub fn of(&self, person: ContactId) -> impl Iterator<Item = Reach> {
        let from = self.rows.partition_point(|[one]| one < person.0);
        let own = self.rows.rows(from, self.rows.len()).map(stored);
        own.take_while(move |(one, _)| *one == person).map(|(_, reach)| reach)
    }

    /// Whether `people` have these already, and no others.
    pub fn are_these(&self, people: &[ContactId], all: &[(ContactId, Reach)]) -> bool {
        let own = |person: &ContactId| {
            self.of(*person).map({
                let person = *person;
                move |reach| (person, reach)
            })
        };
        people.iter().flat_map(own).eq(all.iter().copied())
    }

    /// The marks once some people have others: `new` are theirs, by person, ascending.
    pub fn renewed(
        &self,
        is_changed: impl Fn(ContactId) -> bool,
        new: &[(ContactId, Reach)],
    ) -> Reaches {
        let kept = self.iter().filter(|(person, _)| !is_changed(*person));
        let mut all = kept.chain(new.iter().copied()).collect::<Vec<_>>();
        all.sort_by_key(|(person, _)| *person);
        let rows = all.iter().map(|(person, reach)| [person.0, reach.kind as u32, reach.mark]);
        Reaches { rows: Packed::of(rows) }
    }
}

fn stored([person, kind, mark]: [u32; 3]) -> (ContactId, Reach) {
    let kinds = [ReachKind::Email, ReachKind::Phone, ReachKind::Organization];
    let kind = kinds.get(kind as usize).copied().unwrap_or(ReachKind::NotSame);
    (ContactId(person), Reach { kind, mark })
}

#[cfg(test)]
mod tests {
    use crate::people::reach::{Reach, ReachKind, Reaches, phone_key};
    use crate::people::touch::ContactId;

    #[test]
    fn a_number_is_the_same_with_and_without_the_code_of_its_country() {
        assert_eq!(phone_key("+351 910 000 001"), phone_key("910-000-001"));
        assert_eq!(phone_key("112"), None);
        assert_ne!(phone_key("910 000 001"), phone_key("910 000 002"));
    }

    #[test]
    fn marks_come_back_as_they_were() {
        let of = |person, kind, mark| (ContactId(person), Reach { kind, mark });
        let all = [
            of(0, ReachKind::Email, 7),
            of(0, ReachKind::Organization, 8),
            of(2, ReachKind::Phone, u32::MAX),
        ];
        let marks = Reaches::default().renewed(|_| false, &all);
        let marks = Reaches::from_bytes(marks.bytes().to_vec());
        assert_eq!(marks.iter().collect::<Vec<_>>(), all);
        assert_eq!(marks.of(ContactId(0)).count(), 2);
        assert_eq!(marks.of(ContactId(1)).count(), 0);
        assert!(marks.are_within(3) && !marks.are_within(2));
        let renewed = marks.renewed(|person| person.0 == 0, &[of(1, ReachKind::Email, 9)]);
        assert_eq!(
            renewed.iter().collect::<Vec<_>>(),
            [of(1, ReachKind::Email, 9), of(2, ReachKind::Phone, u32::MAX)]
        );
    }
}
