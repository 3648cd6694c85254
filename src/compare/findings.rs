//! Findings that appeared, and findings that were mended. A finding is the same as long as it says the same about the
//! same file, on whatever line it stands.

use std::collections::HashMap;

use super::moves::Moves;
use crate::diag::{Diagnostic, Severity, Texts as _};
use crate::site::Site;

/// A finding of one of the two states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How severe it is.
    pub severity: Severity,
    /// The name of its check.
    pub check: &'static str,
    /// What it says.
    pub message: String,
    /// The file and, where it is known, the line.
    pub place: Option<String>,
}

/// The findings that appeared, and those that were mended, the severest first.
pub(super) fn findings((old, new): (&Site, &Site), moves: &Moves) -> (Vec<Finding>, Vec<Finding>) {
    let files: HashMap<&str, &str> = old
        .handbook
        .pages
        .iter()
        .filter_map(|page| {
            let now = new.handbook.by_id(moves.now(page.id())).and_then(|now| new.handbook.page(now))?;
            Some((&*page.draft.path, &*now.draft.path))
        })
        .collect();
    let file = |path: &str| files.get(path).copied().unwrap_or(path).to_owned();
    let key = |finding: &Diagnostic, file: &dyn Fn(&str) -> String| {
        (finding.check, finding.place.as_ref().map(|place| file(&place.path)), finding.message.clone())
    };
    let mut count: HashMap<_, usize> = HashMap::new();
    for finding in &old.findings {
        *count.entry(key(finding, &file)).or_default() += 1;
    }
    let mut met: HashMap<_, usize> = HashMap::new();
    let mut appeared = Vec::new();
    for finding in &new.findings {
        let key = key(finding, &str::to_owned);
        match count.get_mut(&key).filter(|left| **left > 0) {
            Some(left) => {
                *left -= 1;
                *met.entry(key).or_default() += 1;
            }
            None => appeared.push(told(new, finding)),
        }
    }
    let gone = old.findings.iter().filter(|finding| match met.get_mut(&key(finding, &file)).filter(|met| **met > 0) {
        Some(met) => {
            *met -= 1;
            false
        }
        None => true,
    });
    let mut mended: Vec<Finding> = gone.map(|finding| told(old, finding)).collect();
    for list in [&mut appeared, &mut mended] {
        list.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    }
    (appeared, mended)
}

fn told(site: &Site, finding: &Diagnostic) -> Finding {
    let place = finding.place.as_ref().map(|place| match site.source(&place.path) {
        Some(source) if place.span.end > 0 => format!("{}:{}", place.path, source.position(place.span.start).line),
        _ => place.path.to_string(),
    });
    Finding { severity: finding.severity, check: finding.check, message: finding.message.clone(), place }
}
