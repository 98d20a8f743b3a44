//! Days away and a fresh start, as changes of the settings text.
//!
//! Always true here: a change is a few small edits of the list `away` or of the value `fresh_start`; comments, order and
//! everything else in the file stay as they are, and what is set already changes nothing. No contact is written down
//! for anybody.

use crate::features::change_setting::changed;
use crate::features::setting_value::{day_ranges, shown_list};
use crate::note::change::Refusal;
use crate::note::toml::{Entry, Node, Value, literal, quoted, read};
use crate::text::day::Day;
use crate::text::day_range::DayRange;
use crate::text::edit::{Edit, apply};
use crate::text::span::Span;
use crate::text::when::{self, Direction};

/// The days that `written` means to somebody who types it on `today`: a length of time from today on (`3w`,
/// `two weeks`; three weeks are 21 days), `until DAY` from today to that day, `DAY..DAY`. Both ends are days away.
///
/// A lone day could mean its day alone or all days until then, so it is refused.
pub fn days_of(written: &str, today: Day) -> Result<DayRange, Refusal> {
    let written = written.trim();
    let day = |text: &str| {
        when::parse(text, today, Direction::Future)
            .map_err(|error| refusal(error.message, Some(error.hint)))
    };
    if let Some((from, to)) = written.split_once("..") {
        return range(day(from)?, day(to)?);
    }
    let first = written.split_whitespace().next().unwrap_or("");
    if matches!(first.to_ascii_lowercase().as_str(), "until" | "till") {
        let last = day(written.get(first.len()..).unwrap_or("").trim())?;
        if last < today {
            let reason = format!("{last} lies in the past");
            return Err(refusal(reason, Some(format!("`{last}..{last}` is that day alone"))));
        }
        return range(today, last);
    }
    let length = written.strip_prefix("for ").unwrap_or(written);
    match when::parse(&format!("in {length}"), today, Direction::Future) {
        Ok(back) if back > today => range(today, back.plus_days(-1)),
        _ => {
            let lone = day(written)?;
            let hint = format!("write `until {lone}`, or `{lone}..{lone}` for the day alone");
            Err(refusal(format!("`{written}` is a day"), Some(hint)))
        }
    }
}

fn listed(text: &str, ranges: &[DayRange]) -> Result<String, Refusal> {
    let ranges = ranges.iter().map(ToString::to_string).collect::<Vec<_>>();
    changed(text, "away", &shown_list(&ranges))
}

fn range(from: Day, to: Day) -> Result<DayRange, Refusal> {
    DayRange::new(from, to).ok_or_else(|| {
        refusal(format!("{to} is before {from}"), Some("the first day comes first".to_owned()))
    })
}

fn refusal(reason: impl Into<String>, hint: Option<String>) -> Refusal {
    Refusal { reason: reason.into(), hint }
}

/// The settings text `text` with the days of `range` among those away: within the first range that overlaps it, else
/// as one more. Where every day of it is away already, the text as it is. `known` are the days away that count now; a
/// text without any of its own takes them over, since its list counts instead of theirs.
pub fn rest(text: &str, known: &[DayRange], range: DayRange) -> Result<String, Refusal> {
    let away = Away::read(text, known)?;
    if is_covered(range, &away.ranges()) {
        return Ok(text.to_owned());
    }
    let overlapping = away.items.iter().find(|item| overlap(item.range, range));
    match (&away.list, overlapping) {
        (_, Some(item)) => {
            let from = item.range.from.min(range.from);
            let to = item.range.to.max(range.to);
            let hull = DayRange { from, to };
            away.with(&[Edit::replace(item.span, quoted(&hull.to_string()))], text)
        }
        (Some(list), None) => away.with(&added(text, *list, away.items.last(), range), text),
        (None, None) => {
            let mut all = away.ranges();
            all.push(range);
            listed(text, &all)
        }
    }
}

