//! Occasions: birthdays, anniversaries, remembrance, and dated events in somebody's life.
//!
//! A birthday is shown on its day whatever the person's rhythm says: `quiet_until`, `paused`, `later` and
//! `reference` stop suggestions only. `archived` and `died` are silent, but for remembrance that was asked for.

use crate::features::kinship::generic;
use crate::features::standing::Situation;
use crate::people::book::ContactId;
use crate::people::contact::{Contact, Status};
use crate::people::figures::Figures;
use crate::people::gift::{Gift, GiftKind};
use crate::text::day::Day;
use crate::text::fold::fold;
use crate::text::partial_date::LooseDate;
use std::collections::HashSet;

/// A day in somebody's life that is worth a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// Whose.
    pub who: ContactId,
    /// Whose else: the partner, of an anniversary that is both of theirs. The owner may be it.
    pub with: Option<ContactId>,
    /// What kind of day.
    pub kind: OccasionKind,
    /// The day on which it is kept this time.
    pub day: Day,
    /// How many years ago it began, where the year is known; never 0.
    pub years: Option<u32>,
}

/// What kind of day an occasion is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum OccasionKind {
    /// A birthday.
    Birthday,
    /// An anniversary.
    Anniversary,
    /// The birthday of somebody who died.
    RememberedBirth,
    /// The day on which somebody died.
    RememberedDeath,
    /// Something that happens in their life on this very day.
    Event {
        /// What kind, `wedding`.
        kind: String,
        /// More about it; may be empty.
        text: String,
    },
}

impl OccasionKind {
    /// A stable word for the kind: part of the id of its line.
    pub fn reason(&self) -> &str {
        match self {
            OccasionKind::Birthday => "birthday",
            OccasionKind::Anniversary => "anniversary",
            OccasionKind::RememberedBirth => "remembered birth",
            OccasionKind::RememberedDeath => "remembered death",
            OccasionKind::Event { kind, .. } => kind,
        }
    }

    /// How many days it stays after its day, while there was no contact.
    fn stays(&self) -> i64 {
        match self {
            OccasionKind::Birthday | OccasionKind::Anniversary => 3,
            _ => 0,
        }
    }

    fn is_remembrance(&self) -> bool {
        matches!(self, OccasionKind::RememberedBirth | OccasionKind::RememberedDeath)
    }
}

/// The occasions that are worth a word on the day of `situation`: those of the day, and birthdays and anniversaries of the three days
/// before; without those whose people were in touch with the owner since. In order of days, then of notes.
pub fn now(situation: &Situation) -> Vec<Occasion> {
    let day = situation.day;
    let mut occasions = gather(situation, |_| (day.plus_days(-3), day));
    let gentle = situation.settings.triggers.iter().filter(|trigger| trigger.gentle);
    let hard = gentle.map(|trigger| trigger.event.as_str()).collect::<Vec<_>>();
    occasions.retain(|occasion| {
        occasion.day.days_until(day) <= occasion.kind.stays()
            && !hard.contains(&occasion.kind.reason())
            && !is_settled(situation, occasion)
    });
    occasions
}

/// The occasions after the day of `situation`: within [`ahead_days`](crate::features::settings::AgendaSettings::ahead_days), or within
/// the person's own `occasion_lead` or that of their circle where it is longer. In order of days, then of notes.
pub fn ahead(situation: &Situation) -> Vec<Occasion> {
    let day = situation.day;
    let window = day.plus_days(i64::from(situation.settings.agenda.ahead_days));
    gather(situation, |contact| {
        let circle = || situation.vocabulary.circle(situation.book.circle_of(contact)?);
        let own = contact.occasion_lead().or_else(|| circle()?.occasion_lead);
        let horizon = own.map_or(window, |period| period.after(day).max(window));
        (day.plus_days(1), horizon)
    })
}

