//! Copies that sync tools make of a note that changed in two places, and the debris of editors: both are told by
//! their names, the doubtful ones also by what stands beside them.

use std::collections::HashSet;

/// The name of the original, where `name` is one that only a sync tool gives.
pub fn original_of_certain_copy(name: &str) -> Option<String> {
    // A walk asks it of every name of a vault: a plain one must cost next to nothing.
    let closed = with_extension(name).is_some_and(|(stem, _)| stem.ends_with(')'));
    if !closed && !name.as_bytes().windows(8).any(|bytes| bytes == b"conflict") {
        return None;
    }
    // rclone puts its mark after the extension.
    if let Some((original, number)) = name.rsplit_once(".conflict")
        && with_extension(original).is_some()
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Some(original.to_owned());
    }
    let (stem, extension) = with_extension(name)?;
    certain_original(stem).map(|original| format!("{original}{extension}"))
}

/// The name before its `.md`, and that as it is written: `.MD` is one too.
fn with_extension(name: &str) -> Option<(&str, &str)> {
    let parts = name.split_at_checked(name.len().checked_sub(3)?)?;
    parts.1.eq_ignore_ascii_case(".md").then_some(parts)
}

/// Syncthing, Dropbox, Nextcloud, Obsidian Sync, Seafile.
fn certain_original(stem: &str) -> Option<&str> {
    if let Some((original, mark)) = stem.rsplit_once(".sync-conflict-") {
        let stamped = mark.len() >= 15 && mark.bytes().take(8).all(|byte| byte.is_ascii_digit());
        return stamped.then_some(original);
    }
    if let Some((original, mark)) = stem.rsplit_once("_conflict-") {
        return mark.starts_with(|first: char| first.is_ascii_digit()).then_some(original);
    }
    let (original, inside) = stem.strip_suffix(')')?.rsplit_once(" (")?;
    let inside = inside.to_lowercase();
    COPY_WORDS.iter().any(|word| inside.contains(word)).then_some(original)
}

/// What stands in the parentheses, in the languages that Dropbox speaks.
const COPY_WORDS: &[&str] = &[
    "conflicted copy",
    "case conflict",
    "sfconflict",
    "in konflikt stehende kopie",
    "copie en conflit",
    "copia en conflicto",
    "cópia em conflito",
    "copia in conflitto",
    "conflicterend exemplaar",
    "kopia powodująca konflikt",
    "конфликтующая копия",
    "競合コピー",
    "冲突副本",
    "충돌하는 사본",
];

