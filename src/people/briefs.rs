//! The digests of everyone, unpacked when somebody asks for the first of them: who only shows one note need not wait
//! for ten thousand.
//!
//! Always true here: there are as many as were promised, whatever was stored.

use crate::note::path::NotePath;
use crate::people::brief::Brief;
use crate::people::contact::Contact;
use std::fmt;
use std::sync::OnceLock;

/// A digest for each contact.
#[derive(Clone)]
pub struct Briefs {
    count: usize,
    all: OnceLock<Vec<Brief>>,
    // What `all` is stored as, where that is known.
    stored: Vec<u8>,
    unpack: fn(&[u8]) -> Vec<Brief>,
}

impl Briefs {
    /// The digests of `count` people that `unpack` makes of `stored`.
    pub fn stored(stored: Vec<u8>, count: usize, unpack: fn(&[u8]) -> Vec<Brief>) -> Briefs {
        Briefs { count, all: OnceLock::new(), stored, unpack }
    }

    /// All of them, in path order.
    pub fn all(&self) -> &[Brief] {
        self.all.get_or_init(|| {
            let mut all = (self.unpack)(&self.stored);
            let missing = self.count.saturating_sub(all.len());
            all.extend(nobody().into_iter().cycle().take(missing));
            all.truncate(self.count);
            all
        })
    }

    /// What they are stored as; `None` where they are not those that were stored.
    pub fn as_stored(&self) -> Option<&[u8]> {
        Some(self.stored.as_slice()).filter(|stored| !stored.is_empty())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Puts another digest in one place.
    pub fn replace(&mut self, place: usize, brief: Brief) {
        self.all();
        self.stored.clear();
        let known = self.all.get_mut().and_then(|all| all.get_mut(place));
        known.into_iter().for_each(|known| known.clone_from(&brief));
    }
}

impl From<Vec<Brief>> for Briefs {
    fn from(all: Vec<Brief>) -> Briefs {
        let (count, unpack) = (all.len(), |_: &[u8]| Vec::new());
        Briefs { count, all: OnceLock::from(all), stored: Vec::new(), unpack }
    }
}

impl PartialEq for Briefs {
    fn eq(&self, other: &Briefs) -> bool {
        self.all() == other.all()
    }
}

impl fmt::Debug for Briefs {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.all()).finish()
    }
}

/// Who stands where what was stored is no digest.
fn nobody() -> Option<Brief> {
    let path = NotePath::new("nobody.md")?;
    Some(Brief::of(&Contact::named(path, String::new())))
}

#[cfg(test)]
mod tests {
    use crate::people::brief::Brief;
    use crate::people::briefs::{Briefs, nobody};

    fn named(name: &str) -> Brief {
        Brief { name: name.to_owned(), ..nobody().unwrap() }
    }

    #[test]
    fn there_are_as_many_as_were_promised() {
        for (stored, names) in [("", ["", ""]), ("a", ["a", ""]), ("abc", ["a", "b"])] {
            let unpack = |stored: &[u8]| {
                let letters = std::str::from_utf8(stored).unwrap().chars();
                letters.map(|letter| named(&letter.to_string())).collect()
            };
            let briefs = Briefs::stored(stored.as_bytes().to_vec(), 2, unpack);
            let all = briefs.all().iter().map(|brief| brief.name.as_str()).collect::<Vec<_>>();
            assert_eq!(all, names);
        }
    }

    #[test]
    fn what_was_stored_counts_until_a_digest_is_another() {
        let mut briefs = Briefs::stored(vec![1], 1, |_| vec![named("Ana")]);
        assert_eq!(briefs.as_stored(), Some(&[1][..]));
        briefs.replace(0, named("Bo"));
        assert_eq!(briefs.as_stored(), None);
        assert_eq!(briefs, Briefs::from(vec![named("Bo")]));
    }
}
