//! Notes on other pages, read loosely: "connects because …; differs by …".

use crate::config::Words;

/// The parts of a note, as byte ranges of the text given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Note {
    /// The opening verb, lower case.
    pub(super) verb: Option<String>,
    /// Where the pages connect.
    pub(super) connects: (usize, usize),
    /// Where they differ.
    pub(super) differs: (usize, usize),
}

/// Read what follows the name of a page.
pub(super) fn note(text: &str, words: &Words) -> Note {
    // ASCII lower case keeps every offset.
    let lower = text.to_ascii_lowercase();
    let start = skip(&lower, 0, |c| c.is_whitespace() || SIGNS.contains(&c));
    let mut note = Note::default();
    let mut at = start;
    if let Some(end) = opens_with(&lower, at, &words.connects) {
        note.verb = lower.get(at..end).map(str::to_owned);
        at = joined(&lower, end, words);
    }
    match differs_at(&lower, at, &words.differs) {
        Some((word, end)) => {
            note.connects = clause(text, at, before(&lower, at, word));
            note.differs = clause(text, joined(&lower, end, words), text.len());
        }
        None if note.verb.is_some() => note.connects = clause(text, at, text.len()),
        None => {
            let split = text.get(at..).and_then(|rest| rest.find([';', '；'])).map_or(text.len(), |end| at + end);
            note.connects = clause(text, at, split);
            note.differs = clause(text, skip(&lower, split, |c| matches!(c, ';' | '；')), text.len());
        }
    }
    note
}

/// What parts a name from its note.
pub(super) const SIGNS: [char; 10] = ['—', '–', '-', ':', '：', '→', '=', '>', '*', '_'];

/// Where the name ends in a note whose name is plain text: before ` — `, ` – `, ` - ` or `:`.
pub(super) fn name_end(text: &str) -> usize {
    let dash = [" — ", " – ", " - ", "—"].iter().filter_map(|sign| text.find(sign)).min();
    let colon = text.find([':', '：']);
    dash.into_iter().chain(colon).min().unwrap_or(text.len())
}

fn skip(text: &str, from: usize, drop: impl Fn(char) -> bool) -> usize {
    let rest = text.get(from..).unwrap_or("");
    from + (rest.len() - rest.trim_start_matches(drop).len())
}

/// The end of the longest of `list` that stands at `at` as a whole word.
fn opens_with(lower: &str, at: usize, list: &[String]) -> Option<usize> {
    let rest = lower.get(at..)?;
    let fits = |word: &&String| rest.starts_with(word.as_str()) && ends_word(rest, word.len());
    list.iter().filter(fits).map(|word| at + word.len()).max()
}

fn ends_word(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|rest| rest.chars().next()).is_none_or(|c| !c.is_alphanumeric())
}

/// Behind up to two joining words ("with … because") and a colon or dash.
fn joined(lower: &str, from: usize, words: &Words) -> usize {
    let sign = |c: char| c.is_whitespace() || matches!(c, ':' | '：' | '—' | '–' | ',');
    // A word that nothing follows joins nothing: "contrasts with that".
    let behind = |at: usize, list: &[String]| {
        let next = skip(lower, opens_with(lower, at, list)?, sign);
        // What stands in code or in a link has lost its letters.
        lower.get(next..)?.contains(|c: char| c.is_alphanumeric() || c == '\u{2}').then_some(next)
    };
    let at = skip(lower, from, sign);
    let Some(at) = behind(at, &words.joining) else { return at };
    behind(at, &BECAUSE.map(str::to_owned)).unwrap_or(at)
}

const BECAUSE: [&str; 3] = ["because", "since", "that"];

/// The word that leads over to how the two differ: the first of `list` that opens a clause ("; but it differs"), else
/// the first anywhere; where it starts and ends.
fn differs_at(lower: &str, at: usize, list: &[String]) -> Option<(usize, usize)> {
    let whole = |(start, end): &(usize, usize)| {
        let before = lower.get(..*start).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric()) && ends_word(lower, *end)
    };
    let text = lower.get(at..)?;
    let places = |word: &'_ String| -> Vec<(usize, usize)> {
        let found = text.match_indices(word.as_str());
        found.map(|(found, word)| (at + found, at + found + word.len())).filter(whole).collect()
    };
    list.iter()
        .flat_map(places)
        .min_by_key(|(start, end)| (!opens_clause(lower, (at, *start)), *start, text.len() - (end - start)))
}

