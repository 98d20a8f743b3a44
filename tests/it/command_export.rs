//! `ties export`

use crate::support::program::TestVault;
use expect_test::expect;
use std::path::Path;

const VAULT: &str = "=== people/ana.md
---
name: Ana Lima
birthday: 1988-03-04
circle: inner
---
- [ ] Send the article 📅 2026-12-01
=== people/bo.md
---
name: Bo
birthday: --05-06
follow_up: 2026-12-01
---
=== ties.toml
[calendar]
weekly_review = \"never\"
quarterly_review = \"never\"
";

fn vault() -> TestVault {
    TestVault::of(VAULT)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names = names.collect::<Vec<_>>();
    names.sort();
    names
}

#[test]
fn a_calendar_goes_to_the_output_byte_for_byte() {
    let vault = vault();
    let run = vault.ties("export ics");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.starts_with("BEGIN:VCALENDAR\r\n") && run.out.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(run.out.matches("SUMMARY:").count(), 5);
    assert_eq!(vault.ties("export ics").out, run.out);
    let run = vault.ties("export ics birthday:any -circle:inner");
    assert!(run.out.contains("Bo's birthday") && !run.out.contains("Ana"), "{run:?}");
    let run = vault.ties("export ics nobody-at-all --to x.ics");
    assert_eq!((run.code, run.err.as_str()), (1, "Nobody fits, so nothing is written.\n"));
    assert!(!vault.root().join("x.ics").exists());
}

