//! Another name for somebody: the note says it, the file is called so, and every link says it in its own style.
//!
//! Always true here: every link means the same person as before. A link that led nowhere and would lead here from now on
//! is told.

use crate::features::add::{file_stem, free_path, is_name};
use crate::features::pointing::{Called, Pointing};
use crate::note::change::{Change, FileChange, KeyValue, Refusal, Wish};
use crate::note::document::Document;
use crate::note::link_write::ends_wikilink;
use crate::note::path::NotePath;
use crate::note::rewrite::rewrite;
use crate::people::book::{Book, ContactId};
use crate::people::brief::Brief;
use crate::people::decode::decode;
use crate::people::field::Field;
use crate::people::header::Header;
use crate::people::note::Kind;
use crate::people::value;
use crate::people::vocabulary::Vocabulary;
use crate::text::fold::{fold, nfc, slug};
use crate::text::typed::one_line;
use std::collections::BTreeSet;

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Who.
    pub who: ContactId,
    /// The new name; `None` where only the file is to go to another place.
    pub name: Option<String>,
    /// The new place; else it follows from the name where it did so far.
    pub to: Option<NotePath>,
    /// Whether the old name becomes an alias.
    pub keep_alias: bool,
    /// Whether somebody else may be called so.
    pub anyway: bool,
}

/// A change of a name.
#[derive(Debug)]
pub struct Renamed {
    /// What is to happen.
    pub change: Change,
    /// The name before and after.
    pub names: (String, String),
    /// The path before and after.
    pub paths: (NotePath, NotePath),
    /// Links that led nowhere and are going to lead to the person.
    pub arriving: Vec<String>,
    /// Links that could mean several notes and are going to mean one, each with that one.
    pub settled: Vec<(String, NotePath)>,
    /// What the setting `me` must say from now on, where it says something else.
    pub me: Option<String>,
}

/// The change that gives somebody another name or place. `own` is the text of the note, `there` those of its
/// [`destinations`](crate::features::pointing::destinations) at which there are files. `texts` are all notes of the vault
/// with their texts, `me` is what the setting of that name says.
pub fn rename(
    (book, vocabulary): (&Book, &Vocabulary),
    wanted: &Wanted,
    (own, there): (&str, &BTreeSet<String>),
    texts: impl Iterator<Item = (NotePath, String)>,
    me: Option<&str>,
) -> Result<Renamed, Refusal> {
    let old = called(book, wanted.who);
    let name = wanted.name.as_deref().map_or_else(|| old.name.clone(), one_line);
    check_name(book, wanted, &name)?;
    let carrier = carrier(own, vocabulary);
    let path = new_path(book, wanted, &old, &name, carrier)?;
    let mut aliases = old.aliases.clone();
    aliases.extend(wanted.keep_alias.then(|| old.name.clone()));
    let new = Called { path: path.clone(), name: name.clone(), aliases };
    let note = book.note_of(wanted.who);
    let names = (book.paths(), book.outline().names());
    let mut pointing = Pointing::new(names, (note, old.clone()), (note, new)).with_files(there);
    let mut wishes = name_wishes(&old, &name, &path, carrier, vocabulary);
    let alias = wanted.keep_alias && old.name != name && !old.aliases.contains(&old.name);
    wishes.extend(alias.then(|| Wish::AddToList {
        keys: vocabulary.spellings(Field::Aliases),
        item: old.name.clone(),
    }));
    let files = files(&mut pointing, &old.path, &path, wishes, texts);
    if files.is_empty() {
        let reason = format!("{} is called so already, and the note lies there", old.name);
        return Err(Refusal { reason, hint: None });
    }
    check_is_them(&files, own, &name, vocabulary)?;
    let me = me.and_then(|me| pointing.named(me));
    let settled = pointing.settled().into_iter();
    let settled = settled.map(|(link, path)| (link.to_owned(), path.clone())).collect();
    let arriving = pointing.arriving().into_iter().map(str::to_owned).collect();
    let title = title(&old.name, &name, &path);
    let change = Change { title, files };
    Ok(Renamed { change, names: (old.name, name), paths: (old.path, path), arriving, settled, me })
}

