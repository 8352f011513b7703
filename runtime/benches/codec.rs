//! How fast a page of objects is read and written, against serde's derive on the same type and
//! against untyped JSON. `cargo bench --bench codec`; what counts is the ratio within one run.

mod messages;

use docbind_runtime::Page;
use serde_json::Value;

use self::messages::{DerivedPage, Message};

fn text() -> Vec<u8> {
    messages::text(50)
}

fn main() {
    // Both types hold all of the text, or the figures would say nothing.
    assert_eq!(serde_json::to_value(slots()).expect("encodes"), untyped());
    assert_eq!(serde_json::to_value(derived()).expect("encodes"), untyped());
    divan::main();
}

fn slots() -> Page<Message> {
    serde_json::from_slice(&text()).expect("decodes")
}

fn derived() -> DerivedPage {
    serde_json::from_slice(&text()).expect("decodes")
}

fn untyped() -> Value {
    serde_json::from_slice(&text()).expect("decodes")
}

#[divan::bench_group]
mod decode_text {
    use super::{DerivedPage, Message, Page, Value, text};

    #[divan::bench]
    fn slots(bencher: divan::Bencher<'_, '_>) {
        let text = text();
        bencher.bench_local(|| serde_json::from_slice::<Page<Message>>(&text).expect("decodes"));
    }

    #[divan::bench]
    fn derive(bencher: divan::Bencher<'_, '_>) {
        let text = text();
        bencher.bench_local(|| serde_json::from_slice::<DerivedPage>(&text).expect("decodes"));
    }

    #[divan::bench]
    fn value(bencher: divan::Bencher<'_, '_>) {
        let text = text();
        bencher.bench_local(|| serde_json::from_slice::<Value>(&text).expect("decodes"));
    }
}

#[divan::bench_group]
mod decode_value {
    use super::{DerivedPage, Message, Page, untyped};

    #[divan::bench]
    fn slots(bencher: divan::Bencher<'_, '_>) {
        bencher.with_inputs(untyped).bench_local_values(serde_json::from_value::<Page<Message>>);
    }

    #[divan::bench]
    fn derive(bencher: divan::Bencher<'_, '_>) {
        bencher.with_inputs(untyped).bench_local_values(serde_json::from_value::<DerivedPage>);
    }
}

#[divan::bench_group]
mod encode_text {
    #[divan::bench]
    fn slots(bencher: divan::Bencher<'_, '_>) {
        let page = super::slots();
        bencher.bench_local(|| serde_json::to_vec(&page).expect("encodes"));
    }

    #[divan::bench]
    fn derive(bencher: divan::Bencher<'_, '_>) {
        let page = super::derived();
        bencher.bench_local(|| serde_json::to_vec(&page).expect("encodes"));
    }

    #[divan::bench]
    fn value(bencher: divan::Bencher<'_, '_>) {
        let page = super::untyped();
        bencher.bench_local(|| serde_json::to_vec(&page).expect("encodes"));
    }
}
