//! `ties relations`, `ties path`

use crate::support::program::TestVault;
use expect_test::{Expect, expect};

const VAULT: &str = "=== ties.toml
format = 1
me = \"people/me\"
=== people/ana.md
---
name: Ana Lima
husband: \"[[Rui]] (since 2015)\"
household: \"[[Rui]]\"
---
=== people/bo.md
---
name: Bo Silva
introduced_by: \"[[Ana]] (2019)\"
met: 2019-05, at Ana's wedding
colleague: \"[[Cy]] (2011-2016)\"
groups: [choir]
---

## Log
- 2026-10-12 call: hello
=== people/cy.md
---
name: Cy
---
=== people/dee.md
---
name: Dee
groups: [Choir]
---
=== people/ed.md
---
name: Ed
---
=== people/linh.md
---
name: Linh
mother: \"[[Ana]]\"
father: \"[[Rui]]\"
---
=== people/mae.md
---
name: Mãe
sister: \"[[Tia]]\"
---
=== people/me.md
---
name: Eva
mother: \"[[Mãe]]\"
sister: \"[[Ana]]\"
husband: \"[[Zé]] (2001-2008)\"
---
=== people/rui.md
---
name: Rui
---
=== people/tia.md
---
name: Tia Rosa
daughter: \"[[Xi]]\"
---
=== people/xi.md
---
name: Xi
---
=== people/ze.md
---
name: Zé
mother: \"[[Olga]]\"
---
=== people/olga.md
---
name: Olga
---
";

fn check(arguments: &[&str], expected: &Expect) {
    expected.assert_eq(&TestVault::of(VAULT).run(arguments).shown());
}

