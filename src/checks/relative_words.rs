//! `relative-words`: "here" and "there" in a note that is also shown on the other page.

use super::{Book, Findings};
use crate::diag::Diagnostic;
use crate::prose::Frag;

const WORDS: [&str; 5] = ["here", "there", "this page", "this pattern", "that page"];

const BE: [&str; 9] = ["is", "are", "was", "were", "will", "has", "have", "may", "can"];

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for page in &book.handbook.pages {
        for relation in &page.draft.relations {
            let word = [relation.connects, relation.differs].into_iter().find_map(|clause| word(page, clause));
            let Some(word) = word else { continue };
            let message = format!("`{word}` means the wrong page when this note is shown on `{}`", relation.name);
            let finding = Diagnostic::new("relative-words", message).at(&page.draft.path, relation.span);
            found.push(finding.hint("name the two patterns instead"));
        }
    }
}

fn word(page: &crate::model::Page, clause: Frag) -> Option<&'static str> {
    let text =
        format!(" {} ", page.draft.flow.text(clause).to_lowercase().replace(|c: char| !c.is_alphanumeric(), " "));
    // "There is" names no place.
    let text = BE.iter().fold(text, |text, verb| text.replace(&format!(" there {verb} "), &format!(" {verb} ")));
    WORDS.into_iter().find(|word| text.contains(&format!(" {word} ")))
}
