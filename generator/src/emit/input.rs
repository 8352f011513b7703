//! What a file is made from, taken out of the plan.
//!
//! A file of types, nodes, tables or permissions is made from its input and from nothing else, so that
//! two inputs that are equal make the same file. The plan itself does not get that far: whatever a
//! file needs of it, the names of types elsewhere among them, stands in the input.

use std::collections::BTreeMap;

use super::package::crate_doc;
use crate::hash::HashMap;
use crate::plan::{
    AccessorPlan, ArgumentPlan, BodyPlan, Doc, EndpointPlan, EnumPlan, Ident, ImportPlan,
    ModulePlan, NamespacePlan, Plan, QueryPlan, ReplayPlan, RequestPlan, ResponsePlan, Scalar,
    StructPlan, Used, VersionPlan,
};

use crate::model::Method;

/// The root of the crate.
#[derive(Debug, Hash)]
pub(super) struct LibInput<'p> {
    /// The documentation of the crate. In another crate, an example that begins at this one would
    /// be a test that fails, so there it has none.
    pub(super) doc: Option<Doc<'static>>,
    pub(super) versions: Vec<LibVersionInput<'p>>,
}

/// What the root of the crate holds of a version.
#[derive(Debug, Hash)]
pub(super) enum LibVersionInput<'p> {
    /// All that its module would hold.
    Root(RootInput<'p>),
    /// Its module.
    Module {
        module: &'p Ident,
        is_optional: bool,
        /// The feature that it is there with.
        feature: Option<&'p str>,
    },
}

impl<'p> LibInput<'p> {
    pub(super) fn new(plan: &'p Plan<'p>) -> Self {
        let versions = plan.versions.iter().map(|version| match &version.module {
            None => LibVersionInput::Root(RootInput::new(version)),
            Some(module) => LibVersionInput::Module {
                module,
                is_optional: version.is_optional,
                feature: (version.is_optional && !version.is_included).then(|| module.as_str()),
            },
        });
        Self {
            doc: plan.options.included_module().is_none().then(|| crate_doc(plan)),
            versions: versions.collect(),
        }
    }
}

/// The root of a version.
#[derive(Debug, Hash)]
pub(super) struct RootInput<'p> {
    /// The module of the client, and its name.
    pub(super) client: (&'p Ident, &'p Ident),
    pub(super) is_included: bool,
    pub(super) namespace: NamespaceInput<'p>,
}

impl<'p> RootInput<'p> {
    pub(super) fn new(version: &'p VersionPlan<'p>) -> Self {
        let client = &version.nodes[0];
        Self {
            client: (&client.module, &client.ident),
            is_included: version.is_included,
            namespace: NamespaceInput::new(version, &version.namespaces[0]),
        }
    }
}

/// The module of a namespace.
#[derive(Debug, Hash)]
pub(super) struct NamespaceInput<'p> {
    pub(super) children: &'p [Ident],
    pub(super) modules: Vec<ModuleInput<'p>>,
}

/// What the module of a namespace says of one of types.
#[derive(Debug, Hash)]
pub(super) struct ModuleInput<'p> {
    pub(super) ident: &'p Ident,
    pub(super) exports: Vec<&'p Ident>,
    pub(super) is_public: bool,
}

impl<'p> NamespaceInput<'p> {
    pub(super) fn new(version: &'p VersionPlan<'p>, plan: &'p NamespacePlan) -> Self {
        let modules = plan.modules.iter().map(|module| ModuleInput::new(version, module));
        Self { children: &plan.children, modules: modules.collect() }
    }
}

impl<'p> ModuleInput<'p> {
    fn new(version: &'p VersionPlan<'p>, plan: &'p ModulePlan) -> Self {
        let struct_ = plan.struct_.map(|at| &version.structs[at]);
        let enum_ = plan.enum_.map(|at| &version.enums[at].ident);
        let made = struct_.into_iter().flat_map(|struct_| [&struct_.update, &struct_.create]);
        let own = struct_.map(|struct_| &struct_.ident);
        Self {
            ident: &plan.ident,
            exports: own.into_iter().chain(enum_).chain(made.flatten()).collect(),
            // A module that holds an enum and no more would be a page of documentation for nothing.
            is_public: struct_.is_some() || !plan.requests.is_empty(),
        }
    }
}

/// A module of types.
#[derive(Debug, Hash)]
pub(super) struct TypesInput<'p> {
    pub(super) uses: Vec<ImportPlan>,
    /// What structs and enums are called in the file.
    pub(super) names: BTreeMap<Used, Ident>,
    pub(super) struct_: Option<&'p StructPlan<'p>>,
    pub(super) enum_: Option<&'p EnumPlan<'p>>,
    pub(super) requests: Vec<&'p RequestPlan<'p>>,
}

