//! Footnotes: numbered in order of first use, written after the sections.

use std::collections::HashMap;

use super::writer::{Closer, Writer};
use crate::prose::{Frag, Hole};

/// The footnotes of a page.
#[derive(Default)]
pub(super) struct Notes {
    /// Where each label is defined: the event that opens it.
    pub(super) defined: HashMap<String, usize>,
    /// Number of each label, in order of first use, and how often it was used.
    pub(super) used: HashMap<String, (u32, u32)>,
    /// The labels in order of their numbers.
    pub(super) order: Vec<String>,
}

impl Writer<'_, '_> {
    pub(super) fn note_ref(&mut self, label: &str) {
        if !self.notes.defined.contains_key(label) {
            self.flow.push_text(&format!("[^{label}]"));
            return;
        }
        let next = u32::try_from(self.notes.order.len() + 1).unwrap_or(u32::MAX);
        let used = self.notes.used.entry(label.to_owned()).or_insert((next, 0));
        used.1 += 1;
        let (number, times) = *used;
        if times == 1 {
            self.notes.order.push(label.to_owned());
        }
        self.flow.push_hole(Hole::NoteRef(number, times));
    }

    /// Write the footnotes that were referred to, in order of first use, then those nobody referred to.
    pub(super) fn write_notes(&mut self) -> Frag {
        let mark = self.flow.mark();
        let mut unused: Vec<(usize, String)> =
            self.notes.defined.iter().map(|(label, at)| (*at, label.clone())).collect();
        unused.sort_unstable();
        let mut unused = unused.into_iter();
        let mut done = 0;
        loop {
            while let Some(label) = self.notes.order.get(done).cloned() {
                done += 1;
                self.write_note(&label);
            }
            let Some((_, label)) = unused.find(|(_, label)| !self.notes.used.contains_key(label)) else { break };
            let next = u32::try_from(self.notes.order.len() + 1).unwrap_or(u32::MAX);
            self.notes.used.insert(label.clone(), (next, 0));
            self.notes.order.push(label);
        }
        self.flow.since(mark)
    }

    pub(super) fn write_note(&mut self, label: &str) {
        let Some(&at) = self.notes.defined.get(label) else { return };
        let close = self.evs.get(at).map_or(at, |ev| ev.close);
        let number = self.notes.used.get(label).map_or(0, |used| used.0);
        self.flow.push_html("<li");
        self.flow.push_hole(Hole::Id(format!("fn:{number}").into()));
        self.flow.push_html(">");
        self.closers.push((usize::MAX, Closer::Html("")));
        self.write(at + 1..close);
        self.close_raw(self.closers.len());
        self.closers.pop();
        let times = self.notes.used.get(label).map_or(0, |used| used.1);
        self.flow.push_hole(Hole::NoteBack(number, times));
        self.flow.push_html("</li>\n");
    }
}
