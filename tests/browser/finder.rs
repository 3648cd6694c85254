//! The finder: ticks that count without a script, ranking by ticks and words, links that keep what was ticked, and the
//! keyboard.

use std::sync::OnceLock;

use serde_json::json;

use super::books::{Book, book};
use super::support::{many, repository};
use super::{Browser, axe, faults, none};

/// Signals of two patterns, by their names outside their pages; the second one is out of sight at first.
const GREEN: &str = "patterns/news/late-news#signals-the-report-is-green-until-the-day-it-is-red";
const EARLY: &str = "patterns/voice/nobody-speaks#signals-the-hour-ends-early";
const RISKS: &str = "patterns/voice/nobody-speaks#signals-risks-are-read-out-and-nobody-asks-about-any";

/// A handbook of three patterns that are taken for each other.
pub(super) fn small() -> &'static Book {
    static SMALL: OnceLock<Book> = OnceLock::new();
    SMALL.get_or_init(|| {
        let pages = &["index.html", "signals.html", "compare.html"];
        book("finder", &repository("tests/sites/finder"), pages)
    })
}

/// The box of a signal.
fn tick(id: &str) -> String {
    format!("document.getElementById('t={id}').querySelector('.tick')")
}

/// Click on something.
fn click(browser: &mut Browser, element: &str) {
    browser.evaluate(&format!("{element}.click(), 0"));
}

/// The address of the finder with these signals ticked.
fn link(ids: &[&str]) -> String {
    let ids: Vec<String> = ids.iter().map(|id| id.replace('#', "%23")).collect();
    format!("signals.html#t={}", ids.join(","))
}

/// The patterns that are shown to fit, in their order.
const FITTING: &str = "[...document.querySelectorAll('.fits ol > li:not(.between)')].filter(e => e.offsetParent)
    .map(e => e.querySelector('a').textContent)";

#[test]
fn ticks_are_counted_without_a_script_even_where_they_are_out_of_sight() {
    let Some(mut browser) = Browser::open() else { return };
    browser.scripts(false);
    browser.look(1280, "light");
    browser.go(&small().served("signals.html"));
    assert!(browser.texts(FITTING).is_empty());
    for id in [GREEN, EARLY, RISKS] {
        click(&mut browser, &tick(id));
    }
    assert_eq!(browser.texts(FITTING), ["Late news", "Nobody speaks"]);
    assert_eq!(counts(&mut browser), ["1 of 4 signals ticked", "2 of 10 signals ticked"]);
    // Choosing a place hides the others, and their ticks still count.
    click(&mut browser, "document.querySelector('.w3')");
    let seen = "[...document.querySelectorAll('.lists h2')].filter(e => getComputedStyle(e).visibility === 'visible')
        .map(e => e.textContent)";
    assert_eq!(browser.texts(seen), ["In plans and numbers"]);
    assert_eq!(counts(&mut browser), ["1 of 4 signals ticked", "2 of 10 signals ticked"]);
    click(&mut browser, "document.querySelector('[type=reset]')");
    assert!(browser.texts(FITTING).is_empty());
    let dead =
        "[...document.querySelectorAll('#theme\\\\:words, .copy')].filter(e => e.offsetParent).map(e => e.className)";
    none(&browser.texts(dead));
}

/// What is read out of how many signals are ticked: numbers of a stylesheet stand in no document.
fn counts(browser: &mut Browser) -> Vec<String> {
    browser.call("Accessibility.enable", json!({}));
    let tree = browser.call("Accessibility.getFullAXTree", json!({}));
    let texts = tree["nodes"].as_array().unwrap().iter().filter(|node| node["role"]["value"] == "StaticText");
    let texts: Vec<&str> = texts.filter_map(|node| node["name"]["value"].as_str()).collect();
    let counted = texts.windows(2).filter(|two| two[1].ends_with("signals ticked"));
    counted.map(|two| format!("{} {}", two[0].trim(), two[1].trim())).collect()
}

#[test]
fn a_link_without_a_script_leads_to_its_signal() {
    let Some(mut browser) = Browser::open() else { return };
    browser.scripts(false);
    browser.look(1280, "light");
    browser.go(&small().served(&link(&[EARLY])));
    assert_eq!(browser.evaluate("document.querySelector(':target').id"), format!("t={EARLY}"));
    assert_eq!(browser.evaluate("getComputedStyle(document.querySelector(':target')).visibility"), "visible");
}

