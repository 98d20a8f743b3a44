//! What the owner decided, typed. How a value is read and shown is one row of `setting_rows`; where it comes from is
//! `effects::config`.

use crate::features::review_time::ReviewTime;
use crate::people::vocabulary::Words;
use crate::text::day::{Day, Weekday};
use crate::text::day_range::DayRange;
use crate::text::period::{Period, Unit};

/// All settings of a vault; the default of each is what a vault without `ties.toml` has.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The version of the format that the vault is written in; a newer one than [`FORMAT`] is read and never written.
    pub format: u32,
    /// The words that the vault uses.
    pub words: Words,
    /// The owner's own note, as a link would name it.
    pub me: Option<String>,
    /// Patterns of files that are not read.
    pub ignore: Vec<String>,
    /// When a day begins, in minutes after midnight, 0 to 1,439.
    pub day_starts_at: u32,
    /// A return or an import spreads everyone over one rhythm from this day on.
    pub fresh_start: Option<Day>,
    /// Days on which only occasions show and all clocks stand still.
    pub away: Vec<DayRange>,
    /// Whether 29 February is kept on 1 March in other years, not on 28 February.
    pub leap_day_in_march: bool,
    /// Whether `ties log` asks for a next step, where a person sits at a terminal.
    pub ask_next: bool,
    /// The agenda.
    pub agenda: AgendaSettings,
    /// The calendar that goes to other programs.
    pub calendar: CalendarSettings,
    /// What events suggest.
    pub triggers: Vec<Trigger>,
    /// Queries by the names that the owner gave them, as written, in file order.
    pub views: Vec<(String, String)>,
    /// What a vault can never set.
    pub user: UserSettings,
}

/// The version of the format that this program writes.
pub const FORMAT: u32 = 1;

/// Settings that only the user's own configuration may hold, since they run things or lead out of the vault.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserSettings {
    /// The vault that is used where no other is named.
    pub vault: Option<String>,
    /// The command that opens a note; without it what `VISUAL` or `EDITOR` say.
    pub editor: Option<String>,
    /// The command that shows long output page by page; empty for none; without it what `PAGER` says.
    pub pager: Option<String>,
    /// When output has colours.
    pub color: ColorWish,
}

/// When output has colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorWish {
    /// On a screen that can show them.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What goes onto the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaSettings {
    /// People suggested a day at most.
    pub limit: usize,
    /// Different people a week, among those with a rhythm longer than a week.
    pub weekly_limit: usize,
    /// Days of the week on which nobody is suggested by a rhythm.
    pub quiet_days: Vec<Weekday>,
    /// Whether those of one household who are due on one day are one suggestion.
    pub households: bool,
    /// Promises shown a day at most.
    pub promises: usize,
    /// How many days ahead "Coming up" looks.
    pub ahead_days: u32,
    /// Whether a new connection gets one suggestion two weeks after its first entry.
    pub new_connections: bool,
    /// How many seconds the file must have rested before the watcher writes it.
    pub settle: u32,
}

/// What goes into the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarSettings {
    /// What it is called.
    pub name: String,
    /// When on its day something of a whole day rings, in minutes after midnight; `None` for no alarms at all.
    pub remind_at: Option<u32>,
    /// When there is time for the review of the week.
    pub weekly_review: Option<ReviewTime>,
    /// When there is time for the review of the month.
    pub monthly_review: Option<ReviewTime>,
    /// When there is time for the review of the quarter; the first one is in January, the last one in March.
    pub quarterly_review: Option<ReviewTime>,
}

/// What an event in somebody's life suggests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// The kind of event, `new-job`.
    pub event: String,
    /// How long after the event; each opens a suggestion of its own.
    pub after: Vec<Period>,
    /// What to do, `Ask how the new job feels`.
    pub suggestion: String,
    /// Whether it is a hard one, which wants gentle words.
    pub gentle: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            format: FORMAT,
            words: Words::default(),
            me: None,
            ignore: Vec::new(),
            day_starts_at: 4 * 60,
            fresh_start: None,
            away: Vec::new(),
            leap_day_in_march: false,
            ask_next: true,
            agenda: AgendaSettings::default(),
            calendar: CalendarSettings::default(),
            triggers: default_triggers(),
            views: Vec::new(),
            user: UserSettings::default(),
        }
    }
}

impl Default for AgendaSettings {
    fn default() -> AgendaSettings {
        AgendaSettings {
            limit: 4,
            weekly_limit: 12,
            quiet_days: Vec::new(),
            households: true,
            promises: 3,
            ahead_days: 14,
            new_connections: true,
            settle: 120,
        }
    }
}

impl Default for CalendarSettings {
    fn default() -> CalendarSettings {
        CalendarSettings {
            name: "ties".to_owned(),
            remind_at: Some(9 * 60),
            weekly_review: ReviewTime::parse_weekly("sunday 18:00"),
            monthly_review: ReviewTime::parse("last saturday 10:00"),
            quarterly_review: ReviewTime::parse("last sunday 10:00"),
        }
    }
}

impl Settings {
    /// Whether the owner is away on `day`.
    pub fn is_away(&self, day: Day) -> bool {
        self.away.iter().any(|range| range.contains(day))
    }

    /// Whether `day` is a quiet day of the week: rhythms suggest nobody on it.
    pub fn is_quiet(&self, day: Day) -> bool {
        self.agenda.quiet_days.contains(&day.weekday())
    }
}

/// event, delays, suggestion, gentle.
const TRIGGERS: &[(&str, &[Period], &str, bool)] = &[
    ("new-job", &[weeks(2), months(2)], "Ask how the new job feels", false),
    ("new-baby", &[weeks(1), weeks(6)], "Ask what would help, and how they sleep", false),
    ("move", &[weeks(3)], "Ask how the new place feels", false),
    ("wedding", &[weeks(1)], "Send a word about the day", false),
    ("graduation", &[days(1)], "Congratulate them", false),
    ("achievement", &[days(1)], "Congratulate them", false),
    ("exam", &[days(1)], "Ask how it went", false),
    ("trip", &[days(3)], "Ask for the best story of the trip", false),
    ("illness", &[days(3), weeks(2)], "Ask how they are, and whether company is welcome", true),
    ("recovered", &[days(3)], "Tell them that you are glad", false),
    ("loss", &[days(3), weeks(3), months(3)], "Be there; a short word is enough", true),
];

const fn days(count: u32) -> Period {
    Period { count, unit: Unit::Day }
}

const fn weeks(count: u32) -> Period {
    Period { count, unit: Unit::Week }
}

const fn months(count: u32) -> Period {
    Period { count, unit: Unit::Month }
}

/// The triggers of a vault without settings (section 5 of the format).
pub fn default_triggers() -> Vec<Trigger> {
    TRIGGERS
        .iter()
        .map(|(event, after, suggestion, gentle)| Trigger {
            event: (*event).to_owned(),
            after: after.to_vec(),
            suggestion: (*suggestion).to_owned(),
            gentle: *gentle,
        })
        .collect()
}