/// What the change is called in the list of those that can be undone.
pub fn title(old: &str, new: &str, path: &NotePath) -> String {
    if old == new { format!("move {old} to {path}") } else { format!("rename {old} to {new}") }
}

/// What somebody is called now.
pub fn called(book: &Book, who: ContactId) -> Called {
    let brief = book.brief(who);
    let path = book.paths().get(book.note_of(who)).cloned();
    Called {
        path: path.unwrap_or_else(NotePath::of_nothing),
        name: brief.name.clone(),
        aliases: brief.labels.aliases().map(str::to_owned).collect(),
    }
}

/// Somebody else who bears `name`, as a name or an alias, whatever case and accents.
pub fn namesake(book: &Book, name: &str, who: ContactId) -> Option<ContactId> {
    let name = fold(name);
    let bears = |(id, brief): &(ContactId, &Brief)| {
        *id != who
            && (fold(&brief.name) == name
                || brief.labels.aliases().any(|alias| fold(alias) == name))
    };
    book.everyone().find(bears).map(|(id, _)| id)
}

fn refusal(reason: impl Into<String>, hint: impl Into<String>) -> Refusal {
    Refusal { reason: reason.into(), hint: Some(hint.into()) }
}

fn check_name(book: &Book, wanted: &Wanted, name: &str) -> Result<(), Refusal> {
    if !is_name(name) {
        return Err(refusal(
            "a name needs a letter or a sign",
            "give the new name: `ties rename ana \"Ana Lima\"`",
        ));
    }
    match namesake(book, name, wanted.who).filter(|_| !wanted.anyway && wanted.name.is_some()) {
        None => Ok(()),
        Some(other) => {
            let (old, path) = (&book.brief(wanted.who).name, book.identity(other));
            let reason = format!("{path} is called {name} too");
            let hint = format!(
                "`ties merge {path} …` makes one of two notes of one person; `--anyway` lets {old} have the same name"
            );
            Err(refusal(reason, hint))
        }
    }
}

/// A refusal where the note, with its new text at its new place, would not be read as that of somebody called `name`.
fn check_is_them(
    files: &[FileChange],
    own: &str,
    name: &str,
    vocabulary: &Vocabulary,
) -> Result<(), Refusal> {
    let Some(FileChange::Move { to, wishes, .. }) = files.first() else { return Ok(()) };
    // What stands in the way of the change itself is told where it is made.
    let Ok(text) = rewrite(own, wishes) else { return Ok(()) };
    let hint = "`--to people/….md` names another place";
    match decode(to, &text, vocabulary).kind {
        Kind::Contact(contact) if nfc(&contact.name) == nfc(name) => Ok(()),
        Kind::Contact(contact) => {
            Err(refusal(format!("the note at {to} would be called {}", contact.name), hint))
        }
        _ => Err(refusal(format!("{to} would not be read as the note of a person"), hint)),
    }
}

/// What says the name of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Carrier {
    Key,
    Title,
    File,
}

fn carrier(own: &str, vocabulary: &Vocabulary) -> Carrier {
    let document = Document::read(own);
    let header = Header::read(&document, vocabulary, &mut Vec::new());
    if header.get(Field::Name, value::text, &mut Vec::new()).is_some() {
        return Carrier::Key;
    }
    let titled = document.markdown.title().is_some_and(|title| !title.text.is_empty());
    if titled { Carrier::Title } else { Carrier::File }
}

fn name_wishes(
    old: &Called,
    name: &str,
    path: &NotePath,
    carrier: Carrier,
    vocabulary: &Vocabulary,
) -> Vec<Wish> {
    if old.name == name && (carrier != Carrier::File || *path == old.path) {
        return Vec::new();
    }
    let (before, after) = (old.name.clone(), name.to_owned());
    let key = || Wish::SetKey {
        keys: vocabulary.spellings(Field::Name),
        value: KeyValue::Text(after.clone()),
    };
    let title = || Wish::SetTitle { before: before.clone(), after: after.clone() };
    match carrier {
        Carrier::Key => vec![key(), title()],
        Carrier::Title => vec![title()],
        Carrier::File if nfc(path.stem()) == nfc(name) => Vec::new(),
        Carrier::File => vec![key()],
    }
}

