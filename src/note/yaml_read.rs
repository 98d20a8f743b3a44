//! YAML text to values that two readers agree on: granit gives the tree, `serde_yaml` is the judge of what each
//! scalar in it says.

use crate::note::yaml::{Node, Pair, Trouble, Value, is_null_word};
use crate::note::yaml_tree;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The pairs of the map in `source`, which begins at byte `offset` of the file; none where it holds nothing but
/// comments. A key that is there twice comes twice.
///
/// `source` is at most as large as front matter may be: the judge is not safe on text without bounds.
pub fn read_map(source: &str, offset: usize) -> Result<Vec<Pair>, Trouble> {
    let mut pairs = yaml_tree::pairs(source).map_err(|trouble| match trouble {
        Trouble::Anchor(place) => Trouble::Anchor(place.shifted(offset)),
        other => other,
    })?;
    if !pairs.is_empty() {
        let judge = serde_yaml::Deserializer::from_str(source);
        SamePairs(pairs.iter().map(|pair| (pair.key.as_str(), &pair.value)))
            .deserialize(judge)
            .map_err(|_| Trouble::NotYaml)?;
    }
    for pair in &mut pairs {
        pair.key_span = pair.key_span.shifted(offset);
        shift(&mut pair.value, offset);
    }
    Ok(pairs)
}

fn shift(node: &mut Node, by: usize) {
    node.span = node.span.shifted(by);
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| shift(item, by)),
        Value::Map(pairs) => pairs.iter_mut().for_each(|(_, value)| shift(value, by)),
        Value::Null | Value::Scalar(..) => {}
    }
}

/// The judge of one value: an error where it reads anything else.
struct Same<'n>(&'n Node);

/// The judge of a text.
struct SameText<'n>(&'n str);

/// The judge of a value that is absent.
struct SameNull;

/// The judge of a list.
struct SameItems<'n>(&'n [Node]);

/// The judge of a map.
struct SamePairs<I>(I);

impl<'de> DeserializeSeed<'de> for Same<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, judge: D) -> Result<(), D::Error> {
        match &self.0.value {
            Value::Null => judge.deserialize_str(SameNull),
            Value::Scalar(text, _) => judge.deserialize_str(SameText(text)),
            Value::List(items) => judge.deserialize_seq(SameItems(items)),
            Value::Map(pairs) => {
                SamePairs(pairs.iter().map(|(key, value)| (key.as_str(), value))).deserialize(judge)
            }
        }
    }
}

impl<'de> DeserializeSeed<'de> for SameText<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, judge: D) -> Result<(), D::Error> {
        judge.deserialize_str(self)
    }
}

impl Visitor<'_> for SameText<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the same text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        if text == self.0 { Ok(()) } else { Err(E::custom("another text")) }
    }
}

impl Visitor<'_> for SameNull {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("no value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        if is_null_word(text) { Ok(()) } else { Err(E::custom("a value")) }
    }
}

impl<'de> Visitor<'de> for SameItems<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the same list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        for item in self.0 {
            list.next_element_seed(Same(item))?
                .ok_or_else(|| A::Error::custom("a shorter list"))?;
        }
        // What is left over is noticed by the deserializer itself.
        Ok(())
    }
}

impl<'de, 'n, I: Iterator<Item = (&'n str, &'n Node)>> DeserializeSeed<'de> for SamePairs<I> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, judge: D) -> Result<(), D::Error> {
        judge.deserialize_map(self)
    }
}

impl<'de, 'n, I: Iterator<Item = (&'n str, &'n Node)>> Visitor<'de> for SamePairs<I> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the same map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        for (key, value) in self.0 {
            map.next_key_seed(SameText(key))?.ok_or_else(|| A::Error::custom("fewer keys"))?;
            map.next_value_seed(Same(value))?;
        }
        Ok(())
    }
}
