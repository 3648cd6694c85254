//! What holds for every page that is published, whatever the theme looks like: links lead somewhere, the markup is
//! valid, the page's policy would let it work, and the files for programs are true.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use std::collections::BTreeSet;

use scraper::ElementRef;
use support::books::{BASE, Book, HOST, books};
use support::html::{Document, Leads, called, lead};

/// The policy of every page, as RELIABILITY has it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; \
                      media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/// Hold a rule for all pages of all books.
fn hold(rule: impl Fn(&Document) -> Vec<String>) {
    none(books().iter().flat_map(|book| book.judge(&rule)).collect());
}

/// There is nothing wrong.
fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

/// What a list of elements has in common as a fault.
fn each(elements: Vec<ElementRef<'_>>, what: &str) -> Vec<String> {
    elements.into_iter().map(|element| format!("{} {what}", called(element))).collect()
}

#[test]
fn every_address_leads_somewhere() {
    none(books().iter().flat_map(|book| book.judge(|page| dead(book, page))).collect());
}

/// The addresses of a page that lead nowhere.
fn dead(book: &Book, page: &Document) -> Vec<String> {
    let from = format!("{BASE}{}", page.path);
    let fault = |address: String| {
        let Leads::To(path, fragment) = lead(&address, &from, HOST) else { return None };
        let Some(path) = path.strip_prefix(BASE) else { return Some(format!("`{address}` leaves the handbook")) };
        if !book.files.contains_key(path) {
            return Some(format!("`{address}` leads to no file"));
        }
        let fragment = fragment?;
        let there = book.page(path).is_some_and(|page| page.ids().contains(&fragment.as_str()));
        (!there).then(|| format!("`{address}` leads to no place on its page"))
    };
    page.addresses().into_iter().filter_map(fault).collect()
}

#[test]
fn links_are_relative_but_on_the_page_that_is_served_anywhere() {
    hold(|page| {
        let links = page.all("a[href], img[src], script[src], link[rel=stylesheet], link[rel=icon]");
        let address = |element: &ElementRef<'_>| element.attr("href").or(element.attr("src")).map(str::to_owned);
        let anywhere = page.path == "404.html";
        let fault = |address: String| {
            let rooted = address.starts_with('/') || address.starts_with(HOST);
            let outside = lead(&address, "/", HOST) == Leads::Outside || address.starts_with('#');
            (!outside && rooted != anywhere).then(|| format!("`{address}` is written from the wrong place"))
        };
        links.iter().filter_map(address).filter_map(fault).collect()
    });
}

#[test]
fn the_markup_parses_without_an_error() {
    hold(|page| page.html.errors.iter().map(|error| error.to_string()).collect());
}

#[test]
fn only_what_is_typed_can_be_filled_in_for_the_reader() {
    let ticked = "input:is([type=checkbox], [type=radio])[autocomplete]";
    hold(|page| each(page.all(ticked), "says `autocomplete`, which it may not"));
}

#[test]
fn every_page_has_a_head_that_says_what_it_is() {
    hold(|page| {
        let said = |selector: &str, attribute: &str| {
            let first = page.all(selector).into_iter().next()?;
            first.attr(attribute).map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned)
        };
        let title: String = page.all("head > title").iter().flat_map(|title| title.text()).collect();
        let policy = said("meta[http-equiv=Content-Security-Policy]", "content");
        let faults = [
            (said("html", "lang").is_none(), "no language"),
            (said("meta[charset]", "charset").as_deref() != Some("utf-8"), "no charset"),
            (said("meta[name=viewport]", "content").is_none(), "no viewport"),
            (title.trim().is_empty(), "no title"),
            (policy.as_deref() != Some(POLICY), "not the policy of every page"),
            (page.all("main").len() != 1, "not one <main>"),
            (page.all("h1").len() != 1, "not one <h1>"),
        ];
        faults.into_iter().filter(|(wrong, _)| *wrong).map(|(_, fault)| fault.to_owned()).collect()
    });
}

