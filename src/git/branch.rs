//! A branch of a remote: what it holds, and a commit that goes there without a checkout, from files anywhere on disk.
//!
//! Nothing here touches the work tree, HEAD, the index or a hook of the repository.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::tree::no_git;

/// A branch of a remote.
#[derive(Debug, Clone)]
pub struct Place {
    /// A folder of the repository.
    pub folder: PathBuf,
    /// The remote's name.
    pub remote: String,
    /// The branch's name.
    pub branch: String,
}

/// A commit to be made.
#[derive(Debug)]
pub struct Commit<'a> {
    /// Every file: its path and its object.
    pub files: &'a BTreeMap<String, String>,
    /// The commit that it follows.
    pub parent: Option<&'a str>,
    /// What it says.
    pub message: &'a str,
    /// Seconds since 1970 that stand in it; without them it is the time now.
    pub epoch: Option<&'a str>,
}

impl Place {
    fn full(&self) -> String {
        format!("refs/heads/{}", self.branch)
    }

    /// Whether git takes the branch's name.
    #[must_use]
    pub fn is_named_well(&self) -> bool {
        !self.branch.starts_with('-') && run(&mut self.git(&["check-ref-format", &self.full()]), None).is_ok()
    }

    /// The commit at its tip, asked from the remote; none where there is no such branch.
    ///
    /// # Errors
    /// What git says.
    pub fn tip(&self) -> Result<Option<String>, String> {
        let full = self.full();
        let listed = text(&mut self.git(&["ls-remote", &self.remote, &full]), None)?;
        let mut lines = listed.lines().filter_map(|line| line.split_once('\t'));
        Ok(lines.find(|(_, name)| *name == full).map(|(commit, _)| commit.to_owned()))
    }

    /// Bring its commits here, as no branch.
    ///
    /// # Errors
    /// What git says.
    pub fn fetch(&self, tip: &str) -> Result<(), String> {
        if run(&mut self.git(&["cat-file", "-e", &format!("{tip}^{{tree}}")]), None).is_ok() {
            return Ok(());
        }
        let words = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--refmap="];
        run(&mut self.git(&[&words[..], &[&self.remote, &self.full()]].concat()), None).map(drop)
    }

    /// What a commit holds: each path with its object; one that is no plain file has none.
    ///
    /// # Errors
    /// What git says.
    pub fn files(&self, commit: &str) -> Result<BTreeMap<String, Option<String>>, String> {
        let listed = text(&mut self.git(&["ls-tree", "-r", "-z", "--full-tree", commit]), None)?;
        let entry = |line: &str| {
            let (about, path) = line.split_once('\t')?;
            let mut about = about.split(' ');
            let (mode, object) = (about.next()?, about.nth(1)?);
            Some((path.to_owned(), (mode == "100644").then(|| object.to_owned())))
        };
        Ok(listed.split('\0').filter_map(entry).collect())
    }

    /// The text of an object.
    #[must_use]
    pub fn blob(&self, object: &str) -> Option<String> {
        text(&mut self.git(&["cat-file", "blob", object]), None).ok()
    }

    /// The objects of files on disk, byte for byte, in their order; with `keep` they are put into the repository.
    ///
    /// # Errors
    /// What git says.
    pub fn objects(&self, files: &[PathBuf], keep: bool) -> Result<Vec<String>, String> {
        let mut words = vec!["hash-object", "--no-filters", "--stdin-paths"];
        words.extend(keep.then_some("-w"));
        let mut list = Vec::new();
        for file in files {
            list.extend_from_slice(file.to_string_lossy().as_bytes());
            list.push(b'\n');
        }
        let objects = text(&mut self.git(&words), Some(list))?;
        let objects: Vec<String> = objects.lines().map(str::to_owned).collect();
        if objects.len() == files.len() { Ok(objects) } else { Err("git did not take every file".to_owned()) }
    }

