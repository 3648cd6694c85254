//! Terms of the glossary where a page uses them first: marked, and a link to the term's page.
//!
//! A mark is no link of the author's: it makes no backlink and no finding. A page depends on the terms it uses alone, so
//! a new term changes no page on which it does not stand.

use std::collections::{BTreeMap, HashMap, HashSet};

use unicode_segmentation::UnicodeSegmentation;

use crate::model::{Handbook, Page, PageId, fold_name};
use crate::parse::Cutter;
use crate::prose::{attribute, unescaped};

/// Elements in which nothing is marked: links, headings, code, and what is no running text.
const QUIET: [&str; 28] = [
    "a", "abbr", "button", "code", "dfn", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "iframe", "kbd", "math", "option",
    "pre", "samp", "script", "select", "style", "summary", "svg", "template", "textarea", "th", "title", "var",
];

/// Every name that a term answers to.
#[derive(Debug, Default)]
pub struct Terms {
    /// By the first word of the name as names are compared; of two that begin alike the longer one stands first.
    first: HashMap<String, Vec<Name>>,
}

#[derive(Debug)]
struct Name {
    folded: String,
    words: usize,
    term: PageId,
}

/// The terms that a page has used so far.
pub(super) type Used = HashSet<PageId>;

impl Terms {
    /// The names of all terms, in English with their plurals. A name that two terms have alike is no term's.
    pub(super) fn new(handbook: &Handbook, language: &str) -> Terms {
        let english = Cutter::new(language).is_english();
        let mut names: BTreeMap<String, (u8, Option<PageId>)> = BTreeMap::new();
        let is_term = |page: &Page| page.kind_name() == "term" && !page.is_retired();
        for (term, page) in handbook.all().filter(|(_, page)| is_term(page)) {
            let aliases = page.draft.aliases.iter().map(|alias| (1, alias.text.as_str()));
            for (rank, name) in std::iter::once((0, page.title())).chain(aliases) {
                let name = fold_name(name);
                let plural = english.then(|| (rank + 2, plural(&name)));
                for (rank, name) in plural.into_iter().chain([(rank, name)]) {
                    let entry = names.entry(name).or_insert((rank, Some(term)));
                    match rank.cmp(&entry.0) {
                        std::cmp::Ordering::Less => *entry = (rank, Some(term)),
                        std::cmp::Ordering::Equal if entry.1 != Some(term) => entry.1 = None,
                        _ => {}
                    }
                }
            }
        }
        let name = |(name, term): (String, PageId)| {
            let words = words(&name);
            let (first, last) = (words.first()?, words.last()?);
            let folded = name.get(first.0..last.1)?.to_owned();
            Some((name.get(first.0..first.1)?.to_owned(), Name { folded, words: words.len(), term }))
        };
        let meant = names.into_iter().filter_map(|(name, (_, term))| Some((name, term?)));
        let mut named: Vec<(String, Name)> = meant.filter_map(name).collect();
        named.sort_by_key(|(_, name)| std::cmp::Reverse(name.words));
        let mut terms = Terms::default();
        for (first, name) in named {
            terms.first.entry(first).or_default().push(name);
        }
        terms
    }

    /// Mark in finished HTML what `used` does not hold yet; `href` is the link to a term's page.
    pub(super) fn mark(&self, html: String, used: &mut Used, href: impl Fn(PageId) -> Option<String>) -> String {
        if self.first.is_empty() {
            return html;
        }
        let mut out = String::new();
        let (mut at, mut copied, mut quiet) = (0, 0, 0_usize);
        while let Some(rest) = html.get(at..).filter(|rest| !rest.is_empty()) {
            if rest.starts_with('<') {
                let tag = rest.get(..tag_end(rest)).unwrap_or(rest);
                quiet = quieter(tag, quiet);
                at += tag.len();
                continue;
            }
            let text = rest.get(..rest.find('<').unwrap_or(rest.len())).unwrap_or(rest);
            for (start, end, term) in if quiet == 0 { self.stand_in(text) } else { Vec::new() } {
                let Some(href) = Some(term).filter(|term| used.insert(*term)).and_then(&href) else { continue };
                out.push_str(html.get(copied..at + start).unwrap_or(""));
                out.push_str("<a class=\"term\"");
                attribute(&mut out, "href", &href);
                out.push('>');
                out.push_str(text.get(start..end).unwrap_or(""));
                out.push_str("</a>");
                copied = at + end;
            }
            at += text.len();
        }
        if copied == 0 {
            return html;
        }
        out.push_str(html.get(copied..).unwrap_or(""));
        out
    }

