//! Reading Markdown: never fails, gives places that exist, in order, and indices that lead somewhere; the fast reader
//! reads what the parser reads.

#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::check_span;
use ties::note::link::all_wikilinks;
use ties::note::markdown::{Markdown, read, read_thoroughly};
use ties::note::{entry, task};
use ties::text::span::Span;

fuzz_target!(|text: &str| {
    let markdown = read(text, 0);
    assert_eq!(markdown, read_thoroughly(text, 0));
    check_headings(text, &markdown);
    check_items(text, &markdown);
    let links = markdown.links.iter().map(|link| link.span).collect::<Vec<_>>();
    check_sorted(text, &links);
    let tags = markdown.tags.iter().map(|(_, span)| *span).collect::<Vec<_>>();
    check_sorted(text, &tags);
    let blocks = markdown.blocks.iter().map(|(_, span)| *span).collect::<Vec<_>>();
    check_sorted(text, &blocks);
    check_sorted(text, &markdown.hidden);
    assert!(markdown.hidden.windows(2).all(|pair| pair[0].end <= pair[1].start));
    check_sorted(text, &markdown.paragraphs);
    all_wikilinks(text).iter().for_each(|(span, _)| check_span(text, *span));
});

fn check_sorted(text: &str, spans: &[Span]) {
    spans.iter().for_each(|span| check_span(text, *span));
    assert!(spans.windows(2).all(|pair| pair[0].start <= pair[1].start));
}

fn check_headings(text: &str, markdown: &Markdown) {
    let spans = markdown.headings.iter().map(|heading| heading.span).collect::<Vec<_>>();
    check_sorted(text, &spans);
    for heading in &markdown.headings {
        assert!((1..=6).contains(&heading.level));
        check_span(text, heading.content);
        if let Some(head) = entry::head(text, heading.content) {
            check_span(text, head.date);
        }
    }
}

fn check_items(text: &str, markdown: &Markdown) {
    let spans = markdown.items.iter().map(|item| item.span).collect::<Vec<_>>();
    check_sorted(text, &spans);
    for (at, item) in markdown.items.iter().enumerate() {
        [item.marker, item.content].iter().for_each(|span| check_span(text, *span));
        assert!(item.span.covers(item.marker));
        assert!(item.parent.is_none_or(|parent| parent < at));
        assert!(item.heading.is_none_or(|heading| heading < markdown.headings.len()));
        if let Some(task) = item.task {
            assert_eq!(task.span.of(text), task.status.to_string());
        }
        check_content(text, item.content);
    }
}

fn check_content(text: &str, content: Span) {
    if let Some(head) = entry::head(text, content) {
        check_span(text, head.date);
        let readings = [head.opening.with_kind(text), head.opening.without_kind(text)];
        readings.iter().for_each(|reading| check_span(text, reading.text));
    }
    let read = task::read(text, content);
    read.dates.iter().for_each(|date| check_span(text, date.span));
    read.unreadable.iter().for_each(|span| check_span(text, *span));
}
