//! The name that is most likely meant: "did you mean …?".

use std::cell::Cell;

/// Longer names are not compared.
const LONGEST: usize = 120;

/// What may be spent on the guesses among some names: looking at one costs one, comparing it [`COMPARING`]. A guess is a
/// courtesy, and a handbook of thousands of mistakes is not kept waiting for it.
const BUDGET: usize = 10_000_000;
const COMPARING: usize = 50;

/// Names among which to look for what was meant, prepared once for many words.
#[derive(Debug)]
pub struct Spellings<'a> {
    names: Vec<Spelling<'a>>,
    left: Cell<usize>,
}

#[derive(Debug)]
struct Spelling<'a> {
    name: &'a str,
    lower: String,
    length: usize,
    letters: Letters,
}

/// How often each letter stands in a word, letters thrown together in 32 boxes.
type Letters = [u8; 32];

impl<'a> Spellings<'a> {
    /// These names; of two that are equally near the first is meant.
    pub fn new(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names = names.into_iter().map(Spelling::new).filter(|name| name.length <= LONGEST);
        Self { names: names.collect(), left: Cell::new(BUDGET) }
    }

    /// The name nearest to `word`, if it is near enough to be meant: a Damerau–Levenshtein distance of at most a third
    /// of the longer one, compared without case.
    #[must_use]
    pub fn nearest(&self, word: &str) -> Option<&'a str> {
        let word = Spelling::new(word);
        let mut best: Option<(usize, &str)> = None;
        for name in &self.names {
            self.left.set(self.left.get().checked_sub(1)?);
            let third = word.length.max(name.length) / 3;
            let most = match best {
                Some((0, _)) => break,
                Some((least, _)) => third.min(least - 1),
                None => third,
            };
            if word.length > LONGEST || word.apart(name) > most {
                continue;
            }
            self.left.set(self.left.get().saturating_sub(COMPARING));
            let distance = strsim::damerau_levenshtein(&word.lower, &name.lower);
            if distance <= most {
                best = Some((distance, name.name));
            }
        }
        best.map(|(_, name)| name)
    }
}

impl<'a> Spelling<'a> {
    fn new(name: &'a str) -> Self {
        let lower = name.to_lowercase();
        let (mut letters, mut length) = (Letters::default(), 0);
        for c in lower.chars() {
            length += 1;
            if let Some(count) = letters.get_mut(c as usize % 32) {
                *count = count.saturating_add(1);
            }
        }
        Self { name, lower, length, letters }
    }

    /// What the distance is at least, without working it out: letters that only one of the two has.
    fn apart(&self, other: &Self) -> usize {
        let (mut more, mut less) = (0, 0);
        for (one, two) in self.letters.iter().zip(&other.letters) {
            more += usize::from(one.saturating_sub(*two));
            less += usize::from(two.saturating_sub(*one));
        }
        more.max(less)
    }
}

/// The name nearest to `word` among `names`, if it is near enough to be meant.
#[must_use]
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    Spellings::new(names).nearest(word)
}

/// Whether `word` is so near to `name` that it is a slip of the pen, which a fix may correct without asking: one slip
/// in a word of five letters, or one in every six. What is merely similar is offered as a hint only.
#[must_use]
pub fn is_slip(word: &str, name: &str) -> bool {
    let (word, name) = (word.to_lowercase(), name.to_lowercase());
    let longest = word.chars().count().max(name.chars().count());
    let slips = strsim::damerau_levenshtein(&word, &name);
    slips * 6 <= longest || slips == 1 && longest >= 5
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_slip_is_corrected_and_a_likeness_offered() {
        for (word, name) in [("titel", "title"), ("Psychological saftey", "Psychological safety"), ("repiar", "repair")]
        {
            assert_eq!(nearest(word, [name]), Some(name));
            assert!(is_slip(word, name), "{word}");
        }
        for (word, name) in [("teal", "team"), ("COMMUNICATION-template.md", "communication-tooling.md")] {
            assert_eq!(nearest(word, [name]), Some(name));
            assert!(!is_slip(word, name), "{word}");
        }
        assert_eq!(nearest("weather", ["dead-link"]), None);
    }

    proptest! {
        #[test]
        fn nothing_near_is_passed_over(word in "[abÄ -]{0,9}", names in prop::collection::vec("[abä -]{0,9}", 0..6)) {
            let distance = |name: &String| strsim::damerau_levenshtein(&word.to_lowercase(), &name.to_lowercase());
            let meant = |name: &&String| distance(name) * 3 <= word.chars().count().max(name.chars().count());
            let wanted = names.iter().filter(meant).min_by_key(|name| distance(name));
            prop_assert_eq!(nearest(&word, names.iter().map(String::as_str)), wanted.map(String::as_str));
        }
    }
}
