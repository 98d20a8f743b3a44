//! A picture as SVG that stands alone: no script, no font or file from elsewhere, colours for white and for dark paper,
//! and words behind every dot and line for whoever points at it or cannot see it.

use crate::features::graph::label::{FONT, LINE};
use crate::features::graph::layout::{Layout, Spot};
use crate::features::graph::legend::{Item, SIGN, SIZE, STEP, Sign, heading, legend};
use crate::features::graph::model::{Line, Person, Picture};
use crate::features::graph::palette::{
    HOME, INK, ME, PAPER, PEOPLE, PLAIN, QUIET, Shade, of_group,
};
use crate::features::graph::stress::Point;
use crate::features::relatives::words::Group;
use crate::text::phrase;
use crate::text::seal::{OPEN, sealed};
use crate::text::visible::visible_line;
use crate::text::xml::escaped;
use std::fmt::Write;

/// How the first comment of every picture of ours begins.
pub const MARK: &str = "<!-- drawn by `ties graph`, ";

/// Around everything.
const EDGE: f64 = 28.0;
/// The letters of the heading.
const HEADING: f64 = 17.0;
/// A picture is at least so wide.
const LEAST: f64 = 560.0;

/// The text of the picture.
pub fn svg(picture: &Picture, layout: &Layout) -> String {
    let room = layout.width.max(LEAST);
    let (items, legend_height) = legend(picture, room);
    let top = EDGE + HEADING + 14.0 + legend_height + 12.0;
    let left = EDGE + (room - layout.width) / 2.0;
    let (wide, tall) = (room + EDGE * 2.0, top + layout.height + EDGE);
    let mut drawing = Drawing { picture, layout, left, top, text: String::new() };
    drawing.open(wide, tall);
    drawing.legend(&items);
    picture.households.iter().for_each(|household| drawing.household(household));
    drawing.text.push_str("<g aria-label=\"Ties\">\n");
    picture.ties.iter().for_each(|line| drawing.line(line));
    drawing.text.push_str("</g>\n<g aria-label=\"People\">\n");
    drawing.rows();
    for (person, spot) in picture.people.iter().zip(&layout.spots) {
        drawing.person(person, spot);
    }
    drawing.text.push_str("</g>\n</svg>\n");
    sealed(&drawing.text)
}

struct Drawing<'a> {
    picture: &'a Picture,
    layout: &'a Layout,
    // Where the layout begins.
    left: f64,
    top: f64,
    text: String,
}

