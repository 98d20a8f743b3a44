//! Choosing a person on the screen, with their page beside the list.

use crate::app::refresh::Reading;
use crate::app::session::Session;
use crate::features::query::search::Hit;
use crate::features::show::show;
use crate::features::show_text::render_show;
use crate::features::standing::Situation;
use crate::frontends::cli::failure::Failure;
use crate::frontends::cli::output::Output;
use crate::frontends::cli::picker::pick::pick;
use crate::frontends::cli::picker::state::{Choice, State};
use crate::note::path::NotePath;
use crate::people::book::{Book, ContactId};
use crate::text::fold::fold;

/// The one of `people` whom the person picks, `typed` being typed already; what `ties show` tells of each stands beside
/// the list. A failure where nobody is picked.
pub fn choose_person(
    session: &Session,
    book: &Book,
    people: &[ContactId],
    typed: &str,
    output: &Output,
) -> Result<ContactId, Failure> {
    let situation = Situation::new(book, session.today, session.settings(), &session.vocabulary);
    let tell = |at: usize, columns: usize| {
        let view = people.get(at).map(|id| show(&situation, *id));
        view.map(|view| render_show(book, &view, columns)).unwrap_or_default()
    };
    choose(book, people, typed, &tell, output)
}

/// The same for everybody but the owner, by name.
pub fn choose_of_all(
    session: &Session,
    book: &Book,
    typed: &str,
    output: &Output,
) -> Result<ContactId, Failure> {
    let others = book.everyone().filter(|(id, _)| book.me() != Some(*id));
    let mut people = others.collect::<Vec<_>>();
    people.sort_by_cached_key(|(id, brief)| (fold(&brief.name), *id));
    let people = people.into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    choose_person(session, book, &people, typed, output)
}

/// The same with any words about each.
pub fn choose(
    book: &Book,
    people: &[ContactId],
    typed: &str,
    tell: &dyn Fn(usize, usize) -> String,
    output: &Output,
) -> Result<ContactId, Failure> {
    let choices = choices(book, people);
    let picked = pick(State::new(choices).with_typed(typed), tell, output)?;
    let picked = picked.and_then(|at| people.get(at).copied());
    picked.ok_or_else(|| Failure::no("nobody was chosen"))
}

/// With their aliases, which find them as well.
fn choices(book: &Book, people: &[ContactId]) -> Vec<Choice> {
    let choice = |id: &ContactId| {
        let (label, place) = (book.brief(*id).name.clone(), book.identity(*id).into_owned());
        Choice { label, place, also: Vec::new() }
    };
    let mut choices = people.iter().map(choice).collect::<Vec<_>>();
    let mut place_of = vec![None; book.everyone().count()];
    for (place, id) in people.iter().enumerate() {
        if let Some(slot) = place_of.get_mut(id.number()) {
            *slot = Some(place);
        }
    }
    for (note, name) in book.outline().names().written_with_notes() {
        let place = book.contact_of(note).and_then(|id| *place_of.get(id.number())?);
        if let Some(choice) = place.and_then(|place| choices.get_mut(place)) {
            choice.also.push(name.to_owned());
        }
    }
    choices
}

/// The path of the one of `hits` that the person picks. Beside the list stands what `ties show` tells of a person, and
/// of any other note its text.
pub fn choose_hit(
    reading: &Reading,
    situation: &Situation<'_>,
    hits: &[Hit<'_>],
    output: &Output,
) -> Result<NotePath, Failure> {
    let tell = |at: usize, columns: usize| {
        let Some(hit) = hits.get(at) else { return String::new() };
        match hit.subject.contact() {
            Some(id) => render_show(situation.book, &show(situation, id), columns),
            None => reading.text(hit.subject.path.as_str()).unwrap_or_default(),
        }
    };
    let choices = hits.iter().map(|hit| Choice {
        label: hit.subject.name(situation.book).to_owned(),
        place: hit.subject.path.identity(),
        also: Vec::new(),
    });
    let picked = pick(State::new(choices.collect()), &tell, output)?;
    let picked = picked.and_then(|at| hits.get(at)).map(|hit| hit.subject.path.clone());
    picked.ok_or_else(|| Failure::no("nothing was chosen"))
}
