//! How the words of an index are shared out among files: in their order, so that a question needs few of them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::index::Index;

/// One file of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordFile {
    /// Its words, as a range of [`Index::words`].
    pub words: Range<usize>,
    /// The terms whose first words they are: where these stand is told here.
    pub terms: Range<u32>,
    /// Words of these terms that lie in later files, by the term's place in this one.
    pub elsewhere: BTreeMap<u32, Vec<Box<str>>>,
}

impl Index {
    /// Share the words out among so many files of about one size.
    #[must_use]
    pub(super) fn shared_out(&self, files: usize) -> Vec<WordFile> {
        let mut next = 0;
        let mut sizes = Vec::with_capacity(self.words.len());
        let mut total = 0;
        for (word, term) in self.words.iter().zip(&self.terms) {
            sizes.push(total);
            total += 3 + word.len() / 2;
            if *term == next {
                total += 5 + self.postings(*term).len() * 2;
                next += 1;
            }
        }
        let files = files.max(1);
        let mut out: Vec<WordFile> = Vec::new();
        let (mut word, mut term) = (0, 0);
        for file in 0..files {
            let (first, start) = (word, term);
            while sizes.get(word).is_some_and(|size| size * files / total.max(1) <= file) {
                term = term.max(self.terms.get(word).map_or(0, |own| own + 1));
                word += 1;
            }
            out.push(WordFile { words: first..word, terms: start..term, elsewhere: BTreeMap::new() });
        }
        self.note_elsewhere(&mut out);
        out
    }

    fn note_elsewhere(&self, files: &mut [WordFile]) {
        let all: Vec<Range<usize>> = files.iter().map(|file| file.words.clone()).collect();
        for (at, words) in all.into_iter().enumerate() {
            for place in words {
                let (Some(word), Some(term)) = (self.words.get(place), self.terms.get(place)) else { continue };
                let home = files.partition_point(|file| file.terms.end <= *term);
                if let Some(file) = files.get_mut(home).filter(|_| home != at) {
                    file.elsewhere.entry(term - file.terms.start).or_default().push(word.clone());
                }
            }
        }
    }
}
