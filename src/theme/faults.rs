//! What the template engine complains of, as findings at the templates' own places.

use tera::{Error, ErrorKind, ReportError};

use crate::diag::{Diagnostic, nearest};
use crate::source::Span;

/// The templates by name (`ours/page.html`), each with its text.
pub(super) type Templates = [(String, String)];

/// A complaint: its finding, and the template that is not there, if that is the complaint.
pub(super) struct Fault {
    pub(super) finding: Diagnostic,
    pub(super) missing: Option<String>,
}

/// Every complaint in an error of loading templates.
pub(super) fn of_loading(error: &Error, templates: &Templates) -> Vec<Fault> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            vec![Fault { finding: reported(report), missing: None }]
        }
        ErrorKind::MissingParent { current, parent } => {
            let span = text(templates, current).and_then(|text| quoted(text, parent)).unwrap_or_default();
            vec![absent(current, span, (parent, templates))]
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            circle(tpl, "extends", inheritance_chain, "let it extend the one below: `{% extends \"plain/…\" %}`")
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            circle(tpl, "includes", include_chain, "take one of the includes out")
        }
        kind => {
            let mut faults = reports(&kind.to_string(), templates);
            if faults.is_empty() {
                let finding = Diagnostic::new("template-error", phrase(&kind.to_string()).0).hint(MEND);
                faults.push(Fault { finding, missing: None });
            }
            faults
        }
    }
}

/// The finding of an error of rendering; `template` is the one that was asked for.
pub(super) fn of_rendering(error: &Error, template: &str) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => reported(report),
        _ => {
            let mut message = error.to_string();
            let mut source = std::error::Error::source(error);
            while let Some(cause) = source {
                message = format!("{message}: {cause}");
                source = cause.source();
            }
            finding(template, Span::default(), phrase(&message).0).hint(MEND)
        }
    }
}

/// A finding in a template.
pub(super) fn finding(template: &str, span: Span, message: String) -> Diagnostic {
    Diagnostic::new("template-error", message).at(&format!("themes/{template}").into(), span)
}

const MEND: &str = "mend the template, or delete it so that the layer below is used";

fn reported(report: &ReportError) -> Diagnostic {
    let (message, hint) = phrase(report.message());
    finding(report.filename(), Span::from(report.span().range.clone()), message).hint(hint)
}

/// The engine's sentence as a phrase, and what comes next: the names that it lists, or to mend the template.
fn phrase(said: &str) -> (String, String) {
    let said = said.lines().collect::<Vec<_>>().join(" ");
    let (what, known) = said.split_once(" Available ").unwrap_or((&said, ""));
    let mut chars = what.trim_end_matches('.').chars();
    let first = chars.next().map(char::to_lowercase);
    let message: String = first.into_iter().flatten().chain(chars).collect();
    let names: Vec<&str> = known.split_once(": ").map_or_else(Vec::new, |(_, names)| names.split(", ").collect());
    let hint = match message.split('`').nth(1).and_then(|name| nearest(name, names.iter().copied())) {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.is_empty() => MEND.to_owned(),
        None => format!("known here: {}", names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
    };
    (message, hint)
}

/// A template that comes back to itself; `chain` holds those on the way.
fn circle(template: &str, how: &str, chain: &[String], hint: &str) -> Vec<Fault> {
    let others: Vec<String> =
        chain.iter().filter(|other| *other != template).map(|other| format!("`{other}`")).collect();
    let way = if others.is_empty() { String::new() } else { format!(" by way of {}", others.join(", ")) };
    let finding = finding(template, Span::default(), format!("`{template}` {how} itself{way}")).hint(hint);
    vec![Fault { finding, missing: None }]
}

/// A template that nothing is called like.
fn absent(template: &str, span: Span, (name, templates): (&str, &Templates)) -> Fault {
    let known = templates.iter().map(|(known, _)| match name.contains('/') && known.split('/').count() > 1 {
        true => known.as_str(),
        false => known.split_once('/').map_or(known.as_str(), |(_, path)| path),
    });
    let hint = nearest(name, known).map_or_else(
        || "correct the name, or add that file to a layer".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    let finding = finding(template, span, format!("no layer has a template `{name}`")).hint(hint);
    Fault { finding, missing: Some(name.to_owned()) }
}

/// What the engine says of names that nothing answers to: a report for each, with its place, in one text.
///
/// ```text
/// error: Unknown filter `upppper`
///  --> ours/page.html:3:20
///   |
/// 3 | <p>{{ page.title | upppper }}</p>
///   |                    ^^^^^^^
/// ```
fn reports(said: &str, templates: &Templates) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut lines = said.lines();
    while let Some(line) = lines.next() {
        let Some(message) = line.strip_prefix("error: ") else { continue };
        let place = lines.next().and_then(|line| line.trim_start().strip_prefix("--> "));
        let mut parts = place.unwrap_or("").rsplitn(3, ':');
        let (column, row, name) = (parts.next(), parts.next(), parts.next().unwrap_or(""));
        let marks = lines.nth(2).map_or(1, |line| line.matches('^').count());
        let number = |part: Option<&str>| part.and_then(|part| part.parse::<usize>().ok());
        let span = text(templates, name).zip(number(row)).zip(number(column));
        let span = span.map_or_else(Span::default, |((text, row), column)| marked(text, (row, column), marks));
        match message.strip_prefix("Unknown template `").and_then(|rest| rest.strip_suffix('`')) {
            Some(missing) => faults.push(absent(name, span, (missing, templates))),
            None => {
                let (message, hint) = phrase(message);
                faults.push(Fault { finding: finding(name, span, message).hint(hint), missing: None });
            }
        }
    }
    faults
}

/// The span of `marks` characters from a line and column on, both counted from 1.
fn marked(text: &str, (row, column): (usize, usize), marks: usize) -> Span {
    let start: usize = text.split_inclusive('\n').take(row.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or("");
    let byte = |chars: usize| rest.char_indices().nth(chars).map_or(rest.len(), |(at, _)| at);
    let from = column.saturating_sub(1);
    Span::new(start + byte(from), start + byte(from + marks))
}

fn text<'t>(templates: &'t Templates, name: &str) -> Option<&'t str> {
    templates.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
}

/// Where a name stands in quotes.
fn quoted(text: &str, name: &str) -> Option<Span> {
    let at = text.find(&format!("\"{name}\"")).or_else(|| text.find(&format!("'{name}'")))?;
    Some(Span::new(at, at + name.len() + 2))
}
