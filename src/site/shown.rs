//! What a page is made of, as a number: whether it has to be shown anew.

use std::fmt;
use std::hash::{Hash as _, Hasher as _};
use std::sync::Arc;

use super::Site;
use crate::checks;
use crate::diag::Diagnostic;
use crate::render::render;
use crate::route::Route;
use crate::theme::Theme;
use crate::view::View;

/// Equal fingerprints, equal page. It is written as 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint {
    /// Of the view and the templates.
    page: u64,
    /// Of the theme's other files.
    assets: u64,
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{:016x}", self.page, self.assets)
    }
}

impl Fingerprint {
    /// A fingerprint as it is written.
    #[must_use]
    pub fn read(text: &str) -> Option<Fingerprint> {
        let half = |digits: Option<&str>| u64::from_str_radix(digits.filter(|digits| digits.len() == 16)?, 16).ok();
        Some(Fingerprint { page: half(text.get(..16))?, assets: half(text.get(16..))? })
    }

    /// Whether two pages differ in nothing but the theme's files: its style sheets, its scripts, its fonts.
    #[must_use]
    pub fn differs_in_assets(&self, other: &Fingerprint) -> bool {
        self.page == other.page && self.assets != other.assets
    }
}

impl Site {
    /// The theme that pages are shown in.
    #[must_use]
    pub fn theme(&self) -> Option<&Arc<Theme>> {
        self.theme.as_ref()
    }

    /// The fingerprint of the page at an address; nothing where no template is used.
    #[must_use]
    pub fn fingerprint(&self, route: &Route) -> Option<Fingerprint> {
        Some(self.print(&self.view(route)?, self.theme.as_ref()?))
    }

    /// The fingerprint of what [`Site::view`] gave, in a theme.
    #[must_use]
    pub fn print(&self, view: &(String, View), theme: &Theme) -> Fingerprint {
        let prints = theme.prints();
        let mut hasher = xxhash_rust::xxh3::Xxh3::new();
        view.hash(&mut hasher);
        prints.templates.hash(&mut hasher);
        Fingerprint { page: hasher.finish(), assets: prints.assets }
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
