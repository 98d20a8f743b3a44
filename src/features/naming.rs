//! By which words a query names somebody, and whether those would still name them under another name.

use crate::features::pointing::Called;
use crate::features::query::ast::{Clause, Form, Node, Piece, Value};
use crate::features::query::parse::parse;
use crate::people::book::{Book, ContactId, Found};
use crate::text::fold::fold;

/// The values of fields in `query` that mean `who`, and would mean nobody or somebody else once they are called `new`.
/// A query that cannot be read has none.
pub fn names_left_behind(query: &str, book: &Book, who: ContactId, new: &Called) -> Vec<String> {
    let mut pieces = Vec::new();
    if let Ok(clause) = parse(query) {
        gather(&clause, &mut pieces);
    }
    let means_them = |name: &&str| matches!(book.find(name), Found::One(id) if id == who);
    let names = pieces.iter().map(|piece| without_steps(&piece.text));
    let left = names.filter(means_them).filter(|name| !still_names(name, new));
    let mut left = left.map(str::to_owned).collect::<Vec<_>>();
    left.dedup();
    left
}

fn gather(clause: &Clause, pieces: &mut Vec<Piece>) {
    match &clause.node {
        Node::Everything | Node::Text(_) => {}
        Node::All(clauses) | Node::Any(clauses) => {
            clauses.iter().for_each(|clause| gather(clause, pieces));
        }
        Node::Not(clause) => gather(clause, pieces),
        Node::Field { values, .. } => pieces.extend(values.iter().filter_map(single)),
    }
}

fn single(value: &Value) -> Option<Piece> {
    match &value.form {
        Form::One(piece) => Some(piece.clone()),
        _ => None,
    }
}

/// `ana` of `near:ana/2`.
fn without_steps(name: &str) -> &str {
    match name.rsplit_once('/') {
        Some((name, steps)) if steps.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => name,
    }
}

/// Whether `name` is the path of the note, the end of it, or one of the names or the starts of its words.
fn still_names(name: &str, new: &Called) -> bool {
    let name = fold(name.trim_end_matches(".md"));
    let path = fold(&new.path.identity());
    let is_path = path == name || path.ends_with(&format!("/{name}"));
    let is_called = |called: &String| {
        let called = fold(called);
        let mut words = called.split(' ');
        called.starts_with(&name)
            || name.split(' ').all(|start| words.any(|word| word.starts_with(start)))
    };
    is_path || std::iter::once(&new.name).chain(&new.aliases).any(is_called)
}

#[cfg(test)]
mod tests {
    use crate::features::naming::names_left_behind;
    use crate::features::pointing::Called;
    use crate::features::sample::book;
    use crate::note::path::NotePath;
    use crate::people::book::Found;

    fn check(query: &str, expected: &[&str]) {
        let book = book(&[
            ("people/bo-silva.md", "---\nname: Bo Silva\naliases: [Bobby]\n---\n"),
            ("people/ana.md", "---\nname: Ana\n---\n"),
        ]);
        let Found::One(who) = book.find("bo silva") else { panic!() };
        let path = NotePath::new("people/robert-silva.md").unwrap();
        let aliases = vec!["Bobby".to_owned()];
        let new = Called { path, name: "Robert Silva".to_owned(), aliases };
        assert_eq!(names_left_behind(query, &book, who, &new), expected, "{query}");
    }

    #[test]
    fn what_names_somebody_by_what_goes_away_is_found() {
        check("with:bo-silva", &["bo-silva"]);
        check("circle:inner near:\"bo silva\"/2", &[]);
        check(
            "circle:inner near:\"Bo Silva/2\" -(with:ana OR sister:people/bo-silva)",
            &["Bo Silva", "people/bo-silva"],
        );
        // They mean the same as before.
        check("with:silva near:bobby with:ana,bo", &[]);
        check("bo silva", &[]);
        check("near:(", &[]);
    }
}
