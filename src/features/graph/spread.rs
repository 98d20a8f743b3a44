//! Boxes pushed apart until none lies on another.
//!
//! Always true here: whatever the places were before, afterwards no two boxes overlap.

use crate::features::graph::stress::Point;
use std::collections::HashMap;

/// The room that somebody takes, with the space around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    /// In pixels.
    pub width: f64,
    /// In pixels.
    pub height: f64,
}

/// How often boxes are pushed before those that still overlap are put elsewhere.
const ROUNDS: usize = 150;
/// Boxes take no more of the whole than this, or there is no air.
const DENSITY: f64 = 0.42;

/// Moves `places`, the middles of `rooms`, as little as it goes until no two overlap.
pub fn spread(places: &mut [Point], rooms: &[Room]) {
    give_air(places, rooms);
    for _ in 0..ROUNDS {
        if !push(places, rooms) {
            return;
        }
    }
    settle(places, rooms);
}

/// Whether two boxes lie on each other.
pub fn overlap(one: Point, room: Room, other: Point, other_room: Room) -> bool {
    (one.x - other.x).abs() * 2.0 < room.width + other_room.width
        && (one.y - other.y).abs() * 2.0 < room.height + other_room.height
}

/// A few find room without it.
const FEW: usize = 12;

fn give_air(places: &mut [Point], rooms: &[Room]) {
    if rooms.len() <= FEW {
        return;
    }
    let needed = rooms.iter().map(|room| room.width * room.height).sum::<f64>() / DENSITY;
    let low = |of: fn(&Point) -> f64| places.iter().map(of).fold(f64::MAX, f64::min);
    let high = |of: fn(&Point) -> f64| places.iter().map(of).fold(f64::MIN, f64::max);
    let wide = (high(|place| place.x) - low(|place| place.x)).max(1.0);
    let tall = (high(|place| place.y) - low(|place| place.y)).max(1.0);
    let factor = (needed / (wide * tall)).sqrt();
    // What lies on one line has no area; pushing opens it.
    if factor > 1.0 && wide < tall * 20.0 && tall < wide * 20.0 {
        for place in places {
            place.x *= factor;
            place.y *= factor;
        }
    }
}

/// Pushes each two boxes that overlap half of the way apart; whether any did.
fn push(places: &mut [Point], rooms: &[Room]) -> bool {
    let mut order = (0..places.len()).collect::<Vec<_>>();
    let left = |at: &usize| {
        let place = places.get(*at).copied().unwrap_or_default();
        place.x - rooms.get(*at).map_or(0.0, |room| room.width / 2.0)
    };
    order.sort_by(|one, other| left(one).total_cmp(&left(other)).then(one.cmp(other)));
    let widest = rooms.iter().map(|room| room.width).fold(0.0, f64::max);
    let mut any = false;
    for (at, one) in order.iter().enumerate() {
        for other in order.iter().skip(at + 1) {
            let (Some(a), Some(b)) = (places.get(*one).copied(), places.get(*other).copied())
            else {
                break;
            };
            let (Some(room), Some(other_room)) = (rooms.get(*one), rooms.get(*other)) else {
                break;
            };
            // By now everybody may stand a little elsewhere than in `order`.
            if b.x - a.x > widest * 1.5 {
                break;
            }
            if overlap(a, *room, b, *other_room) {
                any = true;
                let (a, b) = apart(a, *room, b, *other_room);
                places.get_mut(*one).into_iter().for_each(|place| *place = a);
                places.get_mut(*other).into_iter().for_each(|place| *place = b);
            }
        }
    }
    any
}

fn apart(a: Point, room: Room, b: Point, other: Room) -> (Point, Point) {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let over_x = (room.width + other.width) / 2.0 - dx.abs();
    let over_y = (room.height + other.height) / 2.0 - dy.abs();
    // A hair more, so that rounding leaves no overlap.
    let half = |over: f64, by: f64| (over / 2.0 + 0.1) * if by < 0.0 { -1.0 } else { 1.0 };
    if over_x < over_y {
        let by = half(over_x, dx);
        (Point { x: a.x - by, y: a.y }, Point { x: b.x + by, y: b.y })
    } else {
        let by = half(over_y, dy);
        (Point { x: a.x, y: a.y - by }, Point { x: b.x, y: b.y + by })
    }
}

