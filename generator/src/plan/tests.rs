//! What becomes of small APIs.

use std::fmt::Write;

use expect_test::{Expect, expect};

use super::sample::{api, enum_, ty};
use super::*;
use crate::model::Api;

fn options() -> Options {
    Options {
        name: "client".to_owned(),
        client: "Client".to_owned(),
        runtime: Runtime::Version("0.1.0".to_owned()),
        is_workspace: false,
        ..Options::default()
    }
}

/// The functions of all nodes, and what there was to say.
#[track_caller]
fn check_nodes(operations: &[&str], expected: &Expect) {
    let types = vec![
        ty("ns.entity", None, &["id: String"]),
        ty("ns.user", Some("ns.entity"), &["name: String", "messages*: ns.message[]"]),
        ty("ns.message", Some("ns.entity"), &["subject!: String"]),
        ty("ns.eventMessage", Some("ns.message"), &["start: Date"]),
    ];
    check_functions(&api(types, Vec::new(), operations), expected);
}

#[track_caller]
fn check_functions(api: &Api, expected: &Expect) {
    let (plan, findings) = plan(api, &options());
    let version = &plan.versions[0];
    let mut text = String::new();
    for node in &version.nodes {
        writeln!(text, "{} in {}", node.ident, node.module).unwrap();
        for accessor in &node.accessors {
            let arguments: Vec<_> = accessor
                .arguments
                .iter()
                .map(|argument| match argument.kind {
                    ArgumentKind::Required => argument.ident.to_string(),
                    kind => format!("{}: {kind:?}", argument.ident),
                })
                .collect();
            let child = &version.nodes[accessor.node].ident;
            writeln!(text, "  {}({}) -> {child}", accessor.ident, arguments.join(", ")).unwrap();
        }
        for endpoint in &node.endpoints {
            let body = match endpoint.body {
                BodyPlan::Nothing => String::new(),
                BodyPlan::Struct(at) => version.structs[at].ident.to_string(),
                BodyPlan::Update(at) => {
                    version.structs[at].update.as_ref().expect("it is updated").to_string()
                }
                BodyPlan::Request(at) => {
                    let (namespace, module) = version.request_modules[at];
                    let module = &version.namespaces[namespace].modules[module].ident;
                    format!("{module}::{}", version.requests[at].ident)
                }
                other => format!("{other:?}"),
            };
            let response = match endpoint.response {
                ResponsePlan::One(Scalar::Struct(at)) => version.structs[at].ident.to_string(),
                ResponsePlan::Page(Scalar::Struct(at)) => {
                    format!("Page<{}>", version.structs[at].ident)
                }
                other => format!("{other:?}"),
            };
            let (method, route) = (endpoint.method.as_str(), &endpoint.route);
            writeln!(text, "  {}({body}) = {method} {route} -> {response}", endpoint.ident)
                .unwrap();
        }
    }
    for finding in findings {
        writeln!(text, "{}: {}", finding.code.id(), finding.message).unwrap();
    }
    expected.assert_eq(&text);
}

