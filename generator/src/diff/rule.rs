//! Every rule of the diff. The doc comment of a variant is its reference entry, which
//! `docbind explain RULE` prints: what happened, an example, why it has its level, what to do.
//! Behind its name stand the kind of change, the level, and whom it breaks.
//!
//! The levels follow what the guidelines of Microsoft Graph call a breaking change: everything that
//! does more than add to an API, and additions that callers have to heed. `error` is what breaks
//! callers of the service; `warning` is what breaks Rust code alone, or is a sign of breakage to
//! come; `info` is all else; `docs` changes no fact, and is listed only when asked for.

use std::fmt;
use std::str::FromStr;

/// How much a change matters. The worst is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The docs say the same in other words.
    Docs,
    /// Something that nobody has to heed.
    Info,
    /// Rust code breaks, or something is about to.
    Warning,
    /// Callers of the service break.
    Error,
}

impl Level {
    /// The word for it: `error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Docs => "docs",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Level {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Docs, Self::Info, Self::Warning, Self::Error]
            .into_iter()
            .find(|level| level.as_str() == text)
            .ok_or_else(|| {
                format!("`{text}` is no level; write `error`, `warning`, `info` or `docs`")
            })
    }
}

/// By how much the version of the generated crate has to rise, in the sense of semantic
/// versioning. The greatest wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// The crate stays as it is.
    #[default]
    None,
    /// Its documentation changes, or what it knows at run time.
    Patch,
    /// Its API grows.
    Minor,
    /// Code that uses it can break.
    Major,
}

impl Bump {
    /// The word for it: `major`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

macro_rules! rules {
    (@wire wire) => { true };
    (@wire fine) => { false };
    ($(
        $(#[doc = $doc:literal])+
        $name:ident = $id:literal => $kind:literal, $level:ident, $wire:ident, $bump:ident;
    )+) => {
        /// What kind of change was found, and what follows from it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $( $(#[doc = $doc])+ $name, )+ }

        impl Rule {
            /// All rules, by what they are about.
            pub const ALL: &'static [Rule] = &[$( Rule::$name, )+];

            /// The rule as it is named in policies: `property-removed`.
            pub fn id(self) -> &'static str {
                match self { $( Rule::$name => $id, )+ }
            }

            /// The kind of change, which several rules can share: `property_removed`.
            pub fn kind(self) -> &'static str {
                match self { $( Rule::$name => $kind, )+ }
            }

            /// The level that it has unless a policy says otherwise.
            pub fn level(self) -> Level {
                match self { $( Rule::$name => Level::$level, )+ }
            }

            /// Whether callers of the service break.
            pub fn breaks_wire(self) -> bool {
                match self { $( Rule::$name => rules!(@wire $wire), )+ }
            }

            /// What the generated crate needs.
            pub fn bump(self) -> Bump {
                match self { $( Rule::$name => Bump::$bump, )+ }
            }

            /// The reference entry, as Markdown.
            pub fn explanation(self) -> &'static str {
                match self { $( Rule::$name => concat!($( $doc, "\n" ),+), )+ }
            }
        }
    };
}

