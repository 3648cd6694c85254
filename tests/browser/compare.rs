//! Two patterns side by side: the pages of pairs that are set apart, any other two on request, and the ways to them.

use serde_json::json;

use super::books::book;
use super::finder::small;
use super::support::many;
use super::{Browser, axe, faults, none};

/// A comparison that has a page.
const PAIR: &str = "compare/patterns.news.late-news--patterns.voice.nobody-speaks.html";

#[test]
fn the_pages_of_a_pair_lead_to_it_and_it_leads_back() {
    let Some(mut browser) = Browser::open() else { return };
    browser.scripts(false);
    browser.look(1280, "light");
    for page in ["patterns/news/late-news.html", "patterns/voice/nobody-speaks.html"] {
        browser.go(&small().served(page));
        let link =
            "[...document.querySelectorAll('.near .versus')].map(e => e.href).find(e => e.includes('nobody-speaks'))";
        assert_eq!(browser.evaluate(link), small().served(PAIR));
        browser.go(&small().served(PAIR));
        let back = browser.texts("[...document.querySelectorAll('.onward a')].map(e => e.href)");
        assert!(back.contains(&small().served(page)), "{back:?}");
    }
    // What both show stands first.
    let twins = "[...document.querySelectorAll('.signals .twin p')].map(e => e.innerText.trim())";
    assert_eq!(browser.texts(twins).len(), 2);
    let sides = "[...document.querySelectorAll('.signals .side')].map(e => `${e.querySelectorAll('li').length}`)";
    assert_eq!(browser.texts(sides), ["3", "9"]);
}

#[test]
fn any_two_patterns_are_compared_on_request_from_a_server_and_from_the_disk() {
    let Some(mut browser) = Browser::open() else { return };
    for (address, home) in
        [(small().served("compare.html"), &*small().server), (small().on_disk("compare.html"), "file:///")]
    {
        browser.look(1280, "light");
        browser.go(&address);
        for (field, words) in [("theme:a", "two truths"), ("theme:b", "NOBODY sp")] {
            browser.evaluate(&format!("document.getElementById('{field}').focus()"));
            browser.enter(words);
        }
        browser.press("Enter");
        browser.waits_for("document.querySelector('.drawn h2')");
        assert_eq!(browser.evaluate("document.querySelector('.drawn h2').textContent"), "Two truths or Nobody speaks?");
        assert_eq!(browser.evaluate("location.hash"), "#a=patterns.news.two-truths&b=patterns.voice.nobody-speaks");
        assert_eq!(browser.evaluate("document.querySelectorAll('.drawn .drivers .twin').length"), 1);
        none(&faults(&browser.events(), home));
        none(&axe(&mut browser));
    }
}

#[test]
fn an_address_in_either_form_leads_to_the_one_that_exists() {
    let Some(mut browser) = Browser::open() else { return };
    browser.look(1280, "light");
    // Of a pair that has a page, whichever is named first.
    browser.start_for(&small().served("compare.html#a=patterns.voice.nobody-speaks&b=patterns.news.late-news"));
    browser.arrives(&small().served(PAIR));
    // Of two that nobody set apart.
    browser.start_for(&small().served("compare/patterns.news.two-truths--patterns.voice.nobody-speaks.html"));
    browser.arrives(&small().served("compare.html#a=patterns.news.two-truths&b=patterns.voice.nobody-speaks"));
    browser.waits_for("document.querySelector('.drawn h2')");
}

#[test]
fn a_page_that_is_gone_is_named() {
    let Some(mut browser) = Browser::open() else { return };
    browser.look(1280, "light");
    browser.go(&small().served("compare.html#a=patterns.news.late-news&b=patterns.news.fax"));
    browser.waits_for("document.querySelector('.told').textContent.includes('patterns.news.fax')");
    browser.evaluate(
        "document.getElementById('theme:b').value = 'No such thing', document.querySelector('.choose button').click()",
    );
    browser.waits_for("document.querySelector('.told').textContent.includes('No such thing')");
    assert_eq!(browser.evaluate("document.activeElement.id"), "theme:b");
}

#[test]
fn more_than_a_thousand_pairs_are_drawn_by_a_script() {
    let Some(mut browser) = Browser::open() else { return };
    let book = book("paired", many::handbook(1100, 4).path(), &["compare.html"]);
    browser.look(1280, "light");
    browser.go(&book.served("patterns/area-1/pattern-333.html"));
    browser.evaluate("document.querySelector('.near .versus').click()");
    browser.arrives(&book.served("compare.html#a=patterns.area-1.pattern-333&b=patterns.area-1.pattern-341"));
    browser.waits_for("document.querySelector('.drawn .apart')");
    assert_eq!(browser.evaluate("document.querySelector('.drawn h2').textContent"), "Pattern 333 or Pattern 341?");
    assert_eq!(browser.evaluate("document.querySelectorAll('.pairlist').length"), 0);
    none(&axe(&mut browser));
}

#[test]
fn a_comparison_has_two_columns_on_paper_and_one_on_a_phone() {
    let Some(mut browser) = Browser::open() else { return };
    let beside = "(() => {
        const [one, other] = [...document.querySelectorAll('.signals .side')].map(e => e.getBoundingClientRect());
        return one.right <= other.left;
    })()";
    let page = small().served(PAIR);
    browser.look(320, "light");
    browser.go(&page);
    assert_eq!(browser.evaluate(beside), false);
    assert_eq!(browser.evaluate("document.documentElement.scrollWidth"), 320);
    browser.call("Emulation.setEmulatedMedia", json!({"media": "print"}));
    browser.call(
        "Emulation.setDeviceMetricsOverride",
        json!({"width": 700, "height": 900, "deviceScaleFactor": 1, "mobile": false}),
    );
    assert_eq!(browser.evaluate(beside), true);
}

#[test]
fn axe_finds_nothing_on_a_comparison() {
    let Some(mut browser) = Browser::open() else { return };
    for page in [small().served(PAIR), small().served("compare.html")] {
        browser.go(&page);
        none(&axe(&mut browser));
    }
}
