use expect_test::{Expect, expect};

use super::{Overrides, Rank, TypeChange, TypeOverride, check_left, check_overrides};
use crate::docs::Docs;
use crate::model::Api;
use crate::plan::{Form, Options};
use crate::select::Filters;

#[track_caller]
fn check(overrides: &[(&str, TypeChange)], expected: &Expect) {
    check_in(Form::Included("docbind_api".to_owned()), overrides, expected);
}

/// Notes and notebooks.
fn api() -> Api {
    let page = |name: &str| {
        format!(
            "# {name} resource type\n\nNamespace: a.b\n\n## Properties\n\n\
             |Property|Type|Description|\n|:--|:--|:--|\n|id|String|Its key.|\n"
        )
    };
    let pages = ["note", "notebook"].map(|name| (format!("resources/{name}.md"), page(name)));
    let pages = pages.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    crate::interpret(&Docs::from_texts(pages)).value
}

fn options(form: Form, overrides: &[(&str, TypeChange)], rank: Rank) -> Options {
    let overrides = (1..).zip(overrides).map(|(line, (types, change))| TypeOverride {
        types: (*types).to_owned(),
        change: change.clone(),
        origin: format!("line {line}"),
        head: (rank == Rank::File).then(|| format!("head of line {line}")),
        rank,
    });
    Options { form, types: overrides.collect(), ..Options::default() }
}

#[track_caller]
fn check_in(form: Form, overrides: &[(&str, TypeChange)], expected: &Expect) {
    check_options(&options(form, overrides, Rank::Call), expected);
}

#[track_caller]
fn check_options(options: &Options, expected: &Expect) {
    let result = check_overrides(&api(), options);
    expected.assert_eq(&result.map_or_else(|error| error.to_string(), |()| "fine".to_owned()));
}

/// What a file decides, and then a call.
#[track_caller]
fn check_both(
    file: &[(&str, TypeChange)],
    call: &[(&str, TypeChange)],
    expected: &Expect,
) -> Options {
    let form = || Form::Included("docbind_api".to_owned());
    let mut all = options(form(), file, Rank::File);
    let call = options(form(), call, Rank::Call).types.into_iter();
    all.types.extend(call.map(|it| TypeOverride { origin: format!("call, {}", it.origin), ..it }));
    check_options(&all, expected);
    all
}

fn attribute(text: &str) -> TypeChange {
    TypeChange::Attribute(text.to_owned())
}

fn rename(text: &str) -> TypeChange {
    TypeChange::Rename(text.to_owned())
}

fn replace(text: &str) -> TypeChange {
    TypeChange::Replace(text.to_owned())
}

fn module(text: &str) -> TypeChange {
    TypeChange::Module(text.to_owned())
}

#[test]
fn what_is_fine() {
    let eq = attribute("#[derive(Eq)] #[must_use]");
    let list = [("*", eq), ("note", rename("Memo")), ("a.b.notebook", replace("crate::Pad"))];
    check(&list, &expect!["fine"]);
}

#[test]
fn what_means_nothing_or_too_much() {
    check(
        &[("noet", attribute("#[must_use]"))],
        &expect!["line 1: there is no type `noet`; is it `note`?"],
    );
    check(
        &[("a.b.notbook", rename("Pad"))],
        &expect!["line 1: there is no type `a.b.notbook`; is it `a.b.notebook`?"],
    );
    check(
        &[("note*", rename("Memo"))],
        &expect![
            "line 1: `note*` means `a.b.note` and `a.b.notebook`, and only one can have the name or the place; write its full name"
        ],
    );
}

#[test]
fn what_contradicts() {
    check(
        &[("note", rename("Memo")), ("a.b.note", replace("crate::Memo"))],
        &expect!["line 2: `a.b.note` has another name or place already, by line 1"],
    );
    check(
        &[("note", attribute("#[must_use]")), ("a.b.note", replace("crate::Memo"))],
        &expect![
            "line 1: `a.b.note` is a type of yours, by line 2; its attributes stand where it is defined"
        ],
    );
}

#[test]
fn what_a_crate_of_its_own_cannot_name() {
    check_in(
        Form::Crate,
        &[("note", replace("crate::Memo"))],
        &expect![
            "line 1: `crate::Memo` is a type of another crate, which a crate of its own cannot name: only a build.rs can put it there"
        ],
    );
    let shared = replace("::docbind_runtime::Reference");
    check_in(Form::Crate, &[("note", shared)], &expect!["fine"]);
}

#[test]
fn what_is_no_rust() {
    check(
        &[("note", attribute("derive(Eq)"))],
        &expect!["line 1: `derive(Eq)` is no attribute, such as `#[derive(Eq)]`"],
    );
    check(
        &[("note", attribute("#[derive(Eq"))],
        &expect!["line 1: `#[derive(Eq` is no attribute, such as `#[derive(Eq)]`"],
    );
    check(
        &[("note", attribute("#[derive(Eq, Clone)]"))],
        &expect!["line 1: `#[derive(Eq, Clone)]`: every type has `Clone` already"],
    );
    check(
        &[("note", rename("my memo"))],
        &expect!["line 1: `my memo` is no name for a type, such as `MyMemo`"],
    );
    check(
        &[("note", replace("crate::Memo<"))],
        &expect!["line 1: `crate::Memo<` is no path of a type, such as `crate::Time`"],
    );
    check(
        &[("note", replace("super::Memo"))],
        &expect!["line 1: `super::Memo` begins where nobody knows: write it from `crate::` on"],
    );
    check(
        &[("note", replace("Memo"))],
        &expect![
            "line 1: `Memo` is no path of a type, such as `crate::Time`; one of this crate begins with `crate::`"
        ],
    );
}