#[test]
fn a_file_is_written_kept_and_written_anew() {
    let vault = vault();
    expect![[r#"
        -- talk
        Wrote 5 items into out/people.ics.
        exit 0
    "#]]
    .assert_eq(&vault.ties("export ics --to out/people.ics").shown());
    let written = vault.read("out/people.ics");
    assert_eq!(written, vault.ties("export ics").out);
    // The day alone is no reason to touch the file.
    expect![[r#"
        -- talk
        out/people.ics is as it should be: 5 items.
        exit 0
    "#]]
    .assert_eq(&vault.ties("export ics --to out/people.ics --today 2026-11-22").shown());
    assert_eq!(vault.read("out/people.ics"), written);
    vault.write("people/bo.md", "---\nname: Bo\nbirthday: --05-07\n---\n");
    expect![[r#"
        -- out
        --- a/people.ics
        +++ b/people.ics
        @@ -26,8 +26,8 @@
         END:VEVENT
         BEGIN:VEVENT
         UID:birthday-d1d8bec86e49751f55c2bddf6da2896c@ties
        -DTSTART;VALUE=DATE:20000506
        -DTEND;VALUE=DATE:20000507
        +DTSTART;VALUE=DATE:20000507
        +DTEND;VALUE=DATE:20000508
         RRULE:FREQ=YEARLY
         TRANSP:TRANSPARENT
         SUMMARY:Bo's birthday
        @@ -38,18 +38,6 @@
         TRIGGER:PT9H
         END:VALARM
         END:VEVENT
        -BEGIN:VTODO
        -UID:step-2fdb1bc795a89ab224cb21d0b602c199@ties
        -DUE;VALUE=DATE:20261201
        -STATUS:NEEDS-ACTION
        -SUMMARY:A word to Bo
        -CATEGORIES:Next step
        -BEGIN:VALARM
        -ACTION:DISPLAY
        -DESCRIPTION:A word to Bo
        -TRIGGER;RELATED=END:PT9H
        -END:VALARM
        -END:VTODO
         BEGIN:VTODO
         UID:promise-4635814a2eadea5af9d91848e0124d6e@ties
         DUE;VALUE=DATE:20261201
        -- talk
        Would write 4 items into out/people.ics.
        exit 0
    "#]]
    .assert_eq(&vault.ties("export ics --to out/people.ics --dry-run --today 2026-11-22").shown());
    assert_eq!(vault.read("out/people.ics"), written);
    expect![[r#"
        -- talk
        Wrote 4 items into out/people.ics.
        exit 0
    "#]]
    .assert_eq(&vault.ties("export ics --to out/people.ics").shown());
    assert_eq!(names(&vault.root().join("out")), ["people.ics"]);
}

#[test]
fn what_is_not_ours_and_where_people_are_nothing_is_written() {
    let vault = vault();
    vault.write("other.ics", "BEGIN:VCALENDAR\r\nPRODID:-//other//EN\r\nEND:VCALENDAR\r\n");
    vault.write("bytes.ics", [0xff, 0xfe]);
    vault.write("empty.ics", "");
    std::fs::create_dir(vault.root().join("folder.ics")).unwrap();
    let check = |to: &str, code: i32| {
        let run = vault.run(["export", "ics", "--to", to]);
        assert_eq!(run.code, code, "{to}: {run:?}");
        run.err
    };
    expect![[r#"
        error: WORLD/vault/other.ics is no calendar that `ties` wrote, so it is left as it is
        hint: name another file, or move that one away
    "#]]
    .assert_eq(&check("other.ics", 1));
    check("bytes.ics", 1);
    check("folder.ics", 1);
    check("ties.toml", 1);
    check("empty.ics", 0);
    expect![[r#"
        error: people/x.ics lies among the people, where only notes belong
        hint: name a place beside the people
    "#]]
    .assert_eq(&check("people/x.ics", 2));
    check("people/deeper/x.ics", 2);
    check("out/../people/x.ics", 4);
    check("habits/x.md", 2);
    check(".hidden/x.ics", 0);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("people", vault.root().join("link")).unwrap();
        check("link/x.ics", 2);
        std::os::unix::fs::symlink("empty.ics", vault.root().join("also.ics")).unwrap();
        check("also.ics", 0);
        assert!(vault.root().join("also.ics").is_symlink());
    }
    assert_eq!(names(&vault.root().join("people")), ["ana.md", "bo.md"]);
    let run = vault.ties("export ics --vdir people");
    assert_eq!(run.code, 2, "{run:?}");
}

#[test]
fn a_folder_holds_a_file_for_each_item_and_loses_only_ours() {
    let vault = vault();
    let folder = vault.root().join("cal");
    let export = |more: &str| vault.ties(&format!("export ics --vdir cal {more}"));
    expect![[r#"
        -- out
        new     Ana Lima's birthday
        new     Bo's birthday
        new     A word to Bo
        new     Send the article (Ana Lima)
        new     Monthly review
        -- talk
        cal would have 5 items: 5 new.
        exit 0
    "#]]
    .assert_eq(&export("--dry-run").shown());
    assert!(!folder.exists());
    expect![[r#"
        -- talk
        cal has 5 items: 5 new.
        exit 0
    "#]]
    .assert_eq(&export("").shown());
    let files = names(&folder);
    assert_eq!(files.len(), 5);
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    for name in &files {
        let uid = name.strip_suffix(".ics").unwrap();
        assert_eq!(text(name).matches(&format!("\r\nUID:{uid}\r\n")).count(), 1);
    }
    // Nothing is touched that says the same on another day.
    let modified = |name: &String| folder.join(name).metadata().unwrap().modified().unwrap();
    let times = files.iter().map(modified).collect::<Vec<_>>();
    expect![[r#"
        -- talk
        cal is as it should be: 5 items.
        exit 0
    "#]]
    .assert_eq(&export("--today 2026-11-22").shown());
    assert_eq!(files.iter().map(modified).collect::<Vec<_>>(), times);
    // A stranger's, one of ours that another program wrote anew, and an empty one.
    let of = |kind: &str| files.iter().find(|name| name.starts_with(kind)).unwrap().clone();
    std::fs::write(folder.join("stranger@ties.ics"), text(&of("step"))).unwrap();
    std::fs::write(folder.join("notes.txt"), "mine").unwrap();
    let foreign = text(&of("promise")).replace("-//ties//ties//EN", "-//phone//EN");
    std::fs::write(folder.join(of("promise")), &foreign).unwrap();
    std::fs::write(folder.join(of("review")), "").unwrap();
    vault.write("people/bo.md", "---\nname: Bo\nbirthday: --05-07\n---\n");
    expect![[r#"
        -- out
        changed Bo's birthday
        changed Monthly review
        gone    A word to Bo
        -- talk
        note: WORLD/vault/cal/promise-4635814a2eadea5af9d91848e0124d6e@ties.ics was written by another program since, and is left as it is
        cal would have 4 items: 2 changed, 1 gone, 1 as before.
        exit 0
    "#]].assert_eq(&export("--dry-run").shown());
    expect![[r#"
        -- talk
        note: WORLD/vault/cal/promise-4635814a2eadea5af9d91848e0124d6e@ties.ics was written by another program since, and is left as it is
        cal has 4 items: 2 changed, 1 gone, 1 as before.
        exit 0
    "#]].assert_eq(&export("").shown());
    assert_eq!(text(&of("promise")), foreign);
    assert!(!folder.join(of("step")).exists());
    assert!(text(&of("review")).contains("Monthly review"));
    assert!(folder.join("stranger@ties.ics").exists() && folder.join("notes.txt").exists());
    // One that another program wrote anew does not go with what it was about.
    vault.write("people/ana.md", "---\nname: Ana Lima\n---\n");
    assert_eq!(export("").code, 0);
    assert_eq!(text(&of("promise")), foreign);
    assert_eq!(names(&folder).iter().filter(|name| name.starts_with("birthday")).count(), 1);
}

#[cfg(unix)]
#[test]
fn where_notes_may_be_missing_nothing_is_removed() {
    use std::os::unix::fs::PermissionsExt;
    let vault = vault();
    vault.ties("export ics --vdir cal");
    let note = vault.root().join("people/bo.md");
    std::fs::set_permissions(&note, PermissionsExt::from_mode(0o000)).unwrap();
    if std::fs::read(&note).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    let run = vault.ties("export ics --vdir cal");
    assert_eq!(run.code, 3, "{run:?}");
    assert_eq!(names(&vault.root().join("cal")).len(), 5);
}
