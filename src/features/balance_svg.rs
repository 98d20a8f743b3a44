//! A balance as one SVG that stands alone: it follows the light or dark of its reader, loads nothing and runs nothing.
//!
//! Always true here: somebody whose note, name or circle is private is a dot without a name; text of notes is escaped;
//! the same balance gives the same bytes.

use crate::features::balance::{Balance, Band, KindShare, PersonShare, Share, Week};
use crate::features::balance_text::overall;
use crate::features::graph::label::width;
use crate::features::privacy::keeps;
use crate::people::book::Book;
use crate::people::field::Field;
use crate::people::vocabulary::Vocabulary;
use crate::text::columns::wrap;
use crate::text::day::Day;
use crate::text::phrase;
use crate::text::xml::escaped;
use std::collections::BTreeMap;
use std::fmt::Write;

const WIDTH: usize = 760;
/// The margin, and where the second column begins.
const LEFT: usize = 32;
const COLUMN: usize = 168;

const TITLE: &str = "Where time went";

const STYLE: &str = "\
svg{--ground:#fdfcfa;--ink:#2b2a28;--soft:#6d6a65;--faint:#e7e3dc;--fill:#3f7f7a;--pale:#a9ccc8;--deep:#1f5753;\
font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;font-size:14px}\
@media (prefers-color-scheme:dark){svg{--ground:#1d1f21;--ink:#e6e3de;--soft:#a19d96;--faint:#36393c;--fill:#5fb0a9;\
--pale:#34605c;--deep:#a5dcd6}}\
.ground{fill:var(--ground)}text{fill:var(--ink)}.soft{fill:var(--soft);font-size:13px}\
.title{font-size:22px;font-weight:600}.head{font-size:15px;font-weight:600}\
.off{fill:var(--faint)}.on,.wanted{fill:var(--fill)}.less{fill:var(--pale);stroke:var(--fill);stroke-width:1.5}\
.quiet{fill:none;stroke:var(--soft);stroke-width:1.5}.more{fill:var(--deep);stroke:var(--fill);stroke-width:4}\
.free{fill:none;stroke:var(--fill);stroke-width:1.5;stroke-dasharray:2 2}";

/// The SVG of `balance`, which was made from `book`.
pub fn svg(balance: &Balance, book: &Book, vocabulary: &Vocabulary) -> String {
    let mut picture = Picture { balance, book, vocabulary, body: String::new(), y: 0 };
    picture.heading();
    picture.circles();
    picture.legend();
    picture.bars();
    picture.kinds();
    picture.finished()
}

/// Whether a file is such a picture.
pub fn is_ours(text: &str) -> bool {
    text.starts_with("<svg ") && text.contains(&format!("<title>{TITLE}</title>"))
}

struct Picture<'a> {
    balance: &'a Balance,
    book: &'a Book,
    vocabulary: &'a Vocabulary,
    body: String,
    // Where the next part begins.
    y: usize,
}

