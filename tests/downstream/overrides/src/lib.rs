//! Calls a part of a library.

/// A loan as this crate has it.
#[non_exhaustive]
pub struct Loan {
    /// Who has it.
    pub reader: Option<String>,
    /// What else came.
    pub extra: docbind_runtime::Extra,
}

docbind_runtime::object! {
    Loan "contoso.library.loan" { 0 reader "reader" } extra ::core::option::Option::None
}

mod api {
    docbind_runtime::include_api!();
}

#[cfg(test)]
mod tests {
    use docbind_runtime::Request;

    use super::api::{Language, Library, Map, Work, work};

    #[test]
    fn types_as_this_crate_wants_them() {
        assert!(Language::English < Language::Welsh);
        let lend = work::LendRequest::new("Ada");
        let request: Request<super::Loan> = Library::offline().publications().by_id(7).lend(lend);
        assert_eq!(request.url(), "https://library.contoso.com/v2.0/publications/7/lend");
        let _: Request<docbind_runtime::Page<Work>> = Library::offline().publications().list();
        assert_eq!(Map::default(), Map::default());
    }
}