fn files(
    pointing: &mut Pointing<'_>,
    old: &NotePath,
    new: &NotePath,
    own: Vec<Wish>,
    texts: impl Iterator<Item = (NotePath, String)>,
) -> Vec<FileChange> {
    let mut own = own;
    let mut others = Vec::new();
    for (path, text) in texts {
        let links = pointing.changes(&path, &text);
        if links.is_empty() {
            continue;
        }
        let wish = Wish::PointLinks { links };
        if path == *old {
            own.insert(0, wish);
        } else {
            others.push(FileChange::Edit { path, wishes: vec![wish] });
        }
    }
    let (path, to) = (old.clone(), new.clone());
    let mut files = Vec::new();
    if old != new {
        files.push(FileChange::Move { path, to, wishes: own });
    } else if !own.is_empty() {
        files.push(FileChange::Edit { path, wishes: own });
    }
    files.extend(others);
    files
}

// The file

fn new_path(
    book: &Book,
    wanted: &Wanted,
    old: &Called,
    name: &str,
    carrier: Carrier,
) -> Result<NotePath, Refusal> {
    if let Some(to) = &wanted.to {
        return Ok(to.clone());
    }
    let stem = match carrier {
        Carrier::File if is_file_name(name) => Some(name.to_owned()),
        _ => new_stem(old.path.stem(), &old.name, name),
    };
    let Some(stem) = stem.filter(|stem| *stem != old.path.stem()) else {
        return Ok(old.path.clone());
    };
    let others = book.paths().iter().filter(|path| **path != old.path);
    free_path(others, old.path.folder(), &stem).ok_or_else(|| {
        refusal("the name makes no file name", "`--to people/….md` says where the note is to lie")
    })
}

/// The new stem of a file that is called after its person, in the same way; `None` for one that is not.
fn new_stem(stem: &str, old: &str, new: &str) -> Option<String> {
    if nfc(stem) == nfc(old) {
        return Some(if is_file_name(new) { new.to_owned() } else { file_stem(new, "person") });
    }
    let numbered = stem.rsplit_once('-');
    let numbered = numbered.filter(|(_, end)| end.bytes().all(|byte| byte.is_ascii_digit()));
    let base = numbered.map_or(stem, |(base, _)| base);
    let (old, new) = (slug(old), file_stem(new, "person"));
    let way = WAYS.iter().find(|way| [stem, base].contains(&way(&old).as_str()))?;
    Some(way(&new)).filter(|stem| !stem.is_empty())
}

/// How a file is called after a person whose name makes the given slug: by all of it, the first word, the last, or both.
const WAYS: &[fn(&str) -> String] = &[
    str::to_owned,
    |slug| slug.split('-').next().unwrap_or(slug).to_owned(),
    |slug| slug.rsplit('-').next().unwrap_or(slug).to_owned(),
    |slug| match (slug.split_once('-'), slug.rsplit_once('-')) {
        (Some((first, _)), Some((_, last))) => format!("{first}-{last}"),
        _ => slug.to_owned(),
    },
    |slug| slug.replace('-', "_"),
    |slug| slug.replace('-', ""),
];

/// Whether a name can be the name of a file on every system, and stand in a wikilink.
fn is_file_name(name: &str) -> bool {
    let odd = |character: char| {
        ends_wikilink(character)
            || character.is_control()
            || matches!(character, '/' | ':' | '*' | '?' | '"')
    };
    let ends_well = !name.starts_with('.') && !name.ends_with(['.', ' ']);
    ends_well && name.len() <= 200 && !name.contains(odd) && !name.to_lowercase().ends_with(".md")
}

