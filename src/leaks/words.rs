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

/// The words of a text.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The words. Where a script sets no spaces, every character is one.
    pub(super) list: Vec<Word>,
    /// Where each begins.
    pub(super) places: Vec<usize>,
    /// Whether something ends before it: a sentence, a block, a part of a sentence.
    pub(super) parted: Vec<bool>,
}

impl Words {
    fn push(&mut self, word: &mut String, (place, parted): (usize, bool)) {
        if !word.is_empty() {
            let letters = !word.bytes().all(|byte| byte.is_ascii_digit());
            self.list.push(xxh3_64(word.as_bytes()) & !1 | u64::from(letters));
            self.places.push(place);
            self.parted.push(parted);
            word.clear();
        }
    }
}

/// Find the words of a text.
pub(super) fn words(text: &str) -> Words {
    let mut words = Words::default();
    words.list.reserve(text.len() / 5);
    let (mut word, mut start, mut parted, mut lines) = (String::new(), (0, false), false, 0);
    for (at, c) in text.char_indices().filter(|(_, c)| !is_unseen(*c)) {
        if !c.is_alphanumeric() || spaceless(c) {
            words.push(&mut word, start);
        }
        if !c.is_alphanumeric() {
            lines += usize::from(c == '\n');
            let joins = lines == 0 && matches!(c, ',' | '-' | '\'' | '’' | '–');
            parted |= lines > 1 || !joins && !c.is_whitespace();
            continue;
        }
        if word.is_empty() {
            (start, parted, lines) = ((at, parted), false, 0);
        }
        if c.is_ascii() {
            word.push(c.to_ascii_lowercase());
        } else {
            word.extend(c.to_lowercase());
        }
        if spaceless(c) {
            words.push(&mut word, start);
        }
    }
    words.push(&mut word, start);
    words
}

/// Soft hyphens and other marks without a width, which part nothing.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{1}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// A run of words as one number.
pub(super) fn run(words: &[Word]) -> u64 {
    words.iter().fold(0, |run, word| further(run, *word))
}

/// The number of a run that goes on with a word.
pub(super) fn further(run: u64, word: Word) -> u64 {
    (run ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23)
}

/// Phrases, each with a number of its own.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// By the first word of a phrase of one word, and by the first two of a longer one: how long such phrases are.
    starts: Numbers<Vec<usize>>,
    /// The first number that a phrase was given, by its run.
    numbers: Numbers<u32>,
}

impl Phrases {
    pub(super) fn add(&mut self, phrase: &[Word], number: u32) {
        if let Some(start) = phrase.get(..phrase.len().min(2)).filter(|start| !start.is_empty()) {
            let lengths = self.starts.entry(run(start)).or_default();
            if !lengths.contains(&phrase.len()) {
                lengths.push(phrase.len());
            }
            self.numbers.entry(run(phrase)).or_insert(number);
        }
    }

    /// The phrases that `words` begins with: how long each is, and its number.
    pub(super) fn at<'p>(&'p self, words: &'p [Word]) -> impl Iterator<Item = (usize, u32)> + 'p {
        let starts = [words.get(..1), words.get(..2)].into_iter().flatten();
        let lengths = starts.filter_map(|start| self.starts.get(&run(start))).flatten();
        lengths.filter_map(|length| Some((*length, *self.numbers.get(&run(words.get(..*length)?))?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_and_signs() {
        assert_eq!(words("Pay-bands, “and” rai\u{ad}ses").list, words("pay bands AND raises").list);
        assert_eq!(words("我们 ok").list.len(), 3);
    }

    #[test]
    fn what_ends_between_words_parts_them() {
        let parted = |text| words(text).parted;
        assert_eq!(parted("It's late,\nat last. A\n\nday\n- b"), [false, false, false, false, false, true, true, true]);
    }

    #[test]
    fn phrases_are_found_where_they_begin() {
        let mut phrases = Phrases::default();
        phrases.add(&words("Pay bands").list, 0);
        phrases.add(&words("Legal").list, 1);
        let text = words("the pay bands of legal").list;
        let found: Vec<(usize, u32)> =
            (0..text.len()).flat_map(|at| phrases.at(&text[at..]).collect::<Vec<_>>()).collect();
        assert_eq!(found, [(2, 0), (1, 1)]);
    }
}
