//! A ticked word to somebody: a next step on the day that the line says, or the one that is typed. It is no contact.

use crate::features::agenda::answer::Answer;
use crate::features::agenda::record::Outcome;
use crate::features::agenda::said::Said;
use crate::features::agenda::wording::plain;
use crate::features::answering::step::{Followed, add, refusal};
use crate::features::review::ground::Ground;
use crate::features::review::telling::{day_at_start, pieces, possible};
use crate::features::review::words_to::day_of_line;
use crate::note::change::{FileChange, KeyValue, Refusal, Wish};
use crate::people::book::ContactId;
use crate::people::field::Field;
use crate::text::day::Day;
use crate::text::phrase;

/// The day and the words of a next step.
type Step = (Day, Option<String>);

/// Makes it a next step of everybody of the line.
pub fn next_step(ground: &Ground, answer: &Answer, who: &[ContactId]) -> Result<Followed, Refusal> {
    let book = ground.situation.book;
    let (day, words) = step_of(ground, answer, &answer.said, who)?;
    let (mut files, mut instead) = (Vec::new(), Vec::new());
    for id in who {
        let contact = book.contact(*id);
        let mut wishes = vec![set(ground, Field::FollowUp, KeyValue::Date(day))];
        let words = words.clone();
        let other =
            contact.next.as_ref().filter(|next| words.is_some() && words != Some((*next).clone()));
        instead.extend(other.map(|next| plain(next)));
        wishes.extend(words.map(|words| set(ground, Field::Next, KeyValue::Text(words))));
        add(&mut files, &contact.path, wishes);
    }
    let day = phrase::on_day(day, ground.situation.day);
    let mut told = format!("a word to {} {day}", names(ground, who));
    if !instead.is_empty() {
        // Those words are in no file any more.
        told += &format!(", instead of: {}", instead.join("; "));
    }
    Ok(Followed { told, outcome: Outcome::Done, files })
}

/// What is typed makes the next step: at most one day, and words.
fn step_of(
    ground: &Ground,
    answer: &Answer,
    said: &Said,
    who: &[ContactId],
) -> Result<Step, Refusal> {
    let today = ground.situation.day;
    if said.archive {
        let hint = "leave `archive` alone with an empty box, or take it away";
        return Err(refusal("a word to somebody who is put away", hint));
    }
    let (mut days, mut words) = (Vec::new(), Vec::new());
    if let Some((on, text)) = &said.next {
        days.extend(*on);
        words.push(text.clone());
    }
    for piece in pieces(said) {
        possible(&piece)?;
        match day_at_start(&piece, today).filter(|at| at.is_sure) {
            Some(at) => {
                days.push(at.day);
                words.extend(Some(at.rest.to_owned()).filter(|rest| !rest.is_empty()));
            }
            None => words.push(piece),
        }
    }
    days.dedup();
    let day = match days.as_slice() {
        [] => proposed(ground, answer, who),
        [day] if *day > today => *day,
        [day] => {
            let reason = format!("{} is no day to come", phrase::date(*day, today));
            return Err(refusal(&reason, "type a day to come, such as `fri`"));
        }
        _ => return Err(refusal("two days are typed there", "leave one of them")),
    };
    Ok((day, Some(words.join("; ")).filter(|words| !words.is_empty())))
}

/// The day that the line says; once that has come, another one.
fn proposed(ground: &Ground, answer: &Answer, who: &[ContactId]) -> Day {
    let said = day_of_line(ground, &answer.line.text);
    said.filter(|day| *day > ground.situation.day).unwrap_or_else(|| {
        let first = who.first().map(|id| ground.situation.book.identity(*id));
        ground.word_day(&first.unwrap_or_default())
    })
}

/// Takes the next step that was made when the answer said `said` out again, as far as it is unchanged.
pub fn without_step(
    ground: &Ground,
    answer: &Answer,
    said: &Said,
    who: &[ContactId],
) -> Vec<FileChange> {
    let Ok((day, words)) = step_of(ground, answer, said, who) else { return Vec::new() };
    let mut files = Vec::new();
    for id in who {
        let contact = ground.situation.book.contact(*id);
        let is_ours = contact.follow_up == Some(day);
        let keys = |field| ground.situation.vocabulary.spellings(field);
        let mut wishes = Vec::new();
        wishes.extend(is_ours.then(|| Wish::RemoveKey { keys: keys(Field::FollowUp) }));
        let same_words = is_ours && words.is_some() && contact.next == words;
        wishes.extend(same_words.then(|| Wish::RemoveKey { keys: keys(Field::Next) }));
        add(&mut files, &contact.path, wishes);
    }
    files
}

/// The names of `who` as a list.
pub fn names(ground: &Ground, who: &[ContactId]) -> String {
    let names = who.iter().map(|id| ground.situation.book.brief(*id).name.as_str());
    phrase::list(&names.collect::<Vec<_>>())
}

/// The wish for a key of a person or a habit.
pub fn set(ground: &Ground, field: Field, value: KeyValue) -> Wish {
    Wish::SetKey { keys: ground.situation.vocabulary.spellings(field), value }
}
