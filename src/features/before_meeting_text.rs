//! What is good to know before meeting somebody, as one screen of text.
//!
//! Always true here: unless everything is wanted, a page has at most [`LINES`] lines; what matters least goes first,
//! and a last line says that there is more.

use crate::features::age::died_when;
use crate::features::before_meeting::{Around, BeforeMeeting};
use crate::features::kinship::is_close as close;
use crate::features::page_layout::{hanging, item, rows};
use crate::features::page_words::{PageWords, labelled, work};
use crate::features::show::Told;
use crate::features::standing::FollowUpState;
use crate::note::link_write::without_links;
use crate::people::book::{Book, PromiseRef};
use crate::people::gift::{Gift, GiftKind};
use crate::text::phrase;

/// The headings of a page, in its order.
pub const HEADINGS: [&str; 8] = [
    "Last",
    "Since then",
    "Promised",
    "Promised to you",
    "Days",
    "People",
    "Gifts",
    "Good to know",
];

/// The most lines of a page.
pub const LINES: usize = 40;

/// Gifts given and gifts got, so many of each.
const GIFTS: usize = 3;

/// The page about one person, in lines of at most `columns`, each with its line end. `book` is the one it was made
/// from. With `all` nothing is cut.
pub fn render_before_meeting(
    book: &Book,
    before: &BeforeMeeting<'_>,
    columns: usize,
    all: bool,
) -> String {
    let words = PageWords { book, who: before.view.id, today: before.view.day };
    let page = Page { book, before, words, columns: columns.clamp(20, 100) };
    let mut title = hanging(&words.title(before.view.to_owner.as_deref()), page.columns);
    let mut sections = page.sections();
    let is_cut = !all && fit(&mut title, &mut sections);
    let mut lines = title;
    for section in sections.iter().filter(|section| !section.rows.is_empty()) {
        lines.push(String::new());
        lines.extend((!section.heading.is_empty()).then(|| section.heading.to_owned()));
        lines.extend(section.rows.iter().flatten().cloned());
    }
    if is_cut {
        lines.extend([String::new(), MORE.to_owned()]);
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

const MORE: &str = "(`--all` shows the rest)";

/// Rows under one heading.
struct Section {
    heading: &'static str,
    rows: Vec<Vec<String>>,
    /// So many rows stay as long as others can go.
    keep: usize,
    /// The most lines of one row.
    row_lines: usize,
}

// To fit

/// The sections whose rows go first, as their places on the page.
const GOES_FIRST: [usize; 9] = [8, 2, 5, 6, 7, 4, 3, 1, 0];

/// Cuts what matters least until the page fits. Whether anything was cut.
fn fit(title: &mut Vec<String>, sections: &mut [Section]) -> bool {
    let mut is_cut = clip(title, 2);
    for section in sections.iter_mut() {
        let most = section.row_lines;
        is_cut |=
            section.rows.iter_mut().map(|row| clip(row, most)).fold(false, |cut, row| cut | row);
    }
    let fits = |sections: &[Section], is_cut: bool| {
        let more = if is_cut { 2 } else { 0 };
        title.len() + sections.iter().map(Section::lines).sum::<usize>() + more <= LINES
    };
    for most in [usize::MAX, 2, 1, 0] {
        for place in GOES_FIRST {
            while !fits(sections, is_cut) {
                let Some(section) = sections.get_mut(place) else { break };
                if section.rows.len() <= section.keep.min(most) {
                    break;
                }
                section.rows.pop();
                is_cut = true;
            }
        }
    }
    is_cut
}

impl Section {
    /// With the blank line before it and its heading.
    fn lines(&self) -> usize {
        let rows = self.rows.iter().map(Vec::len).sum::<usize>();
        match (rows, self.heading.is_empty()) {
            (0, _) => 0,
            (rows, true) => rows + 1,
            (rows, false) => rows + 2,
        }
    }
}

/// At most `most` lines, with `…` where there were more. Whether there were.
fn clip(row: &mut Vec<String>, most: usize) -> bool {
    if row.len() <= most {
        return false;
    }
    row.truncate(most);
    if let Some(last) = row.last_mut() {
        // In the place of a letter, so that the line does not grow.
        last.pop();
        *last = format!("{}…", last.trim_end_matches([' ', ',', ';', ':', '.']));
    }
    true
}

// The page

struct Page<'a> {
    book: &'a Book,
    before: &'a BeforeMeeting<'a>,
    words: PageWords<'a>,
    columns: usize,
}

impl Page<'_> {
    fn sections(&self) -> Vec<Section> {
        let [last, since, mine, theirs, days, people, gifts, good] = HEADINGS;
        let section = |heading, rows, keep, row_lines| Section { heading, rows, keep, row_lines };
        vec![
            section("", self.table(&self.who()), 3, 3),
            section(last, self.entries(&self.before.last), 2, 4),
            section(since, self.entries(&self.before.since), 2, 2),
            section(mine, self.promises(&self.before.view.mine), 3, 2),
            section(theirs, self.promises(&self.before.view.theirs), 2, 2),
            section(days, self.days(), 4, 2),
            section(people, self.table(&self.people()), 3, 2),
            section(gifts, self.table(&self.gifts()), 2, 2),
            section(good, self.table(&self.good_to_know()), 3, 2),
        ]
    }

    fn who(&self) -> Vec<(String, String)> {
        let contact = self.before.view.contact;
        filled([
            ("Next", self.next()),
            ("Circle", contact.circle.clone().unwrap_or_default()),
            ("Groups", contact.groups.join(", ")),
            ("Why", contact.purpose.join("; ")),
            ("Met", contact.met.join("; ")),
            ("Hope", contact.goal.join("; ")),
        ])
    }

    /// Nothing where the step is settled by contact on its day or later.
    fn next(&self) -> String {
        let step = self.before.view.standing.follow_up;
        match step.is_some_and(|step| step.state == FollowUpState::Settled) {
            true => String::new(),
            false => self.words.next(),
        }
    }

    fn entries(&self, entries: &[Told<'_>]) -> Vec<Vec<String>> {
        let row = |told: &Told<'_>| (self.words.day(told.entry.day), self.words.entry(told));
        self.table(&entries.iter().map(row).collect::<Vec<_>>())
    }

    fn promises(&self, promises: &[PromiseRef<'_>]) -> Vec<Vec<String>> {
        promises.iter().map(|of| item(&self.words.promise(of), self.columns)).collect()
    }

    fn days(&self) -> Vec<Vec<String>> {
        let days = self.before.days.iter();
        let days = days.map(|near| (self.words.date(near.date), near.what.clone()));
        self.table(&days.collect::<Vec<_>>())
    }

    /// One row for each word: `daughters  Linh, 9; Mia`.
    fn people(&self) -> Vec<(String, String)> {
        let home = self.before.at_home.iter().map(|id| self.book.brief(*id).name.as_str());
        let home = phrase::list(&home.collect::<Vec<_>>());
        let home = filled([("lives with", home), ("pets", self.words.pets())]);
        self.ties(true).into_iter().chain(home).chain(self.ties(false)).collect()
    }

    fn ties(&self, is_close: bool) -> Vec<(String, String)> {
        let mut rows: Vec<(String, Vec<String>)> = Vec::new();
        for around in self.before.around.iter().filter(|around| around.is_close == is_close) {
            let told = self.person(around);
            match rows.iter_mut().find(|(word, _)| *word == around.word) {
                Some((_, people)) => people.push(told),
                None => rows.push((around.word.clone(), vec![told])),
            }
        }
        for loose in self.before.view.loose.iter().filter(|of| close(&of.generic) == is_close) {
            match rows.iter_mut().find(|(word, _)| *word == loose.word) {
                Some((_, people)) => people.push(loose.told()),
                None => rows.push((loose.word.clone(), vec![loose.told()])),
            }
        }
        let row = |(word, people): (String, Vec<String>)| {
            let word = if people.len() > 1 { plural(&word) } else { word };
            (word, people.join("; "))
        };
        rows.into_iter().map(row).collect()
    }

    /// `Linh, 9`; `Maria, who died in 2019`.
    fn person(&self, around: &Around) -> String {
        let brief = self.book.brief(around.who);
        match (brief.died, &around.age) {
            (Some(death), _) => {
                format!("{}, who {}", brief.name, died_when(death.date, self.words.today))
            }
            (None, Some(age)) => format!("{}, {age}", brief.name),
            (None, None) => brief.name.clone(),
        }
    }

    fn gifts(&self) -> Vec<(String, String)> {
        let gifts = self.words.gifts();
        let of = |kind: GiftKind| gifts.iter().filter(move |gift| gift.kind == kind);
        let told = |gift: &&Gift| self.words.gift(gift).1;
        let join = |gifts: Vec<String>| gifts.join("; ");
        filled([
            ("ideas", join(of(GiftKind::Idea).map(told).collect())),
            ("gave", join(of(GiftKind::Gave).take(GIFTS).map(told).collect())),
            ("got", join(of(GiftKind::Got).take(GIFTS).map(told).collect())),
        ])
    }

    fn good_to_know(&self) -> Vec<(String, String)> {
        let contact = self.before.view.contact;
        filled([
            ("How", contact.how.join("; ")),
            ("Food", contact.food.join(", ")),
            ("Interests", contact.interests.join(", ")),
            ("Channel", contact.channels.join(", ")),
            ("Lives in", labelled(&contact.location)),
            ("Address", labelled(&contact.address)),
            ("Phone", labelled(&contact.phone)),
            ("Work", work(contact)),
            ("Time zone", contact.timezone.clone().unwrap_or_default()),
            ("E-mail", labelled(&contact.email)),
        ])
    }

    fn table(&self, of: &[(String, String)]) -> Vec<Vec<String>> {
        rows(of, self.columns)
    }
}

/// Rows that say something.
fn filled<const COUNT: usize>(rows: [(&str, String); COUNT]) -> Vec<(String, String)> {
    let rows = rows.into_iter().filter(|(_, value)| !value.trim().is_empty());
    rows.map(|(label, value)| (label.to_owned(), without_links(&value))).collect()
}

/// `daughters`, `children`, `sisters-in-law`.
fn plural(word: &str) -> String {
    if word.ends_with("child") {
        return format!("{word}ren");
    }
    match word.strip_suffix("-in-law") {
        Some(stem) => format!("{}-in-law", plural(stem)),
        None if word.contains(' ') => word.to_owned(),
        None => format!("{word}s"),
    }
}

#[cfg(test)]
mod tests {
    use crate::features::before_meeting::before_meeting;
    use crate::features::before_meeting_text::{LINES, render_before_meeting};
    use crate::features::sample::{book, day};
    use crate::features::settings::Settings;
    use crate::features::standing::Situation;
    use crate::people::book::Found;
    use crate::people::vocabulary::Vocabulary;
    use crate::text::columns::width;
    use crate::text::phrase::forbidden_in;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    const NOTES: &[(&str, &str)] = &[
        (
            "journal/2026-11-18.md",
            "- greetings from all to [[Ana Lima]]; her kiln is famous by now\n- [[Ana Lima]] has moved #event/move\n- [ ] Give [[Ana Lima]] the frame back\n",
        ),
        (
            "people/ana-lima.md",
            "---\nname: Ana Lima\naliases: [Aninha]\npronouns: she/her\ncircle: inner\ngroups: [family, climbing]\npurpose: College friend; keeps me honest about climbing\nchannel: signal\nbirthday: 1988-12-04\nfollow_up: 2026-11-25\nnext: Ask how the move went\nmet: 2011-09, Porto\nphone: [\"+351 910 000 000 (work)\"]\nfood: [no fish]\ninterests: [climbing, ceramics]\nwife: \"[[Bia]]\"\nchildren: [\"[[Linh]]\", \"[[Duarte]]\"]\nmother: \"[[Maria]]\"\ncolleague: \"[[Rui]]\"\nintroduced_by: \"[[Rui]]\"\nhousehold: \"[[Bia]]\"\npets: [\"Mel (dog, 2019)\", \"Faísca (cat, 2024-12-01)\"]\n---\n\n## Log\n- 2026-12-02 plan: kiln opening\n- 2026-11-14 plan: tea\n- 2026-11-10 heard: she sleeps badly\n- 2026-10-12 call: New job at the ceramics school. Talks about moving to Porto with [[people/rui|Rui]] #event/new-job\n  - [ ] Send her the kiln article 📅 2026-10-20\n  - [/] Ask about the school ⏳ 2026-12-01\n  - [ ] waiting: her photos\n- 2026-08-02 met [[Rui]]: climbing in Sintra\n- 2026-07-01 met: lunch\n- 2026-06-01 mail: x\n\n## Events\n- 2027-05-01 wedding: too far ahead\n- 2026-12 exhibition: in Lisbon\n- 2026-11-05 illness: her wrist\n\n## Gifts\n- 2025-12-24 gave: Douro red (Christmas)\n- idea: climbing shoes, size 38\n- 2024 got: a bowl\n",
        ),
        ("people/bia.md", "---\nname: Bia\nbirthday: --11-23\nanniversary: 2015-11-20\n---\n"),
        ("people/duarte.md", "---\nname: Duarte\nbirthday: ~2022\n---\n"),
        ("people/linh.md", "---\nname: Linh\nbirthday: 2017-11-21\n---\n"),
        ("people/maria.md", "---\nname: Maria\ndied: 2024-12-10\nbirthday: 1950-12-12\n---\n"),
        ("people/me.md", "---\nname: Eva\nfriend: \"[[Ana Lima]]\"\n---\n"),
        ("people/rui.md", "---\nname: Rui\nbirthday: 1980-11-25\n---\n"),
        ("people/zoe.md", "---\nname: Zoé\n---\n"),
    ];

    /// The page on Saturday, 21 November 2026.
    fn page(notes: &[(&str, &str)], name: &str, columns: usize, all: bool) -> String {
        let (settings, vocabulary) = (Settings::default(), Vocabulary::default());
        let book = book(notes);
        let Found::One(id) = book.find(name) else { panic!("{name}") };
        let situation = Situation::new(&book, day("2026-11-21"), &settings, &vocabulary);
        let before = before_meeting(&situation, id, if all { 12 } else { 3 });
        render_before_meeting(&book, &before, columns, all)
    }

    fn check(name: &str, columns: usize, all: bool, expected: &Expect) {
        let page = page(NOTES, name, columns, all);
        assert_eq!(forbidden_in(&page), Vec::<&str>::new());
        assert!(page.lines().all(|line| width(line) <= columns), "too wide");
        expected.assert_eq(&page);
    }

    #[test]
    fn a_page_tells_what_is_good_to_know() {
        check(
            "ana",
            80,
            true,
            &expect![[r#"
                Ana Lima (Aninha, your friend, she/her)

                  Next    Wed 25 Nov: Ask how the move went
                  Circle  inner
                  Groups  family, climbing
                  Why     College friend; keeps me honest about climbing
                  Met     2011-09, Porto

                Last
                  12 October  call: New job at the ceramics school. Talks about moving to Porto
                              with Rui
                  2 August    met with Rui: climbing in Sintra
                  1 July      met: lunch
                  1 June      mail: x

                Since then
                  18 November  in journal/2026-11-18: greetings from all to Ana Lima; her kiln
                               is famous by now
                  18 November  in journal/2026-11-18: has moved
                  10 November  heard: she sleeps badly

                Promised
                  - Give Ana Lima the frame back (since 18 November)
                  - Send her the kiln article (by 20 October, since 12 October)
                  - Ask about the school (begun, rests until Tue 1 Dec, since 12 October)

                Promised to you
                  - her photos (since 12 October)

                Days
                  5 November   illness: her wrist
                  14 November  plan: tea
                  today        Linh's 9th birthday
                  Mon 23 Nov   Bia's birthday
                  Tue 1 Dec    Faísca's 2nd birthday
                  in December  exhibition: in Lisbon
                  Wed 2 Dec    plan: kiln opening
                  Fri 4 Dec    38th birthday
                  Thu 10 Dec   two years since Maria died

                People
                  wife        Bia
                  children    Linh, 9; Duarte, about 4
                  mother      Maria, who died on 10 December 2024
                  lives with  Bia
                  pets        Mel, a dog, about 7; Faísca, a cat, 1
                  colleague   Rui

                Gifts
                  ideas  climbing shoes, size 38
                  gave   Douro red (Christmas, 24 December 2025)
                  got    a bowl (in 2024)

                Good to know
                  Food       no fish
                  Interests  climbing, ceramics
                  Channel    signal
                  Phone      +351 910 000 000 (work)
            "#]],
        );
    }

    #[test]
    fn a_page_is_one_screen() {
        check(
            "ana",
            80,
            false,
            &expect![[r#"
                Ana Lima (Aninha, your friend, she/her)

                  Next    Wed 25 Nov: Ask how the move went
                  Circle  inner
                  Groups  family, climbing

                Last
                  12 October  call: New job at the ceramics school. Talks about moving to Porto
                              with Rui
                  2 August    met with Rui: climbing in Sintra

                Since then
                  18 November  in journal/2026-11-18: greetings from all to Ana Lima; her kiln
                               is famous by now
                  18 November  in journal/2026-11-18: has moved

                Promised
                  - Give Ana Lima the frame back (since 18 November)
                  - Send her the kiln article (by 20 October, since 12 October)

                Promised to you
                  - her photos (since 12 October)

                Days
                  5 November   illness: her wrist
                  14 November  plan: tea

                People
                  wife        Bia
                  children    Linh, 9; Duarte, about 4

                Gifts
                  ideas  climbing shoes, size 38
                  gave   Douro red (Christmas, 24 December 2025)

                Good to know
                  Food       no fish
                  Interests  climbing, ceramics

                (`--all` shows the rest)
            "#]],
        );
        check(
            "ana",
            40,
            false,
            &expect![[r#"
                Ana Lima (Aninha, your friend,
                  she/her)

                  Next    Wed 25 Nov: Ask how the move
                          went
                  Circle  inner

                Last
                  12 October  call: New job at the
                              ceramics school. Talks
                              about moving to Porto with
                              Rui
                  2 August    met with Rui: climbing in
                              Sintra

                Since then
                  18 November  in journal/2026-11-18:
                               greetings from all to An…

                Promised
                  - Give Ana Lima the frame back (since
                    18 November)

                Promised to you
                  - her photos (since 12 October)

                Days
                  5 November   illness: her wrist

                People
                  wife        Bia

                Gifts
                  ideas  climbing shoes, size 38

                Good to know
                  Food       no fish

                (`--all` shows the rest)
            "#]],
        );
    }

    #[test]
    fn who_is_hardly_known_has_a_short_page() {
        check(
            "zoé",
            80,
            false,
            &expect![[r#"
            Zoé
        "#]],
        );
        check(
            "linh",
            80,
            false,
            &expect![[r#"
            Linh

            Days
              today      9th birthday
              Fri 4 Dec  Ana Lima's 38th birthday

            People
              parent  Ana Lima
        "#]],
        );
    }

    #[test]
    fn a_settled_step_is_no_next_one() {
        let note = |contact: &str| {
            format!(
                "---\nname: Ana\nfollow_up: 2026-11-20\nnext: ask\n---\n## Log\n- {contact} call: x\n"
            )
        };
        let next = |contact: &str| {
            page(&[("people/ana.md", &note(contact))], "ana", 80, true).contains("Next")
        };
        assert!(next("2026-11-19"));
        assert!(!next("2026-11-20"));
    }

    #[test]
    fn the_dead_have_only_the_days_that_are_wanted() {
        let note = |remember: &str| {
            format!("---\nname: Avó\nbirthday: 1931-11-23\ndied: 2024-11-15\n{remember}---\n")
        };
        let days = |remember: &str| page(&[("people/avo.md", &note(remember))], "avó", 80, true);
        assert_eq!(days(""), "Avó\n");
        let wanted = "Avó\n\nDays\n  15 November  died on this day in 2024\n  Mon 23 Nov   born on this day in 1931\n";
        assert_eq!(days("remember: true\n"), wanted);
    }

    proptest! {
        #[test]
        fn no_page_is_longer_than_a_screen(
            entries in 0usize..4, promises in 0usize..30, ideas in 0usize..9, words in 1usize..80,
            children in 0usize..30, columns in 20usize..110,
        ) {
            let long = "word ".repeat(words);
            let mut note = format!("---\nname: {long}\npurpose: {long}\nhow: {long}\nfood: {long}\nnext: {long}\nmet: {long}\ngoal: {long}\nphone: {long}\nemail: {long}\n");
            let kids = (0..children).map(|at| format!("\"[[kid{at}]]\"")).collect::<Vec<_>>();
            note += &format!("children: [{}]\n---\n## Log\n", kids.join(", "));
            (0..entries).for_each(|at| note += &format!("- 2026-11-0{} call: {long}\n", at + 1));
            (0..promises).for_each(|at| note += &format!("- [ ] {at} {long}\n- [?] {at} {long}\n"));
            note += "## Gifts\n";
            (0..ideas).for_each(|at| note += &format!("- idea: {at} {long}\n"));
            let kid = |at| (format!("people/kid{at}.md"), format!("---\nname: Kid {at}\nbirthday: 2020-11-2{}\n---\n", at % 9));
            let others = (0..children).map(kid).collect::<Vec<_>>();
            let mut notes = vec![("people/ana.md", note.as_str())];
            notes.extend(others.iter().map(|(path, text)| (path.as_str(), text.as_str())));
            let short = page(&notes, "people/ana", columns, false);
            let all = page(&notes, "people/ana", columns, true);
            prop_assert!(short.lines().count() <= LINES, "{}", short);
            prop_assert!(short.lines().all(|line| width(line) <= columns.clamp(24, 100)), "{}", short);
            prop_assert!(short.contains("(`--all` shows the rest)") || all.lines().count() <= LINES && short == all);
        }
    }
}
