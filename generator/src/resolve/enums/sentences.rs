//! What the sentences of rows say of enumerations: "The possible values are: …".

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::extract::PropertyRow;
use crate::hash::{HashMap, HashSet};
use crate::model::{Enum, Member, Source};
use crate::resolve::Scope;
use crate::resolve::names::{Kind, Names};
use crate::span::Span;

use crate::model::SENTINEL;

/// All sentences of the docs.
pub(super) struct Sentences<'p> {
    pub(super) by_name: BTreeMap<Arc<str>, Listed<'p>>,
    /// Properties that hold a primitive, by page and name in lower case.
    pub(super) primitives: HashSet<(String, String)>,
}

/// The values that sentences list for one enumeration, in the order of the pages.
#[derive(Default)]
pub(super) struct Listed<'p> {
    pub(super) values: Vec<Value<'p>>,
    places: HashMap<&'p str, usize>,
}

/// One of these values, and the row whose sentence is the first that lists it.
pub(super) struct Value<'p> {
    pub(super) name: &'p str,
    /// How many sentences list it.
    pub(super) count: u32,
    row: &'p PropertyRow,
    scope: &'p Scope<'p>,
}

impl<'p> Sentences<'p> {
    pub(super) fn collect(pages: &'p [Scope<'p>], names: &Names) -> Self {
        let mut sentences = Self { by_name: BTreeMap::new(), primitives: HashSet::default() };
        for scope in pages {
            let types = scope.page.types.iter().flat_map(|ty| &ty.rows);
            let operations = scope
                .page
                .operations
                .iter()
                .flat_map(|operation| operation.body.rows.iter().chain(&operation.parameters));
            // Only pages that list values below another subject can mean a plain property by that.
            let lists_values = scope.page.enums.iter().any(|enum_| !enum_.own_page);
            for row in types.chain(operations) {
                if row.ty.primitive.is_none() {
                    sentences.add(row, scope, names);
                } else if lists_values {
                    sentences.primitives.insert((scope.key.clone(), row.name.to_lowercase()));
                }
            }
        }
        sentences
    }

    fn add(&mut self, row: &'p PropertyRow, scope: &'p Scope<'p>, names: &Names) {
        let name = names
            .reference(&row.ty.reference, scope)
            .filter(|name| names.kind(name) == Some(Kind::Enum));
        let Some(name) = name else { return };
        let listed = self.by_name.entry(name).or_default();
        for name in &row.values {
            if let Some(&at) = listed.places.get(name.as_str()) {
                listed.values[at].count += 1;
            } else {
                listed.places.insert(name, listed.values.len());
                listed.values.push(Value { name, count: 1, row, scope });
            }
        }
    }
}

impl Listed<'_> {
    /// The value of this name, to the letter.
    pub(super) fn get(&self, name: &str) -> Option<&Value<'_>> {
        self.values.get(*self.places.get(name)?)
    }

    /// Where the first sentence stands.
    pub(super) fn span(&self) -> Option<Span> {
        Some(self.values.first()?.row.place.span)
    }

    /// An enumeration that only sentences tell of.
    pub(super) fn to_enum(&self, name: &str) -> Option<Enum> {
        Some(Enum {
            name: name.to_owned(),
            is_flags: false,
            is_evolvable: self.get(SENTINEL).is_some(),
            is_documented: false,
            members: self.values.iter().map(Value::member).collect(),
            listed: Vec::new(),
            description: None,
            source: self.values.first()?.source(),
        })
    }
}

impl Value<'_> {
    pub(super) fn member(&self) -> Member {
        let name = self.name.to_owned();
        Member { name, value: None, description: None, source: self.source() }
    }

    fn source(&self) -> Source {
        self.scope.source(self.row.place)
    }

    /// Whether the sentence means this member, and has a slip in its name: it does not list the
    /// member besides.
    pub(super) fn is_slip_of(&self, member: &str) -> bool {
        is_slip(self.name, member)
            && !self.row.values.iter().any(|value| value.eq_ignore_ascii_case(member))
    }
}

/// Whether a name is another one with a slip in it. Case does not count, and digits are none.
pub(super) fn is_slip(name: &str, other: &str) -> bool {
    let digits = |name: &str| name.bytes().filter(u8::is_ascii_digit).collect::<Vec<_>>();
    let (name, other) = (name.to_lowercase(), other.to_lowercase());
    let slips = if name.len() < LENGTH_WITH_TWO_SLIPS { 1 } else { 2 };
    name.len().abs_diff(other.len()) <= slips
        && (SHORTEST_WITH_SLIP..=LONGEST_WITH_SLIP).contains(&name.len())
        && digits(&name) == digits(&other)
        && strsim::osa_distance(&name, &other) <= slips
}

/// Shorter names that differ in a letter are two names.
const SHORTEST_WITH_SLIP: usize = 6;

/// In names from this length on, two letters may be too many, too few, or wrong.
const LENGTH_WITH_TWO_SLIPS: usize = 10;

/// Longer names are not compared, which takes the product of their lengths.
const LONGEST_WITH_SLIP: usize = 80;
