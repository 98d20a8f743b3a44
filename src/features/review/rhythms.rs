//! Rhythms proposed from what was measured: where contact comes clearly more or less often than the rhythm asks.

use crate::features::agenda::view::Item;
use crate::features::agenda::wording::link;
use crate::features::review::ground::Ground;
use crate::features::review::subject::{RHYTHMS, rhythm, rhythm_id};
use crate::features::review::words_to::person;
use crate::features::standing::Situation;
use crate::people::book::ContactId;
use crate::people::cadence::Cadence;
use crate::people::touch::Touch;
use crate::text::day::Day;

/// From fewer gaps nothing is measured; more are not looked at.
const GAPS: (usize, usize) = (4, 24);

/// What was measured in fewer days may have been a busy month.
const MEASURED: i64 = 90;

/// Older contact says nothing about the rhythm of now.
const DAYS: i64 = 3 * 365;

/// So many times as long, or as short, is a clear difference.
const CLEAR: f64 = 1.6;

/// Somebody for whom another rhythm is proposed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proposal {
    /// Who.
    pub id: ContactId,
    /// The rhythm by now.
    pub now: Cadence,
    /// The proposed one, a word of [`RHYTHMS`].
    pub proposed: &'static str,
    /// The median of the measured gaps, in days.
    pub gap: f64,
}

/// The lines of the clearest proposals.
pub fn rhythms(ground: &Ground, at_most: usize) -> Vec<Item> {
    let all = proposals(&ground.situation);
    all.iter().take(at_most).map(|proposal| item(ground, proposal)).collect()
}

fn item(ground: &Ground, proposal: &Proposal) -> Item {
    let Proposal { id, now, proposed, gap } = *proposal;
    let book = ground.situation.book;
    let who = link(book.contact(id));
    let text = format!("{who}: {} → {proposed} (about every {} so far)", word(now), span(gap));
    Item::new(rhythm_id(book, id, proposed), person(ground, id), text, Vec::new())
}

/// Those whose gaps differ clearly from their rhythm, the clearest first.
pub fn proposals(situation: &Situation) -> Vec<Proposal> {
    let mut all = Vec::new();
    for id in situation.book.people() {
        let standing = situation.standing(id);
        let Some((now, _)) = standing.cadence.filter(|_| standing.stop.is_none()) else { continue };
        all.extend(proposal(situation, id, now));
    }
    let difference = |of: &Proposal| {
        let typical = of.now.typical_days().unwrap_or(of.gap);
        (of.gap / typical).ln().abs()
    };
    all.sort_by(|one, other| {
        difference(other).total_cmp(&difference(one)).then(one.id.cmp(&other.id))
    });
    all
}

fn proposal(situation: &Situation, id: ContactId, now: Cadence) -> Option<Proposal> {
    let typical = now.typical_days()?;
    let gaps = gaps(situation, id);
    let gap = median(&gaps)?;
    if gaps.iter().sum::<i64>() < MEASURED {
        return None;
    }
    let inside = match now {
        Cadence::Window(low, high) => (low.days()..=high.days()).contains(&gap),
        _ => false,
    };
    let now_quiet = situation.standing(id).elapsed.unwrap_or(0) as f64;
    // Whoever was met often and is quiet by now is not met often.
    let is_often = gap * CLEAR <= typical && now_quiet <= gap * 2.0;
    let is_clear = gap >= typical * CLEAR || is_often;
    let near = |word: &&'static str| {
        let days = rhythm(word).and_then(Cadence::typical_days).unwrap_or(1.0);
        (days / gap).ln().abs()
    };
    let proposed =
        RHYTHMS.iter().copied().min_by(|one, other| near(one).total_cmp(&near(other)))?;
    let is_other = rhythm(proposed) != Some(now);
    (is_clear && !inside && is_other).then_some(Proposal { id, now, proposed, gap })
}

/// The days between contacts, the newest first; days away are not counted.
fn gaps(situation: &Situation, id: ContactId) -> Vec<i64> {
    let oldest = situation.day.plus_days(-DAYS);
    let contacts = situation.past_touches(id).filter(Touch::counts);
    let days = contacts.map(|touch| touch.day).take_while(|day| *day >= oldest);
    let mut days = days.collect::<Vec<Day>>();
    days.dedup();
    let away = |from: Day, to: Day| situation.calendar.away.between(from, to);
    let gaps = days.windows(2).filter_map(|pair| match pair {
        [newer, older] => Some((older.days_until(*newer) - away(*older, *newer)).max(1)),
        _ => None,
    });
    gaps.take(GAPS.1).collect()
}

