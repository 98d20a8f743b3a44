//! Searching a vault: through the index where that can be, through the notes where not.
//!
//! Invariant: there is always an answer, and it is always that of the catalogue that was given: an index that is behind
//! catches up first, one that is damaged is made anew, and where neither can be every note is read.

use crate::effects::index::answer::answer;
use crate::effects::index::catch_up::{Vault, catch_up};
use crate::effects::index::open::{Found, Opened, open};
use crate::effects::index::place::Place;
use crate::effects::index::trouble::{Trouble, guarded};
use crate::effects::index::turn::{Turn, Waited};
use crate::text::term::{TextTerm, Tier};
use rayon::prelude::*;
use std::fmt;
use std::time::Duration;

/// A vault that can be asked for terms.
pub struct Search<'a> {
    place: Place,
    vault: Vault<'a>,
    patience: Duration,
    index: Option<Box<Opened>>,
    notices: Vec<Notice>,
}

/// What the person should know of the index though all went well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// It was damaged, and is whole again.
    MadeAnew,
    /// It could not be used.
    Bypassed {
        /// Why.
        why: String,
    },
}

impl fmt::Display for Notice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Notice::MadeAnew => {
                formatter.write_str("the search index was damaged and has been made anew")
            }
            Notice::Bypassed { why } => {
                write!(
                    formatter,
                    "the search index cannot be used ({why}); the notes were read instead"
                )
            }
        }
    }
}

