//! The handbook as a network for other programs: Graphviz's DOT, and GraphML.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Site;
use crate::graph::Target;
use crate::model::PageId;
use crate::prose::escape;

/// Which page names which, in order of their ids; whether one of the ways is a note on the other.
fn edges(site: &Site) -> BTreeMap<(PageId, PageId), bool> {
    let mut edges = BTreeMap::new();
    for (from, _) in site.handbook.all() {
        let links = site.graph.targets.get(from.index()).into_iter().flatten();
        let links = links.filter_map(|target| match target {
            Target::Page(to, _) | Target::NoAnchor(to) => Some((*to, false)),
            _ => None,
        });
        let notes = site.graph.relations.get(from.index()).into_iter().flatten();
        for (to, note) in links.chain(notes.flatten().map(|to| (*to, true))).filter(|(to, _)| *to != from) {
            *edges.entry((from, to)).or_insert(false) |= note;
        }
    }
    edges
}

fn id(site: &Site, page: PageId) -> &str {
    site.handbook.page(page).map_or("", |page| page.id())
}

/// For Graphviz.
#[must_use]
pub fn dot(site: &Site) -> String {
    let mut out = format!("digraph {} {{\n", quoted(&site.config.title));
    for (_, page) in site.handbook.all() {
        let (title, kind) = (quoted(page.title()), quoted(page.kind_name()));
        let _ = writeln!(out, "  {} [label={title}, kind={kind}];", quoted(page.id()));
    }
    for ((from, to), note) in edges(site) {
        let (from, to) = (quoted(id(site, from)), quoted(id(site, to)));
        let _ = writeln!(out, "  {from} -> {to} [relation={note}];");
    }
    out.push_str("}\n");
    out
}

/// A string of DOT, in which a backslash would begin an escape.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// For Gephi, yEd, NetworkX and others.
#[must_use]
pub fn graphml(site: &Site) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n\
         <key id=\"title\" for=\"node\" attr.name=\"title\" attr.type=\"string\"/>\n\
         <key id=\"kind\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>\n\
         <key id=\"relation\" for=\"edge\" attr.name=\"relation\" attr.type=\"boolean\"/>\n\
         <graph id=\"handbook\" edgedefault=\"directed\">\n",
    );
    for (_, page) in site.handbook.all() {
        let (title, kind) = (escape(page.title()), escape(page.kind_name()));
        let _ = writeln!(
            out,
            "<node id=\"{}\"><data key=\"title\">{title}</data><data key=\"kind\">{kind}</data></node>",
            escape(page.id())
        );
    }
    for ((from, to), note) in edges(site) {
        let (from, to) = (escape(id(site, from)), escape(id(site, to)));
        let _ = writeln!(out, "<edge source=\"{from}\" target=\"{to}\"><data key=\"relation\">{note}</data></edge>");
    }
    out.push_str("</graph>\n</graphml>\n");
    out
}
