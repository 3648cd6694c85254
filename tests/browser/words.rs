//! The interface in other languages: pages from right to left, and what scripts say.

use serde_json::json;

use super::books::book;
use super::none;
use super::support::browser::Browser;
use super::support::repository;

/// A page of each sort in the Arabic test site.
const ARABIC: [&str; 6] =
    ["index.html", "patterns/broken-promise.html", "signals.html", "map.html", "help.html", "compare.html"];

/// A page of the German test site.
const GERMAN: [&str; 1] = ["index.html"];

#[test]
fn pages_from_right_to_left_fit_a_small_phone() {
    let Some(mut browser) = Browser::open() else { return };
    let arabic = book("arabic", &repository("tests/sites/arabic"), &ARABIC);
    browser.look(320, "light");
    let mut wrong = Vec::new();
    for page in ARABIC {
        browser.go(&arabic.served(page));
        let seen = browser.evaluate(
            "(() => { const html = document.documentElement, moved = (scrollTo(-500, 0), scrollX); scrollTo(0, 0);
            return [html.dir, html.lang, html.scrollWidth, moved]; })()",
        );
        if seen != json!(["rtl", "ar", 320, 0]) {
            wrong.push(format!("{page}: {seen}"));
        }
    }
    none(&wrong);
}

#[test]
fn lists_and_drawings_begin_at_the_right() {
    let Some(mut browser) = Browser::open() else { return };
    let arabic = book("arabic", &repository("tests/sites/arabic"), &ARABIC);
    browser.look(1440, "light");
    browser.go(&arabic.served("patterns/broken-promise.html"));
    let sides = browser.evaluate(
        "(() => { const x = (selector) => document.querySelector(selector).getBoundingClientRect();
        return [x('.toc').left > x('.body').right, x('.margin').right < x('.body').left,
            x('.threads svg').left >= x('.threads li > a').right - 40, x('.steps input').left > x('.steps label span').right]; })()",
    );
    assert_eq!(sides, json!([true, true, true, true]));
}

#[test]
fn scripts_speak_the_handbooks_language() {
    let Some(mut browser) = Browser::open() else { return };
    let german = book("german", &repository("tests/sites/german"), &GERMAN);
    browser.go(&german.served("index.html"));
    browser.press("?");
    let there = "document.querySelector('.keylist h2') !== null";
    browser.waits_for(there);
    let said = browser.evaluate(
        "[document.querySelector('.keylist h2').textContent, document.querySelector('.keylist button').textContent]",
    );
    assert_eq!(said, json!(["Tasten", "Schließen"]));
    let counted = browser.evaluate("[0, 1, 2].map((n) => mendbook.words('sheet.js')('found', { n }))");
    assert_eq!(counted, json!(["0 Seiten.", "1 Seite.", "2 Seiten."]));
}
