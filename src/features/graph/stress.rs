//! Where the people of one connected group stand: as far from each other as their ties are long.
//!
//! The method is gradient descent on the stress of all pairs in random order (Zheng, Pawar, Goodman 2018, "Graph Drawing
//! by Stochastic Gradient Descent"). Always true here: only sums, products, quotients and square roots, which every
//! machine rounds alike, and numbers that follow from the input; so the same input gives the same places everywhere.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A place, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

/// A line between two, with the length that it would like to have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spring {
    /// From 0.
    pub from: usize,
    /// From 0.
    pub to: usize,
    /// In pixels.
    pub length: f64,
}

/// How often all pairs are looked at.
const ROUNDS: u32 = 40;
/// The last steps are so small.
const LAST: f64 = 0.05;

/// Places for `count` people, connected by `springs`; `seed` tells one picture from another.
pub fn places(count: usize, springs: &[Spring], seed: u64) -> Vec<Point> {
    let mut dice = Dice(seed | 1);
    let side = 100.0 * (count as f64).sqrt();
    let mut places = (0..count)
        .map(|_| Point { x: dice.fraction() * side, y: dice.fraction() * side })
        .collect::<Vec<_>>();
    let mut pairs = pairs(count, springs);
    let weights = pairs.iter().map(|pair| 1.0 / (pair.distance * pair.distance));
    let (least, most) =
        weights.fold((f64::MAX, 0.0f64), |(least, most), of| (least.min(of), most.max(of)));
    if pairs.is_empty() {
        return places;
    }
    let mut step = 1.0 / least;
    let shrink = root(LAST / most / step, ROUNDS - 1);
    for _ in 0..ROUNDS {
        dice.shuffle(&mut pairs);
        for pair in &pairs {
            nudge(&mut places, pair, step);
        }
        step *= shrink;
    }
    places
}

#[derive(Debug, Clone, Copy)]
struct Pair {
    one: u32,
    other: u32,
    distance: f64,
}

fn nudge(places: &mut [Point], pair: &Pair, step: f64) {
    let (one, other) = (pair.one as usize, pair.other as usize);
    let (Some(a), Some(b)) = (places.get(one).copied(), places.get(other).copied()) else {
        return;
    };
    let (dx, dy) = (a.x - b.x, a.y - b.y);
    let length = (dx * dx + dy * dy).sqrt().max(0.01);
    let strength = (step / (pair.distance * pair.distance)).min(1.0);
    let part = strength * (length - pair.distance) / 2.0 / length;
    let (mx, my) = (dx * part, dy * part);
    if let Some(place) = places.get_mut(one) {
        (place.x, place.y) = (a.x - mx, a.y - my);
    }
    if let Some(place) = places.get_mut(other) {
        (place.x, place.y) = (b.x + mx, b.y + my);
    }
}

/// All pairs with the length of the shortest way between them.
fn pairs(count: usize, springs: &[Spring]) -> Vec<Pair> {
    let mut next: Vec<Vec<(usize, u64)>> = vec![Vec::new(); count];
    for spring in springs {
        // A thousandth of a pixel: whole numbers have an order that floats have not.
        let length = (spring.length.max(1.0) * 1000.0) as u64;
        for (from, to) in [(spring.from, spring.to), (spring.to, spring.from)] {
            next.get_mut(from).into_iter().for_each(|next| next.push((to, length)));
        }
    }
    let mut pairs = Vec::with_capacity(count * count / 2);
    for one in 0..count {
        let lengths = lengths_from(one, &next);
        for (other, length) in lengths.iter().enumerate().skip(one + 1) {
            let Some(length) = length else { continue };
            let ends = (u32::try_from(one), u32::try_from(other));
            if let (Ok(one), Ok(other)) = ends {
                pairs.push(Pair { one, other, distance: *length as f64 / 1000.0 });
            }
        }
    }
    pairs
}

fn lengths_from(one: usize, next: &[Vec<(usize, u64)>]) -> Vec<Option<u64>> {
    let mut lengths = vec![None; next.len()];
    let mut heap = BinaryHeap::from([Reverse((0, one))]);
    while let Some(Reverse((length, at))) = heap.pop() {
        let Some(known) = lengths.get_mut(at) else { continue };
        if known.is_some() {
            continue;
        }
        *known = Some(length);
        for (to, step) in next.get(at).into_iter().flatten() {
            if lengths.get(*to) == Some(&None) {
                heap.push(Reverse((length + step, *to)));
            }
        }
    }
    lengths
}

/// The root of this degree of a number from 0 to 1, found by halving: the power function of one machine is not that of
/// another.
fn root(of: f64, degree: u32) -> f64 {
    let power = |base: f64| (0..degree).fold(1.0, |power, _| power * base);
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if power(middle) < of { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// Numbers without a pattern: splitmix64 (Steele, Lea, Flood 2014).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            let at = self.next() % (last as u64 + 1);
            things.swap(last, usize::try_from(at).unwrap_or(0));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::features::graph::stress::{Point, Spring, places, root};

    fn distance(a: Point, b: Point) -> f64 {
        ((a.x - b.x).powi(2) + (a.y - b.y).powi(2)).sqrt()
    }

    #[test]
    fn a_chain_is_stretched_out() {
        let spring = |from: usize| Spring { from, to: from + 1, length: 100.0 };
        let places = places(5, &[spring(0), spring(1), spring(2), spring(3)], 7);
        assert!((distance(places[0], places[1]) - 100.0).abs() < 8.0, "{places:?}");
        assert!(distance(places[0], places[4]) > 370.0, "{places:?}");
    }

    #[test]
    fn nobody_and_one_alone_have_places_too() {
        assert_eq!(places(0, &[], 1), []);
        assert_eq!(places(1, &[], 1).len(), 1);
    }

    #[test]
    fn roots_are_roots() {
        assert!((root(0.25, 2) - 0.5).abs() < 1e-9);
    }
}
