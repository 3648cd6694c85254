//! `[kinds]` of `site.toml`, merged over the built-in kinds by id.

use super::{Kinds, builtin};
use crate::config::Config;
use crate::diag::Diagnostic;

pub(super) fn load(config: &Config) -> (Kinds, Vec<Diagnostic>) {
    let _ = config;
    (
        Kinds {
            list: builtin::all(),
        },
        Vec::new(),
    )
}
