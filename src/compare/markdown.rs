//! What changed, as GitHub's Markdown: for the text of a pull request or the summary of a workflow.

use std::fmt::Write as _;

use super::summary::{Told, findings, groups, summary, told};
use super::{Between, Change, Changes, Finding, PageChange};
use crate::diag::Severity;

/// Lines of one page that stand open; more are folded away.
const LINES: usize = 8;

/// Pages of one heading that stand open.
const PAGES: usize = 10;

/// All of it as Markdown: the sentence first, then page after page, long lists folded away.
#[must_use]
pub fn markdown(changes: &Changes, between: Between<'_>) -> String {
    let mut out = format!("**{}**\n\nFrom {} to {}.\n", summary(changes), between.old, between.new);
    for (heading, pages) in groups(changes) {
        let _ = writeln!(out, "\n### {heading}\n");
        let all: Vec<String> = pages.iter().map(|page| self::page(page)).collect();
        let all = all.join("\n");
        out.push_str(&if pages.len() > PAGES { folded(&format!("{} pages", pages.len()), &all) } else { all });
    }
    let orphans: Vec<String> = [(&changes.orphaned, "appeared"), (&changes.linked, "cured")]
        .iter()
        .flat_map(|(list, verb)| list.iter().map(move |page| format!("- {verb}: {}\n", name(&page.title, &page.id))))
        .collect();
    section("Pages without a link to them", &orphans, &mut out);
    let errors: Vec<String> = [(&changes.appeared, "appeared"), (&changes.mended, "mended")]
        .iter()
        .flat_map(|(list, verb)| {
            let errors = list.iter().filter(|finding| finding.severity == Severity::Error);
            errors.map(move |finding| error(finding, verb))
        })
        .collect();
    let counted = findings(changes);
    if !counted.is_empty() {
        let mut lines = vec![format!("{counted}.\n")];
        if !errors.is_empty() {
            lines.push("\n".to_owned());
            lines.extend(errors);
        }
        section("Findings", &lines, &mut out);
    }
    out
}

fn section(heading: &str, lines: &[String], out: &mut String) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n### {heading}\n");
    let text = lines.concat();
    out.push_str(&if lines.len() > 2 * LINES { folded(&format!("{} lines", lines.len()), &text) } else { text });
}

fn page(page: &PageChange) -> String {
    let (mut lines, mut count) = (String::new(), 0);
    for told in told(page) {
        count += 1;
        match told {
            Told::Line(line) => drop(writeln!(lines, "- {}", escaped(&line))),
            Told::Each(title, changes) => {
                let _ = writeln!(lines, "- {title}");
                changes.iter().for_each(|change| one(change, &mut lines));
                count += changes.len();
            }
        }
    }
    let name = name(&page.title, &page.id);
    match count {
        0 => format!("{name}\n"),
        _ if count > LINES => format!("{name}\n\n{}", folded("what changed", &lines)),
        _ => format!("{name}\n\n{lines}"),
    }
}

fn one(change: &Change, out: &mut String) {
    let text = match change {
        Change::Reworded(before, now) => format!("{} → {}", escaped(before), escaped(now)),
        Change::Gone(text) => format!("~~{}~~", escaped(text)),
        other => escaped(other.now()),
    };
    let _ = writeln!(out, "  - {}: {text}", change.verb());
}

fn error(finding: &Finding, verb: &str) -> String {
    let place = finding.place.as_ref().map_or_else(String::new, |place| format!(", {}", code(place)));
    // Names stand between backticks in a message, and stay code.
    let pieces = finding.message.split('`').enumerate();
    let message: String = pieces.map(|(at, piece)| if at % 2 == 1 { code(piece) } else { escaped(piece) }).collect();
    format!("- {verb}: {} {message}{place}\n", code(finding.check))
}

fn name(title: &str, id: &str) -> String {
    format!("**{}** ({})", escaped(title), code(id))
}

/// GitHub reads Markdown in a folded part only behind an empty line.
fn folded(summary: &str, text: &str) -> String {
    format!("<details><summary>{summary}</summary>\n\n{}\n\n</details>\n", text.trim_end())
}

/// Plain text that stays plain: no markup, no HTML, no mention of a person, no number of an issue.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|' | '&' => out.extend(['\\', c]),
            // A mention and an issue are looked for after the markup is read: only a space of no width keeps them apart.
            '@' | '#' => out.extend([c, '\u{200b}']),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// As code, whatever is in it.
fn code(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let (fence, space) = ("`".repeat(longest + 1), if longest > 0 { " " } else { "" });
    format!("{fence}{space}{text}{space}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_no_markup() {
        assert_eq!(escaped("a*b_<i>[x]"), "a\\*b\\_\\<i\\>\\[x\\]");
        assert_eq!(escaped("@team #12"), "@\u{200b}team #\u{200b}12");
        assert_eq!(code("a`b"), "`` a`b ``");
    }
}
