//! What a page does for who reads it: ticks that are kept, and where on the page the reader is.

use serde_json::json;

use super::books::handbook;
use super::support::browser::Browser;

/// Two patterns that have steps.
const PATTERNS: [&str; 2] = ["patterns/commitments/broken-promise.html", "patterns/meetings/going-quiet.html"];

/// The numbers of the steps that are ticked.
const TICKED: &str = "[...document.querySelectorAll('.steps input')].flatMap((box, at) => box.checked ? [at] : [])";

/// What is seen of the line below the steps.
const TALLY: &str = "document.querySelector('.tally').innerText";

#[test]
fn ticks_are_kept_in_the_browser_for_their_page_alone() {
    let Some(mut browser) = Browser::open() else { return };
    let book = handbook();
    for address in [book.served(PATTERNS[0]), book.on_disk(PATTERNS[0])] {
        browser.go(&address);
        browser.evaluate("document.querySelectorAll('.steps input')[1].focus()");
        browser.press("Space");
        browser.go(&address);
        assert_eq!(browser.evaluate(TICKED), json!([1]), "{address}");
        let told = browser.evaluate(TALLY);
        assert!(told.as_str().is_some_and(|told| told.contains("Kept in this browser only")), "{told}");
        browser.go(&address.replace(PATTERNS[0], PATTERNS[1]));
        assert_eq!(browser.evaluate(TICKED), json!([]), "another page");
        browser.go(&address);
        browser.evaluate("document.querySelector('.tally .clear').focus()");
        browser.press("Enter");
        assert_eq!(browser.evaluate(TICKED), json!([]));
        browser.go(&address);
        assert_eq!(browser.evaluate(TICKED), json!([]), "after they were cleared");
    }
}

#[test]
fn a_browser_that_keeps_nothing_says_so() {
    let Some(mut browser) = Browser::open() else { return };
    let refuse = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})";
    browser.call("Page.addScriptToEvaluateOnNewDocument", json!({"source": refuse}));
    browser.go(&handbook().served(PATTERNS[0]));
    let told = browser.evaluate(TALLY);
    assert!(
        told.as_str().is_some_and(|told| told.starts_with("Ticks are not kept.") && !told.contains("Clear")),
        "{told}"
    );
    browser.evaluate("document.querySelector('.steps input').focus()");
    browser.press("Space");
    assert_eq!(browser.evaluate(TICKED), json!([0]));
    assert_eq!(super::faults(&browser.events(), &handbook().server), [""; 0]);
}

#[test]
fn the_list_of_sections_shows_the_one_that_is_read() {
    let Some(mut browser) = Browser::open() else { return };
    browser.look(1440, "light");
    browser.go(&handbook().served(PATTERNS[0]));
    for section in ["worse", "helps", "signals"] {
        browser.evaluate(&format!("document.getElementById('{section}').scrollIntoView({{behavior: 'instant'}})"));
        browser.waits_for(&format!("document.querySelector('.toc [aria-current]')?.hash === '#{section}'"));
        assert_eq!(browser.evaluate("document.querySelectorAll('.toc [aria-current]').length"), 1);
    }
}

#[test]
fn without_scripts_nothing_is_offered_that_needs_one() {
    let Some(mut browser) = Browser::open() else { return };
    browser.scripts(false);
    for page in [PATTERNS[0], "index.html", "search.html", "404.html"] {
        browser.go(&handbook().served(page));
        let dead = "[...document.querySelectorAll('button, kbd, .keys, .results.missing, input[type=search]')]
            .filter(e => e.offsetParent).map(e => e.outerHTML.slice(0, 80))";
        assert_eq!(browser.texts(dead), [""; 0], "{page}");
        let find = browser.evaluate("document.querySelector('.find').href");
        assert_eq!(find, json!(handbook().served("signals.html")), "{page}");
    }
    browser.go(&handbook().served("search.html"));
    let ways = browser.texts("[...document.querySelectorAll('main a')].map(a => a.href)");
    assert_eq!(ways[..2], ["signals.html", "glossary.html"].map(|page| handbook().served(page)));
}
