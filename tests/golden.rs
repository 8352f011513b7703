//! Small whole APIs: their docs, the model and the crate that come from them.
//!
//! The crates are members of the workspace, so whoever builds it compiles them. `UPDATE_EXPECT=1`
//! writes them anew.

use std::path::{Path, PathBuf};

use docbind::model::Type;
use docbind::output::{self, Mode};
use docbind::select::Filters;
use docbind::{Loaded, Options, Runtime};
use docbind_tests::examples::replay;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(name)
}

fn check(name: &str) -> Loaded {
    check_part(name, name, &Filters::default())
}

/// What filters choose of the docs that another API of these has.
fn check_part(name: &str, docs: &str, filters: &Filters) -> Loaded {
    let docs = folder(docs).join("docs");
    let folder = folder(name);
    let loaded = docbind::load(&docs, None).expect("the docs can be read");
    let (mut loaded, _) = loaded.select(filters).expect("each filter chooses something");
    let options = Options {
        name: format!("golden-{name}"),
        client: "Client".to_owned(),
        runtime: Runtime::Path(PathBuf::from("../../../../runtime")),
        is_workspace: false,
        ..Options::default()
    };
    let generated = docbind::generate(&mut loaded, &options);
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mode = if update { Mode::Write } else { Mode::Check };
    let changes = output::apply(&generated.files, &folder.join("expected"), mode).expect("files");
    let model = loaded.api.to_json();
    let expected = folder.join("model.json");
    if update {
        std::fs::write(expected, model).expect("the model can be written");
    } else {
        let expected = std::fs::read_to_string(expected).expect("the expected model");
        assert!(model == expected, "the model of `{name}` differs; UPDATE_EXPECT=1 rewrites it");
        assert!(changes.is_empty(), "UPDATE_EXPECT=1 rewrites what differs: {changes:#?}");
    }
    loaded
}

#[test]
fn another_api_on_the_same_template() {
    let loaded = check("library");
    assert_eq!(loaded.api.profile.root_namespace, "contoso.library");
    let client = golden_library::Client::offline();
    let report = replay(&loaded.api.versions[0], &client, golden_library::examples::TABLES);
    assert_eq!(report.failures, []);
    assert!(report.requests >= 7 && report.responses >= 7, "{report:?}");
}

#[test]
fn a_part_of_another_api() {
    let include = ["api/publication-*.md", "GET /**/cover"];
    let filters = Filters::parse(&include, &["POST /**"], &[]).expect("filters");
    let loaded = check_part("chosen", "library", &filters);
    let model = &loaded.api.versions[0];
    let (shells, whole): (Vec<_>, Vec<_>) = model.types.iter().partition(|ty| ty.is_reduced);
    let names = |types: &[&Type]| types.iter().map(|ty| ty.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&shells), ["contoso.library.author", "contoso.library.book"]);
    assert_eq!(names(&whole), ["contoso.library.entity", "contoso.library.publication"]);
    let client = golden_chosen::Client::offline();
    let report = replay(model, &client, golden_chosen::examples::TABLES);
    assert_eq!(report.failures, []);
    assert!(report.requests >= 3 && report.responses >= 3, "{report:?}");
    // What nobody chose of an author is there all the same.
    let json = r#"{"authors": [{"id": "a7", "name": "Nia Vaughan"}]}"#;
    let publication: golden_chosen::Publication = serde_json::from_str(json).expect("it decodes");
    let author = &publication.authors.as_ref().expect("authors")[0];
    assert_eq!(author.id.as_deref(), Some("a7"));
    assert_eq!(author.extra.get("name"), Some(&"Nia Vaughan".into()));
}

#[test]
fn names_that_are_awkward_in_rust() {
    let loaded = check("names");
    let client = golden_names::Client::offline();
    let report = replay(&loaded.api.versions[0], &client, golden_names::examples::TABLES);
    assert_eq!(report.failures, []);
    assert!(report.requests >= 8 && report.responses >= 8, "{report:?}");
}

#[test]
fn drafts_without_the_pages_of_their_types() {
    let loaded = check("drafts");
    let model = &loaded.api.versions[0];
    assert_eq!(model.operations.len(), 5);
    let client = golden_drafts::Client::offline();
    let report = replay(model, &client, golden_drafts::examples::TABLES);
    assert_eq!(report.failures, []);
    assert_eq!((report.requests, report.responses), (5, 5), "{report:?}");
}

#[test]
fn two_hundred_types_that_hold_each_other() {
    let loaded = check("chain");
    assert_eq!(loaded.api.versions[0].types.len(), 200);
    is_send::<golden_chain::Link000>();
}

/// What the compiler has to believe of the whole chain.
fn is_send<T: Send + Sync + 'static>() {}
