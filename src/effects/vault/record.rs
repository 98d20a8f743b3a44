//! What a change does, file by file, as it is written in the journal: enough to finish it, to take it back after a
//! crash, and to undo it later.
//!
//! The format is JSON, version 1. Texts are stored as they are, each with its content mark, so a damaged journal is
//! noticed. Invariant: whatever a journal says, no path in it leads out of the vault.

use crate::effects::vault::temporary::is_temporary_name;
use crate::note::path::NotePath;
use crate::text::fingerprint::content_mark;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The version of the format.
const FORMAT: u32 = 1;

/// One change of the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What it does, for people.
    pub title: String,
    /// When it was made, in words of the caller.
    pub stamp: String,
    /// The number of the change that it undoes.
    pub undoes: Option<u64>,
    /// File by file.
    pub steps: Vec<Step>,
}

/// What happens to one file: it is made (no `before`), changed, or removed (no `after`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The path that was asked for.
    pub path: NotePath,
    /// Where the file lies, all links resolved.
    pub place: NotePath,
    /// The name of its temporary file, in the same folder.
    pub temporary: String,
    /// Its text before.
    pub before: Option<String>,
    /// Its text after.
    pub after: Option<String>,
    /// The folders that are made with the file, and removed with it when they are empty; the outermost first.
    pub folders: Vec<NotePath>,
    /// Of each half of a move where the other half lies: a new file takes over mode, owner and attributes from there.
    pub twin: Option<NotePath>,
    /// The mode of a file that goes: who was allowed to read it is who may read it when it comes back.
    pub mode: Option<u32>,
}

impl Step {
    /// The step that takes this one back.
    pub fn inverted(&self) -> Step {
        Step { before: self.after.clone(), after: self.before.clone(), ..self.clone() }
    }
}

/// The path of the file `name` in the folder of `place`.
pub fn beside(place: &NotePath, name: &str) -> String {
    match place.folder() {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    }
}

/// Why a record cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordError {
    /// It is of a newer version of the format.
    Newer,
    /// It is not what was once written.
    Damaged(String),
}

impl fmt::Display for RecordError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecordError::Newer => formatter.write_str("it is of a newer version"),
            RecordError::Damaged(why) => write!(formatter, "it is damaged: {why}"),
        }
    }
}

impl std::error::Error for RecordError {}

/// The record as text.
pub fn encode(record: &Record) -> Result<String, RecordError> {
    let stored = StoredRecord {
        format: FORMAT,
        title: record.title.clone(),
        stamp: record.stamp.clone(),
        undoes: record.undoes,
        files: record.steps.iter().map(store).collect(),
    };
    serde_json::to_string(&stored).map_err(damaged)
}

/// The record that `text` holds.
pub fn decode(text: &str) -> Result<Record, RecordError> {
    let version: StoredVersion = serde_json::from_str(text).map_err(damaged)?;
    if version.format > FORMAT {
        return Err(RecordError::Newer);
    }
    let stored: StoredRecord = serde_json::from_str(text).map_err(damaged)?;
    let steps = stored.files.into_iter().map(restore).collect::<Result<_, _>>()?;
    Ok(Record { title: stored.title, stamp: stored.stamp, undoes: stored.undoes, steps })
}

#[derive(Deserialize)]
struct StoredVersion {
    format: u32,
}

#[derive(Serialize, Deserialize)]
struct StoredRecord {
    format: u32,
    title: String,
    stamp: String,
    undoes: Option<u64>,
    files: Vec<StoredStep>,
}

#[derive(Serialize, Deserialize)]
struct StoredStep {
    path: String,
    place: String,
    temporary: String,
    before: Option<StoredText>,
    after: Option<StoredText>,
    folders: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    twin: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mode: Option<u32>,
}

#[derive(Serialize, Deserialize)]
struct StoredText {
    mark: String,
    text: String,
}

fn store(step: &Step) -> StoredStep {
    StoredStep {
        path: step.path.as_str().to_owned(),
        place: step.place.as_str().to_owned(),
        temporary: step.temporary.clone(),
        before: step.before.as_deref().map(store_text),
        after: step.after.as_deref().map(store_text),
        folders: step.folders.iter().map(|folder| folder.as_str().to_owned()).collect(),
        twin: step.twin.as_ref().map(|twin| twin.as_str().to_owned()),
        mode: step.mode,
    }
}

fn store_text(text: &str) -> StoredText {
    StoredText { mark: content_mark(text.as_bytes()), text: text.to_owned() }
}