#[test]
fn a_link_restores_what_was_ticked_and_names_what_is_gone() {
    let Some(mut browser) = Browser::open() else { return };
    browser.look(1280, "light");
    for address in [small().served(&link(&[RISKS, GREEN])), small().on_disk(&link(&[RISKS, GREEN]))] {
        browser.go("about:blank");
        browser.go(&format!("{address},patterns/news/late-news%23signals-the-fax-is-broken-1f2e"));
        let ticked = "[...document.querySelectorAll('.tick:checked')].map(e => e.closest('li').id)";
        assert_eq!(browser.texts(ticked), [format!("t={GREEN}"), format!("t={RISKS}")]);
        let gone = "[...document.querySelectorAll('.gone:not([hidden]) li')].map(e => e.textContent)";
        assert_eq!(browser.texts(gone), ["the fax is broken (late news)"]);
        // What is changed now stands in the address.
        click(&mut browser, &tick(GREEN));
        assert_eq!(browser.evaluate("decodeURIComponent(location.hash)"), format!("#t={RISKS}"));
        click(&mut browser, "document.querySelector('[type=reset]')");
        browser.waits_for("location.hash === '' && !document.querySelector('.gone:not([hidden])')");
        assert_eq!(browser.evaluate("document.activeElement.id"), "theme:words");
    }
}

#[test]
fn the_front_page_leads_into_the_finder() {
    let Some(mut browser) = Browser::open() else { return };
    browser.look(1280, "light");
    browser.go(&small().served("index.html"));
    browser.evaluate("document.getElementById('theme:seek').focus()");
    browser.enter("red & green");
    browser.press("Enter");
    browser.arrives(&small().served("signals.html#q=red%20%26%20green"));
    browser.waits_for("document.getElementById('theme:words')?.value === 'red & green'");
    // Nothing typed is asked of a server.
    let asked =
        browser.events().into_iter().filter_map(|event| Some(event["params"]["request"]["url"].as_str()?.to_owned()));
    none(&asked.filter(|url| url.split('#').next().unwrap().contains("red")).collect::<Vec<_>>());
    browser.go(&small().served("index.html"));
    let first = browser.evaluate("document.querySelector('.places li a').href");
    browser.go(first.as_str().unwrap());
    browser.waits_for("document.querySelectorAll('.tick:checked').length === 1");
}

#[test]
fn a_finder_of_many_signals_has_a_page_for_each_place() {
    let Some(mut browser) = Browser::open() else { return };
    let pages = &["signals.html", "signals/in-meetings.html"];
    let book = book("crowded", many::signals(70).path(), pages);
    browser.look(1280, "light");
    browser.go(&book.served("signals.html"));
    assert_eq!(browser.texts("[...document.querySelectorAll('.split a')].map(e => e.textContent)").len(), 2);
    assert_eq!(browser.evaluate("document.querySelectorAll('.tick').length"), 0);
    click(&mut browser, "document.querySelector('.split a')");
    browser.arrives(&book.served(book.pages[1]));
    browser.waits_for("document.querySelectorAll('.tick').length === 350");
    none(&faults(&browser.events(), &book.server));
    none(&axe(&mut browser));
    // Nothing is shown that does not work.
    browser.scripts(false);
    browser.go(&book.served(book.pages[1]));
    let dead = "[...document.querySelectorAll('input, button')].filter(e => e.offsetParent && !e.closest('.more'))
        .map(e => e.outerHTML)";
    none(&browser.texts(dead));
}

#[test]
fn words_and_ticks_rank_patterns_and_the_first_two_are_told_apart() {
    let Some(mut browser) = Browser::open() else { return };
    for (address, home) in
        [(small().served("signals.html"), &*small().server), (small().on_disk("signals.html"), "file:///")]
    {
        browser.look(1280, "light");
        browser.go(&address);
        browser.evaluate("document.getElementById('theme:words').focus()");
        browser.enter("the report was green untill the last day");
        browser.waits_for(&format!("({FITTING})[0] === 'Late news'"));
        let why = "document.querySelector('.fits .why').textContent";
        assert!(browser.evaluate(why).as_str().unwrap().contains("The report is green until the day it is red."));
        click(&mut browser, "document.querySelector('[type=reset]')");
        browser.waits_for(&format!("!({FITTING}).length"));
        for id in [EARLY, RISKS, GREEN] {
            click(&mut browser, &tick(id));
        }
        browser.waits_for(&format!("({FITTING}).join() === 'Nobody speaks,Late news'"));
        let apart = "document.querySelector('.between').textContent";
        browser.waits_for(&format!("{apart}.includes('with the meeting, or with the bad day')"));
        let told = "document.querySelector('.told[role=status]').textContent";
        assert_eq!(browser.evaluate(told), "Patterns that fit: 2. Nobody speaks");
        none(&faults(&browser.events(), home));
        none(&axe(&mut browser));
        let compared = browser.evaluate("document.querySelector('.between a').href");
        assert!(
            compared.as_str().unwrap().ends_with("compare/patterns.news.late-news--patterns.voice.nobody-speaks.html")
        );
    }
}

