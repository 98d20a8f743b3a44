//! A town of three hundred people in memory, whose notes grow as the owner writes to them. Always true here: a note is
//! its text, read like any other; nothing is told to the engine past it.

use std::sync::Arc;
use ties::features::settings::Settings;
use ties::note::path::NotePath;
use ties::people::book::{Book, NoteSource};
use ties::people::brief::Brief;
use ties::people::briefs::Briefs;
use ties::people::decode::decode;
use ties::people::gist::Gist;
use ties::people::names::NoteNumber;
use ties::people::note::{Kind, Note};
use ties::people::outline::Outline;
use ties::people::vocabulary::Vocabulary;
use ties::text::day::Day;
use ties::text::fingerprint::hash;

/// How many, their keys, and after how many days somebody like this may be suggested at the earliest; none for people
/// whom no rhythm ever suggests.
pub(crate) const KINDS: &[(usize, &str, Option<i64>)] = &[
    (1, "cadence: daily", Some(1)),
    (6, "cadence: weekly", Some(7)),
    (3, "circle: inner", Some(7)),
    (6, "circle: growth", Some(14)),
    (8, "cadence: monthly", Some(26)),
    (4, "circle: mentor", Some(28)),
    (20, "cadence: quarterly", Some(81)),
    (10, "cadence: seasonal", Some(1)),
    (15, "circle: extended", Some(89)),
    (40, "cadence: yearly", Some(328)),
    (10, "cadence: on-event\nlocation: Porto", None),
    (20, "cadence: never\nlocation: Porto", None),
    (15, "cadence: weekly\nstatus: later", None),
    (20, "circle: inner\nstatus: reference", None),
    (20, "cadence: weekly\nstatus: archived", None),
    (15, "cadence: weekly\npaused: true", None),
    (10, "cadence: weekly\nquiet_until: 2099-01-01", None),
    (12, "cadence: weekly\ndied: 2020-05-05", None),
    (65, "groups: [choir]", None),
];

/// A number below `count` that follows from `parts` alone.
pub(crate) fn pick(parts: &[&str], count: u64) -> u64 {
    hash(parts) % count
}

/// Somebody, as the owner knows them.
#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) path: NotePath,
    /// Lines of the front matter.
    pub(crate) keys: Vec<String>,
    /// Lines under `## Events`.
    pub(crate) events: Vec<String>,
    log: Vec<String>,
    /// The newest contact that there really was.
    pub(crate) last: Option<Day>,
    /// See [`KINDS`].
    pub(crate) earliest: Option<i64>,
    /// The owner put them off until this day.
    pub(crate) quiet_until: Option<Day>,
    pub(crate) is_silent: bool,
    /// Month and day.
    pub(crate) birthday: Option<(u32, u32)>,
}

impl Person {
    pub(crate) fn new(number: usize, keys: &str) -> Person {
        let is_silent = keys.contains("archived") || keys.contains("died:");
        Person {
            path: NotePath::new(&format!("people/p{number:03}.md")).unwrap(),
            keys: keys.lines().map(str::to_owned).collect(),
            events: Vec::new(),
            log: Vec::new(),
            last: None,
            earliest: None,
            quiet_until: None,
            is_silent,
            birthday: None,
        }
    }

    /// What is under `key` becomes `value`.
    pub(crate) fn set(&mut self, key: &str, value: &str) {
        self.keys.retain(|line| !line.starts_with(&format!("{key}:")));
        self.keys.push(format!("{key}: {value}"));
    }

    /// An entry of the log. Only the newest ones are kept: reading years of them again each day proves nothing more.
    pub(crate) fn write(&mut self, day: Day, entry: &str) {
        self.log.insert(0, format!("- {day} {entry}"));
        self.log.truncate(3);
    }

    fn text(&self) -> String {
        let lines =
            |lines: &[String]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
        let (keys, log, events) = (lines(&self.keys), lines(&self.log), lines(&self.events));
        format!("---\n{keys}---\n## Log\n{log}\n## Events\n{events}")
    }
}

#[derive(Debug)]
struct Notes(Vec<Note>);

