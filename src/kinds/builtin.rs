//! The kinds that every handbook has.
