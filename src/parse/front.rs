//! Front matter: TOML between `+++` lines or YAML between `---` lines at the very start of a page.

use std::sync::Arc;

use super::{Front, Reading, Status};
use crate::config::{Audience, Interval, Named};
use crate::data::{self, Entry, Fields, Node, Value};
use crate::diag::{Diagnostic, nearest};
use crate::source::{Source, Span, is_barred};

/// Every key of the front matter with its meaning in a few words; the manual is checked against it.
pub const REFERENCE: [(&str, &str); 27] = [
    ("title", "the page's name"),
    ("summary", "one or two sentences by which other pages know it"),
    ("kind", "the kind of page; `page` opts out of the folder's kind"),
    ("aliases", "other names people use"),
    ("moved_from", "old addresses, which lead here"),
    ("tags", "words that group pages"),
    ("stage", "lifecycle stage"),
    ("owner", "a contact's id, or text"),
    ("authors", "who wrote it"),
    ("sources", "a list of `{title, url}`"),
    ("created", "a date"),
    ("updated", "a date"),
    ("reviewed", "a date"),
    ("review_every", "`180d`, `6mo` or `1y`"),
    ("status", "`draft`, `proposed`, `reviewed` or `retired`"),
    ("draft", "`true` is `status = \"draft\"`"),
    ("published", "`false` is `status = \"draft\"`"),
    ("publish", "`false` is `status = \"draft\"`"),
    ("audience", "`public` or `internal`"),
    ("related.pin", "pages always suggested"),
    ("related.block", "pages never suggested"),
    ("order", "position in its folder"),
    ("template", "another template"),
    ("extra", "anything the theme wants"),
    ("alias", "one other name"),
    ("tag", "one tag"),
    ("related", "a table with `pin` and `block`"),
];

/// The keys of the top level.
const KEYS: [&str; 25] = [
    "title",
    "summary",
    "kind",
    "aliases",
    "moved_from",
    "tags",
    "stage",
    "owner",
    "authors",
    "sources",
    "created",
    "updated",
    "reviewed",
    "review_every",
    "status",
    "draft",
    "published",
    "publish",
    "audience",
    "related",
    "order",
    "template",
    "extra",
    "alias",
    "tag",
];

/// The front matter of a page, where its body begins, and what is wrong with it.
pub(super) fn read(source: &Arc<Source>, reading: &Reading) -> (Front, usize, Vec<Diagnostic>) {
    let text = source.text();
    let path: Arc<str> = source.path().into();
    let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut front = empty();
    let Some(fence) = fence(text, bom) else { return (front, bom, Vec::new()) };
    let Some((end, body)) = closing(text, &fence) else {
        let finding = Diagnostic::new(
            "bad-front-matter",
            format!("the front matter that opens with `{}` is not closed", fence.mark),
        )
        .at(&path, Span::new(bom, fence.from))
        .hint(format!("put a line `{}` behind the last key", fence.mark));
        front.complete = false;
        front.audience = None;
        held_back(&mut front, source, (&fence, reading));
        // Until it is closed nobody knows where the text begins: all of it is shown.
        return (front, fence.from, vec![finding]);
    };
    front.span = Span::new(bom, body);
    if end - fence.from > reading.limits.front_matter {
        let message = format!("the front matter has over {} bytes and is not read", reading.limits.front_matter);
        let finding = Diagnostic::new("too-large", message)
            .at(&path, Span::new(bom, bom + 3))
            .hint("shorten it, or raise `front_matter` under `[limits]` in site.toml");
        front.complete = false;
        front.audience = None;
        return (front, body, vec![finding]);
    }
    let inner = text.get(fence.from..end).unwrap_or("");
    let (mut fields, (root, faults)) = if fence.toml {
        (Fields::toml(source), data::toml(inner, fence.from))
    } else {
        (Fields::yaml(source), data::yaml(inner, fence.from))
    };
    front.complete = faults.is_empty();
    for fault in faults {
        fields.push(fields.finding("bad-front-matter", fault.span, fault.message).hint(fault.hint));
    }
    for entry in root.entries() {
        key(&mut front, &mut fields, (entry, root.entries(), reading));
    }
    let findings = fields.into_findings();
    let doubtful = |finding: &Diagnostic| {
        finding.message.contains("`audience`")
            || finding.message.contains("`status`")
            || finding.hint.as_deref().is_some_and(|hint| hint.contains("`audience`?") || hint.contains("`status`?"))
    };
    if !front.complete || findings.iter().any(doubtful) {
        front.audience = None;
    }
    (front, body, findings)
}

