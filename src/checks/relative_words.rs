//! `relative-words`: "here" and "there" in a note that is also shown on the other page.

use super::{Book, Findings};
use crate::diag::Diagnostic;
use crate::prose::Frag;
use crate::source::Span;

const WORDS: [&str; 5] = ["here", "there", "this page", "this pattern", "that page"];

const BE: [&str; 9] = ["is", "are", "was", "were", "will", "has", "have", "may", "can"];

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for page in &book.handbook.pages {
        for relation in &page.draft.relations {
            let word = [relation.connects, relation.differs].into_iter().find_map(|clause| word(page, clause));
            let Some(word) = word else { continue };
            let message = format!("`{word}` means the wrong page when this note is shown on `{}`", relation.name);
            let place = place(page, relation.span, word);
            let finding = Diagnostic::new("relative-words", message).at(&page.draft.path, place);
            found.push(finding.hint("name the two patterns instead"));
        }
    }
}

/// The word in the note, if it stands there as it is; else the name that opens the note.
fn place(page: &crate::model::Page, name: Span, word: &str) -> Span {
    let items = page.draft.sections.iter().flat_map(|section| &section.items);
    let item = items.map(|item| item.span).find(|item| item.start <= name.start && name.end <= item.end);
    let note = Span { start: name.end, end: item.map_or(name.end, |item| item.end) };
    let text = page.draft.source.slice(note).to_ascii_lowercase();
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let at = text.match_indices(word).map(|(at, _)| at).find(|at| {
        let (before, after) = (text.get(..*at).unwrap_or(""), text.get(at + word.len()..).unwrap_or(""));
        let verb = after.split_whitespace().next().unwrap_or("");
        let alone = !letter(before.chars().next_back()) && !letter(after.chars().next());
        alone && !(word == "there" && BE.contains(&verb))
    });
    at.map_or(name, |at| Span::new(note.start as usize + at, note.start as usize + at + word.len()))
}

fn word(page: &crate::model::Page, clause: Frag) -> Option<&'static str> {
    let text =
        format!(" {} ", page.draft.flow.text(clause).to_lowercase().replace(|c: char| !c.is_alphanumeric(), " "));
    // "There is" names no place.
    let text = BE.iter().fold(text, |text, verb| text.replace(&format!(" there {verb} "), &format!(" {verb} ")));
    WORDS.into_iter().find(|word| text.contains(&format!(" {word} ")))
}
