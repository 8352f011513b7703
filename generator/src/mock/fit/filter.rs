//! Whether a text is a filter as OData writes it: its words, quotes and parentheses, and whether
//! values and operators take turns.
//!
//! It is read once from left to right, whatever it holds. What types the values have is not asked.

use std::collections::BTreeSet;

use crate::nearest::hint;

const OPERATORS: [&str; 16] = [
    "eq", "ne", "gt", "ge", "lt", "le", "and", "or", "in", "has", "add", "sub", "mul", "div",
    "divby", "mod",
];

const FUNCTIONS: [&str; 40] = [
    "all",
    "any",
    "case",
    "cast",
    "ceiling",
    "concat",
    "contains",
    "date",
    "day",
    "endswith",
    "floor",
    "fractionalseconds",
    "hassubsequence",
    "hassubset",
    "hour",
    "indexof",
    "isof",
    "length",
    "matchespattern",
    "maxdatetime",
    "mindatetime",
    "minute",
    "month",
    "not",
    "now",
    "round",
    "second",
    "startswith",
    "substring",
    "substringof",
    "time",
    "tolower",
    "totaloffsetminutes",
    "totalseconds",
    "toupper",
    "trim",
    "year",
    // Of dynamic properties, and of older versions, which some services still take.
    "getproperty",
    "isnull",
    "replace",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    Open,
    Close,
    Comma,
    Colon,
    /// A text in quotes, with what stands immediately before it: `duration'PT1H'`.
    Text(&'a str),
    /// A path, a number, an operator, or the name of a function.
    Word(&'a str),
}

impl Token<'_> {
    fn text(self) -> String {
        let text = match self {
            Self::Open => "(",
            Self::Close => ")",
            Self::Comma => ",",
            Self::Colon => ":",
            Self::Text(text) | Self::Word(text) => text,
        };
        text.chars().take(60).collect()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Paren {
    Group,
    /// The arguments of a function, or of `any` and `all`.
    Call,
    /// The values behind `in`.
    List,
}

/// What is wrong with a filter, if anything is. `flaw_of` says what is wrong with a property's
/// name.
pub(super) fn flaw(text: &str, flaw_of: impl Fn(&str) -> Option<String>) -> Option<String> {
    let tokens = match tokens(text) {
        Ok(tokens) => tokens,
        Err(flaw) => return Some(flaw),
    };
    let mut reader = Reader {
        tokens: &tokens,
        at: 0,
        open: Vec::new(),
        wants_value: true,
        has_opened: false,
        variables: BTreeSet::new(),
        flaw_of,
    };
    reader.read().err()
}

struct Reader<'a, F> {
    tokens: &'a [Token<'a>],
    at: usize,
    open: Vec<Paren>,
    /// Whether a value comes next, and not an operator.
    wants_value: bool,
    /// Whether a call has just been opened, which may have no arguments.
    has_opened: bool,
    /// What the lambdas so far call their items.
    variables: BTreeSet<&'a str>,
    flaw_of: F,
}

impl<'a, F: Fn(&str) -> Option<String>> Reader<'a, F> {
    fn read(&mut self) -> Result<(), String> {
        while let Some(token) = self.tokens.get(self.at).copied() {
            self.at += 1;
            if self.wants_value {
                self.value(token)?;
            } else {
                self.operator(token)?;
            }
        }
        if self.wants_value {
            Err("it ends where a value is expected".to_owned())
        } else if self.open.is_empty() {
            Ok(())
        } else {
            Err("it has a `(` that nothing closes".to_owned())
        }
    }

    fn next(&self) -> Option<Token<'a>> {
        self.tokens.get(self.at).copied()
    }

    fn value(&mut self, token: Token<'a>) -> Result<(), String> {
        let has_opened = std::mem::take(&mut self.has_opened);
        match token {
            Token::Text(_) => self.wants_value = false,
            Token::Open => self.open.push(Paren::Group),
            Token::Close if has_opened => {
                self.open.pop();
                self.wants_value = false;
            }
            Token::Word(word) if word.eq_ignore_ascii_case("not") => {}
            Token::Word(word) if is_operator(word) && self.next() != Some(Token::Open) => {
                return Err(format!("`{word}` stands where a value is expected"));
            }
            Token::Word(word) if self.next() == Some(Token::Open) => self.call(word)?,
            Token::Word(word) if has_opened && self.next() == Some(Token::Colon) => {
                self.variables.insert(word);
                self.at += 1;
            }
            Token::Word(word) => {
                self.check_path(word)?;
                self.wants_value = false;
            }
            Token::Close | Token::Comma | Token::Colon => {
                return Err(format!("`{}` stands where a value is expected", token.text()));
            }
        }
        Ok(())
    }

    fn operator(&mut self, token: Token<'a>) -> Result<(), String> {
        match token {
            Token::Close => {
                if self.open.pop().is_none() {
                    return Err("it has a `)` that nothing opens".to_owned());
                }
            }
            Token::Comma if matches!(self.open.last(), Some(Paren::Call | Paren::List)) => {
                self.wants_value = true;
            }
            Token::Word(word) if is_operator(word) => {
                self.wants_value = true;
                if word.eq_ignore_ascii_case("in") && self.next() == Some(Token::Open) {
                    self.at += 1;
                    self.open.push(Paren::List);
                    self.has_opened = true;
                }
            }
            // The path goes on behind a key: `parts('1')/name`.
            Token::Word(word) if word.starts_with('/') => {
                if self.next() == Some(Token::Open) {
                    self.call(word)?;
                }
            }
            _ => {
                let text = token.text();
                let hint = hint(&text, OPERATORS);
                return Err(format!("`{text}` stands where an operator is expected{hint}"));
            }
        }
        Ok(())
    }

    /// The `(` behind a name.
    fn call(&mut self, path: &'a str) -> Result<(), String> {
        self.at += 1;
        self.open.push(Paren::Call);
        self.has_opened = true;
        self.wants_value = true;
        let (before, name) = path.rsplit_once('/').unwrap_or(("", path));
        if !before.is_empty() {
            self.check_path(before)?;
        }
        let is_function = FUNCTIONS.iter().any(|function| function.eq_ignore_ascii_case(name));
        // One with a namespace is the service's own; a property has its keys behind it.
        let is_own = !is_plain(name) || !before.is_empty() || (self.flaw_of)(name).is_none();
        if is_function || is_own {
            return Ok(());
        }
        Err(format!("`{name}` is no function of OData{}", hint(name, FUNCTIONS)))
    }

    /// The first segment of a path is a property, unless the path is a literal.
    fn check_path(&self, path: &str) -> Result<(), String> {
        let first = path.split('/').next().unwrap_or_default();
        let is_literal = ["true", "false", "null", "inf", "nan"]
            .iter()
            .any(|literal| literal.eq_ignore_ascii_case(first));
        if is_literal || !is_plain(first) || self.variables.contains(first) {
            return Ok(());
        }
        (self.flaw_of)(first).map_or(Ok(()), Err)
    }
}