impl Picture<'_> {
    fn text(&mut self, class: &str, x: usize, y: usize, text: &str) {
        // Writing to a string cannot fail.
        let text = escaped(text);
        let _ = writeln!(self.body, r#"<text class="{class}" x="{x}" y="{y}">{text}</text>"#);
    }

    fn heading(&mut self) {
        self.text("title", LEFT, 48, TITLE);
        self.y = 76;
        for sentence in overall(self.balance) {
            for line in wrap(&sentence, 96) {
                self.text("", LEFT, self.y, &line);
                self.y += 21;
            }
        }
        self.y += 22;
    }

    fn circles(&mut self) {
        for (place, share) in self.balance.circles.iter().enumerate() {
            self.circle(share);
            self.dots(place);
        }
    }

    /// The name of a circle, its band as four fields, and the band in words.
    fn circle(&mut self, share: &Share) {
        let y = self.y;
        let name = share.name.as_deref().unwrap_or("no circle");
        let shown = cut(name, 15.0);
        self.text("head", LEFT, y + 12, &shown);
        let words = share.band.words();
        let title = escaped(&format!("{name}: {words}"));
        let _ = writeln!(self.body, "<g><title>{title}</title>");
        for field in 0..4 {
            let class = if field < filled(share.band) { "on" } else { "off" };
            let x = COLUMN + field * 30;
            let _ = writeln!(
                self.body,
                r#"<rect class="{class}" x="{x}" y="{y}" width="27" height="14" rx="3"/>"#
            );
        }
        self.body.push_str("</g>\n");
        self.text("soft", COLUMN + 136, y + 12, words);
        self.y += 36;
    }

    /// Everybody of a circle.
    fn dots(&mut self, circle: usize) {
        let of_circle = |share: &&PersonShare| share.circle == circle;
        let people = self.balance.people.iter().filter(of_circle).collect::<Vec<_>>();
        let shown = people.len().min(MOST_DOTS);
        for (at, share) in people.iter().take(shown).enumerate() {
            let (x, y) = (COLUMN + 8 + at % DOTS * 18, self.y + at / DOTS * 18);
            let title = escaped(&self.title(share));
            let class = class(share.band);
            let _ = writeln!(
                self.body,
                r#"<circle class="{class}" cx="{x}" cy="{y}" r="6"><title>{title}</title></circle>"#
            );
        }
        self.y += shown.div_ceil(DOTS) * 18 + 8;
        if people.len() > shown {
            let more = format!("and {} more", people.len() - shown);
            self.text("soft", COLUMN, self.y + 4, &more);
            self.y += 22;
        }
    }

    /// `Ana Lima: about as you wanted`.
    fn title(&self, share: &PersonShare) -> String {
        let id = share.person.id;
        let kept = [Field::Name, Field::Circle];
        let is_kept = kept.iter().any(|field| keeps(self.book, id, *field, self.vocabulary));
        let name = if is_kept { "somebody" } else { &share.person.name };
        let words = match share.band {
            Band::NotAsked if share.contacts > 0 => "in touch, without a rhythm",
            Band::NotAsked => "it was not time yet",
            band => band.words(),
        };
        format!("{name}: {words}")
    }

    /// A bar for each week, or for longer times where there are many.
    fn bars(&mut self) {
        let (heading, bars) = bars(self.balance);
        let most = bars.iter().map(|bar| bar.contacts).max().unwrap_or(0);
        if most == 0 {
            return;
        }
        self.section(heading);
        let step = ((WIDTH - 2 * LEFT) / bars.len().max(1)).min(WIDEST);
        let foot = self.y + BAR;
        for (at, bar) in bars.iter().enumerate() {
            let height = if bar.contacts == 0 { 2 } else { (bar.contacts * BAR / most).max(4) };
            let class = if bar.contacts == 0 { "off" } else { "on" };
            let x = LEFT + at * step;
            let said = phrase::count(bar.contacts, "contact", "contacts");
            let _ = writeln!(
                self.body,
                r#"<rect class="{class}" x="{x}" y="{}" width="{}" height="{height}" rx="2"><title>{}: {said}</title></rect>"#,
                foot - height,
                step.saturating_sub(3).max(2),
                bar.title,
            );
        }
        for (x, label) in labels(&bars, step) {
            self.text("soft", x, foot + 18, &label);
        }
        self.y = foot + 44;
    }

    fn section(&mut self, title: &str) {
        self.y += 18;
        self.text("head", LEFT, self.y, title);
        self.y += 16;
    }

    /// A bar for each kind.
    fn kinds(&mut self) {
        let most = self.balance.kinds.iter().map(|kind| kind.times).max().unwrap_or(0);
        if most == 0 {
            return;
        }
        self.section("How");
        for kind in self.balance.kinds.iter().take(MOST_KINDS) {
            self.kind(kind, most);
        }
        self.y += 12;
    }

    fn kind(&mut self, kind: &KindShare, most: usize) {
        let name = kind.name.as_deref().unwrap_or("not said");
        self.text("", LEFT, self.y + 11, &cut(name, 14.0));
        let width = (kind.times * (WIDTH - COLUMN - LEFT) / most.max(1)).max(3);
        let times =
            if kind.times == 1 { "once".to_owned() } else { format!("{} times", kind.times) };
        let title = escaped(&format!("{name}: {times}"));
        let _ = writeln!(
            self.body,
            r#"<rect class="on" x="{COLUMN}" y="{}" width="{width}" height="12" rx="3"><title>{title}</title></rect>"#,
            self.y
        );
        self.y += 22;
    }

    /// What the dots mean.
    fn legend(&mut self) {
        if self.balance.people.is_empty() {
            return;
        }
        let bands = [Band::Quiet, Band::Less, Band::AsWanted, Band::More, Band::NotAsked];
        let words = ["quiet", "less", "about as wanted", "more", "no rhythm, or not yet time"];
        let (mut x, y) = (LEFT + 6, self.y + 12);
        for (band, words) in bands.into_iter().zip(words) {
            let class = class(band);
            let _ = writeln!(self.body, r#"<circle class="{class}" cx="{x}" cy="{y}" r="6"/>"#);
            self.text("soft", x + 14, y + 5, words);
            x += 40 + words.len() * 7;
        }
        self.y += 44;
    }

    fn finished(self) -> String {
        let height = self.y + 16;
        let about = escaped(&overall(self.balance).join(" "));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
             role=\"img\">\n<title>{TITLE}</title>\n<desc>{about}</desc>\n<style>{STYLE}</style>\n\
             <rect class=\"ground\" width=\"{WIDTH}\" height=\"{height}\"/>\n{}</svg>\n",
            self.body
        )
    }
}

