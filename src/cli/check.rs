//! `mendbook check`: every finding, in the form that is asked for; with `--fix`, mended where it can be.

use std::sync::Arc;

use super::args::{Args, CheckOptions, Format};
use super::load::{Changes, Loaded, count, load, number, shown};
use super::pool::{Rendering, render};
use super::{Stop, proof, shell};
use crate::diag::{Diagnostic, Texts, github, json, sarif};
use crate::edit;
use crate::git;

/// How often fixes are looked for anew; two that undo each other would never end.
const ROUNDS: usize = 10;

pub(super) fn run(args: &Args, options: &CheckOptions) -> Result<(), Stop> {
    if let Some(output) = &options.output {
        return proof::run(args, options, output);
    }
    let Loaded { site, root, .. } = if options.fix { fixed(args, options)? } else { read(args)? };
    let site = Arc::new(site);
    let mut findings = site.findings.clone();
    if !site.is_blocked() {
        match render(&site, None) {
            Rendering::Done(found, _) => findings.extend(found),
            Rendering::Endless(finding) => findings.push(finding),
            Rendering::Refused(refusal) => return Err(Stop::Cannot(refusal.0)),
        }
    }
    show(options.format, (&findings, &*site), &git::prefix(&root.folder))?;
    let counts = count(&findings);
    if !args.quiet && options.format == Format::Text {
        let pages = number(site.handbook.pages.len(), "page");
        shell::say(
            &counts.words().map_or_else(|| format!("{pages}: nothing to mend"), |words| format!("{pages}: {words}")),
        );
    }
    counts.end(options.strict)
}

fn read(args: &Args) -> Result<Loaded, Stop> {
    load(args, &Changes::default())
}

/// Apply all fixes, and those that they make possible, until there are none: the handbook as it is then.
fn fixed(args: &Args, options: &CheckOptions) -> Result<Loaded, Stop> {
    let mut applied = edit::Applied::default();
    let mut loaded = read(args)?;
    for _ in 0..ROUNDS {
        let Loaded { site, root, .. } = &loaded;
        let now = (options.allow_dirty, &mut applied);
        if edit::apply(&root.folder, (&site.findings, site), now).map_err(Stop::Cannot)? == 0 {
            break;
        }
        loaded = read(args)?;
    }
    if !args.quiet {
        shell::say(&applied.words());
    }
    Ok(loaded)
}

/// Print findings in a form; `prefix` is the folder within the repository that their paths count from.
pub(super) fn show(format: Format, (findings, texts): (&[Diagnostic], &dyn Texts), prefix: &str) -> Result<(), Stop> {
    let text = match format {
        Format::Text => shown(findings, texts, (true, shell::color_out())),
        Format::Json => format!("{:#}\n", json::value(findings, texts)),
        Format::Sarif => {
            sarif::render(findings, texts, (prefix, &|name| crate::checks::named(name).map(|check| check.what)))
        }
        Format::Github => github::render(findings, texts, prefix),
    };
    shell::print_out(&text)
}
