//! A handbook for the public: what is internal is in none of its files, and the proof finds whatever gets into one.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

#[path = "audience/planted.rs"]
mod planted;
mod support;

use std::collections::BTreeMap;

use mendbook::site::{Output, Site};
use support::program::{Place, at, run, shell};

/// What stands in the internal sources of `sites/audiences`, as a reader who should not see it would look for it.
const INTERNAL: &[&str] = &[
    "pay bands",
    "pay-bands",
    "ladder of grades",
    "salary table",
    "pay-ladder",
    "compensation",
    "hiring freeze",
    "hiring-freeze",
    "severance",
    "golden handshake",
    "fifty-one thousand",
    "paydesk",
    "agreement-2026",
    "harlequin",
    "steering group",
    "insurers",
    "achterberg",
    "corp.example",
    "third door",
    "people-team",
    "people/",
    "people and pay",
    "conduct code",
    "for managers",
    "talking after",
    "layoff",
    "outside should want",
    "bands by grade",
    "withdrawn without",
    "kept from the teams",
];

fn audiences() -> Site {
    support::read(&support::repository("tests/sites/audiences"), None, Vec::new())
}

/// Every file of an output but the theme's own.
fn files(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let own = site.outputs.iter().filter(|(_, output)| !matches!(output, Output::Theme(_)));
    own.map(|(route, _)| (route.path().to_owned(), support::bytes(site, route))).collect()
}

#[test]
fn nothing_internal_stands_in_any_file() {
    let site = audiences();
    let secrets = site.secrets().unwrap();
    let files = files(&site);
    assert!(files.len() > 30 && files.contains_key("handbook/1.json") && files.contains_key("graph.json"));
    for (path, bytes) in &files {
        let text = format!("{path}\n{}", String::from_utf8_lossy(bytes)).to_lowercase();
        for word in INTERNAL {
            assert!(!text.contains(word), "`{path}` holds `{word}`");
        }
        assert_eq!(secrets.look(path, bytes), [], "{path}");
    }
}

#[test]
fn what_is_exported_for_the_public_tells_of_nothing_else() {
    let run = at(&support::repository("tests/sites/audiences"), &["export", "--today", support::TODAY]);
    run.ends(0, &[]);
    let text = run.out.to_lowercase();
    for word in INTERNAL {
        assert!(!text.contains(word), "the export holds `{word}`");
    }
}

#[test]
fn the_same_handbook_has_all_of_it_inside() {
    let run = at(&support::repository("tests/sites/audiences"), &["export", "--audience", "internal"]);
    let text = run.out.to_lowercase();
    for word in ["pay bands", "harlequin", "people-team", "conduct code", "golden handshake"] {
        assert!(text.contains(word), "the export lacks `{word}`");
    }
}

#[test]
fn what_stays_says_what_its_author_wrote() {
    let site = audiences();
    let page = support::text(&site, "patterns/late-bad-news.html");
    for words in ["usual reasons apply", "A mediator", "Ask <a", "@mediator</a> about anything else", "Broken promise"]
    {
        assert!(page.contains(words), "`{words}` is gone");
    }
    assert!(support::text(&site, "index.html").contains("Our rules for pay are"));
    assert!(support::text(&site, "patterns/broken-promise.html").contains("Promise less, and by when"));
}

#[test]
fn a_finding_names_the_file_and_the_source_once() {
    let site = audiences();
    let leaks = |text: &str| site.secrets().unwrap().look("x", text.as_bytes());
    let told = site.told(vec![("a.html", leaks("Severance terms")), ("b.html", leaks("severance TERMS"))]);
    let [one] = told.as_slice() else { panic!("{told:?}") };
    assert!(one.blocks);
    assert_eq!(one.message, "`a.html` and 1 file more hold the title of an internal page: `Severance terms`");
    assert_eq!(&*one.place.as_ref().unwrap().path, "content/glossary/severance.md");
}

#[test]
fn what_published_text_says_too_is_no_secret() {
    let place = book(
        "# Home\n\nThe spring clean is near. Ask desk@example.org, who knows of every room that is free.\n\n[[Late news]] [[Silence]]\n",
        "+++\ntitle = \"Spring clean\"\naudience = \"internal\"\n+++\nAsk desk@example.org, who knows of every room that is free.\n\nLate news, Silence, Late news, Silence, Late news, Silence.\n",
    );
    place.write("content/late.md", "# Late news\n\nWords.\n");
    place.write("content/silence.md", "# Silence\n\nWords.\n");
    at(&place.path, &["build", "--audience", "public"]).ends(0, &["left out for the public: 1 page"]);
}

/// A handbook of a public page and another one.
fn book(home: &str, other: &str) -> Place {
    let site = "base_url = \"https://example.org/\"\n[checks]\norphan = \"off\"\n";
    Place::with(&[("site.toml", site), ("content/index.md", home), ("content/other/page.md", other)])
}

