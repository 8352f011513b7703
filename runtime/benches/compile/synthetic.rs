//! A made-up API of the size of a large one, as two crates: of the generator's shape, and the same
//! types by serde's derive.

use std::fmt::Write;

/// How many items of each kind the crate has.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) types: usize,
    pub(crate) fields: usize,
    pub(crate) enums: usize,
    pub(crate) updates: usize,
    pub(crate) actions: usize,
    pub(crate) nodes: usize,
    pub(crate) endpoints: usize,
}

/// What Microsoft Graph v1.0 comes to.
pub(crate) const LARGE: Size = Size {
    types: 1_240,
    fields: 8_241,
    enums: 320,
    updates: 300,
    actions: 400,
    nodes: 2_369,
    endpoints: 3_025,
};

/// A file of a crate: its path below `src`, and what stands in it.
pub(crate) type File = (String, String);

/// The type of a field.
#[derive(Clone, Copy)]
enum Type {
    String,
    Bool,
    Int32,
    Int64,
    Double,
    DateTime,
    Guid,
    Strings,
    Enum(usize),
    Object(usize),
    Objects(usize),
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }
}

/// The fields of every type. A few types are large, most are small, as in reality.
fn types(size: Size) -> Vec<Vec<Type>> {
    let mut dice = Dice(7);
    let mut counts: Vec<usize> = (0..size.types).map(|at| 2 + 3_000 / (20 + at * 2)).collect();
    let mut missing = size.fields.saturating_sub(counts.iter().sum());
    while missing > 0 {
        counts[dice.roll(size.types)] += 1;
        missing -= 1;
    }
    let fields = |(at, count)| (0..count).map(|_| field(size, at, &mut dice)).collect();
    counts.into_iter().enumerate().map(fields).collect()
}

/// A field of type `at`. Objects hold objects of few further types, as in reality, where groups of
/// types that hold each other are small and chains short.
fn field(size: Size, at: usize, dice: &mut Dice) -> Type {
    let inner = size.types - 1 - dice.roll((size.types - at).div_ceil(2));
    match dice.roll(100) {
        0..35 => Type::String,
        35..50 => Type::Bool,
        50..58 => Type::Int32,
        58..59 => Type::Int64,
        59..61 => Type::Double,
        61..67 => Type::DateTime,
        67..68 => Type::Guid,
        68..71 => Type::Strings,
        71..80 => Type::Enum(dice.roll(size.enums)),
        80..89 => Type::Object(inner),
        _ => Type::Objects(inner),
    }
}

impl Type {
    /// The type of the values, as a property has it.
    fn value(self) -> String {
        match self {
            Self::String => "::std::string::String".into(),
            Self::Bool => "bool".into(),
            Self::Int32 => "i32".into(),
            Self::Int64 => "i64".into(),
            Self::Double => "f64".into(),
            Self::DateTime => "::docbind_runtime::DateTimeOffset".into(),
            Self::Guid => "::docbind_runtime::Guid".into(),
            Self::Strings => "::std::vec::Vec<::std::string::String>".into(),
            Self::Enum(at) => format!("SomeKind{at}"),
            Self::Object(at) => format!("SomeResource{at}"),
            Self::Objects(at) => format!("::std::vec::Vec<SomeResource{at}>"),
        }
    }

    /// The type of the field. Derive has its own form, as it would be written without docbind.
    fn field(self, boxed: &str) -> String {
        match self {
            Self::Object(at) => {
                format!("::core::option::Option<{boxed}<SomeResource{at}>>")
            }
            _ => format!("::core::option::Option<{}>", self.value()),
        }
    }

    fn setter(self) -> String {
        match self {
            Self::Bool | Self::Int32 | Self::Int64 | Self::Double => self.value(),
            Self::Strings => "list ::std::string::String".into(),
            Self::Object(at) => format!("boxed SomeResource{at}"),
            Self::Objects(at) => format!("list SomeResource{at}"),
            _ => format!("into {}", self.value()),
        }
    }

