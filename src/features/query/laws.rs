//! Laws of the query language, as properties: nothing panics, printing reads back, and logic is logic.

use crate::features::query::ast::{Clause, Comparison, Form, Node, Piece, Value};
use crate::features::query::parse::parse;
use crate::features::query::search::search;
use crate::features::query::source::{LookedUp, TextSource, Texts};
use crate::features::query::subject::subjects;
use crate::features::query::tests::{TODAY, VAULT, views};
use crate::features::query::understand::understand;
use crate::features::sample::{book, day};
use crate::features::settings::Settings;
use crate::features::standing::Situation;
use crate::note::path::NotePath;
use crate::people::vocabulary::Vocabulary;
use crate::text::span::Span;
use proptest::prelude::*;
use std::collections::HashMap;

fn clause(node: Node) -> Clause {
    Clause { node, span: Span::default() }
}

fn piece() -> impl Strategy<Value = Piece> {
    let plain = ("[a-zé王0-9@][a-zé王0-9@#'-]{0,6}", any::<bool>())
        .prop_map(|(text, starred)| Piece { text, quoted: false, starred });
    let quoted =
        "[a-z \\\\\":,()*/.é-]{0,8}".prop_map(|text| Piece { text, quoted: true, starred: false });
    prop_oneof![plain, quoted]
}

fn form() -> impl Strategy<Value = Form> {
    let comparison = prop::sample::select(vec![
        Comparison::More,
        Comparison::AtLeast,
        Comparison::Less,
        Comparison::AtMost,
    ]);
    let end = || prop::option::of(piece());
    prop_oneof![
        piece().prop_map(Form::One),
        (end(), end())
            .prop_filter("an end", |(from, to)| from.is_some() || to.is_some())
            .prop_map(|(from, to)| Form::Range(from, to)),
        (comparison, piece()).prop_map(|(comparison, piece)| Form::Compared(comparison, piece)),
        "[a-z/.*()\\[ ,]{1,8}".prop_map(Form::Pattern),
    ]
}

fn any_clause() -> impl Strategy<Value = Clause> {
    let placeless = |form| Value { form, span: Span::default() };
    let together = prop::collection::vec(form().prop_map(placeless), 1..3).prop_map(Form::Together);
    let value = prop_oneof![4 => form(), 1 => together].prop_map(placeless);
    let field = ("[a-zé][a-z_0-9.-]{0,5}", prop::collection::vec(value, 1..3)).prop_map(
        |(name, values)| {
            // `not:` is a sign, not a field.
            let name = if name == "not" { "no".to_owned() } else { name };
            clause(Node::Field { name, name_span: Span::default(), values })
        },
    );
    let leaf = prop_oneof![piece().prop_map(|piece| clause(Node::Text(piece))), field];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|of| clause(Node::All(of))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|of| clause(Node::Any(of))),
            inner.prop_map(|of| clause(Node::Not(Box::new(of)))),
        ]
    })
}

/// The same without places.
fn placeless(of: Clause) -> Clause {
    let all = |clauses: Vec<Clause>| clauses.into_iter().map(placeless).collect();
    clause(match of.node {
        Node::All(clauses) => Node::All(all(clauses)),
        Node::Any(clauses) => Node::Any(all(clauses)),
        Node::Not(inner) => Node::Not(Box::new(placeless(*inner))),
        Node::Field { name, values, .. } => {
            let values = values.into_iter().map(placeless_value);
            Node::Field { name, name_span: Span::default(), values: values.collect() }
        }
        node => node,
    })
}

fn placeless_value(value: Value) -> Value {
    let form = match value.form {
        Form::Together(values) => Form::Together(values.into_iter().map(placeless_value).collect()),
        form => form,
    };
    Value { form, span: Span::default() }
}

/// Parts of queries that are understood, of every kind.
const PARTS: &[&str] = &[
    "ana",
    "lima",
    "kiln",
    "\"ceramics school\"",
    "cli*",
    "circle:inner",
    "circle:any",
    "group:work",
    "last:>2mo",
    "last:none",
    "birthday:..2w",
    "is:due",
    "is:journal",
    "is:person",
    "has:promise",
    "has:waiting",
    "with:ana",
    "near:ana/2",
    "sister:any",
    "kind:letter",
    "said:job",
    "said:(sintra ..6mo)",
    "location:porto",
    "shoe_size:>40",
    "after:lunch",
    "date:2026-11",
    "status:archived",
    "paused:true",
    "cadence:<1mo",
    "path:people",
    "view:close",
];

fn part() -> impl Strategy<Value = &'static str> {
    prop::sample::select(PARTS)
}

