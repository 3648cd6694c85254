//! What is typed to terms: forms, synonyms, beginnings of words, slips of the finger. `search.js` has the same rules.

use super::index::{GROUP, Index, group_word};
use super::words::{Token, is_pair, tokens};

/// Words of a question that are looked for.
const MOST_ASKED: usize = 24;

/// What a term counts that was found as it was typed; ways around it count less.
pub(super) const WHOLE: u64 = 16;

/// What a synonym counts.
const MEANT: u64 = 14;

/// What a form counts that was found in place of a word that no page has.
const NEAR: u64 = 12;

/// What a longer word counts, where the one that was typed is known.
const BEGUN: u64 = 6;

/// Words with the same beginning that one may become.
const MOST_BEGINNINGS: usize = 12;

/// Words that a misspelt one may be.
const MOST_NEAR: usize = 3;

/// How a word was widened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A letter was wrong, missing, doubled or in the wrong place.
    Typo,
    /// Another form of the word stands in the handbook.
    Ending,
    /// The word is the beginning of others.
    Prefix,
    /// `site.toml` says that they mean the same.
    Synonym,
    /// A page is also called so.
    Alias,
}

impl Why {
    /// Its name, as the browser has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Why::Typo => "typo",
            Why::Ending => "ending",
            Why::Prefix => "prefix",
            Why::Synonym => "synonym",
            Why::Alias => "alias",
        }
    }
}

/// A word that was looked for as others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Widened {
    /// As it was typed.
    pub word: String,
    /// What it was looked for as: words, or titles of pages.
    pub to: Vec<String>,
    /// Why.
    pub why: Why,
}

/// A word that is looked for: terms, and what each counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Asked {
    pub(super) terms: Vec<(u32, u64)>,
}

/// A text that was understood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Understood {
    /// Its words, each once.
    pub(super) asked: Vec<Asked>,
    /// Words that no page knows.
    pub(super) left: Vec<String>,
    /// Words that were looked for as others.
    pub(super) widened: Vec<Widened>,
}

impl Index {
    /// Understand a text. `typing`: its last word may be the beginning of one.
    pub(super) fn understand(&self, text: &str, typing: bool) -> Understood {
        let tokens = tokens(text, self.longest);
        let says_nothing =
            |(at, token): (usize, &Token)| self.is_filler(&token.word) && self.phrase(&tokens, at).is_none();
        let all = tokens.iter().enumerate().all(says_nothing);
        let mut understood = Understood::default();
        let mut seen: Vec<&str> = Vec::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            if let Some((group, words)) = self.phrase(&tokens, at) {
                let to = tokens.get(at + words - 1).map_or(token.to, |last| last.to);
                understood.phrase(self, group, text.get(token.from..to).unwrap_or(""));
                at += words;
                continue;
            }
            at += 1;
            if (self.is_filler(&token.word) && !all) || seen.contains(&&*token.word) || seen.len() >= MOST_ASKED {
                continue;
            }
            seen.push(&token.word);
            let last = typing && at == tokens.len();
            understood.word(self, token, (text.get(token.from..token.to).unwrap_or(""), last));
        }
        understood
    }

    /// The longest synonym of several words that begins at a place: its group, and how many words it has.
    fn phrase(&self, tokens: &[Token], at: usize) -> Option<(usize, usize)> {
        let groups = self.groups.iter().enumerate();
        let spelt = groups.flat_map(|(number, group)| group.spelt.iter().map(move |spelt| (number, spelt)));
        let fits = |spelt: &str| {
            let count = spelt.split(' ').count();
            let own = tokens.iter().skip(at).take(count).map(|token| &*token.word);
            (count > 1 && own.eq(spelt.split(' '))).then_some(count)
        };
        let found = spelt.filter_map(|(number, spelt)| Some((number, fits(spelt)?)));
        found.reduce(|best, next| if next.1 > best.1 { next } else { best })
    }

    /// Words of which `word` is the beginning, the word itself left out.
    fn beginnings(&self, word: &str) -> Vec<usize> {
        self.beginning(word).filter(|at| self.word(*at) != word).take(MOST_BEGINNINGS).collect()
    }

    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word)
    }

    /// Words that differ from one by a letter or two, or only in their ending; the nearest, in order.
    fn near(&self, word: &str) -> (Vec<usize>, Why) {
        let letters = word.chars().count();
        let Some(first) = word.chars().next().filter(|_| letters > 3) else { return (Vec::new(), Why::Typo) };
        let known: Vec<(usize, &str)> = self.beginning(&first.to_string()).map(|at| (at, self.word(at))).collect();
        let pick = |fits: &dyn Fn(&str) -> bool| -> Vec<usize> {
            known.iter().filter(|(_, other)| fits(other)).map(|(at, _)| *at).take(MOST_NEAR).collect()
        };
        let slip = pick(&|other| distance(word, other, 1) <= 1);
        if !slip.is_empty() {
            return (slip, Why::Typo);
        }
        let shared = known.iter().map(|(_, other)| ending(word, other)).max().unwrap_or(0);
        if shared > 0 {
            return (pick(&|other| ending(word, other) == shared), Why::Ending);
        }
        let beginnings = self.beginnings(word);
        if !beginnings.is_empty() {
            return (beginnings, Why::Prefix);
        }
        let begun_wrongly = if letters > 4 { self.begun_wrongly(word, first) } else { Vec::new() };
        if !begun_wrongly.is_empty() || letters < 8 {
            return (begun_wrongly, Why::Typo);
        }
        (pick(&|other| distance(word, other, 2) <= 2), Why::Typo)
    }

    /// Words that differ from one by a slip at its beginning. The last two letters are the same then, and `search.js`
    /// finds them by those.
    fn begun_wrongly(&self, word: &str, first: char) -> Vec<usize> {
        let end = word.char_indices().rev().nth(1).map_or(word, |(at, _)| word.get(at..).unwrap_or(word));
        let differs = |other: &str| !other.starts_with([first, GROUP]) && other.ends_with(end);
        let known = self.words.iter().enumerate();
        let fits = known.filter(|(_, other)| differs(other) && distance(word, other, 1) <= 1);
        fits.map(|(at, _)| at).take(MOST_NEAR).collect()
    }
}

