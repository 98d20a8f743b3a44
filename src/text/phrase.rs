//! Calm wording.
