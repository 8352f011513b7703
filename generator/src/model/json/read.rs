//! From JSON to a model.
//!
//! The text is read in one go into the contract's own types, which say line and column of what
//! they cannot take. What only the whole can tell is checked behind that. Keys that are not known
//! are passed over, however deep what they hold is nested.

mod check;
mod convert;
mod form;
mod text;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::error::Category;

use super::FORMAT;
use crate::error::Error;
use crate::model::{Api, Model};
use crate::version;
use form::{DocumentForm, ModelForm};

/// What to do about a model that cannot be read.
const REMEDY: &str = "write it anew with `docbind model --format json`";

impl Api {
    /// Reads what [`to_json`](Self::to_json) writes, and whatever else keeps to its contract: the
    /// plain form, or that of several versions.
    ///
    /// Fails when the text is no JSON or is cut off, when it is of another [`FORMAT`], when it
    /// lacks what the contract asks for or has it in another kind, and when a reference leads to
    /// nothing. The error says where.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        // Some shells put a byte order mark in front of what they redirect.
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let document = match serde_json::from_str::<DocumentForm<'_>>(text) {
            Ok(document) if document.format == FORMAT => document,
            Ok(document) => return Err(other_format(&document.format.to_string())),
            Err(error) => return Err(explain(text, &error)),
        };
        let versions = models(document.model, document.versions);
        check::check(&versions, text)?;
        let profile = convert::profile(document.profile, &versions);
        Ok(Self { profile, versions })
    }
}

/// The models of either form, sorted as look-ups need it.
fn models(plain: ModelForm<'_>, versions: Option<Vec<ModelForm<'_>>>) -> Vec<Model> {
    let is_plain = versions.is_none();
    let mut forms = versions.unwrap_or_default();
    forms.extend(Some(plain).filter(|plain| is_plain || !plain.is_empty()));
    let mut models: Vec<_> = forms.into_iter().map(convert::model).collect();
    models.sort_by(|left, right| {
        version::order(left.api_version.as_deref())
            .cmp(&version::order(right.api_version.as_deref()))
    });
    models
}

/// An error with what is known of its reason, and of the place that it is about.
fn refused(what: &str, reason: Option<&str>, place: Option<(usize, usize)>) -> Error {
    let place = place.map(|(line, column)| format!("line {line}, column {column}"));
    let known: Vec<_> = reason.into_iter().chain(place.as_deref()).collect();
    let known = if known.is_empty() { String::new() } else { format!(" ({})", known.join("; ")) };
    Error::new(format!("the model JSON {what}{known}: {REMEDY}"))
}

fn other_format(format: &str) -> Error {
    let what = format!("is of format {format}, and this docbind reads format {FORMAT}");
    refused(&what, None, None)
}

/// Why text is no document. That it is of another format says more than that it lacks a key.
fn explain(text: &str, error: &serde_json::Error) -> Error {
    #[derive(Deserialize)]
    struct Head {
        format: Option<serde_json::Value>,
        types: Option<IgnoredAny>,
        versions: Option<IgnoredAny>,
    }
    if let Ok(head) = serde_json::from_str::<Head>(text) {
        match head.format {
            Some(format) if format != FORMAT => return other_format(&format.to_string()),
            None if head.types.is_none() && head.versions.is_none() => {
                return refused(
                    "has neither `format` nor `types`, so that it is no model",
                    None,
                    None,
                );
            }
            _ => {}
        }
    }
    let place = Some((error.line(), error.column())).filter(|(line, _)| *line > 0);
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
    match error.classify() {
        Category::Eof if text.trim().is_empty() => refused("is empty", None, None),
        Category::Eof => refused("is cut off", None, place),
        Category::Syntax | Category::Io => refused("is no JSON", Some(said), place),
        Category::Data if !text.trim_start().starts_with('{') => {
            refused("is no object", None, None)
        }
        Category::Data => refused("is not as it should be", Some(said), place),
    }
}
