//! Author text can never run: a handbook whose authors try it in every field, read in Chromium, and the policy that
//! stands behind the escaping.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::books::{book, fresh, handbook};
use super::none;
use super::support::browser::Browser;

/// Every one of them would call `ran`, if anything let it.
const PAYLOADS: [&str; 46] = [
    "<script>ran(1)</script>",
    "<ScRiPt>ran(1)</sCrIpT>",
    "<script src=//ran.test/x.js></script>",
    "</title><script>ran(1)</script>",
    "</textarea><script>ran(1)</script>",
    "--><script>ran(1)</script>",
    "<![CDATA[<script>ran(1)</script>]]>",
    "<img src=x onerror=ran(1)>",
    "<img src=x onerror='ran(1)'//",
    "<img src=`x` onerror=ran(1)>",
    "\"><img src=x onerror=ran(1)>",
    "'><img src=x onerror=ran(1)>",
    "\" onmouseover=\"ran(1)\" autofocus onfocus=\"ran(1)",
    "' autofocus onfocus='ran(1)",
    "<svg onload=ran(1)>",
    "<svg><script>ran(1)</script></svg>",
    "<svg><animate onbegin=ran(1) attributeName=x dur=1s>",
    "<svg><a xlink:href=\"javascript:ran(1)\"><text y=20>go</text></a></svg>",
    "<svg><foreignObject><iframe srcdoc=\"<script>parent.ran(1)</script>\"></iframe></foreignObject></svg>",
    "<math><mtext></table><mglyph><style><img src=x onerror=ran(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=ran(1)>\">",
    "<iframe src=\"javascript:parent.ran(1)\"></iframe>",
    "<iframe srcdoc=\"&lt;script&gt;parent.ran(1)&lt;/script&gt;\"></iframe>",
    "<object data=\"javascript:ran(1)\"></object>",
    "<embed src=\"javascript:ran(1)\">",
    "<base href=\"//ran.test/\">",
    "<meta http-equiv=refresh content=\"0;url=javascript:ran(1)\">",
    "<link rel=stylesheet href=\"javascript:ran(1)\">",
    "<style>@import 'javascript:ran(1)';</style>",
    "<p style=\"background:url(javascript:ran(1))\">styled</p>",
    "<form action=\"javascript:ran(1)\"><button autofocus>go</button></form>",
    "<input autofocus onfocus=ran(1)>",
    "<details open ontoggle=ran(1)><summary>more</summary></details>",
    "<video><source onerror=ran(1)></video>",
    "<audio src=x onerror=ran(1)>",
    "<body onload=ran(1)>",
    "<marquee onstart=ran(1)>go</marquee>",
    "<a href=\"javascript:ran(1)\">go</a>",
    "<a href=\"JaVaScRiPt:ran(1)\">go</a>",
    "<a href=\"java&#x09;script:ran(1)\">go</a>",
    "[go](javascript:ran(1))",
    "[go](<java\tscript:ran(1)>)",
    "[go](&#106;avascript&colon;ran(1))",
    "[go](data:text/html;base64,PHNjcmlwdD5vcGVuZXIucmFuKDEpPC9zY3JpcHQ+)",
    "![go](x\"onerror=\"ran(1))",
    "{{ \"<script>ran(1)</script>\" | safe }}{% raw %}<script>ran(1)</script>{% endraw %}",
];

/// Pages on which what the authors wrote is collected.
const LISTS: [&str; 12] = [
    "index.html",
    "patterns/index.html",
    "signals.html",
    "drivers.html",
    "help.html",
    "glossary.html",
    "tags.html",
    "links/patterns/p0.html",
    "review.html",
    "wanted.html",
    "coverage.html",
    "404.html",
];

/// A pattern with a payload in every field. The headings and lists are in order, so that each is shown in its form.
fn pattern(payload: &str, number: usize) -> String {
    let (quoted, also) = (json!(payload).to_string(), json!(format!("{payload} also")).to_string());
    let next = (number + 1) % PAYLOADS.len();
    format!(
        "---\ntitle: {quoted}\nsummary: {quoted}\naliases: [{also}]\ntags: [{quoted}]\nstage: {quoted}\n\
         owner: {quoted}\nauthors: [{quoted}]\nsources:\n  - {{title: {quoted}, url: {quoted}}}\n\
         extra: {{note: {quoted}}}\n---\n\n\
         Lead {payload}\n\n{payload}\n\n> [!NOTE] {payload}\n> {payload}\n\n```{payload}\n{payload}\n```\n\n\
         | {payload} | b |\n| --- | --- |\n| {payload} | [[p{next}|{payload}]] |\n\nA note of [[p0]] {payload}.[^1]\n\n[^1]: {payload}\n\n\
         ## Signals\n\n### {payload}\n\n- Seen {payload}\n- {payload}\n- [[{payload}]]\n\n\
         ## Drivers\n\n- **{payload}:** cause {payload}\n- **Cause {number}:** {payload}\n\n\
         ## What makes it worse\n\n- {payload}\n- worse {payload}\n\n## Scenario\n\n{payload}\n\n\
         ## What helps\n\n1. **{payload}** step {payload}\n\n   Say: {payload}\n\n2. {payload}\n3. {payload}\n\n\
         ## What to say\n\n| {payload} | {payload} |\n| --- | --- |\n| {payload} | {payload} |\n\n\
         ## Nearby patterns\n\n- [[p{next}]] — connects because {payload}; differs by {payload}\n\
         - [[{payload}]] — connects because {payload}; differs by {payload}\n\n\
         ## When to escalate\n\n- **{payload}:** When {payload} → @asker, @{payload}\n\n\
         ## Own {payload} {{#own-{number} .x onclick=ran(1)}}\n\n{payload}\n"
    )
}

