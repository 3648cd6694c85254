//! The same input gives the same bytes: whoever builds it, where, when and on how many threads.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use support::program::{Place, mendbook, run};

/// 2026-06-01, in seconds since 1970.
const DAY: &str = "1780272000";

/// The handbooks that are built: this one, and every test site.
fn handbooks() -> Vec<(String, BTreeMap<String, Vec<u8>>)> {
    let mut own = BTreeMap::new();
    for folder in ["content", "themes"] {
        let files = support::tree(&support::repository(folder));
        own.extend(files.into_iter().map(|(path, bytes)| (format!("{folder}/{path}"), bytes)));
    }
    own.insert("site.toml".to_owned(), fs::read(support::repository("site.toml")).unwrap());
    let mut all = vec![("handbook".to_owned(), own)];
    for (name, folder) in support::sites() {
        let mut files = support::tree(&folder);
        files.retain(|path, _| !path.starts_with("expected/"));
        all.push((name, files));
    }
    all
}

/// How a handbook is laid out and built.
struct Way<'a> {
    /// What is different, in words.
    name: &'a str,
    /// Variables of the environment.
    environment: &'a [(&'a str, &'a str)],
    /// Folder below the temporary one, so that paths differ.
    folder: &'a str,
    /// Whether the files are made in the opposite order.
    backwards: bool,
    /// When the files were changed, in seconds since 1970.
    changed: Option<u64>,
    /// What `sh` does first.
    before: &'a str,
    /// Whether it is built over an older site.
    twice: bool,
}

const WAYS: &[Way<'static>] = &[
    Way { name: "as it is", folder: "a", ..PLAIN },
    Way { name: "twice", folder: "a", twice: true, ..PLAIN },
    Way { name: "in another folder", folder: "much/deeper/in the/tree", ..PLAIN },
    Way { name: "with old files", changed: Some(86_400), ..PLAIN },
    Way { name: "with files of the future", changed: Some(4_000_000_000), ..PLAIN },
    Way { name: "with files made in another order", backwards: true, ..PLAIN },
    Way { name: "in Turkish", environment: &[("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8")], ..PLAIN },
    Way { name: "in the C locale", environment: &[("LC_ALL", "C"), ("LANGUAGE", "de")], ..PLAIN },
    Way { name: "far in the east", environment: &[("TZ", "Pacific/Kiritimati")], ..PLAIN },
    Way { name: "far in the west", environment: &[("TZ", "Pacific/Niue")], ..PLAIN },
    Way { name: "under a strict umask", before: "umask 077; ", ..PLAIN },
    Way { name: "on one thread", environment: &[("RAYON_NUM_THREADS", "1")], ..PLAIN },
    Way { name: "on two threads", environment: &[("RAYON_NUM_THREADS", "2")], ..PLAIN },
    Way { name: "on seven threads", environment: &[("RAYON_NUM_THREADS", "7")], ..PLAIN },
    Way { name: "as somebody else", environment: &[("USER", "zoe"), ("HOME", "/nowhere"), ("HOSTNAME", "h")], ..PLAIN },
    Way { name: "with colours", environment: &[("CLICOLOR_FORCE", "1"), ("TERM", "xterm-256color")], ..PLAIN },
];

/// The usual way.
const PLAIN: Way<'static> =
    Way { name: "", environment: &[], folder: "b", backwards: false, changed: None, before: "", twice: false };

/// Lay a handbook out and build it; every file of the output.
fn built(files: &BTreeMap<String, Vec<u8>>, way: &Way<'_>) -> BTreeMap<String, Vec<u8>> {
    let place = Place::new();
    let root = place.at(way.folder);
    let mut order: Vec<_> = files.iter().collect();
    if way.backwards {
        order.reverse();
    }
    for (path, bytes) in order {
        let file = root.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, bytes).unwrap();
        if let Some(changed) = way.changed {
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(changed);
            fs::File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
        }
    }
    for _ in 0..=usize::from(way.twice) {
        make(&root, way);
    }
    let site = support::tree(&root.join("public"));
    assert!(site.len() > 5, "{}", way.name);
    nothing_of_the_machine(&site, &place.path);
    site
}

fn make(root: &Path, way: &Way<'_>) {
    let line = format!("{}exec \"$MENDBOOK\" build", way.before);
    let mut command = Command::new("sh");
    command.args(["-c", &line]).current_dir(root).env("MENDBOOK", env!("CARGO_BIN_EXE_mendbook"));
    command.env("SOURCE_DATE_EPOCH", DAY).envs(way.environment.iter().copied());
    let code = run(&mut command).code;
    // Test sites have findings; they are built all the same.
    assert!(matches!(code, Some(0 | 1)), "{}: {code:?}", way.name);
}

/// Nothing in a site tells where, by whom and on which machine it was built.
fn nothing_of_the_machine(site: &BTreeMap<String, Vec<u8>>, folder: &Path) {
    let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    // A short name may be a word of a page.
    let host = Some(host.trim()).filter(|host| host.len() > 7 && *host != "localhost");
    let own = [folder.to_str(), host, Some(env!("CARGO_MANIFEST_DIR")), Some("/nowhere")];
    for (path, bytes) in site {
        let text = String::from_utf8_lossy(bytes);
        for word in own.iter().flatten() {
            assert!(!text.contains(word), "`{path}` holds `{word}`");
        }
    }
}

#[test]
#[cfg(unix)]
fn the_same_handbook_gives_the_same_bytes() {
    for (name, files) in handbooks() {
        let mut ways = WAYS.iter();
        let first = built(&files, ways.next().unwrap());
        for way in ways {
            let other = built(&files, way);
            let paths: Vec<_> =
                first.keys().chain(other.keys()).filter(|path| first.get(*path) != other.get(*path)).collect();
            assert!(paths.is_empty(), "`{name}` built {} differs: {paths:?}", way.name);
        }
    }
}

#[test]
fn the_day_changes_only_what_shows_it() {
    let place = Place::with(&[
        ("site.toml", "base_url = \"https://x.test/\"\n"),
        ("content/index.md", "# Welcome\n\nA handbook. See [[Due]].\n"),
        (
            "content/due.md",
            "+++\ntitle = \"Due\"\nreviewed = 2026-01-01\nreview_every = \"30d\"\n+++\n\nSee [[Welcome]].\n",
        ),
    ]);
    let on = |day: &str| {
        run(&mut mendbook(&place.path, &["build", "-q", "--today", day])).ends(0, &[]);
        support::tree(&place.at("public"))
    };
    let (before, later, after) = (on("2026-01-02"), on("2026-01-03"), on("2026-06-01"));
    assert!(before == later, "a day on which nothing falls due changes nothing");
    let changed: Vec<_> = before.keys().filter(|path| before.get(*path) != after.get(*path)).collect();
    let pages: Vec<&str> =
        changed.iter().map(|path| path.as_str()).filter(|path| !path.starts_with(".mendbook")).collect();
    assert_eq!(pages, ["due.html", "review.html"], "the board, and the line on the page that is overdue");
}