/// Whether the people of `occasion` were in touch with the owner on its day or later, or were given something for it.
pub fn is_settled(situation: &Situation, occasion: &Occasion) -> bool {
    let settled_with = |id| {
        let contact = situation.standing(id).contact_day();
        contact.is_some_and(|contact| contact >= occasion.day) || was_given(situation, id, occasion)
    };
    !occasion.kind.is_remembrance()
        && (settled_with(occasion.who) || occasion.with.is_some_and(settled_with))
}

/// Whether `id` was given something on the day of `occasion` or later that is for it.
fn was_given(situation: &Situation, id: ContactId, occasion: &Occasion) -> bool {
    if occasion.kind.stays() == 0 || !situation.book.figures(id).has_gifts() {
        return false;
    }
    situation.book.contact(id).gifts.iter().any(|gift| {
        let given = gift.date.and_then(LooseDate::earliest);
        gift.kind == GiftKind::Gave
            && given.is_some_and(|given| (occasion.day..=situation.day).contains(&given))
            && fits(gift, occasion.kind.reason())
    })
}

/// Whether what the gift is for, where it says so, is this kind of occasion.
pub fn fits(gift: &Gift, word: &str) -> bool {
    gift.occasion.as_ref().is_none_or(|occasion| fold(occasion).contains(word))
}

/// All occasions whose day is in the days (both included) that `within` gives for their person.
fn gather(situation: &Situation, within: impl Fn(Figures) -> (Day, Day)) -> Vec<Occasion> {
    let book = situation.book;
    let mut occasions = Vec::new();
    let leap_day_in_march = situation.settings.leap_day_in_march;
    let mut window = Window::new(situation.day, situation.day, leap_day_in_march);
    for (id, contact) in book.in_figures().filter(|(_, contact)| has_days(*contact)) {
        let (from, to) = within(contact);
        // That of nearly everybody is that of the one before.
        if (window.from, window.to) != (from, to) {
            window = Window::new(from, to, leap_day_in_march);
        }
        match contact.has_died() {
            true if !contact.is_remembered() => {}
            true => occasions.extend(remembered(id, contact, window)),
            false if book.me() == Some(id) => {
                occasions.extend(anniversary(situation, id, contact, window));
            }
            false => {
                occasions.extend(birthday(id, contact, window));
                occasions.extend(anniversary(situation, id, contact, window));
                if contact.may_have_event_within(from, to)
                    && book.brief(id).has_event_within(from, to)
                {
                    occasions.extend(events(id, book.contact(id), window));
                }
            }
        }
    }
    occasions.sort_by(|a, b| (a.day, a.who, &a.kind).cmp(&(b.day, b.who, &b.kind)));
    occasions.dedup_by(|second, first| {
        let of = |occasion: &Occasion| (occasion.day, occasion.who, occasion.with);
        let same = of(second) == of(first) && second.kind == first.kind;
        if same {
            first.years = first.years.or(second.years);
        }
        same
    });
    occasions
}

/// Whether anything of a note could be an occasion. Most notes have nothing; they cost no more than this.
fn has_days(contact: Figures) -> bool {
    let remembered = contact.has_died() && contact.is_remembered();
    (contact.status() != Status::Archived || remembered)
        && (contact.birthday().is_some()
            || contact.anniversary().is_some()
            || contact.has_died()
            || contact.has_events())
}

/// The days in which an occasion is looked for.
#[derive(Clone, Copy)]
struct Window {
    from: Day,
    to: Day,
    leap_day_in_march: bool,
    // Of the first and the last of the days; `None` where they are a year or more.
    yearly: Option<((u32, u32), (u32, u32))>,
}

impl Window {
    fn new(from: Day, to: Day, leap_day_in_march: bool) -> Window {
        let yearly = (from.days_until(to) < 365).then(|| (month_day(from), month_day(to)));
        Window { from, to, leap_day_in_march, yearly }
    }

    /// The first yearly day of `date` in the window, with the years since; not the day itself on which it began.
    fn find(self, date: LooseDate) -> Option<(Day, Option<u32>)> {
        self.may_hold(date).then(|| self.look_for(date)).flatten()
    }

