//! The contract as types that are read. Keys that it calls optional may be missing, and so may
//! those that only docbind writes.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::text::{Known, Pairs, PathText, Segments, Text, TypeText};
use crate::model::{Method, OperationKind, ParameterLocation, TypeKind};

/// The whole text: one model, or several under `versions`.
pub(super) struct DocumentForm<'a> {
    pub(super) format: u32,
    pub(super) profile: Option<ProfileForm>,
    pub(super) versions: Option<Vec<ModelForm<'a>>>,
    pub(super) model: ModelForm<'a>,
}

#[derive(Deserialize)]
pub(super) struct ProfileForm {
    pub(super) root_namespace: String,
    pub(super) base_url: Option<String>,
    #[serde(default)]
    pub(super) hosts: Vec<String>,
    pub(super) base_entity: Option<String>,
}

#[derive(Default)]
pub(super) struct ModelForm<'a> {
    pub(super) api_version: Option<String>,
    pub(super) types: Vec<TypeForm<'a>>,
    pub(super) enums: Vec<EnumForm<'a>>,
    pub(super) operations: Vec<OperationForm<'a>>,
}

impl ModelForm<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.types.is_empty() && self.enums.is_empty() && self.operations.is_empty()
    }
}

/// A model whose lists are all there: a key that is missing is no API without types.
#[derive(Deserialize)]
struct WholeModel<'a> {
    api_version: Option<String>,
    #[serde(borrow)]
    types: Vec<TypeForm<'a>>,
    #[serde(borrow)]
    enums: Vec<EnumForm<'a>>,
    #[serde(borrow)]
    operations: Vec<OperationForm<'a>>,
}

impl<'de: 'a, 'a> Deserialize<'de> for ModelForm<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let WholeModel { api_version, types, enums, operations } =
            WholeModel::deserialize(deserializer)?;
        Ok(Self { api_version, types, enums, operations })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for DocumentForm<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Keys<'a> {
            format: u32,
            profile: Option<ProfileForm>,
            #[serde(borrow)]
            versions: Option<Vec<ModelForm<'a>>>,
            api_version: Option<String>,
            #[serde(borrow)]
            types: Option<Vec<TypeForm<'a>>>,
            #[serde(borrow)]
            enums: Option<Vec<EnumForm<'a>>>,
            #[serde(borrow)]
            operations: Option<Vec<OperationForm<'a>>>,
        }
        let Keys { format, profile, versions, api_version, types, enums, operations } =
            Keys::deserialize(deserializer)?;
        let missing = [
            ("types", types.is_none()),
            ("enums", enums.is_none()),
            ("operations", operations.is_none()),
        ];
        if versions.is_none()
            && let Some((key, _)) = missing.into_iter().find(|(_, is_missing)| *is_missing)
        {
            return Err(serde::de::Error::missing_field(key));
        }
        let model = ModelForm {
            api_version,
            types: types.unwrap_or_default(),
            enums: enums.unwrap_or_default(),
            operations: operations.unwrap_or_default(),
        };
        Ok(Self { format, profile, versions, model })
    }
}

#[derive(Deserialize)]
pub(super) struct SourceForm<'a> {
    #[serde(borrow)]
    pub(super) file: Text<'a>,
    pub(super) line: u32,
}

#[derive(Deserialize)]
pub(super) struct TypeForm<'a> {
    pub(super) name: String,
    pub(super) kind: Known<TypeKind>,
    pub(super) base: Option<String>,
    #[serde(rename = "abstract", default)]
    pub(super) is_abstract: bool,
    #[serde(default)]
    pub(super) open: bool,
    #[serde(default = "yes")]
    pub(super) documented: bool,
    #[serde(default)]
    pub(super) reduced: bool,
    #[serde(default)]
    pub(super) base_inferred: bool,
    #[serde(default)]
    pub(super) key: Vec<String>,
    #[serde(default)]
    pub(super) alternate_keys: Vec<String>,
    pub(super) description: Option<String>,
    pub(super) deprecated: Option<String>,
    #[serde(borrow)]
    pub(super) properties: Vec<PropertyForm<'a>>,
    #[serde(borrow)]
    pub(super) source: SourceForm<'a>,
    #[serde(default, borrow)]
    pub(super) fact_sources: TypeSourcesForm<'a>,
}

#[derive(Default, Deserialize)]
pub(super) struct TypeSourcesForm<'a> {
    #[serde(borrow)]
    pub(super) annotation: Option<SourceForm<'a>>,
    #[serde(borrow)]
    pub(super) name: Option<SourceForm<'a>>,
    #[serde(borrow)]
    pub(super) base: Option<SourceForm<'a>>,
    #[serde(rename = "abstract", borrow)]
    pub(super) is_abstract: Option<SourceForm<'a>>,
    #[serde(borrow)]
    pub(super) open: Option<SourceForm<'a>>,
    #[serde(borrow)]
    pub(super) key: Option<SourceForm<'a>>,
    #[serde(default, borrow)]
    pub(super) alternate_keys: BTreeMap<String, SourceForm<'a>>,
    #[serde(borrow)]
    pub(super) deprecated: Option<SourceForm<'a>>,
}

