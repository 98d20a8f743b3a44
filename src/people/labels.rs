//! The other names, groups and tags of one person, in one piece.
//!
//! Always true here: what was put in comes out, in order. A vault has ten thousand of these and most commands read all
//! of them, so one costs one allocation, whatever it holds.

use serde::{Deserialize, Serialize};

/// Short texts of three kinds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labels {
    // Each one as its kind, its length in bytes, `:` and itself.
    text: String,
}

const ALIAS: char = 'a';
const GROUP: char = 'g';
const TAG: char = 't';

impl Labels {
    /// These labels.
    pub fn new(aliases: &[String], groups: &[String], tags: &[String]) -> Labels {
        let mut text = String::new();
        for (kind, labels) in [(ALIAS, aliases), (GROUP, groups), (TAG, tags)] {
            for label in labels {
                text.push(kind);
                push_number(&mut text, label.len());
                text.push(':');
                text.push_str(label);
            }
        }
        Labels { text }
    }

    /// Other names.
    pub fn aliases(&self) -> impl Iterator<Item = &str> {
        self.of_kind(ALIAS)
    }

    /// Groups.
    pub fn groups(&self) -> impl Iterator<Item = &str> {
        self.of_kind(GROUP)
    }

    /// Tags.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.of_kind(TAG)
    }

    fn of_kind(&self, wanted: char) -> impl Iterator<Item = &str> {
        let mut rest = self.text.as_str();
        let all = std::iter::from_fn(move || {
            let (kind, label, after) = first(rest)?;
            rest = after;
            Some((kind, label))
        });
        all.filter(move |(kind, _)| *kind == wanted).map(|(_, label)| label)
    }
}

/// Adds a number in digits. Formatting takes ten times as long, and this is done for everybody.
fn push_number(text: &mut String, number: usize) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    text.extend(u8::try_from(number % 10).map(|digit| char::from(b'0' + digit)));
}

/// The first label of `text`, its kind, and what comes after it.
fn first(text: &str) -> Option<(char, &str, &str)> {
    let (head, rest) = text.split_once(':')?;
    let mut length = head.chars();
    let kind = length.next()?;
    let (label, after) = rest.split_at_checked(length.as_str().parse().ok()?)?;
    Some((kind, label, after))
}

#[cfg(test)]
mod tests {
    use crate::people::labels::Labels;
    use proptest::prelude::*;

    fn owned<'a>(labels: impl Iterator<Item = &'a str>) -> Vec<String> {
        labels.map(str::to_owned).collect()
    }

    proptest! {
        #[test]
        fn labels_come_out_as_they_were_put_in(
            aliases in prop::collection::vec("[a-c0-9:é\\n]{0,5}", 0..4),
            groups in prop::collection::vec("[agt0-9:]{0,12}", 0..4),
            tags in prop::collection::vec(".{0,5}", 0..4),
        ) {
            let labels = Labels::new(&aliases, &groups, &tags);
            prop_assert_eq!(owned(labels.aliases()), aliases);
            prop_assert_eq!(owned(labels.groups()), groups);
            prop_assert_eq!(owned(labels.tags()), tags);
        }
    }
}
