//! What is planned with somebody, for today and the days ahead: `- 2026-11-25 plan: coffee`. Whether a plan of the
//! past happened is asked elsewhere (`features/plans`).

use crate::people::book::{Book, ContactId, Role};
use crate::people::kind::Meaning;
use crate::text::day::Day;
use std::collections::BTreeMap;

/// Something planned with somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// With whom, in the order of their notes; at least one.
    pub with: Vec<ContactId>,
    /// For when.
    pub day: Day,
    /// What; may be empty.
    pub text: String,
}

/// The plans from `from` to `to`, both included; in order of days, then of notes.
pub fn planned(book: &Book, from: Day, to: Day) -> Vec<Plan> {
    // One entry with several people in its head is one plan.
    let mut plans: BTreeMap<(Day, String, u32), Plan> = BTreeMap::new();
    for (id, _) in
        book.in_figures().filter(|(id, figures)| figures.is_present() && book.me() != Some(*id))
    {
        let touches = book.touches(id).take_while(|touch| touch.day >= from);
        for touch in touches.filter(|touch| touch.meaning == Meaning::Plan && touch.day <= to) {
            if touch.role == Role::Mention {
                continue;
            }
            let (path, entry) = book.interaction(&touch);
            let key = (touch.day, path.as_str().to_owned(), entry.line);
            let empty = || Plan { with: Vec::new(), day: touch.day, text: entry.text.clone() };
            plans.entry(key).or_insert_with(empty).with.push(id);
        }
    }
    plans.into_values().collect()
}

#[cfg(test)]
mod tests {
    use crate::features::planned::{Plan, planned};
    use crate::features::sample::{book, day};
    use crate::people::book::Book;

    fn shown(book: &Book, plans: &[Plan]) -> String {
        let line = |plan: &Plan| {
            let names = plan.with.iter().map(|id| book.contact(*id).name.as_str());
            format!("{} {}: {}", plan.day, names.collect::<Vec<_>>().join("+"), plan.text)
        };
        plans.iter().map(line).collect::<Vec<_>>().join("; ")
    }

    fn check(from: &str, to: &str, expected: &str) {
        let noa = "---\nname: Noa\n---\n## Log\n- 2026-11-25 plan [[Mei]]: a walk\n- 2026-11-20 call: x\n";
        let book = book(&[("people/mei.md", "---\nname: Mei\n---\n"), ("people/noa.md", noa)]);
        let plans = planned(&book, day(from), day(to));
        assert_eq!(shown(&book, &plans), expected, "{from} to {to}");
    }

    #[test]
    fn a_plan_with_several_people_is_one() {
        check("2026-11-21", "2026-11-25", "2026-11-25 Mei+Noa: a walk");
        check("2026-11-25", "2026-11-25", "2026-11-25 Mei+Noa: a walk");
        check("2026-11-21", "2026-11-24", "");
        check("2026-11-26", "2026-12-24", "");
    }
}
