//! The default theme as a reader meets it, in a real Chromium: every kind of page, from a web server and from the
//! disk, in the light and in the dark, on a desk and on a phone, with a keyboard, on paper, without scripts.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

#[path = "browser/books.rs"]
mod books;
#[path = "browser/compare.rs"]
mod compare;
#[path = "browser/finder.rs"]
mod finder;
#[path = "browser/map.rs"]
mod map;
#[path = "browser/paper.rs"]
mod paper;
#[path = "browser/payloads.rs"]
mod payloads;
#[path = "browser/peek.rs"]
mod peek;
#[path = "browser/preview.rs"]
mod preview;
#[path = "browser/search.rs"]
mod search;
#[path = "browser/senses.rs"]
mod senses;
#[path = "browser/sheet.rs"]
mod sheet;
#[path = "browser/steps.rs"]
mod steps;
#[path = "browser/weight.rs"]
mod weight;
#[path = "browser/words.rs"]
mod words;

use std::sync::OnceLock;

use books::{books, handbook};
use serde_json::{Value, json};
use support::browser::Browser;

/// An old address of a pattern, and the new one.
const MOVED: (&str, &str) = ("patterns/commitments/broken-promises.html", "patterns/commitments/broken-promise.html");

/// Two patterns side by side.
const PAIR: &str = "compare/patterns.commitments.broken-promise--patterns.commitments.late-bad-news.html";

/// Hold a rule for a page of each kind as the server gives it.
fn hold(browser: &mut Browser, rule: impl Fn(&mut Browser) -> Vec<String>) {
    let mut wrong = Vec::new();
    for book in books() {
        for page in book.pages {
            browser.go(&book.served(page));
            wrong.extend(rule(browser).into_iter().map(|what| format!("{page}: {what}")));
        }
    }
    none(&wrong);
}

/// There is nothing wrong.
fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

/// What went wrong while a page was loaded: errors and warnings of the console, which are also how Chromium tells what
/// the policy blocked, and requests that failed or left `home`. A font is loaded early from a server only: from the
/// disk Chromium says that it will not, and loads it later.
fn faults(events: &[Value], home: &str) -> Vec<String> {
    let font = |text: &Value| text.as_str().is_some_and(|text| text.contains(".woff2"));
    let fault = |event: &Value| {
        let params = &event["params"];
        match event["method"].as_str()? {
            "Log.entryAdded" | "Network.loadingFailed"
                if home == "file:///"
                    && (font(&params["entry"]["text"])
                        || font(&params["entry"]["url"])
                        || params["type"] == "Font") =>
            {
                None
            }
            "Log.entryAdded" => Some(format!("{} {}", params["entry"]["text"], params["entry"]["url"])),
            "Runtime.consoleAPICalled" => Some(format!("the console says {}", params["args"])),
            "Runtime.exceptionThrown" => Some(format!("a script failed: {}", params["exceptionDetails"])),
            // What is called off when the reader moves on has not failed.
            "Network.loadingFailed" if params["canceled"] != true => {
                Some(format!("a request failed: {}", params["errorText"]))
            }
            "Network.requestWillBeSent" => {
                let url = params["request"]["url"].as_str()?;
                (!url.starts_with(home)).then(|| format!("{url} is asked for"))
            }
            _ => None,
        }
    };
    events.iter().filter_map(fault).collect()
}

#[test]
fn a_page_loads_without_a_word_and_asks_nobody_else() {
    let Some(mut browser) = Browser::open() else { return };
    let mut wrong = Vec::new();
    for book in books() {
        for page in book.pages {
            let places = [(book.served(page), &*book.server), (book.on_disk(page), "file:///")];
            // `404.html` names its files from the root of the server, because it is shown at any depth.
            for (address, home) in places.into_iter().take(if *page == "404.html" { 1 } else { 2 }) {
                browser.go(&address);
                wrong.extend(faults(&browser.events(), home).into_iter().map(|what| format!("{address}: {what}")));
            }
        }
    }
    none(&wrong);
}

/// Ornaments that lie under no text: axe cannot see through them what colour the paper is.
const PLAIN: &str = "document.adoptedStyleSheets = [new CSSStyleSheet()];
    document.adoptedStyleSheets[0].replaceSync('body::before, .intro::before { display: none !important }'); 0";

