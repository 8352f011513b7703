//! Calls a library with types in modules of this crate's choice, and with types of its own.

/// The library, with its types in other modules.
pub mod placed {
    docbind_runtime::include_api!("placed");
}

/// The library, with types of this crate.
pub mod replaced {
    docbind_runtime::include_api!("replaced");
}

/// The types that stand in place of generated ones.
pub mod own {
    use docbind_runtime::{Extra, Json, Named};

    /// An entity that others extend.
    #[non_exhaustive]
    pub struct Work {
        /// What it is called.
        pub title: Option<String>,
        /// What else came.
        pub extra: Extra,
    }

    docbind_runtime::object! {
        Work "contoso.library.publication" { 0 title "title" } extra ::core::option::Option::None
    }

    /// An entity that extends another, which is replaced as well.
    #[non_exhaustive]
    pub struct Map {
        /// How much smaller it is.
        pub scale: Option<f64>,
        /// What else came.
        pub extra: Extra,
    }

    docbind_runtime::object! {
        Map "contoso.library.map" { 0 scale "scale" } extra ::core::option::Option::None
    }

    /// An entity that is created and updated.
    #[non_exhaustive]
    pub struct Author {
        /// Who it is.
        pub name: Option<String>,
        /// What else came.
        pub extra: Extra,
    }

    docbind_runtime::object! {
        Author "contoso.library.author" { 0 name "name" } extra ::core::option::Option::None
    }

    /// A complex type that serde reads and writes.
    #[derive(Debug, PartialEq, serde::Deserialize, serde::Serialize)]
    pub struct Loan {
        /// Who has it.
        pub reader: String,
    }

    impl Named for Loan {
        const NAME: &'static str = "contoso.library.loan";
    }

    /// The same as an object.
    pub type AnyLoan = Json<Loan>;

    /// An enumeration.
    #[non_exhaustive]
    pub enum Tongue {
        /// Welsh.
        Welsh,
        /// Any other.
        Other(String),
    }

    docbind_runtime::enumeration! { Tongue { Welsh "cy" } Other }

    /// An enumeration of which several members may stand together.
    #[non_exhaustive]
    pub enum Condition {
        /// Here and there.
        Worn,
        /// Any other.
        Other(String),
    }

    docbind_runtime::enumeration! { Condition { Worn "worn" } Other }
}

#[cfg(test)]
mod tests {
    use docbind_runtime::{Flags, Page, Reference, Request};

    use super::{own, placed, replaced};

    #[test]
    fn types_in_modules_of_choice() {
        use placed::maps::Map;
        use placed::model::{self, Author, StockLoan, author, publication};
        use placed::{Client, Shelf, model::shelves::Holding};

        let client = Client::offline();
        let lend = publication::LendRequest::new("Ada");
        let _: Request<model::Loan> = client.publications().by_id(7).lend(lend);
        let list: Request<Page<Holding>> = client.holdings().list();
        let create: Request<Author> = client.authors().create(author::AuthorCreate::new("Ada"));
        assert!(list.url().ends_with("/holdings") && create.url().ends_with("/authors"));
        let map: model::Publication = Map::default().into();
        assert_eq!(map.extra.odata_type(), Some("contoso.library.map"));
        let holding: Holding = serde_json::from_str(
            r#"{"shelf": {"name": "top"}, "past": [{"name": "Bo"}], "condition": "worn,lost"}"#,
        )
        .expect("it decodes");
        let shelf: &Shelf = holding.shelf.as_ref().expect("a shelf");
        let past: &[StockLoan] = holding.past.as_deref().expect("loans");
        assert_eq!((shelf.name.as_deref(), past.len()), (Some("top"), 1));
    }

    #[test]
    fn types_of_this_crate() {
        use replaced::stock::Holding;
        use replaced::{Client, publication};

        let client = Client::offline();
        let lend = publication::LendRequest::new("Ada");
        let _: Request<own::AnyLoan> = client.publications().by_id(7).lend(lend);
        let list: Request<Page<own::Work>> = client.publications().list();
        assert!(list.select(publication::TITLE).url().ends_with("$select=title"));
        let _: Request<own::Author> = client.authors().create(own::Author::default());
        let update = replaced::AuthorUpdate::new().name("Ada");
        let _: Request<own::Author> = client.authors().by_id("a7").update(update);
        let work: own::Work = own::Map::default().into();
        assert_eq!(work.extra.odata_type(), Some("contoso.library.map"));
        let work: replaced::Publication = replaced::Book::default().into();
        let _: own::Work = work;

        let text = r#"{"condition": "worn,lost", "colours": ["red"], "loan": {"reader": "Bo"},
            "work": {"title": "On Maps", "language": "cy"}}"#;
        let holding: Holding = serde_json::from_str(text).expect("it decodes");
        let condition: &Flags<own::Condition> = holding.condition.as_ref().expect("its condition");
        assert!(condition.contains(&own::Condition::Worn));
        assert_eq!(holding.colours.as_deref(), Some(&["red".to_owned()][..]));
        let loan = holding.loan.as_ref().expect("a loan").read().expect("it is one");
        assert_eq!(loan, own::Loan { reader: "Bo".to_owned() });
        let written = serde_json::to_value(&holding).expect("it encodes");
        let came: serde_json::Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(written, came);
        let _: Reference = replaced::Box::default();
        let book: replaced::Book = serde_json::from_str(r#"{"language": "cy"}"#).expect("a book");
        assert!(matches!(book.language, Some(own::Tongue::Welsh)));
    }
}
