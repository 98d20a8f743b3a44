//! The watcher under a clock of the test: the turn of the day, nights asleep, summer time, and how long the agenda
//! rests.

use std::cell::Cell;
use std::path::Path;
use std::time::Duration;
use ties::app::daemon::Surroundings;
use ties::app::news::{News, Trouble};
use ties::app::schedule::{Next, Reason, Schedule};
use ties::app::session::{Session, Wanted};
use ties::app::watching::{Watching, Wishes};
use ties::effects::clock::Hands;
use ties::effects::environment::Environment;
use ties::text::day::Day;

const SETTINGS: &str = "day_starts_at = \"04:00\"\n[agenda]\nsettle = \"2min\"\n";

/// The clocks: seconds that have run, seconds on the wall, the day and the minutes here.
type Clock = (u64, u64, &'static str, u32);

fn hands((running, wall, day, minutes): Clock) -> Hands {
    let seconds = Duration::from_secs;
    Hands::new(seconds(running), seconds(1_795_000_000 + wall), Day::parse(day).unwrap(), minutes)
}

/// A vault that is watched, and what happened at each step.
struct Play<'a> {
    clock: &'a Cell<Clock>,
    watching: Watching<'a>,
    schedule: Schedule,
}

impl Play<'_> {
    /// Sets the clock, and looks where that is a reason to.
    fn at(&mut self, clock: Clock, rung: bool) -> Option<(Reason, Next)> {
        self.clock.set(clock);
        let now = self.watching.now();
        let reason = self.schedule.reason(now, rung)?;
        let next = self.watching.look(reason, now);
        self.schedule.looked(now.running, next);
        Some((reason, next))
    }
}

