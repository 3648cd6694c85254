//! `mendbook build`: the site, whole or not at all.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use super::args::{Args, BuildOptions};
use super::load::{Changes, Loaded, count, load, number, shown};
use super::pool::{Rendering, render};
use super::{Stop, shell};
use crate::diag::Diagnostic;
use crate::site::{Output, Site};
use crate::write::{Outcome, Protected, Refusal, Staging};

pub(super) fn run(args: &Args, options: &BuildOptions) -> Result<(), Stop> {
    let changes =
        Changes { output: options.output.as_deref(), base_url: options.base_url.as_deref(), ..Changes::default() };
    let Loaded { root, site, output, notes } = load(args, &changes)?;
    let site = Arc::new(site);
    let (findings, outcome) = make(args, &site, (&root.folder, &output))?;
    notes.iter().filter(|_| !args.quiet).for_each(|note| shell::say(note));
    summary(args, &site, (&findings, &outcome, &output));
    count(&findings).end(options.strict)
}

/// Render a site and put it in the place of the old one. What was found is shown, and handed on.
pub(super) fn make<'s>(
    args: &Args,
    site: &'s Arc<Site>,
    (root, output): (&Path, &Path),
) -> Result<(Cow<'s, [Diagnostic]>, Outcome), Stop> {
    // Those that do not exist too: made by a build, they would be sources of the next one.
    let sources = ["content", "static", "themes"].map(|name| root.join(name)).into();
    let protected = Protected { root: root.to_owned(), sources };
    // A refused folder is refused before anything else is said.
    let staging = Staging::begin(output, &protected).map_err(cannot)?;
    if site.is_blocked() {
        return Err(kept(args, site, &site.findings));
    }
    match render(site, Some(staging)) {
        Rendering::Refused(refusal) => Err(cannot(refusal)),
        Rendering::Endless(finding) => {
            let findings = all(site, vec![finding]);
            // The page that does not end still has a thread, which ends with the process and not before.
            crate::write::forget(output);
            Err(kept(args, site, &findings))
        }
        Rendering::Done(found, staging) => {
            let findings = all(site, found);
            if findings.iter().any(|finding| finding.blocks) {
                return Err(kept(args, site, &findings));
            }
            let outcome = staging.map_or_else(|| Ok(Outcome::default()), Staging::finish).map_err(cannot)?;
            report(args, site, &findings);
            Ok((findings, outcome))
        }
    }
}

/// A site's findings with those of rendering; a large handbook has many, and rendering mostly has none.
fn all(site: &Site, found: Vec<Diagnostic>) -> Cow<'_, [Diagnostic]> {
    if found.is_empty() { Cow::Borrowed(&site.findings) } else { [site.findings.as_slice(), &found].concat().into() }
}

pub(super) fn cannot(refusal: Refusal) -> Stop {
    Stop::Cannot(refusal.0)
}

pub(super) fn report(args: &Args, site: &Site, findings: &[Diagnostic]) {
    shell::print_err(&shown(findings, site, (args.verbose, shell::color_err())));
}

/// Say what keeps the old site in place.
fn kept(args: &Args, site: &Site, findings: &[Diagnostic]) -> Stop {
    report(args, site, findings);
    let counts = count(findings).words().unwrap_or_default();
    shell::say(&format!("not built: {counts}; the last site is as it was"));
    Stop::Wrong
}

fn summary(args: &Args, site: &Site, (findings, outcome, output): (&[Diagnostic], &Outcome, &Path)) {
    if let Some(leftover) = &outcome.leftover {
        shell::say(&format!(
            "note: the new site is in place; what is left of the old one could not be cleared away: `{}`",
            leftover.display()
        ));
    }
    if args.quiet {
        return;
    }
    let assets = site.outputs.values().filter(|output| matches!(output, Output::Asset(_))).count();
    let files = number(assets, "file");
    let skipped = if site.skipped > 0 { format!(", {} passed over", site.skipped) } else { String::new() };
    let counts = count(findings);
    let told = super::load::Counts { hints: if args.verbose { counts.hints } else { 0 }, ..counts }.words();
    let told = told.map_or_else(String::new, |words| format!("; {words}"));
    let overdue = findings.iter().filter(|finding| finding.check == "overdue").count();
    let overdue = if overdue > 0 { format!("; {} overdue for review", number(overdue, "page")) } else { String::new() };
    let changed = match (outcome.written, outcome.removed) {
        (0, 0) => "nothing changed".to_owned(),
        (written, 0) => format!("{written} written"),
        (written, removed) => format!("{written} written, {removed} gone"),
    };
    let pages = number(site.handbook.pages.len(), "page");
    shell::say(&format!("{pages} and {files}{skipped} → {} ({changed}){told}{overdue}", output.display()));
    left_out(site);
}

/// Say what the public is not shown.
pub(super) fn left_out(site: &Site) {
    if let Some(words) = site.withheld().words() {
        shell::say(&format!("left out for the public: {words}; nothing of it stands in any file"));
    }
}
