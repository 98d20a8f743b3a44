//! A calendar as text.
//!
//! Always true here: the same items on the same day give the same bytes. The stamp of an item is the day it was
//! written on; nothing else in it follows from the day.

use crate::features::calendar::item::{Item, Months, Often, When, Yearly};
use crate::features::calendar::text::{date, date_time, duration, escaped, push};
use crate::text::day::{Day, Weekday};

/// Who wrote it: by this line a file of ours is known.
pub const PRODID: &str = "-//ties//ties//EN";

/// All `items` as one calendar.
pub fn calendar(items: &[Item], name: &str, day: Day) -> String {
    let mut text = String::new();
    open(&mut text);
    // The name as the standard has it (RFC 7986), and as programs read it that are older.
    push(&mut text, "NAME", &escaped(name));
    push(&mut text, "X-WR-CALNAME", &escaped(name));
    let stamp = stamp(day);
    items.iter().for_each(|item| component(&mut text, item, &stamp));
    push(&mut text, "END", "VCALENDAR");
    text
}

/// One item as a calendar of its own.
pub fn single(item: &Item, day: Day) -> String {
    let mut text = String::new();
    open(&mut text);
    component(&mut text, item, &stamp(day));
    push(&mut text, "END", "VCALENDAR");
    text
}

fn open(text: &mut String) {
    push(text, "BEGIN", "VCALENDAR");
    push(text, "VERSION", "2.0");
    push(text, "PRODID", PRODID);
    push(text, "CALSCALE", "GREGORIAN");
}

fn stamp(day: Day) -> String {
    format!("{}Z", date_time(day, 0))
}

fn component(text: &mut String, item: &Item, stamp: &str) {
    let kind = if matches!(item.when, When::Task { .. }) { "VTODO" } else { "VEVENT" };
    push(text, "BEGIN", kind);
    push(text, "UID", &item.uid);
    push(text, "DTSTAMP", stamp);
    when(text, item.when);
    push(text, "SUMMARY", &escaped(&item.summary));
    if let Some(description) = &item.description {
        push(text, "DESCRIPTION", &escaped(description));
    }
    push(text, "CATEGORIES", item.category);
    item.alarms.iter().for_each(|minutes| alarm(text, item, *minutes));
    push(text, "END", kind);
}

fn when(text: &mut String, when: When) {
    match when {
        When::Day { day, again } => {
            push(text, "DTSTART;VALUE=DATE", &date(day));
            push(text, "DTEND;VALUE=DATE", &date(day.plus_days(1)));
            if let Some(again) = again {
                push(text, "RRULE", yearly(again));
            }
            // A birthday takes no time of the day.
            push(text, "TRANSP", "TRANSPARENT");
        }
        When::Block { first, start, length, again } => {
            push(text, "DTSTART", &date_time(first, start));
            push(text, "DURATION", &duration(i64::from(length)));
            push(text, "RRULE", &often(again));
        }
        When::Task { due, begun } => {
            push(text, "DUE;VALUE=DATE", &date(due));
            push(text, "STATUS", if begun { "IN-PROCESS" } else { "NEEDS-ACTION" });
        }
    }
}

fn yearly(again: Yearly) -> &'static str {
    match again {
        Yearly::SameDay => "FREQ=YEARLY",
        Yearly::LastOfFebruary => "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
        Yearly::SixtiethDay => "FREQ=YEARLY;BYYEARDAY=60",
    }
}

fn often(again: Often) -> String {
    let day = |weekday: Weekday| weekday.name().get(..2).unwrap_or("").to_ascii_uppercase();
    let months = |months: Months| match months {
        Months::Every => "",
        Months::Third => ";INTERVAL=3",
    };
    match again {
        Often::Weekly(weekday) => format!("FREQ=WEEKLY;BYDAY={}", day(weekday)),
        Often::First(weekday, of) => format!("FREQ=MONTHLY{};BYDAY=1{}", months(of), day(weekday)),
        Often::Last(weekday, of) => format!("FREQ=MONTHLY{};BYDAY=-1{}", months(of), day(weekday)),
    }
}

fn alarm(text: &mut String, item: &Item, minutes: i64) {
    push(text, "BEGIN", "VALARM");
    push(text, "ACTION", "DISPLAY");
    push(text, "DESCRIPTION", &escaped(&item.summary));
    // A task has no start that a time could be told from.
    let from =
        if matches!(item.when, When::Task { .. }) { "TRIGGER;RELATED=END" } else { "TRIGGER" };
    push(text, from, &duration(minutes));
    push(text, "END", "VALARM");
}
