//! Elements of Markdown that become elements of HTML: lists, headings, code, cells, boxes.

use pulldown_cmark::{Alignment, CodeBlockKind, HeadingLevel, Tag};

use super::Anchor;
use super::events::words;
use super::writer::{Closer, Writer};
use crate::prose::{Frag, Hole, escape};

impl<'a> Writer<'a, '_> {
    /// Elements that are only a pair of tags.
    pub(super) fn simple(&mut self, tag: &Tag<'a>, close: usize) {
        let mark = self.flow.mark();
        let block = |closing| Closer::Block(closing, mark, self.links.len());
        let (opening, closer) = match tag {
            Tag::List(None) => ("<ul>\n", Closer::Html("</ul>\n")),
            Tag::List(Some(1)) => ("<ol>\n", Closer::Html("</ol>\n")),
            Tag::List(Some(start)) => {
                self.flow.push_html(&format!("<ol start=\"{start}\">\n"));
                ("", Closer::Html("</ol>\n"))
            }
            Tag::Item => ("<li>", block("</li>\n")),
            Tag::DefinitionList => ("<dl>\n", Closer::Html("</dl>\n")),
            Tag::DefinitionListTitle => ("<dt>", block("</dt>\n")),
            Tag::DefinitionListDefinition => ("<dd>", block("</dd>\n")),
            Tag::Emphasis => ("<em>", Closer::Html("</em>")),
            Tag::Strong => ("<strong>", Closer::Html("</strong>")),
            Tag::Strikethrough => ("<del>", Closer::Html("</del>")),
            Tag::Superscript => ("<sup>", Closer::Html("</sup>")),
            Tag::Subscript => ("<sub>", Closer::Html("</sub>")),
            _ => ("", Closer::Html("")),
        };
        self.open(opening, (close, closer));
    }

    pub(super) fn heading(&mut self, level: HeadingLevel, (at, close): (usize, usize)) {
        // A page has one h1, its title: any further one counts as h2.
        let (opening, closing) = match level {
            HeadingLevel::H1 | HeadingLevel::H2 => ("<h2", "</h2>\n"),
            HeadingLevel::H3 => ("<h3", "</h3>\n"),
            HeadingLevel::H4 => ("<h4", "</h4>\n"),
            HeadingLevel::H5 => ("<h5", "</h5>\n"),
            HeadingLevel::H6 => ("<h6", "</h6>\n"),
        };
        self.flow.push_html(opening);
        if let Some(id) = self.heading_ids.get(&at) {
            self.marks.push(Anchor { id: id.clone(), heading: words(self.evs, at..close), body: Frag::default() });
            self.flow.push_hole(Hole::Id(id.as_str().into()));
        }
        self.flow.push_html(">");
        let block = Closer::Block(closing, self.flow.mark(), self.links.len());
        self.closers.push((close, block));
    }

    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'a>, close: usize) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '\t']).next().unwrap_or(""),
            CodeBlockKind::Indented => "",
        };
        if language.is_empty() {
            self.open("<pre><code>", (close, Closer::Code));
        } else {
            let html = format!("<pre><code class=\"language-{}\">", escape(language));
            self.open(&html, (close, Closer::Code));
        }
    }

    pub(super) fn cell(&mut self, close: usize) {
        let Some((alignments, column, head)) = self.cells.last_mut() else { return };
        let class = match alignments.get(*column) {
            Some(Alignment::Left) => " class=\"ta-left\"",
            Some(Alignment::Center) => " class=\"ta-center\"",
            Some(Alignment::Right) => " class=\"ta-right\"",
            _ => "",
        };
        *column += 1;
        let (name, closing) = if *head { ("<th scope=\"col\"", "</th>") } else { ("<td", "</td>") };
        self.flow.push_html(name);
        self.flow.push_html(class);
        self.flow.push_html(">");
        let block = Closer::Block(closing, self.flow.mark(), self.links.len());
        self.closers.push((close, block));
    }

    /// The box of a task: it shows what is done, and is not for ticking.
    pub(super) fn tick_box(&mut self, done: bool) {
        let (checked, key) = if done { (" checked", "task.done") } else { ("", "task.open") };
        let label = escape(&self.reading.wording.say(key, &[]));
        self.flow.push_html(&format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "));
    }
}
