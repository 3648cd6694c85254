//! `site.toml` as owners write it, right and wrong.

use std::sync::Arc;

use super::*;
use crate::diag::Diagnostic;

fn read_text(text: &str) -> (Config, Vec<Diagnostic>) {
    read(Some(Arc::new(Source::new("site.toml", text))))
}

/// Each finding as `check <place>: message (hint)`.
fn says(text: &str) -> Vec<String> {
    let source = Source::new("site.toml", text);
    let says = |finding: Diagnostic| {
        let place = finding.place.map_or("?", |place| source.slice(place.span));
        let hint = finding.hint.map_or_else(String::new, |hint| format!(" ({hint})"));
        format!("{} <{place}>: {}{hint}", finding.check, finding.message)
    };
    read_text(text).1.into_iter().map(says).collect()
}

#[test]
fn nothing_is_the_defaults() {
    let (none, findings) = read(None);
    assert_eq!(findings, []);
    let (empty, findings) = read_text("");
    assert_eq!(findings, []);
    assert_eq!((none.title, none.output), (empty.title, empty.output));
    assert!(empty.source.is_some() && none.source.is_none());
}

const FULL: &str = r##"
title = "Repair"
description = "How trust is mended"
language = "de-CH"
base_url = "https://example.org/repair"
repository = "https://github.com/acme/repair.git"
branch = "trunk"
domain = "Repair.example.org"
index = false
html = "text"
stages = ["one", "two"]
places = ["In meetings"]
review_every = "6mo"
allow_wanted = ["Later"]

[contacts.people-team]
when = "nobody listens"
how = ["people@example.org", "room 3"]
audience = "internal"

[contacts.lead]
name = "Your lead"
how = "ask"
fallback = true

[kinds.recipe]
folder = "recipes"

[checks]
orphan = "off"
wanted-page = "error"

[limits]
page = 1000
word = 32

[related]
count = 0

[search]
synonyms = [["1:1", "one to one"]]

[words]
connects = ["Hängt zusammen:"]
say = "Sag"

[theme]
layers = ["ours"]
section_order = ["signals"]
accent = "#3F51B5"
fonts = "system"
logo = "/logo.svg"
favicon = "icons/f.png"

[build]
output = "out"
audience = "public"
"##;

#[test]
fn every_key_is_read() {
    let (config, findings) = read_text(FULL);
    assert_eq!(findings, []);
    assert_eq!(config.title, "Repair");
    assert_eq!(config.description.as_deref(), Some("How trust is mended"));
    assert_eq!(config.language, "de-CH");
    assert_eq!(config.base_url.as_deref(), Some("https://example.org/repair/"));
    assert_eq!(config.base_path(), "/repair/");
    assert_eq!(config.repository.as_deref(), Some("https://github.com/acme/repair"));
    assert_eq!(config.branch, "trunk");
    assert_eq!(config.domain.as_deref(), Some("repair.example.org"));
    assert!(!config.index);
    assert_eq!(config.html, HtmlPolicy::Text);
    assert_eq!(config.stages, ["one", "two"]);
    assert_eq!(config.places, ["In meetings"]);
    assert_eq!(config.review_every, Some(Interval::Months(6)));
    assert_eq!(config.allow_wanted, ["Later"]);
    assert!(config.kinds.is_some_and(|kinds| kinds.get("recipe").is_some()));
    assert_eq!(config.related_count, 0);
    assert_eq!(config.synonyms, [["1:1", "one to one"]]);
    assert_eq!((config.limits.page, config.limits.word, config.limits.title), (1000, 32, 300));
    assert!(config.words.connects.contains(&"hängt zusammen".to_owned()));
    assert!(config.words.connects.contains(&"connects".to_owned()), "English always works");
    assert_eq!(config.words.say, ["say", "sag", "sage", "sagen", "sagen sie"], "its own, and those of the language");
    assert_eq!((config.output.as_str(), config.audience), ("out", Audience::Public));
}

#[test]
fn contacts_checks_and_theme_keep_their_places() {
    let (config, _) = read_text(FULL);
    let source = Source::new("site.toml", FULL);
    let contacts = config.contacts.expect("contacts");
    let [team, lead] = contacts.as_slice() else {
        panic!("two contacts, not {contacts:?}");
    };
    assert_eq!((team.id.as_str(), team.name.as_str()), ("people-team", "People team"));
    assert_eq!(team.how, ["people@example.org", "room 3"]);
    assert_eq!(team.audience, Audience::Internal);
    assert_eq!(source.slice(team.span), "people-team");
    assert_eq!((lead.name.as_str(), lead.fallback), ("Your lead", true));
    assert_eq!(lead.how, ["ask"]);
    let [orphan, wanted] = config.checks.as_slice() else {
        panic!("two levels");
    };
    assert_eq!((orphan.check.as_str(), orphan.severity), ("orphan", None));
    assert_eq!(wanted.severity, Some(Severity::Error));
    let theme = config.theme;
    let layers: Vec<&str> = theme.layers.iter().map(|layer| layer.text.as_str()).collect();
    assert_eq!((layers, theme.section_order), (vec!["ours"], vec!["signals".to_owned()]));
    let accent = theme.accent.expect("a colour");
    assert_eq!((accent.text.as_str(), source.slice(accent.span)), ("#3f51b5", "\"#3F51B5\""));
    assert_eq!(theme.fonts, Fonts::System);
    assert_eq!(theme.logo.map(|logo| logo.text).as_deref(), Some("logo.svg"));
    assert_eq!(theme.favicon.map(|icon| icon.text).as_deref(), Some("icons/f.png"));
}

