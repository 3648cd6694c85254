//! A template and a view become bytes, or a finding in the template.

use std::io::{Error, Write};

use tera::Context;

use crate::diag::Diagnostic;
use crate::theme::Theme;
use crate::view::View;

/// Bytes that one page may have: a template that never ends must not fill the memory.
const MOST: usize = 64 << 20;

/// Render `view` with the template called `template`.
///
/// # Errors
/// `template-error`, with the template's line; also for output over 64 MiB. [`at`] names the page.
pub fn render(theme: &Theme, template: &str, view: &View) -> Result<Vec<u8>, Diagnostic> {
    let context = Context::from_serialize(view).map_err(|error| {
        let message = format!("the page cannot be given to a template: {error}");
        Diagnostic::new("template-error", message).hint("this is a mistake of mendbook: please report it")
    })?;
    let mut out = Bounded { bytes: Vec::with_capacity(16 << 10), full: false };
    match theme.render_to(template, &context, &mut out) {
        Ok(()) => Ok(out.bytes),
        Err(_) if out.full => {
            let finding = theme.fault(template, format!("the page grows over {} MiB", MOST >> 20));
            Err(finding.hint("a loop in the template has no end, or very many turns"))
        }
        Err(finding) => Err(finding),
    }
}

/// Findings of rendering with the address that was being rendered: what a template does wrong on many pages is one
/// finding, which names the first of them.
#[must_use]
pub fn at(failed: Vec<(&str, Diagnostic)>) -> Vec<Diagnostic> {
    let mut merged: Vec<(&str, Diagnostic, usize)> = Vec::new();
    for (address, finding) in failed {
        match merged.iter_mut().find(|(_, known, _)| *known == finding) {
            Some((_, _, more)) => *more += 1,
            None => merged.push((address, finding, 0)),
        }
    }
    let named = merged.into_iter().map(|(address, mut finding, more)| {
        let others = match more {
            0 => String::new(),
            1 => " and 1 more page".to_owned(),
            more => format!(" and {more} more pages"),
        };
        finding.message = format!("{}, while rendering `{address}`{others}", finding.message);
        finding
    });
    named.collect()
}

/// A buffer that refuses to grow beyond its bound.
struct Bounded {
    bytes: Vec<u8>,
    full: bool,
}

impl Write for Bounded {
    fn write(&mut self, part: &[u8]) -> Result<usize, Error> {
        if self.bytes.len() + part.len() > MOST {
            self.full = true;
            return Err(Error::other("too large"));
        }
        self.bytes.extend_from_slice(part);
        Ok(part.len())
    }

    fn flush(&mut self) -> Result<(), Error> {
        Ok(())
    }
}