    /// The terms in a text without tags, and where: of two that begin at one word the longer is meant.
    fn stand_in(&self, text: &str) -> Vec<(usize, usize, PageId)> {
        let words = words(text);
        let mut found = Vec::new();
        let mut next = 0;
        let mut key = String::new();
        while let Some((start, end)) = words.get(next).copied() {
            let word = text.get(start..end).unwrap_or("");
            // Most words are plain, and of most no name begins with them.
            key.clear();
            if word.is_ascii() {
                key.extend(word.chars().map(|c| c.to_ascii_lowercase()));
            } else {
                key.push_str(&fold_name(word));
            }
            let candidates = self.first.get(&key);
            let stands = |name: &&Name| {
                let end = words.get(next + name.words - 1).map(|(_, end)| *end);
                end.and_then(|end| text.get(start..end)).is_some_and(|text| fold_name(&unescaped(text)) == name.folded)
            };
            let name = candidates.and_then(|names| names.iter().find(stands));
            next += name.map_or(1, |name| name.words);
            let last = words.get(next - 1).map_or(end, |(_, end)| *end);
            found.extend(name.map(|name| (start, last, name.term)));
        }
        found
    }
}

/// The plain plural of an English name.
fn plural(name: &str) -> String {
    let consonant = |c: char| c.is_ascii_alphabetic() && !"aeiou".contains(c);
    match name.strip_suffix('y') {
        Some(stem) if stem.ends_with(consonant) => format!("{stem}ies"),
        _ if name.ends_with(['s', 'x', 'z']) || name.ends_with("ch") || name.ends_with("sh") => format!("{name}es"),
        _ => format!("{name}s"),
    }
}

/// Where the words of a text stand; escapes are none.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = text.unicode_word_indices().map(|(at, word)| (at, at + word.len())).collect();
    let escape = |(start, end): &(usize, usize)| {
        text.get(..*start).is_some_and(|before| before.ends_with('&'))
            && text.get(*end..).is_some_and(|after| after.starts_with(';'))
    };
    words.retain(|word| !escape(word));
    words
}

/// The length of the tag that a text begins with; a `>` in quotes does not end it.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// How deep in quiet elements the text behind a tag is.
fn quieter(tag: &str, quiet: usize) -> usize {
    let inner = tag.trim_start_matches('<');
    let closes = inner.starts_with('/');
    let name = inner.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    match QUIET.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        true if closes => quiet.saturating_sub(1),
        true => quiet + 1,
        false => quiet,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(names: &[(&str, usize)]) -> Terms {
        let mut terms = Terms::default();
        for (name, term) in names {
            let words = words(name);
            let key = name.get(..words[0].1).unwrap().to_owned();
            let name = Name { folded: (*name).to_owned(), words: words.len(), term: PageId::new(*term) };
            terms.first.entry(key).or_default().insert(0, name);
        }
        terms
    }

    fn marked(html: &str) -> String {
        let terms = terms(&[("trust", 1), ("safety", 2), ("psychological safety", 3), ("r&d", 4)]);
        terms.mark(html.to_owned(), &mut Used::new(), |term| Some(term.index().to_string()))
    }

    #[test]
    fn the_first_use_is_marked_and_no_other() {
        assert_eq!(marked("<p>Trust, then trust.</p>"), "<p><a class=\"term\" href=\"1\">Trust</a>, then trust.</p>");
        assert_eq!(marked("<p>Trusted, distrust.</p>"), "<p>Trusted, distrust.</p>");
    }

    #[test]
    fn the_longest_name_is_meant_however_it_is_joined() {
        assert_eq!(
            marked("psychological\nsafety, safety"),
            "<a class=\"term\" href=\"3\">psychological\nsafety</a>, <a class=\"term\" href=\"2\">safety</a>"
        );
        assert_eq!(marked("Psychological-safety"), "<a class=\"term\" href=\"3\">Psychological-safety</a>");
        assert_eq!(marked("R&amp;D &amp; D"), "<a class=\"term\" href=\"4\">R&amp;D</a> &amp; D");
    }

    #[test]
    fn links_headings_code_and_attributes_are_left_alone() {
        let quiet = "<h3>Trust</h3><a href=\"x\"><b>trust</b></a><code>trust</code><img alt=\"> trust\">";
        assert_eq!(marked(quiet), quiet);
        assert!(marked(&format!("{quiet} trust")).ends_with(" <a class=\"term\" href=\"1\">trust</a>"));
    }

    #[test]
    fn plurals_are_plain() {
        let forms = ["boundary", "essay", "breach", "promise"].map(plural);
        assert_eq!(forms, ["boundaries", "essays", "breaches", "promises"]);
    }
}
