//! The bytes of a file as clean text.

use std::ops::Range;
use std::sync::Arc;

use super::include::{find_includes, is_snippet};

/// The text of a file, and what was wrong with its bytes.
#[derive(Clone, Debug)]
pub(crate) struct Decoded {
    /// UTF-8 without a byte order mark, NUL bytes or carriage returns.
    pub(crate) text: Arc<str>,
    /// What had to be changed.
    pub(crate) flaws: Vec<Flaw>,
    /// Where it names files that it includes, but for sample code.
    pub(crate) includes: Vec<Range<usize>>,
}

/// A way in which a file is not the plain UTF-8 that the docs are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// Bytes that are not UTF-8, each replaced by U+FFFD.
    InvalidUtf8,
    /// NUL bytes, each replaced by U+FFFD.
    NulBytes,
    /// The file is UTF-16.
    Utf16,
    /// A byte order mark in front of UTF-8.
    ByteOrderMark,
    /// Lines end in CRLF or CR.
    CarriageReturns,
}

impl Decoded {
    fn new(text: Arc<str>, flaws: Vec<Flaw>) -> Self {
        let includes = included(&text);
        Self { text, flaws, includes }
    }
}

/// Where a text names files that it includes, but for sample code.
pub(super) fn included(text: &str) -> Vec<Range<usize>> {
    let targets = find_includes(text).into_iter().map(|include| include.target);
    targets.filter(|target| !is_snippet(&text[target.clone()])).collect()
}

pub(super) fn decode(bytes: Vec<u8>) -> Decoded {
    let mut flaws = Vec::new();
    let mut text = match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, rest @ ..] => {
            flaws.push(Flaw::ByteOrderMark);
            from_utf8(rest.to_vec(), &mut flaws)
        }
        [0xFF, 0xFE, rest @ ..] => from_utf16(rest, u16::from_le_bytes, &mut flaws),
        [0xFE, 0xFF, rest @ ..] => from_utf16(rest, u16::from_be_bytes, &mut flaws),
        _ => from_utf8(bytes, &mut flaws),
    };
    // One look for both, which hardly any file has.
    if memchr::memchr2(b'\r', b'\0', text.as_bytes()).is_none() {
        return Decoded::new(text.into(), flaws);
    }
    if text.contains('\r') {
        flaws.push(Flaw::CarriageReturns);
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    if text.contains('\0') {
        flaws.push(Flaw::NulBytes);
        text = text.replace('\0', "\u{FFFD}");
    }
    Decoded::new(text.into(), flaws)
}

fn from_utf8(bytes: Vec<u8>, flaws: &mut Vec<Flaw>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        flaws.push(Flaw::InvalidUtf8);
        String::from_utf8_lossy(error.as_bytes()).into_owned()
    })
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, flaws: &mut Vec<Flaw>) -> String {
    flaws.push(Flaw::Utf16);
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(bytes: &[u8], expected: &Expect) {
        let decoded = decode(bytes.to_vec());
        expected.assert_eq(&format!("{:?} {:?}", decoded.text, decoded.flaws));
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        check("# É\n".as_bytes(), &expect![[r##""# É\n" []"##]]);
    }

    #[test]
    fn byte_order_mark_is_stripped() {
        check(b"\xEF\xBB\xBF# A\n", &expect![[r##""# A\n" [ByteOrderMark]"##]]);
    }

    #[test]
    fn line_ends_become_line_feeds() {
        check(b"a\r\nb\rc\n", &expect![[r#""a\nb\nc\n" [CarriageReturns]"#]]);
    }

    #[test]
    fn utf_16_is_decoded_in_both_orders() {
        check(b"\xFF\xFE#\0 \0A\0\r\0\n\0", &expect![[r##""# A\n" [Utf16, CarriageReturns]"##]]);
        check(b"\xFE\xFF\0#\0 \0A\xD8\0", &expect![[r##""# A�" [Utf16]"##]]);
    }

    #[test]
    fn invalid_bytes_are_replaced() {
        check(b"caf\xE9 \xC3(\n", &expect![[r#""caf� �(\n" [InvalidUtf8]"#]]);
    }

    #[test]
    fn nul_bytes_are_replaced() {
        check(b"a\0b", &expect![[r#""a�b" [NulBytes]"#]]);
    }
}