impl Understood {
    /// A synonym of several words.
    fn phrase(&mut self, index: &Index, group: usize, said: &str) {
        if let Some(term) = index.term(&group_word(group)) {
            self.asked.push(Asked { terms: vec![(term, WHOLE)] });
            self.synonyms(index, group, said);
        }
    }

    fn synonyms(&mut self, index: &Index, group: usize, said: &str) {
        let others = index.groups.get(group).into_iter().flat_map(|group| &group.said);
        let own = super::index::folded(said, index.longest);
        let to = others.filter(|other| super::index::folded(other, index.longest) != own).cloned().collect();
        self.widened.push(Widened { word: said.to_owned(), to, why: Why::Synonym });
    }

    fn word(&mut self, index: &Index, token: &Token, (said, last): (&str, bool)) {
        let word = token.word.as_str();
        let exact = index.term(word);
        let mut asked = Asked { terms: exact.map(|term| (term, WHOLE)).into_iter().collect() };
        for (number, _) in
            index.groups.iter().enumerate().filter(|(_, group)| group.spelt.iter().any(|own| own == word))
        {
            if let Some(term) = index.term(&group_word(number)) {
                asked.add(term, MEANT);
                if exact.is_none() {
                    self.synonyms(index, number, said);
                }
            }
        }
        let mut found = exact.is_some() || !asked.terms.is_empty();
        let letters = word.chars().count();
        if last && letters > 1 && !is_pair(word) {
            let beginnings = index.beginnings(word);
            if !found && !beginnings.is_empty() {
                self.widen(index, said, (&beginnings, Why::Prefix));
            }
            for at in &beginnings {
                asked.add(index.terms.get(*at).copied().unwrap_or(0), if found { BEGUN } else { NEAR });
            }
            found |= !beginnings.is_empty();
        }
        if !found && !is_pair(word) {
            let (near, why) = index.near(word);
            for at in &near {
                asked.add(index.terms.get(*at).copied().unwrap_or(0), NEAR);
            }
            found = !near.is_empty();
            if found {
                self.widen(index, said, (&near, why));
            }
        }
        if found {
            self.asked.push(asked);
        } else {
            self.left.push(said.to_owned());
        }
    }

    fn widen(&mut self, index: &Index, said: &str, (words, why): (&[usize], Why)) {
        let to = words.iter().take(MOST_NEAR).map(|at| index.word(*at).to_owned()).collect();
        self.widened.push(Widened { word: said.to_owned(), to, why });
    }
}

impl Asked {
    fn add(&mut self, term: u32, counts: u64) {
        if self.terms.iter().all(|(known, _)| *known != term) {
            self.terms.push((term, counts));
        }
    }
}

/// How many letters two words share at their beginning, if they may be forms of one; else 0.
fn ending(one: &str, other: &str) -> usize {
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let longest = one.chars().count().max(other.chars().count());
    let fits = shared > 3 && shared * 10 >= longest * 6 && longest - shared < 5;
    if fits { shared } else { 0 }
}

/// How many letters were left out, put in, changed, or put in the wrong order with the next; more than `most` is
/// `most + 1`.
fn distance(one: &str, other: &str, most: usize) -> usize {
    // Most words differ by more letters than that, and need no closer look.
    if one.chars().count().abs_diff(other.chars().count()) > most {
        return most + 1;
    }
    strsim::osa_distance(one, other).min(most + 1)
}

#[cfg(test)]
mod tests {
    use super::{distance, ending};

    #[test]
    fn slips_are_counted() {
        let pairs = [
            ("apolgy", "apology", 1),
            ("teh", "the", 1),
            ("same", "same", 0),
            ("blame", "balme", 1),
            ("late", "latte", 1),
            ("meeting", "matting", 2),
            ("trust", "worry", 3),
        ];
        for (one, other, slips) in pairs {
            assert_eq!(distance(one, other, 2), slips, "{one}, {other}");
        }
    }

    #[test]
    fn endings_are_short_and_beginnings_long() {
        assert_eq!(ending("apologising", "apologised"), 8);
        assert_eq!(ending("contract", "contact"), 0);
        assert_eq!(ending("planned", "plan"), 0);
    }
}
