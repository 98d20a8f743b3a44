//! What an open index answers to one term: exactly what [`TextTerm::tier`] says of each note.

use crate::effects::index::open::{Opened, damaged};
use crate::effects::index::schema::NUMBER;
use crate::effects::index::trouble::Trouble;
use crate::text::term::{Place, TextTerm, Tier};
use crate::text::typo::allowed_distance;
use tantivy::postings::TermInfo;
use tantivy::query::{EnableScoring, FuzzyTermQuery, PhraseQuery, Query};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, InvertedIndexReader, SegmentReader, TERMINATED, Term};

/// The notes that `term` matches, each by its place in the catalogue and with its tier, in the order of the catalogue.
pub fn answer(opened: &Opened, term: &TextTerm) -> Result<Vec<(usize, Tier)>, Trouble> {
    let mut found = Vec::new();
    for segment in &opened.segments {
        let mut tiers = Tiers { best: vec![None; segment.max_doc() as usize], any: false };
        match term {
            TextTerm::Word(word) => word_in(opened, segment, term, word, &mut tiers)?,
            TextTerm::Prefix(start) => prefix_in(opened, segment, term, start, &mut tiers)?,
            TextTerm::Phrase(parts) => phrase_in(opened, segment, parts, &mut tiers)?,
        }
        if tiers.any {
            gather(opened, segment, &tiers, &mut found)?;
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// The best tier of each note of a segment so far.
struct Tiers {
    best: Vec<Option<Tier>>,
    any: bool,
}

impl Tiers {
    fn mark(&mut self, postings: &mut dyn DocSet, tier: Tier) {
        let mut document = postings.doc();
        while document != TERMINATED {
            if let Some(best) = self.best.get_mut(document as usize) {
                *best = Some(best.map_or(tier, |best| best.min(tier)));
                self.any = true;
            }
            document = postings.advance();
        }
    }

    fn mark_term(
        &mut self,
        words: &InvertedIndexReader,
        info: &TermInfo,
        tier: Tier,
    ) -> Result<(), Trouble> {
        let mut postings = words.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        self.mark(&mut postings, tier);
        Ok(())
    }
}

/// From the numbers that the index knows to the places of the catalogue.
fn gather(
    opened: &Opened,
    segment: &SegmentReader,
    tiers: &Tiers,
    found: &mut Vec<(usize, Tier)>,
) -> Result<(), Trouble> {
    let numbers = segment.fast_fields().column_first_or_default::<u64>(NUMBER)?;
    let places = opened.places()?;
    for (document, tier) in (0u32..).zip(&tiers.best) {
        let Some(tier) = tier.filter(|_| !segment.is_deleted(document)) else { continue };
        let number = usize::try_from(numbers.get_val(document)).unwrap_or(usize::MAX);
        match places.get(number) {
            Some(place) if *place != u32::MAX => found.push((*place as usize, tier)),
            _ => return Err(damaged("a note in it has no number")),
        }
    }
    Ok(())
}

fn word_in(
    opened: &Opened,
    segment: &SegmentReader,
    term: &TextTerm,
    word: &str,
    tiers: &mut Tiers,
) -> Result<(), Trouble> {
    names_that_start(opened, segment, term, word, tiers)?;
    misspelt_names(opened, segment, term, word, tiers)?;
    let words = segment.inverted_index(opened.fields.text)?;
    match words.terms().get(word)? {
        Some(info) => tiers.mark_term(&words, &info, Tier::Text),
        None => Ok(()),
    }
}

fn prefix_in(
    opened: &Opened,
    segment: &SegmentReader,
    term: &TextTerm,
    start: &str,
    tiers: &mut Tiers,
) -> Result<(), Trouble> {
    names_that_start(opened, segment, term, start, tiers)?;
    words_that_start(segment, opened.fields.text, start, &mut |words, token, info| {
        let tier = term.token_tier(token, Place::Text);
        tier.map_or(Ok(()), |tier| tiers.mark_term(words, info, tier))
    })
}

fn names_that_start(
    opened: &Opened,
    segment: &SegmentReader,
    term: &TextTerm,
    start: &str,
    tiers: &mut Tiers,
) -> Result<(), Trouble> {
    words_that_start(segment, opened.fields.names, start, &mut |words, token, info| {
        let tier = term.token_tier(token, Place::Name);
        tier.map_or(Ok(()), |tier| tiers.mark_term(words, info, tier))
    })
}

type EachWord<'a> = dyn FnMut(&InvertedIndexReader, &str, &TermInfo) -> Result<(), Trouble> + 'a;

fn words_that_start(
    segment: &SegmentReader,
    field: Field,
    start: &str,
    each: &mut EachWord<'_>,
) -> Result<(), Trouble> {
    let words = segment.inverted_index(field)?;
    let mut stream = words.terms().range().ge(start).into_stream()?;
    while stream.advance() {
        if !stream.key().starts_with(start.as_bytes()) {
            break;
        }
        if let Ok(token) = std::str::from_utf8(stream.key()) {
            each(&words, token, stream.value())?;
        }
    }
    Ok(())
}

fn misspelt_names(
    opened: &Opened,
    segment: &SegmentReader,
    term: &TextTerm,
    word: &str,
    tiers: &mut Tiers,
) -> Result<(), Trouble> {
    let distance = u8::try_from(allowed_distance(word)).unwrap_or(0);
    let first = word.chars().next().filter(|_| distance > 0);
    let Some(first) = first.map(String::from) else { return Ok(()) };
    let typed = Term::from_field_text(opened.fields.names, word);
    let near = FuzzyTermQuery::new(typed, distance, true).automaton()?;
    let words = segment.inverted_index(opened.fields.names)?;
    // The first letters agree, so only the names that begin with it need a look.
    let mut stream = words.terms().search(near).ge(&first).into_stream()?;
    while stream.advance() {
        if !stream.key().starts_with(first.as_bytes()) {
            break;
        }
        let token = std::str::from_utf8(stream.key()).ok();
        if let Some(tier) = token.and_then(|token| term.token_tier(token, Place::Name)) {
            tiers.mark_term(&words, stream.value(), tier)?;
        }
    }
    Ok(())
}

fn phrase_in(
    opened: &Opened,
    segment: &SegmentReader,
    parts: &[String],
    tiers: &mut Tiers,
) -> Result<(), Trouble> {
    let fields = opened.fields;
    for (field, tier) in [(fields.names, Tier::ExactName), (fields.text, Tier::Text)] {
        match parts {
            [] => {}
            [word] => {
                let words = segment.inverted_index(field)?;
                if let Some(info) = words.terms().get(word)? {
                    tiers.mark_term(&words, &info, tier)?;
                }
            }
            _ => {
                let terms = parts.iter().map(|part| Term::from_field_text(field, part)).collect();
                let scoring = EnableScoring::disabled_from_schema(&opened.schema);
                let weight = PhraseQuery::new(terms).weight(scoring)?;
                tiers.mark(&mut *weight.scorer(segment, 1.0)?, tier);
            }
        }
    }
    Ok(())
}
