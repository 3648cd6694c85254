//! Addresses: where a page lies in the output, and the only way to write a link to it.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

/// An address in the output: the path from its root, with `/`, decoded (`patterns/late-news.html`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Route(Arc<str>);

impl Route {
    /// A made address, taken as it is.
    #[must_use]
    pub fn made(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The address of the page with this id: NFC, spaces as `-`, `.html` appended.
    #[must_use]
    pub fn page(id: &str) -> Self {
        Self(format!("{}.html", clean(id)).into())
    }

    /// The address of an asset at this path below the content folder.
    #[must_use]
    pub fn asset(path: &str) -> Self {
        Self(clean(path).into())
    }

    /// The address of a page's Markdown, beside the page.
    #[must_use]
    pub fn as_markdown(&self) -> Self {
        Self(format!("{}.md", self.0.strip_suffix(".html").unwrap_or(&self.0)).into())
    }

    /// The path from the root of the output.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0
    }

    /// The address compared without case and in one Unicode form: two routes with equal keys
    /// cannot lie in one folder on every file system.
    #[must_use]
    pub fn key(&self) -> String {
        if self.0.is_ascii() { self.0.to_ascii_lowercase() } else { self.0.nfc().collect::<String>().to_lowercase() }
    }

    /// `""`, `"../"`, `"../../"` …: the way from this address to the root.
    #[must_use]
    pub fn root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// The relative link from this address to `target`, percent-encoded, with `fragment` if one is given.
    /// This is the only way to write a link, so that one output works under every base path and from disk.
    #[must_use]
    pub fn href_to(&self, target: &Route, fragment: Option<&str>) -> String {
        let mut href = String::new();
        if self != target || fragment.is_none() {
            relative(&self.0, &target.0, &mut href);
        }
        push_fragment(&mut href, fragment);
        href
    }

    /// The full address under `base` (which ends in `/`): for feeds, the sitemap and canonical links.
    #[must_use]
    pub fn absolute(&self, base: &str) -> String {
        let mut href = base.trim_end_matches('/').to_owned();
        href.push('/');
        // A folder's front page is known by its folder.
        let path = match &*self.0 {
            "index.html" => "",
            path => path.strip_suffix("index.html").filter(|rest| rest.ends_with('/')).unwrap_or(path),
        };
        encode_into(path, &mut href);
        href
    }

    /// The link from the root of the host, for `404.html`, which is served at any depth;
    /// `prefix` is the path of the base URL, `/` or `/repo/`.
    #[must_use]
    pub fn from_root(&self, prefix: &str, fragment: Option<&str>) -> String {
        let mut href = prefix.trim_end_matches('/').to_owned();
        href.push('/');
        encode_into(&self.0, &mut href);
        push_fragment(&mut href, fragment);
        href
    }
}

/// NFC, with spaces as `-`.
fn clean(path: &str) -> String {
    path.nfc().map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn relative(from: &str, to: &str, out: &mut String) {
    let from_dirs: Vec<&str> = from.split('/').collect();
    let to_parts: Vec<&str> = to.split('/').collect();
    let limit = from_dirs.len().min(to_parts.len()) - 1;
    let shared = (0..limit).take_while(|&at| from_dirs.get(at) == to_parts.get(at)).count();
    for _ in shared..from_dirs.len() - 1 {
        out.push_str("../");
    }
    let rest = to_parts.get(shared..).unwrap_or(&[]).join("/");
    // A first segment with a colon would read as a scheme.
    if out.is_empty() && rest.split('/').next().is_some_and(|first| first.contains(':')) {
        out.push_str("./");
    }
    encode_into(&rest, out);
}

fn push_fragment(href: &mut String, fragment: Option<&str>) {
    if let Some(fragment) = fragment {
        href.push('#');
        encode_into(fragment, href);
    }
}

/// Percent-encode everything but what RFC 3986 allows in a path segment, and `/`.
pub fn encode_into(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$()*+,;=:@".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push('%');
            for nibble in [byte >> 4, byte & 15] {
                out.push(HEX.get(nibble as usize).map_or('0', |&hex| hex as char));
            }
        }
    }
}

/// [`encode_into`] a new string.
#[must_use]
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    encode_into(text, &mut out);
    out
}

/// Undo percent-encoding; what is not valid UTF-8 afterwards stays as it was written.
#[must_use]
pub fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = |offset: usize| bytes.get(at + offset).and_then(|&b| (b as char).to_digit(16));
        match (byte, hex(1), hex(2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_and_name_the_file() {
        let from = Route::page("patterns/meetings/silence");
        assert_eq!(from.href_to(&Route::page("patterns/late news"), None), "../late-news.html");
        assert_eq!(from.href_to(&Route::page("index"), Some("a b")), "../../index.html#a%20b");
        assert_eq!(from.href_to(&from.clone(), Some("signals")), "#signals");
        assert_eq!(from.href_to(&from.clone(), None), "silence.html");
        assert_eq!(from.href_to(&Route::page("patterns/meetings/a:b"), None), "./a:b.html");
        assert_eq!(from.root(), "../../");
        assert_eq!(Route::page("index").href_to(&Route::page("übung"), None), "%C3%BCbung.html");
    }

    #[test]
    fn absolute_addresses_know_a_front_page_by_its_folder() {
        assert_eq!(Route::page("index").absolute("https://x.org/r/"), "https://x.org/r/");
        assert_eq!(Route::page("a/index").absolute("https://x.org/r"), "https://x.org/r/a/");
        assert_eq!(Route::page("a/b").absolute("https://x.org/"), "https://x.org/a/b.html");
        assert_eq!(Route::page("a/b").from_root("/r/", Some("x")), "/r/a/b.html#x");
    }

    #[test]
    fn decoding_undoes_encoding() {
        let mut encoded = String::new();
        encode_into("a b%ü", &mut encoded);
        assert_eq!(decode(&encoded), "a b%ü");
        assert_eq!(decode("%zz%E4"), "%zz%E4");
    }
}
