//! Text to words as they are compared: one set of rules for pages and for what is typed, here and in `search.js`.
//!
//! A word is a run of letters, digits and their marks, with apostrophes inside it; it is folded to lower case without the
//! accents of Latin letters. Scripts that put no spaces between words are cut into pairs of characters.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::parse::{Cutter, spaceless};

/// Words of English that say nothing about what is looked for. Those that often carry the sense of a complaint ("always",
/// "never", "nobody", "again") are not among them: how rare a word is decides what it counts.
const ENGLISH: &str = "a about am an and are as at be been being but by can could did didnt do does doesnt doing dont for \
    from had has have having he hed her hers him his how i id if ill im in into is isnt it its ive just me my of on or our \
    ours s she shes should so than that thats the their them then there these they theyre this those to us was we were what \
    when where which while who whom why will with would you your yours";

/// A word of a text and where it stands, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The word, folded.
    pub word: String,
    /// Its first byte.
    pub from: usize,
    /// Behind its last byte.
    pub to: usize,
}

/// Words that say nothing in a language, in order.
#[must_use]
pub fn fillers(language: &str) -> Vec<&'static str> {
    if Cutter::new(language).is_english() { ENGLISH.split_ascii_whitespace().collect() } else { Vec::new() }
}

/// Give every word of a text, folded and cut to `most` characters.
pub fn cut(text: &str, most: usize, see: &mut dyn FnMut(&str, usize, usize)) {
    let mut room = String::new();
    let mut at = 0;
    while let Some((from, to)) = next_run(text, at) {
        let run = text.get(from..to).unwrap_or("");
        if run.is_ascii() {
            fold_ascii(run, &mut room);
            truncate(&mut room, most);
            see(&room, from, to);
        } else {
            pieces(run, &mut |start, end| {
                room.clear();
                fold_into(run.get(start..end).unwrap_or(""), &mut room);
                truncate(&mut room, most);
                if !room.is_empty() {
                    see(&room, from + start, from + end);
                }
            });
        }
        at = to;
    }
}

/// The words of a text.
#[must_use]
pub fn tokens(text: &str, most: usize) -> Vec<Token> {
    let mut tokens = Vec::new();
    cut(text, most, &mut |word, from, to| tokens.push(Token { word: word.to_owned(), from, to }));
    tokens
}

/// Whether a folded word is a pair of characters of a script without spaces, which has neither beginnings nor slips.
#[must_use]
pub(super) fn is_pair(word: &str) -> bool {
    word.chars().next().is_some_and(spaceless)
}

/// Letters, digits, and marks that belong to them.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// The next run of letters; an apostrophe between two letters belongs to it.
fn next_run(text: &str, at: usize) -> Option<(usize, usize)> {
    let rest = text.get(at..)?;
    let from = at + rest.find(is_letter)?;
    let mut to = from;
    let mut chars = text.get(from..)?.char_indices().peekable();
    while let Some((place, c)) = chars.next() {
        let joins = matches!(c, '\'' | '’') && chars.peek().is_some_and(|(_, next)| is_letter(*next));
        if !is_letter(c) && !joins {
            break;
        }
        to = from + place + c.len_utf8();
    }
    Some((from, to))
}

/// Lower case, without apostrophes and a possessive ending.
fn fold_ascii(run: &str, out: &mut String) {
    out.clear();
    let bare = run.strip_suffix("'s").or_else(|| run.strip_suffix("'S")).unwrap_or(run);
    out.extend(bare.chars().filter(|c| *c != '\'').map(|c| c.to_ascii_lowercase()));
}

/// As [`fold_ascii`], for any script.
fn fold_into(run: &str, out: &mut String) {
    let lower = run.to_lowercase();
    let bare = lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s")).unwrap_or(&lower);
    let plain = bare.nfkd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}' | '\'' | '’'));
    // What was taken apart may be a capital again.
    for c in plain.nfc().collect::<String>().to_lowercase().chars() {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            c => out.push(c),
        }
    }
}

/// A run is one word, but where it holds characters of a script without spaces: each two neighbours of those are one.
fn pieces(run: &str, see: &mut dyn FnMut(usize, usize)) {
    let chars: Vec<(usize, char)> = run.char_indices().collect();
    let end = |index: usize| chars.get(index).map_or(run.len(), |(at, _)| *at);
    let mut first = 0;
    while let Some((start, c)) = chars.get(first) {
        let close = spaceless(*c);
        let same = chars.iter().skip(first).take_while(|(_, c)| spaceless(*c) == close).count();
        if close && same > 1 {
            for place in first..first + same - 1 {
                see(end(place), end(place + 2));
            }
        } else {
            see(*start, end(first + same));
        }
        first += same;
    }
}

/// Cut to `most` characters.
fn truncate(word: &mut String, most: usize) {
    if word.len() > most
        && let Some((end, _)) = word.char_indices().nth(most)
    {
        word.truncate(end);
    }
}

/// Synonyms of several words by their first, each with its group.
pub(super) fn phrases(synonyms: &[Vec<String>], longest: usize) -> HashMap<String, Vec<(usize, Vec<String>)>> {
    let mut phrases: HashMap<String, Vec<(usize, Vec<String>)>> = HashMap::new();
    for (group, said) in synonyms.iter().enumerate() {
        for said in said {
            let words: Vec<String> = tokens(said, longest).into_iter().map(|token| token.word).collect();
            if let (Some(first), true) = (words.first(), words.len() > 1) {
                phrases.entry(first.clone()).or_default().push((group, words));
            }
        }
    }
    phrases
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text, 64).into_iter().map(|token| token.word).collect()
    }

    #[test]
    fn case_accents_and_possessives_do_not_matter() {
        assert_eq!(words("The Team's CAFÉ, don’t — naïve Straße"), ["the", "team", "cafe", "dont", "naive", "strasse"]);
        assert_eq!(words("1:1 on Q3/2026 ('quoted')"), ["1", "1", "on", "q3", "2026", "quoted"]);
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_pairs() {
        assert_eq!(words("信頼回復とAI"), ["信頼", "頼回", "回復", "復と", "ai"]);
        assert_eq!(words("信 頼"), ["信", "頼"]);
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "Très «déçu»";
        let found: Vec<&str> = tokens(text, 64).iter().map(|token| &text[token.from..token.to]).collect();
        assert_eq!(found, ["Très", "déçu"]);
    }

    #[test]
    fn long_words_are_cut() {
        assert_eq!(words(&"ä".repeat(100))[0].chars().count(), 64);
    }
}
