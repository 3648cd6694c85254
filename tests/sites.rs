//! Every folder under `sites/` is a handbook. It is shown with the theme `themes/outline`, which prints what a
//! template gets as plain text, and compared with the folder's `expected/`; `expected/findings.txt` holds what is
//! said of it. `UPDATE=1 cargo test --test sites` fills in; read the diff.

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use mendbook::diag::text;
use mendbook::site::{Output, Site};

/// What a handbook looks like as plain text: a file for each page, and its findings.
fn outline(folder: &Path) -> BTreeMap<String, String> {
    let theme = support::layer(&support::repository("tests/themes/outline"));
    let site = support::read(folder, None, vec![theme]);
    let pages = site.outputs.iter().filter(|(_, output)| matches!(output, Output::Page(_) | Output::Made(_)));
    let mut made: BTreeMap<String, String> = pages
        .map(|(route, _)| {
            let path = route.path().strip_suffix(".html").unwrap_or(route.path());
            (format!("{path}.txt"), tidy(&support::text(&site, route.path())))
        })
        .collect();
    made.insert("findings.txt".to_owned(), text::render(&site.findings, &site, false));
    made.insert("files.txt".to_owned(), files(&site));
    made
}

/// The addresses that are no pages.
fn files(site: &Site) -> String {
    let files = site.outputs.iter().filter(|(_, output)| matches!(output, Output::Asset(_) | Output::Program(_)));
    files.map(|(route, _)| format!("{}\n", route.path())).collect()
}

/// Without blank lines one after the other, and with one line end at the end.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.trim().lines().map(str::trim_end) {
        if !(line.is_empty() && out.ends_with("\n\n")) {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[test]
fn every_site_means_what_is_expected() {
    let mut wrong = Vec::new();
    for (name, folder) in support::sites() {
        let found = support::compare(&folder.join("expected"), &outline(&folder));
        wrong.extend(found.into_iter().map(|what| format!("tests/sites/{name}/expected: {what}")));
    }
    assert!(wrong.is_empty(), "{}\n\n`UPDATE=1 cargo test --test sites` fills in", wrong.join("\n"));
}
