//! Trips: whom to see where the owner will be (`- 2026-12-01..2026-12-05 trip: Porto` in a journal).
//!
//! Always true here: a trip suggests only people who take part in the reminders already; those whom something stops
//! are left in peace. A trip takes no place of the day's limit: it has a few of its own.

use crate::features::household::household;
use crate::features::standing::{Situation, Standing};
use crate::people::book::ContactId;
use crate::people::brief::Brief;
use crate::people::cadence::Cadence;
use crate::people::journal::Trip;
use crate::text::day::Day;
use crate::text::fold::fold;

/// Trips suggest so many at most on one day; people who live together are one.
const PLACES: usize = 3;

/// Somebody to see on a trip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Whom; those of one household together, the one whose turn it is first.
    pub who: Vec<ContactId>,
    /// The trip.
    pub trip: Trip,
}

/// Whom to see on the trips that are near: from `agenda.ahead_days` before their first day until their last. Contact
/// since that time settles it. Where there are more people than places, they take turns as with rhythms. None on days
/// away.
pub fn visits(situation: &Situation) -> Vec<Visit> {
    let trips = near(situation);
    if trips.is_empty() || situation.settings.is_away(situation.day) {
        return Vec::new();
    }
    let (mut open, mut had_a_place) = (Vec::new(), 0);
    let housed = situation.book.in_figures().filter(|(_, figures)| figures.has_location());
    for (id, _) in housed {
        let brief = situation.book.brief(id);
        let Some(near) = trips.iter().find(|near| near.leads_to(brief)) else { continue };
        let standing = situation.standing(id);
        let settled = standing.contact_day().is_some_and(|contact| contact >= near.since);
        if situation.has_had_a_place(id, &standing) {
            // Ticking never brings a new name, nor where it took away the next step that was all that brought them up.
            had_a_place += 1;
        } else if takes_part(brief, &standing) && standing.stop.is_none() && !settled {
            let turn = situation.draw.turn(&situation.book.identity(id), standing.weight);
            open.push((turn.key, id, near));
        }
    }
    open.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let open = open.into_iter().map(|(_, id, near)| (id, near)).collect::<Vec<_>>();
    first(situation, &open, PLACES.saturating_sub(had_a_place))
}

/// The first of `open`, by household.
fn first(situation: &Situation, open: &[(ContactId, &Near)], places: usize) -> Vec<Visit> {
    let mut visits: Vec<Visit> = Vec::new();
    for (id, near) in open {
        if visits.iter().any(|visit| visit.who.contains(id)) {
            continue;
        }
        if visits.len() == places {
            break;
        }
        let household = household(situation, *id);
        let others = open.iter().filter(|(other, _)| other != id && household.contains(other));
        let who = std::iter::once(*id).chain(others.map(|(other, _)| *other)).collect();
        visits.push(Visit { who, trip: near.trip.clone() });
    }
    visits
}

/// A trip that is near.
struct Near {
    trip: Trip,
    /// The first day on which it suggests anybody.
    since: Day,
    places: Vec<String>,
}

impl Near {
    /// Whether the trip leads to where somebody lives: one of the places that it names is theirs, or the country that
    /// it names.
    fn leads_to(&self, brief: &Brief) -> bool {
        brief.location.iter().map(|location| places(location)).any(|location| {
            let home = location.first().is_some_and(|home| self.places.contains(home));
            home || self.places.first().is_some_and(|place| location.contains(place))
        })
    }
}

/// The trips that are near, the nearest first, then in path and line order.
fn near(situation: &Situation) -> Vec<Near> {
    let day = situation.day;
    let ahead = i64::from(situation.settings.agenda.ahead_days);
    let trips = situation.book.journals_with_trips().flat_map(|journal| &journal.trips);
    let near = trips.filter_map(|trip| {
        let since = trip.from.plus_days(-ahead);
        let is_near = since <= day && day <= trip.to;
        is_near.then(|| Near { trip: trip.clone(), since, places: places(&trip.place) })
    });
    let mut near = near.collect::<Vec<_>>();
    near.sort_by_key(|near| near.trip.from);
    near
}