#[test]
fn a_call_counts_before_a_file_whatever_either_calls_the_type() {
    for (file, call) in [("note", "a.b.note"), ("a.b.note", "note"), ("note", "note")] {
        let options =
            check_both(&[(file, rename("Memo"))], &[(call, rename("Jotting"))], &expect!["fine"]);
        let overrides = Overrides::new(&options, None);
        assert_eq!(overrides.rename("a.b.note").map(|(name, _)| name), Some("Jotting"));
        let options = check_both(
            &[(file, rename("Memo"))],
            &[(call, replace("crate::Memo"))],
            &expect!["fine"],
        );
        let overrides = Overrides::new(&options, None);
        assert!(overrides.rename("a.b.note").is_none());
        assert!(overrides.replacement("a.b.note").is_some());
    }
    let attributes = [("note", attribute("#[must_use]"))];
    let replaced = [("a.b.note", replace("crate::Memo"))];
    check_both(&attributes, &replaced, &expect!["fine"]);
    check_both(
        &replaced,
        &attributes,
        &expect![
            "call, line 1: `a.b.note` is a type of yours, by line 1; its attributes stand where it is defined"
        ],
    );
}

#[test]
fn modules() {
    let path = |options: &Options, name: &str| {
        let overrides = Overrides::new(options, None);
        overrides.module(name).map(|place| format!("{:?}", place.path))
    };
    let list = [("*", module("model")), ("note", module("self"))];
    let one = check_both(&list, &[], &expect!["fine"]);
    assert_eq!(path(&one, "a.b.note").as_deref(), Some("[]"), "a name before a pattern");
    assert_eq!(path(&one, "a.b.notebook").as_deref(), Some("[model]"));
    let both = check_both(&list[1..], &list[..1], &expect!["fine"]);
    assert_eq!(path(&both, "a.b.note").as_deref(), Some("[model]"), "a call before a file");
    check(&[("n*e", module("model")), ("*te", module("model"))], &expect!["fine"]);
    let several = check_both(
        &[("n*", module("all")), ("*", module("model")), ("*ok", module("x"))],
        &[],
        &expect!["fine"],
    );
    assert_eq!(path(&several, "a.b.note").as_deref(), Some("[all]"), "the most letters");
    check(
        &[("n*e", module("model")), ("*te", module("notes::all"))],
        &expect![
            "line 2: `a.b.note` stands in the module `model` already, by line 1; take one of them out, or say of this type alone where it stands"
        ],
    );
    check(
        &[("note", module("a-b"))],
        &expect![
            "line 1: `a-b` is no path of modules, such as `mail` or `mail::rules`, from the root of the version on, which is `self`"
        ],
    );
    for wrong in ["", "Model", "a::", "crate::model", "super", "type", "aux", "a.b"] {
        let wrongly = options(Form::Crate, &[("note", module(wrong))], Rank::Call);
        let error = check_overrides(&api(), &wrongly).expect_err(wrong).to_string();
        assert!(error.contains("is no path of modules"), "{error}");
    }
}

#[test]
fn what_the_filters_leave_out() {
    let left = |options: &Options, filters: &Filters| {
        let mut api = api();
        api.versions[0].types.retain(|ty| ty.name == "a.b.note");
        let result = check_left(&api, options, filters);
        result.map_or_else(|error| error.to_string(), |()| "fine".to_owned())
    };
    let form = || Form::Included("docbind_api".to_owned());
    let of_a_call = Filters::parse(&["note-*"], &[], &[]).expect("filters");
    let of_a_file = Filters {
        include: of_a_call
            .include
            .iter()
            .map(|it| it.clone().at("docbind.toml:1".to_owned()))
            .collect(),
        ..Filters::default()
    };
    let decisions =
        [("*", attribute("#[must_use]")), ("note", rename("Memo")), ("notebook", rename("Pad"))];
    let [fine, call, file] = [(2, Rank::Call), (3, Rank::Call), (3, Rank::File)]
        .map(|(many, rank)| options(form(), &decisions[..many], rank));
    assert_eq!(left(&fine, &of_a_call), "fine");
    expect!["line 3: the filters leave no type `notebook`; take this out, or choose the type by `.include_type(\"notebook\")`"]
        .assert_eq(&left(&call, &of_a_call));
    expect!["head of line 3: the filters leave no type `notebook`; take this out, or choose the type by `include-types = [\"notebook\"]`"]
        .assert_eq(&left(&file, &of_a_file));
    assert_eq!(left(&file, &of_a_call), "fine", "the file is for others, too");
}
