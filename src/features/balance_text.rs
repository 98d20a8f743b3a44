//! A balance in a few plain sentences: where time went, beside where it was wanted.
//!
//! Always true here: they tell, and ask for nothing; a word stands where a number would count against anybody.

use crate::features::balance::{Balance, Band, Person, Share};
use crate::text::phrase;

/// The sentences that name nobody: how much there was in all, and how the circles fared.
pub fn overall(balance: &Balance) -> Vec<String> {
    std::iter::once(overview(balance)).chain(bands(balance)).collect()
}

/// The sentences, the most telling first; at least one.
pub fn sentences(balance: &Balance) -> Vec<String> {
    let mut said = overall(balance);
    said.extend(balance.circles.iter().filter_map(mostly));
    said.extend(quiet(balance));
    said.extend(often(balance));
    said.extend(kinds(balance));
    said.extend(new(balance));
    said.extend(kept(balance));
    said
}

fn overview(balance: &Balance) -> String {
    let span = phrase::span(balance.span.from, balance.span.to, balance.today);
    if balance.met == 0 {
        return format!("No contact is written down {span}.");
    }
    let people = phrase::count(balance.met, "person", "people");
    let days = phrase::count(balance.days, "day", "different days");
    format!("{} you were in touch with {people}, on {days}.", phrase::capital(&span))
}

/// One sentence for each band, over the circles that have a rhythm.
fn bands(balance: &Balance) -> Vec<String> {
    let of = |band: Band| {
        let circles = balance.circles.iter().filter(|share| share.band == band);
        circles.map(name).collect::<Vec<_>>()
    };
    let sentence = |(band, one, many): (Band, &str, &str)| {
        let circles = of(band);
        let is_one = circles.len() == 1 && circles.first().is_some_and(|name| name != NO_CIRCLE);
        let verb = if is_one { one } else { many };
        let names = phrase::capital(&phrase::list(&circles));
        (!circles.is_empty()).then(|| format!("{names} {verb}."))
    };
    const SAID: [(Band, &str, &str); 4] = [
        (
            Band::AsWanted,
            "had about as much contact as you wanted",
            "had about as much contact as you wanted",
        ),
        (Band::Less, "had less than you wanted", "had less than you wanted"),
        (Band::Quiet, "was quiet", "were quiet"),
        (Band::More, "had more than its rhythm asks for", "had more than their rhythms ask for"),
    ];
    SAID.into_iter().filter_map(sentence).collect()
}

fn name(share: &Share) -> String {
    share.name.clone().unwrap_or_else(|| NO_CIRCLE.to_owned())
}

const NO_CIRCLE: &str = "people without a circle";

fn mostly(share: &Share) -> Option<String> {
    let names = share.mostly.iter().map(|person| person.name.as_str()).collect::<Vec<_>>();
    let circle = share.name.as_deref()?;
    (!names.is_empty())
        .then(|| format!("Most of it in {circle} was with {}.", phrase::list(&names)))
}

/// So many people are named; of one more the name is as short as the number.
const NAMED: usize = 3;

fn named(people: &[Person]) -> String {
    let all = people.len() <= NAMED + 1;
    let shown = people.iter().take(if all { people.len() } else { NAMED });
    let others = people.len().saturating_sub(NAMED);
    let others = (!all).then(|| format!("{} others", phrase::number(others)));
    let names = shown.map(|person| person.name.clone()).chain(others).collect::<Vec<_>>();
    phrase::list(&names)
}

fn quiet(balance: &Balance) -> Option<String> {
    let people = &balance.quiet;
    let whose =
        if people.len() == 1 { "whose rhythm came round" } else { "whose rhythms came round" };
    let nothing = if balance.met == 0 { "It was quiet" } else { "No contact is written down" };
    (!people.is_empty()).then(|| format!("{nothing} with {}, {whose}.", named(people)))
}

fn often(balance: &Balance) -> Option<String> {
    let people = &balance.often;
    let seem =
        if people.len() == 1 { "has no rhythm and needs" } else { "have no rhythm and need" };
    (!people.is_empty())
        .then(|| format!("You were often in touch with {}, who {seem} none.", named(people)))
}

/// The kinds of contact of a vault without settings, as one says how two were in touch.
const HOW: [(&str, &str); 10] = [
    ("call", "by telephone"),
    ("met", "face to face"),
    ("message", "by message"),
    ("mail", "by mail"),
    ("letter", "by letter"),
    ("video", "by video"),
    ("gift", "with a gift"),
    ("visit", "on a visit"),
    ("intro", "by an introduction"),
    ("event", "at an event"),
];

