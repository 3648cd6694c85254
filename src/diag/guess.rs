//! "Did you mean …?": the name nearest to a word, for one word or for very many.

use std::collections::HashMap;

/// Letters are counted in so many classes before two names are compared in earnest.
const CLASSES: usize = 32;

/// Longest name that is compared, in characters.
const LONGEST: usize = 120;

/// What may be spent on the guesses of one check: looking at a name costs one, comparing it [`COMPARING`]. A guess is
/// a courtesy, and a handbook of thousands of mistakes is not kept waiting for it.
const BUDGET: usize = 10_000_000;
const COMPARING: usize = 50;

/// The name nearest to `word` among `names`, if it is near enough to be meant: "did you mean …?".
/// Near is a Damerau–Levenshtein distance of at most a third of the longer word, compared without case.
#[must_use]
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    Guesses::new(names).nearest(word)
}

/// Names that words are compared with, as [`nearest`] does; of equally near names the first is meant.
#[derive(Debug)]
pub struct Guesses<'a> {
    names: Vec<Name<'a>>,
    known: HashMap<String, Option<usize>>,
    left: usize,
}

#[derive(Debug)]
struct Name<'a> {
    name: &'a str,
    shape: Shape,
}

/// A name in lower case, and what tells quickly that it is unlike another.
#[derive(Debug)]
struct Shape {
    lower: String,
    length: usize,
    letters: [u8; CLASSES],
}

impl<'a> Guesses<'a> {
    /// Guesses among these names.
    pub fn new(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names = names.into_iter().map(|name| Name { name, shape: Shape::new(name) });
        Self { names: names.collect(), known: HashMap::new(), left: BUDGET }
    }

    /// The name that `word` may have been meant as.
    pub fn nearest(&mut self, word: &str) -> Option<&'a str> {
        let shape = Shape::new(word);
        let found = match self.known.get(&shape.lower) {
            Some(found) => *found,
            None => {
                let found = self.look(&shape);
                self.known.insert(shape.lower, found);
                found
            }
        };
        self.names.get(found?).map(|name| name.name)
    }

    fn look(&mut self, word: &Shape) -> Option<usize> {
        let mut best: Option<(usize, usize)> = None;
        for (index, Name { shape: other, .. }) in self.names.iter().enumerate() {
            self.left = self.left.checked_sub(1)?;
            let longest = word.length.max(other.length);
            let most = best.map_or(longest / 3, |(least, _)| (longest / 3).min(least.saturating_sub(1)));
            if longest > LONGEST || word.least_distance(other) > most {
                continue;
            }
            self.left = self.left.saturating_sub(COMPARING);
            let distance = strsim::damerau_levenshtein(&word.lower, &other.lower);
            if distance <= most && best.is_none_or(|(least, _)| distance < least) {
                best = Some((distance, index));
            }
        }
        best.map(|(_, index)| index)
    }
}

impl Shape {
    fn new(name: &str) -> Self {
        let lower = name.to_lowercase();
        let mut letters = [0_u8; CLASSES];
        for c in lower.chars().take(LONGEST) {
            if let Some(count) = letters.get_mut(c as usize % CLASSES) {
                *count += 1;
            }
        }
        Self { length: lower.chars().count(), lower, letters }
    }

    /// At least so many edits lie between two names: the letters that only one of them has.
    fn least_distance(&self, other: &Self) -> usize {
        let (mut more, mut less) = (0, 0);
        for (one, two) in self.letters.iter().zip(&other.letters) {
            more += usize::from(one.saturating_sub(*two));
            less += usize::from(two.saturating_sub(*one));
        }
        more.max(less).max(self.length.abs_diff(other.length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_meant_if_it_is_near() {
        let names = ["Late bad news", "Silence", "Silent meetings", "silence"];
        assert_eq!(nearest("Silense", names), Some("Silence"));
        assert_eq!(nearest("late bda news", names), Some("Late bad news"));
        assert_eq!(nearest("Something else", names), None);
        assert_eq!(nearest("", names), None);
    }

    #[test]
    fn very_many_guesses_come_to_an_end() {
        let names: Vec<String> = (0..2_000).map(|number| format!("a name with number {number}")).collect();
        let mut guesses = Guesses::new(names.iter().map(String::as_str));
        assert_eq!(guesses.nearest("a nmae with number 7"), Some("a name with number 7"));
        let answered = (0..20_000).filter(|number| guesses.nearest(&format!("a name with nubmer {number}")).is_some());
        assert!((1..20_000).contains(&answered.count()));
    }
}
