//! A new contact: a small note from the owner's template, with the keys that are known so far.
//!
//! Always true here: the file is new (no note of the book has its name, whatever case and accents), and what is
//! known already of somebody of the same name is shown before a second note is made.

use crate::features::templates::{filled, with_keys};
use crate::note::change::{Change, FileChange, KeyValue, Refusal, Wish};
use crate::note::path::NotePath;
use crate::people::book::{Book, ContactId};
use crate::people::cadence::Cadence;
use crate::people::field::Field;
use crate::people::kind::Meaning;
use crate::people::vocabulary::{Place, Vocabulary};
use crate::text::day::Day;
use crate::text::fold::{fold, slug};
use crate::text::partial_date::LooseDate;
use crate::text::suggest::nearest;
use crate::text::typed::one_line;
use crate::text::visible::acts;
use std::collections::HashSet;

/// What is known of somebody new.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewContact {
    /// The name; never empty in a contact that is made.
    pub name: String,
    /// A circle of the settings, as they spell it.
    pub circle: Option<String>,
    /// How they like to be reached.
    pub channels: Vec<String>,
    /// A rhythm of their own, as it is to be written: `monthly`.
    pub cadence: Option<String>,
    /// Birthday, perhaps partial.
    pub birthday: Option<LooseDate>,
    /// Groups.
    pub groups: Vec<String>,
    /// E-mail addresses.
    pub email: Vec<String>,
    /// Phone numbers.
    pub phone: Vec<String>,
    /// How the two met.
    pub met: Option<String>,
    /// When the two were last in touch.
    pub last_contact: Option<LooseDate>,
    /// A day for the next step.
    pub follow_up: Option<Day>,
    /// The next step.
    pub next: Option<String>,
    /// Other keys of the format, as text.
    pub other: Vec<(Field, String)>,
    /// What else is known: becomes an entry of the log that is never contact.
    pub notes: Vec<String>,
}

/// What the template of a vault may be: without one, the keys that are known and a heading for the log.
const TEMPLATE: &str = "---\nname:\n---\n\n## Log\n";

/// The text and the place of a new note. `template` is the text of the vault's own, where it has one: in it
/// `{{name}}`, `{{title}}` and `{{date}}` are filled in. `taken` are paths made in the same breath.
pub fn add(
    book: &Book,
    vocabulary: &Vocabulary,
    today: Day,
    contact: &NewContact,
    template: Option<&str>,
    taken: &[NotePath],
) -> Result<Change, Refusal> {
    let name = one_line(&contact.name);
    if !is_name(&name) {
        return Err(refusal(
            "a name needs a letter or a sign",
            "give the name first: `ties add \"Ana Lima\"`",
        ));
    }
    check_birthday(contact, today)?;
    let path = new_path(book, vocabulary, &name, taken)?;
    let wishes = wishes(vocabulary, today, &name, contact, vocabulary.place(&path));
    // An empty template would lose its front matter to the first heading.
    let template = template.filter(|text| !text.trim().is_empty()).unwrap_or(TEMPLATE);
    let mut text = with_keys("contact.md", &filled(template, &name, today), &wishes)?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let file = FileChange::Create { path, text };
    Ok(Change { title: format!("add {name}"), files: vec![file] })
}

/// Whether somebody can be called so: with a letter, a digit or a sign such as an emoji, which is a name to some.
pub fn is_name(text: &str) -> bool {
    // From the arrows on Unicode has signs; before them, besides letters and digits, it has punctuation.
    let is_sign = |character: char| {
        let is_selector = matches!(character, '\u{fe00}'..='\u{fe0f}');
        character >= '\u{2190}' && !is_selector && !character.is_whitespace() && !acts(character)
    };
    text.chars().any(|character| character.is_alphanumeric() || is_sign(character))
}

/// The people who bear the name already, as a name or an alias, whatever case and accents.
pub fn namesakes(book: &Book, name: &str) -> Vec<ContactId> {
    let name = fold(name);
    let bears = |id: &ContactId| {
        let contact = book.contact(*id);
        fold(&contact.name) == name || contact.aliases.iter().any(|alias| fold(alias) == name)
    };
    book.contacts().map(|(id, _)| id).filter(bears).collect()
}

