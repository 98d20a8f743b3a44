//! Queries on a small invented vault: what they find, what they say of themselves, and where they are not understood.

use crate::features::query::explain::explain;
use crate::features::query::search::search;
use crate::features::query::source::Texts;
use crate::features::query::trouble::Trouble;
use crate::features::query::understand::understand;
use crate::features::sample::{book, day};
use crate::features::settings::Settings;
use crate::features::standing::Situation;
use crate::note::path::NotePath;
use crate::people::vocabulary::Vocabulary;
use expect_test::{Expect, expect};

/// The vault of these tests and of the laws.
pub(crate) const VAULT: &[(&str, &str)] = &[
    ("agenda.md", "---\nties: agenda\ndate: 2026-11-21\n---\nkiln\n"),
    ("drafts/ana.md", "kiln\n"),
    (
        "habits/walk.md",
        "---\nhabit: Walk 20 minutes\nafter: lunch\nwith: [\"[[Ana Lima]]\"]\nschedule: 3 per week\n---\n## Log\n- 2026-11-20\n",
    ),
    ("inbox.md", "- [ ] Ask [[Bo]] about the tent 📅 2026-12-01\n"),
    ("journal/2026-11-15.md", "- coffee [[Ana Lima]] [[Bo]]: the kiln\n- saw a heron\n"),
    ("notes/kiln.md", "How a kiln is fired\n"),
    (
        "people/ana-lima.md",
        "---\nname: Ana Lima\naliases: [Aninha]\ncircle: inner\ngroups: [family, climbing]\ncadence: monthly\n\
         birthday: 1988-12-03\ninterests: [climbing, ceramics]\nlocation: Porto\nphone: [\"+351 910 000 000 (work)\"]\n\
         email: ana@example.org\nsister: \"[[Rita Lima]]\"\nlanguage: Portuguese\nshoe size: 38\ncreated: 2025-01-01\n---\n\
         Likes the sea. #reads/poetry\n\n## Log\n- 2026-10-12 call: New job at the ceramics school. #event/new-job\n  \
         - [ ] Send her the kiln article 📅 2026-12-20\n- 2026-08-02 met [[Rita Lima]]: climbing in Sintra\n\n\
         ## Gifts\n- idea: climbing shoes\n",
    ),
    (
        "people/bo.md",
        "---\nname: Bo Zhang\naliases: [张波]\ncircle: growth\ngroups: [work]\nfollow_up: 2026-11-25\nnext: Ask about the tent\n\
         birthday: --01-04\nchannel: signal\nshoe size: 44\n---\n## Log\n- 2026-11-19 letter: a long one\n\
         - [ ] waiting: his photos\n",
    ),
    (
        "people/cy.md",
        "---\nname: Cy\nstatus: archived\nlocation: Port Louis\nbirthday: 1990-11-25\n---\n",
    ),
    ("people/dora.md", "---\nname: Dóra\ndied: 2024-02-11\nbirthday: 1931-11-23\n---\n"),
    (
        "people/garcia.md",
        "---\nname: José García\ncircle: extended\nlast_contact: 2026-03\npaused: true\nanniversary: 2014-06-20\n---\n",
    ),
    (
        "people/katherine.md",
        "---\nname: Katherine Ng\nquiet_until: 2026-12-24\ncadence: weekly\n---\n",
    ),
    (
        "people/me.md",
        "---\nname: Inês\ncircle: inner\nmother: \"[[Rita Lima]]\"\n---\nMy kiln notes\n",
    ),
    (
        "people/rita.md",
        "---\nname: Rita Lima\nbirthday: 1960-02-29\nevents: none\npartner: \"[[Cy]]\"\n---\n## Log\n- 2026-11-10 met\n\n\
         ## Events\n- 2026-12-24 party: at home\n",
    ),
];

/// The day of these tests.
pub(crate) const TODAY: &str = "2026-11-21";

/// Saved queries of these tests.
pub(crate) fn views() -> Vec<(String, String)> {
    let view = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    vec![
        view("close", "circle:inner OR group:family sort:name"),
        view("near me", "circle:inner,growth sort:-name limit:1"),
        view("round", "view:and"),
        view("and", "ana view:round"),
        view("broken", "circle:inner last:3m"),
    ]
}

