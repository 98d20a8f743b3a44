//! A vault that is watched: what the loop of `daemon` looks at, and what it does about it.
//!
//! Each look is what a command does: the settings and the notes are read anew, nothing is believed because it was
//! true a moment ago. So a moved vault, changed settings and our own writes need no care of their own: what is as it
//! was leaves nothing to do.

use crate::app::answering::{Answered, asked, follow};
use crate::app::daemon::Surroundings;
use crate::app::look::{Look, Seen, look};
use crate::app::morning::{agenda_after, writing};
use crate::app::news::{News, Trouble};
use crate::app::refresh::Reading;
use crate::app::rest::Rest;
use crate::app::schedule::{Moment, Next, RECONCILE, Reason};
use crate::app::session::{OpenError, Session, Wanted, given_today};
use crate::app::sight::Sight;
use crate::app::write::{WriteError, write};
use crate::effects::clock::{Hands, age_of};
use crate::effects::environment::Environment;
use crate::effects::state::State;
use crate::effects::vault::commit_error::CommitError;
use crate::effects::vault::recover::Recovered;
use crate::effects::watch::bell::{Bell, Ringer, Woken};
use crate::effects::watch::eyes::Blind;
use crate::effects::watch::heartbeat::Heartbeat;
use crate::effects::watch::relevance::Relevance;
use crate::features::agenda::file::NotOurs;
use crate::note::change::{Change, FileChange};
use crate::text::day::Day;
use std::path::PathBuf;
use std::time::Duration;

/// Where the system tells of nothing, it looks so often, and rarer where a look takes long.
const POLL: Duration = Duration::from_secs(3);

/// Of the time, looking may take one part in so many.
const POLL_SHARE: u32 = 10;

/// How soon it tries again what did not work.
const RETRY: Duration = Duration::from_secs(30);

/// How soon it looks again whether a vault that is not there is back.
const AWAY: Duration = Duration::from_secs(5);

/// How soon it looks again after something that lasts for a moment: a settings file that is just being saved.
const MOMENT: Duration = Duration::from_secs(1);

/// It tells how it is at least so often.
const HEARTBEAT: u64 = 60;

/// How the vault is to be watched.
pub struct Wishes<'a> {
    /// The environment.
    pub environment: &'a Environment,
    /// `--today`, as typed.
    pub today: Option<&'a str>,
    /// Look every few seconds, whatever the system could tell.
    pub poll: bool,
    /// The clocks.
    pub clock: &'a dyn Fn() -> Hands,
    /// Whom to tell.
    pub tell: &'a mut dyn FnMut(&News),
}

/// A vault that is watched.
pub struct Watching<'a> {
    wishes: Wishes<'a>,
    root: PathBuf,
    state: State,
    given_day: Option<Day>,
    bell: Bell,
    sight: Option<Sight>,
    told_sight: Option<Option<Blind>>,
    heartbeat: Heartbeat,
    told: Heartbeat,
    seen: Seen,
    rest: Rest,
    before: Option<Before>,
    day_starts_at: u32,
    // Whether the agenda may not say what the notes say.
    stale: bool,
    trouble: Option<Trouble>,
    away: bool,
}

/// What held at the look before.
#[derive(PartialEq, Eq)]
struct Before {
    day: Day,
    settings: Vec<String>,
}

