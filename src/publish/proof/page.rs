//! What a page, a feed or a sitemap says, element by element: its addresses, its ids, and whether it has what every
//! page has.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

use crate::source::Span;

/// An address, and what is wanted of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// As a browser reads it.
    pub(super) text: String,
    /// Where it stands.
    pub(super) span: Span,
    /// What it is for.
    pub(super) purpose: Purpose,
}

/// What an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Readers may follow it, to anywhere.
    Follow,
    /// The page loads it.
    Load,
    /// It is told to other programs in full, and lies below the address of the site.
    Tell,
    /// Readers are sent there without asking.
    Forward,
}

/// What stands in a document.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// Its addresses, in order.
    pub(super) addresses: Vec<Address>,
    /// Ids, in order.
    pub(super) ids: Vec<(String, Span)>,
    /// Names that an address can lead to as to an id.
    pub(super) names: Vec<String>,
    /// Where each `h1` begins.
    pub(super) headings: Vec<Span>,
    /// The folder that `base` sets.
    pub(super) base: Option<String>,
    /// What its own policy blocks: what it is, and where.
    pub(super) inline: Vec<(&'static str, Span)>,
    /// Whether there is an `html` element at all: a file that only proves who owns a domain has none.
    pub(super) is_page: bool,
    /// What a page has to have, as far as it was seen.
    pub(super) has: Has,
}

/// What every page has.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Has {
    /// `lang` of `html`.
    pub(super) language: bool,
    /// A `title` with words.
    pub(super) title: bool,
    /// The encoding.
    pub(super) charset: bool,
    /// A size for narrow screens.
    pub(super) viewport: bool,
    /// A Content-Security-Policy.
    pub(super) policy: bool,
    /// Its end.
    pub(super) end: bool,
}

impl Document {
    /// Read a document.
    pub(super) fn read(text: &str) -> Self {
        let mut reader = Reader::default();
        reader.read(text, 0);
        // One within another means nothing, so none is looked for.
        for inside in std::mem::take(&mut reader.inside) {
            if let Some(part) = text.get(inside.clone()) {
                reader.read(part, inside.start);
            }
        }
        reader.document
    }
}

/// The reader of a document: the tag that it is in, and what has been found.
#[derive(Default)]
struct Reader {
    document: Document,
    offset: usize,
    /// The tag that is open, with where it begins.
    tag: Vec<u8>,
    at: Span,
    attributes: Vec<Attribute>,
    /// Names and values of the attributes, one after the other.
    words: Vec<u8>,
    /// `<noscript>`s, whose insides a tokenizer gives as text.
    inside: Vec<Range<usize>>,
}

/// An attribute, as ranges of the reader's `words`.
#[derive(Default)]
struct Attribute {
    name: Range<usize>,
    value: Range<usize>,
    span: Span,
}

