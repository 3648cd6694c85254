//! From a folder to a site, and the words about its findings that every command says the same way.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::{self, Config};
use crate::diag::{Diagnostic, Severity, Texts, text};
use crate::discover::{self, ScanOptions, SiteRoot};
use crate::git::History;
use crate::site::{Options, Site};
use crate::source::Source;

pub(super) use crate::prose::counted as number;

use super::args::Args;
use super::{Stop, address, shell};

/// A site and where it lies.
pub(super) struct Loaded {
    /// Its root.
    pub(super) root: SiteRoot,
    /// The site.
    pub(super) site: Site,
    /// The output folder, full path.
    pub(super) output: PathBuf,
    /// What the reader of the summary should know: where the address is from, and what git cannot say.
    pub(super) notes: Vec<String>,
}

/// What a command changes about a site before it is read.
#[derive(Default)]
pub(super) struct Changes<'a> {
    /// Another output folder.
    pub(super) output: Option<&'a Path>,
    /// How many pages of each ranking of related pages are wanted.
    pub(super) related: usize,
    /// Another address.
    pub(super) base_url: Option<&'a str>,
    /// Where the address may be found, if nobody says it.
    pub(super) clues: address::Clues<'a>,
}

/// The folder a command works in.
pub(super) fn folder(args: &Args) -> PathBuf {
    args.folder.clone().unwrap_or_else(|| PathBuf::from("."))
}

/// The handbook's root and what its `site.toml` says.
pub(super) fn configured(args: &Args) -> Result<(SiteRoot, Config, Vec<Diagnostic>), Stop> {
    let start = folder(args);
    let root = discover::locate(&start)
        .map_err(|error| Stop::Cannot(format!("`{}` cannot be read: {error}", start.display())))?;
    let (source, mut findings) = discover::read_config(&root);
    let (config, found) = settings(args, source);
    findings.extend(found);
    Ok((root, config, findings))
}

/// What a `site.toml` says, with what the arguments change about it.
pub(super) fn settings(args: &Args, source: Option<Arc<Source>>) -> (Config, Vec<Diagnostic>) {
    let (mut config, found) = config::read(source);
    if let Some(whom) = args.audience {
        (config.audience, config.audience_named) = (whom.into(), true);
    }
    (config, found)
}

/// A handbook whose `site.toml` was read, with what the command changes about it.
pub(super) struct Ready {
    /// Its root.
    pub(super) root: SiteRoot,
    /// What `site.toml` says.
    pub(super) config: (Config, Vec<Diagnostic>),
    /// The output folder, full path.
    pub(super) output: PathBuf,
    /// What the handbook's address was worked out from, where nobody said it.
    pub(super) address: Option<address::Found>,
}

/// Find the handbook and read its `site.toml`.
pub(super) fn ready(args: &Args, changes: &Changes<'_>) -> Result<Ready, Stop> {
    let (root, mut config, findings) = configured(args)?;
    if let Some(url) = changes.base_url {
        config.base_url = Some(full(url)?);
    }
    let output = match changes.output {
        Some(output) => folder(args).join(output),
        None => root.folder.join(&config.output),
    };
    let output = crate::write::resolve(&output).map_err(|refusal| Stop::Cannot(refusal.0))?;
    let found = config.base_url.is_none().then(|| address::find(&root.folder, &output, changes.clues)).flatten();
    if let Some(found) = &found {
        config.base_url = Some(found.url.clone());
    }
    Ok(Ready { root, config: (config, findings), output, address: found })
}

/// Read and understand the handbook.
pub(super) fn load(args: &Args, changes: &Changes<'_>) -> Result<Loaded, Stop> {
    let Ready { root, config, output, address } = ready(args, changes)?;
    let history = || Arc::new(History::read(&root.folder));
    let files = discover::scan_beside(history, (&root, &ScanOptions { output: &output, config: &config.0 }));
    let history = Arc::clone(&files.history);
    let site = Site::new(files, config, &options(args, changes.related)?);
    let unknown = history.complaint.as_deref().map(|why| unanswered(why, root.bare));
    let shallow = history.shallow.then(|| cut_short(&site));
    let notes = address.iter().map(address::Found::note).chain(unknown).chain(shallow).collect();
    Ok(Loaded { root, site, output, notes })
}

/// What stays unknown where git does not answer.
fn unanswered(why: &str, bare: bool) -> String {
    let ignored = if bare { ", and files that git ignores are taken in" } else { "" };
    format!("note: nothing is known of who wrote a page and when{ignored}: {why}; `git status` says more")
}

/// What a shallow clone keeps from the handbook.
fn cut_short(site: &Site) -> String {
    let undated = site.handbook.pages.iter().filter(|page| page.updated().is_none()).count();
    let pages = number(undated, "page");
    format!(
        "note: this clone is shallow, so git cannot say who wrote a page, and no day of its last change is known for \
         {pages}; `git fetch --unshallow` brings the rest (in a workflow: `fetch-depth: 0`)"
    )
}

/// A full address as an argument gives it, with `/` at its end.
pub(super) fn full(url: &str) -> Result<String, Stop> {
    let whole = url.starts_with("https://") || url.starts_with("http://");
    let fault = || Stop::Cannot(format!("`{url}` is no full address: it begins with https://"));
    whole.then(|| format!("{}/", url.trim_end_matches('/'))).ok_or_else(fault)
}

/// How the arguments want a site put together.
pub(super) fn options(args: &Args, related: usize) -> Result<Options, Stop> {
    Ok(Options { drafts: args.drafts, today: shell::today(args.today.as_deref())?, related })
}

/// How many findings there are of each severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    /// Errors.
    pub(super) errors: usize,
    /// Warnings.
    pub(super) warnings: usize,
    /// Hints.
    pub(super) hints: usize,
}

/// Count findings.
pub(super) fn count(findings: &[Diagnostic]) -> Counts {
    let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    Counts { errors: of(Severity::Error), warnings: of(Severity::Warning), hints: of(Severity::Hint) }
}

impl Counts {
    /// "2 errors, 1 warning"; nothing where there is nothing to count.
    pub(super) fn words(self) -> Option<String> {
        let counted = [(self.errors, "error"), (self.warnings, "warning"), (self.hints, "hint")];
        let words: Vec<String> =
            counted.iter().filter(|(count, _)| *count > 0).map(|(count, word)| number(*count, word)).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }

    /// The end of a command with these findings.
    pub(super) fn end(self, strict: bool) -> Result<(), Stop> {
        if self.errors > 0 || strict && self.warnings > 0 { Err(Stop::Wrong) } else { Ok(()) }
    }
}

/// Findings as text; hints only where they are asked for.
pub(super) fn shown(findings: &[Diagnostic], texts: &dyn Texts, (hints, color): (bool, bool)) -> String {
    let shown: Vec<Diagnostic> =
        findings.iter().filter(|finding| hints || finding.severity > Severity::Hint).cloned().collect();
    text::render(&shown, texts, color)
}
