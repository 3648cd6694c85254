//! The built-in kinds, what `site.toml` makes of them, and which page has which.

use std::sync::Arc;

use super::*;
use crate::config;
use crate::source::Source;

/// The kinds of a handbook with this `site.toml`, and each finding as `check <place>: message (hint)`.
fn load(text: &str) -> (Kinds, Vec<String>) {
    let source = Arc::new(Source::new("site.toml", text));
    let (config, findings) = config::read(Some(Arc::clone(&source)));
    assert_eq!(findings, [], "{text}");
    let (kinds, findings) = Kinds::load(&config);
    let says = |finding: Diagnostic| {
        let place = finding.place.map_or("?", |place| source.slice(place.span));
        let hint = finding.hint.map_or_else(String::new, |hint| format!(" ({hint})"));
        format!("{} <{place}>: {}{hint}", finding.check, finding.message)
    };
    (kinds, findings.into_iter().map(says).collect())
}

fn section<'k>(kinds: &'k Kinds, kind: &str, id: &str) -> &'k SectionSpec {
    let kind = kinds.named(kind).expect("a kind");
    kind.section(id).expect("a section")
}

#[test]
fn the_built_in_kinds_are_those_of_the_manual() {
    let (kinds, findings) = load("");
    assert!(findings.is_empty());
    let names: Vec<&str> = kinds.list.iter().map(|kind| kind.name.as_str()).collect();
    assert_eq!(names, ["pattern", "guide", "essay", "term"]);
    let pattern = kinds.named("pattern").expect("pattern");
    let line = |spec: &SectionSpec| {
        let count = spec.count.map_or_else(String::new, |count| format!(" {}-{}", count.min, count.max));
        let required = if spec.required { "!" } else { "" };
        format!("{}{required} {}{count}", spec.id, spec.form.name())
    };
    let lines: Vec<String> = pattern.sections.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "meaning! prose",
            "signals! list 3-12",
            "drivers! labelled 2-10",
            "worse! list 2-12",
            "scenario! scenario 30-250",
            "helps! steps 3-15",
            "say pairs 1-12",
            "nearby! relations 1-12",
            "escalate! escalation 1-8",
            "sources list",
        ]
    );
    let open: Vec<bool> = kinds.list.iter().map(|kind| kind.open).collect();
    assert_eq!(open, [false, true, true, false]);
    assert_eq!(section(&kinds, "term", "see").form, Form::Relations);
    assert!(section(&kinds, "term", "meaning").required);
    assert_eq!(section(&kinds, "guide", "myths").accept, ["Myths and facts"]);
}

#[test]
fn a_heading_means_a_section_however_it_is_spelt() {
    let (kinds, _) = load("");
    let pattern = kinds.named("pattern").expect("pattern");
    for (heading, id) in [
        ("Signals", Some("signals")),
        ("  what it   LOOKS like: ", Some("signals")),
        ("Causes?", Some("drivers")),
        ("When to escalate…", Some("escalate")),
        ("helps", Some("helps")),
        ("What it means", Some("meaning")),
        ("Meaning", Some("meaning")),
        ("", None),
        ("Signal", None),
        ("Signals and more", None),
    ] {
        let found = pattern.section_for(heading).map(|spec| spec.id.as_str());
        assert_eq!(found, id, "{heading:?}");
    }
}

#[test]
fn comparing_is_folding() {
    for spelling in ["Signals", "What it looks like?", "a ? :", " a\tb ", "...", "Über uns:", "K", ""] {
        for heading in ["signals", "what it looks like", "A ?", "a b.", "", "über  UNS", "\u{212a}"] {
            let folded = fold(heading);
            let same = !folded.is_empty() && fold(spelling) == folded;
            assert_eq!(!folded.is_empty() && folds_to(spelling, &folded), same, "{spelling:?} {heading:?}");
        }
    }
}

