//! `unsafe-asset`: a file that could run as script in a reader's browser.

use super::{Book, Findings};
use crate::config::HtmlPolicy;
use crate::diag::Diagnostic;
use crate::source::Span;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for asset in book.handbook.assets.iter().filter(|asset| asset.active) {
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