/// What `told` gives for the situation of the tests and a way to search in it.
fn with<T>(told: impl FnOnce(&dyn Fn(&str) -> Vec<String>) -> T) -> T {
    let book = book(VAULT);
    let (settings, vocabulary) = (Settings::default(), Vocabulary::default());
    let situation = Situation::new(&book, day(TODAY), &settings, &vocabulary);
    let read = |path: &NotePath| {
        let note = VAULT.iter().find(|(other, _)| *other == path.as_str());
        note.map(|(_, text)| (*text).to_owned())
    };
    let texts = Texts::new(&book, &read);
    let views = views();
    told(&|query| {
        let query = understand(query, &situation, &views).unwrap();
        let by_note = search(&situation, &query, &texts);
        // An index answers term by term: the list must be the same.
        let mut looked_up = LookedUp::default();
        for term in query.terms() {
            let tiers = subjects(&book, &vocabulary).into_iter();
            let tiers =
                tiers.filter_map(|subject| Some((subject.note, texts.tier(&subject, term)?)));
            looked_up.insert(term.clone(), tiers.collect::<HashMap<_, _>>());
        }
        assert_eq!(search(&situation, &query, &looked_up), by_note);
        by_note.hits.iter().map(|hit| hit.subject.path.to_string()).collect()
    })
}

fn set(mut hits: Vec<String>) -> Vec<String> {
    hits.sort();
    hits
}

proptest! {
    #[test]
    fn nothing_panics(text in "\\PC{0,60}") {
        let _ = parse(&text);
    }

    #[test]
    fn nothing_panics_on_what_looks_like_a_query(parts in prop::collection::vec(
        prop::sample::select(vec!["(", ")", "\"", "-", "OR", "AND", "NOT", "not:", " ", "circle:", "last:", "..", ">", "<=", "/", "*", ",",
            "3mo", "3m", "2026-11", "ana", "é", "王", "\\", ":", "view:", "near:", "sort:", "limit:", "has:", "birthday:", "--12-20"]), 0..14)) {
        let text = parts.concat();
        if let Err(objection) = parse(&text) {
            prop_assert!(objection.span.end <= text.len(), "{text}: {objection:?}");
            prop_assert!(text.is_char_boundary(objection.span.start) && text.is_char_boundary(objection.span.end));
        }
        let book = book(&[]);
        let (settings, vocabulary) = (Settings::default(), Vocabulary::default());
        let situation = Situation::new(&book, day(TODAY), &settings, &vocabulary);
        let _ = understand(&text, &situation, &views());
    }

    #[test]
    fn what_is_printed_reads_back(clause in any_clause()) {
        let printed = clause.to_string();
        let read = parse(&printed).map(placeless);
        prop_assert_eq!(read, Ok(clause), "{}", printed);
    }

    #[test]
    fn what_was_written_means_what_is_printed(a in part(), b in part(), c in part()) {
        let written = format!("({a} OR -{b}) {c}");
        let printed = parse(&written).unwrap().to_string();
        with(|search| {
            prop_assert_eq!(search(&written), search(&printed));
            Ok(())
        })?;
    }

    #[test]
    fn logic_is_logic(a in part(), b in part(), c in part()) {
        with(|search| {
            let same = |one: &str, other: &str| {
                prop_assert_eq!(set(search(one)), set(search(other)), "{} / {}", one, other);
                Ok(())
            };
            same(&format!("{a} {b}"), &format!("{b} AND {a}"))?;
            same(&format!("{a} OR {b}"), &format!("{b} OR {a}"))?;
            same(&format!("-(-({a}))"), a)?;
            same(&format!("{a} {a}"), a)?;
            same(&format!("{a} OR {a}"), a)?;
            same(&format!("{a} OR {a} {b}"), a)?;
            same(&format!("-({a} {b})"), &format!("-{a} OR -{b}"))?;
            same(&format!("-({a} OR {b})"), &format!("-{a} -{b}"))?;
            same(&format!("{a} ({b} OR {c})"), &format!("({a} {b}) OR ({a} {c})"))?;
            same(&format!("({a} -{a}) {b}"), &format!("{a} -{a}"))?;
            let (both, either) = (search(&format!("{a} {b}")), search(&format!("{a} OR {b}")));
            prop_assert!(both.iter().all(|note| search(a).contains(note)));
            prop_assert!(search(b).iter().all(|note| either.contains(note)));
            Ok(())
        })?;
    }

    #[test]
    fn the_order_of_parts_changes_nothing(a in part(), b in part(), c in part()) {
        with(|search| {
            prop_assert_eq!(search(&format!("{a} {b} {c}")), search(&format!("{c} {a} {b}")));
            prop_assert_eq!(search(&format!("{a} OR {b} OR {c}")), search(&format!("{c} OR {b} OR {a}")));
            Ok(())
        })?;
    }
}
