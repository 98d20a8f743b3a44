//! One person in one line, as somebody types who starts from nothing:
//! `Ana Lima; inner; signal; climbs, moving to Porto; last ~Oct; next: ask about the move`.
//!
//! Always true here: the name comes first; a part that begins like something known is read as that or refused with a
//! word, never guessed; every other part is kept as a note.

use crate::features::add::{NewContact, cadence, circle, date, is_name};
use crate::features::start_date::{last_contact, next_step};
use crate::note::change::Refusal;
use crate::people::cadence::Cadence;
use crate::people::field::{Field, ValueKind};
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::fold::fold;
use crate::text::partial_date::LooseDate;
use crate::text::suggest::within;

/// The person that `line` tells of, as typed on `today`; `None` for a blank line and for one that starts with `#`.
///
/// Parts end at `;`, or at `,` in a line without any `;` (then parts that are notes stay together). A list marker at
/// the start does not count.
pub fn read_line(
    line: &str,
    vocabulary: &Vocabulary,
    today: Day,
) -> Result<Option<NewContact>, Refusal> {
    let line = without_marker(line);
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let (parts, between_notes) = match line.contains(';') {
        true => (line.split(';'), "; "),
        false => (line.split(','), ", "),
    };
    let mut parts = parts.map(str::trim).filter(|part| !part.is_empty());
    let name = parts.next().unwrap_or("");
    check_name(name, vocabulary)?;
    let mut contact = NewContact { name: name.to_owned(), ..NewContact::default() };
    let mut notes = Vec::new();
    for part in parts {
        let reader = Part { text: part, folded: fold(part), vocabulary, today };
        if !reader.take_into(&mut contact)? {
            notes.push(part);
        }
    }
    contact.notes.extend((!notes.is_empty()).then(|| notes.join(between_notes)));
    Ok(Some(contact))
}

/// The line without `- `, `* ` or `1. ` before it.
fn without_marker(line: &str) -> &str {
    let line = line.trim();
    let digits = line.trim_start_matches(|character: char| character.is_ascii_digit());
    let rest = match digits.len() < line.len() {
        true => digits.strip_prefix(['.', ')']),
        false => line.strip_prefix(['-', '*', '+']),
    };
    rest.filter(|rest| rest.starts_with(' ')).map_or(line, str::trim_start)
}

fn check_name(name: &str, vocabulary: &Vocabulary) -> Result<(), Refusal> {
    let looks_like = if !is_name(name) {
        "nothing"
    } else if vocabulary.circle(name).is_some() {
        "a circle"
    } else if is_email(name) {
        "an address"
    } else if Cadence::parse(name).is_some() {
        "a rhythm"
    } else {
        return Ok(());
    };
    let reason = match looks_like {
        "nothing" => "the line has no name".to_owned(),
        thing => format!("the line starts with {thing}, `{name}`, not with a name"),
    };
    Err(refusal(reason, "put the name first: `Ana Lima; inner; signal`"))
}

fn refusal(reason: impl Into<String>, hint: &str) -> Refusal {
    Refusal { reason: reason.into(), hint: Some(hint.to_owned()) }
}

/// Words for ways to reach somebody, besides the kinds of log entries.
const CHANNELS: &[&str] = &[
    "signal",
    "whatsapp",
    "telegram",
    "sms",
    "text",
    "message",
    "messages",
    "call",
    "calls",
    "phone",
    "mail",
    "email",
    "e-mail",
    "letter",
    "letters",
    "video",
    "zoom",
    "facetime",
    "skype",
    "slack",
    "discord",
    "matrix",
    "wechat",
    "line",
    "imessage",
    "messenger",
    "instagram",
    "threema",
    "linkedin",
    "mastodon",
    "in person",
];

/// One part of a line after the name.
struct Part<'a> {
    text: &'a str,
    folded: String,
    vocabulary: &'a Vocabulary,
    today: Day,
}

