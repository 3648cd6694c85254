//! Findings as JSON.

use serde_json::{Value, json};

use super::{Diagnostic, Texts};

/// The value of `"findings"`: lines and columns count from 1, columns in characters; null without a place.
#[must_use]
pub fn value(findings: &[Diagnostic], texts: &dyn Texts) -> Value {
    findings.iter().map(|finding| one(finding, texts)).collect()
}

fn one(finding: &Diagnostic, texts: &dyn Texts) -> Value {
    let place = finding.place.as_ref();
    let source = place.and_then(|place| texts.source(&place.path));
    let at =
        place.zip(source).map(|(place, source)| (source.position(place.span.start), source.position(place.span.end)));
    json!({
        "severity": finding.severity.word(),
        "check": finding.check,
        "message": finding.message,
        "path": place.map(|place| &*place.path),
        "line": at.map(|(start, _)| start.line),
        "column": at.map(|(start, _)| start.column),
        "end_line": at.map(|(_, end)| end.line),
        "end_column": at.map(|(_, end)| end.column),
        "hint": finding.hint,
        "fixable": finding.fix.is_some(),
    })
}