impl NoteSource for Notes {
    fn note(&self, number: NoteNumber, _: &NotePath) -> Note {
        self.0[number].clone()
    }
}

/// Everyone.
pub(crate) struct Town {
    pub(crate) people: Vec<Person>,
    pub(crate) settings: Settings,
    pub(crate) vocabulary: Vocabulary,
    // The journal, then the people: in path order.
    notes: Arc<Notes>,
    book: Option<Arc<Book>>,
}

impl Town {
    /// The town on its first day; `journal` is its one journal note.
    pub(crate) fn new(start: Day, settings: Settings, journal: &str) -> Town {
        let vocabulary = Vocabulary::default();
        let kinds = KINDS
            .iter()
            .flat_map(|(count, keys, earliest)| (0..*count).map(|_| (*keys, *earliest)));
        let people = kinds.enumerate().map(|(number, (keys, earliest))| {
            let mut person = Person { earliest, ..Person::new(number, keys) };
            settle(&mut person, number, start);
            person
        });
        let path = NotePath::new("journal/2026-01-01.md").unwrap();
        let notes = Arc::new(Notes(vec![decode(&path, journal, &vocabulary)]));
        let mut town = Town { people: Vec::new(), settings, vocabulary, notes, book: None };
        people.for_each(|person| town.add(person));
        town
    }

    /// Somebody new, the last in the order of paths.
    pub(crate) fn add(&mut self, person: Person) {
        self.people.push(person);
        self.book = None;
        let number = self.people.len() - 1;
        let note = self.read(number);
        Arc::get_mut(&mut self.notes).unwrap().0.push(note);
    }

    /// The owner changes a note.
    pub(crate) fn edit(&mut self, number: usize, change: impl FnOnce(&mut Person)) {
        change(&mut self.people[number]);
        self.book = None;
        let note = self.read(number);
        Arc::get_mut(&mut self.notes).unwrap().0[number + 1] = note;
    }

    /// Contact, in the log.
    pub(crate) fn meet(&mut self, number: usize, day: Day) {
        self.edit(number, |person| {
            person.last = Some(day);
            person.write(day, "call: how it goes");
        });
    }

    fn read(&self, number: usize) -> Note {
        let person = &self.people[number];
        decode(&person.path, &person.text(), &self.vocabulary)
    }

    /// The book of now. It is made anew where a note has changed, as the program does: from gists and digests. Nobody
    /// may hold an older one.
    pub(crate) fn book(&mut self) -> Arc<Book> {
        if let Some(book) = &self.book {
            return Arc::clone(book);
        }
        let notes = &self.notes.0;
        let briefs = notes.iter().filter_map(|note| match &note.kind {
            Kind::Contact(contact) => Some(Brief::of(contact)),
            _ => None,
        });
        let paths = notes.iter().map(|note| note.path.clone()).collect();
        let (gists, briefs) =
            (notes.iter().map(Gist::of), Briefs::from(briefs.collect::<Vec<_>>()));
        let outline = Outline::build(paths, gists, briefs, &self.vocabulary, None);
        let book = Arc::new(Book::open(outline, Arc::clone(&self.notes) as Arc<dyn NoteSource>));
        self.book = Some(Arc::clone(&book));
        book
    }
}

/// A name, a birthday and a last contact for somebody.
fn settle(person: &mut Person, number: usize, start: Day) {
    let text = number.to_string();
    person.keys.insert(0, format!("name: P{number:03}"));
    let born = Day::new(1990, 1, 1).unwrap().plus_days(pick(&[&text, "born"], 3_650) as i64);
    let (month, of_month) =
        if number % 97 == 5 { (2, 29) } else { (born.month(), born.day_of_month()) };
    if !number.is_multiple_of(10) {
        let year = if number.is_multiple_of(9) { "-".to_owned() } else { "1992".to_owned() };
        person.keys.push(format!("birthday: {year}-{month:02}-{of_month:02}"));
        person.birthday = Some((month, of_month));
    }
    let back = pick(&[&text, "last"], 360) as i64;
    person.last = Some(start.plus_days(-back));
    person.keys.push(format!("last_contact: {}", start.plus_days(-back)));
}
