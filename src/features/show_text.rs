//! A person's page as text: aligned, wrapped, and readable without colours.
//!
//! Always true here: what the notes say stands in their words; what is computed is said calmly.

use crate::features::age::died_when;
use crate::features::page_layout::{hanging, item, table};
use crate::features::page_words::{PageWords, labelled, work};
use crate::features::show::View;
use crate::features::standing::{AnchorSource, Stop};
use crate::people::book::{Book, ContactId, PromiseRef};
use crate::text::day::Day;
use crate::text::phrase;

/// The headings of a page, in its order.
pub const HEADINGS: [&str; 7] =
    ["Last", "Promised", "Promised to you", "Ahead", "Events", "Ties", "Gifts"];

/// The page of `view` in lines of at most `columns`, each with its line end. `book` is the one it was made from.
pub fn render_show(book: &Book, view: &View<'_>, columns: usize) -> String {
    let words = PageWords { book, who: view.id, today: view.day };
    let page = Page { book, view, words, columns: columns.clamp(20, 100) };
    let sections = [
        page.table(&page.facts()),
        page.entries(),
        page.promises(&view.mine),
        page.promises(&view.theirs),
        page.table(&page.days_ahead()),
        page.table(&page.events()),
        page.table(&page.ties()),
        page.table(&page.gifts()),
    ];
    let mut text = page.head();
    let headings = std::iter::once(&"").chain(&HEADINGS);
    for (heading, lines) in headings.zip(&sections).filter(|(_, lines)| !lines.is_empty()) {
        text.push('\n');
        if !heading.is_empty() {
            text.push_str(&format!("{heading}\n"));
        }
        text.push_str(lines);
    }
    text
}

/// More gifts than this are in the note.
const GIFTS: usize = 6;

struct Page<'a> {
    book: &'a Book,
    view: &'a View<'a>,
    words: PageWords<'a>,
    columns: usize,
}

