//! YAML into [`Node`] trees: one document, a table at its root, read event by event.

use saphyr_parser::{BufferedInput, Event, Marker, Parser, ScanError};

use super::toml::{BACKSLASH, DEEP, TWICE};
use super::{Entry, Fault, MAX_FAULTS, Node, Value};
use crate::source::Span;

mod build;
mod scalar;

use build::Builder;

/// Read YAML, the first document only; as [`fn@super::toml`]. An empty text is an empty table.
///
/// After a mistake reading goes on at the next line that opens a key of the whole text.
#[must_use]
pub fn yaml(text: &str, offset: usize) -> (Node, Vec<Fault>) {
    let mut entries: Vec<Entry> = Vec::new();
    let mut faults: Vec<Fault> = Vec::new();
    let mut from = 0;
    while let Some(rest) = text.get(from..).filter(|_| faults.len() < MAX_FAULTS) {
        let piece = piece(rest, offset + from);
        for entry in piece.entries {
            match entries.iter().any(|known| known.key == entry.key) {
                true => faults.push(twice(&entry.key, entry.key_span)),
                false => entries.push(entry),
            }
        }
        faults.extend(piece.faults);
        match piece.resume {
            Some(at) => from += at,
            None => break,
        }
    }
    faults.sort_by_key(|fault| fault.span);
    faults.dedup();
    faults.truncate(MAX_FAULTS);
    let root = Node { span: Span::new(0, text.len()).shifted(offset), value: Value::Table(entries) };
    (root, faults)
}

/// What one run of the parser gave, and where the next one may start.
struct Piece {
    entries: Vec<Entry>,
    faults: Vec<Fault>,
    resume: Option<usize>,
}

fn piece(text: &str, offset: usize) -> Piece {
    let places = Places::new(text, offset);
    let mut builder = Builder::new(&places);
    let mut parser = Parser::new(BufferedInput::new(text.chars()));
    let mut resume = None;
    while let Some(event) = parser.next_event() {
        match event {
            Ok((Event::DocumentEnd | Event::StreamEnd, _)) => break,
            Ok((event, span)) => {
                let span = places.span(span.start, span.end);
                if !builder.take(event, span) {
                    break;
                }
            }
            Err(error) => {
                let fault = places.fault(&error);
                builder.broke_off(fault.span);
                builder.faults.push(fault);
                let last = builder.last_key.map_or(0, |key| (key.start as usize).saturating_sub(offset));
                resume = next_key_line(text, last);
                break;
            }
        }
    }
    let (entries, faults) = builder.finish();
    Piece { entries, faults, resume }
}

/// The start of the first line after the one with `at` that opens a key without indentation.
fn next_key_line(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let mut start = at;
    for line in rest.split_inclusive('\n') {
        if start > at {
            let key = line.split(':').next().unwrap_or("");
            let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
            let opens = line.starts_with(|c: char| c.is_alphanumeric() || c == '_');
            if opens && key.len() < line.len() && key.chars().all(word) {
                return Some(start);
            }
        }
        start += line.len();
    }
    None
}

fn twice(key: &str, span: Span) -> Fault {
    Fault { span, message: format!("`{key}` is given twice"), hint: TWICE }
}

/// From the parser's places, which count characters, to bytes of the whole file.
struct Places<'t> {
    text: &'t str,
    offset: usize,
    /// The byte at which each character starts, and the end; empty where every character is one byte.
    starts: Vec<usize>,
}

