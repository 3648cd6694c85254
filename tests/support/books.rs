//! Whole outputs: the repository's own handbook, every test site, and what `mendbook init` begins with.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use super::html::Document;

/// The host that the books are published on.
pub const HOST: &str = "https://handbook.test";

/// The path below it: GitHub Pages serves a repository so.
pub const BASE: &str = "/repo/";

/// A whole output.
pub struct Book {
    /// What it is called in a message.
    pub name: String,
    /// Every file, by its path.
    pub files: Files,
    /// Its pages.
    pub pages: Vec<Document>,
}

impl Book {
    /// A file as text.
    pub fn text(&self, path: &str) -> &str {
        let bytes = self.files.get(path).unwrap_or_else(|| panic!("{}: there is no `{path}`", self.name));
        std::str::from_utf8(bytes).unwrap()
    }

    /// The page at a path.
    pub fn page(&self, path: &str) -> Option<&Document> {
        self.pages.iter().find(|page| page.path == path)
    }

    /// What `rule` finds wrong on the pages, each with the page it is on.
    pub fn judge(&self, rule: impl Fn(&Document) -> Vec<String>) -> Vec<String> {
        let told = |page: &Document| -> Vec<String> {
            rule(page).into_iter().map(|what| format!("{} {}: {what}", self.name, page.path)).collect()
        };
        self.pages.iter().flat_map(told).collect()
    }
}

/// The files of a book by their paths in the output.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Every book, built once. Html is not shared between threads, so each thread that asks builds its pages.
pub fn books() -> Vec<Book> {
    static FILES: OnceLock<Vec<(String, Files)>> = OnceLock::new();
    let built = FILES.get_or_init(build).clone();
    let book = |(name, files): (String, Files)| {
        let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
        let pages = pages.map(|(path, bytes)| Document::read(path, bytes)).collect();
        Book { name, pages, files }
    };
    built.into_iter().map(book).collect()
}

fn build() -> Vec<(String, Files)> {
    let starter = tempfile::tempdir().unwrap();
    mendbook(starter.path(), &["init", "."]);
    let mut folders = vec![("handbook".to_owned(), super::repository("."))];
    folders.extend(super::sites());
    folders.push(("starter".to_owned(), starter.path().to_owned()));
    let output = tempfile::tempdir().unwrap();
    let mut built = Vec::new();
    for (name, folder) in folders {
        let target = output.path().join(&name);
        let base = format!("{HOST}{BASE}");
        mendbook(&folder, &["build", "--output", target.to_str().unwrap(), "--base-url", &base]);
        let mut files = super::tree(&target);
        assert!(!files.is_empty(), "`{name}` was not built");
        // The list of what was written is for mendbook itself.
        files.retain(|path, _| !path.starts_with(".mendbook"));
        built.push((name, files));
    }
    built
}

/// Run the program in a folder. Errors in a book are told by its exit code, and the book is still built.
fn mendbook(folder: &Path, args: &[&str]) {
    let program = env!("CARGO_BIN_EXE_mendbook");
    let run = Command::new(program).arg("-C").arg(folder).args(args).output().unwrap();
    let code = run.status.code().unwrap_or(101);
    assert!(code < 2, "{args:?} ended with {code}: {}", String::from_utf8_lossy(&run.stderr));
}
