//! What the colours and lines of a picture mean, and where that stands.

use crate::features::graph::label::width;
use crate::features::graph::model::Picture;
use crate::features::graph::stress::Point;
use crate::features::relatives::words::Group;
use crate::text::phrase;

/// What an item of a legend shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A dot of this colour; `None` for no colour.
    Dot(Option<usize>),
    /// The owner's dot.
    Me,
    /// The dot of somebody who has died.
    Died,
    /// A line.
    Line(Group),
    /// A line of something that is over.
    Over,
    /// A line that no note writes.
    Inferred,
    /// What lies under a household.
    Home,
}

/// An item, and where it begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What it shows.
    pub sign: Sign,
    /// What that means.
    pub text: String,
    /// The left end, and the middle of its line.
    pub at: Point,
}

/// The letters of a legend, in pixels.
pub const SIZE: f64 = 11.0;
/// From one line to the next.
pub const STEP: f64 = 20.0;
/// What a sign takes.
pub const SIGN: f64 = 22.0;

/// The items for `picture` in lines of at most `room` pixels, the first at 0, 0; and how tall all of it is.
pub fn legend(picture: &Picture, room: f64) -> (Vec<Item>, f64) {
    let mut at = Point::default();
    let mut items = Vec::new();
    for (sign, text) in signs(picture) {
        let wide = SIGN + width(&text, SIZE) + 14.0;
        if at.x > 0.0 && at.x + wide > room {
            at = Point { x: 0.0, y: at.y + STEP };
        }
        items.push(Item { sign, text, at });
        at.x += wide;
    }
    (items, at.y + STEP)
}

/// One entry for each kind of dot and line that is in the picture.
fn signs(picture: &Picture) -> Vec<(Sign, String)> {
    let mut signs = Vec::new();
    let mut tell = |is_here: bool, sign: Sign, text: &str| {
        if is_here {
            signs.push((sign, text.to_owned()));
        }
    };
    let people = &picture.people;
    tell(people.iter().any(|person| person.me), Sign::Me, "you");
    for (at, color) in picture.colors.iter().enumerate() {
        tell(true, Sign::Dot(Some(at)), color);
    }
    let has_plain = people.iter().any(|person| person.color.is_none() && !person.me);
    tell(has_plain && !picture.colors.is_empty(), Sign::Dot(None), "others");
    tell(people.iter().any(|person| person.died), Sign::Died, "died");
    let ties = &picture.ties;
    for group in Group::ALL {
        let is_here = ties.iter().any(|tie| tie.group == group && !tie.over && !tie.inferred);
        tell(is_here, Sign::Line(group), &group.heading().to_lowercase());
    }
    tell(ties.iter().any(|tie| tie.over), Sign::Over, "in the past");
    tell(ties.iter().any(|tie| tie.inferred), Sign::Inferred, "follows; no note says it");
    tell(!picture.households.is_empty(), Sign::Home, "live together");
    signs
}

/// `12 people, 9 ties`
pub fn heading(picture: &Picture) -> String {
    let count = |of: usize, one: &str, many: &str| match of {
        1 => format!("1 {one}"),
        of => format!("{of} {many}"),
    };
    let people = count(picture.people.len(), "person", "people");
    let ties = count(picture.ties.len(), "tie", "ties");
    phrase::capital(&format!("{people}, {ties}"))
}
