//! Cards of the pages behind links, and terms that are explained where they are used.

use serde_json::{Value, json};

use super::books::{Book, handbook};
use super::support::browser::Browser;
use super::{axe, faults, none};

/// A pattern with a link in its text.
const PATTERN: &str = "patterns/commitments/broken-promise.html";
const LINK: &str = ".near a";

/// A term where it is used first.
const TERM: &str = "a.term";

/// What the card says, or nothing.
const CARD: &str =
    "(e => e && !e.hidden ? e.querySelector('.title').textContent : '')(document.querySelector('.peek'))";

fn shows(browser: &mut Browser, selector: &str) {
    browser.waits_for("document.querySelector('.peek')?.hidden === false");
    let seen = "(({left, right, top, bottom}) => left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight)
        (document.querySelector('.peek').getBoundingClientRect())";
    browser.waits_for(seen);
    let told = format!(
        "document.querySelector('{selector}').getAttribute('aria-describedby') === document.querySelector('.peek').id"
    );
    assert_eq!(browser.evaluate(&told), true);
}

fn goes(browser: &mut Browser) {
    browser.waits_for(
        "document.querySelector('.peek').hidden && !document.querySelector('[aria-describedby=\"theme:peek\"]')",
    );
}

/// A page of the handbook on which a term is marked.
fn page_with_a_term(book: &Book) -> String {
    let marked = |page: &&&str| {
        let text = std::fs::read_to_string(book.folder.join(page)).unwrap();
        text.contains("class=\"term\"") && page.contains('/')
    };
    (*book.pages.iter().find(marked).unwrap()).to_owned()
}

#[test]
fn a_card_shows_by_pointing_and_by_focus_and_goes_with_escape() {
    let Some(mut browser) = Browser::open() else { return };
    let book = handbook();
    for (address, home) in [(book.served(PATTERN), &*book.server), (book.on_disk(PATTERN), "file:///")] {
        browser.look(1280, "light");
        browser.go(&address);
        browser.point(LINK);
        shows(&mut browser, LINK);
        assert_ne!(browser.evaluate(CARD), "");
        browser.press("Escape");
        goes(&mut browser);
        browser.point("h1");
        browser.point(LINK);
        shows(&mut browser, LINK);
        // It stays while it is pointed at itself.
        browser.point(".peek .title");
        browser.evaluate("new Promise(done => setTimeout(done, 600))");
        assert_ne!(browser.evaluate(CARD), "");
        browser.point("h1");
        goes(&mut browser);
        browser.evaluate(&format!("document.querySelector('{LINK}').focus({{focusVisible: true}})"));
        shows(&mut browser, LINK);
        browser.press("Tab");
        browser.waits_for(&format!("!document.querySelector('{LINK}').hasAttribute('aria-describedby')"));
        let events = browser.events();
        none(&faults(&events, home));
        let asked = |event: &&Value| {
            let url = event["params"]["request"]["url"].as_str().unwrap_or("");
            event["method"] == "Network.requestWillBeSent" && (url.contains("cards") || url.ends_with(".html"))
        };
        assert_eq!(events.iter().filter(asked).count(), 2, "the page, and one file of cards");
    }
}

#[test]
fn a_term_is_a_link_that_a_finger_opens_as_a_card() {
    let Some(mut browser) = Browser::open() else { return };
    let page = page_with_a_term(handbook());
    browser.look(390, "light");
    browser.call("Emulation.setTouchEmulationEnabled", json!({"enabled": true}));
    browser.go(&handbook().served(&page));
    let term = browser.evaluate(&format!("document.querySelector('{TERM}').href"));
    assert!(term.as_str().is_some_and(|href| href.contains("/glossary/")), "{term}");
    browser.tap(TERM);
    shows(&mut browser, TERM);
    assert_eq!(browser.evaluate("document.querySelector('.peek a').href"), term);
    none(&axe(&mut browser));
    browser.tap("h1");
    goes(&mut browser);
    // Another link is followed at once.
    assert_eq!(browser.evaluate("location.href"), json!(handbook().served(&page)));
    browser.tap(TERM);
    shows(&mut browser, TERM);
    browser.tap(".peek a");
    browser.arrives(term.as_str().unwrap());
}

#[test]
fn a_menu_has_no_cards() {
    let Some(mut browser) = Browser::open() else { return };
    browser.look(1280, "light");
    browser.go(&handbook().served(PATTERN));
    browser.point(".crumbs a");
    browser.evaluate("new Promise(done => setTimeout(done, 600))");
    assert_eq!(browser.evaluate(CARD), "");
}
