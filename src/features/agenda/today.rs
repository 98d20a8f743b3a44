//! "Today": occasions, those who mourn, triggers, introductions, and plans.

use crate::features::agenda::ids::Ids;
use crate::features::agenda::view::{Item, Source, Why};
use crate::features::agenda::wording::{
    PLANNED_TODAY, QUESTION, event_kind, excerpt, link, link_of, links_to, past_day, plain,
    sentence, step,
};
use crate::features::gifts::{Gifts, gifts};
use crate::features::kinship::to_owner;
use crate::features::mourning::{Mourning, mourning};
use crate::features::occasions::{self, Occasion, OccasionKind};
use crate::features::planned::planned;
use crate::features::plans::PlanQuestion;
use crate::features::standing::Situation;
use crate::features::triggers::{self, Opening, OpeningReason};
use crate::people::book::{Book, ContactId};
use crate::text::day::Day;
use crate::text::partial_date::LooseDate;
use crate::text::phrase;

/// The occasions of the day, those missed a few days ago after them; then those who mourn.
pub fn occasions(situation: &Situation, ids: &mut Ids) -> Vec<Item> {
    let mut occasions = occasions::now(situation);
    occasions.sort_by_key(|occasion| (occasion.day.days_until(situation.day), occasion.who));
    let mut items = occasions.iter().map(|of| occasion(situation, ids, of)).collect::<Vec<_>>();
    items.extend(mourning(situation).iter().map(|of| mourner(situation, ids, of)));
    items
}

/// Adds what else the day holds to its occasions: plans for it, triggers, introductions, and plans of the past that may
/// have happened; without those that `is_asked` does not want. Whoever has a line already gets a trigger below it: one
/// word is an answer to both.
pub fn others(
    situation: &Situation,
    questions: &[PlanQuestion],
    today: &mut Vec<Item>,
    is_asked: &dyn Fn(&Item) -> bool,
    ids: &mut Ids,
) {
    today.extend(plans(situation, ids).into_iter().filter(is_asked));
    let mourning = mourning(situation);
    for opening in triggers::open(situation).iter().filter(|of| !is_told(of, &mourning)) {
        let item = trigger(situation, ids, opening);
        if !is_asked(&item) {
            continue;
        }
        let identity = situation.book.identity(opening.who);
        match today.iter_mut().find(|item| item.is_word_to(&identity)) {
            Some(item) => item.context.extend(aside(situation, opening)),
            None => today.push(item),
        }
    }
    let questions = questions.iter().filter_map(|question| asked(situation, ids, question));
    today.extend(questions.filter(is_asked));
}

/// Whether the loss that `opening` is about has its own line: somebody close to them died.
fn is_told(opening: &Opening, mourning: &[Mourning]) -> bool {
    let is_loss = matches!(&opening.reason, OpeningReason::Event { kind, .. } if kind == "loss");
    is_loss && mourning.iter().any(|mourning| mourning.who == opening.who)
}

/// An item about people; `reason` and the first of them make its id.
fn about(people: &[ContactId], book: &Book, why: Why, ids: &mut Ids, reason: &str) -> Item {
    let identities = people.iter().map(|id| book.identity(*id).into_owned()).collect::<Vec<_>>();
    let first = identities.first().map_or("", String::as_str);
    let id = ids.take('t', &[first, reason]);
    Item::new(id, Source::People { identities, why }, String::new(), Vec::new())
}

fn occasion(situation: &Situation, ids: &mut Ids, occasion: &Occasion) -> Item {
    let book = situation.book;
    let remembrance =
        matches!(occasion.kind, OccasionKind::RememberedBirth | OccasionKind::RememberedDeath);
    let why = if remembrance { Why::Remembrance } else { Why::Occasion };
    let partner = occasion.with.filter(|with| book.me() != Some(*with));
    let people = std::iter::once(occasion.who).chain(partner).collect::<Vec<_>>();
    let item = about(&people, book, why, ids, occasion.kind.reason());
    let (text, context) = match &occasion.kind {
        OccasionKind::Birthday => (birthday(situation, occasion), presents(book, occasion)),
        OccasionKind::Anniversary => (anniversary(situation, occasion), presents(book, occasion)),
        OccasionKind::Event { kind, text } => {
            let what = format!("{}: {} today", link_of(book, occasion.who), event_kind(kind));
            let more = phrase::capital(&sentence(text));
            (what, Some(more).filter(|more| !more.is_empty()))
        }
        OccasionKind::RememberedBirth | OccasionKind::RememberedDeath => {
            (remembrance_of(situation, occasion), None)
        }
    };
    Item { text, context: context.into_iter().collect(), task: !remembrance, ..item }
}

