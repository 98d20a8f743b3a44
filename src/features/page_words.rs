//! What stands on a page about somebody, in words: entries, promises, gifts, days ahead, pets.
//!
//! Always true here: what the notes say stands in their words; what is computed is said calmly.

use crate::features::open_loops::rests_until;
use crate::features::pets;
use crate::features::show::{Ahead, Told};
use crate::note::link_write::without_links;
use crate::people::book::{Book, ContactId, PromiseRef};
use crate::people::contact::{Contact, Labelled};
use crate::people::event::Event;
use crate::people::gift::{Gift, GiftKind};
use crate::people::pet::Pet;
use crate::people::promise::PromiseStatus;
use crate::text::day::Day;
use crate::text::partial_date::{LooseDate, PartialDate};
use crate::text::phrase;
use std::cmp::Reverse;

/// Whose page it is, and on which day.
#[derive(Debug, Clone, Copy)]
pub struct PageWords<'a> {
    /// Everyone.
    pub book: &'a Book,
    /// Whose page it is.
    pub who: ContactId,
    /// The day.
    pub today: Day,
}

impl<'a> PageWords<'a> {
    fn contact(&self) -> &'a Contact {
        self.book.contact(self.who)
    }

    /// The name, and in parentheses what else they are called, what they are to the owner, and their pronouns.
    pub fn title(&self, to_owner: Option<&str>) -> String {
        let contact = self.contact();
        let pronouns = contact.pronouns.join(", ");
        let extra = contact.aliases.iter().map(String::as_str).chain(to_owner);
        let extra = extra.chain((!pronouns.is_empty()).then_some(pronouns.as_str()));
        let extra = extra.collect::<Vec<_>>().join(", ");
        if extra.is_empty() { contact.name.clone() } else { format!("{} ({extra})", contact.name) }
    }

    /// A day in the past without weekdays, one ahead with its weekday: `Wednesday` could be either.
    pub fn day(&self, day: Day) -> String {
        day_of_page(day, self.today)
    }

    /// A date as far as it is known, and as [`day`](PageWords::day) says it.
    pub fn date(&self, date: LooseDate) -> String {
        match date.date {
            PartialDate::Full(day) if !date.estimated => self.day(day),
            _ => phrase::loose(date, self.today),
        }
    }

    /// The next step with its day: `Wed 25 Nov: Ask how the move went`.
    pub fn next(&self) -> String {
        let contact = self.contact();
        let next = contact.next.as_deref().map(without_links);
        match (contact.follow_up.map(|day| self.day(day)), next) {
            (Some(day), Some(next)) => format!("{day}: {next}"),
            (Some(day), None) => day,
            (None, next) => next.unwrap_or_default(),
        }
    }

    /// `met with Rita Lima: climbing`
    pub fn entry(&self, told: &Told<'_>) -> String {
        let entry = told.entry;
        let host = self.book.linked(told.path.without_extension()).filter(|_| !told.own);
        let elsewhere = host.is_none() && !told.own;
        let here = elsewhere.then(|| format!("in {}", told.path.without_extension()));
        let with = entry.with.iter().filter_map(|link| self.book.linked(&link.target.note));
        let with = host.into_iter().chain(with).filter(|id| *id != self.who);
        let with = with.map(|id| self.book.contact(id).name.as_str()).collect::<Vec<_>>();
        let with = (!with.is_empty()).then(|| format!("with {}", phrase::list(&with)));
        let kind = entry.kind.as_deref().map(str::to_owned);
        let head = kind.into_iter().chain(with).chain(here).collect::<Vec<_>>().join(" ");
        let text = without_links(&entry.text);
        match (head.is_empty(), text.is_empty()) {
            (true, true) => "in touch".to_owned(),
            (true, false) => text,
            (false, true) => head,
            (false, false) => format!("{head}: {text}"),
        }
    }

    /// `Send her the kiln article (by 20 October, since 12 October)`
    pub fn promise(&self, of: &PromiseRef<'_>) -> String {
        let when = promise_state(of, self.today).join(", ");
        let when = if when.is_empty() { when } else { format!(" ({when})") };
        format!("{}{when}", without_links(&of.promise().text))
    }

    /// A day ahead, and what is on it.
    pub fn ahead(&self, ahead: &Ahead) -> (String, String) {
        let what = match (ahead.years, ahead.text.is_empty()) {
            (Some(years), _) => format!("{} {}", phrase::ordinal(years), ahead.kind),
            (None, true) => ahead.kind.replace('-', " "),
            (None, false) => {
                format!("{}: {}", ahead.kind.replace('-', " "), without_links(&ahead.text))
            }
        };
        (phrase::short(ahead.day, self.today), what)
    }

    /// What happened, or will, and when.
    pub fn event(&self, event: &Event) -> (String, String) {
        let kind = event.kind.replace('-', " ");
        let text = without_links(&event.text);
        let what = if text.is_empty() { kind } else { format!("{kind}: {text}") };
        (self.date(event.date), what)
    }

    /// Ideas first, then what was given and got, the newest first.
    pub fn gifts(&self) -> Vec<&'a Gift> {
        let gifts = &self.contact().gifts;
        let ideas = gifts.iter().filter(|gift| gift.kind == GiftKind::Idea);
        let mut past = gifts.iter().filter(|gift| gift.kind != GiftKind::Idea).collect::<Vec<_>>();
        past.sort_by_key(|gift| Reverse(gift.date.and_then(LooseDate::earliest)));
        ideas.chain(past).collect()
    }

    /// Which way a gift went, and what it was: `Douro red (Christmas, 24 December 2025)`.
    pub fn gift(&self, gift: &Gift) -> (String, String) {
        let occasion = gift.occasion.as_deref().map(str::to_owned);
        let date = gift.date.map(|date| phrase::loose(date, self.today));
        let about = occasion.into_iter().chain(date).collect::<Vec<_>>().join(", ");
        let about = if about.is_empty() { about } else { format!(" ({about})") };
        (gift.kind.word().to_owned(), format!("{}{about}", without_links(&gift.what)))
    }

    /// `Mel, a dog, about 7; two finches`
    pub fn pets(&self) -> String {
        let pets = self.contact().pets.iter().map(|pet| pets::said(&Pet::read(pet), self.today));
        pets.collect::<Vec<_>>().join("; ")
    }
}

