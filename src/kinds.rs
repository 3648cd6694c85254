//! The kinds of page as data: which sections a page of a kind has, and how each is written.

use crate::config::Config;
use crate::diag::Diagnostic;

mod builtin;
mod read;
mod section;

/// All kinds of a handbook: those of `site.toml` first, then the built-in ones.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Kinds {
    /// In order of precedence.
    pub list: Vec<Kind>,
}

/// One kind of page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Kind {
    /// As `kind = "…"` in front matter.
    pub name: String,
    /// The folder below `content/` whose pages are of this kind; `""` is all of it.
    pub folder: String,
    /// Whether sections that the kind does not list are welcome.
    pub open: bool,
    /// The sections it lists.
    pub sections: Vec<SectionSpec>,
    /// Whether `site.toml` speaks of it (it then wins over a built-in kind at the same depth).
    pub custom: bool,
}

/// One section that a kind lists.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SectionSpec {
    /// Anchor, export key and style hook.
    pub id: String,
    /// What `new` writes; empty for the lead.
    pub heading: String,
    /// Other spellings.
    pub accept: Vec<String>,
    /// How it is written.
    pub form: Form,
    /// Whether a page without it gets a finding.
    pub required: bool,
    /// How many items (for a scenario: words) it should have.
    pub count: Option<Count>,
}

/// A range of counts, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Count {
    /// At least.
    pub min: usize,
    /// At most.
    pub max: usize,
}

/// How a section is written, and so what the model holds of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Anything.
    Prose,
    /// Bullets.
    List,
    /// Bullets of `**Label:** text`.
    Labelled,
    /// A numbered list, or an H3 for each step.
    Steps,
    /// `[[Page]] — connects because …; differs by …`.
    Relations,
    /// `When … → @role`.
    Escalation,
    /// Two columns: table, myth and fact, H3 with text, or bullets.
    Pairs,
    /// A short story, its length checked in words.
    Scenario,
    /// The section holds the page's title.
    Title,
    /// The section holds the page's summary.
    Summary,
    /// The section holds the page's other names.
    Aliases,
}

impl Form {
    /// Every form with the name that `site.toml` and `{form=…}` use.
    pub const ALL: [(&'static str, Form); 11] = [
        ("prose", Form::Prose),
        ("list", Form::List),
        ("labelled", Form::Labelled),
        ("steps", Form::Steps),
        ("relations", Form::Relations),
        ("escalation", Form::Escalation),
        ("pairs", Form::Pairs),
        ("scenario", Form::Scenario),
        ("title", Form::Title),
        ("summary", Form::Summary),
        ("aliases", Form::Aliases),
    ];

    /// The form called `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<Form> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, form)| *form)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, form)| *form == self).map_or("prose", |(name, _)| name)
    }
}

impl Kinds {
    /// The kinds of a handbook: the built-in ones with `[kinds]` of `site.toml` merged in by id.
    #[must_use]
    pub fn load(config: &Config) -> (Kinds, Vec<Diagnostic>) {
        read::load(config)
    }

    /// The kind called `name`.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Kind> {
        self.list.iter().find(|kind| kind.name == name)
    }

    /// The kind of the page with this id by its folder: the deepest folder wins, at equal depth one of `site.toml`.
    /// A folder's front page has none. Folders are compared without case.
    #[must_use]
    pub fn for_page(&self, id: &str) -> Option<&Kind> {
        let lower = id.to_lowercase();
        let stem = lower.rsplit('/').next().unwrap_or("");
        if stem == "index" || stem == "readme" {
            return None;
        }
        let fits = |kind: &&Kind| {
            let folder = kind.folder.to_lowercase();
            folder.is_empty() || lower.strip_prefix(&folder).is_some_and(|rest| rest.starts_with('/'))
        };
        let depth = |kind: &Kind| {
            if kind.folder.is_empty() { 0 } else { 1 + kind.folder.matches('/').count() }
        };
        // The last of equals wins, and the list is in order of precedence.
        self.list.iter().rev().filter(fits).max_by_key(|kind| (depth(kind), kind.custom))
    }

    /// The kind and the title of a page that would answer to `name`, which no page has yet. A `/` belongs to a title, unless
    /// the name is the path that such a page would get: the folder of a kind, and a file in it.
    #[must_use]
    pub fn for_name<'a>(&'a self, name: &'a str) -> (&'a str, &'a str) {
        let bare = name.strip_suffix(".md").or_else(|| name.strip_suffix(".html")).unwrap_or(name);
        let path = bare.trim_start_matches("../").trim_start_matches("./").trim_start_matches('/');
        let kind = self.for_page(path).or_else(|| self.list.first());
        let in_its_folder = |(folder, file): &(&str, &str)| {
            let is_its_own = kind.is_some_and(|kind| kind.folder.to_lowercase() == folder.to_lowercase());
            is_its_own && file.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '))
        };
        let title = path.rsplit_once('/').filter(in_its_folder).map_or(bare, |(_, file)| file);
        (kind.map_or("", |kind| kind.name.as_str()), title)
    }
}

impl Kind {
    /// The section a heading means: by its heading, an accepted spelling or its id, compared by [`fold`].
    #[must_use]
    pub fn section_for(&self, heading: &str) -> Option<&SectionSpec> {
        let folded = fold(heading);
        let spelled = |spec: &&SectionSpec| {
            !spec.heading.is_empty() && folds_to(&spec.heading, &folded)
                || spec.accept.iter().any(|other| folds_to(other, &folded))
        };
        self.sections.iter().find(spelled).or_else(|| self.sections.iter().find(|spec| folds_to(&spec.id, &folded)))
    }

    /// Whether it asks its pages for sections under headings.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.sections.iter().any(|spec| spec.required && !spec.heading.is_empty())
    }

    /// The section with this id.
    #[must_use]
    pub fn section(&self, id: &str) -> Option<&SectionSpec> {
        self.sections.iter().find(|spec| spec.id == id)
    }
}

/// A heading as it is compared: lower case, white space folded, without a trailing colon, question or full stop.
#[must_use]
pub fn fold(heading: &str) -> String {
    let lower = heading.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.join(" ").trim_end_matches(STOPS).trim_end().to_owned()
}

/// What a heading may end with.
const STOPS: [char; 6] = [':', '?', '.', '!', '…', '：'];

/// Whether `spelling` folds to `folded`; asked some forty times for each heading, so without a copy if it can be.
fn folds_to(spelling: &str, folded: &str) -> bool {
    if !spelling.is_ascii() {
        return fold(spelling) == folded;
    }
    let mut words = spelling.trim_end().trim_end_matches(STOPS).split_whitespace();
    let same = |word: &str| words.next().is_some_and(|other| other.eq_ignore_ascii_case(word));
    folded.split(' ').all(same) && words.next().is_none()
}

#[cfg(test)]
mod tests;
