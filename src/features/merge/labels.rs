//! Footnotes and destinations of links that stand under a label: of one label in one note there is only one.

use std::collections::BTreeMap;

/// The labels (`[^1]`) that both texts define, each as something else.
pub fn shared_labels(own: &str, other: &str) -> Vec<String> {
    let own = labels(own);
    let others = labels(other).into_iter();
    let clash = |(label, text): &(String, &str)| own.get(label).is_some_and(|own| own != text);
    others.filter(clash).map(|(label, _)| label).collect()
}

/// Each label with what stands after its colon.
fn labels(text: &str) -> BTreeMap<String, &str> {
    let label = |line| {
        let (label, rest) = str::split_once(line, "]:")?;
        let is_label = label.starts_with('[') && !label.contains(']') && !label.starts_with("[[");
        is_label.then(|| (format!("{}]", label.to_lowercase()), rest.trim()))
    };
    text.lines().filter_map(label).collect()
}

#[cfg(test)]
mod tests {
    use crate::features::merge::labels::shared_labels;

    #[test]
    fn a_label_of_two_meanings_is_found() {
        let own = "She sings.[^1]\n\n[^1]: since 2020\n[^2]: same\n[cv]: a.pdf\n";
        let other = "[^1]: since 1990\n[^2]: same\n[CV]: b.pdf\n[[x]]: y\n- [ ]: z\n";
        assert_eq!(shared_labels(own, other), ["[^1]", "[cv]"]);
    }
}
