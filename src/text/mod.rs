//! L0: text, days and findings. Nothing here knows of notes or people.

pub mod span;
pub mod byte_scan;
pub mod short_text;
pub mod line_index;
pub mod fingerprint;
pub mod day;
pub mod day_range;
pub mod period;
pub mod partial_date;
pub mod when;
pub mod phrase;
pub mod elapsed;
pub mod fold;
pub mod suggest;
pub mod tokens;
pub mod typo;
pub mod term;
pub mod pattern;
pub mod lexicon;
pub mod visible;
pub mod typed;
pub mod columns;
pub mod shell;
pub mod edit;
pub mod diff;
pub mod diagnostic;
