//! From the text of a note to what it says.

use crate::support::{book, shown};
use expect_test::{Expect, expect};
use std::fmt::Write;
use ties::note::path::NotePath;
use ties::people::decode::decode;
use ties::people::interaction::Interaction;
use ties::people::note::Kind;
use ties::people::vocabulary::Vocabulary;

fn check(path: &str, text: &str, expected: &Expect) {
    let path = NotePath::new(path).unwrap();
    let note = decode(&path, text, &Vocabulary::default());
    let mut told = String::new();
    match &note.kind {
        Kind::Contact(contact) => tell_contact(contact, &mut told),
        Kind::Habit(habit) => {
            let entries = habit.entries.iter().map(|entry| {
                format!("{}{}", entry.day, if entry.excused { " excused" } else { "" })
            });
            let entries = entries.collect::<Vec<_>>().join(", ");
            let _ = writeln!(
                told,
                "habit {}: {:?} after {:?}: {entries}",
                habit.name, habit.schedule, habit.after
            );
        }
        Kind::Journal(journal) => {
            let _ = writeln!(told, "journal of {}", journal.day);
            journal.lines.iter().for_each(|line| tell_entry(line, &mut told));
            for trip in &journal.trips {
                let _ = writeln!(told, "trip {}..{}: {}", trip.from, trip.to, trip.place);
            }
            journal.promises.iter().for_each(|promise| tell_promise(promise, &mut told));
        }
        Kind::Inbox(promises) => {
            promises.iter().for_each(|promise| tell_promise(promise, &mut told));
        }
        Kind::Other => told.push_str("other\n"),
    }
    for finding in &note.findings {
        let _ = writeln!(told, "{}", shown(&path, text, finding));
    }
    expected.assert_eq(&told);
}

fn tell_contact(contact: &ties::people::contact::Contact, told: &mut String) {
    let _ = write!(told, "{}", contact.name);
    for (label, value) in [
        ("circle", contact.circle.clone()),
        ("cadence", contact.cadence.map(|cadence| cadence.to_string())),
        ("birthday", contact.birthday.map(|date| date.to_string())),
        ("last contact", contact.last_contact.map(|date| date.to_string())),
        ("follow up", contact.follow_up.map(|day| day.to_string())),
        ("next", contact.next.clone()),
    ] {
        if let Some(value) = value {
            let _ = write!(told, "; {label} {value}");
        }
    }
    told.push('\n');
    for relation in &contact.relations {
        let since = relation.time.since.map_or_else(String::new, |date| format!(" since {date}"));
        let until = relation.time.until.map_or_else(String::new, |date| format!(" until {date}"));
        let to = &relation.to.target.note;
        let _ = writeln!(told, "{} is {to}{since}{until}", relation.kind);
    }
    contact.log.iter().for_each(|entry| tell_entry(entry, told));
    for event in &contact.events {
        let _ = writeln!(told, "event {} {}: {}", event.date, event.kind, event.text);
    }
    for gift in &contact.gifts {
        let _ = writeln!(
            told,
            "gift {:?}: {} ({})",
            gift.kind,
            gift.what,
            gift.occasion.as_deref().unwrap_or("-")
        );
    }
    contact.promises.iter().for_each(|promise| tell_promise(promise, told));
}

fn tell_entry(entry: &Interaction, told: &mut String) {
    let names = |links: &[ties::people::link_ref::LinkRef]| {
        links.iter().map(|link| link.target.note.as_str()).collect::<Vec<_>>().join(" ")
    };
    let kind = entry.kind.as_deref().unwrap_or("-");
    let (with, mentions) = (names(&entry.with), names(&entry.mentions));
    let _ = writeln!(
        told,
        "{}: {} {kind} {:?} with [{with}] of [{mentions}] {:?}: {}",
        entry.line, entry.day, entry.meaning, entry.events, entry.text
    );
}

fn tell_promise(promise: &ties::people::promise::Promise, told: &mut String) {
    let due = promise.due.map_or_else(String::new, |day| format!(" due {day}"));
    let promised = promise.promised.map_or_else(String::new, |day| format!(" promised {day}"));
    let whose = if promise.theirs { "theirs" } else { "mine" };
    let _ = writeln!(
        told,
        "{}: {:?} {whose}{due}{promised}: {}",
        promise.line, promise.status, promise.text
    );
}

