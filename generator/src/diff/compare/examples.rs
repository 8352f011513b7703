//! Examples, which state no fact of their own.

use std::collections::BTreeMap;

use super::Sides;
use super::operations::about;
use crate::diff::rule::Rule;
use crate::model::{Example, ExampleBody, Method, Operation};

/// What of an example a reader sees.
type Shown<'m> = (Option<Request<'m>>, Option<Answer<'m>>);
type Request<'m> = (Method, &'m str, &'m [(String, String)], Option<Body<'m>>);
type Answer<'m> = (u16, &'m [(String, String)], Option<Body<'m>>);

/// A body, of which only counts what it holds: a model that was JSON has it laid out anew.
struct Body<'m>(&'m ExampleBody);

impl PartialEq for Body<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_same(other.0)
    }
}

impl<'m> Sides<'m> {
    /// Examples belong together by name, else by their place.
    pub(super) fn examples(&mut self, old: &'m Operation, new: &'m Operation) {
        // As nearly all are, without a name for each.
        let is_same =
            |(was, is): (&Example, &Example)| was.name == is.name && shown(was) == shown(is);
        let (base, head) = (&old.examples, &new.examples);
        if base.len() == head.len() && base.iter().zip(head).all(is_same) {
            return;
        }
        let (base, head) = (named(old), named(new));
        for (name, was) in &base {
            let at = |rule| about(rule, new).member(name.as_str()).base(&was.source);
            match head.get(name) {
                None => self.push(at(Rule::ExampleRemoved).near(&new.source)),
                Some(is) if shown(was) != shown(is) => {
                    self.push(at(Rule::ExampleChanged).head(&is.source));
                }
                Some(_) => {}
            }
        }
        for (name, is) in &head {
            if !base.contains_key(name) {
                let change = about(Rule::ExampleAdded, new).member(name.as_str());
                self.push(change.head(&is.source));
            }
        }
    }
}

/// The examples with a name each: their own, or their number.
fn named(operation: &Operation) -> BTreeMap<String, &Example> {
    let mut named = BTreeMap::new();
    for (example, number) in operation.examples.iter().zip(1..) {
        let name = example.name.clone().filter(|name| !named.contains_key(name));
        named.insert(name.unwrap_or_else(|| format!("example {number}")), example);
    }
    named
}

fn shown(example: &Example) -> Shown<'_> {
    let request = example
        .request
        .as_ref()
        .map(|it| (it.method, it.url.as_str(), it.headers.as_slice(), it.body.as_ref().map(Body)));
    let answer = example
        .response
        .as_ref()
        .map(|it| (it.status, it.headers.as_slice(), it.body.as_ref().map(Body)));
    (request, answer)
}
