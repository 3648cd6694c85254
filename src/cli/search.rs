//! `mendbook search`: the pages that answer a question, as the search page and the finder show them.

use std::fmt::Write as _;

use super::args::{Args, SearchOptions};
use super::load::{Changes, load};
use super::{Stop, shell};
use crate::search::{Answer, Question, Why};
use crate::site::Site;

pub(super) fn run(args: &Args, options: &SearchOptions) -> Result<(), Stop> {
    let site = load(args, &Changes::default())?.site;
    let text = options.words.join(" ");
    let question = Question {
        text: &text,
        typing: false,
        finder: options.finder,
        ticks: options.tick.iter().map(String::as_str).collect(),
        kinds: options.kind.iter().map(String::as_str).collect(),
        stages: options.stage.iter().map(String::as_str).collect(),
        limit: options.limit,
    };
    let answer = site.search().answer(&question, (&site.handbook, &site.graph));
    shell::print_out(&told(&site, &answer))
}

/// What was understood, then page by page what was found.
fn told(site: &Site, answer: &Answer) -> String {
    let mut out = String::new();
    for widened in &answer.widened {
        let to = widened.to.join(", ");
        let _ = match widened.why {
            Why::Typo => writeln!(out, "`{}` is read as {to}", widened.word),
            Why::Ending | Why::Prefix | Why::Synonym => writeln!(out, "`{}` is looked for as {to} too", widened.word),
            Why::Alias => writeln!(out, "`{}` is also called {to} here", widened.word),
        };
    }
    if !answer.left.is_empty() {
        let left: Vec<String> = answer.left.iter().map(|word| format!("`{word}`")).collect();
        let _ = writeln!(out, "Nothing here speaks of {}", left.join(", "));
    }
    for found in &answer.pages {
        let Some(page) = site.handbook.page(found.page) else { continue };
        let blank = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{blank}{} ({})", page.title(), page.id());
        for hit in found.hits.iter().filter(|hit| hit.kind != "title") {
            let what = if hit.heading.is_empty() { hit.kind } else { &hit.heading };
            let _ = writeln!(out, "  {what}: {}", hit.text);
        }
    }
    if answer.pages.is_empty() {
        out.push_str("No page has any of these words.\n");
    } else if answer.total > answer.pages.len() {
        let _ = writeln!(out, "\n{} of {} pages; `--limit` shows more", answer.pages.len(), answer.total);
    }
    out
}