#[test]
fn sections_merge_by_id() {
    let (kinds, findings) = load(
        "[kinds.pattern]\nopen = true\n\
         [[kinds.pattern.sections]]\nid = \"signals\"\nheading = \"Signale\"\naccept = [\"Anzeichen\"]\nitems = { max = 20 }\n\
         [[kinds.pattern.sections]]\nid = \"sources\"\nremove = true\n\
         [[kinds.pattern.sections]]\nid = \"first-step\"\nform = \"steps\"\nrequired = true\naccept = \"Causes\"\n",
    );
    assert!(findings.is_empty(), "{findings:?}");
    let pattern = kinds.list.first().expect("a kind");
    assert!(pattern.custom && pattern.open);
    assert_eq!((pattern.name.as_str(), pattern.folder.as_str()), ("pattern", "patterns"));
    let signals = section(&kinds, "pattern", "signals");
    assert_eq!(signals.heading, "Signale");
    assert!(signals.required, "what is not named stays");
    assert_eq!(signals.count, Some(Count { min: 3, max: 20 }));
    let meant = |heading: &str| pattern.section_for(heading).map(|spec| spec.id.as_str());
    assert_eq!(meant("Anzeichen"), Some("signals"));
    assert_eq!(meant("Signals"), Some("signals"), "the old heading still works");
    assert_eq!(meant("Causes"), Some("first-step"), "the owner's word wins");
    assert_eq!(pattern.section("sources"), None);
    let last = pattern.sections.last().expect("a section");
    assert_eq!((last.heading.as_str(), last.form), ("First step", Form::Steps));
}

#[test]
fn a_new_kind_has_its_name_as_its_folder() {
    let (kinds, findings) = load(
        "[kinds.recipe]\nsections = [{ id = \"lead\", heading = \"\" }]\n[kinds.note]\nfolder = \".\"\nopen = true\n",
    );
    assert!(findings.is_empty(), "{findings:?}");
    let [recipe, note, pattern, ..] = kinds.list.as_slice() else {
        panic!("six kinds");
    };
    assert_eq!((recipe.folder.as_str(), recipe.open, recipe.custom), ("recipe", false, true));
    assert_eq!((note.folder.as_str(), note.open), ("", true));
    assert!(!pattern.custom);
    let of = |id: &str| kinds.for_page(id).map(|kind| kind.name.as_str());
    assert_eq!(of("recipe/soup"), Some("recipe"));
    assert_eq!(of("Patterns/a/b"), Some("pattern"));
    assert_eq!(of("patternsx"), Some("note"));
    assert_eq!(of("patterns/README"), None);
    assert_eq!(of("index"), None);
}

#[test]
fn a_name_without_a_page_is_a_title_or_the_path_that_the_page_would_get() {
    let (kinds, _) = load("[kinds.note]\nfolder = \"notes/short\"\nopen = true\n");
    let of = |name| kinds.for_name(name);
    assert_eq!(of("Late news"), (kinds.list[0].name.as_str(), "Late news"));
    assert_eq!(of("A <b>x</b>").1, "A <b>x</b>");
    assert_eq!(of("TCP/IP").1, "TCP/IP");
    assert_eq!(of("and/or/").1, "and/or/");
    assert_eq!(of("patterns/late-news"), ("pattern", "late-news"));
    assert_eq!(of("../Patterns/late news.md"), ("pattern", "late news"));
    assert_eq!(of("notes/short/milk"), ("note", "milk"));
    assert_eq!(of("late-news.html").1, "late-news");
    // Such pages would be files elsewhere: only a title answers.
    assert_eq!(of("patterns/deep/late"), ("pattern", "patterns/deep/late"));
    assert_eq!(of("patterns/Late?"), ("pattern", "patterns/Late?"));
}

