//! What readers type, and what they find: one small handbook, asked in many ways.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use std::time::{Duration, Instant};

use mendbook::search::{Answer, Question};
use mendbook::site::Site;
use proptest::prelude::*;
use support::program::{Place, at};

/// Three patterns, one of them retired, a guide and a term.
fn handbook() -> Place {
    Place::with(&[
        ("site.toml", "[search]\nsynonyms = [[\"1:1\", \"one to one\"], [\"boss\", \"manager\"]]\n"),
        (
            "content/patterns/late-bad-news.md",
            "---\ntitle: Bad news that arrives late\naliases: [Watermelon project]\nstage: breach\n---\nEverybody knew.\n\n## Signals\n\n- The status is green until the week before the date.\n- A person who knew was told to wait.\n\n## What helps\n\n1. **Ask early.** Ask what could go wrong.\n",
        ),
        (
            "content/patterns/empty-apology.md",
            "---\ntitle: An apology that does not land\nsummary: The word was said, and nothing followed.\n---\nIt was said twice.\n\n## Signals\n\n- The manager apologised in a meeting, and the one to one was cancelled.\n- The same status was promised again before the week was over.\n\n## Nearby patterns\n\n- [[late-bad-news]] — connects because both cost trust; differs in what was owed\n",
        ),
        (
            "content/patterns/old.md",
            "---\ntitle: Watermelon\nstatus: retired\n---\nThis was the old page.\n\n## Signals\n\n- A green status.\n",
        ),
        (
            "content/guides/saying-sorry.md",
            "# Saying sorry\n\n## First words\n\nBegin with the café where it happened.\n",
        ),
        ("content/glossary/trust.md", "What lets people plan around each other.\n"),
    ])
}

fn read(place: &Place) -> Site {
    support::read(&place.path, None, Vec::new())
}

fn ask(site: &Site, question: &Question<'_>) -> Answer {
    site.search().answer(question, (&site.handbook, &site.graph))
}

/// The ids found, and what was widened and left out.
fn found(site: &Site, text: &str) -> (Vec<String>, Vec<String>) {
    let answer = ask(site, &Question { text, limit: 10, ..Question::default() });
    let ids = answer.pages.iter().map(|found| site.handbook.page(found.page).unwrap().id().to_owned()).collect();
    let widened = answer.widened.iter().map(|own| format!("{} {}: {}", own.why.name(), own.word, own.to.join(", ")));
    (ids, widened.chain(answer.left.iter().map(|word| format!("left {word}"))).collect())
}

/// The first page found, and what was said of the words.
fn first(site: &Site, text: &str) -> (String, Vec<String>) {
    let (ids, said) = found(site, text);
    (ids.first().cloned().unwrap_or_default(), said)
}

#[test]
fn one_known_word_is_enough() {
    let site = read(&handbook());
    for text in ["the zebra apologised yesterday", "APOLOGISED!!", "«apologised»"] {
        assert_eq!(first(&site, text).0, "patterns/empty-apology", "{text}");
    }
    assert_eq!(first(&site, "zebra apologised").1, ["left zebra"]);
    assert_eq!(found(&site, "zebra"), (vec![], vec!["left zebra".to_owned()]));
    assert_eq!(found(&site, ""), (vec![], vec![]));
}

#[test]
fn slips_endings_and_accents_do_not_matter_and_are_told() {
    let site = read(&handbook());
    for (text, page, said) in [
        ("apolgy", "patterns/empty-apology", "typo apolgy: apology"),
        ("opology", "patterns/empty-apology", "typo opology: apology"),
        ("pology", "patterns/empty-apology", "typo pology: apology"),
        ("paology", "patterns/empty-apology", "typo paology: apology"),
        ("wapology", "patterns/empty-apology", "typo wapology: apology"),
        ("watermellon proyect", "patterns/late-bad-news", "typo watermellon: watermelon"),
        ("apologising", "patterns/empty-apology", "ending apologising: apologised"),
        ("Café", "guides/saying-sorry", ""),
        ("cafe", "guides/saying-sorry", ""),
        ("arriving", "patterns/late-bad-news", "ending arriving: arrives"),
    ] {
        let (id, told) = first(&site, text);
        assert_eq!((id.as_str(), told.first().map_or("", String::as_str)), (page, said), "{text}");
    }
}

#[test]
fn the_last_word_may_be_a_beginning_while_it_is_typed() {
    let site = read(&handbook());
    let question = Question { text: "water", typing: true, limit: 5, ..Question::default() };
    let answer = ask(&site, &question);
    assert_eq!(answer.total, 2);
    let done = ask(&site, &Question { typing: false, ..question.clone() });
    assert_eq!(done.widened[0].why.name(), "prefix", "a whole word that nobody knows may be one too");
    assert_eq!(ask(&site, &Question { text: "wa", typing: false, ..question }).total, 0);
}

#[test]
fn synonyms_and_other_names_lead_to_the_page() {
    let site = read(&handbook());
    assert_eq!(
        first(&site, "my 1:1"),
        ("patterns/empty-apology".to_owned(), vec!["synonym 1:1: one to one".to_owned()])
    );
    assert_eq!(first(&site, "boss"), ("patterns/empty-apology".to_owned(), vec!["synonym boss: manager".to_owned()]));
    let (ids, said) = found(&site, "a watermelon project, surely");
    assert_eq!(ids[0], "patterns/late-bad-news");
    assert!(said.contains(&"alias watermelon project: Bad news that arrives late".to_owned()), "{said:?}");
}

