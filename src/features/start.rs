//! One person in one line, as somebody types who starts from nothing:
//! `Ana Lima; inner; signal; climbs, moving to Porto; last ~Oct; next: ask about the move`.
//!
//! Always true here: the name comes first; a part that begins like something known is read as that or refused with a
//! word, never guessed; every other part is kept as a note.

use crate::features::add::{NewContact, cadence, circle, date};
use crate::features::start_date::{last_contact, next_step};
use crate::note::change::Refusal;
use crate::people::cadence::Cadence;
use crate::people::field::{Field, ValueKind};
use crate::people::vocabulary::Vocabulary;
use crate::text::day::Day;
use crate::text::fold::fold;
use crate::text::partial_date::LooseDate;

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
    let looks_like = if !name.chars().any(char::is_alphanumeric) {
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
        set_once(&mut contact.circle, found, "circles")
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
        if is_email(self.text) {
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