/// The settings text `text` without `day` and what follows it in every range that holds `day`: the rest is over, and
/// the days before stay away. Without such a range the text as it is. `known` as in [`rest`].
pub fn end_rest(text: &str, known: &[DayRange], day: Day) -> Result<String, Refusal> {
    let away = Away::read(text, known)?;
    if away.elsewhere.iter().any(|range| range.contains(day)) {
        let left = away.elsewhere.iter().filter_map(|range| before(*range, day));
        return listed(text, &left.collect::<Vec<_>>());
    }
    let mut edits = Vec::new();
    for (at, item) in away.items.iter().enumerate() {
        if !item.range.contains(day) {
            continue;
        }
        match (before(item.range, day), away.list) {
            (Some(left), _) => edits.push(Edit::replace(item.span, quoted(&left.to_string()))),
            (None, None) => edits.push(Edit::replace(item.span, "[]")),
            (None, Some(list)) => {
                let previous = at.checked_sub(1).and_then(|at| away.items.get(at));
                edits.push(Edit::delete(removed(text, list, previous, item)));
            }
        }
    }
    away.with(&edits, text)
}

/// What is left of `range` where it ends before `day`, which it holds; any other is left as it is.
fn before(range: DayRange, day: Day) -> Option<DayRange> {
    if range.contains(day) { DayRange::new(range.from, day.plus_days(-1)) } else { Some(range) }
}

/// The settings text `text` with everybody starting afresh on `day`.
pub fn start_afresh(text: &str, day: Day) -> Result<String, Refusal> {
    changed(text, "fresh_start", &day.to_string())
}

/// The days away as they stand in the settings text.
struct Away {
    /// The array; `None` where there is none, or one text stands for itself.
    list: Option<Span>,
    items: Vec<Item>,
    /// Days away that count without standing in this text.
    elsewhere: Vec<DayRange>,
    /// Every other setting.
    others: Vec<(String, String)>,
}

#[derive(Clone, Copy)]
struct Item {
    range: DayRange,
    span: Span,
}

impl Away {
    /// Refused where the list holds anything that is no range of days: it does not count then, and must be mended first.
    fn read(text: &str, known: &[DayRange]) -> Result<Away, Refusal> {
        let hint = || Some("`ties check` shows the place".to_owned());
        let entries = read(text)
            .map_err(|error| refusal(format!("it is not TOML: {}", error.message), hint()))?;
        let others = others(&entries);
        let Some(entry) = entries.into_iter().find(|entry| entry.key == "away") else {
            return Ok(Away { list: None, items: Vec::new(), elsewhere: known.to_vec(), others });
        };
        let (list, nodes) = match entry.node.value {
            Value::List(nodes) => (Some(entry.node.span), nodes),
            _ => (None, vec![entry.node]),
        };
        let items = nodes.iter().map(item).collect::<Option<Vec<_>>>();
        let unread = || refusal("`away` in the settings is not a list of days", hint());
        let items = items.ok_or_else(unread)?;
        Ok(Away { list, items, elsewhere: Vec::new(), others })
    }

    fn ranges(&self) -> Vec<DayRange> {
        let own = self.items.iter().map(|item| item.range);
        own.chain(self.elsewhere.iter().copied()).collect()
    }

    /// `text` after `edits`, where that is still settings that say the same of everything else.
    fn with(&self, edits: &[Edit], text: &str) -> Result<String, Refusal> {
        let unkept = || {
            let hint = "change `away` in the settings file by hand".to_owned();
            refusal("the file is written in a way that cannot be kept", Some(hint))
        };
        let changed = apply(text, edits).map_err(|_| unkept())?;
        let after = Away::read(&changed, &[]).map_err(|_| unkept())?;
        let expected = self.items.len().abs_diff(after.items.len()) <= edits.len();
        if after.others == self.others && expected { Ok(changed) } else { Err(unkept()) }
    }
}

fn item(node: &Node) -> Option<Item> {
    let ranges = day_ranges(&node.value)?;
    match (&node.value, ranges.as_slice()) {
        (Value::List(_), _) => None,
        (_, [range]) => Some(Item { range: *range, span: node.span }),
        _ => None,
    }
}