/// The circle that `text` names, as the settings spell it.
pub fn circle(text: &str, vocabulary: &Vocabulary) -> Result<String, Refusal> {
    if let Some(circle) = vocabulary.circle(text.trim()) {
        return Ok(circle.name.clone());
    }
    let names = || vocabulary.circles.iter().map(|circle| circle.name.as_str());
    let hint = match nearest(text, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("circles are {}", names().collect::<Vec<_>>().join(", ")),
    };
    Err(refusal(&format!("`{text}` is not a circle"), &hint))
}

/// The rhythm that `text` names, as it is to be written.
pub fn cadence(text: &str) -> Result<String, Refusal> {
    let text = one_line(text);
    if Cadence::parse(&text).is_some() {
        return Ok(text.to_lowercase());
    }
    let hint = match nearest(&text, Cadence::words()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write `monthly`, `3 months` or a window, `2-3 weeks`".to_owned(),
    };
    Err(refusal(&format!("`{text}` is not a rhythm"), &hint))
}

/// The date, perhaps partial, that `text` says.
pub fn date(text: &str) -> Result<LooseDate, Refusal> {
    LooseDate::parse(text).map(|(date, _)| date).map_err(|_| {
        let reason = format!("`{}` is not a date that can be read", text.trim());
        refusal(&reason, "write 1988-03-04, or without the year 03-04, or only 1988")
    })
}

fn refusal(reason: &str, hint: &str) -> Refusal {
    Refusal { reason: reason.to_owned(), hint: Some(hint.to_owned()) }
}

/// A birthday is a day that was.
fn check_birthday(contact: &NewContact, today: Day) -> Result<(), Refusal> {
    let ahead = |birthday: &LooseDate| birthday.earliest().is_some_and(|first| first > today);
    match contact.birthday.filter(ahead) {
        None => Ok(()),
        Some(birthday) => {
            let reason = format!("the birthday {birthday} is still to come");
            Err(refusal(&reason, "mend the year, or leave it out: `03-04`"))
        }
    }
}

/// `people/ana-lima.md`, or with a number behind it where that is taken.
fn new_path(
    book: &Book,
    vocabulary: &Vocabulary,
    name: &str,
    taken: &[NotePath],
) -> Result<NotePath, Refusal> {
    let folder = vocabulary.folders.people.first().map_or("", String::as_str);
    let used = book.paths().iter().chain(taken);
    free_path(used, folder, &file_stem(name, "person")).ok_or_else(|| {
        refusal("the folder of people in ties.toml is not one inside the vault", "mend `people`")
    })
}

/// What the file of a note about `name` is called, without `.md`: `ana-lima`; `spare` where no file can be called so.
pub fn file_stem(name: &str, spare: &str) -> String {
    match slug(name) {
        empty if empty.is_empty() => spare.to_owned(),
        reserved if is_device(&reserved) => format!("{reserved}-{spare}"),
        slug => slug,
    }
}

/// `folder/stem.md`, or with a number behind it where one of `used` has that name; `None` where the folder is not one
/// inside the vault.
pub fn free_path<'a>(
    used: impl Iterator<Item = &'a NotePath>,
    folder: &str,
    stem: &str,
) -> Option<NotePath> {
    // On some disks names that differ in case or composition are one.
    let used = used.map(|path| fold(path.as_str())).collect::<HashSet<_>>();
    let folder = folder.trim_end_matches('/').trim_start_matches("./");
    let folder = if matches!(folder, "" | ".") { String::new() } else { format!("{folder}/") };
    let numbered = (2..=used.len() + 2).map(|number| format!("{stem}-{number}"));
    let mut paths =
        std::iter::once(stem.to_owned()).chain(numbered).map(|stem| format!("{folder}{stem}.md"));
    let free = paths.find(|path| !used.contains(&fold(path)));
    free.and_then(|path| NotePath::new(&path))
}

