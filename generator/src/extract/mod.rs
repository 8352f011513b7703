//! What one page states.

mod http_message;
mod json;
