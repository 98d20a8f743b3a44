//! `ties brief`

use crate::support::program::TestVault;
use expect_test::{Expect, expect};

const VAULT: &str = "=== people/ana-lima.md
---
name: Ana Lima
cadence: weekly
private: [phone]
phone: \"+351 910 000 000\"
pets: [\"Mel (dog, 2019)\"]
---
## Log
- 2026-10-12 call: new job
  - [ ] Send the kiln article 📅 2026-11-20
=== people/bo.md
---
name: Bo Ek
birthday: 1986-11-21
---
=== people/cy.md
---
name: Cy
---
- [ ] Return the drill 📅 2026-11-19
";

fn check(arguments: &str, expected: &Expect) {
    expected.assert_eq(&TestVault::of(VAULT).ties(arguments).shown());
}

#[test]
fn without_a_name_it_is_everybody_on_the_agenda() {
    check(
        "brief",
        &expect![[r#"
        -- out
        Bo Ek

        Days
          today  40th birthday


        Ana Lima

        Last
          12 October  call: new job

        Promised
          - Send the kiln article (by yesterday, since 12 October)

        People
          pets  Mel, a dog, about 7

        Good to know
          Phone  +351 910 000 000


        Cy

        Promised
          - Return the drill (by 19 November)
        exit 0
    "#]],
    );
}

#[test]
fn who_is_answered_on_the_agenda_is_left_out() {
    let vault = TestVault::of(VAULT);
    vault.ties("agenda");
    let agenda = vault.read("agenda.md");
    vault.write("agenda.md", agenda.replace("- [ ] ", "- [x] "));
    vault.ties("agenda");
    let expected = expect![[r#"
        -- talk
        Nobody is on today's agenda; `ties brief WHO` tells of anybody.
        exit 0
    "#]];
    expected.assert_eq(&vault.ties("brief").shown());
}

#[test]
fn names_may_have_several_words_or_be_several() {
    check(
        "brief bo ek",
        &expect![[r#"
        -- out
        Bo Ek

        Days
          today  40th birthday
        exit 0
    "#]],
    );
    check(
        "brief cy bo,cy",
        &expect![[r#"
        -- out
        Cy

        Promised
          - Return the drill (by 19 November)


        Bo Ek

        Days
          today  40th birthday
        exit 0
    "#]],
    );
    check(
        "brief nobody",
        &expect![[r#"
        -- talk
        error: nobody here is called `nobody`
        hint: `ties add "nobody"` makes a note for somebody new
        exit 1
    "#]],
    );
}

#[test]
fn programs_get_everything() {
    let run = TestVault::of(VAULT).ties("brief ana --json");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let ana = &answer["briefs"][0];
    assert_eq!(answer["version"], 1);
    assert_eq!(ana["person"]["name"], "Ana Lima");
    assert_eq!(ana["person"]["phone"][0]["value"], "+351 910 000 000");
    assert_eq!(ana["last"][0]["text"], "new job");
    assert_eq!(ana["pets"][0]["species"], "dog");
    assert_eq!(ana["pets"][0]["age"], "about 7");
    assert_eq!(ana["days"], serde_json::json!([]));
}

#[test]
fn a_note_that_cannot_be_read_is_said() {
    let vault = TestVault::of(VAULT);
    vault.write("people/odd.md", b"\xff\xfe");
    let run = vault.ties("brief ana");
    assert!(run.out.contains("Ana Lima"), "{run:?}");
    assert_eq!(run.code, 3, "{run:?}");
}

#[test]
fn several_ties_to_one_person_are_told_by_the_nearest() {
    let vault = TestVault::of(
        "=== ties.toml\nformat = 1\nme = \"people/me\"\n=== people/me.md\n---\nname: Me\ncolleague: \"[[Bo]]\"\nhusband: \"[[Bo]]\"\n---\n\
         === people/ana.md\n---\nname: Ana\ncircle: inner\ngroups: [family]\ncolleague: \"[[Bo]]\"\nhusband: \"[[Bo]]\"\nchildren: [\"[[Rui]]\", Linh]\nsister: \"[[Rita]]\"\n---\n\
         === people/bo.md\n---\nname: Bo\nbirthday: 1990-11-22\n---\n=== people/rui.md\n---\nname: Rui\nbrother: \"[[Eva]]\"\n---\n\
         === people/eva.md\n---\nname: Eva\ndied: 2020\nbrother: \"[[Rui]]\"\n---\n\
         === journal/2026-11-20.md\n---\ncontact: false\n---\n- call [[Ana]]: in a dream\n- heard that [[Ana]] is well\n",
    );
    let run = |arguments: &[&str]| vault.run(arguments).shown();
    let told = run(&["brief", "ana"])
        + &run(&["show", "eva"])
        + &run(&["show", "ana"])
        + &run(&["brief", "bo"]);
    expect![[r#"
        -- out
        Ana

          Circle  inner
          Groups  family

        Since then
          yesterday  heard in journal/2026-11-20: that Ana is well

        Days
          tomorrow  Bo's 36th birthday

        People
          husband, colleague  Bo
          son                 Rui
          sister              Rita (no note)
          child               Linh (no note)
        exit 0
        -- out
        Eva
        people/eva.md

          Rest  died in 2020

        Ties
          brother  Rui
        exit 0
        -- out
        Ana
        people/ana.md

          Circle  inner
          Groups  family
          Rhythm  every 1-2 weeks; it has come round

        Ties
          colleague  Bo
          husband    Bo
          son        Rui
          sister     Rita (no note)
          child      Linh (no note)
        exit 0
        -- out
        Bo (your husband)

        Days
          tomorrow  36th birthday

        People
          partner, colleague  Ana
        exit 0
    "#]]
    .assert_eq(&told);
}
