//! Author text can never run: every payload, in every place where an author may write, read as a browser reads it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use mendbook::site::{Output, Rendered, Site};
use scraper::ElementRef;
use support::html::Document;
use support::payloads;

/// The policy that stands behind everything else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; \
                      media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/// Elements that no page has, whoever writes it.
const REFUSED: [&str; 22] = [
    "iframe",
    "object",
    "embed",
    "applet",
    "frame",
    "frameset",
    "base",
    "style",
    "math",
    "foreignobject",
    "template",
    "animate",
    "set",
    "audio",
    "video",
    "source",
    "track",
    "portal",
    "marquee",
    "mglyph",
    "textarea",
    "image",
];

/// Attributes that hold an address.
const ADDRESSES: [&str; 8] = ["href", "src", "action", "cite", "data", "poster", "srcset", "data-target"];

/// A site of every payload.
fn site(html: &str) -> (tempfile::TempDir, Site) {
    let folder = tempfile::tempdir().unwrap();
    payloads::write(folder.path(), html);
    let site = support::read(folder.path(), None, Vec::new());
    (folder, site)
}

/// Every file that is made, by its address.
fn made(site: &Site) -> Vec<(String, Vec<u8>)> {
    let routes = site.outputs.iter().filter(|(_, output)| !matches!(output, Output::Theme(_)));
    let bytes = routes.filter_map(|(route, _)| match site.render(route)?.unwrap() {
        Rendered::Bytes(bytes) => Some((route.path().to_owned(), bytes)),
        Rendered::Copy(_) => None,
    });
    bytes.collect()
}

/// What could run on a page.
fn could_run(page: &Document) -> Vec<String> {
    page.all("*")
        .into_iter()
        .flat_map(|element| faults(&element))
        .map(|fault| format!("{}: {fault}", page.path))
        .collect()
}

fn faults(element: &ElementRef<'_>) -> Vec<String> {
    let name = element.value().name().to_ascii_lowercase();
    let mut faults = Vec::new();
    if REFUSED.contains(&name.as_str()) {
        faults.push(format!("an element `{name}`"));
    }
    let own = |address: Option<&str>| {
        address.is_some_and(|address| address.trim_start_matches("../").trim_start_matches('/').starts_with("assets/"))
    };
    if name == "script" && (!own(element.attr("src")) || !element.inner_html().trim().is_empty()) {
        faults.push(format!("a script: {}", element.html()));
    }
    if name == "link" && element.attr("rel") == Some("stylesheet") && !own(element.attr("href")) {
        faults.push(format!("a stylesheet: {}", element.html()));
    }
    if name == "meta" && element.attr("http-equiv").is_some_and(|meta| meta != "Content-Security-Policy") {
        faults.push(format!("an order to the browser: {}", element.html()));
    }
    for (key, value) in element.value().attrs() {
        let key = key.to_ascii_lowercase();
        let bare: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let scheme = bare.to_ascii_lowercase();
        let refused =
            ["javascript:", "vbscript:", "data:", "file:", "blob:"].iter().any(|kind| scheme.starts_with(kind));
        let handler =
            key.starts_with("on") || ["style", "srcdoc", "formaction", "xlink:href", "ping"].contains(&key.as_str());
        if handler || ADDRESSES.contains(&key.as_str()) && refused {
            faults.push(format!("`{key}` of `{name}`: {value}"));
        }
    }
    faults
}

#[test]
fn nothing_that_an_author_writes_can_run() {
    for html in ["safe", "text"] {
        let (_folder, site) = site(html);
        let mut wrong = Vec::new();
        let first = site.handbook.by_id("patterns/p0").and_then(|id| site.handbook.page(id)).unwrap();
        assert_eq!(first.title(), payloads::PAYLOADS[0]);
        assert_eq!(site.handbook.pages.len(), 2 * payloads::PAYLOADS.len() + 2 * payloads::NAMES.len());
        for (path, bytes) in made(&site) {
            if path.ends_with(".html") {
                wrong.extend(could_run(&Document::read(&path, &bytes)));
            }
        }
        assert!(wrong.is_empty(), "html = \"{html}\": {} faults\n{}", wrong.len(), wrong.join("\n"));
    }
}

