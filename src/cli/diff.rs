//! `mendbook diff`: what changed between two revisions, or between one and the working tree.

use std::path::Path;
use std::sync::Arc;

use super::address::{self, Clues};
use super::args::{Args, DiffFormat, DiffOptions, Whom};
use super::load::{self, Changes as Asked};
use super::{Stop, shell};
use crate::compare::{Between, Changes, markdown, text};
use crate::config::{Audience, Config};
use crate::discover::{self, Files, ScanOptions};
use crate::git::{self, Tree};
use crate::site::Site;

pub(super) fn run(args: &Args, options: &DiffOptions) -> Result<(), Stop> {
    let start = load::folder(args);
    let start =
        start.canonicalize().map_err(|error| Stop::Cannot(format!("`{}` cannot be read: {error}", start.display())))?;
    let args = &for_whom(args);
    let old = past(args, &start, &options.old)?;
    let new = match &options.new {
        Some(revision) => past(args, &start, revision)?,
        None => load::load(args, &Asked::default())?.site,
    };
    let changes = Changes::new(&old, &new);
    let named = |revision: &str| format!("`{revision}`");
    let new = options.new.as_deref().map_or_else(|| "the working tree".to_owned(), named);
    let between = Between { old: &named(&options.old), new: &new };
    shell::print_out(&match options.format {
        DiffFormat::Text => text(&changes, between),
        DiffFormat::Markdown => markdown(&changes, between),
    })
}

/// The arguments with one audience for both sides: what is public today is compared with what would have been public.
fn for_whom(args: &Args) -> Args {
    let today = || load::configured(args).ok().filter(|(_, config, _)| config.audience == Audience::Public);
    Args { audience: args.audience.or_else(|| today().map(|_| Whom::Public)), ..args.clone() }
}

/// The handbook of a revision, with the settings it had then; an empty one where there was none.
fn past(args: &Args, start: &Path, revision: &str) -> Result<Site, Stop> {
    let tree = Arc::new(Tree::read(start, revision, is_read).map_err(Stop::Cannot)?);
    let options = load::options(args, 0)?;
    let Some(root) = discover::locate_past(&tree, &git::prefix(start)) else {
        return Ok(Site::new(Files::default(), (Config::default(), Vec::new()), &options));
    };
    let (source, mut findings) = discover::read_config(&root);
    let (mut config, found) = load::settings(args, source);
    findings.extend(found);
    let output = root.folder.join(&config.output);
    // An address that nobody wrote down is worked out from the repository, and that is the same now as then.
    if config.base_url.is_none() {
        let here = discover::locate(start).map_or_else(|_| start.to_owned(), |root| root.folder);
        config.base_url = address::find(&here, &here.join(&config.output), Clues::default()).map(|found| found.url);
    }
    let files = discover::scan(&root, &ScanOptions { output: &output, config: &config });
    Ok(Site::new(files, (config, findings), &options))
}

/// The files of a repository that a handbook is understood from: pages, settings, themes, and pictures that could run.
fn is_read(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let ending = name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase());
    name == "site.toml"
        || matches!(ending.as_str(), "md" | "svg")
        || folders.split('/').any(|folder| folder == "themes")
}