/// A value that no key takes; whatever `read` knows must answer with `wrong-type` or read a table.
#[test]
fn the_reference_is_what_is_read() {
    for (key, meaning) in REFERENCE {
        assert!(!meaning.is_empty() && !meaning.ends_with('.'), "{key}");
        if key.starts_with("kinds.") {
            continue;
        }
        let text = format!("{key} = 12.5\n");
        let found = says(&text);
        assert!(matches!(found.as_slice(), [only] if only.starts_with("wrong-type <12.5>")), "{key}: {found:?}");
    }
    for table in ["", "contacts.ID", "limits", "related", "search", "words", "theme", "build"] {
        let dot = if table.is_empty() { "" } else { "." };
        let found = says(&format!("{table}{dot}zzzzzzzz = 1\n"));
        assert!(matches!(found.as_slice(), [only] if only.starts_with("unknown-key <zzzzzzzz>")), "{table}: {found:?}");
    }
}

#[test]
fn a_near_key_is_offered_and_mended() {
    let (_, findings) = read_text("[theme]\nacent = \"#000000\"\n");
    let finding = findings.first().expect("a finding");
    assert_eq!(finding.hint.as_deref(), Some("did you mean `accent`?"));
    let fix = finding.fix.as_ref().expect("a fix");
    assert_eq!(fix.title, "write `accent`");
    let (_, findings) = read_text("titel = \"x\"\ntitle = \"y\"\n");
    assert!(findings.iter().all(|finding| finding.fix.is_none()), "it would be there twice");
}

const BAD_VALUES: &[(&str, &str)] = &[
    ("html = \"al\"", "bad-config <\"al\">: `html` cannot be `al` (it is one of `safe`, `text`, `allow`)"),
    (
        "html = \"alow\"",
        "bad-config <\"alow\">: `html` cannot be `alow` (did you mean `allow`? It is one of `safe`, `text`, `allow`)",
    ),
    (
        "checks.orphan = \"none\"",
        "bad-config <\"none\">: `orphan` cannot be `none` (it is one of `error`, `warning`, `hint`, `off`)",
    ),
    (
        "base_url = \"example.org\"",
        "bad-config <\"example.org\">: `base_url` is no web address: `example.org` (write it in full, such as `https://example.org/handbook/`, without `?` or `#`)",
    ),
    (
        "language = \"en_GB\"",
        "bad-config <\"en_GB\">: `language` is no language tag: `en_GB` (write one such as `en`, `de` or `pt-BR`)",
    ),
    (
        "domain = \"https://x.org\"",
        "bad-config <\"https://x.org\">: `domain` is no domain: `https://x.org` (write the name alone, such as `handbook.example.org`)",
    ),
    (
        "theme.accent = \"red\"",
        "bad-config <\"red\">: `accent` is no colour: `red` (write six digits, such as `#3f51b5`)",
    ),
    (
        "theme.layers = [\"../x\"]",
        "bad-config <\"../x\">: `../x` is no name of a theme layer (write the name of a folder under `themes/`)",
    ),
    (
        "theme.logo = \"../x.png\"",
        "bad-config <\"../x.png\">: `logo` cannot be `../x.png` (write a path below the content or `static/`, with `/`)",
    ),
    ("build.output = \" \"", "bad-config <\" \">: `output` is empty (give it a value, or leave the key out)"),
    ("limits.page = 0", "bad-config <0>: `page` cannot be 0 (it is at least 1)"),
    ("related.count = -1", "bad-config <-1>: `count` cannot be -1 (it is at least 0)"),
    (
        "review_every = \"soon\"",
        "bad-config <\"soon\">: `review_every` is an interval such as `180d`, `6mo` or `1y`, not `soon` (write a number above zero and `d`, `mo` or `y`)",
    ),
    (
        "search.synonyms = [[\"a\"]]",
        "bad-config <[\"a\"]>: a group of synonyms has at least two words (add another word, or take the group out)",
    ),
    (
        "search.synonyms = [\"a\", \"b\"]",
        "wrong-type <\"a\">: `synonyms` lists groups of words, not a text (write each group in brackets: `[\"1:1\", \"one to one\"]`)",
    ),
    (
        "stages = \"x\"",
        "wrong-type <\"x\">: `stages` is a list of texts, not a text (write `stages = [\"one\", \"two\"]`)",
    ),
    ("stages = [\"a\", 2]", "wrong-type <2>: `stages` lists texts, not a number (put it in quotes: `\"…\"`)"),
    (
        "index = \"no\"",
        "wrong-type <\"no\">: `index` is `true` or `false`, not a text (write `index = true` or `index = false`)",
    ),
    (
        "contacts.\"a b\" = {}",
        "bad-config <\"a b\">: `a b` is no id of a contact: letters, digits, `-` and `_` within them (`@` in a text names a contact by this id; its `name` can be anything)",
    ),
    (
        "contacts.Lead = {}\ncontacts.lead = {}",
        "bad-config <lead>: the contacts `Lead` and `lead` differ by case only (rename one of them)",
    ),
    ("title = Repair", "bad-config <Repair>: a text without quotes (put it in quotes: `\"…\"`)"),
];

