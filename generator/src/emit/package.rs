//! The root of the crate: `Cargo.toml`, `src/lib.rs`, and the root of each version.

use std::fmt::Write;

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::emit_inner_doc;
use super::input::{LibInput, LibVersionInput, RootInput};
use super::modules::emit_namespace;
use crate::plan::{Doc, Ident, Inline, Plan, Runtime, VersionPlan};

/// The edition that the emitted code is written in.
const EDITION: &str = "2024";

/// The runtime needs this compiler, as all of the workspace does.
const RUST_VERSION: &str = env!("CARGO_PKG_RUST_VERSION");

/// `Cargo.toml`.
pub(super) fn emit_manifest(plan: &Plan<'_>) -> String {
    let options = &plan.options;
    let runtime = match &options.runtime {
        Runtime::Path(path) => format!("path = {}", toml_string(&path.to_string_lossy())),
        Runtime::Version(version) => format!("version = {}", toml_string(version)),
    };
    let features = plan.versions.iter().filter(|version| version.is_optional);
    let features = features.filter_map(|version| {
        let (module, api_version) = (version.module.as_ref()?, version.api_version?);
        Some(format!(
            "# Version {api_version} of the API, in a module of its own.\n{module} = []\n"
        ))
    });
    let workspace = if options.is_workspace { "\n[workspace]\n" } else { "" };
    format!(
        "[package]\n\
         name = {name}\n\
         description = \"A typed client, made from the API's reference docs\"\n\
         version = \"0.1.0\"\n\
         edition = \"{EDITION}\"\n\
         rust-version = \"{RUST_VERSION}\"\n\
         publish = false\n\
         \n\
         [features]\n\
         default = [\"reqwest\"]\n\
         # HTTP by reqwest. Without it, a program brings its own transport and clock.\n\
         reqwest = [\"docbind-runtime/reqwest\"]\n\
         # Answers that are packed with gzip.\n\
         gzip = [\"docbind-runtime/gzip\"]\n\
         # Tokens by any credential of azure_core, such as those of azure_identity.\n\
         azure = [\"docbind-runtime/azure\"]\n\
         {features}\
         # What leads from each documented operation to its types, for replaying the docs' examples.\n\
         examples = []\n\
         \n\
         [dependencies]\n\
         docbind-runtime = {{ {runtime}, default-features = false }}\n\
         {workspace}",
        name = toml_string(&options.name),
        features = features.collect::<String>(),
    )
}

/// A basic string of TOML.
fn toml_string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for char in text.chars() {
        match char {
            '"' => quoted += "\\\"",
            '\\' => quoted += "\\\\",
            char if char.is_control() => {
                // Writing to a string cannot fail.
                let _ = write!(quoted, "\\u{:04x}", u32::from(char));
            }
            char => quoted.push(char),
        }
    }
    quoted.push('"');
    quoted
}

/// `src/lib.rs`.
pub(super) fn emit_lib(input: &LibInput<'_>) -> TokenStream {
    let doc = input.doc.as_ref().map(emit_inner_doc);
    let versions = input.versions.iter().map(|version| match version {
        LibVersionInput::Root(root) => emit_root(root),
        LibVersionInput::Module { module, is_optional, feature } => {
            let feature = feature.map(|feature| quote! { #[cfg(feature = #feature)] });
            let export = (!is_optional).then(|| {
                quote! {
                    #[doc(inline)]
                    pub use self::#module::*;
                }
            });
            quote! { #feature pub mod #module; #export }
        }
    });
    let lints = if input.doc.is_none() {
        // The lints of the crate that includes it were chosen for what people write.
        quote! { clippy::nursery, clippy::restriction, missing_docs, unreachable_pub, unused, }
    } else {
        TokenStream::new()
    };
    quote! {
        #doc
        // Generated from docs that repeat words, mark items as deprecated that others hold, and
        // write names in several scripts.
        #![allow(
            clippy::all,
            clippy::pedantic,
            confusable_idents,
            deprecated,
            mixed_script_confusables,
            nonstandard_style,
            uncommon_codepoints,
            #lints
            reason = "names and deprecations are those of the API"
        )]

        /// What the client stands on: requests, pages, batches, uploads, credentials, errors.
        #[doc(no_inline)]
        pub use ::docbind_runtime as runtime;

        #(#versions)*
    }
}

/// The items at the root of a version.
fn emit_root(input: &RootInput<'_>) -> TokenStream {
    let namespace = emit_namespace(&input.namespace);
    let (module, name) = input.client;
    let examples = (!input.is_included).then(|| {
        quote! {
            #[cfg(feature = "examples")]
            pub mod examples;
        }
    });
    quote! {
        pub mod nodes;
        mod permissions;
        #[doc(inline)]
        pub use self::nodes::#module::#name;
        #examples
        #namespace
    }
}

/// `src/mod.rs`: what another crate includes. There a file cannot begin with attributes of its own.
pub(super) fn emit_included(module: &Ident) -> TokenStream {
    quote! {
        #[path = "lib.rs"]
        mod #module;
        #[allow(unreachable_pub, unused_imports, reason = "a program has more than it uses")]
        #[doc(inline)]
        pub use self::#module::*;
    }
}

/// The file of a version's module.
pub(super) fn emit_version(api_version: Option<&str>, input: &RootInput<'_>) -> TokenStream {
    let line = format!(" Version {} of the API.", api_version.unwrap_or_default());
    let root = emit_root(input);
    quote! {
        #![doc = #line]
        #root
    }
}

/// What the documentation of the crate says.
pub(super) fn crate_doc(plan: &Plan<'_>) -> Doc<'static> {
    let ours = |text: &str| vec![Inline::Ours(text.to_owned().into())];
    let mut doc = Doc::ours(ours("A typed client, made from the API's reference docs."));
    let client = plan.options.client_ident();
    doc.paragraph(ours(&format!(
        "A call starts at the client, [`{client}`], follows the path of the API segment by segment, \
         and ends with what is to be done there. What it returns is a request, which can be \
         inspected, changed, and sent by awaiting it."
    )));
    if let Some(call) = plan.versions.first().and_then(VersionPlan::first_call) {
        let name = plan.options.name.replace('-', "_");
        let lines = [
            format!("use {name}::{client};"),
            format!("use {name}::runtime::Result;"),
            format!("use {name}::runtime::auth::StaticToken;"),
            String::new(),
            "async fn example(token: &str) -> Result<()> {".to_owned(),
            format!("    let client = {client}::new(StaticToken::new(token))?;"),
            format!("    let answer = client{}.await?;", call.chain),
            "    println!(\"{answer:?}\");".to_owned(),
            "    Ok(())".to_owned(),
            "}".to_owned(),
            String::new(),
            "// A request is plain data, and can be looked at before it is sent.".to_owned(),
            format!("let request = {client}::offline(){};", call.chain),
            format!("assert_eq!(request.operation(), {:?});", call.operation),
        ];
        doc.example(lines.to_vec());
        doc.paragraph(ours(
            "[`runtime`] holds what all calls have in common: other credentials, query options, \
             pages, batches, uploads, errors, and how calls are repeated.",
        ));
    }
    doc
}
