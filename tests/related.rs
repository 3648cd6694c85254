//! The pages that help next: what is promised of every ranking, on handbooks that are made here page by page.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use mendbook::model::PageId;
use mendbook::site::{Site, export};
use support::read;

/// A handbook of these files, and what a test asks of it.
struct Book {
    site: Site,
    _folder: tempfile::TempDir,
}

impl Book {
    fn new(files: &[(&str, &str)]) -> Book {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            write(folder.path(), path, text);
        }
        Book { site: read(folder.path(), None, Vec::new()), _folder: folder }
    }

    fn id(&self, id: &str) -> PageId {
        self.site.handbook.by_id(id).unwrap()
    }

    fn name(&self, id: PageId) -> &str {
        self.site.handbook.page(id).unwrap().id()
    }

    fn cards(&self, id: &str) -> Vec<&str> {
        self.site.kin.cards(self.id(id)).iter().map(|id| self.name(*id)).collect()
    }

    fn ranking(&self, id: &str) -> Vec<&str> {
        self.site.kin.ranking(self.id(id)).iter().map(|ranked| self.name(ranked.page)).collect()
    }

    fn reasons(&self, id: &str, other: &str) -> Vec<String> {
        let why = self.site.kin.why(&self.site.handbook, &self.site.graph, self.id(id));
        why.reasons(self.id(other), usize::MAX).into_iter().map(|reason| reason.text).collect()
    }
}

fn write(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}

/// Four pages on two subjects.
const SUBJECTS: [(&str, &str); 4] = [
    (
        "content/guides/promises.md",
        "# Promises\n\nA promise is a debt. Whoever breaks a promise owes an apology, and the apology names the promise.\n",
    ),
    (
        "content/guides/apologies.md",
        "# Apologies\n\nAn apology that names the promise is heard. The promise was broken; the apology says by whom.\n",
    ),
    (
        "content/guides/agendas.md",
        "# Agendas\n\nAn agenda is sent before the meeting. The meeting follows the agenda, and the notes follow the meeting.\n",
    ),
    (
        "content/guides/notes.md",
        "# Notes\n\nNotes of a meeting name who decides. The agenda of the next meeting begins with the notes of the last.\n",
    ),
];

#[test]
fn pages_on_one_subject_find_each_other() {
    let book = Book::new(&SUBJECTS);
    assert_eq!(book.ranking("guides/promises").first(), Some(&"guides/apologies"));
    assert_eq!(book.ranking("guides/agendas").first(), Some(&"guides/notes"));
    assert_eq!(book.ranking("guides/notes").first(), Some(&"guides/agendas"));
}

#[test]
fn an_author_has_the_last_word() {
    let mut files = SUBJECTS.to_vec();
    files[0].1 = "+++\ntitle = \"Promises\"\nrelated = { pin = [\"Notes\"], block = [\"Apologies\"] }\n+++\n\nA promise is a debt, an apology names the promise.\n";
    let book = Book::new(&files);
    assert_eq!(book.cards("guides/promises").first(), Some(&"guides/notes"));
    assert_eq!(book.reasons("guides/promises", "guides/notes").first().unwrap(), "Chosen for this page by its author");
    assert!(!book.ranking("guides/promises").contains(&"guides/apologies"));
    let listed = book.site.kin.at_least(&book.site.handbook, book.id("guides/promises"), 20);
    assert!(listed.iter().all(|(page, _)| book.name(*page) != "guides/apologies"));
}

#[test]
fn a_pin_that_may_not_be_shown_leaves_no_gap() {
    let same = "A promise is a debt, and an apology names the promise.\n";
    let pins = format!("+++\nrelated = {{ pin = [\"old\", \"far\", \"far\", \"last\"] }}\n+++\n\n{same}");
    let old = format!("+++\nstatus = \"retired\"\n+++\n\n{same}");
    let book = Book::new(&[
        ("content/promises.md", &pins),
        ("content/old.md", &old),
        ("content/near.md", same),
        ("content/nearer.md", same),
        ("content/far.md", "Notes.\n"),
        ("content/last.md", "Gardens.\n"),
    ]);
    assert_eq!(book.cards("promises"), ["far", "last", "near", "nearer"]);
}