fn is_operator(word: &str) -> bool {
    OPERATORS.iter().any(|operator| operator.eq_ignore_ascii_case(word))
}

/// Whether a word is a name: no number, GUID, cast, alias, annotation or full name.
pub(super) fn is_plain(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_alphabetic())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn tokens(text: &str) -> Result<Vec<Token<'_>>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            ',' => (Token::Comma, 1),
            ':' => (Token::Colon, 1),
            _ => {
                // Times have colons, and so has `x:` in front of a lambda's condition.
                let is_time = first.is_ascii_digit();
                let ends = |character: char| {
                    character.is_whitespace()
                        || matches!(character, '(' | ')' | ',' | '\'')
                        || character == ':' && !is_time
                };
                let length = rest.find(ends).unwrap_or(rest.len());
                if rest[length..].starts_with('\'') {
                    prefix(&rest[..length])?;
                    let quoted = quoted(&rest[length..])
                        .ok_or("it has a `'` that begins a text, and none that ends it")?;
                    (Token::Text(&rest[..length + quoted]), length + quoted)
                } else {
                    (word(&rest[..length])?, length)
                }
            }
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

fn word(word: &str) -> Result<Token<'_>, String> {
    if word.starts_with(['=', '<', '>', '!', '&', '|']) {
        return Err(format!("`{word}` is no operator of OData, which has words such as `eq`"));
    }
    if word.starts_with('"') {
        return Err("a text stands in single quotes".to_owned());
    }
    Ok(Token::Word(word))
}