    fn import(self) -> Option<String> {
        match self {
            Self::Enum(at) => Some(format!("use crate::some_kind_{at}::SomeKind{at};\n")),
            Self::Object(at) | Self::Objects(at) => {
                Some(format!("use crate::some_resource_{at}::SomeResource{at};\n"))
            }
            _ => None,
        }
    }
}

fn imports(own: usize, fields: &[Type]) -> String {
    let mut lines: Vec<_> = fields.iter().filter_map(|ty| ty.import()).collect();
    let own = format!("use crate::some_resource_{own}::SomeResource{own};\n");
    lines.retain(|line| *line != own);
    lines.sort();
    lines.dedup();
    lines.concat()
}

const BOXED: &str = "::docbind_runtime::Boxed";
const DOC: &str =
    "/// What the documentation says about this item, which is a sentence or two long.\n";

/// The crate in the generator's shape.
pub(crate) fn slots(size: Size) -> Vec<File> {
    let types = types(size);
    let mut files = Vec::new();
    let mut root = String::new();
    for (at, fields) in types.iter().enumerate() {
        writeln!(root, "pub mod some_resource_{at};").expect("writes");
        let mut text = imports(at, fields);
        text += &slot_type(&format!("SomeResource{at}"), fields, at % 5 < 3);
        text += &properties(&format!("SomeResource{at}"), fields);
        if at % 4 == 1 {
            writeln!(text, "::docbind_runtime::extends! {{ SomeResource{at} {{ crate::some_resource_{0}::SomeResource{0} }} }}", at - 1).expect("writes");
        }
        if has_update(size, at) {
            text += &update_type(&format!("SomeResource{at}"), fields);
        }
        if has_action(size, at) {
            text += &slot_type(&format!("SomeAction{at}Request"), &fields[..2], true);
        }
        files.push((format!("some_resource_{at}.rs"), text));
    }
    for at in 0..size.enums {
        writeln!(root, "pub mod some_kind_{at};").expect("writes");
        files.push((format!("some_kind_{at}.rs"), enumeration(at)));
    }
    root += "pub mod nodes;\n";
    let (nodes, node_files) = nodes(size);
    files.extend(node_files);
    files.push(("nodes.rs".into(), nodes));
    files.push(("lib.rs".into(), root));
    files
}

fn has_update(size: Size, at: usize) -> bool {
    at * size.updates % size.types < size.updates
}

fn has_action(size: Size, at: usize) -> bool {
    at * size.actions % size.types < size.actions
}

fn slot_type(name: &str, fields: &[Type], has_setters: bool) -> String {
    let mut text = format!("{DOC}#[non_exhaustive]\npub struct {name} {{\n");
    let (mut table, mut setters) = (String::new(), String::new());
    for (index, ty) in fields.iter().enumerate() {
        writeln!(text, "{DOC}pub some_field_{index}: {},", ty.field(BOXED)).expect("writes");
        writeln!(table, "{index} some_field_{index} \"someField{index}\"").expect("writes");
        writeln!(setters, "some_field_{index}({})", ty.setter()).expect("writes");
    }
    writeln!(text, "{DOC}pub extra: ::docbind_runtime::Extra,\n}}").expect("writes");
    writeln!(
        text,
        "::docbind_runtime::object! {{ {name} \"some.api.{name}\" {{\n{table}}} extra ::core::option::Option::None }}"
    )
    .expect("writes");
    if has_setters {
        writeln!(text, "::docbind_runtime::setters! {{ {name} {{\n{setters}}} }}").expect("writes");
        writeln!(
            text,
            "impl {name} {{\n{DOC}#[inline]\npub fn new() -> Self {{ Self::default() }}\n}}"
        )
        .expect("writes");
    }
    text
}

