//! `mendbook check --output`, and the proof before `publish`: a finished site is held to what a host and its readers
//! need.

use std::path::Path;

use super::args::{Args, CheckOptions, Format};
use super::load::{self, configured, count, number, shown};
use super::{Stop, address, check, shell};
use crate::checks::settle;
use crate::config::Config;
use crate::publish::{Ask, Counts, File, Proof, prove, size};

/// `mendbook check --output`.
pub(super) fn run(args: &Args, options: &CheckOptions, output: &Path) -> Result<(), Stop> {
    let (root, mut config, _) = configured(args)?;
    let folder = load::folder(args).join(output);
    let full = folder.canonicalize().ok().filter(|folder| folder.is_dir());
    let full =
        full.ok_or_else(|| Stop::Cannot(format!("`{}` is no folder; `mendbook build` makes one", folder.display())))?;
    // What site.toml says of the address holds for an output of that handbook, and for no other.
    let own = full.starts_with(&root.folder) && full != root.folder;
    if let Some(url) = &options.base_url {
        config.base_url = Some(load::full(url)?);
    } else if !own {
        config.base_url = None;
    } else if config.base_url.is_none() {
        config.base_url = address::find(&root.folder, &full, address::Clues::default()).map(|found| found.url);
    }
    let proof = proved(&config, (&full, &called(&full, &root.folder)))?;
    let prefix = if own { crate::git::prefix(&root.folder) } else { String::new() };
    check::show(options.format, (&proof.findings, &proof), &prefix)?;
    let counts = count(&proof.findings);
    if !args.quiet && options.format == Format::Text {
        report(&proof.counts);
        shell::say(&counts.words().unwrap_or_else(|| "nothing to mend".to_owned()));
    }
    counts.end(options.strict)
}

/// What an output is called in front of the paths of its findings.
pub(super) fn called(output: &Path, root: &Path) -> String {
    let shown = output.strip_prefix(root).ok().filter(|inside| !inside.as_os_str().is_empty()).unwrap_or(output);
    format!("{}/", shown.display().to_string().replace('\\', "/"))
}

/// Prove an output; the severities are those of `config`.
pub(super) fn proved(config: &Config, (output, called): (&Path, &str)) -> Result<Proof, Stop> {
    let limits = config.limits;
    let ask = Ask { base_url: config.base_url.as_deref(), called, file: limits.file as u64, site: limits.site as u64 };
    let mut proof = prove(output, &ask).map_err(Stop::Cannot)?;
    // Names in `[checks]` that are no checks are told by a check of the pages.
    proof.findings = settle(std::mem::take(&mut proof.findings), &Config { source: None, ..config.clone() });
    Ok(proof)
}

/// Show the findings of a proof, and stop where there is an error among them.
pub(super) fn stop_at_errors(args: &Args, proof: &Proof) -> Result<(), Stop> {
    shell::print_err(&shown(&proof.findings, proof, (args.verbose, shell::color_err())));
    let counts = count(&proof.findings);
    counts.end(false).inspect_err(|_| {
        let words = counts.words().unwrap_or_default();
        shell::say(&format!("not published: {words} in the output; `mendbook check --output` shows them again"));
    })
}

/// Say what a proof has counted, and what is heaviest.
pub(super) fn report(counts: &Counts) {
    let Counts { pages, files, bytes, addresses, places, .. } = counts;
    let (pages, files) = (number(*pages, "page"), number(*files, "file"));
    let followed = format!("{} followed, {} of them to a place on a page", number(*addresses, "link"), places);
    shell::say(&format!("{pages} in {files}, {}; {followed}", size(*bytes)));
    let heaviest = |what: &str, files: &[File]| {
        let named: Vec<String> = files.iter().map(|file| format!("`{}` {}", file.path, size(file.size))).collect();
        if !named.is_empty() {
            shell::say(&format!("heaviest {what}: {}", named.join(", ")));
        }
    };
    heaviest("pages", &counts.heavy_pages);
    heaviest("other files", &counts.heavy_files);
}
