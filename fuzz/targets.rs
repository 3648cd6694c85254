//! What is fuzzed: each target takes any text, and must neither panic nor make a place outside its source.
//!
//! `fuzz/run TARGET` gives them to libFuzzer, `tests/fuzzed.rs` runs some thousands of mutations of `fuzz/seeds/`.

use std::sync::{Arc, OnceLock};

use mendbook::config::{self, Config};
use mendbook::diag::{Diagnostic, text};
use mendbook::discover::{Files, PageFile};
use mendbook::kinds::Kinds;
use mendbook::parse::{self, Draft, Reading};
use mendbook::route::{Route, decode};
use mendbook::site::{Options, Site};
use mendbook::source::Source;

/// A target and its name.
pub type Target = (&'static str, fn(&str));

/// Every target.
pub const TARGETS: [Target; 6] = [
    ("front_matter", front_matter),
    ("page", page),
    ("site_toml", site_toml),
    ("relations", relations),
    ("slug", slug),
    ("links", links),
];

/// Front matter in both languages.
pub fn front_matter(text: &str) {
    for fence in ["+++", "---"] {
        draft(&format!("{fence}\n{text}\n{fence}\nText.\n"));
    }
}

/// A whole page.
pub fn page(text: &str) {
    let draft = draft(text);
    for link in 0..draft.links.len().min(50) {
        assert!(draft.context(u32::try_from(link).unwrap_or(0)).chars().count() <= 300);
    }
}

/// `site.toml` with its kinds.
pub fn site_toml(text: &str) {
    let source = Arc::new(Source::new("site.toml", text));
    let (config, mut findings) = config::read(Some(Arc::clone(&source)));
    findings.extend(Kinds::load(&config).1);
    sound(&findings, &source);
}

/// Every form that a section may have.
pub fn relations(text: &str) {
    for heading in ["Nearby patterns", "When to escalate", "What to say", "Drivers", "What helps", "Signals"] {
        draft(&format!("## {heading}\n\n- {text}\n"));
    }
}

/// Anchors and addresses.
pub fn slug(text: &str) {
    assert!(parse::item_slug(text).chars().count() <= 53);
    assert!(!parse::slug(text).contains(char::is_whitespace));
    let route = Route::page(text);
    let href = Route::page("a/b").href_to(&route, Some(text));
    assert!(href.is_ascii() && !href.contains(['"', '<', '>', ' ']), "{href}");
    let path = href.split('#').next().unwrap_or("");
    assert!(decode(path).ends_with(route.path().rsplit('/').next().unwrap_or("")), "{href}");
}

/// A handbook of three pages, from links to finished HTML.
pub fn links(text: &str) {
    let page = |id: &str, text: String| PageFile {
        id: id.to_owned(),
        source: Arc::new(Source::new(format!("content/{id}.md"), text)),
    };
    let pages = vec![
        page("a", text.to_owned()),
        page("b/c", format!("# C\n\n![[a]]\n\n[[a]] ![[c]]\n\n## D\n\n{text}\n")),
        page("patterns/e", format!("## Nearby patterns\n\n- [[a]] — {text}\n")),
    ];
    let options = Options { drafts: false, today: "2026-06-01".to_owned(), related: 0 };
    let site = Site::new(Files { pages, ..Files::default() }, (settings().0.clone(), Vec::new()), &options);
    assert_eq!(text::render(&site.findings, &site, false).is_empty(), site.findings.is_empty());
    for route in site.outputs.keys() {
        if let Some(Err(finding)) = site.render(route) {
            panic!("{finding:?}");
        }
    }
}

fn settings() -> &'static (Config, Reading) {
    static SETTINGS: OnceLock<(Config, Reading)> = OnceLock::new();
    SETTINGS.get_or_init(|| {
        let text = "base_url = \"https://example.org/\"\n[contacts.hr]\nname = \"HR\"\n";
        let (config, _) = config::read(Some(Arc::new(Source::new("site.toml", text))));
        let kinds = Kinds::load(&config).0;
        let reading = Reading::new(&config, kinds, &Arc::default());
        (config, reading)
    })
}

fn draft(text: &str) -> Draft {
    let source = Arc::new(Source::new("content/patterns/x.md", text));
    let draft = parse::draft(&source, "patterns/x", &settings().1);
    sound(&draft.findings, &source);
    draft
}

/// Every place lies in its source, between characters.
fn sound(findings: &[Diagnostic], source: &Source) {
    let edits = findings.iter().filter_map(|finding| finding.fix.as_ref()).flat_map(|fix| &fix.edits);
    let places = findings.iter().filter_map(|finding| finding.place.as_ref()).chain(edits.map(|edit| &edit.place));
    for place in places.filter(|place| *place.path == *source.path()) {
        assert!(source.text().get(place.span.range()).is_some(), "{place:?} is no place");
    }
}
