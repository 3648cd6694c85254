//! Comments (`<!-- -->` and `%% %%` outside code), and what the public is not shown, leave the text before it is read,
//! without moving a byte.
//!
//! What fills its lines becomes spaces; what shares a line with text becomes
//! [`FILL`] characters, which are no white space (so they change no block structure) and which
//! the writer drops.

use std::borrow::Cow;

use crate::source::{Source, Span};

/// Stands where a comment stood; dropped wherever text is written.
pub(super) const FILL: char = '\u{1}';

/// The text without its comments, of the same length in bytes.
#[must_use]
pub fn mask(text: &str) -> Cow<'_, str> {
    if !text.contains("<!--") && !text.contains("%%") {
        return Cow::Borrowed(text);
    }
    let comments = comments(text);
    if comments.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(blanked(text, &comments)) }
}

/// A page's text without some of its parts: what is made of it knows nothing of them, and places stay those of the file.
#[must_use]
pub fn without(source: &Source, parts: &[Span]) -> Source {
    let text = source.text();
    // Whole characters go, so that the rest is text.
    let whole =
        |part: &Span| (text.floor_char_boundary(part.start as usize), text.ceil_char_boundary(part.end as usize));
    let parts: Vec<(usize, usize)> = parts.iter().map(whole).collect();
    Source::new(source.path().to_owned(), blanked(text, &parts))
}

fn blanked(text: &str, parts: &[(usize, usize)]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for &(start, end) in parts {
        let alone = alone(text, (start, end));
        for byte in bytes.get_mut(start..end).unwrap_or(&mut []) {
            match *byte {
                b'\n' | b'\r' if alone => {}
                _ if alone => *byte = b' ',
                _ => *byte = FILL as u8,
            }
        }
    }
    // Whole characters were replaced by ASCII, so the bytes are still UTF-8; were they not, nothing would be shown.
    String::from_utf8(bytes).unwrap_or_default()
}

/// Whether what goes has its lines to itself.
fn alone(text: &str, (start, end): (usize, usize)) -> bool {
    let space = |c: char| c != '\n' && c.is_whitespace();
    let before = text.get(..start).unwrap_or("").trim_end_matches(space);
    let after = text.get(end..).unwrap_or("").trim_start_matches(space);
    (before.is_empty() || before.ends_with('\n')) && (after.is_empty() || after.starts_with('\n'))
}

/// The byte ranges of all comments outside code.
fn comments(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut fence: Option<(u8, usize)> = None;
    let mut at = 0;
    let mut ticks = Ticks::default();
    // Where the last closers stand: an opener behind them is text, and is not searched for again.
    let last = (text.rfind("-->").unwrap_or(0), text.rfind("%%").unwrap_or(0));
    while at < bytes.len() {
        let line_start = at == 0 || bytes.get(at - 1) == Some(&b'\n');
        if line_start {
            let line_end = line_end(bytes, at);
            let line = text.get(at..line_end).unwrap_or("");
            if let Some((mark, count, rest)) = fence_of(line) {
                match fence {
                    None if mark == b'~' || !rest.contains('`') => fence = Some((mark, count)),
                    Some((open, least)) if open == mark && count >= least && rest.trim().is_empty() => fence = None,
                    _ => {}
                }
                at = line_end;
                continue;
            }
            if fence.is_some() {
                at = line_end;
                continue;
            }
        }
        at = match bytes.get(at) {
            Some(b'`') => ticks.skip(bytes, at),
            Some(b'\\') => at + 2,
            Some(b'<') if text.get(at..).is_some_and(|rest| rest.starts_with("<!--")) => {
                let rest = text.get(at + 4..).filter(|_| at + 4 <= last.0);
                let end = rest.and_then(|rest| rest.find("-->")).map(|end| at + 4 + end + 3);
                push(&mut found, at, end, 4)
            }
            Some(b'%') if bytes.get(at + 1) == Some(&b'%') => {
                let rest = text.get(at + 2..).filter(|_| at + 2 <= last.1);
                let end = rest.and_then(|rest| rest.find("%%")).map(|end| at + 2 + end + 2);
                push(&mut found, at, end, 2)
            }
            _ => at + 1,
        };
    }
    found
}