impl Page<'_> {
    fn head(&self) -> String {
        let title = self.words.title(self.view.to_owner.as_deref());
        // The path stays whole, so that it can be copied.
        format!("{}\n{}\n", hanging(&title, self.columns).join("\n"), self.view.contact.path)
    }

    fn day(&self, day: Day) -> String {
        self.words.day(day)
    }

    // Facts

    fn facts(&self) -> Vec<(String, String)> {
        let contact = self.view.contact;
        let lists = |lists: &[String]| lists.join("; ");
        let rows = [
            ("Circle", contact.circle.clone().unwrap_or_default()),
            ("Groups", contact.groups.join(", ")),
            ("Rhythm", self.rhythm()),
            ("Rest", self.rest()),
            ("Contact", self.newest()),
            ("Next", self.words.next()),
            ("Why", lists(&contact.purpose)),
            ("How", lists(&contact.how)),
            ("Hope", lists(&contact.goal)),
            ("Channel", contact.channels.join(", ")),
            ("Birthday", self.birthday()),
            ("Met", lists(&contact.met)),
            ("Interests", contact.interests.join(", ")),
            ("Food", contact.food.join(", ")),
            ("Pets", self.words.pets()),
            ("Work", work(contact)),
            ("Lives in", labelled(&contact.location)),
            ("Time zone", contact.timezone.clone().unwrap_or_default()),
            ("Phone", labelled(&contact.phone)),
            ("E-mail", labelled(&contact.email)),
            ("Address", labelled(&contact.address)),
            ("Web", labelled(&contact.url)),
        ];
        let rows = rows.into_iter().map(|(label, value)| (label.to_owned(), value));
        let other = contact.other.iter().cloned();
        rows.chain(other).filter(|(_, value)| !value.trim().is_empty()).collect()
    }

    fn rhythm(&self) -> String {
        let standing = &self.view.standing;
        let Some((cadence, _)) = standing.cadence else { return String::new() };
        match standing.due.filter(|_| standing.stop.is_none()) {
            Some(due) if due.day > self.view.day => {
                format!("{cadence}; comes round {}", self.day(due.day))
            }
            Some(_) => format!("{cadence}; it has come round"),
            None => cadence.to_string(),
        }
    }

    fn rest(&self) -> String {
        match self.view.standing.stop {
            None => String::new(),
            Some(Stop::Me) => "this is you".to_owned(),
            Some(Stop::Archived) => "archived".to_owned(),
            Some(Stop::Died) => self.died(),
            Some(Stop::Reference) => "kept for reference".to_owned(),
            Some(Stop::Later) => "later; only a next step shows".to_owned(),
            Some(Stop::Paused) => "paused".to_owned(),
            Some(Stop::QuietUntil(day)) => format!("until {}", self.day(day)),
            Some(Stop::TriedUntil(day)) => format!("until {}; there was no answer", self.day(day)),
        }
    }

    fn died(&self) -> String {
        let date = self.view.contact.died.and_then(|death| death.date);
        date.map_or_else(
            || "died".to_owned(),
            |date| format!("died {}", phrase::loose(date, self.view.day)),
        )
    }

    fn newest(&self) -> String {
        let anchor = self.view.standing.anchor;
        match anchor.map(|anchor| (anchor.source, anchor.day)) {
            Some((AnchorSource::Contact(_) | AnchorSource::Tick, day)) => self.day(day),
            Some((AnchorSource::LastContact { .. }, _)) => {
                let date = self.view.contact.last_contact;
                date.map_or_else(String::new, |date| phrase::loose(date, self.view.day))
            }
            Some((AnchorSource::Created, _)) | None => String::new(),
        }
    }

    fn birthday(&self) -> String {
        let contact = self.view.contact;
        let Some(birthday) = contact.birthday else { return String::new() };
        // A birthday is a date, never `Monday`.
        let far = Day::first();
        phrase::loose(birthday, far)
    }

    // Lists

    fn entries(&self) -> String {
        let rows =
            self.view.entries.iter().map(|told| (self.day(told.entry.day), self.words.entry(told)));
        let mut lines = self.table(&rows.collect::<Vec<_>>());
        let more = self.view.entry_count.saturating_sub(self.view.entries.len());
        if more > 0 {
            lines.push_str(&format!("  and {} before\n", phrase::number(more)));
        }
        lines
    }

    fn promises(&self, promises: &[PromiseRef<'_>]) -> String {
        let lines = promises.iter().flat_map(|of| item(&self.words.promise(of), self.columns));
        lines.map(|line| format!("{line}\n")).collect()
    }

    fn ties(&self) -> Vec<(String, String)> {
        let ties = self.view.ties.iter();
        let ties = ties.map(|tie| (tie.word.clone(), self.tied(tie.other)));
        // Keys of the owner's own stand among the facts.
        let other = &self.view.contact.other;
        let is_told = |name: &str| other.iter().any(|(_, value)| value.contains(name));
        let loose = self.view.loose.iter().filter(|of| !is_told(&of.name));
        ties.chain(loose.map(|of| (of.word.clone(), of.told()))).collect()
    }

    /// `Maria, who died in 2019`
    fn tied(&self, other: ContactId) -> String {
        let brief = self.book.brief(other);
        match brief.died {
            Some(death) => format!("{}, who {}", brief.name, died_when(death.date, self.view.day)),
            None => brief.name.clone(),
        }
    }

    fn days_ahead(&self) -> Vec<(String, String)> {
        self.view.ahead.iter().map(|ahead| self.words.ahead(ahead)).collect()
    }

    fn events(&self) -> Vec<(String, String)> {
        self.view.events.iter().map(|event| self.words.event(event)).collect()
    }

    fn gifts(&self) -> Vec<(String, String)> {
        self.words.gifts().into_iter().take(GIFTS).map(|gift| self.words.gift(gift)).collect()
    }

    fn table(&self, rows: &[(String, String)]) -> String {
        table(rows, self.columns)
    }
}

#[cfg(test)]
mod tests {
    use crate::features::sample::{book, day};
    use crate::features::settings::Settings;
    use crate::features::show::show;
    use crate::features::show_text::render_show;
    use crate::features::standing::Situation;
    use crate::people::book::Found;
    use crate::people::vocabulary::Vocabulary;
    use crate::text::columns::width;
    use crate::text::phrase::forbidden_in;
    use expect_test::{Expect, expect};

