//! The map in the browser: small and drawn, large and looked up, with and without scripts.

use serde_json::json;

use super::books::{Book, book, handbook};
use super::support::browser::Browser;
use super::support::many;
use super::{axe, faults, none};

/// Pages of a map that is too large to be drawn, and one of an area.
const LARGE: [&str; 2] = ["map.html", "map/patterns.area-1.html"];

/// A handbook of more pages than a drawing holds.
fn large(name: &str) -> Book {
    book(name, many::handbook(700, 4).path(), &LARGE)
}

/// What is seen of the map: the titles of the descriptions, how many arcs stand out, how many are hidden.
const SEEN: &str = "(() => {
    const shown = e => getComputedStyle(e).display !== 'none';
    const arcs = [...document.querySelectorAll('.arc')];
    return {
        titles: [...document.querySelectorAll('.detail article')].filter(shown).map(e => e.querySelector('h2').textContent),
        lit: arcs.filter(e => getComputedStyle(e).strokeWidth === '2.25px').length,
        gone: arcs.filter(e => !shown(e)).length,
    };
})()";

#[test]
fn a_pages_threads_are_followed_with_the_keyboard_and_without_scripts() {
    let Some(mut browser) = Browser::open() else { return };
    browser.look(1440, "light");
    browser.scripts(false);
    browser.go(&handbook().served("map.html"));
    let first = browser.evaluate(SEEN);
    assert_eq!(first["titles"].as_array().map(Vec::len), Some(1), "{first}");
    assert_ne!(first["lit"], 0, "{first}");
    let row = "document.activeElement.matches('.maplist li > a')";
    let reached = (0..40).any(|_| {
        browser.press("Tab");
        browser.evaluate(row) == true
    });
    assert!(reached, "no row of the list was reached");
    browser.press("Tab");
    let name = browser.evaluate("document.activeElement.querySelector('span').textContent");
    let count = browser.evaluate("parseInt(document.activeElement.querySelector('.deg').textContent)");
    let seen = browser.evaluate(SEEN);
    assert_eq!(seen["titles"], json!([name]));
    assert_eq!(seen["lit"], count, "{name} has {count} threads: {seen}");
}

#[test]
fn a_kind_of_thread_can_be_hidden_without_scripts() {
    let Some(mut browser) = Browser::open() else { return };
    browser.scripts(false);
    browser.go(&handbook().served("map.html"));
    browser.evaluate("document.querySelector('.show-nearby').focus()");
    browser.press("Space");
    let nearby = browser.evaluate("document.querySelectorAll('.arc.tie-nearby').length");
    assert_eq!(browser.evaluate(SEEN)["gone"], nearby);
}

#[test]
fn on_paper_the_map_is_a_list() {
    let Some(mut browser) = Browser::open() else { return };
    browser.go(&handbook().served("map.html"));
    browser.call("Emulation.setEmulatedMedia", json!({"media": "print"}));
    let rows = browser.evaluate("document.querySelectorAll('.maplist li').length");
    let seen = browser.evaluate(SEEN);
    assert_eq!(seen["titles"].as_array().map(|titles| json!(titles.len())), Some(rows));
    let drawn = "[...document.querySelectorAll('.maplist, .sky')].filter(e => e.offsetParent).length";
    assert_eq!(browser.evaluate(drawn), 0);
}

#[test]
fn no_name_on_the_constellation_lies_on_another() {
    let Some(mut browser) = Browser::open() else { return };
    let book = book("placed", many::handbook(300, 6).path(), &["map.html"]);
    let names = "(() => {
        const shown = [...document.querySelectorAll('.sky text')].filter(e => getComputedStyle(e).display !== 'none');
        const boxes = shown.map(e => [e.textContent, e.getBoundingClientRect()]);
        return boxes.flatMap(([one, a], index) => boxes.slice(0, index).filter(([, b]) =>
            a.left < b.right && b.left < a.right && a.top + 1 < b.bottom && b.top + 1 < a.bottom
        ).map(([other]) => `${one} lies on ${other}`)).concat(shown.length < 6 ? ['the areas have no names'] : []);
    })()";
    let mut counts = Vec::new();
    browser.go(&book.served("map.html"));
    for look in ["z0", "z1", "z2"] {
        browser.evaluate(&format!("document.querySelector('.{look}').click()"));
        none(&browser.texts(names));
        let shown = "[...document.querySelectorAll('.sky text')].filter(e => e.getBoundingClientRect().width).length";
        counts.push(browser.evaluate(shown).as_u64().unwrap());
    }
    assert!(counts.windows(2).all(|two| two[0] < two[1]), "a nearer look shows no more names: {counts:?}");
}

#[test]
fn a_page_of_a_large_map_is_found_by_typing_from_a_server_and_from_the_disk() {
    let Some(mut browser) = Browser::open() else { return };
    let book = large("typed");
    for (address, home) in [(book.served("map.html"), &*book.server), (book.on_disk("map.html"), "file:///")] {
        browser.look(1280, "light");
        browser.go(&address);
        browser.evaluate("document.getElementById('theme:find').focus()");
        browser.call("Input.insertText", json!({"text": "pattern 333"}));
        browser.waits_for("document.querySelector('.found button')?.textContent === 'Pattern 333Area 1'");
        browser.press("Enter");
        browser.waits_for("document.querySelector('.chosen h3 a')?.textContent === 'Pattern 333'");
        let differences =
            browser.texts("[...document.querySelectorAll('.chosen .tie-nearby p')].map(e => e.textContent)");
        assert_eq!(differences, ["On “Pattern 325”: Y 325.", "Y 333."]);
        assert_eq!(browser.evaluate("location.hash"), "#p=patterns/area-1/pattern-333.html");
        browser.evaluate("document.querySelector('.sky').scrollIntoView()");
        let drawn = "(() => {
            const canvas = document.querySelector('canvas');
            const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            return new Set(new Uint32Array(data.buffer)).size > 20;
        })()";
        browser.waits_for(drawn);
        none(&faults(&browser.events(), home));
    }
}

#[test]
fn a_large_map_is_whole_without_scripts_and_shows_nothing_that_does_not_work() {
    let Some(mut browser) = Browser::open() else { return };
    let book = large("unscripted");
    browser.scripts(false);
    browser.go(&book.served("map.html"));
    let dead = "[...document.querySelectorAll('.lookup, .sky')].filter(e => e.offsetParent).map(e => e.className)";
    none(&browser.texts(dead));
    let areas = browser.evaluate("document.querySelectorAll('main .split a').length");
    assert_eq!(areas, 4);
    browser.go(&book.served("map/patterns.area-1.html"));
    assert_eq!(browser.evaluate("document.querySelectorAll('.listed li a').length"), 175);
}

#[test]
fn axe_finds_nothing_on_a_large_map() {
    let Some(mut browser) = Browser::open() else { return };
    let book = large("judged");
    for page in book.pages {
        browser.go(&book.served(page));
        none(&axe(&mut browser));
    }
    let drawn = super::books::book("divided", many::handbook(120, 3).path(), &["map/patterns.area-1.html"]);
    browser.go(&drawn.served(drawn.pages[0]));
    none(&axe(&mut browser));
}
