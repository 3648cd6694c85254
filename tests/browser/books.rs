//! The handbooks that are read in the browser: built into a folder, and served from it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::support::{self, host::host};

/// A page of each kind in the repository's own handbook.
const HANDBOOK: [&str; 26] = [
    "index.html",
    "patterns/index.html",
    "patterns/commitments/index.html",
    "patterns/commitments/broken-promise.html",
    "patterns/meetings/going-quiet.html",
    "guides/repair-sequence.html",
    "guides/saying-it-well.html",
    "essays/small-signs.html",
    "glossary/trust.html",
    "authoring/page-format.html",
    "signals.html",
    "drivers.html",
    "help.html",
    "map.html",
    "glossary.html",
    "tags.html",
    "tags/repair.html",
    "compare.html",
    "compare/patterns.commitments.broken-promise--patterns.commitments.late-bad-news.html",
    "links/guides/repair-sequence.html",
    "review.html",
    "wanted.html",
    "coverage.html",
    "patterns/presence/micromanagement-after-a-failure.html",
    "search.html",
    "404.html",
];

/// Pages of the handbook that `mendbook init` begins.
const STARTER: [&str; 3] = ["index.html", "patterns/broken-promise.html", "guides/index.html"];

/// Pages of the test site in which everything is used that an author can write.
const FORMS: [&str; 5] = [
    "print.html",
    "essays/every-kind-of-text.html",
    "guides/first-sentence.html",
    "patterns/promise-in-passing.html",
    "patterns/closed-door.html",
];

/// A built handbook: the folder it lies in, and the server it stands on.
pub(super) struct Book {
    pub(super) folder: PathBuf,
    pub(super) server: String,
    pub(super) pages: &'static [&'static str],
}

impl Book {
    /// The address of a page on the server.
    pub(super) fn served(&self, page: &str) -> String {
        format!("{}repo/{page}", self.server)
    }

    /// The address of a page on the disk.
    pub(super) fn on_disk(&self, page: &str) -> String {
        format!("file://{}", self.folder.join(page).display())
    }
}

/// The handbooks, built once.
pub(super) fn books() -> &'static [Book; 3] {
    static BOOKS: OnceLock<[Book; 3]> = OnceLock::new();
    BOOKS.get_or_init(|| {
        let starter = fresh("starter-source");
        mendbook(&starter, &["init", "."]);
        [
            book("handbook", &support::repository("."), &HANDBOOK),
            book("starter", &starter, &STARTER),
            book("forms", &support::repository("tests/sites/forms"), &FORMS),
        ]
    })
}

/// The repository's own handbook.
pub(super) fn handbook() -> &'static Book {
    &books()[0]
}

/// Build a handbook and serve it.
pub(super) fn book(name: &str, source: &Path, pages: &'static [&'static str]) -> Book {
    let folder = fresh(name);
    let output = folder.to_str().unwrap();
    mendbook(source, &["build", "--output", output, "--base-url", "https://handbook.test/repo/"]);
    Book { server: host(&folder), folder, pages }
}

/// An empty folder.
pub(super) fn fresh(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Run the program in a folder. Errors in a handbook are told by its exit code, and the handbook is still built.
fn mendbook(folder: &Path, args: &[&str]) {
    let run = Command::new(env!("CARGO_BIN_EXE_mendbook")).arg("-C").arg(folder).args(args).output().unwrap();
    assert!(run.status.code().is_some_and(|code| code < 2), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
}
