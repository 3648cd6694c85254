//! `no-base-url`: a handbook whose address is not known.

use std::sync::Arc;

use super::{Book, Findings};
use crate::diag::Diagnostic;
use crate::source::{Source, Span};

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    // One that is given and cannot be understood is a finding already.
    let given = |source: &Arc<Source>| source.text().lines().any(|line| line.trim_start().starts_with("base_url"));
    if book.config.base_url.is_none() && !book.config.source.as_ref().is_some_and(given) {
        let finding = Diagnostic::new("no-base-url", "the address of the published handbook is not known");
        let hint = "set `base_url` in site.toml: feeds, the sitemap and canonical links need it, and are left out";
        found.push(match &book.config.source {
            Some(source) => finding.at(&source.path().into(), Span::default()).hint(hint),
            None => finding.hint(hint),
        });
    }
}
