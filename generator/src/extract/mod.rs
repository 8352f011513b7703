//! What one page states.
