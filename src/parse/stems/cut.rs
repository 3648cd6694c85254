//! Cutting text into words, and words into stems.
//!
//! Words are those of Unicode (UAX 29), in lower case and without a possessive ending. Where a script has no spaces, each
//! pair of characters counts as a word. Numbers count if they have four digits (years do), single characters never.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use rust_stemmers::{Algorithm, Stemmer};
use unicode_segmentation::UnicodeSegmentation;

use super::{BEFORE_NOUN, BEFORE_VERB, BREAK, FILLER, FIRST, Stem, Word, lexicon};

/// Cuts text of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cutter {
    language: Language,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    /// Words as they are.
    Other,
    English,
    /// An index into [`LANGUAGES`].
    Known(usize),
}

/// Languages whose endings are known, by the first part of their tag.
const LANGUAGES: [(&str, Algorithm); 17] = [
    ("ar", Algorithm::Arabic),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("es", Algorithm::Spanish),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("nl", Algorithm::Dutch),
    ("no", Algorithm::Norwegian),
    ("nb", Algorithm::Norwegian),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sv", Algorithm::Swedish),
    ("tr", Algorithm::Turkish),
];

/// Longest word that is looked at, in characters; a longer one is cut.
const LONGEST: usize = 64;

impl Cutter {
    /// For a language tag: `en`, `pt-BR`.
    #[must_use]
    pub fn new(language: &str) -> Cutter {
        let first = language.split(['-', '_']).next().unwrap_or("").to_lowercase();
        let known = LANGUAGES.iter().position(|(tag, _)| *tag == first).map(Language::Known);
        let language = if first == "en" { Language::English } else { known.unwrap_or(Language::Other) };
        Cutter { language }
    }

    /// Whether the language is English, of any region.
    #[must_use]
    pub fn is_english(self) -> bool {
        self.language == Language::English
    }

    /// Give every word of a text, and a break where a sentence or clause ends.
    pub fn cut<'t>(self, text: &'t str, see: &mut dyn FnMut(Word<'t>)) {
        let mut rest = text;
        while let Some(at) = rest.bytes().position(|byte| byte.is_ascii_alphanumeric() || byte >= 0x80) {
            let (between, word) = rest.split_at(at);
            mark(between, see);
            let end = word.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'\''));
            let end = end.unwrap_or(word.len());
            if word.as_bytes().get(end).is_none_or(u8::is_ascii) && word.is_char_boundary(end) && end > 0 {
                let (own, tail) = word.split_at(end);
                self.word(own.trim_end_matches('\''), see);
                rest = tail;
            } else {
                // Up to the next white space in ASCII the rules of Unicode decide.
                let end = word.bytes().position(|byte| byte.is_ascii_whitespace()).unwrap_or(word.len());
                let (own, tail) = word.split_at(end);
                self.unicode(own, see);
                rest = tail;
            }
        }
        mark(rest, see);
    }

    /// Whether a word says little about what a page is about, though it tells pages apart: "Friday", "certain", "side".
    #[must_use]
    pub fn is_weak(self, word: &str) -> bool {
        self.is_english() && lexicon::is_weak(&word.to_lowercase())
    }

    /// Whether a word in lower case says nothing by itself.
    #[must_use]
    pub fn is_filler(self, word: &str) -> bool {
        self.is_english() && lexicon::class(word).is_some()
    }

    /// What cuts endings in this language, if they are known.
    #[must_use]
    pub fn stemmer(self) -> Option<Stemmer> {
        let algorithm = match self.language {
            Language::English => Some(Algorithm::English),
            Language::Known(index) => LANGUAGES.get(index).map(|(_, algorithm)| *algorithm),
            Language::Other => None,
        };
        algorithm.map(Stemmer::create)
    }

    fn unicode<'t>(self, text: &'t str, see: &mut dyn FnMut(Word<'t>)) {
        let mut last: Option<(usize, usize)> = None;
        let mut end = 0;
        for (at, word) in text.unicode_word_indices() {
            mark(text.get(end..at).unwrap_or(""), see);
            end = at + word.len();
            if !word.chars().next().is_some_and(spaceless) {
                last = None;
                self.word(word, see);
                continue;
            }
            // Two neighbouring characters of a script without spaces make a word.
            if let Some((start, stop)) = last.filter(|(_, stop)| *stop == at)
                && let Some(pair) = text.get(start..end)
            {
                debug_assert!(stop <= end);
                see(Word { text: pair, stem: hash(pair) });
            }
            last = Some((at, end));
        }
        mark(text.get(end..).unwrap_or(""), see);
    }

    fn word<'t>(self, text: &'t str, see: &mut dyn FnMut(Word<'t>)) {
        if text.is_empty() {
            return;
        }
        let possessive = |text: &'t str| {
            let owner = text.strip_suffix(['s', 'S'])?;
            owner.strip_suffix(['\'', '’'])
        };
        let bare = possessive(text).unwrap_or(text);
        see(Word { text: bare, stem: self.stem(bare) });
    }

    /// The number of a word. Endings are cut once for each word of the language a thread meets.
    fn stem(self, word: &str) -> Stem {
        thread_local! {
            static KNOWN: RefCell<Known> = RefCell::default();
        }
        let mut room = [0_u8; LONGEST];
        let lower = match room.get_mut(..word.len()).filter(|_| word.is_ascii()) {
            Some(room) => {
                room.copy_from_slice(word.as_bytes());
                room.make_ascii_lowercase();
                std::borrow::Cow::Borrowed(std::str::from_utf8(room).unwrap_or(""))
            }
            None => word.chars().take(LONGEST).flat_map(char::to_lowercase).collect::<String>().into(),
        };
        let key = xxhash_rust::xxh3::xxh3_64(lower.as_bytes());
        KNOWN.with_borrow_mut(|known| {
            // A cache, which no text may fill without end.
            if known.language != Some(self.language) || known.stems.len() > 400_000 {
                *known = Known { language: Some(self.language), stemmer: self.stemmer(), stems: HashMap::default() };
            }
            let Known { stems, stemmer, .. } = known;
            *stems.entry(key).or_insert_with(|| self.work_out(&lower, stemmer.as_ref()))
        })
    }

    fn work_out(self, word: &str, stemmer: Option<&Stemmer>) -> Stem {
        if word.chars().nth(1).is_none() {
            return if word == "a" {
                BEFORE_NOUN
            } else if word == "i" {
                BEFORE_VERB
            } else {
                FILLER
            };
        }
        if word.chars().all(char::is_numeric) {
            return if word.chars().count() == 4 { hash(word) } else { FILLER };
        }
        if self.is_english() {
            let word = word.replace('’', "'");
            if let Some(class) = lexicon::class(&word) {
                return class;
            }
        }
        stemmer.map_or_else(|| hash(word), |stemmer| hash(&stemmer.stem(word)))
    }
}

