//! Where the handbook will be published, if site.toml does not say it: the real program, in folders of its own.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::path::Path;
use std::process::Command;

mod support;

use support::git::git;

/// A handbook of one page and these files.
fn handbook(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [("content/index.md", "# Home\n\nWhat to do.\n")].iter().chain(files) {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    folder
}

/// Build; what is said, and the canonical address of the home page.
fn build(folder: &Path, words: &[&str]) -> (String, Option<String>) {
    let mendbook = Command::new(env!("CARGO_BIN_EXE_mendbook")).arg("build").args(words).current_dir(folder).output();
    let said = String::from_utf8(mendbook.unwrap().stderr).unwrap();
    let home = std::fs::read_to_string(folder.join("public/index.html")).unwrap();
    let address = home.split("rel=\"canonical\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
    (said, address.map(str::to_owned))
}

#[test]
fn nothing_says_it() {
    let folder = handbook(&[("site.toml", "")]);
    assert_eq!(build(folder.path(), &[]).1, None);
    assert!(!folder.path().join("public/sitemap.xml").exists());
}

#[test]
fn the_domain_says_it() {
    let folder = handbook(&[("site.toml", "domain = \"h.example.org\"\n"), ("static/CNAME", "old.example.org\n")]);
    let (said, address) = build(folder.path(), &[]);
    assert_eq!(address.as_deref(), Some("https://h.example.org/"));
    assert!(!said.contains("the address is"), "{said}");
}

#[test]
fn a_cname_says_it() {
    let folder = handbook(&[("static/CNAME", "c.example.org\n")]);
    let (said, address) = build(folder.path(), &[]);
    assert_eq!(address.as_deref(), Some("https://c.example.org/"));
    assert!(said.contains("the address is https://c.example.org/, by `static/CNAME`"), "{said}");
}

#[test]
fn the_cname_of_the_old_output_says_it() {
    let folder = handbook(&[("site.toml", "")]);
    build(folder.path(), &[]);
    std::fs::write(folder.path().join("public/CNAME"), "kept.example.org\n").unwrap();
    assert_eq!(build(folder.path(), &[]).1.as_deref(), Some("https://kept.example.org/"));
}

#[test]
fn the_git_remote_says_it_unless_it_is_given() {
    let folder = handbook(&[("site.toml", "")]);
    git(folder.path(), "init --quiet");
    git(folder.path(), "remote add origin git@github.com:Example/handbook.git");
    let (said, address) = build(folder.path(), &[]);
    assert_eq!(address.as_deref(), Some("https://example.github.io/handbook/"));
    assert!(said.contains("by the git remote; `base_url` in site.toml sets another"), "{said}");
    let (said, address) = build(folder.path(), &["--base-url", "https://example.org/book"]);
    assert_eq!(address.as_deref(), Some("https://example.org/book/"));
    assert!(!said.contains("the address is"), "{said}");
}

#[test]
fn links_beside_the_content_lead_to_the_forge() {
    let page = "# Guide\n\n[code](../../src/main.rs#L3), [all of it](../../src/), [gone](../../nowhere.rs).\n";
    let settings = "repository = \"https://github.com/example/widget\"\nbranch = \"trunk\"\n";
    let folder = handbook(&[("docs/site.toml", settings), ("docs/content/guide.md", page), ("src/main.rs", "\n")]);
    git(folder.path(), "init --quiet");
    build_in(&folder.path().join("docs"));
    let html = std::fs::read_to_string(folder.path().join("docs/public/guide.html")).unwrap();
    for href in ["blob/trunk/src/main.rs#L3", "tree/trunk/src", "edit/trunk/docs/content/guide.md"] {
        let href = format!("href=\"https://github.com/example/widget/{href}\"");
        assert!(html.contains(&href), "{href} in\n{html}");
    }
    assert!(html.contains(", gone."), "a file that is not there is no link\n{html}");
}

/// Build in a folder below the repository's top.
fn build_in(folder: &Path) {
    Command::new(env!("CARGO_BIN_EXE_mendbook")).arg("build").current_dir(folder).output().unwrap();
}