#[test]
fn retired_pages_are_never_suggested_and_have_suggestions() {
    let mut files = SUBJECTS.to_vec();
    files[1].1 =
        "+++\ntitle = \"Apologies\"\nstatus = \"retired\"\n+++\n\nAn apology that names the promise is heard.\n";
    let book = Book::new(&files);
    for page in ["guides/promises", "guides/agendas", "guides/notes"] {
        assert!(!book.ranking(page).contains(&"guides/apologies"), "{page}");
    }
    assert_eq!(book.ranking("guides/apologies").first(), Some(&"guides/promises"));
}

#[test]
fn what_notes_on_nearby_pages_show_is_not_shown_twice() {
    let nearby = "# Promises\n\nA promise is a debt, an apology names the promise.\n\n## Nearby patterns\n\n- [[Apologies]] — connects because both name a promise; differs by who speaks.\n";
    let apology = "# Apologies\n\nAn apology that names the promise is heard.\n";
    let book = Book::new(&[("content/patterns/promises.md", nearby), ("content/patterns/apologies.md", apology)]);
    assert!(book.cards("patterns/promises").is_empty() && book.cards("patterns/apologies").is_empty());
    let why = book.reasons("patterns/promises", "patterns/apologies");
    assert_eq!(why.first().unwrap(), "Set apart from this page by its author");
    let why = book.reasons("patterns/apologies", "patterns/promises");
    assert_eq!(why.first().unwrap(), "Its own author sets it apart from this page");
}

#[test]
fn reasons_are_said_in_words() {
    let list = |title: &str, links: &str| format!("# {title}\n\nRead {links} first.\n");
    let pattern = |title: &str, signal: &str| {
        format!(
            "# {title}\n\nSomething wears thin.\n\n## Signals\n\n- {signal}\n\n## Drivers\n\n- **Overload as normal:** Nobody has time.\n"
        )
    };
    let book = Book::new(&[
        (
            "content/patterns/one.md",
            &pattern("Slow answers", "Everybody waits for the same two reviewers before lunch"),
        ),
        (
            "content/patterns/two.md",
            &pattern("Silent reviews", "Everybody waits for the same two reviewers after lunch"),
        ),
        ("content/guides/a.md", &list("First week", "[[Slow answers]] and [[Silent reviews]]")),
        ("content/guides/b.md", &list("Second week", "[[Slow answers]] and [[Silent reviews]]")),
        ("content/guides/c.md", &list("Third week", "[[Slow answers]] and [[Silent reviews]]")),
    ]);
    let why = book.reasons("patterns/one", "patterns/two").join("\n");
    assert!(why.contains("Linked from the same three pages: “First week”, “Second week” and “Third week”"), "{why}");
    assert!(why.contains("Both can come from “Overload as normal”"), "{why}");
    assert!(why.contains("Both show up as “Everybody waits for the same two reviewers before lunch”"), "{why}");
    assert!(book.reasons("patterns/one", "guides/a").contains(&"Links to this page".to_owned()));
    assert!(book.reasons("guides/a", "patterns/one").contains(&"Linked from this page".to_owned()));
}

#[test]
fn words_are_told_as_they_stand_in_the_text() {
    let page = |title: &str| {
        format!(
            "# {title}\n\nThe review meetings of the team are about missed deadlines. In a review meeting nobody names the missed deadlines. After the review meeting, the missed deadlines are forgotten.\n"
        )
    };
    let (one, two) = (page("Slow answers"), page("Late surprises"));
    let book = Book::new(&[
        ("content/a.md", &one),
        ("content/b.md", &two),
        ("content/c.md", "# Gardens\n\nA garden wants water. The water of a garden comes from above.\n"),
        ("content/d.md", "# Water\n\nThe water is cold. The garden of the house has water.\n"),
    ]);
    let why = book.reasons("a", "b").join("\n");
    assert!(why.contains("Both are about") && why.contains("missed deadlines"), "{why}");
    assert!(!why.contains("meet ") && !why.contains("deadlin,"), "no stems: {why}");
}

/// A handbook of many pages: a hub that everything resembles, pages alike in groups, and pages like none.
fn many() -> Vec<(String, String)> {
    let subjects = ["promise", "meeting", "decision", "feedback", "overload", "silence", "credit", "deadline"];
    let page = |number: usize| {
        let mut text = format!("# Page {number} on {}\n\n", subjects[number % 8]);
        for word in 0..12 {
            let _ = write!(
                text,
                "The {} and the {} of this team. ",
                subjects[(number + word) % 8],
                subjects[(number * word) % 8]
            );
        }
        if number % 10 == 9 {
            text = format!("# Qqq{number}\n\nZyx{number} vwu{number} tsr{number}.\n");
        }
        (format!("content/area-{}/page-{number}.md", number % 5), text)
    };
    (0..60).map(page).collect()
}

