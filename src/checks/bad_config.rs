//! `bad-config`: a logo or favicon that `site.toml` names and nobody put there; the other faults arise in reading it.

use super::{Book, Findings};
use crate::diag::Diagnostic;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    let theme = &book.config.theme;
    let Some(source) = &book.config.source else { return };
    for (key, named) in [("logo", &theme.logo), ("favicon", &theme.favicon)] {
        let Some(named) = named.as_ref().filter(|named| book.handbook.asset(&named.text).is_none()) else { continue };
        let message = format!("`{key}` names `{}`, and there is no such file", named.text);
        let finding = Diagnostic::new("bad-config", message).at(&source.path().into(), named.span);
        found.push(finding.hint("put it below the content or into `static/`"));
    }
}
