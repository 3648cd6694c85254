//! `scenario-length`: a scenario that is too short to see or too long to read.

use super::{Book, Findings, heading_words, specs};
use crate::diag::Diagnostic;
use crate::kinds::Form;
use crate::parse::spaceless;
use crate::prose::counted;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for (page, section, spec) in specs(book).filter(|(_, _, spec)| spec.form == Form::Scenario) {
        let Some(count) = spec.count else { continue };
        let words: usize = page.draft.flow.text(section.body).split_whitespace().map(words).sum();
        if words >= count.min && words <= count.max {
            continue;
        }
        let message = format!("the scenario has {}", counted(words, "word"));
        let span = heading_words(page, section).unwrap_or(section.span);
        let finding = Diagnostic::new("scenario-length", message).at(&page.draft.path, span);
        found.push(finding.hint(format!("tell it in {} to {} words: they are read at a glance", count.min, count.max)));
    }
}

/// How many words stand between two spaces: in scripts that put none between words, two characters are about one.
fn words(text: &str) -> usize {
    text.chars().filter(|c| spaceless(*c)).count().div_ceil(2).max(1)
}
