//! From the start of a name, as typed, to the names that it may become.
//!
//! Invariant: what is offered, typed as it is offered, means exactly the one person it was offered for.

use crate::text::fold::fold;
use std::collections::{HashMap, HashSet};

/// What somebody can be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// The name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// The path of the note, without `.md`.
    pub identity: String,
}

/// One way to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The whole word.
    pub value: String,
    /// Who it is, where the value does not say it.
    pub about: Option<String>,
    /// The same with the typed letters kept as they are (`joao Faria`), for a shell that only lets a word grow; the
    /// value itself where it grows from the typed letters anyway, or cannot.
    pub grown: String,
}

/// The names, aliases and (where a `/` is typed) paths that start as `typed` does, folded; where none does, those with
/// words that do, in order (`lim` offers Ana Lima). By name. A name that several people have is offered as a path.
pub fn complete_name(people: &[Called], typed: &str) -> Vec<Candidate> {
    let start = start_of(typed);
    if typed.contains('/') {
        return complete_path(people, typed, &start);
    }
    let mut offered = offers(people, |folded| folded.starts_with(&start));
    if offered.is_empty() {
        let words = start.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>();
        offered = offers(people, |folded| words_start(folded, &words));
    }
    let owners = owners(&offered);
    let shared = |offer: &Offer<'_>| owners.get(&offer.folded).is_some_and(|count| *count > 1);
    let mut by_path = HashSet::new();
    let mut candidates = Vec::new();
    for offer in &offered {
        if !shared(offer) {
            candidates.push(candidate(offer.text, about(offer), typed, &start));
        } else if by_path.insert(&offer.person.identity) {
            let name = Some(offer.person.name.clone());
            candidates.push(candidate(&offer.person.identity, name, typed, &start));
        }
    }
    candidates
}

/// The same for several names with commas between them: the last one is completed.
pub fn complete_names(people: &[Called], typed: &str) -> Vec<Candidate> {
    let Some(comma) = typed.rfind(',') else { return complete_name(people, typed) };
    let (before, rest) = typed.split_at(comma + 1);
    let last = rest.trim_start();
    let before = format!("{before}{}", rest.strip_suffix(last).unwrap_or(""));
    let mut candidates = complete_name(people, last);
    for candidate in &mut candidates {
        candidate.value.insert_str(0, &before);
        candidate.grown.insert_str(0, &before);
    }
    // A name may hold a comma itself.
    let whole = offers(people, |folded| folded.starts_with(&start_of(typed)));
    if whole.is_empty() { candidates } else { complete_name(people, typed) }
}

/// What a shell does with a word when it is completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Growth {
    /// It is replaced by whatever is offered.
    Free,
    /// It only grows: what is offered must start with what was typed, letter by letter.
    Kept,
    /// The same, but capitals are not told from small letters.
    AnyCase,
    /// It becomes what all that is offered starts with, even where that is shorter.
    Common,
}

/// The words to offer, each with what is said of it.
pub fn fitted(
    candidates: Vec<Candidate>,
    typed: &str,
    growth: Growth,
) -> Vec<(String, Option<String>)> {
    let lower = typed.to_lowercase();
    let shrinks = shrinks(&candidates, typed);
    let grows = |candidate: &Candidate| match growth {
        Growth::Free => false,
        Growth::Kept => true,
        Growth::AnyCase => !candidate.value.to_lowercase().starts_with(&lower),
        Growth::Common => shrinks,
    };
    let fit = |candidate: Candidate| {
        if candidate.grown != candidate.value && grows(&candidate) {
            (candidate.grown, Some(candidate.value))
        } else {
            (candidate.value, candidate.about)
        }
    };
    candidates.into_iter().map(fit).collect()
}

fn shrinks(candidates: &[Candidate], typed: &str) -> bool {
    let Some((first, others)) = candidates.split_first() else { return false };
    let shared = |other: &Candidate| {
        let same = first.value.chars().zip(other.value.chars()).take_while(|(one, two)| one == two);
        same.count()
    };
    let common = others.iter().map(shared).min().unwrap_or(0);
    // One alone is taken as it is; where nothing at all is shared, the typed word stays.
    !others.is_empty() && common > 0 && common < typed.chars().count()
}

