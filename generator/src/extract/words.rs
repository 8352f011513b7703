//! The words of the formulas that pages consist of, in English and in what translation makes of them.

/// Words for a collection.
pub(super) const COLLECTION: [&str; 14] = [
    "collection",
    "collections",
    "coleção",
    "coleções",
    "colección",
    "conjunto",
    "sammlung",
    "auflistung",
    "コレクション",
    "集合",
    "коллекция",
    "raccolta",
    "list",
    "array",
];

/// Whether a word says that there are many of something.
pub(super) fn is_collection(word: &str) -> bool {
    let word = word.trim_matches(|char: char| !char.is_alphanumeric());
    COLLECTION.iter().any(|known| equal(word, known)) || is_slip(word)
}

/// Whether it is `collection` with a slip in it: `collecton`.
fn is_slip(word: &str) -> bool {
    let is_like = matches!(word.len(), 8..=12) && matches!(word.as_bytes()[0], b'c' | b'C');
    is_like && strsim::damerau_levenshtein(&word.to_lowercase(), COLLECTION[0]) == 1
}

/// Whether two words are equal but for their case.
pub(super) fn equal(left: &str, right: &str) -> bool {
    left.eq_ignore_ascii_case(right) || left.to_lowercase() == right.to_lowercase()
}

/// The offset of `needle`, which is in ASCII lower case, in whatever case.
pub(super) fn find(haystack: &str, needle: &str) -> Option<usize> {
    let (haystack, needle) = (haystack.as_bytes(), needle.as_bytes());
    let (lower, upper) = (*needle.first()?, needle.first()?.to_ascii_uppercase());
    let last = (haystack.len() + 1).checked_sub(needle.len())?;
    let mut at = 0;
    while let Some(skipped) =
        haystack[at..last].iter().position(|&byte| byte == lower || byte == upper)
    {
        at += skipped;
        if haystack[at..at + needle.len()].eq_ignore_ascii_case(needle) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Whether `needle` occurs, in whatever case.
pub(super) fn has(haystack: &str, needle: &str) -> bool {
    find(haystack, needle).is_some()
}

/// Whether a word of the text begins with one of `heads`, which are in lower case: one cheap pass
/// in front of many dear ones.
pub(super) fn has_head(text: &str, heads: &[&[u8; 4]]) -> bool {
    let bytes = text.as_bytes();
    let mut before = b' ';
    bytes.iter().enumerate().any(|(at, &byte)| {
        let starts = !before.is_ascii_alphanumeric() && byte.is_ascii_alphabetic();
        before = byte;
        starts
            && bytes
                .get(at..at + 4)
                .is_some_and(|word| heads.iter().any(|head| word.eq_ignore_ascii_case(*head)))
    })
}

/// Which of the formulas below a text may hold: one pass over it, so that the others, which are
/// many, only look at texts that have one of their words.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each stands for a formula of its own")]
pub(super) struct Triggers {
    pub(super) read_only: bool,
    pub(super) nullable: bool,
    pub(super) required: bool,
    pub(super) deprecated: bool,
    pub(super) inherited: bool,
    pub(super) listed: bool,
}

impl Triggers {
    /// Finds the words, by their first four letters.
    pub(super) fn find(text: &str) -> Self {
        let mut triggers = Self::default();
        let mut before = b' ';
        let bytes = text.as_bytes();
        for (at, &byte) in bytes.iter().enumerate() {
            let starts = !before.is_ascii_alphanumeric();
            before = byte;
            if !starts || !byte.is_ascii_alphabetic() {
                continue;
            }
            let Some(head) = bytes.get(at..at + 4) else { break };
            match &head.to_ascii_lowercase()[..] {
                b"read" | b"some" | b"solo" | b"cann" => triggers.read_only = true,
                b"null" | b"nonn" | b"anul" => triggers.nullable = true,
                b"requ" | b"obri" | b"mand" => triggers.required = true,
                b"depr" | b"obso" | b"pret" => triggers.deprecated = true,
                b"inhe" | b"herd" | b"here" => triggers.inherited = true,
                b"poss" | b"supp" | b"allo" | b"vali" | b"valu" | b"valo" | b"one " | b"can "
                | b"evol" | b"unkn" => {
                    triggers.listed = true;
                }
                _ => {}
            }
        }
        triggers
    }
}

/// The sentences of a text, without the white space between them.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let text = rest.trim_start();
        if text.is_empty() {
            return None;
        }
        let end = sentence_end(text, 0);
        rest = &text[end..];
        Some(text[..end].trim_end())
    })
}

/// Where the sentence that holds `from` ends: behind a full stop that white space follows.
pub(super) fn sentence_end(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    (from..bytes.len())
        .find(|&at| {
            bytes[at] == b'\n'
                || (bytes[at] == b'.'
                    && bytes
                        .get(at + 1)
                        .is_none_or(|next| next.is_ascii_whitespace() || *next == b'<')
                    && !is_abbreviation(&text[from..at]))
        })
        .map_or(text.len(), |at| at + 1)
}

fn is_abbreviation(before: &str) -> bool {
    ["e.g", "i.e", "etc", "vs", " ex"].iter().any(|known| before.ends_with(known))
}

/// Whether a text only holds the place of one that is still to be written.
pub(super) fn is_placeholder(text: &str) -> bool {
    let text = text.trim_start_matches(|char: char| !char.is_alphanumeric());
    text.starts_with("TODO:") || has(text.get(..18).unwrap_or_default(), "not yet documented")
}

