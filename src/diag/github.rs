//! Findings as GitHub workflow commands, which become annotations on a pull request.

use std::fmt::Write as _;

use super::{Diagnostic, Severity, Texts};

/// One line for each finding; `prefix` is the site's folder within its repository, `""` or `site/`.
#[must_use]
pub fn render(findings: &[Diagnostic], texts: &dyn Texts, prefix: &str) -> String {
    let mut out = String::new();
    for finding in findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "notice",
        };
        let mut properties = Vec::new();
        if let Some(place) = &finding.place {
            properties.push(format!("file={}", property(&format!("{prefix}{}", place.path))));
            if let Some(source) = texts.source(&place.path) {
                let (start, end) = (source.position(place.span.start), source.position(place.span.end));
                properties.push(format!("line={},endLine={}", start.line, end.line));
                if start.line == end.line {
                    properties.push(format!("col={},endColumn={}", start.column, end.column));
                }
            }
        }
        properties.push(format!("title={}", property(finding.check)));
        let hint = finding.hint.as_ref().map_or_else(String::new, |hint| format!("; {hint}"));
        let _ = writeln!(out, "::{command} {}::{}", properties.join(","), data(&format!("{}{hint}", finding.message)));
    }
    out
}

/// What GitHub wants escaped in a message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What it wants escaped in a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, Span};

    struct None_;

    impl Texts for None_ {
        fn source(&self, _: &str) -> Option<&Source> {
            None
        }
    }

    #[test]
    fn what_github_reads_is_escaped() {
        let finding = Diagnostic::new("dead-link", "100 %\nbad").at(&"a,b:c.md".into(), Span::new(0, 0));
        assert_eq!(
            render(&[finding], &None_, "site/"),
            "::warning file=site/a%2Cb%3Ac.md,title=dead-link::100 %25%0Abad\n"
        );
    }
}
