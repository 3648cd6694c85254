//! Where drawings put things: plain numbers, the same for the same handbook on any machine.

mod threads;

pub use threads::{Arc, Threads, threads};
