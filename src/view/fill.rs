//! Text with its holes filled: links, images, embeds, anchors and footnotes, as seen from one address.

use std::fmt::Write as _;

use super::shelf::{Here, Shelf};
use super::terms::Used;
use crate::graph::Target;
use crate::model::{Page, PageId, fold_name};
use crate::parse::{Link, LinkKind, is_picture};
use crate::prose::{Fill, Frag, Hole, attribute, escape, escape_into};
use crate::route::Route;

/// How deep embeds are shown in each other.
const DEEPEST: usize = 8;

/// Bytes of embedded text on one page after which further embeds are links; each counts for some even if it holds
/// nothing but further embeds, which would multiply.
const MOST: usize = 1 << 20;
const LEAST: usize = 256;

/// Fills the text of one page as shown at one address.
pub(super) struct Filler<'s> {
    shelf: Shelf<'s>,
    here: Here<'s>,
    /// The page whose text is being filled, and the embeds it is inside of.
    page: PageId,
    chain: Vec<(PageId, u32)>,
    embedded: usize,
    /// Whether the text stands on its own page: then it carries its anchors.
    own: bool,
    closers: Vec<&'static str>,
    /// Terms that this page has linked or marked, and whether marks are made now.
    used: Used,
    marks: bool,
}

impl<'s> Filler<'s> {
    /// For text of `page` shown at `here`; `own` says whether that is the page itself.
    pub(super) fn new(shelf: Shelf<'s>, here: Here<'s>, (page, own): (PageId, bool)) -> Self {
        Self {
            shelf,
            here,
            page,
            chain: Vec::new(),
            embedded: 0,
            own,
            closers: Vec::new(),
            used: Used::from([page]),
            marks: true,
        }
    }

    /// Whether [`Filler::running`] marks terms from here on.
    pub(super) fn marks(&mut self, marks: bool) {
        self.marks = marks;
    }

    /// A fragment of running text: finished HTML in which the first use of each term is marked.
    pub(super) fn running(&mut self, frag: Frag) -> String {
        let html = self.html(frag);
        // Each reader of Markdown has ways of their own to look up a word.
        if !self.marks || self.here.texts.is_some() {
            return html;
        }
        let (shelf, here) = (self.shelf, self.here);
        let href = |term| shelf.handbook.page(term).map(|page| here.href(&page.route, None));
        shelf.known.terms.mark(html, &mut self.used, href)
    }

    /// A fragment as finished HTML.
    pub(super) fn html(&mut self, frag: Frag) -> String {
        let mut out = String::with_capacity((frag.end - frag.start.min(frag.end)) as usize + 64);
        self.write(frag, &mut out);
        out
    }

    /// A fragment of another page, without its anchors, as [`Filler::html`].
    pub(super) fn foreign(&mut self, page: PageId, frag: Frag) -> String {
        let (own, home) = (std::mem::replace(&mut self.own, false), std::mem::replace(&mut self.page, page));
        let html = self.html(frag);
        self.own = own;
        self.page = home;
        html
    }

    fn write(&mut self, frag: Frag, out: &mut String) {
        let shelf = self.shelf;
        let Some(page) = shelf.handbook.page(self.page) else { return };
        page.draft.flow.fill(frag, out, |(at, hole), out| self.hole(page, (at, hole), out));
    }

    fn hole(&mut self, page: &Page, (at, hole): (u32, &Hole), out: &mut String) -> Fill {
        match hole {
            Hole::Open(link) => return self.open(page, *link, out),
            Hole::Close(_) => out.push_str(self.closers.pop().unwrap_or("")),
            Hole::Image(link) => self.image(page, *link, out),
            Hole::Embed(link) => self.embed(page, (at, *link), out),
            Hole::Id(id) if self.own => attribute(out, "id", &self.here.anchor(&page.route, id)),
            Hole::Id(_) => {}
            Hole::NoteRef(number, times) => {
                if self.own {
                    let again = if *times > 1 { format!(":{times}") } else { String::new() };
                    let (id, note) = (format!("fnref:{number}{again}"), format!("fn:{number}"));
                    let (id, note) = (escape(&self.here.anchor(&page.route, &id)), self.note(page, &note));
                    let _ =
                        write!(out, "<sup class=\"footnote-ref\"><a id=\"{id}\" href=\"{note}\">{number}</a></sup>");
                }
            }
            Hole::NoteBack(number, times) => {
                let back = escape(&self.shelf.handbook.wording.say("page.back", &[]));
                for time in 1..=(*times).min(20) {
                    let again = if time > 1 { format!(":{time}") } else { String::new() };
                    let from = self.note(page, &format!("fnref:{number}{again}"));
                    let _ = write!(out, " <a class=\"footnote-back\" href=\"{from}\" aria-label=\"{back}\">↩</a>");
                }
            }
        }
        Fill::Go
    }

