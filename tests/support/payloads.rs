//! Texts that would run as script where author text is not kept text, and handbooks that hold each of them everywhere.

use std::path::Path;

/// What is tried. Each would call `alert(1)` if it ran.
pub const PAYLOADS: [&str; 64] = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//example.org/x.js></SCRIPT>",
    "<script\n>alert(1)</script\n>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1)//<</script>",
    "</title><script>alert(1)</script>",
    "</textarea></style></noscript></template><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "'><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"x\"onerror=\"alert(1)\">",
    "<img/src='x'/onerror='alert(1)'>",
    "<img src=x:x\tonerror\n=alert(1)//",
    "<IMG SRC=\"jav&#x0A;ascript:alert(1)\">",
    "<img src=`javascript:alert(1)`>",
    "<img \"\"\"><script>alert(1)</script>\">",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>a</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href=\"javascript:alert(1)\">a</math>",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=\"data:text/html,<script>alert(1)</script>\"></object>",
    "<embed src=\"data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\">",
    "<base href=\"javascript:alert(1)//\">",
    "<meta http-equiv=\"refresh\" content=\"0;url=javascript:alert(1)\">",
    "<link rel=stylesheet href=\"data:text/css,*{x:expression(alert(1))}\">",
    "<style>@import 'javascript:alert(1)';</style>",
    "<div style=\"background:url(javascript:alert(1))\">a</div>",
    "<p style=\"x:expression(alert(1))\" onclick=alert(1)>a</p>",
    "<details open ontoggle=alert(1)><summary>a</summary></details>",
    "<form action=\"javascript:alert(1)\"><button>a</button></form>",
    "<button formaction=javascript:alert(1)>a</button>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<a href=\"javascript:alert(1)\">a</a>",
    "<a href=\"  JaVaScRiPt&colon;alert(1)\">a</a>",
    "<a href=\"java\tscript&#58;alert(1)\">a</a>",
    "<a href=\"&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)\">a</a>",
    "<a href='vbscript:msgbox(1)'>a</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">a</a>",
    "<a href=x onmouseover=alert(1) id=\"x\" name='y' target=_top ping=//example.org>a</a>",
    "<a title=\"a\" onclick=\"alert(1)\" href=\"#\">a</a>",
    "<b onmouseover=alert(1)//>a</b>",
    "[a](javascript:alert(1))",
    "[a](JavaScript&colon;alert(1))",
    "[a](java\\\nscript:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[a](x \"\\\" onmouseover=alert(1) x=\\\"\")",
    "![a](javascript:alert(1))",
    "![\" onerror=alert(1) x=\"](x.png)",
    "<javascript:alert(1)>",
    "[[x|<img src=x onerror=alert(1)>]]",
    "[[\" onmouseover=alert(1) x=\"]]",
    "`` ` ``{.x onclick=alert(1)} `<script>alert(1)</script>`",
    "{{ [].constructor.constructor('alert(1)')() }} ${alert(1)} {% raw %}<script>alert(1)</script>{% endraw %}",
];

/// File names that a page may have and that would do harm where names are not kept text.
pub const NAMES: [&str; 5] = [
    "&lt;script&gt;alert(1)&lt;script&gt;",
    "' onclick=alert(1) x='",
    "%3Cscript%3Ealert(1)",
    "javascript&colon;alert(1)",
    "{{alert(1)}}",
];

/// Write a handbook that holds every payload as body, title, tag, summary, alias, owner, author, source, signal,
/// driver, relation, role and contact; `html` is what is done with raw HTML.
pub fn write(root: &Path, html: &str) {
    let file = |path: &str, text: &str| {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let mut site = format!(
        "title = {0}\ndescription = {0}\nbase_url = \"https://example.org/\"\nhtml = \"{html}\"\n",
        quoted(PAYLOADS[0])
    );
    for (number, payload) in PAYLOADS.iter().enumerate() {
        let text = quoted(payload);
        site.push_str(&format!("[contacts.c{number}]\nname = {text}\nwhen = {text}\nhow = [{text}, {text}]\n"));
        file(&format!("content/patterns/p{number}.md"), &pattern(number, payload));
        file(
            &format!("content/glossary/t{number}.md"),
            &format!("+++\ntitle = {text}\naliases = [{text}]\n+++\n{payload}\n"),
        );
    }
    for (number, name) in NAMES.iter().enumerate() {
        file(&format!("content/{name}.md"), &format!("A page of an odd name.\n\n[[p{number}]]\n"));
        file(&format!("content/{name}.png"), "no picture");
        file(&format!("content/{name}/page.md"), "A page in a folder of an odd name.\n");
    }
    file("site.toml", &site);
}

/// A payload where a pattern has words.
fn pattern(number: usize, payload: &str) -> String {
    let (text, line) = (quoted(payload), payload.replace('\n', " "));
    let info = line.replace('`', "'");
    format!(
        "+++\ntitle = {text}\nsummary = {text}\naliases = [{text}]\ntags = [{text}, \"shared\"]\nowner = {text}\n\
         authors = [{text}]\nsources = [{{ title = {text}, url = {text} }}]\nupdated = 2026-01-01\nmoved_from = [\"old/{number}.html\"]\n\
         +++\n{payload}\n\n> [!NOTE] {line}\n> {line}\n\n## Signals\n\n### {line}\n\n- {line}\n\n## Drivers\n\n- **{line}:** {line}\n\n\
         ## What helps\n\n1. **{line}**\n\n   Say: {line}\n\n## What to say\n\n| {line} | b |\n| :-: | --: |\n| {line} | {line} |\n\n\
         ## Nearby patterns\n\n- [[p{next}]] — connects because {line}; differs by {line}\n- {line} — {line}\n\n\
         ## When to escalate\n\n- {line}: when {line} → @c{number}\n\n## {line} {{#x{number}\"onclick=alert(1) .c onload=alert(1)}}\n\n\
         ```{info} onload=alert(1)\n{payload}\n```\n\nWord\n: {line}\n\nA note[^1], an embed:\n\n![[t{number}]]\n\n[^1]: {line}\n",
        next = (number + 1) % PAYLOADS.len(),
    )
}

/// As TOML writes it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
