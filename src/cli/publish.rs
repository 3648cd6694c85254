//! `mendbook publish`: builds, proves, and pushes exactly what was proved; each step stops the next where it fails.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use super::address::Clues;
use super::args::{Args, PublishOptions};
use super::load::{Changes as Asked, Loaded, configured, count, load, number};
use super::{Stop, build, proof, shell};
use crate::git;
use crate::publish::{Branch, Change, Changes, Source};
use crate::site::Site;
use crate::write::Held;

/// Where the domain of a published branch stands.
const CNAME: &str = "CNAME";

pub(super) fn run(args: &Args, options: &PublishOptions) -> Result<(), Stop> {
    let (root, ..) = configured(args)?;
    let branch = branch(&root.folder, options)?;
    let cname = branch.text(CNAME);
    let clues = Clues { remote: &options.remote, cname: cname.as_deref() };
    let Loaded { root, site, output, notes } =
        load(args, &Asked { base_url: options.base_url.as_deref(), clues, ..Asked::default() })?;
    let site = Arc::new(site);
    let Some(url) = site.config.base_url.clone() else {
        let why = "nobody says at which address the handbook will be found";
        return Err(Stop::Cannot(format!(
            "{why}: set `base_url` in site.toml, or give `--base-url`; nothing was published"
        )));
    };
    for_whom(&site)?;
    without_errors(args, &site)?;
    build::make(args, &site, (&root.folder, &output))?;
    keep_domain(cname.as_deref(), &output)?;
    // From the proof to the push nobody else may write what is pushed.
    let _held = Held::take(&output).map_err(build::cannot)?;
    let proof = proof::proved(&site.config, (&output, &proof::called(&output, &root.folder)))?;
    proof::stop_at_errors(args, &proof)?;
    let changes = branch.changes((&output, &proof.files), !options.dry_run).map_err(cannot)?;
    if !args.quiet {
        notes.iter().for_each(|note| shell::say(note));
        proof::report(&proof.counts);
        build::left_out(&site);
    }
    let to = format!("`{}` of `{}`", options.branch, options.remote);
    let tell = |line: &str| {
        if !args.quiet {
            shell::say(line);
        }
    };
    if changes.list.is_empty() {
        tell(&format!("nothing to publish: {to} holds this very handbook"));
        return Ok(());
    }
    if options.dry_run {
        shell::print_out(&listed(&changes))?;
        tell(&format!("{} would go to {to}, for {url}; nothing was published", counted(&changes)));
        return Ok(());
    }
    let commit = push(&branch, &changes, (&git::head(&root.folder, &output), &url))?;
    tell(&format!("{} published as {commit} on {to}: {url}", counted(&changes)));
    if !branch.exists() {
        let how = format!("on GitHub: Settings, Pages, \"Deploy from a branch\", `{}`", options.branch);
        tell(&format!("the branch is new: tell the host to publish it ({how})"));
    }
    Ok(())
}

/// One commit on the branch; it carries the time of `SOURCE_DATE_EPOCH`, where there is one.
fn push(branch: &Branch, changes: &Changes, (head, address): (&Option<(String, bool)>, &str)) -> Result<String, Stop> {
    let head = head.as_ref().map(|(commit, changed)| (commit.as_str(), *changed));
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().filter(|epoch| epoch.parse::<u64>().is_ok());
    branch.push(changes, &Source { head, address, epoch: epoch.as_deref() }).map_err(cannot)
}

fn cannot(why: String) -> Stop {
    Stop::Cannot(format!("{why}; nothing was published"))
}

/// The branch to publish to, asked from its remote.
fn branch(folder: &Path, options: &PublishOptions) -> Result<Branch, Stop> {
    let PublishOptions { remote, branch, .. } = options;
    if git::top(folder).is_none() {
        let why = format!("`{}` lies in no git repository", folder.display());
        return Err(cannot(format!(
            "{why}: `git init` makes one, and `git remote add {remote} URL` says where it goes"
        )));
    }
    if git::remote(folder, remote).is_none() {
        let others: Vec<String> = git::remotes(folder).iter().map(|name| format!("`--remote {name}`")).collect();
        let next = if others.is_empty() {
            format!("`git remote add {remote} URL` adds it")
        } else {
            format!("name one that there is: {}", others.join(", "))
        };
        // Without git there are no names either.
        return Err(cannot(git::complaint(folder).unwrap_or_else(|| format!("there is no remote `{remote}`: {next}"))));
    }
    Branch::find(folder, remote, branch).map_err(cannot)
}

/// A handbook with anything internal goes nowhere until somebody has said for whom it is.
fn for_whom(site: &Site) -> Result<(), Stop> {
    let Some((place, what)) = site.internal().filter(|_| !site.config.audience_named) else { return Ok(()) };
    let why = format!("{what} in `{}` is internal, and nobody says for whom the handbook is published", place.path);
    Err(cannot(format!(
        "{why}: give `--audience public` or `--audience internal`, or set `audience` under `[build]` in site.toml"
    )))
}

/// An error in the pages may be built, and is not published.
fn without_errors(args: &Args, site: &Site) -> Result<(), Stop> {
    let counts = count(&site.findings);
    counts.end(false).inspect_err(|_| {
        build::report(args, site, &site.findings);
        shell::say(&format!("not published: {}", counts.words().unwrap_or_default()));
    })
}

/// A domain that was set where the branch is published stays.
fn keep_domain(cname: Option<&str>, output: &Path) -> Result<(), Stop> {
    let file = output.join(CNAME);
    let Some(text) = cname.filter(|_| std::fs::symlink_metadata(&file).is_err()) else { return Ok(()) };
    std::fs::write(&file, text).map_err(|error| cannot(format!("`{}` cannot be written: {error}", file.display())))
}

/// "3 pages new, 1 changed, 2 gone and 5 other files".
fn counted(changes: &Changes) -> String {
    let page = |path: &str| path.ends_with(".html");
    let of = |change| changes.list.iter().filter(|(path, of)| page(path) && *of == change).count();
    let words = [(Change::Added, "new"), (Change::Changed, "changed"), (Change::Gone, "gone")];
    let mut parts: Vec<String> = Vec::new();
    for (change, word) in words {
        match of(change) {
            0 => {}
            count if parts.is_empty() => parts.push(format!("{} {word}", number(count, "page"))),
            count => parts.push(format!("{count} {word}")),
        }
    }
    let others = changes.list.iter().filter(|(path, _)| !page(path)).count();
    let pages = parts.join(", ");
    match others {
        0 => pages,
        _ if pages.is_empty() => number(others, "file"),
        1 => format!("{pages} and 1 other file"),
        _ => format!("{pages} and {others} other files"),
    }
}

/// One line for each file, pages first.
fn listed(changes: &Changes) -> String {
    let mut out = String::new();
    let (pages, others): (Vec<_>, Vec<_>) = changes.list.iter().partition(|(path, _)| path.ends_with(".html"));
    for (path, change) in pages.into_iter().chain(others) {
        let word = match change {
            Change::Added => "new",
            Change::Changed => "changed",
            Change::Gone => "gone",
        };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{word:<8}{path}");
    }
    out
}
