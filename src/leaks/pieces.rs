//! Runs of words across the ends of sentences and blocks. Lists and cards set published pieces side by side, so such a run
//! is no secret where each of its pieces is published.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::ops::Range;

use super::RUN;
use super::words::{AsItIs, Words, further, run};

/// Numbers of pieces.
pub(super) type Said = HashSet<u64, BuildHasherDefault<AsItIs>>;

/// Such runs, each with its pieces.
#[derive(Default)]
pub(super) struct Joined {
    runs: Vec<(u64, Range<usize>)>,
    pieces: Vec<u64>,
    asked: Said,
}

impl Joined {
    /// Take in the run that begins at a word, if it is made of pieces.
    pub(super) fn add(&mut self, words: &Words, at: usize) {
        let ends = at..at + RUN;
        let Some((list, parted)) = words.list.get(ends.clone()).zip(words.parted.get(ends)) else { return };
        let mut starts: Vec<usize> = (1..RUN).filter(|place| parted.get(*place) == Some(&true)).collect();
        if starts.is_empty() {
            return;
        }
        starts.insert(0, 0);
        let first = self.pieces.len();
        for (index, start) in starts.iter().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(RUN);
            if let Some(piece) = list.get(*start..end) {
                self.pieces.push(run(piece));
                self.asked.insert(run(piece));
            }
        }
        self.runs.push((run(list), first..self.pieces.len()));
    }

    /// The pieces that stand in a text.
    pub(super) fn said(&self, words: &Words) -> Said {
        let mut said = Said::default();
        for at in 0..words.list.len() {
            let mut number = 0;
            for word in words.list.iter().skip(at).take(RUN - 1) {
                number = further(number, *word);
                if self.asked.contains(&number) {
                    said.insert(number);
                }
            }
        }
        said
    }

    /// The runs of which every piece is said.
    pub(super) fn open(self, said: &Said) -> impl Iterator<Item = u64> {
        let is_said = move |pieces: &Range<usize>| {
            self.pieces.get(pieces.clone()).unwrap_or(&[]).iter().all(|piece| said.contains(piece))
        };
        self.runs.into_iter().filter(move |(_, pieces)| is_said(pieces)).map(|(run, _)| run)
    }
}
