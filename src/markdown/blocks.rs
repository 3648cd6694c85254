//! Elements, as they open and close: which are blocks, which hold others, which mark words.

use super::Tag;
use super::inline::{Mark, Piece, Place, write};
use super::lines::Lines;
use super::table::Table;
use super::{escape, inline};

/// Elements without an end.
const VOID: [&str; 6] = ["br", "col", "hr", "img", "input", "wbr"];

/// Elements that do not part words; all others begin and end a block.
fn is_inline(name: &str) -> bool {
    crate::prose::is_inline(name) || matches!(name, "samp" | "var" | "time" | "wbr")
}

/// What is done when an element ends.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Effect {
    Nothing,
    Block,
    Heading(usize),
    /// A block of which all is strong.
    Title,
    Quote,
    List,
    Item,
    Mark(Mark),
    Link {
        href: String,
        title: String,
    },
    Code,
    /// A block of code; an inner `code` may tell the language.
    Fence(String),
    NoteRef,
    Hidden,
    Table,
    Head,
    Cell(String),
}

/// A list that is open.
#[derive(Debug)]
struct List {
    sign: char,
    /// The number of the next item.
    number: Option<u64>,
    /// Whether items stand apart.
    loose: bool,
    /// Whether its first item follows without a blank line.
    close: bool,
    /// Whether an item is written.
    begun: bool,
}

/// The document, with the elements that are open.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    lines: Lines,
    pieces: Vec<Piece>,
    open: Vec<(String, Effect)>,
    lists: Vec<List>,
    tables: Vec<Table>,
    /// How many cells are open; what is a block elsewhere is text there.
    cells: usize,
    /// The text of the code, or of the reference to a note, that is open.
    verbatim: Option<String>,
    /// How many elements are open that are not shown.
    hidden: usize,
}

impl Blocks {
    /// The document, once all is read.
    pub(super) fn finish(mut self) -> String {
        while let Some((_, effect)) = self.open.pop() {
            self.close(effect);
        }
        self.flush();
        self.lines.finish()
    }

    /// Text.
    pub(super) fn text(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        match &mut self.verbatim {
            Some(verbatim) => verbatim.push_str(text),
            None => self.pieces.push(Piece::Text(text.to_owned())),
        }
    }

    /// An element opens.
    pub(super) fn start(&mut self, tag: Tag) {
        if VOID.contains(&tag.name.as_str()) {
            return self.void(&tag);
        }
        let effect = if self.verbatim.is_some() { self.within_verbatim(&tag) } else { self.opened(&tag) };
        self.open.push((tag.name, effect));
    }

