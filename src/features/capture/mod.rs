//! One sentence, understood: who was there, when, what kind of contact, what was promised, what comes next.
//!
//! Always true here: nobody is picked where several are meant, no day and no person is written that is not told, and
//! what is not understood stays in the text, word for word.

pub mod words;
pub mod speech;
pub mod dates;
pub mod names;
pub mod doubt;
pub mod meant;
pub mod head;
pub mod clause;
pub mod walk;
pub mod missed;
pub mod kind;
pub mod promise;
pub mod sentence;
pub mod told;
pub mod plan;
pub mod grammar;