/// `[[…|Mãe]], your mother,`: the person, and what they are to the owner.
fn named(situation: &Situation, id: ContactId) -> String {
    let link = link_of(situation.book, id);
    let to_owner = to_owner(situation.book, id, situation.vocabulary, situation.day);
    to_owner.map_or(link.clone(), |tie| format!("{link}, {tie},"))
}

fn birthday(situation: &Situation, occasion: &Occasion) -> String {
    let today = occasion.day == situation.day;
    let who = named(situation, occasion.who);
    let what = match (occasion.years, today) {
        (Some(years), true) => format!("{who} turns {years}"),
        (Some(years), false) => format!("{who} turned {years}"),
        (None, true) => format!("{who} has a birthday"),
        (None, false) => format!("{who} had a birthday"),
    };
    with_invitation(situation, occasion, &what)
}

fn anniversary(situation: &Situation, occasion: &Occasion) -> String {
    let book = situation.book;
    let who = link_of(book, occasion.who);
    let number = occasion.years.map(|years| format!("{} ", phrase::ordinal(years)));
    let number = number.unwrap_or_default();
    let what = match occasion.with {
        Some(with) if book.me() == Some(with) => format!("Your {number}anniversary with {who}"),
        Some(with) => {
            format!("The {number}anniversary of {who} and {}", link_of(book, with))
        }
        None => format!("The {number}anniversary of {who}"),
    };
    let when = if occasion.day == situation.day { "is today" } else { "was" };
    with_invitation(situation, occasion, &format!("{what} {when}"))
}

/// On the day, what a good contact looks like; afterwards, that a word is still welcome.
fn with_invitation(situation: &Situation, occasion: &Occasion, what: &str) -> String {
    if occasion.day != situation.day {
        let day = phrase::on_day(occasion.day, situation.day);
        return format!("{what} {day}; a late word is welcome.");
    }
    let contact = situation.book.contact(occasion.who);
    let how = contact.how.first().map(|how| sentence(how)).filter(|how| !how.is_empty());
    let channel = contact.channels.first().map(|channel| plain(channel));
    let channel = channel.filter(|channel| !channel.is_empty());
    match how.or_else(|| channel.map(|channel| format!("Best by {channel}."))) {
        Some(invitation) => format!("{what}. {invitation}"),
        None => format!("{what}."),
    }
}

