//! The live preview in the browser: what an author writes is there at once, and what a reader holds on to stays.

use std::fs;

use serde_json::json;

use super::support::browser::Browser;
use super::support::preview::{PROMISE, Preview};
use super::{axe, faults, none};

/// The author's layer, for expressions.
const LAYER: &str = "document.querySelector('mendbook-preview').shadowRoot";

/// A preview, and a browser at a page of it whose author's layer is there.
fn looking_at(page: &str, options: &[&str]) -> Option<(Browser, Preview)> {
    let mut browser = Browser::open()?;
    let preview = Preview::start(options);
    browser.look(1280, "light");
    visit(&mut browser, &preview.at(page));
    Some((browser, preview))
}

/// Go to a page, and wait for the author's layer.
fn visit(browser: &mut Browser, address: &str) {
    browser.go(address);
    browser.evaluate("window.first = true");
    listens(browser);
}

/// The layer stands and the stream is heard.
fn listens(browser: &mut Browser) {
    browser.waits_for(&format!("document.querySelector('mendbook-preview') && {LAYER}.querySelector('.layer').matches('[data-worst]:not([hidden])')"));
}

/// Wait until the page says something.
fn says(browser: &mut Browser, text: &str) {
    browser.waits_for(&format!("document.querySelector('main').textContent.includes({})", json!(text)));
}

const PAGE: &str = "patterns/broken-promise.html";
const FILE: &str = "content/patterns/broken-promise.md";

#[test]
fn an_edit_is_there_and_all_that_a_reader_holds_on_to_stays() {
    let Some((mut browser, preview)) = looking_at(PAGE, &[]) else { return };
    browser.evaluate(
        "document.querySelector('details').open = true;
         window.box = document.querySelector('.steps input'); box.click();
         window.told = [...document.querySelectorAll('main p')].find(p => p.textContent.startsWith('The report'));
         getSelection().setBaseAndExtent(told.firstChild, 4, told.firstChild, 10);
         document.querySelector('#nearby a').focus({preventScroll: true}); window.held = document.activeElement;
         document.querySelector('#helps').scrollIntoView({behavior: 'instant'});
         window.stood = document.querySelector('#helps').getBoundingClientRect().top",
    );
    preview.edit(FILE, "## Signals", "A new paragraph.\n\nAnd another one.\n\n## Signals");
    says(&mut browser, "And another one.");
    preview.edit(FILE, "The report promised", "The big report promised");
    says(&mut browser, "The big report");
    let kept = browser.evaluate(
        "({first: window.first, open: document.querySelector('details').open, ticked: box.isConnected && box.checked,
           selected: getSelection().toString(), focus: document.activeElement === held,
           moved: Math.abs(document.querySelector('#helps').getBoundingClientRect().top - stood) > 2})",
    );
    let expected =
        json!({"first": true, "open": true, "ticked": true, "selected": "report", "focus": true, "moved": false});
    assert_eq!(kept, expected);
    none(&faults(&browser.events(), preview.home()));
}

#[test]
fn what_is_typed_and_an_open_sheet_stay() {
    let Some((mut browser, preview)) = looking_at(PAGE, &[]) else { return };
    browser.evaluate("document.querySelector('.find').click()");
    browser.waits_for("document.querySelector('dialog[open] input') === document.activeElement");
    browser.call("Input.insertText", json!({"text": "promise"}));
    browser.evaluate("document.activeElement.setSelectionRange(2, 4)");
    preview.edit(FILE, "It was promised and missed.", "It was promised, and nothing came.");
    says(&mut browser, "nothing came");
    let typed = browser.evaluate(
        "(e => [e.closest('dialog').open, e.value, e.selectionStart, e.selectionEnd])(document.activeElement)",
    );
    assert_eq!(typed, json!([true, "promise", 2, 4]));
}

