//! The note of one person.

use crate::generator::front_matter;
use crate::generator::log;
use crate::generator::prose;
use crate::generator::random::Random;
use crate::generator::register::Register;
use ties::text::day::Day;

const MORE_HEADINGS: &[&str] =
    &["Background", "Letters", "What they told me", "Recipes", "Books", "The long story", "Places"];

/// The text of the note of the person with the number `of`, about `length` bytes.
pub(crate) fn note(
    random: &mut Random,
    register: &Register,
    of: usize,
    length: usize,
    today: Day,
) -> String {
    let person = &register.people[of];
    let mut text = match random.below(20) {
        0 => format!("# {}\n", person.name),
        _ => front_matter::block(random, register, of, today),
    };
    let rest = length.saturating_sub(text.len() + 60);
    text.push_str(&format!("\n{}\n", prose::paragraph(random, rest / 4, person.culture.lines)));
    if random.chance(75.0) {
        let newest = today.plus_days(-(random.within(0, 400) as i64));
        let most = rest.saturating_sub(rest / 4).min(40_000);
        text.push_str(&format!("\n{}", log::section(random, register, of, newest, most)));
    }
    if random.chance(15.0) {
        text.push_str(&events(random, today));
    }
    if random.chance(15.0) {
        text.push_str(&gifts(random));
    }
    while text.len() < length {
        let left = (length - text.len()).min(9_000);
        text.push_str(&more(random, person.culture.lines, left));
    }
    text
}

fn events(random: &mut Random, today: Day) -> String {
    let past = today.plus_days(-(random.within(20, 2_000) as i64));
    let ahead = today.plus_days(random.within(1, 200) as i64);
    format!(
        "\n## Events\n- {past} move: to the other side of the river\n- {ahead} exam: the second part\n"
    )
}

fn gifts(random: &mut Random) -> String {
    let year = random.within(2010, 2025);
    let (idea, gave) = (prose::interest(random), prose::interest(random));
    format!(
        "\n## Gifts\n- {year}-12-24 gave: a book on {gave} (Christmas)\n- idea: something for {idea}\n"
    )
}

fn more(random: &mut Random, lines: &[&str], length: usize) -> String {
    let heading = random.pick(MORE_HEADINGS);
    let mut text = format!("\n## {heading}\n\n");
    while text.len() < length {
        let paragraph = prose::paragraph(random, length.min(900), lines);
        let block = match random.below(12) {
            0 => format!("> {}\n\n", paragraph.replace('\n', "\n> ")),
            1 => format!("```\n{paragraph}\n```\n\n"),
            2 => format!("- {}\n\n", paragraph.replace('\n', "\n  ")),
            3 => format!("| when | what |\n|---|---|\n| summer | {} |\n\n", prose::clause(random)),
            _ => format!("{paragraph}\n\n"),
        };
        text.push_str(&block);
    }
    text
}
