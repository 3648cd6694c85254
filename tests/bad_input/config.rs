//! `site.toml`, kinds, contacts and themes.

use super::case::Case;

/// Values of the wrong type or shape.
const WRONG: [&str; 32] = [
    "title = 1",
    "description = []",
    "language = \"not a language\"",
    "base_url = \"ftp://x\"",
    "repository = \"x\"",
    "branch = 1",
    "domain = \"a b\"",
    "index = \"yes\"",
    "html = \"maybe\"",
    "stages = 1",
    "places = [1]",
    "review_every = \"soon\"",
    "allow_wanted = 1",
    "contacts = 1",
    "contacts.a = 1",
    "contacts.a.how = 1",
    "kinds = 1",
    "kinds.pattern = 1",
    "kinds.pattern.sections = 1",
    "checks = 1",
    "checks.orphan = 1",
    "limits = 1",
    "limits.page = -1",
    "limits.title = \"x\"",
    "related.count = -1",
    "search.synonyms = 1",
    "words.say = 1",
    "theme = 1",
    "theme.layers = [1]",
    "theme.accent = \"red\"",
    "theme.logo = \"../../etc/passwd\"",
    "build.output = 1",
];

/// The cases.
pub fn cases() -> Vec<Case> {
    let mut cases = files();
    cases.extend(kinds());
    cases.extend(themes());
    cases.extend(WRONG.iter().map(|line| {
        let key = line.split([' ', '=']).next().unwrap().rsplit('.').next().unwrap();
        let case = Case::site(&format!("site.toml: {line}"), format!("{line}\n"));
        Case { code: 1, ..case }.told(&[key, "site.toml:1:"])
    }));
    cases
}

impl Case {
    /// It is an error; whether it blocks is up to the check.
    fn told(self, says: &[&str]) -> Case {
        let case = self.fails(says);
        let wrong_type = case.name.ends_with("= 1") || case.name.ends_with("[1]") || case.name.ends_with("= []");
        Case {
            blocks: !wrong_type && !case.name.ends_with("\"yes\"") && !case.name.ends_with("\"x\"")
                || case.name.contains("repository"),
            ..case
        }
    }
}

fn files() -> Vec<Case> {
    vec![
        Case::site("a site.toml that is not UTF-8", b"title = \"\xff\"").blocks(&["[bad-config]", "site.toml"]),
        Case::site("a site.toml with a NUL byte", b"title = \"\0\"").blocks(&["[bad-config]", "site.toml"]),
        Case::site("a site.toml of ten megabytes", "# x\n".repeat(2_500_000)).blocks(&["[bad-config]", "site.toml"]),
        Case::site("a site.toml that is no TOML", "}{ = ]\ntitle\n= 1\n").blocks(&["[bad-config]", "site.toml:2:6", "site.toml:3:1"]),
        Case::site("a site.toml that is very deep", format!("x = {}", "[".repeat(50_000))).blocks(&["nested too deeply"]),
        Case::site("a key twice in site.toml", "title = \"A\"\ntitle = \"B\"\n").blocks(&["`title` is given twice", "site.toml:2:1"]),
        Case::site("an empty site.toml", ""),
        Case::site("a site.toml with a byte order mark", "\u{feff}title = \"A\"\r\n"),
        Case::new("a site.toml that is a folder").with("site.toml/x", "").blocks(&["[bad-config]", "site.toml"]),
        Case::site("ten thousand unknown keys in site.toml", (0..10_000).map(|n| format!("key{n} = 1\n")).collect::<String>())
            .warns(&["[unknown-key]", "site.toml:10000:1"]),
        Case::site("a check that is not there", "[checks]\nnothing = \"off\"\n").warns(&["no check `nothing`", "site.toml:2:1"]),
        Case::site("a blocking check cannot be switched off", "[checks]\naddress-clash = \"off\"\n")
            .with("content/a b.md", "# A\n").with("content/a-b.md", "# B\n").blocks(&["error[address-clash]"]),
        Case::site("a contact twice", "[contacts.hr]\nname = \"A\"\n[contacts.hr]\nname = \"B\"\n").blocks(&["`hr` is given twice", "site.toml:3:"]),
        Case::site("contacts with odd ids", "[contacts.\"\"]\n[contacts.\"a b\"]\n[contacts.\"<script>\"]\nname = \"<script>\"\nhow = [\"javascript:alert(1)\"]\n")
            .allows(),
        Case::site("an output that is the content", "[build]\noutput = \"content\"\n").refused(&["content"]),
        Case::site("an output outside", "[build]\noutput = \"..\"\n").refused(&["nothing was changed"]),
    ]
}

