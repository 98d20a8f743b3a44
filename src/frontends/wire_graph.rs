//! The JSON shape of a picture of people. Within a version fields are only added.

use crate::features::graph::layout::{Layout, Spot};
use crate::features::graph::model::{Line, Person, Picture};
use crate::text::seal::OPEN_DIGITS;
use serde::Serialize;

/// The answer of `ties graph --format json`.
#[derive(Debug, Serialize)]
pub struct WireGraph {
    /// By which a file of ours is known again.
    drawn_by: &'static str,
    /// By which it is seen whether anybody changed it; open, until [`sealed`](crate::text::seal::sealed) closes it.
    seal: &'static str,
    people: Vec<WirePerson>,
    ties: Vec<WireLine>,
    /// Who lives together, as paths without `.md`.
    households: Vec<Vec<String>>,
    /// How many are not in it because their notes are private.
    private: usize,
    /// Of how many something is not in it because their notes call it private.
    partly: usize,
    /// How many are not in it because there are so many.
    beyond: usize,
}

#[derive(Debug, Serialize)]
struct WirePerson {
    name: String,
    path: String,
    /// Whether it is the owner.
    me: bool,
    died: bool,
    /// The circle or group that gives the colour.
    color: Option<String>,
    /// What they are to the owner, circle, groups.
    about: Vec<String>,
    /// The middle of their dot in the SVG, in pixels, from the top left of all people.
    x: f64,
    y: f64,
}

#[derive(Debug, Serialize)]
struct WireLine {
    /// The path of the one.
    from: String,
    /// The path of the other.
    to: String,
    /// What the other is to the one: `sister`.
    word: String,
    group: &'static str,
    over: bool,
    /// Whether no note writes it.
    inferred: bool,
    /// Whether it is another thing seen from the other side.
    directed: bool,
    /// All ties between the two, as sentences.
    said: Vec<String>,
}

impl WireGraph {
    /// The shape of `picture` with the places of `layout`.
    pub fn new(picture: &Picture, layout: &Layout) -> WireGraph {
        let people = picture.people.iter().zip(&layout.spots);
        let path =
            |at: usize| picture.people.get(at).map(|person| format!("{}.md", person.identity));
        let path = |at: usize| path(at).unwrap_or_default();
        let line = |line: &Line| WireLine {
            from: path(line.from),
            to: path(line.to),
            word: line.word.clone(),
            group: line.group.name(),
            over: line.over,
            inferred: line.inferred,
            directed: line.directed,
            said: line.told.clone(),
        };
        let home = |home: &Vec<usize>| home.iter().map(|at| path(*at)).collect();
        WireGraph {
            drawn_by: "ties graph",
            seal: OPEN_DIGITS,
            people: people.map(|(person, spot)| wire_person(picture, person, spot)).collect(),
            ties: picture.ties.iter().map(line).collect(),
            households: picture.households.iter().map(home).collect(),
            private: picture.private,
            partly: picture.partly,
            beyond: picture.beyond,
        }
    }
}

fn wire_person(picture: &Picture, person: &Person, spot: &Spot) -> WirePerson {
    let rounded = |of: f64| (of * 10.0).round() / 10.0;
    WirePerson {
        name: person.name.clone(),
        path: format!("{}.md", person.identity),
        me: person.me,
        died: person.died,
        color: person.color.and_then(|color| picture.colors.get(color)).cloned(),
        about: person.about.clone(),
        x: rounded(spot.dot.x),
        y: rounded(spot.dot.y),
    }
}
