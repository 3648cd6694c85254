//! A Markdown page that holds small handbooks: its prose, its fences, and what each fence stands for.
#![allow(dead_code, reason = "each test program uses a part")]

use std::fmt;

/// A page: what stands before the first `##`, then one handbook for each `##`.
pub(crate) struct Page {
    /// The handbooks, in order; the first may be prose only.
    pub(crate) sites: Vec<Site>,
}

/// One handbook with the prose around it.
#[derive(Default)]
pub(crate) struct Site {
    /// Prose and fences, in order.
    pub(crate) pieces: Vec<Piece>,
}

/// A run of prose, or a fence.
pub(crate) struct Piece {
    /// What it stands for.
    pub(crate) role: Role,
    /// The prose with its line ends, or the text inside the fence.
    pub(crate) text: String,
    /// The opening line of a fence, and the marks that close it.
    marks: (String, String),
}

/// What a fence stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    /// `file:PATH`: a text file.
    File(String),
    /// `bytes:PATH`: a file in which `\xE9` stands for that byte.
    Bytes(String),
    /// `link:PATH`: a symbolic link to what the fence holds.
    Link(String),
    /// `socket:PATH`: something that is neither a file nor a folder.
    Socket(String),
    /// `then:PATH`: that file at a later time.
    Then(String),
    /// `gone:PATH`: that file is deleted by then.
    Gone(String),
    /// `says`: what mendbook says.
    Says,
    /// `says markdown`: the same as Markdown.
    Markdown,
    /// `fixed:PATH`: that file after `--fix`.
    Fixed(String),
    /// Anything else.
    Prose,
}

impl Role {
    fn read(info: &str) -> Self {
        if info == "says" {
            return Self::Says;
        }
        if info == "says markdown" {
            return Self::Markdown;
        }
        let path = |mark: &str| {
            let path = info.strip_prefix(mark).or_else(|| Some(info.split_once(&format!(" {mark}"))?.1));
            path.map(str::to_owned)
        };
        None.or_else(|| path("file:").map(Self::File))
            .or_else(|| path("then:").map(Self::Then))
            .or_else(|| path("gone:").map(Self::Gone))
            .or_else(|| path("bytes:").map(Self::Bytes))
            .or_else(|| path("link:").map(Self::Link))
            .or_else(|| path("socket:").map(Self::Socket))
            .or_else(|| path("fixed:").map(Self::Fixed))
            .unwrap_or(Self::Prose)
    }

    /// The path of a text file.
    pub(crate) fn file(&self) -> Option<&str> {
        if let Self::File(path) = self { Some(path) } else { None }
    }

    /// The info string of a fence that is written anew.
    fn info(&self) -> String {
        match self {
            Self::Fixed(path) if path.ends_with(".toml") => format!("toml fixed:{path}"),
            Self::Fixed(path) => format!("markdown fixed:{path}"),
            Self::Markdown => "says markdown".to_owned(),
            _ => "says".to_owned(),
        }
    }
}

impl Piece {
    /// A text file.
    pub(crate) fn file(path: &str, text: &str) -> Self {
        Self { role: Role::File(path.to_owned()), text: text.to_owned(), marks: Default::default() }
    }

    fn prose(line: &str) -> Self {
        Self { role: Role::Prose, text: line.to_owned(), marks: Default::default() }
    }
}

impl Page {
    /// Read a page.
    pub(crate) fn read(text: &str) -> Self {
        let mut sites = vec![Site::default()];
        let mut open = false;
        for line in text.split_inclusive('\n') {
            if !open && line.starts_with("## ") {
                sites.push(Site::default());
            }
            let pieces = &mut sites.last_mut().unwrap().pieces;
            if open {
                let piece = pieces.last_mut().unwrap();
                open = line.trim_end() != piece.marks.1;
                piece.text.push_str(if open { line } else { "" });
            } else if let Some(marks) = opening(line) {
                let info = line.trim_end().trim_start_matches(['`', '~']).trim();
                pieces.push(Piece { role: Role::read(info), text: String::new(), marks: (line.to_owned(), marks) });
                open = true;
            } else {
                pieces.push(Piece::prose(line));
            }
        }
        assert!(!open, "a fence is not closed");
        Self { sites }
    }
}

/// The marks that close the fence which this line opens.
fn opening(line: &str) -> Option<String> {
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let length = line.chars().take_while(|c| *c == mark).count();
    (length >= 3).then(|| mark.to_string().repeat(length))
}

impl fmt::Display for Page {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in self.sites.iter().flat_map(|site| &site.pieces) {
            write!(out, "{}{}", piece.marks.0, piece.text)?;
            if !piece.marks.1.is_empty() {
                writeln!(out, "{}", piece.marks.1)?;
            }
        }
        Ok(())
    }
}

impl Site {
    /// Whether there is a handbook at all.
    pub(crate) fn holds_files(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| !matches!(piece.role, Role::Prose | Role::Says | Role::Markdown | Role::Fixed(_)))
    }

    /// The words of its heading.
    pub(crate) fn title(&self) -> &str {
        self.pieces.first().map_or("", |piece| piece.text.trim().trim_start_matches(['#', ' ']))
    }

    /// Put `text` into the fence of this role; a complaint if it held something else, or is not there.
    pub(crate) fn expect(&mut self, role: &Role, text: &str) -> Option<String> {
        let title = self.title().to_owned();
        match self.pieces.iter_mut().find(|piece| piece.role == *role) {
            Some(piece) if piece.text == text => None,
            Some(piece) => {
                let old = std::mem::replace(&mut piece.text, text.to_owned());
                Some(format!("{title}: `{}` has changed\n--- on the page\n{old}--- now\n{text}", role.info()))
            }
            None => {
                self.add(role, text);
                Some(format!("{title}: the fence `{}` is missing", role.info()))
            }
        }
    }

    /// Fences for files that `--fix` leaves alone; they are taken out.
    pub(crate) fn stale(&mut self, fixed: &[(String, String)]) -> Vec<String> {
        let is_stale = |piece: &Piece| match &piece.role {
            Role::Fixed(path) => fixed.iter().all(|(other, _)| other != path),
            _ => false,
        };
        let title = self.title().to_owned();
        let complaint = |piece: Piece| format!("{title}: `--fix` does not change what `{}` shows", piece.role.info());
        self.pieces.extract_if(.., |piece| is_stale(piece)).map(complaint).collect()
    }

    /// Add a fence after the last one, and before the empty line that ends the handbook.
    fn add(&mut self, role: &Role, text: &str) {
        let longest = text.lines().filter_map(opening).map(|marks| marks.len()).max().unwrap_or(2);
        let marks = "`".repeat(longest.max(2) + 1);
        let piece =
            Piece { role: role.clone(), text: text.to_owned(), marks: (format!("{marks}{}\n", role.info()), marks) };
        let last = self.pieces.iter().rposition(|piece| piece.role != Role::Prose).map_or(0, |at| at + 1);
        self.pieces.splice(last..last, [Piece::prose("\n"), piece]);
    }
}

/// The bytes that a text with `\xE9` stands for.
pub(crate) fn bytes(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut out = parts.next().unwrap_or("").as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        out.push(u8::from_str_radix(digits, 16).unwrap());
        out.extend_from_slice(rest.as_bytes());
    }
    out
}
