//! What git knows of a page, as readers and programs see it: the day of its last change, and who wrote it.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::fs;
use std::path::Path;

mod support;

use support::git::{commit, git};
use support::program::{Place, at, mendbook, run};

/// Commit everything as somebody, on a day in 2026.
fn commits(place: &Place, (who, day): (&str, &str), message: &str) {
    git(&place.path, "add --all");
    let author = format!("{who} <{}@example.org>", who.to_lowercase());
    git(&place.path, &format!("commit --quiet --author '{author}' --date 2026-{day}T23:30:00+09:00 -m '{message}'"));
}

/// A repository with two pages and a history: Ada writes both; Ben, with Cy, changes one; a machine moves one.
fn repository() -> Place {
    let place = Place::with(&[
        ("site.toml", "base_url = \"https://handbook.test/\"\n"),
        ("content/index.md", "# Home\n\nWhat to do.\n"),
        ("content/notes/late.md", "# Late\n\nNews comes late.\n"),
        (".gitignore", "public\n"),
    ]);
    git(&place.path, "init --quiet --initial-branch main");
    commits(&place, ("Ada", "03-01"), "Begin");
    place.write("content/notes/late.md", "# Late\n\nNews comes too late.\n");
    commits(&place, ("Ben", "04-02"), "Say more\n\nCo-authored-by: Cy <cy@example.org>");
    fs::rename(place.at("content/notes/late.md"), place.at("content/notes/news.md")).unwrap();
    commits(&place, ("mover[bot]", "05-03"), "Move");
    place
}

/// The line that says who wrote a page, as it is written in its file.
fn written_by(folder: &Path, page: &str) -> Option<String> {
    let html = fs::read_to_string(folder.join("public").join(page)).unwrap();
    let line = html.split("<p class=\"note by\">").nth(1)?.split("</p>").next()?;
    Some(line.replace("<bdi>", "").replace("</bdi>", ""))
}

fn exported(folder: &Path) -> Vec<(String, Option<String>)> {
    let run = at(folder, &["export"]);
    let book: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let page = |page: &serde_json::Value| {
        (page["id"].as_str().unwrap().to_owned(), page["updated"].as_str().map(str::to_owned))
    };
    book["pages"].as_array().unwrap().iter().map(page).collect()
}

#[test]
fn a_page_says_who_wrote_it_and_when_it_was_changed() {
    let place = repository();
    at(&place.path, &["build"]).ends(0, &[]);
    let days = [("index", "2026-03-01"), ("notes/news", "2026-04-02")];
    assert_eq!(exported(&place.path), days.map(|(id, day)| (id.to_owned(), Some(day.to_owned()))));
    assert_eq!(written_by(&place.path, "notes/news.html").as_deref(), Some("Written by Ada, Ben and Cy"));
    let sitemap = place.read("public/sitemap.xml");
    assert!(sitemap.contains("news.html</loc><lastmod>2026-04-02</lastmod>"), "{sitemap}");
    assert!(place.read("public/feed.xml").contains("<updated>2026-04-02T00:00:00Z</updated>"));
}

#[test]
fn what_an_author_says_wins_and_names_are_those_of_the_mailmap() {
    let place = repository();
    place.write(".mailmap", "Ada L. <ada@example.org>\n");
    place.write("content/notes/own.md", "+++\nupdated = 2025-01-01\nauthors = [\"Dee\"]\n+++\n# Own\n\nIt is.\n");
    commits(&place, ("Ada", "06-01"), "More");
    at(&place.path, &["build"]).ends(0, &[]);
    assert_eq!(exported(&place.path)[2], ("notes/own".to_owned(), Some("2025-01-01".to_owned())));
    assert_eq!(written_by(&place.path, "notes/own.html").as_deref(), Some("Written by Dee"));
    assert_eq!(written_by(&place.path, "notes/news.html").as_deref(), Some("Written by Ada L., Ben and Cy"));
}

#[test]
fn of_many_who_wrote_a_page_the_first_are_named() {
    let place = repository();
    for (number, who) in ["Ben", "Dee", "Eve", "Fay", "Gus", "Hal"].iter().enumerate() {
        place.write("content/notes/news.md", &format!("# Late\n\nNews {number}.\n"));
        commits(&place, (who, "06-01"), "Change");
    }
    at(&place.path, &["build"]).ends(0, &[]);
    let line = written_by(&place.path, "notes/news.html");
    assert_eq!(line.as_deref(), Some("Written by Ben, Ada, Cy, Dee, Eve and 3 more"));
}

#[test]
fn a_shallow_clone_is_said_and_not_guessed_over() {
    let place = repository();
    place.write("content/index.md", "# Home\n\nWhat to do now.\n");
    commits(&place, ("Ben", "06-01"), "Change");
    let clone = Place::new();
    git(&clone.path, &format!("clone --quiet --depth 2 file://{} .", place.path.display()));
    let note = "this clone is shallow, so git cannot say who wrote a page, and no day of its last change is known for \
                1 page";
    at(&clone.path, &["build"]).ends(0, &[note]);
    let days = [("index", Some("2026-06-01")), ("notes/news", None)];
    assert_eq!(exported(&clone.path), days.map(|(id, day)| (id.to_owned(), day.map(str::to_owned))));
    assert_eq!(written_by(&clone.path, "index.html"), None);
}

#[test]
fn without_a_repository_and_before_the_first_commit_nothing_is_said() {
    let place = Place::with(&[("content/index.md", "# Home\n\nWhat to do.\n")]);
    for step in ["", "init --quiet", "add --all"] {
        if !step.is_empty() {
            git(&place.path, step);
        }
        let built = at(&place.path, &["build"]);
        assert!(!built.ends(0, &[]).err.contains("shallow"));
        assert_eq!((exported(&place.path)[0].1.as_deref(), written_by(&place.path, "index.html")), (None, None));
    }
    commit(&place.path, "Begin");
    assert!(exported(&place.path)[0].1.is_some());
}

#[test]
fn a_hook_and_the_settings_of_whoever_builds_change_nothing() {
    let place = repository();
    let other = Place::new();
    git(&other.path, "init --quiet");
    let elsewhere = other.at(".git");
    let settings = [
        ("GIT_DIR", elsewhere.to_str().unwrap()),
        ("GIT_INDEX_FILE", "elsewhere"),
        ("GIT_LITERAL_PATHSPECS", "1"),
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "log.showRoot"),
        ("GIT_CONFIG_VALUE_0", "false"),
    ];
    run(mendbook(&place.path, &["build"]).envs(settings)).ends(0, &[]);
    let sitemap = place.read("public/sitemap.xml");
    assert!(sitemap.contains("handbook.test/</loc><lastmod>2026-03-01</lastmod>"), "{sitemap}");
    assert_eq!(written_by(&place.path, "notes/news.html").as_deref(), Some("Written by Ada, Ben and Cy"));
}

#[test]
fn that_git_does_not_answer_is_said() {
    let place = Place::with(&[("index.md", "# Home\n\nWhat to do.\n")]);
    place.write(".git", "gitdir: gone\n");
    let note =
        "note: nothing is known of who wrote a page and when, and files that git ignores are taken in: git says: ";
    at(&place.path, &["build"]).ends(0, &[note]);
    let none = Place::new();
    let built = run(mendbook(&repository().path, &["build"]).env("PATH", &none.path));
    built.ends(0, &["nothing is known of who wrote a page and when: git was not found: install it"]);
}
