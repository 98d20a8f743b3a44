//! Setting one setting, as a person types it: `agenda.limit 5`.

use crate::features::read_settings::{
    full_name, is_table, read_settings, row_of, star_of, suggestion,
};
use crate::features::setting_rows::{Row, Scope};
use crate::features::settings::Settings;
use crate::note::change::Refusal;
use crate::note::toml::{Value, quoted, read, set, value};
use crate::text::edit::apply;

/// The keys of a name with dots; parts may be quoted as in TOML. `None` where it is no such name.
pub fn path_of(name: &str) -> Option<Vec<String>> {
    let mut entries = read(&format!("{name} = 0")).ok()?;
    let mut path = Vec::new();
    while let [entry] = entries.as_slice() {
        path.push(entry.key.clone());
        match &entry.node.value {
            Value::Table(inner) => entries = inner.clone(),
            _ => return Some(path),
        }
    }
    None
}

/// The settings text `text` of a vault, with the setting `name` at the value that a person typed: TOML, or plain
/// text without quotes.
pub fn changed(text: &str, name: &str, typed: &str) -> Result<String, Refusal> {
    let path =
        path_of(name).ok_or_else(|| refusal(format!("`{name}` is no name of a setting"), None))?;
    let row = row_of(&path).ok_or_else(|| unknown(&path))?;
    if row.scope == Scope::User {
        let reason = format!("`{}` may not be set by a vault", row.name);
        return Err(refusal(reason, Some("write it into your own configuration".to_owned())));
    }
    let literal = fitting(row, &path, typed)
        .ok_or_else(|| refusal(format!("`{}` must be {}", full_name(&path), row.expected), None))?;
    let parts = path.iter().map(String::as_str).collect::<Vec<_>>();
    let edit = set(text, &parts, &literal)?;
    let changed = apply(text, &[edit]).map_err(|error| refusal(error.to_string(), None))?;
    let findings =
        |text: &str| read_settings(&mut Settings::default(), text, Scope::Vault).findings.len();
    if findings(&changed) > findings(text) {
        return Err(refusal(format!("`{typed}` does not go with the other settings"), None));
    }
    Ok(changed)
}

/// What to write: the typed text as TOML, or as a text, whichever the setting takes. A date stays a text.
fn fitting(row: &Row, path: &[String], typed: &str) -> Option<String> {
    let (as_toml, as_text) = (typed.trim().to_owned(), quoted(typed.trim()));
    let starts_as_toml = as_toml.starts_with(['"', '\'', '[', '{']);
    let candidates = if starts_as_toml { [as_toml, as_text] } else { [as_text, as_toml] };
    let takes = |literal: &String| {
        let value = value(literal);
        value.is_some_and(|value| {
            row.read(&mut Settings::default(), star_of(row, path), &value).is_ok()
        })
    };
    candidates.into_iter().find(takes)
}

/// Why there is no setting at `path`.
pub fn unknown(path: &[String]) -> Refusal {
    let name = full_name(path);
    if is_table(path) {
        let hint = format!("`ties config list {name}` shows its settings");
        return refusal(format!("`{name}` is a table of settings"), Some(hint));
    }
    let hint = match suggestion(path) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`ties config list` shows them all".to_owned(),
    };
    refusal(format!("there is no setting `{name}`"), Some(hint))
}

fn refusal(reason: String, hint: Option<String>) -> Refusal {
    Refusal { reason, hint }
}

#[cfg(test)]
mod tests {
    use crate::features::change_setting::{changed, path_of};

    fn check(text: &str, name: &str, typed: &str, expected: &str) {
        let shown = changed(text, name, typed).unwrap_or_else(|refusal| {
            format!("{}; {}", refusal.reason, refusal.hint.unwrap_or_default())
        });
        assert_eq!(shown, expected);
    }

    #[test]
    fn values_are_typed_as_people_type_them() {
        check("", "agenda.limit", "5", "[agenda]\nlimit = 5\n");
        check("", "fresh_start", "2026-11-21", "fresh_start = \"2026-11-21\"\n");
        check("", "me", "people/me", "me = \"people/me\"\n");
        check("", "me", "\"people/me\"", "me = \"people/me\"\n");
        check("", "log.headings", "Letters", "[log]\nheadings = \"Letters\"\n");
        check("", "log.headings", "['Log', 'Letters']", "[log]\nheadings = ['Log', 'Letters']\n");
        check("", "agenda.new_connections", "false", "[agenda]\nnew_connections = false\n");
        check(
            "# c\n[circles.inner]\n",
            "circles.inner.cadence",
            "weekly",
            "# c\n[circles.inner]\ncadence = \"weekly\"\n",
        );
        check("", "circles.\"book club\".how", "Read", "[circles.\"book club\"]\nhow = \"Read\"\n");
    }

    #[test]
    fn what_does_not_fit_is_refused_with_what_would() {
        check(
            "",
            "agenda.limt",
            "5",
            "there is no setting `agenda.limt`; did you mean `agenda.limit`?",
        );
        check(
            "",
            "agenda",
            "5",
            "`agenda` is a table of settings; `ties config list agenda` shows its settings",
        );
        check("", "agenda.limit", "many", "`agenda.limit` must be a whole number from 0 to 100; ");
        check(
            "",
            "editor",
            "vi",
            "`editor` may not be set by a vault; write it into your own configuration",
        );
        check(
            "",
            "folders.people",
            "../x",
            "`folders.people` must be a list of folders inside the vault; ",
        );
        check("", "a = 1\nb", "1", "`a = 1\nb` is no name of a setting; ");
        check(
            "a = = 1",
            "me",
            "x",
            "it is not TOML: extra `=`, expected nothing; change the settings file by hand",
        );
    }

    #[test]
    fn names_have_parts() {
        assert_eq!(
            path_of("circles.'a.b'.how"),
            Some(vec!["circles".into(), "a.b".into(), "how".into()])
        );
        assert_eq!(path_of(""), None);
        assert_eq!(path_of("a b"), None);
    }
}