/// Note the comment and go behind it; an unclosed opener is text.
fn push(found: &mut Vec<(usize, usize)>, start: usize, end: Option<usize>, opener: usize) -> usize {
    match end {
        Some(end) => {
            found.push((start, end));
            end
        }
        None => start + opener,
    }
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == b'\n')).map_or(bytes.len(), |end| at + end + 1)
}

/// A line that opens or closes fenced code, inside any list or quote: its mark, how many of them, and the rest.
fn fence_of(line: &str) -> Option<(u8, usize, &str)> {
    let inner = line.trim_start_matches([' ', '\t', '>']);
    let inner = inner.strip_prefix(['-', '*', '+']).map_or(inner, |rest| rest.trim_start_matches(' '));
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let inner = match inner.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => inner.get(digits + 1..).unwrap_or("").trim_start_matches(' '),
        _ => inner,
    };
    let mark = *inner.as_bytes().first().filter(|b| matches!(b, b'`' | b'~'))?;
    let count = inner.bytes().take_while(|b| *b == mark).count();
    (count >= 3).then(|| (mark, count, inner.get(count..).unwrap_or("")))
}

/// Finds the end of code spans in linear time: the backtick runs of a paragraph are looked up, once for all.
#[derive(Default)]
struct Ticks {
    /// Where the paragraph ends whose runs are known.
    until: usize,
    /// For each length where its runs begin.
    runs: std::collections::HashMap<usize, Vec<usize>>,
}

impl Ticks {
    /// The offset behind the code span that opens at `at`, or behind the run if nothing closes it in its paragraph.
    fn skip(&mut self, bytes: &[u8], at: usize) -> usize {
        if at >= self.until {
            self.read(bytes, at);
        }
        let length = run(bytes, at);
        let behind = at + length;
        let same = self.runs.get(&length).map_or(&[][..], Vec::as_slice);
        same.get(same.partition_point(|start| *start < behind)).map_or(behind, |start| start + length)
    }

    fn read(&mut self, bytes: &[u8], from: usize) {
        self.runs.clear();
        self.until = from;
        while let Some(byte) = bytes.get(self.until) {
            match byte {
                b'`' => {
                    let length = run(bytes, self.until);
                    self.runs.entry(length).or_default().push(self.until);
                    self.until += length;
                }
                b'\n' if blank_line(bytes, self.until + 1) => break,
                _ => self.until += 1,
            }
        }
    }
}

/// How many backticks stand at `from`.
fn run(bytes: &[u8], from: usize) -> usize {
    bytes.get(from..).map_or(0, |rest| rest.iter().take_while(|byte| **byte == b'`').count())
}

fn blank_line(bytes: &[u8], from: usize) -> bool {
    let rest = bytes.get(from..).unwrap_or(&[]);
    rest.iter().find(|b| !matches!(b, b' ' | b'\t' | b'\r')).is_none_or(|b| *b == b'\n')
}

#[cfg(test)]
mod tests {
    use super::mask;

    fn shown(text: &str) -> String {
        let masked = mask(text);
        assert_eq!(masked.len(), text.len());
        masked.replace('\u{1}', "")
    }

    #[test]
    fn comments_go_and_code_stays() {
        assert_eq!(shown("a %%b%% c"), "a  c");
        assert_eq!(shown("a <!-- b\n\nc --> d"), "a  d");
        assert_eq!(shown("`%%b%%` ``<!-- ` -->``"), "`%%b%%` ``<!-- ` -->``");
        assert_eq!(shown("```\n%%b%%\n```\n%%c%%"), "```\n%%b%%\n```\n     ");
        assert_eq!(shown("- ```\n  <!-- b -->\n  ```\n"), "- ```\n  <!-- b -->\n  ```\n");
        assert_eq!(shown("50%% and more"), "50%% and more");
        assert_eq!(shown("%%\nein ü\n%%\nzwei"), "  \n      \n  \nzwei");
    }

    #[test]
    fn a_comment_before_text_keeps_the_line_a_paragraph() {
        assert_eq!(mask("%% note to self %% # Not a heading").chars().next(), Some('\u{1}'));
    }

    #[test]
    fn a_comment_holding_a_fence_hides_it() {
        assert_eq!(shown("<!-- \n```\n-->\n%%x%%").trim(), "");
    }
}
