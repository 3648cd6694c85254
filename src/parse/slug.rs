//! Anchors: GitHub's slug of a heading, and the anchor of an item, which depends on its own words alone.

use std::collections::HashSet;
use std::fmt::Write as _;

/// Longest slug of an item before it is cut, in bytes of its characters counted as characters.
const LONGEST: usize = 48;

/// GitHub's slug of a heading: lower case, letters, digits, `-` and `_` kept, spaces as `-`, everything else dropped.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut keep = |c: char| {
        if c.is_alphanumeric() || c == '-' || c == '_' || is_mark(c) {
            out.push(c);
        } else if c.is_whitespace() {
            out.push('-');
        }
    };
    for c in text.trim().chars() {
        // Every item of every page has a slug, and most of their letters are plain.
        if c.is_ascii() { keep(c.to_ascii_lowercase()) } else { c.to_lowercase().for_each(&mut keep) }
    }
    out
}

/// Combining marks belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}' | '\u{93c}'..='\u{94d}' | '\u{5b0}'..='\u{5c7}' | '\u{64b}'..='\u{65f}')
}

/// The slug of an item's label or first paragraph, cut to 48 characters at a `-` where it is longer, and then told
/// apart by four hex digits: the low 16 bits of xxh3-64 of the whole slug.
#[must_use]
pub fn item_slug(text: &str) -> String {
    let whole = slug(text);
    let Some((end, _)) = whole.char_indices().nth(LONGEST) else {
        return if whole.is_empty() { "item".to_owned() } else { whole };
    };
    let head = whole.get(..end).unwrap_or("");
    let cut = head.rfind('-').filter(|at| *at > 0).unwrap_or(end);
    let hash = xxhash_rust::xxh3::xxh3_64(whole.as_bytes()) & 0xffff;
    let mut out = whole.get(..cut).unwrap_or("").to_owned();
    let _ = write!(out, "-{hash:04x}");
    out
}

/// The anchors given on one page, each once.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    taken: HashSet<String>,
    next: std::collections::HashMap<String, usize>,
    items: HashSet<String>,
}

impl Anchors {
    /// Take `id` if it is free.
    pub(super) fn claim(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned())
    }

    /// The anchor of an item, and whether an earlier item asked for the same: a heading with that anchor is no twin.
    pub(super) fn give_item(&mut self, id: &str) -> (String, bool) {
        let twin = !self.items.insert(id.to_owned());
        (self.give(id, 2), twin)
    }

    /// Take `id`, or the first free one of `id-START`, `id-START+1` ….
    pub(super) fn give(&mut self, id: &str, start: usize) -> String {
        if self.claim(id) {
            return id.to_owned();
        }
        // Remember where the last search ended: a hundred thousand equal headings stay linear.
        let mut n = self.next.get(id).copied().unwrap_or(start);
        loop {
            let candidate = format!("{id}-{n}");
            n += 1;
            if self.claim(&candidate) {
                self.next.insert(id.to_owned(), n);
                return candidate;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_githubs() {
        assert_eq!(slug("What it looks like?"), "what-it-looks-like");
        assert_eq!(slug("Say “no” & mean it"), "say-no--mean-it");
        assert_eq!(slug("Über_uns"), "über_uns");
        assert_eq!(slug("…"), "");
    }

    #[test]
    fn long_items_are_cut_at_a_word_and_told_apart() {
        let long = item_slug("Decisions confirmed in meetings are confirmed again by email an hour later");
        assert!(long.starts_with("decisions-confirmed-in-meetings-are-confirmed-"), "{long}");
        assert_eq!(long.len(), "decisions-confirmed-in-meetings-are-confirmed".len() + 5);
        assert_eq!(item_slug("Short one."), "short-one");
        assert_eq!(item_slug("…"), "item");
    }

    #[test]
    fn twins_get_a_number() {
        let mut anchors = Anchors::default();
        let given = [("a", 1), ("a", 1), ("a", 1), ("b", 2), ("b", 2)].map(|(id, start)| anchors.give(id, start));
        assert_eq!(given, ["a", "a-1", "a-2", "b", "b-2"]);
        assert_eq!(anchors.give_item("b"), ("b-3".to_owned(), false), "only a heading had it");
        assert_eq!(anchors.give_item("b"), ("b-4".to_owned(), true));
    }
}
