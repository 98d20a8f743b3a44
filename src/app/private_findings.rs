//! Everything that `ties check --privacy` points at, in one list. Nothing leaves the computer, and no secret is in the
//! list: the texts that come with it are masked.

use crate::app::findings::Located;
use crate::app::refresh::Reading;
use crate::app::session::Session;
use crate::effects::vault::exposure::{files, git_settings, is_open, is_readable_by_all};
use crate::effects::vault::locate::SETTINGS_FILE;
use crate::features::exposure::{export_file, masked_settings, remotes};
use crate::features::secrets::{masked, secrets};
use crate::text::diagnostic::{Code, Finding};
use crate::text::span::Span;
use std::path::Path;
use std::sync::Arc;

/// How the vault lies, then what stands in its notes, in path order; with `strict` also what is tender about others.
pub fn private_findings(session: &Session, reading: &Reading, strict: bool) -> Vec<Located> {
    let mut found = Vec::new();
    found.extend(open_folder(session, reading));
    found.extend(of_git(&session.root));
    let attachments = session.vocabulary.folders.attachments.trim_end_matches('/');
    for path in files(&session.root) {
        let finding = export_file(&path, attachments);
        found.extend(finding.map(|finding| Located { path, text: None, finding }));
    }
    // A copy of a sync tool is no note to anybody else; it holds the same secrets.
    let copies = reading.files.copies.iter().map(|(copy, _)| copy);
    let mut paths = reading.book.paths().iter().chain(copies).collect::<Vec<_>>();
    paths.sort_unstable();
    for path in paths {
        let text = session.text(path.as_str());
        found.extend(text.iter().flat_map(|text| of_text(path.as_str(), text, strict)));
    }
    for file in session.config.files.iter().filter(|file| file.name == SETTINGS_FILE) {
        found.extend(of_text(&file.name, &file.text, false));
    }
    found
}

fn of_text(path: &str, text: &str, strict: bool) -> Vec<Located> {
    let findings = secrets(text, strict);
    if findings.is_empty() {
        return Vec::new();
    }
    let masked: Arc<str> = Arc::from(masked(text, &findings));
    let located =
        |finding| Located { path: path.to_owned(), text: Some(Arc::clone(&masked)), finding };
    findings.into_iter().map(located).collect()
}

/// One finding where others may read the notes.
fn open_folder(session: &Session, reading: &Reading) -> Option<Located> {
    if !is_open(&session.root) {
        return None;
    }
    let paths = reading.book.paths().iter();
    let count = paths.filter(|path| is_readable_by_all(&session.root.join(path.as_str()))).count();
    if count == 0 {
        return None;
    }
    let what = if count == 1 { "1 note".to_owned() } else { format!("{count} notes") };
    let message = format!("everybody on this computer may read {what}");
    let help = "`chmod 700 .` in the folder of the vault keeps it to yourself";
    let finding = Finding::new(Code::ReadableByOthers, Span::at(0), message).help(help);
    Some(Located { path: ".".to_owned(), text: None, finding })
}

fn of_git(root: &Path) -> Vec<Located> {
    let Some((place, text)) = git_settings(root) else { return Vec::new() };
    let findings = remotes(&text);
    let masked: Arc<str> = Arc::from(masked_settings(&text));
    let path = place.strip_prefix(root).unwrap_or(&place).display().to_string();
    let located =
        |finding| Located { path: path.clone(), text: Some(Arc::clone(&masked)), finding };
    findings.into_iter().map(located).collect()
}
