//! From a file to a note: which kind it is, and what it says. Reading never fails; trouble is a finding.

use crate::note::document::Document;
use crate::note::path::NotePath;
use crate::people::decode_contact::contact;
use crate::people::decode_habit::habit;
use crate::people::decode_journal::{journal, journal_day};
use crate::people::field::Field;
use crate::people::header::Header;
use crate::people::note::{Kind, Note};
use crate::people::tasks;
use crate::people::value;
use crate::people::vocabulary::{Place, Vocabulary};
use crate::text::diagnostic::Finding;
use crate::text::fold::fold;

/// Reads one file. Everything that the result depends on is in the arguments.
pub fn decode(path: &NotePath, text: &str, vocabulary: &Vocabulary) -> Note {
    let place = vocabulary.place(path);
    if matches!(place, Place::Ours) {
        return Note { path: path.clone(), kind: Kind::Other, findings: Vec::new() };
    }
    let document = Document::read(text);
    let mut findings = Vec::new();
    let kind = kind(path, &document, place, vocabulary, &mut findings);
    if !matches!(kind, Kind::Other) {
        findings.extend(document.findings);
    }
    findings.sort_by_key(|finding| finding.span);
    Note { path: path.clone(), kind, findings }
}

fn kind(
    path: &NotePath,
    document: &Document<'_>,
    place: Place,
    vocabulary: &Vocabulary,
    findings: &mut Vec<Finding>,
) -> Kind {
    // Findings about keys of a note that turns out to be none of ours are not wanted.
    let mut found = Vec::new();
    let header = Header::read(document, vocabulary, &mut found);
    if header.entry(Field::Ties).is_some() {
        return Kind::Other;
    }
    let kind = match place {
        Place::Habits => {
            Kind::Habit(Box::new(habit(path, document, &header, vocabulary, &mut found)))
        }
        Place::Inbox => Kind::Inbox(tasks::promises(document, &[], None, &mut found)),
        Place::People if is_readme(path) && !header.is_about_somebody() => Kind::Other,
        Place::People => person(path, document, &header, vocabulary, &mut found),
        Place::PeopleIfMarked if is_marked(document, &header, vocabulary) => {
            person(path, document, &header, vocabulary, &mut found)
        }
        Place::PeopleIfMarked if header.entry(Field::Habit).is_some() => {
            Kind::Habit(Box::new(habit(path, document, &header, vocabulary, &mut found)))
        }
        Place::Journal | Place::PeopleIfMarked => {
            let mut dates = Vec::new();
            match journal_day(path, &header, &mut dates) {
                Some(day) => {
                    found.extend(dates);
                    Kind::Journal(Box::new(journal(
                        path, day, document, &header, vocabulary, &mut found,
                    )))
                }
                // A note of the journal that seems to have a day and has none is not passed over in silence.
                None => {
                    findings.extend(dates.into_iter().filter(|_| place == Place::Journal));
                    Kind::Other
                }
            }
        }
        Place::Ours | Place::Elsewhere => Kind::Other,
    };
    if !matches!(kind, Kind::Other) {
        findings.extend(found);
    }
    kind
}

fn person(
    path: &NotePath,
    document: &Document<'_>,
    header: &Header<'_>,
    vocabulary: &Vocabulary,
    findings: &mut Vec<Finding>,
) -> Kind {
    Kind::Contact(Box::new(contact(path, document, header, vocabulary, findings)))
}

/// A note for whoever opens the folder, as programs and people leave one.
fn is_readme(path: &NotePath) -> bool {
    path.stem().eq_ignore_ascii_case("readme")
}

/// Whether a note of an adopted vault says that it is a person: `type: person`, or the tag.
fn is_marked(document: &Document<'_>, header: &Header<'_>, vocabulary: &Vocabulary) -> bool {
    let mut ignored = Vec::new();
    let mut marks = header.get(Field::Type, value::texts, &mut ignored);
    marks.extend(header.list(Field::Tags, value::tags, &mut ignored));
    marks.extend(document.markdown.tags.iter().map(|(tag, _)| tag.clone()));
    marks.iter().any(|mark| vocabulary.person_marks.contains(&fold(mark)))
}

#[cfg(test)]
mod tests {
    use crate::note::path::NotePath;
    use crate::people::contact::Contact;
    use crate::people::decode::decode;
    use crate::people::note::Kind;
    use crate::people::vocabulary::Vocabulary;

    #[test]
    fn a_readme_is_a_person_only_where_its_keys_say_so() {
        let is_person = |path: &str, text: &str| {
            let note = decode(&NotePath::new(path).unwrap(), text, &Vocabulary::default());
            matches!(note.kind, Kind::Contact(_))
        };
        for plain in ["# About\n", "", "---\ntitle: About\ntags: [x]\n---\n- 2026-01-01 call: x\n"]
        {
            assert!(!is_person("people/README.md", plain), "{plain}");
            assert!(!is_person("people/family/Readme.md", plain), "{plain}");
            assert!(is_person("people/readme-2.md", plain), "{plain}");
        }
        for person in ["name: Rea Dme", "circle: inner", "sister: \"[[Ana]]\"", "type: person"] {
            assert!(is_person("people/README.md", &format!("---\n{person}\n---\n")), "{person}");
        }
    }

    fn contact(front: &str) -> (Contact, usize) {
        let path = NotePath::new("people/ana.md").unwrap();
        let note = decode(&path, &format!("---\n{front}\n---\n"), &Vocabulary::default());
        let Kind::Contact(contact) = note.kind else { panic!("{front}") };
        (*contact, note.findings.len())
    }

    #[test]
    fn a_death_that_cannot_be_read_is_one_with_a_finding() {
        for unclear in ["[2024-01-01, 2024]", "{on: 2024}", "@spring", "03/04/2024", "last: week"] {
            let (contact, findings) = contact(&format!("died: {unclear}"));
            assert!(contact.died.is_some_and(|death| death.date.is_none()), "{unclear}");
            assert!(!contact.is_present() && findings > 0, "{unclear}");
        }
        let (contact_of_list, findings) = contact("died: [2024-01-01]");
        assert_eq!((contact_of_list.died.unwrap().date.is_some(), findings), (true, 0));
        for nobody in ["", "[]", "\"\"", "false", "no"] {
            let (contact, _) = contact(&format!("died: {nobody}"));
            assert_eq!(contact.died, None, "{nobody}");
        }
    }
}
