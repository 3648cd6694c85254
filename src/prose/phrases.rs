//! Short texts put into shape: space folded, names in words, clauses as sentences, nouns counted.

/// White space folded to single spaces, none at the ends.
#[must_use]
pub fn fold_space(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The name of a file or folder in words: `late-bad_news` becomes "Late bad news". Numbers stay together, so that a
/// day keeps its look: `2026-06-01`.
#[must_use]
pub fn name_in_words(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let between = |at: usize| digit(at.checked_sub(1)) && digit(Some(at + 1));
    let word = |(at, c): (usize, &char)| if *c == '_' || *c == '-' && !between(at) { ' ' } else { *c };
    let words = fold_space(&chars.iter().enumerate().map(word).collect::<String>());
    capital(&words)
}

/// A text with a capital at its start.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A clause, as plain text or HTML, as a sentence: with a capital and a full stop.
#[must_use]
pub fn sentence(html: &str) -> String {
    let clause = html.trim();
    let mut out = if clause.starts_with('<') { clause.to_owned() } else { capital(clause) };
    if !out.is_empty() && !out.ends_with(['.', '!', '?', '…', '。', '”', '"', ':', '>']) {
        out.push('.');
    }
    out
}

/// A label, as plain text or HTML, as it stands before its text: with a colon, unless it ends a sentence.
#[must_use]
pub fn leading(label: &str) -> String {
    let ends = label.trim_end_matches(['"', '”', '’', ')']).ends_with(['.', '!', '?', '…', ':', '>']);
    if ends { label.to_owned() } else { format!("{label}:") }
}

/// `1 page`, `2 pages`: the noun is given for one, and its first word takes the `s`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    let (first, rest) = noun.split_at(noun.find(' ').unwrap_or(noun.len()));
    format!("{count} {first}{}{rest}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_in_words() {
        assert_eq!(name_in_words("late-bad_news"), "Late bad news");
        assert_eq!(name_in_words("2026-06-01 stand-up"), "2026-06-01 stand up");
        assert_eq!(name_in_words("30-day-warranty"), "30 day warranty");
        assert_eq!(name_in_words("-"), "");
    }
}
