//! Where to insert under a heading.