fn with<T>(
    query: &str,
    on: &str,
    told: impl FnOnce(
        &Situation<'_>,
        Result<&crate::features::query::meaning::Query, Trouble>,
        &Texts<'_>,
    ) -> T,
) -> T {
    let book = book(VAULT);
    let (settings, vocabulary) = (Settings::default(), Vocabulary::default());
    let situation = Situation::new(&book, day(on), &settings, &vocabulary);
    let read = |path: &NotePath| {
        let note = VAULT.iter().find(|(other, _)| *other == path.as_str());
        note.map(|(_, text)| (*text).to_owned())
    };
    let texts = Texts::new(&book, &read);
    let query = understand(query, &situation, &views());
    told(&situation, query.as_ref().map_err(Clone::clone), &texts)
}

/// The stems of the notes that `query` finds, in order.
fn found(query: &str, on: &str) -> String {
    with(query, on, |situation, query, texts| match query {
        Ok(query) => {
            let hits = search(situation, query, texts).hits;
            hits.iter().map(|hit| hit.subject.path.stem()).collect::<Vec<_>>().join(" ")
        }
        Err(trouble) => format!("not understood: {}", trouble.message),
    })
}

fn check(query: &str, expected: &str) {
    assert_eq!(found(query, TODAY), expected, "{query}");
}

#[test]
fn words_find_names_before_text_and_people_before_other_notes() {
    check("ana", "ana-lima walk 2026-11-15");
    check("lima", "ana-lima rita me walk 2026-11-15");
    check("aninha", "ana-lima");
    check("kiln", "kiln ana-lima me 2026-11-15");
    check("gacria", "garcia");
    check("Kathrin", "katherine");
    check("kat", "katherine");
    check("张波", "bo");
    check("波", "bo");
    check("DORA", "dora");
    check("nothing", "");
}

#[test]
fn phrases_prefixes_and_every_way_to_say_not() {
    check("\"ceramics school\"", "ana-lima");
    check("\"school ceramics\"", "");
    check("cera*", "ana-lima");
    check("climbing -sintra", "");
    for not in ["-group:work", "not:group:work", "NOT group:work"] {
        check(&format!("circle:inner,growth {not}"), "ana-lima");
    }
    check("circle:inner OR circle:growth", "bo ana-lima");
    check("circle:inner AND kiln", "ana-lima");
    check("circle:inner (kiln OR tent)", "ana-lima");
    check("tent OR circle:inner kiln", "bo ana-lima inbox");
    check("-(circle:any OR status:archived) is:person", "rita dora katherine");
    check("\"OR\"", "");
    check("https://example.org/x", "");
}

#[test]
fn fields_of_people_find_people_alone_whichever_way_round() {
    check("-circle:inner kiln", "");
    check("kiln circle:none", "");
    check("circle:inner", "ana-lima");
    check("is:journal", "2026-11-15");
    check("is:journal OR circle:inner", "ana-lima 2026-11-15");
    check("-is:person kiln", "kiln 2026-11-15");
    check("is:me", "me");
    check("is:note", "inbox kiln");
}

#[test]
fn texts_are_compared_by_words_and_names_of_things_as_a_whole() {
    check("location:porto", "ana-lima");
    check("location:port*", "ana-lima cy");
    check("location:\"port louis\"", "cy");
    check("location:/^port/", "ana-lima cy");
    check("group:climb", "");
    check("group:climb*", "ana-lima");
    check("tag:reads", "ana-lima");
    check("tag:#reads/poetry", "ana-lima");
    check("phone:910000", "ana-lima");
    check("phone:work", "ana-lima");
    check("email:example.org", "ana-lima");
    check("path:people/ana", "ana-lima");
    check("path:people/a*", "ana-lima");
    check("name:lima", "ana-lima rita");
    check("alias:/^张/", "bo");
    check("gift:shoes", "ana-lima");
    check("next:tent", "bo");
    check("after:lunch", "walk");
    check("schedule:weekly", "walk");
    check("channel:signal,post", "bo");
}

