//! What the walk stands on: the disk, or a revision that git keeps. Both answer the same few questions, so that one
//! set of rules says what a handbook's files are, whenever they were written.

use std::collections::BTreeMap;
use std::io::{Error, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::SiteRoot;
use super::open::{self, Trouble};
use crate::git::{Kept, Tree};

/// Links that are followed one after the other.
const LINKS: usize = 40;

/// Where the files of a handbook lie.
#[derive(Debug, Clone, Default)]
pub(super) enum Ground {
    /// On this disk.
    #[default]
    Disk,
    /// In a revision.
    Past(Arc<Tree>),
}

/// What an entry of a folder is, before links are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    File,
    Folder,
    Link,
    Other,
}

/// An entry of a folder.
#[derive(Debug)]
pub(super) struct Entry {
    /// Where it lies.
    pub(super) path: PathBuf,
    /// Its name; `None` if that is not UTF-8.
    pub(super) name: Option<String>,
    pub(super) sort: Sort,
}

impl Ground {
    /// What lies in a folder, in order of name; for what cannot be read, why.
    pub(super) fn entries(&self, folder: &Path) -> Vec<Result<Entry, String>> {
        match self {
            Self::Disk => {
                let walked = walkdir::WalkDir::new(folder).min_depth(1).max_depth(1).follow_links(false);
                let walked = walked.sort_by_file_name().into_iter();
                walked.map(|entry| entry.map(on_disk).map_err(|error| reason(&error))).collect()
            }
            Self::Past(tree) => in_past(tree, folder).into_iter().map(Ok).collect(),
        }
    }

    /// A path with every link followed.
    pub(super) fn real(&self, path: &Path) -> std::io::Result<PathBuf> {
        match self {
            Self::Disk => path.canonicalize(),
            Self::Past(tree) => followed(tree, path),
        }
    }

    /// Whether there is a folder, links followed.
    pub(super) fn is_folder(&self, path: &Path) -> bool {
        match self {
            Self::Disk => path.is_dir(),
            Self::Past(tree) => {
                followed(tree, path).is_ok_and(|real| inside(tree, &real).is_some_and(|real| tree.has_folder(&real)))
            }
        }
    }

    /// Whether there is a regular file, links followed.
    pub(super) fn is_file(&self, path: &Path) -> bool {
        match self {
            Self::Disk => path.is_file(),
            Self::Past(tree) => followed(tree, path)
                .is_ok_and(|real| inside(tree, &real).is_some_and(|real| tree.kept.contains_key(&real))),
        }
    }

    /// Whether anything has this name, be it a link to nothing.
    pub(super) fn is_there(&self, path: &Path) -> bool {
        match self {
            Self::Disk => std::fs::symlink_metadata(path).is_ok(),
            Self::Past(tree) => inside(tree, path).is_some_and(|path| tree.kept.contains_key(&path)),
        }
    }

    /// Where a link leads, as it is written.
    pub(super) fn written_target(&self, link: &Path) -> PathBuf {
        match self {
            Self::Disk => std::fs::read_link(link).unwrap_or_default(),
            Self::Past(tree) => match kept(tree, link) {
                Some(Kept::Link(target)) => target.into(),
                _ => PathBuf::new(),
            },
        }
    }

    /// How large a file is. In a revision only the files that were read have a size.
    pub(super) fn size(&self, path: &Path) -> Result<u64, Trouble> {
        match self {
            Self::Disk => open::open(path).map(|(_, size)| size),
            Self::Past(tree) => Ok(match kept(tree, path) {
                Some(Kept::Bytes(bytes)) => bytes.len() as u64,
                _ => 0,
            }),
        }
    }

    /// The bytes of a regular file of at most `most` bytes.
    pub(super) fn bytes(&self, path: &Path, most: u64) -> Result<Vec<u8>, Trouble> {
        match self {
            Self::Disk => open::read_bytes(path, most),
            Self::Past(tree) => match kept(tree, path) {
                Some(Kept::Bytes(bytes)) if bytes.len() as u64 <= most => Ok(bytes.clone()),
                Some(Kept::Bytes(_) | Kept::Unread) => Err(open::too_large(most)),
                // `site.toml` as a link is refused on the disk too.
                _ => Err(open::explain(&Error::other("it is a symbolic link"))),
            },
        }
    }

    /// Width and height of a picture; a revision's pictures are not read.
    pub(super) fn dimensions(&self, path: &Path) -> Option<(u32, u32)> {
        match self {
            Self::Disk => {
                let size = imagesize::size(path).ok()?;
                Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
            }
            Self::Past(_) => None,
        }
    }
}

