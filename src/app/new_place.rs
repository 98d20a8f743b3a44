//! Where a note is to lie: from what a person types to a place where it is read, and links can say it.
//!
//! Always true here: the place that is given back lies behind no link, below a folder of people, and nothing hides it.

use crate::app::session::Session;
use crate::effects::vault::commit_error::CommitError;
use crate::effects::vault::ground::{is_folder, is_taken};
use crate::effects::vault::place::resolve_new;
use crate::effects::vault::walk::why_passed_over;
use crate::note::change::Refusal;
use crate::note::link_write::ends_wikilink;
use crate::note::path::NotePath;
use crate::people::vocabulary::Place;

/// File systems take no longer name.
const LONGEST_NAME: usize = 255;

/// The place that `typed` names for the note at `from`: a file, or a folder in which it keeps the name of its file.
pub fn new_place(session: &Session, from: &NotePath, typed: &str) -> Result<NotePath, Refusal> {
    let named = named(session, from, typed);
    let path = named.and_then(|named| NotePath::new(&named)).ok_or_else(|| {
        let hint = "write it like `people/friends/ana.md`, or `people/friends/` to keep the name of the file";
        refusal(format!("`{typed}` is no path inside the vault"), hint)
    })?;
    if let Some(sign) = typed.chars().find(|sign| ends_wikilink(*sign)) {
        return Err(refusal(format!("no link can say `{sign}`, which is in `{typed}`"), ANOTHER));
    }
    if path.as_str().split('/').any(|name| name.len() > LONGEST_NAME) {
        return Err(refusal(format!("{path} is longer than file names can be"), ANOTHER));
    }
    check_folders(session, &path)?;
    check_is_read(session, &path)?;
    let path = resolved(session, &path)?;
    check_is_read(session, &path)?;
    match session.vocabulary.place(&path) {
        Place::People | Place::PeopleIfMarked => Ok(path),
        _ => {
            let folders = session.vocabulary.folders.people.join(", ");
            let hint =
                format!("folders of people are {folders}; `ties config` shows and sets them");
            Err(refusal(format!("{path} is not in a folder of people"), &hint))
        }
    }
}

const ANOTHER: &str = "name another place";

/// A refusal where a note at `path` would be passed over by every reading.
pub fn check_is_read(session: &Session, path: &NotePath) -> Result<(), Refusal> {
    match why_passed_over(&session.root, &session.settings().ignore, path) {
        Some(why) => {
            let hint = "`--to people/….md` names another place";
            Err(refusal(format!("nobody would find {path}: {why}"), hint))
        }
        None => Ok(()),
    }
}

fn refusal(reason: String, hint: &str) -> Refusal {
    Refusal { reason, hint: Some(hint.to_owned()) }
}

fn named(session: &Session, from: &NotePath, typed: &str) -> Option<String> {
    let typed = typed.trim().trim_start_matches("./");
    let folder = typed.trim_end_matches('/');
    if folder.is_empty() {
        return None;
    }
    if folder.len() < typed.len() || is_folder(&session.root, folder) {
        return Some(format!("{folder}/{}", from.file_name()));
    }
    let has_end = typed.to_lowercase().ends_with(".md");
    Some(if has_end { typed.to_owned() } else { format!("{typed}.md") })
}

fn check_folders(session: &Session, path: &NotePath) -> Result<(), Refusal> {
    let ends = path.as_str().match_indices('/').map(|(at, _)| at);
    let mut folders = ends.filter_map(|end| path.as_str().get(..end));
    let is_file =
        |folder: &&str| is_taken(&session.root, folder) && !is_folder(&session.root, folder);
    match folders.find(is_file) {
        Some(file) => Err(refusal(format!("{file} is no folder"), ANOTHER)),
        None => Ok(()),
    }
}

/// The place behind links to folders: through a link no path of a link would be true.
fn resolved(session: &Session, path: &NotePath) -> Result<NotePath, Refusal> {
    let place = resolve_new(&session.root, path);
    let refused = |error: CommitError| refusal(error.to_string(), error.hint().unwrap_or(ANOTHER));
    place.map(|place| place.path).map_err(refused)
}