#[test]
fn keys_of_the_owners_own_are_fields() {
    check("language:portuguese", "ana-lima");
    check("shoe_size:38", "ana-lima");
    check("shoe-size:>40", "bo");
    check("shoe_size:38..44", "bo ana-lima");
    check("shoe_size:none circle:any", "garcia");
    check("events:none", "bo cy dora garcia katherine");
    check("tier:inner", "ana-lima");
    check("city:porto", "ana-lima");
}

#[test]
fn dates_look_back_and_ahead() {
    check("last:>3mo", "garcia");
    check("last:..2w", "bo ana-lima rita");
    check("last:2026-03", "garcia");
    check("last:2026-01..2026-06", "garcia");
    check("last:none", "cy dora katherine");
    check("created:2025", "ana-lima");
    check("created:<2025", "");
    check("follow_up:..1w", "bo");
    check("follow_up:any", "bo");
    check("quiet_until:2026-12", "katherine");
    check("died:any", "dora");
    check("died:<1y", "");
    check("died:2024", "dora");
    check("date:2026-11", "2026-11-15");
    check("said:2026-08..2026-09", "ana-lima rita");
    check("event:..2mo", "rita");
    check("event:party", "rita");
    check("promise:>2026-12-10", "ana-lima");
}

#[test]
fn birthdays_come_round_across_the_turn_of_the_year() {
    check("birthday:..2w", "ana-lima cy");
    check("birthday:..2w -is:archived", "ana-lima");
    check("birthday:1931", "dora");
    check("birthday:<1970", "rita dora");
    check("birthday:none is:person", "garcia katherine");
    check("birthday:--01-04", "bo");
    check("birthday:--12-20..--01-31", "bo");
    check("birthday:december", "ana-lima");
    let on = |day: &str, query: &str, expected: &str| {
        assert_eq!(found(query, day), expected, "{query} on {day}");
    };
    on("2026-12-24", "birthday:..2w", "bo");
    on("2026-12-24", "birthday:..1w", "");
    on("2027-01-04", "birthday:..0d", "bo");
    on("2027-01-05", "birthday:..2w", "");
    on("2027-02-20", "birthday:..8d", "rita");
    on("2027-02-28", "birthday:today", "rita");
    on("2027-02-28", "birthday:tomorrow", "");
    on("2028-02-28", "birthday:tomorrow", "rita");
    on("2027-06-20", "anniversary:today", "garcia");
}

#[test]
fn how_somebody_is_and_what_there_is() {
    check("is:due", "");
    assert_eq!(found("is:due", "2027-01-20"), "bo ana-lima katherine");
    check("is:quiet", "katherine");
    check("is:paused", "garcia");
    check("is:archived", "cy");
    check("is:dead", "dora");
    check("is:died", "dora");
    check("is:new", "bo");
    check("has:promise", "bo ana-lima");
    check("has:waiting", "bo");
    check("has:birthday -has:circle", "rita cy dora");
    check("has:email,channel", "bo ana-lima");
    check("has:language", "ana-lima");
    check("status:archived,later", "cy");
    check("paused:true", "garcia");
    check("archived:true", "cy");
    check("cadence:monthly", "ana-lima");
    check("cadence:<2w", "katherine");
    check("cadence:>1mo", "garcia");
    check("cadence:2w..4w", "bo");
    check("cadence:none", "rita cy dora");
}

#[test]
fn people_lead_to_people() {
    check("with:ana", "bo rita walk 2026-11-15");
    check("with:bo is:person", "ana-lima");
    check("near:ana", "rita");
    check("near:ana/2", "rita cy");
    check("near:cy", "rita");
    check("near:me", "rita");
    check("sister:rita", "ana-lima");
    check("sibling:ana", "rita");
    check("sibling:any", "ana-lima rita");
    check("relations:rita", "ana-lima cy");
    check("kind:letter", "bo");
    check("kind:coffee", "bo ana-lima rita");
    check("said:sintra", "ana-lima rita");
    check("said:/^new job/", "ana-lima");
}