#[cfg(test)]
mod tests {
    use crate::features::pointing::destinations;
    use crate::features::rename::{Wanted, new_stem, rename};
    use crate::features::sample::{book, refused, written};
    use crate::note::change::FileChange;
    use crate::note::path::NotePath;
    use crate::note::rewrite::rewrite;
    use crate::people::book::{Book, Found};
    use crate::people::names::Resolution;
    use crate::people::vocabulary::Vocabulary;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    const NOTES: &[(&str, &str)] = &[
        (
            "agenda.md",
            "---\nties: agenda\ndate: 2026-11-21\n---\n- [ ] [[people/ana-lima|Ana Lima]] · call ^r1\n",
        ),
        (
            "journal/2026-11-20.md",
            "coffee with [[Ana Lima]], [[ana-lima#Log|her]] and [[Aninha]]: `[[Ana Lima]]`\n",
        ),
        (
            "people/ana-lima.md",
            "---\nname: Ana Lima # of Porto\naliases: [Aninha]\n---\n# Ana Lima\n\nSee [[#Log]] and [[Ana Lima#Log]].\n",
        ),
        ("people/bo.md", "---\nsister: \"[[Ana Lima]]\"\n---\n# Bo\n\n[Ana](ana-lima.md)\n"),
        ("people/Eva Reis.md", "Hello.\n"),
    ];

    fn wanted(book: &Book, who: &str, name: &str) -> Wanted {
        let Found::One(who) = book.find(who) else { panic!("{who}") };
        Wanted { who, name: Some(name.to_owned()), to: None, keep_alias: false, anyway: false }
    }

    fn texts(notes: &[(&str, &str)]) -> impl Iterator<Item = (NotePath, String)> {
        notes.iter().map(|(path, text)| (NotePath::new(path).unwrap(), (*text).to_owned()))
    }

    fn check(who: &str, name: &str, more: fn(&mut Wanted), expected: &Expect) {
        check_in(NOTES, who, name, more, expected);
    }