impl Part<'_> {
    /// Puts what the part says into `contact`; whether it says anything but a note.
    fn take_into(&self, contact: &mut NewContact) -> Result<bool, Refusal> {
        Ok(self.take_circle(contact)?
            || self.take_rhythm(contact)?
            || self.take_channels(contact)
            || self.take_dates(contact)?
            || self.take_address(contact)?
            || self.take_words(contact))
    }

    /// What follows one of `words` at the start of the part, without a colon.
    fn after(&self, words: &[&str]) -> Option<&str> {
        let (first, rest) = match self
            .text
            .split_once(|character: char| character.is_whitespace() || character == ':')
        {
            Some((first, rest)) => (first, rest),
            None => (self.text, ""),
        };
        let is_one = words.contains(&fold(first).as_str());
        is_one.then(|| rest.trim_start_matches([':', ' ', '\t']).trim_end())
    }

    fn take_circle(&self, contact: &mut NewContact) -> Result<bool, Refusal> {
        let named =
            self.after(&["circle"]).map(|name| circle(name, self.vocabulary)).transpose()?;
        let found =
            named.or_else(|| self.vocabulary.circle(self.text).map(|circle| circle.name.clone()));
        if found.is_none() {
            self.refuse_misspelt_circle()?;
        }
        set_once(&mut contact.circle, found, "circles")
    }

    /// One word that is one slip away from a circle, its first letter apart, is hardly meant as a note.
    fn refuse_misspelt_circle(&self) -> Result<(), Refusal> {
        let names = self.vocabulary.circles.iter().map(|circle| circle.name.as_str());
        match within(self.text, names, 1).filter(|near| near.get(..1) == self.text.get(..1)) {
            None => Ok(()),
            Some(near) => Err(Refusal {
                reason: format!("`{}` is not a circle", self.text),
                hint: Some(format!("did you mean `{near}`? A note needs more than this word")),
            }),
        }
    }

    fn take_rhythm(&self, contact: &mut NewContact) -> Result<bool, Refusal> {
        let named = self.after(&["cadence", "rhythm"]).map(cadence).transpose()?;
        let found =
            named.or_else(|| Cadence::parse(self.text).and_then(|_| cadence(self.text).ok()));
        set_once(&mut contact.cadence, found, "rhythms")
    }

    /// `signal`, `signal or mail`, `channel pigeon post`.
    fn take_channels(&self, contact: &mut NewContact) -> bool {
        let named = self.after(&["channel"]).filter(|channel| !channel.is_empty());
        let spaced = self.folded.replace([',', '/', '&'], " or ").replace(" and ", " or ");
        let listed =
            spaced.split(" or ").map(str::trim).filter(|word| !word.is_empty()).collect::<Vec<_>>();
        let known = !listed.is_empty() && listed.iter().all(|word| CHANNELS.contains(word));
        match named {
            Some(channel) => contact.channels.push(channel.to_owned()),
            None if known => contact.channels.extend(listed.into_iter().map(str::to_owned)),
            None => return false,
        }
        true
    }

    fn take_dates(&self, contact: &mut NewContact) -> Result<bool, Refusal> {
        if let Some(written) = self.after(&["birthday", "bday", "born"]) {
            return set_once(&mut contact.birthday, Some(date(written)?), "birthdays");
        }
        if let Some(written) = self.after(&["last"]) {
            let date = last_contact(written, self.today)?;
            return set_once(&mut contact.last_contact, Some(date), "last contacts");
        }
        if let Some(step) = next_step(self.text, self.today) {
            set_once(&mut contact.follow_up, step.day, "days for the next step")?;
            set_once(&mut contact.next, step.text, "next steps")?;
            return Ok(true);
        }
        Ok(false)
    }

    /// An e-mail address or phone number by its shape; a lone date belongs to nothing.
    fn take_address(&self, contact: &mut NewContact) -> Result<bool, Refusal> {
        let named = |words: &[&str], fits: fn(&str) -> bool| {
            self.after(words).filter(|text| fits(text)).map(str::to_owned)
        };
        let phone = named(&["phone", "tel", "telephone", "mobile", "cell"], is_phone);
        let email = named(&["email", "e-mail", "mail"], is_email);
        if phone.is_some() || email.is_some() {
            contact.phone.extend(phone);
            contact.email.extend(email);
        } else if is_email(self.text) {
            contact.email.push(self.text.to_owned());
        } else if LooseDate::parse(self.text).is_ok() {
            let reason = format!("what the date `{}` is for is not said", self.text);
            return Err(refusal(
                reason,
                "write `last 2026-10-12`, `birthday 03-04` or `next fri: call`",
            ));
        } else if is_phone(self.text) {
            contact.phone.push(self.text.to_owned());
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    /// `met …`, `group climbing`, and `key: text` for the other keys of the format that are text.
    fn take_words(&self, contact: &mut NewContact) -> bool {
        if let Some(met) =
            self.after(&["met"]).filter(|met| !met.is_empty() && contact.met.is_none())
        {
            contact.met = Some(met.to_owned());
            return true;
        }
        if let Some(groups) = self.after(&["group", "groups"]).filter(|groups| !groups.is_empty()) {
            contact.groups.extend(groups.split(',').map(|group| group.trim().to_owned()));
            return true;
        }
        let key = self
            .text
            .split_once(':')
            .map(|(key, value)| (self.vocabulary.field(key.trim()), value.trim()));
        match key {
            Some((Some(field), value)) if is_text(field) && !value.is_empty() => {
                contact.other.push((field, value.to_owned()));
                true
            }
            _ => false,
        }
    }
}

/// Whether a part may set the field as plain text.
fn is_text(field: Field) -> bool {
    let texts = matches!(field.kind(), ValueKind::Texts | ValueKind::Labelled);
    texts && !matches!(field, Field::Aliases | Field::Tags | Field::Email | Field::Phone)
        || matches!(field, Field::Timezone)
}

fn set_once<T>(place: &mut Option<T>, found: Option<T>, what: &str) -> Result<bool, Refusal> {
    let Some(found) = found else { return Ok(false) };
    if place.is_some() {
        return Err(refusal(format!("the line has two {what}"), "keep one of them"));
    }
    *place = Some(found);
    Ok(true)
}

fn is_email(text: &str) -> bool {
    let plain = !text.contains(char::is_whitespace);
    plain
        && text.split_once('@').is_some_and(|(user, host)| {
            !user.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
        })
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let rest = text.strip_prefix('+').unwrap_or(text);
    (6..=20).contains(&digits)
        && rest.chars().all(|character| character.is_ascii_digit() || " ()-./".contains(character))
}

#[cfg(test)]
mod tests {
    use crate::features::sample::{day, refused};
    use crate::features::start::read_line;
    use crate::people::vocabulary::Vocabulary;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    /// Every line is typed on Saturday, 21 November 2026.
    fn check(line: &str, expected: &Expect) {
        let shown = match read_line(line, &Vocabulary::default(), day("2026-11-21")) {
            Ok(None) => "nobody\n".to_owned(),
            Err(refusal) => refused(&refusal),
            Ok(Some(contact)) => {
                let mut shown = format!("{}\n", contact.name);
                for (label, value) in [
                    ("circle", contact.circle.clone()),
                    ("channel", Some(contact.channels.join(" + ")).filter(|text| !text.is_empty())),
                    ("cadence", contact.cadence.clone()),
                    ("birthday", contact.birthday.map(|date| date.to_string())),
                    ("groups", Some(contact.groups.join(" + ")).filter(|text| !text.is_empty())),
                    ("email", contact.email.first().cloned()),
                    ("phone", contact.phone.first().cloned()),
                    ("met", contact.met.clone()),
                    ("last", contact.last_contact.map(|date| date.to_string())),
                    ("follow up", contact.follow_up.map(|day| day.to_string())),
                    ("next", contact.next.clone()),
                    ("note", contact.notes.first().cloned()),
                ] {
                    if let Some(value) = value {
                        shown.push_str(&format!("  {label}: {value}\n"));
                    }
                }
                contact.other.iter().for_each(|(field, value)| {
                    shown.push_str(&format!("  {}: {value}\n", field.key()));
                });
                shown
            }
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn one_line_is_one_person() {
        check(
            "Ana Lima; inner; signal; climbs, moving to Porto; last ~Oct; next: ask about the move",
            &expect![[r#"
            Ana Lima
              circle: inner
              channel: signal
              last: ~2026-10
              next: ask about the move
              note: climbs, moving to Porto
        "#]],
        );
        check(
            "- Bo Berg; every 3 weeks; signal or mail; born 3 march 1988; bo@example.org; +351 910 000 000; group choir, work; met 2014 in Porto; location: Lisbon",
            &expect![[r#"
            Bo Berg
              channel: signal + mail
              cadence: every 3 weeks
              birthday: 1988-03-03
              groups: choir + work
              email: bo@example.org
              phone: +351 910 000 000
              met: 2014 in Porto
              location: Lisbon
        "#]],
        );
        check(
            "Mãe",
            &expect![[r#"
            Mãe
        "#]],
        );
        check(
            "  ",
            &expect![[r#"
            nobody
        "#]],
        );
        check(
            "# my people",
            &expect![[r#"
            nobody
        "#]],
        );
    }

    #[test]
    fn what_is_said_of_it_may_stand_before_an_address() {
        check(
            "Ana; phone +351 910 000 000; email: a@b.pt; once a month",
            &expect![[r#"
            Ana
              cadence: once a month
              email: a@b.pt
              phone: +351 910 000 000
        "#]],
        );
        check(
            "Ana; tel: 910000000; e-mail a@b.pt; phone is broken",
            &expect![[r#"
            Ana
              email: a@b.pt
              phone: 910000000
              note: phone is broken
        "#]],
        );
    }

    #[test]
    fn commas_part_a_line_without_semicolons() {
        check(
            "Ana Lima, inner, climbs, moving to Porto, last Oct",
            &expect![[r#"
            Ana Lima
              circle: inner
              last: 2026-10
              note: climbs, moving to Porto
        "#]],
        );
    }

    #[test]
    fn the_last_contact_may_be_a_guess() {
        let read = |written: &str| {
            let line = format!("A; last {written}");
            let read =
                read_line(&line, &Vocabulary::default(), day("2026-11-21")).unwrap().unwrap();
            read.last_contact.unwrap().to_string()
        };
        for (written, expected) in [
            ("2026-08", "2026-08"),
            ("~2025", "~2025"),
            ("Oct", "2026-10"),
            ("~Oct", "~2026-10"),
            ("december", "2025-12"),
            ("12 Oct", "2026-10-12"),
            ("yesterday", "2026-11-20"),
            ("fri", "2026-11-20"),
            ("week", "~2026-11-14"),
            ("month", "~2026-10"),
            ("3 weeks ago", "~2026-10-31"),
            ("2 months ago", "~2026-09"),
            ("spoke in Oct", "2026-10"),
            ("contact: ~Oct", "~2026-10"),
        ] {
            assert_eq!(read(written), expected, "{written}");
        }
    }

    #[test]
    fn the_next_step_may_have_a_day() {
        check(
            "A; next fri: ask",
            &expect![[r#"
            A
              follow up: 2026-11-27
              next: ask
        "#]],
        );
        check(
            "A; next 25 nov: lunch: the usual",
            &expect![[r#"
            A
              follow up: 2026-11-25
              next: lunch: the usual
        "#]],
        );
        check(
            "A; next week",
            &expect![[r#"
            A
              follow up: 2026-11-28
        "#]],
        );
        check(
            "A; follow up in 2 weeks: her exam",
            &expect![[r#"
            A
              follow up: 2026-12-05
              next: her exam
        "#]],
        );
        check(
            "A; next door neighbours",
            &expect![[r#"
            A
              note: next door neighbours
        "#]],
        );
    }

    #[test]
    fn what_cannot_be_understood_is_said() {
        check(
            "inner; signal",
            &expect![[r#"
            refused: the line starts with a circle, `inner`, not with a name (put the name first: `Ana Lima; inner; signal`)
        "#]],
        );
        check(
            "; inner",
            &expect![[r#"
            refused: the line starts with a circle, `inner`, not with a name (put the name first: `Ana Lima; inner; signal`)
        "#]],
        );
        check(
            "A; last soon",
            &expect![[r#"
            refused: `last soon` is not a date that can be read (write `last 2026-10-12`, `last 2026-10`, `last ~Oct` or `last ~2025`)
        "#]],
        );
        check(
            "A; last 2027",
            &expect![[r#"
            refused: `2027` is still to come (write `last 2026-10-12`, `last 2026-10`, `last ~Oct` or `last ~2025`)
        "#]],
        );
        check(
            "A; birthday 3/4",
            &expect![[r#"
            refused: `3/4` is not a date that can be read (write 1988-03-04, or without the year 03-04, or only 1988)
        "#]],
        );
        check(
            "A; 2026-08-01",
            &expect![[r#"
            refused: what the date `2026-08-01` is for is not said (write `last 2026-10-12`, `birthday 03-04` or `next fri: call`)
        "#]],
        );
        check(
            "A; iner",
            &expect![[r#"
            refused: `iner` is not a circle (did you mean `inner`? A note needs more than this word)
        "#]],
        );
        check(
            "A; inner; mentor",
            &expect![[r#"
            refused: the line has two circles (keep one of them)
        "#]],
        );
        check(
            "A; circle: wrok",
            &expect![[r#"
            refused: `wrok` is not a circle (circles are inner, growth, mentor, extended, later, reference)
        "#]],
        );
        check(
            "ana@example.org; inner",
            &expect![[r#"
            refused: the line starts with an address, `ana@example.org`, not with a name (put the name first: `Ana Lima; inner; signal`)
        "#]],
        );
    }

    proptest! {
        #[test]
        fn no_line_panics(line in "\\PC{0,60}|[a-zé;,:~ ]{0,40}") {
            let _ = read_line(&line, &Vocabulary::default(), day("2026-11-21"));
        }
    }
}