#[test]
fn a_tick_of_another_place_goes_along_and_can_be_taken_back() {
    let Some(mut browser) = Browser::open() else { return };
    let book = book("elsewhere", many::signals(70).path(), &["signals/in-meetings.html"]);
    browser.look(1280, "light");
    let other = "patterns/area-1/pattern-1#signals-signal-0-of-pattern-1-in-how-people-act";
    let gone = "patterns/area-1/pattern-1#signals-the-fax-is-broken";
    browser.go(&book.served(&link(&[other, gone]).replace("signals.html", book.pages[0])));
    browser.waits_for("document.querySelectorAll('.chips li').length === 1");
    assert_eq!(
        browser.evaluate("document.querySelector('.chips li').firstChild.textContent"),
        "Signal 0 of pattern 1 in how people act"
    );
    assert_eq!(browser.texts("[...document.querySelectorAll('.gone li')].map(e => e.textContent)").len(), 1);
    browser.waits_for(&format!("({FITTING})[0] === 'Pattern 1'"));
    // The pages of other places are given what is ticked here.
    click(&mut browser, "document.querySelector('.tick')");
    let places = "[...document.querySelectorAll('nav.where a')]";
    browser.evaluate(&format!(
        "{places}.forEach(a => a.addEventListener('click', e => e.preventDefault())), {places}.forEach(a => a.click()), 0"
    ));
    let fragment = browser.evaluate("location.hash");
    assert_eq!(browser.texts(&format!("{places}.map(a => a.hash)")), vec![fragment.as_str().unwrap(); 3]);
    click(&mut browser, "document.querySelector('.chips button')");
    browser.waits_for("!document.querySelector('.chips li') && !location.hash.includes('how-people-act')");
}

#[test]
fn without_the_ranking_ticks_are_counted_and_put_in_order() {
    let Some(mut browser) = Browser::open() else { return };
    browser.call("Network.setBlockedURLs", json!({"urls": ["*search.js*"]}));
    browser.look(1280, "light");
    browser.go(&small().served(&link(&[EARLY, RISKS, GREEN])));
    browser.waits_for(&format!("({FITTING}).join() === 'Nobody speaks,Late news'"));
    assert_eq!(counts(&mut browser), ["2 of 10 signals ticked", "1 of 4 signals ticked"]);
}

#[test]
fn the_finder_is_used_with_the_keyboard_alone() {
    let Some(mut browser) = Browser::open() else { return };
    browser.look(390, "light");
    browser.go(&small().served("signals.html"));
    tab_to(&mut browser, "document.activeElement.id === 'theme:words'");
    tab_to(&mut browser, "document.activeElement.matches('.tick')");
    browser.press("Space");
    browser.waits_for("document.querySelector('.bar a').textContent === 'Patterns that fit: 1'");
    // The sheet opens from the bar, and Escape leads back to it.
    tab_to(&mut browser, "document.activeElement.matches('.bar [aria-expanded=false]')");
    browser.press("Enter");
    assert_eq!(browser.evaluate("document.activeElement.id"), "theme:fits");
    assert_eq!(browser.evaluate("getComputedStyle(document.querySelector('.fits')).position"), "fixed");
    browser.press("Escape");
    assert_eq!(browser.evaluate("document.activeElement.getAttribute('aria-expanded')"), "false");
    browser.press("Enter");
    tab_to(&mut browser, "document.activeElement.matches('.fits ol a')");
    browser.press("Enter");
    browser.waits_for("document.body?.matches('.k-pattern')");
}

/// Go on with the Tab key until something is so.
fn tab_to(browser: &mut Browser, what: &str) {
    let there = (0..80).any(|_| {
        browser.press("Tab");
        browser.evaluate(what) == true
    });
    assert!(there, "no stop of the keyboard is where {what}");
}

#[test]
fn a_link_is_copied() {
    let Some(mut browser) = Browser::open() else { return };
    browser.look(1280, "light");
    browser.go(&small().served(&link(&[GREEN])));
    let copied = "navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }, 0";
    browser.evaluate(copied);
    click(&mut browser, "document.querySelector('.copy')");
    let expected = small().served(&link(&[GREEN])).replace("patterns/news/", "patterns%2Fnews%2F");
    browser.waits_for(&format!("window.copied === '{expected}'"));
    browser.waits_for("document.querySelector('.copy').textContent === 'Link copied'");
}
