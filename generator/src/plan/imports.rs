//! What the file of a type imports, and under which names.

use std::collections::{BTreeMap, BTreeSet};

use super::collect::VersionPlan;
use super::ident::Ident;
use super::modules::ModulePlan;
use super::rust_type::Scalar;
use super::scope;

/// The imports of one file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Imports {
    /// What is imported, by path.
    pub(crate) uses: Vec<ImportPlan>,
    /// The names of structs and enums in this file.
    pub(crate) names: BTreeMap<Used, Ident>,
}

/// An item that a file uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Used {
    /// A struct or an enum.
    Type(Scalar),
    /// The struct for the updates of a struct.
    Update(usize),
}

/// One import.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ImportPlan {
    /// The modules that lead there.
    pub(crate) path: Vec<Ident>,
    /// The item.
    pub(crate) ident: Ident,
    /// The name that it has here, when it is another.
    pub(crate) alias: Option<Ident>,
    /// How many modules above that of the file the path begins; none for the root of the crate.
    pub(crate) up: usize,
}

impl VersionPlan<'_> {
    /// The imports of a module of types.
    ///
    /// Names of one namespace are distinct. What comes from another namespace takes another name
    /// if its own is taken in this file.
    pub(crate) fn imports(&self, namespace: usize, module: &ModulePlan) -> Imports {
        let here = self.defined(module);
        let (own, foreign): (Vec<_>, Vec<_>) = self
            .used(module)
            .into_iter()
            .filter(|used| !here.contains_key(used))
            .partition(|used| self.namespace_of(*used) == namespace);
        let mut names: BTreeMap<Used, Ident> = here;
        names.extend(own.iter().map(|used| (*used, self.name(*used).1)));

        let mut wishes: Vec<(&str, Ident)> =
            own.iter().map(|used| ("", self.name(*used).1)).collect();
        wishes.extend(self.defined_idents(module).into_iter().map(|ident| ("", ident)));
        let before = wishes.len();
        wishes.extend(foreign.iter().map(|used| self.name(*used)));
        let (idents, _) = scope::assign(&wishes);

        let local = |used: &Used| ImportPlan {
            path: Vec::new(),
            ident: self.name(*used).1,
            alias: None,
            up: 1,
        };
        let mut uses: Vec<_> = own.iter().map(local).collect();
        for (used, alias) in foreign.iter().zip(idents.into_iter().skip(before)) {
            let ident = self.name(*used).1;
            let path = self.namespace_path(self.namespace_of(*used));
            // Up to the module of the version, where the root of the crate is not known.
            let up = if self.is_included { 1 + self.namespaces[namespace].path.len() } else { 0 };
            let path = if self.is_included {
                path.into_iter().skip(self.module.iter().count()).collect()
            } else {
                path
            };
            let renamed = (alias != ident).then(|| alias.clone());
            uses.push(ImportPlan { path, ident, alias: renamed, up });
            names.insert(*used, alias);
        }
        uses.sort();
        Imports { uses, names }
    }

    /// The path of a namespace from the root of the crate.
    pub(crate) fn namespace_path(&self, namespace: usize) -> Vec<Ident> {
        self.module.iter().chain(&self.namespaces[namespace].path).cloned().collect()
    }

    /// The namespace of an item.
    pub(crate) fn namespace_of(&self, used: Used) -> usize {
        match used {
            Used::Type(Scalar::Primitive(_)) => 0,
            Used::Type(Scalar::Struct(at)) | Used::Update(at) => self.struct_namespaces[at],
            Used::Type(Scalar::Enum(at) | Scalar::Flags(at)) => self.enum_namespaces[at],
        }
    }

    /// The full name of an item in the API, and its name in Rust.
    pub(crate) fn name(&self, used: Used) -> (&str, Ident) {
        match used {
            Used::Type(Scalar::Primitive(primitive)) => (primitive.full_name(), Ident::camel("")),
            Used::Type(Scalar::Struct(at)) => {
                (self.structs[at].full_name, self.structs[at].ident.clone())
            }
            Used::Type(Scalar::Enum(at) | Scalar::Flags(at)) => {
                (self.enums[at].full_name, self.enums[at].ident.clone())
            }
            Used::Update(at) => {
                let plan = &self.structs[at];
                (plan.full_name, plan.update.as_ref().unwrap_or(&plan.ident).clone())
            }
        }
    }

    /// The items that a module uses, those that it defines included.
    fn used(&self, module: &ModulePlan) -> BTreeSet<Used> {
        let struct_ = module.struct_.map(|at| &self.structs[at]);
        let fields = struct_.into_iter().flat_map(|struct_| &struct_.fields);
        let parameters = module.requests.iter().flat_map(|&at| &self.requests[at].fields);
        let scalars = fields.chain(parameters).map(|field| field.ty.scalar.item());
        let bases = struct_.into_iter().flat_map(|struct_| &struct_.bases);
        let updates = struct_.into_iter().flat_map(|struct_| &struct_.update_bases);
        scalars
            .filter(|scalar| !matches!(scalar, Scalar::Primitive(_)))
            .chain(bases.map(|&at| Scalar::Struct(at)))
            .map(Used::Type)
            .chain(updates.map(|&at| Used::Update(at)))
            .collect()
    }

    /// The struct or enum that a module defines.
    fn defined(&self, module: &ModulePlan) -> BTreeMap<Used, Ident> {
        let struct_ = module.struct_.map(Scalar::Struct);
        let enum_ = module.enum_.map(Scalar::Enum);
        let types = struct_.into_iter().chain(enum_).map(Used::Type);
        types.map(|used| (used, self.name(used).1)).collect()
    }

    /// The names of all items that a module defines.
    fn defined_idents(&self, module: &ModulePlan) -> Vec<Ident> {
        let struct_ = module.struct_.map(|at| &self.structs[at]);
        let made = struct_.into_iter().flat_map(|struct_| [&struct_.update, &struct_.create]);
        let requests = module.requests.iter().map(|&at| &self.requests[at].ident);
        let types = self.defined(module).into_values();
        types.chain(made.flatten().chain(requests).cloned()).collect()
    }
}
