//! Tables.

use super::inline::{Piece, Place, write};

/// A table that is being read.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
    /// How the columns are set, as the cells of the first row say.
    aligned: Vec<&'static str>,
    /// Whether the first row is a head.
    head: bool,
}

impl Table {
    /// A row begins.
    pub(super) fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// The rows so far are its head.
    pub(super) fn head(&mut self) {
        self.head = true;
    }

    /// A cell has ended.
    pub(super) fn cell(&mut self, pieces: Vec<Piece>, class: &str) {
        if self.rows.is_empty() {
            self.row();
        }
        if self.rows.len() == 1 {
            self.aligned.push(match class {
                "ta-left" => ":--",
                "ta-center" => ":-:",
                "ta-right" => "--:",
                _ => "---",
            });
        }
        if let Some(row) = self.rows.last_mut() {
            row.push(write(pieces, Place::Cell));
        }
    }

    /// As Markdown; nothing if it has no cells.
    pub(super) fn finish(self) -> Option<String> {
        let width = self.rows.iter().map(Vec::len).max().filter(|width| *width > 0)?;
        let mut rows = self.rows.into_iter().filter(|row| !row.is_empty());
        let head = if self.head { rows.next() } else { None };
        let line = |cells: &mut dyn Iterator<Item = &str>| {
            let cells: Vec<&str> = cells.chain(std::iter::repeat("")).take(width).collect();
            format!("| {} |", cells.join(" | "))
        };
        let mut lines = vec![line(&mut head.iter().flatten().map(String::as_str))];
        let set = self.aligned.iter().copied().chain(std::iter::repeat("---"));
        lines.push(line(&mut set.take(width)));
        lines.extend(rows.map(|row| line(&mut row.iter().map(String::as_str))));
        Some(lines.join("\n"))
    }
}
