//! Reading front matter: never fails, gives places that exist, and the fast reader says what the thorough one says.

#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::{check_findings, check_span};
use ties::note::front_matter::{read, read_thoroughly};
use ties::note::yaml::{Node, Value};

fuzz_target!(|text: &str| {
    let (front_matter, findings) = read(text);
    check_findings(text, &findings);
    if let Some(front_matter) = &front_matter {
        check_span(text, front_matter.span);
        assert!(front_matter.span.covers(front_matter.content));
        for entry in &front_matter.entries {
            assert!(front_matter.content.covers(entry.span));
            assert!(entry.span.covers(entry.key_span) && entry.span.covers(entry.value.span));
            check_span(text, entry.key_span);
            check_node(text, &entry.value);
        }
        let keys = front_matter.entries.iter().map(|entry| &entry.key);
        let distinct = keys.collect::<std::collections::HashSet<_>>();
        assert_eq!(distinct.len(), front_matter.entries.len(), "a key is there twice");
    }
    assert_eq!((front_matter, findings), read_thoroughly(text), "the two readers differ");
});

fn check_node(text: &str, node: &Node) {
    check_span(text, node.span);
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| check_node(text, item)),
        Value::Map(pairs) => pairs.iter().for_each(|(_, value)| check_node(text, value)),
        Value::Null | Value::Scalar(..) => {}
    }
}