fn median(gaps: &[i64]) -> Option<f64> {
    let mut sorted = gaps.to_vec();
    sorted.sort_unstable();
    let middle = sorted.len() / 2;
    let high = sorted.get(middle).copied().filter(|_| sorted.len() >= GAPS.0)?;
    let low = if sorted.len().is_multiple_of(2) { sorted.get(middle - 1).copied()? } else { high };
    Some(f64::midpoint(low as f64, high as f64))
}

/// `11 weeks`
fn span(days: f64) -> String {
    let (count, one, many) = match days {
        days if days < 14.0 => (days, "day", "days"),
        days if days < 120.0 => (days / 7.0, "week", "weeks"),
        days if days < 700.0 => (days / 30.44, "month", "months"),
        days => (days / 365.25, "year", "years"),
    };
    let count = count.round();
    if count <= 1.0 { one.to_owned() } else { format!("{count:.0} {many}") }
}

/// A rhythm in short: `monthly`, `2-4 weeks`.
pub fn word(cadence: Cadence) -> String {
    let known = RHYTHMS.iter().find(|word| rhythm(word) == Some(cadence));
    match (known, cadence) {
        (Some(word), _) => (*word).to_owned(),
        (None, Cadence::Seasonal) => "seasonal".to_owned(),
        (None, _) => cadence.to_string().trim_start_matches("every ").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::features::review::rhythms::{proposals, span, word};
    use crate::features::sample::{book, day};
    use crate::features::settings::Settings;
    use crate::features::standing::Situation;
    use crate::people::cadence::Cadence;
    use crate::people::vocabulary::Vocabulary;
    use crate::text::day_range::DayRange;

    /// What is proposed on 21 November 2026 to somebody with this rhythm and contact so many days ago.
    fn check(cadence: &str, days_ago: &[i64], expected: &str) {
        check_away(cadence, days_ago, &[], expected);
    }

    fn check_away(cadence: &str, days_ago: &[i64], away: &[&str], expected: &str) {
        let today = day("2026-11-21");
        let entry = |ago: &i64| format!("- {} call\n", today.plus_days(-ago));
        let log = days_ago.iter().map(entry).collect::<String>();
        let text = format!("---\nname: Bo\ncadence: {cadence}\n---\n## Log\n{log}");
        let book = book(&[("people/bo.md", &text)]);
        let away = away.iter().filter_map(|range| DayRange::parse(range)).collect();
        let settings = Settings { away, ..Settings::default() };
        let vocabulary = Vocabulary::default();
        let all = proposals(&Situation::new(&book, today, &settings, &vocabulary));
        let shown = all.iter().map(|of| format!("{} {}", of.proposed, span(of.gap)));
        assert_eq!(shown.collect::<String>(), expected, "{cadence} {days_ago:?}");
    }

    #[test]
    fn a_clear_difference_is_proposed() {
        check("monthly", &[20, 100, 180, 260, 340], "quarterly 11 weeks");
        check("monthly", &[20, 50, 80, 110, 140], "");
        check("quarterly", &[5, 35, 65, 95, 125], "monthly 4 weeks");
        check("weekly", &[3, 20, 37, 54, 71, 88, 105], "2 weeks 2 weeks");
        check("2-4 weeks", &[3, 30, 57, 84, 111], "");
        check("never", &[20, 100, 180, 260, 340], "");
    }

    #[test]
    fn four_gaps_in_three_months_are_needed() {
        check("monthly", &[20, 100, 180, 260], "");
        check("monthly", &[20, 20, 100, 180, 260], "");
        check("yearly", &[5, 10, 15, 20, 25], "");
        check("monthly", &[1200, 1300, 1400, 1500, 1600], "");
    }

    #[test]
    fn nobody_is_met_more_often_who_is_quiet_by_now() {
        check("yearly", &[200, 230, 260, 290, 320], "");
        check("yearly", &[20, 50, 80, 110, 140], "monthly 4 weeks");
    }

    #[test]
    fn days_away_do_not_count() {
        let summer = ["2026-03-01..2026-09-30"];
        check_away("monthly", &[20, 50, 270, 300, 330, 360], &summer, "");
        check_away("monthly", &[20, 100, 370, 450, 530, 610], &summer, "quarterly 11 weeks");
    }

    #[test]
    fn rhythms_are_short_words() {
        let check = |text: &str, expected: &str| {
            assert_eq!(word(Cadence::parse(text).unwrap()), expected);
        };
        check("every 3 months", "quarterly");
        check("fortnightly", "2 weeks");
        check("2w..4w", "2-4 weeks");
        check("seasonal", "seasonal");
    }
}
