//! Where links are to point when a note is called otherwise, or is made one with another: each in its own style.
//!
//! Always true here: a link that still means the same note is left as it is; one that meant somebody else before, and
//! would not any more, is written by path. What a link means does not depend on the note in which it stands, but for the
//! relative paths of Markdown links, which are kept true for every reader.

use crate::note::change::LinkChange;
use crate::note::link_change::{linked, spellings};
use crate::note::link_write::ends_wikilink;
use crate::note::path::NotePath;
use crate::people::names::{Names, NoteNumber, Resolution, without_way};
use crate::text::fold::{fold, nfc};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What somebody is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// Where the note is.
    pub path: NotePath,
    /// The name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
}

/// How links are to change.
#[derive(Debug)]
pub struct Pointing<'a> {
    paths: &'a [NotePath],
    before: &'a Names,
    after: Names,
    /// The note whose links are to lead to `successor`, perhaps itself.
    subject: NoteNumber,
    successor: NoteNumber,
    /// How each note is called whose path changes.
    old: Called,
    new: Called,
    /// What links say of the subject and what they are to say instead, the strongest first.
    carriers: Vec<Carrier>,
    known: HashMap<(bool, String), Verdict>,
    /// Places of the vault, relative to its root, at which there are files.
    files: BTreeSet<String>,
    arriving: BTreeSet<String>,
    settled: BTreeMap<String, NoteNumber>,
}

#[derive(Debug)]
struct Carrier {
    before: String,
    after: String,
    /// What a link by path is to show where it showed this.
    shown: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Verdict {
    Stays,
    /// It led nowhere and would lead to the successor.
    Arrives,
    /// It could mean several notes and would mean this one alone.
    Settles(NoteNumber),
    To {
        note: String,
        shown: Option<String>,
    },
}

impl<'a> Pointing<'a> {
    /// Links to `subject`, which is called `old`, are to lead to `successor`, which is called `new` from now on: the same
    /// note, or the one that takes the subject in. `paths` and `before` are those of the book.
    pub fn new(
        (paths, before): (&'a [NotePath], &'a Names),
        (subject, old): (NoteNumber, Called),
        (successor, new): (NoteNumber, Called),
    ) -> Pointing<'a> {
        let mut names = before.without(&[subject, successor]);
        names.add_path(successor, &new.path);
        names.add_name(successor, &new.name);
        new.aliases.iter().for_each(|alias| names.add_alias(successor, alias));
        let (after, carriers) = (names.finish(), carriers(&old, &new));
        Pointing {
            paths,
            before,
            after,
            subject,
            successor,
            old,
            new,
            carriers,
            known: HashMap::new(),
            files: BTreeSet::new(),
            arriving: BTreeSet::new(),
            settled: BTreeMap::new(),
        }
    }

