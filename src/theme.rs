//! A stack of layers becomes templates and assets.

use crate::config::Config;
use crate::diag::Diagnostic;
use crate::discover::LayerFiles;

/// The theme of a handbook, ready to render with.
#[derive(Debug)]
pub struct Theme {}

impl Theme {
    /// Put the layers (first wins) over the embedded `plain`.
    ///
    /// # Errors
    /// Every template that does not parse (`template-error`), an accent without contrast (`bad-config`).
    pub fn load(layers: Vec<LayerFiles>, config: &Config) -> Result<Theme, Vec<Diagnostic>> {
        let _ = (layers, config);
        Ok(Theme {})
    }

    /// The theme's files: path below the output's `assets/`, and bytes; in order of path.
    #[must_use]
    pub fn assets(&self) -> Vec<(&str, &[u8])> {
        Vec::new()
    }

    /// Whether there is a template of this name (`page.html`).
    #[must_use]
    pub fn has_template(&self, name: &str) -> bool {
        let _ = name;
        false
    }
}
