//! `ties graph`: what is in a picture, in each form, and where everybody stands.

use crate::support::families::vault;
use crate::support::program::TestVault;
use crate::support::{book, files};
use expect_test::{Expect, expect};
use std::io::Write;
use std::process::{Command, Stdio};
use ties::features::graph::layout::{Layout, layout};
use ties::features::graph::model::{ColorBy, Picture, Wish, picture};
use ties::features::graph::spread::overlap;
use ties::features::graph::svg::svg;
use ties::features::settings::Settings;
use ties::features::standing::Situation;
use ties::people::vocabulary::Vocabulary;
use ties::text::day::Day;

const VAULT: &str = "=== ties.toml
format = 1
me = \"people/me\"
=== people/ana.md
---
name: Ana \"<b>\" Lima & ]]>
circle: inner
husband: \"[[Rui]]\"
household: \"[[Rui]]\"
introduced_by: \"[[Cy]] (2019)\"
---
=== people/cy.md
---
name: Cy
private: [friend, circle]
circle: growth
friend: \"[[Rui]]\"
---
=== people/dee.md
---
name: Dee
private: true
friend: \"[[Rui]]\"
---
=== people/ed.md
---
name: Ed
status: archived
---
=== people/linh.md
---
name: Linh
mother: \"[[ana]]\"
father: \"[[rui]]\"
---
=== people/me.md
---
name: Eva
sister: \"[[ana]]\"
---
=== people/rui.md
---
name: Rui
died: 2020
colleague: \"[[Cy]] (until 2016)\"
---
";

fn check(arguments: &[&str], expected: &Expect) {
    expected.assert_eq(&TestVault::of(VAULT).run(arguments).shown());
}

