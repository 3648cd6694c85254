//! A handbook for the public: what is internal is in none of its files, and the proof finds whatever gets into one.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use std::collections::BTreeMap;

use mendbook::route::Route;
use mendbook::site::{Output, Site};
use support::program::{Place, at};

/// What stands in the internal sources of `sites/audiences`, as a reader who should not see it would look for it.
const INTERNAL: &[&str] = &[
    "pay bands",
    "pay-bands",
    "ladder of grades",
    "salary table",
    "pay-ladder",
    "compensation",
    "hiring freeze",
    "hiring-freeze",
    "severance",
    "golden handshake",
    "fifty-one thousand",
    "paydesk",
    "agreement-2026",
    "harlequin",
    "steering group",
    "insurers",
    "achterberg",
    "corp.example",
    "third door",
    "people-team",
    "people/",
    "people and pay",
    "conduct code",
    "for managers",
    "talking after",
    "layoff",
    "outside should want",
    "bands by grade",
    "withdrawn without",
    "kept from the teams",
];

fn audiences() -> Site {
    support::read(&support::repository("tests/sites/audiences"), None, Vec::new())
}

/// Every file of an output but the theme's own.
fn files(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let own = site.outputs.iter().filter(|(_, output)| !matches!(output, Output::Theme(_)));
    own.map(|(route, _)| (route.path().to_owned(), support::bytes(site, route))).collect()
}

#[test]
fn nothing_internal_stands_in_any_file() {
    let site = audiences();
    let secrets = site.secrets().unwrap();
    let files = files(&site);
    assert!(files.len() > 30 && files.contains_key("handbook/1.json") && files.contains_key("graph.json"));
    for (path, bytes) in &files {
        let text = format!("{path}\n{}", String::from_utf8_lossy(bytes)).to_lowercase();
        for word in INTERNAL {
            assert!(!text.contains(word), "`{path}` holds `{word}`");
        }
        assert_eq!(secrets.look(path, bytes), [], "{path}");
    }
}

#[test]
fn what_is_exported_for_the_public_tells_of_nothing_else() {
    let run = at(&support::repository("tests/sites/audiences"), &["export", "--today", support::TODAY]);
    run.ends(0, &[]);
    let text = run.out.to_lowercase();
    for word in INTERNAL {
        assert!(!text.contains(word), "the export holds `{word}`");
    }
}

#[test]
fn the_same_handbook_has_all_of_it_inside() {
    let run = at(&support::repository("tests/sites/audiences"), &["export", "--audience", "internal"]);
    let text = run.out.to_lowercase();
    for word in ["pay bands", "harlequin", "people-team", "conduct code", "golden handshake"] {
        assert!(text.contains(word), "the export lacks `{word}`");
    }
}

#[test]
fn what_stays_says_what_its_author_wrote() {
    let site = audiences();
    let page = support::text(&site, "patterns/late-bad-news.html");
    for words in ["usual reasons apply", "A mediator", "Ask <a", "@mediator</a> about anything else", "Broken promise"]
    {
        assert!(page.contains(words), "`{words}` is gone");
    }
    assert!(support::text(&site, "index.html").contains("Our rules for pay are"));
    assert!(support::text(&site, "patterns/broken-promise.html").contains("Promise less, and by when"));
}

