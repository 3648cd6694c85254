//! What a plain YAML scalar means, by the core schema.

use saphyr_parser::{ScalarStyle, Tag};

use crate::data::Value;

/// The value of a scalar: quoted and block scalars are text, and so is what a `!!str` marks.
pub(super) fn value(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let marked = tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
    if style != ScalarStyle::Plain || marked {
        return Value::Text(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).unwrap_or_else(|| Value::Text(text.to_owned())),
    }
}

fn number(text: &str) -> Option<Value> {
    if let Some(hex) = text.strip_prefix("0x") {
        return whole(hex, 16);
    }
    if let Some(octal) = text.strip_prefix("0o") {
        return whole(octal, 8);
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    match digits {
        ".inf" | ".Inf" | ".INF" if text.starts_with('-') => {
            return Some(Value::Float(f64::NEG_INFINITY));
        }
        ".inf" | ".Inf" | ".INF" => return Some(Value::Float(f64::INFINITY)),
        _ if matches!(text, ".nan" | ".NaN" | ".NAN") => return Some(Value::Float(f64::NAN)),
        _ => {}
    }
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') || !digits.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    text.parse().map(Value::Int).or_else(|_| text.parse().map(Value::Float)).ok()
}

fn whole(digits: &str, radix: u32) -> Option<Value> {
    if !digits.starts_with(|c: char| c.is_digit(radix)) {
        return None;
    }
    i64::from_str_radix(digits, radix).ok().map(Value::Int)
}