/// The stems of which one may be the original of the note with this stem, the nearest first: iCloud (`X 2`), Google
/// Drive (`X (1)`), OneDrive (`X-COMPUTER`). Where one stands in the same folder and its text is alike, the note is a
/// copy; else (`Henry 2`) it is a note of its own. Each is the beginning of `stem`.
pub fn possible_originals(stem: &str) -> impl Iterator<Item = &str> {
    let numbered = stem.rsplit_once(' ').filter(|(_, number)| {
        let inside = number.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        let number = inside.unwrap_or(number);
        (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    // A computer's name may hold dashes too; more than three are too odd to look for.
    let dashes = stem.rmatch_indices('-').take(4).filter(|(at, _)| *at > 0);
    let numbered = numbered.map(|(original, _)| original);
    numbered.into_iter().chain(dashes.filter_map(|(at, _)| stem.get(..at)))
}

/// Whether two texts are versions of one note: three quarters of the lines that say something are the same, and
/// neither the name nor the first heading differs. Lines of fewer than three words (`circle: inner`, empty keys,
/// headings) say nothing: notes made from one template share them. Two notes that say nothing are two notes; of two that
/// do not say their names the longer one must be mostly shared.
pub fn are_alike(one: &str, other: &str) -> bool {
    if calls_itself(one) != calls_itself(other) {
        return false;
    }
    let named = calls_itself(one) != (None, None);
    let (one, other) = (telling_lines(one), telling_lines(other));
    let shared = one.intersection(&other).count();
    // Two notes that do not say their names may share an evening; then the longer one decides.
    let enough = if named { one.len().min(other.len()) } else { one.len().max(other.len()) };
    enough > 0 && shared * 4 >= enough * 3
}

fn calls_itself(text: &str) -> (Option<&str>, Option<&str>) {
    let first = |start: &str| text.lines().find(|line| line.starts_with(start)).map(str::trim_end);
    (first("name:"), first("# "))
}

fn telling_lines(text: &str) -> HashSet<&str> {
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    lines.filter(|line| line.split_whitespace().nth(2).is_some()).collect()
}

/// Whether a name is one that editors and sync tools give to files of a moment. Hidden names (a leading dot: vim's
/// swap files, emacs' locks, GNOME's and git's temporaries) are not asked about; nobody reads those anyway.
pub fn is_temporary(name: &str) -> bool {
    name.ends_with('~')
        || name.ends_with(".tmp")
        || name.ends_with('#') && name.starts_with('#')
        || name.starts_with("~syncthing~")
        || name.starts_with("~$")
        || name == "4913"
}

#[cfg(test)]
mod tests {
    use crate::effects::vault::conflict_copy::{
        are_alike, is_temporary, original_of_certain_copy, possible_originals,
    };

    #[test]
    fn names_that_only_sync_tools_give_are_copies() {
        for (name, original) in [
            ("ana.sync-conflict-20261121-101010-ABCDEF7.md", "ana.md"),
            ("ana (Bo's conflicted copy 2026-11-21).md", "ana.md"),
            ("ana (In Konflikt stehende Kopie von Bo 2026-11-21).md", "ana.md"),
            ("ana (Case Conflict).md", "ana.md"),
            ("ana (conflicted copy 2026-11-21 101010).md", "ana.md"),
            ("ana_conflict-20261121-101010.md", "ana.md"),
            ("ana (Conflicted copy phone 202611211010).md", "ana.md"),
            ("ana (SFConflict bo@example.org 2026-11-21-10-10-10).md", "ana.md"),
            ("ana.md.conflict1", "ana.md"),
            ("ana.MD.conflict1", "ana.MD"),
            ("ana.sync-conflict-20261121-101010-ABCDEF7.MD", "ana.MD"),
            ("ana (conflicted copy 2026-11-21 101010).Md", "ana.Md"),
        ] {
            assert_eq!(original_of_certain_copy(name).as_deref(), Some(original), "{name}");
        }
    }

    #[test]
    fn doubtful_names_name_their_possible_originals() {
        let check = |stem, originals: &[&str]| {
            assert_eq!(possible_originals(stem).collect::<Vec<_>>(), originals, "{stem}");
            assert_eq!(original_of_certain_copy(&format!("{stem}.md")), None, "{stem}");
        };
        check("Henry 2", &["Henry"]);
        check("Henry (1)", &["Henry"]);
        check("ana-MY-PC", &["ana-MY", "ana"]);
        for plain in ["Henry", "Henry VIII", "ana (work)", "2", "-x"] {
            check(plain, &[]);
        }
    }

    #[test]
    fn two_people_from_one_template_are_not_alike() {
        let head =
            "---\nname: NAME\ncircle: inner\nchannel: call\ncadence: weekly\n---\n\n## Log\n";
        let of = |name: &str, more: &str| head.replace("NAME", name) + more;
        let log = "- 2026-01-01 met: a\n- 2026-01-02 met: b\n- 2026-01-03 met: c\n";
        assert!(!are_alike(&of("Henry", ""), &of("Henry", "")));
        assert!(!are_alike(&of("Henry", log), &of("Henry Lee", log)));
        assert!(!are_alike(
            &of("Henry", "- 2026-01-01 met: a\n"),
            &of("Henry", "- 2026-02-01 met: b\n")
        ));
        assert!(are_alike(&of("Henry", log), &of("Henry", &format!("{log}- 2026-01-04 met: d\n"))));
        assert!(!are_alike("", ""));
    }

    #[test]
    fn files_of_a_moment_are_known() {
        for name in ["ana.md~", "#ana.md#", "4913", "~$ana.md", "~syncthing~ana.md.tmp", "x.tmp"] {
            assert!(is_temporary(name), "{name}");
        }
        assert!(!is_temporary("ana.md"));
    }
}
