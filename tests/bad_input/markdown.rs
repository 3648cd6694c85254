//! Markdown that is deep, long or endless.

use super::case::Case;

/// The cases.
pub fn cases() -> Vec<Case> {
    let mut cases = depths();
    cases.extend(sizes());
    cases.extend(families());
    cases
}

fn page(name: &str, text: String) -> Case {
    Case::page(name, format!("# A\n\n{text}\n"))
}

fn depths() -> Vec<Case> {
    let nested: String = (0..500).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    vec![
        page("ten thousand lists in each other", "- ".repeat(10_000) + "a"),
        page("five hundred lists, each on its line", nested),
        page("ten thousand numbered lists in each other", "1. ".repeat(10_000) + "a"),
        page("ten thousand quotes in each other", "> ".repeat(10_000) + "a"),
        page("ten thousand quotes and lists by turns", "> - ".repeat(5_000) + "a"),
        page("fifty thousand elements in each other", "<b>".repeat(50_000)).warns(&["[html-as-text]", "more HTML"]),
        page("fifty thousand blocks in each other", format!("<div>{}", "<details>".repeat(50_000))),
        page("fifty thousand brackets in each other", "[".repeat(50_000) + &"]".repeat(50_000)),
        page("ten thousand pictures in each other", "![".repeat(10_000) + &"](a.png)".repeat(10_000))
            .fails(&["[dead-link]"]),
        page("emphasis that never ends", "*a _b **c __d ~~e ".repeat(10_000)),
        page("emphasis without words", "*_".repeat(50_000)),
        page("callouts in each other", (1..200).map(|depth| format!("{}[!NOTE]\n", "> ".repeat(depth))).collect()),
        page("footnotes that name one another", "[^a]\n\n[^a]: see [^b]\n\n[^b]: see [^a]".to_owned()),
        page("definitions in each other", ": ".repeat(20_000) + "a"),
    ]
}

fn sizes() -> Vec<Case> {
    let equal = |times| "## Again\n\n".repeat(times);
    vec![
        page("a hundred thousand equal headings", equal(100_000)).blocks(&[
            "[too-large]",
            "over 20000 headings",
            "content/x.md:40001:1",
        ]),
        page("nineteen thousand equal headings", equal(19_000)),
        page("as many headings as are allowed here", equal(30))
            .with("site.toml", "base_url = \"https://example.org/\"\n[limits]\nheadings = 20\n")
            .blocks(&["[too-large]", "over 20 headings", "`headings` under `[limits]`"]),
        page("thirty thousand links", "[a](index.md) ".repeat(30_000)).blocks(&[
            "[too-large]",
            "over 20000 links",
            "content/x.md:3:",
        ]),
        page("thirty thousand wanted pages", (0..30_000).map(|n| format!("[[page {n}]]\n")).collect())
            .blocks(&["[too-large]", "[wanted-page]"]),
        page("thirty thousand addresses", "https://example.org/a ".repeat(30_000)).blocks(&["over 20000 links"]),
        page(
            "a table of five thousand columns",
            "|a".repeat(5_000) + "|\n" + &"|-".repeat(5_000) + "|\n" + &"|b".repeat(5_000) + "|",
        ),
        page("a table of twenty thousand rows", "|a|b|\n|-|-|\n".to_owned() + &"|c|d|\n".repeat(20_000)),
        page("a million marks", "*\n".repeat(700_000)).blocks(&["[too-large]", "1000000 pieces"]),
        page("twenty thousand footnotes that nobody names", (0..20_000).map(|n| format!("[^{n}]: a\n\n")).collect()),
        page("twenty thousand anchors in one line", (0..20_000).map(|n| format!("<a id=\"x{n}\"></a>")).collect()),
        page("thousands of dead links in one line", "[a](b.md) ".repeat(5_000))
            .fails(&["[dead-link]", "content/x.md:3:49995"]),
    ]
}

/// Attributes, ids and fragments that are odd.
fn families() -> Vec<Case> {
    vec![
        page("one id for two headings", "## One {#same}\n\n## Two {#same}\n\n[[#same]]".to_owned()),
        page("an id that a section has", "## Signals {#drivers}\n\n- a\n\n## Drivers\n\n- a: b".to_owned()),
        page("an id of another's slug", "## One {#two}\n\n## Two\n\n[a](#two) [b](#two-1)".to_owned()),
        page("an id like the theme's own", "## One {#theme:menu}\n\n## Two {#fn:1}\n\na[^1]\n\n[^1]: b".to_owned()),
        page(
            "an id like a script's",
            "## One {#constructor}\n\n## Two {#__proto__}\n\n## Three {#\"><script>alert(1)</script>}".to_owned(),
        ),
        page("attributes without end", format!("## One {{{}}}", "#a .b c=d ".repeat(20_000))),
        page("headings of marks and of nothing", "## ***\n\n##\n\n## `` ``\n\n## 🏳️‍🌈\n\n## \u{200b}".to_owned()),
        page(
            "every sort of fragment",
            "[a](index.md#) [a](index.md##) [a](#) [a](#%) [a](#%zz) [a](#%00) [a](#é) [[#]] [[##]] [[#^]] [[#^id]] \
             [[index#a|b|c]] [[index#a b]] [[|]] [[#|]] [[ # ]] [[index#%E2%80]]"
                .to_owned()
                + &format!("[a](#{})", "x".repeat(100_000)),
        )
        .fails(&["[dead-anchor]", "content/x.md:3:"]),
        page(
            "links that climb out",
            "[a](../../../../etc/passwd) [b](/../../x.md) [[../../../x]] ![[../../../etc/passwd]]".to_owned(),
        )
        .fails(&["[dead-link]", "[wanted-page]"]),
        page(
            "addresses of odd kinds",
            "[a](javascript:alert(1)) [b](JAVASCRIPT&colon;x) [c](//example.org) [d](\\\\host\\x) [e](C:\\x)"
                .to_owned(),
        )
        .fails(&["[dead-link]", "content/x.md:3:"]),
        page(
            "raw HTML that is broken off",
            "<div\n\n<a href=\"\n\n<img src=x onerror=\n\n<!--\n\n<![CDATA[\n\n<?php".to_owned(),
        ),
        page("comments that are broken off", "a <!-- b %% c -- > d\n\n%%% e %%%%% f <!--> g".to_owned()),
        page("fences that are broken off", "```\n~~~\n````\n\n- ```\n> ~~~".to_owned()),
        page("references to nothing", "[a][b] [c][] [d] [^e] ![f][g] [[h]]\n\n[b]: \n[x]: <>".to_owned()),
        page(
            "template syntax stays text",
            "{{ site.title }} {% include \"/etc/passwd\" %} {# a #} {{ get_env(name=\"HOME\") }}".to_owned(),
        ),
    ]
}
