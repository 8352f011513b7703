use std::collections::BTreeSet;
use std::path::Path;

use expect_test::{Expect, expect};

use super::{Filters, Selection, select};
use crate::Options;
use crate::model::{Api, Example, ExampleResponse, Model, RequestBody, Type};
use crate::plan::plan;
use crate::plan::sample::{api, enum_, source, ty, type_ref};

fn entity(name: &str, properties: &[&str]) -> Type {
    ty(name, Some("ns.entity"), properties)
}

/// Notes with authors, and books that nobody asks for.
fn shop() -> Api {
    let mut id = ty("ns.entity", None, &["id: String"]);
    id.key = vec!["id".to_owned()];
    let types = vec![
        id,
        entity("ns.note", &["body: ns.body", "author*: ns.author", "tags*: ns.tag[]"]),
        ty("ns.longNote", Some("ns.note"), &["pages: Int32"]),
        ty("ns.body", None, &["kind: ns.kind", "text: String"]),
        entity("ns.author", &["name: String", "books*: ns.book[]", "rank: ns.rank"]),
        entity("ns.tag", &["name: String"]),
        entity("ns.book", &["title: String"]),
        ty("ns.place", None, &["city: String"]),
    ];
    let enums = vec![enum_("ns.kind", &["plain"]), enum_("ns.rank", &["first"])];
    api(
        types,
        enums,
        &[
            "note-list: list GET /notes /me/notes /authors/{author-id}/notes -> ns.note[]",
            "note-get: get GET /notes/{id} /me/notes/{id} -> ns.note",
            "note-delete: delete DELETE /notes/{id} /me/notes/{id} -> 204",
            "note-move: action POST /notes/{id}/move (to: ns.place, count: Int32) -> 204",
            "note-pages: function GET /notes/{id}/getPages(from={from},to={to}) -> Int32",
            "long-count: count GET /notes/ns.longNote/$count -> Int32",
            "author-get: get GET /authors/{id} -> ns.author",
            "author-by: get GET /authors(name='{name}') -> ns.author",
            "author-set: reference POST /notes/{id}/author/$ref -> 204",
            "item-get: value GET /drive/root:/{path}:/content -> 200",
        ],
    )
}

fn filters(include: &[&str], exclude: &[&str], types: &[&str]) -> Filters {
    Filters::parse(include, exclude, types).expect("filters")
}

fn outline(model: &Model) -> String {
    let mut lines = Vec::new();
    for operation in &model.operations {
        for path in &operation.paths {
            lines.push(format!("{} {}\n", operation.method.as_str(), path.template.text));
        }
    }
    for ty in &model.types {
        let what = if ty.is_reduced { "shell" } else { "type" };
        let base = ty.base.as_deref().unwrap_or("nothing");
        lines.push(format!("{what} {} on {base}\n", ty.name));
    }
    lines.extend(model.enums.iter().map(|enum_| format!("enum {}\n", enum_.name)));
    lines.concat()
}

#[track_caller]
fn check(include: &[&str], exclude: &[&str], types: &[&str], expected: &Expect) {
    let text = match select(shop(), &filters(include, exclude, types)) {
        Ok((api, _)) => outline(&api.versions[0]),
        Err(error) => format!("error: {error}\n"),
    };
    expected.assert_eq(&text);
}

