//! One phrase: its text, or a text for each plural form, with holes that have names.

use std::sync::Arc;

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use serde_json::{Map, Value};
use unic_langid::LanguageIdentifier;

/// The names of the plural forms, as Unicode's CLDR has them.
pub(super) const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// What is said where nothing else is.
pub(super) const OTHER: &str = "other";

/// A phrase of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    language: Arc<str>,
    /// By the form's name; a phrase without plurals has `other` alone.
    forms: Vec<(&'static str, String)>,
}

/// A piece of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'t> {
    /// These words.
    Text(&'t str),
    /// What is called so.
    Hole(&'t str),
}

impl Phrase {
    pub(super) fn new(language: &Arc<str>, forms: Vec<(&'static str, String)>) -> Self {
        Self { language: Arc::clone(language), forms }
    }

    /// The text for a number; without one, the form `other`.
    #[must_use]
    pub fn form(&self, number: Option<u64>) -> &str {
        let named = |name: &str| self.forms.iter().find(|(known, _)| *known == name).map(|(_, text)| text.as_str());
        let own = number.filter(|_| self.forms.len() > 1).and_then(|number| named(category(&self.language, number)));
        own.or_else(|| named(OTHER)).unwrap_or("")
    }

    /// The names of its holes, each once and in order.
    #[must_use]
    pub fn holes(&self) -> Vec<&str> {
        let parts = self.forms.iter().flat_map(|(_, text)| parts(text));
        let mut holes: Vec<&str> =
            parts.filter_map(|part| if let Part::Hole(name) = part { Some(name) } else { None }).collect();
        holes.sort_unstable();
        holes.dedup();
        holes
    }

    /// Whether it is in the language of a tag, whatever the region.
    pub(super) fn is_in(&self, tag: &str) -> bool {
        let primary = |tag: &str| tag.split('-').next().unwrap_or("").to_lowercase();
        primary(&self.language) == primary(tag)
    }

    /// For scripts: its text, or its forms by their names.
    pub(super) fn to_value(&self) -> Value {
        match self.forms.as_slice() {
            [(_, text)] => Value::String(text.clone()),
            forms => {
                let forms = forms.iter().map(|(name, text)| ((*name).to_owned(), Value::String(text.clone())));
                Value::Object(forms.collect::<Map<String, Value>>())
            }
        }
    }
}

/// The pieces of a text: a hole is a name of letters, digits, `-` and `_` in braces; any other brace is text.
pub(super) fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if let Some((name, behind)) = hole(rest) {
            rest = behind;
            return Some(Part::Hole(name));
        }
        let next = rest.match_indices('{').map(|(at, _)| at).find(|at| rest.get(*at..).and_then(hole).is_some());
        let (words, behind) = rest.split_at(next.unwrap_or(rest.len()));
        rest = behind;
        (!words.is_empty()).then_some(Part::Text(words))
    })
}

/// The hole that a text begins with, and what is behind it.
fn hole(text: &str) -> Option<(&str, &str)> {
    let (name, behind) = text.strip_prefix('{')?.split_once('}')?;
    let named = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    named.then_some((name, behind))
}

/// The plural form that a language has for a number: by the rules of the tag, else of the language without its region.
fn category(tag: &str, number: u64) -> &'static str {
    let rules = |tag: &str| PluralRules::create(tag.parse::<LanguageIdentifier>().ok()?, PluralRuleType::CARDINAL).ok();
    let rules = rules(tag).or_else(|| rules(tag.split('-').next()?));
    match rules.and_then(|rules| rules.select(number).ok()) {
        Some(PluralCategory::ZERO) => "zero",
        Some(PluralCategory::ONE) => "one",
        Some(PluralCategory::TWO) => "two",
        Some(PluralCategory::FEW) => "few",
        Some(PluralCategory::MANY) => "many",
        Some(PluralCategory::OTHER) => OTHER,
        // A language without rules of its own is read as English is.
        None => {
            if number == 1 {
                "one"
            } else {
                OTHER
            }
        }
    }
}
