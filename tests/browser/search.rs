//! The browser finds what the program finds: the same pages in the same order, with the same hits and marks.

use mendbook::search::{Answer, Question, tokens};
use mendbook::site::Site;
use serde_json::{Value, json};

use super::books::{Book, book, fresh, handbook};
use super::support::{self, browser::Browser};

/// Pages of each answer that are compared.
const LIMIT: usize = 6;

/// A question as both sides are asked it.
#[derive(Clone)]
struct Asked {
    text: String,
    ticks: Vec<String>,
    finder: bool,
    kinds: Vec<String>,
}

impl Asked {
    fn both(text: impl Into<String>) -> [Asked; 2] {
        let search = Asked { text: text.into(), ticks: Vec::new(), finder: false, kinds: Vec::new() };
        [Asked { finder: true, ..search.clone() }, search]
    }

    /// What the program answers, in the browser's form.
    fn here(&self, site: &Site) -> Value {
        let question = Question {
            text: &self.text,
            typing: !self.text.ends_with(char::is_whitespace),
            finder: self.finder,
            ticks: self.ticks.iter().map(String::as_str).collect(),
            kinds: self.kinds.iter().map(String::as_str).collect(),
            limit: LIMIT,
            ..Question::default()
        };
        told(site, &site.search().answer(&question, (&site.handbook, &site.graph)))
    }

    /// The call that asks the browser.
    fn there(&self) -> String {
        let options = json!({"limit": LIMIT, "kinds": self.kinds});
        if self.finder {
            format!("mendbook.search.rank({}, {options})", json!({"text": self.text, "ticks": self.ticks}))
        } else {
            format!("mendbook.search.find({}, {options})", json!(self.text))
        }
    }
}

fn told(site: &Site, answer: &Answer) -> Value {
    let utf16 = |text: &str, at: usize| text[..at].encode_utf16().count();
    let pages = answer.pages.iter().map(|found| {
        let page = site.handbook.page(found.page).unwrap();
        let hits = found.hits.iter().map(|hit| {
            let marks = hit.marks.iter().map(|(from, to)| json!([utf16(&hit.text, *from), utf16(&hit.text, *to)]));
            json!([hit.kind, hit.heading, hit.text, hit.anchor, marks.collect::<Vec<_>>(), hit.ticked])
        });
        json!([page.id(), page.title(), hits.collect::<Vec<_>>()])
    });
    let widened = answer.widened.iter().map(|own| json!([own.word, own.to, own.why.name()]));
    json!({
        "pages": pages.collect::<Vec<_>>(), "total": answer.total, "left": answer.left,
        "widened": widened.collect::<Vec<_>>(),
    })
}

/// Ask both sides, and compare.
fn compare(browser: &mut Browser, site: &Site, questions: &[Asked]) {
    browser.evaluate("mendbook.load(mendbook.assets.search).then(() => mendbook.search.ready()).then(() => true)");
    for some in questions.chunks(40) {
        let calls: Vec<String> = some.iter().map(Asked::there).collect();
        let expression = format!(
            "Promise.all([{}]).then((answers) => answers.map(({{ pages, total, left, widened }}) => ({{
                pages: pages.map(({{ id, title, href, hits }}) => [id, title, hits.map((hit) =>
                    [hit.type, hit.heading, hit.text, decodeURIComponent(hit.href.slice(href.length + 1)), hit.marks, hit.ticked])]),
                total, left, widened: widened.map(({{ word, to, why }}) => [word, to, why]) }})))",
            calls.join(",")
        );
        let there = browser.evaluate(&expression);
        for (asked, there) in some.iter().zip(there.as_array().unwrap()) {
            let here = asked.here(site);
            assert_eq!(&here, there, "`{}`{}", asked.text, if asked.finder { " in the finder" } else { "" });
        }
    }
}

/// Each word of the handbook's questions in other shapes: a letter left out, doubled, two of them in the wrong order,
/// only its beginning, another ending; and words that nobody knows.
fn bent(texts: &[String]) -> Vec<String> {
    let mut words: Vec<String> =
        texts.iter().flat_map(|text| tokens(text, 64)).map(|token| token.word).filter(|word| word.len() > 4).collect();
    words.sort_unstable();
    words.dedup();
    let bend = |(at, word): (usize, &String)| {
        let letters: Vec<char> = word.chars().collect();
        let (head, tail) = letters.split_at(1 + at % (letters.len() - 2));
        let join = |parts: &[&[char]]| parts.concat().into_iter().collect::<String>();
        match at % 9 {
            0 => join(&[head, &tail[1..]]),
            1 => join(&[head, &tail[..1], tail]),
            2 => join(&[head, &[tail[1], tail[0]], &tail[2..]]),
            3 => join(&[&letters[..3]]),
            4 => format!("{word}ising "),
            5 => join(&[&letters[1..]]),
            6 => join(&[&['q'], &letters[1..]]),
            7 => join(&[&[letters[1], letters[0]], &letters[2..]]),
            _ => format!("zq{word} and {word}"),
        }
    };
    words.iter().enumerate().map(bend).collect()
}