/// Texts that are wrong, `sections …` standing for sections of a new kind, and what is said of them.
const MISTAKES: &[(&str, &str)] = &[
    (
        "kinds.page.open = true",
        "bad-config <page>: a kind cannot be called `page` (`page` is a page without a kind; a name is one word)",
    ),
    ("kinds.x.foldr = \"y\"", "unknown-key <foldr>: no key `foldr` here (did you mean `folder`?)"),
    (
        "kinds.x.folder = \"../y\"",
        "bad-config <\"../y\">: `folder` cannot be `../y` (write a folder below the content, or `.` for all of it)",
    ),
    ("kinds.x = 3", "wrong-type <3>: `x` is a table, not a number (write its keys in braces: `x = { … }`)"),
    (
        "kinds.x.sections = 3",
        "wrong-type <3>: `sections` is a list, not a number (write it in brackets: `sections = […]`)",
    ),
    (
        "kinds.a.folder = \"F\"\nkinds.b.folder = \"f\"",
        "bad-config <\"f\">: `a` and `b` have the same folder (give `b` another `folder`)",
    ),
    (
        "sections 3",
        "wrong-type <3>: `sections` lists tables, not a number (write each section below a line `[[kinds.NAME.sections]]`)",
    ),
    (
        "sections { form = 'list' }",
        "bad-config <{ form = 'list' }>: a section without an `id` (add `id = \"…\"`: the anchor of the section)",
    ),
    (
        "sections { id = 'A b' }",
        "bad-config <'A b'>: `A b` cannot be the id of a section (write small letters, digits and `-`, such as `what-we-tried`)",
    ),
    (
        "sections { id = 'a' }, { id = 'a' }",
        "bad-config <'a'>: section `a` is given twice (put both under one `id`, or give one of them another)",
    ),
    (
        "sections { id = 'a', form = 'lists' }",
        "bad-config <'lists'>: `form` cannot be `lists` (did you mean `list`? It is one of `prose`, `list`, `labelled`, `steps`, `relations`, `escalation`, `pairs`, `scenario`, `title`, `summary`, `aliases`)",
    ),
    (
        "sections { id = 'a', items = { min = 3, max = 2 } }",
        "bad-config <{ min = 3, max = 2 }>: at least 3 and at most 2 items (let `min` be at most `max`)",
    ),
    ("sections { id = 'a', items = { min = -1 } }", "bad-config <-1>: `min` cannot be -1 (it is at least 0)"),
    (
        "sections { id = 'a', items = { least = 1 } }",
        "unknown-key <least>: no key `least` here (known here: `min`, `max`)",
    ),
    ("sections { id = 'a', acept = 'x' }", "unknown-key <acept>: no key `acept` here (did you mean `accept`?)"),
    (
        "sections { id = 'a', accept = 'X' }, { id = 'b', heading = 'x:' }",
        "bad-config <'x:'>: sections `a` and `b` both accept `x` (let each heading mean one section)",
    ),
    (
        "sections { id = 'a', heading = '' }, { id = 'b', heading = '' }",
        "bad-config <''>: sections `a` and `b` are both the lead (let each heading mean one section)",
    ),
    (
        "kinds.pattern.sections = [{ id = 'signal', remove = true }]",
        "bad-config <'signal'>: no section `signal` to remove (did you mean `signals`?)",
    ),
    (
        "kinds.pattern.sections = [{ id = 'x', heading = 'Signals' }]",
        "bad-config <'Signals'>: sections `signals` and `x` both accept `signals` (let each heading mean one section)",
    ),
];

#[test]
fn mistakes_are_found_where_they_stand() {
    for (text, said) in MISTAKES {
        let text = match text.strip_prefix("sections ") {
            Some(sections) => format!("kinds.x.sections = [{sections}]"),
            None => (*text).to_owned(),
        };
        let (_, found) = load(&text);
        assert_eq!(found, [*said], "{text}");
    }
}

#[test]
fn the_reference_is_what_is_read() {
    for (key, _) in config::REFERENCE {
        let Some(key) = key.strip_prefix("kinds.NAME.") else {
            continue;
        };
        let text = match key.strip_prefix("sections.") {
            Some("id") => "kinds.x.sections = [{ id = 12.5 }]".to_owned(),
            Some(key) => format!("kinds.x.sections = [{{ id = 'a', {key} = 12.5 }}]"),
            None => format!("kinds.x.{key} = 12.5"),
        };
        let (_, found) = load(&text);
        assert!(matches!(found.as_slice(), [only] if only.starts_with("wrong-type <12.5>")), "{key}: {found:?}");
    }
}
