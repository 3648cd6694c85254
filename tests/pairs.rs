//! Which pages are compared, where, and which form of the address links name.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use std::path::Path;

use mendbook::site::Site;
use support::many;
use support::read as built;

/// A pattern that sets itself apart from others.
fn pattern(title: &str, others: &[&str]) -> String {
    let notes: String =
        others.iter().map(|other| format!("- [[{other}]] — differs by the size of {title}\n")).collect();
    format!(
        "+++\ntitle = \"{title}\"\n+++\nIt is there.\n\n## Signals\n\n- It is seen.\n\n## Nearby patterns\n\n{notes}"
    )
}

/// The handbook of these files below `content/`.
fn handbook(files: &[(&str, String)]) -> Site {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let file = folder.path().join("content").join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    read(folder.path())
}

fn read(folder: &Path) -> Site {
    built(folder, Some("https://handbook.test/repo/"), Vec::new())
}

/// The addresses of comparisons.
fn compared(site: &Site) -> Vec<&str> {
    site.outputs.keys().map(|route| route.path()).filter(|path| path.starts_with("compare")).collect()
}

fn holds(text: &str, part: &str) {
    assert!(text.contains(part), "there is no `{part}` in:\n{text}");
}

#[test]
fn a_pair_has_one_page_however_often_and_wherever_it_is_set_apart() {
    let site = handbook(&[
        ("patterns/b/one two.md", pattern("One", &["Two", "Two", "One"])),
        ("patterns/a/two.md", pattern("Two", &["One"])),
    ]);
    let page = "compare/patterns.a.two--patterns.b.one-two.html";
    assert_eq!(compared(&site), ["compare.html", "compare/index.html", page]);
    holds(&support::text(&site, "patterns/a/two.html"), &format!("href=\"../../{page}\""));
    // The folder leads to the list, which leads to the page.
    holds(&support::text(&site, "compare/index.html"), "data-target=\"../compare.html\"");
    holds(&support::text(&site, "compare.html"), &format!("href=\"{page}\""));
}

#[test]
fn nothing_is_compared_where_nothing_is_set_apart() {
    let lonely = handbook(&[("patterns/one.md", pattern("One", &["Not written", "One"]))]);
    assert!(compared(&lonely).is_empty());
    assert!(!support::text(&lonely, "signals.html").contains("compare.html"));
    assert!(!support::text(&lonely, "404.html").contains("forward.js"));
}

#[test]
fn terms_front_pages_and_what_is_retired_are_not_compared() {
    let retired = pattern("Old", &["One"]).replace("+++\ntitle", "+++\nstatus = \"retired\"\ntitle");
    let site = handbook(&[
        (
            "patterns/index.md",
            "Near: [[One]].\n\n## Nearby patterns {form=relations}\n\n- [[One]] — differs by all".to_owned(),
        ),
        ("patterns/one.md", pattern("One", &["Old", "Word"])),
        ("patterns/old.md", retired),
        (
            "glossary/word.md",
            "# Word\n\nA thing said.\n\n## See also\n\n- [[One]] — differs by its length\n".to_owned(),
        ),
    ]);
    assert!(compared(&site).is_empty(), "{:?}", compared(&site));
}

#[test]
fn a_name_that_no_disk_can_keep_is_drawn_by_the_script() {
    let long = "long-".repeat(40);
    let site = handbook(&[
        (&format!("patterns/{long}a.md"), pattern("One", &["Two"])),
        (&format!("patterns/{long}b.md"), pattern("Two", &[])),
    ]);
    assert_eq!(compared(&site), ["compare.html"]);
    let fragment = format!("compare.html#a=patterns.{long}a&amp;b=patterns.{long}b");
    holds(&support::text(&site, "compare.html"), &fragment);
    holds(&support::text(&site, &format!("patterns/{long}b.html")), &format!("../{fragment}"));
}

#[test]
fn more_than_a_thousand_pairs_have_no_pages_and_no_list() {
    let folder = many::handbook(1001, 4);
    let site = read(folder.path());
    assert_eq!(compared(&site), ["compare.html"]);
    holds(&support::text(&site, "compare.html"), "too many pairs for a list");
    let near = support::text(&site, "patterns/area-1/pattern-1.html");
    holds(&near, "../../compare.html#a=patterns.area-1.pattern-1&amp;b=patterns.area-1.pattern-9");
}

#[test]
fn an_author_may_write_at_the_address_and_link_to_it() {
    let site = handbook(&[
        ("patterns/one.md", pattern("One", &["Two"])),
        ("patterns/two.md", pattern("Two", &[])),
        ("compare.md", "# X or Y?\n\nOurs.".to_owned()),
        (
            "index.md",
            "# Home\n\nSee [pairs](/compare.html) and [one](/compare/patterns.one--patterns.two.html).".to_owned(),
        ),
    ]);
    let list = support::text(&site, "compare.html");
    holds(&list, "<h1>X or Y?</h1>");
    let (before, _) = list.split_once("class=\"pairlist\"").unwrap();
    holds(before, "<p>Ours.</p>");
    let home = support::text(&site, "index.html");
    holds(&home, "<a href=\"compare.html\">pairs</a>");
    holds(&home, "<a href=\"compare/patterns.one--patterns.two.html\">one</a>");
}

#[test]
fn a_clause_keeps_the_raw_elements_that_it_holds_whole() {
    let notes = [
        ("connects because <b>both</b> are; differs because one <i>is</i>", "<b>both</b> are", "One <i>is</i>"),
        ("connects because x<br>y; differs by <kbd>k</kbd>", "X<br>y", "<kbd>k</kbd>"),
        ("connects because it is <b>old <b>and</b></b>; differs by size", "It is <b>old <b>and</b></b>", "Size"),
    ];
    for (note, connects, differs) in notes {
        let text = format!("It is there.\n\n## Nearby patterns\n\n- [[Two]] — {note}\n");
        let site = handbook(&[("patterns/one.md", text), ("patterns/two.md", pattern("Two", &[]))]);
        let page = support::text(&site, "patterns/one.html");
        holds(&page, &format!("<b>Connects:</b> {connects}"));
        holds(&page, &format!("<b>Differs:</b> {differs}"));
    }
}
