//! Nasty Markdown takes time that grows with its length, not with the square of it.
//!
//! Each family is built at a length and at four times that length: from its text to a finished page with its findings
//! as text. What grows in proportion takes four times as long, what grows with the square sixteen times.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use mendbook::config;
use mendbook::diag::text;
use mendbook::discover::{Files, PageFile};
use mendbook::site::{Options, Site};
use mendbook::source::Source;

/// The shorter length, in bytes; an unoptimised program gets less.
const LENGTH: usize = if cfg!(debug_assertions) { 40_000 } else { 400_000 };

/// Above this a longer text counts as one whose time grows with the square.
const MOST: u32 = 9;

/// What is faster says nothing: the machine's other work decides.
const NOTICED: Duration = Duration::from_millis(400);

/// How a text is made as long as it is asked for.
enum Shape {
    /// The middle again and again, between the other two.
    Again(&'static str, &'static str, &'static str),
    /// The middle again and again, `@` being another number each time.
    Numbered(&'static str, &'static str, &'static str),
    /// The first again and again, the second in between, then the third as often.
    Nested(&'static str, &'static str, &'static str),
    /// The first numbered again and again, then the second, the numbers being the same.
    Paired(&'static str, &'static str),
    /// Runs of backticks, each longer than the one before.
    Ticks,
}

use Shape::{Again, Nested, Numbered, Paired, Ticks};

const FAMILIES: [(&str, Shape); 72] = [
    ("brackets in each other", Nested("[", "a", "]")),
    ("brackets that open", Again("", "[", "")),
    ("brackets that close", Again("", "]", "")),
    ("links that are not closed", Again("", "[a](", "")),
    ("addresses that are not closed", Again("", "[a](<b", "")),
    ("dead links", Again("", "[a](b.md) ", "")),
    ("wanted pages", Numbered("", "[[name @]] ", "")),
    ("wiki links that open", Again("", "[[a", "")),
    ("embeds that open", Again("", "![[a", "")),
    ("embeds of oneself", Again("## a\n\n", "![[#a]]\n\n", "")),
    ("links to missing sections", Numbered("", "[[#s@]] ", "")),
    ("links to sections", Paired("## s @\n\n", "[[#s @]] ")),
    ("links nearly to sections", Paired("## s @\n\n", "[[#x @y]] ")),
    ("pictures in each other", Nested("![", "a", "](b.png)")),
    ("comments that open", Again("", "<!-- ", "")),
    ("comments in one line", Again("", "<!-- --> ", "")),
    ("comments of percents", Again("", "%%a%% b ", "")),
    ("percents", Again("", "%% ", "")),
    ("backticks by turns", Again("%%a%%", "` `` ", "")),
    ("backticks that grow", Ticks),
    ("stars and underscores", Again("", "*_", "")),
    ("emphasis that opens", Again("", "*a ", "")),
    ("emphasis in words", Again("", "a**b", "")),
    ("strikes that open", Again("", "~~a ", "")),
    ("emphasis of both sorts", Again("", "**a *b ", "")),
    ("tags that open", Again("", "<a ", "")),
    ("attributes that do not end", Again("<div>\n", "<a x=", "")),
    ("elements closed by others", Nested("<b>", "a", "</i>")),
    ("elements in blocks closed by others", Nested("<div>", "\n", "</p>")),
    ("anchors in one line", Numbered("", "<a id=\"x@\"></a>", "")),
    ("less than", Again("", "<", "")),
    ("scripts", Again("", "<script>", "")),
    ("entities in a block", Again("<div>\n", "&", "")),
    ("entities", Again("", "&amp;", "")),
    ("lists in each other", Again("", "- ", "a")),
    ("lists in each other with links", Nested("- ", "", "[a](b) ")),
    ("lists in each other with pictures", Nested("- ", "", "![](b.png) ")),
    ("quotes in each other", Again("", ">", "a")),
    ("quotes of somebody", Again("", "> a\n> — b\n\n", "")),
    ("callouts", Again("", "> [!NOTE]\n> a\n\n", "")),
    ("list items", Again("", "- a b c\n", "")),
    ("footnotes", Paired("[^@] ", "\n\n[^@]: a\n")),
    ("footnotes that nobody names", Numbered("", "[^@]: a\n\n", "")),
    ("a footnote named often", Again("", "[^1] ", "\n\n[^1]: a\n")),
    ("references", Paired("[a@] ", "\n\n[a@]: /b\n")),
    ("addresses in each other", Again("", "http://", "")),
    ("addresses without a host", Again("", "http://a/", "")),
    ("addresses", Again("", "http://a.bc ", "")),
    ("hosts", Again("", "www.", "")),
    ("mail", Again("", "a@b", "")),
    ("roles", Again("", "@hr ", "")),
    ("columns", Nested("|a", "|\n|-|\n", "|b")),
    ("rows", Again("|a|b|\n|-|-|\n", "|c|d|\n", "")),
    ("definitions", Again("", "a\n: b\n\n", "")),
    ("colons", Again("", ": ", "")),
    ("equal headings", Again("", "# a\n", "")),
    ("headings with attributes", Numbered("", "## a {#b@ .c form=steps}\n", "")),
    ("attributes of one heading", Again("## a {", "#b .c ", "}\n")),
    ("blocks with ids", Numbered("", "a ^x@\n\n", "")),
    ("hard breaks", Again("", "a\\\n", "")),
    ("sentences", Again("", "A. ", "")),
    ("dashes of a note", Again("## Nearby patterns\n\n- [[a]] ", "— ", "")),
    ("notes", Numbered("## Nearby patterns\n\n", "- [[a @]] — connects because x; differs by y\n", "")),
    ("almost a word of a note", Again("## Nearby patterns\n\n- [[a]] — connects ", "differsx ", "")),
    ("fillers of a note", Again("## Nearby patterns\n\n- [[a]] — connects x ", "but it ", " differs")),
    ("roles to turn to", Again("## When to escalate\n\n- When x → ", "**@hr** ", "")),
    ("signs of roles", Again("## When to escalate\n\n- When x → **", "@ ", "**")),
    ("arrows", Again("## When to escalate\n\n- When x ", "→ @role ", "")),
    ("myths and facts", Again("## What to say\n\n- ", "**Myth:** a **In fact:** b ", "")),
    ("pairs", Again("## What to say\n\n", "**Myth:** a **In fact:** b\n\n", "")),
    ("equal items", Again("## Signals\n\n", "- the same words\n", "")),
    ("equal sections", Again("", "## Signals\n\n- a\n\n", "")),
];

impl Shape {
    fn text(&self, length: usize) -> String {
        let numbered = |unit: &str, length: usize| -> String {
            let number = |n: usize| unit.replace('@', &n.to_string());
            (0..length / (unit.len() + 3)).map(number).collect()
        };
        match self {
            Again(head, unit, tail) => format!("{head}{}{tail}", unit.repeat(length / unit.len())),
            Numbered(head, unit, tail) => format!("{head}{}{tail}", numbered(unit, length)),
            Nested(open, middle, close) => {
                let times = length / (open.len() + close.len());
                format!("{}{middle}{}", open.repeat(times), close.repeat(times))
            }
            Paired(one, other) => {
                let share = |unit: &str| length * (unit.len() + 3) / (one.len() + other.len() + 6);
                numbered(one, share(one)) + &numbered(other, share(other))
            }
            Ticks => (1..)
                .map(|run| "`".repeat(run) + " ")
                .scan(0, |sum, run| {
                    *sum += run.len();
                    (*sum < length).then_some(run)
                })
                .collect(),
        }
    }
}

/// How long a page takes from its text to its HTML and what is said of it.
fn time(text: String) -> Duration {
    let source = "base_url = \"https://example.org/\"\n[contacts.hr]\nname = \"HR\"\n";
    let (config, _) = config::read(Some(Arc::new(Source::new("site.toml", source))));
    let source = Arc::new(Source::new("content/patterns/x.md", text));
    let files = Files { pages: vec![PageFile { id: "patterns/x".to_owned(), source }], ..Files::default() };
    let begin = Instant::now();
    let site =
        Site::new(files, (config, Vec::new()), &Options { drafts: false, today: "2026-06-01".to_owned(), related: 0 });
    let said = text::render(&site.findings, &site, false);
    let bytes: usize = site.outputs.keys().filter(|route| site.render(route).is_some_and(|page| page.is_ok())).count();
    assert!(bytes > 0 && said.is_empty() == site.findings.is_empty());
    begin.elapsed()
}

/// What is wrong with a family: its time grows too fast, each of three times that it is looked at.
fn growth((name, shape): &(&str, Shape)) -> Option<String> {
    let mut seen = Vec::new();
    for _ in 0..3 {
        let (one, four) = (time(shape.text(LENGTH)), time(shape.text(4 * LENGTH)));
        if four < NOTICED || four < one * MOST {
            return None;
        }
        seen.push(format!("{one:.1?} and {four:.1?}"));
    }
    Some(format!("{name}: {}", seen.join(", ")))
}

#[test]
fn time_grows_with_the_length() {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut wrong = Vec::new();
        while let Some(family) = FAMILIES.get(next.fetch_add(1, Ordering::Relaxed)) {
            wrong.extend(growth(family));
        }
        wrong
    };
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
