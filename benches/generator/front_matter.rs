//! Front matter as people, and the tools that they come from, write it.

use crate::generator::prose;
use crate::generator::random::Random;
use crate::generator::register::{Part, Person, Register};
use ties::text::day::Day;

const CIRCLES: &[(usize, &str)] =
    &[(3, "inner"), (6, "growth"), (3, "mentor"), (38, "extended"), (3, "later"), (5, "reference")];

const CADENCES: &[&str] = &[
    "weekly",
    "biweekly",
    "monthly",
    "monthly",
    "bimonthly",
    "quarterly",
    "quarterly",
    "seasonal",
    "semiannually",
    "yearly",
    "yearly",
    "3-4 weeks",
    "every 6 weeks",
    "2mo..4mo",
    "on-event",
];

const GROUPS: &[&str] =
    &["family", "choir", "work", "climbing", "school", "neighbours", "archive", "reading group"];

const CHANNELS: &[&str] = &["call", "message", "signal", "mail", "letter", "video"];

/// The block of the person with the number `of`, fences included; `today` is the day on which nothing is in the
/// future but what should be.
pub(crate) fn block(random: &mut Random, register: &Register, of: usize, today: Day) -> String {
    let person = &register.people[of];
    let mut keys = Keys(String::new());
    identity(&mut keys, random, person);
    rhythm(&mut keys, random, today);
    ties(&mut keys, random, register, of);
    about(&mut keys, random, person, of);
    foreign(&mut keys, random, of);
    format!("---\n{}---\n", keys.0)
}

struct Keys(String);

impl Keys {
    fn put(&mut self, key: &str, value: &str) {
        self.0.push_str(key);
        self.0.push_str(": ");
        self.0.push_str(value);
        self.0.push('\n');
    }

    fn list(&mut self, random: &mut Random, key: &str, items: &[String]) {
        match (items, random.below(4)) {
            ([], _) => {}
            ([one], 0) => self.put(key, one),
            (items, 1) => {
                let lines = items.iter().map(|item| format!("  - {item}\n")).collect::<String>();
                self.0.push_str(&format!("{key}:\n{lines}"));
            }
            (items, _) => self.put(key, &format!("[{}]", items.join(", "))),
        }
    }
}

fn identity(keys: &mut Keys, random: &mut Random, person: &Person) {
    match random.below(10) {
        0 => keys.put("name", &format!("\"{}\"", person.name)),
        _ => keys.put("name", &person.name),
    }
    if let Some(alias) = &person.alias {
        keys.list(random, "aliases", std::slice::from_ref(alias));
    }
    let groups = (0..random.below(3)).map(|_| random.pick(GROUPS).to_owned()).collect::<Vec<_>>();
    keys.list(random, "groups", &groups);
}

fn rhythm(keys: &mut Keys, random: &mut Random, today: Day) {
    let mut at = random.below(100);
    for (weight, circle) in CIRCLES {
        match at.checked_sub(*weight) {
            Some(rest) => at = rest,
            None => {
                keys.put("circle", circle);
                break;
            }
        }
    }
    if random.chance(15.0) {
        keys.put("cadence", random.pick(CADENCES));
    }
    match random.below(100) {
        0..=3 => keys.put("status", "archived"),
        4 => keys.put("paused", "true"),
        5 => keys.put("quiet_until", &ahead(random, today, 90)),
        6..=7 => {
            keys.put("follow_up", &ahead(random, today, 60));
            keys.put("next", &format!("Ask about {}", prose::topic(random)));
        }
        8..=12 => keys.put("next", &format!("Ask about {}", prose::topic(random))),
        13 => keys.put(
            "last_contact",
            &format!("~{}-0{}", random.within(2015, 2025), random.within(1, 9)),
        ),
        14 => keys.put("died", &random.within(2005, 2025).to_string()),
        _ => {}
    }
    if random.chance(40.0) {
        keys.put("channel", random.pick(CHANNELS));
    }
}

fn ahead(random: &mut Random, today: Day, days: usize) -> String {
    today.plus_days(random.within(0, days) as i64).to_string()
}

fn ties(keys: &mut Keys, random: &mut Random, register: &Register, of: usize) {
    let person = &register.people[of];
    if person.part == Part::First {
        for (other, member) in register.household(of).collect::<Vec<_>>() {
            if member.part == Part::Second {
                keys.put("partner", &register.quoted_link(random, other));
            }
        }
        let children = register.household(of).filter(|(_, member)| member.part == Part::Child);
        let children = children.map(|(child, _)| child).collect::<Vec<_>>();
        let links =
            children.iter().map(|child| register.quoted_link(random, *child)).collect::<Vec<_>>();
        keys.list(random, "children", &links);
    }
    let kind = match random.below(50) {
        0..=2 => "friend",
        3..=4 => "colleague",
        5 => "introduced_by",
        6 => "sister",
        7 => "brother",
        8 => "mentor",
        9 => "neighbour",
        _ => return,
    };
    let other = register.acquaintance(random, of);
    keys.put(kind, &register.quoted_link(random, other));
}

fn about(keys: &mut Keys, random: &mut Random, person: &Person, of: usize) {
    if random.chance(65.0) {
        keys.put("birthday", &birthday(random, person.born));
    }
    if random.chance(40.0) {
        keys.put("location", &person.place);
    }
    if random.chance(55.0) {
        keys.put(
            "phone",
            &format!("[\"+351 910 {:03} {:03} (mobile)\"]", of / 1_000 % 1_000, of % 1_000),
        );
    }
    if random.chance(45.0) {
        keys.list(random, "email", &[format!("person{of}@example.org")]);
    }
    if random.chance(30.0) {
        let interests = (0..random.within(1, 4)).map(|_| prose::interest(random).to_owned());
        let interests = interests.collect::<Vec<_>>();
        keys.list(random, "interests", &interests);
    }
    if random.chance(25.0) {
        keys.put(
            "met",
            &format!("{}-0{}, {}", random.within(1995, 2025), random.within(1, 9), person.place),
        );
    }
    if random.chance(20.0) {
        keys.put(
            "purpose",
            &format!("{}     # as of this year", prose::capital(&prose::clause(random))),
        );
    }
    if random.chance(4.0) {
        keys.put("pets", "[\"Mel (dog, 2019)\"]");
    }
}

fn birthday(random: &mut Random, born: i32) -> String {
    let (month, day) = (random.within(1, 12), random.within(1, 28));
    match random.below(10) {
        0..=1 => format!("--{month:02}-{day:02}"),
        2 => format!("{month:02}-{day:02}"),
        3 => born.to_string(),
        4 => format!("{born}-{month:02}"),
        _ => format!("{born}-{month:02}-{day:02}"),
    }
}

/// Keys of other tools and of the owner's own making; one note in twenty-five has one that is nested.
fn foreign(keys: &mut Keys, random: &mut Random, of: usize) {
    match random.below(100) {
        0..=4 => keys.put("cssclasses", "wide"),
        5 => keys.put("rating", "{ kindness: 5, punctuality: 2 }"),
        6 => keys.0.push_str(
            "dogs_met:\n  - breed: spaniel\n    year: 2019\n  - breed: mixed\n    year: 2022\n",
        ),
        7 => keys
            .0
            .push_str("imported:\n  source: address book\n  raw:\n    card: 3.0\n    folded: no\n"),
        8..=11 => keys.put("Shelf Mark", &format!("B-{of:05}")),
        12..=14 => keys.0.push_str("# kept from the old address book\nledger: 017\n"),
        15 => {
            keys.0.push_str("epitaph: >-\n  Some longer words that are\n  folded over two lines\n");
        }
        _ => {}
    }
}