#[test]
fn values_in_parentheses_hold_for_one_entry() {
    check("said:job said:2026-08", "");
    check("said:job said:2026-08..2026-10", "ana-lima");
    check("said:(job 2026-08..2026-09)", "");
    check("said:(job 2026-10..2026-10)", "ana-lima");
    check("said:(sintra ..6mo)", "ana-lima rita");
    check("said:(sintra >6mo)", "");
    check("said:(school \"new job\")", "ana-lima");
    check("said:(school sintra)", "");
    check("said:(job ..2mo),(heron)", "ana-lima");
    check("-said:(sintra ..6mo) circle:any", "bo garcia");
    check("promise:(article >2026-12-10)", "ana-lima");
    check("promise:(article ..2w)", "");
    check("event:(party ..2mo)", "rita");
    check("event:(party <2026-12)", "");
}

#[test]
fn the_order_is_what_was_asked_for() {
    check("is:person -is:me sort:name", "ana-lima bo cy dora garcia katherine rita");
    check("circle:any sort:circle", "ana-lima bo garcia");
    check("circle:any sort:-circle limit:2", "garcia bo");
    check("circle:any sort:-circle limit:all", "garcia bo ana-lima");
    check("view:\"near me\" limit:ALL", "bo ana-lima");
    check("last:any sort:last", "garcia rita ana-lima bo");
    check("last:any sort:-last", "bo ana-lima rita garcia");
    check("birthday:any sort:birthday", "dora cy ana-lima bo rita");
    check("circle:any sort:-due", "ana-lima bo garcia");
    check("created:any,none sort:-created,-name limit:3", "ana-lima rita katherine");
}

#[test]
fn views_stand_for_themselves_in_parentheses() {
    check("view:close", "ana-lima");
    check("-view:close circle:any", "bo garcia");
    check("view:\"near me\"", "bo");
    check("view:\"near me\" limit:9", "bo ana-lima");
    check("view:\"near me\" OR is:dead", "bo ana-lima dora");
    check("view:\"near me\",close", "bo ana-lima");
}

fn shown(trouble: &Trouble) -> String {
    let mark =
        format!("{}{}", " ".repeat(trouble.span.start), "^".repeat(trouble.span.len().max(1)));
    let view = trouble.view.as_ref().map(|view| format!("(view {view}) ")).unwrap_or_default();
    let hint = trouble.hint.as_deref().unwrap_or("-");
    format!("{}\n{mark}\n{view}{}\nhint: {hint}\n", trouble.text, trouble.message)
}