#[test]
fn the_test_sees_what_could_run() {
    let page = |text: &str| Document::read("x.html", text.as_bytes());
    for text in [
        "<script>alert(1)</script>",
        "<b onclick=x>",
        "<a href=' java\nscript:x'>",
        "<svg><animate></svg>",
        "<iframe>",
        "<p style=x>",
        "<meta http-equiv=refresh>",
        "<link rel=stylesheet href=//example.org>",
    ] {
        assert!(!could_run(&page(text)).is_empty(), "{text}");
    }
    assert!(could_run(&page("<script src='../assets/a.js'></script><a href='x.html'>onclick</a>")).is_empty());
}

#[test]
fn the_policy_stands_first_on_every_page_whatever_is_allowed() {
    for html in ["safe", "allow"] {
        let (_folder, site) = site(html);
        for (path, bytes) in made(&site).into_iter().filter(|(path, _)| path.ends_with(".html")) {
            let page = Document::read(&path, &bytes);
            let head = page.all("head > *");
            let first = head.iter().position(|element| element.attr("http-equiv") == Some("Content-Security-Policy"));
            let first = first.unwrap_or_else(|| panic!("{path} has no policy"));
            assert_eq!(head[first].attr("content"), Some(POLICY), "{path}");
            let before = &head[..first];
            assert!(before.iter().all(|element| ["meta", "title"].contains(&element.value().name())), "{path}");
        }
    }
}

#[test]
fn data_is_inert_and_feeds_are_well_formed() {
    let (_folder, site) = site("safe");
    for (path, bytes) in made(&site) {
        let text = String::from_utf8(bytes).unwrap();
        if path.ends_with(".json") {
            serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{path}");
        }
        if path.ends_with(".xml") {
            roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
    }
}

#[test]
fn template_syntax_is_text() {
    let folder = tempfile::tempdir().unwrap();
    let text = "{{ 7 * 191 }} {% for a in [1] %}ran{% endfor %} {# gone #} {{ get_env(name=\"HOME\") }}";
    std::fs::create_dir(folder.path().join("content")).unwrap();
    let page =
        format!("+++\ntitle = '{text}'\nsummary = '{text}'\ntags = ['{text}']\n+++\n{text}\n\n## {text}\n\n`{text}`\n");
    std::fs::write(folder.path().join("content/x.md"), page).unwrap();
    let site = support::read(folder.path(), None, Vec::new());
    let page = Document::read("x.html", support::text(&site, "x.html").as_bytes());
    let shown: String = page.all("main")[0].text().collect();
    assert!(shown.matches(text).count() >= 4, "{shown}");
    assert!(!shown.contains("1337"));
}

#[test]
fn what_its_name_hides_never_leaves() {
    let folder = tempfile::tempdir().unwrap();
    let secret = "a-secret-that-stays";
    let hidden = [
        ".env",
        ".git/config",
        "a.md.swp",
        ".a.md.swp",
        "a.md~",
        "#a.md#",
        "_drafts/a.md",
        ".ssh/id",
        ".DS_Store",
        "Thumbs.db",
    ];
    for name in hidden {
        for top in ["content", "."] {
            let path = folder.path().join(top).join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, secret).unwrap();
        }
    }
    std::fs::write(folder.path().join("content/a.md"), "# A\n\n[x](.env) ![x](.git/config) [[_drafts/a]] ![[.env]]\n")
        .unwrap();
    let site = support::read(folder.path(), None, Vec::new());
    for (route, _) in site.outputs.iter().filter(|(route, _)| route.path() != ".nojekyll") {
        assert!(hidden.iter().all(|name| !route.path().ends_with(name)), "{}", route.path());
        assert!(!String::from_utf8_lossy(&support::bytes(&site, route)).contains(secret), "{}", route.path());
    }
    assert_eq!(site.skipped, hidden.len());
}