    /// In the folder `attachments` there is every file.
    fn check_in(
        notes: &[(&str, &str)],
        who: &str,
        name: &str,
        more: fn(&mut Wanted),
        expected: &Expect,
    ) {
        let (book, vocabulary) = (book(notes), Vocabulary::default());
        let mut wanted = wanted(&book, who, name);
        more(&mut wanted);
        let path = book.contact(wanted.who).path.clone();
        let own = notes.iter().find(|(other, _)| *other == path.as_str()).unwrap().1;
        let mut there = destinations(path.folder(), own);
        there.retain(|place| place.starts_with("attachments"));
        let (names, own) = ((&book, &vocabulary), (own, &there));
        let renamed = rename(names, &wanted, own, texts(notes), Some("ana-lima"));
        let shown = match renamed {
            Ok(renamed) => format!(
                "{}\n{}me: {:?}, arriving: {:?}{}\n",
                renamed.change.title,
                written(notes, &renamed.change),
                renamed.me,
                renamed.arriving,
                renamed
                    .settled
                    .iter()
                    .map(|(link, path)| format!(", {link} is {path}"))
                    .collect::<String>()
            ),
            Err(refusal) => refused(&refusal),
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn the_name_the_file_and_every_link_change() {
        check(
            "ana",
            "Ana Sousa",
            |_| (),
            &expect![[r#"
            rename Ana Lima to Ana Sousa
            === people/ana-lima.md -> people/ana-sousa.md
            ---
            name: Ana Sousa # of Porto
            aliases: [Aninha]
            ---
            # Ana Sousa

            See [[#Log]] and [[Ana Sousa#Log]].
            === agenda.md
            ---
            ties: agenda
            date: 2026-11-21
            ---
            - [ ] [[people/ana-sousa|Ana Lima]] · call ^r1
            === journal/2026-11-20.md
            coffee with [[Ana Sousa]], [[ana-sousa#Log|her]] and [[Aninha]]: `[[Ana Lima]]`
            === people/bo.md
            ---
            sister: "[[Ana Sousa]]"
            ---
            # Bo

            [Ana](ana-sousa.md)
            me: Some("ana-sousa"), arriving: []
        "#]],
        );
    }

    #[test]
    fn what_would_not_be_the_note_of_that_person_is_refused() {
        for (who, to) in [
            ("ana", "people/readme.md"),
            ("Eva Reis", "people/sub/eva.md"),
            ("ana", "notes/ana.md"),
        ] {
            let (book, vocabulary) = (book(NOTES), Vocabulary::default());
            let mut wanted = wanted(&book, who, "x");
            (wanted.name, wanted.to) = (None, NotePath::new(to));
            let path = book.contact(wanted.who).path.clone();
            let own = NOTES.iter().find(|(other, _)| *other == path.as_str()).unwrap().1;
            let own = (own, &BTreeSet::new());
            let renamed = rename((&book, &vocabulary), &wanted, own, texts(NOTES), None);
            let shown = match renamed {
                Ok(renamed) => written(NOTES, &renamed.change),
                Err(refusal) => refused(&refusal),
            };
            let expected = match to {
                "people/readme.md" => {
                    "=== people/ana-lima.md -> people/readme.md\n---\nname: Ana Lima # of Porto\naliases: [Aninha]\n---\n# Ana Lima\n\nSee [[#Log]] and [[Ana Lima#Log]].\n"
                }
                "people/sub/eva.md" => {
                    "=== people/Eva Reis.md -> people/sub/eva.md\n---\nname: Eva Reis\n---\nHello.\n"
                }
                _ => {
                    "refused: notes/ana.md would not be read as the note of a person (`--to people/….md` names another place)\n"
                }
            };
            assert!(shown.starts_with(expected), "{shown}");
        }
    }

    #[test]
    fn a_link_that_could_mean_several_and_means_one_is_told() {
        check_in(
            &[
                ("people/ana.md", "---\nname: Ana Lima\n---\n"),
                ("people/work/ana.md", "---\nname: Ana Reis\n---\n"),
                (
                    "people/work/bo.md",
                    "# Bo\n\n## Log\n- 2026-11-19 met [[ana]]: coffee, `[[Eva Reis]]`\n- 2026-11-18 call [[Bo]]: Eva Reis\n",
                ),
            ],
            "people/work/ana",
            "Eva Reis",
            |_| (),
            &expect![[r#"
                rename Ana Reis to Eva Reis
                === people/work/ana.md -> people/work/eva.md
                ---
                name: Eva Reis
                ---
                me: None, arriving: [], ana is people/ana.md
            "#]],
        );
    }

    #[test]
    fn links_to_files_follow_a_note_into_another_folder() {
        check_in(
            &[(
                "people/ana.md",
                "# Ana\n\n![p](../attachments/p.jpg) [cv](<../attachments/c v.pdf>) [x](../notes/none.pdf) [all](../attachments/) [r][]\n\n[r]: ../attachments/r.pdf\n",
            )],
            "ana",
            "Ana",
            |wanted| wanted.to = NotePath::new("people/a/b/ana.md"),
            &expect![[r#"
                move Ana to people/a/b/ana.md
                === people/ana.md -> people/a/b/ana.md
                # Ana

                ![p](../../../attachments/p.jpg) [cv](<../../../attachments/c v.pdf>) [x](../notes/none.pdf) [all](../../../attachments/) [r][]

                [r]: ../../../attachments/r.pdf
                me: None, arriving: []
            "#]],
        );
    }

    #[test]
    fn the_old_name_can_stay_as_an_alias() {
        check(
            "ana",
            "Ana Sousa",
            |wanted| wanted.keep_alias = true,
            &expect![[r#"
            rename Ana Lima to Ana Sousa
            === people/ana-lima.md -> people/ana-sousa.md
            ---
            name: Ana Sousa # of Porto
            aliases: [Aninha, Ana Lima]
            ---
            # Ana Sousa

            See [[#Log]] and [[Ana Sousa#Log]].
            === agenda.md
            ---
            ties: agenda
            date: 2026-11-21
            ---
            - [ ] [[people/ana-sousa|Ana Lima]] · call ^r1
            === journal/2026-11-20.md
            coffee with [[Ana Sousa]], [[ana-sousa#Log|her]] and [[Aninha]]: `[[Ana Lima]]`
            === people/bo.md
            ---
            sister: "[[Ana Sousa]]"
            ---
            # Bo

            [Ana](ana-sousa.md)
            me: Some("ana-sousa"), arriving: []
        "#]],
        );
    }

    #[test]
    fn a_title_or_a_file_name_can_carry_the_name() {
        check(
            "bo",
            "Bo Berg",
            |_| (),
            &expect![[r#"
            rename Bo to Bo Berg
            === people/bo.md -> people/bo-berg.md
            ---
            sister: "[[Ana Lima]]"
            ---
            # Bo Berg

            [Ana](ana-lima.md)
            me: None, arriving: []
        "#]],
        );
        check(
            "eva",
            "Eva Sousa",
            |_| (),
            &expect![[r#"
            rename Eva Reis to Eva Sousa
            === people/Eva Reis.md -> people/Eva Sousa.md
            Hello.
            me: None, arriving: []
        "#]],
        );
        check(
            "eva",
            "Eva: Sousa",
            |_| (),
            &expect![[r#"
            rename Eva Reis to Eva: Sousa
            === people/Eva Reis.md -> people/eva-sousa.md
            ---
            name: "Eva: Sousa"
            ---
            Hello.
            me: None, arriving: []
        "#]],
        );
    }

    #[test]
    fn a_place_can_be_named_and_a_namesake_is_told() {
        let to = |wanted: &mut Wanted| {
            wanted.name = None;
            wanted.to = NotePath::new("people/friends/ana.md");
        };
        check(
            "ana",
            "",
            to,
            &expect![[r#"
            move Ana Lima to people/friends/ana.md
            === people/ana-lima.md -> people/friends/ana.md
            ---
            name: Ana Lima # of Porto
            aliases: [Aninha]
            ---
            # Ana Lima

            See [[#Log]] and [[Ana Lima#Log]].
            === agenda.md
            ---
            ties: agenda
            date: 2026-11-21
            ---
            - [ ] [[people/friends/ana|Ana Lima]] · call ^r1
            === journal/2026-11-20.md
            coffee with [[Ana Lima]], [[ana#Log|her]] and [[Aninha]]: `[[Ana Lima]]`
            === people/bo.md
            ---
            sister: "[[Ana Lima]]"
            ---
            # Bo

            [Ana](friends/ana.md)
            me: Some("ana"), arriving: []
        "#]],
        );
        check(
            "bo",
            "aninha",
            |_| (),
            &expect![[r#"
            refused: people/ana-lima is called aninha too (`ties merge people/ana-lima …` makes one of two notes of one person; `--anyway` lets Bo have the same name)
        "#]],
        );
        check(
            "ana",
            " - ",
            |_| (),
            &expect![[r#"
            refused: a name needs a letter or a sign (give the new name: `ties rename ana "Ana Lima"`)
        "#]],
        );
        check(
            "bo",
            "Bo",
            |_| (),
            &expect![[r#"
            refused: Bo is called so already, and the note lies there
        "#]],
        );
    }

    #[test]
    fn a_file_keeps_the_way_in_which_it_is_called() {
        let check = |stem, expected: Option<&str>| {
            let stem = new_stem(stem, "Ana Maria Lima", "Rita de Sá");
            assert_eq!(stem.as_deref(), expected);
        };
        check("ana-maria-lima", Some("rita-de-sa"));
        check("ana-maria-lima-2", Some("rita-de-sa"));
        check("Ana Maria Lima", Some("Rita de Sá"));
        check("ana", Some("rita"));
        check("lima", Some("sa"));
        check("ana-lima", Some("rita-sa"));
        check("ana_maria_lima", Some("rita_de_sa"));
        check("mae", None);
    }

    // The laws

    type Vault = BTreeMap<String, String>;

    fn renamed(vault: &Vault, path: &str, name: &str) -> Option<Vault> {
        let notes = vault.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let notes = notes.collect::<Vec<_>>();
        let (book, vocabulary) = (book(&notes), Vocabulary::default());
        let mut wanted = wanted(&book, path, name);
        wanted.anyway = true;
        let change = rename(
            (&book, &vocabulary),
            &wanted,
            (&vault[path], &BTreeSet::new()),
            texts(&notes),
            None,
        );
        let mut after = vault.clone();
        for file in change.ok()?.change.files {
            let text = after.remove(file.path().as_str()).unwrap();
            let (path, wishes) = match file {
                FileChange::Edit { path, wishes } => (path, wishes),
                FileChange::Move { to, wishes, .. } => (to, wishes),
                other => panic!("{other:?}"),
            };
            after.insert(path.as_str().to_owned(), rewrite(&text, &wishes).ok()?);
        }
        Some(after)
    }

    /// For each link of the vault, in file order, whose note it leads to: by the words that are in that note alone.
    fn meanings(vault: &Vault) -> BTreeMap<String, Vec<Option<String>>> {
        let notes = vault.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let book = book(&notes.collect::<Vec<_>>());
        let mark = |path: &str| {
            vault[path].lines().find(|line| line.starts_with("mark")).unwrap().to_owned()
        };
        let mut meanings = BTreeMap::new();
        for (path, text) in vault {
            let document = crate::note::document::Document::read(text);
            let lead =
                document.markdown.links.iter().map(|link| match book.resolve(&link.target.note) {
                    Resolution::One(note) => Some(mark(book.paths()[note].as_str())),
                    _ => None,
                });
            meanings.insert(mark(path), lead.collect());
        }
        meanings
    }

    fn vault() -> impl Strategy<Value = Vault> {
        let link = prop::sample::select(vec![
            "[[Ana Lima]]",
            "[[ana-lima]]",
            "[[people/ana-lima]]",
            "[[Ana Lima|x]]",
            "[[ana-lima#Log]]",
            "[[Aninha]]",
            "[[aninha|y]]",
            "[[Bo Berg]]",
            "[[bo]]",
            "[a](people/ana-lima.md)",
            "[b](ana-lima.md#log)",
            "[c](<../people/ana-lima.md>)",
            "![[ana-lima]]",
            "`[[Ana Lima]]`",
            "[[Nobody]]",
            "[[#Log]]",
            "[[../people/ana-lima]]",
        ]);
        let line = (
            prop::sample::select(vec!["", "- ", "- 2026-01-02 met ", "> ", "# "]),
            prop::collection::vec(link, 0..3),
        );
        let line = line.prop_map(|(start, links)| format!("{start}{}", links.join(" and ")));
        let body = move || {
            (
                prop::collection::vec(line.clone(), 0..4),
                prop::sample::select(vec!["\n", "\r\n"]),
                any::<bool>(),
            )
        };
        let names = ["Ana Lima", "Bo Berg", "Cy"];
        prop::collection::vec(body(), 4).prop_map(move |bodies| {
            let paths =
                ["people/ana-lima.md", "people/bo.md", "journal/2026-11-20.md", "agenda.md"];
            let files =
                paths.iter().zip(bodies).enumerate().map(|(at, (path, (lines, end, ends)))| {
                    let name = names
                        .get(at)
                        .filter(|_| at < 2)
                        .map_or_else(String::new, |name| format!("name: {name}{end}"));
                    let alias = if at == 0 {
                        format!("aliases: [Aninha]{end}friend: \"[[Bo Berg]]\"{end}")
                    } else {
                        String::new()
                    };
                    let text =
                        format!("---{end}{name}{alias}mark: {at}{end}---{end}{}", lines.join(end));
                    ((*path).to_owned(), if ends { text + end } else { text })
                });
            files.collect()
        })
    }

    proptest! {
        #[test]
        fn every_link_means_the_same_and_renaming_back_gives_every_byte_back(
            vault in vault(),
            name in prop::sample::select(vec!["Ana Sousa", "Rita de Sá", "Ána", "ana lima", "Ana: \"Nina\" Lima", "Zoë O'Neil", "C# ]| ^ x"]),
        ) {
            let before = meanings(&vault);
            if let Some(there) = renamed(&vault, "people/ana-lima.md", name) {
                prop_assert_eq!(meanings(&there), before, "{:#?}", there);
                let path = there.keys().find(|path| there[*path].contains("mark: 0")).unwrap().clone();
                // A name that no link can say makes links by path, of which nobody knows how they were.
                let says_all = !name.contains(['#', ':']);
                let back = renamed(&there, &path, "Ana Lima").unwrap();
                if says_all {
                    prop_assert_eq!(back, vault);
                }
            }
        }

        #[test]
        fn somebody_of_the_same_name_keeps_every_link(vault in vault()) {
            let before = meanings(&vault);
            for name in ["Bo Berg", "bo", "Nobody"] {
                if let Some(there) = renamed(&vault, "people/ana-lima.md", name) {
                    let after = meanings(&there);
                    for (mark, leads) in &before {
                        for (was, is) in leads.iter().zip(&after[mark]) {
                            prop_assert!(was.is_none() || was == is, "{name}: {there:#?}");
                        }
                    }
                }
            }
        }
    }
}
