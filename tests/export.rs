//! `mendbook export` in its three forms, on a handbook of this folder.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use std::process::Command;

use serde_json::Value;

/// What `export` prints for `sites/NAME`.
fn export(name: &str, words: &[&str]) -> String {
    let site = support::repository("tests/sites").join(name);
    let mendbook = Command::new(env!("CARGO_BIN_EXE_mendbook")).arg("export").args(words).current_dir(site).output();
    let output = mendbook.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The keys of an object, in any order.
fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

/// The keys that the manual promises.
fn promised(words: &str) -> Vec<&str> {
    let mut words: Vec<&str> = words.split(' ').collect();
    words.sort_unstable();
    words
}

#[test]
fn every_field_is_there() {
    let book: Value = serde_json::from_str(&export("forms", &["--related", "30"])).unwrap();
    assert_eq!(keys(&book), promised("format site pages wanted contacts findings"));
    assert_eq!(book["format"], 1);
    assert_eq!(keys(&book["site"]), promised("title base_url language"));
    let pages = book["pages"].as_array().unwrap();
    let card = "id path route kind area title summary aliases tags stage status owner updated reviewed due text";
    let page = promised("sections relations escalation links backlinks related");
    for one in pages {
        assert_eq!(keys(one), promised(&format!("{card} {}", page.join(" "))));
    }
    let all = |key: &str| pages.iter().flat_map(|page| page[key].as_array().unwrap()).collect::<Vec<_>>();
    assert!(all("sections").iter().all(|s| keys(s) == promised("id heading form text intro outro items")));
    let items: Vec<&Value> = all("sections").iter().flat_map(|section| section["items"].as_array().unwrap()).collect();
    assert!(!items.is_empty() && items.iter().all(|item| keys(item) == promised("id group label text links")));
    let each = [
        ("relations", "target name verb connects differs"),
        ("escalation", "label when roles"),
        ("links", "target name fragment line column"),
        ("backlinks", "from context relation"),
    ];
    for (key, fields) in each {
        assert!(!all(key).is_empty(), "the handbook shows no {key}");
        assert!(all(key).iter().all(|value| keys(value) == promised(fields)), "{key}");
    }
    let ids: Vec<&str> = pages.iter().map(|page| page["id"].as_str().unwrap()).collect();
    assert!(ids.is_sorted(), "pages are in order of id: {ids:?}");
    let path = pages[0]["path"].as_str().unwrap();
    assert!(path.starts_with("content/"), "a path counts from the site's root: {path}");
}

#[test]
fn the_network_is_written_for_graphviz() {
    let text = export("links", &["--format", "dot"]);
    assert!(text.starts_with("digraph \"Letters between teams\" {\n") && text.ends_with("}\n"));
    assert!(text.contains("  \"patterns/trust/late-news\" [label=\"Late news\", kind=\"pattern\"];\n"), "{text}");
    assert!(
        text.contains("  \"patterns/trust/half-answer\" -> \"patterns/trust/late-news\" [relation=true];\n"),
        "{text}"
    );
    assert!(text.contains("  \"guides/telling-it\" -> \"patterns/trust/late-news\" [relation=false];\n"), "{text}");
}

#[test]
fn the_network_is_written_as_graphml() {
    let text = export("links", &["--format", "graphml"]);
    let graph = roxmltree::Document::parse(&text).unwrap();
    let data = |node: roxmltree::Node<'_, '_>, key: &str| {
        let found = node.children().find(|data| data.attribute("key") == Some(key));
        found.and_then(|data| data.text().map(str::to_owned))
    };
    let ids: Vec<&str> =
        graph.descendants().filter(|node| node.has_tag_name("node")).filter_map(|node| node.attribute("id")).collect();
    let late = graph.descendants().find(|node| node.attribute("id") == Some("patterns/trust/late-news")).unwrap();
    assert_eq!((data(late, "title").as_deref(), data(late, "kind").as_deref()), (Some("Late news"), Some("pattern")));
    let edges: Vec<_> = graph.descendants().filter(|node| node.has_tag_name("edge")).collect();
    assert!(!edges.is_empty());
    for edge in edges {
        let (from, to) = (edge.attribute("source").unwrap(), edge.attribute("target").unwrap());
        assert!(ids.contains(&from) && ids.contains(&to), "{from} -> {to}");
        if (from, to) == ("patterns/trust/half-answer", "patterns/trust/late-news") {
            assert_eq!(data(edge, "relation").as_deref(), Some("true"));
        }
    }
}