impl<'a> Watching<'a> {
    /// Begins to watch the vault of `session`. Nothing is looked at yet.
    pub fn new(session: &Session, wishes: Wishes<'a>) -> Result<Watching<'a>, OpenError> {
        let started = (wishes.clock)().wall.as_secs();
        Ok(Watching {
            given_day: given_today(wishes.environment, wishes.today)?,
            root: session.root.clone(),
            state: session.state.clone(),
            day_starts_at: session.settings().day_starts_at,
            wishes,
            bell: Bell::new(),
            sight: None,
            told_sight: None,
            heartbeat: Heartbeat::new(started),
            told: Heartbeat::default(),
            seen: Seen::default(),
            rest: Rest::default(),
            before: None,
            stale: true,
            trouble: None,
            away: false,
        })
    }

    /// Something to wake it and to stop it with.
    pub fn ringer(&self) -> Ringer {
        self.bell.ringer()
    }

    /// One look, without watching. Whether all was done: every note read, and the agenda written where that was due.
    pub fn once(&mut self) -> bool {
        let complete = match self.open() {
            Ok(session) => {
                let now = self.now();
                self.see(&session, Reason::Start, now).1
            }
            Err(error) => {
                self.trouble(Trouble::NotOpened(error.to_string()));
                false
            }
        };
        complete && matches!(self.trouble, None | Some(Trouble::AgendaNotOurs))
    }

    fn tell(&mut self, news: &News) {
        (self.wishes.tell)(news);
    }

    /// Tells of trouble once, not at every look.
    fn trouble(&mut self, trouble: Trouble) {
        self.heartbeat.trouble = Some(trouble.to_string());
        if self.trouble.as_ref() != Some(&trouble) {
            self.tell(&News::Trouble(trouble.clone()));
            self.trouble = Some(trouble);
        }
    }

    fn no_trouble(&mut self) {
        self.trouble = None;
        self.heartbeat.trouble = None;
    }

    fn open(&self) -> Result<Session, OpenError> {
        let wanted =
            Wanted { vault: Some(&self.root), today: self.wishes.today, ..Wanted::default() };
        let mut session = Session::open(self.wishes.environment, &wanted)?;
        session.today = self.day(session.settings().day_starts_at);
        Ok(session)
    }

    fn day(&self, day_starts_at: u32) -> Day {
        self.given_day.unwrap_or_else(|| (self.wishes.clock)().day(day_starts_at))
    }

    /// The vault could not be opened. A file that is gone for a moment is one that is being saved, so it is told only
    /// when it is gone still.
    fn gone(&mut self, error: &OpenError) -> Next {
        let every = if self.away { AWAY } else { MOMENT };
        if self.away {
            self.sight = None;
            self.trouble(match error {
                OpenError::Locate(_) => Trouble::VaultGone(self.root.clone()),
                other => Trouble::NotOpened(other.to_string()),
            });
        }
        self.away = true;
        self.beat();
        Next { day: self.day(self.day_starts_at), again: Some(every), every }
    }

    fn is_back(&mut self) {
        self.away = false;
        if matches!(self.trouble, Some(Trouble::VaultGone(_) | Trouble::NotOpened(_))) {
            self.no_trouble();
            self.tell(&News::VaultBack);
        }
    }

    /// Opens eyes where there are none that fit, and watches what is new.
    fn watch(&mut self, session: &Session, all: bool, running: Duration) {
        let relevance = Relevance::of(&self.root, &session.settings().ignore);
        let sight = match self.sight.take().filter(|sight| sight.fits(&relevance, running)) {
            Some(sight) => sight.caught_up(all, running),
            None => Sight::open(relevance, self.wishes.poll, self.bell.ringer(), running),
        };
        let (folders, polling) = (sight.folders(), sight.polling().cloned());
        self.sight = Some(sight);
        self.heartbeat.folders = folders;
        if self.told_sight.as_ref() != Some(&polling) {
            self.told_sight = Some(polling.clone());
            self.tell(&News::Watching {
                root: self.root.clone(),
                folders,
                polling: polling.clone(),
            });
        }
        self.heartbeat.polling = polling.map(|why| why.to_string());
    }

    /// Looks at the vault and writes the agenda where that is to be done. What comes next, and whether all notes could
    /// be read.
    fn see(&mut self, session: &Session, reason: Reason, now: Moment) -> (Next, bool) {
        self.tell_of_session(session);
        let looked = look(session, &mut self.seen);
        let took = (self.wishes.clock)().running.saturating_sub(now.running);
        let Look { reading, notes, changed } = looked;
        self.tell(&News::Looked { reason, notes, changed, took });
        if let Some(notice) = &reading.files.notice {
            self.tell(&News::Notice(notice.clone()));
        }
        let agenda_changed = self.see_agenda(session, &reading, now);
        let differs = self.remember(session);
        self.stale |= changed > 0 || differs || agenda_changed;
        let is_complete = !reading.files.incomplete;
        let again = self.stale.then(|| self.put_down(session, reading, now)).flatten();
        self.heartbeat.notes = notes;
        let every = match self.sight {
            Some(Sight::Polling { .. }) => POLL.max(took * POLL_SHARE),
            _ => RECONCILE,
        };
        (Next { day: session.today, again, every }, is_complete)
    }

    fn tell_of_session(&mut self, session: &Session) {
        match &session.recovered {
            Ok(recovered) if *recovered == Recovered::default() => {
                if matches!(self.trouble, Some(Trouble::NotSettled(_))) {
                    self.no_trouble();
                }
            }
            Ok(recovered) => {
                let recovered = recovered.clone();
                self.tell(&News::Recovered(recovered));
            }
            Err(why) => self.trouble(Trouble::NotSettled(why.clone())),
        }
    }

    fn see_agenda(&mut self, session: &Session, reading: &Reading, now: Moment) -> bool {
        let file = self.root.join(&session.vocabulary.folders.agenda);
        self.rest.see(reading.agenda.as_deref(), now.running, || age_of(&file))
    }

    /// Whether the day or the settings differ from the look before.
    fn remember(&mut self, session: &Session) -> bool {
        let settings = session.config.files.iter().map(|file| file.text.clone()).collect();
        let now = Before { day: session.today, settings };
        let before = self.before.replace(now);
        let Some(before) = before else { return true };
        let turned = before.day != session.today;
        if turned {
            self.tell(&News::DayTurned(session.today));
        }
        let same = self.before.as_ref().is_some_and(|now| now.settings == before.settings);
        if !same {
            self.tell(&News::SettingsChanged);
        }
        turned || !same
    }

    /// Follows the answers in the agenda and writes it anew, once it has rested. How soon to look again, where that is left undone.
    fn put_down(&mut self, session: &Session, reading: Reading, now: Moment) -> Option<Duration> {
        if reading.files.folder_unread {
            self.trouble(Trouble::FolderUnread);
            return Some(RETRY);
        }
        if asked(session, &reading).asks()
            && let Some(lack) = self.lacks_rest(session, now)
        {
            return Some(lack);
        }
        let (mut answered, reading) = follow(session, reading);
        let _turn = answered.turn.take();
        let agenda = {
            let session = answered.session(session);
            agenda_after(session, &reading, session.today, &answered.followed)
        };
        self.tell_of_answers(answered);
        match writing(session, &reading, &agenda) {
            Err(NotOurs) => {
                self.stale = false;
                self.trouble(Trouble::AgendaNotOurs);
                None
            }
            Ok(None) => {
                self.stale = false;
                self.no_trouble();
                None
            }
            Ok(Some(change)) => self.write_rested(session, &change, now),
        }
    }

    /// How long the agenda has still to rest before it may be written or its answers followed.
    fn lacks_rest(&mut self, session: &Session, now: Moment) -> Option<Duration> {
        let settle = Duration::from_secs(session.settings().agenda.settle.into());
        let lack = self.rest.lacks(now.running, settle)?;
        self.tell(&News::AgendaWaits(lack));
        Some(lack.max(Duration::from_millis(10)))
    }

    fn tell_of_answers(&mut self, answered: Answered) {
        answered.done.into_iter().for_each(|done| self.tell(&News::Answered(done)));
        answered.copies.into_iter().for_each(|copy| self.tell(&News::CopyKept(copy)));
        if let Some(error) = answered.error {
            self.trouble(Trouble::NotWritten(error.to_string()));
        }
    }

    fn write_rested(
        &mut self,
        session: &Session,
        change: &Change,
        now: Moment,
    ) -> Option<Duration> {
        if let Some(lack) = self.lacks_rest(session, now) {
            return Some(lack);
        }
        match write(session, change) {
            Ok(committed) => {
                committed.copies.into_iter().for_each(|copy| self.tell(&News::CopyKept(copy)));
                self.wrote(session.today, change);
                None
            }
            // Somebody saved it in this very moment.
            Err(WriteError::Commit(CommitError::Changed { .. })) => Some(MOMENT),
            Err(error) => {
                self.trouble(Trouble::NotWritten(error.to_string()));
                Some(RETRY)
            }
        }
    }

    fn wrote(&mut self, day: Day, change: &Change) {
        let hands = (self.wishes.clock)();
        self.stale = false;
        self.no_trouble();
        for file in &change.files {
            if let FileChange::Regenerate { text, .. } = file {
                self.rest.wrote(text, hands.running);
            }
        }
        self.heartbeat.agenda_written = Some(hands.wall.as_secs());
        self.tell(&News::AgendaWritten(day));
    }

    /// Tells `ties status` how it is, where that is news or some time has passed.
    fn beat(&mut self) {
        self.heartbeat.looked = (self.wishes.clock)().wall.as_secs();
        let same = self.heartbeat.says_the_same(&self.told);
        if same && self.heartbeat.looked.abs_diff(self.told.looked) < HEARTBEAT {
            return;
        }
        match self.heartbeat.write(&self.state) {
            Ok(()) => self.told = self.heartbeat.clone(),
            Err(error) => self.trouble(Trouble::NoHeartbeat(error.to_string())),
        }
    }
}

impl Surroundings for Watching<'_> {
    fn now(&self) -> Moment {
        let hands = (self.wishes.clock)();
        let day = self.given_day.unwrap_or_else(|| hands.day(self.day_starts_at));
        Moment { running: hands.running, wall: hands.wall, day }
    }

    fn wait(&mut self, at_most: Duration) -> Woken {
        let woken = self.bell.wait(at_most);
        if woken == Woken::Stopped {
            self.tell(&News::Stopping);
        }
        woken
    }

    fn look(&mut self, reason: Reason, now: Moment) -> Next {
        if let Reason::Jump(by) = reason {
            self.tell(&News::ClockJumped(by));
        }
        let session = match self.open() {
            Ok(session) => session,
            Err(error) => return self.gone(&error),
        };
        self.is_back();
        self.day_starts_at = session.settings().day_starts_at;
        self.watch(&session, !matches!(reason, Reason::Rung | Reason::PutOff), now.running);
        let (next, _) = self.see(&session, reason, now);
        self.beat();
        next
    }
}
