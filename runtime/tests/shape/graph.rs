//! The root of the nodes.

use super::nodes::{Groups, Me, Users};

/// The API.
// The one tuple field of every node is a `Node`.
pub struct Graph(::docbind_runtime::codegen::Node);

// `new(credential)`, `offline()`, `with(client)`: whatever a client can be made of.
::docbind_runtime::client! { Graph "https://graph.microsoft.com/v1.0" }

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
