//! Files for programs: the sitemap, robots.txt, the handbook as data, and which others there are.

use std::fmt::Write as _;
use std::io;

use serde::Serialize as _;
use serde_json::json;

use super::{Output, Site, export};
use crate::layout;
use crate::model::{Page, PageId};
use crate::prose::escape;
use crate::route::Route;
use crate::view::Feed;

/// Pages in one part of the handbook as data.
const PART: usize = 500;

/// A file for programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Program {
    /// `.nojekyll`: GitHub Pages then serves the files as they are.
    NoJekyll,
    /// `CNAME`: the handbook's own domain.
    Cname,
    /// `robots.txt`.
    Robots,
    /// `llms.txt`: each page's Markdown, and what it is about.
    Llms,
    /// `sitemap.xml`.
    Sitemap,
    /// `feed.xml`, `tags/TAG.xml`, `owners/ID.xml`: pages updated lately.
    Feed(Feed),
    /// `handbook.json`: the cards.
    Handbook,
    /// `handbook/N.json`: whole pages, 500 in each, from 1.
    Part(usize),
    /// `graph.json`: the pages and what ties them.
    Graph,
    /// `assets/cards.js`: the card of every page, or what each of its parts begins with.
    Cards,
    /// `assets/cards/N.js`: a part of them.
    CardsPart(usize),
    /// `assets/search/head.js`: what every question needs.
    SearchHead,
    /// `assets/search/ids.js`: which pages lie in which file of texts.
    SearchIds,
    /// `assets/search/words/N.js`: words, and where they stand.
    SearchWords(usize),
    /// `assets/search/letters/N.js`: the bare words of some first letters.
    SearchLetters(usize),
    /// `assets/search/ends/N.js`: the bare words of some last letters.
    SearchEnds(usize),
    /// `assets/search/texts/N.js`: what is shown of some pages.
    SearchTexts(usize),
    /// `assets/map/areas.js`: the areas of a large map.
    Areas,
    /// `assets/map/sky.js`: its constellation.
    Sky,
    /// `assets/map/names/N.js`: its pages.
    Names(usize),
    /// `assets/map/threads/N.js`: their threads.
    Ties(usize),
    /// `assets/compare/names.js`: the pages that can be compared.
    Compared,
    /// `assets/compare/N.js`: what stands on some of them.
    Comparison(usize),
}

impl Program {
    /// Those that a site has.
    pub(super) fn all(site: &Site) -> Vec<Program> {
        let mut all = vec![Program::NoJekyll, Program::Robots, Program::Llms, Program::Handbook, Program::Graph];
        all.extend((1..=site.handbook.pages.len().div_ceil(PART)).map(Program::Part));
        all.extend(site.card_programs());
        all.extend(site.search_programs());
        all.extend(site.map_programs());
        all.extend(site.compare_programs());
        if site.config.domain.is_some() {
            all.push(Program::Cname);
        }
        if site.config.base_url.is_some() {
            all.push(Program::Sitemap);
        }
        all.extend(site.known.feeds.keys().cloned().map(Program::Feed));
        all
    }

    /// Its address.
    #[must_use]
    pub fn route(&self) -> Route {
        match self {
            Program::NoJekyll => Route::made(".nojekyll"),
            Program::Cname => Route::made("CNAME"),
            Program::Robots => Route::made("robots.txt"),
            Program::Llms => Route::made("llms.txt"),
            Program::Sitemap => Route::made("sitemap.xml"),
            Program::Feed(feed) => feed.route(),
            Program::Handbook => Route::made("handbook.json"),
            Program::Part(number) => Route::made(format!("handbook/{number}.json")),
            Program::Graph => Route::made("graph.json"),
            Program::Cards => Route::made("assets/cards.js"),
            Program::CardsPart(part) => Route::made(format!("assets/cards/{part}.js")),
            Program::SearchHead => Route::made("assets/search/head.js"),
            Program::SearchIds => Route::made("assets/search/ids.js"),
            Program::SearchWords(file) => Route::made(format!("assets/search/words/{file}.js")),
            Program::SearchLetters(file) => Route::made(format!("assets/search/letters/{file}.js")),
            Program::SearchEnds(file) => Route::made(format!("assets/search/ends/{file}.js")),
            Program::SearchTexts(file) => Route::made(format!("assets/search/texts/{file}.js")),
            Program::Sky => Route::made("assets/map/sky.js"),
            Program::Areas => Route::made("assets/map/areas.js"),
            Program::Names(file) => Route::made(format!("assets/map/names/{file}.js")),
            Program::Ties(file) => Route::made(format!("assets/map/threads/{file}.js")),
            Program::Compared => Route::made("assets/compare/names.js"),
            Program::Comparison(file) => Route::made(format!("assets/compare/{file}.js")),
        }
    }
}

