//! A path template and its arguments in, an encoded path out.
//!
//! The template says how an argument is written: `{id}` in one segment, `'{id}'` as a string
//! literal of OData, `{+path}` as a path of its own, `{?width,fittingMode'}` as those optional
//! arguments of a function that are given, the ones with `'` as string literals.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::error::Error;

/// All but the characters that RFC 3986 leaves alone everywhere, and some that services write in
/// keys as they are: a mail address, or `contoso.sharepoint.com,guid,guid`.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'@')
    .remove(b',')
    .remove(b'!')
    .remove(b'$')
    .remove(b'=');

/// Between quotes a colon has no other meaning, and times are full of them.
const LITERAL: &AsciiSet = &SEGMENT.remove(b':');

/// An argument as the caller gave it; none for an optional one that is left out.
pub(crate) type Argument = Option<String>;

/// Fills the template. An argument that would make another path of it is an error, beside the path
/// as far as it could be made.
pub(crate) fn fill(template: &str, arguments: &[Argument]) -> (String, Option<Error>) {
    let mut filler = Filler {
        path: String::with_capacity(template.len() + 16 * arguments.len()),
        arguments: arguments.iter(),
        error: None,
    };
    let mut rest = template;
    while let Some((before, placeholder)) = rest.split_once('{') {
        filler.path.push_str(before);
        let (name, after) = placeholder.split_once('}').unwrap_or((placeholder, ""));
        filler.placeholder(name);
        rest = after;
    }
    filler.path.push_str(rest);
    (filler.path, filler.error)
}

struct Filler<'a> {
    path: String,
    arguments: std::slice::Iter<'a, Argument>,
    error: Option<Error>,
}

impl Filler<'_> {
    fn placeholder(&mut self, name: &str) {
        if let Some(names) = name.strip_prefix('?') {
            self.optional(names);
            return;
        }
        let value = self.arguments.next().and_then(Option::as_deref).unwrap_or_default();
        if let Some(name) = name.strip_prefix('+') {
            self.nested_path(name, value);
        } else if self.path.ends_with('\'') {
            self.path.extend(utf8_percent_encode(&value.replace('\'', "''"), LITERAL));
        } else {
            let is_whole = self.path.ends_with('/');
            // `$count` and its like are no keys: with one, it would be another operation.
            if value.is_empty() || is_whole && (is_no_segment(value) || value.starts_with('$')) {
                self.refuse(name, value);
            }
            self.path.extend(utf8_percent_encode(value, SEGMENT));
        }
    }

    fn nested_path(&mut self, name: &str, value: &str) {
        let value = value.trim_matches('/');
        for (index, segment) in value.split('/').enumerate() {
            if is_no_segment(segment) {
                self.refuse(name, value);
            }
            if index > 0 {
                self.path.push('/');
            }
            self.path.extend(utf8_percent_encode(segment, SEGMENT));
        }
    }

    fn optional(&mut self, names: &str) {
        let mut separator = "";
        for name in names.split(',') {
            let Some(Some(value)) = self.arguments.next() else { continue };
            self.path.push_str(separator);
            separator = ",";
            if let Some(name) = name.strip_suffix('\'') {
                self.path.push_str(name);
                self.path.push_str("='");
                self.path.extend(utf8_percent_encode(&value.replace('\'', "''"), LITERAL));
                self.path.push('\'');
            } else {
                self.path.push_str(name);
                self.path.push('=');
                self.path.extend(utf8_percent_encode(value, SEGMENT));
            }
        }
    }

    fn refuse(&mut self, name: &str, value: &str) {
        let message = format!("`{value}` cannot stand in a path for `{name}`");
        self.error.get_or_insert_with(|| Error::request(message));
    }
}

/// What no encoding can save: URLs take such a segment out, or step up for it, before they are sent.
fn is_no_segment(text: &str) -> bool {
    matches!(text, "" | "." | "..")
}
