//! The rules of `src/README.md` that a test can keep: rooms in order, the world only at the doors, files that say what
//! they are for and fit on a desk, one check in one file.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::fs;
use std::path::Path;

use mendbook::checks::CATALOGUE;

/// The rooms that may touch the disk, the network, the clock, the environment, other programs and the terminal.
const DOORS: [&str; 8] = ["discover", "git", "edit", "write", "publish", "serve", "cli", "main"];

/// What only doors name.
const WORLD: [&str; 19] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "SystemTime",
    "Instant",
    "Zoned::now",
    "Timestamp::now",
    "stdin(",
    "stdout(",
    "stderr(",
    "print!",
    "println!",
    "eprint!",
    "eprintln!",
    "walkdir::",
    "rustix::",
    "imagesize::",
    "anstream::",
];

/// Lines of a file.
const LONGEST: usize = 400;

/// Files that may be longer: tables, which are read by their rows.
const TABLES: [&str; 1] = ["src/checks/catalogue.rs"];

#[test]
fn a_room_imports_only_from_rooms_above_it() {
    let rooms = rooms();
    let place = |name: &str| rooms.iter().position(|room| room == name);
    let mut wrong = Vec::new();
    for file in sources("src").iter().filter(|file| file.room() != "main" && file.room() != "lib") {
        let Some(own) = place(file.room()) else {
            wrong.push(format!("{} is in no room that src/lib.rs lists", file.path));
            continue;
        };
        for name in file.imports() {
            match place(&name) {
                Some(other) if other > own => wrong.push(format!("{} reaches forward to `{name}`", file.path)),
                Some(_) => {}
                None => wrong.push(format!("{} imports `{name}`, which src/lib.rs does not list", file.path)),
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn only_doors_touch_the_world() {
    let mut wrong = Vec::new();
    for file in sources("src").iter().filter(|file| !DOORS.contains(&file.room()) && !file.is_test()) {
        let code = file.code();
        if code.contains("use std::{") {
            wrong.push(format!("{} imports from `std` in a group: name each module on its own line", file.path));
        }
        let named = WORLD.iter().filter(|word| stands_in(&code, word));
        wrong.extend(named.map(|word| format!("{} is no door and names `{word}`", file.path)));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_file_says_what_it_is_for_and_fits_on_a_desk() {
    let mut wrong = Vec::new();
    for file in ["src", "tests", "benches"].into_iter().flat_map(sources) {
        // The crate's first words are those of its README.
        if !file.text.starts_with("//! ") && file.path != "src/lib.rs" {
            wrong.push(format!("{} does not open with `//!` and what it is for", file.path));
        }
        let lines = file.text.lines().count();
        if lines > LONGEST && !TABLES.contains(&file.path.as_str()) {
            wrong.push(format!("{} has {lines} lines: part it where its reader would look for a part", file.path));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_check_is_a_file_of_its_name() {
    let files = sources("src/checks");
    let mut wrong = Vec::new();
    for check in CATALOGUE.iter().filter(|check| check.run.is_some()) {
        let path = format!("src/checks/{}.rs", check.name.replace('-', "_"));
        match files.iter().find(|file| file.path == path) {
            Some(file) if file.text.starts_with(&format!("//! `{}`: ", check.name)) => {}
            Some(_) => wrong.push(format!("{path} does not open with its check's name and what it finds")),
            None => wrong.push(format!("the check `{}` has no file {path}", check.name)),
        }
    }
    for file in files.iter().filter(|file| file.text.starts_with("//! `")) {
        let stem = file.path.trim_start_matches("src/checks/").trim_end_matches(".rs").replace('_', "-");
        if !CATALOGUE.iter().any(|check| check.name == stem) {
            wrong.push(format!("{} is a check that the catalogue does not have", file.path));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_plan_names_every_room_in_order() {
    let plan = fs::read_to_string(repository("src/README.md")).unwrap();
    let rows = plan.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    let named: Vec<&str> = rows.map(|(name, _)| name).collect();
    assert_eq!(named, rooms(), "the table of src/README.md, and src/lib.rs");
}

/// A source file.
struct File {
    /// From the repository, with `/`.
    path: String,
    text: String,
}

impl File {
    /// The module of the crate that it belongs to.
    fn room(&self) -> &str {
        let inside = self.path.trim_start_matches("src/");
        inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs")
    }

    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs")
    }

    /// Its code without comments, up to the tests at its end.
    fn code(&self) -> String {
        let code = self.text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or("");
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.map(|line| format!("{line}\n")).collect()
    }

    /// The modules of the crate that its code names, by `crate::` or by as many `super::` as lead to the top.
    fn imports(&self) -> Vec<String> {
        let code = self.code();
        let depth = self.path.matches('/').count();
        let top = "super::".repeat(depth);
        let mut names = Vec::new();
        for root in ["crate::", &top] {
            for (at, _) in code.match_indices(root) {
                if stands_alone(&code, at) {
                    let rest = &code[at + root.len()..];
                    let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    assert!(!rest.starts_with('{'), "{} imports rooms in a group: give each a line", self.path);
                    names.push(name);
                }
            }
        }
        names
    }
}

/// Whether a word stands in code, not as a part of a longer one.
fn stands_in(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| stands_alone(code, at))
}

/// Whether a name begins at this place.
fn stands_alone(code: &str, at: usize) -> bool {
    !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
}

/// The rooms, as `src/lib.rs` lists them.
fn rooms() -> Vec<String> {
    let list = fs::read_to_string(repository("src/lib.rs")).unwrap();
    let rooms = list.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    rooms.map(str::to_owned).collect()
}

/// Every Rust file below a folder of the repository, in order of path.
fn sources(folder: &str) -> Vec<File> {
    let root = repository("");
    let files = walkdir::WalkDir::new(root.join(folder)).sort_by_file_name().into_iter().flatten();
    let files = files.filter(|file| file.path().extension().is_some_and(|ending| ending == "rs"));
    // Handbooks of the tests are no code of ours.
    let files = files.filter(|file| !file.path().starts_with(root.join("tests/sites")));
    let named = files.map(|file| {
        let path = file.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        File { path, text: fs::read_to_string(file.path()).unwrap() }
    });
    named.collect()
}

fn repository(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
