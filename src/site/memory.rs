//! What is remembered from one reading of a handbook to the next: a page whose text is as it was is not read again.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use crate::config::Config;
use crate::diag::Diagnostic;
use crate::discover::{LayerFiles, PageFile};
use crate::kinds::Kinds;
use crate::parse::{self, Draft, Reading};
use crate::source::at_work;
use crate::theme::{Prints, Theme};
use crate::words::Wording;

/// Drafts by their files, and the last theme that was whole.
#[derive(Debug, Default)]
pub struct Memory {
    drafts: Mutex<Drafts>,
    themes: Mutex<Themes>,
    parsed: AtomicUsize,
}

#[derive(Debug, Default)]
struct Drafts {
    /// `site.toml` as it was: it says how pages are read.
    toml: Option<String>,
    /// What the interface says, by which pages without names are called.
    wording: Option<Arc<Wording>>,
    by_path: HashMap<Arc<str>, Arc<Draft>>,
}

#[derive(Debug, Default)]
struct Themes {
    /// The last one that was whole.
    good: Option<Arc<Theme>>,
    /// One that parses and is not to be used all the same, and why.
    refused: Option<(Prints, Diagnostic)>,
}

impl Memory {
    /// How many pages were parsed so far.
    #[must_use]
    pub fn parsed(&self) -> usize {
        self.parsed.load(Ordering::Relaxed)
    }

    /// The last theme that was whole.
    #[must_use]
    pub fn theme(&self) -> Option<Arc<Theme>> {
        lock(&self.themes).good.clone()
    }

    /// Use `theme` wherever the handbook's own cannot be used.
    pub fn keep_theme(&self, theme: Arc<Theme>) {
        lock(&self.themes).good = Some(theme);
    }

    /// Never use a theme with these prints, because of `why`.
    pub fn refuse(&self, prints: Prints, why: Diagnostic) {
        lock(&self.themes).refused = Some((prints, why));
    }

    /// The drafts of these pages, in their order; those that are not remembered are made.
    pub(super) fn drafts(
        &self,
        pages: &[PageFile],
        (config, kinds, wording): (&Config, &Kinds, &Arc<Wording>),
    ) -> Vec<Arc<Draft>> {
        let toml = config.source.as_ref().map(|source| source.text().to_owned());
        let before = {
            let mut drafts = lock(&self.drafts);
            if drafts.toml != toml || drafts.wording.as_ref() != Some(wording) {
                *drafts = Drafts { toml: toml.clone(), wording: Some(Arc::clone(wording)), by_path: HashMap::new() };
            }
            std::mem::take(&mut drafts.by_path)
        };
        let reading = Reading::new(config, kinds.clone(), wording);
        let of = |page: &PageFile| {
            let known = before.get(page.source.path()).filter(|draft| {
                let same = Arc::ptr_eq(&draft.source, &page.source) || draft.source.text() == page.source.text();
                draft.id == page.id && same
            });
            known.cloned().unwrap_or_else(|| self.parse(page, &reading))
        };
        let drafts: Vec<Arc<Draft>> = pages.par_iter().map(of).collect();
        let by_path = drafts.iter().map(|draft| (Arc::clone(&draft.path), Arc::clone(draft))).collect();
        *lock(&self.drafts) = Drafts { toml, wording: Some(Arc::clone(wording)), by_path };
        drafts
    }

    /// Read one page by itself, and remember it.
    pub(super) fn draft(
        &self,
        page: &PageFile,
        (config, kinds, wording): (&Config, &Kinds, &Arc<Wording>),
    ) -> Arc<Draft> {
        let draft = self.parse(page, &Reading::new(config, kinds.clone(), wording));
        lock(&self.drafts).by_path.insert(Arc::clone(&draft.path), Arc::clone(&draft));
        draft
    }

    fn parse(&self, page: &PageFile, reading: &Reading) -> Arc<Draft> {
        self.parsed.fetch_add(1, Ordering::Relaxed);
        Arc::new(at_work(page.source.path(), || parse::draft(&page.source, &page.id, reading)))
    }

    /// The theme of these layers; where it is not whole, what is wrong with it, and the last one that was.
    pub(super) fn theme_of(
        &self,
        layers: Vec<LayerFiles>,
        (config, wording): (&Config, &Arc<Wording>),
        findings: &mut Vec<Diagnostic>,
    ) -> Option<Arc<Theme>> {
        let mut themes = lock(&self.themes);
        match (Theme::load(layers, config, wording), &themes.refused) {
            (Err(found), _) => findings.extend(found),
            (Ok(theme), Some((prints, why))) if theme.prints() == *prints => findings.push(why.clone()),
            (Ok(theme), _) => themes.good = Some(Arc::new(theme)),
        }
        themes.good.clone()
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