rules! {
    /// A version of the API is there that was not.
    VersionAdded = "version-added" => "version_added", Info, fine, Minor;
    /// A version of the API is gone, with all that it held.
    VersionRemoved = "version-removed" => "version_removed", Error, wire, Major;

    /// A resource type is there that was not.
    TypeAdded = "type-added" => "type_added", Info, fine, Minor;
    /// A type of beta is now in this version, too.
    TypePromoted = "type-promoted" => "type_added", Info, fine, Minor;
    /// A resource type is gone.
    TypeRemoved = "type-removed" => "type_removed", Error, wire, Major;
    /// A type is gone from this version, and is in beta.
    TypeDemoted = "type-demoted" => "type_removed", Error, wire, Major;
    /// A type has another name.
    TypeRenamed = "type-renamed" => "type_renamed", Error, wire, Major;
    /// A complex type became an entity, or the other way round.
    TypeKindChanged = "type-kind-changed" => "type_kind_changed", Info, fine, Patch;
    /// A type extends another type, where it extended none.
    BaseAdded = "base-added" => "base_changed", Info, fine, Minor;
    /// A type extends no other type any more.
    BaseRemoved = "base-removed" => "base_changed", Error, wire, Major;
    /// A type extends another type than before.
    BaseChanged = "base-changed" => "base_changed", Error, wire, Major;
    /// A type extends a type that extends the base that it had.
    BaseDeepened = "base-deepened" => "base_changed", Info, fine, Minor;
    /// Instances of the type are now always of a derived type.
    TypeBecameAbstract = "type-became-abstract" => "type_abstract_changed", Error, wire, None;
    /// Instances of the type need no longer be of a derived type.
    TypeBecameConcrete = "type-became-concrete" => "type_abstract_changed", Info, fine, None;
    /// Instances may hold properties that are not declared.
    TypeOpened = "type-opened" => "type_open_changed", Info, fine, None;
    /// Instances no longer hold properties that are not declared.
    TypeClosed = "type-closed" => "type_open_changed", Info, fine, None;
    /// Other properties identify an instance.
    KeyChanged = "key-changed" => "key_changed", Error, wire, None;
    /// A further property identifies an instance.
    AlternateKeyAdded = "alternate-key-added" => "alternate_key_added", Info, fine, None;
    /// A property no longer identifies an instance.
    AlternateKeyRemoved = "alternate-key-removed" => "alternate_key_removed", Error, wire, None;
    /// A type should not be used any more.
    TypeDeprecated = "type-deprecated" => "type_deprecated", Warning, fine, Minor;
    /// A type is no longer deprecated.
    TypeUndeprecated = "type-undeprecated" => "type_undeprecated", Info, fine, Patch;

    /// A type has a further property.
    PropertyAdded = "property-added" => "property_added", Info, fine, Minor;
    /// A type has a further property, which those who create an instance must give.
    RequiredPropertyAdded = "required-property-added" => "property_added", Error, wire, Major;
    /// A type has a further property that is never null, and that callers set.
    NonNullablePropertyAdded = "non-nullable-property-added" => "property_added", Error, wire, Minor;
    /// A type lacks a property that it had.
    PropertyRemoved = "property-removed" => "property_removed", Error, wire, Major;
    /// A property has another name.
    PropertyRenamed = "property-renamed" => "property_renamed", Error, wire, Major;
    /// A property has another type.
    PropertyTypeChanged = "property-type-changed" => "property_type_changed", Error, wire, Major;
    /// The docs say what a property holds, of which they said nothing, or the other way round.
    PropertyTypeStated = "property-type-stated" => "property_type_stated", Warning, fine, Major;
    /// A property is declared by a base or by a derived type instead.
    PropertyMoved = "property-moved" => "property_moved", Info, fine, None;
    /// Those who create an instance must give the property.
    PropertyBecameRequired = "property-became-required" => "property_required_changed", Error, wire, Major;
    /// Those who create an instance may leave the property out.
    PropertyBecameOptional = "property-became-optional" => "property_required_changed", Warning, fine, Major;
    /// A property can be null that could not.
    PropertyBecameNullable = "property-became-nullable" => "property_nullable_changed", Warning, fine, None;
    /// A property cannot be null any more.
    PropertyBecameNonNullable = "property-became-non-nullable" => "property_nullable_changed", Warning, fine, None;
    /// The docs say that a property can be null, of which they said nothing, or the other way round.
    PropertyNullabilityStated = "property-nullability-stated" => "property_nullable_changed", Docs, fine, None;
    /// Callers cannot set the property any more.
    PropertyBecameReadOnly = "property-became-read-only" => "property_read_only_changed", Error, wire, Major;
    /// Callers can set the property.
    PropertyBecameWritable = "property-became-writable" => "property_read_only_changed", Info, fine, Minor;
    /// A property is now a relationship.
    PropertyBecameNavigation = "property-became-navigation" => "property_navigation_changed", Error, wire, Major;
    /// A relationship is now a property.
    PropertyBecameStructural = "property-became-structural" => "property_navigation_changed", Error, wire, Major;
    /// Queries can use the property in a further way.
    PropertyQueryOptionAdded = "property-query-option-added" => "property_query_option_added", Info, fine, Patch;
    /// Queries can no longer use the property so.
    PropertyQueryOptionRemoved = "property-query-option-removed" => "property_query_option_removed", Error, wire, Patch;
    /// A property should not be used any more.
    PropertyDeprecated = "property-deprecated" => "property_deprecated", Warning, fine, Minor;
    /// A property is no longer deprecated.
    PropertyUndeprecated = "property-undeprecated" => "property_undeprecated", Info, fine, Patch;

    /// An enumeration is there that was not.
    EnumAdded = "enum-added" => "enum_added", Info, fine, Minor;
    /// An enumeration of beta is now in this version, too.
    EnumPromoted = "enum-promoted" => "enum_added", Info, fine, Minor;
    /// An enumeration is gone.
    EnumRemoved = "enum-removed" => "enum_removed", Error, wire, Major;
    /// An enumeration is gone from this version, and is in beta.
    EnumDemoted = "enum-demoted" => "enum_removed", Error, wire, Major;
    /// An enumeration has another name.
    EnumRenamed = "enum-renamed" => "enum_renamed", Error, wire, Major;
    /// Several members can now be given at once, or no longer.
    EnumFlagsChanged = "enum-flags-changed" => "enum_flags_changed", Error, wire, Major;
    /// An enumeration that may grow has a further member.
    EnumMemberAdded = "enum-member-added" => "enum_member_added", Info, fine, Minor;
    /// An enumeration that was not to grow has a further member.
    ClosedEnumMemberAdded = "closed-enum-member-added" => "enum_member_added", Error, wire, Minor;
    /// An enumeration may grow from now on.
    EnumBecameEvolvable = "enum-became-evolvable" => "enum_member_added", Info, fine, Minor;
    /// An enumeration lacks a member that it had.
    EnumMemberRemoved = "enum-member-removed" => "enum_member_removed", Error, wire, Major;
    /// A member has another name.
    EnumMemberRenamed = "enum-member-renamed" => "enum_member_renamed", Error, wire, Major;
    /// A member has another number.
    EnumMemberValueChanged = "enum-member-value-changed" => "enum_member_value_changed", Warning, fine, None;

    /// An operation is there that was not.
    OperationAdded = "operation-added" => "operation_added", Info, fine, Minor;
    /// An operation of beta is now in this version, too.
    OperationPromoted = "operation-promoted" => "operation_added", Info, fine, Minor;
    /// A further page describes calls that were documented before.
    OperationSplit = "operation-split" => "operation_added", Info, fine, Patch;
    /// An operation is gone.
    OperationRemoved = "operation-removed" => "operation_removed", Error, wire, Major;
    /// An operation is gone from this version, and is in beta.
    OperationDemoted = "operation-demoted" => "operation_removed", Error, wire, Major;
    /// A page is gone, and others describe its calls.
    OperationMerged = "operation-merged" => "operation_removed", Info, fine, Patch;
    /// The page of an operation has another name.
    OperationRenamed = "operation-renamed" => "operation_renamed", Info, fine, Patch;
    /// An operation is called by another method.
    MethodChanged = "method-changed" => "method_changed", Error, wire, Major;
    /// An operation does something of another kind by the same call.
    OperationKindChanged = "operation-kind-changed" => "operation_kind_changed", Warning, fine, Major;
    /// An operation should not be used any more.
    OperationDeprecated = "operation-deprecated" => "operation_deprecated", Warning, fine, Minor;
    /// An operation is no longer deprecated.
    OperationUndeprecated = "operation-undeprecated" => "operation_undeprecated", Info, fine, Patch;

    /// An operation has a further path.
    PathAdded = "path-added" => "path_added", Info, fine, Minor;
    /// An operation has a further path, which another one had before.
    PathTaken = "path-taken" => "path_added", Info, fine, Patch;
    /// An operation lacks a path that it had.
    PathRemoved = "path-removed" => "path_removed", Error, wire, Major;
    /// An operation lacks a path that it had, and another one has it.
    PathGiven = "path-given" => "path_removed", Info, fine, Patch;
    /// A path is another one.
    PathChanged = "path-changed" => "path_changed", Error, wire, Major;
    /// A path is spelled otherwise, and means the same.
    PathSpelling = "path-spelling" => "path_spelling_changed", Docs, fine, Patch;

    /// An operation takes a further parameter, which may be left out.
    ParameterAdded = "parameter-added" => "parameter_added", Info, fine, Minor;
    /// An operation takes a further parameter, which must be given.
    RequiredParameterAdded = "required-parameter-added" => "parameter_added", Error, wire, Major;
    /// An operation does not take a parameter any more.
    ParameterRemoved = "parameter-removed" => "parameter_removed", Error, wire, Major;
    /// A parameter has another name.
    ParameterRenamed = "parameter-renamed" => "parameter_renamed", Error, wire, Major;
    /// A parameter has another type.
    ParameterTypeChanged = "parameter-type-changed" => "parameter_type_changed", Error, wire, Major;
    /// The docs say what a parameter holds, of which they said nothing, or the other way round.
    ParameterTypeStated = "parameter-type-stated" => "parameter_type_stated", Warning, fine, Major;
    /// A parameter must be given.
    ParameterBecameRequired = "parameter-became-required" => "parameter_required_changed", Error, wire, Major;
    /// A parameter may be left out.
    ParameterBecameOptional = "parameter-became-optional" => "parameter_required_changed", Warning, fine, Major;
    /// A parameter goes elsewhere: into the query instead of a header.
    ParameterLocationChanged = "parameter-location-changed" => "parameter_location_changed", Error, wire, Major;
    /// A parameter can be null that could not, or the other way round.
    ParameterNullableChanged = "parameter-nullable-changed" => "parameter_nullable_changed", Warning, fine, None;

    /// An operation takes a body, where it took none.
    RequestAdded = "request-added" => "request_changed", Error, wire, Major;
    /// An operation takes no body any more.
    RequestRemoved = "request-removed" => "request_changed", Warning, fine, Major;
    /// The body of a request is of another type.
    RequestChanged = "request-changed" => "request_changed", Error, wire, Major;
    /// A success has another body.
    ResponseChanged = "response-changed" => "response_changed", Error, wire, Major;
    /// A success has another status, and the same body.
    ResponseStatusChanged = "response-status-changed" => "response_changed", Warning, fine, None;
    /// An operation has a further success.
    ResponseAdded = "response-added" => "response_added", Warning, fine, Patch;
    /// An operation lacks a success that it had.
    ResponseRemoved = "response-removed" => "response_removed", Warning, fine, Patch;
    /// Queries can use a further option.
    QueryOptionAdded = "query-option-added" => "query_option_added", Info, fine, Patch;
    /// Queries can no longer use an option.
    QueryOptionRemoved = "query-option-removed" => "query_option_removed", Error, wire, Patch;

    /// A further permission allows the call.
    PermissionAdded = "permission-added" => "permission_added", Info, fine, Patch;
    /// A permission allows the call that is less than those before.
    PermissionLowered = "permission-lowered" => "permission_added", Info, fine, Patch;
    /// A permission does not allow the call any more.
    PermissionRemoved = "permission-removed" => "permission_removed", Error, wire, Patch;
    /// The least permission does not allow the call any more.
    PermissionRaised = "permission-raised" => "permission_removed", Error, wire, Patch;
    /// The page says which permissions allow the call, and did not before.
    PermissionsStated = "permissions-stated" => "permissions_stated", Info, fine, Patch;
    /// The page does not say any more which permissions allow the call.
    PermissionsUnstated = "permissions-unstated" => "permissions_unstated", Warning, fine, Patch;
    /// The same permissions have another order.
    PermissionOrderChanged = "permission-order-changed" => "permission_order_changed", Info, fine, Patch;
    /// Which permissions go with which resource is another matter.
    PermissionTableChanged = "permission-table-changed" => "permission_table_changed", Info, fine, Patch;

    /// An example is there that was not.
    ExampleAdded = "example-added" => "example_added", Docs, fine, Patch;
    /// An example is gone.
    ExampleRemoved = "example-removed" => "example_removed", Docs, fine, Patch;
    /// An example shows something else.
    ExampleChanged = "example-changed" => "example_changed", Docs, fine, Patch;
    /// A description has another text.
    DescriptionChanged = "description-changed" => "description_changed", Docs, fine, Patch;
    /// A page has another title.
    TitleChanged = "title-changed" => "title_changed", Docs, fine, Patch;
    /// Properties, members or parameters stand in another order.
    OrderChanged = "order-changed" => "order_changed", Docs, fine, Patch;
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id())
    }
}

impl FromStr for Rule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|rule| rule.id() == text).ok_or_else(|| {
            let hint = crate::nearest::hint(text, Self::ALL.iter().map(|rule| rule.id()));
            format!("there is no rule `{text}`{hint}")
        })
    }
}
