//! What several test programs share: folders become sites, and trees of files are compared.
#![allow(dead_code, unreachable_pub, reason = "each test program uses a part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

pub mod books;
pub mod browser;
pub mod git;
pub mod handbook;
pub mod host;
pub mod html;
pub mod markdown;
pub mod program;
pub mod payloads;
pub mod preview;
pub mod many;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mendbook::config;
use mendbook::discover::{self, Beside, LayerFiles, ScanOptions};
use mendbook::route::Route;
use mendbook::site::{Options, Rendered, Site};

/// The day on which the tests take place.
pub const TODAY: &str = "2026-06-01";

/// A path below the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The folders directly below `tests/sites/`, by name.
pub fn sites() -> Vec<(String, PathBuf)> {
    let entries = std::fs::read_dir(repository("tests/sites")).unwrap().map(|entry| entry.unwrap().path());
    let mut sites: Vec<_> = entries.filter(|path| path.is_dir()).collect();
    sites.sort();
    sites.into_iter().map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), path)).collect()
}

/// The handbook in `folder`, at `base_url` if one is given, with `layers` over its own.
pub fn read(folder: &Path, base_url: Option<&str>, layers: Vec<LayerFiles>) -> Site {
    let root = discover::locate(folder).unwrap();
    let (source, mut findings) = discover::read_config(&root);
    let (mut config, found) = config::read(source);
    findings.extend(found);
    if let Some(base_url) = base_url {
        config.base_url = Some(base_url.to_owned());
    }
    let output = root.folder.join(&config.output);
    let mut files = discover::scan(&root, &ScanOptions { output: &output, config: &config });
    files.layers.splice(0..0, layers);
    // The repository is the folder itself, wherever the tests lie.
    files.beside = Beside::below(folder);
    Site::new(files, (config, findings), &Options { drafts: false, today: TODAY.to_owned(), related: 0 })
}

/// The theme layer in a folder, called as the folder is.
pub fn layer(folder: &Path) -> LayerFiles {
    let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
    LayerFiles { name, files: tree(folder).into_iter().collect() }
}

/// What lies at an address.
///
/// # Panics
/// Where nothing lies there, or its template fails.
pub fn bytes(site: &Site, route: &Route) -> Vec<u8> {
    let rendered = site.render(route).unwrap_or_else(|| panic!("nothing lies at `{}`", route.path()));
    match rendered.unwrap_or_else(|finding| panic!("{finding:?}")) {
        Rendered::Bytes(bytes) => bytes,
        Rendered::Copy(file) => std::fs::read(file).unwrap(),
    }
}

/// The text at an address.
pub fn text(site: &Site, address: &str) -> String {
    String::from_utf8(bytes(site, &Route::made(address))).unwrap()
}

/// Every file below a folder: its path with `/`, and its bytes.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let named = files.map(|file| {
        let path = file.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        (path, std::fs::read(file.path()).unwrap())
    });
    named.collect()
}

/// Compare what was made with what `folder` expects, file by file; with `UPDATE=1` set in the environment the
/// folder is filled in instead. Returns what differs, in words.
pub fn compare(folder: &Path, made: &BTreeMap<String, String>) -> Vec<String> {
    if std::env::var_os("UPDATE").is_some() {
        fill_in(folder, made);
        return Vec::new();
    }
    let expected = tree(folder);
    let mut wrong = Vec::new();
    for (path, text) in made {
        match expected.get(path) {
            None => wrong.push(format!("`{path}` is made and not expected")),
            Some(bytes) => wrong.extend(difference(path, &String::from_utf8_lossy(bytes), text)),
        }
    }
    let gone = expected.keys().filter(|path| !made.contains_key(*path));
    wrong.extend(gone.map(|path| format!("`{path}` is expected and not made")));
    wrong
}

fn fill_in(folder: &Path, made: &BTreeMap<String, String>) {
    for path in tree(folder).keys().filter(|path| !made.contains_key(*path)) {
        std::fs::remove_file(folder.join(path)).unwrap();
    }
    for (path, text) in made {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
}

/// The first line in which two texts differ.
fn difference(path: &str, expected: &str, made: &str) -> Option<String> {
    if expected == made {
        return None;
    }
    let (mut one, mut other) = (expected.lines(), made.lines());
    let mut number = 0;
    loop {
        number += 1;
        match (one.next(), other.next()) {
            (None, None) => return Some(format!("`{path}` differs in its line ends")),
            (expected, made) if expected != made => {
                let line = |line: Option<&str>| line.unwrap_or("(the end)").to_owned();
                return Some(format!("{path}:{number}\n  expected: {}\n  made:     {}", line(expected), line(made)));
            }
            _ => {}
        }
    }
}
