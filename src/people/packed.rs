//! Long lists as plain bytes, four to a number: reading a cache takes as long as copying it.

use crate::people::rows::Rows;
use crate::people::touch::Touch;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The bytes of some numbers.
pub fn bytes(numbers: impl Iterator<Item = u32>) -> Vec<u8> {
    numbers.flat_map(u32::to_le_bytes).collect()
}

/// The numbers of some bytes, `N` at a time; what is left at the end is left out.
pub fn numbers<const N: usize>(bytes: &[u8]) -> impl Iterator<Item = [u32; N]> {
    let (fours, _) = bytes.as_chunks::<4>();
    let (groups, _) = fours.as_chunks::<N>();
    groups.iter().map(|group| group.map(u32::from_le_bytes))
}

/// Stores rows of touches.
pub fn serialize<S: Serializer>(rows: &Rows<Touch>, serializer: S) -> Result<S::Ok, S::Error> {
    let (touches, ends) = rows.parts();
    let touches = bytes(touches.iter().flat_map(Touch::stored));
    (Bytes(&touches), Bytes(&bytes(ends.iter().copied()))).serialize(serializer)
}

/// Reads rows of touches back.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Rows<Touch>, D::Error> {
    let (touches, ends) = <(&'de [u8], &'de [u8])>::deserialize(deserializer)?;
    let touches = numbers(touches).map(Touch::from_stored).collect::<Option<Vec<_>>>();
    let touches = touches.ok_or_else(|| Error::custom("not a touch"))?;
    Ok(Rows::from_parts(touches, numbers(ends).map(|[end]| end).collect()))
}

/// Bytes that are stored as they are.
#[derive(Debug)]
pub struct Bytes<'a>(pub &'a [u8]);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}
