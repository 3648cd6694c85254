//! What a host needs of a finished output, the proof that it is there, and the branch that gets it (a door).

mod branch;
mod proof;

pub use branch::{Branch, Change, Changes, Source};
pub use proof::{Ask, Counts, File, Proof, prove, size};