impl Drawing<'_> {
    fn open(&mut self, wide: f64, tall: f64) {
        let heading = escaped(&heading(self.picture));
        self.put(&format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide:.0} {tall:.0}\" \
             width=\"{wide:.0}\" height=\"{tall:.0}\" role=\"graphics-document document\" \
             aria-label=\"People and their ties: {heading}\">\n{MARK}{OPEN} -->\n<style>\n{}</style>\n",
            style()
        ));
        self.put(&format!("<rect class=\"paper\" width=\"{wide:.0}\" height=\"{tall:.0}\"/>\n"));
        let baseline = EDGE + HEADING * 0.8;
        self.put(&format!(
            "<text class=\"heading\" x=\"{EDGE}\" y=\"{baseline:.1}\">{heading}</text>\n"
        ));
    }

    fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn legend(&mut self, items: &[Item]) {
        self.put("<g class=\"legend\" aria-label=\"What the colours and lines mean\">\n");
        for item in items {
            let (x, y) = (EDGE + item.at.x, EDGE + HEADING + 14.0 + item.at.y + STEP / 2.0);
            let sign = sign(item.sign, x, y);
            let (at, baseline) = (x + SIGN, y + SIZE * 0.36);
            let text = escaped(&visible_line(&item.text));
            self.put(&format!("{sign}<text x=\"{at:.1}\" y=\"{baseline:.1}\">{text}</text>\n"));
        }
        self.put("</g>\n");
    }

    fn place(&self, point: Point) -> (f64, f64) {
        (self.left + point.x, self.top + point.y)
    }

    /// A soft ground under everybody who lives together, and a broad way from one to the next: a shape around all of
    /// them would lie under strangers, too.
    fn household(&mut self, household: &[usize]) {
        let spots =
            household.iter().filter_map(|at| self.layout.spots.get(*at)).collect::<Vec<_>>();
        let names = household.iter().filter_map(|at| self.picture.people.get(*at));
        let names = names.map(|person| person.name.as_str()).collect::<Vec<_>>();
        let title = escaped(&visible_line(&format!("{} live together", phrase::list(&names))));
        self.put(&format!("<g role=\"img\" aria-label=\"{title}\"><title>{title}</title>"));
        for (from, to) in ways(&spots.iter().map(|spot| spot.middle).collect::<Vec<_>>()) {
            let ((x1, y1), (x2, y2)) = (self.place(from), self.place(to));
            self.put(&format!(
                "<line class=\"home\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>"
            ));
        }
        for spot in spots {
            let (wide, tall) = (spot.room.width - 16.0, spot.room.height - 16.0);
            let (x, y) = self.place(spot.middle);
            self.put(&format!(
                "<rect class=\"home\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>",
                x - wide / 2.0,
                y - tall / 2.0,
                wide.max(0.1),
                tall.max(0.1)
            ));
        }
        self.put("</g>\n");
    }

    fn line(&mut self, line: &Line) {
        let ends = (self.layout.spots.get(line.from), self.layout.spots.get(line.to));
        let (Some(from), Some(to)) = ends else { return };
        let arrow = line.group == Group::Introductions && line.directed;
        let (start, end) = between(from, to, if arrow { 5.0 } else { 1.0 });
        let ((x1, y1), (x2, y2)) = (self.place(start), self.place(end));
        let title = escaped(&line.told.join("\n"));
        let spoken = escaped(&line.told.join("; "));
        let class = class_of(line);
        let marker = if arrow { " marker-end=\"url(#arrow)\"" } else { "" };
        let at = format!("x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"");
        self.put(&format!(
            "<g class=\"tie\" role=\"img\" aria-label=\"{spoken}\"><title>{title}</title>\
             <line class=\"near\" {at}/><line class=\"{class}\" {at}{marker}/></g>\n"
        ));
    }

    fn rows(&mut self) {
        let Some(at) = self.layout.rows_at else { return };
        let (x, y) = self.place(Point { x: self.layout.width / 2.0, y: at - 22.0 });
        self.put(&format!(
            "<text class=\"rows\" x=\"{x:.1}\" y=\"{y:.1}\">No note ties these to anybody here.</text>\n"
        ));
    }

    fn person(&mut self, person: &Person, spot: &Spot) {
        let (x, y) = self.place(spot.dot);
        let name = visible_line(&person.name);
        let title = escaped(&format!("{name}\n{}", visible_line(&person.about.join(" · "))));
        let spoken = match person.about.as_slice() {
            [] => escaped(&name),
            about => escaped(&format!("{name}: {}", visible_line(&about.join(", ")))),
        };
        let color = match (person.me, person.color) {
            (true, _) => "me".to_owned(),
            (false, Some(color)) => format!("c{color}"),
            (false, None) => "plain".to_owned(),
        };
        let died = if person.died { " died" } else { "" };
        let me = if person.me { " owner" } else { "" };
        self.put(&format!(
            "<g class=\"person{me}\" role=\"img\" aria-label=\"{spoken}\"><title>{}</title>\
             <circle class=\"{color}{died}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{:.1}\"/><text>",
            title.trim_end(),
            spot.radius
        ));
        let baseline = self.top + spot.baseline();
        for (at, line) in spot.label.iter().enumerate() {
            let y = baseline + at as f64 * LINE;
            self.put(&format!("<tspan x=\"{x:.1}\" y=\"{y:.1}\">{}</tspan>", escaped(line)));
        }
        self.put("</text></g>\n");
    }
}

fn class_of_group(group: Group) -> String {
    format!("to-{}", group.name())
}

fn class_of(line: &Line) -> String {
    let more = match (line.over, line.inferred) {
        (true, _) => " over",
        (false, true) => " inferred",
        (false, false) => "",
    };
    format!("line {}{more}", class_of_group(line.group))
}

/// The part of the way between two dots that neither covers.
fn between(from: &Spot, to: &Spot, before: f64) -> (Point, Point) {
    let (dx, dy) = (to.dot.x - from.dot.x, to.dot.y - from.dot.y);
    let length = (dx * dx + dy * dy).sqrt().max(0.01);
    let on = |part: f64| Point { x: from.dot.x + dx * part, y: from.dot.y + dy * part };
    (
        on(((from.radius + 1.0) / length).min(0.5)),
        on((1.0 - (to.radius + before) / length).max(0.5)),
    )
}

fn sign(sign: Sign, x: f64, y: f64) -> String {
    let dot = |class: &str| {
        format!("<circle class=\"{class}\" cx=\"{:.1}\" cy=\"{y:.1}\" r=\"6\"/>", x + 8.0)
    };
    let line = |class: &str| {
        let end = x + 17.0;
        format!(
            "<line class=\"line {class}\" x1=\"{x:.1}\" y1=\"{y:.1}\" x2=\"{end:.1}\" y2=\"{y:.1}\"/>"
        )
    };
    match sign {
        Sign::Dot(Some(color)) => dot(&format!("c{color}")),
        Sign::Dot(None) => dot("plain"),
        Sign::Me => dot("me"),
        Sign::Died => dot("plain died"),
        Sign::Line(Group::Introductions) => {
            let end = x + 13.0;
            format!(
                "<line class=\"line to-introductions\" x1=\"{x:.1}\" y1=\"{y:.1}\" x2=\"{end:.1}\" y2=\"{y:.1}\" \
                 marker-end=\"url(#arrow)\"/>"
            )
        }
        Sign::Line(group) => line(&class_of_group(group)),
        Sign::Over => line("to-other over"),
        Sign::Inferred => line("to-family inferred"),
        Sign::Home => format!(
            "<rect class=\"home small\" x=\"{:.1}\" y=\"{:.1}\" width=\"10\" height=\"6\"/>",
            x + 3.0,
            y - 3.0
        ),
    }
}