/// Whether somebody is ever suggested: they have a rhythm (not `never`), a next step, or an event of theirs.
fn takes_part(brief: &Brief, standing: &Standing) -> bool {
    let rhythm = standing.cadence.map(|(cadence, _)| cadence);
    match rhythm {
        Some(Cadence::Never) => false,
        Some(_) => true,
        None => brief.follow_up.is_some() || brief.has_events,
    }
}

/// Words between two places, or between a place and what is done there.
const BETWEEN: &[&str] =
    &["and", "at", "e", "et", "for", "from", "in", "near", "to", "und", "via", "with", "y"];

/// The places that a text names, folded, each word parted by one space: `Porto, Portugal` are two, `Porto Alegre` is
/// one, and so is `a weekend in Porto` but for the weekend.
fn places(text: &str) -> Vec<String> {
    let mut places = vec![String::new()];
    for word in fold(text).split_whitespace() {
        if BETWEEN.contains(&word) || !word.contains(char::is_alphanumeric) {
            places.push(String::new());
            continue;
        }
        for (at, part) in word.split([',', ';', '/', '&', '+', '(', ')', '→', ':']).enumerate() {
            if at > 0 {
                places.push(String::new());
            }
            if let Some(place) = places.last_mut() {
                push_words(place, part);
            }
        }
    }
    places.retain(|place| !place.is_empty());
    places
}