#[test]
fn after_any_edit_the_page_is_as_if_it_were_loaded_anew() {
    let Some((mut browser, preview)) = looking_at(PAGE, &[]) else { return };
    let outline = "[...PAGE.querySelectorAll('body > :not(script, dialog), body > :not(script, dialog) *')].map(e =>
        `${e.tagName} ${e.id} ${[...e.childNodes].filter(n => n.nodeType === 3).map(n => n.nodeValue).join('|')}`)";
    let edits = [
        ("- Planning gets quieter\n", "- Planning gets quieter\n- A third sign\n"),
        (
            "- A date is asked for in writing\n- Planning gets quieter\n",
            "- Planning gets quieter\n- A date is asked for in writing\n",
        ),
        (
            "## Drivers\n\n- **Promising to please:** a date was given to end a conversation.\n- **Overload:** there was no time left.\n",
            "",
        ),
        ("title = \"A broken promise\"", "title = \"Promises *that* break\"\nstatus = \"proposed\""),
        ("1. **Name it:**", "0. **First:** breathe, and [look](https://example.org/).\n1. **Name it:**"),
        ("People lost", "## A heading\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\nPeople lost"),
        ("| 1 | 2 |\n", ""),
        (
            "- [[Late news]] — connects",
            "- [[Nobody]] — connects because of x; differs by y\n- [[Late news]] — connects",
        ),
        ("## When to escalate", "## Sources\n\n- [A book](https://example.org/book)\n\n## When to escalate"),
    ];
    for (number, (from, to)) in edits.into_iter().enumerate() {
        preview.edit(FILE, from, to);
        // The last sentence of the page tells when the edit is there.
        let (old, new) = (format!("in details{}", "!".repeat(number)), format!("in details{}", "!".repeat(number + 1)));
        preview.edit(FILE, &old, &new);
        says(&mut browser, &format!("{new}."));
        let told = browser.texts(&outline.replace("PAGE", "document"));
        let loaded = format!(
            "fetch(location.href).then(a => a.text()).then(t => new DOMParser().parseFromString(t, 'text/html')).then(fresh => {})",
            outline.replace("PAGE", "fresh")
        );
        assert_eq!(told, browser.texts(&loaded), "after `{to}` for `{from}`");
    }
    assert_eq!(browser.evaluate("window.first"), true);
}

#[test]
fn a_page_that_shows_another_ones_card_follows_it_and_others_are_left_alone() {
    let Some((mut browser, preview)) = looking_at("patterns/index.html", &[]) else { return };
    let there = browser.tab();
    visit(&mut browser, &preview.at("404.html"));
    browser.evaluate("window.patches = 0; document.addEventListener('mendbook:patched', () => patches++); 0");
    let other = browser.attend(there);
    preview.edit("content/patterns/late-news.md", "News comes when", "Word comes when");
    says(&mut browser, "Word comes when");
    preview.edit("content/patterns/late-news.md", "Word comes when", "It comes when");
    says(&mut browser, "It comes when");
    assert_eq!(browser.evaluate("window.first"), true);
    browser.attend(other);
    assert_eq!(browser.evaluate("patches"), 0);
    // Both tabs hear one stream, which is the worker's.
    let own = "performance.getEntriesByType('resource').filter(e => e.name.includes('events')).length";
    assert_eq!(browser.evaluate(own), 0);
}

/// The search engine and its words were loaded before the edit, by a page that the edit does not concern.
#[test]
fn a_search_in_an_open_page_finds_what_is_new() {
    let Some((mut browser, preview)) = looking_at("404.html", &[]) else { return };
    browser.evaluate(
        "window.found = null;
         window.ask = (word) => void mendbook.load(mendbook.assets.search).then((search) => search.find(word))
           .then((answer) => { window.found = answer.pages.map((page) => page.id); })",
    );
    browser.evaluate("ask('xylophone')");
    browser.waits_for("found && !found.length");
    preview.edit(FILE, "It was promised and missed.", "It was promised on a xylophone.");
    browser.waits_for("ask('xylophone') || found.includes('patterns/broken-promise')");
    assert_eq!(browser.evaluate("window.first"), json!(true));
    none(&faults(&browser.events(), preview.home()));
}

#[test]
fn a_style_changes_without_a_reload() {
    let Some((mut browser, preview)) = looking_at(PAGE, &[]) else { return };
    browser.evaluate("scrollTo({top: 300, behavior: 'instant'})");
    preview.edit("site.toml", "[theme]", "[theme]\naccent = \"#7a1f5c\"");
    browser.waits_for("getComputedStyle(document.documentElement).getPropertyValue('--indigo').trim() === '#7a1f5c'");
    browser.waits_for("document.querySelectorAll('link[rel=stylesheet][href*=\"mend.css\"]').length === 1");
    assert_eq!(browser.evaluate("[window.first, scrollY]"), json!([true, 300]));
    none(&faults(&browser.events(), preview.home()));
}

#[test]
fn a_script_that_changed_is_loaded_anew_with_the_page_where_the_reader_was() {
    let Some((mut browser, preview)) = looking_at(PAGE, &[]) else { return };
    let (own, layer) = ("themes/ours/assets/own.js", "themes/ours/base.html");
    fs::create_dir_all(preview.folder.path().join("themes/ours/assets")).unwrap();
    fs::write(preview.folder.path().join(own), "window.own = 1;").unwrap();
    let script =
        "base.html\" %}{% block colophon %}<script defer src=\"{{ asset(name='own.js') }}\"></script>{% endblock %}";
    browser.events();
    preview.edit(layer, "base.html\" %}", script);
    reloads(&mut browser, &preview, "window.own === 1");
    let stands = "Math.round(document.querySelector('#worse').getBoundingClientRect().top)";
    browser.evaluate("document.querySelector('#worse').scrollIntoView({behavior: 'instant'})");
    let stood = browser.evaluate(stands);
    fs::write(preview.folder.path().join(own), "window.own = 2;").unwrap();
    reloads(&mut browser, &preview, &format!("window.own === 2 && Math.abs({stands} - {stood}) < 3"));
}

