//! From a request to an answer: addresses are looked up in the site and never joined to a folder.

use std::sync::Arc;
use std::time::Duration;

use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, StatusCode};
use xxhash_rust::xxh3::xxh3_64;

use super::desk::{Desk, Now, lock};
use super::fault::Fault;
use super::{author, client};
use crate::discover;
use crate::prose::escape;
use crate::render;
use crate::route::{Route, decode};
use crate::site::{Output, Rendered};

/// How long one page may take to be rendered.
const LONGEST: Duration = Duration::from_secs(10);

/// Bytes of an address that is answered.
const LONGEST_ADDRESS: usize = 8 << 10;

/// Where what only an author sees lies.
pub(super) const OWN: &str = "/_mendbook/";

/// What a request asks for.
pub(super) struct Request {
    pub(super) method: Method,
    /// The path and the query, as sent.
    pub(super) path: String,
    pub(super) query: String,
    pub(super) headers: HeaderMap,
    /// What was posted.
    pub(super) body: Bytes,
}

/// What is answered.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: Vec<(HeaderName, String)>,
    pub(super) body: Said,
}

/// What an answer holds.
pub(super) enum Said {
    Whole(Bytes),
    /// The stream of messages.
    Stream,
}

impl Answer {
    pub(super) fn new(status: StatusCode, kind: &str, body: impl Into<Bytes>) -> Answer {
        Answer { status, headers: vec![(header::CONTENT_TYPE, kind.to_owned())], body: Said::Whole(body.into()) }
    }

    /// A short sentence.
    pub(super) fn plain(status: StatusCode, words: &str) -> Answer {
        Answer::new(status, "text/plain; charset=utf-8", format!("{words}\n"))
    }

    pub(super) fn json(value: &serde_json::Value) -> Answer {
        Answer::new(StatusCode::OK, "application/json", value.to_string())
    }

    pub(super) fn with(mut self, name: HeaderName, value: impl Into<String>) -> Answer {
        self.headers.push((name, value.into()));
        self
    }
}

/// Answer a request.
pub(super) async fn answer(desk: &Arc<Desk>, request: Request) -> Answer {
    if !is_own_host(desk, &request.headers) {
        return Answer::plain(StatusCode::MISDIRECTED_REQUEST, "this address is not served here; see --allow-host");
    }
    if request.path.len() + request.query.len() > LONGEST_ADDRESS {
        return Answer::plain(StatusCode::URI_TOO_LONG, "the address is too long");
    }
    if request.path.starts_with(OWN) {
        let desk = Arc::clone(desk);
        let answered = tokio::task::spawn_blocking(move || {
            author::answer(&desk, request.path.strip_prefix(OWN).unwrap_or(""), &request)
        });
        let failed =
            |_| Answer::plain(StatusCode::INTERNAL_SERVER_ERROR, "this brought mendbook down: please report it");
        return answered.await.unwrap_or_else(failed);
    }
    if request.method != Method::GET && request.method != Method::HEAD {
        let refused = Answer::plain(StatusCode::METHOD_NOT_ALLOWED, "pages are only read");
        return refused.with(header::ALLOW, "GET, HEAD");
    }
    let now = desk.now();
    let base = now.site.config.base_path().trim_end_matches('/').to_owned();
    let path = decode(&request.path);
    if path == "/" && !base.is_empty() {
        return moved(&format!("{base}/"));
    }
    let Some(inside) = path.strip_prefix(&base).and_then(|rest| rest.strip_prefix('/')) else {
        return if path == base { moved(&format!("{base}/")) } else { missing(desk, &now).await };
    };
    let folder = inside.is_empty() || inside.ends_with('/');
    let route = Route::made(if folder { format!("{inside}index.html") } else { inside.to_owned() });
    if now.site.outputs.contains_key(&route) {
        return whole(page(desk, &now, &route).await, &request);
    }
    if !folder && now.site.outputs.contains_key(&Route::made(format!("{inside}/index.html"))) {
        return moved(&format!("{}/", request.path));
    }
    missing(desk, &now).await
}

/// Whether a request names this server: another name for this machine is how a foreign page would read along.
fn is_own_host(desk: &Desk, headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else { return false };
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
    let name = name.map_or(host, |(name, _)| name).trim_start_matches('[').trim_end_matches(']');
    let name = &*name.to_ascii_lowercase();
    let settings = &desk.settings;
    let loopback = ["localhost", "127.0.0.1", "::1"].contains(&name) || name.ends_with(".localhost");
    let bound = !settings.bind.is_loopback() && name.parse::<std::net::IpAddr>().is_ok();
    loopback || bound || settings.hosts.iter().any(|allowed| allowed.eq_ignore_ascii_case(name))
}

fn moved(to: &str) -> Answer {
    Answer::plain(StatusCode::FOUND, "it lies elsewhere").with(header::LOCATION, to)
}

/// The page for addresses that lead nowhere.
async fn missing(desk: &Arc<Desk>, now: &Arc<Now>) -> Answer {
    let route = Route::made("404.html");
    let found = if now.site.outputs.contains_key(&route) { Some(page(desk, now, &route).await) } else { None };
    let fallback = || Answer::plain(StatusCode::NOT_FOUND, "there is no such page");
    found.map_or_else(fallback, |answer| Answer { status: StatusCode::NOT_FOUND, ..answer })
}

