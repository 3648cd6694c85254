//! Findings as SARIF 2.1.0, for code scanning.

use serde_json::{Value, json};

use super::{Diagnostic, Place, Severity, Texts};
use crate::source::Span;

/// What a rule says about itself, by its name.
pub type Describe<'a> = &'a dyn Fn(&str) -> Option<&'static str>;

/// The whole log; `prefix` is put before every path (the site's folder within its repository, `""` or `site/`).
#[must_use]
pub fn render(findings: &[Diagnostic], texts: &dyn Texts, (prefix, describe): (&str, Describe<'_>)) -> String {
    let mut rules: Vec<&str> = findings.iter().map(|finding| finding.check).collect();
    rules.sort_unstable();
    rules.dedup();
    let rule = |name: &&str| json!({ "id": name, "shortDescription": { "text": describe(name).unwrap_or(name) } });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "mendbook",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": rules.iter().map(rule).collect::<Vec<_>>(),
                },
            },
            "columnKind": "unicodeCodePoints",
            "results": findings.iter().map(|finding| result(finding, texts, prefix)).collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

fn result(finding: &Diagnostic, texts: &dyn Texts, prefix: &str) -> Value {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    };
    let text = match &finding.hint {
        Some(hint) => format!("{}; {hint}", finding.message),
        None => finding.message.clone(),
    };
    let location = |place: &Place| json!({ "physicalLocation": physical(place, texts, prefix) });
    // Readers of SARIF want a place; what is about the handbook as a whole is about its settings.
    let whole = Place { path: "site.toml".into(), span: Span::default() };
    let related = finding.related.iter().map(|label| {
        let mut value = location(&label.place);
        if let Some(object) = value.as_object_mut() {
            object.insert("message".to_owned(), json!({ "text": label.message }));
        }
        value
    });
    let mut value = json!({
        "ruleId": finding.check,
        "level": level,
        "message": { "text": text },
        "locations": [location(finding.place.as_ref().unwrap_or(&whole))],
        "relatedLocations": related.collect::<Vec<_>>(),
    });
    if let (Some(fix), Some(object)) = (&finding.fix, value.as_object_mut()) {
        let changes = fix.edits.iter().map(|edit| {
            let place = physical(&edit.place, texts, prefix);
            json!({
                "artifactLocation": place.get("artifactLocation"),
                "replacements": [{ "deletedRegion": place.get("region"), "insertedContent": { "text": edit.text } }],
            })
        });
        object.insert(
            "fixes".to_owned(),
            json!([{ "description": { "text": fix.title }, "artifactChanges": changes.collect::<Vec<_>>() }]),
        );
    }
    value
}

fn physical(place: &Place, texts: &dyn Texts, prefix: &str) -> Value {
    let mut uri = String::new();
    crate::route::encode_into(prefix, &mut uri);
    crate::route::encode_into(&place.path, &mut uri);
    let mut value = json!({ "artifactLocation": { "uri": uri } });
    if let (Some(source), Some(object)) = (texts.source(&place.path), value.as_object_mut()) {
        let (start, end) = (source.position(place.span.start), source.position(place.span.end));
        let region = json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column });
        object.insert("region".to_owned(), region);
    }
    value
}
