//! The proof that an output for the public holds nothing of what is internal.
//!
//! What stands in internal sources and nowhere in published text is looked for in every file: addresses, ids, titles and
//! other names, contacts, and every run of eight words. It does not know how the output is made, and so finds what any
//! part of the program, a template or a copied file lets out.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use aho_corasick::AhoCorasick;
use rayon::prelude::*;

use crate::diag::Diagnostic;
use crate::source::Span;

mod pieces;
mod reading;
mod secrets;
mod words;

use pieces::Said;
use reading::{Text, read};
pub use secrets::Material;
use words::{Numbers, Phrases, Words, run, words};

/// Words in a row that are no accident.
const RUN: usize = 8;

/// Findings that are told; many files mostly share one fault.
const MOST: usize = 50;

/// What nobody in public may read.
#[derive(Debug, Default)]
pub struct Secrets {
    list: Vec<Secret>,
    /// Names, as words.
    names: Phrases,
    /// Addresses and ids, letter by letter: a matcher, and the secret of each of its patterns.
    exact: Option<AhoCorasick>,
    patterns: Vec<u32>,
    /// Every run of words, and the secret that tells of its source.
    runs: Numbers<u32>,
    /// Which secrets are none, because published text says the same.
    open: Vec<bool>,
}

/// One of them.
#[derive(Debug)]
struct Secret {
    /// What it is: "the title `Pay bands`".
    what: String,
    /// Where it is written.
    path: Arc<str>,
    span: Span,
}

/// What one file lets out: a secret, and the words if it is a run of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    secret: u32,
    words: Option<String>,
}

/// Secrets found in a text.
#[derive(Default)]
struct Hits {
    /// By their numbers.
    secrets: BTreeSet<u32>,
    /// The numbers of runs.
    runs: HashSet<u64>,
    /// Of each source the first words.
    words: BTreeMap<u32, String>,
}

/// What of the secrets is published, and which pieces.
#[derive(Default)]
struct Open {
    secrets: BTreeSet<u32>,
    runs: HashSet<u64>,
    said: Said,
}

impl Open {
    fn and(mut self, other: Open) -> Open {
        self.secrets.extend(other.secrets);
        self.runs.extend(other.runs);
        self.said.extend(other.said);
        self
    }
}

impl Secrets {
    /// What is internal in the material and is not said in its published part too.
    #[must_use]
    pub fn new(material: &Material<'_>) -> Secrets {
        let (mut secrets, joined) = material.secrets();
        let look = |open: Open, text: String| {
            let text = read(text.as_bytes());
            let Hits { secrets, runs, .. } = secrets.all(&text);
            open.and(Open { secrets, runs, said: joined.said(&words(&text.bare)) })
        };
        let published = material.published().fold(Open::default, look).reduce(Open::default, Open::and);
        for secret in published.secrets {
            if let Some(open) = secrets.open.get_mut(secret as usize) {
                *open = true;
            }
        }
        for run in published.runs.into_iter().chain(joined.open(&published.said)) {
            secrets.runs.remove(&run);
        }
        secrets
    }

    /// What a file of the output lets out, by its path and its bytes.
    #[must_use]
    pub fn look(&self, path: &str, bytes: &[u8]) -> Vec<Leak> {
        let (named, mut hits) = (self.all(&read(path.as_bytes())), self.all(&read(bytes)));
        hits.secrets.extend(named.secrets);
        hits.words.extend(named.words);
        let closed = hits.secrets.into_iter().filter(|secret| self.open.get(*secret as usize) == Some(&false));
        let mut leaks: Vec<Leak> = closed.map(|secret| Leak { secret, words: None }).collect();
        leaks.extend(hits.words.into_iter().map(|(secret, words)| Leak { secret, words: Some(words) }));
        leaks
    }

    /// Every secret in a text, also those that are published.
    fn all(&self, Text { whole, bare }: &Text) -> Hits {
        let mut hits = Hits::default();
        for found in self.exact.iter().flat_map(|exact| exact.find_overlapping_iter(whole)) {
            if stands_alone(whole, found.range()) {
                hits.secrets.extend(self.patterns.get(found.pattern().as_usize()));
            }
        }
        self.spoken(whole, &mut hits);
        self.spoken(bare, &mut hits);
        hits
    }

    /// The names and runs of words in a text.
    fn spoken(&self, text: &str, hits: &mut Hits) {
        let Words { list: words, places, .. } = words(text);
        for at in 0..words.len() {
            let rest = words.get(at..).unwrap_or(&[]);
            hits.secrets.extend(self.names.at(rest).map(|(_, secret)| secret));
            let Some((number, secret)) = rest.get(..RUN).map(run).and_then(|run| Some((run, self.runs.get(&run)?)))
            else {
                continue;
            };
            hits.runs.insert(number);
            hits.words.entry(*secret).or_insert_with(|| {
                let (from, to) = (places.get(at), places.get(at + RUN));
                let said = text.get(from.copied().unwrap_or(0)..to.copied().unwrap_or(text.len())).unwrap_or("");
                crate::prose::fold_space(said.get(..said.floor_char_boundary(160)).unwrap_or(""))
            });
        }
    }

    /// Findings about leaks, each once however many files share it: the path of each file, and what it lets out.
    #[must_use]
    pub fn told<'p>(&self, files: impl IntoIterator<Item = (&'p str, Vec<Leak>)>) -> Vec<Diagnostic> {
        let mut by_secret: BTreeMap<(u32, bool), (Leak, &str, usize)> = BTreeMap::new();
        for (path, leaks) in files {
            for leak in leaks {
                let key = (leak.secret, leak.words.is_some());
                by_secret.entry(key).and_modify(|(.., others)| *others += 1).or_insert((leak, path, 0));
            }
        }
        by_secret.into_values().take(MOST).filter_map(|found| self.finding(&found)).collect()
    }

    fn finding(&self, (leak, path, others): &(Leak, &str, usize)) -> Option<Diagnostic> {
        let secret = self.list.get(leak.secret as usize)?;
        let what = match &leak.words {
            Some(words) => format!("words of an internal source: `{}`", words.replace('`', "'")),
            None => secret.what.clone(),
        };
        let files = match others {
            0 => format!("`{path}` holds"),
            others => format!("`{path}` and {} hold", crate::prose::counted(*others, "file more")),
        };
        let finding = Diagnostic::new("internal-leak", format!("{files} {what}")).at(&secret.path, secret.span);
        Some(
            finding
                .hint("take it out of what puts it there (a template, a file that is copied), or say it in public too"),
        )
    }
}

/// Whether what was found is no part of a longer address or name.
fn stands_alone(text: &str, found: std::ops::Range<usize>) -> bool {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let (before, after) = (text.get(..found.start).unwrap_or(""), text.get(found.end..).unwrap_or(""));
    let own = text.get(found).unwrap_or("");
    let mut next = after.chars();
    let goes_on = match next.next() {
        Some('/') => next.next().is_some_and(part),
        Some(c) => part(c) && !own.ends_with('-'),
        None => false,
    };
    !goes_on && (own.starts_with('-') || !before.chars().next_back().is_some_and(part))
}
