//! Docs are untrusted: whatever a page says, every other page still counts, nothing is written
//! outside of the output folder, and no code of the page's choosing is emitted.

use std::fs;
use std::path::Path;

use docbind::output::{self, Mode};
use docbind::{Loaded, Options, Runtime};
use proc_macro2::{TokenStream, TokenTree};

const GOOD: &str = "\
---
title: \"note resource type\"
---
# note resource type

Namespace: example.notes

## Properties

|Property|Type|Description|
|:---|:---|:---|
|text|String|What it says.|

## JSON representation

<!-- { \"blockType\": \"resource\", \"@odata.type\": \"example.notes.note\" } -->
```json
{ \"text\": \"String\" }
```
";

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
    fs::write(path, bytes).expect("the file can be written");
}

/// Runs the whole pipeline on one good page and some bad ones, and returns what was generated.
#[track_caller]
fn run(bad: &[(&str, Vec<u8>)]) -> (Loaded, Vec<(String, String)>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let docs = folder.path().join("docs");
    write(&docs.join("resources/note.md"), GOOD.as_bytes());
    for (path, bytes) in bad {
        write(&docs.join(path), bytes);
    }
    let mut loaded = docbind::load(&docs, None).expect("the folder can be read");
    let good = loaded.api.versions[0].types.iter().any(|ty| ty.name == "example.notes.note");
    assert!(good, "the good page counts");
    let options = Options {
        name: "hostile".to_owned(),
        client: "Client".to_owned(),
        runtime: Runtime::Version("0.1.0".to_owned()),
        is_workspace: true,
    };
    let files = docbind::generate(&mut loaded, &options).files;
    let out = folder.path().join("deep/in/out");
    output::apply(&files, &out, Mode::Write).expect("the files can be written");
    let around: Vec<_> = fs::read_dir(folder.path()).expect("the folder").collect();
    assert_eq!(around.len(), 2, "nothing is written beside the output folder: {around:?}");
    for file in files.iter().filter(|file| is_rust(&file.path)) {
        let parsed = syn::parse_file(&file.text);
        assert!(parsed.is_ok(), "{}: {:?}", file.path, parsed.err());
    }
    (loaded, files.into_iter().map(|file| (file.path, file.text)).collect())
}

fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

/// A page of a type whose every text is the given one.
fn page_of(text: &str) -> Vec<u8> {
    let json = serde_json::to_string(text).expect("a string");
    format!(
        "---\ntitle: {json}\ndescription: {json}\n---\n\n# {text} resource type\n\nNamespace: {text}\n\n{text}\n\n\
         ## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n|{text}|{text}|{text}|\n|plain|String|{text}|\n\n\
         ### {text} values\n\n|Member|Description|\n|:---|:---|\n|{text}|{text}|\n\n\
         ## JSON representation\n\n<!-- {{ \"blockType\": \"resource\", \"@odata.type\": {json} }} -->\n```json\n{{ {json}: {json} }}\n```\n"
    )
    .into_bytes()
}

/// A page of an operation whose every text is the given one.
fn operation_of(text: &str) -> Vec<u8> {
    format!(
        "---\ntitle: x\n---\n\n# {text}\n\nNamespace: example.notes\n\n{text}\n\n## HTTP request\n\n```http\nPOST /notes/{{id}}/{text}\n\
         GET /notes/f(a='{text}')\n```\n\n## Request body\n\n|Parameter|Type|Description|\n|:---|:---|:---|\n|{text}|String|{text}|\n\n\
         ## Response\n\nIf successful, returns `200 OK` and a [{text}](../resources/{text}.md) object.\n"
    )
    .into_bytes()
}

const TEXTS: [&str; 18] = [
    "*/ fn pwned() {} /*",
    "\"] fn pwned() {} #[doc = \"",
    "\\\"] fn pwned() {} //",
    "\u{202e}fn pwned() {}\u{2066}",
    "```\nfn pwned() {}\n```",
    "#![feature(pwned)]",
    "../../../pwned",
    "/etc/pwned",
    "..\\..\\pwned",
    "con",
    "lib",
    "{}} fn pwned() {",
    "\u{0}\u{7}\u{1b}[31mpwned",
    "macro_rules! pwned { () => {} }",
    "r#type::pwned!()",
    "include!(\"pwned\")",
    "\u{e9}a\\*",
    "a <!--> b",
];

