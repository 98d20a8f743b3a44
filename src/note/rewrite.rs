//! From wishes to the new text of a note: each wish is granted by a few small edits, and the result is read again
//! before it counts.
//!
//! Invariant: what comes back is the old text with the wishes granted and nothing else changed, or a refusal.

use crate::note::change::{Refusal, Wish};
use crate::note::conflict;
use crate::note::document::Document;
use crate::note::key_edit;
use crate::note::key_place::unclosed;
use crate::note::key_proof;
use crate::note::link_change;
use crate::note::section;
use crate::note::title;
use crate::text::diagnostic::Code;
use crate::text::edit::{Edit, apply};

/// `text` with all of `wishes` granted, in order. A wish that is fulfilled already changes nothing.
///
/// A note with git conflict markers is refused: which side counts is for its owner to say.
pub fn rewrite(text: &str, wishes: &[Wish]) -> Result<String, Refusal> {
    if conflict::first_marker(text).is_some() {
        return Err(Refusal {
            reason: "the note has conflict markers".to_owned(),
            hint: Some("choose one side of each conflict, then try again".to_owned()),
        });
    }
    wishes.iter().try_fold(text.to_owned(), |text, wish| granted(&text, wish))
}

fn granted(text: &str, wish: &Wish) -> Result<String, Refusal> {
    let document = Document::read(text);
    match wish {
        Wish::PointLinks { links } => return link_change::changed(text, &document, links),
        Wish::SetTitle { before, after } => return title::retitled(text, &document, before, after),
        _ => {}
    }
    let body_start = document.front_matter.as_ref().map_or(0, |front_matter| front_matter.span.end);
    let is_new = matches!(wish, Wish::InsertEntry { .. } | Wish::AppendItem { .. });
    let is_removal = matches!(wish, Wish::RemoveEntry { .. } | Wish::RemoveLines { .. });
    let is_body = is_new || is_removal || matches!(wish, Wish::SetTask { .. });
    if is_new && document.findings.iter().any(|finding| finding.code == Code::FrontMatterOpen) {
        // Whatever is added would stand between the keys.
        return Err(unclosed());
    }
    let edits = if is_body {
        section::edits_for(text, body_start, &document.markdown, wish)?
    } else {
        key_edit::edits_for(text, wish)?
    };
    if edits.is_empty() {
        return Ok(text.to_owned());
    }
    let after = applied(text, &edits)?;
    if is_body {
        section::verify(text, &after, body_start, wish)?;
    } else {
        key_proof::verify(text, &after, wish)?;
    }
    Ok(after)
}

fn applied(text: &str, edits: &[Edit]) -> Result<String, Refusal> {
    apply(text, edits).map_err(|error| {
        debug_assert!(false, "planned edits do not fit: {error}");
        Refusal { reason: format!("the planned change does not fit ({error})"), hint: None }
    })
}
