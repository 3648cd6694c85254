//! The accent and the fonts of `site.toml` as custom properties of the stylesheet.

use crate::config::{Config, Fonts};
use crate::diag::Diagnostic;

/// Paper in the light and in the dark.
const PAPER: [(u8, u8, u8); 2] = [(0xfd, 0xfc, 0xfa), (0x12, 0x16, 0x2a)];

/// The least contrast of text, by WCAG 2.2, 1.4.3.
const LEAST: f64 = 4.5;

/// A `:root` block for the end of the stylesheet; empty if nothing is set.
///
/// # Errors
/// `bad-config` for an accent that cannot be read on paper, with the ratio.
pub(super) fn root_block(config: &Config) -> Result<String, Box<Diagnostic>> {
    let mut block = String::new();
    if let Some(accent) = &config.theme.accent {
        let path = config.source.as_ref().map_or("site.toml", |source| source.path()).into();
        let refuse = |message: String, hint: String| {
            Box::new(Diagnostic::new("bad-config", message).at(&path, accent.span).hint(hint))
        };
        let Some(colour) = parse(&accent.text) else {
            return Err(refuse(format!("`{}` is no colour", accent.text), "write it as `#rrggbb`".to_owned()));
        };
        let ratio = contrast(colour, PAPER[0]);
        if ratio < LEAST {
            let message = format!("the accent `{}` has a contrast of {ratio:.2} to 1 on paper", accent.text);
            return Err(refuse(message, format!("text needs {LEAST} to 1: choose a darker colour")));
        }
        let dark = lightened(colour);
        block.push_str(&format!(
            "\n:root {{ --indigo: {}; }}\n@media (prefers-color-scheme: dark) {{ :root {{ --indigo: {}; }} }}\n",
            hex(colour),
            hex(dark)
        ));
    }
    if config.theme.fonts == Fonts::System {
        block.push_str("\n:root { --serif: Georgia, \"Times New Roman\", serif; --sans: system-ui, sans-serif; }\n");
    }
    Ok(block)
}

fn parse(text: &str) -> Option<(u8, u8, u8)> {
    let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.is_ascii())?;
    let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    Some((part(0)?, part(2)?, part(4)?))
}

fn hex((r, g, b): (u8, u8, u8)) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// Mixed towards white until it can be read on dark paper.
fn lightened(colour: (u8, u8, u8)) -> (u8, u8, u8) {
    let mix = |side: u8, step: u16| {
        let white = 255 - u16::from(side);
        u8::try_from(u16::from(side) + white * step / 20).unwrap_or(255)
    };
    let steps = (0..=20).map(|step| (mix(colour.0, step), mix(colour.1, step), mix(colour.2, step)));
    steps.into_iter().find(|colour| contrast(*colour, PAPER[1]) >= LEAST).unwrap_or((255, 255, 255))
}

/// Contrast ratio of two colours, WCAG 2.2.
fn contrast(one: (u8, u8, u8), other: (u8, u8, u8)) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance, WCAG 2.2.
fn luminance((r, g, b): (u8, u8, u8)) -> f64 {
    let linear = |side: u8| {
        let side = f64::from(side) / 255.0;
        if side <= 0.04045 { side / 12.92 } else { ((side + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Named;

    #[test]
    fn an_accent_must_be_readable() {
        let mut config = Config::default();
        let mut set = |text: &str| {
            config.theme.accent = Some(Named { text: text.to_owned(), span: crate::source::Span::new(0, 1) });
            root_block(&config).map_err(|found| found.message)
        };
        assert!(set("#ffcc00").unwrap_err().contains("1.4"), "{:?}", set("#ffcc00"));
        let block = set("#004d40").unwrap();
        assert!(block.contains("--indigo: #004d40") && block.contains("dark"), "{block}");
        assert!(set("red").is_err());
        assert!((contrast((0, 0, 0), (255, 255, 255)) - 21.0).abs() < 0.01);
    }
}