/// Dots in a row, and of one circle at most.
const DOTS: usize = 31;
const MOST_DOTS: usize = DOTS * 12;
/// The height of the longest bar of a week.
const BAR: usize = 72;
const MOST_KINDS: usize = 8;
/// More bars than this are none that can be seen; a bar is no wider than this, with the gap behind it.
const MOST_BARS: usize = 116;
const WIDEST: usize = 44;
/// Months below narrower weeks are cut to three letters.
const NARROW: usize = 20;

/// How many of four fields a band fills.
fn filled(band: Band) -> usize {
    match band {
        Band::Quiet | Band::NotAsked => 0,
        Band::Less => 1,
        Band::AsWanted => 3,
        Band::More => 4,
    }
}

fn class(band: Band) -> &'static str {
    match band {
        Band::Quiet => "quiet",
        Band::Less => "less",
        Band::AsWanted => "wanted",
        Band::More => "more",
        Band::NotAsked => "free",
    }
}

/// A bar of some days.
struct Bar {
    /// Which days: `Week of 5 October`, `October 2024`, `2024`.
    title: String,
    /// What stands below it, where something begins with it.
    label: Option<String>,
    contacts: usize,
}

/// As many bars as have room, each wide enough to be seen; a shorter time is better.
fn bars(balance: &Balance) -> (&'static str, Vec<Bar>) {
    let (Some(first), Some(last)) = (balance.weeks.first(), balance.weeks.last()) else {
        return ("Week by week", Vec::new());
    };
    let months = (last.monday.year() - first.monday.year()) * 12 + 12;
    let months = usize::try_from(months).unwrap_or(1);
    match (balance.weeks.len(), months) {
        (0..=MOST_BARS, _) => ("Week by week", weekly(balance)),
        (_, 0..=MOST_BARS) => ("Month by month", grouped(balance, 1)),
        _ => ("Year by year", grouped(balance, 12 * (months / 12 + 1).div_ceil(MOST_BARS))),
    }
}

fn weekly(balance: &Balance) -> Vec<Bar> {
    let bar = |(at, week): (usize, &Week)| {
        let sunday = week.monday.plus_days(6);
        let begins = at == 0 || sunday.day_of_month() <= 7;
        Bar {
            title: format!("Week of {}", phrase::date(week.monday, balance.today)),
            label: begins.then(|| sunday.month_name().to_owned()),
            contacts: week.contacts,
        }
    };
    balance.weeks.iter().enumerate().map(bar).collect()
}

/// A bar for so many months each; a week belongs to the one in which it ends.
fn grouped(balance: &Balance, months: usize) -> Vec<Bar> {
    let mut groups: BTreeMap<i64, (Day, usize)> = BTreeMap::new();
    for week in &balance.weeks {
        let sunday = week.monday.plus_days(6);
        let month = i64::from(sunday.year()) * 12 + i64::from(sunday.month()) - 1;
        let group = month / i64::try_from(months).unwrap_or(1).max(1);
        groups.entry(group).or_insert((sunday, 0)).1 += week.contacts;
    }
    let bar = |(at, (day, contacts)): (usize, (Day, usize))| {
        let (month, year) = (day.month_name(), day.year());
        let begins = at == 0 || months > 1 || day.month() == 1;
        let title = match months {
            1 => format!("{month} {year}"),
            12 => year.to_string(),
            _ => format!("From {year} on"),
        };
        Bar { title, label: begins.then(|| year.to_string()), contacts }
    };
    groups.into_values().enumerate().map(bar).collect()
}

