//! Ticked lines that name the change themselves: a rhythm, a rest, what is still so, what connects you, a place.
//!
//! Always true here: what is typed at such a line is all taken, or the line is left as it is.

use crate::features::agenda::answer::Answer;
use crate::features::agenda::record::Outcome;
use crate::features::answering::step::{Followed, refusal};
use crate::features::answering::unread::unclear;
use crate::features::log::{Entry, Logged, log};
use crate::features::review::facts;
use crate::features::review::ground::Ground;
use crate::features::review::kept::wanted_rhythm;
use crate::features::review::next_step::set;
use crate::features::review::rhythms::word;
use crate::features::review::subject::Subject;
use crate::features::review::telling::{nothing_typed, on_its_day, words};
use crate::note::change::{FileChange, KeyValue, Refusal, Wish};
use crate::note::path::NotePath;
use crate::people::book::ContactId;
use crate::people::cadence::Cadence;
use crate::people::field::Field;

/// Follows the tick at such a line.
pub fn ticked(ground: &Ground, answer: &Answer, subject: &Subject) -> Result<Followed, Refusal> {
    match subject {
        Subject::Easier(habit, schedule) => {
            nothing_typed(&answer.said)?;
            let wish = set(ground, Field::Schedule, KeyValue::Text(schedule.clone()));
            Ok(done(format!("{}: {schedule}", habit.name), &habit.path, vec![wish]))
        }
        Subject::RestHabit(habit) => {
            nothing_typed(&answer.said)?;
            let wish = set(ground, Field::Paused, KeyValue::Flag(true));
            Ok(done(format!("{} rests", habit.name), &habit.path, vec![wish]))
        }
        Subject::Later(id) => {
            nothing_typed(&answer.said)?;
            let wish = set(ground, Field::Status, KeyValue::Text("later".to_owned()));
            Ok(of_person(ground, *id, "later", vec![wish]))
        }
        Subject::Rhythm(id, proposed) => rhythm(ground, answer, *id, proposed),
        Subject::Facts(id) => still_so(ground, answer, *id),
        Subject::Purpose(id) => purpose(ground, answer, *id),
        Subject::Place(id) => place(ground, answer, *id),
        Subject::End => {
            let told = format!("the review of {} is done", ground.period.title());
            Ok(Followed { told, outcome: Outcome::Done, files: Vec::new() })
        }
        Subject::Word(_) | Subject::Promise(_) | Subject::Owing(_) => Err(unclear(answer)),
    }
}

fn done(told: String, path: &NotePath, wishes: Vec<Wish>) -> Followed {
    let files = vec![FileChange::Edit { path: path.clone(), wishes }];
    Followed { told, outcome: Outcome::Done, files }
}

fn of_person(ground: &Ground, id: ContactId, what: &str, wishes: Vec<Wish>) -> Followed {
    let contact = ground.situation.book.contact(id);
    done(format!("{}: {what}", contact.name), &contact.path, wishes)
}

fn rhythm(
    ground: &Ground,
    answer: &Answer,
    id: ContactId,
    proposed: &str,
) -> Result<Followed, Refusal> {
    let typed = words(&answer.said)?;
    if typed.iter().any(|text| Cadence::parse(text).is_none()) {
        let hint = "write `monthly`, `2 weeks`, `2-3 weeks`, or nothing for the proposed one";
        return Err(refusal("what is typed there is not a rhythm", hint));
    }
    let text = match typed.as_slice() {
        [] => proposed,
        [one] => one.trim(),
        _ => return Err(refusal("two rhythms are typed there", "leave one of them")),
    };
    let told = wanted_rhythm(answer, proposed).map_or_else(|| text.to_owned(), word);
    let wish = set(ground, Field::Cadence, KeyValue::Text(text.to_owned()));
    Ok(of_person(ground, id, &told, vec![wish]))
}

/// An entry that is no contact: what is typed, else that it is still so.
fn still_so(ground: &Ground, answer: &Answer, id: ContactId) -> Result<Followed, Refusal> {
    let situation = &ground.situation;
    let contact = situation.book.contact(id);
    let answer = on_its_day(ground, answer)?;
    if answer.said.archive {
        return Err(refusal("`archive` is typed there", "an empty box and `ties archive` do that"));
    }
    let typed = answer.said.text.join("\n");
    let facts = facts::told(contact);
    let text = match (typed.is_empty(), facts.is_empty()) {
        (false, _) => typed,
        (true, true) => "still so".to_owned(),
        (true, false) => format!("still so: {facts}"),
    };
    let (follow_up, next) = match &answer.said.next {
        Some((on, text)) => (*on, Some(text.clone())),
        None => (None, None),
    };
    let (day, kind) = (answer.day.min(situation.day), Some("note".to_owned()));
    let entry = Entry { day, kind, text, below: answer.said.below.clone(), next, follow_up };
    let told = format!("{}: looked at", contact.name);
    Ok(match log(situation.book, situation.vocabulary, situation.day, &[id], &entry)? {
        Logged::New { change, .. } => {
            Followed { told, outcome: Outcome::Done, files: change.files }
        }
        Logged::There { .. } => Followed { told, outcome: Outcome::Known, files: Vec::new() },
    })
}

fn purpose(ground: &Ground, answer: &Answer, id: ContactId) -> Result<Followed, Refusal> {
    let text = words(&answer.said)?.join("; ");
    if text.is_empty() {
        return Err(refusal("nothing is typed below it", "type what connects you"));
    }
    let wish = set(ground, Field::Purpose, KeyValue::Text(text.clone()));
    Ok(of_person(ground, id, &text, vec![wish]))
}

fn place(ground: &Ground, answer: &Answer, id: ContactId) -> Result<Followed, Refusal> {
    let (mut circles, mut rhythms) = (Vec::new(), Vec::new());
    let typed = words(&answer.said)?;
    for text in &typed {
        let circle = ground.situation.vocabulary.circle(text.trim());
        match (circle, Cadence::parse(text)) {
            (Some(circle), _) => circles.push(circle.name.clone()),
            (None, Some(_)) => rhythms.push(text.trim().to_owned()),
            (None, None) => {
                let why = format!("`{text}` is neither a circle nor a rhythm");
                return Err(refusal(&why, "type `growth`, or `monthly`, below it"));
            }
        }
    }
    if circles.len() > 1 || rhythms.len() > 1 {
        return Err(refusal("two circles or two rhythms are typed there", "leave one of them"));
    }
    if typed.is_empty() {
        let hint = "type a circle (`growth`) or a rhythm (`monthly`)";
        return Err(refusal("nothing is typed below it", hint));
    }
    let circles = circles.into_iter().map(|circle| (Field::Circle, circle));
    let all = circles.chain(rhythms.into_iter().map(|rhythm| (Field::Cadence, rhythm)));
    let wishes = all.map(|(field, text)| set(ground, field, KeyValue::Text(text))).collect();
    Ok(of_person(ground, id, &typed.join(", "), wishes))
}