#[test]
fn nobody_is_an_orphan_and_no_list_is_padded() {
    let files = many();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let book = Book::new(&files);
    let mut shown: BTreeSet<PageId> = BTreeSet::new();
    for (id, _) in book.site.handbook.all() {
        let cards = book.site.kin.cards(id);
        assert!(cards.len() <= 6);
        assert!(!cards.contains(&id), "no page suggests itself");
        assert_eq!(cards.iter().collect::<BTreeSet<_>>().len(), cards.len(), "no page stands twice");
        shown.extend(cards);
    }
    assert_eq!(shown.len(), 60);
    // A page like no other has no cards but those on which it gives an orphan a place.
    assert!(book.cards("area-4/page-9").len() <= 1);
}

#[test]
fn the_cards_are_the_beginning_of_the_ranking() {
    let files = many();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let book = Book::new(&files);
    for (id, page) in book.site.handbook.all() {
        let ranking: Vec<PageId> = book.site.kin.ranking(id).iter().map(|ranked| ranked.page).collect();
        let first: Vec<PageId> = ranking.iter().take(6).copied().collect();
        assert!(book.site.kin.cards(id).iter().all(|card| first.contains(card)), "{}", page.id());
    }
}

/// What `mendbook export` prints.
fn exported(site: &Site) -> serde_json::Value {
    let mut out = Vec::new();
    export::write(site, 0, &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

#[test]
fn the_export_lists_twenty_with_reasons_and_says_the_same_every_time() {
    let files = many();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let book = Book::new(&files);
    let one = exported(&book.site);
    for page in one["pages"].as_array().unwrap() {
        let related = page["related"].as_array().unwrap();
        assert_eq!(related.len(), 20, "{}", page["id"]);
        let targets: BTreeMap<&str, ()> = related.iter().map(|kin| (kin["target"].as_str().unwrap(), ())).collect();
        assert!(targets.len() == 20 && !targets.contains_key(page["id"].as_str().unwrap()));
        for kin in related {
            let reasons = kin["reasons"].as_array().unwrap();
            assert!(!reasons.is_empty(), "{} on {}", kin["target"], page["id"]);
            assert!(reasons.iter().all(|reason| !reason["text"].as_str().unwrap().is_empty()));
        }
    }
    let single = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let again = single.install(|| Book::new(&files));
    assert_eq!(one["pages"].to_string(), exported(&again.site)["pages"].to_string());
}

#[test]
fn an_empty_handbook_and_a_page_alone_have_nothing_to_suggest() {
    let book = Book::new(&[("content/index.md", "")]);
    assert!(book.cards("index").is_empty());
    let book = Book::new(&[("content/alone.md", "# Alone\n\nOne page is no handbook.\n")]);
    assert!(book.cards("alone").is_empty() && book.ranking("alone").is_empty());
}

#[test]
fn a_count_of_none_shows_none() {
    let mut files = SUBJECTS.to_vec();
    files.push(("site.toml", "[related]\ncount = 0\n"));
    let book = Book::new(&files);
    assert!(book.cards("guides/promises").is_empty());
    assert!(!book.ranking("guides/promises").is_empty());
}

#[test]
fn a_page_ranked_afresh_without_an_edit_is_ranked_as_before() {
    let files = many();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let book = Book::new(&files);
    for (id, page) in book.site.handbook.all() {
        let afresh = book.site.kin.carried((&book.site.handbook, &book.site.handbook), &book.site.graph, &[id]);
        let scores = |ranked: &[mendbook::related::Ranked]| -> BTreeMap<PageId, f32> {
            ranked.iter().map(|ranked| (ranked.page, ranked.score)).collect()
        };
        let afresh = scores(afresh.ranking(id));
        for (other, score) in scores(book.site.kin.ranking(id)).into_iter().filter(|(_, score)| *score > 0.0) {
            assert_eq!(afresh.get(&other), Some(&score), "{} on {}", book.name(other), page.id());
        }
    }
}
