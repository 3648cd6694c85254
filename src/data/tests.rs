//! Both languages as authors write them: order, places, mistakes.

use proptest::prelude::*;

use super::*;

/// Each entry as `key <as written> = value <as written>`, then the faults with what they point at.
fn show(text: &str, (node, faults): (Node, Vec<Fault>)) -> String {
    let at = |span: Span| text.get(span.range()).unwrap_or("?!").to_owned();
    let mut lines = Vec::new();
    for entry in node.entries() {
        let (key, value) = (at(entry.key_span), at(entry.node.span));
        lines.push(format!("{} <{key}> = {} <{value}>", entry.key, plain(&entry.node)));
    }
    for fault in faults {
        lines.push(format!("! {} <{}>", fault.message, at(fault.span)));
    }
    lines.join("\n")
}

fn plain(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => format!("{text:?}"),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::Bool(flag) => flag.to_string(),
        Value::Date(date) => format!("date {date}"),
        Value::Null => "null".to_owned(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(plain).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|entry| format!("{}: {}", entry.key, plain(&entry.node))).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

fn of_toml(text: &str) -> String {
    show(text, toml(text, 0))
}

fn of_yaml(text: &str) -> String {
    show(text, yaml(text, 0))
}

#[test]
fn toml_keeps_order_and_places() {
    let text = "title = \"Grüße\"\ntags = ['b', \"a\"]\nreviewed = 2026-10-03\norder = 3\n\
                [related]\npin = [\"x\"]\n[extra.\"a b\"]\nf = 1.5\n[related.more]\n";
    assert_eq!(
        of_toml(text),
        "title <title> = \"Grüße\" <\"Grüße\">\n\
         tags <tags> = [\"b\", \"a\"] <['b', \"a\"]>\n\
         reviewed <reviewed> = date 2026-10-03 <2026-10-03>\n\
         order <order> = 3 <3>\n\
         related <related> = {pin: [\"x\"], more: {}} <[related]>\n\
         extra <extra> = {a b: {f: 1.5}} <extra>"
    );
}

#[test]
fn toml_goes_on_after_mistakes() {
    for (text, shown) in [
        ("a = Foo Bar\nb = 1", "a <a> = \"Foo Bar\" <Foo Bar>\nb <b> = 1 <1>\n! a text without quotes <Foo Bar>"),
        ("a = True\n", "a <a> = \"True\" <True>\n! a text without quotes <True>"),
        ("a = 1\na = 2\n", "a <a> = 1 <1>\n! `a` is given twice <a>"),
        ("a: 1\nb = 2\n", "b <b> = 2 <2>\n! TOML writes `key = value`, not `key: value` <:>"),
        ("a b = 1\nc = 1\n", "c <c> = 1 <1>\n! a key without `=` and a value <>"),
        ("[a\nb = 1\n", "! `[` is not closed by `]` <>"),
        ("= 1\nb = 1\n", "b <b> = 1 <1>\n! a key is missing before `=` <>"),
        ("a =\nb = 1\n", "a <a> = null <>\nb <b> = 1 <1>\n! a value is missing <>"),
        ("a = \"x\nb = 1\n", "a <a> = \"x\" <\"x>\nb <b> = 1 <1>\n! a quote is not closed <>"),
        ("a = 'x' y\n", "a <a> = \"x\" <'x'>\n! something follows the value on its line <>"),
        (
            "a = 99999999999999999999\n",
            "a <a> = null <99999999999999999999>\n! this number is too large <99999999999999999999>",
        ),
        ("a = 2026-02-30\n", "a <a> = date 2026-02-30 <2026-02-30>"),
        ("[a]\nx = 1\n[b]\n[a]\ny = 2\n", "b <b> = {} <[b]>\na <a> = {x: 1, y: 2} <[a]>\n! `a` is given twice <a>"),
    ] {
        assert_eq!(of_toml(text), shown, "{text}");
    }
}

#[test]
fn yaml_as_vaults_write_it() {
    let text = "title: Grüße\ntags: [a, b]\naliases:\n- x y\n- \"z\"\nempty:\nreviewed: 2026-10-03\n\
                link: [[Link]]\nn: 0x1F\nf: -1.5\nq: '3'\nno: no\nextra:\n  a: b # ü\n  c: {d: e}\nlast: 1";
    assert_eq!(
        of_yaml(text),
        "title <title> = \"Grüße\" <Grüße>\n\
         tags <tags> = [\"a\", \"b\"] <[a, b]>\n\
         aliases <aliases> = [\"x y\", \"z\"] <- x y\n- \"z\">\n\
         empty <empty> = null <>\n\
         reviewed <reviewed> = \"2026-10-03\" <2026-10-03>\n\
         link <link> = [[\"Link\"]] <[[Link]]>\n\
         n <n> = 31 <0x1F>\n\
         f <f> = -1.5 <-1.5>\n\
         q <q> = \"3\" <'3'>\n\
         no <no> = \"no\" <no>\n\
         extra <extra> = {a: \"b\", c: {d: \"e\"}} <a: b # ü\n  c: {d: e}>\n\
         last <last> = 1 <1>"
    );
    assert_eq!(of_yaml("# ü\r\na: 1\r\nb:\r\n  - c\r\n"), "a <a> = 1 <1>\nb <b> = [\"c\"] <- c>");
    assert_eq!(of_yaml("2: x\ntrue: y\n[a]: z\n"), "2 <2> = \"x\" <x>\ntrue <true> = \"y\" <y>\n[a] <[a]> = \"z\" <z>");
    for empty in ["", "# nothing\n", "~", "\n\n"] {
        assert_eq!(of_yaml(empty), "", "{empty:?}");
    }
    assert_eq!(of_yaml("a: 1\n---\nb: 2\n"), "a <a> = 1 <1>", "the first document");
}

const YAML_MISTAKES: &[(&str, &str)] = &[
    ("title: Foo: bar", "a `:` too many <:>"),
    ("good: 1\n\tbad: 2", "a tab cannot indent <\t>"),
    ("tags:\n\t- a", "a tab cannot indent <\t>"),
    ("title: \"a", "a quote is not closed <\">"),
    ("title: @me", "a text cannot start with `@` <@>"),
    ("title: `c`", "a text cannot start with ``` <`>"),
    ("title: 'a' b", "something follows the closing quote <b>"),
    ("title: *star*", "`*` names an anchor that is not there <*>"),
    ("tags: [a, b", "this bracket is not closed <[>"),
    ("a: - b", "a `-` does not belong here <->"),
    ("a: &a [*a]", "an alias cannot stand inside what it names <*a>"),
];

#[test]
fn yaml_goes_on_after_mistakes() {
    let stage = |rest: &str| format!("stage <stage> = \"x\" <x>\n! {rest}");
    for (text, fault) in YAML_MISTAKES {
        let text = format!("{text}\nstage: x\n");
        let shown = of_yaml(&text);
        let shown = shown.strip_prefix("a <a> = [null] <[*a]>\n").unwrap_or(&shown);
        assert_eq!(shown, stage(fault), "{text}");
    }
    assert_eq!(of_yaml("a: 1\na: 2\n"), "a <a> = 1 <1>\n! `a` is given twice <a>");
    assert_eq!(of_yaml("- a\n- b\n"), "! expected lines of `key: value`, not a list <- a\n- b>");
    assert_eq!(of_yaml("words"), "! expected lines of `key: value`, not a text <words>");
}

#[test]
fn spans_count_in_the_whole_file() {
    let (tree, _) = yaml("ü: b\n", 100);
    let entry = tree.get("ü").expect("an entry");
    assert_eq!((entry.key_span, entry.node.span), (Span::new(100, 102), Span::new(104, 105)));
    let (tree, faults) = toml("a = 1\na = 2\n", 100);
    assert_eq!(tree.get("a").expect("an entry").node.span, Span::new(104, 105));
    assert_eq!(faults.first().expect("a fault").span, Span::new(106, 107));
}

#[test]
fn aliases_repeat_and_cannot_explode() {
    assert_eq!(of_yaml("a: &x [1, 2]\nb: *x\n"), "a <a> = [1, 2] <[1, 2]>\nb <b> = [1, 2] <*x>");
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let last = format!("*a{}, ", level - 1).repeat(9);
        bomb.push_str(&format!("a{level}: &a{level} [{last} x]\n"));
    }
    let (_, faults) = yaml(&bomb, 0);
    assert!(faults.iter().any(|fault| fault.message == "aliases repeat too much"));

    let mut chain = "a0: &a0 [x]\n".to_owned();
    for level in 1..3000 {
        chain.push_str(&format!("a{level}: &a{level} [*a{}]\n", level - 1));
    }
    let (_, faults) = yaml(&chain, 0);
    assert!(faults.iter().any(|fault| fault.message == "aliases repeat too much"));
}

