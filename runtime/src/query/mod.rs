//! Query options: typed where the model knows the types, and their encoding.

mod expand;
mod filter;
mod literal;
mod property;
mod select;

pub use expand::{Expand, Expansion};
pub use filter::Filter;
pub use literal::Literal;
pub use property::{Path, Property};
pub use select::{Order, Selection, Sorting};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but what RFC 3986 allows in a query, less what stands for something there: `&`, `+`, `#`.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');

/// Appends the parameters to a URL or path, encoded.
pub(crate) fn encode(parameters: &[(String, String)], text: &mut String) {
    let mut separator = if text.contains('?') { '&' } else { '?' };
    for (name, value) in parameters {
        text.push(separator);
        separator = '&';
        text.extend(utf8_percent_encode(name, QUERY));
        text.push('=');
        for part in value.split_inclusive('=') {
            match part.strip_suffix('=') {
                // A second equals sign stands for itself, as in `$expand=members($select=id)`.
                Some(part) => {
                    text.extend(utf8_percent_encode(part, QUERY));
                    text.push('=');
                }
                None => text.extend(utf8_percent_encode(part, QUERY)),
            }
        }
    }
}
