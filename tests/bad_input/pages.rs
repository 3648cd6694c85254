//! Pages that contradict, contain or chase one another.

use super::case::Case;

/// The cases.
pub fn cases() -> Vec<Case> {
    let mut cases = embeds();
    cases.extend(names());
    cases.extend(relations());
    cases
}

fn embeds() -> Vec<Case> {
    let chain = |times: usize, length: usize| {
        let step = |n: usize| {
            let text = format!("![[p{}]]\n\n", n + 1).repeat(times);
            (format!("content/p{n}.md"), if n + 1 == length { "The end.\n".to_owned() } else { text })
        };
        (0..length)
            .map(step)
            .fold(Case::new(&format!("pages that embed the next {times} times")), |case, (path, text)| {
                case.with(&path, text)
            })
    };
    let circle = |length: usize| {
        let step = |n: usize| (format!("content/c{n}.md"), format!("Text.\n\n![[c{}]]\n", (n + 1) % length));
        (0..length)
            .map(step)
            .fold(Case::new(&format!("{length} pages that embed in a circle")), |case, (path, text)| {
                case.with(&path, text)
            })
            .fails(&["[embed-cycle]", "content/c0.md:3:1", &format!("content/c{}.md:3:1", length - 1)])
    };
    vec![
        Case::page("a page that embeds itself", "# X\n\nText.\n\n![[x]]\n")
            .fails(&["[embed-cycle]", "content/x.md:5:1"]),
        Case::page("a section that embeds itself", "# X\n\n## A\n\nText.\n\n![[#A]]\n")
            .fails(&["[embed-cycle]", "content/x.md:7:1"]),
        Case::page("a section that embeds the next", "# X\n\n## A\n\n![[#B]]\n\n## B\n\nText.\n"),
        circle(3),
        circle(30),
        chain(1, 30),
        chain(2, 30),
        chain(20, 30),
        Case::page("ten thousand embeds of a page of ten thousand embeds", "![[y]]\n\n".repeat(10_000))
            .with("content/y.md", "![[z]]\n\n".repeat(10_000))
            .with("content/z.md", "Text.\n"),
        Case::page("an embed of nothing", "![[nowhere]]\n\n![[#nothing]]\n\n![[]]\n\n![[x.png]]\n")
            .fails(&["[dead-anchor]", "[wanted-page]"]),
    ]
}

fn names() -> Vec<Case> {
    let many = (0..300).fold(Case::new("hundreds of pages of one title"), |case, n| {
        case.with(&format!("content/p{n}.md"), "# Same\n\nSee [[Same]].\n")
    });
    vec![
        Case::new("names that differ in case")
            .with("content/Late.md", "# A\n\nText.\n")
            .with("content/late.md", "# B\n\nText.\n")
            .blocks(&["[address-clash]", "content/Late.md", "content/late.md"]),
        Case::new("names that differ in how accents are spelled")
            .with("content/caf\u{e9}.md", "# A\n\nText.\n")
            .with("content/cafe\u{301}.md", "# B\n\nText.\n")
            .blocks(&["[address-clash]", "different spellings"]),
        Case::new("names that differ in spaces")
            .with("content/a b.md", "# A\n\nText.\n")
            .with("content/a-b.md", "# B\n\nText.\n")
            .blocks(&["[address-clash]", "content/a b.md", "content/a-b.md"]),
        Case::page("a file that has a page's address", "# X\n\nText.\n")
            .with("content/x.html", "<p>")
            .blocks(&["[address-clash]", "content/x.html"]),
        Case::page("a static file that has a page's address", "# X\n\nText.\n")
            .with("static/x.html", "<p>")
            .blocks(&["[address-clash]", "static/x.html"]),
        many.fails(&["[ambiguous-link]", "at least 9 pages", "content/p0.md:3:7"]),
        Case::page("a page that wants its own name", "# X\n\n[[X]] [[x]] [[x.md]] [[/x]] [[./x]] [[../x]]\n"),
        Case::page("a page and a folder of one name", "# X\n\nText.\n").with("content/x/y.md", "# Y\n\nText.\n"),
        Case::new("pages with the addresses of made pages")
            .with("content/404.md", "# A\n\nText.\n")
            .with("content/tags.md", "+++\ntags = [\"a\"]\n+++\nText.\n")
            .with("content/search.md", "# C\n\nText.\n")
            .with("content/tags/a.md", "# D\n\nText.\n"),
        Case::new("index and README in one folder")
            .with("content/a/index.md", "# A\n\nText.\n")
            .with("content/a/README.md", "# B\n\nText.\n"),
        Case::new("names that Windows reserves")
            .with("content/con.md", "# A\n")
            .with("content/aux/b.md", "# B\n")
            .with("content/c. ", "c")
            .blocks(&["[bad-name]", "content/con.md", "content/aux", "content/c. "]),
        Case::new("a name that is too long for its page")
            .with(&format!("content/{}.md", "n".repeat(252)), "# A\n")
            .blocks(&["[bad-name]", "255 bytes"]),
        Case::new("names of characters that no address can hold")
            .with("content/a%2fb#c&d;e'f.md", "# A\n\nText.\n")
            .with("content/\u{202e}.md", "# B\n\nText.\n"),
    ]
}

fn relations() -> Vec<Case> {
    let page = |name: &str, text: String| Case::new(name).with("content/patterns/x.md", text);
    vec![
        page("sections that are empty", "# X\n\n## Signals\n\n## Drivers\n\n## What helps\n\n## Nearby patterns\n\n## When to escalate\n".to_owned())
            .warns(&["[too-few-items]", "content/patterns/x.md:3:"]),
        page("a section ten thousand times", "# X\n\n".to_owned() + &"## Signals\n\n- a\n\n".repeat(10_000)).warns(&["[duplicate-section]"]),
        page("ten thousand items of the same words", "# X\n\n## Signals\n\n".to_owned() + &"- the same words\n".repeat(10_000)).warns(&["[too-many-items]"]),
        page("a note of dashes", format!("# X\n\n## Nearby patterns\n\n- [[A]] {}\n- —\n- ; ;\n- [[]] — differs\n", "— - – ".repeat(20_000)))
            .warns(&["[wanted-page]"]),
        page("a note on oneself", "# X\n\n## Nearby patterns\n\n- [[X]] — connects because x; differs by y\n".to_owned()).warns(&["[self-relation]"]),
        page("roles without end", format!("# X\n\n## When to escalate\n\n- When x {}\n- → @\n- @→@\n", "→ **@hr** ".repeat(10_000)))
            .warns(&["[missing-section]"]),
        page("an unknown role", "# X\n\n## When to escalate\n\n- When x → @nobody\n".to_owned())
            .with("site.toml", "base_url = \"https://example.org/\"\n[contacts.hr]\nname = \"HR\"\n")
            .fails(&["[unknown-contact]", "content/patterns/x.md:5:"]),
        page("pairs in every form at once", "# X\n\n## What to say\n\n|a|\n|-|\n|b|\n\nMyth: In fact: Myth:\n\n### In fact:\n\n- Myth:\n- **In fact:**\n".to_owned())
            .warns(&["[missing-section]"]),
        page("steps in steps", "# X\n\n## What helps\n\n".to_owned() + &"1. ".repeat(5_000) + "a\n\n   Say: b\n").warns(&["[missing-section]"]),
    ]
}
