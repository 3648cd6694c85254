//! Puts the parser's events together into a tree, without recursion and without letting aliases multiply.

use std::collections::{HashMap, HashSet};

use saphyr_parser::Event;

use super::{KEYED, Places, scalar, twice};
use crate::data::toml::DEEP;
use crate::data::{Entry, Fault, MAX_DEPTH, Node, Value};
use crate::source::Span;

/// The next step where an alias is too much.
const ALIAS: &str = "write the value out in place of the `*name`";

/// What aliases may add to a document: nodes, a long text counting for several.
const ALIAS_BUDGET: usize = 10_000;

/// Builds the tree of one document.
pub(super) struct Builder<'t> {
    places: &'t Places<'t>,
    open: Vec<Frame>,
    root: Option<Node>,
    anchors: HashMap<usize, Anchored>,
    spent: usize,
    /// The last key of the root.
    pub(super) last_key: Option<Span>,
    broken: bool,
    pub(super) faults: Vec<Fault>,
}

/// A finished node that aliases may repeat.
struct Anchored {
    node: Node,
    size: Size,
}

/// How much a node holds, for [`ALIAS_BUDGET`] and [`MAX_DEPTH`].
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    cost: usize,
    depth: usize,
}

/// A list or table that is still open.
struct Frame {
    span: Span,
    anchor: usize,
    size: Size,
    holds: Holds,
}

enum Holds {
    List(Vec<Node>),
    Table { entries: Vec<Entry>, keys: HashSet<String>, key: Option<(String, Span)> },
}

impl<'t> Builder<'t> {
    pub(super) fn new(places: &'t Places<'t>) -> Self {
        Self {
            places,
            open: Vec::new(),
            root: None,
            anchors: HashMap::new(),
            spent: 0,
            last_key: None,
            broken: false,
            faults: Vec::new(),
        }
    }

    /// Take one event; false where reading had better stop.
    pub(super) fn take(&mut self, event: Event<'_>, span: Span) -> bool {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let value = scalar::value(&text, style, tag.as_deref());
                let size = Size { cost: 1 + text.len() / 64, depth: 0 };
                let span = if value == Value::Null && text == "~" && self.places.slice(span) != "~" {
                    Span::new(span.start as usize, span.start as usize)
                } else {
                    span
                };
                self.add(Node { span, value }, anchor, size);
            }
            Event::SequenceStart(anchor, _) => {
                return self.start(span, anchor, Holds::List(Vec::new()));
            }
            Event::MappingStart(anchor, _) => {
                let holds = Holds::Table { entries: Vec::new(), keys: HashSet::new(), key: None };
                return self.start(span, anchor, holds);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(id) => return self.alias(id, span),
            _ => {}
        }
        true
    }

    /// Reading broke off at `place`: a value on the same line is but a part of what was meant, so its key goes.
    pub(super) fn broke_off(&mut self, place: Span) {
        self.broken = true;
        let Some(Holds::Table { entries, .. }) = self.open.first_mut().map(|open| &mut open.holds) else {
            return;
        };
        let places = self.places;
        entries.pop_if(|entry| {
            let end = entry.node.span.end;
            let between = Span::new(end as usize, place.start as usize);
            end <= place.start && !places.slice(between).contains('\n')
        });
    }

    /// The entries of the root, and what was wrong. An unfinished value is left out with its key.
    pub(super) fn finish(mut self) -> (Vec<Entry>, Vec<Fault>) {
        let root = self.root.map(|node| (node.span, node.value));
        let entries = match (self.open.into_iter().next(), root) {
            (Some(Frame { holds: Holds::Table { entries, .. }, .. }), _) | (None, Some((_, Value::Table(entries)))) => {
                entries
            }
            (None, Some((span, value))) if value != Value::Null && !self.broken => {
                let node = Node { span, value };
                let message = format!("expected lines of `key: value`, not {}", node.type_name());
                self.faults.push(Fault { span, message, hint: KEYED });
                Vec::new()
            }
            _ => Vec::new(),
        };
        (entries, self.faults)
    }

    fn fault(&mut self, span: Span, (message, hint): (&str, &'static str)) {
        self.faults.push(Fault { span, message: message.to_owned(), hint });
    }

    fn start(&mut self, mut span: Span, anchor: usize, holds: Holds) -> bool {
        if matches!(holds, Holds::List(_)) {
            span = self.places.with_dash(span);
        }
        if self.open.len() >= MAX_DEPTH {
            self.fault(span, DEEP);
            return false;
        }
        self.open.push(Frame { span, anchor, size: Size { cost: 1, depth: 1 }, holds });
        true
    }

    fn end(&mut self, end: Span) {
        let Some(frame) = self.open.pop() else {
            return;
        };
        let (value, inner) = match frame.holds {
            Holds::List(items) => {
                let inner = items.last().map_or(0, |item| item.span.end);
                (Value::List(items), inner)
            }
            Holds::Table { entries, .. } => {
                let inner = entries.last().map_or(0, |entry| entry.node.span.end);
                (Value::Table(entries), inner)
            }
        };
        // A block ends with what it holds, `[…]` and `{…}` with their bracket.
        let bracket = matches!(self.places.slice(end), "]" | "}");
        let last = if bracket { end.end } else { inner };
        let span = Span::new(frame.span.start as usize, last.max(frame.span.end) as usize);
        self.add(Node { span, value }, frame.anchor, frame.size);
    }

    fn alias(&mut self, id: usize, span: Span) -> bool {
        let Some(Anchored { node, size }) = self.anchors.get(&id) else {
            self.fault(span, ("an alias cannot stand inside what it names", ALIAS));
            self.add(null(span), 0, Size::default());
            return true;
        };
        self.spent += size.cost;
        if self.spent > ALIAS_BUDGET || self.open.len() + size.depth > MAX_DEPTH {
            self.fault(span, ("aliases repeat too much", ALIAS));
            return false;
        }
        let (mut node, size) = (node.clone(), *size);
        node.span = span;
        self.add(node, 0, size);
        true
    }

    /// Put a finished node where it belongs: into the open list or table, or at the root.
    fn add(&mut self, node: Node, anchor: usize, size: Size) {
        if anchor > 0 {
            let node = node.clone();
            self.anchors.insert(anchor, Anchored { node, size });
        }
        let at_root = self.open.len() == 1;
        let Some(frame) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        frame.size.cost += size.cost;
        frame.size.depth = frame.size.depth.max(size.depth + 1);
        match &mut frame.holds {
            Holds::List(items) => items.push(node),
            Holds::Table { entries, keys, key } => match key.take() {
                None => {
                    if at_root {
                        self.last_key = Some(node.span);
                    }
                    *key = Some((key_text(&node, self.places), node.span));
                }
                Some((key, key_span)) if keys.contains(&key) => {
                    self.faults.push(twice(&key, key_span));
                }
                Some((key, key_span)) => {
                    keys.insert(key.clone());
                    entries.push(Entry { key, key_span, node });
                }
            },
        }
    }
}

fn null(span: Span) -> Node {
    Node { span, value: Value::Null }
}

/// A key as text; one that is no text is taken as it is written.
fn key_text(node: &Node, places: &Places<'_>) -> String {
    match &node.value {
        Value::Text(text) => text.clone(),
        _ => places.slice(node.span).to_owned(),
    }
}
