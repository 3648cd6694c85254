//! From the text of `site.toml` to a [`Config`] and findings.

use std::sync::Arc;

use super::Config;
use crate::diag::Diagnostic;
use crate::source::Source;

/// Read `site.toml`; without one, the defaults.
#[must_use]
pub fn read(source: Option<Arc<Source>>) -> (Config, Vec<Diagnostic>) {
    (
        Config {
            source,
            ..Config::default()
        },
        Vec::new(),
    )
}
