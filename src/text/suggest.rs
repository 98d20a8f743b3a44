//! "Did you mean": the known word nearest to a mistyped one.

use strsim::osa_distance;

/// The known word nearest to `word`: at most one edit away (a swap of neighbours is one edit) for words of up to
/// five letters, two for longer ones; `None` where nothing is near or `word` is known. Case does not count.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = if word.chars().count() <= 5 { 1 } else { 2 };
    within(word, known, allowed)
}

/// The known word at most `allowed` edits away from `word`, the nearest first; `None` where `word` itself is known.
pub fn within<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    allowed: usize,
) -> Option<&'a str> {
    let lower = word.to_lowercase();
    // Far longer words cannot be near, and comparing them takes time.
    if lower.chars().count() > 64 {
        return None;
    }
    let (distance, best) = known
        .into_iter()
        .map(|candidate| (osa_distance(&lower, &candidate.to_lowercase()), candidate))
        .min()?;
    (1..=allowed).contains(&distance).then_some(best)
}

#[cfg(test)]
mod tests {
    use crate::text::suggest::nearest;

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        let known = ["cadence", "circle", "email"];
        assert_eq!(nearest("cadance", known), Some("cadence"));
        assert_eq!(nearest("Circel", known), Some("circle"));
        assert_eq!(nearest("cadence", known), None);
        assert_eq!(nearest("birthplace", known), None);
    }
}
