//! Values of the type that a key wants, and the findings where they are of another.
