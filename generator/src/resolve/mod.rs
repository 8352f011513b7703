//! From the statements of all pages to a model.
