//! Phrases by language, plural and hole; dates; the direction of a language.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use super::*;

fn layer(files: &[(&str, &str)]) -> LayerFiles {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    LayerFiles { name: "ours".to_owned(), files }
}

fn load(files: &[(&str, &str)], tag: &str) -> (Wording, Vec<String>) {
    let (wording, findings) = Wording::load(&[layer(files)], tag);
    (wording, findings.into_iter().map(|finding| format!("{}: {}", finding.check, finding.message)).collect())
}

#[test]
fn the_nearest_tag_says_a_phrase_key_by_key() {
    let files = [("words/de-AT.toml", "[title]\nhelp = \"Hilfe\"\n"), ("words/de.toml", "[title]\nmap = \"Plan\"\n")];
    let (wording, findings) = load(&files, "de-AT");
    assert_eq!(findings, [""; 0]);
    let said = ["title.help", "title.map", "title.signals"].map(|key| wording.say(key, &[]));
    assert_eq!(said, ["Hilfe", "Plan", "Anzeichen"]);
    let (english, _) = load(&files, "en-GB");
    assert_eq!(english.say("title.help", &[]), "Get help");
    let (unknown, _) = load(&files, "xx");
    assert_eq!(unknown.say("title.map", &[]), "Map");
}

#[test]
fn each_language_has_its_own_plurals() {
    let polish = "[home]\npages = { one = \"{n} strona\", few = \"{n} strony\", many = \"{n} stron\", other = \"{n} strony\" }\n";
    let (wording, findings) = load(&[("words/pl.toml", polish)], "pl-PL");
    assert_eq!(findings, [""; 0]);
    let said = ["1", "2", "5", "22"].map(|n| wording.say("home.pages", &[("n", n)]));
    assert_eq!(said, ["1 strona", "2 strony", "5 stron", "22 strony"]);
    // What is said in English follows the English rule.
    assert_eq!(wording.say("page.more", &[("n", "22")]), "and 22 more");
}

#[test]
fn a_hole_without_a_value_and_a_key_without_a_phrase_are_told() {
    let (wording, _) = load(&[], "en");
    let none = |_: &str| None;
    assert_eq!(wording.html("page.next", &none), Err(Unsaid::Missing("area".to_owned())));
    assert_eq!(wording.html("page.nxt", &none), Err(Unsaid::Unknown));
    let markup = |_: &str| Some("<em>A</em>".to_owned());
    assert_eq!(wording.html("page.link-to", &markup).unwrap(), "Link to “<em>A</em>”");
}

#[test]
fn words_of_a_phrase_are_never_markup() {
    let (wording, _) = load(&[("words/en.toml", "[page]\nedit = \"<b>{not one}</b> & { more\"\n")], "en");
    assert_eq!(wording.html("page.edit", &|_| None).unwrap(), "&lt;b&gt;{not one}&lt;/b&gt; &amp; { more");
}

#[test]
fn mistakes_in_a_file_are_findings_and_the_rest_counts() {
    let text = "edit = \"x\"\n[page]\nkept-b = \"By\"\nnext = \"{aera}\"\nedit = 3\nmore = { one = \"1\" }\n\
                stage = { other = \"S\", som = \"T\" }\ntags = \"T\"\n[own]\nkey = \"mine\"\n";
    let (wording, findings) = load(&[("words/en.toml", text)], "en");
    assert_eq!(
        findings,
        [
            "wrong-type: `edit` is a table, not a text",
            "unknown-key: no phrase is called `page.kept-b`",
            "template-error: nothing is put into `{aera}` of `page.next`",
            "wrong-type: `edit` is a text, or a table of plural forms, not a number",
            "template-error: `page.more` has no form `other`",
            "unknown-key: no key `som` here",
        ]
    );
    assert_eq!(["page.tags", "own.key"].map(|key| wording.say(key, &[])), ["T", "mine"]);
    let broken = Wording::load(&[layer(&[("words/fr.toml", "[page\n")])], "en").1;
    assert_eq!(broken.first().unwrap().check, "template-error");
    assert!(broken.first().unwrap().place.is_some());
    let bytes = LayerFiles { name: "ours".to_owned(), files: vec![("words/en.toml".to_owned(), vec![0xff])] };
    assert_eq!(Wording::load(&[bytes], "en").1.first().unwrap().message, "the words are not UTF-8");
}

#[test]
fn dates_lists_and_numbers_are_in_the_language() {
    let (english, _) = load(&[], "en");
    let (german, _) = load(&[], "de");
    let (french, _) = load(&[], "fr");
    assert_eq!(english.date("2026-10-03"), "3 October 2026");
    assert_eq!(german.date("2026-03-21"), "21. März 2026");
    for odd in ["soon", "2026-13-01", "2026-10-x"] {
        assert_eq!(english.date(odd), odd);
    }
    let names = ["a", "b", "c"].map(str::to_owned);
    assert_eq!([english.list(&names), german.list(&names)], ["a, b and c", "a, b und c"]);
    assert_eq!(
        [english.number(3), german.number(3), french.number(3), german.number(12)],
        ["three", "drei", "3", "12"]
    );
}

#[test]
fn a_language_runs_as_its_script_does() {
    for tag in ["ar", "he-IL", "fa", "ur-PK", "ku-Arab", "pa-Arab-PK", "yi", "ckb"] {
        assert_eq!(direction(tag), "rtl", "{tag}");
    }
    for tag in ["en", "de-AT", "ku", "ks-Deva", "ur-Latn", "zh-Hant", "de-1996", "en-x-arab"] {
        assert_eq!(direction(tag), "ltr", "{tag}");
    }
}

#[test]
fn english_and_german_have_the_same_phrases_with_the_same_holes() {
    let read = |language: &str| {
        let (_, text) = PLAIN.iter().find(|(known, _)| *known == language).unwrap();
        let (phrases, findings) = read::phrases(("words", language), text.as_bytes(), None);
        assert_eq!(findings, Vec::new(), "{language}");
        let holes = phrases.iter().map(|(key, phrase)| (key.clone(), phrase.holes().join(" ")));
        holes.collect::<BTreeMap<String, String>>()
    };
    assert_eq!(read("de"), read("en"));
}