fn restore(stored: StoredStep) -> Result<Step, RecordError> {
    if !is_temporary_name(&stored.temporary) {
        return Err(damaged(format!("temporary name {:?}", stored.temporary)));
    }
    Ok(Step {
        path: restore_path(&stored.path)?,
        place: restore_path(&stored.place)?,
        temporary: stored.temporary,
        before: stored.before.map(restore_text).transpose()?,
        after: stored.after.map(restore_text).transpose()?,
        folders: stored
            .folders
            .iter()
            .map(|folder| restore_path(folder))
            .collect::<Result<_, _>>()?,
        twin: stored.twin.as_deref().map(restore_path).transpose()?,
        mode: stored.mode,
    })
}

fn restore_path(path: &str) -> Result<NotePath, RecordError> {
    NotePath::new(path).ok_or_else(|| damaged(format!("path {path:?}")))
}

fn restore_text(stored: StoredText) -> Result<String, RecordError> {
    let whole = content_mark(stored.text.as_bytes()) == stored.mark;
    if whole { Ok(stored.text) } else { Err(damaged("a text does not match its mark")) }
}

fn damaged(why: impl fmt::Display) -> RecordError {
    RecordError::Damaged(why.to_string())
}

#[cfg(test)]
mod tests {
    use crate::effects::vault::record::{Record, RecordError, Step, decode, encode};
    use crate::note::path::NotePath;
    use proptest::option;
    use proptest::prelude::*;

    fn step() -> impl Strategy<Value = Step> {
        let path = || {
            "[a-zé ]{1,8}(/[a-z.]{3,8}x){0,2}".prop_filter_map("path", |path| NotePath::new(&path))
        };
        let text = || option::of("(?s).{0,40}");
        let folders = proptest::collection::vec(path(), 0..3);
        let temporary = "\\.[a-z\"é]{0,9}\\.tmp";
        (
            path(),
            path(),
            temporary,
            text(),
            text(),
            folders,
            option::of(path()),
            option::of(0..0o1000u32),
        )
            .prop_map(|(path, place, temporary, before, after, folders, twin, mode)| {
                Step { path, place, temporary, before, after, folders, twin, mode }
            })
    }

    proptest! {
        #[test]
        fn a_record_survives_the_journal(
            title in "(?s).{0,20}",
            stamp in "(?s).{0,20}",
            undoes in option::of(any::<u64>()),
            steps in proptest::collection::vec(step(), 0..4),
        ) {
            let record = Record { title, stamp, undoes, steps };
            prop_assert_eq!(decode(&encode(&record).unwrap()), Ok(record));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "(?s).{0,80}") {
            let _ = decode(&text);
        }
    }

    fn example() -> String {
        let path = NotePath::new("people/a.md").unwrap();
        let step = Step {
            path: path.clone(),
            place: path,
            temporary: ".a.md.1.tmp".into(),
            before: Some("old".into()),
            after: Some("new".into()),
            folders: vec![],
            twin: None,
            mode: None,
        };
        let record =
            Record { title: "t".into(), stamp: "s".into(), undoes: None, steps: vec![step] };
        encode(&record).unwrap()
    }

    #[test]
    fn the_format_is_stable() {
        expect_test::expect![[r#"{"format":1,"title":"t","stamp":"s","undoes":null,"files":[{"path":"people/a.md","place":"people/a.md","temporary":".a.md.1.tmp","before":{"mark":"798626da76f25f32287388ea16c6746b","text":"old"},"after":{"mark":"ffa45e066779b72df106c5c9c3435759","text":"new"},"folders":[]}]}"#]].assert_eq(&example());
    }

    #[test]
    fn a_damaged_record_is_noticed_and_no_path_leaves_the_vault() {
        let bends = [
            ("\"old\"", "\"odd\""),
            ("\"people/a.md\"", "\"../a.md\""),
            ("\".a.md.1.tmp\"", "\"a.md\""),
            ("\".a.md.1.tmp\"", "\"./../a.tmp\""),
            ("\"files\":[", "\"files\":[[["),
        ];
        for (from, to) in bends {
            let bent = example().replace(from, to);
            assert!(matches!(decode(&bent), Err(RecordError::Damaged(_))), "{bent}");
        }
        let newer = example().replace("\"format\":1", "\"format\":2,\"more\":true");
        assert_eq!(decode(&newer), Err(RecordError::Newer));
    }
}
