//! Both languages as authors write them: order, places, mistakes.

use super::*;

/// A tree on one line: `title="A"@0..5=8..11`.
fn show(text: &str, (node, faults): (Node, Vec<Fault>)) -> String {
    let mut out = String::new();
    for entry in node.entries() {
        let at = |span: Span| text.get(span.range()).unwrap_or("?!").to_owned();
        out.push_str(&format!(
            "{} <{}> = {} <{}>\n",
            entry.key,
            at(entry.key_span),
            plain(&entry.node),
            at(entry.node.span)
        ));
    }
    for fault in faults {
        let at = text.get(fault.span.range()).unwrap_or("?!");
        out.push_str(&format!("! {} <{at}>\n", fault.message));
    }
    out
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
            let entries: Vec<String> = entries
                .iter()
                .map(|entry| format!("{}: {}", entry.key, plain(&entry.node)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

#[test]
fn toml_keeps_order_and_places() {
    let text = "title = \"Grüße\"\ntags = ['b', \"a\"]\nreviewed = 2026-10-03\norder = 3\n[related]\npin = [\"x\"]\n[extra.\"a b\"]\nf = 1.5\n";
    println!("{}", show(text, toml(text, 0)));
}

#[test]
fn yaml_x() {
    for text in [
        "title: Grüße\ntags: [a, b]\naliases:\n- x y\n- \"z\"\nempty:\nreviewed: 2026-10-03\nwhen: 2026-10-03 10:00\nlink: [[Link]]\nn: 3\nf: 1.5\nextra:\n  a: b\n  c: {d: e}\n",
        "title: Foo: bar\nstage: x\n",
        "good: 1\n\tbad: 2\nstage: x\n",
        "tags: [a, b\nstage: x\n",
        "tags:\n\t- a\nstage: x\n",
        "title: \"a\nstage: x\n",
        "title: @me\nstage: x\n",
        "title: 'a' b\nstage: x\n",
        "a: &x [1, 2]\nb: *x\nc: *nope\nd: 2\n",
        "a: *star*\nd: 2\n",
        "a: 1\r\nb:\r\n  - c\r\n  - d\r\ntext: |\r\n  two\r\n  lines\r\nz: 1",
        "a: 1\na: 2\nb: 1\n",
        "- a\n- b\n",
        "just text\n",
        "just text\nand more: yes\n",
        "# only a comment ü\n",
        "a: b # comment üü\nc: d\n",
        "? [x, y]\n: 1\n2: 3\ntrue: 4\n: 5\n",
        "a: 1\n---\nb: 2\n",
        "a: 1\n...\nb: 2\n",
        "%TAG x\n---\na: 1\n",
        "title: Who said \"x\"?\nb: \"esc \\q\"\nc: 1\n",
        "summary: >-\n  folded ü\n  text\nc: 1\n",
        "aliases:\n  - \"[[x]]\"\n  - a: b\n  -\nc: ~\n",
        "a: }\nb: 1\n",
        "tags: #x\nb: `c`\nd: %x\ne: 1",
        "a:\n    b: 1\n  c: 2\nd: 3\n",
        "a: - b\nc: 1\n",
        "a: b\n c: d\ne: 1\n",
    ] {
        println!("{text}=====\n{}\n", show(text, yaml(text, 0)));
    }
    for text in [
        "title = Foo\nb = 1\n",
        "a = 1\na = 2\n",
        "[a]\nx = 1\n[b]\n[a]\ny=2\n",
        "a = \"x\nb = 1\n",
        "a = [1, 2\nb = 1\n",
        "a = 2026-02-30\nb=1\n",
        "= 1\n",
        "a b = 1\nc=1",
        "a: 1\nb=1\n",
        "a = 99999999999999999999\n",
        "a = 1\n[a]\nb = 1\n",
        "a = 'x' y\nb=1",
        "[[q]]\na=1\n[[q]]\na=2\n",
        "a=1979-05-27 07:32:00\nt=07:32:00",
        "[a\nb=1",
        "tags = [a, b]\nc=1",
    ] {
        println!("{text}=====\n{}\n", show(text, toml(text, 0)));
    }
}
