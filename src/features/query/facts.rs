//! What a note says of one subject, field by field: the one place where a query reads notes.

use crate::features::promises::PromiseView;
use crate::features::query::field::QueryField;
use crate::features::query::subject::{Subject, SubjectKind};
use crate::people::book::{Book, ContactId, Role, Touch};
use crate::people::contact::{Contact, Labelled, Privacy, Status};
use crate::people::event::Event;
use crate::people::habit::{Habit, Schedule};
use crate::people::interaction::Interaction;
use crate::people::kind::Meaning;
use crate::text::day::Day;
use crate::text::fold::fold;
use crate::text::partial_date::LooseDate;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The values of a field of words, in the order of the note; none where the note does not say.
pub fn texts<'a>(book: &'a Book, subject: &Subject<'a>, field: QueryField) -> Vec<Cow<'a, str>> {
    match (subject.kind, field) {
        (_, QueryField::Name) => vec![subject.name(book).into()],
        (_, QueryField::Path) => vec![subject.path.as_str().into()],
        (SubjectKind::Person(id), QueryField::Circle) => {
            circle(book, id).map(Cow::from).into_iter().collect()
        }
        (SubjectKind::Person(id), _) => match (&book.brief(id).labels, field) {
            (labels, QueryField::Alias) => labels.aliases().map(Cow::from).collect(),
            (labels, QueryField::Group) => labels.groups().map(Cow::from).collect(),
            (labels, QueryField::Tag) => labels.tags().map(Cow::from).collect(),
            _ => of_contact(book.contact(id), field),
        },
        (SubjectKind::Habit, _) => {
            subject.habit(book).map(|habit| of_habit(habit, field)).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

fn of_contact(contact: &Contact, field: QueryField) -> Vec<Cow<'_, str>> {
    match field {
        QueryField::Next => contact.next.iter().map(Cow::from).collect(),
        QueryField::Channel => plain(&contact.channels),
        QueryField::Purpose => plain(&contact.purpose),
        QueryField::Interests => plain(&contact.interests),
        QueryField::Met => plain(&contact.met),
        QueryField::Goal => plain(&contact.goal),
        QueryField::How => plain(&contact.how),
        QueryField::Email => labelled(&contact.email),
        QueryField::Phone => labelled(&contact.phone),
        QueryField::Address => labelled(&contact.address),
        QueryField::Url => labelled(&contact.url),
        QueryField::Organization => labelled(&contact.organization),
        QueryField::Title => labelled(&contact.title),
        QueryField::Location => labelled(&contact.location),
        QueryField::Timezone => contact.timezone.iter().map(Cow::from).collect(),
        QueryField::Pets => plain(&contact.pets),
        QueryField::Food => plain(&contact.food),
        QueryField::Pronouns => plain(&contact.pronouns),
        QueryField::OccasionLead => {
            contact.occasion_lead.iter().map(|lead| lead.to_string().into()).collect()
        }
        QueryField::Uid => contact.uid.iter().map(Cow::from).collect(),
        QueryField::Private => private(&contact.privacy),
        QueryField::Gift => gifts(contact),
        QueryField::Event => contact.events.iter().map(event_text).collect(),
        // What is a habit's in our own notes may be a key of the owner's here.
        QueryField::After
        | QueryField::Recovery
        | QueryField::Schedule
        | QueryField::Grace
        | QueryField::DoneBy
        | QueryField::Report => own(contact, field.word()),
        _ => Vec::new(),
    }
}

fn plain(values: &[String]) -> Vec<Cow<'_, str>> {
    values.iter().map(Cow::from).collect()
}

fn labelled(values: &[Labelled]) -> Vec<Cow<'_, str>> {
    let one = |of: &'_ Labelled| match &of.label {
        Some(label) => Cow::from(format!("{} ({label})", of.value)),
        None => Cow::from(of.value.clone()),
    };
    values.iter().map(one).collect()
}

fn private(privacy: &Privacy) -> Vec<Cow<'_, str>> {
    match privacy {
        Privacy::Open => Vec::new(),
        Privacy::Whole => vec!["true".into()],
        Privacy::Parts(parts) => plain(parts),
    }
}

fn gifts(contact: &Contact) -> Vec<Cow<'_, str>> {
    let gifts = contact.gifts.iter().map(|gift| {
        let kind = gift.kind.word();
        format!("{kind} {} {}", gift.what, gift.occasion.as_deref().unwrap_or_default()).into()
    });
    gifts.collect()
}

/// Kind and words of an event.
pub fn event_text(event: &Event) -> Cow<'_, str> {
    format!("{} {}", event.kind, event.text).into()
}

fn of_habit(habit: &Habit, field: QueryField) -> Vec<Cow<'_, str>> {
    let optional = |text: &'_ Option<String>| text.iter().cloned().map(Cow::from).collect();
    match field {
        QueryField::After => optional(&habit.after),
        QueryField::Recovery => optional(&habit.recovery),
        QueryField::DoneBy => optional(&habit.done_by),
        QueryField::Report => optional(&habit.report),
        QueryField::Schedule => vec![schedule(&habit.schedule).into()],
        QueryField::Grace => {
            let period = |per_month: bool| if per_month { "month" } else { "week" };
            let grace = habit.grace.iter();
            grace
                .map(|grace| format!("{} per {}", grace.count, period(grace.per_month)).into())
                .collect()
        }
        _ => Vec::new(),
    }
}

fn schedule(schedule: &Schedule) -> String {
    match schedule {
        Schedule::Daily => "daily".to_owned(),
        Schedule::On(days) => days.iter().map(|day| day.name()).collect::<Vec<_>>().join(" "),
        Schedule::TimesPerWeek(times) => format!("{times} per week weekly"),
        Schedule::TimesPerMonth(times) => format!("{times} per month monthly"),
    }
}

