//! `check --fix`: it changes the words that a finding names, nothing beside them, and nothing that git could not
//! give back.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

mod support;

use support::git::{commit, git};

const SITE: &str = "base_url = \"https://example.org/\"\n";

/// A page with a slip of the pen in its front matter, in a link and in a fragment.
const PAGE: &str = "+++\ntitel = \"Late bad news\"\n+++\nSee [[Going quite]] and [it](going-quiet.md#sings).\n";

/// That page, mended.
const MENDED: &str = "+++\ntitle = \"Late bad news\"\n+++\nSee [[Going quiet]] and [it](going-quiet.md#signs).\n";

#[test]
fn only_the_named_words_change() {
    let text = format!("\u{feff}{}  \t\r\nLast line without an end", PAGE.replace('\n', "\r\n"));
    let mended = format!("\u{feff}{}  \t\r\nLast line without an end", MENDED.replace('\n', "\r\n"));
    let folder = handbook(&text);
    let said = fix(folder.path(), &[]);
    assert_eq!(words(&said.stderr), "3 fixes in 1 file\n2 pages: nothing to mend\n");
    assert_eq!(said.status.code(), Some(0));
    assert_eq!(page(folder.path()), mended);
}

#[test]
fn a_second_run_changes_nothing() {
    let folder = handbook(PAGE);
    fix(folder.path(), &[]);
    let before = fs::metadata(folder.path().join("content/late.md")).unwrap().modified().unwrap();
    let said = fix(folder.path(), &[]);
    assert_eq!(words(&said.stderr), "nothing to mend by itself\n2 pages: nothing to mend\n");
    assert_eq!(page(folder.path()), MENDED);
    assert_eq!(fs::metadata(folder.path().join("content/late.md")).unwrap().modified().unwrap(), before);
}

#[test]
fn a_fix_brings_the_next_one_to_light() {
    let folder = handbook(
        "+++\nupdted = 2026-1-2\n+++\nSee [[Going quiet]] and [below](#signls).\n\n## Signls (4 lines)\n\nx\n",
    );
    fs::create_dir(folder.path().join("content/patterns")).unwrap();
    fs::rename(folder.path().join("content/late.md"), folder.path().join("content/patterns/late.md")).unwrap();
    git(folder.path(), "init --quiet");
    commit(folder.path(), "A state");
    let said = fix(folder.path(), &[]);
    assert!(words(&said.stderr).starts_with("5 fixes in 1 file\n"), "{}", words(&said.stderr));
    let mended = fs::read_to_string(folder.path().join("content/patterns/late.md")).unwrap();
    assert_eq!(
        mended,
        "+++\nupdated = 2026-01-02\n+++\nSee [[Going quiet]] and [below](#signals).\n\n## Signals\n\nx\n"
    );
    commit(folder.path(), "A state");
    assert!(words(&fix(folder.path(), &[]).stderr).starts_with("nothing to mend by itself\n"));
}

#[test]
fn a_page_without_a_fix_keeps_its_bytes() {
    let folder = handbook(PAGE);
    let other = "\u{feff}No end, a tab\t, three spaces   \r\nand [[Somebody nobody knows]]";
    fs::write(folder.path().join("content/other.md"), other).unwrap();
    fix(folder.path(), &[]);
    assert_eq!(fs::read_to_string(folder.path().join("content/other.md")).unwrap(), other);
    assert!(fs::read_dir(folder.path().join("content")).unwrap().count() == 3, "no file is left beside the pages");
}

#[test]
fn what_git_has_not_got_is_refused() {
    let folder = handbook(PAGE);
    git(folder.path(), "init --quiet");
    for state in ["a file that git does not know", "a file that is changed"] {
        let said = fix(folder.path(), &[]);
        let complaint = words(&said.stderr);
        assert_eq!(said.status.code(), Some(2), "{state}: {complaint}");
        assert!(complaint.contains("`content/late.md`") && complaint.contains("nothing was changed"), "{complaint}");
        assert!(complaint.contains("--allow-dirty"), "{complaint}");
        assert!(page(folder.path()).starts_with(PAGE), "{state}");
        commit(folder.path(), "A state");
        fs::write(folder.path().join("content/late.md"), format!("{PAGE}\nMore.\n")).unwrap();
    }
    let said = fix(folder.path(), &["--allow-dirty"]);
    assert_eq!(said.status.code(), Some(0), "{}", words(&said.stderr));
    assert_eq!(page(folder.path()), format!("{MENDED}\nMore.\n"));
}

#[test]
fn one_refused_file_keeps_them_all() {
    let folder = handbook(PAGE);
    git(folder.path(), "init --quiet");
    commit(folder.path(), "A state");
    let new = "See [[Going quite]].\n";
    fs::write(folder.path().join("content/new.md"), new).unwrap();
    assert_eq!(fix(folder.path(), &[]).status.code(), Some(2));
    assert_eq!(page(folder.path()), PAGE);
    assert_eq!(fs::read_to_string(folder.path().join("content/new.md")).unwrap(), new);
}

#[test]
fn what_is_committed_is_mended() {
    let folder = handbook(PAGE);
    git(folder.path(), "init --quiet");
    commit(folder.path(), "A state");
    assert_eq!(fix(folder.path(), &[]).status.code(), Some(0));
    assert_eq!(page(folder.path()), MENDED);
}

#[test]
fn fixes_in_one_place_are_made_one_after_the_other() {
    // The name and the section behind it are wrong: the second is known only when the first is mended.
    let folder = handbook("See [[Going quite#Sings]].\n");
    assert!(words(&fix(folder.path(), &[]).stderr).starts_with("2 fixes in 1 file\n"));
    assert_eq!(page(folder.path()), "See [[Going quiet#Signs]].\n");
}

/// A handbook of two pages, one of them as given.
fn handbook(late: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("content")).unwrap();
    fs::write(folder.path().join("site.toml"), SITE).unwrap();
    fs::write(folder.path().join("content/late.md"), late).unwrap();
    let quiet = "# Going quiet\n\nSilence is an answer.\n\n## Signs\n\nNobody asks.\n";
    fs::write(folder.path().join("content/going-quiet.md"), quiet).unwrap();
    folder
}

fn page(folder: &Path) -> String {
    fs::read_to_string(folder.join("content/late.md")).unwrap()
}

fn fix(folder: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mendbook"));
    command.current_dir(folder).args(["check", "--fix", "--today", "2026-06-01"]).args(more).output().unwrap()
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}
