//! What lies beside the pages for programs: feeds, the pages as Markdown, and `llms.txt`.

mod support;

use mendbook::site::Site;
use roxmltree::{Document, Node};

const BASE: &str = "https://example.org/book/";

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// A handbook of these files, served at a known address.
fn book(files: &[(&str, &str)]) -> (tempfile::TempDir, Site) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let site = support::read(folder.path(), Some(BASE), Vec::new());
    (folder, site)
}

/// The texts of elements of Atom, in order.
fn texts<'a>(node: Node<'a, 'a>, name: &str) -> Vec<&'a str> {
    let named = node.descendants().filter(|node| node.has_tag_name((ATOM, name)));
    named.filter_map(|node| node.text()).collect()
}

const KEPT: &[(&str, &str)] = &[
    ("site.toml", "title = 'Mending'\n[contacts.ana]\nname = 'Ana & co'\n[contacts.ben]\nname = 'Ben'\n"),
    (
        "content/one.md",
        "+++\ntitle = 'One <1>'\nupdated = 2026-03-01\nowner = 'ana'\ntags = ['Two Words', 'two words']\n+++\nFirst.\n",
    ),
    ("content/two.md", "+++\nupdated = 2026-04-01\nowner = 'ana'\ntags = ['two words']\n+++\nSecond.\n"),
    ("content/three.md", "+++\nowner = 'ben'\ntags = ['undated']\n+++\nThird.\n"),
    ("content/four.md", "+++\nupdated = 2026-02-01\nowner = 'Somebody'\n+++\nFourth.\n"),
    ("content/draft.md", "+++\nstatus = 'draft'\nupdated = 2026-05-01\nowner = 'ana'\n+++\nNot yet.\n"),
];

#[test]
fn a_feed_is_made_of_all_pages_and_of_each_tag_and_contact_that_has_dated_ones() {
    let (_folder, site) = book(KEPT);
    let feeds: Vec<&str> =
        site.outputs.keys().map(|route| route.path()).filter(|path| path.ends_with(".xml")).collect();
    assert_eq!(feeds, ["feed.xml", "owners/ana.xml", "sitemap.xml", "tags/two-words.xml"]);

    let text = support::text(&site, "owners/ana.xml");
    let feed = Document::parse(&text).unwrap();
    assert_eq!(texts(feed.root(), "title"), ["Mending: Ana & co", "Two", "One <1>"]);
    assert_eq!(texts(feed.root(), "updated"), ["2026-04-01T00:00:00Z", "2026-04-01T00:00:00Z", "2026-03-01T00:00:00Z"]);
    assert_eq!(texts(feed.root(), "name"), ["Mending"]);
    let ids = texts(feed.root(), "id");
    assert_eq!(ids, [format!("{BASE}owners/ana.xml"), format!("{BASE}two.html"), format!("{BASE}one.html")]);
    let links = feed.descendants().filter(|node| node.has_tag_name((ATOM, "link")));
    let links: Vec<_> = links.map(|link| (link.attribute("rel"), link.attribute("href").unwrap())).collect();
    let full = |path: &str| format!("{BASE}{path}");
    assert_eq!(links[..2], [(None, &*full("help.html#ana")), (Some("self"), &*full("owners/ana.xml"))]);
}

#[test]
fn a_feed_that_lists_all_pages_keeps_its_address_as_its_name() {
    let (_folder, site) = book(KEPT);
    let text = support::text(&site, "feed.xml");
    let feed = Document::parse(&text).unwrap();
    assert_eq!(texts(feed.root(), "title"), ["Mending", "Two", "One <1>", "Four"]);
    assert_eq!(texts(feed.root(), "id").first(), Some(&BASE));
}

#[test]
fn readers_find_a_feed_where_its_tag_or_contact_stands() {
    let (_folder, site) = book(KEPT);
    let tag = support::text(&site, "tags/two-words.html");
    assert_eq!(tag.matches("href=\"two-words.xml\"").count(), 2, "for programs and for readers: {tag}");
    assert!(!support::text(&site, "tags/undated.html").contains("undated.xml"));
    let help = support::text(&site, "help.html");
    assert!(help.contains("href=\"owners/ana.xml\"") && !help.contains("owners/ben.xml"), "{help}");
}

#[test]
fn without_an_address_there_is_no_feed() {
    let (folder, _) = book(KEPT);
    let site = support::read(folder.path(), None, Vec::new());
    assert!(!site.outputs.keys().any(|route| route.path().ends_with(".xml")));
    assert!(!support::text(&site, "help.html").contains(".xml"));
}