#[derive(Deserialize)]
pub(super) struct PropertyForm<'a> {
    pub(super) name: String,
    #[serde(rename = "type", borrow)]
    pub(super) ty: TypeText<'a>,
    #[serde(default)]
    pub(super) collection: bool,
    #[serde(default)]
    pub(super) navigation: bool,
    #[serde(default)]
    pub(super) read_only: bool,
    pub(super) nullable: Option<bool>,
    #[serde(default)]
    pub(super) required: bool,
    #[serde(borrow)]
    pub(super) required_source: Option<SourceForm<'a>>,
    pub(super) description: Option<String>,
    pub(super) deprecated: Option<String>,
    #[serde(default)]
    pub(super) query_options: Vec<String>,
    #[serde(default)]
    pub(super) unstated: bool,
    pub(super) unread_type: Option<String>,
    #[serde(borrow)]
    pub(super) source: Option<SourceForm<'a>>,
}

#[derive(Deserialize)]
pub(super) struct EnumForm<'a> {
    pub(super) name: String,
    #[serde(default)]
    pub(super) flags: bool,
    pub(super) evolvable: Option<bool>,
    #[serde(default = "yes")]
    pub(super) documented: bool,
    pub(super) members: Vec<String>,
    #[serde(default)]
    pub(super) member_values: Pairs<i64>,
    #[serde(default)]
    pub(super) member_descriptions: Vec<Option<String>>,
    #[serde(default, borrow)]
    pub(super) member_sources: Vec<SourceForm<'a>>,
    #[serde(default)]
    pub(super) listed: Vec<String>,
    #[serde(default, borrow)]
    pub(super) listed_sources: Vec<SourceForm<'a>>,
    pub(super) description: Option<String>,
    #[serde(borrow)]
    pub(super) source: SourceForm<'a>,
}

#[derive(Deserialize)]
pub(super) struct OperationForm<'a> {
    pub(super) id: String,
    pub(super) name: Option<String>,
    #[serde(default)]
    pub(super) title: String,
    pub(super) description: Option<String>,
    pub(super) method: Known<Method>,
    pub(super) kind: Option<Known<OperationKind>>,
    #[serde(borrow)]
    pub(super) bound_to: Option<Text<'a>>,
    pub(super) paths: Vec<PathText>,
    #[serde(default, borrow)]
    pub(super) path_sources: Vec<SourceForm<'a>>,
    #[serde(borrow)]
    pub(super) path_calls: Option<Vec<CallForm<'a>>>,
    #[serde(default, borrow)]
    pub(super) parameters: Vec<ParameterForm<'a>>,
    #[serde(borrow)]
    pub(super) request: Option<RequestForm<'a>>,
    #[serde(borrow)]
    pub(super) request_source: Option<SourceForm<'a>>,
    #[serde(default, borrow)]
    pub(super) responses: Vec<ResponseForm<'a>>,
    #[serde(default)]
    pub(super) query_options: Vec<String>,
    #[serde(borrow)]
    pub(super) query_options_source: Option<SourceForm<'a>>,
    pub(super) deprecated: Option<String>,
    #[serde(borrow)]
    pub(super) deprecated_source: Option<SourceForm<'a>>,
    #[serde(default)]
    pub(super) permissions: PermissionsForm,
    #[serde(default)]
    pub(super) permissions_by: Pairs<PermissionsForm>,
    #[serde(borrow)]
    pub(super) permissions_source: Option<SourceForm<'a>>,
    #[serde(default, borrow)]
    pub(super) permission_sources: PermissionRowsForm<'a>,
    #[serde(default, borrow)]
    pub(super) examples: Vec<ExampleForm<'a>>,
    #[serde(borrow)]
    pub(super) source: SourceForm<'a>,
}

#[derive(Deserialize)]
pub(super) struct CallForm<'a> {
    pub(super) text: String,
    pub(super) stated: Option<String>,
    pub(super) segments: Segments,
    #[serde(borrow)]
    pub(super) source: SourceForm<'a>,
}

#[derive(Deserialize)]
pub(super) struct ParameterForm<'a> {
    pub(super) name: String,
    #[serde(rename = "in")]
    pub(super) location: Known<ParameterLocation>,
    #[serde(rename = "type", borrow)]
    pub(super) ty: TypeText<'a>,
    #[serde(default)]
    pub(super) collection: bool,
    #[serde(default)]
    pub(super) required: bool,
    pub(super) description: Option<String>,
    #[serde(borrow)]
    pub(super) source: Option<SourceForm<'a>>,
}

