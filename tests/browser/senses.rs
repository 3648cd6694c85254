//! Readers who enlarge, who cannot bear motion, and who choose the colours themselves.

use serde_json::json;

use super::{Browser, MOVED, handbook, hold, none};

#[test]
fn a_page_may_be_enlarged_to_twice_its_size() {
    let Some(mut browser) = Browser::open() else { return };
    // To zoom is to halve the window.
    browser.look(640, "light");
    hold(&mut browser, |browser| {
        let wide = browser.evaluate("document.documentElement.scrollWidth");
        if wide == json!(640) { Vec::new() } else { vec![format!("it is {wide} px wide")] }
    });
}

#[test]
fn nothing_moves_for_who_asked_for_that() {
    let Some(mut browser) = Browser::open() else { return };
    let still = json!({"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]});
    browser.call("Emulation.setEmulatedMedia", still);
    let moving = "[...document.querySelectorAll('*')].filter(e => {
        const style = getComputedStyle(e);
        return style.animationName !== 'none' || style.transitionDuration.split(', ').some(time => parseFloat(time) > 0)
            || style.scrollBehavior !== 'auto';
    }).map(e => e.outerHTML.slice(0, 80))";
    hold(&mut browser, |browser| browser.texts(moving));
}

#[test]
fn in_the_readers_own_colours_nothing_is_lost() {
    let Some(mut browser) = Browser::open() else { return };
    let own = json!({"features": [{"name": "forced-colors", "value": "active"}]});
    browser.call("Emulation.setEmulatedMedia", own);
    // What a background set apart has an edge; what was drawn by hand is the browser's own again.
    let lost = "[
        ...[...document.querySelectorAll('.escalate, .helpcard, .notquite, .callout')]
            .filter(e => e.offsetParent && parseFloat(getComputedStyle(e).borderInlineStartWidth) < 1),
        ...[...document.querySelectorAll('main [type=checkbox]:not(.vh)')].filter(e => getComputedStyle(e).appearance === 'none'),
    ].map(e => e.outerHTML.slice(0, 80))";
    hold(&mut browser, |browser| browser.texts(lost));
    browser.go(&handbook().served(MOVED.1));
    browser.press("Tab");
    let ring = browser.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2");
    none(&if ring == json!(true) { vec![] } else { vec!["the focus cannot be seen".to_owned()] });
}
