//! Every word that a reader sees stands in the theme's words files, in English and in German, and nothing in them is
//! idle.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use std::collections::BTreeSet;

use mendbook::words::Wording;

/// Ends of names that are files and no keys.
const FILES: [&str; 5] = ["html", "js", "css", "toml", "json"];

/// Attributes whose values are read out or shown.
const SPOKEN: [&str; 5] = ["aria-label", "aria-description", "title", "alt", "placeholder"];

/// The files of `themes/plain` whose names end in `end`: path and text.
fn theme(end: &str) -> Vec<(String, String)> {
    let files = support::tree(&support::repository("themes/plain")).into_iter();
    let wanted = files.filter(|(path, _)| path.ends_with(end));
    wanted.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
}

/// The code of the program, without its tests and comments.
fn code() -> String {
    let files = support::tree(&support::repository("src")).into_iter();
    // The keys of site.toml look alike.
    let own = |path: &str| path.ends_with(".rs") && !path.ends_with("tests.rs") && !path.starts_with("config");
    let files = files.filter(|(path, _)| own(path));
    let texts = files.map(|(_, bytes)| String::from_utf8(bytes).unwrap());
    let lines = texts.flat_map(|text| {
        let text = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
        text.lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .map(|line| format!("{line}\n"))
            .collect::<Vec<_>>()
    });
    lines.collect()
}

/// What stands between `open` and `close`, each time.
fn between<'t>(text: &'t str, open: &'t str, close: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(open).skip(1).filter_map(move |rest| rest.split(close).next())
}

/// A template without comments, tags of the engine and what they say.
fn unsaid(template: &str) -> String {
    let mut text = template.to_owned();
    for (open, close) in [("{#", "#}"), ("{{", "}}"), ("{%", "%}")] {
        let mut left = String::new();
        for (at, piece) in text.split(open).enumerate() {
            left.push_str(if at == 0 { piece } else { piece.split_once(close).map_or("", |(_, behind)| behind) });
            left.push('\u{1}');
        }
        text = left;
    }
    text
}

/// Words that stand in a template as they are: in its text, and in attributes that are read.
fn literal(template: &str) -> Vec<String> {
    let text = unsaid(template);
    let mut found = Vec::new();
    for (at, piece) in text.split('<').enumerate() {
        let (tag, words) = if at == 0 { ("", piece) } else { piece.split_once('>').unwrap_or((piece, "")) };
        found.push(words.to_owned());
        for name in SPOKEN {
            found.extend(between(tag, &format!(" {name}=\""), "\"").map(str::to_owned));
        }
    }
    // Blocks of one word (`m-home`) are classes.
    let words = found.into_iter().map(|words| words.replace('\u{1}', " ").trim().to_owned());
    let is_class = |words: &str| words.strip_prefix("m-").or_else(|| words.strip_prefix("k-")).is_some();
    words.filter(|words| words.chars().any(char::is_alphabetic) && !is_class(words)).collect()
}

#[test]
fn no_template_says_anything_by_itself() {
    let mut wrong = Vec::new();
    for (path, text) in theme(".html") {
        wrong.extend(literal(&text).into_iter().map(|words| format!("{path}: {words}")));
    }
    assert!(wrong.is_empty(), "these belong into themes/plain/words/:\n{}", wrong.join("\n"));
    // The rule sees what it is for.
    assert_eq!(
        literal("<p title=\"{{ x }}\">{% if y %}Draft{% endif %} <b aria-label=\"So\">1</b></p>"),
        ["Draft", "So"]
    );
}

/// What asks for phrases: whole keys, and beginnings that a value completes (`"tie." ~ kind`).
#[derive(Default)]
struct Asked {
    keys: BTreeSet<String>,
    begun: BTreeSet<String>,
}

/// By templates (`say(key="…")`) and stylesheets (`var(--say-…)`).
fn by_pages(asked: &mut Asked) {
    for (_, text) in theme(".html") {
        for call in between(&text, "say(key=\"", ")") {
            let (key, rest) = call.split_once('"').unwrap();
            let all = if rest.trim_start().starts_with('~') { &mut asked.begun } else { &mut asked.keys };
            all.insert(key.to_owned());
        }
    }
    for (_, text) in theme(".css") {
        asked.keys.extend(between(&text, "var(--say-", ")").map(|key| format!("style.{key}")));
    }
}

/// By scripts: `say("…")` in those that take their words; a key may also stand in a list first.
fn by_scripts(asked: &mut Asked, known: &BTreeSet<&str>) {
    for (path, text) in theme(".js") {
        let name = path.strip_prefix("assets/").unwrap();
        let taken = text.contains(&format!("mendbook.words(\"{name}\")"));
        assert_eq!(taken, known.iter().any(|key| key.starts_with(&format!("{name}."))), "{path} and its table");
        if taken {
            asked.keys.extend(between(&text, "say(\"", "\"").map(|key| format!("{name}.{key}")));
            let listed = text.split('"').map(|word| format!("{name}.{word}"));
            asked.keys.extend(listed.filter(|key| known.contains(&**key)));
        }
    }
}

/// By the program: every text in it that has the look of a key.
fn by_code(asked: &mut Asked, known: &BTreeSet<&str>) {
    let tables: BTreeSet<&str> = known.iter().filter_map(|key| key.split_once('.')).map(|(table, _)| table).collect();
    let code = code();
    for text in code.split('"') {
        let Some((table, name)) = text.split_once('.').filter(|(table, _)| tables.contains(table)) else { continue };
        if name.starts_with('{') {
            asked.begun.insert(format!("{table}."));
        } else if !FILES.contains(&name) && name.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
            asked.keys.insert(text.to_owned());
        }
    }
    asked.begun.insert("date.months.".to_owned());
}

#[test]
fn every_phrase_that_is_asked_for_is_there_and_none_is_idle() {
    let wording = Wording::default();
    let known: BTreeSet<&str> = wording.keys().collect();
    let mut asked = Asked::default();
    by_pages(&mut asked);
    by_scripts(&mut asked, &known);
    by_code(&mut asked, &known);
    let missing: Vec<&String> = asked.keys.iter().filter(|key| !known.contains(&***key)).collect();
    assert!(missing.is_empty(), "no phrase is called {missing:?}");
    let is_begun = |key: &str| asked.begun.iter().any(|begun| key.starts_with(&**begun));
    let idle: Vec<&&str> = known.iter().filter(|key| !asked.keys.contains(**key) && !is_begun(key)).collect();
    assert!(idle.is_empty(), "nothing says {idle:?}");
}

#[test]
fn what_the_author_does_not_name_has_a_name_in_the_handbooks_language() {
    for (language, title, stage) in [("en", "Handbook", "Early signs"), ("de-AT", "Handbuch", "Erste Anzeichen")] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("content")).unwrap();
        std::fs::write(folder.path().join("site.toml"), format!("language = \"{language}\"\n")).unwrap();
        std::fs::write(
            folder.path().join("content/a.md"),
            "+++\ntitle = \"A\"\nstage = \"early-signs\"\n+++\n\nText.\n",
        )
        .unwrap();
        let site = support::read(folder.path(), None, Vec::new());
        let page = support::text(&site, "a.html");
        assert!(page.contains(&format!("<title>A · {title}</title>")), "{page}");
        assert!(page.contains(&format!("<dd>{stage}</dd>")), "{page}");
    }
}
