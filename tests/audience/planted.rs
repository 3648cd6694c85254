//! Twenty leaks: what stands in internal sources alone gets into files of an output, in the ways in which it does.

use mendbook::route::Route;
use mendbook::site::Site;

use crate::{audiences, support};

/// What gets out and how, into which file, and what stands there then.
const LEAKS: [(&str, &str, &str); 20] = [
    ("a title, in the search index", "assets/search/0.js", r#"search(0,[["Pay bands and raises",3]])"#),
    ("a title, in other case and with soft hyphens", "tags/silence.html", "<li>SEVE&shy;RANCE ter\u{ad}ms</li>"),
    ("a title, parted by tags", "print.html", "<a href=\"x.html\">Hiring <em>free</em>ze <b>of</b> the spring</a>"),
    ("a title, in a feed", "feed.xml", "<entry><title>Severance&#32;&#x74;erms</title></entry>"),
    ("an alias, escaped for a script", "map.js", r#"map(["\u0054he ladder \x6ff\u0020grades"])"#),
    ("an alias, in an attribute", "index.html", "<img alt=\"The ladder of grades, by year\">"),
    ("an id, in data", "graph.json", r#"{"nodes":[{"id":"people\/pay-bands"}]}"#),
    ("an id, as a comparison is called", "compare/glossary.severance--patterns.x.html", "<h1>Which of the two?</h1>"),
    ("an address, in the map for crawlers", "sitemap.xml", "<loc>https://a.example/people/hiring-freeze.html</loc>"),
    ("an old address, as the path of a file", "hr/pay-ladder.html", "<!doctype html>"),
    ("the path of a picture", "files/pay-bands.svg", "<svg/>"),
    (
        "a sentence, in a backlink",
        "glossary/promise.html",
        "<q>whatever anyone was <b>told</b> in March. See Late bad</q>",
    ),
    (
        "a sentence, in data",
        "handbook/1.json",
        r#"{"text":"Nobody on the steering group had read the weekly \u0072eport"}"#,
    ),
    ("a sentence, in a comment", "help.html", "<!-- Two promises broken in a row are entered in the record -->"),
    (
        "a sentence, in Markdown",
        "people/index.md",
        "What the people desk **keeps** for itself and shows to\n> nobody at all",
    ),
    (
        "a sentence of a draft, in a description",
        "guides/index.html",
        "<meta content=\"those who go have been told what they need to know\">",
    ),
    ("a contact's name, in a drawing", "map.svg", "<svg><text>Rosalind</text><text>Achterberg</text></svg>"),
    (
        "a contact's name, in the notes of a picture",
        "photo.jpg",
        "\u{ff}\u{0}\u{1}Exif\u{0}by Rosalind Achterberg\u{0}\u{d9}",
    ),
    (
        "how to reach a contact, in an address",
        "help.html",
        "<a href=\"mailto:rosalind.achterberg%40corp.example\">write</a>",
    ),
    ("how to reach a contact, as text", "llms.txt", "Room 4.21,\u{a0}third door"),
];

/// The file with the leak in it. Those of 256 characters are written as bytes.
fn with_leak(site: &Site, (path, text): (&str, &str)) -> Vec<u8> {
    let route = Route::made(path);
    let mut bytes = if site.outputs.contains_key(&route) { support::bytes(site, &route) } else { Vec::new() };
    if path.ends_with(".jpg") {
        bytes.extend(text.chars().map(|c| u8::try_from(c).unwrap()));
    } else {
        bytes.extend_from_slice(text.as_bytes());
    }
    bytes
}

#[test]
fn every_one_of_twenty_leaks_is_found() {
    let site = audiences();
    let secrets = site.secrets().unwrap();
    let is_missed =
        |(_, path, text): &&(&str, &str, &str)| secrets.look(path, &with_leak(&site, (path, text))).is_empty();
    let missed: Vec<&str> = LEAKS.iter().filter(is_missed).map(|(what, ..)| *what).collect();
    assert_eq!((LEAKS.len() - missed.len(), missed), (20, Vec::new()));
}

#[test]
fn nothing_is_found_before_it_is_planted() {
    let site = audiences();
    let secrets = site.secrets().unwrap();
    for route in site.outputs.keys() {
        assert_eq!(secrets.look(route.path(), &support::bytes(&site, route)), [], "{}", route.path());
    }
}