/// The shortest ways that connect all of these places (Prim's algorithm).
fn ways(places: &[Point]) -> Vec<(Point, Point)> {
    let far = |one: &Point, other: &Point| {
        let (dx, dy) = (one.x - other.x, one.y - other.y);
        dx * dx + dy * dy
    };
    let Some((first, rest)) = places.split_first() else { return Vec::new() };
    // Each that is not connected yet, with the nearest that is.
    let mut open = rest.iter().map(|place| (*place, *first)).collect::<Vec<_>>();
    let mut ways = Vec::new();
    loop {
        let nearest = open.iter().enumerate();
        let nearest = nearest
            .min_by(|(_, one), (_, other)| far(&one.0, &one.1).total_cmp(&far(&other.0, &other.1)));
        let Some((at, _)) = nearest else { return ways };
        let (place, from) = open.swap_remove(at);
        ways.push((from, place));
        for (other, nearest) in &mut open {
            if far(other, &place) < far(other, nearest) {
                *nearest = place;
            }
        }
    }
}

/// Fonts that are there, for every script; sans serif.
const FONTS: &str =
    "system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"Helvetica Neue\",Arial,sans-serif";

fn style() -> String {
    let mut style = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        style,
        "svg{{color-scheme:light dark}}\n\
         text{{font:{FONT}px {FONTS};text-anchor:middle;paint-order:stroke;stroke-width:3px;\
         stroke-linejoin:round;unicode-bidi:plaintext}}\n\
         .legend text{{font-size:{SIZE}px;text-anchor:start}}\n\
         .heading{{font-size:{HEADING}px;font-weight:600;text-anchor:start}}\n\
         .rows{{font-size:{SIZE}px}}\n\
         .owner text{{font-weight:600}}\n\
         .line{{fill:none;stroke-width:1.4;stroke-linecap:round}}\n\
         .near{{stroke:transparent;stroke-width:12}}\n\
         .to-family{{stroke-width:2.2}}\n\
         .inferred{{stroke-width:1.3;stroke-dasharray:5 4}}\n\
         .over{{stroke-width:1.6;stroke-dasharray:.1 4.5}}\n\
         .home{{stroke-width:16;stroke-linejoin:round}}\n\
         .small{{stroke-width:6}}\n\
         circle{{stroke-width:1.5}}\n\
         .died{{stroke-width:2}}\n\
         .person:hover circle,.tie:hover .line{{stroke-width:4}}"
    );
    colors(&mut style, |shade| shade.light);
    style.push_str("@media (prefers-color-scheme:dark){\n");
    colors(&mut style, |shade| shade.dark);
    style.push_str("}\n");
    // An arrow takes the colour of its line from the same rule.
    style.push_str(
        "</style>\n<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"4\" refY=\"4\" ",
    );
    style.push_str(
        "markerWidth=\"7\" markerHeight=\"7\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">",
    );
    style.push_str("<path class=\"head\" d=\"M0 0L8 4L0 8z\"/></marker></defs>\n<style>");
    style
}

fn colors(style: &mut String, of: fn(Shade) -> &'static str) {
    let _ = writeln!(style, ".paper{{fill:{}}}", of(PAPER));
    let _ = writeln!(style, "text{{fill:{};stroke:{}}}", of(INK), of(PAPER));
    let _ = writeln!(style, ".rows,.legend text{{fill:{}}}", of(QUIET));
    let _ = writeln!(style, ".home{{fill:{0};stroke:{0}}}", of(HOME));
    let _ = writeln!(style, ".me{{fill:{0};stroke:{0}}}", of(ME));
    let _ = writeln!(style, ".plain{{fill:{0};stroke:{0}}}", of(PLAIN));
    for (at, shade) in PEOPLE.iter().enumerate() {
        let _ = writeln!(style, ".c{at}{{fill:{0};stroke:{0}}}", of(*shade));
    }
    let _ = writeln!(style, ".died{{fill:{}}}", of(PAPER));
    for group in Group::ALL {
        let class = class_of_group(group);
        let _ = writeln!(style, ".{class}{{stroke:{}}}", of(of_group(group)));
    }
    let _ = writeln!(style, ".head{{fill:{}}}", of(of_group(Group::Introductions)));
}
