//! `content/_queries.toml`: what readers ask, and the pages that they ought to find.

use std::sync::Arc;

use crate::data::{self, Entry, Fields, Node, Value};
use crate::diag::Diagnostic;
use crate::source::{Source, Span};

/// Keys of a query.
const KEYS: [&str; 3] = ["text", "ticks", "want"];

/// One reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What they type.
    pub text: String,
    /// What they tick: signals, as `PAGE-ID#ANCHOR`, and where each is written.
    pub ticks: Vec<(String, Span)>,
    /// The ids of the pages they ought to find, and where each is written.
    pub want: Vec<(String, Span)>,
    /// Where the query is written: its text, else its first key.
    pub span: Span,
}

/// Whether a value that ought to be a text is none.
fn is_wrong(entry: &Entry) -> bool {
    !matches!(entry.node.value, Value::Text(_))
}

/// All of them, and the file they are written in.
#[derive(Debug, Clone, Default)]
pub struct Queries {
    /// The file; `None` where there is none.
    pub source: Option<Arc<Source>>,
    /// In the order of the file.
    pub list: Vec<Query>,
}

impl Queries {
    /// Those that ask for none of these pages.
    #[must_use]
    pub fn without(mut self, hidden: impl Fn(&str) -> bool) -> Queries {
        let page = |tick: &'_ str| hidden(tick.split_once('#').map_or(tick, |(page, _)| page));
        self.list.retain(|query| {
            !query.want.iter().any(|(id, _)| hidden(id)) && !query.ticks.iter().any(|(tick, _)| page(tick))
        });
        self
    }

    /// Read the file; what cannot be read is a finding.
    #[must_use]
    pub fn read(source: Option<Arc<Source>>) -> (Queries, Vec<Diagnostic>) {
        let Some(source) = source else { return Default::default() };
        let (root, faults) = data::toml(source.text(), 0);
        let mut fields = Fields::toml(&source);
        for fault in faults {
            fields.push(fields.finding("lost-reader", fault.span, fault.message).hint(fault.hint));
        }
        let mut list = Vec::new();
        for entry in root.entries() {
            match (entry.key.as_str(), &entry.node.value) {
                ("query", Value::List(items)) => list.extend(items.iter().filter_map(|item| query(&mut fields, item))),
                ("query", _) => fields.wrong("query", &entry.node, "a list of queries, each under `[[query]]`"),
                _ => fields.unknown(entry, &["query"], root.entries()),
            }
        }
        let findings = fields.into_findings();
        (Queries { source: Some(source), list }, findings)
    }
}

/// One query; nothing where it asks or wants nothing, which is a finding.
fn query(fields: &mut Fields<'_>, node: &Node) -> Option<Query> {
    if !matches!(node.value, Value::Table(_)) {
        fields.wrong("query", node, "a list of queries, each under `[[query]]`");
        return None;
    }
    let span = node.entries().first().map_or(node.span, |first| first.node.span);
    let mut query = Query { text: String::new(), ticks: Vec::new(), want: Vec::new(), span };
    for entry in node.entries() {
        match entry.key.as_str() {
            "text" => (query.text, query.span) = fields.spanned(entry).unwrap_or((String::new(), entry.node.span)),
            "ticks" => query.ticks = fields.texts(entry).unwrap_or_default(),
            "want" => query.want = fields.text_or_texts(entry).unwrap_or_default(),
            _ => fields.unknown(entry, &KEYS, node.entries()),
        }
    }
    // A value of another type was told of already.
    let asks = !query.text.trim().is_empty() || !query.ticks.is_empty() || node.get("text").is_some_and(is_wrong);
    let missing = if query.want.is_empty() {
        Some(("a query says no page that it wants", "add `want = [\"patterns/late-bad-news\"]`: ids of pages"))
    } else if asks {
        None
    } else {
        Some(("a query asks nothing", "add `text = \"…\"`: what a reader would type"))
    };
    if let Some((message, hint)) = missing {
        fields.push(fields.finding("lost-reader", query.span, message).hint(hint));
        return None;
    }
    Some(query)
}
