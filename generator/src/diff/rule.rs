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

            /// Whether code that uses the generated crate breaks.
            pub fn breaks_rust(self) -> bool {
                self.bump() == Bump::Major
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
    ///
    /// ```text
    /// + beta/api/note-list.md
    /// ```
    ///
    /// Nothing that could be called before changes, so it is a note for readers. The crate gets a
    /// module for the version. Nothing has to be done. When the folder is there by accident, leave
    /// it out with `--api-version`.
    VersionAdded = "version-added" => "version_added", Info, fine, Minor;

    /// A version of the API is gone, with all that it held.
    ///
    /// ```text
    /// - beta/api/note-list.md
    /// - beta/resources/note.md
    /// ```
    ///
    /// Every call of that version fails, which is the removal of an API many times over, and the
    /// module of the crate is gone. Only the version is listed and not each of its types. Check
    /// that the whole folder was given; if it is meant, say when and by what the version is
    /// replaced.
    VersionRemoved = "version-removed" => "version_removed", Error, wire, Major;

    /// A resource type is there that was not.
    ///
    /// ```text
    /// + # note resource type
    /// ```
    ///
    /// Nobody could send or receive it before, so it only adds to the API. Nothing has to be done.
    TypeAdded = "type-added" => "type_added", Info, fine, Minor;

    /// A type of beta is now in this version, too.
    ///
    /// ```text
    ///   beta/resources/note.md
    /// + v1.0/resources/note.md
    /// ```
    ///
    /// It adds to the version and breaks nobody. From now on the promises of the stable version
    /// hold for it, so it is worth a look whether its names and types can stay as they are: each
    /// change of them is an error afterwards.
    TypePromoted = "type-promoted" => "type_added", Info, fine, Minor;

    /// A resource type is gone.
    ///
    /// ```text
    /// - # note resource type
    /// ```
    ///
    /// The removal of a declared type breaks everyone who reads or sends it, and the struct in Rust
    /// is gone. Keep the page and mark the type as deprecated until the service has stopped to use
    /// it. If only the page was moved or its heading changed, see whether it still states the name
    /// of the type.
    TypeRemoved = "type-removed" => "type_removed", Error, wire, Major;

    /// A type is gone from this version, and is in beta.
    ///
    /// ```text
    /// - v1.0/resources/note.md
    ///   beta/resources/note.md
    /// ```
    ///
    /// For those who call the stable version it is removed. That it can still be had in beta is no
    /// comfort, since beta must not be used in production. Keep it in the stable version, or
    /// announce the removal.
    TypeDemoted = "type-demoted" => "type_removed", Error, wire, Major;

    /// A type has another name.
    ///
    /// ```diff
    /// -# note resource type
    /// +# memo resource type
    /// ```
    ///
    /// The name is in `@odata.type` and in casts of paths, so callers who write the old name fail;
    /// a rename is a removal to them. The struct in Rust has another name, too. It was found by
    /// what both share: the page, the properties, most of the name. If the service still has the
    /// old name, correct the page.
    TypeRenamed = "type-renamed" => "type_renamed", Error, wire, Major;

    /// A complex type became an entity, or the other way round.
    ///
    /// ```diff
    /// -<!-- { "blockType": "resource", "@odata.type": "contoso.note" } -->
    /// +<!-- { "blockType": "resource", "keyProperty": "id", "@odata.type": "contoso.note" } -->
    /// ```
    ///
    /// Its JSON is the same, but entities have an address of their own and complex types are part
    /// of what holds them, so something about the calls is likely to change as well, and is listed
    /// by itself. The kind alone breaks nobody. See whether the key was added or lost by a slip of
    /// the annotation.
    TypeKindChanged = "type-kind-changed" => "type_kind_changed", Info, fine, Patch;

    /// A type extends another type, where it extended none.
    ///
    /// ```diff
    /// +Inherits from [item](item.md).
    /// ```
    ///
    /// It has the properties of the base in addition to its own, which adds to the API. Nothing has
    /// to be done, unless the base declares what the type has declared so far with another type.
    BaseAdded = "base-added" => "base_changed", Info, fine, Minor;

    /// A type extends no other type any more.
    ///
    /// ```diff
    /// -Inherits from [item](item.md).
    /// ```
    ///
    /// All that it inherited is no longer declared, and it cannot stand where the base is expected:
    /// each inherited property is a removed one. If the docs merely lost the sentence, put it back;
    /// if the type was flattened, list the inherited properties on its page and let this be
    /// ignored.
    BaseRemoved = "base-removed" => "base_changed", Error, wire, Major;

    /// A type extends another type than before.
    ///
    /// ```diff
    /// -Inherits from [item](item.md).
    /// +Inherits from [document](document.md).
    /// ```
    ///
    /// What the old base declared is gone, unless the new one declares it as well, and collections
    /// of the old base do not hold the type any more. A new base that itself extends the old one is
    /// `base-deepened`. Check the sentence against the service.
    BaseChanged = "base-changed" => "base_changed", Error, wire, Major;

    /// A type extends a type that extends the base that it had.
    ///
    /// ```diff
    /// -Inherits from [item](item.md).
    /// +Inherits from [document](document.md), which inherits from item.
    /// ```
    ///
    /// Everything that it inherited is still there, and some is added. Nothing has to be done.
    BaseDeepened = "base-deepened" => "base_changed", Info, fine, Minor;

    /// Instances of the type are now always of a derived type.
    ///
    /// ```diff
    /// -The type from which messages and events derive.
    /// +An abstract type from which messages and events derive.
    /// ```
    ///
    /// Whoever creates an instance without saying which derived type it is of gets an error, so a
    /// request that was right is wrong now. Rust code compiles as before. Say on the page which
    /// types derive from it.
    TypeBecameAbstract = "type-became-abstract" => "type_abstract_changed", Error, wire, None;

    /// Instances of the type need no longer be of a derived type.
    ///
    /// ```diff
    /// -An abstract type from which messages and events derive.
    /// +The type from which messages and events derive.
    /// ```
    ///
    /// All requests that were right stay right, so nobody breaks. Nothing has to be done.
    TypeBecameConcrete = "type-became-concrete" => "type_abstract_changed", Info, fine, None;

    /// Instances may hold properties that are not declared.
    ///
    /// ```diff
    /// -"openType": false
    /// +"openType": true
    /// ```
    ///
    /// The guidelines say that openness is no breaking change, neither when it comes nor when it
    /// goes: declared properties stay as they are, and clients have to ignore what they do not
    /// know. The crate keeps such properties in `extra` in either case.
    TypeOpened = "type-opened" => "type_open_changed", Info, fine, None;

    /// Instances no longer hold properties that are not declared.
    ///
    /// ```diff
    /// -"openType": true
    /// +"openType": false
    /// ```
    ///
    /// The guidelines say that openness is no breaking change, neither when it comes nor when it
    /// goes. Callers who set properties of their own are affected all the same, so raise the level
    /// if your users do: `type-closed = "warning"`.
    TypeClosed = "type-closed" => "type_open_changed", Info, fine, None;

    /// Other properties identify an instance.
    ///
    /// ```diff
    /// -"keyProperty": "id"
    /// +"keyProperty": "number"
    /// ```
    ///
    /// The key is part of URLs, so the URL of each instance is another one. Changes of a URL are
    /// breaking by definition. In Rust a key is text either way. If only the annotation of the page
    /// was wrong before, ignore this once with that reason.
    KeyChanged = "key-changed" => "key_changed", Error, wire, None;

    /// A further property identifies an instance.
    ///
    /// ```diff
    /// +GET /notes(number='{number}')
    /// ```
    ///
    /// The keys that there were can still be used. Nothing has to be done.
    AlternateKeyAdded = "alternate-key-added" => "alternate_key_added", Info, fine, None;

    /// A property no longer identifies an instance.
    ///
    /// ```diff
    /// -GET /notes(number='{number}')
    /// ```
    ///
    /// URLs with that key do not work any more. Keep the key, or announce its end as for an
    /// operation.
    AlternateKeyRemoved = "alternate-key-removed" => "alternate_key_removed", Error, wire, None;

    /// A type should not be used any more.
    ///
    /// ```diff
    /// +> [!CAUTION]
    /// +> The note resource is deprecated and will stop returning data.
    /// ```
    ///
    /// Nothing breaks yet, and that is the point: who uses it has time to move. The struct in Rust
    /// is marked as deprecated, so code that names it gets a compiler warning. Say on the page
    /// until when it works and what to use instead.
    TypeDeprecated = "type-deprecated" => "type_deprecated", Warning, fine, Minor;

    /// A type is no longer deprecated.
    ///
    /// ```diff
    /// -> [!CAUTION]
    /// -> The note resource is deprecated and will stop returning data.
    /// ```
    ///
    /// Good news for those who use it. If the note was lost by accident, put it back.
    TypeUndeprecated = "type-undeprecated" => "type_undeprecated", Info, fine, Patch;

    /// A type has a further property.
    ///
    /// ```diff
    /// +|color|String|Its colour. Optional.|
    /// ```
    ///
    /// Clients must be prepared for properties that they do not know, and nobody has to set this
    /// one: not breaking. In Rust it is a new field of a struct that is not exhaustive. Nothing has
    /// to be done.
    PropertyAdded = "property-added" => "property_added", Info, fine, Minor;

    /// A type has a further property, which those who create an instance must give.
    ///
    /// ```diff
    /// +|color|String|Its colour. Required.|
    /// ```
    ///
    /// Requests that were complete are rejected now, as with any required addition. In Rust the
    /// constructor takes one argument more. Give the property a default in the service and call it
    /// optional.
    RequiredPropertyAdded = "required-property-added" => "property_added", Error, wire, Major;

    /// A type has a further property that is never null, and that callers set.
    ///
    /// ```diff
    /// +|isPinned|Boolean|Whether it is pinned. Not nullable.|
    /// ```
    ///
    /// The guidelines count a new property that is not nullable as breaking for existing types,
    /// unless it has a default: callers who replace the whole object do not send it. In Rust it is
    /// a field that may be left out. If the service has a default, state it, and ignore this with
    /// that reason.
    NonNullablePropertyAdded = "non-nullable-property-added" => "property_added", Error, wire, Minor;

    /// A type lacks a property that it had.
    ///
    /// ```diff
    /// -|color|String|Its colour.|
    /// ```
    ///
    /// The removal of a declared property is breaking: readers miss it, requests that set or select
    /// it fail, and the field in Rust is gone. Mark it as deprecated first. If it only lost its
    /// row, put the row back.
    PropertyRemoved = "property-removed" => "property_removed", Error, wire, Major;

    /// A property has another name.
    ///
    /// ```diff
    /// -|color|String|Its colour.|
    /// +|colour|String|Its colour.|
    /// ```
    ///
    /// To callers that is a removal and an addition, and the guidelines name it as breaking. It was
    /// found by what both rows share: the type, the text, their place. If the service has always
    /// had the new name, the page was wrong and nobody breaks on the wire: ignore it with that
    /// reason; Rust code still has to follow.
    PropertyRenamed = "property-renamed" => "property_renamed", Error, wire, Major;

    /// A property has another type.
    ///
    /// ```diff
    /// -|size|Int32|How long it is.|
    /// +|size|String|How long it is.|
    /// ```
    ///
    /// Change to an incompatible type is breaking by definition, and the field in Rust has another
    /// type. A reference that is spelled otherwise but means the same type is no change. If the
    /// docs had the wrong type, ignore it with that reason.
    PropertyTypeChanged = "property-type-changed" => "property_type_changed", Error, wire, Major;

    /// The docs say what a property holds, of which they said nothing, or no longer do.
    ///
    /// ```diff
    ///  |color|paint|Its colour.|
    /// +# paint resource type
    /// ```
    ///
    /// As long as no page defines the type that a row names, the property is any JSON. What the
    /// service sends need not have changed, so no caller is known to break; the field in Rust has
    /// another type, hence a warning. Have the Rust code follow.
    PropertyTypeStated = "property-type-stated" => "property_type_stated", Warning, fine, Major;

    /// A property is declared by a base or by a derived type instead.
    ///
    /// ```diff
    ///  # item resource type
    /// +|createdAt|DateTimeOffset|When.|
    ///
    ///  # note resource type, which inherits from item
    /// -|createdAt|DateTimeOffset|When.|
    /// ```
    ///
    /// Every instance that had it still has it, by the same name and type, so neither callers nor
    /// Rust code see a difference. Nothing has to be done.
    PropertyMoved = "property-moved" => "property_moved", Docs, fine, None;

    /// Those who create an instance must give the property.
    ///
    /// ```diff
    /// -|color|String|Its colour. Optional.|
    /// +|color|String|Its colour. Required.|
    /// ```
    ///
    /// Requests without it were accepted and are rejected now. In Rust the constructor takes one
    /// argument more. If the service has always required it, the page was wrong: ignore it with
    /// that reason.
    PropertyBecameRequired = "property-became-required" => "property_required_changed", Error, wire, Major;

    /// Those who create an instance may leave the property out.
    ///
    /// ```diff
    /// -|color|String|Its colour. Required.|
    /// +|color|String|Its colour. Optional.|
    /// ```
    ///
    /// All requests that were right stay right. In Rust the constructor loses an argument, so code
    /// that calls it has to be changed, which is why it is a warning. Nothing else has to be done.
    PropertyBecameOptional = "property-became-optional" => "property_required_changed", Warning, fine, Major;

    /// A property can be null that could not.
    ///
    /// ```diff
    /// -|color|String|Its colour. Not nullable.|
    /// +|color|String|Its colour.|
    /// ```
    ///
    /// Readers may meet a null that they were told never comes. That is no change of the type as
    /// the guidelines mean it, but careless readers fail, hence a warning. Rust code is not
    /// affected, since fields are optional anyway.
    PropertyBecameNullable = "property-became-nullable" => "property_nullable_changed", Warning, fine, None;

    /// A property cannot be null any more.
    ///
    /// ```diff
    /// -|color|String|Its colour.|
    /// +|color|String|Its colour. Not nullable.|
    /// ```
    ///
    /// Readers are safer than before; those who set it to null get an error. Whether anyone does,
    /// the docs cannot tell, hence a warning. If the service has never taken null, nothing has to
    /// be done.
    PropertyBecameNonNullable = "property-became-non-nullable" => "property_nullable_changed", Warning, fine, None;

    /// The docs now say that a property can be null, or say so no more.
    ///
    /// ```diff
    /// -|color|String|Its colour.|
    /// +|color|String|Its colour. Nullable.|
    /// ```
    ///
    /// A property can be null unless the docs say otherwise, so this states what held before. It is
    /// listed only on request.
    PropertyNullabilityStated = "property-nullability-stated" => "property_nullable_changed", Docs, fine, None;

    /// Callers cannot set the property any more.
    ///
    /// ```diff
    /// -|color|String|Its colour.|
    /// +|color|String|Its colour. Read-only.|
    /// ```
    ///
    /// Requests that set it are rejected, or their value is ignored in silence, and in Rust its
    /// setter is gone. If the service has never taken it, the page was wrong: ignore it with that
    /// reason.
    PropertyBecameReadOnly = "property-became-read-only" => "property_read_only_changed", Error, wire, Major;

    /// Callers can set the property.
    ///
    /// ```diff
    /// -|color|String|Its colour. Read-only.|
    /// +|color|String|Its colour.|
    /// ```
    ///
    /// Nobody has to. It only adds to the API, and in Rust a setter appears. Nothing has to be
    /// done.
    PropertyBecameWritable = "property-became-writable" => "property_read_only_changed", Info, fine, Minor;

    /// A property is now a relationship.
    ///
    /// ```diff
    ///  ## Properties
    /// -|author|[person](person.md)|Who wrote it.|
    ///  ## Relationships
    /// +|author|[person](person.md)|Who wrote it.|
    /// ```
    ///
    /// A relationship comes only when `$expand` asks for it, and is changed by requests of its own,
    /// so those who read the property find nothing. If the row merely stood in the wrong table,
    /// ignore it with that reason.
    PropertyBecameNavigation = "property-became-navigation" => "property_navigation_changed", Error, wire, Major;

    /// A relationship is now a property.
    ///
    /// ```diff
    ///  ## Properties
    /// +|author|[person](person.md)|Who wrote it.|
    ///  ## Relationships
    /// -|author|[person](person.md)|Who wrote it.|
    /// ```
    ///
    /// It can no longer be expanded nor reached by a URL of its own, so such requests fail. If the
    /// row merely stood in the wrong table, ignore it with that reason.
    PropertyBecameStructural = "property-became-structural" => "property_navigation_changed", Error, wire, Major;

    /// Queries can use the property in a further way.
    ///
    /// ```diff
    /// -|color|String|Its colour. Supports `$select`.|
    /// +|color|String|Its colour. Supports `$select` and `$filter`.|
    /// ```
    ///
    /// Queries that worked before still work, so it only adds to the API. Nothing has to be done.
    PropertyQueryOptionAdded = "property-query-option-added" => "property_query_option_added", Info, fine, Patch;

    /// Queries can no longer use the property so.
    ///
    /// ```diff
    /// -|color|String|Its colour. Supports `$filter`.|
    /// +|color|String|Its colour.|
    /// ```
    ///
    /// Requests with such a query may be rejected. The property itself is as it was, and docs often
    /// lose such a remark when a row is written anew, so this is a sign of breakage and no more:
    /// see whether the service still does it, and put the remark back.
    PropertyQueryOptionRemoved = "property-query-option-removed" => "property_query_option_removed", Warning, fine, Patch;

    /// A property should not be used any more.
    ///
    /// ```diff
    /// -|color|String|Its colour.|
    /// +|color|String|Its colour. Deprecated; use **theme** instead.|
    /// ```
    ///
    /// Nothing breaks yet; users get time to move. In Rust it is marked as deprecated, so that code
    /// which names it gets a compiler warning. Say what to use instead, and until when it works.
    PropertyDeprecated = "property-deprecated" => "property_deprecated", Warning, fine, Minor;

    /// A property is no longer deprecated.
    ///
    /// ```diff
    /// -|color|String|Its colour. Deprecated; use **theme** instead.|
    /// +|color|String|Its colour.|
    /// ```
    ///
    /// Good news for those who use it. If the remark was lost by accident, put it back.
    PropertyUndeprecated = "property-undeprecated" => "property_undeprecated", Info, fine, Patch;

    /// An enumeration is there that was not.
    ///
    /// ```text
    /// + ### priority values
    /// ```
    ///
    /// Nothing refers to it that was there before, else that is a change of its own. Nothing has to
    /// be done.
    EnumAdded = "enum-added" => "enum_added", Info, fine, Minor;

    /// An enumeration of beta is now in this version, too.
    ///
    /// ```text
    ///   beta/resources/enums.md: priority values
    /// + v1.0/resources/enums.md: priority values
    /// ```
    ///
    /// It adds to the version and breaks nobody. See whether it has the member
    /// `unknownFutureValue`: without it, each later member is a breaking change.
    EnumPromoted = "enum-promoted" => "enum_added", Info, fine, Minor;

    /// An enumeration is gone.
    ///
    /// ```text
    /// - ### priority values
    /// ```
    ///
    /// Its members are removed with it, and the Rust type is gone. Where properties have become
    /// strings instead, these are listed, too. If only the table was moved or its heading changed,
    /// see whether its name can still be read.
    EnumRemoved = "enum-removed" => "enum_removed", Error, wire, Major;

    /// An enumeration is gone from this version, and is in beta.
    ///
    /// ```text
    /// - v1.0/resources/enums.md: priority values
    ///   beta/resources/enums.md: priority values
    /// ```
    ///
    /// For those who call the stable version it is removed. Keep it there, or announce its end.
    EnumDemoted = "enum-demoted" => "enum_removed", Error, wire, Major;

    /// An enumeration has another name.
    ///
    /// ```diff
    /// -### priority values
    /// +### importance values
    /// ```
    ///
    /// JSON holds only the members, but the name is written in casts and in filters of the older
    /// form, and in Rust the type has another name. It was found by the members that both share. If
    /// the service still has the old name, correct the page.
    EnumRenamed = "enum-renamed" => "enum_renamed", Error, wire, Major;

    /// Several members can now be given at once, or no longer.
    ///
    /// ```diff
    ///  ### labels values
    /// -The colours of a label.
    /// +The colours of a label, a multi-valued enumeration.
    /// ```
    ///
    /// Where several can be given, text such as `red,blue` comes, which readers of one member do
    /// not understand; where only one can be given, such text is rejected. In Rust it is another
    /// type.
    EnumFlagsChanged = "enum-flags-changed" => "enum_flags_changed", Error, wire, Major;

    /// An enumeration that may grow has a further member.
    ///
    /// ```diff
    ///  |normal|
    /// +|urgent|
    ///  |unknownFutureValue|
    /// ```
    ///
    /// The member `unknownFutureValue` has told callers to expect more, and the service sends new
    /// ones only to those who ask for them. Rust code has a variant more in an enumeration that is
    /// not exhaustive; not for a value that only the description of a property names, while the
    /// table of the enumeration lacks it. Add its row there. Else nothing has to be done.
    EnumMemberAdded = "enum-member-added" => "enum_member_added", Info, fine, Minor;

    /// An enumeration that was not to grow has a further member.
    ///
    /// ```diff
    ///  |low|
    ///  |normal|
    /// +|urgent|
    /// ```
    ///
    /// Without `unknownFutureValue` the list is complete, and callers may have taken it so: the
    /// guidelines call a new member of an enumeration that is not evolvable a breaking change. Code
    /// of this crate copes, since unknown text is kept. Where the docs merely lacked a member that
    /// the service has always sent, ignore it with that reason. A value that only the description
    /// of a property names counts as well; the enumeration's table should have a row for it.
    ClosedEnumMemberAdded = "closed-enum-member-added" => "enum_member_added", Error, wire, Minor;

    /// An enumeration may grow from now on.
    ///
    /// ```diff
    ///  |normal|
    /// +|unknownFutureValue|
    /// ```
    ///
    /// The sentinel itself is never sent to those who did not ask, so it breaks nobody, and later
    /// members break nobody either. Nothing has to be done.
    EnumBecameEvolvable = "enum-became-evolvable" => "enum_member_added", Info, fine, Minor;

    /// An enumeration is not to grow any more.
    ///
    /// ```diff
    ///  |normal|
    /// -|unknownFutureValue|
    /// ```
    ///
    /// The sentinel itself is hardly ever sent, so callers go on as before; but the variant in Rust
    /// is gone, and each later member will be a breaking change. Put the row back, unless the list
    /// is complete for good.
    EnumBecameClosed = "enum-became-closed" => "enum_member_removed", Warning, fine, Major;

    /// An enumeration lacks a member that it had.
    ///
    /// ```diff
    ///  |normal|
    /// -|urgent|
    /// ```
    ///
    /// Requests with it are rejected, and the variant in Rust is gone. Keep the member and call it
    /// deprecated.
    EnumMemberRemoved = "enum-member-removed" => "enum_member_removed", Error, wire, Major;

    /// A member has another name.
    ///
    /// ```diff
    /// -|urgent|
    /// +|critical|
    /// ```
    ///
    /// JSON holds the name, so that is a removal and an addition to callers. If the docs only had a
    /// slip in it, ignore it with that reason; Rust code has to follow in either case.
    EnumMemberRenamed = "enum-member-renamed" => "enum_member_renamed", Error, wire, Major;

    /// A member has another number.
    ///
    /// ```diff
    /// -|urgent|2|
    /// +|urgent|3|
    /// ```
    ///
    /// JSON holds names and not numbers, so callers and Rust code see no difference. It is a
    /// warning since numbers do not change in a living service: one of the two tables is wrong.
    EnumMemberValueChanged = "enum-member-value-changed" => "enum_member_value_changed", Warning, fine, None;

    /// An operation is there that was not.
    ///
    /// ```diff
    /// +GET /me/notes
    /// ```
    ///
    /// It adds to the API, and whoever does not call it sees no difference. Nothing has to be done.
    OperationAdded = "operation-added" => "operation_added", Info, fine, Minor;

    /// An operation of beta is now in this version, too.
    ///
    /// ```text
    ///   beta: GET /me/notes
    /// + v1.0: GET /me/notes
    /// ```
    ///
    /// It adds to the version and breaks nobody. From now on the promises of the stable version
    /// hold for it.
    OperationPromoted = "operation-promoted" => "operation_added", Info, fine, Minor;

    /// A further page describes calls that were documented before.
    ///
    /// ```diff
    ///  api/note-list.md      GET /me/notes
    /// +api/user-list-notes.md GET /me/notes
    /// ```
    ///
    /// All its calls could be made before, so it adds nothing to the API but its text. See whether
    /// both pages say the same of the call: what differs between them is a diagnostic of `docbind
    /// check`.
    OperationSplit = "operation-split" => "operation_added", Info, fine, Patch;

    /// An operation is gone.
    ///
    /// ```diff
    /// -DELETE /me/notes/{id}
    /// ```
    ///
    /// The removal of an API is the plainest of breaking changes, and the function in Rust is gone.
    /// Mark the page as deprecated first. If the page was moved, see whether its HTTP request
    /// section can still be read.
    OperationRemoved = "operation-removed" => "operation_removed", Error, wire, Major;

    /// An operation is gone from this version, and is in beta.
    ///
    /// ```text
    /// - v1.0: GET /me/notes
    ///   beta: GET /me/notes
    /// ```
    ///
    /// For those who call the stable version it is removed. Keep it there, or announce its end.
    OperationDemoted = "operation-demoted" => "operation_removed", Error, wire, Major;

    /// A page is gone, and others describe its calls.
    ///
    /// ```diff
    ///  api/note-list.md      GET /me/notes
    /// -api/user-list-notes.md GET /me/notes
    /// ```
    ///
    /// All of its calls are still documented, so callers do not notice. Links to the page break:
    /// leave a redirect.
    OperationMerged = "operation-merged" => "operation_removed", Info, fine, Patch;

    /// The page of an operation has another name.
    ///
    /// ```diff
    /// -api/note-list.md
    /// +api/user-list-notes.md
    /// ```
    ///
    /// The call is the same, on the wire and in Rust, where functions are named by paths and not by
    /// pages. Filters and ignore files that use the name of the page have to follow. Leave a
    /// redirect for links to the old page.
    OperationRenamed = "operation-renamed" => "operation_renamed", Info, fine, Patch;

    /// An operation is called by another method.
    ///
    /// ```diff
    /// -POST /me/notes/{id}/archive
    /// +PUT /me/notes/{id}/archive
    /// ```
    ///
    /// Requests with the old method are answered by 405, and the function in Rust has another name.
    /// Keep both for a while. If the docs had the wrong method, ignore it with that reason.
    MethodChanged = "method-changed" => "method_changed", Error, wire, Major;

    /// An operation does something of another kind by the same call.
    ///
    /// ```diff
    /// -This method returns one [note](../resources/note.md) object.
    /// +This method returns a collection of [note](../resources/note.md) objects.
    /// ```
    ///
    /// Method and path say what kind of operation it is, together with what stands at the path: an
    /// action, a list, the value of a property. The call is the same, but the function in Rust may
    /// have another name or result, so it is a warning. It is listed only where no other change of
    /// the operation tells more.
    OperationKindChanged = "operation-kind-changed" => "operation_kind_changed", Warning, fine, Major;

    /// An operation should not be used any more.
    ///
    /// ```diff
    /// +> [!CAUTION]
    /// +> This API is deprecated; use [List notes](note-list.md) instead.
    /// ```
    ///
    /// Nothing breaks yet; users get time to move. The function in Rust is marked as deprecated, so
    /// that code which calls it gets a compiler warning. Say what to use instead, and until when it
    /// works.
    OperationDeprecated = "operation-deprecated" => "operation_deprecated", Warning, fine, Minor;

    /// An operation is no longer deprecated.
    ///
    /// ```diff
    /// -> [!CAUTION]
    /// -> This API is deprecated; use [List notes](note-list.md) instead.
    /// ```
    ///
    /// Good news for those who call it. If the note was lost by accident, put it back.
    OperationUndeprecated = "operation-undeprecated" => "operation_undeprecated", Info, fine, Patch;

    /// The text names the same type for an answer, and something else that counts says otherwise.
    ///
    /// ```diff
    ///  If successful, this method returns a [note](../resources/note.md) object.
    /// -<!-- {"blockType": "response", "@odata.type": "example.note"} -->
    /// +<!-- {"blockType": "response", "@odata.type": "example.memo"} -->
    /// ```
    ///
    /// Examples, and the paths of other pages, tell what a call answers where texts are wrong. They
    /// are no statement of this page, and the service need not have changed, so that it is listed
    /// only on request. The function in Rust returns the other type, which the bump says. Where
    /// something else counted before as well, and another thing does now, it is `response-changed`.
    ResponseEvidenceChanged = "response-evidence-changed" => "response_evidence_changed", Docs, fine, Major;

    /// The text names the same type for a request, and a path that counts leads to another.
    ///
    /// ```diff
    ///  In the request body, supply a JSON representation of a [note](../resources/note.md) object.
    /// -POST /notes
    /// +POST /memos
    /// ```
    ///
    /// What a collection holds is told by all pages whose paths lead there. They are no statement of
    /// this page, and the service need not have changed, so that it is listed only on request. The
    /// function in Rust takes the other type, which the bump says.
    RequestEvidenceChanged = "request-evidence-changed" => "request_evidence_changed", Docs, fine, Major;

    /// The text names another type for an answer, and it is what was taken for true before.
    ///
    /// ```diff
    /// -returns a `200 OK` response code and a [memo](../resources/memo.md) object.
    /// +returns a `200 OK` response code and a [note](../resources/note.md) object.
    ///  <!-- {"blockType": "response", "@odata.type": "example.note"} -->
    /// ```
    ///
    /// An example, or the paths of other pages, said so all the time, and counted. The text is right
    /// now; nothing changes for callers, nor in Rust. Where a text departs from what counts,
    /// `response-changed` says so.
    ResponseStatementChanged = "response-statement-changed" => "response_changed", Info, fine, Patch;

    /// The text names another type for a request, and it is what was taken for true before.
    ///
    /// ```diff
    ///  POST /notes
    /// -In the request body, supply a JSON representation of a [memo](../resources/memo.md) object.
    /// +In the request body, supply a JSON representation of a [note](../resources/note.md) object.
    /// ```
    ///
    /// What the collection holds is told by other pages as well, and that counted. The text is right
    /// now; nothing changes for callers, nor in Rust. Where a text departs from what counts,
    /// `request-changed` says so.
    RequestStatementChanged = "request-statement-changed" => "request_changed", Info, fine, Patch;

    /// An operation has a further path.
    ///
    /// ```diff
    ///  GET /me/notes
    /// +GET /users/{id}/notes
    /// ```
    ///
    /// The paths that there were still work, so it only adds to the API. Nothing has to be done.
    PathAdded = "path-added" => "path_added", Info, fine, Minor;

    /// An operation has a further path, which another one had before.
    ///
    /// ```diff
    ///  api/user-list-notes.md
    /// +GET /users/{id}/notes
    /// ```
    ///
    /// The call could be made before, and another page described it. Nothing changes for callers.
    PathTaken = "path-taken" => "path_added", Info, fine, Patch;

    /// An operation lacks a path that it had.
    ///
    /// ```diff
    ///  GET /me/notes
    /// -GET /users/{id}/notes
    /// ```
    ///
    /// Calls of this path fail, which is a change of a URL, and the chain of functions that leads
    /// there in Rust is gone. If the page only was shortened, put the line back.
    PathRemoved = "path-removed" => "path_removed", Error, wire, Major;

    /// An operation lacks a path that it had, and another one has it.
    ///
    /// ```diff
    ///  api/note-list.md
    /// -GET /users/{id}/notes
    /// ```
    ///
    /// The call is still documented, on another page. Nothing changes for callers.
    PathGiven = "path-given" => "path_removed", Info, fine, Patch;

    /// A path is another one.
    ///
    /// ```diff
    /// -GET /me/notes
    /// +GET /me/onenote/notes
    /// ```
    ///
    /// Changes of a URL are breaking by definition, and functions in Rust follow the path. Keep the
    /// old path for a while and list both. If the docs had a slip in the path, ignore it with that
    /// reason.
    PathChanged = "path-changed" => "path_changed", Error, wire, Major;

    /// A path is spelled otherwise, and means the same.
    ///
    /// ```diff
    /// -GET /me/Notes/{id}
    /// +GET /me/notes/{note-id}
    /// ```
    ///
    /// The service does not care for case, and what a placeholder is called is nobody's business.
    /// It is listed only on request.
    PathSpelling = "path-spelling" => "path_spelling_changed", Docs, fine, Patch;

    /// An operation takes a further parameter, which may be left out.
    ///
    /// ```diff
    /// +|color|String|Only notes of this colour. Optional.|
    /// ```
    ///
    /// Requests without it work as before. In Rust an argument in the parentheses of a function's
    /// path is a breaking change nevertheless, which the bump says. Otherwise nothing has to be
    /// done.
    ParameterAdded = "parameter-added" => "parameter_added", Info, fine, Minor;

    /// An operation takes a further parameter, which must be given.
    ///
    /// ```diff
    /// +|If-Match|String|The ETag of the note. Required.|
    /// ```
    ///
    /// Requests without it are rejected now: a new required header or a new parameter that cannot
    /// be null is breaking by definition. Give it a default, or make a new operation of it. If the
    /// service has always required it, the page was wrong: ignore it with that reason.
    RequiredParameterAdded = "required-parameter-added" => "parameter_added", Error, wire, Major;

    /// An operation does not take a parameter any more.
    ///
    /// ```diff
    /// -|color|String|Only notes of this colour. Optional.|
    /// ```
    ///
    /// The removal of a parameter is breaking by definition: requests with it are rejected, or mean
    /// something else in silence. If it only lost its row, put the row back.
    ParameterRemoved = "parameter-removed" => "parameter_removed", Error, wire, Major;

    /// A parameter has another name.
    ///
    /// ```diff
    /// -|color|String|Only notes of this colour.|
    /// +|colour|String|Only notes of this colour.|
    /// ```
    ///
    /// The guidelines name the rename of a parameter as breaking, for requests with the old name
    /// fail. What a placeholder of a path is called does not count, since it is not sent. If the
    /// docs had a slip in the name, ignore it with that reason.
    ParameterRenamed = "parameter-renamed" => "parameter_renamed", Error, wire, Major;

    /// A parameter has another type.
    ///
    /// ```diff
    /// -|days|Int32|For how long.|
    /// +|days|String|For how long.|
    /// ```
    ///
    /// Values that were accepted may be rejected, and the function in Rust takes another type. If
    /// the docs had the wrong type, ignore it with that reason.
    ParameterTypeChanged = "parameter-type-changed" => "parameter_type_changed", Error, wire, Major;

    /// The docs say what a parameter holds, of which they said nothing, or no longer do.
    ///
    /// ```diff
    ///  |color|paint|Only notes of this colour.|
    /// +# paint resource type
    /// ```
    ///
    /// As long as no page defines the type that a row names, the parameter is any JSON. What the
    /// service takes need not have changed, so no caller is known to break; the function in Rust
    /// takes another type, hence a warning. Have the Rust code follow.
    ParameterTypeStated = "parameter-type-stated" => "parameter_type_stated", Warning, fine, Major;

    /// A parameter must be given.
    ///
    /// ```diff
    /// -|days|Int32|For how long. Optional.|
    /// +|days|Int32|For how long. Required.|
    /// ```
    ///
    /// Requests without it were accepted and are rejected now, as with a new required parameter. If
    /// the service has always required it, the page was wrong: ignore it with that reason.
    ParameterBecameRequired = "parameter-became-required" => "parameter_required_changed", Error, wire, Major;

    /// A parameter may be left out.
    ///
    /// ```diff
    /// -|days|Int32|For how long. Required.|
    /// +|days|Int32|For how long. Optional.|
    /// ```
    ///
    /// All requests that were right stay right. In Rust a function or a constructor loses an
    /// argument, so code that calls it has to be changed, which is why it is a warning.
    ParameterBecameOptional = "parameter-became-optional" => "parameter_required_changed", Warning, fine, Major;

    /// A parameter goes elsewhere: into the query instead of a header.
    ///
    /// ```diff
    ///  ## Request headers
    /// -|color|String|Only notes of this colour.|
    ///  ## Query parameters
    /// +|color|String|Only notes of this colour.|
    /// ```
    ///
    /// Where it was, the service does not look any more, so the request has changed fundamentally.
    /// If the row merely stood in the wrong table, ignore it with that reason.
    ParameterLocationChanged = "parameter-location-changed" => "parameter_location_changed", Error, wire, Major;

    /// A parameter can be null that could not, or the other way round.
    ///
    /// ```diff
    /// -|days|Int32|For how long.|
    /// +|days|Int32|For how long. Not nullable.|
    /// ```
    ///
    /// Those who send null are rejected, where it is not allowed any more; where it is allowed,
    /// nobody notices. Whether anyone sends null the docs cannot tell, hence a warning. Rust code
    /// compiles as before.
    ParameterNullableChanged = "parameter-nullable-changed" => "parameter_nullable_changed", Warning, fine, None;

    /// An operation takes a body, where it took none.
    ///
    /// ```diff
    /// -Do not supply a request body for this method.
    /// +In the request body, supply a [note](../resources/note.md) object.
    /// ```
    ///
    /// Requests without a body are rejected, unless it can be left out, which the docs do not say.
    /// The function in Rust takes an argument. If the service has always taken a body, the page was
    /// wrong: ignore it with that reason.
    RequestAdded = "request-added" => "request_changed", Error, wire, Major;

    /// An operation takes no body any more.
    ///
    /// ```diff
    /// -In the request body, supply a [note](../resources/note.md) object.
    /// +Do not supply a request body for this method.
    /// ```
    ///
    /// Services ignore a body that they do not need, so requests are likely to work as before, but
    /// what callers said in it counts no more. The function in Rust loses its argument, which makes
    /// it a warning.
    RequestRemoved = "request-removed" => "request_changed", Warning, fine, Major;

    /// The body of a request is of another type.
    ///
    /// ```diff
    /// -In the request body, supply a [note](../resources/note.md) object.
    /// +In the request body, supply a [memo](../resources/memo.md) object.
    /// ```
    ///
    /// The request of a resource has changed fundamentally, and so has the argument in Rust. If the
    /// page linked to the wrong type, ignore it with that reason.
    RequestChanged = "request-changed" => "request_changed", Error, wire, Major;

    /// A success has another body.
    ///
    /// ```diff
    /// -Returns a `200 OK` response code and a [note](../resources/note.md) object.
    /// +Returns a `200 OK` response code and a collection of [note](../resources/note.md) objects.
    /// ```
    ///
    /// The response of a resource has changed fundamentally: readers do not find what they look
    /// for, and the function in Rust has another result. If the sentence was wrong before, ignore
    /// it with that reason.
    ResponseChanged = "response-changed" => "response_changed", Error, wire, Major;

    /// A success has another status, and the same body.
    ///
    /// ```diff
    /// -Returns a `201 Created` response code and a [note](../resources/note.md) object.
    /// +Returns a `200 OK` response code and a [note](../resources/note.md) object.
    /// ```
    ///
    /// Callers should take every status below 300 for a success, and the crate does. Some compare
    /// numbers, hence a warning.
    ResponseStatusChanged = "response-status-changed" => "response_changed", Warning, fine, None;

    /// An operation has a further success.
    ///
    /// ```diff
    /// -Returns a `200 OK` response code and a [note](../resources/note.md) object.
    /// +Returns a `200 OK` response code and a [note](../resources/note.md) object, or `202 Accepted`.
    /// ```
    ///
    /// Callers may get an answer that they have not seen before, without the body that they expect.
    /// The old one still comes, hence a warning.
    ResponseAdded = "response-added" => "response_added", Warning, fine, Patch;

    /// An operation lacks a success that it had.
    ///
    /// ```diff
    /// -Returns a `200 OK` response code and a [note](../resources/note.md) object, or `202 Accepted`.
    /// +Returns a `200 OK` response code and a [note](../resources/note.md) object.
    /// ```
    ///
    /// Whoever handles the others has nothing to do. Whoever waits for this one waits in vain,
    /// hence a warning. If the sentence was merely shortened, put the status back.
    ResponseRemoved = "response-removed" => "response_removed", Warning, fine, Patch;

    /// Queries can use a further option.
    ///
    /// ```diff
    /// -This method supports `$select`.
    /// +This method supports `$select` and `$filter`.
    /// ```
    ///
    /// Requests without it work as before, so it only adds to the API. Nothing has to be done.
    QueryOptionAdded = "query-option-added" => "query_option_added", Info, fine, Patch;

    /// Queries can no longer use an option.
    ///
    /// ```diff
    /// -This method supports `$select` and `$filter`.
    /// +This method supports `$select`.
    /// ```
    ///
    /// Requests with it are rejected, or answered with more than was asked for. The removal of a
    /// parameter is breaking. In Rust the option is still there for what answers collections, so
    /// nothing tells at compile time. If the remark was merely lost, put it back.
    QueryOptionRemoved = "query-option-removed" => "query_option_removed", Error, wire, Patch;

    /// A further permission allows the call.
    ///
    /// ```diff
    /// -|Application|Notes.Read|
    /// +|Application|Notes.Read, Notes.ReadWrite|
    /// ```
    ///
    /// Whoever could call it still can. Nothing has to be done.
    PermissionAdded = "permission-added" => "permission_added", Info, fine, Patch;

    /// A permission allows the call that is less than those before.
    ///
    /// ```diff
    /// -|Application|Notes.ReadWrite|
    /// +|Application|Notes.Read, Notes.ReadWrite|
    /// ```
    ///
    /// The list goes from least to most, and the first is a new one. Whoever could call it still
    /// can, and those who want to ask for less now have the choice.
    PermissionLowered = "permission-lowered" => "permission_added", Info, fine, Patch;

    /// A permission does not allow the call any more.
    ///
    /// ```diff
    /// -|Application|Notes.Read, Notes.ReadWrite|
    /// +|Application|Notes.Read|
    /// ```
    ///
    /// Programs that were granted this permission alone are answered by 403, until an administrator
    /// consents to another one. Rust code compiles as before, and `permissions()` says something
    /// else. If the docs promised too much before, ignore it with that reason.
    PermissionRemoved = "permission-removed" => "permission_removed", Error, wire, Patch;

    /// The least permission does not allow the call any more.
    ///
    /// ```diff
    /// -|Application|Notes.Read, Notes.ReadWrite|
    /// +|Application|Notes.ReadWrite|
    /// ```
    ///
    /// Programs are advised to ask for the least, so this hits the careful ones: they are answered
    /// by 403, until an administrator consents to more. Keep the old permission, or announce the
    /// change.
    PermissionRaised = "permission-raised" => "permission_removed", Error, wire, Patch;

    /// A permission is spelled otherwise.
    ///
    /// ```diff
    /// -|Application|Notes.ReadWite|
    /// +|Application|Notes.ReadWrite|
    /// ```
    ///
    /// The two names differ by a letter or two, and nothing says that both exist: where other pages
    /// of both sides use both, it is a permission that came and another that went. A slip was made
    /// or mended, and the service asks for what it always asked for. It is listed only on request,
    /// and what `permissions()` says follows.
    PermissionRespelled = "permission-respelled" => "permission_respelled", Docs, fine, Patch;

    /// The page says which permissions allow the call, and did not before.
    ///
    /// ```diff
    /// +|Application|Notes.Read|
    /// ```
    ///
    /// A fact that was missing. What the service asks for need not have changed.
    PermissionsStated = "permissions-stated" => "permissions_stated", Info, fine, Patch;

    /// The page does not say any more which permissions allow the call.
    ///
    /// ```diff
    /// -|Application|Notes.Read|
    /// ```
    ///
    /// No permission at all is `Not supported.` in the table; a table that is gone or cannot be
    /// read says nothing. Callers have lost the advice and not the permission, hence a warning. Put
    /// the table back, or mend it: `docbind check` says what is wrong with it.
    PermissionsUnstated = "permissions-unstated" => "permissions_unstated", Warning, fine, Patch;

    /// The same permissions have another order.
    ///
    /// ```diff
    /// -|Application|Notes.Read, Notes.ReadWrite|
    /// +|Application|Notes.ReadWrite, Notes.Read|
    /// ```
    ///
    /// Each of them allows the call, before and after. The order goes from least to most, and says
    /// what to ask for: see whether the new first one is really the least.
    PermissionOrderChanged = "permission-order-changed" => "permission_order_changed", Info, fine, Patch;

    /// Which permissions go with which resource is another matter.
    ///
    /// ```diff
    /// -|group|Notes.Read.Group|
    /// +|group|Notes.Read.All|
    ///  |user|Notes.Read.All, Notes.Read.Group|
    /// ```
    ///
    /// Where a page has several tables, or one with a row for each resource, all permissions
    /// together are the same, and their distribution is not. Read both tables: for one resource the
    /// call may need more than before.
    PermissionTableChanged = "permission-table-changed" => "permission_table_changed", Info, fine, Patch;

    /// An example is there that was not.
    ///
    /// ```diff
    /// +### Example 2: List notes of a colour
    /// ```
    ///
    /// Examples show facts and state none. It is listed only on request.
    ExampleAdded = "example-added" => "example_added", Docs, fine, Patch;

    /// An example is gone.
    ///
    /// ```diff
    /// -### Example 2: List notes of a colour
    /// ```
    ///
    /// Examples show facts and state none. It is listed only on request. The mock server has one
    /// answer less.
    ExampleRemoved = "example-removed" => "example_removed", Docs, fine, Patch;

    /// An example shows something else.
    ///
    /// ```diff
    /// -GET https://api.contoso.com/v1.0/notes?$top=5
    /// +GET https://api.contoso.com/v1.0/notes?$top=10
    /// ```
    ///
    /// Examples show facts and state none. It is listed only on request. Where a type is known from
    /// examples alone, what changes of it is a change of its own.
    ExampleChanged = "example-changed" => "example_changed", Docs, fine, Patch;

    /// A description has another text.
    ///
    /// ```diff
    /// -|color|String|Its colour.|
    /// +|color|String|The colour of the note.|
    /// ```
    ///
    /// Facts in the text, such as `Required` or `Read-only`, are compared by themselves, so only
    /// words are left. It is listed only on request, and the doc comment in Rust follows.
    DescriptionChanged = "description-changed" => "description_changed", Docs, fine, Patch;

    /// A page has another title.
    ///
    /// ```diff
    /// -# List notes
    /// +# List the notes of a user
    /// ```
    ///
    /// Titles name nothing that is called. It is listed only on request.
    TitleChanged = "title-changed" => "title_changed", Docs, fine, Patch;

    /// Properties, members or parameters stand in another order.
    ///
    /// ```diff
    /// -|text|String|What it says.|
    ///  |color|String|Its colour.|
    /// +|text|String|What it says.|
    /// ```
    ///
    /// JSON objects have no order, and the guidelines say that the order of properties does not
    /// matter. It is listed only on request.
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
