//! What a reader is told without leaving the page: terms where they are used first, and the cards of linked pages.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use mendbook::route::Route;
use mendbook::site::Site;
use serde_json::Value;
use support::many;

/// A handbook of these files.
fn site(files: &[(&str, &str)]) -> Site {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    support::read(folder.path(), None, Vec::new())
}

/// The words that are marked on a page, each with the page it leads to.
fn marks(site: &Site, address: &str) -> Vec<(String, String)> {
    let page = support::text(site, address);
    let mark = |part: &str| {
        let (href, rest) = part.split_once("\">")?;
        Some((rest.split_once("</a>")?.0.to_owned(), href.rsplit('/').next()?.to_owned()))
    };
    page.split("<a class=\"term\" href=\"").skip(1).filter_map(mark).collect()
}

fn pair(word: &str, page: &str) -> (String, String) {
    (word.to_owned(), page.to_owned())
}

const TRUST: (&str, &str) = (
    "content/glossary/trust.md",
    "+++\ntitle = \"Trust\"\naliases = [\"Confidence\"]\n+++\n\nReliance. See also what stands under breach.\n",
);
const BREACH: (&str, &str) = ("content/glossary/breach.md", "# Breach\n\nTrust that broke. A breach of trust.\n");

#[test]
fn the_first_use_in_the_order_of_the_page_is_marked() {
    let page = "# Late\n\nThe lead speaks of confidence and a breach.\n\n## Signals\n\n- Nobody shows TRUST.\n\n\
                ## What helps\n\n1. **Trust:** Mend breaches.\n";
    let site = site(&[TRUST, BREACH, ("content/patterns/late.md", page)]);
    // Signals stand before the lead, and labels are no running text.
    let expected = [pair("TRUST", "trust.html"), pair("breach", "breach.html")];
    assert_eq!(marks(&site, "patterns/late.html"), expected);
}

#[test]
fn a_term_is_not_marked_on_its_own_page_nor_where_it_is_linked() {
    let page = "# Note\n\nOf [[Trust]], trust and confidence.\n\n## Sources\n\n- A book on breach.\n";
    let site = site(&[TRUST, BREACH, ("content/guides/note.md", page)]);
    assert_eq!(marks(&site, "guides/note.html"), []);
    assert_eq!(marks(&site, "glossary/trust.html"), [pair("breach", "breach.html")]);
    assert_eq!(marks(&site, "glossary/breach.html"), [pair("Trust", "trust.html")]);
}

#[test]
fn plurals_are_those_of_english() {
    let page = ("content/guides/note.md", "# Note\n\nTwo breaches.\n");
    assert_eq!(marks(&site(&[BREACH, page]), "guides/note.html"), [pair("breaches", "breach.html")]);
    let german = site(&[BREACH, page, ("site.toml", "language = \"de\"\n")]);
    assert_eq!(marks(&german, "guides/note.html"), []);
}

#[test]
fn a_name_that_two_terms_share_is_neithers_and_a_title_is_before_an_alias() {
    let page = ("content/guides/note.md", "# Note\n\nReliance, hope.\n");
    let other = |aliases: &str| format!("+++\ntitle = \"Hope\"\naliases = [{aliases}]\n+++\n\nIt.\n");
    let one = ("content/glossary/one.md", "+++\ntitle = \"One\"\naliases = [\"Reliance\", \"Hope\"]\n+++\n\nIt.\n");
    let hope = other("\"Reliance\"");
    let site = site(&[one, ("content/glossary/hope.md", &hope), page]);
    assert_eq!(marks(&site, "guides/note.html"), [pair("hope", "hope.html")]);
}

#[test]
fn marks_are_no_links_and_a_page_depends_on_the_terms_that_it_uses() {
    let note = ("content/guides/note.md", "# Note\n\nOf trust.\n");
    let quiet = ("content/guides/quiet.md", "# Quiet\n\nOf nothing.\n");
    let before = site(&[note, quiet, BREACH]);
    let after = site(&[note, quiet, BREACH, TRUST]);
    let view = |site: &Site, page: &str| site.view(&Route::made(page)).unwrap().1.page.unwrap().sections;
    assert_eq!(view(&before, "guides/quiet.html"), view(&after, "guides/quiet.html"));
    assert_ne!(view(&before, "guides/note.html"), view(&after, "guides/note.html"));
    let trust = after.view(&Route::made("glossary/trust.html")).unwrap().1.page.unwrap();
    assert_eq!(trust.backlinks, []);
    assert!(after.graph.targets.iter().all(Vec::is_empty), "{:?}", after.graph.targets);
}

/// What a file of data gives, by its name.
fn given(site: &Site, address: &str) -> (String, Value) {
    let text = support::text(site, address);
    let inside = text.strip_prefix("mendbook.give(").and_then(|rest| rest.strip_suffix(");\n")).unwrap();
    serde_json::from_str(&format!("[{inside}]")).unwrap()
}

#[test]
fn every_page_with_a_summary_has_a_card() {
    let site = site(&[TRUST, ("content/guides/a b.md", "+++\nstatus = \"retired\"\n+++\n# A & B\n\nOf <two>.\n")]);
    let (name, cards) = given(&site, "assets/cards.js");
    assert_eq!(name, "cards");
    let expected = serde_json::json!({
        "glossary/trust.html": ["Trust", "Reliance. See also what stands under breach.", "Glossary", ""],
        "guides/a-b.html": ["A & B", "Of <two>.", "Guides", "Retired"],
    });
    assert_eq!(cards, expected);
}

#[test]
fn the_cards_of_a_large_handbook_lie_in_parts_of_one_size() {
    let folder = many::handbook(700, 3);
    let site = support::read(folder.path(), None, Vec::new());
    let (_, firsts) = given(&site, "assets/cards.js");
    let firsts: Vec<&str> = firsts.as_array().unwrap().iter().map(|first| first.as_str().unwrap()).collect();
    assert_eq!(firsts.len(), 3);
    let mut all = 0;
    for (part, first) in firsts.iter().enumerate() {
        let (name, cards) = given(&site, &format!("assets/cards/{part}.js"));
        assert_eq!(name, format!("cards/{part}"));
        let cards = cards.as_object().unwrap();
        assert!(cards.keys().all(|page| page.as_str() >= *first), "{first}");
        assert!(firsts.get(part + 1).is_none_or(|next| cards.keys().all(|page| page.as_str() < *next)), "{first}");
        all += cards.len();
    }
    assert_eq!(all, 700);
}
