//! Questions to pages: an index of all words, and the ranking that the command line, the check and the browser share.

use std::sync::OnceLock;

use crate::config::Config;
use crate::graph::Graph;
use crate::model::{Handbook, Page};

mod answer;
mod ask;
mod files;
mod forms;
mod index;
mod like;
mod pack;
mod queries;
mod rank;
mod units;
mod words;

pub use answer::{Answer, Found, Hit, Question};
pub use ask::{Why, Widened};
pub use files::WordFile;
pub use index::{Group, Index, Posting, group_word, unit_numbers};
pub use pack::{front_coded, numbers};
pub use queries::{Queries, Query};
pub use units::{CLASSES, Class, Part, Unit, Units};
pub use words::{Token, cut, fillers, tokens};

/// What can be found in a handbook.
#[derive(Debug, Default)]
pub struct Search {
    /// Its words.
    pub index: Index,
    likes: OnceLock<like::Likes>,
    files: OnceLock<Vec<WordFile>>,
}

impl Search {
    /// Of a handbook.
    #[must_use]
    pub fn new(handbook: &Handbook, graph: &Graph, config: &Config) -> Search {
        Search { index: Index::new(handbook, graph, config), ..Search::default() }
    }

    /// Its words in so many files; the number that is named first counts.
    #[must_use]
    pub fn word_files(&self, files: usize) -> &[WordFile] {
        self.files.get_or_init(|| self.index.shared_out(files))
    }

    /// Signals of other pages that are like this one, best first: page, unit, sixteenths.
    #[must_use]
    pub fn like(&self, signal: Posting) -> &[(u32, u16, u64)] {
        let likes = self.likes.get_or_init(|| like::likes(&self.index));
        likes.get(&signal).map_or(&[], Vec::as_slice)
    }

    /// Whether the finder suggests a page: one with signals that is in use.
    #[must_use]
    pub fn is_in_finder(page: &Page) -> bool {
        page.is_live() && page.section("signals").is_some_and(|signals| !signals.items.is_empty())
    }
}