    /// An element closes, and with it all that were left open inside.
    pub(super) fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|(open, _)| open == name) else { return };
        while self.open.len() > at {
            let Some((_, effect)) = self.open.pop() else { return };
            self.close(effect);
        }
    }

    fn void(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            _ if self.hidden > 0 => {}
            "br" if self.verbatim.is_some() => self.text("\n"),
            _ if self.verbatim.is_some() => {}
            "br" => self.pieces.push(Piece::Break),
            "hr" => {
                self.boundary();
                if self.cells == 0 {
                    self.lines.block("___");
                }
            }
            "input" => self.pieces.push(Piece::Ready(if tag.checked { "[x]" } else { "[ ]" }.to_owned())),
            "img" => {
                if let Some(src) = &tag.src {
                    self.pieces.push(Piece::Image { alt: tag.alt.clone(), src: src.clone() });
                }
            }
            _ => {}
        }
    }

    /// In code nothing counts but the text, and what language it is in.
    fn within_verbatim(&mut self, tag: &Tag) -> Effect {
        let language = tag.class.strip_prefix("language-").filter(|_| tag.name == "code");
        if let (Some(language), Some((_, Effect::Fence(own)))) = (language, self.open.last_mut()) {
            *own = language.to_owned();
        }
        Effect::Nothing
    }

    fn opened(&mut self, tag: &Tag) -> Effect {
        let class = tag.class.split(' ').next().unwrap_or("");
        match (tag.name.as_str(), class) {
            ("script" | "style" | "template", _) | ("a", "footnote-back") => {
                self.hidden += 1;
                Effect::Hidden
            }
            ("sup", "footnote-ref") => {
                self.verbatim = Some(String::new());
                Effect::NoteRef
            }
            ("code", _) => {
                self.verbatim = Some(String::new());
                Effect::Code
            }
            ("a", _) => {
                let Some(href) = &tag.href else { return Effect::Nothing };
                self.pieces.push(Piece::OpenLink);
                Effect::Link { href: href.clone(), title: tag.title.clone() }
            }
            ("strong" | "b", _) => self.mark(Mark::Strong),
            ("em" | "i", _) => self.mark(Mark::Emphasis),
            ("del" | "s", _) => self.mark(Mark::Deleted),
            (name, _) if is_inline(name) => Effect::Nothing,
            _ => self.block(tag, class),
        }
    }

    fn mark(&mut self, mark: Mark) -> Effect {
        self.pieces.push(Piece::Open(mark));
        Effect::Mark(mark)
    }

    /// A block opens.
    fn block(&mut self, tag: &Tag, class: &str) -> Effect {
        let text = self.boundary();
        if tag.name == "pre" {
            self.verbatim = Some(String::new());
            return Effect::Fence(String::new());
        }
        if self.cells > 0 {
            return Effect::Block;
        }
        match (tag.name.as_str(), class) {
            ("blockquote", _) | ("div", "callout" | "embed") => {
                self.lines.quote();
                Effect::Quote
            }
            ("p", "callout-title") | ("dt", _) => {
                self.pieces.push(Piece::Open(Mark::Strong));
                Effect::Title
            }
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", _) => {
                let level = tag.name.get(1..).and_then(|level| level.parse().ok());
                Effect::Heading(level.unwrap_or(6))
            }
            ("ul", _) => self.list(None, text),
            ("ol", _) => self.list(Some(tag.start.parse().unwrap_or(1)), text),
            ("li", _) => self.item(tag.id.strip_prefix("fn:")),
            ("p", _) => {
                if let (Some((_, Effect::Item)), Some(list)) = (self.open.last(), self.lists.last_mut()) {
                    list.loose = true;
                }
                Effect::Block
            }
            _ => self.table_part(tag, class),
        }
    }

    fn table_part(&mut self, tag: &Tag, class: &str) -> Effect {
        let table = self.tables.last_mut();
        match (tag.name.as_str(), table) {
            ("table", _) => {
                self.tables.push(Table::default());
                Effect::Table
            }
            ("thead", Some(_)) => Effect::Head,
            ("tr", Some(table)) => {
                table.row();
                Effect::Block
            }
            ("td" | "th", Some(_)) => {
                self.cells += 1;
                Effect::Cell(class.to_owned())
            }
            _ => Effect::Block,
        }
    }

    fn list(&mut self, number: Option<u64>, text: bool) -> Effect {
        // A larger number is none to readers of Markdown.
        let number = number.filter(|number| *number < 100_000_000);
        let above = self.lists.last().is_some_and(|list| !list.loose);
        let inside = matches!(self.open.last(), Some((_, Effect::Item)));
        let close = text && above && inside;
        let sign = self.lines.sign(if number.is_some() { ['.', ')'] } else { ['-', '*'] });
        self.lists.push(List { sign, number, loose: false, close, begun: false });
        Effect::List
    }

    fn item(&mut self, note: Option<&str>) -> Effect {
        if let Some(note) = note.filter(|_| self.lists.is_empty()) {
            self.lines.note(note);
            return Effect::Quote;
        }
        let Some(list) = self.lists.last_mut() else { return Effect::Block };
        // A list that begins in the middle of a paragraph begins with one.
        let close = if list.begun { !list.loose } else { list.close && list.number.is_none_or(|number| number == 1) };
        let sign = match &mut list.number {
            Some(number) => {
                *number += 1;
                format!("{}{}", *number - 1, list.sign)
            }
            None => list.sign.to_string(),
        };
        self.lines.item(&sign, close);
        Effect::Item
    }

    /// What an element does as it ends.
    fn close(&mut self, effect: Effect) {
        match effect {
            Effect::Nothing => {}
            Effect::Hidden => self.hidden = self.hidden.saturating_sub(1),
            Effect::Mark(mark) => self.pieces.push(Piece::Close(mark)),
            Effect::Link { href, title } => self.pieces.push(Piece::CloseLink { href, title }),
            Effect::Code => {
                let code = self.verbatim.take().unwrap_or_default().replace('\n', " ");
                let empty = code.trim_ascii().is_empty();
                self.pieces.push(if empty { Piece::Text(code) } else { Piece::Code(code) });
            }
            Effect::NoteRef => {
                let label = self.verbatim.take().unwrap_or_default();
                self.pieces.push(Piece::Ready(format!("[^{}]", label.trim())));
            }
            Effect::Fence(language) => self.fence(&language),
            Effect::Cell(class) => {
                self.cells -= 1;
                let pieces = std::mem::take(&mut self.pieces);
                if let Some(table) = self.tables.last_mut() {
                    table.cell(pieces, &class);
                }
            }
            Effect::Title => {
                self.pieces.push(Piece::Close(Mark::Strong));
                self.flush();
            }
            _ => self.close_block(&effect),
        }
    }

    fn close_block(&mut self, effect: &Effect) {
        if let Effect::Heading(level) = effect {
            let heading = write(std::mem::take(&mut self.pieces), Place::Heading);
            if !heading.is_empty() {
                self.lines.block(&format!("{} {heading}", "#".repeat(*level)));
            }
            return;
        }
        self.boundary();
        match effect {
            Effect::Quote => {
                self.lines.leave();
            }
            Effect::Item => {
                let written = self.lines.leave();
                if let Some(list) = self.lists.last_mut() {
                    list.begun |= written;
                }
            }
            Effect::List => {
                if let Some(list) = self.lists.pop() {
                    self.lines.end_list(list.sign);
                }
            }
            Effect::Head => {
                if let Some(table) = self.tables.last_mut() {
                    table.head();
                }
            }
            Effect::Table => {
                if let Some(table) = self.tables.pop().and_then(Table::finish) {
                    self.lines.block(&table);
                }
            }
            _ => {}
        }
    }

    fn fence(&mut self, language: &str) {
        let code = self.verbatim.take().unwrap_or_default();
        if self.cells > 0 {
            return self.pieces.push(Piece::Code(code.trim_ascii().replace('\n', " ")));
        }
        let fence = "`".repeat(escape::longest_run(&code, '`').max(2) + 1);
        let mut info = String::new();
        if !language.contains(['`', ' ']) {
            escape::text(language, false, &mut info);
        }
        let code = code.strip_suffix('\n').unwrap_or(&code);
        self.lines.block(&format!("{fence}{info}\n{code}\n{fence}"));
    }

    /// A block begins or ends here; says whether text stood before it.
    fn boundary(&mut self) -> bool {
        if self.cells > 0 {
            self.pieces.push(Piece::Text(" ".to_owned()));
            return false;
        }
        self.flush()
    }

    fn flush(&mut self) -> bool {
        let text = inline::write(std::mem::take(&mut self.pieces), Place::Paragraph);
        if !text.is_empty() {
            self.lines.block(&text);
        }
        !text.is_empty()
    }
}
