//! Links as text: `[[people/ana-lima#Log|Ana]]` taken apart.

/// What a link points at, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Target {
    /// The note: a path, a file stem, a name or an alias; `.md` at the end is cut. Empty for a link within the note.
    pub note: String,
    /// The heading after `#`.
    pub heading: Option<String>,
    /// The block id after `#^`.
    pub block: Option<String>,
    /// The text shown instead, after `|`.
    pub display: Option<String>,
}
