//! What only an author sees and does: where things are written, what was found, and mending it at a press.

use std::sync::Arc;

use hyper::header::{self, HeaderMap};
use hyper::{Method, StatusCode};
use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_64;

use super::answer::{Answer, Request, Said};
use super::desk::{Desk, Now};
use super::fault::{Fault, finding};
use super::{client, edited};
use crate::diag::{Diagnostic, Texts as _};
use crate::edit::{self, Applied, NewPage};
use crate::graph::Target;
use crate::model::Page;
use crate::route::{Route, decode};
use crate::source::Span;

/// Answer at an address of the preview's own.
pub(super) fn answer(desk: &Arc<Desk>, path: &str, request: &Request) -> Answer {
    if let Some(file) = client::file(path) {
        return read_only(request, || Answer::new(StatusCode::OK, file.kind, file.bytes));
    }
    let post = request.method == Method::POST;
    let known = ["events", "page", "fix", "new", "open"].contains(&path);
    if !known {
        return Answer::plain(StatusCode::NOT_FOUND, "there is nothing here");
    }
    if !is_ours(desk, request) {
        return Answer::plain(StatusCode::FORBIDDEN, "only a page of this preview may ask for that");
    }
    match (path, post) {
        ("events", false) => read_only(request, || {
            let kind = (header::CONTENT_TYPE, "text/event-stream".to_owned());
            Answer { status: StatusCode::OK, headers: vec![kind], body: Said::Stream }
        }),
        ("page", false) => read_only(request, || page(desk, request)),
        ("fix" | "new" | "open", true) => posted(desk, path, request),
        ("fix" | "new" | "open", false) => not_allowed("POST"),
        _ => not_allowed("GET, HEAD"),
    }
}

fn not_allowed(methods: &str) -> Answer {
    Answer::plain(StatusCode::METHOD_NOT_ALLOWED, "that is not how this is asked for").with(header::ALLOW, methods)
}

fn read_only(request: &Request, answer: impl FnOnce() -> Answer) -> Answer {
    if request.method == Method::GET || request.method == Method::HEAD { answer() } else { not_allowed("GET, HEAD") }
}

/// Whether a request comes from a page of this preview: it knows the token, and no browser says that another site sent it.
fn is_ours(desk: &Desk, request: &Request) -> bool {
    let token = parameter(&request.query, "token").is_some_and(|token| token == desk.token);
    token && is_same_origin(&request.headers)
}

fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let site = text("sec-fetch-site").is_none_or(|site| site == "same-origin");
    let origin = match text("origin") {
        None => true,
        // `null` is what a page without an origin of its own sends.
        Some(origin) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == text("host")
        }
    };
    site && origin
}

/// A value of the query.
fn parameter(query: &str, name: &str) -> Option<String> {
    let pair = query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name);
    pair.map(|(_, value)| decode(&value.replace('+', " ")))
}

/// What an author is told of the page at an address.
fn page(desk: &Desk, request: &Request) -> Answer {
    let now = desk.now();
    let route = Route::made(parameter(&request.query, "route").unwrap_or_default());
    let written = now.site.page_at(&route).and_then(|id| Some((id, now.site.handbook.page(id)?)));
    let wanted = written.map_or_else(Vec::new, |(id, page)| {
        let targets = now.site.graph.targets.get(id.index()).map_or(&[][..], Vec::as_slice);
        let asked = page.draft.links.iter().zip(targets).filter(|(_, target)| matches!(target, Target::Wanted));
        asked.map(|(link, _)| link.target.as_str()).collect()
    });
    // What was found stands in the last whole site, where the page may be another.
    let whole = now.whole.page_at(&route).and_then(|id| now.whole.handbook.page(id));
    Answer::json(&json!({
        "version": now.version,
        "settled": now.settled,
        "there": now.site.outputs.contains_key(&route),
        "fault": now.fault.as_deref().map(Fault::value),
        "good": good(desk, &now, &route),
        "editor": desk.settings.editor,
        "path": written.map(|(_, page)| &*page.draft.path),
        "status": written.and_then(|(_, page)| page.draft.front.status.word()),
        "overdue": whole.is_some_and(|page| is_overdue(&now, page)),
        "headings": written.map_or_else(Vec::new, |(_, page)| headings(page)),
        "findings": findings(&now, whole),
        "elsewhere": elsewhere(&now, whole),
        "wanted": wanted,
    }))
}

/// When the page that is shown was good: milliseconds of the clock that browsers have too.
fn good(desk: &Desk, now: &Now, route: &Route) -> Option<u64> {
    let made = desk.kept(route).map_or(now.made, |(_, made)| made);
    made.duration_since(std::time::UNIX_EPOCH).ok().and_then(|since| u64::try_from(since.as_millis()).ok())
}

fn is_overdue(now: &Now, page: &Page) -> bool {
    let about = |found: &&Diagnostic| found.place.as_ref().is_some_and(|place| place.path == page.draft.path);
    now.whole.findings.iter().filter(about).any(|found| found.check == "overdue")
}

