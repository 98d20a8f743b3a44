//! What the index keeps of a note: its number, the words of its names, and the words of its text. No text is stored.

use crate::effects::index::tokenizer::Words;
use tantivy::Index;
use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TextAnalyzer;

/// Which program made an index, and how. An index of another version is made anew. The first number must grow whenever
/// fields or tokens change.
pub const VERSION: &str = concat!("1-", env!("CARGO_PKG_VERSION"));

const WORDS: &str = "words";

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// The number of the note, by which it is found again in the list of notes beside the index.
    pub number: Field,
    /// The names, each a value of its own, so that no phrase reaches from one to the next.
    pub names: Field,
    /// The text.
    pub text: Field,
}

/// The name of the field with the number.
pub const NUMBER: &str = "number";

/// The schema and its fields.
pub fn schema() -> (Schema, Fields) {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(WORDS)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions)
        .set_fieldnorms(false);
    let words = TextOptions::default().set_indexing_options(indexing);
    let mut builder = Schema::builder();
    let number = builder.add_u64_field(NUMBER, NumericOptions::default().set_indexed().set_fast());
    let names = builder.add_text_field("names", words.clone());
    let text = builder.add_text_field("text", words);
    (builder.build(), Fields { number, names, text })
}

/// Teaches `index` how text is cut into words, which it must know before it is written to.
pub fn teach(index: &Index) {
    index.tokenizers().register(WORDS, TextAnalyzer::from(Words));
}

#[cfg(test)]
mod tests {
    use crate::effects::index::schema::VERSION;
    use crate::text::fingerprint::hash;
    use crate::text::tokens::tokens;

    /// Where this fails because tokens changed on purpose, the first number of `VERSION` must grow as well.
    #[test]
    fn other_tokens_need_another_version() {
        let sample =
            "João O'Brien's Ångström 2026-11-21 ana_lima@x.org 王小明 김민지 สมชาย मीरा محمّد ｶﾀ ½";
        let cut = tokens(sample).iter().map(|token| format!("{token:?}")).collect::<String>();
        expect_test::expect!["1-0.1.0 d79711bd3c7ae3b7"]
            .assert_eq(&format!("{VERSION} {:x}", hash(&[&cut])));
    }
}
