//! What those who keep a handbook are told: whose turn it is to review, what is asked for, and what each page has.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use std::fmt::Write as _;

use mendbook::route::Route;
use mendbook::site::Site;
use serde_json::Value;
use support::program::{Place, mendbook, run};

/// What `mendbook review` prints of `tests/sites/keepers`.
fn review(args: &[&str]) -> String {
    let folder = support::repository("tests/sites/keepers");
    let all = [&["review", "--today", support::TODAY], args].concat();
    run(&mut mendbook(&folder, &all)).ends(0, &[]).out.clone()
}

#[test]
fn the_board_is_printed_by_owner_and_never_fails() {
    assert_eq!(
        review(&[]),
        "\
2026-06-01: 3 overdue, 3 never reviewed, 0 later

The mediation service (@mediator)
  overdue  2026-03-01  Slow fade (content/patterns/work/slow-fade.md), last reviewed 15 months ago
  never    2026-11-20  Loud exit (content/patterns/work/loud-exit.md)

Ada
  overdue  2026-05-28  The first hour (content/guides/first-hour.md), never reviewed, written 7 days ago
  overdue  2026-05-31  Kept and not kept (content/index.md), last reviewed 12 months ago

Nobody keeps these yet
  never    -           About (content/about.md)
  never    -           The second hour (content/guides/second-hour.md)
"
    );
}

#[test]
fn keys_that_wait_to_be_filled_in_name_nobody() {
    let place = Place::with(&[
        ("site.toml", "[contacts.ana]\nname = \"\"\n"),
        ("content/a.md", "---\nowner: \"\"\nreviewed: 2026-01-01\nreview_every: 6mo\nsources: [\"\"]\n---\nText.\n"),
        ("content/b.md", "---\nowner: \" @ana \"\nreviewed: 2026-01-01\nreview_every: 6mo\n---\nText of [A](a.md).\n"),
    ]);
    let said = run(&mut mendbook(&place.path, &["review", "--today", "2026-06-01"])).ends(0, &[]).out.clone();
    assert!(said.contains("\nAna (@ana)\n") && said.contains("\nNobody keeps these yet\n"), "{said}");
    run(&mut mendbook(&place.path, &["build"])).ends(0, &[]);
    let page = place.read("public/a.html");
    assert!(!page.contains("Kept by") && !page.contains("Sources"), "{page}");
}

#[test]
fn of_what_comes_later_the_board_names_the_next_unless_more_is_asked_for() {
    let page = |title: &str, day: &str| format!("+++\ntitle = \"{title}\"\nreviewed = {day}\n+++\nText.\n");
    let place = Place::with(&[
        ("site.toml", "review_every = \"1y\"\n"),
        ("content/a.md", &page("Third", "2026-05-03")),
        ("content/b.md", &page("Second", "2026-05-02")),
        ("content/c.md", &page("First", "2026-05-01")),
        ("content/broken.md", "[nowhere](gone.md)\n"),
    ]);
    let said = |more: &[&str]| {
        let args = [&["review", "--today", "2026-06-01"], more].concat();
        run(&mut mendbook(&place.path, &args)).ends(0, &[]).out.clone()
    };
    let next = "  later    2027-05-01  First (content/c.md)\n";
    let short = said(&[]);
    assert!(short.ends_with(&format!("{next}                       and 2 pages after that\n")), "{short}");
    let long = said(&["--verbose"]);
    let rest = "  later    2027-05-02  Second (content/b.md)\n  later    2027-05-03  Third (content/a.md)\n";
    assert!(long.ends_with(&format!("{next}{rest}")), "{long}");
}

