//! What the preview adds to a browser: one tag on each page, and the files that it loads.

use crate::prose::escape;
use crate::route::Route;

use super::answer::OWN;
use super::desk::Desk;
use super::fault::Fault;

/// A file of the preview's own.
pub(super) struct File {
    pub(super) kind: &'static str,
    pub(super) bytes: &'static [u8],
}

/// The client: files in the order in which they build on each other, as one script whose names nobody else meets.
const CLIENT: &str = concat!(
    "(() => {\n\"use strict\";\n",
    include_str!("client/stream.js"),
    include_str!("client/patch.js"),
    include_str!("client/keep.js"),
    include_str!("client/page.js"),
    include_str!("client/layer.js"),
    include_str!("client/cards.js"),
    include_str!("client/marks.js"),
    include_str!("client/client.js"),
    "})();\n",
);

/// The file at a path below [`OWN`].
pub(super) fn file(path: &str) -> Option<File> {
    let script = "text/javascript; charset=utf-8";
    let (kind, text) = match path {
        "client.js" => (script, CLIENT),
        "stream.js" => (script, include_str!("client/stream.js")),
        "client.css" => ("text/css; charset=utf-8", include_str!("client/client.css")),
        _ => return None,
    };
    Some(File { kind, bytes: text.as_bytes() })
}

/// The tag that makes a page a preview; `fault` is why an older page stands there. It is not deferred: the client looks at
/// the page before the theme's own scripts change it.
pub(super) fn tag(desk: &Desk, route: &Route, fault: Option<&Fault>) -> String {
    let base = desk.now().site.config.base_path().to_owned();
    let fault =
        fault.map_or_else(String::new, |fault| format!(" data-fault=\"{}\"", escape(&fault.value().to_string())));
    let follow = if desk.settings.follow { " data-follow" } else { "" };
    format!(
        "<script src=\"{OWN}client.js\" data-token=\"{}\" data-route=\"{}\" data-base=\"{}\"{follow}{fault}></script>\n",
        desk.token,
        escape(route.path()),
        escape(&base),
    )
}
