//! `leaked-template-prompt`: a prompt of the template left in a heading: "(4–6 lines, …)".

use super::{Book, Findings, heading_words};
use crate::diag::Diagnostic;
use crate::source::Span;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for page in &book.handbook.pages {
        for section in &page.draft.sections {
            let Some((kept, prompt)) = prompt(&section.heading) else { continue };
            // An accepted spelling such as `Sketch (optional)` is the author's own.
            let known = page.kind(book.kinds).and_then(|kind| kind.section_for(&section.heading)).is_some();
            if known {
                continue;
            }
            let message = format!("`{prompt}` is a prompt of the template");
            let finding = Diagnostic::new("leaked-template-prompt", message).hint(format!("write `{kept}`"));
            found.push(match heading_words(page, section) {
                Some(span) => {
                    let cut = cut(page, span, prompt);
                    let words = Span::new(cut.0.end as usize - prompt.len(), cut.0.end as usize);
                    finding.at(&page.draft.path, words).fix("take it out of the heading", &page.draft.path, cut)
                }
                None => finding.at(&page.draft.path, section.span),
            });
        }
    }
}

/// The span of the prompt and the space before it, to be replaced by nothing.
fn cut(page: &crate::model::Page, heading: Span, prompt: &str) -> (Span, String) {
    let words = page.draft.source.slice(heading);
    let at = words.rfind(prompt).unwrap_or(words.len());
    let kept = words.get(..at).unwrap_or(words).trim_end().len();
    (
        Span::new(heading.start as usize + kept, heading.start as usize + at + prompt.len().min(words.len() - at)),
        String::new(),
    )
}

/// The heading without its last bracket, and that bracket, if it reads like an instruction to the author.
fn prompt(heading: &str) -> Option<(&str, &str)> {
    let inner = heading.strip_suffix(')')?;
    let at = inner.rfind('(').filter(|at| *at > 0)?;
    let lower = inner.get(at + 1..)?.to_lowercase();
    const UNITS: [&str; 12] = [
        "line",
        "bullet",
        "item",
        "word",
        "sentence",
        "step",
        "paragraph",
        "example",
        "pattern",
        "signal",
        "driver",
        "row",
    ];
    let counted = lower.contains(|c: char| c.is_ascii_digit()) && UNITS.iter().any(|unit| lower.contains(unit));
    let told = lower == "optional"
        || lower.starts_with("optional,")
        || lower.starts_with("delete")
        || lower.starts_with("replace");
    (counted || told).then(|| (heading.get(..at).unwrap_or("").trim_end(), heading.get(at..).unwrap_or("")))
}
