//! `diff`, as its readers see it: a case for each rule, random edits of a model, and a thousand edits
//! of real pages.

mod docs;
mod edits;
mod enums;
mod prose;
mod real;
mod rules;
mod seeded;
mod shown;
