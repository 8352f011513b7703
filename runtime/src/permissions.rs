//! What a caller must be allowed to do.

use std::fmt;

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

/// The permissions of all endpoints of an API.
///
/// Operations, such as `GET /users/{id}`, stand in it as their hashes, sorted: the table is part of
/// each program, and the paths of a large API are a hundred times as long.
#[derive(Clone, Copy)]
pub struct PermissionTable {
    operations: &'static [(u64, u32)],
    sets: &'static [Permissions],
}

impl PermissionTable {
    /// A table of hashes, each with the place of its permissions.
    pub const fn new(operations: &'static [(u64, u32)], sets: &'static [Permissions]) -> Self {
        Self { operations, sets }
    }

    pub(crate) fn find(&self, operation: &str) -> Option<&'static Permissions> {
        let wanted = hash(operation);
        let place = self.operations.binary_search_by_key(&wanted, |(hash, _)| *hash).ok()?;
        self.sets.get(usize::try_from(self.operations[place].1).ok()?)
    }
}

impl fmt::Debug for PermissionTable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PermissionTable({} operations)", self.operations.len())
    }
}

/// FNV-1a with 64 bits, which the generator computes, too.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_found_by_method_and_path() {
        static SETS: &[Permissions] = &[Permissions::new(&["A.Read"], &[], &["A.ReadWrite.All"])];
        // The same number stands in the test of the generator.
        let table = PermissionTable::new(&[(0x03cf_27c3_bce3_44e4, 0)], SETS);
        let found = table.find("GET /b");
        assert_eq!(found.map(|found| found.delegated_work), Some(&["A.Read"][..]));
        assert_eq!(table.find("GET /c"), None);
    }
}
