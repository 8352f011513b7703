//! The order in which the decisions are made.

use rayon::prelude::*;

use super::endpoint::{Context, EndpointPlan};
use super::enums::{EnumPlan, plan_enum};
use super::finding::{Finding, Findings};
use super::ident::Ident;
use super::modules::{self, NamespacePlan};
use super::nodes::{self, NodePlan};
use super::overrides::Overrides;
use super::package::{Form, Options};
use super::request::{RequestPlan, Requests};
use super::route;
use super::rust_type::TypeIndex;
use super::structs::{StructPlan, plan_struct};
use super::tree::Tree;
use super::typing;
use super::usage::Usage;
use crate::Error;
use crate::model::{Api, Model, Profile};

/// How many conflicts are shown one by one.
const MOST_CONFLICTS: usize = 10;

/// The crate that is to be generated.
#[derive(Clone, Debug)]
pub(crate) struct Plan<'a> {
    /// What the caller decided.
    pub(crate) options: Options,
    /// The URL in front of the version.
    pub(crate) base_url: Option<&'a str>,
    /// The versions, the stable one first.
    pub(crate) versions: Vec<VersionPlan<'a>>,
}

impl Plan<'_> {
    /// Fails when a name or a module that the caller chose is taken.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let mut conflicts: Vec<&str> = Vec::new();
        for conflict in self.versions.iter().flat_map(|version| &version.conflicts) {
            if !conflicts.contains(&conflict.as_str()) {
                conflicts.push(conflict);
            }
        }
        match conflicts.as_slice() {
            [] => Ok(()),
            all => {
                let mut shown = all[..all.len().min(MOST_CONFLICTS)].join("\n");
                if let more @ 1.. = all.len().saturating_sub(MOST_CONFLICTS) {
                    shown = format!("{shown}\nand {more} more");
                }
                Err(Error::new(shown))
            }
        }
    }

    /// How many endpoints there are: pairs of a method and a path.
    pub(crate) fn endpoints(&self) -> usize {
        let nodes = self.versions.iter().flat_map(|version| &version.nodes);
        nodes.map(|node| node.endpoints.len()).sum()
    }
}

/// One version of the API.
#[derive(Clone, Debug)]
pub(crate) struct VersionPlan<'a> {
    /// The module that holds it; none when its items stand at the root of the crate.
    pub(crate) module: Option<Ident>,
    /// Whether it is there only with the feature of its name.
    pub(crate) is_optional: bool,
    /// Whether it stands at a place in another crate that is not known, so that all paths in it are
    /// relative.
    pub(crate) is_included: bool,
    /// The version in URLs.
    pub(crate) api_version: Option<&'a str>,
    /// The modules for namespaces, that of the root namespace first.
    pub(crate) namespaces: Vec<NamespacePlan>,
    /// The structs, by the place of the type in the model.
    pub(crate) structs: Vec<StructPlan<'a>>,
    /// The enums, by the place of the enumeration in the model.
    pub(crate) enums: Vec<EnumPlan<'a>>,
    /// The requests.
    pub(crate) requests: Vec<RequestPlan<'a>>,
    /// The nodes, the client first.
    pub(crate) nodes: Vec<NodePlan<'a>>,
    /// The namespace of each struct, enum and request; of a request also its module there.
    pub(crate) struct_namespaces: Vec<usize>,
    pub(crate) enum_namespaces: Vec<usize>,
    pub(crate) request_modules: Vec<(usize, usize)>,
    /// Which names that the caller chose are those of others.
    conflicts: Vec<String>,
}

/// Decides everything about the Rust crate for an API.
pub(crate) fn plan<'a>(api: &'a Api, options: &Options) -> (Plan<'a>, Vec<Finding>) {
    let is_alone = match &api.versions[..] {
        [only] => only.api_version.is_none(),
        _ => false,
    };
    let module_names: Vec<_> =
        api.versions.iter().filter_map(|model| model.api_version.as_deref().map(module)).collect();
    let mut findings = Vec::new();
    let mut versions = Vec::with_capacity(api.versions.len());
    for (at, model) in api.versions.iter().enumerate() {
        let module = model.api_version.as_deref().map(module).filter(|_| !is_alone);
        let mut fixed: Vec<_> =
            ["nodes", "permissions", "examples", "runtime"].into_iter().map(Ident::snake).collect();
        fixed.push(options.client_ident());
        fixed.extend(module_names.iter().cloned());
        let mut found = Findings::new(model.api_version.as_deref());
        let mut version = plan_version(model, &api.profile, &fixed, options, &mut found);
        version.module = module;
        version.is_optional = at > 0;
        version.is_included = options.form != Form::Crate;
        versions.push(version);
        findings.extend(found.into_list());
    }
    let base_url = api.profile.base_url.as_deref();
    (Plan { options: options.clone(), base_url, versions }, findings)
}

/// `v1.0` is `v1`, `beta` is `beta`.
fn module(api_version: &str) -> Ident {
    Ident::snake(api_version.strip_suffix(".0").unwrap_or(api_version))
}

fn plan_version<'a>(
    model: &'a Model,
    profile: &'a Profile,
    fixed: &[Ident],
    options: &Options,
    findings: &mut Findings,
) -> VersionPlan<'a> {
    let types = TypeIndex::new(model, profile.base_entity.as_deref());
    let tree = Tree::new(&model.operations, &types, findings);
    let held = typing::type_nodes(&tree, &model.operations, &types);
    let root = profile.root_namespace.as_str();
    let requests = Requests::new(&model.operations, &tree, &held, &types, root, findings);
    let (templates, routes) = rayon::join(|| route::templates(&tree), || route::routes(&tree));
    let context = Context {
        tree: &tree,
        types: &types,
        requests: &requests,
        held: &held,
        templates: &templates,
        routes: &routes,
    };
    let client = options.client_ident();
    let nodes = nodes::plan_nodes(&model.operations, &client, &context, findings);
    let endpoints: Vec<&EndpointPlan<'_>> = nodes.iter().flat_map(|node| &node.endpoints).collect();
    let usage = Usage::new(&endpoints, &requests, &types);
    let overrides = Overrides::new(options, model.api_version.as_deref());
    let names = modules::name(root, fixed, &types, &requests, &usage, &overrides, findings);
    let structs = findings.plan_each((0..types.types.len()).into_par_iter(), |at, findings| {
        plan_struct(at, &types, &names, &usage, &overrides, findings)
    });
    let enums = model.enums.par_iter().zip(&names.enums);
    let enums = findings.plan_each(enums, |(enum_, ident), findings| {
        plan_enum(enum_, ident.clone(), &overrides, findings)
    });
    let drafts = requests.drafts.par_iter().zip(&names.requests);
    let requests = findings
        .plan_each(drafts, |(draft, ident), findings| draft.plan(ident.clone(), &types, findings));
    VersionPlan {
        module: None,
        is_optional: false,
        is_included: false,
        api_version: model.api_version.as_deref(),
        namespaces: names.namespaces,
        structs,
        enums,
        requests,
        nodes,
        struct_namespaces: names.struct_namespaces,
        enum_namespaces: names.enum_namespaces,
        request_modules: names.request_modules,
        conflicts: names.conflicts.into_values().collect(),
    }
}