/// The opening line.
struct Fence {
    mark: &'static str,
    toml: bool,
    /// Behind the opening line.
    from: usize,
}

fn fence(text: &str, at: usize) -> Option<Fence> {
    let rest = text.get(at..)?;
    let (mark, toml) = if rest.starts_with("+++") { ("+++", true) } else { ("---", false) };
    let line = rest.split('\n').next()?;
    if line.trim_end() != mark {
        return None;
    }
    let from = at + (line.len() + 1).min(rest.len());
    // `---` that nothing closes, or with no key behind it, is a rule.
    let first = text.get(from..).unwrap_or("").lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let keyed = first.trim_start().starts_with('#')
        || first.contains(':')
        || first.trim_end() == "---"
        || first.trim_end() == "...";
    let inside = text.get(from..).unwrap_or("").lines().take_while(|line| line.trim_end() != mark);
    let closes = text.get(from..).unwrap_or("").lines().any(|line| line.trim_end() == mark);
    let names_key = |line: &str| line.split_once(':').is_some_and(|(key, _)| KEYS.contains(&key.trim()));
    // A first line without its `:` is a slip: the keys below it are none the less.
    let opens = if closes { keyed || inside.clone().any(names_key) } else { names_key(first) };
    (toml || opens).then_some(Fence { mark, toml, from })
}

/// What its author holds back stays back, even where the front matter is not closed: its first lines, up to a blank one,
/// may say that the page is a draft.
fn held_back(front: &mut Front, source: &Arc<Source>, (fence, reading): (&Fence, &Reading)) {
    let rest = source.text().get(fence.from..).unwrap_or("");
    let length = rest.split_inclusive('\n').take_while(|line| !line.trim().is_empty()).map(str::len).sum();
    let head = rest.get(..length).filter(|head| head.len() <= reading.limits.front_matter).unwrap_or("");
    let (mut fields, (root, _)) = if fence.toml {
        (Fields::toml(source), data::toml(head, fence.from))
    } else {
        (Fields::yaml(source), data::yaml(head, fence.from))
    };
    for entry in root.entries().iter().filter(|entry| HOLDS_BACK.contains(&entry.key.as_str())) {
        key(front, &mut fields, (entry, &[], reading));
    }
}

/// The keys that can say that a page is a draft.
const HOLDS_BACK: [&str; 4] = ["status", "draft", "published", "publish"];

/// Where the text between the fences ends, and where the body begins.
fn closing(text: &str, fence: &Fence) -> Option<(usize, usize)> {
    let mut at = fence.from;
    for line in text.get(fence.from..)?.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == fence.mark || !fence.toml && bare == "..." {
            return Some((at, at + line.len()));
        }
        at += line.len();
    }
    None
}

fn empty() -> Front {
    Front {
        title: None,
        summary: None,
        kind: None,
        aliases: Vec::new(),
        moved_from: Vec::new(),
        tags: Vec::new(),
        stage: None,
        owner: None,
        authors: Vec::new(),
        sources: Vec::new(),
        created: None,
        updated: None,
        reviewed: None,
        review_every: None,
        status: Status::Unsaid,
        audience: Some(Audience::Public),
        pin: Vec::new(),
        block: Vec::new(),
        order: None,
        template: None,
        extra: serde_json::Value::Null,
        complete: true,
        span: Span::default(),
    }
}