    /// The same, where files lie at these of the [`destinations`] of the subject.
    pub fn with_files(self, files: &BTreeSet<String>) -> Pointing<'a> {
        Pointing { files: files.clone(), ..self }
    }

    /// What must change in the links of `text`, the text of the note at `file`; each spelling once, in their order.
    pub fn changes(&mut self, file: &NotePath, text: &str) -> Vec<LinkChange> {
        let found = spellings(text).filter(|(_, note)| !note.is_empty());
        let spellings = found.collect::<BTreeSet<_>>();
        let mut told = Vec::new();
        let changes = spellings.into_iter().filter_map(|(wiki, from)| {
            let relative = if wiki { None } else { self.relative(file, &from) };
            let (to, shown) = match (relative, self.verdict(wiki, &from)) {
                (Some(to), _) => (to, None),
                (None, Verdict::To { note, shown }) => (note, shown),
                (None, Verdict::Stays) => return None,
                (None, verdict @ (Verdict::Arrives | Verdict::Settles(_))) => {
                    told.push(((wiki, from), verdict));
                    return None;
                }
            };
            (to != from).then_some(LinkChange { wiki, from, to, shown })
        });
        let changes = changes.collect();
        self.note(text, told);
        changes
    }

    /// Keeps what is to be told of links, where they are links also to a reader of the whole note.
    fn note(&mut self, text: &str, told: Vec<((bool, String), Verdict)>) {
        let linked = if told.is_empty() { BTreeSet::new() } else { linked(text) };
        for (link, verdict) in told.into_iter().filter(|(link, _)| linked.contains(link)) {
            match verdict {
                Verdict::Settles(note) => drop(self.settled.insert(link.1, note)),
                _ => drop(self.arriving.insert(link.1)),
            }
        }
    }

    /// What a name outside of a link, such as the one in a setting, is to say instead; `None` where it may stay.
    pub fn named(&mut self, name: &str) -> Option<String> {
        match self.verdict(true, name) {
            Verdict::To { note, .. } => Some(note),
            Verdict::Stays | Verdict::Arrives | Verdict::Settles(_) => None,
        }
    }

    /// The links that led nowhere so far and are going to lead to the note, as they are written.
    pub fn arriving(&self) -> Vec<&str> {
        self.arriving.iter().map(String::as_str).collect()
    }

    /// The links that could mean several notes so far and are going to mean one, as they are written, each with it.
    pub fn settled(&self) -> Vec<(&str, &NotePath)> {
        self.settled.iter().map(|(link, note)| (link.as_str(), self.new_path(*note))).collect()
    }

    /// Where a note is going to lie.
    fn new_path(&self, note: NoteNumber) -> &NotePath {
        match note == self.successor {
            true => &self.new.path,
            false => self.paths.get(note).unwrap_or(&self.new.path),
        }
    }

    fn verdict(&mut self, wiki: bool, written: &str) -> Verdict {
        let key = (wiki, written.to_owned());
        if let Some(verdict) = self.known.get(&key) {
            return verdict.clone();
        }
        let verdict = self.judge(wiki, written);
        self.known.insert(key, verdict.clone());
        verdict
    }

    fn judge(&self, wiki: bool, written: &str) -> Verdict {
        let leads_to = |note| self.after.resolve(written) == Resolution::One(note);
        match self.before.resolve(written) {
            Resolution::One(note) if note == self.subject => self.of_subject(wiki, written),
            Resolution::One(note) if leads_to(note) => Verdict::Stays,
            Resolution::One(note) => {
                let path = self.new_path(note).without_extension();
                Verdict::To { note: path.to_owned(), shown: plain(written) }
            }
            Resolution::Nobody if leads_to(self.successor) => Verdict::Arrives,
            Resolution::Nobody => Verdict::Stays,
            Resolution::Several(notes) => self.of_several(&notes, written),
        }
    }

    fn of_several(&self, notes: &[NoteNumber], written: &str) -> Verdict {
        // What meant either of two notes that become one means that one.
        let both = notes.iter().all(|note| [self.subject, self.successor].contains(note));
        match self.after.resolve(written) {
            Resolution::One(note) if !both => Verdict::Settles(note),
            _ => Verdict::Stays,
        }
    }

    fn of_subject(&self, wiki: bool, written: &str) -> Verdict {
        let leads_here = |note: &str| self.after.resolve(note) == Resolution::One(self.successor);
        let (prefix, said) = apart(written);
        let carrier = self.carrier(said);
        if carrier.is_some_and(|carrier| carrier.before == carrier.after) && leads_here(written) {
            return Verdict::Stays;
        }
        let candidates = carrier.map(|carrier| in_case_of(said, carrier));
        for candidate in candidates.iter().flatten() {
            let candidate = format!("{prefix}{candidate}");
            let fits = !wiki || !candidate.contains(ends_wikilink);
            if fits && leads_here(&candidate) {
                return Verdict::To { note: candidate, shown: None };
            }
        }
        let shown = carrier.and_then(|carrier| carrier.shown.as_deref()).and_then(plain);
        Verdict::To { note: self.new.path.without_extension().to_owned(), shown }
    }

    /// What a link to the subject says: as [`Names::resolve`] finds it, exactly or else folded.
    fn carrier(&self, said: &str) -> Option<&Carrier> {
        let (exact, folded) = (nfc(said), fold(said));
        let exactly = self.carriers.iter().find(|carrier| nfc(&carrier.before) == exact);
        exactly.or_else(|| self.carriers.iter().find(|carrier| fold(&carrier.before) == folded))
    }

    /// The new relative path of a Markdown link that leads, for every reader, from `file` to a note: to the subject, or,
    /// where `file` itself goes to another folder, to any.
    fn relative(&self, file: &NotePath, written: &str) -> Option<String> {
        let there = joined(file.folder(), written)?;
        let goes = self.subject == self.successor && *file == self.old.path;
        let folder = if goes { self.new.path.folder() } else { file.folder() };
        let is_subject = there == self.old.path.without_extension();
        if is_subject && self.new.path.folder() == self.old.path.folder() {
            let way = written.get(..written.rfind('/').map_or(0, |at| at + 1)).unwrap_or("");
            return Some(format!("{way}{}", self.new.path.stem()));
        }
        if is_subject {
            return Some(like(written, &way(folder, self.new.path.without_extension())));
        }
        moved(written, file.folder(), folder, |place| self.is_there(place))
    }

    fn is_there(&self, place: &str) -> bool {
        self.files.contains(place) || self.is_note(place)
    }

    fn is_note(&self, place: &str) -> bool {
        let path = format!("{place}.md");
        self.paths.binary_search_by(|other| other.as_str().cmp(&path)).is_ok()
    }
}

