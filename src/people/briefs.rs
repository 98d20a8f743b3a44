//! The digests of everyone, each unpacked when somebody asks for it: who only shows one note need not wait for ten
//! thousand.
//!
//! Always true here: there are as many as were promised, whatever was stored.

use crate::note::path::NotePath;
use crate::people::brief::Brief;
use crate::people::bytes::Bytes;
use crate::people::contact::Contact;
use crate::people::packed::Packed;
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::sync::{LazyLock, OnceLock};

/// A digest for each contact.
#[derive(Clone)]
pub struct Briefs {
    // For each contact, once it was asked for.
    briefs: Vec<OnceLock<Box<Brief>>>,
    stored: StoredBriefs,
    // Those that are not what was stored.
    others: HashSet<usize>,
}

/// Digests as they were stored.
#[derive(Debug, Clone)]
pub struct StoredBriefs {
    /// One after the other.
    pub bytes: Bytes,
    /// For each contact, where its digest ends.
    pub ends: Packed<1>,
    /// What makes a digest of its bytes.
    pub unpack: fn(&[u8]) -> Option<Brief>,
}

impl StoredBriefs {
    /// None yet.
    pub fn none(unpack: fn(&[u8]) -> Option<Brief>) -> StoredBriefs {
        StoredBriefs { bytes: Bytes::default(), ends: Packed::default(), unpack }
    }

    /// Adds a digest as it is stored.
    pub fn push(&mut self, brief: &[u8]) {
        let bytes = self.bytes.to_mut();
        bytes.extend_from_slice(brief);
        let end = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        self.ends.push([end]);
    }

    /// The one in this place as it is stored; `None` where none is.
    pub fn of(&self, place: usize) -> Option<Cow<'_, [u8]>> {
        let (start, end) = self.ends.stretch(place);
        let is_there = place < self.ends.len() && start <= end && end <= self.bytes.len();
        is_there.then(|| self.bytes.part(start, end))
    }
}

impl Briefs {
    /// Digests that were stored.
    pub fn stored(stored: StoredBriefs) -> Briefs {
        let briefs = std::iter::repeat_with(OnceLock::new).take(stored.ends.len()).collect();
        Briefs { briefs, stored, others: HashSet::new() }
    }

    /// All of them, in path order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Brief> {
        (0..self.briefs.len()).map(|place| self.of(place))
    }

    /// The one in this place; that of nobody where there is none.
    pub fn of(&self, place: usize) -> &Brief {
        let unpacked = || Box::new(self.unpacked(place).unwrap_or_else(|| NOBODY.clone()));
        let brief = self.briefs.get(place);
        brief.map_or(&NOBODY, |brief| brief.get_or_init(unpacked))
    }

    fn unpacked(&self, place: usize) -> Option<Brief> {
        self.stored.of(place).and_then(|bytes| (self.stored.unpack)(&bytes))
    }

    /// What `ask` makes of the one in this place. One that is unpacked for this alone is not kept: a pass over everyone
    /// must not hold everyone.
    pub fn with<Answer>(&self, place: usize, ask: impl FnOnce(&Brief) -> Answer) -> Answer {
        let known = self.briefs.get(place).and_then(OnceLock::get);
        match known {
            Some(known) => ask(known),
            None => ask(&self.unpacked(place).unwrap_or_else(|| NOBODY.clone())),
        }
    }

    /// What the one in this place is stored as; `None` where it was not stored.
    pub fn as_stored(&self, place: usize) -> Option<Cow<'_, [u8]>> {
        self.stored.of(place).filter(|_| !self.others.contains(&place))
    }

    /// Whether those that were stored can be read. They need not come here for that.
    pub fn are_readable(&self) -> bool {
        self.stored.bytes.scan(&mut |_| ()) && self.stored.ends.is_readable()
    }

    /// Whether those that were stored are here, or can be brought here now.
    pub fn fetch(&self) -> bool {
        self.stored.bytes.fetch() && self.stored.ends.fetch()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.briefs.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.briefs.is_empty()
    }

    /// Puts another digest in one place.
    pub fn replace(&mut self, place: usize, brief: Brief) {
        if let Some(known) = self.briefs.get_mut(place) {
            *known = OnceLock::from(Box::new(brief));
            self.others.insert(place);
        }
    }
}

impl From<Vec<Brief>> for Briefs {
    fn from(briefs: Vec<Brief>) -> Briefs {
        let briefs = briefs.into_iter().map(|brief| OnceLock::from(Box::new(brief))).collect();
        Briefs { briefs, stored: StoredBriefs::none(|_| None), others: HashSet::new() }
    }
}

impl PartialEq for Briefs {
    fn eq(&self, other: &Briefs) -> bool {
        self.iter().eq(other.iter())
    }
}

impl fmt::Debug for Briefs {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

/// Who stands where what was stored is no digest.
static NOBODY: LazyLock<Brief> =
    LazyLock::new(|| Brief::of(&Contact::named(NotePath::of_nothing(), String::new())));

#[cfg(test)]
mod tests {
    use crate::people::brief::Brief;
    use crate::people::briefs::{Briefs, NOBODY, StoredBriefs};
    use crate::people::packed::Packed;

    fn named(name: &str) -> Brief {
        Brief { name: name.to_owned(), ..NOBODY.clone() }
    }

    fn stored(ends: &[u32]) -> Briefs {
        let unpack = |name: &[u8]| std::str::from_utf8(name).ok().map(named);
        let ends = Packed::of(ends.iter().map(|end| [*end]));
        Briefs::stored(StoredBriefs { bytes: b"AnaBo\xff".to_vec().into(), ends, unpack })
    }

    #[test]
    fn there_are_as_many_as_were_promised_whatever_was_stored() {
        let names = |ends| stored(ends).iter().map(|brief| brief.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&[3, 5]), ["Ana", "Bo"]);
        assert_eq!(names(&[3, 6]), ["Ana", ""]);
        assert_eq!(names(&[5, 3, 99]), ["AnaBo", "", ""]);
        assert_eq!(stored(&[3]).of(7).name, "");
    }

    #[test]
    fn a_digest_that_is_not_kept_says_the_same() {
        let mut briefs = stored(&[3, 5]);
        briefs.replace(1, named("Cara"));
        for place in 0..4 {
            let name = briefs.with(place, |brief| brief.name.clone());
            assert_eq!(name, briefs.of(place).name);
            assert_eq!(name, briefs.with(place, |brief| brief.name.clone()));
        }
    }

    #[test]
    fn what_was_stored_counts_until_a_digest_is_another() {
        let mut briefs = stored(&[3, 5]);
        briefs.replace(0, named("Cara"));
        assert_eq!(briefs, Briefs::from(vec![named("Cara"), named("Bo")]));
        assert_eq!((briefs.as_stored(0), briefs.as_stored(1)), (None, Some(b"Bo"[..].into())));
        assert_eq!(Briefs::from(vec![named("Ana")]).as_stored(0), None);
    }
}
