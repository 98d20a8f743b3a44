//! The facts of now, being made in path order from those before and from the notes that were looked into.
//!
//! Always true here: what is made in place where only a few notes say something else is what would be made from the
//! gists of all notes.

use crate::effects::facts::gather::{Facts, Gathered};
use crate::effects::facts::known::{Known, KnownFiles};
use crate::effects::facts::pile::Pile;
use crate::effects::facts::store::{Oddities, Stored, unpacked_brief};
use crate::effects::vault::walk::AlikeCopy;
use crate::note::path::NotePath;
use crate::people::brief::Brief;
use crate::people::briefs::{Briefs, StoredBriefs};
use crate::people::gist::{Gist, NoteKind};
use crate::people::outline::{Outline, OutlineBuilder};
use crate::people::said::Said;
use crate::people::vocabulary::Vocabulary;
use crate::text::diagnostic::Finding;
use std::borrow::Cow;

/// What is known of the notes so far.
#[derive(Debug)]
pub struct Renewed<'v> {
    vocabulary: &'v Vocabulary,
    paths: Vec<NotePath>,
    // For each note its number before, where it was there.
    numbers_before: Vec<Option<usize>>,
    known: KnownFiles,
    odd: Vec<(u32, Finding)>,
    // The notes that changed, and the people among them with their digests, ascending. Their gists are in the pile.
    changed: Vec<u32>,
    people: Vec<u32>,
    briefs: StoredBriefs,
    // Where no note is known yet, so that all of them will be looked into, they are taken in at once.
    builder: Option<OutlineBuilder<'v>>,
    /// Why files that are no notes now could not be read.
    pub findings: Vec<(String, Finding)>,
    /// How many notes were looked into.
    pub looked_into: usize,
}

impl<'v> Renewed<'v> {
    /// Nothing yet; the facts will follow those `before`.
    pub fn after(before: &Stored, vocabulary: &'v Vocabulary) -> Renewed<'v> {
        Renewed {
            vocabulary,
            paths: Vec::new(),
            numbers_before: Vec::new(),
            known: KnownFiles::default(),
            odd: Vec::new(),
            changed: Vec::new(),
            people: Vec::new(),
            briefs: StoredBriefs::none(unpacked_brief),
            builder: before.known.is_empty().then(|| OutlineBuilder::new(vocabulary)),
            findings: Vec::new(),
            looked_into: 0,
        }
    }

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
        self.changed.push(next);
        if let Some(brief) = brief {
            self.people.push(next);
            self.briefs.push(&brief);
        }
        let gist = unpacked(&gist);
        self.builder.iter_mut().for_each(|builder| builder.take(&path, &gist));
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
        mut self,
        before: Stored,
        copies: Vec<AlikeCopy>,
        pile: &Pile,
        me: Option<&str>,
    ) -> Option<Stored> {
        let odd = Oddities { copies, findings: std::mem::take(&mut self.odd) };
        if let Some(builder) = self.builder {
            let paths = lines(&self.paths);
            let outline = builder.finish(self.paths, Briefs::stored(self.briefs), me);
            return Some(Stored { paths, known: self.known, odd, outline });
        }
        if self.keeps_names(&before, pile)? {
            let mut outline = before.outline;
            outline.take_in(said(&self.changed, &self.known, &outline, pile)?, self.new_briefs());
            outline.paths = self.paths;
            return Some(Stored { paths: before.paths, known: self.known, odd, outline });
        }
        let (builder, briefs) = self.made_anew(&before.outline, pile)?;
        let paths = lines(&self.paths);
        let outline = builder.finish(self.paths, Briefs::stored(briefs), me);
        Some(Stored { paths, known: self.known, odd, outline })
    }

    /// Whether the notes are those from before, and nobody is called or tied otherwise.
    fn keeps_names(&self, before: &Stored, pile: &Pile) -> Option<bool> {
        let mut numbers = self.numbers_before.iter().enumerate();
        let stays = |(number, before): (usize, &Option<usize>)| *before == Some(number);
        if self.paths.len() != before.known.len() || !numbers.all(stays) {
            return Some(false);
        }
        for note in &self.changed {
            let (now, before) =
                (gist(*note, &self.known, pile)?, gist(*note, &before.known, pile)?);
            if !unpacked(&now).keeps_names(&postcard::from_bytes(&before).ok()?) {
                return Some(false);
            }
        }
        Some(true)
    }

    fn new_briefs(&self) -> Vec<(u32, Brief)> {
        let briefs = self.people.iter().enumerate();
        let brief = |place: usize| unpacked_brief(&self.briefs.of(place)?);
        briefs.filter_map(|(place, note)| Some((*note, brief(place)?))).collect()
    }

    /// All notes taken in from their gists, and the digests of all people.
    fn made_anew(
        &self,
        before: &Outline,
        pile: &Pile,
    ) -> Option<(OutlineBuilder<'v>, StoredBriefs)> {
        let mut builder = OutlineBuilder::new(self.vocabulary);
        let mut briefs = StoredBriefs::none(unpacked_brief);
        let mut new = self.people.iter().enumerate().peekable();
        let notes = (0u32..).zip(&self.paths).zip(&self.numbers_before);
        for ((note, path), number) in notes {
            let gist = gist(note, &self.known, pile)?;
            let gist = unpacked(&gist);
            builder.take(path, &gist);
            if gist.kind != NoteKind::Contact {
                continue;
            }
            let new = new.next_if(|(_, changed)| **changed == note);
            let brief = match new {
                Some((place, _)) => self.briefs.of(place),
                None => number.and_then(|number| kept(number, before)),
            };
            briefs.push(&brief.unwrap_or_default());
        }
        Some((builder, briefs))
    }
}

/// The digest that the person with this note had, as it is stored.
fn kept(number: usize, before: &Outline) -> Option<Cow<'_, [u8]>> {
    before.briefs.as_stored(before.contact_of(number)?.number())
}

/// The stored gist of a note.
fn gist(note: u32, known: &KnownFiles, pile: &Pile) -> Option<Vec<u8>> {
    let known = known.get(note as usize).map(Known::from_row)?;
    pile.get(known.gist).filter(|gist| !gist.is_empty())
}

/// What some notes say now, whose people are those of `outline`.
fn said(notes: &[u32], known: &KnownFiles, outline: &Outline, pile: &Pile) -> Option<Said> {
    let mut said = Said::default();
    for note in notes {
        let gist = gist(*note, known, pile)?;
        said.take(*note, outline.contact_of(*note as usize), &unpacked(&gist));
    }
    Some(said)
}

fn lines(paths: &[NotePath]) -> String {
    let mut lines = String::with_capacity(paths.iter().map(|path| path.as_str().len() + 1).sum());
    for path in paths {
        if !lines.is_empty() {
            lines.push('\n');
        }
        lines.push_str(path.as_str());
    }
    lines
}

/// What a gist that was checked says.
fn unpacked(gist: &[u8]) -> Gist<'_> {
    postcard::from_bytes(gist).unwrap_or_else(|_| Gist::nothing())
}
