//! Handbooks to build, and what holds beside an output after every build.

use std::fs;
use std::process::Command;

use super::program::{Place, run, state};

/// Pages of a handbook that takes a while to build.
pub const PAGES: usize = 150;

/// The smallest handbook.
pub fn small() -> Place {
    Place::with(&[
        ("content/index.md", "# Welcome\n\nA handbook.\n"),
        ("site.toml", "base_url = \"https://x.test/\"\n"),
    ])
}

/// A handbook of many pages; each says which `version` it is.
pub fn many(version: &str) -> Place {
    let place = Place::with(&[("site.toml", "base_url = \"https://x.test/\"\n")]);
    place.write("content/picture.bin", &"0123456789".repeat(20_000));
    change(&place, version);
    place
}

/// Write every page anew.
pub fn change(place: &Place, version: &str) {
    for page in 0..PAGES {
        let (next, words) = ((page * 7 + 1) % PAGES, "Words that fill a page. ".repeat(20));
        place.write(
            &format!("content/patterns/p{page}.md"),
            &format!("# Pattern {page}\n\nVersion {version}. See [[Pattern {next}]].\n\n## Signals\n\n- {words}\n"),
        );
    }
}

/// What lies beside the output of a handbook after a build: nothing.
#[track_caller]
pub fn nothing_beside(place: &Place) {
    let names = place.names();
    assert!(names.iter().all(|name| !name.starts_with(".public")), "{names:?}");
}

/// A refused build: its exit code, what it says, the old site as it was, and nothing left beside it.
#[track_caller]
pub fn refused(place: &Place, (command, code): (&mut Command, i32), words: &[&str]) {
    let before = state(&place.at("public"));
    run(command).ends(code, words);
    assert!(state(&place.at("public")) == before, "the old site was touched");
    nothing_beside(place);
}

/// Give a file or folder other permissions.
#[cfg(unix)]
pub fn permit(place: &Place, path: &str, mode: u32) {
    fs::set_permissions(place.at(path), std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
}
