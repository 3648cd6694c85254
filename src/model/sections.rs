//! Which of its kind's sections a page has.

use super::{Handbook, Page};
use crate::kinds::{Form, Kind, SectionSpec};
use crate::parse::{Standing, Status, TitleFrom};

impl Page {
    /// Whether it has a section that its kind lists.
    #[must_use]
    pub fn has(&self, spec: &SectionSpec) -> bool {
        let draft = &self.draft;
        match spec.form {
            Form::Title => draft.title_from == TitleFrom::Section || draft.front.title.is_some(),
            Form::Summary => draft.summary.is_some() && !draft.summary_from_lead,
            Form::Aliases => !draft.aliases.is_empty(),
            _ => draft.sections.iter().any(|own| own.id == spec.id && own.standing == Standing::Listed),
        }
    }

    /// Whether it lacks a section that its kind asks for. A retired page is asked for nothing any more.
    #[must_use]
    pub fn lacks(&self, spec: &SectionSpec) -> bool {
        spec.required && !self.is_retired() && !self.has(spec)
    }

    /// Whether it is kept for those who know it, and told to nobody else.
    #[must_use]
    pub fn is_retired(&self) -> bool {
        self.draft.front.status == Status::Retired
    }
}

impl Handbook {
    /// What the pages of a kind are called together: the name of its folder, where it has one.
    #[must_use]
    pub fn kind_title(&self, kind: &Kind) -> String {
        let mut folders = self.folders.keys().filter(|folder| !folder.is_empty());
        let folder = folders.find(|folder| folder.eq_ignore_ascii_case(&kind.folder));
        folder.map_or_else(|| crate::prose::capital(&kind.name), |folder| self.folder_title(folder))
    }
}
