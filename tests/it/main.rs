//! Whole features, tested from outside, in one binary.

mod obsidian;