fn key(front: &mut Front, fields: &mut Fields<'_>, (entry, beside, reading): (&Entry, &[Entry], &Reading)) {
    match entry.key.as_str() {
        "title" => front.title = named(fields, entry),
        "summary" => front.summary = named(fields, entry),
        "kind" => front.kind = kind(fields, entry, reading),
        "aliases" | "alias" => front.aliases.extend(names(fields, entry)),
        "moved_from" => front.moved_from = names(fields, entry),
        "tags" | "tag" => front.tags.extend(
            names(fields, entry)
                .iter()
                .flat_map(|tags| tags.text.split(','))
                .map(|tag| tag.trim().trim_start_matches('#').to_owned())
                .filter(|tag| !tag.is_empty()),
        ),
        "stage" => front.stage = named(fields, entry),
        "owner" => {
            let bare = |owner: Named| Named { text: owner.text.trim().trim_start_matches('@').to_owned(), ..owner };
            // A key that waits to be filled in, as an editor's template leaves it, names nobody.
            front.owner = named(fields, entry).map(bare).filter(|owner| !owner.text.is_empty());
        }
        "authors" => front.authors = names(fields, entry).into_iter().map(|name| name.text).collect(),
        "sources" => front.sources = sources(fields, entry),
        "created" => front.created = fields.date(entry),
        "updated" => front.updated = fields.date(entry),
        "reviewed" => front.reviewed = fields.date(entry),
        "review_every" => front.review_every = Interval::read(fields, entry, "wrong-type"),
        "status" => {
            let meant = fields.one_of(entry, "wrong-type", &STATUS);
            // What is nearly `draft` is held back rather than published.
            let words = STATUS.iter().map(|(word, _)| *word);
            let draft = matches!(&entry.node.value, Value::Text(text) if nearest(text, words) == Some("draft"));
            front.status = meant.unwrap_or(if draft { Status::Draft } else { front.status });
        }
        "draft" if fields.flag(entry) == Some(true) => front.status = Status::Draft,
        "published" | "publish" if fields.flag(entry) == Some(false) => front.status = Status::Draft,
        "draft" | "published" | "publish" => {}
        "audience" => {
            front.audience =
                fields.one_of(entry, "wrong-type", &[("public", Audience::Public), ("internal", Audience::Internal)])
        }
        "related" => related(front, fields, entry),
        "order" => front.order = number(fields, entry),
        "template" => front.template = named(fields, entry),
        "extra" => front.extra = json(&entry.node),
        _ => fields.unknown(entry, &KEYS, beside),
    }
}

const STATUS: [(&str, Status); 4] = [
    ("draft", Status::Draft),
    ("proposed", Status::Proposed),
    ("reviewed", Status::Reviewed),
    ("retired", Status::Retired),
];

fn named(fields: &mut Fields<'_>, entry: &Entry) -> Option<Named> {
    fields.spanned(entry).map(|(text, span)| Named { text, span })
}

/// A text or a list of texts; `[[Name]]` without quotes, which YAML reads as a list in a list, is that name.
fn names(fields: &mut Fields<'_>, entry: &Entry) -> Vec<Named> {
    let unwrapped = Entry { node: without_brackets(&entry.node), ..entry.clone() };
    let texts = fields.text_or_texts(&unwrapped).unwrap_or_default();
    let bare = |text: String| {
        let name = text.trim();
        let name = name.strip_prefix("[[").and_then(|name| name.strip_suffix("]]")).unwrap_or(name);
        name.split('|').next().unwrap_or(name).trim().to_owned()
    };
    texts
        .into_iter()
        .map(|(text, span)| Named { text: bare(text), span })
        .filter(|named| !named.text.is_empty())
        .collect()
}

