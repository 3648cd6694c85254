//! What the browser finds is what `mendbook search` finds: the same pages, in the same order, for the same reasons.

use mendbook::search::{Asked, Sort};
use mendbook::site::Site;
use serde_json::{Value, json};

use super::books::handbook;
use super::support::{self, repository};
use super::{Browser, none};

/// The texts and ticks of the handbook's own test of its search.
fn questions() -> Vec<(String, Vec<String>)> {
    let text = std::fs::read_to_string(repository("content/_queries.toml")).unwrap();
    let table: toml::Table = toml::from_str(&text).unwrap();
    let list = |value: Option<&toml::Value>| -> Vec<String> {
        let texts = value.and_then(toml::Value::as_array).into_iter().flatten();
        texts.filter_map(|text| text.as_str().map(str::to_owned)).collect()
    };
    let text = |query: &toml::Value| query.get("text").and_then(toml::Value::as_str).unwrap_or("").to_owned();
    table["query"].as_array().unwrap().iter().map(|query| (text(query), list(query.get("ticks")))).collect()
}

/// Those, and what becomes of them under quick fingers: a beginning, a letter lost, two changed places, words of nobody's.
fn asked() -> Vec<(String, Vec<String>)> {
    let mut all = questions();
    let typed: Vec<String> = all.iter().map(|(text, _)| text.clone()).filter(|text| text.len() > 12).collect();
    for (at, text) in typed.iter().enumerate() {
        let cut = text.char_indices().nth(text.chars().count() * 2 / 3).map_or(text.len(), |(at, _)| at);
        let mut letters: Vec<char> = text.chars().collect();
        match at % 4 {
            0 => letters.truncate(letters.len() - 2),
            1 => drop(letters.remove(at % letters.len())),
            2 => {
                let place = at % (letters.len() - 1);
                letters.swap(place, place + 1);
            }
            _ => letters.extend(" zzyzx Übërgänge 信頼の".chars()),
        }
        all.push((letters.into_iter().collect(), Vec::new()));
        all.push((text[..cut].to_owned(), Vec::new()));
    }
    all.extend(
        ["", " ", "the of and", "a", "??", "apolgy", "trsut tust", "micromanag"]
            .map(|text| (text.to_owned(), Vec::new())),
    );
    all
}

/// What the program answers, as the script says it.
fn told(site: &Site, asked: &Asked) -> Value {
    let answer = site.index().ask(&site.handbook, asked);
    let page = |found: &mendbook::search::Found| {
        let id = site.handbook.page(found.page).unwrap().id();
        let lines = found.hits.iter().filter(|hit| hit.record.sort != Sort::Title);
        json!([id, lines.map(|hit| json!([hit.record.shown(), hit.marks])).collect::<Vec<_>>()])
    };
    json!({
        "pages": answer.pages.iter().take(10).map(page).collect::<Vec<_>>(),
        "total": answer.pages.len(),
        "missing": answer.left,
        "widened": answer.widened.iter().map(|widened| json!([widened.word, widened.to, widened.why])).collect::<Vec<_>>(),
    })
}

/// What the script answers to all of them.
const ANSWERS: &str = "(async (all) => {
    const engine = await mendbook.load(mendbook.assets.search), answers = [];
    for (const [text] of all) {
        const found = await engine.search({ q: text }, 10);
        answers.push({
            pages: found.hits.map((hit) => [hit.id, hit.lines.map((line) => [line.text, line.marks])]),
            total: found.total, missing: found.missing, widened: found.widened.map(({ word, as, why }) => [word, as, why]),
        });
    }
    return answers;
})";

/// What the finder's ranking gives: each pattern with its signals.
const RANKS: &str = "(async (all) => {
    const engine = await mendbook.load(mendbook.assets.search), answers = [];
    for (const [text, ticks] of all) {
        const hits = await engine.rank({ text, ticks });
        answers.push(hits.map((hit) => [hit.id, hit.signals.map(({ text }) => text)]));
    }
    return answers;
})";

#[test]
fn the_browser_finds_what_the_program_finds() {
    let Some(mut browser) = Browser::open() else { return };
    let site = support::read(&repository(""), None, Vec::new());
    let all = asked();
    browser.look(1280, "light");
    browser.go(&handbook().served("index.html"));
    let found = browser.evaluate(&format!("{ANSWERS}({})", json!(all)));
    let ranked = browser.evaluate(&format!("{RANKS}({})", json!(all)));
    let mut wrong = Vec::new();
    for (at, (text, ticks)) in all.iter().enumerate() {
        let asked = Asked { text: text.clone(), ..Asked::default() };
        let own = told(&site, &asked);
        if own != found[at] {
            wrong.push(format!("search for `{text}`:\n  program {own}\n  browser {}", found[at]));
        }
        let finder = site.index().ask(&site.handbook, &Asked { ticks: ticks.clone(), finder: true, ..asked });
        let signals = finder.pages.iter().take(10).map(|page| {
            let signals = page.hits.iter().filter(|hit| hit.record.sort == Sort::Signal);
            let id = site.handbook.page(page.page).unwrap().id();
            json!([id, signals.map(|hit| hit.record.shown()).collect::<Vec<_>>()])
        });
        let own: Value = signals.collect();
        if own != ranked[at] {
            wrong.push(format!("ranking of `{text}` {ticks:?}:\n  program {own}\n  browser {}", ranked[at]));
        }
    }
    assert!(all.len() > 200, "only {} questions were asked", all.len());
    none(&wrong);
}
