//! What a page may weigh, and how much it may ask for.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::books::{Book, handbook};
use super::support::html::Document;
use super::{Browser, MOVED, PAIR, none, support};

/// Bytes after `gzip -9`.
fn packed(bytes: &[u8]) -> usize {
    let mut gzip = Command::new("gzip").arg("-9c").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut into = gzip.stdin.take().unwrap();
    let bytes = bytes.to_vec();
    let writer = std::thread::spawn(move || into.write_all(&bytes));
    let output = gzip.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    output.stdout.len()
}

#[test]
fn a_page_weighs_what_it_may() {
    let files = support::tree(&handbook().folder);
    let mut wrong = Vec::new();
    for (path, bytes) in &files {
        let most = match path.as_str() {
            "assets/mend.css" => 11 << 10,
            "assets/mend.js" => 5 << 10,
            "assets/finder.css" | "assets/finder.js" | "assets/compare.js" => 4 << 10,
            "assets/compare.css" => 3 << 10,
            "assets/keep.css" => 2 << 10,
            "assets/search.js" => 7 << 10,
            "assets/search/head.js" => 4 << 10,
            path if is_written(path) => 8 << 10,
            _ => continue,
        };
        let weight = packed(bytes);
        if weight > most {
            wrong.push(format!("{path} has {weight} bytes, {most} are allowed"));
        }
    }
    none(&wrong);
    // Postings and texts for each twenty pages of a thousand words.
    let words = handbook_words() as f64 / 20_000.0;
    for (folder, most) in [("assets/search/words/", 16 << 10), ("assets/search/texts/", 20 << 10)] {
        let all: usize =
            files.iter().filter(|(path, _)| path.starts_with(folder)).map(|(_, bytes)| packed(bytes)).sum();
        let weight = (all as f64 / words) as usize;
        assert!(weight <= most, "{folder} has {weight} bytes for each 20,000 words, {most} are allowed");
    }
    let fonts: usize = files.iter().filter(|(path, _)| path.ends_with(".woff2")).map(|(_, bytes)| bytes.len()).sum();
    assert!(fonts <= 95 << 10, "the fonts have {fonts} bytes");
}

/// A page of the handbook's own, or two of them side by side.
fn is_written(path: &str) -> bool {
    let folders = ["patterns/", "guides/", "essays/", "glossary/", "tags/", "compare/"];
    path.ends_with(".html") && folders.iter().any(|folder| path.starts_with(folder))
}

#[test]
fn every_page_asks_for_what_is_counted() {
    let mut wrong = Vec::new();
    for (path, bytes) in support::tree(&handbook().folder).iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = Document::read(path, bytes);
        let scripts = page.all("script[src]").len();
        // An old address has nothing to show.
        if !page.all(".m-redirect, [data-target]").is_empty() {
            continue;
        }
        let fonts = page.all("link[rel=preload][as=font]").len();
        let styles = page.all("link[rel=stylesheet]").len();
        // The page itself, and the slanted letters where they are wanted.
        let asked = 2 + fonts + styles + scripts;
        let most = if is_written(path) && styles == 1 || path == "index.html" { 6 } else { 8 };
        if fonts != 2 || asked > most {
            wrong.push(format!("{path} loads {fonts} fonts early and asks for {asked}, {most} are allowed"));
        }
    }
    none(&wrong);
}

/// What readers ask, as `lost-reader` asks it.
fn questions() -> Vec<String> {
    let queries = std::fs::read_to_string(support::repository("content/_queries.toml")).unwrap();
    let text = |line: &str| Some(line.strip_prefix("text = \"")?.strip_suffix('"')?.to_owned());
    queries.lines().filter_map(text).collect()
}

#[test]
fn an_answer_needs_60_kilobytes_at_most() {
    let Some(mut browser) = Browser::open() else { return };
    let book = handbook();
    let (mut wrong, mut weights) = (Vec::new(), BTreeMap::new());
    let questions = questions();
    assert!(questions.len() > 60);
    for question in questions {
        // A sheet that has been asked nothing yet.
        browser.go(&book.served("tags.html"));
        browser.press("/");
        browser.waits_for("document.activeElement.matches('dialog input')");
        browser.enter(&question);
        browser.waits_for("document.querySelector('dialog .hit')");
        let loaded: BTreeSet<String> = browser.events().iter().filter_map(|event| data(book, event)).collect();
        let weigh = |path: String| -> usize {
            *weights.entry(path).or_insert_with_key(|path| packed(&std::fs::read(book.folder.join(path)).unwrap()))
        };
        let weight: usize = loaded.into_iter().map(weigh).sum();
        if weight > 60 << 10 {
            wrong.push(format!("`{question}` needs {weight} bytes"));
        }
    }
    none(&wrong);
}

/// The file of the index that an event asks for.
fn data(book: &Book, event: &Value) -> Option<String> {
    let url = event["params"]["request"]["url"].as_str().filter(|_| event["method"] == "Network.requestWillBeSent")?;
    let path = url.strip_prefix(&book.served(""))?.split(['?', '#']).next()?;
    path.starts_with("assets/search/").then(|| path.to_owned())
}

/// Words of the handbook's pages as they are written.
fn handbook_words() -> usize {
    let site = support::read(&support::repository("."), None, Vec::new());
    site.handbook.pages.iter().map(|page| page.draft.source.text().split_whitespace().count()).sum()
}

#[test]
fn a_first_view_asks_for_few_things() {
    let Some(mut browser) = Browser::open() else { return };
    let mut wrong = Vec::new();
    for (page, most) in
        [("index.html", 6), (MOVED.1, 6), ("help.html", 6), ("signals.html", 8), (PAIR, 6), ("map.html", 8)]
    {
        browser.call("Network.clearBrowserCache", json!({}));
        browser.go(&handbook().served(page));
        let asked = browser.events();
        // The picture in the tab is apart: it comes when all is there.
        let picture =
            |event: &Value| event["params"]["request"]["url"].as_str().is_some_and(|url| url.contains("favicon"));
        let sent = |event: &&Value| event["method"] == "Network.requestWillBeSent" && !picture(event);
        let asked = asked.iter().filter(sent).count();
        if asked > most {
            wrong.push(format!("{page} asks for {asked}"));
        }
    }
    none(&wrong);
}
