//! A place in the path, from which requests start. Generated nodes are wrappers around it.

use std::fmt::Display;

use http::Method;

use crate::client::Client;
use crate::path::Argument;
use crate::permissions::PermissionTable;
use crate::request::Request;

/// The client, and the arguments of the path so far. The fixed parts of the path stand in the
/// template that each endpoint gives.
#[derive(Debug)]
pub struct Node {
    client: Client,
    arguments: Vec<Argument>,
}

impl Node {
    /// The root of the service.
    pub fn new(client: Client) -> Self {
        Self { client, arguments: Vec::new() }
    }

    /// The root of an API with these permissions.
    pub fn root(mut client: Client, permissions: &'static PermissionTable) -> Self {
        client.1 = Some(permissions);
        Self::new(client)
    }

    /// The client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The node behind one more argument.
    #[must_use]
    pub fn with(&self, argument: impl Display) -> Self {
        self.push(Some(argument.to_string()))
    }

    /// The node behind one more argument that can be left out.
    #[must_use]
    pub fn with_optional(&self, argument: Option<impl Display>) -> Self {
        self.push(argument.map(|argument| argument.to_string()))
    }

    #[inline(never)]
    fn push(&self, argument: Argument) -> Self {
        let mut arguments = Vec::with_capacity(self.arguments.len() + 1);
        arguments.extend_from_slice(&self.arguments);
        arguments.push(argument);
        Self { client: self.client.clone(), arguments }
    }

    /// A GET request.
    #[inline(never)]
    pub fn get<T>(&self, template: &'static str) -> Request<T> {
        Request::new(&self.client, Method::GET, template, &self.arguments)
    }

    /// A POST request.
    #[inline(never)]
    pub fn post<T>(&self, template: &'static str) -> Request<T> {
        Request::new(&self.client, Method::POST, template, &self.arguments)
    }

    /// A PATCH request.
    #[inline(never)]
    pub fn patch<T>(&self, template: &'static str) -> Request<T> {
        Request::new(&self.client, Method::PATCH, template, &self.arguments)
    }

    /// A PUT request.
    #[inline(never)]
    pub fn put<T>(&self, template: &'static str) -> Request<T> {
        Request::new(&self.client, Method::PUT, template, &self.arguments)
    }

    /// A DELETE request.
    #[inline(never)]
    pub fn delete<T>(&self, template: &'static str) -> Request<T> {
        Request::new(&self.client, Method::DELETE, template, &self.arguments)
    }
}

/// Not inlined, like the rest: thousands of generated functions would be optimized with it in the
/// library, whether anyone calls them or not.
impl Clone for Node {
    #[inline(never)]
    fn clone(&self) -> Self {
        Self { client: self.client.clone(), arguments: self.arguments.clone() }
    }
}
