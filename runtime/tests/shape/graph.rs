//! The root of the nodes.

use super::nodes::{Groups, Me, Users};

/// The API.
// The one tuple field of every node is a `Node`.
pub struct Graph(::docbind_runtime::codegen::Node);

// `new(credential)`, `builder()`, `offline()`, `with(client)`: whatever a client can be made of.
::docbind_runtime::client! { Graph "https://graph.microsoft.com/v1.0" self::TABLE }

// In the file of permissions: hashes of operations, each with the place of a set, and the sets.
static TABLE: ::docbind_runtime::codegen::PermissionTable =
    ::docbind_runtime::codegen::PermissionTable::new(&[], &[]);

impl Graph {
    /// `/me`
    #[inline]
    pub fn me(&self) -> Me {
        Me(self.0.clone())
    }

    /// `/users`
    #[inline]
    pub fn users(&self) -> Users {
        Users(self.0.clone())
    }

    /// `/groups`
    #[inline]
    pub fn groups(&self) -> Groups {
        Groups(self.0.clone())
    }
}