fn others(entries: &[Entry]) -> Vec<(String, String)> {
    let others = entries.iter().filter(|entry| entry.key != "away");
    others.map(|entry| (entry.key.clone(), literal(&entry.node.value))).collect()
}

fn overlap(one: DayRange, other: DayRange) -> bool {
    one.from <= other.to && other.from <= one.to
}

/// Whether each day of `range` lies in one of `ranges`.
fn is_covered(range: DayRange, ranges: &[DayRange]) -> bool {
    let mut sorted = ranges.to_vec();
    sorted.sort_by_key(|range| range.from);
    let mut missing = range.from;
    for away in sorted {
        if away.contains(missing) {
            if away.to >= range.to {
                return true;
            }
            missing = away.to.plus_days(1);
        }
    }
    false
}

// Edits of the list. A span of an item ends before its comma; comments may stand anywhere between.

/// One more item behind the last one: on its line where the list ends there, else on a line of its own.
fn added(text: &str, list: Span, last: Option<&Item>, range: DayRange) -> Vec<Edit> {
    let written = quoted(&range.to_string());
    let Some(last) = last else { return vec![Edit::insert(list.start + 1, written)] };
    let rest = text.get(last.span.end..list.end).unwrap_or("");
    let line = rest.split_inclusive('\n').next().unwrap_or("");
    let comma = comma_in(line);
    let on_one_line = !line.ends_with('\n');
    if on_one_line || (comma.is_none() && comma_in(rest).is_some()) {
        return vec![Edit::insert(last.span.end, format!(", {written}"))];
    }
    let end = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
    let indent = indent_of(text, last.span.start);
    let place = last.span.end + line.len();
    let own_line = Edit::insert(place, format!("{indent}{written},{end}"));
    match comma {
        Some(_) => vec![own_line],
        None => vec![Edit::insert(last.span.end, ","), own_line],
    }
}

/// What to take away with `item` so that a list is left.
fn removed(text: &str, list: Span, previous: Option<&Item>, item: &Item) -> Span {
    let rest = text.get(item.span.end..list.end).unwrap_or("");
    let line = rest.split_inclusive('\n').next().unwrap_or("");
    if let Some(comma) = comma_in(line) {
        let after = line.get(comma + 1..).unwrap_or("");
        let spaces = after.len() - after.trim_start_matches([' ', '\t']).len();
        let end = item.span.end + comma + 1 + spaces;
        return whole_line(text, Span::new(item.span.start, end));
    }
    let gap = previous.map(|previous| Span::new(previous.span.end, item.span.start));
    let is_plain = |gap: &Span| text.get(gap.start..gap.end).is_some_and(|gap| gap.trim() == ",");
    match gap.filter(is_plain) {
        Some(gap) => Span::new(gap.start, item.span.end),
        None => whole_line(text, item.span),
    }
}

/// `span` with its line, where nothing else stands on it.
fn whole_line(text: &str, span: Span) -> Span {
    let start = text.get(..span.start).unwrap_or("").rfind('\n').map_or(0, |at| at + 1);
    let after = text.get(span.end..).unwrap_or("");
    let end = after.find('\n').map_or(after.len(), |at| at + 1);
    let is_alone = [text.get(start..span.start), after.get(..end)]
        .iter()
        .all(|part| part.is_some_and(|part| part.trim().is_empty()));
    if is_alone { Span::new(start, span.end + end) } else { span }
}

/// Where the comma of the item before stands, comments left out.
fn comma_in(text: &str) -> Option<usize> {
    let mut in_comment = false;
    for (at, character) in text.char_indices() {
        match character {
            '\n' => in_comment = false,
            '#' => in_comment = true,
            ',' if !in_comment => return Some(at),
            _ => {}
        }
    }
    None
}

/// The white space before what stands at `offset`, where it is the first on its line.
fn indent_of(text: &str, offset: usize) -> &str {
    let before = text.get(..offset).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    if line.trim().is_empty() { line } else { "  " }
}

