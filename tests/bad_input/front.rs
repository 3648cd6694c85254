//! Front matter: fences, both languages, every key.

use super::case::Case;

/// A value of the wrong type for each key, and what it is told.
const WRONG: [(&str, &str); 21] = [
    ("title = [1]", "wrong-type"),
    ("summary = 1", "wrong-type"),
    ("kind = true", "wrong-type"),
    ("aliases = { a = 1 }", "wrong-type"),
    ("moved_from = 3", "wrong-type"),
    ("tags = [[1]]", "wrong-type"),
    ("stage = 1", "wrong-type"),
    ("owner = []", "wrong-type"),
    ("authors = 1", "wrong-type"),
    ("sources = 1", "wrong-type"),
    ("created = 1", "wrong-type"),
    ("updated = []", "wrong-type"),
    ("reviewed = true", "wrong-type"),
    ("review_every = 1", "wrong-type"),
    ("status = 1", "wrong-type"),
    ("draft = \"yes\"", "wrong-type"),
    ("audience = 1", "wrong-type"),
    ("related = []", "wrong-type"),
    ("related = { pin = 1 }", "wrong-type"),
    ("order = \"first\"", "wrong-type"),
    ("template = 1", "wrong-type"),
];

/// The cases.
pub fn cases() -> Vec<Case> {
    let mut cases = written();
    cases.extend(values());
    cases.extend(WRONG.iter().map(|(line, check)| {
        let key = line.split(' ').next().unwrap();
        let text = format!("+++\n{line}\n+++\n# A\n\nText.\n");
        Case::page(&format!("the wrong type: {line}"), text).fails(&[&format!("[{check}]"), key, "content/x.md:2:"])
    }));
    let every: Vec<&str> = WRONG.iter().map(|(line, _)| *line).filter(|line| !line.contains("pin")).collect();
    let text = format!("+++\n{}\n+++\n# A\n\nText.\n", every.join("\n"));
    let places: Vec<String> = (2..every.len() + 2).map(|line| format!("content/x.md:{line}:")).collect();
    let places: Vec<&str> = places.iter().map(String::as_str).collect();
    cases.push(Case::page("every key wrong at once is told in one run", text).fails(&places));
    cases
}

fn page(name: &str, front: &str) -> Case {
    Case::page(name, format!("{front}\n# A\n\nText.\n"))
}

fn written() -> Vec<Case> {
    let alias_bomb: String = (1..20).map(|n| format!("a{n}: &a{n} [*a{0}, *a{0}, *a{0}]\n", n - 1)).collect();
    vec![
        page("TOML front matter that nothing closes", "+++\ntitle = \"A\"\n")
            .fails(&["[bad-front-matter]", "content/x.md:1:1"]),
        page("YAML front matter that nothing closes", "---\ntitle: A\n")
            .fails(&["[bad-front-matter]", "content/x.md:1:1"]),
        page("an opening fence and nothing else", "+++").fails(&["[bad-front-matter]"]),
        page("front matter of nothing", "+++\n+++"),
        page("a rule that is no front matter", "---\n\nText"),
        page("a key twice in TOML", "+++\ntitle = \"A\"\ntitle = \"B\"\n+++")
            .fails(&["`title` is given twice", "content/x.md:3:1"]),
        page("a key twice in YAML", "---\ntitle: A\ntitle: B\n---")
            .fails(&["`title` is given twice", "content/x.md:3:1"]),
        page("front matter that is no TOML", "+++\n}{ = ]\n+++").fails(&["[bad-front-matter]", "content/x.md:2:"]),
        page("front matter that is a list", "---\n- a: b\n- c\n---").fails(&["[bad-front-matter]"]),
        page("a YAML alias", "---\ntitle: &t A\nextra: { a: *t }\n---"),
        page("YAML aliases that multiply", &format!("---\na0: &a0 [x, x, x]\n{alias_bomb}---"))
            .fails(&["aliases repeat too much"]),
        page("a YAML alias inside itself", "---\nextra: &a [*a]\n---")
            .fails(&["[bad-front-matter]", "content/x.md:2:"]),
        page("a YAML merge key", "---\nbase: &b { title: B }\nextra:\n  <<: *b\n---").warns(&["[unknown-key]"]),
        page("a YAML tag", "---\ntitle: !!python/object:os.system A\nextra: !!binary aGk=\n---"),
        page("deep YAML", &format!("---\nextra: {}\n---", "[".repeat(10_000))).fails(&["[bad-front-matter]"]),
        page("deep TOML", &format!("+++\nextra = {}\n+++", "[".repeat(10_000))).fails(&["nested too deeply"]),
        page("deep TOML keys", &format!("+++\nextra.{} = 1\n+++", vec!["a"; 9_000].join(".")))
            .fails(&["nested too deeply"]),
        page("front matter over the limit", &format!("+++\ntitle = \"A\"\n# {}\n+++", "x".repeat(70_000))).blocks(&[
            "[too-large]",
            "65536",
            "content/x.md:1:1",
        ]),
        page(
            "twelve thousand unknown keys",
            &format!("+++\n{}+++", (0..6_000).map(|n| format!("k{n} = 1\n")).collect::<String>()),
        )
        .warns(&["[unknown-key]", "content/x.md:6001:1"]),
        page("a key of control characters", "+++\n\"a\\u0007\\u001b[31m\" = 1\n+++").warns(&["[unknown-key]"]),
    ]
}

