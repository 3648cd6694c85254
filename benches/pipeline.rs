//! The steps of the pipeline: reading pages, understanding them together, showing them.

use std::sync::Arc;

use divan::Bencher;
use divan::counter::BytesCount;
use mendbook::config::Config;
use mendbook::discover::{Files, PageFile};
use mendbook::kinds::Kinds;
use mendbook::model::PageId;
use mendbook::parse::{self, Reading};
use mendbook::related::Kin;
use mendbook::site::{Options, Site};
use mendbook::source::Source;

/// Pages of the handbook that the larger steps work on.
const PAGES: usize = 500;

fn main() {
    divan::main();
}

/// A pattern of some six kilobytes that names five others.
fn pattern(number: usize) -> String {
    let other = |step: usize| format!("Pattern {}", (number + step) % PAGES);
    let bullets = |count: usize| {
        (0..count).map(|n| format!("- What people do in case {n} of {number}, again and again\n")).collect::<String>()
    };
    let story = "They meet on Monday, and nobody says that the plan slips. ".repeat(8);
    let steps: String = (1..6)
        .map(|n| format!("{n}. **Step {n}.** Ask what is known so far, and wait.\n\n   Say: What do you see?\n\n"))
        .collect();
    let notes: String = (1..5)
        .map(|n| format!("- [[{}]] — connects because both begin late; differs by who speaks\n", other(n * 7)))
        .collect();
    format!(
        "+++\ntitle = \"Pattern {number}\"\ntags = [\"tag {}\"]\nupdated = 2026-01-01\n+++\n{story}See [[{}]].\n\n## Signals\n\n{}\n\
         ## Drivers\n\n- **Fear:** it costs to speak\n- **Habit:** it was always so\n\n## What makes it worse\n\n{}\n## Scenario\n\n{story}\n\n\
         ## What helps\n\n{steps}## Nearby patterns\n\n{notes}\n## When to escalate\n\n- Long: when it lasts → @hr\n",
        number % 20,
        other(3),
        bullets(8),
        bullets(4),
    )
}

fn files() -> Files {
    let page = |number| PageFile {
        id: format!("patterns/area-{}/p{number}", number % 10),
        source: Arc::new(Source::new(format!("content/patterns/area-{}/p{number}.md", number % 10), pattern(number))),
    };
    Files { pages: (0..PAGES).map(page).collect(), ..Files::default() }
}

fn site() -> Site {
    Site::new(
        files(),
        (Config::default(), Vec::new()),
        &Options { drafts: false, today: "2026-06-01".to_owned(), related: 0 },
    )
}

fn reading() -> Reading {
    let config = Config::default();
    let kinds = Kinds::load(&config).0;
    Reading::new(&config, kinds, &Arc::default())
}

#[divan::bench]
fn parse_one_page(bencher: Bencher<'_, '_>) {
    let (reading, source) = (reading(), Arc::new(Source::new("content/patterns/x.md", pattern(0))));
    let bytes = BytesCount::of_str(source.text());
    bencher.counter(bytes).bench(|| parse::draft(&source, "patterns/x", &reading));
}

#[divan::bench(sample_count = 10)]
fn parse_500_pages(bencher: Bencher<'_, '_>) {
    let (reading, files) = (reading(), files());
    bencher.bench(|| files.pages.iter().map(|page| parse::draft(&page.source, &page.id, &reading)).collect::<Vec<_>>());
}

/// Reading in parallel, then names, links and checks.
#[divan::bench(sample_count = 10)]
fn understand_500_pages(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(files).bench_values(|files| {
        Site::new(
            files,
            (Config::default(), Vec::new()),
            &Options { drafts: false, today: "2026-06-01".to_owned(), related: 0 },
        )
    });
}

#[divan::bench(sample_count = 10)]
fn show_500_pages(bencher: Bencher<'_, '_>) {
    let site = site();
    bencher.bench(|| site.outputs.keys().filter_map(|route| site.render(route)).count());
}

/// Every page's related pages.
#[divan::bench(sample_count = 10)]
fn rank_500_pages(bencher: Bencher<'_, '_>) {
    let site = site();
    bencher.bench(|| Kin::new(&site.handbook, &site.graph, (&site.config, 50)));
}

/// Those of one page after an edit.
#[divan::bench]
fn rank_one_page_afresh(bencher: Bencher<'_, '_>) {
    let site = site();
    let page = PageId::new(7);
    bencher.bench(|| site.kin.carried((&site.handbook, &site.handbook), &site.graph, &[page]));
}
