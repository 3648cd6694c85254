//! The proof of a finished site: whole handbooks hold, and each fault that is planted into one is found where it is.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![cfg(unix)]

mod support;

#[path = "proof/planted.rs"]
mod planted;

use std::fs;

use planted::{PAGE, change, planted, put};
use serde_json::Value;
use support::program::{Place, at, build};

/// Where the planted handbook is published.
const BASE: &str = "https://handbook.test/repo/";

/// A small handbook with everything in it that the proof looks at.
fn handbook() -> Place {
    let place = Place::new();
    at(&place.path, &["init", "--quiet"]).ends(0, &[]);
    let moved = "+++\ntitle = \"Moved here\"\nupdated = 2026-05-01\ntags = [\"first\"]\nmoved_from = [\"old/place.html\", \"older.html\"]\n+++\nA page that lay elsewhere, with [signals](patterns/going-quiet.md#signals).\n";
    place.write("content/moved.md", moved);
    place.write("static/google1.html", "google-site-verification: google1.html\n");
    at(&place.path, &["build", "--quiet", "--base-url", BASE]).ends(0, &[]);
    place
}

/// What the proof finds in `public`, served at `base`.
fn prove(place: &Place, base: &str) -> Vec<Value> {
    let said = at(&place.path, &["check", "--output", "public", "--format", "json", "--base-url", base]);
    assert!(said.err.is_empty() && said.code.is_some_and(|code| code < 2), "{}", said.err);
    serde_json::from_str::<Value>(&said.out).unwrap().as_array().unwrap().clone()
}

#[test]
fn every_planted_fault_is_found_where_it_is() {
    let good = handbook();
    assert_eq!(prove(&good, BASE), Vec::<Value>::new(), "the output without a fault");
    let whole = support::tree(&good.at("public"));
    let mut missed = Vec::new();
    for (name, plant, check, words) in planted() {
        let place = Place::with(&[("site.toml", "")]);
        for (path, bytes) in &whole {
            let file = place.at("public").join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
        }
        let fault = put(&place.at("public"), plant);
        let found = prove(&place, BASE);
        let is = |finding: &&Value| finding["check"] == *check && finding["message"].as_str().unwrap().contains(words);
        match found.iter().find(is) {
            None => missed.push(format!("{name}: {found:?}")),
            Some(finding) => missed.extend(
                fault.and_then(|fault| misplaced(&place, finding, fault)).map(|what| format!("{name}: {what}")),
            ),
        }
    }
    assert!(missed.is_empty(), "\n{}", missed.join("\n"));
    assert!(planted().count() >= 60);
}

/// A complaint if a finding does not stand where the fault does.
fn misplaced(place: &Place, finding: &Value, fault: &str) -> Option<String> {
    let number = |key: &str| usize::try_from(finding[key].as_u64().unwrap()).unwrap();
    let text = place.read(finding["path"].as_str()?);
    let line = text.split('\n').nth(number("line") - 1).unwrap_or("");
    let there: String = line.chars().skip(number("column") - 1).collect();
    (!there.starts_with(fault)).then(|| format!("the finding stands before `{there:.40}`, and not before `{fault}`"))
}

#[test]
fn whole_handbooks_hold_wherever_they_are_served() {
    let place = Place::with(&[("site.toml", "")]);
    let mut folders = support::sites();
    folders.push(("handbook".to_owned(), support::repository(".")));
    for (name, folder) in folders {
        for base in [BASE, "https://handbook.test/"] {
            let public = place.at("public");
            let output = public.to_str().unwrap();
            let built = at(&folder, &["build", "--quiet", "--output", output, "--base-url", base]);
            assert!(built.code.is_some_and(|code| code < 2), "{name}: {}", built.err);
            assert_eq!(prove(&place, base), Vec::<Value>::new(), "{name} at {base}");
        }
        fs::remove_dir_all(place.at("public")).unwrap();
    }
}

#[test]
fn an_address_from_the_root_asks_where_the_output_is_served() {
    let place = handbook();
    let elsewhere = Place::new();
    let said = at(&elsewhere.path, &["check", "--output", place.at("public").to_str().unwrap()]);
    said.ends(1, &[]);
    let hints = said.out.lines().filter(|line| line.contains("= hint: "));
    hints.for_each(|hint| assert!(hint.contains("by `--base-url`"), "{hint}"));
}