/// What axe finds on the page, in the light and in the dark, on a desk and on a phone.
fn axe(browser: &mut Browser) -> Vec<String> {
    static AXE: OnceLock<String> = OnceLock::new();
    let axe = AXE
        .get_or_init(|| std::fs::read_to_string(support::repository("tests/vendor/axe/axe.min.js")).unwrap() + "; 0");
    browser.evaluate(axe);
    browser.evaluate(PLAIN);
    let mut wrong = Vec::new();
    // What is dark differs in its colours only.
    for (scheme, what) in [("light", "{}"), ("dark", "{runOnly: ['color-contrast', 'link-in-text-block']}")] {
        for width in [1280, 390] {
            browser.look(width, scheme);
            let found = browser.texts(&format!(
                "axe.run(document, {what}).then(({{passes, violations}}) =>
                 passes.some(rule => rule.id === 'color-contrast') ? violations.flatMap(rule => rule.nodes.map(node =>
                 `${{rule.id}} ${{node.target}}: ${{node.failureSummary}}`)) : ['the contrast was not tried'])"
            ));
            wrong.extend(found.into_iter().map(|found| format!("{scheme} {width} px: {found}")));
        }
    }
    wrong
}

#[test]
fn axe_finds_nothing() {
    let Some(mut browser) = Browser::open() else { return };
    hold(&mut browser, axe);
    // An old address is left at once, unless its script does not come.
    browser.call("Network.setBlockedURLs", json!({"urls": ["*redirect.js*"]}));
    browser.go(&handbook().served(MOVED.0));
    none(&axe(&mut browser));
}

#[test]
fn a_narrow_phone_scrolls_one_way_only() {
    let Some(mut browser) = Browser::open() else { return };
    browser.look(320, "light");
    hold(&mut browser, |browser| {
        let width = browser.evaluate("document.documentElement.scrollWidth");
        if width == json!(320) {
            return Vec::new();
        }
        let wide = "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > 320)
                    .slice(0, 3).map(e => e.outerHTML.slice(0, 80))";
        vec![format!("it is {width} px wide: {:?}", browser.texts(wide))]
    });
}

/// What has the focus, and what a reader sees of that.
const FOCUS: &str = "(() => {
    const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
    return {
        where: e.closest('main') ? 'main' : e.className,
        seen: box.width > 0 && box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight,
        // A box to type in is underlined as a whole.
        ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
            || getComputedStyle(e.closest('.asked') ?? document.body).boxShadow.includes('-3px'),
    };
})()";

#[test]
fn the_keyboard_comes_to_the_text_soon_and_is_seen_on_the_way() {
    let Some(mut browser) = Browser::open() else { return };
    browser.look(1280, "light");
    hold(&mut browser, |browser| {
        let mut wrong = Vec::new();
        for tab in 1.. {
            browser.press("Tab");
            let focus = browser.evaluate(FOCUS);
            if tab == 1 && focus["where"] != "skip" {
                wrong.push(format!("the first stop is `{}`", focus["where"]));
            }
            if focus["seen"] != true || focus["ring"] != true {
                wrong.push(format!("stop {tab} cannot be seen: {focus}"));
            }
            if focus["where"] == "main" {
                return wrong;
            }
            if tab == 8 {
                wrong.push("the text is further away than 8 stops".to_owned());
                return wrong;
            }
        }
        wrong
    });
}

#[test]
fn the_skip_link_leads_to_the_text() {
    let Some(mut browser) = Browser::open() else { return };
    browser.go(&handbook().served(MOVED.1));
    for key in ["Tab", "Enter", "Tab"] {
        browser.press(key);
    }
    assert_eq!(browser.evaluate(FOCUS)["where"], "main");
}

#[test]
fn an_old_address_leads_to_the_new_one_and_keeps_the_fragment() {
    let Some(mut browser) = Browser::open() else { return };
    let book = handbook();
    for (old, new) in [(book.served(MOVED.0), book.served(MOVED.1)), (book.on_disk(MOVED.0), book.on_disk(MOVED.1))] {
        browser.start_for(&format!("{old}#helps"));
        browser.arrives(&format!("{new}#helps"));
        none(&faults(&browser.events(), if old.starts_with("http") { &book.server } else { "file:///" }));
    }
    browser.scripts(false);
    browser.start_for(&book.served(MOVED.0));
    browser.arrives(&book.served(MOVED.1));
}

#[test]
fn what_is_not_there_is_told_at_any_depth() {
    let Some(mut browser) = Browser::open() else { return };
    let book = handbook();
    for page in ["nothing.html", "patterns/nothing.html", "a/b/c/nothing/"] {
        let address = book.served(page);
        browser.go(&address);
        let told = faults(&browser.events(), &book.server);
        // The page itself is answered with 404, and Chromium says so.
        let other: Vec<String> = told.into_iter().filter(|told| !told.contains(&address)).collect();
        none(&other);
        let home = browser.evaluate("document.querySelector('.top a').href");
        assert_eq!(home, json!(book.served("index.html")), "{page}");
        let styled = browser.evaluate("getComputedStyle(document.body).fontFamily.includes('Literata')");
        assert_eq!(styled, json!(true), "{page} has no stylesheet");
    }
}