/// Whoever stands on somebody who was there before goes to the nearest free place; the middle comes first.
fn settle(places: &mut [Point], rooms: &[Room]) {
    let count = places.len().max(1) as f64;
    let sum = places
        .iter()
        .fold(Point::default(), |sum, place| Point { x: sum.x + place.x, y: sum.y + place.y });
    let far = |place: &Point| {
        let (dx, dy) = (place.x - sum.x / count, place.y - sum.y / count);
        dx * dx + dy * dy
    };
    let mut order =
        places.iter().enumerate().map(|(at, place)| (far(place), at)).collect::<Vec<_>>();
    order.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let mut ground = Ground::new(rooms);
    for (_, at) in order {
        let (Some(place), Some(room)) = (places.get_mut(at), rooms.get(at)) else { continue };
        *place = ground.free(*place, *room);
        ground.take(*place, *room);
    }
}

/// The boxes that stand, by the squares that they begin in.
struct Ground {
    square: Room,
    taken: HashMap<(i64, i64), Vec<(Point, Room)>>,
}

impl Ground {
    fn new(rooms: &[Room]) -> Ground {
        let widest = rooms.iter().map(|room| room.width).fold(1.0, f64::max);
        let tallest = rooms.iter().map(|room| room.height).fold(1.0, f64::max);
        Ground { square: Room { width: widest, height: tallest }, taken: HashMap::new() }
    }

    fn square(&self, place: Point) -> (i64, i64) {
        (
            (place.x / self.square.width).floor() as i64,
            (place.y / self.square.height).floor() as i64,
        )
    }

    fn is_free(&self, place: Point, room: Room) -> bool {
        let (column, row) = self.square(place);
        let near = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (column + dx, row + dy)));
        let mut taken = near.filter_map(|square| self.taken.get(&square)).flatten();
        !taken.any(|(other, other_room)| overlap(place, room, *other, *other_room))
    }

    /// The nearest free place on squares that grow around `wanted`.
    fn free(&self, wanted: Point, room: Room) -> Point {
        let (dx, dy) = (room.width / 6.0, room.height / 4.0);
        for ring in 0..10_000i32 {
            let near = |value: i32| f64::from(value);
            let mut best: Option<(f64, Point)> = None;
            for at in -ring..=ring {
                for (column, row) in [(at, -ring), (at, ring), (-ring, at), (ring, at)] {
                    let (x, y) = (near(column) * dx, near(row) * dy);
                    let place = Point { x: wanted.x + x, y: wanted.y + y };
                    let far = x * x + y * y;
                    let is_better = best.is_none_or(|(best, _)| far < best);
                    if is_better && self.is_free(place, room) {
                        best = Some((far, place));
                    }
                }
            }
            if let Some((_, place)) = best {
                return place;
            }
        }
        wanted
    }

    fn take(&mut self, place: Point, room: Room) {
        let square = self.square(place);
        self.taken.entry(square).or_default().push((place, room));
    }
}

#[cfg(test)]
mod tests {
    use crate::features::graph::spread::{Room, overlap, spread};
    use crate::features::graph::stress::Point;
    use proptest::prelude::*;

    fn check(mut places: Vec<Point>, rooms: &[Room]) -> Result<(), TestCaseError> {
        spread(&mut places, rooms);
        for (at, (one, room)) in places.iter().zip(rooms).enumerate() {
            for (other, other_room) in places.iter().zip(rooms).skip(at + 1) {
                prop_assert!(!overlap(*one, *room, *other, *other_room), "{:?} {:?}", one, other);
            }
        }
        Ok(())
    }

    #[test]
    fn a_crowd_on_one_spot_is_spread() {
        let rooms = vec![Room { width: 80.0, height: 40.0 }; 200];
        check(vec![Point::default(); 200], &rooms).unwrap();
    }

    proptest! {
        #[test]
        fn no_two_boxes_overlap(
            all in proptest::collection::vec((0.0..500.0f64, 0.0..50.0f64, 20.0..200.0f64, 20.0..60.0f64), 0..60),
        ) {
            let places = all.iter().map(|(x, y, ..)| Point { x: *x, y: *y }).collect();
            let rooms = all.iter().map(|(.., width, height)| Room { width: *width, height: *height });
            check(places, &rooms.collect::<Vec<_>>())?;
        }
    }
}
