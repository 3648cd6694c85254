//! Where an address in the output leads, as a browser and a host take it.

use crate::route::decode;

/// The address under which the output is served.
#[derive(Debug, Clone, Copy)]
pub(super) struct Base<'a> {
    /// Its host, without scheme and port.
    pub(super) host: &'a str,
    /// The path below it, with `/` at both ends.
    pub(super) path: &'a str,
}

impl<'a> Base<'a> {
    /// Of a full address that ends in `/`.
    pub(super) fn of(url: &'a str) -> Option<Self> {
        let rest = url.split_once("://")?.1;
        let (authority, _) = split_host(rest);
        Some(Self { host: host(authority), path: rest.get(authority.len()..).filter(|path| !path.is_empty())? })
    }
}

/// Where an address leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// To another host, to another site on this one, or to a program for mail and telephones.
    Outside,
    /// To the reader's own machine.
    Local,
    /// Out of the output, by `..` or from the root of the host.
    Leaves,
    /// To a path in the output, decoded; `""` is its top, and one that ends in `/` is a folder.
    Inside {
        /// The path.
        path: String,
        /// The place on that page, decoded.
        fragment: Option<String>,
        /// How it is written.
        written: Written,
    },
}

/// How an address is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// From the page it stands on.
    Relative,
    /// From the root of the host.
    Rooted,
    /// In full.
    Full,
}

/// Where `address` leads from the file at `from`.
pub(super) fn lead(address: &str, from: &str, base: Option<&Base<'_>>) -> Lead {
    let address = address.trim_matches(|c: char| c.is_ascii_whitespace());
    let full = match scheme(address) {
        Some("http" | "https") => address.split_once(':').and_then(|(_, rest)| rest.strip_prefix("//")),
        Some("file") => return Lead::Local,
        Some(_) => return Lead::Outside,
        None => address.strip_prefix("//"),
    };
    if let Some(rest) = full {
        return elsewhere(rest, base);
    }
    let (path, fragment) = parted(address);
    if path.starts_with('/') {
        let prefix = base.map_or("/", |base| base.path);
        return match below(path, prefix) {
            Some(path) => inside("", path, (fragment, Written::Rooted)),
            None => Lead::Leaves,
        };
    }
    inside(from, path, (fragment, Written::Relative))
}

/// A full address, from its host on.
fn elsewhere(rest: &str, base: Option<&Base<'_>>) -> Lead {
    let (authority, path) = split_host(rest);
    let host = host(authority);
    if is_local(host) {
        return Lead::Local;
    }
    let (path, fragment) = parted(path);
    match base.filter(|base| base.host.eq_ignore_ascii_case(host)).and_then(|base| below(path, base.path)) {
        Some(path) => inside("", path, (fragment, Written::Full)),
        None => Lead::Outside,
    }
}

/// A path from the root of a host, as one from the top of the output.
fn below<'p>(path: &'p str, prefix: &str) -> Option<&'p str> {
    path.strip_prefix(prefix).or_else(|| (path == prefix.trim_end_matches('/')).then_some(""))
}

/// A relative path from the folder of `from`; an empty one means that file.
fn inside(from: &str, path: &str, (fragment, written): (Option<&str>, Written)) -> Lead {
    let fragment = fragment.map(decode);
    if path.is_empty() {
        return Lead::Inside { path: from.to_owned(), fragment, written };
    }
    let path = decode(path);
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    let mut folder = false;
    for part in path.split('/') {
        folder = matches!(part, "." | ".." | "");
        match part {
            "." | "" => {}
            ".." if parts.pop().is_none() => return Lead::Leaves,
            ".." => {}
            part => parts.push(part),
        }
    }
    let mut path = parts.join("/");
    if folder && !path.is_empty() {
        path.push('/');
    }
    Lead::Inside { path, fragment, written }
}

/// The path of an address without its query, and its fragment.
fn parted(address: &str) -> (&str, Option<&str>) {
    let (path, fragment) = address.split_once('#').map_or((address, None), |(path, fragment)| (path, Some(fragment)));
    (path.split('?').next().unwrap_or(path), fragment)
}

fn split_host(rest: &str) -> (&str, &str) {
    rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()))
}

/// The name of a host, without a user before it and a port behind it.
fn host(authority: &str) -> &str {
    let host = authority.rsplit('@').next().unwrap_or(authority);
    match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        None => host.split(':').next().unwrap_or(host),
    }
}

/// The scheme, where it is one that is told apart.
fn scheme(address: &str) -> Option<&'static str> {
    let scheme = address.split(['/', '?', '#']).next()?.split_once(':')?.0;
    let plain = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    if !plain || !scheme.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    Some(["http", "https", "file"].into_iter().find(|known| known.eq_ignore_ascii_case(scheme)).unwrap_or("other"))
}

/// Whether a host is the reader's own machine.
fn is_local(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let host = host.trim_end_matches('.');
    let dotted = host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    host == "localhost"
        || host.ends_with(".localhost")
        || matches!(host, "::1" | "::" | "0.0.0.0")
        || dotted && host.starts_with("127.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(path: &str, fragment: Option<&str>, written: Written) -> Lead {
        Lead::Inside { path: path.to_owned(), fragment: fragment.map(str::to_owned), written }
    }

    #[test]
    fn addresses_lead_where_a_browser_goes() {
        let base = Base::of("https://x.org/repo/").unwrap();
        let relative = |path, fragment| to(path, fragment, Written::Relative);
        let cases = [
            ("b.html", relative("a/b.html", None)),
            ("../index.html?v=1#top%20one", relative("index.html", Some("top one"))),
            ("#here", relative("a/page.html", Some("here"))),
            ("", relative("a/page.html", None)),
            ("./", relative("a/", None)),
            ("..", relative("", None)),
            ("b%C3%BC.html", relative("a/bü.html", None)),
            ("./a:b.html", relative("a/a:b.html", None)),
            ("../../x.html", Lead::Leaves),
            ("/x.html", Lead::Leaves),
            ("/repo", to("", None, Written::Rooted)),
            ("/repo/x.html", to("x.html", None, Written::Rooted)),
            ("https://X.org:443/repo/x.html#y", to("x.html", Some("y"), Written::Full)),
            ("//x.org/repo/", to("", None, Written::Full)),
            ("https://x.org/other/", Lead::Outside),
            ("mailto:a@x.org", Lead::Outside),
            ("HTTP://LocalHost:8000/", Lead::Local),
            ("//127.0.0.1/x", Lead::Local),
            ("http://[::1]:80/", Lead::Local),
            ("http://127.example.org/", Lead::Outside),
            ("file:///home/me/x.html", Lead::Local),
        ];
        for (address, expected) in cases {
            assert_eq!(lead(address, "a/page.html", Some(&base)), expected, "{address}");
        }
        assert_eq!(lead("/x.html", "a/page.html", None), to("x.html", None, Written::Rooted));
    }
}