/// The handbook of a revision that the folder `start` of its repository (from the top, with `/`) belongs to: the
/// nearest folder, at or above it, with a `site.toml` or with `content/`; else `start` itself, as on the disk. Where
/// the revision has no such folder, the handbook may have been moved since: then it is the only `site.toml` there is.
#[must_use]
pub fn locate_past(tree: &Arc<Tree>, start: &str) -> Option<SiteRoot> {
    let ground = Ground::Past(Arc::clone(tree));
    let root = |folder: &str, bare| SiteRoot { folder: tree.top.join(folder), bare, ground: ground.clone() };
    let mut folder = start.trim_end_matches('/');
    loop {
        let at = tree.top.join(folder);
        let content = ground.is_folder(&at.join("content"));
        if content || ground.is_file(&at.join("site.toml")) {
            return Some(root(folder, !content));
        }
        match folder.rsplit_once('/') {
            Some((above, _)) => folder = above,
            None if folder.is_empty() => break,
            None => folder = "",
        }
    }
    let start = start.trim_end_matches('/');
    if tree.has_folder(start) {
        return Some(root(start, true));
    }
    let mut others = tree.kept.keys().filter_map(|path| path.strip_suffix("/site.toml"));
    let (only, second) = (others.next()?, others.next());
    second.is_none().then(|| root(only, !ground.is_folder(&tree.top.join(only).join("content"))))
}

fn on_disk(entry: walkdir::DirEntry) -> Entry {
    let kind = entry.file_type();
    let sort = match (kind.is_file(), kind.is_dir(), kind.is_symlink()) {
        (true, ..) => Sort::File,
        (_, true, _) => Sort::Folder,
        (.., true) => Sort::Link,
        _ => Sort::Other,
    };
    Entry { name: entry.file_name().to_str().map(str::to_owned), sort, path: entry.into_path() }
}

fn in_past(tree: &Tree, folder: &Path) -> Vec<Entry> {
    let Some(at) = inside(tree, folder) else { return Vec::new() };
    let mut names: BTreeMap<&str, Sort> = BTreeMap::new();
    for (path, kept) in tree.below(&at) {
        match path.split_once('/') {
            Some((name, _)) => names.insert(name, Sort::Folder),
            None => names.insert(path, if matches!(kept, Kept::Link(_)) { Sort::Link } else { Sort::File }),
        };
    }
    // Bytes that are no UTF-8 were read as this character.
    let name = |name: &str| (!name.contains('\u{fffd}')).then(|| name.to_owned());
    names.into_iter().map(|(own, sort)| Entry { path: folder.join(own), name: name(own), sort }).collect()
}

/// A path from the repository's top, with `/`; nothing for one outside of it.
fn inside(tree: &Tree, path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> =
        path.strip_prefix(&tree.top).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

fn kept<'t>(tree: &'t Tree, path: &Path) -> Option<&'t Kept> {
    tree.kept.get(&inside(tree, path)?)
}

/// As the system follows links, within the tree: part by part, each link read from its own folder. What leads out of
/// the repository is given as it is.
fn followed(tree: &Tree, path: &Path) -> std::io::Result<PathBuf> {
    let mut left: Vec<String> = Vec::new();
    push_parts(&mut left, path);
    let mut at = PathBuf::from("/");
    let mut links = 0;
    while let Some(part) = left.pop() {
        if part == ".." {
            at.pop();
            continue;
        }
        let next = at.join(&part);
        if let Some(Kept::Link(target)) = kept(tree, &next) {
            links += 1;
            if links > LINKS {
                return Err(Error::other("too many links"));
            }
            if target.starts_with('/') {
                at = PathBuf::from("/");
            }
            push_parts(&mut left, Path::new(target));
            continue;
        }
        at = next;
    }
    // No revision holds git's own folder, and yet it is there.
    match inside(tree, &at).filter(|path| path.split('/').next() != Some(".git")) {
        Some(path) if !tree.kept.contains_key(&path) && !tree.has_folder(&path) => Err(ErrorKind::NotFound.into()),
        _ => Ok(at),
    }
}

/// The parts of a path, the first on top.
fn push_parts(left: &mut Vec<String>, path: &Path) {
    let parts = path.components().rev().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        Component::ParentDir => Some("..".to_owned()),
        _ => None,
    });
    left.extend(parts);
}

/// Why a folder cannot be walked, without the path that stands beside it.
fn reason(error: &walkdir::Error) -> String {
    match error.io_error().map(Error::kind) {
        Some(ErrorKind::PermissionDenied) => "permission denied".to_owned(),
        _ => error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
    }
}
