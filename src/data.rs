//! TOML and YAML as one tree of values that know their place, for `site.toml` and front matter.

use crate::source::Span;

mod toml;
mod typed;
mod yaml;

pub use self::toml::toml;
pub use self::yaml::yaml;
pub use typed::{Fields, Spanned, iso_date};

/// Lists and tables may lie this deep in each other; what is deeper is a fault.
const MAX_DEPTH: usize = 64;

/// A text gets at most this many faults; more would not help its author.
const MAX_FAULTS: usize = 40;

/// A value and the bytes it was written in (counted in the whole file).
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value's own bytes.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// What a node holds. Tables keep the order in which they were written.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// True or false.
    Bool(bool),
    /// A TOML date or date-time, as written (YAML has none: its dates are text).
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// Keys with values.
    Table(Vec<Entry>),
    /// YAML's null, and a key without a value.
    Null,
}

/// One key of a table and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// Its value.
    pub node: Node,
}

/// What was wrong in the text; the tree holds whatever could be read all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub span: Span,
    /// One phrase.
    pub message: String,
    /// The next step.
    pub hint: &'static str,
}

impl Node {
    /// The entry called `key`, if this is a table that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The entries of a table; nothing for anything else.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// What kind of value this is, for messages: "a text", "a number" …
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self.value {
            Value::Text(_) => "a text",
            Value::Int(_) | Value::Float(_) => "a number",
            Value::Bool(_) => "true or false",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
            Value::Null => "nothing",
        }
    }
}

#[cfg(test)]
mod tests;