    const NOTES: &[(&str, &str)] = &[
        (
            "journal/2026-11-18.md",
            "- coffee [[Ana Lima]] [[Rita Lima]]: her exhibition is in May\n- [ ] Give [[Ana Lima]] the frame back\n",
        ),
        (
            "people/ana-lima.md",
            "---\nname: Ana Lima\naliases: [Aninha]\ncircle: inner\ngroups: [family, climbing]\npurpose: College friend; keeps me honest about climbing\nchannel: signal\nbirthday: 1988-03-04\nfollow_up: 2026-11-25\nnext: Ask how the move went, whether the kiln survived it and if she needs help with the shelves in the new studio\nmet: 2011-09, Porto\nphone: [\"+351 910 000 000 (work)\"]\nsister: \"[[Rita Lima]]\"\nShoe size: 38\n---\n\n## Log\n- 2026-12-02 plan: kiln opening\n- 2026-10-12 call: New job at the ceramics school. Talks about moving to Porto with [[people/rita-lima|Rita]], perhaps in spring\n  - [ ] Send her the kiln article 📅 2026-10-20\n  - [ ] waiting: her photos\n- 2026-08-02 met [[Rita Lima]]: climbing in Sintra\n- 2026-07-01\n- 2026-06-01 mail: x\n\n## Events\n- 2027-05-01 wedding: in Porto\n\n## Gifts\n- 2025-12-24 gave: Douro red (Christmas)\n- idea: climbing shoes, size 38\n",
        ),
        ("people/me.md", "---\nname: Eva\nfriend: \"[[Ana Lima]]\"\n---\n"),
        (
            "people/rita-lima.md",
            "---\nname: Rita Lima\nquiet_until: 2026-12-24\nlast_contact: ~2025\n---\n",
        ),
    ];

    /// The page on Saturday, 21 November 2026.
    fn check(name: &str, columns: usize, expected: &Expect) {
        let (settings, vocabulary) = (Settings::default(), Vocabulary::default());
        let book = book(NOTES);
        let Found::One(id) = book.find(name) else { panic!("{name}") };
        let situation = Situation::new(&book, day("2026-11-21"), &settings, &vocabulary);
        let page = render_show(&book, &show(&situation, id), columns);
        assert_eq!(forbidden_in(&page), Vec::<&str>::new());
        let path = book.contact(id).path.as_str();
        assert!(page.lines().all(|line| width(line) <= columns || line == path), "too wide");
        expected.assert_eq(&page);
    }

