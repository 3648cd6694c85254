//! A text with a name, and places in it: byte spans, and the lines and columns people count in.

use std::cell::RefCell;
use std::sync::OnceLock;

/// A half-open range of bytes in one source text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to, not including, `end`. Sources are limited to 4 GiB (the page limit is far below).
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let (start, end) = (clamp(start), clamp(end));
        Self { start, end: end.max(start) }
    }

    /// The same span as a range of `usize`, for slicing.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The span moved `by` bytes further into the text.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by, self.end as usize + by)
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Where an offset lies as people say it; both count from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// One text file of the handbook: its path from the site's root (always with `/`) and its text.
#[derive(Debug)]
pub struct Source {
    path: String,
    text: String,
    lines: OnceLock<Vec<u32>>,
    counts: OnceLock<Vec<u32>>,
}

impl PartialEq for Source {
    /// Whether two files have one path and one text.
    fn eq(&self, other: &Source) -> bool {
        self.path == other.path && self.text == other.text
    }
}

/// Bytes after which the characters of a text are counted on from a known place.
const STRIDE: usize = 1024;

impl Source {
    /// A source called `path` holding `text`.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), lines: OnceLock::new(), counts: OnceLock::new() }
    }

    /// The path from the site's root, with `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text, as read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte offset; an offset past the end is the end, one inside a character its start.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start as usize <= offset).max(1);
        let start = self.shown_from(starts.get(line - 1).copied().unwrap_or(0) as usize);
        Position { line, column: self.characters(offset).saturating_sub(self.characters(start)) + 1 }
    }

    /// How many characters stand before an offset. A line may be megabytes long and hold thousands of findings, so
    /// they are not counted from its start each time.
    fn characters(&self, offset: usize) -> usize {
        let begins = |bytes: &[u8]| bytes.iter().filter(|byte| !matches!(**byte, 0x80..=0xbf)).count();
        let counts = self.counts.get_or_init(|| {
            let mut sum = 0;
            let known = self.text.as_bytes().chunks(STRIDE).map(|chunk| {
                let before = sum;
                sum += begins(chunk);
                clamp(before)
            });
            known.collect()
        });
        let stride = (offset / STRIDE).min(counts.len().saturating_sub(1));
        let rest = self.text.as_bytes().get(stride * STRIDE..offset).unwrap_or(&[]);
        counts.get(stride).map_or(0, |count| *count as usize) + begins(rest)
    }

    /// The line around an offset: from behind the last line feed up to the next.
    #[must_use]
    pub fn line_around(&self, offset: usize) -> std::ops::Range<usize> {
        let starts = self.line_starts();
        let next = starts.partition_point(|start| *start as usize <= offset);
        let start = next.checked_sub(1).and_then(|line| starts.get(line)).map_or(0, |start| *start as usize);
        let end = starts.get(next).map_or(self.text.len(), |end| *end as usize);
        let line = self.text.get(start..end).unwrap_or("");
        start..start + line.trim_end_matches(['\n', '\r']).len()
    }

    /// Where a line that starts at `start` begins to be seen: behind a byte order mark, which is no column.
    pub(crate) fn shown_from(&self, start: usize) -> usize {
        if start == 0 && self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { start }
    }

    /// The text of a span; empty where the span does not fit the text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// Byte offsets at which the lines start; a line ends at `\n`, `\r\n` or a lone `\r`.
    fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let mut starts = vec![0];
            for (at, byte) in bytes.iter().enumerate() {
                let lone_cr = *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n');
                if *byte == b'\n' || lone_cr {
                    starts.push(clamp(at + 1));
                }
            }
            starts
        })
    }
}

thread_local! {
    static AT_WORK: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Do the work on one file or address. Should it fail by a mistake of mendbook's, the report can name what it was.
pub fn at_work<T>(on: &str, work: impl FnOnce() -> T) -> T {
    let before = AT_WORK.replace(Some(on.to_owned()));
    let done = work();
    AT_WORK.set(before);
    done
}

/// What this thread works on.
#[must_use]
pub fn worked_on() -> Option<String> {
    AT_WORK.with(|at| at.try_borrow().ok()?.clone())
}

/// Whether a character may stand neither in HTML nor in XML: signs that control a machine, and what is no character.
#[must_use]
pub fn is_barred(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
        || matches!(c, '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_thread_works_on_is_known_while_it_does() {
        let inner = at_work("a.md", || (at_work("b.md", worked_on), worked_on()));
        assert_eq!(inner, (Some("b.md".to_owned()), Some("a.md".to_owned())));
        assert_eq!(worked_on(), None);
        let failed = std::thread::spawn(|| {
            let _ = std::panic::catch_unwind(|| at_work("c.md", || std::panic::resume_unwind(Box::new(()))));
            worked_on()
        });
        assert_eq!(failed.join().unwrap(), Some("c.md".to_owned()), "a panic leaves it to be read");
    }

    #[test]
    fn positions_count_characters_from_one() {
        let source = Source::new("a.md", "eins\r\nzwei ü drei\n");
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position(6), Position { line: 2, column: 1 });
        assert_eq!(source.position(13), Position { line: 2, column: 7 });
        assert_eq!(source.position(12), Position { line: 2, column: 6 }, "inside ü is its start");
        assert_eq!(source.position(999), Position { line: 3, column: 1 });
        let long = Source::new("a.md", format!("a\n{}x", "ü".repeat(5000)));
        assert_eq!(long.position(10_002), Position { line: 2, column: 5001 });
        assert_eq!(Source::new("a.md", "").position(0), Position { line: 1, column: 1 });
        let marked = Source::new("a.md", "\u{feff}+++\n");
        assert_eq!(marked.position(0), Position { line: 1, column: 1 });
        assert_eq!(marked.position(4), Position { line: 1, column: 2 }, "a byte order mark is no column");
    }
}