impl<'p> TypesInput<'p> {
    pub(super) fn new(
        version: &'p VersionPlan<'p>,
        namespace: usize,
        module: &'p ModulePlan,
    ) -> Self {
        let imports = version.imports(namespace, module);
        Self {
            uses: imports.uses,
            names: imports.names,
            struct_: module.struct_.map(|at| &version.structs[at]),
            enum_: module.enum_.map(|at| &version.enums[at]),
            requests: module.requests.iter().map(|&at| &version.requests[at]).collect(),
        }
    }
}

/// A module of nodes.
#[derive(Debug, Hash)]
pub(super) struct NodesInput<'p> {
    /// The module of the version.
    pub(super) root: Option<&'p Ident>,
    /// The nodes of other modules that are named, each with its module.
    pub(super) imports: BTreeMap<&'p Ident, &'p Ident>,
    pub(super) types: TypePaths<'p>,
    pub(super) nodes: Vec<NodeInput<'p>>,
}

/// A node with what leads on from it.
#[derive(Debug, Hash)]
pub(super) struct NodeInput<'p> {
    pub(super) ident: &'p Ident,
    pub(super) doc: &'p Doc<'p>,
    /// The URL in front of all paths, where the node is the client.
    pub(super) client_of: Option<String>,
    pub(super) accessors: Vec<AccessorInput<'p>>,
    pub(super) endpoints: Vec<EndpointInput<'p>>,
}

/// A function that leads to another node.
#[derive(Debug, Hash)]
pub(super) struct AccessorInput<'p> {
    pub(super) step: StepInput<'p>,
    pub(super) doc: &'p Doc<'p>,
    /// The node that it leads to.
    pub(super) node: &'p Ident,
}

/// How such a function is called.
#[derive(Debug, Hash)]
pub(super) struct StepInput<'p> {
    pub(super) ident: &'p Ident,
    pub(super) arguments: &'p [ArgumentPlan],
}

/// A function that makes a request.
#[derive(Debug, Hash)]
pub(super) struct EndpointInput<'p> {
    pub(super) call: CallInput<'p>,
    pub(super) method: Method,
    pub(super) route: &'p str,
    pub(super) deprecated: Option<&'p str>,
    pub(super) doc: &'p Doc<'p>,
}

/// How such a function is called, and what it answers.
#[derive(Debug, Hash)]
pub(super) struct CallInput<'p> {
    pub(super) ident: &'p Ident,
    pub(super) query: &'p [QueryPlan<'p>],
    pub(super) body: BodyPlan,
    pub(super) response: ResponsePlan,
}

impl<'p> CallInput<'p> {
    fn new(plan: &'p EndpointPlan<'p>) -> Self {
        let EndpointPlan { ident, query, body, response, .. } = plan;
        Self { ident, query, body: *body, response: *response }
    }
}

impl<'p> StepInput<'p> {
    fn new(plan: &'p AccessorPlan<'p>) -> Self {
        Self { ident: &plan.ident, arguments: &plan.arguments }
    }
}

impl<'p> NodesInput<'p> {
    pub(super) fn new(
        version: &'p VersionPlan<'p>,
        module: &'p Ident,
        places: &[usize],
        base_url: &str,
    ) -> Self {
        let nodes = || places.iter().map(|&place| &version.nodes[place]);
        let children =
            nodes().flat_map(|node| &node.accessors).map(|accessor| &version.nodes[accessor.node]);
        let foreign = children.filter(|child| child.module != *module);
        let endpoints = nodes().flat_map(|node| &node.endpoints);
        Self {
            root: version.module.as_ref(),
            imports: foreign.map(|child| (&child.ident, &child.module)).collect(),
            types: TypePaths::new(version, endpoints),
            nodes: places.iter().map(|&place| NodeInput::new(version, place, base_url)).collect(),
        }
    }
}

impl<'p> NodeInput<'p> {
    fn new(version: &'p VersionPlan<'p>, place: usize, base_url: &str) -> Self {
        let plan = &version.nodes[place];
        let accessors = plan.accessors.iter().map(|accessor| AccessorInput {
            step: StepInput::new(accessor),
            doc: &accessor.doc,
            node: &version.nodes[accessor.node].ident,
        });
        let endpoints = plan.endpoints.iter().map(|endpoint| EndpointInput {
            call: CallInput::new(endpoint),
            method: endpoint.method,
            route: &endpoint.route,
            deprecated: endpoint.deprecated,
            doc: &endpoint.doc,
        });
        Self {
            ident: &plan.ident,
            doc: &plan.doc,
            // The client is the first of the nodes.
            client_of: (place == 0).then(|| base_url.to_owned()),
            accessors: accessors.collect(),
            endpoints: endpoints.collect(),
        }
    }
}

/// A table that leads from operations to their types.
#[derive(Debug, Hash)]
pub(super) struct TableInput<'p> {
    /// The path of the client, from the root of the crate.
    pub(super) client: (Option<&'p Ident>, &'p Ident),
    pub(super) types: TypePaths<'p>,
    pub(super) entries: Vec<EntryInput<'p>>,
}