fn values() -> Vec<Case> {
    let long = "a".repeat(301);
    vec![
        page("a day that does not exist", "+++\nupdated = 2026-02-30\n+++").fails(&["[bad-date]", "content/x.md:2:11"]),
        page("a year that does not exist", "+++\nupdated = \"9999999-01-01\"\n+++")
            .fails(&["[bad-date]", "content/x.md:2:11"]),
        page("a date that is empty", "---\ncreated: ''\n---").fails(&["[bad-date]"]),
        page("an interval without end", "+++\nreview_every = \"99999999999999999999y\"\nreviewed = 2026-01-01\n+++")
            .fails(&["content/x.md:2:"]),
        page("an interval past all years", "+++\nreview_every = \"4000000000y\"\nreviewed = 2026-01-01\n+++")
            .fails(&["[wrong-type]", "content/x.md:2:16"]),
        page("an order that is no number", "+++\norder = nan\n+++").fails(&["[wrong-type]", "content/x.md:2:"]),
        page("an order without end", "+++\norder = inf\n+++").fails(&["[wrong-type]", "content/x.md:2:"]),
        page("an order past all numbers", "+++\norder = 1e999\n+++").fails(&["content/x.md:2:"]),
        page("tags of punctuation", "+++\ntags = [\"...\", \"/\", \"?\", \" \", \"\", \"..\", \"con\", \"a/b\"]\n+++"),
        page("a title of white space", "+++\ntitle = \" \\t \"\n+++"),
        page("a title of marks", "+++\ntitle = \"***\"\n+++"),
        page("a title of emoji", "+++\ntitle = \"👩‍👩‍👧‍👦🏳️‍🌈\"\n+++"),
        page("a title from right to left", "+++\ntitle = \"שלום עולם\"\n+++"),
        page("a title of nothing to see", "+++\ntitle = \"\u{200b}\u{200d}\u{feff}\"\n+++"),
        page("a title over the limit", &format!("+++\ntitle = \"{long}\"\n+++")).blocks(&[
            "[too-large]",
            "300 characters",
            "content/x.md:2:",
        ]),
        page("an old address of itself", "+++\nmoved_from = [\"x.html\"]\n+++")
            .blocks(&["[address-clash]", "content/x.md:2:"]),
        page("an old address outside", "+++\nmoved_from = [\"../../etc/passwd\"]\n+++")
            .blocks(&["[address-clash]", "content/x.md:2:"]),
        page("an old address outside, encoded", "+++\nmoved_from = [\"%2e%2e/%2e%2e/a.html\"]\n+++")
            .blocks(&["[address-clash]"]),
        page("an old address elsewhere", "+++\nmoved_from = [\"https://example.com/a\"]\n+++")
            .blocks(&["[address-clash]"]),
        page("an old address from the root", "+++\nmoved_from = [\"/old/place/\"]\n+++"),
        page("an old address of nothing", "+++\nmoved_from = [\"\", \"/\", \"#\", \"?\"]\n+++")
            .blocks(&["[address-clash]"]),
        page(
            "an old address that no disk can keep",
            &format!("+++\nmoved_from = [\"{}/b\", \"a\\u0000b\", \"con.html\"]\n+++", "a".repeat(300)),
        )
        .blocks(&["[address-clash]", "content/x.md:2:"]),
        page("aliases that name one another", "+++\naliases = [\"B\", \"A\", \"B\", \"\"]\n+++")
            .with("content/y.md", "+++\ntitle = \"B\"\naliases = [\"A\"]\n+++\nText.\n")
            .warns(&["[duplicate-name]", "content/y.md"]),
        page("a kind that is not there", "+++\nkind = \"patern\"\n+++")
            .fails(&["did you mean `pattern`?", "content/x.md:2:8"]),
        page("a template that is not there", "+++\ntemplate = \"../../etc/passwd\"\n+++")
            .blocks(&["[template-error]", "../../etc/passwd"]),
    ]
}
