//! One words file, read: every phrase that can be understood, and a finding for everything else.

use std::sync::Arc;

use super::phrase::{FORMS, OTHER};
use super::{Phrase, Phrases};
use crate::data::{self, Entry, Fields, Value};
use crate::diag::{Diagnostic, is_slip, nearest};
use crate::source::{Source, Span};

/// What a value may be.
const WANTED: &str = "a text, or a table of plural forms";

/// What cannot be used at all counts as a mistake in the theme.
const BAD: &str = "template-error";

/// The phrases of a file at `place`, in `language`. `known` are the phrases that the program itself says, with their holes;
/// none where they are what is being read.
pub(super) fn phrases(
    (place, language): (&str, &str),
    bytes: &[u8],
    known: Option<&Phrases>,
) -> (Phrases, Vec<Diagnostic>) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        let found = Diagnostic::new(BAD, "the words are not UTF-8").at(&place.into(), Span::default());
        return (Phrases::new(), vec![found.hint("save the file as UTF-8 in your editor")]);
    };
    let source = Source::new(place, text);
    let (root, faults) = data::toml(source.text(), 0);
    let mut reader =
        Reader { fields: Fields::toml(&source), language: language.into(), phrases: Phrases::new(), known };
    for fault in faults {
        reader.fields.push(reader.fields.finding(BAD, fault.span, fault.message).hint(fault.hint));
    }
    for table in root.entries() {
        match &table.node.value {
            Value::Table(entries) => entries.iter().for_each(|entry| reader.entry(&table.key, entry)),
            _ => reader.fields.wrong(&table.key, &table.node, "a table"),
        }
    }
    (reader.phrases, reader.fields.into_findings())
}

struct Reader<'a> {
    fields: Fields<'a>,
    language: Arc<str>,
    phrases: Phrases,
    known: Option<&'a Phrases>,
}

impl Reader<'_> {
    fn entry(&mut self, table: &str, entry: &Entry) {
        let key = format!("{table}.{}", entry.key);
        match &entry.node.value {
            Value::Text(text) => self.add(&key, entry, vec![(OTHER, text.clone())]),
            // Months: each is a phrase of its own.
            Value::List(texts) => {
                for (number, node) in (1..).zip(texts) {
                    match &node.value {
                        Value::Text(text) => self.add(&format!("{key}.{number}"), entry, vec![(OTHER, text.clone())]),
                        _ => self.fields.wrong(&entry.key, node, "a list of texts"),
                    }
                }
            }
            Value::Table(forms) => self.forms(&key, entry, forms),
            _ => self.fields.wrong(&entry.key, &entry.node, WANTED),
        }
    }

    /// The plural forms of a phrase.
    fn forms(&mut self, key: &str, entry: &Entry, forms: &[Entry]) {
        let mut read: Vec<(&'static str, String)> = Vec::new();
        for form in forms {
            let name = FORMS.iter().find(|name| **name == form.key);
            match (name, &form.node.value) {
                (Some(name), Value::Text(text)) => read.push((name, text.clone())),
                (Some(_), _) => self.fields.wrong(&form.key, &form.node, "a text"),
                (None, _) => self.fields.unknown(form, &FORMS, forms),
            }
        }
        if read.iter().any(|(name, _)| *name == OTHER) {
            self.add(key, entry, read);
        } else {
            let found = self.fields.finding(BAD, entry.node.span, format!("`{key}` has no form `other`"));
            self.fields.push(found.hint("every language has it: write `other = \"…\"`"));
        }
    }

    fn add(&mut self, key: &str, entry: &Entry, forms: Vec<(&'static str, String)>) {
        let phrase = Phrase::new(&self.language, forms);
        match self.known.map(|known| (known.get(key), known)) {
            Some((Some(meant), _)) => {
                let holes = meant.holes();
                for hole in phrase.holes().into_iter().filter(|hole| !holes.contains(hole)) {
                    let message = format!("nothing is put into `{{{hole}}}` of `{key}`");
                    let hint = match (nearest(hole, holes.iter().copied()), holes.first()) {
                        (Some(near), _) => format!("did you mean `{{{near}}}`?"),
                        (None, Some(_)) => format!("known here: {}", ticked(&holes)),
                        (None, None) => "take it out: this phrase has none".to_owned(),
                    };
                    let found = self.fields.finding(BAD, entry.node.span, message).hint(hint);
                    self.fields.push(found);
                }
            }
            // A layer may have phrases for its own templates, but hardly one that is spelled nearly as one of ours.
            Some((None, known)) => {
                let near = nearest(key, known.keys().map(String::as_str)).filter(|near| is_slip(key, near));
                if let Some(near) = near {
                    let message = format!("no phrase is called `{key}`");
                    let found = self.fields.finding("unknown-key", entry.key_span, message);
                    self.fields.push(found.hint(format!("did you mean `{near}`?")));
                }
            }
            None => {}
        }
        self.phrases.insert(key.to_owned(), phrase);
    }
}

fn ticked(holes: &[&str]) -> String {
    holes.iter().map(|hole| format!("`{{{hole}}}`")).collect::<Vec<_>>().join(", ")
}
