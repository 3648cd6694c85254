//! TOML into [`Node`] trees, through the `toml` crate's recovering parser.

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::{Entry, Fault, MAX_DEPTH, MAX_FAULTS, Node, Value};
use crate::source::Span;

/// Read TOML; `offset` is added to every span. Whatever could not be read is a fault, the rest is in the tree.
/// Of a key given twice the first value stays.
#[must_use]
pub fn toml(text: &str, offset: usize) -> (Node, Vec<Fault>) {
    let mut reading = Reading {
        text,
        offset,
        faults: Vec::new(),
    };
    let entries = match too_deep(text) {
        Some(at) => {
            reading.fault(at..at + 1, "nested too deeply".to_owned());
            Vec::new()
        }
        None => reading.document(),
    };
    reading.faults.sort_by_key(|fault| fault.span);
    reading.faults.truncate(MAX_FAULTS);
    let root = Node {
        span: Span::new(0, text.len()).shifted(offset),
        value: Value::Table(entries),
    };
    (root, reading.faults)
}

struct Reading<'t> {
    text: &'t str,
    offset: usize,
    faults: Vec<Fault>,
}

impl Reading<'_> {
    fn document(&mut self) -> Vec<Entry> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in &errors {
            let end = self.text.len();
            let span = error.span().unwrap_or(end..end);
            let message = self.phrase(error.message(), &span);
            self.fault(span, message);
        }
        self.table(table.get_ref(), 1)
    }

    /// What the parser says, in the words of a finding.
    fn phrase(&self, message: &str, span: &std::ops::Range<usize>) -> String {
        let written = self.text.get(span.clone()).unwrap_or("").trim();
        match message {
            "duplicate key" if !written.is_empty() => {
                format!("`{}` is given twice", written.trim_matches(['"', '\'']))
            }
            "" => "this is no TOML".to_owned(),
            other => other.to_owned(),
        }
    }

    fn fault(&mut self, span: std::ops::Range<usize>, message: String) {
        let span = Span::from(span).shifted(self.offset);
        if !self.faults.iter().any(|fault| fault.span == span) {
            self.faults.push(Fault { span, message });
        }
    }

    fn table(&mut self, table: &DeTable<'_>, depth: usize) -> Vec<Entry> {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                key_span: Span::from(key.span()).shifted(self.offset),
                node: self.node(value, depth),
            })
            .collect();
        // A table opened a second time moves to the end of the parser's map.
        entries.sort_by_key(|entry| entry.key_span);
        entries
    }

    fn node(&mut self, value: &Spanned<DeValue<'_>>, depth: usize) -> Node {
        let range = value.span();
        let value = match value.get_ref() {
            DeValue::Array(_) | DeValue::Table(_) if depth >= MAX_DEPTH => {
                self.fault(range.clone(), "nested too deeply".to_owned());
                Value::Null
            }
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or_else(
                    |_| {
                        self.fault(range.clone(), "this number is too large".to_owned());
                        Value::Null
                    },
                    Value::Int,
                ),
            DeValue::Float(number) => number.as_str().parse().map_or(Value::Null, Value::Float),
            DeValue::Boolean(flag) => Value::Bool(*flag),
            DeValue::Datetime(date) => Value::Date(
                self.text
                    .get(range.clone())
                    .map_or_else(|| date.to_string(), str::to_owned),
            ),
            DeValue::Array(items) => Value::List(
                items
                    .iter()
                    .map(|item| self.node(item, depth + 1))
                    .collect(),
            ),
            DeValue::Table(table) => Value::Table(self.table(table, depth + 1)),
        };
        Node {
            span: Span::from(range).shifted(self.offset),
            value,
        }
    }
}

/// Where brackets and dotted keys together go deeper than the parser's own recursion may follow:
/// it guards against brackets, not against a key of ten thousand parts.
fn too_deep(text: &str) -> Option<usize> {
    const LIMIT: usize = 200;
    let bytes = text.as_bytes();
    // Open brackets, each with the dots of the key before it.
    let mut open: Vec<(u8, usize)> = Vec::new();
    let (mut depth, mut dots, mut at, mut line_start) = (0, 0, 0, true);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' => {
                at = after_string(bytes, at);
                line_start = false;
                continue;
            }
            b'#' => {
                at += rest_of_line(bytes, at);
                continue;
            }
            b'.' => dots += 1,
            b'[' | b'{' => {
                depth += dots + 1;
                let kind = if line_start && open.iter().all(|(kind, _)| *kind == b'h') {
                    b'h'
                } else {
                    byte
                };
                open.push((kind, dots + 1));
                dots = 0;
            }
            b']' | b'}' => {
                dots = 0;
                let fits = |kind: u8| (byte == b']') == (kind != b'{');
                if let Some((_, cost)) = open.pop_if(|(kind, _)| fits(*kind)) {
                    depth -= cost;
                }
            }
            b'\n' => {
                dots = 0;
                while let Some((_, cost)) = open.pop_if(|(kind, _)| *kind == b'h') {
                    depth -= cost;
                }
            }
            b',' => dots = 0,
            _ => {}
        }
        if depth + dots > LIMIT {
            return Some(at);
        }
        line_start = byte == b'\n' || line_start && (matches!(byte, b' ' | b'\t' | b'['));
        at += 1;
    }
    None
}

/// The offset after the string that opens at `at`; a string of one line ends with its line.
fn after_string(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or(&[]);
    let quote = rest.first().copied().unwrap_or(b'"');
    let triple = [quote; 3];
    let long = rest.starts_with(&triple);
    let mut offset = if long { 3 } else { 1 };
    while let Some(&byte) = rest.get(offset) {
        let here = rest.get(offset..).unwrap_or(&[]);
        match byte {
            b'\\' if quote == b'"' => offset += 1,
            b'\n' if !long => return at + offset,
            _ if long && here.starts_with(&triple) => return at + offset + 3,
            _ if !long && byte == quote => return at + offset + 1,
            _ => {}
        }
        offset += 1;
    }
    bytes.len()
}

fn rest_of_line(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or(&[]);
    rest.iter()
        .position(|&byte| byte == b'\n')
        .unwrap_or(rest.len())
}
