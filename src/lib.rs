//! The rooms of mendbook, in the order in which the data takes them, with the plan of the code.
//!
#![doc = include_str!("README.md")]
#![forbid(unsafe_code)]

// The order of this list is the order the data takes. A module imports only from those
// listed above it; `tests/house.rs` reads the list and keeps it so.

// ground
pub mod source;
pub mod route;
pub mod diag;
pub mod data;
pub mod prose;
// reading, one file at a time
pub mod config;
pub mod kinds;
pub mod git;
pub mod discover;
pub mod words;
pub mod parse;
// understanding, the book as a whole
pub mod model;
pub mod graph;
pub mod audience;
pub mod related;
pub mod layout;
pub mod search;
pub mod checks;
// showing
pub mod markdown;
pub mod view;
pub mod theme;
pub mod render;
pub mod leaks;
pub mod site;
pub mod compare;
// doors
pub mod edit;
pub mod write;
pub mod publish;
pub mod serve;
pub mod cli;
