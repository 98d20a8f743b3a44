//! `ties search`, and `ties list` with a query.

use crate::support::program::TestVault;
use crate::support::screen::{Screen, is_here, path_with_ties};
use expect_test::{Expect, expect};

const VAULT: &str = "=== people/ana-lima.md
---
name: Ana Lima
circle: inner
groups: [family, climbing]
birthday: 1988-12-03
interests: [kiln]
---
## Log
- 2026-10-12 call: The kiln is ready
  - [ ] Send her the kiln article
=== people/zhang.md
---
name: 张伟
circle: growth
last_contact: ~2026-05
birthday: --01-04
---
=== people/garcia.md
---
name: José García
---
=== people/me.md
---
name: Me
---
=== journal/2026-11-15.md
- coffee [[Ana Lima]]: the kiln, again
=== habits/walk.md
---
habit: Walk
---
=== ties.toml
me = \"people/me\"
[views]
close = \"circle:inner OR birthday:--01-04 sort:name\"
broken = \"kiln (circle:inner\"
";

fn check(arguments: &[&str], expected: &Expect) {
    let shown = TestVault::of(VAULT).run(arguments).shown();
    expected.assert_eq(&shown.replace('\0', "␀").replace('\u{1b}', "␛"));
}

#[test]
fn hits_are_short_lines_with_the_line_that_shows_why() {
    check(
        &["search", "kiln"],
        &expect![[r#"
        -- out
        Ana Lima · inner · Sunday
          people/ana-lima.md:9: - 2026-10-12 call: The kiln is ready
        2026-11-15 · journal
          journal/2026-11-15.md:1: - coffee [[Ana Lima]]: the kiln, again
        exit 0
    "#]],
    );
    check(
        &["search", "gacria"],
        &expect![[r#"
        -- out
        José García
          people/garcia.md
        exit 0
    "#]],
    );
    check(
        &["search", "circle:inner", "kiln"],
        &expect![[r#"
        -- out
        Ana Lima · inner · Sunday
          people/ana-lima.md:9: - 2026-10-12 call: The kiln is ready
        exit 0
    "#]],
    );
    check(
        &["search", "-circle:inner", "circle:any"],
        &expect![[r#"
        -- out
        张伟 · growth · around May
          people/zhang.md
        exit 0
    "#]],
    );
    check(
        &["search", "kiln limit:1"],
        &expect![[r#"
        -- out
        Ana Lima · inner · Sunday
          people/ana-lima.md:9: - 2026-10-12 call: The kiln is ready
        -- talk
        The first 1 of 2.
        exit 0
    "#]],
    );
    check(
        &["search", "kiln", "--color", "always", "--limit", "1", "--quiet"],
        &expect![[r#"
            -- out
            ␛[1mAna Lima␛[0m␛[2m · ␛[0minner␛[2m · ␛[0mSunday
              ␛[36mpeople/ana-lima.md:9␛[0m␛[2m: ␛[0m- 2026-10-12 call: The ␛[1m␛[4mkiln␛[0m is ready
            exit 0
        "#]],
    );
}

#[test]
fn nothing_found_is_told_calmly_with_the_nearest_name() {
    check(
        &["search", "grazzia tea"],
        &expect![[r#"
            -- talk
            Nothing was found.
            hint: the nearest name here is `José García`
            exit 1
        "#]],
    );
    check(
        &["search", "kil"],
        &expect![[r#"
        -- talk
        Nothing was found.
        hint: `kil*` finds words that only begin so
        exit 1
    "#]],
    );
    check(
        &["search", "ready kil circle:inner"],
        &expect![[r#"
        -- talk
        Nothing was found.
        hint: `ready* kil* circle:inner` finds words that only begin so
        exit 1
    "#]],
    );
    check(
        &["search", "kilometre"],
        &expect![[r#"
        -- talk
        Nothing was found.
        hint: --explain tells how the query was understood
        exit 1
    "#]],
    );
    check(
        &["search", "circle:mentor"],
        &expect![[r#"
        -- talk
        Nothing was found.
        hint: --explain tells how the query was understood
        exit 1
    "#]],
    );
}

#[test]
fn what_is_not_understood_is_marked_under_the_place() {
    check(
        &["search", "kiln circel:inner"],
        &expect![[r#"
            -- talk
            error: there is no field `circel`
              kiln circel:inner
                   ^^^^^^
            hint: did you mean `circle:`? Or to look for text with a colon, put it in quotes
            exit 2
        "#]],
    );
    check(
        &["search", "王小明 last:>3m"],
        &expect![[r#"
        -- talk
        error: `3m` could mean minutes or months
          王小明 last:>3m
                      ^^^
        hint: write `3mo` for months
        exit 2
    "#]],
    );
    check(
        &["search", "kiln\u{1b}[31m x:1"],
        &expect![[r#"
            -- talk
            error: there is no field `x`
              kiln\u{1b}[31m x:1
                             ^
            hint: did you mean `ex:`? Or to look for text with a colon, put it in quotes
            exit 2
        "#]],
    );
    check(
        &["search", "kiln", "--jsno"],
        &expect![[r#"
            -- talk
            error: unexpected argument '--jsno' found

              tip: a similar argument exists: '--json'

            Usage: ties search --json <QUERY>...

            For more information, try '--help'.
            exit 2
        "#]],
    );
    check(
        &["search", "kiln", "--sort", "size"],
        &expect![[r#"
            -- talk
            error: nothing can be sorted by `size`
              size
              ^^^^
            hint: there are name, last, due, birthday, created, circle, relevance; with `-` before it, the other way round
            exit 2
        "#]],
    );
    check(
        &["search"],
        &expect![[r#"
            -- talk
            error: the following required arguments were not provided:
              <QUERY>...

            Usage: ties search <QUERY>...

            For more information, try '--help'.
            hint: for example `ties search gacria`
            exit 2
        "#]],
    );
}

#[test]
fn other_programs_get_json_lines_and_records() {
    check(
        &["search", "kiln 2026", "--json"],
        &expect![[r#"
            -- out
            {
              "version": 1,
              "query": "kiln 2026",
              "total": 2,
              "hits": [
                {
                  "kind": "journal",
                  "name": "2026-11-15",
                  "path": "journal/2026-11-15.md",
                  "circle": null,
                  "last_contact": null,
                  "line": 1,
                  "text": "- coffee [[Ana Lima]]: the kiln, again",
                  "matches": [
                    {
                      "start": 27,
                      "end": 31
                    }
                  ]
                },
                {
                  "kind": "person",
                  "name": "Ana Lima",
                  "path": "people/ana-lima.md",
                  "circle": "inner",
                  "last_contact": "2026-11-15",
                  "line": 9,
                  "text": "- 2026-10-12 call: The kiln is ready",
                  "matches": [
                    {
                      "start": 2,
                      "end": 6
                    },
                    {
                      "start": 23,
                      "end": 27
                    }
                  ]
                }
              ]
            }
            exit 0
        "#]],
    );
    check(
        &["search", "kiln", "--jsonl"],
        &expect![[r#"
            -- out
            {"version":1,"kind":"person","name":"Ana Lima","path":"people/ana-lima.md","circle":"inner","last_contact":"2026-11-15","line":9,"text":"- 2026-10-12 call: The kiln is ready","matches":[{"start":23,"end":27}]}
            {"version":1,"kind":"journal","name":"2026-11-15","path":"journal/2026-11-15.md","circle":null,"last_contact":null,"line":1,"text":"- coffee [[Ana Lima]]: the kiln, again","matches":[{"start":27,"end":31}]}
            exit 0
        "#]],
    );
    check(
        &["search", "kiln", "--format", r"{name}\t{path}:{line}"],
        &expect![[r#"
            -- out
            Ana Lima	people/ana-lima.md:9
            2026-11-15	journal/2026-11-15.md:1
            exit 0
        "#]],
    );
    check(
        &["search", "kiln", "-0"],
        &expect![[r#"
            -- out
            people/ana-lima.md␀journal/2026-11-15.md␀exit 0
        "#]],
    );
    check(
        &["search", "kiln", "-0", "--format", "{kind} {circle} {{x}}"],
        &expect![[r#"
            -- out
            person inner {x}␀journal  {x}␀exit 0
        "#]],
    );
    check(
        &["search", "kiln", "--format", "{nmae}"],
        &expect![[r#"
            -- talk
            error: the format knows no field `nmae`
            hint: did you mean `{name}`?
            hint: fields are name, path, file, kind, circle, groups, tags, last, due, birthday, follow_up, next, email, phone, location, line, text
            exit 2
        "#]],
    );
}

#[test]
fn a_query_tells_what_was_understood() {
    check(
        &["search", "--explain", "kiln -group:work last:>3mo limit:3"],
        &expect![[r#"
        -- out
        all of
          the word `kiln`, in a name (also begun or misspelt) or in the text
          not: `group` is `work`
          `last` is on or before 20 August 2026
        sorted by how well they fit, people first, the newest contact first
        the first 3 of them
        exit 0
    "#]],
    );
    check(
        &["search", "--explain", "--json", "kiln or (tea)"],
        &expect![[r#"
        -- out
        {
          "version": 1,
          "query": "kiln or tea",
          "explanation": [
            "all of",
            "  the word `kiln`, in a name (also begun or misspelt) or in the text",
            "  the word `or`, in a name (also begun or misspelt) or in the text",
            "  the word `tea`, in a name (also begun or misspelt) or in the text",
            "sorted by how well they fit, people first, the newest contact first"
          ]
        }
        exit 0
    "#]],
    );
}

#[test]
fn a_list_takes_the_same_queries() {
    check(
        &["list", "circle:inner,growth"],
        &expect![[r#"
        -- out
        Ana Lima  inner   2026-11-15   people/ana-lima.md
        张伟      growth  ~2026-05     people/zhang.md
        exit 0
    "#]],
    );
    check(
        &["list", "kiln"],
        &expect![[r#"
        -- out
        Ana Lima  inner  2026-11-15   people/ana-lima.md
        exit 0
    "#]],
    );
    check(
        &["list", "birthday:..3mo", "--sort", "-birthday"],
        &expect![[r#"
            -- out
            张伟      growth  ~2026-05     people/zhang.md
            Ana Lima  inner   2026-11-15   people/ana-lima.md
            exit 0
        "#]],
    );
    check(
        &["list", "--limit", "1", "--jsonl"],
        &expect![[r#"
        -- out
        {"version":1,"name":"Ana Lima","path":"people/ana-lima.md","circle":"inner","groups":["family","climbing"],"last_contact":"2026-11-15"}
        exit 0
    "#]],
    );
    check(
        &["list", "--circle", "growth", "--format", "{name} {birthday}"],
        &expect![[r#"
        -- out
        张伟 --01-04
        exit 0
    "#]],
    );
    check(
        &["list", "circle:mentor"],
        &expect![[r#"
        -- talk
        Nobody fits.
        exit 1
    "#]],
    );
}

#[test]
fn saved_queries_of_the_settings_are_named_with_view() {
    check(
        &["search", "view:close", "-kiln"],
        &expect![[r#"
        -- out
        张伟 · growth · around May
          people/zhang.md
        exit 0
    "#]],
    );
    check(
        &["list", "view:close", "limit:1"],
        &expect![[r#"
        -- out
        Ana Lima  inner  2026-11-15   people/ana-lima.md
        exit 0
    "#]],
    );
    check(
        &["search", "view:broken"],
        &expect![[r#"
        -- talk
        error: in the view `broken`, this parenthesis is not closed
          kiln (circle:inner
               ^
        hint: add `)`, or put the text in quotes
        exit 2
    "#]],
    );
    check(
        &["search", "view:clos"],
        &expect![[r#"
        -- talk
        error: no view is called `clos`
          view:clos
               ^^^^
        hint: did you mean `close`?
        exit 2
    "#]],
    );
}

#[test]
fn a_screen_shows_the_best_and_a_pipe_gets_all() {
    let person =
        |number| format!("=== people/{number:03}.md\n---\nname: Person {number:03}\n---\nkiln\n");
    let vault = TestVault::of(&(0..60).map(person).collect::<String>());
    assert_eq!(vault.ties("search kiln").out.matches("kiln").count(), 60);
    assert_eq!(vault.ties("search kiln limit:all --limit 2").out.matches("kiln").count(), 2);
    assert_eq!(vault.ties("search kiln --limit none").code, 2);
    if !is_here("tmux") {
        return;
    }
    let mut command = std::process::Command::new("bash");
    command.args(["--norc", "--noprofile", "-i"]).current_dir(vault.root());
    for (name, value) in vault.command().get_envs() {
        command.env(name, value.unwrap());
    }
    command.env("PATH", path_with_ties()).env("LC_ALL", "C.UTF-8").env("PS1", "$ ");
    let screen = Screen::open(&command, 80, 24);
    screen.wait_for("$");
    let typed = |text: &str| {
        screen.type_text(&format!("clear; ties search {text}; echo \"code $?\""));
        screen.press(&["Enter"]);
    };
    typed("kiln --no-pager");
    let shown = screen.wait_for("… and 10 more; `limit:all` shows them.\ncode 0");
    assert!(shown.contains("people/049.md:4: kiln") && !shown.contains("Person 050"), "{shown}");
    typed("kiln limit:all --no-pager");
    let shown = screen.wait_for("people/059.md:4: kiln\ncode 0");
    assert!(!shown.contains("more;"), "{shown}");
}
