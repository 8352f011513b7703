//! What can go to another thread. That it compiles is the test.

mod service;

use docbind_runtime::auth::{ClientSecret, DeviceCode};
use docbind_runtime::{
    Answers, Batch, Changes, Client, Download, Error, Items, Page, Pages, Reference, Request,
    Ticket, Upload, Value,
};

use self::service::{client, reply, run};

fn is_send<T: Send + 'static>(_: &T) {}

fn of_type<T: Send + 'static>() {}

#[test]
fn futures_go_to_other_threads() {
    let (node, transport, _) = client(|_, _| reply(200, &[], "{}"));
    let list = move || node.get::<Page<Reference>>("/things");
    is_send(&list().send());
    is_send(&list().send_full());
    is_send(&list().download());
    is_send(&list().into_future());
    is_send(&list().items().collect_up_to(9));
    is_send(&async move {
        let mut items = list().items();
        while let Some(item) = items.next().await {
            drop(item);
        }
        let mut changes = list().changes();
        while let Some(change) = changes.next().await {
            drop(change);
        }
    });
    let (node, ..) = client(|_, _| reply(200, &[], "{}"));
    is_send(&Batch::new(node.client()).send());
    is_send(&Upload::of_bytes(node.client(), "https://example.org", "x").send::<Value>());
    is_send(&Upload::of_bytes(node.client(), "https://example.org", "x").cancel());
    let credential = DeviceCode::new("t", "app", |_| {});
    is_send(&async move { credential.sign_in(["scope"]).await });
    assert!(transport.sent().is_empty(), "nothing is done before it is awaited");
}

#[test]
fn values_go_to_other_threads() {
    of_type::<Client>();
    of_type::<Error>();
    of_type::<Request<Page<Reference>>>();
    of_type::<Pages<Reference>>();
    of_type::<Items<Reference>>();
    of_type::<Changes<Reference>>();
    of_type::<Download>();
    of_type::<Batch>();
    of_type::<Answers>();
    of_type::<Ticket<Reference>>();
    of_type::<ClientSecret>();
    let (node, transport, _) = client(|_, _| reply(200, &[], r#"{"a": 1}"#));
    let request = node.get::<Value>("/things");
    let answer = std::thread::spawn(move || run(request)).join().expect("no panic");
    assert_eq!(answer.expect("an answer")["a"], 1);
    assert_eq!(transport.sent().len(), 1);
}
