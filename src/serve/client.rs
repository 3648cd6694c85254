//! What the preview adds to a browser: one tag on each page, and the files that it loads.

use crate::prose::escape;
use crate::route::Route;

use super::answer::OWN;
use super::desk::Desk;

/// A file of the preview's own.
pub(super) struct File {
    pub(super) kind: &'static str,
    pub(super) bytes: &'static [u8],
}

/// The file at a path below [`OWN`].
pub(super) fn file(path: &str) -> Option<File> {
    let script = "text/javascript; charset=utf-8";
    let (kind, bytes): (_, &[u8]) = match path {
        "client.js" => (script, include_bytes!("client/client.js")),
        "idiomorph.js" => (script, include_bytes!("client/idiomorph.js")),
        "stream.js" => (script, include_bytes!("client/stream.js")),
        "client.css" => ("text/css; charset=utf-8", include_bytes!("client/client.css")),
        _ => return None,
    };
    Some(File { kind, bytes })
}

/// The tag that makes a page a preview; `fault` is why an older page stands there.
pub(super) fn tag(desk: &Desk, route: &Route, fault: Option<&str>) -> String {
    let base = desk.now().site.config.base_path().to_owned();
    let fault = fault.map_or_else(String::new, |fault| format!(" data-fault=\"{}\"", escape(fault)));
    let follow = if desk.settings.follow { " data-follow" } else { "" };
    format!(
        "<script src=\"{OWN}client.js\" defer data-token=\"{}\" data-route=\"{}\" data-base=\"{}\"{follow}{fault}></script>\n",
        desk.token,
        escape(route.path()),
        escape(&base),
    )
}
