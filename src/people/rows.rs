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
        for list in lists {
            rows.things.extend(list);
            rows.ends.push(u32::try_from(rows.things.len()).unwrap_or(u32::MAX));
        }
        rows
    }

    /// The things of each of `owners` owners, in the order in which they come.
    pub fn gather<O: Copy>(
        owners: usize,
        things: Vec<(O, T)>,
        number: impl Fn(O) -> usize,
    ) -> Rows<T> {
        let mut ends = vec![0u32; owners];
        for (owner, _) in &things {
            ends.get_mut(number(*owner)).into_iter().for_each(|count| *count += 1);
        }
        let mut end = 0;
        for count in &mut ends {
            end += *count;
            *count = end;
        }
        let mut things = things;
        // Stable, so that the things of one owner stay in order.
        things.sort_by_key(|(owner, _)| number(*owner));
        Rows { things: things.into_iter().map(|(_, thing)| thing).collect(), ends }
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

    /// Changes the order of the things of each owner.
    pub fn each(&mut self, mut change: impl FnMut(&mut [T])) {
        for owner in 0..self.ends.len() {
            let range = self.range(owner);
            self.things.get_mut(range).into_iter().for_each(&mut change);
        }
    }

    /// All things in one piece, and for each owner where its things end.
    pub fn into_parts(self) -> (Vec<T>, Vec<u32>) {
        (self.things, self.ends)
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
        let things = vec![(2usize, 'a'), (0, 'b'), (2, 'c'), (9, 'x')];
        let rows = Rows::gather(3, things, |owner| owner);
        let of = |owner| rows.of(owner).iter().collect::<String>();
        assert_eq!((of(0), of(1), of(2)), ("b".into(), String::new(), "ac".into()));
        assert_eq!(of(3), "");
        let same = Rows::of_lists(vec![vec!['b'], vec![], vec!['a', 'c']]);
        assert_eq!(
            (0..3).map(|owner| same.of(owner)).collect::<Vec<_>>(),
            [&['b'][..], &[], &['a', 'c']]
        );
    }

    #[test]
    fn the_order_within_an_owner_can_change() {
        let mut rows = Rows::of_lists(vec![vec![2, 1], vec![], vec![4, 3]]);
        rows.each(<[i32]>::sort);
        assert_eq!((rows.of(0), rows.of(2)), (&[1, 2][..], &[3, 4][..]));
    }
}
