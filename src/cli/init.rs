//! `mendbook init`: a small working handbook, all of it or nothing.

use std::borrow::Cow;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::args::{Args, Host};
use super::load::number;
use super::{Stop, address, shell};
use crate::git;

/// The line of site.toml that says where the sources are, where that is not known.
const REPOSITORY: &str = "# repository = \"https://github.com/OWNER/handbook\"";

/// Each file and its text, besides the workflow and site.toml.
const FILES: &[(&str, &str)] = &[
    // The output, and what lies beside it while it is made.
    (".gitignore", "/public/\n/.public.*\n"),
    ("content/essays/why-small-things-count.md", include_str!("starter/essay.md")),
    ("content/glossary/repair.md", include_str!("starter/term.md")),
    ("content/guides/first-hour.md", include_str!("starter/guide.md")),
    ("content/about.md", include_str!("starter/about.md")),
    ("content/index.md", include_str!("starter/index.md")),
    ("content/patterns/broken-promise.md", include_str!("starter/broken-promise.md")),
    ("content/patterns/going-quiet.md", include_str!("starter/going-quiet.md")),
    ("content/patterns/late-bad-news.md", include_str!("starter/late-bad-news.md")),
    ("themes/ours/base.html", include_str!("starter/base.html")),
];

/// What a folder may hold before: what a fresh repository has.
const WELCOME: [&str; 7] = [".git", ".github", "README.md", "LICENSE", "LICENSE.md", ".gitattributes", ".editorconfig"];

/// What a host runs on every push: its path and its text.
fn workflow(host: Host) -> (&'static str, &'static str) {
    match host {
        Host::Github => (".github/workflows/handbook.yml", include_str!("starter/github.yml")),
        Host::Gitlab => (".gitlab-ci.yml", include_str!("starter/gitlab.yml")),
    }
}

pub(super) fn run(args: &Args, place: Option<&Path>, host: Option<Host>) -> Result<(), Stop> {
    // Without its `.` parts, so that a message names the folder as its user would.
    let root = super::load::folder(args).join(place.unwrap_or(Path::new(".")));
    let root: PathBuf = root.components().filter(|part| *part != Component::CurDir).collect();
    let root = if root.as_os_str().is_empty() { PathBuf::from(".") } else { root };
    let shown = root.display().to_string();
    let strangers = fs::read_dir(&root).into_iter().flatten().flatten();
    let stranger = strangers.map(|entry| entry.file_name()).find(|name| !WELCOME.iter().any(|known| name == known));
    if let Some(name) = stranger {
        let why = format!("`{shown}` is not empty: it holds `{}`; nothing was written", name.to_string_lossy());
        return Err(Stop::Cannot(why));
    }
    let files = files(&root, host);
    if let Some((path, _)) = files.iter().find(|(path, _)| fs::symlink_metadata(root.join(path)).is_ok()) {
        return Err(Stop::Cannot(format!("`{path}` exists in `{shown}` already; nothing was written")));
    }
    write(&root, &files)?;
    if !args.quiet {
        let at = if root != Path::new(".") { format!(" -C {shown}") } else { String::new() };
        shell::say(&format!(
            "{} written; now run `mendbook{at} build` and open `{}`",
            number(files.len(), "file"),
            Path::new(if at.is_empty() { "" } else { &shown }).join("public/index.html").display()
        ));
        let inside = root.canonicalize().map(|root| git::prefix(&root)).unwrap_or_default();
        if let Some((workflow, _)) = files.first().filter(|_| !inside.is_empty()) {
            shell::say(&format!(
                "note: hosts look for `{workflow}` at the top of the repository: move it there, and write `-C {inside}` behind each `mendbook` in it"
            ));
        }
    }
    Ok(())
}

/// All files, the workflow first: that of the host which is asked for, else of the one that the remote is on.
fn files(root: &Path, host: Option<Host>) -> Vec<(&'static str, Cow<'static, str>)> {
    let remote = git::remote(root, "origin");
    let there = remote.as_ref().filter(|url| url.contains("gitlab")).map_or(Host::Github, |_| Host::Gitlab);
    let (path, text) = workflow(host.unwrap_or(there));
    let branch = git::branch(root).unwrap_or_else(|| "main".to_owned());
    let text = text.replace("0.0.0", env!("CARGO_PKG_VERSION")).replace("NAME-OF-BRANCH", &branch);
    let mut site = include_str!("starter/site.toml").to_owned();
    if let Some(forge) = remote.as_deref().and_then(address::forge) {
        let branch = if branch == "main" { String::new() } else { format!("\nbranch = \"{branch}\"") };
        site = site.replace(REPOSITORY, &format!("repository = \"{forge}\"{branch}"));
    }
    let made = [(path, Cow::Owned(text)), ("site.toml", Cow::Owned(site))];
    made.into_iter().chain(FILES.iter().map(|(path, text)| (*path, Cow::Borrowed(*text)))).collect()
}

/// Write all of them, or none.
fn write(root: &Path, files: &[(&str, Cow<'_, str>)]) -> Result<(), Stop> {
    let mut written: Vec<PathBuf> = Vec::new();
    for (path, text) in files {
        let file = root.join(path);
        if let Err(why) = crate::edit::create(&file, text) {
            written.iter().for_each(|file| drop(fs::remove_file(file)));
            written.push(file);
            remove_empty(root, &written);
            return Err(Stop::Cannot(why));
        }
        written.push(file);
    }
    Ok(())
}

/// Remove the folders that were made for files which are not there; one that holds something stays.
fn remove_empty(root: &Path, files: &[PathBuf]) {
    let folders = files.iter().rev().flat_map(|file| file.ancestors().skip(1).take_while(|folder| *folder != root));
    folders.for_each(|folder| drop(fs::remove_dir(folder)));
}
