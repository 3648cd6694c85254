//! Pages on paper: a pattern is a worksheet of two pages, and a card for the pocket.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;

use super::books::{Book, handbook};
use super::{Browser, MOVED, hold, none, support};

/// Paper, in inches.
const A4: (f64, f64) = (8.27, 11.69);
const LETTER: (f64, f64) = (8.5, 11.0);

/// Half a sheet of A4, turned, and the margin that is at the foot of a whole one.
const HALF: (f64, f64) = (8.27, 6.36);

/// The fragment on which a page is a card.
const CARD: &str = "#theme:pocket";

/// The sheets that the page takes.
fn sheets(browser: &mut Browser, (width, height): (f64, f64)) -> usize {
    let paper =
        json!({"paperWidth": width, "paperHeight": height, "preferCSSPageSize": false, "printBackground": false});
    let pdf = browser.call("Page.printToPDF", paper);
    let pdf = STANDARD.decode(pdf["data"].as_str().unwrap()).unwrap();
    // A page is an object of its own, and the list of all is another.
    let pdf = String::from_utf8_lossy(&pdf);
    pdf.matches("/Type /Page").count() - pdf.matches("/Type /Pages").count()
}

/// The handbook's patterns.
fn patterns(book: &Book) -> Vec<String> {
    let pages = support::tree(&book.folder).into_keys();
    let pattern = |path: &String| path.starts_with("patterns/") && path.ends_with(".html") && !path.contains("index");
    // An old address has no text.
    pages.filter(|path| pattern(path) && path != MOVED.0).collect()
}

#[test]
fn on_paper_a_pattern_is_a_worksheet() {
    let Some(mut browser) = Browser::open() else { return };
    browser.go(&handbook().served(MOVED.1));
    browser.call("Emulation.setEmulatedMedia", json!({"media": "print"}));
    let line = browser.evaluate("getComputedStyle(document.querySelector('.steps label'), '::after').content");
    assert!(line.as_str().is_some_and(|line| line.contains("Owner ___") && line.contains("By ___")), "{line}");
    let gone = ".top, .foot, .toc, .bar, .helpcard, .threads svg, .pager";
    let left = format!("[...document.querySelectorAll('{gone}')].filter(e => e.offsetParent).map(e => e.className)");
    none(&browser.texts(&left));
    let cut =
        "[...document.querySelectorAll('.body *')].filter(e => !e.closest('.vh') && e.scrollWidth > e.clientWidth + 1
               && getComputedStyle(e).overflowX !== 'visible').map(e => e.outerHTML.slice(0, 80))";
    none(&browser.texts(cut));
    let address =
        browser.evaluate("getComputedStyle(document.querySelector('#sources a[href^=http]'), '::after').content");
    assert!(address.as_str().is_some_and(|address| address.contains("doi.org")), "{address}");
}

#[test]
fn no_page_is_cut_at_the_edge_of_the_paper() {
    let Some(mut browser) = Browser::open() else { return };
    hold(&mut browser, |browser| {
        let paper = json!({"width": 680, "height": 960, "deviceScaleFactor": 1, "mobile": false});
        browser.call("Emulation.setDeviceMetricsOverride", paper);
        browser.call("Emulation.setEmulatedMedia", json!({"media": "print"}));
        let wide = browser.evaluate("document.documentElement.scrollWidth");
        if wide == json!(680) { Vec::new() } else { vec![format!("it is {wide} px wide on 680")] }
    });
}

#[test]
fn a_worksheet_is_two_pages() {
    let Some(mut browser) = Browser::open() else { return };
    let book = handbook();
    let pages = patterns(book);
    let mut longer = Vec::new();
    for page in &pages {
        browser.go(&book.served(page));
        let taken = sheets(&mut browser, A4);
        if taken > 2 {
            longer.push(format!("{page} takes {taken}"));
        }
    }
    assert!(pages.len() > 30 && longer.len() <= pages.len() / 10, "{longer:?}");
}

#[test]
fn every_pattern_is_a_card_for_the_pocket() {
    let Some(mut browser) = Browser::open() else { return };
    let book = handbook();
    let mut wrong = Vec::new();
    for page in patterns(book) {
        browser.go(&book.served(&format!("{page}{CARD}")));
        for (paper, name) in [(A4, "A4"), (LETTER, "Letter"), (HALF, "half of A4")] {
            let taken = sheets(&mut browser, paper);
            if taken != 1 {
                wrong.push(format!("{page} takes {taken} of {name}"));
            }
        }
    }
    none(&wrong);
}

/// What can be read of elements: those in which letters have a size.
const READ: &str = "(selector => [...document.querySelectorAll(selector)]
    .filter(e => e.offsetParent && getComputedStyle(e).fontSize !== '0px').map(e => e.textContent.trim()))";

#[test]
fn a_card_says_what_to_look_for_what_helps_and_whom_to_ask() {
    let Some(mut browser) = Browser::open() else { return };
    let book = handbook();
    browser.scripts(false);
    browser.go(&book.served(&format!("{}{CARD}", MOVED.1)));
    browser.call("Emulation.setEmulatedMedia", json!({"media": "print"}));
    let mut read = |selector: &str| browser.texts(&format!("{READ}('{selector}')"));
    assert_eq!(read("h1"), ["A broken promise"]);
    assert_eq!(read("h2").len(), 3, "signals, steps, help");
    assert_eq!(read("#signals li").len(), 8);
    assert_eq!(read(".steps b")[2], "Stop there.");
    assert_eq!(read(".steps span"), [""; 0], "a step is its first words");
    assert_eq!(read(".say p").len(), 2);
    assert_eq!(read(".escalate .to").len(), 4);
    assert_eq!(read(".who dt").len(), 4);
    assert_eq!(read(".at"), [format!("https://handbook.test/repo/{}", MOVED.1)]);
    assert_eq!(read(".scene, .near, .meta, #worse, .check, .tally, #signals h3"), [""; 0]);
}

#[test]
fn a_link_prints_and_the_page_is_as_it_was() {
    let Some(mut browser) = Browser::open() else { return };
    browser.go(&handbook().served(MOVED.1));
    browser.evaluate(
        "window.print = () => { window.printed = location.hash; dispatchEvent(new Event('afterprint')); }; 0",
    );
    for (link, fragment) in [("[href=\"#theme:pocket\"]", CARD), (".print", "#helps")] {
        browser.evaluate(&format!("document.querySelector('.tally {link}').click()"));
        browser.waits_for(&format!("window.printed === '{fragment}'"));
        browser.waits_for("location.hash === ''");
    }
}