#[test]
fn a_page_of_which_nobody_knows_for_whom_it_is_is_left_out() {
    let cases = [
        "---\naudience: internl\n---\n",
        "---\naudiance: internal\n---\n",
        "+++\naudience = internal\n+++\n",
        "+++\naudience = [\"internal\"]\n+++\n",
        "---\nstatus: drfat\n---\n",
        "---\ntitle: \"Other\naudience: public\n---\n",
        "---\ntags: [a\n---\n",
        "+++\naudience = \"internal\"\n",
        "---\naudience: internal\n# never closed\n",
    ];
    for front in cases {
        let place =
            book("# Home\n\nWords.\n", &format!("{front}\n# Other\n\nIt is about the move to the other building.\n"));
        at(&place.path, &["build", "--audience", "public"]);
        assert!(!place.at("public/other/page.html").exists(), "shown: {front}");
        assert!(!place.read("public/handbook.json").contains("Other"), "told of: {front}");
    }
}

#[test]
fn a_heading_that_nearly_says_internal_hides_what_stands_under_it() {
    let cases = [
        "{.internal}",
        "{.Internal}",
        "{.interal}",
        "{.internals}",
        "{.x .internla}",
        "{internal}",
        "{.internal",
        "{#a .internal}",
    ];
    for class in cases {
        for level in ["##", "###"] {
            let text = format!(
                "# Other\n\nWords.\n\n## A\n\nMore.\n\n{level} Notes {class}\n\nThe move is on Monday.\n\n#### Deeper\n\nIt is far.\n\n## B\n\nShown again.\n"
            );
            let place = book("# Home\n\nWords.\n", &text);
            at(&place.path, &["build", "--audience", "public"]).ends(0, &["left out for the public: 1 page in part"]);
            let page = place.read("public/other/page.html");
            assert!(page.contains("Shown again.") && page.contains("More."), "{level} {class}");
            assert!(!page.contains("Notes") && !page.contains("Monday") && !page.contains("far"), "{level} {class}");
        }
    }
}

#[test]
fn a_title_that_is_internal_makes_an_internal_page() {
    let place = book("# Home\n\nWords.\n", "# Other {.internal}\n\nWords.\n");
    at(&place.path, &["build", "--audience", "public"]).ends(0, &["left out for the public: 1 page;"]);
    assert!(!place.at("public/other").exists());
}