/// The examples of one function.
#[derive(Debug, Hash)]
pub(super) struct EntryInput<'p> {
    /// What leads to its node, from the client on.
    pub(super) chain: Vec<StepInput<'p>>,
    pub(super) call: CallInput<'p>,
    pub(super) replays: &'p [ReplayPlan<'p>],
}

/// For each node the node before it and the place of the accessor that leads on.
pub(super) type Parents = HashMap<usize, (usize, usize)>;

pub(super) fn parents(version: &VersionPlan<'_>) -> Parents {
    let nodes = version.nodes.iter().enumerate();
    nodes
        .flat_map(|(parent, node)| {
            let accessors = node.accessors.iter().enumerate();
            accessors.map(move |(at, accessor)| (accessor.node, (parent, at)))
        })
        .collect()
}

/// The path of the client, from the root of the crate.
pub(super) fn client<'p>(version: &'p VersionPlan<'p>) -> (Option<&'p Ident>, &'p Ident) {
    (version.module.as_ref(), &version.nodes[0].ident)
}

impl<'p> TableInput<'p> {
    pub(super) fn new(version: &'p VersionPlan<'p>, places: &[usize], parents: &Parents) -> Self {
        let endpoints = || {
            places.iter().flat_map(|&place| {
                let endpoints = version.nodes[place].endpoints.iter();
                let shown = endpoints.filter(|endpoint| !endpoint.replays.is_empty());
                shown.map(move |endpoint| (place, endpoint))
            })
        };
        let entries = endpoints().map(|(place, endpoint)| EntryInput {
            chain: chain(version, place, parents),
            call: CallInput::new(endpoint),
            replays: &endpoint.replays,
        });
        Self {
            client: client(version),
            types: TypePaths::new(version, endpoints().map(|(_, endpoint)| endpoint)),
            entries: entries.collect(),
        }
    }
}

/// The accessors that lead to a node, from the client on.
fn chain<'p>(version: &'p VersionPlan<'p>, node: usize, parents: &Parents) -> Vec<StepInput<'p>> {
    let steps = std::iter::successors(parents.get(&node), |(parent, _)| parents.get(parent));
    let mut chain: Vec<_> =
        steps.map(|&(node, at)| StepInput::new(&version.nodes[node].accessors[at])).collect();
    chain.reverse();
    chain
}

/// Where the types that endpoints name are found, from the module of the version on.
#[derive(Debug, Default, Hash)]
pub(super) struct TypePaths<'p> {
    /// Whether they are relative to the file, and not to the root of the crate.
    pub(super) is_included: bool,
    /// Structs and enums: the modules, and the name.
    pub(super) items: BTreeMap<Used, (&'p [Ident], Ident)>,
    /// The parameters of actions: the modules, that of the type they are bound to, and the name.
    pub(super) requests: BTreeMap<usize, (&'p [Ident], &'p Ident, &'p Ident)>,
}

impl<'p> TypePaths<'p> {
    fn new(
        version: &'p VersionPlan<'p>,
        endpoints: impl Iterator<Item = &'p EndpointPlan<'p>>,
    ) -> Self {
        let mut paths = Self { is_included: version.is_included, ..Self::default() };
        for endpoint in endpoints {
            match endpoint.body {
                BodyPlan::Nothing | BodyPlan::Bytes | BodyPlan::Reference => {}
                BodyPlan::Struct(at) => paths.add(version, Used::Type(Scalar::Struct(at))),
                BodyPlan::Update(at) => paths.add(version, Used::Update(at)),
                BodyPlan::Value(ty) => paths.add(version, Used::Type(ty.scalar.item())),
                BodyPlan::Request(at) => paths.add_request(version, at),
            }
            match endpoint.response {
                ResponsePlan::Nothing
                | ResponsePlan::Accepted
                | ResponsePlan::Bytes
                | ResponsePlan::Count => {}
                ResponsePlan::One(scalar)
                | ResponsePlan::Page(scalar)
                | ResponsePlan::Value(scalar)
                | ResponsePlan::Optional(scalar) => {
                    paths.add(version, Used::Type(scalar.item()));
                }
            }
        }
        paths
    }

    fn add(&mut self, version: &'p VersionPlan<'p>, used: Used) {
        if !matches!(used, Used::Type(Scalar::Primitive(_))) {
            self.items.entry(used).or_insert_with(|| {
                (&version.namespaces[version.namespace_of(used)].path, version.name(used).1)
            });
        }
    }

    fn add_request(&mut self, version: &'p VersionPlan<'p>, at: usize) {
        let (namespace, module) = version.request_modules[at];
        let namespace = &version.namespaces[namespace];
        let (module, ident) = (&namespace.modules[module].ident, &version.requests[at].ident);
        self.requests.insert(at, (&namespace.path, module, ident));
    }
}
