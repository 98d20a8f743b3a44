//! Blocks put around a first one, close to each other and to the middle.
//!
//! Always true here: no two blocks overlap, and the picture grows wider rather than taller, as screens and paper lie.

use crate::features::graph::spread::{Room, overlap};
use crate::features::graph::stress::Point;

/// How much wider than tall a picture may well be.
const WIDE: f64 = 1.5;

/// The middles of `blocks`, put one after the other; the first stands at 0, 0.
pub fn pack(blocks: &[Room]) -> Vec<Point> {
    let mut places: Vec<Point> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let placed = || places.iter().copied().zip(blocks.iter().copied()).take(at);
        let is_free =
            |place: &Point| !placed().any(|(other, room)| overlap(*place, *block, other, room));
        let far = |place: &Point| {
            // How far the farthest corner is from the middle.
            let (x, y) = (place.x.abs() + block.width / 2.0, place.y.abs() + block.height / 2.0);
            x * x / WIDE + y * y * WIDE
        };
        let spots = placed().flat_map(|(other, room)| beside(other, room, *block));
        let best = spots.filter(is_free).min_by(|one, other| far(one).total_cmp(&far(other)));
        places.push(best.unwrap_or_default());
    }
    places
}

/// Places on each side of a block: in line with its ends, and with its middle.
fn beside(other: Point, room: Room, block: Room) -> impl Iterator<Item = Point> {
    // A hair apart, so that rounding leaves no overlap.
    let dx = (room.width + block.width) / 2.0 + 0.1;
    let dy = (room.height + block.height) / 2.0 + 0.1;
    let (slide_x, slide_y) = ((room.width - block.width) / 2.0, (room.height - block.height) / 2.0);
    [-1.0, 0.0, 1.0].into_iter().flat_map(move |by| {
        let (x, y) = (other.x + by * slide_x, other.y + by * slide_y);
        [
            Point { x: other.x - dx, y },
            Point { x: other.x + dx, y },
            Point { x, y: other.y - dy },
            Point { x, y: other.y + dy },
        ]
    })
}

#[cfg(test)]
mod tests {
    use crate::features::graph::pack::pack;
    use crate::features::graph::spread::{Room, overlap};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_two_blocks_overlap(
            blocks in proptest::collection::vec((10.0..400.0f64, 10.0..300.0f64), 0..40),
        ) {
            let blocks = blocks.iter().map(|(width, height)| Room { width: *width, height: *height });
            let blocks = blocks.collect::<Vec<_>>();
            let places = pack(&blocks);
            for at in 0..blocks.len() {
                for other in 0..at {
                    prop_assert!(!overlap(places[at], blocks[at], places[other], blocks[other]));
                }
            }
        }
    }
}