/// What lies at an address that the site has.
async fn page(desk: &Arc<Desk>, now: &Arc<Now>, route: &Route) -> Answer {
    let kind = content_type(route.path());
    let theme = now.site.theme().map(|theme| theme.prints()).unwrap_or_default();
    if lock(&desk.endless).contains(&theme) {
        return broken(
            desk,
            now,
            route,
            &"the template does not end, and is not tried again until it changes".to_owned().into(),
        );
    }
    let (site, asked) = (Arc::clone(&now.site), route.clone());
    let rendering = tokio::task::spawn_blocking(move || site.render(&asked));
    let Ok(rendered) = tokio::time::timeout(LONGEST, rendering).await else {
        // Its thread is left behind: nothing can end it.
        lock(&desk.endless).push(theme);
        return broken(desk, now, route, &"the template took over ten seconds, and was left".to_owned().into());
    };
    let bytes = match rendered {
        Ok(Some(Ok(Rendered::Bytes(bytes)))) => Bytes::from(bytes),
        Ok(Some(Ok(Rendered::Copy(path)))) => return copy(path, kind).await,
        Ok(Some(Err(finding))) => {
            let found = render::at(vec![(route.path(), finding)]);
            return broken(desk, now, route, &Fault::of(&found.iter().collect::<Vec<_>>(), &now.site));
        }
        Ok(None) => return Answer::plain(StatusCode::NOT_FOUND, "there is no such page"),
        Err(_) => {
            return broken(desk, now, route, &"this page brought mendbook down: please report it".to_owned().into());
        }
    };
    let shown = if is_page(&now.site.outputs, route) {
        let shown = injected(&bytes, &client::tag(desk, route, None));
        desk.keep(route, (&bytes, now.made));
        shown
    } else {
        bytes
    };
    Answer::new(StatusCode::OK, kind, shown)
}

/// A file that is copied as it is. Its path is one that a scan judged.
async fn copy(path: std::path::PathBuf, kind: &str) -> Answer {
    match tokio::task::spawn_blocking(move || discover::bytes_of(&path)).await {
        Ok(Some(bytes)) => Answer::new(StatusCode::OK, kind, bytes),
        _ => Answer::plain(StatusCode::NOT_FOUND, "the file is gone"),
    }
}

fn is_page(outputs: &std::collections::BTreeMap<Route, Output>, route: &Route) -> bool {
    matches!(outputs.get(route), Some(Output::Page(_) | Output::Made(_)))
}

/// A page whose template is broken: as it was when that was last different, and what is wrong.
fn broken(desk: &Desk, now: &Now, route: &Route, fault: &Fault) -> Answer {
    let tag = client::tag(desk, route, Some(fault));
    let last = desk.kept(route).map(|(bytes, _)| bytes).unwrap_or_else(|| {
        let title = escape(&now.site.config.title);
        let words = escape(&fault.words);
        Bytes::from(format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\n<body><main><h1>{title}</h1><pre>{words}</pre></main>\n</body></html>\n"
        ))
    });
    Answer::new(StatusCode::OK, "text/html; charset=utf-8", injected(&last, &tag))
}

/// The page with the one tag that makes it a preview, before its end.
fn injected(page: &Bytes, tag: &str) -> Bytes {
    let end = page.windows(7).rposition(|part| part.eq_ignore_ascii_case(b"</body>")).unwrap_or(page.len());
    let (before, after) = page.split_at(end);
    Bytes::from([before, tag.as_bytes(), after].concat())
}

/// What a browser needs to know of the bytes, and only the part of them that it asked for.
fn whole(answer: Answer, request: &Request) -> Answer {
    let Said::Whole(bytes) = &answer.body else { return answer };
    let tag = format!("\"{:016x}\"", xxh3_64(bytes));
    let value = |name: HeaderName| request.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    if value(header::IF_NONE_MATCH).is_some_and(|known| known.split(',').any(|known| known.trim() == tag)) {
        return Answer {
            status: StatusCode::NOT_MODIFIED,
            headers: vec![(header::ETAG, tag)],
            body: Said::Whole(Bytes::new()),
        };
    }
    let length = bytes.len();
    let bytes = bytes.clone();
    let answer = answer.with(header::ETAG, tag).with(header::ACCEPT_RANGES, "bytes");
    match value(header::RANGE).map(|range| span(range, length)) {
        Some(Some((from, to))) => {
            let answer = answer.with(header::CONTENT_RANGE, format!("bytes {from}-{to}/{length}"));
            Answer { status: StatusCode::PARTIAL_CONTENT, body: Said::Whole(bytes.slice(from..=to)), ..answer }
        }
        Some(None) => Answer::plain(StatusCode::RANGE_NOT_SATISFIABLE, "there is no such part")
            .with(header::CONTENT_RANGE, format!("bytes */{length}")),
        None => answer,
    }
}

/// The first and the last byte of a single range; several are answered as one that cannot be had.
fn span(range: &str, length: usize) -> Option<(usize, usize)> {
    let (from, to) = range.strip_prefix("bytes=")?.split_once('-')?;
    let last = length.checked_sub(1)?;
    let (from, to) = match (from.trim(), to.trim()) {
        ("", count) => (length.saturating_sub(count.parse().ok().filter(|count| *count > 0)?), last),
        (from, "") => (from.parse().ok()?, last),
        (from, to) => (from.parse().ok()?, to.parse::<usize>().ok()?.min(last)),
    };
    (from <= to).then_some((from, to))
}

/// What a file is, by its ending.
fn content_type(path: &str) -> &'static str {
    let ending = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "md" | "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        _ => "application/octet-stream",
    }
}
