//! The whole merge as one change: the first note takes the second in, every link to the second leads to the first, and
//! the file of the second goes.

use crate::features::merge::body::joined;
use crate::features::merge::header::{Conflict, united};
use crate::features::merge::labels::shared_labels;
use crate::features::merge::proof::nothing_lost;
use crate::features::pointing::{Called, Pointing, moved_links};
use crate::features::rename::called;
use crate::features::told_apart::tells_apart;
use crate::note::change::{Change, FileChange, Refusal, Wish};
use crate::note::conflict::first_marker;
use crate::note::path::NotePath;
use crate::note::rewrite::rewrite;
use crate::people::book::{Book, ContactId};
use crate::people::decode::decode;
use crate::people::note::Kind;
use crate::people::vocabulary::Vocabulary;
use std::collections::BTreeSet;

/// Two notes made one.
#[derive(Debug)]
pub struct Merged {
    /// What is to happen.
    pub change: Change,
    /// The names of both, the one that stays first.
    pub names: (String, String),
    /// The paths of both.
    pub paths: (NotePath, NotePath),
    /// Keys of which both notes say something else.
    pub conflicts: Vec<Conflict>,
    /// What the notes call the other to the one, where they say that the two are tied: they may be two people.
    pub tie: Option<String>,
    /// Whether one of the notes says of the other that it is about somebody else.
    pub is_told_apart: bool,
    /// Labels of footnotes and of link destinations that mean one thing in one note and another in the other.
    pub labels: Vec<String>,
    /// Links that could mean several notes and are going to mean one, each with that one.
    pub settled: Vec<(String, NotePath)>,
    /// What the setting `me` must say from now on, where it says something else.
    pub me: Option<String>,
}

/// The change that makes one note of those of `own` and `other`, whose texts are `own_text` and `other_text`; `there` are
/// those [`destinations`](crate::features::pointing::destinations) of the second at which there are files. `texts` are all
/// notes of the vault with their texts, `me` is what the setting of that name says.
pub fn merge(
    (book, vocabulary): (&Book, &Vocabulary),
    (own, own_text): (ContactId, &str),
    (other, other_text, there): (ContactId, &str, &BTreeSet<String>),
    texts: impl Iterator<Item = (NotePath, String)>,
    me: Option<&str>,
) -> Result<Merged, Refusal> {
    let (stays, goes) = (called(book, own), called(book, other));
    if own == other {
        return Err(Refusal {
            reason: format!("{} is one note already", stays.name),
            hint: Some(
                "name two notes; `ties duplicates` shows which could be of one person".to_owned(),
            ),
        });
    }
    for (path, text) in [(&stays.path, own_text), (&goes.path, other_text)] {
        if first_marker(text).is_some() {
            return Err(Refusal {
                reason: format!("{path} has conflict markers"),
                hint: Some("choose one side of each conflict, then try again".to_owned()),
            });
        }
    }
    let taken = taken_over(book, (&stays.path, &goes.path), other_text, there)?;
    let headed = united(own_text, &taken, (&stays.name, &goes.name), vocabulary)?;
    let text = joined(&headed.text, &taken, &goes.name, &headed.aside, vocabulary)?;
    nothing_lost(&stays.path, own_text, &taken, &text, vocabulary)?;
    let new = Called { aliases: aliases(&stays.path, &text, vocabulary), ..stays.clone() };
    let names = (book.paths(), book.outline().names());
    let (from, to) = ((book.note_of(other), goes.clone()), (book.note_of(own), new));
    let mut pointing = Pointing::new(names, from, to);
    let text = pointed(&mut pointing, &stays.path, text)?;
    let mut files = vec![
        FileChange::Regenerate {
            path: stays.path.clone(),
            before: Some(own_text.to_owned()),
            text,
        },
        FileChange::Remove { path: goes.path.clone(), before: other_text.to_owned() },
    ];
    for (path, text) in texts.filter(|(path, _)| *path != stays.path && *path != goes.path) {
        let links = pointing.changes(&path, &text);
        if !links.is_empty() {
            files.push(FileChange::Edit { path, wishes: vec![Wish::PointLinks { links }] });
        }
    }
    let me = me.and_then(|me| pointing.named(me));
    let settled = pointing.settled().into_iter();
    let settled = settled.map(|(link, path)| (link.to_owned(), path.clone())).collect();
    let title =
        format!("merge {} into {}", goes.path.without_extension(), stays.path.without_extension());
    Ok(Merged {
        change: Change { title, files },
        names: (stays.name, goes.name),
        paths: (stays.path, goes.path),
        conflicts: headed.conflicts,
        tie: book.ties(own).find(|tie| tie.other == other).map(|tie| tie.kind),
        is_told_apart: tells_apart(book, own, other) || tells_apart(book, other, own),
        labels: shared_labels(own_text, other_text),
        settled,
        me,
    })
}

