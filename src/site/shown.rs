//! A page as it is shown: its view in a theme, as bytes.

use std::sync::Arc;

use super::Site;
use crate::checks;
use crate::diag::Diagnostic;
use crate::render::render;
use crate::theme::Theme;
use crate::view::View;

impl Site {
    /// The theme that pages are shown in.
    #[must_use]
    pub fn theme(&self) -> Option<&Arc<Theme>> {
        self.theme.as_ref()
    }

    /// What [`Site::view`] gave, as bytes, in a theme.
    ///
    /// # Errors
    /// A finding in the template; [`crate::render::at`] adds the address.
    pub fn draw(&self, (template, view): &(String, View), theme: &Theme) -> Result<Vec<u8>, Diagnostic> {
        let settled =
            |finding: Diagnostic| checks::settle(vec![finding.clone()], &self.config).pop().unwrap_or(finding);
        render(theme, template, view).map_err(settled)
    }
}