#[test]
fn one_path_of_several() {
    check(
        &["GET /me/notes"],
        &[],
        &[],
        &expect![[r#"
            GET /me/notes
            shell ns.author on ns.entity
            type ns.body on nothing
            type ns.entity on nothing
            type ns.note on ns.entity
            shell ns.tag on ns.entity
            enum ns.kind
        "#]],
    );
}

#[test]
fn copied_paths_mean_themselves() {
    let whole = shop();
    let operations = &whole.versions[0].operations;
    for operation in operations {
        for path in &operation.paths {
            let copied = format!("{} {}", operation.method.as_str(), path.template.text);
            let (api, selection) =
                select(shop(), &filters(&[&copied], &[], &[])).expect("a selection");
            assert_eq!(selection.paths, 1, "{copied}");
            assert_eq!(api.versions[0].operations[0].id, operation.id, "{copied}");
        }
    }
}

#[test]
fn wildcards() {
    let paths = |pattern: &str| {
        let (api, _) = select(shop(), &filters(&[pattern], &[], &[])).expect("a selection");
        let all = outline(&api.versions[0]);
        all.lines().filter(|line| line.contains(" /")).collect::<Vec<_>>().join("; ")
    };
    let shown = |patterns: &[&str]| {
        patterns.iter().map(|it| format!("{it} -> {}\n", paths(it))).collect::<Vec<_>>().concat()
    };
    expect![[r#"
        /me/** -> GET /me/notes; GET /me/notes/{id}; DELETE /me/notes/{id}
        GET /notes/* -> GET /notes/{id}
        /notes/{any} -> GET /notes/{id}; DELETE /notes/{id}
        /Notes/*/get* -> GET /notes/{id}/getPages(from={from},to={to})
        /notes/*/getPages(*) -> GET /notes/{id}/getPages(from={from},to={to})
        /authors(name=*) -> GET /authors(name='{name}')
        /authors/* -> GET /authors/{id}; GET /authors(name='{name}')
        /drive/root/** -> GET /drive/root:/{path}:/content
        /drive/root:/*:/content -> GET /drive/root:/{path}:/content
        /**/$ref -> POST /notes/{id}/author/$ref
        /*/ns.longNote/** -> GET /notes/ns.longNote/$count
        * /notes -> GET /notes
        /notes?$top=5 -> GET /notes
    "#]]
    .assert_eq(&shown(&[
        "/me/**",
        "GET /notes/*",
        "/notes/{any}",
        "/Notes/*/get*",
        "/notes/*/getPages(*)",
        "/authors(name=*)",
        "/authors/*",
        "/drive/root/**",
        "/drive/root:/*:/content",
        "/**/$ref",
        "/*/ns.longNote/**",
        "* /notes",
        "/notes?$top=5",
    ]));
}

#[test]
fn names_and_pages_keep_all_paths() {
    check(
        &["note-ge*"],
        &[],
        &[],
        &expect![[r#"
            GET /notes/{id}
            GET /me/notes/{id}
            shell ns.author on ns.entity
            type ns.body on nothing
            type ns.entity on nothing
            type ns.note on ns.entity
            shell ns.tag on ns.entity
            enum ns.kind
        "#]],
    );
    check(
        &["api/note-*.md"],
        &["DELETE /**", "note-get"],
        &[],
        &expect![[r#"
            GET /notes
            GET /me/notes
            GET /authors/{author-id}/notes
            POST /notes/{id}/move
            GET /notes/{id}/getPages(from={from},to={to})
            shell ns.author on ns.entity
            type ns.body on nothing
            type ns.entity on nothing
            type ns.note on ns.entity
            type ns.place on nothing
            shell ns.tag on ns.entity
            enum ns.kind
        "#]],
    );
}

#[test]
fn without_includes_all_but_the_excluded() {
    let (api, selection) = select(shop(), &filters(&[], &["/authors/**"], &[])).expect("one");
    assert_eq!(selection.operations, 8);
    let names: Vec<_> = api.versions[0].operations.iter().map(|it| it.id.as_str()).collect();
    assert!(names.contains(&"author-set") && !names.contains(&"author-get"), "{names:?}");
}

#[test]
fn types_for_their_own_sake() {
    check(
        &["DELETE /notes/{id}"],
        &[],
        &["author", "ns.long*", "KIND"],
        &expect![[r#"
            DELETE /notes/{id}
            type ns.author on ns.entity
            type ns.body on nothing
            shell ns.book on ns.entity
            type ns.entity on nothing
            type ns.longNote on ns.note
            type ns.note on ns.entity
            shell ns.tag on ns.entity
            enum ns.kind
            enum ns.rank
        "#]],
    );
}

#[test]
fn casts_and_actions_keep_their_types() {
    check(
        &["long-count", "note-move"],
        &[],
        &[],
        &expect![[r#"
            POST /notes/{id}/move
            GET /notes/ns.longNote/$count
            shell ns.longNote on nothing
            type ns.place on nothing
        "#]],
    );
}

#[test]
fn what_matches_nothing() {
    check(
        &["GET /me/note", "POST /me/notes", "note-lst", "api/notes-*.md", "me/notes"],
        &["/nothing/at/all/like/this", "beta: GET /me"],
        &["autor", "ns.plaice"],
        &expect![[r#"
            error: these filters match nothing:
              include `GET /me/note`; is it `GET /me/notes`?
              include `POST /me/notes`; the docs have `/me/notes` with GET
              include `note-lst`; is it `note-list`?
              include `api/notes-*.md`; is it `api/note-list.md`?
              include `me/notes`; a path starts with a slash: `/me/notes`
              exclude `/nothing/at/all/like/this`
              exclude `beta: GET /me`; the docs have no version folders, so leave the version out
              include-type `autor`; is it `author`?
              include-type `ns.plaice`; is it `ns.place`?
        "#]],
    );
    check(
        &["GET /me/note"],
        &[],
        &[],
        &expect![[r#"
        error: include `GET /me/note` matches nothing; is it `GET /me/notes`?
    "#]],
    );
    check(
        &["resources/*.md"],
        &[],
        &[],
        &expect![[r#"
        error: include `resources/*.md` matches nothing, for the page has a type; choose it by include-type `author`
    "#]],
    );
}

#[test]
fn the_nearest_path() {
    let operations = [
        "a: list GET /users/{id-or-user-principal-name-or-any-other-key}/messages -> ns.note[]",
        "b: get GET /users/{id-or-user-principal-name}/messages/{message-id}/attachments -> ns.note[]",
        "c: list GET /me/mailFolders/{id}/messages -> ns.note[]",
        "d: action POST /me/sendMail (a: String) -> 202",
        "e: get GET /groups/{id}/calendar -> ns.note",
        "f: get GET /drive/root:/{path}:/content -> ns.note",
    ];
    let api = api(vec![ty("ns.note", None, &[])], Vec::new(), &operations);
    let near = |pattern: &&str| {
        let error = select(api.clone(), &filters(&[pattern], &[], &[])).expect_err("nothing");
        format!("{}\n", error.to_string().replace(" matches nothing", ""))
    };
    let wrong = [
        "GET /user/{id}/messages",
        "GET /users/*/mesages",
        "/users/{id}/messages/{id}/atachments/**",
        "GET /users/{id}/messages/attachments",
        "/mailFolders/{id}/messages",
        "GET /me/sendmails",
        "/group/*/calender/**",
        "GET /drive/root:/{x}:/contents",
        "/v1.0/me/sendMial",
        "/teams/{id}/channels",
        "/**/calendars",
    ];
    expect![[r#"
        include `GET /user/{id}/messages`; is it `GET /users/{id-or-user-principal-name-or-any-other-key}/messages`?
        include `GET /users/*/mesages`; is it `GET /users/{id-or-user-principal-name-or-any-other-key}/messages`?
        include `/users/{id}/messages/{id}/atachments/**`; is it `/users/{id-or-user-principal-name}/messages/{message-id}/attachments`?
        include `GET /users/{id}/messages/attachments`; is it `GET /users/{id-or-user-principal-name}/messages/{message-id}/attachments`?
        include `/mailFolders/{id}/messages`; is it `/me/mailFolders/{id}/messages`?
        include `GET /me/sendmails`; is it `POST /me/sendMail`?
        include `/group/*/calender/**`; is it `/groups/{id}/calendar`?
        include `GET /drive/root:/{x}:/contents`; is it `GET /drive/root:/{path}:/content`?
        include `/v1.0/me/sendMial`; the docs have no version folders, so leave the version out
        include `/teams/{id}/channels`
        include `/**/calendars`; is it `/groups/{id}/calendar`?
    "#]].assert_eq(&wrong.iter().map(near).collect::<String>());
}

#[test]
fn what_contradicts_itself() {
    check(
        &["/notes", "GET /me/notes"],
        &["get /Me/notes/"],
        &[],
        &expect![[r#"
        error: `GET /me/notes` is included and excluded; leave one of them out
    "#]],
    );
    check(
        &["GET /notes"],
        &["/notes"],
        &[],
        &expect![[r#"
            error: include `GET /notes` leaves nothing, for exclude `/notes` removes it; leave one of them out
        "#]],
    );
}

#[test]
fn what_is_wholly_removed() {
    check(
        &["GET /me/notes", "/authors/**", "note-list"],
        &["GET /**/notes", "DELETE /**", "/me/*"],
        &[],
        &expect![[r#"
            error: include `GET /me/notes` leaves nothing, for exclude `GET /**/notes` removes it; leave one of them out
            include `note-list` leaves nothing, for exclude `GET /**/notes` removes it; leave one of them out
        "#]],
    );
    let at =
        |pattern: &super::Pattern, line: u8| pattern.clone().at(format!("docbind.toml:{line}"));
    let mut filters = filters(&["GET /me/notes", "/authors/**"], &["/me/**"], &[]);
    filters.include[0] = at(&filters.include[0], 1);
    filters.exclude[0] = at(&filters.exclude[0], 2);
    let error = select(shop(), &filters).expect_err("nothing is left of it").to_string();
    expect!["docbind.toml:1: include `GET /me/notes` leaves nothing, for exclude `/me/**` of docbind.toml:2 removes it; leave one of them out"].assert_eq(&error);
    filters.exclude.clear();
    filters.include[1] = at(&"/author".parse().expect("a pattern"), 7);
    let error = select(shop(), &filters).expect_err("there is no such path").to_string();
    expect!["docbind.toml:7: include `/author` matches nothing; is it `/authors/{id}`?"]
        .assert_eq(&error);
}

#[test]
fn a_version_that_was_not_read() {
    let mut api = shop();
    api.versions[0].api_version = Some("v1.0".to_owned());
    let error = select(api, &filters(&["beta: GET /notes"], &[], &[])).expect_err("no beta");
    expect!["include `beta: GET /notes` matches nothing; of version `beta` nothing was read, but of `v1.0`: leave the version out here, or let it be read, which `api-version` decides"].assert_eq(&error.to_string());
}

#[test]
fn one_version_of_several() {
    let mut two = shop();
    let mut beta = two.versions[0].clone();
    two.versions[0].api_version = Some("v1.0".to_owned());
    beta.api_version = Some("beta".to_owned());
    two.versions.push(beta);
    let count = |include: &[&str]| {
        let (api, _) = select(two.clone(), &filters(include, &[], &[])).expect("a selection");
        let paths = |model: &Model| model.operations.iter().map(|it| it.paths.len()).sum::<usize>();
        api.versions.iter().map(paths).collect::<Vec<_>>()
    };
    assert_eq!(count(&["GET /notes"]), [1, 1]);
    assert_eq!(count(&["GET /notes", "beta: /me/**"]), [1, 4]);
    assert_eq!(count(&["GET /Beta/notes"]), [1]);
}

#[test]
fn examples_name_no_type_that_is_gone() {
    let mut shop = shop();
    let example = |name: &str| Example {
        name: None,
        request: None,
        response: Some(ExampleResponse {
            status: 200,
            headers: Vec::new(),
            body: None,
            ty: Some(type_ref(name)),
            source: source("api/note-get.md"),
        }),
        source: source("api/note-get.md"),
    };
    let named = |operation: &crate::model::Operation| {
        let types = operation.examples.iter().filter_map(|it| it.response.as_ref()?.ty.as_ref());
        types.map(|ty| format!("{ty:?}")).collect::<Vec<_>>()
    };
    let operation = shop.versions[0].operations.iter_mut().find(|it| it.id == "note-get");
    operation.expect("it").examples = vec![example("ns.note"), example("ns.longNote")];
    let (api, _) = select(shop, &filters(&["note-get"], &[], &[])).expect("a selection");
    let operation = &api.versions[0].operations[0];
    assert_eq!(operation.examples.len(), 2);
    assert_eq!(named(operation), [format!("{:?}", type_ref("ns.note"))]);
}

#[test]
fn the_selection_in_words() {
    let selection = Selection { operations: 12, paths: 14, types: 20, shells: 1, enums: 0 };
    expect![[r#"
        selected      12 operations with 14 paths, 20 types, 1 shell and no enumerations
    "#]]
    .assert_eq(&selection.to_string());
}

/// The parameters of actions that a plan has structs for, by module and name.
fn requests(api: &Api) -> Vec<String> {
    let (plan, _) = plan(api, &Options::default());
    let names = plan.versions.iter().flat_map(|version| {
        version.requests.iter().zip(&version.request_modules).map(
            |(request, (namespace, module))| {
                let module = &version.namespaces[*namespace].modules[*module].ident;
                let name = version.api_version.unwrap_or_default();
                format!("{name} {} {module}::{}", request.full_name, request.ident)
            },
        )
    });
    names.collect()
}

#[test]
fn the_parameters_of_an_action_are_called_the_same_whatever_else_is_chosen() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input");
    let loaded = crate::load(&docs, None).expect("the docs can be read");
    let whole: BTreeSet<_> = requests(&loaded.api).into_iter().collect();
    let mut several = 0;
    for model in &loaded.api.versions {
        for operation in &model.operations {
            if !matches!(operation.request, Some(RequestBody::Parameters(_))) {
                continue;
            }
            for path in &operation.paths {
                let version = model.api_version.as_deref().unwrap_or_default();
                let (method, text) = (operation.method.as_str(), &path.template.text);
                let filter = format!("{version}: {method} {text}");
                let filters = filters(&[&filter], &[], &[]);
                let (api, _) = select(loaded.api.clone(), &filters).expect("a selection");
                let alone = requests(&api);
                assert!(!alone.is_empty(), "{filter}");
                assert!(alone.iter().all(|name| whole.contains(name)), "{filter}: {alone:?}");
                several += 1;
            }
        }
    }
    assert!(several > 10, "{several} paths of actions");
}
