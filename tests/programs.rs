//! What lies beside the pages for programs: feeds, the pages as Markdown, and `llms.txt`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use std::path::PathBuf;

use mendbook::markdown::from_html;
use mendbook::site::{Output, Site};
use proptest::prelude::*;
use roxmltree::{Document, Node};
use support::markdown::Said;

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
fn what_no_document_may_hold_is_nowhere() {
    let (_folder, site) = book(&[
        ("site.toml", "title = \"Mend\\u0008ing\"\n"),
        (
            "content/a.md",
            "+++\ntitle = \"O\\u0000ne\\uFFFE\"\nupdated = 2026-01-01\n+++\nA\u{1}b `c\u{2}d` [e\u{3}](a.md).\n",
        ),
    ]);
    for path in ["a.html", "a.md", "feed.xml", "llms.txt", "index.html"] {
        let text = support::text(&site, path);
        assert!(!text.contains(mendbook::source::is_barred), "{path}");
        assert!(text.contains("One"), "{path}");
    }
}

#[test]
fn without_an_address_there_is_no_feed() {
    let (folder, _) = book(KEPT);
    let site = support::read(folder.path(), None, Vec::new());
    assert!(!site.outputs.keys().any(|route| route.path().ends_with(".xml")));
    assert!(!support::text(&site, "help.html").contains(".xml"));
}

/// The project's own handbook, and those of the tests.
fn handbooks() -> Vec<PathBuf> {
    let mut folders = vec![support::repository(".")];
    folders.extend(support::sites().into_iter().map(|(_, folder)| folder));
    folders
}

#[test]
fn markdown_reads_back_as_the_page_it_was_written_from() {
    let mut pages = 0;
    for folder in handbooks() {
        let site = support::read(&folder, Some(BASE), Vec::new());
        for (route, output) in site.outputs.iter() {
            let Output::Markdown(id) = output else { continue };
            let article = site.shelf().article(*id, route).unwrap();
            let markdown = support::text(&site, route.path());
            let place = format!("{} of {}", route.path(), folder.display());
            let difference = Said::by_markdown(&markdown).difference(&Said::by_html(&article));
            assert_eq!(difference, None, "{place}");
            pages += 1;
        }
    }
    assert!(pages > 100, "{pages} pages");
}

/// Words that Markdown could take for something else.
const WORDS: &[&str] = &[
    "word",
    "a",
    " ",
    " ",
    "\n",
    "*",
    "**",
    "_",
    "__",
    "`",
    "``",
    "~",
    "~~",
    "[",
    "]",
    "(",
    ")",
    "[x](y)",
    "![",
    "!",
    "|",
    "\\",
    "\\|",
    "&lt;b>",
    "&amp;lt;",
    "#",
    "# ",
    "1. ",
    "12)",
    "- ",
    "-",
    "---",
    "===",
    "+ ",
    "&gt; ",
    ":",
    "[^1]",
    "[ ] ",
    "“",
    "”",
    "ü",
    "語",
    "👍",
    "\u{a0}",
    "https://a.b/c_d_",
    "{#x}",
    "$",
    "^",
    "\"",
    "'",
    ".",
    ",",
];

fn words() -> impl Strategy<Value = String> + Clone {
    prop::collection::vec(prop::sample::select(WORDS), 0..6).prop_map(|words| words.concat())
}