/// The places, relative to the root of the vault, to which the Markdown links of a note in `folder` lead as ways from
/// there, without `.md`.
pub fn destinations(folder: &str, text: &str) -> BTreeSet<String> {
    let ways = spellings(text).filter(|(wiki, way)| !wiki && !way.is_empty());
    ways.filter_map(|(_, way)| joined(folder, &way)).collect()
}

/// What must change in the Markdown links of a text that goes from the folder `from` to the folder `to`, so that each
/// leads to the same place; `is_there` tells whether anything is at one.
pub fn moved_links(
    text: &str,
    (from, to): (&str, &str),
    is_there: impl Fn(&str) -> bool,
) -> Vec<LinkChange> {
    let ways = spellings(text).filter(|(wiki, way)| !wiki && !way.is_empty());
    let ways = ways.map(|(_, way)| way).collect::<BTreeSet<_>>();
    let change = |way: String| {
        let new = moved(&way, from, to, &is_there).filter(|new| *new != way)?;
        Some(LinkChange { wiki: false, from: way, to: new, shown: None })
    };
    ways.into_iter().filter_map(change).collect()
}

/// What `written`, a way that starts in the folder `from`, is where it starts in `to`; `None` where it leads to nothing.
fn moved(written: &str, from: &str, to: &str, is_there: impl Fn(&str) -> bool) -> Option<String> {
    let there = joined(from, written).filter(|there| from != to && !there.is_empty())?;
    is_there(&there).then(|| like(written, &way(to, &there)))
}

/// A way with the dot at its start and the slash at its end that `written` has.
fn like(written: &str, way: &str) -> String {
    let dot = if written.starts_with("./") && !way.starts_with("../") { "./" } else { "" };
    let slash = if written.ends_with('/') { "/" } else { "" };
    format!("{dot}{way}{slash}")
}

fn carriers(old: &Called, new: &Called) -> Vec<Carrier> {
    let carrier = |before: &str, after: &str, shown: Option<&str>| {
        let (before, after) = (before.to_owned(), after.to_owned());
        Carrier { before, after, shown: shown.map(str::to_owned) }
    };
    let (from, to) = (old.path.without_extension(), new.path.without_extension());
    let mut carriers = vec![carrier(from, to, None)];
    for (at, _) in from.match_indices('/') {
        let end = from.get(at + 1..).unwrap_or("");
        carriers.push(carrier(end, last_parts(to, end.split('/').count()), None));
    }
    if !from.contains('/') {
        carriers.push(carrier(from, new.path.stem(), None));
    }
    carriers.push(carrier(&old.name, &new.name, Some(&new.name)));
    carriers.extend(old.aliases.iter().map(|alias| carrier(alias, alias, Some(alias))));
    carriers
}

/// The last `count` parts of a path; all where it has no more.
fn last_parts(path: &str, count: usize) -> &str {
    let cut = count.checked_sub(1).and_then(|skipped| path.rmatch_indices('/').nth(skipped));
    cut.map_or(path, |(at, _)| path.get(at + 1..).unwrap_or(path))
}

/// What a carrier says afterwards, in the case of the link where it has one of its own.
fn in_case_of(said: &str, carrier: &Carrier) -> Vec<String> {
    let is_lower = said != carrier.before && said == carrier.before.to_lowercase();
    let lower = is_lower.then(|| carrier.after.to_lowercase());
    lower.into_iter().chain([carrier.after.clone()]).collect()
}

/// A link in what [`Names::resolve`] passes over and the rest.
fn apart(written: &str) -> (&str, &str) {
    let rest = without_way(written);
    written.split_at(written.len() - rest.len())
}

/// The text where a link can show it.
fn plain(text: &str) -> Option<String> {
    let harmful = |character: char| matches!(character, '[' | ']' | '|' | '\\' | '`' | '\n' | '\r');
    (!text.is_empty() && !text.contains(harmful)).then(|| text.to_owned())
}

