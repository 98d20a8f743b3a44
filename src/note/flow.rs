//! Items between brackets, `[a, b]`, as YAML and TOML both write them: adding one and taking some out.

use crate::note::line::{ending_before, line_at};
use crate::text::edit::Edit;
use crate::text::span::Span;

/// The edits that add `new` after the last item of a list. Where that begins its line and the list goes on after it,
/// the new one gets its own line, with the same indent, and a comma at its end if the last one had one.
pub fn append(text: &str, last: Span, new: &str) -> Vec<Edit> {
    let line = line_at(text, last.start);
    let before = Span::new(line.span.start, last.start).of(text);
    if !before.trim_matches([' ', '\t']).is_empty() {
        return vec![Edit::insert(last.end, format!(", {new}"))];
    }
    let gap = format!("{}{before}", ending_before(text, line.span.start));
    let end = line_at(text, last.end).content.end;
    let rest = Span::new(last.end, end).of(text).trim_start_matches([' ', '\t']);
    match (rest.strip_prefix(','), rest.is_empty() || rest.starts_with('#')) {
        (_, true) => vec![Edit::insert(last.end, ","), Edit::insert(end, format!("{gap}{new}"))],
        (Some(rest), _) if rest.trim_start().is_empty() || rest.trim_start().starts_with('#') => {
            vec![Edit::insert(end, format!("{gap}{new},"))]
        }
        _ => vec![Edit::insert(last.end, format!(",{gap}{new}"))],
    }
}

/// The edits that take the items that `goes` names (by index) out of a list in which others stay, each with the comma
/// before it; those at the front with the comma after.
pub fn remove(items: &[Span], goes: impl Fn(usize) -> bool) -> Vec<Edit> {
    let first_kept = (0..items.len()).find(|at| !goes(*at)).unwrap_or(items.len());
    let neighbours = items.iter().zip(items.iter().skip(1)).enumerate();
    let cuts = neighbours.filter_map(|(at, (one, next))| match at < first_kept {
        true => Some(Span::new(one.start, next.start)),
        false => goes(at + 1).then(|| Span::new(one.end, next.end)),
    });
    cuts.map(Edit::delete).collect()
}

#[cfg(test)]
mod tests {
    use crate::note::flow::{append, remove};
    use crate::text::edit::apply;
    use crate::text::span::Span;

    fn check_append(text: &str, last: &str, wanted: &str) {
        let start = text.find(last).unwrap();
        let edits = append(text, Span::new(start, start + last.len()), "new");
        assert_eq!(apply(text, &edits).unwrap(), wanted);
    }

    #[test]
    fn a_new_item_stands_as_the_last_one_does() {
        check_append("[a, b]", "b", "[a, b, new]");
        check_append("[a, b,]", "b", "[a, b, new,]");
        check_append("[\n  a,\n  b\n]", "b", "[\n  a,\n  b,\n  new\n]");
        check_append("[\r\n  b, # c\r\n]", "b", "[\r\n  b, # c\r\n  new,\r\n]");
        check_append("[\n  b # c\n]", "b", "[\n  b, # c\n  new\n]");
        check_append("[a,\n  b]", "b", "[a,\n  b,\n  new]");
        check_append("[a,\n  b,]", "b", "[a,\n  b,\n  new,]");
    }

    #[test]
    fn items_go_with_one_comma_each() {
        let text = "[a, b, c, d]";
        let items = [1, 4, 7, 10].map(|at| Span::new(at, at + 1));
        let without =
            |gone: &[usize]| apply(text, &remove(&items, |at| gone.contains(&at))).unwrap();
        assert_eq!(without(&[0, 1]), "[c, d]");
        assert_eq!(without(&[1, 2]), "[a, d]");
        assert_eq!(without(&[0, 2, 3]), "[b]");
        assert_eq!(without(&[]), text);
    }
}
