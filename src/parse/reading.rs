//! What the handbook says about reading its pages.

use std::sync::Arc;

use super::Cutter;
use crate::config::{Config, HtmlPolicy, Limits, Words};
use crate::kinds::Kinds;
use crate::words::Wording;

/// What reading a page depends on besides its text: remembered drafts hold as long as this is the same.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The kinds of the handbook.
    pub kinds: Kinds,
    /// What is done with raw HTML.
    pub html: HtmlPolicy,
    /// Sizes above which a page is cut.
    pub limits: Limits,
    /// Words that mean something.
    pub words: Words,
    /// The ids of the contacts; `None` where there is no `[contacts]` table.
    pub contacts: Option<Vec<String>>,
    /// Contacts that the public is not shown, and the one that is named in the place of each.
    pub stand_ins: Vec<(String, String)>,
    /// Cuts words for the comparison of pages.
    pub cutter: Cutter,
    /// What is said where an author says nothing: the titles of callouts.
    pub wording: Arc<Wording>,
}

impl Reading {
    /// What the handbook's configuration says about reading pages.
    #[must_use]
    pub fn new(config: &Config, kinds: Kinds, wording: &Arc<Wording>) -> Self {
        let ids = |contacts: &Vec<crate::config::Contact>| contacts.iter().map(|contact| contact.id.clone()).collect();
        Self {
            kinds,
            html: config.html,
            limits: config.limits,
            words: config.words.clone(),
            contacts: config.contacts.as_ref().map(ids),
            stand_ins: Vec::new(),
            cutter: Cutter::new(&config.language),
            wording: Arc::clone(wording),
        }
    }

    /// A text in which every role is the one that is shown.
    pub(super) fn with_roles(&self, text: String) -> String {
        let hidden = |text: String, (hidden, shown): &(String, String)| {
            if text.contains(hidden.as_str()) {
                text.replace(&format!("@{hidden}"), &format!("@{shown}"))
            } else {
                text
            }
        };
        self.stand_ins.iter().fold(text, hidden)
    }

    /// The role that is shown where a page names this one.
    pub(super) fn role<'r>(&'r self, name: &'r str) -> &'r str {
        self.stand_ins.iter().find(|(hidden, _)| hidden == name).map_or(name, |(_, shown)| shown)
    }
}