/// Plays with a vault that holds `settings` and a birthday on the 21st; gives what was told.
fn play(settings: &str, act: impl FnOnce(&mut Play<'_>, &Path)) -> Vec<String> {
    let world = tempfile::tempdir().unwrap();
    let root = world.path().canonicalize().unwrap().join("vault");
    std::fs::create_dir_all(root.join("people")).unwrap();
    std::fs::write(root.join("ties.toml"), settings).unwrap();
    let ana = "---\nname: Ana\ncircle: inner\nbirthday: 1990-11-21\n---\n";
    std::fs::write(root.join("people/ana.md"), ana).unwrap();
    let home = world.path().join("home").display().to_string();
    let environment = Environment::of(&[("HOME", &home)], &root);
    let session = Session::open(&environment, &Wanted::default()).unwrap();
    session.state.make().unwrap();
    let clock = Cell::new((0, 0, "2026-11-20", 12 * 60));
    let mut told = Vec::new();
    let mut tell = |news: &News| match news {
        News::Looked { .. } | News::Watching { .. } => {}
        other => told.push(format!("{other:?}")),
    };
    let hands = || hands(clock.get());
    let wishes = Wishes {
        environment: &environment,
        today: None,
        poll: false,
        clock: &hands,
        tell: &mut tell,
    };
    let watching = Watching::new(&session, wishes).unwrap();
    act(&mut Play { clock: &clock, watching, schedule: Schedule::default() }, &root);
    told
}

fn date_of_agenda(root: &Path) -> String {
    let agenda = std::fs::read_to_string(root.join("agenda.md")).unwrap();
    agenda.lines().find_map(|line| line.strip_prefix("date: ")).unwrap().to_owned()
}

#[test]
fn the_day_turns_at_the_hour_of_the_settings() {
    let told = play(SETTINGS, |play, root| {
        play.at((0, 0, "2026-11-20", 23 * 60), false).unwrap();
        assert_eq!(date_of_agenda(root), "2026-11-20");
        // Midnight is nothing special.
        assert_eq!(play.at((3600, 3600, "2026-11-21", 0), true).unwrap().0, Reason::Rung);
        assert_eq!(date_of_agenda(root), "2026-11-20");
        let late = (4 * 3600 + 3599, 4 * 3600 + 3599, "2026-11-21", 239);
        play.at(late, false);
        assert_eq!(date_of_agenda(root), "2026-11-20");
        let turned = play.at((5 * 3600, 5 * 3600, "2026-11-21", 240), false).unwrap();
        assert_eq!(turned.0, Reason::DayTurned);
        assert_eq!(date_of_agenda(root), "2026-11-21");
        assert!(std::fs::read_to_string(root.join("agenda.md")).unwrap().contains("turns 36"));
    });
    let day = |day: u32| format!("Day({day})");
    let told = told.join(" ");
    assert!(told.contains("DayTurned(") && !told.contains("Trouble"), "{told} {}", day(0));
}

#[test]
fn after_a_night_asleep_the_day_has_turned_at_the_first_tick() {
    let told = play(SETTINGS, |play, root| {
        play.at((0, 0, "2026-11-20", 23 * 60), false).unwrap();
        // The time that runs stood still for nine hours.
        let woke = play.at((20, 9 * 3600 + 20, "2026-11-21", 8 * 60), false).unwrap();
        assert!(matches!(woke.0, Reason::Jump(by) if by == Duration::from_secs(9 * 3600)));
        assert_eq!(date_of_agenda(root), "2026-11-21");
    });
    assert!(told.iter().any(|news| news.starts_with("DayTurned")), "{told:?}");
}

#[test]
fn the_hour_that_summer_time_takes_or_gives_turns_no_day_twice() {
    let settings = "day_starts_at = \"02:30\"\n[agenda]\nsettle = \"0s\"\n";
    play(settings, |play, root| {
        // On 29 March 2026 clocks in Europe go from 2:00 to 3:00: there is no 2:30.
        play.at((0, 0, "2026-03-29", 119), false).unwrap();
        assert_eq!(date_of_agenda(root), "2026-03-28");
        let turned = play.at((60, 60, "2026-03-29", 180), false).unwrap();
        assert_eq!(turned.0, Reason::DayTurned);
        assert_eq!(date_of_agenda(root), "2026-03-29");
        assert_eq!(play.at((90, 90, "2026-03-29", 181), false), None);
    });
    let usual = "day_starts_at = \"04:00\"\n[agenda]\nsettle = \"0s\"\n";
    play(usual, |play, root| {
        // On 25 October clocks go from 3:00 back to 2:00, in the middle of a night that lasts an hour longer.
        play.at((0, 0, "2026-10-25", 179), false).unwrap();
        assert_eq!(play.at((60, 60, "2026-10-25", 120), false), None);
        assert_eq!(date_of_agenda(root), "2026-10-24");
        let turned = play.at((7260, 7260, "2026-10-25", 240), false).unwrap();
        assert_eq!(turned.0, Reason::DayTurned);
        assert_eq!(date_of_agenda(root), "2026-10-25");
    });
}

#[test]
fn the_hour_of_the_settings_may_change_while_it_watches() {
    play(SETTINGS, |play, root| {
        play.at((0, 0, "2026-11-21", 180), false).unwrap();
        assert_eq!(date_of_agenda(root), "2026-11-20");
        std::fs::write(root.join("ties.toml"), SETTINGS.replace("04:00", "03:00")).unwrap();
        play.at((1, 1, "2026-11-21", 180), true).unwrap();
        assert_eq!(date_of_agenda(root), "2026-11-21");
    });
}

#[test]
fn the_agenda_rests_for_as_long_as_the_settings_say() {
    play(SETTINGS, |play, root| {
        let agenda = root.join("agenda.md");
        let day = "2026-11-21";
        play.at((0, 0, day, 600), false).unwrap();
        let written = std::fs::read_to_string(&agenda).unwrap();
        let ticked = written.replace("- [ ]", "- [x]");
        assert_ne!(written, ticked);
        std::fs::write(&agenda, &ticked).unwrap();
        let next = play.at((10, 10, day, 600), true).unwrap().1;
        assert_eq!(next.again, Some(Duration::from_secs(120)));
        // Another save begins the rest anew.
        std::fs::write(&agenda, ticked.clone() + "and ").unwrap();
        let next = play.at((100, 100, day, 601), true).unwrap().1;
        assert_eq!(next.again, Some(Duration::from_secs(120)));
        std::fs::write(root.join("people/bo.md"), "---\nname: Bo\nbirthday: 1991-11-21\n---\n")
            .unwrap();
        let next = play.at((150, 150, day, 602), true).unwrap().1;
        assert_eq!(next.again, Some(Duration::from_secs(70)));
        assert_eq!(std::fs::read_to_string(&agenda).unwrap(), ticked + "and ");
        assert_eq!(play.at((219, 219, day, 603), false), None);
        let (reason, next) = play.at((220, 220, day, 603), false).unwrap();
        assert_eq!((reason, next.again), (Reason::PutOff, None));
        let now = std::fs::read_to_string(&agenda).unwrap();
        assert!(now.contains("Bo") && now.contains("and "), "{now}");
    });
}

#[test]
fn a_new_day_waits_for_the_agenda_to_rest_too() {
    play(SETTINGS, |play, root| {
        play.at((0, 0, "2026-11-21", 238), false).unwrap();
        let agenda = root.join("agenda.md");
        let typed = std::fs::read_to_string(&agenda).unwrap() + "half a th";
        std::fs::write(&agenda, &typed).unwrap();
        play.at((60, 60, "2026-11-21", 239), true).unwrap();
        play.at((120, 120, "2026-11-21", 240), false).unwrap();
        assert_eq!(std::fs::read_to_string(&agenda).unwrap(), typed);
        play.at((180, 180, "2026-11-21", 241), false).unwrap();
        assert_eq!(date_of_agenda(root), "2026-11-21");
    });
}

#[test]
fn an_agenda_that_is_not_ours_is_left_and_that_is_said_once() {
    let told = play(SETTINGS, |play, root| {
        std::fs::write(root.join("agenda.md"), "# My own plans\n").unwrap();
        play.at((0, 0, "2026-11-21", 600), false).unwrap();
        std::fs::write(root.join("people/bo.md"), "---\nname: Bo\n---\n").unwrap();
        play.at((300, 300, "2026-11-21", 605), true).unwrap();
        assert_eq!(std::fs::read_to_string(root.join("agenda.md")).unwrap(), "# My own plans\n");
    });
    assert_eq!(told, [format!("{:?}", News::Trouble(Trouble::AgendaNotOurs))]);
}

#[test]
fn settings_in_doubt_write_nothing_and_are_followed_when_they_are_mended() {
    let told = play(SETTINGS, |play, root| {
        std::fs::write(root.join("ties.toml"), "agenda = [\n").unwrap();
        play.at((0, 0, "2026-11-21", 600), false).unwrap();
        assert!(!root.join("agenda.md").exists());
        std::fs::write(root.join("ties.toml"), SETTINGS).unwrap();
        play.at((5, 5, "2026-11-21", 600), true).unwrap();
        assert_eq!(date_of_agenda(root), "2026-11-21");
    });
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].starts_with("Trouble(NotWritten("), "{told:?}");
    assert_eq!(told[1], "SettingsChanged");
}
