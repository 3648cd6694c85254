//! Words as numbers, and phrases found among them: the same words are the same phrase, however they are written.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use xxhash_rust::xxh3::xxh3_64;

use crate::parse::spaceless;

/// A word, without case. Numbers are even.
pub(super) type Word = u64;

/// Whether a word is digits alone.
pub(super) fn is_number(word: Word) -> bool {
    word & 1 == 0
}

/// A map whose keys are as good as random already.
pub(super) type Numbers<V> = HashMap<u64, V, BuildHasherDefault<AsItIs>>;

/// Hashes a number to itself.
#[derive(Debug, Default)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64(bytes);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// The words of a text and where each begins. Where a script sets no spaces, every character is a word.
pub(super) fn words(text: &str) -> (Vec<Word>, Vec<usize>) {
    let (mut words, mut places) = (Vec::with_capacity(text.len() / 5), Vec::with_capacity(text.len() / 5));
    let mut word = String::new();
    let mut start = 0;
    let mut end = |word: &mut String, start: usize| {
        if !word.is_empty() {
            let letters = !word.bytes().all(|byte| byte.is_ascii_digit());
            words.push(xxh3_64(word.as_bytes()) & !1 | u64::from(letters));
            places.push(start);
            word.clear();
        }
    };
    for (at, c) in text.char_indices() {
        if is_unseen(c) {
            continue;
        }
        if !c.is_alphanumeric() {
            end(&mut word, start);
            continue;
        }
        if spaceless(c) {
            end(&mut word, start);
        }
        if word.is_empty() {
            start = at;
        }
        if c.is_ascii() {
            word.push(c.to_ascii_lowercase())
        } else {
            word.extend(c.to_lowercase())
        }
        if spaceless(c) {
            end(&mut word, start);
        }
    }
    end(&mut word, start);
    (words, places)
}

/// Soft hyphens and other marks without a width, which part nothing.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{1}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// A run of words as one number.
pub(super) fn run(words: &[Word]) -> u64 {
    words.iter().fold(0, |run, word| (run ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23))
}

/// Phrases, each with a number of its own.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// By the first word of a phrase of one word, and by the first two of a longer one.
    starts: Numbers<Vec<(Box<[Word]>, u32)>>,
}

impl Phrases {
    pub(super) fn add(&mut self, phrase: &[Word], number: u32) {
        if let Some(start) = phrase.get(..phrase.len().min(2)).filter(|start| !start.is_empty()) {
            self.starts.entry(run(start)).or_default().push((phrase.into(), number));
        }
    }

    /// The phrases that `words` begins with: how long each is, and its number.
    pub(super) fn at<'p>(&'p self, words: &'p [Word]) -> impl Iterator<Item = (usize, u32)> + 'p {
        let starts = [words.get(..1), words.get(..2)].into_iter().flatten();
        let known = starts.filter_map(|start| self.starts.get(&run(start))).flatten();
        known.filter(|(phrase, _)| words.starts_with(phrase)).map(|(phrase, number)| (phrase.len(), *number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_and_signs() {
        assert_eq!(words("Pay-bands, “and” rai\u{ad}ses").0, words("pay bands AND raises").0);
        assert_eq!(words("我们 ok").0.len(), 3);
    }

    #[test]
    fn phrases_are_found_where_they_begin() {
        let mut phrases = Phrases::default();
        phrases.add(&words("Pay bands").0, 0);
        phrases.add(&words("Legal").0, 1);
        let (text, _) = words("the pay bands of legal");
        let found: Vec<(usize, u32)> =
            (0..text.len()).flat_map(|at| phrases.at(&text[at..]).collect::<Vec<_>>()).collect();
        assert_eq!(found, [(2, 0), (1, 1)]);
    }
}