fn properties(name: &str, fields: &[Type]) -> String {
    let mut text = format!("::docbind_runtime::properties! {{ {name} {{\n");
    for (index, ty) in fields.iter().enumerate() {
        writeln!(text, "SOME_FIELD_{index} \"someField{index}\" ({})", ty.value()).expect("writes");
    }
    text + "} }\n"
}

fn update_type(of: &str, fields: &[Type]) -> String {
    let mut text = format!("{DOC}#[non_exhaustive]\npub struct {of}Update {{\n");
    let (mut table, mut setters) = (String::new(), String::new());
    for (index, ty) in fields.iter().enumerate() {
        let value = ty.value();
        writeln!(text, "{DOC}pub some_field_{index}: ::docbind_runtime::Patch<{value}>,")
            .expect("writes");
        writeln!(table, "{index} some_field_{index} \"someField{index}\"").expect("writes");
        writeln!(setters, "some_field_{index}(patch {value})").expect("writes");
    }
    writeln!(text, "{DOC}pub extra: ::docbind_runtime::Extra,\n}}").expect("writes");
    writeln!(
        text,
        "::docbind_runtime::object! {{ {of}Update \"some.api.{of}\" {{\n{table}}} extra ::docbind_runtime::Patch::Absent }}"
    )
    .expect("writes");
    writeln!(text, "::docbind_runtime::setters! {{ {of}Update {{\n{setters}}} }}").expect("writes");
    text
}

fn enumeration(at: usize) -> String {
    let mut text = format!("{DOC}#[non_exhaustive]\npub enum SomeKind{at} {{\n");
    let mut table = String::new();
    for member in 0..3 + at % 7 {
        writeln!(text, "{DOC}Member{member},").expect("writes");
        writeln!(table, "Member{member} \"member{member}\"").expect("writes");
    }
    writeln!(text, "{DOC}Unrecognized(::std::string::String),\n}}").expect("writes");
    text + &format!(
        "::docbind_runtime::enumeration! {{ SomeKind{at} {{\n{table}}} Unrecognized }}\n"
    )
}

/// Nodes in files of fifty, as a file for each first segment has them.
fn nodes(size: Size) -> (String, Vec<File>) {
    let mut root = String::new();
    let mut files = Vec::new();
    let mut endpoint = 0;
    for (file, first) in (0..size.nodes).step_by(50).enumerate() {
        writeln!(root, "pub mod group_{file};").expect("writes");
        let last = (first + 50).min(size.nodes);
        let until = last * size.endpoints / size.nodes;
        let mut text = String::new();
        let mut used: Vec<usize> = Vec::new();
        for at in first..last {
            let share = (endpoint..(at + 1) * size.endpoints / size.nodes).collect::<Vec<_>>();
            endpoint += share.len();
            let child = (at + 1 < last).then_some(at + 1);
            text += &node(size, file, at, child, &share);
            used.extend(share.iter().map(|endpoint| endpoint % size.types));
        }
        assert_eq!(endpoint, until, "all endpoints have a node");
        used.sort_unstable();
        used.dedup();
        let mut imports = String::new();
        for ty in used {
            for name in [
                format!("SomeResource{ty}"),
                format!("SomeResource{ty}Update"),
                format!("SomeAction{ty}Request"),
            ] {
                if text.contains(&format!("<{name}>")) {
                    writeln!(imports, "use crate::some_resource_{ty}::{name};").expect("writes");
                }
            }
        }
        files.push((format!("nodes/group_{file}.rs"), format!("{imports}{text}")));
    }
    (root, files)
}