#[test]
fn depth_is_limited() {
    let deep = 20_000;
    let faults_of = |(_, faults): (Node, Vec<Fault>)| faults;
    for text in [
        format!("a = {}", "[".repeat(deep)),
        format!("a = {}1{}", "[".repeat(deep), "]".repeat(deep)),
        format!("a = {}", "{a=".repeat(deep)),
        format!("{}a = 1", "a.".repeat(deep)),
        format!("[{}a]", "a.".repeat(deep)),
        format!("[[{}a]]\n", "a . ".repeat(deep)),
        format!("a = 1\na = {{ {}a = 1 }}", "a.".repeat(deep)),
        format!("a = {}a=1{}", "{a.a.a.a=".repeat(300), "}".repeat(300)),
        format!("a = '''\n.'''\n{}a = 1", "a.".repeat(deep)),
    ] {
        assert!(!faults_of(toml(&text, 0)).is_empty());
    }
    for text in [
        format!("a: {}", "[".repeat(deep)),
        format!("a: {}", "{a: ".repeat(deep)),
        format!("a:\n  {}x", "- ".repeat(deep)),
        format!("{}x", "? ".repeat(deep)),
    ] {
        assert!(!faults_of(yaml(&text, 0)).is_empty());
    }
    let fine = format!("a = \"{}\" # {}\nb = 1.5", ".[{".repeat(300), ".[{".repeat(300));
    assert_eq!(faults_of(toml(&fine, 0)), []);
    let many = "[a.b]\nc.d = [1.5, 2.5]\n".repeat(300);
    assert!(faults_of(toml(&many, 0)).iter().all(|fault| fault.message.contains("twice")));
}

