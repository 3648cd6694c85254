//! Words as they are typed and compared: without case, accents and apostrophes. The browser's script cuts in the same way.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::parse::spaceless;

/// Words of a question that are looked at.
pub(super) const MOST: usize = 32;

/// Characters of a word that are looked at.
const LONGEST: usize = 64;

/// A word in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// As it is compared.
    pub(super) word: String,
    /// Where it begins and ends, in UTF-16 units: those of the browser.
    pub(super) at: (u32, u32),
}

/// A word as it is compared.
pub(super) fn fold(word: &str) -> String {
    word.chars().flat_map(folded).take(LONGEST).collect()
}

/// A character without case and accents; nothing for what is no letter and no digit.
fn folded(c: char) -> impl Iterator<Item = char> {
    c.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric())
}

/// Whether a character stands inside a word without being part of it.
fn is_silent(c: char) -> bool {
    matches!(c, '\'' | '’' | '\u{ad}') || is_combining_mark(c)
}

/// The words of a text, in order. Of a script without spaces each pair of neighbours is one.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let (mut word, mut from, mut at) = (String::new(), 0, 0);
    let mut last: Option<(String, u32)> = None;
    for c in text.chars() {
        let start = at;
        at += u32::try_from(c.len_utf16()).unwrap_or(1);
        if is_silent(c) {
            continue;
        }
        let own: String = folded(c).collect();
        let pairs = spaceless(c);
        if own.is_empty() || pairs {
            end(&mut found, &mut word, (from, start));
        }
        if own.is_empty() {
            last = None;
        } else if pairs {
            if let Some((before, began)) = &last {
                found.push(Token { word: format!("{before}{own}"), at: (*began, at) });
            }
            last = Some((own, start));
        } else {
            last = None;
            if word.is_empty() {
                from = start;
            }
            word.push_str(&own);
        }
    }
    end(&mut found, &mut word, (from, at));
    found
}

fn end(found: &mut Vec<Token>, word: &mut String, at: (u32, u32)) {
    if !word.is_empty() {
        found.push(Token { word: word.chars().take(LONGEST).collect(), at });
        word.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_accents_and_apostrophes() {
        let words = |text: &str| tokens(text).into_iter().map(|token| token.word).collect::<Vec<_>>();
        assert_eq!(words("I don’t KNOW — Café-Besuch, 1:1"), ["i", "dont", "know", "cafe", "besuch", "1", "1"]);
        assert_eq!(words("e\u{301}te\u{301}"), ["ete"]);
        assert_eq!(words("信頼の修復"), ["信頼", "頼の", "の修", "修復"]);
        assert_eq!(tokens("an “Übung”")[1], Token { word: "ubung".to_owned(), at: (4, 9) });
    }
}