#[test]
fn a_name_that_was_typed_in_full_comes_first() {
    let site = read(&handbook());
    assert_eq!(first(&site, "trust").0, "glossary/trust");
    assert_eq!(first(&site, "watermelon").0, "patterns/old", "it is found, for it is still a page");
}

#[test]
fn kinds_and_stages_narrow() {
    let site = read(&handbook());
    let question = Question { text: "sorry trust status words", limit: 10, ..Question::default() };
    let ids = |question: &Question<'_>| -> Vec<String> {
        ask(&site, question).pages.iter().map(|found| site.handbook.page(found.page).unwrap().id().to_owned()).collect()
    };
    assert_eq!(ids(&Question { kinds: vec!["guide"], ..question.clone() }), ["guides/saying-sorry"]);
    assert_eq!(ids(&Question { stages: vec!["breach"], ..question.clone() }), ["patterns/late-bad-news"]);
    assert_eq!(ids(&Question { kinds: vec!["nothing"], ..question }), Vec::<String>::new());
}

#[test]
fn the_finder_ranks_live_patterns_by_what_was_seen() {
    let site = read(&handbook());
    let tick = "patterns/late-bad-news#signals-a-person-who-knew-was-told-to-wait";
    let question =
        Question { text: "apologised", finder: true, ticks: vec![tick, "gone#x"], limit: 9, ..Question::default() };
    let answer = ask(&site, &question);
    let pages: Vec<&str> = answer.pages.iter().map(|found| site.handbook.page(found.page).unwrap().id()).collect();
    assert_eq!(pages, ["patterns/late-bad-news", "patterns/empty-apology"]);
    let hit = &answer.pages[0].hits[0];
    assert_eq!((hit.ticked, hit.text.as_str()), (true, "A person who knew was told to wait."));
    let retired = ask(&site, &Question { text: "watermelon", finder: true, limit: 9, ..Question::default() });
    assert_eq!(retired.total, 1, "a retired pattern is not suggested");
}

#[test]
fn hits_name_the_place_and_mark_the_words() {
    let site = read(&handbook());
    let answer = ask(&site, &Question { text: "ask early, status green", limit: 1, ..Question::default() });
    let hits = &answer.pages[0].hits;
    let told: Vec<String> = hits
        .iter()
        .map(|hit| {
            let marked: Vec<&str> = hit.marks.iter().map(|(from, to)| &hit.text[*from..*to]).collect();
            format!("{} #{} [{}]", hit.kind, hit.anchor, marked.join(" "))
        })
        .collect();
    assert_eq!(
        told,
        [
            "step #helps-ask-early [Ask early Ask]",
            "signal #signals-the-status-is-green-until-the-week-before-the-2375 [status green]",
        ]
    );
    assert_eq!(hits[0].text, "Ask early. Ask what could go wrong.");
}

#[test]
fn the_command_line_answers_too() {
    let place = handbook();
    let says = |args: &[&str], words: &[&str]| {
        let run = at(&place.path, &[&["search"], args].concat());
        run.ends(0, &[]);
        for word in words {
            assert!(run.out.contains(word), "`{word}` is not said: {}", run.out);
        }
    };
    says(
        &["apolgy", "zebra"],
        &["`apolgy` is read as apology", "speaks of `zebra`", "An apology that does not land (patterns/empty-apology)"],
    );
    says(&["--kind", "guide", "status"], &["No page has any of these words."]);
    says(&["--limit", "1", "status"], &["1 of 3 pages; `--limit` shows more"]);
    says(&["--finder", "--tick", "patterns/late-bad-news#signals-x", "status"], &["The status is green"]);
    at(&place.path, &["search"]).ends(2, &["WORDS"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_may_be_typed(text in any::<String>(), words in "[a-z' ]{0,60}", finder in any::<bool>(), typing in any::<bool>()) {
        use std::sync::OnceLock;
        static SITE: OnceLock<Site> = OnceLock::new();
        let site = SITE.get_or_init(|| read(&handbook()));
        for text in [text.as_str(), &words, &format!("{words} status")] {
            let question = Question { text, typing, finder, ticks: vec![text], limit: 10, ..Question::default() };
            let answer = ask(site, &question);
            prop_assert!(answer.pages.len() <= answer.total);
            for hit in answer.pages.iter().flat_map(|found| &found.hits) {
                let places: Vec<usize> = hit.marks.iter().flat_map(|(from, to)| [*from, *to]).collect();
                prop_assert!(places.is_sorted() && hit.marks.iter().all(|(from, to)| hit.text.get(*from..*to).is_some()));
            }
        }
        let known = ask(site, &Question { text: &format!("{words} status"), finder, limit: 10, ..Question::default() });
        prop_assert!(known.total >= 2, "a known word finds its pages whatever stands beside it");
    }
}

#[test]
fn time_grows_with_the_text_and_no_faster() {
    let site = read(&handbook());
    let time = |length: usize| {
        let text: String = (0..length).map(|number| format!("wrod{number} aple ")).collect();
        let start = Instant::now();
        ask(&site, &Question { text: &text, limit: 10, ..Question::default() });
        start.elapsed()
    };
    let short = time(2_000).max(Duration::from_millis(20));
    assert!(time(20_000) < short * 60, "ten times the text takes over sixty times as long");
}