#[cfg(test)]
mod tests {
    use crate::features::read_settings::read_settings;
    use crate::features::rest::{days_of, end_rest, rest, start_afresh};
    use crate::features::sample::{day, refused};
    use crate::features::setting_rows::Scope;
    use crate::features::settings::Settings;
    use crate::note::change::Refusal;
    use crate::text::day_range::DayRange;
    use proptest::prelude::*;

    fn shown(text: Result<String, Refusal>) -> String {
        text.unwrap_or_else(|refusal| refused(&refusal))
    }

    fn check(text: &str, range: &str, expected: &str) {
        let range = DayRange::parse(range).unwrap();
        let changed = shown(rest(text, &[], range));
        assert_eq!(changed, expected);
        if !changed.starts_with("refused") {
            assert_eq!(shown(rest(&changed, &[], range)), changed, "once more changes nothing");
        }
    }

    fn check_end(text: &str, on: &str, expected: &str) {
        let changed = shown(end_rest(text, &[], day(on)));
        assert_eq!(changed, expected);
        assert_eq!(shown(end_rest(&changed, &[], day(on))), changed, "once more changes nothing");
    }

    fn check_days(written: &str, expected: &str) {
        let days = days_of(written, day("2026-11-21"));
        let shown = days.map_or_else(|refusal| refused(&refusal), |days| format!("{days}\n"));
        assert_eq!(shown, format!("{expected}\n"), "{written}");
    }

    #[test]
    fn days_are_read_as_people_type_them() {
        check_days("3w", "2026-11-21..2026-12-11");
        check_days("1d", "2026-11-21..2026-11-21");
        check_days("two weeks", "2026-11-21..2026-12-04");
        check_days("for a month", "2026-11-21..2026-12-20");
        check_days("until 2027-01-05", "2026-11-21..2027-01-05");
        check_days("Until next fri", "2026-11-21..2026-11-27");
        check_days("until today", "2026-11-21..2026-11-21");
        check_days("2026-12-20..2027-01-05", "2026-12-20..2027-01-05");
        check_days("tomorrow .. fri", "2026-11-22..2026-11-27");
        check_days("2026-11-01..2026-11-14", "2026-11-01..2026-11-14");
    }

    #[test]
    fn what_could_mean_two_things_is_asked_back() {
        check_days(
            "2027-01-05",
            "refused: `2027-01-05` is a day (write `until 2027-01-05`, or `2027-01-05..2027-01-05` for the day alone)",
        );
        check_days(
            "next week",
            "refused: `next week` is a day (write `until 2026-11-28`, or `2026-11-28..2026-11-28` for the day alone)",
        );
        check_days("3m", "refused: `3m` could mean minutes or months (write `3mo` for months)");
        check_days(
            "until 2026-11-20",
            "refused: 2026-11-20 lies in the past (`2026-11-20..2026-11-20` is that day alone)",
        );
        check_days(
            "2027-01-05..2026-12-20",
            "refused: 2026-12-20 is before 2027-01-05 (the first day comes first)",
        );
        let soon = days_of("soon", day("2026-11-21"));
        assert!(soon.unwrap_err().reason.contains("`soon` is not a date"));
    }

    #[test]
    fn a_new_rest_is_added_and_nothing_else_changes() {
        check("", "2026-12-20..2027-01-05", "away = [\"2026-12-20..2027-01-05\"]\n");
        check(
            "# mine\r\nme = \"x\" # c\r\n\r\n[agenda]\r\nlimit=2\r\n",
            "2026-12-20..2027-01-05",
            "# mine\r\nme = \"x\" # c\r\naway = [\"2026-12-20..2027-01-05\"]\r\n\r\n[agenda]\r\nlimit=2\r\n",
        );
        check(
            "# away = [\"2026-12-20..2027-01-05\", \"2027-05-01\"]\nme = \"x\"\n",
            "2026-12-24",
            "# away = [\"2026-12-20..2027-01-05\", \"2027-05-01\"]\naway = [\"2026-12-24..2026-12-24\"]\nme = \"x\"\n",
        );
        check("away = []\n", "2026-12-24", "away = [\"2026-12-24..2026-12-24\"]\n");
        check(
            "away = [ # none yet\n]\n",
            "2026-12-24",
            "away = [\"2026-12-24..2026-12-24\" # none yet\n]\n",
        );
        check(
            "away = '2026-05-01'\n",
            "2026-12-24",
            "away = [\"2026-05-01..2026-05-01\", \"2026-12-24..2026-12-24\"]\n",
        );
        check(
            "away=['2026-05-01', 2026-06-01] # c\n",
            "2026-12-24",
            "away=['2026-05-01', 2026-06-01, \"2026-12-24..2026-12-24\"] # c\n",
        );
    }

