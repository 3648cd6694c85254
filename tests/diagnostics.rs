//! Every finding, as an author meets it: each page under `diagnostics/` holds small handbooks, what `mendbook check`
//! says of them, and what `--fix` makes of them. `README.md` tells how to add one.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use mendbook::checks::{CATALOGUE, Check};
use mendbook::diag::Severity;

mod fences;

use fences::{Page, Piece, Role};

/// What a handbook without a `site.toml` gets, so that not every case hears that its address is unknown.
const SITE: &str = "base_url = \"https://example.org/\"\n";

/// How a finding offers a fix.
const OFFER: &str = "`mendbook check --fix` can";

#[test]
fn every_finding_is_said_as_its_page_shows() {
    let pages = cases();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut wrong = Vec::new();
        while let Some(path) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
            let name = path.file_name().unwrap().display();
            wrong.extend(case(path).into_iter().map(|what| format!("tests/diagnostics/{name}: {what}")));
        }
        wrong
    };
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "\n{}\nUPDATE=1 cargo test --test diagnostics writes what is said now", wrong.join("\n"));
}

#[test]
fn every_check_has_a_page_and_every_page_a_check() {
    let names: Vec<String> =
        cases().iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    for check in CATALOGUE {
        assert!(names.iter().any(|name| name == check.name), "tests/diagnostics/{}.md is missing", check.name);
    }
    for name in names {
        assert!(
            mendbook::checks::named(&name).is_some(),
            "tests/diagnostics/{name}.md shows no check of the catalogue"
        );
    }
}

#[test]
fn the_manual_names_every_check_under_its_severity() {
    let manual = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/authoring/findings.md");
    let (mut named, mut part) = (Vec::new(), String::new());
    for line in fs::read_to_string(manual).unwrap().lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            part = heading.to_owned();
        }
        if let Some((name, _)) = line.strip_prefix("| `").and_then(|row| row.split_once("` |")) {
            named.push((part.clone(), name.to_owned()));
        }
    }
    let mut known: Vec<(String, String)> =
        CATALOGUE.iter().map(|check| (heading(check), check.name.to_owned())).collect();
    named.sort_unstable();
    known.sort_unstable();
    assert_eq!(named, known);
}

/// Where the manual lists a check.
fn heading(check: &Check) -> String {
    let heading = match check.severity {
        Severity::Error if check.blocks => "Errors that block",
        Severity::Error => "Errors",
        Severity::Warning => "Warnings",
        Severity::Hint => "Hints",
    };
    heading.to_owned()
}

/// The pages, in order of their names.
fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut pages: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    pages
}

/// What is wrong with one page; under `UPDATE` it is written anew instead.
fn case(path: &Path) -> Vec<String> {
    let name = path.file_stem().unwrap().to_string_lossy();
    let text = fs::read_to_string(path).unwrap();
    let mut page = Page::read(&text);
    let (mut wrong, mut changed) = (Vec::new(), Vec::new());
    if !text.starts_with(&format!("# {name}\n\n")) {
        wrong.push(format!("the page wants to open with `# {name}` and a sentence on what it shows"));
    }
    for site in page.sites.iter_mut().filter(|site| site.holds_files()) {
        let found = Outcome::of(&site.pieces);
        wrong.extend(found.wrong.iter().map(|what| format!("{}: {what}", site.title())));
        let fixed = found.fixed.iter().map(|(path, text)| (Role::Fixed(path.clone()), text.as_str()));
        for (role, text) in std::iter::once((Role::Says, found.says.as_str())).chain(fixed) {
            changed.extend(site.expect(&role, text));
        }
        changed.extend(site.stale(&found.fixed));
    }
    let own = format!("[{name}]: ");
    let mut said = page.sites.iter().flat_map(|site| &site.pieces).filter(|piece| piece.role == Role::Says);
    if !said.any(|piece| piece.text.contains(&own)) {
        wrong.push(format!("no handbook of this page is told of a `{name}`"));
    }
    if std::env::var_os("UPDATE").is_none() {
        wrong.extend(changed);
    } else if !changed.is_empty() {
        fs::write(path, page.to_string()).unwrap();
    }
    wrong
}

