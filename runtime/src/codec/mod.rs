//! Field slots: JSON in and out of types that only say what their fields are.

mod compare;
mod decode;
mod encode;
mod field;
mod kinds;
mod set;

pub use compare::{copy, debug, equal};
pub(crate) use compare::{copy_fields, copy_properties};
pub(crate) use decode::{
    Context, decode, decode_json, deserialize_digits, deserialize_fields, extra_mut, fill_slot,
    index_step,
};
pub use decode::{deserialize, deserialize_text};
pub(crate) use encode::double;
pub use encode::serialize;
pub use field::{
    Field, Fields, Kind, List, ListSlot, ObjectSlot, PatchSlot, Slot, Table, TextSlot, Type,
    ValueSlot, View,
};
pub use kinds::{Text, copy_text, read_text, serialize_text};
pub use set::{set_boxed, set_into, set_list, set_patch};