#[test]
fn a_picture_is_drawn_as_text_for_other_programs() {
    check(
        &["graph"],
        &expect![[r#"
            -- out
            %% drawn by `ties graph`, seal 3c9e4f3eb4257c53
            flowchart LR
              p1["Ana #34;#60;b#62;#34; Lima #38; #93;#93;#62;"]:::c0
              p2["Cy"]:::c7
              p3["Linh"]:::c7
              p4["Eva"]:::me
              p5["Rui"]:::c7
              p2 -->|"introduced"| p1
              p3 -->|"mother"| p1
              p1 ---|"sibling"| p4
              p1 ---|"husband"| p5
              p2 -.-|"former colleague"| p5
              p3 -->|"father"| p5
              classDef c0 stroke:#c2410c,stroke-width:3px
              classDef c1 stroke:#0369a1,stroke-width:3px
              classDef c2 stroke:#2f7d32,stroke-width:3px
              classDef c3 stroke:#8b3fb0,stroke-width:3px
              classDef c4 stroke:#a16207,stroke-width:3px
              classDef c5 stroke:#be2a6f,stroke-width:3px
              classDef c6 stroke:#0f766e,stroke-width:3px
              classDef c7 stroke:#77818c,stroke-width:3px
              classDef me stroke-width:5px
            -- talk
            note: One person with a private note is not drawn; `--private` would draw them
            note: of one person something that the note calls private is not drawn; `--private` would draw it
            exit 0
        "#]],
    );
    check(
        &["graph", "--format", "dot", "--inferred"],
        &expect![[r##"
            -- out
            // drawn by `ties graph`, seal 3fd5ef0bb39d7719; try: sfdp -Goverlap=prism -Tsvg
            graph ties {
              graph [overlap=prism, outputorder=edgesfirst];
              node [shape=box, style="rounded,filled", fillcolor=white, penwidth=2, fontname="sans-serif"];
              edge [fontname="sans-serif", fontsize=9];
              p1 [label="Ana \"<b>\" Lima &amp; ]]>", tooltip="your sister, inner", color="#c2410c"];
              p2 [label="Cy", tooltip="", color="#77818c"];
              p3 [label="Linh", tooltip="", color="#77818c"];
              p4 [label="Eva", tooltip="you", color="#77818c", penwidth=4];
              p5 [label="Rui", tooltip="died", color="#77818c"];
              p2 -- p1 [label="introduced", tooltip="Cy introduced Ana \"<b>\" Lima &amp; ]]> (2019)", color="#647a3c", dir=forward];
              p3 -- p1 [label="mother", tooltip="Ana \"<b>\" Lima &amp; ]]> is Linh's mother", color="#8a5638", dir=forward];
              p1 -- p4 [label="sibling", tooltip="You are Ana \"<b>\" Lima &amp; ]]>'s sibling", color="#8a5638"];
              p1 -- p5 [label="husband", tooltip="Rui was Ana \"<b>\" Lima &amp; ]]>'s husband; Ana \"<b>\" Lima &amp; ]]> and Rui lived together", color="#8a5638"];
              p2 -- p5 [label="colleague", tooltip="Rui was Cy's colleague until 2016", color="#6e6aa8", style=dotted];
              p3 -- p5 [label="father", tooltip="Rui was Linh's father", color="#8a5638", dir=forward];
              p3 -- p4 [label="aunt or uncle", tooltip="You are the sibling of Linh's mother Ana \"<b>\" Lima &amp; ]]>", color="#8a5638", style=dashed];
              p4 -- p5 [label="brother-in-law", tooltip="Rui was the husband of your sister Ana \"<b>\" Lima &amp; ]]>", color="#8a5638", style=dashed];
            }
            -- talk
            note: One person with a private note is not drawn; `--private` would draw them
            note: of one person something that the note calls private is not drawn; `--private` would draw it
            exit 0
        "##]],
    );
    check(
        &["graph", "name:linh", "--format", "json", "--no-me"],
        &expect![[r#"
            -- out
            {
              "version": 1,
              "drawn_by": "ties graph",
              "seal": "ff8ba3be1a739db4",
              "people": [
                {
                  "name": "Linh",
                  "path": "people/linh.md",
                  "me": false,
                  "died": false,
                  "color": null,
                  "about": [],
                  "x": 18.6,
                  "y": 8.5
                }
              ],
              "ties": [],
              "households": [],
              "private": 0,
              "partly": 0,
              "beyond": 0
            }
            exit 0
        "#]],
    );
}

#[test]
fn what_is_private_is_drawn_only_where_it_is_asked_for() {
    let open = TestVault::of(VAULT).run(["graph"]).shown();
    assert!(!open.contains("Dee") && !open.contains("friend"), "{open}");
    let all = TestVault::of(VAULT).run(["graph", "--private"]).shown();
    assert!(all.contains("Dee") && all.contains("friend"), "{all}");
    check(
        &["graph", "dee"],
        &expect![[r#"
        -- talk
        Nobody fits, so nothing is drawn.
        note: One person with a private note is not drawn; `--private` would draw them
        exit 1
    "#]],
    );
}

#[test]
fn a_file_is_written_where_it_is_new_or_ours() {
    let vault = TestVault::of(VAULT);
    let run = |arguments: &[&str]| vault.run(arguments).shown();
    let told = run(&["graph", "--to", "out.svg", "--dry-run"])
        + &run(&["graph", "--to", "out.svg"])
        + &run(&["graph", "--to", "out.svg"])
        + &run(&["graph", "name:rui", "--to", "out.svg"])
        + &run(&["graph", "--to", "people/out.svg"])
        + &run(&["graph", "--to", "ties.toml"])
        + &run(&["graph", "--to", "out.pdf"]);
    expect![[r#"
        -- talk
        Would draw 5 people, 6 ties into out.svg.
        note: One person with a private note is not drawn; `--private` would draw them
        note: of one person something that the note calls private is not drawn; `--private` would draw it
        exit 0
        -- talk
        Drew 5 people, 6 ties into out.svg.
        note: One person with a private note is not drawn; `--private` would draw them
        note: of one person something that the note calls private is not drawn; `--private` would draw it
        exit 0
        -- talk
        out.svg is as it should be: 5 people, 6 ties.
        note: One person with a private note is not drawn; `--private` would draw them
        note: of one person something that the note calls private is not drawn; `--private` would draw it
        exit 0
        -- talk
        Drew 1 person, 0 ties into out.svg.
        exit 0
        -- talk
        error: people/out.svg lies among the people, where only notes belong
        hint: name a place beside the people
        exit 2
        -- talk
        error: WORLD/vault/ties.toml is no picture that `ties` wrote, so it is left as it is
        hint: name another file, or move that one away
        exit 1
        -- talk
        error: `ties` draws svg, mermaid, dot and json only
        hint: draw an svg: browsers print it as a pdf and save it as a picture
        exit 2
    "#]]
    .assert_eq(&told);
    let text = std::fs::read_to_string(vault.root().join("out.svg")).unwrap();
    assert!(text.contains("<title>") && !text.contains("Dee"), "{text}");
}

#[test]
fn what_somebody_changed_in_a_picture_stays() {
    let vault = TestVault::of(VAULT);
    for name in ["g.mmd", "g.dot", "g.svg", "g.json"] {
        let file = vault.root().join(name);
        let draw = || vault.run(["graph", "--to", name]).shown();
        assert!(draw().contains("Drew"), "{name}");
        assert!(draw().contains("is as it should be"), "{name}");
        let changed = std::fs::read_to_string(&file).unwrap() + "%% MY OWN NOTE\n";
        std::fs::write(&file, &changed).unwrap();
        let told = draw();
        assert!(
            told.contains("was changed since `ties` drew it") && told.contains("exit 1"),
            "{told}"
        );
        assert_eq!(std::fs::read_to_string(&file).unwrap(), changed);
    }
    let own = "{\n  \"drawn_by\": \"ties graph\",\n  \"mine\": 1\n}\n";
    std::fs::write(vault.root().join("own.json"), own).unwrap();
    assert!(
        vault.run(["graph", "--to", "own.json"]).shown().contains("no picture that `ties` wrote")
    );
    assert!(vault.run(["graph", "--to", "-"]).shown().contains("flowchart LR"));
    assert!(!vault.root().join("-").exists());
}

#[cfg(unix)]
#[test]
fn who_may_read_a_picture_stays_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let vault = TestVault::of(VAULT);
    let file = vault.root().join("g.svg");
    vault.run(["graph", "--to", "g.svg"]);
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).unwrap();
    assert!(vault.run(["graph", "name:rui", "--to", "g.svg"]).shown().contains("Drew"));
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    std::os::unix::fs::symlink("nowhere.svg", vault.root().join("link.svg")).unwrap();
    let told = vault.run(["graph", "--to", "link.svg"]).shown();
    assert!(told.contains("leads to no file"), "{told}");
    assert!(vault.root().join("link.svg").is_symlink());
}

/// A picture of Al and Be, whose notes say this, without the lines that are always the same.
fn check_of_two(al: &str, be: &str, expected: &str) {
    let text = format!(
        "=== ties.toml\nformat = 1\n=== people/al.md\n---\nname: Al\n{al}---\n\
         === people/be.md\n---\nname: Be\n{be}---\n"
    );
    let dot = TestVault::of(&text).run(["graph", "--format", "dot"]).out;
    let told = dot.lines().filter(|line| line.contains("--") || line.contains("cluster"));
    let told = told.map(|line| line.split(", color").next().unwrap_or_default().trim());
    assert_eq!(told.collect::<Vec<_>>().join("\n"), expected, "{al} {be}");
}

#[test]
fn of_a_tie_the_open_side_is_told_and_nothing_else() {
    check_of_two(
        "private: [godchild]\ngodchild: \"[[Be]]\"\ncousin: \"[[Be]]\"\n",
        "",
        "p1 -- p2 [label=\"cousin\", tooltip=\"Be is Al's cousin\"",
    );
    check_of_two(
        "private: [sister]\nsister: \"[[Be]] (since 2001)\"\n",
        "sibling: \"[[Al]]\"\n",
        "p1 -- p2 [label=\"sibling\", tooltip=\"Be is Al's sibling\"",
    );
    check_of_two("private: [household]\nhousehold: \"[[Be]]\"\n", "", "");
    check_of_two("private: [lives-with]\nhousehold: \"[[Be]]\"\n", "", "");
    let home = "address: Rua X 14, Almada\n";
    check_of_two(&format!("{home}private: [relations]\ncousin: \"[[Be]]\"\n"), home, "");
    check_of_two(
        "friend: \"[[Be]]\"\n",
        "private: [died]\ndied: 2020\n",
        "p1 -- p2 [label=\"friend\", tooltip=\"Be is Al's friend\"",
    );
}

#[test]
fn a_death_that_is_private_is_in_no_picture() {
    let text = "=== ties.toml\nformat = 1\n=== people/al.md\n---\nname: Al\nprivate: [died]\ndied: 2020\n---\n";
    let vault = TestVault::of(text);
    let told = vault.run(["graph", "--format", "json"]).shown();
    assert!(told.contains("\"died\": false") && told.contains("of one person something"), "{told}");
    let all = vault.run(["graph", "--format", "json", "--private"]).shown();
    assert!(all.contains("\"died\": true"), "{all}");
}

#[test]
fn nobody_stands_on_the_ground_of_a_household_of_others() {
    let (picture, layout) = drawn(&vault(60), &everybody());
    let text = svg(&picture, &layout);
    assert!(picture.households.iter().any(|home| home.len() > 2) && !text.contains("<polygon"));
}

#[test]
fn text_in_a_picture_is_text() {
    let text = TestVault::of(VAULT).run(["graph", "--format", "svg"]).shown();
    assert!(text.contains("Ana &quot;&lt;b&gt;&quot;"), "{text}");
    assert!(!text.contains("]]>") && !text.contains("<b>") && !text.contains("<script"), "{text}");
    // Nothing comes from elsewhere.
    let urls = text.matches("http").count();
    assert_eq!((urls, text.matches("http://www.w3.org/2000/svg").count()), (1, 1));
}

fn drawn(text: &str, wish: &Wish) -> (Picture, Layout) {
    assert!(!files(text).is_empty());
    let book = book(text);
    let (settings, vocabulary) = (Settings::default(), Vocabulary::default());
    let day = Day::parse("2026-11-21").unwrap();
    let situation = Situation::new(&book, day, &settings, &vocabulary);
    let picture = picture(&situation, wish);
    let layout = layout(&picture);
    (picture, layout)
}

fn everybody() -> Wish {
    let by = ColorBy::Circle;
    Wish { people: None, limit: 300, inferred: true, private: false, owner: true, by }
}

#[test]
fn no_two_labels_overlap_and_the_same_town_has_the_same_picture() {
    for count in [30, 300] {
        let text = vault(count);
        let (picture, layout) = drawn(&text, &everybody());
        assert_eq!(layout.spots.len(), count);
        for (at, one) in layout.spots.iter().enumerate() {
            for other in layout.spots.iter().skip(at + 1) {
                assert!(
                    !overlap(one.middle, one.room, other.middle, other.room),
                    "{:?} {:?}",
                    one.label,
                    other.label
                );
            }
        }
        let (again, layout_again) = drawn(&text, &everybody());
        assert_eq!(svg(&picture, &layout), svg(&again, &layout_again));
    }
}

#[test]
fn the_places_are_the_same_on_every_machine() {
    let (picture, layout) = drawn(&vault(40), &everybody());
    let mark = ties::text::fingerprint::content_mark(svg(&picture, &layout).as_bytes());
    // Changes with the picture, and never with the machine.
    expect!["abdb8b3f22611f332b9a9b95600fc101"].assert_eq(&mark);
}

#[test]
fn of_very_many_people_the_best_connected_are_drawn() {
    let wish = Wish { limit: 50, ..everybody() };
    let (picture, _) = drawn(&vault(400), &wish);
    assert_eq!((picture.people.len(), picture.beyond), (50, 350));
    assert!(picture.people.iter().any(|person| person.me));
    assert!(picture.people.iter().filter(|person| person.degree > 0).count() > 40);
}

#[test]
fn a_circle_in_which_everybody_knows_everybody_is_drawn_in_time() {
    let names = (0..300).map(|at| format!("\"[[p{at}]]\"")).collect::<Vec<_>>().join(", ");
    let note = |at: usize| {
        format!("=== people/p{at}.md\n---\nparent: [{names}]\nchildren: [{names}]\n---\n")
    };
    let text = (0..300).map(note).collect::<String>();
    let (picture, layout) = drawn(&text, &everybody());
    assert_eq!((picture.people.len(), layout.spots.len()), (300, 300));
    assert_eq!(picture.ties.len(), 5_000);
    assert!(picture.lines_beyond > 30_000, "{}", picture.lines_beyond);
}

/// Graphviz itself, where it is installed.
#[test]
fn graphviz_reads_what_is_written_for_it() {
    let text = TestVault::of(VAULT).run(["graph", "--format", "dot"]).out;
    let graphviz =
        Command::new("dot").args(["-Tplain"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut graphviz) = graphviz else {
        eprintln!("skipped: no `dot` here");
        return;
    };
    graphviz.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let answer = graphviz.wait_with_output().unwrap();
    let answer_text = String::from_utf8_lossy(&answer.stdout).into_owned();
    assert!(answer.status.success(), "{text}");
    assert!(answer_text.contains("Ana \\\"<b>\\\" Lima & ]]>"), "{answer_text}");
}
