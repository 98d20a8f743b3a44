//! From one file to its facts.

use crate::effects::facts::known::{Known, Place};
use crate::effects::vault::open::{Opened, open};
use crate::effects::vault::walk::Candidate;
use crate::people::brief::Brief;
use crate::people::decode::decode;
use crate::people::gist::Gist;
use crate::people::note::Kind;
use crate::people::vocabulary::Vocabulary;
use crate::text::diagnostic::Finding;
use crate::text::fingerprint::hash;
use std::path::Path;
use std::time::SystemTime;

/// The facts of one note.
#[derive(Debug)]
pub struct Facts {
    /// What is remembered of the file; the places are not known yet.
    pub known: Known,
    /// What was odd about its bytes.
    pub finding: Option<Finding>,
    /// The stored gist.
    pub gist: Vec<u8>,
    /// The stored digest, of a person.
    pub brief: Option<Vec<u8>>,
    /// The stored note.
    pub note: Vec<u8>,
}

/// What looking into one file gave.
#[derive(Debug)]
pub enum Gathered {
    /// Its facts.
    Facts(Box<Facts>),
    /// Only the stamp is another: the text is that with this mark.
    Same(Known),
    /// It could not be read.
    Nothing(Finding),
    /// It is not there any more.
    Gone,
}

/// Reads the file of `candidate` in the vault at `root`. `before` is what is known of it, and what was odd about its
/// bytes; `moment` is when the walk began.
pub fn gather(
    root: &Path,
    candidate: &Candidate,
    before: Option<(Known, Option<&Finding>)>,
    moment: SystemTime,
    vocabulary: &Vocabulary,
) -> Gathered {
    let (text, finding) = match open(&root.join(candidate.path.as_str())) {
        Opened::Text(text, finding) => (text, finding),
        Opened::Nothing(finding) => return Gathered::Nothing(finding),
        Opened::Gone => return Gathered::Gone,
    };
    let (stamp, mark) = (candidate.stamp, hash(&[&text]));
    // The stamp was taken before the text was read: a change between the two shows the next time.
    let racy = stamp.is_racy(moment);
    if let Some((before, odd)) = before
        && (before.mark, odd) == (mark, finding.as_ref())
    {
        return Gathered::Same(Known { stamp, racy, ..before });
    }
    let note = decode(&candidate.path, &text, vocabulary);
    let (place, gist) = (Place::default(), Gist::of(&note));
    // Writing into memory cannot fail; an empty note is read from its file instead.
    let brief = match &note.kind {
        Kind::Contact(contact) => {
            Some(postcard::to_stdvec(&Brief::of(contact)).unwrap_or_default())
        }
        _ => None,
    };
    Gathered::Facts(Box::new(Facts {
        known: Known { stamp, racy, mark, note: place, gist: place },
        finding,
        gist: postcard::to_stdvec(&gist).unwrap_or_default(),
        note: postcard::to_stdvec(&note).unwrap_or_default(),
        brief,
    }))
}