#[test]
fn odd_names_are_kept_where_everybody_finds_them() {
    let tags = format!(".NET, _later, con, con/x, index, \u{200b}, {}", "é".repeat(300));
    let page = format!("---\ntags: \"{tags}\"\nupdated: 2026-01-01\nowner: con\n---\n# One\n\nText.\n");
    let place = Place::with(&[
        ("site.toml", "[contacts.con]\n"),
        ("content/guides/a #tag 100%20.md", page.as_str()),
        ("content/guides/two.md", "# Two\n\nSee [one](<a%20%23tag%20100%2520.md>).\n"),
    ]);
    at(&place.path, &["build", "--base-url", BASE]).ends(0, &[]);
    assert_eq!(prove(&place, BASE), Vec::<Value>::new());
    for made in ["-.net.html", "-_later.html", "-con.html", "-con.x.xml", "index.html"] {
        assert!(place.at("public/tags").join(made).exists(), "{made}");
    }
}

#[test]
fn a_fault_that_many_pages_share_is_told_once() {
    let place = handbook();
    fs::remove_file(place.at("public/glossary.html")).unwrap();
    let said = at(&place.path, &["check", "--output", "public", "--base-url", BASE]);
    said.ends(1, &["1 error", "links followed", "heaviest pages: `"]);
    assert_eq!(said.out.matches("error[broken-address]").count(), 1, "{}", said.out);
    assert!(said.out.contains("more files") && said.out.contains("note: also: public/"), "{}", said.out);
}

#[test]
fn a_site_of_another_program_is_proved_as_its_host_serves_it() {
    let page = |body: &str| {
        format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>T</title></head><body><h1>T</h1>{body}</body></html>\n"
        )
    };
    let home = page(
        "<a href=\"/book/guide/\">a</a> <a href=\"guide\">b</a> <a href=\"guide/one\">c</a> <a href=\"https://elsewhere.test/\">d</a> <script>x()</script>",
    );
    let inside =
        page("<a name=\"there\"></a><a href=\"../#top\">a</a> <a href=\"#there\">b</a> <a href=\"#q=x\">c</a>");
    let files = [
        ("site/index.html", home.as_str()),
        ("site/guide/index.html", &inside),
        ("site/guide/one.html", &page("")),
        ("site/.nojekyll", ""),
    ];
    let place = Place::with(&files);
    let proved = |words: &[&str]| at(&place.path, &[&["check", "--output", "site"], words].concat());
    proved(&["--base-url", "https://x.test/book/"]).ends(0, &["3 pages in 4 files", "nothing to mend"]);
    // Without an address the top of the host is taken for the site's own.
    assert!(proved(&[]).ends(1, &[]).out.contains("`book/guide/index.html`"));
    at(&place.path, &["check", "--output", "nowhere"]).ends(2, &["nowhere` is no folder"]);
    at(&place.path, &["check", "--output", "site", "--fix"]).ends(2, &["cannot be used with"]);
}

#[test]
fn severities_are_those_of_the_handbook_and_strict_counts() {
    let place = handbook();
    build(&place.path);
    place.write("public/.htaccess", "");
    let prove = |words: &[&str]| at(&place.path, &[&["check", "--output", "public"], words].concat());
    prove(&[]).ends(0, &["1 warning"]);
    prove(&["--strict"]).ends(1, &[]);
    let settings = place.read("site.toml");
    place.write("site.toml", &format!("{settings}\n[checks]\nhidden-file = \"off\"\n"));
    prove(&["--strict"]).ends(0, &["nothing to mend"]);
}

#[test]
fn programs_get_the_same_findings_with_their_places() {
    let place = handbook();
    change(&place.at("public"), PAGE, ("</main>", "<a href=\"gone.html\">x</a></main>"));
    let line = place.read("public/patterns/going-quiet.html").lines().position(|line| line.contains("gone.html"));
    let line = line.unwrap() + 1;
    std::process::Command::new("git").args(["init", "--quiet"]).current_dir(&place.path).status().unwrap();
    let words = ["check", "--output", "public", "--base-url", BASE, "--format"];
    let said = |format| at(&place.path, &[&words[..], &[format]].concat()).ends(1, &[]).out.clone();
    assert!(said("github").starts_with(&format!("::error file=public/{PAGE},line={line},")), "{}", said("github"));
    let sarif: Value = serde_json::from_str(&said("sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "broken-address");
}