/// The handbook: a pattern for each payload, a term, and pages with payloads for names.
fn write(folder: &Path) {
    let content = folder.join("content/patterns");
    std::fs::create_dir_all(&content).unwrap();
    for (number, payload) in PAYLOADS.iter().enumerate() {
        std::fs::write(content.join(format!("p{number}.md")), pattern(payload, number)).unwrap();
    }
    let glossary = folder.join("content/glossary");
    std::fs::create_dir_all(&glossary).unwrap();
    std::fs::write(
        glossary.join("term.md"),
        format!("---\ntitle: {0}\nsummary: {0}\n---\n\nText.\n", json!(PAYLOADS[10])),
    )
    .unwrap();
    for name in ["' autofocus onfocus='ran(1)", "{{ ran(1) }}", "&lt;script&gt;ran(1)", "`ran(1)`"] {
        std::fs::write(content.join(format!("{name}.md")), "Text.\n").unwrap();
    }
    let all = |from: usize| PAYLOADS.iter().skip(from).step_by(3).copied().collect::<String>();
    let quoted = |text: &str| json!(text).to_string();
    let mut toml = format!("title = {}\ndescription = {}\nreview_every = \"1y\"\n", quoted(&all(0)), quoted(&all(1)));
    let how: Vec<String> = PAYLOADS.iter().map(|payload| quoted(payload)).collect();
    let _ = write!(
        toml,
        "[contacts.asker]\nname = {}\nwhen = {}\nhow = [{}]\n",
        quoted(&all(2)),
        quoted(&all(0)),
        how.join(", ")
    );
    std::fs::write(folder.join("site.toml"), toml).unwrap();
}

/// Tell when something calls `ran`: a binding takes one text, and payloads call it as they like.
fn listen(browser: &mut Browser) {
    browser.call("Runtime.addBinding", json!({"name": "report"}));
    let source = "globalThis.ran = what => report(String(what))";
    browser.call("Page.addScriptToEvaluateOnNewDocument", json!({"source": source}));
}

/// What has run, and links that would run something when pressed.
fn ran(browser: &mut Browser) -> Vec<String> {
    let links = browser.texts(
        "[...document.querySelectorAll('a[href], area[href], form[action], iframe, object, embed, base')].filter(e =>
         !/^(https?|file|mailto|tel):$/.test(e.protocol)).map(e => e.outerHTML)",
    );
    let events = browser.events();
    let told = ["Runtime.bindingCalled", "Page.javascriptDialogOpening", "Page.windowOpen"];
    let run = events.iter().filter(|event| event["method"].as_str().is_some_and(|method| told.contains(&method)));
    let blocked = events.iter().filter_map(|event| event["params"]["entry"]["text"].as_str());
    let blocked = blocked.filter(|text| text.contains("Content Security Policy")).map(str::to_owned);
    run.map(Value::to_string).chain(blocked).chain(links).collect()
}

#[test]
fn no_author_text_runs() {
    let Some(mut browser) = Browser::open() else { return };
    let source = fresh("payloads-source");
    write(&source);
    let book = book("payloads", &source, &LISTS);
    listen(&mut browser);
    browser.look(320, "light");
    let patterns = (0..PAYLOADS.len()).map(|number| format!("patterns/p{number}.html"));
    let mut wrong = Vec::new();
    for page in patterns.chain(LISTS.map(str::to_owned)) {
        assert!(book.folder.join(&page).is_file(), "{page} was not built");
        browser.go(&book.served(&page));
        wrong.extend(ran(&mut browser).into_iter().map(|what| format!("{page}: {what}")));
        let width = browser.evaluate("document.documentElement.scrollWidth");
        if width != json!(320) {
            wrong.push(format!("{page}: what it says makes a narrow phone scroll to {width} px"));
        }
    }
    none(&wrong);
}

#[test]
fn the_policy_blocks_what_would_get_through() {
    let Some(mut browser) = Browser::open() else { return };
    let folder = fresh("planted");
    let planted = "<script>ran(1)</script><img src=x onerror=ran(2)><p style=\"color: red\">red</p>";
    let page = std::fs::read_to_string(handbook().folder.join("404.html")).unwrap();
    let page = page.replace("</main>", &format!("{planted}</main>"));
    let policy = page.lines().find(|line| line.contains("Content-Security-Policy")).unwrap();
    std::fs::write(folder.join("with.html"), &page).unwrap();
    std::fs::write(folder.join("without.html"), page.replace(policy, "")).unwrap();
    listen(&mut browser);
    let mut calls = |name: &str| {
        browser.go(&format!("file://{}", folder.join(name).display()));
        let events = browser.events();
        let called = |method: &str| events.iter().filter(|event| event["method"] == method).count();
        (called("Runtime.bindingCalled"), called("Log.entryAdded"))
    };
    assert_eq!(calls("without.html").0, 2, "what is planted must run where nothing blocks it");
    let (run, told) = calls("with.html");
    assert_eq!(run, 0, "the policy lets a script run");
    assert!(told >= 3, "the policy blocked only {told} of three");
}
