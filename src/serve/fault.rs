//! What was found, as browsers show it; and why a newer page or site cannot be shown.

use serde_json::{Value, json};

use crate::diag::{Diagnostic, Texts as _, text};
use crate::site::Site;
use crate::source::Source;

/// Characters of a line that are shown before and after a place.
const SHOWN: usize = 60;

/// What keeps the last good page or site in its place.
#[derive(Debug)]
pub(super) struct Fault {
    /// For the terminal, with code frames.
    pub(super) words: String,
    /// For browsers; none where there is no place to point at.
    findings: Vec<Value>,
}

impl Fault {
    /// Of what was found in a site that cannot be shown.
    pub(super) fn of(findings: &[&Diagnostic], site: &Site) -> Fault {
        let owned: Vec<Diagnostic> = findings.iter().map(|finding| (*finding).clone()).collect();
        let words = text::render(&owned, site, false);
        Fault { words, findings: findings.iter().map(|found| finding(found, site)).collect() }
    }

    /// As browsers read it: findings, or words.
    pub(super) fn value(&self) -> Value {
        if self.findings.is_empty() { json!(self.words) } else { json!(self.findings) }
    }
}

impl From<String> for Fault {
    fn from(words: String) -> Fault {
        Fault { words, findings: Vec::new() }
    }
}

/// A finding: what is wrong, what to do, and the line, in three parts of which the middle one is meant.
pub(super) fn finding(found: &Diagnostic, site: &Site) -> Value {
    let place = found.place.as_ref();
    let source = place.and_then(|place| site.source(&place.path));
    let at = place.zip(source).filter(|(place, _)| place.span.end > 0);
    let position = at.map(|(place, source)| source.position(place.span.start));
    json!({
        "severity": found.severity.word(),
        "check": found.check,
        "message": found.message,
        "hint": found.hint,
        "path": place.map(|place| &*place.path),
        "line": position.map(|at| at.line),
        "column": position.map(|at| at.column),
        "excerpt": at.map(|(place, source)| excerpt(source, place.span.range())),
        "fix": found.fix.as_ref().map(|fix| fix.title.as_str()),
    })
}

fn excerpt(source: &Source, std::ops::Range { start, end }: std::ops::Range<usize>) -> [String; 3] {
    let line = source.line_around(start);
    let end = end.clamp(start, line.end.max(start));
    let piece = |from: usize, to: usize| source.text().get(from..to).unwrap_or("");
    let before = piece(line.start, start);
    let cut = before.char_indices().rev().nth(SHOWN - 1).map_or(0, |(at, _)| at);
    let after: String = piece(end, line.end).chars().take(SHOWN).collect();
    [before.get(cut..).unwrap_or("").to_owned(), piece(start, end).to_owned(), after]
}
