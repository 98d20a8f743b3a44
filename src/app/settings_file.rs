//! Changes of the settings file of a vault, as values that are shown, made and taken back like any other.

use crate::app::session::Session;
use crate::effects::vault::locate::SETTINGS_FILE;
use crate::note::change::{Change, FileChange, Refusal};
use crate::note::path::NotePath;

/// The change, called `title`, that makes of the text of the settings what `changed` makes of it; `None` where that is
/// the text as it is.
pub fn change(
    session: &Session,
    title: String,
    changed: impl FnOnce(&str) -> Result<String, Refusal>,
) -> Result<Option<Change>, Refusal> {
    let file = session.config.files.iter().find(|file| file.name == SETTINGS_FILE);
    let before = file.map(|file| file.text.clone());
    let text = changed(before.as_deref().unwrap_or(""))?;
    let path = NotePath::new(SETTINGS_FILE).filter(|_| before.as_ref() != Some(&text));
    Ok(path.map(|path| {
        let files = vec![FileChange::Regenerate { path, before, text }];
        Change { title, files }
    }))
}
