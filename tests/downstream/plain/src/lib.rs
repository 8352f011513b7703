//! Calls a library.

docbind_runtime::include_api!();

mod names {
    docbind_runtime::include_api!("names");
}

/// Where the books are, the first two.
pub fn two_books() -> String {
    Library::offline().publications().list().top(2).url()
}

/// The name of an item counts before that of a generated one.
#[derive(Debug)]
pub struct Map;

#[cfg(test)]
mod tests {
    use docbind_runtime::Request;

    use super::{Author, Library, Loan, names, publication};

    #[test]
    fn a_call() {
        assert_eq!(super::two_books(), "https://library.contoso.com/v2.0/publications?$top=2");
        let lend = publication::LendRequest::new("Ada").days(14);
        let request: Request<Loan> = Library::offline().publications().by_id(7).lend(lend);
        assert_eq!(request.body.as_bytes(), br#"{"reader":"Ada","days":14}"#);
        assert!(request.permissions().is_some());
        assert_eq!(Author::new(), Author::default());
        assert_eq!(format!("{:?}", super::Map), "Map");
    }

    #[test]
    fn another_api() {
        let update = names::CollisionsUpdate::new();
        let request = names::Client::offline().collisions().by_id(1).update(update);
        assert_eq!(request.url(), "https://names.example/collisions/1");
    }
}
