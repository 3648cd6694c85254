//! `mendbook diff`: each page under `diff/` holds a handbook (fences `file:PATH`), what became of it (`then:PATH`,
//! `gone:PATH`) and what is said of that (`says`, `says markdown`); `UPDATE=1` fills in what is said. The tests below
//! ask it in repositories of every shape.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

mod fences;
mod support;

use fences::{Page, Role, Site};
use support::git;

/// What is said where nothing changed.
const NOTHING: &str = "From `HEAD` to the working tree: Nothing changed.\n";

#[test]
fn every_change_is_told_as_its_page_shows() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff");
    let mut pages: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    assert!(!pages.is_empty());
    let mut wrong = Vec::new();
    for path in pages {
        let mut page = Page::read(&fs::read_to_string(&path).unwrap());
        let mut changed = Vec::new();
        for site in page.sites.iter_mut().filter(|site| site.holds_files()) {
            let repository = told(site);
            let text = said(&repository.diff(&["HEAD"]));
            let markdown = said(&repository.diff(&["HEAD", "--format", "markdown"]));
            changed.extend(site.expect(&Role::Says, &text));
            changed.extend(site.expect(&Role::Markdown, &markdown));
            // The same said of two revisions, in both directions as many words.
            repository.commit();
            assert_eq!(
                said(&repository.diff(&["HEAD~1", "HEAD"])),
                text.replace("HEAD", "HEAD~1").replace("the working tree", "`HEAD`")
            );
        }
        if std::env::var_os("UPDATE").is_none() {
            wrong.extend(changed.into_iter().map(|what| format!("{}: {what}", path.display())));
        } else if !changed.is_empty() {
            fs::write(&path, page.to_string()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{}\nUPDATE=1 cargo test --test diff writes what is said now", wrong.join("\n"));
}

#[test]
fn a_tree_reads_as_the_disk_does() {
    for site in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites")).unwrap() {
        let site = site.unwrap().path();
        let repository = Repository::new();
        for file in walkdir::WalkDir::new(&site).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
            let path = file.path().strip_prefix(&site).unwrap();
            if !path.starts_with("expected") {
                repository.write(path.to_str().unwrap(), &fs::read(file.path()).unwrap());
            }
        }
        repository.commit();
        let name = site.display();
        assert_eq!(said(&repository.diff(&["HEAD"])), NOTHING, "{name}");
    }
}

#[test]
fn links_and_odd_files_read_as_on_the_disk() {
    let repository = Repository::new();
    repository.write("content/essays/one.md", b"# One\n\nSee [[Two]].\n");
    repository.write("content/essays/latin.md", b"# Caf\xe9\n");
    repository.write("content/essays/con.md", b"# A reserved name\n");
    repository.write("content/essays/_hidden.md", b"# Hidden\n");
    repository.write("common/two.md", b"# Two\n\nKept elsewhere.\n");
    repository.write("content/pictures/run.svg", b"<svg onload=\"x\"/>");
    for (link, target) in [
        ("content/essays/two.md", "../../common/two.md"),
        ("content/more", "../common"),
        ("content/round", "."),
        ("content/nothing.md", "nowhere.md"),
        ("content/outside", "../.."),
        ("content/secret", "../.git"),
    ] {
        std::os::unix::fs::symlink(target, repository.root().join(link)).unwrap();
    }
    repository.commit();
    assert_eq!(said(&repository.diff(&["HEAD"])), NOTHING);
    fs::write(repository.root().join("common/two.md"), "# Two\n\nKept somewhere else.\n").unwrap();
    let text = said(&repository.diff(&["HEAD"]));
    assert!(text.contains("Two (essays/two)") && text.contains("Two (more/two)"), "{text}");
}

#[test]
fn a_handbook_may_lie_anywhere_and_move() {
    let repository = Repository::new();
    repository.write("docs/book/site.toml", b"title = \"Book\"\n");
    repository.write("docs/book/content/essays/one.md", b"# One\n");
    repository.write("README.md", b"# The code, not the book\n");
    repository.commit();
    let book = repository.root().join("docs/book");
    fs::write(book.join("content/essays/one.md"), "# One and a half\n").unwrap();
    let inside = repository.ask(&book.join("content"), &["diff", "HEAD"]);
    assert!(said(&inside).contains("1 page changed: 1 title changed."), "{inside:?}");
    let from_top = repository.diff(&["-C", "docs/book", "HEAD"]);
    assert_eq!(said(&from_top), said(&inside));
    fs::rename(repository.root().join("docs"), repository.root().join("handbook")).unwrap();
    let moved = repository.diff(&["-C", "handbook/book", "HEAD"]);
    assert_eq!(said(&moved), said(&inside));
}

#[test]
fn a_folder_without_content_is_the_handbook_itself() {
    let repository = Repository::new();
    repository.write("one.md", b"# One\n");
    repository.write(".gitignore", b"/notes/\n");
    repository.commit();
    repository.write("notes/mine.md", b"# Not for git\n");
    repository.write("two.md", b"# Two\n");
    let text = said(&repository.diff(&["HEAD"]));
    assert!(text.contains("1 page new.") && text.contains("Two (two)"), "{text}");
}

