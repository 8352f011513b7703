//! All kinds of types in modules of this crate's choice, and all kinds replaced by its own.

fn main() -> Result<(), docbind::Error> {
    let placed = docbind::Build::new()
        .docs("docs")
        .docs("more")
        .name("placed")
        .type_module("*", "model")
        .type_module("*ing", "model::shelves")
        .type_module("contoso.library.map", "maps")
        .type_module("contoso.library.stock.shelf", "self")
        .rename_type("contoso.library.stock.loan", "StockLoan")
        .generate()?;
    assert!(placed.file.with_file_name("model").join("author.rs").is_file());
    docbind::Build::new()
        .docs("docs")
        .docs("more")
        .name("replaced")
        .replace_type("publication", "crate::own::Work")
        .replace_type("contoso.library.map", "crate::own::Map")
        .replace_type("author", "crate::own::Author")
        .replace_type("contoso.library.loan", "crate::own::AnyLoan")
        .replace_type("box", "docbind_runtime::Reference")
        .replace_type("language", "crate::own::Tongue")
        .replace_type("condition", "crate::own::Condition")
        .replace_type("colour", "::std::string::String")
        .generate()?;
    Ok(())
}