#[test]
fn where_nothing_is_reviewed_in_turn_the_board_says_how_to_begin() {
    let place = Place::with(&[("content/index.md", "# Welcome\n\nA handbook.\n")]);
    let said = run(&mut mendbook(&place.path, &["review"])).ends(0, &[]).out.clone();
    assert!(said.contains("set `review_every` in site.toml"), "{said}");
    run(&mut mendbook(&place.path, &["build", "-q"])).ends(0, &[]);
    for page in ["review.html", "coverage.html", "wanted.html"] {
        assert!(!place.at(&format!("public/{page}")).exists(), "{page} has nothing to show");
    }
    assert!(!place.read("public/index.html").contains("Keeping this handbook"), "and nothing leads to it");
}

#[test]
fn the_export_gives_the_days_that_the_board_gives() {
    let folder = support::repository("tests/sites/keepers");
    let data = run(&mut mendbook(&folder, &["export", "--today", support::TODAY])).ends(0, &[]).out.clone();
    let data: Value = serde_json::from_str(&data).unwrap();
    let board = review(&["--verbose"]);
    let mut days = 0;
    for page in data["pages"].as_array().unwrap().iter().filter(|page| page["status"] != "retired") {
        let Some(due) = page["due"].as_str() else { continue };
        let (title, path) = (page["title"].as_str().unwrap(), page["path"].as_str().unwrap());
        assert!(board.contains(&format!("{due}  {title} ({path})")), "{title} is due on {due}\n{board}");
        days += 1;
    }
    assert_eq!(days, 4);
}

/// A handbook of so many pages in two areas, each kept by one of two, and each asking for a page of its own.
fn many(count: usize) -> (tempfile::TempDir, Site) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("site.toml"), "review_every = \"1y\"\n").unwrap();
    for number in 0..count {
        let letter = if number % 2 == 0 { "Aim" } else { "Bet" };
        let mut text = format!("+++\ntitle = \"Pattern {number}\"\nowner = \"Owner {}\"\n", number % 2);
        let _ = write!(text, "reviewed = 2025-0{}-01\n+++\nIt wants [[{letter} {number}]].\n", 1 + number % 9);
        support::many::write(folder.path(), (number % 3, number), &text);
    }
    let site = support::read(folder.path(), None, Vec::new());
    (folder, site)
}

#[test]
fn long_boards_lists_and_tables_have_a_page_for_each_part() {
    let (_folder, site) = many(600);
    let parts = [
        ("review", vec!["patterns.area-0", "patterns.area-1", "patterns.area-2"], 200),
        ("wanted", vec!["a", "b"], 300),
        ("coverage", vec!["patterns.area-0", "patterns.area-1", "patterns.area-2"], 200),
    ];
    for (name, parts, each) in parts {
        let first = support::text(&site, &format!("{name}.html"));
        for part in parts {
            let address = format!("{name}/{part}.html");
            assert!(first.contains(&format!("href=\"{address}\"")), "{name}.html leads to {address}");
            let text = support::text(&site, &address);
            let entries = match name {
                "review" => text.matches("<li><a href=\"../patterns/area-").count(),
                "wanted" => text.matches("class=\"wanted\"").count(),
                _ => text.matches("<th scope=\"row\"><a ").count(),
            };
            assert_eq!(entries, each, "{address}");
        }
        let folder = support::text(&site, &format!("{name}/index.html"));
        assert!(folder.contains(&format!("../{name}.html")), "{name}/ leads back");
    }
    // The first pages tell at once what matters most: whose turn it is, and what most pages ask for.
    let first = support::text(&site, "review.html");
    assert!(first.contains("Owner 0") && first.contains("Owner 1"), "{first}");
    assert_eq!(first.matches("class=\"turn overdue\"").count(), 2);
    assert!(support::text(&site, "wanted.html").contains("Wanted most"));
}

#[test]
fn a_short_list_has_no_parts() {
    let (_folder, site) = many(30);
    for name in ["review", "wanted", "coverage"] {
        assert!(site.outputs.contains_key(&Route::made(format!("{name}.html"))));
        let inside = format!("{name}/");
        assert!(!site.outputs.keys().any(|route| route.path().starts_with(&inside)), "{name}");
    }
}
