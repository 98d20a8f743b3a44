//! Notes drawn from a seed, full of what makes notes depend on each other: people with each other's names, ties told
//! from one side, talk of others, events, promises, and now and then a mistake.

use ties::text::fingerprint::hash;

fn pick(seed: u64, what: &str, from: &[&str]) -> String {
    from[(hash(&[&seed.to_string(), what]) % from.len() as u64) as usize].to_owned()
}

const LINKS: &[&str] =
    &["[[Ana]]", "[[ana]]", "[[Bo]]", "[[people/bo]]", "[[Cara]]", "[[people/work/ana]]", "[[me]]"];

/// Lines that anybody may add to a note without anybody being called or tied otherwise.
pub(crate) fn more(seed: u64) -> String {
    let link = |what: &str| pick(seed, what, LINKS);
    let day = pick(seed, "day", &["2026-11-20", "2026-11-01", "2025-12-24", "2026-11-25"]);
    match hash(&[&seed.to_string(), "more"]) % 5 {
        0 => format!("- {day} call {}: about {}\n", link("with"), link("of")),
        1 => format!("- {day} plan: to see {}\n", link("of")),
        2 => format!("- [ ] ask {} and {} \u{1f4c5} {day}\n", link("one"), link("two")),
        3 => "- 2026-13-45 call: on no day\n".to_owned(),
        _ => format!("## Met\n- {} and {}\n", link("one"), link("two")),
    }
}

/// `text` with another tie in the place of the first one.
pub(crate) fn retied(text: &str, seed: u64) -> String {
    let is_tie = |line: &&str| line.contains(": \"[[");
    let kind = pick(seed, "kind", &["sister", "mentor", "knows"]);
    let tie = format!("{kind}: \"{}\"", pick(seed, "to", LINKS));
    let old = text.lines().find(is_tie);
    old.map_or_else(|| text.to_owned(), |old| text.replacen(old, &tie, 1))
}

/// A note that fits its place.
pub(crate) fn text(path: &str, seed: u64) -> String {
    let link = |what: &str| pick(seed, what, LINKS);
    let day = |what: &str| {
        pick(seed, what, &["2026-11-19", "2026-11-01", "2026-05-30", "2025-12-24", "2026-11-25"])
    };
    let kind = |what: &str| pick(seed, what, &["call", "met", "note", "plan", "tried", "wrote to"]);
    let events = ["", "", " #event/new-job", " #event/wedding"];
    let line = |number: usize| {
        let what = format!("line {number}");
        let (with, event) = (format!("with {number}"), pick(seed, &format!("e{number}"), &events));
        let with = pick(seed, &with, &["", " [[Ana]]", " [[Bo]], [[Cara]]", " [[people/ana]]"]);
        let mention = pick(seed, &format!("m{number}"), &["", " about [[Bo]]", " of [[cara]]"]);
        format!(
            "- {} {}{with}: a long evening number {number}{mention}{event}\n",
            day(&what),
            kind(&what)
        )
    };
    let lines = (0..hash(&[&seed.to_string(), "lines"]) % 5).map(|number| line(number as usize));
    let task = pick(
        seed,
        "task",
        &[
            "",
            "- [ ] send the kiln article 📅 2026-11-20\n",
            "- [ ] waiting: photos of [[Bo]]\n",
            "- [x] done that ✅ 2026-11-20\n",
        ],
    );
    if path.starts_with("journal") {
        let people = pick(seed, "people", &["", "people: [\"[[Bo]]\"]\n", "contact: false\n"]);
        let met = format!(
            "- met {} {}: in the old town{}\n",
            link("one"),
            link("two"),
            pick(seed, "e", &events)
        );
        let spoke = format!("- spoke of {} and {}\n", link("three"), link("four"));
        return format!("---\n{people}---\n## Met\n{met}## Else\n{spoke}{task}");
    }
    if path.starts_with("habits") {
        let with = link("with");
        return format!(
            "---\nname: Walk\nrhythm: daily\nwith: \"{with}\"\n---\n## Log\n- {}\n",
            day("habit")
        );
    }
    let names = ["name: Ana", "name: Ana Lima", "name: Bo", "name: Cara", "# nothing", "name: ána"];
    let aliases = [
        "aliases: [Bo, Cara]",
        "aliases: Ana",
        "nickname: Bo",
        "# none",
        "# none",
        "aliases: [me]",
    ];
    let rhythms =
        ["circle: inner", "cadence: weekly", "cadence: monthly", "cadence: often", "# none"];
    let days = [
        "birthday: 1990-11-23",
        "died: 2026-11-14",
        "follow_up: 2026-11-20",
        "anniversary: --11-22",
        "quiet_until: 2026-12-01",
        "birthday: 31 February",
        "type: person",
        "# none",
    ];
    let ties = ["sister", "father", "partner", "introduced_by", "knows", "mentor"];
    let tie = format!("{}: \"{}\"", pick(seed, "tie", &ties), link("tie"));
    let (name, alias) = (pick(seed, "name", &names), pick(seed, "alias", &aliases));
    let (rhythm, date) = (pick(seed, "rhythm", &rhythms), pick(seed, "days", &days));
    let event = pick(
        seed,
        "event",
        &["", "## Events\n- 2026-11-23 wedding: in Porto\n", "## Events\n- 2026-10 move\n"],
    );
    let heading = pick(seed, "heading", &["Log", "Log", "Log", "Talks"]);
    let lines = lines.collect::<String>();
    format!(
        "---\n{name}\n{alias}\n{rhythm}\n{date}\n{tie}\n---\nSays little.\n\n## {heading}\n{lines}{task}{event}"
    )
}
