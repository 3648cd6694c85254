//! A template and a view become bytes, or a finding in the template.

use std::io::{Error, Write};

use tera::Context;

use crate::diag::Diagnostic;
use crate::theme::Theme;
use crate::view::View;

/// Bytes that one page may have: a template that never ends must not fill the memory.
const MOST: usize = 64 << 20;

/// Render `view` with the template called `template`; `address` is the page being rendered, for the finding.
///
/// # Errors
/// `template-error`, with the template's line and the page's address; also for output over 64 MiB.
pub fn render(theme: &Theme, template: &str, (address, view): (&str, &View)) -> Result<Vec<u8>, Diagnostic> {
    let context = Context::from_serialize(view).map_err(|error| {
        Diagnostic::new("template-error", format!("the page `{address}` cannot be given to a template: {error}"))
    })?;
    let mut out = Bounded { bytes: Vec::with_capacity(16 << 10), full: false };
    match theme.render_to(template, &context, &mut out) {
        Ok(()) => Ok(out.bytes),
        Err(mut finding) => {
            if out.full {
                finding.message = format!("the page has over {} MiB", MOST >> 20);
                finding.hint = Some("a loop in the template may have no end".to_owned());
            }
            finding.message = format!("{}, while rendering `{address}`", finding.message.trim_end_matches('.'));
            Err(finding)
        }
    }
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
