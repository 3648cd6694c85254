//! `mendbook check`: every finding, in the form that is asked for; with `--fix`, mended where it can be.

use std::sync::Arc;

use super::args::{Args, CheckOptions, Format};
use super::load::{Changes, Loaded, count, load, number, shown};
use super::pool::{Rendering, render};
use super::{Stop, fix, shell};
use crate::diag::{Diagnostic, github, json, sarif};
use crate::git;
use crate::site::Site;

pub(super) fn run(args: &Args, options: &CheckOptions) -> Result<(), Stop> {
    let changes = || Changes { output: options.output.as_deref(), ..Changes::default() };
    let mut loaded = load(args, &changes())?;
    if options.fix {
        let fixed = fix::apply(&loaded.root.folder, (&loaded.site.findings, &loaded.site), options.allow_dirty)
            .map_err(Stop::Cannot)?;
        if !args.quiet {
            shell::say(&fixed.words());
        }
        loaded = load(args, &changes())?;
    }
    let Loaded { site, root, .. } = loaded;
    let site = Arc::new(site);
    let mut findings = site.findings.clone();
    let mut endless = false;
    if !site.is_blocked() {
        match render(&site, None) {
            Rendering::Done(found, _) => findings.extend(found),
            Rendering::Endless(finding) => {
                findings.push(finding);
                endless = true;
            }
            Rendering::Refused(refusal) => return Err(Stop::Cannot(refusal.0)),
        }
    }
    show(options.format, (&findings, &site), &git::prefix(&root.folder));
    let counts = count(&findings);
    if !args.quiet && options.format == Format::Text {
        let pages = number(site.handbook.pages.len(), "page");
        shell::say(
            &counts.words().map_or_else(|| format!("{pages}: nothing to mend"), |words| format!("{pages}: {words}")),
        );
    }
    let end = counts.end(options.strict);
    match (endless, end) {
        (true, Err(stop)) => shell::leave(stop),
        (_, end) => end,
    }
}

fn show(format: Format, (findings, site): (&[Diagnostic], &Site), prefix: &str) {
    let text = match format {
        Format::Text => shown(findings, site, (true, shell::color_out())),
        Format::Json => format!("{:#}\n", json::value(findings, site)),
        Format::Sarif => {
            sarif::render(findings, site, (prefix, &|name| crate::checks::named(name).map(|check| check.what)))
        }
        Format::Github => github::render(findings, site, prefix),
    };
    shell::print_out(&text);
}