#[test]
fn a_line_end_is_no_change() {
    let repository = Repository::new();
    let text = "+++\ntags = [\"news\"]\n+++\n\n# One\n\nIt stands\nalone.\n\n## Signals\n\n- First\n- Second\n";
    repository.write("content/patterns/one.md", text.as_bytes());
    repository.commit();
    repository.write("content/patterns/one.md", text.replace('\n', "\r\n").as_bytes());
    assert_eq!(said(&repository.diff(&["HEAD"])), NOTHING);
}

#[test]
fn nothing_in_the_repository_is_touched() {
    let repository = Repository::new();
    repository.write("content/one.md", b"# One\n");
    repository.commit();
    fs::write(repository.root().join("content/one.md"), "# Two\n").unwrap();
    let state = || {
        let files = walkdir::WalkDir::new(repository.root()).sort_by_file_name().into_iter().flatten();
        let files = files.filter(|entry| entry.file_type().is_file());
        files.map(|entry| (entry.path().to_owned(), fs::read(entry.path()).unwrap())).collect::<Vec<_>>()
    };
    let before = state();
    said(&repository.diff(&["HEAD"]));
    assert!(state() == before, "a file changed");
}

#[test]
fn a_shallow_clone_says_how_to_get_the_rest() {
    let repository = Repository::new();
    repository.write("content/one.md", b"# One\n");
    repository.commit();
    repository.write("content/two.md", b"# Two\n");
    repository.commit();
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", repository.root().display());
    git::git(clone.path(), &format!("clone --quiet --depth 1 {url} ."));
    let asked = repository.ask(clone.path(), &["diff", "HEAD"]);
    assert_eq!(said(&asked), NOTHING);
    let refused = repository.ask(clone.path(), &["diff", "HEAD~1"]);
    let next = "this clone is shallow, and `git fetch --unshallow` brings the rest";
    assert_eq!(complaint(&refused), format!("mendbook: git knows no revision `HEAD~1`; {next}\n"));
}

#[test]
fn what_cannot_be_compared_is_refused_in_one_sentence() {
    let repository = Repository::new();
    repository.write("content/one.md", b"# One\n");
    repository.commit();
    let list = "`git log --all --oneline` lists what there is";
    for (words, why) in [
        (&["nowhere"][..], format!("git knows no revision `nowhere`; {list}")),
        (&["HEAD", "HEAD~4"], format!("git knows no revision `HEAD~4`; {list}")),
        (&["--", "--all"], format!("git knows no revision `--all`; {list}")),
        (
            &["main..topic"],
            "`main..topic` names two revisions: write them apart, `mendbook diff main topic`".to_owned(),
        ),
    ] {
        assert_eq!(complaint(&repository.diff(words)), format!("mendbook: {why}\n"));
    }
    let alone = tempfile::tempdir().unwrap();
    let path = alone.path().canonicalize().unwrap();
    let why = format!("mendbook: `{}` lies in no git repository\n", path.display());
    assert_eq!(complaint(&repository.ask(alone.path(), &["diff", "HEAD"])), why);
    let no_git = mendbook(&repository.root()).args(["diff", "HEAD"]).env("PATH", "").output().unwrap();
    let why = "mendbook: git was not found: install it\n";
    assert_eq!(complaint(&no_git), why);
}

/// The repository of a case: its files are committed, and what became of them lies in the working tree.
fn told(site: &Site) -> Repository {
    let repository = Repository::new();
    if site.pieces.iter().all(|piece| piece.role.file() != Some("site.toml")) {
        repository.write("site.toml", b"base_url = \"https://example.org/\"\n");
    }
    for piece in &site.pieces {
        if let Role::File(path) = &piece.role {
            repository.write(path, piece.text.as_bytes());
        }
    }
    repository.commit();
    for piece in &site.pieces {
        match &piece.role {
            Role::Then(path) => repository.write(path, piece.text.as_bytes()),
            Role::Gone(path) => fs::remove_file(repository.root().join(path)).unwrap(),
            _ => {}
        }
    }
    repository
}

/// A repository in a folder of its own.
struct Repository(tempfile::TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().unwrap());
        git::git(&repository.root(), "init --quiet --initial-branch main");
        repository
    }

    fn root(&self) -> PathBuf {
        self.0.path().canonicalize().unwrap()
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Commit all there is.
    fn commit(&self) {
        git::commit(&self.root(), "state");
    }

    fn diff(&self, words: &[&str]) -> Output {
        self.ask(&self.root(), &[&["diff"], words].concat())
    }

    fn ask(&self, folder: &Path, words: &[&str]) -> Output {
        mendbook(folder).args(words).output().unwrap()
    }
}

fn mendbook(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mendbook"));
    command.current_dir(folder).args(["--today", "2026-06-01"]);
    command
}

/// What a comparison prints.
fn said(done: &Output) -> String {
    assert_eq!((done.status.code(), String::from_utf8_lossy(&done.stderr).as_ref()), (Some(0), ""));
    String::from_utf8(done.stdout.clone()).unwrap()
}

/// Why a comparison is refused.
fn complaint(done: &Output) -> String {
    assert_eq!((done.status.code(), done.stdout.is_empty()), (Some(2), true), "{done:?}");
    String::from_utf8(done.stderr.clone()).unwrap()
}
