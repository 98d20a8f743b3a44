//! What must change in an index that was made from one catalogue, so that it is as if made from another.

use crate::effects::index::document::Catalogue;
use crate::effects::index::kept::KeptNote;
use crate::note::path::NotePath;
use std::cmp::Ordering;

/// The difference of two catalogues.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The numbers whose notes leave the index, because they are gone or come back changed.
    pub leaving: Vec<u32>,
    /// The places in the new catalogue of the notes that come in, and their numbers.
    pub coming: Vec<(usize, u32)>,
    /// How many notes are new, changed or gone.
    pub differing: usize,
    /// The new catalogue, to be kept.
    pub kept: Vec<KeptNote>,
}

impl Plan {
    /// From nothing to `catalogue`.
    pub fn from_nothing(catalogue: &Catalogue<'_>) -> Plan {
        Plan::new(&[], catalogue)
    }

    /// From `old` to `catalogue`, both in path order. A note keeps its number; a new one has the lowest that is free.
    pub fn new(old: &[KeptNote], catalogue: &Catalogue<'_>) -> Plan {
        let mut plan = Plan::default();
        let mut old = old.iter().peekable();
        let mut new = Vec::new();
        for (place, (path, mark)) in catalogue.paths.iter().zip(catalogue.marks).enumerate() {
            plan.pass(&mut old, path);
            match old.next_if(|note| note.path == *path) {
                Some(same) => plan.keep(place, same, *mark),
                None => {
                    new.push(place);
                    plan.kept.push(KeptNote { number: u32::MAX, mark: *mark, path: path.clone() });
                }
            }
        }
        plan.leaving.extend(old.map(|note| note.number));
        plan.differing = plan.leaving.len() + new.len();
        plan.number(&new);
        plan
    }

    /// Keeps the note at `place` under a mark that it does not have, so that it comes in again the next time.
    pub fn forget(&mut self, place: usize) {
        if let Some(note) = self.kept.get_mut(place) {
            note.mark = !note.mark;
        }
    }

    /// Notes that come before `path` are gone.
    fn pass<'a>(
        &mut self,
        old: &mut std::iter::Peekable<impl Iterator<Item = &'a KeptNote>>,
        path: &NotePath,
    ) {
        while let Some(gone) = old.next_if(|note| note.path.cmp(path) == Ordering::Less) {
            self.leaving.push(gone.number);
        }
    }

    fn keep(&mut self, place: usize, same: &KeptNote, mark: u64) {
        if same.mark != mark {
            self.leaving.push(same.number);
            self.coming.push((place, same.number));
        }
        self.kept.push(KeptNote { mark, ..same.clone() });
    }

    fn number(&mut self, new: &[usize]) {
        if new.is_empty() {
            return;
        }
        // As many numbers as there are notes, so there is one for each.
        let mut used = vec![false; self.kept.len()];
        for note in &self.kept {
            if let Some(slot) = used.get_mut(note.number as usize) {
                *slot = true;
            }
        }
        let mut free = (0u32..).zip(used).filter(|(_, used)| !used).map(|(number, _)| number);
        for place in new {
            if let (Some(note), Some(number)) = (self.kept.get_mut(*place), free.next()) {
                note.number = number;
                self.coming.push((*place, number));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::effects::index::document::Catalogue;
    use crate::effects::index::plan::Plan;
    use crate::note::path::NotePath;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    type Notes = BTreeMap<String, u64>;

    fn plan(old: &[crate::effects::index::kept::KeptNote], notes: &Notes) -> Plan {
        let paths = notes.keys().map(|path| NotePath::new(path).unwrap()).collect::<Vec<_>>();
        let marks = notes.values().copied().collect::<Vec<_>>();
        let (paths, marks) = (&paths, &marks);
        Plan::new(old, &Catalogue { paths, marks, fingerprint: 0, settings: 0 })
    }

    proptest! {
        #[test]
        fn a_plan_leads_from_any_catalogue_to_any_other(steps in prop::collection::vec(prop::collection::btree_map("[a-e]{1,2}", 0u64..3, 0..8), 1..5)) {
            let mut kept = Vec::new();
            // What stands in the index: by number, path and mark.
            let mut index: BTreeMap<u32, (String, u64)> = BTreeMap::new();
            for notes in &steps {
                let plan = plan(&kept, notes);
                for number in &plan.leaving {
                    prop_assert!(index.remove(number).is_some());
                }
                let paths = notes.iter().collect::<Vec<_>>();
                for (place, number) in &plan.coming {
                    let (path, mark) = paths[*place];
                    prop_assert!(index.insert(*number, (path.clone(), *mark)).is_none());
                }
                let expected = plan.kept.iter().map(|note| (note.number, (note.path.to_string(), note.mark)));
                prop_assert_eq!(&index, &expected.collect::<BTreeMap<_, _>>());
                let inside = plan.kept.iter().map(|note| (note.path.to_string(), note.mark));
                prop_assert_eq!(notes, &inside.collect::<Notes>());
                prop_assert!(plan.kept.iter().all(|note| (note.number as usize) < 20));
                kept = plan.kept;
            }
        }

        #[test]
        fn only_what_differs_moves(notes in prop::collection::btree_map("[a-e]{1,2}", 0u64..3, 1..8)) {
            let kept = plan(&[], &notes).kept;
            let again = plan(&kept, &notes);
            prop_assert!(again.leaving.is_empty() && again.coming.is_empty());
            let mut changed = notes.clone();
            *changed.values_mut().next().unwrap() += 1;
            let one = plan(&kept, &changed);
            prop_assert_eq!((one.leaving.len(), one.coming.len()), (1, 1));
        }
    }
}
