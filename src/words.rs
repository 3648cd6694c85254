//! What the interface says in the handbook's language: the words files of the theme's layers, one over the other.
//!
//! A file holds the phrases of one language. A phrase has a key (`page.kept-by`), holes with names (`{area}`), and where a
//! number decides, a form for each of the language's plurals.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::diag::Diagnostic;
use crate::discover::LayerFiles;
use crate::prose::escape_into;

mod direction;
mod phrase;
mod read;

pub use direction::direction;
pub use phrase::{Part, Phrase};

/// The words files of the embedded theme: the language of each, and its text.
pub const PLAIN: [(&str, &str); 2] =
    [("de", include_str!("../themes/plain/words/de.toml")), ("en", include_str!("../themes/plain/words/en.toml"))];

/// The language that all others fall back to.
const ENGLISH: &str = "en";

/// Phrases by their keys.
type Phrases = BTreeMap<String, Phrase>;

/// The phrases of a handbook's interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    language: String,
    phrases: Phrases,
    english: Phrases,
}

/// Why a phrase cannot be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsaid {
    /// There is none of this key.
    Unknown,
    /// Nothing was given for this hole.
    Missing(String),
}

impl Default for Wording {
    fn default() -> Self {
        Self::load(&[], ENGLISH).0
    }
}

impl Wording {
    /// The phrases for a language tag, from layers of which the first wins: key by key those of `de-AT`, of `de`, then
    /// the English ones. Files of other languages are read for their mistakes alone.
    #[must_use]
    pub fn load(layers: &[LayerFiles], tag: &str) -> (Wording, Vec<Diagnostic>) {
        let mut findings = Vec::new();
        let mut files: Vec<(String, Phrases)> = Vec::new();
        let plain = |language: &str| {
            let text = PLAIN.iter().find(|(known, _)| *known == language).map_or("", |(_, text)| text);
            read::phrases((&format!("themes/plain/words/{language}.toml"), language), text.as_bytes(), None).0
        };
        let english = plain(ENGLISH);
        for layer in layers {
            for (path, bytes) in &layer.files {
                let Some(language) = path.strip_prefix("words/").and_then(|name| name.strip_suffix(".toml")) else {
                    continue;
                };
                let place = format!("themes/{}/{path}", layer.name);
                let (phrases, found) = read::phrases((&place, language), bytes, Some(&english));
                findings.extend(found);
                files.push((language.to_lowercase(), phrases));
            }
        }
        files.extend(PLAIN.iter().map(|(language, _)| ((*language).to_owned(), plain(language))));
        let mut phrases = Phrases::new();
        // What counts more is put in later.
        for wanted in ladder(tag).iter().rev() {
            for (_, own) in files.iter().rev().filter(|(language, _)| language == wanted) {
                phrases.extend(own.clone());
            }
        }
        (Wording { language: tag.to_owned(), phrases, english }, findings)
    }