impl Site {
    /// The bytes of a file for programs.
    pub(super) fn program(&self, program: &Program) -> Vec<u8> {
        match program {
            Program::NoJekyll => Vec::new(),
            Program::Cname => format!("{}\n", self.config.domain.as_deref().unwrap_or("")).into_bytes(),
            Program::Robots => self.robots().into_bytes(),
            Program::Llms => self.llms().into_bytes(),
            Program::Sitemap => self.sitemap().into_bytes(),
            Program::Feed(feed) => self.feed(feed).into_bytes(),
            Program::Handbook => self.cards(),
            Program::Part(number) => self.part(*number),
            Program::Graph => self.network(),
            Program::SearchHead => self.search_head(),
            Program::SearchIds => self.search_ids(),
            Program::SearchWords(file) => self.search_words(*file),
            Program::SearchLetters(file) => self.search_letters(*file),
            Program::SearchEnds(file) => self.search_ends(*file),
            Program::SearchTexts(file) => self.search_texts(*file),
            Program::Sky => self.sky_data(),
            Program::Areas => self.areas_data(),
            Program::Names(file) => self.names_data(*file),
            Program::Cards => self.cards_data(),
            Program::CardsPart(part) => self.cards_part_data(*part),
            Program::Ties(file) => self.ties_data(*file),
            Program::Compared => self.compared_data(),
            Program::Comparison(file) => self.comparison_data(*file),
        }
    }

    pub(super) fn base(&self) -> &str {
        self.config.base_url.as_deref().unwrap_or("")
    }

    /// A handbook that is not to be indexed says so on every page; a Disallow would hide that from crawlers.
    fn robots(&self) -> String {
        let mut text = "User-agent: *\nAllow: /\n".to_owned();
        if self.config.base_url.is_some() {
            let _ = writeln!(text, "Sitemap: {}", Route::made("sitemap.xml").absolute(self.base()));
        }
        text
    }

    fn sitemap(&self) -> String {
        let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n".to_owned();
        for (route, output) in self.outputs.iter() {
            let page = match output {
                Output::Page(id) => self.handbook.page(*id),
                Output::Made(index) => {
                    let hidden = self.made.get(*index).is_none_or(|made| {
                        use crate::model::MadeKind::{Instead, Moved, NotFound, Print, Search};
                        matches!(made.kind, Moved(_) | NotFound | Print(_) | Search | Instead(_))
                    });
                    if hidden {
                        continue;
                    }
                    self.known.written.get(route).and_then(|id| self.handbook.page(*id))
                }
                _ => continue,
            };
            let _ = write!(xml, "<url><loc>{}</loc>", escape(&route.absolute(self.base())));
            if let Some(updated) = page.and_then(Page::updated) {
                let _ = write!(xml, "<lastmod>{updated}</lastmod>");
            }
            xml.push_str("</url>\n");
        }
        xml.push_str("</urlset>\n");
        xml
    }

    /// Written card by card, and pages page by page: they need not be held as values together.
    fn cards(&self) -> Vec<u8> {
        let parts: Vec<String> =
            (1..=self.handbook.pages.len().div_ceil(PART)).map(|number| format!("handbook/{number}.json")).collect();
        let mut out = Vec::new();
        let head = json!({
            "format": export::FORMAT,
            "site": export::site(self),
            "contacts": export::contacts(self, false),
            "wanted": export::wanted(self, false),
            "parts": parts,
        });
        inert(&head, &mut out);
        // The list of pages goes in before the closing brace.
        out.pop();
        out.extend_from_slice(b",\"pages\":[");
        inert_list(self.handbook.pages.iter().map(|page| export::card(self, page)), &mut out);
        out.extend_from_slice(b"]}\n");
        out
    }