fn kinds(balance: &Balance) -> Option<String> {
    let how = |name: &str| {
        let known = HOW.iter().find(|(kind, _)| *kind == name);
        known.map_or_else(|| format!("by {name}"), |(_, how)| (*how).to_owned())
    };
    let named = balance.kinds.iter().filter_map(|kind| Some((how(kind.name.as_deref()?), kind)));
    let mut named = named.map(|(how, kind)| (how, kind.times));
    let (first, most) = named.next().filter(|(_, times)| *times >= 3)?;
    match named.next() {
        None => Some(format!("It was always {first}.")),
        Some((second, times)) if times == most => {
            Some(format!("It was {first} as often as {second}."))
        }
        Some((second, _)) => Some(format!("It was mostly {first}, then {second}.")),
    }
}

fn new(balance: &Balance) -> Option<String> {
    let people = &balance.new;
    let is_one = people.len() == 1;
    let new = if is_one { "is new" } else { "are new" };
    (!people.is_empty()).then(|| format!("{} {new} to these notes.", named(people)))
}

fn kept(balance: &Balance) -> Option<String> {
    let kept = balance.kept;
    let promises = |count| phrase::count(count, "promise", "promises");
    let theirs = (kept.theirs > 0).then(|| format!("{} kept to you", was(kept.theirs)));
    let mine = (kept.mine > 0).then(|| format!("you kept {}", promises(kept.mine)));
    let done = [mine, theirs].into_iter().flatten().collect::<Vec<_>>();
    let waiting = match kept.waiting {
        0 => None,
        1 => Some("one waits to be kept".to_owned()),
        many => Some(format!("{} wait to be kept", phrase::number(many))),
    };
    match (done.is_empty(), waiting) {
        (true, _) => None,
        (false, None) => Some(format!("{}.", phrase::capital(&phrase::list(&done)))),
        (false, Some(waiting)) => {
            Some(format!("{}; {waiting}.", phrase::capital(&phrase::list(&done))))
        }
    }
}

fn was(count: usize) -> String {
    format!("{} {}", phrase::number(count), if count == 1 { "was" } else { "were" })
}

#[cfg(test)]
mod tests {
    use crate::features::balance::{Balance, Band, Person, balance};
    use crate::features::balance_text::sentences;
    use crate::features::sample::{book, day};
    use crate::features::settings::Settings;
    use crate::people::vocabulary::Vocabulary;
    use crate::text::day_range::DayRange;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn of(notes: &[(&str, &str)], span: &str, today: &str, settings: &Settings) -> Balance {
        let span = DayRange::parse(span).unwrap();
        balance(&book(notes), span, day(today), settings, &Vocabulary::default())
    }