#[test]
fn the_browser_answers_as_the_program_does() {
    let Some(mut browser) = Browser::open() else { return };
    let site = support::read(&support::repository("."), None, Vec::new());
    let texts: Vec<String> = site.queries.list.iter().map(|query| query.text.clone()).collect();
    assert!(texts.len() > 60, "the handbook has questions of its own");
    let mut questions: Vec<Asked> = texts.iter().flat_map(Asked::both).collect();
    questions.extend(bent(&texts).into_iter().flat_map(Asked::both));
    let ticked = site.queries.list.iter().filter(|query| !query.ticks.is_empty());
    questions.extend(ticked.map(|query| Asked {
        text: query.text.clone(),
        ticks: query.ticks.iter().map(|(tick, _)| tick.clone()).chain(["gone#gone".to_owned()]).collect(),
        finder: true,
        kinds: Vec::new(),
    }));
    let odd = [
        "",
        " ",
        "the of and",
        "1:1 with my lead",
        "\u{1f600} \u{301}",
        "Café’s ÉQUIPE",
        "信頼",
        "=0",
        "a b c",
        "don't don’t",
    ];
    questions.extend(odd.into_iter().flat_map(Asked::both));
    questions.extend(["sorry", "repair"].map(|text| Asked {
        text: text.to_owned(),
        ticks: Vec::new(),
        finder: false,
        kinds: vec!["guide".to_owned(), "term".to_owned()],
    }));
    for address in [handbook().served("index.html"), handbook().on_disk("index.html")] {
        browser.go(&address);
        compare(&mut browser, &site, &questions);
    }
}

/// A handbook in German, with a little of other languages.
const TONGUES: [(&str, &str); 4] = [
    (
        "site.toml",
        "language = \"de\"\n[search]\nsynonyms = [[\"Chefin\", \"Vorgesetzte\"], [\"1:1\", \"vier Augen\"]]\n",
    ),
    (
        "content/patterns/leise.md",
        "---\ntitle: Übergangene Straßen & „Größe“\naliases: [Der leise Rückzug, <b>x</b>]\nstage: breach\n---\nDie Vorgesetzte schweigt.\n\n## Signals\n\n- Die Chefin sagt ihr Einzelgespräch ab, ein Gespräch unter vier Augen.\n- Versprochenes wird vergessen.\n- Straße & „Größe“ — ohne Worte\n- Straße & „Größe“ — ohne Worte\n",
    ),
    (
        "content/patterns/laut.md",
        "---\ntitle: Laut\n---\nVersprechen, die 1:1 gehalten werden. 信頼回復には時間がかかる。\n\n## Signals\n\n- Die Vorgesetzte sagt jedes Gespräch ab.\n- Доверие и вина, ёлка\n- ความไว้วางใจ\n\n## Nearby\n\n- [[leise]] — connects because beide schweigen; differs by die Lautstärke\n",
    ),
    ("content/über uns/b c.md", "# Wir & <die anderen>\n\nEin \u{130}stanbul, ΟΔΟΣ, ﬁnden, 𝐁old, don’t.\n"),
];

/// What is asked of it.
const SAID: [&str; 25] = [
    "chefin",
    "vorgesetzten ",
    "1:1",
    "unter vier Augen",
    "Strasse",
    "grösse",
    "GROESSE",
    "versprechens",
    "versprchen",
    "信頼",
    "回復に時",
    "信",
    "доверия",
    "елка",
    "ความไว้",
    "istanbul",
    "οδος",
    "οδός",
    "finden",
    "bold",
    "dont",
    "rückzug",
    "der leise ruckzug bitte",
    "b",
    "wir",
];

#[test]
fn it_does_so_in_other_languages() {
    let Some(mut browser) = Browser::open() else { return };
    let folder = fresh("tongues-source");
    for (path, text) in TONGUES {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let questions: Vec<Asked> = SAID.into_iter().flat_map(Asked::both).collect();
    let Book { server, folder: built, .. } = book("tongues", &folder, &[]);
    let site = support::read(&folder, None, Vec::new());
    for address in [format!("{server}repo/index.html"), format!("file://{}/index.html", built.display())] {
        browser.go(&address);
        compare(&mut browser, &site, &questions);
    }
    let said = browser.evaluate("mendbook.search.between('patterns/leise', 'patterns/laut')");
    let drawn = "compare/patterns.laut--patterns.leise.html";
    assert_eq!(said, json!({"text": "Die Lautstärke.", "said_by": "patterns/laut", "href": drawn}));
    assert!(built.join(drawn).exists());
    assert_eq!(browser.evaluate("mendbook.search.between('patterns/leise', 'nowhere')"), Value::Null);
    assert_eq!(
        browser.evaluate("mendbook.search.facets()"),
        json!({"kinds": ["pattern", "page"], "stages": ["breach"]})
    );
}