/// The text, unless there is none.
pub(super) fn description(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && !is_placeholder(text)).then(|| text.to_owned())
}

/// Why the subject of a page should not be used any more, if the paragraph says so. In a note,
/// the subject may go by its name: "The shelf resource is deprecated".
pub(super) fn page_deprecation(text: &str, is_note: bool) -> Option<String> {
    if !has(text, "deprecated") {
        return None;
    }
    // `[!CAUTION]` says what kind of note it is.
    let text = match text.trim_start().strip_prefix("[!").and_then(|rest| rest.split_once(']')) {
        Some((_, rest)) => rest.trim_start(),
        None => text,
    };
    let sentence = sentences(text).find(|sentence| {
        let Some(at) = find(sentence, "deprecated") else { return false };
        (is_note && is_subject(&sentence[..at]))
            || [
                "this api",
                "this resource",
                "this method",
                "this type",
                "this function",
                "this action",
                "this operation",
                "this entity",
                "these apis",
            ]
            .iter()
            .any(|subject| has(sentence, subject))
    })?;
    Some(sentence.to_owned())
}

/// Whether the words in front of "deprecated" speak of what the page is about, not of a part of it.
fn is_subject(before: &str) -> bool {
    const WHOLE: [&str; 13] = [
        "api",
        "apis",
        "resource",
        "resources",
        "method",
        "type",
        "types",
        "function",
        "action",
        "operation",
        "entity",
        "endpoint",
        "endpoints",
    ];
    const PART: [&str; 12] = [
        "property",
        "properties",
        "parameter",
        "parameters",
        "value",
        "values",
        "member",
        "members",
        "permission",
        "permissions",
        "header",
        "relationship",
    ];
    let has_word = |known: &[&str]| {
        before
            .split(|char: char| !char.is_alphanumeric())
            .any(|word| known.iter().any(|known| equal(known, word)))
    };
    has_word(&WHOLE) && !has_word(&PART)
}

/// The parts of a sentence that may say opposite things.
pub(super) fn clauses(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split(';').flat_map(|part| {
        let at = find(part, " but ").unwrap_or(part.len());
        [&part[..at], &part[at..]]
    })
}

/// Whether a clause says that something is not supported.
pub(super) fn is_denial(clause: &str) -> bool {
    const DENIALS: [&str; 8] = [
        "not support",
        "n't support",
        "but not ",
        "not available",
        "n't available",
        "not allowed",
        "não dá suporte",
        "não oferece suporte",
    ];
    DENIALS.iter().any(|words| has(clause, words))
}

/// The query options, without `$`, that a row says it supports.
pub(super) fn supported_query_options(text: &str) -> Vec<String> {
    let mut options = Vec::new();
    if !text.contains('$') {
        return options;
    }
    for clause in sentences(text).flat_map(clauses).filter(|clause| !is_denial(clause)) {
        let Some(at) = find(clause, "support").or_else(|| find(clause, "suporta")) else {
            continue;
        };
        if !["not ", "n't ", "não ", "neither "].iter().any(|word| has(&clause[..at], word)) {
            collect_query_options(clause, &mut options);
        }
    }
    options
}

/// Adds the query options that the text names with their `$`.
pub(super) fn collect_query_options(text: &str, options: &mut Vec<String>) {
    for (at, _) in text.match_indices('$') {
        let word = &text[at + 1..];
        let end = word.find(|char: char| !char.is_ascii_alphabetic()).unwrap_or(word.len());
        push_query_option(&word[..end], options);
    }
}

/// Adds a query option, if the word is one.
pub(super) fn push_query_option(word: &str, options: &mut Vec<String>) {
    const KNOWN: [&str; 9] =
        ["select", "expand", "filter", "top", "skip", "orderby", "search", "count", "format"];
    let word = word.to_ascii_lowercase();
    // So the service's metadata calls what limits `top`.
    let word = if word == "maxtop" { "top".to_owned() } else { word };
    if KNOWN.contains(&word.as_str()) && !options.contains(&word) {
        options.push(word);
    }
}

/// What a sentence such as "Inherits from the entity type" or "Inherited from entity" speaks of
/// begins behind these words.
const INHERITS: [&str; 14] = [
    "inherits from",
    "inherited from",
    "derived from",
    "derives from",
    "inherit from",
    "extends",
    "herda de",
    "herda do",
    "herda da",
    "herdado de",
    "herdada de",
    "derivado de",
    "herdado do",
    "hereda de",
];

/// Where the words that say what is inherited from start and end, in the paragraph.
pub(super) fn find_inheritance(text: &str) -> Option<(usize, usize)> {
    if !has_head(text, &[b"inhe", b"deri", b"exte", b"herd", b"here"]) {
        return None;
    }
    INHERITS.iter().filter_map(|words| find(text, words).map(|at| (at, at + words.len()))).min()
}

/// Where a sentence speaks of the types that extend another.
pub(super) fn find_derivation(text: &str) -> Option<usize> {
    const DERIVES: [&str; 10] = [
        "derived types of",
        "derived types",
        "base type of",
        "base type for",
        "base class of",
        "base class for",
        "base resource for",
        "base entity for",
        "are subclasses of",
        "tipos derivados",
    ];
    if !has_head(text, &[b"deri", b"base", b"subc", b"tipo"]) {
        return None;
    }
    DERIVES.iter().filter_map(|words| find(text, words)).min()
}
