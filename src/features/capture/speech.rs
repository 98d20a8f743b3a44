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
    "wasnt",
    "weren't",
    "won't",
    "don't",
    "dont",
    "doesn't",
    "doesnt",
    "hasn't",
    "hasnt",
    "haven't",
    "havent",
    "hadn't",
    "hadnt",
    "shouldn't",
    "shouldnt",
    "wouldn't",
    "wouldnt",
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

/// Words that are also what people are called; at the start of a sentence a capital letter says nothing.
pub const ALSO_WORDS: &[&str] = &[
    "will", "may", "mark", "hope", "bill", "sue", "rob", "grant", "chase", "drew", "pat", "nick",
    "skip", "chip", "wade", "lance", "trace", "grace", "frank", "rose", "jack", "art", "dawn",
    "faith", "joy", "june", "april", "august", "summer", "ray", "rich", "miles", "don", "gene",
    "max", "penny", "sunny", "sandy", "guy", "bob", "josh", "pierce", "curt", "ward", "page",
    "happy", "gift", "van", "blessing", "precious", "lucky", "young", "sky", "song", "sun",
    "victor", "major", "dean", "earl", "king", "prince", "lily", "ivy", "ruby", "pearl", "amber",
    "holly", "hazel", "olive", "iris", "daisy", "violet", "heather", "basil", "sage", "winter",
    "star", "melody", "harmony", "reed",
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

/// Of those the ones that are also nouns: `call with Ana`, `book club`.
pub const ALSO_NOUNS: &[&str] = &[
    "call", "text", "message", "email", "e-mail", "mail", "plan", "visit", "book", "post", "phone",
    "ring", "drop", "reply", "answer", "order", "print",
];

/// Of those the ones after which somebody may be named at once: `send ana the article`.
pub const TO_SOMEBODY: &[&str] = &[
    "send",
    "call",
    "write",
    "ask",
    "tell",
    "bring",
    "give",
    "lend",
    "invite",
    "introduce",
    "remind",
    "email",
    "e-mail",
    "text",
    "message",
    "thank",
    "congratulate",
    "visit",
    "answer",
    "mail",
    "phone",
    "meet",
    "show",
    "help",
    "ring",
    "wish",
    "connect",
];

/// Words before a noun: after a verb they say that it is one.
pub const BEFORE_NOUN: &[&str] = &[
    "the", "a", "an", "my", "our", "his", "her", "their", "your", "this", "that", "some", "it",
    "him", "them", "me", "us", "two", "three", "about", "back", "up", "if", "whether", "again",
];

/// Titles before a name.
pub const TITLES: &[&str] = &[
    "dr",
    "dra",
    "mr",
    "mrs",
    "ms",
    "mx",
    "miss",
    "prof",
    "profa",
    "professor",
    "sr",
    "sra",
    "senhor",
    "senhora",
    "frau",
    "herr",
    "mme",
    "madame",
    "monsieur",
];

/// Small words of surnames: `João da Silva`.
pub const PARTICLES: &[&str] = &[
    "de", "da", "do", "dos", "das", "di", "del", "della", "van", "von", "der", "den", "ter", "la",
    "le", "el", "al", "bin", "ibn", "zu", "af", "av",
];

/// Around these words a length of time is no day: `about 10 days ago`.
pub const ROUGHLY: &[&str] = &[
    "about", "around", "roughly", "almost", "nearly", "over", "some", "circa", "ca", "maybe", "or",
];

/// Words whose days are not the day of an entry: `Bo's birthday 12 march`.
pub const OF_BIRTH: &[&str] = &["birthday", "bday", "birthdate", "born", "anniversary"];

/// Whether a word is a verb in the past, as far as one can tell.
pub fn is_past(word: &str) -> bool {
    VERBS.contains(&word) || (word.len() > 4 && word.ends_with("ed"))
}

/// Whether a word tells of what was: a verb in the past that is not only used for it.
pub fn is_done(word: &str) -> bool {
    (is_past(word) && !matches!(word, "is" | "has" | "will"))
        || TALKED.contains(&word)
        || INTO.contains(&word)
        || matches!(word, "were" | "loved" | "felt" | "made" | "took" | "went")
}

/// Whether a word only holds others together: in small letters it is nobody's name.
pub fn is_small(word: &str) -> bool {
    let lists = [FILLERS, AFTER_PEOPLE, ABOUT, HEDGES, VERBS, TALKED, INTO];
    lists.iter().any(|list| list.contains(&word) && !ALSO_WORDS.contains(&word))
        || matches!(word, "from" | "but" | "or" | "so" | "he" | "she" | "they" | "it" | "you")
}
