//! A word kept in place: where there are hundreds of thousands of equal little words, memory of its own for each costs
//! more than all else about them.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Deref;

/// A text that needs no memory of its own as long as it is short. It is used as a `str`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct ShortText(Kept);

/// The longest text that is kept in place, in bytes.
const IN_PLACE: usize = 14;

#[derive(Clone)]
enum Kept {
    // Invariant: the first `length` bytes are UTF-8.
    InPlace {
        length: u8,
        bytes: [u8; IN_PLACE],
    },
    #[expect(
        clippy::box_collection,
        reason = "a `String` alone would double the size of the whole"
    )]
    Apart(Box<String>),
}

impl From<&str> for ShortText {
    fn from(text: &str) -> ShortText {
        let mut bytes = [0; IN_PLACE];
        match (bytes.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(place), Ok(length)) => {
                place.copy_from_slice(text.as_bytes());
                ShortText(Kept::InPlace { length, bytes })
            }
            _ => ShortText(Kept::Apart(Box::new(text.to_owned()))),
        }
    }
}

impl From<String> for ShortText {
    fn from(text: String) -> ShortText {
        ShortText::from(text.as_str())
    }
}

impl From<ShortText> for String {
    fn from(text: ShortText) -> String {
        text.deref().to_owned()
    }
}

impl Deref for ShortText {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.0 {
            Kept::InPlace { length, bytes } => {
                let text = bytes.get(..usize::from(*length)).unwrap_or_default();
                std::str::from_utf8(text).unwrap_or_default()
            }
            Kept::Apart(text) => text,
        }
    }
}

impl PartialEq for ShortText {
    fn eq(&self, other: &ShortText) -> bool {
        **self == **other
    }
}

impl Eq for ShortText {}

impl fmt::Debug for ShortText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, formatter)
    }
}

impl fmt::Display for ShortText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self)
    }
}

#[cfg(test)]
mod tests {
    use crate::text::short_text::ShortText;
    use proptest::prelude::*;

    #[test]
    fn a_kind_takes_two_words_of_memory() {
        assert_eq!(size_of::<Option<ShortText>>(), 16);
    }

    proptest! {
        #[test]
        fn what_is_kept_is_what_was_given(text in "[a-cé日]{0,20}", other in "[a-cé日]{0,20}") {
            let kept = ShortText::from(text.as_str());
            prop_assert_eq!(&*kept, text.as_str());
            prop_assert_eq!(kept.to_string(), text.clone());
            prop_assert_eq!(format!("{kept:?}"), format!("{text:?}"));
            prop_assert_eq!(kept == ShortText::from(other.clone()), text == other);
            let stored = serde_json::to_string(&kept).unwrap();
            prop_assert_eq!(serde_json::from_str::<ShortText>(&stored).unwrap(), kept);
        }
    }
}