/// Where `way` leads from `folder`; `None` where that is outside of the vault, or `way` starts at its root.
fn joined(folder: &str, way: &str) -> Option<String> {
    if way.starts_with('/') {
        return None;
    }
    let mut parts = folder.split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>();
    for part in way.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The way from `folder` to `place`.
fn way(folder: &str, place: &str) -> String {
    let from = folder.split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let to = place.split('/').collect::<Vec<_>>();
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let shared = shared.min(to.len().saturating_sub(1));
    let up = "../".repeat(from.len() - shared);
    up + &to.get(shared..).unwrap_or_default().join("/")
}

#[cfg(test)]
mod tests {
    use crate::features::pointing::{Called, Pointing, joined, way};
    use crate::features::sample::book;
    use crate::note::path::NotePath;
    use expect_test::{Expect, expect};
    use std::fmt::Write;

    const NOTES: &[(&str, &str)] = &[
        ("people/ana-lima.md", "---\nname: Ana Lima\naliases: [Aninha]\n---\n"),
        ("people/ana-sousa.md", "---\nname: Ana Sousa Costa\naliases: [Nina]\n---\n"),
        ("work/rita.md", "---\ntype: person\n---\n# Rita\n"),
    ];

    fn called(path: &str, name: &str, aliases: &[&str]) -> Called {
        let aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
        Called { path: NotePath::new(path).unwrap(), name: name.to_owned(), aliases }
    }

    fn check(new: Called, file: &str, text: &str, expected: &Expect) {
        let book = book(NOTES);
        let names = book.outline().names();
        let old = called("people/ana-lima.md", "Ana Lima", &["Aninha"]);
        let mut pointing = Pointing::new((book.paths(), names), (0, old), (0, new));
        let mut shown = String::new();
        for link in pointing.changes(&NotePath::new(file).unwrap(), text) {
            let kind = if link.wiki { "wiki" } else { "markdown" };
            let bar = link.shown.map_or_else(String::new, |shown| format!(" showing {shown}"));
            let _ = writeln!(shown, "{kind} {} -> {}{bar}", link.from, link.to);
        }
        let _ = write!(shown, "arriving: {:?}", pointing.arriving());
        expected.assert_eq(&shown);
    }

    #[test]
    fn each_link_changes_in_its_style_and_an_alias_stays() {
        check(
            called("people/ana-reis.md", "Ana Reis", &["Aninha"]),
            "journal/x.md",
            "[[Ana Lima]] [[ana lima]] [[ANA LIMA]] [[ana-lima]] [[people/ana-lima]] [[../people/ana-lima]] [[Aninha]] [[aninha]] [[Ana Reis]] [[Nobody]]\n[a](../people/ana-lima.md) [b](people/ana-lima.md) [c](ana-lima.md)",
            &expect![[r#"
                markdown ../people/ana-lima -> ../people/ana-reis
                markdown ana-lima -> ana-reis
                markdown people/ana-lima -> people/ana-reis
                wiki ../people/ana-lima -> ../people/ana-reis
                wiki ANA LIMA -> Ana Reis
                wiki Ana Lima -> Ana Reis
                wiki ana lima -> ana reis
                wiki ana-lima -> ana-reis
                wiki people/ana-lima -> people/ana-reis
                arriving: ["Ana Reis"]"#]],
        );
    }

    #[test]
    fn what_would_mean_somebody_else_is_written_by_path() {
        check(
            called("people/nina.md", "Nina", &["Aninha"]),
            "journal/x.md",
            "[[Ana Lima]] [[ana-lima]] [[Nina]] [[Ana Sousa Costa]]",
            &expect![[r#"
                wiki Ana Lima -> Nina
                wiki Nina -> people/ana-sousa showing Nina
                wiki ana-lima -> nina
                arriving: []"#]],
        );
    }

    #[test]
    fn relative_paths_stay_true_when_a_note_goes_to_another_folder() {
        let new = || called("friends/old/ana-lima.md", "Ana Lima", &["Aninha"]);
        check(
            new(),
            "people/ana-sousa.md",
            "[a](ana-lima.md) [b](./ana-lima.md) [[ana-lima]] [[people/ana-lima]] [c](ana-sousa.md)",
            &expect![[r#"
                markdown ./ana-lima -> ../friends/old/ana-lima
                markdown ana-lima -> ../friends/old/ana-lima
                wiki people/ana-lima -> friends/old/ana-lima
                arriving: []"#]],
        );
        check(
            new(),
            "people/ana-lima.md",
            "[a](ana-sousa.md) [b](../work/rita.md) [c](ana-lima.md) [d](../papers/x.md) [e](#Log)",
            &expect![[r#"
                markdown ../work/rita -> ../../work/rita
                markdown ana-sousa -> ../../people/ana-sousa
                arriving: []"#]],
        );
    }

    #[test]
    fn a_way_leads_where_it_is_joined() {
        for (folder, place) in
            [("", "a"), ("x", "x/a"), ("x/y", "x/a"), ("x", "y/z/a"), ("x/y", "a")]
        {
            assert_eq!(
                joined(folder, &way(folder, place)).as_deref(),
                Some(place),
                "{folder} {place}"
            );
        }
        assert_eq!(joined("x", "../../a"), None);
    }
}