fn node(size: Size, file: usize, at: usize, child: Option<usize>, endpoints: &[usize]) -> String {
    let mut text = format!(
        "/// `/someSegment/someSegment{at}/{{id}}`\npub struct Group{file}Node{at}(pub(crate) ::docbind_runtime::codegen::Node);\nimpl Group{file}Node{at} {{\n"
    );
    if let Some(child) = child {
        let by_key = child % 2 == 0;
        let (argument, node) = if by_key {
            (", id: impl ::core::fmt::Display", "self.0.with(id)")
        } else {
            ("", "self.0.clone()")
        };
        writeln!(text, "{DOC}#[inline]\npub fn some_segment_{child}(&self{argument}) -> Group{file}Node{child} {{ Group{file}Node{child}({node}) }}").expect("writes");
    }
    for endpoint in endpoints {
        let ty = endpoint % size.types;
        let template = format!("/someSegment/{{id}}/someSegment{at}/{{id}}/someName{endpoint}");
        let request = "::docbind_runtime::Request";
        let signature = match endpoint % 6 {
            0 => format!(
                "list_{endpoint}(&self) -> {request}<::docbind_runtime::Page<SomeResource{ty}>> {{ self.0.get(\"{template}\") }}"
            ),
            1 | 2 => format!(
                "get_{endpoint}(&self) -> {request}<SomeResource{ty}> {{ self.0.get(\"{template}\") }}"
            ),
            3 if has_update(size, ty) => format!(
                "update_{endpoint}(&self, body: impl ::core::convert::Into<SomeResource{ty}Update>) -> {request}<SomeResource{ty}> {{ self.0.patch(\"{template}\").json::<SomeResource{ty}Update>(body) }}"
            ),
            4 if has_action(size, ty) => format!(
                "act_{endpoint}(&self, body: impl ::core::convert::Into<SomeAction{ty}Request>) -> {request}<()> {{ self.0.post(\"{template}\").json::<SomeAction{ty}Request>(body) }}"
            ),
            3 | 4 => format!(
                "create_{endpoint}(&self, body: impl ::core::convert::Into<SomeResource{ty}>) -> {request}<SomeResource{ty}> {{ self.0.post(\"{template}\").json::<SomeResource{ty}>(body) }}"
            ),
            _ => format!(
                "delete_{endpoint}(&self) -> {request}<()> {{ self.0.delete(\"{template}\") }}"
            ),
        };
        writeln!(text, "{DOC}///\n{DOC}#[inline]\npub fn {signature}").expect("writes");
    }
    text + "}\n"
}

/// The same response types by derive, and nothing else.
pub(crate) fn derive(size: Size) -> Vec<File> {
    let types = types(size);
    let mut files = Vec::new();
    let mut root = String::new();
    for (at, fields) in types.iter().enumerate() {
        writeln!(root, "pub mod some_resource_{at};").expect("writes");
        let mut text = imports(at, fields);
        text += &derive_type(&format!("SomeResource{at}"), fields);
        files.push((format!("some_resource_{at}.rs"), text));
    }
    for at in 0..size.enums {
        writeln!(root, "pub mod some_kind_{at};").expect("writes");
        let mut text = format!(
            "{DOC}#[non_exhaustive]\n#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]\npub enum SomeKind{at} {{\n"
        );
        for member in 0..3 + at % 7 {
            writeln!(text, "{DOC}#[serde(rename = \"member{member}\")]\nMember{member},")
                .expect("writes");
        }
        writeln!(text, "{DOC}#[serde(untagged)]\nUnrecognized(::std::string::String),\n}}")
            .expect("writes");
        files.push((format!("some_kind_{at}.rs"), text));
    }
    files.push(("lib.rs".into(), root));
    files
}

fn derive_type(name: &str, fields: &[Type]) -> String {
    let mut text = format!(
        "{DOC}#[non_exhaustive]\n#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]\npub struct {name} {{\n"
    );
    for (index, ty) in fields.iter().enumerate() {
        writeln!(text, "{DOC}#[serde(rename = \"someField{index}\", skip_serializing_if = \"::core::option::Option::is_none\")]\npub some_field_{index}: {},", ty.field("::std::boxed::Box")).expect("writes");
    }
    text += "}\n";
    text
}