fn without_brackets(node: &Node) -> Node {
    let Value::List(items) = &node.value else { return node.clone() };
    let flat = items.iter().map(|item| match &item.value {
        Value::List(inner) => match inner.as_slice() {
            [Node { value: Value::List(name), .. }] if name.len() == 1 => {
                name.first().cloned().unwrap_or_else(|| item.clone())
            }
            [name @ Node { value: Value::Text(_), .. }] => name.clone(),
            _ => item.clone(),
        },
        _ => item.clone(),
    });
    Node { span: node.span, value: Value::List(flat.collect()) }
}

fn kind(fields: &mut Fields<'_>, entry: &Entry, reading: &Reading) -> Option<Named> {
    let named = named(fields, entry)?;
    if named.text == "page" || reading.kinds.named(&named.text).is_some() {
        return Some(named);
    }
    let known: Vec<&str> = reading.kinds.list.iter().map(|kind| kind.name.as_str()).chain(["page"]).collect();
    let mut finding = fields.finding("wrong-type", named.span, format!("there is no kind `{}`", named.text));
    finding = match crate::diag::nearest(&named.text, known.iter().copied()) {
        Some(near) if crate::diag::is_slip(&named.text, near) => {
            fields.respelled(finding.hint(format!("did you mean `{near}`?")), named.span, near)
        }
        Some(near) => finding.hint(format!("did you mean `{near}`?")),
        None => finding.hint(format!("it is one of `{}`", known.join("`, `"))),
    };
    fields.push(finding);
    None
}

fn sources(fields: &mut Fields<'_>, entry: &Entry) -> Vec<(String, Option<String>)> {
    let mut found = Vec::new();
    for item in fields.list(entry) {
        match &item.value {
            Value::Text(text) => found.push((text.replace(is_barred, ""), None)),
            Value::Table(entries) => {
                let (mut title, mut url) = (None, None);
                for inner in entries {
                    match inner.key.as_str() {
                        "title" => title = fields.text(inner),
                        "url" => url = fields.text(inner),
                        _ => fields.unknown(inner, &["title", "url"], entries),
                    }
                }
                // Only addresses that a link may use become links.
                let safe =
                    url.filter(|url| ["https://", "http://", "mailto:"].iter().any(|scheme| url.starts_with(scheme)));
                found.extend(
                    title.filter(|title| !title.trim().is_empty()).or_else(|| safe.clone()).map(|title| (title, safe)),
                );
            }
            _ => fields.wrong("sources", item, "a list of `{title, url}`"),
        }
    }
    found.retain(|(title, _)| !title.trim().is_empty());
    found
}

fn related(front: &mut Front, fields: &mut Fields<'_>, entry: &Entry) {
    for inner in fields.table(entry) {
        match inner.key.as_str() {
            "pin" => front.pin = names(fields, inner),
            "block" => front.block = names(fields, inner),
            _ => fields.unknown(inner, &["pin", "block"], fields_of(entry)),
        }
    }
}

fn fields_of(entry: &Entry) -> &[Entry] {
    entry.node.entries()
}

fn number(fields: &mut Fields<'_>, entry: &Entry) -> Option<f64> {
    match entry.node.value {
        Value::Int(number) => i32::try_from(number).ok().map(f64::from),
        Value::Float(number) if number.is_finite() => Some(number),
        Value::Null => None,
        _ => {
            fields.wrong("order", &entry.node, "a number");
            None
        }
    }
}

/// A value as JSON, for `extra`.
fn json(node: &Node) -> serde_json::Value {
    use serde_json::Value as Json;
    match &node.value {
        Value::Text(text) | Value::Date(text) => Json::String(text.clone()),
        Value::Int(number) => Json::from(*number),
        Value::Float(number) => serde_json::Number::from_f64(*number).map_or(Json::Null, Json::Number),
        Value::Bool(flag) => Json::Bool(*flag),
        Value::List(items) => Json::Array(items.iter().map(json).collect()),
        Value::Table(entries) => {
            Json::Object(entries.iter().map(|entry| (entry.key.clone(), json(&entry.node))).collect())
        }
        Value::Null => Json::Null,
    }
}
