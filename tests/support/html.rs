//! A page of the output, read as a browser reads it, and where its links lead.

use mendbook::route::decode;
use scraper::{ElementRef, Html, Selector};

/// A page.
pub struct Document {
    /// Its path below the output.
    pub path: String,
    /// Its elements.
    pub html: Html,
}

impl Document {
    /// Read a page.
    pub fn read(path: &str, bytes: &[u8]) -> Document {
        let text = std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("`{path}` is not UTF-8"));
        Document { path: path.to_owned(), html: Html::parse_document(text) }
    }

    /// The elements that a selector names, in order.
    pub fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.html.select(&Selector::parse(selector).unwrap()).collect()
    }

    /// Every id, in order.
    pub fn ids(&self) -> Vec<&str> {
        self.all("[id]").into_iter().filter_map(|element| element.value().id()).collect()
    }

    /// Every address that the page names.
    pub fn addresses(&self) -> Vec<String> {
        let mut addresses = Vec::new();
        for attribute in ["href", "src", "data-target"] {
            let elements = self.all(&format!("[{attribute}]"));
            addresses.extend(elements.iter().filter_map(|element| element.attr(attribute)).map(str::to_owned));
        }
        addresses.extend(self.refresh());
        addresses
    }

    /// Where the page leads by itself when no script runs.
    pub fn refresh(&self) -> Option<String> {
        let inside: String = self.all("noscript").iter().map(ElementRef::inner_html).collect();
        let inside = inside.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        let fragment = Html::parse_fragment(&inside);
        let meta = Selector::parse("meta[http-equiv=refresh]").unwrap();
        let content = fragment.select(&meta).next()?.attr("content")?.to_owned();
        Some(content.split_once("url=")?.1.to_owned())
    }
}

/// How an element is called in a message: its tag, id and class.
pub fn called(element: ElementRef<'_>) -> String {
    let part = |sign: &str, value: Option<&str>| value.map_or_else(String::new, |value| format!("{sign}{value}"));
    let value = element.value();
    format!("<{}{}{}>", value.name(), part("#", value.id()), part(".", value.attr("class")))
}

/// Where an address leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Leads {
    /// To another host, or to a program for mail and telephones.
    Outside,
    /// To a path from the root of this host, decoded, and a fragment.
    To(String, Option<String>),
}

/// Where `address` leads from the page at `from` (`/repo/guides/index.html`); an address of `host` is inside.
pub fn lead(address: &str, from: &str, host: &str) -> Leads {
    let address = address.strip_prefix(host).unwrap_or(address);
    let scheme = address.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    });
    if scheme || address.starts_with("//") {
        return Leads::Outside;
    }
    let (path, fragment) = match address.split_once('#') {
        Some((path, fragment)) => (path, Some(decode(fragment))),
        None => (address, None),
    };
    let path = path.split('?').next().unwrap_or("");
    let mut target = if path.is_empty() { from.to_owned() } else { decode(&joined(from, path)) };
    if target.ends_with('/') {
        target.push_str("index.html");
    }
    Leads::To(target, fragment)
}

/// A relative path from the folder of `from`.
fn joined(from: &str, path: &str) -> String {
    if path.starts_with('/') {
        return path.to_owned();
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
