//! Field slots: JSON in and out of types that only say what their fields are.

mod compare;
mod decode;
mod encode;
mod field;
mod kinds;
mod set;

pub(crate) use compare::copy_fields;
pub use compare::{copy, debug, equal};
pub(crate) use decode::{
    Context, decode, decode_json, deserialize_digits, deserialize_fields, extra_mut, fill_object,
    fill_slot, index_step,
};
pub use decode::{deserialize, deserialize_text};
pub use encode::serialize;
pub(crate) use encode::{double, to_map};
pub use field::{
    Empty, Field, Fields, Kind, List, ListSlot, ObjectSlot, Slot, Table, TextSlot, Type, ValueSlot,
    View,
};
pub use kinds::{Text, copy_text, read_text, serialize_text};
pub use set::{set_boxed, set_into, set_list, set_patch};