#[test]
fn files_that_no_public_page_names_stay() {
    let place =
        book("# Home\n\n![Shown](shown.svg)\n", "+++\nstatus = \"draft\"\n+++\n# Other\n\n![Held](../held.svg)\n");
    for name in ["shown", "held", "unused"] {
        place.write(&format!("content/{name}.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    }
    at(&place.path, &["build", "--audience", "public"]).ends(0, &[]);
    assert!(place.at("public/shown.svg").exists());
    assert!(!place.at("public/held.svg").exists() && !place.at("public/unused.svg").exists());
}

#[test]
fn a_leak_keeps_the_old_site() {
    let place = book("# Home\n\nFirst words.\n", "+++\naudience = \"internal\"\n+++\n# Other plans\n\nWords.\n");
    at(&place.path, &["build", "--audience", "public"]).ends(0, &[]);
    place.write("content/index.md", "# Home\n\nSecond words.\n");
    place.write("static/plans.txt", "See other plans.\n");
    at(&place.path, &["build", "--audience", "public"])
        .ends(1, &["error[internal-leak]: `plans.txt` holds", "the last site is as it was"]);
    assert!(place.read("public/index.html").contains("First words"));
    let check = at(&place.path, &["check", "--audience", "public"]);
    assert!(check.ends(1, &[]).out.contains("error[internal-leak]"));
    at(&place.path, &["build", "--audience", "internal"]).ends(0, &[]);
}

#[test]
fn a_link_to_what_only_internal_pages_make_is_its_words() {
    let place = book(
        "# Home\n\nSee [the folder](other/), [the tag](/tags/secret.html) and [[Other page|that page]].\n",
        "+++\ntitle = \"Other page\"\naudience = \"internal\"\ntags = [\"secret\"]\n+++\nWords.\n",
    );
    at(&place.path, &["build", "--audience", "public"]).ends(0, &[]);
    assert!(place.read("public/index.html").contains("See the folder, the tag and that page."));
}

#[test]
fn two_pages_of_one_address_are_told_even_if_one_is_internal() {
    let place = book("# Home\n\nWords.\n", "+++\naudience = \"internal\"\n+++\n# Other\n\nWords.\n");
    place.write("content/other/PAGE.md", "# Also\n\nWords.\n\n## Kept {.internal}\n\nA secret.\n");
    at(&place.path, &["build", "--audience", "public"]).ends(1, &["error[address-clash]"]);
    assert!(!place.at("public").exists());
}

#[test]
fn a_name_that_only_internal_pages_share_is_internal() {
    let place =
        book("# Home\n\nSee [[Other page]].\n", "+++\ntitle = \"Other page\"\naudience = \"internal\"\n+++\nWords.\n");
    place.write("content/more/page.md", "+++\ntitle = \"Other page\"\naudience = \"internal\"\n+++\nMore.\n");
    at(&place.path, &["build", "--audience", "public"]).ends(1, &["error[internal-link]: `Other page` is internal"]);
}

/// A public home page and an internal page about the plans.
fn plans(home: &str) -> Place {
    book(
        home,
        "+++\naudience = \"internal\"\n+++\n# Moving plans\n\nWe leave the old building before the lease ends in the autumn.\n",
    )
}

#[test]
fn what_a_handbooks_own_theme_says_is_looked_at() {
    let place = plans("# Home\n\nWords.\n");
    place.write("site.toml", "base_url = \"https://example.org/\"\n[theme]\nlayers = [\"ours\"]\n");
    place.write("themes/ours/assets/own.js", "// We leave the old building before the lease ends\n");
    at(&place.path, &["build", "--audience", "public"]).ends(1, &["own.js` holds words of an internal source"]);
    place.write("themes/ours/assets/own.js", "// Nothing.\n");
    place.write("themes/ours/404.html", "<!doctype html><p>See the moving plans.</p>");
    at(&place.path, &["build", "--audience", "public"]).ends(1, &["`404.html` holds the title of an internal page"]);
}

#[test]
fn whoever_is_an_internal_contact_is_no_author_by_git_either() {
    let place = plans("# Home\n\nWords.\n");
    place.write(
        "site.toml",
        "base_url = \"https://example.org/\"\n[contacts.desk]\nname = \"Rosa Acht\"\naudience = \"internal\"\n",
    );
    for line in ["init -q", "add -A", "-c user.name='Rosa Acht' -c user.email=r@e.org commit -qm One"] {
        run(&mut shell(&place.path, &format!("git {line}"))).ends(0, &[]);
    }
    at(&place.path, &["build", "--audience", "internal", "--output", "all"]).ends(0, &[]);
    assert!(place.read("all/index.html").contains("Rosa Acht"));
    at(&place.path, &["build", "--audience", "public"]).ends(0, &[]);
    assert!(!place.read("public/index.html").contains("Rosa Acht"));
}

#[test]
fn a_question_about_an_internal_page_is_not_asked_in_public() {
    let place = plans("# Home\n\nWords of welcome.\n");
    place.write("content/_queries.toml", "[[query]]\ntext = \"when do we move\"\nwant = [\"other/page\"]\n");
    at(&place.path, &["check", "--audience", "public", "--strict"]).ends(0, &[]);
}

#[test]
fn every_command_that_reads_a_handbook_reads_it_for_the_public() {
    let place = plans("# Home\n\nWords of welcome.\n");
    place.write("content/late.md", "# Late news\n\nSee [[Moving plans|what is planned]] for the old building.\n");
    run(&mut shell(
        &place.path,
        "git init -q && git add -A && git -c user.name=A -c user.email=a@b.org commit -qm One",
    ))
    .ends(0, &[]);
    place.write("content/other/page.md", "+++\naudience = \"internal\"\n+++\n# Moving plans\n\nNever.\n");
    for words in [
        &["export"][..],
        &["export", "--format", "dot"],
        &["search", "old building"],
        &["related", "Late news"],
        &["diff", "HEAD"],
    ] {
        let said = |whom| {
            let run = at(&place.path, &[words, &["--audience", whom]].concat());
            run.ends(0, &[]).out.to_lowercase().contains("moving plans")
        };
        assert!(!said("public"), "{words:?}");
        assert!(said("internal") || words[0] == "search", "{words:?}");
    }
    let run = at(&place.path, &["related", "Moving plans", "--audience", "public"]);
    run.ends(2, &[]);
}

#[test]
fn a_published_name_may_stand_between_any_words_and_unpublished_names_may_not() {
    let place = plans("# Home\n\nRead it with [[Trouble at the end of a very long week]].\n");
    place.write("content/week.md", "# Trouble at the end of a very long week\n\nWhen it comes.\n");
    place.write(
        "content/other/page.md",
        "+++\naudience = \"internal\"\n+++\n# Moving plans\n\nIt begins with [[Trouble at the end of a very long week]] when we move.\n\n- Ada\n- Bo\n- Cy\n- Dot\n- Eve\n- Flo\n- Gus\n- Hal\n",
    );
    place.write("static/a.txt", "With trouble at the end of a very long week: when it comes.\n");
    at(&place.path, &["build", "--audience", "public"]).ends(0, &[]);
    place.write("static/a.txt", "Ada, Bo, Cy, Dot, Eve, Flo, Gus and so on; Ada, Bo, Cy, Dot, Eve, Flo, Gus, Hal.\n");
    at(&place.path, &["build", "--audience", "public"]).ends(1, &["`a.txt` holds words of an internal source"]);
}