    /// Whether the yearly day of `date` may be in the window: of most it is not, which month and day tell at once.
    fn may_hold(self, date: LooseDate) -> bool {
        match (date.month_day(), self.yearly) {
            (None, _) => false,
            // Not every year has it.
            (Some((_, 29..)), _) | (_, None) => true,
            (Some(of), Some((first, last))) if first <= last => first <= of && of <= last,
            (Some(of), Some((first, last))) => first <= of || of <= last,
        }
    }

    fn look_for(self, date: LooseDate) -> Option<(Day, Option<u32>)> {
        let day = date.next_on_or_after(self.from, self.leap_day_in_march)?;
        let since = date.year().map(|year| day.year() - year);
        let began = since.is_none_or(|years| years > 0);
        let years = since.filter(|_| !date.estimated).and_then(|years| u32::try_from(years).ok());
        (day <= self.to && began).then_some((day, years))
    }
}

fn month_day(day: Day) -> (u32, u32) {
    (day.month(), day.day_of_month())
}

fn birthday(who: ContactId, contact: Figures, window: Window) -> Option<Occasion> {
    let (day, years) = window.find(contact.birthday()?)?;
    Some(Occasion { who, with: None, kind: OccasionKind::Birthday, day, years })
}

fn remembered(
    who: ContactId,
    contact: Figures,
    window: Window,
) -> impl Iterator<Item = Occasion> + use<> {
    let dates = [
        (contact.birthday(), OccasionKind::RememberedBirth),
        (contact.death(), OccasionKind::RememberedDeath),
    ];
    dates.into_iter().filter_map(move |(date, kind)| {
        let (day, years) = window.find(date?)?;
        Some(Occasion { who, with: None, kind, day, years })
    })
}

/// The anniversary, which two partners share: it is shown once, with the one whose note comes first; the owner's
/// own with the partner.
fn anniversary(
    situation: &Situation,
    id: ContactId,
    contact: Figures,
    window: Window,
) -> Option<Occasion> {
    let book = situation.book;
    let date = contact.anniversary()?;
    let (day, years) = window.find(date)?;
    let me = book.me();
    let mut partners = book.ties(id).filter(|tie| {
        generic(&tie.kind, situation.vocabulary) == "partner"
            && !tie.is_over(situation.day)
            && book.figures(tie.other).is_present()
            && (me == Some(tie.other) || me == Some(id) || shares(book.figures(tie.other), date))
    });
    let partner = partners.next().map(|tie| tie.other);
    // A day for whoever is left to be alone with, not one to be wished something on.
    let is_widowed = || {
        book.ties(id).any(|tie| {
            let other = book.figures(tie.other);
            if !other.has_died() {
                return false;
            }
            // Whoever had parted before is not left behind.
            let died = other.death().and_then(LooseDate::earliest).unwrap_or(situation.day);
            generic(&tie.kind, situation.vocabulary) == "partner" && !tie.is_over(died)
        })
    };
    if partner.is_none() && is_widowed() {
        return None;
    }
    let (who, with) = match partner {
        None if me == Some(id) => return None,
        None => (id, None),
        Some(partner) if me == Some(id) => (partner, me),
        Some(partner) if me == Some(partner) => (id, me),
        Some(partner) => (id.min(partner), Some(id.max(partner))),
    };
    Some(Occasion { who, with, kind: OccasionKind::Anniversary, day, years })
}

fn shares(other: Figures, date: LooseDate) -> bool {
    other.anniversary().is_some_and(|own| own.month_day() == date.month_day())
}