/// A name that fits, folded, and whose it is.
struct Offer<'a> {
    folded: String,
    text: &'a str,
    person: &'a Called,
}

fn offers<'a>(people: &'a [Called], fits: impl Fn(&str) -> bool) -> Vec<Offer<'a>> {
    let mut offers = Vec::new();
    for person in people {
        for text in std::iter::once(&person.name).chain(&person.aliases) {
            let folded = fold(text);
            if !folded.is_empty() && fits(&folded) {
                offers.push(Offer { folded, text, person });
            }
        }
    }
    let key = |offer: &Offer<'_>| (offer.folded.clone(), offer.person.identity.clone());
    offers.sort_by_cached_key(key);
    offers.dedup_by(|one, other| one.folded == other.folded && one.person == other.person);
    offers
}

fn owners(offers: &[Offer<'_>]) -> HashMap<String, usize> {
    let mut owners = HashMap::new();
    for offer in offers {
        *owners.entry(offer.folded.clone()).or_insert(0) += 1;
    }
    owners
}

/// Of an alias whose it is, of a name where the note lies.
fn about(offer: &Offer<'_>) -> Option<String> {
    let is_name = offer.text == offer.person.name;
    Some(if is_name { &offer.person.identity } else { &offer.person.name }.clone())
}

fn complete_path(people: &[Called], typed: &str, start: &str) -> Vec<Candidate> {
    let fitting = people.iter().filter(|person| fold(&person.identity).starts_with(start));
    let offer =
        |person: &Called| candidate(&person.identity, Some(person.name.clone()), typed, start);
    let mut candidates = fitting.map(offer).collect::<Vec<_>>();
    candidates.sort_by(|one, other| one.value.cmp(&other.value));
    candidates
}

fn candidate(text: &str, about: Option<String>, typed: &str, start: &str) -> Candidate {
    let grown = match rest_after(text, start) {
        Some(rest) if !text.starts_with(typed) => format!("{typed}{rest}"),
        _ => text.to_owned(),
    };
    Candidate { value: text.to_owned(), about, grown }
}

/// Folded; a space at the end of what is typed counts, since `ana ` does not become Anabel.
fn start_of(typed: &str) -> String {
    let mut start = fold(typed);
    if typed.ends_with(char::is_whitespace) && !start.is_empty() {
        start.push(' ');
    }
    start
}

/// What of `text` follows the part that folds to `start`; `None` where no part does (`s` in `ß`).
fn rest_after<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    // The longest such part: a mark belongs to the letter before it.
    let mut best = None;
    for end in ends.take(MOST_LETTERS) {
        let (part, rest) = text.split_at(end);
        let folded = start_of(part);
        if folded == start || folded.trim_end() == start && !part.ends_with(char::is_whitespace) {
            best = Some(rest);
        } else if best.is_some() {
            break;
        }
    }
    best
}

/// Nobody types more than this before pressing the key.
const MOST_LETTERS: usize = 100;

fn words_start(name: &str, words: &[&str]) -> bool {
    let mut parts = name.split([' ', '-', '_']);
    !words.is_empty() && words.iter().all(|word| parts.any(|part| part.starts_with(word)))
}

#[cfg(test)]
mod tests {
    use crate::features::name_completion::{
        Called, Candidate, Growth, complete_name, complete_names, fitted,
    };
    use crate::text::fold::fold;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;
    use std::fmt::Write;

    fn person(name: &str, aliases: &[&str], identity: &str) -> Called {
        let aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
        Called { name: name.to_owned(), aliases, identity: identity.to_owned() }
    }

    fn people() -> Vec<Called> {
        vec![
            person("Ana Lima", &["Aninha"], "people/ana-lima"),
            person("Ana Lima", &[], "people/work/ana-lima"),
            person("Álvaro Sá", &[], "people/alvaro-sa"),
            person("João Faria", &["Jo"], "people/joao-faria"),
            person("Joana Costa", &[], "people/joana-costa"),
            person("Siobhán O'Brien", &[], "people/siobhan-obrien"),
            person("Strauß, Anna", &[], "people/anna-strauss"),
        ]
    }

