//! What stands in a line: text, emphasis, links, code. Where Markdown could not tell emphasis from text, the text stays.

use super::escape;

/// A way of setting words apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Strong,
    Emphasis,
    Deleted,
}

impl Mark {
    fn sign(self) -> &'static str {
        match self {
            Mark::Strong => "**",
            // The other sign, so that two kinds never touch in one.
            Mark::Emphasis => "_",
            Mark::Deleted => "~~",
        }
    }
}

/// A piece of a line, in order of reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Code(String),
    /// Markdown as it is: a reference to a footnote, the box of a task.
    Ready(String),
    Image {
        alt: String,
        src: String,
    },
    Break,
    Open(Mark),
    Close(Mark),
    OpenLink,
    CloseLink {
        href: String,
        title: String,
    },
}

/// Where a line is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a paragraph, where it may have breaks.
    Paragraph,
    /// In a heading.
    Heading,
    /// In a cell.
    Cell,
}

/// The pieces as Markdown.
pub(super) fn write(pieces: Vec<Piece>, place: Place) -> String {
    let pieces = folded(pieces, place);
    let fresh = place == Place::Paragraph;
    let mut line = Line { out: String::new(), fresh, links: 0, open: Vec::new(), touching: None };
    for (at, piece) in pieces.iter().enumerate() {
        line.piece(piece, pieces.get(at + 1..).unwrap_or(&[]));
    }
    let mut out = line.out;
    match place {
        Place::Heading if out.ends_with('#') => out.insert(out.len() - 1, '\\'),
        Place::Cell if out.contains('|') => out = out.replace('|', "\\|"),
        _ => {}
    }
    out
}

/// Without what says nothing: white space is one space and stands outside of marks, empty marks are gone, and each that
/// opens is closed.
fn folded(pieces: Vec<Piece>, place: Place) -> Vec<Piece> {
    let mut folding = Folding { out: Vec::with_capacity(pieces.len()), space: None, opening: Vec::new(), open: 0 };
    for piece in pieces {
        match piece {
            Piece::Text(text) => folding.text(&text),
            Piece::Break if place == Place::Paragraph => folding.space = Some(Piece::Break),
            Piece::Break => folding.space = folding.space.take().or(Some(space())),
            Piece::Open(_) | Piece::OpenLink => folding.opening.push(piece),
            Piece::Close(_) | Piece::CloseLink { .. } => folding.close(piece),
            Piece::Code(_) | Piece::Ready(_) | Piece::Image { .. } => folding.content(piece),
        }
    }
    // Blocks that were opened inside of a mark leave it open.
    let mut closed = 0_usize;
    for piece in folding.out.iter_mut().rev() {
        match piece {
            Piece::Close(_) | Piece::CloseLink { .. } => closed += 1,
            Piece::Open(_) | Piece::OpenLink if closed > 0 => closed -= 1,
            Piece::Open(_) | Piece::OpenLink => *piece = Piece::Text(String::new()),
            _ => {}
        }
    }
    folding.out
}

fn space() -> Piece {
    Piece::Text(" ".to_owned())
}

struct Folding {
    out: Vec<Piece>,
    /// A space or break that is written once something follows.
    space: Option<Piece>,
    /// Marks that are opened once something follows.
    opening: Vec<Piece>,
    /// Marks that are open.
    open: usize,
}

impl Folding {
    fn text(&mut self, text: &str) {
        let mut words = text.split_ascii_whitespace();
        if text.starts_with(|c: char| c.is_ascii_whitespace()) && self.space.is_none() {
            self.space = Some(space());
        }
        let Some(first) = words.next() else { return };
        let mut folded = String::with_capacity(text.len());
        folded.push_str(first);
        for word in words {
            folded.push(' ');
            folded.push_str(word);
        }
        self.content(Piece::Text(folded));
        if text.ends_with(|c: char| c.is_ascii_whitespace()) {
            self.space = Some(space());
        }
    }

    fn content(&mut self, piece: Piece) {
        if let Some(space) = self.space.take().filter(|_| !self.out.is_empty()) {
            self.out.push(space);
        }
        self.open += self.opening.len();
        self.out.append(&mut self.opening);
        self.out.push(piece);
    }

    fn close(&mut self, piece: Piece) {
        if self.opening.pop().is_none() && self.open > 0 {
            self.open -= 1;
            self.out.push(piece);
        }
    }
}

/// A line that is being written.
struct Line {
    out: String,
    /// Whether the next sign is the first of a line.
    fresh: bool,
    links: usize,
    /// The marks that are open, and whether they are written.
    open: Vec<(Mark, bool)>,
    /// The mark whose sign was written last, if nothing was written since.
    touching: Option<Mark>,
}

