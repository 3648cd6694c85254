//! `unsafe-asset`: a file that could run as script in a reader's browser.

use std::collections::HashSet;

use super::{Book, Findings};
use crate::config::HtmlPolicy;
use crate::diag::Diagnostic;
use crate::source::Span;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    let linked = if book.handbook.bare { book.graph.linked_assets() } else { HashSet::new() };
    let assets = book.handbook.assets.iter().enumerate();
    let wanted = |index: usize| !book.handbook.bare || linked.contains(&index);
    for (_, asset) in assets.filter(|(index, asset)| asset.active && wanted(*index)) {
        let copied = book.config.html == HtmlPolicy::Allow;
        let what = if copied { "is copied and could run as script" } else { "could run as script and is not copied" };
        let finding =
            Diagnostic::new("unsafe-asset", format!("`{}` {what}", asset.path)).at(&asset.site_path, Span::default());
        let hint = if copied {
            "make sure that you trust it, or delete it"
        } else {
            "move it to `static/` if it is the owner's, or set `html = \"allow\"` in site.toml"
        };
        found.push(finding.hint(hint));
    }
}