/// What stands in a line.
fn line() -> impl Strategy<Value = String> + Clone {
    let marked = words().prop_recursive(3, 12, 4, |inner| {
        let mark = prop::sample::select(&["em", "strong", "del", "b", "span"][..]);
        let marked = (mark, inner.clone()).prop_map(|(mark, inner)| format!("<{mark}>{inner}</{mark}>"));
        prop::collection::vec(prop_oneof![inner, marked], 1..4).prop_map(|parts| parts.concat())
    });
    let href = &["a.md", "a(b.md", "a b", "x?a=1&amp;copy=2", "a_b_c.md#d*e", "a|b", "a\\b"][..];
    let link = (prop::sample::select(href), marked.clone());
    let link = link.prop_map(|(href, words)| format!("<a href=\"{href}\">w{words}</a>"));
    let code = words().prop_map(|code| format!("<code>{code}</code>"));
    let image = words().prop_map(|alt| format!("<img src=\"i.png\" alt=\"{}\">", alt.replace('"', "")));
    let piece = prop_oneof![4 => marked, 1 => code, 1 => link, 1 => image, 1 => Just("<br>".to_owned())];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

/// HTML as pages hold it.
fn html() -> impl Strategy<Value = String> {
    let cell = (line(), line()).prop_map(|(one, two)| format!("<tr><td>{one}</td><td>{two}</td></tr>"));
    let table = prop::collection::vec(cell, 1..3).prop_map(|rows| format!("<table>{}</table>", rows.concat()));
    let block = prop_oneof![
        line().prop_map(|line| format!("<p>{line}</p>")),
        line().prop_map(|line| format!("<h3>{line}</h3>")),
        line().prop_map(|line| format!("<pre><code>{}</code></pre>", line.replace('<', "&lt;"))),
        table,
        Just("<hr>".to_owned()),
    ];
    block.prop_recursive(4, 24, 4, |inner| {
        let all = prop::collection::vec(inner, 0..4);
        let item = all.clone().prop_map(|blocks| format!("<li>{}</li>", blocks.concat()));
        let list = (prop::sample::select(&["ul", "ol"][..]), prop::collection::vec(item, 1..4));
        let list = list.prop_map(|(list, items)| format!("<{list}>{}</{list}>", items.concat()));
        let quote = all.prop_map(|blocks| format!("<blockquote>{}</blockquote>", blocks.concat()));
        prop::collection::vec(prop_oneof![list, quote], 1..3).prop_map(|blocks| blocks.concat())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_html_reads_back_from_its_markdown(html in html()) {
        let markdown = from_html(&html);
        let (mut back, mut said) = (Said::by_markdown(&markdown), Said::by_html(&html));
        for said in [&mut back, &mut said] {
            said.headings.retain(|(_, heading)| !heading.is_empty());
        }
        prop_assert_eq!(back.difference(&said), None, "{}\n{}", html, markdown);
    }
}

const LINKED: &[(&str, &str)] = &[
    ("site.toml", "title = 'Mending *it*'\ndescription = 'What to do.'\nlanguage = 'en-gb'\n"),
    (
        "content/patterns/a one.md",
        "+++\ntitle = 'A one'\nsummary = 'What [it] is.'\nupdated = 2026-03-01\n+++\n%% not for readers %%\n\nIt is, as [two](two.md#signals) and [its tag](/tags.html) say.\n\n![[two#Signals]]\n\n## Signals\n\n- **Late:** it shows.[^1]\n\n## Nearby patterns\n\n- [[Two]] — connects by a thread; differs by its end.\n\n[^1]: Seen once.\n",
    ),
    ("content/patterns/two.md", "+++\ntags = ['x']\n+++\nTwo is.\n\n## Signals\n\n- Seen *here*.\n"),
    ("content/patterns/gone.md", "+++\nstatus = 'retired'\n+++\nIt was.\n"),
    ("content/secret.md", "+++\nstatus = 'draft'\n+++\nNot yet.\n"),
    ("content/404.md", "# Nothing here\n\nNo page.\n"),
    ("content/glossary.md", "# Words\n\nThey mean something.\n"),
];

#[test]
fn a_page_lies_beside_itself_as_markdown() {
    let (_folder, site) = book(LINKED);
    let one = "\
# A one

What \\[it\\] is.

## Signals

- **Late:** it shows.[^1]

## What it means

It is, as [two](two.md#signals) and [its tag](../tags.html) say.

> - Seen _here_.
>
> From [Two](two.md)

## Nearby patterns

- [Two](two.md) **Connects:** A thread. **Differs:** Its end.

[^1]: Seen once.
";
    assert_eq!(support::text(&site, "patterns/a-one.md"), one);
    let beside = "<link rel=\"alternate\" type=\"text/markdown\" href=\"a-one.md\">";
    assert!(support::text(&site, "patterns/a-one.html").contains(beside));
    let two = support::text(&site, "patterns/two.md");
    assert!(two.contains("- On [A one](a-one.md): **Connects:** A thread."), "{two}");
}

#[test]
fn a_page_that_readers_do_not_get_is_not_there_as_markdown_either() {
    let (_folder, site) = book(LINKED);
    let markdown: Vec<&str> =
        site.outputs.keys().map(|route| route.path()).filter(|path| path.ends_with(".md")).collect();
    assert_eq!(markdown, ["404.md", "glossary.md", "patterns/a-one.md", "patterns/gone.md", "patterns/two.md"]);
    // A list that mendbook makes has no author.
    assert!(!support::text(&site, "tags.html").contains("text/markdown"));
    assert!(support::text(&site, "glossary.html").contains("href=\"glossary.md\""));
}

#[test]
fn llms_txt_lists_the_markdown_of_pages_that_are_alive() {
    let (folder, site) = book(LINKED);
    let wanted = |base: &str| {
        format!(
            "# Mending \\*it\\*\n\n> What to do.\n\n## Patterns\n\n- [A one]({base}patterns/a-one.md): What \\[it\\] is.\n- [Two]({base}patterns/two.md): Two is.\n\n## Home\n\n- [Words]({base}glossary.md): They mean something.\n"
        )
    };
    assert_eq!(support::text(&site, "llms.txt"), wanted(BASE));
    let site = support::read(folder.path(), None, Vec::new());
    assert_eq!(support::text(&site, "llms.txt"), wanted(""));
}

#[test]
fn a_card_of_a_page_says_what_it_is_and_where() {
    let (folder, site) = book(LINKED);
    let page = support::html::Document::read("x.html", support::text(&site, "patterns/a-one.html").as_bytes());
    let said = |key: &str, name: &str| {
        let metas = page.all(&format!("meta[{key}='{name}']"));
        metas.first().map(|meta| meta.attr("content").unwrap_or("").to_owned())
    };
    let card: Vec<_> = ["title", "description", "type", "url", "site_name", "locale"]
        .map(|name| said("property", &format!("og:{name}")).unwrap_or_default())
        .into();
    let address = format!("{BASE}patterns/a-one.html");
    assert_eq!(card, ["A one", "What [it] is.", "article", &*address, "Mending *it*", "en_GB"]);
    assert_eq!(said("name", "description").as_deref(), Some("What [it] is."));
    assert_eq!(said("name", "twitter:card").as_deref(), Some("summary"));
    assert_eq!(said("property", "article:modified_time").as_deref(), Some("2026-03-01"));
    assert_eq!(page.all("link[rel=canonical]").first().and_then(|link| link.attr("href")), Some(&*address));

    let site = support::read(folder.path(), None, Vec::new());
    let page = support::text(&site, "patterns/a-one.html");
    assert!(page.contains("name=\"description\"") && !page.contains("og:") && !page.contains("canonical"), "{page}");
}
