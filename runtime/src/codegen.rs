//! What generated code may call, and nobody else: it changes with the generator.

pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use crate::codec::{
    Field, Fields, Kind, List, ListSlot, ObjectSlot, PatchSlot, Slot, Table, Text, TextSlot, Type,
    ValueSlot, View, copy, copy_text, debug, deserialize, deserialize_text, equal, read_text,
    serialize, serialize_text, set_boxed, set_into, set_list, set_patch,
};
pub use crate::node::Node;
pub use crate::object::into_base;
pub use crate::permissions::PermissionTable;
pub use crate::replay;
pub use crate::response::read_value;
