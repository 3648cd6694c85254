//! What the output folder goes through.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::*;

fn site() -> (tempfile::TempDir, Protected) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    for source in ["content", "themes"] {
        fs::create_dir(root.join(source)).unwrap();
    }
    fs::write(root.join("content/a.md"), "A").unwrap();
    let protected = Protected { sources: vec![root.join("content"), root.join("themes")], root };
    (folder, protected)
}

/// Every path below a folder with its bytes.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
    let read = |path: &Path| if path.is_file() { fs::read(path).unwrap() } else { Vec::new() };
    entries.map(|entry| (entry.path().display().to_string(), read(entry.path()))).collect()
}

fn build(output: &Path, protected: &Protected, files: &[(&str, &str)]) -> Result<Outcome, Refusal> {
    let staging = Staging::begin(output, protected)?;
    for (path, text) in files {
        staging.put(path, text.as_bytes())?;
    }
    staging.finish()
}

#[test]
fn dangerous_outputs_are_refused_and_nothing_is_touched() {
    let (_keep, protected) = site();
    let root = &protected.root;
    fs::create_dir(root.join("mine")).unwrap();
    fs::write(root.join("mine/letter.txt"), "dear").unwrap();
    fs::write(root.join("file"), "x").unwrap();
    fs::create_dir(root.join("built")).unwrap();
    fs::write(root.join("built").join(manifest::NAME), "{\"format\": 1, \"files\": []}").unwrap();
    fs::write(root.join("built/notes.txt"), "mine").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(root.join("mine"), root.join("link")).unwrap();
    let outputs = [
        Path::new("/").to_owned(),
        root.clone(),
        root.join(".."),
        root.join("content"),
        root.join("content/deep/er"),
        root.join("themes/../content/out"),
        root.join("themes"),
        root.join("mine"),
        root.join("file"),
        root.join("built"),
        root.join("link"),
        root.join(".git/out"),
        std::env::var_os("HOME").map_or_else(|| "/".into(), PathBuf::from),
    ];
    let before = tree(root);
    for output in outputs {
        let said = build(&output, &protected, &[("index.html", "x")]).unwrap_err().0;
        assert!(said.ends_with("nothing was changed"), "{said}");
        assert_eq!(tree(root), before, "{}", output.display());
    }
    let said = build(&root.join("built"), &protected, &[]).unwrap_err().0;
    assert!(said.contains("notes.txt"), "{said}");
}

#[test]
fn a_second_build_touches_nothing_and_a_changed_one_only_what_changed() {
    let (_keep, protected) = site();
    let output = protected.root.join("public");
    let first = build(&output, &protected, &[("a.html", "a"), ("b/c.html", "c"), ("old.html", "o")]).unwrap();
    assert_eq!((first.written, first.unchanged), (3, 0));
    let time = |path: &str| fs::metadata(output.join(path)).unwrap().modified().unwrap();
    let (a, folder) = (time("a.html"), time("b"));
    let again = build(&output, &protected, &[("a.html", "a"), ("b/c.html", "c"), ("old.html", "o")]).unwrap();
    assert_eq!((again.written, again.unchanged, again.removed), (0, 3, 0));
    assert_eq!((time("a.html"), time("b")), (a, folder));
    let third = build(&output, &protected, &[("a.html", "a"), ("b/c.html", "changed")]).unwrap();
    assert_eq!((third.written, third.unchanged, third.removed), (1, 1, 1));
    assert_eq!(time("a.html"), a);
    assert_eq!(fs::read_to_string(output.join("b/c.html")).unwrap(), "changed");
    assert!(!output.join("old.html").exists());
    let left: Vec<_> =
        fs::read_dir(&protected.root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(left.iter().all(|name| !name.contains(".new-")), "{left:?}");
}

#[cfg(unix)]
#[test]
fn files_are_readable_and_single_whatever_the_umask() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let (_keep, protected) = site();
    let output = protected.root.join("public");
    build(&output, &protected, &[("a/b.html", "1"), ("c.html", "1")]).unwrap();
    build(&output, &protected, &[("a/b.html", "1"), ("c.html", "2")]).unwrap();
    for entry in walkdir::WalkDir::new(&output).into_iter().flatten() {
        let meta = entry.metadata().unwrap();
        let mode = meta.permissions().mode() & 0o777;
        assert_eq!(mode, if meta.is_dir() { 0o755 } else { 0o644 }, "{}", entry.path().display());
        assert!(meta.is_dir() || meta.nlink() == 1, "{} has further links", entry.path().display());
    }
}

#[test]
fn a_worktree_keeps_its_git_and_cname_through_many_builds() {
    let (_keep, protected) = site();
    let output = protected.root.join("public");
    fs::create_dir_all(output.join(".git/refs")).unwrap();
    fs::write(output.join(".git/HEAD"), "ref: x").unwrap();
    fs::write(output.join("CNAME"), "example.org\n").unwrap();
    for turn in 0..50 {
        build(&output, &protected, &[("a.html", &turn.to_string())]).unwrap();
    }
    assert_eq!(fs::read_to_string(output.join(".git/HEAD")).unwrap(), "ref: x");
    assert_eq!(fs::read_to_string(output.join("CNAME")).unwrap(), "example.org\n");
    build(&output, &protected, &[("CNAME", "own.example.org\n")]).unwrap();
    assert_eq!(fs::read_to_string(output.join("CNAME")).unwrap(), "own.example.org\n");
}