fn check_trouble(queries: &[&str], expected: &Expect) {
    let troubles = queries.iter().map(|query| {
        with(query, TODAY, |_, understood, _| match understood {
            Ok(_) => format!("{query}\nis understood\n"),
            Err(trouble) => shown(&trouble),
        })
    });
    expected.assert_eq(&troubles.collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_is_not_closed_or_alone_is_told_where_it_stands() {
    check_trouble(
        &[
            "ana (bo",
            "ana ()",
            "ana)",
            "\"ana",
            "name:\"ana",
            "name:/ana",
            "ana OR",
            "OR ana",
            "ana AND",
            "-",
            "- ana",
            "NOT",
            "circle:",
            "circle: inner",
            "circle:inner,",
            "circle:(inner OR growth)",
            "circle:(inner growth)",
            "said:()",
            "said:(kiln",
            "said:(kiln,sintra)",
            "said:(kiln -sintra)",
            "shoe_size:(38 44)",
            "*",
            "a*b",
            "\"ana\"lima",
            "ana\"lima\"",
            "last:..",
            "&",
        ],
        &expect![[r#"
            ana (bo
                ^
            this parenthesis is not closed
            hint: add `)`, or put the text in quotes

            ana ()
                ^^
            nothing is in these parentheses
            hint: -

            ana)
               ^
            this parenthesis was never opened
            hint: take it out, or put the text in quotes

            "ana
            ^
            this quote is not closed
            hint: add `"` at the end of the phrase

            name:"ana
                 ^
            this quote is not closed
            hint: add `"` at the end of the phrase

            name:/ana
                 ^
            this pattern is not closed
            hint: add `/` at its end; for a text with a slash use quotes

            ana OR
                ^^
            nothing follows this OR
            hint: say what comes after it, or write "OR" for the word itself

            OR ana
            ^^
            nothing stands before this OR
            hint: write "OR" for the word itself

            ana AND
                ^^^
            nothing follows this AND
            hint: say what comes after it, or write "AND" for the word itself

            -
            ^
            nothing follows this; it takes away what stands right after it
            hint: write `-group:work`, without a space

            - ana
            ^
            nothing follows this; it takes away what stands right after it
            hint: write `-group:work`, without a space

            NOT
            ^^^
            nothing follows this; it takes away what stands right after it
            hint: write `-group:work`, without a space

            circle:
                  ^
            a value is missing after this
            hint: write it without a space, `circle:value`; to look for text with a colon, put it in quotes

            circle: inner
                  ^
            a value is missing after this
            hint: write it without a space, `circle:value`; to look for text with a colon, put it in quotes

            circle:inner,
                        ^
            a value is missing after this
            hint: write it without a space, `circle:value`; to look for text with a colon, put it in quotes

            circle:(inner OR growth)
                          ^^
            in these parentheses stand values alone, all of which must hold
            hint: for any of several write `circle:one,other`

            circle:(inner growth)
                   ^^^^^^^^^^^^^^
            `circle` takes no values in parentheses
            hint: for any of several write `circle:one,other`, for all `circle:one circle:other`

            said:()
                 ^^
            nothing is in these parentheses
            hint: -

            said:(kiln
                 ^
            this parenthesis is not closed
            hint: add `)`, or put the text in quotes

            said:(kiln,sintra)
                      ^
            a space is missing after a value in parentheses
            hint: -

            said:(kiln -sintra)
                       ^
            in these parentheses stand values alone, all of which must hold
            hint: for any of several write `said:one,other`

            shoe_size:(38 44)
                      ^^^^^^^
            `shoe_size` takes no values in parentheses
            hint: for any of several write `shoe_size:one,other`, for all `shoe_size:one shoe_size:other`

            *
            ^
            a star needs the start of a word before it
            hint: `field:any` finds everybody who has it

            a*b
             ^
            a star stands only at the end of a word
            hint: for more, write a pattern on a field: `name:/jo.*a/`

            "ana"lima
                 ^
            a space is missing after the closing quote
            hint: -

            ana"lima"
               ^
            a space is missing before this quote
            hint: -

            last:..
                  ^
            a value is missing after this
            hint: write it without a space, `last:value`; to look for text with a colon, put it in quotes

            &
            ^
            there is no letter or digit in this to look for
            hint: -
        "#]],
    );
}

#[test]
fn what_nobody_knows_is_never_taken_for_text() {
    check_trouble(
        &[
            "circel:inner",
            "hobby:chess",
            "circle:iner",
            "status:gone",
            "is:late",
            "has:hobby",
            "has:sort",
            "kind:leter",
            "kind:tango",
            "with:nobody",
            "with:rta",
            "near:ana/99",
            "last:3m",
            "last:2w",
            "last:>3m",
            "last:soon",
            "cadence:3m",
            "cadence:montly",
            "birthday:2w",
            "name:>3",
            "name:a..b",
            "last:/x/",
            "name:/a(/",
            "paused:maybe",
            "sort:size",
            "sort:nam",
            "limit:0",
            "limit:many",
            "sort:name sort:last",
            "ana OR sort:name",
            "-limit:3",
            "view:clos",
            "view:none",
            "view:round",
            "view:broken",
            "ana 11:30 x:y",
            "is:any",
            "last:2026-02-30",
            "last:2026-06..2026-01",
            "near:ana*",
            "shoe_size:>big",
        ],
        &expect![[r#"
            circel:inner
            ^^^^^^
            there is no field `circel`
            hint: did you mean `circle:`? Or to look for text with a colon, put it in quotes

            hobby:chess
            ^^^^^
            there is no field `hobby`
            hint: every front matter key that a note has is a field; to look for text with a colon, put it in quotes

            circle:iner
                   ^^^^
            no circle is called `iner`
            hint: did you mean `inner`?

            status:gone
                   ^^^^
            no status is called `gone`
            hint: there are active, later, reference, archived

            is:late
               ^^^^
            `is:` does not know `late`
            hint: there are due, quiet, paused, archived, dead, new, private, person, journal, habit, note, me

            has:hobby
                ^^^^^
            there is no field `hobby`
            hint: every front matter key that a note has is a field; to look for text with a colon, put it in quotes

            has:sort
                ^^^^
            `sort` is nothing that a note has
            hint: -

            kind:leter
                 ^^^^^
            no kind of entry is called `leter`
            hint: did you mean `letter`?

            kind:tango
                 ^^^^^
            no kind of entry is called `tango`
            hint: there are call, met, message, mail, letter, video, gift, visit, intro, event, note, heard, tried, plan

            with:nobody
                 ^^^^^^
            nobody here is called `nobody`
            hint: -

            with:rta
                 ^^^
            nobody here is called `rta`
            hint: did you mean `Rita Lima`?

            near:ana/99
                 ^^^^^^
            `near` goes from 1 to 9 ties
            hint: write it like `near:ana/2`

            last:3m
                 ^^
            `3m` could mean minutes or months
            hint: write `3mo` for months

            last:2w
                 ^^
            `last:2w` could mean more or less than that
            hint: write `last:..2w` for up to 2w, or `last:>2w` for more

            last:>3m
                 ^^^
            `3m` could mean minutes or months
            hint: write `3mo` for months

            last:soon
                 ^^^^
            `soon` is not a date that can be read
            hint: write 2026-11-25, `25 nov`, `yesterday`, `last fri`, `in 2 weeks`, `+3mo` or `3 days ago`

            cadence:3m
                    ^^
            `3m` is not a rhythm
            hint: `m` could mean minutes or months; write `3mo`

            cadence:montly
                    ^^^^^^
            `montly` is not a rhythm
            hint: did you mean `monthly`?

            birthday:2w
                     ^^
            `birthday:2w` could mean more or less than that
            hint: write `birthday:..2w` for up to 2w, or `birthday:>2w` for more

            name:>3
                 ^^
            `name` holds text, which has no order
            hint: `<`, `>` and `..` are for dates and numbers; a text with such signs stands in quotes

            name:a..b
                 ^^^^
            `name` holds text, which has no order
            hint: `<`, `>` and `..` are for dates and numbers; a text with such signs stands in quotes

            last:/x/
                 ^^^
            `last` is a date, and a pattern is for text
            hint: write `last:2026-01..2026-06`

            name:/a(/
                 ^^^^
            this pattern cannot be read: unclosed group
            hint: put a text that is no pattern in quotes

            paused:maybe
                   ^^^^^
            `paused` is true or false
            hint: write `paused:true`

            sort:size
                 ^^^^
            nothing can be sorted by `size`
            hint: there are name, last, due, birthday, created, circle, relevance; with `-` before it, the other way round

            sort:nam
                 ^^^
            nothing can be sorted by `nam`
            hint: did you mean `name`?

            limit:0
                  ^
            a limit is a number from 1 on, or `all`
            hint: write `limit:10`

            limit:many
                  ^^^^
            a limit is a number from 1 on, or `all`
            hint: write `limit:10`

            sort:name sort:last
                      ^^^^
            `sort:` is said twice
            hint: keep one of the two

            ana OR sort:name
                   ^^^^^^^^^
            this is about the whole answer, and no alternative
            hint: write it beside the rest, without OR

            -limit:3
             ^^^^^
            `limit:` is about the whole answer
            hint: write it without a minus

            view:clos
                 ^^^^
            no view is called `clos`
            hint: did you mean `close`?

            view:none
                 ^^^^
            no view is called `none`
            hint: `[views]` in ties.toml: none = "circle:inner last:>1mo"

            ana view:round
                     ^^^^^
            (view and) the view `round` comes back to itself
            hint: -

            circle:inner last:3m
                              ^^
            (view broken) `3m` could mean minutes or months
            hint: write `3mo` for months

            ana 11:30 x:y
                      ^
            there is no field `x`
            hint: did you mean `ex:`? Or to look for text with a colon, put it in quotes

            is:any
               ^^^
            `is` cannot be `any`
            hint: `any` and `none` are for fields, `birthday:none`

            last:2026-02-30
                 ^^^^^^^^^^
            2026-02-30 is not in the calendar
            hint: look at the day and the month

            last:2026-06..2026-01
                 ^^^^^^^^^^^^^^^^
            this range ends before it begins
            hint: turn it round

            near:ana*
                 ^^^^
            `near` takes no star
            hint: write the whole word

            shoe_size:>big
                      ^^^^
            `shoe_size` compares numbers and dates
            hint: write `shoe_size:>3` or `shoe_size:2026-01..2026-06`
        "#]],
    );
}

#[test]
fn long_and_deep_queries_end() {
    let long = "a ".repeat(600);
    let deep = format!("{}a{}", "(".repeat(40), ")".repeat(40));
    let minus = format!("{}a", "-".repeat(40));
    for query in [long, deep, minus] {
        assert!(found(&query, TODAY).starts_with("not understood"), "{query}");
    }
    check(&format!("{}ana{}", "(".repeat(30), ")".repeat(30)), "ana-lima walk 2026-11-15");
    let many = format!("group:{}", vec!["a"; 480].join(","));
    check(&many, "");
}

#[test]
fn views_in_views_do_not_grow_without_end() {
    let book = book(VAULT);
    let (settings, vocabulary) = (Settings::default(), Vocabulary::default());
    let situation = Situation::new(&book, day(TODAY), &settings, &vocabulary);
    let doubled = |at: usize| {
        (format!("v{at}"), format!("view:v{0} view:v{0} view:v{0} view:v{0} view:v{0}", at + 1))
    };
    let views =
        (0..7).map(doubled).chain([("v7".to_owned(), "ana".to_owned())]).collect::<Vec<_>>();
    let trouble = understand("view:v0", &situation, &views).unwrap_err();
    assert_eq!(trouble.message, "the query has more than 500 parts");
}

fn check_explained(query: &str, expected: &Expect) {
    let lines = with(query, TODAY, |situation, query, _| explain(situation, query.unwrap()));
    expected.assert_eq(&(lines.join("\n") + "\n"));
}

#[test]
fn a_query_is_told_in_plain_words() {
    check_explained(
        "climbing circle:inner last:>3mo -group:work",
        &expect![[r#"
        all of
          the word `climbing`, in a name (also begun or misspelt) or in the text
          `circle` is `inner`
          `last` is on or before 20 August 2026
          not: `group` is `work`
        sorted by how well they fit, people first, the newest contact first
    "#]],
    );
    check_explained(
        "(\"ana lima\" OR jo* OR \"bo\") birthday:..2w limit:3 sort:-last,name -(location:porto is:due)",
        &expect![[r#"
            all of
              any of
                `ana lima` in a row, in a name or in the text
                a word that begins with `jo`, in a name or in the text
                exactly `bo`, in a name or in the text
              `birthday` comes round from 21 November 2026 to 5 December 2026
              any of
                not: `location` has `porto`
                not: is due
            sorted by last, the latest first, then name, from A to Z
            the first 3 of them
        "#]],
    );
    check_explained(
        "near:ana/2 OR with:lima OR has:promise,waiting,email OR sister:rita",
        &expect![[r#"
        any of
          at most 2 ties away from Ana Lima
          appears together with Ana Lima or Rita Lima
          any of
            there is an open promise of yours to them
            there is something that you wait for from them
            `email` is there
          `sister` is Rita Lima
        sorted by how well they fit, people first, the newest contact first
    "#]],
    );
    check_explained(
        "said:(kiln ..2w) limit:all",
        &expect![[r#"
        in one: `said` has `kiln` and `said` is on or after 7 November 2026
        sorted by how well they fit, people first, the newest contact first
        all of them
    "#]],
    );
    check_explained(
        "shoe_size:>=38 cadence:2w.. kind:coffee status:later paused:no birthday:--12-20..--01-05 birthday:<1990 name:/^jo/ \
         path:people group:a* phone:910-000 date:2026-11 circle:none birthday:today",
        &expect![[r#"
            all of
              `shoe_size` is as a number at least 38
              `cadence` is at least 14 days
              there is a log entry of the kind `met`
              `status` is later
              `paused` is false
              `birthday` is from 20 December to 5 January of any year
              `birthday` began on or before 31 December 1989
              `name` is like the pattern `^jo`
              `path` has `people` in it
              `group` begins with `a`
              `phone` has the digits 910000
              `date` is from 1 November 2026 to 30 November 2026
              `circle` is not there
              `birthday` is today
            sorted by how well they fit, people first, the newest contact first
        "#]],
    );
    check_explained(
        "",
        &expect![[r#"
        every note
        sorted by how well they fit, people first, the newest contact first
    "#]],
    );
}