    #[test]
    fn a_narrow_screen_has_long_labels_above_their_values() {
        check(
            "ana",
            28,
            &expect![[r#"
                Ana Lima (Aninha, your
                  friend)
                people/ana-lima.md

                  Circle
                    inner
                  Groups
                    family, climbing
                  Rhythm
                    every 1-2 weeks; comes
                    round Wed 25 Nov
                  Contact
                    18 November
                  Next
                    Wed 25 Nov: Ask how the
                    move went, whether the
                    kiln survived it and if
                    she needs help with the
                    shelves in the new
                    studio
                  Why
                    College friend; keeps me
                    honest about climbing
                  Channel
                    signal
                  Birthday
                    4 March 1988
                  Met
                    2011-09, Porto
                  Phone
                    +351 910 000 000 (work)
                  Shoe size
                    38

                Last
                  18 November
                    met with Rita Lima in
                    journal/2026-11-18: her
                    exhibition is in May
                  12 October
                    call: New job at the
                    ceramics school. Talks
                    about moving to Porto
                    with Rita, perhaps in
                    spring
                  2 August
                    met with Rita Lima:
                    climbing in Sintra
                  and two before

                Promised
                  - Give Ana Lima the frame
                    back (since 18 November)
                  - Send her the kiln
                    article (by 20 October,
                    since 12 October)

                Promised to you
                  - her photos (since 12
                    October)

                Ahead
                  Wed 2 Dec
                    plan: kiln opening
                  Thu 4 Mar
                    39th birthday
                  Sat 1 May
                    wedding: in Porto

                Ties
                  sister  Rita Lima
                  friend  Eva

                Gifts
                  idea  climbing shoes, size
                        38
                  gave  Douro red
                        (Christmas, 24
                        December 2025)
            "#]],
        );
    }

    #[test]
    fn a_page_tells_all_that_matters() {
        check(
            "ana",
            80,
            &expect![[r#"
                Ana Lima (Aninha, your friend)
                people/ana-lima.md

                  Circle     inner
                  Groups     family, climbing
                  Rhythm     every 1-2 weeks; comes round Wed 25 Nov
                  Contact    18 November
                  Next       Wed 25 Nov: Ask how the move went, whether the kiln survived it and
                             if she needs help with the shelves in the new studio
                  Why        College friend; keeps me honest about climbing
                  Channel    signal
                  Birthday   4 March 1988
                  Met        2011-09, Porto
                  Phone      +351 910 000 000 (work)
                  Shoe size  38

                Last
                  18 November  met with Rita Lima in journal/2026-11-18: her exhibition is in
                               May
                  12 October   call: New job at the ceramics school. Talks about moving to Porto
                               with Rita, perhaps in spring
                  2 August     met with Rita Lima: climbing in Sintra
                  and two before

                Promised
                  - Give Ana Lima the frame back (since 18 November)
                  - Send her the kiln article (by 20 October, since 12 October)

                Promised to you
                  - her photos (since 12 October)

                Ahead
                  Wed 2 Dec  plan: kiln opening
                  Thu 4 Mar  39th birthday
                  Sat 1 May  wedding: in Porto

                Ties
                  sister  Rita Lima
                  friend  Eva

                Gifts
                  idea  climbing shoes, size 38
                  gave  Douro red (Christmas, 24 December 2025)
            "#]],
        );
    }

    #[test]
    fn a_page_fits_a_narrow_screen() {
        check(
            "ana",
            44,
            &expect![[r#"
                Ana Lima (Aninha, your friend)
                people/ana-lima.md

                  Circle     inner
                  Groups     family, climbing
                  Rhythm     every 1-2 weeks; comes round
                             Wed 25 Nov
                  Contact    18 November
                  Next       Wed 25 Nov: Ask how the move
                             went, whether the kiln survived
                             it and if she needs help with
                             the shelves in the new studio
                  Why        College friend; keeps me honest
                             about climbing
                  Channel    signal
                  Birthday   4 March 1988
                  Met        2011-09, Porto
                  Phone      +351 910 000 000 (work)
                  Shoe size  38

                Last
                  18 November  met with Rita Lima in
                               journal/2026-11-18: her
                               exhibition is in May
                  12 October   call: New job at the ceramics
                               school. Talks about moving to
                               Porto with Rita, perhaps in
                               spring
                  2 August     met with Rita Lima: climbing
                               in Sintra
                  and two before

                Promised
                  - Give Ana Lima the frame back (since 18
                    November)
                  - Send her the kiln article (by 20
                    October, since 12 October)

                Promised to you
                  - her photos (since 12 October)

                Ahead
                  Wed 2 Dec  plan: kiln opening
                  Thu 4 Mar  39th birthday
                  Sat 1 May  wedding: in Porto

                Ties
                  sister  Rita Lima
                  friend  Eva

                Gifts
                  idea  climbing shoes, size 38
                  gave  Douro red (Christmas, 24 December
                        2025)
            "#]],
        );
    }

    #[test]
    fn a_short_note_makes_a_short_page() {
        check(
            "rita",
            80,
            &expect![[r#"
            Rita Lima
            people/rita-lima.md

              Rest     until Thu 24 Dec
              Contact  18 November

            Last
              18 November  met with Ana Lima in journal/2026-11-18: her exhibition is in May
              2 August     met with Ana Lima: climbing in Sintra

            Ties
              sibling  Ana Lima
        "#]],
        );
        check(
            "eva",
            80,
            &expect![[r#"
            Eva
            people/me.md

              Rest  this is you

            Ties
              friend  Ana Lima
        "#]],
        );
    }
}
