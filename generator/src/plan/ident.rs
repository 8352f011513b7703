//! From any text to a Rust identifier, by the text alone.
//!
//! In goes a name as the docs have it; out comes a name that is valid Rust, free of lints, and
//! safe as the name of a file. Nothing here knows what else is named: see [`super::scope`].

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::sync::Arc;

use super::words;

/// The most bytes that an identifier has; file systems take 255 with the extension.
const LONGEST: usize = 120;

/// A name that is valid Rust.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Ident(Arc<str>);

/// Whether a text is the name of a module as it stands.
pub(crate) fn is_module_name(text: &str) -> bool {
    Ident::snake(text).as_str() == text
}

impl Ident {
    /// The name of a type or a variant: `Message`.
    pub(crate) fn camel(text: &str) -> Self {
        Self::new(text, Case::Camel)
    }

    /// The name of a field, function, argument or module: `received_date_time`.
    pub(crate) fn snake(text: &str) -> Self {
        Self::new(text, Case::Snake)
    }

    /// The name of a constant: `RECEIVED_DATE_TIME`.
    pub(crate) fn shouty(text: &str) -> Self {
        Self::new(text, Case::Shouty)
    }

    fn new(text: &str, case: Case) -> Self {
        let spelled = spell(text);
        let mut name = match case {
            Case::Camel => words::camel(&spelled),
            Case::Snake => words::snake(&spelled),
            Case::Shouty => words::shouty(&spelled),
        };
        // Another case may consist of other characters.
        if let Cow::Owned(spelled) = spell(&name) {
            name = spelled;
        }
        name.truncate(name.trim_end_matches('_').len());
        if name.len() > LONGEST {
            name = shorten(&name, text);
        }
        if name.is_empty() {
            name.push_str(match case {
                Case::Camel => "Unnamed",
                Case::Snake => "unnamed",
                Case::Shouty => "UNNAMED",
            });
        }
        if name.starts_with(|first: char| first.is_ascii_digit()) {
            name.insert(0, '_');
        }
        if is_keyword(&name) {
            name.push('_');
        }
        Self(name.into())
    }

    /// The same name with `_` behind it.
    pub(crate) fn reserved(&self) -> Self {
        Self(format!("{}_", self.0).into())
    }

    /// The same name with a number behind it, for the second of two equal names.
    pub(crate) fn numbered(&self, number: usize) -> Self {
        let digit_last = self.0.ends_with(|last: char| last.is_ascii_digit());
        let is_camel = !self.0.contains('_') && self.0.starts_with(|at: char| at.is_uppercase());
        let separator = if is_camel && !digit_last { "" } else { "_" };
        Self(format!("{}{separator}{number}", self.0).into())
    }

    /// A name that is made from names, and so is valid.
    pub(crate) fn joined(parts: &[&str]) -> Self {
        Self(parts.concat().into())
    }

    /// Whether Rust has made this word its own.
    pub(crate) fn is_keyword(name: &str) -> bool {
        is_keyword(name)
    }