    /// A link to one end of a footnote.
    fn note(&self, page: &Page, anchor: &str) -> String {
        escape(&self.here.route.href_to(self.here.route, Some(&self.here.anchor(&page.route, anchor))))
    }

    fn open(&mut self, page: &Page, index: u32, out: &mut String) -> Fill {
        let shelf = self.shelf;
        let Some(link) = page.draft.links.get(index as usize) else { return Fill::Go };
        let target = shelf.graph.target(self.page, index);
        if let Target::Page(page, _) = target {
            self.used.insert(*page);
        }
        match self.href(link, target) {
            Some(href) => {
                out.push_str("<a");
                attribute(out, "href", &href);
                if !link.title.is_empty() {
                    attribute(out, "title", &link.title);
                }
                if matches!(target, Target::External | Target::Forge(_)) {
                    out.push_str(" rel=\"external noopener\"");
                }
                out.push('>');
                self.closers.push("</a>");
            }
            None => {
                let unwritten = matches!(target, Target::Wanted | Target::Draft(_));
                if unwritten {
                    out.push_str(&self.unwritten());
                }
                self.closers.push(if unwritten { "</span>" } else { "" });
            }
        }
        match self.better_words(link, target) {
            Some(words) => {
                escape_into(&words, out);
                Fill::SkipTo(Hole::Close(index))
            }
            None => Fill::Go,
        }
    }

    /// The tag that marks the name of a page which nobody has written.
    fn unwritten(&self) -> String {
        let mut tag = "<span class=\"wanted\"".to_owned();
        attribute(&mut tag, "title", &self.shelf.handbook.wording.say("page.unwritten", &[]));
        tag.push('>');
        tag
    }

    /// Words for a wiki link whose author gave none and wrote a path or a file's name: the page's title.
    fn better_words(&self, link: &Link, target: &Target) -> Option<String> {
        if link.kind != LinkKind::Wiki || link.worded {
            return None;
        }
        let page = match target {
            Target::Page(id, _) | Target::NoAnchor(id) => self.shelf.handbook.page(*id),
            _ => None,
        };
        let section = link.fragment.as_ref().filter(|fragment| !fragment.starts_with('^'));
        let section = section.map(|section| section.replace('#', " › "));
        if link.target.is_empty() {
            return section;
        }
        let named = page.is_none_or(|page| {
            let name = fold_name(&link.target);
            fold_name(page.title()) == name || page.draft.aliases.iter().any(|alias| fold_name(&alias.text) == name)
        });
        let name = page.filter(|_| !named).map_or(link.target.as_str(), Page::title);
        match section {
            Some(section) => Some(format!("{name} › {}", self.heading(page, target).unwrap_or(&section))),
            None if named => None,
            None => Some(name.to_owned()),
        }
    }