/// Each section's anchor and its line.
fn headings(page: &Page) -> Vec<Value> {
    let line = |span: Span| page.draft.source.position(span.start).line;
    page.draft.sections.iter().map(|section| json!({ "id": section.id, "line": line(section.span) })).collect()
}

/// The findings about a page, hints last.
fn findings(now: &Now, page: Option<&Page>) -> Vec<Value> {
    let Some(page) = page else { return Vec::new() };
    let about = |found: &&Diagnostic| found.place.as_ref().is_some_and(|place| place.path == page.draft.path);
    let mut found: Vec<&Diagnostic> = now.whole.findings.iter().filter(about).collect();
    found.sort_by_key(|found| std::cmp::Reverse(found.severity));
    found.into_iter().map(|found| named(now, page, found)).collect()
}

/// What a finding is called: by what it says and where. Whether the text is still the one it was made for is looked at when
/// its fix is applied.
fn id_of(found: &Diagnostic) -> String {
    let place = found.place.as_ref().map(|place| (&*place.path, place.span.start, place.span.end));
    format!("{:016x}", xxh3_64(format!("{}\n{}\n{place:?}", found.check, found.message).as_bytes()))
}

/// A finding with what it is called, and the anchor it lies at.
fn named(now: &Now, page: &Page, found: &Diagnostic) -> Value {
    let mut value = finding(found, &now.whole);
    let start = found.place.as_ref().map_or(0, |place| place.span.start as usize);
    value["id"] = json!(id_of(found));
    value["at"] = json!(edited::anchor_at(&page.draft, start).filter(|_| start > 0));
    value
}

/// How many errors and warnings there are on other pages, and the first page with one.
fn elsewhere(now: &Now, page: Option<&Page>) -> Value {
    let own = page.map(|page| &page.draft.path);
    let counted = |found: &&Diagnostic| found.severity > crate::diag::Severity::Hint;
    let other = |found: &&Diagnostic| found.place.as_ref().is_none_or(|place| Some(&place.path) != own);
    let rest: Vec<&Diagnostic> = now.whole.findings.iter().filter(counted).filter(other).collect();
    let path = rest.iter().find_map(|found| found.place.as_ref()).map(|place| &*place.path);
    let mut pages = now.whole.handbook.pages.iter();
    let first = path.and_then(|path| pages.find(|page| &*page.draft.path == path));
    json!({ "count": rest.len(), "first": first.map(|page| page.route.path()) })
}

/// What an author asks to be done.
fn posted(desk: &Desk, what: &str, request: &Request) -> Answer {
    let Ok(asked) = serde_json::from_slice::<Value>(&request.body) else {
        return Answer::plain(StatusCode::BAD_REQUEST, "that is no JSON");
    };
    let text = |name: &str| asked.get(name).and_then(Value::as_str).unwrap_or("");
    let now = desk.now();
    let done = match what {
        "fix" => fix(desk, &now, text("id")).map(|()| json!({})),
        "new" => begin(desk, &now, (text("name"), text("kind"))),
        _ => {
            let line = asked.get("line").and_then(Value::as_u64).and_then(|line| u32::try_from(line).ok());
            open(desk, &now, (text("path"), line.unwrap_or(1))).map(|()| json!({}))
        }
    };
    match done {
        Ok(value) => Answer::json(&value),
        Err(why) => Answer::plain(StatusCode::CONFLICT, &why),
    }
}

/// Apply a finding's fix to the author's file. The author asked for this one, and an editor can undo it: changes that git
/// has not got are no reason to refuse.
fn fix(desk: &Desk, now: &Now, id: &str) -> Result<(), String> {
    let found = now.whole.findings.iter().find(|found| id_of(found) == id);
    let found = found.ok_or("the page has changed since: look again")?;
    let root = &desk.place.root.folder;
    match edit::apply(root, (std::slice::from_ref(found), &*now.whole), (true, &mut Applied::default()))? {
        0 => Err("there is no fix for that".to_owned()),
        _ => Ok(()),
    }
}

/// Write a page that another one asks for: of the kind that is named, else of the one that the name tells.
fn begin(desk: &Desk, now: &Now, (name, kind): (&str, &str)) -> Result<Value, String> {
    if !now.site.graph.wanted.iter().any(|wanted| wanted.name == name) {
        return Err(format!("no page asks for `{name}` any more"));
    }
    let (told, title) = now.site.kinds.for_name(name);
    let kind = if kind.is_empty() { told } else { kind };
    let page = NewPage::of(&now.site, (kind, title), &desk.place.options.today)?;
    edit::create(&desk.place.root.folder.join(&page.path), &page.text)?;
    let id = page.path.strip_prefix("content/").unwrap_or(&page.path).trim_end_matches(".md");
    Ok(json!({ "path": page.path, "route": Route::page(id).path() }))
}

/// Open an editor at a place of the handbook.
fn open(desk: &Desk, now: &Now, (path, line): (&str, u32)) -> Result<(), String> {
    // Only what the handbook was made from: the name is looked up, not joined.
    let source = now.site.source(path).ok_or_else(|| format!("`{path}` is no file of the handbook"))?;
    desk.hands.open(std::path::Path::new(source.path()), line)
}