/// Whether a clause begins here, at most with a word such as "but" before it.
fn opens_clause(lower: &str, (from, at): (usize, usize)) -> bool {
    let mut part = lower.get(from..at).unwrap_or("");
    loop {
        part = part.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | ','));
        let word = part.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        if !FILLERS.contains(&word) {
            return part.is_empty() || part.ends_with([';', '；', '.']);
        }
        part = part.strip_suffix(word).unwrap_or("");
    }
}

/// Words that lead over to how two patterns differ, in the languages of `[words]`.
const FILLERS: [&str; 20] = [
    "but", "and", "yet", "while", "it", "they", "this", "that", "which", "what", "aber", "und", "jedoch", "mais", "et",
    "pero", "ma", "maar", "en", "mas",
];

/// Where the first clause ends: before "; ", ", but it " and their like.
fn before(lower: &str, from: usize, to: usize) -> usize {
    let mut end = to;
    loop {
        let part = lower.get(from..end).unwrap_or("");
        let trimmed =
            part.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '；' | '.' | '*' | '_'));
        // Behind a semicolon or a full stop the first clause has ended: its last word is its own.
        if part.get(trimmed.len()..).is_some_and(|cut| cut.contains([';', '；', '.'])) {
            return from + trimmed.len();
        }
        let word = trimmed.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let filler = FILLERS.contains(&word);
        end = from + trimmed.len() - if filler { word.len() } else { 0 };
        if !filler {
            return end;
        }
    }
}

/// A clause without white space and punctuation at its ends.
fn clause(text: &str, from: usize, to: usize) -> (usize, usize) {
    let part = text.get(from..to).unwrap_or("");
    let open = |c: char| c.is_whitespace() || matches!(c, ';' | '；' | ',' | '—' | '–' | ':' | '：' | '\u{1}');
    let start = from + (part.len() - part.trim_start_matches(open).len());
    let close = |c: char| c.is_whitespace() || matches!(c, '.' | ';' | '；' | ',' | '—' | '–' | '\u{1}');
    let end = from + part.trim_end_matches(close).len();
    (start.min(to), end.max(start).min(to.max(start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<String>, &str, &str) {
        let note = note(text, &Words::default());
        let part = |(start, end): (usize, usize)| text.get(start..end).unwrap();
        (note.verb.clone(), part(note.connects), part(note.differs))
    }

    #[test]
    fn notes_are_read_loosely() {
        let verb = |word: &str| Some(word.to_owned());
        assert_eq!(
            read(" — connects because both begin late; differs by who speaks."),
            (verb("connects"), "both begin late", "who speaks")
        );
        assert_eq!(
            read(": builds on trust. Differs in that it ends sooner."),
            (verb("builds on"), "trust", "it ends sooner")
        );
        assert_eq!(
            read(" - related since both hurt, but differs: here nobody knows"),
            (verb("related"), "both hurt", "here nobody knows")
        );
        assert_eq!(read(" – differs because there the words are fine"), (None, "", "there the words are fine"));
        assert_eq!(
            read(" — both start with silence; here it is fear"),
            (None, "both start with silence", "here it is fear")
        );
        assert_eq!(read(" — overlaps: the same meeting"), (verb("overlaps"), "the same meeting", ""));
        assert_eq!(read(" — linked for the sake of it; differs in kind").1, "for the sake of it");
        assert_eq!(read(" — linked by fear; but it differs in kind"), (verb("linked"), "fear", "kind"));
        assert_eq!(
            read(" — both look different from outside; they differ in who knows"),
            (None, "both look different from outside", "who knows")
        );
        assert_eq!(read(" — contrasts with that"), (verb("contrasts"), "that", ""));
        assert_eq!(read(""), (None, "", ""));
        assert_eq!(read("：connects through fear；differs in timing"), (verb("connects"), "fear", "timing"));
    }

    #[test]
    fn a_plain_name_ends_at_its_sign() {
        assert_eq!(name_end("Late bad news — connects"), "Late bad news".len());
        assert_eq!(name_end("Late-night news: x"), "Late-night news".len());
        assert_eq!(name_end("Alone"), 5);
    }
}