/// What `check` and `check --fix` did with one handbook.
#[derive(Default)]
struct Outcome {
    /// The findings, as they are printed.
    says: String,
    /// Files that `--fix` changed, and their text.
    fixed: Vec<(String, String)>,
    /// Promises that did not hold.
    wrong: Vec<String>,
}

impl Outcome {
    fn of(pieces: &[Piece]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        lay_out(root, pieces);
        let mut outcome = Self { says: check(root, false), ..Self::default() };
        let mut findings = outcome.says.split("\n\n").filter(|finding| !finding.trim().is_empty());
        if let Some(finding) = findings.find(|finding| !finding.contains(" = hint: ")) {
            outcome.wrong.push(format!("a finding without a next step:\n{finding}"));
        }
        if !outcome.says.contains(OFFER) {
            return outcome;
        }
        check(root, true);
        let files = || pieces.iter().filter_map(|piece| Some((piece.role.file()?, &piece.text)));
        for (path, old) in files() {
            let new = fs::read_to_string(root.join(path)).unwrap();
            if new == *old {
                continue;
            }
            outcome.wrong.extend(untouched(&outcome.says, path, (old, &new)));
            outcome.fixed.push((path.to_owned(), new));
        }
        if outcome.fixed.is_empty() {
            outcome.wrong.push("a fix is offered, and `--fix` changes nothing".to_owned());
        }
        if check(root, true).contains(OFFER) {
            outcome.wrong.push("a fix is offered once more after `--fix`".to_owned());
        }
        for (path, _) in files() {
            let first = outcome.fixed.iter().find(|(fixed, _)| fixed == path);
            if first.is_some_and(|(_, text)| *text != fs::read_to_string(root.join(path)).unwrap()) {
                outcome.wrong.push(format!("a second `--fix` changes `{path}` once more"));
            }
        }
        outcome
    }
}

/// Put a handbook on disk.
fn lay_out(root: &Path, pieces: &[Piece]) {
    let site = Piece::file("site.toml", SITE);
    let own = pieces.iter().any(|piece| piece.role.file() == Some("site.toml"));
    for piece in pieces.iter().chain((!own).then_some(&site)) {
        let path = |path: &str| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            path
        };
        match &piece.role {
            Role::File(name) => fs::write(path(name), &piece.text).unwrap(),
            Role::Bytes(name) => fs::write(path(name), fences::bytes(&piece.text)).unwrap(),
            Role::Link(name) => std::os::unix::fs::symlink(piece.text.trim(), path(name)).unwrap(),
            Role::Socket(name) => drop(std::os::unix::net::UnixListener::bind(path(name)).unwrap()),
            _ => {}
        }
    }
}

/// What `mendbook check` prints; of a finished site where the handbook brings one, in `built/`.
fn check(root: &Path, fix: bool) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mendbook"));
    command.current_dir(root).args(["check", "--quiet", "--color", "never", "--today", "2026-06-01"]);
    if root.join("built").is_dir() {
        command.args(["--output", "built", "--base-url", "https://example.org/"]);
    }
    let done = command.args(fix.then_some("--fix")).env_remove("CI").output().unwrap();
    let complaint = String::from_utf8_lossy(&done.stderr);
    assert!(matches!(done.status.code(), Some(0 | 1)) && complaint.is_empty(), "{complaint}");
    let said = String::from_utf8(done.stdout).unwrap();
    if said.is_empty() { said } else { format!("{}\n", said.trim_end()) }
}

/// A complaint if a fix touched a line that no finding names.
fn untouched(says: &str, path: &str, (old, new): (&str, &str)) -> Option<String> {
    let place = format!("--> {path}:");
    let named: Vec<usize> = says
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix(&place)?.split(':').next()?.parse().ok())
        .collect();
    let mut after = new.lines();
    let kept = old.lines().enumerate().filter(|(at, _)| !named.contains(&(at + 1)));
    let lost = kept.into_iter().find(|(_, line)| !after.any(|other| other == *line))?;
    Some(format!("`--fix` changes line {} of `{path}`, which no finding names: {}", lost.0 + 1, lost.1))
}