/// What is known about gifts, on one line.
pub fn presents(book: &Book, occasion: &Occasion) -> Option<String> {
    let Gifts { given, ideas, before } = gifts(book, occasion);
    let list =
        |items: &[String]| items.iter().map(|item| excerpt(item)).collect::<Vec<_>>().join("; ");
    let mut parts = Vec::new();
    match ideas.len() {
        0 => {}
        1 => parts.push(format!("Idea: {}.", list(&ideas))),
        _ => parts.push(format!("Ideas: {}.", list(&ideas))),
    }
    if !given.is_empty() {
        parts.push(format!("Given: {}.", list(&given)));
    }
    parts.extend(before.map(|(year, given)| {
        let when = if year + 1 == occasion.day.year() {
            "Last year".to_owned()
        } else {
            format!("In {year}")
        };
        format!("{when}: {}.", list(&given))
    }));
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn remembrance_of(situation: &Situation, occasion: &Occasion) -> String {
    let contact = situation.book.contact(occasion.who);
    let death = contact.died.and_then(|death| death.date);
    let (what, date) = match occasion.kind {
        OccasionKind::RememberedBirth => ("was born", contact.birthday),
        _ => ("died", death),
    };
    let year = date.filter(|date| !date.estimated).and_then(LooseDate::year);
    let year = year.map(|year| format!(" in {year}")).unwrap_or_default();
    format!("{} {what} on this day{year}.", named(situation, occasion.who))
}

fn mourner(situation: &Situation, ids: &mut Ids, mourning: &Mourning) -> Item {
    let book = situation.book;
    let reason = format!("mourning {}", book.contact(mourning.died).identity);
    let item = about(&[mourning.who], book, Why::Mourning, ids, &reason);
    let (who, died) = (link_of(book, mourning.who), link_of(book, mourning.died));
    let exactly = mourning.opened == situation.day;
    let since = mourning.since.words();
    let since = if exactly { since.to_owned() } else { format!("a little over {since}") };
    let text = match &mourning.tie {
        Some(tie) => format!("{who}: {since} ago their {tie} {died} died. A short word is enough."),
        None => format!("{who}: {since} ago {died} died. A short word is enough."),
    };
    Item { text, ..item }
}

fn trigger(situation: &Situation, ids: &mut Ids, opening: &Opening) -> Item {
    let book = situation.book;
    let who = link_of(book, opening.who);
    match &opening.reason {
        OpeningReason::Introduced(new) => {
            let new = book.contact(*new);
            let reason = format!("introduced {}", new.identity);
            let item = about(&[opening.who], book, Why::Introduction, ids, &reason);
            Item { text: format!("Thank {who} for introducing {}", link(new)), ..item }
        }
        OpeningReason::Event { kind, day, text, suggestion, gentle } => {
            let reason = format!("after {kind}");
            let item = about(&[opening.who], book, Why::Trigger, ids, &reason);
            let suggestion = plain(suggestion);
            let what = match gentle {
                true => format!("A word to {who}, if it feels right: {}", step(&suggestion)),
                false => format!("{who}: {}", step(&suggestion)),
            };
            let event = event_line(kind, *day, text, *gentle, situation.day);
            Item { text: what, context: vec![event], ..item }
        }
    }
}

/// A trigger as lines below another line about the same person.
fn aside(situation: &Situation, opening: &Opening) -> Vec<String> {
    match &opening.reason {
        OpeningReason::Introduced(new) => {
            vec![format!("Thank them for introducing {}.", link_of(situation.book, *new))]
        }
        OpeningReason::Event { kind, day, text, suggestion, gentle } => {
            let suggestion = sentence(suggestion);
            let what = match gentle {
                true => format!("If it feels right: {}", step(&suggestion)),
                false => phrase::capital(&suggestion),
            };
            vec![event_line(kind, *day, text, *gentle, situation.day), what]
        }
    }
}

/// `New job, 12 November: she has it`. A hard event is not named again.
fn event_line(kind: &str, day: Day, text: &str, gentle: bool, today: Day) -> String {
    let day = past_day(day, today);
    let text = sentence(text);
    match (gentle && !text.is_empty(), text.is_empty()) {
        (true, _) => format!("{}: {text}", phrase::capital(&day)),
        (false, true) => format!("{}, {day}", phrase::capital(&event_kind(kind))),
        (false, false) => format!("{}, {day}: {text}", phrase::capital(&event_kind(kind))),
    }
}

fn plans(situation: &Situation, ids: &mut Ids) -> Vec<Item> {
    let book = situation.book;
    let met = |id: &ContactId| situation.standing(*id).contact_day() == Some(situation.day);
    let plans = planned(book, situation.day, situation.day);
    let open = plans.into_iter().filter(|plan| !plan.with.iter().any(met));
    open.map(|plan| {
        let item = about(&plan.with, book, Why::Plan, ids, &format!("plan {}", plan.text));
        let who = links_to(&plan.with, book);
        let text = excerpt(&plan.text);
        let what = if text.is_empty() { String::new() } else { format!(": {text}") };
        Item { text: format!("{who}{PLANNED_TODAY}{what}"), ..item }
    })
    .collect()
}

fn asked(situation: &Situation, ids: &mut Ids, question: &PlanQuestion) -> Option<Item> {
    let book = situation.book;
    question.people.first()?;
    let (_, entry) = book.interaction(&question.plan);
    let reason = format!("plan {}", entry.text);
    let item = about(&question.people, book, Why::PlanQuestion, ids, &reason);
    let (who, text) = (links_to(&question.people, book), sentence(&entry.text));
    let day = phrase::day(question.plan.day, situation.day);
    let what = match text.is_empty() {
        true => format!("{who}, planned for {day}. {QUESTION}"),
        false => format!("{who}, planned for {day}: {text} {QUESTION}"),
    };
    Some(Item { text: what, ..item })
}
