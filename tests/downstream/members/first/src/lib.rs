//! Some calls.

docbind_runtime::include_api!();
