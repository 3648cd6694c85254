//! What git knows of a folder: where its repository begins, its remote, the files it keeps and those it
//! ignores, and when each page was changed and by whom.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub mod branch;
mod history;
mod tree;
pub use history::{History, Past};
pub use tree::{Kept, Tree};

/// The repository that a folder lies in: the nearest folder, at or above it, that holds `.git`.
#[must_use]
pub fn top(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| folder.join(".git").exists())
}

/// The path of `folder` within its repository: `""`, or one such as `docs/`.
#[must_use]
pub fn prefix(folder: &Path) -> String {
    let inside = top(folder).and_then(|top| folder.strip_prefix(top).ok());
    let parts: Vec<_> =
        inside.into_iter().flat_map(Path::components).map(|part| part.as_os_str().to_string_lossy()).collect();
    if parts.is_empty() { String::new() } else { format!("{}/", parts.join("/")) }
}

/// The address of a remote, as it is configured.
#[must_use]
pub fn remote(folder: &Path, name: &str) -> Option<String> {
    let url = ask(folder, &["config", "--get", &format!("remote.{name}.url")])?;
    Some(url.trim().to_owned()).filter(|url| !url.is_empty())
}

/// Why git says nothing of the repository that a folder lies in, if it does not: it is not there, or refuses.
#[must_use]
pub fn complaint(folder: &Path) -> Option<String> {
    tree::output(folder, &["rev-parse", "--git-dir"]).err()
}

/// The names of all remotes.
#[must_use]
pub fn remotes(folder: &Path) -> Vec<String> {
    ask(folder, &["remote"]).iter().flat_map(|names| names.lines()).map(str::to_owned).collect()
}

/// The branch that is checked out, be it without a commit yet.
#[must_use]
pub fn branch(folder: &Path) -> Option<String> {
    let name = ask(folder, &["symbolic-ref", "--quiet", "--short", "HEAD"])?.trim().to_owned();
    Some(name).filter(|name| !name.is_empty())
}

/// The file to which git adds a line whenever another commit is checked out, as far as it keeps one.
#[must_use]
pub fn log(folder: &Path) -> Option<PathBuf> {
    let path = ask(folder, &["rev-parse", "--git-path", "logs/HEAD"])?;
    Some(folder.join(path.trim_end_matches('\n')))
}

/// The commit that is checked out, and whether `folder` has changes that it does not hold, `but` left aside; nothing
/// before the first commit.
#[must_use]
pub fn head(folder: &Path, but: &Path) -> Option<(String, bool)> {
    let commit = ask(folder, &["rev-parse", "--verify", "--quiet", "HEAD"])?.trim().to_owned();
    let aside =
        but.strip_prefix(folder).map_or_else(|_| String::new(), |but| format!(":(exclude,literal){}", but.display()));
    let mut words = vec!["status", "--porcelain", "--", "."];
    words.extend((!aside.is_empty()).then_some(aside.as_str()));
    Some((commit, ask(folder, &words).is_none_or(|changes| !changes.is_empty())))
}

/// What git ignores below `folder`, as full paths; nothing where there is no repository or no git.
#[must_use]
pub fn ignored(folder: &Path) -> HashSet<PathBuf> {
    let listed = list(folder, &["--others", "--ignored", "--exclude-standard", "--directory"]);
    listed.iter().flatten().map(|path| folder.join(path.trim_end_matches('/'))).collect()
}

/// The files of the whole repository that git keeps or would keep, as paths from its top.
#[must_use]
pub fn files(folder: &Path) -> Option<Vec<String>> {
    list(top(folder)?, &["--cached", "--others", "--exclude-standard"])
}

fn list(folder: &Path, which: &[&str]) -> Option<Vec<String>> {
    let text = ask(folder, &[&["ls-files", "-z"], which].concat())?;
    Some(text.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect())
}

/// What git answers; nothing where it fails.
fn ask(folder: &Path, words: &[&str]) -> Option<String> {
    let answer = command(folder, words).stderr(Stdio::null()).output();
    let answer = answer.ok().filter(|answer| answer.status.success())?;
    Some(String::from_utf8_lossy(&answer.stdout).into_owned())
}

/// What would have git ask another repository than the folder's own, as it does in a hook, or read paths otherwise.
const FOREIGN: [&str; 11] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_NAMESPACE",
    "GIT_SHALLOW_FILE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
];

/// A command of git. It runs no helper of the repository and takes no lock.
fn command(folder: &Path, words: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.args(["-c", "core.fsmonitor=false"]).args(words).env("GIT_OPTIONAL_LOCKS", "0").current_dir(folder);
    FOREIGN.iter().for_each(|name| _ = git.env_remove(name));
    git
}
