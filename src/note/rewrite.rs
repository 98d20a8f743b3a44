//! Building edits from wishes, and proving them before anything is written.