/// What a body holds, and where that is stated.
pub(super) struct RequestForm<'a> {
    pub(super) body: BodyForm<'a>,
    pub(super) outweighed: Option<ReferenceForm<'a>>,
    pub(super) source: Option<SourceForm<'a>>,
}

pub(super) enum BodyForm<'a> {
    Type(TypeText<'a>, bool),
    Parameters(Vec<PropertyForm<'a>>),
}

impl<'de: 'a, 'a> Deserialize<'de> for RequestForm<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Keys<'a> {
            #[serde(rename = "type", borrow)]
            ty: Option<TypeText<'a>>,
            #[serde(default)]
            collection: bool,
            #[serde(borrow)]
            properties: Option<Vec<PropertyForm<'a>>>,
            #[serde(borrow)]
            outweighed: Option<ReferenceForm<'a>>,
            #[serde(borrow)]
            source: Option<SourceForm<'a>>,
        }
        let Keys { ty, collection, properties, outweighed, source } =
            Keys::deserialize(deserializer)?;
        let body = match (ty, properties) {
            (Some(ty), None) => BodyForm::Type(ty, collection),
            (None, Some(properties)) => BodyForm::Parameters(properties),
            _ => {
                let message = "a request has either `type` or `properties`";
                return Err(serde::de::Error::custom(message));
            }
        };
        Ok(Self { body, outweighed, source })
    }
}

#[derive(Deserialize)]
pub(super) struct ReferenceForm<'a> {
    #[serde(rename = "type", borrow)]
    pub(super) ty: TypeText<'a>,
    #[serde(default)]
    pub(super) collection: bool,
}

#[derive(Deserialize)]
pub(super) struct ResponseForm<'a> {
    pub(super) status: u16,
    #[serde(rename = "type", borrow)]
    pub(super) ty: Option<TypeText<'a>>,
    #[serde(default)]
    pub(super) collection: Option<bool>,
    #[serde(default)]
    pub(super) unstated: bool,
    #[serde(default)]
    pub(super) unsaid: bool,
    #[serde(borrow)]
    pub(super) outweighed: Option<ReferenceForm<'a>>,
    #[serde(borrow)]
    pub(super) source: Option<SourceForm<'a>>,
}

#[derive(Default, Deserialize)]
pub(super) struct PermissionsForm {
    #[serde(default)]
    pub(super) delegated_work: Vec<String>,
    #[serde(default)]
    pub(super) delegated_personal: Vec<String>,
    #[serde(default)]
    pub(super) application: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct ExampleForm<'a> {
    pub(super) name: Option<String>,
    pub(super) line: u32,
    #[serde(borrow)]
    pub(super) file: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) request: Option<RequestMessage<'a>>,
    #[serde(borrow)]
    pub(super) response: Option<ResponseMessage<'a>>,
}

#[derive(Deserialize)]
pub(super) struct RequestMessage<'a> {
    pub(super) method: Known<Method>,
    pub(super) url: String,
    #[serde(default)]
    pub(super) headers: Vec<(String, String)>,
    #[serde(default, borrow, deserialize_with = "present")]
    pub(super) body: Option<&'a RawValue>,
    #[serde(default)]
    pub(super) repaired: bool,
    pub(super) line: Option<u32>,
    #[serde(borrow)]
    pub(super) file: Option<Text<'a>>,
}

#[derive(Deserialize)]
pub(super) struct ResponseMessage<'a> {
    pub(super) status: u16,
    #[serde(rename = "type", borrow)]
    pub(super) ty: Option<TypeText<'a>>,
    pub(super) collection: Option<bool>,
    #[serde(default)]
    pub(super) headers: Vec<(String, String)>,
    #[serde(default, borrow, deserialize_with = "present")]
    pub(super) body: Option<&'a RawValue>,
    #[serde(default)]
    pub(super) repaired: bool,
    pub(super) line: Option<u32>,
    #[serde(borrow)]
    pub(super) file: Option<Text<'a>>,
}

/// A body of `null` is a body.
fn present<'a, D: Deserializer<'a>>(deserializer: D) -> Result<Option<&'a RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

fn yes() -> bool {
    true
}

#[derive(Default, Deserialize)]
pub(super) struct PermissionRowsForm<'a> {
    #[serde(borrow)]
    pub(super) delegated_work: Option<SourceForm<'a>>,
    #[serde(borrow)]
    pub(super) delegated_personal: Option<SourceForm<'a>>,
    #[serde(borrow)]
    pub(super) application: Option<SourceForm<'a>>,
}