impl<'t> Places<'t> {
    fn new(text: &'t str, offset: usize) -> Self {
        let starts = if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(at, _)| at).collect() };
        Self { text, offset, starts }
    }

    fn byte(&self, mark: Marker) -> usize {
        if self.starts.is_empty() {
            return mark.index().min(self.text.len());
        }
        self.starts.get(mark.index()).copied().unwrap_or(self.text.len())
    }

    /// The span between two marks, less the white space at its end.
    fn span(&self, start: Marker, end: Marker) -> Span {
        let (start, end) = (self.byte(start), self.byte(end));
        let written = self.text.get(start..end.max(start)).unwrap_or("");
        Span::new(start, start + written.trim_end().len()).shifted(self.offset)
    }

    /// The span of a list with its first `-`, which the parser leaves out where the list is not indented.
    fn with_dash(&self, span: Span) -> Span {
        let start = (span.start as usize).saturating_sub(self.offset);
        let before = self.text.get(..start).unwrap_or("").trim_end_matches(' ');
        match before.strip_suffix('-') {
            Some(rest) if rest.is_empty() || rest.ends_with(['\n', '\r', ' ', '-']) => {
                Span::new(rest.len() + self.offset, span.end as usize)
            }
            _ => span,
        }
    }

    fn slice(&self, span: Span) -> &'t str {
        let range = (span.start as usize).saturating_sub(self.offset)..(span.end as usize).saturating_sub(self.offset);
        self.text.get(range).unwrap_or("")
    }

    /// The tab that the parser means: it points at what stands before or after one.
    fn tab_near(&self, at: usize) -> usize {
        let (before, after) = self.text.split_at_checked(at).unwrap_or((self.text, ""));
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        let indent = before.get(line..).unwrap_or("");
        let tab = indent.find('\t').map(|tab| line + tab);
        tab.or_else(|| after.find('\t').map(|tab| at + tab)).unwrap_or(at)
    }

    /// The last bracket that is open at a place, if it stands on an earlier line.
    fn open_bracket(&self, at: usize) -> Option<usize> {
        let before = self.text.get(..at)?;
        let line = before.rfind('\n').unwrap_or(0);
        let open = before.rfind(['[', '{'])?;
        let closed = before.get(open..)?.contains([']', '}']);
        (open < line && !closed).then_some(open)
    }

    fn fault(&self, error: &ScanError) -> Fault {
        let mut start = self.byte(*error.marker());
        if error.info().contains("tab") {
            start = self.tab_near(start);
        }
        let width = self
            .text
            .get(start..)
            .and_then(|rest| rest.chars().next())
            .filter(|c| !matches!(c, '\r' | '\n'))
            .map_or(0, char::len_utf8);
        let (message, hint) = phrase(error.info());
        if let Some(at) = error.info().contains("illegal placement of ':'").then(|| self.open_bracket(start)).flatten()
        {
            let (message, hint) = ("this bracket is not closed".to_owned(), "close it behind the last value");
            return Fault { span: Span::new(at, at + 1).shifted(self.offset), message, hint };
        }
        Fault { span: Span::new(start, start + width).shifted(self.offset), message, hint }
    }
}

/// A part of the parser's complaint, what a finding says, and the next step; the first that fits.
const PHRASES: [(&str, &str, &str); 17] = [
    (
        "mapping values are not allowed",
        "a `:` too many",
        "put a text that holds `: ` in quotes, or indent the line as those beside it",
    ),
    ("tab", "a tab cannot indent", "use spaces"),
    ("unexpected end of stream", "a quote is not closed", CLOSE),
    ("in quoted scalar", "a quote is not closed", CLOSE),
    (
        "illegal placement of ':'",
        "a `:` inside a list or table",
        "close the bracket before it, or put a text in quotes",
    ),
    ("expected node content", "a value is missing, or a text needs quotes", QUOTES),
    ("cannot start with '-'", "a text cannot start with `-`", QUOTES),
    ("flow sequence", "a list lacks a `,` or its `]`", "put a `,` between two items and `]` behind the last"),
    ("flow mapping", "a table lacks a `,` or its `}`", "put a `,` between two keys and `}` behind the last"),
    ("unknown anchor", "`*` names an anchor that is not there", QUOTES),
    ("anchor or alias", "a text cannot start with `*` or `&`", QUOTES),
    ("recursion limit", DEEP.0, DEEP.1),
    ("simple key", "this line has no key", KEYED),
    ("expected key", "this line has no key", "indent it as the lines beside it, and write `key: value`"),
    ("block sequence entries", "a `-` does not belong here", "indent the list below its key"),
    ("trailing content", "something follows the closing quote", "put the whole text in quotes"),
    ("escape", "this backslash is not understood", BACKSLASH),
];

const QUOTES: &str = "put the text in quotes: `\"…\"`";
const CLOSE: &str = "add the same quote at the end of the text";
const KEYED: &str = "write `key: value` in each line";

/// What the parser says, in the words of a finding, and the next step.
fn phrase(info: &str) -> (String, &'static str) {
    if let Some(found) = info.strip_prefix("unexpected character: ") {
        let c = found.strip_prefix('`').unwrap_or(found).trim_end_matches('\'');
        return (format!("a text cannot start with `{c}`"), QUOTES);
    }
    let known = PHRASES.iter().find(|(part, ..)| info.contains(part));
    known.map_or((info.to_owned(), KEYED), |(_, words, hint)| ((*words).to_owned(), *hint))
}
