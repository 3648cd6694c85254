//! One sentence that says it all, and what both writers tell of a page.

use std::collections::BTreeMap;

use super::{Change, Changes, Fate, PageChange, Part};
use crate::diag::Severity;
use crate::prose::counted;

/// The whole in a sentence or two: "2 pages changed, 1 new: 4 signals added, 1 reworded. 1 error appeared."
#[must_use]
pub fn summary(changes: &Changes) -> String {
    if changes.is_empty() {
        return "Nothing changed.".to_owned();
    }
    let mut sentences = vec![pages(changes)];
    sentences.push(orphans(changes));
    sentences.push(findings(changes));
    if changes.settings {
        sentences.push("site.toml changed".to_owned());
    }
    let said: Vec<String> =
        sentences.into_iter().filter(|sentence| !sentence.is_empty()).map(|sentence| format!("{sentence}.")).collect();
    said.join(" ")
}

/// "1 error, 2 warnings appeared; 1 hint mended"; nothing where nothing did.
pub(super) fn findings(changes: &Changes) -> String {
    let of = |list, severity| Changes::count(list, severity);
    let told = [(&changes.appeared, "appeared"), (&changes.mended, "mended")].map(|(list, verb)| {
        let counts =
            [Severity::Error, Severity::Warning, Severity::Hint].map(|severity| (of(list, severity), severity));
        let some = counts.iter().filter(|(count, _)| *count > 0);
        let words: Vec<String> = some.map(|(count, severity)| counted(*count, severity.word())).collect();
        if words.is_empty() { String::new() } else { format!("{} {verb}", words.join(", ")) }
    });
    told.into_iter().filter(|told| !told.is_empty()).collect::<Vec<_>>().join("; ")
}

fn pages(changes: &Changes) -> String {
    let of = |fits: fn(&Fate) -> bool| changes.pages.iter().filter(|page| fits(&page.fate)).count();
    let fates = [
        (of(|fate| *fate == Fate::Changed), "changed"),
        (of(|fate| *fate == Fate::New), "new"),
        (of(|fate| *fate == Fate::Gone), "gone"),
        (of(|fate| matches!(fate, Fate::Moved(_))), "moved"),
        (of(|fate| *fate == Fate::Touched), "affected"),
    ];
    let mut parts: BTreeMap<Part, Vec<&Change>> = BTreeMap::new();
    for (part, changes) in changes.pages.iter().flat_map(|page| &page.parts) {
        parts.entry(*part).or_default().extend(changes);
    }
    let pages = run(fates.map(|(count, verb)| (count, "page", verb)));
    let parts: Vec<String> = parts
        .iter()
        .map(
            |(part, changes)| {
                if *part == Part::Detail { String::new() } else { counts(*part, changes.iter().copied()) }
            },
        )
        .filter(|words| !words.is_empty())
        .collect();
    if parts.is_empty() { pages } else { format!("{pages}: {}", parts.join("; ")) }
}

/// "4 signals added, 1 reworded".
fn counts<'c>(part: Part, changes: impl Iterator<Item = &'c Change> + Clone) -> String {
    let verbs = [
        ("added", "added"),
        ("gone", "gone"),
        ("reworded", reworded(part)),
        ("broken", "broken"),
        ("mended", "mended"),
    ];
    run(verbs.map(|(verb, word)| (changes.clone().filter(|change| change.verb() == verb).count(), part.noun(), word)))
}

fn reworded(part: Part) -> &'static str {
    if part == Part::Title { "changed" } else { "reworded" }
}

/// Counts of one thing: its noun stands with the first.
fn run<const N: usize>(counts: [(usize, &str, &str); N]) -> String {
    let mut words: Vec<String> = Vec::new();
    for (count, noun, verb) in counts.into_iter().filter(|(count, ..)| *count > 0) {
        let number = if words.is_empty() { counted(count, noun) } else { count.to_string() };
        words.push(format!("{number} {verb}"));
    }
    words.join(", ")
}

/// "1 page left without a link to it, 2 linked at last".
fn orphans(changes: &Changes) -> String {
    run([
        (changes.orphaned.len(), "page", "left without a link to it"),
        (changes.linked.len(), "page", "linked at last"),
    ])
}

impl Part {
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Detail => "detail",
            Self::Signal => "signal",
            Self::Driver => "driver",
            Self::Step => "step",
            Self::Condition => "condition for help",
            Self::Relation => "relation",
            Self::Link => "link",
            Self::Section => "section",
        }
    }
}

/// A piece of what is told of a page.
pub(super) enum Told<'c> {
    /// A line.
    Line(String),
    /// Changes one by one, under a word.
    Each(&'static str, &'c [Change]),
}

/// What is told of a page: signals, relations and links one by one, the rest in brief.
pub(super) fn told(page: &PageChange) -> Vec<Told<'_>> {
    let mut told = Vec::new();
    if let Fate::Moved(from) = &page.fate {
        told.push(Told::Line(format!("moved from {from}")));
    }
    for (part, changes) in &page.parts {
        let brief = page.fate == Fate::Gone;
        match part {
            Part::Signal if !brief => told.push(Told::Each("Signals", changes)),
            Part::Relation if !brief => told.push(Told::Each("Relations", changes)),
            Part::Link if !brief => told.push(Told::Each("Links", changes)),
            Part::Title => {
                told.extend(changes.iter().map(|change| Told::Line(format!("was called {}", change.before()))))
            }
            Part::Detail => told.push(Told::Line(format!("details changed: {}", names(changes.iter())))),
            Part::Section => {
                for verb in ["added", "gone", "reworded"] {
                    let names = names(changes.iter().filter(|change| change.verb() == verb));
                    told.extend((!names.is_empty()).then(|| Told::Line(format!("sections {verb}: {names}"))));
                }
            }
            _ => told.push(Told::Line(counts(*part, changes.iter()))),
        }
    }
    told
}

fn names<'c>(changes: impl Iterator<Item = &'c Change>) -> String {
    changes.map(Change::now).collect::<Vec<_>>().join(", ")
}

impl Change {
    /// The one word for it.
    pub(super) fn verb(&self) -> &'static str {
        match self {
            Self::Added(_) => "added",
            Self::Gone(_) => "gone",
            Self::Reworded(..) => "reworded",
            Self::Broken(_) => "broken",
            Self::Mended(_) => "mended",
        }
    }

    /// What it says now; of what is gone, what it said.
    pub(super) fn now(&self) -> &str {
        match self {
            Self::Added(text)
            | Self::Gone(text)
            | Self::Reworded(_, text)
            | Self::Broken(text)
            | Self::Mended(text) => text,
        }
    }

    /// What it said before.
    pub(super) fn before(&self) -> &str {
        match self {
            Self::Reworded(before, _) => before,
            _ => self.now(),
        }
    }
}

/// The pages of one fate, under their heading.
pub(super) fn groups(changes: &Changes) -> Vec<(&'static str, Vec<&PageChange>)> {
    let heading = |page: &PageChange| match page.fate {
        Fate::New => "New pages",
        Fate::Changed => "Changed pages",
        Fate::Moved(_) => "Moved pages",
        Fate::Touched => "Pages that were not edited, but are affected",
        Fate::Gone => "Pages that are gone",
    };
    let mut groups: Vec<(&'static str, Vec<&PageChange>)> = Vec::new();
    for page in &changes.pages {
        match groups.last_mut().filter(|(last, _)| *last == heading(page)) {
            Some((_, pages)) => pages.push(page),
            None => groups.push((heading(page), vec![page])),
        }
    }
    groups
}
