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
            reading.fault(at..at + 1, told(DEEP));
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

/// How the parser's complaints begin, what a finding says, and the next step.
const PHRASES: [(&str, &str, &str); 17] = [
    ("string values must be quoted", "a text without quotes", QUOTES),
    ("invalid boolean", "a text without quotes", QUOTES),
    ("key with no value", "a key without `=` and a value", "write `key = value` on this line"),
    ("invalid unquoted key", "a key with a sign that needs quotes", "use letters, digits, `-` and `_` only"),
    ("unquoted keys cannot be empty", "a key is missing before `=`", "write `key = value` on this line"),
    (
        "unexpected key or value",
        "something follows the value on its line",
        "start a new line, or put the whole text in quotes",
    ),
    ("unexpected leading zero", "a number cannot begin with `0`", "leave out the zero, or put a text in quotes"),
    ("missing comma", "a `,` is missing here, or a bracket before it is not closed", "put a `,` between two items"),
    ("extra comma", "a `,` too many", "take it out"),
    ("missing escaped value", "this backslash is not understood", BACKSLASH),
    ("unclosed array table", "`[[` is not closed by `]]`", "add `]]` at the end of the line"),
    ("unclosed inline table", "`{` is not closed by `}`", "add `}` behind the last value"),
    ("unclosed", "`[` is not closed by `]`", "add `]` here"),
    ("invalid basic string", "a quote is not closed", CLOSE),
    ("invalid literal string", "a quote is not closed", CLOSE),
    ("invalid multi-line", "three quotes are not closed by three", "add the three quotes at the end of the text"),
    ("cannot recurse further", DEEP.0, DEEP.1),
];

const QUOTES: &str = "put it in quotes: `\"…\"`";
const CLOSE: &str = "add the same quote at the end of the text";
pub(super) const BACKSLASH: &str = "write `\\\\` for a backslash, or use single quotes";
pub(super) const DEEP: (&str, &str) = ("nested too deeply", "write it with fewer brackets inside each other");
pub(super) const TWICE: &str = "keep one of the two";

impl Reading<'_> {
    /// Everything that can be read. The parser gives up at a line without `=` or with an open `[`:
    /// such a line is blanked, which moves nothing, and the text read again. What stands below a table's
    /// heading that is not closed goes with it: nobody knows which table it belongs to.
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
                    stopped = stopped.or(Some((range.start, error.message().starts_with("unclosed"))));
                }
                if let Some(words) = self.phrase(error.message(), &range) {
                    let colon = self.yaml_colon(range.start).filter(|_| words.0.starts_with("TOML"));
                    self.fault(colon.map_or(range, |colon| colon..colon + 1), words);
                }
            }
            match stopped.and_then(|(at, table)| blanked(&text, at, table)) {
                Some(rest) if self.faults.len() < MAX_FAULTS => text = Cow::Owned(rest),
                _ => return self.table(table.get_ref(), 1),
            }
        }
    }

    /// What the parser says, in the words of a finding; nothing where the value itself will be one.
    fn phrase(&self, message: &str, range: &Range<usize>) -> Option<(String, &'static str)> {
        let written = self.text.get(range.clone()).unwrap_or("").trim();
        let what = message.split(", expected").next().unwrap_or(message);
        let words = match what {
            // `Fields::date` says it better, as `bad-date`.
            "invalid date" => return None,
            "duplicate key" => (format!("`{}` is given twice", written.trim_matches(['"', '\''])), TWICE),
            "string values must be quoted" if written.is_empty() => {
                told(("a value is missing", "write it behind the `=`, or leave the key out"))
            }
            "key with no value" if self.yaml_colon(range.start).is_some() => {
                told(("TOML writes `key = value`, not `key: value`", "write `=` in place of `:`, and texts in quotes"))
            }
            _ => {
                let known = PHRASES.iter().find(|(theirs, ..)| what.starts_with(theirs));
                told(
                    known.map_or((what, "write `key = value`, with texts in quotes"), |(_, ours, hint)| (*ours, *hint)),
                )
            }
        };
        Some(words)
    }

    /// Where the `:` stands in a line such as `key: value`.
    fn yaml_colon(&self, at: usize) -> Option<usize> {
        let start = self.text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
        let line = self.text.get(start..)?.lines().next()?;
        let key = line.split('=').next()?;
        Some(start + key.find(':')?)
    }

    /// Note a fault, one for each line: what follows on a line is mostly its consequence.
    fn fault(&mut self, range: Range<usize>, (message, hint): (String, &'static str)) {
        let before = self.text.get(..range.start).unwrap_or("");
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        if self.lines.insert(line) {
            let span = Span::from(range).shifted(self.offset);
            self.faults.push(Fault { span, message, hint });
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
                self.fault(range.clone(), told(DEEP));
                Value::Null
            }
            DeValue::String(_) if range.is_empty() => Value::Null,
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).map_or_else(
                |_| {
                    self.fault(range.clone(), told(("this number is too large", QUOTES)));
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

fn told((message, hint): (&str, &'static str)) -> (String, &'static str) {
    (message.to_owned(), hint)
}

/// The text with the line around `at` as spaces, and with a whole `table` all lines up to the next heading; nothing
/// where that line is blank already.
fn blanked(text: &str, at: usize, table: bool) -> Option<String> {
    let (before, after) = text.split_at_checked(at)?;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = after.find('\n').map_or(text.len(), |end| at + end);
    text.get(start..line).filter(|line| !line.trim().is_empty())?;
    let next = text.get(line..)?.find("\n[").map_or(text.len(), |next| line + next);
    let end = if table { next } else { line };
    let spaces = text.get(start..end)?.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' });
    let mut blanked = text.to_owned();
    blanked.replace_range(start..end, &spaces.collect::<String>());
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
