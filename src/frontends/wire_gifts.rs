//! The JSON shapes of gifts and events. Within a version fields are only added. Dates are as notes write them (ISO,
//! perhaps partial or with `~`); lines count from 1.

use crate::features::event::Known;
use crate::note::path::NotePath;
use crate::people::contact::Contact;
use crate::people::event::Event;
use crate::people::gift::Gift;
use serde::Serialize;

/// The answer of `ties gift WHO`.
#[derive(Debug, Serialize)]
pub struct WireGifts {
    name: String,
    path: String,
    /// In the order in which they are shown.
    gifts: Vec<WireGift>,
}

/// A gift.
#[derive(Debug, Serialize)]
pub struct WireGift {
    /// `gave`, `got` or `idea`.
    kind: &'static str,
    date: Option<String>,
    what: String,
    occasion: Option<String>,
    line: u32,
}

/// The answer of `ties event WHO`.
#[derive(Debug, Serialize)]
pub struct WireEvents {
    name: String,
    path: String,
    /// In the order in which they are shown.
    events: Vec<WireEvent>,
}

/// An event.
#[derive(Debug, Serialize)]
pub struct WireEvent {
    date: String,
    kind: String,
    text: String,
    path: String,
    line: u32,
}

impl WireGifts {
    /// The shape of `gifts` of `contact`.
    pub fn new(contact: &Contact, gifts: &[&Gift]) -> WireGifts {
        let gifts = gifts.iter().map(|gift| WireGift::new(gift)).collect();
        WireGifts { name: contact.name.clone(), path: contact.path.to_string(), gifts }
    }
}

impl WireGift {
    /// The shape of `gift`.
    pub fn new(gift: &Gift) -> WireGift {
        WireGift {
            kind: gift.kind.word(),
            date: gift.date.map(|date| date.to_string()),
            what: gift.what.clone(),
            occasion: gift.occasion.clone(),
            line: gift.line,
        }
    }
}

impl WireEvents {
    /// The shape of `events` of `contact`.
    pub fn new(contact: &Contact, events: &[Known]) -> WireEvents {
        let events = events.iter().map(|known| WireEvent::new(&known.event, &known.path)).collect();
        WireEvents { name: contact.name.clone(), path: contact.path.to_string(), events }
    }
}

impl WireEvent {
    /// The shape of `event`.
    pub fn new(event: &Event, path: &NotePath) -> WireEvent {
        WireEvent {
            date: event.date.to_string(),
            kind: event.kind.clone(),
            text: event.text.clone(),
            path: path.to_string(),
            line: event.line,
        }
    }
}
