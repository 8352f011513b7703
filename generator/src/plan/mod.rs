//! Every decision about Rust, made before a token is written.
//!
//! In goes the API model; out comes a [`Plan`] of crates, modules, types and functions, in which
//! every name is final. It knows Rust and the model; it knows neither tokens nor files on disk.

mod call_doc;
mod collect;
mod cycles;
mod doc;
mod endpoint;
mod enums;
mod finding;
mod first_call;
mod ident;
mod imports;
mod modules;
mod node_names;
mod nodes;
mod overrides;
mod package;
mod permissions;
mod replay;
mod request;
mod response;
mod route;
mod rust_type;
#[cfg(test)]
pub(crate) mod sample;
mod scope;
mod structs;
#[cfg(test)]
mod tests;
mod tree;
mod typing;
mod usage;
mod words;

pub(crate) use collect::VersionPlan;
pub(crate) use collect::{Plan, plan};
pub(crate) use doc::{Block, Doc, Inline, clip};
pub(crate) use endpoint::{BodyPlan, EndpointPlan, QueryPlan};
pub(crate) use enums::{EnumPlan, VariantPlan};
pub(crate) use ident::{Ident, is_module_name};
pub(crate) use imports::{ImportPlan, Used};
pub(crate) use modules::{ModulePlan, NamespacePlan};
pub(crate) use nodes::{AccessorPlan, ArgumentKind, ArgumentPlan};
pub use overrides::{Rank, TypeChange, TypeOverride};
pub(crate) use overrides::{Replacement, check_left, check_overrides};
pub use package::{Form, Options, Runtime};
pub(crate) use permissions::PermissionTable;
pub(crate) use replay::ReplayPlan;
pub(crate) use request::RequestPlan;
pub(crate) use response::ResponsePlan;
pub(crate) use rust_type::{FieldType, Scalar};
pub(crate) use structs::{FieldPlan, StructPlan};