impl<'a> Search<'a> {
    /// Makes the index at `place` that of `vault`, where it is not so already. While another process is at it, waits
    /// for as long as that works, but not longer than `patience`.
    pub fn open(place: Place, vault: Vault<'a>, patience: Duration) -> Search<'a> {
        let mut search = Search { place, vault, patience, index: None, notices: Vec::new() };
        search.index = search.fresh();
        if search.index.is_none() {
            search.index = search.make(&|_| true);
        }
        search
    }

    /// The same, though what is there may be fresh: it is thrown away.
    pub fn rebuild(place: Place, vault: Vault<'a>, patience: Duration) -> Search<'a> {
        let mut search = Search { place, vault, patience, index: None, notices: Vec::new() };
        search.index = search.make(&|search| search.place.clear().is_ok());
        search
    }

    /// What the person should know.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Whether the index answers, and not the notes themselves.
    pub fn is_indexed(&self) -> bool {
        self.index.is_some()
    }

    /// The notes that `term` matches, each by its place in the catalogue and with its tier, in the order of the
    /// catalogue.
    pub fn answer(&mut self, term: &TextTerm) -> Vec<(usize, Tier)> {
        let asked = |opened: &Opened| guarded(|| answer(opened, term)).ok();
        if let Some(opened) = &self.index {
            if let Some(found) = asked(opened) {
                return found;
            }
            // Perhaps another process has mended it meanwhile.
            let mended = self.fresh().filter(|opened| asked(opened).is_some());
            self.index = mended.or_else(|| self.make_anew());
        }
        let found = self.index.as_deref().and_then(asked);
        found.unwrap_or_else(|| answer_from_notes(&self.vault, term))
    }

    /// The index, where it is that of the vault as it is.
    fn fresh(&self) -> Option<Box<Opened>> {
        match guarded(|| open(self.place.folder())) {
            Ok(Found::Index(opened)) if opened.payload.is_of(&self.vault.catalogue) => Some(opened),
            _ => None,
        }
    }

    fn make(&mut self, prepare: &dyn Fn(&Search<'a>) -> bool) -> Option<Box<Opened>> {
        let made = self.try_make(prepare);
        made.map_err(|trouble| self.notices.push(Notice::Bypassed { why: trouble.to_string() }))
            .ok()
    }

    fn make_anew(&mut self) -> Option<Box<Opened>> {
        let made = self.make(&|search| search.place.set_aside().is_ok());
        if made.is_some() {
            self.notice(Notice::MadeAnew);
        }
        made
    }

    fn try_make(&mut self, prepare: &dyn Fn(&Search<'a>) -> bool) -> Result<Box<Opened>, Trouble> {
        let turn = match Turn::wait(&self.place, self.patience, &mut || self.fresh())? {
            Waited::Done(opened) => return Ok(opened),
            Waited::Turn(turn) => turn,
        };
        prepare(self);
        let made = guarded(|| catch_up(&self.place, &self.vault, &turn));
        let Err(Trouble::Damaged(_)) = made else { return made };
        self.place.set_aside()?;
        let again = guarded(|| catch_up(&self.place, &self.vault, &turn))?;
        self.notice(Notice::MadeAnew);
        Ok(again)
    }

    fn notice(&mut self, notice: Notice) {
        if !self.notices.contains(&notice) {
            self.notices.push(notice);
        }
    }
}

/// What the index would answer, from the notes themselves.
pub fn answer_from_notes(vault: &Vault<'_>, term: &TextTerm) -> Vec<(usize, Tier)> {
    let places = (0..vault.catalogue.paths.len()).into_par_iter();
    let found = places.filter_map(|place| {
        let document = (vault.documents)(place);
        Some((place, term.tier(&document.names, document.text.as_deref().unwrap_or(""))?))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use crate::effects::index::catch_up::Vault;
    use crate::effects::index::document::{Catalogue, Document};
    use crate::effects::index::place::Place;
    use crate::effects::index::search::{Notice, Search, answer_from_notes};
    use crate::effects::index::status::{State, status};
    use crate::note::path::NotePath;
    use crate::text::fingerprint::hash;
    use crate::text::term::{TextTerm, Tier};
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    /// A vault in memory.
    #[derive(Debug, Clone, Default)]
    struct Notes(BTreeMap<NotePath, Document>);

    impl Notes {
        fn of(notes: &[(&str, &[&str], &str)]) -> Notes {
            notes
                .iter()
                .fold(Notes::default(), |vault, (path, names, text)| vault.with(path, names, text))
        }

        fn with(mut self, path: &str, names: &[&str], text: &str) -> Notes {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            self.0.insert(
                NotePath::new(path).unwrap(),
                Document { names, text: Some(text.to_owned()) },
            );
            self
        }

        fn village() -> Notes {
            Notes::of(&[
                (
                    "people/garcia.md",
                    &["José García", "Pepe", "garcia"],
                    "Climbing in Sintra with the Wangs.",
                ),
                (
                    "people/katherine.md",
                    &["Katherine O’Brien", "katherine"],
                    "Moved to Porto. Ana's sister.",
                ),
                ("people/ana.md", &["Ana Lima", "ana"], "Kiln, ceramics, climbing"),
                ("people/wang.md", &["王小明", "wang"], "和ana一起爬山"),
                ("journal/2026-11-20.md", &["2026-11-20"], "coffee with 小明 and Ana: Porto"),
            ])
        }

        /// What `ask` makes of the catalogue.
        fn with_catalogue<T>(&self, settings: u64, ask: impl FnOnce(Catalogue<'_>) -> T) -> T {
            let mark = |document: &Document| {
                hash(&[&document.names.join("/"), document.text.as_deref().unwrap()])
            };
            let marks = self.0.values().map(mark).collect::<Vec<_>>();
            let paths = self.0.keys().cloned().collect::<Vec<_>>();
            let fingerprint = hash(&[&format!("{paths:?}{marks:?}")]);
            ask(Catalogue { paths: &paths, marks: &marks, fingerprint, settings })
        }

        fn document(&self, place: usize) -> Document {
            self.0.values().nth(place).unwrap().clone()
        }

        /// What `ask` makes of a search through the index in `folder`; and how many notes were read.
        fn search<T>(
            &self,
            folder: &Path,
            settings: u64,
            ask: impl FnOnce(&mut Search<'_>) -> T,
        ) -> (T, usize) {
            let read = AtomicUsize::new(0);
            let documents = |place: usize| {
                read.fetch_add(1, Ordering::Relaxed);
                self.document(place)
            };
            let asked = self.with_catalogue(settings, |catalogue| {
                let vault = Vault { catalogue, documents: &documents, progress: &|_| {} };
                let place = Place::new(folder.join("index"));
                ask(&mut Search::open(place, vault, Duration::from_secs(20)))
            });
            (asked, read.into_inner())
        }

        fn answer(&self, folder: &Path, term: &TextTerm) -> Vec<(usize, Tier)> {
            let (answer, _) = self.search(folder, 0, |search| {
                let answer = search.answer(term);
                assert!(
                    search.is_indexed() && search.notices().is_empty(),
                    "{:?}",
                    search.notices()
                );
                answer
            });
            assert_eq!(answer, self.expected(term), "{term:?}");
            answer
        }

        fn expected(&self, term: &TextTerm) -> Vec<(usize, Tier)> {
            let notes = self.0.values().enumerate();
            notes
                .filter_map(|(place, note)| {
                    Some((place, term.tier(&note.names, note.text.as_deref()?)?))
                })
                .collect()
        }

        /// Damages the index in `folder`, and asks: the answer is right, and the index is whole afterwards.
        fn survive(&self, folder: &Path, what: &str) -> Vec<Notice> {
            let term = TextTerm::of_word("ana").unwrap();
            let (notices, _) = self.search(folder, 0, |search| {
                assert_eq!(search.answer(&term), self.expected(&term), "{what}");
                assert!(search.is_indexed(), "{what}: {:?}", search.notices());
                search.notices().to_vec()
            });
            self.answer(folder, &term);
            notices
        }
    }

    fn word(typed: &str) -> TextTerm {
        TextTerm::of_word(typed).unwrap()
    }

    #[test]
    fn names_text_and_slips_are_found() {
        let folder = tempfile::tempdir().unwrap();
        let check = |term: &TextTerm, expected: &[(usize, Tier)]| {
            assert_eq!(Notes::village().answer(folder.path(), term), expected, "{term:?}");
        };
        // In path order: 0 journal, 1 ana, 2 garcia, 3 katherine, 4 wang.
        check(&word("gacria"), &[(2, Tier::Misspelt)]);
        check(&word("Kathrin"), &[(3, Tier::Misspelt)]);
        check(&word("pep"), &[(2, Tier::NamePrefix)]);
        check(
            &word("ana"),
            &[(0, Tier::Text), (1, Tier::ExactName), (3, Tier::Text), (4, Tier::Text)],
        );
        check(&word("小明"), &[(0, Tier::Text), (4, Tier::ExactName)]);
        check(&word("王小明"), &[(4, Tier::ExactName)]);
        check(&TextTerm::of_phrase("moved to porto").unwrap(), &[(3, Tier::Text)]);
        check(&TextTerm::of_phrase("garcia pepe").unwrap(), &[]);
        check(&TextTerm::of_prefix("clim")[0], &[(1, Tier::Text), (2, Tier::Text)]);
        check(&word("nobody"), &[]);
    }

    #[test]
    fn only_what_changed_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let village = Notes::village();
        let read = |notes: &Notes, settings| notes.search(folder.path(), settings, |_| ()).1;
        assert_eq!(read(&village, 0), 5);
        assert_eq!(read(&village, 0), 0);
        let mut changed =
            village.clone().with("people/ana.md", &["Ana Lima"], "moved").with("x.md", &["x"], "");
        changed.0.pop_first();
        assert_eq!(read(&changed, 0), 2);
        changed.answer(folder.path(), &word("moved"));
        assert_eq!(read(&changed, 7), 5);
        assert_eq!(read(&village, 7), 2);
        assert_eq!(read(&Notes::default(), 7), 0);
    }

    #[test]
    fn a_damaged_index_is_made_anew_with_a_word() {
        let village = Notes::village();
        let folder = tempfile::tempdir().unwrap();
        village.answer(folder.path(), &word("ana"));
        let index = folder.path().join("index");
        for file in std::fs::read_dir(&index).unwrap().map(|entry| entry.unwrap().path()) {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            for damage in ["gone", "empty", "cut", "odd"] {
                if !file.exists() {
                    // Making it anew gave the files other names.
                    continue;
                }
                let bytes = std::fs::read(&file).unwrap();
                match damage {
                    "gone" => std::fs::remove_file(&file).unwrap(),
                    "empty" => std::fs::write(&file, "").unwrap(),
                    "cut" => std::fs::write(&file, &bytes[..bytes.len() / 2]).unwrap(),
                    _ => std::fs::write(&file, bytes.iter().map(|byte| !byte).collect::<Vec<_>>())
                        .unwrap(),
                }
                let notices = village.survive(folder.path(), &format!("{name} {damage}"));
                assert!(
                    notices.iter().all(|notice| *notice == Notice::MadeAnew),
                    "{name} {damage}"
                );
            }
        }
    }

    /// A power cut may leave files with a part of what was written, under their names and as long as they were.
    #[test]
    fn what_another_run_of_the_machine_wrote_is_looked_through_before_it_is_believed() {
        let village = Notes::village();
        let folder = tempfile::tempdir().unwrap();
        village.answer(folder.path(), &word("ana"));
        let index = folder.path().join("index");
        let signature = index.join("written-in");
        let sign = |text: &str| std::fs::write(&signature, text).unwrap();
        let is_signed = || std::fs::read_to_string(&signature).unwrap() != "another run";
        sign("another run");
        village.answer(folder.path(), &word("ana"));
        assert!(is_signed(), "what is whole is looked through once");
        let names = || std::fs::read_dir(&index).unwrap().map(|entry| entry.unwrap().path());
        let ends = |path: &Path, end: &str| path.to_string_lossy().ends_with(end);
        for kind in [".idx", ".pos", ".term", ".fast"] {
            for unsigned in ["another run", ""] {
                let file = names().find(|path| ends(path, kind)).unwrap();
                let mut bytes = std::fs::read(&file).unwrap();
                // The checksum stands behind the bytes.
                let middle = bytes.len() / 8;
                bytes[..=middle].iter_mut().for_each(|byte| *byte = !*byte);
                std::fs::write(&file, bytes).unwrap();
                sign(unsigned);
                assert_eq!(village.survive(folder.path(), kind), [Notice::MadeAnew], "{kind}");
                assert!(is_signed());
            }
        }
        std::fs::remove_file(&signature).unwrap();
        village.answer(folder.path(), &word("ana"));
        assert!(is_signed());
    }

    /// The mark of a text may come back with the text, so a text that was not there may not be kept under it.
    #[test]
    fn a_note_that_changes_while_it_is_taken_in_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let village = Notes::village();
        village.with_catalogue(0, |catalogue| {
            let documents = |place: usize| {
                let document = village.document(place);
                Document { text: document.text.filter(|_| place != 1), ..document }
            };
            let vault = Vault { catalogue, documents: &documents, progress: &|_| {} };
            let place = Place::new(folder.path().join("index"));
            let mut search = Search::open(place, vault, Duration::ZERO);
            assert!(search.is_indexed() && search.notices().is_empty());
            assert_eq!(search.answer(&word("kiln")), []);
            assert_eq!(search.answer(&word("lima")), [(1, Tier::ExactName)]);
        });
        assert_eq!(village.search(folder.path(), 0, |_| ()).1, 1);
        assert_eq!(village.answer(folder.path(), &word("kiln")), [(1, Tier::Text)]);
        assert_eq!(village.search(folder.path(), 0, |_| ()).1, 0);
    }

    /// What a killed writer left once made the next one stumble over a file that it wanted to make itself.
    #[test]
    fn what_a_killed_process_left_is_no_damage() {
        let folder = tempfile::tempdir().unwrap();
        Notes::village().answer(folder.path(), &word("ana"));
        let index = folder.path().join("index");
        let names = || {
            std::fs::read_dir(&index)
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        };
        for part in names()
            .filter_map(|name| name.strip_suffix(".fast").map(str::to_owned))
            .collect::<Vec<_>>()
        {
            for number in 1..40 {
                std::fs::write(index.join(format!("{part}.{number}.del")), "").unwrap();
            }
        }
        std::fs::write(index.join("catalogue-1.new"), "").unwrap();
        std::fs::write(index.join(".tmpAbCdE"), "").unwrap();
        let changed = Notes::village().with("people/ana.md", &["Ana"], "");
        changed.answer(folder.path(), &word("ana"));
        assert!(names().filter(|name| name.ends_with(".del")).count() <= 1);
        assert_eq!(
            names()
                .filter(|name| name.starts_with(".tmp") || name.starts_with("catalogue"))
                .count(),
            1
        );
    }

    #[test]
    fn what_is_no_index_is_put_aside() {
        let village = Notes::village();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("index"), "a file").unwrap();
        assert_eq!(village.survive(folder.path(), "a file"), [Notice::MadeAnew]);
        assert!(folder.path().join("index.damaged").is_file());
        let meta = folder.path().join("index/meta.json");
        let text = std::fs::read_to_string(&meta).unwrap();
        std::fs::write(&meta, text.replace("ties-index", "elsewhere!")).unwrap();
        assert_eq!(village.survive(folder.path(), "of a stranger"), [Notice::MadeAnew]);
        std::fs::write(&meta, text.replace("ties-index 1-", "ties-index 0-")).unwrap();
        assert_eq!(village.survive(folder.path(), "of another version"), []);
        std::fs::remove_file(&meta).unwrap();
        assert_eq!(village.survive(folder.path(), "never finished"), []);
    }

    #[test]
    fn where_no_index_can_be_the_notes_are_read() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file"), "").unwrap();
        let village = Notes::village();
        let (asked, _) = village.search(&folder.path().join("file"), 0, |search| {
            assert!(!search.is_indexed());
            assert!(matches!(search.notices(), [Notice::Bypassed { .. }]));
            search.answer(&word("ana"))
        });
        assert_eq!(asked, village.expected(&word("ana")));
    }

    #[test]
    fn many_at_once_all_get_the_right_answer() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for number in 0..6 {
                let folder = folder.path();
                scope.spawn(move || {
                    for round in 0..4 {
                        let notes = Notes::village().with(
                            "x.md",
                            &["x"],
                            &format!("ana {}", (number + round) % 3),
                        );
                        let (answer, _) =
                            notes.search(folder, 0, |search| search.answer(&word("ana")));
                        assert_eq!(answer, notes.expected(&word("ana")));
                    }
                });
            }
        });
    }

    #[test]
    fn the_status_says_how_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let check = |notes: &Notes, expected: State| {
            let place = Place::new(folder.path().join("index"));
            let state = notes.with_catalogue(0, |catalogue| status(&place, &catalogue).state);
            assert_eq!(state, expected);
        };
        let village = Notes::village();
        check(&village, State::Absent);
        village.answer(folder.path(), &word("ana"));
        check(&village, State::Fresh);
        let mut changed = village.clone().with("people/ana.md", &["Ana"], "").with("y.md", &[], "");
        changed.0.pop_first();
        check(&changed, State::Behind { notes: 3 });
        let files = std::fs::read_dir(folder.path().join("index")).unwrap();
        let positions = files
            .map(|entry| entry.unwrap().path())
            .find(|path| path.extension().is_some_and(|end| end == "pos"));
        let positions = positions.unwrap();
        let mut bytes = std::fs::read(&positions).unwrap();
        bytes[0] ^= 1;
        std::fs::write(&positions, bytes).unwrap();
        check(&village, State::Damaged { why: "bytes of it have changed".to_owned() });
    }