/// Wait until the page has been loaded anew and something is so.
fn reloads(browser: &mut Browser, preview: &Preview, what: &str) {
    browser.arrives(&preview.at(PAGE));
    browser.events();
    listens(browser);
    browser.waits_for(what);
}

#[test]
fn a_mistake_in_a_template_lies_over_the_last_good_page_until_it_is_mended() {
    let Some((mut browser, preview)) = looking_at(PAGE, &[]) else { return };
    preview.edit("themes/ours/base.html", "base.html", "base.html\" <img src=x onerror=alert(1)>{{ nothing.such ");
    browser.waits_for(&format!("!{LAYER}.querySelector('.dock').hidden"));
    let told = browser.evaluate(&format!("{LAYER}.querySelector('.dock').textContent")).as_str().unwrap().to_owned();
    for words in ["This page cannot be made anew", "last good version, from ", "themes/ours/base.html", "<img src=x"] {
        assert!(told.contains(words), "`{words}` is not in: {told}");
    }
    assert_eq!(browser.evaluate(&format!("{LAYER}.querySelectorAll('img').length")), 0);
    assert_ne!(browser.evaluate(&format!("{LAYER}.querySelector('[role=alert]').textContent")), "");
    says(&mut browser, "The report promised");
    preview.edit("themes/ours/base.html", "base.html\" <img src=x onerror=alert(1)>{{ nothing.such ", "base.html");
    browser.waits_for(&format!("{LAYER}.querySelector('.dock').hidden"));
    assert_eq!(browser.evaluate("window.first"), true);
}

#[test]
fn a_mistake_in_site_toml_does_the_same() {
    let Some((mut browser, preview)) = looking_at(PAGE, &[]) else { return };
    preview.edit("site.toml", "[theme]", "[theme");
    browser.waits_for(&format!("{LAYER}.querySelector('.dock').textContent.includes('site.toml')"));
    says(&mut browser, "The report promised");
    preview.edit("site.toml", "[theme", "[theme]");
    browser.waits_for(&format!("{LAYER}.querySelector('.dock').hidden"));
}

#[test]
fn a_finding_is_told_beside_its_text_and_mended_at_a_press() {
    let Some((mut browser, preview)) = looking_at(PAGE, &[]) else { return };
    preview.edit(FILE, "summary =", "sumary =");
    preview.edit(FILE, "A date is asked for", "[[Nobody <b>there</b>]] asks for a date");
    browser.waits_for(&format!("{LAYER}.querySelector('.count').textContent === '2 findings'"));
    browser.waits_for(&format!(
        "[...{LAYER}.querySelectorAll('.found')].some(mark => {{
            const {{right, top}} = mark.getBoundingClientRect();
            return document.elementsFromPoint(right + 8, top + 8).some(e => e.matches('h1'));
        }})"
    ));
    browser.evaluate(&format!("{LAYER}.querySelector('[aria-label*=\"Nobody\"]').click()"));
    let card = browser.texts(&format!(
        "(item => [item.querySelector('b').textContent, item.querySelector('u').textContent, item.querySelector('.place').textContent])
         ({LAYER}.activeElement.closest('li'))"
    ));
    assert_eq!(
        card,
        ["No page called Nobody <b>there</b>.", "Nobody <b>there</b>", "content/patterns/broken-promise.md:10"]
    );
    browser.evaluate(&format!("{LAYER}.querySelector('.fix').click()"));
    browser.waits_for(&format!("{LAYER}.querySelector('h2').textContent === 'This page has 1 finding'"));
    assert!(preview.read(FILE).contains("\nsummary ="), "{}", preview.read(FILE));
    says(&mut browser, "It was promised and missed.");
    preview.edit(FILE, "[[Nobody <b>there</b>]] asks", "Somebody asks");
    browser.waits_for(&format!("{LAYER}.querySelector('h2').textContent === 'This page has 1 hint'"));
    none(&faults(&browser.events(), preview.home()));
}

#[test]
fn a_name_without_a_page_is_written_at_a_press() {
    let Some((mut browser, preview)) = looking_at(PAGE, &[]) else { return };
    preview.edit(FILE, "Favours stop", "[[Status theatre]] begins");
    browser.waits_for(&format!("{LAYER}.querySelector('.write')"));
    browser.evaluate(&format!("{LAYER}.querySelector('.write').click()"));
    browser.arrives(&preview.at("patterns/status-theatre.html"));
    assert!(preview.read("content/patterns/status-theatre.md").contains("Status theatre"));
}