impl Case {
    /// The program refuses to begin.
    fn refused(self, says: &[&str]) -> Case {
        Case { code: 2, ..self.blocks(says) }
    }
}

fn kinds() -> Vec<Case> {
    let kind = |name: &str, text: &str| {
        let site = format!("base_url = \"https://example.org/\"\n[kinds.pattern]\n{text}\n");
        Case::site(name, site).with("content/patterns/x.md", "# X\n\nText.\n\n## Signals\n\n- a\n")
    };
    let removed: String =
        ["meaning", "signals", "drivers", "worse", "scenario", "helps", "say", "nearby", "escalate", "sources"]
            .map(|id| format!("[[kinds.pattern.sections]]\nid = \"{id}\"\nremove = true\n"))
            .concat();
    vec![
        kind("a kind that removes every section", &removed).warns(&["[unknown-section]", "content/patterns/x.md:5:"]),
        kind("a section of an unknown form", "[[kinds.pattern.sections]]\nid = \"signals\"\nform = \"lst\"\n").blocks(&["site.toml:5:", "`list`"]),
        kind("sections that accept one another", "[[kinds.pattern.sections]]\nid = \"signals\"\naccept = [\"Drivers\", \"Signals\"]\n[[kinds.pattern.sections]]\nid = \"drivers\"\naccept = [\"Signals\"]\n")
            .allows(),
        kind("a section without an id", "[[kinds.pattern.sections]]\nheading = \"A\"\n").allows(),
        kind("a section twice", "[[kinds.pattern.sections]]\nid = \"a\"\n[[kinds.pattern.sections]]\nid = \"a\"\n").allows(),
        kind("fewer at most than at least", "[[kinds.pattern.sections]]\nid = \"signals\"\nitems = { min = 9, max = 1 }\n").allows(),
        kind("a kind of every page", "folder = \".\"\n").warns(&["[missing-section]", "content/patterns/x.md"]),
        kind("a kind of a folder outside", "folder = \"../..\"\n").allows(),
    ]
}

impl Case {
    /// Whatever is said: it ends, and does not end in a panic.
    fn allows(self) -> Case {
        Case { any: true, ..self }
    }
}

fn themes() -> Vec<Case> {
    let theme = |name: &str, template: &str| {
        Case::site(name, "base_url = \"https://example.org/\"\n[theme]\nlayers = [\"ours\"]\n")
            .with("themes/ours/page.html", template)
    };
    vec![
        Case::site("a theme that is not there", "[theme]\nlayers = [\"ours\"]\n").blocks(&["[missing-theme]", "site.toml:2:"]),
        Case::site("a theme outside", "[theme]\nlayers = [\"../content\"]\n").blocks(&["site.toml:2:"]),
        theme("a template that does not parse", "{% if %}\n{{ x").with("content/x.md", "# X\n").blocks(&["[template-error]", "themes/ours/page.html:1:"]),
        theme("a template of binary data", "\u{0}\u{1}{{").with("content/x.md", "# X\n").blocks(&["[template-error]"]),
        theme("a template that asks for what is not there", "{{ nothing.at.all }}").with("content/x.md", "# X\n").blocks(&["[template-error]", "themes/ours/page.html:1:", "x.html"]),
        theme("a template that includes itself", "{% include \"page.html\" %}").with("content/x.md", "# X\n").blocks(&["[template-error]"]),
        theme("a template that extends itself", "{% extends \"page.html\" %}").with("content/x.md", "# X\n").blocks(&["[template-error]"]),
        theme("a template that reads files", "{% include \"../../../etc/passwd\" %}").with("content/x.md", "# X\n").blocks(&["[template-error]"]),
        theme("a template that asks for the environment", "{{ get_env(name=\"HOME\") }}").with("content/x.md", "# X\n").blocks(&["[template-error]"]),
        theme("a template that fills the memory", "{% for a in range(end=9000) %}{% for b in range(end=9000) %}aaaaaaaaaaaaaaaa{% endfor %}{% endfor %}")
            .with("content/x.md", "# X\n").blocks(&["[template-error]", "64 MiB", "x.html"]),
        theme("a template that does not end", "{% for a in range(end=10000) %}{% for b in range(end=10000) %}{% for c in range(end=10000) %}{% endfor %}{% endfor %}{% endfor %}")
            .with("content/x.md", "# X\n").blocks(&["[template-error]", "does not end", "x.html"]),
    ]
}