#[derive(Default)]
struct Known {
    language: Option<Language>,
    stemmer: Option<Stemmer>,
    stems: HashMap<u64, Stem, BuildHasherDefault<AsIs>>,
}

/// Hashes keys that are hashes already.
#[derive(Debug, Default, Clone, Copy)]
pub struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxhash_rust::xxh3::xxh3_64(bytes);
    }

    fn write_u32(&mut self, key: u32) {
        // A table looks at the high bits too.
        self.0 = u64::from(key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

fn hash(word: &str) -> Stem {
    let low = xxhash_rust::xxh3::xxh3_64(word.as_bytes()) as u32;
    if low < FIRST { low + FIRST } else { low }
}

/// A break where the text between two words ends a sentence or a clause.
fn mark<'t>(between: &'t str, see: &mut dyn FnMut(Word<'t>)) {
    let ends = |c: char| {
        matches!(
            c,
            '.' | ','
                | ';'
                | ':'
                | '!'
                | '?'
                | '('
                | ')'
                | '…'
                | '—'
                | '–'
                | '"'
                | '“'
                | '”'
                | '。'
                | '、'
                | '/'
                | '|'
                | '\n'
        )
    };
    if between.contains(ends) {
        see(Word { text: "", stem: BREAK });
    }
}

/// Characters of scripts that put no spaces between words.
#[must_use]
pub fn spaceless(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{309f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The words of finished HTML, without its code.
pub(super) fn cut_html<'t>(cutter: Cutter, html: &'t str, see: &mut dyn FnMut(Word<'t>)) {
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (text, tail) = rest.split_at(at);
        cutter.cut(text, see);
        if tail.starts_with('&') {
            rest = tail.get(1..).and_then(|tail| tail.split_once(';')).map_or("", |(_, after)| after);
            continue;
        }
        let name = tail.trim_start_matches(['<', '/']);
        let name =
            name.get(..name.bytes().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(name.len())).unwrap_or("");
        let code = (name == "code" || name == "pre") && !tail.starts_with("</");
        let end = code.then(|| tail.find("</code>")).flatten().map(|end| end + 6).or_else(|| tail.find('>'));
        rest = end.and_then(|end| tail.get(end + 1..)).unwrap_or("");
        if !crate::prose::is_inline(name) {
            see(Word { text: "", stem: BREAK });
        }
    }
    cutter.cut(rest, see);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(language: &str, text: &str) -> Vec<String> {
        let mut out = Vec::new();
        Cutter::new(language).cut(text, &mut |word| {
            if word.stem >= FIRST {
                out.push(word.text.to_owned());
            }
        });
        out
    }

    #[test]
    fn fillers_numbers_and_possessives_go() {
        assert_eq!(
            words("en", "The team’s 3 promises weren't kept in 2024, and I’m late."),
            ["team", "promises", "2024", "late"]
        );
    }

    #[test]
    fn endings_do_not_matter_in_a_known_language() {
        let stem = |language, word| {
            let mut stem = 0;
            Cutter::new(language).cut(word, &mut |word| stem = word.stem);
            stem
        };
        assert_eq!(stem("en", "promises"), stem("en-GB", "Promise"));
        assert_eq!(stem("de", "Versprechen"), stem("de", "versprechens"));
        assert_ne!(stem("xx", "promises"), stem("xx", "promise"));
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_pairs() {
        assert_eq!(words("ja", "信頼回復"), ["信頼", "頼回", "回復"]);
        assert_eq!(words("ru", "Доверие, вина"), ["Доверие", "вина"]);
    }

    #[test]
    fn code_and_markup_are_no_words() {
        let mut out = Vec::new();
        let html = "<p>Keep <em>a</em> list</p><pre><code class=\"x\">let secret = 1;</code></pre><p>AT&amp;T <code>ls</code> daily</p>";
        cut_html(Cutter::new("en"), html, &mut |word| out.push(word.text));
        out.retain(|word| !word.is_empty());
        assert_eq!(out, ["Keep", "a", "list", "AT", "T", "daily"]);
    }
}
