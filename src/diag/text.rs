//! Findings for people at a terminal, in rustc's layout.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Place, Severity, Texts};
use crate::source::Source;

/// Characters shown of a long line.
const WIDE: usize = 120;

/// All findings, one after the other, with excerpts; `color` adds ANSI colours.
#[must_use]
pub fn render(findings: &[Diagnostic], texts: &dyn Texts, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    // Lines are cut here, round their place; the renderer would cut them at its own width.
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(10 * WIDE);
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
    let from = source.shown_from(line.start).min(start);
    let to = line.end.max(start);
    let end = (place.span.end as usize).clamp(start, to);
    let end = (start..=end).rev().find(|at| text.is_char_boundary(*at))?;
    // A line may be megabytes long: more of it than is shown is not looked at.
    let mut before: Vec<char> = text.get(from..start)?.chars().rev().take(WIDE + 1).collect();
    before.reverse();
    let inside: Vec<char> = text.get(start..end)?.chars().take(WIDE + 1).collect();
    let after: Vec<char> = text.get(end..to)?.trim_end().chars().take(WIDE + 1).collect();
    let (lead, most, rest) = shares(before.len(), inside.len(), after.len());
    let mut shown = String::new();
    shown.push_str(if lead < before.len() { "…" } else { "" });
    let plain = |c: &char| if c.is_control() && *c != '\t' { '\u{fffd}' } else { *c };
    shown.extend(before.iter().skip(before.len() - lead).map(plain));
    let (mark, column) = (shown.len(), shown.chars().count() + 1);
    shown.extend(inside.iter().take(most).map(plain));
    let mark = mark..shown.len();
    shown.extend(after.iter().take(rest).map(plain));
    shown.push_str(if most < inside.len() || rest < after.len() { "…" } else { "" });
    let at = source.position(place.span.start);
    Some(Excerpt { text: shown, mark, line: at.line, shown: column, column: at.column })
}

/// How much is shown of what stands before a place, in it and after it; all of it where the line is short.
fn shares(before: usize, inside: usize, after: usize) -> (usize, usize, usize) {
    if before + inside + after <= WIDE {
        return (before, inside, after);
    }
    let most = inside.min(WIDE / 2);
    let after = if most < inside { 0 } else { after };
    let room = WIDE - most;
    let lead = before.min((room / 2).max(room.saturating_sub(after)));
    (lead, most, after.min(room - lead))
}

/// Author text must not speak to the terminal: control characters are replaced.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr as _;

    use super::*;
    use crate::source::Span;

    #[test]
    fn a_finding_shows_its_place_and_the_next_step() {
        let texts = Source::new("content/a.md", "one\nsee [[Two]] there\n");
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
        let texts = Source::new("a.md", text);
        let said =
            render(&[Diagnostic::new("x", "bad \u{1b}[0m").at(&"a.md".into(), Span::new(at, at + 1))], &texts, false);
        assert!(said.lines().all(|line| line.chars().count() < WIDE + 10) && !said.contains('\u{1b}'), "{said}");
        assert!(said.contains(&format!("a.md:1:{}", at + 1)), "{said}");
    }
    #[test]
    fn the_underline_stands_below_its_words() {
        // Tabs, wide characters, emoji that are joined of several, and marks that stand on the letter before them.
        for before in ["\t", "知識の本 ", "👩‍👩‍👧‍👦 ", "e\u{301}a\u{308} ", "🇩🇪🧵 \t", "ü\u{200b} "]
        {
            let text = format!("{before}here and there\r\nnext");
            let at = text.find("here").unwrap();
            let texts = Source::new("a.md", text.clone());
            let finding = Diagnostic::new("x", "bad").at(&"a.md".into(), Span::new(at, at + 4));
            let said = render(&[finding], &texts, false);
            assert!(said.contains(&format!("a.md:1:{}", before.chars().count() + 1)), "{said}");
            let lines: Vec<&str> = said.lines().collect();
            let (shown, marks) = (lines[3], lines[4]);
            let (lead, mark) = (shown.split("here").next().unwrap(), marks.split("^^^^").next().unwrap());
            assert_eq!(lead.width(), mark.width(), "{said}");
        }
    }
    proptest! {
        #[test]
        fn every_place_can_be_shown(
            text in "([a-z ]|\\PC|[\n\r\t\u{0}\u{1b}]|[\u{301}\u{200d}\u{202e}👩知]|\u{feff}){0,300}",
            start in 0..500_usize,
            len in 0..300_usize,
        ) {
            let texts = Source::new("a.md", text);
            let at = texts.position(u32::try_from(start).unwrap());
            let finding = Diagnostic::new("x", "bad").at(&"a.md".into(), Span::new(start, start + len));
            let said = render(&[finding], &texts, false);
            let whole = start + len == 0;
            prop_assert!(whole || said.contains(&format!("--> a.md:{}:{}", at.line, at.column)), "{}", said);
            prop_assert!(said.chars().all(|c| !c.is_control() || c == '\n'), "{:?}", said);
        }
    }
}
