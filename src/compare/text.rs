//! What changed, for the terminal.

use std::fmt::Write as _;

use super::summary::{Told, findings, groups, summary, told};
use super::{Between, Change, Changes, Named};
use crate::diag::Severity;

/// All of it as text: the sentence first, then page after page.
#[must_use]
pub fn text(changes: &Changes, between: Between<'_>) -> String {
    let mut out = format!("From {} to {}: {}\n", between.old, between.new, summary(changes));
    for (heading, pages) in groups(changes) {
        let _ = writeln!(out, "\n{heading}");
        for page in pages {
            let _ = writeln!(out, "\n  {} ({})", page.title, page.id);
            for told in told(page) {
                match told {
                    Told::Line(line) => drop(writeln!(out, "    {line}")),
                    Told::Each(title, changes) => {
                        let _ = writeln!(out, "    {title}");
                        changes.iter().for_each(|change| one(change, &mut out));
                    }
                }
            }
        }
    }
    if !changes.orphaned.is_empty() || !changes.linked.is_empty() {
        out.push_str("\nPages without a link to them\n\n");
        named(&changes.orphaned, "appeared", &mut out);
        named(&changes.linked, "cured", &mut out);
    }
    if !changes.appeared.is_empty() || !changes.mended.is_empty() {
        let _ = writeln!(out, "\nFindings: {}\n", findings(changes));
        for (list, verb) in [(&changes.appeared, "appeared"), (&changes.mended, "mended")] {
            for finding in list.iter().filter(|finding| finding.severity == Severity::Error) {
                let place = finding.place.as_ref().map_or_else(String::new, |place| format!(" ({place})"));
                let _ = writeln!(out, "  {verb:<9} error[{}]: {}{place}", finding.check, finding.message);
            }
        }
    }
    // Text of pages must not steer the terminal.
    let mut out: String = out.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn one(change: &Change, out: &mut String) {
    let _ = writeln!(out, "      {:<9} {}", change.verb(), change.before());
    if let Change::Reworded(_, now) = change {
        let _ = writeln!(out, "      {:>9} {now}", "now");
    }
}

fn named(list: &[Named], verb: &str, out: &mut String) {
    for page in list {
        let _ = writeln!(out, "  {verb:<9} {} ({})", page.title, page.id);
    }
}
