//! Search as a reader meets it: the sheet over every page, the page of results, and a page that is not there.

use super::books::handbook;
use super::support::browser::Browser;
use super::{axe, faults, none};

/// A pattern.
const PATTERN: &str = "patterns/commitments/broken-promise.html";

/// The name of the dialog that is open.
const OPEN: &str = "document.querySelector('dialog[open]')?.getAttribute('aria-label') ?? ''";

#[test]
fn keys_open_and_close_what_lies_over_the_page() {
    let Some(mut browser) = Browser::open() else { return };
    browser.go(&handbook().served(PATTERN));
    browser.evaluate("document.querySelector('.steps input').focus()");
    for (key, name) in [("/", "Search the handbook"), ("Control+k", "Search the handbook"), ("?", "Keys")] {
        browser.press(key);
        browser.waits_for(&format!("({OPEN}) === '{name}'"));
        browser.press("Escape");
        browser.waits_for(&format!("({OPEN}) === ''"));
        let back = browser.evaluate("document.activeElement.matches('.steps input')");
        assert_eq!(back, true, "after {key} the focus is elsewhere");
    }
    none(&faults(&browser.events(), &handbook().server));
}

#[test]
fn keys_of_one_letter_can_be_switched_off_for_good() {
    let Some(mut browser) = Browser::open() else { return };
    browser.go(&handbook().served(PATTERN));
    browser.evaluate("document.querySelector('.keys input').focus()");
    browser.press("Space");
    browser.go(&handbook().served("glossary.html"));
    assert_eq!(browser.evaluate("document.querySelector('.find kbd').checkVisibility()"), false);
    browser.press("?");
    browser.press("/");
    browser.press("Control+k");
    browser.waits_for(&format!("({OPEN}) === 'Search the handbook'"));
    assert_eq!(browser.evaluate("document.querySelectorAll('dialog').length"), 1);
    browser.evaluate("localStorage.clear()");
}

#[test]
fn a_key_that_is_typed_into_a_box_is_a_letter() {
    let Some(mut browser) = Browser::open() else { return };
    browser.go(&handbook().served("search.html"));
    browser.waits_for("document.querySelector('.results input')?.focus() === undefined");
    browser.press("/");
    browser.press("?");
    assert_eq!(browser.evaluate("document.activeElement.value"), "/?");
    assert_eq!(browser.evaluate(OPEN), "");
}

#[test]
fn axe_finds_nothing_on_the_list_of_keys() {
    let Some(mut browser) = Browser::open() else { return };
    browser.go(&handbook().served(PATTERN));
    browser.press("?");
    browser.waits_for(&format!("({OPEN}) === 'Keys'"));
    none(&axe(&mut browser));
}

/// What the open sheet or the page of results shows first.
const FIRST: &str = "document.querySelector('.hit > a')?.textContent ?? ''";

#[test]
fn results_come_as_they_are_typed_and_are_reached_with_the_keyboard() {
    let Some(mut browser) = Browser::open() else { return };
    let book = handbook();
    for (address, home) in [(book.served(PATTERN), &*book.server), (book.on_disk(PATTERN), "file:///")] {
        browser.go(&address);
        browser.press("/");
        browser.waits_for(&format!("({OPEN}) !== ''"));
        browser.enter("bad news late");
        browser.waits_for(&format!("({FIRST}) === 'Bad news that arrives late'"));
        let said = browser.evaluate("document.querySelector('.sheet [role=status]').textContent");
        assert!(said.as_str().is_some_and(|said| said.contains("page")), "{said}");
        let marks =
            browser.texts("[...document.querySelectorAll('.hit > a mark')].map(e => e.textContent.toLowerCase())");
        assert!(marks.contains(&"bad".to_owned()) && marks.contains(&"late".to_owned()), "{marks:?}");
        let unlabelled =
            "[...document.querySelectorAll('.hit li a')].filter(a => !a.querySelector('.type').textContent)
            .map(a => a.href)";
        none(&browser.texts(unlabelled));
        for step in 0..2 {
            browser.press("ArrowDown");
            let at = "[...document.querySelectorAll('.hit a')].indexOf(document.activeElement)";
            assert_eq!(browser.evaluate(at), step);
        }
        browser.press("x");
        assert_eq!(browser.evaluate("document.activeElement.value"), "bad news latex");
        let named = browser.evaluate("document.querySelectorAll('dialog [name]').length");
        assert_eq!(named, 0, "a browser may send or keep what has a name");
        browser.evaluate("document.activeElement.value = ''");
        browser.enter("bad news late");
        browser.waits_for(&format!("({FIRST}) === 'Bad news that arrives late'"));
        let events = browser.events();
        none(&faults(&events, home));
        let told = events
            .iter()
            .any(|event| event["params"]["request"]["url"].as_str().is_some_and(|url| url.contains("news")));
        assert!(!told, "what was typed was asked for");
        browser.press("Enter");
        browser.arrives(&address.replace("broken-promise", "late-bad-news"));
    }
}

#[test]
fn axe_finds_nothing_on_the_open_sheet() {
    let Some(mut browser) = Browser::open() else { return };
    browser.go(&handbook().served(PATTERN));
    browser.press("/");
    browser.waits_for(&format!("({OPEN}) !== ''"));
    browser.enter("trust");
    browser.waits_for(&format!("({FIRST}) !== '' && document.querySelector('.narrow select')"));
    none(&axe(&mut browser));
    browser.look(320, "light");
    assert_eq!(browser.evaluate("document.querySelector('.sheet').scrollWidth <= 320"), true);
}

#[test]
fn a_page_of_results_works_from_its_address() {
    let Some(mut browser) = Browser::open() else { return };
    let book = handbook();
    for (address, home) in [(book.served("search.html"), &*book.server), (book.on_disk("search.html"), "file:///")] {
        browser.go(&format!("{address}#q=trust&kind=term"));
        browser.waits_for(&format!("({FIRST}) === 'Trust'"));
        let others =
            "[...document.querySelectorAll('.hit > a')].map(a => a.href).filter(href => !href.includes('/glossary/'))";
        none(&browser.texts(others));
        assert_eq!(browser.evaluate("document.querySelector('.results input').value"), "trust");
        // What is typed stands in the address, so that it can be sent to somebody.
        browser.evaluate("document.querySelector('.results input').select()");
        browser.enter("face");
        browser.waits_for(&format!("({FIRST}) === 'Face'"));
        assert_eq!(browser.evaluate("location.hash"), "#q=face&kind=term");
        browser.evaluate("location.hash = '#q=broken promise'");
        browser.waits_for(&format!("({FIRST}) === 'A broken promise'"));
        none(&axe(&mut browser));
        none(&faults(&browser.events(), home));
    }
}

#[test]
fn an_address_that_leads_nowhere_is_searched_for() {
    let Some(mut browser) = Browser::open() else { return };
    for page in ["broken-promise.html", "patterns/old/a-broken-promis.html", "a/b/c/Broken_promise/"] {
        browser.go(&handbook().served(page));
        browser.waits_for(&format!("({FIRST}) === 'A broken promise'"));
        assert_eq!(
            browser.evaluate("document.querySelector('.hit > a').href"),
            handbook().served(PATTERN).as_str(),
            "{page}"
        );
    }
    none(&axe(&mut browser));
}