#[test]
fn the_browser_follows_the_author_but_not_away_from_what_is_typed() {
    let Some((mut browser, preview)) = looking_at(PAGE, &["--follow"]) else { return };
    preview.edit(FILE, "A third miss:", "A third miss again:");
    browser.waits_for("(({top, bottom}) => top < innerHeight && bottom > 0)(document.querySelector('#escalate').getBoundingClientRect())");
    browser.evaluate("document.querySelector('.find').click()");
    browser.waits_for("document.querySelector('dialog[open]')");
    preview.edit("content/patterns/late-news.md", "It comes late.", "It comes much too late.");
    preview.edit(FILE, "Favours stop", "Favours stop at once");
    says(&mut browser, "Favours stop at once");
    assert_eq!(browser.evaluate("window.first"), true);
    browser.evaluate("document.querySelector('dialog[open]').close()");
    preview.edit("content/patterns/late-news.md", "much too late", "very late");
    browser.arrives(&preview.at("patterns/late-news.html#meaning"));
}

#[test]
fn a_server_that_is_started_again_is_found_again() {
    let Some((mut browser, mut preview)) = looking_at(PAGE, &[]) else { return };
    preview.stop();
    browser.waits_for(&format!("{LAYER}.querySelector('.paused')"));
    preview.edit(FILE, "Favours stop", "Favours stop at once");
    preview.again();
    says(&mut browser, "Favours stop at once");
    browser.waits_for(&format!("!{LAYER}.querySelector('.paused')"));
    // It is listened to anew, with the new server's token.
    preview.edit(FILE, "Favours stop at once", "[[Favours]] stop");
    browser.waits_for(&format!("{LAYER}.querySelector('.write')"));
    assert_eq!(browser.evaluate("window.first"), true);
}

#[test]
fn a_heading_tells_where_it_is_written() {
    let Some((mut browser, _preview)) = looking_at(PAGE, &["--editor", "true {path} {line}"]) else { return };
    let mark = format!("{LAYER}.querySelector('[aria-label^=\"Source of “What helps\"]')");
    browser.evaluate(&format!("{mark}.click()"));
    let line = PROMISE.lines().position(|line| line == "## What helps").unwrap() + 1;
    let told = browser.evaluate(&format!("{LAYER}.querySelector('.where code').textContent"));
    assert_eq!(told, format!("{FILE}:{line}"));
    browser.evaluate(&format!("{LAYER}.querySelector('.where .open').click()"));
    browser.waits_for(&format!("{LAYER}.querySelector('.heard').textContent === 'Opened in the editor.'"));
    browser.waits_for(&format!("{LAYER}.activeElement === {mark}"));
}

#[test]
fn a_page_that_goes_and_comes_back_is_told_and_shown() {
    let Some((mut browser, preview)) = looking_at(PAGE, &[]) else { return };
    let path = preview.folder.path().join(FILE);
    fs::remove_file(&path).unwrap();
    browser.waits_for(&format!("{LAYER}.querySelector('.gone')"));
    says(&mut browser, "The report promised");
    fs::write(&path, PROMISE.replace("The report", "The new report")).unwrap();
    says(&mut browser, "The new report promised");
    browser.waits_for(&format!("!{LAYER}.querySelector('.gone')"));
}

#[test]
fn a_page_that_is_not_there_yet_is_shown_when_it_is_written() {
    let Some((mut browser, preview)) = looking_at("patterns/not-yet.html", &[]) else { return };
    browser.events();
    fs::write(preview.folder.path().join("content/patterns/not-yet.md"), "+++\ntitle = \"Not yet\"\n+++\nNow it is.\n")
        .unwrap();
    browser.arrives(&preview.at("patterns/not-yet.html"));
    browser.waits_for("document.querySelector('main')?.textContent.includes('Now it is.')");
}

#[test]
fn axe_finds_nothing_in_the_authors_layer() {
    let Some((mut browser, preview)) = looking_at(PAGE, &[]) else { return };
    preview.edit(FILE, "summary =", "status = \"draft\"\nsumary =");
    preview.edit(FILE, "Favours stop", "[[Status theatre]] begins");
    browser.waits_for(&format!(
        "{LAYER}.querySelector('.count').textContent === '2 findings' && {LAYER}.querySelector('.draft')"
    ));
    // What was edited last is still marked.
    none(&axe(&mut browser));
    browser.evaluate(&format!("{LAYER}.querySelector('.count').click()"));
    none(&axe(&mut browser));
    browser.look(320, "light");
    assert_eq!(browser.evaluate("document.documentElement.scrollWidth"), 320);
}
