//! A balance on a screen: sentences, then circles and groups as bands, kinds and weeks as bars.
//!
//! Always true here: a band stands in words beside its bar, so the page reads without signs and colours.

use crate::features::balance::{Balance, Band, Share};
use crate::features::balance_text::sentences;
use crate::frontends::cli::line::{Label, Line};
use crate::text::columns::{beside, wrap};
use crate::text::phrase;

/// The widest that the column of names becomes.
const COLUMN: usize = 20;
/// The longest bar of a kind.
const BAR: usize = 24;

/// The page, `columns` wide.
pub fn page(balance: &Balance, columns: usize) -> Vec<Line> {
    let said = sentences(balance);
    let said = said.iter().flat_map(|sentence| wrap(sentence, columns));
    let mut lines = said.map(Line::of).collect::<Vec<_>>();
    lines.extend(shares("Circles", &balance.circles, columns));
    lines.extend(shares("Groups", &balance.groups, columns));
    lines.extend(kinds(balance, columns));
    lines.extend(weeks(balance, columns));
    lines
}

fn shares(heading: &str, shares: &[Share], columns: usize) -> Vec<Line> {
    let width = width(shares.iter().map(name));
    let mut lines = head(heading, shares.is_empty());
    for share in shares {
        let line = Line::of("  ").label(Label::Name, name(share)).cut(width + 2).fill(width + 4);
        let line = line.label(Label::Place, bar(share.band)).plain("  ");
        let told = beside(&told(share), line.width(), columns);
        lines.push(line.plain(told.first));
        lines.extend(told.below.iter().map(Line::of));
    }
    lines
}

fn head(heading: &str, is_empty: bool) -> Vec<Line> {
    if is_empty {
        return Vec::new();
    }
    vec![Line::new(), Line::new().label(Label::Heading, heading)]
}

fn width<'a>(names: impl Iterator<Item = &'a str>) -> usize {
    names.map(|name| Line::of(name).width()).max().unwrap_or(0).min(COLUMN)
}

fn name(share: &Share) -> &str {
    share.name.as_deref().unwrap_or("no circle")
}

/// Four fields: none, one, three or all of them.
fn bar(band: Band) -> &'static str {
    match band {
        Band::Quiet => "▱▱▱▱",
        Band::Less => "▰▱▱▱",
        Band::AsWanted => "▰▰▰▱",
        Band::More => "▰▰▰▰",
        Band::NotAsked => "····",
    }
}

/// `about as you wanted · 3 of 5 people, mostly Ana`
fn told(share: &Share) -> String {
    let people = match share.met {
        0 => phrase::count(share.people, "person", "people"),
        met if met == share.people => phrase::count(met, "person", "people"),
        met => format!("{} of {} people", phrase::number(met), phrase::number(share.people)),
    };
    let mostly = share.mostly.iter().map(|person| person.name.as_str()).collect::<Vec<_>>();
    let mostly = match mostly.is_empty() {
        true => String::new(),
        false => format!(", mostly {}", phrase::list(&mostly)),
    };
    format!("{} · {people}{mostly}", share.band.words())
}

fn kinds(balance: &Balance, columns: usize) -> Vec<Line> {
    let named = |name: &Option<String>| name.clone().unwrap_or_else(|| "not said".to_owned());
    let kinds = balance.kinds.iter().map(|kind| (named(&kind.name), kind.times));
    let kinds = kinds.collect::<Vec<_>>();
    let width = width(kinds.iter().map(|(name, _)| name.as_str()));
    let most = kinds.iter().map(|(_, times)| *times).max().unwrap_or(1).max(1);
    let room = BAR.min(columns.saturating_sub(width + 10)).max(4);
    let mut lines = head("How", kinds.is_empty());
    for (name, times) in &kinds {
        let line = Line::of("  ").plain(name).cut(width + 2).fill(width + 4);
        let bar = "■".repeat((times * room / most).max(1));
        lines.push(line.label(Label::Place, bar).label(Label::Quiet, format!("  {times}")));
    }
    lines
}

const HEIGHTS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// A sign for each week, under the names of the months.
fn weeks(balance: &Balance, columns: usize) -> Vec<Line> {
    let most = balance.weeks.iter().map(|week| week.contacts).max().unwrap_or(0);
    if most == 0 {
        return Vec::new();
    }
    let mut lines = head("Week by week", false);
    let room = columns.saturating_sub(2).max(13);
    // Two columns a week where there is room, so that the names of months fit.
    let step = if balance.weeks.len() * 2 <= room { 2 } else { 1 };
    for weeks in balance.weeks.chunks(room) {
        let mut months = Line::of("  ");
        let mut signs = Line::of("  ");
        for (at, week) in weeks.iter().enumerate() {
            let sunday = week.monday.plus_days(6);
            let month = sunday.month_name().get(..3).unwrap_or("");
            let column = at * step;
            let is_free = at == 0 || months.width() < column + 2;
            if is_free && (at == 0 || sunday.day_of_month() <= 7) && column + 3 <= room {
                months = months.fill(column + 2).label(Label::Quiet, month);
            }
            let height = (week.contacts * HEIGHTS.len()).div_ceil(most).saturating_sub(1);
            let sign = HEIGHTS.get(height).copied().filter(|_| week.contacts > 0);
            signs = signs.label(Label::Place, sign.unwrap_or("·").repeat(step));
        }
        lines.extend([months, signs]);
    }
    lines
}
