//! Lists of lists in one piece: for each of many owners a few things.

use serde::{Deserialize, Serialize};

/// A list of things for each owner, numbered from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows<T> {
    things: Vec<T>,
    // For each owner, where its things end.
    ends: Vec<u32>,
}

impl<T> Default for Rows<T> {
    fn default() -> Rows<T> {
        Rows { things: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Rows<T> {
    /// The lists as they are.
    pub fn of_lists(lists: Vec<Vec<T>>) -> Rows<T> {
        let mut rows = Rows::default();
        lists.into_iter().for_each(|list| rows.push(list));
        rows
    }

    /// Adds the things of one more owner.
    pub fn push(&mut self, things: impl IntoIterator<Item = T>) {
        self.things.extend(things);
        self.ends.push(u32::try_from(self.things.len()).unwrap_or(u32::MAX));
    }

    /// All things.
    pub fn things(&self) -> &[T] {
        &self.things
    }

    /// How many owners there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no owner.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The things of one owner; none where there is no such owner.
    pub fn of(&self, owner: usize) -> &[T] {
        self.things.get(self.range(owner)).unwrap_or(&[])
    }

    fn range(&self, owner: usize) -> std::ops::Range<usize> {
        let end = |owner: usize| self.ends.get(owner).map_or(0, |end| *end as usize);
        owner.checked_sub(1).map_or(0, end)..end(owner)
    }
}

#[cfg(test)]
mod tests {
    use crate::people::rows::Rows;

    #[test]
    fn each_owner_has_its_things_in_order() {
        let mut rows = Rows::of_lists(vec![vec!['b'], vec![]]);
        rows.push("ac".chars());
        let of = |owner| rows.of(owner).iter().collect::<String>();
        assert_eq!((of(0), of(1), of(2), of(3)), ("b".into(), "".into(), "ac".into(), "".into()));
        assert_eq!((rows.len(), rows.things()), (3, &['b', 'a', 'c'][..]));
    }
}