#[test]
fn bad_values_name_what_is_allowed() {
    for (text, said) in BAD_VALUES {
        assert_eq!(says(text).first().map(String::as_str), Some(*said), "{text}");
    }
}

#[test]
fn a_mistake_leaves_the_rest() {
    let (config, findings) = read_text("title = \"A\"\nbroken\n[related]\ncount = 3\n");
    assert_eq!((config.title.as_str(), config.related_count), ("A", 3));
    assert!(matches!(findings.as_slice(), [only] if only.check == "bad-config"));
}

#[test]
fn contacts_fail_closed() {
    let (config, findings) = read_text("[contacts.hr]\naudience = \"intenal\"\n");
    let contacts = config.contacts.expect("contacts");
    assert!(contacts.iter().all(|contact| contact.audience == Audience::Internal));
    assert_eq!(findings.len(), 1);
    let two = "[contacts]\na.fallback = true\nb.fallback = true\nc = { fallback = true, audience = \"internal\" }\n";
    let found = says(two);
    assert_eq!(found.len(), 3, "{found:?}");
}

#[test]
fn the_base_path_is_that_of_the_address() {
    for (url, path) in
        [("https://x.org", "/"), ("http://x.org:80/", "/"), ("https://x.org/a/b", "/a/b/"), ("HTTPS://x.org/a", "/a/")]
    {
        let (config, findings) = read_text(&format!("base_url = \"{url}\""));
        assert_eq!(findings, []);
        assert_eq!(config.base_path(), path, "{url}");
    }
    assert_eq!(Config::default().base_path(), "/");
}

#[test]
fn a_language_brings_its_words() {
    for (tag, word) in [("de-AT", "unterscheidet sich"), ("fr", "diffère"), ("es", "difiere"), ("nl", "verschilt")] {
        let (config, _) = read_text(&format!("language = \"{tag}\""));
        assert!(config.words.differs.contains(&word.to_owned()), "{tag}");
        assert!(config.words.differs.contains(&"differs".to_owned()), "English always works");
    }
}

#[test]
fn a_domain_is_the_address_unless_another_is_given() {
    assert_eq!(read_text("domain = \"h.example.org\"").0.base_url.as_deref(), Some("https://h.example.org/"));
    let both = read_text("base_url = \"https://example.org/book\"\ndomain = \"h.example.org\"").0;
    assert_eq!(both.base_url.as_deref(), Some("https://example.org/book/"));
}

#[test]
fn every_forge_shows_and_edits_a_file_at_its_own_address() {
    let cases = [
        ("https://github.com/a/b", "blob/main/docs/x%20y.md", "edit/main/docs/x%20y.md"),
        ("https://gitlab.com/g/s/b", "-/blob/main/docs/x%20y.md", "-/edit/main/docs/x%20y.md"),
        ("https://codeberg.org/a/b", "src/branch/main/docs/x%20y.md", "_edit/main/docs/x%20y.md"),
        ("https://bitbucket.org/a/b", "src/main/docs/x%20y.md", "src/main/docs/x%20y.md?mode=edit"),
        ("https://git.example.org/a/b", "blob/main/docs/x%20y.md", "edit/main/docs/x%20y.md"),
    ];
    for (repository, shown, edited) in cases {
        let (config, _) = read_text(&format!("repository = \"{repository}\"\n"));
        for (what, expected) in [("blob", shown), ("edit", edited)] {
            let expected = format!("{repository}/{expected}");
            assert_eq!(config.on_forge(what, "docs/x y.md").as_deref(), Some(expected.as_str()));
        }
    }
}