/// What stands below the bars and where, as far as there is room for it.
fn labels(bars: &[Bar], step: usize) -> Vec<(usize, String)> {
    let mut shown: Vec<(usize, String)> = Vec::new();
    let mut free = 0;
    for (at, bar) in bars.iter().enumerate() {
        let Some(label) = &bar.label else { continue };
        let is_year = label.starts_with(|first: char| first.is_ascii_digit());
        let cut = if step < NARROW && !is_year { label.get(..3).unwrap_or(label) } else { label };
        let x = LEFT + at * step;
        if x >= free {
            free = x + cut.len() * 8 + 8;
            shown.push((x, cut.to_owned()));
        }
    }
    shown
}

/// A name that stays before the second column, with letters of this size.
fn cut(name: &str, size: f64) -> String {
    let room = (COLUMN - LEFT - 8) as f64;
    if width(name, size) <= room {
        return name.to_owned();
    }
    let mut kept = name.to_owned();
    while width(&kept, size) + width("…", size) > room && kept.pop().is_some() {}
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use crate::features::balance::balance;
    use crate::features::balance_svg::{cut, is_ours, svg};
    use crate::features::sample::{book, day};
    use crate::features::settings::Settings;
    use crate::people::vocabulary::Vocabulary;
    use crate::text::day_range::DayRange;

    fn drawn(notes: &[(&str, &str)]) -> String {
        drawn_of(notes, "2026-10-01..2026-12-31")
    }

    fn drawn_of(notes: &[(&str, &str)], span: &str) -> String {
        let (book, settings, vocabulary) =
            (book(notes), Settings::default(), Vocabulary::default());
        let span = DayRange::parse(span).unwrap();
        let balance = balance(&book, span, day("2026-11-21"), &settings, &vocabulary);
        svg(&balance, &book, &vocabulary)
    }

    fn person(name: &str, keys: &str) -> String {
        format!("---\nname: \"{name}\"\ncircle: inner\n{keys}\n---\n## Log\n- 2026-11-18 call\n")
    }

    #[test]
    fn names_are_escaped_and_tell_in_words() {
        let shown = drawn(&[("people/ana.md", &person("Ana <b>&", ""))]);
        assert!(
            shown.contains("<title>Ana &lt;b&gt;&amp;: about as you wanted</title>"),
            "{shown}"
        );
        assert!(!shown.contains("<b>") && !shown.contains("<script"));
        assert!(shown.contains("prefers-color-scheme:dark"));
    }

    #[test]
    fn whoever_is_private_has_no_name_in_it() {
        for private in ["private: true", "private: [name]", "private: [circle]"] {
            let shown = drawn(&[("people/rafael.md", &person("Rafael", private))]);
            assert!(!shown.contains("Rafael"), "{private}");
            assert!(shown.contains("<title>somebody: about as you wanted</title>"), "{shown}");
        }
    }

    #[test]
    fn however_long_the_time_its_bars_stay_in_the_picture() {
        let ana = person("Ana", "");
        let right = |of: &str, part: &str| {
            let value = |key: &str| part.split(key).nth(1).and_then(|rest| rest.split('"').next());
            let number = |key: &str| value(key).and_then(|value| value.parse::<usize>().ok());
            let (x, width) = (number(" x=\"").unwrap(), number(" width=\"").unwrap());
            assert!(x + width <= 760 - 32, "{of}: {part}");
        };
        for (from, heading, newest) in [
            ("2026-10-01", "Week by week", "Week of 16 November: one contact"),
            ("2025-01-01", "Week by week", "Week of 16 November: one contact"),
            ("2022-01-01", "Month by month", "November 2026: one contact"),
            ("2015-01-01", "Year by year", "2026: one contact"),
            ("1800-01-01", "Year by year", "From 2026 on: one contact"),
        ] {
            let shown = drawn_of(&[("people/ana.md", &ana)], &format!("{from}..2026-11-21"));
            assert!(shown.contains(heading) && shown.contains(newest), "{from}: {shown}");
            shown
                .lines()
                .filter(|line| line.contains("rx=\"2\""))
                .for_each(|line| right(from, line));
        }
    }

    #[test]
    fn a_long_name_ends_before_the_bars() {
        assert_eq!(cut("growth", 15.0), "growth");
        assert_eq!(cut("Colleagues of the old days", 15.0), "Colleagues o…");
        assert_eq!(cut("王小明王小明王小明王小明", 15.0), "王小明王小明…");
    }

    #[test]
    fn an_empty_vault_is_a_picture_too() {
        let shown = drawn(&[]);
        assert!(is_ours(&shown) && shown.ends_with("</svg>\n"));
        assert!(!is_ours("<svg width=\"1\"/>"));
        assert!(shown.contains("No contact is written down"));
    }
}
