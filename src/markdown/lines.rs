//! Blocks, line by line, in the quotes, items and notes that they stand in.

/// Quotes and items stand this deep in each other; what is deeper has no sign of its own.
const DEEPEST: usize = 50;

/// A quote, an item or a note: what its first line begins with, and what the others do.
#[derive(Debug)]
struct Within {
    first: String,
    rest: String,
    /// Whether something stands in it.
    begun: bool,
    /// Whether what begins it follows on the line before without a blank one.
    close: bool,
}

/// The document so far.
#[derive(Debug, Default)]
pub(super) struct Lines {
    out: String,
    within: Vec<Within>,
    /// How many more are open than have a sign.
    deeper: usize,
    /// Where a list has ended and nothing else followed: how deep, and its sign. One that follows takes another sign, as
    /// they would be one list.
    ended: Option<(usize, char)>,
}

impl Lines {
    /// The document.
    pub(super) fn finish(mut self) -> String {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }

    /// Write a block.
    pub(super) fn block(&mut self, text: &str) {
        if self.ended.is_some_and(|(depth, _)| depth >= self.within.len()) {
            self.ended = None;
        }
        self.part();
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.out.push('\n');
            }
            self.line(line);
        }
    }

    /// What parts a block from the one before.
    fn part(&mut self) {
        if self.out.is_empty() {
            return;
        }
        self.out.push('\n');
        let fresh = self.within.iter().find(|within| !within.begun);
        if fresh.is_none_or(|fresh| !fresh.close) {
            let blank: String =
                self.within.iter().take_while(|within| within.begun).map(|within| within.rest.as_str()).collect();
            self.out.push_str(blank.trim_end());
            self.out.push('\n');
        }
    }

    fn line(&mut self, line: &str) {
        let start = self.out.len();
        for within in &mut self.within {
            self.out.push_str(if within.begun { &within.rest } else { &within.first });
            within.begun = true;
        }
        self.out.push_str(line);
        if line.is_empty() {
            let kept = self.out.get(start..).map_or(0, |line| line.trim_end_matches(' ').len());
            self.out.truncate(start + kept);
        }
    }

    /// Begin a quote.
    pub(super) fn quote(&mut self) {
        self.enter("> ".to_owned(), "> ".to_owned(), false);
    }

    /// Begin a note that is called `label`.
    pub(super) fn note(&mut self, label: &str) {
        self.enter(format!("[^{label}]: "), "    ".to_owned(), false);
    }

    /// Begin an item behind its sign; `close` says whether it follows without a blank line.
    pub(super) fn item(&mut self, sign: &str, close: bool) {
        self.enter(format!("{sign} "), " ".repeat(sign.len() + 1), close);
    }

    fn enter(&mut self, first: String, rest: String, close: bool) {
        if self.within.len() >= DEEPEST {
            self.deeper += 1;
            return;
        }
        self.within.push(Within { first, rest, begun: false, close });
    }

    /// End what was begun last; a note with nothing in it is still one, as something names it. Says whether
    /// there is anything.
    pub(super) fn leave(&mut self) -> bool {
        if self.deeper > 0 {
            self.deeper -= 1;
            return true;
        }
        if self.within.last().is_some_and(|within| !within.begun && within.first.starts_with("[^")) {
            self.block("");
        }
        self.within.pop().is_some_and(|within| within.begun)
    }

    /// The sign of a list that begins here.
    pub(super) fn sign(&self, signs: [char; 2]) -> char {
        let [usual, other] = signs;
        if self.ended == Some((self.within.len(), usual)) { other } else { usual }
    }

    /// A list with this sign has ended.
    pub(super) fn end_list(&mut self, sign: char) {
        self.ended = Some((self.within.len(), sign));
    }
}
