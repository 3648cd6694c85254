//! What mendbook has to say about a handbook: a finding with a name, a place and a next step.
//!
//! Rooms that find something name the check and the place; how severe it is stands in one
//! catalogue (`checks`) and is filled in there.

use std::sync::Arc;

use crate::source::Span;

pub mod github;
pub mod json;
mod near;
pub mod sarif;
pub mod text;

pub use near::{Spellings, is_slip, nearest};

/// How much a finding matters: a hint is shown by `check` and never counted, a warning is
/// counted (and fails under `--strict`), an error makes the exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look; never counted.
    Hint,
    /// Counted; exit code 1 under `--strict`.
    Warning,
    /// Exit code 1.
    Error,
}

impl Severity {
    /// The word shown to people and machines: `error`, `warning` or `hint`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A span in a named file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Path from the site's root, with `/`.
    pub path: Arc<str>,
    /// Where in it; `0..0` stands for the file as a whole.
    pub span: Span,
}

/// A second place that helps to understand a finding ("the other page with this name").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What is there.
    pub message: String,
}

/// One replacement of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced (an empty span inserts).
    pub place: Place,
    /// By what.
    pub text: String,
}

/// A mechanical mend: applying all edits removes the finding and changes nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the fix does, as an order: "write `dead-link`".
    pub title: String,
    /// The edits; they do not overlap.
    pub edits: Vec<Edit>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The name of the check, as in `mendbook explain NAME`.
    pub check: &'static str,
    /// Filled in from the catalogue by `checks::settle`.
    pub severity: Severity,
    /// Whether it keeps the last good output in place; filled in from the catalogue.
    pub blocks: bool,
    /// One phrase, no full stop: ``no page called `Psychological saftey` ``.
    pub message: String,
    /// Where; none for findings about the handbook as a whole.
    pub place: Option<Place>,
    /// Other places that matter.
    pub related: Vec<Label>,
    /// What to do next, as a phrase.
    pub hint: Option<String>,
    /// A mechanical mend, where there is one.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding of `check` without a place.
    #[must_use]
    pub fn new(check: &'static str, message: impl Into<String>) -> Self {
        Self {
            check,
            severity: Severity::Warning,
            blocks: false,
            message: message.into(),
            place: None,
            related: Vec::new(),
            hint: None,
            fix: None,
        }
    }

    /// At this place.
    #[must_use]
    pub fn at(mut self, path: &Arc<str>, span: Span) -> Self {
        self.place = Some(Place { path: Arc::clone(path), span });
        self
    }

    /// With a next step.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// With a further place.
    #[must_use]
    pub fn see(mut self, path: &Arc<str>, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Label { place: Place { path: Arc::clone(path), span }, message: message.into() });
        self
    }

    /// With a mechanical mend of one edit.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, path: &Arc<str>, (span, text): (Span, String)) -> Self {
        let edit = Edit { place: Place { path: Arc::clone(path), span }, text };
        self.fix = Some(Fix { title: title.into(), edits: vec![edit] });
        self
    }
}

/// Where reporters find the text that a place points into.
pub trait Texts {
    /// The source with this path from the site's root.
    fn source(&self, path: &str) -> Option<&crate::source::Source>;
}

/// One text by itself.
impl Texts for crate::source::Source {
    fn source(&self, path: &str) -> Option<&crate::source::Source> {
        (path == self.path()).then_some(self)
    }
}