    #[test]
    fn comments_stay_with_what_they_are_about() {
        check(
            "away = [\n\t\"2026-05-01\", # May, day\n\t\"2026-06-01..2026-06-09\"  # by the sea\n]\n",
            "2026-12-24",
            "away = [\n\t\"2026-05-01\", # May, day\n\t\"2026-06-01..2026-06-09\",  # by the sea\n\t\"2026-12-24..2026-12-24\",\n]\n",
        );
        check(
            "away = [\r\n  \"2026-05-01\", # May, day\r\n]\r\n",
            "2026-12-24",
            "away = [\r\n  \"2026-05-01\", # May, day\r\n  \"2026-12-24..2026-12-24\",\r\n]\r\n",
        );
        check(
            "away = [\"2026-05-01\" # May, day\n, # odd\n]\n",
            "2026-12-24",
            "away = [\"2026-05-01\", \"2026-12-24..2026-12-24\" # May, day\n, # odd\n]\n",
        );
    }

    #[test]
    fn overlapping_days_become_one_range() {
        let text = "away = [\n  \"2026-05-01\",\n  \"2026-12-20..2027-01-05\", # home\n]\n";
        let with = |range: &str| text.replace("2026-12-20..2027-01-05", range);
        check(text, "2026-12-22..2026-12-24", text);
        check(text, "2027-01-01..2027-01-09", &with("2026-12-20..2027-01-09"));
        check(text, "2026-12-01..2027-02-01", &with("2026-12-01..2027-02-01"));
        check(
            "away = [\"2026-12-20..2026-12-24\", \"2026-12-25..2026-12-31\"]\n",
            "2026-12-22..2026-12-30",
            "away = [\"2026-12-20..2026-12-24\", \"2026-12-25..2026-12-31\"]\n",
        );
    }

    #[test]
    fn what_cannot_be_read_is_not_written_over() {
        let unread = "refused: `away` in the settings is not a list of days (`ties check` shows the place)\n";
        check("away = 5\n", "2026-12-24", unread);
        check("away = [\"2026-12-24\", \"soon\"]\n", "2026-12-24", unread);
        check("away = [[\"2026-12-24\"]]\n", "2026-12-24", unread);
        check(
            "away = = 5\n",
            "2026-12-24",
            "refused: it is not TOML: extra `=`, expected nothing (`ties check` shows the place)\n",
        );
    }

    #[test]
    fn a_rest_ends_the_day_before() {
        check_end(
            "away = [\"2026-05-01\", \"2026-11-20..2026-12-11\"] # c\n",
            "2026-11-22",
            "away = [\"2026-05-01\", \"2026-11-20..2026-11-21\"] # c\n",
        );
        check_end(
            "away = [\"2026-05-01\", \"2026-11-22..2026-12-11\"] # c\n",
            "2026-11-22",
            "away = [\"2026-05-01\"] # c\n",
        );
        check_end("away = \"2026-11-22..2026-12-11\"\n", "2026-11-22", "away = []\n");
        check_end(
            "away = [\"2026-11-22\", \"2026-12-24\"]\n",
            "2026-11-22",
            "away = [\"2026-12-24\"]\n",
        );
        check_end(
            "away = [\n  \"2026-05-01\", # May\n  \"2026-11-22..2026-12-11\"\n]\n",
            "2026-11-22",
            "away = [\n  \"2026-05-01\", # May\n]\n",
        );
        check_end(
            "away = [\n  \"2026-11-22..2026-12-11\", # sea\n]\n",
            "2026-11-22",
            "away = [\n  # sea\n]\n",
        );
        check_end("away = [\"2026-12-24\"]\n", "2026-11-22", "away = [\"2026-12-24\"]\n");
        check_end("", "2026-11-22", "");
    }

