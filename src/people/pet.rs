//! Pets, as a note tells of them in one value: `Mel (dog, 2019)`.

use crate::text::partial_date::{LooseDate, Spelling};

/// A pet. What stands in parentheses at the end is taken apart; all else is the name, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pet {
    /// What it is called: `Mel`.
    pub name: String,
    /// What it is: `dog`; several words of the owner's are kept with commas between them.
    pub species: Option<String>,
    /// When it was born; mostly a year.
    pub born: Option<LooseDate>,
    /// Whether it has died, and when.
    pub died: Option<Option<LooseDate>>,
}

impl Pet {
    /// Reads `Mel (dog, 2019)`: of the parts in parentheses the first date of the format (perhaps after `born`) is the
    /// birth, `died` or `†` with or without a date the death, the rest the species. `Mel (dog, 2019-2024)` is both
    /// dates. A value without parentheses is a name.
    pub fn read(text: &str) -> Pet {
        let text = text.trim();
        let split = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
        let Some((name, details)) = split.filter(|(name, _)| !name.trim().is_empty()) else {
            return Pet { name: text.to_owned(), ..Pet::default() };
        };
        let mut pet = Pet { name: name.trim().to_owned(), ..Pet::default() };
        let mut species = Vec::new();
        for detail in details.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
            if !pet.take_date(detail) {
                species.push(detail);
            }
        }
        pet.species = (!species.is_empty()).then(|| species.join(", "));
        pet
    }

    /// Whether `detail` is a date of its life.
    fn take_date(&mut self, detail: &str) -> bool {
        if let Some(rest) = after(detail, &["died", "†"]) {
            let death = date(rest);
            let is_death = rest.trim().is_empty() || death.is_some();
            self.died = is_death.then_some(death).or(self.died);
            return is_death;
        }
        if let Some((Some(born), Some(died))) =
            detail.split_once(['-', '–']).map(|(born, died)| (year(born), year(died)))
        {
            (self.born, self.died) = (self.born.or(Some(born)), Some(Some(died)));
            return true;
        }
        let born = date(after(detail, &["born", "*"]).unwrap_or(detail));
        let is_birth = born.is_some() && self.born.is_none();
        self.born = self.born.or(born);
        is_birth
    }
}

/// Each pet that one value tells of: `Mel (dog, 2019), Bo (cat)` are two.
pub fn each(text: &str) -> Vec<String> {
    let (mut pets, mut begin, mut depth, mut before) = (Vec::new(), 0, 0usize, ' ');
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | ';' if depth == 0 && before == ')' => {
                pets.extend(text.get(begin..at));
                begin = at + 1;
            }
            _ => {}
        }
        before = letter;
    }
    pets.extend(text.get(begin..));
    pets.into_iter().map(|pet| pet.trim().to_owned()).filter(|pet| !pet.is_empty()).collect()
}

/// What stands after one of these words, in whatever case.
fn after<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| {
        let (first, rest) = text.split_at_checked(word.len())?;
        first.eq_ignore_ascii_case(word).then_some(rest)
    })
}

fn date(text: &str) -> Option<LooseDate> {
    let text = text.trim();
    let text = after(text, &["in ", "on "]).unwrap_or(text);
    let (date, spelling) = LooseDate::parse(text.trim()).ok()?;
    (spelling == Spelling::Iso).then_some(date)
}

fn year(text: &str) -> Option<LooseDate> {
    let text = text.trim();
    date(text).filter(|_| text.len() == 4)
}

#[cfg(test)]
mod tests {
    use crate::people::pet::{Pet, each};
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        let Pet { name, species, born, died } = Pet::read(text);
        let date = |date: Option<crate::text::partial_date::LooseDate>| {
            date.map_or("-".to_owned(), |date| date.to_string())
        };
        let died = died.map_or(String::new(), |day| format!(" died {}", date(day)));
        let species = species.unwrap_or("-".to_owned());
        assert_eq!(format!("{name} | {species} | {}{died}", date(born)), expected, "{text}");
    }

    #[test]
    fn species_and_dates_stand_in_parentheses() {
        check("Mel (dog, 2019)", "Mel | dog | 2019");
        check("Mel (dog, 2019-05-03)", "Mel | dog | 2019-05-03");
        check("Mel (2019, dog)", "Mel | dog | 2019");
        check("Mel (dog, brown, born ~2019-05)", "Mel | dog, brown | ~2019-05");
        check("Måns (goat)", "Måns | goat | -");
        check("Mel (dog, 2010, died 2024-02)", "Mel | dog | 2010 died 2024-02");
        check("Mel (dog, †)", "Mel | dog | - died -");
        check("Mel (dog, 2010–2024)", "Mel | dog | 2010 died 2024");
        check("Mel (dog, --05-03)", "Mel | dog | --05-03");
        check("Zé (cat, Died 2023)", "Zé | cat | - died 2023");
        check("Zé (cat, born in 2019, died in 2023-05)", "Zé | cat | 2019 died 2023-05");
        check("Zé (cat, *2019, †2023)", "Zé | cat | 2019 died 2023");
    }

    #[test]
    fn one_value_may_tell_of_several() {
        assert_eq!(each("Mel (dog, 2019), Bo (cat); Zé"), ["Mel (dog, 2019)", "Bo (cat)", "Zé"]);
        assert_eq!(each("two finches, without names"), ["two finches, without names"]);
        assert_eq!(each("Mel (dog"), ["Mel (dog"]);
    }

    #[test]
    fn everything_else_is_a_name() {
        check("two finches without names", "two finches without names | - | -");
        check("(dog)", "(dog) | - | -");
        check("Mel ()", "Mel | - | -");
        check("Mel (dog", "Mel (dog | - | -");
        check("Mel (dieds)", "Mel | dieds | -");
        check("Mel (diedrich)", "Mel | diedrich | -");
        check("", " | - | -");
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in "[a-z()†, ;2019-]{0,30}|\\PC{0,20}") {
            let pet = Pet::read(&text);
            prop_assert!(text.contains(&pet.name));
            prop_assert!(each(&text).iter().all(|pet| text.contains(pet)));
        }
    }
}