    /// The heading that an anchor stands at.
    fn heading<'p>(&self, page: Option<&'p Page>, target: &Target) -> Option<&'p str> {
        let Target::Page(_, Some(anchor)) = target else { return None };
        page?.section(anchor).map(|section| section.heading.as_str()).filter(|heading| !heading.is_empty())
    }

    /// Where one of the page's links leads, as it is written from here.
    pub(super) fn leads(&self, page: &Page, index: u32) -> Option<String> {
        self.href(page.draft.links.get(index as usize)?, self.shelf.graph.target(self.page, index))
    }

    fn href(&self, link: &Link, target: &Target) -> Option<String> {
        let handbook = self.shelf.handbook;
        match target {
            Target::Page(id, anchor) => {
                let page = handbook.page(*id)?;
                // Where text is shown away from home, its own anchors lie on the other page.
                Some(self.here.href(&page.route, anchor.as_deref()))
            }
            Target::Made(route) => Some(self.here.href(route, link.fragment.as_deref())),
            Target::Asset(asset) if self.shelf.copies(*asset) => {
                Some(self.here.href(&self.shelf.asset_route(*asset)?, link.fragment.as_deref()))
            }
            Target::External => Some(external(&link.target)),
            Target::Forge(href) => Some(href.to_string()),
            Target::Contact(index) => {
                let contact = self.shelf.config.contacts.as_ref()?.get(*index)?;
                let help = Route::made("help.html");
                self.shelf.makes(&help).then(|| self.here.href(&help, Some(&contact.id)))
            }
            _ => None,
        }
    }

    fn image(&mut self, page: &Page, index: u32, out: &mut String) {
        let Some(link) = page.draft.links.get(index as usize) else { return };
        let asset = match self.shelf.graph.target(self.page, index) {
            Target::Asset(asset) if self.shelf.copies(*asset) => *asset,
            _ => {
                let alt = if link.words.is_empty() { &link.target } else { &*link.words };
                let _ = write!(out, "<span class=\"broken\">{}</span>", escape(alt));
                return;
            }
        };
        let (Some(file), Some(route)) = (self.shelf.handbook.asset_file(asset), self.shelf.asset_route(asset)) else {
            return;
        };
        if !is_picture(&file.path) {
            // No browser shows it as one.
            out.push_str("<a");
            attribute(out, "href", &self.here.href(&route, None));
            let _ = write!(out, ">{}</a>", escape(if link.words.is_empty() { &link.target } else { &link.words }));
            return;
        }
        out.push_str("<img");
        attribute(out, "src", &self.here.href(&route, None));
        let sized = link.size != (None, None) && link.kind == LinkKind::Wiki;
        attribute(out, "alt", if sized || !link.worded && link.kind == LinkKind::Wiki { "" } else { &link.words });
        if let Some((width, height)) = shown_size(link.size, file.dimensions) {
            let _ = write!(out, " width=\"{width}\" height=\"{height}\"");
        }
        out.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    fn embed(&mut self, page: &Page, (at, index): (u32, u32), out: &mut String) {
        let shelf = self.shelf;
        let Some(link) = page.draft.links.get(index as usize) else { return };
        let found = shelf.graph.embedded(shelf.handbook, (self.page, index));
        self.chain.push((self.page, at));
        let shown = found.filter(|(to, body)| {
            let inside = |(page, at): &(PageId, u32)| page == to && body.start <= *at && *at < body.end;
            !self.chain.iter().any(inside) && self.chain.len() <= DEEPEST && self.embedded < MOST
        });
        match shown.and_then(|(to, body)| Some((to, body, shelf.handbook.page(to)?))) {
            Some((to, body, from)) => {
                self.embedded += LEAST + (body.end - body.start) as usize;
                out.push_str("<div class=\"embed\">\n");
                let html = self.foreign(to, body);
                out.push_str(&html);
                let href = escape(&self.here.href(&from.route, None));
                let link = format!("<a href=\"{href}\">{}</a>", escape(from.title()));
                let said = shelf.handbook.wording.html("page.embedded", &|_| Some(link.clone()));
                let _ = write!(out, "<p class=\"embed-from\">{}</p>\n</div>", said.unwrap_or(link));
            }
            None => {
                out.push_str("<p>");
                let target = shelf.graph.target(self.page, index);
                let words = if link.target.is_empty() { link.fragment.as_deref().unwrap_or("") } else { &link.target };
                let words = escape(&self.better_words(link, target).unwrap_or_else(|| words.to_owned()));
                let _ = match (self.href(link, target), target) {
                    (Some(href), _) => write!(out, "<a href=\"{}\">{words}</a>", escape(&href)),
                    (None, Target::Wanted | Target::Draft(_)) => {
                        write!(out, "{}{words}</span>", self.unwritten())
                    }
                    (None, _) => write!(out, "{words}"),
                };
                out.push_str("</p>");
            }
        }
        self.chain.pop();
    }
}

/// An address out of the handbook: what may not stand in one is percent-encoded, everything else stays.
pub(super) fn external(target: &str) -> String {
    let mut out = String::with_capacity(target.len());
    for c in target.chars() {
        if c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}') {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Width and height in the markup: what the author asked for, the other side in proportion.
fn shown_size(asked: (Option<u32>, Option<u32>), own: Option<(u32, u32)>) -> Option<(u32, u32)> {
    let scale =
        |side: u32, by: u32, of: u32| u32::try_from(u64::from(side) * u64::from(by) / u64::from(of.max(1))).ok();
    match (asked, own) {
        ((Some(width), Some(height)), _) => Some((width, height)),
        ((Some(width), None), Some((w, h))) => Some((width, scale(h, width, w)?)),
        ((None, Some(height)), Some((w, h))) => Some((scale(w, height, h)?, height)),
        (_, own) => own,
    }
}
