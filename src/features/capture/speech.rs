//! The English words by which a sentence says who did what.
//!
//! Invariant: all are folded. A word that is not here changes nothing: it stays in the text.

/// Words that begin a sentence about what was done and say nothing themselves: `I had a coffee …`.
pub const FILLERS: &[&str] =
    &["i", "we", "had", "a", "an", "the", "went", "for", "my", "our", "me", "us", "and"];

/// Words that may stand before a kind of entry: `a quick call`.
pub const BEFORE_KIND: &[&str] = &[
    "quick", "short", "long", "good", "nice", "lovely", "great", "another", "brief", "first",
    "second", "just", "also", "finally", "little", "small", "big", "early", "late", "video",
    "phone", "to", "on", "off", "went", "sent", "got", "wrote", "made", "received",
];

/// Verbs in the past: after somebody's name they say what that person did.
pub const VERBS: &[&str] = &[
    "met", "saw", "spoke", "rang", "wrote", "gave", "came", "told", "said", "asked", "was", "is",
    "has", "had", "did", "went", "sent", "got", "brought", "called", "will",
];

/// Verbs of being in touch that are no kind of entry.
pub const TALKED: &[&str] =
    &["talked", "chatted", "skyped", "replied", "answered", "wrote", "sent"];

/// What comes after a meeting by chance: `ran into Ana`.
pub const INTO: &[&str] = &["ran", "bumped"];

/// After these words people and weekdays are what was spoken of.
pub const ABOUT: &[&str] =
    &["about", "of", "re", "regarding", "that", "because", "like", "than", "as", "if", "who"];

/// Words that say that something may not have happened.
pub const HEDGES: &[&str] = &[
    "not",
    "no",
    "never",
    "didn't",
    "didnt",
    "couldn't",
    "couldnt",
    "can't",
    "cannot",
    "wasn't",
    "won't",
    "don't",
    "dont",
    "cancelled",
    "canceled",
    "postponed",
    "declined",
    "skipped",
    "should",
    "must",
    "need",
    "needs",
    "want",
    "wants",
    "wanted",
    "would",
    "might",
    "could",
    "maybe",
    "perhaps",
    "hope",
    "hoping",
    "hoped",
    "let's",
    "lets",
    "dreamt",
    "dreamed",
    "imagine",
    "instead",
    "without",
    "if",
    "almost",
    "nearly",
    "to-do",
    "todo",
    "going",
    "will",
];

/// Verbs that are also what people are called; at the start of a sentence a capital letter says nothing.
pub const ALSO_VERBS: &[&str] = &[
    "will", "may", "mark", "hope", "bill", "sue", "rob", "grant", "chase", "drew", "pat", "nick",
    "skip", "chip", "wade", "lance", "trace", "grace", "frank", "rose", "jack", "art", "dawn",
    "faith", "joy", "june", "april", "august", "summer", "ray", "rich", "miles", "don", "gene",
    "max", "penny", "sunny", "sandy", "guy", "bob", "josh", "pierce", "curt", "ward", "page",
];

/// Words that may stand between a list of people and what was done with them.
pub const AFTER_PEOPLE: &[&str] = &[
    "at", "in", "on", "about", "for", "over", "by", "after", "before", "near", "and", "during",
    "via", "with", "to",
];

/// Verbs that begin what is to be done: `send her the article`.
pub const TO_DO: &[&str] = &[
    "send",
    "call",
    "write",
    "ask",
    "tell",
    "bring",
    "book",
    "buy",
    "find",
    "give",
    "lend",
    "return",
    "invite",
    "introduce",
    "remind",
    "check",
    "look",
    "share",
    "pay",
    "email",
    "e-mail",
    "text",
    "message",
    "thank",
    "congratulate",
    "visit",
    "plan",
    "organise",
    "organize",
    "get",
    "make",
    "fix",
    "forward",
    "reply",
    "answer",
    "post",
    "print",
    "mail",
    "phone",
    "meet",
    "cook",
    "bake",
    "draw",
    "finish",
    "pick",
    "order",
    "arrange",
    "prepare",
    "show",
    "help",
    "follow",
    "ring",
    "drop",
    "try",
    "remember",
    "wish",
    "schedule",
    "confirm",
    "connect",
    "recommend",
];

/// Verbs of being in touch as they are used to tell somebody what to do: `call Ana`.
pub const IN_TOUCH: &[&str] = &[
    "call", "text", "message", "meet", "visit", "email", "e-mail", "mail", "write", "phone", "ring",
];

/// Whether a word is a verb in the past, as far as one can tell.
pub fn is_past(word: &str) -> bool {
    VERBS.contains(&word) || (word.len() > 4 && word.ends_with("ed"))
}
