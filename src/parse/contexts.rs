//! The sentence that a link stands in, which its backlink quotes.

/// Longest quoted sentence, in characters; a longer one is cut around the link at a word, with `…`.
const LONGEST: usize = 280;

/// The sentence around a place of a text: a byte offset.
pub(super) fn sentence(text: &str, place: usize) -> String {
    let (mut start, mut end) = (0, text.len());
    for at in ends(text) {
        if at > place {
            end = at;
            break;
        }
        start = at;
    }
    crop(text, (start, end), place)
}

/// Where sentences end: behind `.`, `?`, `!` or `…` (and closing marks) before white space and a capital or a digit.
fn ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut word = 0;
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() {
            word = at + c.len_utf8();
        }
        if !matches!(c, '.' | '?' | '!' | '…' | '。') {
            continue;
        }
        while chars.peek().is_some_and(|(_, next)| matches!(next, '”' | '"' | '’' | '\'' | ')' | ']' | '.' | '!' | '?'))
        {
            chars.next();
        }
        let Some((space, _)) = chars.peek().copied().filter(|(_, next)| next.is_whitespace()) else { continue };
        let rest = text.get(space..).unwrap_or("").trim_start();
        let opens = rest.chars().next().is_some_and(|next| next.is_uppercase() || !next.is_alphabetic());
        if opens && !abbreviation(text.get(word..at + c.len_utf8()).unwrap_or("")) {
            ends.push(text.len() - rest.len());
        }
    }
    ends
}

fn abbreviation(word: &str) -> bool {
    const KNOWN: [&str; 12] = ["e.g.", "i.e.", "cf.", "vs.", "mr.", "mrs.", "ms.", "dr.", "st.", "no.", "etc.", "al."];
    KNOWN.contains(&word.to_lowercase().trim_start_matches(['(', '“', '"']))
}

fn crop(text: &str, (start, end): (usize, usize), place: usize) -> String {
    let whole = text.get(start..end).unwrap_or("").trim();
    if whole.chars().nth(LONGEST).is_none() {
        return whole.to_owned();
    }
    let half = LONGEST / 2;
    let before: String = text.get(start..place).unwrap_or("").chars().rev().take(half).collect();
    let before: String = before.chars().rev().collect();
    let after: String = text.get(place..end).unwrap_or("").chars().take(half).collect();
    let cut_before = before.chars().count() == half;
    let cut_after = after.chars().count() == half;
    let before = if cut_before { before.split_once(' ').map_or(before.as_str(), |(_, rest)| rest) } else { &before };
    let after = if cut_after { after.rsplit_once(' ').map_or(after.as_str(), |(rest, _)| rest) } else { &after };
    let (open, close) = (if cut_before { "… " } else { "" }, if cut_after { " …" } else { "" });
    format!("{open}{}{}{close}", before.trim_start(), after.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_quoted_with_its_sentence() {
        let text = "First things first. Ask e.g. Dr. Late about it! Then “rest.” Done";
        let at = |word: &str| text.find(word).unwrap();
        let found = ["things", "Late", "rest", "Done"].map(|word| sentence(text, at(word)));
        assert_eq!(found, ["First things first.", "Ask e.g. Dr. Late about it!", "Then “rest.”", "Done"]);
    }

    #[test]
    fn a_very_long_sentence_is_cut_at_words() {
        let text = format!("{}here {}", "word ".repeat(200), "more ".repeat(200));
        let found = sentence(&text, text.find("here").unwrap());
        assert!(found.starts_with("… word") && found.ends_with("more …") && found.contains("here"), "{found}");
        assert!(found.chars().count() <= LONGEST + 4);
    }
}
