//! Which folders are a handbook, and which are never an output: those are refused before anything is written.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use std::fs;

use support::handbook::small;
use support::program::{Place, at, build, mendbook, run, state};

// ---------------------------------------------------------------- what is refused

#[test]
fn dangerous_outputs_are_refused_before_anything_is_written() {
    let home = Place::with(&[("letter.txt", "dear")]);
    let place = small();
    place.write("static/robots.txt", "");
    place.write("themes/ours/x.css", "");
    place.write(".git/HEAD", "ref: refs/heads/main\n");
    place.write("mine/letter.txt", "dear");
    place.write("built/.mendbook-manifest.json", "{\"format\": 1, \"files\": []}");
    place.write("built/deep/notes.txt", "mine");
    place.write("broken/.mendbook-manifest.json", "{");
    place.write("file", "x");
    fs::create_dir(place.at("empty")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("empty", place.at("link")).unwrap();
    let root = place.path.display().to_string();
    let cases = [
        ("/", "root of the disk"),
        (home.path.to_str().unwrap(), "your home folder"),
        (".", "or lies in it"),
        ("..", "or lies in it"),
        ("content", "a folder for sources"),
        ("content/deep/er", "a folder for sources"),
        ("themes/../content/out", "a folder for sources"),
        ("static", "a folder for sources"),
        ("themes/ours", "a folder for sources"),
        (".git", "`.git`"),
        (".git/out", "`.git`"),
        ("mine", "letter.txt"),
        ("built", "deep/notes.txt"),
        ("broken", ".mendbook-manifest.json"),
        ("file", "it is a file"),
        ("file/public", "file"),
        #[cfg(unix)]
        ("link", "symbolic link"),
    ];
    let before = (state(&place.path), state(&home.path));
    for (output, why) in cases {
        let said = run(mendbook(&place.path, &["build", "--output", output]).env("HOME", &home.path));
        said.ends(2, &[why, "nothing was changed"]);
        if output.starts_with(char::is_alphabetic) {
            let top = output.split('/').next_back().unwrap();
            assert!(said.err.contains(&root) && said.err.contains(top), "{output}: {}", said.err);
        }
        assert!((state(&place.path), state(&home.path)) == before, "`{output}` left a trace");
    }
}

#[test]
fn an_output_of_site_toml_is_refused_in_the_same_way() {
    let place = small();
    for output in ["/", ".", "content", "../"] {
        place.write("site.toml", &format!("[build]\noutput = \"{output}\"\n"));
        let before = state(&place.path);
        at(&place.path, &["build"]).ends(2, &["cannot be the output folder", "nothing was changed"]);
        assert!(state(&place.path) == before, "`{output}` left a trace");
    }
}

#[test]
fn folders_that_would_become_sources_are_no_output() {
    let handbook = small();
    let bare = Place::with(&[("a.md", "# A\n\nText.\n")]);
    for (place, output) in [(&handbook, "static"), (&handbook, "themes/x"), (&bare, "content"), (&bare, "static/x")] {
        let before = state(&place.path);
        at(&place.path, &["build", "--output", output]).ends(2, &["a folder for sources", "nothing was changed"]);
        assert!(state(&place.path) == before, "`{output}` left a trace");
    }
}

#[test]
fn litter_of_a_system_does_not_count() {
    let place = small();
    build(&place.path);
    place.write("public/.DS_Store", "x");
    place.write("public/assets/Thumbs.db", "x");
    place.write("content/index.md", "# Welcome\n\nChanged.\n");
    build(&place.path);
    assert!(!place.at("public/.DS_Store").exists());
}

#[test]
#[cfg(unix)]
fn a_link_in_the_place_of_the_lock_is_not_written_through() {
    let place = small();
    place.write("precious", "kept");
    std::os::unix::fs::symlink("precious", place.at(".public.lock")).unwrap();
    at(&place.path, &["build"]).ends(2, &[".public.lock", "nothing was changed"]);
    fs::remove_file(place.at(".public.lock")).unwrap();
    place.write(".public.lock", "my own notes");
    at(&place.path, &["build"]).ends(2, &[".public.lock", "move it away"]);
    assert_eq!((place.read("precious"), place.read(".public.lock")), ("kept".to_owned(), "my own notes".to_owned()));
    assert!(!place.at("public").exists());
}

// ---------------------------------------------------------------- where a handbook is

#[test]
fn a_handbook_is_found_from_below_and_no_further_than_the_repository() {
    let place = small();
    place.write("content/guides/a.md", "# A\n\nText. Back to [[Welcome]].\n");
    place.write("content/inner/.git/HEAD", "");
    place.write("content/inner/b.md", "# B\n\nText.\n");
    at(&place.at("content/guides"), &["build", "-q"]).ends(0, &[]);
    assert!(place.at("public/guides/a.html").exists());
    // A repository of its own: the folder is itself the content.
    at(&place.at("content/inner"), &["build", "-q"]).ends(0, &[]);
    assert!(place.at("content/inner/public/b.html").exists());
}

#[test]
fn a_folder_of_markdown_is_a_handbook_and_never_takes_in_its_own_output() {
    let place = Place::with(&[("a.md", "# A\n\nSee [[B]].\n"), ("notes/b.md", "# B\n\nSee [[A]].\n")]);
    place.write("node_modules/x/readme.md", "# Not ours\n");
    build(&place.path);
    for output in ["out", "notes/site", "./odd/../odd"] {
        at(&place.path, &["build", "-q", "--output", output]).ends(0, &[]);
    }
    let said = at(&place.path, &["build"]);
    said.ends(0, &["2 pages", "nothing changed"]);
    #[cfg(unix)]
    {
        let link = Place::new();
        std::os::unix::fs::symlink(&place.path, link.at("link")).unwrap();
        let through = link.at("link");
        at(&link.path, &["-C", through.to_str().unwrap(), "build", "--output", "out"]).ends(0, &["2 pages", "nothing"]);
    }
    for output in ["public", "out", "notes/site", "odd"] {
        let files = support::tree(&place.at(output));
        assert!(files.contains_key("notes/b.html") && !files.keys().any(|path| path.contains("site/")), "{output}");
    }
}

#[test]
fn a_folder_to_work_in_is_as_if_started_there() {
    let place = small();
    let above = place.path.parent().unwrap();
    let name = place.path.file_name().unwrap().to_str().unwrap();
    at(above, &["-C", name, "build", "-q", "--output", "out"]).ends(0, &[]);
    assert!(place.at("out/index.html").exists());
    at(above, &["-C", "no-such-folder", "build"]).ends(2, &["no-such-folder"]);
    at(&place.at("content"), &["-C", "index.md", "check"]).ends(2, &["index.md"]);
}