    fn names(people: &[Person]) -> String {
        people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    fn shown(balance: &Balance) -> String {
        let shares = balance.circles.iter().chain(&balance.groups).map(|share| {
            let name = share.name.as_deref().unwrap_or("no circle");
            let (met, people, band) = (share.met, share.people, share.band.words());
            format!("{name}: {met} of {people}, {} of {:.1}, {band}", share.contacts, share.wanted)
        });
        let kinds = balance.kinds.iter();
        let kinds =
            kinds.map(|kind| format!("{} {}", kind.name.as_deref().unwrap_or("-"), kind.times));
        let kinds = kinds.collect::<Vec<_>>().join(", ");
        let lists = [&balance.quiet, &balance.often, &balance.new].map(|people| names(people));
        let [quiet, often, new] = lists;
        let lists = format!("quiet: {quiet} · often: {often} · new: {new} · kinds: {kinds}");
        let lines = shares.chain([lists]).chain(sentences(balance));
        lines.map(|line| line + "\n").collect()
    }

    fn check(notes: &[(&str, &str)], span: &str, today: &str, expected: &Expect) {
        expected.assert_eq(&shown(&of(notes, span, today, &Settings::default())));
    }

    const ANA: (&str, &str) = (
        "people/ana.md",
        "---\nname: Ana\ncircle: Inner\ngroups: [choir]\ncreated: 2026-01-01\n---\n## Log\n- 2026-11-18 call: twice\n\
         - 2026-11-18 message\n- 2026-11-08 met [[Bo]]: lunch\n- 2026-10-28 call\n- 2026-10-10 call\n- 2026-08-01 call\n\
         - [x] Send her the article ✅ 2026-10-12\n- [ ] Lend her the drill\n",
    );
    const BO: (&str, &str) = (
        "people/bo.md",
        "---\nname: Bo\ncircle: growth\ngroups: [Choir]\ncreated: 2026-01-01\nquiet_until: 2026-02-01\n---\n",
    );
    const CY: (&str, &str) =
        ("people/cy.md", "---\nname: Cy\ncircle: mentor\nlast_contact: 2026-03-01\n---\n");
    const DEE: (&str, &str) = (
        "people/dee.md",
        "---\nname: Dee\n---\n## Log\n- 2026-11-01 coffee\n- 2026-10-20\n- 2026-10-11 coffee\n- 2026-10-02 coffee\n",
    );

    #[test]
    fn a_quarter_is_told_in_bands_and_plain_sentences() {
        check(
            &[ANA, BO, CY, DEE],
            "2026-10-01..2026-12-31",
            "2026-11-21",
            &expect![[r#"
                inner: 1 of 1, 4 of 5.0, about as you wanted
                growth: 1 of 1, 1 of 2.5, less than you wanted
                mentor: 0 of 1, 0 of 0.9, quiet
                no circle: 1 of 1, 4 of 0.0, nothing was asked for
                choir: 2 of 2, 5 of 7.4, about as you wanted
                quiet: Cy · often: Dee · new: Dee · kinds: met 4, call 3, message 1, - 1
                From 1 October to 21 November you were in touch with three people, on eight different days.
                Inner had about as much contact as you wanted.
                Growth had less than you wanted.
                Mentor was quiet.
                No contact is written down with Cy, whose rhythm came round.
                You were often in touch with Dee, who has no rhythm and needs none.
                It was mostly face to face, then by telephone.
                Dee is new to these notes.
                You kept one promise; one waits to be kept.
            "#]],
        );
    }

    #[test]
    fn a_span_without_contact_says_so() {
        check(
            &[CY],
            "2026-10-01..2026-12-31",
            "2026-11-21",
            &expect![[r#"
                mentor: 0 of 1, 0 of 0.9, quiet
                quiet: Cy · often:  · new:  · kinds: 
                No contact is written down from 1 October to 21 November.
                Mentor was quiet.
                It was quiet with Cy, whose rhythm came round.
            "#]],
        );
        check(
            &[],
            "2026-10-01..2026-12-31",
            "2026-11-21",
            &expect![[r#"
            quiet:  · often:  · new:  · kinds: 
            No contact is written down from 1 October to 21 November.
        "#]],
        );
        check(
            &[ANA],
            "2027-01-01..2027-03-31",
            "2026-11-21",
            &expect![[r#"
                inner: 0 of 1, 0 of 0.1, quiet
                choir: 0 of 1, 0 of 0.1, quiet
                quiet: Ana · often:  · new:  · kinds: 
                No contact is written down on 1 January.
                Inner was quiet.
                It was quiet with Ana, whose rhythm came round.
            "#]],
        );
    }

    #[test]
    fn nothing_is_asked_for_while_people_rest_or_the_owner_is_away() {
        let resting = |key: &str| {
            let text = format!("---\nname: Ana\ncadence: weekly\n{key}\n---\n- 2026-01-01 call\n");
            let settings = Settings {
                away: vec![DayRange::parse("2026-10-08..2026-10-21").unwrap()],
                ..Settings::default()
            };
            let span = "2026-10-01..2026-10-28";
            let balance = of(&[("people/ana.md", &text)], span, "2026-11-21", &settings);
            balance.people.iter().map(|share| share.wanted).sum::<f64>()
        };
        let near = |left: f64, right: f64| (left - right).abs() < 1e-9;
        assert!(near(resting(""), 2.0));
        assert!(near(resting("quiet_until: 2026-10-22"), 1.0));
        assert!(near(resting("created: 2026-10-22"), 1.0));
        for key in ["paused: true", "status: later", "status: archived", "died: 2026-01-01"] {
            assert!(near(resting(key), 0.0), "{key}");
        }
    }

    #[test]
    fn the_owner_is_in_no_balance() {
        let me = ("people/me.md", "---\nname: Me\ncadence: weekly\n---\n- 2026-10-02 call\n");
        let me = of(&[me], "2026-10-01..2026-12-31", "2026-11-21", &Settings::default());
        assert_eq!((me.people.len(), me.met, me.days), (0, 0, 0));
    }

    proptest! {
        #[test]
        fn more_contact_never_gives_a_band_of_less(had in 0usize..50, more in 0usize..50, wanted in 0.0f64..60.0) {
            let order = |band: Band| match band {
                Band::NotAsked | Band::Quiet => 0,
                Band::Less => 1,
                Band::AsWanted => 2,
                Band::More => 3,
            };
            prop_assert!(order(Band::of(had, wanted)) <= order(Band::of(had + more, wanted)));
        }
    }
}
