//! The files of a revision, read without a checkout: one `ls-tree` names them, one `cat-file` gives their bytes.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::{ask, command, top};

/// Bytes of one file; a larger one is over every limit that `site.toml` could sensibly set.
const LARGEST: u64 = 64 << 20;

/// What the repository held at a revision.
#[derive(Debug, Clone)]
pub struct Tree {
    /// The repository's top folder, canonical: paths of the tree are said as if they lay there.
    pub top: PathBuf,
    /// Every file and link by its path from the top, with `/`.
    pub kept: BTreeMap<String, Kept>,
}

/// A file of a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// A file whose bytes were asked for.
    Bytes(Vec<u8>),
    /// Any other file, and one that is too large to be kept in memory.
    Unread,
    /// A symbolic link, and where it leads as it is written.
    Link(String),
}

/// A file before its bytes are known.
struct Named {
    path: String,
    object: String,
    link: bool,
}

impl Tree {
    /// What `revision` of the repository round `folder` (canonical) holds, with the bytes of the files whose path from
    /// the top is `wanted`.
    ///
    /// # Errors
    /// One sentence that says why git has no answer.
    pub fn read(folder: &Path, revision: &str, wanted: impl Fn(&str) -> bool) -> Result<Tree, String> {
        let top = top(folder).ok_or_else(|| format!("`{}` lies in no git repository", folder.display()))?;
        let tree = resolve(folder, revision)?;
        let listed = output(folder, &["ls-tree", "-r", "-z", "--full-tree", &tree])?;
        let (asked, other): (Vec<Named>, Vec<Named>) =
            listed.split(|byte| *byte == 0).filter_map(named).partition(|file| file.link || wanted(&file.path));
        let mut kept: BTreeMap<String, Kept> = other.into_iter().map(|file| (file.path, Kept::Unread)).collect();
        let read = contents(folder, &asked).map_err(|error| {
            format!("git has not got all files of `{revision}`: {error}; `git fetch` may bring what is missing")
        })?;
        kept.extend(asked.into_iter().map(|file| file.path).zip(read));
        Ok(Tree { top: top.to_owned(), kept })
    }

    /// Whether the tree has this folder.
    #[must_use]
    pub fn has_folder(&self, path: &str) -> bool {
        path.is_empty() || self.below(path).next().is_some()
    }

    /// Everything below a folder: the path within it, and what lies there.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (&str, &Kept)> {
        let inside = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let length = inside.len();
        let from = self.kept.range(inside.clone()..);
        from.take_while(move |(path, _)| path.starts_with(&inside))
            .filter_map(move |(path, kept)| Some((path.get(length..)?, kept)))
    }
}

/// The tree of a revision.
fn resolve(folder: &Path, revision: &str) -> Result<String, String> {
    if let Some((from, to)) = revision.split_once("..") {
        let (from, to) = (from, to.trim_start_matches('.'));
        let both = format!("mendbook diff {from} {to}");
        return Err(format!("`{revision}` names two revisions: write them apart, `{}`", both.trim_end()));
    }
    // What begins with a dash would be an option of git's.
    let found = if revision.starts_with('-') {
        Err(String::new())
    } else {
        output(folder, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{tree}}")])
    };
    match found {
        Ok(tree) => Ok(String::from_utf8_lossy(&tree).trim().to_owned()),
        Err(reason) if !reason.is_empty() => Err(reason),
        Err(_) => {
            let shallow = ask(folder, &["rev-parse", "--is-shallow-repository"]);
            let next = if shallow.is_some_and(|answer| answer.trim() == "true") {
                "; this clone is shallow, and `git fetch --unshallow` brings the rest"
            } else {
                "; `git log --all --oneline` lists what there is"
            };
            Err(format!("git knows no revision `{revision}`{next}"))
        }
    }
}

/// What git prints; where it fails, what it complains of (nothing, if it says nothing).
pub(super) fn output(folder: &Path, words: &[&str]) -> Result<Vec<u8>, String> {
    let answer = command(folder, words).stdin(Stdio::null()).output().map_err(|error| no_git(&error))?;
    if answer.status.success() {
        return Ok(answer.stdout);
    }
    let complaint = String::from_utf8_lossy(&answer.stderr);
    let first = complaint.lines().next().unwrap_or("").trim_start_matches("fatal: ").trim();
    Err(if first.is_empty() { String::new() } else { format!("git says: {first}") })
}

pub(super) fn no_git(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "git was not found: install it".to_owned(),
        _ => format!("git cannot be run: {error}"),
    }
}

/// A line of `ls-tree`: mode, type, object and, behind a tab, the path. Submodules are no files.
fn named(line: &[u8]) -> Option<Named> {
    let line = String::from_utf8_lossy(line);
    let (about, path) = line.split_once('\t')?;
    let mut about = about.split(' ');
    let (mode, kind, object) = (about.next()?, about.next()?, about.next()?);
    (kind == "blob").then(|| Named { path: path.to_owned(), object: object.to_owned(), link: mode == "120000" })
}

/// The contents of files, in their order.
fn contents(folder: &Path, files: &[Named]) -> std::io::Result<Vec<Kept>> {
    let mut git = command(folder, &["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (Some(mut asks), Some(answers)) = (git.stdin.take(), git.stdout.take()) else { return Ok(Vec::new()) };
    let read = std::thread::scope(|scope| {
        // Asked from a thread of its own: git stops listening while nobody takes its answers.
        scope.spawn(move || files.iter().try_for_each(|file| writeln!(asks, "{}", file.object)));
        let mut answers = BufReader::new(answers);
        files.iter().map(|file| content(&mut answers, file)).collect()
    });
    git.wait()?;
    read
}

/// One answer of `cat-file --batch`: a line with object, type and size, the bytes, and a line's end.
fn content(answers: &mut impl BufRead, file: &Named) -> std::io::Result<Kept> {
    let mut head = String::new();
    answers.read_line(&mut head)?;
    let size = head.trim_end().rsplit_once(" blob ").and_then(|(_, size)| size.parse::<u64>().ok());
    let size = size.ok_or_else(|| std::io::Error::other(format!("`{}` is missing", file.path)))?;
    let mut answer = answers.take(size + 1);
    if size > LARGEST {
        std::io::copy(&mut answer, &mut std::io::sink())?;
        return Ok(Kept::Unread);
    }
    let mut bytes = Vec::new();
    answer.read_to_end(&mut bytes)?;
    bytes.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    Ok(if file.link { Kept::Link(String::from_utf8_lossy(&bytes).into_owned()) } else { Kept::Bytes(bytes) })
}