#[test]
fn a_collection_and_its_elements() {
    check_nodes(
        &[
            "list: list GET /users/{id}/messages -> ns.message[]",
            "create: create POST /users/{user-id}/messages (ns.message) -> 201 ns.message",
            "get: get GET /users/{id}/messages/{id} -> ns.message",
            "update: update PATCH /users/{id}/messages/{id} (ns.message) -> ns.message | 204",
            "replace: get PUT /users/{id}/messages/{id} (ns.message) -> ns.message",
            "delete: get DELETE /users/{id}/messages/{id} -> 204",
            "count: count GET /users/{id}/messages/$count -> Int32",
        ],
        &expect![[r#"
            Client in client
              users() -> Users
            Users in users
              by_id(id) -> UsersById
            UsersById in users
              messages() -> UsersByIdMessages
            UsersByIdMessages in users
              by_id(id) -> UsersByIdMessagesById
              list() = GET /users/{id}/messages -> Page<Message>
              count() = GET /users/{id}/messages/$count -> Count
              create(Message) = POST /users/{id}/messages -> Message
            UsersByIdMessagesById in users
              get() = GET /users/{id}/messages/{id} -> Message
              replace(Message) = PUT /users/{id}/messages/{id} -> Message
              update(MessageUpdate) = PATCH /users/{id}/messages/{id} -> Optional(Struct(2))
              delete() = DELETE /users/{id}/messages/{id} -> Nothing
        "#]],
    );
}

#[test]
fn actions_and_functions() {
    check_nodes(
        &[
            "get: get GET /me -> ns.user",
            "send: action POST /me/sendMail (message!: ns.message, save: Boolean) -> 202",
            "view: function GET /me/reminderView(start='{start}',end={end}) -> ns.message[]",
            "delta: function GET /users/delta -> ns.user[]",
            "image: function GET /me/image(width=640) /me/image(width=640,fit='x') /me/image -> Stream",
            "flag: function GET /me/isOld -> Boolean",
            "by-date: function GET /me/usage(date={date}) -> Stream",
            "by-period: function GET /me/usage(period='{period}') -> Stream",
        ],
        &expect![[r#"
            Client in client
              me() -> Me
              users() -> Users
            Me in me
              image(width: OptionalNumber, fit: OptionalText) -> MeImage
              is_old() -> MeIsOld
              reminder_view(start, end) -> MeReminderView
              usage(date) -> MeUsage
              usage_by_period(period) -> MeUsageByPeriod
              get() = GET /me -> User
              send_mail(user::SendMailRequest) = POST /me/sendMail -> Accepted
            MeReminderView in me
              get() = GET /me/reminderView(start='{start}',end={end}) -> Page<Message>
            Users in users
              delta() -> UsersDelta
            UsersDelta in users
              get() = GET /users/delta -> Page<User>
            MeImage in me
              get() = GET /me/image({?width,fit'}) -> Bytes
            MeIsOld in me
              get() = GET /me/isOld -> Value(Primitive(Boolean))
            MeUsage in me
              get() = GET /me/usage(date={date}) -> Bytes
            MeUsageByPeriod in me
              get() = GET /me/usage(period='{period}') -> Bytes
        "#]],
    );
}

#[test]
fn references_casts_keys_and_paths() {
    check_nodes(
        &[
            "refs: reference GET /groups/{id}/members/$ref -> String[]",
            "add: reference POST /groups/{id}/members/$ref -> 204",
            "set: reference PUT /groups/{id}/owner/$ref (x!: String) -> 204",
            "remove: reference DELETE /groups/{id}/members/{id}/$ref -> 204",
            "cast: list GET /groups/{id}/members/ns.user -> ns.user[]",
            "key: get GET /users(appId='{appId}') -> ns.user",
            "path: list GET /root:/{path}:/children -> ns.message[]",
            "path-get: get GET /root:/{path}: -> ns.message",
            "upload: value PUT /root:/{path}:/content (Stream) -> ns.message",
            "photo: value GET /me/photo/$value -> Stream",
            "photo-set: value PATCH /me/photo/$value -> 200",
        ],
        &expect![[r#"
            Client in client
              groups() -> Groups
              me() -> Me
              root() -> Root
              users() -> Users
            Groups in groups
              by_id(id) -> GroupsById
            GroupsById in groups
              members() -> GroupsByIdMembers
              owner() -> GroupsByIdOwner
            GroupsByIdMembers in groups
              by_id(id) -> GroupsByIdMembersById
              as_user() -> GroupsByIdMembersAsUser
              list_refs() = GET /groups/{id}/members/$ref -> Page(Primitive(String))
              add_ref(Reference) = POST /groups/{id}/members/$ref -> Nothing
            GroupsByIdOwner in groups
              set_ref(owner::ReplaceRequest) = PUT /groups/{id}/owner/$ref -> Nothing
            GroupsByIdMembersById in groups
              remove_ref() = DELETE /groups/{id}/members/{id}/$ref -> Nothing
            GroupsByIdMembersAsUser in groups
              list() = GET /groups/{id}/members/ns.user -> Page<User>
            Users in users
              by_app_id(app_id) -> UsersByAppId
            UsersByAppId in users
              get() = GET /users(appId='{appId}') -> User
            Root in root
              by_path(path) -> RootByPath
            RootByPath in root
              children() -> RootByPathChildren
              get() = GET /root:/{+path} -> Message
              set_content(Bytes) = PUT /root:/{+path}:/content -> Message
            RootByPathChildren in root
              list() = GET /root:/{+path}:/children -> Page<Message>
            Me in me
              photo() -> MePhoto
            MePhoto in me
              content() = GET /me/photo/$value -> Bytes
              update_content(Bytes) = PATCH /me/photo/$value -> Nothing
        "#]],
    );
}

#[test]
fn segments_that_are_verbs_take_an_underscore() {
    check_nodes(
        &[
            "a: action POST /x/delete (shift: String) -> 204",
            "b: get GET /x/list/items -> ns.message",
            "c: action POST /x/add (a: String) -> 204",
            "d: get GET /x/add/{id} -> ns.message",
            "e: get GET /x/type -> ns.message",
        ],
        &expect![[r#"
            Client in client
              x() -> X
            X in x
              add_() -> XAdd
              list_() -> XList
              type_() -> XType
              add(x::AddRequest) = POST /x/add -> Nothing
              delete_(x::DeleteRequest) = POST /x/delete -> Nothing
            XList in x
              items() -> XListItems
            XListItems in x
              get() = GET /x/list/items -> Message
            XAdd in x
              by_id(id) -> XAddById
            XAddById in x
              get() = GET /x/add/{id} -> Message
            XType in x
              get() = GET /x/type -> Message
        "#]],
    );
}

#[test]
fn pages_that_share_a_call_share_a_function() {
    check_nodes(
        &[
            "derived-list: list GET /messages -> ns.eventMessage[]",
            "list: list GET /Messages -> ns.message[]",
            "derived-update: update PATCH /messages/{id} (ns.eventMessage) -> ns.eventMessage",
            "update: update PATCH /messages/{messageId} (ns.message) -> ns.message",
            "odd: list GET /messages -> ns.user",
        ],
        &expect![[r#"
            Client in client
              messages() -> Messages
            Messages in messages
              by_id(id) -> MessagesById
              list() = GET /messages -> Page<Message>
            MessagesById in messages
              update(MessageUpdate) = PATCH /messages/{id} -> Message
            response-differs: `odd` documents another answer to the same call than `list` (api/list.md:1), which counts
        "#]],
    );
}

#[test]
fn names_that_are_taken() {
    let types = vec![
        ty(
            "ns.note",
            None,
            &["Id: String", "id: String", "extra: String", "self: String", "new: String"],
        ),
        ty("ns.Note", None, &[]),
        ty("ns.client", None, &[]),
        ty("ns.noteUpdate", None, &[]),
        ty("ns.sub.note", Some("ns.note"), &[]),
        ty("ns.aux", None, &[]),
    ];
    let enums = vec![enum_("ns.level", &["low", "Low", "1", "Unrecognized", "Self", ""])];
    let operations = ["update: update PATCH /notes/{id} (ns.note) -> 204"];
    let api = api(types, enums, &operations);
    let (plan, findings) = plan(&api, &options());
    let version = &plan.versions[0];
    let mut text = String::new();
    for namespace in &version.namespaces {
        writeln!(text, "{:?} {:?}", namespace.path, namespace.children).unwrap();
        for module in &namespace.modules {
            write!(text, "  {}:", module.ident).unwrap();
            if let Some(struct_) = module.struct_.map(|at| &version.structs[at]) {
                let fields = struct_.fields.iter().map(|field| (&field.ident, &field.constant));
                write!(text, " {} {:?}", struct_.ident, struct_.update).unwrap();
                write!(text, " {:?}", fields.collect::<Vec<_>>()).unwrap();
            }
            if let Some(enum_) = module.enum_.map(|at| &version.enums[at]) {
                let variants = enum_.variants.iter().map(|variant| &variant.ident);
                write!(text, " {} {:?}", enum_.ident, variants.collect::<Vec<_>>()).unwrap();
            }
            writeln!(text).unwrap();
        }
    }
    for finding in findings {
        writeln!(text, "{}: {}", finding.code.id(), finding.message).unwrap();
    }
    expect![[r#"
        [] [sub]
          note: Note None []
          aux_: Aux None []
          client: Client2 None []
          level: Level [Low2, Low, _1, Unrecognized_, Self_, Unnamed]
          note_2: Note2 Some(NoteUpdate2) [(id, ID), (id_2, ID2), (extra_, EXTRA), (self_, SELF), (new_, NEW)]
          note_update: NoteUpdate None []
        [sub] []
          note: Note None [(id, ID), (id_2, ID2), (extra_, EXTRA), (self_, SELF), (new_, NEW)]
        name-collision: `ns.client` and what the crate itself defines have one name in Rust, so the former is `Client2`
        name-collision: `ns.note` and `ns.Note` have one name in Rust, so the former is `Note2`
        name-collision: `ns.note~Update` and `ns.noteUpdate` have one name in Rust, so the former is `NoteUpdate2`
        name-collision: the properties `id` and `Id` of `ns.note` have one name in Rust, so the former is `id_2`
        name-collision: the members `low` and `Low` of `ns.level` have one name in Rust, so the former is `Low2`
    "#]].assert_eq(&text);
}

/// Where types stand when some of that is decided, and which of it cannot be.
#[track_caller]
fn check_layout(decisions: &[(&str, TypeChange)], expected: &Expect) {
    let types = vec![
        ty("ns.note", None, &["level: ns.level", "owner: ns.people.user"]),
        ty("ns.noteUpdate", None, &[]),
        ty("ns.people.user", None, &["text: String"]),
        ty("ns.people.note", Some("ns.note"), &[]),
    ];
    let operations = [
        "get: get GET /notes/{id} -> ns.note",
        "user: get GET /users/{id} -> ns.people.user",
        "update: update PATCH /users/{id} (ns.people.user) -> 204",
        "send: action POST /notes/{id}/send (to: ns.people.user) -> 204",
    ];
    let api = api(types, vec![enum_("ns.level", &["low"])], &operations);
    let decided = decisions.iter().map(|(types, change)| TypeOverride {
        types: (*types).to_owned(),
        change: change.clone(),
        origin: format!("`{types}`"),
        head: None,
        rank: Rank::Call,
    });
    let options = Options { types: decided.collect(), ..options() };
    let (plan, _) = plan(&api, &options);
    let version = &plan.versions[0];
    let mut text = String::new();
    for (at, namespace) in version.namespaces.iter().enumerate() {
        let path: Vec<_> = namespace.path.iter().map(Ident::as_str).collect();
        writeln!(text, "{}:", path.join("::")).unwrap();
        for module in &namespace.modules {
            let struct_ = module.struct_.map(|at| &version.structs[at].ident);
            let enum_ = module.enum_.map(|at| &version.enums[at].ident);
            let requests = module.requests.iter().map(|&at| &version.requests[at].ident);
            let items: Vec<_> = struct_.into_iter().chain(enum_).chain(requests).collect();
            let uses = version.imports(at, module).uses.into_iter().map(|it| {
                let path = it.path.iter().chain([&it.ident]).map(Ident::as_str);
                path.collect::<Vec<_>>().join("::")
            });
            let uses = uses.collect::<Vec<_>>();
            writeln!(text, "  {}: {items:?} uses {uses:?}", module.ident).unwrap();
        }
    }
    if let Err(error) = plan.check() {
        writeln!(text, "{error}").unwrap();
    }
    expected.assert_eq(&text);
}

fn in_module(path: &str) -> TypeChange {
    TypeChange::Module(path.to_owned())
}

fn as_named(name: &str) -> TypeChange {
    TypeChange::Rename(name.to_owned())
}

#[test]
fn modules_that_the_caller_chose() {
    check_layout(
        &[("note", in_module("self")), ("ns.people.note", as_named("Memo"))],
        &expect![[r#"
            :
              level: [Level] uses []
              note: [Note, SendRequest] uses ["Level", "people::User"]
              note_update: [NoteUpdate] uses []
              memo: [Memo] uses ["Level", "Note", "people::User"]
            people:
              user: [User] uses []
        "#]],
    );
    check_layout(
        &[("ns.note", in_module("people")), ("ns.people.note", as_named("Memo"))],
        &expect![[r#"
            :
              level: [Level] uses []
              note_update: [NoteUpdate] uses []
            people:
              note: [Note, SendRequest] uses ["Level", "User"]
              memo: [Memo] uses ["Level", "Note", "User"]
              user: [User] uses []
        "#]],
    );
    check_layout(
        &[("*", in_module("model::all")), ("ns.people.note", as_named("Memo"))],
        &expect![[r#"
            :
            model:
            model::all:
              level: [Level] uses []
              note: [Note, SendRequest] uses ["Level", "User"]
              note_update: [NoteUpdate] uses []
              memo: [Memo] uses ["Level", "Note", "User"]
              user: [User] uses []
        "#]],
    );
}

#[test]
fn names_that_the_caller_chose_are_not_changed() {
    check_layout(
        &[("ns.people.user", as_named("Note"))],
        &expect![[r#"
        :
          level: [Level] uses []
          note: [Note, SendRequest] uses ["Level", "people::Note"]
          note_update: [NoteUpdate] uses []
        people:
          note_2: [Note2] uses ["Level", "Note", "Note"]
          note: [Note] uses []
        `ns.people.user`: `ns.people.user` cannot be `Note` in the module `people`, for that is `ns.people.note`; choose another
    "#]],
    );
    check_layout(
        &[("ns.noteUpdate", as_named("Note"))],
        &expect![[r#"
        :
          level: [Level] uses []
          note_2: [Note2, SendRequest] uses ["Level", "people::User"]
          note: [Note] uses []
        people:
          note: [Note] uses ["Level", "Note2", "User"]
          user: [User] uses []
        `ns.noteUpdate`: `ns.noteUpdate` cannot be `Note` at the root, for that is `ns.note`; choose another
    "#]],
    );
    check_layout(
        &[("ns.note", as_named("Client"))],
        &expect![[r#"
        :
          level: [Level] uses []
          client: [Client2, SendRequest] uses ["Level", "people::User"]
          note_update: [NoteUpdate] uses []
        people:
          note: [Note] uses ["Client2", "Level", "User"]
          user: [User] uses []
        `ns.note`: `ns.note` cannot be `Client` at the root, for that is what the crate itself defines; choose another
    "#]],
    );
    check_layout(
        &[("ns.people.note", as_named("UserUpdate"))],
        &expect![[r#"
        :
          level: [Level] uses []
          note: [Note, SendRequest] uses ["Level", "people::User"]
          note_update: [NoteUpdate] uses []
        people:
          user_update: [UserUpdate] uses ["Level", "Note", "User"]
          user: [User] uses []
        `ns.people.note`: `ns.people.note` cannot be `UserUpdate` in the module `people`, for that is what is made for each update of `ns.people.user`; choose another
    "#]],
    );
    check_layout(
        &[("*", in_module("model"))],
        &expect![[r#"
        :
        model:
          level: [Level] uses []
          note: [Note, SendRequest] uses ["Level", "User"]
          note_update: [NoteUpdate] uses []
          note_2: [Note2] uses ["Level", "Note", "User"]
          user: [User] uses []
        `*`: `ns.people.note` cannot be `Note` in the module `model`, for that is `ns.note`; choose another
    "#]],
    );
    check_layout(
        &[("ns.people.*", in_module("nodes"))],
        &expect![[r#"
            :
              level: [Level] uses []
              note: [Note, SendRequest] uses ["Level", "nodes_2::User"]
              note_update: [NoteUpdate] uses []
            nodes_2:
              note: [Note] uses ["Level", "Note", "User"]
              user: [User] uses []
            `ns.people.*`: the module cannot be `nodes` at the root, for that is what the crate itself defines; choose another
        "#]],
    );
    check_layout(
        &[("ns.people.user", in_module("note"))],
        &expect![[r#"
            :
              level: [Level] uses []
              note_2: [Note, SendRequest] uses ["Level", "note::User"]
              note_update: [NoteUpdate] uses []
            note:
              user: [User] uses []
            people:
              note: [Note] uses ["Level", "Note", "note::User"]
            `ns.people.user`: the module cannot be `note` at the root, for that is `ns.note`; choose another
        "#]],
    );
}
