//! Where everybody stands: each connected group by its ties, that of the owner in the middle, the others around it, and those without
//! a tie in rows below.
//!
//! Always true here: no two labels overlap, and the same picture has the same places on every machine.

use crate::features::graph::label::{FONT, LINE, lines, width};
use crate::features::graph::model::{Person, Picture};
use crate::features::graph::pack::pack;
use crate::features::graph::spread::{Room, spread};
use crate::features::graph::stress::{Point, Spring, places};
use crate::text::fingerprint::hash;
use crate::text::fold::fold;
use std::collections::HashSet;

/// Where somebody stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// The middle of the dot.
    pub dot: Point,
    /// How large the dot is, from its middle.
    pub radius: f64,
    /// The lines of the label, below the dot.
    pub label: Vec<String>,
    /// The middle of dot and label together.
    pub middle: Point,
    /// What dot and label take.
    pub room: Room,
}

/// A picture with places.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    /// For each of the people.
    pub spots: Vec<Spot>,
    /// Where those without a tie begin, where there are any beside others.
    pub rows_at: Option<f64>,
    /// From the left to the right end.
    pub width: f64,
    /// From the top to the bottom.
    pub height: f64,
}

/// Between dot and label.
const GAP: f64 = 3.0;
/// Around dot and label.
const AIR: f64 = 7.0;
/// Around a group.
const MARGIN: f64 = 16.0;
/// From the groups to the rows.
const ROWS: f64 = 56.0;

/// The places of `picture`; 0, 0 is the top left.
pub fn layout(picture: &Picture) -> Layout {
    let mut spots = picture.people.iter().map(spot).collect::<Vec<_>>();
    let (groups, alone) = groups(picture);
    let blocks = groups.iter().map(|group| stand(picture, group, &mut spots)).collect::<Vec<_>>();
    for (group, place) in groups.iter().zip(pack(&blocks)) {
        group.iter().for_each(|at| shift(&mut spots, *at, place));
    }
    let (low, high) = ends(&spots, groups.iter().flatten());
    let rows_at = in_rows(picture, &alone, &mut spots, low, high);
    let all = (0..spots.len()).collect::<Vec<_>>();
    let (low, high) = ends(&spots, all.iter());
    all.iter().for_each(|at| shift(&mut spots, *at, Point { x: -low.x, y: -low.y }));
    Layout {
        spots,
        rows_at: rows_at.filter(|_| !groups.is_empty()).map(|at| at - low.y),
        width: high.x - low.x,
        height: high.y - low.y,
    }
}

fn spot(person: &Person) -> Spot {
    let label = lines(&person.name);
    let radius = match person.me {
        true => 11.0,
        false => 5.0 + (person.degree.min(16) as f64).sqrt() * 1.2,
    };
    let wide = label.iter().map(|line| width(line, FONT)).fold(radius * 2.0, f64::max);
    let tall = radius * 2.0 + GAP + label.len() as f64 * LINE;
    let room = Room { width: wide + AIR, height: tall + AIR };
    Spot { dot: Point::default(), radius, label, middle: Point::default(), room }
}

impl Spot {
    /// The baseline of the first line of the label.
    pub fn baseline(&self) -> f64 {
        self.dot.y + self.radius + GAP + FONT * 0.85
    }

    fn stand_at(&mut self, middle: Point) {
        self.middle = middle;
        let top = middle.y - (self.room.height - AIR) / 2.0;
        self.dot = Point { x: middle.x, y: top + self.radius };
    }
}

fn shift(spots: &mut [Spot], at: usize, by: Point) {
    if let Some(spot) = spots.get_mut(at) {
        spot.stand_at(Point { x: spot.middle.x + by.x, y: spot.middle.y + by.y });
    }
}

/// The top left and the bottom right of these; 0, 0 of none.
fn ends<'a>(spots: &[Spot], group: impl Iterator<Item = &'a usize>) -> (Point, Point) {
    let mut ends: Option<(Point, Point)> = None;
    for spot in group.filter_map(|at| spots.get(*at)) {
        let (dx, dy) = (spot.room.width / 2.0, spot.room.height / 2.0);
        let low = Point { x: spot.middle.x - dx, y: spot.middle.y - dy };
        let high = Point { x: spot.middle.x + dx, y: spot.middle.y + dy };
        let (first, last) = ends.unwrap_or((low, high));
        ends = Some((
            Point { x: first.x.min(low.x), y: first.y.min(low.y) },
            Point { x: last.x.max(high.x), y: last.y.max(high.y) },
        ));
    }
    ends.unwrap_or_default()
}