fn push_words(place: &mut String, part: &str) {
    let words = part.split(|character: char| !character.is_alphanumeric());
    for word in words.filter(|word| !word.is_empty()) {
        if !place.is_empty() {
            place.push(' ');
        }
        place.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use crate::features::sample::{book, day};
    use crate::features::settings::Settings;
    use crate::features::standing::Situation;
    use crate::features::trips::{places, visits};
    use crate::people::vocabulary::Vocabulary;
    use crate::text::day_range::DayRange;

    /// Whom the trips of `journal` suggest among these people with their keys and logs.
    fn check(people: &[(&str, &str, &str)], journal: &str, on: &str, expected: &str) {
        let text = |(name, keys, log): &(&str, &str, &str)| {
            let path = format!("people/{}.md", name.to_lowercase());
            (path, format!("---\nname: {name}\n{keys}\n---\n## Log\n{log}\n"))
        };
        let mut notes = people.iter().map(text).collect::<Vec<_>>();
        notes.push(("journal/2026-11-15.md".to_owned(), journal.to_owned()));
        let notes = notes.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let book = book(&notes.collect::<Vec<_>>());
        let (mut settings, vocabulary) = (Settings::default(), Vocabulary::default());
        settings.away = vec![DayRange::parse("2026-12-05").unwrap()];
        let visits = visits(&Situation::new(&book, day(on), &settings, &vocabulary));
        let shown = visits.iter().map(|visit| {
            let names = visit.who.iter().map(|id| book.brief(*id).name.as_str());
            format!("{} in {}", names.collect::<Vec<_>>().join("+"), visit.trip.place)
        });
        assert_eq!(shown.collect::<Vec<_>>().join(", "), expected, "on {on}");
    }

    #[test]
    fn contact_that_settles_the_next_step_brings_nobody_new() {
        let others = ["Bo", "Cy", "Di"].map(|name| (name, "circle: inner\nlocation: Porto", ""));
        let check = |keys, log, expected| {
            check(
                &[[("Ana", keys, log)].as_slice(), &others].concat(),
                PORTO,
                "2026-11-20",
                expected,
            );
        };
        let step = "follow_up: 2026-11-20\nlocation: Porto";
        check(step, "", "Ana in Porto, Di in Porto, Cy in Porto");
        check("location: Porto", "- 2026-11-20 call", "Di in Porto, Cy in Porto");
    }

    const PORTO: &str = "- 2026-12-04..2026-12-06 trip: Porto\n";
    const ANA: (&str, &str, &str) = ("Ana", "circle: inner\nlocation: Porto", "");

    #[test]
    fn a_trip_suggests_who_lives_there_from_two_weeks_before_until_its_end() {
        check(&[ANA], PORTO, "2026-11-19", "");
        check(&[ANA], PORTO, "2026-11-20", "Ana in Porto");
        check(&[ANA], PORTO, "2026-12-05", "");
        check(&[ANA], PORTO, "2026-12-06", "Ana in Porto");
        check(&[ANA], PORTO, "2026-12-07", "");
    }

    #[test]
    fn a_word_since_it_is_near_settles_it() {
        let said = |log| ("Ana", "circle: inner\nlocation: Porto", log);
        check(&[said("- 2026-11-19 call: x")], PORTO, "2026-11-21", "Ana in Porto");
        check(&[said("- 2026-11-20 call: x")], PORTO, "2026-11-21", "");
        check(&[said("- 2026-11-20 tried: x")], PORTO, "2026-11-21", "");
        check(&[said("- 2026-11-20 heard: x")], PORTO, "2026-11-21", "Ana in Porto");
    }

    #[test]
    fn only_who_takes_part_is_suggested() {
        for (keys, taken) in [
            ("cadence: on-event", true),
            ("cadence: yearly", true),
            ("follow_up: 2027-01-01", true),
            ("", false),
            ("cadence: never", false),
            ("circle: inner\npaused: true", false),
            ("circle: inner\nquiet_until: 2027-01-01", false),
            ("circle: inner\nstatus: later", false),
            ("circle: inner\nstatus: reference", false),
            ("circle: inner\nstatus: archived", false),
            ("circle: inner\ndied: 2026-01-01", false),
        ] {
            let keys = format!("{keys}\nlocation: Porto");
            check(
                &[("Ana", &keys, "")],
                PORTO,
                "2026-11-21",
                if taken { "Ana in Porto" } else { "" },
            );
        }
    }

    #[test]
    fn three_at_most_and_contact_brings_nobody_new() {
        let people = ["A", "B", "C", "D", "E"].map(|name| (name, ANA.1, ""));
        check(&people, PORTO, "2026-11-21", "E in Porto, D in Porto, C in Porto");
        let mut met = people;
        met[2].2 = "- 2026-11-21 call: x";
        check(&met, PORTO, "2026-11-21", "E in Porto, D in Porto");
        let mut home = people;
        home[0].1 = "circle: inner\nlocation: Porto\nhousehold: \"[[D]]\"";
        check(&home, PORTO, "2026-11-21", "E in Porto, D+A in Porto, C in Porto");
    }

    #[test]
    fn places_are_compared_as_whole_names() {
        let leads = |trip: &str, location: &str| {
            let keys = format!("circle: inner\nlocation: \"{location}\"");
            let journal = format!("- 2026-11-20..2026-11-22 trip: {trip}\n");
            let expected = format!("Ana in {trip}");
            check(&[("Ana", &keys, "")], &journal, "2026-11-21", &expected);
        };
        let leads_elsewhere = |trip: &str, location: &str| {
            let keys = format!("circle: inner\nlocation: \"{location}\"");
            let journal = format!("- 2026-11-20..2026-11-22 trip: {trip}\n");
            check(&[("Ana", &keys, "")], &journal, "2026-11-21", "");
        };
        leads("Porto", "porto, Portugal");
        leads("a weekend in Pôrto with Rita", "Porto");
        leads("Braga, Porto", "Porto");
        leads("Portugal", "Porto, Portugal");
        leads("София", "софия");
        leads("Port-au-Prince", "Port au Prince (Haiti)");
        leads_elsewhere("Porto", "Porto Alegre");
        leads_elsewhere("Porto Alegre", "Porto");
        leads_elsewhere("Lisbon, Portugal", "Porto, Portugal");
        leads_elsewhere("nowhere", "Porto");
        assert_eq!(places("Trip – , and ()"), ["trip"]);
    }
}