#[test]
fn a_kill_between_swap_and_carrying_loses_nothing() {
    let (_keep, protected) = site();
    let output = protected.root.join("public");
    build(&output, &protected, &[("a.html", "new")]).unwrap();
    // As a killed run leaves it: the old tree under the temporary name, with what it had to hand on.
    let old = protected.root.join(".public.new-999999");
    fs::create_dir_all(old.join(".git")).unwrap();
    fs::write(old.join(".git/HEAD"), "ref: y").unwrap();
    fs::write(old.join("CNAME"), "example.org\n").unwrap();
    fs::write(old.join("a.html"), "old").unwrap();
    build(&output, &protected, &[("a.html", "newer")]).unwrap();
    assert_eq!(fs::read_to_string(output.join(".git/HEAD")).unwrap(), "ref: y");
    assert_eq!(fs::read_to_string(output.join("CNAME")).unwrap(), "example.org\n");
    assert!(!old.exists());
}

#[test]
fn a_kill_between_two_renames_brings_the_old_site_back() {
    let (_keep, protected) = site();
    let output = protected.root.join("public");
    build(&output, &protected, &[("a.html", "old")]).unwrap();
    fs::rename(&output, protected.root.join(".public.swapped-7")).unwrap();
    let staging = Staging::begin(&output, &protected).unwrap();
    assert_eq!(fs::read_to_string(output.join("a.html")).unwrap(), "old");
    drop(staging);
}

#[test]
fn a_swapped_out_tree_comes_back_where_the_new_one_was_deleted() {
    let (_keep, protected) = site();
    let output = protected.root.join("public");
    let left = protected.root.join(".public.new-7");
    fs::create_dir_all(left.join(".git")).unwrap();
    fs::write(left.join(".git/HEAD"), "ref: z").unwrap();
    build(&output, &protected, &[("a.html", "new")]).unwrap();
    assert_eq!(fs::read_to_string(output.join(".git/HEAD")).unwrap(), "ref: z");
    assert!(!left.exists());
}

#[test]
fn where_folders_cannot_be_exchanged_they_are_renamed_in_turn() {
    let (_keep, protected) = site();
    let output = protected.root.join("public");
    build(&output, &protected, &[("a.html", "old")]).unwrap();
    fs::create_dir(output.join(".git")).unwrap();
    let temp = swap::temporary(&output);
    fs::create_dir(&temp).unwrap();
    fs::write(temp.join("a.html"), "new").unwrap();
    let old = swap::aside(&temp, &output).unwrap();
    assert_eq!(fs::read_to_string(output.join("a.html")).unwrap(), "new");
    assert_eq!(fs::read_to_string(old.join("a.html")).unwrap(), "old");
    swap::carry(&old, &output).unwrap();
    assert!(output.join(".git").is_dir() && !temp.exists());
    // The new site is gone: the old one stays where it is.
    assert!(swap::aside(&temp, &output).is_err());
    assert_eq!(fs::read_to_string(output.join("a.html")).unwrap(), "new");
}

#[test]
fn where_there_are_no_hard_links_a_copy_keeps_the_time() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    fs::write(&old, "x").unwrap();
    let time = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    fs::File::options().write(true).open(&old).unwrap().set_modified(time).unwrap();
    disk::copy(&old, &new, b"x").unwrap();
    assert_eq!(fs::metadata(&new).unwrap().modified().unwrap(), time);
    assert!(disk::is_whole(&new, b"x") && !disk::is_whole(&new, b"y"));
}

#[test]
fn dropping_leaves_the_old_site() {
    let (_keep, protected) = site();
    let output = protected.root.join("public");
    build(&output, &protected, &[("a.html", "old")]).unwrap();
    let before = tree(&output);
    let staging = Staging::begin(&output, &protected).unwrap();
    staging.put("a.html", b"new").unwrap();
    drop(staging);
    assert_eq!(tree(&output), before);
    assert_eq!(
        fs::read_dir(&protected.root)
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().contains("new-"))
            .count(),
        0
    );
}

#[test]
fn a_second_build_at_once_is_told_who_is_first() {
    let (_keep, protected) = site();
    let output = protected.root.join("public");
    let first = Staging::begin(&output, &protected).unwrap();
    let said = Staging::begin(&output, &protected).unwrap_err().0;
    assert!(said.contains(&std::process::id().to_string()), "{said}");
    drop(first);
    assert!(Staging::begin(&output, &protected).is_ok());
}

#[test]
fn no_file_leaves_the_output() {
    let (_keep, protected) = site();
    let staging = Staging::begin(&protected.root.join("public"), &protected).unwrap();
    for path in ["../x", "/etc/x", "a/../../x", "a//b", "", "a\0b", "./a", ".git/HEAD", ".GIT", manifest::NAME] {
        assert!(staging.put(path, b"x").is_err(), "{path:?}");
    }
    staging.put("a", b"x").unwrap();
    assert!(staging.put("a", b"y").is_err(), "twice");
    assert!(staging.put("a/b", b"y").is_err(), "a file is no folder");
}

#[test]
fn a_bare_folder_may_hold_its_output_but_not_be_it() {
    let folder = tempfile::tempdir().unwrap();
    let protected = Protected { root: folder.path().canonicalize().unwrap(), sources: Vec::new() };
    assert!(build(&protected.root.join("public"), &protected, &[("a", "b")]).is_ok());
    assert!(build(&protected.root, &protected, &[("a", "b")]).is_err());
}
