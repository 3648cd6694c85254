//! Findings for people at a terminal, in rustc's layout.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Place, Severity, Texts};
use crate::source::Source;

/// Characters shown on each side of a place in a long line.
const SIDE: usize = 90;

/// All findings, one after the other, with excerpts; `color` adds ANSI colours.
#[must_use]
pub fn render(findings: &[Diagnostic], texts: &dyn Texts, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for finding in findings {
        out.push_str(&one(finding, texts, &renderer));
        out.push_str("\n\n");
    }
    out
}

fn one(finding: &Diagnostic, texts: &dyn Texts, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE.with_name(Some("hint")),
    };
    let mut column: Option<(String, String)> = None;
    let mut group = level.primary_title(clean(&finding.message)).id(finding.check).elements(Vec::<Origin<'_>>::new());
    if let Some(place) = &finding.place {
        let source = texts.source(&place.path);
        match source.and_then(|source| excerpt(source, place)) {
            Some(excerpt) => {
                let mark = AnnotationKind::Primary.span(excerpt.mark);
                let snippet = Snippet::source(excerpt.text).line_start(excerpt.line).path(clean(&place.path));
                group = group.element(snippet.annotation(mark));
                // The renderer counts in the excerpt, whose line may have lost its beginning.
                let at = |column: usize| format!("{}:{}:{column}", clean(&place.path), excerpt.line);
                column = Some((at(excerpt.shown), at(excerpt.column)));
            }
            None => group = group.element(origin(place, source)),
        }
    }
    for label in &finding.related {
        let source = texts.source(&label.place.path);
        let place = match source.filter(|_| label.place.span.end > 0) {
            Some(source) => {
                let at = source.position(label.place.span.start);
                format!("{}:{}:{}", label.place.path, at.line, at.column)
            }
            None => label.place.path.to_string(),
        };
        group = group.element(Level::NOTE.message(clean(&format!("{}: {place}", label.message))));
    }
    if let Some(hint) = &finding.hint {
        group = group.element(Level::HELP.with_name(Some("hint")).message(clean(hint)));
    }
    if let Some(fix) = &finding.fix {
        group = group.element(
            Level::HELP.with_name(Some("fix")).message(clean(&format!("`mendbook check --fix` can {}", fix.title))),
        );
    }
    let said = renderer.render(&[group]);
    match column {
        Some((shown, real)) if shown != real => said.replacen(&shown, &real, 1),
        _ => said,
    }
}

fn origin<'a>(place: &'a Place, source: Option<&Source>) -> Origin<'a> {
    let origin = Origin::path(clean(&place.path));
    match source.filter(|_| place.span.end > 0) {
        Some(source) => {
            let at = source.position(place.span.start);
            origin.line(at.line).char_column(at.column)
        }
        None => origin,
    }
}

/// A part of a line with the place in it.
struct Excerpt {
    text: String,
    mark: std::ops::Range<usize>,
    line: usize,
    /// The place's column in the excerpt, and in the source.
    shown: usize,
    column: usize,
}

/// The line of a place, cut on both sides where it is long; none for a file as a whole.
fn excerpt(source: &Source, place: &Place) -> Option<Excerpt> {
    let text = source.text();
    let start = place.span.start as usize;
    if place.span.end == 0 || !text.is_char_boundary(start) {
        return None;
    }
    let line = source.line_around(start);
    let end = (place.span.end as usize).clamp(start, line.end.max(start));
    let end = (start..=end).rev().find(|at| text.is_char_boundary(*at))?;
    let mut before: Vec<char> = text.get(line.start..start)?.chars().rev().take(SIDE + 1).collect();
    before.reverse();
    let inside: Vec<char> = text.get(start..end)?.chars().take(SIDE * 2).collect();
    let after: Vec<char> = text.get(end..line.end.max(end))?.trim_end().chars().take(SIDE + 1).collect();
    let mut shown = String::new();
    if before.len() > SIDE {
        shown.push('…');
    }
    let plain = |c: &char| if c.is_control() && *c != '\t' { '\u{fffd}' } else { *c };
    shown.extend(before.iter().skip(before.len().saturating_sub(SIDE)).map(plain));
    let (mark, column) = (shown.len(), shown.chars().count() + 1);
    shown.extend(inside.iter().map(plain));
    let mark = mark..shown.len();
    shown.extend(after.iter().take(SIDE).map(plain));
    if after.len() > SIDE {
        shown.push('…');
    }
    let at = source.position(place.span.start);
    Some(Excerpt { text: shown, mark, line: at.line, shown: column, column: at.column })
}

/// Author text must not speak to the terminal: control characters are replaced.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    struct One(Source);

    impl Texts for One {
        fn source(&self, path: &str) -> Option<&Source> {
            (path == self.0.path()).then_some(&self.0)
        }
    }

    #[test]
    fn a_finding_shows_its_place_and_the_next_step() {
        let texts = One(Source::new("content/a.md", "one\nsee [[Two]] there\n"));
        let path = "content/a.md".into();
        let finding =
            Diagnostic::new("wanted-page", "no page called `Two`").at(&path, Span::new(10, 13)).hint("write it");
        let said = render(&[finding], &texts, false);
        assert!(said.contains("warning[wanted-page]: no page called `Two`"), "{said}");
        assert!(
            said.contains("--> content/a.md:2:7") && said.contains("^^^") && said.contains("= hint: write it"),
            "{said}"
        );
    }

    #[test]
    fn long_lines_are_cut_and_control_characters_never_shown() {
        let text = format!("{}\u{1b}[31mx{}", "word ".repeat(400), " more".repeat(400));
        let at = text.find('x').unwrap();
        let texts = One(Source::new("a.md", text));
        let said =
            render(&[Diagnostic::new("x", "bad \u{1b}[0m").at(&"a.md".into(), Span::new(at, at + 1))], &texts, false);
        assert!(said.len() < 800 && !said.contains('\u{1b}'), "{said}");
        assert!(said.contains(&format!("a.md:1:{}", at + 1)), "{said}");
    }
}