/// A key in the form in which keys are compared.
pub fn folded_key(key: &str) -> String {
    fold(key).replace(['-', ' '], "_")
}

/// The values of a key of the owner's own; `key` is folded.
pub fn own<'a>(contact: &'a Contact, key: &str) -> Vec<Cow<'a, str>> {
    let of_key = contact.other.iter().filter(|(name, _)| folded_key(name) == key);
    of_key.map(|(_, value)| Cow::from(value)).filter(|value| !value.is_empty()).collect()
}

/// Every key of the owners' own that a note of a person has, folded.
pub fn own_keys(book: &Book) -> BTreeSet<String> {
    let keys = book.contacts().flat_map(|(_, contact)| contact.other.iter());
    keys.map(|(key, _)| folded_key(key)).collect()
}

/// Birthday or anniversary.
pub fn yearly(book: &Book, id: ContactId, field: QueryField) -> Option<LooseDate> {
    let figures = book.figures(id);
    match field {
        QueryField::Birthday => figures.birthday(),
        QueryField::Anniversary => figures.anniversary(),
        _ => None,
    }
}

/// Whether days that come round are still spoken of: those of somebody who died only where remembrance is wanted.
pub fn comes_round(book: &Book, id: ContactId) -> bool {
    let figures = book.figures(id);
    !figures.has_died() || figures.is_remembered()
}

/// When somebody died: `Some(None)` where they did, and it is not known when.
pub fn death(book: &Book, id: ContactId) -> Option<Option<LooseDate>> {
    let figures = book.figures(id);
    figures.has_died().then(|| figures.death())
}

/// When the note was made, as it says.
pub fn created(book: &Book, id: ContactId) -> Option<Day> {
    book.figures(id).created()
}

/// Until when nothing is suggested, as the note says.
pub fn quiet_until(book: &Book, id: ContactId) -> Option<Day> {
    book.figures(id).quiet_until()
}

/// The day of the next step.
pub fn follow_up(book: &Book, id: ContactId) -> Option<Day> {
    book.figures(id).follow_up()
}

/// How far the person takes part.
pub fn status(book: &Book, id: ContactId) -> Status {
    book.figures(id).status()
}

/// The circle.
pub fn circle(book: &Book, id: ContactId) -> Option<&str> {
    book.circle_of(book.figures(id))
}

/// A key that is true or false.
pub fn flag(book: &Book, id: ContactId, field: QueryField) -> bool {
    let figures = book.figures(id);
    match field {
        QueryField::Paused => figures.is_paused(),
        QueryField::Remember => figures.is_remembered(),
        QueryField::Archived => figures.status() == Status::Archived,
        _ => false,
    }
}

/// Whether the whole note is private.
pub fn is_private(book: &Book, id: ContactId) -> bool {
    book.contact(id).privacy == Privacy::Whole
}

/// What a person took part in, newest first: up to `today`, and plans.
pub fn taken(book: &Book, id: ContactId, today: Day) -> impl Iterator<Item = Touch> {
    book.touches(id).filter(move |touch| {
        touch.role != Role::Mention && (touch.day <= today || touch.meaning == Meaning::Plan)
    })
}

/// The entries behind these.
pub fn entries(book: &Book, id: ContactId, today: Day) -> impl Iterator<Item = &Interaction> {
    taken(book, id, today).map(|touch| book.interaction(&touch).1)
}

/// The day of the oldest entry that a person took part in and that was no plan.
pub fn first_entry(book: &Book, id: ContactId) -> Option<Day> {
    let mut oldest_first = book.touches(id).rev();
    oldest_first
        .find(|touch| touch.role != Role::Mention && touch.meaning != Meaning::Plan)
        .map(|touch| touch.day)
}

/// Everybody who takes part in an entry together with one of `people`, who are not among them themselves.
pub fn companions(book: &Book, people: &BTreeSet<ContactId>, today: Day) -> BTreeSet<ContactId> {
    let mut companions = BTreeSet::new();
    for id in people {
        for touch in taken(book, *id, today) {
            let heads = book.interaction(&touch).1.with.iter();
            companions.extend(book.contact_of(touch.note as usize));
            companions.extend(heads.filter_map(|link| book.linked(&link.target.note)));
        }
    }
    &companions - people
}

/// Everybody at most `steps` ties away from one of `people`, who are not among them. No way leads through the owner,
/// whom everyone is tied to.
pub fn near(book: &Book, people: &BTreeSet<ContactId>, steps: u32) -> BTreeSet<ContactId> {
    let mut found = people.clone();
    let mut edge = people.iter().copied().collect::<Vec<_>>();
    for _ in 0..steps {
        let from = edge.iter().filter(|id| people.contains(id) || book.me() != Some(**id));
        let next = from.flat_map(|id| book.ties(*id)).map(|tie| tie.other);
        edge = next.filter(|other| found.insert(*other)).collect();
    }
    &found - people
}

/// Whether a journal note or habit tells of one of `people`.
pub fn is_with(book: &Book, subject: &Subject<'_>, wanted: &dyn Fn(ContactId) -> bool) -> bool {
    let known = |name: &str| book.linked(name).is_some_and(wanted);
    let lines = subject.journal(book).into_iter().flat_map(|journal| &journal.lines);
    let heads = lines.flat_map(|line| &line.with);
    let partners = subject.habit(book).into_iter().flat_map(|habit| &habit.with);
    heads.chain(partners).any(|link| known(&link.target.note))
}

/// The day of an open promise: when it is due, else when it shows.
pub fn day_of(view: &PromiseView<'_>) -> Option<Day> {
    view.of.brief.due.or(view.shows)
}