/// Where something got out, in which file, and what stands there then.
const LEAKS: &[(&str, &str, &str)] = &[
    ("a title in the search index", "assets/search/0.js", r#"search(0,[["Pay bands and raises",3]])"#),
    ("an id in the network", "graph.json", r#"{"nodes":[{"id":"people/pay-bands"}]}"#),
    (
        "an item in the data",
        "handbook/1.json",
        r#"{"text":"Nobody on the steering group had read the weekly \u0072eport since"}"#,
    ),
    ("an entry of a feed", "feed.xml", "<entry><title>Severance&#32;terms</title></entry>"),
    (
        "an address of the map for crawlers",
        "sitemap.xml",
        "<loc>https://handbook.example.org/people/hiring-freeze.html</loc>",
    ),
    (
        "a card on the page of a tag",
        "tags/silence.html",
        "<li><a href=\"x.html\">Hiring <em>free</em>ze of the spring</a></li>",
    ),
    (
        "the sentence of a backlink",
        "glossary/promise.html",
        "<q>whatever anyone was <b>told</b> in March. See Late bad news and</q>",
    ),
    (
        "a reason for a related page",
        "patterns/late-bad-news.html",
        "<p>Both speak of: open position was withdrawn without a word to the</p>",
    ),
    ("a redirect from an old address", "hr/pay-ladder.html", "<!doctype html>"),
    ("another name in the glossary", "glossary.html", "<dt>Golden handshake rules</dt>"),
    ("the path of a file", "files/pay-bands.svg", "<svg/>"),
    ("the text of a picture", "index.html", "<img alt=\"The ladder of grades, by year\">"),
    ("a comment", "help.html", "<!-- Two promises broken in a row are entered in the personnel record -->"),
    (
        "Markdown beside its page",
        "people/index.md",
        "What the people desk **keeps** for itself and shows to\n> nobody at all",
    ),
    ("the address of a contact", "help.html", "<a href=\"mailto:rosalind.achterberg%40corp.example\">write</a>"),
    ("a link in the text for language models", "llms.txt", "[desk](https://intranet.corp.example/people/desk)"),
    (
        "a signal in the finder",
        "signals.html",
        "<label>Four hundred and twelve thousand, of which the insurers carried nothing</label>",
    ),
    ("a name on the map", "map.html", "<svg><text>Rosalind</text><text>Achterberg</text></svg>"),
    (
        "a description for previews",
        "index.html",
        "<meta content=\"the steering group heard of it from a customer, in the end\">",
    ),
    ("a pair that is compared", "compare/glossary.severance--patterns.x.html", "<h1>Which of the two?</h1>"),
    ("words for a draft", "guides/index.html", "<p>those who go have been told what they need to know</p>"),
    ("how to reach a contact", "print.html", "<li>Room 4.21,&nbsp;third door</li>"),
];

#[test]
fn every_planted_leak_is_found() {
    let site = audiences();
    let secrets = site.secrets().unwrap();
    let missed: Vec<&str> = LEAKS
        .iter()
        .filter(|(_, path, text)| {
            let mut bytes = if site.outputs.contains_key(&Route::made(*path)) {
                support::bytes(&site, &Route::made(*path))
            } else {
                Vec::new()
            };
            assert_eq!(secrets.look("x", &bytes), [], "`{path}` leaks before anything is planted");
            bytes.extend_from_slice(text.as_bytes());
            secrets.look(path, &bytes).is_empty()
        })
        .map(|(what, ..)| *what)
        .collect();
    assert_eq!(missed, [""; 0]);
}

#[test]
fn a_finding_names_the_file_and_the_source_once() {
    let site = audiences();
    let leaks = |text: &str| site.secrets().unwrap().look("x", text.as_bytes());
    let told = site.told(vec![("a.html", leaks("Severance terms")), ("b.html", leaks("severance TERMS"))]);
    let [one] = told.as_slice() else { panic!("{told:?}") };
    assert!(one.blocks);
    assert_eq!(one.message, "`a.html` and 1 file more hold the title of an internal page: `Severance terms`");
    assert_eq!(&*one.place.as_ref().unwrap().path, "content/glossary/severance.md");
}

#[test]
fn what_published_text_says_too_is_no_secret() {
    let place = book(
        "# Home\n\nThe spring clean is near. Ask desk@example.org, who knows of every room that is free.\n\n[[Late news]] [[Silence]]\n",
        "+++\ntitle = \"Spring clean\"\naudience = \"internal\"\n+++\nAsk desk@example.org, who knows of every room that is free.\n\nLate news, Silence, Late news, Silence, Late news, Silence.\n",
    );
    place.write("content/late.md", "# Late news\n\nWords.\n");
    place.write("content/silence.md", "# Silence\n\nWords.\n");
    at(&place.path, &["build", "--audience", "public"]).ends(0, &["left out for the public: 1 page"]);
}

/// A handbook of a public page and another one.
fn book(home: &str, other: &str) -> Place {
    let site = "base_url = \"https://example.org/\"\n[checks]\norphan = \"off\"\n";
    Place::with(&[("site.toml", site), ("content/index.md", home), ("content/other/page.md", other)])
}

#[test]
fn a_page_of_which_nobody_knows_for_whom_it_is_is_left_out() {
    let cases = [
        "---\naudience: internl\n---\n",
        "---\naudiance: internal\n---\n",
        "+++\naudience = internal\n+++\n",
        "+++\naudience = [\"internal\"]\n+++\n",
        "---\nstatus: drfat\n---\n",
        "---\ntitle: \"Other\naudience: public\n---\n",
        "---\ntags: [a\n---\n",
        "+++\naudience = \"internal\"\n",
        "---\naudience: internal\n# never closed\n",
    ];
    for front in cases {
        let place =
            book("# Home\n\nWords.\n", &format!("{front}\n# Other\n\nIt is about the move to the other building.\n"));
        at(&place.path, &["build", "--audience", "public"]);
        assert!(!place.at("public/other/page.html").exists(), "shown: {front}");
        assert!(!place.read("public/handbook.json").contains("Other"), "told of: {front}");
    }
}

#[test]
fn a_heading_that_nearly_says_internal_hides_what_stands_under_it() {
    let cases = [
        "{.internal}",
        "{.Internal}",
        "{.interal}",
        "{.internals}",
        "{.x .internla}",
        "{internal}",
        "{.internal",
        "{#a .internal}",
    ];
    for class in cases {
        for level in ["##", "###"] {
            let text = format!(
                "# Other\n\nWords.\n\n## A\n\nMore.\n\n{level} Notes {class}\n\nThe move is on Monday.\n\n#### Deeper\n\nIt is far.\n\n## B\n\nShown again.\n"
            );
            let place = book("# Home\n\nWords.\n", &text);
            at(&place.path, &["build", "--audience", "public"]).ends(0, &["left out for the public: 1 page in part"]);
            let page = place.read("public/other/page.html");
            assert!(page.contains("Shown again.") && page.contains("More."), "{level} {class}");
            assert!(!page.contains("Notes") && !page.contains("Monday") && !page.contains("far"), "{level} {class}");
        }
    }
}

#[test]
fn a_title_that_is_internal_makes_an_internal_page() {
    let place = book("# Home\n\nWords.\n", "# Other {.internal}\n\nWords.\n");
    at(&place.path, &["build", "--audience", "public"]).ends(0, &["left out for the public: 1 page;"]);
    assert!(!place.at("public/other").exists());
}

#[test]
fn files_that_no_public_page_names_stay() {
    let place =
        book("# Home\n\n![Shown](shown.svg)\n", "+++\nstatus = \"draft\"\n+++\n# Other\n\n![Held](../held.svg)\n");
    for name in ["shown", "held", "unused"] {
        place.write(&format!("content/{name}.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    }
    at(&place.path, &["build", "--audience", "public"]).ends(0, &[]);
    assert!(place.at("public/shown.svg").exists());
    assert!(!place.at("public/held.svg").exists() && !place.at("public/unused.svg").exists());
}

#[test]
fn a_leak_keeps_the_old_site() {
    let place = book("# Home\n\nFirst words.\n", "+++\naudience = \"internal\"\n+++\n# Other plans\n\nWords.\n");
    at(&place.path, &["build", "--audience", "public"]).ends(0, &[]);
    place.write("content/index.md", "# Home\n\nSecond words.\n");
    place.write("static/plans.txt", "See other plans.\n");
    at(&place.path, &["build", "--audience", "public"])
        .ends(1, &["error[internal-leak]: `plans.txt` holds", "the last site is as it was"]);
    assert!(place.read("public/index.html").contains("First words"));
    let check = at(&place.path, &["check", "--audience", "public"]);
    assert!(check.ends(1, &[]).out.contains("error[internal-leak]"));
    at(&place.path, &["build", "--audience", "internal"]).ends(0, &[]);
}

#[test]
fn a_link_to_what_only_internal_pages_make_is_its_words() {
    let place = book(
        "# Home\n\nSee [the folder](other/), [the tag](/tags/secret.html) and [[Other page|that page]].\n",
        "+++\ntitle = \"Other page\"\naudience = \"internal\"\ntags = [\"secret\"]\n+++\nWords.\n",
    );
    at(&place.path, &["build", "--audience", "public"]).ends(0, &[]);
    assert!(place.read("public/index.html").contains("See the folder, the tag and that page."));
}

#[test]
fn two_pages_of_one_address_are_told_even_if_one_is_internal() {
    let place = book("# Home\n\nWords.\n", "+++\naudience = \"internal\"\n+++\n# Other\n\nWords.\n");
    place.write("content/other/PAGE.md", "# Also\n\nWords.\n\n## Kept {.internal}\n\nA secret.\n");
    at(&place.path, &["build", "--audience", "public"]).ends(1, &["error[address-clash]"]);
    assert!(!place.at("public").exists());
}

#[test]
fn a_name_that_only_internal_pages_share_is_internal() {
    let place =
        book("# Home\n\nSee [[Other page]].\n", "+++\ntitle = \"Other page\"\naudience = \"internal\"\n+++\nWords.\n");
    place.write("content/more/page.md", "+++\ntitle = \"Other page\"\naudience = \"internal\"\n+++\nMore.\n");
    at(&place.path, &["build", "--audience", "public"]).ends(1, &["error[internal-link]: `Other page` is internal"]);
}