    fn any_text() -> impl Strategy<Value = String> {
        prop::collection::vec("(an|na|mar|ría|王|小|明|한|O'|s| |ab)", 0..6)
            .prop_map(|parts| parts.concat())
    }

    fn any_notes() -> impl Strategy<Value = Notes> {
        let note = (prop::collection::vec(any_text(), 0..3), any_text());
        let notes = prop::collection::btree_map("[a-d]", note, 0..4);
        notes.prop_map(|notes| {
            notes.into_iter().fold(Notes::default(), |vault, (path, (names, text))| {
                let names = names.iter().map(String::as_str).collect::<Vec<_>>();
                vault.with(&path, &names, &text)
            })
        })
    }

    fn any_terms() -> impl Strategy<Value = Vec<TextTerm>> {
        let term = (0..4, any_text(), "[a-z]{1,7}").prop_map(|(kind, typed, other)| match kind {
            0 => TextTerm::of_word(&typed).into_iter().collect::<Vec<_>>(),
            1 => TextTerm::of_phrase(&typed).into_iter().collect(),
            2 => TextTerm::of_prefix(&typed),
            _ => TextTerm::of_word(&other).into_iter().collect(),
        });
        prop::collection::vec(term, 1..12).prop_map(|terms| terms.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        #[test]
        fn the_index_answers_what_the_notes_would_after_any_changes(steps in prop::collection::vec((any_notes(), any_terms()), 1..4)) {
            let folder = tempfile::tempdir().unwrap();
            for (notes, terms) in &steps {
                let (answers, _) = notes.search(folder.path(), 0, |search| {
                    terms.iter().map(|term| search.answer(term)).collect::<Vec<_>>()
                });
                for (term, answer) in terms.iter().zip(answers) {
                    prop_assert_eq!(&answer, &notes.expected(term), "{:?}", term);
                }
            }
        }

        #[test]
        fn misspelt_names_are_found_as_by_comparing_all(names in prop::collection::vec("[abcé]{1,9}", 1..60), typed in prop::collection::vec("[abcé]{1,9}", 1..20)) {
            let folder = tempfile::tempdir().unwrap();
            let notes = names.iter().enumerate().fold(Notes::default(), |vault, (number, name)| {
                vault.with(&format!("{number:03}"), &[name], "")
            });
            let (answers, _) = notes.search(folder.path(), 0, |search| {
                typed.iter().map(|typed| search.answer(&word(typed))).collect::<Vec<_>>()
            });
            for (typed, answer) in typed.iter().zip(answers) {
                prop_assert_eq!(&answer, &notes.expected(&word(typed)), "{}", typed);
            }
        }
    }

    #[test]
    fn the_notes_themselves_answer_the_same() {
        let village = Notes::village();
        let documents = |place: usize| village.document(place);
        let answer = village.with_catalogue(0, |catalogue| {
            let vault = Vault { catalogue, documents: &documents, progress: &|_| {} };
            answer_from_notes(&vault, &word("ana"))
        });
        assert_eq!(answer, village.expected(&word("ana")));
    }
}