fn day_of_page(day: Day, today: Day) -> String {
    match today.days_until(day) {
        -1..=1 => phrase::day(day, today),
        past if past < 0 => phrase::date(day, today),
        _ => phrase::short(day, today),
    }
}

/// How a promise stands on `today`, in a few words: `begun`, `repeats`, `rests until Tue 1 Dec`, `by 20 October`,
/// `since 12 October`.
pub fn promise_state(of: &PromiseRef<'_>, today: Day) -> Vec<String> {
    let brief = of.brief;
    let day = |day: Day| day_of_page(day, today);
    let status = match brief.status {
        PromiseStatus::InProgress => Some("begun"),
        PromiseStatus::Deferred => Some("deferred"),
        PromiseStatus::Scheduled => Some("planned"),
        PromiseStatus::Open | PromiseStatus::Done | PromiseStatus::Cancelled => None,
    };
    let repeats = of.promise().recurring.then_some("repeats");
    let words = status.into_iter().chain(repeats).map(str::to_owned);
    let rests = rests_until(&brief).filter(|until| *until > today);
    let rests = rests.map(|until| format!("rests until {}", day(until)));
    let by = brief.due.map(|due| format!("by {}", day(due)));
    let since = brief.promised.map(|since| format!("since {}", day(since)));
    words.chain(rests).chain(by).chain(since).collect()
}

/// Title and organization.
pub fn work(contact: &Contact) -> String {
    let parts = [labelled(&contact.title), labelled(&contact.organization)];
    parts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Values with their labels.
pub fn labelled(values: &[Labelled]) -> String {
    let value = |value: &Labelled| match &value.label {
        Some(label) => format!("{} ({label})", value.value),
        None => value.value.clone(),
    };
    values.iter().map(value).collect::<Vec<_>>().join(", ")
}