#[test]
fn nothing_is_inline_that_the_policy_forbids() {
    hold(|page| {
        let mut wrong = each(page.all("style, [style]"), "is an inline style");
        let scripts = page.all("script").into_iter().filter(|script| script.text().any(|text| !text.trim().is_empty()));
        wrong.extend(each(scripts.collect(), "is an inline script"));
        let handlers = page.all("*").into_iter().filter(|e| e.value().attrs().any(|(name, _)| name.starts_with("on")));
        wrong.extend(each(handlers.collect(), "has a handler"));
        wrong.extend(each(page.all("iframe, object, embed, base, form[action]"), "is blocked"));
        wrong
    });
}

#[test]
fn ids_are_given_once() {
    hold(|page| {
        let mut seen = BTreeSet::new();
        let good = |id: &str| !id.is_empty() && !id.contains(char::is_whitespace);
        let bad = page.ids().into_iter().filter(|id| !good(id) || !seen.insert(id.to_owned()));
        bad.map(|id| format!("the id `{id}`")).collect()
    });
}

#[test]
fn headings_are_full_and_skip_no_level() {
    hold(|page| {
        let mut wrong = Vec::new();
        let mut last = 0;
        for heading in page.all("h1, h2, h3, h4, h5, h6") {
            let level = heading.value().name().as_bytes()[1] - b'0';
            if level > last + 1 {
                wrong.push(format!("{} follows <h{last}>: {:?}", called(heading), heading.text().collect::<String>()));
            }
            last = level;
        }
        wrong
    });
}

#[test]
fn what_is_there_has_a_name() {
    hold(|page| {
        let nameless = |element: &ElementRef<'_>| name_of(*element).trim().is_empty();
        let named = "h1, h2, h3, h4, h5, h6, a[href], button, summary, th, dt, legend, caption";
        let mut wrong = each(page.all(named).into_iter().filter(nameless).collect(), "is empty");
        let boxes = page.all("input:not([type=hidden]), select, textarea").into_iter();
        let unlabelled = boxes.filter(|input| nameless(input) && !in_label(page, *input));
        wrong.extend(each(unlabelled.collect(), "has no label"));
        wrong.extend(each(page.all("img:not([alt]), img:not([width]), img:not([height])"), "lacks alt or size"));
        wrong.extend(each(page.all("nav:not([aria-label]):not([aria-labelledby])"), "has no label"));
        wrong.extend(each(page.all("li:empty, ul:empty, ol:empty, dl:empty, table:empty"), "is empty"));
        wrong
    });
}

/// What an element is called by: its label, else its text and its pictures' words.
fn name_of(element: ElementRef<'_>) -> String {
    let images = scraper::Selector::parse("img[alt]").unwrap();
    let words = || element.text().chain(element.select(&images).filter_map(|image| image.attr("alt"))).collect();
    element.attr("aria-label").map_or_else(words, str::to_owned)
}

/// Whether an input stands in a label with words, or is named by one.
fn in_label(page: &Document, input: ElementRef<'_>) -> bool {
    let around = input.ancestors().filter_map(ElementRef::wrap).any(|above| above.value().name() == "label");
    around || input.value().id().is_some_and(|id| !page.all(&format!("label[for=\"{id}\"]")).is_empty())
}

#[test]
fn elements_refer_to_elements_that_are_there() {
    hold(|page| {
        let ids = page.ids();
        let mut wrong = Vec::new();
        for attribute in ["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers", "list"]
        {
            for element in page.all(&format!("[{attribute}]")) {
                let names = element.attr(attribute).unwrap_or("").split_whitespace();
                let gone = names.filter(|name| !ids.contains(name));
                wrong.extend(gone.map(|name| format!("{} {attribute} names `{name}`", called(element))));
            }
        }
        wrong
    });
}
