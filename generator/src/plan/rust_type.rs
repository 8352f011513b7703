//! Which Rust type stands for a type of the API.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::cycles;
use crate::hash::{HashMap, HashSet};
use crate::model::{Enum, Model, Primitive, Property, Type, TypeName, TypeRef};

/// The longest chain of base types that is followed; the docs' own have six at most.
const LONGEST_LINE: usize = 64;

/// The Rust type of one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Scalar {
    /// A type that the runtime or std has.
    Primitive(Primitive),
    /// The struct for the type at this place of the model.
    Struct(usize),
    /// The enum for the enumeration at this place of the model.
    Enum(usize),
    /// Several members of that enumeration at once.
    Flags(usize),
}

impl Scalar {
    /// The item that is imported for it.
    pub(crate) fn item(self) -> Self {
        match self {
            Self::Flags(at) => Self::Enum(at),
            _ => self,
        }
    }
}

/// The Rust type of a field, a parameter or a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FieldType {
    pub(crate) scalar: Scalar,
    pub(crate) is_collection: bool,
    /// Whether the elements of a collection stand in boxes.
    pub(crate) has_boxes: bool,
}

impl FieldType {
    pub(crate) fn one(scalar: Scalar) -> Self {
        Self { scalar, is_collection: false, has_boxes: false }
    }

    /// The struct that a value of this type is or holds.
    pub(crate) fn as_struct(self) -> Option<usize> {
        match self.scalar {
            Scalar::Struct(at) => Some(at),
            _ => None,
        }
    }
}

/// The types of one version by their names and by their kin.
#[derive(Debug)]
pub(super) struct TypeIndex<'a> {
    pub(super) types: &'a [Type],
    pub(super) enums: &'a [Enum],
    named: HashMap<&'a str, Scalar>,
    /// For each type those that it extends, the nearest first; cycles are cut.
    lines: Vec<Vec<usize>>,
    base_entity: Option<usize>,
    /// The own and inherited properties of each type.
    properties: Vec<Vec<&'a Property>>,
    boxed_lists: BTreeSet<(usize, usize)>,
}

impl<'a> TypeIndex<'a> {
    pub(super) fn new(model: &'a Model, base_entity: Option<&str>) -> Self {
        let enums = model.enums.iter().enumerate().map(|(at, enum_)| {
            let scalar = if enum_.is_flags { Scalar::Flags(at) } else { Scalar::Enum(at) };
            (enum_.name.as_str(), scalar)
        });
        let types =
            model.types.iter().enumerate().map(|(at, ty)| (ty.name.as_str(), Scalar::Struct(at)));
        let named: HashMap<_, _> = enums.chain(types).collect();
        let find = |name: &str| match named.get(name) {
            Some(&Scalar::Struct(at)) => Some(at),
            _ => None,
        };
        let bases: Vec<_> =
            model.types.iter().map(|ty| ty.base.as_deref().and_then(find)).collect();
        let lines: Vec<_> = (0..bases.len()).map(|at| line(at, &bases)).collect();
        let properties = (0..bases.len()).into_par_iter();
        let properties = properties.map(|at| properties_of(at, &lines[at], &model.types));
        let properties = properties.collect();
        let base_entity = base_entity.and_then(find);
        let mut index = Self {
            types: &model.types,
            enums: &model.enums,
            named,
            lines,
            base_entity,
            properties,
            boxed_lists: BTreeSet::new(),
        };
        index.boxed_lists = cycles::boxed_lists(&index);
        index
    }

    /// The Rust type of a reference. The model promises that the name is defined.
    pub(super) fn resolve(&self, reference: &TypeRef) -> FieldType {
        let scalar = match &reference.name {
            TypeName::Primitive(primitive) => Scalar::Primitive(*primitive),
            TypeName::Named(name) => {
                self.named.get(&**name).copied().unwrap_or(Scalar::Primitive(Primitive::Untyped))
            }
        };
        FieldType { scalar, is_collection: reference.collection, has_boxes: false }
    }

    /// The Rust type of a property, given the type that has it.
    pub(super) fn resolve_in(&self, owner: Option<usize>, reference: &TypeRef) -> FieldType {
        let mut ty = self.resolve(reference);
        if let (Some(owner), Some(held), true) = (owner, ty.as_struct(), ty.is_collection) {
            ty.has_boxes = self.boxed_lists.contains(&(owner, held));
        }
        ty
    }

    /// The type of this full name.
    pub(super) fn find(&self, name: &str) -> Option<Scalar> {
        self.named.get(name).copied()
    }

    /// The types that a type extends, without the one that all entities extend.
    pub(super) fn bases(&self, at: usize) -> impl Iterator<Item = usize> {
        self.lines[at].iter().copied().filter(|&base| Some(base) != self.base_entity)
    }

    /// Whether the type is the other or extends it.
    pub(super) fn is_a(&self, at: usize, base: usize) -> bool {
        at == base || self.lines[at].contains(&base)
    }

    /// The nearest type that all of these are, unless it is the one that all entities extend.
    pub(super) fn common_base(&self, types: &[usize]) -> Option<usize> {
        let (&first, rest) = types.split_first()?;
        let common = std::iter::once(first)
            .chain(self.lines[first].iter().copied())
            .find(|&base| rest.iter().all(|&at| self.is_a(at, base)))?;
        (Some(common) != self.base_entity || rest.iter().all(|&at| at == first)).then_some(common)
    }

    /// The type that most of these are; of several the one that extends the others.
    pub(super) fn widest(&self, types: impl Iterator<Item = usize>) -> Option<usize> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for at in types {
            for ty in std::iter::once(at).chain(self.bases(at)) {
                *counts.entry(ty).or_default() += 1;
            }
        }
        let rank = |&(ty, count): &(&usize, &usize)| (*count, self.lines[*ty].len(), Reverse(*ty));
        counts.iter().max_by_key(rank).map(|(ty, _)| *ty)
    }

    /// The own and inherited properties of a type, those of the farthest base first, each name
    /// once.
    pub(super) fn properties(&self, at: usize) -> &[&'a Property] {
        &self.properties[at]
    }

    /// The property of this name, own or inherited, upper and lower case ignored.
    pub(super) fn property(&self, at: usize, name: &str) -> Option<&'a Property> {
        std::iter::once(at).chain(self.lines[at].iter().copied()).find_map(|ty| {
            let properties = &self.types[ty].properties;
            properties.iter().find(|property| property.name.eq_ignore_ascii_case(name))
        })
    }
}

fn properties_of<'a>(at: usize, line: &[usize], types: &'a [Type]) -> Vec<&'a Property> {
    let mut seen = HashSet::default();
    let line = line.iter().rev().copied().chain([at]);
    line.flat_map(|ty| &types[ty].properties)
        .filter(|property| seen.insert(property.name.as_str()))
        .collect()
}

fn line(at: usize, bases: &[Option<usize>]) -> Vec<usize> {
    let mut line = Vec::new();
    let mut next = bases[at];
    while let Some(base) = next {
        if base == at || line.contains(&base) || line.len() == LONGEST_LINE {
            break;
        }
        line.push(base);
        next = bases[base];
    }
    line
}