#[test]
fn texts_stay_texts() {
    for text in TEXTS {
        let pages = [("resources/bad.md", page_of(text)), ("api/bad-post.md", operation_of(text))];
        let (_, files) = run(&pages);
        for (path, text) in files.iter().filter(|(path, _)| is_rust(path)) {
            let tokens: TokenStream = text.parse().expect("generated code has tokens");
            let mut words = Vec::new();
            collect(tokens, &mut words);
            // Literals are no words, so what is left of the page are names that were made valid.
            let text = words.join(" ");
            // A path may well have a segment called `pwned`, but its function takes `&self`.
            for code in ["fn pwned ( (", "macro_rules !", "include !", "feature ( pwned"] {
                assert!(!text.contains(code), "{path}: {code}");
            }
        }
    }
}

/// Every word and sign outside of literals.
fn collect(tokens: TokenStream, words: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                words.push("(".to_owned());
                collect(group.stream(), words);
            }
            TokenTree::Ident(word) => words.push(word.to_string()),
            TokenTree::Punct(sign) => words.push(sign.as_char().to_string()),
            TokenTree::Literal(_) => words.push("\"\"".to_owned()),
        }
    }
}

#[test]
fn pages_that_are_broken_cost_themselves_alone() {
    let long = |text: &str| text.repeat(10_000_000 / text.len()).into_bytes();
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(GOOD.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let cases: [(&str, Vec<u8>); 16] = [
        ("nothing", Vec::new()),
        ("one line of ten megabytes", long("a")),
        ("ten megabytes of pipes", long("|")),
        ("quotes in quotes", long("> ")),
        ("lists in lists", long("- ")),
        ("brackets", long("[")),
        ("emphasis", long("*a_")),
        ("a table without end", long("|a|b|\n|-|-|\n")),
        ("an open fence", b"# x\n\n```http\nGET /notes\n".to_vec()),
        ("NUL bytes", vec![0; 100_000]),
        ("no UTF-8", vec![0xC3, 0x28, 0xA0, 0xFF, 0xFE, b'\n', b'#', b' ', b'x']),
        ("UTF-16", utf16),
        ("front matter without end", b"---\ntitle: x\n".to_vec()),
        ("YAML that refers to itself", b"---\na: &a [*a, *a]\n---\n# x\n".to_vec()),
        (
            "deep YAML",
            [b"---\na: ".to_vec(), vec![b'['; 100_000], b"\n---\n# x\n".to_vec()].concat(),
        ),
        (
            "deep JSON",
            [b"# x\n\n```http\nHTTP/1.1 200 OK\n\n".to_vec(), vec![b'['; 1_000_000]].concat(),
        ),
    ];
    for (_, bytes) in cases {
        run(&[("api/bad-get.md", bytes)]);
    }
}

#[test]
fn long_paths_and_chains_end() {
    let path =
        format!("# Get x\n\n## HTTP request\n\n```http\nGET /{}\n```\n", "a/".repeat(500_000));
    let calls = format!(
        "# Get x\n\n## HTTP request\n\n```http\nGET /f({})\n```\n",
        "a={b},".repeat(100_000)
    );
    run(&[("api/a-get.md", path.into_bytes()), ("api/b-get.md", calls.into_bytes())]);

    // Each type extends the next, and the last one the first.
    let types: Vec<(String, Vec<u8>)> = (0..500)
        .map(|at| {
            let base = (at + 1) % 500;
            let text = format!(
                "# t{at} resource type\n\nNamespace: example.notes\n\nInherits from [t{base}](t{base}.md).\n\n\
                 ## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n|p{at}|[t{base}](t{base}.md) collection|x|\n"
            );
            (format!("resources/t{at}.md"), text.into_bytes())
        })
        .collect();
    let types: Vec<(&str, Vec<u8>)> =
        types.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    let (loaded, _) = run(&types);
    let cyclic = loaded.diagnostics.iter().any(|found| found.code.id() == "cyclic-inheritance");
    assert!(cyclic, "the cycle is reported");
}
