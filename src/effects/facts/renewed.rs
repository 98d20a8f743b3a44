//! The facts of now, being made in path order from those before and from the notes that were looked into.
//!
//! Always true here: what is made in place where only a few notes say something else is what would be made from the
//! gists of all notes.

use crate::effects::facts::gather::{Facts, Gathered};
use crate::effects::facts::known::{Known, KnownFiles};
use crate::effects::facts::pile::Pile;
use crate::effects::facts::store::{Oddities, Stored};
use crate::effects::vault::walk::AlikeCopy;
use crate::note::path::NotePath;
use crate::people::brief::Brief;
use crate::people::gist::{Gist, NoteKind};
use crate::people::outline::Outline;
use crate::people::vocabulary::Vocabulary;
use crate::text::diagnostic::Finding;
use std::borrow::Cow;

/// What is known of the notes so far.
#[derive(Debug, Default)]
pub struct Renewed {
    paths: Vec<NotePath>,
    // For each note its number before, where it was there.
    numbers_before: Vec<Option<usize>>,
    known: KnownFiles,
    odd: Vec<(u32, Finding)>,
    // The gists of the notes that changed, and the digests of the people among them, in path order.
    gists: Vec<(u32, Vec<u8>)>,
    briefs: Vec<(u32, Brief)>,
    /// Why files that are no notes now could not be read.
    pub findings: Vec<(String, Finding)>,
    /// How many notes were looked into.
    pub looked_into: usize,
}

impl Renewed {
    /// Takes in the next note. `number` is its number before; `gathered` is `None` where it was not looked into.
    pub fn take(
        &mut self,
        path: NotePath,
        number: Option<usize>,
        gathered: Option<Gathered>,
        before: &Stored,
        pile: &mut Pile,
    ) {
        self.looked_into += usize::from(gathered.is_some());
        let known = number.and_then(|number| before.known.get(number)).map(Known::from_row);
        let odd = || number.and_then(|number| before.odd.of(number)).cloned();
        match (gathered, known) {
            (None, Some(known)) | (Some(Gathered::Same(known)), _) => {
                self.push(path, number, known, odd());
            }
            (Some(Gathered::Facts(facts)), _) => self.change(path, number, *facts, pile),
            (Some(Gathered::Nothing(finding)), _) => {
                self.findings.push((path.to_string(), finding));
            }
            (Some(Gathered::Gone) | None, _) => {}
        }
    }

    fn change(&mut self, path: NotePath, number: Option<usize>, facts: Facts, pile: &mut Pile) {
        let Facts { known, finding, gist, brief, note } = facts;
        let known = Known { gist: pile.push(&gist), note: pile.push(&note), ..known };
        let next = self.next();
        self.gists.push((next, gist));
        self.briefs.extend(brief.map(|brief| (next, brief)));
        self.push(path, number, known, finding);
    }

    fn push(
        &mut self,
        path: NotePath,
        number: Option<usize>,
        known: Known,
        finding: Option<Finding>,
    ) {
        self.odd.extend(finding.map(|finding| (self.next(), finding)));
        self.paths.push(path);
        self.numbers_before.push(number);
        self.known.push(known.to_row());
    }

    /// The number of the next note.
    fn next(&self) -> u32 {
        u32::try_from(self.paths.len()).unwrap_or(u32::MAX)
    }

    /// Whether any file is another than `before`.
    pub fn differs_from(&self, before: &Stored) -> bool {
        self.known != before.known || self.odd != before.odd.findings
    }

    /// The facts of now; `None` where the pile does not hold what it should.
    pub fn finish(
        self,
        before: Stored,
        copies: Vec<AlikeCopy>,
        pile: &Pile,
        vocabulary: &Vocabulary,
        me: Option<&str>,
    ) -> Option<Stored> {
        let (paths, outline) = if self.keeps_names(&before, pile)? {
            let changed = self.gists.iter().map(|(note, gist)| (*note, unpacked(gist)));
            let mut outline = before.outline;
            outline.take_in(&changed.collect::<Vec<_>>(), self.briefs);
            outline.paths = self.paths;
            (before.paths, outline)
        } else {
            let gists = all_gists(&self.gists, &self.known, pile)?;
            let gists = gists.iter().map(|gist| unpacked(gist)).collect::<Vec<_>>();
            let briefs = all_briefs(self.briefs, &self.numbers_before, &gists, &before.outline);
            let paths = self.paths.iter().map(NotePath::as_str).collect::<Vec<_>>().join("\n");
            (paths, Outline::build(self.paths, &gists, briefs, vocabulary, me))
        };
        let odd = Oddities { copies, findings: self.odd };
        Some(Stored { paths, known: self.known, odd, outline })
    }

    /// Whether the notes are those from before, and nobody is called or tied otherwise.
    fn keeps_names(&self, before: &Stored, pile: &Pile) -> Option<bool> {
        let mut numbers = self.numbers_before.iter().enumerate();
        let stays = |(number, before): (usize, &Option<usize>)| *before == Some(number);
        if self.paths.len() != before.known.len() || !numbers.all(stays) {
            return Some(false);
        }
        for (note, gist) in &self.gists {
            let known = before.known.get(*note as usize).map(Known::from_row)?;
            let stored = pile.get(known.gist)?;
            if !unpacked(gist).keeps_names(&postcard::from_bytes(&stored).ok()?) {
                return Some(false);
            }
        }
        Some(true)
    }
}

/// The stored gists of all notes, the changed ones among them.
fn all_gists<'a>(
    changed: &'a [(u32, Vec<u8>)],
    known: &KnownFiles,
    pile: &Pile,
) -> Option<Vec<Cow<'a, [u8]>>> {
    let mut changed = changed.iter().peekable();
    let known = known.rows(0, known.len()).map(Known::from_row);
    let gists = (0u32..).zip(known).map(|(note, known)| {
        match changed.next_if(|(changed, _)| *changed == note) {
            Some((_, gist)) => Some(Cow::from(gist)),
            None => pile.get(known.gist).filter(|gist| !gist.is_empty()).map(Cow::from),
        }
    });
    gists.collect()
}

/// The digests of all people, the changed ones among them.
fn all_briefs(
    changed: Vec<(u32, Brief)>,
    numbers_before: &[Option<usize>],
    gists: &[Gist<'_>],
    before: &Outline,
) -> Vec<Brief> {
    let mut changed = changed.into_iter().peekable();
    let notes = (0u32..).zip(gists).zip(numbers_before);
    let people = notes.filter(|((_, gist), _)| gist.kind == NoteKind::Contact);
    let briefs = people.filter_map(|((note, _), number)| {
        let changed = changed.next_if(|(changed, _)| *changed == note).map(|(_, brief)| brief);
        let kept = || Some(before.briefs.of(before.contact_of((*number)?)?.number()).clone());
        changed.or_else(kept)
    });
    briefs.collect()
}

/// What a gist that was checked says.
fn unpacked(gist: &[u8]) -> Gist<'_> {
    postcard::from_bytes(gist).unwrap_or_else(|_| Gist::nothing())
}