/// The text of the second note as it is to stand in the folder of the first: its relative links lead where they led.
fn taken_over(
    book: &Book,
    (stays, goes): (&NotePath, &NotePath),
    text: &str,
    there: &BTreeSet<String>,
) -> Result<String, Refusal> {
    let is_note = |place: &str| {
        let path = format!("{place}.md");
        book.paths().binary_search_by(|other| other.as_str().cmp(&path)).is_ok()
    };
    let is_there = |place: &str| there.contains(place) || is_note(place);
    let links = moved_links(text, (goes.folder(), stays.folder()), is_there);
    if links.is_empty() {
        return Ok(text.to_owned());
    }
    rewrite(text, &[Wish::PointLinks { links }])
}

fn aliases(path: &NotePath, text: &str, vocabulary: &Vocabulary) -> Vec<String> {
    match decode(path, text, vocabulary).kind {
        Kind::Contact(contact) => contact.aliases,
        _ => Vec::new(),
    }
}

fn pointed(pointing: &mut Pointing<'_>, path: &NotePath, text: String) -> Result<String, Refusal> {
    let links = pointing.changes(path, &text);
    if links.is_empty() { Ok(text) } else { rewrite(&text, &[Wish::PointLinks { links }]) }
}

#[cfg(test)]
mod tests {
    use crate::features::merge::plan::merge;
    use crate::features::merge::proof::{Fact, facts};
    use crate::features::pointing::destinations;
    use crate::features::sample::{book, refused, written};
    use crate::note::change::FileChange;
    use crate::note::path::NotePath;
    use crate::people::book::{Book, ContactId, Found};
    use crate::people::decode::decode;
    use crate::people::note::Kind;
    use crate::people::vocabulary::Vocabulary;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;
    use std::collections::BTreeSet;
    use std::fmt::Write;

    fn person(book: &Book, name: &str) -> ContactId {
        match book.find(name) {
            Found::One(id) => id,
            other => panic!("{name}: {other:?}"),
        }
    }

    /// The change that makes one of `people/ana.md` and `people/nina.md`.
    fn check(notes: &[(&str, &str)], expected: &Expect) {
        let (book, vocabulary) = (book(notes), Vocabulary::default());
        let text = |path: &str| notes.iter().find(|(other, _)| *other == path).unwrap().1;
        let texts =
            notes.iter().map(|(path, text)| (NotePath::new(path).unwrap(), (*text).to_owned()));
        let own = (person(&book, "people/ana"), text("people/ana.md"));
        let nina = book.paths().iter().find(|path| path.stem() == "nina").unwrap().clone();
        let text_of_nina = text(nina.as_str());
        let there = destinations(nina.folder(), text_of_nina);
        let there = there.into_iter().filter(|place| place.starts_with("attachments/")).collect();
        let other = (person(&book, nina.without_extension()), text_of_nina, &there);
        let mut shown = String::new();
        match merge((&book, &vocabulary), own, other, texts, Some("nina")) {
            Err(refusal) => shown = refused(&refusal),
            Ok(merged) => {
                let _ =
                    write!(shown, "{}\n{}", merged.change.title, written(notes, &merged.change));
                for conflict in merged.conflicts {
                    let _ = writeln!(
                        shown,
                        "{}: {:?} stays, not {:?}",
                        conflict.key, conflict.stays, conflict.aside
                    );
                }
                for (link, path) in merged.settled {
                    let _ = writeln!(shown, "[[{link}]] means {path}");
                }
                let _ = writeln!(shown, "me: {:?}", merged.me);
            }
        }
        // Editors and git would change them here.
        let shown = shown.replace('\r', "<CR>").replace('\u{feff}', "<BOM>");
        expected.assert_eq(&shown);
    }

