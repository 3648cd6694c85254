//! The examples of the manual's page on themes, built as they stand there, and its lists of what a template gets.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod fences;
mod support;

use std::collections::BTreeSet;

use fences::{Page, Role, Site as Example};
use mendbook::diag::text;
use mendbook::site::{Output, Site};
use serde_json::Value;

/// The manual's page.
const MANUAL: &str = "content/authoring/themes.md";

/// A page that says when to get help, so that the help card is there.
const PATTERN: &str = "+++\ntitle = \"Closed door\"\n+++\n\nIt is shut.\n\n## Signals\n\n- Nobody knocks.\n\n\
                       ## When to escalate\n\n- **Alarm:** When it is locked.\n";

/// A picture of 40 by 20.
const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"/>";

fn manual() -> Page {
    Page::read(&std::fs::read_to_string(support::repository(MANUAL)).unwrap())
}

/// The handbook of the example under this heading.
fn example(title: &str) -> (Example, Site) {
    let mut page = manual();
    let at = page.sites.iter().position(|site| site.title() == title);
    let example = page.sites.swap_remove(at.unwrap_or_else(|| panic!("{MANUAL} has no heading `{title}`")));
    let folder = tempfile::tempdir().unwrap();
    let given = [("content/patterns/door.md", PATTERN), ("static/logo.svg", LOGO)];
    let shown = example.pieces.iter().filter_map(|piece| Some((piece.role.file()?, &*piece.text)));
    for (path, text) in given.into_iter().chain(shown) {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    let site = support::read(folder.path(), None, Vec::new());
    (example, site)
}

fn holds(text: &str, part: &str) {
    assert!(text.contains(part), "there is no `{part}` in:\n{text}");
}

#[test]
fn a_colour_the_fonts_and_a_logo_need_no_layer() {
    let (_, site) = example("A colour, the fonts, a logo");
    assert!(!site.is_blocked(), "{:?}", site.findings);
    let css = support::text(&site, "assets/mend.css");
    let own = css.rsplit_once("@media print").unwrap().1;
    holds(own, "--indigo: #00574b;");
    holds(own, "--serif: Georgia");
    let page = support::text(&site, "patterns/door.html");
    assert!(!page.contains("preload"), "fonts that are not used are loaded early");
    holds(&page, "<img src=\"../logo.svg\" alt=\"\" width=\"40\" height=\"20\">Our handbook");
    holds(&page, "<link rel=\"icon\" href=\"../logo.svg\">");
    // On the page that is shown at any depth, the address begins at the root.
    holds(&support::text(&site, "404.html"), "<img src=\"/logo.svg\"");
}

#[test]
fn a_logo_that_is_not_there_is_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("content")).unwrap();
    std::fs::write(folder.path().join("site.toml"), "[theme]\nlogo = \"gone.svg\"\n").unwrap();
    let site = support::read(folder.path(), None, Vec::new());
    assert!(site.is_blocked());
    holds(&text::render(&site.findings, &site, false), "`logo` names `gone.svg`, and there is no such file");
}

#[test]
fn an_accent_that_is_too_pale_is_refused_with_its_ratio() {
    let (example, site) = example("An accent that is too pale");
    assert!(site.is_blocked());
    let told: Vec<_> = site.findings.iter().filter(|finding| finding.check == "bad-config").cloned().collect();
    let says = example.pieces.iter().find(|piece| piece.role == Role::Says).unwrap();
    assert_eq!(text::render(&told, &site, false).trim(), says.text.trim());
}

#[test]
fn one_block_changes_and_the_rest_of_the_template_stays() {
    let (_, site) = example("One block of a template");
    let page = support::text(&site, "patterns/door.html");
    let (_, card) = page.split_once("<div class=\"helpcard\">").unwrap();
    holds(card, "<li>Alarm.</li>");
    holds(card, "Room 4.12, any morning");
    holds(&page, "<h1>Closed door</h1>");
}

#[test]
fn one_template_takes_the_place_of_the_one_below() {
    let (_, site) = example("One template");
    let page = support::text(&site, "404.html");
    holds(&page, "ask in room 4.12");
    holds(&page, "<header class=\"top\">");
    assert!(!page.contains("There is no page at this address"), "{page}");
}

#[test]
fn a_base_of_ones_own_changes_every_page() {
    let (_, site) = example("A stylesheet");
    for page in ["patterns/door.html", "index.html", "404.html"] {
        holds(&support::text(&site, page), "assets/ours.css?v=");
    }
    holds(&support::text(&site, "assets/ours.css"), "--measure: 34rem");
}

#[test]
fn the_starters_layer_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let init = std::process::Command::new(env!("CARGO_BIN_EXE_mendbook")).args(["init", path]).output().unwrap();
    assert!(init.status.success());
    let site = support::read(folder.path(), None, Vec::new());
    holds(&support::text(&site, "index.html"), "Tell the people who keep it.");
}

#[test]
fn the_manual_names_every_template_and_every_block() {
    let manual = std::fs::read_to_string(support::repository(MANUAL)).unwrap();
    for (path, text) in support::tree(&support::repository("themes/plain")) {
        if !path.ends_with(".html") {
            continue;
        }
        holds(&manual, &format!("`{}`", path.strip_prefix("parts/").unwrap_or(&path)));
        let text = String::from_utf8(text).unwrap();
        for block in text.split("{% block ").skip(1).filter_map(|rest| rest.split(' ').next()) {
            holds(&manual, &format!("`{block}`"));
        }
    }
}

#[test]
fn the_manual_names_all_that_a_template_gets() {
    let manual = std::fs::read_to_string(support::repository(MANUAL)).unwrap();
    let mut names = BTreeSet::new();
    for (_, folder) in support::sites() {
        let site = support::read(&folder, Some("https://handbook.test/"), Vec::new());
        let pages = site.outputs.iter().filter(|(_, output)| matches!(output, Output::Page(_) | Output::Made(_)));
        for (route, _) in pages {
            let (_, view) = site.view(route).unwrap();
            collect(&serde_json::to_value(&view).unwrap(), &mut names);
        }
    }
    let missing: Vec<_> = names.into_iter().filter(|name| !manual.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "{MANUAL} says nothing of {missing:?}");
}

/// The names of all fields, but for those that authors make up themselves.
fn collect(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, names)),
        Value::Object(fields) => {
            for (name, value) in fields {
                names.insert(name.clone());
                if name != "extra" {
                    collect(value, names);
                }
            }
        }
        _ => {}
    }
}