/// Connected groups: that of the owner first, then the largest; and those without a tie.
fn groups(picture: &Picture) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut next = vec![Vec::new(); picture.people.len()];
    for line in &picture.ties {
        for (from, to) in [(line.from, line.to), (line.to, line.from)] {
            next.get_mut(from).into_iter().for_each(|next| next.push(to));
        }
    }
    let (mut seen, mut groups, mut alone) = (HashSet::new(), Vec::new(), Vec::new());
    for start in 0..picture.people.len() {
        let (mut group, mut open) = (Vec::new(), vec![start]);
        while let Some(at) = open.pop() {
            if seen.insert(at) {
                group.push(at);
                open.extend(next.get(at).into_iter().flatten());
            }
        }
        group.sort_unstable();
        match group.len() {
            0 => {}
            1 => alone.extend(group),
            _ => groups.push(group),
        }
    }
    let has_me = |group: &[usize]| {
        group.iter().filter_map(|at| picture.people.get(*at)).any(|person| person.me)
    };
    groups.sort_by_key(|group| (!has_me(group), std::cmp::Reverse(group.len())));
    (groups, alone)
}

/// Gives the people of one group their places, with the middle of all at 0, 0; what they take.
fn stand(picture: &Picture, group: &[usize], spots: &mut [Spot]) -> Room {
    let number = |at: usize| group.binary_search(&at).ok();
    let springs = picture.ties.iter().filter_map(|line| {
        let (from, to) = (number(line.from)?, number(line.to)?);
        Some(Spring { from, to, length: length(picture, line.from, line.to) })
    });
    let springs = springs.collect::<Vec<_>>();
    let names = group.iter().filter_map(|at| picture.people.get(*at));
    let names = names.map(|person| person.identity.as_str()).collect::<Vec<_>>();
    let mut middles = places(group.len(), &springs, hash(&names));
    // Labels are wider than tall.
    middles.iter_mut().for_each(|place| place.x *= 1.25);
    let rooms = group.iter().filter_map(|at| spots.get(*at)).map(|spot| spot.room);
    spread(&mut middles, &rooms.collect::<Vec<_>>());
    for (at, middle) in group.iter().zip(middles) {
        spots.get_mut(*at).into_iter().for_each(|spot| spot.stand_at(middle));
    }
    let (low, high) = ends(spots, group.iter());
    let middle = Point { x: (low.x + high.x) / 2.0, y: (low.y + high.y) / 2.0 };
    group.iter().for_each(|at| shift(spots, *at, Point { x: -middle.x, y: -middle.y }));
    Room { width: high.x - low.x + MARGIN * 2.0, height: high.y - low.y + MARGIN * 2.0 }
}

/// How long a line would like to be: short under one roof, longer where many lines meet.
fn length(picture: &Picture, from: usize, to: usize) -> f64 {
    let degree = |at: usize| picture.people.get(at).map_or(1, |person| person.degree.max(1));
    let most = degree(from).max(degree(to)).min(64) as f64;
    let least = degree(from).min(degree(to)).min(64) as f64;
    let length = 62.0 + 16.0 * (most - 1.0).sqrt() + 12.0 * (least - 1.0).sqrt();
    let homes = || picture.households.iter();
    if homes().any(|home| home.contains(&from) && home.contains(&to)) {
        length * 0.7
    } else if homes().any(|home| home.contains(&from) || home.contains(&to)) {
        length * 1.3
    } else {
        length
    }
}

/// Puts those without a tie into rows below the rest, by colour, then by name; where the rows begin.
fn in_rows(
    picture: &Picture,
    alone: &[usize],
    spots: &mut [Spot],
    low: Point,
    high: Point,
) -> Option<f64> {
    let of = |at: &usize| picture.people.get(*at);
    let mut order = alone.to_vec();
    order.sort_by_cached_key(|at| {
        of(at).map(|person| {
            (person.color.unwrap_or(usize::MAX), fold(&person.name), person.identity.clone())
        })
    });
    let room =
        |at: &usize| spots.get(*at).map_or(Room { width: 0.0, height: 0.0 }, |spot| spot.room);
    let rooms = order.iter().map(room).collect::<Vec<_>>();
    let column = rooms.iter().map(|room| room.width).fold(0.0, f64::max).min(150.0) + 6.0;
    let row = rooms.iter().map(|room| room.height).fold(0.0, f64::max) + 6.0;
    let wide = (high.x - low.x).max((order.len() as f64 * column * row * 1.7).sqrt());
    let columns = ((wide / column) as usize).clamp(1, order.len().max(1));
    let top = if high == low { 0.0 } else { high.y + ROWS };
    let left = (low.x + high.x) / 2.0 - columns as f64 * column / 2.0;
    let mut at_cell = 0;
    for (at, room) in order.iter().zip(&rooms) {
        // A label that is wider than a column takes two.
        let cells = (room.width / column).ceil().max(1.0) as usize;
        let cells = cells.min(columns);
        if at_cell % columns + cells > columns {
            at_cell += columns - at_cell % columns;
        }
        let (across, down) = ((at_cell % columns) as f64, (at_cell / columns) as f64);
        let x = left + (across + cells as f64 / 2.0) * column;
        let y = top + down * row + room.height / 2.0;
        spots.get_mut(*at).into_iter().for_each(|spot| spot.stand_at(Point { x, y }));
        at_cell += cells;
    }
    (!alone.is_empty()).then_some(top)
}