    /// The pages and what each says it is tied to, written one by one.
    fn network(&self) -> Vec<u8> {
        let node = |page: &Page| {
            let area = self.handbook.area(page).map(|area| area.title.as_str());
            json!({
                "id": page.id(), "route": page.route.path(), "title": page.title(), "area": area,
                "kind": page.kind_name(),
            })
        };
        let edges = self.handbook.all().flat_map(|(from, page)| {
            let mut ties: Vec<_> = layout::ties_of((from, page), (&self.graph, &self.kin)).collect();
            ties.sort_unstable_by_key(|(to, tie)| (*tie, *to));
            ties.dedup();
            let edge = |(to, tie): (PageId, layout::Tie)| {
                Some(json!({ "from": page.id(), "to": self.handbook.page(to)?.id(), "kind": tie }))
            };
            ties.into_iter().filter_map(edge)
        });
        let ids: usize = self.handbook.pages.iter().map(|page| page.id().len()).sum();
        let count = |from: PageId| {
            let links = self.graph.targets.get(from.index()).map_or(0, Vec::len);
            links + self.graph.relations.get(from.index()).map_or(0, Vec::len) + self.kin.cards(from).len()
        };
        let edges_most: usize = self.handbook.all().map(|(from, _)| count(from)).sum();
        // Once and large enough: a buffer that grows by doubling would be held twice.
        let nodes_bytes = ids * 4 + self.handbook.pages.len() * 96;
        let mut out = Vec::with_capacity(nodes_bytes + edges_most * (48 + ids * 2 / self.handbook.pages.len().max(1)));
        out.extend_from_slice(format!("{{\"format\":{},\"nodes\":[", export::FORMAT).as_bytes());
        inert_list(self.handbook.pages.iter().map(node), &mut out);
        out.extend_from_slice(b"],\"edges\":[");
        inert_list(edges, &mut out);
        out.extend_from_slice(b"]}\n");
        out
    }

    fn part(&self, number: usize) -> Vec<u8> {
        let pages = self.handbook.all().skip((number - 1) * PART).take(PART);
        // About as much JSON as three times the Markdown: a buffer that grows by doubling would be held twice.
        let source: usize = pages.clone().map(|(_, page)| page.draft.source.text().len()).sum();
        let mut out = Vec::with_capacity(source * 4);
        out.extend_from_slice(format!("{{\"format\":{},\"pages\":[", export::FORMAT).as_bytes());
        inert_list(pages.map(|page| export::page(self, page, export::Detail::Published)), &mut out);
        out.extend_from_slice(b"]}\n");
        out
    }
}

/// Add values between commas.
fn inert_list(values: impl Iterator<Item = serde_json::Value>, out: &mut Vec<u8>) {
    for (index, value) in values.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        inert(&value, out);
    }
}

/// Add JSON that is harmless wherever it is put: nothing in it can end a script or open a tag.
pub(super) fn inert(value: &serde_json::Value, out: &mut Vec<u8>) {
    let mut serializer = serde_json::Serializer::with_formatter(out, Inert);
    // Writing to memory does not fail, and a `Value` holds nothing that JSON cannot.
    let _ = value.serialize(&mut serializer);
}

/// A script that hands over the data called `name` to whoever loaded it.
pub(super) fn give(name: &str, data: &serde_json::Value) -> Vec<u8> {
    let mut out = b"mendbook.give(".to_vec();
    inert(&json!(name), &mut out);
    out.push(b',');
    inert(data, &mut out);
    out.extend_from_slice(b");\n");
    out
}

/// Escapes within strings what is markup elsewhere.
struct Inert;

impl serde_json::ser::Formatter for Inert {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        // All of these begin with one of four bytes, none of which is found inside another character.
        while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'<' | b'>' | b'&' | 0xe2)) {
            let (plain, tail) = rest.split_at(at);
            let Some(first) = tail.chars().next() else { break };
            writer.write_all(plain.as_bytes())?;
            match code(first) {
                Some(code) => writer.write_all(code.as_bytes())?,
                None => writer.write_all(first.encode_utf8(&mut [0; 4]).as_bytes())?,
            }
            rest = tail.get(first.len_utf8()..).unwrap_or("");
        }
        writer.write_all(rest.as_bytes())
    }
}

/// How a character of markup is written in JSON.
fn code(c: char) -> Option<&'static str> {
    Some(match c {
        '<' => "\\u003c",
        '>' => "\\u003e",
        '&' => "\\u0026",
        '\u{2028}' => "\\u2028",
        '\u{2029}' => "\\u2029",
        _ => return None,
    })
}