/// What stands immediately before a text is the name of its type.
fn prefix(prefix: &str) -> Result<(), String> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_');
    if prefix.bytes().all(is_name) {
        return Ok(());
    }
    let prefix: String = prefix.chars().take(60).collect();
    Err(format!("`{prefix}` stands before a text without a blank between them"))
}

/// How long the text in quotes is with which this begins. A quote in it is doubled.
fn quoted(text: &str) -> Option<usize> {
    let mut at = 1;
    loop {
        at += text.get(at..)?.find('\'')? + 1;
        if !text[at..].starts_with('\'') {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::flaw;

    const KNOWN: [&str; 4] = ["name", "age", "tags", "parts"];

    fn flaw_of(name: &str) -> Option<String> {
        (!KNOWN.contains(&name)).then(|| format!("no `{name}`"))
    }

    #[track_caller]
    fn fits(filter: &str) {
        assert_eq!(flaw(filter, flaw_of), None, "{filter}");
    }

    #[track_caller]
    fn check(filter: &str, expected: &str) {
        assert_eq!(flaw(filter, flaw_of).as_deref(), Some(expected), "{filter}");
    }

    #[test]
    fn filters() {
        fits("name eq 'O''Hara (he), it''s'");
        fits("startswith(name,'a') and not (age lt -5 or age add 1 ge 7)");
        fits("tags/any(t:t eq 'x')");
        fits("parts/any(p: p/name eq 'x' and p/sizes/all(s:s gt 1)) and tags/any()");
        fits("not(name in ('a', 'b'))");
        fits("name in ()");
        fits("age ge 2020-01-31T12:00:00Z and age eq c2a97b4e-21d3-47cb-8f36-6f4dd0c6e5f2");
        fits("parts('1')/name eq null and isof('ns.user') and ns.own(name) eq true");
        fits("age gt duration'PT1H' AND tags/$count eq 0 and name has ns.colour'red'");
    }

    #[test]
    fn parentheses_and_quotes() {
        check("(((", "it ends where a value is expected");
        check("(name eq 'a'", "it has a `(` that nothing closes");
        check("name eq 'a')", "it has a `)` that nothing opens");
        check("name eq 'a", "it has a `'` that begins a text, and none that ends it");
        check(
            "name%20eq%20'a'",
            "`name%20eq%20` stands before a text without a blank between them",
        );
        check("name eq \"a\"", "a text stands in single quotes");
    }

    #[test]
    fn values_and_operators_take_turns() {
        check("", "it ends where a value is expected");
        check("name eq", "it ends where a value is expected");
        check("eq 'a'", "`eq` stands where a value is expected");
        check("name 'a'", "`'a'` stands where an operator is expected");
        check("name eg 'a'", "`eg` stands where an operator is expected");
        check("name = 'a'", "`=` is no operator of OData, which has words such as `eq`");
        check("name eq 'a', 'b'", "`,` stands where an operator is expected");
        check("name eq and age eq 1", "`and` stands where a value is expected");
    }

    #[test]
    fn names() {
        check("nmae eq 'a'", "no `nmae`");
        check("age eq 1 and tag/any(t:t eq 'x')", "no `tag`");
        check("startwith(name,'a')", "`startwith` is no function of OData; is it `startswith`?");
    }

    #[test]
    fn long_filters_take_no_longer_than_they_are() {
        check(&"(".repeat(1 << 20), "it ends where a value is expected");
        check(&"'".repeat((1 << 20) + 1), "it has a `'` that begins a text, and none that ends it");
        let many = format!("{}age eq 1", "tags/any(t:t eq 'x') or ".repeat(1 << 16));
        fits(&many);
    }
}
