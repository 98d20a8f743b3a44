//! What a commit of the index says of itself: which catalogue it was made from, and by whom.
//!
//! It is written with the commit, in one piece: an index is never newer or older than its payload.

use crate::effects::index::document::Catalogue;
use crate::effects::index::kept::KeptFile;
use crate::effects::index::schema::VERSION;

const MARK: &str = "ties-index";

/// The payload of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payload {
    /// The settings of the catalogue.
    pub settings: u64,
    /// The fingerprint of the catalogue.
    pub fingerprint: u64,
    /// How many notes it has.
    pub notes: u32,
    /// The file that keeps the catalogue.
    pub kept: KeptFile,
}

/// Whose an index is, as its payload says.
#[derive(Debug, PartialEq, Eq)]
pub enum Maker {
    /// This version of `ties`.
    Us(Payload),
    /// Another version.
    OtherVersion,
    /// Somebody else.
    Stranger,
}

impl Payload {
    /// The payload of an index that is made from `catalogue`.
    pub fn new(catalogue: &Catalogue<'_>, kept: KeptFile) -> Payload {
        Payload {
            settings: catalogue.settings,
            fingerprint: catalogue.fingerprint,
            notes: u32::try_from(catalogue.paths.len()).unwrap_or(u32::MAX),
            kept,
        }
    }

    /// Makes the index that of no catalogue, so that it catches up the next time.
    pub fn forget(&mut self) {
        self.fingerprint = !self.fingerprint;
    }

    /// Whether the index was made from `catalogue`.
    pub fn is_of(&self, catalogue: &Catalogue<'_>) -> bool {
        self.fingerprint == catalogue.fingerprint
            && self.settings == catalogue.settings
            && usize::try_from(self.notes).is_ok_and(|notes| notes == catalogue.paths.len())
    }

    /// The payload as text.
    pub fn write(&self) -> String {
        let Payload { settings, fingerprint, notes, kept } = self;
        format!(
            "{MARK} {VERSION} {settings:x} {fingerprint:x} {notes} {} {}",
            kept.whole_mark, kept.numbers_mark
        )
    }

    /// What the payload of a commit says.
    pub fn read(text: &str) -> Maker {
        let words = text.split(' ').collect::<Vec<_>>();
        match words.as_slice() {
            [MARK, VERSION, rest @ ..] => payload(rest).map_or(Maker::Stranger, Maker::Us),
            [MARK, ..] => Maker::OtherVersion,
            _ => Maker::Stranger,
        }
    }
}

fn payload(words: &[&str]) -> Option<Payload> {
    let [settings, fingerprint, notes, whole_mark, numbers_mark] = words else { return None };
    Some(Payload {
        settings: u64::from_str_radix(settings, 16).ok()?,
        fingerprint: u64::from_str_radix(fingerprint, 16).ok()?,
        notes: notes.parse().ok()?,
        kept: KeptFile::new(whole_mark, numbers_mark)?,
    })
}

#[cfg(test)]
mod tests {
    use crate::effects::index::kept::KeptFile;
    use crate::effects::index::payload::{Maker, Payload};
    use crate::text::fingerprint::content_mark;

    #[test]
    fn a_payload_comes_back_as_it_was_written() {
        let mark = content_mark(b"x");
        let kept = KeptFile::new(&mark, &mark).unwrap();
        let payload = Payload { settings: 7, fingerprint: u64::MAX, notes: 12, kept };
        assert_eq!(Payload::read(&payload.write()), Maker::Us(payload.clone()));
        let cut_off = payload.write().replace(&mark, "../../etc/passwd");
        assert_eq!(Payload::read(&cut_off), Maker::Stranger);
    }

    #[test]
    fn others_are_told_apart() {
        assert_eq!(Payload::read("ties-index 0-0.0.1 new shape"), Maker::OtherVersion);
        assert_eq!(Payload::read("{}"), Maker::Stranger);
        assert_eq!(Payload::read(""), Maker::Stranger);
    }
}