#[test]
fn the_contact_of_the_format_is_read_whole() {
    check(
        "people/ana-lima.md",
        r#"---
name: Ana Lima
circle: inner
cadence: 2-3 weeks
birthday: --03-04
last_contact: ~2025-06
next: 2026-11-25 Ask how the move went
sister: "[[Rita Lima]]"
relations:
  mentor: "[[people/bo|Bo]]"
phone: ["+351 910 000 000 (work)"]
---
Anything.

## Log
- 2026-10-12 call: New job at the ceramics school. With [[João]] too. #event/new-job
  - [ ] Send her the kiln article 📅 2026-10-20
- 2026-08-02 met [[Rita Lima]]: climbing in Sintra
- [2025-02-20]: Coffee
- 2026-05-20 — Discussed the thesis
- 2026-04-30 · slack · short hello
- 2026-04-01 heard: she moves

### 2026-03-02 call with [[Bo]]
A long talk.

## Events
- 2027-05-01 wedding: in Porto

## Gifts
- 2025-12-24 gave: Douro red (Christmas)
- idea: climbing shoes, size 38

## Other
- 2020-01-01 is no entry
- [?] her photos
"#,
        &expect![[r#"
            Ana Lima; circle inner; cadence every 2-3 weeks; birthday --03-04; last contact ~2025-06; follow up 2026-11-25; next Ask how the move went
            sister is Rita Lima
            mentor is people/bo
            16: 2026-10-12 call Contact with [] of [João] ["new-job"]: New job at the ceramics school. With [[João]] too.
            18: 2026-08-02 met Contact with [Rita Lima] of [] []: climbing in Sintra
            19: 2025-02-20 met Contact with [] of [] []: Coffee
            20: 2026-05-20 - Contact with [] of [] []: Discussed the thesis
            21: 2026-04-30 message Contact with [] of [] []: short hello
            22: 2026-04-01 heard Note with [] of [] []: she moves
            24: 2026-03-02 call Contact with [Bo] of [] []: A long talk.
            event 2026-10-12 new-job: New job at the ceramics school. With [[João]] too.
            event 2027-05-01 wedding: in Porto
            gift Gave: Douro red (Christmas)
            gift Idea: climbing shoes, size 38 (-)
            17: Open mine due 2026-10-20 promised 2026-10-12: Send her the kiln article
            36: Open theirs: her photos
        "#]],
    );
}

#[test]
fn a_note_without_front_matter_is_a_person() {
    check(
        "people/fatou.md",
        "# Fatou Diop\n\n## Log\n- 2026-10-29 tea\n",
        &expect![[r#"
            Fatou Diop
            4: 2026-10-29 met Contact with [] of [] []: tea
        "#]],
    );
    check(
        "people/Bo Ek.md",
        "",
        &expect![[r#"
        Bo Ek
    "#]],
    );
}

#[test]
fn every_mistake_is_a_finding_and_the_rest_is_read() {
    check(
        "people/x.md",
        r#"---
name: X
circle: iner
cadance: weekly
frequency: montly
birthday: 03/04/1988
follow_up: Feb 3 2026
phone: +351910000000
status: gone
relations: {cuosin: "[[Y]]"}
paused: perhaps
occasion_lead: 3m
email: {home: a@b.c}
---
## Log
- not dated
- 2026-13-01 call: no such month
- 2026-10-01 cal: misspelt
- 01/02/2026 call
- [q] task 📅 soon

## Events
- wedding

## Gifts
- shoes
"#,
        &expect![[r#"
            X; follow up 2026-02-03
            18: 2026-10-01 - Contact with [] of [] []: cal: misspelt
            20: Open mine: task 📅 soon
            people/x.md:3:9: warning[unknown-circle]: `iner` is not a circle (did you mean `inner`?)
            people/x.md:4:1: warning[misspelt-key]: `cadance` is not a key that is read (did you mean `cadence`?)
            people/x.md:5:12: warning[unknown-cadence]: `montly` is not a rhythm (did you mean `monthly`?)
            people/x.md:6:11: warning[ambiguous-date]: which number of `03/04/1988` is the day is never guessed (write the year first: `2026-11-21`)
            people/x.md:7:12: warning[loose-date]: `Feb 3 2026` is not written as a date of the format (write `2026-02-03`)
            people/x.md:8:8: warning[unquoted-phone]: `+351910000000` should be quoted; other programs lose its plus or zeros (write `"+351910000000"`)
            people/x.md:9:9: warning[unknown-status]: `gone` is not a status (write active, later, reference or archived)
            people/x.md:10:21: warning[unknown-relation]: `cuosin` is not a known kind of tie (did you mean `cousin`? Others can be added under `[relations]` in ties.toml)
            people/x.md:11:9: warning[bad-flag]: `perhaps` is neither true nor false (write `true` or `false`)
            people/x.md:12:16: warning[bad-period]: `3m` is not a length of time (write it like `10d`, `2w`, `3mo` or `1y`)
            people/x.md:13:8: warning[wrong-shape]: `email` should be a text or a list of texts (nested values are kept, but not read)
            people/x.md:16:3: warning[undated-entry]: an entry of the log does not begin with a date (start it like `- 2026-11-21 call: …`, or move it out of the log)
            people/x.md:17:3: warning[bad-date]: this date is not in the calendar (mend the day or the month)
            people/x.md:19:3: warning[ambiguous-date]: which number of this date is the day is never guessed (write the year first: `2026-11-21`)
            people/x.md:20:4: warning[unknown-task-status]: `[q]` has no meaning here; the task counts as open (the signs are ` ` open, `x` done, `-` cancelled, `>` deferred, `/` begun, `<` planned, `?` theirs)
            people/x.md:20:12: warning[bad-task-date]: `📅 soon` is not a date that a task can have (write it like `📅 2026-11-21`, at the end of the line)
            people/x.md:23:3: warning[undated-event]: an event does not begin with a date and a kind (start it like `- 2027-05-01 wedding: in Porto`)
            people/x.md:26:3: warning[unreadable-gift]: a gift is neither `gave`, `got` nor `idea` (write it like `- 2025-12-24 gave: a book (Christmas)` or `- idea: a book`)
        "#]],
    );
}

#[test]
fn a_journal_counts_only_what_says_so() {
    check(
        "journal/2026-11-18.md",
        r#"---
attendees: ["[[Fatou]]"]
---
# A day

- coffee [[Ana]] [[João]]: Porto, and [[Rita]]
- thought of [[Bo]]
- [ ] call [[Cy]]
- [x] call [[Di]] ✅ 2026-11-18
> - call [[Quoted]]

Met [[Eva]] in the street.
[[Hal]]: no contact heading above

`- call [[Code]]`

## People
- [[Gil]]: he moves

[[Ida]] and [[Jo]]: a paragraph
[[Kim]]: its second line

- 2026-12-01..2026-12-05 trip: Porto
"#,
        &expect![[r#"
            journal of 2026-11-18
            2: 2026-11-18 met Contact with [Fatou] of [] []: A day
            6: 2026-11-18 met Contact with [Ana João] of [Rita] []: Porto, and [[Rita]]
            7: 2026-11-18 - Note with [] of [Bo] []: thought of [[Bo]]
            8: 2026-11-18 - Note with [] of [Cy] []: call [[Cy]]
            9: 2026-11-18 call Contact with [Di] of [] []: call [[Di]]
            12: 2026-11-18 met Contact with [Eva] of [] []: in the street.
            13: 2026-11-18 - Note with [] of [Hal] []: no contact heading above
            18: 2026-11-18 - Contact with [Gil] of [] []: he moves
            20: 2026-11-18 - Contact with [Ida Jo] of [] []: a paragraph
            21: 2026-11-18 - Contact with [Kim] of [] []: its second line
            trip 2026-12-01..2026-12-05: Porto
            8: Open mine promised 2026-11-18: call [[Cy]]
            9: Done mine promised 2026-11-18: call [[Di]]
        "#]],
    );
    check(
        "journal/2026-11-18.md",
        "---\ncontact: false\n---\n- coffee [[Ana]]\n",
        &expect![[r#"
            journal of 2026-11-18
            4: 2026-11-18 met Note with [] of [Ana] []: coffee
        "#]],
    );
    check(
        "journal/undated.md",
        "- coffee [[Ana]]\n",
        &expect![[r#"
        other
    "#]],
    );
}

#[test]
fn habits_are_read() {
    check(
        "habits/walk.md",
        "---\nhabit: Walk\nschedule: weekdays\nafter: lunch\ngrace: 1 per week\n---\n## Log\n- 2026-11-20\n- 2026-11-19 excused: ill\n",
        &expect![[r#"
            habit Walk: On([Monday, Tuesday, Wednesday, Thursday, Friday]) after Some("lunch"): 2026-11-20, 2026-11-19 excused
        "#]],
    );
}

#[test]
fn contact_is_seen_from_every_side() {
    let book = book(
        "=== people/ana.md\n---\nname: Ana\nsister: \"[[Rita]]\"\n---\n## Log\n- 2026-08-02 met [[Rita]]: with [[Bo]] in mind\n\
         === people/rita.md\n---\nname: Rita\n---\n\
         === people/bo.md\n---\nname: Bo\n---\n## Log\n- 2026-09-01 call [[Nobody]]\n\
         === journal/2026-08-05.md\n- call [[Rita]]: hello\n",
    );
    let mut told = String::new();
    for (id, contact) in book.contacts() {
        let _ = writeln!(told, "{}", contact.name);
        for touch in book.touches(id) {
            let (path, entry) = book.interaction(&touch);
            let _ = writeln!(
                told,
                "  {} {:?} {} {path}:{}",
                touch.day,
                touch.role,
                touch.counts(),
                entry.line
            );
        }
        for tie in book.ties(id) {
            let _ = writeln!(
                told,
                "  {} {} stated {}",
                tie.kind,
                book.contact(tie.other).name,
                tie.stated
            );
        }
    }
    for (path, finding) in ties::features::check::link_findings(&book) {
        let _ = writeln!(told, "{path}: {}", finding.message);
    }
    expect![[r#"
        Ana
          2026-08-02 Own true people/ana.md:6
          sister Rita stated true
        Bo
          2026-09-01 Own true people/bo.md:5
          2026-08-02 Mention false people/ana.md:6
        Rita
          2026-08-05 Head true journal/2026-08-05.md:1
          2026-08-02 Head true people/ana.md:6
          sibling Ana stated false
        people/bo.md: no note is called `Nobody`
    "#]]
    .assert_eq(&told);
}

#[test]
fn what_lies_ahead_is_a_plan_or_a_finding() {
    let book = book(
        "=== people/ana.md\n---\nbirthday: 2027-01-01\nlast_contact: 2026-12\n---\n## Log\n- 2026-12-01 call: x\n- 2026-12-02 plan: y\n\
         === journal/2026-12-03.md\n- call [[Ana]]\n",
    );
    let day = ties::text::day::Day::new(2026, 11, 21).unwrap();
    let told = ties::features::check::future_findings(&book, day);
    let told = told
        .iter()
        .map(|(path, finding)| format!("{path} {}\n", finding.message))
        .collect::<String>();
    expect![[r#"
        people/ana.md `birthday` is 2027-01-01, which is still ahead
        people/ana.md `last_contact` is 2026-12, which is still ahead
        people/ana.md this entry is on 2026-12-01, which is still ahead
    "#]]
    .assert_eq(&told);
}

#[test]
fn a_slip_in_a_word_for_hearsay_is_no_contact() {
    check(
        "people/x.md",
        "## Log\n- 2026-11-20 heared: she moved\n- 2026-11-19 notes: tea\n",
        &expect![[r#"
            x
            2: 2026-11-20 - Note with [] of [] []: heared: she moved
            3: 2026-11-19 note Note with [] of [] []: tea
            people/x.md:2:14: warning[misspelt-kind]: `heared` is not a kind of entry (did you mean `heard`?)
        "#]],
    );
}

#[test]
fn what_a_comment_hides_is_told_nowhere() {
    check(
        "people/x.md",
        "## Log\n- 2026-11-20 call: hi %%she is ill%% bye <!-- s -->\n- [ ] send %%secret%% photos\n- 2026-11-19 call: 5 %% of it\n",
        &expect![[r#"
            x
            2: 2026-11-20 call Contact with [] of [] []: hi bye
            4: 2026-11-19 call Contact with [] of [] []: 5 %% of it
            3: Open mine: send  photos
        "#]],
    );
}

#[test]
fn a_dated_heading_is_one_entry_with_all_below_it() {
    check(
        "people/x.md",
        "## Log\n\n## 2026-11-18 call\nA long talk.\n- 2026-12-15 is her exam\n\n#### Later\n- she laughed\n\n## Other\n- 2026-11-01 call: not here\n",
        &expect![[r#"
            x
            3: 2026-11-18 call Contact with [] of [] []: A long talk. - 2026-12-15 is her exam
        "#]],
    );
}

#[test]
fn a_gift_idea_keeps_its_size_and_its_occasion() {
    check(
        "people/x.md",
        "## Gifts\n- idea: shoes (size 38)\n- idea: candles (Christmas)\n",
        &expect![[r#"
            x
            gift Idea: shoes (size 38) (-)
            gift Idea: candles (Christmas)
        "#]],
    );
}

#[test]
fn an_open_box_is_no_tick_and_months_may_divide_a_habits_log() {
    check(
        "habits/walk.md",
        "## Log\n### November\n- [ ] 2026-11-21\n- [x] 2026-11-20\n- 2026-11-19\n",
        &expect![[r#"
            habit walk: Daily after None: 2026-11-20, 2026-11-19
        "#]],
    );
}

#[test]
fn a_tick_of_a_habit_is_written_in_any_form_of_an_entry() {
    check(
        "habits/walk.md",
        "## Log\n### 2026-11-21\nin the rain\n\n- [ ] dry the shoes\n\n### 2026-11-20 excused: ill\n#### Later\n- slept\n### 2026-11-19\n- 2026-11-18\n### October\n- [2026-10-31]: fog\n- **2026-10-30** — mist\n## Else\n### 2026-10-01\n",
        &expect![[r#"
            habit walk: Daily after None: 2026-11-21, 2026-11-20 excused, 2026-11-19, 2026-10-31, 2026-10-30
        "#]],
    );
}

#[test]
fn a_task_under_a_line_is_about_the_people_of_that_line() {
    let book = book(
        "=== people/ana.md\n=== journal/2026-11-18.md\n- met [[ana]]: Porto\n  - [ ] send her the book\n=== inbox.md\n- [ ] call ➕ 2026-11-01\n",
    );
    let told = book
        .promises()
        .map(|of| (of.promise().text.as_str(), of.people.len(), of.in_inbox))
        .collect::<Vec<_>>();
    assert_eq!(told, [("call", 0, true), ("send her the book", 1, false)]);
}

#[test]
fn links_may_go_through_parent_folders_and_drafts_are_in_nobodys_way() {
    let book = book(
        "=== people/dora.md\n=== drafts/dora.md\n# Dora\n=== journal/2026-11-18.md\n- coffee [D](../people/dora.md): Porto\n- call [[dora]]\n",
    );
    let (dora, _) = book.contacts().next().unwrap();
    assert_eq!(book.touches(dora).filter(ties::people::touch::Touch::counts).count(), 2);
    assert!(ties::features::check::link_findings(&book).is_empty());
}

#[test]
fn one_date_of_two_promises_with_the_same_words_does_not_make_them_one() {
    let book =
        book("=== people/ana.md\n- [ ] call her 📅 2026-11-20\n- [ ] call her 📅 2026-11-21\n");
    let told = book
        .promises()
        .map(|of| (of.promise().ordinal, of.promise().text_ordinal))
        .collect::<Vec<_>>();
    assert_eq!(told, [(0, 0), (0, 1)]);
}

#[test]
fn keys_of_other_notes_are_kept_in_the_note_of_a_person() {
    let book = book("=== people/ana.md\n---\ndate: 2020-01-01\nwith: the dog\nmentor: Kid\n---\n");
    let (_, ana) = book.contacts().next().unwrap();
    let mut keys = ana.other.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>();
    keys.sort_unstable();
    assert_eq!(keys, ["date", "mentor", "with"]);
}

#[test]
fn a_tie_may_tell_when_it_held() {
    check(
        "people/ana.md",
        r#"---
name: Ana
husband: "[[Bo]] (2015-2019)"
friends: ["[[Cy]] (since 2011-09)", "[[people/dee.md|Dee]]", "[Eva](people/eva.md) (until ~2020)", "[[Fay]] (school)"]
introduced_by: "[[Gil]] (2019), [[Hal]]"
relations:
  - colleague: "[[Ida]]"
    since: 2015-03
    until: 2016
  - mentor: ["[[Jo]] (2001..2003)", "[[Kit]]"]
    until: then
---
"#,
        &expect![[r#"
            Ana
            husband is Bo since 2015 until 2019
            friend is Cy since 2011-09
            friend is people/dee
            friend is people/eva until ~2020
            friend is Fay
            introduced-by is Gil since 2019
            introduced-by is Hal
            colleague is Ida since 2015-03 until 2016
            mentor is Jo since 2001 until 2003
            mentor is Kit
            people/ana.md:11:12: warning[bad-date]: `then` is not a date with a year (dates look like `2026-11-21`, `2026-11` or `2026`; a guess starts with `~`)
        "#]],
    );
}
