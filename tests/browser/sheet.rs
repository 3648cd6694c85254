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
