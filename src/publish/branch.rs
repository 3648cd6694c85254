//! The branch that a host publishes: what a proved output would change on it, and one commit that does.

use std::collections::BTreeMap;
use std::path::Path;

use super::File;
use crate::discover::MANIFEST;
use crate::git::branch::{Commit, Place};
use crate::write::Manifest;

/// Files of a branch that mendbook may replace though it has not written them.
const OWNERS: [&str; 3] = [".nojekyll", "CNAME", MANIFEST];

/// A branch, as it is at the remote now.
#[derive(Debug)]
pub struct Branch {
    place: Place,
    tip: Option<String>,
    held: BTreeMap<String, Option<String>>,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It is new.
    Added,
    /// It has other bytes.
    Changed,
    /// It is not there any more.
    Gone,
}

/// What an output changes on a branch.
#[derive(Debug)]
pub struct Changes {
    /// Each file that is new, other or gone, in order of path.
    pub list: Vec<(String, Change)>,
    files: BTreeMap<String, String>,
}

/// Where an output comes from, for the commit's message.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The commit that is checked out, and whether there are changes that it does not hold.
    pub head: Option<(&'a str, bool)>,
    /// Where it will be found.
    pub address: &'a str,
    /// Seconds since 1970 for the commit; without them it is the time now.
    pub epoch: Option<&'a str>,
}

impl Branch {
    /// Ask the remote for the branch.
    ///
    /// # Errors
    /// One sentence, or what git says: no such remote, no answer, or a branch with files that mendbook did not write.
    pub fn find(folder: &Path, remote: &str, branch: &str) -> Result<Branch, String> {
        let place = Place { folder: folder.to_owned(), remote: remote.to_owned(), branch: branch.to_owned() };
        if !place.is_named_well() {
            return Err(format!("`{branch}` is no name for a branch; `gh-pages` is the usual one"));
        }
        let asked = |said: String| format!("the remote `{remote}` cannot be asked for `{branch}`: {said}");
        let tip = place.tip().map_err(asked)?;
        let mut held = BTreeMap::new();
        if let Some(tip) = &tip {
            place.fetch(tip).and_then(|()| place.files(tip)).map(|files| held = files).map_err(asked)?;
        }
        let found = Branch { place, tip, held };
        found.is_ours()?;
        Ok(found)
    }

    /// A commit replaces all of the branch: nothing may be on it that only its owner has.
    fn is_ours(&self) -> Result<(), String> {
        let manifest = self.text(MANIFEST).and_then(|text| Manifest::parse(&text)).unwrap_or_default();
        let owners = |path: &str| manifest.has(path) || OWNERS.contains(&path);
        let Some(stranger) = self.held.keys().find(|path| !owners(path)) else { return Ok(()) };
        let Place { remote, branch, .. } = &self.place;
        let next = if manifest == Manifest::default() {
            format!("name another branch with `--branch`, or clear that one with `git push {remote} --delete {branch}`")
        } else {
            "put that file into `static/`, so that it is part of the handbook, and delete it there".to_owned()
        };
        Err(format!("the branch `{branch}` of `{remote}` holds `{stranger}`, which mendbook did not write; {next}"))
    }

    /// Whether the remote has the branch already.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.tip.is_some()
    }

    /// The text of a file on the branch.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<String> {
        self.place.blob(self.held.get(path)?.as_deref()?)
    }

    /// What the proved files of an output change on the branch; with `keep` they are put into the repository.
    ///
    /// # Errors
    /// What git says.
    pub fn changes(&self, (output, files): (&Path, &[File]), keep: bool) -> Result<Changes, String> {
        let paths: Vec<_> = files.iter().map(|file| output.join(&file.path)).collect();
        let objects = self.place.objects(&paths, keep)?;
        let files: BTreeMap<String, String> = files.iter().map(|file| file.path.clone()).zip(objects).collect();
        let mut list = Vec::new();
        for (path, object) in &files {
            match self.held.get(path) {
                None => list.push((path.clone(), Change::Added)),
                Some(held) if held.as_ref() != Some(object) => list.push((path.clone(), Change::Changed)),
                Some(_) => {}
            }
        }
        let gone = self.held.keys().filter(|path| !files.contains_key(*path));
        list.extend(gone.map(|path| (path.clone(), Change::Gone)));
        list.sort();
        Ok(Changes { list, files })
    }

    /// Publish: one commit with exactly these files, on top of what is there. Returns its short name.
    ///
    /// # Errors
    /// One sentence where somebody else published meanwhile, else what git says. The branch is then as it was.
    pub fn push(&self, changes: &Changes, source: &Source<'_>) -> Result<String, String> {
        let Place { remote, branch, .. } = &self.place;
        let message = message(source);
        let (parent, epoch) = (self.tip.as_deref(), source.epoch);
        let commit = Commit { files: &changes.files, parent, message: &message, epoch };
        let commit = self.place.commit(&commit).map_err(|said| format!("the commit cannot be made: {said}"))?;
        self.place.push(&commit, parent).map_err(|said| {
            if self.place.tip().is_ok_and(|tip| tip != self.tip) {
                return format!(
                    "`{branch}` of `{remote}` has moved meanwhile: somebody else published; look at what is there, and run `mendbook publish` again"
                );
            }
            format!("`{remote}` does not take `{branch}`: {said}")
        })?;
        Ok(short(&commit).to_owned())
    }
}

/// What the commit says: the same source gives the same words.
fn message(source: &Source<'_>) -> String {
    let title = match source.head {
        Some((commit, false)) => format!("Publish {}", short(commit)),
        Some((commit, true)) => format!("Publish {} with changes that are not committed", short(commit)),
        None => "Publish what is not committed yet".to_owned(),
    };
    let from = source.head.map_or_else(String::new, |(commit, _)| format!("Source: {commit}\n"));
    let version = env!("CARGO_PKG_VERSION");
    format!("{title}\n\n{from}Address: {}\nMade by mendbook {version}.\n", source.address)
}

fn short(commit: &str) -> &str {
    commit.get(..12).unwrap_or(commit)
}