/// Pieces of both languages, so that chance gets further than the first byte.
fn mess() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ \\t\\n\\r:=\\-\\[\\]{},.#'\"|>&*!?%@`~0-9a-cü\\\\]{1,4}",
        prop::sample::select(vec![
            "title: ",
            "a = ",
            "- ",
            "\n",
            "\r\n",
            "  ",
            "[[",
            "]]",
            "\"\"\"",
            "'''",
            "|\n",
            ">-\n",
            "&a ",
            "*a",
            "2026-10-03",
            "---\n",
            "...\n",
            "%YAML 1.2\n",
            "? ",
            "!!str ",
            "<<: ",
            "a.b",
            "inf",
            "0x1",
            "\u{85}",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// All spans of a tree lie in the text and on character boundaries.
fn sound(text: &str, node: &Node, offset: usize) -> bool {
    let fits = |span: Span| {
        let start = (span.start as usize).checked_sub(offset);
        start.is_some_and(|start| text.get(start..span.end as usize - offset).is_some())
    };
    let items: &[Node] = match &node.value {
        Value::List(items) => items,
        _ => &[],
    };
    fits(node.span)
        && items.iter().all(|item| sound(text, item, offset))
        && node.entries().iter().all(|entry| fits(entry.key_span) && sound(text, &entry.node, offset))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(text in mess()) {
        for (tree, faults) in [toml(&text, 7), yaml(&text, 7)] {
            prop_assert!(sound(&text, &tree, 7));
            let leaves = faults.into_iter().map(|fault| Node { span: fault.span, value: Value::Null });
            prop_assert!(leaves.into_iter().all(|leaf| sound(&text, &leaf, 7)));
        }
    }

    #[test]
    fn any_text_at_all(text in any::<String>()) {
        let _ = (toml(&text, 0), yaml(&text, 0));
    }
}
