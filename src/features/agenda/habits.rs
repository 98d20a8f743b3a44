//! "Habits": what waits for a tick.

use crate::features::agenda::ids::Ids;
use crate::features::agenda::view::{Item, Source};
use crate::features::agenda::wording::{plain, sentence};
use crate::features::habit_ticks::with_contact;
use crate::features::habits::{Standing, Today, stacked, standing, title};
use crate::features::standing::Situation;
use crate::people::habit::Habit;

/// The habits with their standing on the day, in the order of their notes, each right behind the one that it is
/// stacked on.
pub fn standings<'a>(situation: &Situation<'a>) -> Vec<(&'a Habit, Standing)> {
    let standing = |habit| {
        let ticked = with_contact(situation, habit);
        (habit, standing(&ticked, situation.day, situation.settings))
    };
    let habits = situation.book.habits().collect::<Vec<_>>();
    stacked(&habits).into_iter().map(standing).collect()
}

/// The habits that wait for a tick.
pub fn habits(standings: &[(&Habit, Standing)], ids: &mut Ids) -> Vec<Item> {
    let open = standings.iter().filter(|(_, standing)| standing.today == Today::Open);
    open.map(|(habit, standing)| {
        let recently = standing.recently.as_ref().map(|words| format!(" · {words}"));
        let text = format!("{}{}", plain(&title(habit)), recently.unwrap_or_default());
        let recovery = standing.recovery.iter().map(|line| sentence(line));
        let id = ids.take('h', &[&habit.identity, "habit"]);
        let source = Source::Habit { path: habit.path.clone() };
        Item::new(id, source, text, recovery.filter(|line| !line.is_empty()).collect())
    })
    .collect()
}