    /// Make a commit; nothing leads to it yet.
    ///
    /// # Errors
    /// What git says.
    pub fn commit(&self, commit: &Commit<'_>) -> Result<String, String> {
        let own = text(&mut self.git(&["rev-parse", "--absolute-git-dir"]), None)?;
        let index =
            Index(Path::new(own.trim_end_matches(['\n', '\r'])).join(format!("mendbook-{}.index", std::process::id())));
        let mut list = Vec::new();
        for (path, object) in commit.files {
            list.extend_from_slice(format!("100644 {object}\t{path}\0").as_bytes());
        }
        let with_index = |words: &[&str]| {
            let mut git = self.git(words);
            git.env("GIT_INDEX_FILE", &index.0);
            git
        };
        // An index that a killed run has left would add its files.
        run(&mut with_index(&["read-tree", "--empty"]), None)?;
        run(&mut with_index(&["update-index", "-z", "--index-info"]), Some(list))?;
        let tree = text(&mut with_index(&["write-tree"]), None)?;
        let mut words = vec!["commit-tree", tree.trim(), "-F", "-"];
        words.extend(commit.parent.iter().flat_map(|parent| ["-p", parent]));
        let mut git = self.git(&words);
        if let Some(epoch) = commit.epoch {
            git.env("GIT_AUTHOR_DATE", format!("@{epoch} +0000")).env("GIT_COMMITTER_DATE", format!("@{epoch} +0000"));
        }
        Ok(text(&mut git, Some(commit.message.as_bytes().to_vec()))?.trim().to_owned())
    }

    /// Put a commit at the tip, if the tip is still the one that is expected.
    ///
    /// # Errors
    /// What git says.
    pub fn push(&self, commit: &str, expected: Option<&str>) -> Result<(), String> {
        let full = self.full();
        let lease = format!("--force-with-lease={full}:{}", expected.unwrap_or(""));
        // Pages are much alike, and yet looking for what they share takes five times as long and saves nothing.
        let words = ["-c", "pack.window=0", "push", "--quiet", "--no-verify"];
        let alone = ["--no-follow-tags", "--recurse-submodules=no", &lease];
        let refspec = format!("{commit}:{full}");
        run(&mut self.git(&[&words[..], &alone, &[&self.remote, &refspec]].concat()), None).map(drop)
    }

    /// A command of git that runs no hook.
    fn git(&self, words: &[&str]) -> Command {
        let mut git = super::command(&self.folder, &[&["-c", "core.hooksPath=/dev/null"], words].concat());
        git.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        git
    }
}

/// An index of our own, gone when it has done its work.
struct Index(PathBuf);

impl Drop for Index {
    fn drop(&mut self) {
        // One that stays harms nothing.
        let _ = std::fs::remove_file(&self.0);
    }
}

fn text(git: &mut Command, input: Option<Vec<u8>>) -> Result<String, String> {
    run(git, input).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// What git prints; where it fails, its own words.
fn run(git: &mut Command, input: Option<Vec<u8>>) -> Result<Vec<u8>, String> {
    if input.is_some() {
        git.stdin(Stdio::piped());
    }
    let mut child = git.spawn().map_err(|error| no_git(&error))?;
    if let (Some(input), Some(mut asks)) = (input, child.stdin.take()) {
        // From a thread of its own: git stops listening while nobody takes its answers. What it says of a pipe that
        // closed too early is told by its end.
        std::thread::spawn(move || asks.write_all(&input));
    }
    let done = child.wait_with_output().map_err(|error| no_git(&error))?;
    if done.status.success() {
        return Ok(done.stdout);
    }
    let said = BufReader::new(done.stderr.as_slice()).lines().map_while(Result::ok);
    let said: Vec<String> = said.map(|line| line.trim_end().to_owned()).filter(|line| !line.is_empty()).collect();
    Err(if said.is_empty() {
        "git failed and said nothing".to_owned()
    } else {
        format!("git says:\n  {}", said.join("\n  "))
    })
}
