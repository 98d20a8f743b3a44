//! A person's page as text: aligned, wrapped, and readable without colours.
//!
//! Always true here: what the notes say stands in their words; what is computed is said calmly.

use crate::features::show::{Ahead, Told, View};
use crate::features::standing::{AnchorSource, Stop};
use crate::note::link_write::without_links;
use crate::people::book::{Book, PromiseRef};
use crate::people::contact::{Contact, Labelled};
use crate::people::gift::{Gift, GiftKind};
use crate::text::columns::{beside, width, wrap};
use crate::text::day::Day;
use crate::text::partial_date::LooseDate;
use crate::text::phrase;

/// The headings of a page, in its order.
pub const HEADINGS: [&str; 6] = ["Last", "Promised", "Promised to you", "Ahead", "Ties", "Gifts"];

/// The page of `view` in lines of at most `columns`, each with its line end. `book` is the one it was made from.
pub fn render_show(book: &Book, view: &View<'_>, columns: usize) -> String {
    let page = Page { book, view, columns: columns.clamp(20, 100) };
    let sections = [
        page.table(&page.facts()),
        page.entries(),
        page.promises(&view.mine),
        page.promises(&view.theirs),
        page.table(&page.days_ahead()),
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
    columns: usize,
}

impl Page<'_> {
    fn head(&self) -> String {
        let contact = self.view.contact;
        let pronouns = contact.pronouns.join(", ");
        let extra = contact.aliases.iter().map(String::as_str).chain(self.view.to_owner.as_deref());
        let extra = extra.chain((!pronouns.is_empty()).then_some(pronouns.as_str()));
        let extra = extra.collect::<Vec<_>>().join(", ");
        let name = if extra.is_empty() {
            contact.name.clone()
        } else {
            format!("{} ({extra})", contact.name)
        };
        // The path stays whole, so that it can be copied.
        format!("{}\n{}\n", wrap(&name, self.columns - 2).join("\n  "), contact.path)
    }

    /// A day in the past without weekdays, one ahead with its weekday: `Wednesday` could be either.
    fn day(&self, day: Day) -> String {
        match self.view.day.days_until(day) {
            -1..=1 => phrase::day(day, self.view.day),
            past if past < 0 => phrase::date(day, self.view.day),
            _ => phrase::short(day, self.view.day),
        }
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
            ("Next", self.next()),
            ("Why", lists(&contact.purpose)),
            ("How", lists(&contact.how)),
            ("Hope", lists(&contact.goal)),
            ("Channel", contact.channels.join(", ")),
            ("Birthday", self.birthday()),
            ("Met", lists(&contact.met)),
            ("Interests", contact.interests.join(", ")),
            ("Food", contact.food.join(", ")),
            ("Pets", contact.pets.join(", ")),
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

    fn next(&self) -> String {
        let contact = self.view.contact;
        let next = contact.next.as_deref().map(without_links);
        match (contact.follow_up.map(|day| self.day(day)), next) {
            (Some(day), Some(next)) => format!("{day}: {next}"),
            (Some(day), None) => day,
            (None, next) => next.unwrap_or_default(),
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
            self.view.entries.iter().map(|told| (self.day(told.entry.day), self.entry(told)));
        let mut lines = self.table(&rows.collect::<Vec<_>>());
        let more = self.view.entry_count.saturating_sub(self.view.entries.len());
        if more > 0 {
            lines.push_str(&format!("  and {} before\n", phrase::number(more)));
        }
        lines
    }

    /// `met with Rita Lima: climbing`
    fn entry(&self, told: &Told<'_>) -> String {
        let entry = told.entry;
        let host = self.book.linked(told.path.without_extension()).filter(|_| !told.own);
        let elsewhere = host.is_none() && !told.own;
        let here = elsewhere.then(|| format!("in {}", told.path.without_extension()));
        let with = entry.with.iter().filter_map(|link| self.book.linked(&link.target.note));
        let with = host.into_iter().chain(with).filter(|id| *id != self.view.id);
        let with = with.map(|id| self.book.contact(id).name.as_str()).collect::<Vec<_>>();
        let with = (!with.is_empty()).then(|| format!("with {}", phrase::list(&with)));
        let kind = entry.kind.as_deref().map(str::to_owned);
        let head = kind.into_iter().chain(with).chain(here).collect::<Vec<_>>().join(" ");
        let text = without_links(&entry.text);
        match (head.is_empty(), text.is_empty()) {
            (true, true) => "in touch".to_owned(),
            (true, false) => text,
            (false, true) => head,
            (false, false) => format!("{head}: {text}"),
        }
    }

    fn promises(&self, promises: &[PromiseRef<'_>]) -> String {
        let line = |of: &PromiseRef<'_>| {
            let due = of.brief.due.map(|day| format!("by {}", self.day(day)));
            let since = of.brief.promised.map(|day| format!("since {}", self.day(day)));
            let when = due.into_iter().chain(since).collect::<Vec<_>>().join(", ");
            let when = if when.is_empty() { when } else { format!(" ({when})") };
            self.item(&format!("{}{when}", without_links(&of.promise().text)))
        };
        promises.iter().map(line).collect()
    }

    fn ties(&self) -> Vec<(String, String)> {
        let ties = self.view.ties.iter();
        ties.map(|tie| (tie.word.clone(), self.book.contact(tie.other).name.clone())).collect()
    }

    fn days_ahead(&self) -> Vec<(String, String)> {
        let what = |ahead: &Ahead| match (ahead.years, ahead.text.is_empty()) {
            (Some(years), _) => format!("{} {}", phrase::ordinal(years), ahead.kind),
            (None, true) => ahead.kind.replace('-', " "),
            (None, false) => {
                format!("{}: {}", ahead.kind.replace('-', " "), without_links(&ahead.text))
            }
        };
        let days = self.view.ahead.iter();
        days.map(|ahead| (phrase::short(ahead.day, self.view.day), what(ahead))).collect()
    }

    fn gifts(&self) -> Vec<(String, String)> {
        let gifts = &self.view.contact.gifts;
        let ideas = gifts.iter().filter(|gift| gift.kind == GiftKind::Idea);
        let mut past = gifts.iter().filter(|gift| gift.kind != GiftKind::Idea).collect::<Vec<_>>();
        past.sort_by_key(|gift| std::cmp::Reverse(gift.date.and_then(LooseDate::earliest)));
        let row = |gift: &Gift| {
            let word = match gift.kind {
                GiftKind::Idea => "idea",
                GiftKind::Gave => "gave",
                GiftKind::Got => "got",
            };
            let occasion = gift.occasion.as_deref().map(str::to_owned);
            let date = gift.date.map(|date| phrase::loose(date, self.view.day));
            let about = occasion.into_iter().chain(date).collect::<Vec<_>>().join(", ");
            let about = if about.is_empty() { about } else { format!(" ({about})") };
            (word.to_owned(), format!("{}{about}", without_links(&gift.what)))
        };
        ideas.chain(past).take(GIFTS).map(row).collect()
    }

    // Lines

    /// Two columns; the second is wrapped.
    fn table(&self, rows: &[(String, String)]) -> String {
        let label_width = rows.iter().map(|(label, _)| width(label)).max().unwrap_or(0).min(24);
        let mut table = String::new();
        for (label, value) in rows {
            let gap = " ".repeat(label_width.saturating_sub(width(label)));
            let value = beside(value, label_width + 4, self.columns);
            let first = format!("  {label}{gap}  {}", value.first);
            table.push_str(&format!("{}\n", first.trim_end()));
            value.below.iter().for_each(|line| table.push_str(&format!("{line}\n")));
        }
        table
    }

    fn item(&self, text: &str) -> String {
        let mut lines = wrap(text, self.columns.saturating_sub(4)).into_iter();
        let first = lines.next().map(|line| format!("  - {line}\n"));
        first.into_iter().chain(lines.map(|line| format!("    {line}\n"))).collect()
    }
}

fn work(contact: &Contact) -> String {
    [labelled(&contact.title), labelled(&contact.organization)]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

fn labelled(values: &[Labelled]) -> String {
    let value = |value: &Labelled| match &value.label {
        Some(label) => format!("{} ({label})", value.value),
        None => value.value.clone(),
    };
    values.iter().map(value).collect::<Vec<_>>().join(", ")
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
