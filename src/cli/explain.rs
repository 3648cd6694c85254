//! `mendbook explain`: what a check means and how to mend it.

use std::fmt::Write as _;

use super::{Stop, shell};
use crate::checks::{CATALOGUE, named};
use crate::diag::{Severity, nearest};

pub(super) fn run(name: Option<&str>) -> Result<(), Stop> {
    let Some(name) = name else {
        shell::print_out(&list());
        return Ok(());
    };
    let Some(check) = named(name) else {
        let near = nearest(name, CATALOGUE.iter().map(|check| check.name));
        let hint =
            near.map_or_else(|| "`mendbook explain` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(Stop::Cannot(format!("there is no check `{name}`; {hint}")));
    };
    let blocks = if check.blocks { ", and keeps the last site in place" } else { "" };
    let fixed = if check.blocks {
        "It cannot be switched off.".to_owned()
    } else {
        format!(
            "To change how it counts, write under `[checks]` in site.toml `{name} = \"error\"`,\n`\"warning\"`, `\"hint\"` or `\"off\"`."
        )
    };
    let text =
        format!("{name}: {}{blocks}\n\n{}\n\n{}\n\n{fixed}\n", check.severity.word(), check.what, wrapped(check.why));
    shell::print_out(&text);
    Ok(())
}

fn list() -> String {
    let mut out = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Hint] {
        let _ = writeln!(out, "{}s", severity.word());
        for check in CATALOGUE.iter().filter(|check| check.severity == severity) {
            let _ = writeln!(out, "  {:<24} {}", check.name, check.what);
        }
        out.push('\n');
    }
    out
}

/// Lines of at most 90 characters; those that are indented stay as they are.
fn wrapped(text: &str) -> String {
    let lines = text.split('\n').map(|line| if line.starts_with(' ') { line.to_owned() } else { paragraph(line) });
    lines.collect::<Vec<_>>().join("\n")
}

fn paragraph(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > 90 {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
    }
    out
}
