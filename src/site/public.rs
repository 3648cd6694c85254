//! What a site for the public must not say, and whether anything of a site is internal.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use super::Site;
use crate::audience::{self, Withheld};
use crate::checks;
use crate::config::Audience;
use crate::diag::{Diagnostic, Place};
use crate::leaks::{Leak, Material, Secrets};
use crate::model::Page;

/// What is kept from the public.
#[derive(Debug)]
pub(super) struct Guard {
    pub(super) withheld: Withheld,
    secrets: OnceLock<Secrets>,
}

impl Guard {
    pub(super) fn new(withheld: Withheld) -> Self {
        Self { withheld, secrets: OnceLock::new() }
    }
}

impl Site {
    /// What the files of an output for the public may not say; nothing where all is public, or nothing is for the public.
    #[must_use]
    pub fn secrets(&self) -> Option<&Secrets> {
        let hides = !self.guard.withheld.is_empty() || !self.handbook.drafts.is_empty();
        let material = Material {
            withheld: &self.guard.withheld,
            handbook: &self.handbook,
            graph: &self.graph,
            config: &self.config,
            kinds: &self.kinds,
            made: &self.made,
        };
        (hides && self.config.audience == Audience::Public)
            .then(|| self.guard.secrets.get_or_init(|| Secrets::new(&material)))
    }

    /// Findings about what the files of an output let out.
    #[must_use]
    pub fn told(&self, files: Vec<(&str, Vec<Leak>)>) -> Vec<Diagnostic> {
        let found = self.secrets().map_or_else(Vec::new, |secrets| secrets.told(files));
        let names: HashSet<&str> = found.iter().map(|finding| finding.check).collect();
        // Settling tells of site.toml as well, which has been told.
        let settled = checks::settle(found, &self.config).into_iter();
        settled.filter(|finding| names.contains(finding.check)).collect()
    }

    /// The first page, section or contact that is internal, or may be: where it stands, and what it is.
    #[must_use]
    pub fn internal(&self) -> Option<(Place, String)> {
        let page = |page: &Page| {
            let draft = &page.draft;
            let place = |span| Place { path: Arc::clone(&draft.path), span };
            if audience::is_internal(draft) {
                return Some((place(draft.title_span), "the page".to_owned()));
            }
            Some((place(*draft.internal.first()?), "the section".to_owned()))
        };
        let contact = audience::internal_contacts(&self.config).next();
        let contact = contact.zip(self.config.source.as_ref()).map(|(contact, source)| {
            let place = Place { path: source.path().into(), span: contact.span };
            (place, format!("the contact `{}`", contact.id))
        });
        self.handbook.pages.iter().find_map(page).or(contact)
    }

    /// What this audience is not shown.
    #[must_use]
    pub fn withheld(&self) -> &Withheld {
        &self.guard.withheld
    }
}
