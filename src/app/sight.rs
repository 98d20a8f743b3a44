//! How the watcher learns of changes: the system tells it, or it looks every few seconds.

use crate::app::schedule::RECONCILE;
use crate::effects::watch::bell::Ringer;
use crate::effects::watch::eyes::{Blind, Eyes};
use crate::effects::watch::relevance::Relevance;
use crate::effects::watch::root_mark::RootMark;
use crate::effects::watch::volume::volume_of;
use std::time::Duration;

/// How a vault is seen.
#[derive(Debug)]
pub enum Sight {
    /// The system tells of changes.
    Told(Box<Eyes>),
    /// It does not.
    Polling {
        /// Why.
        why: Blind,
        /// The root of the vault then.
        mark: Option<RootMark>,
        /// Since when, on the clock that runs.
        since: Duration,
    },
}

impl Sight {
    /// Opens eyes on the vault of these rules, where the system can tell of its changes and nobody asked to poll.
    pub fn open(relevance: Relevance, poll: bool, ringer: Ringer, running: Duration) -> Sight {
        let mark = RootMark::of(relevance.root());
        let volume = volume_of(relevance.root());
        let eyes = if poll {
            Err(Blind::Asked)
        } else if volume.tells {
            Eyes::open(relevance, ringer)
        } else {
            Err(Blind::Volume(volume.name))
        };
        match eyes {
            Ok(eyes) => Sight::Told(Box::new(eyes)).caught_up(true, running),
            Err(why) => Sight::Polling { why, mark, since: running },
        }
    }

    /// Whether it is still good for the vault of these rules. What the system could not do it may do later, when other
    /// programs have ended.
    pub fn fits(&self, relevance: &Relevance, running: Duration) -> bool {
        match self {
            Sight::Told(eyes) => eyes.fit(relevance),
            Sight::Polling { why: Blind::Asked, .. } => true,
            Sight::Polling { mark, since, .. } => {
                running.saturating_sub(*since) < RECONCILE
                    && mark.is_some()
                    && *mark == RootMark::of(relevance.root())
            }
        }
    }

    /// The same with eyes on the folders that have come since, or with `all` on all folders anew.
    pub fn caught_up(self, all: bool, running: Duration) -> Sight {
        let Sight::Told(mut eyes) = self else { return self };
        match eyes.catch_up(all) {
            Ok(()) => Sight::Told(eyes),
            Err(why) => {
                let mark = Some(eyes.mark()).filter(|_| why != Blind::Gone);
                Sight::Polling { why, mark, since: running }
            }
        }
    }

    /// Why it looks every few seconds, where it does.
    pub fn polling(&self) -> Option<&Blind> {
        match self {
            Sight::Told(_) => None,
            Sight::Polling { why, .. } => Some(why),
        }
    }

    /// How many folders the system watches for it.
    pub fn folders(&self) -> usize {
        match self {
            Sight::Told(eyes) => eyes.folders,
            Sight::Polling { .. } => 0,
        }
    }
}
