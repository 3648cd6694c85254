//! The proof of an output: every address in it leads somewhere, and a host takes and keeps every file.
//!
//! Files are read one by one and in parallel, and of each only its ids and its links to places are kept: a handbook of
//! any size is proved in little memory. What is found is said once, however many pages share the fault.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::{Diagnostic, Texts};
use crate::source::{Source, Span, at_work};

mod address;
mod data;
mod files;
mod judge;
mod page;
mod sheet;

use address::Base;
pub use files::File;
use files::Listing;
use judge::{Facts, Judge};

/// What is asked of an output.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The full address at which it will be served, ending in `/`, if that is known.
    pub base_url: Option<&'a str>,
    /// What the output is called in front of the paths of findings: `public/`, or nothing.
    pub called: &'a str,
    /// Bytes that a file may have.
    pub file: u64,
    /// Bytes above which the whole is heavy.
    pub site: u64,
}

/// What was counted.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Pages.
    pub pages: usize,
    /// Files.
    pub files: usize,
    /// Bytes of all files.
    pub bytes: u64,
    /// Addresses that were followed within the output.
    pub addresses: usize,
    /// How many of them lead to a place on a page.
    pub places: usize,
    /// The heaviest pages, heaviest first.
    pub heavy_pages: Vec<File>,
    /// The heaviest files other than pages, heaviest first.
    pub heavy_files: Vec<File>,
}

/// What a proof came to.
#[derive(Debug)]
pub struct Proof {
    /// What is wrong, in order; the catalogue has yet to say how wrong.
    pub findings: Vec<Diagnostic>,
    /// What was counted.
    pub counts: Counts,
    /// Every file that was proved.
    pub files: Vec<File>,
    texts: HashMap<String, Source>,
}

impl Texts for Proof {
    fn source(&self, path: &str) -> Option<&Source> {
        self.texts.get(path)
    }
}

/// Something wrong, before it is known how many files share it.
#[derive(Debug)]
struct Fault {
    check: &'static str,
    message: String,
    hint: Option<String>,
    /// The file, by its number, and where in it; none where a name or the whole is at fault.
    at: Option<(u32, Span)>,
}

impl Fault {
    fn of(check: &'static str, message: impl Into<String>) -> Self {
        Self { check, message: message.into(), hint: None, at: None }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    fn at(mut self, file: u32, span: Span) -> Self {
        self.at = Some((file, span));
        self
    }
}

/// Prove the output in `folder`.
///
/// # Errors
/// A folder that cannot be read: why.
pub fn prove(folder: &Path, ask: &Ask<'_>) -> Result<Proof, String> {
    let (listing, mut faults) = Listing::read(folder, ask)?;
    let judge = Judge { folder, listing: &listing, base: ask.base_url.and_then(Base::of) };
    let numbers = 0..u32::try_from(listing.files.len()).unwrap_or(u32::MAX);
    let read = |number: u32| {
        let path = listing.file(number).map_or("", |file| file.path.as_str());
        at_work(path, || judge.file(number))
    };
    let mut facts: Vec<Facts> = numbers.into_par_iter().map(read).collect();
    facts.iter_mut().for_each(|facts| faults.append(&mut facts.faults));
    faults.extend(judge.places(&facts));
    faults.extend(judge.circles(&facts));
    let (findings, texts) = told(faults, (folder, &listing, ask.called));
    Ok(Proof { findings, counts: counts(&listing, &facts), files: listing.files, texts })
}

/// Faults as findings: those that many files share become one, at the first of them.
fn told(
    faults: Vec<Fault>,
    (folder, listing, called): (&Path, &Listing, &str),
) -> (Vec<Diagnostic>, HashMap<String, Source>) {
    let mut same: BTreeMap<(&'static str, String), Vec<Fault>> = BTreeMap::new();
    for fault in faults {
        same.entry((fault.check, fault.message.clone())).or_default().push(fault);
    }
    let (mut findings, mut texts) = (Vec::new(), HashMap::new());
    for ((check, message), mut faults) in same {
        // Files are numbered in the order of their paths.
        faults.sort_by_key(|fault| fault.at);
        let mut at: Vec<(u32, Span)> = faults.iter().filter_map(|fault| fault.at).collect();
        at.dedup_by_key(|(file, _)| *file);
        let more = at.len().saturating_sub(1);
        let shared = match more {
            0 => message,
            1 => format!("{message}, here and in 1 more file"),
            more => format!("{message}, here and in {more} more files"),
        };
        let mut finding = Diagnostic::new(check, shared);
        finding.hint = faults.into_iter().find_map(|fault| fault.hint);
        for (index, (file, span)) in at.into_iter().take(3).enumerate() {
            let Some(file) = listing.file(file) else { continue };
            let path: Arc<str> = format!("{called}{}", file.path).into();
            if let Ok(text) = std::fs::read_to_string(folder.join(&file.path)) {
                texts.entry(path.to_string()).or_insert_with(|| Source::new(&*path, text));
            }
            finding = if index == 0 { finding.at(&path, span) } else { finding.see(&path, span, "also") };
        }
        findings.push(finding);
    }
    (findings, texts)
}

fn counts(listing: &Listing, facts: &[Facts]) -> Counts {
    let heaviest = |pages: bool| {
        let mut files: Vec<&File> = listing.files.iter().filter(|file| is_page(&file.path) == pages).collect();
        files.sort_by(|a, b| b.size.cmp(&a.size).then_with(|| a.path.cmp(&b.path)));
        files.into_iter().take(3).cloned().collect()
    };
    Counts {
        pages: listing.files.iter().filter(|file| is_page(&file.path)).count(),
        files: listing.files.len(),
        bytes: listing.files.iter().map(|file| file.size).sum(),
        addresses: facts.iter().map(|facts| facts.addresses).sum(),
        places: facts.iter().map(|facts| facts.wants.len()).sum(),
        heavy_pages: heaviest(true),
        heavy_files: heaviest(false),
    }
}

/// Whether a file is a page, by its ending.
fn is_page(path: &str) -> bool {
    ends(path, &["html", "htm", "xhtml"])
}

fn ends(path: &str, endings: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| endings.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// A size in words.
#[must_use]
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