/// File names that Windows keeps for devices.
fn is_device(stem: &str) -> bool {
    let numbered = |name: &str| {
        stem.strip_prefix(name).is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']))
    };
    matches!(stem, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

fn wishes(
    vocabulary: &Vocabulary,
    today: Day,
    name: &str,
    contact: &NewContact,
    place: Place,
) -> Vec<Wish> {
    let set = |field, value| Wish::SetKey { keys: vocabulary.spellings(field), value };
    let text = |field, text: &str| set(field, KeyValue::Text(one_line(text)));
    let date = |field, date: LooseDate| match date.earliest() {
        Some(day) if !date.estimated && date.latest() == Some(day) => {
            set(field, KeyValue::Date(day))
        }
        _ => set(field, KeyValue::Text(date.to_string())),
    };
    let list = |field, texts: &[String]| {
        set(field, KeyValue::List(texts.iter().map(|text| one_line(text)).collect()))
    };
    let texts = |field, texts: &[String]| match texts {
        [one] => text(field, one),
        _ => list(field, texts),
    };
    let some = |texts: &[String]| !texts.is_empty();
    let mark = (place == Place::PeopleIfMarked).then(|| {
        text(Field::Type, vocabulary.person_marks.first().map_or("person", String::as_str))
    });
    let mut wishes = vec![text(Field::Name, name)];
    wishes.extend(mark);
    wishes.extend(contact.circle.as_deref().map(|circle| text(Field::Circle, circle)));
    wishes.extend(some(&contact.groups).then(|| list(Field::Groups, &contact.groups)));
    wishes.extend(contact.cadence.as_deref().map(|cadence| text(Field::Cadence, cadence)));
    wishes.extend(some(&contact.channels).then(|| texts(Field::Channel, &contact.channels)));
    wishes.extend(contact.birthday.map(|birthday| date(Field::Birthday, birthday)));
    wishes.extend(contact.met.as_deref().map(|met| text(Field::Met, met)));
    wishes.extend(contact.last_contact.map(|last| date(Field::LastContact, last)));
    wishes.extend(contact.follow_up.map(|day| set(Field::FollowUp, KeyValue::Date(day))));
    wishes.extend(contact.next.as_deref().map(|next| text(Field::Next, next)));
    wishes.extend(some(&contact.email).then(|| texts(Field::Email, &contact.email)));
    wishes.extend(some(&contact.phone).then(|| texts(Field::Phone, &contact.phone)));
    wishes.extend(contact.other.iter().map(|(field, value)| text(*field, value)));
    wishes.extend(note_entry(vocabulary, today, &contact.notes));
    wishes
}

/// `- 2026-11-21 note: climbs, moving to Porto`; a paragraph of its own where the vault has no kind for notes.
pub fn note_entry(vocabulary: &Vocabulary, today: Day, notes: &[String]) -> Option<Wish> {
    let told = one_line(&notes.join("; "));
    let mut kinds = vocabulary.kinds.iter().filter(|kind| kind.meaning == Meaning::Note);
    let kind = kinds.find(|kind| kind.name.chars().all(|c| c.is_alphabetic() || c == '-'));
    match kind {
        _ if told.is_empty() => None,
        Some(kind) => Some(Wish::InsertEntry {
            headings: vocabulary.log_headings.clone(),
            date: today,
            lines: vec![format!("{today} {}: {told}", kind.name)],
        }),
        None => {
            Some(Wish::AppendItem { headings: Some(vec!["Notes".to_owned()]), lines: vec![told] })
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::features::add::{NewContact, add, cadence, circle, date, is_name, namesakes};
    use crate::features::sample::{book, day, refused, written};
    use crate::note::path::NotePath;
    use crate::people::decode::decode;
    use crate::people::note::Kind;
    use crate::people::vocabulary::{Vocabulary, Words};
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    const NOTES: &[(&str, &str)] =
        &[("people/Ana-Lima.md", "---\nname: Ana Lima\naliases: [Aninha]\n---\n")];

    fn named(name: &str) -> NewContact {
        NewContact { name: name.to_owned(), ..NewContact::default() }
    }

    fn full() -> NewContact {
        let texts =
            |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        NewContact {
            circle: Some("inner".to_owned()),
            channels: texts(&["signal"]),
            cadence: Some("2-3 weeks".to_owned()),
            birthday: Some(date("3 march").unwrap()),
            groups: texts(&["family", "climbing"]),
            email: texts(&["rita@example.org"]),
            phone: texts(&["+351 910 000 000"]),
            met: Some("2011: Porto".to_owned()),
            last_contact: Some(date("~2026-10").unwrap()),
            follow_up: Some(day("2026-11-28")),
            next: Some("ask about the move".to_owned()),
            notes: texts(&["climbs, moving to Porto"]),
            ..named("Rita  Lima")
        }
    }

    fn added(contact: &NewContact, template: Option<&str>) -> String {
        let vocabulary = Vocabulary::default();
        match add(&book(NOTES), &vocabulary, day("2026-11-21"), contact, template, &[]) {
            Ok(change) => format!("{}\n{}", change.title, written(NOTES, &change)),
            Err(refusal) => refused(&refusal),
        }
    }

    fn check(contact: &NewContact, template: Option<&str>, expected: &Expect) {
        expected.assert_eq(&added(contact, template));
    }

    #[test]
    fn a_name_is_enough() {
        check(
            &named("Zoë"),
            None,
            &expect![[r#"
            add Zoë
            === people/zoe.md
            ---
            name: Zoë
            ---

            ## Log
        "#]],
        );
    }

    #[test]
    fn everything_that_is_known_is_written() {
        check(
            &full(),
            None,
            &expect![[r#"
            add Rita Lima
            === people/rita-lima.md
            ---
            name: Rita Lima
            circle: inner
            groups: [family, climbing]
            cadence: 2-3 weeks
            channel: signal
            birthday: "--03-03"
            met: "2011: Porto"
            last_contact: "~2026-10"
            follow_up: 2026-11-28
            next: ask about the move
            email: rita@example.org
            phone: "+351 910 000 000"
            ---

            ## Log
            - 2026-11-21 note: climbs, moving to Porto
        "#]],
        );
    }

    #[test]
    fn the_owners_template_is_filled_in() {
        let template = "---\nname: \"{{name}}\"\ncircle:\nmet: \"{{date}}, \"\n---\n# {{title}}\n\n## Log\n\n## Gifts\n";
        let contact = NewContact {
            circle: Some("inner".to_owned()),
            notes: vec!["sings".to_owned()],
            ..named("Zoë \"Zo\" O'Neil")
        };
        check(
            &contact,
            Some(template),
            &expect![[r#"
            add Zoë "Zo" O'Neil
            === people/zoe-zo-oneil.md
            ---
            name: "Zoë \"Zo\" O'Neil"
            circle: inner
            met: "2026-11-21, "
            ---
            # Zoë "Zo" O'Neil

            ## Log
            - 2026-11-21 note: sings

            ## Gifts
        "#]],
        );
    }

    #[test]
    fn every_file_is_new() {
        check(
            &named("Ána Lima"),
            None,
            &expect![[r#"
            add Ána Lima
            === people/ana-lima-2.md
            ---
            name: Ána Lima
            ---

            ## Log
        "#]],
        );
        check(
            &named("🙂 a"),
            None,
            &expect![[r#"
            add 🙂 a
            === people/a.md
            ---
            name: "🙂 a"
            ---

            ## Log
        "#]],
        );
        check(
            &named("Con"),
            None,
            &expect![[r#"
            add Con
            === people/con-person.md
            ---
            name: Con
            ---

            ## Log
        "#]],
        );
        check(
            &named("🙂"),
            None,
            &expect![[r#"
                add 🙂
                === people/person.md
                ---
                name: "🙂"
                ---

                ## Log
            "#]],
        );
    }

    #[test]
    fn a_vault_that_is_all_notes_gets_a_mark() {
        let mut words = Words::default();
        words.folders.people = vec![".".to_owned()];
        let vocabulary = Vocabulary::new(words);
        let change =
            add(&book(NOTES), &vocabulary, day("2026-11-21"), &named("Zoë"), None, &[]).unwrap();
        expect![[r#"
            === zoe.md
            ---
            name: Zoë
            type: person
            ---

            ## Log
        "#]]
        .assert_eq(&written(NOTES, &change));
    }

    #[test]
    fn namesakes_are_found_by_name_and_alias() {
        assert_eq!(namesakes(&book(NOTES), "ANA LÍMA").len(), 1);
        assert_eq!(namesakes(&book(NOTES), "aninha").len(), 1);
        assert_eq!(namesakes(&book(NOTES), "Ana").len(), 0);
    }

    #[test]
    fn mistyped_words_get_a_hint() {
        let vocabulary = Vocabulary::default();
        expect![[r#"
            refused: `iner` is not a circle (did you mean `inner`?)
        "#]]
        .assert_eq(&refused(&circle("iner", &vocabulary).unwrap_err()));
        expect![[r#"
            refused: `work` is not a circle (circles are inner, growth, mentor, extended, later, reference)
        "#]].assert_eq(&refused(&circle("work", &vocabulary).unwrap_err()));
        expect![[r#"
            refused: `montly` is not a rhythm (did you mean `monthly`?)
        "#]]
        .assert_eq(&refused(&cadence("montly").unwrap_err()));
        expect![[r#"
            refused: `3/4` is not a date that can be read (write 1988-03-04, or without the year 03-04, or only 1988)
        "#]].assert_eq(&refused(&date("3/4").unwrap_err()));
        assert_eq!(circle("Inner", &vocabulary).unwrap(), "inner");
    }

    #[test]
    fn a_name_is_more_than_punctuation() {
        for name in ["🦜", "王", "É", "3", "Ж.", "☕ Bar"] {
            assert!(is_name(name), "{name}");
        }
        for odd in
            ["", " ", "!!", "…", "\u{200b}", "\u{202e}", "—", "\u{ad}", "\u{e0041}", "\u{fe0f}"]
        {
            assert!(!is_name(odd), "{odd:?}");
        }
        let shown = added(&named("🦜"), None);
        assert!(shown.starts_with("add 🦜\n=== people/person.md\n---\nname: \"🦜\"\n"), "{shown}");
    }

    #[test]
    fn a_birthday_to_come_is_refused() {
        let born =
            |written: &str| NewContact { birthday: Some(date(written).unwrap()), ..named("Zoë") };
        for ahead in ["2026-11-22", "2027", "2026-12"] {
            let shown = added(&born(ahead), None);
            let word = format!("refused: the birthday {ahead} is still to come (mend the year");
            assert!(shown.starts_with(&word), "{shown}");
        }
        for fine in ["2026-11-21", "2026", "2026-11", "12-24"] {
            assert!(added(&born(fine), None).contains("birthday: "), "{fine}");
        }
    }

    #[test]
    fn every_text_stands_on_one_line() {
        let contact = NewContact {
            groups: vec!["a\nb".to_owned(), "# c".to_owned()],
            channels: vec!["x\u{7}y\r\n---".to_owned()],
            met: Some("there\u{b}- then".to_owned()),
            notes: vec!["one\n- [ ] two".to_owned()],
            ..named("Rita\n# Lima")
        };
        expect![[r##"
            add Rita # Lima
            === people/rita-lima.md
            ---
            name: "Rita # Lima"
            groups: [a b, "# c"]
            channel: x y ---
            met: there - then
            ---

            ## Log
            - 2026-11-21 note: one - [ ] two
        "##]]
        .assert_eq(&added(&contact, None));
    }

    proptest! {
        #[test]
        fn every_name_is_read_back(name in "[a-z]\\PC{0,20}", note in "\\PC{0,20}") {
            let contact = NewContact { notes: vec![note], ..named(&name) };
            let Ok(change) = add(&book(NOTES), &Vocabulary::default(), day("2026-11-21"), &contact, None, &[]) else { return Ok(()) };
            let text = written(NOTES, &change);
            let (path, text) = text.split_once('\n').unwrap();
            let path = NotePath::new(path.trim_start_matches("=== ")).unwrap();
            let note = decode(&path, text, &Vocabulary::default());
            let Kind::Contact(read) = note.kind else { panic!() };
            prop_assert_eq!(read.name, name.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
}
