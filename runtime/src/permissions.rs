//! What a caller must be allowed to do.

/// The permissions that allow a call, as the docs state them: for each kind of token alternatives,
/// the least privileged first. An alternative that needs several permissions at once has `+`
/// between them: `Group.Read.All+User.Read.All`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Permissions {
    /// For a token of someone with a work or school account.
    pub delegated_work: &'static [&'static str],
    /// For a token of someone with a personal account.
    pub delegated_personal: &'static [&'static str],
    /// For a token of an application.
    pub application: &'static [&'static str],
}

impl Permissions {
    /// These permissions; what generated tables hold.
    pub const fn new(
        delegated_work: &'static [&'static str],
        delegated_personal: &'static [&'static str],
        application: &'static [&'static str],
    ) -> Self {
        Self { delegated_work, delegated_personal, application }
    }
}

/// Looks an operation, such as `GET /users/{id}`, up in a sorted table.
pub fn permissions(
    operation: &str,
    operations: &[(&str, usize)],
    sets: &'static [Permissions],
) -> Option<&'static Permissions> {
    let place = operations.binary_search_by(|(other, _)| (*other).cmp(operation)).ok()?;
    sets.get(operations[place].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_found_by_method_and_path() {
        static SETS: &[Permissions] = &[Permissions::new(&["A.Read"], &[], &["A.ReadWrite.All"])];
        let table = [("GET /a", 0), ("GET /b", 0)];
        let found = permissions("GET /b", &table, SETS);
        assert_eq!(found.map(|found| found.delegated_work), Some(&["A.Read"][..]));
        assert_eq!(permissions("GET /c", &table, SETS), None);
    }
}