    #[test]
    fn days_that_count_from_elsewhere_are_taken_over() {
        let known = [DayRange::parse("2026-11-20..2026-11-27").unwrap()];
        let range = |text| DayRange::parse(text).unwrap();
        assert_eq!(
            shown(rest("", &known, range("2026-12-24"))),
            "away = [\"2026-11-20..2026-11-27\", \"2026-12-24..2026-12-24\"]\n"
        );
        assert_eq!(shown(rest("", &known, range("2026-11-21"))), "");
        assert_eq!(
            shown(end_rest("", &known, day("2026-11-21"))),
            "away = [\"2026-11-20..2026-11-20\"]\n"
        );
        assert_eq!(shown(end_rest("away = []\n", &known, day("2026-11-21"))), "away = []\n");
    }

    #[test]
    fn a_fresh_start_is_one_value() {
        let fresh = |text| shown(start_afresh(text, day("2026-11-21")));
        assert_eq!(fresh("me = \"x\" # c\n"), "me = \"x\" # c\nfresh_start = \"2026-11-21\"\n");
        assert_eq!(fresh("fresh_start = '2026-01-01' # c\n"), "fresh_start = \"2026-11-21\" # c\n");
        assert_eq!(fresh(&fresh("")), fresh(""));
    }

    fn away_of(text: &str) -> Vec<DayRange> {
        let mut settings = Settings::default();
        assert_eq!(read_settings(&mut settings, text, Scope::Vault).findings, []);
        settings.away
    }

    proptest! {
        #[test]
        fn the_days_away_are_the_old_ones_and_the_new_ones(
            old in prop::collection::vec((0i64..60, 0i64..9, 0usize..4), 0..5),
            new in (0i64..60, 0i64..9),
            layout in 0usize..4,
            end in 0i64..70,
        ) {
            let at = |number| day("2026-11-01").plus_days(number);
            let range = |from: i64, more: i64| DayRange::new(at(from), at(from + more)).unwrap();
            let item = |(from, more, comment): &(i64, i64, usize)| {
                let comment = if layout > 1 && *comment > 1 { " # a, b" } else { "" };
                (format!("\"{}\"", range(*from, *more)), comment)
            };
            let items = old.iter().map(item).collect::<Vec<_>>();
            let mut text = "# keep, this\naway = [".to_owned();
            for (number, (item, comment)) in items.iter().enumerate() {
                let is_last = number + 1 == items.len();
                text += match layout { 0 | 1 => "", _ => "\n  " };
                text += item;
                text += if !is_last || layout == 3 { "," } else { "" };
                text += comment;
                text += if layout < 2 && !is_last { " " } else { "" };
            }
            text += if layout > 1 { "\n]\n[agenda]\n" } else { "]\n[agenda]\n" };
            let before = away_of(&text);
            let added = rest(&text, &[], range(new.0, new.1)).unwrap();
            let after = away_of(&added);
            let is_away = |ranges: &[DayRange], day| ranges.iter().any(|range| range.contains(day));
            for number in -1..80 {
                let wanted = is_away(&before, at(number)) || range(new.0, new.1).contains(at(number));
                prop_assert_eq!(is_away(&after, at(number)), wanted, "{} in\n{}", at(number), added);
            }
            prop_assert_eq!(&rest(&added, &[], range(new.0, new.1)).unwrap(), &added);
            let ended = end_rest(&added, &[], at(end)).unwrap();
            let left = away_of(&ended);
            prop_assert!(!is_away(&left, at(end)), "{}", ended);
            for number in -1..end {
                prop_assert_eq!(is_away(&left, at(number)), is_away(&after, at(number)), "{}", ended);
            }
            prop_assert_eq!(ended.matches('#').count(), text.matches('#').count());
        }
    }
}
