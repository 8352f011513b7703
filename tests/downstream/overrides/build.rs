//! Part of an API, with some types as this crate wants them.

fn main() -> Result<(), docbind::Error> {
    let report = docbind::Build::new()
        .config("docbind.toml")
        // What a method says counts before the file.
        .api_version("v2.0")
        .client("Library")
        .include("/publications/**")
        .include("/authors")
        .include_type("map")
        .derive("language", "PartialOrd, Ord")
        .replace_type("contoso.library.loan", "crate::Loan")
        .generate()?;
    assert!(report.selection.is_some_and(|selection| selection.operations > 0));
    assert!(report.file.is_file() && report.files > 1);
    Ok(())
}
