//! The ways in which editors, shells and git change files, each as steps on the disk. After each of them what is shown is
//! to the byte what a build would write; and while they go on, every page that is shown can be rendered.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::live::{Live, pattern};

/// One step.
enum Step {
    /// Write a file in place, making its folders.
    Write(&'static str, &'static str),
    /// Write another file and rename it over this one.
    Swap(&'static str, &'static str),
    /// Rename the file to a backup, write a new one, delete the backup.
    Backup(&'static str, &'static str),
    /// Cut the file to nothing.
    Empty(&'static str),
    /// Write it again as it is.
    Again(&'static str),
    Remove(&'static str),
    RemoveFolder(&'static str),
    Rename(&'static str, &'static str),
    /// As many pages, in a folder.
    Fill(&'static str, usize),
    Link(&'static str, &'static str),
    Git(&'static [&'static str]),
    /// The preview is told of this file.
    Touch(&'static str),
    /// The preview looks.
    Look,
}

use Step::{Again, Backup, Empty, Fill, Git, Link, Look, Remove, RemoveFolder, Rename, Swap, Touch, Write};

const PAGE: &str = "content/patterns/late.md";
const OTHER: &str = "content/patterns/quiet.md";
const EDIT: &str = "# Late news\n\nIt comes later still. See [[Going quiet]].\n";
const RENAMED: &str = "# Old news\n\nIt came.\n";
const TEMPLATE: &str = "themes/ours/page.html";
const MARKED: &str = "{% extends \"plain/page.html\" %}{% block main %}<h1>{{ page.title }}</h1>{% endblock %}";
const LAYERED: &str = "[theme]\nlayers = [\"ours\"]\n";

const SCENARIOS: &[(&str, &[Step])] = &[
    ("written in place", &[Write(PAGE, EDIT), Look]),
    ("told, then looked for", &[Write(PAGE, EDIT), Touch(PAGE), Look]),
    ("saved by renaming, as most editors do", &[Swap(PAGE, EDIT), Touch(PAGE), Look]),
    ("saved with a backup, as vim does", &[Backup(PAGE, EDIT), Look]),
    ("cut to nothing, looked at, then written", &[Empty(PAGE), Look, Write(PAGE, EDIT), Look]),
    ("written twice within a moment", &[Write(PAGE, "# A\n"), Touch(PAGE), Write(PAGE, "# B\n"), Look]),
    ("written again as it was", &[Again(PAGE), Touch(PAGE), Look]),
    ("edited and taken back", &[Again(PAGE), Write(PAGE, EDIT), Look, Write(PAGE, RENAMED), Look]),
    ("made and deleted at once", &[Write("content/new.md", "# New\n"), Remove("content/new.md"), Look]),
    ("made", &[Write("content/new.md", "# New\n\nSee [[Late news]].\n"), Look]),
    ("made because it was asked for", &[Write(PAGE, "# L\n\n[[Wanted]]\n"), Look, Write("content/w.md", "# Wanted\n")]),
    ("deleted", &[Remove(OTHER), Look]),
    ("deleted and back", &[Rename(OTHER, "away.md"), Look, Rename("away.md", OTHER), Look]),
    ("a new title", &[Write(OTHER, RENAMED), Touch(OTHER), Look]),
    ("renamed", &[Rename(PAGE, "content/patterns/renamed.md"), Look]),
    ("renamed in case only", &[Rename(PAGE, "content/patterns/Late.md"), Look]),
    ("two change places", &[Rename(PAGE, "x"), Rename(OTHER, PAGE), Look, Rename("x", OTHER), Look]),
    ("a folder is renamed", &[Rename("content/patterns", "content/habits"), Look]),
    ("a folder moves into another", &[Rename("content/patterns", "content/guides/patterns"), Look]),
    ("nested folders filled at once", &[Fill("content/a/b/c", 3), Look]),
    ("the content goes and comes back", &[Rename("content", "gone"), Look, Rename("gone", "content"), Look]),
    ("a folder is deleted", &[RemoveFolder("content/patterns"), Look]),
    ("a branch of 500 files", &[Git(&["checkout", "-q", "many"]), Look, Git(&["checkout", "-q", "main"]), Look]),
    ("a branch of 500 files stays", &[Git(&["checkout", "-q", "many"])]),
    ("broken and mended: a page", &[Write(PAGE, "+++\ntitle = \n"), Look, Write(PAGE, EDIT), Look]),
    (
        "broken and mended: a template",
        &[
            Write("site.toml", LAYERED),
            Write(TEMPLATE, "{% if"),
            Look,
            Write(PAGE, EDIT),
            Touch(PAGE),
            Look,
            Write(TEMPLATE, MARKED),
        ],
    ),
    (
        "broken and mended: site.toml",
        &[
            Write("site.toml", "title = ["),
            Look,
            Write(PAGE, EDIT),
            Touch(PAGE),
            Look,
            Write("site.toml", "title = \"A\"\n"),
        ],
    ),
    (
        "a picture comes and is shown",
        &[Write("content/a.svg", "<svg/>"), Look, Write(PAGE, "# L\n\n![a](../a.svg)\n"), Look],
    ),
    ("a link to a page, and to nothing", &[Link("content/linked.md", PAGE), Look, Remove(PAGE), Look]),
    (
        "a page for the top and an old address",
        &[Write(OTHER, "+++\nmoved_from = [\"old\"]\n+++\n# Q\n"), Touch(OTHER), Look],
    ),
    (
        "for the public, a page and a part of one become internal and public again",
        &[
            Write("site.toml", "[build]\naudience = \"public\"\n"),
            Look,
            Write(OTHER, "+++\naudience = \"internal\"\n+++\n# Going quiet\n"),
            Write(PAGE, "# Late news\n\nIt comes.\n\n## Notes {.internal}\n\n[[Going quiet]]\n"),
            Touch(PAGE),
            Look,
            Write(OTHER, RENAMED),
            Touch(OTHER),
            Look,
            Write(PAGE, EDIT),
            Touch(PAGE),
            Write(OTHER, "# Going quiet\n\nWords.\n\n## Notes {.internal}\n\nHidden.\n"),
            Touch(OTHER),
            Look,
        ],
    ),
];

#[test]
fn what_is_shown_settles_on_what_a_build_would_write() {
    for (name, steps) in SCENARIOS {
        let mut live = book();
        if steps.iter().any(|step| matches!(step, Git(_))) {
            branches(live.folder());
            live.settle();
        }
        for step in *steps {
            match step {
                Look => drop(live.look()),
                Touch(path) => drop(live.touch(path)),
                step => take(live.folder(), step),
            }
            can_be_shown(&live, name);
        }
        live.settle();
        println!("{name}");
        live.is_as_built();
    }
}

fn book() -> Live {
    Live::new(&[
        ("content/index.md", "# Handbook\n\nBegin with [late news](patterns/late.md).\n"),
        (PAGE, &pattern("Late news", "It comes late. See [[Going quiet]].")),
        (OTHER, &pattern("Going quiet", "Nobody speaks. ![[Late news#Signals]]")),
        ("content/guides/first.md", "# First hour\n\n[[Late news]], [[Going quiet#What helps]].\n"),
    ])
}

fn can_be_shown(live: &Live, name: &str) {
    for route in live.site().outputs.keys().filter(|route| route.path().ends_with(".html")) {
        let shown = live.site().render(route);
        assert!(matches!(shown, Some(Ok(_))), "{name}: `{}` cannot be shown", route.path());
    }
}

fn take(folder: &Path, step: &Step) {
    let at = |path: &str| folder.join(path);
    let put = |path: &str, text: &str| {
        fs::create_dir_all(at(path).parent().unwrap()).unwrap();
        fs::write(at(path), text).unwrap();
    };
    match step {
        Write(path, text) => put(path, text),
        Swap(path, text) => {
            put(&format!("{path}.tmp~"), text);
            fs::rename(at(&format!("{path}.tmp~")), at(path)).unwrap();
        }
        Backup(path, text) => {
            fs::rename(at(path), at(&format!("{path}~"))).unwrap();
            put(path, text);
            fs::remove_file(at(&format!("{path}~"))).unwrap();
        }
        Empty(path) => put(path, ""),
        Again(path) => put(path, &fs::read_to_string(at(path)).unwrap()),
        Remove(path) => fs::remove_file(at(path)).unwrap(),
        RemoveFolder(path) => fs::remove_dir_all(at(path)).unwrap(),
        Rename(from, to) => {
            fs::create_dir_all(at(to).parent().unwrap()).unwrap();
            fs::rename(at(from), at(to)).unwrap();
        }
        Fill(path, count) => (0..*count).for_each(|n| put(&format!("{path}/p{n}.md"), &format!("# Page {n}\n"))),
        Link(path, to) => link(&at(to), &at(path)),
        Git(args) => git(folder, args),
        Touch(_) | Look => {}
    }
}

#[cfg(unix)]
fn link(to: &Path, path: &Path) {
    std::os::unix::fs::symlink(to, path).unwrap();
}

#[cfg(not(unix))]
fn link(to: &Path, path: &Path) {
    fs::copy(to, path).unwrap();
}

/// Two branches: `main` as the folder is, and `many`, in which 500 pages are new and one is gone.
fn branches(folder: &Path) {
    git(folder, &["init", "-q", "-b", "main"]);
    git(folder, &["add", "."]);
    git(folder, &["commit", "-q", "-m", "one"]);
    git(folder, &["checkout", "-q", "-b", "many"]);
    take(folder, &Fill("content/many", 500));
    take(folder, &Remove(OTHER));
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "two"]);
    git(folder, &["checkout", "-q", "main"]);
}

fn git(folder: &Path, args: &[&str]) {
    let who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    let done = Command::new("git").args(who).args(args).current_dir(folder).status().unwrap();
    assert!(done.success(), "git {args:?}");
}