    fn shown(candidates: &[Candidate]) -> String {
        let mut shown = String::new();
        for Candidate { value, about, grown } in candidates {
            let grown = if grown == value { String::new() } else { format!(" ({grown})") };
            let _ = writeln!(shown, "{value}{grown}: {}", about.as_deref().unwrap_or(""));
        }
        shown
    }

    fn check(typed: &str, expected: &Expect) {
        expected.assert_eq(&shown(&complete_names(&people(), typed)));
    }

    #[test]
    fn names_and_aliases_complete_whatever_the_case_and_accents() {
        check(
            "joa",
            &expect![[r#"
            Joana Costa (joana Costa): people/joana-costa
            João Faria (joao Faria): people/joao-faria
        "#]],
        );
        check(
            "AN",
            &expect![[r#"
            people/ana-lima: Ana Lima
            people/work/ana-lima: Ana Lima
            Aninha (ANinha): Ana Lima
        "#]],
        );
        check(
            "a",
            &expect![[r#"
            Álvaro Sá (alvaro Sá): people/alvaro-sa
            people/ana-lima: Ana Lima
            people/work/ana-lima: Ana Lima
            Aninha (aninha): Ana Lima
        "#]],
        );
        check(
            "siobhan o",
            &expect![[r#"
            Siobhán O'Brien (siobhan o'Brien): people/siobhan-obrien
        "#]],
        );
        check("zz", &expect![]);
    }

    #[test]
    fn a_word_in_the_middle_completes_where_no_name_starts_so() {
        check(
            "lim",
            &expect![[r#"
            people/ana-lima: Ana Lima
            people/work/ana-lima: Ana Lima
        "#]],
        );
        check(
            "jo fa",
            &expect![[r#"
            João Faria: people/joao-faria
        "#]],
        );
    }

    #[test]
    fn a_space_and_a_slash_count() {
        check(
            "jo ",
            &expect![[r#"
            Jo: João Faria
            Joana Costa: people/joana-costa
            João Faria: people/joao-faria
        "#]],
        );
        check(
            "people/al",
            &expect![[r#"
            people/alvaro-sa: Álvaro Sá
        "#]],
        );
    }

    #[test]
    fn the_last_of_several_names_completes() {
        check(
            "ana,alv",
            &expect![[r#"
            ana,Álvaro Sá (ana,alvaro Sá): people/alvaro-sa
        "#]],
        );
        check(
            "Ana Lima, alv",
            &expect![[r#"
            Ana Lima, Álvaro Sá (Ana Lima, alvaro Sá): people/alvaro-sa
        "#]],
        );
        check(
            "strauss, a",
            &expect![[r#"
            Strauß, Anna (strauss, anna): people/anna-strauss
        "#]],
        );
    }

    #[test]
    fn a_shell_that_takes_what_all_share_never_loses_a_letter() {
        let people = [person("Maria", &[], "p/maria"), person("María José", &[], "p/maria-jose")];
        let words = |typed: &str, growth: Growth| {
            let fitted = fitted(complete_name(&people, typed), typed, growth);
            fitted.into_iter().map(|(value, _)| value).collect::<Vec<_>>()
        };
        assert_eq!(words("maria", Growth::Common), ["maria", "maria José"]);
        assert_eq!(words("ma", Growth::Common), ["Maria", "María José"]);
        assert_eq!(words("maria j", Growth::Common), ["María José"]);
        assert_eq!(words("maria j", Growth::Kept), ["maria josé"]);
        assert_eq!(words("maria j", Growth::AnyCase), ["maria josé"]);
        assert_eq!(words("maria", Growth::AnyCase), ["Maria", "maria José"]);
        assert_eq!(words("maria", Growth::Free), ["Maria", "María José"]);
    }

    proptest! {
        #[test]
        fn what_grows_starts_with_what_was_typed_or_is_the_name(name in "[AÁaßſ é'’,\\u{301}]{1,8}", cut in 0usize..8) {
            let typed = fold(&name).chars().take(cut).collect::<String>();
            let people = [person(&name, &[], "people/x")];
            for candidate in complete_name(&people, &typed) {
                prop_assert_eq!(&candidate.value, &name);
                prop_assert_eq!(fold(&candidate.grown), fold(&name));
                prop_assert!(candidate.grown.starts_with(&typed) || candidate.grown == name);
            }
        }
    }
}