impl Reader {
    fn read(&mut self, text: &str, offset: usize) {
        self.offset = offset;
        self.tag.clear();
        let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: html5gum::Span<usize>| {
            self.event(&event, span.start..span.end);
            None::<Infallible>
        });
        emitter.naively_switch_states(true);
        // A text in memory is always read to its end.
        let Ok(()) = Tokenizer::new_with_emitter(text, emitter).finish();
    }

    fn event(&mut self, event: &CallbackEvent<'_>, at: Range<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag.clear();
                self.tag.extend_from_slice(name);
                self.at = self.place(&at);
                self.attributes.clear();
                self.words.clear();
            }
            CallbackEvent::AttributeName { name } => {
                let name = self.word(name);
                let value = name.end..name.end;
                self.attributes.push(Attribute { name, value, span: self.place(&at) });
            }
            CallbackEvent::AttributeValue { value } => {
                let (value, span) = (self.word(value), self.place(&at));
                if let Some(attribute) = self.attributes.last_mut() {
                    (attribute.value, attribute.span) = (value, span);
                }
            }
            CallbackEvent::CloseStartTag { .. } => self.start(),
            CallbackEvent::EndTag { name } => {
                self.document.has.end |= *name == b"html";
                self.tag.clear();
            }
            CallbackEvent::String { value } => self.text(value, at),
            _ => {}
        }
    }

    fn word(&mut self, word: &[u8]) -> Range<usize> {
        let start = self.words.len();
        self.words.extend_from_slice(word);
        start..self.words.len()
    }

    fn place(&self, at: &Range<usize>) -> Span {
        Span::from(self.offset + at.start..self.offset + at.end)
    }

    /// Text inside the tag that was opened last.
    fn text(&mut self, value: &[u8], at: Range<usize>) {
        let words = !value.trim_ascii().is_empty();
        match self.tag.as_slice() {
            b"title" => self.document.has.title |= words,
            b"noscript" => self.inside.push(at),
            b"script" if words && self.attribute(b"src").is_none() && !self.is_data() => {
                self.document.inline.push(("an inline script", self.at))
            }
            b"style" if words => self.document.inline.push(("an inline style", self.at)),
            // A sitemap's `<loc>`, and the link of an RSS feed.
            b"loc" | b"link" if value.trim_ascii_start().starts_with(b"http") => {
                let text = String::from_utf8_lossy(value.trim_ascii()).into_owned();
                let span = self.place(&at);
                self.document.addresses.push(Address { text, span, purpose: Purpose::Tell });
            }
            _ => {}
        }
    }

    /// Whether the script that is open holds data and no program.
    fn is_data(&self) -> bool {
        self.attribute(b"type").is_some_and(|(kind, _)| kind.contains("json"))
    }

    fn attribute(&self, name: &[u8]) -> Option<(String, Span)> {
        self.attributes
            .iter()
            .find(|attribute| self.slice(&attribute.name) == name)
            .map(|found| (self.value(found), found.span))
    }

    fn slice(&self, range: &Range<usize>) -> &[u8] {
        self.words.get(range.clone()).unwrap_or(&[])
    }

    fn value(&self, attribute: &Attribute) -> String {
        String::from_utf8_lossy(self.slice(&attribute.value)).into_owned()
    }

    /// A start tag with all its attributes.
    fn start(&mut self) {
        match self.tag.as_slice() {
            b"html" => {
                self.document.is_page = true;
                self.document.has.language |=
                    self.attribute(b"lang").is_some_and(|(value, _)| !value.trim().is_empty());
            }
            b"h1" => self.document.headings.push(self.at),
            b"meta" => self.meta(),
            b"base" => self.document.base = self.attribute(b"href").map(|(href, _)| href),
            _ => {}
        }
        let rel = self.attribute(b"rel").map(|(rel, _)| rel.to_ascii_lowercase()).unwrap_or_default();
        let attributes = std::mem::take(&mut self.attributes);
        attributes.iter().for_each(|attribute| self.attribute_means(attribute, &rel));
        // A script's own text still asks for them.
        self.attributes = attributes;
    }

    /// What one attribute of the tag says; `rel` is what its link is for.
    fn attribute_means(&mut self, attribute: &Attribute, rel: &str) {
        let (tag, name) = (self.tag.as_slice(), self.slice(&attribute.name));
        let purpose = match (tag, name) {
            (b"base" | b"meta", _) => return,
            (b"a", b"name") => return self.document.names.push(self.value(attribute)),
            (_, b"id") => return self.document.ids.push((self.value(attribute), attribute.span)),
            (b"link", b"href") => match linked(rel) {
                Some(purpose) => purpose,
                None => return,
            },
            (b"a" | b"area", b"href" | b"xlink:href") | (b"form", b"action") | (_, b"formaction") => Purpose::Follow,
            (_, b"srcset" | b"imagesrcset") => return self.candidates(attribute),
            (b"script", b"data-target") => Purpose::Forward,
            (_, b"src" | b"href" | b"xlink:href" | b"poster") | (b"object", b"data") => Purpose::Load,
            (_, b"style") => return self.document.inline.push(("an inline style", attribute.span)),
            (_, name) if name.starts_with(b"on") => {
                return self.document.inline.push(("a handler of events", attribute.span));
            }
            _ => return,
        };
        let text = self.value(attribute);
        self.document.addresses.push(Address { text, span: attribute.span, purpose });
    }

    /// The pictures of a `srcset`, each with its size behind it.
    fn candidates(&mut self, attribute: &Attribute) {
        let value = self.value(attribute);
        // Commas part the candidates only where a space or the end follows: addresses may hold some.
        let words = value.split_ascii_whitespace();
        let mut fresh = true;
        for word in words {
            if fresh {
                let text = word.trim_end_matches(',').to_owned();
                self.document.addresses.push(Address { text, span: attribute.span, purpose: Purpose::Load });
            }
            fresh = word.ends_with(',');
        }
    }

    fn meta(&mut self) {
        let (content, span) = self.attribute(b"content").unwrap_or_default();
        self.document.has.charset |= self.attribute(b"charset").is_some();
        let said = |name: &[u8]| self.attribute(name).map(|(value, _)| value.to_ascii_lowercase()).unwrap_or_default();
        let named = [said(b"http-equiv"), said(b"property"), said(b"name")].concat();
        match named.as_str() {
            "viewport" => self.document.has.viewport = true,
            "content-type" => self.document.has.charset = true,
            "content-security-policy" => self.document.has.policy = true,
            "refresh" => {
                if let Some((_, target)) = content.split_once('=') {
                    let text = target.trim().trim_matches(['"', '\'']).to_owned();
                    self.document.addresses.push(Address { text, span, purpose: Purpose::Forward });
                }
            }
            "og:url" | "og:image" | "twitter:image" => {
                self.document.addresses.push(Address { text: content, span, purpose: Purpose::Tell });
            }
            _ => {}
        }
    }
}

/// What the address of a `link` is for; nothing where it names a host and no file.
fn linked(rel: &str) -> Option<Purpose> {
    let is = |known: &[&str]| rel.split_ascii_whitespace().any(|word| known.contains(&word));
    if is(&["preconnect", "dns-prefetch"]) {
        return None;
    }
    // Those without one are the links of a feed.
    Some(if rel.is_empty() || is(&["canonical", "self"]) {
        Purpose::Tell
    } else if is(&["stylesheet", "icon", "preload", "modulepreload", "manifest"]) {
        Purpose::Load
    } else {
        Purpose::Follow
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_markup_has_its_addresses_inside_it(
            text in "(<a href=|<noscript>|</noscript>|<img srcset=|<title>|<!--|[<>\"'/= \r\n]|&amp;|ü|\\PC){0,60}",
        ) {
            for address in Document::read(&text).addresses {
                prop_assert!(text.get(address.span.range()).is_some(), "{:?} in {:?}", address, text);
            }
        }
    }

    #[test]
    fn addresses_stand_where_they_are_written() {
        let text = "\u{feff}<!doctype html>\r\n<html lang=en>\r\n<p>ü<a href='x&amp;y.html'>é</a><noscript>\r\n<img src=\"z.png\"></noscript>";
        let document = Document::read(text);
        let found: Vec<_> = document
            .addresses
            .iter()
            .map(|address| (address.text.as_str(), text.get(address.span.range()).unwrap_or("")))
            .collect();
        assert_eq!(found, [("x&y.html", "x&amp;y.html"), ("z.png", "z.png")]);
    }
}