    /// The name as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for Ident {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[derive(Clone, Copy)]
enum Case {
    Camel,
    Snake,
    Shouty,
}

/// The text with every character replaced that no identifier should hold.
fn spell(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if text.len() <= 4 * LONGEST && text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    // A name is cut at four times its final length first, so that a huge one costs nothing.
    let mut spelled = String::with_capacity(text.len().min(4 * LONGEST));
    for char in text.chars() {
        if spelled.len() > 4 * LONGEST {
            break;
        }
        if char.is_ascii_alphanumeric() || is_letter(char) {
            spelled.push(char);
        } else if char.is_ascii() || char.is_whitespace() || char.is_control() {
            spelled.push('_');
        } else {
            // Writing to a string cannot fail.
            let _ = write!(spelled, "_u{:x}_", u32::from(char));
        }
    }
    Cow::Owned(spelled)
}

/// Letters of other scripts that are the same in every Unicode normal form that the compiler
/// and file systems use, cannot change the direction of the text, and are in common use.
fn is_letter(char: char) -> bool {
    matches!(char,
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{131}' | '\u{134}'..='\u{13e}'
        | '\u{141}'..='\u{148}' | '\u{14a}'..='\u{17e}'
        | '\u{388}'..='\u{38a}' | '\u{38c}' | '\u{38e}'..='\u{3a1}' | '\u{3a3}'..='\u{3ce}'
        | '\u{400}'..='\u{45f}' | '\u{3041}'..='\u{3094}' | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fa5}' | '\u{ac00}'..='\u{d7a3}')
}

/// The start of a long name, and a number that stands for the whole of it.
fn shorten(name: &str, text: &str) -> String {
    let start = name.char_indices().map(|(at, _)| at).take_while(|&at| at <= LONGEST - 20).last();
    let fnv = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{}_{fnv:016x}", name[..start.unwrap_or(0)].trim_end_matches('_'))
}

fn is_keyword(name: &str) -> bool {
    // Most names are longer than all of them.
    name.len() <= 8 && KEYWORDS.binary_search(&name).is_ok()
}

/// All keywords of all editions, sorted.
const KEYWORDS: [&str; 53] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    #[track_caller]
    fn check(names: &[&str], expected: &Expect) {
        let lines = names.iter().map(|name| {
            let [camel, snake, shouty] =
                [Ident::camel(name), Ident::snake(name), Ident::shouty(name)];
            format!("{name:?}: {camel} {snake} {shouty}\n")
        });
        expected.assert_eq(&lines.collect::<String>());
    }

    #[test]
    fn words() {
        check(
            &["message", "receivedDateTime", "iOSUpdate", "b2xIdentityUserFlow", "eTag"],
            &expect![[r#"
                "message": Message message MESSAGE
                "receivedDateTime": ReceivedDateTime received_date_time RECEIVED_DATE_TIME
                "iOSUpdate": IOsUpdate i_os_update I_OS_UPDATE
                "b2xIdentityUserFlow": B2xIdentityUserFlow b2x_identity_user_flow B2X_IDENTITY_USER_FLOW
                "eTag": ETag e_tag E_TAG
            "#]],
        );
    }

    #[test]
    fn keywords() {
        check(
            &["type", "self", "Self", "crate", "Box", "use", "_"],
            &expect![[r#"
                "type": Type type_ TYPE
                "self": Self_ self_ SELF
                "Self": Self_ self_ SELF
                "crate": Crate crate_ CRATE
                "Box": Box box_ BOX
                "use": Use use_ USE
                "_": Unnamed unnamed UNNAMED
            "#]],
        );
    }

    #[test]
    fn odd_characters() {
        check(
            &[
                "",
                "1024x768",
                "a.b",
                "@odata.type",
                "período",
                "../../etc",
                "用户",
                "a\u{202e}b",
                "\0",
            ],
            &expect![[r#"
                "": Unnamed unnamed UNNAMED
                "1024x768": _1024x768 _1024x768 _1024X768
                "a.b": AB a_b A_B
                "@odata.type": OdataType odata_type ODATA_TYPE
                "período": Período período PERÍODO
                "../../etc": Etc etc ETC
                "用户": 用户 用户 用户
                "a\u{202e}b": AU202eB a_u202e_b A_U202E_B
                "\0": Unnamed unnamed UNNAMED
            "#]],
        );
    }

    #[test]
    fn keywords_are_sorted() {
        assert!(KEYWORDS.is_sorted());
    }

    proptest! {
        #[test]
        fn any_text_gives_a_valid_identifier(text in "\\PC{0,300}|[a-zA-Z_.$-]{0,12}|.*") {
            for ident in [Ident::camel(&text), Ident::snake(&text), Ident::shouty(&text)] {
                prop_assert!(syn::parse_str::<syn::Ident>(ident.as_str()).is_ok(), "{ident}");
                prop_assert!(ident.as_str().len() < 128);
            }
        }
    }
}