    const ANA: &str = "---\nname: Ana Lima\ncircle: inner\nemail: ana@x.org # home\n---\n# Ana Lima\n\nMet in Porto.\n\n## Family\nA brother.\n\n## Log\n- 2026-10-12 call: new job\n  - [ ] Send it 📅 2026-10-20\n- 2026-08-02 met: climbing\n\n## Gifts\n- idea: shoes\n";
    const NINA: &str = "---\nname: Nina L\ncircle: growth # since the move\nemail: [nina@x.org]\nphone: \"+351 910\"\nfriend: \"[[Bo]]\"\n---\n# Nina L\n\nSings alto.\n\n## Log\n* 2026-09-01 met [[Bo]]: tea\n    * a nested line\n* 2026-08-02 met: climbing\n* something undated\n\n## Family\nA sister.\n\n## Gifts\n- 2025-12-24 gave: wine\n- idea: shoes\n\n## Work\nPottery.\n";
    const OTHERS: &[(&str, &str)] = &[
        (
            "journal/2026-11-20.md",
            "tea with [[Nina L]], [[nina|N]], [[people/nina#Log]] and [x](../people/nina.md)\n",
        ),
        ("people/bo.md", "---\nfriend: \"[[nina]]\"\n---\n"),
    ];

    #[test]
    fn one_note_takes_in_all_of_the_other() {
        let notes = [OTHERS, &[("people/ana.md", ANA), ("people/nina.md", NINA)]].concat();
        check(
            &notes,
            &expect![[r#"
                merge people/nina into people/ana
                === people/ana.md
                ---
                name: Ana Lima
                circle: inner
                email: [ana@x.org, nina@x.org] # home
                phone: "+351 910"
                friend: "[[Bo]]"
                aliases: [Nina L]
                ---
                # Ana Lima

                Met in Porto.

                ## Family
                A brother.

                A sister.

                ## Log
                - 2026-10-12 call: new job
                  - [ ] Send it 📅 2026-10-20
                - 2026-09-01 met [[Bo]]: tea
                    * a nested line
                - 2026-08-02 met: climbing

                ## Gifts
                - idea: shoes
                - 2025-12-24 gave: wine

                ## Work
                Pottery.

                ## From Nina L

                Sings alto.

                * something undated

                ```yaml
                circle: growth # since the move
                ```
                === people/nina.md is removed
                === journal/2026-11-20.md
                tea with [[Ana Lima]], [[ana|N]], [[people/ana#Log]] and [x](../people/ana.md)
                === people/bo.md
                ---
                friend: "[[ana]]"
                ---
                circle: "inner" stays, not "growth"
                me: Some("ana")
            "#]],
        );
    }

    #[test]
    fn the_oldest_entry_first_and_other_line_ends() {
        let ana = "\u{feff}---\r\nname: Ana\r\n---\r\n## Log\r\n1. 2026-01-01 met: a\r\n1. 2026-03-01 call: c";
        let nina = "---\nname: Ana\n---\n## Log\n- 2026-04-01 met: d\n- 2026-02-01 met: b\n\n  more of b\n";
        check(
            &[("people/ana.md", ana), ("people/nina.md", nina)],
            &expect![[r#"
                merge people/nina into people/ana
                === people/ana.md
                <BOM>---<CR>
                name: Ana<CR>
                ---<CR>
                ## Log<CR>
                1. 2026-01-01 met: a<CR>
                1. 2026-02-01 met: b<CR>
                <CR>
                   more of b<CR>
                1. 2026-03-01 call: c<CR>
                1. 2026-04-01 met: d=== people/nina.md is removed
                me: Some("ana")
            "#]],
        );
    }

    #[test]
    fn entries_that_are_headings_stay_headings() {
        let ana = "# Ana\n\n## Log\n- 2026-05-01 met: a\n- 2026-03-01 met: b\n\n## Notes\nx\n";
        let nina = "# Ana\n\n## Log\n\n### 2026-04-01 call\nLong talk.\n\n#### Later\nmore\n\n### 2026-02-01 met\n";
        check(
            &[("people/ana.md", ana), ("people/nina.md", nina)],
            &expect![[r#"
            merge people/nina into people/ana
            === people/ana.md
            # Ana

            ## Log
            - 2026-05-01 met: a
            - 2026-03-01 met: b

            ### 2026-04-01 call
            Long talk.

            #### Later
            more

            ### 2026-02-01 met

            ## Notes
            x
            === people/nina.md is removed
            me: Some("ana")
        "#]],
        );
        let headed = "# Ana\n\n## Log\n\n#### 2026-03-01 met\nb\n";
        check(
            &[("people/ana.md", headed), ("people/nina.md", nina)],
            &expect![[r#"
            merge people/nina into people/ana
            === people/ana.md
            # Ana

            ## Log

            #### 2026-04-01 call
            Long talk.

            ##### Later
            more

            #### 2026-03-01 met
            b

            #### 2026-02-01 met
            === people/nina.md is removed
            me: Some("ana")
        "#]],
        );
        check(
            &[("people/ana.md", nina), ("people/nina.md", ana)],
            &expect![[r#"
                merge people/nina into people/ana
                === people/ana.md
                # Ana

                ## Log

                - 2026-05-01 met: a
                - 2026-03-01 met: b

                ### 2026-04-01 call
                Long talk.

                #### Later
                more

                ### 2026-02-01 met

                ## Notes
                x
                === people/nina.md is removed
                me: Some("ana")
            "#]],
        );
    }

    #[test]
    fn links_of_the_second_note_lead_where_they_led() {
        check(
            &[
                ("people/ana.md", "---\nname: Ana\n---\n"),
                (
                    "people/old/nina.md",
                    "---\nname: Ana\n---\nSee [Rita](rita.md), [other](../rita.md), [me](nina.md), [x](none.pdf) and ![](../../attachments/a.jpg)\n",
                ),
                ("people/old/rita.md", "# Rita Old\n"),
                ("people/rita.md", "# Rita Lima\n"),
            ],
            &expect![[r#"
                merge people/old/nina into people/ana
                === people/ana.md
                ---
                name: Ana
                ---

                ## From Ana

                See [Rita](old/rita.md), [other](rita.md), [me](ana.md), [x](none.pdf) and ![](../attachments/a.jpg)
                === people/old/nina.md is removed
                me: Some("ana")
            "#]],
        );
    }

    #[test]
    fn two_headings_of_a_log_are_one_log() {
        check(
            &[
                ("people/ana.md", "# Ana\n\n## Log\n- 2026-05-01 call: a\n"),
                (
                    "people/nina.md",
                    "# Ana\n\n## Log\n- 2026-04-01 met: b\n\n## Interactions\n- 2026-03-01 met: c\n- 2026-04-02 met: d\n",
                ),
            ],
            &expect![[r#"
                merge people/nina into people/ana
                === people/ana.md
                # Ana

                ## Log
                - 2026-03-01 met: c
                - 2026-04-01 met: b
                - 2026-04-02 met: d
                - 2026-05-01 call: a
                === people/nina.md is removed
                me: Some("ana")
            "#]],
        );
    }

    #[test]
    fn a_section_that_would_be_hidden_is_a_reason_not_to_merge() {
        let ana = "# Ana\n## Family\nA brother.\n\n## Health\nAsthma.\n";
        for nina in ["# Ana\n## Family\n<!-- todo\nA sister.\n", "# Ana\n## Family\n```\nx\n"] {
            check(
                &[("people/ana.md", ana), ("people/nina.md", nina)],
                &expect![[r#"
                    refused: the two notes cannot be made one safely: `Health` would be hidden by a comment or code that is not closed (put them together in your editor)
                "#]],
            );
        }
    }

    #[test]
    fn a_note_with_conflict_markers_is_left_alone() {
        let nina = "# Ana\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n";
        check(
            &[("people/ana.md", "# Ana\n"), ("people/nina.md", nina)],
            &expect![[r#"
            refused: people/nina.md has conflict markers (choose one side of each conflict, then try again)
        "#]],
        );
    }

    // The laws

    fn note(other: bool) -> impl Strategy<Value = String> {
        let key = prop::sample::select(vec![
            "circle: inner",
            "circle: growth",
            "email: a@x.org",
            "email: [a@x.org, b@x.org]",
            "phone: \"+351 1\"",
            "interests:\n  - clay\n  - chess",
            "interests: [chess]",
            "mine: 1",
            "mine: 2",
            "birthday: 1988-03-04",
            "last_contact: 2025-01-01",
            "last_contact: 2025-06",
            "status: archived",
            "private: [Health]",
            "private: true",
            "sister: \"[[Rita]]\"",
            "friend: [\"[[Bo]]\", \"[[Eva]]\"]",
            "next: call",
            "purpose: climbing # really",
            "# a comment of its own",
            "tags: [x, y]",
            "private: no",
            "odd: a: b",
        ]);
        let line = prop::sample::select(vec![
            "- 2026-10-12 call: new job",
            "- 2026-08-02 met [[Bo]]: tea\n  - [ ] a promise\n    deeper",
            "* 2026-09-01 met: x",
            "- 2026-07-01 met\n\n  a paragraph of it",
            "- undated",
            "- [ ] an open task 📅 2026-12-01",
            "Some text.",
            "1. 2026-06-01 call: y",
            "- 2025-12-24 gave: wine (Christmas)",
            "- idea: shoes",
            "- 2027-05-01 wedding: Porto",
            "> quoted",
            "",
            "- 2026-05-05 call: #event/new-job hers",
            "```\n- 2026-01-01 met\n```",
            "- 2026-04-04 note: z ^b1",
            "- [x] 2026-03-03 call",
            "\t- tabbed",
            "| a | b |\n|---|---|\n| c | d |",
            "### 2026-02-02 call\ntold below",
        ]);
        let heading = prop::sample::select(vec![
            "## Log",
            "## Log",
            "## Events",
            "## Gifts",
            "## Family",
            "## Interactions",
            "### Deep",
            "# Loud",
            "## Log\n",
        ]);
        let block = (heading, prop::collection::vec(line.clone(), 0..5));
        let block = block.prop_map(|(heading, lines)| format!("{heading}\n{}", lines.join("\n")));
        let name =
            prop::sample::select(if other { vec!["Ana", "Nina", "ána"] } else { vec!["Ana"] });
        let ends = prop::sample::select(vec!["\n", "\r\n"]);
        (
            name,
            prop::sample::subsequence((0..8).collect::<Vec<usize>>(), 0..4),
            prop::collection::vec(key, 8),
            prop::collection::vec(line, 0..3),
            prop::collection::vec(block, 0..4),
            (ends, any::<bool>(), any::<bool>()),
        )
            .prop_map(|(name, chosen, keys, free, blocks, (end, mark, ended))| {
                let mut names = BTreeSet::new();
                let keys = chosen.iter().map(|at| keys[*at]);
                let keys =
                    keys.filter(|key| names.insert(key.split(':').next().unwrap().to_owned()));
                let keys = keys.map(|key| format!("{key}\n")).collect::<String>();
                let body = [vec![free.join("\n")], blocks].concat().join("\n\n");
                let text = format!("---\nname: {name}\n{keys}---\n# {name}\n{body}");
                let text = text.trim_end().replace('\n', end);
                let mark = if mark { "\u{feff}" } else { "" };
                format!("{mark}{text}{}", if ended { end } else { "" })
            })
    }

    /// What a line says, without the sign of a list, marks of a heading, and white space.
    fn said(line: &str) -> &str {
        let line = line.trim_start_matches('\u{feff}').trim();
        let digits = line.trim_start_matches(|sign: char| sign.is_ascii_digit());
        let line =
            if digits.len() < line.len() && digits.starts_with(". ") { &digits[2..] } else { line };
        line.trim_start_matches(['#', '-', '*', '+']).trim()
    }

    fn facts_of(text: &str) -> BTreeSet<Fact> {
        match decode(&NotePath::new("people/ana.md").unwrap(), text, &Vocabulary::default()).kind {
            Kind::Contact(contact) => facts(&contact),
            _ => panic!("{text}"),
        }
    }

    /// The words of a line of keys: each must be somewhere.
    fn words(line: &str) -> impl Iterator<Item = &str> {
        let value = line.split_once(": ").map_or(line, |(_, value)| value);
        value
            .split(|sign: char| sign.is_whitespace() || "[],\"".contains(sign))
            .filter(|word| word.chars().any(char::is_alphanumeric))
    }

    proptest! {
        #![proptest_config(ProptestConfig { max_global_rejects: 80, ..ProptestConfig::default() })]
        #[test]
        fn a_merge_loses_no_line_and_no_fact(ana in note(false), nina in note(true)) {
            let notes = [("people/ana.md", ana.as_str()), ("people/nina.md", nina.as_str())];
            let (book, vocabulary) = (book(&notes), Vocabulary::default());
            let (own, other) = ((person(&book, "people/ana"), notes[0].1), (person(&book, "people/nina"), notes[1].1, &BTreeSet::new()));
            let merged = merge((&book, &vocabulary), own, other, std::iter::empty(), None);
            if let Err(refusal) = &merged {
                // Rare: an entry that swallows what comes after it.
                prop_assume!(false, "{}", refusal.reason);
            }
            let merged = merged.unwrap();
            let FileChange::Regenerate { text, .. } = &merged.change.files[0] else { panic!() };
            let all = facts_of(&ana).union(&facts_of(&nina)).cloned().collect::<BTreeSet<_>>();
            prop_assert_eq!(facts_of(text), all, "{}", text);
            let lines = text.lines().map(said).collect::<BTreeSet<_>>();
            let (head, body) = nina.split_once("---").and_then(|(_, rest)| rest.split_once("\n---")).unwrap();
            for line in body.lines().map(said).filter(|line| !line.is_empty()) {
                let heading = ["Log", "Interactions", "Ana", "Nina", "ána"].contains(&line);
                prop_assert!(heading || lines.contains(line), "{line:?} is lost in\n{text}");
            }
            for word in head.lines().flat_map(words) {
                prop_assert!(text.contains(word), "{word:?} is lost in\n{text}");
            }
            // Of the first note every line of the body stays as it was, in its order.
            let body = ana.split_once("---").and_then(|(_, rest)| rest.split_once("\n---")).unwrap().1;
            let mut now = text.split_inclusive('\n').map(|line| line.trim_end_matches(['\n', '\r']));
            for line in body.split_inclusive('\n').skip(1).map(|line| line.trim_end_matches(['\n', '\r'])) {
                prop_assert!(now.any(|other| other == line), "{line:?} is not where it was in\n{text}");
            }
            prop_assert!(!ana.contains('\r') || !text.replace("\r\n", "").contains(['\n', '\r']), "{text:?}");
        }
    }
}