impl Line {
    fn piece(&mut self, piece: &Piece, rest: &[Piece]) {
        let written = self.out.len();
        let mut touching = None;
        match piece {
            Piece::Text(text) => self.text(text, rest),
            // Two spans that touch would be one.
            Piece::Code(code) if self.out.ends_with('`') => self.text(code, rest),
            Piece::Code(code) => escape::code(code, &mut self.out),
            Piece::Ready(markdown) => self.out.push_str(markdown),
            Piece::Image { alt, src } => {
                self.out.push_str("![");
                escape::text(&crate::prose::fold_space(alt), false, &mut self.out);
                self.out.push(']');
                escape::target(src, "", &mut self.out);
            }
            Piece::Break => self.out.push_str("\\\n"),
            Piece::Open(mark) => touching = self.mark(*mark, rest).then_some(*mark),
            Piece::Close(_) => touching = self.unmark(),
            Piece::OpenLink => {
                self.links += 1;
                self.out.push_str(if self.links == 1 { "[" } else { "" });
            }
            Piece::CloseLink { href, title } => {
                self.links = self.links.saturating_sub(1);
                // A link in a link is none.
                if self.links == 0 {
                    self.out.push(']');
                    escape::target(href, title, &mut self.out);
                }
            }
        }
        if self.out.len() > written {
            self.fresh = *piece == Piece::Break;
            self.touching = touching;
        }
    }

    fn text(&mut self, text: &str, rest: &[Piece]) {
        escape::text(text, self.fresh, &mut self.out);
        let next = rest.iter().find(|piece| !marked(Some(piece)));
        if matches!(next, Some(Piece::OpenLink | Piece::Ready(_))) && self.out.ends_with('!') {
            // It would make a picture of the link.
            self.out.insert(self.out.len() - 1, '\\');
        }
    }

    fn mark(&mut self, mark: Mark, rest: &[Piece]) -> bool {
        let doubled = self.open.iter().any(|(open, _)| *open == mark);
        let written = !doubled && self.can_be_seen(mark, rest);
        if written {
            self.out.push_str(mark.sign());
        }
        self.open.push((mark, written));
        written
    }

    fn unmark(&mut self) -> Option<Mark> {
        let (mark, written) = self.open.pop()?;
        if written {
            self.out.push_str(mark.sign());
        }
        written.then_some(mark)
    }

    /// Whether Markdown sees both ends of a mark: what each has on its two sides decides.
    fn can_be_seen(&self, mark: Mark, rest: &[Piece]) -> bool {
        let Some(end) = closing(rest) else { return false };
        let (inside, behind) = (rest.get(..end).unwrap_or(&[]), rest.get(end + 1..).unwrap_or(&[]));
        let touches = self.touching == Some(mark) || behind.first() == Some(&Piece::Open(mark));
        let sides = [
            (Side::of(self.out.chars().next_back()), first(inside), marked(inside.first())),
            (first(behind), last(inside), marked(inside.last()) || marked(behind.first())),
        ];
        let seen = |(outer, inner, marked): (Side, Side, bool)| {
            let apart = matches!(outer, Side::Space | Side::Sign);
            match inner {
                Side::Space => false,
                Side::Word => apart || !marked && mark != Mark::Emphasis,
                Side::Sign | Side::Other => apart,
            }
        };
        !touches && sides.into_iter().all(seen)
    }
}

/// Where the mark is closed that was opened before these pieces.
fn closing(rest: &[Piece]) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, piece) in rest.iter().enumerate() {
        match piece {
            Piece::Open(_) => depth += 1,
            Piece::Close(_) if depth == 0 => return Some(at),
            Piece::Close(_) => depth -= 1,
            _ => {}
        }
    }
    None
}

fn marked(piece: Option<&Piece>) -> bool {
    matches!(piece, Some(Piece::Open(_) | Piece::Close(_)))
}

/// What stands beside a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Space,
    Word,
    /// A sign that every reader of Markdown takes for punctuation.
    Sign,
    /// One that some may.
    Other,
}

impl Side {
    fn of(c: Option<char>) -> Side {
        match c {
            None => Side::Space,
            Some(c) if c.is_whitespace() => Side::Space,
            Some(c) if c.is_alphanumeric() => Side::Word,
            Some(c) if c.is_ascii() || matches!(c, '\u{2010}'..='\u{2027}' | '«' | '»' | '‹' | '›' | '¿' | '¡') => {
                Side::Sign
            }
            Some(_) => Side::Other,
        }
    }
}

/// What a stretch begins with, marks aside.
fn first(pieces: &[Piece]) -> Side {
    match pieces.iter().find(|piece| !marked(Some(piece))) {
        Some(Piece::Text(text)) => Side::of(text.chars().next()),
        None | Some(Piece::Break) => Side::Space,
        Some(_) => Side::Sign,
    }
}

/// What it ends with.
fn last(pieces: &[Piece]) -> Side {
    match pieces.iter().rev().find(|piece| !marked(Some(piece))) {
        Some(Piece::Text(text)) => Side::of(text.chars().next_back()),
        None | Some(Piece::Break) => Side::Space,
        Some(_) => Side::Sign,
    }
}