    /// The language tag of the handbook.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The keys there are, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.phrases.keys().map(String::as_str)
    }

    /// A phrase.
    #[must_use]
    pub fn phrase(&self, key: &str) -> Option<&Phrase> {
        self.phrases.get(key)
    }

    /// A phrase as plain text, its holes filled with plain text.
    #[must_use]
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        said(&self.phrases, key, values)
    }

    /// The same in English, whatever the handbook's language is.
    #[must_use]
    pub fn say_in_english(&self, key: &str, values: &[(&str, &str)]) -> String {
        said(&self.english, key, values)
    }

    /// A phrase as HTML, its holes filled with finished HTML. `n` decides which plural is said.
    ///
    /// # Errors
    /// Where there is no such phrase, or nothing for one of its holes.
    pub fn html(&self, key: &str, value: &dyn Fn(&str) -> Option<String>) -> Result<String, Unsaid> {
        fill(&self.phrases, key, (value, escape_into))
    }

    /// `a`, `a and b`, `a, b and c`.
    #[must_use]
    pub fn list(&self, words: &[String]) -> String {
        match words {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => {
                let between = self.say("join.between", &[]);
                format!("{}{}{last}", first.join(&between), self.say("join.last", &[]))
            }
        }
    }

    /// A text in quotation marks.
    #[must_use]
    pub fn quoted(&self, text: &str) -> String {
        self.say("join.quoted", &[("text", text)])
    }

    /// A small number in words, where the language has them, else in digits.
    #[must_use]
    pub fn number(&self, number: usize) -> String {
        let own = self.phrases.get(&format!("number.{number}")).filter(|phrase| phrase.is_in(&self.language));
        own.map_or_else(|| number.to_string(), |phrase| phrase.form(None).to_owned())
    }

    /// `2026-10-03` as `3 October 2026`; anything else as it is.
    #[must_use]
    pub fn date(&self, date: &str) -> String {
        let parts: Vec<&str> = date.split('-').collect();
        let [year, month, day] = parts.as_slice() else { return date.to_owned() };
        let name = month.parse::<u8>().ok().and_then(|month| self.phrases.get(&format!("date.months.{month}")));
        match (name, day.parse::<u8>()) {
            (Some(month), Ok(day)) => {
                let day = day.to_string();
                self.say("date.pattern", &[("day", &day), ("month", month.form(None)), ("year", year)])
            }
            _ => date.to_owned(),
        }
    }

    /// The phrases of a script's own table (`["map.js"]`), by their keys without it: a text, or the forms of one.
    /// Nothing for a script that has no table.
    #[must_use]
    pub fn for_script(&self, name: &str) -> Option<Value> {
        let own = self.table(name).map(|(key, phrase)| (key.to_owned(), phrase.to_value()));
        let own: Map<String, Value> = own.collect();
        (!own.is_empty()).then_some(Value::Object(own))
    }

    /// The phrases of `[style]` as custom properties of the document.
    #[must_use]
    pub fn for_styles(&self) -> String {
        let text = |phrase: &Phrase| phrase.form(None).replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\a ");
        let own: String =
            self.table("style").map(|(key, phrase)| format!("--say-{key}: \"{}\"; ", text(phrase))).collect();
        format!("\n:root {{ {own}}}\n")
    }

    fn table(&self, name: &str) -> impl Iterator<Item = (&str, &Phrase)> {
        self.phrases.iter().filter_map(move |(key, phrase)| Some((key.strip_prefix(name)?.strip_prefix('.')?, phrase)))
    }
}

/// The tags in which a language is looked for, the nearest first: `de-at`, `de`, `en`.
fn ladder(tag: &str) -> Vec<String> {
    let mut tags = vec![tag.to_lowercase()];
    let mut rest = tag;
    while let Some((shorter, _)) = rest.rsplit_once('-') {
        tags.push(shorter.to_lowercase());
        rest = shorter;
    }
    tags.push(ENGLISH.to_owned());
    tags
}

/// What was asked for, or the key: tests hold that every key in the code has its phrase.
fn said(phrases: &Phrases, key: &str, values: &[(&str, &str)]) -> String {
    let value = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    fill(phrases, key, (&value, |text, out| out.push_str(text))).unwrap_or_else(|_| key.to_owned())
}

/// What stands in a hole, by its name.
type Values<'v> = &'v dyn Fn(&str) -> Option<String>;

fn fill(
    phrases: &Phrases,
    key: &str,
    (value, write): (Values<'_>, impl Fn(&str, &mut String)),
) -> Result<String, Unsaid> {
    let phrase = phrases.get(key).ok_or(Unsaid::Unknown)?;
    let number = value("n").and_then(|n| n.parse().ok());
    let mut out = String::new();
    for part in phrase::parts(phrase.form(number)) {
        match part {
            Part::Text(text) => write(text, &mut out),
            Part::Hole(name) => out.push_str(&value(name).ok_or_else(|| Unsaid::Missing(name.to_owned()))?),
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests;