#[test]
fn nothing_moves_when_the_fonts_come_late() {
    let Some(mut browser) = Browser::open() else { return };
    let shift = "new Promise(done => {
        let sum = 0;
        new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value))
            .observe({type: 'layout-shift', buffered: true});
        setTimeout(() => done(sum), 100);
    })";
    let mut wrong = Vec::new();
    for width in [1280, 390] {
        browser.look(width, "light");
        for page in ["index.html", MOVED.1, PAIR, "guides/saying-it-well.html", "signals.html"] {
            browser.go(&format!("{}late/{page}", handbook().server));
            let moved = browser.evaluate(shift).as_f64().unwrap();
            if moved > 0.02 {
                wrong.push(format!("{page} at {width} px moves by {moved:.3}"));
            }
        }
    }
    none(&wrong);
}

#[test]
fn a_step_can_be_ticked_and_is_counted_without_scripts() {
    let Some(mut browser) = Browser::open() else { return };
    browser.look(1280, "light");
    browser.scripts(false);
    browser.go(&handbook().served(MOVED.1));
    let before = browser.evaluate("document.querySelectorAll('.steps :checked').length");
    browser.evaluate("document.querySelector('.steps input').focus()");
    browser.press("Space");
    let after = browser.evaluate("document.querySelectorAll('.steps :checked').length");
    assert_eq!((before, after), (json!(0), json!(1)));
}

/// Rows of the threads that can be seen to be pointed at: the number of the row, what stands below the list, and which
/// of the threads stand out.
const POINTED: &str = "(() => {
    const all = selector => [...document.querySelectorAll('.threads ' + selector)], style = e => getComputedStyle(e);
    return {
        said: all('p').filter(e => e.closest('li') && style(e).opacity === '1').map(e => e.textContent),
        strong: all('path').map((e, at) => style(e).opacity === '1' ? at : -1).filter(at => at >= 0),
    };
})()";

#[test]
fn a_row_that_is_pointed_at_shows_its_thread_and_its_sentence() {
    let Some(mut browser) = Browser::open() else { return };
    browser.look(1280, "light");
    browser.scripts(false);
    browser.go(&handbook().served(MOVED.1));
    browser.call(
        "Emulation.setEmulatedMedia",
        json!({"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}),
    );
    let rows = browser.evaluate("document.querySelectorAll('.threads li').length");
    let drawn = browser.evaluate("document.querySelectorAll('.threads path').length");
    assert_eq!(rows.as_u64(), drawn.as_u64().map(|drawn| drawn + 1), "this page, and a row for each thread");
    assert_eq!(browser.evaluate(POINTED)["said"], json!([]), "before anything is pointed at");
    let apology =
        json!({"said": ["Differs: The promise is the first hurt and the apology the second."], "strong": [1]});
    browser.point(".threads li:nth-child(3)");
    assert_eq!(browser.evaluate(POINTED), apology, "under the pointer");
    browser.point("h1");
    assert_eq!(browser.evaluate(POINTED)["said"], json!([]), "when the pointer has left");
    browser.evaluate("document.querySelector('.threads li:nth-child(2) a').focus()");
    browser.press("Tab");
    assert_eq!(browser.evaluate(POINTED), apology, "under the keyboard's focus");
}

#[test]
fn every_thread_ends_at_its_row_however_high_the_rows_are() {
    let Some(mut browser) = Browser::open() else { return };
    browser.look(1280, "light");
    let away = "[...document.querySelectorAll('.threads path')].filter((path, at) => {
        const end = path.getPointAtLength(path.getTotalLength()).matrixTransform(path.getScreenCTM());
        const row = document.querySelectorAll('.threads li')[at + 1].getBoundingClientRect();
        return Math.abs(end.y - (row.top + row.bottom) / 2) > 1.5;
    }).map(path => path.outerHTML)";
    hold(&mut browser, |browser| browser.texts(away));
    // A reader's own, larger letters.
    browser.go(&handbook().served(MOVED.1));
    browser.evaluate("document.documentElement.style.fontSize = '26px'; 0");
    none(&browser.texts(away));
}

#[test]
fn a_finger_finds_every_sentence_in_its_row() {
    let Some(mut browser) = Browser::open() else { return };
    browser.look(390, "light");
    browser.go(&handbook().served(MOVED.1));
    let hidden = "[...document.querySelectorAll('.threads li p')].filter(e => getComputedStyle(e).opacity !== '1'
         || e.getBoundingClientRect().top < e.closest('li').querySelector('a').getBoundingClientRect().bottom)
         .map(e => e.textContent)";
    none(&browser.texts(hidden));
    assert_eq!(browser.evaluate("document.querySelectorAll('.threads li p').length > 2"), json!(true));
}