fn events(
    who: ContactId,
    contact: &Contact,
    window: Window,
) -> impl Iterator<Item = Occasion> + use<'_> {
    // A tag on a log entry says what was heard that day; only `## Events` says what will be.
    let tagged = contact.log.iter().filter(|entry| !entry.events.is_empty());
    let tagged = tagged.map(|entry| entry.line).collect::<HashSet<_>>();
    contact.events.iter().filter_map(move |event| {
        let day = event.day().filter(|day| window.from <= *day && *day <= window.to)?;
        if tagged.contains(&event.line) {
            return None;
        }
        let kind = OccasionKind::Event { kind: event.kind.clone(), text: event.text.clone() };
        Some(Occasion { who, with: None, kind, day, years: None })
    })
}

#[cfg(test)]
mod tests {
    use crate::features::occasions::{Occasion, Window, ahead, now};
    use crate::features::sample::{book, day};
    use crate::features::settings::Settings;
    use crate::features::standing::Situation;
    use crate::people::book::Book;
    use crate::people::vocabulary::Vocabulary;
    use crate::text::day::Day;
    use crate::text::partial_date::{LooseDate, PartialDate};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn only_days_that_are_not_in_the_window_are_passed_over(
            (year, month, day) in (2019i32..2030, 1u32..=12, 1u32..=31),
            form in 0..4,
            start in 0i64..1500,
            length in prop_oneof![0i64..60, 300i64..800],
            leap_day_in_march: bool,
        ) {
            let date = match form {
                0 => PartialDate::MonthDay(month, day),
                1 => PartialDate::MonthDay(2, 29),
                2 => PartialDate::Year(year),
                _ => Day::new(year, month, day).map_or(PartialDate::Year(year), PartialDate::Full),
            };
            let date = LooseDate { date, estimated: false };
            let from = Day::new(2023, 1, 1).unwrap().plus_days(start);
            let window = Window::new(from, from.plus_days(length), leap_day_in_march);
            prop_assert_eq!(window.find(date), window.look_for(date));
        }
    }

    fn shown(book: &Book, occasions: &[Occasion]) -> String {
        let line = |occasion: &Occasion| {
            let name = |id| book.contact(id).name.clone();
            let with = occasion.with.map(|with| format!(" and {}", name(with))).unwrap_or_default();
            let years = occasion.years.map(|years| format!(" {years}")).unwrap_or_default();
            let reason = occasion.kind.reason();
            format!("{} {}{with} {reason}{years}", occasion.day, name(occasion.who))
        };
        occasions.iter().map(line).collect::<Vec<_>>().join("; ")
    }

    fn check_now(notes: &[(&str, &str)], on: &str, expected: &str) {
        let book = book(notes);
        let (settings, vocabulary) = (Settings::default(), Vocabulary::default());
        let occasions = now(&Situation::new(&book, day(on), &settings, &vocabulary));
        assert_eq!(shown(&book, &occasions), expected, "on {on}");
    }

    fn check_ahead(notes: &[(&str, &str)], on: &str, expected: &str) {
        let book = book(notes);
        let (settings, vocabulary) = (Settings::default(), Vocabulary::default());
        let occasions = ahead(&Situation::new(&book, day(on), &settings, &vocabulary));
        assert_eq!(shown(&book, &occasions), expected, "on {on}");
    }

    #[test]
    fn a_gift_for_the_day_settles_it_like_a_word() {
        let check = |gifts: &str, expected: &str| {
            let ana = format!("---\nname: Ana\nbirthday: 11-20\n---\n## Gifts\n{gifts}");
            check_now(&[("people/ana.md", &ana)], "2026-11-21", expected);
        };
        check("- 2026-11-20 gave: shoes (birthday)\n", "");
        check("- 2026-11-21 gave: shoes\n", "");
        let open = "2026-11-20 Ana birthday";
        check("- 2026-11-18 gave: shoes (birthday)\n", open);
        check("- 2026-11-20 gave: shoes (Christmas)\n", open);
        check("- 2026-11-20 got: a cake (birthday)\n- idea: shoes (birthday)\n", open);
    }

    #[test]
    fn the_same_on_the_next_day_is_another() {
        let notes = [(
            "people/eva.md",
            "---\nname: Eva\n---\n## Events\n- 2026-11-25 exam\n- 2026-11-25 exam\n- 2026-11-26 exam\n",
        )];
        check_ahead(&notes, "2026-11-21", "2026-11-25 Eva exam; 2026-11-26 Eva exam");
    }

    /// One person with this front matter and body.
    fn check_one(front: &str, body: &str, on: &str, expected: &str) {
        check_now(
            &[("people/eva.md", &format!("---\nname: Eva\n{front}\n---\n{body}"))],
            on,
            expected,
        );
    }

    #[test]
    fn an_anniversary_ends_with_the_one_who_died() {
        let wid = |time: &str| {
            format!("---\nname: Wid\nanniversary: 2016-11-21\npartner: \"[[Pat]]{time}\"\n---\n")
        };
        let pat = |keys: &str| format!("---\nname: Pat\nanniversary: 2016-11-21\n{keys}---\n");
        let check = |keys: &str, time: &str, expected: &str| {
            let notes = [("people/pat.md", pat(keys)), ("people/wid.md", wid(time))];
            let notes = notes.each_ref().map(|(path, text)| (*path, text.as_str()));
            check_now(&notes, "2026-11-21", expected);
        };
        check("", "", "2026-11-21 Pat and Wid anniversary 10");
        check("died: 2026-11-14\n", "", "");
        check("died: 2026-11-14\n", " (2010-2026)", "");
        check("died: 2026-11-14\n", " (2010-2020)", "2026-11-21 Wid anniversary 10");
    }

    #[test]
    fn a_birthday_is_shown_on_its_day_whatever_stops_suggestions() {
        let stops = [
            "circle: inner",
            "paused: true",
            "quiet_until: 2027-01-01",
            "status: later",
            "status: reference",
            "cadence: never",
        ];
        for stop in stops {
            check_one(
                &format!("birthday: 1986-11-21\n{stop}"),
                "",
                "2026-11-21",
                "2026-11-21 Eva birthday 40",
            );
        }
        check_one("birthday: 1986-11-21\nstatus: archived", "", "2026-11-21", "");
        check_one("birthday: 1986-11-21\ndied: 2020-01-01", "", "2026-11-21", "");
    }

    #[test]
    fn only_known_years_are_counted() {
        check_one("birthday: --11-21", "", "2026-11-21", "2026-11-21 Eva birthday");
        check_one("birthday: 1604-11-21", "", "2026-11-21", "2026-11-21 Eva birthday");
        check_one("birthday: ~1986-11-21", "", "2026-11-21", "2026-11-21 Eva birthday");
        check_one("birthday: 1986-11", "", "2026-11-21", "");
        check_one("birthday: 2026-11-21", "", "2026-11-21", "");
    }

    #[test]
    fn a_missed_birthday_stays_three_days_without_contact() {
        let front = "birthday: 1986-11-18";
        check_one(front, "", "2026-11-21", "2026-11-18 Eva birthday 40");
        check_one(front, "", "2026-11-22", "");
        check_one(front, "## Log\n- 2026-11-18 call: sang\n", "2026-11-18", "");
        check_one(front, "## Log\n- 2026-11-19 call: sang\n", "2026-11-20", "");
        check_one(
            front,
            "## Log\n- 2026-11-17 call: too early\n",
            "2026-11-20",
            "2026-11-18 Eva birthday 40",
        );
        check_one(
            front,
            "## Log\n- 2026-11-19 tried: no answer\n",
            "2026-11-20",
            "2026-11-18 Eva birthday 40",
        );
        check_one("birthday: 1986-12-31", "", "2027-01-02", "2026-12-31 Eva birthday 40");
    }

    #[test]
    fn the_leap_day_is_kept_on_the_28th_or_by_a_setting_on_the_first_of_march() {
        let front = "birthday: 1992-02-29";
        check_one(front, "", "2026-02-28", "2026-02-28 Eva birthday 34");
        check_one(front, "", "2028-02-28", "");
        check_one(front, "", "2028-02-29", "2028-02-29 Eva birthday 36");
        let book = book(&[("people/eva.md", "---\nname: Eva\nbirthday: 1992-02-29\n---\n")]);
        let settings = Settings { leap_day_in_march: true, ..Settings::default() };
        let vocabulary = Vocabulary::default();
        let on = |on| shown(&book, &now(&Situation::new(&book, day(on), &settings, &vocabulary)));
        assert_eq!(on("2026-02-28"), "");
        assert_eq!(on("2026-03-01"), "2026-03-01 Eva birthday 34");
    }

    #[test]
    fn the_dead_are_remembered_only_where_that_is_asked_for() {
        let front = "birthday: 1931-11-23\ndied: 2024-02-11\nremember: true";
        check_one(front, "", "2026-11-23", "2026-11-23 Eva remembered birth 95");
        check_one(front, "", "2027-02-11", "2027-02-11 Eva remembered death 3");
        check_one(front, "", "2026-11-24", "");
        check_one("died: 2026-11-21\nremember: true", "", "2026-11-21", "");
        check_one("deceased: true\nremember: true", "", "2026-11-21", "");
    }

    #[test]
    fn two_partners_have_one_anniversary() {
        let ana = "---\nname: Ana\nanniversary: 2014-11-28\nwife: \"[[Bia]]\"\n---\n";
        let bia = "---\nname: Bia\nanniversary: --11-28\n---\n";
        let both = [("people/ana.md", ana), ("people/bia.md", bia)];
        check_now(&both, "2026-11-28", "2026-11-28 Ana and Bia anniversary 12");
        check_now(&[both[0]], "2026-11-28", "2026-11-28 Ana anniversary 12");
        let me = (
            "people/me.md",
            "---\nname: Inês\nhusband: \"[[Rui]]\"\nanniversary: 2014-11-28\nbirthday: 1989-11-28\n---\n",
        );
        let rui = "---\nname: Rui\n---\n";
        check_now(
            &[me, ("people/rui.md", rui)],
            "2026-11-28",
            "2026-11-28 Rui and Inês anniversary 12",
        );
        check_now(&[me], "2026-11-28", "");
    }

    #[test]
    fn an_event_is_shown_on_its_day_where_it_was_known_before() {
        check_one(
            "",
            "## Events\n- 2026-11-21 exam: algebra\n",
            "2026-11-21",
            "2026-11-21 Eva exam",
        );
        check_one("", "## Events\n- 2026-11-20 exam: algebra\n", "2026-11-21", "");
        check_one("", "## Log\n- 2026-11-21 heard: algebra #event/exam\n", "2026-11-21", "");
        check_one("", "## Events\n- 2026-11-21 loss: her dog\n", "2026-11-21", "");
    }

    #[test]
    fn what_is_ahead_ends_at_the_window_or_the_longer_notice() {
        let note = |birthday: &str, more: &str| {
            format!("---\nname: Eva\nbirthday: {birthday}\n{more}\n---\n")
        };
        let check = |text: String, expected: &str| {
            check_ahead(&[("people/eva.md", &text)], "2026-11-21", expected);
        };
        check(note("1986-11-21", ""), "");
        check(note("1986-12-05", ""), "2026-12-05 Eva birthday 40");
        check(note("1986-12-06", ""), "");
        check(note("1986-12-06", "occasion_lead: 3w"), "2026-12-06 Eva birthday 40");
        check(note("1986-12-05", "occasion_lead: 1d"), "2026-12-05 Eva birthday 40");
        check(note("1987-01-02", "occasion_lead: 2mo"), "2027-01-02 Eva birthday 40");
        let wedding =
            "---\nname: Eva\n---\n## Events\n- 2026-11-30 wedding: in Porto\n- 2027-05-01 move\n";
        check(wedding.to_owned(), "2026-11-30 Eva wedding");
    }
}
