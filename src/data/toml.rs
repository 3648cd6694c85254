//! TOML into [`Node`] trees, through the `toml` crate's recovering parser.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::{Entry, Fault, MAX_DEPTH, MAX_FAULTS, Node, Value};
use crate::source::Span;

/// Read TOML; `offset` is added to every span. Whatever could not be read is a fault, the rest is in the tree.
/// Of a key given twice the first value stays.
#[must_use]
pub fn toml(text: &str, offset: usize) -> (Node, Vec<Fault>) {
    let mut reading = Reading { text, offset, faults: Vec::new(), lines: BTreeSet::new() };
    let entries = match too_deep(text) {
        Some(at) => {
            reading.fault(at..at + 1, "nested too deeply".to_owned());
            Vec::new()
        }
        None => reading.document(),
    };
    reading.faults.sort_by_key(|fault| fault.span);
    reading.faults.truncate(MAX_FAULTS);
    let root = Node { span: Span::new(0, text.len()).shifted(offset), value: Value::Table(entries) };
    (root, reading.faults)
}

struct Reading<'t> {
    text: &'t str,
    offset: usize,
    faults: Vec<Fault>,
    /// Where the lines start that have a fault.
    lines: BTreeSet<usize>,
}

/// How the parser's complaints begin, and what a finding says.
const PHRASES: [(&str, &str); 17] = [
    ("string values must be quoted", "a text needs quotes around it"),
    ("invalid boolean", "a text needs quotes around it"),
    ("key with no value", "expected `=` and a value after the key"),
    ("invalid unquoted key", "a key with other signs than letters, digits, `-` and `_` needs quotes"),
    ("unquoted keys cannot be empty", "a key is missing before `=`"),
    ("unexpected key or value", "only a comment may follow a value on its line"),
    ("unexpected leading zero", "a number cannot begin with `0`"),
    ("missing comma", "a `,` is missing here, or a bracket before it is not closed"),
    ("extra comma", "a `,` too many"),
    ("missing escaped value", "unknown escape: write `\\\\` for a backslash, or use single quotes"),
    ("unclosed array table", "`[[` is not closed by `]]`"),
    ("unclosed inline table", "`{` is not closed by `}`"),
    ("unclosed", "`[` is not closed by `]`"),
    ("invalid basic string", "a quote is not closed"),
    ("invalid literal string", "a quote is not closed"),
    ("invalid multi-line", "three quotes are not closed by three"),
    ("cannot recurse further", "nested too deeply"),
];

impl Reading<'_> {
    /// Everything that can be read. The parser gives up at a line without `=` or with an open `[`:
    /// such a line is blanked, which moves nothing, and the text read again.
    fn document(&mut self) -> Vec<Entry> {
        let mut text = Cow::Borrowed(self.text);
        loop {
            let (table, errors) = DeTable::parse_recoverable(&text);
            let mut stopped = None;
            for error in &errors {
                let end = text.len();
                let range = error.span().unwrap_or(end..end);
                if matches!(
                    error.message().split(',').next(),
                    Some("key with no value" | "unclosed table" | "unclosed array table")
                ) {
                    stopped = stopped.or(Some(range.start));
                }
                if let Some(message) = self.phrase(error.message(), &range) {
                    self.fault(range, message);
                }
            }
            match stopped.and_then(|at| blank_line(&text, at)) {
                Some(rest) if self.faults.len() < MAX_FAULTS => text = Cow::Owned(rest),
                _ => return self.table(table.get_ref(), 1),
            }
        }
    }

    /// What the parser says, in the words of a finding; nothing where the value itself will be one.
    fn phrase(&self, message: &str, range: &Range<usize>) -> Option<String> {
        let written = self.text.get(range.clone()).unwrap_or("").trim();
        let what = message.split(", expected").next().unwrap_or(message);
        let words = match what {
            // `Fields::date` says it better, as `bad-date`.
            "invalid date" => return None,
            "duplicate key" => format!("`{}` is given twice", written.trim_matches(['"', '\''])),
            "string values must be quoted" if written.is_empty() => "a value is missing".to_owned(),
            "key with no value" if self.is_yaml_line(range.start) => {
                "TOML writes `key = value`, not `key: value`".to_owned()
            }
            _ => PHRASES.iter().find(|(theirs, _)| what.starts_with(theirs)).map_or(what, |(_, ours)| ours).to_owned(),
        };
        Some(words)
    }

    fn is_yaml_line(&self, at: usize) -> bool {
        let (before, after) = self.text.split_at_checked(at).unwrap_or(("", ""));
        let start = before.rsplit('\n').next().unwrap_or("");
        let line = start.chars().chain(after.chars().take_while(|&c| c != '\n'));
        line.take_while(|&c| c != '=').any(|c| c == ':')
    }

    /// Note a fault, one for each line: what follows on a line is mostly its consequence.
    fn fault(&mut self, range: Range<usize>, message: String) {
        let before = self.text.get(..range.start).unwrap_or("");
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        if self.lines.insert(line) {
            let span = Span::from(range).shifted(self.offset);
            self.faults.push(Fault { span, message });
        }
    }

    fn table(&mut self, table: &DeTable<'_>, depth: usize) -> Vec<Entry> {
        let mut entries: Vec<Entry> = table
            .iter()
            // A line `= 1` gives a key of no bytes.
            .filter(|(key, _)| !key.span().is_empty())
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
            DeValue::String(_) if range.is_empty() => Value::Null,
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).map_or_else(
                |_| {
                    self.fault(range.clone(), "this number is too large".to_owned());
                    Value::Null
                },
                Value::Int,
            ),
            DeValue::Float(number) => number.as_str().parse().map_or(Value::Null, Value::Float),
            DeValue::Boolean(flag) => match self.text.get(range.clone()) {
                Some("true" | "false") | None => Value::Bool(*flag),
                Some(other) => Value::Text(other.to_owned()),
            },
            DeValue::Datetime(date) => {
                Value::Date(self.text.get(range.clone()).map_or_else(|| date.to_string(), str::to_owned))
            }
            DeValue::Array(items) => Value::List(items.iter().map(|item| self.node(item, depth + 1)).collect()),
            DeValue::Table(table) => Value::Table(self.table(table, depth + 1)),
        };
        Node { span: Span::from(range).shifted(self.offset), value }
    }
}

/// The text with the line around `at` as spaces; nothing where that line is blank already.
fn blank_line(text: &str, at: usize) -> Option<String> {
    let (before, after) = text.split_at_checked(at)?;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let end = after.find('\n').map_or(text.len(), |end| at + end);
    let line = text.get(start..end).filter(|line| !line.trim().is_empty())?;
    let mut blanked = text.to_owned();
    blanked.replace_range(start..end, &" ".repeat(line.len()));
    Some(blanked)
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
                let kind = if line_start && open.iter().all(|(kind, _)| *kind == b'h') { b'h' } else { byte };
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
    rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len())
}