#[test]
fn ties_are_told_with_what_follows_from_them() {
    check(
        &["relations", "eva"],
        &expect![[r#"
        -- out
        Eva (you)
        people/me.md

        Family
          mother  Mãe
          sister  Ana Lima

        Before
          husband  Zé, from 2001 to 2008

        Follows from these (no note says it)
          aunt             Tia Rosa is the sister of your mother Mãe
          niece or nephew  Linh is the child of your sister Ana Lima
          cousin           Xi is the daughter of your aunt Tia Rosa
          brother-in-law   Rui is the husband of your sister Ana Lima
        exit 0
    "#]],
    );
    check(
        &["relations", "ana", "--depth", "2"],
        &expect![[r#"
        -- out
        Ana Lima
        people/ana.md

        Family
          husband  Rui, since 2015
          child    Linh
          sibling  Eva (you)

        Home
          lives with  Rui

        Introductions
          introduced  Bo Silva, in 2019

        Under one roof
          Rui

        Around them
          Bo Silva: former colleague Cy
        exit 0
    "#]],
    );
    check(
        &["relations", "ed"],
        &expect![[r#"
        -- out
        Ed
        people/ed.md

        No note tells of a tie yet.
        exit 0
    "#]],
    );
}

#[test]
fn ties_are_told_to_programs() {
    check(
        &["relations", "linh", "--json"],
        &expect![[r#"
            -- out
            {
              "version": 1,
              "person": {
                "name": "Linh",
                "path": "people/linh.md"
              },
              "ties": [
                {
                  "group": "family",
                  "kind": "mother",
                  "word": "mother",
                  "who": {
                    "name": "Ana Lima",
                    "path": "people/ana.md"
                  },
                  "stated": true,
                  "since": null,
                  "until": null,
                  "over": false,
                  "said": "Ana Lima is Linh's mother"
                },
                {
                  "group": "family",
                  "kind": "father",
                  "word": "father",
                  "who": {
                    "name": "Rui",
                    "path": "people/rui.md"
                  },
                  "stated": true,
                  "since": null,
                  "until": null,
                  "over": false,
                  "said": "Rui is Linh's father"
                }
              ],
              "loose": [],
              "household": [],
              "inferred": [
                {
                  "kind": "auntuncle",
                  "word": "aunt or uncle",
                  "who": {
                    "name": "Eva",
                    "path": "people/me.md"
                  },
                  "via": {
                    "name": "Ana Lima",
                    "path": "people/ana.md"
                  },
                  "why": "You are the sibling of Linh's mother Ana Lima"
                }
              ],
              "inferred_cut": false,
              "around": [],
              "around_more": 0
            }
            exit 0
        "#]],
    );
}

#[test]
fn a_chain_is_told_in_sentences() {
    check(
        &["path", "bo"],
        &expect![[r#"
        -- out
        You know Bo Silva through Ana Lima.
          Ana Lima is your sister
          Ana Lima introduced Bo Silva (2019)
        How you met: 2019-05, at Ana's wedding
        In touch since 12 October
        exit 0
    "#]],
    );
    check(
        &["path", "linh", "bo"],
        &expect![[r#"
        -- out
        Linh is connected with Bo Silva through Ana Lima.
          Ana Lima is Linh's mother
          Ana Lima introduced Bo Silva (2019)
        exit 0
    "#]],
    );
    check(
        &["path", "ana"],
        &expect![[r#"
        -- out
        You know Ana Lima.
          Ana Lima is your sister
        exit 0
    "#]],
    );
    check(
        &["path", "cy", "bo"],
        &expect![[r#"
        -- out
        Cy is connected with Bo Silva.
          Bo Silva was Cy's colleague from 2011 to 2016
        exit 0
    "#]],
    );
}

#[test]
fn weaker_links_say_that_they_are_weaker() {
    check(
        &["path", "cy", "dee"],
        &expect![[r#"
            -- out
            Cy may know Dee through Bo Silva; no ties go all the way.
              Bo Silva was Cy's colleague from 2011 to 2016
              Bo Silva and Dee are the two people in the group `choir` (a weaker link)
            exit 0
        "#]],
    );
    check(
        &["path", "cy", "ze"],
        &expect![[r#"
        -- out
        Cy is connected with Zé through Bo Silva, then Ana Lima, then you.
          Bo Silva was Cy's colleague from 2011 to 2016
          Ana Lima introduced Bo Silva (2019)
          You are Ana Lima's sibling
          Zé was your husband from 2001 to 2008
        exit 0
    "#]],
    );
}

#[test]
fn where_nothing_connects_it_says_what_would() {
    check(
        &["path", "ed"],
        &expect![[r#"
        -- talk
        Nothing here tells how you know Ed yet.
        hint: `met:` in people/ed.md tells how you met, `introduced_by:` through whom
        exit 1
    "#]],
    );
    check(
        &["path", "ed", "ana"],
        &expect![[r#"
        -- talk
        Nothing here connects Ed and Ana Lima yet.
        hint: a tie in one of their notes would (`friend: "[[Ana Lima]]"`), a group that both are in, or an entry with both
        exit 1
    "#]],
    );
    check(
        &["path", "eva"],
        &expect![[r#"
        -- talk
        error: that is you
        hint: name somebody else, or two people
        exit 2
    "#]],
    );
    check(
        &["path", "bo", "bo"],
        &expect![[r#"
        -- talk
        error: both names mean the same person
        hint: name two people
        exit 2
    "#]],
    );
}

#[test]
fn a_chain_is_told_to_programs() {
    check(
        &["path", "bo", "--json"],
        &expect![[r#"
        -- out
        {
          "version": 1,
          "from": {
            "name": "Eva",
            "path": "people/me.md"
          },
          "to": {
            "name": "Bo Silva",
            "path": "people/bo.md"
          },
          "found": true,
          "weak": false,
          "others": 0,
          "steps": [
            {
              "from": {
                "name": "Eva",
                "path": "people/me.md"
              },
              "to": {
                "name": "Ana Lima",
                "path": "people/ana.md"
              },
              "link": "tie",
              "kind": "sister",
              "group": null,
              "over": false,
              "weak": false,
              "said": "Ana Lima is your sister"
            },
            {
              "from": {
                "name": "Ana Lima",
                "path": "people/ana.md"
              },
              "to": {
                "name": "Bo Silva",
                "path": "people/bo.md"
              },
              "link": "tie",
              "kind": "introduced",
              "group": null,
              "over": false,
              "weak": false,
              "said": "Ana Lima introduced Bo Silva (2019)"
            }
          ],
          "known_from": [
            "How you met: 2019-05, at Ana's wedding",
            "In touch since 12 October"
          ]
        }
        exit 0
    "#]],
    );
    check(
        &["path", "ed", "--json"],
        &expect![[r#"
        -- out
        {
          "version": 1,
          "from": {
            "name": "Eva",
            "path": "people/me.md"
          },
          "to": {
            "name": "Ed",
            "path": "people/ed.md"
          },
          "found": false,
          "weak": false,
          "others": 0,
          "steps": [],
          "known_from": []
        }
        exit 1
    "#]],
    );
}

/// The page of Be, where Al and Be say this of each other.
fn check_pair(al: &str, be: &str, expected: &Expect) {
    expected.assert_eq(&told_of_pair(al, be));
}

fn check_told(al: &str, be: &str, expected: &str) {
    // Be's own note may have no word for it.
    assert_eq!(told_of_pair(al, be).replace("partner", "husband"), expected, "{al}{be}");
}

fn told_of_pair(al: &str, be: &str) -> String {
    let text = format!(
        "=== ties.toml\nformat = 1\n=== people/al.md\n---\nname: Al\n{al}---\n\
         === people/be.md\n---\nname: Be\n{be}---\n"
    );
    let vault = TestVault::of(&text);
    let told = vault.run(["relations", "be"]).shown() + &vault.run(["relations", "al"]).shown();
    let lines = told.lines().filter(|line| !line.starts_with("--") && !line.starts_with("exit"));
    lines.map(|line| format!("{line}\n")).collect()
}

/// One stretch is over, and one without a time holds, whoever says so and in whichever order.
#[test]
fn what_is_over_does_not_end_what_holds() {
    let ties =
        [r#"["[[NAME]] (2001-2005)", "[[NAME]]"]"#, r#"["[[NAME]]", "[[NAME]] (2001-2005)"]"#];
    let both = |kind: &str, name: &str| {
        ties.map(|ties| format!("{kind}: {}\n", ties.replace("NAME", name)))
    };
    let own = |kind: &str, name: &str| {
        let [first, second] = both(kind, name);
        let plain = format!("{kind}: \"[[{name}]]\"\n");
        [String::new(), plain.clone(), plain.replace("]]", "]] (2001-2005)"), first, second]
    };
    let expected = |kind: &str, other: &str, name: &str| {
        let page =
            format!("Family\n  {kind}  {other}\n\nBefore\n  {kind}  {other}, from 2001 to 2005\n");
        format!("{name}\npeople/{}.md\n\n{page}", name.to_lowercase())
    };
    for wife in both("wife", "Be") {
        for husband in own("husband", "Al") {
            let text = expected("husband", "Al", "Be") + &expected("wife", "Be", "Al");
            check_told(&wife, &husband, &text);
        }
    }
}

#[test]
fn each_stretch_of_a_tie_is_known_from_both_sides() {
    check_pair(
        "partner: [\"[[Be]] (2001-2005)\", \"[[Be]] (since 2015)\"]\n",
        "",
        &expect![[r#"
            Be
            people/be.md

            Family
              partner  Al, since 2015

            Before
              partner  Al, from 2001 to 2005
            Al
            people/al.md

            Family
              partner  Be, since 2015

            Before
              partner  Be, from 2001 to 2005
        "#]],
    );
    check_pair(
        "partner: [\"[[Be]] (2001-2005)\", \"[[Be]] (since 2015)\"]\n",
        "husband: \"[[Al]]\"\n",
        &expect![[r#"
            Be
            people/be.md

            Family
              husband  Al, since 2015

            Before
              partner  Al, from 2001 to 2005
            Al
            people/al.md

            Family
              partner  Be, since 2015

            Before
              partner  Be, from 2001 to 2005
        "#]],
    );
    check_pair(
        "wife: \"[[Be]]\"\npartner: \"[[Be]] (since 2015)\"\n",
        "",
        &expect![[r#"
        Be
        people/be.md

        Family
          partner  Al, since 2015
        Al
        people/al.md

        Family
          wife     Be
          partner  Be, since 2015
    "#]],
    );
}

#[test]
fn a_tie_has_the_time_that_either_note_gives() {
    check_pair(
        "wife: \"[[Be]] (until 2015)\"\n",
        "husband: \"[[Al]] (since 2010)\"\n",
        &expect![[r#"
            Be
            people/be.md

            Before
              husband  Al, from 2010 to 2015
            Al
            people/al.md

            Before
              wife  Be, from 2010 to 2015
        "#]],
    );
}

#[test]
fn a_tie_that_begins_ahead_does_not_hold_yet() {
    check_pair(
        "housemate: \"[[Be]] (since 2027-05-01)\"\naddress: Rua X 14\n",
        "address: Rua X 14\n",
        &expect![[r#"
            Be
            people/be.md

            Home
              housemate  Al, from 1 May
            Al
            people/al.md

            Home
              housemate  Be, from 1 May
        "#]],
    );
    check_pair(
        "wife: \"[[Be]] (since 1980)\"\n",
        "died: 2019\n",
        &expect![[r#"
        Be
        people/be.md

        Family
          partner  Al, from 1980
        Al
        people/al.md

        Family
          wife  Be, who died in 2019, from 1980
    "#]],
    );
}

#[test]
fn whoever_has_no_note_is_told_of() {
    check_pair(
        "sister: \"[[Rita]]\"\nchildren: [\"[[Be]]\", Duarte]\n",
        "cousins: [Linh, Al]\n",
        &expect![[r#"
            Be
            people/be.md

            Family
              parent  Al
              cousin  Linh (no note)
              cousin  Al (not linked)
            Al
            people/al.md

            Family
              child   Be
              sister  Rita (no note)
              child   Duarte (no note)
        "#]],
    );
}

#[test]
fn ties_that_cannot_be_read_are_findings() {
    let text = "=== ties.toml\nformat = 1\n=== people/al.md\n---\nname: Al\nsister: Be\n\
        brother: {name: \"[[Be]]\"}\nwife: \"[[Be]] (until 2019-13)\"\ncousin: \"[[Be]] (2019-2015)\"\n\
        friend: \"[[Be]] (2015/2019)\"\nmentor: \"[[Be]] since 2010\"\nrelations: [\"teacher: [[Be]]\"]\n\
        colleague: \"[[Be]] (work)\"\n---\n=== people/be.md\n---\nname: Be\n---\n";
    let vault = TestVault::of(text);
    expect![[r#"
        -- out
        people/al.md:3:9: warning[wrong-shape]: `Be` has a note and is not linked, so nobody is tied
          3 | sister: Be
            |         ^^ write `sister: "[[Be]]"`
        people/al.md:4:1: warning[wrong-shape]: `brother` is a link, not a map, so nobody is tied by it
          4 | brother: {name: "[[Be]]"}
            | ^^^^^^^ write `brother: "[[Rita Lima]] (since 2015)"`
        people/al.md:5:7: warning[bad-date]: `until 2019-13` is not a time that is read, so the tie holds today
          5 | wife: "[[Be]] (until 2019-13)"
            |       ^^^^^^^^^^^^^^^^^^^^^^^^ write it like `(since 2015)`, `(until 2019)` or `(2015-2019)`
        people/al.md:6:9: warning[bad-date]: a tie from 2019 to 2015 ends before it begins
          6 | cousin: "[[Be]] (2019-2015)"
            |         ^^^^^^^^^^^^^^^^^^^^ write the earlier date first
        -- talk
        4 findings in 2 notes.
        exit 1
        -- out
        Al
        people/al.md

        Family
          wife    Be
          sister  Be (not linked)

        Work and learning
          mentor     Be, since 2010
          colleague  Be
          teacher    Be

        Before
          cousin  Be, from 2019 to 2015
          friend  Be, from 2015 to 2019
        exit 0
    "#]]
        .assert_eq(&(vault.run(["check"]).shown() + &vault.run(["relations", "al"]).shown()));
}
